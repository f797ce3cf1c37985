"""A sheet of a workbook, filled from the top: cells stay what they are, rows are as high as their words.

A sheet has one grid of narrow columns; what stands in a row spans one or several of them, so that tables of
unlike columns share a page. Widths are in units of a digit (7 pixels), heights in points.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise, zip_longest
from typing import Any, NamedTuple

from minqing.errors import MinqingError
from minqing.formats._pictures import SHADES
from minqing.formats.terminal import wrap
from minqing.language import language
from minqing.safe import cells

UNIT, SIDES = 7, 8  # pixels: a digit, and what a cell keeps free beside its words
SIZE = 10  # of the letters, in points
LINE, PAD = 14, 6  # points: a line of that size, and the room above and below
MOST = 28  # lines in a row of a sheet: 409 points are the most that Excel and WPS can give it
SHORT = 255  # letters that a cell of the format "text" is sure to show
RED = "#C00000"
_LONG = re.compile(r"[!-\u2e7f]{6,}")  # words of other letters stay whole
LOOKS: dict[str, dict[str, Any]] = {
    "warning": {"bold": True, "font_color": RED},
    "title": {"bold": True, "align": "center", "font_size": 16},
    "heading": {"bold": True, "font_size": 12},
    "text": {},
    "bold": {"bold": True},
    "sign": {"align": "right"},
    "head": {"bold": True, "align": "center", "border": 1, "bg_color": "#EDEDED"},
    "label": {"bold": True, "border": 1, "bg_color": "#EDEDED"},
    "cell": {"border": 1},
    "right": {"border": 1, "align": "right"},
    "late": {"border": 1, "font_color": RED},
    "small": {"font_size": 7},
    **{
        f"day {n}": {
            "font_size": 7,
            "align": "center",
            "bg_color": f"#{colour}",
            "border": 1,
            "border_color": "#FFFFFF",
        }
        for n, colour in enumerate(SHADES)
    },
}

_SIZES: dict[str, int] = {look: shape.get("font_size", SIZE) for look, shape in LOOKS.items()}


class Number(NamedTuple):
    """A number that a spreadsheet can hold exactly, and how it is written there."""

    value: float
    form: str  # Excel's number format


# What the name of a sheet may not hold; 王** is 王＊＊ there.
_WIDE = str.maketrans("[]:*?/\\", "［］：＊？／＼")


class Place(NamedTuple):
    """The columns `first` to `last` of the grid, in one of the LOOKS; `room` columns of a terminal are in a line."""

    first: int
    last: int
    look: str
    room: int
    scale: float  # of its letters, to those of most cells


class Cell(NamedTuple):
    """What stands at a place."""

    text: str
    place: Place
    number: Number | None = None


class Book:
    """A workbook with its cell formats, each made once."""

    def __init__(self, workbook: Any) -> None:
        self.workbook = workbook
        self.formats: dict[tuple[str, str], Any] = {}
        self._names: set[str] = set()

    def sheet(self, title: str, widths: Sequence[int]) -> "Sheet":
        """A new sheet, named after its title as far as a sheet's name may be."""
        from minqing.formats._page import Page  # stands on XlsxWriter

        return Sheet(self, self.workbook.add_worksheet(self._name(title), Page), widths)

    def format(self, look: str, form: str) -> Any:
        """A cell format. Text is of the format "text", so that editing it does not make a formula or a date."""
        if (look, form) not in self.formats:
            shape = {"font_size": SIZE, "text_wrap": True, "valign": "vcenter"} | LOOKS[look]
            shape |= {"font_name": "宋体" if language() == "zh" else "Calibri"}
            shape |= {"quote_prefix": True} if form == "'" else {"num_format": form}
            self.formats[look, form] = self.workbook.add_format(shape)
        return self.formats[look, form]

    def _name(self, title: str) -> str:
        """Legal (31 characters of UTF-16, those it may not hold as wide ones) and unlike every other, whatever its case."""
        plain = title.translate(_WIDE).strip(" '") or "Sheet"
        n = 1
        while True:
            end = f" {n}" if n > 1 else ""
            name = _cut(plain, 31 - len(end)).rstrip(" '") + end
            if name.casefold() not in self._names and name.casefold() not in ("history", ""):
                self._names.add(name.casefold())
                return name
            n += 1


def _cut(text: str, most: int) -> str:
    raw = text.encode("utf-16-le", "surrogatepass")[: 2 * most]
    return raw.decode("utf-16-le", "ignore")


