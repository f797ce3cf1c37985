"""What every report returns and every format takes: values only, no printing, no querying."""

from decimal import Decimal
from typing import Any, NamedTuple

from minqing.exact import decimal_text
from minqing.words import label

Row = dict[str, Any]  # column key -> text, int, Decimal, list of text, bool or None


class Column(NamedTuple):
    """A column of a table. `words` names the vocabulary its values are shown in (see words.VALUES).

    `align` "right" is for numbers. `fold` columns may be broken over lines where room is short. `empty` is what a
    reader sees where there is nothing: of sums by category, an empty name would look like a total.
    """

    key: str
    title: str
    align: str = "left"
    words: str | None = None
    fold: bool = False
    empty: str = ""


class Chart(NamedTuple):
    """Numbers that are better looked at: one bar, point or day per label.

    `kind` is "bar", "line" (a trend, labels in order of time) or "calendar" (labels are ISO days, values counts;
    the first and the last day are the ends of the time, and may count 0). A format that cannot draw a kind shows
    a table of label and value.
    """

    title: str
    labels: tuple[str, ...]
    values: tuple[float, ...]
    unit: str = ""
    kind: str = "bar"


class Section(NamedTuple):
    """A part of a report: sentences, an entry's own body, a table, a chart; each may be absent.

    `look` says how rows lie on a page: "table", "form" (each row a block of `title: value` lines, as in
    minutes) or "cards" (each row a card to cut out, ten to an A4 page). What stands nowhere as a page, such as
    csv, takes every look as a table.
    """

    name: str
    title: str
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    text: tuple[str, ...] = ()  # paragraphs
    chart: Chart | None = None
    markdown: str = ""  # an entry's body, as its author wrote it
    look: str = "table"
    numbered: bool = False  # 序号: on paper the rows bear a running number, before everything else


class Span(NamedTuple):
    """The period a report covers: ISO days, both inside; None where open."""

    name: str
    first: str | None
    last: str | None
    grain: str | None


class Report(NamedTuple):
    """台账或报告: a table of contents, its numbers and its sections, ready for any format.

    `figures` are the report's own totals under stable English keys; `entries` counts the entries
    behind it, `flaws` the files that could not be read whole; `made` is an ISO day. `paper` is "ledger" (台账:
    a table on a page turned sideways, with who filled it in and who checked it below) or "letter" (公文: prose
    upright). `foot` are lines to sign or to date, below everything.
    `notice` is what a reader must heed, such as that the paper names people; the title says it too.
    """

    name: str
    title: str
    period: Span
    sections: tuple[Section, ...]
    figures: dict[str, Any] = {}
    filters: tuple[str, ...] = ()
    entries: int = 0
    flaws: int = 0
    unit: str = ""
    made: str = ""
    paper: str = "ledger"
    foot: tuple[str, ...] = ()
    notice: str = ""


# How a section's rows lie, what a chart may be, what a paper may be.
LOOKS, CHARTS, PAPERS = ("table", "form", "cards"), ("bar", "line", "calendar"), ("ledger", "letter")

# Who may read a paper; mask.py says what each of them sees.
AUDIENCES = ("self", "unit", "public")
TOOLS = ("text", "json")  # the writer's own; every other format is a paper to hand on


def audience_of(format_name: str) -> str:
    """Who a format is for when nobody says: the writer's own tools show all, a paper does not."""
    return "self" if format_name in TOOLS else "unit"


def shown(column: Column, value: Any, language: str) -> str:
    """A cell as a reader sees it: words in their language, lists joined, nothing for nothing."""
    if value is None or value == "":
        return column.empty
    if value is True or value is False:
        return label("truth", str(value).lower(), language) if language == "zh" else "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        parts = [shown(column, part, language) for part in value]
        # a row of ids has to be broken somewhere, and programs break no line at 、 between Latin letters
        return ("、" if language == "zh" and not "".join(parts).isascii() else ", ").join(parts)
    text = decimal_text(value) if isinstance(value, (Decimal, float)) else str(value)
    return label(column.words, text, language) if column.words else text
