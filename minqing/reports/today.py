"""What to do today: overdue, falling due within seven days, open promises, and households to visit."""

import sqlite3
from datetime import date as Date
from datetime import timedelta
from typing import Any

from minqing.find import matching
from minqing.language import _
from minqing.ledger import setting
from minqing.period import Period, Query
from minqing.report import Column, Report, Section
from minqing.reports import Basis, make
from minqing.tally import items_alive
from minqing.words import PENDING

SOON = timedelta(days=7)
ROOM = 10  # rows of each part: it should fit one screen


def report(ledger: sqlite3.Connection, query: Query, today: Date) -> Report:
    """The day's work: how everything stands on `today`, whatever period was asked."""
    query = query._replace(period=Period(today.isoformat(), None, today, "day"))
    waiting = [row for row in items_alive(ledger, query, today) if row["status"] in PENDING]
    now, soon = today.isoformat(), (today + SOON).isoformat()
    overdue = sorted((row for row in waiting if row["due"] and row["due"] < now), key=lambda row: row["due"])
    due = sorted(
        (row for row in waiting if row["due"] and now <= row["due"] <= soon), key=lambda row: row["due"]
    )
    shown = {row["ref"] for row in (*overdue, *due)}
    promised = [row for row in waiting if row["type"] == "promise" and row["ref"] not in shown]
    visits = to_visit(ledger, query, today)
    for row in (*overdue, *due, *promised):
        row["days"] = (Date.fromisoformat(row["due"]) - today).days if row["due"] else None
    sections = [
        _items("overdue", _("Overdue"), overdue),
        _items("due", _("Falls due within seven days"), due),
        _items("promised", _("Promised, without a date or later"), promised),
        _visits(visits),
    ]
    figures = {"overdue": len(overdue), "due": len(due), "promised": len(promised), "to_visit": len(visits)}
    return make(
        Basis(ledger, query, today),
        "today",
        _("Today"),
        sections,
        figures=figures,
        entries=len({r["entry"] for r in waiting}),
    )


def _items(name: str, title: str, rows: list[dict[str, Any]]) -> Section:
    columns = (
        Column("ref", _("Ref")),
        Column("due", _("Due")),
        Column("days", _("Days"), "right"),
        Column("type", _("Type"), words="item"),
        Column("who", _("Who")),
        Column("text", _("What"), fold=True),
        Column("owner", _("Owner")),
    )
    keys = [column.key for column in columns]
    return Section(
        name, title, columns, tuple({key: row[key] for key in keys} for row in rows[:ROOM]), text=_more(rows)
    )


def _more(rows: list[dict[str, Any]]) -> tuple[str, ...]:
    return (
        (_("{n} in all; the first {room} are shown").format(n=len(rows), room=ROOM),)
        if len(rows) > ROOM
        else ()
    )


def _visits(rows: list[dict[str, Any]]) -> Section:
    columns = (
        Column("who", _("Household")),
        Column("class", _("Class"), words="class"),
        Column("area", _("Area"), fold=True),
        Column("last", _("Last visit")),
        Column("since", _("Days since"), "right"),
        Column("period", _("Visit every (days)"), "right"),
    )
    keys = [column.key for column in columns]
    table = tuple({key: row[key] for key in keys} for row in rows[:ROOM])
    return Section("visits", _("To visit"), columns, table, text=_more(rows))


_HOUSEHOLDS = """
with known as (
  select n.name as who, e.key from name n join entry e using (key)
    where n.part = 'who' and e.kind in ('visit', 'mediate', 'serve') and {of}
  union select f.who, e.key from fact f join entry e using (key) where {of}
)
select k.who,
  (select f.value from fact f join entry e using (key) where f.who = k.who and f.fact = 'class' and e.counted
     order by e.date desc, e.time desc, e.id desc limit 1) as class,
  (select e.area from known o join entry e using (key) where o.who = k.who order by e.date desc, e.id limit 1) as area,
  (select max(e.date) from name n join entry e using (key)
     where n.name = k.who and n.part = 'who' and e.kind = 'visit' and e.counted and e.date <= :today) as last
from known k group by k.who
"""


def to_visit(ledger: sqlite3.Connection, query: Query, today: Date) -> list[dict[str, Any]]:
    """Households known from entries whose last visit is longer ago than their class allows, longest first."""
    periods = setting(ledger, "visits") or {}
    of = matching(query.filters, today)
    sql = _HOUSEHOLDS.format(of=of.sql).replace(":today", "?")
    found = []
    for row in ledger.execute(sql, (*of.values, *of.values, today.isoformat())):
        period = periods.get(row["class"] or "normal", periods.get("normal"))
        since = (today - Date.fromisoformat(row["last"])).days if row["last"] else None
        if period is not None and (since is None or since >= period):
            found.append(
                dict(row)
                | {"since": since, "period": period, "late": since - period if since is not None else None}
            )
    return sorted(found, key=lambda row: (row["late"] is not None, -(row["late"] or 0), row["who"]))
