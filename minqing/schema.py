"""A tree of text to typed facts. The shape of an entry, stated once. Pure."""

import re
from collections.abc import Callable, Collection
from functools import cache
from typing import Any

from minqing.errors import Flaw
from minqing.front import Path, Tree
from minqing.model import (
    Aid,
    Decision,
    Entry,
    Fact,
    Figure,
    File,
    Fund,
    Item,
    Kind,
    Meeting,
    Quantity,
    Update,
    Void,
    Vote,
)
from minqing.shapes import (
    LOST,
    Fields,
    Found,
    Shape,
    many,
    named,
    one,
    ones,
    plainly,
    record,
    shaped,
    twice,
)
from minqing.values import (
    Unreadable,
    read_area,
    read_count,
    read_date,
    read_id,
    read_names,
    read_people,
    read_quantity,
    read_ref,
    read_text,
    read_time,
    read_word,
)
from minqing.words import KEYS, MONEY, key_of, plain, value_of

# ---------------------------------------------------------------- records

_TEXT = read_text

UPDATE: Fields = {
    "ref": read_ref,
    "status": read_word("status"),
    "reason": read_word("reason"),
    "note": _TEXT,
    "by": _TEXT,
    "satisfied": read_word("satisfied"),
    "grade": read_word("grade"),
}
ITEM: Fields = {
    "type": read_word("item"),
    "text": _TEXT,
    "about": read_word("about"),
    "who": _TEXT,
    "owner": _TEXT,
    "due": read_date,
    "level": read_word("level"),
    "status": read_word("status"),
}
AID: Fields = {
    "what": _TEXT,
    "form": read_word("form"),
    "each": read_quantity,
    "n": read_count,
    "total": read_quantity,
    "to": read_names,
    "fund": _TEXT,
    "approver": _TEXT,
    "occasion": _TEXT,
    "receipt": read_names,
}
FUND: Fields = {"from": _TEXT, "amount": read_quantity, "what": _TEXT, "note": _TEXT}
FIGURE: Fields = {"value": read_quantity, "of": _TEXT, "note": _TEXT}
VOTE: Fields = {
    "how": read_word("how"),
    **dict.fromkeys(("issued", "returned", "valid", "yes", "no", "abstain"), read_count),
}
DECISION: Fields = {
    "text": _TEXT,
    "type": read_word("decision"),
    "elected": _TEXT,
    "signed": read_count,
    "posted": read_date,
}
MEETING: Fields = {
    "type": read_word("meeting"),
    "host": _TEXT,
    "recorder": _TEXT,
    "eligible": read_count,
    "present": read_count,
    "unit": read_word("unit"),
    "agenda": read_names,
}
ENTRY: Fields = {
    "id": read_id,
    "kind": _TEXT,
    "date": read_date,
    "title": _TEXT,
    "weekday": _TEXT,
    "lunar": _TEXT,
    "time": read_time,
    "weather": _TEXT,
    "area": read_area,
    "place": _TEXT,
    "author": _TEXT,
    "who": read_people,
    "with": read_people,
    "tags": read_names,
}
# Facts with known keys are typed; whatever else people note about a household is kept as it is.
FACT: Fields = {
    "class": read_word("class"),
    "watch": read_word("watch"),
    "house_level": read_word("house_level"),
    "minor": read_word("truth"),
    "members": lambda value: str(read_count(value)),
    "labour": lambda value: str(read_count(value)),
}
FACT_LISTS: Fields = {
    "causes": read_word("causes"),
    "tags": lambda value: value_of("person_tag", read_text(value)) or read_text(value),
}


# ---------------------------------------------------------------- the shape of an entry


def _number(value: Any) -> int:
    text = plain(read_text(value))
    if not re.fullmatch(r"[1-9]\d{0,3}", text):
        raise Unreadable("“{text}” is no item number", "number items 1, 2, 3 …", text=text[:40])
    return int(text)


def _list_of(read: Callable[[Any], str]) -> Callable[[Any], list[str]]:
    return lambda value: [read(part) for part in read_names(value)]


def _fact_values(value: Any) -> list[str]:
    if isinstance(value, dict):
        raise Unreadable(
            "one text is wanted here, not a list", "write a single value; quote it if it has brackets"
        )
    return [read_text(part) for part in (value if isinstance(value, list) else [value]) if part]


_FACT = ones(FACT) | {key: one(_list_of(read)) for key, read in FACT_LISTS.items()}
_OTHER_FACT = one(_fact_values)


def _facts(tree: Tree, path: Path, found: Found) -> Any:
    """What is known of one household: fact -> value or values, in the order of the file."""
    if not isinstance(tree, dict):
        found.append(
            (
                path,
                Flaw(
                    "value",
                    "facts need a name before them",
                    "write `name:` and below it, indented, `key: value`",
                ),
            )
        )
        return LOST
    made: dict[str, Any] = {}
    for typed, value in tree.items():
        key = key_of("facts", typed) or typed
        if value is None:
            continue
        if key in made:
            found.append(((*path, typed), twice(typed)))
        elif (said := _FACT.get(key, _OTHER_FACT)(value, (*path, typed), found)) is not LOST:
            made[key] = said
    return made


_FIGURE = record("figure", ones(FIGURE), plainly(dict))


def _figure(tree: Tree, path: Path, found: Found) -> Any:
    """`在校学生: 326人` says the same as `{value: 326人}`; an empty value is a figure still to be counted."""
    if tree is None or isinstance(tree, dict):
        return _FIGURE(tree or {}, path, found)
    value = one(read_quantity)(tree, path, found)
    return LOST if value is LOST else {"value": value}


