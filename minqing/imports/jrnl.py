"""What jrnl exports: its text (`jrnl --format text`) and its JSON (`jrnl --format json`)."""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from minqing.diary import Diary
from minqing.errors import Flaw, UsageError
from minqing.imports import Brought, Source, Ways
from minqing.imports._keep import (
    LONGEST,
    Found,
    body_of,
    keep,
    leftovers,
    read_stamp,
    tags_in,
    text_of,
    titled,
    unique,
)
from minqing.language import _
from minqing.model import Entry
from minqing.values import Unreadable

WAYS = ("dry_run",)

_HEAD = re.compile(r"\[([^\]\n]{6,60})\](?: (.*)|$)")
_DAY = re.compile(r"\d{4}\D\d")  # what begins like this is meant as a day
# Where jrnl ends a title: a full stop with space behind it, or a Chinese one.
_STOP = re.compile(r"[.!?…‼‽⁇⁈⁉]['’\"”]?[\])]*\s+|[！．？｡。]['’\"”』」]?")


def bring(diary: Diary, source: Source, ways: Ways) -> Brought:
    """Write an entry for each of jrnl's; its tags become tags and stay in the text. Raises UsageError, NotSaved."""
    text, flaws = text_of(source)
    read = _of_json if text.lstrip()[:1] == "{" else _of_text
    return keep(diary, source, list(read(text, flaws, source)), flaws, ways)


def _of_text(text: str, flaws: list[Flaw], source: Source) -> Iterator[Found]:
    """Entries begin with a line of `[2016-05-28 09:00] Title. Text`; all lines up to the next one are theirs."""
    lines = text.split("\n")
    starts = [n for n, line in enumerate(lines) if _begins(line)]
    stray = next(
        (n for n, line in enumerate(lines[: starts[0] if starts else None], 1) if line.strip()), None
    )
    if stray:
        cause, remedy = "this text belongs to no entry", "begin it with a line of [2016-05-28 09:00]"
        flaws.append(Flaw("date", cause, remedy, line=stray))
    for first, end in pairwise([*starts, len(lines)]):
        try:
            entry = _told(lines[first], lines[first + 1 : end])
        except Unreadable as error:
            flaws.append(Flaw("date", error.message, error.remedy, error.words, line=first + 1))
        else:
            yield Found("\n".join(lines[first:end]).rstrip(), entry, first + 1)


def _told(head: str, lines: list[str]) -> Entry:
    """An entry from its first line and the others. Raises Unreadable."""
    match = _HEAD.match(head)
    stamp, said = (match[1], (match[2] or "").rstrip()) if match else ("", head)
    day, hour = read_stamp(stamp)
    starred = said.endswith(" *")
    told = "\n".join([said.removesuffix(" *") if starred else said, *lines])
    title, body = split_title(told)
    tags = [*tags_in(told, "@"), *([_("starred")] if starred else [])]
    return Entry("", "note", day, title, time=hour, tags=unique(tags), body=body)


def _begins(line: str) -> bool:
    match = _HEAD.match(line)
    return bool(match and _DAY.match(match[1]))


def split_title(text: str) -> tuple[str, str]:
    """The first sentence of the first line, and the rest. A sentence too long for a title is text."""
    line, _end, rest = text.partition("\n")
    stop = _STOP.search(line)
    title, more = (line[: stop.end()], line[stop.end() :]) if stop else (line, "")
    if len(title) > LONGEST:
        return "", body_of(text)
    return titled(title), body_of(f"{more}\n{rest}" if more.strip() else rest)


_KNOWN = {"title", "body", "date", "time", "tags", "starred"}


def _of_json(text: str, flaws: list[Flaw], source: Source) -> Iterator[Found]:
    try:
        said = json.loads(text)
    except json.JSONDecodeError as error:
        raise UsageError("{file}:{line}: this is no JSON", file=str(source.path), line=error.lineno) from None
    except RecursionError:
        raise UsageError("{file}:{line}: this is no JSON", file=str(source.path), line=1) from None
    entries = said.get("entries")
    if not isinstance(entries, list):
        raise UsageError("{file} has no list of “entries”", file=str(source.path))
    for n, one in enumerate(entries, 1):
        try:
            entry = _entry(one)
        except Unreadable as error:
            words = {**error.words, "n": str(n), "cause": error.message}
            flaws.append(Flaw("date", "entry {n}: {text} is no day of jrnl", "write it as 2016-05-28", words))
            continue
        yield Found(json.dumps(one, sort_keys=True), entry)


def _entry(one: Any) -> Entry:
    if not isinstance(one, dict) or not isinstance(one.get("date"), str):
        raise Unreadable("“{text}” is no date", "write it as 2016-05-28", text="")
    day, hour = read_stamp(f"{one['date']} {one.get('time') or ''}")
    title, body, tags = _clean(one.get("title")), _clean(one.get("body")), one.get("tags")
    if len(title) > LONGEST or "\n" in title.strip():
        title, body = "", f"{title}\n{body}"
    marks = [_clean(tag) for tag in tags] if isinstance(tags, list) else tags_in(f"{title} {body}", "@")
    marks += [_("starred")] if one.get("starred") is True else []
    more = {
        _clean(key): _clean(value)
        for key, value in one.items()
        if key not in _KNOWN and value not in (None, "", [], {})
    }
    body = body_of(body) + leftovers(more)
    return Entry("", "note", day, titled(title), time=hour, tags=unique(marks), body=body)


def _clean(value: Any) -> str:
    """A value as text that can stand in a file; what cannot becomes a mark that shows where it was."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
