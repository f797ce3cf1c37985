"""Every format renders every report: the sample, an empty one and a hostile one."""

import csv
import gettext
import html as markup
import io
import json
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from html.parser import HTMLParser
from unicodedata import east_asian_width

import comrak
import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

import minqing.language
from minqing.errors import MinqingError, UsageError
from minqing.exact import decimal_text
from minqing.formats import format_of, formats, load, terminal
from minqing.formats.csv import BOM
from minqing.formats.html import markdown_to_html
from minqing.formats.text import cells
from minqing.report import Chart, Column, Report, Section, Span, shown
from minqing.safe import show

PAPERS = ("docx", "pdf", "xlsx")  # files of bytes: they are read by another library, see `words`
EVERY = [*(name for name in formats() if name not in PAPERS), "terminal", "terminal-color"]
ACTING = [
    *range(0x20),
    *range(0x7F, 0xA0),
    *(0x061C, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2028, 0x2029),
    *(*range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF),
    *(0xD800, 0xDC80, 0xDFFF, 0xE0001, *range(0xE0020, 0xE0080)),
]


def report(*sections, **said):
    month = Span("2011-05", "2011-05-01", "2011-05-31", "month")
    return Report("problems", "王庙村问题台账", month, sections, **said)


def sample(word="水渠从上游改道", **said):
    """A report with every part a report can have, and `word` wherever a person's words can stand."""
    columns = (
        Column("ref", "编号"),
        Column("about", "类别", words="about"),
        Column("text", f"内容{word}", fold=True),
        Column("who", "对象"),
        Column("n", "件数", align="right"),
        Column("late", "超期"),
    )
    rows = (
        {"ref": "q7m3.1", "about": "water", "text": word, "who": ["王小晴", word], "n": 12, "late": True},
        {"ref": "k2w8.1", "about": "care", "text": "Nobody at home", "n": Decimal("-0.50")},
    )
    return report(
        Section("problems", f"问题{word}", columns, rows),
        Section("words", "说明", text=("本月走访 12 户。", f"{word}\n{word}")),
        Section("chart", "分布", chart=Chart(f"图{word}", (f"签{word}", "道路交通"), (12, 3), f"件{word}")),
        Section("trend", "走势", chart=Chart("每月", ("4月", "5月"), (3, 5.5), "户", "line")),
        Section("body", "日记", markdown="# 走访\n\n**要点：**后文\n"),
        **{"filters": ("王庙村", word), "entries": 9, "made": "2011-06-02", **said},
    )


def empty():
    return report(Section("problems", "Problems", (Column("ref", "Ref"),)), Section("nothing", "Nothing"))


def render(name, value, width=80):
    if name.startswith("terminal"):
        return terminal.render(value, width, name == "terminal-color")
    return load(name).render(value)


@pytest.fixture(autouse=True, params=["zh", "en"])
def _language(request, monkeypatch):
    """Values and numbering in either language; the sentences stay English, whatever ran before."""
    monkeypatch.setattr(minqing.language, "_translation", gettext.NullTranslations())
    monkeypatch.setattr(minqing.language, "_language", request.param)


@pytest.fixture
def chinese(monkeypatch):
    monkeypatch.setattr(minqing.language, "_language", "zh")


