"""What every command that reads starts from: the ledger, and the entries that the typed terms mean."""

import sqlite3
from datetime import date as Date

from minqing.cli import screen, session
from minqing.diary import Diary
from minqing.errors import UsageError
from minqing.find import known_words
from minqing.language import language
from minqing.ledger import flaws_in
from minqing.period import Filter, Query, read_query
from minqing.sync import Matters, synced
from minqing.words import VALUES, nearest


def ledger(of: Diary, matters: Matters | None = None) -> sqlite3.Connection:
    """The ledger, up to date with the files that can change the answer (see sync.until); all of them for None.

    It is there until the command ends.
    """
    _open.append(synced(of, matters))
    return _open[-1]


_open: list[sqlite3.Connection] = []


def close() -> None:
    """Close the ledgers that were read, so that SQLite folds its log into the index.

    A connection and its cache hold each other: left alone, it would be closed by chance, and a log that stays
    is read anew by every command to come.
    """
    while _open:
        _open.pop().close()


def asked(
    of: sqlite3.Connection, terms: list[str], grain: str | None, day: Date, default: str | None = None
) -> Query:
    """The entries that free words mean, once every word is known. Raises UsageError."""
    return known(of, read_query(terms, grain, day, default))


def known(of: sqlite3.Connection, query: Query) -> Query:
    """The query once every word of it is known, kinds by their stable name. Raises UsageError."""
    known_words(of, query)
    filters = tuple(
        Filter(field, _kind(value)) if field == "kind" else Filter(field, value)
        for field, value in query.filters
    )
    return query._replace(filters=filters)


def _kind(typed: str) -> str:
    """A kind by its name in either language, or by the name that the diary's own template gives it."""
    if typed in VALUES["kind"]:
        return typed
    kinds = session.diary().kinds(language())
    names = {kind.name: name for name, kind in kinds.items()} | {name: name for name in kinds}
    if typed in names:
        return names[typed]
    near = nearest(typed, list(names))
    if near:
        raise UsageError("there is no kind “{kind}”; did you mean “{close}”?", kind=typed, close=near)
    raise UsageError("there is no kind “{kind}”; known: {known}", kind=typed, known=" ".join(kinds))


def tell_flaws(of: sqlite3.Connection) -> int:
    """Say beside the result how many files could not be read whole."""
    flawed = flaws_in(of)
    if flawed:
        screen.warn("{n} files could not be read whole; `minqing check` names them", n=flawed)
    return flawed
