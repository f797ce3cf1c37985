"""Files put into the `files` of an entry as it is written; not another byte of it is touched. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from minqing.errors import Flaw
from minqing.front import places, write_front
from minqing.layout import tree_of
from minqing.model import Entry, File
from minqing.text import decode, encoding_of, read_entry, split
from minqing.words import key_of, show_key

_LINES = re.compile(
    r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+"
)  # as an editor counts them: not splitlines(), which knows more
_DASH = re.compile(r"([ \t]*)-[ \t]")
_MOST = 4  # brackets tried in a list of one line: those that close it stand last


def with_files(data: bytes, files: Sequence[File]) -> bytes | None:
    """An entry's bytes with more files in its list; None where they cannot be put in safely.

    Every way that may be right is read back: the entry must say what it said before and the files, and have no
    other flaw.
    """
    before = read_entry(data)
    if before.entry is None:
        return None
    wanted = before.entry._replace(files=(*before.entry.files, *files))
    encoding = encoding_of(data)
    for text in _ways(data.decode(encoding, "surrogateescape"), decode(data)[0], before.entry, files):
        made = text.encode(encoding, "surrogateescape")
        again = read_entry(made)
        if again.entry == wanted and _said(again.flaws) == _said(before.flaws):
            return made
    return None


def _said(flaws: list[Flaw]) -> Counter[tuple[str, str]]:
    return Counter((flaw.rule, flaw.message) for flaw in flaws)


def _ways(raw: str, plain: str, entry: Entry, files: Sequence[File]) -> Iterator[str]:
    """The text with the files put in where they may belong. `plain` is `raw` with its line ends made the same."""
    header, _body, first = split(plain)
    if header is None:
        return
    lines = _LINES.findall(raw)
    where = places(header, first)
    key, *elements = lines_of(entry, files, _language(where))
    eol = re.sub(r"[^\r\n]", "", lines[first - 2])
    end = first - 1 + header.count("\n")
    at = next(
        (line for (name, *below), (line, _column) in where.items() if not below and _is_files(name)), None
    )
    if at is None:
        yield "".join([*lines[:end], *(line + eol for line in (key, *elements)), *lines[end:]])
        return
    last = at  # of the block, comments and blank lines behind it left to what follows
    for n in range(at, end):
        if lines[n].strip() and lines[n][0] not in " \t-#]}":
            break
        last = n + 1 if lines[n].strip() and lines[n].lstrip()[0] != "#" else last
    dash = next((match for line in lines[at:last] if (match := _DASH.match(line))), None)
    indent = dash[1] if dash else "  "
    put = [f"{indent}{element.strip()}{eol}" for element in elements]
    yield "".join([*lines[:last], *put, *lines[last:]])
    before, block, behind = ("".join(part) for part in (lines[: at - 1], lines[at - 1 : last], lines[last:]))
    records = ", ".join(element.strip()[2:] for element in elements)
    for bracket in [match.start() for match in re.finditer("]", block)][: -_MOST - 1 : -1]:
        for comma in (", ", ""):
            yield f"{before}{block[:bracket]}{comma}{records}{block[bracket:]}{behind}"


def _is_files(name: str | int) -> bool:
    return isinstance(name, str) and key_of("entry", name) == "files"


def _language(where: dict[tuple[str | int, ...], tuple[int, int]]) -> str:
    """The language that the entry's own keys are written in."""
    dates = (str(path[0]) for path in where if len(path) == 1 and key_of("entry", str(path[0])) == "date")
    return "en" if next(dates, "date").isascii() else "zh"


def lines_of(entry: Entry, files: Sequence[File], language: str) -> list[str]:
    """The lines that name files: the key, then one a file."""
    key = show_key("entry", "files", language)
    tree = tree_of(Entry(entry.id, entry.kind, entry.date, files=tuple(files)), language)
    return write_front({key: tree[key]}).rstrip("\n").split("\n")
