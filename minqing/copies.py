"""Copied texts: which of two texts stands in the other, and how much of it. Pure.

A text is compared by its shingles: every 8 signs side by side, once spaces, punctuation, headings and the questions
that `add` wrote below are gone. Which texts are worth comparing is found through *traces*: the 12 signs behind each of
a few everyday signs, as numbers. About one place in thirty has one, whatever the text, and one in twelve of a short
text; the ledger keeps them by entry (see origin.py).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from zlib import crc32

from minqing.questions import HEADINGS

WIDTH = 8  # signs of a shingle
SHORTEST = 50  # shingles of a text that is long enough to be called a copy
HALF = 0.5  # more than this share is a copy
HOLDERS = 100  # of a trace; which older ones hold it too matters no more

_ASKED = "|".join(heading.lower() for heading in HEADINGS.values())
# Headings, those of questions with these; a longer line is a text pasted without its line ends.
_APART = re.compile(rf"^#+ (?:(?:{_ASKED})[ \t]*$(?:(?:\n[ \t]*$)*\n- .*$)*|.{{1,60}}$)", re.MULTILINE)
_SIGNS = re.compile(r"[^\W_]+")
# A trace is longer than a shingle: stock phrases end before it does, so that few texts share one by chance.
_TRACE = re.compile("[在有到不wk](?=(.{12}))")
_TRACE_OF_SHORT = re.compile("[在有到不wk了的一](?=(.{12}))")  # one text in five of 100 signs has no other
_SHORT = 200  # signs
_COMPARED = 12  # traces of a text that are asked who else holds them
_SUSPECTS = 3  # texts compared in full, of those that hold a third of these
_COMPANY = 8  # texts among which standing text is looked for
_MANY = 4  # of these, which make a passage standing text


def signs(text: str) -> str:
    """What counts of a folded text (see ledger.fold_text): its letters and digits, without headings and questions."""
    return "".join(_SIGNS.findall(_APART.sub("", text)))


def shingles(signs: str) -> set[str]:
    """Every 8 signs side by side."""
    return {signs[at : at + WIDTH] for at in range(len(signs) - WIDTH + 1)}


def traces(signs: str) -> set[int]:
    """The traces of a text; where a long passage of it stands in another text, that text has them too.

    A short text has more, which tie it to other short ones alone.
    """
    trace = _TRACE_OF_SHORT if len(signs) < _SHORT else _TRACE
    return {crc32(run.encode()) for run in trace.findall(signs)}


def suspects(holders: Iterable[Sequence[int]]) -> list[int]:
    """The texts that may have most of a text in them, likeliest first.

    `holders` has for each trace of the text the others that hold it. The rarest traces are asked: what
    many texts hold says little about where this one comes from.
    """
    rarest = sorted(filter(None, holders), key=len)[:_COMPARED]
    votes = Counter(chain.from_iterable(held[-HOLDERS:] for held in rarest))
    enough = len(rarest) / 3
    held_often = [(text, n) for text, n in votes.items() if n >= enough]
    return [text for text, _ in sorted(held_often, key=lambda vote: -vote[1])[:_SUSPECTS]]


def company(holders: Iterable[Sequence[int]]) -> Iterator[int]:
    """The texts that share with a text what many share: those that hold its commonest traces."""
    commonest = sorted(holders, key=len)[-_COMPARED:]
    votes = Counter(chain.from_iterable(held[-2 * _COMPANY :] for held in commonest))
    yield from (text for text, _ in votes.most_common(_COMPANY + 1))


def closest(
    text: str, given: str, suspects: Iterable[int], company: Iterable[int], read: Callable[[int], str]
) -> tuple[int, float] | None:
    """The suspect that more than half of a text stands in, the first of equals, and how much of it does.

    What the template had `given` does not count, nor does what stands in much of its `company`; all as signs.
    """
    glimpsed = [part for part in _glimpse(text) if part not in given]
    likely = [(other, theirs) for other in suspects if _stands_in(glimpsed, theirs := read(other))]
    if not likely:
        return None
    template = shingles(given)
    mine = shingles(text) - template
    if len(mine) < SHORTEST:
        return None
    shares = ((share(mine, shingles(theirs)), -other) for other, theirs in likely)
    copied, found = max(shares, default=(0.0, 0))
    if copied <= HALF:
        return None
    standing = _standing(mine, (shingles(read(other)) for other in company if other != -found))
    # A text that is little else is a copy all the same, even one copied week after week.
    if _uncovered(text, standing | template) * 5 >= _uncovered(text, template):
        copied = share(mine - standing, shingles(read(-found)))
    return (-found, copied) if copied > HALF else None


def _glimpse(signs: str) -> list[str]:
    """One shingle in eight: a changed sign breaks eight side by side, and so one of these."""
    return [signs[at : at + WIDTH] for at in range(0, len(signs) - WIDTH + 1, WIDTH)]


def _stands_in(parts: list[str], theirs: str) -> bool:
    """Whether two in five of some shingles stand in another text: where fewer do, half of all hardly can."""
    return sum(part in theirs for part in parts) * 5 >= len(parts) * 2 > 0


def share(mine: set[str], theirs: set[str]) -> float:
    """The containment of one text's shingles in another's: 0 to 1."""
    return len(mine & theirs) / len(mine)


def _standing(mine: set[str], others: Iterable[set[str]]) -> set[str]:
    """Standing text (套话): what a text shares with many."""
    held = Counter(chain.from_iterable(mine & other for other in others))
    return {shingle for shingle, n in held.items() if n >= _MANY}


def _uncovered(signs: str, covering: set[str]) -> int:
    """How many signs lie outside every covering shingle. Signs, not shingles: one changed name breaks nine of these."""
    alone = covered = 0
    for at in range(len(signs)):
        if signs[at : at + WIDTH] in covering:
            covered = at + WIDTH
        alone += at >= covered
    return alone


def passage(text: str, theirs: set[str]) -> int:
    """Where the longest passage that stands in another text begins: an offset in a folded text."""
    blanked = _APART.sub(lambda apart: " " * len(apart[0]), text)
    offsets = [at for run in _SIGNS.finditer(blanked) for at in range(*run.span())]
    run = longest = begins = 0
    mine = signs(text)
    for at in range(len(mine) - WIDTH + 1):
        run = run + 1 if mine[at : at + WIDTH] in theirs else 0
        if run > longest:
            longest, begins = run, at - run + 1
    return offsets[begins]
