"""The day that a line may begin with, and what stands behind it there: 5月8日 6:20到10:10 多云转阴 走访赵小梅家. Pure."""

import re
from contextlib import suppress
from datetime import date as Date

from minqing.capture import CLOSING, OPENING
from minqing.days import ENGLISH_DATE, ENGLISH_WEEKDAY, find_day
from minqing.front import Tree
from minqing.pages import is_ruled
from minqing.proposals.heads import WEATHER
from minqing.telling import HAN_DAY, HAN_YEAR, LUNAR, WEEKDAY
from minqing.values import Unreadable, read_time
from minqing.words import VALUES

_KINDS = "|".join(word for words in VALUES["kind"].values() for word in words)
_TOLD_FROM_TODAY = rf"(?:[今昨前]天|上{{1,2}}(?:周|星期)[一二三四五六日天]|{WEEKDAY})"
_ENGLISH_SKY = (
    "(?:sunny|clear|cloudy|overcast|fog|foggy|rain|rainy|snow|snowy|wind|windy|storm|stormy|hot|cold)"
)
_ENGLISH_WEEKDAY = rf"(?:{ENGLISH_WEEKDAY}|Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)"
_ENGLISH_ON = rf"\s*(?:$|\n|[,:({OPENING}])| +(?:{_ENGLISH_WEEKDAY}\b|{_ENGLISH_SKY}|\d{{1,2}}:\d\d|{'|'.join(VALUES['kind'])})"
_HOUR = "(?:[上下中]午|[早晚]上)"
_GOES_ON = rf"$|\n|[{OPENING}]|{WEEKDAY}|\d{{1,2}}[:：点]|晴|阴|多云|雨"
# Behind a day that a sentence speaks of: 6月8日前完成, 6月8日起停水
_NO_HEAD = "(?!的|[之以][前后]|前(?![往去来])|起(?![草早床]))"
DAY_HEAD = re.compile(
    rf"[\ufeff \t　]*(?:[#*-]+ +)?[{OPENING}]?(?:日期[:：] ?)?(?:{WEEKDAY}[ ，,（(]{{0,2}}(?=\d))?(?P<day>"
    rf"(?:\d{{4}}|{HAN_YEAR}|去|今) ?[-/.年] ?(?:\d{{1,2}} ?[-/.月] ?\d{{1,2}}|{HAN_DAY}) ?[日号]?"
    rf"|(?:\d{{1,2}} ?月 ?\d{{1,2}}|{HAN_DAY}) ?[日号]|20\d{{6}}(?!\d)|{LUNAR}"
    rf"|{ENGLISH_DATE}(?={_ENGLISH_ON})"
    # a fraction or a range is no day, and a sentence may begin with 昨天: only what goes on like a head
    rf"|\d{{1,2}}[-/.]\d{{1,2}}(?=\s*(?:{_GOES_ON}|{_HOUR})|\s+(?:{_KINDS}|去|到|在|开会))"
    rf"|{_TOLD_FROM_TODAY}(?={_HOUR}?(?:\s*(?:{_GOES_ON})|\s+(?:{_KINDS}|开会)))"
    rf"){_NO_HEAD}"
)
_FIRST = re.compile(
    rf"[\ufeff \t　]*(?:(?:走访|会议|活动|调研|记录)?时间[:：] ?(?P<told>\d[\d年月/.-]+[日号]?)"
    rf"|(?P<day>{_TOLD_FROM_TODAY}|(?i:yesterday|today)\b))"
)
# Over what somebody wrote in a chat: 赵小梅 5月8日 20:31
_SAID_BY = rf"(?P<by>[^\s，,。：:{OPENING}]{{1,20}})[ \t　]+(?P<day>(?:\d{{4}} ?[-/.年] ?)?\d{{1,2}}[-/.月]\d{{1,2}}日?)"
_MESSAGE = re.compile(rf"[ \t　]*{_SAID_BY}(?=[ \t]+\d{{1,2}}:\d\d(?::\d\d)?[ \t]*(?:\n|$))")
_NTH = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_NUMBERED = re.compile(rf"[ \t　]*(?:{_NTH}[、.．)）]|[(（]{_NTH}[)）]|[☆★●◆○·])[ \t　]*")


def head_day(
    text: str, at: int, until: Date, first: bool = False, near: Date | None = None
) -> tuple[Date, int] | None:
    """The day that the line at a place begins with, and where the day ends. Raises UsageError for one that is none.

    What leaves the year open is the latest day up to `until` or, if given, the one that is nearest to `near`.
    On the `first` line of a text 昨天 heads it whatever follows, and 时间：5月8日 does.
    """
    if match := DAY_HEAD.match(text, at) or _MESSAGE.match(text, at):
        said = match["day"]
    elif match := _FIRST.match(text, at) if first else None:
        said = match["told"] or match["day"]
    if not match:
        return None
    day = find_day(said, until)
    if near and not tells_year(said) and not re.match(_TOLD_FROM_TODAY, said):
        days = (find_day(said, near), find_day(said, near, near))
        day = min((day for day in days if day), key=lambda day: abs(day - near), default=None)
    return (day, match.end()) if day else None


def tells_year(words: str) -> bool:
    """Whether the words of a day tell its year."""
    return re.search(rf"\d{{4}}|{HAN_YEAR}|[去今]年", words) is not None


