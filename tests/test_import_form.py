"""What phone forms collected becomes entries: by a map that is proposed, looked at and kept; each row once."""

import io
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minqing.diary import Diary
from minqing.errors import MinqingError
from minqing.imports import Source, Ways
from minqing.imports._cells import bare, choices, says_yes, several, steady
from minqing.imports._titles import key_by_title
from minqing.imports.form import bring
from minqing.maps import ITEM_TYPES, Use, read_map, read_use, write_use
from minqing.model import Entry, Quantity
from minqing.text import read_entry
from minqing.values import Unreadable

ID = "11010119550312302X"  # invented; its check character is right
WRONG_ID = "110101195503123021"

Row = list[object]
Book = Callable[..., Path]


@pytest.fixture
def book(diary: Path) -> Book:
    """A spreadsheet in the diary's folder: a name, and the rows of each sheet."""

    def make(name: str, *rows: Row, **sheets: list[Row]) -> Path:
        made = openpyxl.Workbook()
        made.remove(made.active)
        for title, table in (({"Sheet1": list(rows)} if rows else {}) | sheets).items():
            sheet = made.create_sheet(title)
            for row in table:
                sheet.append(row)
        made.save(diary / name)
        return diary / name

    return make


def entries(diary: Path) -> list[Entry]:
    found = [read_entry(path.read_bytes()) for path in diary.glob("entries/**/*.md")]
    assert not any(reading.flaws for reading in found)
    return sorted(
        (reading.entry for reading in found), key=lambda entry: (entry.date, entry.title, entry.body)
    )


def the_map(diary: Path) -> str:
    (path,) = diary.glob("templates/forms/*.yaml")
    return path.read_text("utf-8")


# ---------------------------------------------------------------- 问卷星

WJX: Row = [
    "序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP", "1、走访日期", "2、走访方式", "3、走访对象", "4、所在村组", "5、联系电话",
    "6、身份证号", "7、反映的诉求（可多条）", "8、存在的问题", "9、涉及类别", "10、关注点(留守儿童)", "10、(独居老人)", "11、家庭人口（人）",
    "12、耕地面积（亩）", "13、健康状况", "14、慰问内容", "15、每份", "16、份数", "17、村内在校学生（人）", "18、其他情况",
]  # fmt: skip
WJX_1: Row = [
    1, "2016/5/10 9:12:33", "125秒", "手机提交", "直接访问", "1.2.3.4(江苏-南京)", datetime(2016, 5, 9), "走访", "王小晴", "青石镇/李家沟", 13812345678,
    ID, "没有低保；房子漏雨", "无", "低保救助┋住房搬迁", 1, 0, 3, 2.5, "长期服药", "大米", "50元", 2, 326, "家里三口人",
]  # fmt: skip
WJX_2: Row = [
    2, "2016/5/10 10:02:01", "85秒", "手机提交", "直接访问", "1.2.3.5(江苏-南京)", datetime(2016, 5, 9, 14, 30), "会议", "许望山", "青石镇/李家沟", None,
    None, "没有", "渠不通水", "水利饮水", 0, 1, "(跳过)", "(跳过)", "(空)", None, None, None, None, None,
]  # fmt: skip


def test_the_first_run_proposes_a_map_to_look_at_and_writes_no_entry(minqing, diary, book):
    book("28812345_按文本_走访登记_2_2.xlsx", WJX, WJX_1, WJX_2)
    said = minqing("import", "form", "28812345_按文本_走访登记_2_2.xlsx")
    assert said.code == 0 and entries(diary) == []
    assert said.out.splitlines()[-1] == "templates/forms/走访登记.yaml"
    assert the_map(diary) in said.out
    for line in (
        "序号: id", "提交答卷时间: id", "来源:", "来自IP:", "1、走访日期: date", "2、走访方式: kind", "3、走访对象: who", "4、所在村组: area",
        "5、联系电话: fact.phone", "6、身份证号:", "7、反映的诉求（可多条）: item.need", "8、存在的问题: item.problem", "9、涉及类别: item.about",
        '10、(独居老人): "tags=独居老人"', "11、家庭人口（人）: fact.members（人）", "12、耕地面积（亩）: fact.land（亩）", "13、健康状况: fact.health",
        "14、慰问内容: aid.what", "15、每份: aid.each", "16、份数: aid.n", "17、村内在校学生（人）: figure.村内在校学生（人）", "18、其他情况: text",
    ):  # fmt: skip
        assert f"  {line}\n" in the_map(diary)
    assert "who: [王小晴]" in said.out  # the first row as an entry
    assert "rows: 2" in said.err and "run this again" in said.err


def test_a_map_tells_that_its_name_is_part_of_the_ids(minqing, diary, book):
    book("走访.xlsx", ["日期", "户主姓名"], ["2016-05-09", "王小晴"])
    minqing("import", "form", "走访.xlsx")
    before, name, _rest = the_map(diary).partition("name: 走访\n")
    assert name and before.endswith("leave it as it is once rows have come in\n")


def test_the_second_run_writes_one_entry_a_row(minqing, diary, book):
    book("走访登记.xlsx", WJX, WJX_1, WJX_2)
    minqing("import", "form", "走访登记.xlsx")
    said = minqing("import", "form", "走访登记.xlsx")
    assert said.code == 0 and len(said.out.splitlines()) == 2
    second, first = entries(diary)
    assert (first.kind, first.date, first.time, first.area) == (
        "visit",
        date(2016, 5, 9),
        None,
        "青石镇/李家沟",
    )
    assert [(item.type, item.text) for item in first.items] == [("need", "没有低保"), ("need", "房子漏雨")]
    assert first.tags == (
        "留守儿童",
        "welfare",
        "house",
    )  # two categories are none of an item, but are not lost
    facts = {fact.key: (fact.who, fact.value) for fact in first.facts}
    assert facts == {
        "phone": ("王小晴", "13812345678"), "members": ("王小晴", "3"), "land": ("王小晴", "2.5亩"), "health": ("王小晴", "长期服药")
    }  # fmt: skip
    assert (first.aid[0].what, str(first.aid[0].total.value), first.aid[0].n) == ("大米", "100", 2)
    assert first.figures[0].name == "村内在校学生" and first.figures[0].value == Quantity(326, "人")
    assert first.body == "家里三口人\n"
    assert (second.kind, second.time, second.items[0].about, second.tags) == (
        "meeting",
        "14:30",
        "water",
        ("独居老人",),
    )
    assert second.facts == () and second.figures == () and second.body == ""


def test_a_longer_export_under_another_name_brings_only_its_new_rows(minqing, diary, book):
    book("走访登记.xlsx", WJX, WJX_1)
    minqing("import", "form", "走访登记.xlsx")
    assert len(minqing("import", "form", "走访登记.xlsx").out.splitlines()) == 1
    turned = [WJX[::-1], WJX_1[::-1], WJX_2[::-1]]  # columns may move, too
    book("28812345_按文本_走访登记_3_3 (1).xlsx", *turned)
    said = minqing("import", "form", "28812345_按文本_走访登记_3_3 (1).xlsx")
    assert said.code == 0 and len(said.out.splitlines()) == 1 and "there already: 1" in said.err
    assert len(entries(diary)) == 2 and "changed" not in said.err


