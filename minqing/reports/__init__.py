"""Reports: one file = one report, found by its name. Each has `report(ledger, query, today) -> Report`."""

import sqlite3
from collections.abc import Callable, Iterable
from datetime import date as Date
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, Protocol, cast

from minqing.errors import UsageError
from minqing.language import _, language
from minqing.ledger import flaws_in
from minqing.period import Period, Query
from minqing.report import Column, Report, Row, Section, Span
from minqing.tally import rows_as_dicts
from minqing.words import VALUES, label

DEFAULT = "summary"


class ReportModule(Protocol):
    """What a file in this folder offers. `__doc__`'s first line says what the report is for.

    A file may also have `GRAIN`, the period when none is asked for ("month": the current one; else all time),
    and `SUBJECT`, the filter that the word after the report's name is: "who" (household NAME), "area"
    (plan AREA) or "entry" (receipt REF). `subject` then finds it in the query.
    """

    __doc__: str | None
    report: Callable[[sqlite3.Connection, Query, Date], Report]


def grain_of(name: str) -> str | None:
    """The grain of the period that a report covers when none is asked for; None for all time."""
    return getattr(load(name), "GRAIN", None)


def subject_of(name: str) -> str | None:
    """What the word after a report's name is: "who", "area", "entry"; None for reports on everything."""
    return getattr(load(name), "SUBJECT", None)


def subject(query: Query, field: str) -> str:
    """The one name, area or entry that a report is about. Raises UsageError when none was said."""
    for name, value in query.filters:
        if name == field:
            return value
    raise UsageError(
        "say whose: minqing report NAME {subject}",
        subject={"who": _("HOUSEHOLD"), "area": _("AREA"), "entry": _("ID")}[field],
    )


def names() -> list[str]:
    """Every report by the name one types, the default first."""
    found = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))
    return sorted(found, key=lambda name: name != DEFAULT)


def load(name: str) -> ReportModule:
    """A report's module; only the one that is asked for."""
    return cast(ReportModule, import_module(f"minqing.reports.{name}"))


class Basis(NamedTuple):
    """What every report's head says: which ledger, what was asked, on which day."""

    ledger: sqlite3.Connection
    query: Query
    today: Date


def make(basis: Basis, name: str, title: str, sections: Iterable[Section], **more: Any) -> Report:
    """A report with its head filled in."""
    return Report(
        name=name,
        title=title,
        period=span_of(basis.query.period),
        sections=tuple(sections),
        filters=tuple(filter_title(field, value) for field, value in basis.query.filters),
        flaws=flaws_in(basis.ledger),
        made=basis.today.isoformat(),
        **more,
    )


def span_of(period: Period) -> Span:
    """A period as a report's head carries it."""
    return Span(
        _("all entries") if period.grain == "all" else period.name,
        period.first.isoformat() if period.first else None,
        period.last.isoformat() if period.last else None,
        period.grain,
    )


def filter_title(field: str, value: str) -> str:
    """A filter as a person reads it: 类别：水利饮水."""
    if field == "tag":
        return f"#{value}"
    sets = {"kind": "kind", "about": "about", "status": "status", "type": "item"}
    if field in sets and value in VALUES[sets[field]]:
        return label(sets[field], value, language())
    return _("overdue") if value == "overdue" else value


def picked(columns: Iterable[Column], rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows of a table: of each row what the columns show."""
    keys = [column.key for column in columns]
    return tuple({key: row[key] for key in keys} for row in rows)


def source_rows(ledger: sqlite3.Connection, sql: str, values: Iterable[Any] = ()) -> list[dict[str, Any]]:
    """Rows as plain dicts, as report tables take them."""
    return rows_as_dicts(ledger.execute(sql, tuple(values)).fetchall())
