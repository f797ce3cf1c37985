"""By when something is to be done, as people say it in passing: 周五前, 48小时内, 12月底前, 明天中午."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from minqing.days import bounds, nearest_day, read_due
from minqing.errors import UsageError
from minqing.lunar import number, to_lunar
from minqing.proposals._compiled import compiled
from minqing.proposals._said import Said, day_at, opening

_N = "一二三四五六七八九十两半"
_NUMBER = rf"(?:\d{{1,2}}|[{_N}]{{1,3}})"
_AT = rf"{_NUMBER}(?:[点时]钟?|:\d\d)(?:半|[一三]刻|{_NUMBER}分?)?"
_PART_OF_DAY = "下班|天[黑亮]|一早|早上|上午|中午|下午|傍晚|晚上|夜里"
_CLOCK = rf"(?:{_PART_OF_DAY})?(?:{_AT})?"
_DAY = (
    rf"(?:(?:\d{{4}}年|今年|明年|本年)?{_NUMBER}月份?{_NUMBER}[日号]|"
    rf"(?<![\d{_N}第月限])(?<!限期)(?:(?:本|这|下)个?月)?{_NUMBER}[日号](?!调解|[三楼院门线地井坝塘桥机网库店路栋房床]))"
)
_WEEK = r"(?:(?:本|这|下)?个?(?:周|星期|礼拜)[一二三四五六日天](?!个))"
_END = (
    rf"(?:(?:本|这|下)?个?月[底末]|(?:今年|明年)?(?:\d{{1,2}}|[{_N}]{{1,2}})月[底末]|(?<![去前])(?:今|明)?年[底末]|"
    rf"(?:本|这|下)?个?(?:周|星期|礼拜)[底末])"
)
_PART = rf"(?:(?:今年|明年)?{_NUMBER}|(?:本|这|下)个?)月(?:份)?[上中下]旬|(?:本|这|下)个?月中"
_LUNAR = rf"(?:农历)?(?:(?:正|腊|冬|[{_N}]{{1,2}})月(?:初[{_N}]|[{_N}廿]{{2,3}})|[腊冬]月{_NUMBER}[日号])"
# The day of a month on which a term of the sun begins in 1900, with what a year adds; right but for a year in seventy.
_TERMS = {
    "小寒": (1, 6.4), "大寒": (1, 21.13), "立春": (2, 4.89), "雨水": (2, 19.71), "惊蛰": (3, 6.4), "春分": (3, 21.4),
    "谷雨": (4, 20.88), "立夏": (5, 6.3), "小满": (5, 21.82), "芒种": (6, 6.48), "夏至": (6, 22.15), "小暑": (7, 7.91),
    "大暑": (7, 23.61), "立秋": (8, 8.3), "处暑": (8, 23.91), "白露": (9, 8.4), "秋分": (9, 23.82), "寒露": (10, 9.1),
    "霜降": (10, 24.22), "立冬": (11, 8.22), "小雪": (11, 23.13), "大雪": (12, 7.95), "冬至": (12, 22.67),
}  # fmt: skip
_TERM = "|".join(_TERMS)
_FESTIVAL = (
    rf"(?:春节|元旦|元宵|清明|端午|中秋|重阳|国庆|十月一(?=[之以前])|六一|七一|八一|五一|十一|过年|年三十|教师节|"
    rf"开学(?=[之以前])|除夕|(?<![去前\d几多周当成{_N}])年(?=前(?!夕)))节?"
)
# 七月十五 is of the moon only in a text that tells days by the moon; 七月初五 and 八月十五 always are.
_EITHER_MOON = compiled(
    "(?!八月十五)(?:[一二三四五六七八九]|十[一二]?)月(?:十[一二三四五六七八九]?|二十[一二三四五六七八九]?|三十)"
)
_WITHIN = rf"(?:\d{{1,3}}|[{_N}]{{1,3}})(?:个?(?:天|日|周|星期|礼拜|月|小时|钟头|工作日))"
# With 前 or 内 behind it, or the like, a time is a due day whatever stands around it.
DUE = compiled(
    rf"(?P<before>(?:(?:(?:本|这|下)个?月|(?<!\d)\d{{1,2}}月(?=\d)){_NUMBER}(?=[之以]?前)|{_DAY}|{_WEEK}|"
    rf"(?<!以)大?后[天日]|[今明当][天日]|今晚|明[早晚]){_CLOCK}|"
    rf"(?<![\d./])(?:\d{{4}}[./])?\d{{1,2}}[./]\d{{1,2}}(?= ?(?:下班|中午|晚上)?[之以]?前)|{_END}|{_PART}|{_LUNAR}|{_FESTIVAL}|"
    rf"{_TERM}|(?:\d{{1,2}}|[{_N}]{{1,2}})月(?:份)?)(?:放假|收假)?(?:之前|以前|前(?!后|夕|十|[一两三四五六七八九\d]{{1,2}}[天日周]|年|期|往|去|几|来(?!交)))"
    rf"|(?<!月)(?P<moon>初[{_N}]|十[一二三四五六七八九]?(?![月天年分点一二三四五六七八九])|"
    rf"二十[一二三四五六七八九]?|廿[{_N}]?)(?:之前|以前|前(?!后))"
    rf"|(?P<within>{_WITHIN}|(?:本|这|下)个?(?:周|星期|礼拜|月)|(?:今|明|(?<![{_N}\d几多成全]))年|[今当]天|"
    rf"[今当]日)(?:之内|以内|内)"
    rf"|(?P<hour>下班|天黑|天亮|中午|傍晚|[早午晚]饭|(?:{_PART_OF_DAY})?{_AT})(?:之前|以前|前(?!后))"
    rf"|(?P<end>{_END}|{_PART})"
    rf"|(?P<soon>明天(?!天)|(?<!以)大?后天(?!天)|后日(?=[一-鿿])|明[早晚日]|明儿个?|今晚|今天(?=就|必须|务必|就[得要])|"
    rf"下{{1,2}}(?:个?(?:周|星期|礼拜)(?:[一二三四五六日天](?!个))?|个?月(?!初|{_NUMBER}[日号])))"
    rf"|(?P<day>{_DAY}|{_WEEK}|{_LUNAR}|{_FESTIVAL}(?=回|[来去给就带请送]))(?!\d|以来|[—~-]|至|到\d)"
    rf"|(?P<new>(?:大年|节后|正月)初[{_N}]|(?<!月)(?:初[四五六七八九十]|廿[{_N}])(?=[一-鿿])(?!前后|级|中))"
    rf"|(?P<next>次日)"
    rf"|(?P<today>今天(?:上午|中午|下午|晚上))"
    rf"|(?P<later>(?:过)?{_WITHIN}[之以]?后)"
    rf"|(?P<month>(?:\d{{1,2}}|[{_N}]{{1,2}})月份?(?![\d底初末]|[上中下]旬|中|开学))"
    rf"|(?P<span>(?:本|这)个?(?:周|星期|礼拜|月)(?![一二三四五六日天初底末中内]|的?(?:[补工水电话房租奖]|份|表|账)))"
)

_HELD = compiled(
    "(?:召开|开展|完成|启动|举办|组织|开工|动工|开|发展|推进|争取|回来|建成|上会|验收|投产|交房|进场|[带去来给办送报])"
)


# Most clauses have none of these, and looking for them is quick.
_MAYBE = compiled(
    rf"\d|{_TERM}|[{_N}][天日号周个月年]|初[{_N}]|[正腊冬]月|[周底末旬]|星期|礼拜|[明后今次][天日早晚儿]|[./]\d|"
    rf"年[内三]|开学|廿|节|前|[下这本]个?月|内|月中"
)

_FROM_THEN = compiled("(?:一(?:到|有|批|下|齐|来)[一-鿿]{0,4}|到位|[之以]?后|等[一-鿿]{1,8}[了好完]),?$")
_NTH_THEN = compiled("(?:后|过)的?(?:头|第)[一二三]?个?$")
_NEXT_YEAR = 240  # days; a bare day farther off is one of this year that is past


class Due(NamedTuple):
    """A due day and the words for it; `firm` where the words themselves say that it is one."""

    day: date
    start: int
    end: int
    firm: bool
    kind: str  # which group of DUE
    counted: bool  # from the day of the text: 五天内, 下周, 月底

    @property
    def loose(self) -> bool:
        """Whether such words tell of something past as often as not: 三天后, 本周."""
        return self.kind in ("later", "span", "next")


_COUNTED = frozenset(("within", "hour", "end", "soon", "new", "next", "today", "later", "span"))
_FROM_TODAY = compiled(r"(?:本|这|下)?个?(?:周|星期|礼拜|月)|[今明当]|大?后[天日]")  # 周日前, 月底前, 明早前


def due_in(said: Said, start: int, end: int) -> Due | None:
    """The first due day that a stretch of text sets."""
    if not _MAYBE.search(said.text, start, end):
        return None
    for match in DUE.finditer(said.text, start, end):
        before = said.text[max(start, match.start() - 6) : match.start()]
        begins = said.text.startswith(("起", "开始"), match.end())  # 从明天起: by then it is done
        if (
            (before.endswith("从") != begins and not (begins and (match["soon"] or match[0][0] in "周星礼")))
            or (before.endswith(tuple("自上起至")) and not before.endswith("想起"))
            or (before.endswith("是") and not match["before"])
            or "每" in before
        ):
            continue
        if match["day"] and re.search(r"\d[日号.]? ?$", before) and match[0][0] in "周星礼":
            continue  # 6月17日 周二: the weekday of a day
        if before.endswith("(") and said.text.startswith(")", match.end()):
            continue  # 昨天(3月6日)
        if said.text.startswith(("到期", "届满", "过期"), match.end()):
            continue  # 电梯年检11月5日到期，本周内联系: not by when it is to be done
        if match["soon"] and begins and match[0][-1] in "周期拜月":
            continue  # 下周起每周二上午来: by no day
        if match["before"] and _NTH_THEN.search(said.text, max(start, match.start() - 8), match.start()):
            continue  # 国庆节后头个星期五之前
        if match["within"] and _FROM_THEN.search(said.text, max(0, match.start() - 16), match.start()):
            continue  # 钱一到位,五天内进场
        if match["month"] and not _HELD.match(said.text, match.end()):
            continue
        words = match[match.lastgroup or 0]
        if _EITHER_MOON.fullmatch(words) and not _tells_moon(said, match.start()):
            words += "日"
        day = _day(match, words, day_at(said, match.start()))
        told = day_at(said, match.start())
        # a bare day that is the text's own is the one it tells of
        if match["day"] and day and (day - told).days > _NEXT_YEAR:
            continue  # 七月二十日开工, told in September
        if day and (day > told if match["day"] else day >= told):
            kind = match.lastgroup or ""
            firm = kind in ("before", "within", "hour", "soon", "moon")
            return Due(day, *match.span(), firm, kind, kind in _COUNTED or bool(_FROM_TODAY.match(words)))
    return None


def _tells_moon(said: Said, at: int) -> bool:
    """Whether the text tells its own day by the moon."""
    told = opening(said, at).told
    return told is not None and told.rule.startswith("lunar")


def _day(match: re.Match[str], words: str, today: date) -> date | None:
    kind = match.lastgroup
    words = re.sub("个?(?:星期|礼拜)", "周", words).replace("这", "本")
    words = re.sub(rf"(?<=.)(?:{_PART_OF_DAY})?(?:{_AT})?$", "", words)
    words = re.sub("(?<=^[腊冬]月)(.{1,3})[日号]$", r"\1", words)
    words = re.sub("^明儿个?", "明天", words).replace("十月一", "国庆").replace("年三十", "除夕")
    words = re.sub(r"[./](?=\d{1,2}$)", "月", re.sub(r"(?<=\d{4})[./]", "年", words))
    words = re.sub("^[一二两三四五六七八](?=[二两三四五六七八九][天日周个])", "", words)  # 三五天内
    words = re.sub("^当(?=[天日]$)", "今", words)
    if words == "开学":
        return date(today.year, 9, 1) if 4 <= today.month <= 8 else None
    if words in _TERMS:
        return nearest_day(lambda year: _term(words, year), today, today)
    if kind == "moon" or kind == "new":
        return _in_moon(re.sub("^(?:大年|节后|正月)", "", words), today)
    if kind in ("hour", "today") or words in ("今天", "今日", "当天", "当日"):
        return today
    if kind == "within" and (hours := re.fullmatch(r"(.+?)个?(?:小时|钟头)", words)):
        n = number(hours[1])
        return today + timedelta((n + 23) // 24) if n else None
    if kind == "within" and (days := re.fullmatch(r"(.+?)个?工作日", words)):
        return _working_days(today, number(days[1]) or 0)
    if kind == "before" and (month := re.fullmatch(r"(\d{1,2}|[一二三四五六七八九十]{1,2})月份?", words)):
        end = _read(f"{month[1]}月底", today)
        return bounds(end, "month")[0] - timedelta(1) if end else None
    if part := re.fullmatch(r"(.*?)个?月份?([上中下]旬|中)", words):
        return _part_of_month(part[1], part[2], today)
    if kind == "later":
        return _read(words.removeprefix("过"), today)
    if kind == "month":
        return _read(words.removesuffix("份") + "底", today)
    if words in ("周末", "周底"):  # said on a Sunday it is the next one
        return _read("本周末" if today.isoweekday() < 7 else "下周末", today)
    if kind == "next":
        return _read("明天", today)
    if kind == "span" or re.fullmatch(r"下{1,2}个?[周月]", words):
        return _read(words.replace("个", "") + "末", today)
    if kind == "within" and not words[0].isdigit() and re.match("[本下今明]", words):
        return _read(words.replace("个", "") + "末", today)
    if (
        kind == "before"
        and re.fullmatch(rf"(?:\d{{1,2}}|[本下]个?)月{_NUMBER}", words)
        and (day := _read(f"{words}日", today))
    ):
        return day
    return _read(words + ("内" if kind == "within" else ""), today)


def _in_moon(words: str, today: date) -> date | None:
    """十五前 without a month: the next such day of the moon."""
    moon = to_lunar(today)
    months = "正二三四五六七八九十冬腊"
    for month in range(moon.month - 1, moon.month + 1) if moon else ():
        day = _read(f"农历{months[month % 12]}月{words}", today)
        if day and day - today < timedelta(31):
            return day
    return None


def _term(name: str, year: int) -> date:
    """The day of a year on which a term of the sun begins."""
    month, first = _TERMS[name]
    years = year - 1900 - (month < 3)  # a leap day counts from March
    return date(year, month, int(years * 0.2422 + first) - years // 4)


def _part_of_month(month: str, part: str, today: date) -> date | None:
    """6月上旬, 下个月中旬, 本月中: its last day."""
    end = _read(f"{month}月底", today)
    last = {"上旬": 10, "中旬": 20, "中": 15}
    return end.replace(day=last.get(part, end.day)) if end else None


def _working_days(day: date, n: int) -> date:
    """The n-th day from Monday to Friday after a day; holidays are not known."""
    for _ in range(min(n, 366)):
        day += timedelta(3 if day.weekday() == 4 else 2 if day.weekday() == 5 else 1)
    return day


def _read(words: str, today: date) -> date | None:
    try:
        return read_due(words, today)
    except UsageError:
        return None
