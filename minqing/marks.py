"""Marked text, as people type it on a phone, to entries and back: 【诉求】没有低保 @赵小梅 6月8日前. Pure.

    5月8日 6:20到10:10 多云转阴 走访赵小梅家
    爷爷在家。【诉求】没有低保 @赵小梅【承诺】社区尽快申报 @赵小梅 6月8日前
    【帮扶】慰问金 200元 x 7 资金来源=卫生局
    【正文】晚上又去了一趟。

A line that begins with a day heads an entry. A mark goes to the next one or to the end of its line, 【正文】 to the
next head. A value with signs of its own stands in double quotes, as JSON writes it. Nothing is lost: what cannot be
read as what its mark says stays in the body, word for word.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date as Date
from itertools import count, islice, pairwise
from typing import Any, NamedTuple

from minqing.capture import QUOTED, SETTING, aid_words, item_words, settings_in, unquoted
from minqing.days import find_day
from minqing.errors import Flaw, MinqingError, UsageError
from minqing.front import Path, Tree
from minqing.model import Entry
from minqing.proposals.heads import WEATHER
from minqing.schema import read_tree
from minqing.telling import LUNAR, WEEKDAY
from minqing.values import Unreadable, read_time
from minqing.words import KEYS, VALUES, key_of, plain, value_of


class Marked(NamedTuple):
    """An entry that marks tell, the text it stands in (`raw`), and what could not be read, by line of the whole text.

    `entry.id` is empty and `entry.date` the day of reading where the text says none; `said` holds the keys that it says.
    """

    entry: Entry
    raw: str
    said: frozenset[str]
    flaws: tuple[Flaw, ...] = ()
    line: int = 1


MOST_MARKS = 200  # of one entry; nobody writes as many by hand
_NO_ID, _NO_KIND = "a0000000", "note"
_MARKED = re.compile(r"【\s*([^【】\n\d]{1,12}?)\s*(\d{0,4})\s*】")
PARTS = {"text": ("正文", "text"), "card": ("连心卡", "card")}
RECORDS = {"aid": "aid", "funds": "fund", "updates": "update", "files": "file", "void": "void"}


def has_marks(text: str) -> bool:
    """Whether a text holds a mark that is known here."""
    return any(_mark_of(match[1]) for match in _MARKED.finditer(text))


def _mark_of(word: str) -> tuple[str, str] | None:
    """What a mark opens: a record of an entry and the type that the mark says of it; None for an unknown one."""
    if item := value_of("item", word):
        return "items", item
    for part, words in PARTS.items():
        if plain(word).lower() in words:
            return part, ""
    if decision := value_of("decision", word):
        return "decisions", decision
    key = key_of("entry", word)
    return (key, "") if key else None


# ---------------------------------------------------------------- text to entries


class _Part(NamedTuple):
    """A mark with its words, or a run of text that no mark opens (`record` is empty)."""

    record: str
    type: str
    n: str
    words: str
    raw: str
    line: int


def read_marks(
    text: str,
    today: Date,
    year: int | None = None,
    whole: Callable[[str], str] = str,
    day: Date | None = None,
) -> list[Marked]:
    """The entries of a marked text, one for each dated head.

    A day without a year lies in `year`, else it is the latest that is not in the future; a text without one is of
    `day`, else of today. `whole` makes a typed ref of
    an item whole; what it raises is told, and the update stays in the body.
    """
    until = Date(year, 12, 31) if year else today
    starts, flaws = _heads(text, until)
    starts = [0, *starts] if not starts or text[: starts[0]].strip() else starts
    ends = [*starts[1:], len(text)]
    return [
        _read_one(text[at:end], text.count("\n", 0, at) + 1, day or today, until, whole, flaws)
        for at, end in zip(starts, ends, strict=True)
        if text[at:end].strip()
    ]


def _heads(text: str, until: Date) -> tuple[list[int], list[Flaw]]:
    """Where entries begin, and days at the head of a line that do not exist. In 【正文】 a head is not indented."""
    starts: list[int] = []
    flaws: list[Flaw] = []
    inside, at = False, 0
    for number, line in enumerate(text.split("\n"), 1):
        try:
            heads = _head_day(text, at, until) is not None
        except UsageError as error:
            flaws.append(Flaw("value", error.message, "", error.words, line=number))
            heads = False
        if heads and not (inside and line[:1].isspace()):
            starts.append(at)
            inside = False
        inside = inside or any(f"【{word}】" in line for word in PARTS["text"])
        at += len(line) + 1
    return starts, flaws


_N = "一二三四五六七八九十"
_KINDS = "|".join(word for words in VALUES["kind"].values() for word in words)
DAY_HEAD = re.compile(
    rf"[\ufeff \t　]*(?:[#*-]+ +)?(?:日期[:：] ?)?(?P<day>"
    rf"(?:\d{{4}}|[〇零○{_N}]{{4}}|去|今) ?[-/.年] ?(?:\d{{1,2}} ?[-/.月] ?\d{{1,2}}|[{_N}]{{1,2}}月[{_N}]{{1,3}}) ?[日号]?"
    rf"|(?:\d{{1,2}} ?月 ?\d{{1,2}}|[{_N}]{{1,2}}月[{_N}]{{1,3}}) ?[日号]|20\d{{6}}(?!\d)|{LUNAR}"
    r"|[今昨前]天|上{1,2}(?:周|星期)[一二三四五六日天]"
    # a fraction or a range is no day: only what goes on like a head
    rf"|(?:\d{{1,2}}[-/.]\d{{1,2}}|{WEEKDAY})(?=\s*(?:$|\n|【|{WEEKDAY}|\d{{1,2}}[:：点]|[上下中]午|[早晚]上|晴|阴|多云|雨)|\s+(?:{_KINDS}|去|到|在|开会))"
    r")"
)


def _head_day(text: str, at: int, until: Date) -> tuple[Date, int] | None:
    """The day that the line at a place begins with, and where the day ends. Raises UsageError for one that is none."""
    match = DAY_HEAD.match(text, at)
    day = find_day(match["day"], until) if match else None
    return (day, match.end()) if match and day else None


def _parts(text: str, line: int) -> Iterator[_Part]:
    """A text cut at its marks, in order; every sign of it stands in one part. Beyond MOST_MARKS all is text."""
    known = ((match, mark) for match in _MARKED.finditer(text) if (mark := _mark_of(match[1])))
    found = list(islice(known, MOST_MARKS))
    at = 0
    for nth, (match, (record, type_)) in enumerate(found):
        if match.start() < at:
            continue  # inside 【正文】
        if before := text[at : match.start()]:
            yield _Part("", "", "", before, before, line)
            line += before.count("\n")
        end = found[nth + 1][0].start() if nth + 1 < len(found) else len(text)
        if record == "text":
            end = len(text)  # a text may speak of marks
        elif (stop := text.find("\n", match.end(), end)) >= 0:
            end = stop
        raw = text[match.start() : end]
        yield _Part(record, type_, match[2], text[match.end() : end].strip(), raw, line)
        line += raw.count("\n")
        at = end
    if text[at:]:
        yield _Part("", "", "", text[at:], text[at:], line)


def _read_one(
    text: str, line: int, today: Date, until: Date, whole: Callable[[str], str], wrong: list[Flaw]
) -> Marked:
    tree: dict[str, Tree] = {}
    head, body, at, day, said_day = "", "", 0, None, None
    flaws = [flaw for flaw in wrong if line <= flaw.line <= line + text.count("\n")]
    with suppress(UsageError):  # it was told already
        said_day = _head_day(text, 0, until)
    if said_day:
        day, at = said_day
        head = re.split("[\n【]", text[at:], maxsplit=1)[0]
        tree, body = _head_words(head)
        at += len(head)
    parts = list(_parts(text[at:], line))
    day = day or next(
        (told for part in parts if part.record == "date" and (told := find_day(part.words, until))), None
    )
    tree |= {"date": day.isoformat()} if day else {}
    left: set[int] = set()  # parts that could not be read
    if sum(part.record != "" for part in parts) == MOST_MARKS:
        flaws.append(
            Flaw(
                "value",
                "only the first {n} marks of an entry are read",
                "begin another entry with its day",
                {"n": str(MOST_MARKS)},
                line=line,
            )
        )
    while True:
        made, places = _tree(parts, left, dict(tree), day or today, whole, flaws)
        entry, found = read_tree(
            {"id": _NO_ID, "date": today.isoformat()} | _inferred(made, str(tree.get("title", ""))) | made
        )
        bad = {_place(path, places): flaw for path, flaw in reversed(found)}
        if not bad or bad.keys() <= left:
            break
        for nth, flaw in bad.items():
            if nth is None:
                continue
            left.add(nth)
            flaws.append(flaw._replace(line=parts[nth].line))
        if None in bad and len(bad) == 1:  # the head's own words: they go into the body
            body, tree = head, {"date": tree["date"]} if "date" in tree else {}
            flaws.append(bad[None]._replace(line=line))
    assert entry is not None  # what it needs was put in above
    body += "".join(
        part.words if part.record == "text" else part.raw
        for nth, part in enumerate(parts)
        if nth in left or part.record in ("", "text")
    )
    entry = entry._replace(id=entry.id if "id" in made else "", body=_tidy_body(body))
    return Marked(entry, text, frozenset(made), tuple(sorted(flaws, key=lambda flaw: flaw.line)), line)


def _tidy_body(text: str) -> str:
    lines = [line.rstrip() for line in text.split("\n")]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
    return f"{text.strip()}\n" if text.strip() else ""


_WEATHER = re.compile(rf"(?:天气[:：]?)?({WEATHER})")
_WEEKDAY = re.compile(rf"[（(]?({WEEKDAY})[）)]?")
_LUNAR = re.compile(rf"[（(]?({LUNAR})[）)]?")
_TITLE = 30
_HOURS = ("凌晨", "清晨", "早晨", "早上", "上午", "中午", "下午", "傍晚", "晚上", "夜里")  # no title


def _head_words(head: str) -> tuple[dict[str, Tree], str]:
    """What stands behind the day in a head, by key, and the text that it goes over into."""
    tree: dict[str, Tree] = {}
    head = re.sub(rf"[（(]({WEEKDAY}|{LUNAR})[）)]", r" \1 ", head)
    for match in re.finditer(r"\S+", head):
        word = match[0].strip("，,、；;：:")
        key, value = _head_word(word)
        if key and key not in tree:
            tree[key] = value
        elif not word:
            continue
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
    if re.search("[:：点时]", word):
        with suppress(Unreadable):
            return "time", read_time(word)
    return "", word


def _inferred(made: dict[str, Tree], title: str) -> dict[str, Tree]:
    """The kind that the title in the head or the marks tell, and the person whom both that title and a mark name."""
    found: dict[str, Tree] = {}
    if "kind" not in made:
        by_title = next((kind for kind, words in VALUES["kind"].items() if title.startswith(words)), None)
        found["kind"] = by_title or ("meeting" if made.keys() & {"meeting", "decisions"} else _NO_KIND)
    if "who" not in made:
        named = [item["who"] for item in made.get("items", {}).values() if item.get("who")]
        found["who"] = [who for who in dict.fromkeys([*named, *made.get("facts", {})]) if who in title]
    return found


_Places = dict[tuple[Any, ...], int]  # where a part went in the tree: its path -> the part


def _place(path: Path, places: _Places) -> int | None:
    """The part that a flaw at a path of the tree comes from; None for the head."""
    return next((places[path[:n]] for n in range(len(path), 0, -1) if path[:n] in places), None)


def _tree(
    parts: list[_Part],
    left: set[int],
    tree: dict[str, Tree],
    day: Date,
    whole: Callable[[str], str],
    flaws: list[Flaw],
) -> tuple[dict[str, Tree], _Places]:
    """The entry's tree of all parts but those left; a part that is no fact at all is added to those."""
    places: _Places = {}
    for nth, part in enumerate(parts):
        if nth in left or part.record in ("", "text"):
            continue
        try:
            said = _leaves(part, tree, day)
            for path, value in said.items():
                if path[0] == "updates" and value.get("ref"):
                    value["ref"] = whole(value["ref"])
            twice = next((path for path in said if path in places and path[0] not in _NAMES), None)
            if twice:
                raise UsageError("“{key}” is said twice", key=str(twice[-1]))
        except MinqingError as error:
            left.add(nth)
            flaws.append(Flaw("value", error.message, "", error.words, line=part.line))
            continue
        for path, value in said.items():
            _insert(tree, path, value)
            places[path] = nth
    return tree, places


