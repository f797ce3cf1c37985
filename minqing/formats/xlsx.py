"""Excel: ledgers that print on A4 as they are, numbers as numbers, everything else as the text it is.

A ledger has a sheet for each table, with title, period and head repeated on every page; a letter is one sheet,
read from top to bottom; cards have sheets of their own. No cell is ever a formula.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from io import BytesIO
from itertools import accumulate, zip_longest
from typing import Any, NamedTuple

from minqing.exact import decimal_text
from minqing.formats import (
    about,
    by_hand,
    cell,
    fields,
    headings,
    is_empty,
    lengths,
    library,
    none,
    signed,
    warning,
)
from minqing.formats._sheet import LINE, Book, Cell, Number, Sheet, fitted, grid
from minqing.language import _
from minqing.report import Chart, Column, Report, Row, Section
from minqing.safe import cells, show

SUFFIXES = (".xlsx",)

ROOMS = {"ledger": 140, "letter": 96}  # digits between the margins of A4, lying and upright
MARGIN = 0.5  # inches
FOLDED, LONGEST = 16, 24  # no column of words is narrower than its words or than this
TITLE = 12  # a column's title may be broken over lines below this width
BY_HAND, SIGNED = 14, 30  # width and height of what is filled in with a pen
FEW = 4  # tables that have a sheet each
DIGITS = 15  # a spreadsheet's numbers hold no more
FROZEN = 220  # points: a head higher than this would leave no room on a screen for what it is the head of
CARDS = (10, 36, 4, 10, 36)  # label and value of two cards, with the gap where they are cut
TEN, CARD = 10, 142  # cards on an A4 page, and the height of one in points
CHART, VALUE = 640, 22  # pixels; and the width of a number beside it

_HEADING = re.compile(r" {0,3}#{1,6}\s+(\S.*)")
_FENCE = re.compile(r"^ *(?:```|~~~)", re.MULTILINE)  # in one, # begins a comment
_NUMBER = re.compile(r"[+-]?(?:0|[1-9]\d*)(?:\.\d+)?", re.ASCII)  # 007 is a code


class Part(NamedTuple):
    """A section laid out: its heading in the paper, its cells as they are read, how wide its columns have to be."""

    section: Section
    heading: str
    texts: list[list[str]]
    numbers: list[list[Number | None]]  # those of its cells that a spreadsheet can add up
    needs: list[int]  # so wide that nothing has to be broken over lines
    least: list[int]

    def widths(self, room: int) -> list[int]:
        """Of the table's columns; empty where there is none."""
        return fitted(self.needs, self.least, room) if self.needs else []


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
            _cards(book, report, parts[0], n == 0)
        else:
            tables = sum(bool(part.section.columns) for part in parts)
            _paper(book, report, parts, n == 0, report.paper == "ledger" and tables < 2)
    workbook.close()
    return out.getvalue()


def _sheets(report: Report) -> list[list[Part]]:
    """What stands together on a sheet: of a ledger a table and what follows it, of a letter everything.

    A ledger of more than a FEW tables is a file on one household or matter, and is read like a letter.
    """
    apart = report.paper == "ledger" and sum(bool(section.columns) for section in report.sections) <= FEW
    sheets: list[list[Part]] = []
    for section, heading in zip(report.sections, headings(report), strict=True):
        part = _part(section, show(section.title) if apart else heading)
        before = [other.section for other in sheets[-1]] if sheets else []
        begins = apart and bool(section.columns) and any(other.columns for other in before)
        cards = section.look == "cards" or any(other.look == "cards" for other in before)
        if not sheets or begins or cards:
            sheets.append([part])
        else:
            sheets[-1].append(part)
    return sheets or [[]]


def _part(section: Section, heading: str) -> Part:
    columns, rows = section.columns, section.rows
    if not columns or section.look == "cards":
        return Part(section, heading, [], [], [], [])
    if section.look == "form":
        label = min(LONGEST, max(cells(show(column.title)) for column in columns)) + 4
        return Part(section, heading, [], [], [label, 10 * label], [label, label])
    texts = [[cell(column, row.get(column.key)) for column in columns] for row in rows]
    numbers = [[number(column, row.get(column.key)) for column in columns] for row in rows]
    sizes = [
        _sizes(
            column,
            rows,
            {row[n] for row in texts},
            {text[n] for text, said in zip(texts, numbers, strict=True) if said[n]},
        )
        for n, column in enumerate(columns)
    ]
    needs, least = [need for need, _least in sizes], [least for _need, least in sizes]
    return Part(section, heading, texts, numbers, needs, least)


def _sizes(column: Column, rows: Sequence[Row], texts: set[str], numbers: set[str]) -> tuple[int, int]:
    """How wide a column of these texts, some of them numbers, would be, and how wide it has to be."""
    words, title = max(map(cells, texts), default=0), cells(show(column.title))
    hand = BY_HAND if by_hand(column, rows) else 0
    folded = min(words, FOLDED if column.fold else LONGEST)
    # a number that has no room shows as ###
    return max(words, title, hand) + 2, max(folded, min(title, TITLE), hand, *map(cells, numbers), 1) + 2


# ---------------------------------------------------------------- a page of a ledger or a letter


