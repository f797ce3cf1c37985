"""Ledgers, flows and maps that an office writes itself: one YAML file each, with no code.

A diary's own stand in `templates/ledgers/`, `templates/flows/` and `templates/forms/`; a ledger or flow of the
name of a shipped one takes its place.
"""

import os
import sqlite3
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from minqing.diary import shipped_templates
from minqing.errors import Flaw
from minqing.flows import read_flow
from minqing.front import Path, Tree
from minqing.language import language
from minqing.maps import read_map
from minqing.period import means_time
from minqing.shapes import LOST, Found, Shape, one, plainly, read_shaped, record
from minqing.text import decode
from minqing.values import Unreadable, read_names, read_text, read_word
from minqing.words import (
    OPEN,
    OVERDUE,
    SOURCE_NAMES,
    SOURCE_VALUES,
    SOURCES,
    VALUES,
    key_of,
    nearest,
    plain,
    value_of,
)

NUMBER = "no"  # the column that counts the rows


_REPORTS = {
    name[:-3] for name in os.listdir(os.path.join(os.path.dirname(__file__), "reports")) if name[-3:] == ".py"
}


class Ledger(NamedTuple):
    """台账样式: which facts, which of them, in which columns. A column without a key is filled in by hand."""

    title: str
    source: str
    columns: tuple[tuple[str, str | None], ...]  # title and key
    filter: Mapping[str, tuple[str, ...]] = {}
    sort: tuple[str, ...] = ()  # keys; a - before one turns it round
    by: tuple[str, ...] = ()  # columns to sum up by, below the table
    unit: str = ""
    footer: tuple[str, ...] = ()
    numbered: bool = False  # on paper, by a running number in front


def forms(ledger: sqlite3.Connection, family: str) -> dict[str, str]:
    """The text of every form of a family by its name."""
    shipped = shipped_templates(language()) / family
    found = {path.stem: path.read_text(encoding="utf-8") for path in sorted(shipped.glob("*.yaml"))}
    own = ledger.execute("select name, text from form where family = ?", (family,)).fetchall()
    return found | {row["name"]: row["text"] for row in own}


def read_form(family: str, name: str, data: bytes) -> tuple[str, list[Flaw]]:
    """The text of a form's file, with every mistake in it and in its name."""
    text, flaws = decode(data)
    if family == "ledgers" and (name in _REPORTS or means_time(name)):
        cause, remedy = "{name} is a report or a period already, and stays that", "give the file another name"
        flaws.append(Flaw("value", cause, remedy, {"name": name}, line=1, column=1))
    readers: dict[str, Callable[[str], tuple[Any, list[Flaw]]]] = {
        "ledgers": read_ledger,
        "flows": read_flow,
        "forms": read_map,
    }
    return text, flaws + readers[family](text)[1]


# ---------------------------------------------------------------- a ledger's form


def read_ledger(text: str) -> tuple[Ledger | None, list[Flaw]]:
    """A ledger as its file lays it out, with every mistake in it; None if it cannot be drawn."""
    return read_shaped(text, _with_known_columns(_shape()))


@cache
def _shape() -> Shape:
    ones = {
        "title": read_text,
        "source": _source,
        "columns": _columns,
        "filter": _filter,
        "sort": read_names,
        "by": read_names,
        "unit": read_text,
        "footer": _lines,
        "numbered": lambda value: read_word("truth")(value) == "true",
    }
    shapes = {key: one(read) for key, read in ones.items()}
    return record("form", shapes, plainly(_ledger), "title", "source", "columns")


def _ledger(**said: Any) -> Ledger:
    """A ledger with the keys of its columns in ASCII, whichever language they were typed in."""
    source = said["source"]
    said["columns"] = tuple(
        (title, key and (column_of(source, key) or key)) for title, key in said["columns"]
    )
    said["filter"] = {
        (column := column_of(source, key) or key): tuple(
            _meant(source, column, typed) or typed for typed in values
        )
        for key, values in said.get("filter", {}).items()
    }
    for part in ("sort", "by"):
        said[part] = tuple(
            ("-" if key.startswith("-") else "") + (column_of(source, key.lstrip("-")) or key.lstrip("-"))
            for key in said.get(part, ())
        )
    return Ledger(**said)


