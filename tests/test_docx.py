"""Word: pages as GB/T 9704 has them, read again by another library, and an office's own letterhead."""

import re
import shutil
import subprocess
import sys
import time
import zipfile
from decimal import Decimal
from io import BytesIO

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from minqing.diary import Letterhead
from minqing.errors import MinqingError
from minqing.formats import docx as word
from minqing.formats._letterhead import tags
from minqing.report import Chart, Column, Report, Section, Span

MONTH = Span("2011-05", "2011-05-01", "2011-05-31", "month")
COLUMNS = (Column("ref", "编号"), Column("text", "内容", fold=True), Column("n", "件数", "right"))
ITEMS = Section(
    "problems",
    "问题",
    COLUMNS,
    ({"ref": "q7m3.1", "text": "水渠从上游改道", "n": 12}, {"ref": "k2w8.10", "text": "路灯不亮", "n": 3}),
)


def report(*sections, **said):
    return Report(
        "problems", "王庙村问题台账", MONTH, sections, **{"entries": 9, "made": "2011-06-02", **said}
    )


def read(value, letterhead=None):
    """The report's file as python-docx, which had no part in writing it, reads it."""
    return docx.Document(BytesIO(word.render(value, letterhead)))


def part(value, name):
    return zipfile.ZipFile(BytesIO(word.render(value))).read(name).decode("utf-8")


def texts(document):
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


def eastern(document, style):
    """The font of Chinese letters in a style, its size in points."""
    found = document.styles[f"minqing {style}"]
    return found.element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")), found.font.size.pt


