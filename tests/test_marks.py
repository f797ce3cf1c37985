"""Marked text: what people type on a phone, to entries and back."""

import time
from datetime import date

import corpus
import pytest
from hypothesis import HealthCheck, given, settings

from minqing.drafts import read_drafts
from minqing.marking import write_marks
from minqing.marks import has_marks, read_marks
from minqing.model import Entry, Fact

law = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LISTS = ("items", "updates", "aid", "funds", "figures", "facts", "meeting", "decisions", "files", "void")


@law
@given(corpus.entries)
def test_marks_keep_every_ledger_list(entry: Entry) -> None:
    for language in ("zh", "en"):
        text = write_marks(entry, language)
        read = read_marks(text, date(2016, 5, 28))
        assert len(read) == 1
        assert not read[0].flaws, text
        for name in LISTS:
            assert getattr(read[0].entry, name) == getattr(entry, name), text


def test_pairs_may_stand_behind_commas() -> None:
    entry = read_marks(
        "【情况】@钱小苗 组=二组，人口=4，致贫原因=因病、缺劳力；养牛=2头\n"
        "【承诺】修水管，责任人=社区，期限=6月8日\n"
        "【诉求】想问a，b=c\n",
        date(2016, 5, 8),
    )[0].entry
    assert entry.facts == (
        Fact("钱小苗", "group", "二组"),
        Fact("钱小苗", "members", "4"),
        Fact("钱小苗", "causes", "illness"),
        Fact("钱小苗", "causes", "labour"),
        Fact("钱小苗", "养牛", "2头"),
    )
    promise, need = entry.items
    assert (promise.text, promise.owner, promise.due) == ("修水管", "社区", date(2016, 6, 8))
    assert need.text == "想问a，b=c"


def test_messages_of_a_chat_are_headed_by_who_wrote_them_and_when() -> None:
    chat = (
        "李慧兰 5月8日 20:31\n去了老周家【问题】屋顶漏雨\n\n李慧兰 5月8日 20:33\n【诉求】修屋顶\n\n"
        "周一鸣(zym)  2016/5/9 8:12:33\n去镇里问了【待办】报材料 三天内\n"
    )
    first, second = [marked.entry for marked in read_marks(chat, date(2016, 5, 28))]
    assert (first.date, first.title, first.time, len(first.items)) == (date(2016, 5, 8), "李慧兰", "20:31", 2)
    assert first.body == "去了老周家\n\n李慧兰 5月8日 20:33\n"
    assert (second.date, second.title, second.items[0].due) == (
        date(2016, 5, 9),
        "周一鸣(zym)",
        date(2016, 5, 12),
    )
    (again,) = read_marks(write_marks(first._replace(id="q7m3k9x2"), "zh"), date(2016, 5, 28))
    assert again.entry.body == first.body


def test_a_line_of_the_text_that_only_looks_like_a_day_heads_nothing() -> None:
    entry = Entry("q7m3k9x2", "note", date(2016, 5, 8), body="得票\n0/0\n2月30日\n")
    (marked,) = read_marks(write_marks(entry, "zh"), date(2016, 5, 28))
    assert (marked.entry.body, marked.flaws) == (entry.body, ())


@law
@given(corpus.entries)
def test_marks_keep_what_else_an_entry_says(entry: Entry) -> None:
    again = read_marks(write_marks(entry, "zh"), date(2016, 5, 28))[0].entry
    assert again._replace(body="") == entry._replace(body="")


TODAY = date(2016, 5, 28)


def read(text: str) -> Entry:
    """The one entry of a text in which everything is understood."""
    (marked,) = read_marks(text, TODAY)
    assert not marked.flaws
    return marked.entry


def test_a_day_heads_an_entry_and_each_mark_is_a_fact() -> None:
    entry = read(
        "5月8日 多云转阴 走访赵小梅家 6:20到10:10 爷爷在家，问了孩子的学习。"
        "【诉求】没有低保 @赵小梅 #低保救助【承诺】社区尽快申报 @赵小梅 6月8日前 责任人=社区\n"
        "【情况】@赵小梅 健康状况=红斑狼疮 户属性=低保户 致贫原因=因病 致贫原因=因学\n"
        "【帮扶】慰问金 200元 x 7 资金来源=卫生局 领取人=甲、乙\n"
        "【数据】在校学生 326人\n"
    )
    assert (entry.kind, entry.date, entry.title) == ("visit", date(2016, 5, 8), "走访赵小梅家")
    assert (entry.weather, entry.time, [person.name for person in entry.who]) == (
        "多云转阴",
        "06:20-10:10",
        ["赵小梅"],
    )
    assert entry.body == "爷爷在家，问了孩子的学习。\n"
    need, promise = entry.items
    assert (need.type, need.text, need.who, need.about) == ("need", "没有低保", "赵小梅", "welfare")
    assert (promise.text, promise.owner, promise.due) == ("社区尽快申报", "社区", date(2016, 6, 8))
    assert [(fact.key, fact.value) for fact in entry.facts] == [
        ("health", "红斑狼疮"), ("class", "dibao"), ("causes", "illness"), ("causes", "school"),
    ]  # fmt: skip
    assert (str(entry.aid[0].total.value), entry.aid[0].to) == ("1400", ("甲", "乙"))
    assert entry.figures[0].value.unit == "人"