def _source(value: Any) -> str:
    typed = read_text(value)
    for name, words in SOURCE_NAMES.items():
        if plain(typed).lower() in (name, *words):
            return name
    known = " ".join(f"{words[0]} ({name})" for name, words in SOURCE_NAMES.items())
    raise Unreadable("“{text}” is not known here", "write one of: {known}", text=typed[:40], known=known)


def _columns(value: Any) -> tuple[tuple[str, str | None], ...]:
    """`反映人: who` under a title of one's own, an empty value to fill in by hand; or only keys in a list."""
    if isinstance(value, dict):
        said = tuple((title, None if key is None else read_text(key)) for title, key in value.items())
    else:
        said = tuple(("", name) for name in read_names(value))
    if not said:
        raise Unreadable(
            "a ledger without a column shows nothing", "write one a line: its title, then its key"
        )
    return said


def _filter(value: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise Unreadable("lines of `key: value` are wanted here", "write one a line, indented")
    return {key: read_names(part) for key, part in value.items() if part is not None}


def _lines(value: Any) -> tuple[str, ...]:
    return tuple(read_text(part) for part in (value if isinstance(value, list) else [value]))


def column_of(source: str, typed: str) -> str | None:
    """The key of a column that a person means by `typed`."""
    word = plain(typed).lower()
    if word in (NUMBER, "序号"):
        return NUMBER
    return next((key for key, words in SOURCES[source].items() if word in (key, *words)), None)


def _meant(source: str, column: str, typed: str) -> str | None:
    """The value of a column that a person means by `typed`; None where there is none."""
    words = SOURCE_VALUES.get(source, {}).get(column)
    if words is None:
        return typed
    if words == "status" and plain(typed).lower() in OVERDUE:
        return OVERDUE[0]
    return value_of(words, typed) or (typed if words in OPEN else None)


def _with_known_columns(ledger: Shape) -> Shape:
    """A ledger whose columns are all columns of its source, and whose filters look for what can be there."""

    def shape(tree: Tree, path: Path, found: Found) -> Any:
        made = ledger(tree, path, found)
        if made is not LOST:
            found += _unknown_columns(made, tree) + _unknown_values(made, tree)
        return made

    return shape


def _unknown_values(form: Ledger, tree: Tree) -> Found:
    found: Found = []
    part = next((word for word in tree if key_of("form", word) == "filter"), "")
    for key, values in form.filter.items():
        for value in values:
            if _meant(form.source, key, value) is None:
                words = VALUES[SOURCE_VALUES[form.source][key]]
                known = [word for said, names in words.items() for word in (said, *names)]
                close = nearest(value[:40], known) or " ".join(
                    known if value.isascii() else (n[0] for n in words.values())
                )
                told = {"text": value[:40], "known": close}
                at = next(typed for typed in tree[part] if (column_of(form.source, typed) or typed) == key)
                flaw = Flaw("value", "“{text}” is not known here", "write one of: {known}", told)
                found.append(((part, at), flaw))
    return found


def _unknown_columns(form: Ledger, tree: Tree) -> Found:
    known = [word for key, words in SOURCES[form.source].items() for word in (key, *words)]
    names = " ".join(f"{words[0]} ({key})" for key, words in SOURCES[form.source].items())
    found: Found = []
    wanted = [("columns", title, key) for title, key in form.columns if key]
    wanted += [(part, key, key.lstrip("-")) for part in ("sort", "by") for key in getattr(form, part)]
    wanted += [("filter", key, key) for key in form.filter]
    for part, at, key in wanted:
        if key != NUMBER and key not in SOURCES[form.source]:
            close = nearest(key[:40], known)
            words = {"key": key, "known": close or names}
            flaw = Flaw("value", "{key} is no column here", "did you mean one of these: {known}", words)
            typed = next(word for word in tree if key_of("form", word) == part)
            found.append(((typed, at), flaw))
    return found
