"""Charts of a Word file: tables of shaded cells, no pictures, so that an office can go on editing them."""

from collections.abc import Iterable, Iterator

from minqing.formats import _word as word
from minqing.formats import bars
from minqing.formats._pictures import SHADES, Year, calendar, day_names, level, month_names, peak
from minqing.report import Chart
from minqing.safe import cells, show

BARS = 24  # the longest bar, in columns of its table
TOGETHER = 20  # bars that a page surely has room for: no page break parts them
HALF = 105  # twips: half a letter of a cell
WEEK, SMALL = 274, 14  # the widest column of a calendar in twips, its letters in half points
BLUE = "7F9DB9"
_APART = "".join(  # keeps cells apart
    f'<w:{side} w:val="single" w:sz="{{}}" w:space="0" w:color="FFFFFF"/>'
    for side in ("top", "left", "bottom", "right")
)


def drawn(chart: Chart, room: int) -> Iterator[str]:
    """A chart below its title; a trend stands as bars."""
    shown = bars(chart, BARS)
    if not shown:
        return
    if chart.title:
        yield word.paragraph("head", word.run(show(chart.title)), "<w:keepNext/>")
    if chart.kind == "calendar":
        years = calendar(chart)
        yield from (_year(year, peak(years), room) for year in years)
        return
    label = min(room // 3, (max(word.measure(name) for name, _value, _length in shown) + 2) * HALF)
    number = min(room // 4, (max(cells(value) for _name, value, _length in shown) + 2) * HALF)
    label, number = label + 2 * word.PAD, number + 2 * word.PAD
    bar = (room - label - number) // BARS
    rows = [
        word.row(
            (
                word.cell(label, word.paragraph("cell", word.run(name))),
                word.cell(number, word.paragraph("number", word.run(value))),
                *_bar(length, bar),
            )
        )
        for name, value, length in shown
    ]
    yield word.table(
        (label, number, *[bar] * BARS), word.together(rows) if len(rows) <= TOGETHER else rows, "nil"
    )


def _bar(length: int, width: int) -> Iterator[str]:
    for span, shade in ((length, _shade(BLUE, 24)), (BARS - length, "")):
        if span:
            yield word.cell(span * width, word.paragraph("cell", ""), f'<w:gridSpan w:val="{span}"/>{shade}')


def _shade(colour: str, apart: int) -> str:
    edges = _APART.format(*[apart] * 4)
    return f'<w:tcBorders>{edges}</w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>'


def _year(year: Year, most: int, room: int) -> str:
    """A year as weeks of seven days, one below the other; a day's number stands on its shade."""
    label = (max(map(cells, (*day_names(), str(year.year)))) + 2) * HALF
    week = min(WEEK, (room - label) // max(1, len(year.weeks)))
    rows = [word.row((_words(label, str(year.year)), *_months(year, week)))]
    for n, name in enumerate(day_names()):
        days = (_day(week, days[n], most) for days in year.weeks)
        rows.append(word.row((_words(label, name), *days)))
    return word.table((label, *[week] * len(year.weeks)), word.together(rows), "nil")


def _months(year: Year, week: int) -> Iterable[str]:
    """The names of the months, each over its weeks."""
    for start, end, month in year.spans():
        name = month_names()[month - 1] if (end - start) * week >= 2 * WEEK else ""
        yield _words((end - start) * week, name, f'<w:gridSpan w:val="{end - start}"/>')


def _day(width: int, n: int | None, most: int) -> str:
    if n is None:
        return _words(width, "")
    return _words(width, str(n or ""), _shade(SHADES[level(n, most)], 8), "center")


def _words(width: int, text: str, more: str = "", align: str = "left") -> str:
    """A cell without room beside its few small letters."""
    look = f'<w:sz w:val="{SMALL}"/><w:szCs w:val="{SMALL}"/>'
    margins = '<w:tcMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tcMar>'
    # w:tcMar stands behind w:shd
    return word.cell(
        width, word.paragraph("cell", word.run(text, look), f'<w:jc w:val="{align}"/>'), more + margins
    )
