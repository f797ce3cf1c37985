"""Marked text, as people type it on a phone, to entries and back: 【诉求】没有低保 @赵小梅 6月8日前. Pure.

    5月8日 6:20到10:10 多云转阴 走访赵小梅家
    爷爷在家。【诉求】没有低保 @赵小梅【承诺】社区尽快申报 @赵小梅 6月8日前
    【帮扶】慰问金 200元 x 7 资金来源=卫生局
    【正文】晚上又去了一趟。

A line that begins with a day heads an entry. A mark goes to the next one or to the end of its line, 【正文】 to the
next head; ［问题］ and 〖问题〗 are marks too. A value with signs of its own stands in double quotes, as JSON writes it.
Nothing is lost: what cannot be read as what its mark says stays in the body, word for word, and is told.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date as Date
from functools import lru_cache
from itertools import islice, pairwise
from typing import Any, NamedTuple

from minqing.capture import CLOSING, OPENING, not_taken
from minqing.days import find_day
from minqing.errors import Flaw, MinqingError, UsageError
from minqing.front import Path, Tree
from minqing.heads import SPAN, behind_number, head_day, head_words, of_message, opened, tells_year, unguarded
from minqing.markwords import Part, leaves
from minqing.model import Entry
from minqing.schema import read_tree
from minqing.words import KEYS, VALUES, key_of, nearest, plain, value_of


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
BRACKETS = OPENING + CLOSING
# a colon may stand at its end or behind it: 【问题】：灯坏了
_MARKED = re.compile(
    rf"[{OPENING}]\s*([^{BRACKETS}\n\d]{{1,12}}?)\s*(\d{{0,4}})\s*(?:[:：]\s*)?[{CLOSING}](?:[ \t]*[:：])?"
)
_LISTS = {"figure": "figures", "fact": "facts", "fund": "funds", "update": "updates", "file": "files"}
PARTS = {"text": ("正文", "text"), "card": ("连心卡", "card")}


def has_marks(text: str) -> bool:
    """Whether a text holds a mark that is known here."""
    return any(_mark_of(match[1]) for match in _MARKED.finditer(text))


@lru_cache(1024)
def _mark_of(word: str) -> tuple[str, str] | None:
    """What a mark opens: a record of an entry and the type that the mark says of it; None for an unknown one."""
    if item := value_of("item", word):
        return "items", item
    for part, words in PARTS.items():
        if plain(word).lower() in words:
            return part, ""
    if decision := value_of("decision", word):
        return "decisions", decision
    key = key_of("entry", word) or _LISTS.get(plain(word).lower())
    return (key, "") if key else None


# ---------------------------------------------------------------- marks that are none

# What people write where they mean a mark.
_MEANT = {
    **dict.fromkeys(("困难", "难题", "隐患", "难点", "存在问题"), "问题"),
    **dict.fromkeys(("愿望", "期盼", "求助", "请求"), "诉求"),
    **dict.fromkeys(("心声", "反馈", "投诉", "不满"), "意见"),
    **dict.fromkeys(("表态", "答应", "许诺"), "承诺"),
    **dict.fromkeys(("下一步", "下步打算", "计划", "任务", "打算"), "待办"),
    **dict.fromkeys(("办法", "处理", "做法", "解决办法", "对策"), "措施"),
    **dict.fromkeys(("慰问", "捐赠", "慰问品", "发放"), "帮扶"),
    **dict.fromkeys(("拨款", "捐款", "经费"), "资金"),
    **dict.fromkeys(("统计", "数字"), "数据"),
    **dict.fromkeys(("户情", "家庭情况", "基本情况"), "情况"),
    **dict.fromkeys(("结果", "落实", "办理", "回访"), "进展"),
    **dict.fromkeys(("文件", "照片", "图片"), "附件"),
}
_KNOWN_MARKS = [
    word
    for table in (VALUES["item"], PARTS, VALUES["decision"], KEYS["entry"])
    for key, words in table.items()
    for word in (key, *words)
]
_SHOWN = "问题 诉求 意见 建议 承诺 待办 措施 情况 帮扶 资金 数据 进展 会议 决议 连心卡 正文"
_SHOWN_ASCII = "problem need complaint advice promise task measure facts aid funds figures updates meeting resolution card text"
# A mark in brackets that sentences use too
_WORD = "|".join((*_SHOWN.split(), *_SHOWN_ASCII.split()))
_ELSEWHERE = re.compile(rf"\[({_WORD})\](?!\()|(?:^|(?<=[\s。！？；]))[「『《<(（]({_WORD})[」』》>)）]")


@lru_cache(1024)
def _meant(word: str) -> str | None:
    """The known mark that an unknown one most likely stands for: another word for it, or a slip in one sign."""
    begins_so = (known for known in _KNOWN_MARKS if len(word) == 2 == len(known) and known[0] == word[0])
    return _MEANT.get(word) or nearest(word, _KNOWN_MARKS) or next(begins_so, None)


def unknown_marks(text: str, line: int, every: bool = True) -> Iterator[Flaw]:
    """What is told of each unknown mark in a text that begins on a line; without `every` only of those like a known one."""
    seen: set[str] = set()
    for match in _ELSEWHERE.finditer(text):
        word = match[1] or match[2]
        if word not in seen:
            seen.add(word)
            cause, remedy = "“{said}” is no mark, so it stays in the text", "write 【{mark}】"
            at = line + text.count("\n", 0, match.start())
            yield Flaw("mark", cause, remedy, {"said": match[0], "mark": word}, line=at, severity="hint")
    for match in _MARKED.finditer(text):
        word = plain(match[1])
        if word in seen or _mark_of(word) or value_of("status", word) or value_of("reason", word):
            continue
        seen.add(word)
        meant = _meant(word)
        if meant or every:
            cause = "there is no mark 【{mark}】, so it stays in the text"
            remedy = "did you mean 【{close}】?" if meant else "marks are: {known}"
            words = {"mark": word, "close": meant or "", "known": _SHOWN_ASCII if word.isascii() else _SHOWN}
            at = line + text.count("\n", 0, match.start())
            yield Flaw("mark", cause, remedy, words, line=at, severity="hint")


_BARE = re.compile(
    rf"^[ \t　]*({'|'.join(word for words in VALUES['item'].values() for word in words)})[:：]", re.MULTILINE
)


def _bare_words(parts: Iterable[Part]) -> Iterator[Flaw]:
    """What is told of lines between marks that begin as if with a mark, 问题：灯坏了; of each such word once."""
    seen: set[str] = set()
    for part in parts:
        for match in _BARE.finditer(part.raw) if part.record == "" else ():
            if match[1] in seen:
                continue
            seen.add(match[1])
            line = part.line + part.raw.count("\n", 0, match.start(1))
            cause, remedy = "“{said}：” is no mark, so its line stays in the text", "write 【{said}】"
            yield Flaw("mark", cause, remedy, {"said": match[1]}, line=line, severity="hint")


def _not_taken(parts: Iterable[Part]) -> Iterator[Flaw]:
    """What is told of signs that an item has one of, and that its text says twice."""
    for part in parts:
        for word in not_taken(part.words) if part.record == "items" else ():
            cause = "“{word}” stays in the text: an item has one of these"
            remedy = "write another mark for it"
            yield Flaw("mark", cause, remedy, {"word": word}, line=part.line, severity="hint")


# ---------------------------------------------------------------- text to entries


_TITLE = re.compile(rf"[^\n。，,！!？?；;{BRACKETS}]{{1,40}}")  # over the first head


class Head(NamedTuple):
    """Where an entry begins in a text, the day that heads it there, and a title that stands over it."""

    at: int
    line: int
    day: Date | None = None
    end: int = 0  # of the day
    title: str = ""


def read_marks(
    text: str,
    today: Date,
    year: int | None = None,
    whole: Callable[[str], str] = str,
    day: Date | None = None,
) -> list[Marked]:
    """The entries of a marked text, one for each dated head.

    A day without a year is the nearest to the head before it, where the text told a year; else it lies in `year` or is
    the latest that is not in the future. A text without a day is of `day`, else of today. `whole` makes a typed ref of
    an item whole; what it raises is told, and the update stays in the body.
    """
    until = Date(year, 12, 31) if year else today
    heads, flaws = _heads(text, until)
    before = text[: heads[0].at].strip("\ufeff \t\u3000\n") if heads else ""
    if _TITLE.fullmatch(before):
        heads[0] = heads[0]._replace(title=before.strip("#＃：: "))
    elif before or not heads:
        heads.insert(0, Head(0, 1))
    ends = [*(head.at for head in heads[1:]), len(text)]
    return [
        _read_one(text[head.at : end], head, day or today, until, whole, flaws)
        for head, end in zip(heads, ends, strict=True)
        if text[head.at : end].strip()
    ]


def _heads(text: str, until: Date) -> tuple[list[Head], list[Flaw]]:
    """Where entries begin, and days at the head of a line that do not exist. In 【正文】 a head is not indented."""
    heads: list[Head] = []
    flaws: list[Flaw] = []
    begun, inside, chat, at = False, False, False, 0
    near: Date | None = None  # the day before, once a head told its year
    for number, line in enumerate(text.split("\n"), 1):
        found = None
        if not (inside and line[:1].isspace()):
            try:
                found = head_day(text, at, until, not begun, near)
            except UsageError as error:
                flaws.append(Flaw("value", error.message, "", error.words, line=number))
        if found and of_message(line):
            chat = chat or not begun
            if not chat or (heads and found[0] == heads[-1].day):
                found = None  # 集合地点 5月30日 8:00 is no message; and of a day there are many
        if found:
            near = found[0] if near or tells_year(text[at : found[1]]) else None
            heads.append(Head(at, number, *found))
            inside = False
        elif not inside and (told := behind_number(line)):
            cause = "“{said}” heads no entry, for its line does not begin with the day"
            words = {"said": told[0], "day": told[1]}
            flaws.append(
                Flaw("mark", cause, "write the day first: {day}", words, line=number, severity="hint")
            )
        begun = begun or bool(line.strip("\ufeff \t　"))
        inside = inside or any(_mark_of(match[1]) == ("text", "") for match in _MARKED.finditer(line))
        at += len(line) + 1
    return heads, flaws


def _parts(text: str, line: int) -> Iterator[Part]:
    """A text cut at its marks, in order; every sign of it stands in one part. Beyond MOST_MARKS all is text."""
    known = ((match, mark) for match in _MARKED.finditer(text) if (mark := _mark_of(match[1])))
    found = list(islice(known, MOST_MARKS))
    at = 0
    for nth, (match, (record, type_)) in enumerate(found):
        if match.start() < at:
            continue  # inside 【正文】
        if before := text[at : match.start()]:
            yield Part("", "", "", before, before, line)
            line += before.count("\n")
        end = found[nth + 1][0].start() if nth + 1 < len(found) else len(text)
        if record == "text":
            end = len(text)  # a text may speak of marks
        elif (stop := text.find("\n", match.end(), end)) >= 0:
            end = stop
        raw = text[match.start() : end]
        yield Part(record, type_, match[2], text[match.end() : end].strip(), raw, line)
        line += raw.count("\n")
        at = end
    if text[at:]:
        yield Part("", "", "", text[at:], text[at:], line)


def _read_one(
    text: str, head: Head, today: Date, until: Date, whole: Callable[[str], str], wrong: list[Flaw]
) -> Marked:
    first = head.end - head.at if head.day else 0
    said = re.split(f"[\n{OPENING}]", text[first:], maxsplit=1)[0] if head.day else ""
    span = SPAN.match(said)
    goes_on = span[0] if span else ""  # 11月24日-25日 走访: an entry begins on its first day
    tree, body = head_words(opened(text[:first], said[len(goes_on) :]))
    if goes_on:
        body = f"{text[:first].strip()}{goes_on}\n\n{body}"
    if head.title and "title" in tree:
        body = f"{head.title}\n\n{body}"
    elif head.title:
        tree["title"] = head.title
    parts = [_with_day(part, until) for part in _parts(text[first + len(said) :], head.line)]
    again = {part.record for part in parts} & tree.keys()  # a mark says it as well: the head's words are text
    if again:
        body = f"{' '.join(str(tree.pop(key)) for key in list(tree) if key in again)}\n\n{body}"
    day = head.day or next(
        (told for part in parts if part.record == "date" and (told := _iso(part.words))), None
    )
    tree |= {"date": day.isoformat()} if day else {}
    last = head.line + text.count("\n")
    flaws = [flaw for flaw in wrong if head.line <= flaw.line <= last] if wrong else []
    flaws += _bare_words(parts)
    flaws += _not_taken(parts)
    flaws += unknown_marks("".join(part.raw for part in parts if part.record != "text"), head.line)
    if sum(part.record != "" for part in parts) == MOST_MARKS:
        cause = "only the first {n} marks of an entry are read"
        remedy = "begin another entry with its day"
        flaws.append(Flaw("value", cause, remedy, {"n": str(MOST_MARKS)}, line=head.line))
    left: set[int] = set()  # parts that could not be read
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
            body, tree = said, {"date": tree["date"]} if "date" in tree else {}
            flaws.append(bad[None]._replace(line=head.line))
    assert entry is not None  # what it needs was put in above
    body += "".join(
        "\n".join(map(unguarded, part.words.split("\n"))) if part.record == "text" else part.raw
        for nth, part in enumerate(parts)
        if nth in left or part.record in ("", "text")
    )
    entry = entry._replace(id=entry.id if "id" in made else "", body=_tidy_body(body))
    return Marked(entry, text, frozenset(made), tuple(sorted(flaws, key=lambda flaw: flaw.line)), head.line)


def _with_day(part: Part, until: Date) -> Part:
    """A part that says the day, 【日期】5月8日, with that day; one that cannot be read stays for the flaws to tell."""
    if part.record != "date":
        return part
    try:
        day = find_day(part.words, until)
    except UsageError:
        return part
    return part._replace(words=day.isoformat()) if day else part


def _iso(words: str) -> Date | None:
    try:
        return Date.fromisoformat(words)
    except ValueError:
        return None


def _tidy_body(text: str) -> str:
    lines = [line.rstrip() for line in text.split("\n")]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
    return f"{text.strip()}\n" if text.strip() else ""


def _inferred(made: dict[str, Tree], title: str) -> dict[str, Tree]:
    """The kind that the title in the head or the marks tell, and the person whom both that title and a mark name."""
    found: dict[str, Tree] = {}
    if "kind" not in made:
        kinds = VALUES["kind"].items()
        by_title = next((kind for kind, words in kinds if title.lower().startswith((kind, *words))), None)
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
    parts: list[Part],
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
            said = leaves(part, tree, day)
            for path, value in said.items():
                if path[0] == "updates" and value.get("ref"):
                    value["ref"] = whole(value["ref"])
            twice = next((path for path in said if path in places and path[0] not in _NAMES), None)
            if twice or ("date" in tree and said.get(("date",), tree["date"]) != tree["date"]):
                raise UsageError("“{key}” is said twice", key=str(twice[-1]) if twice else "date")
        except MinqingError as error:
            left.add(nth)
            flaws.append(Flaw("value", error.message, "", error.words, line=part.line))
            continue
        for path, value in said.items():
            _insert(tree, path, value)
            places[path] = nth
    return tree, places


_NAMES = ("who", "with", "tags")


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
