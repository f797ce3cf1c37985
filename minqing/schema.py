"""A tree of text to typed facts and back. The shape of an entry, stated once. Pure.

The typing is pydantic's core, used without its model classes: those cost eight bare Python
starts on every command that meets a changed file, the core half of one. What cannot be typed is
named and taken out of the tree, and the rest is read all the same.
"""

import re
from collections.abc import Callable, Mapping
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


@cache
def entry_validator() -> Any:
    """The validator of a whole entry, built once a process."""
    from pydantic_core import PydanticCustomError, SchemaValidator, core_schema  # only where a file is read

    def typed(read: Callable[[Any], Any]) -> Any:
        def run(value: Any) -> Any:
            try:
                return read(value)
            except Unreadable as error:
                raise PydanticCustomError(
                    "unreadable",
                    "{message}",
                    {"message": error.message, "remedy": error.remedy, **error.words},
                ) from None

        return core_schema.no_info_plain_validator_function(run)

    def shape(fields: Mapping[str, Any], needs: tuple[str, ...]) -> Any:
        return core_schema.typed_dict_schema(
            {
                key: core_schema.typed_dict_field(schema, required=key in needs)
                for key, schema in fields.items()
            },
            extra_behavior="forbid",
        )

    def record(name: str, fields: Fields, make: Callable[..., Any], *needs: str, **inner: Any) -> Any:
        """A mapping whose keys may be in either language, made into `make`."""
        schemas = {key: typed(read) for key, read in fields.items()} | inner
        return core_schema.no_info_before_validator_function(
            lambda tree: in_ascii(name, tree),
            core_schema.no_info_after_validator_function(lambda said: make(**said), shape(schemas, needs)),
        )

    def many(schema: Any) -> Any:
        """A list; a single record counts as a list of one."""
        return core_schema.no_info_before_validator_function(
            lambda tree: tree if isinstance(tree, list) else [tree], core_schema.list_schema(schema)
        )

    def named(schema: Any, key: Any = None) -> Any:
        return core_schema.dict_schema(key or core_schema.str_schema(), schema)

    def number(value: Any) -> int:
        text = plain(read_text(value))
        if not re.fullmatch(r"[1-9]\d{0,3}", text):
            raise Unreadable("“{text}” is no item number", "number items 1, 2, 3 …", text=text[:40])
        return int(text)

    def fact_of(tree: Any) -> Any:
        if not isinstance(tree, dict):
            raise PydanticCustomError(
                "unreadable",
                "{message}",
                {
                    "message": "facts need a name before them",
                    "remedy": "write `name:` and below it, indented, `key: value`",
                },
            )
        return in_ascii("facts", tree)

    vote = record("vote", VOTE, _vote, tally=named(typed(read_count)))

    def in_order(tree: Any, validate: Any) -> Any:
        """Facts in the order of the file, which pydantic would sort by its fields."""
        said = fact_of(tree)
        found = validate(said)
        return {key: found[key] for key in said}

    fact = core_schema.no_info_wrap_validator_function(
        in_order,
        core_schema.typed_dict_schema(
            {
                key: core_schema.typed_dict_field(typed(read), required=False)
                for key, read in {**FACT, **{key: _list_of(read) for key, read in FACT_LISTS.items()}}.items()
            },
            extra_behavior="allow",
            extras_schema=typed(_fact_values),
        ),
    )
    lists = {
        "facts": named(fact),
        "figures": named(_or_value(core_schema, record("figure", FIGURE, dict))),
        "items": named(record("item", ITEM, dict, "type", "text"), typed(number)),
        "updates": many(record("update", UPDATE, Update, "ref")),
        "aid": many(record("aid", AID, make_aid, "what")),
        "funds": many(record("fund", FUND, _fund, "from", "amount")),
        "meeting": record("meeting", MEETING, Meeting),
        "decisions": many(record("decision", DECISION, Decision, "text", vote=vote)),
        "files": many(record("file", {"path": _TEXT, "sha256": _TEXT, "note": _TEXT}, File, "path")),
        "void": many(record("void", {"entry": read_id, "why": _TEXT}, Void, "entry", "why")),
    }
    return SchemaValidator(record("entry", ENTRY, _entry, "id", "kind", "date", **lists))


def _or_value(core_schema: Any, schema: Any) -> Any:
    """`在校学生: 326人` says the same as `{value: 326人}`; an empty value is a figure still to be counted."""
    return core_schema.no_info_before_validator_function(
        lambda tree: tree if isinstance(tree, dict) else {"value": tree}, schema
    )


def _list_of(read: Callable[[Any], str]) -> Callable[[Any], list[str]]:
    return lambda value: [read(part) for part in read_names(value)]


def _fact_values(value: Any) -> str | list[str]:
    if isinstance(value, list):
        return [read_text(part) for part in value if part]
    if isinstance(value, dict):
        raise Unreadable(
            "one text is wanted here, not a list", "write a single value; quote it if it has brackets"
        )
    return read_text(value)


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


def make_aid(**said: Any) -> Aid:
    """Aid with what follows from what was said: how many, and the total where none was written."""
    each, n, to = said.get("each"), said.get("n"), said.get("to", ())
    if n is None and (to or each):
        n = said["n"] = len(to) or (1 if not said.get("total") else None)
    if said.get("total") is None and each and n is not None:
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
    for name in ("updates", "aid", "funds", "decisions", "files", "void"):
        if name in said:
            said[name] = tuple(said[name])
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

