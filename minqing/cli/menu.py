"""The menu that opens on a terminal where no command is named: digits and Enter suffice.

What it runs is the command line it shows: it does nothing that a person could not type, and teaches how.
"""

import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from minqing import choices, reports
from minqing.cli import reading, run, screen, session
from minqing.cli.ask import day_line
from minqing.cli.choose import Left, Line, chosen, fitted, pause, said
from minqing.cli.report import purpose
from minqing.diary import CONFIG, Diary, diary_language, find_diary
from minqing.errors import MinqingError
from minqing.find import Condition
from minqing.language import N_, _, choose_language, language, use_language
from minqing.period import around, before
from minqing.safe import cells
from minqing.words import PENDING, VALUES, label

# Reports in the order in which offices ask for them, the summary by its grain; any other follows by its own line.
_REPORTS = (
    ("summary", "week", N_("Weekly summary")),
    ("summary", "month", N_("Monthly report")),
    ("problems", "", N_("Problem ledger")),
    ("promises", "", N_("Promise ledger")),
    ("aid", "", N_("Aid ledger")),
    ("visits", "", N_("Visit ledger")),
    ("coverage", "", N_("Visit coverage")),
    ("household", "", N_("Household file")),
    ("summary", "quarter", N_("Quarterly assessment")),
    ("summary", "year", N_("Yearly report")),
    ("items", "", N_("Item ledger")),
    ("households", "", N_("Households at a glance")),
    ("children", "", N_("Children ledger")),
    ("figures", "", N_("Figure ledger")),
    ("funds", "", N_("Fund ledger")),
    ("decisions", "", N_("Decision ledger")),
    ("minutes", "", N_("Minutes")),
    ("receipt", "", N_("Receipt sheet")),
    ("entry", "", N_("An entry as a page")),
    ("plan", "", N_("Aid plan")),
    ("cards", "", N_("Contact cards")),
    ("flow", "", N_("Progress of procedures")),
    ("score", "", N_("Assessment by author")),
    ("duty", "", N_("Account of duty")),
)
_PERIODS = (
    ("month", N_("This month"), N_("Last month")),
    ("week", N_("This week"), N_("Last week")),
    ("quarter", N_("This quarter"), N_("Last quarter")),
    ("year", N_("This year"), N_("Last year")),
)
_FILES = (("xlsx", "Excel (.xlsx)"), ("docx", "Word (.docx)"), ("pdf", "PDF"), ("html", N_("Web page")))
# The entries that a report on one entry can be about; of others, any entry.
_FIT = {
    "minutes": Condition("e.meeting is not null", ()),
    "receipt": Condition("e.key in (select key from aid)", ()),
}


class Place(NamedTuple):
    """A folder, and the words that name it on a command line."""

    start: Path
    where: tuple[str, ...] = ()

    def line(self, title: str, *words: str) -> Line:
        """A line to choose with its command line."""
        return Line(title, self.spoken(*words))

    def spoken(self, *words: str) -> str:
        """A command line as it is typed."""
        return " ".join(map(screen.quoted, ("minqing", *self.where, *words)))

    def ran(self, *words: str) -> int:
        """Run a command line and leave what it says, its errors too, until Enter. Returns its exit code."""
        screen.out(f"\n[{self.spoken(*words)}]")
        code = run([*self.where, *words])
        if not screen.on_terminal():  # it went away meanwhile
            raise KeyboardInterrupt
        if code != 130:  # whoever stopped it has read enough
            pause()
        return code


def open_menu(start: Path, where: tuple[str, ...]) -> int:
    """The menu of a folder until the person leaves it. Returns the exit code."""
    place = Place(start, where)
    with suppress(Left, KeyboardInterrupt):
        while True:
            place = _menu(place)
    return 0


def _menu(place: Place) -> Place:
    """One choice of the diary's menu, or of the one that leads to a diary. Raises Left."""
    use_language(choose_language(diary_language(place.start)))
    session.begin(place.start)
    try:
        diary = session.diary()
    except MinqingError:
        return _without_diary(place)
    acts: tuple[tuple[str, str, Callable[[Place, Diary], None]], ...] = (
        ("new", _("Write"), _write),
        ("follow", _("Follow up or close"), _follow),
        ("today", _("What is to be done today"), lambda place, _diary: _run(place, "today")),
        ("report", _("Reports and ledgers"), _report),
        ("check", _("Check for mistakes and gaps"), lambda place, _diary: _run(place, "check")),
        ("search", _("Find by words"), _search),
        ("show", _("Read an entry"), _read),
        ("edit --settle", _("Settle what add left open"), _settle),
    )
    title = f"{diary.config.name or diary.root.name}  {day_line(session.today())}"
    lines = [place.line(name, *command.split()) for command, name, _act in acts]
    act = acts[chosen(fitted(title, screen.width()), lines, _("leave"))][2]
    try:
        act(place, diary)
    except Left:
        pass
    except MinqingError as error:
        screen.fail(error)
        pause()
    return place


