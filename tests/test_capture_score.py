"""The scorer of bench/capture.py: what counts as right, missed and false."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from scripts import script

from minqing.front import read_front
from minqing.model import Aid, Decision, Fact, Figure, Item, Meeting, Person, Quantity, Vote
from minqing.schema import read_tree

bench = script("capture")

SURE = 0.9
TODAY = date(2026, 5, 20)


class Proposal(NamedTuple):
    field: str
    value: Any
    confidence: float = 1.0
    words: str = ""
    rule: str = ""


class Event(NamedTuple):
    proposals: tuple[Proposal, ...]


def scored(label: str, *events: list[Proposal]) -> tuple[dict[str, Any], list[str]]:
    """The counts for one text with this label (a list of entries) and these proposals."""
    labels = read_front(f"events:\n{label}", 1).tree["events"]
    text = bench.Text("seen/00", "", TODAY, None, labels)
    return bench.score([text], lambda *_: [Event(tuple(event)) for event in events], SURE)


def told(counts: dict[str, Any], row: str) -> tuple[int, ...]:
    """found as sure, found at all, wanted; right, sure."""
    of = counts[row]
    return of.found_sure, of.found, of.wanted, of.right, of.sure


def item(kind: str, text: str, due: date | None = None) -> Item:
    return Item(0, kind, text, due=due)


def test_a_sure_proposal_counts_in_both_rates_and_a_doubtful_one_only_in_the_recall_of_all() -> None:
    label = "  - {who: [秦月娥, 丁香云]}"
    counts, mistakes = scored(
        label,
        [
            Proposal("who", Person("秦月娥")),
            Proposal("with", Person("丁香云"), 0.5),
            Proposal("who", Person("油饼")),
        ],
    )
    assert told(counts, "people") == (1, 2, 2, 1, 2)
    assert [line.split("[")[0].strip() for line in mistakes] == [
        "seen/00  false  people: 油饼",
        "seen/00  unsure  people: 丁香云",
    ]


def test_what_the_label_does_not_mention_is_a_false_hit() -> None:
    counts, _ = scored("  - {kind: note}", [Proposal("weather", "晴"), Proposal("kind", "note")])
    assert told(counts, "weather") == (0, 0, 0, 0, 1)
    assert told(counts, "kind") == (1, 1, 1, 1, 1)


def test_either_reading_is_right_and_what_may_be_lacking_counts_neither_way() -> None:
    label = "  - {kind: visit|survey, weather: 晴|, items: {1: {type: task|promise, text: 明早七点来}}}"
    counts, _ = scored(label, [Proposal("kind", "survey"), Proposal("items", item("promise", "明早七点来"))])
    assert told(counts, "kind") == (1, 1, 1, 1, 1)
    assert told(counts, "weather") == (0, 0, 0, 0, 0)
    assert told(counts, "tasks") == (1, 1, 1, 0, 0)
    assert told(counts, "promises") == (0, 0, 0, 1, 1)
    counts, _ = scored(label, [Proposal("weather", "晴")])
    assert told(counts, "weather") == (0, 0, 0, 0, 0)


def test_events_meet_by_their_date_before_their_order() -> None:
    label = "  - {date: 2016-04-21, place: 石桥小学}\n  - {date: 2016-04-25, place: 文化广场}"
    later = [Proposal("date", date(2016, 4, 25)), Proposal("place", "文化广场")]
    counts, _ = scored(label, later)
    assert told(counts, "place") == (1, 1, 2, 1, 1)
    counts, _ = scored(label, [Proposal("place", "石桥小学")], later, [Proposal("place", "祠堂")])
    assert told(counts, "place") == (2, 2, 2, 2, 3)


@pytest.mark.parametrize(
    ("want", "got", "same"),
    [
        ("326人", "326名", True),
        ("326人", "326户", False),
        ("18.6万元", "186000元", True),
        ("200元", "200块", True),
        ("62.5亩", "62亩", False),
    ],
)
def test_amounts_are_the_same_number_with_the_same_unit(want: str, got: str, same: bool) -> None:
    assert bench.amount(want, got) is same


@pytest.mark.parametrize(
    ("want", "got", "same"),
    [
        ("楼道灯坏了好几天", "姜奶奶说楼道灯坏了", True),
        ("楼道灯坏了好几天", "楼道里有旧沙发", False),
        ("青龙镇/大坪村/河坝组", "大坪村河坝组", True),
        ("药", "药30瓶", True),
        ("阴", "晴", False),
    ],
)
def test_words_are_the_same_by_a_common_run_of_half_the_shorter(want: str, got: str, same: bool) -> None:
    assert bench.overlap(want, got) is same


def test_a_role_that_one_reading_leaves_out_may_be_lacking_but_a_wrong_one_is_false() -> None:
    label = "  - {who: [秦月娥|秦月娥（村民）, 丁香云（妇女主任）]}"
    counts, _ = scored(
        label, [Proposal("who", Person("秦月娥", "村民")), Proposal("with", Person("丁香云", "会计"))]
    )
    assert told(counts, "people") == (2, 2, 2, 2, 2)
    assert told(counts, "roles") == (0, 0, 1, 0, 1)


def test_the_name_of_a_figure_is_judged_only_where_its_number_is_right() -> None:
    label = "  - figures: {在读学生: 214人, 留守儿童: {value: 86人, of: 在读学生}}"
    whole = Figure("学生", Quantity(Decimal(214), "人"))
    part = Figure("山路", Quantity(Decimal(86), "名"), of="学生")
    road = Figure("山路", Quantity(Decimal(4), "里"))
    counts, _ = scored(label, [Proposal("figures", figure) for figure in (whole, part, road)])
    assert told(counts, "figures") == (2, 2, 2, 2, 3)
    assert told(counts, "figure names") == (1, 1, 2, 1, 2)
    assert told(counts, "of") == (1, 1, 1, 1, 1)


def test_whose_an_item_is_is_judged_only_where_the_item_is_right_and_the_label_tells_it() -> None:
    label = (
        "  - items: {1: {type: need, text: 没有低保, who: 姜小兰|姜奶奶}, 2: {type: need, text: 路灯不亮}}"
    )
    items = [("没有低保", "姜奶奶"), ("没有低保", "邓明"), ("路灯不亮", "邓明"), ("想修水渠", "邓明")]
    counts, _ = scored(label, [Proposal("items", Item(0, "need", text, who=who)) for text, who in items])
    assert told(counts, "whose") == (1, 1, 1, 1, 2)


def test_money_that_follows_from_the_label_is_no_mistake() -> None:
    label = "  - aid: [{what: 慰问金, each: 500元, n: 6}, {what: 棉被, each: 1床, n: 6}]"
    money = Aid("慰问金", "cash", Quantity(Decimal(500), "元"), 6, Quantity(Decimal(3000), "元"))
    counts, _ = scored(
        label, [Proposal("aid", money), Proposal("aid", Aid("棉被", each=Quantity(Decimal(1), "床"), n=6))]
    )
    assert told(counts, "amounts") == (1, 1, 1, 1, 1)
    assert told(counts, "goods") == (1, 1, 1, 1, 1)
    counts, _ = scored(label, [Proposal("aid", Aid("棉被", each=Quantity(Decimal(2), "床")))])
    assert told(counts, "goods") == (0, 0, 1, 0, 1)


def test_a_meeting_a_decision_and_facts_are_judged_part_by_part() -> None:
    label = """\
  - meeting: {host: 罗定山, eligible: 54}
    decisions: [{type: resolution, text: 同意从5月份动工, vote: {yes: 38, no: 2}}]
    facts: {崔长顺: {class: watched, land: 6.8亩}}"""
    counts, _ = scored(
        label,
        [
            Proposal("meeting", Meeting(host="罗定山")),
            Proposal("meeting", Meeting(eligible=45)),
            Proposal("decisions", Decision("从5月份动工", vote=Vote(yes=38))),
            Proposal("facts", Fact("崔长顺", "class", "watched")),
            Proposal("facts", Fact("崔长顺", "land", "6.9亩")),
        ],
    )
    assert told(counts, "meeting") == (1, 1, 2, 1, 2)
    assert told(counts, "decisions") == (2, 2, 3, 2, 2)
    assert told(counts, "facts") == (1, 1, 2, 1, 2)


def test_the_due_day_of_what_may_be_lacking_may_be_lacking() -> None:
    label = "  - items: {1: {type: promise, text: 村集体出|, due: 2026-06-08}}"
    counts, _ = scored(label, [Proposal("items", item("promise", "村集体出", date(2026, 6, 8)))])
    assert told(counts, "promises") == told(counts, "due") == (0, 0, 0, 0, 0)


# ---------------------------------------------------------------- laws over the labelled texts


@cache
def labelled() -> list[Any]:
    """Every text with its label; read once."""
    return list(bench.read_texts(bench.SETS["all"]))


def reading(n: int) -> Callable[..., list[Event]]:
    """A reader that knows the labels and always takes their n-th reading."""
    known = {text.text: text for text in labelled()}

    def propose(text: str, *_: Any) -> list[Event]:
        return [Event(tuple(_proposals(event, n))) for event in known[text].events]

    return propose


def _proposals(event: Any, n: int) -> list[Proposal]:
    tree = bench.nth_reading(event, n)
    entry, flaws = read_tree({"id": "q7m3k9x2", "kind": "note", "date": "2000-01-01"} | tree)
    assert entry and not flaws
    found = []
    for field in tree:
        value = entry.companions if field == "with" else getattr(entry, field)
        found += [
            Proposal(field, one)
            for one in (value if isinstance(value, tuple) and not hasattr(value, "_fields") else [value])
        ]
    return found


@pytest.mark.parametrize("n", [0, 1])
@pytest.mark.parametrize("every", [6, pytest.param(1, marks=pytest.mark.slow)])
def test_whoever_reads_as_the_labels_do_makes_no_mistake(n: int, every: int) -> None:
    counts, mistakes = bench.score(labelled()[n::every], reading(2 * n), SURE)
    assert mistakes == []
    assert all(of.wanted == of.found_sure == of.found and of.sure == of.right for of in counts.values())
    assert all(of.wanted for of in counts.values())


def test_whoever_reads_nothing_finds_nothing() -> None:
    counts, _ = bench.score(labelled(), lambda *_: [], SURE)
    assert all(of.wanted and not of.found and not of.sure for of in counts.values())


def test_the_table_shows_the_counts_behind_each_rate() -> None:
    counts, _ = scored("  - {who: [秦月娥, 丁香云]}", [Proposal("who", Person("秦月娥"))])
    lines = list(bench.table(counts, markdown=True))
    assert lines[0] == "| field | precision | recall | precision of all | recall of all |"
    assert "| people | 1.00 (1/1) | 0.50 (1/2) | 1.00 (1/1) | 0.50 (1/2) |" in lines
    assert "| date | - | - | - | - |" in lines


def test_what_is_proposed_in_doubt_counts_in_the_precision_of_all() -> None:
    counts, _ = scored(
        "  - {who: [秦月娥]}", [Proposal("who", Person("秦月娥")), Proposal("who", Person("油饼"), 0.5)]
    )
    of = counts["people"]
    assert (of.right, of.sure) == (1, 1)
    assert (of.right_at_all, of.proposed) == (1, 2)


def test_a_folder_of_texts_is_read_by_its_labels(tmp_path: Path) -> None:
    (tmp_path / "07.txt").write_text("5月8日 晴", encoding="utf-8")
    (tmp_path / "07.yaml").write_text(
        "today: 2016-06-01\nyear: 2016\nevents:\n  - {date: 2016-05-08}\n", encoding="utf-8"
    )
    (text,) = bench.read_folders([tmp_path])
    assert (text.text, text.year, text.events) == ("5月8日 晴", 2016, [{"date": "2016-05-08"}])
