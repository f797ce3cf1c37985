"""Every rule with the entry that sets it off, the place it points to (‸), and the cure that silences it."""

import os
import time
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from minqing.checks import READING_RULES, _files, all_rules, check_diary, excerpt, families, load
from minqing.checks.dates import read_weekday
from minqing.diary import Diary
from minqing.errors import Flaw
from minqing.sync import synced
from minqing.telling import tellings

ROOT = Path(__file__).parent.parent
TODAY = date(2012, 7, 1)
ERRORS = {"yaml", "conflict", "key", "value", "missing", "file", "id-twice"} | {
    "total", "part", "votes", "early", "overdrawn", "id-number",
}  # fmt: skip


def entry(
    lines: str = "", body: str = "", *, id: str = "a2345678", kind: str = "note", day: str = "2012-05-08"
) -> str:
    return f"---\nid: {id}\nkind: {kind}\ndate: {day}\n{lines}\n---\n{body}"


def later(lines: str, day: str = "2012-05-20") -> str:
    """A second entry."""
    return entry(lines, id="b2345678", day=day)


def write(root: Path, *texts: str) -> tuple[Diary, str, int, int]:
    """A diary with these files, and where the mark ‸ stood in them: path, line, column."""
    place = ("", 0, 0)
    for n, text in enumerate(texts):
        path = f"entries/{n}.md"
        if "‸" in text:
            before, _, after = text.partition("‸")
            place = (path, before.count("\n") + 1, len(before) - before.rfind("\n"))
            text = before + after
        (root / "entries").mkdir(exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return Diary(root), *place


def checked(diary: Diary, *rules: str, today: date = TODAY) -> list[Flaw]:
    ledger = synced(diary)
    try:
        return check_diary(diary, ledger, today, set(rules) or None)
    finally:
        ledger.close()


class Example(NamedTuple):
    """Files that break a rule once, at the mark; with `wrong` written as `right` they do not."""

    rule: str
    files: tuple[str, ...]
    wrong: str
    right: str


def one(rule: str, wrong: str, right: str, lines: str = "", body: str = "", **more: str) -> Example:
    return Example(rule, (entry(lines, body, **more),), wrong, right)


PROMISE = "items:\n  1: {type: promise, text: 申报, owner: 社区, due: 2012-06-30}"
CLOSE = "updates:\n  - {‸ref: a2345678.1, status: closed}"
CLOSED = PROMISE.replace("}", ", status: closed}")
NOTED = "updates:\n  - {‸ref: a2345678.1, note: 又说}"
SURVEY = "figures:\n  在校: 326人\n"
VOTE = "decisions:\n  - {type: election, text: 选组长, elected: 甲, vote: {how: secret, "

EXAMPLES = [
    # reading
    one("yaml", "@甲", "甲", "title: ‸@甲"),
    one("key", "wether", "weather", "‸wether: 晴"),
    one("key", "标题", "地点", "title: 一\n‸标题: 二"),
    one("value", "06-31", "06-30", "items:\n  1: {type: task, text: 报, ‸due: 2012-06-31}"),
    Example("missing", ("---\n‸id: a2345678\nkind: note\n---\n",), "kind: note", "kind: note\ndate: 2012-05-08"),
    # dates
    one("weekday", "星期一", "星期二", "‸weekday: 星期一"),
    one("weekday", "Mon", "Tue", "‸weekday: Mon"),
    one("weekday", "周一", "周二", body="\n今天是5月8日，‸周一，晴。"),
    one("weekday", "礼拜天", "礼拜二", "‸title: 5月8日（礼拜天）的会"),
    one("lunar", "十九", "十八", "‸lunar: 农历四月十九"),
    one("lunar", "初八", "十八", body="2012年5月8日，星期二，‸农历四月初八"),
    Example("future", (entry(day="2012-07-02").replace("date", "‸date"),), "2012-07-02", "2012-07-01"),
    one("told-later", "5月30日", "4月30日", body="前言。\n‸5月30日上午到校慰问。"),
    one("told-later", "2012-05-09", "2012-05-08", body="他‸2012-05-09来过。"),
    one("told-later", "12日上午", "12日", body="‸12日上午又去了一趟。"),
    one("told-later", "5月9号", "5月9号前", "‸title: 5月9号来报名"),
    # sums
    one("total", "1500元", "'1,400 元'", "aid:\n  - {what: 慰问金, each: 200元, n: 7, ‸total: 1500元}"),
    one("total", "7个", "8个", "帮扶:\n  内容: 书包\n  每份: 1个\n  份数: 8\n  ‸合计: 7个"),
    one("part", "327", "127", SURVEY + "  ‸留守: {value: 327人, of: 在校}"),
    one("part-missing", "of: 全校", "of: 在校", SURVEY + "  留守: {value: 127人, ‸of: 全校}"),
    one("votes", "returned: 61", "returned: 60", VOTE + "issued: 60, ‸returned: 61}}"),
    one("votes", "valid: 60", "valid: 59", VOTE + "returned: 59, ‸valid: 60}}"),
    one("votes", "no: 9", "no: 8", VOTE + "valid: 60, ‸yes: 50, no: 9, abstain: 2}}"),
    one("votes", "乙: 20", "乙: 19", VOTE + "valid: 60, ‸tally: {甲: 41, 乙: 20}}}"),
    one("votes", "甲: 20", "甲: 41", VOTE + "‸tally: {甲: 20, 乙: 40}}}"),
    one("votes", "present: 41", "present: 40", "meeting: {type: group, eligible: 40, ‸present: 41}"),
    # gaps
    one("figure-empty", "value: ,", "value: 9张,", "figures:\n  ‸连心卡: {value: , note: 没有记}"),
    one("aid-names", "n: 2", "n: 1", "aid:\n  - {what: 书包, each: 1个, n: 2, ‸to: [甲], receipt: 单}"),
    one("aid-names", "n: 2", "n: 1", "who: 甲\naid:\n  - ‸{what: 书包, n: 2}"),
    one("receipt", "to: [甲]", "to: [甲], receipt: [甲]", "aid:\n  - ‸{what: 书包, each: 1个, to: [甲]}"),
    one("quorum", "agenda: 一", "eligible: 30, present: 20", "‸meeting: {type: group, agenda: 一}"),
    one("quorum", "present: 19", "present: 20", "meeting: {type: group, eligible: 30, ‸present: 19}"),
    one(
        "quorum", "yes: 10", "yes: 11",
        "meeting: {type: group, eligible: 30, present: 20}\ndecisions:\n  - {text: 修路, vote: {‸yes: 10}}",
    ),
    one("undated", "text: 申报", "text: 申报, due: 2012-06-30", "items:\n  ‸1: {type: promise, text: 申报}"),
    one("unsettled", "\n- 【数据】学生=7名 (原文“7名”，把握60%)\n- 日期：2012-05-08\n", "\n", "", body="去了。\n\n‸## 待核实\n\n- 【数据】学生=7名 (原文“7名”，把握60%)\n- 日期：2012-05-08\n"),
    one("undated", "未办理", "已销号", "事项:\n  ‸１: {类型: 待办, 内容: 申报, 状态: 未办理}"),
    one("needs", "who: ", "who: 甲", "‸who: ", kind="visit"),
    Example("needs", (entry(kind="visit").replace("kind", "‸kind"),), "visit", "note"),
    # folds
    Example("early", (entry(PROMISE), later(CLOSE, "2012-05-07")), "2012-05-07", "2012-05-08"),
    Example("twice", (entry(CLOSED), later(CLOSE)), "status: closed", "status: open"),
    Example("late", (entry(CLOSED), later(NOTED)), "note: 又说", "status: reopened"),
    Example("late", (entry(CLOSED), later(NOTED)), "note: 又说", "satisfied: yes"),
    Example(
        "overdrawn",
        (
            later("funds:\n  - {from: 卫生局, what: 捐款, amount: 1000元}", "2012-05-01"),
            entry("aid:\n  - {what: 慰问金, each: 200元, n: 5, fund: 卫生局}\n  - {what: 路费, total: 1角, ‸fund: 卫生局}"),
        ),
        "1000元", "1000.1元",
    ),
    Example(
        "overdrawn",
        (later("funds: {from: 局, what: 书包, amount: 6个}"), entry("aid:\n  - {what: 书包, each: 1个, n: 6, ‸fund: 局}")),
        "2012-05-20", "2012-05-08",
    ),
    Example(
        "self-closed",
        (entry(PROMISE), later("updates:\n  - {ref: a2345678.1, ‸status: closed, by: 社区}")),
        "by: 社区", "by: 社区, satisfied: yes",
    ),
    Example(
        "self-closed",
        (entry(PROMISE), later("author: 社区\nupdates:\n  - {ref: a2345678.1, ‸status: closed}")),
        "author: 社区", "author: 甲",
    ),
    one("stale", "06-01", "07-01", "items:\n  1: {type: need, text: 修路, ‸due: 2012-06-01}"),
    # ids
    Example("id-twice", (entry(), entry().replace("id:", "‸id:")), "‸id: a", "id: b"),
    Example("dangling", (entry(PROMISE), later(CLOSE.replace("78.1", "78.2"))), "78.2", "78.1"),
    Example("dangling", (entry(PROMISE), later(CLOSE.replace("a23", "c23"))), "c2345678.1", "a2345678.1"),
    Example("void", (entry(), later("void:\n  - {‸entry: b2345678, why: 记错}")), "b2345678, why", "a2345678, why"),
    Example("dangling", (entry(), later("void:\n  - {‸entry: c2345678, why: 记错}")), "c2345678", "a2345678"),
    Example("kind", (entry(kind="vist").replace("kind", "‸kind"),), "vist", "note"),
    # what copying leaves
    one("leftovers", "20xx年xx月x日", "2012年5月8日", body="\n\n晴。‸20xx年xx月x日 星期六"),
    one("leftovers", "××村", "柳湾村", "‸title: 到××村"),
    one("id-number", "11010519491231002X", "…", body="王五 ‸11010519491231002X 来了"),
    one("id-number", "11010519491231002X", "…", "facts:\n  王五: {‸身份证: 11010519491231002X}"),
    one("id-number", "6222021234567890123", "…", "items:\n  1: {type: need, ‸text: 卡号6222021234567890123}"),
    one("leftovers", "的`", "的", body="也缺乏教育‸的`常识"),
    one("leftovers", "的'", "的", body="能够发展种植‸的'资金"),
    one("leftovers", "小编", "小编组", body="下面是‸小编整理的"),
    one("leftovers", "xx社", "四社", "items:\n  1: {type: need, ‸text: 修好xx社的路}"),
    one("vague", "许多", "12条", body="大家提出‸许多意见。"),
    one("vague", "title: 会", "items:\n  1: {type: need, text: 修路}", "title: 会", "问题‸有效解决了。"),
    one("vague", "title: 会", "figures: {到会: 30人}", "title: 会", "会议‸圆满完成。"),
]  # fmt: skip


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.rule}-{example.wrong}")
def test_a_rule_finds_its_example_at_the_mark_and_is_silent_once_cured(
    tmp_path: Path, example: Example
) -> None:
    assert any(example.wrong in text for text in example.files)
    (tmp_path / "wrong").mkdir()
    (tmp_path / "right").mkdir()
    diary, *place = write(tmp_path / "wrong", *example.files)
    found = checked(diary, example.rule)
    assert [[flaw.path, flaw.line, flaw.column] for flaw in found] == [place], found
    assert found[0].rule == example.rule
    assert found[0].severity == ("error" if example.rule in ERRORS else "hint")
    found[0].message.format(**found[0].words)
    found[0].remedy.format(**found[0].words)
    assert "^" in (excerpt(diary, found[0]) or "")
    diary, *_ = write(
        tmp_path / "right", *(text.replace(example.wrong, example.right) for text in example.files)
    )
    assert checked(diary, example.rule) == []


