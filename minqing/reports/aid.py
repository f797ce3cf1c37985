"""Money, goods and service given, with sums by form, by good and by fund."""

import sqlite3
from collections.abc import Iterable
from datetime import date as Date
from decimal import Decimal
from typing import Any

from minqing import tally
from minqing.exact import decimal_text
from minqing.language import _
from minqing.ledger import parts
from minqing.period import Query
from minqing.report import Column, Report, Section
from minqing.reports import Basis, make, picked


def report(ledger: sqlite3.Connection, query: Query, today: Date) -> Report:
    """帮扶台账."""
    basis = Basis(ledger, query, today)
    found = rows(basis)
    figures = tally.aid(*basis)
    sentence = _("Cash {aid_money} yuan; times helped: {aid_times}, people by name: {aid_people}").format(
        **figures
    )
    shown = tuple(column for column in columns() if column.key != "time")
    table = Section("aid", _("Aid ledger"), shown, picked(shown, found), text=(sentence,), numbered=True)
    return make(
        basis,
        "aid",
        _("Aid ledger"),
        [
            table,
            sums(found, "form", _("By form"), _("Form"), "form"),
            sums(found, "fund", _("By fund"), _("Fund")),
        ],
        figures=figures,
        entries=len({row["ref"] for row in found}),
    )


def columns() -> tuple[Column, ...]:
    """What can be shown of aid."""
    return (
        Column("ref", _("Ref")),
        Column("date", _("Date")),
        Column("time", _("Time")),
        Column("area", _("Area"), fold=True),
        Column("who", _("To whom"), fold=True),
        Column("what", _("What")),
        Column("form", _("Form"), words="form"),
        Column("each", _("Each"), "right"),
        Column("n", _("Count"), "right"),
        Column("total", _("Total"), "right"),
        Column("unit", _("Unit")),
        Column("fund", _("Fund")),
        Column("occasion", _("Occasion")),
        Column("by", _("By")),
        Column("receipt", _("Receipt"), fold=True),
    )


def rows(basis: Basis) -> list[dict[str, Any]]:
    """Every line of aid in the period, by its columns."""
    found = lines(
        basis,
        "e.id as ref, e.date, e.time, e.area, e.who as named, a.what, a.form, a.each, a.unit, a.fund, a.occasion,"
        " e.author as by, a.receipt",
    )
    for row in found:
        row["who"] = row["to"] or parts(row["named"])
        row["receipt"] = parts(row["receipt"])
    return found


def lines(basis: Basis, what: str) -> list[dict[str, Any]]:
    """What is asked for of every line of aid (see tally.aid_lines); what was handed in before and is taken back in the
    period as less than nothing (红字).
    """
    found = []
    for of, back in ((tally.entries(*basis), False), (tally.taken_back(basis.query, basis.today), True)):
        for row in tally.aid_lines(basis.ledger, basis.query, of, what, "e.date, e.time, e.id, a.n"):
            if back:
                row["n"] = row["n"] and -row["n"]
                row["total"] = row["total"] and decimal_text(-Decimal(row["total"]))
            found.append(row)
    return found


def sums(
    rows: Iterable[dict[str, Any]], key: str, title: str, head: str, words: str | None = None
) -> Section:
    """What was given by one column, per good and unit: yuan are never added to schoolbags."""
    totals: dict[tuple[str, str, str], tuple[Decimal | None, int | None]] = {}
    for row in rows:
        what = "" if row["form"] == "cash" else row["what"]
        at = (row[key] or "", what, row["unit"] or "")
        total, count = totals.get(at, (None, None))
        if row["total"] is not None:
            total = (total or Decimal()) + Decimal(row["total"])
        if row["n"] is not None:
            count = (count or 0) + row["n"]
        totals[at] = (total, count)
    columns = (
        Column(key, head, words=words, empty=_("no fund named") if key == "fund" else _("unsorted")),
        Column("what", _("What")),
        Column("n", _("Count"), "right"),
        Column("total", _("Total"), "right"),
        Column("unit", _("Unit")),
    )
    table = tuple(
        {
            key: at[0],
            "what": at[1],
            "n": count,
            "total": None if total is None else decimal_text(total),
            "unit": at[2],
        }
        for at, (total, count) in sorted(totals.items())
    )
    return Section(f"by_{key}", title, columns, table)
