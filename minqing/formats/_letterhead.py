"""A letterhead: an office's own Word file, in which tags such as {{ title }} or {{ 标题 }} stand for what a report says.

A tag names a value, or shows a passage if there is one; it cannot do anything else, so that a file from somebody
else runs nothing and takes no time. Only this file knows docxtpl and python-docx.
"""

import zlib
from collections.abc import Callable, Iterator
from datetime import datetime
from io import BytesIO
from types import SimpleNamespace
from typing import Any, NamedTuple
from zipfile import BadZipFile, ZipFile

from minqing.diary import Letterhead
from minqing.errors import MinqingError
from minqing.exact import decimal_text
from minqing.formats import _word as word
from minqing.formats import about, library, signed, warning
from minqing.language import N_
from minqing.report import Report
from minqing.safe import show

# A tag, its Chinese, what it holds.
TAGS = {
    "title": ("标题", N_("the report's title")),
    "period": ("期间", N_("the period's name")),
    "first": ("起始日", N_("the period's first day")),
    "last": ("截止日", N_("the period's last day")),
    "unit": ("单位", N_("the unit")),
    "filters": ("筛选", N_("what the report was narrowed to")),
    "entries": ("篇数", N_("how many entries it rests on")),
    "made": ("制表日期", N_("the day it was made")),
    "about": ("说明", N_("period, unit, filters, entries and day in one line")),
    "warning": ("警示", N_("that files could not be read, if so")),
    "notice": ("提示", N_("what a reader must heed, such as that people are named")),
    "foot": ("落款", N_("the lines to sign or to date")),
    "body": ("正文", N_("everything else: headings, prose, tables")),
}
CANONICAL = {chinese: tag for tag, (chinese, _holds) in TAGS.items()}
MOST = 32 * 1024 * 1024  # bytes unpacked
MOST_XML = 4 * 1024 * 1024  # docxtpl's patterns take long over more
_BODY = "\u2028body\u2028"  # safe.show spells this sign out, so that no report can say it
_ROOM = word.LETTER.room
_W = f"{{{word.SPACE}}}"
# What a zip that is none raises (RuntimeError: a password), and XML that is no Word file.
_ZIP = (BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError)
_XML = (KeyError, ValueError, AttributeError, TypeError, IndexError, SyntaxError)


class Tags(NamedTuple):
    """The tags that a file uses: names of TAGS, names of figures, and those that mean nothing here."""

    known: frozenset[str]
    figures: frozenset[str]
    unknown: tuple[str, ...]


def tags(letterhead: Letterhead) -> Tags:
    """The tags that a letterhead uses. Raises MinqingError when it is broken or asks for more than values."""
    return _tags(letterhead, _opened(letterhead))


def filled(letterhead: Letterhead, report: Report, write: Callable[[int, frozenset[str]], str]) -> bytes:
    """A report on a letterhead. `write` makes the body as XML, given its width and which tags the file has.

    Without {{ body }} in it, the body follows below. Raises MinqingError naming the file and what is wrong.
    """
    template = _opened(letterhead)
    used = _tags(letterhead, template)
    unknown = [*used.unknown, *(f"figures.{name}" for name in sorted(used.figures - set(report.figures)))]
    if unknown:
        raise MinqingError(
            "{file} has tags that mean nothing in this report: {tags}; see: minqing kinds --template {file}",
            file=letterhead.path,
            tags=", ".join(show(name) for name in unknown),
        )
    markup = library("markupsafe", "docx").Markup
    values = {name: markup(_still(text)) for name, text in _values(report).items()}
    figures = SimpleNamespace(
        **{key: markup(_still(_figure(value))) for key, value in report.figures.items()}
    )
    values["body"] = _BODY
    values |= {chinese: values[tag] for chinese, tag in CANONICAL.items()}
    try:
        template.render({**values, "figures": figures}, _environment())
        room = _room(template.docx)
    except _failures() as error:
        raise _broken(letterhead, error) from None
    body = f"<w:body {word.ROOT}>{write(room, used.known)}</w:body>"
    out = BytesIO()
    try:
        _put_in(template.docx, body, report.paper)
        _name_fonts(template.docx)
        _date(template.docx, report)
        template.docx.save(out)
    except _failures() as error:
        raise _broken(letterhead, error) from None
    with ZipFile(out) as file:
        return word.packed((name, file.read(name)) for name in file.namelist())


