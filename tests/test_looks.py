"""Looks and pictures: forms, cards, what stands below everything; trends and calendars as signs and as SVG."""

import csv
import gettext
import io
import json
import re
import shutil
import subprocess
import sys

import pytest

import minqing.language
from minqing.cli import screen
from minqing.formats import load, terminal
from minqing.formats._pictures import calendar, sparkline
from minqing.report import Chart, Column, Report, Section, Span
from minqing.safe import cells

FORM = Section(
    "minutes",
    "会议记录",
    (
        Column("name", "名称"),
        Column("votes", "表决", "right"),
        Column("said", "决议", fold=True),
        Column("sign", "签字"),
    ),
    ({"name": "村民代表会议", "votes": 12, "said": "修水渠。\n每户出工两天。", "sign": None},),
    look="form",
)
CARDS = Section(
    "cards",
    "连心卡",
    (Column("name", "姓名"), Column("phone", "手机")),
    tuple({"name": f"干部{n:02}号", "phone": f"1380000{n:04}"} for n in range(23)),
    look="cards",
)


def report(*sections, **said):
    month = Span("2011-05", "2011-05-01", "2011-05-31", "month")
    return Report("minutes", "王庙村", month, sections, **said)


def render(name, value, width=80):
    return terminal.render(value, width, False) if name == "terminal" else load(name).render(value)


@pytest.fixture(autouse=True)
def _english(monkeypatch):
    monkeypatch.setattr(minqing.language, "_translation", gettext.NullTranslations())
    monkeypatch.setattr(minqing.language, "_language", "en")


# Forms, cards, foot


@pytest.mark.parametrize("name", ["text", "terminal"])
def test_a_form_is_lines_of_title_and_value(name):
    lines = [line.rstrip() for line in render(name, report(FORM)).split("\n")]
    at = lines.index("名称: 村民代表会议")
    assert lines[at : at + 5] == [
        "名称: 村民代表会议",
        "表决: 12",
        "决议: 修水渠。",
        "      每户出工两天。",
        "签字:",
    ]


@pytest.mark.parametrize("name", ["text", "terminal"])
def test_in_chinese_the_colon_is_full_width(name, monkeypatch):
    monkeypatch.setattr(minqing.language, "_language", "zh")
    assert "名称：村民代表会议\n" in re.sub(r" +\n", "\n", render(name, report(FORM)))


@pytest.mark.parametrize("width", [12, 40, 80])
def test_a_form_fits_its_window_and_loses_nothing(width):
    row = {"name": "会" * 60, "votes": 12, "said": "渠" * 70, "sign": None}
    long = FORM._replace(
        rows=(row,), columns=(*FORM.columns, Column("more", "与会人员所在单位及职务（签字）"))
    )
    page = terminal.render(report(long), width, False)
    body = page[page.index("会" * 3) :]
    assert all(cells(line) <= width for line in body.split("\n"))
    assert body.count("渠") == 70 and body.count("会") == 60 + 1


def test_markdown_shows_a_form_as_bold_titles_whatever_the_values():
    import comrak

    row = {"name": "- 一 | 二", "votes": 12, "said": "# 修\n1. 渠\n<script>", "sign": None}
    columns = (*FORM.columns[:3], Column("sign", "主持人（签字）"))
    page = render("md", report(FORM._replace(columns=columns, rows=(row,))))
    html = comrak.render_markdown(page)
    assert re.findall("<strong>(.*?)</strong>", html) == ["名称", "表决", "决议", "主持人（签字）"]
    words = re.sub(r"<[^>]*>|\n", "", html)
    for text in ("- 一 | 二", "# 修", "1. 渠", "&lt;script&gt;"):
        assert text in words
    assert "<h1># " not in html and "<li>" not in html


def test_html_shows_a_form_as_a_table_of_two_columns():
    page = render("html", report(FORM))
    assert re.findall(r'<th scope="row">(.*?)</th><td>(.*?)</td>', page, re.DOTALL) == [
        ("名称", "村民代表会议"),
        ("表决", "12"),
        ("决议", "修水渠。\n每户出工两天。"),
        ("签字", ""),
    ]
    assert "<thead>" not in page


def test_html_lays_ten_cards_on_a_sheet():
    page = render("html", report(CARDS))
    sheets = page.split('<div class="cards">')[1:]
    assert [sheet.count('<div class="card">') for sheet in sheets] == [10, 10, 3]


@pytest.mark.slow
def test_a_browser_prints_ten_cards_on_an_a4_page(tmp_path):
    if not (shutil.which("chromium") and shutil.which("pdftotext")):
        pytest.skip("chromium or pdftotext is not installed: the printed cards were NOT checked")
    (tmp_path / "cards.html").write_text(render("html", report(CARDS)), encoding="utf-8")
    browser = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    browser += [
        f"--user-data-dir={tmp_path}/home",
        f"--print-to-pdf={tmp_path}/cards.pdf",
        f"file://{tmp_path}/cards.html",
    ]
    subprocess.run(browser, capture_output=True, timeout=60, check=True)
    text = subprocess.run(
        ["pdftotext", str(tmp_path / "cards.pdf"), "-"], capture_output=True, text=True, check=True
    )
    pages = text.stdout.split("\f")[:-1]
    assert [len(re.findall(r"1380000\d{4}", page)) for page in pages] == [10, 10, 3]
    assert not any("王庙村" in page for page in pages)


