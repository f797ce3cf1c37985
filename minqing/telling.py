"""The days that a text tells of, read with caution: what could mean something else is left out. Pure."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple


class Telling(NamedTuple):
    """A day in a text: where, whether as a plan, and what stands right behind it as (offset, text)."""

    day: date
    start: int
    planned: bool
    weekday: tuple[int, str] | None = None
    lunar: tuple[int, str] | None = None


WEEKDAY = "(?:星期|礼拜|周)[一二三四五六日天1-7]"
_NUMERAL = "一二三四五六七八九十"
LUNAR = (
    rf"[农阴旧]历闰?(?:[正冬腊]|[{_NUMERAL}]{{1,2}}|\d{{1,2}})月[初廿]?(?:[{_NUMERAL}]{{1,3}}|\d{{1,2}})日?"
    # with 日 it would be a second day of the common calendar
    rf"|闰?(?:[正冬腊]|[{_NUMERAL}]{{1,2}})月[初廿]?[{_NUMERAL}]{{1,3}}(?![{_NUMERAL}日号])"
)
# A day of the common calendar in Chinese numerals, as far as 日: 五月二十八
HAN_DAY = rf"(?:十[一二]?|[{_NUMERAL}])月(?:三十一?|二?十[{_NUMERAL}]?|[{_NUMERAL}])"
HAN_YEAR = rf"[〇零○{_NUMERAL}]{{4}}"
# 5月8日，农历四月十八（星期二）
_BESIDE = re.compile(
    rf"[\s，,、（(·:：]{{0,3}}(?:正是|也是|是)?(?:(?P<weekday>{WEEKDAY})|(?P<lunar>{LUNAR}))"
)
# What may be a day: one pattern that begins with a digit, so that long texts are passed over quickly.
_MAYBE = re.compile(r"\d(?<![\d历]\d)(?:\d{0,3} ?[年月./-] ?){0,2}\d{0,2}(?: ?[日号])?")
_DAY = re.compile(
    r"(?P<iso>\d{4}[-/.]\d{1,2}[-/.]\d{1,2})"
    r"|(?:(?P<year>\d{4}) ?年 ?)?(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2}) ?[日号]"
    r"|(?P<alone>\d{1,2})[日号]"
)
_OTHER_YEAR = tuple(f"{sign}年" for sign in "去前上往历每次同明后")
# 30日上午 tells of something that was; a bare 30日 may be anything
_HOURS = ("凌晨", "清晨", "早", "上午", "中午", "下午", "傍晚", "晚", "夜里")
_PLANNED = re.compile(
    "计划|预计|预定|将|拟|期限|下次|打算|准备|约[好定]|说[好定]|定[于在]|安排|要在|争取|力争|限|截[止至]|到期|明[天日早晚]|后天"
    "|下周|下个?月|下星期|届时|到时|等|请|须|必须|答应|承诺|保证|通知|改[到在至]|推迟|延[期至]|有效"
    r"|[至到—~～-]\s*$|\b(?i:by|until|till|due|before|plan|planned|will|next)\b"
)
_PLANNED_BEHIND = re.compile(
    r"\s*(?:[之以]?[前内后]|起|止)|[^，。；！？\n]{0,12}?(?:将|(?<![主需重])要|再|拟|截止|到期|[之以]前)"
)
_SENTENCE_ENDS = tuple("。！？；!?;\n")


def weekday_of(said: str) -> int:
    """The ISO number of a WEEKDAY."""
    return min("1一2二3三4四5五6六7日天".index(said[-1]) // 2 + 1, 7)


class Words(NamedTuple):
    """The words of a day, before anything is made of what they leave out: 2016-05-28, 5月28日, 28日下午."""

    year: int | None
    month: int | None
    day: int
    start: int
    end: int
    weekday: tuple[int, str] | None = None
    lunar: tuple[int, str] | None = None


def tellings(text: str, day: date) -> Iterator[Telling]:
    """The days a text of `day` tells of; a year or month left out is the one that brings them nearest."""
    for said in day_words(text):
        if told := _nearest(said, day):
            planned = is_plan(text, said.start, said.end)
            yield Telling(told, said.start, planned, said.weekday, said.lunar)


def day_words(text: str) -> Iterator[Words]:
    """The words in a text that name a day of the common calendar, in digits, with what stands beside them."""
    for run in _MAYBE.finditer(text):
        match = _DAY.fullmatch(run[0])
        if not match:
            continue
        year, month, day = _parts(match)
        if month is None and (not text.startswith(_HOURS, run.end()) or text.endswith("月", 0, run.start())):
            continue
        if year is None and month is not None and text.endswith(_OTHER_YEAR, 0, run.start()):
            continue
        yield Words(year, month, day, run.start(), run.end(), *beside(text, run.end()))


def beside(text: str, end: int) -> tuple[tuple[int, str] | None, tuple[int, str] | None]:
    """The weekday and the lunar day that stand right behind a day, each with its offset."""
    said: dict[str, tuple[int, str]] = {}
    while match := _BESIDE.match(text, end):
        name = match.lastgroup or ""
        said.setdefault(name, (match.start(name), match[name]))
        end = match.end()
    return said.get("weekday"), said.get("lunar")


def _parts(match: re.Match[str]) -> tuple[int | None, int | None, int]:
    if match["iso"]:
        year, month, day = map(int, re.split("[-/.]", match["iso"]))
        return year, month, day
    if match["alone"]:
        return None, None, int(match["alone"])
    return int(match["year"]) if match["year"] else None, int(match["month"]), int(match["day"])


def _nearest(said: Words, day: date) -> date | None:
    if said.year is not None and said.month is not None:
        return _date(said.year, said.month, said.day)
    if said.month is None:
        months = [divmod(day.year * 12 + day.month - 1 + n, 12) for n in (-1, 0, 1)]
        days = [_date(year, month + 1, said.day) for year, month in months]
    else:
        days = [_date(day.year + n, said.month, said.day) for n in (-1, 0, 1)]
    return min((told for told in days if told), key=lambda told: abs(told - day), default=None)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def is_plan(text: str, start: int, end: int) -> bool:
    """Whether what stands around the words of a day says that it is yet to come."""
    before = text[max(0, start - 40) : start]
    sentence = max(map(before.rfind, _SENTENCE_ENDS)) + 1
    return bool(_PLANNED.search(before, sentence) or _PLANNED_BEHIND.match(text, end))
