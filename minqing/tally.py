"""Counting in the ledger: the figures of a period and the items alive in it. Every report counts here.

Each function takes the ledger, a Query and today's day; an end of period that lies ahead counts as today.
"""

import json
import sqlite3
from collections.abc import Iterator
from datetime import date as Date
from decimal import Decimal
from typing import Any

from minqing.exact import decimal_text, yuan
from minqing.find import Condition, matching, received, within
from minqing.ledger import parts
from minqing.period import Query
from minqing.words import MONEY, PENDING

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
    """The entries `e` that count in the period and pass the filters, as of its end."""
    last = query.period.last.isoformat() if query.period.last else None
    return within(query.period, "e.booked") & matching(query.filters, today, standing=last)


def taken_back(query: Query, today: Date) -> Condition:
    """The entries `e` of sealed periods that are voided in this one (红字更正): here they count as less than nothing."""
    first, last = _span(query)
    # the voided are few, and SQLite begins with them only when told so
    few = "e.key in (select key from entry where not counted)"
    voided = Condition(f"{few} and +e.until between ? and ? and +e.booked < ?", (first, last, first))
    return voided & matching(query.filters, today, standing="")


def dated(query: Query, today: Date) -> Condition:
    """The entries `e` dated in the period that pass the filters, whichever period they count in."""
    return within(query.period, "e.date") & matching(query.filters, today)


def one(ledger: sqlite3.Connection, sql: str, *values: Any) -> Any:
    """The single value a question has."""
    return ledger.execute(sql, values).fetchone()[0]


def rows_as_dicts(found: list[sqlite3.Row]) -> list[dict[str, Any]]:
    """Rows by column; for many rows four times as fast as dict(row)."""
    columns = found[0].keys() if found else ()
    return [dict(zip(columns, row, strict=True)) for row in found]


def tally(ledger: sqlite3.Connection, query: Query, today: Date) -> dict[str, Any]:
    """The figures of a summary: integers, and `aid_money` as decimal text."""
    of, back = entries(ledger, query, today), taken_back(query, today)
    found: dict[str, Any] = _entries(ledger, of)
    found["households_visited"] = one(
        ledger,
        "select count(distinct n.name) from entry e join name n using (key) "
        f"where n.part = 'who' and e.kind = 'visit' and {of.sql}",
        *of.values,
    )
    if one(ledger, f"select exists (select 1 from entry e where {back.sql})", *back.values):
        less = _entries(ledger, back)
        found |= {name: found[name] - less[name] for name in less}
    found |= _moves(ledger, query, today)
    found |= aid(ledger, query, today)
    return {key: found[key] for key in FIGURES}


def _entries(ledger: sqlite3.Connection, of: Condition) -> dict[str, int]:
    row = ledger.execute(
        "select count(*) as entries, sum(e.kind = 'visit') as visits, sum(e.kind = 'meeting') as meetings "
        f"from entry e where {of.sql}",
        of.values,
    ).fetchone()
    return {name: int(row[name] or 0) for name in row.keys()}  # noqa: SIM118 — a Row iterates its values


_FOREVER = "9999-12-31"


def _span(query: Query) -> tuple[str, str]:
    """First and last day of a period as ISO text; an open end lies before or after every day."""
    period = query.period
    return (
        period.first.isoformat() if period.first else "",
        period.last.isoformat() if period.last else _FOREVER,
    )


def _wanted(query: Query, today: Date, types: tuple[str, ...] = ()) -> tuple[str, Condition]:
    """Which steps `s` are of the items asked for: what to join to them, and a condition.

    Steps are written for counted entries only, so without a filter neither item nor entry is looked at.
    """
    more, of = "", Condition("1", ())
    if query.filters:
        more = "join item i on i.ref = s.ref join entry e on e.key = i.key"
        of = matching(query.filters, today, items=True, standing="")  # the steps say how long they hold
    if types:
        of &= Condition(f"s.type in ({', '.join('?' * len(types))})", types)
    return more, of


# ?1 first day, ?2 last day, ?3 the day on which the balance is struck.
# What happened in the period, and what was open when it began: of an old diary that is little.
_STEP = "ref, n, date, until, state, event, type, due"
# A promise is kept when it becomes done; that it is closed later only says that it was asked about.
_KEPT = """{s}.state in ('done', 'closed') and {s}.event not in ('noted', 'corrected') and not ({s}.event = 'closed' and (
             select p.state from step p where p.ref = {s}.ref and p.n < {s}.n and p.event <> 'noted'
             order by p.n desc limit 1) is 'done')"""