def millimetres(section):
    sides = (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
    return [round(side.mm) for side in sides]


# The page


def test_a_letter_stands_on_the_page_of_the_standard():
    document = read(
        report(
            Section("a", "总体情况", text=("走访 12 户。",)),
            Section("b", "打算", text=("修渠。",)),
            paper="letter",
        )
    )
    (section,) = document.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert millimetres(section) == [37, 28, 26, 35]
    assert eastern(document, "title") == ("方正小标宋简体", 22)
    assert eastern(document, "body") == ("仿宋_GB2312", 16)
    assert eastern(document, "heading") == ("黑体", 16)
    assert eastern(document, "subheading") == ("楷体_GB2312", 16)
    body = document.styles["minqing body"]
    assert body.paragraph_format.line_spacing.pt == 29
    assert body.element.pPr.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"
    assert [paragraph.style.name for paragraph in document.paragraphs[:4]] == [
        *("minqing title", "minqing about", "minqing heading", "minqing body")
    ]


def test_an_authors_headings_stay_with_what_follows_them():
    document = read(report(Section("m", "", markdown="## 会议内容\n\n### 议题\n\n修渠。")))
    for heading in ("会议内容", "议题"):
        (found,) = (paragraph for paragraph in document.paragraphs if paragraph.text == heading)
        assert found.paragraph_format.keep_with_next or found.style.paragraph_format.keep_with_next
    (said,) = (paragraph for paragraph in document.paragraphs if paragraph.text == "修渠。")
    assert not said.paragraph_format.keep_with_next


def test_a_ledger_lies_on_its_side_without_a_grid_of_lines():
    document = read(report(ITEMS))
    (section,) = document.sections
    assert section.orientation == WD_ORIENT.LANDSCAPE
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    assert section._sectPr.find(qn("w:docGrid")) is None
    assert eastern(document, "cell") == ("宋体", 10.5)
    assert texts(document)[-1] == "Filled in by:\tChecked by:\tIn charge:"


def test_fonts_that_a_home_machine_lacks_have_other_names_and_letters_are_chinese_ones():
    fonts = part(report(ITEMS), "word/fontTable.xml")
    for name, also in (
        ("仿宋_GB2312", "FangSong"),
        ("楷体_GB2312", "KaiTi"),
        ("黑体", "SimHei"),
        ("宋体", "SimSun"),
    ):
        assert re.search(rf'w:name="{name}"><w:altName w:val="[^"]*\b{also}\b', fonts)
    assert 'w:eastAsia="zh-CN"' in part(report(ITEMS), "word/styles.xml")


def test_page_numbers_stand_at_the_outer_side_of_a_letter_and_in_the_middle_of_a_ledger():
    letter, ledger = read(report(ITEMS, paper="letter")), read(report(ITEMS))
    assert letter.settings.odd_and_even_pages_header_footer
    odd, even = letter.sections[0].footer, letter.sections[0].even_page_footer
    assert [foot._element.pPr.jc.val.name for foot in (odd.paragraphs[0], even.paragraphs[0])] == [
        "RIGHT",
        "LEFT",
    ]
    for foot in (odd, even, ledger.sections[0].footer):
        said = "".join(node.text for node in foot._element.iter(qn("w:t")))
        assert said == "— 1 —"
        assert [field.get(qn("w:instr")).strip() for field in foot._element.iter(qn("w:fldSimple"))] == [
            "PAGE"
        ]


def test_files_that_could_not_be_read_are_said_first():
    assert (
        texts(read(report(ITEMS, flaws=2)))[0]
        == "2 files could not be read whole: `minqing check` names them"
    )


def test_a_letter_ends_with_who_sends_it_and_when():
    document = read(report(ITEMS, paper="letter", foot=("青石镇人民政府", "2011年6月2日")))
    assert texts(document)[-2:] == ["青石镇人民政府", "2011年6月2日"]
    assert {paragraph.style.name for paragraph in document.paragraphs[-2:]} == {"minqing foot"}


# Tables


def test_a_table_says_every_cell_repeats_its_head_and_breaks_no_row():
    (table,) = read(report(ITEMS)).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["编号", "内容", "件数"],
        ["q7m3.1", "水渠从上游改道", "12"],
        ["k2w8.10", "路灯不亮", "3"],
    ]
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] == [True, False, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert table.rows[1].cells[2].paragraphs[0].style.name == "minqing number"


@pytest.mark.parametrize("n", [1, 3, 9, 14, 40])
@pytest.mark.parametrize("paper", ["ledger", "letter"])
def test_columns_fit_between_the_margins_and_cells_are_as_wide_as_their_columns(n, paper):
    columns = tuple(Column(f"c{k}", f"第{k}栏的名称", fold=k % 3 == 0) for k in range(n))
    row = {column.key: "内容说明" * (k % 5 + 1) for k, column in enumerate(columns)}
    document = read(report(Section("s", "S", columns, (row,)), paper=paper))
    (table,) = document.tables
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    widths = [column.width for column in table.columns]
    assert room * 0.97 <= sum(widths) <= room
    assert min(widths) > 0
    assert not table.autofit
    assert all([cell.width for cell in row.cells] == widths for row in table.rows)


DIGIT = 0.64  # of a letter, as the widest font draws it that stands in for Times New Roman


@pytest.mark.parametrize("n", [3, 6, 9])
@pytest.mark.parametrize("paper", ["ledger", "letter"])
def test_ids_days_and_quarters_are_not_broken_inside_a_cell(n, paper):
    codes = ["a1111111.1", "2016-03-02", "2016Q1"]
    columns = tuple(Column(f"c{k}", f"第{k}栏的名称", fold=k % 2 == 1) for k in range(n))
    row = {column.key: codes[k % 3] if k % 3 else "内容很长的说明" * 8 for k, column in enumerate(columns)}
    (table,) = read(report(Section("s", "S", columns, (row,)), paper=paper)).tables
    for cell in table.rows[1].cells:
        if cell.text in codes:
            run = cell.paragraphs[0].runs[0]
            points = run.font.size.pt if run.font.size else 10.5
            assert cell.width.pt - 2 * 4 >= len(cell.text) * points * DIGIT, cell.text


@pytest.mark.parametrize("last", ["text", "table", "form", "markdown"])
def test_a_signature_never_stands_on_a_page_alone(last):
    columns, rows = (Column("a", "甲"),), ({"a": "一"}, {"a": "二"})
    section = {
        "text": Section("s", "S", text=("前一段", "后一段")),
        "table": Section("s", "S", columns, rows),
        "form": Section("s", "S", columns, rows, look="form"),
        "markdown": Section("s", "S", markdown="前一段\n\n后一段"),
    }[last]
    document = read(report(section, paper="letter", foot=("冯某", "2016年5月28日")))
    body = [*document.element.body.iter(qn("w:p"))]
    sign = next(n for n, paragraph in enumerate(body) if "冯某" in "".join(paragraph.itertext()))
    before = [paragraph for paragraph in body[:sign] if paragraph.pPr is not None][-3:]
    keeps = [paragraph.pPr.find(qn("w:keepNext")) is not None for paragraph in before]
    assert keeps[-2:] == [True, True]  # the line left free, and what stands above it


def test_a_file_is_by_nobody_rather_than_by_a_unit():
    assert "creator" not in part(report(ITEMS, unit="件"), "docProps/core.xml")


def test_where_one_signs_there_is_room_for_a_pen():
    columns = (Column("name", "姓名"), Column("signature", "签字"))
    rows = ({"name": "冯某"}, {"name": "许某"})
    (table,) = read(report(Section("s", "S", columns, rows))).tables
    assert [row.height.mm >= 10 for row in table.rows[1:]] == [True, True]
    assert table.columns[1].width.mm > 20
    (table,) = read(report(ITEMS)).tables
    assert table.rows[1].height is None


def test_what_was_due_is_red():
    rows = ({"due": "2011-05-20", "overdue": True}, {"due": "2011-06-20", "overdue": False})
    (table,) = read(
        report(Section("s", "S", (Column("due", "期限"), Column("overdue", "逾期")), rows))
    ).tables
    colours = [table.cell(n, 0).paragraphs[0].runs[0].font.color for n in (1, 2)]
    assert [str(colour.rgb) if colour and colour.rgb else "" for colour in colours] == ["C00000", ""]


def test_five_thousand_rows_take_less_than_two_seconds():
    columns = tuple(Column(f"c{k}", f"栏{k}", fold=k == 2) for k in range(9))
    rows = tuple({column.key: f"第{n}行内容" for column in columns} for n in range(5000))
    start = time.process_time()
    data = word.render(report(Section("s", "S", columns, rows)))
    assert time.process_time() - start < 2
    assert zipfile.ZipFile(BytesIO(data)).read("word/document.xml").count(b"<w:tr>") == 5001


def test_a_form_is_a_table_of_questions_and_room_for_answers():
    columns = (Column("a", "时间"), Column("b", "议题", fold=True), Column("c", "签字"))
    section = Section("f", "记录", columns, ({"a": "2011-05-28", "b": "一、修渠\n二、低保"},), look="form")
    (table,) = read(report(section)).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["时间", "2011-05-28"],
        ["议题", "一、修渠\n二、低保"],
        ["签字", ""],
    ]


