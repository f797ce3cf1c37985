"""The words a person types for a stretch of time and for what to keep of it. Pure; knows no diary."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from minqing.days import (
    GRAIN_OF,
    SHIFT,
    YEAR,
    N,
    bounds,
    find_day,
    may_be_time,
    nearest_day,
    shift_of,
    step,
    tidy,
    year_of,
)
from minqing.days import read_day as read_day
from minqing.days import read_due as read_due
from minqing.errors import UsageError
from minqing.lunar import number
from minqing.words import OVERDUE, VALUES, nearest, plain, value_of

GRAINS = ("day", "week", "month", "quarter", "year")


class Period(NamedTuple):
    """Days in a row, both ends inside, None where open; `read_period` reads `name` back.

    `grain` is day, week (ISO, from Monday), month, quarter, year, range or all.
    """

    name: str
    first: date | None
    last: date | None
    grain: str

    def contains(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


class Filter(NamedTuple):
    """What to keep; `field` is kind, type (of an item), about, status, tag, area, who, class
    (of household) or word (free)."""

    field: str
    value: str


class Query(NamedTuple):
    period: Period
    filters: tuple[Filter, ...]


ALL = Period("all", None, None, "all")

_ALL = ("all", "全部", "所有")
_NUMBERED = (
    ("month", r"(?P<year>\d{4})(?:[-/.]|(?=\d\d$))(?P<n>\d{1,2})"),
    ("quarter", r"(?:(?P<year>\d{4})[-年 ]?)?q(?P<n>\d)"),
    ("week", r"(?:(?P<year>\d{4})[-年 ]?)?w(?P<n>\d{1,2})"),
    ("year", r"(?P<year>\d{4})(?P<n>)"),
    ("year", rf"{YEAR}(?P<n>)"),
    ("month", rf"{YEAR}(?P<n>{N})月份?"),
    ("quarter", rf"{YEAR}第?(?P<n>{N})季度"),
    ("week", rf"{YEAR}第(?P<n>{N})周"),
)
_NEAR = rf"{SHIFT}(?P<unit>周|星期|礼拜|月|季度?|年度?)"
_ENGLISH_NEAR = r"(?P<shift>last|this|next) (?P<unit>week|month|quarter|year)"
_BETWEEN = r"\.\.|至|到|~|—+|(?<=[年月日号周度])-"
_LIKE = r"(?=\d+\D)[-\d./~—年月日号周季度第qw]+"  # meant as time, so that it never becomes a word to look for
_MOST_WORDS = 5  # 5月1日 到 5月 15日 is four

_FIELDS = {
    "kind": ("类型",),
    "type": ("事项",),
    "about": ("类别",),
    "status": ("状态",),
    "tag": ("标签",),
    "area": ("区划", "村组", "地区"),
    "who": ("对象", "走访对象"),
    "class": ("户属性",),
    "word": ("词",),
}
_FIELD_OF = {name: field for field, names in _FIELDS.items() for name in (field, *names)}
_CLOSED_SETS = {"type": "item", "about": "about", "status": "status", "class": "class"}


def around(day: date, grain: str) -> Period:
    """The day, ISO week, month, quarter or year that `day` lies in."""
    first, last = bounds(day, grain)
    name = first.isoformat()
    if grain == "week":
        year, week, _ = first.isocalendar()
        name = f"{year:04}-W{week:02}"
    elif grain == "quarter":
        name = f"{name[:4]}Q{first.month // 3 + 1}"
    elif grain != "day":
        name = name[:7] if grain == "month" else name[:4]
    return Period(name, first, last, grain)


def before(period: Period) -> Period:
    """The period of the same grain just before; before a range, as many whole months or else days.

    Raises UsageError for a period without a beginning or an end.
    """
    first, last = period.first, period.last
    try:
        if first and last and period.grain in GRAINS:
            return around(first - timedelta(1), period.grain)
        if first and last and first.day == 1 and bounds(last, "month")[1] == last:
            months = (last.year - first.year) * 12 + last.month - first.month + 1
            return _range(*(around(step(first, "month", -n), "month") for n in (months, 1)))
        if first and last:
            return _range(*(around(end - (last - first) - timedelta(1), "day") for end in (first, last)))
    except (OverflowError, ValueError):  # before year 1
        pass
    raise UsageError("{period} has no period before it", period=period.name)


def read_period(text: str, today: date) -> Period | None:
    """The period that `text` names on `today`, or None if it is about something else than time.

    Without a year, the latest that has begun. Raises UsageError for what is meant as time and is none.
    """
    said = tidy(text)
    period = _find_period(said, today)
    if period is None and (re.fullmatch(_LIKE, said) or _names_an_end(said, today)):
        raise UsageError(
            "“{text}” is no period I can read — write 2016-05, 2016Q2, 2016-W21, 2016 or 2016-05..2016-07",
            text=text,
        )
    return period


def means_time(word: str) -> bool:
    """Whether a word names a period, or is meant to, whatever day it is."""
    try:
        return read_period(word, date(2000, 12, 31)) is not None
    except UsageError:
        return True


def read_query(terms: Sequence[str], grain: str | None, today: date, default: str | None = None) -> Query:
    """What the free words of a command ask for, with `grain` from a flag such as --month.

    No period among them: the current one of `grain` or else `default`, or else all.
    Raises UsageError; a period is never widened to fit a flag.
    """
    words = [term.strip() for term in terms if term.strip()]
    period, filters = None, []
    while words:
        size, found = _leading_period(words, today)
        if period and found and found != period:
            raise UsageError(
                "“{one}” and “{other}” are two periods — leave one out", one=period.name, other=found.name
            )
        if not found:
            filters.append(_read_filter(words[0]))
        period = period or found
        del words[:size]
    if period is None:
        current = grain or default
        period = around(today, current) if current else ALL
    elif grain and period.grain != grain:
        raise _misfit(period, grain)
    return Query(period, tuple(filters))


def _leading_period(words: list[str], today: date) -> tuple[int, Period | None]:
    """The period that the first words make together, as many as can, and how many they are; else one word."""
    for size in range(min(_MOST_WORDS, len(words)), 1, -1):
        if period := _find_period(tidy(" ".join(words[:size])), today):
            return size, period
    return 1, read_period(words[0], today)


def _find_period(said: str, today: date) -> Period | None:
    if said in _ALL:
        return ALL
    between = re.search(_BETWEEN, said)
    return _read_range(said, between, today) if between else _read_one(said, today)


def _names_an_end(said: str, today: date) -> bool:
    return any(part and _read_one(part, today) for part in re.split(_BETWEEN, said))


def _read_range(said: str, between: re.Match[str], today: date) -> Period | None:
    """2016-05..2016-07, 2016-05.., 5月1日至15日: without a year, the right end follows the left one."""
    left, right = said[: between.start()], said[between.end() :]
    first = _read_one(left, today)
    last = _read_one("今天" if right == "今" else right, today, first.first if first else None)
    unread = [typed for typed, end in ((left, first), (right, last)) if not end]
    if unread and (unread != [""] or between[0] != ".."):
        return None
    period = _range(first, last)
    if period.first and period.last and period.first > period.last:
        raise UsageError("“{text}” runs backwards — write the earlier end first", text=said)
    return period


def _range(first: Period | None, last: Period | None) -> Period:
    name = f"{first.name if first else ''}..{last.name if last else ''}"
    return Period(name, first.first if first else None, last.last if last else None, "range")


def _read_one(said: str, today: date, since: date | None = None) -> Period | None:
    """A period that is no range. Without a year: up to `today`, or from `since` if given."""
    try:
        found = _read_grain(said, today, since) if may_be_time(said) else None
    except (OverflowError, ValueError):  # before year 1 or after 9999
        return None
    in_reach = found and found.first and found.last and found.first.year > 1 and found.last.year < 9999
    return found if in_reach else None  # what lies before or after must be a period too


def _read_grain(said: str, today: date, since: date | None) -> Period | None:
    for grain, pattern in _NUMBERED:
        if match := re.fullmatch(pattern, said):
            return _numbered(said, grain, match["year"], match["n"], today, since)
    if match := re.fullmatch(_NEAR, said) or re.fullmatch(_ENGLISH_NEAR, said):
        grain = GRAIN_OF.get(match["unit"], match["unit"])
        away = {"last": -1, "next": 1}.get(match["shift"]) or shift_of(match["shift"])
        return around(step(bounds(today, grain)[0], grain, away), grain)
    day = find_day(said, today, since)
    return around(day, "day") if day else None


def _numbered(
    said: str, grain: str, year_said: str | None, n_said: str, today: date, since: date | None
) -> Period:
    """The nth month, quarter or week of a year, or the year itself. Raises UsageError if there is none."""
    year, n = year_of(year_said, today), number(n_said or "1") or 0
    if year is None:
        first = nearest_day(lambda at: _first(grain, at, n), today, since and bounds(since, grain)[0])
    else:
        first = _first(grain, year, n)
    if first:
        return around(first, grain)
    year = today.year if year is None else year
    if grain == "week":
        weeks = 53 if _first("week", year, 53) else 52
        raise UsageError("“{text}” is no week: {year} has {weeks} weeks", text=said, year=year, weeks=weeks)
    if grain == "quarter":
        raise UsageError("“{text}” is no quarter: a year has 4 quarters", text=said)
    raise UsageError("“{text}” is no month: a year has 12 months", text=said)


def _first(grain: str, year: int, n: int) -> date | None:
    try:
        if grain == "week":
            return date.fromisocalendar(year, n, 1)
        return date(year, 3 * n - 2 if grain == "quarter" else n, 1)
    except ValueError:
        return None


def _misfit(period: Period, grain: str) -> UsageError:
    words = {"period": period.name, "flag": f"--{grain}", "own": f"--{period.grain}"}
    if period.grain not in GRAINS or not period.first:
        return UsageError("{flag} does not go with {period} — leave {flag} out", **words)
    if GRAINS.index(period.grain) > GRAINS.index(grain):
        return UsageError("{period} is longer than {flag} — type {own} {period}", **words)
    return UsageError(
        "{period} is shorter than {flag}, and is never widened — type {own} {period} or {flag} {wider}",
        wider=around(period.first, grain).name,
        **words,
    )


def _read_filter(term: str) -> Filter:
    """#留守, kind:visit, 类别：饮水, or a bare word."""
    if term[0] in "#＃":
        field, value = "tag", term[1:].strip()
    else:
        name, *rest = re.split("[:：]", term, maxsplit=1)
        if not rest:
            return Filter("word", term.replace("／", "/"))
        field, value = _FIELD_OF.get(plain(name).lower(), ""), rest[0].strip()
        if not field:
            known = ", ".join(_FIELD_OF)
            raise UsageError("“{term}” is no filter — known are {known}", term=term, known=known)
    if not value:
        raise UsageError("“{term}” lacks its value — write it without a space, as in about:water", term=term)
    if field == "area":
        value = value.replace("／", "/")
    elif field == "kind":
        value = value_of("kind", value) or value
    elif field in _CLOSED_SETS:
        value = _closed(field, value)
    return Filter(field, value)


def _closed(field: str, typed: str) -> str:
    """The value of a closed set that was typed; status also knows overdue. Raises UsageError."""
    if field == "status" and plain(typed).lower() in OVERDUE:
        return "overdue"
    if value := value_of(_CLOSED_SETS[field], typed):
        return value
    rows = {**VALUES[_CLOSED_SETS[field]]} | ({"overdue": OVERDUE[1:]} if field == "status" else {})
    known = ", ".join(rows if typed.isascii() else [names[0] for names in rows.values()])
    near = nearest(typed, [word for value, names in rows.items() for word in (value, *names)])
    if near:
        raise UsageError(
            "{field} knows no “{value}” — did you mean {near}? Known are {known}",
            value=typed,
            field=field,
            near=near,
            known=known,
        )
    raise UsageError("{field} knows no “{value}” — known are {known}", value=typed, field=field, known=known)
