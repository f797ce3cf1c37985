"""What plain prose says for sure, and what it only seems to say: that is asked about."""

from datetime import date
from typing import Any

import pytest

from minqing.proposals import SURE, Proposal, propose

TODAY = date(2026, 5, 20)


def told(text: str, field: str) -> list[Proposal]:
    return [one for event in propose(text, TODAY) for one in event.proposals if one.field == field]


def sure(text: str, field: str) -> list[Any]:
    return [one.value for one in told(text, field) if one.confidence >= SURE]


# ---------------------------------------------------------------- people


@pytest.mark.parametrize(
    "text",
    [
        "分管副乡长字文斌负责。",
        "地点：组长家院子。",
        "祝领导安。",
        "探访对象：福康养护院3楼，共19位。",
        "厕所名单的事向乡长反映。",
        "海风大，船没出。",
        "谢谢小冯谢谢师傅。",
        "闵家先住进去。",
        "施工队伍工头没来。",
        "3月19日 多云 东北风6级。",
        "第三年300，第五年400。",
        "媳妇怀起娃七个月了。",
        "【桂西北·驻村手记】三本账",
        "妇女儿童维权站来访登记。",
        "参加“雷山银匠”订货会。",
        "丰乐苑2幢，住了三户。",
        "王婆坳下雨，走了一路。",
        "9月3日 开学第一天，秋老虎。",
        "9月7日 白露前一天 闷热",
        "屠家说水发臭。",
        "对象 桑园小学 在校211人",
        "滩羊42只，羊一天要喝一吨水。",
        "尚家婆媳两个都在，尚家爷孙不在。",
        "呼和浩特北边的两个嘎查。",
        "不想搬的占大头。",
        "剩下的让楼组长送去。",
        "校长：小学这边水压小。",
        "给水工程团负责打井。",
        "支书张罗，主任应承，大家才坐下。",
        "社长许诺，年底修好。",
        "讲了《儿童权利公约》。",
        "白天沈阳晴16℃。",
        "村里的农家乐、采摘园都满了。",
        "中师校长、骨干教师都来听课。",
        "记者：谈江北，不能不提路。",
        "14:30 胡同水退，电没来。",
        "做康复的人手不够，她向院长要人。",
        "家访小结（五年级二班班主任）",
    ],
)
def test_what_begins_like_a_name_and_is_none_is_nobody_for_sure(text: str) -> None:
    assert sure(text, "who") == []


@pytest.mark.parametrize(
    "text",
    [
        "最后一家是韩亚公，六十九。",
        "社长祁连摆摆手，说不收。",
        "明儿个我叫瓦匠老纪来弄。",
        "我是每周来看孩子的闵老师。",
        "应到九人，缺席的是钟立柱，走亲戚去了。",
        "代表常福有说分红太少。",
        "老作家冯牧先生写过这里。",
        "去看了金顺姬大娘。",
        "去看了祁家的地。\n（青杨林子　通讯员 聂远）",
        "社工小檀的值班本\n供暖第八天，电话没停过。",
        "流水账（邬会计）\n进：梯田款二百元。",
        "李慧兰 4月18日 20:31\n今天去了二组，水管漏水。",
    ],
)
def test_who_may_be_called_otherwise_or_was_not_there_is_asked_about(text: str) -> None:
    assert sure(text, "who") == []
    assert told(text, "who")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("个案二：濮老先生，退休工程师。", "濮老先生"),
        ("服务对象：濮某萍，42，离异。", "濮某萍"),
        ("施工队的老板尹大头坐在我办公室不走。", "尹大头"),
        ("其中一个叫沙马友色，九个月了。", "沙马友色"),
        ("符爹爹七十九了，靠在床头。", "符爹爹"),
        ("东街邸老栓，72岁，低保户。", "邸老栓"),
        ("社长吉克拉铁讲，社里出工。", "吉克拉铁"),
        ("204的冉婶儿说儿子两年没来。", "冉婶儿"),
        ("村小邓校长打发学生来。", "邓校长"),
        ("郝家老太太郝玉莲瘫在炕上。", "郝玉莲"),
        ("社区医生小欧阳量了血压。", "小欧阳"),
        ("接收预备党员：申请人车小前（女，28岁）。", "车小前"),
        ("女学生沈小洁和14岁的弟弟来了。", "沈小洁"),
        ("虞海霞、郑冬梅两员老将都在。", "虞海霞 郑冬梅"),
        ("柳家老三扣了牛，柳老三不认。", "柳老三"),
        ("万家二叔万兆海打着石膏。", "万兆海"),
        ("老板樊立本打了三次电话。", "樊立本"),
        ("年纪最大的是佘太奶奶，由孙子背出来。", "佘太奶奶"),
    ],
)
def test_a_name_is_read_whole(text: str, name: str) -> None:
    assert [one.value.name for one in told(text, "who")] == name.split()


