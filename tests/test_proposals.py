"""Facts from plain prose. Every rule is tested by the example that stands with it."""

import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minqing.model import Aid, Entry, Fact, Figure, Fund, Item, Meeting, Person, Quantity
from minqing.proposals import LONGEST, MOST, SURE, Event, Known, Proposal, assemble, propose, rules
from minqing.proposals._said import Rule
from minqing.values import write_quantity

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


def test_a_year_that_only_the_weekday_tells_is_not_sure_where_another_fits_too() -> None:
    assert said("5月8日 星期二 晴", "date") == [(date(2012, 5, 8), False)]  # 2007 as well
    assert said("5月8日 星期二 农历四月十八", "date") == [(date(2012, 5, 8), True)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("昨天走访了8户。", date(2016, 5, 31)),
        ("前天，在村部开会。", date(2016, 5, 30)),
        ("周一。\n接到举报。", date(2016, 5, 30)),
        ("上周五去了二组。", date(2016, 5, 27)),
        ("初八赶集，人多。", date(2016, 5, 14)),
    ],
)
def test_a_day_counted_from_the_day_of_taking_in_is_proposed_but_not_sure(text: str, day: date) -> None:
    assert said(text, "date") == [(day, False)]


def test_a_lunar_day_of_a_year_is_of_that_year() -> None:
    assert said("2015年腊月二十三，小年。慰问了4户。", "date") == [(date(2016, 2, 1), False)]
    assert said("2015年五月初五，端午。", "date") == [(date(2015, 6, 20), True)]


@pytest.mark.parametrize(
    ("text", "due"), [("他答应五天内修好。", date(2015, 3, 6)), ("他答应月底前修好。", date(2015, 3, 31))]
)
def test_days_to_come_count_from_the_day_given(text: str, due: date) -> None:
    for told in (text, f"昨天，{text}"):
        (event,) = propose(told, TODAY, day=date(2015, 3, 1))
        assert [one.value.due for one in event.proposals if one.field == "items"] == [due]


def test_days_behind_a_dated_one_open_events() -> None:
    events = propose("6月9日路灯不亮，明天修。10日路灯修好。", TODAY, 2015)
    assert [event.proposals[0].value for event in events] == [date(2015, 6, 9), date(2015, 6, 10)]
    events = propose("一、6月8日走访王五。\n二、6月9日走访李四。", TODAY, 2015)
    assert [event.proposals[0].value for event in events] == [date(2015, 6, 8), date(2015, 6, 9)]


def test_of_a_text_that_says_too_much_the_surest_is_proposed() -> None:
    (event,) = propose("村里路灯坏了。" * 2000, TODAY)
    assert 0 < len(event.proposals) <= MOST


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


@pytest.mark.parametrize(
    ("text", "day", "is_sure"),
    [
        ("2016.5.8 走访\n去一组。", date(2016, 5, 8), True),
        ("走访时间：2016年5月8日下午\n对象：李大山", date(2016, 5, 8), True),
        ("党政办编　　2016年5月8日\n近期，各村走访。", date(2016, 5, 8), True),
        ("水管已修好。\n柳湾村委会\n2016年5月8日", date(2016, 5, 8), True),
        ("2016年工作日志\n5月8日 晴\n去一组。", date(2016, 5, 8), True),
        ("5月20日到一组走访。\n柳湾村委会\n2016年5月21日", date(2016, 5, 20), True),
        ("根据镇里安排，5月8日，我到一组走访。", date(2016, 5, 8), False),
        ("今天（5月8日）去了一组。", date(2016, 5, 8), False),
        ("5月8-10日，工作队到一组走访。", date(2016, 5, 8), False),
        ("20160508\n去一组。", date(2016, 5, 8), True),
        ("八号，阴天，去了一组。", date(2016, 5, 8), False),
        ("上月28日，我到一组走访。", date(2016, 5, 28), False),
        ("昨晚去一组看水管。", date(2016, 5, 31), False),
        ("上午在一组看水管。", date(2016, 6, 1), False),
        ("李大山，低保户，2013年3月5日中风，5月8日我去看他。", date(2016, 5, 8), False),
        ("随记一笔（5.8 周日 闷热）\n去了一组。", date(2016, 5, 8), False),
        ("立夏后的周日（5.8），我到一组走访。", date(2016, 5, 8), False),
        ("喂今天立夏刚过啊五月八号星期天我去一组走访", date(2016, 5, 8), False),
        ("五月二十八 毛毛雨\n去了一组。", date(2016, 5, 28), False),
        ("丙申年四月初二，公历五月八。\n去了一组。", date(2016, 5, 8), False),
    ],
)
def test_the_day_of_a_text_is_the_one_that_heads_it_signs_it_or_opens_it(
    text: str, day: date, is_sure: bool
) -> None:
    assert said(text, "date") == [(day, is_sure)]


