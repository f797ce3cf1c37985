"""Reports that an office lays out itself, from their form: which facts, which of them, in which columns."""

import re
import sqlite3
from collections.abc import Callable
from datetime import date as Date
from decimal import Decimal
from typing import Any, NamedTuple

from minqing import tally
from minqing.forms import NUMBER, Ledger
from minqing.language import _, language
from minqing.ledger import parts
from minqing.period import Filter, Query
from minqing.report import Column, Report, Section
from minqing.reports import Basis, aid, figures, items, make, source_rows, visits
from minqing.words import FACT_WORDS, OVERDUE, label

Rows = list[dict[str, Any]]


class Source(NamedTuple):
    """What a ledger can be drawn from: its columns, and its rows in a period."""

    columns: Callable[[], tuple[Column, ...]]
    rows: Callable[[Basis], Rows]


def drawn(form: Ledger, name: str, basis: Basis) -> Report:
    """A form filled in."""
    source = SOURCES[form.source]
    columns = {column.key: column for column in source.columns()}
    types, query, rest = _narrowed(form, basis.query)
    narrowed = basis._replace(query=query)
    rows = tally.items_alive(*narrowed, types) if form.source == "items" else source.rows(narrowed)
    rows = [row for row in rows if all(_holds(row, key, values) for key, values in rest.items())]
    for key in reversed(form.sort):
        _sort(rows, key.lstrip("-"), key.startswith("-"))
    figures: dict[str, Any] = {"rows": len(rows)}
    text: tuple[str, ...] = ()
    if form.source == "items" and not rest:
        figures = tally.balance(*narrowed, types)
        text = (items.balance_line(figures),)
    for n, row in enumerate(rows, 1):
        row[NUMBER] = n
    shown = tuple(_column(title, key, columns, n) for n, (title, key) in enumerate(form.columns))
    table = Section(
        name,
        form.title,
        shown,
        tuple({c.key: row[c.key] for c in shown if c.key in row} for row in rows),
        text=text,
        numbered=form.numbered and all(column.key != NUMBER for column in shown),
    )
    sums = [_sums(form.source, key.lstrip("-"), columns, rows) for key in form.by]
    return make(
        basis,
        name,
        form.title,
        [table, *sums],
        figures=figures,
        entries=len({row["entry"] if form.source == "items" else row["ref"] for row in rows}),
        unit=form.unit,
        foot=form.footer,
    )


def _column(title: str, key: str | None, columns: dict[str, Column], n: int) -> Column:
    if key is None:
        return Column(f"blank_{n}", title)
    known = Column(NUMBER, _("No."), "right") if key == NUMBER else columns[key]
    return known._replace(title=title) if title else known


# Filters that the ledger can look for; any other is looked for in the rows.
_QUERIED = ("kind", "about", "area", "who", "status")


def _narrowed(form: Ledger, query: Query) -> tuple[tuple[str, ...], Query, dict[str, tuple[str, ...]]]:
    """The types of item, the query and what is left to look for in the rows."""
    types: tuple[str, ...] = ()
    rest: dict[str, tuple[str, ...]] = {}
    for key, values in form.filter.items():
        if form.source == "items" and key == "type":
            types = values
        elif form.source == "items" and key in _QUERIED and len(values) == 1:
            query = query._replace(filters=(*query.filters, Filter(key, values[0])))
        else:
            rest[key] = values
    return types, query, rest


def _holds(row: dict[str, Any], key: str, values: tuple[str, ...]) -> bool:
    """Whether a row says one of some values; a place says each place it lies in."""
    cell = row[key]
    if key == "status" and OVERDUE[0] in values and row["overdue"]:
        return True
    if key == "area":
        return any(f"/{value}/" in f"/{cell or ''}/" for value in values)
    if isinstance(cell, bool):
        return str(cell).lower() in values
    if isinstance(cell, (list, tuple)):
        return any(str(part) in values for part in cell)
    return str("" if cell is None else cell) in values


_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)


def _sort(rows: Rows, key: str, backwards: bool) -> None:
    """Sort by a column, numbers by what they count; what is missing comes last either way."""

    def rank(row: dict[str, Any]) -> tuple[bool, Decimal, str]:
        said = str(row[key])
        number = _NUMBER.fullmatch(said)
        return not number, Decimal(said if number else 0), said

    rows.sort(key=rank, reverse=backwards)
    rows.sort(key=lambda row: row[key] in (None, "", []))


def _sums(source: str, key: str, columns: dict[str, Column], rows: Rows) -> Section:
    """How many rows there are of each value of a column; of aid, also what it comes to."""
    column = columns[key]
    title = _("By {column}").format(column=column.title)
    if source == "items" and key == "about":
        return items.by_category(rows)
    if source == "aid":
        return aid.sums(rows, key, title, column.title, column.words)
    counts: dict[str, int] = {}
    for row in rows:
        for value in row[key] if isinstance(row[key], (list, tuple)) else [row[key]]:
            counts[value or ""] = counts.get(value or "", 0) + 1
    table = tuple({key: value, "n": n} for value, n in sorted(counts.items()))
    return Section(
        f"by_{key}", title, (column._replace(empty=_("unsorted")), Column("n", _("How many"), "right")), table
    )