def test_a_post_between_two_names_is_of_the_one_before_the_colon() -> None:
    people = told("滕医生：甘阿婆药断了。司机尚志文师傅没吃饭。", "who")
    assert [(one.value.name, one.value.role) for one in people if one.value.role] == [("尚志文", "司机")]


# ---------------------------------------------------------------- facts


@pytest.mark.parametrize(
    "text",
    [
        "看了残疾户栾凤英家。冷家柴垛占了半条道，他说中风搬不动。",
        "走访村民官秀兰4000，五里铺方家2000（孩子先心病）。",
        "村民许仁宝和管杏娣合住，老伯中风，右边不能动。",
        "村民康秋兰家三个人常年在外。",
        "村民喻惠芳脚肿，穿不进鞋。",
        "村民佟晓峰进门就瘫在椅子上。",
        "村民滑丽萍带一子（11岁，五年级）。",
        "村民官秀兰家劳力只有她一人。",
        "村民尚玉莲要去打工，怕一个人住冷清。",
    ],
)
def test_a_fact_that_may_be_of_somebody_else_or_of_a_day_is_asked_about(text: str) -> None:
    keys = ("health", "子女", "members", "school", "tags")
    assert [fact for fact in sure(text, "facts") if fact.key in keys] == []


def test_a_fact_is_of_the_kin_in_between() -> None:
    facts = [one.value for one in told("据村民哈生贵反映，自家老太太偏瘫在炕上。", "facts")]
    assert [(fact.who, fact.key) for fact in facts] == [("哈生贵", "老太太")]


# ---------------------------------------------------------------- money, goods, figures


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("上周“邻里一元捐”为他家捐了善款。", "aid"),
        ("给大家送去误工补贴120元。", "aid"),
        ("慰问时说企业捐赠有3万元未开票据。", "aid"),
        ("说好一荤两素8块钱送过来。", "aid"),
        ("送去的医保单上写着380元一个人。", "aid"),
        ("送了化肥，一双袜子都是欣怡给她穿的。", "aid"),
        ("行里购买尿素3吨，按户分给30户，每户两袋。", "aid"),
        ("煤款批了，九月之前送到六吨煤。", "aid"),
        ("把他俩安排在同一顶帐篷。", "aid"),
        ("给席老太和另外三位，街道各送了一床蚕丝被。", "aid"),
        ("散会时我跟她讲：“查出病来有救助金一万块。”", "aid"),
        ("要是真有事，民政还有救助3000元送来。", "aid"),
        ("学校十九个孩子，商会送来棉帽19顶。", "aid"),
        ("走访党员30名、老兵6名，困难户每户送大米1袋。", "aid"),
        ("给老佟家送去一袋面粉，他没收。", "aid"),
        ("邻居给她送过一床被子。", "aid"),
        ("会计拿出一千元，说还去年的账。", "aid"),
        ("每人交50元，社里给每人发一袋盐。", "aid"),
        ("给她送去被套，她自己盖一床棉被。", "aid"),
        ("水厂支持水泵3台、水管200根。", "figures"),
        ("红薯收了4100斤，路上塌方四处，丢了两座。", "figures"),
        ("大伙儿举手，要装新管的31户。", "figures"),
        ("会费没交的 全村208人。", "figures"),
        ("今天来了12个孩子。", "figures"),
        ("选举结果：登记选民1302人，回收1101张。", "figures"),
        ("给老人们带的：毛衣64件，橘子20箱。", "figures"),
        ("1702漏水漏到1602客厅。", "figures"),
    ],
)
def test_what_only_looks_given_or_counted_is_not_sure(text: str, field: str) -> None:
    money = [
        one for one in sure(text, field) if field == "aid" or one.value.unit not in ("人",) or "全村" in text
    ]
    assert money == []


