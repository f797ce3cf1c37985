"""What stands at the head of an entry: weekday, lunar day, weather, the time of day."""

import re
from collections.abc import Iterator

from minqing.lunar import read_lunar
from minqing.pages import BLANK, read_head
from minqing.proposals._compiled import compiled
from minqing.proposals._days import common_of_late
from minqing.proposals._said import WHOLE, Hit, Rule, Said, opening
from minqing.telling import LUNAR, WEEKDAY

_N = "一二三四五六七八九十"
_HEAD = 120  # signs; what stands beyond them heads nothing

# ---------------------------------------------------------------- weather

_SKY = (
    "(?:(?:小|中|大|暴|阵|透|雷阵|毛毛|细|冻|雷|大暴|特大暴|下)(?:到[中大暴])?雨|雨夹雪|(?:小|中|大|暴|阵)雪|"
    "[大浓薄轻]?雾|霾|浮尘|扬[沙尘]|"
    "沙尘暴?|[大微狂东南西北偏]{1,3}风|[刮起]风|台风|冰雹|打雷|[大酷闷炎暑]热|高温|[寒阴湿]?冷|降温|霜冻?|少云|"
    "多云|阴|晴|雨后|雨|雪|热|凉)(?:天|朗)?"
)
WEATHER = (
    f"(?:雨后|雪后)?(?:放|转|初|[下落]着?)?{_SKY}(?:(?:转|到|间|有|伴|见|夹|、|,)?(?:局部|时有)?{_SKY})*"
)


# One of the year's 24 terms may stand before the weather.
_TERM = "(?:立[春夏秋冬]|雨水|惊蛰|[春秋]分|清明|谷雨|小满|芒种|[夏冬]至|[小大]暑|处暑|白露|寒露|霜降|[小大]雪|[小大]寒)"
_HEAD_DAY = (
    rf"(?:[日号]|{BLANK}|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}/\d{{1,2}}/\d{{4}}|月[初十廿卅]?[{_N}](?= )|"
    rf"\d月\d{{1,2}}(?= )|(?:\A|\n)[ \u3000]*\d{{1,2}}[./-]\d{{1,2}})"
)  # what ends the date of a head


def _near_head(said: Said, start: int) -> bool:
    return start - opening(said, start).start < _HEAD


