"""An entry as marked text, which `marks.read_marks` reads back with every ledger list as it was. Pure."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from minqing.front import Tree
from minqing.heads import guarded
from minqing.layout import tree_of
from minqing.marks import BRACKETS, PARTS
from minqing.markwords import RECORDS
from minqing.model import Entry
from minqing.words import KEYS, show_key, show_value

_ODD = re.compile(rf"[\s\"=＝@＠#＃!！{BRACKETS}]|[，,；;](?=.)|。$")
_ODD_IN_LINE = re.compile(rf'[\n{BRACKETS}]|^[":：]|。$')


def _value(value: str) -> str:
    """A value as it stands behind `key=`."""
    return _quoted(value) if not value or _ODD.search(value) else value


def _line_value(value: str) -> str:
    """A value that is all of a mark's words."""
    return _quoted(value) if value != value.strip() or _ODD_IN_LINE.search(value) else value


def _quoted(value: Tree) -> str:
    """As JSON, in which nothing looks like a mark."""
    text = json.dumps(value, ensure_ascii=False)
    return re.sub(f"[{BRACKETS}]", lambda sign: f"\\u{ord(sign[0]):04x}", text)


def write_marks(entry: Entry, language: str = "en") -> str:
    """An entry as marked text; `read_marks` reads every ledger list of it back as it is."""
    tree = tree_of(entry, language)
    at = {key: show_key("entry", key, language) for key in KEYS["entry"]}
    lines = [f"{entry.date.isoformat()}"]
    for key, name in at.items():
        said = tree.get(name)
        if not said or key == "date":
            continue
        if key in _WRITERS:
            lines += _WRITERS[key](said, name, language)
        elif isinstance(said, list):
            lines.append(f"【{name}】{_line_value('、'.join(said))}")
        else:
            lines.append(f"【{name}】{_line_value(said)}")
    if entry.body.strip():
        lines.append(f"【{PARTS['text'][language != 'zh']}】")
        lines += map(guarded, entry.body.rstrip("\n").split("\n"))
    return "\n".join(lines) + "\n"


def _pairs(record: dict[str, Tree], *out: str) -> str:
    """The rest of a record as `key=value` words."""
    words = []
    for key, value in record.items():
        if key in out:
            continue
        text = "、".join(value) if isinstance(value, list) else str(value)
        words.append(f"{_value(key) if _ODD.search(key) else key}={_value(text)}")
    return " ".join(words)


def _items(said: dict[str, Tree], _name: str, language: str) -> Iterator[str]:
    type_key = show_key("item", "type", language)
    for nth, (n, item) in enumerate(said.items(), 1):
        yield f"【{item[type_key]}{'' if int(n) == nth else n}】{_pairs(item, type_key)}"


def _rows(said: list[dict[str, Tree]], name: str, _language: str) -> Iterator[str]:
    for row in said:
        yield f"【{name}】{_pairs(row)}"


def _figures(said: dict[str, Tree], name: str, language: str) -> Iterator[str]:
    value_key = show_key("figure", "value", language)
    for figure, told in said.items():
        row = told if isinstance(told, dict) else {value_key: told}
        value = row.get(value_key) or ""
        more = _pairs(row, value_key)
        shown = figure if re.fullmatch(r"[^\W\d_]+", figure) else _quoted(figure)
        yield f"【{name}】{shown}={_value(value) if value else ''}{' ' + more if more else ''}"


def _facts(said: dict[str, dict[str, Tree]], name: str, _language: str) -> Iterator[str]:
    for who, about in said.items():
        pairs = [
            _pairs({key: part})
            for key, value in about.items()
            for part in (value if isinstance(value, list) else [value])
        ]
        yield f"【{name}】@{_quoted(who) if re.search('[、，,]', who) else _value(who)} {' '.join(pairs)}"


def _meeting(said: dict[str, Tree], name: str, _language: str) -> Iterator[str]:
    yield f"【{name}】{_pairs(said)}"


def _decisions(said: list[dict[str, Tree]], _name: str, language: str) -> Iterator[str]:
    type_key, vote_key = (show_key("decision", key, language) for key in ("type", "vote"))
    tally_key = show_key("vote", "tally", language)
    for row in said:
        vote = dict(row.get(vote_key) or {})
        if tally_key in vote:
            vote[tally_key] = json.dumps(vote[tally_key], ensure_ascii=False)
        words = " ".join(filter(None, (_pairs(row, type_key, vote_key), _pairs(vote))))
        yield f"【{row.get(type_key) or show_value('decision', 'resolution', language)}】{words}"


_WRITERS: dict[str, Callable[[Any, str, str], Iterator[str]]] = {
    "items": _items,
    "figures": _figures,
    "facts": _facts,
    "meeting": _meeting,
    "decisions": _decisions,
    **dict.fromkeys(RECORDS, _rows),
}
