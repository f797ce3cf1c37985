"""Sealing: what was handed in stays what it was; what comes later is told later, and changes are named."""

import json
from pathlib import Path

import pytest

MAY = """
kind: visit
date: 2016-05-{day:02}
title: 走访
items:
  1: {{type: need, text: 修渠, due: 2016-06-10}}
"""


def figures(minqing, *terms: str) -> dict[str, int]:
    return minqing("report", *terms, "--format", "json").json["figures"]


@pytest.fixture
def sealed(minqing, diary: Path, write) -> Path:
    """A diary of two visits in May, the month sealed on 1 June."""
    write("a2222222", MAY.format(day=3))
    write("b2222222", MAY.format(day=4))
    said = minqing("report", "--month", "2016-05", "--today", "2016-06-01", "--seal")
    assert said.code == 0
    assert "reports/2016-05.json" in said.err
    return diary / "reports/2016-05.json"


def test_a_seal_holds_the_figures_and_a_digest_of_every_entry(sealed):
    seal = json.loads(sealed.read_text(encoding="utf-8"))
    assert (seal["report"], seal["period"]["name"], seal["made"]) == ("summary", "2016-05", "2016-06-01")
    assert seal["figures"]["visits"] == 2
    assert set(seal["entries"]) == {"a2222222", "b2222222"}
    assert all(len(digest) == len("sha256:") + 64 for digest in (seal["digest"], *seal["entries"].values()))


def test_what_comes_later_counts_in_the_next_report_and_is_told_there(minqing, sealed, write):
    before = figures(minqing, "2016-05")
    write("c2222222", MAY.format(day=5))
    assert figures(minqing, "2016-05") == before
    june = figures(minqing, "2016-06", "--today", "2016-06-30")
    assert (june["visits"], june["items_before"], june["items_opened"], june["items_after"]) == (1, 2, 1, 3)
    said = minqing("report", "2016-06", "--today", "2016-06-30").out
    assert "Late entries of sealed periods" in said
    assert "2016-05-05" in said  # its own day is shown
    assert "c222" in minqing("list", "2016-05").out  # and a list of May still has it


def test_what_comes_after_two_seals_counts_after_both(minqing, sealed, write):
    assert minqing("report", "--month", "2016-06", "--today", "2016-07-01", "--seal").code == 0
    write("c2222222", MAY.format(day=5))
    assert figures(minqing, "2016-05")["visits"] == 2
    assert figures(minqing, "2016-06", "--today", "2016-07-01")["visits"] == 0
    assert figures(minqing, "2016-07", "--today", "2016-07-31")["visits"] == 1
    assert figures(minqing, "2016")["visits"] == 3


def test_the_answer_is_the_same_from_nothing(minqing, sealed, write, diary):
    write("c2222222", MAY.format(day=5))
    kept = [figures(minqing, month) for month in ("2016-05", "2016-06")]
    for file in (diary / ".minqing").iterdir():
        file.unlink()
    assert [figures(minqing, month) for month in ("2016-05", "2016-06")] == kept


def test_an_edited_entry_is_named(minqing, sealed, diary):
    assert minqing("check", "--rule", "sealed").code == 0
    path = next((diary / "entries/2016/05").glob("*a2222222*"))
    path.write_text(path.read_text(encoding="utf-8").replace("修渠", "修路"), encoding="utf-8")
    said = minqing("check", "--rule", "sealed")
    assert said.code == 1
    assert f"{path.relative_to(diary)}:1" in said.out
    assert "2016-05 was sealed" in said.out


def test_a_deleted_entry_is_named(minqing, sealed, diary):
    next((diary / "entries/2016/05").glob("*a2222222*")).unlink()
    said = minqing("check", "--rule", "sealed")
    assert (said.code, "entry a2222222 stood in the report 2016-05" in said.out) == (1, True)


def test_a_seal_is_never_replaced(minqing, sealed):
    before = sealed.read_bytes()
    said = minqing("report", "--month", "2016-05", "--seal")
    assert (said.code, "was sealed before" in said.err) == (1, True)
    assert sealed.read_bytes() == before


