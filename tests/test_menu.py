"""The menu on a real pseudo-terminal: digits and Enter from the first run to a report, in both languages."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import until_it_waits

from minqing.cli.choose import Left, Line, chosen
from minqing.safe import cells

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal there")

NEED = """\
kind: visit
date: 2016-05-08
title: 走访赵小梅家
who: [赵小梅]
items:
  1: {type: need, about: welfare, who: 赵小梅, text: 没有低保, due: 2016-05-20}
  2: {type: promise, text: 送书包}
"""


class Terminal:
    """A terminal of 80 columns with `minqing` in it; what stands on it is looked at, not what was sent to it."""

    def __init__(self, folder: Path, *words: str, coding: str = "utf-8", **env: str) -> None:
        import pexpect
        import pyte

        env = os.environ | {"MINQING_LANG": "en", "LC_ALL": "C.UTF-8", "TERM": "xterm"} | env
        command = ["-m", "minqing", *words]
        self.child = pexpect.spawn(
            sys.executable, command, cwd=str(folder), env=env, timeout=30, dimensions=(24, 80), encoding=coding
        )
        self.screen = pyte.HistoryScreen(80, 24, history=1000)
        self.stream = pyte.Stream(self.screen)

    def sees(self, *words: str) -> "Terminal":
        """Wait for words, one after the other."""
        for word in words:
            self.child.expect_exact(word)
            self.stream.feed(self.child.before + self.child.after)
        return self

    def types(self, line: str) -> "Terminal":
        self.child.sendline(line)
        return self

    def leaves(self) -> int:
        """The exit code, once the program has ended."""
        import pexpect

        self.child.expect(pexpect.EOF)
        self.stream.feed(self.child.before)
        self.child.close()
        assert "Traceback" not in self.shown
        return int(self.child.exitstatus)

    @property
    def shown(self) -> str:
        """The lines on the screen and above it; a wide character stands once."""
        history = ["".join(row[x].data for x in range(80)) for row in self.screen.history.top]
        return "\n".join(line.rstrip() for line in (*history, *self.screen.display))


Open = Callable[..., Terminal]


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Open]:
    opened: list[Terminal] = []

    def start(*words: str, folder: Path = tmp_path, **said: Any) -> Terminal:
        opened.append(Terminal(folder, *words, **said))
        return opened[-1]

    yield start
    for one in opened:
        one.child.close(force=True)


def entries(minqing: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = minqing("list", "--format", "json").json["entries"]
    return found


def gbk_locale(folders: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a system that speaks GBK, whose locale is made here."""
    folder = folders.mktemp("locales")
    made = ["localedef", "-i", "zh_CN", "-f", "GBK", str(folder / "zh_CN.GBK")]
    if shutil.which(made[0]) is None or subprocess.run(made, check=False, capture_output=True).returncode:
        pytest.skip("no localedef to make a GBK locale with")
    return {"LOCPATH": str(folder), "LC_ALL": "zh_CN.GBK"}


def test_from_nothing_to_an_entry_with_digits_only(minqing, terminal: Open, tmp_path: Path) -> None:
    at = terminal(MINQING_LANG="zh")
    at.sees("这个文件夹里还没有日记", "1  新建一个日记文件夹：民情日记", "[minqing init 民情日记]", "> ")
    at.types("1").sees("[minqing init 民情日记]", "按回车回到菜单").types("")
    at.sees("民情日记", "1  写日记", "[minqing -C 民情日记 new]", "0  退出", "> ")
    at.types("1").sees("写什么？", "2  走访", "> ").types("2").sees("日期").types("").sees(
        "2016-05-28", "区划"
    )
    for _question in range(6):  # area, who, with, weather, a need, a promise
        at.types("").sees(": ")
    at.types("").sees("按回车回到菜单").types("").sees("退出", "> ").types("0")
    assert at.leaves() == 0
    assert len(list((tmp_path / "民情日记/entries/2016/05").iterdir())) == 1


