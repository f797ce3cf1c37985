"""Questions on a terminal: only what the kind asks for and was not given, with what is known to choose from."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date as Date
from functools import partial
from typing import Any

from minqing import capture, choices
from minqing.cli import reading, screen
from minqing.cli.choose import BACK, number_of
from minqing.days import read_day
from minqing.diary import Diary, keep_draft
from minqing.errors import MinqingError, UsageError
from minqing.language import _, language
from minqing.lunar import lunar_text, to_lunar
from minqing.model import Kind
from minqing.schema import ENTRY, MEETING
from minqing.words import VALUES, key_of, label, show_key, show_value, value_of

_SHOWN = 6  # of what is known
_LINES = (*VALUES["item"], "aid", "figure")
_PEOPLE = ("host", "recorder")
_MEETING = (*_PEOPLE, "eligible", "present")
Answers = dict[str, Any]  # by key: text, or the lines of items, aid, figures and "set"


@contextmanager
def kept(kind: Kind) -> Iterator[Answers]:
    """The answers, filled in as they are given. If it comes to nothing, they lie in a draft, and that is said."""
    answers: Answers = {}
    try:
        yield answers
    except (KeyboardInterrupt, MinqingError, OSError):
        if any(answers.values()):
            text = _as_marks(kind, answers)
            try:
                screen.warn("what you answered lies in {draft}", draft=keep_draft(text))
            except OSError:
                screen.warn("what you answered could not be kept; here it is:\n{text}", text=text)
        raise


def _as_marks(kind: Kind, answers: Answers) -> str:
    """The answers as marked text (see marks.py), word for word as they were typed."""
    lines = [
        answers.get("date", ""),
        f"【{_title('entry', 'kind')}】{show_value('kind', kind.kind, language())}",
    ]
    for name, said in answers.items():
        for words in said if isinstance(said, list) else [said]:
            if name == "set":
                record, _dot, setting = words.partition(".")
                lines.append(f"【{_title('entry', record)}】{setting}")
            elif name not in ("date", "text"):
                lines.append(f"【{_line_title(name)}】{words}")
    if "text" in answers:
        lines.append(f"【{_('Text')}】{answers['text']}")
    return "\n".join(lines).strip() + "\n"


def ask(diary: Diary, kind: Kind, given: set[str], day: Date, today: Date, answers: Answers) -> Date:
    """Ask what is missing, put the answers into `answers`, and return the day; an empty answer leaves it out."""
    known = _known(diary)
    for name in dict.fromkeys(_ask_name(word) for word in kind.asks):
        if name in given:
            continue
        if name == "date":
            day = _ask_day(day, today)
            answers["date"] = day.isoformat()
        elif name in _LINES:
            _ask_many(name, day, answers.setdefault(name, []))
        elif name in _MEETING:
            people = known["with"] if name in _PEOPLE else []
            read = partial(capture.typed_field, MEETING, name)
            if answer := _ask_until(_title("meeting", name), people, read):
                answers.setdefault("set", []).append(f"meeting.{name}={answer}")
        elif name == "text":
            if answer := _ask(_("Text"), []):
                answers["text"] = f"{answer}\n"
        elif name in ENTRY:
            read = partial(capture.typed_field, ENTRY, name)
            if answer := _ask_until(_title("entry", name), known.get(name, []), read):
                answers[name] = answer
    if "date" in given or "date" not in answers:
        screen.hint("{day}", day=day_line(day))
    return day


def _ask_name(word: str) -> str:
    """What a template's word asks for: a key, an item type, a part of a meeting or the text."""
    item = value_of("item", word)
    if item:
        return item
    if word in ("text", "正文"):
        return "text"
    meeting = key_of("meeting", word)
    key = key_of("entry", word)
    if meeting in _MEETING and key is None:
        return meeting
    return {"figures": "figure"}.get(key or word, key or word)


def _title(record: str, name: str) -> str:
    return show_key(record, name, language())


