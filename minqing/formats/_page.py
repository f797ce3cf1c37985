"""A worksheet of XlsxWriter that is given whole rows and writes them as they come: a ledger has 200,000 cells.

XlsxWriter keeps each cell, and looks at it for a formula, a date, a comment, the format of its row and of its column.
Ours have none of these, and looking takes most of the time of a paper.
"""

from collections.abc import Sequence
from html import escape
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

# A text, or a number, over the columns first to last of a row, in a format of XlsxWriter.
Filled = tuple[int, int, str | float, Any]


class Page(Worksheet):  # type: ignore[misc]
    """A worksheet of texts, numbers and empty cells, each with a format, in rows that each have a height."""

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[str] = []
        self._filled: dict[int, Sequence[Filled]] = {}
        self._letters: list[str] = []
        self._styles: dict[Any, int] = {}

    def fill(self, row: int, cells: Sequence[Filled], height: float) -> bool:
        """Write the next row, in points so high; False where a sheet has no more of them."""
        last = cells[-1][1] if cells else 0
        if self._check_dimensions(row, last):
            return False
        if not cells:
            self.set_row(row, height)  # a chart that lies over it asks for this
        while len(self._letters) <= last:
            self._letters.append(xl_col_to_name(len(self._letters)))
        self._filled[row] = cells
        height = int(height * 4 / 3 + 0.5) * 0.75  # whole pixels
        letters, styles, end = self._letters, self._styles, f'{row + 1}" s="'
        pieces = [f'<row r="{row + 1}" ht="{height:.16g}" customHeight="1">']
        for first, last, value, style in cells:
            xf = styles.get(style)
            if xf is None:
                xf = styles[style] = style._get_xf_index()
            if not isinstance(value, str):
                pieces.append(f'<c r="{letters[first]}{end}{xf}"><v>{value:.16G}</v></c>')
            elif value:
                pieces.append(f'<c r="{letters[first]}{end}{xf}" t="s"><v>{self._shared(value)}</v></c>')
            else:
                pieces.append(f'<c r="{letters[first]}{end}{xf}"/>')
            if last > first:
                self.merge.append((row, first, row, last))
                pieces += [f'<c r="{letters[n]}{end}{xf}"/>' for n in range(first + 1, last + 1)]
        self._lines.append("".join(pieces) + "</row>")
        return True

    def _shared(self, text: str) -> int:
        """The number of a text among the strings of the workbook."""
        if text.startswith("<r>") and text.endswith("</r>"):
            # XlsxWriter takes such a string for markup of its own and puts it into the file as it is
            text = f'<r><t xml:space="preserve">{escape(text, quote=False)}</t></r>'
        number: int = self.str_table._get_shared_string_index(text)
        return number

    # What XlsxWriter asks for when the workbook is closed.

    def _write_rows(self) -> None:
        self.fh.write("".join(self._lines))

    def _write_merge_cells(self) -> None:
        refs = [
            f'<mergeCell ref="{self._letters[first]}{row + 1}:{self._letters[last]}{row + 1}"/>'
            for row, first, _row, last in self.merge
        ]
        if refs:
            self.fh.write(f'<mergeCells count="{len(refs)}">{"".join(refs)}</mergeCells>')

    def _get_range_data(self, row: int, column: int, last_row: int, _last_column: int) -> list[str | None]:
        """The numbers and words of a chart, which it brings along for whoever only looks at it."""
        values = [
            next((cell[2] for cell in self._filled[n] if cell[0] == column), None)
            for n in range(row, last_row + 1)
        ]
        return [value if value is None or isinstance(value, str) else f"{value:.16g}" for value in values]