_MOVES = f"""
select sum(s.state not in {_CLOSED} and s.date < ?1 and s.until >= ?1) as items_before,
       sum(s.event = 'opened' and s.date >= ?1) as items_opened,
       sum(s.event = 'reopened' and s.date >= ?1) as items_reopened,
       sum(s.event = 'closed' and s.date >= ?1) as items_closed,
       sum(s.state = 'done' and s.until > ?2) as items_done,
       sum(s.state in ({_PENDING}) and s.due < ?3 and s.date <= ?3 and s.until > ?3) as items_overdue,
       sum(s.type = 'promise' and s.event = 'opened' and s.date >= ?1) as promises_opened,
       count(distinct case when s.type = 'promise' and s.date >= ?1 and {_KEPT.format(s="s")}
             then s.ref end) as promises_kept,
       sum(s.type = 'promise' and s.state in ({_PENDING}) and s.due < ?3 and s.date <= ?3 and s.until > ?3)
           as promises_overdue
from (select {_STEP} from step where date between ?1 and ?2 union all
      select {_STEP} from step where state not in {_CLOSED} and date < ?1 and until >= ?1) s
{{more}} where {{of}}
"""


# What was handed in and taken back since, by item; a promise that is kept by one of two words is kept.
_CORRECTED = f"""
select sum(opened) as items_opened, sum(reopened) as items_reopened, sum(closed) as items_closed,
       sum(opened * promise) as promises_opened,
       sum(promise * ((was + kept > 0) - (was + kept < 0) - (was > 0))) as promises_kept
from (select sum(s.sign * (s.event = 'opened')) as opened, sum(s.sign * (s.event = 'reopened')) as reopened,
             sum(s.sign * (s.event = 'closed')) as closed, s.type = 'promise' as promise,
             sum(s.sign * (s.state in ('done', 'closed') and s.event <> 'noted' and not (s.event = 'closed' and
               exists (select 1 from step p where p.ref = s.ref and p.state = 'done' and p.date < ?1)))) as kept,
             (select count(*) from step o where o.ref = s.ref and o.date between ?1 and ?2
              and {_KEPT.format(s="o")}) as was
      from correction s {{more}} where s.date between ?1 and ?2 and {{of}} group by s.ref)
"""


def _moves(
    ledger: sqlite3.Connection, query: Query, today: Date, types: tuple[str, ...] = ()
) -> dict[str, int]:
    """What became of items and promises; a promise is kept in the period in which it became done or closed."""
    more, of = _wanted(query, today, types)
    row = ledger.execute(
        _MOVES.format(more=more, of=of.sql), (*_span(query), end_of(query, today), *of.values)
    ).fetchone()
    found = {name: int(row[name] or 0) for name in row.keys()}  # noqa: SIM118 — a Row iterates its values
    if one(ledger, "select exists (select 1 from correction where date between ? and ?)", *_span(query)):
        changed = ledger.execute(
            _CORRECTED.format(more=more, of=of.sql),
            (*_span(query), *of.values),
        ).fetchone()
        found |= {name: found[name] + (changed[name] or 0) for name in changed.keys()}  # noqa: SIM118
    found["items_after"] = (
        found["items_before"] + found["items_opened"] + found["items_reopened"] - found["items_closed"]
    )
    return found


def balance(
    ledger: sqlite3.Connection, query: Query, today: Date, types: tuple[str, ...] = ()
) -> dict[str, int]:
    """期初 + 新增 + 重开 - 销号 = 期末, with what is done and what is overdue at the end."""
    found = _moves(ledger, query, today, types)
    return {name: found[name] for name in FIGURES if name.startswith("items_")}


def aid(ledger: sqlite3.Connection, query: Query, today: Date) -> dict[str, Any]:
    """Cash given, times helped (heads of each entry, however many goods each got) and people by name."""
    money, times, people = _given(ledger, query, entries(ledger, query, today))
    back = _given(ledger, query, taken_back(query, today))
    return {
        "aid_money": decimal_text(money - back[0]),
        "aid_times": times - back[1],
        "aid_people": len(people),
    }


