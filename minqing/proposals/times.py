"""When on its day something was: 6点20分 … 10点10分, 晚20:00点, 上午九点, 14:00—15:20."""

import re
from collections.abc import Iterator
from itertools import pairwise

from minqing.lunar import number
from minqing.proposals._compiled import compiled
from minqing.proposals._own import opens_a_sentence
from minqing.proposals._said import WHOLE, Hit, Opening, Rule, Said, clause, opening, sentence, within

_N = "一二三四五六七八九十两"
_PART = "凌晨|清晨|早晨|早上|早|上午|中午|下午|傍晚|晚上|晚|夜里|半夜|深夜"
_LATE = ("下", "傍", "晚", "夜", "深")
_PART_SAID = compiled(_PART)
_BESIDE = 12  # signs: 5月8日 星期日 晴 9:30
_HEAD = 120  # signs; a time told farther on need not be when it began
_MORE = r"半|[一三]刻"
CLOCK = (
    rf"(?P<part>{_PART})?[ 近快]?(?<![\d.年月/])(?<!\d:)(?:(?P<hour>\d{{1,2}})"
    rf"(?::(?P<minute>\d\d)(?!\d|:\d\d:)点?|[点时](?!间|候|常|而)(?P<more>{_MORE}|\d{{1,2}}分?(?!亩|人|个|户))?)"
    # 一点 alone is "a little"
    rf"|(?P<till>(?<=[到至—-]))?(?P<han>十[一二]?|[{_N}])(?:点|"
    rf"时(?!间|候|常|而|刻|期|代|节))(?P<han_more>{_MORE}|[{_N}]{{1,3}}分|"
    rf"[一二三四五]?十[一二三四五六七八九]?(?![{_N}多来个户人名岁块元斤次张份条项件家位点]))?(?(part)|"
    rf"(?(till)|(?:(?<![点时])|(?=钟|[到至][\d{_N}])))))(?P<about>多钟?|左右|钟左右|来钟)?钟?"
)
_CLOCK = compiled(rf"(?=[\d{_N}凌清早上中下傍晚夜半深 近快]){CLOCK}")
_TO = compiled(r" ?(?:-+|—+|~|–|到|至) ?")
# 三点建议, 12点前: no time at which something was
_NO_TIME = compiled(
    r"(?:之?[前后]|以[前后]|截止|再|来[接送拿取修换拉]|[，、]?(?:建议|意见|要求|想法|体会|希望|措施|做法|内容)|"
    r"课堂|学校|班|那[趟班]|的[一-鿿]{0,2}[车班])"
)
_ENDS = compiled("[^\\d点时钟半刻分晚上午][到至] ?$")  # 扰民到凌晨两点
_PLAN = compiled(
    r"约(?:[在的了]|下?(?:周|星期|礼拜))|答应|说好|推迟|改[到在为成]|供[水电]|明[天日早晚]|后天|下周|约好|"
    r"定[于在]|之前|办公|办事时间|营业|值班时间|每[天日周晚早]|平时|一般"
)


def _clocks(said: Said) -> list[tuple[int, int, str, bool]]:
    """Every time of day that a text tells as having been: where, when, whether exactly."""
    found: list[tuple[int, int, str, bool]] = []
    for match in _CLOCK.finditer(said.text):
        start, end = match.span()
        signs = found and said.text[:start].endswith("日") and not said.text[end : end + _HEAD].strip()
        if signs or _NO_TIME.match(said.text, end):
            continue
        first, _last = clause(said, start)
        told = opening(said, start).told
        if (
            told
            and "昨" not in told.words
            and told.rule != "day-of-today"
            and re.search("昨[天日晚夜]|前天", said.text[first : start + 1])
        ):
            continue  # it was the day before
        if _PLAN.search(said.text, max(first, start - 20), start + 1) or _ENDS.search(
            said.text, max(0, start - 2), start
        ):
            continue
        last = found[-1] if found and found[-1][0] >= opening(said, start).start else None
        after = last and _TO.fullmatch(said.text, last[1], start)
        late = not match["part"] and (
            bool(last and after and last[2] >= "12") or _in_the_afternoon(said, match)
        )
        if not match["part"] and not late and last and (when := _when(match, False)) and when < last[2]:
            labelled = said.text[start - 1 : start] == ":"  # 散会时间:11:20
            late = not labelled and (_when(match, True) or "") >= last[2]  # times are told in their order
        if when := _when(match, late):
            found.append((start, end, when, not match["about"]))
    return found


_NIGHT = compiled(r"(?:昨|前|今|当)?(?:晚上?|夜里?)[^,。\n]{0,8}$")


def _in_the_afternoon(said: Said, match: re.Match[str]) -> bool:
    """Whether a time such as 四点半 is told where the afternoon is."""
    told = list(
        _PART_SAID.finditer(
            said.text, max(opening(said, match.start()).start, match.start() - 300), match.start()
        )
    )
    hour = int(match["hour"]) if match["hour"] else number(match["han"]) or 0
    if 7 <= hour < 12 and _NIGHT.search(said.text, max(0, match.start() - 12), match.start()):
        return True  # 昨晚(16号)十一点二十
    return bool(told and told[-1][0].startswith((*_LATE, "中")) and 1 <= hour <= 7)


