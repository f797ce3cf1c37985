"""Excel: ledgers that print on A4 as they are, numbers as numbers, everything else as the text it is.

A ledger has a sheet for each table, with title, period and head repeated on every page; a letter is one sheet,
read from top to bottom; cards have sheets of their own. No cell is ever a formula.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, NamedTuple

from minqing.exact import decimal_text
from minqing.formats import about, cell, fields, headings, is_empty, lengths, library, none, signed, warning
from minqing.formats._sheet import LINE, UNIT, Book, Cell, Number, Sheet, fitted, grid, pixels, stretched
from minqing.language import _
from minqing.report import Chart, Column, Report, Row, Section
from minqing.safe import cells, show

SUFFIXES = (".xlsx",)

ROOMS = {"ledger": 140, "letter": 96}  # digits between the margins of A4, lying and upright
MARGIN = 0.5  # inches
FOLDED, LONGEST = 16, 24  # no column of words is narrower than its words or than this
TITLE = 12  # a column's title may be broken over lines below this width
BY_HAND, SIGNED = 14, 28  # width and height of what is filled in with a pen
DIGITS = 15  # a spreadsheet's numbers hold no more
FROZEN = 220  # points: a head higher than this would leave no room on a screen for what it is the head of
CARDS = (10, 36, 4, 10, 36)  # label and value of two cards, with the gap where they are cut
CARD, PAGE = 142, 780  # points: a card, and an upright A4 page between narrow margins
CHART = 640  # pixels

_NUMBER = re.compile(r"[+-]?(?:0|[1-9]\d*)(?:\.\d+)?", re.ASCII)  # 007 is a code


class Part(NamedTuple):
    """A section with the heading it has in the paper."""

    section: Section
    heading: str


def render(report: Report) -> bytes:
    """The report as a workbook; the same report gives the same bytes."""
    out = BytesIO()
    # in memory: its temporary files would lie about with people's names in them
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = library("xlsxwriter", "xlsx").Workbook(out, options)
    made = datetime.fromisoformat(report.made) if report.made else datetime(2000, 1, 1)
    workbook.set_properties({"created": made.replace(tzinfo=UTC)})
    book = Book(workbook)
    for n, parts in enumerate(_sheets(report)):
        if parts and parts[0].section.look == "cards":
            _cards(book, report, parts[0].section)
        else:
            _paper(book, report, parts, n == 0)
    workbook.close()
    return out.getvalue()


def _sheets(report: Report) -> list[list[Part]]:
    """What stands together on a sheet: of a ledger a table and what follows it, of a letter everything."""
    sheets: list[list[Part]] = []
    for section, heading in zip(report.sections, headings(report), strict=True):
        part = Part(section, heading if report.paper == "letter" else show(section.title))
        before = [part.section for part in sheets[-1]] if sheets else []
        begins = report.paper == "ledger" and bool(section.columns) and any(other.columns for other in before)
        cards = section.look == "cards" or any(other.look == "cards" for other in before)
        if not sheets or begins or cards:
            sheets.append([part])
        else:
            sheets[-1].append(part)
    return sheets or [[]]


# ---------------------------------------------------------------- a page of a ledger or a letter


def _paper(book: Book, report: Report, parts: Sequence[Part], first: bool) -> None:
    widths = {id(part.section): _widths(part.section, ROOMS[report.paper]) for part in parts}
    tables = [table for found in widths.values() for table in found]
    room = max([ROOMS[report.paper], *map(sum, tables)])
    name = parts[0].section.title if parts and report.paper == "ledger" else report.title
    sheet = book.sheet(show(name) or show(report.title), grid([[room], *(stretched(t, room) for t in tables)]))
    _page(sheet.page, report.paper)
    title = report.title if first or not name else f"{report.title} · {name}"
    _head(sheet, report, title, first)
    for n, part in enumerate(parts):
        opens = n == 0 and report.paper == "ledger"
        if opens and part.section.columns and part.section.look == "table":
            _ledger(sheet, part.section, room)
            continue
        sheet.gap()
        if part.heading and part.heading != title:
            sheet.line(part.heading, "heading")
        _texts(sheet, part.section)
        _content(sheet, part.section, room)
    if not parts or first or parts[0].section.columns:
        _sign(sheet, report, room)


def _page(page: Any, paper: str) -> None:
    page.set_paper(9)  # A4
    if paper == "ledger":
        page.set_landscape()
    page.fit_to_pages(1, 0)
    page.set_margins(MARGIN, MARGIN, MARGIN, MARGIN + 0.2)
    page.center_horizontally()
    page.set_footer("&C" + _("Page {page} of {pages}").format(page="&P", pages="&N"), {"margin": 0.3})
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # codes are text on purpose


def _head(sheet: Sheet, report: Report, title: str, first: bool) -> None:
    if report.flaws and first:
        sheet.line(warning(report), "warning")
    if report.title:
        sheet.line(show(title), "title")
        sheet.line(about(report))


def _ledger(sheet: Sheet, section: Section, room: int) -> None:
    """The table a sheet is made for: its head stays in sight and stands on every page."""
    frozen = _table(sheet, section, room)
    if frozen:
        sheet.page.freeze_panes(frozen, 0)
        sheet.page.repeat_rows(0, frozen - 1)
    _texts(sheet, section)
    if section.chart:
        _chart(sheet, section, section.chart, room)


def _content(sheet: Sheet, section: Section, room: int) -> None:
    if section.columns and section.look == "table":
        _table(sheet, section, room)
    elif section.rows:
        _form(sheet, section, room)
    elif is_empty(section):
        sheet.line(none())
    if section.chart:
        _chart(sheet, section, section.chart, room)


def _texts(sheet: Sheet, section: Section) -> None:
    for text in section.text:
        sheet.line(show(text, newline=True))
    for block in re.split(r"\n{2,}", section.markdown.strip("\n")):
        if block:
            sheet.line(show(block, newline=True))


def _sign(sheet: Sheet, report: Report, room: int) -> None:
    lines = [show(line, newline=True) for line in signed(report)]
    if report.paper == "ledger" and 0 < len(lines) <= min(4, len(sheet.widths)):
        last = len(sheet.widths) - 1
        starts = [min(range(last + 1), key=lambda at: abs(sheet.edges[at] - room * n // len(lines))) for n in range(len(lines))]
        if len(set(starts)) == len(starts):
            ends = [*(start - 1 for start in starts[1:]), last]
            row = [Cell(*each) for each in zip(lines, ["text"] * len(lines), starts, ends, strict=True)]
            sheet.write(row, SIGNED)
            return
    for line in lines:
        sheet.line(line, "text" if report.paper == "ledger" else "sign", SIGNED)


# ---------------------------------------------------------------- tables


def _widths(section: Section, room: int) -> list[list[int]]:
    """The widths of the tables that a section puts on a page: its own, and that of its chart."""
    found = []
    if section.look == "form":
        label = min(LONGEST, max((cells(show(column.title)) for column in section.columns), default=8)) + 4
        found.append([label, room - label])
    elif section.columns:
        found.append(_table_widths(section.columns, section.rows, room))
    if section.chart and section.chart.labels and _drawn_from(section, section.chart) is None:
        label = max(12, min(30, *(cells(show(label)) + 2 for label in section.chart.labels)))
        found.append([label, 22, room - label - 22])
    return found


def _table_widths(columns: Sequence[Column], rows: Sequence[Row], room: int) -> list[int]:
    needs, least = [], []
    for column in columns:
        values = [row.get(column.key) for row in rows]
        texts = {cell(column, value) for value in values}
        words = max(map(cells, texts), default=0)
        title = cells(show(column.title))
        hand = BY_HAND if rows and words == 0 else 0
        needs.append(max(words, title, hand) + 2)
        whole = words if any(number(column, value) for value in values) else 0  # ### is shown where one has no room
        folds = min(words, FOLDED if column.fold else LONGEST)
        least.append(max(whole, folds, min(title, TITLE), hand) + 2)
    return fitted(needs, least, room)


def _table(sheet: Sheet, section: Section, room: int) -> int:
    """A table with its head. How many rows of the sheet end with the head; 0 if too high to be frozen."""
    places = sheet.over(stretched(_table_widths(section.columns, section.rows, ROOMS_OF(sheet)), room))
    raise NotImplementedError
