"""A row of a table as an entry, by a map. Reads and writes no file."""

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from datetime import date as Date
from functools import partial
from typing import Any, NamedTuple

from minqing.errors import Flaw
from minqing.idnumbers import LEFT_OUT, left_out, without_numbers
from minqing.imports._cells import (
    NO_DAY,
    NOTHING,
    STAMPS,
    bare,
    choices,
    names,
    says_yes,
    several,
    steady,
    unmarked,
    with_unit,
)
from minqing.imports._keep import Found, body_of, read_by, read_clock, read_stamp, weekday_in
from minqing.language import _, language
from minqing.maps import ITEM_TYPES, LISTS, PARTS, Map, Reads, Use
from minqing.roster import read_class
from minqing.schema import FACT_LISTS, read_tree
from minqing.values import Unreadable, read_people
from minqing.words import show_value, value_of

Path = tuple[str | int, ...]
Columns = Mapping[str, tuple[Use, ...]]


class Cell(NamedTuple):
    """What a row says under a title, in the column of that number from 1."""

    column: int
    title: str
    text: str


class Row(NamedTuple):
    """A row with its place: its cells that say something, and the rows of further sheets that belong to it."""

    path: str
    line: int
    cells: list[Cell]
    sheet: str = ""
    more: tuple["Row", ...] = ()


class Told(NamedTuple):
    """What one cell tells: a path into the entry's tree, the value as it stands there, the column of the cell."""

    path: tuple[str, ...]
    value: Any
    column: int = 0


def entry_of(row: Row, chosen: Map, kinds: Collection[str], flaws: list[Flaw]) -> Found | None:
    """A row as an entry; None, and what is wrong with it, where it cannot be one."""
    wrong: list[Flaw] = []
    hints: list[Flaw] = []
    tree: dict[str, Any] = {"id": "a0000000", "kind": "note"}
    places: dict[Path, tuple[Row, int]] = {}
    row = _in_order(row, chosen)
    for part in (row, *row.more):
        told = _told(part, chosen, kinds, wrong)
        people = _named(told) or ([] if part is row else _named([Told(("who",), tree.get("who", []))]))
        about = people[0] if people else ""
        nameless = next((one for one in told if one.path[0] == "facts"), None) if not about else None
        if nameless:
            cause, remedy = "a fact is told of nobody", "name who it is about in a column of the key `who`"
            wrong.append(Flaw("value", cause, remedy, {}, part.path, part.line, nameless.column))
            continue
        if len(people) > 1 and (fact := next((one for one in told if one.path[0] == "facts"), None)):
            hints.append(_of_the_first(part, fact, len(people)))
        for path, value, column in _placed(
            told, about, part is row, {head: len(tree.get(head, ())) for head in _COUNTED}
        ):
            _put(tree, path, value)
            places[path] = part, column
    for head in ("aid", "funds"):
        if head in tree:
            tree[head] = list(tree[head].values())
    raw, own = _raw(row, chosen, wrong)
    entry, mistakes = read_tree(tree)
    if wrong:  # what is lost already is not missing as well
        mistakes = [(path, flaw) for path, flaw in mistakes if flaw.rule != "missing"]
    for path, flaw in mistakes:
        above = (path[:n] for n in range(len(path), 0, -1))
        part, column = next((places[at] for at in above if at in places), (row, 0))
        wrong.append(flaw._replace(path=part.path, line=part.line, column=column))
    flaws += wrong
    if entry is None or wrong:
        return None
    told_of = (*hints, *_numbers(row, chosen))
    return Found(raw, entry._replace(body=_body(row, chosen)), row.line, row.path, own, told_of)


def _of_the_first(part: Row, fact: Told, n: int) -> Flaw:
    cause = "this row names {n} people; what it says of one is kept as the first one's"
    remedy = "give each a row of their own, or write the others' facts in the entry"
    return Flaw("value", cause, remedy, {"n": str(n)}, part.path, part.line, fact.column, "hint")