def test_ten_cards_fill_an_upright_page_and_what_follows_lies_on_the_next():
    card = (Column("name", "姓名"), Column("phone", "手机"))
    cards = Section(
        "cards", "连心卡", card, tuple({"name": f"冯{n}", "phone": "138"} for n in range(10)), look="cards"
    )
    document = read(report(cards, ITEMS))
    assert [section.orientation for section in document.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
    table = document.tables[0]
    assert (len(table.rows), len(table.columns)) == (5, 2)
    assert table.cell(0, 1).text == "冯1\n手机: 138"
    first = document.sections[0]
    assert 5 * table.rows[0].height <= first.page_height - first.top_margin - first.bottom_margin
    assert texts(document)[0] == "王庙村问题台账"
    assert [section.orientation for section in read(report(cards)).sections] == [WD_ORIENT.PORTRAIT]


def test_a_card_without_a_name_says_where_to_write_it():
    card = (Column("name", "姓名"), Column("phone", "手机"))
    (table,) = read(report(Section("cards", "连心卡", card, ({"name": ""},), look="cards"))).tables
    assert table.cell(0, 0).text == "姓名: \n手机: "


def test_no_english_word_of_a_head_is_broken():
    columns = tuple(Column(f"c{n}", "Collected", "right") for n in range(11))
    (table,) = read(report(Section("s", "S", columns, ({c.key: 1 for c in columns},)))).tables
    (run,) = table.rows[0].cells[0].paragraphs[0].runs
    half = 5 * (run.font.size.pt * 2 if run.font.size else word.SIZES[0])  # twips
    needs = len("Collected") * half * 4 / 3 + 2 * word.word.PAD  # as machines without Times draw it
    assert all(cell.width.twips >= needs for cell in table.rows[0].cells)


def test_a_chart_is_a_table_whose_bars_are_shaded_cells():
    chart = Chart("各类", ("水利", "道路"), (12, 3), "件")
    (table,) = read(report(Section("c", "C", chart=chart))).tables
    spans = [[tc.grid_span for tc in row._tr.tc_lst] for row in table.rows]
    assert spans == [[1, 1, 24], [1, 1, 6, 18]]
    assert [[cell.text for cell in row.cells][:2] for row in table.rows] == [
        ["水利", "12 件"],
        ["道路", "3 件"],
    ]


def test_no_page_break_parts_a_short_chart():
    chart = Chart("各类", ("水利", "道路", "住房"), (12, 3, 1), "件")
    (table,) = read(report(Section("c", "C", chart=chart))).tables
    keeps = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
    assert keeps == [True, True, None]


def test_a_calendar_is_a_year_of_weeks_with_the_days_that_count_shaded():
    days = ("2011-01-01", "2011-05-04", "2011-05-05", "2011-12-31")
    chart = Chart("走访日历", days, (0, 2, 1, 0), "次", "calendar")
    (table,) = read(report(Section("c", "C", chart=chart))).tables
    assert len(table.rows) == 8 and table.rows[0].cells[0].text == "2011"
    wednesdays, thursdays = ([cell.text for cell in table.rows[n].cells] for n in (3, 4))
    assert (wednesdays.count("2"), thursdays.count("1")) == (1, 1)
    assert wednesdays.index("2") == thursdays.index("1")  # the same week
    fills = table._tbl.xpath(".//w:shd/@w:fill")
    assert len(fills) == 365 and len(set(fills)) == 3


def test_an_entry_s_body_keeps_its_shape():
    body = "# 走访\n\n**要点：**后文 <b>x</b>\n\n- 一\n- 二\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n```\na\n b\n```\n"
    document = read(report(Section("m", "", markdown=body)))
    assert texts(document)[2:] == ["走访", "要点：后文 <b>x</b>", "• 一", "• 二", "a\n b"]
    bold = [run.text for paragraph in document.paragraphs for run in paragraph.runs if run.bold]
    assert bold == ["要点："]
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["甲", "乙"],
        ["1", "2"],
    ]


