"""Text to values and back: the file of an entry, the file of a kind. Pure; never touches a folder."""

import re
from contextlib import suppress
from typing import NamedTuple

from minqing.errors import Flaw
from minqing.front import Path, conflict_flaw, placed, read_front, write_front
from minqing.model import Entry, Kind
from minqing.schema import read_kind_tree, read_tree
from minqing.values import Unreadable
from minqing.words import KEYS, show_key

MAX_HEADER = 256 * 1024
_BOM = "\ufeff"


class Reading(NamedTuple):
    """What came of reading a file: the entry, or None, and every flaw on the way."""

    entry: Entry | None
    flaws: list[Flaw]


def decode(data: bytes) -> tuple[str, list[Flaw]]:
    """Text from the bytes people's machines write: UTF-8, with or without BOM, UTF-16, GB18030.

    Line ends become \\n. Damaged bytes are flaws, and what surrounds them is kept.
    """
    flaws: list[Flaw] = []
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            text = data.decode("utf-16")
            flaws.append(_stored_as("UTF-16"))
        except UnicodeDecodeError:
            return "", [
                Flaw("encoding", "the file is damaged UTF-16", "open it in an editor and save it as UTF-8")
            ]
    else:
        try:
            text = data.decode("utf-8").removeprefix(_BOM)
        except UnicodeDecodeError as error:
            text, more = _decode_other(data, error)
            flaws += more
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        flaws.append(
            Flaw("encoding", "a NUL character stands in the file", "delete it; save as UTF-8", line=line)
        )
        text = text.replace("\0", "\ufffd")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, flaws


def _stored_as(encoding: str) -> Flaw:
    return Flaw(
        "encoding",
        "the file is stored as {encoding}",
        "save it as UTF-8, so that every tool reads it",
        {"encoding": encoding},
        line=1,
        column=1,
        severity="hint",
    )


def _decode_other(data: bytes, error: UnicodeDecodeError) -> tuple[str, list[Flaw]]:
    before = data[: error.start].decode("utf-8").removeprefix(_BOM)
    # GB18030 text fails as UTF-8 at its first Chinese words; a torn UTF-8 file fails after many
    if sum(ord(sign) > 127 for sign in before) < 3:
        try:
            return data.decode("gb18030"), [_stored_as("GB18030")]
        except UnicodeDecodeError:
            pass
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    cause = Flaw("encoding", "bytes here are no text", "retype the damaged words", line=line, column=column)
    return data.decode("utf-8", errors="replace").removeprefix(_BOM), [cause]


WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def encoding_of(data: bytes) -> str:
    """How a file spells its words, so that they can be changed in place; damaged UTF-8 counts as UTF-8."""
    for encoding in (WIDE[data[:2]],) if data[:2] in WIDE else ("utf-8", "gb18030"):
        with suppress(UnicodeError):
            if data.decode(encoding).encode(encoding) == data:
                return encoding
    return "utf-8"


_OPENED = re.compile(r"\s*?---[ \t]*\n")
_CLOSED = re.compile(r"\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)")


def split(text: str) -> tuple[str | None, str, int]:
    """Header, body and the line the header begins on; the header is None when there is none."""
    opened = _OPENED.match(text)
    # an empty header is closed by the line after the one that opens it
    closed = opened and _CLOSED.search(text, opened.end() - 1, MAX_HEADER * 2)
    if not (opened and closed):
        return None, text, 1
    # whatever blank lines stand before the first --- count
    header = text[opened.end() : closed.start() + 1]
    return header, text[closed.end() :], text[: opened.end()].count("\n") + 1


def read_entry(data: bytes | str) -> Reading:
    """Read one entry file. Never raises for what the file holds: every mistake is a flaw with its place."""
    text, flaws = decode(data) if isinstance(data, bytes) else (data, [])
    header, body, first = split(text)
    if header is None:
        return Reading(None, [*flaws, _headless(text)])
    if len(header) > MAX_HEADER:
        return Reading(
            None,
            [
                *flaws,
                Flaw("yaml", "the header is too long", "keep long text below the second ---", line=first),
            ],
        )
    front = read_front(header, first)
    flaws += front.flaws
    flaws += (
        [
            conflict_flaw(n)
            for n, line in enumerate(body.split("\n"), _line_of_body(text, body))
            if line.startswith("<<<<<<< ")
        ]
        if "<<<<<<<" in body
        else []
    )
    entry, found = read_tree(front.tree)
    if front.flaws:  # a key that stands in a block that was left out is not missing
        found = [at for at in found if not (at[1].rule == "missing" and _stands(header, at[0]))]
    flaws += placed(found, header, first)
    return Reading(
        entry and entry._replace(body=body), sorted(flaws, key=lambda flaw: (flaw.line, flaw.column))
    )


def _stands(header: str, path: Path) -> bool:
    """Whether a key of an entry begins a line, in either language."""
    words = "|".join(map(re.escape, (str(path[0]), *KEYS["entry"].get(str(path[0]), ()))))
    return len(path) == 1 and re.search(rf"(?m)^(?:{words})\s*[:：]", header) is not None


def _line_of_body(text: str, body: str) -> int:
    return text[: len(text) - len(body)].count("\n") + 1


def _headless(text: str) -> Flaw:
    start = text.lstrip()
    if not start:
        return Flaw(
            "yaml", "the file is empty", "delete it, or write into it what it is for", line=1, column=1
        )
    if start.startswith("<<<<<<<"):
        return conflict_flaw(1)
    if start.startswith("---"):
        if re.search(r"^(?:---|\.\.\.)[ \t]*$", start[3:], re.MULTILINE):
            return Flaw(
                "yaml", "the header is too long", "keep long text below the second ---", line=1, column=1
            )
        return Flaw("yaml", "the header is never closed", "end it with a line of ---", line=1, column=1)
    return Flaw(
        "yaml",
        "the file has no header",
        "begin it with ---, its keys and another ---",
        line=1,
        column=1,
    )


def write_entry(entry: Entry, language: str = "en", blanks: tuple[str, ...] = ()) -> str:
    """The file of an entry; `blanks` are keys shown empty for the writer to fill in.

    `read_entry(write_entry(e)).entry == e` for every entry whose texts have no outer space.
    """
    from minqing.layout import tree_of  # for start-up: most files are read

    tree = tree_of(entry, language)
    for key in blanks:
        tree.setdefault(show_key("entry", key, language), None)
    return f"---\n{write_front(tree)}---\n{entry.body}"


def read_kind(data: bytes | str, name: str) -> tuple[Kind | None, list[Flaw]]:
    """A kind from its template file; `name` is the file's stem."""
    text, flaws = decode(data) if isinstance(data, bytes) else (data, [])
    header, body, first = split(text)
    if header is None:
        return None, [*flaws, _headless(text)]
    front = read_front(header, first)
    try:
        return read_kind_tree(front.tree, name, body), flaws + front.flaws
    except Unreadable as error:
        return None, [
            *flaws,
            *front.flaws,
            Flaw("value", error.message, error.remedy, error.words, line=first),
        ]
