"""The roster: what offices' files are understood as, what is never kept or told, and the file itself."""

import csv
import io
import os
import stat
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minqing.idnumbers import is_id, told_by_id
from minqing.imports._table import Sheet
from minqing.imports.roster import area_of, take
from minqing.roster import (
    Resident,
    age,
    field_of,
    read_born,
    read_class,
    read_roster,
    tidy_name,
    write_roster,
)
from minqing.values import Unreadable

GRANDMOTHER = "11010119550312302X"  # invented; its check character is right
GIRL = "110101200206010022"
WRONG = "110101195503123021"


def taken(text: str, prefix: str = "") -> list[Resident]:
    return take([Sheet("", list(enumerate(csv.reader(io.StringIO(text)), 1)))], prefix).residents


# ---------------------------------------------------------------- single values


def test_an_id_number_is_right_by_its_check_character_and_its_date() -> None:
    assert is_id(GRANDMOTHER)
    assert not is_id(WRONG)
    assert not is_id("11010119551312302X")  # a thirteenth month
    assert is_id("110101550312302")  # the 15 digits of before 1999
    assert not is_id("１１0101195503123023")
    assert told_by_id(GRANDMOTHER) == ("女", "1955-03-12")
    assert told_by_id("110101550312301") == ("男", "1955-03-12")


@given(st.integers(0, 17), st.integers(0, 9))
def test_one_wrong_digit_never_passes(at: int, digit: int) -> None:
    changed = GIRL[:at] + str(digit) + GIRL[at + 1 :]
    assert is_id(changed) is (changed == GIRL)


@pytest.mark.parametrize(
    ("typed", "born"),
    [("1990-05-12", "1990-05-12"), ("19900512", "1990-05-12"), ("199005", "1990-05"), ("1990.5", "1990-05"), ("1990年5月", "1990-05"),
     ("1990年5月12日", "1990-05-12"), ("1990", "1990"), ("１９９０/5/2", "1990-05-02")],
)  # fmt: skip
def test_birth_dates_as_offices_write_them(typed: str, born: str) -> None:
    assert read_born(typed) == born


