"""A tree of text to typed facts and back. The shape of an entry, stated once. Pure.

The typing is pydantic's core, used without its model classes: those cost eight bare Python
starts on every command that meets a changed file, the core half of one. What cannot be typed is
named and taken out of the tree, and the rest is read all the same.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date as Date
from decimal import Decimal
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
    Person,
    Quantity,
    Update,
    Void,
    Vote,
)
from minqing.words import KEYS, VALUES, key_of, nearest, plain, show_key, show_value, value_of


class Unreadable(ValueError):
    """A text that is not what its key holds: an English message and remedy with words to fill in."""

    def __init__(self, message: str, remedy: str, **words: str) -> None:
        super().__init__(message)
        self.message, self.remedy, self.words = message, remedy, words


# ---------------------------------------------------------------- text to values

_NUMBER = re.compile(r"([+-]?\d[\d,]*(?:\.\d+)?)\s*([万亿]?)\s*(.*)", re.DOTALL)
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_CLOCK = re.compile(
    r"(上午|早上|早晨|凌晨|清晨|中午|下午|傍晚|晚上|晚|夜里)?\s*(\d{1,2})(?:[:点时](\d{1,2}|半)?分?)?"
)
_NAMES = re.compile(r"\s*[、，,;；]\s*")
_ROLE = re.compile(r"(.+?)\s*[（(](.+?)[）)]", re.DOTALL)
_LONG = 4000  # no name, number or date is longer; keeps every pattern quick


def read_text(value: Any) -> str:
    """A single text, outer space off."""
    if not isinstance(value, str):
        raise Unreadable(
            "one text is wanted here, not a list", "write a single value; quote it if it has brackets"
        )
    return value.strip()


def read_names(value: Any) -> tuple[str, ...]:
    """Names as a list or one after the other: [甲, 乙], `甲、乙`."""
    parts = value if isinstance(value, list) else [value]
    # a comma inside brackets belongs to the role: 王浩（村书记，驻村）
    return tuple(
        name
        for part in parts
        for name in (re.split(r"\s*[、，,;；]\s*(?![^（(]*[）)])", read_text(part)[:_LONG]))
        if name
    )


def read_people(value: Any) -> tuple[Person, ...]:
    """Names with their role in brackets: 王浩（村书记）."""
    return tuple(
        Person(match[1], match[2]) if (match := _ROLE.fullmatch(name)) else Person(name)
        for name in read_names(value)
    )


def read_date(value: Any) -> Date:
    """A full calendar day: 2016-05-28, 2016年5月28日. Never a guess."""
    text = plain(read_text(value))
    match = _DATE.fullmatch(text[:_LONG])
    if not match:
        raise Unreadable("“{text}” is no date", "write it as 2016-05-28", text=text[:40])
    year, month, day = (int(part) for part in match.groups())
    try:
        return Date(year, month, day)
    except ValueError:
        return _impossible(text, year, month)


def _impossible(text: str, year: int, month: int) -> Date:
    if year < 1 or not 1 <= month <= 12:
        raise Unreadable("{text} is no date: months go from 1 to 12", "write it as 2016-05-28", text=text)
    days = (Date(year + month // 12, month % 12 + 1, 1) - Date(year, month, 1)).days if year < 9999 else 31
    raise Unreadable(
        "{text} is no date: {month} has {days} days",
        "look the day up and correct it",
        text=text,
        month=f"{year:04}-{month:02}",
        days=str(days),
    )


def read_time(value: Any) -> str:
    """A time or a span of the day: 14:30, 6:20-10:10, 下午2点半, 6点20分到10点10分 -> "14:30-15:40"."""
    text = plain(read_text(value))
    halves = re.split(r"\s*(?:-|—+|~|–|到|至)\s*", text[:_LONG])
    if len(halves) > 2:
        raise Unreadable("“{text}” is no time of day", "write 14:30 or 14:30-15:40", text=text[:40])
    part_of_day, clocks = "", []
    for half in halves:
        match = _CLOCK.fullmatch(half)
        if not match:
            raise Unreadable("“{text}” is no time of day", "write 14:30 or 14:30-15:40", text=text[:40])
        part_of_day = match[1] or part_of_day
        hour, minute = int(match[2]), {None: 0, "半": 30}.get(match[3], match[3])
        if part_of_day[:1] in ("下", "傍", "晚", "夜") and hour < 12:
            hour += 12
        if hour > 24 or int(minute or 0) > 59:
            raise Unreadable("“{text}” is no time of day", "write 14:30 or 14:30-15:40", text=text[:40])
        clocks.append(f"{hour:02}:{int(minute or 0):02}")
    return "-".join(clocks)


def read_quantity(value: Any) -> Quantity:
    """A number with its unit: 200元, 1,400 元, 1.2万元, 35.5亩. Exact, never rounded."""
    text = plain(read_text(value))
    match = _NUMBER.fullmatch(text[:200])
    if not match or re.match(r"[\d.,]", match[3]):
        raise Unreadable(
            "“{text}” is no number with a unit", "write digits and a unit, such as 200元", text=text[:40]
        )
    scale = {"": 1, "万": 10_000, "亿": 100_000_000}[match[2]]
    number = Decimal(match[1].replace(",", "")) * scale
    if number.adjusted() > 15 or -int(number.as_tuple().exponent) > 6:
        raise Unreadable("“{text}” has too many digits", "write the number in a larger unit", text=text[:40])
    return Quantity(number, match[3].strip())


def read_count(value: Any) -> int:
    """A whole number, a unit behind it allowed: 7, 7名."""
    quantity = read_quantity(value)
    if quantity.value != quantity.value.to_integral_value() or quantity.value < 0:
        raise Unreadable("“{text}” is no whole number", "write digits only, such as 7", text=str(value)[:40])
    return int(quantity.value)


def read_word(name: str) -> Callable[[Any], str]:
    """A reader for a closed set of words (words.VALUES)."""

    def read(value: Any) -> str:
        text = read_text(value)
        found = value_of(name, text)
        if found is None:
            known = [word for key, words in VALUES[name].items() for word in (key, *words)]
            close = nearest(text[:40], known)
            if close:
                raise Unreadable(
                    "“{text}” is not known here", "did you mean “{close}”?", text=text[:40], close=close
                )
            raise Unreadable(
                "“{text}” is not known here",
                "write one of: {known}",
                text=text[:40],
                known=" ".join(f"{words[0]} ({key})" for key, words in VALUES[name].items()),
            )
        return found

    return read


_ID_SIGNS = str.maketrans("oil", "011")


def fold_id(text: str) -> str:
    """An id as it is meant, however the input method left it: full-width, capitals, O for 0, I and L for 1."""
    return plain(text).lower().translate(_ID_SIGNS)


def read_id(value: Any) -> str:
    """8 characters of Crockford base32, the first a letter."""
    text = fold_id(read_text(value))
    if not re.fullmatch(r"[a-hjkmnp-tv-z][0-9a-hjkmnp-tv-z]{7}", text):
        raise Unreadable(
            "“{text}” is no id",
            "use 8 letters and digits, a letter first; `minqing new` makes one",
            text=text[:40],
        )
    return text


def read_ref(value: Any) -> str:
    """A full id of an entry, or of its item: q7m3k9x2, q7m3k9x2.1."""
    text = fold_id(read_text(value))
    if not re.fullmatch(r"[a-hjkmnp-tv-z][0-9a-hjkmnp-tv-z]{7}(\.[1-9]\d{0,3})?", text):
        raise Unreadable(
            "“{text}” names no entry or item", "write a full id, such as q7m3k9x2.1", text=text[:40]
        )
    return text


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
                {"message": "facts need a name before them", "remedy": "write `name: {key: value}`"},
            )
        return in_ascii("facts", tree)

    vote = record("vote", VOTE, _vote, tally=named(typed(read_count)))
    fact = core_schema.no_info_before_validator_function(
        fact_of,
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

    flaws: list[tuple[Path, Flaw]] = []
    for _round in range(50):  # each round takes at least one wrong value out
        try:
            return entry_validator().validate_python(tree), flaws
        except ValidationError as errors:
            # input and url are left out: a message must not quote a person's data to a log
            found = errors.errors(include_url=False, include_input=False)
        lost: set[Path] = set()
        for error in found:
            path = _path_in(tree, tuple(part for part in error["loc"] if part != "[key]"))
            flaws.append((path, _flaw(error, path)))
            missing = error["type"] == "missing"
            if missing and len(path) == 1:
                continue
            lost.add(path[:-1] if missing else path)
        if not lost or () in lost:
            break
        tree = _without(tree, lost)
    return None, flaws


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


# ---------------------------------------------------------------- values to text


def write_quantity(quantity: Quantity | None) -> str | None:
    """As a person writes it: 1400元."""
    return None if quantity is None else f"{decimal_text(quantity.value)}{quantity.unit}"


def decimal_text(number: Decimal) -> str:
    """Digits without exponent or trailing zeros; "-0" is "0"."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def write_person(person: Person) -> str:
    """王浩（村书记）."""
    return f"{person.name}（{person.role}）" if person.role else person.name