_NAMES = ("who", "with", "tags")
_Leaves = dict[Path, Tree]


def _insert(tree: dict[str, Tree], path: Path, value: Tree) -> None:
    box: Any = tree
    for part, below in pairwise(path):
        box = box.setdefault(part, [] if isinstance(below, int) else {})
    if isinstance(box, list):
        box.append(value)
    elif path[0] in _NAMES and path[0] in tree:
        box[path[-1]] += f"、{value}"
    else:
        box[path[-1]] = value


def _leaves(part: _Part, tree: dict[str, Tree], day: Date) -> _Leaves:
    """What a mark says, by its place in the entry's tree. Raises UsageError."""
    record, words = part.record, part.words
    if not words:
        raise UsageError("nothing stands behind the mark {mark}", mark=part.raw.strip())
    if record == "items":
        there = tree.get("items", {})
        n = part.n or next(str(n) for n in count(len(there) + 1) if str(n) not in there)
        return {("items", n): {"type": part.type} | item_words(words, day)}
    if record == "figures":
        return _figure(words)
    if record in ("facts", "card"):
        return _facts(words, card=record == "card")
    if record == "meeting":
        return {("meeting", key): value for key, value in settings_in("meeting", words)[1].items()}
    if record == "decisions":
        return {("decisions", len(tree.get("decisions", []))): _decision(words, part.type)}
    if record in RECORDS:
        return {(record, len(tree.get(record, []))): _record(RECORDS[record], words)}
    return {(record,): unquoted(words)}


