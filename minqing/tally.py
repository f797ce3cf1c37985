"""Counting in the ledger: the figures of a period and the items alive in it. Every report counts here.

Each function takes the ledger, a Query and today's day; an end of period that lies ahead counts as today.
"""

import json
import sqlite3
from datetime import date as Date
from decimal import Decimal
from typing import Any

from minqing.exact import decimal_text
from minqing.find import Condition, matching, within
from minqing.ledger import parts
from minqing.period import Query
from minqing.words import PENDING

_PENDING = ", ".join(f"'{state}'" for state in PENDING)
_CLOSED = "('closed', 'declined')"

# What each figure of a summary is called, in the order of a report; the keys are stable.
FIGURES = (
    "entries", "visits", "households_visited", "meetings",
    "items_before", "items_opened", "items_reopened", "items_closed", "items_after", "items_done", "items_overdue",
    "promises_opened", "promises_kept", "promises_overdue",
    "aid_money", "aid_times", "aid_people",
)  # fmt: skip


def end_of(query: Query, today: Date) -> str:
    """The ISO day on which a period's balance is struck: its last, or today if that is earlier."""
    last = query.period.last
    return min(last, today).isoformat() if last else today.isoformat()


def entries(ledger: sqlite3.Connection, query: Query, today: Date) -> Condition:
    """The entries `e` of the period that pass the filters."""
    return within(query.period) & matching(query.filters, today)


def one(ledger: sqlite3.Connection, sql: str, *values: Any) -> Any:
    """The single value a question has."""
    return ledger.execute(sql, values).fetchone()[0]


def tally(ledger: sqlite3.Connection, query: Query, today: Date) -> dict[str, Any]:
    """The figures of a summary: integers, and `aid_money` as decimal text."""
    of = entries(ledger, query, today)
    found: dict[str, Any] = {
        "entries": one(ledger, f"select count(*) from entry e where {of.sql}", *of.values),
        "visits": one(
            ledger, f"select count(*) from entry e where e.kind = 'visit' and {of.sql}", *of.values
        ),
        "households_visited": one(
            ledger,
            "select count(distinct n.name) from entry e join name n using (key) "
            f"where n.part = 'who' and e.kind = 'visit' and {of.sql}",
            *of.values,
        ),
        "meetings": one(
            ledger, f"select count(*) from entry e where e.kind = 'meeting' and {of.sql}", *of.values
        ),
    }
    found |= balance(ledger, query, today)
    found |= promises(ledger, query, today)
    found |= aid(ledger, of)
    return {key: found[key] for key in FIGURES}


_FOREVER = "9999-12-31"


def _span(query: Query) -> tuple[str, str]:
    """First and last day of a period as ISO text; an open end lies before or after every day."""
    period = query.period
    return (
        period.first.isoformat() if period.first else "",
        period.last.isoformat() if period.last else _FOREVER,
    )


def _steps(query: Query, today: Date, types: tuple[str, ...] = ()) -> tuple[str, Condition]:
    """Where to find the steps `s` of the items asked for: a source and a condition.

    Steps are written for counted entries only, so without a filter neither item nor entry is looked at.
    """
    source, of = "step s", Condition("1", ())
    if query.filters:
        source = "step s join item i on i.ref = s.ref join entry e on e.key = i.key"
        of = matching(query.filters, today, items=True)
    if types:
        of &= Condition(f"s.type in ({', '.join('?' * len(types))})", types)
    return source, of


def balance(
    ledger: sqlite3.Connection, query: Query, today: Date, types: tuple[str, ...] = ()
) -> dict[str, int]:
    """期初 + 新增 + 重开 - 销号 = 期末, with what is done and what is overdue at the end."""
    first, last = _span(query)
    end = end_of(query, today)
    source, of = _steps(query, today, types)
    row = ledger.execute(
        f"""
        select sum(s.state not in {_CLOSED} and s.date < :first and s.until >= :first),
               sum(s.event = 'opened' and s.date >= :first),
               sum(s.event = 'reopened' and s.date >= :first),
               sum(s.event = 'closed' and s.date >= :first),
               sum(s.state = 'done' and s.until > :last),
               sum(s.state in ({_PENDING}) and s.due < :end and s.date <= :end and s.until > :end)
        from {source} where s.date <= :last and s.until >= :first and {_numbered(of)}
        """,
        {"first": first, "last": last, "end": end} | _values(of),
    ).fetchone()
    before, opened, reopened, closed, done, overdue = (int(found or 0) for found in row)
    return {
        "items_before": before,
        "items_opened": opened,
        "items_reopened": reopened,
        "items_closed": closed,
        "items_after": before + opened + reopened - closed,
        "items_done": done,
        "items_overdue": overdue,
    }


