"""A pasted text to drafts of entries: what its marks say, else what its prose proposes, and what is left to ask. Pure."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date as Date
from datetime import timedelta
from functools import partial
from typing import NamedTuple

from minqing.errors import Flaw
from minqing.idnumbers import numbers_told, without_numbers
from minqing.language import _, colon
from minqing.marking import write_marks
from minqing.marks import has_marks, read_marks, unknown_marks
from minqing.model import Entry
from minqing.pages import by_years, leftovers, split_page, tidied
from minqing.proposals import SURE, Known, Proposal, assemble, propose, year_told
from minqing.questions import with_questions


class Draft(NamedTuple):
    """An entry to be: what is certain of it, what is proposed, and what of its marks could not be read.

    `entry.id` may be empty and `entry.kind` "note" where nothing tells more; `dated` says whether its day is certain.
    `raw` is its text as it was pasted, `line` where that begins, `title` the heading it stood under.
    """

    entry: Entry
    raw: str
    line: int
    proposals: tuple[Proposal, ...] = ()
    flaws: tuple[Flaw, ...] = ()
    dated: bool = False
    title: str = ""


class Drafts(NamedTuple):
    """What a text comes to; the lines of a web page's own that were left out; hints on what copying left behind."""

    drafts: tuple[Draft, ...]
    dropped: tuple[tuple[int, str], ...] = ()
    hints: tuple[Flaw, ...] = ()


_HEAD_KEYS = ("weekday", "lunar", "time", "weather", "kind", "title", "area", "place", "who", "with")
_ENTRY_FIELDS = (
    *_HEAD_KEYS,
    "tags",
    "facts",
    "figures",
    "items",
    "updates",
    "aid",
    "funds",
    "meeting",
    "decisions",
)
_BEGINNING = 2000  # signs of a marked entry's text in which it says when, where and who
_NOBODY = Known()


def read_drafts(
    text: str,
    today: Date,
    year: int | None = None,
    known: Known = _NOBODY,
    whole: Callable[[str], str] = str,
    day: Date | None = None,
) -> Drafts:
    """The drafts of a text; see read_marks and propose. `day` is that of a text that tells none.

    Of a marked entry the ledgers hold what its marks say alone. Numbers of ID and bank cards are left out, and told.
    """
    text = tidied(text)
    told = tuple(numbers_told(text))
    text = without_numbers(text)
    hints = (*told, *_leftovers(text))
    read = _marked if (marked := has_marks(text)) else _plain
    if not marked:
        hints = (*hints, *unknown_marks(text, 1, every=False))
    drafts: list[Draft] = []
    dropped: list[tuple[int, str]] = []
    for part in by_years(text):
        found = read(part.text, today, part.year or year, known, whole, day)
        drafts += (_below(draft, part.line - 1) for draft in found.drafts)
        dropped += ((number + part.line - 1, line) for number, line in found.dropped)
    gone = {number for number, _line in dropped}
    return Drafts(tuple(drafts), tuple(dropped), tuple(hint for hint in hints if hint.line not in gone))


def _below(draft: Draft, lines: int) -> Draft:
    """A draft of a text that so many lines stand over."""
    flaws = tuple(flaw._replace(line=flaw.line + lines) for flaw in draft.flaws)
    return draft._replace(line=draft.line + lines, flaws=flaws)


def _plain(
    text: str, today: Date, year: int | None, known: Known, _whole: Callable[[str], str], day: Date | None
) -> Drafts:
    page = split_page(text)
    of_page = year_told(text)  # 2025年秋收, over a notebook of days
    drafts: list[Draft] = []
    for piece in page.pieces:
        of_piece = year or year_told(f"{piece.title}\n{piece.text}") or of_page
        told = partial(_told, piece.text, today, known=known, given=day, line=piece.line, title=piece.title)
        found = list(told(year=of_piece))
        if of_piece is None and drafts and (near := _year_near(found[0], drafts[-1], today)):
            found = _asked_about(found[0], list(told(year=near)))
        drafts += found
    return Drafts(tuple(drafts), page.dropped)


