"""What every command starts from: the folder, the day, the terms that say which entries are meant."""

import os
import sqlite3
from datetime import date as Date
from pathlib import Path
from typing import NamedTuple

import click

from minqing.cli import screen
from minqing.diary import Diary, find_diary, synced
from minqing.find import known_words
from minqing.ledger import flaws_in
from minqing.period import Query, read_query


class Session(NamedTuple):
    """The folder a command works in and how much it says."""

    start: Path
    quiet: bool = False

    def begin(self) -> None:
        """Take the options of the whole command line into effect."""
        screen.be_quiet(self.quiet)


def diary() -> Diary:
    """The diary that the command works in. Raises MinqingError."""
    return find_diary(click.get_current_context().obj.start)


def folder() -> Path:
    """The folder that the command works in, diary or not."""
    start: Path = click.get_current_context().obj.start
    return start


def ledger(of: Diary) -> sqlite3.Connection:
    """The ledger, up to date with the files."""
    return synced(of)


def today(typed: str | None = None) -> Date:
    """The day that counts as today: --today, else $MINQING_TODAY, else the clock's. Raises UsageError."""
    said = typed or os.environ.get("MINQING_TODAY")
    if not said:
        return Date.today()
    from minqing.days import read_day

    return read_day(said, Date.today())


def asked(
    of: sqlite3.Connection, terms: list[str], grain: str | None, day: Date, default: str | None = None
) -> Query:
    """The entries that free words mean, once every word is known. Raises UsageError."""
    query = read_query(terms, grain, day, default)
    known_words(of, query)
    return query


def tell_flaws(of: sqlite3.Connection) -> int:
    """Say beside the result how many files could not be read whole."""
    flawed = flaws_in(of)
    if flawed:
        screen.warn("{n} files could not be read whole; `minqing check` names them", n=flawed)
    return flawed