def _values(report: Report) -> dict[str, str]:
    return {
        "title": report.title,
        "period": report.period.name,
        "first": report.period.first or "",
        "last": report.period.last or "",
        "unit": report.unit,
        "filters": " ".join(report.filters),
        "entries": str(report.entries),
        "made": report.made,
        "about": about(report),
        "warning": warning(report),
        "notice": report.notice,
        "foot": "\n".join(signed(report)),
    }


def _figure(value: Any) -> str:
    return "" if value is None else value if isinstance(value, str) else decimal_text(value)


def _still(text: str) -> str:
    """A value as XML in which docxtpl finds no signs of its own: it would make {{ of {_{."""
    said = word.words(show(text, newline=True))
    return said.replace("{", "&#123;").replace("}", "&#125;")


# ---------------------------------------------------------------- opening, and what is asked for


def _opened(letterhead: Letterhead) -> Any:
    """The file as docxtpl's template, once it is sure to be small enough when unpacked."""
    docxtpl = library("docxtpl", "docx")
    try:
        with ZipFile(BytesIO(letterhead.data)) as file:
            sizes = {info.filename: info.file_size for info in file.infolist()}
        xml = sum(size for name, size in sizes.items() if not name.startswith("word/media/"))
        if sum(sizes.values()) > MOST or xml > MOST_XML:
            raise MinqingError("{file} is too large for a letterhead", file=letterhead.path)
        template = docxtpl.DocxTemplate(BytesIO(letterhead.data))
        template.render_init()
        if template.docx.element.body is None:
            raise ValueError("no text")
    except _failures() as error:
        raise _broken(letterhead, error) from None
    return template


def _failures() -> tuple[type[Exception], ...]:
    ours = library("docx.exceptions", "docx").PythonDocxError, library("docx.opc.exceptions", "docx").OpcError
    return (*_ZIP, *_XML, *ours)


def _broken(letterhead: Letterhead, error: Exception) -> MinqingError:
    return MinqingError(
        "{file} is no Word file that can be filled in ({why}); save it again as .docx",
        file=letterhead.path,
        why=show(str(error))[:200] or type(error).__name__,
    )


def _environment() -> Any:
    sandbox, jinja2 = library("jinja2.sandbox", "docx"), library("jinja2", "docx")
    return sandbox.SandboxedEnvironment(autoescape=True, undefined=jinja2.StrictUndefined)


def _tags(letterhead: Letterhead, template: Any) -> Tags:
    jinja2 = library("jinja2", "docx")
    names: set[str] = set()
    figures: set[str] = set()
    try:
        sources = list(_sources(template))
    except _failures() as error:
        raise _broken(letterhead, error) from None
    for place, source in sources:
        try:
            tree = _environment().parse(source)
        except (jinja2.TemplateSyntaxError, RecursionError) as error:
            raise MinqingError(
                "{file}: a tag is not written right: {why}",
                file=letterhead.path,
                why=show(str(getattr(error, "message", error)))[:200],
            ) from None
        for node in _nodes(tree):
            kind = type(node).__name__
            if kind == "Getattr" and getattr(node.node, "name", "") == "figures":
                figures.add(node.attr)
            elif kind not in _HARMLESS:
                raise MinqingError(
                    "{file}: a tag may name a value or begin with “if”, and one of these does more; "
                    "see: minqing kinds --template {file}",
                    file=letterhead.path,
                )
            elif kind == "Name":
                name = CANONICAL.get(node.name, node.name)
                names.add(name)
                if name == "body" and place != "body":
                    raise MinqingError(
                        "{file}: body stands in a header, a footer or a note; put it into the text",
                        file=letterhead.path,
                    )
    return Tags(frozenset(names & set(TAGS)), frozenset(figures), tuple(sorted(names - set(TAGS))))


_HARMLESS = {"Template", "Output", "TemplateData", "Name", "If", "Not", "And", "Or"}


def _nodes(tree: Any) -> Iterator[Any]:
    """The parts of a template, what stands below a figure's name left out."""
    yield tree
    if type(tree).__name__ != "Getattr" or getattr(tree.node, "name", "") != "figures":
        for child in tree.iter_child_nodes():
            yield from _nodes(child)