def day_line(day: Date) -> str:
    """The day as understood, with weekday and lunar date, so that a slip shows at once."""
    weekdays = (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )
    return f"{day.isoformat()} {weekdays[day.weekday()]} {_lunar(day)}".rstrip()


def _lunar(day: Date) -> str:
    """农历闰四月初一, in English lunar leap 4-1; empty outside 1901-2099."""
    lunar = to_lunar(day)
    if lunar is None or language() == "zh":
        return lunar_text(day)
    said = _("lunar leap {month}-{day}") if lunar.leap else _("lunar {month}-{day}")
    return said.format(month=lunar.month, day=lunar.day)


def date_question(day: str) -> str:
    """What is asked for a day, wherever one is asked for; Enter means the one that is shown."""
    return _("Date (Enter for {day}, or such as 0528; 0 to leave)").format(day=day)


def _ask_day(day: Date, today: Date) -> Date:
    while True:
        typed = _ask(date_question(day.isoformat()), [])
        if number_of(typed) == BACK:
            raise KeyboardInterrupt  # the way out for who types digits alone
        try:
            day = read_day(typed, today) if typed else day
        except UsageError as error:
            screen.fail(error)
            continue
        screen.hint("{day}", day=day_line(day))
        return day


def _line_title(name: str) -> str:
    if name in VALUES["item"]:
        return label("item", name, language())
    return _title("entry", {"figure": "figures"}.get(name, name))


def _ask_many(name: str, day: Date, said: list[str]) -> None:
    """Lines into `said` until an empty one; a line that cannot be read is asked for again."""

    def read(words: str) -> object:
        if name == "aid":
            return capture.read_aid(words)
        return capture.read_figure(words) if name == "figure" else capture.read_item(name, words, day)

    examples = {"aid": _("such as 慰问金 200元 x 7"), "figure": _("such as 在校学生=326人")}
    title = f"{_line_title(name)} ({examples.get(name, _('@who #about !due; Enter to go on'))})"
    while typed := _ask_until(title, [], read):
        said.append(typed)


def _ask_until(title: str, known: list[str], read: Callable[[str], object]) -> str:
    """One line that can be read, asked for as often as it takes; "" for an empty one."""
    while True:
        typed = _ask(title, known)
        if not typed:
            return ""
        try:
            read(typed)
        except UsageError as error:
            screen.fail(error)
            continue
        return typed


def _ask(title: str, known: list[str]) -> str:
    """One line; Tab completes from what is known, a number means one of those shown. Ctrl-D ends it like Ctrl-C."""
    shown = known[:_SHOWN]
    if shown:
        numbered = "  ".join(f"{n} {word}" for n, word in enumerate(shown, 1))
        screen.hint("  {known}", known=numbered + (" …" if len(known) > len(shown) else ""))
    _complete_from(known)
    return _by_number(screen.asked(f"{title}: "), shown)


def _by_number(typed: str, shown: list[str]) -> str:
    """The words that were meant by their numbers: `2`, `1、3`; anything else as it was typed."""
    numbers = re.split("[、，,;； ]+", typed)
    if all(number.isdecimal() and 0 < int(number) <= len(shown) for number in numbers):
        return "、".join(shown[int(number) - 1] for number in numbers)
    return typed


def _complete_from(known: list[str]) -> None:
    try:
        import readline  # not on Windows; only where a person types
    except ImportError:
        return

    def complete(text: str, state: int) -> str | None:
        fitting = [word for word in known if word.startswith(text) or text in word]
        return fitting[state] if state < len(fitting) else None

    readline.set_completer(complete)
    readline.set_completer_delims("、，,;； ")
    readline.parse_and_bind("tab: complete")


def _known(diary: Diary) -> dict[str, list[str]]:
    """Areas, households and companions of this diary, the most frequent first."""
    ledger = reading.ledger(diary)
    return {
        "area": choices.areas(ledger),
        "who": choices.households(ledger),
        "with": choices.companions(ledger),
    }