def test_halves_and_dimes_are_read() -> None:
    assert [str(one.value.value.value) for one in told("全村存有饲草4吨半。", "figures")] == ["4.5"]
    assert [str(one.total.value) for one in sure("群众捐款一百六十七块两角。", "aid")] == ["167.2"]


def test_how_many_get_something_is_not_how_many_get_the_next() -> None:
    gifts = told("给6位老师每人一个保温杯，给娃娃们带去篮球5个。", "aid")
    assert [(one.value.what, one.value.n) for one in gifts] == [("保温杯", 6), ("篮球", None)]


def test_more_than_one_thing_told_by_itself_is_asked_about() -> None:
    assert sure("给娃娃们带去篮球5个。", "aid") == []
    assert sure("给刘桂兰送去棉被一床。", "aid")
    assert [one.what for one in sure("给刘桂兰送去大米2袋、食用油3桶。", "aid")] == ["大米", "食用油"]


def test_what_was_cut_off_and_what_we_did_are_the_names_of_figures() -> None:
    named = [
        (one.value.name, one.confidence >= SURE) for one in told("全镇供水中断4个村。我办了17件。", "figures")
    ]
    assert named == [("供水中断", False), ("办了", False)]
    assert [one.value.of for one in told("省里的计划是900亩，今年栽上的640亩。", "figures")][1:] == [
        "省里的计划"
    ]
    assert sure("省里的计划是900亩，今年栽上的640亩。", "figures")[1:] == []


def test_who_each_gets_something_is_counted_where_they_are_told() -> None:
    gifts = told("走访党员15名、低保户40户、老兵9名，党员每人发放慰问金500元，低保户每户面粉1袋。", "aid")
    assert [(one.value.what, one.value.n) for one in gifts] == [("慰问金", 15), ("面粉", 40)]


# ---------------------------------------------------------------- days and hours


def test_a_paper_tells_of_a_day_before_its_own() -> None:
    text = "青石乡工作简报（第14期）\n乡党政办编　2025年9月12日\n9月11日，副书记禹建勋到南坡村查看排涝。"
    assert [(one.value, one.confidence >= SURE) for one in told(text, "date")] == [(date(2025, 9, 11), False)]
    alone = "青石乡工作简报\n乡党政办编　2025年9月12日\n全乡种下小麦3000亩。"
    assert sure(alone, "date") == [date(2025, 9, 12)]


def test_the_last_day_of_a_span_is_an_event_where_it_heads_a_line() -> None:
    text = "2019年1月4日至6日 雪灾记\n4日 雪 路断了。\n5日 阴 路通了。\n6日 晴 清点了死羊。"
    assert [event.proposals[0].value.day for event in propose(text, TODAY)] == [4, 5, 6]


def test_today_with_its_day_begins_another() -> None:
    text = "2026年5月11号，老屋起火。\n今天14号，我又上去看了。"
    assert [event.proposals[0].value.day for event in propose(text, TODAY)] == [11, 14]


def test_rows_of_a_table_with_their_days_are_events() -> None:
    text = "调解台账\n序1｜2026年4月7日｜欠薪｜月底付清。\n序2｜4月8日｜婚约｜没调成。"
    assert [one.value for one in told(text, "date")] == [date(2026, 4, 7), date(2026, 4, 8)]


def test_a_day_counted_from_one_that_is_asked_about_is_asked_about() -> None:
    said = "支书当场表态，井盖五天内换好。"
    assert [item.due for item in sure(f"2026年5月8日\n{said}", "items")] == [date(2026, 5, 13)]
    assert sure(f"5月8日\n{said}", "items") == []
    assert sure("2026年5月8日\n冷工答应钱一到位，五天内进场。", "items") == []


def test_an_hour_in_the_middle_is_no_sure_beginning() -> None:
    assert sure("2026年5月8日 9:30 入户", "time") == ["09:30"]
    assert sure("2026年5月8日 晴\n昨夜没睡好。早上十点才把账算完。", "time") == []
    assert sure("截至2026年5月8日18时，受旱6830亩。", "time") == []


