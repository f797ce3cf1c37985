"""Words typed on one line to facts: 没有低保 @赵小梅 #welfare !6月8日, 慰问金 200元 x 7 fund=卫生局. Pure."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date as Date
from typing import Any

from minqing.days import ENGLISH_COUNT, ENGLISH_DATE, ENGLISH_WEEKDAY, N, read_due
from minqing.errors import UsageError
from minqing.model import Aid, Figure, Item
from minqing.schema import AID, FIGURE, ITEM, make_aid
from minqing.shapes import Fields
from minqing.values import HAN, Unreadable
from minqing.words import (
    FULLWIDTH,
    FULLWIDTH_ALNUM,
    KEYS,
    MEASURES,
    MONEY,
    VALUES,
    key_of,
    plain,
    value_of,
    words_of,
)


class BadValue(UsageError):
    """A value that its key cannot hold, said in the two sentences of its reader."""

    def __init__(self, key: str, cause: Unreadable) -> None:
        record = next((name for name, keys in KEYS.items() if key in keys), None)
        super().__init__("{key}: {cause} — {remedy}", key=key, record=record)
        self.cause = cause


QUOTED = r'"(?:[^"\\]|\\.)*"'
OPENING, CLOSING = "【［〖", "】］〗"  # what marks stand in
_ENDS = rf"\s，,、；;：:。！!？?@＠#＃{OPENING}{CLOSING}（）()"
# @ may follow a Chinese sign where its name ends with a space or all but a day is said; ! and # are signs of sentences too
_MARK = re.compile(
    rf"(?:(?:^|(?<=[\s，,、；;：。]))([@#!＠＃！])|(?<=[\u3400-\u9fff])([@＠])"
    rf"(?=[^{_ENDS}]+(?:\s|[。；]*$|[，,；;]\s*(?:[@#＠＃]|[^\s，,；;。]{{1,12}}[前内底][。；]*$))))[ 　]?"
    rf"({QUOTED}|[^{_ENDS}]+(?:[（(][^（）()\n]{{1,20}}[）)])?)"
)
# its groups are empty where it passes over @"a quoted b=c"
SETTING = re.compile(rf"[@＠]{QUOTED}|(?:^|(?<=\s))({QUOTED}|[^\s=＝\"]+)[=＝]({QUOTED}|(?!\")\S+)")
# The last word before what is done by then, 7月3日前完成, and what may stand before it, 限7月3日前
_DUE = re.compile(
    r"(?:^|(?<=[\s，,；;])|[（(])(?:限|最迟|务必)?([^\s，,；;（()）]{1,12}?(?:前|内|底))"
    r"(完成|办[结完好]|做完|解决|落实|到位|交齐)?[)）]?(?=[\s，,。；;]|$)"
)
# What is to be done says it in its own words as well: 社区6月8日前申报, 三天内修好. The words stay.
_FEAST = "(?:春节|元旦|元宵|清明|端午|中秋|重阳|国庆|五一|六一|七一|八一)节?"
_BY = (
    rf"(?:\d{{4}} ?年 ?|[今明本]年)?{N} ?月 ?(?:{N} ?[日号]|[底末])|[今明本]?年[底末]|(?:[本这下]个?)?月[底末]"
    rf"|[本这下]?个?(?:周|星期|礼拜)[一二三四五六日天末]|[明后]天|{_FEAST}"
)
_WITHIN = rf"{N}(?:天|日|周|个?星期|个?礼拜|个月)"
_SPOKEN_DUE = re.compile(
    rf"(?<![上去前第\d{HAN}])(?:(?:{_BY})[之以]?前(?![往去来几后期面])|{_WITHIN}[之以]?内)"
)
_ENGLISH_DUE = re.compile(
    rf"(?i:(?<![a-z])(?:(?:by|due|(?P<past>before)|no later than) (?:{ENGLISH_DATE}|\d{{4}}-\d\d?-\d\d?"
    rf"|(?:(?:next|this) )?{ENGLISH_WEEKDAY}|tomorrow|(?:the )?end of (?:the |this )?(?:week|month|quarter|year))"
    rf"|(?P<within>within) {ENGLISH_COUNT} (?:day|week|month|year)s?)(?![a-z\d]))"
)
_TOLD_PAST = ("problem", "complaint")  # 两天内停了三次水 is no due day
_TRIED = 20  # of the words that may set one; nobody writes as many
_DATE = re.compile(r"(?:\d{4} ?年)?\d{1,2} ?月 ?\d{1,2} ?[日号](?:[之以]?前)")
NAMED = re.compile(r"(?:^|(?<=[\s，,、；;。]))([\u4e00-\u9fff]{2,3})[:：]\s*([^\s，,；;。]+)")
_MARKED_KEYS = {"@": "who", "#": "about", "!": "due"}


def unquoted(word: str) -> str:
    """A value that stood in double quotes because of the signs in it."""
    if word[:1] != '"' or word[-1:] != '"' or len(word) < 2:
        return word
    try:
        said: str = json.loads(word)
    except ValueError:
        return word
    return said


def settings_in(record: str, typed: str, others: bool = True) -> tuple[str, dict[str, str]]:
    """A text without its `key=value` words, and those words by key; a key that is not known keeps its spelling.

    Without `others` a word with an unknown key stays in the text. A key said more than once joins its values.
    """
    said: dict[str, str] = {}

    def take(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0]
        name = unquoted(match[1])
        key = key_of(record, name)
        if key is None and not others:
            return match[0]
        key, value = key or name, unquoted(match[2])
        said[key] = f"{said[key]}、{value}" if key in said else value
        return ""

    return SETTING.sub(take, typed).strip(), said


def both(found: dict[str, str], said: dict[str, str]) -> dict[str, str]:
    """What was found by its place and what was said by its key. Raises UsageError where that is one thing twice."""
    if twice := found.keys() & said.keys():
        raise UsageError("“{key}” is said twice", key=min(twice))
    return found | said


def item_words(kind: str, typed: str, day: Date) -> dict[str, str]:
    """The words of a type of item by key: 没有低保 @赵小梅 #welfare !6月8日, 社区申报 6月8日前 责任人=社区. Raises UsageError.

    A due date counts from `day` and comes as ISO text. A status may be the last word: 水管漏水 已解决. What says a
    thing a second time stays in the text.
    """
    text, said = settings_in("item", typed, others=False)

    def take(match: re.Match[str]) -> str:
        key = _marked_key(match)
        if key in said:
            return match[0]
        said[key] = unquoted(match[3])
        return " "

    def take_named(match: re.Match[str]) -> str:
        key = key_of("item", match[1])
        if key is None or key in (*said, "text"):
            return match[0]
        said[key] = match[2]
        return " "

    bare = NAMED.sub(take_named, _MARK.sub(take, _every_name(text)))
    if "level" not in said and (match := _URGENT.search(bare)):
        said["level"], bare = match[1], bare[: match.start()]
    if "due" not in said and (match := _last_due(bare, day)):
        said["due"] = match[1]
        rest = f"{bare[: match.start()]} {bare[match.end() :]}"
        bare = bare if match[2] and not rest.strip(" ，,。；;") else rest  # 十天内办结 is all that is said
    elif "due" not in said and kind not in _TOLD_PAST and (match := _SPOKEN_DUE.search(bare)):
        said["due"] = match[0]
    elif "due" not in said and (match := _english_due(kind, bare)):
        said["due"] = match[0]
        bare = bare if bare[match.end() :].strip(" .,;") else bare[: match.start()]
    if "due" in said:
        said["due"] = read_due(said["due"], day).isoformat()
    if "status" not in said and (match := _LAST.search(bare)) and (status := _status(match[1])):
        said["status"], bare = status, bare[: match.start()]
    if bare != text:  # what stood between the marks
        bare = re.sub(r"^[\s，,、；;：:]+|[\s，,、；;：:]+。?\s*$", "", bare)
    text = " ".join([*([said["text"]] if "text" in said else []), *bare.split()])
    return said | ({"text": text} if text else {})


def not_taken(typed: str) -> list[str]:
    """What stays in an item's text because its words say that thing already: the second of @赵小梅 @王五."""
    text, said = settings_in("item", typed, others=False)
    seen, left = set(said), []
    for match in _MARK.finditer(_every_name(text)):
        key = _marked_key(match)
        if key in seen:
            left.append(match[0].strip())
        seen.add(key)
    return left


