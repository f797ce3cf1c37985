"""One entry as a page: its head, every table that it fills, and its text."""

import sqlite3
from collections.abc import Iterator
from datetime import date as Date

from minqing import tally
from minqing.language import _
from minqing.ledger import parts
from minqing.period import Query
from minqing.report import Column, Report, Section
from minqing.reports import Basis, make, picked, source_rows, subject
from minqing.reports._forms import SOURCES

SUBJECT = "entry"
_OF_HEAD = ("ref", "date", "time", "area", "author")  # what a row says of its entry, which the head has said


def report(ledger: sqlite3.Connection, query: Query, today: Date) -> Report:
    """日记: what one entry says, laid out to be handed on."""
    basis = Basis(ledger, query, today)
    ref = subject(query, SUBJECT)
    of = tally.entries(*basis)
    found = source_rows(
        ledger,
        'select e.kind, e.date, e.time, e.weather, e.area, e.place, e.author, e.who, e."with", e.tags, e.title, '
        f"c.sought, c.body from entry e join content c using (key) where {of.sql}",
        of.values,
    )
    if not found:
        missing = _("Entry {ref} does not count in this period.").format(ref=ref)
        return make(basis, "entry", _("Entry"), [Section("entry", _("Entry"), text=(missing,))])
    entry = found[0] | {key: parts(found[0][key]) for key in ("who", "with", "tags")}
    columns = tuple(column for column in _columns() if entry[column.key])
    sections = [Section("entry", "", columns, picked(columns, [entry]), look="form"), *_tables(basis)]
    body = entry["sought"].decode("utf-8")[entry["body"] :].strip()
    if body:
        sections.append(Section("text", _("Text"), markdown=body))
    return make(basis, "entry", entry["title"] or _("Entry"), sections, entries=1, paper="letter")


def _columns() -> tuple[Column, ...]:
    return (
        Column("kind", _("Kind"), words="kind"),
        Column("date", _("Date")),
        Column("time", _("Time")),
        Column("weather", _("Weather")),
        Column("area", _("Area"), fold=True),
        Column("place", _("Place"), fold=True),
        Column("author", _("Author")),
        Column("who", _("Who"), fold=True),
        Column("with", _("With"), fold=True),
        Column("tags", _("Tags"), fold=True),
    )


def _tables(basis: Basis) -> Iterator[Section]:
    """Each kind of fact that the entry tells, by the columns that it fills."""
    titles = {
        "facts": _("Facts"),
        "figures": _("Figures"),
        "items": _("Items raised"),
        "aid": _("Aid"),
        "funds": _("Funds"),
        "decisions": _("Decisions"),
    }
    for name, title in titles.items():
        rows = SOURCES[name].rows(basis)
        columns = tuple(
            column
            for column in SOURCES[name].columns()
            if (column.key not in _OF_HEAD or (name == "items" and column.key == "ref"))
            and any(row.get(column.key) not in (None, "", [], False) for row in rows)
        )
        if rows and columns:
            yield Section(name, title, columns, picked(columns, rows))
