"""Word: a letter on a page after GB/T 9704-2012, a ledger on its side with its head on every page, cards to cut out.

The page is our own, or a letterhead: a .docx of the office's with tags in it, see _letterhead.py.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from minqing.diary import Letterhead
from minqing.formats import _word as word
from minqing.formats import (
    about,
    by_hand,
    cell,
    fields,
    headings,
    is_empty,
    none,
    signed,
    warning,
)
from minqing.formats._shaded import drawn
from minqing.formats._sheet import fitted
from minqing.formats.html import markdown_to_html
from minqing.formats.pdf import nodes
from minqing.language import colon
from minqing.report import Column, Report, Row, Section
from minqing.safe import cells, show

SUFFIXES = (".docx",)

SIZES = (21, 18, 16, 14)  # half points: a table is set as large as its columns allow
FOLDED, NARROW = 16, 6  # halves of a letter: no column that may be folded is narrower, with room and without
BY_HAND, SIGNED = 567, 12  # a row that is filled in with a pen, and how wide it is in halves of a letter
FORM = 24  # half points
CARD = (5216, 3000)  # ten to a page
_RED = f'<w:color w:val="{word.RED}"/>'
_SUBHEADING = re.compile(r"（[一二三四五六七八九十]+）[^。；\n]{1,40}")


def render(report: Report, letterhead: Letterhead | None = None) -> bytes:
    """The report as a Word file, on a letterhead where there is one. Raises MinqingError where that is broken."""
    if letterhead:
        from minqing.formats import _letterhead  # docxtpl and python-docx are known there only

        return _letterhead.filled(
            letterhead, report, lambda room, given: "".join(_on_one_page(report, room, given))
        )
    page = word.PAGES[report.paper]
    return word.document("".join(_pages(report, page)), report.paper, show(report.title), report.made)


def _pages(report: Report, page: word.Page) -> Iterator[str]:
    """Everything on the report's own pages; cards lie on pages of their own, with nothing above them."""
    parts: list[tuple[word.Page, list[str]]] = []
    headed = False
    for heading, section in zip(headings(report), report.sections, strict=True):
        cards = section.look == "cards" and bool(section.rows)
        on = word.CARDS if cards else page
        if not parts or parts[-1][0] is not on:
            parts.append((on, []))
        if not cards and not headed:
            parts[-1][1].extend(_head(report))
            headed = True
        parts[-1][1].extend([_cards(section)] if cards else _section(section, heading, on.room))
    if not parts:
        parts.append((page, list(_head(report))))
    foot = list(_foot(report, page.room))
    if foot and parts[-1][1]:
        parts[-1][1][-1] = word.kept(parts[-1][1][-1])  # no signature stands on a page alone
    parts[-1][1].extend(foot)
    for on, blocks in parts[:-1]:
        yield from blocks
        yield word.paragraph("gap", "", word.section(on))
    yield from parts[-1][1]
    yield word.section(parts[-1][0])


def _on_one_page(report: Report, room: int, given: frozenset[str]) -> Iterator[str]:
    """Everything in a row, but for what a letterhead has tags of its own for."""
    if "warning" not in given and report.flaws:
        yield word.paragraph("warning", word.run(warning(report)))
    if "title" not in given:
        yield from _title(report)
    *blocks, last = [
        "",
        *(
            block
            for heading, section in zip(headings(report), report.sections, strict=True)
            for block in _section(section, heading, room)
        ),
    ]
    yield from blocks
    foot = list(_foot(report, room)) if "foot" not in given else []
    yield word.kept(last) if foot else last
    yield from foot


def _head(report: Report) -> Iterator[str]:
    if report.flaws:
        yield word.paragraph("warning", word.run(warning(report)))
    yield from _title(report)


def _title(report: Report) -> Iterator[str]:
    if report.title:
        yield word.paragraph("title", word.run(show(report.title)))
        if about(report):
            yield word.paragraph("about", word.run(about(report)))


def _section(section: Section, heading: str, room: int) -> Iterator[str]:
    if heading:
        yield word.paragraph("heading", word.run(heading))
    for text in section.text:
        for line in show(text, newline=True).split("\n"):
            yield word.paragraph("subheading" if _SUBHEADING.fullmatch(line) else "body", word.run(line))
    if section.markdown:
        yield from _blocks(nodes(markdown_to_html(section.markdown, "docx")), room)
    if is_empty(section):
        yield word.paragraph("body", word.run(none()))
    elif section.rows:
        yield _LOOKS[section.look](section, room)
    if section.chart and section.chart.labels:
        yield from drawn(section.chart, room)


