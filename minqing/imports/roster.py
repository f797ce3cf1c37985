"""The roster (花名册) an office has already, as .xlsx, .xls, .ods or .csv, becomes roster.csv.

Columns go by their usual titles, wherever the row of titles stands. What a column says beside the roster's own
fields is dropped and named; no value of it, and no ID number, is ever told.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from minqing.diary import ROSTER, Diary, replace_file, write_new
from minqing.errors import Flaw, MinqingError, UsageError
from minqing.idnumbers import is_id, plain_id, told_by_id
from minqing.imports import Brought, Note, Source, Ways
from minqing.imports._table import TITLE_ROWS, Rows, Sheet, sheets_of
from minqing.roster import (
    Resident,
    cells_by_field,
    field_of,
    read_cells,
    tidy_name,
    write_roster,
)
from minqing.words import HEADS, plain

WAYS = ("force", "keep_id", "dry_run")

Said = dict[str, str]  # the cells of a row by field


def bring(diary: Diary, source: Source, ways: Ways) -> Brought:
    """Read a roster and put it in the diary, private; over another one only when forced.

    Raises UsageError when the file holds no roster, MinqingError, OSError.
    """
    sheets = sheets_of(source, "import roster")
    taken = take(sheets, diary.config.area or "")
    if not taken.residents:
        raise UsageError(
            "{file} holds no roster: no row of titles names 姓名 or 户主姓名", file=str(source.path)
        )
    residents = [r if ways.keep_id else r._replace(id=None) for r in taken.residents]
    if not ways.dry_run:
        _write(diary, write_roster(residents), ways.force)
    flaws = tuple(flaw._replace(path=f"{source.path}{flaw.path}") for flaw in taken.flaws)
    return Brought((ROSTER,), tuple(_notes(taken, residents)), flaws)


def _write(diary: Diary, data: bytes, force: bool) -> None:
    try:
        write_new(diary.root, ROSTER, data)
    except FileExistsError:
        if not force:
            raise MinqingError("{path} exists already; replace it with --force", path=ROSTER) from None
        replace_file(diary.root, ROSTER, None, data)


class Taken(NamedTuple):
    """What was understood of an office's roster: residents, titles that were not, flaws by row, doubles."""

    residents: list[Resident]
    unknown: list[str]
    flaws: list[Flaw]
    doubles: list[str]  # households that share their head's name, as they are called now
    read: list[str]  # sheets of a spreadsheet by name, and those that hold no row of titles
    left: list[str]
    again: int  # households that an earlier sheet had


def _notes(taken: Taken, residents: list[Resident]) -> Iterable[Note]:
    households = {resident.household for resident in residents}
    yield Note(
        "read: {households} households, {people} people",
        {"households": len(households), "people": len(residents)},
    )
    if len(taken.read) > 1:
        yield Note("sheets read: {names}", {"names": "、".join(taken.read)})
    if taken.again:
        yield Note("households that an earlier sheet had already: {n}", {"n": taken.again})
    if taken.left:
        yield Note("sheets without a row of titles, left out: {names}", {"names": "、".join(taken.left)})
    if taken.unknown:
        yield Note("columns not understood and left out: {titles}", {"titles": "、".join(taken.unknown)})
    ids = sum(resident.id is not None for resident in taken.residents)
    if ids and not any(resident.id for resident in residents):
        yield Note("{n} ID numbers were looked at and left out; --keep-id keeps them", {"n": ids})
    elif ids:
        yield Note("{n} ID numbers are in {path}: keep that file to yourself", {"n": ids, "path": ROSTER})
    if taken.doubles:
        yield Note(
            "households with one name are told apart; write them so in entries: {names}",
            {"names": "、".join(taken.doubles)},
        )


# ---------------------------------------------------------------- rows to residents


def title_row(rows: Rows) -> int | None:
    """Which row holds the titles: the one that names most fields, a person or head among them.

    Of two rows of titles, one right below the other, the lower: the upper one then spans several columns.
    """
    best, most = None, 0
    for at, (_number, cells) in enumerate(rows[:TITLE_ROWS]):
        fields = {field for cell in cells if (field := field_of(cell))}
        more = len(fields) > most or (len(fields) == most and best == at - 1)
        if more and fields & {"name", "head", "household"}:
            best, most = at, len(fields)
    return best


