"""The settings of a diary, from minqing.yaml; every one has a default. Pure."""

from collections.abc import Callable
from typing import Any, NamedTuple

from minqing.errors import Flaw
from minqing.exact import decimal_text
from minqing.front import Path, Tree, placed, read_front
from minqing.text import decode
from minqing.values import (
    Unreadable,
    read_area,
    read_count,
    read_days,
    read_names,
    read_quantity,
    read_ratio,
    read_text,
    read_word,
)
from minqing.words import KEYS, key_of


class Config(NamedTuple):
    """Days are whole numbers; ratios are texts such as 2/3."""

    name: str = ""
    area: str | None = None
    author: str | None = None
    lang: str | None = None
    areas: tuple[str, ...] = ()
    deadlines: dict[str, int] = {"urgent": 3, "important": 7, "normal": 30}
    visits: dict[str, int] = {"normal": 180, "lifted": 90, "watched": 30, "dibao": 60, "tekun": 30}
    quorum: dict[str, dict[str, str]] = {"group": {"attend": "2/3", "agree": "1/2"}}
    card: dict[str, str] = {}  # name, post, office, phone, promise, as they stand on a 民情连心卡
    score: dict[str, int] = {
        "closing": 30, "on_time": 25, "promises": 20, "satisfaction": 15, "coverage": 10,
        "collected": 0, "volume": 0,
    }  # fmt: skip
    grades: dict[str, int] = {"excellent": 90, "good": 75, "fair": 60}  # the fewest points of each
    budget: dict[str, str] = {}  # yuan a year by fund, as decimal text


def read_settings(data: bytes) -> tuple[Config, list[Flaw]]:
    """The settings that a minqing.yaml makes, with its flaws; what cannot be read keeps its default."""
    text, flaws = decode(data)
    front = read_front(text, 1)
    said, found = _read_tree(front.tree)
    flaws += [*front.flaws, *placed(found, text, 1)]
    defaults = Config()
    for key in ("deadlines", "visits", "quorum", "score", "grades"):
        if key in said:
            said[key] = getattr(defaults, key) | said[key]
    return Config(**{key: value for key, value in said.items() if key in Config._fields}), flaws


def _read_tree(tree: Tree) -> tuple[dict[str, Any], list[tuple[Path, Flaw]]]:
    readers: dict[str, Callable[[str, Any], Any]] = {
        **{key: lambda _, value: read_text(value) for key in ("name", "author")},
        "area": lambda _, value: read_area(value),
        "lang": lambda _, value: _language(value),
        "areas": lambda _, value: tuple(map(read_area, read_names(value))),
        "deadlines": lambda _, value: _each(value, read_word("level"), read_days),
        "visits": lambda _, value: _each(value, read_word("class"), read_days),
        "quorum": lambda _, value: _each(
            value, read_word("meeting"), lambda part: _each(part, _quorum, read_ratio)
        ),
        "score": lambda _, value: _each(value, _key("score"), read_count),
        "grades": lambda _, value: _each(value, read_word("grade"), read_count),
        "budget": lambda _, value: _each(value, read_text, _yuan),
        "mask": lambda _, value: value,
        "card": lambda _, value: _each(value, _key("card"), read_text),
    }
    said: dict[str, Any] = {}
    flaws: list[tuple[Path, Flaw]] = []
    for typed, value in tree.items():
        key = key_of("config", typed)
        try:
            if key is None:
                raise Unreadable(
                    "“{key}” is no key here",
                    "known keys: {known}",
                    key=typed,
                    known=" ".join(readers),
                    record="config",
                )
            if value is not None:
                said[key] = readers[key](key, value)
        except _Partly as partly:
            said[str(key)] = partly.made
            flaws += [
                ((typed, name), Flaw("value", error.message, error.remedy, error.words))
                for name, error in partly.errors
            ]
        except Unreadable as error:
            flaws.append(
                ((typed,), Flaw("key" if key is None else "value", error.message, error.remedy, error.words))
            )
    return said, flaws


def _key(record: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        key = key_of(record, value)
        if key is None:
            known = " ".join(KEYS[record])
            raise Unreadable(
                "“{text}” is not known here", "write one of: {known}", text=value[:40], known=known
            )
        return key

    return read


def _yuan(value: Any) -> str:
    """An amount of money, in yuan, as decimal text."""
    amount = read_quantity(value)
    if amount.unit not in ("", "元"):
        raise Unreadable("“{text}” is no amount in yuan", "write it as 20000元", text=str(value)[:40])
    return decimal_text(amount.value)


def _quorum(value: Any) -> str:
    word = {"出席": "attend", "到会": "attend", "通过": "agree", "同意": "agree"}.get(value, value)
    if word not in ("attend", "agree"):
        raise Unreadable(
            "“{text}” is not known here", "write one of: {known}", text=value[:40], known="attend agree"
        )
    return str(word)


def _language(value: Any) -> str:
    said = {"中文": "zh", "英文": "en"}.get(read_text(value), read_text(value))
    if said not in ("zh", "en"):
        raise Unreadable("“{text}” is not known here", "write one of: {known}", text=said[:40], known="zh en")
    return said


class _Partly(Unreadable):
    """Some lines cannot be read; `made` is what the others say."""

    def __init__(self, made: dict[str, Any], errors: list[tuple[str, Unreadable]]) -> None:
        first = errors[0][1]
        super().__init__(first.message, first.remedy, **first.words)
        self.made, self.errors = made, errors


def _each(tree: Any, key: Callable[[Any], str], value: Callable[[Any], Any]) -> dict[str, Any]:
    """The lines of a part of the settings. Raises _Partly for those that cannot be read."""
    if not isinstance(tree, dict):
        raise Unreadable("lines of `key: value` are wanted here", "write one a line, indented")
    made: dict[str, Any] = {}
    errors: list[tuple[str, Unreadable]] = []
    for name, part in tree.items():
        try:
            made |= {} if part is None else {key(name): value(part)}
        except Unreadable as error:
            errors.append((name, error))
    if errors:
        raise _Partly(made, errors)
    return made