def test_an_empty_section_says_none_and_a_report_of_nothing_is_a_page():
    assert "none" in texts(read(report(Section("s", "S", COLUMNS))))
    assert texts(read(report())) == [
        *("王庙村问题台账", "Period: 2011-05 (2011-05-01..2011-05-31) · 9 entries · Made: 2011-06-02")
    ]


# Words stay words


@pytest.mark.parametrize(
    "said",
    [
        *("<w:p/>&amp;", "]]><x>", "{{ 7*7 }}{% for %}", '" onload="x', "=cmd|'/c calc'!A1", "{_{ }_}"),
        *("\x00\x1b[31m\u202e", "\ufffe\uffff", "HYPERLINK \\h", "\ud800", "\u2028body\u2028", "x" * 3000),
    ],
)
@pytest.mark.parametrize("on_letterhead", [False, True])
def test_hostile_words_are_only_words(said, on_letterhead):
    section = Section(
        said,
        said,
        (Column("a", said),),
        ({"a": said},),
        (said,),
        Chart(said, (said,), (1,), said),
        f"*{said}*",
    )
    value = report(
        section, section._replace(look="form"), section._replace(look="cards"), unit=said, foot=(said, said)
    )
    data = word.render(
        value._replace(title=said), letter("{{ title }} {{ unit }} {{ body }}") if on_letterhead else None
    )
    words = "".join(node.text or "" for node in docx.Document(BytesIO(data)).element.iter(qn("w:t")))
    assert "{{ title" not in words
    if said.isprintable() and said.isascii():
        assert words.count(said) >= 8
    attributes = {name for node in docx.Document(BytesIO(data)).element.iter() for name in node.attrib}
    assert not [name for name in attributes if not name.startswith("{")]


