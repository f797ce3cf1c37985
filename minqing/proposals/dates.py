"""The day of an entry, and where a text goes over to another: 5月8日 星期一, 农历四月十八, 28日下午 … 30日上午."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import lru_cache

from minqing.days import nearest_day
from minqing.lunar import from_lunar, number, read_lunar, to_lunar
from minqing.pages import BLANK, read_head
from minqing.proposals._said import Hit, Opening, Proposal, Rule, Said, clause, found, line, opening, sentence
from minqing.telling import LUNAR, WEEKDAY, Words, beside, is_plan, weekday_of

_HOURS = "凌晨|清晨|早|上午|中午|下午|傍晚|晚|夜里"
_N = "一二三四五六七八九十"
_GUESSED = 0.8  # a year that what stands beside the day allows, as it does others
_RELATIVE = 0.65  # 昨天, 周一: of what is said so, the day of writing is not told
_MERELY_TOLD = 0.4  # a day that the text tells of, though not as its own
_YEARS = 15  # back; a weekday that fits in more than one year of them picks none
_OWN = 0.6  # above it, the day is the text's own
_FAR = 31  # days; a text that goes over to another day goes no farther
_LABEL = re.compile(r"\s*(?:#+ *|- |\(?[一二三四五六七八九十\d]{1,2}[、)] ?)?(?:(?:日期|时间|日记)[::] *)?")
_TITLE = re.compile(r"\s*[^\n。!?;]{1,40}\n")
_TITLE_LENGTH = 40
_BARE_WEEKDAY = re.compile("[ ,]*([一二三四五六日])(?=[ 。,])")  # 3/2 一 阴
_NUMBERED = re.compile('[ \u3000"“在]*(?:\\(?[一二三四五六七八九十\\d]{1,2}[、)] ?)?')
_IS_TODAY = re.compile(r"(?:今天|今日|今儿)(?:已经|正)?(?:是|,)?(?:公历|阳历)?$")


# ---------------------------------------------------------------- from words to a day


def _resolve(said: Said, words: Words) -> tuple[date, float] | None:
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
        return (day, 0.95 if fits else 0.7) if day else None
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
        if day := _latest(said.given or said.today, words.month or 0, words.day, *wanted):
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


def _in_a_month(said: Said, words: Words, known: date | None) -> tuple[date, float] | None:
    """28日下午: shortly after the day told before, else the latest such day there was."""
    if known:
        day = _near(known, lambda day: day.day == words.day)
        return (day, 0.92) if day else None
    weekday = weekday_of(words.weekday[1]) if words.weekday else None
    days = ((said.given or said.today) - timedelta(n) for n in range(366))
    fitting = (day for day in days if day.day == words.day and weekday in (None, day.isoweekday()))
    return (day, 0.65) if (day := next(fitting, None)) else None


def _near(known: date, fits: Callable[[date], bool]) -> date | None:
    """The first day that fits, from a week before a day to a month after it."""
    return next((day for n in range(-7, _FAR) if fits(day := known + timedelta(n))), None)


def _date(year: int, month: int, day: int) -> date | None:
    """A day that there is, in a year that a diary can be of."""
    try:
        return date(year, month, day) if 1900 <= year < 2200 else None
    except ValueError:
        return None


# ---------------------------------------------------------------- from a place in the text to words


def _digits(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    year = int(match["year"]) if match["year"] else None
    return _told(said, match, year, int(match["month"]), int(match["day"]))


def _numerals(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    year = number(match["year"].replace("○", "〇")) if match["year"] else None
    return _told(said, match, year, number(match["month"]), number(match["day"]) or 0)


def _alone(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    return _told(said, match, None, None, int(match["day"]))


def _short(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    if _heads(said, match.start()):
        yield from _digits(said, match)


def _told(said: Said, match: re.Match[str], year: int | None, month: int | None, day: int) -> Iterator[Hit]:
    start, end = match.span()
    if year is not None and year < 100:
        year += 2000
    words = Words(year, month, day, start, end, *beside(said.text, end))
    heads = _heads(said, start) or _signs(said, start, end, year)
    if heads and (bare := _BARE_WEEKDAY.match(said.text, end)):
        words = words._replace(weekday=(bare.start(1), bare[1]))
    is_today = bool(_IS_TODAY.search(said.text, max(0, start - 8), start))
    if not heads and not is_today and is_plan(said.text, start, end):
        return
    if not words.weekday and not opening(said, start).day:
        words = words._replace(weekday=_weekday_at_head(said))
    if resolved := _resolve(said, words):
        on, sure = resolved
        own = heads or is_today or _opens(said, start)
        yield Hit("date", on, start, end, sure if own else _MERELY_TOLD)


def _heads(said: Said, start: int) -> bool:
    """Whether a place is at the head of the text, perhaps under a title."""
    after = _LABEL.match(said.text)
    if after and after.end() == start:
        return True
    title = _TITLE.match(said.text)
    after = title and _LABEL.match(said.text, title.end())
    if after and after.end() == start:
        return True
    begins, ends = line(said, start)
    if start - begins > _TITLE_LENGTH or said.text[begins:start].strip(" #*-"):
        return False
    head = read_head(said.text[begins : min(ends, start + _TITLE_LENGTH)].strip())
    return bool(head and head["marked"])


def _signs(said: Said, start: int, end: int, year: int | None) -> bool:
    """Whether a full date stamps the first line, as a chat does, or a date signs the last."""
    if start < _TITLE_LENGTH and said.text[end : end + 1] == "\n" and "\n" not in said.text[:start]:
        return True  # at the end of a title
    if year and start < _TITLE_LENGTH and "\n" not in said.text[:start]:
        return "\n" in said.text[end : start + _TITLE_LENGTH]
    if said.text[end : end + _TITLE_LENGTH].strip():
        return False
    return "\n" in said.text[max(0, start - _TITLE_LENGTH) : start]


def _opens(said: Said, start: int) -> bool:
    """Whether a clause begins here, so that the text goes on with the day."""
    return bool(_NUMBERED.fullmatch(said.text, clause(said, start)[0], start))


def _weekday_at_head(said: Said) -> tuple[int, str] | None:
    """20xx年xx月x日 星期六: the weekday is there where the day is not."""
    head = re.match(rf"\s*(?:[^\n]{{0,40}}\n\s*)?{BLANK}\s*({WEEKDAY})", said.text)
    return (head.start(1), head[1]) if head else None


def _lunar_alone(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """A lunar day is the text's own where it heads it; beside another day it only bears it out."""
    lunar = read_lunar(match["lunar"])
    if not lunar or not (_heads(said, match.start()) or _opens(said, match.start())):
        return

    def on(year: int) -> date | None:
        try:
            return from_lunar(year, *lunar)
        except ValueError:
            return None

    weekday = beside(said.text, match.end())[0]
    told = weekday_of(weekday[1]) if weekday else None

    def fits(year: int) -> date | None:
        return day if (day := on(year)) and told in (None, day.isoweekday()) else None

    year = int(match["year"]) if match["year"] else said.year
    day = on(year) if year else nearest_day(fits, said.given or said.today, None)
    if day:
        # 2025年腊月 mostly ends in 2026, but some people write the common year before it
        sure = year and lunar[0] < 11 and day <= said.today
        yield Hit("date", day, match.start(), match.end(), 0.92 if sure else 0.7)


