"""Every counted or measured number, with its change against the time before and its trend."""

import sqlite3
from datetime import date as Date
from decimal import Decimal
from typing import Any

from minqing import tally
from minqing.exact import decimal_text
from minqing.language import _
from minqing.period import Query
from minqing.report import Chart, Column, Report, Section
from minqing.reports import Basis, make, picked, source_rows

TRENDS = 12  # pictures that a person looks at


def report(ledger: sqlite3.Connection, query: Query, today: Date) -> Report:
    """数据台账. A change is against the last number of the same name, area and unit, also from before the period."""
    basis = Basis(ledger, query, today)
    rows = _rows(basis)
    series = _compared(basis, rows)
    charts: list[Section] = []
    trends = sorted((at for at in series if len(series[at]) > 1), key=lambda at: (-len(series[at]), at))
    for name, area, unit in trends[:TRENDS]:
        title = f"{name} {area}".strip()  # 一组 is in every village
        days, values = zip(*series[name, area, unit], strict=True)
        chart = Chart(title, days, tuple(map(float, values)), unit, "line")
        charts.append(Section(f"trend_{len(charts) + 1}", title, chart=chart))
    shown = columns()
    table = Section(
        "figures",
        _("Figure ledger"),
        shown,
        picked(shown, rows),
        text=_more(len(trends)),
    )
    return make(
        basis,
        "figures",
        _("Figure ledger"),
        [table, *charts],
        figures={"figures": len(rows)},
        entries=len({row["ref"] for row in rows}),
    )


def _more(trends: int) -> tuple[str, ...]:
    if trends <= TRENDS:
        return ()
    said = _("{n} figures have a trend; the {room} counted most often are drawn. A filter draws others.")
    return (said.format(n=trends, room=TRENDS),)


def columns() -> tuple[Column, ...]:
    """What can be shown of figures."""
    return (
        Column("ref", _("Ref")),
        Column("name", _("Figure")),
        Column("area", _("Area"), fold=True),
        Column("date", _("Date")),
        Column("value", _("Value"), "right"),
        Column("unit", _("Unit")),
        Column("change", _("Change"), "right"),
        Column("of", _("Part of")),
        Column("note", _("Note"), fold=True),
    )


Series = dict[tuple[str, str, str], list[tuple[str, Decimal]]]  # by name, area and unit: days and values


def figure_rows(basis: Basis) -> list[dict[str, Any]]:
    """Every figure of the period, by its columns."""
    rows = _rows(basis)
    _compared(basis, rows)
    return rows


def _compared(basis: Basis, rows: list[dict[str, Any]]) -> Series:
    """Fill in how each figure changed; returns what was known of each."""
    series: Series = {}
    for row in rows:
        row["change"] = None
        if row["value"] is None:
            continue
        at = (row["name"], row["area"] or "", row["unit"] or "")
        if at not in series:
            series[at] = _earlier(basis.ledger, at, row["date"])
        points = series[at]
        if points:
            row["change"] = decimal_text(Decimal(row["value"]) - points[-1][1])
        points.append((row["date"], Decimal(row["value"])))
    return series


def _rows(basis: Basis) -> list[dict[str, Any]]:
    of = tally.entries(*basis)
    return source_rows(
        basis.ledger,
        'select e.id as ref, f.name, e.area, e.date, e.time, e.author, f.value, f.unit, f."of", f.note from figure f '
        f"join entry e using (key) where {of.sql} order by f.name, e.area, e.date, e.time, e.id, f.n",
        of.values,
    )


def _earlier(ledger: sqlite3.Connection, at: tuple[str, str, str], day: str) -> list[tuple[str, Decimal]]:
    name, area, unit = at
    row = ledger.execute(
        "select e.date, f.value from figure f join entry e using (key) where f.name = ? and coalesce(e.area, '') = ? "
        "and coalesce(f.unit, '') = ? and e.date < ? and f.value is not null and e.counted "
        "order by e.date desc, e.time desc, e.id desc limit 1",
        (name, area, unit, day),
    ).fetchone()
    return [(row["date"], Decimal(row["value"]))] if row else []