def test_a_meeting_with_its_votes() -> None:
    entry = read(
        "3月12日 晚上8点 选组长\n"
        "【会议】类型=村民小组会议 主持=王某 记录=李某 应到=20 实到=18 单位=户 议题=选组长、修路\n"
        "【选举】选举组长 当选=钟方 方式=无记名 发出=18 收回=18 有效=17 得票=钟方:15、李某:2\n"
        "【决议】修通组道路 赞成=16 反对=2\n"
    )
    assert (entry.kind, entry.time) == ("meeting", "20:00")
    assert (entry.meeting.type, entry.meeting.present, entry.meeting.agenda) == (
        "group",
        18,
        ("选组长", "修路"),
    )
    election, road = entry.decisions
    assert (election.type, election.elected, election.vote.tally) == (
        "election",
        "钟方",
        (("钟方", 15), ("李某", 2)),
    )
    assert (road.type, road.vote.yes, road.vote.no) == ("resolution", 16, 2)


def test_several_days_are_several_entries() -> None:
    text = "昨天 走访\n【诉求】修路\n2016-05-08 开会\n【正文】\n说了【诉求】怎么写。\n"
    assert [(m.entry.date.isoformat(), len(m.entry.items), m.line) for m in read_marks(text, TODAY)] == [
        ("2016-05-27", 1, 1), ("2016-05-08", 0, 3),
    ]  # fmt: skip


def test_days_on_end_begin_on_the_first_and_stay_in_the_text() -> None:
    entry = read_marks("11月24日-25日 走访\n【问题】路灯不亮\n26日 晴", date(2025, 11, 30))[0].entry
    assert (entry.date, entry.kind, entry.title) == (date(2025, 11, 24), "visit", "走访")
    assert entry.body == "11月24日-25日\n\n26日 晴\n"


def test_a_day_without_a_year_is_not_in_the_future_or_lies_in_the_year_that_is_asked_for() -> None:
    assert read_marks("6月8日\n【诉求】修路", TODAY)[0].entry.date == date(2015, 6, 8)
    assert read_marks("6月8日\n【诉求】修路", TODAY, 2011)[0].entry.date == date(2011, 6, 8)


def test_what_a_mark_cannot_say_stays_in_the_body_word_for_word() -> None:
    text = "5月8日\n【诉求】修路 #没有这类\n【怪】别的\n【数据】很多人\n【对象】赵小梅\n【诉求】\n话。\n"
    (marked,) = read_marks(text, TODAY)
    assert marked.entry.body == "【诉求】修路 #没有这类\n【怪】别的\n【数据】很多人\n\n【诉求】\n话。\n"
    assert [flaw.line for flaw in marked.flaws] == [2, 3, 4, 6]
    assert [person.name for person in marked.entry.who] == ["赵小梅"]


def test_a_key_that_is_said_twice_is_told_and_the_first_counts() -> None:
    (marked,) = read_marks("5月8日\n【地点】村部\n【地点】学校\n【对象】甲\n【对象】乙\n", TODAY)
    assert (marked.entry.place, marked.entry.body) == ("村部", "【地点】学校\n")
    assert [person.name for person in marked.entry.who] == ["甲", "乙"]


def test_words_of_an_update_need_no_keys() -> None:
    (marked,) = read_marks(
        "5月8日\n【进展】q7m3.1 已销号 已解决 满意 两户都去了", TODAY, whole=lambda ref: "q7m3k9x2.1"
    )
    (update,) = marked.entry.updates
    assert (update.ref, update.status, update.reason, update.satisfied) == (
        "q7m3k9x2.1",
        "closed",
        "resolved",
        "yes",
    )
    assert update.note == "两户都去了"


def test_an_update_is_read_whatever_signs_stand_between_its_words() -> None:
    typed = (
        "ｋ2w8d3fa．1：已销号，已解决、满意；换了新表，等配件",
        "k2w8d3fa.1　已销号 已解决 满意　换了新表，等配件",
    )
    for words in typed:
        (update,) = read(f"5月8日\n【进展】{words}\n").updates
        assert update.ref == "k2w8d3fa.1"
        assert (update.status, update.reason, update.satisfied) == ("closed", "resolved", "yes")
        assert update.note == "换了新表，等配件"


def test_already_solved_is_done_but_not_closed() -> None:
    (item,) = read("5月8日\n【问题】水管漏水 @老王 已解决").items
    assert (item.text, item.who, item.status) == ("水管漏水", "老王", "done")


def test_signs_of_a_sentence_are_no_marks() -> None:
    (item,) = read("5月8日\n【问题】太吵了！1+1=2，找王家#2和a@b.c").items
    assert item.text == "太吵了！1+1=2，找王家#2和a@b.c"


def test_only_known_words_in_brackets_are_marks() -> None:
    assert has_marks("【诉求】没水") and has_marks("x【need】y") and has_marks("【承诺2】z")
    assert not has_marks("【精华】民情日记4篇") and not has_marks("没有")


