from collections.abc import Callable
from datetime import date, timedelta

import pytest
import sxtwl
from hypothesis import given, settings
from hypothesis import strategies as st

from minqing.errors import UsageError
from minqing.period import (
    ALL,
    GRAINS,
    Filter,
    Period,
    around,
    before,
    read_day,
    read_due,
    read_period,
    read_query,
)

calm = settings(deadline=None)  # a busy machine is no failure
TODAY = date(2016, 5, 25)  # a Wednesday, 农历四月十九
DAYS = st.dates(date(1901, 1, 1), date(2098, 12, 31))
TYPED = st.text(
    "0123456789２０１６-/.~:：#＃ 年月日号周天星期礼拜季度第前后上下个本这今昨明去大半农历闰正腊初"
    "一二三四五六七八九十廿〇至到内底末节国庆春wqaceghilmnorstuy",
    max_size=14,
)

DAYS_SAID = {
    "2016-05-28": "2016-05-28",
    "2016/5/28": "2016-05-28",
    "2016.5.28": "2016-05-28",
    "2016。5。28": "2016-05-28",
    "20160528": "2016-05-28",
    "２０１６－０５－２８": "2016-05-28",
    "2016年5月28日": "2016-05-28",
    "2016 年 5 月 28 日": "2016-05-28",
    "二〇一六年五月二十八日": "2016-05-28",
    "2027-01-01": "2027-01-01",
    "5月25日": "2016-05-25",
    "5月28日": "2015-05-28",
    "５月２８日": "2015-05-28",
    "五月二十八日": "2015-05-28",
    "5-28": "2015-05-28",
    "5/8": "2016-05-08",
    "2月29日": "2016-02-29",
    "28日": "2016-04-28",
    "8号": "2016-05-08",
    "今天": "2016-05-25",
    "昨天": "2016-05-24",
    "昨晚": "2016-05-24",
    "前天": "2016-05-23",
    "大前天": "2016-05-22",
    "明天": "2016-05-26",
    "后天": "2016-05-27",
    "大后天": "2016-05-28",
    "昨天晚上8点": "2016-05-24",
    "昨天晚上八点半": "2016-05-24",
    "今天下午": "2016-05-25",
    "2016-05-08 20:00": "2016-05-08",
    "周三": "2016-05-25",
    "周五": "2016-05-20",
    "星期天": "2016-05-22",
    "礼拜三": "2016-05-25",
    "本周一": "2016-05-23",
    "这周五": "2016-05-27",
    "上周五": "2016-05-20",
    "上周一": "2016-05-16",
    "上上周三": "2016-05-11",
    "上个月5号": "2016-04-05",
    "本月5日": "2016-05-05",
    "去年5月3日": "2015-05-03",
    "今年5月3日": "2016-05-03",
    "前年12月31日": "2014-12-31",
    "三天前": "2016-05-22",
    "两天前": "2016-05-23",
    "3天前": "2016-05-22",
    "一周前": "2016-05-18",
    "一个月前": "2016-04-25",
    "半个月前": "2016-05-10",
    "农历四月十八": "2016-05-24",
    "四月十八": "2016-05-24",
    "农历四月二十": "2015-06-06",
    "2012年农历四月十八": "2012-05-08",
    "腊月二十三": "2016-02-01",
    "去年腊月二十三": "2016-02-01",
    "闰四月初一": "2012-05-21",
    "yesterday": "2016-05-24",
    "Today": "2016-05-25",
    "tomorrow": "2016-05-26",
    "wednesday": "2016-05-25",
    "last wed": "2016-05-18",
    "last mon": "2016-05-23",
    "last friday": "2016-05-20",
    "3 days ago": "2016-05-22",
    "a week ago": "2016-05-18",
    "0508": "2016-05-08",
    "508": "2016-05-08",
    "１２３１": "2015-12-31",
    "20160508": "2016-05-08",
    "May 8": "2016-05-08",
    "28 May 2016": "2016-05-28",
    "May 28, 2016": "2016-05-28",
}


