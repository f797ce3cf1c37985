"""Codes that stand for names where no name may go, such as a form on a phone, and the names they stand for.

A code is an HMAC with a key of the diary, never a plain hash: there are few names, and whoever guesses one could
hash it. The key stays in the diary's private folder.
"""

import hmac
import os
import re
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import cast

from minqing.diary import INDEX, read_bytes, write_new
from minqing.errors import MinqingError
from minqing.model import Entry, with_texts
from minqing.words import plain

KEY = f"{INDEX}/key"
_BYTES = 32
_DIGITS = 10  # of 2,000 names two share a code once in 500,000 diaries
_WORDS = {"zh": "代号", "en": "code-"}
_CODE = re.compile(rf"(?:{'|'.join(_WORDS.values())})([0-9a-f]{{{_DIGITS}}})")


def diary_key(root: Path) -> bytes:
    """The diary's own key, made at first use. Raises MinqingError, OSError."""
    if not (root / KEY).exists():
        with suppress(FileExistsError):  # somebody else was quicker
            write_new(root, KEY, os.urandom(_BYTES))
    key = read_bytes(root / KEY)
    if len(key) != _BYTES:
        raise MinqingError("{file} is no key any more — delete it, then make the form again", file=KEY)
    return key


def names_in(ledger: sqlite3.Connection) -> set[str]:
    """Every name that a code may stand for."""
    said = "select name from name union select who from fact union select household from roster union select name from roster"
    return {name for (name,) in ledger.execute(said) if name}


def code_of(name: str, key: bytes, language: str) -> str:
    """The code of a name: 代号3f2a9c1e5b, code-3f2a9c1e5b. The same in every form of the diary."""
    return _WORDS[language] + _digits(name, key)


def is_code(text: str) -> bool:
    """Whether a text is a code rather than a name."""
    return bool(_CODE.fullmatch(plain(text).lower()))


def has_code(text: str) -> bool:
    """Whether a code stands anywhere in a text."""
    return bool(_CODE.search(plain(text).lower()))


def resolve(code: str, names: Iterable[str], key: bytes) -> str | None:
    """The name that a code stands for; None when it is the code of none of them, or of two."""
    match = _CODE.fullmatch(plain(code).lower())
    found = {name for name in names if _digits(name, key) == match[1]} if match else set()
    return found.pop() if len(found) == 1 else None


def with_names(entry: Entry, names: Iterable[str], key: bytes) -> tuple[Entry, tuple[str, ...]]:
    """An entry with each code that fills a field put back into its name, and the codes that are nobody's."""
    known = set(names)
    lost: dict[str, None] = {}

    def named(value: str) -> str:
        if not is_code(value):
            return value
        name = resolve(value, known, key)
        if name is None:
            lost[value] = None
        return name or value

    return cast(Entry, with_texts(entry, named)), tuple(lost)


def _digits(name: str, key: bytes) -> str:
    return hmac.digest(key, name.encode("utf-8", "surrogatepass"), "sha256").hex()[:_DIGITS]
