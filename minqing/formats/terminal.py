"""A tty: tables as wide as the window, bars, a little colour."""

from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING

from minqing.formats import bars, cell, fields, headings, is_empty, none
from minqing.formats._pictures import calendar_lines, sparkline
from minqing.formats.text import head
from minqing.language import colon
from minqing.report import Chart, Column, Report, Row, Section
from minqing.safe import cells, show

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

SUFFIXES: tuple[str, ...] = ()
GAP = 2
NARROW = 16  # no column is folded below this
BAR = 40
SHADES = ("dim", "blue", "bold blue", "bold white on blue")  # of a calendar's days, by level
STYLES = {"done": "green", "closed": "dim", "declined": "dim"}
_WORD = re.compile(r"(?:[!-\u2e7f]+|.)[，。、；：！？）》」』】]*")


def render(report: Report, width: int, color: bool) -> str:
    """The report for a window of that width. A table too wide for it becomes cards."""
    # rich costs six times the start-up: only where a terminal is drawn
    from rich.console import Console

    out = StringIO()
    console = Console(
        file=out,
        width=width,
        height=50,
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )
    for n, line in enumerate(head(report)):
        alarm = n == 0 and report.flaws
        _print(console, line, "red" if alarm else "bold" if line == show(report.title) else "dim")
    for heading, section in zip(headings(report), report.sections, strict=True):
        if out.tell():
            console.print()
        _section(console, heading, section)
    if report.foot:
        console.print()
        for line in report.foot:
            _print(console, show(line, newline=True))
    return out.getvalue()


def _print(console: Console, text: str, style: str = "") -> None:
    from rich.text import Text  # for start-up, as above

    console.print(Text(wrap(text, console.width), style=style, overflow="fold"))


def _section(console: Console, heading: str, section: Section) -> None:
    if heading:
        _print(console, heading, "bold")
    for text in (*section.text, section.markdown.rstrip("\n")):
        if text:
            _print(console, show(text, newline=True))
    if is_empty(section):
        _print(console, none(), "dim")
    elif section.rows:
        console.print((_table if section.look == "table" else _blocks)(section, console.width))
    if section.chart:
        console.print(_chart(section.chart, console.width))


def _table(section: Section, width: int) -> Table | Text:
    from rich import box  # for start-up, as above
    from rich.table import Table
    from rich.text import Text

    columns = section.columns
    widths = _fit(columns, section.rows, width)
    if widths is None:  # what nobody filled in goes first
        columns = tuple(
            column for column in columns if any(cell(column, row.get(column.key)) for row in section.rows)
        )
        widths = _fit(columns, section.rows, width)
    if widths is None:
        return _cards(columns, section.rows, width)
    table = Table(
        box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, GAP - 1, 0, 0), header_style="bold"
    )
    for column, room in zip(columns, widths, strict=True):
        right = column.align == "right"
        title = Text(wrap(show(column.title), room), overflow="fold")
        table.add_column(title, width=room, justify="right" if right else "left", overflow="fold")
    for row in section.rows:
        texts = [
            wrap(cell(column, row.get(column.key)), room)
            for column, room in zip(columns, widths, strict=True)
        ]
        table.add_row(*(Text(text, _style(column, row)) for column, text in zip(columns, texts, strict=True)))
    return table


def _fit(columns: tuple[Column, ...], rows: tuple[Row, ...], width: int) -> list[int] | None:
    """How wide each column gets; None if the table cannot fit. Only words are folded, never numbers."""
    needs = [
        max(cells(show(column.title)), *(cells(cell(column, row.get(column.key))) for row in rows))
        for column in columns
    ]
    widths = [min(need, NARROW) if column.fold else need for column, need in zip(columns, needs, strict=True)]
    spare = width - sum(widths) - GAP * (len(columns) - 1)
    for _step in range(spare):
        most = max(range(len(widths)), key=lambda n: needs[n] / (widths[n] or 1))
        if widths[most] >= needs[most]:
            break
        widths[most] += 1
    return widths if spare >= 0 else None


