"""What the words behind a mark say, as pieces of an entry's tree: 慰问金 200元 x 7, @赵小梅 户属性=低保户. Pure."""

import json
import re
from datetime import date as Date
from itertools import count
from typing import NamedTuple

from minqing.capture import (
    ABOUT,
    NAMED,
    QUOTED,
    SETTING,
    aid_words,
    both,
    item_words,
    settings_in,
    unquoted,
)
from minqing.errors import UsageError
from minqing.front import Path, Tree
from minqing.words import KEYS, key_of, plain, value_of

RECORDS = {"aid": "aid", "funds": "fund", "updates": "update", "files": "file", "void": "void"}
Leaves = dict[Path, Tree]  # what a mark says, by its place in the tree


class Part(NamedTuple):
    """A mark with its words, or a run of text that no mark opens (`record` is empty)."""

    record: str
    type: str
    n: str
    words: str
    raw: str
    line: int


def leaves(part: Part, tree: dict[str, Tree], day: Date) -> Leaves:
    """What a mark says, by its place in the entry's tree. Raises UsageError."""
    record, words = part.record, _parted(part.record, part.words)
    words = words if record == "items" else words.removesuffix("。")
    if not words:
        raise UsageError("nothing stands behind the mark {mark}", mark=part.raw.strip())
    if record == "items":
        there = tree.get("items", {})
        n = part.n or next(str(n) for n in count(len(there) + 1) if str(n) not in there)
        return {("items", n): {"type": part.type} | item_words(part.type, words, day)}
    if record == "figures":
        return _figures(words)
    if record in ("facts", "card"):
        return _facts(words, card=record == "card")
    if record == "meeting":
        return {("meeting", key): value for key, value in _meeting(words).items()}
    if record == "decisions":
        return {("decisions", len(tree.get("decisions", []))): _decision(words, part.type)}
    if record in RECORDS:
        return {(record, len(tree.get(record, []))): _record(RECORDS[record], words)}
    return {(record,): unquoted(words)}


_COMMA = re.compile(rf"({QUOTED})|(?<=[^\s=＝，,；;])[，,；;](?=([^\s，,；;=＝\"]{{1,10}})[=＝])")
_COLON = re.compile(
    rf"({QUOTED})|(?:^|(?<=[\s，,；;]))([^\s，,；;:：=＝\"@＠]{{1,10}})[:：][ \t]?([^\s，,；;。:：=＝\"]+)"
)
_SINGLE = {"items": "item", "figures": "figure", "decisions": "decision", "card": "facts"} | RECORDS


def _parted(record: str, words: str) -> str:
    """Words whose `key=value` stand behind commas, 组=二组，人口=4, with spaces there, and 资金来源：卫生局 with its =."""
    of = _SINGLE.get(record, record)

    def is_key(word: str) -> bool:
        return any(name in KEYS and key_of(name, word) for name in (of, *_INSIDE.get(of, ())))

    def space(match: re.Match[str]) -> str:
        return " " if match[2] and (of == "facts" or is_key(match[2])) else match[0]

    def equals(match: re.Match[str]) -> str:
        return f"{match[2]}={match[3]}" if match[2] and is_key(match[2]) else match[0]

    words = words if of in ("item", "figure", "meeting") else _COLON.sub(equals, words)
    return _COMMA.sub(space, words)


_INSIDE = {"decision": ("vote",)}


def _record(name: str, words: str) -> dict[str, str]:
    if name == "aid":
        to = list(_WHO.finditer(settings_in("aid", words)[0]))
        for match in to:
            words = words.replace(match[0], " ", 1)
        names = "、".join(dict.fromkeys(unquoted(match[1]) for match in to))
        return both({"to": names} if to else {}, aid_words(words.strip()))
    text, said = settings_in(name, words)
    if name == "update":
        ref = re.split(_BETWEEN, text, maxsplit=1)[0]
        rest = text[len(ref) :].lstrip(f"：:{_SIGNS}")
        if ref and not plain(ref).isascii():
            raise UsageError("“{text}” is no id of an item; write 【进展】k2w8.1 已销号", text=ref)
        return both({"ref": ref} | _update(rest), said) if text else said
    if name == "fund":
        return both(_fund(text, said), said)
    first = {"file": "path", "void": "entry"}[name]
    return both({first: text} if text else {}, said)