def _numbered(of: Condition) -> str:
    """A condition with named parameters, to stand beside others."""
    pieces = of.sql.split("?")
    return "".join(f"{piece}:of{n}" for n, piece in enumerate(pieces[:-1])) + pieces[-1]


def _values(of: Condition) -> dict[str, str]:
    return {f"of{n}": value for n, value in enumerate(of.values)}


def promises(ledger: sqlite3.Connection, query: Query, today: Date) -> dict[str, int]:
    """Promises made, kept (became done or closed in the period) and overdue at its end."""
    figures = balance(ledger, query, today, ("promise",))
    source, of = _steps(query, today, ("promise",))
    kept = one(
        ledger,
        f"select count(distinct s.ref) from {source} "
        f"where s.state in ('done', 'closed') and s.event <> 'noted' and s.date between ? and ? and {of.sql}",
        *_span(query),
        *of.values,
    )
    return {
        "promises_opened": figures["items_opened"],
        "promises_kept": int(kept),
        "promises_overdue": figures["items_overdue"],
    }


def aid(ledger: sqlite3.Connection, of: Condition) -> dict[str, Any]:
    """Cash given, times helped (heads of each entry, however many goods each got) and people by name."""
    money, people, times = Decimal(), set(), 0
    heads: dict[int, tuple[int, set[str]]] = {}
    sql = f'select e.key, a.form, a.count, a.total, a."to" from aid a join entry e using (key) where {of.sql}'
    for key, form, count, total, to in ledger.execute(sql, of.values):
        if form == "cash" and total:
            money += Decimal(total)
        largest, names = heads.get(key, (0, set()))
        heads[key] = (max(largest, count or 0), names | set(parts(to)))
    for largest, names in heads.values():
        times += max(largest, len(names))
        people |= names
    return {"aid_money": decimal_text(money), "aid_times": times, "aid_people": len(people)}


_ALIVE = f"""
select i.*, e.id as entry, e.date, e.time, e.area, e.kind, e.author, e.title, s.state, s.date as since
from step s join item i on i.ref = s.ref join entry e on e.key = i.key
where s.date <= :last and s.until > :last
  and (s.state not in {_CLOSED} or s.event = 'closed' and s.date >= :first) and {{of}}
order by e.date, e.time, i.ref
"""


def items_alive(
    ledger: sqlite3.Connection, query: Query, today: Date, types: tuple[str, ...] = ()
) -> list[dict[str, Any]]:
    """The items that were open at some time of the period, as they stood at its end, oldest first.

    Keys of the item and its entry, with `source`, `status`, `progress` (the last thing said of it), `closed`
    (ISO day), `satisfied`, `kept` (ISO day it became done or closed) and `overdue`.
    """
    first, last = _span(query)
    end = end_of(query, today)
    _source, of = _steps(query, today, types)
    found = ledger.execute(
        _ALIVE.format(of=_numbered(of)), {"first": first, "last": last} | _values(of)
    ).fetchall()
    refs = json.dumps([row["ref"] for row in found])
    told: dict[str, tuple[str | None, str | None]] = {}
    for ref, note, satisfied in ledger.execute(
        "select t.ref, t.note, t.satisfied from told t join entry e using (key) "
        "where t.ref in (select value from json_each(?)) and e.counted and e.date <= ? "
        "order by e.date, coalesce(e.time, '99:99'), e.id, t.n",
        (refs, last),
    ):
        before = told.get(ref, (None, None))
        told[ref] = (note or before[0], satisfied or before[1])
    days = {
        ref: (closed, done)
        for ref, closed, done in ledger.execute(
            "select ref, max(case event when 'closed' then date end), "
            "max(case when state = 'done' and event <> 'noted' then date end) from step "
            "where ref in (select value from json_each(?)) and date <= ? group by ref",
            (refs, last),
        )
    }
    items = []
    for row in found:
        item = dict(row) | {"status": row["state"], "source": row["kind"]}
        item["progress"], item["satisfied"] = told.get(row["ref"], (None, None))
        closed, done = days[row["ref"]]
        item["closed"] = closed if row["state"] in ("closed", "declined") else None
        item["kept"] = (done or closed) if row["state"] in ("done", "closed") else None
        item["overdue"] = bool(row["due"] and row["state"] in PENDING and row["due"] < end)
        items.append(item)
    return items