@pytest.mark.parametrize("name", ["text", "terminal", "md"])
def test_cards_are_blocks(name):
    blocks = render(name, report(CARDS)).split("\n\n")
    held = [block for block in blocks if "13800000007" in re.sub(r" +\n", "\n", block)]
    assert len(held) == 1
    assert "干部07号" in held[0] and "干部06号" not in held[0] and "干部08号" not in held[0]


@pytest.mark.parametrize("look", ["form", "cards"])
def test_csv_and_json_take_every_look_as_a_table(look):
    value = report(CARDS._replace(look=look))
    rows = list(csv.reader(io.StringIO(render("csv", value).removeprefix("\ufeff"))))
    assert rows[:2] == [["姓名", "手机"], ["干部00号", "13800000000"]] and len(rows) == 24
    assert len(json_of(value)["sections"][0]["rows"]) == 23


def json_of(value):
    return json.loads(render("json", value))


def test_json_says_a_look_only_where_it_is_no_table():
    assert "look" not in json_of(report(CARDS._replace(look="table")))["sections"][0]
    assert json_of(report(CARDS))["sections"][0]["look"] == "cards"
    # what a person signs is no data: the shape of schema 1 stays as it is
    assert "foot" not in json_of(report(CARDS, foot=("经办人",)))


@pytest.mark.parametrize("name", ["text", "terminal", "md", "html"])
def test_the_foot_stands_below_everything(name):
    page = render(name, report(FORM, CARDS, foot=("经办人：", "2011年6月2日")))
    words = re.sub(r"<[^>]*>|\s", "", page[page.find("<body>") + 1 :])
    assert words.endswith("经办人：2011年6月2日")
    assert "经办人" not in render(name, report(FORM, CARDS))


# Trends


def test_a_sparkline_goes_from_the_first_value_to_the_last():
    chart = Chart("收入", ("2012", "2013", "2014"), (100, 250, 200.5), "元", "line")
    assert sparkline(chart, 40) == "2012  100  ▁▇▅  200.5 元  2014"


def test_a_trend_that_never_moves_is_a_line_and_one_point_is_a_point():
    assert sparkline(Chart("", ("a", "b", "c"), (5, 5, 5), kind="line"), 40) == "a  5  ▄▄▄  5  c"
    assert sparkline(Chart("", ("a",), (5,), "户", kind="line"), 40) == "▄  5 户  a"


def test_more_points_than_room_are_drawn_as_means():
    chart = Chart("", tuple(map(str, range(100))), tuple(range(100)), kind="line")
    drawn = sparkline(chart, 10)
    signs = "".join(char for char in drawn if char in "▁▂▃▄▅▆▇")
    assert len(signs) == 10 and list(signs) == sorted(signs)
    assert drawn.startswith("0  0  ▁") and drawn.endswith("▇  99  99")


# A calendar of days

DAYS = Chart(
    "走访日历",
    ("2016-03-01", "2016-03-06", "2016-03-09", "2016-04-04", "2016-05-31"),
    (1, 2, 12, 3, 0),
    "次",
    "calendar",
)


def test_a_calendar_has_weeks_as_columns_and_its_ends_are_the_labels():
    (year,) = calendar(DAYS)
    assert year.weeks[0] == (None, 1, 0, 0, 0, 0, 2)
    assert year.weeks[-1] == (0, 0, None, None, None, None, None)
    assert year.months == ((0, 3), (4, 4), (8, 5))


def test_a_calendar_in_text_shows_counts_under_their_months():
    lines = load("text").render(report(Section("c", "日历", chart=DAYS))).split("\n")
    at = lines.index("走访日历")
    assert lines[at + 1 : at + 9] == [
        "2016 Mar     Apr     May",
        "Mo     . . . . 3 . . . . . . . .",
        "Tu   1 . . . . . . . . . . . . .",
        "We   . + . . . . . . . . . . .",
        "Th   . . . . . . . . . . . . .",
        "Fr   . . . . . . . . . . . . .",
        "Sa   . . . . . . . . . . . . .",
        "Su   2 . . . . . . . . . . . .",
    ]


@pytest.mark.parametrize(("width", "row"), [(80, "Tu   1" + "." * 51), (120, "Tu   1" + " ." * 51)])
def test_a_year_fits_a_window_of_80_columns_and_breathes_in_120(width, row):
    year = DAYS._replace(labels=("2016-03-01", "2017-02-21"), values=(1, 0))
    page = render("terminal", report(Section("c", "", chart=year)), width)
    assert all(cells(line) <= width for line in page.split("\n"))
    assert row in [line.rstrip() for line in page.split("\n")]