def _record(name: str, words: str) -> dict[str, str]:
    if name == "aid":
        to = list(_WHO.finditer(settings_in("aid", words)[0]))
        for match in to:
            words = words.replace(match[0], " ", 1)
        return ({"to": "、".join(unquoted(match[1]) for match in to)} if to else {}) | aid_words(
            words.strip()
        )
    text, said = settings_in(name, words)
    if name == "update":
        ref, _space, rest = text.partition(" ")
        return {"ref": ref} | _update(rest) | said if text else said
    if name == "fund":
        what, _space, amount = text.rpartition(" ")
        key = "what" if "from" in said else "from"  # 卫生局 1400元
        return ({key: what} if what else {}) | ({"amount": amount} if amount else {}) | said
    first = {"file": "path", "void": "entry"}[name]
    return ({first: text} if text else {}) | said


def _update(text: str) -> dict[str, str]:
    """What a word of an update is shows in the word: 已销号 已解决 满意; the rest is its note."""
    said: dict[str, str] = {}
    rest = []
    for word in text.split():
        for key in ("status", "reason", "satisfied", "grade"):
            if key not in said and value_of(key, word):
                said[key] = word
                break
        else:
            rest.append(word)
    if said.get("reason") and "status" not in said and value_of("reason", said["reason"]) == "resolved":
        said["status"] = "done"
    return said | ({"note": " ".join(rest)} if rest else {})