@pytest.mark.parametrize(("text", "expected"), DAYS_SAID.items())
def test_a_day_is_read(text: str, expected: str) -> None:
    assert read_day(text, TODAY).isoformat() == expected


@pytest.mark.parametrize(
    ("text", "today", "expected"),
    [
        ("31日", date(2016, 3, 1), date(2016, 1, 31)),
        ("30日", date(2016, 3, 1), date(2016, 1, 30)),
        ("2月29日", date(2016, 2, 28), date(2012, 2, 29)),
        ("腊月二十三", date(2017, 1, 19), date(2016, 2, 1)),
        ("腊月二十三", date(2017, 1, 20), date(2017, 1, 20)),
        ("12月31日", date(2017, 1, 1), date(2016, 12, 31)),
        ("周日", date(2016, 5, 22), date(2016, 5, 22)),
        ("一个月前", date(2016, 3, 31), date(2016, 2, 29)),
    ],
)
def test_an_open_year_is_the_latest_not_in_the_future(text: str, today: date, expected: date) -> None:
    assert read_day(text, today) == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2016-02-30", "“2016-02-30” is no date: 2016-02 has 29 days"),
        ("2015年2月29日", "2015-02 has 28 days"),
        ("4月31日", "2016-04 has 30 days"),
        ("上个月31号", "2016-04 has 30 days"),
        ("2016-13-01", "a year has 12 months"),
        ("32日", "a month has 31 days at most"),
        ("2016年闰四月初一", "the lunar calendar has no such day"),
        ("0000-01-01", "is no date I can read"),
        ("99999天前", "is no date I can read"),
        ("9999年前", "is no date I can read"),
        ("走访赵小梅家", "is no date I can read"),
        ("2016-05", "is no date I can read"),
        ("2016", "is no date I can read"),
        ("0230", "2016-02 has 29 days"),
        ("2016/5-7", "is no date I can read"),
        ("sun", "is no date I can read"),
        ("晚上8点", "is no date I can read"),
        ("昨天" * 50, "is no date I can read"),
        ("", "is no date I can read"),
    ],
)
def test_what_is_no_day_says_why(text: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        read_day(text, TODAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "2016-06-08": "2016-06-08",
        "6月8日": "2016-06-08",
        "6月8日前": "2016-06-08",
        "5月8日": "2016-05-08",
        "5月7日": "2017-05-07",
        "8日之前": "2016-05-08",
        "3日前": "2016-06-03",
        "周五": "2016-05-13",
        "下周五": "2016-05-13",
        "下个月5号": "2016-06-05",
        "明天": "2016-05-09",
        "后天": "2016-05-10",
        "三天内": "2016-05-11",
        "3天之内": "2016-05-11",
        "一周以内": "2016-05-15",
        "一个月内": "2016-06-08",
        "半年内": "2016-11-08",
        "3天后": "2016-05-11",
        "月底": "2016-05-31",
        "本月底前": "2016-05-31",
        "下月底": "2016-06-30",
        "下个月底": "2016-06-30",
        "8月底": "2016-08-31",
        "4月底": "2017-04-30",
        "5月底": "2016-05-31",
        "本周内": "2016-05-08",
        "季度末": "2016-06-30",
        "年底": "2016-12-31",
        "明年3月底": "2017-03-31",
        "六一前": "2016-06-01",
        "五一前": "2017-05-01",
        "国庆节前": "2016-10-01",
        "中秋": "2016-09-15",
        "端午节前": "2016-06-09",
        "重阳": "2016-10-09",
        "除夕前": "2017-01-27",
        "春节前": "2017-01-28",
        "年前": "2017-01-28",
        "明年清明": "2017-04-04",
        "农历五月初五": "2016-06-09",
        "by friday": "2016-05-13",
        "within 2 weeks": "2016-05-22",
        "end of the month": "2016-05-31",
    }.items(),
)
def test_a_due_date_is_the_earliest_not_before(text: str, expected: str) -> None:
    assert read_due(text, date(2016, 5, 8)).isoformat() == expected  # a Sunday