def _lunar_day_alone(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """初八赶集: the latest such day of a lunar month."""
    nth = number(match["day"].removeprefix("初"))
    days = (said.today - timedelta(n) for n in range(60))
    if day := next((day for day in days if (moon := to_lunar(day)) and moon.day == nth), None):
        yield Hit("date", day, *match.span("day"), _RELATIVE)


def _weekday_alone(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    away = (said.today.isoweekday() - weekday_of(match["weekday"])) % 7
    if match["last"]:
        away = said.today.isoweekday() + 7 - weekday_of(match["weekday"])
    yield Hit("date", said.today - timedelta(away), *match.span("weekday"), _RELATIVE)


def _days_ago(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """昨天 where the text begins to tell: the day before it was taken in, which need not be that of writing."""
    if _opens(said, match.start("ago")) and not re.search(BLANK, said.text[: match.start("ago")]):
        away = {"昨": 1, "前": 2, "大前": 3}[match["ago"][:-1]]
        yield Hit("date", said.today - timedelta(away), *match.span("ago"), _RELATIVE)


def _next_alone(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """6月9日…。10日路灯修好: only where a day is told before."""
    if opening(said, match.start("day")).day:
        words = Words(None, None, int(match["day"]), *match.span("said"))
        if resolved := _resolve(said, words):
            yield Hit("date", resolved[0], *match.span("said"), resolved[1])


def _today(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """今天 is the day of writing, which need not be today."""
    if not re.search(BLANK, said.text[: match.start("today")]):
        yield Hit("date", said.today, *match.span("today"), 0.5)


RULES = (
    Rule(
        "full-date",
        r"(?<!\d)(?P<year>\d{4})(?: ?年 ?|(?P<sign>[-/.]))(?P<month>\d{1,2})(?(sign)(?P=sign)| ?月 ?)"
        r"(?P<day>\d{1,2})(?(sign)(?!\d)| ?[日号])",
        _digits,
        "2016年5月8日 星期日 多云\n下午去了村里。",
        (date(2016, 5, 8),),
        "计划2016年5月8日开工。",
    ),
    Rule(
        "month-day",
        r"(?<![\d年月])(?<!\d[-/.])(?P<year>)(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2}) ?[日号]",
        _digits,
        "今天是5月8号，农历四月十八，好日子。",
        (date(2012, 5, 8),),
        "材料请在5月8日前交来。",
    ),
    Rule(
        "numerals",
        rf"(?:(?P<year>[〇零○{_N}]{{4}})年)?(?<![{_N}历])(?P<month>十[一二]?|[{_N}])月(?P<day>三十一?|二?十[{_N}]?|[{_N}])[日号]",
        _numerals,
        "五月二十八日 星期六 晴",
        (date(2016, 5, 28),),
        "农历五月二十八日他过寿。",
    ),
    Rule(
        "weekday-alone",
        rf"\A\s*(?P<last>上)?个?(?P<weekday>{WEEKDAY})(?!\s*[前之以要内的得])",
        _weekday_alone,
        "周三，代办记录。",
        (date(2016, 6, 1),),
        "每周三开会。",
    ),
    Rule(
        "today",
        r"\A[^\n]{0,60}?(?P<today>今[天日早晨]|刚才|刚[去从到])",
        _today,
        "跟各位说一下今天跑的几件事。",
        (date(2016, 6, 1),),
        "20xx年xx月x日 天气:晴\n今天去了二组。",
    ),
    Rule(
        "day-and-hours",
        rf"(?<![\d月年.-])(?P<day>\d{{1,2}})[日号](?={_HOURS})",
        _alone,
        "28日下午，我去了学校。",
        (date(2016, 5, 28),),
        "约好28日下午再来。",
    ),
    Rule(
        "short-head",
        r"(?<![\d.])(?:(?P<year>\d\d|\d{4})(?:[-/.年]))?(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})(?![\d.%元万亩日号年-])",
        _short,
        "5.8 晴\n去老李家。",
        (date(2016, 5, 8),),
        "他家有5.8亩地。",
    ),
    Rule(
        "days-ago",
        r"\A[^\n]{0,40}?(?P<ago>(?:昨|大?前)[天日])(?!的)",
        _days_ago,
        "昨天走访了8户。",
        (date(2016, 5, 31),),
        "他昨天来过，我今天去了。",
    ),
    Rule(
        "day-alone",
        r"(?<=[。!?;\n])[ \u3000]*(?:[一二三四五六七八九十][、.])?(?P<said>(?P<day>\d{1,2})[日号])(?![前内之以后起游楼店院线机])",
        _next_alone,
        "5月9日路灯不亮。10日换了灯。",
        (date(2016, 5, 10),),
        "5月9日路灯不亮。10日前换好。",
    ),
    Rule(
        "lunar-day-alone",
        r"\A\s*(?P<day>初[四五六七八九十]|初[一二三](?=[, 早晚这那]))(?![中高年])",
        _lunar_day_alone,
        "初八赶集，人多。",
        (date(2016, 5, 14),),
        "初二学生多，初八九班。",
    ),
    Rule("lunar-alone", rf"(?:(?P<year>\d{{4}})年)?(?P<lunar>{LUNAR})", _lunar_alone, "农历四月十八，我去赶集。", (date(2016, 5, 24),), "他是农历四月十八生的。"),
)  # fmt: skip


# ---------------------------------------------------------------- from days to events


def with_days(said: Said) -> Said:
    """A text with its openings: where it begins to tell of which day."""
    told = _first(sorted(found(said, RULES), key=lambda one: one.start))
    said = said._replace(openings=(Opening(0, told),))
    if told is None or told.confidence < _OWN:
        return said
    # now that a day is known, what leaves out its year or month means one near it
    days = [one for one in found(said, RULES) if one.confidence > _OWN and one.start > told.start]
    openings = [said.openings[0]]
    for one in sorted(days, key=lambda one: one.start):
        if one.value == openings[-1].day or not _goes_over(said, one, told.value):
            continue
        sure = one.confidence if _heads(said, one.start) else min(one.confidence, told.confidence)
        openings.append(Opening(sentence(said, one.start)[0], one._replace(confidence=sure)))
    return said._replace(openings=_without_bare_head(said, openings))


def _goes_over(said: Said, one: Proposal, first: date) -> bool:
    """Whether a text goes over to a day: with a head of its own, or where a sentence begins with it."""
    if _heads(said, one.start):
        return True
    begins = _NUMBERED.fullmatch(said.text, sentence(said, one.start)[0], one.start)
    later = one.value > first or one.rule == "day-and-hours"
    return bool(begins) and later and abs(one.value - first) <= timedelta(_FAR)


def _first(days: list[Proposal]) -> Proposal | None:
    """The text's own day: the first that is, else the first it tells of at all."""
    return next((one for one in days if one.confidence > _OWN), days[0] if days else None)


def _without_bare_head(said: Said, openings: list[Opening]) -> tuple[Opening, ...]:
    """A head that is followed by another day at once heads that day's text."""
    if len(openings) > 1 and not re.search(r"[，。,!?;]", said.text[: openings[1].start].strip()):
        return (openings[1]._replace(start=0), *openings[2:])
    return tuple(openings)