def _foot(report: Report, room: int) -> Iterator[str]:
    """Where one signs: a ledger's in one line, a letter's at the right below a line left free."""
    lines = [show(line, newline=True) for line in signed(report)]
    if report.paper == "ledger" and 0 < len(lines) <= 4:
        stops = "".join(
            f'<w:tab w:val="left" w:pos="{room * n // len(lines)}"/>' for n in range(1, len(lines))
        )
        more = f"<w:tabs>{stops}</w:tabs>" if stops else ""
        yield word.paragraph("sign", "<w:r><w:tab/></w:r>".join(map(word.run, lines)), more)
        return
    if lines and report.paper == "letter":
        yield word.paragraph("plain", "", "<w:keepNext/>")
    for n, line in enumerate(lines):
        keep = "<w:keepNext/>" if n + 1 < len(lines) else ""
        if report.paper == "letter":
            yield word.paragraph("foot", word.run(line), f'{keep}<w:ind w:right="640"/>')
        else:
            yield word.paragraph("sign", word.run(line), keep)


# ---------------------------------------------------------------- tables


def _table(section: Section, room: int) -> str:
    titles = [show(column.title) for column in section.columns]
    rights = [column.align == "right" for column in section.columns]
    rows = [[cell(column, row.get(column.key)) for column in section.columns] for row in section.rows]
    late = [_late(section.columns, row) for row in section.rows]
    hand = [by_hand(column, section.rows) for column in section.columns]
    folds = [column.fold for column in section.columns]
    return _grid(titles, rows, rights, folds, room, late, hand)


def _late(columns: Sequence[Column], row: Row) -> set[int]:
    """The columns of a row that say it is overdue."""
    if row.get("overdue") is not True:
        return set()
    return {n for n, column in enumerate(columns) if column.key in ("due", "overdue")}


def _grid(
    titles: Sequence[str],
    rows: Sequence[Sequence[str]],
    rights: Sequence[bool],
    folds: Sequence[bool],
    room: int,
    late: Sequence[set[int]] = (),
    hand: Sequence[bool] = (),
) -> str:
    """A table with its head. Rows are made as text: python-docx takes 14 s for 5,000 of them."""
    pen = ["x" * SIGNED * filled for filled in hand]  # what is filled in with a pen is as wide as a name
    size, widths = _fit(titles, [*rows, pen] if any(hand) else rows, folds, room)
    least = BY_HAND if any(hand) else 0
    look = "" if size == SIZES[0] else f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    head = [
        word.cell(width, word.paragraph("head", word.run(title, look)))
        for width, title in zip(widths, titles, strict=True)
    ]
    # the same XML around every cell of a column, made once: it is most of what a long table is
    plain, red = (
        [
            word.cell(width, word.paragraph("number" if right else "cell", word.run("@", said))).split("@")
            for width, right in zip(widths, rights, strict=True)
        ]
        for said in (look, _RED + look)
    )
    body = []
    for at, row in enumerate(rows):
        around = [red[n] if late and n in late[at] else plain[n] for n in range(len(row))]
        cells_ = (
            f"{before}{word.words(text)}{after}" for (before, after), text in zip(around, row, strict=True)
        )
        body.append(word.row(cells_, least))
    return word.table(widths, [word.row(head, head=True), *body])


