"""What the sources of entries share: writing each entry once, however often its source is brought; days and tags.

An entry gets an id made of what its source says there. The same source brought again makes the same ids, and what
is there already stays as it is, also where its writer has changed or moved it since.
"""

import re
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from datetime import date as Date
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from minqing.days import find_day, read_due
from minqing.diary import Diary, add, id_of, path_of, read_bytes
from minqing.errors import Flaw, UsageError
from minqing.front import Tree, write_front
from minqing.idnumbers import cleared
from minqing.imports import Brought, Note, Source, Ways
from minqing.language import language
from minqing.maps import TEXT, read_use, write_use
from minqing.model import Entry
from minqing.sync import synced
from minqing.text import decode, read_entry, write_entry
from minqing.values import Unreadable, read_date, read_time
from minqing.words import plain, show_key

LONGEST = 120  # signs of a title; a longer first line is text


class Found(NamedTuple):
    """An entry of a source, still without its id: what its source says, word for word, and where."""

    raw: str
    entry: Entry
    line: int = 0
    path: str = ""  # of a file in a folder
    own_id: bool = False  # `raw` is only the source's own id: what is said under it may change
    hints: tuple[Flaw, ...] = ()  # what to tell of it when it is new


def keep(diary: Diary, source: Source, found: Iterable[Found], flaws: list[Flaw], ways: Ways) -> Brought:
    """Write what is new; with --dry-run only say so. Raises NotSaved; what was written until then stays."""
    ledger = synced(diary)
    there = dict(map(tuple, ledger.execute("select id, path from file where id is not null")))
    ledger.close()
    author = diary.config.author
    flaws = [flaw if flaw.path else flaw._replace(path=str(source.path)) for flaw in flaws]
    seen: Counter[str] = Counter()
    made: dict[str, Entry] = {}
    first: dict[str, Entry] = {}  # what the rows say by their own ids
    paths, known = [], 0
    for part in found:
        seen[part.raw] += 1  # a line that stands twice is two entries
        entry = part.entry._replace(id=id_of(part.raw, 1 if part.own_id else seen[part.raw]))
        entry = entry if entry.author else entry._replace(author=author)
        place = part.path or str(source.path), part.line
        entry, gone = cleared(entry)
        if part.own_id and first.setdefault(part.raw, entry) != entry:
            flaws.append(_same_id(*place))
        elif entry.id in there or entry.id in made:
            known += 1
            if part.own_id:
                before = made.get(entry.id) or _entry_at(diary, there[entry.id])
                flaws += _changed(before, entry, *place)
        elif read_entry(write_entry(entry, language()).encode("utf-8")).entry != entry:
            flaws.append(_unfaithful(*place))
        else:
            made[entry.id] = entry
            flaws += part.hints
            flaws += [flaw._replace(path=place[0], line=place[1], column=0) for flaw in gone]
            paths.append(path_of(entry) if ways.dry_run else add(diary, entry, language()))
    notes = [Note("new: {new}; there already: {known}; left out: {left}", _counts(paths, known, flaws))]
    if ways.dry_run:
        notes.append(Note("nothing was written"))
    return Brought(
        tuple(paths), tuple(notes), tuple(sorted(flaws, key=lambda flaw: (flaw.path, flaw.line, flaw.column)))
    )


def _counts(made: list[str], known: int, flaws: list[Flaw]) -> dict[str, Any]:
    left = {(flaw.path, flaw.line, flaw.words.get("n")) for flaw in flaws if flaw.severity == "error"}
    return {"new": len(made), "known": known, "left": len(left)}


def _entry_at(diary: Diary, path: str) -> Entry | None:
    try:
        return read_entry(read_bytes(diary.root / path)).entry
    except OSError:
        return None  # gone since the diary was looked at


def _changed(before: Entry | None, now: Entry, path: str, line: int) -> list[Flaw]:
    """A hint on a row that says something else than its entry, whichever of the two was changed since."""
    keys = {"companions": "with", "body": TEXT}
    differ = [
        keys.get(key, key) for key in Entry._fields if before and getattr(before, key) != getattr(now, key)
    ]
    if not differ:
        return []
    cause = "this row no longer says what its entry {id} does: {keys}"
    remedy = "the entry stays as it is; where the row is right: minqing edit {id}"
    shown = (
        write_use(read_use(key), language()) if key == TEXT else show_key("entry", key, language())
        for key in differ
    )
    words = {"id": now.id, "keys": " ".join(shown)}
    return [Flaw("changed", cause, remedy, words, path, line, severity="hint")]


def _same_id(path: str, line: int) -> Flaw:
    cause = "this row has the id of another row that says something else"
    remedy = "give the map one more column of the key `id` that tells them apart"
    return Flaw("value", cause, remedy, path=path, line=line)


def _unfaithful(path: str, line: int) -> Flaw:
    cause, remedy = "this cannot be kept word for word", "take out control characters, or shorten it"
    return Flaw("value", cause, remedy, path=path, line=line)


def text_of(source: Source) -> tuple[str, list[Flaw]]:
    """The text of a source that is one file, with hints on how it is stored. Raises UsageError."""
    if source.data is None:
        raise UsageError("{file} is a folder; name a file in it", file=str(source.path))
    text, flaws = decode(source.data)
    if any(flaw.severity == "error" for flaw in flaws):
        raise UsageError("{file} is no text, or damaged; save it as UTF-8", file=str(source.path))
    return text, [flaw._replace(path=str(source.path)) for flaw in flaws]