@pytest.mark.parametrize("typed", ["1990-13", "1990-02-30", "五月", "", "12", "1990-05-12-01"])
def test_what_is_no_birth_date_is_refused_without_repeating_it(typed: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_born(typed)
    assert not refused.value.words


def test_an_age_is_the_youngest_that_a_birth_date_known_in_part_allows() -> None:
    from datetime import date

    day = date(2016, 5, 28)
    assert [age(born, day) for born in ("1998-05-28", "1998-05-29", "1998-05", "1998")] == [18, 17, 17, 17]


@pytest.mark.parametrize(
    ("typed", "class_"),
    [("低保户", "dibao"), ("dibao", "dibao"), ("建档立卡脱贫户", "lifted"), ("五保户", "tekun"), ("脱贫户、低保户", "dibao"), ("脱贫不稳定户", "watched"),
     ("一般农户", "normal"), ("非低保户", "normal"), ("非贫困户", "normal")],
)  # fmt: skip
def test_classes_as_offices_call_them(typed: str, class_: str) -> None:
    assert read_class(typed) == class_


def test_titles_are_known_however_they_are_decorated() -> None:
    assert field_of("*身份证\n号码：") == "id"
    assert field_of("家庭人口数（人）") == "members"
    assert field_of("与户主\n关系") == "relation"
    assert field_of("银行账号") is None


def test_names_lose_the_spaces_that_fill_a_column() -> None:
    assert tidy_name(" 王　 山 ") == "王山"
    assert tidy_name("Anna  Lee") == "Anna Lee"


@pytest.mark.parametrize(
    ("cells", "prefix", "area"),
    [
        ({"village": "柳湾村", "group": "2"}, "青石镇/柳湾村", "青石镇/柳湾村/二组"),
        ({"village": "柳湾村", "group": "第十二村民小组"}, "青石镇", "青石镇/柳湾村/十二组"),
        ({"group": "柳湾村二组"}, "青石镇", "青石镇/柳湾村/二组"),
        ({"town": "沙河镇", "village": "泉沟村"}, "青石镇/柳湾村", "沙河镇/泉沟村"),
        ({"area": "青石镇/柳湾村/石桥组"}, "青石镇", "青石镇/柳湾村/石桥组"),
        ({}, "青石镇/柳湾村", "青石镇/柳湾村"),
    ],
)
def test_an_area_is_put_together_below_the_diarys_own(cells: dict[str, str], prefix: str, area: str) -> None:
    assert area_of(cells, prefix) == area


# ---------------------------------------------------------------- households


def test_households_go_by_their_code_even_when_their_rows_lie_apart() -> None:
    people = taken("户编号,姓名,与户主关系\n1,甲山,户主\n2,乙河,户主\n1,甲水,妻子\n")
    assert [(one.household, one.name) for one in people] == [
        ("甲山", "甲山"),
        ("甲山", "甲水"),
        ("乙河", "乙河"),
    ]


def test_without_a_code_a_head_begins_a_household() -> None:
    people = taken("姓名,与户主关系,组\n甲山,户主,1\n甲水,儿子,\n乙河,户主,2\n乙水,女儿,\n")
    assert [(one.household, one.name, one.area) for one in people] == [
        ("甲山", "甲山", "一组"), ("甲山", "甲水", "一组"), ("乙河", "乙河", "二组"), ("乙河", "乙水", "二组")
    ]  # fmt: skip


def test_a_head_written_once_for_several_rows_counts_for_all_of_them() -> None:
    people = taken("户主姓名,姓名\n甲山,甲山\n,甲水\n乙河,乙河\n")
    assert [one.household for one in people] == ["甲山", "甲山", "乙河"]


def test_a_list_of_names_is_a_list_of_households() -> None:
    assert [one.household for one in taken("姓名,联系电话\n甲山,1\n乙河,2\n")] == ["甲山", "乙河"]


def test_two_households_of_one_name_are_told_apart() -> None:
    table = "户编号,姓名,与户主关系,组\n1,王山,户主,1\n2,王山,户主,2\n3,李河,户主,2\n4,李河,户主,2\n"
    assert [one.household for one in taken(table)] == ["王山·一组", "王山·二组", "李河·二组·1", "李河·二组·2"]


def test_headings_repeated_titles_sums_and_signatures_are_no_people() -> None:
    people = taken(
        "柳湾村花名册\n单位：户\n序号,户主姓名,人口数\n1,甲山,3\n序号,户主姓名,人口数\n2,乙河,2\n合计,,5\n填表人：丙,,\n"
    )
    assert [(one.name, one.members) for one in people] == [("甲山", 3), ("乙河", 2)]


# ---------------------------------------------------------------- the command


def test_a_spreadsheet_with_merged_cells_becomes_a_private_roster(minqing, diary):
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (
        ["柳湾村户籍花名册"],
        [
            "序号",
            "户编号",
            "户主姓名",
            "姓名",
            "与户主关系",
            "公民身份号码",
            "村民小组",
            "户属性",
            "联系电话",
            "开户行",
        ],
        [1, "H1", "沈 山", "沈 山", "户主", GRANDMOTHER, 2, "建档立卡脱贫户", 13800001234, "某行"],
        [2, None, None, "沈禾", "孙女", GIRL, None, None, None, None],
        [3, "H2", "陆广", "陆广", "户主", WRONG, 4, "低保户", None, None],
        ["合计"],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:J1")
    for letter in "BCGH":
        sheet.merge_cells(f"{letter}3:{letter}4")
    book.save("花名册.xlsx")
    said = minqing("import", "roster", "花名册.xlsx")
    assert said.code == 0, said.err
    assert "2 households, 3 people" in said.err
    assert "开户行" in said.err
    assert "花名册.xlsx:5: " in said.err  # the wrong number, by its row
    roster = diary / "roster.csv"
    if os.name != "nt":
        assert stat.S_IMODE(roster.stat().st_mode) == 0o600
    text = roster.read_text("utf-8-sig")
    assert text.splitlines() == [
        "household,name,relation,area,class,sex,born,phone,members,note",
        "沈山,沈山,户主,二组,lifted,女,1955-03-12,13800001234,,",
        "沈山,沈禾,孙女,二组,lifted,女,2002-06-01,,,",
        "陆广,陆广,户主,四组,dibao,,,,,",
    ]
    for id_ in (GRANDMOTHER, GIRL, WRONG):
        assert id_ not in text + said.out + said.err
    index = b"".join(path.read_bytes() for path in (diary / ".minqing").rglob("*") if path.is_file())
    assert GRANDMOTHER.encode() not in index


def test_every_sheet_of_a_spreadsheet_is_read_and_the_others_are_named(minqing, diary):
    book = openpyxl.Workbook()
    book.active.title = "一组"
    book.active.append(["序号", "户主姓名", "联系电话"])
    book.active.append([1, "沈山", "13800001234"])
    second = book.create_sheet("二组")
    second.append(["户主姓名", "身份证号"])
    second.append(["陆广", WRONG])
    third = book.create_sheet("汇总表")
    third.append(["户主姓名", "所属村民组"])
    third.append(["沈山", "3"])
    third.append(["陆广", "2"])
    book.create_sheet("填表说明").append(["请如实填写"])
    book.create_sheet("空表")
    book.save("花名册.xlsx")
    said = minqing("import", "roster", "花名册.xlsx")
    assert said.code == 0, said.err
    assert "3 households, 3 people" in said.err
    assert "sheets read: 一组、二组、汇总表" in said.err
    assert "households that an earlier sheet had already: 1" in said.err
    assert "left out: 填表说明" in said.err and "空表" not in said.err
    assert "花名册.xlsx [二组]:2: " in said.err
    lines = (diary / "roster.csv").read_text("utf-8-sig").splitlines()[1:]
    assert [line.split(",")[:4] for line in lines] == [
        ["沈山·一组", "沈山", "", "一组"], ["陆广", "陆广", "", "二组"], ["沈山·三组", "沈山", "", "三组"],
    ]  # fmt: skip


def test_ids_are_kept_only_where_asked_for_and_never_reach_the_index(minqing, diary):
    Path("a.csv").write_bytes(f"姓名,身份证号\n甲山,{GRANDMOTHER}\n乙河,{WRONG}\n".encode("gb18030"))
    assert minqing("import", "roster", "a.csv", "--keep-id").code == 0
    rows = list(csv.DictReader(io.StringIO((diary / "roster.csv").read_text("utf-8-sig"))))
    assert [row["id"] for row in rows] == [GRANDMOTHER, ""]
    assert minqing("report", "coverage").code == 0
    index = b"".join(path.read_bytes() for path in (diary / ".minqing").rglob("*") if path.is_file())
    assert "甲山".encode() in index
    assert GRANDMOTHER.encode() not in index


def test_a_roster_is_replaced_only_when_forced_and_a_dry_run_writes_nothing(minqing, diary):
    Path("a.csv").write_text("姓名\n甲山\n", encoding="utf-8-sig")
    Path("b.csv").write_text("姓名\n乙河\n", encoding="utf-8")
    assert minqing("import", "roster", "a.csv", "--dry-run").code == 0
    assert not (diary / "roster.csv").exists()
    assert minqing("import", "roster", "a.csv").code == 0
    refused = minqing("import", "roster", "b.csv")
    assert (refused.code, "--force" in refused.err) == (1, True)
    assert "甲山" in (diary / "roster.csv").read_text("utf-8")
    assert minqing("import", "roster", "b.csv", "--force").code == 0
    assert "乙河" in (diary / "roster.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.csv", b""), ("a.csv", "颜色,大小\n红,1\n".encode()), ("a.csv", '姓名\n"甲'.encode()), ("a.xlsx", b"no book"), ("a.xls", b"PK\x03\x04"),
     ("a.csv", b"\xff\xfe\x00")],
)  # fmt: skip
def test_what_is_no_roster_is_one_sentence_and_leaves_nothing(minqing, diary, name, data):
    Path(name).write_bytes(data)
    said = minqing("import", "roster", name)
    assert said.code == 2, said.err
    assert "Traceback" not in said.err
    assert name in said.err
    assert not (diary / "roster.csv").exists()


