"""A Word file without a library: its pages after GB/T 9704-2012, its styles and fonts, its parts in a zip.

Lengths are in twips (a twentieth of a point), letters in half points, as in the file. What is built here is XML;
whatever a person wrote goes through `words`.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape
from io import BytesIO
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from minqing.safe import cells

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
ROOT = f'xmlns:w="{SPACE}" xmlns:r="{RELATIONS}"'

SONG, FANG, KAI, HEI, TITLE = "宋体", "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体"
# Machines at home lack most of these: by what other names each, or the next best, may be there.
ALSO = {
    SONG: "SimSun,STSong,Songti SC,Noto Serif CJK SC,Source Han Serif SC",
    FANG: "仿宋,FangSong,FangSong_GB2312,STFangsong,FZFangSong-Z02S,Noto Serif CJK SC",
    KAI: "楷体,KaiTi,KaiTi_GB2312,STKaiti,Kaiti SC,FZKai-Z03S,Noto Serif CJK SC",
    HEI: "SimHei,STHeiti,Heiti SC,Noto Sans CJK SC,Source Han Sans SC",
    TITLE: "FZXiaoBiaoSong-B05S,FZXiaoBiaoSong-B05,华文中宋,STZhongsong,宋体,SimSun,Noto Serif CJK SC",
}
LATIN = "Times New Roman"
# without eastAsia a Chinese letter may be drawn as a Japanese one
_LANG = '<w:lang w:val="en-US" w:eastAsia="zh-CN"/>'

RED = "C00000"
PAD = 80  # beside the words of a cell
_INVALID = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # no XML can hold these


class Page(NamedTuple):
    """A4 and the room between its margins. `footers` are the parts that odd and even pages end with."""

    wide: int
    high: int
    margins: tuple[int, int, int, int]  # top, right, bottom, left
    footers: tuple[str, str]
    more: str = ""  # what else a section says

    @property
    def room(self) -> int:
        return self.wide - self.margins[1] - self.margins[3]


# 37, 26, 35 and 28 mm, to the twip such that 22 lines of 29 points and 28 letters fit in
LETTER = Page(
    *(11906, 16838, (2097, 1474, 1981, 1587), ("odd", "even")),
    '<w:docGrid w:type="lines" w:linePitch="580"/>',
)
# no docGrid: it would pull a table's rows apart
LEDGER = Page(16838, 11906, (1134, 1020, 1134, 1020), ("centre", "centre"))
CARDS = Page(11906, 16838, (737, 737, 600, 737), ("none", "none"))
PAGES = {"ledger": LEDGER, "letter": LETTER}


def words(text: str) -> str:
    """What a person wrote, as XML that shows it and does nothing. `text` went through safe.show."""
    return escape(valid(text), quote=True)


def valid(text: str) -> str:
    """Text without what no XML can hold, spelled out."""
    return _INVALID.sub(lambda char: f"\\u{ord(char[0]):04x}", text)


_CODE = re.compile(r"(?<![!-~])[0-9A-Za-z.:+%-]{2,16}(?![!-~])")  # ids, days, quarters, numbers: never broken


def _code(text: str) -> int:
    """Halves of a letter that a code takes: a machine without the right font draws digits wider by a third."""
    return -(-len(text) * 4 // 3)


def longest_code(text: str) -> int:
    """Halves of a letter that the longest code in a text takes."""
    return max(map(_code, _CODE.findall(text)), default=0)


def measure(text: str) -> int:
    """Halves of a letter that a text takes."""
    return _code(text) if _CODE.fullmatch(text) else cells(text)


# ---------------------------------------------------------------- styles


class Style(NamedTuple):
    """A paragraph style: what it is called in Word, its font and size, its paragraph."""

    name: str
    font: str
    size: int  # half points
    line: str = 'w:line="240" w:lineRule="auto"'
    align: str = "left"
    indent: int = 0  # letters
    look: str = ""  # what comes before spacing in w:pPr
    letters: str = ""  # what comes between w:rFonts and w:sz
    end: str = ""  # what comes after w:jc
    before: int = 0
    after: int = 0

    def xml(self) -> str:
        first = self.indent * self.size * 10
        indent = (
            f'w:firstLineChars="{self.indent * 100}" w:firstLine="{first}"' if first else 'w:firstLine="0"'
        )
        return (
            f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style_id(self.name)}">'
            f'<w:name w:val="minqing {self.name}"/><w:qFormat/><w:pPr>{self.look}'
            f'<w:spacing w:before="{self.before}" w:after="{self.after}" {self.line}/>'
            f'<w:ind {indent}/><w:jc w:val="{self.align}"/>{self.end}</w:pPr>'
            f"<w:rPr>{_fonts(self.font)}{self.letters}"
            f'<w:sz w:val="{self.size}"/><w:szCs w:val="{self.size}"/>{_LANG}</w:rPr></w:style>'
        )


def _fonts(name: str) -> str:
    return f'<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{name}" w:cs="{LATIN}"/>'  # never a theme's


def style_id(name: str) -> str:
    return f"Mq{name.title().replace(' ', '')}"


def styles(paper: str) -> list[Style]:
    """The styles of a paper: a letter's prose is of 16 points on lines of 29, a ledger's is smaller."""
    size, line = (
        (32, 'w:line="580" w:lineRule="exact"')
        if paper == "letter"
        else (24, 'w:line="400" w:lineRule="exact"')
    )
    narrow = (
        '<w:spacing w:val="-5"/>' if paper == "letter" else ""
    )  # 28 letters of 16 points a line: 442 points
    keep = "<w:keepNext/><w:keepLines/>"
    free = '<w:snapToGrid w:val="0"/>'  # a letter's lines would pull its tables' rows apart
    title = 'w:line="640" w:lineRule="exact"'
    return [
        Style("body", FANG, size, line, "both", 2, letters=narrow),
        Style("plain", FANG, size, line, letters=narrow),
        Style("warning", HEI, size, line, letters=f'<w:color w:val="{RED}"/>'),
        Style("title", TITLE, 44, title, "center", look=keep, after=size * 5),
        Style("about", KAI, 21, line, "center", look="<w:keepNext/>", after=size * 5),
        Style("heading", HEI, size, line, "both", 2, look=keep, end='<w:outlineLvl w:val="0"/>'),
        Style("subheading", KAI, size, line, "both", 2, look=keep, end='<w:outlineLvl w:val="1"/>'),
        Style("cell", SONG, 21, look=free),
        Style("number", SONG, 21, align="right", look=free),
        Style("head", HEI, 21, align="center", look=free),
        Style("card title", HEI, 28, look=free, after=60),
        Style("foot", FANG, size, line, "right", look="<w:keepLines/>"),
        Style("sign", SONG, 24, 'w:line="480" w:lineRule="atLeast"', before=120),
        Style("gap", SONG, 10, 'w:line="200" w:lineRule="exact"'),
    ]


# ---------------------------------------------------------------- paragraphs and tables


def run(text: str, look: str = "") -> str:
    """Words in one look (the inside of w:rPr, in its order); a line end in them stays one."""
    said = '<w:br/><w:t xml:space="preserve">'.join(f"{line}</w:t>" for line in words(text).split("\n"))
    look = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{said}</w:r>'


def paragraph(style: str, runs: str, more: str = "") -> str:
    """A paragraph of runs; `more` is what its w:pPr says besides the style."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/>{more}</w:pPr>{runs}</w:p>'


