"""Facts proposed from plain prose: one file = one family of rules, each rule with its example. Pure; no network.

A proposal carries the words it came from and how sure it is; what may mean something else is below SURE.
A family has `RULES`; to add a rule, add it there with an example, which the tests run.
"""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, Protocol, cast

from minqing.proposals._assemble import assemble as assemble
from minqing.proposals._company import companions
from minqing.proposals._days import year_told as year_told
from minqing.proposals._events import with_days
from minqing.proposals._people import mentions, officials
from minqing.proposals._said import LONGEST as LONGEST
from minqing.proposals._said import SURE as SURE
from minqing.proposals._said import Known as Known
from minqing.proposals._said import Opening, Rule, as_it_came, found, read_text
from minqing.proposals._said import Proposal as Proposal
from minqing.proposals.dates import RULES as DAYS
from minqing.words import MONEY


class Event(NamedTuple):
    """One happening of a text: a text headed by one day may tell of two (28日下午 … 30日上午 …)."""

    start: int
    end: int
    proposals: tuple[Proposal, ...]


class RuleModule(Protocol):
    """What a file in this folder offers."""

    RULES: tuple[Rule, ...]


MOST = 60  # proposals of one event: nobody goes through more, and no diary of a day says more
# Of these an entry says one; the surest is proposed.
_SINGLE = ("weekday", "lunar", "time", "weather", "kind", "title", "area", "place")


def families() -> list[str]:
    """Every family of rules by the name of its file."""
    return sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))


def rules() -> Iterator[Rule]:
    """Every rule, family by family."""
    for name in families():
        yield from cast(RuleModule, import_module(f"minqing.proposals.{name}")).RULES


@cache
def _but_of_days() -> tuple[Rule, ...]:
    """The rules that with_days has not gone through."""
    return tuple(rule for rule in rules() if rule not in DAYS)


_NOBODY = Known()


def propose(
    text: str, today: date, year: int | None = None, known: Known = _NOBODY, day: date | None = None
) -> list[Event]:
    """The facts that a text tells, one event for each day it tells of; one at least.

    A day without a year is of `year`, else the one that what stands beside it allows. `known` are names
    that the diary knows already. `day` is the day of a text that tells none: days to come count from it.
    What stands beyond LONGEST is in the last event, but nothing is proposed of it.
    """
    said = with_days(read_text(text[:LONGEST], today, year, known, day))
    people = mentions(said)
    said = said._replace(people=people, officials=officials(people) | companions(said, people))
    told = sorted(found(said, _but_of_days()), key=lambda one: one.start)
    ends = [*(opening.start for opening in said.openings[1:]), len(said.text) + 1]
    settled = [
        tuple(as_it_came(said, one, text) for one in _settled(opening, _between(told, opening.start, end)))
        for opening, end in zip(said.openings, ends, strict=True)
    ]
    starts = [0, *(said.places[opening.start] for opening in said.openings[1:]), len(text)]
    return [Event(start, end, of) for (start, end), of in zip(pairwise(starts), settled, strict=True)]


def _between(told: list[Proposal], start: int, end: int) -> list[Proposal]:
    first, last = (bisect_left(told, at, key=lambda one: one.start) for at in (start, end))
    return told[first:last]


def _settled(opening: Opening, here: list[Proposal]) -> list[Proposal]:
    """What one event is told to be: its day, and of what can be only one thing the surest."""
    best: dict[str, Proposal] = {}
    for one in here:
        if one.field in _SINGLE and one.confidence > getattr(best.get(one.field), "confidence", 0):
            best[one.field] = one
    here = [
        *_apart([one for one in here if one.field == "items"]),
        *_but_the_surest(_but_sums([one for one in here if _is_money(one)])),
        *(one for one in here if one.field != "items" and not _is_money(one)),
    ]
    given = {
        at
        for one in here
        if one.field in ("aid", "funds") or (one.field == "meeting" and not one.value.agenda)
        for at in range(one.start, one.start + len(one.words))
    }
    kept = [
        one
        for one in here
        if (one.field not in _SINGLE or one is best[one.field])
        # what was given, and who came, is no figure beside
        and (one.field != "figures" or one.start not in given)
    ]
    kept = sorted(sorted(kept, key=lambda one: -one.confidence)[:MOST], key=lambda one: one.start)
    return [opening.told, *kept] if opening.told else kept


def _is_money(one: Proposal) -> bool:
    return (one.field == "aid" and one.value.form == "cash") or (
        one.field == "funds" and one.value.amount.unit in MONEY
    )


def _but_sums(moneys: list[Proposal]) -> list[Proposal]:
    """Money, but for what only says once more what each x n comes to: 每人200元，共7人。合计发放1400元。"""
    totals = {one.value.total for one in moneys if one.field == "aid" and one.value.each and one.value.n}
    return [
        one
        for one in moneys
        if one.field != "aid" or one.value.each or one.value.to or one.value.total not in totals
    ]


def _but_the_surest(moneys: list[Proposal]) -> list[Proposal]:
    """Money given or come in, but for what a less sure rule makes of the same words."""
    sure: dict[int, float] = {}
    for one in moneys:
        for at in range(one.start, one.start + len(one.words)):
            sure[at] = max(sure.get(at, 0), one.confidence)
    return [
        one
        for one in moneys
        if one.confidence >= max(sure[at] for at in range(one.start, one.start + len(one.words)))
    ]


def _apart(items: list[Proposal]) -> list[Proposal]:
    """Items of which no two were made of the same words: the surer stays, then the longer."""
    kept: list[Proposal] = []
    taken: set[int] = set()
    for one in sorted(items, key=lambda one: (-one.confidence, -len(one.words))):
        words = range(one.start, one.start + len(one.words))
        if taken.isdisjoint(words):
            taken.update(words)
            kept.append(one)
    return kept