def _when(match: re.Match[str], late: bool) -> str | None:
    hour = int(match["hour"]) if match["hour"] else number(match["han"])
    more = match["minute"] or match["more"] or match["han_more"] or "0"
    minute = {"半": 30, "一刻": 15, "三刻": 45}.get(more) or number(more.removesuffix("分"))
    if hour is None or minute is None:
        return None
    if (
        hour < 12
        and ((match["part"] or "").startswith(_LATE) or late)
        and not (match["part"] or "").startswith(("半", "深"))
    ):
        hour += 12
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _span(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    clocks = _clocks(said)
    for (start, end, first, exact), (again, last, second, sharp) in pairwise(clocks):
        if _TO.fullmatch(said.text, end, again) and first < second:
            sure = exact and sharp and _is_told_first(said, start, opening(said, start).start)
            sure = sure and not _is_of_others(said, start)
            yield Hit("time", f"{first}-{second}", start, last, 0.95 if sure else 0.7)


def _first_and_last(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """What begins at the first time told may end at the last."""
    clocks = _clocks(said)
    for part in said.openings:
        here = within(said, part, lambda clock: clock[0], clocks)
        exact = [clock for clock in here if clock[3]] or here
        if not exact:
            continue
        start, stop, first, sharp = exact[0]
        if len(exact) == 1:
            sharp = sharp and not _OF_EVERY_DAY.match(said.text, stop)
            at_head = _is_told_first(said, start, part.start) or said.text[:start].rstrip().endswith(":")
            sure = sharp and at_head and _in_first(said, start, part.start)
            sure = sure and _is_only(said, part, start, stop) and not _is_of_others(said, start)
            sure = sure and not _AT_NIGHT.search(said.text, max(0, start - 8), stop)
            yield Hit("time", first, start, stop, 0.92 if sure else 0.7)
        elif exact[-1][2] > first and _ENDED.search(
            said.text, exact[-1][0] - 8, clause(said, exact[-1][0])[1]
        ):
            yield Hit("time", f"{first}-{exact[-1][2]}", start, stop, 0.6)
        else:
            yield Hit("time", first, start, stop, 0.6)


def _in_first(said: Said, start: int, begins: int) -> bool:
    """Whether a time stands right beside the day of an event, or behind a label: nothing goes before it."""
    if said.text[:start].rstrip().endswith(":"):
        return True
    told = opening(said, start).told
    before = said.text[told.start + len(told.words) if told else begins : start]
    return len(before) <= _BESIDE and not re.search("[。!?]|截[至止]", said.text[begins:start])


_AT_NIGHT = compiled("昨|夜里|半夜|深夜|凌晨")  # what began then is told of the day after


def _is_of_others(said: Said, start: int) -> bool:
    """Whether somebody tells of a time, or water or light was off then."""
    return bool(_OF_OTHERS.search(said.text, max(sentence(said, start)[0], start - 12), start))


_OF_OTHERS = compiled("雨|雪|风|雾|说|讲|称|反映|告诉|[停断供]|开放|营业|值班|上课|排班|放学|接送")


def _is_only(said: Said, part: Opening, start: int, stop: int) -> bool:
    """Whether an event names no other time, be it one to come, nor when it was over: 下午两点开会，开到天黑."""
    end = next((one.start for one in said.openings if one.start > part.start), len(said.text))
    clocks = sum(1 for match in _CLOCK.finditer(said.text, part.start, end) if _is_time(match))
    return clocks < 2 and not _LASTED.search(said.text, stop, end)


def _is_time(match: re.Match[str]) -> bool:
    """Whether a clock tells a time by itself: 三点 may be three points."""
    return bool(match["part"] or match["minute"] or match["more"] or match["han_more"] or match["about"])


_LASTED = compiled(
    "[到至](?:[天太][黑亮]|半夜|深夜|后半夜|中午|晌午|傍晚|下午|晚上|天擦黑|散)"
    "|[近约大半两三一个]{1,3}(?:多?个?(?:多|半)?(?:小时|钟头)|[上下]午)才?(?:散|结束|谈|说|讲|调|开|看|走完)"
    "|(?:散会|结束|收工|回到|到家)[时已]"
)
_OF_EVERY_DAY = compiled("[就才]?(?:干|起床|出[摊门]|收摊|[上下]班|[开关]门)")  # 早三点干到十点


# 10点10分谈妥: what was then over.
_ENDED = compiled("[完妥成]|结束|散|才|回|离开|走了?[,。]|收[工队]|忙到|直到")


def _is_told_first(said: Said, start: int, begins: int) -> bool:
    """Whether a time near the head of an event stands in its first sentence or opens one: 尿检阴性。在市场扛货，早三点起 does not."""
    return start - begins < _HEAD and (
        opens_a_sentence(said, start)
        or sentence(said, start)[0] <= said.text.find("\n", begins) + 1
        or sentence(said, start)[0] <= begins
    )


RULES = (
    Rule("span", WHOLE, _span, "5月8日 14:00—15:20 入户", ("14:00-15:20",), "办事时间9:00-11:30。"),
    Rule(
        "first-and-last",
        WHOLE,
        _first_and_last,
        "早上5点多电话响了。6点20分到她家，10点10分谈妥。",
        ("06:20-10:10",),
        "我说三点建议，12点前办完。",
    ),
)