def _numbers(row: Row, chosen: Map) -> Iterator[Flaw]:
    """The cells of columns in use that hold nothing but an ID or bank card number, which no entry keeps."""
    for part in (row, *row.more):
        for cell in part.cells:
            if set(_columns(part, chosen).get(cell.title, ())) - {Use(("id",))} and _is_number(cell):
                yield left_out(part.path, part.line, cell.column)


def _is_number(cell: Cell) -> bool:
    return without_numbers(cell.text) == LEFT_OUT


def _in_order(row: Row, chosen: Map) -> Row:
    """A row with its cells as its map has them: another order of columns makes no other entry."""
    order = {title: n for n, title in enumerate(_columns(row, chosen))}
    cells = sorted(row.cells, key=lambda cell: order.get(cell.title, len(order)))
    return row._replace(cells=cells, more=tuple(_in_order(part, chosen) for part in row.more))


def _columns(part: Row, chosen: Map) -> Columns:
    return chosen.repeats[part.sheet] if part.sheet else chosen.columns


def _raw(row: Row, chosen: Map, wrong: list[Flaw]) -> tuple[str, bool]:
    """What the entry's id is made of, and whether that is the row's own id: else all that it says."""
    named = [title for title, uses in chosen.columns.items() if Use(("id",)) in uses]
    if not named:
        return "\n".join(f"{cell.title}: {cell.text}" for cell in row.cells), False
    said = {cell.title: steady(cell.text) for cell in row.cells}
    if not said.keys() >= set(named):
        cause, remedy = "this row has no id of its own", "fill in {titles}, or give the map another `id`"
        wrong.append(Flaw("value", cause, remedy, {"titles": " ".join(named)}, row.path, row.line))
    return "\n".join((chosen.name, *(said.get(title, "") for title in named))), True


def _body(row: Row, chosen: Map) -> str:
    """What goes into the text; under their titles where it is several columns, or one that is no text by its title."""
    several_columns = sum(Use(()) in uses for uses in chosen.columns.values()) > 1
    colon = _("{key}: {value}")
    return body_of(
        "\n\n".join(
            text
            if part is row and not several_columns and _OF_TEXT.search(cell.title)
            else colon.format(key=f"{whose} {bare(cell.title)}".strip(), value=text)
            for part in (row, *row.more)
            for whose, cell in _texts(part, _columns(part, chosen), part is row)
            for text in ["、".join(choices(cell.text)) if "┋" in cell.text else cell.text]
        )
    )


def _texts(part: Row, columns: Columns, main: bool) -> Iterator[tuple[str, Cell]]:
    """The cells of a row that go into the text, those of a further sheet with the one whom it names.

    Somebody of whom a further sheet tells nothing else is text as well.
    """
    named = [] if main else [cell for cell in part.cells if Use(("who",)) in columns.get(cell.title, ())]
    whose = "、".join(cell.text for cell in named)
    if named and not any(columns.get(cell.title) for cell in part.cells if cell not in named):
        yield from (("", cell) for cell in named)
    for cell in part.cells:
        if _is_text(cell, columns.get(cell.title, ())) and not _is_number(cell):
            yield whose, cell


def _is_text(cell: Cell, uses: tuple[Use, ...]) -> bool:
    """Whether a cell goes into the text: by the map, or since its deadline 尽快 is no day."""
    return Use(()) in uses or any(_is_due(use.path) and NO_DAY.fullmatch(cell.text) for use in uses)


def _is_due(path: tuple[str, ...]) -> bool:
    return path[0:1] == ("items",) and path[-1] == "due"


_NO_MONEY = re.compile(r"0+(?:\.0+)?\D{0,3}", re.ASCII)


def _is_no_gift(path: tuple[str, ...], text: str) -> bool:
    """Whether a cell for what was given says that nothing was: 0元, 无."""
    amount = path in (("aid", "each"), ("aid", "total"), ("funds", "amount"))
    return (amount and bool(_NO_MONEY.fullmatch(text))) or (
        (amount or path == ("aid", "what")) and bool(NOTHING.fullmatch(text))
    )


_OF_TEXT = re.compile("内容|备注|说明|情况|记录|正文|note|remark|text|comment", re.IGNORECASE)


# ---------------------------------------------------------------- what a row tells