def _year_near(draft: Draft, before: Draft, today: Date) -> int | None:
    """The year of a day that tells none, if it is nearest the day told before in another year than it seems to be."""
    told = _day_told(draft)
    if told is None or re.search(r"\d{4}|年", told.words) or "月" not in told.words:
        return None
    if not (before.dated or _day_told(before)) or {"weekday", "lunar"} & {
        one.field for one in draft.proposals
    }:
        return None  # no day is told before, or what stands beside the day tells its year better
    near = before.entry.date
    days = [day for n in (-1, 0, 1) if (day := _in_year(told.value, near.year + n)) and day <= today]
    nearest = min(days, key=lambda day: abs(day - near), default=told.value)
    return int(nearest.year) if nearest != told.value else None


def _in_year(day: Date, year: int) -> Date | None:
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February
        return None


def _asked_about(guessed: Draft, drafts: list[Draft]) -> list[Draft]:
    """Drafts of a year that only the day told before makes likely: the first is asked for its day."""
    first, *others = drafts
    told = _day_told(guessed)
    if told and _day_told(first) is None:
        day = told._replace(value=first.entry.date)
        first = first._replace(dated=False, proposals=(day, *first.proposals))
    return [first, *others]


def _day_told(draft: Draft) -> Proposal | None:
    return next((one for one in draft.proposals if one.field == "date"), None)


def _marked(
    text: str, today: Date, year: int | None, known: Known, whole: Callable[[str], str], day: Date | None
) -> Drafts:
    drafts = []
    for marked in read_marks(text, today, year, whole, day):
        body, dated = marked.entry.body, "date" in marked.said
        note = marked.said <= {"date", "title", "weekday", "lunar", "weather", "time"}  # among marked ones
        looked_at = body if note else body[:_BEGINNING]
        base = marked.entry.date if dated else day
        proposed = propose(looked_at, today, year, known, base)[0].proposals if body else ()
        fields = {one.field for one in proposed} if note else set(_HEAD_KEYS) - marked.said
        fields -= {"date"} if dated else set()
        if has_marks(body.lstrip().split("\n", 1)[0]):
            fields -= {"title"}  # a mark that cannot be read is none
        wanted = tuple(one for one in proposed if one.field in fields)
        drafts.append(Draft(marked.entry, marked.raw, marked.line, wanted, marked.flaws, dated))
    return Drafts(tuple(drafts))


def of_day(draft: Draft, read: Callable[[str, Date], Drafts], day: Date) -> Draft:
    """A draft under the day that a person says it is of, from which its words then count: 三天内, 月底前.

    `read` makes drafts of a text, the second argument being the day of one that tells none.
    """
    again = read(draft.raw, day).drafts[0]
    entry = again.entry._replace(id=draft.entry.id, date=day)
    return draft._replace(entry=entry, proposals=again.proposals, dated=True)


def of_day_after(draft: Draft, read: Callable[[str, Date], Drafts], guessed: Date, said: Date) -> Draft:
    """A draft whose day is guessed from that of the one before it, 28日 … 30日, once a person said which day that is."""
    told = _day_told(draft)
    if draft.dated or told is None or guessed == said:
        return draft
    alone = re.fullmatch(r"\d{1,2} ?[日号]", told.words)
    near = (said + timedelta(n) for n in range(-7, 31))
    fitting = (day for day in near if day.day == told.value.day and (alone or day.month == told.value.month))
    if (day := next(fitting, None)) is None:
        return draft
    again = of_day(draft, read, day)
    others = (one for one in again.proposals if one.field != "date")
    return again._replace(dated=False, proposals=(told._replace(value=day), *others))


# 民情日记 篇2: a heading that only counts
_COUNTS = re.compile(r"(?:篇|日记)\s*[（(]?[\d一二三四五六七八九十]+|第\s*[\d一二三四五六七八九十]+\s*篇")


def _told(
    text: str, today: Date, year: int | None, known: Known, given: Date | None, line: int, title: str
) -> Iterator[Draft]:
    """A draft for each happening that a plain text tells of."""
    title = "" if _COUNTS.search(title) else title
    for event in propose(text, today, year, known, given):
        day = next((one for one in event.proposals if one.field == "date"), None)
        raw = text[event.start : event.end]
        entry = Entry("", "note", day.value if day else today, body=f"{raw.strip()}\n")
        at = line + text.count("\n", 0, event.start)
        rest = tuple(one for one in event.proposals if one is not day or one.confidence < SURE)
        yield Draft(entry, raw, at, rest, (), bool(day and day.confidence >= SURE), title)