def test_the_same_rows_as_csv_of_an_office_machine_are_the_same_rows(minqing, diary, book):
    book("走访登记.xlsx", WJX, WJX_1)
    minqing("import", "form", "走访登记.xlsx")
    minqing("import", "form", "走访登记.xlsx")
    row = [f"{cell:%Y-%m-%d}" if isinstance(cell, datetime) else str(cell) for cell in WJX_1]
    row[1] = "2016-05-10 09:12:33"
    (diary / "走访登记.csv").write_bytes(
        "\n".join([",".join(map(str, WJX)), ",".join(row)]).encode("gb18030")
    )
    said = minqing("import", "form", "走访登记.csv")
    assert (said.code, said.out) == (0, "") and "there already: 1" in said.err and "changed" not in said.err


def test_a_changed_row_is_named_and_overwrites_nothing(minqing, diary, book):
    book("走访登记.xlsx", WJX, WJX_1, WJX_2)
    minqing("import", "form", "走访登记.xlsx")
    minqing("import", "form", "走访登记.xlsx")
    before = {path: path.read_bytes() for path in diary.glob("entries/**/*.md")}
    book("走访登记.xlsx", WJX, WJX_1, [*WJX_2[:13], "渠又不通水", *WJX_2[14:]])
    said = minqing("import", "form", "走访登记.xlsx")
    assert said.code == 0 and said.out == ""
    (changed,) = [line for line in said.err.splitlines() if "no longer says" in line]
    assert changed.startswith("走访登记.xlsx:Sheet1:3: ") and "items" in changed and "edit" in changed
    assert {path: path.read_bytes() for path in diary.glob("entries/**/*.md")} == before


def test_what_a_row_changed_is_named_in_the_language_of_the_diary(minqing, diary, monkeypatch):
    monkeypatch.setenv("MINQING_LANG", "zh")
    for said in ("路灯坏了", "路灯坏了", "路灯修好了"):
        (diary / "a.csv").write_text(f"序号,提交时间,走访日期,户主,备注\n1,9:00,2016-05-28,王二,{said}\n", "utf-8")
        told = minqing("import", "form", "a.csv").err
    assert "不一致：正文 " in told


def test_rows_that_cannot_be_read_are_named_by_sheet_row_and_column_all_at_once(minqing, diary, book):
    bad = [3, "2016/5/10 11:00:00", *WJX_1[2:6], "2016-02-30", "家访", *WJX_1[8:17], "几个", *WJX_1[18:]]
    book("走访登记.xlsx", WJX, WJX_1, bad, [None, None, *WJX_1[2:]], WJX_2)
    minqing("import", "form", "走访登记.xlsx")
    said = minqing("import", "form", "走访登记.xlsx")
    assert said.code == 1 and len(entries(diary)) == 2 and "left out: 2" in said.err
    places = [line.partition(": ")[0] for line in said.err.splitlines() if line.startswith("走访登记.xlsx:")]
    assert places == [f"走访登记.xlsx:Sheet1:{place}" for place in ("3:7", "3:8", "3:18", "4")]
    assert "2016-02 has 29 days" in said.err and "家访" in said.err and "no id of its own" in said.err


def test_another_word_for_a_kind_is_given_its_meaning_in_the_map(minqing, diary, book):
    book("走访登记.xlsx", WJX, [*WJX_1[:7], "上门", *WJX_1[8:]], WJX_2)
    minqing("import", "form", "走访登记.xlsx")
    (path,) = diary.glob("templates/forms/*.yaml")
    path.write_text(path.read_text("utf-8") + "values: {2、走访方式: {上门: 走访}}\n", "utf-8")
    assert minqing("import", "form", "走访登记.xlsx").code == 0
    assert {entry.kind for entry in entries(diary)} == {"visit", "meeting"}


@pytest.mark.parametrize("id_", [ID, WRONG_ID, "110101 19550312 302X"])
def test_no_id_number_goes_into_an_entry_wherever_it_was_typed(minqing, diary, book, id_):
    row = [*WJX_1[:-1], f"低保卡上是{id_}，已核"]
    row[11] = id_
    book("走访登记.xlsx", WJX, row)
    (diary / "m.yaml").write_text(
        "columns: {1、走访日期: date, 3、走访对象: who, 6、身份证号: fact.身份证, 18、其他情况: text}\n",
        "utf-8",
    )
    said = minqing("import", "form", "走访登记.xlsx", "--map", "m.yaml")
    assert said.code == 0
    (entry,) = entries(diary)
    assert entry.body == "低保卡上是…，已核\n" and entry.facts == ()
    assert (
        said.err.count("走访登记.xlsx:Sheet1:2") == 2
        and "id-number: an ID or bank card number was left out" in said.err
    )
    assert "id-number" not in minqing("import", "form", "走访登记.xlsx", "--map", "m.yaml").err, (
        "a row that is there already is told once"
    )


# ---------------------------------------------------------------- which map


def test_a_question_more_under_new_numbers_is_still_the_same_form(minqing, diary, book):
    book(
        "走访.xlsx",
        ["序号", "提交时间", "1、走访日期", "2、户主姓名", "3、备注"],
        [1, "2016/5/10 9:00", "2016-05-09", "王小晴", "在家"],
    )
    minqing("import", "form", "走访.xlsx")
    book(
        "走访.xlsx",
        ["序号", "提交时间", "1、走访日期", "2、天气", "3、户主姓名", "4、备注"],
        [1, "2016/5/10 9:00", "2016-05-09", "晴", "王小晴", "在家"],
    )
    said = minqing("import", "form", "走访.xlsx")
    assert said.code == 0 and "left out: 2、天气" in said.err and "走访.yaml" in said.err
    (entry,) = entries(diary)
    assert (entry.who[0].name, entry.body, entry.weather) == ("王小晴", "在家\n", None)


def test_a_form_that_lost_a_question_is_refused_with_its_name(minqing, diary, book):
    book(
        "走访.xlsx",
        ["提交时间", "日期", "户主姓名", "备注"],
        ["2016/5/10 9:00", "2016-05-09", "王小晴", "在家"],
    )
    minqing("import", "form", "走访.xlsx")
    book("走访.xlsx", ["提交时间", "日期", "户主姓名"], ["2016/5/10 9:00", "2016-05-09", "王小晴"])
    said = minqing("import", "form", "走访.xlsx")
    assert said.code == 2 and "备注" in said.err and entries(diary) == []


def test_another_form_gets_a_map_of_its_own(minqing, diary, book):
    book(
        "登记.xlsx",
        ["序号", "提交答卷时间", "1、日期", "2、户主姓名"],
        [1, "2016/5/10 9:00", "2016-05-09", "王小晴"],
    )
    minqing("import", "form", "登记.xlsx")
    book(
        "登记.xlsx",
        ["序号", "提交答卷时间", "1、会议日期", "2、主持人", "3、议题"],
        [1, "2016/5/10 9:00", "2016-05-09", "冯启明", "修渠"],
    )
    assert minqing("import", "form", "登记.xlsx").out.splitlines()[-1] == "templates/forms/登记-2.yaml"
    assert entries(diary) == []
    assert minqing("import", "form", "登记.xlsx").code == 0
    (entry,) = entries(diary)
    assert (entry.kind, entry.meeting.host, entry.meeting.agenda) == ("meeting", "冯启明", ("修渠",))


