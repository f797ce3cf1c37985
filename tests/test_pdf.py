"""PDF: pages as an office prints them, words that stay words, the same bytes for the same report."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from minqing.errors import MinqingError
from minqing.formats import pdf
from minqing.report import Chart, Column, Report, Section, Span

MONTH = Span("2011-05", "2011-05-01", "2011-05-31", "month")
ITEMS = Section(
    "problems",
    "问题",
    (Column("ref", "编号"), Column("text", "内容", fold=True), Column("n", "件数", "right")),
    ({"ref": "q7m3.1", "text": "水渠从上游改道", "n": 12}, {"ref": "k2w8.10", "text": "路灯不亮", "n": 3}),
)


def report(*sections, **said):
    return Report(
        "problems", "王庙村问题台账", MONTH, sections, **{"entries": 9, "made": "2011-06-02", **said}
    )


def pages(value, tmp_path):
    """The words of each page, read by another program than wrote them, without any space."""
    if not shutil.which("pdftotext"):
        pytest.skip("poppler-utils (pdftotext) is not installed: the words of a PDF were NOT checked")
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf.render(value))
    text = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    return [re.sub(r"[\s\u200b]", "", page) for page in text.split("\f")[:-1]]


def paper(value, tmp_path):
    """Width and height of each page in millimetres."""
    if not shutil.which("pdfinfo"):
        pytest.skip("poppler-utils (pdfinfo) is not installed: the paper of a PDF was NOT checked")
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf.render(value))
    said = subprocess.run(
        ["pdfinfo", "-l", "99", str(path)], capture_output=True, text=True, check=True
    ).stdout
    sizes = re.findall(r"size:\s+([\d.]+) x ([\d.]+) pts", said)
    return [tuple(round(float(side) / 72 * 25.4) for side in size) for size in sizes]


def test_a_ledger_lies_on_its_side_and_says_what_it_holds(tmp_path):
    value = report(ITEMS, unit="件", flaws=2)
    assert paper(value, tmp_path) == [(297, 210)]
    (page,) = pages(value, tmp_path)
    for words in ("王庙村问题台账", "2011-05-31", "q7m3.1", "水渠从上游改道", "k2w8.10", "12", "9entries"):
        assert words in page
    assert page.startswith("2filescouldnotbereadwhole")


def test_the_head_of_a_ledger_is_on_every_page_and_the_pages_are_counted(tmp_path):
    rows = tuple({"ref": f"q7m3.{n}", "text": "水渠从上游改道", "n": n} for n in range(1, 101))
    found = pages(report(ITEMS._replace(rows=rows)), tmp_path)
    assert len(found) > 2
    assert all("编号内容件数" in page for page in found)
    assert [page[-len(f"Page{n}of{len(found)}") :] for n, page in enumerate(found, 1)] == [
        f"Page{n}of{len(found)}" for n in range(1, len(found) + 1)
    ]
    assert [n for n in range(1, 101) if f"q7m3.{n}" not in "".join(found)] == []


def test_a_ledger_ends_in_who_signs_it_or_in_its_own_foot(tmp_path):
    assert "Filledinby:Checkedby:Incharge:" in pages(report(ITEMS), tmp_path)[0].replace("：", ":")
    own = pages(report(ITEMS, foot=("经办人：", "监督人：")), tmp_path)[0]
    assert "经办人：监督人：" in own
    assert "Filledin" not in own


def test_what_is_signed_by_hand_has_room_for_a_pen(tmp_path):
    rows = tuple({"n": n, "name": f"户{n}"} for n in range(1, 41))
    columns = (Column("n", "序号", "right"), Column("name", "姓名"))
    to_sign = Section("r", "签收", (*columns, Column("sign", "签字")), rows)
    known = Section(
        "r", "签收", (*columns, Column("sign", "签字")), tuple(row | {"sign": None} for row in rows)
    )
    assert len(paper(report(to_sign), tmp_path)) > len(paper(report(known), tmp_path))


def test_a_letter_stands_upright_with_its_date_below_and_dashes_about_its_page_number(tmp_path):
    prose = tuple(f"本月走访 {n} 户，收集事项 {n} 件。" for n in range(40))
    value = report(Section("a", "总体情况", text=prose), paper="letter", foot=("驻村工作队", "2011年6月2日"))
    sizes = paper(value, tmp_path)
    assert set(sizes) == {(210, 297)}
    found = pages(value, tmp_path)
    assert found[0].endswith("—1—") and found[-1].endswith(f"驻村工作队2011年6月2日—{len(sizes)}—")


def test_a_page_of_a_letter_holds_about_22_lines_of_28_letters(tmp_path):
    value = report(Section("a", "", text=("村" * 28 * 60,)), paper="letter")
    assert 21 * 27 <= pages(value, tmp_path)[1].count("村") <= 23 * 28


def test_a_form_shows_every_title_though_nothing_is_filled_in(tmp_path):
    columns = (Column("a", "名称"), Column("b", "决议"), Column("c", "主持人（签字）"))
    section = Section("m", "会议", columns, ({"a": "村民代表会议", "b": "修路。\n清淤。"},), look="form")
    (page,) = pages(report(section, paper="letter"), tmp_path)
    for words in ("名称村民代表会议", "修路。", "清淤。", "主持人（签字）"):
        assert words in page


def test_ten_cards_fill_a_page_and_stand_on_no_other(tmp_path):
    columns = (Column("name", "姓名"), Column("word", "服务承诺", fold=True))
    rows = tuple({"name": f"干部{n:02}号", "word": "随叫随到"} for n in range(12))
    value = report(Section("cards", "连心卡", columns, rows, look="cards"))
    assert paper(value, tmp_path) == [(210, 297), (210, 297)]
    assert [page.count("随叫随到") for page in pages(value, tmp_path)] == [10, 2]


def test_a_card_with_many_words_is_set_smaller_and_cut_nowhere(tmp_path):
    row = {"word": "随叫随到，" * 60 + "说到做到"}
    value = report(Section("cards", "", (Column("word", "承诺"),), (row,) * 10, look="cards"))
    (page,) = pages(value, tmp_path)
    assert page.count("说到做到") == 10


def test_charts_say_their_numbers(tmp_path):
    value = report(
        Section("a", "", chart=Chart("类别", ("水利饮水", "道路"), (12, 3), "件")),
        Section("b", "", chart=Chart("走势", ("4月", "5月", "6月"), (3, 5.5, 4), "户", "line")),
        Section("c", "", chart=Chart("日历", ("2016-03-01", "2016-05-28"), (1, 2), "次", "calendar")),
        Section("d", "", chart=Chart("一点", ("4月",), (3,), "户", "line")),
        Section("e", "", chart=Chart("大", ("a", "b"), (1e308, float("-inf")), "元")),
        Section("f", "", chart=Chart("", (), ())),
    )
    page = "".join(pages(value, tmp_path))
    for words in ("水利饮水12件", "道路3件", "5.5户", "走势(户)", "2016", "Apr", "Mo"):
        assert words in page


def test_an_entry_s_own_markdown_is_set_and_not_shown_as_signs(tmp_path):
    text = "# 走访\n\n**要点：**后文\n第二行\n\n1. 一\n2. 二\n\n- 甲\n  - 乙\n\n| a | b |\n|---|---|\n| 表 | 格 |\n\n> 引\n\n`码` ~~删~~ [网](http://x.cn)\n"
    (page,) = pages(report(Section("body", "日记", markdown=text), paper="letter"), tmp_path)
    for words in ("走访", "要点：后文第二行", "1.一", "2.二", "甲", "乙", "表", "格", "引", "码", "删", "网"):
        assert words in page
    assert not [sign for sign in ("**", "|", "`", "~~", "](") if sign in page]


def test_markdown_nested_beyond_measure_is_still_set(tmp_path):
    deep = ">" * 3000 + " 深处\n\n" + "".join("  " * n + "- 层\n" for n in range(300))
    assert "深处" in "".join(pages(report(Section("b", "", markdown=deep)), tmp_path))


@pytest.mark.parametrize("where", ["table", "form", "cards", "text"])
@pytest.mark.parametrize(
    "word",
    [
        "#sys.inputs",
        "$x^2$ *b* _i_ `c`",
        "= h",
        '#read("/etc/hostname")',
        "\\u{4e2d}<a>@b",
        '"]) #panic()',
        "//x/*y*/",
        "--- ~ '\"-?",
    ],
)
def test_words_of_markup_are_only_words(word, where, tmp_path):
    columns = (Column("w", word, fold=True),)
    section = (
        Section("s", word, columns, ({"w": word},), look=where)
        if where != "text"
        else Section("s", word, text=(word, word))
    )
    page = "".join(pages(report(section)._replace(title=word, foot=(word,)), tmp_path))
    assert re.sub(r"\s", "", word) in page


def test_a_word_longer_than_its_column_loses_nothing(tmp_path):
    word = "".join(f"x{n}" for n in range(150))
    columns = (
        Column("a", "甲"),
        Column("w", "乙", fold=True),
        *(Column(f"c{n}", f"列{n}") for n in range(12)),
    )
    row = {"a": "一", "w": word} | {f"c{n}": "值" * 6 for n in range(12)}
    found = pages(report(Section("s", "S", columns, (row,))), tmp_path)
    assert word[:6] in found[0] and "x149" in found[-1]


def test_the_same_report_gives_the_same_bytes():
    value = report(ITEMS, Section("t", "走势", chart=Chart("走势", ("4月", "5月"), (3, 5), "户", "line")))
    assert pdf.render(value) == pdf.render(value)
    assert pdf.render(value) != pdf.render(value._replace(made="2011-06-03"))


def test_without_a_chinese_font_the_package_to_install_is_named(monkeypatch):
    monkeypatch.setattr(pdf, "FONTS", dict.fromkeys(pdf.FONTS, ()))
    with pytest.raises(MinqingError, match="fonts-noto-cjk"):
        pdf.render(report(ITEMS))
    plain = Report("x", "Ledger", MONTH, (Section("s", "S", (Column("a", "A"),), ({"a": "x"},)),))
    assert pdf.render(plain).startswith(b"%PDF")


def test_fonts_are_found_whatever_the_case_of_their_names_best_first():
    chosen = pdf.chosen_fonts(["Arial", "noto serif cjk sc", "SIMSUN", "Times New Roman"])
    assert chosen["body"] == ["SIMSUN", "noto serif cjk sc"]
    assert chosen["latin"] == ["Times New Roman"]


def test_without_typst_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MinqingError, match=r"minqing\[pdf\]"):
        pdf.render(report(ITEMS))


def test_an_ending_names_the_format_without_loading_typst():
    code = "import sys, minqing.formats as f; print(f.format_of('a.PDF'), 'typst' in sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out == "pdf False\n"


def test_a_report_is_written_as_pdf(diary, write, minqing):
    write("aaaa1111", "date: 2011-05-30\nitems:\n  1: {type: need, text: 水渠漏水}")
    assert minqing("report", "problems", "2011-05", "-o", "a.pdf").code == 0
    assert Path("a.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("n", range(58, 68, 2))
def test_a_letter_that_ends_in_a_table_has_rows_of_it_above_its_signature(n, tmp_path):
    rows = tuple({"ref": f"q7m3.{n}", "text": "水渠从上游改道", "n": n} for n in range(1, n + 1))
    value = report(ITEMS._replace(rows=rows), paper="letter", foot=("驻村工作队", "2011年6月2日"))
    found = pages(value, tmp_path)
    assert "驻村工作队2011年6月2日" in found[-1]
    assert f"q7m3.{n}" in found[-1]
    assert all("编号内容件数" in page for page in found)
    assert [m for m in range(1, n + 1) if f"q7m3.{m}" not in "".join(found)] == []


def test_a_letter_whose_last_row_fills_pages_loses_none_of_it(tmp_path):
    rows = ({"ref": "q7m3.1", "text": "水渠从上游改道" * 500, "n": 1},)
    found = pages(report(ITEMS._replace(rows=rows), paper="letter", foot=("驻村工作队",)), tmp_path)
    assert len(found) > 2 and "驻村工作队" in found[-1]
    assert "".join(found).count("水渠") >= 480  # a few are broken by the end of a page
