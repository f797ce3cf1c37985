"""The language of what people read: source strings are English, a compiled gettext catalogue has the Chinese."""

import os
from bisect import bisect_left
from collections.abc import Iterable
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"
DOMAIN = "minqing"
LANGUAGES = ("zh", "en")


class Catalogue:
    """A compiled catalogue (.mo) of a language that knows one plural; an empty one leaves every message as it is.

    A message is looked up where it stands, in order of bytes: the gettext module would parse all of them at every
    start, which takes as long as Python itself does to start.
    """

    def __init__(self, data: bytes = b"") -> None:
        self._data = data
        self._count, self._originals, self._translations = map(self._number, (8, 12, 16))

    def gettext(self, message: str) -> str:
        """The translation of a message."""
        return self._translated(message) or message

    def ngettext(self, one: str, many: str, n: int) -> str:
        """The translation of a message that has a plural."""
        return self._translated(one) or (one if n == 1 else many)

    def _translated(self, message: str) -> str | None:
        sought = message.encode("utf-8", "surrogatepass")
        at = bisect_left(range(self._count), sought, key=self._original)
        if at == self._count or self._original(at) != sought:
            return None
        return self._text(self._translations, at).decode("utf-8")

    def _original(self, n: int) -> bytes:
        return self._text(self._originals, n).partition(b"\0")[0]  # a plural stands behind its singular

    def _text(self, table: int, n: int) -> bytes:
        length, first = self._number(table + 8 * n), self._number(table + 8 * n + 4)
        return self._data[first : first + length]

    def _number(self, at: int) -> int:
        return int.from_bytes(self._data[at : at + 4], "little")


_translation = Catalogue()
_language = "en"


def choose_language(diary_language: str | None = None) -> str:
    """`MINQING_LANG`, else the diary's, else the system's if it is zh or en, else zh."""
    system = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    for wish in (os.environ.get("MINQING_LANG"), diary_language, system):
        if wish and wish[:2].lower() in LANGUAGES:
            return wish[:2].lower()
    return "zh"


def use_language(language: str) -> None:
    """Speak `language` from here on."""
    global _translation, _language
    _language = language
    _translation = Catalogue()
    if language == "zh":
        _translation = Catalogue((LOCALE / "zh_CN/LC_MESSAGES" / f"{DOMAIN}.mo").read_bytes())


def lend_catalogue() -> None:
    """Have Click and Typer speak the language in use: they look their messages up in gettext's default domain.

    Must run before `typer` is imported, for Click looks some of them up while its modules load.
    """
    import gettext  # only with Typer: it costs a quarter of a start of Python

    os.environ["LANGUAGE"] = {"zh": "zh_CN", "en": "en"}[_language]
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)


def language() -> str:
    """The language in use: "zh" or "en"."""
    return _language


def _(message: str) -> str:
    """The message in the language in use."""
    return _translation.gettext(message) if message else ""


def N_(message: str) -> str:  # noqa: N802 — gettext's own name
    """The message itself: marks it for the catalogue, to be translated where it is shown."""
    return message


def colon() -> str:
    """What parts a title from its value."""
    return "：" if _language == "zh" else ": "


def joined(texts: Iterable[str]) -> str:
    """Words in a row inside a sentence."""
    return ("、" if _language == "zh" else ", ").join(texts)


def count(one: str, many: str, n: int) -> str:
    """The right plural of a message for `n`, with `{n}` filled in."""
    return _translation.ngettext(one, many, n).format(n=n)
