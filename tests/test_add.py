"""minqing add: pasted or marked text to entries, with nothing guessed in silence."""

import os
import sys
import time
from pathlib import Path

import pytest
from conftest import on_terminal, until_it_waits

PAGE = """双联日记

时间:2023-03-18 17:07:05 日记 我要投稿

【精华】双联日记2篇

下面是小编整理的双联日记2篇,仅供参考,欢迎大家阅读。

双联日记 篇1

2016年5月8日 星期日 多云

走访了二组的赵小梅家，缺乏劳动的`能力。

双联日记 篇2

今天，我和同事给群众宣讲了政策。

【双联日记】相关文章:

双联日记05-12
"""


def entries(minqing) -> list[dict]:
    return minqing("list", "--format", "json").json["entries"]


def put(folder: Path, text: str) -> str:
    path = folder / "text.txt"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_marked_text_becomes_an_entry_for_each_dated_head(minqing, diary) -> None:
    text = "5月8日 阴 走访赵小梅家\n爷爷在家。【诉求】没有低保 @赵小梅\n5月9日 开会\n【决议】修路 赞成=18\n"
    added = minqing("add", put(diary, text))
    assert added.code == 0
    assert [line.split("  ")[0] for line in added.out.splitlines()] == [
        entry["path"] for entry in entries(minqing)
    ][::1]
    visit, meeting = entries(minqing)
    assert (visit["kind"], visit["who"], visit["items"][0]["text"]) == ("visit", ["赵小梅"], "没有低保")
    assert (meeting["kind"], meeting["date"]) == ("meeting", "2016-05-09")


def test_a_pasted_page_is_parted_and_the_sites_own_lines_are_left_out_and_told(minqing, diary) -> None:
    added = minqing("add", put(diary, PAGE))
    assert added.code == 0
    assert "left out: 1 3 5 7 19 21" in added.err
    assert "text.txt:13: leftovers: “的`” is what copying from a page leaves behind" in added.err
    first, second = entries(minqing)
    assert (first["date"], first["weather"]) == ("2016-05-08", "多云")
    assert "的`能力" in first["text"], "what was pasted stays word for word"
    assert "小编" not in first["text"] + second["text"]


def test_a_text_without_a_day_is_of_today_and_says_so(minqing, diary) -> None:
    assert minqing("add", put(diary, "给群众宣讲了政策。\n")).code == 0
    (entry,) = entries(minqing)
    assert entry["date"] == "2016-05-28"
    assert entry["text"].endswith(
        "## To be checked\n\n- No day was read in the text; 2016-05-28 is when it was taken in\n"
        "- 【kind】publicize (from “宣讲”, 70 % sure)\n"
    )


def test_the_day_of_such_a_text_can_be_said(minqing, diary) -> None:
    assert minqing("add", put(diary, "给群众宣讲了政策。\n"), "--date", "5月3日", "--kind", "宣讲").code == 0
    (entry,) = entries(minqing)
    assert (entry["date"], entry["kind"], entry["text"]) == (
        "2016-05-03",
        "publicize",
        "给群众宣讲了政策。\n",
    )


def test_a_day_to_come_is_taken_and_told(minqing, diary) -> None:
    for said in (
        minqing("add", put(diary, "给群众宣讲了政策。\n"), "--date", "2016-06-01"),
        minqing("new", "note", "--no-edit", "--date", "2016-06-02"),
    ):
        assert said.code == 0 and "is yet to come" in said.err
    assert "yet to come" not in minqing("new", "note", "--no-edit").err


def test_the_same_words_on_another_day_are_another_visit(minqing, diary, monkeypatch) -> None:
    path = put(diary, "走访王五，一切正常。\n")
    minqing("add", path)
    assert minqing("add", path).out == "", "on the same day they are the same"
    monkeypatch.setenv("MINQING_TODAY", "2016-06-04")
    assert minqing("add", path).code == 0
    assert [entry["date"] for entry in entries(minqing)] == ["2016-05-28", "2016-06-04"]


def test_a_folder_is_no_text(minqing, diary) -> None:
    assert minqing("add", str(diary)).err.endswith("cannot be read: Is a directory\n")
    if hasattr(os, "mkfifo"):
        os.mkfifo(diary / "pipe")
        assert minqing("add", str(diary / "pipe")).err.endswith("cannot be read: Not a regular file\n")