def test_a_map_of_a_few_columns_is_not_taken_for_a_larger_form(minqing, diary, book):
    book("a.xlsx", ["日期", "户主姓名"], ["2016-05-09", "王小晴"])
    minqing("import", "form", "a.xlsx")
    book(
        "b.xlsx", ["日期", "户主姓名", "慰问品", "份数", "备注"], ["2016-05-09", "王小晴", "大米", 1, "在家"]
    )
    assert minqing("import", "form", "b.xlsx").out.splitlines()[-1] == "templates/forms/b.yaml"
    assert entries(diary) == []


def test_two_maps_that_fit_alike_are_for_the_person_to_choose(minqing, diary, book):
    book("走访.xlsx", ["日期", "户主姓名"], ["2016-05-09", "王小晴"])
    folder = diary / "templates/forms"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.yaml").write_text("columns: {日期: date, 户主姓名: who}\n", "utf-8")
    said = minqing("import", "form", "走访.xlsx")
    assert said.code == 2 and "templates/forms/a.yaml templates/forms/b.yaml" in said.err
    assert minqing("import", "form", "走访.xlsx", "--map", "templates/forms/a.yaml").code == 0
    assert len(entries(diary)) == 1


def test_a_dry_run_writes_neither_map_nor_entry(minqing, diary, book):
    book("走访.xlsx", ["日期", "户主姓名"], ["2016-05-09", "王小晴"])
    assert "户主姓名: who" in minqing("import", "form", "走访.xlsx", "--dry-run").out
    assert not (diary / "templates/forms").exists()
    minqing("import", "form", "走访.xlsx")
    assert len(minqing("import", "form", "走访.xlsx", "--dry-run").out.splitlines()) == 1
    assert entries(diary) == []


def test_a_broken_map_stops_the_import_and_is_found_by_check(minqing, diary, book):
    book("走访.xlsx", ["日期", "户主姓名"], ["2016-05-09", "王小晴"])
    folder = diary / "templates/forms"
    folder.mkdir()
    (folder / "走访.yaml").write_text("栏目:\n  日期: 日期\n  户主姓名: whom\n  备注: who（人）\n", "utf-8")
    said = minqing("import", "form", "走访.xlsx")
    assert said.code == 1 and entries(diary) == []
    for told in (said.err, minqing("check").out):
        assert "templates/forms/走访.yaml:3:3: value: “whom” is no key here" in told
        assert "templates/forms/走访.yaml:4:3: " in told


def test_a_value_for_every_entry_that_cannot_be_read_is_told_once_by_its_line(minqing, diary, book):
    rows = [["2016-05-09", "王小晴", "漏雨"], ["2016-05-10", "许望山", "停电"]]
    book("走访.xlsx", ["日期", "户主姓名", "问题"], *rows)
    minqing("import", "form", "走访.xlsx")
    (path,) = diary.glob("templates/forms/*.yaml")
    text = path.read_text("utf-8").replace("kind: visit", "kind: 家访\n  item.due: 有空的时候")
    path.write_text(text, "utf-8")
    said = minqing("import", "form", "走访.xlsx")
    assert said.code == 1 and entries(diary) == []
    kind, due, _note = said.err.splitlines()
    assert kind.startswith("templates/forms/走访.yaml:11:3: value: “家访” is no kind of entry")
    assert due.startswith("templates/forms/走访.yaml:12:3: value: ") and "有空的时候" in due
    (diary / "走访.csv").write_text("日期,户主姓名,问题\n2016-05-09,王小晴,漏雨\n", "utf-8")
    assert kind in minqing("import", "csv", "走访.csv", "--map", "templates/forms/走访.yaml").err
    path.write_text(text.replace("家访", "visit").replace("有空的时候", "月底前"), "utf-8")
    minqing("import", "form", "走访.xlsx")
    assert [entry.items[0].due for entry in entries(diary)] == [date(2016, 5, 31)] * 2


@pytest.mark.parametrize(
    ("text", "place", "cause"),
    [
        ("columns: {户主: who}\n", "1:1", "no column of days"),
        ("columns:\n  甲: date\n  乙: date\n", "3:3", "twice"),
        ("columns: {甲: date}\nalways: {item.colour: 红}\n", "2:", "colour"),
        ("columns: {甲: date}\nvalues: {乙: {a: b}}\n", "2:", "乙"),
        ("columns: {甲: date, 乙: [who, dat]}\n", "1:", "dat"),
        ("columns: {甲: date, 乙: tags=}\n", "1:", "where this column says yes"),
        ("columns: {甲: date}\nrepeats:\n  物资: {丙: date}\n", "3:", "further sheet"),
        ("甲: date\n", "1:1", "甲"),
        ("columns: [a\n", "1:", "bracket"),
    ],
)
def test_each_mistake_of_a_map_has_its_line(text, place, cause):
    made, flaws = read_map(text)
    assert made is None
    told = [f"{flaw.line}:{flaw.column} {flaw.message}".format(**flaw.words) for flaw in flaws]
    assert any(line.startswith(place) and cause in line for line in told), told


@pytest.mark.parametrize(
    ("language", "remedies"),
    [
        ("zh", ["正文 编号 类型 日期", "是不是想写“帮扶.每份”", "走访", "对照表里 日期 写了两次"]),
        ("en", ["text id kind date", "did you mean “帮扶.每份”", "visit", "the map names date twice"]),
    ],
)
def test_a_map_is_mended_in_the_words_of_its_language(minqing, diary, monkeypatch, language, remedies):
    monkeypatch.setenv("MINQING_LANG", language)
    (diary / "templates/forms").mkdir()
    path = diary / "templates/forms/a.yaml"
    text = "栏目:\n  日期: 日期\n  户主: 对像\n  金额: 帮扶.每分（元）\n  发放日期: 日期\n固定: {类型: 家访}\n"
    path.write_text(text, "utf-8")
    csv_of(diary / "a.csv", "日期,户主,金额,发放日期", "2016-05-09,钟方,200,")
    said = minqing("import", "form", "a.csv").err
    assert said.count("templates/forms/a.yaml:") == 4
    for words in remedies:
        assert words in said


def test_several_keys_of_a_column_may_stand_between_chinese_commas():
    made, flaws = read_map("栏目:\n  日期: [日期，编号]\n  来源: 数据.米，面（袋）\n")
    assert (flaws, made.columns["日期"]) == ([], (Use(("date",)), Use(("id",))))
    assert made.columns["来源"] == (Use(("figures", "米，面"), "袋"),)


