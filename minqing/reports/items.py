"""Every item of a period with where it stands, and the balance of items."""

import sqlite3
from datetime import date as Date
from typing import Any

from minqing.language import _, language
from minqing.period import Query
from minqing.report import Chart, Column, Report, Section
from minqing.reports import Basis, make, picked
from minqing.tally import balance, items_alive
from minqing.words import VALUES, label


def report(ledger: sqlite3.Connection, query: Query, today: Date) -> Report:
    """事项台账: items of every type."""
    columns = item_columns(
        *("ref", "date", "area", "type", "about", "who", "text", "owner", "due", "level"),
        *("progress", "status", "closed", "overdue"),
    )
    basis = Basis(ledger, query, today)
    rows, figures = items_alive(*basis), balance(*basis)
    title = _("Item ledger")
    table = Section("items", title, columns, picked(columns, rows), text=(balance_line(figures),))
    return make(
        basis,
        "items",
        title,
        [table, by_category(rows)],
        figures=figures,
        entries=len({row["entry"] for row in rows}),
        unit=_("items"),
    )


def item_columns(*keys: str) -> tuple[Column, ...]:
    """Columns of items, in the order asked for; all of them when none is."""
    columns = (
        Column("ref", _("Ref")),
        Column("date", _("Date")),
        Column("time", _("Time")),
        Column("area", _("Area"), fold=True),
        Column("author", _("Author")),
        Column("source", _("Source"), words="kind"),
        Column("type", _("Type"), words="item"),
        Column("about", _("About"), words="about"),
        Column("who", _("Who")),
        Column("text", _("What"), fold=True),
        Column("owner", _("Owner")),
        Column("due", _("Due")),
        Column("level", _("Level"), words="level"),
        Column("progress", _("Progress"), fold=True),
        Column("status", _("Status"), words="status"),
        Column("closed", _("Closed on")),
        Column("kept", _("Kept on")),
        Column("satisfied", _("Satisfied"), words="satisfied"),
        Column("overdue", _("Overdue")),
    )
    by_key = {column.key: column for column in columns}
    return tuple(by_key[key] for key in keys or by_key)


def balance_line(figures: dict[str, Any]) -> str:
    """The balance in one sentence that anyone can check."""
    return _(
        "Open before {items_before} + opened {items_opened} + reopened {items_reopened}"
        " - closed {items_closed} = open after {items_after}; overdue {items_overdue}"
    ).format(**figures)


def by_category(rows: list[dict[str, Any]]) -> Section:
    """Items by what they are about: collected, closed, in hand, overdue."""
    table = []
    for about in (*VALUES["about"], None):
        of = [row for row in rows if row["about"] == about]
        if of:
            closed = sum(row["status"] in ("closed", "declined") for row in of)
            overdue = sum(row["overdue"] for row in of)
            table.append(
                {
                    "about": about or "",
                    "items": len(of),
                    "closed": closed,
                    "in_hand": len(of) - closed,
                    "overdue": overdue,
                }
            )
    columns = (
        Column("about", _("About"), words="about", empty=_("unsorted")),
        Column("items", _("Items"), "right"),
        Column("closed", _("Closed"), "right"),
        Column("in_hand", _("In hand"), "right"),
        Column("overdue", _("Overdue"), "right"),
    )
    chart = None
    if len(table) > 1:
        names = tuple(label("about", str(row["about"]), language()) or _("unsorted") for row in table)
        chart = Chart(_("Items by category"), names, tuple(float(row["items"]) for row in table), _("items"))
    return Section("by_category", _("By category"), columns, tuple(table), chart=chart)