def test_every_rule_has_its_example() -> None:
    """Those left out here are no matter of an entry's lines; their tests follow, or stand in the file of their own part."""
    elsewhere = {"conflict", "encoding", "file", "folder", "unfinished-save", "sealed", "roster", "copies"}
    elsewhere |= _files.RULES.keys()
    assert {example.rule for example in EXAMPLES} | elsewhere == set(all_rules())


def test_no_excerpt_shows_an_id_number(tmp_path: Path) -> None:
    diary, *_ = write(tmp_path, entry(body="王五 11010519491231002X 走了许多路"))
    (number,) = checked(diary, "id-number")
    (vague,) = checked(diary, "vague")
    assert excerpt(diary, number) == "王五 ****************** 走了许多路\n     ^"
    assert (excerpt(diary, vague) or "").startswith("…***")


def test_rules_belong_to_one_family() -> None:
    names = [rule for family in families() for rule in load(family).RULES]
    assert sorted({*names, *READING_RULES}) == sorted([*names, *READING_RULES])


def test_a_file_that_is_none_is_named(tmp_path: Path) -> None:
    diary, *_ = write(tmp_path, entry())
    (tmp_path / "entries/b.md").symlink_to("0.md")
    (tmp_path / "entries/c.md").mkdir()
    found = checked(diary, "file")
    assert [(flaw.path, flaw.line, flaw.severity) for flaw in found] == [
        ("entries/b.md", 0, "error"),
        ("entries/c.md", 0, "error"),
    ]
    assert excerpt(diary, found[0]) is None