PATHS = st.sampled_from(
    [(), ("id",), ("date",), ("who",), ("tags",), ("aid", "what"), ("aid", "each"), ("items", "about"), ("items", "text"), ("meeting", "host"),
     ("facts", "phone"), ("facts", "低保证号"), ("figures", "在校学生"), ("funds", "from"), ("items", "promise", "due"), ("items", "need", "owner"),
     *(("items", kind) for kind in ITEM_TYPES)]
)  # fmt: skip


@given(
    PATHS,
    st.sampled_from(["", "人", "亩"]),
    st.sampled_from(["", "低保", "a=b（c）"]),
    st.sampled_from(["zh", "en"]),
)
def test_a_key_is_read_as_it_was_written(path, unit, says, language):
    use = Use(
        path,
        unit if path[:1] in (("facts",), ("figures",)) else "",
        "" if path in ((), ("id",), ("date",)) else says,
    )
    assert read_use(write_use(use, language)) == use


# ---------------------------------------------------------------- 腾讯文档, KoboToolbox, plain tables


def test_a_collection_of_tencent_docs_is_dated_by_its_stamp_where_it_asks_for_no_day(minqing, diary, book):
    book(
        "五月走访（收集结果）.xlsx",
        [
            "提交时间（自动）",
            "走访户主姓名（必填）",
            "村组（必填）",
            "家里有什么困难？",
            "意见和建议",
            "现场照片",
            "提交者（自动）",
        ],
        [
            "2016年5月10日 09:12",
            "王小晴",
            "李家沟",
            "1. 没有低保\n2. 房子漏雨",
            "-",
            "https://example.com/1.jpg",
            "冯启明",
        ],
    )
    said = minqing("import", "form", "五月走访（收集结果）.xlsx")
    assert "提交时间（自动）: [id, date]" in the_map(diary) and "does not ask for the day" in said.out
    assert minqing("import", "form", "五月走访（收集结果）.xlsx").code == 0
    (entry,) = entries(diary)
    assert (str(entry.date), entry.time, entry.author, entry.who[0].name) == (
        "2016-05-10",
        "09:12",
        "冯启明",
        "王小晴",
    )
    assert [(item.type, item.text) for item in entry.items] == [
        ("problem", "没有低保"),
        ("problem", "房子漏雨"),
    ]
    assert "jpg" not in entry.body


KOBO: Row = [
    "start", "end", "today", "visit/date", "visit/head", "visit/village", "visit/phone", "needs", "needs/water", "needs/road", "need_text", "members",
    "_id", "_uuid", "_submission_time", "_validation_status", "_status", "__version__", "_index",
]  # fmt: skip
KOBO_1: Row = [
    "2016-05-10T09:00:11.123+08:00", "2016-05-10T09:20:11.123+08:00", datetime(2016, 5, 10), datetime(2016, 5, 9), "王小晴", "李家沟", "13812345678",
    "water", 1, 0, "渠不通水", 3, 4711, "aa-bb-1", datetime(2016, 5, 10, 1, 21, 3), None, "submitted_via_web", "v1", 1,
]  # fmt: skip
GIFTS: list[Row] = [
    [
        "gift_what",
        "gift_n",
        "gift_each",
        "_index",
        "_parent_table_name",
        "_parent_index",
        "_submission__id",
        "_submission__uuid",
    ],
    ["大米", 2, "50元", 1, "visits", 1, 4711, "aa-bb-1"],
    ["食用油", 1, "80元", 2, "visits", 1, 4711, "aa-bb-1"],
]


def test_groups_choices_and_repeats_of_kobotoolbox(minqing, diary, book):
    name = "Visits_-_all_versions_-_labels_-_2016-05-10-08-12-33.xlsx"
    book(name, visits=[KOBO, KOBO_1], gifts=GIFTS, info=[["a", "b"], ["1", "2"]])
    said = minqing("import", "form", name)
    assert said.out.splitlines()[-1] == "templates/forms/Visits.yaml" and "left out: info" in said.err
    for line in (
        '"_uuid": id',
        '"_id":',
        "start:",
        "visit/head: who",
        "needs:",
        'needs/water: "item.about=water"',
        "gift_n: aid.n",
        '"_parent_index":',
    ):
        assert f"  {line}\n" in the_map(diary)
    assert minqing("import", "form", name).code == 0
    (entry,) = entries(diary)
    assert (str(entry.date), entry.kind, entry.who[0].name) == ("2016-05-09", "visit", "王小晴")
    assert [(item.type, item.about, item.text) for item in entry.items] == [("need", "water", "渠不通水")]
    assert [(aid.what, aid.n) for aid in entry.aid] == [("大米", 2), ("食用油", 1)]
    assert {fact.key: fact.value for fact in entry.facts} == {"phone": "13812345678", "members": "3"}


def test_a_row_of_a_further_sheet_that_belongs_to_none_is_named(minqing, diary, book):
    lost: Row = ["面粉", 1, "60元", 3, "visits", 9, 4799, "aa-bb-9"]
    book(
        "v.xlsx",
        visits=[KOBO, KOBO_1],
        gifts=[*GIFTS, lost, ["被子", "几床", "", 4, "visits", 1, 4711, "aa-bb-1"]],
    )
    minqing("import", "form", "v.xlsx")
    said = minqing("import", "form", "v.xlsx")
    assert said.code == 1
    assert "v.xlsx:gifts:4: " in said.err and "v.xlsx:gifts:5:2: " in said.err


def test_a_table_below_a_heading_whose_rows_have_no_id_of_their_own(minqing, diary, book):
    path = book(
        "登记.xlsx",
        ["青石镇走访登记表"],
        ["日期", "户主姓名", "备注", None],
        [date(2016, 5, 9), "王小晴", "在家", "又来"],
        ["2016-05-09", "钟方", "a", None],
    )
    opened = openpyxl.load_workbook(path)
    opened.active.merge_cells("A1:D1")
    opened.save(path)
    assert "becomes another entry" in minqing("import", "form", "登记.xlsx").out
    assert "  D: text\n" in the_map(diary)
    minqing("import", "form", "登记.xlsx")
    assert minqing("import", "form", "登记.xlsx").out == ""
    assert [entry.body for entry in entries(diary)] == ["备注: a\n", "备注: 在家\n\nD: 又来\n"]


@pytest.mark.parametrize("way", ["xlsx", "csv"])
def test_titles_in_two_rows_with_cells_merged_are_one_title_each(minqing, diary, book, way):
    titles = ["序号", "走访日期", "走访对象", "家庭情况", None, None, "存在问题"]
    below = [None, None, None, "人口", "劳动力", "人均收入（元）", None]
    rows = [[1, date(2016, 5, 9), "王小晴", 4, 2, 12000, "路烂"], [2, "2016-05-10", "钟方", 3, 1, 8500, "无"]]
    if way == "xlsx":
        path = book("登记.xlsx", ["走访登记表"], titles, below, *rows)
        opened = openpyxl.load_workbook(path)
        for span in ("A1:G1", "A2:A3", "B2:B3", "C2:C3", "D2:F2", "G2:G3"):
            opened.active.merge_cells(span)
        opened.save(path)
    else:
        said = [",".join("" if cell is None else str(cell) for cell in row) for row in (titles, below, *rows)]
        (diary / "登记.csv").write_bytes("\r\n".join(said).encode("gb18030"))
    minqing("import", "form", f"登记.{way}")
    assert "  家庭情况·人口: fact.members\n" in the_map(diary)
    assert "  家庭情况·人均收入（元）: fact.income（元）\n" in the_map(diary)
    assert minqing("import", "form", f"登记.{way}").err.count("new: 2") == 1
    first, second = entries(diary)
    assert sorted((fact.key, str(fact.value)) for fact in first.facts if fact.key != "income") == [("labour", "2"), ("members", "4")]
    assert (len(first.items), len(second.items)) == (1, 0)


