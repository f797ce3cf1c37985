"""The life of an item: what its updates make of it, step by step. Pure.

Order of updates: (date, time, open < doing < referred < done < closed < declined < reopened, entry).
A closed item stays closed: closing it again keeps the first closing, a follow-up is only recorded,
and only `reopened` opens it again (it is then being worked on).
"""

from collections.abc import Iterable
from typing import NamedTuple

from minqing.words import CLOSED, STATUS_ORDER


class Told(NamedTuple):
    """An update as told: `entry` is the id of the entry that tells it. ISO day, "HH:MM" or None."""

    date: str
    time: str | None
    entry: str
    n: int
    status: str | None


class Step(NamedTuple):
    """From `date` on the item is in `state`, until the next step. `flag` names what was odd, or is None.

    A step that only records (a note, a follow-up after closing) has the state of the step before.
    """

    date: str
    state: str
    event: str  # opened, moved, closed, reopened, noted, corrected
    entry: str
    flag: str | None = None  # twice, late, early


# An unknown time of day comes after the known ones: a closing told without its hour should not
# come before the work that led to it.
_LATER = "99:99"


def in_order(updates: Iterable[Told]) -> list[Told]:
    """Updates as they take effect, whatever order their files arrived in."""
    return sorted(
        updates,
        key=lambda u: (u.date, u.time or _LATER, STATUS_ORDER.index(u.status or "open"), u.entry, u.n),
    )


def life(opened: str, entry: str, status: str, updates: Iterable[Told]) -> list[Step]:
    """The steps of an item opened on an ISO day by `entry` in `status`; at least one.

    What was told of an item before its own day is flagged `early` and takes effect on that day,
    so that every period still balances: before + opened + reopened - closed = after.
    """
    steps = [Step(opened, "open" if status in CLOSED else status, "opened", entry)]
    if status in CLOSED:  # opened and closed in one breath
        steps.append(Step(opened, status, "closed", entry))
    for told in in_order(updates):
        state = steps[-1].state
        flag = "early" if told.date < opened else None
        day = max(told.date, opened)
        if state in CLOSED:
            if told.status == "reopened":
                steps.append(Step(day, "doing", "reopened", told.entry, flag))
            else:
                steps.append(
                    Step(day, state, "noted", told.entry, "twice" if told.status in CLOSED else "late")
                )
        elif told.status in CLOSED:
            steps.append(Step(day, told.status, "closed", told.entry, flag))
        elif told.status is None or told.status == state == "done":  # done is done on its first day
            steps.append(Step(day, state, "noted", told.entry, flag))
        else:
            state = "doing" if told.status == "reopened" else told.status
            steps.append(Step(day, state, "moved", told.entry, flag))
    return steps


def corrected(
    lives: list[list[Step]], days: list[tuple[str, str]]
) -> tuple[list[tuple[int, Step]], list[tuple[str, Step, int]]]:
    """The life of an item that was told otherwise on some days, each with the entry that told so, oldest first.

    `lives` are the first life, then the life as it is known from each of the days on. What was handed in stays:
    up to a day the life of before holds, and on it a step `corrected` leads over to the new one. Also returned are
    the steps before that day that the new life lacks (-1) or has anew (1), with the day on which that counts. Steps are
    numbered as in the last life, those of an earlier one below nothing.
    """
    steps, changes, n = list(lives[0]), [], 0
    for (day, entry), was, is_ in zip(days, lives, lives[1:], strict=False):
        before, now = ([step for step in life if step.date < day] for life in (was, is_))
        changes += [(day, step, -1) for step in before if step not in now]
        changes += [(day, step, 1) for step in now if step not in before]
        past = [step._replace(flag=None) for step in steps if step.date < day]
        over = [Step(day, now[-1].state, "corrected", entry)] if now else []
        steps, n = [*past, *over, *is_[len(now) :]], len(now) - len(over) - len(past)
    return list(enumerate(steps, n)), changes


def in_effect(voids: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The corrections that take effect, of (who voids, what is voided) told oldest first.

    Who is voided voids nothing, so a correction that is corrected itself brings back what it took away; none is of
    itself. Of two that void each other the newer counts.
    """
    others = [void for void in voids if void[0] != void[1]]
    by: dict[str, set[str]] = {}
    for voider, voided in others:
        by.setdefault(voided, set()).add(voider)
    open_ = list(dict.fromkeys(voider for voider, _voided in others))
    stand: set[str] = set()
    fallen: set[str] = set()
    while open_:
        stand |= {entry for entry in open_ if not by.get(entry, set()) - fallen}
        fallen |= {entry for entry in open_ if by.get(entry, set()) & stand}
        left = [entry for entry in open_ if entry not in stand | fallen]
        if len(left) == len(open_):  # they go round in a ring
            stand.add(left.pop())
        open_ = left
    return [(voider, voided) for voider, voided in others if voider in stand and voided not in stand]
