"""The roster (花名册) of a village: text of roster.csv to residents and back. Pure; no entry is needed for it.

It only says who lives where. What becomes of a household stands in entries.
"""

import csv
import re
from datetime import date as Date
from io import StringIO
from typing import Any, NamedTuple

from minqing.errors import Flaw
from minqing.idnumbers import day_of, is_id, plain_id
from minqing.text import decode
from minqing.values import Unreadable, read_area, read_count
from minqing.words import plain, value_of


class Resident(NamedTuple):
    """村民: one person of one household. `household` is the name it goes by, mostly that of its head.

    `class_` is a key of words.VALUES["class"], `born` as much of an ISO day as is known (1990, 1990-05,
    1990-05-12), `members` how many the household has, `id` 18 or 15 characters, kept only where asked for.
    """

    household: str
    name: str
    relation: str | None = None
    area: str | None = None
    class_: str | None = None
    sex: str | None = None
    born: str | None = None
    phone: str | None = None
    members: int | None = None
    note: str | None = None
    id: str | None = None


COLUMNS = ("household", "name", "relation", "area", "class", "sex", "born", "phone", "members", "note")
BOM = "\ufeff"  # without it a Chinese Excel reads UTF-8 as GBK

# What columns are called, in our own file and in those of offices; `number` is a running number, `house` a
# household's code, `head` its head, town, village and group make the area, labour goes to the note.
TITLES: dict[str, tuple[str, ...]] = {
    "household": ("household", "户", "住户"),
    "head": ("户主", "户主姓名", "户主名"),
    "house": ("户编号", "户号", "户编码", "家庭编号", "家庭户号", "家庭户编号", "农户编号", "户主编号", "户籍编号", "户序号"),
    "name": ("name", "姓名", "成员姓名", "家庭成员姓名", "家庭成员", "人员姓名", "村民姓名", "居民姓名"),
    "relation": ("relation", "与户主关系", "与户主的关系", "和户主关系", "家庭关系", "成员关系", "户主关系", "关系"),
    "area": ("area", "区划", "村组"),
    "town": ("乡镇", "乡", "镇", "乡镇名称", "所属乡镇", "街道", "乡镇街道", "镇街"),
    "village": ("村", "行政村", "村名", "村名称", "行政村名称", "所属村", "村社区", "社区", "村居", "村委会", "村民委员会"),
    "group": ("组", "村民小组", "小组", "组别", "组名", "村小组", "所属组", "自然村", "自然村组", "社", "村民组"),
    "class": (
        "class", "户属性", "户类型", "户类别", "农户类型", "农户属性", "农户类别", "家庭类型", "家庭属性", "户别",
        "对象类别", "人群类别",
    ),
    "sex": ("sex", "性别"),
    "born": ("born", "出生日期", "出生年月", "出生年月日", "出生", "出生时间", "生日"),
    "phone": ("phone", "联系电话", "电话", "手机", "手机号", "手机号码", "联系方式", "电话号码", "联系号码"),
    "members": ("members", "人口数", "人口", "家庭人口", "家庭人口数", "户人口", "户人口数", "家庭人数", "人数", "在册人口"),
    "labour": ("劳动力", "劳动力数", "劳动力人数", "劳力", "劳力数"),
    "note": ("note", "备注", "说明", "备注说明"),
    "id": (
        "id", "身份证号码", "身份证号", "身份证", "证件号码", "证件号", "公民身份号码", "公民身份证号码", "居民身份证号码",
        "居民身份证号", "身份证件号码",
    ),
    "number": ("序号", "编号", "序", "号", "no"),
}  # fmt: skip
_FIELD_OF = {title: field for field, titles in TITLES.items() for title in titles}


def field_of(title: str) -> str | None:
    """The field that a column's title means, or None: *身份证\n号码：, 家庭人口数（人）."""
    bare = re.sub(r"[\s*:：/、·_]|[（(【\[].*?[）)】\]]", "", plain(title)).lower()
    return _FIELD_OF.get(bare) or _FIELD_OF.get(re.sub("^所[属在]", "", bare))  # 所属村民组