_MONEY_WORD = re.compile("(?:金|款|费|钱|补贴|补助)$")
_AMOUNT_LAST = re.compile(r"(?:(?P<words>.*?\S)\s+)?(?P<amount>[-+¥￥]?\d[\d,.]*\s*\S*|\S+)", re.DOTALL)


def _fund(text: str, said: dict[str, str]) -> dict[str, str]:
    """卫生局 1400元, 卫生局 慰问金 1400元; where the source is said by its key, the words are what it gave."""
    match = _AMOUNT_LAST.fullmatch(text)
    if not match or "amount" in said:
        words, found = text.split(), {}
    else:
        words, found = (match["words"] or "").split(), {"amount": match["amount"]}
    if len(words) < 2 or said.keys() & {"from", "what"}:
        key = "what" if "from" in said else "from"
        return found | ({key: " ".join(words)} if words else {})
    money = [word for word in words if _MONEY_WORD.search(word)]
    if len(words) > 2 or len(money) != 1:
        raise UsageError(
            "“{text}” does not tell whose money it is; write 来源=卫生局 内容=慰问金 金额=1400元", text=text
        )
    source = next(word for word in words if word not in money)
    return found | {"from": source, "what": money[0]}


def _meeting(words: str) -> dict[str, str]:
    """村民小组会议 主持=王浩 记录：李明; a word without a key is not left out in silence."""
    rest, found = settings_in("meeting", words)
    for match in NAMED.finditer(rest):
        if key := key_of("meeting", match[1]):
            found = both(found, {key: match[2]})
            rest = rest.replace(match[0], " ", 1)
    for word in re.findall(r"[^\s，,、；;。]+", rest):
        if not value_of("meeting", word):
            raise UsageError(
                "“{text}” has no key here; write 【会议】主持=王浩 记录=李明 应到=20 实到=18", text=word
            )
        found = both(found, {"type": word})
    return found


_SIGNS = " \t　，,、；;"
_BETWEEN = f"[：:{_SIGNS}]"


def _update(text: str) -> dict[str, str]:
    """What a word of an update is shows in the word: 已销号，已解决，满意; the rest is its note."""
    said: dict[str, str] = {}
    rest = []
    for match in re.finditer(rf"([^{_SIGNS}]+)[{_SIGNS}]*", text):
        for key in ("status", "reason", "satisfied", "grade"):
            if key not in said and value_of(key, match[1]):
                said[key] = match[1]
                break
        else:
            rest.append(match[0])
    if said.get("reason") and "status" not in said and value_of("reason", said["reason"]) == "resolved":
        said["status"] = "done"
    note = "".join(rest).strip(_SIGNS if said else None)
    return said | ({"note": note} if note else {})


_NUMBER = r"[+-]?\d[\d,.]*(?:\s*[^\s\d=＝]+(?![^\s=＝]*[=＝]))?"
_NO_SIGN = r"(?![^\s=＝]{0,40}[=＝])"  # else the number is of the name: 低保户数2025=35户
_FIGURE = re.compile(
    rf"({QUOTED}|[^=＝]*?[^=＝\s])"
    rf'(?:\s*[=＝]\s*(?=[+\-\d"])|\s*[:：]\s*(?=[+\-\d"]){_NO_SIGN}|[=＝]|\s+(?=[+-]\d){_NO_SIGN}'
    rf"|\s*(?<=[^\d.,+\-A-Za-z])(?=\d){_NO_SIGN})({QUOTED}|{_NUMBER}|\S*)(.*)",
    re.DOTALL,
)


_SEVERAL = re.compile("[，,；;、。]\\s*(?=[^\\d\\s])")
_ONE_FIGURE = re.compile(
    rf"(其中[:：]?)?([^\d=＝:：\"]*?[^\d\s=＝:：\"])[ \t]*(?:[=＝:：][ \t]*)?({_NUMBER})"
)


