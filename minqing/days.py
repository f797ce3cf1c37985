"""The words a person types for a day. What leaves the year open is the nearest such day on one side.

Patterns stand as text: `re` compiles and keeps each at its first use, so that importing costs nothing.
Digits mean the common calendar, Chinese numerals without 日 the lunar one, as GB/T 15835 writes them.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from minqing.errors import UsageError
from minqing.lunar import from_lunar, number, read_lunar
from minqing.words import plain

N = r"(?:\d{1,2}|[一二三四五六七八九十廿两]{1,3})"
YEAR = r"(?:(?P<year>\d{4}|[〇零一二三四五六七八九]{4}|大前|前|去|今|本|明|后)[年 ])?"
SHIFT = r"(?:(?P<shift>上{1,3}|下{1,3}|本|这|当)个?)"
GRAIN_OF = {
    "天": "day",
    "日": "day",
    "周": "week",
    "星期": "week",
    "礼拜": "week",
    "月": "month",
    "季": "quarter",
    "季度": "quarter",
    "年": "year",
    "年度": "year",
}

_SIGNS = (  # all that a day or a period is written with
    "-0-9a-z /.,:〇零一二三四五六七八九十廿两半初年季度月份周星期礼拜天日号农阴旧历闰正冬腊"
    "第个上下本这当大前去昨今明后以之凌清早晨中午傍晚夜里点时分刻"
)
_STEPS = {"day": (1, 0), "week": (7, 0), "month": (0, 1), "quarter": (0, 3), "year": (0, 12)}
_YEARS = {"大前": -3, "前": -2, "去": -1, "今": 0, "本": 0, "明": 1, "后": 2}
_DAYS = {"大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大后": 3}
_ENGLISH_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_MONTHS: tuple[str, ...]
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september")
_MONTHS += ("october", "november", "december")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_COUNTED = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# As an English text has them; the browser of a phone reads these patterns too.
_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
ENGLISH_DATE = rf"(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}(?:,? \d{{4}})?)"
ENGLISH_WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
ENGLISH_COUNT = rf"(?:\d{{1,3}}|an?|{'|'.join(_COUNTED)})"

_CLOCK = rf"(?:\d{{1,2}}:\d\d|{N}[点时](?:半|[一三]刻|{N}分?)?)"
_TIME = rf"(?:(?:凌晨|清晨|早晨|早上|上午|中午|下午|傍晚|晚上?|夜里|半夜){_CLOCK}?|(?<!\d){_CLOCK})"
_CALENDAR = (
    r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})",
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)",
    r"(?P<year>)(?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
    rf"{YEAR}(?P<month>{N})月(?P<day>\d{{1,2}}(?=.?$)|{N}(?=.$))[日号]?",
    r"(?P<month>[a-z]{3,9}) (?P<day>\d{1,2})(?:st|nd|rd|th)?(?:[, ](?P<year>\d{4}))?",
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<month>[a-z]{3,9})(?:[, ](?P<year>\d{4}))?",
)
_AMOUNT = r"(?P<n>\d{1,4}|[一二三四五六七八九十两]{1,3}|半)(?P<unit>天|日|周|个?星期|个?礼拜|个月|年)"
_ENGLISH_AMOUNT = rf"(?P<n>{ENGLISH_COUNT}) (?P<unit>day|week|month|year)s?"
_FESTIVALS = {"元旦": 101, "三八": 308, "五一": 501, "五四": 504, "六一": 601, "七一": 701, "八一": 801}
_FESTIVALS |= {"妇女": 308, "劳动": 501, "儿童": 601, "建党": 701, "建军": 801, "教师": 910, "国庆": 1001}
_LUNAR_FESTIVALS = {"春": 101, "元宵": 115, "端午": 505, "中秋": 815, "重阳": 909}


def read_day(text: str, today: date) -> date:
    """The day that `text` names on `today`; without a year, the latest that is not in the future.

    Raises UsageError for anything else: an unreadable day is never today.
    """
    if digits := re.fullmatch(r"(0?[1-9]|1[0-2])([0-3]\d)", tidy(text)):  # typed with a keypad alone: 0528
        text = f"{digits[1]}-{digits[2]}"
    said = re.fullmatch(r"(.*[日号\d])\(?(?:周|星期|礼拜)([一二三四五六日天])\)?", tidy(text))
    if found := find_day(said[1] if said else text, today):  # as diaries are headed: 5月28日 星期六
        if said and found.weekday() != min("一二三四五六日天".index(said[2]), 6):
            raise UsageError("“{text}” is no date: {day} is another day of the week", text=text, day=found)
        return found
    raise UsageError(
        "“{text}” is no date I can read — write 2016-05-28, 0528, 5月28日, 昨天, 上周五, 农历四月十八 or yesterday",
        text=text,
    )


def read_due(text: str, day: date) -> date:
    """The due date that `text` sets on `day`; without a year, the earliest that is not before `day`.

    前 is inclusive: 六一前 is due on 1 June. Raises UsageError.
    """
    said = re.sub(r"^(?:by|before|due|not? later than) |(?:之|以)?前$", "", tidy(text))
    try:
        found = find_day(said, day, day) or _within(said, day) or _end(said, day) or _festival(said, day)
    except (OverflowError, ValueError):  # before year 1 or after 9999
        found = None
    if found:
        return found
    raise UsageError(
        "“{text}” is no due date I can read — write 2016-06-08, 6月8日, 月底, 三天内, 六一前 or tomorrow",
        text=text,
    )


def find_day(text: str, today: date, since: date | None = None) -> date | None:
    """The day that `text` names, or None if it names none; UsageError if there is no such day.

    What leaves the year open is the latest up to `today` or, if given, the earliest from `since`.
    """
    said = tidy(text)
    if not may_be_time(said):
        return None
    try:
        for read in (_calendar, _lunar, _named, _weekday, _ago, _in_month):
            if found := read(said, today, since):
                return found
    except (OverflowError, ValueError):  # before year 1 or after 9999
        return None
    head = re.sub(rf"\s?{_TIME}$", "", said)
    return find_day(head, today, since) if head != said else None


def tidy(text: str) -> str:
    """As typed, but half-width, in lower case, and with spaces only between Latin words or numbers."""
    return re.sub(r"(?<![a-z0-9])\s+|\s+(?![a-z0-9])", "", plain(text).lower().replace("。", "."))


def may_be_time(said: str) -> bool:
    """False spares a name or a sentence the patterns."""
    return bool(re.fullmatch(f"[{_SIGNS}]{{1,40}}", said))


def bounds(day: date, grain: str) -> tuple[date, date]:
    """The first and the last day of the day, ISO week, month, quarter or year that `day` lies in."""
    days, months = _STEPS[grain]
    if days:
        first = day - timedelta(day.weekday() if grain == "week" else 0)
        return first, first + timedelta(days - 1)
    last = day.month + -day.month % months
    return date(day.year, last - months + 1, 1), date(day.year, last, _days_in(day.year, last))


def step(day: date, grain: str, n: int) -> date:
    """The same day `n` grains later; a month too short for it ends it."""
    days, months = _STEPS[grain]
    if days:
        return day + timedelta(days * n)
    year, month = divmod(day.year * 12 + day.month - 1 + months * n, 12)
    return date(year, month + 1, min(day.day, _days_in(year, month + 1)))


def nearest_day(on: Callable[[int], date | None], today: date, since: date | None) -> date | None:
    """Of the day that `on` gives for each year, the latest up to `today` or the earliest from `since`."""
    if since:
        days = map(on, range(since.year - 1, since.year + 100))
        return next((day for day in days if day and day >= since), None)
    days = map(on, range(today.year + 1, today.year - 100, -1))
    return next((day for day in days if day and day <= today), None)


def year_of(said: str | None, today: date) -> int | None:
    """The year of a YEAR group: 2016, 二〇一六 or 去. Raises ValueError outside 1 to 9999."""
    if not said:
        return None
    year = today.year + _YEARS[said] if said in _YEARS else number(said)
    return date(year or 0, 1, 1).year  # refuses year 0


def shift_of(said: str) -> int:
    """How far a SHIFT group points: 上上 is -2, 本 is 0, 下 is 1."""
    return said.count("下") - said.count("上")


def _calendar(said: str, today: date, since: date | None) -> date | None:
    """2016-05-28, 2016年5月28日, 5-28, 去年5月3日, May 28, 28 May 2016."""
    for pattern in _CALENDAR:
        if match := re.fullmatch(pattern, said):
            month = _nth(match["month"], _MONTHS) if match["month"].isalpha() else None
            month = month or number(match["month"])
            day = number(match["day"])
            if month is not None and day is not None:
                return _on(said, year_of(match["year"], today), month, day, today, since)
    return None


def _on(said: str, year: int | None, month: int, day: int, today: date, since: date | None) -> date:
    if not 1 <= month <= 12:
        raise UsageError("“{text}” is no date: a year has 12 months", text=said)
    if year is None:
        found = nearest_day(lambda at: _date(at, month, day), today, since)
    else:
        found = _date(year, month, day)
    if found:
        return found
    year = today.year if year is None else year
    raise UsageError(
        "“{text}” is no date: {month} has {days} days",
        text=said,
        month=f"{year:04}-{month:02}",
        days=_days_in(year, month),
    )


def _named(said: str, today: date, since: date | None) -> date | None:
    """昨天, 大后天, 今晚, yesterday."""
    away = _DAYS.get(said[:-1]) if said[-1:] in ("天", "日", "晚", "早") else _ENGLISH_DAYS.get(said)
    return None if away is None else today + timedelta(away)


def _weekday(said: str, today: date, since: date | None) -> date | None:
    """周五, 上上周三, 本周日 by ISO weeks; friday, and last or next fri, which leave today out."""
    if match := re.fullmatch(rf"{SHIFT}?(?:周|星期|礼拜)(?P<day>[一二三四五六日天1-7])", said):
        wanted = min("1一2二3三4四5五6六7日天".index(match["day"]) // 2, 6)
    elif match := re.fullmatch(r"(?:(?P<shift>last|this|next) )?(?P<day>[a-z]{3,9})", said):
        nth = _nth(match["day"], _WEEKDAYS)
        if nth is None or not (match["shift"] or match["day"] in _WEEKDAYS):
            return None  # a bare "sun" may be a family name
        wanted = nth - 1
    else:
        return None
    shift = match["shift"]
    if shift == "last":
        today, since = today - timedelta(1), None
    elif shift == "next":
        since = today + timedelta(1)
    elif shift:
        return step(bounds(today, "week")[0], "week", shift_of(shift)) + timedelta(wanted)
    if since:
        return since + timedelta((wanted - since.weekday()) % 7)
    return today - timedelta((today.weekday() - wanted) % 7)


def _ago(said: str, today: date, since: date | None) -> date | None:
    """三天前, 两周后, 半年前, 3 days ago."""
    match = re.fullmatch(rf"{_AMOUNT}[以之]?(?:前|(?P<after>后))", said)
    if match:
        return _after(match, today, 1 if match["after"] else -1)
    match = re.fullmatch(rf"{_ENGLISH_AMOUNT} ago", said)
    return _after(match, today, -1) if match else None


def _after(match: re.Match[str], day: date, sign: int) -> date | None:
    """The day that a matched amount leads to; half a month is 15 days."""
    grain = GRAIN_OF.get(match["unit"].removeprefix("个"), match["unit"])
    if match["n"] == "半":
        n, grain = {"month": (15, "day"), "year": (6, "month")}.get(grain, (0, grain))
    else:
        n = 1 if match["n"].startswith("a") else number(match["n"]) or _nth(match["n"], _COUNTED) or 0
    return step(day, grain, sign * n) if n else None


def _in_month(said: str, today: date, since: date | None) -> date | None:
    """上个月5号, and 28日, which passes over months that have no such day."""
    match = re.fullmatch(rf"(?:{SHIFT}月)?(?P<day>{N})[日号]", said)
    day = number(match["day"]) if match else None
    if not match or day is None:
        return None
    if match["shift"]:
        month = step(today.replace(day=1), "month", shift_of(match["shift"]))
        return _on(said, month.year, month.month, day, today, since)
    if not 1 <= day <= 31:
        raise UsageError("“{text}” is no date: a month has 31 days at most", text=said)
    start, way = (since, 1) if since else (today, -1)
    months = (step(start.replace(day=1), "month", way * n) for n in range(4))
    days = (_date(month.year, month.month, day) for month in months)
    return next((at for at in days if at and (at >= start if since else at <= start)), None)


def _lunar(said: str, today: date, since: date | None) -> date | None:
    """农历四月十八, 去年腊月二十三, 2016年农历闰四月初一."""
    match = re.fullmatch(rf"(?P<prefix>[农阴旧]历)?{YEAR}(?P<rest>.+)", said) if "月" in said else None
    lunar = read_lunar((match["prefix"] or "") + match["rest"]) if match else None
    if not match or not lunar:
        return None
    year = year_of(match["year"], today)
    if year is None:
        found = nearest_day(lambda at: _lunar_date(at, *lunar), today, since)
    else:
        found = _lunar_date(year, *lunar)
    if found:
        return found
    raise UsageError("“{text}” is no date: the lunar calendar has no such day", text=said)


def _within(said: str, day: date) -> date | None:
    """三天内, 半个月之内, within 2 weeks."""
    match = re.fullmatch(rf"{_AMOUNT}[以之]?内", said)
    match = match or re.fullmatch(rf"(?:with)?in {_ENGLISH_AMOUNT}", said)
    return _after(match, day, 1) if match else None


def _end(said: str, day: date) -> date | None:
    """月底, 下月底, 年末, 本周内, 8月底, end of month."""
    start = rf"(?:{SHIFT}|(?P<year>[今明后]))?"
    if match := re.fullmatch(start + "(?P<unit>周|月|季度?|年)[以之]?[底末内]", said):
        away = _YEARS[match["year"]] if match["year"] else shift_of(match["shift"] or "")
        grain = GRAIN_OF[match["unit"]]
        return bounds(step(bounds(day, grain)[0], grain, away), grain)[1]
    if match := re.fullmatch(r"(?:the )?end of (?:the |this )?(week|month|quarter|year)", said):
        return bounds(day, match[1])[1]
    match = re.fullmatch(rf"{YEAR}(?P<month>{N})月[以之]?[底末内]", said)
    month = number(match["month"]) if match else None
    if not match or month is None:
        return None
    first = _on(said, year_of(match["year"], day), month, 1, day, bounds(day, "month")[0])
    return bounds(first, "month")[1]


def _festival(said: str, day: date) -> date | None:
    """国庆, 中秋节, 明年春节; 年 and 过年, of which 年前 leaves as much, are 春节."""
    match = re.fullmatch(rf"{YEAR}(?P<name>[^节]{{1,4}}?)节?", "春节" if said in ("年", "过年") else said)
    if not match:
        return None
    name = match["name"]
    year = year_of(match["year"], day)
    if year is None:
        return nearest_day(lambda at: _festival_in(name, at), day, day)
    return _festival_in(name, year)


def _festival_in(name: str, year: int) -> date | None:
    if name in _LUNAR_FESTIVALS:
        return _lunar_date(year, *divmod(_LUNAR_FESTIVALS[name], 100), False)
    if name == "除夕":
        spring = _lunar_date(year + 1, 1, 1, False)
        return spring - timedelta(1) if spring else None
    if name == "清明":  # exact for 1901-2099, as sxtwl says
        return date(year, 4, int((year - 1900) * 0.2422 + 5.59) - (year - 1900) // 4)
    return _date(year, *divmod(_FESTIVALS[name], 100)) if name in _FESTIVALS else None


def _nth(word: str, names: tuple[str, ...]) -> int | None:
    """Which name, from 1, begins with `word`: sept is 9."""
    return next((nth for nth, name in enumerate(names, 1) if name.startswith(word)), None)


def _days_in(year: int, month: int) -> int:
    if month == 2:
        return 29 if _date(year, 2, 29) else 28
    return 31 - (month - 1) % 7 % 2


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _lunar_date(year: int, month: int, day: int, leap: bool) -> date | None:
    try:
        return from_lunar(year, month, day, leap)
    except ValueError:
        return None