@pytest.mark.parametrize("paper", ["ledger", "letter"])
def test_the_same_report_gives_the_same_bytes_and_no_clock_is_in_them(paper, monkeypatch):
    value = report(ITEMS, paper=paper)
    first, headed = word.render(value), word.render(value, letter("{{ body }}"))
    monkeypatch.setattr(time, "time", lambda: 2e9)
    monkeypatch.setattr(time, "localtime", lambda *_: time.struct_time((2033, 5, 18, 1, 1, 1, 0, 0, 0)))
    assert word.render(value) == first
    assert word.render(value, letter("{{ body }}")) == headed
    for data in (first, headed):
        assert {info.date_time[0] for info in zipfile.ZipFile(BytesIO(data)).infolist()} == {1980}
        properties = docx.Document(BytesIO(data)).core_properties
        assert (properties.title, properties.created.isoformat()[:10]) == ("王庙村问题台账", "2011-06-02")


# A letterhead


def letter(*paragraphs, header="", change=None):
    """An office's own page with these paragraphs, as Word would have saved it."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.sections[0].header.paragraphs[0].text = header
    if change:
        change(document)
    out = BytesIO()
    document.save(out)
    return Letterhead("templates/letter.docx", out.getvalue())


def test_a_letterhead_is_filled_in_and_the_body_takes_its_tag_s_place():
    head = letter(
        "青石镇人民政府",
        "关于{{ period }}的报告 {{title}}",
        "{{ body }}",
        "抄送：县民政局",
        header="{{ unit }} {{ made }}",
    )
    document = read(report(ITEMS, paper="letter", unit="件", foot=("冯某",)), head)
    said = texts(document)
    assert said[:2] == ["青石镇人民政府", "关于2011-05的报告 王庙村问题台账"]
    assert said[-2:] == ["冯某", "抄送：县民政局"]
    assert [cell.text for cell in document.tables[0].rows[1].cells] == ["q7m3.1", "水渠从上游改道", "12"]
    assert document.sections[0].header.paragraphs[0].text == "件 2011-06-02"
    assert eastern(document, "body") == ("仿宋_GB2312", 16)
    assert document.styles["minqing body"].element.rPr.find(qn("w:lang")).get(qn("w:eastAsia")) == "zh-CN"
    assert "仿宋_GB2312".encode() in next(
        part.blob for part in document.part.package.parts if str(part.partname) == "/word/fontTable.xml"
    )
    assert "{{" not in document.element.xml


def test_tags_may_be_chinese_broken_over_runs_and_shown_on_a_condition():
    def change(document):
        paragraph = document.add_paragraph("{{ ")
        paragraph.add_run("标").bold = True
        paragraph.add_run("题 }}")
        document.add_paragraph("{%p if warning %}")
        document.add_paragraph("！{{ 警示 }}")
        document.add_paragraph("{%p endif %}")

    assert texts(read(report(paper="letter"), letter("{{ 正文 }}", change=change))) == ["王庙村问题台账"]
    said = texts(read(report(paper="letter", flaws=1), letter("{{ 正文 }}", change=change)))
    assert said == ["王庙村问题台账", "！1 file could not be read whole: `minqing check` names it"]


def test_what_a_letterhead_has_no_tag_for_is_said_nevertheless():
    value = report(Section("a", "A", text=("走访。",)), paper="letter", flaws=1, foot=("落款处",))
    said = texts(read(value, letter("红头")))
    assert said[0] == "红头"
    assert [text for text in said if text in ("王庙村问题台账", "走访。", "落款处")] == [
        "王庙村问题台账",
        "走访。",
        "落款处",
    ]
    assert any("minqing check" in text for text in said)


def test_figures_are_named_one_by_one():
    value = report(paper="letter", figures={"items": 2, "aid_money": Decimal("1400.00")})
    head = letter("{{ title }} {{ figures.items }} 件 {{ figures.aid_money }} 元 {{ body }}")
    assert texts(read(value, head)) == ["王庙村问题台账 2 件 1400 元 "]
    with pytest.raises(
        MinqingError, match=r"letter\.docx has tags that mean nothing in this report: figures\.visits"
    ):
        word.render(value, letter("{{ figures.visits }}"))


def test_a_table_is_as_wide_as_the_letterhead_s_text():
    head = letter("{{ body }}")
    section = docx.Document(BytesIO(head.data)).sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    (table,) = read(report(ITEMS, paper="letter"), head).tables
    assert room * 0.97 <= sum(column.width for column in table.columns) <= room


def test_a_letterhead_s_own_style_of_our_name_is_used():
    def change(document):
        document.styles.add_style("minqing body", 1).font.name = "KaiTi"

    document = read(
        report(Section("a", "A", text=("走访。",)), paper="letter"), letter("{{ body }}", change=change)
    )
    (body,) = [paragraph for paragraph in document.paragraphs if paragraph.text == "走访。"]
    assert body.style.font.name == "KaiTi"


@pytest.mark.parametrize(
    "tag",
    [
        *(
            "{{ ''.__class__.__mro__ }}",
            "{{ title.upper() }}",
            "{{ figures.items.__class__ }}",
            "{{ title | upper }}",
        ),
        *(
            "{% for x in title %}a{% endfor %}",
            "{{ 9 ** 9 ** 9 }}",
            "{% set a = 1 %}",
            "{% include 'x' %}",
            "{{ 'x' }}",
        ),
        *(
            "{{ title",
            "{% if title %}",
            "{{ titel }}",
            "{{ figures }}",
            "{{ (((((",
            "{% x %}",
            "{{ cycler }}",
        ),
    ],
)
def test_a_tag_that_does_more_than_name_a_value_is_refused_in_words(tag):
    for head in (letter(tag), letter("{{ body }}", header=tag)):
        with pytest.raises(MinqingError, match=r"templates/letter\.docx"):
            word.render(report(ITEMS, paper="letter", figures={"items": 1}), head)


def test_a_body_in_a_header_is_refused():
    with pytest.raises(MinqingError, match="put it into the text"):
        word.render(report(ITEMS), letter(header="{{ body }}"))


def zipped(**parts):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name.replace("__", "/") + ".xml", text)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        *(
            b"",
            b"PK\x03\x04",
            b"no zip at all",
            zipped(),
            zipped(word__document="<w:document"),
            zipped(a="0" * 40_000_000),
        ),
        letter("x").data[:-200],
        letter("x").data[:3000] + b"\x00" * 50 + letter("x").data[3050:],
    ],
    ids=["nothing", "begun", "text", "empty", "no-word", "bomb", "cut", "holed"],
)
def test_a_broken_letterhead_is_one_sentence_that_names_it(data):
    with pytest.raises(MinqingError, match=r"templates/letter\.docx"):
        word.render(report(ITEMS), Letterhead("templates/letter.docx", data))


def test_the_tags_of_a_file_are_listed_with_those_that_mean_nothing():
    used = tags(letter("{{ title }} {{ 正文 }} {{ titel }} {{ figures.visits }}", header="{{ unit }}"))
    assert used.known == {"title", "body", "unit"}
    assert (used.figures, used.unknown) == ({"visits"}, ("titel",))


# The command line


def test_report_takes_the_diary_s_letterhead_for_letters_and_none_for_ledgers(minqing, diary, write):
    write("q7m3aaaa", "date: 2016-05-03\nkind: visit\narea: 王庙村\ntitle: 看水渠")
    (diary / "templates" / "letter.docx").write_bytes(letter("青石镇人民政府", "{{ body }}").data)
    assert minqing("report", "summary", "2016-05", "-o", "a.docx").code == 0
    assert minqing("report", "visits", "2016-05", "-o", "b.docx").code == 0
    assert docx.Document(str(diary / "a.docx")).paragraphs[0].text == "青石镇人民政府"
    assert docx.Document(str(diary / "b.docx")).paragraphs[0].text != "青石镇人民政府"
    (diary / "templates" / "letter.docx").write_bytes(b"x")
    said = minqing("report", "summary", "2016-05", "-o", "c.docx")
    assert said.code == 1
    assert said.err.startswith("error: templates/letter.docx is no Word file")
    assert not (diary / "c.docx").exists()


def test_kinds_lists_the_tags_of_a_letterhead(minqing, tmp_path):
    (tmp_path / "good.docx").write_bytes(letter("{{ title }} {{ body }}").data)
    (tmp_path / "bad.docx").write_bytes(letter("{{ titel }}").data)
    good = minqing("kinds", "--template", "good.docx", "--format", "json")
    assert good.code == 0
    rows = {
        row["tag"][0]: row["used"] for row in good.json["sections"][0]["rows"] if isinstance(row["tag"], list)
    }
    assert (rows["{{ title }}"], rows["{{ body }}"], rows["{{ unit }}"]) == (True, True, False)
    bad = minqing("kinds", "--template", "bad.docx")
    assert bad.code == 1
    assert "{{ titel }}" in bad.out
    assert "bad.docx has tags that mean nothing: titel" in bad.err
    assert minqing("kinds", "--template", "none.docx").code == 1


def test_a_file_on_stdout_is_byte_for_byte_the_file(diary, write, minqing):
    write("q7m3aaaa", "date: 2016-05-03\nkind: visit\narea: 王庙村\ntitle: 看水渠")
    minqing("report", "visits", "2016-05", "-o", "b.docx")
    command = [sys.executable, "-m", "minqing", "report", "visits", "2016-05", "-f", "docx"]
    piped = subprocess.run(command, cwd=diary, capture_output=True, check=True).stdout
    assert piped == (diary / "b.docx").read_bytes()


# Printed


def printed(value, tmp_path):
    """The words of each page as LibreOffice prints it, and each page's paper in millimetres."""
    for tool in ("soffice", "pdftotext", "pdfinfo"):
        if not shutil.which(tool):
            pytest.skip(f"{tool} is not installed: the printed pages of a .docx were NOT checked")
    (tmp_path / "r.docx").write_bytes(word.render(value))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "r.docx"),
    ]
    subprocess.run(command, capture_output=True, check=True, timeout=100)
    pages = subprocess.run(
        ["pdftotext", "-layout", "r.pdf", "-"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    sizes = subprocess.run(
        ["pdfinfo", "-l", "99", "r.pdf"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    found = re.findall(r"size:\s+([\d.]+) x ([\d.]+) pts", sizes.stdout)
    return pages.stdout.split("\f")[:-1], [
        tuple(round(float(side) / 72 * 25.4) for side in size) for size in found
    ]


@pytest.mark.slow
def test_printed_a_letter_has_22_lines_of_28_letters_and_a_long_table_its_head_on_every_page(tmp_path):
    card = (Column("name", "姓名"), Column("phone", "手机"))
    cards = Section(
        "cards", "卡", card, tuple({"name": f"冯{n}", "phone": "138"} for n in range(20)), look="cards"
    )
    rows = tuple({"ref": f"r{n}", "text": "水渠改道" * 9, "n": n} for n in range(60))
    prose = Section("a", "情况", text=("走访困难群众了解水渠改道情况并登记在册" * 80,))
    pages, sizes = printed(report(prose, Section("s", "表", COLUMNS, rows), cards, paper="letter"), tmp_path)
    lines = [re.sub(r"\s", "", line) for line in pages[1].split("\n") if line.strip()]
    assert [len(line) for line in lines[:22]] == [28] * 22
    assert lines[22] == "—2—"
    tables = [page for page in pages if "水渠改道水渠" in page]
    assert len(tables) > 1
    assert all("编号" in page for page in tables)
    assert [page.count("手机") for page in pages[-2:]] == [10, 10]
    assert set(sizes) == {(210, 297)}