def test_a_year_can_be_said_for_days_without_one(minqing, diary) -> None:
    assert minqing("add", put(diary, "5月8日 多云\n给群众宣讲了政策。\n"), "--year", "2011").code == 0
    assert entries(minqing)[0]["date"] == "2011-05-08"


def test_the_same_words_in_another_year_that_is_said_are_another_entry(minqing, diary) -> None:
    path = put(diary, "7月1日 党员大会\n【决议】修路\n")
    for year in ("2012", "2013", "2012", "2013"):
        assert minqing("add", path, "--year", year).code == 0
    assert "there already" in minqing("add", path).err
    assert [entry["date"] for entry in entries(minqing)] == ["2012-07-01", "2013-07-01"]


def test_the_year_that_titles_a_notebook_is_that_of_its_days(minqing, diary) -> None:
    text = "2012年秋收 二组\n10.3 阴 苞米割倒了四成。\n10.5 晴 来了一台收割机。\n"
    assert minqing("add", put(diary, text)).code == 0
    assert sorted(entry["date"] for entry in entries(minqing)) == ["2012-10-03", "2012-10-05"]


@pytest.mark.parametrize("words", ["党员大会，修路。", "【决议】修路"])
def test_a_line_with_a_year_is_that_of_the_days_below_it(minqing, diary, words) -> None:
    text = f"民情日记\n2012年\n7月1日 {words}\n\n# 二〇一三年七月\n\n7月1日 {words}\n7月2日 晴\n【某】去了。\n2014年\n脱了贫。\n"
    added = minqing("add", put(diary, text))
    assert added.code == 0
    said = {entry["date"]: entry["text"] for entry in entries(minqing)}
    assert entries(minqing)[0]["title"] == "民情日记"
    assert list(said) == ["2012-07-01", "2013-07-01", "2013-07-02"]
    assert "2012年" not in said["2012-07-01"] and "二〇一三" not in said["2012-07-01"]
    assert "2014年\n脱了贫" in said["2013-07-02"], "a line that is none of these stays"


def test_without_the_year_the_day_is_a_question(minqing, diary) -> None:
    assert minqing("add", put(diary, "5月8日 多云\n给群众宣讲了政策。\n")).code == 0
    (entry,) = entries(minqing)
    assert entry["date"] == "2016-05-08"
    assert "Day: 2016-05-08 (from “5月8日”" in entry["text"]


def test_what_is_proposed_can_be_left_for_the_person_to_look_at(minqing, diary) -> None:
    path = put(diary, "2016年5月8日 多云\n全校有326名学生。\n")
    assert minqing("add", path, "--accept", "none").code == 0
    (entry,) = entries(minqing)
    assert (entry["figures"], entry["weather"]) == ([], None)
    assert "【weather】多云 (from “多云”" in entry["text"]
    assert "=326人 (from “326名”" in entry["text"] or "326" in entry["text"].split("To be checked")[1]


def test_the_same_text_is_taken_in_once(minqing, diary) -> None:
    path = put(diary, PAGE)
    assert minqing("add", path).out.count("\n") == 2
    again = minqing("add", path)
    assert (again.code, again.out) == (0, "")
    assert again.err.count("there already: entries/2016/05/2016-05-") == 2
    assert len(entries(minqing)) == 2


def test_a_text_that_is_only_spaced_in_another_way_or_goes_on_is_the_same(minqing, diary) -> None:
    text = "5月8日 走访赵小梅家\n爷爷在家。【诉求】没有低保 @赵小梅\n"
    assert minqing("add", put(diary, text)).code == 0
    for again in (
        text.strip(),
        f"\n{text}\n\n",
        text.replace("\n", "  \r\n　　"),
        f"{text}\n5月9日 开会\n【决议】修路\n",
    ):
        assert "there already: entries/2016/05/2016-05-08" in minqing("add", put(diary, again)).err
    assert [entry["date"] for entry in entries(minqing)] == ["2016-05-08", "2016-05-09"]


def test_a_mark_that_cannot_be_read_is_told_and_stays_in_the_text(minqing, diary) -> None:
    added = minqing("add", put(diary, "5月8日\n【诉求】修路 #没有这类\n【进展】zzzz.1 已销号\n"))
    assert added.code == 0
    assert entries(minqing)[0]["title"] == "note", "such a mark is no title"
    assert "text.txt:2: value:" in added.err and "text.txt:3: value: no item begins with zzzz.1" in added.err
    assert entries(minqing)[0]["text"] == "【诉求】修路 #没有这类\n【进展】zzzz.1 已销号\n"


