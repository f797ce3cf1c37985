"""The index of a diary folder: brings the ledger up to what the files say now.

The index is written by reading alone and may be deleted at any time. It lies in the diary, private by
mode, and travels and dies with it.
"""

import errno
import marshal
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date as Date
from itertools import islice
from pathlib import Path
from typing import Any

from minqing import ledger as ledgers
from minqing.diary import (
    CONFIG,
    ENTRIES,
    INDEX,
    REPORTS,
    ROSTER,
    TEMPLATES,
    Diary,
    read_bytes,
    read_config,
    read_template,
    unopened,
)
from minqing.errors import Flaw
from minqing.ledger import Rows, fill, open_ledger, put, rank, remove, transaction
from minqing.settle import settle

# Fewer files than this are read faster here than other processes start.
_SHARE_FROM = 400
_AT_ONCE = 200  # files that are read in a moment: nobody waits for an index of fewer
_AHEAD = 8  # chunks read but not put yet: what is read faster than it is put would fill the memory
SEPARATOR = "\0"  # between the lines of a listing: a file's name may hold a newline
_RACY_NS = 2_000_000_000
# Up to some 2,500 files, looking at every one takes a few milliseconds: no need to choose.
_LONG_LISTING = 200_000


def read_rows(root: str, paths: Iterable[str]) -> list[tuple[str, Rows]]:
    """The ledger rows of files, given by their paths from the root. Runs in other processes too."""
    # only where a file is new or changed: 25 ms of start-up
    from minqing.rows import rows_of
    from minqing.text import read_entry

    found = []
    for path in paths:
        try:
            if path == CONFIG:
                found.append((path, rows_of(None, read_config(Path(root))[1])))
            elif path == ROSTER:
                found.append((path, _roster_rows(root)))
            elif path.endswith(".json"):
                found.append((path, _seal_rows(root, path)))
            elif path.endswith(".yaml"):
                found.append((path, _form_rows(root, path)))
            elif path.startswith(f"{TEMPLATES}/"):
                found.append((path, rows_of(None, read_template(Path(root, path))[1])))
            else:
                reading = read_entry(read_bytes(f"{root}/{path}"))
                found.append((path, rows_of(reading.entry, reading.flaws)))
        except FileNotFoundError:
            continue  # gone since it was listed: the next sync takes it out
        except OSError as error:
            found.append((path, rows_of(None, [unopened(error)])))
    return found


def _roster_rows(root: str) -> Rows:
    from minqing.roster import read_roster  # only where the roster is new or changed
    from minqing.rows import rows_of

    residents, flaws = read_roster(read_bytes(f"{root}/{ROSTER}"))
    rows = rows_of(None, flaws)
    # an ID number is of no use to a report, so the index never holds one
    return rows._replace(tables=rows.tables | {"roster": [(n, *who[:-1]) for n, who in enumerate(residents)]})


def _seal_rows(root: str, path: str) -> Rows:
    from minqing.rows import rows_of  # only where a seal is new
    from minqing.seal import read_seal

    seal, flaws = read_seal(read_bytes(f"{root}/{path}"))
    rows = rows_of(None, flaws)
    if seal is None:
        return rows
    said: dict[str, list[tuple[Any, ...]]] = {
        "seal": [(seal.name, seal.first, seal.last, seal.report, seal.before is not None)],
        "sealed": [(id_, True) for id_ in seal.entries] + [(id_, False) for id_ in seal.before or ()],
    }
    return rows._replace(tables=rows.tables | said)


def _form_rows(root: str, path: str) -> Rows:
    from minqing.forms import read_form  # only where a form is new or changed
    from minqing.rows import rows_of

    family, name = Path(path).parent.name, Path(path).stem
    text, flaws = read_form(family, name, read_bytes(f"{root}/{path}"))
    rows = rows_of(None, flaws)
    return rows._replace(tables=rows.tables | {"form": [(family, name, text)]})


def _stamp(status: os.stat_result, young: int) -> str:
    """What changes when a file does. One this young may change again within the same tick of the clock: "?"."""
    changed, stirred = status.st_mtime_ns, status.st_ctime_ns
    return f"{changed} {status.st_size} {stirred}{'?' if changed > young or stirred > young else ''}"


