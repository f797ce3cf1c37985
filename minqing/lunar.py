"""The Chinese lunar calendar for 1901-2099, from a table.

Pure and light: every command may import it. Tested day by day against sxtwl.
"""

from datetime import date, timedelta
from typing import NamedTuple

FIRST, LAST = date(1901, 1, 1), date(2099, 12, 31)

# Six hex digits for each lunar year from 1900, a decade a line. From the lowest bit: 4 bits say which
# month is followed by its leap month (0: none), 13 bits which months in order have 30 days (else 29),
# and the rest how many days after 1 January the New Year falls.
_YEARS = (
    "3d6d286275204cea503964a55c64b044a9b03155645656a040b5902b7522"
    "5075203bb25660b25048a4b0334ab5582ad04256b02cb69252da903fd927"
    "64e9204cd25037a4d55ca560462b602f5b54566d4040ea902de92250e920"
    "3ad2665e52b048a570332b6558b5a0446d402eec935274903d693762a930"
    "4c52b034a5b65aaad04656a031b55456ba4040b4902ba93250a9503952d7"
    "5e536048aad0355aa5585b2042da502fd4a354d4a03ca95860a9704c5560"
    "36ab565aad50466d2030ea5456ea504064a028c9734ea9b03b55a75e56a0"
    "48b6903575255ab52042b2502d64b452a4b03d4ab8602ad04a56d036b696"
    "5cda9046d92031d25456d25041a4da64a5604e2b60385b565e6d5048ea90"
    "35e9255ae92044d2602ca56350a5703d4d686235a04a6d50376c955c7490"
    "4669302f52b45452b03ea5b02b55a24e56a039b55760ba404ab49033a935"
    "58a9504252d02caad450ab503d5aa9625d204cda5037d4a65cd4a046c950"
    "3152e45455603eab502b5b22506d2038ea565e72504864b032c97556cab0"
    "4255a02cad6352b6903d752b62b5204cb25037a4b65aa4b0444ab02e55b5"
    "545ad03eb6a02bb52250d9203bd2575ed25048a550334ad5584b60405b50"
    "2cdaa352ec903fe92862e9204cd26036a5665aa5704455602e6d54547550"
    "40749028e9334e69303952b75e52b046a5b03355a55856a042b6502d74a4"
    "52b4a03da95862a9504a52d034aad65aab50465aa02eba5454da5040d4a0"
    "2bc9534ec9603994e75e556048ab50335b25586d2042ea502ee4a45068b0"
    "3ac978604ab04a55b034ad665ab6a046752031725454b4503ea8b02949b2"
)

_MONTHS = ("正月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "冬月", "腊月")
_NAMED = {"正": 1, "冬": 11, "腊": 12}
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PREFIXES = ("农历", "阴历", "旧历")


class Lunar(NamedTuple):
    """A day of the lunar calendar; `leap` says that its month is 闰."""

    year: int
    month: int
    day: int
    leap: bool


def _months(year: int) -> tuple[date, list[tuple[int, bool, int]]]:
    """New Year's Day of a lunar year, and its months in order: number, leap, days."""
    place = 6 * (year - 1900)
    bits = int(_YEARS[place : place + 6], 16)
    order = [(month, False) for month in range(1, 13)]
    if leap := bits & 15:
        order.insert(leap, (leap, True))
    months = [(month, again, 29 + (bits >> nth & 1)) for nth, (month, again) in enumerate(order, 4)]
    return date(year, 1, 1) + timedelta(bits >> 17), months


def to_lunar(day: date) -> Lunar | None:
    """The lunar day of a date, or None outside 1901-2099."""
    if not FIRST <= day <= LAST:
        return None
    year = day.year
    start, months = _months(year)
    if day < start:
        year -= 1
        start, months = _months(year)
    left = (day - start).days
    while left >= months[0][2]:
        left -= months.pop(0)[2]
    month, leap, _ = months[0]
    return Lunar(year, month, left + 1, leap)


def from_lunar(year: int, month: int, day: int, leap: bool = False) -> date:
    """The date of a lunar day. Raises ValueError if there is no such day within 1901-2099."""
    if not 1900 <= year <= 2099:
        raise ValueError(f"the lunar calendar is known from 1901 to 2099, not for {year}")
    start, months = _months(year)
    passed = 0
    for at, again, days in months:
        if at == month and again == leap:
            if not 1 <= day <= days:
                raise ValueError(f"lunar month {_name(month, leap)} of {year} has {days} days, not {day}")
            found = start + timedelta(passed + day - 1)
            if not FIRST <= found <= LAST:
                raise ValueError(f"the lunar calendar is known from {FIRST} to {LAST}, not on {found}")
            return found
        passed += days
    if leap and 1 <= month <= 12:
        raise ValueError(f"lunar year {year} has no {_name(month, leap)}")
    raise ValueError(f"a lunar year has 12 months, not {month}")


def _name(month: int, leap: bool) -> str:
    return ("闰" if leap else "") + _MONTHS[month - 1]


def _day_name(day: int) -> str:
    if day % 10 == 0:
        return {10: "初十", 20: "二十", 30: "三十"}[day]
    return "初十廿"[day // 10] + "一二三四五六七八九"[day % 10 - 1]


def lunar_text(day: date) -> str:
    """The lunar day as people write it, 农历闰四月初一; empty outside 1901-2099."""
    lunar = to_lunar(day)
    return f"农历{_name(lunar.month, lunar.leap)}{_day_name(lunar.day)}" if lunar else ""


def read_lunar(text: str) -> tuple[int, int, bool] | None:
    """Month, day and leap of 农历四月十八, 闰四月初一, 腊月二十三 or 农历4月18; else None.

    Digits, or a 日 at the end, mean the common calendar unless something else says lunar.
    """
    said = "".join(text.split())
    rest = next((said.removeprefix(prefix) for prefix in _PREFIXES if said.startswith(prefix)), said)
    leap = rest.startswith("闰")
    name, moon, tail = rest.removeprefix("闰").partition("月")
    sure = rest != said or leap or name in _NAMED or tail[:1] in ("初", "廿")
    if sure:
        tail = tail.removesuffix("日")
    elif any(sign.isdecimal() for sign in name + tail):
        return None
    month = _NAMED.get(name) or number(name)
    day = number(tail.removeprefix("初"))
    if not moon or month is None or day is None or not (1 <= month <= 12 and 1 <= day <= 30):
        return None
    if tail.startswith("初") and day > 10:
        return None
    return month, day, leap


def number(text: str) -> int | None:
    """The number that 12, 十二, 廿八 or, sign by sign, 二〇一六 says; None for anything else."""
    if text.isdecimal():
        return int(text) if len(text) < 9 else None
    tens, ten, ones = text.replace("廿", "二十").partition("十")
    if not ten:
        signs = [_DIGITS.get(sign) for sign in text]
        if None in signs or len(signs) not in (1, 4):
            return None
        return int("".join(map(str, signs)))
    high, low = _DIGITS.get(tens or "一"), _DIGITS.get(ones or "零")
    return None if high is None or low is None else high * 10 + low