def test_another_encoding_is_a_hint_and_the_entry_is_checked_all_the_same(tmp_path: Path) -> None:
    diary, *_ = write(tmp_path, entry())
    (tmp_path / "entries/b.md").write_bytes(
        entry("weekday: 星期一", "\n许多问题\n", id="b2345678").replace("\n", "\r\n").encode("gb18030")
    )
    found = [(flaw.rule, flaw.line, flaw.column, flaw.severity) for flaw in checked(diary)]
    assert found == [("encoding", 1, 1, "hint"), ("weekday", 5, 1, "hint"), ("vague", 8, 1, "hint")]


def test_a_header_over_the_limit_is_called_too_long(tmp_path: Path) -> None:
    diary, *_ = write(tmp_path, entry("title: " + "长" * 600_000))
    (flaw,) = checked(diary, "yaml")
    assert (flaw.message, flaw.line) == ("the header is too long", 1)


def test_a_name_with_a_line_end_forges_no_finding(minqing, diary) -> None:
    (diary / "entries/x\ngut.md:1:1: yaml: gelogen.md").write_text("nichts", encoding="utf-8")
    assert not any(line.startswith("gut.md") for line in minqing("check").out.splitlines())


def test_a_conflict_is_named_by_its_line(tmp_path: Path) -> None:
    conflict = "<<<<<<< HEAD\ntitle: 一\n=======\ntitle: 二\n>>>>>>> b"
    diary, *_ = write(tmp_path, entry(conflict), entry(body=f"正文\n{conflict}\n", id="b2345678"))
    found = checked(diary, "conflict")
    assert [(flaw.path, flaw.line, flaw.severity) for flaw in found] == [
        ("entries/0.md", 5, "error"),
        ("entries/1.md", 8, "error"),
    ]
    assert excerpt(diary, found[0]) == "<<<<<<< HEAD"