def _run(place: Place, *words: str) -> None:
    place.ran(*words)


def _word(word: str) -> tuple[str, ...]:
    """A word of the diary's at the end of a command line; never taken for an option."""
    return ("--", word) if word.startswith("-") else (word,)


# ---------------------------------------------------------------- without a diary


def _without_diary(place: Place) -> Place:
    """A diary found or made. Returns its place, or the same one where nothing came of it. Raises Left."""
    fresh = "民情日记" if language() == "zh" else "diary"
    found = _diaries_in(place.start)
    lines = [Line(_("Open {folder}").format(folder=path.name), _at(path).spoken()) for path in found]
    lines += [
        place.line(_("Make a diary in a new folder, {folder}").format(folder=fresh), "init", fresh),
        place.line(_("Make this very folder a diary"), "init"),
        Line(_("My diary lies elsewhere: say where"), "minqing -C …"),
    ]
    title = _("There is no diary in {folder}").format(folder=place.start.absolute())
    which = chosen(title, lines, _("leave")) - len(found)
    if which < 0:
        return _at(found[which])
    if which == 0:
        return _at(place.start / fresh) if place.ran("init", fresh) == 0 else place
    with suppress(Left):
        if which == 1:
            place.ran("init")
        elif typed := said(_("Its folder")).strip("\"'"):
            return _elsewhere(place, place.start / Path(typed).expanduser())
    return place


def _elsewhere(place: Place, folder: Path) -> Place:
    try:
        find_diary(folder)
    except MinqingError as error:
        screen.fail(error)
        return place
    return _at(folder)


def _at(folder: Path) -> Place:
    return Place(folder, ("-C", str(folder)))


def _diaries_in(folder: Path) -> list[Path]:
    """The folders in a folder that are diaries."""
    try:
        return sorted(path for path in folder.iterdir() if os.path.isfile(path / CONFIG))
    except OSError:
        return []  # one may look for a diary elsewhere


# ---------------------------------------------------------------- writing


def _write(place: Place, diary: Diary) -> None:
    usual = list(VALUES["kind"])
    kinds = sorted(
        diary.kinds(language()).values(),
        key=lambda kind: usual.index(kind.kind) if kind.kind in usual else len(usual),
    )
    lines = [place.line(_("Paste a text, or type it freely"), "add")]
    lines += [place.line(kind.name, "new", kind.kind) for kind in kinds]
    which = chosen(_("Write what?"), lines)
    if which == 0:
        place.ran("add")
    else:
        place.ran("new", "--no-edit", *_word(kinds[which - 1].kind))


# ---------------------------------------------------------------- items


def _follow(place: Place, diary: Diary) -> None:
    items = choices.at_hand(reading.ledger(diary))
    lines = [Line(_item_line(item, screen.width() - 4)) for item in items]
    item = items[chosen(_("Which one? Open: {n}").format(n=len(items)), lines)]
    ref = item["ref"]
    steps = (
        (_("Goes on: tell what happened"), ("follow", ref)),
        (_("Done by us: the person not yet asked"), ("follow", ref, "--status", "done")),
        (_("Closed: the person was asked"), ("close", ref)),
        (_("See how it went so far"), ("show", ref)),
    )
    title = fitted(f"{ref} {label('item', item['type'], language())}: {item['text']}", 2 * screen.width())
    words: tuple[str, ...] = steps[chosen(title, [place.line(name, *words) for name, words in steps])][1]
    if words[0] != "show" and (note := said(_("What happened?"))):
        words += ("--note", note)
    if words[0] == "close":
        words += _satisfied()
    place.ran(*words)


def _item_line(item: dict[str, Any], room: int) -> str:
    """诉求 没有低保  谭秋英  2016-06-08 overdue"""
    tail = "".join(f"  {word}" for word in (item["who"], item["due"]) if word)
    late = item["due"] and item["state"] in PENDING and item["due"] < session.today().isoformat()
    tail += " " + _("overdue") if late else ""
    text = f"{label('item', item['type'], language())} {item['text']}"
    return fitted(text, max(room - cells(tail), 20)) + tail


