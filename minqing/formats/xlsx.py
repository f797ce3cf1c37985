"""Excel: ledgers that print on A4 as they are, numbers as numbers, everything else as the text it is.

A ledger has a sheet for each table, with title, period and head repeated on every page; a letter is one sheet,
read from top to bottom; cards have sheets of their own. No cell is ever a formula.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from itertools import accumulate, zip_longest
from typing import Any

from minqing.formats import (
    _plots,
    about,
    by_hand,
    fields,
    headings,
    is_empty,
    library,
    none,
    signed,
    warning,
)
from minqing.formats._sheet import LINE, Book, Cell, Sheet, grid
from minqing.formats._table import Part, Rows, laid_out
from minqing.language import _
from minqing.report import Chart, Column, Report, Section
from minqing.safe import show

SUFFIXES = (".xlsx",)

ROOMS = {"ledger": 140, "letter": 96}  # digits between the margins of A4, lying and upright
MARGIN = 0.5  # inches
SIGNED = 30  # the height of what is filled in with a pen
FEW = 4  # tables that have a sheet each
FROZEN = 220  # points: a head higher than this would leave no room on a screen for what it is the head of
CARDS = (10, 36, 4, 10, 36)  # label and value of two cards, with the gap where they are cut
TEN, CARD = 10, 142  # cards on an A4 page, and the height of one in points

_HEADING = re.compile(r" {0,3}#{1,6}\s+(\S.*)")
_FENCE = re.compile(r"^ *(?:```|~~~)", re.MULTILINE)  # in one, # begins a comment


def render(report: Report) -> bytes:
    """The report as a workbook; the same report gives the same bytes."""
    out = BytesIO()
    # in memory: its temporary files would lie about with people's names in them
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = library("xlsxwriter", "xlsx").Workbook(out, options)
    made = datetime.fromisoformat(report.made) if report.made else datetime(2000, 1, 1)
    workbook.set_properties({"created": made.replace(tzinfo=UTC)})
    book = Book(workbook)
    sheets, charts = _sheets(report)
    for n, parts in enumerate(sheets):
        if parts and parts[0].section.look == "cards":
            _cards(book, report, parts[0], n == 0)
        else:
            tables = sum(bool(part.section.columns) for part in parts)
            _paper(book, report, parts, n == 0, report.paper == "ledger" and tables < 2)
    _pictures(book, report, charts, not sheets)
    workbook.close()
    return out.getvalue()


def _sheets(report: Report) -> tuple[list[list[Part]], list[Chart]]:
    """What stands together on a sheet: of a ledger a table and what follows it, of a letter everything.

    A ledger of more than a FEW tables is a file on one household or matter, and is read like a letter. Charts that
    a ledger's tables have no place for come last.
    """
    apart = report.paper == "ledger" and sum(bool(section.columns) for section in report.sections) <= FEW
    sheets: list[list[Part]] = []
    charts: list[Chart] = []
    for section, heading in zip(report.sections, headings(report), strict=True):
        part = laid_out(section, show(section.title) if apart else heading)
        if apart and section.chart and _plots.stands_apart(part):
            charts.append(section.chart)
            part = part._replace(section=section._replace(chart=None))
            if not section.columns and is_empty(part.section):
                continue
        before = [other.section for other in sheets[-1]] if sheets else []
        begins = apart and bool(section.columns) and any(other.columns for other in before)
        cards = section.look == "cards" or any(other.look == "cards" for other in before)
        if not sheets or begins or cards:
            sheets.append([part])
        else:
            sheets[-1].append(part)
    return sheets or [[]] * (not charts), charts


# ---------------------------------------------------------------- a page of a ledger or a letter


def _paper(book: Book, report: Report, parts: Sequence[Part], first: bool, ledger: bool) -> None:
    """A sheet with its head and foot; that of a ledger is named after its one table, and opens with it."""
    room = max([ROOMS[report.paper], *(sum(part.least) for part in parts)])
    tables = [[room], *(part.widths(room) for part in parts)]
    edges = sorted({edge for widths in tables for edge in accumulate(widths)})
    tables += [_plots.data_widths(part, edges) for part in parts]
    if not ledger:
        people = len(signed(report)) or 1  # who sign side by side, whatever the tables' columns
        tables.append([room * (n + 1) // people - room * n // people for n in range(people)])
    of = parts[0].section.title if ledger and parts else ""
    sheet = _begin(book, report, "" if of == report.title else of, grid(tables), first)
    sheet.page.fit_to_pages(1, 0)
    for n, part in enumerate(parts):
        if n == 0 and ledger and part.needs and part.section.look == "table":
            _ledger(sheet, part, room)
        else:
            _flow(sheet, part, room, report.title, n == len(parts) - 1)
    _sign(sheet, report, room)


def _begin(book: Book, report: Report, of: str, widths: Sequence[int], first: bool) -> Sheet:
    """A sheet under the report's title and, where it has several, what `of` it stands there."""
    sheet = book.sheet(show(of or report.title), widths)
    _page(sheet.page, report.paper)
    if report.flaws and first:
        sheet.line(warning(report), "warning")
    if report.title:
        sheet.line(show(f"{report.title} · {of}" if of else report.title), "title")
        sheet.line(about(report))
    return sheet


