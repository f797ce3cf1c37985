"""Needs, problems, advice, promises, tasks, due days and meetings from plain prose, beyond the examples of the rules."""

from datetime import date

import pytest

from minqing.model import Decision, Item, Meeting, Vote
from minqing.proposals import SURE, propose

TODAY = date(2026, 5, 20)  # a Wednesday


def items(text: str, *kinds: str) -> list[tuple[str, bool]]:
    """The items of some kinds with whether they are sure."""
    found = [one for event in propose(text, TODAY, 2026) for one in event.proposals]
    return [
        (one.value.text, one.confidence >= SURE)
        for one in found
        if isinstance(one.value, Item) and one.value.type in kinds
    ]


def told(text: str, field: str) -> list[object]:
    return [
        one.value for event in propose(text, TODAY, 2026) for one in event.proposals if one.field == field
    ]


RAISED = ("problem", "need", "complaint")


@pytest.mark.parametrize(
    ("text", "raised"),
    [
        ("草场退化，牲口吃不饱。", "草场退化，牲口吃不饱"),
        ("变压器老跳闸，空调带不动。", "变压器老跳闸，空调带不动"),
        ("工钱拖了半年还没结。", "工钱拖了半年还没结"),
        ("隔壁把垃圾乱倒，夏天臭得很。", "隔壁把垃圾乱倒，夏天臭得很"),
        ("小伙子想在家门口找个活干。", "想在家门口找个活干"),
        ("她就一个念想：女儿能考上卫校。", "女儿能考上卫校"),
    ],
)
def test_people_say_what_is_wrong_and_what_they_wish_without_a_cue(text: str, raised: str) -> None:
    assert raised in [said for said, _sure in items(text, *RAISED)]


@pytest.mark.parametrize(
    "text",
    [
        "路灯已经修好，群众很满意。",
        "现在路宽了，车也进得来。",
        "全镇没有一起安全事故。",
        "以前路太窄，会不了车。",
        "会议强调要排查安全隐患。",
        "老人右腿骨折，左手不能动。",
        "村里的孩子见了我都喊叔叔。",
        "没想到他家收拾得这么干净。",
    ],
)
def test_what_is_over_ordered_or_of_the_body_is_no_problem(text: str) -> None:
    assert items(text, *RAISED) == []


def test_a_trouble_without_a_plain_word_is_proposed_but_not_sure() -> None:
    assert items("水渠漏水，下游浇不上。", "problem") == [("水渠漏水，下游浇不上", True)]
    assert items("租金一拖再拖。", "problem") == [("租金一拖再拖", False)]


@pytest.mark.parametrize(
    ("text", "promise", "owner"),
    [
        ("水管站站长梁大勇回话，说后天来换水表。", "后天来换水表", "梁大勇"),
        ("物业经理拍了胸脯，三天之内修好电梯。", "三天之内修好电梯", None),
        ("镇长讲话，三句实在话：年底前通水；账每季度贴一次。", "账每季度贴一次", None),
        ("我给她解释了政策，答应下一批优先考虑她。", "下一批优先考虑她", None),
        ("老板松了口，月底先付一半工钱。", "月底先付一半工钱", None),
    ],
)
def test_a_promise_is_known_by_who_speaks_and_what_is_yet_to_be(
    text: str, promise: str, owner: str | None
) -> None:
    found = {one.text: one for one in told(text, "items") if isinstance(one, Item) and one.type == "promise"}
    assert promise in " ".join(found)
    if owner:
        assert owner in {one.owner for one in found.values()}