_NUMBER = r"[+-]?\d[\d,.]*(?:\s*[^\s\d=＝]+(?![^\s=＝]*[=＝]))?"
_FIGURE = re.compile(
    rf'({QUOTED}|[^=＝]+?)(?:\s*[=＝:：]\s*(?=[+\-\d"])|[=＝]|\s*(?<=[^\d.,])(?=\d))({QUOTED}|{_NUMBER}|\S*)(.*)',
    re.DOTALL,
)


def _figure(words: str) -> _Leaves:
    """在校学生=326人 其中=…; also 在校学生 326人."""
    match = _FIGURE.fullmatch(words)
    if not match:
        raise UsageError("“{text}” is no figure; write 在校学生=326人", text=words)
    note, said = settings_in("figure", match[3])
    value = ({"value": unquoted(match[2])} if match[2] else {}) | said | ({"note": note} if note else {})
    return {("figures", unquoted(match[1].strip())): value}


_WHO = re.compile(rf"[@＠]({QUOTED}|\S+)\s*")


def _facts(words: str, card: bool) -> _Leaves:
    """@赵小梅 健康状况=红斑狼疮, 王五 低保户; a card was given to everyone who is named."""
    if card and not SETTING.search(words):
        names = [unquoted(quoted or bare) for quoted, bare in _CARD_NAMES.findall(words)]
        if names:
            return {("facts", name, "card"): "true" for name in names}
    match = _WHO.match(words) or _FIRST.match(words)
    who, rest = (unquoted(match[1]), words[match.end() :]) if match else ("", words)
    said = _pairs_in(rest) or _named_values(rest)
    if not who or not said:
        raise UsageError("“{text}” tells nothing of anybody; write @赵小梅 健康状况=…", text=words)
    found: _Leaves = {}
    for key, value in said:
        path = ("facts", who, key)
        before = found.get(path)
        found[path] = (
            value if before is None else [*(before if isinstance(before, list) else [before]), value]
        )
    return found


