"""字段对照: which column of a table is which key of an entry, as a person lays it out in YAML. Pure.

columns: {1、走访日期: date, 2、走访对象: who, 3、诉求: item.need, 4、耕地（亩）: fact.land（亩）, 来源: }
values: {1、走访方式: {上门: 走访, 开会: 会议}}
always: {item.owner: 村委会}
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from typing import Any, NamedTuple

from minqing.errors import Flaw
from minqing.front import Path, Tree
from minqing.language import language
from minqing.schema import ENTRY
from minqing.shapes import LOST, Found, Shape, named, no_lines, one, plainly, read_shaped, record
from minqing.text import decode
from minqing.values import Unreadable, read_text
from minqing.words import KEYS, VALUES, key_of, nearest, plain, show_key, show_value, value_of

TEXT = "text"  # the column goes into the body
LISTS = ("who", "with", "tags")
PARTS = ("area",)  # several columns that make one value, such as a village and its group
ITEM_TYPES = tuple(VALUES["item"])
# Records of which a row tells one: `item.text`. Of facts and figures any key will do.
_RECORDS = {"items": "item", "aid": "aid", "funds": "fund", "meeting": "meeting"}
_MANY = {"item": "items", "fund": "funds", "fact": "facts", "figure": "figures", "tag": "tags"}
_ONE = {key: one for one, key in _MANY.items()}
_TYPES = tuple((type_,) for type_ in ITEM_TYPES)
_OF_TYPE = (
    "who",
    "owner",
    "due",
    "level",
    "status",
)  # what may be told of items of one type: item.promise.due
_MEASURED = (("aid", "each"), ("aid", "total"), ("funds", "amount"))


class Use(NamedTuple):
    """What a cell is for: a path into an entry's tree, () the body, ("id",) the row's own id.

    `unit` goes behind a bare number. Of a column with `says` a cell only tells whether that is so: 1, 0, 是, 否.
    """

    path: tuple[str, ...]
    unit: str = ""
    says: str = ""


class Map(NamedTuple):
    """Each column's uses by its title, none to leave it out; what its cells mean; what every entry says.

    `name` is that of the form: it is part of what its entries' ids are made of. `repeats` are further sheets.
    """

    columns: dict[str, tuple[Use, ...]]
    values: dict[str, dict[str, str]] = {}
    always: tuple[tuple[Use, str], ...] = ()
    name: str = ""
    repeats: dict[str, dict[str, tuple[Use, ...]]] = {}


Reads = Callable[["Use", str], Any]  # a cell by its use; raises Unreadable


def read_map(text: str, reads: Reads | None = None) -> tuple[Map | None, list[Flaw]]:
    """A map as its file lays it out, with every mistake in it; None if it cannot be followed.

    `reads` tells what is wrong with the values that every entry is to say.
    """
    return read_shaped(text, _checked(_shape(), reads))


def read_map_file(data: bytes, path: str, reads: Reads | None = None) -> tuple[Map | None, list[Flaw]]:
    """A map from the bytes of its file, with its mistakes; what only tells how it is stored is no mistake."""
    text, stored = decode(data)
    made, flaws = read_map(text, reads)
    wrong = [flaw for flaw in stored if flaw.severity == "error"] + flaws
    return (None if wrong else made), [flaw._replace(path=path) for flaw in wrong]


def tidy(title: str) -> str:
    """A title as it is written in a map: one line."""
    return " ".join(title.split())


@cache
def _shape() -> Shape:
    text = one(read_text)
    shapes = {
        "name": text,
        "columns": _columns,
        "values": named(named(text)),
        "always": named(text),
        "repeats": named(_of_further_sheet),
    }
    return record("map", shapes, plainly(_map), "columns")


def _columns(tree: Tree, path: Path, found: Found) -> Any:
    """`title: key` lines; several keys in brackets, none to leave the column out."""
    if not isinstance(tree, dict):
        found.append((path, no_lines(path)))
        return LOST
    columns = {}
    for title, keys in tree.items():
        typed = _apart(keys) if isinstance(keys, list) else [keys] if keys is not None else []
        uses = [one(read_use)(key, (*path, title), found) for key in typed]
        columns[tidy(title)] = tuple(use for use in uses if use is not LOST)
    return columns


def _apart(keys: list[Any]) -> Iterator[Any]:
    """The keys of a list that was typed with Chinese commas, [编号，记录人]."""
    for key in keys:
        yield from re.split("[，、]", key) if isinstance(key, str) else [key]


def _of_further_sheet(tree: Tree, path: Path, found: Found) -> Any:
    columns = _columns(tree, path, found)
    for title, uses in columns.items() if columns is not LOST else ():
        if not all(map(of_further_sheets, uses)):
            cause = "a row of a further sheet only adds items, aid, funds, figures and facts"
            remedy = "leave it out, or make it `text`"
            found.append(((*path, title), Flaw("value", cause, remedy)))
    return columns


def of_further_sheets(use: Use) -> bool:
    """Whether a row that belongs to an entry may tell this beside the entry's own row."""
    return not use.path or use.path[0] in ("items", "aid", "funds", "figures", "facts", "who", "tags")


def _map(**said: Any) -> Map:
    said["values"] = {tidy(title): words for title, words in said.get("values", {}).items()}
    return Map(**said)


