"""Choosing by number on any terminal: plain lines, digits and Enter; no cursor is moved, no key is caught."""

from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from minqing.cli import screen
from minqing.language import _
from minqing.safe import cells, show

with suppress(ImportError):
    import readline  # noqa: F401 — without it a terminal cuts lines at 4,096 bytes and deletes half a character

BACK, TURN = 0, 9
_PAGE = 8  # lines of a list that TURN goes through


class Left(Exception):
    """The person went back."""


class Line(NamedTuple):
    """A line to choose: what it says, and the command line that it stands for."""

    title: str
    command: str = ""


def chosen(title: str, lines: Sequence[Line], back: str = "") -> int:
    """Which line is chosen; a long list is turned page by page, and other words than a number narrow it.

    Raises Left for 0 or where there is nothing to choose, and KeyboardInterrupt for Ctrl-D.
    """
    if not lines:
        screen.warn("there is nothing to choose from yet")
        pause()
        raise Left
    kept, first = list(range(len(lines))), 0
    while True:
        turns = len(kept) > _PAGE + 1
        page = kept[first : first + _PAGE] if turns else kept
        _draw(title, [lines[at] for at in page], turns, back or _("back"))
        typed = screen.asked("> ")
        number = number_of(typed)
        if number == BACK:
            raise Left
        if number is not None and number <= len(page):
            return page[number - 1]
        if turns and number == TURN:
            first = (first + _PAGE) % (-(-len(kept) // _PAGE) * _PAGE)
            continue
        found = [at for at, line in enumerate(lines) if typed in line.title] if number is None else []
        if found:
            kept, first = found, 0
        else:
            screen.warn("“{typed}” is not in this list: type a number, then Enter", typed=typed)


def said(question: str) -> str:
    """What is typed in words; "" for Enter alone. Raises Left for 0."""
    typed = screen.asked(_("{question} (Enter alone: nothing; 0: back)").format(question=question) + " ")
    if number_of(typed) == BACK:
        raise Left
    return typed


def pause() -> None:
    """Wait until what stands on the screen was read."""
    screen.asked(_("Enter: on to the menu") + " ")


def number_of(typed: str) -> int | None:
    """The number that was typed, also in full width or with a stop behind it; None where it is none."""
    digits = typed.strip(" .。、，")
    return int(digits) if digits.isdecimal() and len(digits) < 10 else None


def fitted(text: str, room: int) -> str:
    """A text on one line, cut to so many columns."""
    text = show(text)
    if cells(text) <= room:
        return text
    taken = 0
    for at, char in enumerate(text):
        taken += cells(char)
        if taken >= room:
            return f"{text[:at]}…"
    return text


def _draw(title: str, page: Sequence[Line], turns: bool, back: str) -> None:
    room = screen.width()
    titles = [fitted(line.title, room - 4) for line in page]
    wide = max(map(cells, titles), default=0)
    screen.out(f"\n{title}")
    for number, (name, line) in enumerate(zip(titles, page, strict=True), 1):
        told = f"{number}  {name}"
        if line.command:
            fits = 3 + wide + 2 + cells(line.command) + 2 <= room
            told += " " * (wide - cells(name) + 2) if fits else "\n   "
            told += f"[{show(line.command)}]"
        screen.out(told)
    if turns:
        screen.out(f"{TURN}  " + _("more; or type a part of what you look for"))
    screen.out(f"{BACK}  {back}")
