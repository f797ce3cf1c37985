"""Exports: one file = one target for other programs, found by its name. Here: finding them, and what all share.

A target has `SUFFIX`, the ending of its file, or none where it is a folder of files; `export(want) -> Exported`
asks the ledger and returns texts. It writes nothing.
"""

import os
import sqlite3
from collections.abc import Callable
from datetime import date as Date
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, Protocol, cast

from minqing.errors import Flaw, UsageError
from minqing.period import Query

HERE = os.path.dirname(__file__)


class Want(NamedTuple):
    """What is asked for: of which ledger and folder, which entries, on which day, with names or without."""

    ledger: sqlite3.Connection
    root: Path
    query: Query
    today: Date
    names: bool = False


class Exported(NamedTuple):
    """Files by name (one whose target is a file, not a folder), and what in the entries does not add up."""

    files: tuple[tuple[str, str | bytes], ...]
    flaws: tuple[Flaw, ...] = ()


class ExportModule(Protocol):
    """What a file in this folder offers. `SUFFIX` is "" where `files` go into a folder."""

    __doc__: str | None
    SUFFIX: str
    export: Callable[[Want], Exported]


def names() -> list[str]:
    """Every target by the name one types. Imports none of them."""
    return sorted(name[:-3] for name in os.listdir(HERE) if name.endswith(".py") and name[0].isalpha())


def load(name: str) -> ExportModule:
    """The target of that name. Raises UsageError."""
    if name not in names():
        raise UsageError(
            "nothing is exported to {name}; there are {known}", name=name, known=", ".join(names())
        )
    return cast(ExportModule, import_module(f"minqing.exports.{name}"))