# ---------------------------------------------------------------- single values

_BORN = re.compile(
    r"(\d{4})(?:\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})\s*日?|\s*月?)?|年)?(?:\s+[\d:.]+)?"
)


def read_born(text: str) -> str:
    """A birth date, whole or in part, as ISO: 19900512, 1990年5月, 1990. Raises Unreadable, without the value."""
    said = plain(text)[:40]
    if re.fullmatch(r"\d{8}|\d{6}", said, re.ASCII):
        said = "-".join(part for part in (said[:4], said[4:6], said[6:]) if part)
    match = _BORN.fullmatch(said)
    parts = [int(part) for part in match.groups() if part] if match else []
    if not parts or day_of(f"{parts[0]:04}{([*parts, 1][1]):02}{([*parts, 1, 1][2]):02}") is None:
        raise Unreadable("this is no birth date", "write it as 1990-05-12, or 1990-05")
    return "-".join([f"{parts[0]:04}", *(f"{part:02}" for part in parts[1:])])


def age(born: str, day: Date) -> int:
    """Whole years on a day; of a date known in part the youngest that it can be."""
    parts = born.split("-")
    year, month, of_month = (int(part) for part in [*parts, *("12", "31")[len(parts) - 1 :]])
    return day.year - year - ((day.month, day.day) < (month, of_month))


# What offices call the classes of household beside our own words, the neediest first.
_CLASSES = (
    ("tekun", ("特困", "五保")),
    ("watched", ("监测", "脱贫不稳定", "边缘易致贫", "突发严重困难", "边缘户", "三类户", "三类人员")),
    ("dibao", ("低保",)),
    ("lifted", ("脱贫", "建档立卡")),
    ("normal", ("一般", "普通", "非贫困", "其他农户")),
)


def read_class(text: str) -> str:
    """户属性 as offices write it: 建档立卡脱贫户 is lifted; of several the one to be visited most often.

    Raises Unreadable.
    """
    known = value_of("class", text)
    if known:
        return known
    said = re.sub("非(?!贫困)[^、，,;；/ ]*", "一般", text)
    for key, words in _CLASSES:
        if any(word in said for word in words):
            return key
    raise Unreadable(
        "“{text}” is no class of household", "write one of: {known}",
        text=text[:20], known="一般户 脱贫户 监测户 低保户 特困户",
    )  # fmt: skip


def read_sex(text: str) -> str:
    """男 or 女. Raises Unreadable."""
    found = {
        "男": "男",
        "女": "女",
        "男性": "男",
        "女性": "女",
        "m": "男",
        "f": "女",
        "male": "男",
        "female": "女",
    }
    if plain(text).lower() not in found:
        raise Unreadable("this is neither 男 nor 女", "write 男 or 女")
    return found[plain(text).lower()]


def tidy_name(text: str) -> str:
    """A name without the spaces that fill a column: 王  山 is 王山; 约翰 史密斯 written in letters keeps them."""
    name = " ".join(text.split())
    return name if re.search("[A-Za-z]", name) else name.replace(" ", "")


# ---------------------------------------------------------------- roster.csv

_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")


def write_roster(residents: list[Resident]) -> bytes:
    """The file of a roster, in UTF-8 that Excel opens right; the column `id` only if someone has one."""
    with_id = any(resident.id for resident in residents)
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*COLUMNS, *(["id"] if with_id else [])])
    for resident in residents:
        cells = resident if with_id else resident[:-1]
        writer.writerow(["" if value is None else _harmless(str(value)) for value in cells])
    return (BOM + out.getvalue()).encode("utf-8")


