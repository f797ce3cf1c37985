"""Single values from the text that people type, and back: dates, times, quantities, names, ids, words. Pure."""

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date as Date
from decimal import Decimal
from typing import Any

from minqing.exact import decimal_text
from minqing.model import Person, Quantity
from minqing.words import MEASURES, MONEY, VALUES, fold_id, nearest, plain, value_of


class Unreadable(ValueError):
    """A text that is not what its key holds: an English message and remedy with words to fill in."""

    def __init__(self, message: str, remedy: str, **words: str) -> None:
        super().__init__(message)
        self.message, self.remedy, self.words = message, remedy, words


# ---------------------------------------------------------------- text to values

# Patterns stand as text: `re` compiles and keeps each at its first use, and most entries need few of them.
_NUMBER = r"(?s)([+-]?(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?)\s*([万亿]?)\s*(.*)"
_DATE = r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
_CLOCK = r"(上午|早上|早晨|凌晨|清晨|中午|下午|傍晚|晚上|晚|夜里)?\s*(\d{1,2})(?:[:点时](\d{1,2}|半)?分?)?"
_BETWEEN = "、，,;；"
_LONG = 4000  # no name, number or date is longer; keeps every pattern quick


def read_text(value: Any) -> str:
    """A single text, outer space off."""
    if not isinstance(value, str):
        raise Unreadable(
            "one text is wanted here, not a list", "write a single value; quote it if it has brackets"
        )
    return value.strip()


def read_names(value: Any) -> tuple[str, ...]:
    """Names as a list or one after the other: [甲, 乙], `甲、乙`, ［甲，乙］."""
    texts = value if isinstance(value, list) else [value]
    said = (_bare(read_text(text)[:_LONG]) for text in texts)
    return tuple(name for text in said for part in _apart(text) if (name := part.strip()))


def _bare(text: str) -> str:
    """A list without the brackets of an input method around it, which YAML takes for letters: ［甲，乙］, 【甲】."""
    return text[1:-1] if text[:1] in ("［", "【") and text[-1:] in ("］", "】") else text


def read_area(value: Any) -> str:
    """Town/village/group, whichever slash stands between them; one too many says nothing."""
    text = read_text(value).replace("／", "/")
    return "/".join(filter(None, map(str.strip, text.split("/")))) or text


def _apart(text: str) -> list[str]:
    """A text at its commas, save those inside brackets, which belong to a role: 王浩（村书记，驻村）."""
    if not any(bracket in text for bracket in "）)"):
        for sign in _BETWEEN[1:]:
            text = text.replace(sign, _BETWEEN[0])
        return text.split(_BETWEEN[0])
    parts, end, inside = [], len(text), False
    for at in range(len(text) - 1, -1, -1):  # backwards: what counts is that the bracket closes
        if text[at] in "）)（(":
            inside = text[at] in "）)"
        elif not inside and text[at] in _BETWEEN:
            parts.append(text[at + 1 : end])
            end = at
    return [text[:end], *reversed(parts)]


def read_people(value: Any) -> tuple[Person, ...]:
    """Names with their role in brackets: 王浩（村书记）."""
    return tuple(_person(name) for name in read_names(value))


def _person(text: str) -> Person:
    at = min((found for bracket in "（(" if (found := text.find(bracket, 1)) > 0), default=0)
    role = text[at + 1 : -1]
    return Person(text[:at].rstrip(), role) if at and role and text[-1] in "）)" else Person(text)


def read_date(value: Any) -> Date:
    """A full calendar day: 2016-05-28, 2016年5月28日. Never a guess."""
    text = plain(read_text(value))
    if len(text) == 10 and text[4] == text[7] == "-":  # as minqing writes it, without a pattern
        with suppress(ValueError):
            return Date.fromisoformat(text)
    match = re.fullmatch(_DATE, text[:_LONG])
    if not match:
        raise Unreadable("“{text}” is no date", "write it as 2016-05-28", text=text[:40])
    year, month, day = (int(part) for part in match.groups())
    try:
        return Date(year, month, day)
    except ValueError:
        return _impossible(text, year, month)