RICH = """
kind: visit
date: 2016-05-{day:02}
title: 慰问
who: [{who}]
items:
  1: {{type: need, text: 修渠}}
  2: {{type: promise, text: 送米, status: closed}}
aid:
  - {{what: 慰问金, form: cash, each: 101元, n: 5, fund: 民政, to: [{who}]}}
  - {{what: 米, form: goods, each: 1袋, n: 5, fund: 民政, to: [{who}]}}
funds:
  - {{from: 民政, what: 慰问金, amount: 600元}}
"""


@pytest.fixture
def voided(minqing, diary: Path, write) -> dict[str, dict[str, int]]:
    """A diary whose May was sealed before one of two visits in it was voided; the figures of May as sealed."""
    write("a2222222", RICH.format(day=3, who="赵一"))
    write("b2222222", RICH.format(day=4, who="钱二"))
    assert minqing("report", "--month", "2016-05", "--today", "2016-06-01", "--seal").code == 0
    before = {
        name: figures(minqing, name, "2016-05")
        for name in ("summary", "aid", "funds", "problems", "promises")
    }
    write("c2222222", "kind: note\ndate: 2016-06-15\nvoid: [{entry: a2222222, why: 写重了}]")
    return before


JUNE = ("2016-06", "--today", "2016-06-30")


def test_a_void_after_sealing_leaves_the_sealed_figures(minqing, voided):
    assert {name: figures(minqing, name, "2016-05") for name in voided} == voided
    assert voided["summary"]["aid_money"] == "1010"


def test_a_void_after_sealing_is_taken_off_in_the_next_report_and_told_there(minqing, voided):
    may, june = voided["summary"], figures(minqing, *JUNE)
    assert june["items_before"] == may["items_after"] == 2
    assert (june["items_opened"], june["items_closed"], june["items_after"]) == (-2, -1, 1)
    assert (june["promises_opened"], june["promises_kept"]) == (-1, -1)
    assert (june["entries"], june["visits"], june["aid_money"], june["aid_times"]) == (0, -1, "-505", -5)
    said = minqing("report", *JUNE).out
    assert "Corrections of sealed periods" in said
    assert "写重了" in said
    assert "Corrections" not in minqing("report", "2016-05").out


def test_the_months_still_add_up_to_the_year(minqing, voided):
    months = [voided["summary"], figures(minqing, *JUNE)]
    year = figures(minqing, "2016", "--today", "2016-06-30")
    for key in (
        "entries",
        "visits",
        "items_opened",
        "items_closed",
        "promises_opened",
        "promises_kept",
        "aid_times",
    ):
        assert sum(month[key] for month in months) == year[key], key
    assert sum(int(month["aid_money"]) for month in months) == int(year["aid_money"]) == 505
    assert year["items_after"] == months[1]["items_after"]


def test_ledgers_of_aid_and_funds_take_back_what_was_voided(minqing, voided):
    june = figures(minqing, "funds", *JUNE)
    assert june["money_before"] == voided["funds"]["money_after"] == "190"
    assert (june["money_income"], june["money_spent"], june["money_after"]) == ("-600", "-505", "95")
    rows = minqing("report", "aid", *JUNE, "--format", "json").json["sections"][0]["rows"]
    assert [(row["ref"], row["n"], row["total"]) for row in rows] == [
        ("a2222222", -5, "-505"),
        ("a2222222", -5, "-5"),
    ]


def test_lists_of_today_no_longer_hold_what_was_voided(minqing, voided):
    assert "a222" not in minqing("list", "2016-05").out
    open_now = minqing("report", "items", *JUNE, "--format", "json").json["sections"][0]["rows"]
    assert [row["ref"] for row in open_now] == ["b2222222.1"]
    assert minqing("check").code == 0


