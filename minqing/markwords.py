"""What the words behind a mark say, as pieces of an entry's tree: 慰问金 200元 x 7, @赵小梅 户属性=低保户. Pure."""

import json
import re
from datetime import date as Date
from itertools import count
from typing import NamedTuple

from minqing.capture import QUOTED, SETTING, aid_words, item_words, settings_in, unquoted
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


_COMMA = re.compile(rf"({QUOTED})|(?<=[^\s=＝，,；;])[，,；;](?=([^\s，,；;=＝\"]{{1,10}})[=＝])")
_SINGLE = {"items": "item", "figures": "figure", "decisions": "decision", "card": "facts"} | RECORDS


def _parted(record: str, words: str) -> str:
    """Words whose `key=value` stand behind commas, 组=二组，人口=4, with spaces there."""
    of = _SINGLE.get(record, record)

    def space(match: re.Match[str]) -> str:
        known = match[2] and (of == "facts" or (of in KEYS and key_of(of, match[2])))
        return " " if known else match[0]

    return _COMMA.sub(space, words)


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
        ref = re.split(_BETWEEN, text, maxsplit=1)[0]
        rest = text[len(ref) :].lstrip(f"：:{_SIGNS}")
        if ref and not plain(ref).isascii():
            raise UsageError("“{text}” is no id of an item; write 【进展】k2w8.1 已销号", text=ref)
        return {"ref": ref} | _update(rest) | said if text else said
    if name == "fund":
        what, _space, amount = text.rpartition(" ")
        key = "what" if "from" in said else "from"  # 卫生局 1400元
        return ({key: what} if what else {}) | ({"amount": amount} if amount else {}) | said
    first = {"file": "path", "void": "entry"}[name]
    return ({first: text} if text else {}) | said


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
_FIGURE = re.compile(
    rf'({QUOTED}|[^=＝]+?)(?:\s*[=＝:：]\s*(?=[+\-\d"])|[=＝]|\s+(?=[+-]\d)|\s*(?<=[^\d.,+\-A-Za-z])(?=\d))({QUOTED}|{_NUMBER}|\S*)(.*)',
    re.DOTALL,
)


def _figure(words: str) -> Leaves:
    """在校学生=326人 其中=…; also 在校学生 326人."""
    match = _FIGURE.fullmatch(words)
    if not match:
        raise UsageError("“{text}” is no figure; write 在校学生=326人", text=words)
    note, said = settings_in("figure", match[3])
    value = ({"value": unquoted(match[2])} if match[2] else {}) | said | ({"note": note} if note else {})
    return {("figures", unquoted(match[1].strip())): value}


_WHO = re.compile(rf"[@＠]({QUOTED}|\S+)\s*")


def _facts(words: str, card: bool) -> Leaves:
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
    found: Leaves = {}
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
