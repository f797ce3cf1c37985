"""The map that a table most likely means, from its titles and from what stands below them: to look at, then to use."""

import re
from collections.abc import Callable, Collection
from datetime import date as Date
from typing import Any

from minqing.front import Tree, write_front
from minqing.imports._cells import NO, NO_DAY, STAMPS, YES, bare, choices, is_number, unmarked
from minqing.imports._keep import read_by, read_clock, read_stamp
from minqing.imports._titles import OF_A_PERSON, OF_ANOTHER, Table, key_by_title
from minqing.language import _, language
from minqing.maps import ITEM_TYPES, TEXT, of_further_sheets, read_use, repeats_freely, write_use
from minqing.roster import read_class
from minqing.schema import AID, FACT, FUND, ITEM, MEETING
from minqing.shapes import Fields
from minqing.values import Unreadable
from minqing.words import plain, show_key, show_value, value_of

Guesses = dict[str, list[str]]  # the keys of each column by its title; none leaves it out

# What forms call the own id of a row: the first of these that are all there.
_IDS = (("_uuid",), ("meta/instanceid",), ("instanceid",), ("key",), ("_id",), ("答卷编号",), ("序号", "提交答卷时间"),
        ("提交者", "提交时间"), ("提交人", "提交时间"), ("序号", "提交时间"))  # fmt: skip


def proposed(name: str, table: Table, further: Collection[Table], kinds: Collection[str]) -> str:
    """The text of a map for a table and the sheets that belong to it; every column stands in it."""
    people = any(key_by_title(title) == "who" for title in table.titles)
    columns = {title: _guess(table, title, kinds, people) for title in table.titles if title}
    _of_another(columns)
    _of_what(columns, table)
    plainly = {unmarked(title): title for title in columns}
    own = next((ids for ids in _IDS if plainly.keys() >= set(ids)), ())
    for system in own:
        title = plainly[system]
        columns[title] = ["id", *(key for key in columns[title] if key != TEXT)]
    notes = [_("which column is which key; an empty key leaves a column out")]
    if not own and name:
        notes.append(_("no column is the row's own id: a row that is changed becomes another entry"))
    if not any("date" in keys for keys in columns.values()):
        stamp = next((plainly[system] for system in STAMPS if system in plainly), None)
        if stamp:
            columns[stamp] = [*columns[stamp], "date"]
            notes.append(_("the form does not ask for the day: it is that of “{title}”").format(title=stamp))
    always = _settled(columns)
    repeats = {sheet.sheet: _further(sheet, kinds) for sheet in further}
    lines = [f"# {note}" for note in notes]
    if name:
        lines.append(f"# {_('part of the id of every row: leave it as it is once rows have come in')}")
        lines.append(write_front({_key("name"): name}).rstrip())
    lines += _block(_key("columns"), _shown(columns))
    if always:
        said: dict[str, Tree] = {_use(key): _value(key, value) for key, value in always.items()}
        lines += [f"# {_('what every entry says')}", *_block(_key("always"), said)]
    if repeats:
        lines += [
            f"# {_('further sheets: each row adds to the entry that it belongs to')}",
            f"{_key('repeats')}:",
        ]
        for sheet, guesses in repeats.items():
            lines += [f"  {line}" for line in _block(sheet, _shown(guesses))]
    return "\n".join(lines) + "\n"


def _block(key: str, said: dict[str, Tree]) -> list[str]:
    head = write_front({key: None}).rstrip()
    return [head, *(f"  {write_front({title: keys}).rstrip()}" for title, keys in said.items())]


def _shown(columns: Guesses) -> dict[str, Tree]:
    """Each column's keys as a map of the language writes them."""
    shown = {title: [_use(key) for key in keys] for title, keys in columns.items()}
    return {title: keys if len(keys) > 1 else keys[0] if keys else None for title, keys in shown.items()}


def _key(key: str) -> str:
    return show_key("map", key, language())


def _use(key: str) -> str:
    return write_use(read_use(key), language())


def _value(key: str, value: str) -> str:
    return show_value("kind", value, language()) if key == "kind" else value


# ---------------------------------------------------------------- one column