def test_a_row_below_titles_that_stand_twice_is_no_second_row_of_titles(minqing, diary, book):
    book("登记.xlsx", ["序号", "日期", "户主姓名", "备注", "备注"], [1, "2016-05-09", "王小晴", "在家", "又来"], [2, "2016-05-10", "钟方", None, "a"])
    minqing("import", "form", "登记.xlsx")
    assert "new: 2" in minqing("import", "form", "登记.xlsx").err


def test_a_day_that_lost_its_format_is_the_number_a_spreadsheet_keeps_it_as(minqing, diary, book):
    book(
        "登记.xlsx",
        ["序号", "走访日期", "走访对象", "诉求", "办理期限"],
        [1, 42499, "王小晴", "修路", 42530],
        [2, 42500.604166666664, "钟方", "修桥", "6月底前"],
    )
    minqing("import", "form", "登记.xlsx")
    assert "  走访日期: date\n" in the_map(diary)
    minqing("import", "form", "登记.xlsx")
    first, second = entries(diary)
    assert (first.date, first.time, first.items[0].due) == (date(2016, 5, 9), None, date(2016, 6, 9))
    assert (second.date, str(second.time), second.items[0].due) == (date(2016, 5, 10), "14:30", date(2016, 6, 30))


@pytest.mark.parametrize("title", ["慰问金", "慰问金额", "cash_each", "7、发放现金总额"])
def test_money_without_its_coin_in_title_and_cell_is_yuan(minqing, diary, book, title):
    book("登记.xlsx", ["序号", "走访日期", "走访对象", title], [1, "2016-05-09", "王小晴", 500], [2, "2016-05-10", "钟方", "200元"])
    minqing("import", "form", "登记.xlsx")
    assert "（元）\n" in the_map(diary)
    minqing("import", "form", "登记.xlsx")
    assert [(entry.aid[0].form, entry.aid[0].total) for entry in entries(diary)] == [
        ("cash", Quantity(Decimal(500), "元")),
        ("cash", Quantity(Decimal(200), "元")),
    ]


def test_nothing_given_is_no_gift_and_loses_no_row(minqing, diary, book):
    book(
        "登记.xlsx",
        ["序号", "走访日期", "走访对象", "慰问金（元）"],
        *([n, f"2016-05-{n:02}", "王小晴", given] for n, given in enumerate((500, 0, "无", "0元", "没有", None), 1)),
    )
    minqing("import", "form", "登记.xlsx")
    assert "new: 6" in minqing("import", "form", "登记.xlsx").err
    assert [len(entry.aid) for entry in entries(diary)] == [1, 0, 0, 0, 0, 0]


def test_an_open_document_with_formulas_gives_their_values(minqing, diary):
    import xlsxwriter

    made = xlsxwriter.Workbook(diary / "f.xlsx")
    sheet = made.add_worksheet("表")
    sheet.write_row(0, 0, ["日期", "户主姓名", "村内在校学生（人）"])
    sheet.write_row(1, 0, ["2016-05-09", "王小晴"])
    sheet.write_formula(1, 2, "=300+26", None, 326)
    made.close()
    minqing("import", "form", "f.xlsx")
    assert minqing("import", "form", "f.xlsx").code == 0
    assert entries(diary)[0].figures[0].value == Quantity(326, "人")


def test_a_sheet_with_a_cell_at_its_far_corner_is_refused_not_laid_out(minqing, diary):
    made = openpyxl.Workbook()
    made.active["A1"], made.active["XFD1048576"] = "日期", "x"
    made.save(diary / "far.xlsx")
    for what in ("form", "roster"):
        said = minqing("import", what, "far.xlsx")
        assert said.code == 2 and "far away" in said.err


def test_a_form_without_rows_and_a_folder_are_refused(minqing, diary, book):
    book("leer.xlsx", ["日期", "户主姓名"])
    assert minqing("import", "form", "leer.xlsx").code == 2
    assert minqing("import", "form", "entries").code == 2
    assert minqing("import", "form", "leer.xlsx", "--force").code == 2


def test_no_form_of_a_day_leads_to_a_map_that_says_what_it_lacks(minqing, diary, book):
    book("a.xlsx", ["户主姓名", "备注"], ["王小晴", "在家"])
    said = minqing("import", "form", "a.xlsx")
    assert said.code == 1 and "names no column of days" in said.err and "templates/forms/a.yaml:" in said.err
    assert minqing("import", "form", "a.xlsx").code == 1 and entries(diary) == []


# ---------------------------------------------------------------- cells


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("1、您走访的日期是？", "date"),
        ("哪日去的？", "date"),
        ("2. 什么时候走访的", "date"),
        ("预计完成日期", "item.due"),
        ("何时能办完？", "item.due"),
        ("下次走访日期", "text"),
        ("入党日期", "text"),
        ("3、答应办的事", "item.promise"),
        ("5. 被走访人姓名", "who"),
        ("走访人姓名", "with"),
        ("户主与本人关系", "fact.relation"),
        ("4、家庭情况—人口", "fact.members"),
        ("家庭情况/人口（人）", "fact.members"),
        ("监护人—姓名", "fact.guardian"),
        ("下次走访/日期", "text"),
    ],
)
def test_a_question_in_its_own_words_is_understood(title, key):
    assert key_by_title(title) == key


def test_titles_without_what_forms_put_around_them():
    asked = [
        "1、走访日期",
        "Q2.您的姓名（必填）",
        "3、诉求[多选题]",
        "visit/head",
        "提交者（自动）",
        "家里有什么困难？",
        "2016年收入",
        "身高/体重",
    ]
    assert [bare(title) for title in asked] == [
        "走访日期",
        "您的姓名",
        "诉求",
        "head",
        "提交者",
        "家里有什么困难",
        "2016年收入",
        "身高/体重",
    ]


def test_several_answers_and_several_items_in_a_cell():
    assert choices("低保救助┋其他〖自来水〗┋低保救助") == ["低保救助", "其他（自来水）"]
    assert choices("water road") == ["water", "road"] and choices("水利、道路") == ["水利", "道路"]
    assert several("1. 没有低保\n2. 房子漏雨") == ["没有低保", "房子漏雨"] and several("2.5亩地没人种") == [
        "2.5亩地没人种"
    ]
    assert several("屋顶漏雨，\n雨天进水\n路灯不亮") == ["屋顶漏雨，雨天进水", "路灯不亮"]
    assert [several(nothing) for nothing in ("无", "没有。", "暂无问题", "-", "无；")] == [[]] * 5