def _checked(shape: Shape, reads: Reads | None) -> Shape:
    """A map that says when, names nothing twice, gives meanings to columns it names and values that can be read."""

    def checked(tree: Tree, path: Path, found: Found) -> Any:
        made = shape(tree, path, found)
        if made is LOST:
            return LOST
        part = {key_of("map", typed): typed for typed in tree}
        said = [((part["columns"], title), use) for title, uses in made.columns.items() for use in uses]
        always = []
        for typed, value in dict(made.always).items():
            at = (part["always"], typed)
            if (use := one(read_use)(typed, at, found)) is not LOST:
                always.append((use, value))
                said.append((at, use))
                if reads:
                    one(partial(reads, use))(value, at, found)
        _twice(said, found)
        if not any(use.path == ("date",) for _at, use in said):
            flaw = Flaw("missing", "the map names no column of days", "give a column the key `date`")
            found.append(((part["columns"],), flaw))
        for title in made.values.keys() - made.columns.keys():
            cause, remedy = "the map names no column “{title}”", "write its title as under `columns`"
            found.append(((part["values"], title), Flaw("value", cause, remedy, {"title": title})))
        return made._replace(always=tuple(always))

    return checked


def _twice(said: Sequence[tuple[Path, Use]], found: Found) -> None:
    seen: set[tuple[str, ...]] = set()
    for at, use in said:
        if use.path in seen and not repeats_freely(use):
            words = {"key": write_use(Use(use.path), language())}
            found.append((at, Flaw("key", "the map names {key} twice", "keep one of them", words)))
        seen.add(use.path)


def repeats_freely(use: Use) -> bool:
    """Whether several columns may have this use."""
    path = use.path
    return (
        path in ((), ("id",), ("items", "about"), ("aid", "to"))
        or bool(use.says)
        or path[0] in (*LISTS, *PARTS, "facts")
        or (path[0] == "items" and path[1:] in _TYPES)
    )


# ---------------------------------------------------------------- keys

_UNIT = re.compile(r"(.+?)\s*[（(]\s*([^（）()]{1,8}?)\s*[）)]")


def read_use(value: Any) -> Use:
    """A key with what may stand behind it: who, item.need, figure.在校学生（人）, tags=低保救助. Raises Unreadable."""
    typed, sign, says = read_text(value).replace("＝", "=").partition("=")
    match = _UNIT.fullmatch(typed.strip()[:200])
    path = _path(match[1] if match else typed.strip())
    unit = match[2] if match else ""
    if sign and (not says.strip() or path in ((), ("id",), ("date",))):
        raise Unreadable(
            "“{text}” does not say what is so where this column says yes",
            "write it as tags=低保救助",
            text=typed[:40],
        )
    if unit and not (path in _MEASURED or path[:1] in (("facts",), ("figures",))):
        raise Unreadable(
            "“{text}” holds no number, so it has no unit", "leave the brackets out", text=typed[:40]
        )
    return Use(path, unit, says.strip())


def write_use(use: Use, language: str) -> str:
    """A use as its language writes it in a map: `read_use(write_use(use, language)) == use`."""
    head, *rest = use.path or (TEXT,)
    zh = language == "zh"
    if not use.path:
        text = "正文" if zh else TEXT
    elif head == "items" and rest[0] in ITEM_TYPES:
        text = show_value("item", rest[0], language) if zh else f"item.{rest[0]}"
        text += "".join(f".{show_key('item', key, language)}" for key in rest[1:])
    elif not rest:
        text = show_key("entry", head, language)
    else:
        one = show_key("entry", head, language) if zh else _ONE.get(head, head)
        text = (
            f"{one}.{rest[0] if head == 'figures' else show_key(_RECORDS.get(head, head), rest[0], language)}"
        )
    return text + (f"（{use.unit}）" if use.unit else "") + (f"={use.says}" if use.says else "")


def _path(typed: str) -> tuple[str, ...]:
    """A key as a path into an entry's tree: who, item.text, fact.phone, figure.在校学生; () is the body."""
    head, dot, rest = (part.strip() for part in typed.replace("．", ".").partition("."))
    if not dot and plain(head).lower() in (TEXT, "正文"):
        return ()
    key = _MANY.get(plain(head).lower()) or key_of("entry", head)
    if not dot and key and key in ENTRY:
        return (key,)
    if not dot and (type_ := value_of("item", head)):
        return "items", type_
    if dot and rest and key in ("facts", "figures"):
        return key, (key_of("facts", rest) or rest) if key == "facts" else rest
    if of_type := _of_type(rest if key == "items" else typed):
        return of_type
    if dot and key in _RECORDS:
        sub = key_of(_RECORDS[key], rest) or (key == "items" and value_of("item", rest))
        if sub:
            return key, sub
        paths = [(key, sub) for sub in (*KEYS[_RECORDS[key]], *(ITEM_TYPES if key == "items" else ()))]
        raise _unknown(typed, paths)
    raise _unknown(
        typed, [(), *((name,) for name in ENTRY), *(("items", type_) for type_ in ITEM_TYPES), *_EXAMPLES]
    )


_EXAMPLES = (("items", "text"), ("aid", "what"), ("funds", "from"), ("facts", "phone"), ("figures", "…"))


def _of_type(typed: str) -> tuple[str, ...]:
    """What is told of the items of one type alone, promise.due or 承诺.期限, as a path; () for another key."""
    head, dot, rest = (part.strip() for part in typed.replace("．", ".").partition("."))
    type_, key = value_of("item", head), key_of("item", rest)
    return ("items", type_, key) if dot and type_ and key in _OF_TYPE else ()


def _unknown(typed: str, known: Sequence[tuple[str, ...]]) -> Unreadable:
    written = {of: [write_use(Use(path), of) for path in known] for of in ("zh", "en")}
    close = nearest(typed[:40], [*written["zh"], *written["en"]])
    if close:
        return Unreadable("“{text}” is no key here", "did you mean “{close}”?", text=typed[:40], close=close)
    return Unreadable(
        "“{text}” is no key here",
        "known keys: {known}",
        text=typed[:40],
        known=" ".join(written[language()]),
    )
