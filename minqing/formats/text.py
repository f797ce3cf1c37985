"""Plain text for a pipe: one row is one line, whatever its length."""

from collections.abc import Iterable
from itertools import zip_longest

from minqing.formats import about, bars, cell, fields, headings, is_empty, none, warning
from minqing.formats._pictures import calendar_lines, sparkline
from minqing.language import colon
from minqing.report import Chart, Report, Section
from minqing.safe import cells, show

SUFFIXES = (".txt", ".text")
GAP = "  "
BAR = 40
YEAR = 120  # as wide as a calendar of a year gets, two columns a week


def render(report: Report) -> str:
    """The report as aligned text."""
    lines = head(report)
    for heading, section in zip(headings(report), report.sections, strict=True):
        lines += ["", *_section(heading, section)] if lines else _section(heading, section)
    lines += ["", *(show(line, newline=True) for line in report.foot)] if report.foot else []
    return "\n".join(lines) + "\n"


def head(report: Report) -> list[str]:
    """The lines above the sections; a report without a title, such as a list, only warns."""
    lines = [warning(report)] if report.flaws else []
    return (
        [*lines, *(line for line in (show(report.title), about(report)) if line)] if report.title else lines
    )


def _section(heading: str, section: Section) -> list[str]:
    lines = [heading] if heading else []
    lines += [show(paragraph, newline=True) for paragraph in section.text]
    if section.markdown:
        lines.append(show(section.markdown.rstrip("\n"), newline=True))
    if is_empty(section):
        lines.append(none())
    elif section.rows:
        lines += _table(section) if section.look == "table" else _blocks(section)
    return lines + (_chart(section.chart) if section.chart else [])


def _table(section: Section) -> list[str]:
    columns = section.columns
    rights = [column.align == "right" for column in columns]
    titles = [show(column.title) for column in columns]
    rows = [[cell(column, row.get(column.key)) for column in columns] for row in section.rows]
    widths = _widths([titles, *rows])
    rule = GAP.join("-" * width for width in widths)
    return [_line(titles, widths, rights), rule, *(_line(row, widths, rights) for row in rows)]


def _blocks(section: Section) -> list[str]:
    """Each row as a block of `title: value`."""
    lines: list[str] = []
    for row in fields(section):
        lines += [""] if lines else []
        lines += [line for title, value in row for line in field_lines(title, value)]
    return lines


def field_lines(title: str, value: str) -> list[str]:
    """`title: value`; the value's further lines stand below its first."""
    head = f"{title}{colon()}" if title else ""
    first, *more = value.split("\n")
    return [f"{head}{first}".rstrip(), *(" " * cells(head) + line for line in more)]


def _chart(chart: Chart) -> list[str]:
    title = [show(chart.title)] if chart.title else []
    if chart.kind == "line":
        return [*title, sparkline(chart, BAR)] if chart.labels else title
    if chart.kind == "calendar":
        drawn = ("".join(text for text, _shade in line) for line in calendar_lines(chart, YEAR))
        return [*title, *(line.rstrip() for line in drawn)]
    rows = [(label, number, "#" * length) for label, number, length in bars(chart, BAR)]
    widths = _widths(rows)
    return title + [_line(row, widths, (False, True, False)) for row in rows]


def _widths(rows: Iterable[Iterable[str]]) -> list[int]:
    return [max(map(cells, column)) for column in zip_longest(*rows, fillvalue="")]


def _line(texts: Iterable[str], widths: Iterable[int], rights: Iterable[bool]) -> str:
    padded = []
    for text, width, right in zip(texts, widths, rights, strict=True):
        space = " " * (width - cells(text))
        padded.append(space + text if right else text + space)
    return GAP.join(padded).rstrip()
