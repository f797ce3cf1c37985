"""By when something is to be done, as people say it in passing: 周五前, 48小时内, 12月底前, 明天中午."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from minqing.days import bounds, read_due
from minqing.errors import UsageError
from minqing.lunar import number
from minqing.proposals._said import Said, day_at

_N = "一二三四五六七八九十两半"
_DAY = r"(?:(?:\d{4}年|今年|明年)?\d{1,2}月\d{1,2}[日号]|(?<![月\d])\d{1,2}[日号])"
_WEEK = r"(?:(?:本|这|下)?个?(?:周|星期|礼拜)[一二三四五六日天])"
_END = rf"(?:(?:本|这|下)?个?月[底末]|(?:今年|明年)?(?:\d{{1,2}}|[{_N}]{{1,2}})月[底末]|(?:今|明)?年[底末]|(?:本|这|下)个?(?:周|星期|礼拜)[底末])"
_LUNAR = rf"(?:农历)?(?:正|腊|冬|[{_N}]{{1,2}})月(?:初[{_N}]|[{_N}廿]{{2,3}})"
_FESTIVAL = "(?:春节|元旦|元宵|清明|端午|中秋|重阳|国庆|六一|七一|八一|五一|十一|过年)节?"
_WITHIN = rf"(?:\d{{1,3}}|[{_N}]{{1,3}})(?:个?(?:天|日|周|星期|礼拜|月|小时|钟头|工作日))"
# With 前 or 内 behind it, or the like, a time is a due day whatever stands around it.
DUE = re.compile(
    rf"(?P<before>{_DAY}|{_WEEK}|{_END}|{_LUNAR}|{_FESTIVAL}|(?:今|明|后)天(?:上午|中午|下午|晚上)?|(?:\d{{1,2}}|[{_N}]{{1,2}})月(?:份)?)(?:之前|以前|前(?!年|期|往|去|几))"
    rf"|(?P<within>{_WITHIN}|(?:本|这|下)个?(?:周|星期|礼拜|月)|(?:今|明)年)(?:之内|以内|内)"
    rf"|(?P<end>{_END})"
    rf"|(?P<soon>明天|后天|明[早晚]|今晚|今天(?:上午|中午|下午|晚上)(?!了)|下(?:个?(?:周|星期|礼拜)(?:[一二三四五六日天])?|个?月))"
    rf"|(?P<day>{_DAY}|{_WEEK})"
    rf"|(?P<month>(?:\d{{1,2}}|[{_N}]{{1,2}})月份)"
)

_HELD = re.compile("(?:召开|开展|完成|启动|举办|组织|开工|动工|开)")


# Most clauses have none of these, and looking for them is quick.
_MAYBE = re.compile(rf"\d|[{_N}][天日周个月年]|[周底末]|星期|礼拜|[明后今][天早晚]|节|前|下个?月|内")


class Due(NamedTuple):
    """A due day and the words for it; `firm` where the words themselves say that it is one."""

    day: date
    start: int
    end: int
    firm: bool


def due_in(said: Said, start: int, end: int) -> Due | None:
    """The first due day that a stretch of text sets."""
    if not _MAYBE.search(said.text, start, end):
        return None
    for match in DUE.finditer(said.text, start, end):
        before = said.text[max(start, match.start() - 6) : match.start()]
        if before.endswith(tuple("自从上是")) or "每" in before:
            continue
        if match["month"] and not _HELD.match(said.text, match.end()):
            continue
        day = _day(match, day_at(said, match.start()))
        if day and day >= day_at(said, match.start()):
            return Due(day, *match.span(), match.lastgroup in ("before", "within", "soon"))
    return None


def _day(match: re.Match[str], today: date) -> date | None:
    kind, words = match.lastgroup, match[match.lastgroup or 0]
    if kind == "within" and (hours := re.fullmatch(r"(.+?)个?(?:小时|钟头)", words)):
        n = number(hours[1])
        return today + timedelta((n + 23) // 24) if n else None
    if kind == "within" and (days := re.fullmatch(r"(.+?)个?工作日", words)):
        return _working_days(today, number(days[1]) or 0)
    if kind == "before" and (month := re.fullmatch(r"(\d{1,2}|[一二三四五六七八九十]{1,2})月份?", words)):
        end = _read(f"{month[1]}月底", today)
        return bounds(end, "month")[0] - timedelta(1) if end else None
    if kind == "month":
        return _read(words.removesuffix("份") + "底", today)
    if kind == "soon" and re.fullmatch(r"下个?(?:周|星期|礼拜|月)", words):
        return _read(re.sub("星期|礼拜", "周", words) + "末", today)
    if kind == "within" and not words[0].isdigit() and re.match("[本这下今明]", words):
        return _read(re.sub("星期|礼拜", "周", words).replace("这", "本").replace("个", "") + "末", today)
    return _read(words + ("内" if kind == "within" else ""), today)


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
