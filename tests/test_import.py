"""Imports: what other diaries and tables hold becomes entries, once, and whatever cannot is named by its line."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minqing.diary import Diary
from minqing.errors import UsageError
from minqing.imports import Source, Ways
from minqing.imports._keep import id_of, read_stamp
from minqing.imports.csv import bring as bring_csv
from minqing.imports.jrnl import bring as bring_jrnl
from minqing.model import Entry
from minqing.text import read_entry
from minqing.values import Unreadable, read_id

Write = Callable[..., Path]


def entries(diary: Path) -> list[Entry]:
    return [read_entry(path.read_bytes()).entry for path in sorted(diary.glob("entries/**/*.md"))]


# ---------------------------------------------------------------- jrnl

JRNL = """\
[2016-05-28 09:00 AM] 去看水渠。上游断了三处 @水利
要找人修

两天内回话
[2016-05-29 12:05:00 AM] Met the team. We talked to a@b.c *
"""


def test_a_journal_of_jrnl_becomes_entries(minqing, diary):
    (diary / "j.txt").write_text(JRNL, "utf-8")
    said = minqing("import", "jrnl", "j.txt")
    assert said.code == 0 and len(said.out.split()) == 2
    first, second = entries(diary)
    assert (str(first.date), first.time, first.title, first.tags) == (
        "2016-05-28",
        "09:00",
        "去看水渠。",
        ("水利",),
    )
    assert first.body == "上游断了三处 @水利\n要找人修\n\n两天内回话\n"
    assert (second.time, second.title, second.tags) == ("00:05", "Met the team.", ("starred",))
    assert second.body == "We talked to a@b.c\n"


def test_the_same_journal_twice_adds_nothing_and_more_of_it_adds_the_rest(minqing, diary):
    (diary / "j.txt").write_text(JRNL, "utf-8")
    minqing("import", "jrnl", "j.txt")
    before = {path: path.read_bytes() for path in diary.glob("entries/**/*.md")}
    again = minqing("import", "jrnl", "j.txt")
    assert (again.code, again.out) == (0, "") and "there already: 2" in again.err
    assert {path: path.read_bytes() for path in diary.glob("entries/**/*.md")} == before
    (diary / "j.txt").write_text(JRNL + "[2016-05-30] 又一天\n", "utf-8")
    assert len(minqing("import", "jrnl", "j.txt").out.split()) == 1


def test_an_entry_that_was_moved_and_changed_since_is_not_brought_again(minqing, diary):
    (diary / "j.txt").write_text("[2016-05-28 09:00] 去看水渠\n", "utf-8")
    minqing("import", "jrnl", "j.txt")
    (path,) = diary.glob("entries/**/*.md")
    path.with_name("看水渠.md").write_text(path.read_text("utf-8").replace("去看水渠", "去看了水渠"), "utf-8")
    path.unlink()
    assert minqing("import", "jrnl", "j.txt").out == ""


def test_two_lines_that_are_the_same_are_two_entries(minqing, diary):
    (diary / "j.txt").write_text("[2016-05-28 09:00] 巡河\n[2016-05-28 09:00] 巡河\n", "utf-8")
    assert len(minqing("import", "jrnl", "j.txt").out.split()) == 2
    assert minqing("import", "jrnl", "j.txt").out == ""


def test_an_impossible_day_is_named_by_its_line_and_the_rest_goes_on(minqing, diary):
    (diary / "j.txt").write_text(
        "开头的话\n[2016-02-30 09:00] 没有的一天\n[2016-05-28 25:00] 没有的钟点\n[2016-05-28] 有\n", "utf-8"
    )
    said = minqing("import", "jrnl", "j.txt")
    assert said.code == 1
    assert [line.split(":")[1] for line in said.err.splitlines()[:3]] == ["1", "2", "3"]
    assert "left out: 3" in said.err
    assert [entry.title for entry in entries(diary)] == ["有"]


def test_a_line_in_brackets_that_is_no_day_belongs_to_the_entry_above(minqing, diary):
    (diary / "j.txt").write_text("[2016-05-28] 开会\n[王书记] 先讲话\n", "utf-8")
    assert minqing("import", "jrnl", "j.txt").code == 0
    assert entries(diary)[0].body == "[王书记] 先讲话\n"


def test_json_of_jrnl_becomes_entries_and_keeps_what_we_have_no_key_for(minqing, diary):
    said = {
        "tags": {"@水利": 1},
        "entries": [
            {
                "title": "去看水渠",
                "body": "断了三处",
                "date": "2016-05-28",
                "time": "09:00",
                "tags": ["@水利"],
                "starred": True,
                "mood": "好",
            },
            {"title": "没有日子", "body": ""},
            {"title": "有", "body": "", "date": "2016-05-29", "time": "", "tags": [], "starred": False},
        ],
    }
    (diary / "j.json").write_text(json.dumps(said), "utf-8")
    came = minqing("import", "jrnl", "j.json")
    assert came.code == 1 and "entry 2" in came.err and "left out: 1" in came.err
    first, second = entries(diary)
    assert (first.title, first.time, first.tags) == ("去看水渠", "09:00", ("水利", "starred"))
    assert first.body == "断了三处\n\n```yaml\nmood: 好\n```\n"
    assert (str(second.date), second.time, second.body) == ("2016-05-29", None, "")
    assert minqing("import", "jrnl", "j.json").out == ""


def test_a_dry_run_says_what_would_come_and_writes_nothing(minqing, diary):
    (diary / "j.txt").write_text(JRNL, "utf-8")
    said = minqing("import", "jrnl", "j.txt", "--dry-run")
    assert len(said.out.split()) == 2 and "nothing was written" in said.err
    assert entries(diary) == []
    assert minqing("import", "jrnl", "j.txt").out == said.out


def test_standard_input_is_read(minqing, diary, monkeypatch):
    import io

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("[2016-05-28] 巡河\n".encode("gb18030"))))
    assert minqing("import", "jrnl", "-").code == 0
    assert entries(diary)[0].title == "巡河"


@given(st.text(max_size=60).map(lambda text: f"[2016-05-28 09:00] {text}"))
@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=20)
def test_every_sign_of_a_journal_that_people_type_stands_in_the_entry(tmp_path_factory, text):
    root = tmp_path_factory.mktemp("d")
    try:
        brought = bring_jrnl(Diary(root), Source(Path("j"), text.encode("utf-8", "replace")), Ways(None))
    except UsageError:
        return  # control characters that no text holds
    kept = "".join(entry.title + entry.body for entry in entries(root))
    lost = set(text.partition("] ")[2]) - set(kept) - set("\r\n\t\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029\0 *")
    assert not {sign for sign in lost if not sign.isspace()} or brought.flaws


# ---------------------------------------------------------------- a folder of notes


def put(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_notes_are_dated_by_header_name_folder_or_first_line(minqing, diary):
    put(diary, "notes/a.md", "---\ndate: 2016-05-01T14:30:00+08:00\ntitle: 甲\n---\n正文\n")
    put(diary, "notes/2016-05-02 乙.md", "正文\n")
    put(diary, "notes/20160503.md", "# 丙\n\n正文\n")
    put(diary, "notes/2016/05/04.md", "丁\n")
    put(diary, "notes/e.md", "# 2016年5月5日 戊\n\n正文\n")
    assert minqing("import", "markdown", "notes").code == 0
    told = [
        (entry.date.day, entry.time, entry.title, entry.body)
        for entry in sorted(entries(diary), key=lambda e: e.date)
    ]
    assert told == [
        (1, "14:30", "甲", "正文\n"),
        (2, None, "乙", "正文\n"),
        (3, None, "丙", "正文\n"),
        (4, None, "", "丁\n"),
        (5, None, "2016年5月5日 戊", "正文\n"),
    ]


def test_nothing_of_a_notes_header_is_lost(minqing, diary):
    put(
        diary,
        "notes/2016-05-28.md",
        "---\ntitle: 看水渠\ntags: [水利, '#修渠']\ntime: 中午以后\nplace: 上游\nmood: 好\nlinks:\n  - a\n---\n断了三处 #急 # 不是\n",
    )
    said = minqing("import", "markdown", "notes")
    (entry,) = entries(diary)
    assert (entry.title, entry.tags, entry.place, entry.time) == (
        "看水渠",
        ("水利", "修渠", "急"),
        "上游",
        None,
    )
    assert entry.body.startswith("断了三处 #急 # 不是\n\n```yaml\n")
    assert all(line in entry.body for line in ("time: 中午以后", "mood: 好", "links: [a]"))
    assert said.code == 0 and "中午以后" in said.err


def test_a_header_that_is_no_yaml_stays_in_the_text(minqing, diary):
    put(diary, "notes/2016-05-28.md", "---\ntitle: [a\nmood: 好\n---\n正文\n")
    said = minqing("import", "markdown", "notes")
    assert "2016-05-28.md" in said.err
    assert entries(diary)[0].body == "正文\n\n```\ntitle: [a\nmood: 好\n```\n"


def test_a_note_without_a_day_a_link_and_a_picture_are_named_or_counted(minqing, diary):
    put(diary, "notes/a.md", "没有日子\n")
    put(diary, "notes/2016-13-45.md", "没有这个日子\n")
    put(diary, "notes/p.png", "")
    put(diary, "notes/.obsidian/2016-05-28.md", "别的程序的\n")
    (diary / "notes/2016-05-28.md").symlink_to(diary / "notes/a.md")
    said = minqing("import", "markdown", "notes")
    assert said.code == 1 and entries(diary) == []
    assert all(name in said.err for name in ("notes/a.md", "notes/2016-13-45.md", "notes/2016-05-28.md"))
    assert "left out: 3" in said.err and "1 files are no Markdown" in said.err


def test_the_same_notes_twice_add_nothing(minqing, diary):
    put(diary, "notes/2016/05/28.md", "巡河\n")
    put(diary, "notes/2017/05/28.md", "巡河\n")
    assert len(minqing("import", "markdown", "notes").out.split()) == 2
    put(diary, "notes/2015/05/28.md", "巡河\n")
    assert len(minqing("import", "markdown", "notes").out.split()) == 1


def test_a_file_in_place_of_a_folder_is_refused_and_the_other_way_round(minqing, diary):
    put(diary, "notes/2016-05-28.md", "巡河\n")
    assert minqing("import", "markdown", "notes/2016-05-28.md").code == 2
    assert minqing("import", "jrnl", "notes").code == 2


# ---------------------------------------------------------------- a table

TABLE = "走访日期,姓名,村组,反映问题,联系电话,备注,序号\n2016/5/28,王小晴,青石镇/李家沟,没有低保,13812345678,家里三口人,1\n"


def test_without_a_map_one_is_proposed_and_nothing_written(minqing, diary):
    (diary / "t.csv").write_bytes(TABLE.encode("gb18030"))
    said = minqing("import", "csv", "t.csv")
    assert said.code == 0 and entries(diary) == []
    assert "走访日期: date" in said.out and "反映问题: item.problem" in said.out and "序号: text" in said.out
    (diary / "m.yaml").write_text(said.out, "utf-8")
    assert minqing("import", "csv", "t.csv", "--map", "m.yaml").code == 0
    (entry,) = entries(diary)
    assert (entry.kind, str(entry.date), entry.who[0].name, entry.area) == (
        "visit",
        "2016-05-28",
        "王小晴",
        "青石镇/李家沟",
    )
    assert (entry.items[0].type, entry.items[0].text) == ("problem", "没有低保")
    assert (entry.facts[0].who, entry.facts[0].key, entry.facts[0].value) == (
        "王小晴",
        "phone",
        "13812345678",
    )
    assert "备注: 家里三口人" in entry.body and "序号: 1" in entry.body
    assert minqing("import", "csv", "t.csv", "--map", "m.yaml").out == ""


MAP = "columns:\n  日期: date\n  内容: 正文\n  物资: aid.what\n  数量: aid.n\n  在校: figure.在校学生\n  无用:\nalways:\n  类型: 慰问\n  aid.fund: 卫生局\n"


def test_rows_that_cannot_be_read_are_named_by_line_and_the_others_come(minqing, diary):
    (diary / "m.yaml").write_text(MAP, "utf-8")
    (diary / "t.csv").write_text(
        '日期,内容,物资,数量,在校,无用\n2016-05-28,"两行\n文字",书包,7,326人,x\n2016-02-30,,,,,\n\n2016-05-29,,书包,几个,,\n2016-05-30,多,书包,7,326人,x,y\n2016-05-31,只有字,,,,\n',
        "utf-8",
    )
    said = minqing("import", "csv", "t.csv", "--map", "m.yaml")
    assert said.code == 1
    assert [line.split(":")[1] for line in said.err.splitlines()[:3]] == ["4", "6", "7"]
    first, second = entries(diary)
    assert (first.kind, first.body, first.aid[0].n, first.aid[0].fund) == ("aid", "两行\n文字\n", 7, "卫生局")
    assert first.figures[0].name == "在校学生" and "无用" not in said.err
    assert (second.aid, second.body) == ((), "只有字\n")


def test_columns_that_the_map_forgets_are_named(minqing, diary):
    (diary / "m.yaml").write_text("columns: {日期: date}\n", "utf-8")
    (diary / "t.csv").write_text("日期,内容\n2016-05-28,x\n", "utf-8")
    assert "left out: 内容" in minqing("import", "csv", "t.csv", "--map", "m.yaml").err


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("columns: {日期: dat}\n", "dat"),
        ("columns: {日期: item.colour}\n", "colour"),
        ("columns: {日期: date, 记: date}\n", "date"),
        ("columns: {内容: text}\n", "date"),
        ("日期: date\n", "日期"),
        ("columns: [a\n", "1"),
    ],
)
def test_a_map_that_cannot_be_followed_is_refused_before_anything_is_written(minqing, diary, text, named):
    (diary / "m.yaml").write_text(text, "utf-8")
    (diary / "t.csv").write_text("日期,内容,记\n2016-05-28,x,y\n", "utf-8")
    said = minqing("import", "csv", "t.csv", "--map", "m.yaml")
    assert said.code == 1 and "m.yaml:" in said.err and named in said.err and entries(diary) == []


def test_a_map_of_columns_that_are_not_there_is_refused(minqing, diary):
    (diary / "m.yaml").write_text("columns: {日期: date, 没有: text}\n", "utf-8")
    (diary / "t.csv").write_text("日期,内容\n2016-05-28,x\n", "utf-8")
    said = minqing("import", "csv", "t.csv", "--map", "m.yaml")
    assert said.code == 2 and "没有" in said.err and entries(diary) == []


def test_a_fact_about_nobody_is_a_mistake_of_its_row(minqing, diary):
    (diary / "m.yaml").write_text("columns: {日期: date, 姓名: who, 电话: fact.phone}\n", "utf-8")
    (diary / "t.csv").write_text("日期,姓名,电话\n2016-05-28,,13812345678\n", "utf-8")
    said = minqing("import", "csv", "t.csv", "--map", "m.yaml")
    assert said.code == 1 and "t.csv:2" in said.err and "13812345678" not in said.err


def test_a_map_is_for_tables_only(minqing, diary):
    (diary / "m.yaml").write_text("columns: {日期: date}\n", "utf-8")
    (diary / "j.txt").write_text(JRNL, "utf-8")
    assert minqing("import", "jrnl", "j.txt", "--map", "m.yaml").code == 2


@given(st.binary(max_size=200), st.booleans())
@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=15)
def test_no_bytes_make_a_traceback(tmp_path_factory, data, mapped):
    map_ = Source(Path("m"), b"columns: {a: date, b: text}\n") if mapped else None
    for bring, ways in ((bring_csv, Ways(None, map=map_)), (bring_jrnl, Ways(None))):
        for text in (
            data,
            b"a,b\n2016-05-28," + data,
            b"[2016-05-28] " + data,
            b'{"entries": [' + data + b"]}",
        ):
            with suppress(UsageError):
                bring(
                    Diary(tmp_path_factory.mktemp("d")), Source(Path("x"), text), ways._replace(dry_run=True)
                )


# ---------------------------------------------------------------- what they share


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2016-05-28", None), ("2016-05-28 09:00", "09:00"), ("2016/5/28 9:00:00 PM", "21:00"), ("2016-05-28 12:00 AM", "00:00"),
        ("2016-05-28 12:30 PM", "12:30"), ("2016年5月28日 下午 03:00", "15:00"), ("2016-05-28T14:30:00.5+08:00", "14:30"),
        ("2016-05-28T14:30:00Z", "14:30"),
    ],
)  # fmt: skip
def test_a_stamp_is_a_day_with_the_hour_behind_it(text, hour):
    assert (str(read_stamp(text)[0]), read_stamp(text)[1]) == ("2016-05-28", hour)


@pytest.mark.parametrize("text", ["", "28.5.2016", "2016-05-28 25:00", "2016-05-28 noon", "2016-02-30 09:00"])
def test_a_stamp_is_never_guessed(text):
    with pytest.raises(Unreadable):
        read_stamp(text)


@given(st.text(), st.integers(1, 9))
def test_an_id_made_of_a_text_is_an_id_and_always_the_same(text, nth):
    assert read_id(id_of(text, nth)) == id_of(text, nth) != id_of(text, nth + 1)
