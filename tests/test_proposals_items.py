"""Needs, problems, advice, promises, tasks, due days and meetings from plain prose, beyond the examples of the rules."""

from datetime import date

import pytest
import sxtwl

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
        ("家里的水缸见底了。", "家里的水缸见底了"),
        ("他还欠信用社六万。", "他还欠信用社六万"),
        ("师老汉来了，他要一副护膝。", "要一副护膝"),
        ("村医一个礼拜没来了。", "村医一个礼拜没来了"),
        ("隔壁老师托我问，快递柜什么时候能修。", "托我问，快递柜什么时候能修"),
        ("她最想要的：一盏能夹在床边的灯。", "一盏能夹在床边的灯"),
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
        "她塞给我一袋花生，没收。",
        "劝返烧纸3起，没收打火机11个。",
        "大家看着她，没人笑她。",
        "丈夫下南洋四年没回来。",
        "他右半边不能动。",
    ],
)
def test_what_is_over_ordered_or_of_the_body_is_no_problem(text: str) -> None:
    assert items(text, *RAISED) == []


@pytest.mark.parametrize(
    "text",
    [
        "写到十一点半，风扇坏了。",
        "笔坏了，换支笔接着写。",
        "他给漏雨的三户送了油布。",
        "大家忙坏了。",
        "老人想请我吃饭，我谢绝了。",
        "她想要什么，我没听清。",
        "他想种药材的事，我回去问问。",
        "担心漏雨的那间腾空了。",
        "有人担心下雨，结果出了太阳。",
        "他向我反映过漏雨的事，上周修了。",
        "诉求：感谢党和政府。",
        "对卫生院的服务没有不满。",
    ],
)
def test_what_befalls_the_writer_is_mended_or_is_said_in_company_is_nothing_sure(text: str) -> None:
    assert not any(sure for _said, sure in items(text, *RAISED))


def test_a_trouble_is_sure_only_where_somebody_brings_it_up() -> None:
    assert items("村民反映水渠漏水，下游浇不上。", "problem") == [("水渠漏水，下游浇不上", True)]
    assert items("水渠漏水，下游浇不上。", "problem") == [("水渠漏水，下游浇不上", False)]
    assert items("租金一拖再拖。", "problem") == [("租金一拖再拖", False)]
    assert items("报到危改里头估计不够格。", "problem") == [("报到危改里头估计不够格", False)]


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


@pytest.mark.parametrize(
    ("text", "promise"),
    [
        ("电工说今天下午带人来换。", "今天下午带人来换"),
        ("校长讲学校经费紧，暑假她带孩子去县医院查听力。", "暑假她带孩子去县医院查听力"),
        ("梁嫂说卖了猪还我。", "卖了猪还我"),
        ("支书说这件事他盯。", "这件事他盯"),
        ("我说你的药我月初给你送。", "我月初给你送"),
        ("08:15 村医小毕：先别急，中午我带两支过去", "中午我带两支过去"),
        ("答：我去县里问，十天内给信。", "我去县里问"),
        ("调解结果：1、季家5月30日前清沟；2、梁家出水泥。", "季家5月30日前清沟"),
        ("他当面承诺两件事：一是周五前退押金；二是把灯修好。", "周五前退押金"),
        ("老丁说他月底前把瓦换了。", "月底前把瓦换了"),
        ("我劝他把猪圈往后挪，他想了想，答应下来。", "我劝他把猪圈往后挪"),
        ("县水务局高工：6月底前二组先通水。", "6月底前二组先通水"),
        ("等天晴了我带人给他苫上。", "等天晴了我带人给他苫上"),
        ("他答应下个灌水期之前，也就是6月5日以前，把渠清出来。", "把渠清出来"),
    ],
)
def test_people_promise_in_many_ways(text: str, promise: str) -> None:
    assert promise in " ".join(said for said, _sure in items(text, "promise"))