@pytest.mark.parametrize("text", ["尽快", "三天前", "6月", "前", "", "9999年内"])
def test_what_sets_no_due_date_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is no due date I can read"):
        read_due(text, TODAY)


@pytest.mark.parametrize("year", range(1901, 2100))
def test_qingming_agrees_with_sxtwl(year: int) -> None:
    day = read_due(f"{year}年清明", TODAY)
    oracle = sxtwl.fromSolar(day.year, day.month, day.day)
    assert oracle.hasJieQi()
    assert oracle.getJieQi() == 7


@pytest.mark.parametrize(
    ("text", "name"),
    {
        "2016-05": "2016-05",
        "2016/5": "2016-05",
        "2016.5": "2016-05",
        "201605": "2016-05",
        "2016年5月": "2016-05",
        "２０１６年５月": "2016-05",
        "5月": "2016-05",
        "五月": "2016-05",
        "6月份": "2015-06",
        "去年5月": "2015-05",
        "本月": "2016-05",
        "上月": "2016-04",
        "上个月": "2016-04",
        "上上月": "2016-03",
        "this month": "2016-05",
        "Last Month": "2016-04",
        "2016Q2": "2016Q2",
        "2016q2": "2016Q2",
        "2016年二季度": "2016Q2",
        "2016年第2季度": "2016Q2",
        "二季度": "2016Q2",
        "第三季度": "2015Q3",
        "Q2": "2016Q2",
        "本季": "2016Q2",
        "上季度": "2016Q1",
        "last quarter": "2016Q1",
        "2016-W21": "2016-W21",
        "2016年第21周": "2016-W21",
        "第22周": "2015-W22",
        "2015-W53": "2015-W53",
        "本周": "2016-W21",
        "上周": "2016-W20",
        "上上周": "2016-W19",
        "last week": "2016-W20",
        "2016": "2016",
        "2016年": "2016",
        "今年": "2016",
        "去年": "2015",
        "前年": "2014",
        "last year": "2015",
        "今天": "2016-05-25",
        "昨天": "2016-05-24",
        "2016年5月8日": "2016-05-08",
        "2016-05..2016-07": "2016-05..2016-07",
        "2016。05。。2016。07": "2016-05..2016-07",
        "2016-05-01..2016-05-15": "2016-05-01..2016-05-15",
        "2016-05..": "2016-05..",
        "..2016-05": "..2016-05",
        "5月1日至5月15日": "2016-05-01..2016-05-15",
        "5月1日到15日": "2016-05-01..2016-05-15",
        "11月～1月": "2015-11..2016-01",
        "3月-5月": "2016-03..2016-05",
        "5月至今": "2016-05..2016-05-25",
        "周一至周五": "2016-05-23..2016-05-27",
        "2016Q1..2016-05-08": "2016Q1..2016-05-08",
        "all": "all",
        "全部": "all",
    }.items(),
)
def test_a_period_is_read(text: str, name: str) -> None:
    period = read_period(text, TODAY)
    assert period is not None
    assert period.name == name
    assert read_period(name, TODAY) == period


@pytest.mark.parametrize(
    "text", ["王庙村", "二组", "12组", "王至善", "13912345678", "326", "四季村", "周", "..", ""]
)
def test_what_is_not_about_time_is_no_period(text: str) -> None:
    assert read_period(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2016-13", "“2016-13” is no month: a year has 12 months"),
        ("201600", "a year has 12 months"),
        ("2016Q5", "a year has 4 quarters"),
        ("五季度", "a year has 4 quarters"),
        ("2016-W54", "2016 has 52 weeks"),
        ("2016-W53", "2016 has 52 weeks"),
        ("2016-02-30", "2016-02 has 29 days"),
        ("2016-07..2016-05", "runs backwards"),
        ("2016-05..foo", "is no period I can read"),
        ("5月到村", "is no period I can read"),
        ("至5月", "is no period I can read"),
        ("2016-5-28-3", "is no period I can read"),
        ("9999-12", "is no period I can read"),
    ],
)
def test_a_period_that_does_not_exist_says_why(text: str, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        read_period(text, TODAY)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2016-03-01", "2016-02-29"),
        ("2016-W01", "2015-W53"),
        ("2016-01", "2015-12"),
        ("2016Q1", "2015Q4"),
        ("2016", "2015"),
        ("2016-05..2016-07", "2016-02..2016-04"),
        ("2016-05-01..2016-05-15", "2016-04-16..2016-04-30"),
        ("2016Q1..2016Q2", "2015-07..2015-12"),
    ],
)
def test_the_period_before(name: str, expected: str) -> None:
    period = read_period(name, TODAY)
    assert period is not None
    assert before(period) == read_period(expected, TODAY)


