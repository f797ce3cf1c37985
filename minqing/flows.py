"""办理流程: a procedure with its steps, as an office lays it out in YAML, and how far somebody is in it. Pure.

A step is done by the first thing told that is evidence of it: a fact, the words or status of an item of the
flow's category, a meeting. A step that can be told by its kind of entry alone only counts on or after the day
of the step before, for any visit is a visit.
"""

import re
from collections.abc import Iterable
from datetime import date as Date
from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple

from minqing.errors import Flaw
from minqing.front import Path, Tree
from minqing.shapes import LOST, Found, Shape, many, one, plainly, read_shaped, record
from minqing.values import read_count, read_names, read_text, read_word
from minqing.words import FACT_WORDS, key_of, value_of

MOST_DAYS = 3660  # no step takes longer than ten years


class Evidence(NamedTuple):
    """凭据: what shows that a step is done; all that is said must hold of one thing told.

    `words` are sought clause by clause, and a clause with one of `unless` does not count: 等待公示 is no 公示.
    """

    fact: str | None = None
    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    status: str | None = None
    kind: str | None = None
    meeting: str | None = None


class Step(NamedTuple):
    """步骤: `days` is how long it may take after the step before; None where nobody says."""

    name: str
    when: tuple[Evidence, ...]
    days: int | None = None


class Flow(NamedTuple):
    """流程: its steps in order, and the category of the items that are about it."""

    name: str
    steps: tuple[Step, ...]
    about: str | None = None


class Telling(NamedTuple):
    """One thing that an entry tells of somebody. `text` is a fact's value, or the words of an item or update."""

    date: str
    entry: str
    kind: str
    meeting: str | None = None
    fact: str | None = None
    text: str = ""
    status: str | None = None


class Stage(NamedTuple):
    """How a step stands. `state` is done, late, doing, overdue, waiting or unrecorded; `days` how long it took."""

    step: str
    state: str
    date: str | None = None
    entry: str | None = None
    days: int | None = None
    due: str | None = None


# ---------------------------------------------------------------- from a file


def read_flow(text: str) -> tuple[Flow | None, list[Flaw]]:
    """A flow as its file lays it out, with every mistake in it; None if it cannot be used."""
    return read_shaped(text, _shape())


@cache
def _shape() -> Shape:
    evidence = record(
        "evidence",
        {
            "fact": one(lambda value: key_of("facts", read_text(value)) or read_text(value)),
            "words": one(read_names),
            "unless": one(read_names),
            "status": one(read_word("status")),
            "kind": one(lambda value: value_of("kind", read_text(value)) or read_text(value)),
            "meeting": one(read_word("meeting")),
        },
        plainly(_evidence),
    )
    step = record(
        "step",
        {"name": one(read_text), "days": one(read_count), "when": many(_telling(evidence))},
        plainly(Step),
        "name",
        "when",
    )
    return record(
        "flow",
        {"name": one(read_text), "about": one(read_word("about")), "steps": many(step)},
        plainly(Flow),
        "name",
        "steps",
    )


def _telling(evidence: Shape) -> Shape:
    """Evidence that shows something: without any condition everything would be it."""

    def shape(tree: Tree, path: Path, found: Found) -> Any:
        made = evidence(tree, path, found)
        if made is not LOST and not any(made._replace(unless=())):
            message = "nothing is said here that would show the step to be done"
            found.append(
                (path, Flaw("value", message, "give it a fact, words, a status, a kind or a meeting"))
            )
            return LOST
        return made

    return shape


def _evidence(**said: Any) -> Evidence:
    if (words := FACT_WORDS.get(said.get("fact") or "")) and "words" in said:
        said["words"] = tuple(value_of(words, word) or word for word in said["words"])
    return Evidence(**said)


# ---------------------------------------------------------------- how far somebody is


def stages(flow: Flow, told: Iterable[Telling], today: str) -> list[Stage] | None:
    """Each step of a flow as it stands on an ISO day; None where nothing told is evidence of any step."""
    told = sorted(told, key=lambda telling: (telling.date, telling.entry))
    done: list[Telling | None] = []
    for step in flow.steps:
        last = next((found for found in reversed(done) if found), None)
        done.append(next((telling for telling in told if _shows(step, telling, last)), None))
    reached = max((n for n, found in enumerate(done) if found), default=None)
    if reached is None:
        return None
    found: list[Stage] = []
    before: str | None = None
    allowed: int | None = 0  # days since `before`, those of steps that nothing is told of included
    for n, (step, telling) in enumerate(zip(flow.steps, done, strict=True)):
        allowed = None if allowed is None or step.days is None else allowed + step.days
        due = _due(before, allowed)
        if telling:
            late = due is not None and telling.date > due
            days = (Date.fromisoformat(telling.date) - Date.fromisoformat(before)).days if before else None
            found.append(Stage(step.name, "late" if late else "done", telling.date, telling.entry, days, due))
            before, allowed = telling.date, 0
        elif n < reached:
            found.append(Stage(step.name, "unrecorded"))
        elif n == reached + 1:
            state = "overdue" if due is not None and due < today else "doing"
            found.append(Stage(step.name, state, due=due))
        else:
            found.append(Stage(step.name, "waiting"))
    return found


def _due(before: str | None, days: int | None) -> str | None:
    if before is None or days is None:
        return None
    start = Date.fromisoformat(before)
    last = min(days, MOST_DAYS, (Date.max - start).days)
    return (start + timedelta(days=last)).isoformat()


def _shows(step: Step, telling: Telling, last: Telling | None) -> bool:
    return any(_holds(evidence, telling, last) for evidence in step.when)


def _holds(evidence: Evidence, telling: Telling, last: Telling | None) -> bool:
    if evidence.fact != telling.fact:  # what a fact says counts only where that fact is asked for
        return False
    for asked, said in (
        (evidence.status, telling.status),
        (evidence.kind, telling.kind),
        (evidence.meeting, telling.meeting),
    ):
        if asked is not None and asked != said:
            return False
    if evidence.words:
        return _said(evidence, telling.text)
    if evidence.fact or evidence.status:
        return True
    return last is not None and telling.date >= last.date


def _said(evidence: Evidence, text: str) -> bool:
    return any(
        any(word in clause for word in evidence.words) and not any(word in clause for word in evidence.unless)
        for clause in re.split("[，。；;,\n]", text)
    )