def _fit(
    titles: Sequence[str], rows: Sequence[Sequence[str]], folds: Sequence[bool], room: int
) -> tuple[int, list[int]]:
    """The largest letters with which only words have to be folded, and the columns' widths in twips."""
    texts = [{row[n] for row in rows} for n in range(len(titles))]
    found = [max(map(word.measure, of), default=0) for of in texts]
    heads = [cells(title) for title in titles]
    # a long title is broken over two lines, but never inside an English word
    broken = [
        max(min(head, max(4, -(-head // 4) * 2)), word.longest_code(title))
        for title, head in zip(titles, heads, strict=True)
    ]
    for size in SIZES:
        pad = -(-2 * word.PAD // (size * 5)) + 1  # halves of a letter, as all that follows
        needs = [max(1, *pair) + pad for pair in zip(found, heads, strict=True)]
        least = [
            max(min(value, FOLDED) if fold else value, head) + pad
            for value, head, fold in zip(found, broken, folds, strict=True)
        ]
        most = room // (size * 5)
        if sum(least) <= most:
            break
    else:
        codes = [max(map(word.longest_code, of), default=0) for of in texts]
        least = [min(need, max(NARROW, code) + pad) for need, code in zip(least, codes, strict=True)]
    widths = fitted(needs, least, most)
    total = sum(widths)  # with very many columns more than there is room
    return size, [width * room // total for width in widths]


def _form(section: Section, room: int) -> str:
    """Each row a table of two columns: what is asked, and the answer or room to write it."""
    look = f'<w:sz w:val="{FORM}"/><w:szCs w:val="{FORM}"/>'
    longest = max(cells(show(column.title)) for column in section.columns)
    label = min(room // 3, (longest + 2) * FORM * 5 + 2 * word.PAD)
    widths = (label, room - label)
    return "".join(
        word.table(
            widths,
            (
                word.row(
                    (
                        word.cell(widths[0], word.paragraph("head", word.run(title, look))),
                        word.cell(widths[1], word.paragraph("cell", word.run(value, look))),
                    ),
                    BY_HAND,
                )
                for title, value in row
            ),
        )
        for row in fields(section)
    )


def _cards(section: Section, room: int = 0) -> str:
    """Cards in two columns and five rows to a page; the first field of a card stands out."""
    width, height = CARD
    if 0 < room < 2 * width:
        width = room // 2
    cards = [_card(card) for card in fields(section)]
    cards += [word.paragraph("cell", "")] * (len(cards) % 2)
    rows = (
        word.row((word.cell(width, card) for card in cards[n : n + 2]), height)
        for n in range(0, len(cards), 2)
    )
    return word.table((width, width), rows, "dashed")


def _card(card: Sequence[tuple[str, str]]) -> str:
    (first, name), *rest = card
    lines = (
        word.paragraph("cell", word.run(f"{title}{colon()}", "<w:b/>") + word.run(value))
        for title, value in rest
    )
    # a name that is left to be written says where
    return word.paragraph("card title", word.run(name or f"{first}{colon()}")) + "".join(lines)


_LOOKS = {"table": _table, "form": _form, "cards": _cards}


# ---------------------------------------------------------------- an entry's own Markdown


def _blocks(tree: Iterable[Any], room: int, mark: str = "") -> Iterator[str]:
    """Paragraphs and tables of what an entry's author wrote. `mark` begins the first one of a list's item."""
    loose: list[Any] = []  # words that stand in no paragraph, as in a tight list
    for node in [*tree, {"tag": "", "kids": []}]:
        tag = "" if isinstance(node, str) else node["tag"]
        if isinstance(node, str) or tag in _INLINE:
            loose.append(node)
            continue
        if _text(loose).strip():
            yield word.paragraph("body", word.run(mark) * bool(mark) + _runs(loose))
            mark = ""
        loose = []
        for block in _block(tag, node, room, mark):
            yield block
            mark = ""


_INLINE = {"strong", "em", "del", "code", "a", "br", "img", "input", "span", "sup"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


def _block(tag: str, node: Any, room: int, mark: str) -> Iterator[str]:
    kids = node["kids"]
    if tag in ("ul", "ol"):
        items = (kid for kid in kids if not isinstance(kid, str))
        for n, item in enumerate(items, node.get("start", 1)):
            yield from _blocks(item["kids"], room, "• " if tag == "ul" else f"{n}. ")
    elif tag == "table":
        yield from _markdown_table(kids, room)
    elif tag in _HEADINGS:
        # md.body puts an author's first headings at the third level
        if tag < "h4":
            yield word.paragraph("subheading", _runs(kids))
        else:
            yield word.paragraph("body", _runs(kids, "<w:b/>"), "<w:keepNext/>")
    elif tag == "pre":
        yield word.paragraph("plain", word.run(_text(kids).rstrip("\n")))
    elif tag == "p" and (text := _runs(kids)):
        yield word.paragraph("body", word.run(mark) * bool(mark) + text)
    elif tag not in ("p", "hr", ""):
        yield from _blocks(kids, room, mark)


def _runs(kids: Iterable[Any], look: str = "") -> str:
    """Words with what is bold, slanted or struck out in them."""
    looks = {"strong": "<w:b/>", "em": "<w:i/>", "del": "<w:strike/>"}
    found = []
    for kid in kids:
        if isinstance(kid, str):
            text = kid.replace("\n", " ") if kid.strip() else kid.strip("\n")
            found.append(word.run(text, look) if text else "")
        elif kid["tag"] == "br":
            found.append("<w:r><w:br/></w:r>")
        else:
            more = looks.get(kid["tag"], "")
            found.append(_runs(kid["kids"], look if more in look else _ordered(look + more)))
    return "".join(found)


def _ordered(look: str) -> str:
    return "".join(mark for mark in ("<w:b/>", "<w:i/>", "<w:strike/>") if mark in look)


def _text(kids: Iterable[Any]) -> str:
    return "".join(kid if isinstance(kid, str) else _text(kid["kids"]) for kid in kids)


def _markdown_table(kids: Iterable[Any], room: int) -> Iterator[str]:
    rows = list(_rows(kids))
    if rows:
        n = len(rows[0])
        yield _grid(rows[0], rows[1:], [False] * n, [True] * n, room)


def _rows(kids: Iterable[Any]) -> Iterator[list[str]]:
    for kid in kids:
        if isinstance(kid, str):
            continue
        if kid["tag"] == "tr":
            yield [_text(field["kids"]).strip() for field in kid["kids"] if not isinstance(field, str)]
        else:
            yield from _rows(kid["kids"])