def test_a_week_told_line_by_line_is_an_event_for_each_day() -> None:
    text = "周记（2016年5月23日—27日）\n周一：开例会。\n周二：雨，没下村。\n周四：去一组。"
    assert said(text, "date") == [
        (date(2016, 5, 23), True),
        (date(2016, 5, 24), True),
        (date(2016, 5, 26), True),
    ]


def test_short_dates_head_their_lines_where_there_are_several() -> None:
    text = "随访 五月\n5-4 老朱 血压高\n5-6 老袁 换药"
    assert [day for day, _sure in said(text, "date")] == [date(2016, 5, 4), date(2016, 5, 6)]


def test_a_day_told_of_in_passing_opens_nothing() -> None:
    assert len(propose("2016年5月28日 晴\n他说3月2日交过钱，6月8日前修好。", TODAY)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "2016年5月18日 走访\n下一步：联系学校；5月25日陪他去医院；办证。",
        "2016年5月18日 晴\n下一步：6月2日前报医保；6月8日陪她去县医院；6月10日回访。",
        "2016年5月18日 走访\n防火会开了。\n5月25日请消防站来讲一次。",
        "2016年5月18日 阴\n十九号台风的消息早上就来了。\n20号车水泵坏了。",
        "2016年5月18日 窗口\n21号 倪善宝没做认证。\n33号 耿学文来发火。",
        "2016年5月18日 走访\n下周安排：\n21日 送药\n23日 回访",
        "2016年5月18日 巷子走访\n19号 倪家，门锁着。\n22号 戚家，灯坏了。",
        "2016年5月18日 祭祖\n会上定了。农历四月二十，大家一起去。",
        "2016年5月18日 送考\n路上没堵。\n二十号考完再来接。",
    ],
)
def test_a_day_to_come_or_a_number_of_a_thing_opens_no_event(text: str) -> None:
    assert said(text, "date") == [(date(2016, 5, 18), True)]


def test_a_year_with_a_round_zero_heads_a_text() -> None:
    assert said("二〇一五年腊月十一\n去了一组。", "date")[0][0] == date(2016, 1, 20)


def test_what_began_at_night_is_no_sure_time_of_the_day_after() -> None:
    assert said("2016年5月18日 阴\n夜里十一点半，柴垛着了火。", "time") == [("23:30", False)]


def test_a_head_of_several_days_is_of_none_but_one_of_one_day_stays() -> None:
    assert [day for day, _sure in said("征兵（7月31日、8月1日）\n31日 体检。\n1日 送光荣牌。", "date")] == [
        date(2015, 7, 31),
        date(2015, 8, 1),
    ]
    assert [day for day, _sure in said("2016年5月18日 走访\n5月19日 回访", "date")] == [
        date(2016, 5, 18),
        date(2016, 5, 19),
    ]


def test_what_an_entry_says_already_wins() -> None:
    entry = Entry("a2345678", "visit", date(2016, 5, 8), weather="晴", who=(Person("赵小梅"),))
    accepted = [
        Proposal("weather", "阴", "阴", 0, 1, "x"),
        Proposal("who", Person("赵小梅", "村民"), "赵小梅", 0, 1, "x"),
    ]
    made = assemble(entry, accepted)
    assert made.weather == "晴" and made.who == (Person("赵小梅", "村民"),)


# ---------------------------------------------------------------- what is not told plainly is not sure


def sure(text: str, field: str) -> list[object]:
    return [value for value, is_sure in said(text, field) if is_sure]


