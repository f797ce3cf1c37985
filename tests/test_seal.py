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


@pytest.mark.parametrize("text", ["", "{}", "[1]", "{" * 9000, '{"period": 3}'])
def test_a_broken_seal_is_named_and_the_rest_works(minqing, sealed, text):
    sealed.write_text(text, encoding="utf-8")
    said = minqing("check", "--rule", "sealed")
    assert (said.code, "no seal any more" in said.out) == (1, True)
    assert figures(minqing, "2016-05")["visits"] == 2