@pytest.mark.parametrize(
    "text",
    [
        "我一拍胸脯：“你找人搬。”",
        "书记说明天上午务必上门看。",
        "梁嫂说她老伴下个月要动手术。",
        "他说晚上给老人送过饭了。",
        "老丁答应了，摁了手印。",
        "大家表示感谢。",
        "我当场给水管站打电话。",
        "乡里早答应给他看，看到哪里去了？",
        "老丁说：“三天内可以书面提出。”",
        "我跟他约到8月18日上午。",
        "老丁说儿子下周三回来接她去城里住。",
        "住户说三天内不解决就去上访。",
        "他说加沟要加钱，明天再谈。",
        "去年答应的路灯还没装。",
        "他答应考虑考虑。",
        "医生说人没事，建议下周一以前住到镇上去。",
        "去年镇里答应国庆前修好，到今年国庆都过了。",
        "他有个外甥，许诺过年接他去住，也没见接。",
        "要是他答应周五前搬走，就不罚了。",
        "没有一家答应年前搬。",
        "会议要求施工队保证6月底前完工。",
        "她说前年包工头承诺年底结清，人早跑了。",
        "村民说物业承诺三天内修好电梯，拖到现在。",
        "他表示下周要去打工。",
        "我答应了，他明天来拿。",
        "老蔡答应：国庆前那一万元，到时候再看。",
        "人家说先拍照，五天之内报到乡里。",
        "通知说月底前交齐医保。",
        "老师说周五前把作业补完。",
        "站长说各村6月15日前把名单报上来。",
        "他说隔壁的老王明天来拆墙。",
        "她说听说年底前修路。",
        "大家说村里年底前该修好路。",
        "电工说让明天去开证明。",
        "我说再不修就晚了。",
        "业主说6月前不装电梯就不交物业费。",
        "他说供暖公司说周末前能送暖。",
        "老汉说等闺女下周回来给他换灯泡。",
        "她答应女儿周末去动物园。",
        "服务承诺：三个工作日内办结。",
        "他说乡里讲三天内拉水，今天第五天了。",
    ],
)
def test_what_is_ordered_done_or_befalls_somebody_is_no_sure_promise(text: str) -> None:
    assert not any(sure for _said, sure in items(text, "promise"))


@pytest.mark.parametrize(
    "text",
    [
        "我对她说：“你有难处就讲，我们想办法给你解决，可咱也不能因为这个就不搬。”",
        "水管站站长答应6月5日前换好水表。",
        "老丁说：“明天我给你送过去。”",
        "物业经理表示6月10日前在东门再加20个充电位。",
        "李律师说本周五前联系他。",
    ],
)
def test_who_gives_their_word_with_a_day_or_for_somebody_surely_promises(text: str) -> None:
    assert any(sure for _said, sure in items("2026年5月20日\n" + text, "promise"))


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("交班：跟物业要书面说明；问清水费。", "跟物业要书面说明"),
        ("记下，找派出所问怎么办。", "找派出所问怎么办"),
        ("这个回去要问水管站。", "这个回去要问水管站"),
        ("组长交代：签收表今晚拍照发她。", "签收表今晚拍照发她"),
        ("记着：6月10日前给外出的每家打一个电话。", "6月10日前给外出的每家打一个电话"),
    ],
)
def test_what_the_writer_means_to_do_is_a_task(text: str, task: str) -> None:
    assert task in " ".join(said for said, _sure in items(text, "task"))


@pytest.mark.parametrize(
    "text",
    [
        "女儿下月要搬到县城。",
        "老人准备后天去女儿家。",
        "明天检查组来村里。",
        "计划：投资12万元，长1.2公里。",
        "要求：一是加强领导；二是提高认识。",
        "老太太自己要求：谁家都行，就是别把她送养老院。",
        "他儿子的计划：明年把猪圈拆了盖房。",
        "任务：问卷，今天收回62份。",
        "小孙子明天要打疫苗。",
        "学校后天要交伙食费，她还没凑齐。",
        "下月要涨房租。",
        "报社区好几回。",
        "提醒自己：做人要厚道。",
        "下一步：等上面的通知。",
        "他家后天要办满月酒，请我去。",
        "3月底前要交的党费已经交齐。",
        "下周将迎来降温。",
    ],
)
def test_what_befalls_somebody_a_slogan_and_a_sum_are_no_sure_tasks(text: str) -> None:
    assert not any(sure for _said, sure in items(text, "task"))


