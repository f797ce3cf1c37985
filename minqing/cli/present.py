"""Rendering a report to where it goes: the terminal, a pipe or a file. Masked here, for whoever is to read it.

No command renders on its own, so that none can forget who a paper is for.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from minqing import formats
from minqing.cli import screen, session
from minqing.cli.params import Option
from minqing.diary import Letterhead, replace_file, write_new
from minqing.errors import MinqingError, UsageError
from minqing.language import _, language
from minqing.refused import why
from minqing.report import AUDIENCES, TOOLS, Report, audience_of
from minqing.words import VALUES

if TYPE_CHECKING:
    import sqlite3  # for start-up: help asks no ledger


def format_option(*names: str) -> Any:
    """The option that says in which of some formats to print; Typer checks, lists and completes the names."""
    return Option("--format", "-f", choices=names, help=_("How to print it."))


FORMAT = format_option(*formats.formats())  # the folder says which there are
AUDIENCE = Option(
    "--audience",
    choices=AUDIENCES,
    help=_("For whom: self shows all; unit, as papers are, and public name nobody."),
)


def present(
    report: Report,
    name: str,
    ledger: sqlite3.Connection | None,
    audience: str | None = None,
    letterhead: Letterhead | None = None,
) -> None:
    """Print a report to stdout: drawn for a terminal, plain for a pipe, UTF-8 for every other format.

    `ledger` knows the people to mask; None for what was made of no entry. `audience` is who is to read it, None
    for whom the format is for. On a screen ids are short, as they are typed; on paper and for programs they are whole.
    """
    report = _with_kinds(_handed(report, name, ledger, audience), name)
    if name != "text":
        made = _rendered(report, name, letterhead)
        if isinstance(made, bytes) and sys.stdout.isatty():
            raise UsageError("{format} is for a file, not for a screen: add -o FILE.{format}", format=name)
        screen.out_file(made)
        return
    if ledger is not None:
        report = with_short_refs(report, ledger)
    if sys.stdout.isatty():
        from minqing.formats import terminal  # rich: only where a table is drawn

        screen.out_styled(terminal.render(report, screen.width(), screen.colour()))
    else:
        screen.out_styled(formats.load("text").render(report))


_REFS = ("ref", "id", "entry")


def with_short_refs(report: Report, ledger: sqlite3.Connection) -> Report:
    """The report with each id by its shortest unique prefix."""
    from minqing.find import short_refs  # for start-up, as above

    refs = [row[key] for part in report.sections for row in part.rows for key in _REFS if row.get(key)]
    short = short_refs(ledger, refs)
    sections = tuple(
        part._replace(
            rows=tuple(row | {key: short[row[key]] for key in _REFS if row.get(key)} for row in part.rows)
        )
        for part in report.sections
    )
    return report._replace(sections=sections, title=short.get(report.title, report.title))


def present_values(values: Any, ledger: sqlite3.Connection, audience: str | None) -> None:
    """Print values as JSON, masked like a report where an audience is named."""
    if audience in (None, "self"):
        screen.out_json(values)
        return
    from minqing.mask import mask_values  # as below

    screen.out_json(mask_values(values, ledger, audience))


def save(
    report: Report,
    path: Path,
    name: str,
    force: bool,
    ledger: sqlite3.Connection | None,
    audience: str | None = None,
    letterhead: Letterhead | None = None,
) -> None:
    """Write a report to a file, as `present` prints it; over an existing one only when forced.

    Raises MinqingError, OSError.
    """
    save_bytes(
        _rendered(_with_kinds(_handed(report, name, ledger, audience), name), name, letterhead), path, force
    )


def _handed(report: Report, name: str, ledger: sqlite3.Connection | None, audience: str | None) -> Report:
    reader = audience or audience_of(name)
    if ledger is None or (reader == "self" and name in TOOLS):
        return report
    from minqing.mask import handed  # two starts of Python, and most reports are for oneself

    return handed(report, ledger, reader, name)


def _with_kinds(report: Report, name: str) -> Report:
    """The report with kinds of the diary's own by the names that their templates give them; for programs as they are."""
    own = {
        row[column.key]
        for part in report.sections
        for column in part.columns
        if column.words == "kind"
        for row in part.rows
        if row.get(column.key) and row[column.key] not in VALUES["kind"]
    }
    if not own or name == "json":
        return report
    names = {kind: made.name for kind, made in session.diary().kinds(language()).items() if kind in own}
    sections = []
    for part in report.sections:
        keys = [column.key for column in part.columns if column.words == "kind"]
        rows = (row | {key: names[row[key]] for key in keys if row.get(key) in names} for row in part.rows)
        sections.append(part._replace(rows=tuple(rows)) if keys else part)
    return report._replace(sections=tuple(sections))


def _rendered(report: Report, name: str, letterhead: Letterhead | None) -> str | bytes:
    render = formats.load(name).render
    report = report if name in TOOLS else formats.numbered(report)
    made: str | bytes = render(report, letterhead) if letterhead else render(report)
    return made


def save_bytes(data: str | bytes, path: Path, force: bool) -> None:
    """Write a file; over an existing one only when forced. Raises MinqingError."""
    raw = data.encode("utf-8") if isinstance(data, str) else data
    path = path.absolute()
    try:
        if force and path.is_file():
            replace_file(path.parent, path.name, None, raw)
        else:
            write_new(path.parent, path.name, raw)
    except FileExistsError:
        raise MinqingError("{path} exists already; replace it with --force", path=str(path)) from None
    except OSError as error:  # which names the unfinished file beside it, or none
        raise MinqingError("{path} could not be saved: {why}", path=str(path), why=why(error)) from None
