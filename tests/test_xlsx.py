"""Workbooks, opened again by a library that did not write them."""

import itertools
import re
import shutil
import subprocess
import sys
import zipfile
from decimal import Decimal
from io import BytesIO, TextIOWrapper

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minqing.cli import run
from minqing.errors import MinqingError
from minqing.formats._sheet import MOST
from minqing.formats._table import number
from minqing.formats.xlsx import render
from minqing.report import Chart, Column, Report, Section, Span

MONTH = Span("2011-05", "2011-05-01", "2011-05-31", "month")
COLUMNS = (
    Column("ref", "编号"),
    Column("date", "日期"),
    Column("text", "内容", fold=True),
    Column("phone", "电话"),
    Column("money", "金额", "right"),
)
ROW = {"ref": "q7m3.1", "date": "2011-05-28", "text": "水渠改道", "phone": "13800001111", "money": "200.50"}


def report(*sections, **said):
    return Report("aid", "王庙村台账", MONTH, sections, **{"made": "2011-06-02", "entries": 9, **said})


def ledger(*rows, columns=COLUMNS, **said):
    return report(Section("aid", "王庙村台账", columns, rows), **said)


def opened(value):
    return openpyxl.load_workbook(BytesIO(render(value)), rich_text=False)


def texts(sheet):
    """The rows of a sheet as what stands in them, without the blank cells."""
    rows = [[value for value in row if value is not None] for row in sheet.iter_rows(values_only=True)]
    return [row for row in rows if row]


def only_cell(text, **column):
    """The cell below the head of a ledger that says nothing but this."""
    sheet = opened(ledger({"a": text}, columns=(Column("a", "A", **column),))).worksheets[0]
    return sheet.cell(4, 1)


# A ledger's page


def test_a_ledger_has_title_period_and_head_that_stay_and_repeat():
    sheet = opened(ledger(ROW, unit="元")).worksheets[0]
    assert texts(sheet)[:4] == [
        ["王庙村台账"],
        ["Period: 2011-05 (2011-05-01..2011-05-31) · Unit: 元 · 9 entries · Made: 2011-06-02"],
        ["编号", "日期", "内容", "电话", "金额"],
        ["q7m3.1", "2011-05-28", "水渠改道", "13800001111", 200.5],
    ]
    assert {"A1:E1", "A2:E2"} <= {str(merged) for merged in sheet.merged_cells.ranges}
    assert sheet.freeze_panes == "A4"
    assert sheet.print_title_rows == "$1:$3"


def test_the_table_that_ends_a_letter_has_its_head_on_every_page():
    words, table = Section("s", "说明", text=("共三户。",)), Section("t", "签收", COLUMNS, (ROW,))
    ends = opened(report(words, table, paper="letter")).worksheets[0]
    head = next(cell.row for cell in ends["A"] if cell.value == "编号")
    assert ends.print_title_rows == f"${head}:${head}"
    assert opened(report(table, words, paper="letter")).worksheets[0].print_title_rows is None


def test_a_sheet_is_named_after_its_title_with_wide_signs_where_a_name_may_not_hold_them():
    assert opened(report(Section("h", "王**(3) 2011/05", COLUMNS, (ROW,)))).sheetnames == ["王＊＊(3) 2011／05"]