def _page(page: Any, paper: str) -> None:
    page.set_paper(9)  # A4
    if paper == "ledger":
        page.set_landscape()
    page.set_margins(MARGIN, MARGIN, MARGIN, MARGIN + 0.2)
    page.center_horizontally()
    page.set_footer("&C" + _("Page {page} of {pages}").format(page="&P", pages="&N"), {"margin": 0.3})
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # codes are text on purpose


def _ledger(sheet: Sheet, part: Part, room: int) -> None:
    """The table a sheet is made for: its head stays in sight and stands on every page, its sentences below it."""
    places = sheet.over(part.widths(room))
    _titles(sheet, part.section.columns, places)
    if sheet.height <= FROZEN:
        sheet.page.freeze_panes(sheet.row, 0)
        sheet.page.repeat_rows(0, sheet.row - 1)
    rows = _rows(sheet, part, places)
    _texts(sheet, part.section)
    _plots.below(sheet, part, rows)


def _flow(sheet: Sheet, part: Part, room: int, title: str, last: bool) -> None:
    """A section below what stands already; the head of a table that ends a sheet stands on every page of it."""
    section = part.section
    sheet.gap()
    if part.heading and section.title != title:
        sheet.line(part.heading, "heading")
    _texts(sheet, section)
    rows = None
    if section.look == "form" and section.rows:
        _form(sheet, part, room)
    elif part.needs and section.look == "table":
        places = sheet.over(part.widths(room))
        _titles(sheet, section.columns, places)
        if last:
            sheet.page.repeat_rows(sheet.row - 1)
        rows = _rows(sheet, part, places)
    elif is_empty(section):
        sheet.line(none())
    _plots.below(sheet, part, rows)


def _texts(sheet: Sheet, section: Section) -> None:
    for text in section.text:
        sheet.line(show(text, newline=True))
    for block in re.split(r"\n{2,}", section.markdown.strip("\n")):
        heading = None if _FENCE.search(section.markdown) else _HEADING.fullmatch(block)
        if heading:
            sheet.line(show(heading[1]), "bold")
        elif block:
            sheet.line(show(block, newline=True))