@pytest.mark.parametrize(
    "text",
    [
        "摆摊宣传医保，有42个人当场交了钱，每人380元。",
        "弟弟补给他2000元，双方签字。",
        "把高龄补贴发到6位老人手里，每人每月50元，3个月共900元。",
        "镇里送来方便面20箱、棉被15床。",
        "儿子打电话来，给她寄了2000元。",
        "每户送去大米1袋。",  # to how many, nobody says
        "收取党费840元，发票给了他一张。",
        "他女婿过年给了他3000元。",
        "女儿走时给她留了500块。",
        "他给我塞了个红包200元，我退了。",
        "卫生院给他开了三盒药，给果树打了两瓶药。",
        "我给了老乡20块饭钱。",
    ],
)
def test_what_is_paid_received_or_left_open_is_no_sure_aid(text: str) -> None:
    assert sure(text, "aid") == []


def test_goods_that_came_in_and_were_handed_on_are_aid_to_all_who_are_named() -> None:
    ((aid, _sure),) = said("收到轮椅2台，转交给了残疾人廖成贵和他弟弟廖成富。", "aid")
    assert isinstance(aid, Aid) and (aid.n, aid.to) == (2, ("廖成贵", "廖成富"))


def test_what_came_from_somewhere_may_be_aid_unless_it_is_still_in_store() -> None:
    ((aid, is_sure),) = said("县残联送来轮椅一辆。", "aid")
    assert isinstance(aid, Aid) and (aid.what, aid.fund, is_sure) == ("轮椅", "县残联", False)
    assert said("县残联送来轮椅一辆，已登记入库。", "aid") == []


@pytest.mark.parametrize(
    ("text", "each", "n"),
    [
        ("送膏药54贴，每人两贴。", "2贴", 27),
        ("给脱贫户发放鸡苗，每户20只，共31户。", "20只", 31),
        ("走访了26户，一户送五只粽子。", "5只", 26),
        ("给12名老人每人送一条毛毯。", "1条", 12),
    ],
)
def test_what_each_got_and_how_many_got_it_may_stand_apart(text: str, each: str, n: int) -> None:
    ((aid, _is_sure),) = said(text, "aid")
    assert isinstance(aid, Aid) and aid.each
    assert (f"{aid.each.value}{aid.each.unit}", aid.n) == (each, n)


@pytest.mark.parametrize("text", ["我掏了两百塞给老人。", "个人先给了二百，她不肯收。"])
def test_money_without_its_coin_is_read_but_never_sure(text: str) -> None:
    ((aid, is_sure),) = said(text, "aid")
    assert isinstance(aid, Aid) and aid.total == Quantity(Decimal(200), "元") and not is_sure


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("慰问军属。\n烈属王秀莲八百，军属每家二百，共三千五。", ["800元", "200元", "3500元"]),
        ("给了她一袋米一壶油、半斤花生。", ["1袋", "1壶", "0.5斤"]),
        ("给孩子送书包。高职的一人一千五。", ["1500元"]),
        ("发物资\n一组 31户 每户米40斤、被子2床", ["40斤", "2床"]),
        ("每户送一桶五升的油。", ["1桶"]),
        ("他说一人一天五块不够，房租欠着八百。", []),
    ],
)
def test_gifts_stand_side_by_side_and_money_without_its_coin(text: str, amounts: list[str]) -> None:
    gifts = [gift for gift, _sure in said(text, "aid") if isinstance(gift, Aid)]
    assert [write_quantity(gift.each or gift.total) for gift in gifts] == amounts


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("慰问困难群众12户，标准500元/户。", ["500元"]),
        ("村两委7个人 各300 =2100", ["300元"]),
        ("烈属每户1200元；参战人员每人600元。", ["1200元", "600元"]),
        ("帮他垫上380，我摸了五百给她。", ["380元", "500元"]),
        ("给敬老院送煤，6吨。", ["6吨"]),
        ("送了个电饭锅，带了箱牛奶给他。", ["1个", "1箱"]),
        ("还欠医院2万元，每户集资800元，每人每年24元。", []),
    ],
)
def test_gifts_are_read_however_shortly_they_are_told(text: str, amounts: list[str]) -> None:
    gifts = [gift for gift, _sure in said(text, "aid") if isinstance(gift, Aid)]
    assert [write_quantity(gift.each or gift.total) for gift in gifts] == amounts


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("慰问8户，标准500，计4000元。", {"500元"}),
        ("5户*600=3000元。村里每人200，共43人，8600元。", {"600元", "200元"}),
        ("助残金：肢残2名，每人1500元；听力残1名，2000元。", {"1500元", "2000元"}),
        ("捐款的有林建军两万，还有个不让写名的，三千。", {"20000元", "3000元"}),
        ("摸了五百给她，我身上只有三百六，也拿了。", {"500元", "360元"}),
        ("我给他交了300押金。单位给她凑了手术费两万元。", {"300元", "20000元"}),
        ("退役军人服务站送来2400元。低保家庭送去300元。", {"2400元", "300元"}),
        (
            "建棚缺的，业委会公共收益里出4.5万。这口井，水利局12万，村里自己3万。",
            {"45000元", "120000元", "30000元"},
        ),
        ("信用社捐了1w元。五千块拍在桌上，是班主任给的。", {"10000元", "5000元"}),
        ("打井花了两万四，乡里答应给的还没影。每户筹了500，一共46户，两万三。", set()),
        ("留下十三万的账，给了三十块饭钱，在小卖部赊的96块还没给。", set()),
    ],
)
def test_money_that_no_sure_rule_reads_is_asked_about(text: str, amounts: set[str]) -> None:
    told = [*said(text, "aid"), *said(text, "funds")]
    read = [
        one.amount if isinstance(one, Fund) else one.each or one.total
        for one, _sure in told
        if isinstance(one, Aid | Fund)
    ]
    assert {write_quantity(one) for one in read} == amounts


