"""The days that a text names by the lunar calendar: 农历四月十八, 初八, 三月十九."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from minqing.days import nearest_day
from minqing.lunar import from_lunar, number, read_lunar, to_lunar
from minqing.proposals._compiled import compiled
from minqing.proposals._days import IN_DOUBT, RELATIVE, common_of_late, now
from minqing.proposals._own import heads, opens
from minqing.proposals._said import Hit, Said
from minqing.proposals.heads import IS_LUNAR
from minqing.telling import WEEKDAY, beside, is_plan, weekday_of

OLD = "[ ,(]{0,2}(?:老皇历|[农阴旧]历)"  # what stands before the lunar day is the common one
_BEHIND_A_DAY = compiled(rf"\d ?[日号]?[ ,(]{{0,3}}(?:{WEEKDAY})?[ ,(]{{0,3}}(?:正是|也是|是)?(?:老皇历)?$")


def lunar_alone(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """A lunar day is the text's own where it heads it; beside another day it only bears it out."""
    lunar = read_lunar(match["lunar"])
    at_head = heads(said, *match.span("lunar"))
    if not lunar or not (at_head or opens(said, match.start())):
        return
    if _NOT_THAT_DAY.match(said.text, match.end()) or (not at_head and is_plan(said.text, *match.span())):
        return
    if compiled(OLD).match(said.text, match.end()) or _BEHIND_A_DAY.search(
        said.text, max(0, match.start() - 12), match.start()
    ):
        return

    weekday = beside(said.text, match.end())[0]
    if not IS_LUNAR.search(match["lunar"]):
        on_day = weekday or _WEEKDAY_TOLD.match(said.text, match.end())
        if common := common_of_late(said, lunar, weekday_of(on_day[1]) if on_day else None):
            yield Hit("date", common, match.start(), match.end(), IN_DOUBT)
            return
    told = weekday_of(weekday[1]) if weekday else None

    def on(year: int) -> date | None:
        try:
            return from_lunar(year, *lunar)
        except ValueError:
            return None

    def fits(year: int) -> date | None:
        return day if (day := on(year)) and told in (None, day.isoweekday()) else None

    year = number(match["year"].replace("○", "〇")) if match["year"] else said.year
    day = on(year) if year else nearest_day(fits, now(said), None)
    if day and year and lunar[0] > 10 and day > said.today:
        day = on(year - 1)  # the last month of a lunar year lies in the common one behind it
    if day:
        # 2025年腊月 mostly ends in 2026, but some people write the common year before it
        sure = bool(year and lunar[0] < 11 and day <= said.today and IS_LUNAR.search(match["lunar"]))
        yield Hit("date", day, match.start(), match.end(), 0.92 if sure else 0.7)


_WEEKDAY_TOLD = compiled(rf"那天(?:正?是)({WEEKDAY})")
# Behind a lunar day: the common one, which says it better; or the day is only counted from.
_NOT_THAT_DAY = compiled(
    r"[\s,(、]{0,2}(?:公历|阳历|也就是|就是|即|是)*\s*\d{1,2}(?:月\d{1,2}[日号]|[./]\d)|"
    r"[^,。\n\d]{0,3}(?:以前|之前|前[一两]?天)"
)


def lunar_day_alone(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """初八赶集, 大年初三: the latest such day of a lunar month."""
    nth = number(match["day"].removeprefix("初"))
    for n in range(400):
        moon = to_lunar(day := now(said) - timedelta(n))
        if moon and moon.day == nth and (not match["new_year"] or moon.month == 1):
            yield Hit("date", day, match.start("day"), match.end("day"), RELATIVE)
            return