@cache
def _entry_shape() -> Shape:
    """The shape of a whole entry, made once a process."""
    vote = record("vote", ones(VOTE) | {"tally": named(one(read_count))}, plainly(_vote))
    file_of: Fields = {"path": _TEXT, "sha256": _TEXT, "note": _TEXT, "original": _TEXT}
    void_of: Fields = {"entry": read_id, "why": _TEXT}
    inner: dict[str, Shape] = {
        "facts": named(_facts),
        "figures": named(_figure),
        "items": named(record("item", ones(ITEM), plainly(dict), "type", "text"), one(_number)),
        "updates": many(record("update", ones(UPDATE), plainly(Update), "ref")),
        "aid": many(record("aid", ones(AID), lambda said, lost: make_aid(lost, **said), "what")),
        "funds": many(record("fund", ones(FUND), plainly(_fund), "from", "amount")),
        "meeting": record("meeting", ones(MEETING), plainly(Meeting)),
        "decisions": many(record("decision", ones(DECISION) | {"vote": vote}, plainly(Decision), "text")),
        "files": many(record("file", ones(file_of), plainly(File), "path")),
        "void": many(record("void", ones(void_of), plainly(Void), "entry", "why")),
    }
    return record("entry", ones(ENTRY) | inner, plainly(_entry), "id", "kind", "date")


def read_tree(tree: Tree) -> tuple[Entry | None, list[tuple[Path, Flaw]]]:
    """An entry from its tree, with the flaws by their path in it. No entry without id, kind and date."""
    entry, found = shaped(tree, _entry_shape())
    return (None if entry is LOST else entry), found


# ---------------------------------------------------------------- records made


def in_ascii(record: str, tree: Any) -> Any:
    """A record under its stable keys; empty values are absent. What is unknown or twice stays, to be refused."""
    if not isinstance(tree, dict):
        return tree
    said: dict[str, Any] = {}
    for typed, value in tree.items():
        key = key_of(record, typed)
        if value is None and key is not None:
            continue
        said[typed if key is None or key in said else key] = value
    return said


def _vote(tally: dict[str, int] | None = None, **said: Any) -> Vote:
    return Vote(**said, tally=tuple((tally or {}).items()))


def _fund(**said: Any) -> Fund:
    return Fund(source=said.pop("from"), **said)


_COUNTED = {"n", "to", "each", "total"}


def make_aid(lost: Collection[str] = (), **said: Any) -> Aid:
    """Aid with what follows from what was said: how many, and the total where none was written.

    Nothing follows from a number that was `lost`.
    """
    each, n, to = said.get("each"), said.get("n"), said.get("to", ())
    if n is None and (to or each) and not _COUNTED.intersection(lost):
        n = said["n"] = len(to) or (1 if not said.get("total") else None)
    if said.get("total") is None and each and n is not None and not _COUNTED.intersection(lost):
        said["total"] = Quantity(each.value * n, each.unit)
    if "form" not in said:
        amount = each or said.get("total")
        said["form"] = "cash" if amount and amount.unit in MONEY else "goods"
    return Aid(**said)


def _entry(**said: Any) -> Entry:
    facts = tuple(
        Fact(who, key, part)
        for who, about in said.pop("facts", {}).items()
        for key, value in about.items()
        for part in (value if isinstance(value, list) else [value])
        if part
    )
    figures = tuple(
        Figure(name, about.get("value"), about.get("of"), about.get("note"))
        for name, about in said.pop("figures", {}).items()
    )
    items = tuple(Item(n=n, **about) for n, about in said.pop("items", {}).items())
    kind = said.pop("kind")
    return Entry(
        kind=value_of("kind", kind) or kind,
        companions=said.pop("with", ()),
        facts=facts,
        figures=figures,
        items=items,
        **said,
    )


# ---------------------------------------------------------------- flaws

_RECORDS = {
    "items": "item",
    "updates": "update",
    "aid": "aid",
    "funds": "fund",
    "figures": "figure",
    "facts": "facts",
    "meeting": "meeting",
    "decisions": "decision",
    "files": "file",
    "void": "void",
}


def record_at(path: Path) -> str:
    """The record that the last key of a path belongs to."""
    if len(path) <= 1:
        return "entry"
    if any(key_of("decision", str(part)) == "vote" for part in path[1:-1]):
        return "vote"
    return _RECORDS.get(key_of("entry", str(path[0])) or "", "entry")


def read_kind_tree(tree: Tree, name: str, body: str) -> Kind:
    """A kind from its template's header. Raises Unreadable."""
    said = in_ascii("kind", tree)
    kind = read_text(said.get("kind") or name)
    asks = tuple(read_names(said.get("asks") or []))
    needs = tuple(key_of("entry", word) or word for word in read_names(said.get("needs") or []))
    for word in said:
        if word not in KEYS["kind"]:
            raise Unreadable(
                "“{key}” is no key here",
                "known keys: {known}",
                key=word,
                known=" ".join(KEYS["kind"]),
                record="kind",
            )
    for word in needs:
        if word not in KEYS["entry"]:
            raise Unreadable(
                "“{key}” is no key of an entry",
                "known keys: {known}",
                key=word,
                known=" ".join(KEYS["entry"]),
                record="entry",
            )
    shown = said.get("name")
    return Kind(value_of("kind", kind) or kind, read_text(shown) if shown else kind, asks, needs, body)