def of_message(line: str) -> bool:
    """Whether a line is that over a message of a chat: one of a day has many."""
    return _MESSAGE.match(line) is not None


def behind_number(line: str) -> tuple[str, str] | None:
    """What a line such as 2、5月8日 走访 begins with, and its day: it heads nothing."""
    number = _NUMBERED.match(line)
    match = DAY_HEAD.match(line, number.end()) if number else None
    return (line[: match.end()].strip(), match["day"]) if match else None


_INDENT = "\u3000"


def guarded(line: str) -> str:
    """A line of an entry's own text that begins with a day, indented so that it heads no other entry."""
    if not (DAY_HEAD.match(line) or of_message(line) or is_ruled(line.lstrip(_INDENT))):
        return line
    indent = len(line) - len(line.lstrip(_INDENT))
    return line if indent and indent % 2 == 0 else _INDENT * (indent + 1) + line


def unguarded(line: str) -> str:
    """A line as it was before it was guarded; people indent by two, so that an odd indent is ours."""
    indent = len(line) - len(line.lstrip(_INDENT))
    ours = indent % 2 and (DAY_HEAD.match(line) or of_message(line) or is_ruled(line[indent:]))
    return line[(indent + 1) // 2 :] if ours else line


_DEGREES = r"-?\d{1,2}(?:[-~～至到]-?\d{1,2})?(?:℃|°C|度)"
_WEATHER = re.compile(rf"(?:天气[:：]?)?({WEATHER}|(?i:{_ENGLISH_SKY})|[☀⛅☁⛈❄🌤-🌬]\ufe0f?|{_DEGREES})")
_WEEKDAY = re.compile(rf"[（(]?({WEEKDAY}|{_ENGLISH_WEEKDAY})[）)]?")
_LUNAR = re.compile(rf"[（(]?({LUNAR})[）)]?")
SPAN = re.compile(r" ?[-—–~～至到] ?(?:\d{1,2}月)?\d{1,2}[日号]")  # behind a day, the day that it goes on to
_TITLE = 30
# An English title is several words; it ends at a sign, or where the head does.
_ENGLISH_TITLE = re.compile(r"[A-Za-z][ !$-?A-~]{1,58}?(?=[.,;:!?](?:\s|$)|\s*$)")
# What people list behind the day: ，星期二，晴。 or | 雨 | 14:30
_BETWEEN = r"\s，,、·|｜"
_LISTED = re.compile(
    rf"(?:[{_BETWEEN}]*(?:(?:{WEEKDAY}|{LUNAR}|(?:天气[:：]?)?{WEATHER}|{_DEGREES}|\d\d?[:：]\d\d(?:[-—~～到至]\d\d?[:：]\d\d)?)"
    rf"(?=[{_BETWEEN}。]|$)))+[{_BETWEEN}。]*"
)
_HOURS = ("凌晨", "清晨", "早晨", "早上", "上午", "中午", "下午", "傍晚", "晚上", "夜里")  # no title


_BEFORE = re.compile(rf"\W*({WEEKDAY})")


def opened(before: str, said: str) -> str:
    """The words behind a day together with those before it: 周三 开会 of 周三（5月25日）开会."""
    if re.search(rf"[（({OPENING}]", before):
        said = re.sub(rf"[）){CLOSING}]", " ", said, count=1)
    found = re.fullmatch(_SAID_BY, before.strip()) or _BEFORE.match(before)
    return f"{found[1]} {said}" if found else said


def head_words(head: str) -> tuple[dict[str, Tree], str]:
    """What stands behind the day in a head, by key, and the text that it goes over into."""
    tree: dict[str, Tree] = {}
    head = re.sub(rf"[（(]({WEEKDAY}|{LUNAR})[）)]", r" \1 ", head)
    if listed := _LISTED.match(head):
        head = f"{re.sub('[，,、·|｜。]', ' ', listed[0])} {head[listed.end() :]}"
    titled = 0  # where the title ends
    for match in re.finditer(r"\S+", head):
        if match.start() < titled:
            continue
        word = match[0].strip("，,、；;：:·|｜")
        key, value = _head_word(word)
        if key and key not in tree:
            tree[key] = value
        elif key == "weather" and re.fullmatch(_DEGREES, value):
            tree[key] = f"{tree[key]} {value}"
        elif not word:
            continue
        elif "title" not in tree and (english := _ENGLISH_TITLE.match(head, match.start())):
            tree["title"], titled = english[0], english.end()
        elif word in _HOURS or len(word) > _TITLE or re.search("[。！？；，]", match[0]) or "title" in tree:
            return tree, head[match.start() :]
        else:
            tree["title"] = word
    return tree, ""


def _head_word(word: str) -> tuple[str, str]:
    """The key of a word in a head and its value; no key for a word of the title."""
    for key, pattern in (("weekday", _WEEKDAY), ("lunar", _LUNAR), ("weather", _WEATHER)):
        if match := pattern.fullmatch(word):
            return key, match[1]
    word = re.sub(r"^T(?=\d)|(?<=\d:\d\d):\d\d", "", word)  # as programs write it
    if re.search("[:：点时]", word):
        with suppress(Unreadable):
            return "time", read_time(word)
    return "", word