def take(sheets: list[Sheet], prefix: str) -> Taken:
    """The residents of every table with titles; `prefix` is the area they all lie in, as far as they do not say so.

    The flaws of one table among several bear the name of their sheet as path.
    """
    tables = [(sheet, at) for sheet in sheets if (at := title_row(sheet.rows)) is not None]
    homes: list[list[Resident]] = []
    unknown: list[str] = []
    flaws: list[Flaw] = []
    again = 0
    for sheet, at in tables:
        titles = sheet.rows[at][1]
        fields = [field_of(title) for title in titles]
        unknown += [
            " ".join(title.split())
            for title, field in zip(titles, fields, strict=True)
            if field is None and title.strip()
        ]
        lines = [
            (number, _in_group(cells_by_field(fields, cells), sheet.name))
            for number, cells in sheet.rows[at + 1 :]
            if cells != titles
        ]
        found: list[Flaw] = []
        here = [_residents(home, prefix, found) for home in _homes(_people(lines, found))]
        there: dict[str, set[str | None]] = {}
        for home in homes:
            there.setdefault(home[0].household, set()).add(home[0].area or None)
        new = [home for home in here if not _is_there(home[0], there.get(home[0].household, set()))]
        again += len(here) - len(new)
        homes += new
        path = f" [{sheet.name}]" if len(tables) > 1 else ""
        flaws += sorted((flaw._replace(path=path) for flaw in found), key=lambda flaw: flaw.line)
    residents, doubles = _apart(homes)
    left = [sheet.name for sheet in sheets if sheet.rows and title_row(sheet.rows) is None]
    read = [sheet.name for sheet, _at in tables]
    return Taken(residents, list(dict.fromkeys(unknown)), flaws, doubles, read, left, again)


def _is_there(head: Resident, areas: set[str | None]) -> bool:
    """Whether an earlier sheet has a household, there in some areas: in the same one, as far as both say one."""
    return bool(areas) and (not head.area or None in areas or head.area in areas)


def _in_group(said: Said, sheet: str) -> Said:
    """A row of a sheet that is called after a villagers' group, where the row itself does not say which."""
    if said and sheet.endswith("组") and _GROUP.fullmatch(sheet) and not {"group", "area"} & set(said):
        return said | {"group": sheet}
    return said


_NOBODY = re.compile(r"(?:合计|总计|小计|共计|填表|制表|审核|填报|说明|备注|注)")


def _people(lines: list[tuple[int, Said]], flaws: list[Flaw]) -> list[tuple[int, Said]]:
    """The rows that are about a person; sums and signatures at the foot are not."""
    found = []
    for number, said in lines:
        name = _name(said)
        if name and not _NOBODY.match(name) and not _NOBODY.match(said.get("number", "")):
            found.append((number, said))
        elif not name and set(said) & {"id", "phone", "relation", "born"}:
            flaws.append(
                _hint(Flaw("roster", "this line names nobody", "write a name, or delete the line"), number)
            )
    return found


def _name(said: Said) -> str:
    return tidy_name(said.get("name") or _head(said))


def _head(said: Said) -> str:
    return tidy_name(said.get("head") or said.get("household") or "")


class _Home(NamedTuple):
    """The rows of one household as they stand, by number, and its code if it has one."""

    code: str | None
    rows: list[tuple[int, Said]]

    def head(self) -> str:
        """The name of its head: a column says it, or the relation does, or it is the first of its people."""
        said = [row for _number, row in self.rows]
        named = next((_head(row) for row in said if _head(row)), "")
        return named or next((_name(row) for row in said if row.get("relation") in HEADS), _name(said[0]))


def _homes(people: list[tuple[int, Said]]) -> list[_Home]:
    """The households: by code, else by the head's name, else from one head to the next."""
    with_head = any(_head(said) for _number, said in people)
    homes: list[_Home] = []
    by_code: dict[str, _Home] = {}
    for number, said in people:
        code = said.get("house")
        if code is not None:
            home = by_code.get(code)
        else:
            home = homes[-1] if homes and _goes_on(homes[-1], said, with_head) else None
        if home is None:
            home = _Home(code, [])
            homes.append(home)
            if code is not None:
                by_code[code] = home
        home.rows.append((number, said))
    return homes


def _goes_on(home: _Home, said: Said, with_head: bool) -> bool:
    """Whether a row without a code is of the household above it."""
    if said.get("relation") in HEADS:
        return _head(said) == home.head() != "" and not any(r.get("relation") in HEADS for _n, r in home.rows)
    if _head(said):
        return home.code is None and _head(said) == home.head()
    return "relation" in said or with_head  # a head that was merged over several rows stands in the first


