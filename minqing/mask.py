"""What a paper may show, by audience; runs on the Report value, so that no format can forget it.

Three audiences: `self` sees everything, `unit` is the office a paper is handed to, `public` a notice board.
Who is a resident is masked for both: 王**, a child 儿童A, whoever complained, got aid or was voted for among
them. Who does the work under their name (author, companions with a role, helpers, who was elected; hosts,
recorders, handlers and approvers whom no entry is about) stays for `unit` and is 冯某 for `public`; a name
that is in both groups by facts, aid or a complaint is a resident's. Two that mask to the same string are
numbered in the order in which the diary first names them, so that 王**(2) is one person in every paper.

Free text goes the same way, by every known name, other name and sensitive fact, and by names that a paper tells in
passing where the words around leave no doubt (see passing.py). Whom nobody has named in a fact, an item, aid or a vote
and who is told without such words cannot be known: the writer reads a paper before it leaves the house.
"""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from datetime import date as Date
from decimal import Decimal
from typing import Any

from minqing.language import _
from minqing.report import AUDIENCES, TOOLS, Chart, Column, Report, Row, Section
from minqing.sensitive import FACTS
from minqing.veil import Veil, without_illness
from minqing.words import VALUES


def handed(report: Report, ledger: sqlite3.Connection, audience: str, format_name: str) -> Report:
    """The report as it may be given to an audience in a format; a full paper says what it is."""
    if audience == "self":
        return report if format_name in TOOLS else warned(report)
    return mask(report, ledger, audience)


def warned(report: Report) -> Report:
    """The report with 含个人信息，不得外传 where every format shows it: in the title, which no page lacks."""
    notice = _("holds personal data, not to be passed on")
    title = _("{title} ({notice})").format(title=report.title, notice=notice)
    sections = tuple(
        section._replace(title=title) if section.title == report.title else section
        for section in report.sections
    )
    return report._replace(title=title, sections=sections, notice=notice)


def mask(report: Report, ledger: sqlite3.Connection, audience: str) -> Report:
    """The report without what the audience may not see. The same ledger and report give the same mask."""
    if audience == "self":
        return report
    if audience not in AUDIENCES:
        raise ValueError(audience)
    veil = Veil(ledger, audience, _day(report.made, ledger))
    veil.learn(_texts(report))
    text = veil.text
    return report._replace(
        title=veil.title(report.title),
        period=report.period._replace(name=text(report.period.name)),
        filters=tuple(map(text, report.filters)),
        sections=tuple(_section(veil, section) for section in report.sections),
        figures={text(key): veil.value(value) for key, value in report.figures.items()},
        unit=text(report.unit),
        foot=tuple(map(text, report.foot)),
    )


def _texts(value: Any) -> set[str]:
    """Every text in a value, wherever it stands."""
    found: set[str] = set()
    left = [(value,)]
    while left:
        for part in left.pop():
            if isinstance(part, str):
                found.add(part)
            elif isinstance(part, dict):
                found.update(part)
                left.append(tuple(part.values()))
            elif isinstance(part, (list, tuple)):
                left.append(tuple(part))
    return found


def mask_values(values: Any, ledger: sqlite3.Connection, audience: str) -> Any:
    """Values for another program, under keys of our own, without what the audience may not see."""
    veil = Veil(ledger, audience, _day("", ledger))
    veil.learn(_texts(values))

    def masked(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: masked(part) for key, part in value.items()}
        if isinstance(value, (list, tuple)):
            return [masked(part) for part in value]
        return veil.value(value)

    return masked(values)


def _day(made: str, ledger: sqlite3.Connection) -> Date:
    """The day on which ages count: that on which a report was made, else that of the newest entry."""
    newest = made or ledger.execute("select max(date) from entry").fetchone()[0]
    return Date.fromisoformat(newest) if newest else Date.max


