"""What to do today: overdue, falling due within seven days, open promises, households to visit, what add left open."""

import sqlite3
from datetime import date as Date
from datetime import timedelta
from typing import Any

from minqing.choices import LEFT_OPEN, entries
from minqing.find import Condition, matching
from minqing.households import households
from minqing.language import _
from minqing.period import Period, Query
from minqing.report import Column, Report, Section
from minqing.reports import Basis, make, picked
from minqing.tally import items_standing
from minqing.words import PENDING

SOON = timedelta(days=7)
OF_LATE = timedelta(62)  # what was left open before is no work of today
ROOM = 10  # rows of each part: it should fit one screen


def report(ledger: sqlite3.Connection, query: Query, today: Date) -> Report:
    """The day's work: how everything stands on `today`, whatever period was asked."""
    query = query._replace(period=Period(today.isoformat(), None, today, "day"))
    of_today = query._replace(period=query.period._replace(first=today))  # what was closed before is no work
    waiting = [row for row in items_standing(ledger, of_today, today) if row["status"] in PENDING]
    now, soon = today.isoformat(), (today + SOON).isoformat()
    overdue = sorted((row for row in waiting if row["due"] and row["due"] < now), key=lambda row: row["due"])
    due = sorted(
        (row for row in waiting if row["due"] and now <= row["due"] <= soon), key=lambda row: row["due"]
    )
    shown = {row["ref"] for row in (*overdue, *due)}
    promised = [row for row in waiting if row["type"] == "promise" and row["ref"] not in shown]
    visits = to_visit(ledger, query, today)
    left = left_open(ledger, query, today)
    for row in (*overdue, *due, *promised):
        row["days"] = (Date.fromisoformat(row["due"]) - today).days if row["due"] else None
    sections = [
        _items("overdue", _("Overdue"), overdue),
        _items("due", _("Falls due within seven days"), due),
        _items("promised", _("Promised, without a date or later"), promised),
        _visits(visits),
        *([_left_open(left)] if left else []),
    ]
    figures = {"overdue": len(overdue), "due": len(due), "promised": len(promised), "to_visit": len(visits)}
    figures["left_open"] = len(left)
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
    return Section(name, title, columns, picked(columns, rows[:ROOM]), text=_more(rows))


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
    table = picked(columns, rows[:ROOM])
    return Section("visits", _("To visit"), columns, table, text=_more(rows))


def _left_open(rows: list[dict[str, Any]]) -> Section:
    columns = (Column("id", _("Entry")), Column("date", _("Date")), Column("title", _("Title"), fold=True))
    text = (*_more(rows), _("one by one: minqing edit ID --settle"))
    return Section("left_open", _("To be checked"), columns, picked(columns, rows[:ROOM]), text=text)


def left_open(ledger: sqlite3.Connection, query: Query, today: Date) -> list[dict[str, Any]]:
    """The entries of late that hold questions which `add` left open, the newest first; of older ones `check` tells."""
    late = Condition("e.date > ?", ((today - OF_LATE).isoformat(),))
    return entries(ledger, late & matching(query.filters, today) & LEFT_OPEN)


def to_visit(ledger: sqlite3.Connection, query: Query, today: Date) -> list[dict[str, Any]]:
    """Households whose last visit is as long ago as their class allows, those never visited first, then longest."""
    homes = [home for home in households(ledger, query, today) if home["state"] in ("overdue", "never")]
    for home in homes:
        home["late"] = None if home["since"] is None else home["since"] - home["period"]
    return sorted(homes, key=lambda home: (home["late"] is not None, -(home["late"] or 0), home["who"]))