# Whether the files of a folder, such as entries/2016/05, can change the answer.
Matters = Callable[[str], bool]
Known = dict[str, tuple[str, str | None]]  # folder -> its listing, and when the folder itself last changed


# What else of a diary's folders is read, by the ending of its files.
_OWN = {
    TEMPLATES: ".md",
    **dict.fromkeys((f"{TEMPLATES}/{family}" for family in ("ledgers", "flows", "forms")), ".yaml"),
    REPORTS: ".json",
}


def _scan(root: Path, known: Known, matters: Matters) -> Iterator[tuple[str, str, str | None]]:
    """Each folder that counts: its path, its listing (a line `stamp name` a file, sorted), when it changed.

    A file written in place does not stir its folder, so every file of a folder that matters is looked at;
    of the others, only those whose folder was stirred.
    """
    young = time.time_ns() - _RACY_NS
    own = [CONFIG, ROSTER]
    for folder, ending in _OWN.items():
        with suppress(OSError):
            names = os.listdir(root / folder)
            own += [f"{folder}/{name}" for name in names if name.endswith(ending) and name[0] != "."]
    lines = []
    for name in own:
        with suppress(OSError):
            lines.append(f"{_stamp(os.stat(root / name, follow_symlinks=False), young)} {name}")
    yield "", SEPARATOR.join(sorted(lines)), None
    waiting = [ENTRIES] if (root / ENTRIES).is_dir() else []
    while waiting:
        folder = waiting.pop()
        path = f"{root}/{folder}"
        try:
            stirred = os.stat(path).st_mtime_ns
        except OSError:  # gone since it was listed, or deeper than the system reaches
            yield folder, "unreadable ", None
            continue
        listed = known.get(folder)
        if (
            listed
            and listed[1] == str(stirred)
            and stirred < young
            and "?" not in listed[0]
            and not matters(folder)
        ):
            yield folder, *listed
            continue
        try:
            found = list(os.scandir(path))
        except OSError:
            yield folder, "unreadable ", None
            continue
        lines, inner = [], False
        for file in found:
            name = file.name
            if name[-3:] in (".md", ".MD", ".Md", ".mD"):
                if name[0] != ".":
                    try:
                        status = file.stat(follow_symlinks=False)
                    except OSError:
                        continue  # gone since it was listed
                    lines.append(f"{_stamp(status, young)} {name}")
            elif name[0] != ".":
                if file.is_dir(follow_symlinks=False):
                    inner = True
                    waiting.append(f"{folder}/{name}")
                elif file.is_symlink() and file.is_dir():
                    lines.append(f"link {name}")
        lines.sort()
        # a folder of folders is always walked: its own time says nothing of what lies deeper
        yield folder, SEPARATOR.join(lines), None if inner else str(stirred)


def _stamps(listing: str) -> dict[str, str]:
    """A listing as name -> stamp."""
    found = {}
    for line in listing.split(SEPARATOR) if listing else ():
        *stamp, name = line.split(" ", 3) if line[0].isdigit() else line.split(" ", 1)
        found[name] = " ".join(stamp)
    return found


def synced(diary: Diary, matters: Matters | None = None) -> sqlite3.Connection:
    """The ledger of a diary as its files are now.

    An index that is damaged is built again; one that cannot be written or is held by another
    process for over a second is left alone, and the answer is worked out in memory.
    """
    for _attempt in range(2):
        ledger = None
        try:
            ledger = open_ledger(_index_path(diary.root))
            sync(diary, ledger, matters or everything)
            return ledger
        except OSError:
            break
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if ledger is not None:
                ledger.close()
            if code in (
                sqlite3.SQLITE_BUSY,
                sqlite3.SQLITE_LOCKED,
                sqlite3.SQLITE_READONLY,
                sqlite3.SQLITE_CANTOPEN,
                sqlite3.SQLITE_FULL,
                sqlite3.SQLITE_IOERR,
                sqlite3.SQLITE_PERM,
            ):
                break
            for tail in ("", "-wal", "-shm"):
                with suppress(OSError):
                    os.unlink(f"{_index_path(diary.root)}{tail}")
    ledger = open_ledger(":memory:")
    sync(diary, ledger, matters or everything)
    return ledger


