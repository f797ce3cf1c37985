"""Questions on a terminal: only what the kind asks for and was not given, with what is known to choose from."""

from datetime import date as Date
from typing import Any

from minqing import capture
from minqing.cli import reading, screen
from minqing.days import read_day
from minqing.diary import Diary
from minqing.errors import UsageError
from minqing.language import _, language
from minqing.lunar import lunar_text
from minqing.model import Kind
from minqing.words import VALUES, key_of, label, show_key, value_of

_ITEMS = ("need", "problem", "promise", "task")
_MEETING = ("host", "recorder", "eligible", "present")


def ask(diary: Diary, kind: Kind, given: set[str], day: Date, today: Date) -> tuple[Date, dict[str, Any]]:
    """Ask what is missing; an empty answer leaves it out. Returns the day and the answers by key."""
    known = _known(diary)
    answers: dict[str, Any] = {}
    for name in (_ask_name(word) for word in kind.asks):
        if name in given:
            continue
        if name == "date":
            day = _ask_day(day, today)
        elif name in _ITEMS or name in ("aid", "figure"):
            answers[name] = _ask_many(name, day)
        elif name in _MEETING:
            answer = _ask(_title("meeting", name), known.get("with", []))
            if answer:
                answers.setdefault("set", []).append(f"meeting.{name}={answer}")
        elif name == "text":
            answer = _ask(_("Text"), [])
            answers |= {"text": f"{answer}\n"} if answer else {}
        else:
            answer = _ask(_title("entry", name), known.get(name, []))
            answers |= {name: answer} if answer else {}
    if "date" in given or "date" not in [_ask_name(word) for word in kind.asks]:
        screen.hint("{day}", day=day_line(day))
    return day, answers


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
    return f"{day.isoformat()} {weekdays[day.weekday()]} {lunar_text(day) or ''}".rstrip()


def _ask_day(day: Date, today: Date) -> Date:
    while True:
        typed = _ask(_("Date (Enter for {day})").format(day=day.isoformat()), [])
        try:
            day = read_day(typed, today) if typed else day
        except UsageError as error:
            screen.fail(error)
            continue
        screen.hint("{day}", day=day_line(day))
        return day


def _ask_many(name: str, day: Date) -> list[str]:
    """Lines until an empty one; a line that cannot be read is asked for again."""

    def read(words: str) -> object:
        if name == "aid":
            return capture.read_aid(words)
        return capture.read_figure(words) if name == "figure" else capture.read_item(name, words, day)

    title = (
        label("item", name, language())
        if name in VALUES["item"]
        else _title("entry", {"figure": "figures"}.get(name, name))
    )
    examples = {"aid": _("such as 慰问金 200元 x 7"), "figure": _("such as 在校学生=326人")}
    said: list[str] = []
    while True:
        typed = _ask(f"{title} ({examples.get(name, _('@who #about !due; Enter to go on'))})", [])
        if not typed:
            return said
        try:
            read(typed)
            said.append(typed)
        except UsageError as error:
            screen.fail(error)


def _ask(title: str, known: list[str]) -> str:
    """One line; Tab completes from what is known. Ctrl-D ends the questions like Ctrl-C."""
    if known:
        shown = "  ".join(known[:6])
        screen.hint("  {known}", known=shown + (" …" if len(known) > 6 else ""))
    _complete_from(known)
    return screen.asked(f"{title}: ")


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
    areas = list(diary.config.areas)
    areas += [
        row[0]
        for row in ledger.execute(
            "select area from entry where area is not null group by 1 order by count(*) desc"
        )
    ]
    names = "select name from name where part = ? group by 1 order by count(*) desc, name limit 500"
    areas += [
        row[0] for row in ledger.execute("select distinct area from roster where area <> '' order by area")
    ]
    listed = [row[0] for row in ledger.execute("select distinct household from roster order by n")]
    return {
        "area": list(dict.fromkeys(areas)),
        "who": list(dict.fromkeys([*(row[0] for row in ledger.execute(names, ("who",))), *listed])),
        "with": [row[0] for row in ledger.execute(names, ("with",))],
    }
