"""PDF through typst: pages that print on A4 as they are, with their fonts inside.

A ledger lies on its side with a repeated head and a line to sign; a letter stands upright as GB/T 9704-2012 has
it. What a report says goes to the template as JSON, so that no word of it is ever taken for markup.
"""

import json
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from minqing.errors import MinqingError
from minqing.formats import (
    about,
    bars,
    by_hand,
    cell,
    fields,
    headings,
    is_empty,
    lengths,
    library,
    none,
    signed,
    warning,
)
from minqing.formats._pictures import LEVELS, calendar, day_names, level, month_names, peak
from minqing.formats._sheet import fitted
from minqing.formats.html import markdown_to_html
from minqing.language import _, colon, language
from minqing.report import Chart, Column, Report, Section
from minqing.safe import cells, show

SUFFIXES = (".pdf",)
TEMPLATE = Path(__file__).with_name("report.typ")

# Families by what they are for, best first; a home machine lacks the GB2312 ones that a standard page asks for.
SONG = ("SimSun", "NSimSun", "STSong", "Songti SC", "Noto Serif CJK SC", "Noto Serif SC")
MORE_SONG = ("Source Han Serif SC", "Source Han Serif CN", "AR PL UMing CN", "AR PL SungtiL GB")
HEI = ("SimHei", "STHeiti", "Heiti SC", "Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei")
MORE_HEI = ("Source Han Sans SC", "Source Han Sans CN", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei")
SERIF = (*SONG, *MORE_SONG)
SANS = (*HEI, *MORE_HEI, "Droid Sans Fallback")
FONTS = {
    "body": ("FangSong_GB2312", "FangSong", "STFangsong", "FZFangSong-Z02S", *SERIF, *SANS),
    "cell": (*SERIF, *SANS),
    "head": (*SANS, *SERIF),
    "title": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "STZhongsong", *SERIF, *SANS),
}
LATIN = ("Times New Roman", "Liberation Serif", "Libertinus Serif")  # the last one is inside typst
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")

SIZES = (10.5, 9, 8, 7)  # points: a table is set as large as its columns allow
ROOMS = {"ledger": 757, "letter": 442}  # points between the margins
PAD = 9  # points beside the words of a cell
FOLDED = 16  # columns of a terminal: no folded column is narrower as long as there is room
BY_HAND = 12  # the least for what is filled in with a pen
NARROW = 8  # where there is none
DEEPEST = 12  # lists in lists, or quotes in quotes; what lies deeper is shown at that depth


def render(report: Report) -> bytes:
    """The report as a PDF. Raises MinqingError where typst or a Chinese font is not installed."""
    typst = library("typst", "pdf", "pdf")
    said = json.dumps(_said(report), ensure_ascii=False)
    fonts = typst.Fonts()
    chosen = chosen_fonts(fonts.families())
    if not chosen["body"] and _CHINESE.search(said):
        raise MinqingError(
            "no Chinese font is installed, and a PDF carries its letters with it: "
            "install one (Debian and Ubuntu: fonts-noto-cjk; Fedora: google-noto-sans-cjk-fonts)"
        )
    page: bytes = typst.compile(
        str(TEMPLATE),
        font_paths=fonts,
        sys_inputs={"report": said, "fonts": json.dumps(chosen)},
        timestamp=_moment(report.made),
    )
    return page


def chosen_fonts(installed: Iterable[str]) -> dict[str, list[str]]:
    """Of the families known here those that are installed, by what they are for; `latin` for digits and letters."""
    there = {family.casefold(): family for family in installed}

    def known(families: Iterable[str]) -> list[str]:
        return [there[family.casefold()] for family in families if family.casefold() in there]

    return {use: known(families) for use, families in FONTS.items()} | {"latin": known(LATIN)[:1]}


def _moment(made: str) -> int:
    """The day of the report in seconds: the hour of writing would give the same report other bytes."""
    return int(datetime.fromisoformat(made).replace(tzinfo=UTC).timestamp()) if made else 0


def _said(report: Report) -> dict[str, Any]:
    return {
        "language": language(),
        "colon": colon(),
        "page": _("Page {page} of {pages}"),
        "paper": report.paper,
        "warning": warning(report),
        "title": show(report.title),
        "about": about(report),
        # cards are cut out: nothing stands above them
        "cut": bool(report.sections) and report.sections[0].look == "cards",
        "signed": [show(line, newline=True) for line in signed(report)],
        "sections": [
            _section(section, heading, ROOMS[report.paper])
            for heading, section in zip(headings(report), report.sections, strict=True)
        ],
    }


def _section(section: Section, heading: str, room: float) -> dict[str, Any]:
    chart = section.chart
    return {
        "heading": heading,
        "text": [line for text in section.text for line in show(text, newline=True).split("\n")],
        "body": nodes(markdown_to_html(section.markdown, "pdf")) if section.markdown else [],
        "none": none() if is_empty(section) else "",
        "look": section.look,
        "fields": fields(section) if section.look != "table" else [],
        "table": _table(section, room) if section.rows and section.look == "table" else None,
        "chart": _chart(chart) if chart and chart.labels else None,
    }