def _satisfied() -> tuple[str, ...]:
    answers = list(VALUES["satisfied"])
    lines = [Line(label("satisfied", answer, language()), f"--satisfied {answer}") for answer in answers]
    which = chosen(_("Is the person satisfied?"), [*lines, Line(_("not asked"))])
    return ("--satisfied", answers[which]) if which < len(answers) else ()


# ---------------------------------------------------------------- reports


def _report(place: Place, diary: Diary) -> None:
    there = reports.names(diary.root)
    offered = [(name, grain, _(title)) for name, grain, title in _REPORTS if name in there]
    named = {"today", *(name for name, _grain, _title in offered)}
    offered += [(name, "", purpose(name, diary.root)) for name in there if name not in named]
    lines = [place.line(title, *_report_words(name, grain)) for name, grain, title in offered]
    name, grain, title = offered[chosen(_("Which report?"), lines)]
    words, module = _report_words(name, grain), reports.load(name, diary.root)
    about = reports.subject_of(module)
    if about:
        of = _subject(diary, name, about)
    else:
        of = _period(place, words, grain, always=not grain and not reports.grain_of(module))
    files = [f"{_file(title, of)}.{ending}" for ending, _kind in _FILES]
    lines = [
        Line(_(kind), f"-o {screen.quoted(file)}")
        for (_ending, kind), file in zip(_FILES, files, strict=True)
    ]
    which = chosen(fitted(title, screen.width()), [Line(_("On the screen")), *lines])
    place.ran(*words, *(("-o", files[which - 1]) if which else ()), *of)


def _report_words(name: str, grain: str) -> tuple[str, ...]:
    return ("report", f"--{grain}") if grain else ("report", name)


def _subject(diary: Diary, name: str, about: str) -> tuple[str, ...]:
    """Whom or what a report is about. Raises Left."""
    ledger = reading.ledger(diary)
    if about == "entry":
        return (_chosen_entry(ledger, _FIT.get(name, choices.ANY)),)
    words = choices.areas(ledger) if about == "area" else choices.households(ledger)
    return _word(words[chosen(_("Which area?") if about == "area" else _("Whose?"), [*map(Line, words)])])


def _period(place: Place, words: tuple[str, ...], grain: str, always: bool) -> tuple[str, ...]:
    """The words for the time of a report. Raises Left."""
    periods: list[tuple[str, tuple[str, ...]]] = []
    for one, this, last in _PERIODS:
        if grain in ("", one):
            now = around(session.today(), one)
            periods += [(_(this), (now.name,)), (_(last), (before(now).name,))]
    if not grain:
        del periods[-1]  # one page holds all the others
    if always:
        periods.append((_("All the time"), ()))
    lines = [place.line(title, *words, *more) for title, more in periods]
    which = chosen(_("Of what time?"), [*lines, Line(_("Another time"))])
    if which < len(periods):
        return periods[which][1]
    return tuple(said(_("Which? Such as 2016-05, 2016Q2, last month, 2016-05..2016-07")).split())


def _file(title: str, words: tuple[str, ...]) -> str:
    """A file name that is free here, without its ending, and that every system takes."""
    name = re.sub(r"[^\w.]+", "-", "-".join((title, *words)))[:60].strip(".-")
    tries = (name, *(f"{name}-{n}" for n in range(2, 100)))
    return next(
        (one for one in tries if not any(Path(f"{one}.{ending}").exists() for ending, _ in _FILES)), name
    )


# ---------------------------------------------------------------- finding and reading


def _search(place: Place, _diary: Diary) -> None:
    typed = said(_("Which words?")).split()
    if typed:
        place.ran("search", *(("--",) if any(word[0] == "-" for word in typed) else ()), *typed)


def _read(place: Place, diary: Diary) -> None:
    place.ran("show", _chosen_entry(reading.ledger(diary)))


def _settle(place: Place, diary: Diary) -> None:
    place.ran("edit", "--settle", _chosen_entry(reading.ledger(diary), choices.LEFT_OPEN))


def _chosen_entry(ledger: sqlite3.Connection, of: Condition = choices.ANY) -> str:
    """The id of the entry that is chosen. Raises Left."""
    found = choices.entries(ledger, of)
    lines = [
        Line(f"{row['date']}  {row['title'] or label('kind', row['kind'], language())}") for row in found
    ]
    id_: str = found[chosen(_("Which entry?"), lines)]["id"]
    return id_
