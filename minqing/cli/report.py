"""minqing report: a ledger or summary of a period, in any format."""

import sqlite3
from datetime import date as Date
from pathlib import Path
from typing import Annotated

from minqing import formats, reports
from minqing.cli import reading, screen, session
from minqing.cli.params import Argument, Option
from minqing.cli.present import AUDIENCE, FORMAT, present, save
from minqing.diary import Diary, letterhead
from minqing.errors import MinqingError, UsageError
from minqing.find import find_entry
from minqing.language import _
from minqing.period import Filter, Query, read_query
from minqing.report import Report
from minqing.sync import until

_GRAINS = ("day", "week", "month", "quarter", "year")


def command(
    terms: Annotated[
        list[str] | None,
        Argument(
            metavar=_("[NAME] [TERMS]..."),
            help=_(
                "A report (see --list), a period (2016-05, last month, 2016Q2), filters (an area, #tag, about:water)."
            ),
        ),
    ] = None,
    day: Annotated[bool, Option("--day", help=_("Of a day: today, or the one named."))] = False,
    week: Annotated[bool, Option("--week", help=_("Of a week: this one, or the one named."))] = False,
    month: Annotated[bool, Option("--month", help=_("Of a month: this one, or the one named."))] = False,
    quarter: Annotated[
        bool, Option("--quarter", help=_("Of a quarter: this one, or the one named."))
    ] = False,
    year: Annotated[bool, Option("--year", help=_("Of a year: this one, or the one named."))] = False,
    format_: Annotated[str | None, FORMAT] = None,
    output: Annotated[
        Path | None,
        Option("--output", "-o", metavar=_("FILE"), help=_("Write to a file; its ending says the format.")),
    ] = None,
    force: Annotated[bool, Option("--force", help=_("Replace the file if it is there."))] = False,
    today: Annotated[
        str | None, Option("--today", metavar=_("DATE"), help=_("Report as on this day."))
    ] = None,
    allow_flaws: Annotated[
        bool, Option("--allow-flaws", help=_("Exit 0 although files could not be read whole."))
    ] = False,
    audience: Annotated[str | None, AUDIENCE] = None,
    seal: Annotated[
        bool,
        Option("--seal", help=_("Record what is handed in: later entries count in the next report.")),
    ] = False,
    list_: Annotated[bool, Option("--list", help=_("Name every report."))] = False,
) -> int:
    root = _root()
    if list_:
        screen.out(screen.pairs({name: purpose(name, root) for name in reports.names(root)}))
        return 0
    flags = [grain for grain, on in zip(_GRAINS, (day, week, month, quarter, year), strict=True) if on]
    if len(flags) > 1:
        raise UsageError("--{one} and --{other} are two periods; give one", one=flags[0], other=flags[1])
    words = list(terms or [])
    name = words.pop(0) if words and words[0] in reports.names(root) else reports.DEFAULT
    module = reports.load(name, root)
    chosen = _format(format_, output)
    now = session.today(today)
    about = reports.subject_of(module)
    named = words.pop(0) if about and words else None
    query = read_query(words, flags[0] if flags else None, now, reports.grain_of(module))
    diary = session.diary()
    ledger = reading.ledger(diary, until(query.period.last))
    if about and named:
        value = find_entry(ledger, named)["id"] if about == "entry" else named
        query = query._replace(filters=(Filter(about, value), *query.filters))
    query = reading.known(ledger, query)
    if seal and query.period.first and query.period.first > now:
        raise UsageError("{name} has not begun; nothing of it can be handed in yet", name=query.period.name)
    made = None if seal else _handed_in(diary, ledger, name, query)
    made = made or module.report(ledger, query, now)
    paper = letterhead(diary, made.paper) if chosen == "docx" else None
    if output is None:
        present(made, chosen, ledger, audience, paper)
    else:
        save(made, output, chosen, force, ledger, audience, paper)
        screen.hint("written: {path}", path=str(output))
    if seal:
        _seal(diary, ledger, made, now)
    _tell_changed(diary, ledger, made)
    if made.flaws:
        reading.tell_flaws(ledger)
    return 1 if made.flaws and not allow_flaws else 0


def _handed_in(diary: Diary, ledger: sqlite3.Connection, name: str, query: Query) -> Report | None:
    """The report as it was sealed, whatever was written since; None if it was not."""
    if not ledger.execute("select exists (select 1 from seal)").fetchone()[0]:
        return None
    from minqing.seal import digest, handed_in  # only here

    found = handed_in(diary.root, ledger, name, query)
    if found is None:
        return None
    path, was, paper = found
    if digest(formats.load("json").render(paper).encode("utf-8")) != was:
        screen.warn(
            "{path} is no longer what was sealed; get it back as it was: git checkout -- {path}", path=path
        )
    screen.hint("{name}: as it was sealed on {day}", name=query.period.name, day=paper.made)
    return paper


def _tell_changed(diary: Diary, ledger: sqlite3.Connection, made: Report) -> None:
    """Say beside a report of a time that was handed in that it no longer is what was handed in."""
    first, last = made.period.first or "", made.period.last or "9999"
    if ledger.execute("select 1 from seal where first <= ? and last >= ?", (last, first)).fetchone():
        from minqing.seal import broken  # only here

        for flaw in broken(diary.root, ledger):
            screen.warn("{line}", line=screen.flaw_line(flaw))


def _seal(diary: Diary, ledger: sqlite3.Connection, made: Report, now: Date) -> None:
    from minqing.seal import write_seal  # only here

    rendered = formats.load("json").render(made).encode("utf-8")
    screen.hint("sealed: {path}", path=write_seal(diary, ledger, made, rendered))
    if (made.period.last or "") >= now.isoformat():
        screen.hint(
            "{name} is not over; what is written into it from now on counts in the period after",
            name=made.period.name,
        )


def _format(asked: str | None, output: Path | None) -> str:
    if asked is not None:
        return asked
    if output is None:
        return "text"
    by_ending = formats.format_of(output.name)
    if by_ending is None:
        raise UsageError(
            "no format has the ending of {file}; known: {known}",
            file=output.name,
            known=" ".join(formats.formats()),
        )
    return by_ending


def _root() -> Path | None:
    """The diary's folder, whose own forms are reports too; None outside a diary."""
    try:
        return session.diary().root
    except MinqingError:
        return None


def purpose(name: str, root: Path | None) -> str:
    """What a report is for, in one line."""
    try:
        return reports.line_of(reports.load(name, root))
    except MinqingError as error:  # a broken form is named here and hides no other
        return screen.spoken(error)
