"""A folder of Markdown notes: one file = one entry, dated by its header, its name or its first line."""

import os
import re
from datetime import date as Date
from pathlib import Path
from typing import Any, NamedTuple

from minqing.diary import Diary, read_bytes, unopened
from minqing.errors import Flaw, UsageError
from minqing.front import Tree, read_front
from minqing.imports import Brought, Note, Source, Ways
from minqing.imports._keep import (
    LONGEST,
    Found,
    body_of,
    keep,
    leftovers,
    read_stamp,
    tags_in,
    titled,
    unique,
)
from minqing.model import Entry
from minqing.schema import ENTRY
from minqing.text import decode, split
from minqing.values import Unreadable
from minqing.words import key_of

WAYS = ("dry_run",)
SUFFIXES = (".md", ".markdown")

# Keys of a header that an entry has too; any other stays, as YAML at the end of the text.
_TAKEN = ("time", "area", "place", "author", "weather", "who", "with")
_DATES = ("date", "日期", "created", "created_at", "day", "创建时间", "时间")
_TITLES = ("title", "标题")
_TAGS = ("tags", "tag", "标签", "keywords")
_NAME = re.compile(r"(?<!\d)(\d{4})(?:[-_./年](\d{1,2})[-_./月](\d{1,2})日?|(\d\d)(\d\d))(?!\d)")


def bring(diary: Diary, source: Source, ways: Ways) -> Brought:
    """Write an entry for each note below the folder; hidden folders and links are passed by.

    Raises UsageError, NotSaved.
    """
    if source.data is not None:
        raise UsageError("{file} is a file; name the folder that the notes lie in", file=str(source.path))
    flaws: list[Flaw] = []
    notes, others = _notes(source.path)
    found = [one for path in notes if (one := _read(path, source.path, flaws))]
    brought = keep(diary, source, found, flaws, ways)
    if others:
        more = Note("{n} files are no Markdown and were left where they are", {"n": others})
        brought = brought._replace(notes=(*brought.notes, more))
    return brought


def _notes(folder: Path) -> tuple[list[Path], int]:
    """Every note below a folder, by path, and how many files are something else."""
    found, others = [], 0
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        shown = [name for name in sorted(names) if not name.startswith(".")]
        notes = [name for name in shown if name.lower().endswith(SUFFIXES)]
        found += [Path(here, name) for name in notes]
        others += len(shown) - len(notes)
    return found, others


def _read(path: Path, folder: Path, flaws: list[Flaw]) -> Found | None:
    """A note as an entry; None, and a flaw, where it cannot be one."""
    try:
        data = read_bytes(path)
    except OSError as error:
        flaws.append(unopened(error)._replace(path=str(path)))
        return None
    text, found = decode(data)
    flaws += [flaw._replace(path=str(path)) for flaw in found]
    if any(flaw.severity == "error" for flaw in found):
        return None
    note, more = _note(text, path.relative_to(folder).as_posix())
    flaws += [flaw._replace(path=str(path)) for flaw in more]
    # the name may be all that tells the day and the title
    return Found(f"{note.date} {path.stem}\n{text}", note, path=str(path)) if note else None


class _Header(NamedTuple):
    """A note's header: what an entry has keys for, the rest, and what could not be read."""

    said: dict[str, Any]
    rest: dict[str, Tree]
    flaws: list[Flaw]


def _note(text: str, name: str) -> tuple[Entry | None, list[Flaw]]:
    header, body, first = split(text)
    front = read_front(header, first) if header is not None else None
    if front and front.flaws:  # what is no YAML stays as it stands
        hints = [flaw._replace(severity="hint") for flaw in front.flaws]
        said, rest, flaws = _Header({}, {}, hints)
        body = f"{body.rstrip()}\n\n```\n{header}```\n"
    else:
        said, rest, flaws = _header(front.tree if front else {})
    stem = name.rpartition("/")[2].rpartition(".")[0]
    day, hour = said.pop("date", (None, None))
    in_name = _day_in(name.rpartition(".")[0])
    left = in_name[1] if in_name else stem
    day = day or (in_name and in_name[0])
    head = re.match(r"\s*# +(.+?)[ #]*(?:\n|\Z)", body)
    first_line = head[1] if head else next((line.strip() for line in body.split("\n") if line.strip()), "")
    if day is None:
        in_line = _day_in(first_line)
        day = in_line and in_line[0]
    if day is None:
        cause, remedy = "this note has no date", "give it a header with `date:`, or a date in its name"
        return None, [*flaws, Flaw("date", cause, remedy)]
    title = said.pop("title", "")
    if not title and head and len(titled(head[1])) <= LONGEST:
        title, body = titled(head[1]), body[head.end() :]
    tags = unique([*said.pop("tags", ()), *tags_in(body, "#")])
    said.setdefault("time", hour)
    entry = Entry(
        "", "note", day, title or titled(left)[:LONGEST], companions=said.pop("with", ()), tags=tags, **said
    )
    return entry._replace(body=body_of(body) + leftovers(rest)), flaws


def _header(tree: dict[str, Tree]) -> _Header:
    said: dict[str, Any] = {}
    rest: dict[str, Tree] = {}
    flaws: list[Flaw] = []
    for typed, value in tree.items():
        low = typed.lower()
        try:
            if low in _DATES and "date" not in said and isinstance(value, str) and not _is_hour(value):
                said["date"] = read_stamp(value)
            elif low in _TITLES and isinstance(value, str) and len(titled(value)) <= LONGEST:
                said["title"] = titled(value)
            elif low in _TAGS and isinstance(value, (str, list)):
                said["tags"] = _tags(value)
            elif key_of("entry", typed) in _TAKEN and value is not None:
                key = key_of("entry", typed) or typed
                said[key] = ENTRY[key](value)
            else:
                rest[typed] = value
        except Unreadable as error:
            rest[typed] = value
            flaws.append(Flaw("value", error.message, error.remedy, error.words, severity="hint"))
    return _Header(said, rest, flaws)


def _is_hour(value: str) -> bool:
    """Whether 时间 tells an hour and no day."""
    return not re.match(r"\s*\d{4}", value)


def _tags(value: str | list[Tree]) -> list[str]:
    if isinstance(value, list):
        return [part for part in value if isinstance(part, str)]
    return value.split() if not re.search("[、，,;；]", value) else [value]


def _day_in(text: str) -> tuple[Date, str] | None:
    """The last day that a name tells, 2016-05-28, 20160528 or 2016/05/28, and what the name says beside it."""
    for match in reversed(list(_NAME.finditer(text))):
        year, month, day = match[1], match[2] or match[4], match[3] or match[5]
        try:
            found = Date(int(year), int(month), int(day))
        except ValueError:
            continue
        left = text[match.end() :] or text[: match.start()].rpartition("/")[2]
        return found, left.rpartition("/")[2].strip(" -_.")
    return None