def as_it_lies(diary: Diary) -> sqlite3.Connection | None:
    """The ledger as the last command that read left it, for what is worth no reading; None without one.

    Raises OSError, sqlite3.DatabaseError.
    """
    path = _index_place(diary.root)
    if not path.exists():
        return None
    ledger = open_ledger(path)
    ledger.execute("pragma busy_timeout = 0")  # nor worth waiting for
    return ledger


def with_newest(diary: Diary) -> sqlite3.Connection | None:
    """The ledger as it lies, and what was written since, for a hint; None for a large diary without an index.

    What it says of an older file holds as long as that is `unchanged`. Raises OSError, sqlite3.DatabaseError: a hint
    is not worth waiting for another process.
    """
    if not _index_place(diary.root).exists():
        if len(list(islice((diary.root / ENTRIES).rglob("*.md"), _AT_ONCE))) == _AT_ONCE:
            return None
        _index_path(diary.root)
    ledger = as_it_lies(diary)
    if ledger:
        sync(diary, ledger, newest(diary.root, _AT_ONCE))
    return ledger


def unchanged(diary: Diary, ledger: sqlite3.Connection, path: str) -> bool:
    """Whether a file is still as the ledger has it."""
    folder, _, name = path.rpartition("/")
    listed = ledger.execute("select listing from folder where path = ?", (folder,)).fetchone()
    try:
        status = os.stat(diary.root / path, follow_symlinks=False)
    except OSError:
        return False
    stamp = _stamp(status, time.time_ns())
    return listed is not None and _stamps(listed[0]).get(name, "").rstrip("?") == stamp


def _index_place(root: Path) -> Path:
    """Where the index lies: in the diary, or in $MINQING_CACHE. Raises OSError when that is a link."""
    cache = os.environ.get("MINQING_CACHE")
    if cache:
        from hashlib import sha256  # rarely set

        folder = Path(cache, sha256(os.fsencode(root)).hexdigest()[:16])
    else:
        folder = root / INDEX
    path = folder / f"ledger-v{ledgers.SCHEMA}.db"
    if folder.is_symlink() or path.is_symlink():
        raise OSError(errno.ELOOP, "the index is a link")
    return path


def _index_path(root: Path) -> Path:
    """The file of the index, made where there is none. Raises OSError when no place can be made."""
    path = _index_place(root)
    folder = path.parent
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for old in folder.glob("ledger-v*.db*"):
            old.unlink(missing_ok=True)  # of another version of the program
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    return path


def drop_index(root: Path) -> None:
    """Delete the index; the next command that reads makes it anew. Raises OSError."""
    path = _index_path(root)
    for tail in ("", "-wal", "-shm"):
        Path(f"{path}{tail}").unlink(missing_ok=True)


def everything(_folder: str) -> bool:
    """Every folder matters."""
    return True


def until(last: Date | None) -> Matters:
    """What an answer about the time up to a day rests on: the months up to it."""
    if last is None:
        return everything
    month = f"{ENTRIES}/{last.year:04}/{last.month:02}"
    return lambda folder: folder <= month or not folder[-1].isdigit()


def between(first: Date | None, last: Date | None) -> Matters:
    """What a list of entries of a period rests on: the months of the period."""
    month = f"{ENTRIES}/{first.year:04}/{first.month:02}" if first else ""
    up_to = until(last)
    return lambda folder: folder >= month and up_to(folder)


def newest(root: Path, n: int) -> Matters:
    """What the last n entries rest on: the newest months that hold that many."""
    month = ""
    for year in sorted(_names(root / ENTRIES), reverse=True):
        for part in sorted(_names(root / ENTRIES / year), reverse=True):
            if n <= 0:
                break
            month = f"{ENTRIES}/{year}/{part}"
            n -= len(_names(root / ENTRIES / year / part))
    return lambda folder: folder >= month


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []  # a file among the folders, or nothing yet


