"""Charts of a workbook, drawn by the spreadsheet from numbers on the same sheet; a calendar as shaded days.

No words of the report go into a chart itself: it would take a title that begins with = for a reference.
"""

from collections.abc import Sequence

from minqing.exact import decimal_text
from minqing.formats import lengths
from minqing.formats._pictures import calendar, day_names, level, month_names, peak
from minqing.formats._sheet import LINE, PAD, Cell, Sheet
from minqing.formats._table import Part, Rows, number
from minqing.report import Chart, Column
from minqing.safe import cells, show

VALUE = 22  # the width of a number beside its name
BELOW, BESIDE = 640, 560  # pixels: how wide a chart is drawn
BLOCKS = (30, 12, 43, 43)  # name, number and drawing, where charts have a sheet of their own
DAYS, DAY = 6, 2  # the widths of a day's name and of a week
SCALE = 75  # percent: a sheet that is fitted to its page takes no page breaks, and fonts differ in width by a fifth
PAGE = 508  # points between the margins of A4 on its side
HEAD, FOOT = 52, 50  # points of a sheet's title and of who signs
POINTS = 0.75  # a pixel


def stands_apart(part: Part) -> bool:
    """Whether a chart goes to a sheet of charts: it has numbers of its own, or no room below its table.

    Below a long table it would have the table's head on its pages, and be cut by their ends.
    """
    chart = part.section.chart
    if not chart or not chart.labels:
        return False
    high = HEAD + (len(part.texts) + 3) * (LINE + PAD) + _height(chart) * POINTS + FOOT
    return chart.kind == "calendar" or not _source(part, chart) or high > PAGE


def below(sheet: Sheet, part: Part, rows: Rows | None) -> None:
    """A chart below the table that has its numbers, or below numbers that it brings along."""
    chart = part.section.chart
    if not chart or not chart.labels:
        return
    sheet.line(_title(chart), "heading")
    source = _source(part, chart) if rows else None
    if rows is None or source is None:
        source, rows = (0, 1), _data(sheet, chart, sheet.over(data_widths(part, sheet.edges[1:]))[:2])
    if chart.kind != "calendar":  # no spreadsheet draws one; its table stands
        _draw(sheet, chart, rows, source, (sheet.row, 0, BELOW))
        for _row in range(_height(chart) // 20 + 1):
            sheet.gap(15)  # points, which are 20 pixels


def blocks(sheet: Sheet, charts: Sequence[Chart]) -> None:
    """Charts one below the other, each beside its numbers; no page ends inside one that has room on a page."""
    page = _Page(sheet)
    for n, chart in enumerate(charts):
        drawn = _height(chart) * POINTS
        high = 24 + max(drawn, len(chart.labels) * (LINE + PAD)) + LINE
        page.begin(high + FOOT * (n + 1 == len(charts)))
        sheet.line(_title(chart), "heading")
        top, first = sheet.height, sheet.row
        rows = _data(sheet, chart, sheet.over(BLOCKS)[:2])
        for row in range(first, sheet.row):
            sheet.page.set_row(row, LINE + PAD)  # the drawing that lies beside them asks for this
        while sheet.height < top + drawn + LINE:
            sheet.gap(15)
        _draw(sheet, chart, rows, (0, 1), (first, 2, BESIDE))
    page.end()


class _Page:
    """Where the pages of a sheet end: never inside of what has room on one."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet, self.start, self.breaks = sheet, 0.0, list[int]()
        sheet.page.set_print_scale(SCALE)

    def begin(self, high: float) -> None:
        """What comes next is so many points high."""
        used = self.sheet.height - self.start
        if used > HEAD and (used + high) * SCALE / 100 > PAGE:
            self.breaks.append(self.sheet.row)
            self.start = self.sheet.height

    def end(self) -> None:
        """The sheet is filled."""
        if self.breaks:
            self.sheet.page.set_h_pagebreaks(self.breaks)


def calendar_widths(chart: Chart, room: int) -> list[int]:
    """The columns of a calendar: a day's name, the weeks, and what is left of the page."""
    weeks = max(len(year.weeks) for year in calendar(chart))
    return [DAYS, *[DAY] * weeks, max(1, room - DAYS - DAY * weeks)]


def years(sheet: Sheet, chart: Chart) -> None:
    """A calendar: each year's weeks as columns, days shaded by their number."""
    sheet.line(_title(chart), "heading")
    shown = calendar(chart)
    most, names, page = peak(shown), month_names(), _Page(sheet)
    for n, year in enumerate(shown):
        page.begin(8 * 14 + LINE + FOOT * (n + 1 == len(shown)))
        months = [
            Cell(names[month - 1] if end - start > 1 else "", sheet.place(start + 1, end, "small"))
            for start, end, month in year.spans()
        ]
        sheet.write([Cell(str(year.year), sheet.place(0, 0, "small")), *months])
        for weekday, name in enumerate(day_names()):
            days = [(column, week[weekday]) for column, week in enumerate(year.weeks, 1)]
            sheet.write(
                [
                    Cell(name, sheet.place(0, 0, "small")),
                    *(
                        Cell(str(times or ""), sheet.place(column, column, f"day {level(times, most)}"))
                        for column, times in days
                        if times is not None
                    ),
                ]
            )
        sheet.gap()
    page.end()


def data_widths(part: Part, edges: Sequence[int]) -> list[int]:
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


def _title(chart: Chart) -> str:
    return show(f"{chart.title} ({chart.unit})" if chart.unit else chart.title)


def _height(chart: Chart) -> int:
    """How many pixels high a chart is drawn."""
    return 260 if chart.kind == "line" else min(1000, 60 + 26 * len(chart.labels))


def _draw(sheet: Sheet, chart: Chart, rows: Rows, source: tuple[int, int], at: tuple[int, int, int]) -> None:
    """A chart of the numbers in two columns of a table, at a row and a column, so many pixels wide."""
    names, values = (
        [sheet.page.get_name(), rows.first, rows.places[n][0], rows.last, rows.places[n][0]] for n in source
    )
    line = chart.kind == "line"
    drawn = sheet.book.workbook.add_chart({"type": "line" if line else "bar"})
    drawn.add_series({"categories": names, "values": values, "gap": 60, "data_labels": {"value": not line}})
    drawn.set_legend({"none": True})
    drawn.set_title({"none": True})
    if not line:
        drawn.set_y_axis({"reverse": True})
        drawn.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    row, column, wide = at
    drawn.set_size({"width": wide, "height": _height(chart)})
    sheet.page.insert_chart(row, column, drawn)


def _data(sheet: Sheet, chart: Chart, places: Sequence[tuple[int, int]]) -> Rows:
    first = sheet.row
    column = Column("value", "", "right")
    of_label, of_value = sheet.place(*places[0], "cell"), sheet.place(*places[1], "right")
    for label, value in zip(chart.labels, chart.values, strict=False):
        if value or chart.kind != "calendar":
            said = number(column, value)
            sheet.write([Cell(show(label), of_label), Cell(decimal_text(value), of_value, said)])
    return Rows(first, sheet.row - 1, places)
