"""Reading an entry: both languages, full width, what is no YAML, and every mistake at once with its place."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minqing.capture import read_aid
from minqing.errors import UsageError
from minqing.front import _BadYaml, _build, _halfwidth, read_front
from minqing.plain import read_plain
from minqing.text import read_entry
from minqing.values import Unreadable, han_number, read_area, read_quantity, read_time, write_quantity


def said(header: str) -> list[tuple[int, int, str, str]]:
    """The flaws of an entry with this header, as line, column, rule and sentence."""
    flaws = read_entry(f"---\n{header.strip()}\n---\n").flaws
    return [(flaw.line, flaw.column, flaw.rule, flaw.message.format(**flaw.words)) for flaw in flaws]


PIECES = [
    "a",
    "b1",
    "中文",
    "标题",
    "date",
    "who",
    ":",
    "：",
    "，",
    ",",
    "[",
    "]",
    "{",
    "}",
    '"',
    '""',
    "'",
    "-",
    "#",
    "?",
    "&",
    "*",
    "!",
    "|",
    ">",
    "%",
    "@",
    "~",
    "null",
    "1:2",
    "14:30",
    "<<",
    "=",
    ".",
    "...",
    "---",
    "（甲）",
    "/",
    "\\",
    "200元",
    "on",
    "+1",
] + [
    ": ",
    "- ",
    "\n",
    "\n  ",
    "\n    ",
    "\n- ",
    "\n  - ",
    " #",
    " # c",
    "k: ",
    "x: ",
    " ",
    "\t",
    "\x85",
    "\u2028",
    "\u3000",
]


@settings(max_examples=600, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join), st.booleans())
def test_the_quick_reader_answers_as_the_yaml_reader_or_not_at_all(text, with_key):
    text = f"k: {text}" if with_key else text
    quick = read_plain(text)
    if quick is None:
        return
    try:
        assert _build(_halfwidth(text).split("\n"), 2) == (quick, [])
    except _BadYaml as bad:
        pytest.fail(f"{text!r} is no YAML ({bad}), yet was read as {quick}")


def test_every_mistake_is_named_at_once_and_the_rest_is_read():
    header = """
编号: c7m3k9x2
类型: 走访
date: 2016-05-01
weather: @晴
title: 王家
items:
  1: {type: need, text: 好的}
  2: {type: nead, text: 坏的}
  3: {type: need, due: 2016-06-31, text: 没有这天}
