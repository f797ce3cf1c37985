"""A tree of text to typed facts. The shape of an entry, stated once. Pure.

What cannot be typed is named by its path and left out, and the rest is read all the same. The walk is our
own: pydantic's core alone costs two bare Python starts on every command that meets a changed file, and
its errors would have to be led back to the words and brackets that the person used.
"""

import re
from collections.abc import Callable, Collection, Mapping
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
from minqing.values import (
    Unreadable,
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
from minqing.words import KEYS, key_of, nearest, plain, value_of

# ---------------------------------------------------------------- records

_TEXT = read_text
Fields = Mapping[str, Callable[[Any], Any]]

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
    "area": _TEXT,
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


# ---------------------------------------------------------------- shapes

Found = list[tuple[Path, Flaw]]
# A shape types a tree, appends what is wrong to `Found`, and returns LOST for what it cannot type.
Shape = Callable[[Tree, Path, Found], Any]
LOST: Any = object()
MOST_FLAWS = 100  # a file with more is no entry any more


class _TooMany(Exception):
    """Reading on would only cost time."""


def _one(read: Callable[[Any], Any]) -> Shape:
    """A single value."""

    def shape(tree: Tree, path: Path, found: Found) -> Any:
        try:
            return read(tree)
        except Unreadable as error:
            words = error.words | {"key": ".".join(str(part) for part in path)}
            found.append((path, Flaw("value", error.message, error.remedy, words)))
            return LOST

    return shape


def _record(name: str, shapes: Mapping[str, Shape], make: Callable[..., Any], *needs: str) -> Shape:
    """A mapping whose keys may be in either language, made into `make`; empty values are absent.

    Lost without what it `needs`. Of a key said in both languages the first counts.
    """

    def shape(tree: Tree, path: Path, found: Found) -> Any:
        if not isinstance(tree, dict):
            found.append((path, _no_lines(path)))
            return LOST
        said: dict[str, Any] = {}
        if len(found) > MOST_FLAWS:
            raise _TooMany
        for typed, value in tree.items():
            key = key_of(name, typed)
            if key is None:
                found.append(((*path, typed), _unknown(name, typed, len(found) < MOST_FLAWS)))
            elif key in said:
                found.append(((*path, typed), _twice(typed)))
            elif value is not None:
                said[key] = shapes[key](value, (*path, typed), found)
        for key in needs:
            if key not in said:
                flaw = Flaw("missing", "“{key}” is missing", "add `{key}: …`", {"key": key})
                found.append(((*path, key), flaw))
        if any(said.get(key, LOST) is LOST for key in needs):
            return LOST
        lost = [key for key, value in said.items() if value is LOST]
        for key in lost:
            del said[key]
        return make(said, lost)

    return shape


def _many(shape: Shape) -> Shape:
    """A list; a single record counts as a list of one."""

    def shapes(tree: Tree, path: Path, found: Found) -> Any:
        if not isinstance(tree, list):
            made = [shape(tree, path, found)]
        else:
            made = [shape(part, (*path, n), found) for n, part in enumerate(tree)]
        return tuple(part for part in made if part is not LOST)

    return shapes


def _named(shape: Shape, name: Shape | None = None) -> Shape:
    """A mapping from names to what they name; `name` types the names."""

    def shapes(tree: Tree, path: Path, found: Found) -> Any:
        if not isinstance(tree, dict):
            found.append((path, _no_lines(path)))
            return LOST
        made: dict[Any, Any] = {}
        for typed, value in tree.items():
            at = (*path, typed)
            key = name(typed, at, found) if name else typed
            part = shape(value, at, found)
            if key in made:
                found.append((at, Flaw("key", "two items have one number", "number items 1, 2, 3 …")))
            elif key is not LOST and part is not LOST:
                made[key] = part
        return made

    return shapes


def _ones(fields: Fields) -> dict[str, Shape]:
    return {key: _one(read) for key, read in fields.items()}


def _plainly(make: Callable[..., Any]) -> Callable[..., Any]:
    """For records to which it is the same whether a value was lost or never said."""
    return lambda said, _lost: make(**said)


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


_FACT = _ones(FACT) | {key: _one(_list_of(read)) for key, read in FACT_LISTS.items()}
_OTHER_FACT = _one(_fact_values)


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
            found.append(((*path, typed), _twice(typed)))
        elif (said := _FACT.get(key, _OTHER_FACT)(value, (*path, typed), found)) is not LOST:
            made[key] = said
    return made


_FIGURE = _record("figure", _ones(FIGURE), _plainly(dict))


def _figure(tree: Tree, path: Path, found: Found) -> Any:
    """`在校学生: 326人` says the same as `{value: 326人}`; an empty value is a figure still to be counted."""
    if tree is None or isinstance(tree, dict):
        return _FIGURE(tree or {}, path, found)
    value = _one(read_quantity)(tree, path, found)
    return LOST if value is LOST else {"value": value}


@cache
def _entry_shape() -> Shape:
    """The shape of a whole entry, made once a process."""
    vote = _record("vote", _ones(VOTE) | {"tally": _named(_one(read_count))}, _plainly(_vote))
    file_of: Fields = {"path": _TEXT, "sha256": _TEXT, "note": _TEXT}
    void_of: Fields = {"entry": read_id, "why": _TEXT}
    inner: dict[str, Shape] = {
        "facts": _named(_facts),
        "figures": _named(_figure),
        "items": _named(_record("item", _ones(ITEM), _plainly(dict), "type", "text"), _one(_number)),
        "updates": _many(_record("update", _ones(UPDATE), _plainly(Update), "ref")),
        "aid": _many(_record("aid", _ones(AID), lambda said, lost: make_aid(lost, **said), "what")),
        "funds": _many(_record("fund", _ones(FUND), _plainly(_fund), "from", "amount")),
        "meeting": _record("meeting", _ones(MEETING), _plainly(Meeting)),
        "decisions": _many(_record("decision", _ones(DECISION) | {"vote": vote}, _plainly(Decision), "text")),
        "files": _many(_record("file", _ones(file_of), _plainly(File), "path")),
        "void": _many(_record("void", _ones(void_of), _plainly(Void), "entry", "why")),
    }
    return _record("entry", _ones(ENTRY) | inner, _plainly(_entry), "id", "kind", "date")


def read_tree(tree: Tree) -> tuple[Entry | None, list[tuple[Path, Flaw]]]:
    """An entry from its tree, with the flaws by their path in it. No entry without id, kind and date."""
    found: Found = []
    try:
        entry = _entry_shape()(tree, (), found)
    except _TooMany:
        entry = LOST
    if len(found) > MOST_FLAWS:
        more = Flaw("value", "there are more mistakes than these", "mend these first")
        found[MOST_FLAWS:] = [(found[MOST_FLAWS][0], more)]
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


MONEY = ("元", "块", "块钱", "圆", "角", "分")


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


def _twice(typed: str) -> Flaw:
    return Flaw("key", "“{key}” is said twice, in two languages", "keep one of them", {"key": typed})


def _no_lines(path: Path) -> Flaw:
    key = str(path[-1]) if path else ""
    return Flaw(
        "value",
        "`{key}` wants lines of `key: value`",
        "write it as in the manual: minqing kinds --keys",
        {"key": key},
    )


def _unknown(record: str, typed: str, look: bool) -> Flaw:
    """A key that the record has not; with `look`, the known one that comes nearest."""
    known = [word for name, words in KEYS[record].items() for word in (name, *words)]
    close = nearest(typed[:40], known) if look else None
    if close:
        return Flaw(
            "key", "“{key}” is no key here", "did you mean “{close}”?", {"key": typed, "close": close}
        )
    names = " ".join(KEYS[record])
    return Flaw("key", "“{key}” is no key here", "known keys: {known}", {"key": typed, "known": names})


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
                "“{key}” is no key here", "known keys: {known}", key=word, known=" ".join(KEYS["kind"])
            )
    for word in needs:
        if word not in KEYS["entry"]:
            raise Unreadable(
                "“{key}” is no key of an entry", "known keys: {known}", key=word, known=" ".join(ENTRY)
            )
    shown = said.get("name")
    return Kind(value_of("kind", kind) or kind, read_text(shown) if shown else kind, asks, needs, body)
