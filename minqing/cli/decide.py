"""Each proposed fact before the person: taken, dropped, left open or put in other words. Digits and Enter suffice."""

from collections.abc import Callable
from datetime import date as Date
from typing import NamedTuple

from minqing.cli import screen
from minqing.cli.ask import date_question, day_line
from minqing.cli.choose import BACK, number_of
from minqing.days import read_day
from minqing.drafts import Draft, as_marks, from_marks
from minqing.errors import UsageError
from minqing.language import _, language
from minqing.marks import has_marks
from minqing.proposals import SURE, Proposal

_TAKE, _DROP, _OPEN, _ALL, _REST = "1", "0", "2", "8", "9"


class Decided(NamedTuple):
    """The proposals that were taken, and those left open: also all that were not answered where the person went away."""

    taken: list[Proposal]
    left: list[Proposal]
    gone: bool = False


def decide(draft: Draft, today: Date, of_day: Callable[[Date], Draft]) -> tuple[Draft, Decided]:
    """Ask for the day where it is not certain, then for each proposal.

    `of_day` is the draft under another day than its own.
    """
    screen.hint("")
    screen.hint("line {line}: {text}", line=draft.line, text=_beginning(draft.raw))
    draft = _dated(draft, today, of_day)
    return draft, go_through([one for one in draft.proposals if one.field != "date"], draft.entry.date)


def go_through(waiting: list[Proposal], day: Date) -> Decided:
    """Ask for each proposal in an entry of a day. Raises KeyboardInterrupt where the person leaves before any answer."""
    taken: list[Proposal] = []
    left: list[Proposal] = []
    if waiting:
        screen.hint(
            "Enter takes a sure one and leaves an unsure one open;\n"
            "1 take, 0 drop, 2 leave open, 8 take all the rest, 9 Enter for all the rest;\n"
            "or write it in other words"
        )
    rest = ""  # the answer to all the rest, once it is given
    for nth, one in enumerate(waiting, 1):
        usual = taken if one.confidence >= SURE else left
        try:
            answer = rest or _answer(f"{nth}/{len(waiting)}", one, day)
        except KeyboardInterrupt:
            if nth == 1:
                raise
            return Decided(taken, left + waiting[nth - 1 :], gone=True)
        if isinstance(answer, list):
            taken += answer
            continue
        rest = answer if answer in (_ALL, _REST) else ""
        if answer in ("", _REST):
            usual.append(one)
        elif answer == _OPEN:
            left.append(one)
        elif answer in (_TAKE, _ALL):
            taken.append(one)
    return Decided(taken, left)


def struck(question: str) -> bool:
    """Whether a question that no mark could answer, such as one on the day, is settled."""
    screen.hint("{line}", line=question)
    return number_of(screen.asked(_("1: it is so; Enter: leave it open") + " > ")) == int(_TAKE)


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 30 else f"{line[:30]}…"


def _dated(draft: Draft, today: Date, of_day: Callable[[Date], Draft]) -> Draft:
    """The draft with its day confirmed or said; what was typed is shown as the day it was understood as."""
    if draft.dated:
        screen.hint("{day}", day=day_line(draft.entry.date))
        return draft
    guess = next((one for one in draft.proposals if one.field == "date"), None)
    if guess:
        screen.hint("the text says “{words}”", words=guess.words)
    while True:
        typed = screen.asked(f"{date_question(day_line(draft.entry.date))}: ")
        if number_of(typed) == BACK:
            raise KeyboardInterrupt
        if not typed:
            return draft._replace(dated=True)
        try:
            day = read_day(typed, today)
        except UsageError as error:
            screen.fail(error)
            continue
        screen.hint("{day}", day=day_line(day))
        return of_day(day)


def _answer(number: str, one: Proposal, day: Date) -> str | list[Proposal]:
    """The digit that is typed for a proposal, or what is typed in its place; asked again until it can be read."""
    while True:
        typed = _ask(number, one)
        if typed in ("", _TAKE, _DROP, _OPEN, _ALL, _REST):
            return typed
        if made := _reworded(typed, one, day):
            return made


def _ask(number: str, one: Proposal) -> str:
    sure = "" if one.confidence >= SURE else "? "
    screen.hint("{line}", line=f"{number} {sure}{as_marks(one, language())}")
    screen.hint("{line}", line=f"    “{' '.join(one.words.split())}”")
    return screen.asked("> ").translate(str.maketrans("０１２８９", "01289"))


def _show_understood(found: list[Proposal], words: str) -> None:
    """What was typed as it was understood, where that is more than its words: 三天内 is a day."""
    for one in found:
        if (understood := as_marks(one, language())) != words:
            screen.hint("{line}", line=f"    {understood}")


def _reworded(typed: str, one: Proposal, day: Date) -> list[Proposal]:
    """What was typed in place of a proposal; nothing where it cannot be read, which is told."""
    mark = as_marks(one, language()).partition("】")[0] + "】"
    words = typed if has_marks(typed) else f"{mark}{typed}"
    found, flaws = from_marks(words, day)
    for flaw in flaws:
        screen.warn("{line}", line=screen.spoken(flaw))
    if flaws:
        return []
    _show_understood(found, words)
    return found
