"""Households, children and cards: who was due a visit, what is known of a household, and from where."""

import pytest


def rows(minqing, *words: str, section: int = 0) -> list[dict[str, object]]:
    said = minqing("report", *words, "--format", "json")
    assert said.code == 0, said.err
    return said.json["sections"][section]["rows"]  # type: ignore[no-any-return]


def figures(minqing, *words: str) -> dict[str, object]:
    return minqing("report", *words, "--format", "json").json["figures"]  # type: ignore[no-any-return]


def part(minqing, name: str, *words: str) -> list[dict[str, object]]:
    sections = minqing("report", *words, "--format", "json").json["sections"]
    return next(section["rows"] for section in sections if section["name"] == name)


# ---------------------------------------------------------------- coverage and lights


def test_a_light_follows_the_days_since_the_last_visit_and_the_class(minqing, write):
    # today is 2016-05-28; a watched household is to be seen every 30 days
    for n, (name, day) in enumerate(
        [("刚访", "2016-05-27"), ("将到", "2016-05-05"), ("正到", "2016-04-28"), ("逾期", "2016-01-01")]
    ):
        write(f"aaaa111{n}", f"kind: visit\ndate: {day}\nwho: [{name}]\nfacts:\n  {name}: {{class: watched}}")
    write("bbbb1111", "kind: survey\ndate: 2016-05-01\nfacts:\n  未访: {class: watched}")
    found = rows(minqing, "households")
    assert [(row["who"], row["light"]) for row in found] == [
        ("逾期", "red"), ("正到", "red"), ("未访", "grey"), ("将到", "yellow"), ("刚访", "green")
    ]  # fmt: skip
    assert figures(minqing, "households") == {"households": 5, "green": 1, "yellow": 1, "red": 2, "grey": 1}
    # red and grey are whom `today` says to visit
    assert {row["who"] for row in part(minqing, "visits", "today")} == {"逾期", "正到", "未访"}


def test_due_are_those_whose_visit_fell_due_by_the_end_of_the_period(minqing, write):
    write("aaaa1111", "kind: visit\ndate: 2016-01-10\nwho: [甲, 乙]")  # seen in January: not due before July
    write("aaaa1112", "kind: visit\ndate: 2015-10-01\nwho: [丙]")
    write("aaaa1113", "kind: visit\ndate: 2016-05-10\nwho: [丙]")  # due in March 2016
    write(
        "aaaa1114", "kind: survey\ndate: 2016-01-01\nfacts:\n  丁: {members: 3}"
    )  # never visited: always due
    assert figures(minqing, "coverage", "2016-05") == {
        "households": 4, "due": 2, "visited": 1, "rate": "50", "overdue": 0, "never": 1
    }  # fmt: skip
    assert figures(minqing, "coverage")["due"] == 4  # over all time everyone is
    assert figures(minqing, "coverage")["rate"] == "75"
    assert figures(minqing, "coverage", "2014-01")["rate"] is None  # nobody was known yet
    assert [(row["who"], row["visits"]) for row in rows(minqing, "coverage", "2016-01")] == [
        ("丁", 0),
        ("丙", 0),
        ("乙", 1),
        ("甲", 1),
    ]


def test_the_roster_is_the_denominator_and_names_who_is_not_in_it(minqing, write, diary):
    (diary / "roster.csv").write_text(
        "household,name,area,class\n甲山,甲山,柳湾村/一组,dibao\n甲山,甲小禾,柳湾村/一组,dibao\n乙河,乙河,柳湾村/二组,\n",
        encoding="utf-8",
    )
    write("aaaa1111", "kind: visit\ndate: 2016-05-10\nwho: [甲小禾]")  # a visit to one of its people
    write("aaaa1112", "kind: visit\ndate: 2016-05-11\nwho: [外人]")
    table = rows(minqing, "coverage", "2016-05")
    assert [
        (row["who"], row["area"], row["class"], row["period"], row["visits"], row["state"]) for row in table
    ] == [
        ("甲山", "柳湾村/一组", "dibao", 60, 1, "on_time"),
        ("乙河", "柳湾村/二组", None, 180, 0, "never"),
    ]
    assert figures(minqing, "coverage", "2016-05")["rate"] == "50"
    assert [row["who"] for row in part(minqing, "unlisted", "coverage", "2016-05")] == ["外人"]
    assert [(row["area"], row["rate"]) for row in part(minqing, "by_area", "coverage", "2016-05")] == [
        ("柳湾村/一组", "100"),
        ("柳湾村/二组", "0"),
    ]