def test_a_closing_voided_after_sealing_opens_the_item_again_in_the_next_report(minqing, diary, write):
    write("a2222222", MAY.format(day=3))
    write("b2222222", "date: 2016-05-20\nupdates: [{ref: a2222222.1, status: closed, reason: resolved}]")
    assert minqing("report", "--month", "2016-05", "--today", "2016-06-01", "--seal").code == 0
    may = figures(minqing, "2016-05")
    write("c2222222", "date: 2016-05-25\nvoid: [{entry: b2222222, why: 没修好}]")  # booked on 1 June
    assert figures(minqing, "2016-05") == may
    june = figures(minqing, *JUNE)
    assert (june["items_before"], june["items_closed"], june["items_after"]) == (0, -1, 1)
    write("d2222222", "date: 2016-06-20\nupdates: [{ref: a2222222.1, status: closed, reason: resolved}]")
    june = figures(minqing, *JUNE)
    assert (june["items_before"], june["items_closed"], june["items_after"]) == (0, 0, 0)
    assert figures(minqing, "2016")["items_closed"] == 1
    life = minqing("show", "a222.1", "--format", "json").json["sections"][0]["rows"]
    assert [(row["date"], row["status"]) for row in life] == [
        ("2016-05-03", "open"), ("2016-05-20", "closed"), ("2016-06-01", "open"), ("2016-06-20", "closed"),
    ]  # fmt: skip
    assert minqing("check", "--rule", "twice").code == 0


def test_a_quarter_sealed_after_the_void_leaves_the_month_as_it_was(minqing, voided):
    assert minqing("report", "--month", "2016-06", "--today", "2016-07-01", "--seal").code == 0
    assert minqing("report", "--quarter", "2016Q2", "--today", "2016-07-01", "--seal").code == 0
    assert figures(minqing, "2016-05") == voided["summary"]
    assert figures(minqing, "2016Q2", "--today", "2016-07-01")["aid_money"] == "505"
    assert figures(minqing, "2016-06", "--today", "2016-07-01")["aid_money"] == "-505"


def test_a_void_that_was_handed_in_stays_when_it_is_voided_itself(minqing, voided, write):
    assert minqing("report", "--month", "2016-06", "--today", "2016-07-01", "--seal").code == 0
    june = figures(minqing, "2016-06", "--today", "2016-07-31")
    write("d2222222", "kind: note\ndate: 2016-07-10\nvoid: [{entry: c2222222, why: 没写重}]")
    assert figures(minqing, "2016-05") == voided["summary"]
    assert figures(minqing, "2016-06", "--today", "2016-07-31") == june
    july = figures(minqing, "2016-07", "--today", "2016-07-31")
    assert (july["items_before"], july["items_after"]) == (june["items_after"],) * 2
    assert (
        july["entries"] == 0
    )  # itself, less the void that it takes back; what that took back is written anew


def test_a_void_before_sealing_corrects_in_place(minqing, diary, write):
    write("a2222222", RICH.format(day=3, who="赵一"))
    write("c2222222", "kind: note\ndate: 2016-06-15\nvoid: [{entry: a2222222, why: 写重了}]")
    assert minqing("report", "--month", "2016-05", "--today", "2016-06-20", "--seal").code == 0
    assert figures(minqing, "2016-05")["aid_money"] == "0"
    assert figures(minqing, *JUNE)["aid_money"] == "0"


def test_the_answer_after_a_void_is_the_same_from_nothing(minqing, voided, diary):
    kept = [figures(minqing, *terms) for terms in (("2016-05",), JUNE, ("2016",))]
    for file in (diary / ".minqing").iterdir():
        file.unlink()
    assert [figures(minqing, *terms) for terms in (("2016-05",), JUNE, ("2016",))] == kept


def test_taking_a_seal_away_puts_everything_back(minqing, sealed, write):
    write("c2222222", MAY.format(day=5))
    assert figures(minqing, "2016-05")["visits"] == 2
    sealed.unlink()
    assert figures(minqing, "2016-05")["visits"] == 3


@pytest.mark.parametrize("terms", [["items"], ["2016-05", "kind:visit"]])
def test_only_a_whole_period_can_be_sealed(minqing, diary, write, terms):
    write("a2222222", MAY.format(day=3))
    assert minqing("report", *terms, "--seal").code == 2
    assert not (diary / "reports").exists()


BROKEN_PAPERS = [
    {"title": 3}, {"made": "heute"}, {"paper": "napkin"}, {"figures": {"visits": {"decimal": "many"}}},
    {"sections": [{"name": "a", "title": "", "look": "heap"}]},
    {"sections": [{"name": "a", "title": "", "columns": [{"key": "a", "title": "", "words": "none such"}]}]},
    {"sections": [{"name": "a", "title": "", "chart": {"title": "", "labels": ["x"], "values": [1], "kind": "calendar"}}]},
]  # fmt: skip