# ---------------------------------------------------------------- what it is, meetings


def test_a_tea_a_class_and_a_list_of_wishes_are_no_meeting_and_no_aid_for_sure() -> None:
    assert sure("重阳，街心公园，社工小湛主持，来了四十一位。", "meeting") == []
    assert sure("暑托班日志\n应到42名孩子，实到39名，请假3名。", "meeting") == []
    assert sure("公益岗打卡检查\n应到31 实到26 缺5。", "meeting") == []
    assert sure("关于“微心愿”入户情况", "kind") == []
    assert sure("跟着乡长去仝楼村看厕所改造。", "kind") == []
    assert sure("我们到菜市场卖姜。", "place") == []


def test_who_is_for_something_before_anybody_votes_is_no_vote() -> None:
    assert sure("议事会上先报底：全楼12户，同意10户，不同意2户。", "decisions") == []
    assert sure("议事会，关于电梯，举手表决，同意31票，反对5票，通过。", "decisions")


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("县里在镇上开专场招聘会，来了30家厂。", "kind"),
        ("村里开订货会，卖了两车梨。", "kind"),
        ("大会表决：同意12票，一致通过，今起张榜五天。", "agreed"),
        ("代表会。赞成25票，一致通过，由支委老平负责。", "agreed"),
        ("开会吵到半夜，表决，二十个人十五个同意不修。", "decisions"),
        ("居民座谈会\n议题：小区门口乱停车。", "items"),
        ("村医说他这病怕是好不了，漏水的事先放放。", "items"),
        ("问了教育办，校车的轮胎下周二送到。", "items"),
        ("本次服务：1.送去棉被两床，另给予救助500元。", "items"),
    ],
)
def test_what_only_looks_decided_wrong_or_planned_is_not_sure(text: str, field: str) -> None:
    if field == "agreed":
        assert [one.rule for one in told(text, "decisions") if one.rule == "agreed"] == []
    else:
        assert sure(text, field) == []


# ---------------------------------------------------------------- promises


@pytest.mark.parametrize(
    ("text", "promise"),
    [
        ("工头说天亮调两台泵过来。", "天亮调两台泵过来"),
        ("电工讲过年前修好。", "过年前修好"),
        ("房东松口先把押金退一半。", "先把押金退一半"),
        ("09:40 敬书记：医生马上到。", "医生马上到"),
        ("老板说他给木匠打招呼。", "他给木匠打招呼"),
        ("她说回去问问男人。", "回去问问男人"),
        ("烧水壶我下山买。", "烧水壶我下山买"),
        ("老师表示愿意每学期资助八百元。", "每学期资助八百元"),
    ],
)
def test_what_people_say_they_will_do_is_asked_about(text: str, promise: str) -> None:
    found = [one.value.text for one in told(text, "items") if one.value.type == "promise"]
    assert any(promise in words for words in found), found


@pytest.mark.parametrize(
    "text",
    [
        "他说去年修好了。",
        "听说下周来人修。",
        "医保：今天上午查了40个人。",
        "后来我问她，她不说。",
        "会后我去送菜。",
        "以前儿女背我去社区。",
        "物业说一天平均来60趟。",
        "联系了我们厂里的食堂送饭。",
    ],
)
def test_what_was_done_or_is_told_of_others_is_no_promise(text: str) -> None:
    assert [one.value for one in told(text, "items") if one.value.type == "promise"] == []


def test_a_clause_that_only_says_since_when_is_not_what_was_promised() -> None:
    items = [one.value.text for one in told("小闵表示请老师每周六来补课，从6月6日开始。", "items")]
    assert "从6月6日开始" not in items


def test_a_vote_is_on_what_its_heading_says() -> None:
    text = "户主会\n议事二：修桥。争了半天。表决：发票20张，收20张，赞成18，反对2。"
    assert [one.value.text for one in told(text, "decisions")] == ["修桥"]
    assert [one.text for one in sure("户主会\n关于修桥，举手表决，赞成18，反对2，通过。", "decisions")] == [
        "修桥"
    ]