def test_a_ledger_lies_on_a4_one_page_wide_with_page_numbers_and_who_signs():
    sheet = opened(ledger(ROW)).worksheets[0]
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize) == ("landscape", 9)
    assert (setup.fitToWidth or 1, setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddFooter.center.text == "Page &P of &N"
    assert texts(sheet)[-1] == ["Filled in by:", "Checked by:", "In charge:"]
    assert texts(opened(ledger(ROW, foot=("复核：",))).worksheets[0])[-1] == ["复核："]


def test_a_letter_stands_upright_on_one_sheet_and_ends_with_its_own_lines():
    table = Section("t", "帮扶", COLUMNS, (ROW,))
    words = Section("w", "总体情况", text=("本月走访 12 户。", "会议 2 次。"))
    book = opened(report(words, table, table, paper="letter", foot=("驻村工作队", "2011年6月2日")))
    (sheet,) = book.worksheets
    assert sheet.page_setup.orientation != "landscape"
    said = [row[0] for row in texts(sheet)]
    assert said[2:5] == ["1. 总体情况", "本月走访 12 户。", "会议 2 次。"]
    assert said.index("2. 帮扶") < said.index("3. 帮扶")
    assert said[-2:] == ["驻村工作队", "2011年6月2日"]
    assert sheet.freeze_panes is None


def test_cells_of_a_table_have_borders():
    sheet = opened(ledger(ROW)).worksheets[0]
    for row in (3, 4):
        for cell in sheet[row]:
            assert {getattr(cell.border, side).style for side in ("left", "right", "top", "bottom")} == {
                "thin"
            }


def test_a_row_is_as_high_as_its_words_and_a_column_as_wide_as_its_numbers():
    row = ROW | {"text": "祖辈无力照看，需要经常陪伴。" * 12, "money": "123456789012.25"}
    sheet = opened(ledger(ROW, row)).worksheets[0]
    width, high = sheet.column_dimensions["C"].width, sheet.row_dimensions[5].height
    assert high / 14 >= 12 * 14 * 2 / (width + 2)
    assert high > 2 * sheet.row_dimensions[4].height
    assert sheet.column_dimensions["E"].width >= len("123456789012.25")
    assert sheet["C5"].alignment.wrap_text


def test_columns_to_be_signed_in_have_room_for_a_pen():
    signed = (Column("who", "姓名"), Column("what", "物资"), Column("signature", "签字"))
    rows = ({"who": "王小晴", "what": "米"}, {"who": "李二", "what": "油"})
    by_hand = opened(ledger(*rows, columns=signed)).worksheets[0]
    assert by_hand.row_dimensions[4].height >= 28
    told = opened(ledger(*({**row, "signature": "x"} for row in rows), columns=signed)).worksheets[0]
    assert told.row_dimensions[4].height < 28


def test_what_is_late_stands_out():
    columns = (Column("text", "内容"), Column("due", "期限"))
    rows = ({"text": "a", "due": "2011-05-01", "overdue": True}, {"text": "b", "due": "2011-07-01"})
    sheet = opened(ledger(*rows, columns=columns)).worksheets[0]
    assert sheet["B4"].font.color.rgb == "FFC00000"
    assert sheet["B5"].font.color is None or sheet["B5"].font.color.rgb != "FFC00000"


def test_an_empty_table_says_none_and_a_report_of_nothing_opens():
    assert texts(opened(ledger()).worksheets[0])[3] == ["none"]
    assert texts(opened(report()).worksheets[0])[0] == ["王庙村台账"]
    assert opened(Report("kinds", "", Span("", None, None, None), ())).worksheets[0].max_row == 1


def test_what_could_not_be_read_is_said_first():
    sheet = opened(ledger(ROW, flaws=2)).worksheets[0]
    assert texts(sheet)[0] == ["2 files could not be read whole: `minqing check` names them"]
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A5", "$1:$4")


# Sheets


def test_a_ledger_has_a_sheet_for_each_table_and_what_follows_stays_with_it():
    other = Section(
        "by", "按形式", (Column("form", "形式"), Column("n", "数", "right")), ({"form": "现金", "n": 2},)
    )
    table = Section("aid", "王庙村台账", COLUMNS, (ROW,), text=("合计 200.5 元",))
    book = opened(report(table, Section("note", "说明", text=("以签收表为准",)), other))
    assert book.sheetnames == ["王庙村台账", "按形式"]
    first, second = book.worksheets
    assert [row[0] for row in texts(first)][4:7] == ["合计 200.5 元", "说明", "以签收表为准"]
    assert texts(second)[0] == ["王庙村台账 · 按形式"]
    assert texts(second)[3] == ["现金", 2]
    assert second.freeze_panes == "A4"


def test_a_file_of_many_tables_is_one_sheet():
    tables = [Section(f"t{n}", f"表{n}", COLUMNS, (ROW,)) for n in range(5)]
    (sheet,) = opened(report(*tables)).worksheets
    assert [row[0] for row in texts(sheet) if "表" in str(row[0])] == [f"{n + 1}. 表{n}" for n in range(5)]
    assert sheet.freeze_panes is None


@pytest.mark.parametrize(
    "title", ["a/b:c*[d]?\\", "'quoted'", "长" * 50, "𠮷" * 40, "History", " ", "", "=1+1"]
)
def test_sheets_have_legal_names_of_their_own(title):
    section = Section("s", title, COLUMNS, (ROW,))
    names = opened(report(section, section, section._replace(title=title.swapcase()))).sheetnames
    assert len({name.casefold() for name in names}) == 3
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\]|^'|'$|^history$", name, re.IGNORECASE)