def test_a_long_line_of_signs_is_read_at_once() -> None:
    for sign in (
        "【",
        "【困难】",
        "【诉求】x 王前 ",
        "问题：\n",
        "【诉求】",
        "【诉求】x",
        "【诉求】x #没\n",
        "@",
        '"',
        "a=",
        "6月8日前 ",
        "#x ",
        "\\",
    ):
        read_marks(sign * 20_000, TODAY)


def test_a_quoted_name_may_hold_what_elsewhere_is_a_key() -> None:
    (item,) = read('5月8日\n【诉求】修路 @"a 期限=b" 责任人=社区').items
    assert (item.text, item.who, item.owner, item.due) == ("修路", "a 期限=b", "社区", None)


def test_what_says_a_thing_a_second_time_stays_in_the_text() -> None:
    (marked,) = read_marks(
        "5月8日\n【诉求】要路灯 @王五 @李四 #道路交通 #环境卫生\n【待办】交表 ！6月30日 ！7月1日", TODAY
    )
    assert [flaw.words["word"] for flaw in marked.flaws] == ["@李四", "#环境卫生", "！7月1日"]
    lamps, papers = marked.entry.items
    assert (lamps.text, lamps.who, lamps.about) == ("要路灯 @李四 #环境卫生", "王五", "road")
    assert (papers.text, papers.due) == ("交表 ！7月1日", date(2016, 6, 30))


def test_a_due_day_may_stand_in_the_sentence() -> None:
    for words, day in (
        ("6月8日前社区申报", date(2016, 6, 8)),
        ("社区将于6月8日之前完成申报", date(2016, 6, 8)),
        ("一周内回复", date(2016, 5, 15)),
        ("下周五前回话", date(2016, 5, 13)),
        ("路年底前修好", date(2016, 12, 31)),
        ("十五天内办结", date(2016, 5, 23)),
        ("三天前修过", None),
        ("去年底前修的", None),
        ("目前就办", None),
    ):
        (item,) = read(f"5月8日\n【承诺】{words} @王五\n").items
        assert (item.text, item.who, item.due) == (words, "王五", day)
    assert read("5月8日\n【问题】两天内停水三次\n").items[0].due is None
    assert (
        read_marks("5月8日\n【承诺】社区2月30日前申报\n", TODAY)[0].entry.body
        == "【承诺】社区2月30日前申报\n"
    )


def test_a_fund_says_whose_it_is_and_what() -> None:
    for words in (
        "卫生局 慰问金 1400元",
        "慰问金 卫生局 1,400 元",
        "卫生局 1400元 内容=慰问金",
        "慰问金 金额=1400元 来源=卫生局",
    ):
        (fund,) = read(f"5月8日\n【资金】{words}\n").funds
        assert (fund.source, fund.what, str(fund.amount.value)) == ("卫生局", "慰问金", "1400"), words
    for words in ("供销社 大米 20袋", "中央 专项资金 慰问金 3000元"):
        (marked,) = read_marks(f"5月8日\n【资金】{words}\n", TODAY)
        assert marked.entry.body == f"【资金】{words}\n" and marked.flaws, words


def test_punctuation_ends_a_name_and_a_due_date() -> None:
    found = read(
        "5月8日\n【诉求】没有低保 @赵小梅，6月8日前\n【承诺】社区尽快申报，@赵小梅 6月8日前。\n【问题】修灯 6月8日前，已解决\n"
        "【诉求】@赵小梅：要低保\n【待办】交材料 期限：7月3日 责任人：社区\n【问题】水管坏了【已解决】\n"
    ).items
    assert [(item.text, item.who, item.owner, item.due and f"{item.due:%m-%d}", item.status) for item in found] == [
        ("没有低保", "赵小梅", None, "06-08", "open"), ("社区尽快申报", "赵小梅", None, "06-08", "open"),
        ("修灯", None, None, "06-08", "done"), ("要低保", "赵小梅", None, None, "open"),
        ("交材料", None, "社区", "07-03", "open"), ("水管坏了", None, None, None, "done"),
    ]  # fmt: skip


def test_a_day_is_a_head_however_it_is_written_and_a_fraction_is_none() -> None:
    for head in ("　　5月13日 走访", "五月十三日 走访", "2016.5.13 走访", "20160513 走访", "日期：5月13日", "## 5月13日", "- 5月13日",
                 "5/13 走访", "5.13 晴", "二〇一六年五月十三日"):  # fmt: skip
        (marked,) = read_marks(f"{head}\n【诉求】修路", TODAY)
        assert marked.entry.date == date(2016, 5, 13), head
    (marked,) = read_marks("5月13日\n3/4 的村民同意修路。【诉求】修路\n1-2 户没来\n", TODAY)
    assert marked.entry.body == "3/4 的村民同意修路。\n1-2 户没来\n"