def test_what_somebody_is_told_to_bring_is_a_task_and_no_promise() -> None:
    (task,) = (
        one
        for one in told("律师说6月3日前把身份证和欠条复印件交到司法所。", "items")
        if isinstance(one, Item)
    )
    assert (task.type, task.due) == ("task", date(2026, 6, 3))


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("六月五号前", date(2026, 6, 5)),
        ("下个月5号前", date(2026, 6, 5)),
        ("本周五下班前", date(2026, 5, 22)),
        ("6月下旬前", date(2026, 6, 30)),
        ("下午5点前", date(2026, 5, 20)),
        ("一个星期内", date(2026, 5, 27)),
        ("这个礼拜五以前", date(2026, 5, 22)),
        ("八月十五以前", date(2026, 9, 25)),  # of the moon: no 日 behind it
        ("廿五之前", date(2026, 6, 10)),  # 20 May 2026 is 四月初四
        ("年前", date(2027, 2, 6)),
    ],
)
def test_a_due_day_is_read_as_people_say_it(words: str, due: date) -> None:
    (item,) = (one for one in told(f"他答应{words}把路修好。", "items") if isinstance(one, Item))
    assert item.due == due


@pytest.mark.parametrize(
    "text", ["两年前他修过路。", "三号楼要修。", "自5月28日起修路。", "上周五把路修了。"]
)
def test_a_day_gone_by_or_a_house_number_is_no_due_day(text: str) -> None:
    assert not any(isinstance(one, Item) and one.due for one in told(text, "items"))


REPORT = """三、存在的问题
（一）村里没有烘干房，鲜果霉变多。
（二）年轻党员少。
四、下一步打算
（一）6月底前完成选址。
（二）由镇党委约谈包村干部。"""


def test_a_heading_alone_on_its_line_leads_the_list_below_it() -> None:
    assert [said for said, _sure in items(REPORT, "problem")] == ["村里没有烘干房，鲜果霉变多", "年轻党员少"]
    assert [said for said, _sure in items(REPORT, "task")] == ["6月底前完成选址", "由镇党委约谈包村干部"]


def test_the_votes_of_two_elections_stay_apart() -> None:
    text = (
        "会议由康大勇主持。发出选票130张，收回129张。主任候选人康大勇70票，柏文才54票，康大勇过半当选。"
        "委员候选人谭菊香88票，邝小军37票，谭菊香当选。"
    )
    first, second = (one for one in told(text, "decisions") if isinstance(one, Decision))
    assert first.elected == "康大勇" and first.vote
    assert (first.vote.issued, first.vote.tally) == (130, (("康大勇", 70), ("柏文才", 54)))
    assert second.elected == "谭菊香" and second.vote
    assert (second.vote.issued, second.vote.tally) == (None, (("谭菊香", 88), ("邝小军", 37)))


def test_votes_are_counted_in_chinese_numerals_too() -> None:
    text = "接着议水渠，举手表决，三十九人同意，八人不同意，通过。"
    (decision,) = (one for one in told(text, "decisions") if isinstance(one, Decision))
    assert decision.vote == Vote(how="show", yes=39, no=8)


@pytest.mark.parametrize(
    ("text", "eligible", "present"),
    [
        ("开党员大会，党员62人，到51人。", 62, 51),
        ("晚上开院坝会，全组54户来了41户。", 54, 41),
        ("支委会5人全到。", 5, 5),
    ],
)
def test_who_should_come_and_who_came_to_a_meeting(text: str, eligible: int, present: int) -> None:
    counts = [one for one in told(text, "meeting") if isinstance(one, Meeting) and one.present]
    assert (eligible, present) in [(one.eligible, one.present) for one in counts]


def test_who_comes_to_somebodys_house_is_no_meeting() -> None:
    assert told("他家来了28户亲戚，记录了情况。", "meeting") == []


def test_a_host_stands_behind_the_post_and_a_surname_may_be_rare() -> None:
    text = "居民议事会纪要\n主持人：社区副主任鲍丽华　记录：过玉莲\n议题：停车划线"
    meetings = [one for one in told(text, "meeting") if isinstance(one, Meeting)]
    assert [one.host for one in meetings if one.host] == ["鲍丽华"]
    assert [one.recorder for one in meetings if one.recorder] == ["过玉莲"]
