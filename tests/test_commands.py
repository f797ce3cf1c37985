"""The commands, as a manual one can run: what is typed, what comes back, what lies on the disk."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pexpect
import pytest
from conftest import until_it_waits

from minqing.cli import COMMANDS
from minqing.cli.ask import day_line
from minqing.language import use_language
from minqing.safe import cells
from minqing.settings import Config, read_settings

Write = Callable[..., Path]


def saved(said: object) -> tuple[str, str]:
    """The path and id that `new`, `follow` and `close` print."""
    match = re.match(r"(entries/\S+\.md)  (\w{8})", said.out)  # type: ignore[attr-defined]
    assert match, said
    return match[1], match[2]


# ---------------------------------------------------------------- init


def test_init_makes_a_diary_under_git_and_refuses_a_second_time(minqing, tmp_path):
    assert minqing("init", "柳湾").code == 0
    assert {path.name for path in (tmp_path / "柳湾").iterdir()} >= {
        "minqing.yaml", "entries", "templates", ".gitignore", ".gitattributes", ".git"
    }  # fmt: skip
    before = {path: path.read_bytes() for path in (tmp_path / "柳湾").rglob("*") if path.is_file()}
    again = minqing("init", "柳湾")
    assert again.code == 2
    assert "holds a diary already" in again.err
    assert before == {path: path.read_bytes() for path in (tmp_path / "柳湾").rglob("*") if path.is_file()}
    assert "union" not in (tmp_path / "柳湾/.gitattributes").read_text()
    assert "committed" in (tmp_path / "柳湾/.git/config").read_text()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_settings_of_init_that_wait_to_be_used_are_read_as_they_stand(minqing, tmp_path, lang):
    assert minqing("init", "--lang", lang).code == 0
    text = (tmp_path / "minqing.yaml").read_text(encoding="utf-8")
    used, flaws = read_settings(re.sub(r"(?m)^# (?=[^:\n]+: \{)", "", text).encode())
    assert not flaws
    assert used.budget and used.card["promise"] and used.score == Config().score and used.grades == Config().grades


def test_init_says_what_a_gitignore_that_was_there_lacks(minqing, tmp_path):
    (tmp_path / ".gitignore").write_text("*.tmp\n/roster.csv\n")
    said = minqing("init")
    assert said.code == 0
    assert "add these lines" in said.err and said.err.count("/.minqing/") == 1 and "roster" not in said.err
    assert (tmp_path / ".gitignore").read_text() == "*.tmp\n/roster.csv\n"


def test_init_makes_no_diary_inside_the_parts_of_another(minqing, diary):
    for folder in ("entries/2016", "templates/x"):
        said = minqing("init", folder)
        assert (said.code, said.out) == (2, "")
        assert "a part of the diary" in said.err
    assert "new visit" in minqing("init", "有 空格").err
    assert "'" + str(diary / "有 空格") + "'" in minqing("init", "另 一个").err.replace("另 一个", "有 空格")


def test_a_chinese_diary_speaks_and_writes_chinese(minqing, tmp_path, monkeypatch):
    assert minqing("init", "--lang", "zh").code == 0
    monkeypatch.delenv("MINQING_LANG")
    path, _id = saved(minqing("new", "走访", "--who", "赵小梅", "--need", "没有低保 #低保"))
    text = (tmp_path / path).read_text(encoding="utf-8")
    assert "类型: 走访" in text
    assert "1: {类型: 诉求, 类别: 低保救助, 内容: 没有低保}" in text
    assert "走访台账" in minqing("report", "visits").out
    assert minqing("list", "--format", "json").json["entries"][0]["kind"] == "visit"


# ---------------------------------------------------------------- new


@pytest.mark.parametrize("kind", ["visit", "meeting", "aid", "survey", "review", "note"])
def test_blanks_to_fill_in_stand_in_the_words_of_the_diary(minqing, tmp_path, monkeypatch, kind):
    assert minqing("init", "--lang", "zh").code == 0
    monkeypatch.delenv("MINQING_LANG")
    monkeypatch.setenv("EDITOR", "true")
    path, _id = saved(minqing("new", kind, "--who", "张三", "--edit"))
    header = (tmp_path / path).read_text(encoding="utf-8").split("---")[1]
    assert header.count("对象") == 1
    assert not re.findall(r"(?m)^[a-z]+:", header)
    assert minqing("check", "--format", "json").json["errors"] == 0


def test_new_writes_what_was_typed_and_prints_path_and_id(minqing, diary):
    path, id_ = saved(
        minqing(
            "new",
            "visit",
            "--date",
            "5月8日",
            "--time",
            "6点20分到10点10分",
            "--who",
            "赵小梅",
            "--with",
            "王强（组长）",
            "--weather",
            "多云转阴",
            "--area",
            "青石镇/柳湾村/二组",
            "--place",
            "家里",
            "--need",
            "没有低保 @赵小梅 #低保 !6月8日",
            "--promise",
            "社区尽快申报 @赵小梅",
            "--problem",
            "路不好走 #road",
            "--task",
            "备齐材料 ＠赵小梅",
            "--aid",
            "慰问金 200元 x 7 fund=卫生局",
            "--aid",
            "书包 1个 x 7",
            "--figure",
            "在校学生=326人",
            "--figure",
            "留守儿童=127人 of=在校学生",
            "--set",
            "tags=特困",
            "--set",
            "lunar=农历四月初二",
            "--text",
            "说了一上午。",
        )  # fmt: skip
    )
    assert path == f"entries/2016/05/2016-05-08-visit-{id_}.md"
    entry = minqing("list", "--format", "json").json["entries"][0]
    assert entry["time"] == "06:20-10:10"
    assert entry["who"] == ["赵小梅"]
    assert entry["with"] == ["王强（组长）"]
    assert entry["text"] == "说了一上午。\n"
    assert [(i["ref"], i["type"], i["about"], i["who"], i["due"]) for i in entry["items"]] == [
        (f"{id_}.1", "need", "welfare", "赵小梅", "2016-06-08"),
        (f"{id_}.2", "problem", "road", None, None),
        (f"{id_}.3", "promise", None, "赵小梅", None),
        (f"{id_}.4", "task", None, "赵小梅", None),
    ]
    assert entry["aid"][0] == {
        "what": "慰问金", "form": "cash", "each": "200", "n": 7, "total": "1400", "unit": "元",
        "fund": "卫生局", "occasion": None, "to": [],
    }  # fmt: skip
    assert entry["aid"][1]["form"] == "goods"
    assert entry["figures"][1] == {"name": "留守儿童", "value": "127", "unit": "人", "of": "在校学生"}
    assert entry["tags"] == ["特困"]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (["--date", "2016-02-30"], "2016-02-30"),
        (["--date", "whenever"], "whenever"),
        (["--date", ""], "“” is no date"),
        (["--time", "25:99"], "25:99"),
        (["--need", "@赵小梅"], "not what"),
        (["--need", "没水 #watr"], "did you mean “water”"),
        (["--aid", "200元"], "what was given"),
        (["--figure", "326人"], "is no figure"),
        (["--figure", "学生=很多"], "no number with a unit"),
        (["--figure", "学生=1e5"], "no number with a unit"),
        (["--figure", "学生=326人", "--figure", "学生=327人"], "“学生” is said twice"),
        (["--aid", "慰问金 200元 x -7"], "cannot be read as aid"),
        (["--set", "wether=晴"], "did you mean “weather”"),
        (["--set", "天气"], "is no key=value"),
        (["--set", "meeting.hst=张三"], "did you mean “host”"),
    ],
)
def test_what_cannot_be_understood_is_exit_2_and_nothing_is_written(minqing, diary, typed, message):
    said = minqing("new", "visit", *typed)
    assert said.code == 2
    assert message in said.err
    assert not list((diary / "entries").rglob("*.md"))


def test_any_key_can_be_set_lists_by_number(minqing, diary):
    path, _id = saved(
        minqing(
            "new", "meeting", "--aid", "书包 1个 x 7",
            "--set", "meeting.type=村民小组会议", "--set", "会议.应到=30",
            "--set", "decisions.1.text=选组长", "--set", "decisions.1.vote.tally.钟方=15",
            "--set", "议定.2.内容=签协议", "--set", "decisions.2.signed=9",
            "--set", "funds.from=卫生局", "--set", "funds.amount=1400元",
            "--set", "aid.1.fund=卫生局", "--set", "void.1.entry=h4n8t2vb", "--set", "void.1.why=写重了",
            "--set", "facts.赵小梅.class=低保户", "--set", "items.1.type=task", "--set", "items.1.text=公示",
        )
    )  # fmt: skip
    header = (diary / path).read_text(encoding="utf-8")
    for line in (
        "meeting: {type: group, eligible: 30}",
        "  - {type: resolution, text: 选组长, vote: {tally: {钟方: 15}}}\n  - {type: resolution, text: 签协议, signed: 9}",
        "  - {from: 卫生局, amount: 1400元}",
        "  - {what: 书包, form: goods, each: 1个, n: 7, total: 7个, fund: 卫生局}",
        "  - {entry: h4n8t2vb, why: 写重了}",
        "  赵小梅: {class: dibao}",
        "  1: {type: task, text: 公示}",
    ):
        assert line in header
    for typed, message in [
        ("funds.0.from=甲", "begin with 1"),
        ("funds.2.from=甲", "begin with 1"),
        ("funds.1=甲", "wants lines"),
    ]:
        said = minqing("new", "meeting", "--set", typed)
        assert (said.code, message in said.err) == (2, True)


def test_an_unknown_kind_names_the_nearest(minqing, diary):
    said = minqing("new", "vist")
    assert (said.code, "visit" in said.err) == (2, True)


def test_a_tag_that_nothing_bears_is_most_likely_a_slip(minqing, diary):
    minqing("new", "note", "--title", "春耕", "--set", "tags=春耕备耕")
    assert minqing("list", "#春耕备耕").out.count("春耕") >= 2
    said = minqing("list", "#春耕备")
    assert (said.code, "春耕备耕" in said.err) == (2, True)
    assert (
        minqing("list", "#留守").code == 0
    )  # a tag of people that the program knows, though nobody has it yet


def test_a_template_file_is_a_new_kind(minqing, diary):
    (diary / "templates/rounds.md").write_text(
        "---\nkind: rounds\nname: 夜巡\nneeds: [place]\n---\n## 路线\n\n{who}\n", encoding="utf-8"
    )
    path, _id = saved(minqing("new", "夜巡", "--who", "李明"))
    assert "rounds" in path
    assert "## 路线\n\n李明" in (diary / path).read_text(encoding="utf-8")
    assert "rounds" in minqing("kinds").out


def test_dry_run_shows_the_entry_and_writes_nothing(minqing, diary):
    said = minqing("new", "note", "--title", "天晴", "--dry-run")
    assert said.out.startswith("---\nid: ")
    assert not list((diary / "entries").rglob("*"))


def test_the_text_may_come_from_a_file(minqing, diary):
    (diary / "说明.txt").write_bytes("从文件来的话。".encode("gb18030"))
    saved(minqing("new", "note", "说明.txt"))
    assert minqing("list", "--format", "json").json["entries"][0]["text"] == "从文件来的话。\n"


def test_a_link_that_one_names_oneself_is_followed(minqing, diary):
    (diary / "notes").mkdir()
    (diary / "notes/body.md").write_text("正文\n", encoding="utf-8")
    (diary / "body.md").symlink_to("notes/body.md")
    assert minqing("new", "note", "body.md").code == 0
    assert minqing("list", "--format", "json").json["entries"][0]["text"] == "正文\n"
    (diary / "round.md").symlink_to("round.md")
    assert minqing("new", "note", "round.md").code == 2


def test_settings_fill_in_area_and_author(minqing, diary):
    (diary / "minqing.yaml").write_text("area: 青石镇/柳湾村\nauthor: 许望山 # 驻村\n", encoding="utf-8")
    saved(minqing("new", "note"))
    entry = minqing("list", "--format", "json").json["entries"][0]
    assert (entry["area"], entry["author"]) == ("青石镇/柳湾村", "许望山")


# ---------------------------------------------------------------- list, show, search, edit


def test_list_filters_by_period_area_who_kind_tag_about_and_status(minqing, write):
    write(
        "aaaa1111",
        "kind: visit\ndate: 2016-05-01\narea: 镇/甲村\nwho: [张三]\ntags: [低保]\nitems:\n  1: {type: need, about: water, text: 缺水}",
    )
    write(
        "bbbb2222",
        "kind: meeting\ndate: 2016-06-01\narea: 镇/乙村\nupdates:\n  - {ref: aaaa1111.1, status: closed}",
    )
    write(
        "cccc3333",
        "kind: visit\ndate: 2016-07-01\narea: 镇/甲村/一组\nwho: [李四（户主）]\nitems:\n  1: {type: problem, about: road, text: 路断}",
    )

    def ids(*terms: str) -> list[str]:
        return [entry["id"][:4] for entry in minqing("list", *terms, "--format", "json").json["entries"]]

    assert ids() == ["aaaa", "bbbb", "cccc"]
    assert ids("2016-05") == ["aaaa"]
    assert ids("2016Q2") == ["aaaa", "bbbb"]
    assert ids("甲村") == ids("镇／甲村") == ["aaaa", "cccc"]
    assert ids("张三") == ["aaaa"]
    assert ids("李四") == ["cccc"]
    assert ids("kind:visit") == ["aaaa", "cccc"]
    assert ids("类型：走访", "2016-07") == ["cccc"]
    assert ids("#低保") == ["aaaa"]
    assert ids("about:water") == ["aaaa"]
    assert ids("status:closed") == ["aaaa"]
    assert ids("status:open") == ["cccc"]
    assert minqing("list", "丙村").code == 2


def test_filters_of_items_are_of_one_item(minqing, write):
    write(
        "aaaa1111",
        "date: 2016-05-01\nitems:\n  1: {type: need, about: water, text: 水, due: 2016-05-02}\n"
        "  2: {type: promise, about: road, text: 路}",
    )
    write("bbbb2222", "date: 2016-05-02\nitems:\n  1: {type: promise, about: water, text: 井, due: 2016-05-03}")
    for terms, found in [
        (("status:overdue", "type:promise"), ["bbbb2222"]),
        (("about:road", "type:promise", "status:open"), ["aaaa1111"]),
        (("about:road", "about:water"), ["aaaa1111"]),  # which no one item can be
    ]:
        entries = minqing("list", *terms, "--format", "json").json["entries"]
        assert [entry["id"] for entry in entries] == found


def test_a_kind_of_ones_own_goes_by_its_name(minqing, write, diary):
    (diary / "templates/fangxun.md").write_text("---\n类型: fangxun\n名称: 防汛巡查\n---\n", encoding="utf-8")
    write("aaaa1111", "kind: fangxun\ndate: 2016-05-01\nitems:\n  1: {type: need, text: 加固河堤}")
    for typed in ("kind:fangxun", "类型：防汛巡查"):
        said = minqing("list", typed, "--format", "json").json["entries"]
        assert [entry["kind"] for entry in said] == ["fangxun"]
    for words in (
        ("list",),
        ("list", "--format", "csv"),
        ("report", "problems"),
        ("report", "items", "--format", "md"),
    ):
        assert "fangxun" not in minqing(*words).out
    assert "防汛巡查" in minqing("list").out
    for words in (
        ("list", "kind:fangxum"),
        ("report", "kind:nosuch"),
        ("search", "堤", "--in", "kind:nosuch"),
    ):
        said = minqing(*words)
        assert said.code == 2, words
        assert "there is no kind" in said.err or "option" in said.err


def test_an_unknown_kind_is_told_with_those_there_are_in_the_readers_language(minqing, diary, monkeypatch):
    assert "known: aid inspect" in minqing("new", "zzz").err
    monkeypatch.setenv("MINQING_LANG", "zh")
    assert "现有：慰问帮扶 督查" in minqing("new", "家访").err


def test_a_tag_finds_persons_who_have_it(minqing, write):
    write("aaaa1111", "date: 2016-05-01\nfacts:\n  小雨: {tags: [留守, 独居]}")
    write("bbbb2222", "date: 2016-05-02\ntags: [独居]")
    for typed, ids in (
        ("#留守", ["aaaa1111"]),
        ("#left_behind", ["aaaa1111"]),
        ("#独居", ["aaaa1111", "bbbb2222"]),
    ):
        assert [entry["id"] for entry in minqing("list", typed, "--format", "json").json["entries"]] == ids


def test_list_in_every_format(minqing, write):
    write("aaaa1111", "date: 2016-05-01\ntitle: '=1+1'")
    assert "aaaa  2016-05-01" in minqing("list").out
    assert minqing("list", "--format", "csv").out.startswith("\ufeffId,Date")
    assert "'=1+1" in minqing("list", "--format", "csv").out
    assert "| aaaa1111 |" in minqing("list", "--format", "md").out


def test_show_gives_the_entry_as_written_and_an_item_its_whole_life(minqing, write):
    write("aaaa1111", "date: 2016-05-01\nitems:\n  1: {type: need, text: 缺水}", "井干了。\n")
    minqing("follow", "aaaa.1", "--note", "已报水利站", "--date", "2016-05-10")
    minqing("close", "aaaa.1", "--satisfied", "yes", "--note", "通水", "--date", "2016-05-20")
    assert "  1: {type: need, text: 缺水}\n" in minqing("show", "AAAA").out
    life = minqing("show", "aaaa.1", "--format", "json").json["sections"][0]["rows"]
    assert [(row["date"], row["status"], row["note"]) for row in life] == [
        ("2016-05-01", "open", None),
        ("2016-05-10", "doing", "已报水利站"),
        ("2016-05-20", "closed", "通水"),
    ]
    assert "井干了" in minqing("show", "aaaa").out


def test_ids_resolve_by_prefix_as_they_are_meant(minqing, write):
    write("q0m1aaaa", "date: 2016-05-01\ntitle: 一")
    write("q0m1bbbb", "date: 2016-05-02\ntitle: 二\nitems:\n  1: {type: need, text: 甲}")
    said = minqing("show", "q0m1")
    assert said.code == 2
    assert "q0m1aaaa  2016-05-01  一" in said.err
    assert minqing("show", "ＱOMLa").code == 0  # full-width, O for 0, L for 1
    assert minqing("show", "q0m1b.1").code == 0
    assert minqing("show", "q0m1b。1").code == 0  # what an input method makes of a dot
    assert minqing("show", "zzzz").code == 1
    assert "“q0m” is too short — type at least 4 characters" in minqing("show", "q0m").err


def test_search_finds_words_of_any_length_and_marks_them(minqing, write):
    write("aaaa1111", "date: 2016-05-01", "没有低保。路也不好走。\n")
    write("bbbb2222", "date: 2016-05-02\nitems:\n  1: {type: need, text: 申请低保}", "ＡBC。\n")
    assert [hit["id"] for hit in minqing("search", "低保", "--format", "json").json["hits"]] == [
        "bbbb2222",
        "aaaa1111",
    ]
    assert "【没有】【低保】。" in minqing("search", "低保", "没有").out
    assert "【路】也不好走" in minqing("search", "路").out
    assert minqing("search", "abc").code == 0  # capitals and full-width letters do not matter
    assert minqing("search", "保低").code == 1
    assert (
        minqing("search", "低保", "--in", "2016-05-01", "--format", "json").json["hits"][0]["id"]
        == "aaaa1111"
    )


def _editor(folder: Path, code: str) -> str:
    script = folder / "editor.py"
    script.write_text(f"import sys, pathlib\npath = pathlib.Path(sys.argv[1])\n{code}\n", encoding="utf-8")
    return f"{sys.executable} {script}"


def test_edit_keeps_comments_order_line_ends_and_unknown_keys(minqing, write, diary, monkeypatch):
    path = write("aaaa1111", "date: 2016-05-01\n# 手写的注\nodd: 1", "一行\r\n")
    before = path.read_bytes()
    monkeypatch.setenv(
        "EDITOR", _editor(diary, "path.write_bytes(path.read_bytes().replace('一'.encode(), '二'.encode()))")
    )
    said = minqing("edit", "aaaa")
    assert said.code == 0
    assert path.read_bytes() == before.replace("一".encode(), "二".encode())
    assert "“odd” is no key here" in said.err


def test_edit_refuses_when_the_file_changed_meanwhile_and_keeps_the_draft(minqing, write, diary, monkeypatch):
    path = write("aaaa1111", "date: 2016-05-01", "原文\n")
    monkeypatch.setenv(
        "EDITOR", _editor(diary, f"pathlib.Path({str(path)!r}).write_text('别人的'); path.write_text('我的')")
    )
    said = minqing("edit", "aaaa")
    assert said.code == 1
    assert path.read_text() == "别人的"
    draft = re.search(r"lies in (\S+)", said.err)
    assert draft
    assert Path(draft[1]).read_text() == "我的"
    os.unlink(draft[1])


def test_an_editor_that_leaves_nothing_takes_nothing_away(minqing, write, diary, monkeypatch):
    path = write("aaaa1111", "date: 2016-05-01", "原文\n")
    before = path.read_bytes()
    for left in ("", "\n"):  # as an editor leaves it that was killed, or met a full disk
        monkeypatch.setenv("EDITOR", _editor(diary, f"path.write_text({left!r})"))
        said = minqing("edit", "aaaa")
        assert (said.code, path.read_bytes()) == (1, before)
        assert "came back empty; nothing was changed" in said.err


# ---------------------------------------------------------------- follow, close, today


def test_closing_and_following_write_new_entries_and_leave_the_old_alone(minqing, write, diary):
    path = write(
        "aaaa1111",
        "date: 2016-05-01\nwho: [张三]\nitems:\n  1: {type: promise, who: 张三, text: 送书包, due: 2016-05-20}",
    )
    before = path.read_bytes()
    assert [row["ref"] for row in minqing("today", "--format", "json").json["sections"][0]["rows"]] == [
        "aaaa1111.1"
    ]
    new, _id = saved(minqing("close", "aaaa.1", "--reason", "resolved", "--satisfied", "满意"))
    assert path.read_bytes() == before
    assert "- {ref: aaaa1111.1, status: closed, reason: resolved, satisfied: yes}" in (diary / new).read_text(
        encoding="utf-8"
    )
    assert minqing("today", "--format", "json").json["sections"][0]["rows"] == []
    late = minqing("follow", "aaaa.1", "--note", "又去看了")
    assert "does not open it again" in late.err
    assert minqing("show", "aaaa.1", "--format", "json").json["sections"][0]["rows"][-1]["status"] == "closed"
    minqing("follow", "aaaa.1", "--status", "reopened")
    assert minqing("list", "--format", "json").json["entries"][0]["items"][0]["status"] == "doing"


@pytest.mark.parametrize("words", [("close", "q7m3k9x2.1", "--date", ""), ("report", "--today", "")])
def test_a_day_that_says_nothing_is_not_today(minqing, write, words):
    write("q7m3k9x2", "date: 2016-05-08\nitems:\n  1: {type: need, text: 没有低保}")
    said = minqing(*words)
    assert (said.code, said.out) == (2, "")
    assert "“” is no date" in said.err


def test_nothing_becomes_of_an_item_before_it_was_opened(minqing, write):
    write("aaaa1111", "date: 2016-05-10\nitems:\n  1: {type: need, text: 缺水}")
    assert minqing("close", "aaaa.1", "--date", "2016-05-01").code == 2


@pytest.mark.parametrize("words", [("close",), ("close", "--declined"), ("follow", "--status", "done")])
def test_what_would_not_count_beside_a_reopening_of_that_day_is_refused_with_a_cure(
    minqing, write, diary, words
):
    write("aaaa1111", "date: 2016-05-01\nitems:\n  1: {type: need, text: 缺水, status: closed}")
    header = "date: 2016-05-28\nupdates:\n  - {ref: aaaa1111.1, status: reopened}"
    write("bbbb2222", header)
    before = sorted(diary.rglob("*.md"))
    said = minqing(*words, "aaaa.1")
    assert (said.code, said.out, sorted(diary.rglob("*.md"))) == (2, "", before)
    assert "aaaa1111.1 was opened again that day, in bbbb2222" in said.err
    assert minqing("follow", "aaaa.1", "--note", "问过").code == 0  # a note holds all the same
    assert minqing(*words, "aaaa.1", "--date", "2016-05-29").code == 0
    write("bbbb2222", f"time: 10:00\n{header}")  # the cure
    assert minqing(*words, "aaaa.1").code == 0
    status = {"close": "closed", "--declined": "declined", "done": "done"}[words[-1]]
    assert minqing("list", "--format", "json").json["entries"][0]["items"][0]["status"] == status


def test_today_tells_overdue_due_promised_and_whom_to_visit(minqing, write):
    write(
        "aaaa1111",
        "kind: visit\ndate: 2015-05-01\nwho: [张三]\nfacts:\n  张三: {class: watched}\nitems:\n"
        "  1: {type: task, text: 过期的, due: 2016-05-27}\n  2: {type: need, text: 快到的, due: 2016-06-04}\n"
        "  3: {type: promise, text: 没日子的}\n  4: {type: need, text: 还早, due: 2016-06-05}",
    )
    parts = {part["name"]: part["rows"] for part in minqing("today", "--format", "json").json["sections"]}
    assert [row["text"] for row in parts["overdue"]] == ["过期的"]
    assert [row["text"] for row in parts["due"]] == ["快到的"]
    assert [row["text"] for row in parts["promised"]] == ["没日子的"]
    assert [(row["who"], row["last"], row["period"]) for row in parts["visits"]] == [
        ("张三", "2015-05-01", 30)
    ]


# ---------------------------------------------------------------- the rest


def test_today_leaves_out_no_period_in_silence(minqing, write):
    write("aaaa1111", "date: 2016-05-01\nwho: [张三]\nitems:\n  1: {type: promise, text: 送书包, due: 2016-05-20}")
    said = minqing("today", "张三", "2016-05-20")
    assert (said.code, said.out) == (2, "")
    assert "not 2016-05-20 — say which with --today" in said.err
    assert minqing("today", "张三", "--today", "2016-05-20").code == 0


def test_outside_a_diary_a_sentence_says_how_to_make_one(minqing):
    said = minqing("list")
    assert (said.code, "minqing init" in said.err) == (1, True)


def test_wrong_usage_is_exit_2_with_a_way_to_the_help(minqing, diary):
    for typed in (
        ["lst"],
        ["list", "--nope"],
        ["report", "--format", "xls"],
        ["report", "2016-05", "2016-06"],
    ):
        said = minqing(*typed)
        assert said.code == 2, typed
        assert said.err.startswith("error: "), typed


def test_a_month_may_be_given_in_every_usual_way(minqing, write):
    write("aaaa1111", "date: 2016-05-01")
    reports = [
        minqing("report", *typed, "--format", "json").json["period"]
        for typed in (
            ["--month", "2016-05"],
            ["--month=2016-05"],
            ["--month"],
            ["5月"],
            ["2016年5月"],
            ["2016-05"],
            [],
        )
    ]
    assert all(
        period == {"name": "2016-05", "first": "2016-05-01", "last": "2016-05-31", "grain": "month"}
        for period in reports
    )
    assert minqing("report", "--month", "2016-05-01").code == 2  # a day is never widened to its month


def test_kinds_tells_every_key_in_both_languages(minqing, diary):
    assert len(minqing("kinds", "--format", "json").json["kinds"]) == 10
    keys = minqing("kinds", "--keys").out
    assert "领取人" in keys
    assert "receipt" in keys


def test_json_is_for_programs_even_when_a_title_is_hostile(minqing, write):
    write("aaaa1111", 'date: 2016-05-01\ntitle: "[/危]\\x1b[31m"')
    said = minqing("list")
    assert "\x1b" not in said.out
    assert json.loads(minqing("list", "--format", "json").out)["entries"][0]["title"] == "[/危]\x1b[31m"


def test_a_mistyped_command_names_the_nearest(minqing):
    said = minqing("lst")
    assert (said.code, "did you mean list?" in said.err) == (2, True)


def test_help_tells_what_each_argument_is():
    import subprocess  # a process of its own: help is in the language the program started in

    said = subprocess.run(
        [sys.executable, "-m", "minqing", "list", "--help"], capture_output=True, text=True, check=True
    )
    assert said.stdout.count("A period (2016-05, last month)") == 1


def test_the_version_loads_next_to_nothing():
    code = "import sys; before = set(sys.modules); import minqing.__main__; print(*sorted(set(sys.modules) - before))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert set(loaded) <= {"__future__", "gc", "minqing", "minqing.__main__", "minqing.streams"}


def test_the_life_of_an_item_tells_each_step_once(minqing, write):
    write("aaaa1111", "date: 2016-05-01\nitems:\n  1: {type: need, text: 缺水, status: closed}")
    write("bbbb2222", "date: 2016-05-02\nupdates:\n  - {ref: aaaa1111.1, status: reopened, note: 又没水}\n"
                      "  - {ref: aaaa1111.1, status: doing, note: 查过}\n  - {ref: aaaa1111.1, note: 问过}")  # fmt: skip
    said = minqing("show", "aaaa1111.1", "--format", "json").json
    rows = [(row["date"], row["status"], row["note"]) for row in said["sections"][0]["rows"]]
    assert rows == [
        ("2016-05-01", "open", None), ("2016-05-01", "closed", None),
        ("2016-05-02", "closed", "问过"), ("2016-05-02", "closed", "查过"), ("2016-05-02", "doing", "又没水"),
    ]  # fmt: skip
    assert said["entries"] == 2


def test_what_cannot_be_written_is_named_by_its_own_path(minqing, diary):
    said = minqing("export", "json", "-o", "nosuch/x.json")
    assert said.code == 1
    assert "nosuch/x.json could not be saved: No such file" in said.err
    assert ".tmp" not in said.err


def test_a_reopened_item_is_told_without_its_old_closing(minqing, write):
    write(
        "aaaa1111",
        "date: 2016-05-10\nitems:\n  1: {type: problem, text: 缺水}\n  2: {type: problem, text: 缺电}",
    )
    write(
        "bbbb2222",
        "date: 2016-04-20\nupdates:\n  - {ref: aaaa1111.2, status: closed, note: 修好, satisfied: yes}",
    )
    write(
        "cccc3333",
        "date: 2016-05-12\nupdates:\n  - {ref: aaaa1111.1, status: closed, note: 通水, satisfied: yes}",
    )
    write("dddd4444", "date: 2016-05-14\nupdates:\n  - {ref: aaaa1111.1, status: reopened}")
    first, second = minqing("report", "problems", "2016-05", "--format", "json").json["sections"][0]["rows"]
    assert (first["status"], first["closed"], first["satisfied"], first["progress"]) == (
        "doing",
        None,
        None,
        None,
    )
    assert (second["status"], second["closed"]) == ("closed", "2016-05-10")  # not before it was opened


def test_names_of_reports_stand_in_a_column(minqing, diary):
    (diary / "templates/ledgers").mkdir()
    (diary / "templates/ledgers/我们自己的很长的台账.yaml").write_text("来源: 帮扶\n", encoding="utf-8")
    lines = minqing("report", "--list").out.splitlines()
    starts = {cells(line[: len(line) - len(re.split(r"  +", line, maxsplit=1)[1])]) for line in lines}
    assert len(starts) == 1


# ---------------------------------------------------------------- Chinese pages


@pytest.mark.parametrize("name", [None, *COMMANDS])
def test_a_chinese_help_page_is_chinese(minqing, monkeypatch, name):
    monkeypatch.setenv("MINQING_LANG", "zh")
    said = subprocess.run(
        [sys.executable, "-m", "minqing", *([name] if name else []), "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    for word in ("OPTIONS", "COMMAND", "ARGS", "TEXT", "INTEGER", "Usage", "Options"):
        assert word not in said.stdout


def test_what_the_system_refuses_is_told_in_chinese(minqing, diary, monkeypatch):
    monkeypatch.setenv("MINQING_LANG", "zh")
    assert "没有这个文件或文件夹" in minqing("new", "note", "nosuch.txt").err
    assert "不是文件夹" in minqing("export", "json", "-o", "minqing.yaml/x.json").err


def test_a_remedy_names_keys_in_the_language_of_the_diary(minqing, write, monkeypatch):
    write("q7m3k9x2", "date: 2016-05-01\n事项:\n  1: {类型: 诉求}\nzzzz: 1")
    monkeypatch.setenv("MINQING_LANG", "zh")
    said = minqing("check").out
    assert "缺少“内容”" in said and "`内容: …`" in said
    assert "可用的栏目：编号 类型" in said
    assert minqing("new", "note", "--time", "25:99").err.startswith("错误：时间：")
    monkeypatch.setenv("MINQING_LANG", "en")
    assert "add `text: …`" in minqing("check").out


# ---------------------------------------------------------------- questions on a terminal


@pytest.fixture
def answering(diary, tmp_path):
    """`minqing new` on a pseudo-terminal, in Chinese, with an editor that changes nothing."""
    drafts = tmp_path.parent / f"{tmp_path.name}-drafts"
    drafts.mkdir()

    def start(*words: str):
        return pexpect.spawn(
            sys.executable, ["-m", "minqing", "new", *words], cwd=str(diary), encoding="utf-8", timeout=20, dimensions=(30, 200),
            env={"PATH": "/usr/bin:/bin", "MINQING_LANG": "zh", "TERM": "dumb", "LANG": "C.UTF-8", "EDITOR": "true",
                 "TMPDIR": str(drafts), "MINQING_TODAY": "2016-05-28"},
        )  # fmt: skip

    return start


def tell(asked, *answers):
    for title, answer in answers:
        asked.expect_exact(title)
        asked.sendline(answer)


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")
def test_an_answer_that_cannot_be_read_is_asked_for_again(answering, minqing):
    asked = answering("meeting")
    tell(asked, ("日期", "28日"), ("时间", "25:99"))
    asked.expect_exact("25:99")
    tell(asked, ("时间: ", "下午3点"), ("地点", "村部"), ("主持", "老王"), ("记录", ""), ("应到", "李"))
    asked.expect_exact("“李”不是整数")
    tell(asked, ("应到: ", "20户"), ("实到", "十八户"))
    asked.expect_exact("entries/")
    asked.expect(pexpect.EOF)
    entry = minqing("list", "--format", "json").json["entries"][0]
    assert (entry["time"], entry["place"]) == ("15:00", "村部")
    assert minqing("report", "minutes", entry["id"]).out.count("20")


@pytest.mark.parametrize(
    ("tongue", "day", "shown"),
    [
        ("zh", "2012-05-21", "2012-05-21 星期一 农历闰四月初一"),
        ("en", "2012-05-21", "2012-05-21 Monday lunar leap 4-1"),
        ("en", "2016-05-28", "2016-05-28 Saturday lunar 4-22"),
        ("en", "2100-01-01", "2100-01-01 Friday"),
    ],
)
def test_a_day_is_shown_with_its_weekday_and_lunar_date(tongue, day, shown):
    use_language(tongue)
    assert day_line(date.fromisoformat(day)) == shown


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")
@pytest.mark.parametrize("leave", ["\x03", "\x04"])
def test_leaving_in_the_middle_keeps_the_answers(answering, diary, leave):
    asked = answering("visit", "--weather", "晴")
    tell(
        asked,
        ("日期", "昨天"),
        ("区划", "青石镇/柳湾村"),
        ("对象", "张三"),
        ("同行", ""),
        ("诉求", "没有低保 #低保"),
    )
    asked.expect_exact("诉求")
    until_it_waits(asked.pid)
    asked.send(leave)
    asked.expect_exact("您回答的内容在 ")
    draft = Path(asked.readline().strip())
    asked.expect(pexpect.EOF)
    assert draft.read_text(encoding="utf-8") == (
        "2016-05-27\n【类型】走访\n【区划】青石镇/柳湾村\n【对象】张三\n【诉求】没有低保 #低保\n"
    )
    assert not list(diary.glob("entries/*/*/*.md"))


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal")
def test_a_wrong_option_is_told_before_anything_is_asked(answering):
    asked = answering("visit", "--time", "25:99")
    asked.expect_exact("25:99")
    asked.expect(pexpect.EOF)
    assert "日期" not in asked.before