def aid_lines(
    ledger: sqlite3.Connection, query: Query, of: Condition, what: str, order: str = "e.key"
) -> Iterator[dict[str, Any]]:
    """What is asked for of each line of aid in some entries, with `n`, `total` and `to`: as much as went to whom the
    query asks for.
    """
    of &= received(query.filters)
    asked = {value for field, value in query.filters if field in ("who", "word")}
    found = ledger.execute(
        f'select {what}, a.count as n, a.total, a.each as part, a."to" from aid a join entry e using (key) '
        f"where {of.sql} order by {order}",
        of.values,
    ).fetchall()
    for row in rows_as_dicts(found):
        row["to"] = to = parts(row["to"])
        part = row.pop("part")
        theirs = [name for name in to if name in asked]
        if theirs and len(theirs) < len(to) == row["n"]:
            total = Decimal(row["total"] or 0)
            each = Decimal(part) if part else total / len(to)
            if each * len(to) == total or not total:  # so much each; else who got how much is not known
                row["to"], row["n"] = theirs, len(theirs)
                row["total"] = row["total"] and decimal_text(each * len(theirs))
        yield row


def _given(ledger: sqlite3.Connection, query: Query, of: Condition) -> tuple[Decimal, int, set[str]]:
    money, people, times = Decimal(), set(), 0
    heads: dict[int, tuple[int, set[str]]] = {}
    for row in aid_lines(ledger, query, of, "e.key, a.form, a.total_unit as unit"):
        key, form, unit, count, total, to = row.values()
        if form == "cash" and total and (not unit or unit in MONEY):  # dollars are no yuan
            money += yuan(Decimal(total), unit)
        largest, names = heads.get(key, (0, set()))
        heads[key] = (max(largest, count or 0), names | set(to))
    for largest, names in heads.values():
        times += max(largest, len(names))
        people |= names
    return money, times, people


_ALIVE = f"""
select i.*, e.id as entry, e.date, e.time, e.area, e.kind, e.author, e.title, s.state, s.date as since
from (select {_STEP} from step where state not in {_CLOSED} and date <= ?2 and until > ?2 union all
      select {_STEP} from step where state in {_CLOSED} and event = 'closed' and date between ?1 and ?2 and until > ?2) s
join item i on i.ref = s.ref join entry e on e.key = i.key
where {{of}}
order by e.date, e.time, e.id, i.n
"""


def items_standing(
    ledger: sqlite3.Connection, query: Query, today: Date, types: tuple[str, ...] = ()
) -> list[dict[str, Any]]:
    """The items that were open at some time of the period, as they stood at its end, oldest first.

    Keys of the item and its entry, with `source`, `status` and `overdue`.
    """
    end = end_of(query, today)
    _more, of = _wanted(query, today, types)
    found = ledger.execute(_ALIVE.format(of=of.sql), (*_span(query), *of.values)).fetchall()
    items = rows_as_dicts(found)
    for item in items:
        state = item["status"] = item["state"]
        item["source"] = item["kind"]
        item["overdue"] = bool(item["due"] and state in PENDING and item["due"] < end)
    return items


def items_alive(
    ledger: sqlite3.Connection, query: Query, today: Date, types: tuple[str, ...] = ()
) -> list[dict[str, Any]]:
    """The items of `items_standing`, with what became of them.

    More keys: `progress` (the last thing said of it), `closed` (ISO day), `satisfied` and `kept` (ISO day it
    became done or closed).
    """
    _first, last = _span(query)
    items = items_standing(ledger, query, today, types)
    refs = json.dumps([item["ref"] for item in items])
    told: dict[str, tuple[str | None, str | None]] = {}
    for ref, status, note, satisfied in ledger.execute(
        "select t.ref, t.status, t.note, t.satisfied from told t join entry e using (key) "
        "where t.ref in (select value from json_each(?1)) and e.until > ?2 and e.booked <= ?2 "
        "order by e.date, coalesce(e.time, '99:99'), e.id, t.n",
        (refs, last),
    ):
        before = (None, None) if status == "reopened" else told.get(ref, (None, None))
        told[ref] = (note or before[0], satisfied or before[1])
    days = {
        ref: (closed, done)
        for ref, closed, done in ledger.execute(
            "select s.ref, max(case s.event when 'closed' then e.date end), "
            "max(case when s.state = 'done' and s.event not in ('noted', 'corrected') then e.date end) "
            "from step s join entry e on e.id = s.entry "
            "where s.ref in (select value from json_each(?)) and s.date <= ? group by s.ref",
            (refs, last),
        )
    }
    for item in items:
        state = item["status"]
        item["progress"], item["satisfied"] = told.get(item["ref"], (None, None))
        # what was told of an item before its own day takes effect on that day, see life.life
        closed, done = (day and max(day, item["date"]) for day in days[item["ref"]])
        item["closed"] = closed if state in ("closed", "declined") else None
        item["kept"] = (done or closed) if state in ("done", "closed") else None
    return items