def test_templates_and_settings_that_are_broken_are_named(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/visit.md").write_text("## 只有正文\n", encoding="utf-8")
    (tmp_path / "templates/fangxun.md").write_text("---\n名称: 防汛\n必填: [天汽]\n---\n", encoding="utf-8")
    os.mkfifo(tmp_path / "templates/note.md")
    (tmp_path / "templates/letter.docx").write_bytes(b"no zip")
    (tmp_path / "minqing.yaml").write_text(
        "lang: fr\n预算:\n  卫生局: 2万元\n  民政局: 很多\n", encoding="utf-8"
    )
    diary, *_ = write(tmp_path, entry())
    errors = [flaw for flaw in checked(diary) if flaw.severity == "error"]
    assert [(flaw.path, flaw.line, flaw.rule) for flaw in errors] == [  # each once
        ("minqing.yaml", 1, "value"), ("minqing.yaml", 4, "value"),
        ("templates/fangxun.md", 2, "value"), ("templates/letter.docx", 0, "file"),
        ("templates/note.md", 0, "file"), ("templates/visit.md", 1, "yaml"),
    ]  # fmt: skip
    assert diary.config.budget == {"卫生局": "20000"}
    assert diary.kinds("zh")["visit"].asks  # the shipped one stands in


def test_an_unfinished_save_is_named_once_it_is_old(tmp_path: Path) -> None:
    diary, *_ = write(tmp_path, entry())
    left = tmp_path / "entries/.0.md.ab12.tmp"
    left.write_text("x")
    assert checked(diary, "unfinished-save") == []
    os.utime(left, (time.time() - 7200,) * 2)
    (found,) = checked(diary, "unfinished-save")
    assert (found.path, found.severity) == ("entries/.0.md.ab12.tmp", "hint")


def test_one_bad_file_never_hides_the_others(tmp_path: Path) -> None:
    diary, *_ = write(
        tmp_path, entry("weekday: 星期一"), "no header", entry("weekday: 星期日", id="b2345678")
    )
    (tmp_path / "entries/1b.md").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "entries/1c.md").write_text(entry("title: [", id="c2345678") + "×× 许多")
    assert [(flaw.path, flaw.rule) for flaw in checked(diary)] == [
        ("entries/0.md", "weekday"),
        ("entries/1.md", "yaml"),
        ("entries/1b.md", "encoding"),
        ("entries/1b.md", "yaml"),
        ("entries/1c.md", "yaml"),
        ("entries/1c.md", "leftovers"),
        ("entries/1c.md", "vague"),
        ("entries/2.md", "weekday"),
    ]