def test_cards_lie_ten_to_a_page():
    columns = (Column("name", "姓名"), Column("phone", "单位电话"))
    people = tuple({"name": f"干部{n}", "phone": f"138000000{n:02}"} for n in range(13))
    book = opened(report(Section("cards", "民情连心卡", columns, people, look="cards"), notice="不得外传"))
    one, two = book.worksheets
    said = [[value for row in texts(sheet) for value in row] for sheet in (one, two)]
    assert [sum("干部" in value for value in values) for values in said] == [10, 3]
    assert texts(one)[:3] == [["不得外传"], ["民情连心卡", "民情连心卡"], ["姓名", "干部0", "姓名", "干部1"]]
    assert said[1][-5:] == ["民情连心卡", "姓名", "干部12", "单位电话", "13800000012"]
    for sheet in (one, two):
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight or 1) == (1, 1)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        high = sum(row.height for row in sheet.row_dimensions.values())
        assert high <= 842 - 72 + 30


def test_a_form_is_a_line_for_each_title_with_room_where_nothing_is_said():
    columns = (Column("host", "主持"), Column("agenda", "议题"), Column("signature", "签字"))
    row = {"host": "杨守田", "agenda": "1. 选举\n2. 补偿"}
    sheet = opened(
        report(Section("minutes", "会议记录", columns, (row,), look="form"), paper="letter")
    ).worksheets[0]
    assert ["主持", "杨守田"] in texts(sheet)
    assert ["议题", "1. 选举\n2. 补偿"] in texts(sheet)
    (blank,) = [cells[0].row for cells in sheet.iter_rows() if cells[0].value == "签字"]
    assert sheet.row_dimensions[blank].height >= 28


def test_an_entry_s_headings_are_headings_and_its_code_stays_code():
    body = Section("b", "日记", markdown="## 议题\n\n选举\n\n补偿\n")
    sheet = opened(report(body, paper="letter")).worksheets[0]
    assert texts(sheet)[-3:] == [["议题"], ["选举"], ["补偿"]]
    code = opened(report(body._replace(markdown="```\n\n# 注\n\n```"), paper="letter")).worksheets[0]
    assert ["# 注"] in texts(code)


# Numbers and codes


@pytest.mark.parametrize(
    ("value", "read", "shown"),
    [
        (12, 12, "0"),
        (-5, -5, "0"),
        (Decimal("1400.00"), 1400, "0"),
        (Decimal("-0.5"), -0.5, "0.0"),
        ("1400", 1400, "0"),
        ("12.50", 12.5, "0.00"),
        ("+11", 11, "+0;-0;0"),
        (123456789012345, 123456789012345, "0"),
        (3.25, 3.25, "0.00"),
    ],
)
def test_numbers_are_numbers(value, read, shown):
    cell = only_cell(value, align="right")
    assert (cell.data_type, cell.value, cell.number_format) == ("n", read, shown)