def _told(part: Row, chosen: Map, kinds: Collection[str], wrong: list[Flaw]) -> list[Told]:
    """What each cell tells of the entry, save what goes into its body; what cannot be read is `wrong`."""
    found: list[Told] = []
    beside: list[Told] = []
    sent = _sent(part)
    day = _day(part, chosen, sent)
    for cell in part.cells:
        for use in () if _is_number(cell) else _columns(part, chosen).get(cell.title, ()):
            try:
                text = _meant(cell.text, use, chosen.values.get(cell.title, {}))
                if (_is_due(use.path) and NO_DAY.fullmatch(text)) or _is_no_gift(use.path, text):
                    continue
                if text and use.path not in ((), ("id",)):
                    found.append(Told(use.path, _value(use, text, kinds, sent, day), cell.column))
                    beside += _beside(text, cell.column, sent) if use.path == ("date",) else []
            except Unreadable as error:
                place = part.path, part.line, cell.column
                wrong.append(Flaw("value", error.message, error.remedy, error.words, *place))
    has = {one.path for one in found}
    found += [one for one in beside if one.path not in has]
    heads = {one.path[0] for one in found}
    # what is said of every item is said where the row tells of one
    said = [use.path for use, _text in chosen.always if len(use.path) == 1 or use.path[0] in heads]
    always = [
        Told(use.path, _value(use, text, kinds, sent, day)) for use, text in chosen.always if use.path in said
    ]
    return found if part.sheet else found + always


def _meant(text: str, use: Use, words: Mapping[str, str]) -> str:
    """What a cell says, in the words of the map; "" for nothing. Raises Unreadable."""
    if words:
        text = words.get(text) or "、".join(words.get(part, part) for part in choices(text))
    if use.says:
        return use.says if says_yes(text, use.says) else ""
    return with_unit(text, use.unit)


_NAMES = (("aid", "to"), ("aid", "receipt"))


def _sent(part: Row) -> Date | None:
    """The day that a row was filled in or sent."""
    said = {unmarked(cell.title): cell.text for cell in part.cells}
    for title in STAMPS:
        with suppress(Unreadable):
            if title in said:
                return read_stamp(said[title])[0]
    return None


def _day(part: Row, chosen: Map, sent: Date | None) -> Date | None:
    """The day that a row tells of, from which its due days count; that it was sent, where it tells none."""
    for cell in part.cells:
        if Use(("date",)) in _columns(part, chosen).get(cell.title, ()):
            with suppress(Unreadable):
                return read_stamp(cell.text, sent)[0]
    return sent


_LESS = re.compile(r"[-－−]\s*[\d.]")
_UNITS = ("人", "名", "户", "个", "位", "口", "家", "份", "件", "套", "亩")  # of what can be counted
_MEASURED = ("income", "land", "housing")


_SOME_DAY = Date(2024, 12, 31)  # of a leap year: 2月29日 can be read


def reader(kinds: Collection[str]) -> Reads:
    """What tells whether a map's value for every entry can be read, whatever day an entry is of."""
    return partial(_value, kinds=kinds, day=_SOME_DAY)


def _value(
    use: Use, text: str, kinds: Collection[str], sent: Date | None = None, day: Date | None = None
) -> Any:
    """A cell as the tree of an entry holds it. Raises Unreadable."""
    path = use.path
    amount = path[0] in ("aid", "funds", "meeting") or path[-1] in _MEASURED or use.unit in _UNITS
    if amount and _LESS.match(text):
        raise Unreadable(
            "“{text}” is less than nothing", "look at the form, and correct the cell", text=text[:40]
        )
    if path == ("date",):
        return read_stamp(text, sent)[0].isoformat()
    if _is_due(path):
        return read_by(text, day).isoformat()
    if path == ("facts", "class"):
        return read_class(text)
    if path == ("time",):
        return read_clock(text)
    if path == ("kind",):
        return _kind(text, kinds)
    if _is_item(path) or path == ("meeting", "agenda"):
        return several(text)
    if path[0] == "tags" or path == ("items", "about") or (path[0] == "facts" and path[1] in FACT_LISTS):
        return choices(text)
    if path[0] in LISTS or path in _NAMES:
        return names(text)
    return "、".join(choices(text)) if "┋" in text else text


