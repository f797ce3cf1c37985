"""The days that a text names: 5月8日 星期一, 农历四月十八, 28日下午 … 30日上午, 昨天, line by line 周一."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from minqing.lunar import number
from minqing.pages import BLANK
from minqing.proposals._compiled import compiled
from minqing.proposals._days import IN_DOUBT, RELATIVE, count_back, latest_festival, now, resolve
from minqing.proposals._lunar_days import OLD, lunar_alone, lunar_day_alone
from minqing.proposals._own import (
    TITLE,
    heads,
    is_labelled,
    is_published,
    is_today,
    on_grounds,
    opens,
    opens_a_sentence,
    signs,
    stands_beside,
)
from minqing.proposals._said import Hit, Rule, Said, line, opening, sentence
from minqing.telling import HAN_YEAR, LUNAR, WEEKDAY, Words, beside, is_plan, weekday_of

_HOURS = "凌晨|清晨|早|上午|中午|下午|傍晚|晚|夜里"
_N = "一二三四五六七八九十"
IN_PASSING = 0.85  # a day with its year, told in the middle of a text
_MERELY_TOLD = 0.4  # a day that the text tells of, though not as its own
_APART = compiled(
    rf"[\s,(|:：。)】\]至到~—-]|$|{WEEKDAY}|{_HOURS}|[晴阴雨雪]|多云|(?:我|工作队|走访|召开|参加|陪)"
)
_LONG_AGO = timedelta(200)  # what is told in passing of a year before is no day of the entry
_TILL = compiled(r"[\d日号午晚] ?[-–—~～至到]+ ?$")
# A text begins, perhaps under a title.
_BEGINS = r"\A(?:[^\n。!?;,]{1,30}\n|[^\n。!?;]{1,20}\)\n)?"
_BARE_WEEKDAY = compiled("[ ,(]*([一二三四五六日])(?=[ 。,)])")  # 3/2 一 阴


# ---------------------------------------------------------------- from a place in the text to words


def _digits(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    year = int(match["year"]) if match["year"] else None
    return _told(said, match, year, int(match["month"]), int(match["day"]))


def _numerals(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    year = number(match["year"].replace("○", "〇")) if match["year"] else None
    return _told(said, match, year, number(match["month"].replace("元", "一")), number(match["day"]) or 0)


def _alone(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    return _told(said, match, None, None, number(match["day"]) or 0)


def _of_today(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """今天(27号,礼拜五), 前天(17日): a day of the month by itself, told for its own sake."""
    start, end = match.start("day"), match.end()
    words = Words(None, None, number(match["day"]) or 0, start, end, *beside(said.text, end))
    if not is_plan(said.text, start, end) and (resolved := resolve(said, words)):
        yield Hit("date", resolved[0], start, end, resolved[1])


def _short(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    start, end = match.span()
    own = heads(said, start, end) or is_today(said, start) or is_labelled(said, start)
    if (
        own
        or stands_beside(said, start, bool(_WEEKDAY_BEHIND.match(said.text, end)))
        or _weekday_before(said, start)
    ):
        yield from _digits(said, match)


def _told(said: Said, match: re.Match[str], year: int | None, month: int | None, day: int) -> Iterator[Hit]:
    start, end = match.span()
    if _TILL.search(said.text, max(0, start - 8), start):
        return  # 5月8日至5月10日 begins on its first day
    if _TERM.search(said.text, max(0, start - 6), start):
        return
    if year is not None and year < 100:
        year += 2000
    words = Words(year, month, day, start, end, *beside(said.text, end))
    at_head = heads(said, start, end)
    if at_head and (bare := _BARE_WEEKDAY.match(said.text, end)):
        words = words._replace(weekday=(bare.start(1), bare[1]))
    own = at_head or bool(_BEHIND_LUNAR.search(said.text, max(0, start - 16), start))
    own = own or is_labelled(said, start) or is_today(said, start) or on_grounds(said, start)
    if not own and is_plan(said.text, start, end):
        return
    if not words.weekday and not opening(said, start).day:
        words = words._replace(weekday=_weekday_before(said, start) or _weekday_at_head(said))
    if resolved := resolve(said, words):
        on, sure = resolved
        if late := _NOTED_LATER.match(said.text, end):
            on, sure = on - timedelta(_AGO[late["ago"]]), min(sure, IN_DOUBT)
        if year and on < now(said) - _LONG_AGO and not _APART.match(said.text, end):
            sure = min(sure, IN_DOUBT)  # 2019年3月5日中风, in the life of somebody
        if (own and is_published(said, start)) or said.text.startswith("起", end):
            sure = min(sure, IN_DOUBT)  # 2016.11.24起修房补助核算
        if not words.weekday and _days_with_weekday(said.text) - {day}:
            sure = min(sure, IN_DOUBT)  # 5号（周一）开的会 … 1月7日夜
        if not own and not signs(said, start, end):
            if _THAT_DAY.search(said.text, max(0, start - 4), start):
                sure = min(sure, IN_DOUBT)  # 小寒那天（1月5日）
            elif not opens(said, start):
                if year and on < now(said) - _LONG_AGO:
                    return
                beside_it = stands_beside(said, start, bool(words.weekday))
                sure = min(sure, IN_DOUBT) if beside_it else _MERELY_TOLD
            elif not opens_a_sentence(said, start):
                sure = min(sure, IN_PASSING)
        yield Hit("date", on, start, end, sure)


@lru_cache(4)  # every day of a text asks
def _days_with_weekday(text: str) -> frozenset[int]:
    return frozenset(int(one["day"]) for one in _DAY_AND_WEEKDAY.finditer(text))


def _weekday_before(said: Said, start: int) -> tuple[int, str] | None:
    """端午前的周四(5.29): the weekday of the day that explains it."""
    found = _WEEKDAY_BEFORE.search(said.text, max(0, start - 5), start)
    return (found.start("weekday"), found["weekday"]) if found else None


_WEEKDAY_BEHIND = compiled(rf"[号日]?[ ,(]{{0,2}}{WEEKDAY}")
_WEEKDAY_BEFORE = compiled(rf"(?P<weekday>{WEEKDAY})\($")
_DAY_AND_WEEKDAY = compiled(rf"(?<![\d月年-])(?P<day>\d{{1,2}})[日号][ ,(]{{0,2}}{WEEKDAY}")
_TERM = compiled("(?:[时期]限|完成|截止):?$")  # 时限:10月31日
_THAT_DAY = compiled(r"[那这当]天\($")
_BEHIND_LUNAR = compiled(rf"{LUNAR}[ ,(]{{0,2}}(?:即|也就是|(?=[公阳新]历))(?:公历|阳历|新历)?$")
# 7月2日，补记昨天的账: the day of writing heads what is of a day before.
_NOTED_LATER = compiled(
    rf"[ ,。(]{{0,2}}(?:{WEEKDAY})?[ ,。)]{{0,2}}补[记写录][^,。\n]{{0,4}}(?P<ago>[昨前])[天日]"
)
_AGO = {"昨": 1, "前": 2}


def _run_together(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    year = int(match["year"]) if match["year"] else None
    month, day = (match["month"], match["day"]) if year else (match["m"], match["d"])
    start, end = match.start("year" if year else "m"), match.end()
    if resolved := resolve(said, Words(year, int(month), int(day), start, end, *beside(said.text, end))):
        yield Hit("date", resolved[0], start, end, resolved[1])


def _weekday_at_head(said: Said) -> tuple[int, str] | None:
    """20xx年xx月x日 星期六: the weekday is there where the day is not."""
    head = re.match(rf"\s*(?:[^\n]{{0,40}}\n\s*)?{BLANK}\s*({WEEKDAY})", said.text)
    return (head.start(1), head[1]) if head else None


def _weekday_alone(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    words = (match["shift"] or "").replace("这", "本").replace("个", "") + match["weekday"]
    if resolved := count_back(said, words.replace("礼拜", "周").replace("星期", "周")):
        yield Hit("date", resolved[0], *match.span("weekday"), resolved[1])


def _counted_back(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """昨天 where the text begins to tell: the day before it was taken in, which need not be that of writing."""
    start, end = match.span("ago")
    words = re.sub("(?<=[昨前]).+$", "天", match["ago"]).replace("这", "本").replace("个", "")
    told_since = re.search("今[天日儿早晨]", said.text[end : sentence(said, end)[1]])
    if told_since or not opens(said, start) or re.search(BLANK, said.text[:start]):
        return
    if resolved := count_back(said, words):
        yield Hit("date", resolved[0], start, end, resolved[1])


def _festival(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    if resolved := latest_festival(said, match["name"]):
        yield Hit("date", resolved[0], match.start("name"), match.end("name"), resolved[1])


def _next_alone(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """6月9日…。10日路灯修好: only where a day is told before, or the text begins with it."""
    start, end = match.span("said")
    if not _numbered_otherwise(said.text) and (opening(said, start).day or not said.text[:start].strip()):
        words = Words(None, None, number(match["day"]) or 0, start, end, *beside(said.text, end))
        if resolved := resolve(said, words):
            yield Hit("date", resolved[0], start, end, min(resolved[1], _as_day(said, match["said"], start)))


def _day_of_month(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """6日 晴: a day of the month that the title names."""
    start, end = match.span("said")
    month = _MONTH.search(said.text, 0, min(start, TITLE))
    year = int(month["year"]) if month and month["year"] else None
    nth = number(month["month"]) if month else None
    if month is None and len(_DAY_LINE.findall(said.text, max(0, start - TITLE), start + 10 * TITLE)) < 2:
        return
    if _numbered_otherwise(said.text):
        return
    if opening(said, start).day:
        year = nth = None  # 七月三十一日、八月一日: 1日 follows 31日
    words = Words(year, nth, int(match["day"]), start, end, *beside(said.text, end))
    if resolved := resolve(said, words):
        sure = _as_day(said, match["said"], start) if _APART.match(said.text, end) else IN_PASSING
        yield Hit("date", resolved[0], start, end, min(sure, resolved[1]))


def _as_day(said: Said, words: str, start: int) -> float:
    """How sure a day alone can be one: lines that begin with 2号 …, 9号 … may tell of houses."""
    in_line = _DAY_LINE.match(said.text, line(said, start)[0])
    return IN_PASSING if in_line and words.endswith("号") else 1


_DAY_LINE = compiled(r"(?:\A|(?<=\n))[ \u3000-]*(\d{1,2})[日号](?=[ ,:、(])")


@lru_cache(4)  # every day of a text asks
def _numbered_otherwise(text: str) -> bool:
    """Whether lines are headed 1号, 14号, 33号: who came to the counter, and in what order."""
    return any(int(nth) > 31 for nth in _DAY_LINE.findall(text))


_MONTH = compiled(rf"(?:(?P<year>\d{{4}})年)?(?P<month>\d{{1,2}}|[{_N}]{{1,2}})月")


def _weekdays(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """周一：… 周二：…, line by line: of the week that a day before them opens, else of the latest."""
    lines = list(_WEEKDAY_LINE.finditer(said.text))
    nth = [weekday_of(one["weekday"]) for one in lines]
    if len(lines) < 2 or nth != sorted(nth):
        return
    told = opening(said, lines[0].start()).told
    first = told.value if told else None
    sure = min(0.92, told.confidence) if told else RELATIVE
    if first is None:
        last = now(said) - timedelta((now(said).isoweekday() - nth[-1]) % 7)
        first = last - timedelta(nth[-1] - nth[0])
    first += timedelta((nth[0] - first.isoweekday()) % 7)
    for one, weekday in zip(lines, nth, strict=True):
        yield Hit("date", first + timedelta(weekday - nth[0]), *one.span("weekday"), sure)


_WEEKDAY_LINE = compiled(
    rf"(?:\A|(?<=\n))[ \u3000]*(?:[-*·#]+ |[{_N}\d]{{1,2}}[、.)] ?|"
    rf"[(【])?(?P<weekday>{WEEKDAY})(?:[上下]午)?[)】]?(?=[ \u3000:、,\n(])"
)


def _today(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """今天 is the day of writing, which need not be today."""
    if not re.search(BLANK, said.text[: match.end()]):
        yield Hit("date", now(said), *match.span(match.lastgroup or 0), 0.5)


# 3号车, 九号台风, 2号点: one of several things
_NUMBERED_THING = (
    "(?<=号)(?:[车点台井岗库棚门桌柜仓墩沟渠段哨厅房窗床坑洞位泵塘池田地块片路桥坝闸桩站栋]|台风|网格|工单|文件|选手|案|箱|"
    "线|泵|单元)"
)

RULES = (
    Rule(
        "full-date",
        r"(?<!\d)(?P<year>\d{4})(?: ?年 ?| ?(?P<sign>[-/.]) ?)(?P<month>\d{1,2})(?(sign) ?(?P=sign) ?| ?月 ?)"
        r"(?P<day>\d{1,2})(?(sign)(?!\d)| ?[日号])",
        _digits,
        "2016年5月8日 星期日 多云\n下午去了村里。",
        (date(2016, 5, 8),),
        "计划2016年5月8日开工。",
    ),
    Rule(
        "month-day",
        r"(?<![\d年月])(?<!\d[-/.])(?P<year>)(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2})(?: ?[日号]| ?[-—~至到、] ?\d{1,2}[日号]|(?=[ ,)\n]))",
        _digits,
        "今天是5月8号，农历四月十八，好日子。",
        (date(2012, 5, 8),),
        "材料请在5月8日前交来。",
    ),
    Rule(
        "numerals",
        rf"(?:(?P<year>[〇零○{_N}]{{4}})年)?(?<![{_N}])(?<![农阴旧]历)(?P<common>(?<=[公阳新]历))?(?P<month>十[一二]?|[{_N}]|元(?=月))月(?P<day>三十一?|"
        rf"(?:二?十|廿)[{_N}]?|[{_N}]|(?<=元月)\d{{1,2}})(?(common)[日号]?|(?:[日号]|(?={OLD})))",
        _numerals,
        "五月二十八日 星期六 晴",
        (date(2016, 5, 28),),
        "农历五月二十八日他过寿。",
    ),
    Rule(
        "weekday-alone",
        rf"{_BEGINS}(?:[^\n。!?;,:]{{2,16}}[ \u3000]+(?={WEEKDAY}\s*\n))?\s*(?P<shift>上{{1,2}}个?|[本这]个?)?(?P<weekday>{WEEKDAY})(?!\s*[前之以要内的得])",
        _weekday_alone,
        "周三，代办记录。",
        (date(2016, 6, 1),),
        "每周三开会。",
    ),
    Rule(
        "today",
        r"\A(?:[\s\S]{0,600}?(?P<today>今[天日早晨儿晚])|[^\n]{0,60}?(?P<now>刚才|刚[去从到刚])|"
        r"\s*(?P<part>[上下]午|早上|一早|中午|傍晚|晚上))",
        _today,
        "跟各位说一下今天跑的几件事。",
        (date(2016, 6, 1),),
        "20xx年xx月x日 天气:晴\n今天去了二组。",
    ),
    Rule(
        "day-and-hours",
        rf"(?<![\d月年.楼栋-])(?P<day>\d{{1,2}})[日号](?={_HOURS})",
        _alone,
        "28日下午，我去了学校。",
        (date(2016, 5, 28),),
        "约好28日下午再来。",
    ),
    Rule(
        "day-of-today",
        rf"(?:\A|(?<=[。!?;\n]))[^,。\n]{{0,10}}?(?:今[天日]|今儿个?|昨[天日晚夜]|前天)(?:是|\(|)(?P<day>\d{{1,2}}|[{_N}]{{1,3}})[日号](?=[ ,)。]|{_HOURS}|{WEEKDAY})",
        _of_today,
        "今天（27号，礼拜五）去了七组。",
        (date(2016, 5, 27),),
        "说好今天（27号）交来。",
    ),
    Rule(
        "short-head",
        r"(?<![\d.])(?:(?P<year>\d\d|\d{4})(?:[-/.年]))?(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})(?![\d.%元万亩吨斤米里度℃倍分次岁级日号年-]|公[里斤]|千[米克瓦]|:\d)",
        _short,
        "5.8 晴\n去老李家。",
        (date(2016, 5, 8),),
        "他家有5.8亩地。水位3.2米。",
    ),
    Rule(
        "run-together",
        r"(?:\A|(?<=\n))[ \u3000]*(?:(?P<year>20\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)|"
        r"(?P<m>[01]\d)(?P<d>[0-3]\d)(?= ?(?:星期|周|礼拜|[晴阴雨雪]|多云)))",
        _run_together,
        "20160508\n去老李家。",
        (date(2016, 5, 8),),
        "20160508001号文件。",
    ),
    Rule(
        "counted-back",
        _BEGINS + (
            r"(?:[^\n]{0,40}?(?P<ago>(?:昨|大?前)(?:[天日晚夜儿]|天夜里)|"
            r"(?:上个?|[本这]个?)(?:月\d{1,2}[日号]|(?:星期|礼拜|周)[一二三四五六日天])))(?![前之]|的(?!事))"
        ),
        _counted_back,
        "昨天走访了8户。",
        (date(2016, 5, 31),),
        "他昨天来过，我今天去了。",
    ),
    Rule(
        "festival",
        _BEGINS + (
            r"\s*(?:今[天日儿]个?是?)?(?P<name>元旦|春节|元宵节?|清明节?|五一节?|劳动节|端午节?|六一节?|儿童节|七一|八一|三八节?(?=[那这])|"
            r"中秋节?|重阳节?|国庆节?|除夕)(?:这|那|当)?[天日]?(?=[,。 :]|"
            r"[^前之后期快临假]{0,4}(?:去|到|在|来|我|值班))"
        ),
        _festival,
        "清明节那天去了三组。",
        (date(2016, 4, 4),),
        "清明节前去三组。",
    ),
    Rule(
        "day-of-month",
        r"(?:\A|(?<=\n))[ \u3000-]*(?P<said>(?P<day>\d{1,2})[日号])(?=[ ,:、(]|[上下早晚])",
        _day_of_month,
        "五月走访小结\n6日 晴 去一组。",
        (date(2016, 5, 6),),
        "走访小结\n6日 晴 去一组。",
    ),
    Rule(
        "weekdays",
        rf"\A(?=[\s\S]{{0,400}}?{WEEKDAY})",
        _weekdays,
        "周一：开例会。\n周二：去三组。",
        (date(2016, 5, 30), date(2016, 5, 31)),
        "周二：去三组。\n周一：开例会。",
    ),
    Rule(
        "day-alone",
        rf"(?:(?<=[。!?;\n])|\A)[ \u3000]*(?:[一二三四五六七八九十][、.])?(?P<said>(?P<day>\d{{1,2}}|[{_N}]{{1,3}})[日号])(?![前内之以后起游楼店院线机网]|{_NUMBERED_THING})",
        _next_alone,
        "5月9日路灯不亮。10日换了灯。",
        (date(2016, 5, 10),),
        "5月9日路灯不亮。10日前换好。九号台风要来。",
    ),
    Rule(
        "lunar-day-alone",
        _BEGINS + r"\s*(?P<new_year>大年|正月)?(?P<day>初[四五六七八九十]|初[一二三](?=[, 早晚这那]))(?![中高年])",
        lunar_day_alone,
        "初八赶集，人多。",
        (date(2016, 5, 14),),
        "初二学生多，初八九班。",
    ),
    Rule("lunar-alone", rf"(?:(?P<year>\d{{4}}|{HAN_YEAR})年|今年)?(?P<lunar>{LUNAR})", lunar_alone, "农历四月十八，我去赶集。", (date(2016, 5, 24),), "他是农历四月十八生的。"),
)  # fmt: skip
