"""A ledger that an office lays out itself: one YAML file in templates/ledgers, and it is a report."""

from pathlib import Path

import pytest

from minqing.forms import column_of, read_ledger
from minqing.language import use_language
from minqing.reports import _forms
from minqing.words import SOURCE_VALUES, SOURCES

WATER = """\
标题: 水利问题台账
来源: 事项
筛选: {类型: [问题, 诉求], 类别: 水利饮水}
栏目:
  序号: no
  反映人: 对象
  问题: 内容
  期限: 期限
  群众签字:
排序: [-期限]
页脚: [填表人：, 审核人：]
单位: 件
"""
VISIT = """
kind: visit
date: 2016-05-20
area: 青石镇/柳湾村
items:
  1: {type: problem, about: water, who: 赵小梅, text: 渠不通水, due: 2016-06-01}
  2: {type: need, about: water, who: 沈佳禾, text: 想打一口井, due: 2016-07-01}
  3: {type: problem, about: road, who: 沈佳禾, text: 路烂了}
  4: {type: task, about: water, text: 报水利站}
"""


@pytest.fixture
def water(diary: Path, write) -> Path:
    write("a2345678", VISIT)
    path = diary / "templates/ledgers/水利.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(WATER, encoding="utf-8")
    return path


def test_one_file_is_a_report_in_every_format(minqing, water):
    report = minqing("report", "水利", "--month", "2016-05", "--format", "json").json
    table = report["sections"][0]
    assert report["title"] == "水利问题台账"
    assert [column["title"] for column in table["columns"]] == ["序号", "反映人", "问题", "期限", "群众签字"]
    rows = [list(row.values()) for row in table["rows"]]
    assert rows == [
        [1, "沈佳禾", "想打一口井", "2016-07-01", None],
        [2, "赵小梅", "渠不通水", "2016-06-01", None],
    ]
    assert "水利" in minqing("report", "--list").out
    assert "群众签字" in minqing("report", "水利", "--format", "csv").out
    assert "填表人：" in minqing("report", "水利", "--format", "md").out


def test_the_balance_counts_what_the_form_holds(minqing, water):
    report = minqing("report", "水利", "2016-05", "--format", "json").json
    assert report["figures"]["items_opened"] == 2


def test_a_diarys_own_form_takes_the_place_of_a_shipped_one(minqing, water):
    water.rename(water.with_name("problems.yaml"))
    assert minqing("report", "problems").out.startswith("水利问题台账")


@pytest.mark.parametrize(
    ("line", "wrong", "at", "told"),
    [
        ("来源: 事项", "来源: 事物", "2:1", "事物"),
        ("  反映人: 对象", "  反映人: 对像", "6:3", "对像"),
        ("排序: [-期限]", "排序: [期现]", "10:1", "期现"),
        ("标题: 水利问题台账", "题目: 水利问题台账", "1:1", "题目"),
        ("筛选: {类型: [问题, 诉求], 类别: 水利饮水}", "筛选: 水利", "3:1", "key: value"),
        ("单位: 件", "单位: [件", "12:5", "never closed"),
        (WATER[WATER.index("栏目") : WATER.index("排序")], "栏目: {}\n", "4:1", "without a column"),
        (WATER[WATER.index("栏目") : WATER.index("排序")], "栏目: []\n", "4:1", "without a column"),
    ],
)
def test_a_broken_form_is_a_flaw_with_file_and_line(minqing, water, line, wrong, at, told):
    water.write_text(WATER.replace(line, wrong), encoding="utf-8")
    said = minqing("check")
    assert said.code == 1
    found = next(row for row in said.out.splitlines() if row.startswith(f"templates/ledgers/水利.yaml:{at}:"))
    assert told in found
    asked = minqing("report", "水利")
    assert asked.code == 1 and f"templates/ledgers/水利.yaml:{at}: " in asked.err and told in asked.err
    items = minqing("report", "items")  # which rests on no form, works and says nothing of it
    assert (items.code, items.err) == (0, "")
    assert items.out.splitlines()[0] == "Item ledger" and "渠不通水" in items.out
    assert minqing("report", "items", "--format", "json").json["flaws"] == 0


