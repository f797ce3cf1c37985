"""The Chinese of the program: nothing is left in English, nothing is lost in translation."""

import gettext
import os
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from io import BytesIO

import catalogue
import pytest
from babel.messages import Message
from catalogue import LIBRARY, ROOT, current, key_of, library_messages, own_messages

from minqing import exports, formats, imports, shells
from minqing.cli import COMMANDS
from minqing.language import Catalogue
from minqing.report import AUDIENCES

# The newest Click whose messages stand in the catalogue; what a later one says may still be English.
CLICK = (8, 5)
# Messages that only pass on what is filled in, or are the same in every language.
SAME = {"{day}", "{line}", "{mistakes}", "  {known}", "{text} {deprecated_message}", "N"}
RENEW = "renew with: python tests/catalogue.py"


def messages() -> Iterator[tuple[str, str, Message]]:
    """Each message of the .po as its key, its Chinese and the whole."""
    for message in current():
        if message.id:
            said = message.string
            yield key_of(message.id), said if isinstance(said, str) else said[0], message


def fields(text: str) -> set[tuple[str, str | None]]:
    """The names in braces, with their conversion: {value!r} is not {value}."""
    return {
        (name, conversion) for _, name, _, conversion in string.Formatter().parse(text) if name is not None
    }


def test_every_message_of_ours_has_its_chinese() -> None:
    known = {key for key, said, _ in messages() if said}
    assert {key_of(message) for message in own_messages()} - known == set(), RENEW


def test_every_message_of_click_and_typer_has_its_chinese() -> None:
    if tuple(map(int, version("click").split(".")[:2])) > CLICK:
        pytest.skip("this Click is newer than the catalogue")
    known = {key for key, said, _ in messages() if said}
    assert {key_of(message) for message in library_messages()} - known == set(), RENEW


def test_nothing_stays_that_the_source_no_longer_says() -> None:
    ours = {key_of(message) for message in own_messages()}
    kept = {key for key, _, message in messages() if LIBRARY not in message.auto_comments}
    assert kept - ours == set(), RENEW


def test_the_chinese_is_chinese() -> None:
    for key, said, _ in messages():
        bare = re.sub(r"\{.*?\}", "", key)
        if key not in SAME and re.search("[A-Za-z]", bare):
            assert re.search("[一-鿿]", said), key
        assert said.count("\n") == key.count("\n"), key


def test_the_braces_agree_and_can_be_filled() -> None:
    for key, said, message in messages():
        if message.pluralizable:
            assert fields(said) <= fields(message.id[0]) | fields(message.id[1]), key
        elif "%(" in key:
            assert re.findall(r"%\(\w+\)s", said) == re.findall(r"%\(\w+\)s", key)
        else:
            assert fields(said) == fields(key), key
        if LIBRARY not in message.auto_comments:  # what is filled in is text or a number, and never fails
            words = {name: 1 for part in (key, said) for name, _ in fields(part)}
            assert key.format(**words), key
            assert said.format(**words), key


def test_the_compiled_catalogue_is_the_one_people_read() -> None:
    """Compared by what they say: the header of the .mo names the Babel that compiled it."""

    def said(mo: bytes) -> dict[object, str]:
        found = dict(gettext.GNUTranslations(BytesIO(mo))._catalog)  # type: ignore[attr-defined]
        del found[""]
        return found

    assert said(catalogue.MO.read_bytes()) == said(catalogue.compiled(current())), RENEW


def test_a_message_is_found_as_gettext_finds_it() -> None:
    data = catalogue.MO.read_bytes()
    ours, theirs = Catalogue(data), gettext.GNUTranslations(BytesIO(data))
    for key, _, message in messages():
        assert ours.gettext(key) == theirs.gettext(key) != "", key
        assert ours.gettext(key + "x") == theirs.gettext(key + "x"), key
        if message.pluralizable:
            for n in (0, 1, 2):
                assert ours.ngettext(*message.id, n) == theirs.ngettext(*message.id, n), key
    for n in (1, 2):
        assert ours.ngettext("{n} unknown", "{n} unknowns", n) == theirs.ngettext(
            "{n} unknown", "{n} unknowns", n
        )


def test_without_a_catalogue_every_message_stays() -> None:
    assert (Catalogue().gettext("Date"), Catalogue().ngettext("a", "b", 2)) == ("Date", "b")


def test_an_old_console_can_show_every_message() -> None:
    for key, said, _ in messages():
        assert said.encode("gbk"), key


def test_sentences_have_chinese_punctuation() -> None:
    """Between Chinese characters; what is typed or written into a file keeps its own."""
    for key, said, _ in messages():
        prose = re.sub(r"`[^`]*`", "", said)
        assert not re.search(r"[一-鿿][,;?!](?![a-z])|[一-鿿]\.$|[一-鿿] ?— ", prose), f"{key}: {said}"


@cache
def help_pages() -> str:
    """Every --help in Chinese. In a process of its own: Click chooses its words while it loads."""
    pages = [["--help"], *([command, "--help"] for command in COMMANDS)]
    program = f"from minqing.cli import run\nfor page in {pages}: run(page)"
    environment = os.environ | {"MINQING_LANG": "zh", "PYTHONUTF8": "1"}
    ran = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert all(command in ran.stdout for command in COMMANDS)
    return ran.stdout


def test_option_help_ends_without_a_stop() -> None:
    for line in help_pages().splitlines():
        assert not line.rstrip().endswith("。"), line


# Click writes these in no language; the rest are names, examples and words typed as they are.
_CLICK_WRITES = {"OPTIONS", "COMMAND", "ARGS", "TEXT"}
_EXAMPLES = {
    "minqing",
    "templates",
    "letter",
    "docx",
    "kinds",
    "kind",
    "visit",
    "about",
    "water",
    "status",
    "open",
    "fund",
    "meeting",
    "host",
    "zh",
    "en",
    "none",
    "sure",
    "all",
}


def test_no_help_page_speaks_english() -> None:
    known = _CLICK_WRITES | _EXAMPLES | set(COMMANDS) | set(formats.formats())
    known |= {*exports.names(), *imports.names(), *shells.names(), *AUDIENCES}
    for line in help_pages().splitlines():
        words = re.findall(r"(?<![\w-])[A-Za-z]{2,}(?![\w-])", re.sub(r"--[a-z-]+", "", line))
        assert set(words) <= known, line