@pytest.mark.parametrize("name", ["all", "2016-05..", "..2016-05", "0002..9998"])
def test_nothing_lies_before_an_open_period(name: str) -> None:
    period = read_period(name, TODAY)
    assert period is not None
    with pytest.raises(UsageError, match="has no period before it"):
        before(period)


# ---------------------------------------------------------------- queries


def test_without_a_period_the_current_one_of_the_flag() -> None:
    assert read_query([], "month", TODAY).period.name == "2016-05"
    assert read_query([], None, TODAY, default="week").period.name == "2016-W21"
    assert read_query([], None, TODAY).period == ALL
    assert read_query(["2016-04"], "month", TODAY, default="week").period.name == "2016-04"


@pytest.mark.parametrize(
    ("typed", "name"),
    {
        "last month": "2016-04",
        "3 days ago": "2016-05-22",
        "28 May 2016": "2016-05-28",
        "2016年 5月 8日": "2016-05-08",
        "2016 5月": "2016-05",
        "去年 5月": "2015-05",
        "5月1日 到 5月 15日": "2016-05-01..2016-05-15",
        "2016-05 本月": "2016-05",
        "2016-05..2016-07": "2016-05..2016-07",
        "昨天 20:00": "2016-05-24",
    }.items(),
)
def test_words_of_one_period_are_joined(typed: str, name: str) -> None:
    query = read_query(["王庙村", *typed.split(), "二组"], None, TODAY)
    assert query.period.name == name
    assert query.filters == (Filter("word", "王庙村"), Filter("word", "二组"))


@pytest.mark.parametrize(
    ("term", "field", "value"),
    [
        ("#留守", "tag", "留守"),
        ("＃党员", "tag", "党员"),
        ("标签：留守", "tag", "留守"),
        ("kind:走访", "kind", "visit"),
        ("类型：走访", "kind", "visit"),
        ("kind:夜访", "kind", "夜访"),
        ("type:promise", "type", "promise"),
        ("事项:承诺", "type", "promise"),
        ("ABOUT：饮水", "about", "water"),
        ("类别:水利饮水", "about", "water"),
        ("状态:未办理", "status", "open"),
        ("status:逾期", "status", "overdue"),
        ("status:overdue", "status", "overdue"),
        ("村组:土门镇/王庙村", "area", "土门镇/王庙村"),
        ("who: 赵（小）梅 ", "who", "赵（小）梅"),
        ("word:2016-13", "word", "2016-13"),
        ("王小晴", "word", "王小晴"),
    ],
)
def test_a_filter_is_read(term: str, field: str, value: str) -> None:
    assert read_query([term], None, TODAY).filters == (Filter(field, value),)