def test_a_diary_made_here_before_is_found_again(minqing, terminal: Open) -> None:
    assert minqing("init", "柳湾").code == 0
    at = terminal().sees("1  Open 柳湾", "[minqing -C 柳湾]", "> ").types("1")
    at.sees("柳湾", "1  Write", "[minqing -C 柳湾 new]", "> ").types("0")
    assert at.leaves() == 0


@pytest.mark.slow
def test_a_diary_elsewhere_is_reached_by_its_folder(minqing, terminal: Open, tmp_path: Path) -> None:
    assert minqing("init", "远处/柳湾").code == 0
    (tmp_path / "空").mkdir()
    at = (
        terminal(folder=tmp_path / "空")
        .sees("My diary lies elsewhere", "> ")
        .types("3")
        .sees("Its folder")
        .types("../没有")
    )
    at.sees("error: no diary here or above", "> ").types("3").sees("Its folder").types("'../远处/柳湾'")
    at.sees("[minqing -C ../远处/柳湾 new]", "> ").types("0")
    assert at.leaves() == 0


def test_the_folder_may_be_named_beforehand(minqing, terminal: Open) -> None:
    assert minqing("init", "柳湾").code == 0
    terminal("-C", "柳湾").sees("[minqing -C 柳湾 new]", "> ").types("0")


def test_known_names_are_chosen_by_number(minqing, write, terminal: Open) -> None:
    write("aaaa1111", "kind: visit\ndate: 2016-05-08\narea: 镇/甲村\nwho: [张三, 李四]\nwith: [王强]")
    at = terminal().sees("> ").types("1").sees("> ").types("2").sees("Date").types("5月27日")
    at.sees("1 镇/甲村", ": ").types("1").sees("1 张三  2 李四", ": ").types("１、2").sees(
        "1 王强", ": "
    ).types("1 ")
    for _question in range(3):
        at.sees(": ").types("")
    at.sees("Text: ").types("谈了半天。").sees("on to the menu")
    entry = entries(minqing)[1]
    assert (entry["area"], entry["who"], entry["with"]) == ("镇/甲村", ["张三", "李四"], ["王强"])
    assert entry["text"] == "谈了半天。\n"


def test_a_count_is_never_taken_for_the_number_of_a_name(write, terminal: Open, diary: Path) -> None:
    write("aaaa1111", "kind: visit\ndate: 2016-05-08\nwith: [王强, 钟方]")
    at = (
        terminal("new", "meeting", "--date", "5月27日", "--no-edit")
        .sees("time: ")
        .types("")
        .sees("place: ")
        .types("")
    )
    at.sees("1 王强  2 钟方", "host: ").types("2").sees("recorder: ").types("")
    at.sees("eligible: ").types("2").sees("present: ").types("1").sees("Text: ").types("")
    assert at.leaves() == 0
    (file,) = (diary / "entries/2016/05").glob("2016-05-27-meeting-*.md")
    assert "meeting: {host: 钟方, eligible: 2, present: 1}" in file.read_text(encoding="utf-8")


@pytest.mark.slow
def test_an_item_is_followed_up_and_closed(minqing, write, terminal: Open) -> None:
    write("aaaa1111", NEED)
    at = terminal().sees("> ").types("2")
    at.sees("Open: 2", "1  need 没有低保  赵小梅  2016-05-20 overdue", "2  promise 送书包", "> ").types("1")
    at.sees("1  Goes on", "[minqing follow aaaa.1]", "3  Closed", "[minqing close aaaa.1]", "> ").types("1")
    at.sees("What happened?").types("交了 材料").sees(
        "[minqing follow aaaa.1 --note '交了 材料']", "menu "
    ).types("")
    at.sees("> ").types("2").sees("> ").types("１").sees("> ").types("3。").sees("What happened?").types("")
    at.sees("1  yes", "> ").types("2").sees("[minqing close aaaa.1 --satisfied basic]", "menu ").types("")
    at.sees("> ").types("2").sees("Open: 1", "> ")
    assert entries(minqing)[0]["items"][0]["status"] == "closed"
    assert "交了 材料" in minqing("show", "aaaa.1").out


