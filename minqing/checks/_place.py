"""Where in its file a finding stands, and what that line looks like. Reads the files again."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from minqing.diary import ROSTER, Diary, read_bytes
from minqing.errors import Flaw
from minqing.front import Path as KeyPath
from minqing.front import places
from minqing.idnumbers import without_numbers
from minqing.safe import cells, show
from minqing.schema import record_at
from minqing.text import decode, split
from minqing.words import key_of, plain

Wanted = tuple[str, list[tuple[KeyPath, int | None]]]  # a file, and the places asked for in it
Place = tuple[int, int]  # line and column, from 1

_BLOCK = re.compile(r"[\"']?([^\s:：#\"'{\[\]}-][^:：\"']*?)[\"']?\s*[:：]")  # a key at the start of a line
_NAMED = ("items", "figures", "facts")  # below these stand names, not keys


def locate(root: Path, wanted: Iterable[Wanted]) -> Iterator[list[Place]]:
    """For each file the line and column of each place in it; 0, 0 when the file is gone."""
    for path, asked in wanted:
        try:
            text = decode(read_bytes(root / path))[0]
        except OSError:
            yield [(0, 0)] * len(asked)
            continue
        header, body, first = split(text)
        paths = [at for at, offset in asked if offset is None]
        where = _in_header(header, first, paths) if header and paths else {}
        before = text.count("\n", 0, len(text) - len(body)) + 1
        yield [
            _nearest(where, at, first) if offset is None else _in_text(body, offset, before)
            for at, offset in asked
        ]


def _in_header(header: str, first: int, wanted: list[KeyPath]) -> dict[KeyPath, Place]:
    """Places by their path in stable keys; only the blocks in which something is wanted are read as YAML."""
    heads = {at[0] for at in wanted if len(at) > 1}
    found: dict[KeyPath, Place] = {}
    inside, kept = False, []
    for number, line in enumerate(header.split("\n"), first):
        if begins := _BLOCK.match(line):
            head = key_of("entry", begins[1]) or begins[1]
            found.setdefault((head,), (number, 1))
            inside = head in heads
        kept.append(line if inside else "")
    if not found or "<<<<<<<" in header:
        kept, heads = [header], {""}
    if heads:
        found |= {_stable(path): place for path, place in places("\n".join(kept), first).items()}
    return found


@lru_cache(4096)
def _stable(raw: KeyPath) -> KeyPath:
    """A path as the file writes it under the stable keys: 事项 1 期限 -> items 1 due."""
    path: list[str | int] = []
    for depth, part in enumerate(raw):
        if isinstance(part, int):
            path.append(part)
        elif depth == 1 and path[0] in _NAMED:
            path.append(plain(part) if path[0] == "items" else part)
        else:
            path.append(key_of(record_at(raw[: depth + 1]), part) or part)
    return tuple(path)


def _nearest(where: dict[KeyPath, Place], at: KeyPath, first: int) -> Place:
    """The place of a path, or of the nearest one above it: what is missing has no line of its own."""
    for length in range(len(at), 0, -1):
        # a single record may stand for a list of one
        for path in (at[:length], tuple(part for part in at[:length] if not isinstance(part, int))):
            if path in where:
                return where[path]
    return where.get(("kind",), (first, 1))  # a key that is not there: the kind asks for it


def _in_text(body: str, offset: int, before: int) -> Place:
    return before + body.count("\n", 0, offset), offset - body.rfind("\n", 0, offset)


_BEFORE, _AFTER = 18, 20  # characters shown around the place: a paragraph is one long line


def excerpt(diary: Diary, flaw: Flaw) -> str | None:
    """The line a flaw stands on, with a caret under its column; None for a file as a whole.

    Nor is a line of the roster shown, which may hold an ID number.
    """
    if not flaw.line or flaw.path == ROSTER:
        return None
    try:
        lines = decode(read_bytes(diary.root / flaw.path))[0].split("\n")
    except OSError:
        return None
    if flaw.line > len(lines):
        return None
    line = without_numbers(lines[flaw.line - 1], lambda number: "*" * len(number))
    at = min(max(flaw.column - 1, 0), len(line))
    first, last = max(at - _BEFORE, 0), max(at, _BEFORE) + _AFTER
    before = ("…" if first else "") + show(line[first:at])
    after = show(line[at:last]) + ("…" if last < len(line) else "")
    if not flaw.column:
        return before + after
    return f"{before}{after}\n{' ' * sum(map(cells, before))}^"