def test_each_unknown_column_is_told_with_those_there_are(minqing, water):
    water.write_text(WATER.replace("反映人: 对象", "反映人: 丙丁").replace("[-期限]", "[戊己]"), "utf-8")
    told = [line for line in minqing("check").out.splitlines() if "is no column here" in line]
    assert len(told) == 2 and all("编号 (ref)" in line for line in told)


def test_keys_go_by_what_a_form_would_call_them(minqing, water):
    keys = (("标题:", "表名:"), ("筛选:", "条件:"), ("栏目:", "列:"), ("页脚:", "落款:"))
    before = minqing("report", "水利", "--month", "2016-05").out
    for said, other in keys:
        water.write_text(water.read_text("utf-8").replace(said, other), "utf-8")
    assert minqing("report", "水利", "--month", "2016-05").out == before != ""


def test_every_column_of_every_source_can_be_shown(minqing, diary, write):
    write("a2345678", VISIT)
    (diary / "templates/ledgers").mkdir(parents=True)
    for source, columns in SOURCES.items():
        path = diary / f"templates/ledgers/all-{source}.yaml"
        path.write_text(
            f"title: All\nsource: {source}\ncolumns: [no, {', '.join(columns)}]\n", encoding="utf-8"
        )
        report = minqing("report", f"all-{source}", "--format", "json").json
        assert [column["key"] for column in report["sections"][0]["columns"]] == ["no", *columns], source


def test_the_vocabulary_knows_every_source():
    assert set(SOURCES) == set(_forms.SOURCES)
    for name, source in _forms.SOURCES.items():
        assert set(SOURCES[name]) <= {column.key for column in source.columns()}, name


@pytest.fixture
def chinese():
    use_language("zh")
    yield
    use_language("en")


def test_a_column_may_be_called_by_the_title_that_our_papers_give_it(chinese):
    for name, source in _forms.SOURCES.items():
        for column in source.columns():
            assert column_of(name, column.title) == column.key, (name, column.title)


def test_a_form_on_figures_tells_how_they_changed(minqing, diary, write):
    write("aaaa1111", "date: 2016-04-01\nfigures:\n  在校学生: 326人")
    write("bbbb2222", "date: 2016-05-01\nfigures:\n  在校学生: 320人")
    rows = drawn(minqing, diary, "标题: T\n来源: 数据\n栏目: {指标: 数据项, 现在: 数值, 变化: 增减}\n排序: [-日期]\n")
    assert [row["change"] for row in rows] == ["-6", None]


def test_a_value_that_is_missing_comes_last_whichever_way_it_is_sorted(minqing, diary, write):
    write("a2345678", VISIT)
    (diary / "templates/ledgers").mkdir(parents=True)
    path = diary / "templates/ledgers/due.yaml"
    for sign, first in (("", "渠不通水"), ("-", "想打一口井")):
        path.write_text(f"title: D\nsource: items\ncolumns: [text]\nsort: [{sign}due]\n", encoding="utf-8")
        rows = minqing("report", "due", "--format", "json").json["sections"][0]["rows"]
        assert rows[0]["text"] == first
        assert {row["text"] for row in rows[2:]} == {"路烂了", "报水利站"}


def test_columns_may_be_a_bare_list_and_take_their_usual_titles():
    form, flaws = read_ledger("title: T\nsource: aid\ncolumns: [date, 合计]\n")
    assert flaws == []
    assert form.columns == (("", "date"), ("", "total"))


def drawn(minqing, diary: Path, text: str) -> list[dict]:
    path = diary / "templates/ledgers/own.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    assert minqing("check", "--rule", "value").code == 0
    return minqing("report", "own", "--format", "json").json["sections"][0]["rows"]


@pytest.mark.parametrize("sign", ["", "-"])
def test_numbers_are_sorted_by_what_they_count(minqing, diary, write, sign):
    aid = ", ".join(f"{{what: 金, form: cash, total: {n}元}}" for n in (4, 1500, 1000))
    write("a2345678", f"date: 2016-05-20\naid: [{aid}]")
    rows = drawn(minqing, diary, f"标题: T\n来源: 帮扶\n栏目: [合计]\n排序: [{sign}合计]\n")
    assert [row["total"] for row in rows] == (["1500", "1000", "4"] if sign else ["4", "1000", "1500"])