def _beside(text: str, column: int, sent: Date | None) -> Iterator[Told]:
    """The weekday and the hour behind a day; midnight is a spreadsheet's day without one."""
    if weekday := weekday_in(text):
        yield Told(("weekday",), weekday, column)
    hour = read_stamp(text, sent)[1]
    if hour and hour != "00:00":
        yield Told(("time",), hour, column)


def _kind(text: str, kinds: Collection[str]) -> str:
    kind = value_of("kind", text) or text
    if kind not in kinds:
        cause, remedy = "“{text}” is no kind of entry", "say in the map, under `values`, which it is: {known}"
        known = " ".join(show_value("kind", kind, language()) for kind in kinds)
        raise Unreadable(cause, remedy, text=text[:40], known=known)
    return kind


def _is_item(path: tuple[str, ...]) -> bool:
    return len(path) == 2 and path[0] == "items" and path[1] in (*ITEM_TYPES, "text")


def _named(told: list[Told]) -> list[str]:
    """The people that a row names; facts are about the first."""
    return [
        person.name
        for person in read_people([name for one in told if one.path == ("who",) for name in one.value])
    ]


# ---------------------------------------------------------------- into the tree


_COUNTED = ("items", "aid", "funds")


def _placed(
    told: list[Told], about: str, main: bool, so_far: Mapping[str, int]
) -> Iterator[tuple[Path, Any, int]]:
    """Where in the tree each thing goes that a row tells, when its entry has `so_far` so many records.

    A row of a further sheet names whom its facts, items and gifts are for, not whom the entry is about.
    """
    gift = next((one for one in told if one.path[0] == "aid"), None)
    if gift and not main and (theirs := _named(told)) and all(one.path != ("aid", "to") for one in told):
        yield ("aid", so_far["aid"], "to"), theirs, gift.column
    for one in told:
        head, *rest = one.path
        if head in ("aid", "funds"):
            yield (head, so_far[head], *rest), one.value, one.column
        elif head == "facts":
            yield (head, about, *rest), one.value, one.column
        elif head != "items" and (main or head != "who"):
            yield one.path, one.value, one.column
    texts = [(one, text) for one in told if _is_item(one.path) for text in one.value]
    beside = [one for one in told if one.path[0] == "items" and not _is_item(one.path)]
    shared = [one for one in beside if len(one.path) == 2]
    own = [one for one in beside if len(one.path) == 3]  # of the items of one type: a promise's due day
    categories = [(one, word) for one in shared if one.path[1] == "about" for word in one.value]
    one_category = len(categories) == 1 and texts and value_of("about", categories[0][1])
    for one, word in () if one_category else categories:
        # several cannot be the category of one item, but they are not lost
        yield ("tags",), [show_value("about", value_of("about", word) or word, language())], one.column
    for at, (one, text) in enumerate(texts, so_far["items"] + 1):
        item = ("items", str(at))
        if about and not main:
            yield (*item, "who"), about, one.column
        for more in shared:
            if more.path[1] != "about" or one_category:
                value = more.value[0] if more.path[1] == "about" else more.value
                yield (*item, more.path[1]), value, more.column
        for more in own:
            if more.path[1] == one.path[1]:
                yield (*item, more.path[2]), more.value, more.column
        if one.path[1] != "text":
            yield (*item, "type"), one.path[1], one.column
        yield (*item, "text"), text, one.column


def _put(tree: dict[str, Any], path: Path, value: Any) -> None:
    """Put a value into the tree; what is said twice of a list is longer, of an area goes deeper."""
    box: dict[Any, Any] = tree
    for part in path[:-1]:
        box = box.setdefault(part, {})
    key = path[-1]
    if isinstance(value, list):
        box[key] = list(dict.fromkeys([*box.get(key, []), *value]))
    elif path[0] in PARTS and key in box:
        box[key] = f"{box[key]}/{value}"
    elif path[0] == "facts" and key in box:
        box[key] = [box[key], value]
    else:
        box[key] = value