def test_a_part_of_a_dotted_name_is_nobody_else() -> None:
    assert "卓玛丽" not in [one.name for one in sure("记录人：翻译干部 卓玛丽·别克", "who")]
    assert sure("叫古海尔热孜万古丽·艾海提来。", "who") == []


@pytest.mark.parametrize(
    "text",
    [
        "村民季海涛办了农场，请了4个人，其中2个是低保户。",
        "村民粟启富和老伴带着一个孙子过日子。",
        "村民郗玉香陪护小孙女去了，孩子得的是肺炎。",
        "看了五保户靳二旦，他守着窑洞。",
    ],
)
def test_what_others_have_or_people_call_by_an_old_word_is_asked_about(text: str) -> None:
    assert [one for one in sure(text, "facts") if one.key in ("class", "guardian", "子女")] == []


@pytest.mark.parametrize(
    "text",
    [
        "我说乡里有一批企业捐的平板电脑，共30台，优先给中学生。",
        "送年货的皮卡昨晚就装好了：面粉三十袋。",
        "他家每户给了白面两袋。共发放白面34袋。",
        "资助政策是学前每学期500元。",
        "我要他先给老人把第一年的1100元付了。",
        "合作社净利润58万元，拿出31万元分给145户，最多的一户13400元。",
        "她男人走后留下一片园子和九万块的账。",
    ],
)
def test_what_is_to_come_due_or_told_once_more_is_no_sure_gift(text: str) -> None:
    assert [one for one in sure(text, "aid") if one.each is None] == []


def test_each_household_counts_households_and_each_person_people() -> None:
    gifts = told("给观察的11户35人，每户白菜两棵，每人口罩5个。", "aid")
    assert [(one.value.what, one.value.n) for one in gifts] == [("白菜", 11), ("口罩", 35)]


@pytest.mark.parametrize(
    "text",
    [
        "所长话说得硬：月底前换好，换不好就断电。",
        "我同他讲先把损失填表，月底前报上去。",
        "他说光靠两台泵，抽到后天也抽不完。",
        "我说限他们周六前修好。",
        "他说水泵可以先给三台，明天自己去拉。",
        "报结果，停发本月补助，由林业站处理。",
        "他给大家说三件：受灾户十日前把名单报到村上。",
        "他讲贴息贷款：3月31日下午5点前交申请，过期不收。",
        "她嘴上讲不急，走到楼梯口讲最好八月前办好。",
        "上周说的“路灯两天内修好”没修好。",
    ],
)
def test_what_others_are_told_to_do_is_no_sure_promise(text: str) -> None:
    assert [one for one in sure(f"2026年5月8日\n{text}", "items") if one.type == "promise"] == []


def test_who_was_not_there_and_what_the_writer_says_are_no_sure_trouble() -> None:
    assert sure("应到13 实到11 缺：马福（住院）", "items") == []
    assert sure("我给院长提了个意见：走廊的炭盆撤了。", "items") == []
    assert sure("她深吸一口气，丢了稿子，先骂了句天冷。", "items") == []


def test_who_speaks_before_a_vote_is_not_what_it_is_on() -> None:
    text = "村民代表会\n会计念名单，共计补助39户，无异议，举手12票同意。"
    assert sure(text, "decisions") == []
    assert all(not one.value.vote.tally for one in told(text, "decisions") if one.value.vote)


def test_a_meeting_that_is_still_to_come_is_not_what_it_is() -> None:
    assert sure("党员大会前的一次走访\n2012年11月21日，星期三", "kind") == []
    assert sure("丧事简办登记兼慰问", "kind") == []


def test_those_who_were_chosen_are_told_from_those_who_were_not() -> None:
    head = "户主会\n推选新人，候选人两名，"
    (decision,) = told(f"{head}柏大山得18票，惠小梅得9票，柏大山当选。", "decisions")
    assert (decision.value.elected, decision.value.text) == ("柏大山", "推选新人")
    (decision,) = told("委员候选三人：柏大山27票，惠小梅20票，邸春11票，柏大山、惠小梅当选。", "decisions")
    assert decision.value.elected == "柏大山、惠小梅"
    assert told("党员会上，邸春虽没选上，话却最直。", "decisions") == []
    assert told("理事会换届，候选人三名。", "figures")
    assert sure("理事会换届，候选人三名。", "figures") == []