@pytest.mark.slow
def test_a_report_goes_to_the_screen_or_to_a_file_that_is_not_there_yet(
    minqing, write, terminal: Open, diary: Path
) -> None:
    write("aaaa1111", NEED)
    (diary / "Problem-ledger-2016-05.pdf").write_bytes(b"")
    at = terminal().sees("> ").types("4").sees("3  Problem ledger", "> ").types("3")
    at.sees(
        "1  This month", "[minqing report problems 2016-05]", "4  Last week", "9  Another time", "> "
    ).types("1")
    at.sees("1  On the screen", "> ").types("1").sees(
        "[minqing report problems 2016-05]", "没有低保", "menu "
    ).types("")
    at.sees("> ").types("4").sees("> ").types("3").sees("> ").types("9").sees("2016Q2").types("last month")
    at.sees("2  Excel", "[-o Problem-ledger-last-month.xlsx]", "> ").types("0").sees("[minqing report]", "> ")
    at.types("4").sees("> ").types("3").sees("> ").types("1").sees(
        "5  Web page", "[-o Problem-ledger-2016-05-2.html]", "> "
    )
    at.types("5").sees("written: Problem-ledger-2016-05-2.html", "menu ").types("").sees("> ").types("0")
    assert at.leaves() == 0
    assert b"<html" in (diary / "Problem-ledger-2016-05-2.html").read_bytes()


@pytest.mark.slow
def test_a_report_on_one_household_or_meeting_asks_which(minqing, write, terminal: Open) -> None:
    write("aaaa1111", NEED)
    write("bbbb2222", "kind: meeting\ndate: 2016-05-09\ntitle: 小组会\nmeeting: {host: 钟方}")
    at = terminal().sees("> ").types("4").sees("> ").types("8").sees("Whose?", "1  赵小梅", "> ").types("1")
    at.sees("> ").types("1").sees("[minqing report household 赵小梅]", "没有低保", "menu ").types("")
    at.sees("> ").types("4").sees("> ").types("Minutes").sees("1  Minutes", "> ").types("1")
    at.sees("1  2016-05-09  小组会\r\n0  back", "> ").types("1").sees("> ").types("1").sees(
        "[minqing report minutes bbbb]", "钟方"
    )


@pytest.mark.slow
def test_the_day_checking_finding_and_reading(minqing, write, terminal: Open) -> None:
    write("aaaa1111", NEED, "爷爷在家。\n")
    at = terminal().sees("> ").types("3").sees("[minqing today]", "Overdue", "没有低保", "menu ").types("")
    at.sees("> ").types("5").sees("[minqing check]", "Files checked: 1", "menu ").types("")
    at.sees("> ").types("6").sees("Which words?").types("爷爷 在家").sees(
        "[minqing search 爷爷 在家]", "menu "
    ).types("")
    at.sees("> ").types("6").sees("Which words?").types("-x").sees(
        "[minqing search -- -x]", "nothing found", "menu "
    ).types("")
    at.sees("> ").types("7").sees("1  2016-05-08  走访赵小梅家", "> ").types("1").sees(
        "[minqing show aaaa]", "爷爷在家", "menu "
    )


