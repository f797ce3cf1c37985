"""minqing add: pasted or marked text to entries; what prose tells is proposed, and nothing is guessed in silence."""

import sqlite3
from collections.abc import Callable, Iterator
from datetime import date as Date
from functools import partial
from pathlib import Path
from typing import Annotated, NamedTuple

from minqing.cli import reading, screen, session, source
from minqing.cli.new import chosen_kind, hint_copied, save, settled, show
from minqing.cli.params import Argument, Option
from minqing.codes import diary_key, has_code, names_in, with_names
from minqing.days import read_day
from minqing.diary import Diary, id_of, path_of
from minqing.drafts import Draft, Drafts, finished, of_day, of_day_after, parted, read_drafts
from minqing.errors import UsageError
from minqing.find import find_item, path_of_id
from minqing.language import _, language
from minqing.model import Kind
from minqing.proposals import SURE, Known

# What is read as a text; any other file hangs on the entry that its name means.
_TEXTS = ("", ".txt", ".text", ".md", ".markdown")


class Asked(NamedTuple):
    """How a text is to be taken in."""

    today: Date
    year: int | None
    day: Date | None
    kind: str | None
    accept: str | None  # None: ask
    dry_run: bool
    kinds: dict[str, Kind]  # of the diary: read once for all entries