_STYLED = re.compile(r'(<w:pStyle w:val="[^"]*"/>)(?!<w:keepNext/>)')


def kept(block: str) -> str:
    """A paragraph, or a table by its last row, that stays on the page of what follows it."""
    at = max(block.rfind("<w:tr>"), 0) or max(block.rfind("<w:p>"), 0)
    return block[:at] + _STYLED.sub(r"\1<w:keepNext/>", block[at:])


def together(rows: Iterable[str]) -> list[str]:
    """Rows of a table that all stand on one page, where one has room for them."""
    *first, last = rows
    return [*(_STYLED.sub(r"\1<w:keepNext/>", row) for row in first), last]


def cell(width: int, inside: str, more: str = "") -> str:
    """A cell of paragraphs; `more` is what its w:tcPr says besides the width."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{more}<w:vAlign w:val="center"/></w:tcPr>{inside}</w:tc>'


def row(cells: Iterable[str], least: int = 0, head: bool = False) -> str:
    """A row that no page breaks in two, at least so high."""
    height = f'<w:trHeight w:val="{least}" w:hRule="atLeast"/>' if least else ""
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{height}{repeated}</w:trPr>{''.join(cells)}</w:tr>"


def table(widths: Sequence[int], rows: Iterable[str], border: str = "single") -> str:
    """A table as wide as its columns, and the gap that keeps the next table from growing into it."""
    sides = "".join(
        f'<w:{side} w:val="{border}" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    inside = "".join(
        f'<w:{side} w:w="{room}" w:type="dxa"/>'
        for side, room in (("top", 40), ("left", PAD), ("bottom", 40), ("right", PAD))
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        f"{inside}</w:tblCellMar></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>{paragraph('gap', '')}"
    )


def section(page: Page) -> str:
    """The page that what stands before it is printed on."""
    top, right, bottom, left = page.margins
    lying = ' w:orient="landscape"' if page.wide > page.high else ""
    odd, even = page.footers
    return (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{odd}"/><w:footerReference w:type="even" r:id="{even}"/>'
        f'<w:type w:val="nextPage"/><w:pgSz w:w="{page.wide}" w:h="{page.high}"{lying}/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" '
        f'w:header="567" w:footer="{max(300, bottom * 2 // 3)}" w:gutter="0"/>{page.more}</w:sectPr>'
    )


# ---------------------------------------------------------------- the file


def document(body: str, paper: str, title: str, made: str) -> bytes:
    """A whole Word file around what is written on its pages; `body` ends with a section. `made` is an ISO day."""
    targets = {"styles": "styles", "fontTable": "fontTable", "settings": "settings"}
    footers = {name: _footer(name) for name in ("odd", "even", "centre", "none")}
    links = "".join(_link(name, name, f"{target}.xml") for name, target in targets.items())
    links += "".join(_link(name, "footer", f"{name}.xml") for name in footers)
    parts = {
        "[Content_Types].xml": _types([*targets, *footers]),
        "_rels/.rels": _links(
            _link("document", "officeDocument", "word/document.xml")
            + f'<Relationship Id="core" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
        ),
        "word/document.xml": f"<w:document {ROOT}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _links(links),
        "word/styles.xml": _styles(paper),
        "word/fontTable.xml": _font_table(),
        "word/settings.xml": _settings(paper),
        **{f"word/{name}.xml": text for name, text in footers.items()},
        "docProps/core.xml": _core(title, made),
    }
    return packed((name, (_HEAD + text).encode("utf-8")) for name, text in parts.items())


def packed(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """Parts as a zip that says nothing of when it was made."""
    out = BytesIO()
    with ZipFile(out, "w") as file:
        for name, data in parts:
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            info.create_system, info.external_attr = 0, 0  # on every system alike
            file.writestr(info, data)
    return out.getvalue()


def _types(parts: Iterable[str]) -> str:
    kinds = {name: name for name in ("styles", "fontTable", "settings")}
    said = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kinds.get(name, "footer")}+xml"/>'
        for name in parts
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>{said}'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _link(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{RELATIONS}/{kind}" Target="{target}"/>'


def _links(links: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _styles(paper: str) -> str:
    return (
        f"<w:styles {ROOT}><w:docDefaults><w:rPrDefault><w:rPr>{_fonts(FANG)}"
        f"{_LANG}</w:rPr></w:rPrDefault>"
        '<w:pPrDefault/></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        f'<w:name w:val="Normal"/></w:style>{"".join(style.xml() for style in styles(paper))}</w:styles>'
    )


def font(name: str) -> str:
    """One of the Chinese fonts with its other names, as it stands in a table of fonts."""
    return (
        f'<w:font {ROOT} w:name="{name}"><w:altName w:val="{ALSO[name]}"/><w:charset w:val="86"/>'
        '<w:family w:val="auto"/><w:pitch w:val="default"/></w:font>'
    )


def _font_table() -> str:
    fonts = "".join(map(font, ALSO))
    latin = f'<w:font w:name="{LATIN}"><w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
    return f"<w:fonts {ROOT}>{fonts}{latin}</w:fonts>"


def _settings(paper: str) -> str:
    sides = "<w:evenAndOddHeaders/>" if paper == "letter" else ""
    return (
        f'<w:settings {ROOT}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>{sides}'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting '
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
    )


def _footer(name: str) -> str:
    """— 1 —: a letter of room at the outer side of the page, odd pages right, even pages left."""
    if name == "none":
        return f"<w:ftr {ROOT}><w:p/></w:ftr>"
    side = {
        "odd": '<w:ind w:right="280"/><w:jc w:val="right"/>',
        "even": '<w:ind w:left="280"/><w:jc w:val="left"/>',
        "centre": '<w:jc w:val="center"/>',
    }[name]
    look = f'<w:rPr>{_fonts(SONG)}<w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>'
    pieces = [f'<w:r>{look}<w:t xml:space="preserve">{sign}</w:t></w:r>' for sign in ("— ", "1", " —")]
    number = f'<w:fldSimple w:instr=" PAGE ">{pieces[1]}</w:fldSimple>'
    return f"<w:ftr {ROOT}><w:p><w:pPr>{side}</w:pPr>{pieces[0]}{number}{pieces[2]}</w:p></w:ftr>"


def _core(title: str, made: str) -> str:
    days = "".join(
        f'<dcterms:{which} xsi:type="dcterms:W3CDTF">{made}T00:00:00Z</dcterms:{which}>'
        for which in ("created", "modified")
        if made
    )
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{words(title)}</dc:title>{days}</cp:coreProperties>"
    )
