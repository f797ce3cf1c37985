"""Pictures and papers that hang on an entry: copied into files/, named by the entry. Writes through diary.py.

A file is on the disk before the entry names it: a kill in between leaves a file that no entry names, which the
next try takes up again, and never an entry that names nothing.
"""

import errno
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from minqing import photo
from minqing.diary import FILES, Diary, read_bytes, replace_file, write_new
from minqing.errors import Flaw, MinqingError
from minqing.exif import Exif, read_exif
from minqing.find import path_of_id
from minqing.language import language
from minqing.model import Entry, File
from minqing.photo import Unfit
from minqing.refused import why
from minqing.splice import lines_of, with_files
from minqing.text import read_entry

MAX_SIDE = 1600
MOST_BYTES = 50 * 1024 * 1024  # a diary is copied from machine to machine, and git keeps every version


class Ways(NamedTuple):
    """How to attach: pictures are made small and rid of their GPS, or copied `as_is`."""

    max_side: int = MAX_SIDE
    as_is: bool = False
    keep_gps: bool = False
    note: str | None = None


class Attached(NamedTuple):
    """What became of a file: where it lies from the root, None if it was refused; what to tell of it."""

    file: str
    entry: str
    path: str | None
    flaws: tuple[Flaw, ...] = ()


Known = dict[str, tuple[str, str]]  # digest -> id and day of the first entry that names it


def attach_all(
    diary: Diary, ledger: sqlite3.Connection, wanted: Iterable[tuple[str, str]], ways: Ways
) -> Iterator[Attached]:
    """Hang files, each given as the full id of an entry and its own path, on their entries one by one.

    What is yielded is on the disk. A file that is refused keeps no other back.
    """
    known = _known(ledger)
    for id_, file in wanted:
        try:
            done = _attach(diary, ledger, id_, file, ways, known)
        except Unfit as error:
            done = Attached(file, id_, None, (error.flaw,))
        yield done._replace(flaws=tuple(flaw._replace(path=file) for flaw in done.flaws))


def _known(ledger: sqlite3.Connection) -> Known:
    """What hangs on entries already, by both of its digests."""
    found: Known = {}
    for row in ledger.execute(
        "select a.sha256, a.original, e.id, e.date from attached a join entry e using (key) order by e.date, e.id"
    ):
        for digest in (row["sha256"], row["original"]):
            if digest:
                found.setdefault(digest.lower(), (row["id"], row["date"]))
    return found


def _attach(
    diary: Diary, ledger: sqlite3.Connection, id_: str, file: str, ways: Ways, known: Known
) -> Attached:
    """Hang one file on an entry. Raises Unfit."""
    _refuse_sealed(ledger, id_)
    made = _prepared(file, ways)
    path = path_of_id(ledger, id_)
    assert path is not None  # the id came out of the ledger
    entry, place, flaws = _keep(diary, path, made, ways)
    for digest in made.digests():
        other, day = known.setdefault(digest, (id_, entry.date.isoformat()))
        if other != id_ and not flaws:
            flaws = [_elsewhere(other, day)]
    told = (
        () if place in (hung.path for hung in entry.files) else made.flaws
    )  # of another copy than the one kept
    return Attached(file, id_, place, (*flaws, *_of_time(made.taken, entry), *told))


def _refuse_sealed(ledger: sqlite3.Connection, id_: str) -> None:
    row = ledger.execute(
        "select s.name from sealed join seal s using (key) where sealed.id = ? and inside", (id_,)
    ).fetchone()
    if row:
        raise Unfit(
            Flaw(
                "sealed",
                "entry {id} stands in the report {name}, which was sealed",
                "write a new entry, and attach it to that",
                {"id": id_, "name": row["name"]},
            )
        )


# ---------------------------------------------------------------- one file


class _Made(NamedTuple):
    """A file as it will be kept, not written yet, with what to tell of it."""

    data: bytes
    suffix: str
    sha256: str
    original: str | None
    taken: datetime | None
    flaws: tuple[Flaw, ...]

    def digests(self) -> set[str]:
        return {self.sha256, self.original or self.sha256}


MISSING = Flaw("file", "there is no such file", "look at its name")
_REFUSALS = {
    errno.ENOENT: (MISSING.message, MISSING.remedy),
    errno.ELOOP: ("this is a link; links are not followed", "name the file itself"),
    errno.EINVAL: ("this is no regular file", "name a file; those in a folder as FOLDER/*"),
    errno.EISDIR: ("this is no regular file", "name a file; those in a folder as FOLDER/*"),
    errno.EFBIG: (
        "the file is larger than 50 MB, too much for a diary that is copied around",
        "make it shorter, or keep it elsewhere and say in the entry where",
    ),
    errno.EACCES: ("the file may not be read", "give yourself the right to read it"),
    errno.EPERM: ("the file may not be read", "give yourself the right to read it"),
}


def _read(file: str) -> bytes:
    try:
        data = read_bytes(file, MOST_BYTES)
    except OSError as error:
        cause, remedy = _REFUSALS.get(
            error.errno or 0, ("the file cannot be read: {why}", "look at the disk it lies on")
        )
        raise Unfit(Flaw("file", cause, remedy, {"why": why(error)})) from None
    if not data:
        raise Unfit(Flaw("file", "the file is empty", "copy it from the phone once more"))
    return data