def tree_of(entry: Entry, language: str = "en") -> dict[str, Tree]:
    """What `read_tree` reads back as the same entry (its body apart), in the keys and values of a language."""

    def word(name: str, value: str | None) -> str | None:
        return None if value is None else show_value(name, value, language)

    def record(name: str, said: Mapping[str, Tree]) -> dict[str, Tree]:
        return {
            show_key(name, key, language): str(value) if isinstance(value, int) else value
            for key, value in said.items()
            if value not in (None, "", [], {})
        }

    def vote(said: Vote | None) -> Tree:
        if said is None:
            return None
        tally = {name: str(n) for name, n in said.tally}
        return record("vote", said._asdict() | {"how": word("how", said.how), "tally": tally})

    facts: dict[str, Tree] = {}
    for fact in entry.facts:
        shown = (
            word({"minor": "truth", "tags": "person_tag"}.get(fact.key, fact.key), fact.value)
            if (fact.key in FACT or fact.key in FACT_LISTS)
            and {"minor": "truth", "tags": "person_tag"}.get(fact.key, fact.key) in VALUES
            else fact.value
        )
        about = facts.setdefault(fact.who, {})
        key = show_key("facts", fact.key, language)
        if key in about:
            about[key] = [*(about[key] if isinstance(about[key], list) else [about[key]]), shown]
        else:
            about[key] = [shown] if fact.key in FACT_LISTS else shown

    figures: dict[str, Tree] = {}
    for figure in entry.figures:
        more = {"of": figure.of, "note": figure.note}
        value = write_quantity(figure.value)
        figures[figure.name] = record("figure", {"value": value, **more}) if any(more.values()) else value

    return record(
        "entry",
        {
            "id": entry.id,
            "kind": word("kind", entry.kind),
            "title": entry.title,
            "date": entry.date.isoformat(),
            "weekday": entry.weekday,
            "lunar": entry.lunar,
            "time": entry.time,
            "weather": entry.weather,
            "area": entry.area,
            "place": entry.place,
            "author": entry.author,
            "who": [write_person(person) for person in entry.who],
            "with": [write_person(person) for person in entry.companions],
            "tags": list(entry.tags),
            "facts": facts,
            "figures": figures,
            "items": {
                str(item.n): record(
                    "item",
                    {
                        "type": word("item", item.type),
                        "about": word("about", item.about),
                        "who": item.who,
                        "text": item.text,
                        "owner": item.owner,
                        "due": item.due and item.due.isoformat(),
                        "level": None if item.level == "normal" else word("level", item.level),
                        "status": None if item.status == "open" else word("status", item.status),
                    },
                )
                for item in entry.items
            },
            "updates": [
                record(
                    "update",
                    update._asdict()
                    | {
                        key: word(key, getattr(update, key))
                        for key in ("status", "reason", "satisfied", "grade")
                    },
                )
                for update in entry.updates
            ],
            "aid": [
                record(
                    "aid",
                    aid._asdict()
                    | {
                        "form": word("form", aid.form),
                        "each": write_quantity(aid.each),
                        "total": write_quantity(aid.total),
                        "to": list(aid.to),
                        "receipt": list(aid.receipt),
                    },
                )
                for aid in entry.aid
            ],
            "funds": [
                record(
                    "fund",
                    {
                        "from": fund.source,
                        "what": fund.what,
                        "amount": write_quantity(fund.amount),
                        "note": fund.note,
                    },
                )
                for fund in entry.funds
            ],
            "meeting": entry.meeting
            and record(
                "meeting",
                entry.meeting._asdict()
                | {
                    "type": word("meeting", entry.meeting.type),
                    "unit": word("unit", entry.meeting.unit),
                    "agenda": list(entry.meeting.agenda),
                },
            ),
            "decisions": [
                record(
                    "decision",
                    {
                        "type": word("decision", decision.type),
                        "text": decision.text,
                        "elected": decision.elected,
                        "signed": decision.signed,
                        "posted": decision.posted and decision.posted.isoformat(),
                        "vote": vote(decision.vote),
                    },
                )
                for decision in entry.decisions
            ],
            "files": [record("file", file._asdict()) for file in entry.files],
            "void": [record("void", void._asdict()) for void in entry.void],
        },
    )


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