def test_a_day_without_a_year_is_most_likely_near_the_one_before(minqing, diary) -> None:
    notebook = "2012年3月1日，晴。\n到一组走访了黄大山家。\n\n3月5日，阴。\n到二组看望赵小梅。\n\n2月27日，雨。\n去了学校。\n"
    minqing("add", put(diary, notebook))
    assert [entry["date"] for entry in entries(minqing)] == ["2012-02-27", "2012-03-01", "2012-03-05"]
    first, second, third = (entry["text"] for entry in entries(minqing))
    assert "3月1日" not in second.partition("## To be checked")[2]
    assert "(from “3月5日”, 70 % sure)" in third and "(from “2月27日”, 70 % sure)" in first


def test_marks_that_are_none_are_told_in_prose_too(minqing, diary) -> None:
    added = minqing("add", put(diary, "2016年5月8日\n【困难】没水。\n【摘要】走访。\n"))
    assert [line.rpartition("/")[2] for line in added.err.splitlines() if "mark" in line] == [
        "text.txt:2: mark: there is no mark 【困难】, so it stays in the text — did you mean 【问题】?"
    ]
    assert "【困难】没水。\n【摘要】走访。" in entries(minqing)[0]["text"]


def test_an_update_names_its_item_by_the_first_signs(minqing, diary) -> None:
    minqing("new", "visit", "--need", "没有低保 @赵小梅", "--date", "2016-05-01", "--no-edit")
    ref = entries(minqing)[0]["items"][0]["ref"]
    assert minqing("add", put(diary, f"5月8日\n【进展】{ref[:4]} 已销号 已解决 满意\n")).code == 0
    assert entries(minqing)[0]["items"][0]["status"] == "closed"


def test_dry_run_shows_the_entry_and_writes_nothing(minqing, diary) -> None:
    shown = minqing("add", put(diary, "2016年5月8日 多云\n去了村里。\n"), "--dry-run")
    assert shown.code == 0 and "weather: 多云" in shown.out
    assert entries(minqing) == []


@pytest.mark.parametrize(
    "arguments", [("nowhere.txt",), ("--clip", "x.txt"), ("--date", "不是日子"), ("--accept", "some")]
)
def test_wrong_usage_writes_nothing(minqing, diary, arguments) -> None:
    assert minqing("add", *arguments).code == 2
    assert entries(minqing) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal there")
def test_a_person_takes_drops_and_rewords_what_is_proposed(minqing, diary) -> None:
    import pexpect

    path = put(diary, "5月8日 多云\n全校有326名学生。\n")
    child = on_terminal(diary, "add", path)
    child.expect("Date \\(Enter for 2016-05-08 Sunday.*or such as 0528; 0 to leave\\): ")
    child.sendline("0507")
    child.expect("1/2.*weather.*> ")
    child.sendline("0")
    child.expect("2/2.*326.*> ")
    child.sendline("许多")
    child.expect("许多.*2/2.*326.*> ")  # what cannot be read is told, and the proposal is not lost
    child.sendline("在校学生=327人")
    child.expect(pexpect.EOF)
    (entry,) = entries(minqing)
    assert (entry["date"], entry["weather"], entry["text"]) == (
        "2016-05-07",
        None,
        "5月8日 多云\n全校有326名学生。\n",
    )
    assert [(figure["name"], figure["value"]) for figure in entry["figures"]] == [("在校学生", "327")]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal there")