def _prepared(file: str, ways: Ways) -> _Made:
    """A file as it will be kept. Raises Unfit."""
    data = _read(file)
    kind, suffix = photo.kind_of(data), _suffix(file)
    drawn = kind in photo.SUFFIXES and not ways.as_is
    if kind is None and suffix in photo.ENDINGS:
        raise Unfit(
            Flaw("photo", "this is no picture, though its name says so", "look into it, and rename it")
        )
    if kind and not drawn and not ways.as_is:
        raise Unfit(photo.unlike(kind))
    kept = photo.redraw(data, ways.max_side, ways.keep_gps) if drawn else data
    before, after = sha256(data).hexdigest(), sha256(kept).hexdigest()
    said = read_exif(data) if kind else Exif()
    told = bool(said.gps) or any(sign in data for sign in _PLACED)
    flaws = _of_place(told, bool(kind)) if ways.keep_gps or not drawn else ()
    suffix = photo.SUFFIXES.get(kind or "", suffix)
    return _Made(kept, suffix, after, before if before != after else None, said.taken, tuple(flaws))


def _suffix(file: str) -> str:
    """The ending of a file's name, if it is one that any machine can write."""
    ending = Path(file).suffix.lower()
    return ending if re.fullmatch(r"\.[a-z0-9]{1,8}", ending) else ""


_PLACED = (b"GPSLatitude", b"\xa9xyz", b"location.ISO6709")  # in the XMP of pictures, in videos


def _of_place(told: bool, picture: bool) -> Iterator[Flaw]:
    """What a file that is copied as it is may tell whoever gets it."""
    if told or picture:
        yield Flaw(
            "place",
            "it says where it was taken, and this stays in it"
            if told
            else "it was copied untouched, and may say where and with which phone it was taken",
            "do not hand it on as it is",
            severity="hint",
        )


def _of_time(taken: datetime | None, entry: Entry) -> Iterator[Flaw]:
    """A picture taken on another day; what was from 22:00-01:30 reaches into the next."""
    first, _dash, last = (entry.time or "").partition("-")
    if taken is None or taken.date() == entry.date:
        return
    if taken.date() == entry.date + timedelta(1) and f"{taken:%H:%M}" <= last < first:
        return
    yield Flaw(
        "taken",
        "the picture was taken on {taken}, the entry is of {day}",
        "look whether it belongs there, or whether the camera's clock is wrong",
        {"taken": f"{taken:%Y-%m-%d %H:%M}", "day": entry.date.isoformat()},
        severity="hint",
    )


def _elsewhere(id_: str, day: str) -> Flaw:
    return Flaw(
        "copies",
        "the same file hangs on entry {id} of {day}",
        "look which of the two it belongs to",
        {"id": id_, "day": day},
        severity="hint",
    )


# ---------------------------------------------------------------- into the diary


def _keep(diary: Diary, path: str, made: _Made, ways: Ways) -> tuple[Entry, str, list[Flaw]]:
    """Copy a file beside the diary and have the entry name it; the entry, where the file lies, what to tell.

    What the entry names already stays as it is. Raises Unfit.
    """
    try:
        before = read_bytes(diary.root / path)
        entry = read_entry(before).entry
        if entry is None:
            raise Unfit(Flaw("file", "its entry cannot be read", "mend that first: minqing check"))
        for file in entry.files:
            if made.digests() & {digest.lower() for digest in (file.sha256, file.original) if digest}:
                same = made.sha256 == file.sha256 and ways.note in (None, file.note)
                return entry, file.path, [_already(entry, file, same)]
        place, there = _place(diary.root, entry, made)
        file = File(place, made.sha256, ways.note, made.original)
        after = with_files(before, [file])
        if after is None:
            raise Unfit(_by_hand(entry, file))
        if not there:
            write_new(diary.root, place, made.data)
        replace_file(diary.root, path, before, after)
    except MinqingError as error:
        raise Unfit(Flaw("file", error.message, "run the command again", error.words)) from None
    except OSError as error:
        cause, remedy = "it could not be saved: {why}", "mend that, then run the command again"
        raise Unfit(Flaw("file", cause, remedy, {"why": why(error)})) from None
    return entry, place, []


def _already(entry: Entry, file: File, same: bool) -> Flaw:
    """What is told of a file that its entry names; `same` if it would be kept in the same way today."""
    cause, remedy = "it hangs on this entry already, as {path}", "nothing was changed"
    if not same:
        cause = "it hangs on this entry already, as {path}, and stays as it was kept"
        remedy = "to have it otherwise, take it out of the entry first: minqing edit {id}"
    return Flaw("copies", cause, remedy, {"path": file.path, "id": entry.id}, severity="hint")


def _by_hand(entry: Entry, file: File) -> Flaw:
    return Flaw(
        "file",
        "the files of its entry are written in a way that is not touched here",
        "write them as a list, with `minqing edit {id}`:\n{lines}",
        {"id": entry.id, "lines": "\n".join(lines_of(entry, [*entry.files, file], language()))},
    )


def _place(root: Path, entry: Entry, made: _Made) -> tuple[str, bool]:
    """Where a new file of an entry may lie, files/2016/05/2016-05-08-q7m3k9x2-1.jpg, and whether it lies there.

    Never over another. What a broken-off try left there, the same bytes that no entry names, is taken up again.
    """
    day = entry.date.isoformat()
    folder, stem = f"{FILES}/{day[:4]}/{day[5:7]}", f"{day}-{entry.id}-"
    named = {file.path for file in entry.files}
    last = 0
    for name in _listed(root / folder):
        match = re.fullmatch(rf"{stem}(\d{{1,6}})(?:\.[a-z0-9]+)?", name)
        if not match:
            continue
        path, last = f"{folder}/{name}", max(last, int(match[1]))
        if path not in named and digest_of(root / path) == made.sha256:
            return path, True
    return f"{folder}/{stem}{last + 1}{made.suffix}", False


def _listed(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except FileNotFoundError:
        return []


def digest_of(path: Path) -> str | None:
    """The digest of an attached file, None if it cannot be read."""
    try:
        return sha256(read_bytes(path, MOST_BYTES)).hexdigest()
    except OSError:
        return None