def _weather_at_head(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    start, end = match.span("sky")
    if _near_head(said, start):
        yield Hit("weather", said.typed[start:end], start, end, 0.95)


def _weather_in_head(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """What the line of a day says beside it, however it says it: 早上有霜，晌午起风; 37度，一滴雨没有."""
    for part in said.openings:
        end = min(len(said.text), part.start + _HEAD)
        lines = re.finditer(r"[^\n]+", said.text[part.start : end])
        for nth, one in enumerate(lines):
            day = _DAY_TOLD.search(one[0])
            if nth > 2 or (nth and not day and not _ALL_WEATHER.match(one[0])):
                continue
            first = part.start + one.start() + (day.end() if day else 0)
            found = _WEATHER_WORDS.search(said.text, first, part.start + one.end())
            if (
                found
                and (day or not found.start("sky") - first)
                and not re.search("[。!?]", said.text[first : found.start("sky")])
            ):
                start, stop = found.span("sky")
                yield Hit("weather", said.typed[start:stop], start, stop, 0.75)
                break


_WHEN = "(?:早上?|晨|清晨|上午|中午|晌午|午后|下午|傍晚|夜里|晚上|今天|天气?)"
_LIKE_SKY = (
    f"{_WHEN}?(?:有|起|下着?|转|放|刮|嘎嘎|很|还|初|出|阴转|没有?|无)?(?:{_SKY}|[干湿]冷|微风|风|雾|霜|冻雨|细雨|"
    f"云厚|倒春寒|雪粒子?|太阳|南风天|回南天|暑气|露水|雨夹雪)(?:[大小停过散]?了|[很大小]|得[一-鿿]{{1,4}}|"
    f"后[一-鿿]{{1,3}}|没退|没停)?"
    r"|(?:气温|最高|最低)?(?:零下|零上)?[\d一二三四十]{1,3}(?:度|℃|°C)"
)
_WEATHER_WORDS = compiled(
    rf"(?:^|(?<=[ \u3000,|();:]))(?P<sky>(?:{_LIKE_SKY})(?:[ \u3000,、]?(?:{_LIKE_SKY}))*)(?=[ \u3000,。;|()\n]|$)"
)
_ALL_WEATHER = compiled(rf"[ \u3000]*(?:{_LIKE_SKY})[。,]")
_DAY_TOLD = compiled(
    rf"\d{{1,2}}[月./-]\d{{1,2}}[日号]?|{_HEAD_DAY}|{WEEKDAY}|{LUNAR}|月[{_N}]{{1,3}}[日号]|(?:大年)?三十|初[{_N}]|廿[{_N}]"
)


def _weather_told(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    start, end = match.span("sky")
    yield Hit("weather", said.typed[start:end], start, end, 0.7)


def _title(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    start, end = match.span("title")
    if not read_head(said.text[start:end]):
        yield Hit("title", said.typed[start:end], start, end, 0.92)


# ---------------------------------------------------------------- weekday, lunar day


def _weekday(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    group = "weekday" if match["weekday"] else "in_brackets"
    if _near_head(said, match.start(group)):
        yield Hit("weekday", match[group], *match.span(group), 0.95)


def _weekday_of_line(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """周三：… at the head of a text, or of the part that tells of that day."""
    start, end = match.span("weekday")
    if start - opening(said, start).start < 24:
        told = opening(said, start).told
        sure = min(0.95, max(told.confidence, 0.85)) if told and opening(said, start).start else 0.95
        yield Hit("weekday", match["weekday"], start, end, sure)


def _lunar(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """八月十七 alone may be a day of the common calendar; 八月初七, 农历八月十七 or what stands behind one is none."""
    start, end = match.span("lunar")
    plain = "月" in match["lunar"] and not IS_LUNAR.search(match["lunar"])
    if plain and (day := read_lunar("农历" + match["lunar"])) and common_of_late(said, day, None):
        return
    behind = _BEHIND_A_DAY.search(said.text, max(0, start - 12), start)
    yield Hit("lunar", match["lunar"], start, end, 0.7 if plain and not behind else 0.95)


IS_LUNAR = compiled("[农阴旧]历|[初廿闰]|[正冬腊]月")
_BEHIND_A_DAY = compiled(r"\d ?[日号]?[ ,(、]{0,3}(?:正是|是)?$")


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
        rf"(?:天气】?[: 是]*|(?:{WEEKDAY}|{LUNAR}|"
        rf"{_HEAD_DAY}(?: [一二三四五六日])?)\)? *[,:|。]? *(?:{_TERM},? +)?)(?P<sky>{WEATHER})(?=了?[ \n。,;(|]|"
        rf"$|[-\d])",
        _weather_at_head,
        "5月8日 星期一 多云转阴\n去了村里。",
        ("多云转阴",),
        "他说这几日晴天多，地里干。",
    ),
    Rule(
        "weather-in-head",
        WHOLE,
        _weather_in_head,
        "冬月初八 阳历12月27 礼拜六 早上有霜，晌午起风\n账算到一半。",
        ("早上有霜，晌午起风",),
        "5月8日 到二组\n他说天冷，风大。",
    ),
    Rule(
        "weather-told",
        rf"(?:天气|今天|天空|外面|窗外|[是一]个|(?<![明后昨前每两三四五几等])天|冒着|下着|下起了?|迎着|"
        rf"顶着)(?:是|很|一直|还|仍|又)?(?:下着|刮着|下起了?)?(?P<sky>{WEATHER})",
        _weather_told,
        "冒着小雨，我们去了二组。",
        ("小雨",),
        "今天阳光很好。",
    ),
    Rule(
        "weekday",
        rf"(?:{_HEAD_DAY}|(?<![\d.])\d{{1,2}}[./]\d{{1,2}})[ \u3000,(、]{{0,3}}是?(?P<weekday>{WEEKDAY})",
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
        rf"(?:(?:\A|\n)[ \u3000]*|\A[^\n。!?;,:]{{2,16}}[ \u3000]+(?={WEEKDAY}\s*\n))(?P<weekday>{WEEKDAY})(?=[, :\n])",
        _weekday_of_line,
        "周三，代办记录。",
        ("周三",),
        "周三的会改了。",
    ),
    Rule(
        "weekday-short",
        rf"{_HEAD_DAY}(?:[ \u3000](?P<weekday>[一二三四五六日])(?=[ \u3000。,])|\((?P<in_brackets>[一二三四五六日])\))",
        _weekday,
        "3/2 一 阴。跑两委。",
        ("一",),
        "今天 一 上午都在忙。",
    ),
    Rule(
        "lunar-day",
        rf"(?:{WEEKDAY}|\d[日号])[ \u3000,(](?P<lunar>(?:[初十廿]|二十)[{_N}]|三十)(?=[ \u3000,)\n])",
        _lunar,
        "2.11 周三 廿四 扫房日 多云",
        ("廿四",),
        "周三 十二户都去了。",
    ),
    Rule(
        "lunar",
        rf"(?:{_HEAD_DAY}|{WEEKDAY}|\A(?:[^\n。]{{0,30}}\n)?|\A[^\n]{{0,30}}(?:[ (:]|"
        rf",(?=[农阴旧正冬腊]|[^\n]{{1,3}}月[初廿]))|\A[^\n]{{0,40}}\n(?:[^\n]{{0,40}}\n)?[ \u3000]*(?=[农阴旧]|"
        rf"[正冬腊]|[^\n]{{1,3}}月[初廿]))[ ,(、]{{0,3}}(?:正是|是)?(?:\d{{4}}年|"
        rf"今年)?(?P<lunar>{LUNAR})(?![^,。\n\d]{{0,3}}前)",
        _lunar,
        "今天是5月8号,农历四月十八。",
        ("农历四月十八",),
        "他农历四月十八过生日。",
    ),
)