def test_what_a_vote_was_on_and_who_hosted_it_are_not_the_words_beside_them() -> None:
    text = "楼道议事会\n主持：楼委会主任\n每户分摊280元。表决：赞成31户，反对9户，弃权3户，通过。"
    assert sure(text, "decisions") == []
    assert all(one.value.host is None for one in told(text, "meeting"))


def test_the_day_of_a_newspaper_is_not_sure_to_be_that_of_what_it_tells() -> None:
    text = (
        "《青石晚报》社区版　5月4日讯\n\n昨天，社区书记黄大山表示，本周日前把库房腾出来，5月9日请物业来谈。"
    )
    days = told(text, "date")
    assert date(2026, 5, 9) not in [one.value for one in days] and sure(text, "date") == []
    assert sure(text, "items") == []  # 本周日 is counted from that day


def test_a_festival_in_a_name_is_no_occasion() -> None:
    (gift,) = sure("村主任赵国庆给刘桂兰送去慰问金500元。", "aid")
    assert gift.occasion is None
    (gift,) = sure("国庆节，村主任赵国庆给刘桂兰送去慰问金500元。", "aid")
    assert gift.occasion == "国庆"


def test_a_gathering_is_a_meeting_for_sure_where_people_confer() -> None:
    assert sure("12月26日，滩羊合作社在村部大院开分红会，当场领钱。", "kind") == []
    assert sure("12月26日，合作社在村部大院开理财会，应到28人，实到25人。", "kind") == ["meeting"]


def test_a_part_is_sure_where_the_words_between_say_so() -> None:
    def parts(text: str) -> list[Any]:
        return [one.of for one in sure(text, "figures") if one.of]

    assert parts("全村56户里面有租户19户。") == ["全村"]
    assert parts("春节返乡146人，从外省回来的9人。") == []
    assert told("春节返乡146人，从外省回来的9人。", "figures")[-1].value.of == "春节返乡"


def test_an_illness_told_farther_from_the_name_is_asked_about() -> None:
    assert [
        one.value for one in sure("走访黄大山，男，78岁，独居，患高血压。", "facts") if one.key == "health"
    ]
    far = "走访黄大山，门锁着，邻居说去了县里，肺结核。"
    assert [one for one in sure(far, "facts") if one.key == "health"] == []
    assert [one for one in told(far, "facts") if one.value.key == "health"]


def test_whom_the_writer_promised_something_is_not_who_will_do_it() -> None:
    (promise,) = sure("2026年5月8日\n走访赵小梅家。我答应赵小梅三天内交材料。", "items")
    assert (promise.text, promise.who, promise.owner) == ("三天内交材料", "赵小梅", None)


def test_what_is_told_in_thanks_is_no_wish() -> None:
    assert sure("人找到了，他女儿井小兰托我谢谢大家。", "items") == []


def test_a_report_that_tells_of_another_day_of_the_week_has_no_sure_day() -> None:
    text = "您出差这几天，我简单报一下。\n5号（周一）上午在传达室开了楼院会。\n社工小檀\n1月7日夜"
    assert sure(text, "date") == []
    assert date(2026, 1, 7) in [one.value for one in told(text, "date")]


def test_days_with_their_weekday_in_brackets_head_their_lines() -> None:
    text = "副镇长 走访日记\n2012.9.3（一） 晴\n先到镇小。\n9.11（二）小雨\n家长会在茶坊开。"
    assert [one.value for one in told(text, "date")] == [date(2012, 9, 3), date(2012, 9, 11)]
    assert sure("2016.11.24起修房补助核算 今日第2次到户", "date") == []


def test_a_day_of_a_line_goes_before_a_yesterday_in_passing() -> None:
    assert [one.value for one in told("补记两天的事，昨天没写。\n3月22日，刮白毛风。", "date")] == [
        date(2026, 3, 22)
    ]


def test_a_due_day_of_a_month_that_is_paid_for_is_none() -> None:
    assert [
        one.value.due
        for one in told("2021年3月19日\n3.护林员脱岗，停发本月补助，23日前报结果。", "items")
        if one.value.due
    ] == [date(2021, 3, 23)]
