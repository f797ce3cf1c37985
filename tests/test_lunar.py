from datetime import date, timedelta

import pytest
import sxtwl

from minqing.lunar import FIRST, LAST, Lunar, from_lunar, lunar_text, number, read_lunar, to_lunar


@pytest.mark.parametrize("step", [5, pytest.param(1, marks=pytest.mark.slow)])  # every fifth day, and all of them
def test_every_day_agrees_with_sxtwl_and_comes_back(step: int) -> None:
    for day in (FIRST + timedelta(n) for n in range(0, (LAST - FIRST).days + 1, step)):
        oracle = sxtwl.fromSolar(day.year, day.month, day.day)
        expected = (oracle.getLunarYear(), oracle.getLunarMonth(), oracle.getLunarDay(), oracle.isLunarLeap())
        lunar = to_lunar(day)
        assert lunar == expected, day
        assert lunar is not None
        assert from_lunar(*lunar) == day
        assert read_lunar(lunar_text(day)) == lunar[1:]


def test_known_days() -> None:
    assert to_lunar(date(2012, 5, 8)) == Lunar(2012, 4, 18, False)
    assert date(2012, 5, 8).isoweekday() == 2
    assert from_lunar(2017, 1, 1) == date(2017, 1, 28)
    assert to_lunar(date(2020, 5, 23)) == Lunar(2020, 4, 1, True)


def test_no_8_may_is_both_the_18th_of_the_fourth_month_and_a_monday() -> None:
    """The second seed diary says so; `check` must find it."""
    days = [date(year, 5, 8) for year in range(1901, 2100)]
    assert not [d for d in days if d.isoweekday() == 1 and lunar_text(d) == "农历四月十八"]


def test_outside_the_table_nothing_is_made_up() -> None:
    for day in (date(1900, 12, 31), date(2100, 1, 1)):
        assert to_lunar(day) is None
        assert lunar_text(day) == ""


@pytest.mark.parametrize(
    ("lunar", "why"),
    [
        ((2016, 4, 1, True), "lunar year 2016 has no 闰四月"),
        ((2016, 4, 30), "lunar month 四月 of 2016 has 29 days, not 30"),
        ((2016, 13, 1), "a lunar year has 12 months, not 13"),
        ((2016, 0, 1), "a lunar year has 12 months, not 0"),
        ((1900, 1, 1), "known from 1901-01-01 to 2099-12-31, not on 1900-01-31"),
        ((2099, 12, 29), "known from 1901-01-01 to 2099-12-31"),
        ((2100, 1, 1), "known from 1901 to 2099, not for 2100"),
    ],
)
def test_a_day_that_does_not_exist_says_why(lunar: tuple[int, int, int], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        from_lunar(*lunar)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2012, 5, 8), "农历四月十八"),
        (date(2020, 5, 23), "农历闰四月初一"),
        (date(2017, 1, 20), "农历腊月廿三"),
        (date(2016, 12, 8), "农历冬月初十"),
        (date(2016, 2, 8), "农历正月初一"),
        (date(2016, 2, 27), "农历正月二十"),
        (date(2016, 3, 8), "农历正月三十"),
    ],
)
def test_lunar_text(day: date, text: str) -> None:
    assert lunar_text(day) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("农历四月十八", (4, 18, False)),
        ("四月十八", (4, 18, False)),
        ("闰四月初一", (4, 1, True)),
        ("腊月二十三", (12, 23, False)),
        ("十二月廿三", (12, 23, False)),
        ("正月初八", (1, 8, False)),
        ("一月初八", (1, 8, False)),
        ("十一月初十", (11, 10, False)),
        ("农历4月18", (4, 18, False)),
        ("农历４月１８日", (4, 18, False)),
        ("农历 四月 十八", (4, 18, False)),
        ("阴历五月三十", (5, 30, False)),
        ("四月十八日", None),
        ("4月18", None),
        ("农历十三月初一", None),
        ("四月三十一", None),
        ("四月初十一", None),
        ("四月初", None),
        ("四月", None),
        ("初一", None),
        ("走访赵小梅家", None),
        ("", None),
    ],
)
def test_read_lunar(text: str, expected: tuple[int, int, bool] | None) -> None:
    assert read_lunar(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("12", 12), ("十", 10), ("十二", 12), ("二十", 20), ("廿八", 28), ("两", 2), ("二〇一六", 2016)]
    + [(text, None) for text in ("", "十十", "一二", "百", "初一", "²", "9" * 99)],
)
def test_number(text: str, expected: int | None) -> None:
    assert number(text) == expected