_OF_HOUSEHOLD = ("town", "village", "group", "area", "class", "members")


def _residents(home: _Home, prefix: str, flaws: list[Flaw]) -> list[Resident]:
    """The people of a household. What is said of it in one row counts for all of its rows."""
    shared: Said = {}
    for _number, said in home.rows:
        for field in _OF_HOUSEHOLD:
            if field in said:
                shared.setdefault(field, said[field])
    found = []
    for number, said in home.rows:
        cells = shared | said
        name = _name(said)
        if "labour" in cells:
            cells["note"] = "；".join(filter(None, (cells.get("note"), f"劳动力：{cells['labour']}")))
        cells["area"] = area_of(cells, prefix)
        _by_id(cells, number, flaws)
        typed, wrong = read_cells(cells)
        flaws += [_hint(flaw, number) for flaw in wrong]
        found.append(Resident(home.head(), name, **typed))
    return found


def _by_id(cells: Said, row: int, flaws: list[Flaw]) -> None:
    """Sex and birth date from a right ID number; a wrong one is named by its row and left out."""
    if "id" not in cells:
        return
    id_ = plain_id(cells.pop("id"))
    if not is_id(id_):
        flaws.append(
            _hint(
                Flaw(
                    "roster",
                    "the ID number is wrong: its check character or date does not fit",
                    "look at the card itself",
                ),
                row,
            )
        )
        return
    cells["id"] = id_
    sex, born = told_by_id(id_)
    if plain(cells.get("sex", sex))[:1] != sex:
        flaws.append(
            _hint(Flaw("roster", "the sex is not what the ID number tells", "look at the card itself"), row)
        )
    cells.setdefault("sex", sex)
    cells.setdefault("born", born)


# ---------------------------------------------------------------- areas and names

_GROUP = re.compile(r"第?\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*(?:村民)?小?组?")
_VILLAGE_GROUP = re.compile(r"(.+?(?:村|社区))(.+组)")
_DIGITS = "零一二三四五六七八九"


def area_of(cells: Said, prefix: str) -> str:
    """乡镇/村/组 of a row below `prefix`: 2 and 第二村民小组 are 二组; 柳湾村二组 is 柳湾村/二组."""
    said = [cells[field] for field in ("area", "town", "village", "group") if field in cells]
    parts: list[str] = []
    for text in said:
        for part in re.split(r"[/\\／＼]", re.sub(r"\s", "", text)):
            match = None if _GROUP.fullmatch(part) else _VILLAGE_GROUP.fullmatch(part)
            parts += [_group(piece) for piece in (match.groups() if match else (part,)) if piece]
    parts = list(dict.fromkeys(parts))
    above = [part for part in prefix.split("/") if part]
    overlap = next(
        (n for n in range(len(above)) if above[n : n + len(parts)] == parts[: len(above) - n]), None
    )
    if overlap is not None and parts:
        above = above[:overlap]
    elif "town" in cells:
        above = []  # another town than the diary's own
    return "/".join([*above, *parts])


def _group(part: str) -> str:
    match = _GROUP.fullmatch(part)
    if not match:
        return part
    return f"{_chinese(int(match[1]))}组" if match[1].isdigit() else f"{match[1]}组"


def _chinese(n: int) -> str:
    tens, ones = divmod(n, 10)
    return ("" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (
        _DIGITS[ones] if ones or not tens else ""
    )


def _apart(homes: list[list[Resident]]) -> tuple[list[Resident], list[str]]:
    """Households of one name told apart by their group, else by a number: 王大山·二组, 王大山·2."""
    shared = Counter(home[0].household for home in homes)
    names = [_with_group(home[0]) if shared[home[0].household] > 1 else home[0].household for home in homes]
    still = Counter(names)
    seen: Counter[str] = Counter()
    for at, name in enumerate(names):
        seen[name] += 1
        if still[name] > 1:
            names[at] = f"{name}·{seen[name]}"
    people = [
        resident._replace(household=name)
        for home, name in zip(homes, names, strict=True)
        for resident in home
    ]
    doubles = [name for home, name in zip(homes, names, strict=True) if shared[home[0].household] > 1]
    return people, doubles


def _with_group(resident: Resident) -> str:
    group = (resident.area or "").rpartition("/")[2]
    return f"{resident.household}·{group}" if group else resident.household


def _hint(flaw: Flaw, row: int) -> Flaw:
    """A flaw of an office's file at its row: the rest of the row was taken all the same."""
    return flaw._replace(line=row, severity="hint")