def test_a_day_is_a_head_behind_its_weekday_in_brackets_or_behind_a_word_for_it() -> None:
    for head, weekday, title in (
        ("周三（5月25日）开会", "周三", "开会"),
        ("周三 5.25 走访赵家", "周三", "走访赵家"),
        ("星期三，5月25日，晴", "星期三", ""),
        ("【5月25日】走访赵家", None, "走访赵家"),
        ("【2016-05-25 周三】走访赵家", "周三", "走访赵家"),
    ):
        text = f"5月8日 走访\n【诉求】修路\n{head}\n【决议】修水渠\n"
        before, entry = (one.entry for one in read_marks(text, TODAY))
        assert (entry.date, entry.weekday, entry.title) == (date(2016, 5, 25), weekday, title), head
        assert (len(before.decisions), len(entry.decisions), entry.body) == (0, 1, "")
    entry = read("会议时间：5月25日 14:30:05 开会\n【决议】修水渠\n")
    assert (entry.date, entry.time, entry.title) == (date(2016, 5, 25), "14:30", "开会")


def test_a_line_over_the_first_head_is_its_title_and_no_entry_of_its_own() -> None:
    for over in ("赵家的事\n", "# 赵家的事\n\n", "赵家的事：\n"):
        (marked,) = read_marks(f"{over}5月8日 晴\n【诉求】修路\n", TODAY)
        assert (marked.entry.title, marked.entry.date, marked.entry.body) == (
            "赵家的事",
            date(2016, 5, 8),
            "",
        )
    assert read("走访日记\n5月8日\n【诉求】修路\n").kind == "visit"
    (marked,) = read_marks("民情日记\n5月8日 走访赵家\n爷爷在家。\n【诉求】修路\n", TODAY)
    assert (marked.entry.title, marked.entry.body) == ("走访赵家", "民情日记\n\n爷爷在家。\n")
    assert read("去了一趟").body == "去了一趟\n"
    assert len(read_marks("昨天的事，今天补上。\n5月8日\n【诉求】修路\n", TODAY)) == 2
    assert len(read_marks("【诉求】没有低保\n5月8日\n【诉求】修路\n", TODAY)) == 2


def test_a_numbered_day_heads_nothing_and_that_is_told() -> None:
    text = "5月8日 走访\n【诉求】修路\n2、5月9日 走访钟家\n【诉求】修桥\n"
    assert told(text) == [
        (
            3,
            "“2、5月9日” heads no entry, for its line does not begin with the day — write the day first: 5月9日",
        )
    ]
    assert told("5月8日 走访\n【诉求】修路\n1、5月9日前交表\n") == []


def test_a_sentence_about_today_or_yesterday_heads_no_other_entry() -> None:
    text = "5月8日 走访王五家\n今天去了王五家，路坏了。【诉求】修路 @王五\n前天下过雨。\n昨天下午去看了路。\n周二来的人说要修。\n今天 去了两次\n"
    (marked,) = read_marks(text, TODAY)
    assert (marked.entry.date, [item.text for item in marked.entry.items]) == (date(2016, 5, 8), ["修路"])
    assert "前天下过雨。\n昨天下午去看了路。" in marked.entry.body
    heads = ("昨天走访了王五", "昨天 走访", "昨天下午 走访", "周五 晴", "上周五走访")
    days = [read_marks(f"{head}\n【诉求】修路\n", TODAY)[0].entry.date.day for head in heads]
    assert days == [27, 27, 27, 27, 20]
    assert len(read_marks("5月8日 走访\n【诉求】修路\n昨天 走访\n【诉求】修渠\n前天下午 开会\n", TODAY)) == 3


def test_no_word_behind_a_mark_is_lost() -> None:
    for line in (
        "【会议】主持=王浩 讨论修路",
        "【会议】讨论修路",
        "【情况】@赵小梅 今年外出 健康状况=好",
        "【情况】@赵小梅 健康状况=好 @王五 住房=三间",
        "【帮扶】内容=大米 油",
        "【帮扶】慰问金 200元 每份=300元",
        "【数据】在校学生=326人 说明=一 其他",
        "【数据】在校学生 约326人",
        "【数据】在校学生=300多人",
        "【数据】外出 10余人",
        "【帮扶】慰问金约200元",
        "【帮扶】慰问金 200多元 x 3",
        "【帮扶】大米 5斤半",
        "【帮扶】大米 每户10斤左右 x 3",
        "【帮扶】慰问金 每人200元 共1400元左右",
        "【决议】同意修路 内容=别的",
        "【资金】卫生局 1400元 来源=民政局 内容=米",
        "【进展】k2w8d3fa.1 已销号 状态=办理中",
        "【连心卡】发放12张",
        "【连心卡】王五 已发",
    ):
        (marked,) = read_marks(f"5月8日\n{line}\n", TODAY)
        assert marked.entry.body == f"{line}\n" and marked.flaws, line


def test_a_meeting_and_a_household_are_told_in_short() -> None:
    entry = read(
        "5月8日\n【会议】村民小组会议 主持：王浩，记录：李明 应到=20\n【情况】@王五、赵六 @孙七 户属性=低保户\n"
    )
    meeting = entry.meeting
    assert meeting and (meeting.type, meeting.host, meeting.recorder, meeting.eligible) == (
        "group",
        "王浩",
        "李明",
        20,
    )
    assert [fact.who for fact in entry.facts] == ["王五", "赵六", "孙七"]