@pytest.mark.parametrize(
    ("source", "filter_", "told"),
    [
        ("帮扶", "{形式: 钱}", "现金"),
        ("事项", "{类型: [问题, 瞎]}", "诉求"),
        ("事项", "{状态: 办姐}", "办结"),
        ("事项", "{状态: 未销号}", "未办理 办理中"),  # not 销号, which is what it is not
        ("items", "{overdue: maybe}", "true"),
    ],
)
def test_a_filter_for_what_cannot_be_is_a_flaw(minqing, diary, source, filter_, told):
    path = diary / "templates/ledgers/own.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(f"标题: T\n来源: {source}\n筛选: {filter_}\n栏目: [日期]\n", encoding="utf-8")
    found = next(
        row for row in minqing("check").out.splitlines() if row.startswith("templates/ledgers/own.yaml:3:")
    )
    assert told in found
    assert minqing("report", "own").code == 1


@pytest.mark.parametrize(
    ("source", "filter_", "found"),
    [
        ("事项", "{是否逾期: 是}", 1), ("事项", "{状态: 逾期}", 1), ("事项", "{状态: [逾期, 已销号]}", 1), ("事项", "{是否逾期: 否}", 1),
        ("情况", "{项目: 健康状况}", 1), ("情况", "{项目: 性格}", 1), ("帮扶", "{村组: 二组}", 1), ("帮扶", "{形式: 现金}", 1),
        ("走访", "{户属性: 监测户}", 1), ("日记", "{类型: 走访}", 1), ("帮扶", "{村组: 三组}", 0),
    ],
)  # fmt: skip
def test_a_filter_finds_what_its_words_mean(minqing, diary, write, source, filter_, found):
    write(
        "a2345678",
        """
kind: visit
date: 2016-05-20
area: 青石镇/柳湾村/二组
who: [赵小梅]
facts:
  赵小梅: {health: 肺病, 性格: 直, class: watched}
items:
  1: {type: problem, text: 渠漏, due: 2016-05-21}
  2: {type: problem, text: 路烂}
aid:
  - {what: 金, form: cash, total: 200元}
""",
    )
    rows = drawn(minqing, diary, f"标题: T\n来源: {source}\n筛选: {filter_}\n栏目: [日期]\n")
    assert len(rows) == found


def test_what_is_no_file_among_the_forms_is_a_flaw_and_hides_nothing(minqing, water):
    import os

    folder = water.parent
    os.mkfifo(folder / "a.yaml")
    (folder / "b.yaml").symlink_to(water)
    (folder / "c.yaml").write_bytes(b"#" * (9 << 20))
    (folder / "d.yaml").mkdir()
    said = minqing("check")
    assert said.code == 1
    for name in "abcd":
        assert f"templates/ledgers/{name}.yaml" in said.out
        assert minqing("report", name).code == 1
    listed = minqing("report", "--list")
    assert (listed.code, "水利" in listed.out, "a.yaml" in listed.out) == (0, True, True)
    assert "渠不通水" in minqing("report", "水利").out


@pytest.mark.parametrize("name", ["2016-05", "summary", "5月", "aid", "上月"])
def test_a_form_named_like_a_report_or_a_period_is_a_flaw_and_takes_nothing(minqing, water, name):
    before = minqing("report", name).out
    water.rename(water.with_name(f"{name}.yaml"))
    assert f"templates/ledgers/{name}.yaml:1:1: value:" in minqing("check").out
    after = minqing("report", name, "--allow-flaws").out
    assert after.splitlines()[-5:] == before.splitlines()[-5:]
    assert "水利问题台账" not in after


def test_the_vocabulary_of_filters_is_that_of_the_columns():
    for source, words in SOURCE_VALUES.items():
        told = {column.key: column.words for column in _forms.SOURCES[source].columns() if column.words}
        assert words == told | ({"overdue": "truth"} if source == "items" else {}), source
