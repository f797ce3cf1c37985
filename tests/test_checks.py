"""Every rule with the entry that sets it off, the place it points to (‸), and the cure that silences it."""

import os
import time
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from minqing.checks import all_rules, check_diary, excerpt, families, load
from minqing.checks._telling import tellings
from minqing.checks.dates import read_weekday
from minqing.diary import Diary
from minqing.errors import Flaw
from minqing.sync import synced

ROOT = Path(__file__).parent.parent
TODAY = date(2012, 7, 1)
ERRORS = {"yaml", "conflict", "key", "value", "missing", "file", "id-twice"} | {
    "total", "part", "votes", "early", "overdrawn",
}  # fmt: skip


def entry(lines: str = "", body: str = "", *, id: str = "a2345678", kind: str = "note", day: str = "2012-05-08") -> str:
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
SURVEY = "figures:\n  在校: 326人\n"
VOTE = "decisions:\n  - {type: election, text: 选组长, elected: 甲, vote: {how: secret, "

EXAMPLES = [
    # reading
    one("yaml", "@甲", "甲", "title: ‸@甲"),
    one("key", "wether", "weather", "‸wether: 晴"),
    one("key", "title: 二", "place: 二", "title: 一\n‸title: 二"),
    one("value", "06-31", "06-30", "items:\n  1: {type: task, text: 报, ‸due: 2012-06-31}"),
    Example("missing", ("---\nid: a2345678\n‸kind: note\n---\n",), "kind: note", "kind: note\ndate: 2012-05-08"),
    # dates
    one("weekday", "星期一", "星期二", "‸weekday: 星期一"),
    one("weekday", "Mon", "Tue", "‸weekday: Mon"),
    one("weekday", "周一", "周二", body="\n今天是5月8日，‸周一，晴。"),
    one("weekday", "礼拜天", "礼拜二", "‸title: 5月8日（礼拜天）的会"),
    one("lunar", "十九", "十八", "‸lunar: 农历四月十九"),
    one("lunar", "初八", "十八", body="2012年5月8日，星期二，‸农历四月初八"),
    one("future", "2012-07-02", "2012-07-01", day="2012-07-02").__class__(
        "future", ("---\nid: a2345678\nkind: note\n‸date: 2012-07-02\n---\n",), "2012-07-02", "2012-07-01"
    ),
    one("told-later", "5月30日", "4月30日", body="前言。\n‸5月30日上午到校慰问。"),
    one("told-later", "2012-05-09", "2012-05-08", body="他‸2012-05-09来过。"),
    one("told-later", "12日上午", "12日", body="‸12日上午又去了一趟。"),
    one("told-later", "5月9号", "5月9号前", "‸title: 5月9号来报名"),
    # sums
    one("total", "1500元", "1,400 元", "aid:\n  - {what: 慰问金, each: 200元, n: 7, ‸total: 1500元}"),
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
    one("aid-names", "n: 2", "n: 1", "who: 甲\naid:\n  - {what: 书包, ‸n: 2}".replace("{what: 书包, ‸", "‸{what: 书包, ")),
    one("receipt", "to: [甲]", "to: [甲], receipt: [甲]", "aid:\n  - ‸{what: 书包, each: 1个, to: [甲]}"),
    one("quorum", "agenda: 一", "eligible: 30, present: 20", "‸meeting: {type: group, agenda: 一}"),
    one("quorum", "present: 19", "present: 20", "meeting: {type: group, eligible: 30, ‸present: 19}"),
    one(
        "quorum", "yes: 10", "yes: 11",
        "meeting: {type: group, eligible: 30, present: 20}\ndecisions:\n  - {text: 修路, vote: {‸yes: 10}}",
    ),
    one("undated", "text: 申报", "text: 申报, due: 2012-06-30", "items:\n  ‸1: {type: promise, text: 申报}"),
    one("undated", "状态: 未办理", "状态: 已销号", "事项:\n  １: {类型: 承诺, 内容: 报}\n  ‸2: {类型: 待办, 内容: 申报, 状态: 未办理}")
    ._replace(files=(entry("事项:\n  ‸１: {类型: 待办, 内容: 申报, 状态: 未办理}"),)),
    one("needs", "who: ", "who: 甲", "‸who: ", kind="visit"),
    # folds
    Example("early", (entry(PROMISE), later(CLOSE, "2012-05-07")), "2012-05-07", "2012-05-08"),
    Example(
        "twice",
        (entry(PROMISE), later("updates:\n  - {ref: a2345678.1, status: closed}\n  - {‸ref: a2345678.1, status: declined}")),
        "declined", "done",
    ),
    Example(
        "late",
        (entry(PROMISE.replace("2012-06-30", "2012-06-30, status: closed")), later("updates:\n  - {‸ref: a2345678.1, note: 又说}")),
        "note: 又说", "status: reopened",
    ),
    Example(
        "late",
        (entry(PROMISE.replace("2012-06-30", "2012-06-30, status: closed")), later("updates:\n  - {‸ref: a2345678.1, note: 又说}")),
        "note: 又说", "satisfied: yes",
    ),
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
    Example("dangling", (entry(PROMISE), later(CLOSE)), "‸ref: a2345678.1", "ref: a2345678.2"),
    Example("dangling", (entry(), later("void:\n  - {‸entry: c2345678, why: 记错}")), "c2345678", "a2345678"),
    Example("kind", ("---\nid: a2345678\ndate: 2012-05-08\n‸kind: vist\n---\n",), "vist", "visit"),
    # what copying leaves
    one("leftovers", "20xx年xx月x日", "2012年5月8日", body="\n\n晴。‸20xx年xx月x日 星期六"),
    one("leftovers", "××村", "柳湾村", "‸title: 到××村"),
    one("leftovers", "的`", "的", body="也缺乏教育的‸`常识".replace("的‸`", "‸的`")),
    one("leftovers", "的'", "的", body="能够发展种植‸的'资金"),
    one("leftovers", "小编", "小编组", body="下面是‸小编整理的"),
    one("leftovers", "xx路", "南路", "items:\n  1: {type: need, ‸text: 修好xx社到镇上的路}").__class__(
        "leftovers", (entry("items:\n  1: {type: need, ‸text: 修好xx社的路}"),), "xx社", "四社"
    ),
    one("vague", "许多", "12条", body="大家提出‸许多意见。"),
    one("vague", "title: 会", "items:\n  1: {type: need, text: 修路}", "title: 会", "问题‸有效解决了。"),
    one("vague", "title: 会", "figures: {到会: 30人}", "title: 会", "会议‸圆满完成。"),
]  # fmt: skip


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.rule}-{example.wrong}")
def test_a_rule_finds_its_example_at_the_mark_and_is_silent_once_cured(tmp_path: Path, example: Example) -> None:
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
    diary, *_ = write(tmp_path / "right", *(text.replace(example.wrong, example.right) for text in example.files))
    assert checked(diary, example.rule) == []