@pytest.mark.parametrize("paper", BROKEN_PAPERS)
def test_a_seal_whose_paper_is_none_is_named_and_the_rest_works(minqing, sealed, paper):
    seal = json.loads(sealed.read_text(encoding="utf-8"))
    sealed.write_text(json.dumps(seal | {"paper": seal["paper"] | paper}), encoding="utf-8")
    said = minqing("check", "--rule", "sealed")
    assert (said.code, "no seal any more" in said.out) == (1, True)
    assert figures(minqing, "2016-05")["visits"] == 2


@pytest.mark.parametrize("text", ["", "{}", "[1]", "{" * 9000, '{"period": 3}'])
def test_a_broken_seal_is_named_and_the_rest_works(minqing, sealed, text):
    sealed.write_text(text, encoding="utf-8")
    said = minqing("check", "--rule", "sealed")
    assert (said.code, "no seal any more" in said.out) == (1, True)
    assert figures(minqing, "2016-05")["visits"] == 2


def test_a_report_tells_that_it_is_no_longer_what_was_handed_in(minqing, write):
    path = write("aaaa1111", "date: 2016-04-02\naid:\n  - {what: 慰问金, each: 200元, n: 1}")
    assert minqing("report", "2016-04", "--seal").code == 0
    assert "was changed" not in minqing("report", "2016-04").err
    path.write_text(path.read_text(encoding="utf-8").replace("200元", "300元"), encoding="utf-8")
    assert "this entry was changed after the report 2016-04 was sealed" in minqing("report", "2016-04").err
    assert "sealed" not in minqing("report", "2016-05").err


def test_a_period_that_has_not_begun_is_not_sealed(minqing, diary):
    said = minqing("report", "2016-12", "--seal")
    assert said.code == 2 and "has not begun" in said.err
    assert not (diary / "reports").exists()


def handed(minqing, *terms: str) -> dict:
    said = minqing("report", *terms, "--format", "json")
    assert said.code == 0
    return said.json


APRIL = "date: 2016-04-{day}\nkind: visit\ntitle: 走访\n{more}"


def test_an_item_of_an_earlier_month_written_late_does_not_move_the_sealed_figures(minqing, sealed, write):
    before = figures(minqing, "2016-05")
    write("c2222222", APRIL.format(day=11, more="items:\n  1: {type: need, text: 修桥}"))
    assert figures(minqing, "2016-05") == before
    june = figures(minqing, *JUNE)
    assert (june["items_before"], june["items_opened"], june["items_after"]) == (before["items_after"], 1, 3)
    said = minqing("report", *JUNE).out
    assert "Late entries of sealed periods" in said and "2016-04-11" in said
    assert figures(minqing, "2016-04")["items_opened"] == 0  # what is carried over from April was handed in


def test_what_was_there_before_the_seal_stays_where_it_is(minqing, diary, write):
    write("c2222222", APRIL.format(day=11, more="items:\n  1: {type: need, text: 修桥}"))
    write("a2222222", MAY.format(day=3))
    kept = [figures(minqing, month) for month in ("2016-04", "2016-05")]
    assert minqing("report", "--month", "2016-05", "--today", "2016-06-01", "--seal").code == 0
    assert [figures(minqing, month) for month in ("2016-04", "2016-05")] == kept
    assert figures(minqing, *JUNE)["items_before"] == 2


def test_a_void_of_an_earlier_month_counts_after_the_seal(minqing, diary, write):
    write("c2222222", APRIL.format(day=11, more="items:\n  1: {type: need, text: 修桥}"))
    write("a2222222", MAY.format(day=3))
    assert minqing("report", "--month", "2016-05", "--today", "2016-06-01", "--seal").code == 0
    may = figures(minqing, "2016-05")
    write("d2222222", "kind: note\ndate: 2016-06-10\nvoid: [{entry: c2222222, why: 不是本村}]")
    assert figures(minqing, "2016-05") == may
    june = figures(minqing, *JUNE)
    assert (june["items_before"], june["items_opened"], june["items_after"]) == (2, -1, 1)