def test_the_examples_of_this_repository_hold_the_traps_of_the_seed_and_no_error() -> None:
    found = checked(Diary(ROOT), today=date(2016, 3, 20))
    assert [flaw for flaw in found if flaw.severity == "error"] == []
    (weekday,) = (flaw for flaw in found if flaw.rule == "weekday")
    assert weekday.path == "entries/2012/05/2012-05-08-mediate-zra12qrn.md"
    assert weekday.message.format(**weekday.words) == "2012-05-08 is 农历四月十八, a Tuesday"
    (named,) = (flaw for flaw in found if flaw.rule == "aid-names")
    assert named.message.format(**named.words) == "2 of 7 people are named"
    assert {"figure-empty", "receipt", "quorum", "undated", "vague"} <= {flaw.rule for flaw in found}


def test_findings_come_by_file_and_line_however_they_were_found(tmp_path: Path) -> None:
    diary, *_ = write(
        tmp_path, *(entry("weekday: 周一\nlunar: 正月初一", "许多", id=f"{n}2345678") for n in "ba")
    )
    found = [(flaw.path, flaw.line, flaw.column, flaw.rule) for flaw in checked(diary)]
    assert found == sorted(found)
    assert len(found) == 6


def test_only_the_rules_asked_for(tmp_path: Path) -> None:
    diary, *_ = write(tmp_path, entry("weekday: 周一\nwether: 晴", "许多"))
    assert {flaw.rule for flaw in checked(diary, "weekday", "key")} == {"weekday", "key"}
    assert {flaw.rule for flaw in checked(diary)} == {"weekday", "key", "vague"}


def test_a_correction_that_is_corrected_takes_nothing_away_and_is_named(tmp_path: Path) -> None:
    void = "void:\n  - {{‸entry: {}, why: 记错}}".format
    diary, path, line, column = write(
        tmp_path,
        entry(),
        later(void("a2345678")),
        entry(void("b2345678").replace("‸", ""), id="c2345678", day="2012-06-01"),
    )
    (flaw,) = checked(diary, "void")
    assert (flaw.path, flaw.line, flaw.column, flaw.severity, flaw.words) == (
        path,
        line,
        column,
        "hint",
        {"ref": "a2345678"},
    )


def test_what_is_corrected_is_not_checked(tmp_path: Path) -> None:
    wrong = entry("weekday: 周一\naid: [{what: 钱, each: 1元, n: 2, total: 3元}]", "许多")
    diary, *_ = write(tmp_path, wrong, later("void: [{entry: a2345678, why: 记错}]"))
    assert checked(diary) == []


def test_a_message_names_nobody(tmp_path: Path) -> None:
    """What a log may keep: days, numbers, keys, vocabulary and our own words."""
    names = ("社区", "卫生局", "慰问金", "甲", "修路", "捐款", "申报")
    for n, example in enumerate(EXAMPLES):
        if example.rule in READING_RULES:
            continue
        (tmp_path / str(n)).mkdir()
        diary, *_ = write(tmp_path / str(n), *example.files)
        for flaw in checked(diary):
            said = flaw.message.format(**flaw.words) + flaw.remedy.format(**flaw.words)
            assert not [name for name in names if name in said], said


