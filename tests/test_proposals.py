"""Facts from plain prose. Every rule is tested by the example that stands with it."""

from datetime import date

import pytest

from minqing.model import Entry, Person
from minqing.proposals import Proposal, Rule, assemble, propose, rules

TODAY = date(2016, 6, 1)


def by(rule: str, text: str) -> list[object]:
    return [one.value for event in propose(text, TODAY) for one in event.proposals if one.rule == rule]


@pytest.mark.parametrize("rule", [*rules()], ids=lambda rule: rule.name)
def test_a_rule_finds_its_example_and_passes_over_what_looks_alike(rule: Rule) -> None:
    assert tuple(by(rule.name, rule.example)) == rule.gives
    assert not by(rule.name, rule.unlike)


def test_no_two_rules_have_one_name() -> None:
    names = [rule.name for rule in rules()]
    assert len(names) == len(set(names))


def said(text: str, field: str, today: date = TODAY, year: int | None = None) -> list[tuple[object, bool]]:
    """The values proposed for a field, and whether surely."""
    found = [one for event in propose(text, today, year) for one in event.proposals if one.field == field]
    return [(one.value, one.confidence >= 0.9) for one in found]


def test_a_year_left_out_is_the_one_given() -> None:
    assert said("5月8日 晴", "date", year=2011) == [(date(2011, 5, 8), True)]


def test_a_year_left_out_follows_from_the_weekday() -> None:
    assert said("5月8日 星期二 晴", "date") == [(date(2012, 5, 8), True)]


def test_a_year_that_nothing_tells_is_not_sure() -> None:
    assert said("5月8日 晴", "date") == [(date(2016, 5, 8), False)]


def test_a_weekday_and_a_lunar_day_that_never_meet_make_no_sure_date() -> None:
    assert said("20xx年xx月x日 星期一\n今天是5月8号，农历四月十八。", "date") == [(date(2012, 5, 8), False)]


def test_a_text_without_a_day_gets_none() -> None:
    assert said("去了二组，路不好走，老人下月八十岁。", "date") == []


def test_a_mere_today_is_not_sure_to_be_today() -> None:
    assert said("今天去了二组，天气很好。", "date") == [(TODAY, False)]


def test_a_second_day_opens_a_second_event() -> None:
    text = "5月28日下午，我去了学校。\n30日上午，局里来人慰问。"
    first, second = propose(text, TODAY, 2016)
    assert text[second.start : second.end] == "30日上午，局里来人慰问。"
    assert [one.value for one in (*first.proposals, *second.proposals) if one.field == "date"] == [
        date(2016, 5, 28),
        date(2016, 5, 30),
    ]


def test_a_day_told_of_in_passing_opens_nothing() -> None:
    assert len(propose("2016年5月28日 晴\n他说3月2日交过钱，6月8日前修好。", TODAY)) == 1


def test_what_an_entry_says_already_wins() -> None:
    entry = Entry("a2345678", "visit", date(2016, 5, 8), weather="晴", who=(Person("赵小梅"),))
    accepted = [
        Proposal("weather", "阴", "阴", 0, 1, "x"),
        Proposal("who", Person("赵小梅", "村民"), "赵小梅", 0, 1, "x"),
    ]
    made = assemble(entry, accepted)
    assert made.weather == "晴" and made.who == (Person("赵小梅", "村民"),)
