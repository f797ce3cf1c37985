"""The language of what people read: source strings are English, gettext has the Chinese."""

import gettext as _gettext
import os
from collections.abc import Iterable
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"
DOMAIN = "minqing"
LANGUAGES = ("zh", "en")

_translation: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"


def choose_language(diary_language: str | None = None) -> str:
    """`MINQING_LANG`, else the diary's, else the system's if it is zh or en, else zh."""
    system = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    for wish in (os.environ.get("MINQING_LANG"), diary_language, system):
        if wish and wish[:2].lower() in LANGUAGES:
            return wish[:2].lower()
    return "zh"


def use_language(language: str) -> None:
    """Speak `language` from here on, the messages of Click and Typer included.

    Must run before `typer` is imported: Click looks its messages up in the default gettext
    domain, and some of them while its modules load.
    """
    global _translation, _language
    _language = language
    os.environ["LANGUAGE"] = {"zh": "zh_CN", "en": "en"}[language]
    _gettext.bindtextdomain(DOMAIN, str(LOCALE))
    _gettext.textdomain(DOMAIN)
    _translation = _gettext.translation(
        DOMAIN, str(LOCALE), languages=[os.environ["LANGUAGE"]], fallback=language == "en"
    )


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