def command(
    files: Annotated[
        list[str] | None,
        Argument(
            metavar=_("[FILE...]"),
            help=_(
                "Texts, - for standard input; pictures hang on the entry their name means: 0508-赵小梅-1."
            ),
        ),
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
) -> int:
    diary = session.diary()
    today = session.today()
    if year and year > 9999:
        raise UsageError("{year} is no year", year=year)
    if accept is None and (dry_run or not screen.on_terminal()):
        accept = "sure"
    shape = chosen_kind(diary, kind) if kind else None
    day = read_day(date, today) if date is not None else None
    asked = Asked(today, year, day, shape and shape.kind, accept, dry_run, diary.kinds(language()))
    files = source.named(files or [])
    names = [name for name in files if name == "-" or Path(name).suffix.lower() in _TEXTS]
    others = [name for name in files if name not in names]
    for name, text in _texts(names, clip, bool(others)):
        _take_in(diary, name, text, asked)
    if others and not dry_run:
        from minqing.attach import Ways  # pictures: seldom
        from minqing.cli.attach import attach_by_name, told

        return told(attach_by_name(diary, reading.ledger(diary), others, Ways()))
    return 0


def _texts(names: list[str], clip: bool, others: bool) -> Iterator[tuple[str, str]]:
    """Each text to take in, with its name. On a terminal without a file it is what is pasted there."""
    if clip and names:
        raise UsageError("give the text once: with --clip or from a file")
    if names or (others and not clip):
        found = [(name, source.from_file(name)) for name in names]
    elif clip:
        found = [("-", source.clipboard())]
    elif screen.on_terminal():
        screen.hint("paste the text, then end it with Ctrl-D (on Windows: Ctrl-Z and Enter)")
        found = [("-", source.pasted())]
    else:
        found = [("-", source.piped())]
    for name, text in found:
        if text is None:
            raise UsageError("there is no text — name a file, pipe the text in, or take it with --clip")
        yield name, text


Read = Callable[[str, Date | None], Drafts]  # a text, and the day of one that tells none


def _take_in(diary: Diary, name: str, text: str, asked: Asked) -> None:
    """Write the entries of a text, and say what was left out, left open or not understood."""
    ledger = reading.ledger(diary)
    read = _reader(diary, ledger, asked)
    found = read(text, asked.day)
    flaws = (*found.hints, *(flaw for draft in found.drafts for flaw in draft.flaws))
    for flaw in sorted(flaws, key=lambda flaw: flaw.line):
        screen.warn("{line}", line=screen.flaw_line(flaw._replace(path=name)))
    if found.dropped:
        lines = " ".join(str(number) for number, _line in found.dropped)
        screen.hint("lines of the web page itself, left out: {lines}", lines=lines)
    made: dict[str, str] = {}
    guessed = said = asked.today  # the day of the draft before, and which one it is
    for draft in found.drafts:
        id_, path = _there(draft, ledger, made, asked)
        if path:
            screen.hint("there already: {path}", path=path)
            made[id_] = path
            continue
        moved = of_day_after(draft, read, guessed, said)
        made[id_], gone = _keep(diary, moved, id_, text, asked, read)
        guessed, said = draft.entry.date, Date.fromisoformat(Path(made[id_]).name[:10])
        if gone:
            if draft is not found.drafts[-1]:
                source.keep(text)
            raise KeyboardInterrupt


def _there(
    draft: Draft, ledger: sqlite3.Connection, made: dict[str, str], asked: Asked
) -> tuple[str, str | None]:
    """The id that its words give an entry, however they are spaced, and its path if it is there already.

    The same words on another day are another entry, as far as it is certain that the day is another.
    """
    words = "".join(draft.raw.split())
    of_its_day = id_of(f"{draft.entry.date}\n{words}")
    id_ = draft.entry.id or (id_of(words) if draft.dated and not asked.day else of_its_day)
    path = made.get(id_) or path_of_id(ledger, id_)
    # a day without a year lies in another one later
    certain = not draft.entry.id and (asked.year or id_ in made)
    if path and certain and draft.entry.date.isoformat() not in path:
        return of_its_day, made.get(of_its_day) or path_of_id(ledger, of_its_day)
    return id_, path


def _reader(diary: Diary, ledger: sqlite3.Connection, asked: Asked) -> Read:
    """How texts are read here: with what the diary knows and what the command line says."""
    known, whole = _known(ledger), _whole(ledger)

    def read(text: str, day: Date | None) -> Drafts:
        found = read_drafts(text, asked.today, asked.year, known, whole, day)
        drafts = (_given(draft, asked.day, asked.kind) for draft in found.drafts)
        return found._replace(
            drafts=tuple(_named(draft, diary, ledger) if has_code(draft.raw) else draft for draft in drafts)
        )

    return read


def _keep(diary: Diary, draft: Draft, id_: str, text: str, asked: Asked, read: Read) -> tuple[str, bool]:
    """Write the entry of a draft with what is accepted of it; returns its path and whether the person left meanwhile.

    Raises KeyboardInterrupt, the text being kept, where the person left before there was anything to write.
    """
    gone = False
    if asked.accept is None:
        from minqing.cli.decide import decide  # the questions: only where somebody answers

        try:
            draft, (taken, left, gone) = decide(draft, asked.today, partial(of_day, draft, read))
        except KeyboardInterrupt:
            source.keep(text)
            raise
    else:
        taken, left = parted(draft.proposals, asked.accept)
    entry = finished(draft, taken, left, language())._replace(id=id_)
    kind = asked.kinds[entry.kind].name if entry.kind in asked.kinds else entry.kind
    entry = settled(diary, entry if entry.title else entry._replace(title=draft.title), kind)
    if asked.dry_run:
        show(entry)
        return path_of(entry), gone
    save(diary, entry)
    hint_copied(diary, id_, draft.entry.body)
    if left:
        screen.hint(
            "to be checked: {n}, at its end; one by one: minqing edit {id} --settle",
            id=id_,
            n=len(left),
        )
    return path_of(entry), gone


def _given(draft: Draft, day: Date | None, kind: str | None) -> Draft:
    """A draft with the day and kind of the command line where its text tells none."""
    told = {one.field for one in draft.proposals}
    if day and not draft.dated and "date" not in told:
        draft = draft._replace(entry=draft.entry._replace(date=day), dated=True)
    if (
        kind
        and draft.entry.kind == "note"
        and not any(one.field == "kind" and one.confidence >= SURE for one in draft.proposals)
    ):
        rest = tuple(one for one in draft.proposals if one.field != "kind")  # what was guessed is answered
        draft = draft._replace(entry=draft.entry._replace(kind=kind), proposals=rest)
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