def _cards(columns: tuple[Column, ...], rows: tuple[Row, ...], width: int) -> Text:
    """Each row as a few lines of "title value"; long words have their own line."""
    from rich.text import Text  # for start-up, as above

    cards = []
    for row in rows:
        lines = [Text()]
        for column in columns:
            title, value = show(column.title), cell(column, row.get(column.key))
            indent = min(cells(title) + 1, width // 2)
            free = width - lines[-1].cell_len - GAP - indent
            if lines[-1] and (column.fold or cells(value) > free):
                lines.append(Text())
            if value:
                value = wrap(value, width - indent).replace("\n", "\n" + " " * indent)
                lines[-1].append(" " * GAP if lines[-1] else "").append(title, "dim").append(" ")
                lines[-1].append(value, _style(column, row))
            if value and column.fold:
                lines.append(Text())
        cards.append(Text("\n").join(line for line in lines if line))
    return Text("\n\n", overflow="fold").join(cards)


def _blocks(section: Section, width: int) -> Text:
    """A form: each row as lines of `title: value`, folded below the value's first."""
    from rich.text import Text  # for start-up, as above

    blocks = []
    for row in fields(section):
        block = []
        for title, value in row:
            name = f"{title}{colon()}" if title else ""
            indent = min(cells(name), width // 2)
            if cells(name) > indent:  # a title that fills half the window has its own lines
                block += [Text(line, "dim") for line in wrap(name, width).split("\n")]
                name = " " * indent
            folded = wrap(value, width - indent).replace("\n", "\n" + " " * indent)
            block.append(Text(name, "dim").append(folded, ""))
        blocks.append(Text("\n").join(block))
    return Text("\n\n", overflow="fold").join(blocks)


def _style(column: Column, row: Row) -> str:
    if column.key in ("due", "overdue") and row.get("overdue") is True:
        return "red"
    return STYLES.get(str(row.get(column.key)), "") if column.words == "status" else ""


def _chart(chart: Chart, width: int) -> Text:
    from rich.text import Text  # for start-up, as above

    if chart.kind in ("line", "calendar") and chart.labels:
        return _drawn(chart, width)
    rows = [
        (wrap(label, width // 3).split("\n"), number, "█" * length)
        for label, number, length in bars(chart, max(8, min(BAR, width // 3)))
    ]
    label_width = max((cells(line) for lines, _number, _bar in rows for line in lines), default=0)
    number_width = max((cells(number) for _lines, number, _bar in rows), default=0)
    drawn = [Text(wrap(show(chart.title), width), "dim")] if chart.title else []
    for (*before, last), number, bar in rows:
        space = " " * (label_width - cells(last) + GAP + number_width - cells(number))
        drawn += [Text(line) for line in before]
        drawn.append(Text(last + space + number + " " * GAP).append(bar, "blue"))
    return Text("\n", no_wrap=True, overflow="ignore").join(drawn)


def _drawn(chart: Chart, width: int) -> Text:
    """A trend on one line, or a calendar."""
    from rich.text import Text  # for start-up, as above

    title = [Text(wrap(show(chart.title), width), "dim")] if chart.title else []
    if chart.kind == "line":
        room = max(8, min(BAR, width // 3))
        return Text("\n", overflow="fold").join([*title, Text(sparkline(chart, room))])
    days = [
        Text.assemble(*((text, "" if shade is None else SHADES[shade]) for text, shade in line))
        for line in calendar_lines(chart, width)
    ]
    return Text("\n", no_wrap=True, overflow="ignore").join([*title, *days])


def wrap(text: str, width: int) -> str:
    """Text in lines as Chinese is set: broken between any two characters, never before a stop."""
    lines = []
    for source in text.split("\n"):
        if cells(source) <= width:
            lines.append(source)
            continue
        line = ""
        for word in _WORD.findall(source):
            for piece in word if cells(word) > width else (word,):
                if line and cells(line + piece.rstrip()) > width:
                    lines.append(line.rstrip())
                    line = ""
                    piece = piece.lstrip(" ")
                line += piece
        lines.append(line)
    return "\n".join(lines)