# ---------------------------------------------------------------- tables


def _table(section: Section, room: float) -> dict[str, Any]:
    titles = [show(column.title) for column in section.columns]
    rows = [[cell(column, row.get(column.key)) for column in section.columns] for row in section.rows]
    hand = [by_hand(column, section.rows) for column in section.columns]
    sample = ["x" * BY_HAND if blank else "" for blank in hand]
    size, widths = _fit(section.columns, [titles, *rows, sample], room)
    return {
        "size": size,
        "widths": widths,
        "titles": titles,
        "aligns": ["right" if column.align == "right" else "left" for column in section.columns],
        "rows": [[_breakable(text, width) for text, width in zip(row, widths, strict=True)] for row in rows],
        "late": [row.get("overdue") is True for row in section.rows],
        "due": [column.key in ("due", "overdue") for column in section.columns],
        "by_hand": any(hand),
    }


def _fit(columns: Sequence[Column], rows: Sequence[Sequence[str]], room: float) -> tuple[float, list[int]]:
    """The largest letters, in points, at which only words have to be folded, and how wide each column is then.

    Widths are in halves of a letter's size: what a digit or half a Chinese letter takes.
    """
    for size in SIZES:
        pad = round(PAD / size * 2)
        needs = [max(1, *(cells(row[n]) for row in rows)) + pad for n in range(len(columns))]
        least = [
            min(need, FOLDED + pad) if column.fold else need
            for column, need in zip(columns, needs, strict=True)
        ]
        if sum(least) <= (most := int(room / size * 2)):
            return size, fitted(needs, least, most)
    least = [min(need, NARROW + pad) for need in needs]
    return size, fitted(needs, least, most)


def _breakable(text: str, width: int) -> str:
    """A word longer than its column may be broken anywhere; else it would run over its neighbour."""
    if cells(text) < width:
        return text
    long = max(8, width - 4)
    return re.sub(rf"[!-\u2e7f]{{{long},}}", lambda word: "\u200b".join(word[0]), text)


# ---------------------------------------------------------------- charts


def _chart(chart: Chart) -> dict[str, Any]:
    said: dict[str, Any] = {"kind": chart.kind, "title": show(chart.title), "unit": show(chart.unit)}
    if chart.kind == "calendar":
        return said | {"days": day_names(), "years": _years(chart)}
    drawn = bars(chart, 1000)
    said |= {"labels": [label for label, _number, _length in drawn]}
    said |= {"numbers": [number for _label, number, _length in drawn]}
    if chart.kind == "line":
        return said | {"heights": _heights(lengths(chart))}
    widest = max((cells(label) for label, _number, _length in drawn), default=0)
    return said | {
        "shares": [length / 1000 for _label, _number, length in drawn],
        "side": min(30, widest) / 2 + 0.5,  # letters
    }


def _heights(values: list[float]) -> list[float]:
    """Where a trend's points lie between its lowest, 0, and its highest, 1."""
    low, high = min(values), max(values)
    return [(value - low) / (high - low) if high > low else 0.5 for value in values]


def _years(chart: Chart) -> list[dict[str, Any]]:
    years, names = calendar(chart), month_names()
    most = peak(years)
    return [
        {
            "year": year.year,
            "months": [[column, names[month - 1]] for column, month in year.months],
            "weeks": [[None if n is None else level(n, most) / LEVELS for n in week] for week in year.weeks],
        }
        for year in years
    ]


# ---------------------------------------------------------------- an entry's own Markdown


def nodes(html: str) -> list[Any]:
    """A page's tags as a tree: text, or a tag with its `kids`."""
    tree = _Tree()
    tree.feed(html)
    tree.close()
    return tree.root


class _Tree(HTMLParser):
    """Builds the tree. Tags nested deeper than the template can follow are left out, their words kept."""

    VOID = ("br", "hr", "img", "input")
    # space between the tags in these is none
    HOLDERS = ("", "ul", "ol", "table", "thead", "tbody", "tr", "blockquote")

    def __init__(self) -> None:
        super().__init__()
        self.root: list[Any] = []
        self.open: list[tuple[str, list[Any]]] = [("", self.root)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kids: list[Any] = []
        inside = self.open[-1][1]
        if len(self.open) <= DEEPEST:
            inside.append({"tag": tag, "kids": kids, "start": int(dict(attrs).get("start") or 1)})
        else:
            kids = inside
        if tag == "img":
            kids.append(dict(attrs).get("alt") or "")
        if tag not in self.VOID:
            self.open.append((tag, kids))

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID and len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        tag, kids = self.open[-1]
        if tag in self.HOLDERS and not data.strip():
            return
        if not any(name == "pre" for name, _kids in self.open):
            # a line's end between two Chinese letters is no space
            data = re.sub(r"(?<=[\u2e80-\uffef])\n(?=[\u2e80-\uffef])", "", data).replace("\n", " ")
        kids.append(_breakable(data, 60))