@pytest.mark.parametrize("name", ["coverage", "visits"])
def test_a_chart_tells_groups_of_one_name_apart(minqing, write, name):
    for n, village in enumerate(("柳湾村", "石桥村")):
        write(f"aaaa111{n}", f"kind: visit\ndate: 2016-05-0{n + 1}\narea: 青石镇/{village}/一组\nwho: [户{n}]")
    bars = [line.split() for line in minqing("report", name, "2016-05").out.splitlines() if "##" in line]
    assert [words[0] for words in bars] == ["青石镇/柳湾村/一组", "青石镇/石桥村/一组"]


def test_a_trend_tells_groups_of_one_name_apart(minqing, write):
    for n, village in enumerate(("柳湾村", "柳湾村", "石桥村", "石桥村")):
        write(
            f"aaaa111{n}",
            f"date: 2016-05-0{n + 1}\narea: 青石镇/{village}/一组\nfigures:\n  到会: {n + 20}人",
        )
    lines = minqing("report", "figures", "2016-05").out.splitlines()
    assert "1. 到会 青石镇/柳湾村/一组" in lines and "2. 到会 青石镇/石桥村/一组" in lines


def test_a_household_stays_in_its_group_when_an_entry_names_the_village_alone(minqing, write):
    write("aaaa1111", "kind: visit\ndate: 2016-05-01\narea: 青石镇/柳湾村/二组\nwho: [沈佳禾]")
    write("aaaa1112", "kind: visit\ndate: 2016-05-02\narea: 青石镇/柳湾村\nwho: [沈佳禾]")
    write(
        "aaaa1113",
        "kind: visit\ndate: 2016-05-03\narea: 青石镇/柳湾村\nwho: [陆远舟]\nfacts:\n  陆远舟: {group: 四组}",
    )
    write("aaaa1114", "kind: visit\ndate: 2016-05-04\narea: 青石镇/石桥村\nwho: [夏立春]")
    assert {row["who"]: row["area"] for row in rows(minqing, "households")} == {
        "沈佳禾": "青石镇/柳湾村/二组", "陆远舟": "青石镇/柳湾村/四组", "夏立春": "青石镇/石桥村"
    }  # fmt: skip


def test_filters_choose_households_by_area_class_and_name_also_from_the_roster(minqing, write, diary):
    (diary / "roster.csv").write_text(
        "household,name,area,class\n甲山,甲山,柳湾村/一组,dibao\n乙河,乙河,柳湾村/二组,normal\n",
        encoding="utf-8",
    )
    write(
        "aaaa1111",
        "kind: visit\ndate: 2016-05-10\nwho: [甲山]\nfacts:\n  甲山: {class: tekun}\nauthor: 许望山",
    )

    def who(*words: str) -> list[object]:
        return [row["who"] for row in rows(minqing, "coverage", *words)]

    assert who("一组") == who("area:一组") == who("who:甲山") == ["甲山"]
    assert who("二组") == who("class:normal") == ["乙河"]
    assert who("class:tekun") == ["甲山"]
    assert who("class:dibao") == []  # the entry is newer than the roster
    assert who("柳湾村") == who("许望山") == ["甲山", "乙河"]
    assert figures(minqing, "coverage", "许望山")["visited"] == 1
    assert [row["ref"] for row in rows(minqing, "visits", "户属性:特困户")] == ["aaaa1111"]
    assert rows(minqing, "visits", "class:normal") == []
    assert minqing("report", "coverage", "三组").code == 2


def test_of_two_households_with_one_name_the_place_decides_whose_visit_it_was(minqing, write, diary):
    (diary / "roster.csv").write_text(
        "household,name,area\n王山·一组,王山,柳湾村/一组\n王山·二组,王山,柳湾村/二组\n", encoding="utf-8"
    )
    write("aaaa1111", "kind: visit\ndate: 2016-05-10\nwho: [王山]\narea: 柳湾村/二组")
    write("aaaa1112", "kind: visit\ndate: 2016-05-11\nwho: [王山·一组]")
    assert {row["who"]: row["last"] for row in rows(minqing, "coverage")} == {
        "王山·一组": "2016-05-11",
        "王山·二组": "2016-05-10",
    }
    asked = minqing("report", "household", "王山")
    assert asked.code == 2
    assert "王山·一组" in asked.err