def test_whoever_only_remembers_has_no_task() -> None:
    assert items("那天没人记得我是记者，她倒记得我答应过的事。", "task") == []


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("我让她先别用那个插座。", "先别用那个插座"),
        ("农技员教他剪到好枝。", "剪到好枝"),
        ("蒲大夫叫他们这周内去县医院拍片。", "这周内去县医院拍片"),
        ("劝大伙一句，潮粮别急着卖。", "潮粮别急着卖"),
    ],
)
def test_what_people_are_told_for_their_own_good_is_advice(text: str, advice: str) -> None:
    assert advice in " ".join(said for said, _sure in items(text, "advice"))


@pytest.mark.parametrize(
    ("text", "raised"),
    [
        ("安置点被子差30床。", "被子差30床"),
        ("饲草只够吃五天。", "饲草只够吃五天"),
        ("垃圾车半个月来一次。", "垃圾车半个月来一次"),
        ("凭啥前院是头等？", "凭啥前院是头等"),
        ("滑家 低保 滑金凤 孩子八个月 窗户透风", "窗户透风"),
        ("户主｜情况｜诉求\n丁二｜种烟12亩｜烤房漏雨", "烤房漏雨"),
    ],
)
def test_what_is_short_late_or_broken_is_raised(text: str, raised: str) -> None:
    assert raised in " ".join(said for said, _sure in items(text, *RAISED))


@pytest.mark.parametrize("text", ["危师傅来帮忙。", "没通水的9座。", "弃权1票，不通过4张。", "下雨天，在家躲雨。"])
def test_a_name_a_count_or_the_weather_is_no_problem(text: str) -> None:
    assert items(text, *RAISED) == []


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
        ("下个月10号", date(2026, 6, 10)),
        ("本周五下班前", date(2026, 5, 22)),
        ("6月下旬前", date(2026, 6, 30)),
        ("下午5点前", date(2026, 5, 20)),
        ("一个星期内", date(2026, 5, 27)),
        ("这个礼拜五以前", date(2026, 5, 22)),
        ("八月十五以前", date(2026, 9, 25)),  # 中秋, of the moon
        ("七月十五以前", date(2026, 7, 15)),  # not of the moon in a text that tells its day otherwise
        ("下周一一早", date(2026, 5, 25)),
        ("廿五之前", date(2026, 6, 10)),  # 20 May 2026 is 四月初四
        ("年前", date(2027, 2, 6)),
        ("今晚12点前", date(2026, 5, 20)),
        ("当日18时前", date(2026, 5, 20)),
        ("明早8点前", date(2026, 5, 21)),
        ("6.20前", date(2026, 6, 20)),
        ("立冬前", date(2026, 11, 7)),
        ("开学前", date(2026, 9, 1)),
        ("三五天内", date(2026, 5, 25)),
        ("从下周一起", date(2026, 5, 25)),
        ("后日之前", date(2026, 5, 22)),
    ],
)
def test_a_due_day_is_read_as_people_say_it(words: str, due: date) -> None:
    (item,) = (one for one in told(f"他答应{words}把路修好。", "items") if isinstance(one, Item))
    assert item.due == due