def test_an_older_visit_that_carries_nothing_over_counts_in_its_own_month(minqing, sealed, write):
    write("c2222222", APRIL.format(day=11, more=""))
    assert figures(minqing, "2016-04")["visits"] == 1
    assert figures(minqing, *JUNE)["visits"] == 0


def test_a_sealed_report_is_given_back_whole_whatever_came_later(minqing, diary, write):
    write("a2222222", RICH.format(day=3, who="赵一"))
    write("f2222222", "date: 2016-05-02\nfacts: {钱二: {class: dibao, group: 1组}}")
    assert minqing("report", "--month", "2016-05", "--today", "2016-06-01", "--seal").code == 0
    before = handed(minqing, "2016-05", "--today", "2016-06-01")
    write(
        "b2222222",
        "date: 2016-05-09\nkind: visit\nwho: [钱二]\nfacts: {钱二: {class: watched}, 孙三: {class: dibao}}",
    )
    write("c2222222", "date: 2016-05-31\nvoid: [{entry: f2222222, why: 写错了}]")
    write("d2222222", "date: 2016-06-03\nkind: visit\nwho: [孙三]")
    (diary / "roster.csv").write_text("户主,姓名\n李四,李四\n", encoding="utf-8")
    assert handed(minqing, "2016-05", "--today", "2016-07-20") == before
    assert "2016-06-01" in minqing("report", "2016-05", "--today", "2016-07-20").out  # the day it was made
    assert handed(minqing, "2016-05", "kind:visit", "--today", "2016-07-20") != before  # another question


@pytest.mark.parametrize("name", ["summary", "aid", "funds", "visits", "problems", "score", "coverage"])
def test_a_paper_comes_out_of_its_seal_as_it_went_in(minqing, diary, write, name):
    write("a2222222", RICH.format(day=3, who="赵一"))
    write("b2222222", "date: 2016-05-04\nkind: visit\nwho: [钱二]\narea: 东镇/西村\nauthor: 冯一")
    asked = ("report", name, "2016-05", "--today", "2016-06-01")
    before = [minqing(*asked, "--format", format_).out for format_ in ("json", "text", "md", "html", "csv")]
    assert minqing(*asked, "--seal").code == 0
    assert [
        minqing(*asked, "--format", format_).out for format_ in ("json", "text", "md", "html", "csv")
    ] == before


def test_a_sealed_report_is_masked_like_every_other(minqing, diary, write):
    write("a2222222", RICH.format(day=3, who="赵一明"))
    assert minqing("report", "aid", "--month", "2016-05", "--today", "2016-06-01", "--seal").code == 0
    assert "赵一明" in minqing("report", "aid", "2016-05", "--format", "json").out
    paper = minqing("report", "aid", "2016-05", "--format", "md").out
    assert "赵" in paper and "赵一明" not in paper


def test_a_paper_that_was_changed_in_its_seal_is_named(minqing, sealed):
    assert "no longer" not in minqing("report", "2016-05").err
    sealed.write_text(
        sealed.read_text(encoding="utf-8").replace('"visits": 2', '"visits": 9'), encoding="utf-8"
    )
    assert "reports/2016-05.json is no longer what was sealed" in minqing("report", "2016-05").err


def test_a_seal_of_before_papers_were_kept_holds_its_figures(minqing, sealed, write):
    old = json.loads(sealed.read_text(encoding="utf-8"))
    sealed.write_text(
        json.dumps({key: old[key] for key in old if key not in ("paper", "before")}), encoding="utf-8"
    )
    before = figures(minqing, "2016-05")
    write("c2222222", MAY.format(day=5))
    assert figures(minqing, "2016-05") == before


def test_forgetting_somebody_reaches_the_sealed_papers(minqing, diary, write):
    write("a2222222", RICH.format(day=3, who="赵一明"))
    assert minqing("report", "aid", "--month", "2016-05", "--today", "2016-06-01", "--seal").code == 0
    minqing("forget", "赵一明", "--yes")
    assert "赵一明" not in (diary / "reports/aid-2016-05.json").read_text(encoding="utf-8")
