"""One file = one format, found by its name. Here: finding them, and what all of them say alike.

A format has `render(report) -> str | bytes` and the file endings it goes by, `SUFFIXES`. Whatever
a function here returns is safe to show; it still has to be escaped as its format demands.
"""

import itertools
import os
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import Any

from minqing.errors import MinqingError, UsageError
from minqing.exact import decimal_text
from minqing.language import _, colon, count, language
from minqing.report import Chart, Column, Report, Row, Section, Span, shown
from minqing.safe import show

HERE = os.path.dirname(__file__)
BY_SITUATION = {"__init__", "terminal"}  # a tty gets "terminal"; nobody asks for it by name


def formats() -> list[str]:
    """The names a person may ask for. Imports none of them."""
    stems = {name[:-3] for name in os.listdir(HERE) if name.endswith(".py") and name[0].isalpha()}
    return sorted(stems - BY_SITUATION)


def load(name: str) -> ModuleType:
    """The format of that name."""
    if name not in formats():
        raise UsageError(
            "no format is called {name}; there are {known}", name=name, known=", ".join(formats())
        )
    return import_module(f"minqing.formats.{name}")


def format_of(path: str) -> str | None:
    """The format that a file's ending asks for, or None."""
    ending = os.path.splitext(path)[1].lower()
    return next((name for name in formats() if ending in load(name).SUFFIXES), None)


def library(name: str, format_name: str, extra: str = "office") -> Any:
    """A library of an extra, loaded when a file is made: none of them is quick to start.

    Raises MinqingError, naming the extra, when that library itself is not installed.
    """
    try:
        return import_module(name)
    except ImportError as error:
        if (error.name or "").split(".")[0] != name.split(".")[0]:
            raise  # a library of its own is missing: what is broken is not ours to guess
        raise MinqingError(
            "{format} needs the {extra} extra: pip install 'minqing[{extra}]'",
            format=format_name,
            extra=extra,
        ) from None


def cell(column: Column, value: object, newline: bool = False) -> str:
    """A value as a reader sees it, in their language; its lines are kept where there is room for lines."""
    if isinstance(value, str) and column.words is None:  # most cells are, and need no more
        return show(value or column.empty, newline)
    return show(shown(column, value, language()), newline)


def fields(section: Section) -> list[list[tuple[str, str]]]:
    """The rows of a form or of cards, each as title and value; a value may have lines, and may be empty."""
    return [
        [(show(column.title), cell(column, row.get(column.key), newline=True)) for column in section.columns]
        for row in section.rows
    ]


def numbered(report: Report) -> Report:
    """The report as a paper has it: where a ledger wants them, its rows bear running numbers."""
    return report._replace(
        sections=tuple(
            section._replace(
                columns=(Column("no", _("No."), "right"), *section.columns),
                rows=tuple(row | {"no": n} for n, row in enumerate(section.rows, 1)),
            )
            if section.numbered
            else section
            for section in report.sections
        )
    )


def by_hand(column: Column, rows: Sequence[Row]) -> bool:
    """Whether a column is there to be filled in with a pen, such as a signature: no row has its key."""
    return bool(rows) and not any(column.key in row for row in rows)


def warning(report: Report) -> str:
    """The first line of a report that is not whole; nothing if it is."""
    if not report.flaws:
        return ""
    return count(
        "{n} file could not be read whole: `minqing check` names it",
        "{n} files could not be read whole: `minqing check` names them",
        report.flaws,
    )


def about(report: Report) -> str:
    """What a report stands on: period, unit, filters, entries behind it, the day it was made.

    Nothing for what rests on no entries at all, such as a list of kinds.
    """
    if not (report.period.name or report.period.first or report.period.last):
        return ""
    said = [_("Period: {period}").format(period=_period(report.period))]
    if report.unit:
        said.append(_("Unit: {unit}").format(unit=report.unit))
    if report.filters:
        said.append(_("Filter: {filters}").format(filters=" ".join(report.filters)))
    said.append(count("{n} entry", "{n} entries", report.entries))
    if report.made:
        said.append(_("Made: {day}").format(day=report.made))
    return show(" · ".join(said))


def _period(span: Span) -> str:
    days = _("all") if span.first == span.last is None else f"{span.first or ''}..{span.last or ''}"
    if not span.name or span.first == span.last == span.name:
        return span.name or days
    return f"{span.name} ({days})" if span.first or span.last else span.name


def headings(report: Report) -> list[str]:
    """The sections' titles, numbered as in a paper where there are several.

    A section that only repeats the report's title needs none.
    """
    titles = ["" if section.title == report.title else show(section.title) for section in report.sections]
    several, numbers = sum(map(bool, titles)) > 1, itertools.count(1)
    return [_numbered(next(numbers), title) if title and several else title for title in titles]


def _numbered(n: int, title: str) -> str:
    return f"{_chinese(n)}、{title}" if language() == "zh" else f"{n}. {title}"


def _chinese(n: int) -> str:
    """1 to 99 as numbered in a Chinese paper: 十二, 二十; more in digits."""
    if n > 99:
        return str(n)
    tens, ones = divmod(n, 10)
    digits = " 一二三四五六七八九"
    ten = "" if not tens else "十" if tens == 1 else f"{digits[tens]}十"
    return ten + digits[ones].strip()


def signed(report: Report) -> tuple[str, ...]:
    """What stands below everything on paper: the report's own foot, else who is to sign a ledger's tables."""
    tables = any(section.columns and section.look == "table" for section in report.sections)
    if report.foot or report.paper != "ledger" or not tables:
        return report.foot
    return tuple(f"{who}{colon()}".rstrip() for who in (_("Filled in by"), _("Checked by"), _("In charge")))


def is_empty(section: Section) -> bool:
    """Whether a section has to say "none": it says nothing else."""
    return not (section.rows or section.markdown or section.text or section.chart)


def none() -> str:
    """The word for an empty section."""
    return _("none")


def lengths(chart: Chart) -> list[float]:
    """A chart's values as numbers that can be drawn: a figure of 400 digits is only very long."""
    return [max(-1e15, min(1e15, float(value))) for value in chart.values]


_ONE = {"items": "item", "visits": "visit"}  # units of our own, in English


def amount(value: float, unit: str) -> str:
    """A number as it stands beside its bar: 1 item, 2 items, 5.5 亩."""
    number = decimal_text(value)
    return show(f"{number} {_ONE.get(unit, unit) if number == '1' else unit}".rstrip())


def bars(chart: Chart, size: int) -> list[tuple[str, str, int]]:
    """A chart as label, number and length, the longest bar being `size`; of a calendar the days that have any."""
    drawn = lengths(chart)
    peak = max(map(abs, drawn), default=0) or 1
    return [
        (show(label), amount(value, chart.unit), round(size * abs(length) / peak))
        for label, value, length in zip(chart.labels, chart.values, drawn, strict=False)
        if value or chart.kind != "calendar"
    ]