@pytest.mark.parametrize(
    ("typed", "grain", "why"),
    [
        ("2016-05 2016-06", None, "“2016-05” and “2016-06” are two periods"),
        ("5月 去年", None, "“2016-05” and “2015” are two periods"),
        ("2016-13", None, "is no month"),
        ("2016-05-28", "month", "never widened — type --day 2016-05-28 or --month 2016-05"),
        ("2016-05", "quarter", "never widened — type --month 2016-05 or --quarter 2016Q2"),
        ("2016", "month", "2016 is longer than --month — type --year 2016"),
        ("2016-05..2016-06", "month", "--month does not go with 2016-05..2016-06"),
        ("all", "month", "--month does not go with all"),
        ("about:watr", None, "did you mean water?"),
        ("类别:喝水事", None, "known are 增收就业"),
        ("status:finished", None, "reopened, overdue"),
        ("foo:bar", None, "“foo:bar” is no filter — known are kind"),
        ("about:", None, "“about:” lacks its value"),
        ("#", None, "“#” lacks its value"),
    ],
)
def test_a_query_that_cannot_be_meant_is_refused(typed: str, grain: str | None, why: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_query(typed.split(), grain, TODAY)
    assert why in str(refused.value)
    assert refused.value.exit_code == 2


# ---------------------------------------------------------------- laws


@pytest.mark.parametrize("grain", GRAINS)
@calm
@given(day=DAYS)
def test_periods_of_a_grain_lie_side_by_side(grain: str, day: date) -> None:
    period = around(day, grain)
    assert period.contains(day)
    assert period.first is not None
    last = before(period).last
    assert last is not None
    assert last + timedelta(1) == period.first
    assert read_period(period.name, TODAY) == period


@pytest.mark.parametrize("grain", GRAINS)
@calm
@given(year=st.integers(1901, 2098))
def test_every_day_of_a_year_is_in_exactly_one_period(grain: str, year: int) -> None:
    days = [date(year, 1, 1) + timedelta(n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
    periods = {around(day, grain) for day in days}
    for day in days[::7]:
        assert [period for period in periods if period.contains(day)] == [around(day, grain)]


@calm
@given(st.sampled_from(GRAINS), DAYS, st.sampled_from(GRAINS), DAYS)
def test_a_range_is_read_back(one: str, first: date, other: str, last: date) -> None:
    left, right = around(min(first, last), one), around(max(first, last), other)
    period = read_period(f"{left.name}..{right.name}", TODAY)
    assert period == Period(f"{left.name}..{right.name}", left.first, right.last, "range")


@calm
@given(DAYS, st.dates())
def test_a_full_date_is_itself(day: date, today: date) -> None:
    for text in (day.isoformat(), f"{day:%Y%m%d}", f"{day.year}年{day.month}月{day.day}日"):
        assert read_day(text, today) == day


@calm
@given(DAYS, DAYS)
def test_a_date_without_a_year_is_near(said: date, today: date) -> None:
    text = f"{said.month}月{said.day}日"
    assert today - timedelta(8 * 366) <= read_day(text, today) <= today
    assert today <= read_due(text, today) <= today + timedelta(8 * 366)
    assert read_day(f"{said.day}日", today) <= today <= read_due(f"{said.day}日", today)
    assert read_day(f"周{'一二三四五六日'[said.weekday()]}", today) <= today


@pytest.mark.parametrize("read", [read_day, read_due, read_period])
@calm
@given(text=TYPED, today=st.dates())
def test_no_text_is_a_surprise(read: Callable[[str, date], object], text: str, today: date) -> None:
    try:
        found = read(text, today)
    except UsageError as error:
        found = str(error)  # every brace of the template has its word
    assert isinstance(found, date | Period | str) or (found is None and read is read_period)


@calm
@given(st.lists(TYPED | st.text(max_size=8), max_size=4), st.sampled_from([None, *GRAINS]))
def test_no_query_is_a_surprise(terms: list[str], grain: str | None) -> None:
    try:
        assert grain in (None, read_query(terms, grain, TODAY).period.grain)
    except UsageError as error:
        str(error)


@pytest.mark.parametrize("typed", ["2016年5月28日 星期六", "5月28日（星期六）", "2016-05-28 周六", "28日礼拜六"])
def test_a_day_may_bear_its_weekday(typed):
    assert read_day(typed, date(2016, 5, 29)) == date(2016, 5, 28)


def test_a_weekday_that_does_not_fit_its_day_is_refused():
    with pytest.raises(UsageError, match="another day of the week"):
        read_day("5月28日 星期天", date(2016, 5, 29))