def _paper(book: Book, report: Report, parts: Sequence[Part], first: bool, ledger: bool) -> None:
    """A sheet with its head and foot; that of a ledger is named after its one table, and opens with it."""
    room = max([ROOMS[report.paper], *(sum(part.least) for part in parts)])
    tables = [[room], *(part.widths(room) for part in parts)]
    edges = sorted({edge for widths in tables for edge in accumulate(widths)})
    tables += [_data_widths(part, edges) for part in parts]
    title = report.title
    if not ledger:
        people = len(signed(report)) or 1  # who sign side by side, whatever the tables' columns
        tables.append([room * (n + 1) // people - room * n // people for n in range(people)])
    if ledger and parts and parts[0].section.title not in ("", title):
        title = title if first else f"{title} · {parts[0].section.title}"
        sheet = book.sheet(show(parts[0].section.title), grid(tables))
    else:
        sheet = book.sheet(show(title), grid(tables))
    _page(sheet.page, report.paper)
    if report.flaws and first:
        sheet.line(warning(report), "warning")
    if report.title:
        sheet.line(show(title), "title")
        sheet.line(about(report))
    for n, part in enumerate(parts):
        if n == 0 and ledger and part.needs and part.section.look == "table":
            _ledger(sheet, part, room)
        else:
            _flow(sheet, part, room, report.title)
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


def _ledger(sheet: Sheet, part: Part, room: int) -> None:
    """The table a sheet is made for: its head stays in sight and stands on every page, its sentences below it."""
    places = sheet.over(part.widths(room))
    _titles(sheet, part.section.columns, places)
    if sheet.height <= FROZEN:
        sheet.page.freeze_panes(sheet.row, 0)
        sheet.page.repeat_rows(0, sheet.row - 1)
    rows = _rows(sheet, part, places)
    _texts(sheet, part.section)
    _chart(sheet, part, rows, room)


def _flow(sheet: Sheet, part: Part, room: int, title: str) -> None:
    """A section below what stands already."""
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
        rows = _rows(sheet, part, places)
    elif is_empty(section):
        sheet.line(none())
    _chart(sheet, part, rows, room)


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


class Rows(NamedTuple):
    """Where the rows of a table stand on a sheet, and over which columns."""

    first: int
    last: int
    places: Sequence[tuple[int, int]]


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


def number(column: Column, value: Any) -> Number | None:
    """A value as a number of a spreadsheet; None for words, codes and what it could not hold exactly."""
    if isinstance(value, str):
        return _number(value) if column.align == "right" else None  # else it may be a telephone
    if isinstance(value, (int, Decimal, float)) and not isinstance(value, bool) and not column.words:
        return _number(decimal_text(value))
    return None


@cache  # most numbers of a ledger are small, and come again
def _number(text: str) -> Number | None:
    if not _NUMBER.fullmatch(text) or sum(map(str.isdigit, text)) > DIGITS:
        return None
    form = "0" + ("." + "0" * len(text.partition(".")[2]) if "." in text else "")
    return Number(float(text), f"+{form};-{form};{form}" if text[0] == "+" else form)


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


def _data_widths(part: Part, edges: Sequence[int]) -> list[int]:
    """The widths of the numbers that a chart brings along; empty if its table has them already.

    They end at edges of the tables on the sheet where they can, so that no cell of these has to be merged.
    """
    chart = part.section.chart
    if not chart or not chart.labels or _source(part, chart):
        return []
    label = min(30, max(12, *(cells(show(label)) for label in chart.labels)))
    beside = next((edge for edge in edges if edge >= label), 0)
    end = next((edge for edge in edges if edge >= beside + VALUE), 0)
    if not (beside and end):
        beside, end = label, label + VALUE
    widths = [beside, end - beside, edges[-1] - end]
    return [width for width in widths if width]


def _source(part: Part, chart: Chart) -> tuple[int, int] | None:
    """The columns of the table that hold a chart's labels and values."""
    labels, values = [show(label) for label in chart.labels], lengths(chart)
    if part.section.look != "table" or labels != [row[0] for row in part.texts]:
        return None
    for n in range(len(part.section.columns)):
        if values == [(each := said[n]) and each.value for said in part.numbers]:
            return 0, n
    return None


def _chart(sheet: Sheet, part: Part, rows: Rows | None, room: int) -> None:
    """A chart below its numbers, drawn by the spreadsheet from them."""
    chart = part.section.chart
    if not chart or not chart.labels:
        return
    sheet.line(show(f"{chart.title} ({chart.unit})" if chart.unit else chart.title), "heading")
    source = _source(part, chart) if rows else None
    if rows is None or source is None:
        source = 0, 1
        rows = _data(sheet, chart, sheet.over(_data_widths(part, sheet.edges[1:]))[:2])
    if chart.kind == "calendar":  # no spreadsheet draws one; its table stands
        return
    names, values = (
        [sheet.page.get_name(), rows.first, rows.places[n][0], rows.last, rows.places[n][0]] for n in source
    )
    line = chart.kind == "line"
    drawn = sheet.book.workbook.add_chart({"type": "line" if line else "bar"})
    # no words of the report go into the chart itself: it would take a title that begins with = for a reference
    drawn.add_series({"categories": names, "values": values, "gap": 60, "data_labels": {"value": not line}})
    drawn.set_legend({"none": True})
    drawn.set_title({"none": True})
    if not line:
        drawn.set_y_axis({"reverse": True})
        drawn.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    height = 260 if line else min(1000, 60 + 26 * len(chart.labels))
    drawn.set_size({"width": CHART, "height": height})
    sheet.page.insert_chart(sheet.row, 0, drawn)
    for _row in range(height // 20 + 1):
        sheet.gap(15)  # points, which are 20 pixels


def _data(sheet: Sheet, chart: Chart, places: Sequence[tuple[int, int]]) -> Rows:
    first = sheet.row
    column = Column("value", "", "right")
    of_label, of_value = sheet.place(*places[0], "cell"), sheet.place(*places[1], "right")
    for label, value in zip(chart.labels, chart.values, strict=False):
        if value or chart.kind != "calendar":
            said = number(column, value)
            sheet.write([Cell(show(label), of_label), Cell(decimal_text(value), of_value, said)])
    return Rows(first, sheet.row - 1, places)
