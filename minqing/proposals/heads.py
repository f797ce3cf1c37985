"""What stands at the head of an entry: weekday, lunar day, weather, the time of day."""

import re
from collections.abc import Iterator

from minqing.pages import BLANK, read_head
from minqing.proposals._said import Hit, Rule, Said, opening
from minqing.telling import LUNAR, WEEKDAY

_N = "一二三四五六七八九十"
_HEAD = 120  # signs; what stands beyond them heads nothing

# ---------------------------------------------------------------- weather

_SKY = (
    "(?:(?:小|中|大|暴|阵|透|雷阵|毛毛|细|冻|雷|大暴|特大暴|下)(?:到[中大暴])?雨|雨夹雪|(?:小|中|大|暴|阵)雪|[大浓薄轻]?雾|霾|浮尘|扬[沙尘]|"
    "沙尘暴?|[大微狂东南西北偏]{1,3}风|[刮起]风|台风|冰雹|打雷|[大酷闷炎暑]热|高温|[寒阴湿]?冷|降温|霜冻?|少云|多云|阴|晴|雨后|雨|雪|热|凉)(?:天|朗)?"
)
WEATHER = (
    f"(?:雨后|雪后)?(?:放|转|初|[下落]着?)?{_SKY}(?:(?:转|到|间|有|伴|见|夹|、|,)?(?:局部|时有)?{_SKY})*"
)


# One of the year's 24 terms may stand before the weather.
_TERM = "(?:立[春夏秋冬]|雨水|惊蛰|[春秋]分|清明|谷雨|小满|芒种|[夏冬]至|[小大]暑|处暑|白露|寒露|霜降|[小大]雪|[小大]寒)"
_HEAD_DAY = rf"(?:[日号]|{BLANK}|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d月\d{{1,2}}(?= )|(?:\A|\n)[ \u3000]*\d{{1,2}}[./-]\d{{1,2}})"  # what ends the date of a head


def _near_head(said: Said, start: int) -> bool:
    return start - opening(said, start).start < _HEAD


def _weather_at_head(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    start, end = match.span("sky")
    if _near_head(said, start):
        yield Hit("weather", said.typed[start:end], start, end, 0.95)


def _weather_told(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    start, end = match.span("sky")
    yield Hit("weather", said.typed[start:end], start, end, 0.7)


def _title(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    start, end = match.span("title")
    if not read_head(said.text[start:end]):
        yield Hit("title", said.typed[start:end], start, end, 0.92)


# ---------------------------------------------------------------- weekday, lunar day


def _weekday(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    if _near_head(said, match.start("weekday")):
        yield Hit("weekday", match["weekday"], *match.span("weekday"), 0.95)


def _weekday_of_line(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """周三：… at the head of a text, or of the part that tells of that day."""
    start, end = match.span("weekday")
    if start - opening(said, start).start < 8:
        yield Hit("weekday", match["weekday"], start, end, 0.95)


def _lunar(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    yield Hit("lunar", match["lunar"], *match.span("lunar"), 0.95)


RULES = (
    Rule(
        "title",
        r"\A\s*(?P<title>(?=\S)(?![^\n]{0,60}\d:\d)[^\n。!?;,:\"“]{4,30}?) *\n",
        _title,
        "走访二组困难户\n下午去了二组。",
        ("走访二组困难户",),
        "5月8日 星期一 晴\n下午去了二组。",
    ),
    Rule(
        "weather-at-head",
        rf"(?:天气】?[: 是]*|(?:{WEEKDAY}|{LUNAR}|{_HEAD_DAY}(?: [一二三四五六日])?)\)? *[,:|。]? *(?:{_TERM},? +)?)(?P<sky>{WEATHER})(?=了?[ \n。,;(|]|$|[-\d])",
        _weather_at_head,
        "5月8日 星期一 多云转阴\n去了村里。",
        ("多云转阴",),
        "他说这几日晴天多，地里干。",
    ),
    Rule(
        "weather-told",
        rf"(?:天气|今天|天空|外面|窗外|[是一]个|(?<![明后昨前每两三四五几等])天|冒着|下着|下起了?|迎着|顶着)(?:是|很|一直|还|仍|又)?(?:下着|刮着|下起了?)?(?P<sky>{WEATHER})",
        _weather_told,
        "冒着小雨，我们去了二组。",
        ("小雨",),
        "今天阳光很好。",
    ),
    Rule(
        "weekday",
        rf"{_HEAD_DAY}[ ,(、]{{0,3}}是?(?P<weekday>{WEEKDAY})",
        _weekday,
        "5.12 周二 晴",
        ("周二",),
        "每周一开会。",
    ),
    Rule(
        "weekday-ends-head",
        rf"(?:\A|\n)[ \u3000]*(?=[^\n]{{0,12}}\d)[^\n。]{{2,24}}[ ,]\(?(?P<weekday>{WEEKDAY})\)?(?=\s*(?:\n|\Z))",
        _weekday,
        "2月2日，阴，有风，周一\n上午坐班。",
        ("周一",),
        "我2月2日去过，改到，下周一\n",
    ),
    Rule(
        "weekday-behind-lunar",
        rf"(?:{LUNAR})[ ,(、]{{0,3}}(?P<weekday>{WEEKDAY})",
        _weekday,
        "农历八月初三，星期三，晴。",
        ("星期三",),
        "八月里每个星期三开会。",
    ),
    Rule(
        "weather-on-first-line",
        rf"\A[^\n。]{{0,40}}?[ ,)](?P<sky>{WEATHER})(?=\s*(?:\n|$|。))",
        _weather_at_head,
        "2025年1月22日（农历腊月廿三）小年 阴\n去了村里。",
        ("阴",),
        "晴了三天，地里干。",
    ),
    Rule(
        "weekday-alone-said",
        rf"(?:\A|\n)[ \u3000]*(?P<weekday>{WEEKDAY})(?=[, :])",
        _weekday_of_line,
        "周三，代办记录。",
        ("周三",),
        "周三的会改了。",
    ),
    Rule(
        "weekday-short",
        rf"{_HEAD_DAY} (?P<weekday>[一二三四五六日])(?=[ 。,])",
        _weekday,
        "3/2 一 阴。跑两委。",
        ("一",),
        "今天 一 上午都在忙。",
    ),
    Rule(
        "lunar",
        rf"(?:{_HEAD_DAY}|{WEEKDAY}|\A(?:[^\n。]{{0,30}}\n)?|\A[^\n]{{0,30}}[ (:])[ ,(、]{{0,3}}(?:正是|是)?(?:\d{{4}}年|今年)?(?P<lunar>{LUNAR})(?![^,。\n\d]{{0,3}}前)",
        _lunar,
        "今天是5月8号,农历四月十八。",
        ("农历四月十八",),
        "他农历四月十八过生日。",
    ),
)