@pytest.mark.parametrize(
    "text",
    ["5月30日前报来", "计划5月30日去", "将于2012年5月30日开会", "期限到5月30日", "每周去一次，下次5月30日", "5月30日要开会",
     "去年5月30日来过", "12月20日结的账", "2012年2月30日", "农历五月三十", "5月28日起发放", "3月12日", "约好5月30日来"],
)  # fmt: skip
def test_a_plan_or_a_day_long_past_is_not_told_too_early(tmp_path: Path, text: str) -> None:
    diary, *_ = write(tmp_path, entry(body=f"前一句。{text}。"))
    assert checked(diary, "told-later") == []


def test_a_day_on_which_something_falls_due_may_be_named(tmp_path: Path) -> None:
    follow_up = later("updates: [{ref: a2345678.1}]") + "6月30日申报。"
    diary, *_ = write(tmp_path, entry(PROMISE, "6月30日申报。"), follow_up)
    assert checked(diary, "told-later") == []


def test_a_month_or_year_left_out_is_the_nearest() -> None:
    def days(text: str, day: date) -> list[date]:
        return [told.day for told in tellings(text, day)]

    assert days("1月5日", date(2011, 12, 30)) == [date(2012, 1, 5)]
    assert days("12月28日", date(2012, 1, 5)) == [date(2011, 12, 28)]
    assert days("30日上午", date(2012, 6, 2)) == [date(2012, 5, 30)]
    assert days("1日晚上", date(2012, 5, 31)) == [date(2012, 6, 1)]
    assert days("2 月 29 日", date(2012, 3, 1)) == [date(2012, 2, 29)]
    assert days("31日上午 2月30日 13月1日 0日下午", date(1, 1, 1)) == [date(1, 1, 31)]


def test_weekdays_in_every_spelling() -> None:
    for n, names in enumerate(
        zip("一二三四五六日", ("mon", "Tue.", "WED", "thurs", "Friday", "sat", "Sun"), strict=True), 1
    ):
        assert [
            read_weekday(text) for text in (f"星期{names[0]}", f"周{n}", f"礼拜{names[0]}", names[1])
        ] == [n] * 4
    assert read_weekday("礼拜天") == 7
    assert [read_weekday(text) for text in ("", "周", "星期八", "M", "Mondays", "周一到周三")] == [None] * 6


def test_a_lunar_day_is_read_in_every_spelling(tmp_path: Path) -> None:
    for text in (
        "四月十八",
        "农历四月十八日",
        "阴历 四月十八",
        "农历4月18",
        "壬辰年四月十八",
        "农历二〇一二年四月十八",
    ):
        diary, *_ = write(tmp_path, entry(f"lunar: {text}"))
        assert checked(diary, "lunar") == [], text
    diary, *_ = write(tmp_path, entry("lunar: 闰四月初一", day="2012-05-21"))
    assert checked(diary, "lunar") == []


def test_a_fund_is_counted_day_by_day_and_named_where_it_first_runs_dry(tmp_path: Path) -> None:
    aid = "aid: [{what: 钱, total: 60元, fund: 局}]"
    diary, *_ = write(
        tmp_path,
        entry(aid, id="a2345678", day="2012-05-03"),
        entry(aid, id="b2345678", day="2012-05-02"),
        entry(aid, id="c2345678", day="2012-05-04"),
        entry("funds: [{from: 局, amount: 100元}]", id="d2345678", day="2012-05-01"),
    )
    (found,) = checked(diary, "overdrawn")
    assert (found.path, found.words) == ("entries/0.md", {"before": "40元", "amount": "60元"})


def test_what_never_came_in_is_not_kept_count_of(tmp_path: Path) -> None:
    lines = "aid:\n  - {what: 书包, each: 1个, n: 7, fund: 局}\n  - {what: 钱, total: 5元, fund: 县}\n"
    lines += "funds: {from: 局, amount: 9元}"
    diary, *_ = write(tmp_path, entry(lines))
    assert checked(diary, "overdrawn") == []


def test_several_seats_may_have_more_votes_than_ballots(tmp_path: Path) -> None:
    diary, *_ = write(
        tmp_path, entry(VOTE.replace("甲", "甲、乙") + "valid: 60, tally: {甲: 50, 乙: 40, 丙: 30}}}")
    )
    assert checked(diary, "votes") == []
    diary, *_ = write(
        tmp_path, entry(VOTE.replace("甲", "甲、丙") + "valid: 60, tally: {甲: 50, 乙: 40, 丙: 30}}}")
    )
    assert len(checked(diary, "votes")) == 1


