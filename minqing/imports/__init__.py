"""Imports: one file = one source that people have already, found by its name.

Each has `bring(diary, source, ways) -> Brought` and `WAYS`, the names of the ways (see below) that it goes by.
It reads the source, writes through diary.py, prints nothing.
"""

import os
from collections.abc import Callable
from datetime import date as Date
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, Protocol, cast

from minqing.diary import Diary
from minqing.errors import Flaw, UsageError

HERE = os.path.dirname(__file__)


class Source(NamedTuple):
    """What is brought: its path as it was typed, "-" for standard input, and its bytes; None for a folder.

    `beside` are further files of the same source, for those that come in several.
    """

    path: Path
    data: bytes | None
    beside: tuple["Source", ...] = ()


class Ways(NamedTuple):
    """How to bring it. `map` is a file that says which column is which key."""

    today: Date
    force: bool = False
    dry_run: bool = False
    keep_id: bool = False
    map: Source | None = None


class Note(NamedTuple):
    """A sentence to tell beside the result: an English template and the words that fill its braces."""

    message: str
    words: dict[str, Any] = {}


class Brought(NamedTuple):
    """What came of it: the paths written (from the root), lines to print, notes, and the flaws by their place.

    With --dry-run `made` says what would be written. A flaw's `path` is the source's; `text` is a result, such as
    a map that was proposed.
    """

    made: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    flaws: tuple[Flaw, ...] = ()
    text: str = ""


class ImportModule(Protocol):
    """What a file in this folder offers. `WAYS` are fields of Ways other than `today`; `SEVERAL` says that its source
    may be several files.
    """

    WAYS: tuple[str, ...]
    bring: Callable[[Diary, Source, Ways], Brought]


def names() -> list[str]:
    """Every source by the name one types. Imports none of them."""
    return sorted(name[:-3] for name in os.listdir(HERE) if name.endswith(".py") and name[0].isalpha())


def load(name: str) -> ImportModule:
    """The source of that name. Raises UsageError."""
    if name not in names():
        raise UsageError("{name} cannot be imported; there are {known}", name=name, known=", ".join(names()))
    return cast(ImportModule, import_module(f"minqing.imports.{name}"))


def only(name: str, ways: Ways, several: bool = False) -> None:
    """Refuse a way that a source does not go by, and several files where it is one. Raises UsageError."""
    if several and not getattr(load(name), "SEVERAL", False):
        raise UsageError("import {name} takes one file at a time", name=name)
    for way in Ways._fields[1:]:
        if getattr(ways, way) and way not in load(name).WAYS:
            raise UsageError("import {name} knows no --{option}", name=name, option=way.replace("_", "-"))