def _leftovers(text: str) -> Iterator[Flaw]:
    for left in leftovers(text):
        yield Flaw("leftovers", *left.told(), line=text.count("\n", 0, left.start) + 1, severity="hint")


# ---------------------------------------------------------------- deciding


def as_marks(proposal: Proposal, language: str) -> str:
    """A proposal as the marks that would say it: 【承诺】社区尽快申报 责任人=社区."""
    if proposal.field == "date":
        return str(proposal.value)
    blank = Entry("", "", Date.min)
    lines = write_marks(assemble(blank, [proposal]), language).split("\n")[1:]
    return " ".join(line for line in lines if line)


def from_marks(typed: str, day: Date) -> tuple[list[Proposal], tuple[Flaw, ...]]:
    """Marked words as proposals that are certain, with what of them could not be read."""
    (marked,) = read_marks(f"{day.isoformat()}\n{typed}", day)
    said = marked.entry._asdict() | {"with": marked.entry.companions}
    found = []
    for field in marked.said & set(_ENTRY_FIELDS):
        value = said[field]
        for part in value if isinstance(value, tuple) and not hasattr(value, "_fields") else (value,):
            found.append(Proposal(field, part, typed, 0, 1.0, "typed"))
    return found, marked.flaws


def finished(draft: Draft, accepted: Iterable[Proposal], left: Iterable[Proposal], language: str) -> Entry:
    """The entry of a draft with what was accepted; what was left open stands at the end of its body as questions."""
    accepted = list(accepted)
    day = next((one.value for one in accepted if one.field == "date"), None)
    entry = with_taken(draft.entry._replace(date=day or draft.entry.date), accepted)
    questions = [_question(one, language) for one in left]
    if not draft.dated and day is None and not any(one.field == "date" for one in left):
        questions.insert(
            0,
            _("No day was read in the text; {day} is when it was taken in").format(
                day=entry.date.isoformat()
            ),
        )
    return entry._replace(body=with_questions(entry.body, questions, language))


def with_taken(entry: Entry, taken: Iterable[Proposal]) -> Entry:
    """An entry with what was taken of it, its day apart; the surest first."""
    taken = sorted(taken, key=_surest)
    kind = next((one.value for one in taken if one.field == "kind"), None)
    if kind and entry.kind == "note":
        entry = entry._replace(kind=kind)
    return assemble(entry, (one for one in taken if one.field not in ("date", "kind")))


def _surest(proposal: Proposal) -> tuple[float, int]:
    return -proposal.confidence, proposal.start


def _question(proposal: Proposal, language: str) -> str:
    words = " ".join(proposal.words.split())
    told = _("from “{words}”, {percent} % sure").format(words=words, percent=round(100 * proposal.confidence))
    if proposal.field == "date":
        return f"{_('Day')}{colon()}{as_marks(proposal, language)} ({told})"
    return f"{as_marks(proposal, language)} ({told})"


_TOLD = re.compile(r"(?P<marks>【.+) [(][^(“]*“(?P<words>.*)”\D*(?P<percent>\d{1,3}) ?%[^()]*[)]")


def reopened(question: str, day: Date) -> Proposal | None:
    """The proposal that a question at the end of an entry's text was made of; None for one that no mark would answer."""
    match = _TOLD.fullmatch(question)
    found, flaws = from_marks(match["marks"], day) if match else ([], ())
    if not match or len(found) != 1 or flaws:
        return None
    return found[0]._replace(words=match["words"], confidence=int(match["percent"]) / 100)


def parted(proposals: Iterable[Proposal], accept: str) -> tuple[list[Proposal], list[Proposal]]:
    """Which proposals to take, and which to leave open: of none, sure or all."""
    least = {"none": 2.0, "sure": SURE, "all": 0.0}[accept]
    found = list(proposals)
    return [one for one in found if one.confidence >= least], [one for one in found if one.confidence < least]
