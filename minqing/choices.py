"""What is there to choose from: entries, items at hand, areas and names, as menus and shells offer them."""

import sqlite3
from collections.abc import Iterable
from typing import Any

from minqing.find import Condition, short_ids, short_refs
from minqing.ledger import NEVER, setting
from minqing.questions import HEADINGS
from minqing.words import CLOSED

MANY = 500  # names, beyond which a list helps nobody
ANY = Condition("1", ())
# The entries whose text has a heading over what add left open.
_HEADED = " or ".join(["instr(c.sought, ?)"] * len(HEADINGS))
LEFT_OPEN = Condition(  # text by text, so that another condition may choose which are looked at
    f"e.counted and exists (select 1 from content c where c.key = e.key and ({_HEADED}))",
    tuple(f"## {heading}" for heading in HEADINGS.values()),
)


def entries(ledger: sqlite3.Connection, of: Condition = ANY, limit: int = -1) -> list[dict[str, Any]]:
    """Entries by their short `id`, with `whole`, `date`, `kind`, `title` and `who`, the newest first."""
    found = ledger.execute(
        f"select e.id as whole, date, kind, title, who from entry e where {of.sql} "
        "order by date desc, coalesce(time, '') desc, e.id limit ?",
        (*of.values, limit),
    ).fetchall()
    short = short_ids(ledger, (row["whole"] for row in found))
    return [dict(row) | {"id": short[row["whole"]]} for row in found]


def at_hand(ledger: sqlite3.Connection) -> list[dict[str, Any]]:
    """Items that are not closed by their short `ref`, with `whole`, `type`, `text`, `who`, `due` and `state`.

    Those due first come first, those without a due date last.
    """
    found = ledger.execute(
        "select i.ref as whole, i.type, i.text, i.who, i.due, s.state from step s join item i using (ref) "
        f"join entry e on e.key = i.key and e.counted where s.until = '{NEVER}' and s.state not in (?, ?) "
        "order by i.due is null, i.due, e.date, e.id, i.n",
        CLOSED,
    ).fetchall()
    short = short_refs(ledger, (row["whole"] for row in found))
    return [dict(row) | {"ref": short[row["whole"]]} for row in found]


def areas(ledger: sqlite3.Connection) -> list[str]:
    """The areas of the settings, then of entries, the most frequent first, then of the roster."""
    return _one_each(
        setting(ledger, "areas") or (),
        _column(ledger, "select area from entry where area is not null group by 1 order by count(*) desc"),
        _column(ledger, "select distinct area from roster where area <> '' order by area"),
    )


def households(ledger: sqlite3.Connection) -> list[str]:
    """Whom entries are about, the most frequent first, then who else the roster names as a household."""
    listed = _column(ledger, "select distinct household from roster order by n")
    return _one_each(_named(ledger, "who"), listed)


def companions(ledger: sqlite3.Connection) -> list[str]:
    """Who came along, the most frequent first."""
    return _named(ledger, "with")


def _named(ledger: sqlite3.Connection, part: str) -> list[str]:
    names = "select name from name where part = ? group by 1 order by count(*) desc, name limit ?"
    return _column(ledger, names, (part, MANY))


def _column(ledger: sqlite3.Connection, sql: str, values: tuple[Any, ...] = ()) -> list[str]:
    return [row[0] for row in ledger.execute(sql, values)]


def _one_each(*lists: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(word for words in lists for word in words))
