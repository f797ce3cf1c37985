"""Reports: one file = one report, found by its name. Each has `report(ledger, query, today) -> Report`."""

import json
import sqlite3
from collections.abc import Callable, Iterable
from datetime import date as Date
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, Protocol, cast

from minqing.diary import form_names, form_path, read_bytes, unopened
from minqing.errors import Flaw, MinqingError, UsageError
from minqing.language import _, language
from minqing.ledger import flaws_in, setting
from minqing.period import Period, Query, means_time
from minqing.report import Column, Report, Row, Section, Span
from minqing.tally import rows_as_dicts
from minqing.words import VALUES, label

DEFAULT = "summary"
HERE = Path(__file__).parent


class ReportModule(Protocol):
    """What a file in this folder offers. `__doc__`'s first line says what the report is for.

    A file may also have `GRAIN`, the period when none is asked for ("month": the current one; else all time),
    and `SUBJECT`, the filter that the word after the report's name is: "who" (household NAME), "area"
    (plan AREA) or "entry" (receipt REF). `subject` then finds it in the query.
    """

    __doc__: str | None
    report: Callable[[sqlite3.Connection, Query, Date], Report]


def grain_of(module: ReportModule) -> str | None:
    """The grain of the period that a report covers when none is asked for; None for all time."""
    return getattr(module, "GRAIN", None)


def subject_of(module: ReportModule) -> str | None:
    """What the word after a report's name is: "who", "area", "entry"; None for reports on everything."""
    return getattr(module, "SUBJECT", None)


def line_of(module: ReportModule) -> str:
    """What a report is for: the first line of its file, or what its form says of itself."""
    return getattr(module, "title", None) or _((module.__doc__ or "").strip().split("\n")[0])


def subject(query: Query, field: str) -> str:
    """The one name, area or entry that a report is about. Raises UsageError when none was said."""
    for name, value in query.filters:
        if name == field:
            return value
    raise UsageError(
        "say whose: minqing report NAME {subject}",
        subject={"who": _("HOUSEHOLD"), "area": _("AREA"), "entry": _("ID")}[field],
    )


def names(root: Path | None = None) -> list[str]:
    """Every report by the name one types, the default first: a file here, or a form (see forms.py).

    `root` is the diary whose own forms count too; one whose name means a time can't be asked for.
    """
    own = {path.stem for path in HERE.glob("[a-z]*.py")} | form_names(None, "ledgers")
    found = own | {name for name in form_names(root, "ledgers") - own if not means_time(name)}
    return sorted(found, key=lambda name: (name != DEFAULT, name))


def load(name: str, root: Path | None = None) -> ReportModule:
    """A report; of the files here only the one that is asked for. Raises MinqingError for a broken form."""
    path = form_path(root, "ledgers", name)
    if path is None or (HERE / f"{name}.py").exists():
        return cast(ReportModule, import_module(f"minqing.reports.{name}"))
    from minqing.forms import read_ledger  # for start-up: both stand on much
    from minqing.reports._forms import Form
    from minqing.text import decode

    try:
        text, unread = decode(read_bytes(path))
    except OSError as error:
        raise BrokenForm(path, unopened(error)) from None
    form, flaws = read_ledger(text)
    if form is None:
        raise BrokenForm(path, [*unread, *flaws][0])

    purpose = text[2 : text.find("\n")] if text.startswith("# ") else form.title
    return cast(ReportModule, Form(name, form, purpose))


class BrokenForm(MinqingError):
    """A form that no report can be made of, by the first of its flaws."""

    def __init__(self, path: Path, cause: Flaw) -> None:
        named = "/".join(path.parts[-3:])  # templates/ledgers/NAME.yaml
        super().__init__(
            "{place}: {cause} — {remedy}",
            place=":".join(str(part) for part in (named, cause.line, cause.column) if part),
        )
        self.cause = cause


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


def blank(what: str) -> str:
    """What only a person can write: a blank that says so."""
    return _("[to be written: {what}]").format(what=what)


def signed(basis: Basis) -> tuple[str, ...]:
    """落款: who writes, the author who was asked for or the one of the settings, and the day."""
    asked = [value for field, value in basis.query.filters if field == "word"]
    writes = "select author from entry where author in (select value from json_each(?)) limit 1"
    found = basis.ledger.execute(writes, (json.dumps(asked),)).fetchone() if asked else None
    names = [setting(basis.ledger, "area"), found[0] if found else setting(basis.ledger, "author")]
    if names[0] and language() == "zh":
        names[0] = names[0].replace("/", "")  # 青石镇柳湾村, as it stands on a letter
    day = basis.today
    dated = f"{day.year}年{day.month}月{day.day}日" if language() == "zh" else day.isoformat()
    return (*(name for name in names if name), dated)


def filter_title(field: str, value: str) -> str:
    """A filter as a person reads it: 类别：水利饮水."""
    if field == "tag":
        return f"#{value}"
    sets = {"kind": "kind", "about": "about", "status": "status", "type": "item", "class": "class"}
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