def test_an_entry_taken_back_is_no_visit(minqing, write):
    write("aaaa1111", "kind: visit\ndate: 2016-05-01\nwho: [甲]")
    write("bbbb1111", "date: 2016-05-02\nvoid: {entry: aaaa1111, why: 记错了}")
    assert rows(minqing, "households") == []


# ---------------------------------------------------------------- one household


def test_of_a_fact_the_newest_word_wins_and_the_older_stays_with_its_day(minqing, write):
    write(
        "aaaa1111", "date: 2015-05-01\nfacts:\n  甲山: {income: 3000元, 性格: 直, causes: [illness, school]}"
    )
    write("bbbb1111", "date: 2016-05-01\nfacts:\n  甲山: {income: 5000元}")
    found = {row["fact"]: row for row in part(minqing, "facts", "household", "甲山")}
    assert (found["income"]["value"], found["income"]["date"], found["income"]["ref"]) == (
        "5000元",
        "2016-05-01",
        "bbbb1111",
    )
    assert found["income"]["before"] == ["3000元 (2015-05-01)"]
    assert (found["性格"]["value"], found["性格"]["before"]) == ("直", [])
    assert [row["cause"] for row in part(minqing, "causes", "household", "甲山")] == ["illness", "school"]
    then = {row["fact"]: row["value"] for row in part(minqing, "facts", "household", "甲山", "2015")}
    assert then["income"] == "3000元"


def test_a_household_file_holds_its_people_visits_items_and_aid(minqing, write, diary):
    (diary / "roster.csv").write_text(
        "household,name,relation,born\n甲山,甲山,户主,1955\n甲山,甲小禾,孙女,2008-06\n", encoding="utf-8"
    )
    write(
        "aaaa1111",
        "kind: visit\ndate: 2016-05-01\nwho: [甲小禾]\nauthor: 许望山\nfacts:\n  甲小禾: {school: 柳湾小学}\nitems:\n"
        "  1: {type: need, text: 缺课桌}\n  2: {type: measure, who: 甲山, text: 送课桌}\n  3: {type: need, who: 别家, text: 别家的事}",
    )
    write(
        "bbbb1111",
        "kind: aid\ndate: 2016-05-02\naid:\n  - {what: 课桌, each: 1张, n: 1, to: [甲小禾]}\n  - {what: 大米, each: 1袋, n: 1, to: [别家]}\n"
        "updates:\n  - {ref: aaaa1111.1, status: closed}",
    )
    people = part(minqing, "people", "household", "甲山")
    assert [(row["name"], row["relation"], row["born"], row["school"]) for row in people] == [
        ("甲山", "户主", "1955", None), ("甲小禾", "孙女", "2008-06", "柳湾小学")
    ]  # fmt: skip
    assert [(row["text"], row["status"]) for row in part(minqing, "items", "household", "甲山")] == [
        ("缺课桌", "closed")
    ]
    assert [row["text"] for row in part(minqing, "measures", "household", "甲小禾")] == ["送课桌"]
    assert [(row["ref"], row["by"]) for row in part(minqing, "visits", "household", "甲山")] == [
        ("aaaa1111", ["许望山"])
    ]
    assert [row["what"] for row in part(minqing, "aid", "household", "甲山")] == ["课桌"]


def test_without_a_roster_a_relation_told_in_a_visit_makes_a_person_one_of_the_household(minqing, write):
    write(
        "aaaa1111",
        "kind: visit\ndate: 2016-05-01\nwho: [甲山]\nfacts:\n  甲山: {members: 3}\n  甲小禾: {relation: 孙女, minor: true}",
    )
    assert [(row["who"], row["members"]) for row in rows(minqing, "households")] == [("甲山", 3)]
    assert [row["name"] for row in part(minqing, "people", "household", "甲小禾")] == ["甲小禾"]
    assert rows(minqing, "children")[0]["household"] == "甲山"


def test_a_household_that_nobody_knows_is_a_sentence(minqing, write):
    write("aaaa1111", "kind: visit\ndate: 2016-05-01\nwho: [甲山]")
    assert minqing("report", "household", "乙河").code == 2
    assert minqing("report", "household").code == 2


