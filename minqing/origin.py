"""The traces of texts in the ledger, and the entry that a text is copied from.

Traces are worked out when somebody first asks for them, not when a file is read: no other command pays.
Until then a text stands in the table `untraced`.
"""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import NamedTuple

from minqing import copies
from minqing.diary import Diary
from minqing.ledger import fold_text
from minqing.sync import unchanged, with_newest

_AT_ONCE = 2000  # texts of a transaction: others may want to write too
_AT_A_TIME = 50  # what a single `new` works out: some milliseconds


class Copy(NamedTuple):
    """The entry that a text is copied from, and how much of the text stands in it: over 0.5, up to 1."""

    id: str
    date: str
    share: float


def share_copied(ledger: sqlite3.Connection, text: str, given: str = "", apart_from: str = "") -> Copy | None:
    """The entry that more than half of a text is copied from, among those whose traces are known (see trace_some).

    `given` is what the kind's template had written already, `apart_from` the id of the text's own entry.
    """
    mine = copies.signs(fold_text(text))
    held = (
        "select t.key from trace t join entry e using (key)"
        " where t.number = ? and e.counted and e.id <> ? order by t.key desc limit ?"
    )
    holders: list[Sequence[int]] = [
        [key for (key,) in ledger.execute(held, (number, apart_from, copies.HOLDERS))][::-1]
        for number in sorted(copies.traces(mine))
    ]
    found = copies.closest(
        mine,
        copies.signs(fold_text(given)),
        copies.suspects(holders),
        copies.company(holders),
        lambda key: copies.signs(body(ledger, key)),
    )
    if found is None:
        return None
    key, share = found
    row = ledger.execute("select id, date from entry where key = ?", (key,)).fetchone()
    return Copy(row["id"], row["date"], share)


def copied_from(diary: Diary, text: str, given: str = "", apart_from: str = "") -> Copy | None:
    """As share_copied, at once: of the texts without traces only the newest get theirs.

    It says nothing where the index would have to be made of a large diary or is held by another process.
    """
    try:
        ledger = with_newest(diary)
        if ledger is None:
            return None
        with closing(ledger):
            trace_some(ledger, _AT_A_TIME)
            found = share_copied(ledger, text, given, apart_from)
            path = "select path from entry join file using (key) where entry.id = ?"
            if found and unchanged(diary, ledger, ledger.execute(path, (found.id,)).fetchone()[0]):
                return found
    except (OSError, sqlite3.Error):
        pass  # held or damaged: a matter for the next command that reads, and no hint is worth an error
    return None


def body(ledger: sqlite3.Connection, key: int) -> str:
    """The body of an entry, folded for comparing."""
    text, begins = ledger.execute(
        "select coalesce(folded, sought), body from content where key = ?", (key,)
    ).fetchone()
    folded: str = text.decode("utf-8")[begins:]
    return folded


def trace_some(ledger: sqlite3.Connection, most: int) -> int:
    """Work out the traces of at most so many texts that have none yet, the newest first; returns of how many.

    Raises sqlite3.OperationalError when the index cannot be written.
    """
    if not ledger.execute("select 1 from untraced limit 1").fetchone():
        return 0
    newest = "select key from untraced order by key desc limit ?"
    with ledger:  # commits, or rolls back
        ledger.execute("begin")
        waiting = ledger.execute(f"delete from untraced where key in ({newest}) returning key", (most,))
        keys = [key for (key,) in waiting.fetchall()]
        found = {(number, key) for key in keys for number in copies.traces(copies.signs(body(ledger, key)))}
        ledger.executemany("insert into trace values (?, ?)", sorted(found))  # in order: twice as fast
    return len(keys)


def trace_all(ledger: sqlite3.Connection) -> None:
    """Have every text traced; where the index cannot be written, in tables of this connection alone."""
    try:
        while trace_some(ledger, _AT_ONCE):
            pass
    except sqlite3.OperationalError:  # held by another process, or not ours to write
        for table in ("trace", "untraced"):
            ledger.execute(f"create temp table {table} as select * from main.{table}")
        while trace_some(ledger, _AT_ONCE):
            pass