def test_a_colon_stands_for_the_sign_behind_a_key() -> None:
    entry = read(
        "5月8日\n【情况】@赵小梅 健康状况：红斑狼疮，人口：4。\n【帮扶】慰问金200元×7=1400元 资金来源：卫生局\n"
        "【决议】选组长，当选：钟方，表决：无记名，发出：20，收回：20。\n【资金】来源：卫生局 金额：1400元\n"
        "【进展】k2w8d3fa.1 状态：已销号，说明：都好了。\n"
    )
    assert [(fact.key, fact.value) for fact in entry.facts] == [("health", "红斑狼疮"), ("members", "4")]
    assert (entry.aid[0].fund, entry.funds[0].source, entry.updates[0].note) == ("卫生局", "卫生局", "都好了")
    vote = entry.decisions[0].vote
    assert vote and (vote.how, vote.issued, vote.returned) == ("secret", 20, 20)


def test_several_figures_behind_one_mark() -> None:
    figures = read("5月8日\n【数据】在校学生1,326人，其中留守儿童127人；小麦：120.5亩。\n").figures
    assert [(figure.name, str(figure.value.value), figure.of) for figure in figures] == [
        ("在校学生", "1326", None), ("留守儿童", "127", "在校学生"), ("小麦", "120.5", None),
    ]  # fmt: skip
    (marked,) = read_marks("5月8日\n【数据】参会约300人，留守127人\n", TODAY)
    assert marked.entry.body == "【数据】参会约300人，留守127人\n" and marked.flaws


def test_the_name_of_a_figure_may_hold_commas_and_numbers() -> None:
    for name in ("7元，", "，7元，", "小麦1亩、玉米"):
        entry = read("5月8日\n【数据】户数=3户\n")
        entry = entry._replace(figures=(entry.figures[0]._replace(name=name),))
        assert read(write_marks(entry, "zh")).figures == entry.figures


@pytest.mark.parametrize(
    "name", ["低保户数2025", "表1", "男(60岁以上)", "60岁以上（含60）", "3:1帮带户", "小麦 2026年"]
)
def test_a_number_in_the_name_of_a_figure_is_not_its_value(name: str) -> None:
    (figure,) = read(f"5月8日\n【数据】{name}=35户\n").figures
    assert (figure.name, str(figure.value.value), figure.value.unit, figure.note) == (name, "35", "户", None)


def test_cards_go_to_names_of_several_words_too() -> None:
    facts = read('5月8日\n【连心卡】@"Li Qiang"、@"O\'Neil, Ann" @王五\n').facts
    assert [(fact.who, fact.key) for fact in facts] == [
        ("Li Qiang", "card"),
        ("O'Neil, Ann", "card"),
        ("王五", "card"),
    ]


def test_somebody_named_twice_gets_one_gift() -> None:
    assert read("5月8日\n【帮扶】大米 1袋 @王五 @王五\n").aid[0].to == ("王五",)


def test_a_word_behind_the_number_of_gifts_is_not_lost() -> None:
    for words in ("书包 1套 x 7 六一", "慰问金 200元 x 7 卫生局"):
        (marked,) = read_marks(f"5月8日 走访\n【帮扶】{words}\n", TODAY)
        assert marked.entry.body == f"【帮扶】{words}\n" and marked.flaws
    assert [read(f"5月8日 慰问\n【帮扶】床 1张 x {n}").aid[0].n for n in ("7", "7床", "7 人", "７ 户")] == [
        7
    ] * 4


def test_a_due_day_on_a_line_of_its_own_heads_no_other_entry() -> None:
    for line in ("6月8日前完成。", "6月8日之前报", "6月8日起停水", "6月8日以后再去", "6月8日的会没开成"):
        (marked,) = read_marks(f"5月8日 走访\n【承诺】社区申报\n{line}\n", TODAY)
        assert marked.entry.body == f"{line}\n"
    assert read("5月8日前往王庙村").date == read("5月8日起草方案").date == date(2016, 5, 8)


def test_a_day_that_does_not_exist_is_told() -> None:
    (marked,) = read_marks("5月13日\n【诉求】修路\n6月31日 走访\n", TODAY)
    assert ([flaw.line for flaw in marked.flaws], marked.entry.body) == ([3], "6月31日 走访\n")


def test_a_text_without_a_day_counts_from_the_one_it_is_given() -> None:
    (marked,) = read_marks("【待办】交材料 6月3日前", TODAY, day=date(2014, 6, 1))
    assert marked.entry.items[0].due == date(2014, 6, 3)


def test_a_value_may_speak_of_marks() -> None:
    entry = read("5月8日\n【诉求】修路")._replace(title="见【问题】栏")
    entry = entry._replace(items=(entry.items[0]._replace(text="写在【正文】里"),))
    assert read(write_marks(entry, "zh")).items == entry.items


def test_short_forms_that_people_type() -> None:
    entry = read(
        "5月8日（星期日）晴 走访\n【资金】卫生局 1400元\n【数据】贫困户12户\n【数据】小麦：120.5亩\n【帮扶】棉被2床 @王五\n【情况】王五 低保户\n"
        "【连心卡】赵六、孙七 @周八\n"
    )
    assert (entry.weekday, entry.weather, entry.title) == ("星期日", "晴", "走访")
    assert (entry.funds[0].source, entry.aid[0].to) == ("卫生局", ("王五",))
    assert [(figure.name, str(figure.value.value)) for figure in entry.figures] == [
        ("贫困户", "12"),
        ("小麦", "120.5"),
    ]
    assert [(fact.who, fact.key, fact.value) for fact in entry.facts] == [
        ("王五", "class", "dibao"), ("赵六", "card", "true"), ("孙七", "card", "true"), ("周八", "card", "true"),
    ]  # fmt: skip