@pytest.mark.parametrize(
    "value",
    ["511321199001011234", 1234567890123456, Decimal("0.1234567890123456"), "007", "60%", "1e5", "1.5.2"],
)
def test_what_a_spreadsheet_would_change_stays_text(value):
    cell = only_cell(value, align="right")
    assert (cell.data_type, cell.value) == ("s", str(value))


@pytest.mark.parametrize("code", ["13800001111", "0123", "2016-05-28", "3-4", "1/2", "1e5"])
def test_codes_in_a_column_of_words_are_text_even_when_edited(code):
    cell = only_cell(code)
    assert (cell.data_type, cell.value, cell.number_format) == ("s", code, "@")


def test_truth_and_words_are_no_numbers():
    assert number(Column("a", "A", "right"), True) is None
    assert number(Column("a", "A", "right", words="level"), 1) is None
    assert number(Column("a", "A"), "12") is None
    assert only_cell(True).value == "yes"


@given(st.decimals(allow_nan=False, allow_infinity=False))
@settings(max_examples=300)
def test_a_number_is_kept_exactly_or_not_at_all(value):
    held = number(Column("a", "A", "right"), value)
    if held:
        assert Decimal(f"{float(f'{held.value:.16G}'):.15g}") == value
    else:
        assert len(f"{value.normalize():f}".lstrip("-")) > 15


# Hostile words


def members(value):
    """The parts of a workbook's file by name."""
    with zipfile.ZipFile(BytesIO(render(value))) as packed:
        return {
            name: packed.read(name).decode("utf-8") for name in packed.namelist() if name.endswith(".xml")
        }


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t=", "\r=", "\n=", " =", "{="]
)
def test_no_cell_is_a_formula(start):
    word = f"{start}cmd|'/c calc'!A1"
    columns = (Column("a", word), Column("b", word, "right"))
    chart = Chart(word, (word, "x"), (1, 2), word)
    table = Section("s", word, columns, ({"a": word, "b": word}, {"a": [word, word]}), (word,), chart)
    value = report(table, Section("b", word, markdown=word), unit=word, foot=(word,))
    found = [
        cell for sheet in opened(value) for row in sheet.iter_rows() for cell in row if cell.value is not None
    ]
    assert {cell.data_type for cell in found} == {"s", "n"}
    hostile = [cell for cell in found if "calc" in str(cell.value)]
    assert len(hostile) >= 10
    assert all(cell.number_format == "@" or cell.quotePrefix for cell in hostile)
    for name, part in members(value).items():
        if name.startswith("xl/worksheets/"):
            assert "<f>" not in part
        if name.startswith("xl/charts/"):  # where its labels and values are; no title, no name
            assert all("!$" in formula for formula in re.findall("<c:f>([^<]*)</c:f>", part))
            assert len(re.findall("<c:f>", part)) == 2


@pytest.mark.parametrize(
    "word",
    [
        "<r>x</r>",
        "<r><t>a</t></r><c><f>1+1</f></c><r></r>",
        "<r>&</r>",
        "</t></si><si>",
        "&amp;&#10;",
        "]]>",
        "\ufffe\uffff",
        "  leading and trailing  ",
        "{=1+1}",
        "http://a.cn",
        "internal:A1",
    ],
)
def test_words_are_what_the_writer_wrote(word):
    cell = only_cell(word)
    assert str(cell.value).replace("_xFFFE_", "\ufffe").replace("_xFFFF_", "\uffff") == word
    assert cell.hyperlink is None


def test_what_acts_on_whoever_looks_at_it_is_spelled_out():
    for code in (0, 7, 0x1B, 0x85, 0x202E, 0x200B, 0xFEFF, 0xD800):
        assert only_cell(f"王{chr(code)}庙").value.startswith("王\\")


