"""Who was visited, by whom, what they told and what was answered."""

import sqlite3
from collections import Counter
from datetime import date as Date
from typing import Any

from minqing import tally
from minqing.language import _, colon, joined, language
from minqing.ledger import parts
from minqing.period import Query
from minqing.report import Chart, Column, Report, Section
from minqing.reports import Basis, make, picked, source_rows
from minqing.words import FACT_WORDS, RAISED, label, show_key


def report(ledger: sqlite3.Connection, query: Query, today: Date) -> Report:
    """走访台账."""
    rows = visit_rows(Basis(ledger, query, today))
    shown = columns()
    table = Section(
        "visits",
        _("Visit ledger"),
        shown,
        picked(shown, rows),
        numbered=True,
    )
    return make(
        Basis(ledger, query, today),
        "visits",
        _("Visit ledger"),
        [table, by_area(rows), *by_day(Basis(ledger, query, today), rows)],
        figures={
            "visits": len(rows),
            "households_visited": len({who for row in rows for who in row["names"]}),
        },
        entries=len(rows),
        unit=_("visits"),
    )


def columns() -> tuple[Column, ...]:
    """What can be shown of visits."""
    return (
        Column("ref", _("Ref")),
        Column("date", _("Date")),
        Column("time", _("Time")),
        Column("area", _("Area"), fold=True),
        Column("who", _("Household")),
        Column("class", _("Class"), words="class"),
        Column("by", _("Visited by"), fold=True),
        Column("facts", _("What we found"), fold=True),
        Column("items", _("What was raised"), fold=True),
        Column("answers", _("What we answered"), fold=True),
    )


def visit_rows(basis: Basis) -> list[dict[str, Any]]:
    """Every visit of the period, by its columns, with the `names` of its households and its `key`."""
    of = tally.entries(*basis)
    rows = source_rows(
        basis.ledger,
        'select e.key, e.id as ref, e.date, e.time, e.area, e.who, e.author, e."with", e.title from entry e '
        f"where e.kind = 'visit' and {of.sql} order by e.date, e.time, e.id",
        of.values,
    )
    for row in rows:
        _tell(basis.ledger, row)
    return rows


def visited(ledger: sqlite3.Connection, key: int) -> list[str]:
    """The households that an entry says it is about, by name."""
    return [
        name for (name,) in ledger.execute("select name from name where key = ? and part = 'who'", (key,))
    ]


def _tell(ledger: sqlite3.Connection, row: dict[str, Any]) -> None:
    """Fill in what an entry says about its household, and who went there."""
    row["who"] = parts(row["who"])
    row["by"] = [name for name in (row["author"], *parts(row["with"])) if name]
    row["names"] = visited(ledger, row["key"])
    row["class"] = None
    for name in row["names"]:
        known = ledger.execute(
            "select f.value from fact f join entry e using (key) where f.who = ? and f.fact = 'class' and e.counted "
            "and e.date <= ? order by e.date desc, e.time desc, e.id desc limit 1",
            (name, row["date"]),
        ).fetchone()
        row["class"] = row["class"] or (known and known[0])
    row["facts"] = _found(ledger, row) or row["title"]
    items = ledger.execute("select type, text from item where key = ? order by n", (row["key"],)).fetchall()
    row["items"] = [item["text"] for item in items if item["type"] in RAISED]
    row["answers"] = [item["text"] for item in items if item["type"] not in RAISED]


def _found(ledger: sqlite3.Connection, row: dict[str, Any]) -> str:
    """What a visit found, person by person; of the only one who was visited and spoken of without the name."""
    said = language()
    people: dict[str, dict[str, list[str]]] = {}
    for who, key, value in ledger.execute("select who, fact, value from fact where key = ?", (row["key"],)):
        words = FACT_WORDS.get(key)
        known = people.setdefault(who, {}).setdefault(key, [])
        known.append(label(words, value, said) if words else value)
    alone = list(people) == row["names"]
    return ("；" if said == "zh" else "; ").join(
        ("" if alone or n else f"{who}{colon()}") + f"{show_key('facts', key, said)}{colon()}{joined(values)}"
        for who, facts in people.items()
        for n, (key, values) in enumerate(facts.items())
    )


def by_day(basis: Basis, rows: list[dict[str, Any]]) -> list[Section]:
    """A calendar of the visits, from the period's first day up to today; none for a week, or for a single day."""
    days = Counter(row["date"] for row in rows)
    if len(days) < 2:
        return []
    period, now = basis.query.period, max(basis.today.isoformat(), *days)
    if period.first:
        days[period.first.isoformat()] += 0
    if period.last:
        days[min(period.last.isoformat(), now)] += 0
    first, last = min(days), max(days)
    if (Date.fromisoformat(last) - Date.fromisoformat(first)).days < 7:
        return []
    labels = tuple(sorted(days))
    title, values = _("Visits by day"), tuple(float(days[day]) for day in labels)
    return [Section("calendar", title, chart=Chart(title, labels, values, _("visits"), "calendar"))]


def by_area(rows: list[dict[str, Any]]) -> Section:
    """Visits and households by area."""
    areas: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        areas.setdefault(row["area"] or "", []).append(row)
    table = tuple(
        {"area": area, "visits": len(of), "households": len({who for row in of for who in row["names"]})}
        for area, of in sorted(areas.items())
    )
    columns = (
        Column("area", _("Area"), fold=True, empty=_("no area")),
        Column("visits", _("Visits"), "right"),
        Column("households", _("Households"), "right"),
    )
    chart = None
    if len(table) > 1:
        names = tuple(str(row["area"]) or _("no area") for row in table)  # 一组 is in every village
        chart = Chart(
            _("Visits by area"), names, tuple(float(str(row["visits"])) for row in table), _("visits")
        )
    return Section("by_area", _("By area"), columns, table, chart=chart)