@pytest.mark.parametrize("sum_", ["共1400元", "合计发放1400元"])
def test_a_sum_that_each_one_s_share_comes_to_is_not_given_a_second_time(sum_: str) -> None:
    text = f"5月8日 到王庙小学慰问，给7名学生每人发200元慰问金。{sum_}。"
    ((aid, _sure),) = said(text, "aid")
    assert isinstance(aid, Aid)
    assert (aid.each, aid.n, aid.total) == (Quantity(Decimal(200), "元"), 7, Quantity(Decimal(1400), "元"))
    assert len(said(f"{text}给赵小梅1400元。", "aid")) == 2


def test_how_many_of_a_class_get_something_stands_in_the_list_above() -> None:
    (gift,) = said("送年货\n名单22户，特困5 低保11\n特困：500元", "aid")
    assert isinstance(gift[0], Aid) and (gift[0].n, gift[1]) == (5, True)


def test_what_each_of_some_households_got_by_name_is_not_shared_among_them() -> None:
    gifts = [
        aid
        for aid, _sure in said("慰问两户：李大山家200块、一桶油，王小梅家300元。", "aid")
        if isinstance(aid, Aid)
    ]
    assert [(gift.what, gift.n, gift.to) for gift in gifts] == [
        ("慰问金", 1, ("李大山",)),
        ("油", 1, ("李大山",)),
        ("慰问金", 1, ("王小梅",)),
    ]


def test_an_hour_is_sure_only_where_the_text_tells_no_other() -> None:
    assert sure("5月8日下午2点，在村部开会。", "time") == ["14:00"]
    assert sure("5月8日下午2点，在村部开会，开到5点半。", "time") == []


def test_who_each_gets_something_may_be_counted_before_and_is_never_sure() -> None:
    (gift,) = said("看望老党员，一共五位。路不好走。每位送粽子两盒。", "aid")
    assert isinstance(gift[0], Aid)
    assert (gift[0].n, gift[1]) == (5, False)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("腊月廿三（2月10日），小年。\n去送年货。", date(2016, 2, 10)),
        ("七月二号，补记昨天慰问的账。", date(2015, 7, 1)),
        ("十二月廿六日 阴\n跑户口。", date(2015, 12, 26)),
        ("翻了三天本子。今天（3/24）到三组看了两位。", date(2016, 3, 24)),
    ],
)
def test_a_day_told_in_two_ways_is_the_common_one(text: str, day: date) -> None:
    assert [value for value, _sure in said(text, "date")] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "5月8日\n他在市场扛货，早三点干到十点。",
        "5月8日\n书屋每晚7点到9点开。",
        "5月8日\n坐6点20那趟末班车回来。",
    ],
)
def test_an_hour_of_every_day_or_of_a_bus_is_no_sure_time(text: str) -> None:
    assert not any(sure for _value, sure in said(text, "time"))


def test_a_source_counts_for_what_it_is_told_of() -> None:
    text = "给低保户周长根留了一袋米，还有200块钱慰问金，钱是镇民政办出的。"
    funds = {one.what: one.fund for one in sure(text, "aid") if isinstance(one, Aid)}
    assert funds == {"米": None, "慰问金": "镇民政办"}