_CARD_NAMES = re.compile(rf"({QUOTED})|([^\s、，,；;@＠\"]+)")
_FIRST = re.compile(r"([\u4e00-\u9fff·]{2,8})\s+")
_KNOWN_FACTS = {
    "class": "class",
    "watch": "watch",
    "causes": "causes",
    "tags": "person_tag",
    "house_level": "house_level",
}


def _named_values(words: str) -> list[tuple[str, str]]:
    """Values that say what they are of: 低保户 因病; nothing where any of the words does not."""
    found = []
    for word in re.split(r"[\s、，,]+", words.strip()):
        key = next((key for key, of in _KNOWN_FACTS.items() if value_of(of, word)), None)
        if key is None:
            return []
        found.append((key, word))
    return found


def _pairs_in(words: str) -> list[tuple[str, str]]:
    """Each `key=value` of a household's facts; what follows without a key belongs to the value before it."""
    found: list[tuple[str, str]] = []
    at = 0
    for match in SETTING.finditer(words):
        if match[1] is None:
            continue
        if found and words[at : match.start()].strip():
            found[-1] = found[-1][0], f"{found[-1][1]} {words[at : match.start()].strip()}"
        name = unquoted(match[1])
        found.append((key_of("facts", name) or name, unquoted(match[2])))
        at = match.end()
    if found and words[at:].strip():
        found[-1] = found[-1][0], f"{found[-1][1]} {words[at:].strip()}"
    return found


def _decision(words: str, type_: str) -> dict[str, Tree]:
    text, said = settings_in("decision", words)
    made: dict[str, Tree] = {"type": type_} | ({"text": text} if text else {})
    vote: dict[str, Tree] = {}
    for key, value in said.items():
        inner = None if key in KEYS["decision"] else key_of("vote", key)
        if inner == "tally":
            vote["tally"] = _tally(value)
        elif inner:
            vote[inner] = value
        else:
            made[key] = value
    return made | ({"vote": vote} if vote else {})


def _tally(value: str) -> Tree:
    """钟方:15、李某:3."""
    if value[:1] == "{":
        try:
            said: Tree = json.loads(value)
            return said
        except ValueError:
            return value
    pairs = [re.split("[:：]", part, maxsplit=1) for part in re.split("[、，,]", value)]
    return {pair[0]: pair[1] for pair in pairs if len(pair) == 2}