_MESSAGES: Mapping[str, tuple[str, str]] = {
    "missing": ("“{key}” is missing", "add `{key}: …`"),
    "extra_forbidden": ("“{key}” is no key here", "did you mean “{close}”?"),
    "unknown": ("“{key}” is no key here", "known keys: {known}"),
    "twice": ("“{key}” is said twice, in two languages", "keep one of them"),
    "dict_type": ("`{key}` wants lines of `key: value`", "write it as in the manual: minqing kinds --keys"),
    "typed_dict_type": (
        "`{key}` wants lines of `key: value`",
        "write it as in the manual: minqing kinds --keys",
    ),
    "list_type": ("`{key}` wants a list", "write `- ` before each"),
}


def read_tree(tree: Tree) -> tuple[Entry | None, list[tuple[Path, Flaw]]]:
    """An entry from its tree, with the flaws by their path in it. No entry without id, kind and date."""
    from pydantic_core import ValidationError  # only where a file is read

    flaws: list[tuple[Path, Flaw]] = [(path, _TWICE_NUMBERED) for path in _numbered_twice(tree)]
    tree = _without(tree, {path for path, _flaw_of in flaws})
    for _round in range(50):  # each round takes at least one wrong value out
        try:
            return entry_validator().validate_python(tree), flaws
        except ValidationError as errors:
            # input and url are left out: a message must not quote a person's data to a log
            found = errors.errors(include_url=False, include_input=False)
        lost: set[Path] = set()
        for error in found:
            path = _path_in(tree, tuple(part for part in error["loc"] if part != "[key]"))
            missing = error["type"] == "missing"
            if not (missing and any(_same(path, named) for named, _flaw_before in flaws)):
                flaws.append((path, _flaw(error, path)))  # what was there and wrong is not also missing
            if missing and len(path) == 1:
                continue
            lost.add(path[:-1] if missing else path)
        if not lost or () in lost:
            break
        tree = _without(tree, lost)
    return None, flaws


_TWICE_NUMBERED = Flaw("key", "two items have one number", "number items 1, 2, 3 …")


def _numbered_twice(tree: Tree) -> list[Path]:
    """Items whose number stands above them already, in another width: `1:` and `１:`."""
    found: list[Path] = []
    for typed, items in tree.items() if isinstance(tree, dict) else ():
        if key_of("entry", typed) == "items" and isinstance(items, dict):
            numbers = [plain(number) for number in items]
            found += [(typed, number) for n, number in enumerate(items) if numbers[n] in numbers[:n]]
    return found


def _same(path: Path, other: Path) -> bool:
    """Whether two paths mean one value, whichever language each is in."""
    record = record_at(path)
    keys = [key_of(record, str(at[-1])) or at[-1] for at in (path, other) if at]
    return path[:-1] == other[:-1] and len(set(keys)) == 1


def _flaw(error: Any, path: Path) -> Flaw:
    said, kind = error.get("ctx", {}), error["type"]
    if kind == "unreadable":
        words = {name: str(word) for name, word in said.items() if name not in ("message", "remedy")}
        return Flaw("value", said["message"], said["remedy"], words | {"key": _dotted(path)})
    key = str(path[-1]) if path else ""
    words = {"key": key}
    if kind == "extra_forbidden":
        record = record_at(path)
        known = [word for name, words_ in KEYS[record].items() for word in (name, *words_)]
        if key_of(record, key):
            kind = "twice"
        elif close := nearest(key[:40], known):
            words["close"] = close
        else:
            kind, words["known"] = "unknown", " ".join(KEYS[record])
        return Flaw("key", *_MESSAGES[kind], words)
    message, remedy = _MESSAGES.get(
        kind, ("`{key}` cannot be read", "write it as in the manual: minqing kinds --keys")
    )
    return Flaw("missing" if kind == "missing" else "value", message, remedy, words)


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


def _path_in(tree: Tree, loc: Path) -> Path:
    """The path as the file writes it: pydantic saw the keys in ASCII, and lists around single records."""
    path: list[str | int] = []
    for part in loc:
        if isinstance(tree, dict):
            raw = next((key for key in tree if key == part), None) or next(
                (key for key in tree if any(key_of(record, key) == part for record in KEYS)), None
            )
            if raw is None and isinstance(part, int) and part == 0:
                continue  # a single record that stood for a list of one
            path.append(part if raw is None else raw)
            tree = tree.get(raw) if raw is not None else None
        elif isinstance(tree, list) and isinstance(part, int) and part < len(tree):
            path.append(part)
            tree = tree[part]
        elif not (part == "value" or isinstance(part, int)):
            path.append(part)
    return tuple(path)


def _without(tree: Tree, lost: set[Path], at: Path = ()) -> Tree:
    """The tree with the values at `lost` taken out; a list keeps its other elements."""
    if isinstance(tree, dict):
        return {key: _without(part, lost, (*at, key)) for key, part in tree.items() if (*at, key) not in lost}
    if isinstance(tree, list):
        return [_without(part, lost, (*at, n)) for n, part in enumerate(tree) if (*at, n) not in lost]
    return tree


def _dotted(path: Path) -> str:
    return ".".join(str(part) for part in path)


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