def _sources(template: Any) -> Iterator[tuple[str, str]]:
    """Every text that docxtpl will fill in, as jinja2 will see it."""
    yield "body", template.patch_xml(template.get_xml())
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _id, part in template.get_headers_footers(uri):
            yield "edge", template.patch_xml(template.get_part_xml(part))
    for part in template.docx.part.package.parts:
        if part.content_type.endswith(".footnotes+xml"):
            yield "edge", template.patch_xml(part.blob.decode("utf-8"))
    properties = template.docx.core_properties
    for name in ("author", "comments", "identifier", "language", "subject", "title"):
        yield "edge", getattr(properties, name)


# ---------------------------------------------------------------- the body and its styles


def _room(document: Any) -> int:
    """How wide the text of the file's last section is, in twips."""
    page = document.sections[-1]
    sides = (page.page_width, page.left_margin, page.right_margin)
    if None in sides:
        return _ROOM
    return max(2000, int(sides[0] - sides[1] - sides[2] - (page.gutter or 0)) // 635)


def _put_in(document: Any, body: str, paper: str) -> None:
    """Put the body where its tag stood, or at the end; styles of our names that the file has are its own."""
    oxml = library("docx.oxml", "docx")
    blocks = oxml.parse_xml(body)
    ids = _styles(document, paper)
    for style in blocks.iter(f"{_W}pStyle"):
        style.set(f"{_W}val", ids.get(style.get(f"{_W}val"), style.get(f"{_W}val")))
    root = document.element.body
    places = [text for text in root.iter(f"{_W}t") if _BODY in (text.text or "")]
    spots = [element for element in root.iter() if _BODY in (element.tail or "")]  # of {{p body }}
    if not places and not spots and _BODY not in (root.text or ""):
        before = root.find(f"{_W}sectPr")
        for block in list(blocks):
            root.append(block) if before is None else before.addprevious(block)
        return
    for text in places:
        holder = next(text.iterancestors(f"{_W}p"))
        text.text = text.text.replace(_BODY, "")
        _after(holder, blocks)
        if not "".join(holder.itertext()).strip() and holder.find(f".//{_W}sectPr") is None:
            holder.getparent().remove(holder)
    for spot in spots:
        spot.tail = spot.tail.replace(_BODY, "")
        _after(spot, blocks)
    if _BODY in (root.text or ""):
        root.text = root.text.replace(_BODY, "")
        for n, block in enumerate(list(_copy(blocks))):
            root.insert(n, block)


def _after(place: Any, blocks: Any) -> None:
    for block in reversed(list(_copy(blocks))):
        place.addnext(block)


def _copy(blocks: Any) -> Any:
    """The body once more: a tag may stand twice, as in a text box, which Word keeps in two forms."""
    from copy import deepcopy

    return deepcopy(blocks)


def _styles(document: Any, paper: str) -> dict[str, str]:
    """Give the file the styles it lacks; returns our id of each that it has under another id."""
    oxml = library("docx.oxml", "docx")
    root = document.styles.element
    there = {name.get(f"{_W}val"): name.getparent().get(f"{_W}styleId") for name in root.iter(f"{_W}name")}
    found = {}
    for style in word.styles(paper):
        known = there.get(f"minqing {style.name}")
        if known is None:
            root.append(oxml.parse_xml(style.xml().replace("<w:style ", f"<w:style {word.ROOT} ", 1)))
        else:
            found[word.style_id(style.name)] = known
    return found


def _name_fonts(document: Any) -> None:
    """Give the file's table of fonts those it lacks, with their other names."""
    oxml = library("docx.oxml", "docx")
    for part in document.part.package.parts:
        if part.content_type.endswith(".fontTable+xml"):
            table = oxml.parse_xml(part.blob)
            there = {font.get(f"{_W}name") for font in table}
            table.extend(oxml.parse_xml(word.font(name)) for name in word.ALSO if name not in there)
            part._blob = library("lxml.etree", "docx").tostring(table, encoding="UTF-8", standalone=True)


def _date(document: Any, report: Report) -> None:
    """What the file says of itself: the report's title and day, nobody's name."""
    properties = document.core_properties
    made = datetime.fromisoformat(report.made) if report.made else datetime(1980, 1, 1)
    properties.title, properties.author = (
        word.valid(show(text))[:255] for text in (report.title, report.unit)
    )
    properties.last_modified_by, properties.created, properties.modified = "", made, made