wether: 晴
title: 又一个
"""
    reading = read_entry(f"---\n{header.strip()}\n---\n")
    assert [(line, rule) for line, _column, rule, _message in said(header)] == [
        (5, "yaml"), (9, "value"), (10, "value"), (11, "key"), (12, "key"),
    ]  # fmt: skip
    assert reading.entry
    assert reading.entry.title == "王家"
    assert [(item.n, item.text, item.due) for item in reading.entry.items] == [
        (1, "好的", None),
        (3, "没有这天", None),
    ]


def test_a_wrong_value_is_not_also_called_missing():
    assert said("id: c7m3k9x2\nkind: note\n日期: 2016-02-30") == [
        (4, 1, "value", "2016-02-30 is no date: 2016-02 has 29 days")
    ]


@pytest.mark.parametrize(
    "header",
    [
        "编号：c7m3k9x2\n类型：走访\n日期：2016年5月28日\n对象：赵小梅、李四（组长）\n时间：14：30到15：40\n事项：\n  1：{类型：诉求，内容：缺水，要水，期限：2016-06-01}",
        "id:c7m3k9x2\nkind:visit\ndate:2016-05-28\nwho:[赵小梅，李四(组长)]\ntime:14:30-15:40\nitems:\n  1:{type:need,text:缺水，要水,due:2016-06-01}",
        "id: C7M3K9X2\nkind: visit\ndate: ２０１６-０５-２８\nwho: [赵小梅, 李四（组长）]\ntime: 下午2点半到3点40分\nitems:\n"
        '  1: {type: need, text: "缺水，要水", due: 2016.6.1}',
    ],
)
def test_chinese_and_full_width_say_the_same(header):
    entry, flaws = read_entry(f"---\n{header}\n---\n")
    assert not flaws
    assert entry
    assert (entry.kind, entry.date.isoformat(), entry.time) == ("visit", "2016-05-28", "14:30-15:40")
    assert [(person.name, person.role) for person in entry.who] == [("赵小梅", ""), ("李四", "组长")]
    assert [(item.text, str(item.due)) for item in entry.items] == [("缺水，要水", "2016-06-01")]


def test_text_stays_text():
    tree = read_front("a: 20:00\nb: 0123456\nc: no\nd: 1e3\ne: 2016-05-28\nf:\ng: null").tree
    assert tree == {
        "a": "20:00",
        "b": "0123456",
        "c": "no",
        "d": "1e3",
        "e": "2016-05-28",
        "f": None,
        "g": None,
    }


def test_what_git_could_not_merge_is_left_out_and_named():
    header = "id: c7m3k9x2\nkind: note\ndate: 2016-05-28\n<<<<<<< HEAD\ntitle: 甲\n=======\ntitle: 乙\n>>>>>>> other\nweather: 晴"
    entry, flaws = read_entry(f"---\n{header}\n---\n")
    assert [(flaw.line, flaw.rule) for flaw in flaws] == [(5, "conflict")]
    assert entry
    assert (entry.title, entry.weather) == ("", "晴")


def test_a_header_that_is_broken_on_every_line_is_refused_at_once():
    start = time.process_time()
    entry, flaws = read_entry("---\n" + "a: @b\n" * 5000 + "---\n")
    assert entry is None
    assert 20 <= len(flaws) <= 30
    assert time.process_time() - start < 2


def test_two_items_of_one_number_are_not_merged():
    header = "id: c7m3k9x2\nkind: note\ndate: 2016-05-28\nitems:\n  1: {type: need, text: 甲}\n  １: {type: need, text: 乙}\n  2: {type: need, text: 丙}"
    entry, flaws = read_entry(f"---\n{header}\n---\n")
    assert [(flaw.line, flaw.message) for flaw in flaws] == [(7, "two items have one number")]
    assert entry
    assert [item.text for item in entry.items] == ["甲", "丙"]


def test_a_name_with_a_newline_hides_no_entry(minqing, write, diary):
    path = write("aaaa1111", "date: 2016-05-01")
    (path.parent / "b\n\nc.md").write_text("---\nid: b2345678\nkind: note\ndate: 2016-05-02\n---\n")
    for _again in range(2):
        assert [entry["id"] for entry in minqing("list", "--format", "json").json["entries"]] == [
            "aaaa1111",
            "b2345678",
        ]


def test_nothing_is_worked_out_from_a_number_that_cannot_be_read():
    reading = read_entry(
        "---\nid: c7m3k9x2\nkind: note\ndate: 2016-05-01\n"
        + "aid:\n  - {what: 慰问金, each: 200元, n: 七八}\n---\n"
    )
    (aid,) = reading.entry.aid
    assert (aid.n, aid.total) == (None, None)
    assert [flaw.words["key"] for flaw in reading.flaws] == ["aid.0.n"]


def test_a_merge_is_refused_by_name():
    reading = read_entry(
        "---\nid: c7m3k9x2\nkind: note\ndate: 2016-05-01\n"
        + "facts:\n  赵小梅:\n    <<: {class: low_income}\n---\n"
    )
    assert reading.entry.facts == ()
    assert [(flaw.line, flaw.message) for flaw in reading.flaws] == [
        (7, "<< would merge one record into another")
    ]


def test_what_was_lost_is_not_also_missing():
    reading = read_entry(
        "---\nid: c7m3k9x2\nkind: note\ndate: 2016-05-01\n" + "items:\n  1: {type: [a], text: 修渠}\n---\n"
    )
    assert reading.entry.items == ()
    assert [(flaw.rule, flaw.words["key"]) for flaw in reading.flaws] == [("value", "items.1.type")]


def test_brackets_and_slashes_of_an_input_method_mean_what_they_look_like():
    entry, flaws = read_entry(
        "---\nid: q7m3k9x2\nkind: 走访\n日期：2016－05－28\n对象：［张三，李四（户主）、王五］\n同行: 【老吴】\n标签：【留守】\n"
        "标题：【通知】\n区划：青石镇／柳湾村／二组\n"
        "事项：\n  1：｛类型：诉求，对象：张三，内容：没有低保，“真的”｝\n"
        "帮扶：\n  - ｛内容：慰问金，每份：二百元，领取人：［张三、李四］｝\n---\n"
    )
    assert flaws == []
    assert [(p.name, p.role) for p in entry.who] == [("张三", ""), ("李四", "户主"), ("王五", "")]
    assert [p.name for p in entry.companions] == ["老吴"]
    assert (entry.title, entry.tags, entry.area) == ("【通知】", ("留守",), "青石镇/柳湾村/二组")
    assert (entry.items[0].who, entry.items[0].text) == ("张三", "没有低保，“真的”")
    assert (entry.aid[0].to, write_quantity(entry.aid[0].total)) == (("张三", "李四"), "400元")


def test_facts_and_meetings_may_be_typed_full_width_on_one_line():
    entry, flaws = read_entry(
        "---\nid: q7m3k9x2\nkind: 会议\n日期：2016－05－28\n"
        "情况：\n  张三：｛户属性：低保户，致贫原因：［因病、因学］，自述：累，睡不着，人口：３｝\n"
        "会议：｛类型：座谈会，主持：李四，应到：３０，实到：２８，议题：［修路，修渠］｝\n"
        "事项：\n  1: {类型: 问题，内容: 开会，主持：没有来}\n"
        "帮扶：\n  － ｛内容：慰问金，每份：２００元，份数：７｝\n---\n"
    )
    assert flaws == []
    assert [(fact.key, fact.value) for fact in entry.facts] == [
        ("class", "dibao"), ("causes", "illness"), ("causes", "school"), ("自述", "累，睡不着"), ("members", "3"),
    ]  # fmt: skip
    assert entry.meeting[1:3] == ("李四", None)
    assert (entry.meeting.eligible, entry.meeting.present, entry.meeting.agenda) == (30, 28, ("修路", "修渠"))
    assert entry.items[0].text == "开会，主持：没有来"
    assert write_quantity(entry.aid[0].total) == "1400元"


# ---------------------------------------------------------------- words on one line


@pytest.mark.parametrize(
    ("typed", "each", "n", "total"),
    [
        ("慰问金 200元 x 7", "200元", 7, "1400元"),
        ("慰问金 200元 x 7 = 1300元", "200元", 7, "1300元"),  # check tells that it does not fit
        ("慰问金 200元x7＝1400", "200元", 7, "1400元"),
        ("慰问金 200元 x 7人", "200元", 7, "1400元"),
        ("慰问金 ２００元 × ７ 户", "200元", 7, "1400元"),
        ("慰问金 二百元 x 七", "200元", 7, "1400元"),
        ("慰问金每人￥200 x 7户", "200元", 7, "1400元"),
        ("慰问金 200元/人 x 7", "200元", 7, "1400元"),
        ("慰问金 1千元", "1000元", 1, "1000元"),
        ("慰问金 共1400元", None, None, "1400元"),
        ("慰问金每人200元共7人", "200元", 7, "1400元"),  # people are counted, not given
        ("慰问金 200元 合计 七户", "200元", 7, "1400元"),
        ("慰问金 每人200元 7人 共1400元", "200元", 7, "1400元"),
        ("慰问金 每人200元，7人，合计1400元", "200元", 7, "1400元"),
        ("慰问金 200元 7人 共1400元", "200元", 7, "1400元"),
        ("大米 每户10公斤 共3户", "10公斤", 3, "30公斤"),
        ("书包 共7人", None, 7, None),
        ("书包 共7份", None, None, "7份"),
        ("书包 一个 x 7", "1个", 7, "7个"),
        ("米10千克 x 3", "10千克", 3, "30千克"),
        ("100元话费卡 1张 x 7", "1张", 7, "7张"),
        ("N95口罩 x 7", None, 7, None),
        ("　大米（10kg装） １袋 x 3＝３袋", "1袋", 3, "3袋"),
        ("三轮车 x 7", None, 7, None),
    ],
)
def test_aid_is_read_as_it_is_said(typed, each, n, total):
    aid = read_aid(typed)
    assert (write_quantity(aid.each), aid.n, write_quantity(aid.total)) == (each, n, total)
    assert aid.what in typed
    assert (aid.form == "cash") == (total is not None and total.endswith("元"))


@pytest.mark.parametrize(
    "typed",
    [
        "慰问金 200元 x -7", "慰问金 200元 x", "慰问金 200元 x 约7", "慰问金 200元 x 7.5", "慰问金 200 x 7", "慰问金200 x 7",
        "慰问金 -200元 x 7", "慰问金 200元 300元 x 7", "慰问金 200元 x 7 x 2", "米 2袋 油 1桶", "慰问金 200元 x 二百五",
        "慰问金 200元 7人",  # each, or all of them
        "慰问金 200元 fnd=卫生局", "慰问金 200元 x 7 = 很多", "话" * 300,
    ],
)  # fmt: skip
def test_aid_that_may_mean_something_else_is_refused(typed):
    with pytest.raises(UsageError):
        read_aid(typed)


@pytest.mark.parametrize(
    ("text", "number"),
    [("七", 7), ("十五", 15), ("二十", 20), ("两百", 200), ("一千零五", 1005), ("三千二百", 3200), ("两万三千", 23000),
     ("百", None), ("二百五", None), ("三八", None), ("一千二", None), ("零", 0)],
)  # fmt: skip
def test_chinese_numerals_that_can_only_mean_one_number(text, number):
    assert han_number(text) == number


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [("1,234,567.5元", "1234567.5", "元"), ("12m2", "12", "m2"), ("3.5 km2", "3.5", "km2"), ("50%", "50", "%"), ("127人(2016年)", "127", "人(2016年)"), ("2吨CO2", "2", "吨CO2")],
)  # fmt: skip
def test_a_unit_may_hold_a_digit(text, number, unit):
    quantity = read_quantity(text)
    assert (str(quantity.value), quantity.unit) == (number, unit)


@pytest.mark.parametrize(
    "text", ["1/3", "5-6人", "5~6人", "3：2", "3斤5两", "1小时30分", "3x5米", "3×5米", "0x10", "200元 x 7", "1e5", "12人/3户",
             "3,4", "3，4", "1,0000元", "￥1,5", "3人，都上学", "3：都上学", "12亩。"]
)  # fmt: skip
def test_neither_a_second_number_nor_a_sentence_is_taken_for_a_unit(text):
    with pytest.raises(Unreadable, match="no number with a unit"):
        read_quantity(text)


@pytest.mark.parametrize(
    "text", ["200多元", "10余人", "100来亩", "3个多月", "十几人", "5斤半", "100元以上", "300人左右", "12人以上（估计）"]
)
def test_a_number_that_is_about_is_none_to_add_up(text):
    with pytest.raises(Unreadable, match=r"is no (exact number|number with)"):
        read_quantity(text)


@pytest.mark.parametrize("text", ["一般", "一些", "三轮车", "百货", "几百元"])
def test_a_word_that_begins_like_a_number_is_none(text):
    with pytest.raises(Unreadable):
        read_quantity(text)


@pytest.mark.parametrize("typed", ["镇/村", "镇／村／", "/镇//村", "镇 / /村/"])
def test_a_slash_too_many_makes_no_other_place(typed):
    assert read_area(typed) == "镇/村"


@pytest.mark.parametrize(
    ("header", "rules"),
    [
        ("id: q7m3k9x2\nkind: note\ndate: 2016-05-01\n\ttime: 9:00\n", ["yaml"]),
        ("编号: q7m3k9x2\n类型: note\n日期: @今天\n", ["yaml"]),
        ("id: q7m3k9x2\nkind: note\ntitle: @x\n", ["missing", "yaml"]),
    ],
)
def test_what_stands_there_but_cannot_be_read_is_not_missing(header, rules):
    reading = read_entry(f"---\n{header}---\n")
    assert sorted(flaw.rule for flaw in reading.flaws) == rules


def test_the_day_ends_at_24_hours():
    assert read_time("24:00") == "24:00"
    with pytest.raises(Unreadable):
        read_time("24:30")


def test_damage_behind_a_byte_order_mark_is_named_where_it_stands():
    reading = read_entry(b"\xef\xbb\xbf---\ntitle: \xe4\xb8\xad\xff\n---\n")
    assert ("encoding", 2, 9) in [(flaw.rule, flaw.line, flaw.column) for flaw in reading.flaws]
