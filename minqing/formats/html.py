"""HTML: one file that needs no network, reads on a phone and prints on A4. Runs no script."""

import re
from html import escape
from pathlib import Path
from typing import Any

from minqing.formats import (
    about,
    amount,
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
from minqing.formats._pictures import Year, calendar, day_names, level, month_names, peak
from minqing.formats.md import body
from minqing.language import colon, language
from minqing.report import Chart, Column, Report, Section
from minqing.safe import cells, show

SUFFIXES = (".html", ".htm")
TEMPLATE = Path(__file__).with_name("report.html.jinja")
FONTS = '"Noto Sans CJK SC","Source Han Sans SC","PingFang SC","Microsoft YaHei",sans-serif'
WIDTH, LEFT, TOP = 420, 30, 16  # of a picture, and of the names beside and above a calendar
SHADES = ("#e4e4e4", "#a9c6dc", "#5f97c0", "#1f5c8c")
STYLE = {
    "background": "transparent",
    "plot_background": "transparent",
    "font_family": FONTS,
    "label_font_size": 12,
    "major_label_font_size": 12,
    "value_font_size": 12,
    "guide_stroke_color": "#ccc",
    "major_guide_stroke_color": "#ccc",
    "colors": ("#3b77a8",),
    "opacity": ".8",
}
WIDE = 7  # a ledger of more columns than this prints on a page turned sideways
SHORT = 24  # so long is a cell that stays on one line
SHEET = 10  # cards on an A4 page
DOTS = 60  # points of a line that can be told apart
LONGEST = 18  # letters of a label; more would leave no room for its bar

_LINK = re.compile(r'<a href="(?!https?://|mailto:)[^"]*"[^>]*>(.*?)</a>', re.DOTALL)
_IMAGE = re.compile(r'<img src="(?!data:image/)[^"]*" alt="([^"]*)"[^>]*/>')


def render(report: Report) -> str:
    """The report as one page."""
    environment = library("jinja2.sandbox", "html").SandboxedEnvironment(
        autoescape=True,
        undefined=library("jinja2", "html").StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page: str = environment.from_string(TEMPLATE.read_text("utf-8")).render(
        language={"zh": "zh-CN"}.get(language(), language()),
        fonts=FONTS,
        warning=warning(report),
        title=show(report.title),
        colon=colon(),
        paper=report.paper,
        foot=[show(line, newline=True) for line in signed(report)],
        # cards are cut out: what stands above them is for the screen
        cut=bool(report.sections) and report.sections[0].look == "cards",
        about=about(report),
        wide=report.paper == "ledger" and any(len(section.columns) > WIDE for section in report.sections),
        sections=[
            _section(section, heading, f"chart-{n}")
            for n, (heading, section) in enumerate(zip(headings(report), report.sections, strict=True), 1)
        ],
    )
    return page


def _section(section: Section, heading: str, name: str) -> dict[str, Any]:
    return {
        "heading": heading,
        "text": [show(paragraph, newline=True) for paragraph in section.text],
        "body": markdown_to_html(section.markdown) if section.markdown else "",
        "none": none() if is_empty(section) else "",
        "look": section.look,
        "blocks": fields(section) if section.look == "form" else [],
        "sheets": _sheets(section) if section.look == "cards" else [],
        "columns": [(show(column.title), _look(column)) for column in section.columns],
        "rows": _rows(section),
        "caption": _caption(section.chart) if section.chart else "",
        "chart": _picture(section.chart, name) if section.chart and section.chart.labels else "",
    }


def _sheets(section: Section) -> list[list[list[tuple[str, str]]]]:
    """Cards by the page."""
    cards = fields(section)
    return [cards[n : n + SHEET] for n in range(0, len(cards), SHEET)]


def _caption(chart: Chart) -> str:
    axis = f" ({chart.unit})" if chart.unit and chart.kind == "line" else ""  # a bar bears its unit
    return show(chart.title + axis)


def _rows(section: Section) -> str:
    """The rows of a table, escaped: the template would take several times as long for each cell."""
    begins = [
        {
            (short, late): f'<td class="{_look(column, short, late)}">'
            for short in (False, True)
            for late in (False, True)
        }
        for column in section.columns
    ]
    lines = []
    for row in section.rows:
        late = row.get("overdue") is True
        texts = [cell(column, row.get(column.key)) for column in section.columns]
        made = [
            f"{begin[cells(text) <= SHORT, late]}{escape(text)}</td>"
            for text, begin in zip(texts, begins, strict=True)
        ]
        lines.append(f"<tr>{''.join(made)}</tr>\n")
    return "".join(lines)


def _look(column: Column, short: bool = True, late: bool = False) -> str:
    looks = {
        "number": column.align == "right",
        "whole": short and not column.fold,
        "late": late and column.key in ("due", "overdue"),
    }
    return " ".join(look for look, so in looks.items() if so)


def markdown_to_html(text: str, format_name: str = "html") -> str:
    """An entry's body. Tags in it are words, links go to the web or to a mailbox, pictures are inside."""
    comrak = library("comrak", format_name)
    # the only reader that takes **要点：**后文 as bold; raw HTML and script links are off by default
    options = comrak.ExtensionOptions()
    options.cjk_friendly_emphasis = options.table = options.strikethrough = True
    html: str = comrak.render_markdown(body(show(text, newline=True)), extension_options=options)
    return _IMAGE.sub(r"\1", _LINK.sub(r"\1", html))


def _picture(chart: Chart, name: str) -> str:
    if chart.kind == "calendar":
        return "\n".join(_year(year, peak(calendar(chart))) for year in calendar(chart))
    return _svg(chart, name)


def _year(year: Year, most: int) -> str:
    """A block of a calendar as SVG: weeks are columns, a fuller square is a fuller day."""
    side = min(16, (WIDTH - LEFT) / len(year.weeks))
    names = month_names()
    starts = [*year.months[1:], (10**6, 0)]
    parts = [f'<text x="0" y="10">{year.year}</text>']
    for (column, month), (after, _month) in zip(year.months, starts, strict=True):
        if (after - column) * side >= 6 * cells(names[month - 1]):  # a few days at the edge have no room
            parts.append(f'<text x="{LEFT + column * side:.1f}" y="10">{escape(names[month - 1])}</text>')
    parts += [
        f'<text x="0" y="{TOP + (n + 0.8) * side:.1f}">{escape(day_names()[n])}</text>' for n in (0, 2, 4, 6)
    ]
    for column, week in enumerate(year.weeks):
        for row, n in enumerate(week):
            if n is not None:
                at = f'x="{LEFT + column * side:.1f}" y="{TOP + row * side:.1f}"'
                parts.append(
                    f'<rect {at} width="{side * 0.88:.1f}" height="{side * 0.88:.1f}" '
                    f'fill="{SHADES[level(n, most)]}"/>'
                )
    high = TOP + 7 * side
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {high:.0f}" class="calendar" role="img" '
        f'font-size="10" fill="#1c1c1c">{"".join(parts)}</svg>'
    )


def _svg(chart: Chart, name: str) -> str:
    pygal, style = library("pygal", "html"), library("pygal.style", "html")
    labels = [show(label) for label in chart.labels]
    labels = [label if len(label) <= LONGEST else label[: LONGEST - 1] + "…" for label in labels]
    values = lengths(chart)
    look = {
        "width": WIDTH,  # what a phone can show without shrinking the letters
        "margin": 8,
        "js": [],
        "show_legend": False,
        "disable_xml_declaration": True,
        "formatter": lambda value: amount(value, chart.unit),
        "style": style.Style(**STYLE),
    }
    if chart.kind == "line":
        longest = max(map(cells, labels)) * 7
        look |= {"height": 200, "include_x_axis": True, "max_scale": 6, "show_minor_x_labels": False}
        # the last label stands below the last point, half of it beyond
        look |= {"margin_right": 8 + longest // 2, "truncate_label": -1}
        picture = pygal.Line(show_dots=len(labels) <= DOTS, **look)
        room = max(2, (WIDTH - 48) // (longest + 12))  # more would overprint each other
        picture.x_labels_major_every = max(1, -(-(len(labels) - 1) // (room - 1)))
    else:
        # pygal takes every letter for 0.6 of its height; a Chinese one is as wide as it is high
        short = max(map(cells, labels)) * 6.6 - max(map(len, labels)) * 7.2
        look |= {"height": 24 * len(labels) + 16, "margin_left": 8 + max(0, short)}
        most = max(map(abs, values)) or 1
        plot = WIDTH - 24 - max(map(cells, labels)) * 6.6
        look["formatter"] = lambda value: _beside(amount(value, chart.unit), abs(value) / most * plot)
        picture = pygal.HorizontalBar(print_values=True, show_x_labels=False, **look)
        labels, values = labels[::-1], values[::-1]
    picture.x_labels = labels
    picture.add(show(chart.title), values)
    picture.uuid = name  # random otherwise: the same report would give other bytes
    picture.add_xml_filter(_bare)
    svg: str = picture.render(is_unicode=True)
    return svg


def _beside(said: str, length: float) -> str:
    """A bar's number, led past the end of a bar too short to hold it: it is set around the bar's middle."""
    wide = cells(said) * 6.6
    return said if length > wide + 8 else "\u00a0" * round((length + wide + 8) / 2.7) + said


def _bare(svg: Any) -> Any:
    """Off with pygal's script, its dated comments and what only the script would show."""
    for parent in list(svg.iter()):
        for child in list(parent):
            if callable(child.tag) or child.tag.rpartition("}")[2] in ("script", "title", "desc"):
                parent.remove(child)
    return svg