def test_a_choice_says_yes_or_no_and_is_never_guessed():
    assert [says_yes(cell, "低保") for cell in ("1", "是", "低保", "TRUE", "0", "否", "-3")] == [
        True,
        True,
        True,
        True,
        False,
        False,
        False,
    ]
    with pytest.raises(Unreadable):
        says_yes("也许", "低保")


def test_a_moment_is_the_same_id_however_a_program_writes_it():
    assert (
        len(
            {
                steady(text)
                for text in (
                    "2016/5/10 9:12:33",
                    "2016-05-10 09:12:33",
                    "2016-05-10T09:12:33",
                    "2016年5月10日 9:12:33",
                )
            }
        )
        == 1
    )
    assert steady("uuid:aa-bb") == steady("aa-bb") and steady("2016/5/10 9:12") != steady("2016/5/10 9:13")


# ---------------------------------------------------------------- what offices write in their forms


def csv_of(path: Path, *rows: str) -> str:
    path.write_text("".join(f"{row}\n" for row in rows), "utf-8")
    return path.name


def test_a_map_that_cannot_be_followed_blocks_its_own_form_only(minqing, diary):
    csv_of(diary / "nodate.csv", "姓名,问题", "王小晴,渠不通水")
    assert "nodate.yaml:" in minqing("import", "form", "nodate.csv").err  # it has no column of days
    csv_of(diary / "b.csv", "走访日期,户主,情况", "2016-05-09,钟方,在家")
    assert minqing("import", "form", "b.csv").out.splitlines()[-1] == "templates/forms/b.yaml"
    assert minqing("import", "form", "b.csv").code == 0 and len(entries(diary)) == 1
    again = minqing("import", "form", "nodate.csv")
    assert again.code == 1 and "nodate.yaml:" in again.err


def test_what_feishu_and_jinshuju_say_of_a_form_is_no_entry(minqing, diary):
    csv_of(
        diary / "a.csv",
        "提交人,提交时间,修改时间,填写设备,操作系统,填写地区,走访日期,帮扶对象",
        "李静,2016-05-09 09:12:33,2016-05-09 09:20:00,手机,Android,陕西,2016-05-09,钟方",
    )
    minqing("import", "form", "a.csv")
    for line in ("提交人: [id, author]", "提交时间: id", "修改时间:", "填写设备:", "操作系统:", "填写地区:", "帮扶对象: who"):
        assert f"  {line}\n" in the_map(diary)


def test_a_promise_has_a_due_day_and_an_owner_of_its_own(minqing, diary):
    csv_of(
        diary / "a.csv",
        "走访日期,户主,存在的问题,诉求,承诺事项,承诺完成时间,承诺人",
        "2016-05-09,王小晴,渠不通水,修渠,下周来看,2016-05-16,冯启明",
    )
    minqing("import", "form", "a.csv")
    assert "承诺完成时间: item.promise.due" in the_map(diary)
    assert minqing("import", "form", "a.csv").code == 0
    (entry,) = entries(diary)
    assert [(item.type, item.due and str(item.due), item.owner) for item in entry.items] == [
        ("problem", None, None), ("need", None, None), ("promise", "2016-05-16", "冯启明"),
    ]  # fmt: skip


def test_in_english_a_promise_has_a_due_day_and_an_owner_of_its_own(minqing, diary):
    titles = "date,name,problem,promise,promise_due,promise owner"
    entry = brought(minqing, diary, titles, "2016-05-09,Zhao,roof leaks,ask a builder,2016-05-16,Li")
    assert [(item.type, item.due, item.owner) for item in entry.items] == [
        ("problem", None, None),
        ("promise", date(2016, 5, 16), "Li"),
    ]


def test_deadlines_count_from_the_day_of_the_row_in_peoples_words(minqing, diary):
    csv_of(
        diary / "a.csv",
        "答卷编号,提交时间,走访日期,户主,家庭人口,承诺事项,承诺期限,承诺责任人",
        "1,2016-05-10 09:00,2016-05-09,王小晴,三口,申报低保,月底前,社区",
        "2,2016-05-10 09:00,昨天,钟方,五口人,来看水渠,下周五前,",
        "3,2016-05-10 09:00,5月9日,许望山,4,修灯,三天内,",
        "4,2016-05-10 09:00,5月9日,冯启明,两个人,修路,尽快,",
        "5,2016-05-10 09:00,5月9日,杜开,1,修桥,2月30日,",
    )
    minqing("import", "form", "a.csv")
    said = minqing("import", "form", "a.csv")
    assert "a.csv:6:7: " in said.err and said.err.count("a.csv:") == 1
    found = {entry.who[0].name: entry for entry in entries(diary)}
    assert {entry.date for entry in found.values()} == {date(2016, 5, 9)}
    assert {name: (entry.items[0].due, entry.items[0].owner) for name, entry in found.items()} == {
        "王小晴": (date(2016, 5, 31), "社区"),
        "钟方": (date(2016, 5, 20), None),
        "许望山": (date(2016, 5, 12), None),
        "冯启明": (None, None),
    }
    assert found["冯启明"].body == "承诺期限: 尽快\n"
    assert [found[name].facts[0].value for name in ("王小晴", "钟方", "冯启明")] == ["3", "5", "2"]


def test_money_and_goods_of_one_row_are_not_taken_for_one_gift(minqing, diary):
    csv_of(
        diary / "a.csv",
        "走访日期,户主,慰问金（元）,慰问品,联系电话（手机）",
        "2016-05-09,王小晴,200,大米1袋,13812345678",
        "2016-05-09,钟方,二百元,,13812345679",
        "2016-05-09,许望山,300元,,13812345670",
    )
    minqing("import", "form", "a.csv")
    assert minqing("import", "form", "a.csv").code == 0
    found = {entry.who[0].name: entry for entry in entries(diary)}
    assert {(aid.what, str(aid.each.value), aid.each.unit) for entry in found.values() for aid in entry.aid} == {
        ("慰问金", "200", "元"), ("慰问金", "300", "元"),
    }  # fmt: skip
    assert (found["王小晴"].body, found["王小晴"].facts[0].value) == ("慰问品: 大米1袋\n", "13812345678")


def test_a_day_without_a_year_is_the_latest_before_the_row_was_sent(minqing, diary):
    rows = [
        "编号,提交时间,走访日期,户主",
        "1,2015-06-14 09:00,6月13日,王小晴",
        "2,2016-01-02 09:00,12月30日,钟方",
        "3,,6月13日,许望山",
    ]
    csv_of(diary / "a.csv", *rows)
    minqing("import", "form", "a.csv")
    said = minqing("import", "form", "a.csv")
    assert [str(entry.date) for entry in entries(diary)] == ["2015-06-13", "2015-12-30"]
    assert said.code == 1 and "a.csv:4:3: " in said.err, "where nothing says the year it is not guessed"