def _marked_key(match: re.Match[str]) -> str:
    """What the sign of a _MARK says its word is; !紧急 is a level."""
    key = _MARKED_KEYS[plain(match[1] or match[2])]
    return "level" if key == "due" and value_of("level", unquoted(match[3])) else key


_URGENT = re.compile(rf"[!！]({'|'.join(VALUES['level']['urgent'])})[\s。]*$")
_LAST = re.compile(
    rf"(?<=[^\s，,；;。])[\s，,；;。]*[\s，,；;。{OPENING}（(]([^\s，,；;。{OPENING}{CLOSING}（()）]{{2,5}})[{CLOSING}）)]?[\s。；;]*$"
)


def _every_name(text: str) -> str:
    """@王五、李四 with a sign before each name."""
    return re.sub(
        rf"(?:^|(?<=[\s，,；;：。]))[@＠][^{_ENDS}]+(?:、[^{_ENDS}]{{2,4}}(?=[\s、，。；]|$))+",
        lambda match: match[0].replace("、", " @"),
        text,
    )


def _status(word: str) -> str | None:
    """The status a word means; 已解决 is what the handler says, so it is done and not yet closed."""
    return value_of("status", word) or ("done" if value_of("reason", word) == "resolved" else None)


def _english_due(kind: str, text: str) -> re.Match[str] | None:
    """by June 8, no later than next Friday, within 3 days; a problem may have come before a day or within some."""
    match = _ENGLISH_DUE.search(text)
    return None if match and kind in _TOLD_PAST and (match["past"] or match["within"]) else match


