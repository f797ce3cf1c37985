"""minqing add: pasted or marked text to entries; what prose tells is proposed, and nothing is guessed in silence."""

import sqlite3
from collections.abc import Callable
from datetime import date as Date
from typing import Annotated

from minqing.cli import reading, screen, session, source
from minqing.cli.new import chosen_kind, hint_copied, save, settled
from minqing.cli.params import Argument, Option
from minqing.codes import diary_key, has_code, names_in, with_names
from minqing.days import read_day
from minqing.diary import Diary, id_of, keep_draft
from minqing.drafts import Draft, finished, parted, read_drafts
from minqing.errors import UsageError
from minqing.find import find_item
from minqing.language import _, language
from minqing.proposals import Known
from minqing.text import write_entry


def command(
    file: Annotated[
        str | None,
        Argument(metavar=_("[FILE]"), help=_("The text, from a file; - for standard input.")),
    ] = None,
    clip: Annotated[bool, Option("--clip", help=_("The text is on the clipboard."))] = False,
    year: Annotated[
        int | None,
        Option("--year", min=1901, metavar=_("YEAR"), help=_("The year of days that are told without one.")),
    ] = None,
    date: Annotated[
        str | None,
        Option("--date", "-d", metavar=_("DATE"), help=_("The day of a text that tells none.")),
    ] = None,
    kind: Annotated[
        str | None,
        Option("--kind", metavar=_("KIND"), help=_("The kind of a text that tells none.")),
    ] = None,
    accept: Annotated[
        str | None,
        Option(
            "--accept",
            choices=("none", "sure", "all"),
            help=_("Ask nothing and take none, the sure ones or all; the rest is listed in the entry."),
        ),
    ] = None,
    dry_run: Annotated[bool, Option("--dry-run", help=_("Show the entry; write nothing."))] = False,
) -> None:
    diary = session.diary()
    today = session.today()
    if year and year > 9999:
        raise UsageError("{year} is no year", year=year)
    shape = chosen_kind(diary, kind) if kind else None
    day = read_day(date, today) if date else None
    asking = accept is None and not dry_run and screen.on_terminal()
    text = _text(file, clip)
    ledger = reading.ledger(diary)
    there = dict(map(tuple, ledger.execute("select e.id, f.path from entry e join file f using (key)")))
    drafts, dropped, hints = read_drafts(text, today, year, _known(ledger), _whole(ledger))
    for flaw in sorted(
        (*hints, *(flaw for draft in drafts for flaw in draft.flaws)), key=lambda flaw: flaw.line
    ):
        screen.warn("{line}", line=screen.flaw_line(flaw._replace(path=file or "-")))
    if dropped:
        lines = " ".join(str(number) for number, _line in dropped)
        screen.hint("lines of the web page itself, left out: {lines}", lines=lines)
    kinds = diary.kinds(language())
    for draft in drafts:
        draft = _given(draft, day, shape and shape.kind)
        if has_code(draft.raw):
            draft = _named(draft, diary, ledger)
        id_ = draft.entry.id or id_of(draft.raw)
        if id_ in there:
            screen.hint("there already: {path}", path=there[id_])
            continue
        if asking:
            from minqing.cli.decide import decide  # the questions: only where somebody answers

            try:
                draft, taken, left = decide(draft, today)
            except KeyboardInterrupt:
                screen.warn("the text lies in {draft}", draft=keep_draft(text))
                raise
        else:
            taken, left = parted(draft.proposals, accept or "sure")
        entry = finished(draft, taken, left, language())._replace(id=id_)
        name = kinds[entry.kind].name if entry.kind in kinds else entry.kind
        entry = settled(diary, entry if entry.title else entry._replace(title=draft.title), name)
        if dry_run:
            screen.out(write_entry(entry, language()).rstrip("\n"))
            continue
        save(diary, entry)
        hint_copied(diary, entry._replace(body=draft.entry.body))  # without the questions
        there[id_] = ""
        if left:
            screen.hint("to be checked: {n}, at the end of {id}", id=id_, n=len(left))


def _text(file: str | None, clip: bool) -> str:
    """The text to take in. On a terminal without a file it is what is pasted there."""
    if clip and file is not None:
        raise UsageError("give the text once: with --clip or from a file")
    if clip:
        text = source.clipboard()
    elif file is None and screen.on_terminal():
        screen.hint("paste the text, then end it with Ctrl-D (on Windows: Ctrl-Z and Enter)")
        text = source.pasted()
    else:
        text = source.piped() if file is None else source.from_file(file)
    if text is None:
        raise UsageError("there is no text — name a file, pipe the text in, or take it with --clip")
    return text


def _given(draft: Draft, day: Date | None, kind: str | None) -> Draft:
    """A draft with the day and kind of the command line where its text tells none."""
    told = {one.field for one in draft.proposals}
    if day and not draft.dated and "date" not in told:
        draft = draft._replace(entry=draft.entry._replace(date=day), dated=True)
    if kind and draft.entry.kind == "note" and "kind" not in told:
        draft = draft._replace(entry=draft.entry._replace(kind=kind))
    return draft


def _named(draft: Draft, diary: Diary, ledger: sqlite3.Connection) -> Draft:
    """A draft from a phone's form with the names that its codes stand for. A code that is nobody's stays, and is told."""
    entry, lost = with_names(draft.entry, names_in(ledger), diary_key(diary.root))
    for code in lost:
        screen.warn(
            "{code} is nobody's code in this diary: another diary or another key made the form — write the name in the entry",
            code=code,
        )
    return draft._replace(entry=entry)


def _known(ledger: sqlite3.Connection) -> Known:
    """The names that the diary and its roster know."""
    people = ledger.execute("select name from name union select name from roster union select who from fact")
    areas = ledger.execute(
        "select area from entry where area <> '' union select area from roster where area <> ''"
    )
    return Known(frozenset(row[0] for row in people), tuple(row[0] for row in areas))


def _whole(ledger: sqlite3.Connection) -> Callable[[str], str]:
    return lambda ref: str(find_item(ledger, ref)["ref"])