def test_a_figure_keeps_its_sign() -> None:
    figures = read("5月8日\n【数据】人均增收 -120元\n【数据】气温 +3度\n【数据】A-3户型 5套\n").figures
    assert [(figure.name, str(figure.value.value)) for figure in figures] == [
        ("人均增收", "-120"),
        ("气温", "3"),
        ("A-3户型", "5"),
    ]


def told(text: str) -> list[tuple[int, str]]:
    """What is told of a text: the line and the sentence."""
    return [
        (flaw.line, f"{flaw.message} — {flaw.remedy}".format(**flaw.words))
        for marked in read_marks(text, TODAY)
        for flaw in marked.flaws
    ]


def test_an_unknown_mark_is_told_once_with_the_known_one_it_may_mean() -> None:
    text = "5月8日\n【困难】没水\n【问提】灯坏【诉求】修灯\n【怪】x【困难】y\n【正文】\n说了【难处】。\n"
    assert told(text) == [
        (2, "there is no mark 【困难】, so it stays in the text — did you mean 【问题】?"),
        (3, "there is no mark 【问提】, so it stays in the text — did you mean 【问题】?"),
        (
            4,
            "there is no mark 【怪】, so it stays in the text — marks are: 问题 诉求 意见 建议 承诺 待办 措施 情况 帮扶 资金 数据 进展 会议 决议 连心卡 正文",
        ),
    ]
    assert "【困难】没水\n【问提】灯坏" in read_marks(text, TODAY)[0].entry.body


def test_a_word_at_the_head_of_a_line_is_no_mark_and_that_is_told() -> None:
    text = "5月8日\n问题：灯坏了\n【诉求】修灯\n大家的意见：要快\n"
    assert told(text) == [(2, "“问题：” is no mark, so its line stays in the text — write 【问题】")]


def test_marks_stand_in_other_brackets_too() -> None:
    assert [(item.type, item.text) for item in read("5月8日 走访\n［问题］路坏\n〖诉求〗修路【待办】去看").items] == [
        ("problem", "路坏"), ("need", "修路"), ("task", "去看"),
    ]  # fmt: skip


def test_a_colon_may_stand_in_or_behind_a_mark() -> None:
    entry = read(
        '5月8日：走访\n【问题】：灯坏了\n【诉求：】没有低保 @王五\n【数据】：小麦 120亩\n【标题】"：甲"\n'
    )
    assert [item.text for item in entry.items] == ["灯坏了", "没有低保"]
    assert (entry.figures[0].name, entry.title) == ("小麦", "：甲")


def test_a_mark_in_brackets_that_make_none_is_told() -> None:
    text = "5月8日\n他家[问题]灯坏了。（诉求）没水\n「承诺」再来\n[问题]又一个\n他的「承诺」没有兑现，[链接](a)。\n"
    assert told(f"{text}【意见】吵") == [
        (2, "“[问题]” is no mark, so it stays in the text — write 【问题】"),
        (2, "“（诉求）” is no mark, so it stays in the text — write 【诉求】"),
        (3, "“「承诺」” is no mark, so it stays in the text — write 【承诺】"),
    ]
    assert [flaw.line for flaw in read_drafts("[问题]灯坏了\n", TODAY).hints] == [1]
    assert told("2016-05-08\n【gossip】nobody cares")[0][1].endswith("marks are: " + "problem need complaint advice "
        "promise task measure facts aid funds figures updates meeting resolution card text")  # fmt: skip


def test_a_due_day_that_does_not_exist_is_told() -> None:
    text = "5月8日\n【承诺】修桥 2月30日前 @王五\n【承诺】修路 6月31号之前\n"
    assert [line for line, _sentence in told(text)] == [2, 3]
    assert told(text)[0][1].startswith("“2月30日” is no date: 2016-02 has 29 days")
    assert read_marks(text, TODAY)[0].entry.body == "【承诺】修桥 2月30日前 @王五\n【承诺】修路 6月31号之前\n"


def test_a_due_day_may_say_what_is_to_be_done_by_then() -> None:
    for words in (
        "7月3号以前完成",
        "7月3日前办结",
        "（7月3日前）",
        "期限：7月3日",
        "!7月3日",
        "限7月3日前完成",
    ):
        (item,) = read(f"2015-05-08\n【待办】交表 {words} @老王").items
        assert (item.text, item.who, item.due) == ("交表", "老王", date(2015, 7, 3)), words
    (item,) = read("5月8日\n【诉求】希望在六一前完成比赛的事").items
    assert item.text == "希望在六一前完成比赛的事"