def test_import_names_its_sources_and_refuses_what_one_does_not_take(minqing, diary):
    assert "roster" in minqing("import", "rooster", "x").err
    assert minqing("import", "roster", "missing.csv").code == 2
    Path("a.csv").write_text("姓名\n甲山\n", encoding="utf-8")
    Path("map.yaml").write_text("a: b\n", encoding="utf-8")
    assert minqing("import", "roster", "a.csv", "--map", "map.yaml").code == 2


# ---------------------------------------------------------------- roster.csv as people edit it


def test_a_mistake_in_roster_csv_is_named_by_its_line_and_hides_nobody(minqing, diary):
    (diary / "roster.csv").write_text(
        "household,name,class,born,colour\n甲山,甲山,富户,1990-02-30,红\n,,,1990\n乙河,乙河,低保户,\n",
        encoding="utf-8",
    )
    said = minqing("check", "--format", "json")
    found = [(flaw["path"], flaw["line"]) for flaw in said.json["findings"]]
    assert [line for path, line in found if path == "roster.csv"] == [1, 2, 2, 3]
    assert "1990-02-30" not in said.out
    assert "1990-02-30" not in minqing("check").out  # nor is the line shown: it may hold an ID number
    rows = minqing("report", "coverage", "--format", "json", "--allow-flaws").json["sections"][0]["rows"]
    assert [(row["who"], row["class"]) for row in rows] == [("乙河", "dibao"), ("甲山", None)]