def _guess(table: Table, title: str, kinds: Collection[str], people: bool = True) -> list[str]:
    """What a column is; `people`: whether the table names any, else 低保户数 is a village's figure."""
    cells = table.cells(title)
    choice = _choice(table, title, cells)
    if choice is not None:
        return choice
    key = key_by_title(title)
    if not key:
        return []
    answers_yes_no = cells and all(_yes_or_no(cell) for cell in cells)
    if (
        key != TEXT
        and cells
        and (not _fits(key, cells, kinds) or (answers_yes_no and (_is_item(key) or key == "aid.receipt")))
    ):
        key = TEXT
    if key.startswith("fact.") and key != "fact.phone" and not people:
        key = TEXT
    unit = _unit(title)
    numbers = unit and cells and _half(cells, is_number)
    if key == TEXT:
        name = re.sub(r"[（(].*", "", bare(title)).strip()
        if numbers and name and not name.isdigit():
            return [f"figure.{name}（{unit}）"]
        return [_by_cells(cells, kinds)]
    measured = key.startswith("fact.") and key not in ("fact.phone", "fact.born")
    measured = measured or key in ("aid.each", "aid.total", "fund.amount")
    if not unit and key in ("aid.each", "aid.total", "fund.amount") and _OF_MONEY.search(title):
        unit = "元"
    return [f"{key}（{unit}）" if unit and measured and any(map(is_number, cells)) else key]


def _of_what(columns: Guesses, table: Table) -> None:
    """2袋 beside no price is how much was given, not to how many; who records at a meeting writes its record."""
    firsts = [keys[0].partition("（")[0] for keys in columns.values() if keys]
    meeting = any(key.startswith("meeting.") for key in firsts)
    for title, keys in columns.items():
        cells = table.cells(title)
        if keys == ["aid.n"] and "aid.each" not in firsts and cells and _half(cells, _counts_goods):
            columns[title] = ["aid.total"]
        elif keys == ["author"] and meeting and "记录" in title:
            columns[title] = ["meeting.recorder"]


def _counts_goods(cell: str) -> bool:
    """Whether a number counts what was given rather than to how many: 2袋, not 7人."""
    return bool(re.fullmatch(r"[\d.,]+\s*[^\d\s人名户位份家]\D*", plain(cell)))


def _of_another(columns: Guesses) -> None:
    """What a title tells of a member of the household is not the head's: 配偶健康状况 beside 户主姓名."""
    about = [title for title, keys in columns.items() if "who" in keys]
    for title, keys in columns.items() if about and not any(map(OF_ANOTHER.search, about)) else ():
        if (
            OF_ANOTHER.search(title)
            and keys
            and keys[0].partition("（")[0].removeprefix("fact.") in OF_A_PERSON
        ):
            columns[title] = [TEXT]


def _is_item(key: str) -> bool:
    return key.removeprefix("item.") in ITEM_TYPES


def _yes_or_no(cell: str) -> bool:
    return plain(cell).lower() in YES | NO


def _unit(title: str) -> str:
    match = re.search(r"[（(]([^（）()\d]{1,4})[）)]$", bare(title))
    return match[1].strip() if match else ""


def _by_cells(cells: list[str], kinds: Collection[str]) -> str:
    """What the answers say of a column whose title says nothing."""
    if cells and all((value_of("kind", cell) or cell) in kinds for cell in cells):
        return "kind"
    if cells and all(value_of("about", choice) for cell in cells for choice in choices(cell)):
        return "item.about"
    return "tags" if any("┋" in cell for cell in cells) else TEXT


def _choice(table: Table, title: str, cells: list[str]) -> list[str] | None:
    """A column of one answer, 3、(低保) or needs/water; [] for one that repeats such columns; None for others."""
    below = [other for other in table.titles if other.rpartition("/")[0] == title]
    if any(_answer(table, other, table.cells(other)) for other in below):
        return []
    says = _answer(table, title, cells)
    return [f"{'item.about' if value_of('about', says) else 'tags'}={says}"] if says else None


def _answer(table: Table, title: str, cells: list[str]) -> str:
    """The one answer that a column says yes or no to; "" for a column of another sort."""
    numbered = re.fullmatch(r"(\d+[、.]).*[(（](.+?)[)）]\s*[:：]?", title)
    above, _slash, below = title.rpartition("/")
    if numbered:
        one_of_many = sum(other.startswith(numbered[1]) for other in table.titles) > 1
    else:
        one_of_many = above in table.titles
    says = (numbered[2] if numbered else below).strip(" :：=＝")
    return says if one_of_many and all(_yes_or_no(cell) or cell == says for cell in cells) else ""


_ANY_YEAR = Date(2024, 12, 31)  # one with a 29 February