def _last_due(text: str, day: Date) -> re.Match[str] | None:
    """The last word of its own that sets a due date: 6月8日前, 月底前, 三天内. Raises UsageError for 2月30日前."""
    for match in reversed(list(_DUE.finditer(text))[-_TRIED:]):
        try:
            read_due(match[1], day)
        except UsageError:
            if _DATE.fullmatch(match[1]):
                raise
        else:
            return match
    return None


def read_item(kind: str, typed: str, day: Date, n: int = 1) -> Item:
    """An item of a type from its words (see item_words). Raises UsageError."""
    said = item_words(kind, typed, day)
    if "text" not in said:
        raise UsageError("“{text}” says who and when, but not what", text=typed)
    return Item(n=n, **typed_fields(ITEM, said | {"type": kind}))


def typed_field(fields: Fields, key: str, said: Any) -> Any:
    """A value through the reader of its key. Raises UsageError with the reader's cause and remedy."""
    try:
        return fields[key](said)
    except Unreadable as error:
        raise BadValue(key, error) from None


def typed_fields(fields: Fields, said: Mapping[str, Any]) -> dict[str, Any]:
    """Each value through the reader of its key (see schema.ENTRY and its like). Raises UsageError."""
    return {key: typed_field(fields, key, value) for key, value in said.items()}


def _settings(record: str, typed: str) -> tuple[str, dict[str, str]]:
    """The text without its `key=value` words, and those words by key. Raises UsageError."""
    text, said = settings_in(record, typed)
    for key in said:
        if key not in KEYS[record]:
            raise _no_key(record, key)
    return text, said


def _no_key(record: str, key: str) -> UsageError:
    return UsageError(
        "“{key}” is no key here; known keys: {known}", key=key, known=" ".join(words_of(record))
    )