class Page(HTMLParser):
    """The tags and the words of a page."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.links, self.words = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in ("href", "src") or name.startswith("on")]

    def handle_endtag(self, tag):
        self.tags.append("/" + tag)

    def handle_data(self, data):
        self.words.append(data)


# Finding formats


def test_formats_are_the_folder_and_importing_none_of_them():
    assert formats() == ["csv", "docx", "html", "json", "md", "pdf", "text", "xlsx"]
    code = "import sys, minqing.formats as f; f.formats(); print([m for m in sys.modules if 'formats.' in m])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"


def test_a_file_ending_names_its_format_and_loads_nothing_heavy():
    endings = {"a.md": "md", "a.JSON": "json", "a.csv": "csv", "b/a.html": "html", "a.txt": "text"}
    endings |= {"a.xlsx": "xlsx", "a.DOCX": "docx", "a.pdf": "pdf"}
    assert {path: format_of(path) for path in endings} == endings
    assert all(format_of(f"a.{name}") == name for name in formats())  # the names that a message offers
    assert format_of("a.doc") is None
    assert format_of("md") is None
    code = (
        "import sys, minqing.formats as f; f.format_of('a.x'); "
        "heavy = ('jinja2', 'pygal', 'comrak', 'rich', 'xlsxwriter', 'docx', 'docxtpl', 'lxml', 'typst'); "
        "print([m for m in heavy if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "[]\n"


def test_an_unknown_format_is_wrong_usage():
    for name in ("doc", "terminal", "__init__", "../text"):
        with pytest.raises(UsageError):
            load(name)


# What holds for every format


def test_html_ends_like_the_paper_that_it_is():
    columns = tuple(Column(f"c{n}", f"栏{n}") for n in range(9))
    table = Section("s", "S", columns, ({"c0": "x"},))
    ledger = load("html").render(report(table))
    assert '<main class="wide">' in ledger and "Filled in by" in ledger and "In charge" in ledger
    letter = load("html").render(report(table, paper="letter", foot=("柳湾村",)))
    assert '<main>' in letter and "Filled in by" not in letter and '<footer class="foot letter"><p>柳湾村</p>' in letter


def test_a_row_of_ids_can_be_broken_between_them():
    assert shown(Column("refs", "依据"), ["pqs5n2d1", "ebnr5cv0.1"], "zh") == "pqs5n2d1, ebnr5cv0.1"
    assert shown(Column("who", "对象"), ["沈佳禾", "Ann"], "zh") == "沈佳禾、Ann"


@pytest.mark.parametrize("name", EVERY)
def test_the_sample_says_what_it_holds(name):
    page = markup.unescape(render(name, sample(), width=200))
    for words in ("q7m3.1", "水渠从上游改道", "Nobody at home", "-0.5"):
        assert words in page
    if name not in ("csv", "json"):
        for words in ("王庙村问题台账", "2011-05-31", "9 entries", "2011-06-02", "道路交通", "走访", "后文"):
            assert words in page
    assert "-0.50" not in page


@pytest.mark.parametrize("name", EVERY)
def test_values_are_shown_in_the_reader_s_words(name):
    about = {"zh": "水利饮水", "en": "water"}[minqing.language.language()]
    assert ("water" if name == "json" else about) in render(name, sample())


@pytest.mark.parametrize("name", [name for name in EVERY if name not in ("csv", "json")])
def test_empty_sections_say_none(name):
    page = re.sub(r"\s*\n\s*", "\n", render(name, empty()))
    assert page.count("none") == (2 if name != "html" else page.count("none"))
    assert "none" in page


@pytest.mark.parametrize("name", EVERY)
def test_a_report_of_nothing_renders(name):
    assert isinstance(render(name, report()), str)
    assert isinstance(render(name, report(Section("c", "", chart=Chart("", (), ())))), str)


@pytest.mark.parametrize("name", [name for name in EVERY if name not in ("csv", "json")])
def test_files_that_could_not_be_read_are_said_first(name):
    page = render(name, sample(flaws=2))
    body = page[page.find("<body>") + 6 :] if name == "html" else page
    words = [line for line in re.sub(r"<[^>]*>|\x1b\[\d*m|\*\*", "", body).split("\n") if line]
    assert words[0] == "2 files could not be read whole: `minqing check` names them"
    assert "minqing check" not in render(name, sample())


@pytest.mark.parametrize("name", EVERY)
def test_no_acting_character_gets_through(name):
    lone = "\ud800\udc80\udfff"
    for chars in (map(chr, ACTING[:32]), map(chr, ACTING[32:]), lone):
        word = "".join(f"王{char}庙" for char in chars if chars is lone or char not in lone)
        page = render(name, sample(word))
        page.encode("utf-8")
        plain = re.sub(r"\x1b\[[\d;]*m", "", page) if name == "terminal-color" else page
        plain = plain.removeprefix(BOM).replace("\r\n", "\n").replace("\n", "")
        assert [hex(ord(char)) for char in plain if ord(char) in ACTING] == []
        if name == "json" and chars is not lone:
            assert json.loads(page)["sections"][0]["rows"][0]["text"] == word


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize(
    "word",
    [
        "[/危]",
        "[bold]x[/bold]:smile:",
        "<script>alert(1)</script>",
        "{{ 7*7 }}{% for %}",
        "=cmd|'/c calc'!A1",
        "]]></style><script>",
        "长" * 500,
        "x" * 500,
        "{n}%s\\n",
    ],
)
def test_hostile_words_are_only_words(name, word):
    page = render(name, sample(word))
    assert "<script" not in page or name in ("text", "terminal", "terminal-color", "json", "csv")
    gone = re.sub(r"\x1b\[[\d;]*m|\\(?=[^\w\s])|\s", "", markup.unescape(page))
    if name == "json":
        gone = re.sub(r"\s", "", json.loads(page)["sections"][0]["rows"][0]["text"])
    assert re.sub(r"\\(?=[^\w\s])|\s", "", word) in gone or name.startswith("terminal")


@pytest.mark.parametrize("name", EVERY)
def test_numbers_too_large_to_draw_are_still_said(name):
    huge = Chart("图", ("a", "b"), (1e308, float("-inf")), "元")
    assert render(name, report(Section("c", "图", chart=huge)))


@pytest.mark.parametrize("name", EVERY)
def test_the_same_report_gives_the_same_bytes(name):
    assert render(name, sample()) == render(name, sample())


# What holds for every paper


def words(name, value):
    """All that a paper says, without any space, as another library than wrote it reads it."""
    data = load(name).render(value)
    if name == "xlsx":
        sheets = openpyxl.load_workbook(io.BytesIO(data)).worksheets
        said = [str(cell) for sheet in sheets for row in sheet.values for cell in row if cell is not None]
    elif name == "docx":
        said = [run.text or "" for run in docx.Document(io.BytesIO(data)).element.iter(qn("w:t"))]
    else:
        if not shutil.which("pdftotext"):
            pytest.skip("poppler-utils (pdftotext) is not installed: the words of a PDF were NOT checked")
        run = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True)
        said = [run.stdout.decode("utf-8")]
    return re.sub(r"[\s\u200b\xad]", "", "".join(said))


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_says_what_the_sample_holds_in_the_reader_s_words(name):
    page = words(name, sample(flaws=2))
    for said in (
        "q7m3.1",
        "水渠从上游改道",
        "Nobodyathome",
        "-0.5",
        "王庙村问题台账",
        "2011-05-31",
        "9entries",
    ):
        assert said in page
    for said in ("2011-06-02", "道路交通", "走访", "后文", "本月走访12户。"):
        assert said in page
    assert {"zh": "水利饮水", "en": "water"}[minqing.language.language()] in page
    assert page.index("2filescouldnotberead") < page.index("王庙村问题台账")
    assert "couldnotberead" not in words(name, sample())


@pytest.mark.parametrize("name", PAPERS)
def test_an_empty_paper_says_none_and_one_of_nothing_is_a_file(name):
    assert words(name, empty()).count("none") == 2
    assert isinstance(render(name, report()), bytes)
    assert isinstance(render(name, report(Section("c", "", chart=Chart("", (), ())))), bytes)
    huge = Chart("图", ("a", "b"), (1e308, float("-inf")), "元")
    assert isinstance(render(name, report(Section("c", "图", chart=huge))), bytes)


@pytest.mark.parametrize("name", PAPERS)
def test_no_acting_character_gets_into_a_paper(name):
    page = words(name, sample("王" + "庙".join(map(chr, ACTING))))
    assert not [char for char in page if ord(char) in ACTING]
    assert "\\x1b" in page
    assert "\\u202e" in page


HOSTILE = (
    "[/危]",
    "<script>alert(1)</script>",
    "{{7*7}}{%for%}",
    "=cmd|'/c'!A1",
    "]]></w:t>",
    "#let(x)",
    "$x$",
)


@pytest.mark.parametrize("name", PAPERS)
def test_hostile_words_are_only_words_in_a_paper(name):
    page = words(name, sample("".join(HOSTILE) + "长" * 500 + "末"))
    for word in HOSTILE:
        assert word in page
    assert "长末" in page


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_report_is_the_same_paper(name):
    assert render(name, sample()) == render(name, sample())


# Text and terminal


def starts(line):
    """The display columns at which the cells of a line begin: two spaces part two cells."""
    offsets = [match.start() for match in re.finditer(r"(?<!\S)(?<!\S )\S", line)]
    return [sum(2 if east_asian_width(char) in "WF" else 1 for char in line[:at]) for at in offsets]


TABLE = Section(
    "problems",
    "问题",
    (Column("ref", "编号"), Column("who", "对象"), Column("text", "内容", fold=True), Column("to", "领取人")),
    (
        {"ref": "q7m3.1", "who": "王小晴", "text": "祖辈无力照看，需要经常陪伴。" * 5, "to": "Li Ming"},
        {"ref": "k2w8.10", "who": "A", "text": "No water", "to": "李二"},
        {"ref": "k2", "who": "王“大”—爷", "text": "水", "to": ["王", "李"]},
    ),
)


def test_text_columns_begin_at_one_place_in_every_line():
    lines = load("text").render(report(TABLE)).split("\n")[4:-1]
    assert len(lines) == 5
    assert len({tuple(starts(line)) for line in lines}) == 1


@pytest.mark.parametrize("width", [80, 120])
def test_terminal_columns_begin_at_one_place_and_lines_fit(width):
    lines = terminal.render(report(TABLE), width, False).split("\n")
    assert all(cells(line) <= width for line in lines)
    table = [line for line in lines[4:] if line.strip() and "─" not in line]
    places = starts(table[0])
    assert len(places) == 4
    assert all(set(starts(line)) <= set(places) for line in table)


def test_numbers_stand_to_the_right():
    rows = ({"n": 5}, {"n": Decimal("1400.00")})
    section = Section("n", "", (Column("n", "合计数", align="right"),), rows)
    assert load("text").render(report(section)).split("\n")[3:] == [
        "合计数",
        "------",
        "     5",
        "  1400",
        "",
    ]


@pytest.mark.parametrize("width", [20, 80, 120])
def test_a_table_too_wide_for_the_window_becomes_cards_and_loses_nothing(width):
    columns = tuple(Column(f"c{n}", f"第{n}列") for n in range(14))
    row = {column.key: f"值{n}的内容" for n, column in enumerate(columns)}
    page = terminal.render(report(Section("wide", "宽", columns, (row, row))), width, False)
    assert all(cells(line) <= width for line in page.split("\n"))
    assert page.count("值13的内容") == 2
    assert "…" not in page


def test_what_nobody_filled_in_leaves_a_narrow_window_first():
    columns = (Column("a", "甲" * 20), Column("b", "乙" * 20), Column("c", "丙"))
    section = Section("s", "", columns, ({"a": "一", "c": "三"},))
    assert "乙" not in terminal.render(report(section), 60, False)
    assert "乙" in terminal.render(report(section), 120, False)


def test_no_line_begins_with_a_stop():
    assert terminal.wrap("王庙村二组，水渠。", 10) == "王庙村二\n组，水渠。"
    assert terminal.wrap("abc defghij", 5) == "abc d\nefghi\nj"


def test_color_only_where_it_is_wanted():
    assert "\x1b" not in terminal.render(sample(flaws=1), 80, False)
    assert "\x1b[31m" in terminal.render(sample(flaws=1), 80, True)


@pytest.mark.parametrize("name", ["text", "terminal"])
def test_a_county_console_can_encode_it(name):
    render(name, sample(flaws=1)).encode("gbk")
    render(name, empty()).encode("gbk")


def test_a_report_without_a_title_is_only_its_table():
    list_ = report(Section("", "", (Column("a", "A"),), ({"a": "x"},)))._replace(title="")
    assert load("text").render(list_) == "A\n-\nx\n"


def test_lines_of_a_paragraph_stay_lines():
    assert "\n一\n二\n" in load("text").render(report(Section("s", "S", text=("一\n二",))))


# Markdown

WORDS = [
    *("# x", "- x", "+ x", "1. x", "2) x", "> x", "| a | b |", "```", "~~~", "***", "---", "===", "    code"),
    *("<script>alert(1)</script>", "<!--", "[x](javascript:y)", "![x](y)", "[x]: /u", "&lt;", "a\\", "`x`"),
    *("~~x~~", "*x*", "__x__", "\\*x\\*", "<http://x>", "x\\|y", "x  ", "#", "- [ ] x", "1.", "-", ":-"),
]


def rendered(page):
    """A Markdown page as a careless renderer shows it: raw HTML on."""
    options, raw = comrak.ExtensionOptions(), comrak.RenderOptions()
    options.table = options.strikethrough = options.tasklist = raw.unsafe_ = True
    return Page(comrak.render_markdown(page, extension_options=options, render_options=raw))


def a_page(word):
    columns = (Column("a", f"A{word}"), Column("b", "B"))
    rows = ({"a": word, "b": "x"}, {"a": "y", "b": word})
    chart = Chart(word, (word, "x"), (1, 2))
    return report(
        Section("s", word or "S", columns, rows, (f"{word}\n{word}", "y"), chart), Section("t", "T")
    )


@pytest.mark.parametrize("word", WORDS)
def test_words_never_change_the_shape_of_markdown(word):
    page = rendered(load("md").render(a_page(word)))
    assert page.tags == rendered(load("md").render(a_page("x"))).tags
    assert "".join(page.words).count(word.strip()) >= 6


@given(st.text(alphabet="#-*_`<>[]()!|\\ 1.=~&;:/ax王，", min_size=1).filter(str.strip))
def test_no_words_at_all_change_the_shape_of_markdown(word):
    page = rendered(load("md").render(a_page(word)))
    assert page.tags == rendered(load("md").render(a_page("x"))).tags


def test_an_entry_s_body_stays_below_its_section():
    body = (
        "# 一\n\n```\n# code\n```\n\n结论\n===\n\n<script>x</script> <https://a.cn>\n\n- a\n---\n\n```\nopen"
    )
    page = load("md").render(report(Section("a", "A", markdown=body), Section("b", "B", text=("end",))))
    tags = rendered(page).tags
    assert [tag for tag in tags if re.match(r"h.|script", tag)] == ["h1", "h2", "h3", "h3", "hr", "h2"]
    assert "\n# code\n" in page
    assert "&lt;script>" in page
    assert "<https://a.cn>" in page


def test_sections_are_numbered_as_in_a_paper(chinese):
    page = load("md").render(report(*(Section("s", f"第{n}节") for n in range(1, 22))))
    assert "## 一、第1节" in page
    assert "## 十二、第12节" in page
    assert "## 二十、第20节" in page
    assert "## 二十一、第21节" in page


# JSON


def test_json_is_the_contract():
    value = json.loads(
        load("json").render(sample(flaws=1, figures={"items": 2, "aid_money": Decimal("1400.00")}))
    )
    assert list(value) == [
        *("schema", "report", "title", "period", "filters", "entries", "flaws", "figures", "sections"),
    ]
    assert value["schema"] == 1
    assert value["report"] == "problems"
    assert value["period"] == {
        "name": "2011-05",
        "first": "2011-05-01",
        "last": "2011-05-31",
        "grain": "month",
    }
    assert value["figures"] == {"items": 2, "aid_money": "1400"}
    section = value["sections"][0]
    assert list(section) == ["name", "title", "columns", "rows"]
    assert section["columns"][0] == {"key": "ref", "title": "编号"}
    assert section["rows"][1] == {
        "ref": "k2w8.1",
        "about": "care",
        "text": "Nobody at home",
        "who": None,
        "n": "-0.5",
        "late": None,
    }
    assert value["sections"][4]["markdown"] == "# 走访\n\n**要点：**后文\n"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("1400.00", "1400"),
        ("1E+3", "1000"),
        ("0.50", "0.5"),
        ("-0.0", "0"),
        ("100", "100"),
        ("1E-7", "0.0000001"),
    ],
)
def test_decimals_are_plain(number, text):
    assert decimal_text(Decimal(number)) == text


# CSV


def read_csv(page):
    return list(csv.reader(io.StringIO(page.removeprefix(BOM), newline="")))


def test_one_table_is_a_clean_csv(chinese):
    page = load("csv").render(report(TABLE))
    assert page.startswith(BOM + "编号,对象,内容,领取人\r\nq7m3.1,王小晴,")
    assert len(read_csv(page)) == 4


def test_several_tables_bear_their_titles():
    other = Section("s", "=其他", (Column("n", "+N"),), ({"n": -5},))
    lines = read_csv(load("csv").render(report(TABLE, other, Section("t", "T", text=("x",)))))
    assert lines[0] == ["问题"]
    assert lines[5:] == [[], ["'=其他"], ["'+N"], ["-5"]]


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "＝", "＋", "－", "＠", " =", "\t=", "\n=", "　=", "\xa0="]
)
def test_no_cell_is_a_formula(start):
    column = (Column("a", "A"), Column("b", "B"))
    rows = ({"a": f"{start}1+1", "b": [f"{start}1", "x"]},)
    row = read_csv(load("csv").render(report(Section("s", "S", column, rows))))[1]
    assert all(value.startswith("'") for value in row)


def test_a_change_is_a_number_without_its_plus():
    columns = (Column("change", "增减", "right"),)
    rows = ({"change": "+4"}, {"change": "-3"}, {"change": "+4人"})
    assert read_csv(load("csv").render(report(Section("s", "S", columns, rows))))[1:] == [
        ["4"],
        ["-3"],
        ["'+4人"],
    ]


@pytest.mark.parametrize("start", ["\t", "\r", "\ufeff=", "\x00="])
def test_no_cell_begins_with_what_a_spreadsheet_skips(start):
    rows = ({"a": f"{start}1+1"},)
    value = read_csv(load("csv").render(report(Section("s", "S", (Column("a", "A"),), rows))))[1][0]
    assert value[0] in "\\ "
    assert value.lstrip()[0] not in "=+-@"


def test_numbers_stay_numbers_and_codes_stay_whole():
    columns = (Column("a", "A"), Column("b", "B"), Column("c", "C"))
    rows = ({"a": -5, "b": Decimal("-1400.50"), "c": "511321199001011234"},)
    row = read_csv(load("csv").render(report(Section("s", "S", columns, rows))))[1]
    assert row == ["-5", "-1400.5", "511321199001011234"]


def test_nothing_is_cut():
    text = "长" * 40_000
    page = load("csv").render(report(Section("s", "S", (Column("a", "A"),), ({"a": text},))))
    assert text in page


# HTML


def test_a_page_runs_nothing_and_fetches_nothing():
    text = load("html").render(sample("<img src=http://x onerror=alert(1)>"))
    page = Page(text)
    assert not {"script", "img", "iframe", "link", "object", "base"} & set(page.tags)
    assert page.links == []
    assert "default-src 'none'" in text
    assert "url(" not in text
    assert text.count("<svg") == 2
    assert not re.search(r"pygal \d|Kozea|<!--", text)


def test_words_never_change_the_shape_of_html():
    shape = Page(load("html").render(a_page("x"))).tags
    for word in WORDS:
        assert Page(load("html").render(a_page(word))).tags == shape


def test_the_page_names_its_language():
    lang = {"zh": '<html lang="zh-CN">', "en": '<html lang="en">'}[minqing.language.language()]
    assert lang in load("html").render(sample())


@pytest.mark.parametrize("missing", ["jinja2", "pygal", "comrak"])
def test_without_the_extra_one_line_says_what_to_install(monkeypatch, missing):
    for name in [name for name in sys.modules if name.split(".")[0] == missing]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(MinqingError, match=r"^html needs the office extra: pip install 'minqing\[office\]'$"):
        load("html").render(sample())


def test_markdown_is_read_as_chinese_writes_it():
    assert markdown_to_html("**要点：**后文") == "<p><strong>要点：</strong>后文</p>\n"
    assert "<table>" in markdown_to_html("|a|b|\n|-|-|\n|c|d|")


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        "&#106;avascript:x",
        "data:text/html,x",
        "vbscript:x",
        "file:///x",
        "ftp://x",
        "//x.cn",
        "files/a.pdf",
        "?x",
        "<java\tscript:x>",
    ],
)
def test_links_go_to_the_web_or_a_mailbox_only(link):
    page = markdown_to_html(f'[字]({link} "t>t") ![图]({link})\n\n[好](https://a.cn "x") <a@b.cn>')
    assert Page(page).links == ["https://a.cn", "mailto:a@b.cn"]
    assert "字" in page
    assert "图" in page


def test_tags_in_a_body_are_words():
    page = markdown_to_html("x <b onclick=y>z</b>\n\n<script>alert(1)</script>\n\n<!-- a -->")
    assert set(Page(page).tags) == {"p", "/p"}
    assert "<b onclick=y>" in markup.unescape(page)


def test_pictures_from_the_web_are_left_out():
    assert "<img" not in markdown_to_html("![图](https://x.cn/a.png)")
    assert "<img" in markdown_to_html("![图](data:image/png;base64,AAAA)")


# safe


def test_show_spells_out_what_acts():
    for code in ACTING:
        for newline in (False, True):
            shown = show(f"王{chr(code)}庙", newline)
            assert (chr(code) not in shown) or (newline and code == 0x0A)
            assert show(shown, newline) == shown
        assert show(f"王{chr(code)}庙") in (
            f"王\\x{code:02x}庙",
            f"王\\u{code:04x}庙",
            f"王\\U{code:08x}庙",
            "王 庙",
        )


def test_show_leaves_words_alone():
    for text in ("王庙村　二组，“引号”——𠮷 é\u0301 😀", "a\\b", ""):
        assert show(text) == text
    assert show("a\r\nb\tc") == "a b c"
    assert show("a\r\nb\tc", newline=True) == "a\nb c"