def _figures(words: str) -> Leaves:
    """在校学生326人，其中留守儿童127人, else one figure."""
    parts = [_ONE_FIGURE.fullmatch(part) for part in _SEVERAL.split(words.rstrip("。；;")) if part]
    if len(parts) < 2 or None in parts:
        return _figure(words)
    found: Leaves = {}
    whole = ""
    for part in filter(None, parts):
        of = {"of": whole} if part[1] and whole else {}
        whole = whole if part[1] else part[2].strip()
        name = part[2].strip()
        if ABOUT.search(name):
            raise UsageError("“{text}” is no exact number; write the number that was counted", text=part[0])
        if ("figures", name) in found:
            raise UsageError("“{key}” is said twice", key=name)
        found["figures", name] = {"value": part[3], **of}
    return found


def _figure(words: str) -> Leaves:
    """在校学生=326人 其中=…; also 在校学生 326人."""
    match = _FIGURE.fullmatch(words)
    if not match:
        raise UsageError("“{text}” is no figure; write 在校学生=326人", text=words)
    note, said = settings_in("figure", match[3])
    value = both({"value": unquoted(match[2])} if match[2] else {}, said)
    name = unquoted(match[1].strip())
    if ABOUT.search(name):
        raise UsageError("“{text}” is no exact number; write the number that was counted", text=words)
    return {("figures", name): both(value, {"note": note} if note else {})}


_WHO = re.compile(rf"[@＠]({QUOTED}|\S+)\s*")


def _facts(words: str, card: bool) -> Leaves:
    """@赵小梅 健康状况=红斑狼疮, 王五 低保户; a card was given to everyone who is named."""
    if card and not any(match[1] for match in SETTING.finditer(words)):
        names = _CARD_NAMES.findall(words)
        if names and not any(_NO_NAME.match(bare) for _at, _quoted, bare in names if not _at):
            return {("facts", unquoted(quoted or bare), "card"): "true" for _at, quoted, bare in names}
    whom, rest = _named_first(words)
    said = _pairs_in(rest) or _named_values(rest)
    if not whom or not said:
        raise UsageError("“{text}” tells nothing of anybody; write @赵小梅 健康状况=…", text=words)
    found: Leaves = {}
    for who in whom:
        for key, value in said:
            path = ("facts", who, key)
            before = found.get(path)
            found[path] = (
                value if before is None else [*(before if isinstance(before, list) else [before]), value]
            )
    return found


def _named_first(words: str) -> tuple[list[str], str]:
    """Who stands at the beginning, @赵小梅、王二 or 赵小梅, and the rest."""
    whom: list[str] = []
    while match := _WHO.match(words) or (not whom and _FIRST.match(words)):
        whom += [unquoted(match[1])] if match[1][0] == '"' else re.findall("[^、，,]+", match[1])
        words = words[match.end() :]
    return list(dict.fromkeys(whom)), words


_CARD_NAMES = re.compile(rf"([@＠]?)(?:({QUOTED})|([^\s、，,；;@＠\"]+))")
_NO_NAME = re.compile(r"[已发共]|.*\d")  # 已发, 发放12张
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
        if not found and (before := words[: match.start()].strip()):
            found = _named_values(before)
            if not found:
                raise UsageError("“{text}” tells nothing of anybody; write @赵小梅 健康状况=…", text=before)
        elif between := words[at : match.start()].strip():
            found[-1] = found[-1][0], f"{found[-1][1]} {_of_one(between)}"
        name = unquoted(match[1])
        found.append((key_of("facts", name) or name, unquoted(match[2])))
        at = match.end()
    if found and (behind := words[at:].strip()):
        found[-1] = found[-1][0], f"{found[-1][1]} {_of_one(behind)}"
    return found


def _of_one(words: str) -> str:
    """Words that go on with a value; not somebody else. Raises UsageError."""
    if words[0] in "@＠":
        raise UsageError("“{text}” is somebody else; write another mark for it", text=words)
    return words


def _decision(words: str, type_: str) -> dict[str, Tree]:
    text, said = settings_in("decision", words)
    said = both({"text": text} if text else {}, said)
    made: dict[str, Tree] = {"type": type_}
    vote: dict[str, Tree] = {}
    if "vote" in said:
        said = both({"how": said.pop("vote")}, said)
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