def _impossible(text: str, year: int, month: int) -> Date:
    if year < 1 or not 1 <= month <= 12:
        raise Unreadable("{text} is no date: months go from 1 to 12", "write it as 2016-05-28", text=text)
    days = (Date(year + month // 12, month % 12 + 1, 1) - Date(year, month, 1)).days if year < 9999 else 31
    raise Unreadable(
        "{text} is no date: {month} has {days} days",
        "look the day up and correct it",
        text=text,
        month=f"{year:04}-{month:02}",
        days=str(days),
    )


def read_time(value: Any) -> str:
    """A time or a span of the day: 14:30, 6:20-10:10, 下午2点半, 6点20分到10点10分 -> "14:30-15:40"."""
    text = plain(read_text(value))
    if all(map(_is_clock, text.split("-", 1))):
        return text
    halves = re.split(r"\s*(?:-|—+|~|–|到|至)\s*", text[:_LONG])
    if len(halves) > 2:
        raise Unreadable("“{text}” is no time of day", "write 14:30 or 14:30-15:40", text=text[:40])
    part_of_day, clocks = "", []
    for half in halves:
        match = re.fullmatch(_CLOCK, half)
        if not match:
            raise Unreadable("“{text}” is no time of day", "write 14:30 or 14:30-15:40", text=text[:40])
        part_of_day = match[1] or part_of_day
        hour, minute = int(match[2]), {None: 0, "半": 30}.get(match[3], match[3])
        if part_of_day[:1] in ("下", "傍", "晚", "夜") and hour < 12:
            hour += 12
        if hour * 60 + int(minute or 0) > 24 * 60 or int(minute or 0) > 59:
            raise Unreadable("“{text}” is no time of day", "write 14:30 or 14:30-15:40", text=text[:40])
        clocks.append(f"{hour:02}:{int(minute or 0):02}")
    return "-".join(clocks)


def _is_clock(text: str) -> bool:
    """Whether this is a time as minqing writes it, 06:20; said without a pattern."""
    return (
        (len(text), text[2:3]) == (5, ":")
        and text.isascii()
        and f"{text[:2]}{text[3:]}".isdecimal()
        and text[:2] < "24"
        and text[3:] < "60"
    )


def read_quantity(value: Any) -> Quantity:
    """A number with its unit: 200元, 1,400 元, 1.2万元, 35.5亩, ￥200, 二百元. Exact, never rounded."""
    text = plain(read_text(value))
    match = re.fullmatch(_NUMBER, text[:200])
    if not match or match[3][:1] in ("百", "千"):
        text = _in_digits(text[:200])
        match = re.fullmatch(_NUMBER, text)
    if not match or re.match(_GOES_ON, match[3]):
        raise Unreadable(
            "“{text}” is no number with a unit", "write digits and a unit, such as 200元", text=text[:40]
        )
    if re.search(_INEXACT, match[3].partition("(")[0].strip()):
        raise Unreadable(
            "“{text}” is no exact number",
            "write the number that was counted, or leave it in the text",
            text=text[:40],
        )
    scale = {"": 1, "万": 10_000, "亿": 100_000_000}[match[2]]
    number = Decimal(match[1].replace(",", "")) * scale
    if number.adjusted() > 15 or -int(number.as_tuple().exponent) > 6:
        raise Unreadable("“{text}” has too many digits", "write the number in a larger unit", text=text[:40])
    return Quantity(number, match[3].strip())


# Before any bracket another number, 1e5, 1/3, 5-6人, 3斤5两, or a sentence: 3人，都上学; but m2 is a unit.
_GOES_ON = r"[\d.,]|[eExX][+-]?\d|[^(]*(?:(?<![A-Za-z])\d|[,;:、，。；：])"
# A unit that says the number is about: 200多元, 10余人, 20来亩, 3个多月, 5斤半, 100元以上
_INEXACT = "[多余]|^几|^来(?!回)|(?:半|左右|上下|以[上下])$"
_YUAN_SIGN = r"[¥￥]\s*([\d,.]+\s*[万亿]?)\s*元?"
_HUNDREDS = r"(\d[\d,]*(?:\.\d+)?)\s*([百千])\s*(\S+)"
HAN = "零〇一二两三四五六七八九十百千万亿"
_HAN_QUANTITY = rf"(?s)([{HAN}]+)\s*(.*)"
_HAN_NUMBER = (
    "(?:(?P<n100000000>.+)亿)?(?:零?(?P<n10000>.+)万)?(?:零?(?P<n1000>.)千)?(?:零?(?P<n100>.)百)?"
    "(?:零?(?P<n10>.?)十)?零?(?P<n1>.)?"
)
_HAN_DIGITS = {"两": 2, "〇": 0} | {sign: n for n, sign in enumerate("零一二三四五六七八九")}


def _in_digits(text: str) -> str:
    """A number in digits where it surely is one: ￥200 and 二百元 are 200元, 3千元 is 3000元; 3千克 stays, and so does 一般."""
    if match := re.fullmatch(_YUAN_SIGN, text):
        return f"{match[1]}元"
    match = re.fullmatch(_HUNDREDS, text)
    if match and match[3] in MONEY:
        return f"{Decimal(match[1].replace(',', '')) * (100 if match[2] == '百' else 1000):f}{match[3]}"
    match = re.fullmatch(_HAN_QUANTITY, text)
    if match and (not match[2] or match[2] in MONEY or match[2] in MEASURES):
        number = han_number(match[1])
        return text if number is None else f"{number}{match[2]}"
    return text


def han_number(text: str) -> int | None:
    """The number that 三千二百, 两百, 十五 or 一万零三 says; None for anything else, such as 二百五, which may be 250."""
    match = re.fullmatch(_HAN_NUMBER, text)
    if not match or not text or (len(text) > 1 and match["n1"] and text[-2] not in "零〇十"):
        return None
    total = 0
    for place, said in match.groupdict().items():
        if said is None:
            continue
        worth = int(place[1:])
        times = 1 if said == "" else han_number(said) if worth >= 10_000 else _HAN_DIGITS.get(said)
        if times is None:
            return None
        total += times * worth
    return total


def read_count(value: Any) -> int:
    """A whole number, a unit behind it allowed: 7, 7名, 七户."""
    text = read_text(value)
    try:
        number = read_quantity(text).value
    except Unreadable:  # it would speak of a unit
        number = Decimal(-1)
    if number != number.to_integral_value() or number < 0:
        raise Unreadable("“{text}” is no whole number", "write digits only, such as 7", text=text[:40])
    return int(number)


def read_word(name: str) -> Callable[[Any], str]:
    """A reader for a closed set of words (words.VALUES)."""

    def read(value: Any) -> str:
        text = read_text(value)
        found = value_of(name, text)
        if found is None:
            known = [word for key, words in VALUES[name].items() for word in (key, *words)]
            close = nearest(text[:40], known)
            if close:
                raise Unreadable(
                    "“{text}” is not known here", "did you mean “{close}”?", text=text[:40], close=close
                )
            raise Unreadable(
                "“{text}” is not known here",
                "write one of: {known}",
                text=text[:40],
                known=" ".join(f"{words[0]} ({key})" for key, words in VALUES[name].items()),
            )
        return found

    return read


def read_id(value: Any) -> str:
    """8 characters of Crockford base32, the first a letter."""
    text = fold_id(read_text(value))
    if not re.fullmatch(r"[a-hjkmnp-tv-z][0-9a-hjkmnp-tv-z]{7}", text):
        raise Unreadable(
            "“{text}” is no id",
            "use 8 letters and digits, a letter first; `minqing new` makes one",
            text=text[:40],
        )
    return text


def read_ref(value: Any) -> str:
    """A full id of an entry, or of its item: q7m3k9x2, q7m3k9x2.1."""
    text = fold_id(read_text(value))
    if not re.fullmatch(r"[a-hjkmnp-tv-z][0-9a-hjkmnp-tv-z]{7}(\.[1-9]\d{0,3})?", text):
        raise Unreadable(
            "“{text}” names no entry or item", "write a full id, such as q7m3k9x2.1", text=text[:40]
        )
    return text


def read_days(value: Any) -> int:
    """A number of days: 30, 30天, 一个月 is not."""
    return read_count(value)


def read_ratio(value: Any) -> str:
    """A part of the whole: 2/3, 1/2."""
    text = plain(read_text(value))
    if not re.fullmatch(r"[1-9]\d?/[1-9]\d?", text):
        raise Unreadable("“{text}” is no ratio", "write it as 2/3", text=text[:40])
    return text


# ---------------------------------------------------------------- and back


def write_quantity(quantity: Quantity | None) -> str | None:
    """As a person writes it: 1400元."""
    return None if quantity is None else f"{decimal_text(quantity.value)}{quantity.unit}"


def write_person(person: Person) -> str:
    """王浩（村书记）."""
    return f"{person.name}（{person.role}）" if person.role else person.name