def test_in_english_a_due_day_is_read_as_it_is_said() -> None:
    for words, text, day in (
        ("hand in the papers by June 8", "hand in the papers", date(2016, 6, 8)),
        ("hand in the papers by 8th June, 2017.", "hand in the papers", date(2017, 6, 8)),
        ("call him no later than next Friday", "call him", date(2016, 5, 13)),
        ("mend the pump within 3 days", "mend the pump", date(2016, 5, 11)),
        ("mend the pump within two weeks @Tom", "mend the pump", date(2016, 5, 22)),
        ("pay Before the end of the month #road", "pay", date(2016, 5, 31)),
        ("by Friday the office will answer", "by Friday the office will answer", date(2016, 5, 13)),
        ("stand by Mary in May", "stand by Mary in May", None),
        ("come by 3 times a week", "come by 3 times a week", None),
    ):
        (item,) = read(f"2016-05-08\n【promise】{words}\n").items
        assert (item.text, item.due) == (text, day), words
    assert read("2016-05-08\n【problem】the tap ran dry within 3 days\n").items[0].due is None
    assert told("2016-05-08\n【task】ask again by Feb 30\n")[0][1].startswith("“feb 30” is no date")


def test_a_head_may_list_what_it_says_behind_other_signs() -> None:
    def head(line: str) -> tuple[str | None, str | None, str | None, str | None, str]:
        entry = read_marks(f"{line}\n【问题】灯坏了\n", date(2016, 5, 28))[0].entry
        return entry.weekday, entry.weather, entry.time, entry.title or None, entry.body

    assert head("5月8日，星期日，晴。") == ("星期日", "晴", None, None, "")
    assert head("5月8日（周日）晴转多云，走访王五家") == ("周日", "晴转多云", None, "走访王五家", "")
    assert head("5月8日,阴,14:30-15:40,开会") == (None, "阴", "14:30-15:40", "开会", "")
    assert head("5月8日·雨·走访王五家") == (None, "雨", None, "走访王五家", "")
    assert head("5月8日 | 雨 | 走访王五家") == (None, "雨", None, "走访王五家", "")
    assert head("5月8日 晴 28℃ 走访") == (None, "晴 28℃", None, "走访", "")
    assert head("5月8日 ☀️ 走访王五家") == (None, "☀️", None, "走访王五家", "")
    assert head("5月8日，雨水太大，走访王五家。") == (None, None, None, None, "，雨水太大，走访王五家。\n")


def test_what_a_mark_says_instead_of_the_head_does_not_do_away_with_the_heads_words() -> None:
    text = "5月8日 晴 14:30 走访张三家【标题】灯坏了的事【天气】小雨\n【问题】灯坏了\n"
    (entry,) = (marked.entry for marked in read_marks(text, date(2016, 5, 28)))
    assert (entry.title, entry.weather, entry.time) == ("灯坏了的事", "小雨", "14:30")
    assert entry.body == "晴 走访张三家\n"


def test_a_mark_may_say_the_day_and_one_that_cannot_be_read_or_is_another_than_the_heads_is_told() -> None:
    def read(text: str) -> tuple[date, str, list[str]]:
        (marked,) = read_marks(f"{text}【问题】灯坏了\n", date(2016, 5, 28))
        assert len(marked.entry.items) == 1
        return marked.entry.date, marked.entry.body, [flaw.message for flaw in marked.flaws]

    assert read("【日期】5月8日") == (date(2016, 5, 8), "", [])
    assert read("5月8日【日期】2016年5月8日") == (date(2016, 5, 8), "", [])
    assert read("5月8日【日期】5月7日") == (date(2016, 5, 8), "【日期】5月7日\n", ["“{key}” is said twice"])
    day, body, told = read("【日期】2月30日")
    assert (day, body, len(told)) == (date(2016, 5, 28), "【日期】2月30日\n", 1)


def test_an_amount_of_each_piece_is_money_and_two_goods_behind_one_mark_are_told() -> None:
    (marked,) = read_marks(
        "5月8日\n【帮扶】书包 200元/个 x 7个\n【帮扶】大米10斤，食用油1桶\n【帮扶】大米两袋和油1桶\n【帮扶】大米、食用油（1瓶，5升）1份\n",
        date(2016, 5, 28),
    )
    bags, both = marked.entry.aid
    assert (bags.form, str(bags.each.value), bags.each.unit, bags.total.unit) == ("cash", "200", "元", "元")
    assert (both.what, both.total.unit) == ("大米、食用油（1瓶，5升）", "份")
    assert [flaw.line for flaw in marked.flaws] == [3, 4]
    assert marked.entry.body == "【帮扶】大米10斤，食用油1桶\n【帮扶】大米两袋和油1桶\n"


def test_a_name_may_stand_at_the_words_themselves() -> None:
    def read(words: str) -> tuple[str, str | None, date | None]:
        (item,) = read_marks(f"5月8日\n【诉求】{words}\n", date(2016, 5, 28))[0].entry.items
        return item.text, item.who, item.due

    for words in (
        "申请低保@赵小梅 6月8日前",
        "申请低保@赵小梅，6月8日前",
        "申请低保＠赵小梅\u2005！6月8日",
        "申请低保@赵小梅，#低保救助，6月8日前",
    ):
        assert read(words) == ("申请低保", "赵小梅", date(2016, 6, 8)), words
    assert read("在群里@所有人，没人答复")[:2] == ("在群里@所有人，没人答复", None)


