"""Whether a day that a text names is its own: it heads the text or a part of it, signs it, or opens what it tells."""

import re
from functools import lru_cache

from minqing.pages import read_head
from minqing.proposals._compiled import compiled
from minqing.proposals._said import Said, clause, line, sentence
from minqing.telling import WEEKDAY

TITLE = 40  # signs; no title is longer
_HEAD_LINES = 6  # a paper has its title, its number, its office and its date above the text
_LABEL = compiled(
    r"\s*(?:#+ *|[-*·] |\(?[一二三四五六七八九十\d]{1,2}[、).](?!\d) ?)?"
    r"(?:[【\[|]? ?(?:[一-鿿]{0,4}(?:日期|时间)|日记)[】\]]?(?: ?[::|])? *|[【\[(])?"
)
_TITLE_LINE = compiled(r"\s*[^\n。!?;]{1,40}\n")
# 二、, (3), 工单二:
_NUMBERED = compiled(
    r'[ \u3000"“”在于]*(?:[那这今当]天)?(?:正?是)?(?:\(?[一二三四五六七八九十\d]{1,2}[、).] ?|[①-⑳] ?|'
    r"[一-鿿]{1,6}(?:[一二三四五六七八九十]{1,2}|\d{1,2})(?:\([^)]{1,10}\))?: ?)?"
)
_ROW = compiled(r"[ \u3000|]*(?:序号?|第|No\.?)?\d{1,3} ?\| ?")  # 序2|4月8日|婚约|…
_DOES = compiled("(?![早上中下傍晚夜黑凌清晴阴雨雪多星周礼第记号日])[一-鿿]")  # 补助已下 11.15开工
_EDGE = " \u3000\t|·([【】《》:-—"  # signs before a day that stands apart in a title
_APART = compiled(rf"[ \u3000(]*(?:{WEEKDAY}|[晴阴雨雪])")
_BEHIND = compiled(
    rf"[\s,(]*(?:{WEEKDAY})?[\s)\]】》|]*(?:\d{{1,2}}:\d\d(?::\d\d)?[\s)\]】]*)?[电讯]?(?:\n|\Z)"
)
_IS_TODAY = compiled(rf"(?:今天|今日|今儿个?)(?:已经|正|也就)?(?:是|,)?(?:{WEEKDAY})?[,(]?(?:公历|阳历)?$")
_IN_BRACKETS = compiled(r"(?<!上次)(?<!上回)(?<!生日)\($")
_LABELLED = compiled(
    r"(?:^|[\s|;,。】])(?!出生|结婚|死亡|办证|参保|入党|截止|到期|完成|预计)[一-鿿]{0,4}(?:日期|时间)[】\]]? ?[:|] ?$"
)
_WRITTEN = compiled(r"(?:记于|写于|[(—]) ?$")
# What may stand behind the day that signs a text: the hour, the weather.
_ENDS = compiled(
    r"(?:[ \u3000](?:雨过天)?[晴阴雨雪雾云风霜热冷][一-鿿]{0,4})?[\s)记晚夜早下上午。]*(?:\d{1,2}(?:[时点]|:\d\d)(?:\d{1,2}分?|半)?)?[\s)记。]*"
)
_ON_GROUNDS = compiled(r"(?:根据|按照?|遵照|为|应)[^。\n]{0,40},$")
# 3月5日，我们…; 3月5日上午到…: somebody goes on to tell of that day.
_GOES_ON = compiled(
    r"\s*(?:,? ?我们?|(?:凌晨|清晨|早|上午|中午|下午|傍晚|晚)|[^,。]{0,12}(?:召开|走访|慰问|前往|来到|组织|开展|陪同|入户))"
)
_LINE_DAY = compiled(
    r"(?:\A|(?<=\n))[ \u3000#*·•●○◆▲★—-]*(?P<day>(?P<month>\d{1,2})[-/.](?P<of>\d{1,2}))(?=[ \u3000,:、(]|\n)"
)


def heads(said: Said, start: int, end: int) -> bool:
    """Whether a day heads the text, perhaps under a title or within it, or a part of the text."""
    after = _LABEL.match(said.text)
    if after and after.end() == start:
        return True
    title = _TITLE_LINE.match(said.text)
    after = title and _LABEL.match(said.text, title.end())
    if after and after.end() == start:
        return True
    if _in_head(said, start, end) or is_listed(said, start):
        return True
    begins, ends = line(said, start)
    label = _LABEL.fullmatch(said.text, begins, start)
    if label and re.search("日期|时间", label[0]):
        return True
    if _ROW.fullmatch(said.text, begins, start) and said.text[end : end + 1] == "|":
        return True
    if start - begins > TITLE or said.text[begins:start].strip(" \u3000#*-"):
        return False
    head = read_head(said.text[begins : min(ends, start + TITLE)].strip())
    return bool(head and head["marked"])