def _sign(sheet: Sheet, report: Report, room: int) -> None:
    """Who signs: side by side with room for a pen; of a letter who wrote it and when, at the right."""
    lines = [show(line, newline=True) for line in signed(report)]
    starts = [sheet.nearest(room * n // len(lines)) for n in range(len(lines))]
    beside = report.paper == "ledger" or all(line.endswith(("_", "：", ":")) for line in lines)
    if beside and lines and len(set(starts)) == len(starts):
        ends = [*(start - 1 for start in starts[1:]), len(sheet.widths) - 1]
        places = [sheet.place(*at, "text") for at in zip(starts, ends, strict=True)]
        sheet.write(list(map(Cell, lines, places)), SIGNED)
        return
    for line in lines:
        sheet.line(line, "text" if beside else "sign", SIGNED)


# ---------------------------------------------------------------- tables and forms


def _titles(sheet: Sheet, columns: Sequence[Column], places: Sequence[tuple[int, int]]) -> None:
    sheet.write(
        [
            Cell(show(column.title), sheet.place(*at, "head"))
            for column, at in zip(columns, places, strict=True)
        ]
    )


def _rows(sheet: Sheet, part: Part, places: Sequence[tuple[int, int]]) -> Rows:
    section, first = part.section, sheet.row
    least = SIGNED if any(by_hand(column, section.rows) for column in section.columns) else 0
    usual, late = (
        [sheet.place(*at, _look(column, late)) for column, at in zip(section.columns, places, strict=True)]
        for late in (False, True)
    )
    for row, texts, numbers in zip(section.rows, part.texts, part.numbers, strict=True):
        of = late if row.get("overdue") is True else usual
        sheet.write(list(map(Cell, texts, of, numbers)), least)
    if not section.rows:
        sheet.line(none(), "cell")
    return Rows(first, sheet.row - 1, places)


def _look(column: Column, late: bool) -> str:
    if late and column.key in ("due", "overdue"):
        return "late"
    return "right" if column.align == "right" else "cell"


def _form(sheet: Sheet, part: Part, room: int) -> None:
    """Each row as a block of titles and values; an empty value leaves room for a pen."""
    of_title, of_value = sheet.over(part.widths(room))
    label, value = sheet.place(*of_title, "label"), sheet.place(*of_value, "cell")
    whole = sheet.place(0, len(sheet.widths) - 1, "cell")
    for n, block in enumerate(fields(part.section)):
        if n:
            sheet.gap()
        for title, text in block:
            row = [Cell(title, label), Cell(text, value)] if title else [Cell(text, whole)]
            sheet.write(row, 0 if text else SIGNED)


# ---------------------------------------------------------------- cards


def _cards(book: Book, report: Report, part: Part, first: bool) -> None:
    """Two by five cards to cut out, an upright page and so a sheet for each ten: fitted to it, whatever the fonts."""
    section = part.section
    title, blocks = show(section.title or report.title), fields(section)
    for start in range(0, max(1, len(blocks)), TEN):
        sheet = book.sheet(title, CARDS)
        page = sheet.page
        page.set_paper(9)
        page.fit_to_pages(1, 1)
        page.set_margins(MARGIN, MARGIN, MARGIN, MARGIN)
        page.center_horizontally()
        if first and not start:
            for line in (warning(report), show(report.notice)):
                if line:
                    sheet.line(line, "warning")
        if not start:
            _texts(sheet, section)
        if not blocks:
            sheet.line(none())
        ten = blocks[start : start + TEN]
        for left, right in zip_longest(ten[::2], ten[1::2]):
            _beside(sheet, title, left, right)


Block = Sequence[tuple[str, str]]


def _beside(sheet: Sheet, title: str, left: Block, right: Block | None) -> None:
    card = _card(sheet, title, left, 0)
    if right is not None:
        card = [a + b for a, b in zip(card, _card(sheet, title, right, 3), strict=True)]
    heights = [sheet.needs(row) for row in card]
    spare = max(0, CARD - sum(heights)) / len(card)
    for row, height in zip(card, heights, strict=True):
        sheet.write(row, height + spare)
    sheet.gap(LINE / 2)


def _card(sheet: Sheet, title: str, block: Block, at: int) -> list[list[Cell]]:
    label, value = sheet.place(at, at, "label"), sheet.place(at + 1, at + 1, "cell")
    rows = [[Cell(name, label), Cell(text, value)] for name, text in block]
    return [[Cell(title, sheet.place(at, at + 1, "head"))], *rows]


# ---------------------------------------------------------------- charts


def _pictures(book: Book, report: Report, charts: Sequence[Chart], first: bool) -> None:
    """A ledger's charts on a sheet of their own, and each calendar on one."""
    room = sum(_plots.BLOCKS)
    blocks = [chart for chart in charts if chart.kind != "calendar"]
    if blocks:
        sheet = _begin(book, report, _("Charts"), _plots.BLOCKS, first)
        _plots.blocks(sheet, blocks)
        _sign(sheet, report, room)
    for chart in charts:
        if chart.kind == "calendar":
            widths = _plots.calendar_widths(chart, room)
            sheet = _begin(book, report, chart.title or _("Charts"), widths, first and not blocks)
            _plots.years(sheet, chart)
            _sign(sheet, report, room)