def _harmless(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text  # never a formula in a spreadsheet


def read_roster(data: bytes) -> tuple[list[Resident], list[Flaw]]:
    """The residents of a roster.csv, which people may have edited, with every flaw by its line.

    A line with a flaw counts all the same, without the value that cannot be read; one without a name does not.
    """
    text, flaws = decode(data)
    lines = csv.reader(StringIO(text), strict=True)
    residents: list[Resident] = []
    fields: list[str | None] | None = None
    try:
        for cells in lines:
            if not any(cell.strip() for cell in cells):
                continue
            if fields is None:
                fields = [field_of(title) for title in cells]
                flaws += _head_flaws(cells, fields, lines.line_num)
                if "name" not in fields and "household" not in fields and "head" not in fields:
                    break
                continue
            resident, found = _resident(cells_by_field(fields, cells))
            flaws += [flaw._replace(line=lines.line_num) for flaw in found]
            if len(cells) > len(fields) and any(cell.strip() for cell in cells[len(fields) :]):
                flaws.append(
                    Flaw(
                        "roster",
                        "this line has more cells than the first",
                        "quote a cell that holds a comma",
                        line=lines.line_num,
                    )
                )
            residents += [resident] if resident else []
    except csv.Error:
        flaws.append(
            Flaw(
                "roster",
                "the table breaks off here: a quotation mark is not closed",
                "close or delete it",
                line=lines.line_num,
            )
        )
    return residents, flaws


def _head_flaws(cells: list[str], fields: list[str | None], line: int) -> list[Flaw]:
    found = []
    if not {"name", "household", "head"} & set(fields):
        found.append(
            Flaw(
                "roster",
                "the first line names no column of a roster",
                "begin with: {known}",
                {"known": ",".join(COLUMNS)},
                line=line,
            )
        )
        return found
    for title, field in zip(cells, fields, strict=True):
        if field is None and title.strip():
            found.append(
                Flaw(
                    "roster",
                    "“{key}” is no column of a roster",
                    "columns are: {known}",
                    {"key": title.strip()[:40], "known": ",".join(COLUMNS)},
                    line=line,
                )
            )
    return found


def cells_by_field(fields: list[str | None], cells: list[str]) -> dict[str, str]:
    """The cells of a line that say something, by field; of two columns for one field the first that does."""
    found: dict[str, str] = {}
    for field, cell in zip(fields, cells, strict=False):
        if field and (text := _unquoted(cell).strip()):
            found.setdefault(field, text)
    return found


def _resident(cells: dict[str, str]) -> tuple[Resident | None, list[Flaw]]:
    """One line's resident, None without a name, with the flaws of its cells (their line is not known here)."""
    household = tidy_name(cells.get("household") or cells.get("head") or cells.get("name", ""))
    name = tidy_name(cells.get("name") or household)
    if not name:
        return None, [Flaw("roster", "this line names nobody", "write a name, or delete the line")]
    typed, flaws = read_cells(cells)
    return Resident(household, name, **typed), flaws


def read_cells(cells: dict[str, str]) -> tuple[dict[str, Any], list[Flaw]]:
    """Cells by field to what a Resident holds; what cannot be read is a flaw that does not repeat it."""
    readers = {
        "area": read_area,
        "class": read_class,
        "sex": read_sex,
        "born": read_born,
        "members": _read_members,
        "id": _read_id,
    }
    typed: dict[str, Any] = {}
    flaws = []
    for field in ("relation", "area", "class", "sex", "born", "phone", "members", "note", "id"):
        if not cells.get(field):
            continue
        try:
            typed["class_" if field == "class" else field] = readers.get(field, str)(cells[field])
        except Unreadable as error:
            flaws.append(Flaw("roster", error.message, error.remedy, error.words))
    return typed, flaws


def _read_members(text: str) -> int:
    try:
        return read_count(text)
    except Unreadable:  # its own words would repeat the cell, which may hold anything
        raise Unreadable("this is no number of people", "write digits only, such as 7") from None


def _read_id(text: str) -> str:
    id_ = plain_id(text)
    if not is_id(id_):
        raise Unreadable(
            "the ID number is wrong: its check character or date does not fit", "look at the card itself"
        )
    return id_


def _unquoted(cell: str) -> str:
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell[1:]) else cell