def test_a_gift_is_for_the_festival_named_before_it_and_not_for_a_due_day() -> None:
    (aid,) = sure("腊月二十三，小年。慰问了4户，每户500元慰问金。答应元宵节前办好救助。", "aid")
    assert isinstance(aid, Aid) and aid.occasion == "小年"


@pytest.mark.parametrize(
    "text",
    [
        "宅基地边上0.3亩菜地。",
        "一上午看了87人。",
        "手电筒坏了7个。",
        "向镇里申请防汛经费3万元。",
        "赵德才等3名同志没有请假。",
        "马上通知下面的7户31人转移。",
        "发传单300多份。",
        "全组只有2个。",
    ],
)
def test_a_figure_named_by_a_piece_of_a_sentence_is_not_sure(text: str) -> None:
    assert sure(text, "figures") == []


@pytest.mark.parametrize(
    "text",
    [
        "孩子考了92分，班里第3名，家里还有3个弟妹。",
        "他家6亩地，养了3头牛，种了200棵果树。",
        "老人81岁，离卫生室3公里，药一天吃3次。",
        "一亩地打1200斤，一户五只粽子，一天挣200元。",
        "党员62人，到51人；应到代表45人，实到39人。",
        "住在3栋2单元501室，电话13812345678。",
        "儿子两个，女儿一个，七八个人挤在一起。",
    ],
)
def test_an_age_a_price_an_address_and_what_a_household_has_are_no_figures(text: str) -> None:
    assert said(text, "figures") == []


@pytest.mark.parametrize(
    ("text", "name", "number", "unit"),
    [
        ("入户核查二百一十三户。", "入户核查", 213, "户"),
        ("常住人口：1,480人", "常住人口", 1480, "人"),
        ("栽了500棵杨树苗。", "杨树苗", 500, "棵"),
        ("书记带领中层干部一行39人下乡。", "中层干部", 39, "人"),
        ("从镇里领回粮食补贴表，一共328户。", "粮食补贴表户数", 328, "户"),
        ("还差12张没签字。", "没签字", 12, "张"),
        ("对没参保的12位老人上门动员。", "没参保的老人", 12, "位"),
        ("有43个人参加。", "参加", 43, "人"),
    ],
)
def test_a_figure_is_named_by_the_noun_beside_it_or_by_what_was_done(
    text: str, name: str, number: int, unit: str
) -> None:
    assert [value for value, _sure in said(text, "figures")] == [
        Figure(name, Quantity(Decimal(number), unit))
    ]


def test_three_numbers_that_count_make_a_sentence_of_statistics() -> None:
    assert sure("新装水表31块，打井2眼。", "figures") == []
    assert len(sure("登记车辆31台，劝返外村5人，张贴通告40张。", "figures")) == 3


def test_what_became_of_things_is_a_part_of_them() -> None:
    told = [value for value, _sure in said("收集意见27条，现场解答11条，转交16条。", "figures")]
    assert [(one.name, one.of) for one in told if isinstance(one, Figure)] == [
        ("收集意见", None),
        ("现场解答", "收集意见"),
        ("转交", "收集意见"),
    ]


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("全班42人，家访过的29人，还剩13人。", [None, "全班", "全班"]),
        ("机具12台，能打着的9台，要修的3台。", [None, "机具", "机具"]),
        ("学校有学生一百八十六个，留守的五十三个，单亲的十二个。", [None, "学生", "学生"]),
        ("排查房屋89栋，C级6栋，D级2栋。", [None, "排查房屋", "排查房屋"]),
        ("全村312户1186人，其中脱贫户46户168人。", [None, None, "全村户数", "全村人口"]),
        ("核查低保户35户，新增4户，水井7口。", [None, None, None]),
    ],
)
def test_a_part_is_a_part_of_the_whole_and_not_of_the_part_beside_it(text: str, of: list[str | None]) -> None:
    figures = [figure for figure, _sure in said(text, "figures") if isinstance(figure, Figure)]
    assert [figure.of for figure in figures] == of


def test_accounts_are_figures_with_their_coin_left_out_but_not_what_a_household_earns() -> None:
    text = "当年收入68.9万元，其中管理费9.6万、光伏收益31.2万。"
    figures = [figure for figure, _sure in said(text, "figures") if isinstance(figure, Figure)]
    assert [(figure.name, figure.of) for figure in figures] == [
        ("当年收入", None),
        ("管理费", "当年收入"),
        ("光伏收益", "当年收入"),
    ]
    assert not said("他家打工挣了6.5万，养牛赚了2万。", "figures")