def test_what_is_typed_in_place_of_a_proposal_is_shown_as_it_was_understood(minqing, diary) -> None:
    text = "2016-05-08\n我答应赵小梅三天内交材料。村里的路灯坏了。\n"
    child = on_terminal(diary, "add", put(diary, text))
    while child.expect(["promise.*> ", "> "]) == 1:
        child.sendline("0")
    child.sendline("交全材料 @赵小梅 月底前")
    child.expect_exact("【promise】who=赵小梅 text=交全材料 due=2016-05-31")
    child.expect("> ")


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal there")
def test_who_leaves_among_the_questions_keeps_the_answers_and_settles_the_rest_later(minqing, diary) -> None:
    text = "2016-05-08 多云\n全校有326名学生。村里的路灯坏了。\n\n2016-05-09 阴\n开会。\n"
    child = on_terminal(diary, "add", put(diary, text))
    child.expect("weather.*> ")
    child.sendline("1")
    child.expect("326.*> ")
    until_it_waits(child.pid)
    child.sendintr()
    child.expect("one by one: minqing edit (\\S+) --settle\r\nthe text lies in (\\S+minqing-\\S+)\r\nstopped")
    id_, kept = child.match[1], Path(child.match[2])
    (entry,) = entries(minqing)
    assert (entry["weather"], entry["figures"], "326" in entry["text"].split("To be checked")[1]) == (
        "多云",
        [],
        True,
    )
    assert kept.read_text("utf-8") == text, "the second day is yet to be asked about"
    kept.unlink()
    child = on_terminal(diary, "edit", "--settle", id_)
    child.expect("326.*> ")
    child.sendline("1")
    child.expect("2/.*> ")
    until_it_waits(child.pid)
    child.sendintr()
    child.expect("saved: .*stopped")
    (entry,) = entries(minqing)
    assert [figure["value"] for figure in entry["figures"]] == ["326"]
    assert "路灯坏了" in entry["text"].split("To be checked")[1]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal there")
@pytest.mark.parametrize("text", ["【待办】交材料 三天内\n", "赵小梅答应三天内交材料。\n"])
def test_days_count_from_the_day_that_the_person_says(minqing, diary, text) -> None:
    import pexpect

    child = on_terminal(diary, "add", put(diary, text))
    child.expect("Date \\(Enter for 2016-05-28.*\\): ")
    child.sendline("2016-05-02")
    while child.expect(["> ", pexpect.EOF]) == 0:
        child.sendline("1")
    (entry,) = entries(minqing)
    assert (entry["date"], [item["due"] for item in entry["items"]]) == ("2016-05-02", ["2016-05-05"])


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal there")
def test_the_second_day_of_a_text_follows_from_what_is_said_of_the_first(minqing, diary) -> None:
    import pexpect

    text = "28日下午，去了一趟。\n30日上午，又去了，答应三天内交材料。\n"
    child = on_terminal(diary, "add", put(diary, text))
    child.expect("Date \\(Enter for 2016-05-28.*\\): ")
    child.sendline("2011-06-28")
    child.expect("Date \\(Enter for 2011-06-30.*\\): ")
    child.sendline("")
    while child.expect(["> ", pexpect.EOF]) == 0:
        child.sendline("1")
    first, second = entries(minqing)
    assert (first["date"], second["date"]) == ("2011-06-28", "2011-06-30")
    assert [item["due"] for item in second["items"]] == ["2011-07-03"]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal there")
def test_a_long_pasted_line_is_kept_whole_and_a_broken_off_one_in_a_draft(minqing, diary) -> None:
    import pexpect

    child = on_terminal(diary, "add")
    child.expect("Ctrl-D")
    until_it_waits(child.pid)  # before it reads in its own way the terminal cuts long lines
    child.sendline("5月8日 多云\n" + "很" * 3000 + "长")
    child.sendeof()
    child.expect("Date \\(.*\\): ")
    until_it_waits(child.pid)
    child.sendintr()
    child.expect("the text lies in (\\S+)")
    kept = Path(child.match[1])
    child.expect(pexpect.EOF)
    assert "很" * 3000 + "长" in kept.read_text(encoding="utf-8")
    kept.unlink()
    assert entries(minqing) == []


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal there")
def test_a_connection_that_breaks_off_among_the_questions_loses_no_answer(minqing, diary) -> None:
    import pexpect

    text = "2016-05-08 多云\n我答应赵小梅三天内交材料。村里的路灯坏了。\n"
    child = pexpect.spawn("bash", ["--norc", "-i"], cwd=str(diary), encoding="utf-8", codec_errors="replace", timeout=60,
                          env=os.environ | {"COLUMNS": "80"})  # fmt: skip
    child.sendline(f"exec 2>&1; {sys.executable} -m minqing add {put(diary, text)}")
    child.expect("1/3.*weather.*> ")
    child.sendline("1")
    child.expect("2/3.*> ")
    time.sleep(1)
    os.close(child.child_fd)  # as sshd does; the shell tells its children
    os.waitpid(child.pid, 0)
    child.closed = True
    until = time.monotonic() + 20
    while not entries(minqing) and time.monotonic() < until:
        time.sleep(0.2)
    (entry,) = entries(minqing)
    assert entry["weather"] == "多云"
    assert entry["text"].count("【promise】") == entry["text"].count("【problem】") == 1