@pytest.mark.slow
def test_a_long_list_is_turned_by_nine_and_narrowed_by_words(minqing, write, terminal: Open) -> None:
    for n in range(20):
        write(f"aaaa11{n:02}", f"kind: note\ndate: 2016-05-{n + 1:02}\ntitle: 第{n + 1}天")
    at = (
        terminal()
        .sees("> ")
        .types("7")
        .sees("8  2016-05-13", "9  more", "> ")
        .types("9")
        .sees("8  2016-05-05", "> ")
        .types("９")
    )
    at.sees("4  2016-05-01  第1天", "9  more", "> ").types("9").sees("1  2016-05-20", "> ").types("第7").sees(
        "1  2016-05-07", "0  back", "> "
    )
    at.types("2").sees("“2” is not in this list", "> ").types("无此").sees(
        "“无此” is not in this list", "1  2016-05-07", "> "
    )
    at.types("").sees("1  2016-05-20", "> ").types("0").sees("0  leave", "> ").types("0")
    assert at.leaves() == 0


@pytest.mark.slow
def test_an_error_is_shown_and_the_menu_goes_on(minqing, write, terminal: Open, diary: Path) -> None:
    write(
        "aaaa1111", "kind: note\ndate: 2016-06-08\nitems:\n  1: {type: task, text: 量地}"
    )  # later than today
    (diary / "templates/ledgers").mkdir()
    (diary / "templates/ledgers/坏.yaml").write_text("title: 没有写完\n", encoding="utf-8")
    at = (
        terminal()
        .sees("> ")
        .types("2")
        .sees("> ")
        .types("1")
        .sees("> ")
        .types("1")
        .sees("What happened?")
        .types("量好了")
    )
    at.sees("--note 量好了]", "error: aaaa1111.1 was opened on 2016-06-08", "menu ").types("").sees("> ")
    at.types("4").sees("> ").types("is missing").sees("> ").types("1").sees(
        "error: ", "坏.yaml:1:1: “source” is missing", "menu "
    ).types("")
    at.sees("> ").types("2").sees("Open: 1", "> ").types("0").sees("> ").types("0")
    assert at.leaves() == 0


@pytest.mark.slow
@pytest.mark.parametrize("leave", ["sendeof", "sendintr"])
def test_ctrl_d_and_ctrl_c_leave_quietly_from_anywhere(minqing, write, terminal: Open, leave: str) -> None:
    write("aaaa1111", NEED)
    for path in ((), ("2",), ("2", "1"), ("4", "3")):
        at = terminal().sees("> ")
        for digit in path:
            at.types(digit).sees("0  back", "> ")
        until_it_waits(at.child.pid)
        getattr(at.child, leave)()
        assert at.leaves() == 0
        assert "stopped" not in at.shown


def test_leaving_the_questions_comes_back_to_the_menu(minqing, diary, terminal: Open) -> None:
    at = terminal().sees("> ").types("1").sees("> ").types("2").sees("Date")
    until_it_waits(at.child.pid)
    at.child.sendeof()
    at.sees("1  Write", "> ").types("1").sees("> ").types("2").sees("0 to leave): ").types("0")
    at.sees("1  Write", "> ").types("0")
    assert at.leaves() == 0
    assert not list(diary.glob("entries/**/*.md"))


def test_nothing_is_wider_than_the_screen(minqing, write, terminal: Open) -> None:
    long = "很" * 200 + "长\u202e"
    write(
        "aaaa1111",
        f"kind: visit\ndate: 2016-05-08\ntitle: {long}\nwho: [赵小梅]\nitems:\n  1: {{type: need, text: {long}, who: 赵小梅, due: 2016-05-20}}",
    )
    at = (
        terminal(MINQING_LANG="zh")
        .sees("> ")
        .types("2")
        .sees("> ")
        .types("0")
        .sees("> ")
        .types("7")
        .sees("> ")
    )
    menu = at.shown
    assert all(cells(line) <= 80 for line in menu.splitlines())
    assert "\u202e" not in menu
    assert sum("很很很" in line for line in menu.splitlines()) == 2