def test_classes_are_read_as_offices_write_them(minqing, diary):
    csv_of(
        diary / "a.csv",
        "走访日期,户主,户属性",
        "2016-05-09,王小晴,五保户",
        "2016-05-09,钟方,建档立卡户",
        "2016-05-09,许望山,富户",
    )
    minqing("import", "form", "a.csv")
    said = minqing("import", "form", "a.csv")
    assert {entry.facts[0].value for entry in entries(diary)} == {"lifted", "tekun"}
    assert "a.csv:4:3: " in said.err and "富户" in said.err


@pytest.mark.parametrize(
    ("column", "cell"), [("每份（元）", "-5"), ("慰问金", "-200元"), ("份数", "-1"), ("在校学生（人）", "-3")]
)
def test_an_amount_below_nothing_is_a_mistake(minqing, diary, column, cell):
    csv_of(
        diary / "a.csv",
        f"走访日期,户主,慰问物资,{column}",
        "2016-05-09,钟方,大米,5",
        f"2016-05-09,王小晴,大米,{cell}",
    )
    minqing("import", "form", "a.csv")
    said = minqing("import", "form", "a.csv")
    assert said.code == 1 and "a.csv:3:4: " in said.err and len(entries(diary)) == 1


def test_facts_of_a_row_with_two_names_are_the_first_ones_and_that_is_told(minqing, diary):
    csv_of(diary / "a.csv", "走访日期,户主,户属性,联系电话", "2016-05-09,王小晴、钟方,低保户,13812345678")
    minqing("import", "form", "a.csv")
    said = minqing("import", "form", "a.csv")
    assert said.code == 0 and {fact.who for fact in entries(diary)[0].facts} == {"王小晴"}
    assert (
        "a.csv:2:3: " in said.err
        and "this row names 2 people; what it says of one is kept as the first one's" in said.err
    )


def test_two_columns_of_one_title_over_a_single_row(minqing, diary):
    csv_of(diary / "a.csv", "日期,日期", "2016-05-09,2016-05-10")
    assert minqing("import", "form", "a.csv").out.splitlines()[-1] == "templates/forms/a.yaml"
    assert "日期 (2)" in the_map(diary)


def test_a_day_is_read_with_its_weekday_and_check_compares_them(minqing, diary):
    days = ("2016年5月9日 星期一", "2016-05-10（周二）", "5月11日周三", "2016/5/12 星期四 09:30", "2016-05-13 星期一")
    csv_of(diary / "a.csv", "提交时间,走访日期,户主", *(f"2016-05-20 08:00:00,{day},钟方" for day in days))
    minqing("import", "form", "a.csv")
    assert minqing("import", "form", "a.csv").code == 0
    found = entries(diary)
    assert [entry.date.day for entry in found] == [9, 10, 11, 12, 13]
    assert [entry.weekday for entry in found] == ["星期一", "周二", "周三", "星期四", "星期一"]
    assert found[3].time == "09:30"
    assert minqing("check").out.count("correct the weekday") == 1  # 2016-05-13 was a Friday


def test_names_stand_on_lines_of_their_own_and_nobody_is_no_name(minqing, diary):
    csv_of(
        diary / "a.csv",
        "走访日期,户主,同行人员,情况",
        '2016-05-09,"王小晴\n许望山",无,在家',
        "2016-05-10,钟方,/,在家",
    )
    minqing("import", "form", "a.csv")
    assert minqing("import", "form", "a.csv").code == 0
    assert [[person.name for person in entry.who] for entry in entries(diary)] == [["王小晴", "许望山"], ["钟方"]]
    assert [entry.companions for entry in entries(diary)] == [(), ()]


def test_that_a_gift_was_signed_for_is_nobodys_name(minqing, diary):
    csv_of(diary / "a.csv", "发放日期,户主,慰问金（元）,签收", "2016-05-09,钟方,200,是", "2016-05-10,许望山,,否")
    minqing("import", "form", "a.csv")
    assert "签收: text" in the_map(diary)
    minqing("import", "form", "a.csv")
    given, none = entries(diary)
    assert (given.aid[0].receipt, given.body, none.aid) == ((), "签收: 是\n", ())


def test_a_second_row_of_one_id_is_told_and_is_not_taken_for_a_change(minqing, diary):
    rows = ("李静,2016-05-09 09:00,2016-05-09,甲一,漏雨", "李静,2016-05-09 09:00,2016-05-09,乙二,停电")
    csv_of(diary / "a.csv", "提交者,提交时间,走访日期,户主,问题", *rows, rows[0])
    minqing("import", "form", "a.csv")
    for new in (1, 0):
        said = minqing("import", "form", "a.csv")
        assert said.code == 1 and len(entries(diary)) == 1
        assert "a.csv:3: value: this row has the id of another row that says something else" in said.err
        assert f"new: {new}; there already: {2 - new}; left out: 1" in said.err


def brought(minqing, diary, titles, *rows):
    """The one entry of a form, by the map that is proposed."""
    csv_of(diary / "a.csv", titles, *rows)
    minqing("import", "form", "a.csv")
    assert minqing("import", "form", "a.csv").code == 0
    return entries(diary)[0]


def test_how_much_was_given_keeps_its_unit(minqing, diary):
    entry = brought(minqing, diary, "日期,户主,物资,数量,签收人", "2016-05-09,钟方,大米,2袋,许望山")
    (aid,) = entry.aid
    assert (aid.what, aid.n, aid.total, aid.receipt) == ("大米", None, Quantity(Decimal(2), "袋"), ("许望山",))


def test_beside_a_price_a_number_of_bags_is_how_many(minqing, diary):
    entry = brought(minqing, diary, "日期,户主,物资,每份,数量", "2016-05-09,钟方,大米,50元,2袋")
    assert (entry.aid[0].n, entry.aid[0].total) == (2, Quantity(Decimal(100), "元"))


def test_a_meeting_has_its_recorder_and_an_agenda_without_numbers(minqing, diary):
    titles = "会议时间,主持人,记录人,会议议题"
    meeting = brought(minqing, diary, titles, '2016-05-09 19:30,冯启明,李静,"1.修路\n2.选组长"').meeting
    assert (meeting.host, meeting.recorder, meeting.agenda) == ("冯启明", "李静", ("修路", "选组长"))


def test_numbers_of_a_village_are_figures_whatever_their_titles_say(minqing, diary):
    figures = brought(minqing, diary, "登记日期,村组,低保户数（户）,外出务工（人）", "2016-05-09,一组,8,60").figures
    assert [(figure.name, str(figure.value.value), figure.value.unit) for figure in figures] == [
        ("低保户数", "8", "户"),
        ("外出务工", "60", "人"),
    ]


def test_what_is_told_of_a_member_is_not_the_heads(minqing, diary):
    titles = "走访日期,户主姓名,健康状况,配偶健康状况,子女就学,配偶电话,家庭成员数"
    entry = brought(minqing, diary, titles, "2016-05-09,钟方,良好,高血压,小学,13812345678,4")
    assert [tuple(fact)[1:] for fact in entry.facts] == [("health", "良好"), ("members", "4")]
    for told in ("配偶健康状况: 高血压", "子女就学: 小学", "配偶电话: 13812345678"):
        assert told in entry.body