def read_days(value: Any) -> int:
    """A number of days: 30, 30天, 一个月 is not."""
    return read_count(value)


def read_ratio(value: Any) -> str:
    """A part of the whole: 2/3, 1/2."""
    text = plain(read_text(value))
    if not re.fullmatch(r"[1-9]\d?/[1-9]\d?", text):
        raise Unreadable("“{text}” is no ratio", "write it as 2/3", text=text[:40])
    return text


def read_config_tree(tree: Tree) -> tuple[dict[str, Any], list[tuple[Path, Flaw]]]:
    """The settings that a minqing.yaml makes, by key; what cannot be read is a flaw and keeps its default."""
    readers: dict[str, Callable[[str, Any], Any]] = {
        **{key: lambda _, value: read_text(value) for key in ("name", "area", "author")},
        "lang": lambda _, value: {"中文": "zh", "英文": "en"}.get(read_text(value), read_text(value)),
        "areas": lambda _, value: read_names(value),
        "deadlines": lambda _, value: _each(value, read_word("level"), read_days),
        "visits": lambda _, value: _each(value, read_word("class"), read_days),
        "quorum": lambda _, value: _each(
            value, read_word("meeting"), lambda part: _each(part, _quorum, read_ratio)
        ),
        "score": lambda _, value: value,
        "mask": lambda _, value: value,
    }
    said: dict[str, Any] = {}
    flaws: list[tuple[Path, Flaw]] = []
    for typed, value in tree.items():
        key = key_of("config", typed)
        try:
            if key is None:
                raise Unreadable(
                    "“{key}” is no key here", "known keys: {known}", key=typed, known=" ".join(readers)
                )
            if value is not None:
                said[key] = readers[key](key, value)
        except Unreadable as error:
            flaws.append(
                ((typed,), Flaw("key" if key is None else "value", error.message, error.remedy, error.words))
            )
    return said, flaws


def _quorum(value: Any) -> str:
    word = {"出席": "attend", "到会": "attend", "通过": "agree", "同意": "agree"}.get(value, value)
    if word not in ("attend", "agree"):
        raise Unreadable(
            "“{text}” is not known here", "write one of: {known}", text=value[:40], known="attend agree"
        )
    return str(word)


def _each(tree: Any, key: Callable[[Any], str], value: Callable[[Any], Any]) -> dict[str, Any]:
    if not isinstance(tree, dict):
        raise Unreadable("lines of `key: value` are wanted here", "write one a line, indented")
    return {key(name): value(part) for name, part in tree.items() if part is not None}