def _one_of(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_COIN = f"(?:{_one_of(MONEY)})"
_MEASURE = f"(?:{_one_of(MEASURES)})"
_DIGITS = r"\d[\d,]*(?:\.\d+)?"
_MONEY = rf"(?:[¥￥]\s*{_DIGITS}\s*[万亿]?\s*元?|(?:{_DIGITS}\s*[百千万亿]?|[{HAN}]+)\s*{_COIN})"
_AMOUNT = rf"(?:{_MONEY}|(?:{_DIGITS}\s*[百千万亿]?|[{HAN}]+)\s*{_MEASURE})"
# What may stand behind an amount of money and says no more than the amount: 200元/人, 200元/个, 200元整.
_TAIL = rf"(?:人民币|整|钱)?(?:[/每一]?[人户名位份家]|/{_MEASURE})?"
_ANY_AMOUNT = rf"{_DIGITS}\s*[万亿]?\s*[^\W\d_]+(?:/[^\W\d_]+)?"
# The parts of a gift from its end: = 1400元, x 7人, 200元. An amount stuck to the word before has a unit that is known.
_TOTAL = re.compile(rf"\s*(?:=|共计?|合计|总计)\s*(?P<total>{_AMOUNT}|{_DIGITS}){_TAIL}$")
_TIMES = re.compile(
    rf"\s*(?<![a-zA-Z])[xX×*]\s*(?P<n>\d+(?=[^\W\d_]{{0,3}}$|\s*{_MEASURE}$)|[{HAN}]+(?=\s*{_MEASURE}?$)).*$"
)
_EACH = re.compile(
    rf"(?:^|\s|(?<=[\u3400-\u9fff）)]))\s*(?:每[人户名位份家个]|各)?\s*(?:(?P<each>{_AMOUNT}){_TAIL}|(?<=\s)(?P<other>{_ANY_AMOUNT}))$"
)
# 每人200元 7人: how many got it, where the amount is said to be of each or a total shows it.
_SHARED = re.compile(rf"(?<=\S)[\s,、]+(?:一?共|计)?(?P<n>\d+|[{HAN}]+)\s*[人户名位家份]$")
_OF_EACH = re.compile("每[人户名位份家个]|各")
_HEADS = re.compile(rf"(\d+|[{HAN}]+)\s*[人户名位家]")  # a total of people is how many got something
# What a name of goods does not hold: a sign of counting, a number of its own, other goods (大米10斤，食用油), or money
# that does not begin a word (100元话费卡 does).
_LEFT_OVER = re.compile(
    rf"=|[×*]|(?:^|[\s\d])[xX](?=\s|$|[-+\d约{HAN}])|(?:(?:^|(?<=\s))[-+]?|(?<=[\u3400-\u9fff])){_DIGITS}{_MEASURE}?(?=\s|$)|(?:{_DIGITS}|[{HAN}]+){_MEASURE}[,、;和及](?![^(（]*[)）])"
    rf"|(?<![\s\d,.{HAN}])(?<!^){_MONEY}|{_MONEY}(?![\u3400-\u9fffA-Za-z])|{_MONEY}[每整左共]|{_DIGITS}\D{{0,4}}(?:左右|上下|多|半)$"
)
_LONGEST = 200  # no gift is as long; the patterns would take their time


ABOUT = re.compile("[约近]$")  # before a number: 约200元


def aid_words(typed: str) -> dict[str, str]:
    """Aid by key from its words: 慰问金 200元 x 7人 = 1400元 fund=卫生局. Raises UsageError rather than guess."""
    text, said = settings_in("aid", typed, others=False)
    rest = text.translate(FULLWIDTH).strip()
    found: dict[str, str] = {}
    for pattern in (_TOTAL, _TIMES, _SHARED, _EACH) if len(rest) <= _LONGEST else ():
        if pattern is _SHARED and ("n" in found or not ("total" in found or _OF_EACH.search(rest))):
            continue
        if match := pattern.search(rest):
            found |= {
                key.replace("other", "each"): value for key, value in match.groupdict().items() if value
            }
            rest = rest[: match.start()].rstrip(" ,、")
    if len(rest) > _LONGEST or _LEFT_OVER.search(rest) or ABOUT.search(rest):
        if unknown := SETTING.search(rest):
            raise _no_key("aid", unquoted(unknown[1]))
        raise UsageError(
            "“{text}” cannot be read as aid; write 慰问金 200元 x 7 = 1400元, or name each part: "
            "what=慰问金 each=200元 n=7 total=1400元",
            text=typed,
        )
    if "n" not in found and (heads := _HEADS.fullmatch(found.get("total", ""))):
        found["n"] = heads[1]
        del found["total"]
    if found.get("total", "a")[-1].isdigit() and "each" in found:
        found["total"] += re.sub(rf"^{_DIGITS}", "", found["each"])
    # as it was typed: of 大米（10kg） and 大米(10kg) the ledgers would keep two accounts
    what = text.strip()[: len(rest)].translate(FULLWIDTH_ALNUM)
    return both(found | ({"what": what} if what else {}), said)


def read_aid(typed: str) -> Aid:
    """Aid from its words (see aid_words). Raises UsageError."""
    given = aid_words(typed)
    if "what" not in given:
        raise UsageError("“{text}” does not say what was given; write 慰问金 200元 x 7", text=typed)
    return make_aid(**typed_fields(AID, given))


def read_figure(typed: str) -> Figure:
    """A figure from its words: 在校学生=326人, 留守儿童=127人 of=在校学生. Raises UsageError."""
    name, sign, rest = typed.replace("＝", "=", 1).partition("=")
    if not sign or not name.strip():
        raise UsageError("“{text}” is no figure; write 在校学生=326人", text=typed)
    value, said = _settings("figure", rest)
    found = typed_fields(FIGURE, ({"value": value} if value else {}) | said)
    return Figure(name.strip(), found.get("value"), found.get("of"), found.get("note"))


_LISTS = ("updates", "aid", "funds", "decisions", "files", "void")


def set_key(tree: dict[str, Any], typed: str) -> None:
    """Put `key=value` into an entry's tree. Dots go into records, meeting.host=张三, and by number into lists of them,
    decisions.1.text=选组长. Raises UsageError.
    """
    path, sign, value = typed.replace("＝", "=", 1).partition("=")
    keys = [part.strip() for part in re.split("[.．。]", path)]
    if not sign or not all(keys):
        raise UsageError("“{text}” is no key=value", text=typed)
    box: Any = tree
    at: str | int = key_of("entry", keys[0]) or keys[0]
    for key in keys[1:]:
        box, at = _into(box, at, key)
    box[at] = value


def _into(box: Any, at: str | int, key: str) -> tuple[Any, str | int]:
    """The record or list at `box[at]`, made if there is none, and where in it `key` stands. Raises UsageError."""
    if isinstance(box, dict):
        box.setdefault(at, [] if at in _LISTS and key.isdecimal() else {})
    inner = box[at]
    if isinstance(inner, dict):
        return inner, key
    if not isinstance(inner, list):
        raise UsageError("“{key}” holds no keys of its own", key=at)
    n = int(key) if key.isdecimal() else 0
    if not 0 < n <= len(inner) + 1:
        raise UsageError("“{key}” is no number of a list: they begin with 1 and leave none out", key=key)
    if n > len(inner):
        inner.append({})
    return inner, n - 1
