"""CSV for a spreadsheet: opens right in Excel, and no cell is ever a formula."""

import csv
import re
from decimal import Decimal
from io import StringIO

from minqing.formats import cell, warning
from minqing.report import Column, Report
from minqing.safe import show

SUFFIXES = (".csv",)
BOM = "\ufeff"  # without it a Chinese Excel reads UTF-8 as GBK
_SIGNED = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")


def render(report: Report) -> str:
    """The report's tables; only where there are several does each have its title above it."""
    out = StringIO()
    writer = csv.writer(out)
    tables = [section for section in report.sections if section.columns]
    for n, section in enumerate(tables):
        if n:
            writer.writerow(())
        if len(tables) > 1:
            writer.writerow([harmless(show(section.title))])
        writer.writerow([harmless(show(column.title)) for column in section.columns])
        for row in section.rows:
            values = [(column, row.get(column.key)) for column in section.columns]
            writer.writerow(
                # a + in front says nothing of a number, and much to who looks for formulas
                cell(column, value).lstrip("+")
                if _is_number(column, value)
                else harmless(cell(column, value))
                for column, value in values
            )
    # at the end, for what reads the file wants its titles first
    for said in (warning(report), report.notice):
        if said:
            writer.writerows(((), [harmless(show(said))]))
    return BOM + out.getvalue()


def _is_number(column: Column, value: object) -> bool:
    if isinstance(value, str):  # a change of +11 in a column of figures; elsewhere it may be a telephone
        return column.align == "right" and bool(_SIGNED.fullmatch(value))
    return isinstance(value, (int, Decimal))


def harmless(text: str) -> str:
    """Text that a spreadsheet takes as text, though it begins like a formula."""
    return f"'{text}" if _FORMULA.match(text) else text
