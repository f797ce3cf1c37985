"""Words typed on one line to facts: 没有低保 @赵小梅 #welfare !6月8日, 慰问金 200元 x 7 fund=卫生局. Pure."""

import re
from collections.abc import Callable, Mapping
from datetime import date as Date
from typing import Any

from minqing.days import read_due
from minqing.errors import UsageError
from minqing.model import Aid, Figure, Item
from minqing.schema import AID, FIGURE, make_aid
from minqing.shapes import Fields
from minqing.values import Unreadable, read_word
from minqing.words import FULLWIDTH, key_of, plain, words_of


class BadValue(UsageError):
    """A value that its key cannot hold, said in the two sentences of its reader."""

    def __init__(self, key: str, cause: Unreadable) -> None:
        super().__init__("{key}: {cause} — {remedy}", key=key)
        self.cause = cause


_MARK = re.compile(r"(?:^|(?<=\s))([@#!＠＃！])(\S+)\s*")


def read_item(kind: str, typed: str, day: Date, n: int = 1) -> Item:
    """An item of a type from its words: 没有低保 @赵小梅 #welfare !6月8日. Raises UsageError."""
    said: dict[str, Any] = {}
    text = typed
    for match in _MARK.finditer(typed):
        mark, word = plain(match[1]), match[2]
        if mark == "@":
            said["who"] = word
        elif mark == "#":
            said["about"] = _typed("about", read_word("about"), word)
        else:
            said["due"] = read_due(word, day)
        text = text.replace(match[0], " ", 1)
    text = " ".join(text.split())
    if not text:
        raise UsageError("“{text}” says who and when, but not what", text=typed)
    return Item(n=n, type=kind, text=text, **said)


def _typed(key: str, read: Callable[[Any], Any], said: Any) -> Any:
    """A value through its reader. Raises UsageError with the reader's cause and remedy."""
    try:
        return read(said)
    except Unreadable as error:
        raise BadValue(key, error) from None


def typed_fields(fields: Fields, said: Mapping[str, Any]) -> dict[str, Any]:
    """Each value through the reader of its key (see schema.ENTRY and its like). Raises UsageError."""
    return {key: _typed(key, fields[key], value) for key, value in said.items()}


_SETTING = re.compile(r"(?:^|(?<=\s))([^\s=＝]+)[=＝](\S+)")
_AMOUNT = r"(?P<each>\d[\d,.]*\s*[万亿]?[^\d\sxX×*]*)"
_GIFT = re.compile(rf"(?P<what>.*?)\s*(?:{_AMOUNT}\s*)?(?:[xX×*]\s*(?P<n>\d+)\S*)?", re.DOTALL)


def _settings(record: str, typed: str) -> tuple[str, dict[str, str]]:
    """The text without its `key=value` words, and those words by key. Raises UsageError."""
    said: dict[str, str] = {}
    for key, value in _SETTING.findall(typed):
        known = key_of(record, key)
        if known is None:
            raise UsageError(
                "“{key}” is no key here; known keys: {known}", key=key, known=" ".join(words_of(record))
            )
        said[known] = value
    return _SETTING.sub("", typed).strip(), said


def read_aid(typed: str) -> Aid:
    """Aid from its words: 慰问金 200元 x 7 fund=卫生局 to=甲、乙. Raises UsageError."""
    text, said = _settings("aid", typed)
    match = _GIFT.fullmatch(text.translate(FULLWIDTH))
    what = (match["what"] if match else text).strip()
    if not what:
        raise UsageError("“{text}” does not say what was given; write 慰问金 200元 x 7", text=typed)
    given = {key: match[key] for key in ("each", "n") if match and match[key]}
    return make_aid(**typed_fields(AID, {"what": what} | given | said))


def read_figure(typed: str) -> Figure:
    """A figure from its words: 在校学生=326人, 留守儿童=127人 of=在校学生. Raises UsageError."""
    name, sign, rest = typed.replace("＝", "=", 1).partition("=")
    if not sign or not name.strip():
        raise UsageError("“{text}” is no figure; write 在校学生=326人", text=typed)
    value, said = _settings("figure", rest)
    found = typed_fields(FIGURE, ({"value": value} if value else {}) | said)
    return Figure(name.strip(), found.get("value"), found.get("of"), found.get("note"))


def set_key(tree: dict[str, Any], typed: str) -> None:
    """Put `key=value` into an entry's tree; dots go into records: meeting.host=张三. Raises UsageError."""
    path, sign, value = typed.replace("＝", "=", 1).partition("=")
    keys = [part.strip() for part in path.replace("．", ".").split(".")]
    if not sign or not all(keys):
        raise UsageError("“{text}” is no key=value", text=typed)
    keys[0] = key_of("entry", keys[0]) or keys[0]
    for key in keys[:-1]:
        inner = tree.setdefault(key, {})
        if not isinstance(inner, dict):
            raise UsageError("“{key}” holds no keys of its own", key=key)
        tree = inner
    tree[keys[-1]] = value
