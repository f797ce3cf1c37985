"""A section laid out for a spreadsheet: its cells as they are read, its numbers, how wide its columns have to be."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from minqing.exact import decimal_text
from minqing.formats import by_hand, cell
from minqing.formats._sheet import Number, fitted
from minqing.report import Column, Row, Section
from minqing.safe import cells, show

FOLDED, LONGEST = 16, 24  # no column of words is narrower than its words or than this
TITLE = 12  # a column's title may be broken over lines below this width
BY_HAND = 14  # the width of what is filled in with a pen
DIGITS = 15  # a spreadsheet's numbers hold no more
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


class Rows(NamedTuple):
    """Where the rows of a table stand on a sheet, and over which columns."""

    first: int
    last: int
    places: Sequence[tuple[int, int]]


def laid_out(section: Section, heading: str) -> Part:
    """A section below a heading as it stands on a sheet."""
    columns, rows = section.columns, section.rows
    if not columns or section.look == "cards":
        return Part(section, heading, [], [], [], [])
    if section.look == "form":
        label = min(LONGEST, max(cells(show(column.title)) for column in columns)) + 4
        return Part(section, heading, [], [], [label, 10 * label], [label, label])
    read = [_read(column, rows) for column in columns]
    sizes = [_sizes(column, rows, set(said)) for column, said in zip(columns, read, strict=True)]
    needs, least = [need for need, _least in sizes], [least for _need, least in sizes]
    texts = [[text for text, _number in row] for row in zip(*read, strict=True)]
    numbers = [[number for _text, number in row] for row in zip(*read, strict=True)]
    return Part(section, heading, texts, numbers, needs, least)


def _read(column: Column, rows: Sequence[Row]) -> list[tuple[str, Number | None]]:
    """The cells of a column as they are read and as numbers; many a column says few things, each many times."""
    known: dict[Any, tuple[str, Number | None]] = {}
    found = []
    for row in rows:
        value = row.get(column.key)
        plain = value.__class__ in (str, int)  # True is no 1, and 1.0 not read as 1.00
        made = known.get(value) if plain else None
        if made is None:
            made = cell(column, value), number(column, value)
            if plain:
                known[value] = made
        found.append(made)
    return found


def _sizes(column: Column, rows: Sequence[Row], said: set[tuple[str, Number | None]]) -> tuple[int, int]:
    """How wide a column that says this would be, and how wide it has to be."""
    words, title = max((cells(text) for text, _number in said), default=0), cells(show(column.title))
    hand = BY_HAND if by_hand(column, rows) else 0
    folded = min(words, FOLDED if column.fold else LONGEST)
    # a number that has no room shows as ###
    numbers = max((cells(text) for text, number in said if number), default=1)
    return max(words, title, hand) + 2, max(folded, min(title, TITLE), hand, numbers, 1) + 2


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
