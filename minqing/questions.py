"""What `add` left open of a text: questions at the end of an entry's text, until somebody settles them. Pure."""

import re
from collections.abc import Sequence
from typing import NamedTuple

HEADINGS = {"en": "To be checked", "zh": "待核实"}
_OPEN = re.compile(
    rf"(?:^\n)?(?P<heading>^## (?:{'|'.join(HEADINGS.values())})[ \t]*$)(?P<lines>(?:(?:\n[ \t]*$)*\n- .*$)*)\n?",
    re.MULTILINE,
)


class Open(NamedTuple):
    """The questions that a text holds, the text without them, and where their heading begins."""

    questions: list[str]
    text: str
    start: int


def still_open(body: str) -> Open | None:
    """The questions that a text holds; None where all are settled."""
    match = _OPEN.search(body)
    found = [line[2:] for line in match["lines"].split("\n") if line.startswith("- ")] if match else []
    if not match or not found:
        return None
    return Open(found, body[: match.start()] + body[match.end() :], match.start("heading"))


def with_questions(body: str, questions: Sequence[str], language: str) -> str:
    """A text with questions below it; as it was where there are none."""
    if not questions:
        return body
    lines = "".join(f"- {question}\n" for question in questions)
    gap = "\n" if body else ""
    return f"{body}{gap}## {HEADINGS[language]}\n\n{lines}"
