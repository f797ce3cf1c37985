"""The day that words mean, and how surely: what they leave out follows from what stands beside or before them."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache

from minqing.days import find_day, nearest_day, read_due
from minqing.errors import UsageError
from minqing.lunar import read_lunar, to_lunar
from minqing.proposals._compiled import compiled
from minqing.proposals._said import Said, opening
from minqing.telling import Words, weekday_of

FAR = 31  # days; a text that goes over to another day goes no farther
_GUESSED = 0.8  # a year that what stands beside the day allows, as it does others
_YEARS = 15  # back; a weekday that fits in more than one year of them picks none
IN_DOUBT = 0.7
RELATIVE = 0.65  # 昨天, 周一: of what is said so, the day of writing is not told
_OF_THE_TITLE = compiled(r"\A\s*[^\n。!?;,]{0,30}?(?<!\d)(20\d\d)年[^\n。!?;]{0,30}\n")
_AT_THE_END = compiled(r"(?<!\d)(20\d\d)(?: ?年 ?|[-/.])\d{1,2}(?: ?月 ?|[-/.])\d{1,2}日?[)）\s]*\Z")


def year_told(text: str) -> int | None:
    """The year that the title names, or the date that signs the text."""
    told = _OF_THE_TITLE.match(text) or _AT_THE_END.search(text, max(0, len(text) - 20))
    return int(told[1]) if told else None


def now(said: Said) -> date:
    """The day from which 昨天 counts: the one that was given, else today."""
    return said.given or said.today


def count_back(said: Said, words: str) -> tuple[date, float] | None:
    """昨天, 上周三, 上个月28号: a day counted from that of writing, which need not be the day of taking in."""
    try:
        day = find_day(words, now(said))
    except UsageError:
        return None
    return (day, RELATIVE) if day and day <= now(said) else None


def latest_festival(said: Said, name: str) -> tuple[date, float] | None:
    """清明, 五一: the latest there was."""
    try:
        day = read_due(name, now(said) - timedelta(400))
        while (after := read_due(name, day + timedelta(1))) <= now(said):
            day = after
    except UsageError:
        return None
    return day, RELATIVE


def resolve(said: Said, words: Words) -> tuple[date, float] | None:
    """The day that words mean, and how surely. What they leave open follows from the day told before, from
    the weekday or lunar day beside them; else it is the latest that is not in the future, but not surely.
    """
    known = opening(said, words.start).day
    if words.month is None:
        return _in_a_month(said, words, known)
    if words.year is not None:
        day = _date(words.year, words.month, words.day)
        return (day, 0.98 if day <= said.today else 0.7) if day else None
    if known:
        day = _near(known, lambda day: (day.month, day.day) == (words.month, words.day))
        if day:
            return day, 0.92
    if said.year is not None:
        day = _date(said.year, words.month, words.day)
        fits = not words.weekday or (day and day.isoweekday() == weekday_of(words.weekday[1]))
        return (day, 0.95 if fits and day <= said.today else 0.7) if day else None
    return _in_a_year(said, words)


def _in_a_year(said: Said, words: Words) -> tuple[date, float] | None:
    """The latest year in which what stands beside the day is so; not sure where an earlier one fits as well."""
    weekday = weekday_of(words.weekday[1]) if words.weekday else None
    lunar = read_lunar("农历" + re.sub("^[农阴旧]历", "", words.lunar[1])) if words.lunar else None
    tries: tuple[tuple[bool, bool, float], ...]
    if weekday and lunar:
        tries = ((True, True, 0.97), (False, True, 0.7), (True, False, 0.65))
    elif weekday or lunar:
        tries = ((weekday is not None, lunar is not None, 0.92), (False, False, 0.65))
    else:
        tries = ((False, False, 0.7),)
    for by_weekday, by_lunar, sure in tries:
        wanted = weekday if by_weekday else None, lunar if by_lunar else None
        if day := _latest(now(said), words.month or 0, words.day, *wanted):
            earlier = _latest(day - timedelta(1), words.month or 0, words.day, *wanted)
            again = earlier and day.year - earlier.year <= _YEARS
            return day, min(sure, _GUESSED) if again else sure
    return None


@lru_cache(1024)  # a notebook names the same days again and again
def _latest(
    today: date, month: int, day: int, weekday: int | None, lunar: tuple[int, int, bool] | None
) -> date | None:
    """The latest such day up to today, on a weekday and a lunar day if they are told."""

    def on(year: int) -> date | None:
        found = _date(year, month, day)
        if found is None or weekday not in (None, found.isoweekday()):
            return None
        moon = to_lunar(found) if lunar else None
        return None if lunar and (moon is None or moon[1:] != lunar) else found

    return nearest_day(on, today, None)


def common_of_late(said: Said, lunar: tuple[int, int, bool], weekday: int | None) -> date | None:
    """The day that 三月十九, of either calendar by its words, is in the common one, if that was of late: as a lunar
    day it lies some weeks later, be it in another year.
    """
    day = None if lunar[2] else _latest(now(said), lunar[0], lunar[1], weekday, None)
    return day if day and now(said) - day <= _OF_LATE else None


_OF_LATE = timedelta(14)


def _in_a_month(said: Said, words: Words, known: date | None) -> tuple[date, float] | None:
    """28日下午: shortly after the day told before, else the latest such day there was."""
    if known:
        day = _near(known, lambda day: day.day == words.day)
        return (day, 0.92) if day else None
    weekday = weekday_of(words.weekday[1]) if words.weekday else None
    days = (now(said) - timedelta(n) for n in range(366))
    fitting = (day for day in days if day.day == words.day and weekday in (None, day.isoweekday()))
    return (day, RELATIVE) if (day := next(fitting, None)) else None


def _near(known: date, fits: Callable[[date], bool]) -> date | None:
    """The first day that fits, from a week before a day to a month after it."""
    return next((day for n in range(-7, FAR) if fits(day := known + timedelta(n))), None)


def _date(year: int, month: int, day: int) -> date | None:
    """A day that there is, in a year that a diary can be of."""
    try:
        return date(year, month, day) if 1900 <= year < 2200 else None
    except ValueError:
        return None