def test_a_command_line_stands_beside_its_choice_where_it_fits(capsys, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("builtins.input", lambda _question: "0")
    for length in range(25, 45):
        with pytest.raises(Left):
            chosen("Which?", [Line("很" * 20, "x" * length)])
    drawn = capsys.readouterr().out.splitlines()
    assert max(map(cells, drawn)) == 80
    assert f"1  {'很' * 20}" in drawn  # its command stands below


@pytest.mark.slow
def test_a_county_console_in_gbk(
    minqing, write, terminal: Open, tmp_path_factory: pytest.TempPathFactory
) -> None:
    write("aaaa1111", NEED)
    at = (
        terminal(MINQING_LANG="zh", coding="gbk", **gbk_locale(tmp_path_factory))
        .sees("写日记", "> ")
        .types("２")
    )
    at.sees("诉求 没有低保", "> ").types("1").sees("销号", "> ").types("3").sees("情况怎么样？").types(
        "已办"
    ).sees("满意", "> ")
    at.types("1").sees("[minqing close aaaa.1 --note 已办 --satisfied yes]", "按回车").types("").sees(
        "> "
    ).types("0")
    assert at.leaves() == 0
    assert "已办" in minqing("show", "aaaa.1").out


def test_a_dumb_terminal_gets_no_escape(minqing, write, terminal: Open) -> None:
    write("aaaa1111", NEED)
    at = terminal(TERM="dumb").sees("> ").types("3").sees("menu ").types("").sees("> ").types("0")
    at.leaves()
    assert "\x1b" not in at.shown


@pytest.mark.parametrize("locale", ["C", "zh_CN.none"])
def test_chinese_is_typed_whole_where_the_locale_is_none(minqing, diary, terminal: Open, locale: str) -> None:
    at = terminal(LC_ALL=locale).sees("> ").types("6").sees("Which words?").types("刘桂兰家的腿疼得厉害")
    at.sees("[minqing search 刘桂兰家的腿疼得厉害]", "menu ").types("").sees("> ").types("0")
    assert at.leaves() == 0


def test_questions_are_asked_where_the_locale_is_none(minqing, diary, terminal: Open) -> None:
    at = terminal("new", "note", "--who", "甲", "--no-edit", LC_ALL="C").sees("Date").types("0508")
    at.sees("Text:").types("刘桂兰家的腿疼得厉害").leaves()
    assert [entry["text"] for entry in entries(minqing)] == ["刘桂兰家的腿疼得厉害\n"]


@pytest.mark.slow
def test_what_it_offers_is_never_taken_for_an_option(minqing, write, terminal: Open, diary: Path) -> None:
    write("aaaa1111", 'kind: visit\ndate: 2016-05-08\nwho: ["-o家.html"]')
    at = (
        terminal()
        .sees("> ")
        .types("4")
        .sees("> ")
        .types("8")
        .sees("1  -o家.html", "> ")
        .types("1")
        .sees("> ")
        .types("1")
    )
    at.sees("[minqing report household -- -o家.html]", "menu ").types("").sees("> ")
    assert not (diary / "家.html").exists()


def test_without_a_terminal_it_is_the_help(minqing, diary) -> None:
    for folder in ((), ("-C", str(diary)), (f"-C{diary}",)):
        said = minqing(*folder)
        assert (said.code, said.out.startswith("Usage: minqing")) == (2, True)


def test_what_add_left_open_is_settled_with_digits(minqing, terminal: Open, diary: Path) -> None:
    (diary / "a.txt").write_text("2016-05-08\n赵小梅家没有低保。\n", encoding="utf-8")
    path = diary / minqing("add", "--accept", "none", "a.txt").out.split()[0]
    at = terminal().sees("8  Settle what add left open", "> ").types("8")
    at.sees("1  2016-05-08", "> ").types("1").sees("edit --settle", "> ").types("1").sees("> ").types("9")
    at.sees("saved: ", "Enter: on to the menu").types("").sees("> ").types("0")
    assert at.leaves() == 0
    assert path.read_text("utf-8").count("- 【") < 3