def test_a_head_that_tells_its_year_tells_that_of_those_below_it() -> None:
    def days(*heads: str, year: int | None = None) -> list[str]:
        text = "".join(f"{head} 走访\n【问题】灯坏了\n" for head in heads)
        return [marked.entry.date.isoformat() for marked in read_marks(text, date(2016, 5, 28), year)]

    assert days("2013年11月8日", "12月30日", "1月3日") == ["2013-11-08", "2013-12-30", "2014-01-03"]
    assert days("2013-01-03", "12-30", "11.8") == ["2013-01-03", "2012-12-30", "2012-11-08"], (
        "the newest first"
    )
    assert days("2016年5月20日", "5月30日") == ["2016-05-20", "2016-05-30"], "a plan for later"
    assert days("5月20日", "5月30日") == ["2016-05-20", "2015-05-30"]
    assert days("11月8日", "2013年12月30日", "1月3日", year=2013) == [
        "2013-11-08",
        "2013-12-30",
        "2014-01-03",
    ]
    assert days("二〇一三年五月八日", "五月九日", "昨天") == ["2013-05-08", "2013-05-09", "2016-05-27"]


def test_in_english_a_head_has_its_day_weekday_weather_time_and_title() -> None:
    entry = read(
        "May 8, 2016, Sunday, cloudy, 14:00, visit Mary Chen. She is ill.\n【need】wants an ID @Mary\n"
    )
    assert (entry.date, entry.weekday, entry.weather, str(entry.time)) == (
        date(2016, 5, 8),
        "Sunday",
        "cloudy",
        "14:00",
    )
    assert (entry.kind, entry.title, entry.body) == ("visit", "visit Mary Chen", "She is ill.\n")
    days = "7 May 2016 visit\n【need】water\nMay 9th: meeting\n【need】a road\nMay 10 is the day he comes back.\n"
    assert [(one.entry.date.day, one.entry.kind) for one in read_marks(days, TODAY)] == [
        (7, "visit"),
        (9, "meeting"),
    ]
    assert read("2016-05-08 visit Tom\n【need】water\n").title == "visit Tom"
    short = read("May 8 Sun cold visit Tom\n【need】water\n")
    assert (short.weekday, short.weather, short.title) == ("Sun", "cold", "visit Tom")
    yesterday = read("Yesterday visit Tom\n【need】water\n")
    assert (yesterday.date, yesterday.title) == (date(2016, 5, 27), "visit Tom")


def test_in_english_money_may_be_written_as_our_papers_write_it() -> None:
    entry = read(
        '2016-05-08\n【aid】cash 200 yuan x 3\n【aid】cash each="200 yuan" x 2\n【aid】rice 2 bags x 3\n'
    )
    assert [(aid.form, str(aid.total.value), aid.total.unit) for aid in entry.aid] == [
        ("cash", "600", "yuan"),
        ("cash", "400", "yuan"),
        ("goods", "6", "bags"),
    ]


def test_in_english_one_of_several_is_a_mark_too() -> None:
    entry = read("2016-05-08\n【Figure】pupils=326\n【fact】@Tom group=2\n【fund】county 300元\n")
    assert [figure.name for figure in entry.figures] == ["pupils"]
    assert (len(entry.facts), len(entry.funds)) == (1, 1)
    assert told("2016-05-08\n【figurs】pupils=326\n")[0][1].endswith("did you mean 【figures】?")


def test_an_exclamation_mark_before_a_level_is_one() -> None:
    for words in ("修路 !紧急", "修路！急", "！急 修路"):
        (item,) = read(f"5月8日\n【问题】{words}").items
        assert (item.text, item.level) == ("修路", "urgent"), words
    (item,) = read("5月8日\n【问题】救人要紧！急着用车").items
    assert (item.text, item.level) == ("救人要紧！急着用车", "normal")


def test_an_update_that_names_no_item_says_how_to_name_one() -> None:
    assert told("5月8日\n【进展】已解决\n") == [
        (2, "“已解决” is no id of an item; write 【进展】k2w8.1 已销号 — ")
    ]


@pytest.mark.parametrize(
    "body",
    [
        "他的经历：\n2012年\n7月1日 入党\n后来外出。\n",
        "—————  2016-05-08  —————\n当天的聊天记录。\n",
        "集合地点 5月30日 8:00\n带好水。\n",
    ],
)
def test_days_in_an_entry_s_own_text_head_no_other(body: str) -> None:
    entry = Entry("", "visit", date(2016, 5, 8), body=body)
    drafts = read_drafts(write_marks(entry), date(2016, 5, 28)).drafts
    assert [draft.entry.body for draft in drafts] == [body]


def test_a_place_and_hour_in_marked_text_are_no_message() -> None:
    text = "5月8日 走访\n【待办】交材料\n集合地点 5月30日 8:00\n带好水\n"
    assert len(read_drafts(text, date(2016, 5, 28)).drafts) == 1


def test_many_spaces_in_a_figure_are_read_at_once() -> None:
    began = time.process_time()
    read_drafts("5月8日\n【数据】户" + " " * 5000 + "x\n", date(2016, 5, 28))
    assert time.process_time() - began < 4