def test_a_day_is_no_part_of_the_name_of_a_figure() -> None:
    told = sure("昨天走访了8户，其中脱贫户5户。", "figures")
    assert told == [
        Figure("走访", Quantity(Decimal(8), "户")),
        Figure("脱贫户", Quantity(Decimal(5), "户"), "走访"),
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("沙场老板马三答应五天内修好。", "马三"),
        ("走访低保户吴老三，他腿不好。", "吴老三"),
        ("去看五保户老杨头，他腿不好。", "老杨头"),
        ("听陈四嫂说田埂被挖了。", "陈四嫂"),
    ],
)
def test_a_name_ends_where_the_verb_begins(text: str, name: str) -> None:
    assert [one.name for one, _sure in said(text, "who") if isinstance(one, Person)] == [name]


def test_who_is_only_phoned_or_absent_is_not_surely_who_it_is_about() -> None:
    assert sure("我联系电工马长河，明天来修。岑有才等4名同志没有请假。", "who") == []
    assert sure("剩下1万村里想办法，名单下周公示。", "who") == []


def test_of_a_list_of_people_each_gets_what_stands_behind_the_own_name() -> None:
    text = "走访王建国、李秀英两户。王建国：儿媳妇上月骨折，想申请救助。李秀英：独居，没有牙。"
    assert [one for one, _sure in said(text, "facts")] == [
        Fact("王建国", "儿媳妇", "上月骨折"),
        Fact("李秀英", "tags", "独居"),
    ]
    (need,) = (one for one, _sure in said(text, "items") if isinstance(one, Item) and one.type == "need")
    assert need.who == "王建国"


def test_whom_something_is_promised_does_not_become_who_does_it() -> None:
    (promise,) = sure("2016年5月28日。我答应他下周找镇上来看看。", "items")
    assert isinstance(promise, Item) and promise.text == "下周找镇上来看看"


def test_rhetoric_is_no_need() -> None:
    assert said("孩子们那渴望又无助的眼神让人心疼。", "items") == []
    assert said("孩子们渴望得到快乐的成长。", "items") == []


# ---------------------------------------------------------------- whole texts

VISIT = """5月28日 星期六 多云转晴
下午我与村书记罗定山一起到柳湾小学调研，校长邓明远介绍，全校学生326人，其中留守儿童127人。
我们去看了留守儿童黎小芳，她现随爷爷奶奶生活，父亲服刑母亲改嫁。我答应六一前再来。
30日上午，卫生局来慰问，给7名学生每人送上慰问金200元、书包一个。"""


def facts_of(text: str) -> dict[str, list[object]]:
    told: dict[str, list[object]] = {}
    for event in propose(text, TODAY):
        for one in event.proposals:
            told.setdefault(one.field, []).append(one.value)
    return told


def test_a_plain_diary_comes_apart_into_facts() -> None:
    told = facts_of(VISIT)
    assert told["date"] == [date(2016, 5, 28), date(2016, 5, 30)]
    assert told["with"] == [Person("罗定山", "村书记")]
    assert Figure("留守儿童", Quantity(Decimal(127), "人"), "学生") in told["figures"]
    assert {
        Fact("黎小芳", "guardian", "爷爷奶奶"),
        Fact("黎小芳", "父亲", "服刑"),
        Fact("黎小芳", "母亲", "改嫁"),
    } <= set(told["facts"])
    (promise,) = (item for item in told["items"] if isinstance(item, Item) and item.type == "promise")
    assert promise.text == "六一前再来" and promise.due == date(2016, 6, 1)
    money, bags = told["aid"]
    assert isinstance(money, Aid) and (money.n, money.total) == (7, Quantity(Decimal(1400), "元"))
    assert isinstance(bags, Aid) and (bags.what, bags.n) == ("书包", 7)


def test_all_of_it_goes_into_an_entry_numbered_and_once() -> None:
    entry = Entry("a2345678", "visit", date(2016, 5, 28))
    proposals = [one for event in propose(VISIT, TODAY) for one in event.proposals]
    made = assemble(entry, proposals)
    assert [item.n for item in made.items] == list(range(1, len(made.items) + 1))
    assert assemble(made, proposals) == made


