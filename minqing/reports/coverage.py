"""Who was due a visit and who got one: each household with its last visit, and the rate by area."""

import sqlite3
from datetime import date as Date
from typing import Any

from minqing.households import counting, coverage, households
from minqing.language import _
from minqing.period import Query
from minqing.report import Chart, Column, Report, Section
from minqing.reports import Basis, make, picked


def report(ledger: sqlite3.Connection, query: Query, today: Date) -> Report:
    """走访覆盖."""
    homes, strangers = counting(households(ledger, query, today))
    whole = query.period.first is None
    figures = coverage(homes, whole)
    figures |= {state: sum(home["state"] == state for home in homes) for state in ("overdue", "never")}
    text: tuple[str, ...] = (_line(figures),)
    if not any(home["listed"] for home in homes):
        text += (_("There is no roster of these: counted are the households that entries name."),)
    columns = (
        Column("who", _("Head of household")),
        Column("area", _("Area"), fold=True),
        Column("class", _("Class"), words="class"),
        Column("period", _("Visit every (days)"), "right"),
        Column("visits", _("Visits in the period"), "right"),
        Column("last", _("Last visit")),
        Column("since", _("Days since"), "right"),
        Column("state", _("Standing"), words="visited"),
    )
    table = Section("coverage", _("Visit coverage"), columns, picked(columns, homes), text=text)
    sections = [table, _by_area(homes, whole)]
    if strangers:
        sections.append(_strangers(strangers))
    return make(
        Basis(ledger, query, today),
        "coverage",
        _("Visit coverage"),
        sections,
        figures=figures,
        entries=len({ref for home in homes for ref in home["refs"]}),
        unit=_("households"),
    )


def coverage_line(homes: list[dict[str, Any]], whole: bool = False) -> str:
    """Coverage in one sentence."""
    states = {state: sum(home["state"] == state for home in homes) for state in ("overdue", "never")}
    return _line(coverage(homes, whole) | states)


def _line(figures: dict[str, Any]) -> str:
    if figures["rate"] is None:
        return _("Households: {households}; none was due a visit.").format(**figures)
    return _(
        "Households: {households}; due a visit: {due}; of these visited: {visited}; rate: {rate}%. "
        "Overdue now: {overdue}; never visited: {never}."
    ).format(**figures)


def coverage_by_area(homes: list[dict[str, Any]], whole: bool = False) -> tuple[dict[str, Any], ...]:
    """Coverage of each area, by name; "" is where none is known."""
    areas: dict[str, list[dict[str, Any]]] = {}
    for home in homes:
        areas.setdefault(home["area"] or "", []).append(home)
    return tuple({"area": area, **coverage(of, whole)} for area, of in sorted(areas.items()))


def _by_area(homes: list[dict[str, Any]], whole: bool) -> Section:
    rows = coverage_by_area(homes, whole)
    columns = (
        Column("area", _("Area"), fold=True, empty=_("no area")),
        Column("households", _("Households"), "right"),
        Column("due", _("Due a visit"), "right"),
        Column("visited", _("Visited"), "right"),
        Column("rate", _("Rate (%)"), "right"),
    )
    rated = [row for row in rows if row["rate"] is not None]
    chart = None
    if len(rated) > 1:
        labels = tuple(row["area"] or _("no area") for row in rated)  # 一组 is in every village
        chart = Chart(_("Coverage by area"), labels, tuple(float(row["rate"]) for row in rated), "%")
    return Section("by_area", _("By area"), columns, rows, chart=chart)


def _strangers(homes: list[dict[str, Any]]) -> Section:
    columns = (
        Column("who", _("Head of household")),
        Column("area", _("Area"), fold=True),
        Column("visits", _("Visits in the period"), "right"),
        Column("last", _("Last visit")),
    )
    text = _("The roster has none of these names, so they are not counted above.")
    return Section("unlisted", _("Not in the roster"), columns, picked(columns, homes), text=(text,))