def test_who_was_only_given_aid_has_a_file_too(minqing, write):
    write("aaaa1111", "kind: aid\ndate: 2016-05-01\naid: {what: 大米, each: 1袋, n: 2, to: [甲山, 乙河]}")
    assert [row["what"] for row in part(minqing, "aid", "household", "乙河")] == ["大米"]


# ---------------------------------------------------------------- children


@pytest.mark.parametrize(
    ("facts", "child"),
    [
        ("{minor: true}", True),
        ("{minor: false, tags: [left_behind], school: 柳湾小学}", False),
        ("{born: 1998-05-29}", True),
        ("{born: 1998-05-28}", False),
        ("{born: 1998-05-28, minor: true}", False),
        ("{born: 约十年前, minor: true}", True),
        ("{tags: [left_behind]}", False),  # old people are left behind too
        ("{tags: [left_behind], school: 柳湾小学}", True),
        ("{tags: [困境儿童]}", True),
        ("{tags: [留守老人], school: 没上过学}", False),
    ],
)
def test_who_counts_as_a_child(minqing, write, facts, child):
    write("aaaa1111", f"kind: visit\ndate: 2016-05-01\nwho: [甲]\nfacts:\n  甲: {facts}")
    assert bool(rows(minqing, "children")) is child


def test_the_children_ledger_says_who_looks_after_them_and_when_they_were_seen(minqing, write, diary):
    (diary / "roster.csv").write_text(
        "household,name,area,sex,born,class\n甲山,甲山,一组,男,1955,dibao\n甲山,甲小禾,一组,女,2008-06-01,dibao\n",
        encoding="utf-8",
    )
    write(
        "aaaa1111", "kind: survey\ndate: 2016-04-01\nfacts:\n  甲小禾: {tags: [left_behind], guardian: 奶奶}"
    )
    write("bbbb1111", "kind: visit\ndate: 2016-05-01\nwho: [甲山]")
    (child,) = rows(minqing, "children")
    assert child == {
        "name": "甲小禾", "sex": "女", "age": 7, "area": "一组", "household": "甲山", "class": "dibao", "guardian": "奶奶", "school": None,
        "tags": ["left_behind"], "last": "2016-05-01", "ref": "aaaa1111",
    }  # fmt: skip
    assert figures(minqing, "children") == {
        "children": 1,
        "left_behind": 1,
        "hardship": 0,
        "without_guardian": 0,
        "without_school": 1,
    }


# ---------------------------------------------------------------- cards


def test_ten_cards_bear_what_the_settings_say(minqing, write, diary):
    config = diary / "minqing.yaml"
    config.write_text(
        config.read_text("utf-8")
        + "\ncard: {姓名: 许望山, post: 驻村工作队长, 单位: 青石镇政府, 手机: '13800001234', 服务承诺: 有事随叫随到}\n",
        encoding="utf-8",
    )
    sheet = rows(minqing, "cards")
    assert len(sheet) == 10
    assert sheet[0] == {
        "name": "许望山",
        "post": "驻村工作队长",
        "office": "青石镇政府",
        "phone": "13800001234",
        "promise": "有事随叫随到",
    }
    config.write_text("card: {电邮: x}\n", encoding="utf-8")
    assert minqing("check").code == 1


def test_a_card_is_had_by_a_fact_by_aid_or_by_an_item_that_is_done(minqing, write):
    write(
        "aaaa1111",
        "kind: visit\ndate: 2016-05-01\nwho: [有卡]\nfacts:\n  有卡: {连心卡: 已发}\n  没有: {card: 无}\n  退了: {card: 有}",
    )
    write(
        "bbbb1111",
        "kind: aid\ndate: 2016-05-02\naid:\n  - {what: 民情连心卡, each: 1张, to: [领了]}\nfacts:\n  领了: {members: 2}",
    )
    write(
        "cccc1111",
        "kind: visit\ndate: 2016-05-03\nwho: [办了, 没办]\nitems:\n  1: {type: task, who: 办了, text: 送连心卡, status: done}\n"
        "  2: {type: task, who: 没办, text: 送连心卡}",
    )
    write("dddd1111", "date: 2016-05-04\nfacts:\n  退了: {card: 无}")
    have = {row["who"]: row["ref"] for row in part(minqing, "have", "cards")}
    assert have == {"有卡": "aaaa1111", "领了": "bbbb1111", "办了": "cccc1111"}
    assert {row["who"] for row in part(minqing, "lack", "cards")} == {"没有", "退了", "没办"}
