"""Tables as rows of text, out of a spreadsheet or a text with commas. What the cells mean is for others to say."""

import csv
import re
import zipfile
import zlib
from datetime import date as Date
from datetime import datetime, time
from io import BytesIO, StringIO
from typing import Any, NamedTuple

from minqing.errors import UsageError
from minqing.formats import library
from minqing.imports import Source
from minqing.text import decode

SHEETS = (".xlsx", ".xlsm", ".xls", ".ods", ".et")
COMMAS = ",\t;；"
MOST_CELLS = 5_000_000  # 5,000 rows of 1,000 columns
MOST_BYTES = 256 * 1024 * 1024
TITLE_ROWS = 20  # the row of titles stands among the first rows
_BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # how the files of spreadsheets begin, old and new

Cells = list[str]
Rows = list[tuple[int, Cells]]


class Sheet(NamedTuple):
    """One table: the name of its sheet, "" for a text, and its rows that hold something, by their number.

    The number is that of the row in a spreadsheet, or of the line that the row begins on in a text.
    """

    name: str
    rows: Rows


def sheets_of(source: Source, wanted_by: str) -> list[Sheet]:
    """Every table of a file; `wanted_by` is the command that needs the library. Raises UsageError, MinqingError."""
    if source.data is None:
        raise UsageError("{file} is a folder; name a file in it", file=str(source.path))
    if source.path.suffix.lower() in SHEETS or source.data[:4] in _BOOKS:
        return _book(source, source.data, wanted_by)
    text, flaws = decode(source.data)
    if any(flaw.severity == "error" for flaw in flaws):
        raise UsageError(
            "{file} is neither a spreadsheet nor text — save it as .xlsx or .csv", file=str(source.path)
        )
    return [Sheet("", rows_of_text(text, str(source.path)))]


def rows_of_text(text: str, file: str) -> Rows:
    """The rows of a text with commas, tabs or semicolons; which of them, its first line of several says.

    Raises UsageError.
    """
    head = next((line for line in text.split("\n", TITLE_ROWS) if any(sign in line for sign in COMMAS)), "")
    comma = max(COMMAS, key=head.count)
    reader = csv.reader(StringIO(text), delimiter=comma, strict=True)
    rows, line = [], 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise UsageError(
            "{file}:{line}: this is no csv: {why}", file=file, line=line, why=str(error)
        ) from None
    return rows


def _book(source: Source, data: bytes, wanted_by: str) -> list[Sheet]:
    calamine = library("python_calamine", wanted_by)
    if _too_large(data):
        raise UsageError(
            "{file} is too large, or one of its sheets has a cell far away — copy the table into a new file",
            file=str(source.path),
        )
    try:
        book = calamine.CalamineWorkbook.from_filelike(BytesIO(data))
        return [Sheet(name, _rows_of_sheet(book.get_sheet_by_name(name))) for name in book.sheet_names]
    except calamine.PasswordError:
        raise UsageError("{file} has a password; take it off first", file=str(source.path)) from None
    except (calamine.CalamineError, OSError) as error:
        raise UsageError(
            "{file} cannot be read as a spreadsheet — open it and save it as .xlsx", file=str(source.path)
        ) from error


_SPAN = re.compile(rb"""\br=["']([A-Z]{0,3})(\d{1,7})["']""")


def _too_large(data: bytes) -> bool:
    """Whether an .xlsx says that it is larger than a form or roster can be, such as by one cell at the far corner.

    The library would lay out every cell between, and end the process when they are too many.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as book:
            sheets = [part for part in book.infolist() if part.filename.startswith("xl/worksheets/")]
            if sum(part.file_size for part in book.infolist()) > MOST_BYTES:
                return True
            return any(_cells_between(book.read(part)) > MOST_CELLS for part in sheets)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError):
        return False  # no .xlsx, or damaged: for the library to say


def _cells_between(xml: bytes) -> int:
    """The cells from A1 to the last row and column that a sheet names."""
    height, width = 1, max(row.count(b"<c") for row in xml.split(b"<row"))  # a cell need not name its place
    for letters, digits in _SPAN.findall(xml):
        height = max(height, int(digits))
        width = max(width, _number(letters))
    return width * height


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _rows_of_sheet(sheet: Any) -> Rows:
    """The rows of a sheet; every cell that was merged says what the first of them says."""
    rows = [[_cell_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if top < len(rows) and left < len(rows[top]):
            for row in rows[top : bottom + 1]:
                row[left : right + 1] = [rows[top][left]] * len(row[left : right + 1])
    return [(number, cells) for number, cells in enumerate(rows, 1) if any(cells)]


def _cell_text(cell: Any) -> str:
    """A cell as a person would have typed it: a whole number without .0, a day without midnight."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))  # a number that stands for a code: 13800000000.0
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, Date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat("seconds" if cell.second else "minutes")
    return str(cell).strip()