def sync(diary: Diary, ledger: sqlite3.Connection, matters: Matters = everything) -> None:
    """Bring the ledger up to the files: read what is new or changed, forget what is gone."""
    known: Known = {
        row[0]: (row[1], row[2]) for row in ledger.execute("select path, listing, stirred from folder")
    }
    if sum(len(listing) for listing, _stirred in known.values()) < _LONG_LISTING:
        matters = everything
    scanned: Known = {}
    for folder, listing, stirred in _scan(diary.root, known, matters):
        scanned[folder] = listing, stirred
    if known == scanned and not any("?" in listing for listing, _stirred in scanned.values()):
        return
    written = {folder: listing for folder, (listing, _stirred) in scanned.items()}
    with transaction(ledger):
        ledger.execute("delete from named")  # a paper may hide nobody by what stood there before
        stored: Known = {
            row[0]: (row[1], row[2]) for row in ledger.execute("select path, listing, stirred from folder")
        }
        changed: list[str] = []
        gone: list[str] = []
        for folder in written.keys() | stored.keys():
            old, new = stored.get(folder, ("", None))[0], written.get(folder, "")
            if old == new and "?" not in new:
                continue
            before, after = _stamps(old), _stamps(new)
            changed += [
                f"{folder}/{name}".lstrip("/")
                for name, stamp in after.items()
                if before.get(name) != stamp or stamp[-1:] == "?"
            ]
            gone += [f"{folder}/{name}".lstrip("/") for name in before if name not in after]
        cold = not stored
        changed.sort(key=rank)
        touched: set[str] = set()
        if cold:
            fill(ledger, _read_all(diary.root, changed))
        else:
            for path in gone:
                touched |= remove(ledger, _safe_path(path))
            touched |= put(ledger, _read_all(diary.root, changed))
            touched |= put(ledger, read_rows(str(diary.root), ledgers.hidden_twins(ledger)))
        if cold or CONFIG in changed or CONFIG in gone:
            ledgers.keep_settings(ledger, diary.config._asdict())
        resealed = any(path.startswith(f"{REPORTS}/") for path in (*changed, *gone))
        settle(ledger, None if cold or resealed else touched)
        ledger.executemany(
            "delete from folder where path = ?", [(folder,) for folder in stored if folder not in scanned]
        )
        ledger.executemany(
            "insert or replace into folder values (?, ?, ?)",
            [
                (_safe_path(folder), _safe_path(listing), stirred)
                for folder, (listing, stirred) in scanned.items()
                if stored.get(folder) != (listing, stirred)
            ],
        )
        if cold:
            ledger.execute("analyze")


def _safe_path(path: str) -> str:
    """A path that can be stored: a name that is no UTF-8 shows its bytes."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _read_all(root: Path, paths: list[str]) -> Iterator[tuple[str, Rows]]:
    odd = [path for path in paths if _safe_path(path) != path]
    for path in odd:
        from minqing.rows import rows_of  # seldom

        flaw = Flaw(
            "file", "the file's name is not UTF-8", "rename it; the entry's own name is fine in ASCII"
        )
        yield _safe_path(path), rows_of(None, [flaw])
    paths = [path for path in paths if path not in set(odd)] if odd else paths
    if len(paths) < _SHARE_FROM or (os.cpu_count() or 1) < 2:
        yield from read_rows(str(root), paths)
        return
    import multiprocessing  # only for a cold index
    from threading import Semaphore

    chunks = [(str(root), paths[at : at + 100]) for at in range(0, len(paths), 100)]
    # fork starts at once and shares what is loaded; where there is none, a fresh interpreter does
    method = "fork" if sys.platform == "linux" else "spawn"
    ahead = Semaphore(_AHEAD)
    with multiprocessing.get_context(method).Pool(min(os.cpu_count() or 1, 4)) as pool:
        try:
            for packed in pool.imap(_read_chunk, (chunk for chunk in chunks if ahead.acquire())):
                ahead.release()
                for path, rows in marshal.loads(packed):
                    yield path, Rows(*rows)
        finally:
            ahead.release(len(chunks))  # nobody waits for a pool that is leaving


def _read_chunk(chunk: tuple[str, list[str]]) -> bytes:
    # rows are plain values: marshal packs them in a third of pickle's time
    return marshal.dumps([(path, tuple(rows)) for path, rows in read_rows(*chunk)])