def test_folders_tell_the_month_and_names_the_day(tmp_path: Path) -> None:
    diary = Diary(tmp_path)
    for n, (path, finds) in enumerate({
        "2012/05/2012-05-08-note-x.md": 0, "2012/05/x.md": 0, "x.md": 0, "2012/06/x.md": 1, "2012/05/2012-05-09-x.md": 1,
        "2012/06/2012-05-08-x.md": 1, "old/2011-05-08-x.md": 1, "2016/x.md": 0,
    }.items()):  # fmt: skip
        target = tmp_path / "entries" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(entry(id=f"{'abcdefgh'[n]}2345678"), encoding="utf-8")
        assert len([flaw for flaw in checked(diary, "folder") if flaw.path == f"entries/{path}"]) == finds, (
            path
        )


def test_places_survive_chinese_keys_conflicts_and_zero_indents(tmp_path: Path) -> None:
    diary, *place = write(
        tmp_path,
        "\n\n---\n编号：a2345678\n类型：随记\n日期：2012-05-08\n标题：|\n  事项：1\n帮扶:\n- 内容: 书包\n  每份: 1个\n"
        "  份数: 2\n  ‸合计: 3个\n---\n",
    )
    assert [[flaw.path, flaw.line, flaw.column] for flaw in checked(diary, "total")] == [place]
    diary, *place = write(
        tmp_path,
        entry("aid:\n<<<<<<< HEAD\n  - {what: 书}\n=======\n  - {what: 包}\n>>>>>>> x\nfigures:\n  ‸甲:"),
    )
    assert [[flaw.path, flaw.line, flaw.column] for flaw in checked(diary, "figure-empty")] == [place]


def test_the_caret_stands_under_its_character_whatever_its_width(tmp_path: Path) -> None:
    diary, *_ = write(tmp_path, entry(body="a学b\x1b" + "许多"))
    assert excerpt(diary, *checked(diary, "vague")) == "a学b\\x1b许多\n        ^"
    diary, *_ = write(tmp_path, entry(body="字" * 100 + "许多" + "字" * 100))
    line, caret = (excerpt(diary, *checked(diary, "vague")) or "").split("\n")
    assert line == "…" + "字" * 18 + "许多" + "字" * 18 + "…"
    assert caret == " " * 37 + "^"
    gone = checked(diary, "vague")[0]
    (tmp_path / "entries/0.md").unlink()
    assert excerpt(diary, gone) is None
    assert checked(diary) == []


def test_a_hostile_text_is_checked_in_no_time(tmp_path: Path) -> None:
    for body in (
        "20xx" * 40_000,
        "5月30日" * 20_000,
        "5月8日，" * 20_000,
        "的`" * 40_000,
        "许多" * 40_000,
        "1" * 160_000,
    ):
        diary, *_ = write(tmp_path, entry(body=body))
        ledger, start = synced(diary), time.process_time()
        found = check_diary(diary, ledger, TODAY)
        ledger.close()
        assert time.process_time() - start < 2, body[:8]
        assert len(found) <= 50, body[:8]


def test_figures_in_a_long_chain_are_checked_in_no_time(tmp_path: Path) -> None:
    chain = "".join(f"  数{n}: {{value: {9000 - n}, of: 数{n - 1}}}\n" for n in range(1, 4000))
    diary, *_ = write(tmp_path, entry(f"figures:\n  数0: 9000\n{chain}"))
    ledger, began = synced(diary), time.process_time()
    assert checked(diary, "part", "part-missing") == []
    assert list(load("sums").check(ledger, TODAY, {})) == []
    ledger.close()
    assert time.process_time() - began < 1.5


def test_stale_means_thirty_days_of_silence(tmp_path: Path) -> None:
    need = entry("items:\n  1: {type: need, text: 修路, due: 2012-05-20}")
    diary, *_ = write(tmp_path, need, later("updates: [{ref: a2345678.1, note: 问过}]", "2012-06-01"))
    assert checked(diary, "stale", today=date(2012, 6, 1) + timedelta(29)) == []
    assert len(checked(diary, "stale", today=date(2012, 6, 1) + timedelta(30))) == 1