def test_who_was_in_a_dispute_is_whom_it_is_about(minqing, diary):
    entry = brought(minqing, diary, "调解日期,当事人甲,当事人乙,调解结果", "2016-05-09,钟方,许望山,双方和好")
    assert [person.name for person in entry.who] == ["钟方", "许望山"]


def test_repeats_in_a_file_of_their_own_join_their_rows(minqing, diary):
    csv_of(
        diary / "visits.csv",
        "SubmissionDate,visit_date,household-head_name,KEY",
        "2016-05-10,2016-05-09,王小晴,uuid:aa",
        "2016-05-10,2016-05-09,钟方,uuid:bb",
    )
    csv_of(
        diary / "visits-gifts.csv",
        "gift,gift_n,PARENT_KEY,KEY",
        "大米,2,uuid:aa,uuid:aa/gifts[1]",
        "食用油,1,uuid:aa,uuid:aa/gifts[2]",
        "面粉,1,uuid:bb,uuid:bb/gifts[1]",
    )
    said = minqing("import", "form", "visits.csv", "visits-gifts.csv")
    assert said.code == 0 and "  gifts:\n" in the_map(diary)
    assert minqing("import", "form", "visits-gifts.csv", "visits.csv").code == 0, "in whichever order"
    assert {entry.who[0].name: [(aid.what, aid.n) for aid in entry.aid] for entry in entries(diary)} == {
        "王小晴": [("大米", 2), ("食用油", 1)], "钟方": [("面粉", 1)],
    }  # fmt: skip


def test_what_a_repeat_tells_of_a_member_is_that_members(minqing, diary):
    csv_of(diary / "hh.csv", "visit_date,head_name,KEY", "2016-05-09,王小晴,uuid:aa")
    members = [
        "member_name,relation,health,PARENT_KEY,KEY",
        "王大山,父亲,高血压,uuid:aa,uuid:aa/members[1]",
        "王小雨,女儿,,uuid:aa,uuid:aa/members[2]",
    ]
    csv_of(diary / "hh-members.csv", *members)
    for _time in range(2):
        minqing("import", "form", "hh.csv", "hh-members.csv")
    (entry,) = entries(diary)
    assert [tuple(fact) for fact in entry.facts] == [
        ("王大山", "relation", "父亲"),
        ("王大山", "health", "高血压"),
        ("王小雨", "relation", "女儿"),
    ]
    assert ([person.name for person in entry.who], entry.body) == (["王小晴"], "")


def test_whom_a_repeat_names_is_never_lost(minqing, diary):
    csv_of(diary / "hh.csv", "visit_date,head_name,KEY", "2016-05-09,王小晴,uuid:aa")
    csv_of(
        diary / "hh-members.csv",
        "member_name,age,health,PARENT_KEY,KEY",
        "王大山,70,高血压,uuid:aa,uuid:aa/members[1]",
        "王小雨,9,,uuid:aa,uuid:aa/members[2]",
        "王小雷,,,uuid:aa,uuid:aa/members[3]",
    )
    csv_of(
        diary / "hh-gifts.csv",
        "name,gift,gift_n,PARENT_KEY,KEY",
        "王大山,大米,2,uuid:aa,uuid:aa/gifts[1]",
        ",面粉,1,uuid:aa,uuid:aa/gifts[2]",
    )
    for _time in range(2):
        minqing("import", "form", "hh.csv", "hh-members.csv", "hh-gifts.csv")
    (entry,) = entries(diary)
    assert entry.body == "王大山 age: 70\n\n王小雨 age: 9\n\nmember_name: 王小雷\n"
    assert [(aid.what, aid.n, aid.to) for aid in entry.aid] == [("大米", 2, ("王大山",)), ("面粉", 1, ())]


def test_what_a_repeat_tells_of_nobody_is_text_and_no_fact(minqing, diary):
    csv_of(diary / "hh.csv", "visit_date,head_name,KEY", "2016-05-09,王小晴,uuid:aa")
    csv_of(diary / "hh-members.csv", "age,health,PARENT_KEY,KEY", "70,高血压,uuid:aa,uuid:aa/members[1]")
    for _time in range(2):
        minqing("import", "form", "hh.csv", "hh-members.csv")
    (entry,) = entries(diary)
    assert (entry.facts, entry.body) == ((), "age: 70\n\nhealth: 高血压\n")


def test_repeats_without_the_form_they_belong_to_say_what_is_missing(minqing, diary):
    csv_of(diary / "visits-gifts.csv", "gift,PARENT_KEY,KEY", "大米,uuid:aa,uuid:aa/gifts[1]")
    said = minqing("import", "form", "visits-gifts.csv")
    assert said.code == 2 and "belong to rows of another" in said.err


def test_only_a_form_comes_in_several_files(minqing, diary):
    assert minqing("import", "jrnl", "a.txt", "b.txt").code == 2


def test_a_number_under_a_choice_that_has_a_mere_number_for_its_question_is_no_figure_without_a_name(
    minqing, diary
):
    csv_of(diary / "f.csv", "日期,户主姓名,1、(低保),1、(留守)", "2016-05-08,王小晴,,00")
    said = minqing("import", "form", "f.csv")
    assert (said.code, "figure." in said.err) == (0, False)
    csv_of(diary / "g.csv", "日期,户主姓名,4(住房安全),4(其他)", "2016-05-08,王小晴,1,0")
    assert "figure." not in minqing("import", "form", "g.csv").out


# ---------------------------------------------------------------- whatever comes


@given(st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=6), max_size=6), st.binary(max_size=40))
@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=15)
def test_no_table_makes_a_traceback(tmp_path_factory, rows, tail):
    root = tmp_path_factory.mktemp("d")
    text = io.StringIO()
    import csv

    csv.writer(text).writerows([["日期", "户主姓名", "诉求", "1、(低保)", "1、(留守)", "份数"], *rows])
    map_ = Source(Path("m"), b"columns: {\xe6\x97\xa5\xe6\x9c\x9f: [id, date]}\n")
    for data in (
        text.getvalue().encode("utf-8", "replace"),
        text.getvalue().encode("utf-8", "replace") + tail,
        b"PK\x03\x04" + tail,
    ):
        for ways in (Ways(None), Ways(None), Ways(None, map=map_)):
            try:
                bring(Diary(root), Source(Path("x.csv"), data), ways)
            except MinqingError:
                continue


def test_titles_that_stand_twice_and_many_columns(minqing, diary, book):
    book("a.xlsx", ["日期", "备注", "备注", "备注 (2)"], ["2016-05-09", "x", "y", "z"])
    minqing("import", "form", "a.xlsx")
    minqing("import", "form", "a.xlsx")
    assert entries(diary)[0].body == "备注: x\n\n备注 (2): y\n\n备注 (2) (2): z\n"
    (diary / "b.csv").write_text(
        ",".join(["a/" * n + "b" for n in range(400)]) + "\n" + ",".join(["1"] * 400), "utf-8"
    )
    assert minqing("import", "form", "b.csv", "--dry-run").code == 1  # no day, but at once
    (diary / "c.csv").write_text("," * 3000 + "\n1", "utf-8")
    assert minqing("import", "form", "c.csv").code == 2