def titled(text: str) -> str:
    """A text as a title: one line, outer space off."""
    return " ".join(text.split())


def body_of(text: str) -> str:
    """A text as a body: no blank lines around it, a line's end behind it."""
    text = text.strip("\n")
    return f"{text}\n" if text.strip() else ""


def leftovers(tree: dict[str, Tree]) -> str:
    """What a source says beside what an entry has keys for: a block of YAML that ends the body."""
    if not tree:
        return ""
    yaml = write_front(tree)
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", yaml)), 3)
    return f"\n{fence}yaml\n{yaml}{fence}\n"


# ---------------------------------------------------------------- days and hours

_STAMP = re.compile(r"(\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?)(?:[T,\s]+(.*))?", re.DOTALL)
_SERIAL = re.compile(
    r"([3-6]\d{4})(\.\d+)?", re.ASCII
)  # a day and hour as a spreadsheet keeps it, 1982 to 2091
_NO_YEAR = re.compile(r"\d{1,2}\s*[-/.月]\s*\d{1,2}(?![-/.\d])")
_HOUR = re.compile(
    r"(上午|下午|[ap]\.?m\.?)?\s*(\d{1,2}):(\d\d)(?::\d\d(?:\.\d+)?)?\s*([ap]\.?m\.?)?\s*(?:z|[+-]\d\d:?\d\d)?",
    re.I,
)


_WEEKDAY = re.compile(r"(?<=[日号\d])\s*\(?((?:星期|礼拜|周)[一二三四五六日天])\)?(?=\s|\d|$|[上下])")


def weekday_in(text: str) -> str | None:
    """The weekday that stands behind a day: 2016-05-28（周六）."""
    match = _WEEKDAY.search(plain(text)[:100])
    return match[1] if match else None


def read_stamp(text: str, sent: Date | None = None) -> tuple[Date, str | None]:
    """A day with the hour that may stand behind it: 2016-05-28 09:00 PM, 2016-05-28T21:00:00+08:00, 42518.875.

    A day without its year, 6月13日, is the latest that is not after the day it was `sent`. Raises Unreadable.
    """
    text = plain(text)
    text = _WEEKDAY.sub(" ", text, count=1).strip() if len(text) <= 100 else text  # a longer cell is no day
    if serial := _SERIAL.fullmatch(text):
        moment = datetime(1899, 12, 30) + timedelta(
            int(serial[1]), minutes=round(float(serial[2] or 0) * 1440)
        )
        return moment.date(), f"{moment:%H:%M}" if serial[2] else None
    if sent and _NO_YEAR.match(text):
        for year in (sent.year, sent.year - 1):
            with suppress(Unreadable):
                day, hour = read_stamp(f"{year}年{text}")
                if day <= sent:
                    return day, hour
    match = _STAMP.fullmatch(text[:100])
    if sent and not match and (told := _told_from(text, sent)):
        return told, None
    if not match:
        raise Unreadable("“{text}” is no date", "write it as 2016-05-28", text=text[:40])
    return read_date(match[1]), _clock(match[2].strip()) if match[2] and match[2].strip() else None


def _told_from(text: str, sent: Date) -> Date | None:
    """The day that 昨天 or 上周五 was, told on the day it was `sent`. Raises Unreadable."""
    try:
        day = find_day(text[:40], sent)
    except UsageError as error:
        raise Unreadable(error.message, "", **error.words) from None
    return day if day and day <= sent else None


def read_by(text: str, day: Date | None) -> Date:
    """The day by which something is due; 月底前 and 下周五 count from `day`. Raises Unreadable."""
    with suppress(Unreadable):
        return read_stamp(text)[0]
    if day is None:
        return read_date(text)
    try:
        return read_due(text[:40], day)
    except UsageError as error:
        raise Unreadable(error.message, "", **error.words) from None


def read_clock(text: str) -> str:
    """A time or span of the day, also as programs write it: 09:12:33.123+08:00, 9:12 PM. Raises Unreadable."""
    return _clock(plain(text)) if _HOUR.fullmatch(plain(text)) else read_time(text)


def _clock(text: str) -> str:
    match = _HOUR.fullmatch(text)
    half = ((match[1] or match[4] or "") if match else "").lower()[:1]
    hour = int(match[2]) if match else 99
    if half in ("p", "下") and hour < 12:
        hour += 12
    elif half in ("a", "上") and hour == 12:
        hour = 0
    if not match or hour > 23 or int(match[3]) > 59:
        raise Unreadable("“{text}” is no time of day", "write 14:30 or 14:30-15:40", text=text[:40])
    return f"{hour:02}:{match[3]}"


_TAG = {sign: re.compile(rf"(?<!\S){sign}([^\W\d_][-+/\w]*)") for sign in "@#"}


def tags_in(text: str, sign: str) -> list[str]:
    """The tags that stand in a text behind @ or #; an address and a heading are none."""
    return [tag.rstrip("-+/") for tag in _TAG[sign].findall(text)]


def unique(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags as an entry holds them: each once, without its sign, and none with a comma in it."""
    parts = (part.strip().lstrip("#@").strip() for tag in tags for part in re.split("[、，,;；]", tag))
    return tuple(dict.fromkeys(part for part in parts if part))