class Sheet:
    """A sheet and the row that is written next."""

    def __init__(self, book: Book, page: Any, widths: Sequence[int]) -> None:
        self.book, self.page, self.widths = book, page, widths
        self.row, self.height = 0, 0.0
        self.edges = [0, *accumulate(widths)]
        self._places: dict[tuple[int, int, str], Place] = {}
        for n, width in enumerate(widths):
            page.set_column_pixels(n, n, width * UNIT)

    def over(self, widths: Iterable[int]) -> list[tuple[int, int]]:
        """The first and last grid column of each column of a table; its widths end at edges of the grid."""
        ends = list(accumulate(widths, initial=0))
        return [(self.edges.index(start), self.edges.index(end) - 1) for start, end in pairwise(ends)]

    def nearest(self, at: int) -> int:
        """The grid column that begins nearest to a place."""
        return min(range(len(self.widths)), key=lambda n: abs(self.edges[n] - at))

    def place(self, first: int, last: int, look: str) -> Place:
        """The columns `first` to `last`, in a look."""
        made = self._places.get((first, last, look))
        if made is None:
            width = (self.edges[last + 1] - self.edges[first]) * UNIT - SIDES
            # a letter of a point has 4/3 pixels, and half a letter is a column
            room = max(2, width * 3 // (2 * _SIZES[look]))
            made = self._places[first, last, look] = Place(first, last, look, room, _SIZES[look] / SIZE)
        return made

    def line(self, text: str, look: str = "text", least: float = 0) -> None:
        """A text over the whole width."""
        self.write([Cell(text, self.place(0, len(self.widths) - 1, look))], least)

    def gap(self, height: float = LINE) -> None:
        """An empty row."""
        self._fill((), height)

    def write(self, row: Sequence[Cell], least: float = 0) -> None:
        """A row, at least so high. What is too long for one goes on in the rows below: none of it is lost."""
        lines = [_lines(text, place.room) for text, place, _number in row]
        if max(lines) <= MOST:
            self._fill(row, max(least, _height(row, lines)))
            return
        parts = [_parts(cell.text, cell.place.room) for cell in row]
        for n, texts in enumerate(zip_longest(*parts, fillvalue="")):
            cells = [
                Cell(text, place, None if n else number)
                for text, (_whole, place, number) in zip(texts, row, strict=True)
            ]
            self._fill(cells, max(least, self.needs(cells)))

    def needs(self, row: Sequence[Cell]) -> float:
        """How high a row of short texts is."""
        return _height(row, [_lines(text, place.room) for text, place, _number in row])

    def _fill(self, row: Sequence[Cell], height: float) -> None:
        filled, made = [], self.book.formats
        for text, (first, last, look, _room, _scale), number in row:
            form = number.form if number else "@" if len(text) <= SHORT else "'"
            style = made.get((look, form)) or self.book.format(look, form)
            filled.append((first, last, number.value if number else text, style))
        if not self.page.fill(self.row, filled, height):
            raise MinqingError("a sheet holds {n} rows, and this report has more: use csv", n="1,048,576")
        self.row, self.height = self.row + 1, self.height + height


def _height(row: Sequence[Cell], lines: Sequence[int]) -> float:
    """How high a row is whose cells have so many lines."""
    return max(
        [(n * LINE + PAD) * place.scale for n, (_text, place, _number) in zip(lines, row, strict=True)]
    )


def _lines(text: str, room: int) -> int:
    """The lines that a text takes in a cell, rather one too many than a line that nobody sees."""
    lines = "\n" in text
    if 2 * len(text) <= room and not lines:  # most cells are short, and need no measuring
        return 1
    width = cells(text)
    if width <= room and not lines:
        return 1
    if lines or _LONG.search(text):
        return wrap(text, room).count("\n") + 1
    # Chinese is broken anywhere, and loses little more than a letter with its stop: setting it takes ten times as long
    return -(-width // max(1, room - 3))


def _parts(text: str, room: int) -> list[str]:
    """A text in parts of at most MOST lines, which together are the text."""
    surely = len(text) * 2 < room * MOST // 2 and "\n" not in text
    if surely or _lines(text, room) <= MOST:
        return [text]
    parts, start, line, lines = [], 0, 0, 1
    for n, char in enumerate(text):
        line += cells(char)
        if char == "\n" or line > room * 0.8:  # words are not broken in two: a fifth of a line may stay empty
            lines, line = lines + 1, 0
        if lines > MOST:
            parts.append(text[start : n + 1])
            start, lines = n + 1, 1
    return [*parts, text[start:]] if start < len(text) else parts


def fitted(needs: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """The widths of a table's columns: `room` in all, or more where even the least do not fit into it."""
    widths = list(least)
    for _step in range(room - sum(widths)):
        most = max(range(len(widths)), key=lambda n: needs[n] / widths[n])
        if widths[most] >= needs[most]:
            break
        widths[most] += 1
    total = sum(widths)
    if total >= room:
        return widths
    edges = [round(edge * room / total) for edge in accumulate(widths, initial=0)]
    return [end - start for start, end in pairwise(edges)]


def grid(tables: Iterable[Sequence[int]]) -> list[int]:
    """The widths of the narrowest grid in which every table's columns begin and end at an edge."""
    edges = sorted({edge for widths in tables for edge in accumulate(widths, initial=0)})
    return [end - start for start, end in pairwise(edges)]