def _fits(key: str, cells: list[str], kinds: Collection[str]) -> bool:
    """Whether at least half of the answers are what the key holds."""
    path = read_use(key).path
    records: dict[str, Fields] = {"items": ITEM, "aid": AID, "funds": FUND, "facts": FACT, "meeting": MEETING}
    reads: dict[tuple[str, ...], Callable[[Any], Any]] = {
        ("date",): lambda cell: read_stamp(cell, _ANY_YEAR),
        ("time",): read_clock,
        **{
            ("items", *of, "due"): lambda cell: NO_DAY.fullmatch(cell) or read_by(cell, _ANY_YEAR)
            for of in ((), *((type_,) for type_ in ITEM_TYPES))
        },
        ("facts", "class"): read_class,
    }
    read = reads.get(path) or (records.get(path[0], {}).get(path[-1]) if len(path) > 1 else None)
    if path == ("kind",):
        return _half(cells, lambda cell: (value_of("kind", cell) or cell) in kinds)
    if path == ("items", "about"):
        return _half(cells, lambda cell: any(value_of("about", choice) for choice in choices(cell)))
    return read is None or _half(cells, lambda cell: _reads(read, cell))


def _half(cells: list[str], fits: Callable[[str], bool]) -> bool:
    return sum(map(fits, cells)) * 2 >= len(cells)


def _reads(read: Callable[[Any], Any], cell: str) -> bool:
    try:
        read(cell)
    except Unreadable:
        return False
    return True


# ---------------------------------------------------------------- all columns


def _settled(columns: Guesses) -> dict[str, str]:
    """Each key once where it stands once, and nothing without what it needs; what every entry says."""
    _once(columns)
    used = {key.partition("=")[0] for keys in columns.values() for key in keys}
    records = {key.partition("（")[0].partition(".")[0] for key in used}
    items = any(_is_item(key) for key in used)
    for title, keys in columns.items():
        for key in keys:
            item, _dot, of_type = key.removeprefix("item.").partition(".")
            # without a column of promises it is of all items
            if key.startswith("item.") and of_type and f"item.{item}" not in used:
                columns[title] = [f"item.{of_type}" if one == key else one for one in keys]
    _once(columns)
    _one_gift(columns)
    used = {key.partition("=")[0] for keys in columns.values() for key in keys}
    always: dict[str, str] = {}
    if "aid.what" not in used and used & {"aid.each", "aid.total", "aid.each（元）", "aid.total（元）"}:
        always["aid.what"] = "慰问金"
    for title, keys in columns.items():
        for key in keys:
            lonely = (
                (key.startswith("fact.") and "who" not in used)
                or (key.startswith("aid.") and "aid.what" not in {*used, *always})
                or (key.startswith("item.") and not _is_item(key) and not items)
            )
            if lonely:
                columns[title] = _instead(key, keys)
    if "kind" not in used:
        kind = "meeting" if "meeting" in records else "visit" if "who" in used else "note"
        always = {"kind": "aid" if "aid" in records and not items else kind} | always
    return always


_OF_MONEY = re.compile("慰问金|补助金|救助金|助学金|现金|金额|(?i:cash|money)")
_OF_GOODS = re.compile("慰问[品物]|物资|实物")


def _one_gift(columns: Guesses) -> None:
    """A row tells of one gift: beside a column of money one of goods goes into the text, not under the money."""
    money = any(
        key.startswith(("aid.each", "aid.total")) and _OF_MONEY.search(title)
        for title, keys in columns.items()
        for key in keys
    )
    for title, keys in columns.items() if money else ():
        if "aid.what" in keys and _OF_GOODS.search(title):
            columns[title] = [TEXT if key == "aid.what" else key for key in keys]


def _instead(key: str, keys: list[str]) -> list[str]:
    """For a key that has nothing to belong to: a number to call is left out, the rest goes into the text."""
    other = "" if key == "fact.phone" else key.replace("item.about", "tags") if "about" in key else TEXT
    return [other if one == key else one for one in keys if one != key or other]


def _once(columns: Guesses) -> None:
    seen = set()
    for title, keys in columns.items():
        for key in keys:
            use = read_use(key)
            if use.path in seen and not repeats_freely(use):
                columns[title] = [TEXT if one == key else one for one in keys]
            seen.add(use.path)


def _further(table: Table, kinds: Collection[str]) -> Guesses:
    """A sheet whose rows belong to those of another: what of it can be added to an entry."""
    columns = {title: _guess(table, title, kinds) for title in table.titles if title}
    for title, keys in columns.items():
        columns[title] = [key if of_further_sheets(read_use(key)) else TEXT for key in keys]
    _once(columns)
    if ["who"] not in columns.values():  # a member's health is not that of whom the entry is about
        for title, keys in columns.items():
            columns[title] = [TEXT if key.startswith("fact.") else key for key in keys]
    return columns
