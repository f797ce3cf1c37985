"""Who is named in plain prose, where a name ends, and of whom a fact of a household is told."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minqing.model import Fact, Person
from minqing.passing import passing
from minqing.proposals import SURE, propose
from minqing.proposals._names import name_at
from minqing.surnames import SURNAMES

TODAY = date(2026, 5, 20)


def values(text: str, field: str, least: float = 0) -> list[object]:
    """What is proposed for a field, as sure as that at least, each once."""
    told = [
        one.value
        for event in propose(text, TODAY)
        for one in event.proposals
        if one.field == field and one.confidence >= least
    ]
    return list(dict.fromkeys(told))


def names(text: str, least: float = 0) -> list[str]:
    return [one.name for one in values(text, "who", least) if isinstance(one, Person)]


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("项目经理钱立本去看了工地。", "钱立本"),
        ("支书楼大同说村里派人。", "楼大同"),
        ("走访残疾户石来福，他在家。", "石来福"),
        ("去了赵春来家，门锁着。", "赵春来"),
        ("会计孟达生病了。", "孟达"),
        ("说的是尹家老三，他要走。", "尹家老三"),
        ("隔壁的鲍寡妇来了。", "鲍寡妇"),
        ("周振国老汉坐在门口。", "周振国"),
        ("相里奶奶今年一百岁。", "相里奶奶"),
        ("1.东沟 褚满堂，有意见。", "褚满堂"),
        ("案主何某，独居。", "何某"),
        ("司马青说一声，司马青答应了。", "司马青"),
        ("去了石大成家。", "石大成"),
        ("去看老人道尔古勒，76岁，腿疼。", "道尔古勒"),
        ("慰问了老党员申屠万和家。", "申屠万和"),
        ("代课的小晏老师说，月薪太低。", "小晏"),
    ],
)
def test_a_name_is_neither_cut_short_nor_drawn_out(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "祝大家团圆。",
        "我答应奶奶下周再来。",
        "先交老人和娃娃的钱。",
        "5号楼楼长说要修。",
        "部门负责人都到了。",
        "任何人不得进入。",
        "农村医保报销慢。",
        "施工单位明天进场。",
        "班主任来电话了。",
        "有群众反映路灯不亮。",
        "下周公示名单。",
        "许多老人没有来。",
    ],
)
def test_words_that_begin_like_names_are_none(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    "text", ["驻村日记 第一书记 仲孙正\n上午开会。", "她拉住我：“骆书记，路灯坏了。”", "雷姐：骆书记。路灯坏了。"]
)
def test_who_signs_or_is_greeted_was_not_met_for_sure(text: str) -> None:
    assert names(text) != [] and names(text, SURE) in ([], ["雷姐"])


def test_of_two_readings_the_one_that_stands_alone_elsewhere_is_the_name() -> None:
    assert names("李春来到村部，李春说路不好。") == ["李春"]
    assert names("走访李春来家，李春来说路不好。") == ["李春来"]


def test_a_post_behind_a_surname_is_somebody_unless_named_in_full() -> None:
    assert names("赵支书说下周修。") == ["赵支书"]
    assert names("校长邓明远介绍了情况，邓校长叹了口气。") == ["邓明远"]


def test_somebody_called_by_the_given_name_is_nobody_else() -> None:
    assert names("走访何雨桐家，雨桐说想上学。") == ["何雨桐"]


@pytest.mark.parametrize(
    "text",
    ["我和文书小窦包一组，去了三户。", "一同去的有文书小窦。", "在文书小窦陪同下走访了三户。"],
)
def test_who_came_along_is_not_who_was_visited(text: str) -> None:
    assert values(text, "with") == [Person("小窦", "文书")] and names(text) == []


def test_whom_the_writer_only_asks_for_something_did_not_come_along() -> None:
    assert values("跟兽医站的李站长要耳标，他说后天送来。", "with") == []


@given(st.text("王赵欧阳建国来说家的在，。\n ", max_size=12), st.integers(0, 12))
def test_a_name_is_han_of_two_to_five_signs(text: str, start: int) -> None:
    at = name_at(text, start, SURNAMES)
    if at is not None:
        name = text[start : at[0]]
        assert 2 <= len(name) <= 5 and all("一" <= sign <= "鿿" for sign in name)


# ---------------------------------------------------------------- of whom a fact is told


def facts(text: str, least: float = SURE) -> list[object]:
    return [one for one in values(text, "facts", least) if isinstance(one, Fact) and one.key != "年龄"]


def test_each_of_a_sentence_gets_what_is_told_of_them() -> None:
    assert facts("村民石大成患糖尿病，老伴五年前去世，儿子在深圳打工。", 0) == [
        Fact("石大成", "health", "糖尿病"),
        Fact("石大成", "老伴", "五年前去世"),
        Fact("石大成", "儿子", "在深圳打工"),
    ]


def test_households_of_one_line_keep_their_facts_apart() -> None:
    assert facts("走访两户：陈改花（监测户，丈夫瘫痪）、孙大牛（脱贫户，独居）。") == [
        Fact("陈改花", "class", "watched"),
        Fact("陈改花", "丈夫", "瘫痪"),
        Fact("孙大牛", "class", "lifted"),
        Fact("孙大牛", "tags", "独居"),
    ]


def test_named_kin_have_their_own_facts() -> None:
    assert facts("村民石大成，妻子姜爱莲患类风湿。") == [Fact("姜爱莲", "health", "类风湿")]


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("慰问了患白血病的祁小树。", Fact("祁小树", "health", "白血病")),
        ("村民石大成下岗后，双目失明的妻子丁翠萍愁坏了。", Fact("丁翠萍", "health", "双目失明")),
    ],
)
def test_what_stands_before_a_name_is_of_that_name(text: str, fact: Fact) -> None:
    told = [one for one in facts(text, 0) if isinstance(one, Fact) and one.key == fact.key]
    assert told == [fact]


def test_illnesses_told_together_are_one_fact() -> None:
    assert facts("村民石大成患高血压和糖尿病。") == [Fact("石大成", "health", "高血压和糖尿病")]


@pytest.mark.parametrize(
    "text",
    [
        "走访石大成家，全村患高血压的不少。",  # of others
        "走访石大成家，我血压又高了。",  # of the writer
        "走访石大成家，我父亲也在外打工。",
        "走访石大成家，游家兄弟都在外打工。",  # of another family
        "村支书石大成带我们看了看。患糖尿病的老人多。",  # of an official
        "村民石大成想去外地打工。",  # wished
        "村民石大成以前在家务农。",  # past
        "村民石大成办了残疾证，问重病救助。",  # named for something else
        "村民石大成没有高血压。",
    ],
)
def test_what_is_told_of_others_or_only_wished_is_no_fact(text: str) -> None:
    assert facts(text, 0) == []


@pytest.mark.parametrize(
    "text",
    [
        "走访石大成家。他人在外。\n去了学校。后来听说患糖尿病。",
        "走访石大成和石小勇。他患糖尿病。",
        "石大成的儿子身体不好，患糖尿病。",  # the son, or he
    ],
)
def test_where_two_may_be_meant_nothing_is_sure(text: str) -> None:
    assert Fact("石大成", "health", "糖尿病") not in facts(text)


def test_a_quoted_i_is_who_speaks() -> None:
    assert facts("村民石大成说：“我腰不好。”", 0) == [Fact("石大成", "health", "腰不好")]
    assert facts("走访石大成，我说：“我腰也不好。”", 0) == []


@pytest.mark.parametrize("told", ["儿子在深圳打工", "在村里打零工", "种了8亩水稻", "住的是土坯房", "用的是窖水"])
def test_whose_work_land_and_house_are_is_asked(told: str) -> None:
    assert facts(f"村民石大成，{told}。", 0) and not facts(f"村民石大成，{told}。")


@pytest.mark.parametrize(
    ("told", "key", "value"),
    [
        ("四口人", "members", "4"),
        ("家里就两个劳动力", "labour", "2"),
        ("肢体三级残疾", "health", "肢体三级残疾"),
        ("干不了重活", "ability", "干不了重活"),
        ("低保去年办下来了", "welfare", "低保去年办下来了"),
        ("每月领一百六十五元", "welfare", "每月领一百六十五元"),
        ("纳入监测户", "class", "watched"),
        ("住的是土坯房", "housing", "住的是土坯房"),
        ("房子鉴定为D级", "house_level", "D"),
        ("种了8亩水稻", "land", "8亩"),
        ("在村里打零工", "work", "在村里打零工"),
        ("一个月挣两千块", "income", "一个月挣两千块"),
        ("欠信用社贷款3万元", "债务", "欠信用社贷款3万元"),
        ("用的是窖水", "water", "用的是窖水"),
        ("致贫原因是缺技术", "causes", "skill"),
        ("因病返贫", "causes", "illness"),
        ("一个人住", "tags", "一个人住"),
        ("没儿没女", "子女", "没儿没女"),
        ("读三年级", "school", "三年级"),
        ("跟着奶奶过", "guardian", "奶奶"),
        ("1958年3月出生", "born", "1958年3月"),
    ],
)
def test_a_household_is_told_of_in_many_ways(told: str, key: str, value: str) -> None:
    assert facts(f"村民石大成，{told}。", 0) == [Fact("石大成", key, value)]


def test_kin_who_are_away_are_told_of_and_not_visited_for_sure() -> None:
    text = "走访了覃桂花家，儿子覃国富在东莞打工，孙女覃小雨在家写作业。"
    assert names(text, SURE) == ["覃桂花", "覃小雨"]
    assert "覃国富" in names(text)


def test_an_assumed_name_is_no_role() -> None:
    assert values("案主：阮阿珍（化名），69岁。", "who") == [Person("阮阿珍")]


def test_whom_a_text_names_in_full_is_not_met_twice() -> None:
    assert names("到了陶金贵家，腿好多了。老陶说不想再麻烦村里。", SURE) == ["陶金贵"]


@pytest.mark.parametrize(
    "text", ["枫树坳村龚家姐弟的母亲失联三年。", "零下31度，白毛风。", "先请古建师傅看过。", "药断了，路太远没人去抓。", "当事人：牧户。"]
)
def test_families_weather_and_trades_are_nobody(text: str) -> None:
    assert not {"龚家姐", "白毛风", "古建", "路太远", "牧户"}.intersection(names(text))


def test_who_is_called_as_a_trade_or_a_county_begins_is_somebody_and_is_masked() -> None:
    for name in ("罗城生", "路太平", "许诺生"):
        assert name in set(passing(f"走访了{name}家，{name}说没有低保。"))
    assert "古建国" in names("走访了古建国家，古建国说没有低保。")
