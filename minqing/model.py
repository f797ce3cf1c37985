"""What an entry says, as frozen values. The closed set of facts; no reading, no writing.

Text is text, a day is a `date`, a quantity keeps its unit. `None` and empty tuples mean "not said".
"""

from collections.abc import Callable
from datetime import date as Date
from decimal import Decimal
from typing import Any, NamedTuple


class Quantity(NamedTuple):
    """A number with its unit as written: 200 元, 326 人, 35.5 亩. `unit` may be empty."""

    value: Decimal
    unit: str = ""


class Person(NamedTuple):
    """A name with the role that stood in brackets behind it: 王浩（村书记）."""

    name: str
    role: str = ""


class Item(NamedTuple):
    """事项: a problem, need, complaint, advice, promise, task or measure, numbered in its file."""

    n: int
    type: str
    text: str
    about: str | None = None
    who: str | None = None
    owner: str | None = None
    due: Date | None = None
    level: str = "normal"
    status: str = "open"


class Update(NamedTuple):
    """进展: what has become of an item (`ref` is `entry.n`) or how an entry was graded (`ref` is an entry)."""

    ref: str
    status: str | None = None
    reason: str | None = None
    note: str | None = None
    by: str | None = None
    satisfied: str | None = None
    grade: str | None = None


class Aid(NamedTuple):
    """帮扶: money, goods or service given. `total` is `each` × `n` when only those are said."""

    what: str
    form: str = "goods"
    each: Quantity | None = None
    n: int | None = None
    total: Quantity | None = None
    to: tuple[str, ...] = ()
    fund: str | None = None
    approver: str | None = None
    occasion: str | None = None
    receipt: tuple[str, ...] = ()


class Fund(NamedTuple):
    """资金: money or goods that came in, from whom."""

    source: str
    amount: Quantity
    what: str | None = None
    note: str | None = None


class Figure(NamedTuple):
    """数据: a counted or measured number; `of` names the figure it is a part of."""

    name: str
    value: Quantity | None
    of: str | None = None
    note: str | None = None


class Fact(NamedTuple):
    """情况: one thing known about a household or person on the entry's day; a list is several facts."""

    who: str
    key: str
    value: str


class Vote(NamedTuple):
    """表决: how a vote went; counts of ballots."""

    how: str | None = None
    issued: int | None = None
    returned: int | None = None
    valid: int | None = None
    yes: int | None = None
    no: int | None = None
    abstain: int | None = None
    tally: tuple[tuple[str, int], ...] = ()


class Decision(NamedTuple):
    """议定: a resolution, election or agreement that a meeting reached."""

    text: str
    type: str = "resolution"
    elected: str | None = None
    signed: int | None = None
    posted: Date | None = None
    vote: Vote | None = None


class Meeting(NamedTuple):
    """会议: who called it, who came, what it was about."""

    type: str | None = None
    host: str | None = None
    recorder: str | None = None
    eligible: int | None = None
    present: int | None = None
    unit: str | None = None
    agenda: tuple[str, ...] = ()


class File(NamedTuple):
    """附件: a file beside the diary, with the digest that shows it unchanged.

    `original` 原件 is the digest of the picture as it came, where another was drawn from it to be kept.
    """

    path: str
    sha256: str | None = None
    note: str | None = None
    original: str | None = None


class Void(NamedTuple):
    """红字更正: takes an entry out of every ledger, and says why."""

    entry: str
    why: str


class Entry(NamedTuple):
    """日记: one Markdown file, the only truth."""

    id: str
    kind: str
    date: Date
    title: str = ""
    weekday: str | None = None
    lunar: str | None = None
    time: str | None = None  # "14:30" or "14:30-15:40"
    weather: str | None = None
    area: str | None = None
    place: str | None = None
    author: str | None = None
    who: tuple[Person, ...] = ()
    companions: tuple[Person, ...] = ()  # `with` in files; a Python keyword here
    tags: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    figures: tuple[Figure, ...] = ()
    items: tuple[Item, ...] = ()
    updates: tuple[Update, ...] = ()
    aid: tuple[Aid, ...] = ()
    funds: tuple[Fund, ...] = ()
    meeting: Meeting | None = None
    decisions: tuple[Decision, ...] = ()
    files: tuple[File, ...] = ()
    void: tuple[Void, ...] = ()
    body: str = ""


class Kind(NamedTuple):
    """类型: what `new` asks for, and the headings it lays out. Data, from a template file."""

    kind: str
    name: str
    asks: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    body: str = ""


def with_texts(value: Any, change: Callable[[str], str]) -> Any:
    """A value of this room with every text in it changed, however deep it stands."""
    if isinstance(value, str):
        return change(value)
    if not isinstance(value, tuple):
        return value
    parts = (with_texts(part, change) for part in value)
    return type(value)(*parts) if hasattr(value, "_fields") else tuple(parts)
