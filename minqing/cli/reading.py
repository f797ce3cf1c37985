"""What every command that reads starts from: the ledger, and the entries that the typed terms mean."""

import sqlite3
from datetime import date as Date

from minqing.cli import screen
from minqing.diary import Diary
from minqing.find import known_words
from minqing.ledger import flaws_in
from minqing.period import Query, read_query
from minqing.sync import Matters, synced


def ledger(of: Diary, matters: Matters | None = None) -> sqlite3.Connection:
    """The ledger, up to date with the files that can change the answer (see sync.until); all of them for None."""
    return synced(of, matters)


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
