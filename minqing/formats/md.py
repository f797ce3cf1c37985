"""Markdown: headings, tables and paragraphs that stay what they are, whatever the words in them."""

import re
from collections.abc import Iterable

from minqing.formats import about, bars, cell, fields, headings, is_empty, none, warning
from minqing.language import colon
from minqing.report import Chart, Report, Section
from minqing.safe import show

SUFFIXES = (".md", ".markdown")

_INLINE = re.compile(r"[*_`\[\]#|~]|\\(?=[!-/:-@\[-`{-~]|$)", re.MULTILINE)
_ENTITY = re.compile(r"&(?=#|\w+;)")
_BLOCK = re.compile(r"^[ ]*(?:(?P<mark>[-+=:])|(?P<n>\d{1,9})(?P<dot>[.)]))?", re.MULTILINE)
_TAG = re.compile(r"<(?!https?://[^\s<>]*>|[\w.+-]+@[\w.-]+>)(?=[A-Za-z/!?])")
_FENCE = re.compile(r"(?:[ *+-]|\d+[.)])*(`{3,}(?!.*`)|~{3,})")
_HEADING = re.compile(r" {0,3}(#{1,6})(\s.*|$)")
_UNDERLINE = re.compile(r" {0,3}(=+|-+) *$")
_PROSE = re.compile(r"(?! {0,3}(?:[-+*>#|]|\d+[.)]))\s*\S")


def render(report: Report) -> str:
    """The report as Markdown (CommonMark with tables)."""
    blocks = [f"**{warning(report)}**"] if report.flaws else []
    if report.title:
        blocks += [f"# {inline(show(report.title))}", *([paragraph(about(report))] if about(report) else [])]
    for heading, section in zip(headings(report), report.sections, strict=True):
        blocks += [f"## {inline(heading)}"] if heading else []
        blocks += _section(section)
    blocks += [paragraph(show(line, newline=True)) for line in report.foot]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _section(section: Section) -> list[str]:
    blocks = [paragraph(show(text, newline=True)) for text in section.text]
    if section.markdown:
        blocks.append(body(show(section.markdown, newline=True)))
    if is_empty(section):
        blocks.append(none())
    elif section.rows:
        blocks += [_table(section)] if section.look == "table" else map(_block, fields(section))
    if section.chart:
        blocks.append(_chart(section.chart))
    return blocks


def _table(section: Section) -> str:
    titles = [show(column.title) for column in section.columns]
    rights = [column.align == "right" for column in section.columns]
    rows = [[cell(column, row.get(column.key)) for column in section.columns] for row in section.rows]
    return _grid(titles, rights, rows)


def _block(row: list[tuple[str, str]]) -> str:
    """A row as lines of **title**: value. The colon stands outside: inside, Chinese bold ends nowhere."""
    return "  \n".join(
        f"**{inline(title)}**{colon()}{paragraph(value)}".rstrip() if title else paragraph(value)
        for title, value in row
    )


def _chart(chart: Chart) -> str:
    return _grid([show(chart.title), ""], [False, True], [row[:2] for row in bars(chart, 0)])


def _grid(titles: list[str], rights: list[bool], rows: Iterable[Iterable[str]]) -> str:
    rules = "|".join("---:" if right else "---" for right in rights)
    lines = [" | ".join(map(inline, row)) for row in (titles, *rows)]
    return "\n".join((f"| {lines[0]} |", f"|{rules}|", *(f"| {line} |" for line in lines[1:])))


def inline(text: str) -> str:
    """Words that stay words inside a line of Markdown."""
    text = _INLINE.sub(r"\\\g<0>", text)
    return _ENTITY.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")


def paragraph(text: str) -> str:
    """Words that stay a paragraph: no list, heading or code by accident; line ends are kept."""
    text = _BLOCK.sub(_harmless, inline(text))
    return "  \n".join(line.rstrip() for line in text.split("\n"))


def _harmless(start: re.Match[str]) -> str:
    if start["mark"]:
        return "\\" + start["mark"]
    return f"{start['n']}\\{start['dot']}" if start["n"] else ""


def body(markdown: str) -> str:
    """An entry's own Markdown as a part of a paper: tags are words, headings go below the section's."""
    lines: list[str] = []
    fence = ""
    for line in _TAG.sub("&lt;", markdown).rstrip().split("\n"):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line.strip(" `~"):
                fence = ""
        elif mark:
            fence = mark[1]
        elif heading := _HEADING.match(line):
            line = "#" * min(6, len(heading[1]) + 2) + heading[2]
        elif lines and _UNDERLINE.match(line) and _PROSE.match(lines[-1]):
            level = "###" if "=" in line else "####"
            lines[-1], line = f"{level} {lines[-1].strip()}", ""
        lines.append(line)
    return "\n".join([*lines, fence] if fence else lines)