def _in_head(said: Said, start: int, end: int) -> bool:
    """Whether a day stands apart in one of the short lines above a text: 走访日志 2016.5.8, 党政办　2016年5月8日."""
    begins, ends = line(said, start)
    above = said.text[:begins]
    if above.count("\n") >= _HEAD_LINES or len(above) > _HEAD_LINES * TITLE or re.search("[。!?;]", above):
        return False
    own, before = said.text[begins:ends], said.text[begins:start]
    # 信访接待室 2025-11-13 四 …; …: it stands apart at the beginning, whatever the line goes on to say
    apart = 2 < len(before) <= TITLE // 2 and before[-1] in " \u3000" and not re.search("[。!?;,:]", before)
    if apart and not above and (end - start > 7 or _APART.match(said.text, end)):
        return True
    if len(own) > 2 * TITLE or re.search("[。!?;]", own):
        return False
    label = _LABEL.match(said.text, begins)
    if label and label.end() == start:
        return True
    last = bool(_BEHIND.match(said.text, end))
    does = said.text[start - 1] in " \u3000" and _DOES.match(said.text, end)
    apart = said.text[start - 1] in _EDGE and not does
    return start > begins and (apart or (last and len(own) <= TITLE))


def is_published(said: Said, start: int) -> bool:
    """Whether a day in the head of a text is that of a paper which tells of days before: 工作简报（第14期）."""
    begins, ends = line(said, start)
    if len(said.lines) > _HEAD_LINES and begins >= said.lines[_HEAD_LINES]:
        return False
    head = said.text[:ends]
    return (
        len(head) <= _HEAD_LINES * TITLE
        and not re.search("[。!?;]", head)
        and bool(_PAPER.search(head) and _OTHER_DAY.search(said.text, ends))
    )


_PAPER = compiled(
    "[简快专通早日晚]报|讯\n|通讯员|[编印]发|(?:党政|办公|街道)[办室](?:公室)?[编印 \u3000]|工作(?:信息|动态)|第[\\d一二三四五六七八九十]+期"
)


_OTHER_DAY = compiled(
    r"\d月\d{1,2}[日号]|\d[日号](?:[上下]午|晚)|[一二三四五六七八九十]月[一二三四五六七八九十]{1,3}[日号]|昨[天日晚]|日前|近日|前天|上周"
)


def is_listed(said: Said, start: int) -> bool:
    """Whether a short date heads its line as others do: 7-4 …, 7-6 …."""
    return start in _of_a_list(said.text)


@lru_cache(4)  # every day of a text asks
def _of_a_list(text: str) -> frozenset[int]:
    """Where lines begin with a short date, if two of them at least do, each no earlier than the one before."""
    days = [
        (int(match["month"]), int(match["of"]), match.start("day"))
        for match in _LINE_DAY.finditer(text)
        if 1 <= int(match["month"]) <= 12 and 1 <= int(match["of"]) <= 31
    ]
    if len(days) < 2 or days != sorted(days):
        return frozenset()
    return frozenset(start for _month, _day, start in days)


def signs(said: Said, start: int, end: int) -> bool:
    """Whether a day stands behind all that the text says."""
    if not _ENDS.fullmatch(said.text[end : end + TITLE]):
        return False
    written = _WRITTEN.search(said.text, max(0, start - 8), start)
    return bool(written) or "\n" in said.text[max(0, start - TITLE) : start]


def is_labelled(said: Said, start: int) -> bool:
    """填表日期:2025年5月29日, in whatever line."""
    return bool(_LABELLED.search(said.text, max(0, start - 12), start))


def is_today(said: Said, start: int) -> bool:
    """今天是5月8号, 今天(5月8日)."""
    return bool(_IS_TODAY.search(said.text, max(0, start - 12), start))


def stands_beside(said: Said, start: int, weekday: bool) -> bool:
    """Whether a day early in a text is told for its own sake: with its weekday, or in brackets on the first line."""
    return start < 3 * TITLE and (
        weekday
        or ("\n" not in said.text[:start] and bool(_IN_BRACKETS.search(said.text, max(0, start - 4), start)))
    )


def on_grounds(said: Said, start: int) -> bool:
    """Whether the text opens with why and goes on with the day: 根据镇里安排，5月8日，我们…."""
    begins = sentence(said, start)[0]
    return start - begins < 2 * TITLE and bool(_ON_GROUNDS.match(said.text[begins:start].strip()))


def opens(said: Said, start: int) -> bool:
    """Whether a clause begins here, so that the text goes on with the day."""
    return bool(_NUMBERED.fullmatch(said.text, clause(said, start)[0], start)) or _begins(said, start)


def opens_a_sentence(said: Said, start: int) -> bool:
    """Whether a sentence begins here."""
    return bool(_NUMBERED.fullmatch(said.text, sentence(said, start)[0], start)) or _begins(said, start)


# What somebody says first who speaks: 喂书记我昨天….
_GREETS = compiled(
    "(?:喂|哎|嗯|语音(?:转文字)?|录(?:一下|音)|那个|我|跟你|给你|跟大家|说|讲|报告|汇报|一下|哈|啊|嘛|呀|哦|"
    "[一-鿿]{0,2}(?:书记|主任|镇长|科长|站长|所长|姐|哥|总)){0,8}"
)


def _begins(said: Said, start: int) -> bool:
    """5月8日 behind 我于 or 我们在 at the beginning of the text."""
    before = said.text[: min(start, TITLE)].strip()
    return start < TITLE and bool(re.fullmatch("(?:我们?|本人)[于在]", before) or _GREETS.fullmatch(before))


def goes_on(said: Said, end: int) -> bool:
    """Whether what stands behind a day tells what was done on it."""
    return bool(_GOES_ON.match(said.text, end))