def test_years_without_a_day_are_left_out():
    chart = DAYS._replace(labels=("2011-05-28", "2012-06-05", "2016-03-09"), values=(2, 1, 1))
    assert [year.year for year in calendar(chart)] == [2011, 2012, 2016]
    assert [len(year.weeks) for year in calendar(chart)] == [32, 54, 11]
    assert calendar(DAYS._replace(labels=(), values=())) == []


def test_a_fuller_day_has_a_stronger_colour_on_a_terminal():
    page = terminal.render(report(Section("c", "", chart=DAYS)), 80, True)
    assert "\x1b[34m1\x1b[0m" in page and "\x1b[1;37;44m+\x1b[0m" in page and "\x1b[2m.\x1b[0m" in page


def test_html_writes_the_days_of_a_trend_whole_and_inside_the_picture():
    days = tuple(f"2016-05-{day:02}" for day in range(1, 13))
    chart = Chart("在校学生", days, tuple(map(float, range(12))), "人", "line")
    page = render("html", report(Section("c", "", chart=chart)))
    said = [text for text in re.findall(r">([^<]*)</text>", page) if "-" in text or "…" in text]
    assert said == ["2016-05-01", "2016-05-05", "2016-05-09"]


def test_html_writes_the_number_of_a_short_bar_behind_it():
    chart = Chart("销号", ("一月", "二月"), (0.0, 40.0), "件")
    page = render("html", report(Section("c", "", chart=chart)))
    zero, forty = sorted(re.findall(r">([^<]*件)</text>", page), key=len, reverse=True)
    assert (forty, zero.strip("\u00a0")) == ("40 件", "0 件")


def test_html_draws_a_calendar_of_its_own_and_nothing_but_shapes():
    page = render("html", report(Section("c", "日历", chart=DAYS)))
    svg = page[page.index("<svg") : page.index("</svg>")]
    assert svg.count("<rect") == 92
    assert len(re.findall('fill="#1f5c8c"', svg)) == 1
    assert ">Mar<" in svg and ">Mo<" in svg and "<script" not in page


def test_a_calendar_s_table_has_only_the_days_with_something():
    page = render("md", report(Section("c", "日历", chart=DAYS)))
    assert re.findall(r"\| (2016-\d\d-\d\d) \| ([\d.]+) 次 \|", page) == [
        ("2016-03-01", "1"),
        ("2016-03-06", "2"),
        ("2016-03-09", "12"),
        ("2016-04-04", "3"),
    ]


@pytest.mark.parametrize("name", ["text", "terminal"])
def test_pictures_can_be_shown_by_a_county_console(name):
    trend = Chart("走势", ("4月", "5月"), (3, 5), "户", "line")
    render(name, report(Section("c", "", chart=DAYS), Section("t", "", chart=trend))).encode("gbk")


def test_a_console_of_ascii_gets_digits_for_strokes(monkeypatch):
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii", errors="backslashreplace")
    monkeypatch.setattr(sys, "stdout", out)
    screen.out_styled("1 ▁▄▇ 3\n██\n")
    out.flush()
    assert out.buffer.getvalue() == b"1 147 3\n##\n"


def test_any_other_console_gets_the_strokes(monkeypatch):
    out = io.TextIOWrapper(io.BytesIO(), encoding="gbk")
    monkeypatch.setattr(sys, "stdout", out)
    screen.out_styled("1 ▁▄▇ 3\n")
    out.flush()
    assert out.buffer.getvalue().decode("gbk") == "1 ▁▄▇ 3\n"


# The calendar of visits


def visit(write, id_, day):
    write(id_, f"date: {day}\nkind: visit\nwho: 王小晴")


def calendar_of(minqing, *words):
    said = minqing("report", "visits", *words)
    assert said.code == 0
    return said.out.partition("Visits by day\n")[2]


def test_visits_of_a_month_have_a_calendar_of_the_whole_month(minqing, write):
    visit(write, "aaaa1111", "2016-04-05")
    visit(write, "bbbb2222", "2016-04-20")
    drawn = calendar_of(minqing, "2016-04")
    assert "2016 Apr\n" in drawn
    assert drawn.count("1\n") + drawn.count("1 ") == 2
    assert len(re.findall(r"(?<= )[.1](?=\s)", drawn)) == 30


def test_the_calendar_of_this_month_ends_today(minqing, write):
    visit(write, "aaaa1111", "2016-05-05")
    visit(write, "bbbb2222", "2016-05-20")
    assert len(re.findall(r"(?<= )[.1](?=\s)", calendar_of(minqing, "2016-05"))) == 28


def test_visits_of_a_week_or_of_one_day_need_no_calendar(minqing, write):
    visit(write, "aaaa1111", "2016-04-05")
    assert calendar_of(minqing, "2016-04") == ""
    visit(write, "bbbb2222", "2016-04-06")
    assert calendar_of(minqing, "--week", "2016-W14") == ""
    assert calendar_of(minqing, "2016-04") != ""