def test_a_meeting_told_in_parts_is_one() -> None:
    text = "会议由村书记罗定山主持，驻村干部白晓燕记录。应到32人，实到28人。"
    made = assemble(
        Entry("a2345678", "meeting", TODAY),
        [one for event in propose(text, TODAY) for one in event.proposals],
    )
    assert made.meeting == Meeting(host="罗定山", recorder="白晓燕", eligible=32, present=28, unit="person")


def test_spaces_and_stars_that_please_the_eye_change_nothing_but_stay_in_the_words() -> None:
    plain = propose("时间：2016年5月8日\n走访脱贫户36户。", TODAY)
    padded = propose("时　间：2016 年 5 月 8 日\n走访脱贫户 **36 户**。", TODAY)
    assert [(one.field, one.value) for one in padded[0].proposals] == [
        (one.field, one.value) for one in plain[0].proposals
    ]
    assert "2016 年 5 月 8 日" in [one.words for one in padded[0].proposals]


def test_names_and_areas_that_the_diary_knows_are_sure() -> None:
    known = Known(frozenset({"高兴旺"}), ("青石镇/柳湾村/二组",))
    found = {
        one.field: one for one in propose("和高兴旺走了一趟柳湾村二组。", TODAY, None, known)[0].proposals
    }
    assert found["who"].value == Person("高兴旺") and found["who"].confidence >= SURE
    assert found["area"].value == "青石镇/柳湾村/二组" and found["area"].confidence >= SURE
    assert not any(one.field == "who" for one in propose("大家都高兴旺盛得很。", TODAY)[0].proposals)


def test_a_notebook_gives_an_event_for_each_dated_head() -> None:
    events = propose("3/2 一 阴。跑两委。\n3/4 三 去看老胡。\n3/5 四 雨。", TODAY, 2026)
    assert [event.proposals[0].value for event in events] == [
        date(2026, 3, 2),
        date(2026, 3, 4),
        date(2026, 3, 5),
    ]


PIECES = st.sampled_from(
    [rule.example for rule in rules()]
    + [rule.unlike for rule in rules()]
    + [VISIT, "。", "，", "\n", "１２３户", "共 36 户", "**", "时　间：", "“", "每户", "x", " "]
)


@given(st.lists(PIECES, max_size=6))
@settings(max_examples=60, deadline=None)
def test_every_proposal_quotes_the_text_and_lies_in_its_event(pieces: list[str]) -> None:
    text = "".join(pieces)
    events = propose(text, TODAY)
    assert [event.start for event in events[1:]] == [event.end for event in events[:-1]]
    assert (events[0].start, events[-1].end) == (0, len(text))
    for event in events:
        for one in event.proposals:
            assert text.startswith(one.words, one.start) and one.words
            assert 0 < one.confidence <= 1


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "一",
        "王",
        "5月8日，",
        "走访村民黄大山家，父亲打工，",
        "每户200元、",
        "计划：明天办；",
        "同意3票，",
        "羊3 ",
        "送了2袋",
        "给王五大米20斤，慰问金200元，",
        "赵小梅、",
        "周一：\n",
        "\u3000",
        "\n",
        "“我来办",
        "（",
    ],
)
def test_no_text_takes_long(piece: str) -> None:
    def seconds(length: int) -> float:
        start = time.process_time()
        propose((piece * length)[:length], TODAY)
        return time.process_time() - start

    seconds(500)  # patterns are compiled at their first use
    assert seconds(4000) < 4 * 4000 / 500 * max(seconds(500), 0.02)


def test_what_lies_beyond_the_longest_text_is_kept_but_not_read() -> None:
    text = "a" * LONGEST + "\n2016年5月8日 星期日 晴\n"
    (event,) = propose(text, TODAY)
    assert event == Event(0, len(text), ())


def test_a_list_twice_as_long_takes_no_four_times_as_long() -> None:
    text = "2016年5月18日 走访\n" + "21日 送药\n22日 回访\n" * 700
    propose(text[:200], TODAY)  # compiles the patterns
    took = []
    for length in (2500, 5000):
        tries = []
        for _ in range(3):
            began = time.process_time()
            propose(text[:length], TODAY)
            tries.append(time.process_time() - began)
        took.append(min(tries))  # others use the machine, too
    assert took[1] < 3 * took[0]
