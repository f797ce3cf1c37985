"""Counting in the ledger: the figures of a period and the items alive in it. Every report counts here.

Each function takes the ledger, a Query and today's day; an end of period that lies ahead counts as today.
"""

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


def start_of(query: Query) -> str:
    """The ISO day a period begins on; before every day for an open one."""
    return query.period.first.isoformat() if query.period.first else ""


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


def _items(query: Query, today: Date, types: tuple[str, ...] = ()) -> Condition:
    of = matching(query.filters, today, items=True)
    return of & Condition(f"i.type in ({', '.join('?' * len(types))})", types) if types else of


def balance(
    ledger: sqlite3.Connection, query: Query, today: Date, types: tuple[str, ...] = ()
) -> dict[str, int]:
    """期初 + 新增 + 重开 - 销号 = 期末, with what is done and what is overdue at the end."""
    first, last = start_of(query), query.period.last.isoformat() if query.period.last else "9999-12-31"
    of = _items(query, today, types)
    base = f"from step s join item i on i.ref = s.ref join entry e on e.key = i.key where {of.sql}"

    def events(event: str) -> int:
        sql = f"select count(*) {base} and s.event = ? and s.date between ? and ?"
        return int(one(ledger, sql, *of.values, event, first, last))

    def standing(day: str, more: str, *values: str) -> int:
        """Items by their state at the end of an ISO day."""
        sql = f"select count(*) {base} and s.state not in {_CLOSED} and s.date <= ? and (s.until is null or s.until > ?)"
        return int(one(ledger, f"{sql} {more}", *of.values, day, day, *values))

    end = end_of(query, today)
    before = 0
    if first:
        sql = f"select count(*) {base} and s.state not in {_CLOSED} and s.date < ? and (s.until is null or s.until >= ?)"
        before = int(one(ledger, sql, *of.values, first, first))
    opened, reopened, closed = events("opened"), events("reopened"), events("closed")
    return {
        "items_before": before,
        "items_opened": opened,
        "items_reopened": reopened,
        "items_closed": closed,
        "items_after": before + opened + reopened - closed,
        "items_done": standing(last, "and s.state = 'done'"),
        "items_overdue": standing(end, f"and s.state in ({_PENDING}) and i.due < ?", end),
    }


def promises(ledger: sqlite3.Connection, query: Query, today: Date) -> dict[str, int]:
    """Promises made, kept (became done or closed in the period) and overdue at its end."""
    figures = balance(ledger, query, today, ("promise",))
    first, last = start_of(query), query.period.last.isoformat() if query.period.last else "9999-12-31"
    of = _items(query, today, ("promise",))
    kept = one(
        ledger,
        "select count(distinct s.ref) from step s join item i on i.ref = s.ref join entry e on e.key = i.key "
        f"where {of.sql} and s.state in ('done', 'closed') and s.event <> 'noted' and s.date between ? and ?",
        *of.values,
        first,
        last,
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
where {{of}} and s.date <= ? and (s.until is null or s.until > ?)
  and (s.state not in {_CLOSED}
       or exists (select 1 from step c where c.ref = i.ref and c.event in ('closed', 'opened') and c.date between ? and ?))
order by e.date, e.time, i.ref
"""


def items_alive(
    ledger: sqlite3.Connection, query: Query, today: Date, types: tuple[str, ...] = ()
) -> list[dict[str, Any]]:
    """The items that were open at some time of the period, as they stood at its end, oldest first.

    Keys of the item and its entry, with `status`, `progress` (the last thing said of it), `closed` (ISO day),
    `satisfied`, `kept` (ISO day it became done or closed) and `overdue`.
    """
    of = _items(query, today, types)
    first, last = start_of(query), query.period.last.isoformat() if query.period.last else "9999-12-31"
    end = end_of(query, today)
    found = []
    for row in ledger.execute(_ALIVE.format(of=of.sql), (*of.values, last, last, first, last)):
        item = dict(row) | {"status": row["state"], "source": row["kind"]}
        tellings = ledger.execute(
            "select t.note, t.status, t.satisfied, e.date from told t join entry e using (key) "
            "where t.ref = ? and e.counted and e.date <= ? order by e.date, coalesce(e.time, '99:99'), e.id, t.n",
            (row["ref"], last),
        ).fetchall()
        item["progress"] = next((told["note"] for told in reversed(tellings) if told["note"]), None)
        item["satisfied"] = next(
            (told["satisfied"] for told in reversed(tellings) if told["satisfied"]), None
        )
        days = {
            event: one(
                ledger,
                f"select max(date) from step where ref = ? and date <= ? and {what}",
                row["ref"],
                last,
            )
            for event, what in (
                ("closed", "event = 'closed'"),
                ("kept", "state = 'done' and event = 'moved'"),
            )
        }
        shut = row["state"] in ("closed", "declined")
        item["closed"] = days["closed"] if shut else None
        item["kept"] = (days["kept"] or days["closed"]) if row["state"] in ("done", "closed") else None
        item["overdue"] = bool(row["due"] and row["state"] in PENDING and row["due"] < end)
        found.append(item)
    return found