@pytest.mark.parametrize("text", ["长" * 40_000, "Nobody at home. " * 3_000, "一\n" * 400, "x" * 70_000])
@pytest.mark.parametrize("fold", [True, False])
def test_nothing_is_cut_and_every_row_can_show_its_words(text, fold):
    columns = (Column("ref", "编号"), Column("a", "内容", fold=fold), Column("n", "数", "right"))
    rows = ({"ref": "q7m3.1", "a": text, "n": 7}, {"ref": "k2w8.1", "a": "短", "n": 8})
    sheet = opened(ledger(*rows, columns=columns)).worksheets[0]
    found = [cell.value for (cell,) in sheet.iter_rows(min_row=4, min_col=2, max_col=2) if cell.value]
    end = found.index("短")
    assert "".join(found[:end]) == text.replace("\n", " ")
    assert all(len(part) <= 32_767 for part in found[:end])
    assert [row[2] for row in sheet.iter_rows(min_row=4, values_only=True) if row[2] is not None][:2] == [
        7,
        8,
    ]
    assert max(row.height for row in sheet.row_dimensions.values()) <= 409


def test_a_long_paragraph_of_many_lines_is_whole():
    text = "\n".join(f"第{n}条　各户签订协议。" for n in range(5 * MOST))
    sheet = opened(report(Section("w", "决议", text=(text,)), paper="letter")).worksheets[0]
    assert "".join(row[0] for row in texts(sheet)[3:]) == text


def test_a_report_too_long_for_a_sheet_says_so(monkeypatch):
    import xlsxwriter

    monkeypatch.setattr(xlsxwriter.worksheet.Worksheet, "_check_dimensions", lambda *_arguments: -1)
    with pytest.raises(MinqingError, match="use csv"):
        render(ledger(ROW))


# Charts


def drawn(value):
    """The only chart of a workbook, with the cells its labels and its values come from."""
    book = opened(value)
    (sheet,) = [sheet for sheet in book.worksheets if sheet._charts]
    (chart,) = sheet._charts
    (series,) = chart.series
    refs = [series.cat.strRef.f, series.val.numRef.f]
    cells = [
        [cell.value for (cell, *_rest) in sheet[ref.rpartition("!")[2].replace("$", "")]] for ref in refs
    ]
    return chart.tagname, *cells


def test_a_chart_of_its_table_is_drawn_from_the_table():
    columns = (Column("about", "类别"), Column("old", "上期", "right"), Column("n", "件数", "right"))
    rows = ({"about": "水利", "old": 1, "n": 12}, {"about": "道路", "old": 9, "n": 3})
    chart = Chart("分布", ("水利", "道路"), (12, 3), "件")
    value = report(Section("s", "分类", columns, rows, chart=chart))
    assert drawn(value) == ("barChart", ["水利", "道路"], [12, 3])
    assert sum("水利" in row for row in texts(opened(value).worksheets[0])) == 1
    assert ["分布 (件)"] in texts(opened(value).worksheets[0])


def test_a_chart_without_a_table_brings_its_numbers():
    trend = Section("t", "走势", chart=Chart("每月", ("4月", "5月"), (3, 5.5), "户", "line"))
    for paper in ("ledger", "letter"):
        assert drawn(report(trend, paper=paper)) == ("lineChart", ["4月", "5月"], [3, 5.5])


def test_a_calendar_is_a_year_of_shaded_days():
    days = ("2011-01-01", "2011-05-04", "2011-05-05", "2011-12-31")
    value = report(Section("c", "走访", chart=Chart("走访", days, (0, 2, 1, 0), "次", "calendar")))
    (sheet,) = opened(value).worksheets
    (week,) = [cell.column for cell in sheet[7] if cell.value == "2"]  # below title, head and months: Wednesday
    assert sheet.cell(8, week).value == "1"
    assert sheet.cell(8, week).fill.fgColor.rgb != sheet.cell(7, week).fill.fgColor.rgb
    assert sheet.cell(9, week).fill.fgColor.rgb == "FFE4E4E4"