def test_the_terms_of_the_sun_are_due_days() -> None:
    # as sxtwl numbers them, from 冬至
    names = ["冬至", "小寒", "大寒", "立春", "雨水", "惊蛰", "春分", "清明", "谷雨", "立夏", "小满", "芒种", "夏至", "小暑", "大暑", "立秋", "处暑", "白露", "秋分", "寒露", "霜降", "立冬", "小雪", "大雪"]
    days = [sxtwl.fromSolar(2026, 5, 20)] + [sxtwl.fromSolar(2026, 5, 20).after(n) for n in range(1, 366)]
    for day in days:
        if day.hasJieQi():
            (item,) = (
                one
                for one in told(f"他答应{names[day.getJieQi()]}前把路修好。", "items")
                if isinstance(one, Item)
            )
            assert item.due == date(day.getSolarYear(), day.getSolarMonth(), day.getSolarDay())


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("2026年5月24日 周日\n他答应周末来修灯。", date(2026, 5, 31)),  # said on a Sunday
        ("2026年5月20日\n记着：电梯6月5日到期，本周内联系维保公司。", date(2026, 5, 24)),
        ("2026年5月20日\n他答应下周起每周二来修。", None),
        ("2026年5月20日\n下周一个一个去看，问问怎么修。", date(2026, 5, 31)),
        ("农历四月初四\n他答应四月十五前修好。", date(2026, 5, 31)),  # of the moon, as the text's own day
    ],
)
def test_a_due_day_is_told_by_what_stands_around_it(text: str, due: date | None) -> None:
    assert [one.due for one in told(text, "items") if isinstance(one, Item)] == [due]


@pytest.mark.parametrize(
    "text", ["两年前他修过路。", "三号楼要修。", "谷雨前三天修的路。", "自5月28日起修路。", "上周五把路修了。", "去年底修了路。", "昨天（5月19日）修路。"]
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


@pytest.mark.parametrize(
    ("text", "matter"),
    [
        ("村民会议纪要\n议题二：全村保洁费。举手：赞成19票，反对8票，通过。", "全村保洁费"),
        ("村民会议。最后举手，送面改成上门陪坐，31票赞成，4票反对。", "送面改成上门陪坐"),
        ("村民会议。举手表决，35人赞成租期五年，弃权4人。", "租期五年"),
        ("开了村民大会，通过村规民约修订，30票同意，1票弃权。", "村规民约修订"),
    ],
)
def test_a_vote_is_on_what_is_named_with_it_or_heads_it(text: str, matter: str) -> None:
    (decision,) = (one for one in told(text, "decisions") if isinstance(one, Decision))
    assert decision.text == matter


def test_all_of_those_who_got_votes_are_chosen_where_all_were() -> None:
    text = "选举委员，栾秋菊得票501张、喻得水得票488张，均当选。"
    (decision,) = (one for one in told(text, "decisions") if isinstance(one, Decision))
    assert decision.elected == "栾秋菊、喻得水"
    assert decision.vote and decision.vote.tally == (("栾秋菊", 501), ("喻得水", 488))


def test_granting_to_households_is_no_vote() -> None:
    assert told("评议会结论：同意2户，9月25日起公示。", "decisions") == []


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("走访了覃桂花家。她说想申请危房改造。", "覃桂花"),
        ("走访了覃桂花家，儿子覃国富在东莞打工。她说想申请危房改造。", None),
        ("石来福和赵春来都在。赵春来说想申请危房改造。", "赵春来"),
        ("石来福和赵春来都在。他说想申请危房改造。", None),
    ],
)
def test_a_sure_need_says_whose_it_is_only_where_nobody_else_can_be_meant(text: str, who: str | None) -> None:
    found = [one for event in propose(text, TODAY, 2026) for one in event.proposals if one.field == "items"]
    assert [(one.value.who, one.confidence >= SURE) for one in found if "危房" in one.value.text] == [
        (who, True)
    ]


def test_a_promise_said_to_somebody_is_theirs_whom_alone_the_text_has_named() -> None:
    text = "走访了覃桂花家。她家人多房少。\n我说：“搬家的钱我给你出。”"
    found = [one for event in propose(text, TODAY, 2026) for one in event.proposals if one.field == "items"]
    assert [(one.value.text, one.value.who) for one in found if one.value.type == "promise"] == [
        ("搬家的钱我给你出", "覃桂花")
    ]