# ---------------------------------------------------------------- sources that are no report of their own

_WHERE = "e.id as ref, e.date, e.time, e.area, e.author"


def _place() -> tuple[Column, ...]:
    return (
        Column("ref", _("Ref")),
        Column("date", _("Date")),
        Column("time", _("Time")),
        Column("area", _("Area"), fold=True),
        Column("author", _("Author")),
    )


def _asked(basis: Basis, what: str, source: str) -> Rows:
    of = tally.entries(*basis)
    return source_rows(
        basis.ledger,
        f"select {_WHERE}, {what} from {source} where {of.sql} order by e.date, e.time, e.id",
        of.values,
    )


def _entries(basis: Basis) -> Rows:
    found = _asked(basis, 'e.kind, e.title, e.place, e.weather, e.who, e."with", e.tags', "entry e")
    for row in found:
        row |= {key: parts(row[key]) for key in ("who", "with", "tags")}
    return found


def _entry_columns() -> tuple[Column, ...]:
    return (
        *_place(),
        Column("kind", _("Kind"), words="kind"),
        Column("title", _("Title"), fold=True),
        Column("place", _("Place"), fold=True),
        Column("weather", _("Weather")),
        Column("who", _("Who"), fold=True),
        Column("with", _("With"), fold=True),
        Column("tags", _("Tags"), fold=True),
    )


def _decisions(basis: Basis) -> Rows:
    import json  # only for this ledger

    found = _asked(
        basis,
        "e.title, e.place, d.type, d.text, d.elected, d.signed, d.posted, d.vote, d.n",
        "decision d join entry e using (key)",
    )
    for row in found:
        vote = json.loads(row["vote"]) if row["vote"] else [None] * 8
        row |= {"yes": vote[4], "no_votes": vote[5], "abstain": vote[6]}
    return found


def _decision_columns() -> tuple[Column, ...]:
    return (
        *_place(),
        Column("title", _("Meeting"), fold=True),
        Column("place", _("Place"), fold=True),
        Column("type", _("Type"), words="decision"),
        Column("text", _("What was decided"), fold=True),
        Column("elected", _("Elected")),
        Column("signed", _("Signed"), "right"),
        Column("posted", _("Posted on")),
        Column("yes", _("In favour"), "right"),
        Column("no_votes", _("Against"), "right"),
        Column("abstain", _("Abstaining"), "right"),
    )


def _facts(basis: Basis) -> Rows:
    found = _asked(basis, "f.who, f.fact, f.value", "fact f join entry e using (key)")
    for row in found:
        words = FACT_WORDS.get(row["fact"])
        row["value"] = label(words, row["value"], language()) if words else row["value"]
    return found


def _fact_columns() -> tuple[Column, ...]:
    return (
        *_place(),
        Column("who", _("Who")),
        Column("fact", _("Fact"), words="fact"),
        Column("value", _("Value"), fold=True),
    )


def _funds(basis: Basis) -> Rows:
    return _asked(
        basis, 'f.source as "from", f.what, f.amount, f.unit, f.note', "fund f join entry e using (key)"
    )


def _fund_columns() -> tuple[Column, ...]:
    return (
        *_place(),
        Column("from", _("From")),
        Column("what", _("What")),
        Column("amount", _("Amount"), "right"),
        Column("unit", _("Unit")),
        Column("note", _("Note"), fold=True),
    )


def _with_author(columns: Callable[[], tuple[Column, ...]]) -> Callable[[], tuple[Column, ...]]:
    """The columns of a report with those of every entry that it does not show itself."""
    return lambda: (*columns(), *(c for c in _place() if c.key not in {column.key for column in columns()}))


SOURCES = {
    "items": Source(items.item_columns, lambda basis: tally.items_alive(*basis)),
    "aid": Source(_with_author(aid.columns), aid.rows),
    "visits": Source(_with_author(visits.columns), visits.visit_rows),
    "figures": Source(_with_author(figures.columns), figures.figure_rows),
    "entries": Source(_entry_columns, _entries),
    "decisions": Source(_decision_columns, _decisions),
    "facts": Source(_fact_columns, _facts),
    "funds": Source(_fund_columns, _funds),
}


class Form(NamedTuple):
    """A form as a report, found by its name like the reports that are code."""

    name: str
    form: Ledger
    title: str  # what the report is for

    def report(self, ledger: sqlite3.Connection, query: Query, today: Date) -> Report:
        """The ledger that the form lays out."""
        return drawn(self.form, self.name, Basis(ledger, query, today))