def test_charts_have_no_tables_head_above_them_and_no_page_ends_in_one():
    months = tuple(f"2011-{month:02}" for month in range(1, 13))
    trends = [
        Section(f"t{n}", f"走势{n}", chart=Chart(f"每月{n}", months, range(12), "户", "line"))
        for n in range(5)
    ]
    book = opened(report(Section("a", "王庙村台账", COLUMNS, (ROW,)), *trends))
    assert book.sheetnames == ["王庙村台账", "Charts"]
    charts = book["Charts"]
    assert charts.print_title_rows is None and len(charts._charts) == 5
    heads = [row[0].row for row in charts.iter_rows() if str(row[0].value).startswith("每月")]
    ends = [end.id for end in charts.row_breaks.brk]
    assert ends and {end + 1 for end in ends} <= set(heads)
    pages = [0, *ends, charts.max_row]
    for start, end in itertools.pairwise(pages):
        high = sum(charts.row_dimensions[row].height or 15 for row in range(start + 1, end + 1))
        assert high * charts.page_setup.scale / 100 < 510


def test_a_short_chart_stays_with_its_table_and_each_sheet_says_what_it_shows():
    columns = (Column("about", "类别"), Column("n", "件数", "right"))
    rows = tuple({"about": f"类{n}", "n": n} for n in range(30))

    def of(many: int) -> Section:
        chart = Chart("分布", tuple(f"类{n}" for n in range(many)), tuple(range(many)), "件")
        return Section("s", "分类", columns, rows[:many], chart=chart)

    assert opened(report(of(6))).sheetnames == ["分类"]
    long = opened(report(of(30), Section("late", "逾期", COLUMNS)))
    assert long.sheetnames == ["分类", "逾期", "Charts"]
    assert [sheet["A1"].value for sheet in long] == ["王庙村台账 · 分类", "王庙村台账 · 逾期", "王庙村台账 · Charts"]


# The file


def test_the_same_report_gives_the_same_bytes():
    value = ledger(ROW)
    assert render(value) == render(value)
    assert opened(value).properties.created.isoformat() == "2011-06-02T00:00:00"
    assert not opened(value).properties.creator


def test_without_the_extra_one_line_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    with pytest.raises(MinqingError, match=r"^xlsx needs the office extra: pip install 'minqing\[office\]'$"):
        render(ledger(ROW))


def test_a_workbook_goes_to_a_file_or_a_pipe_and_never_to_a_screen(diary, minqing, monkeypatch):
    assert minqing("report", "items", "-o", "items.xlsx").code == 0
    assert openpyxl.load_workbook(diary / "items.xlsx").worksheets
    written = BytesIO()
    pipe = TextIOWrapper(written, encoding="utf-8")
    monkeypatch.setattr(sys, "stdout", pipe)
    assert run(["report", "items", "-f", "xlsx"]) == 0
    assert written.getvalue() == (diary / "items.xlsx").read_bytes()
    monkeypatch.setattr(pipe, "isatty", lambda: True, raising=False)
    assert run(["report", "items", "-f", "xlsx"]) == 2
    assert written.getvalue() == (diary / "items.xlsx").read_bytes()


def test_libreoffice_prints_every_page_with_title_and_head(tmp_path):
    for tool in ("soffice", "pdftotext"):
        if not shutil.which(tool):
            pytest.skip(f"{tool} is not installed: the printed pages of an .xlsx were NOT checked")
    rows = [ROW | {"ref": f"q{n}m3.1", "text": "祖辈无力照看，需要经常陪伴。" * 4} for n in range(60)]
    (tmp_path / "r.xlsx").write_bytes(render(ledger(*rows)))
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"),
            *("--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "r.xlsx")),
        ],
        capture_output=True,
        check=True,
        timeout=100,
    )
    text = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "r.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    pages = [re.sub(r"\s", "", page) for page in text.split("\f")[:-1]]
    assert 2 <= len(pages) <= 8
    for n, page in enumerate(pages, 1):
        for words in ("王庙村台账", "编号日期内容电话金额", f"Page{n}of{len(pages)}"):
            assert words in page
    assert sum(page.count("祖辈无力照看") for page in pages) == 60 * 4
    assert pages[-1].index("q59m3.1") < pages[-1].index("Filledinby")