def test_an_edit_of_roster_csv_is_seen_and_so_is_its_going(minqing, diary):
    def households() -> int:
        return int(minqing("report", "coverage", "--format", "json").json["figures"]["households"])

    path = diary / "roster.csv"
    path.write_text("household,name\n甲山,甲山\n", encoding="utf-8")
    assert households() == 1
    path.write_text("household,name\n甲山,甲山\n乙河,乙河\n", encoding="utf-8")
    assert households() == 2
    path.unlink()
    assert households() == 0


words = (
    st.text("甲乙丙王'=+-@\",;:\n ab1", min_size=1, max_size=8).map(lambda text: tidy_name(text)).filter(bool)
)
maybe = st.none() | words.filter(lambda text: not text.startswith("'"))
residents = st.builds(
    Resident, words.filter(lambda t: t[0] != "'"), words.filter(lambda t: t[0] != "'"), maybe, maybe,
    st.none() | st.sampled_from(["dibao", "normal"]), st.none() | st.sampled_from(["男", "女"]),
    st.none() | st.sampled_from(["1990", "1990-05", "1990-05-12"]), maybe, st.none() | st.integers(1, 20), maybe,
    st.none() | st.just(GIRL),
)  # fmt: skip


@settings(max_examples=60)
@given(st.lists(residents, max_size=5))
def test_what_is_written_is_read_back_and_is_no_formula(people: list[Resident]) -> None:
    data = write_roster(people)
    assert read_roster(data) == (people, [])
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))):
        assert not any(cell.lstrip()[:1] in ("=", "+", "-", "@") and cell.strip() for cell in row)


def test_a_text_with_tabs_is_a_table_also_below_a_heading(minqing, diary) -> None:
    (diary / "名册.txt").write_text("柳湾村花名册\n姓名\t联系电话\n甲山\t1\n", encoding="gb18030")
    assert minqing("import", "roster", "名册.txt").code == 0
    assert read_roster((diary / "roster.csv").read_bytes())[0][0].phone == "1"