def _section(veil: Veil, section: Section) -> Section:
    text = veil.text
    section = without_few(section) if veil.public else section
    keys = {column.key: text(column.key) for column in section.columns}
    chart = section.chart
    return section._replace(
        name=text(section.name),
        title=veil.title(section.title),
        columns=tuple(
            column._replace(key=keys[column.key], title=text(column.title)) for column in section.columns
        ),
        rows=tuple(_rows(veil, section, keys)),
        text=tuple(map(text, section.text)),
        chart=chart and _chart(veil, chart),
        markdown=veil.markdown(section.markdown),
    )


def _chart(veil: Veil, chart: Chart) -> Chart:
    labels = tuple(map(veil.text, chart.labels))
    return chart._replace(title=veil.text(chart.title), labels=labels, unit=veil.text(chart.unit))


FEW = 3  # so many at least have to share what is said of them
_CAUSES = "|".join(word for key, words in VALUES["causes"].items() for word in (key, *words))
_FEW_TOLD = re.compile(rf"({_CAUSES})( ?)[0-{FEW - 1}](?![\d.])")


def without_few(section: Section) -> Section:
    """A section whose counts under FEW of something sensitive show as "<3", in a table and in a sentence.

    Where one of a column would be what is missing from the sum of the others, the smallest of these is "≥3".
    """
    section = section._replace(text=tuple(_FEW_TOLD.sub(rf"\1\2<{FEW}", line) for line in section.text))
    counts = [column.key for column in section.columns if column.align == "right"]
    others = [column for column in section.columns if column.align != "right"]
    if not counts or not others or not all(map(_is_sensitive, others)):
        return section
    rows = [dict(row) for row in section.rows]
    hidden = False
    for key in counts:
        counted = sorted((row for row in rows if _is_number(row.get(key))), key=lambda row: row[key])
        few = [row for row in counted if row[key] < FEW]
        hidden = hidden or bool(few)
        if len(few) == 1:
            for row in counted[1:2]:
                row[key] = f"≥{FEW}"
        for row in few:
            row[key] = f"<{FEW}"
    return section._replace(rows=tuple(rows), chart=None if hidden else section.chart)


def _is_sensitive(column: Column) -> bool:
    """Whether a column tells what is the matter with people, one of a few kinds a row."""
    return column.words == "causes" or column.key in _VALUES or FACTS.get(column.key, "text") != "text"


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


_OF_FACT = ("fact", "key")  # a column of these says which fact its row is of
_VALUES = ("value", "before", "said", "older")  # and of these what that fact is


def _rows(veil: Veil, section: Section, keys: Mapping[str, str]) -> Iterator[Row]:
    """The rows as they may be seen, without those that only say what is left out.

    Of what no column shows, True and numbers stay: they help to draw a row.
    """
    told = [key for key in _OF_FACT if key in keys]
    facts = {key for key in keys if key in FACTS or (told and key in _VALUES)}
    causes = {column.key for column in section.columns if column.words == "causes" and veil.public}
    said: set[str] = set().union(
        *section.rows
    )  # a column that no row fills in is for the pen, see formats.by_hand
    others = [key for key in keys if key in said and key not in facts and key not in causes]
    renamed = any(key != shown for key, shown in keys.items())
    for row in section.rows:
        made: Row = {key: veil.value(row.get(key)) for key in others}
        for key in facts:
            made[key] = veil.value(
                veil.fact(str(row[told[0]]) if told and key in _VALUES else key, row.get(key))
            )
        for key in causes:
            made[key] = row.get(key) if _counts(row) else without_illness(row.get(key))
        if (
            veil.public
            and len(keys) < 7
            and _says_nothing(row, made, causes | ({"value"} if told else set()))
        ):
            continue
        if section.look == "cards":
            made |= {key: row[key] for key in keys if str(row.get(key)) in veil.given}
        if renamed:
            made = {keys[key]: value for key, value in made.items()}
        for key in row.keys() - keys.keys():
            if isinstance(row[key], int):
                made[key] = row[key]
        yield made


def _says_nothing(row: Row, made: Row, keys: set[str]) -> bool:
    """Whether what a row is there to say was left out of it."""
    return any(row.get(key) and not made[key] for key in keys)


def _counts(row: Row) -> bool:
    """Whether a row is about many, with a number of them, rather than about one."""
    return any(isinstance(value, int) and not isinstance(value, bool) for value in row.values())
