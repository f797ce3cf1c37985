"""What `add` left open of a text: questions at the end of an entry's text, until somebody settles them. Pure."""

import re
from collections.abc import Sequence
from typing import NamedTuple

HEADINGS = {"en": "To be checked", "zh": "待核实"}
_OPEN = re.compile(
    rf"^## (?:{'|'.join(HEADINGS.values())})[ \t]*$(?P<lines>(?:\n[ \t]*$|\n- .*$)*)\n?", re.MULTILINE
)


class Open(NamedTuple):
    """How many questions a text still holds, and where their heading begins."""

    start: int
    n: int


def with_questions(body: str, questions: Sequence[str], language: str) -> str:
    """A text with questions below it; as it was where there are none."""
    if not questions:
        return body
    lines = "".join(f"- {question}\n" for question in questions)
    gap = "\n" if body else ""
    return f"{body}{gap}## {HEADINGS[language]}\n\n{lines}"


def without_questions(body: str) -> str:
    """A text as a paper may print it: what nobody has settled is not said to others."""
    return _OPEN.sub("", body)


def still_open(body: str) -> Open | None:
    """The questions that a text holds; None where all are settled."""
    match = _OPEN.search(body)
    n = len(re.findall("^- ", match["lines"], re.MULTILINE)) if match else 0
    return Open(match.start(), n) if match and n else None
