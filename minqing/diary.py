"""The diary folder: the only module that touches it. Finds it, reads it into the ledger, adds to it.

Files are the truth. The index is written by reading alone and may be deleted at any time.
"""

import errno
import os
import secrets
import sqlite3
import stat
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from minqing import ledger as ledgers
from minqing.errors import Flaw, MinqingError, UsageError
from minqing.ledger import Rows, open_ledger, put, remove, rows_of, settle, transaction
from minqing.model import Entry, Kind
from minqing.text import MAX_BYTES, read_entry, read_kind, write_entry

CONFIG = "minqing.yaml"
ENTRIES = "entries"
TEMPLATES = "templates"
INDEX = ".minqing"
DRAFTS = "drafts"

# Fewer files than this are read faster here than other processes start.
_SHARE_FROM = 400
_RACY_NS = 2_000_000_000


class NotSaved(MinqingError):
    """Saving failed; what was typed lies in the draft that the message names."""


class Config(NamedTuple):
    """minqing.yaml with its defaults. Days are whole numbers; ratios are texts such as 2/3."""

    name: str = ""
    area: str | None = None
    author: str | None = None
    lang: str | None = None
    areas: tuple[str, ...] = ()
    deadlines: dict[str, int] = {"urgent": 3, "important": 7, "normal": 30}
    visits: dict[str, int] = {"normal": 180, "lifted": 90, "watched": 30, "dibao": 60, "tekun": 30}
    quorum: dict[str, dict[str, str]] = {"group": {"attend": "2/3", "agree": "1/2"}}


class Diary:
    """A diary folder. Holds its place and reads the rest when asked."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def config(self) -> Config:
        return read_config(self.root)[0]

    def kinds(self, language: str) -> dict[str, Kind]:
        """Every kind by name: the diary's own templates over those shipped."""
        found = {}
        for folder in (shipped_templates(language), self.root / TEMPLATES):
            for path in sorted(folder.glob("*.md")) if folder.is_dir() else ():
                kind = read_template(path)[0]
                if kind:
                    found[kind.kind] = kind
        return found


def shipped_templates(language: str) -> Path:
    """The templates that come with the program: beside it in a wheel, at the top in a checkout."""
    here = Path(__file__).parent
    inside = here / TEMPLATES
    return (inside if inside.is_dir() else here.parent / TEMPLATES) / language


def find_diary(start: Path) -> Diary:
    """The diary that `start` lies in: the nearest folder upwards with minqing.yaml or entries/.

    Raises MinqingError when there is none.
    """
    start = start.absolute()
    for folder in (start, *start.parents):
        if (folder / CONFIG).is_file() or (folder / ENTRIES).is_dir():
            return Diary(folder)
    raise MinqingError("no diary here or above {folder} — make one with: minqing init", folder=str(start))


def diary_language(start: Path) -> str | None:
    """The `lang` line of the diary around `start`, without reading YAML: it is asked for at every start."""
    import re  # Typer has it loaded anyway

    for folder in (start.absolute(), *start.absolute().parents):
        with suppress(OSError):
            head = read_bytes(folder / CONFIG).decode("utf-8", "replace")
            found = re.search(r"(?m)^\ufeff?(?:lang|语言)\s*[:：]\s*[\"']?(\w+)", head)
            return found and {"中文": "zh", "英文": "en"}.get(found[1], found[1])
        if (folder / ENTRIES).is_dir():
            return None
    return None


# ---------------------------------------------------------------- config and templates


def read_config(root: Path) -> tuple[Config, list[Flaw]]:
    """The diary's settings, with the flaws of minqing.yaml; every value has a default."""
    from minqing.schema import read_config_tree  # reads YAML: only for commands that need a setting
    from minqing.text import decode

    try:
        data = read_bytes(root / CONFIG)
    except FileNotFoundError:
        return Config(), []
    except OSError as error:
        return Config(), [_unopened(error)._replace(path=CONFIG)]
    from minqing.front import places, read_front

    text, flaws = decode(data)
    front = read_front(text, 1)
    said, found = read_config_tree(front.tree)
    where = places(text, 1) if found else {}
    flaws += front.flaws
    for path, flaw in found:
        line, column = next((where[path[:n]] for n in range(len(path), 0, -1) if path[:n] in where), (1, 1))
        flaws.append(flaw._replace(line=line, column=column))
    defaults = Config()._asdict()
    for key in ("deadlines", "visits", "quorum"):
        if key in said:
            said[key] = defaults[key] | said[key]
    return Config(**{key: value for key, value in said.items() if key in defaults}), [
        flaw._replace(path=CONFIG) for flaw in flaws
    ]


def read_template(path: Path) -> tuple[Kind | None, list[Flaw]]:
    """A kind from its file, with the file's flaws."""
    try:
        return read_kind(read_bytes(path), path.stem)
    except OSError as error:
        return None, [_unopened(error)]


# ---------------------------------------------------------------- reading


def read_bytes(path: Path) -> bytes:
    """A regular file, whole. Never follows a link, waits for a pipe or reads without end. Raises OSError."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        if status.st_size > MAX_BYTES:
            raise OSError(errno.EFBIG, "too large")
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read(MAX_BYTES + 1)
    finally:
        os.close(handle)


_REFUSALS = {
    errno.ELOOP: ("this is a link; links are not followed", "put the file itself here"),
    errno.EINVAL: ("this is no regular file", "move it out of entries/"),
    errno.EISDIR: ("this is no regular file", "move it out of entries/"),
    errno.EFBIG: ("the file is larger than 8 MiB", "move what is not the entry's text to files/"),
    errno.EACCES: ("the file may not be read", "give yourself the right to read it"),
    errno.EPERM: ("the file may not be read", "give yourself the right to read it"),
}


def _unopened(error: OSError) -> Flaw:
    cause, remedy = _REFUSALS.get(error.errno or 0, ("the file cannot be read: {why}", "look at the disk it lies on"))
    return Flaw("file", cause, remedy, {"why": os.strerror(error.errno or 0)})


def read_rows(root: str, paths: Iterable[str]) -> list[tuple[str, Rows]]:
    """The ledger rows of files, given by their paths from the root. Runs in other processes too."""
    found = []
    for path in paths:
        try:
            if path == CONFIG:
                found.append((path, rows_of(None, read_config(Path(root))[1])))
            elif path.startswith(f"{TEMPLATES}/"):
                found.append((path, rows_of(None, read_template(Path(root, path))[1])))
            else:
                reading = read_entry(read_bytes(Path(root, path)))
                found.append((path, rows_of(reading.entry, reading.flaws)))
        except FileNotFoundError:
            continue  # gone since it was listed: the next sync takes it out
        except OSError as error:
            found.append((path, rows_of(None, [_unopened(error)])))
    return found


def _stamp(status: os.stat_result, now: int) -> str:
    # a file this young may change again within the same tick of the clock
    racy = "?" if now - max(status.st_mtime_ns, status.st_ctime_ns) < _RACY_NS else ""
    return f"{status.st_mtime_ns} {status.st_size} {status.st_ctime_ns}{racy}"


def _scan(root: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Each folder that counts with the stamp of each file in it: time, size, time of change."""
    now = time.time_ns()
    own = [CONFIG]
    with suppress(OSError):
        own += [f"{TEMPLATES}/{name}" for name in os.listdir(root / TEMPLATES) if name.endswith(".md") and name[0] != "."]
    stamps = {}
    for name in own:
        with suppress(OSError):
            stamps[name] = _stamp(os.stat(root / name, follow_symlinks=False), now)
    yield "", stamps
    waiting = [ENTRIES] if (root / ENTRIES).is_dir() else []
    while waiting:
        folder = waiting.pop()
        stamps = {}
        try:
            listing = os.scandir(root / folder)
        except OSError:
            yield folder, {"": "unreadable"}
            continue
        with listing:
            for found in listing:
                name = found.name
                if name[0] == ".":
                    continue
                entry = name[-3:].lower() == ".md"
                if not entry:
                    if found.is_dir(follow_symlinks=False) and folder.count("/") < 8:
                        waiting.append(f"{folder}/{name}")
                    elif found.is_symlink() and found.is_dir():
                        stamps[name] = "link"
                    continue
                try:
                    status = found.stat(follow_symlinks=False)
                except OSError:
                    continue
                stamps[name] = _stamp(status, now)
        yield folder, stamps


def _listing(stamps: dict[str, str]) -> str:
    return "\n".join(f"{stamp} {name}" for name, stamp in sorted(stamps.items()))


def _stamps(listing: str) -> dict[str, str]:
    found = {}
    for line in listing.split("\n") if listing else ():
        *stamp, name = line.split(" ", 3) if line[0].isdigit() else line.split(" ", 1)
        found[name] = " ".join(stamp)
    return found


def synced(diary: Diary) -> sqlite3.Connection:
    """The ledger of a diary as its files are now.

    An index that is damaged is built again; one that cannot be written or is held by another
    process for over a second is left alone, and the answer is worked out in memory.
    """
    for _attempt in range(2):
        ledger = None
        try:
            ledger = open_ledger(_index_path(diary.root))
            sync(diary, ledger)
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
    sync(diary, ledger)
    return ledger


def _index_path(root: Path) -> Path:
    """Where the index lies: in the diary, or in $MINQING_CACHE. Raises OSError when no place can be made."""
    cache = os.environ.get("MINQING_CACHE")
    if cache:
        from hashlib import sha256  # rarely set

        folder = Path(cache, sha256(os.fsencode(root)).hexdigest()[:16])
    else:
        folder = root / INDEX
    path = folder / f"ledger-v{ledgers.SCHEMA}.db"
    if folder.is_symlink() or path.is_symlink():
        raise OSError(errno.ELOOP, "the index is a link")
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    return path


def sync(diary: Diary, ledger: sqlite3.Connection) -> None:
    """Bring the ledger up to the files: read what is new or changed, forget what is gone."""
    fresh = dict(_scan(diary.root))
    written = {folder: _listing(stamps) for folder, stamps in fresh.items()}
    if dict(map(tuple, ledger.execute("select path, listing from folder"))) == written and not _any_racy(written):
        return
    with transaction(ledger):
        stored = {row[0]: row[1] for row in ledger.execute("select path, listing from folder")}
        changed: list[str] = []
        gone: list[str] = []
        for folder in fresh.keys() | stored.keys():
            old, new = stored.get(folder), written.get(folder)
            if old == new and "?" not in (new or ""):
                continue
            before, after = _stamps(old or ""), fresh.get(folder, {})
            changed += [
                f"{folder}/{name}".lstrip("/")
                for name, stamp in after.items()
                if before.get(name) != stamp or stamp[-1:] == "?"
            ]
            gone += [f"{folder}/{name}".lstrip("/") for name in before if name not in after]
        everything = not stored
        touched: set[str] = set()
        for path in gone:
            touched |= remove(ledger, _safe_path(path))
        touched |= put(ledger, _read_all(diary.root, sorted(changed)))
        if gone or changed:
            touched |= put(ledger, read_rows(str(diary.root), ledgers.hidden_twins(ledger)))
        if everything or CONFIG in changed or CONFIG in gone:
            ledgers.keep_settings(ledger, diary.config._asdict())
        settle(ledger, None if everything else touched)
        ledger.execute("delete from folder")
        ledger.executemany(
            "insert into folder values (?, ?)",
            [(_safe_path(folder), _safe_path(listing)) for folder, listing in written.items()],
        )
        if everything:
            ledger.execute("analyze")


def _any_racy(written: dict[str, str]) -> bool:
    return any("?" in listing for listing in written.values())


def _safe_path(path: str) -> str:
    """A path that can be stored: a name that is no UTF-8 shows its bytes."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _read_all(root: Path, paths: list[str]) -> Iterator[tuple[str, Rows]]:
    odd = [path for path in paths if _safe_path(path) != path]
    for path in odd:
        flaw = Flaw("file", "the file's name is not UTF-8", "rename it; the entry's own name is fine in ASCII")
        yield _safe_path(path), rows_of(None, [flaw])
    paths = [path for path in paths if path not in set(odd)] if odd else paths
    if len(paths) < _SHARE_FROM or (os.cpu_count() or 1) < 2:
        yield from read_rows(str(root), paths)
        return
    import multiprocessing  # only for a cold index

    chunks = [(str(root), paths[at : at + 100]) for at in range(0, len(paths), 100)]
    # fork starts at once and shares what is loaded; where there is none, a fresh interpreter does
    method = "fork" if sys.platform == "linux" else "spawn"
    with multiprocessing.get_context(method).Pool(min(os.cpu_count() or 1, 4)) as pool:
        for rows in pool.imap(_read_chunk, chunks):
            yield from rows


def _read_chunk(chunk: tuple[str, list[str]]) -> list[tuple[str, Rows]]:
    return read_rows(*chunk)


# ---------------------------------------------------------------- writing

_SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford base32


def new_id() -> str:
    """8 random characters, the first a letter; 40 bits less a little, so that no other file need be read."""
    return secrets.choice(_SIGNS[10:]) + "".join(secrets.choice(_SIGNS) for _ in range(7))


def path_of(entry: Entry) -> str:
    """Where an entry's file lies, from the root: by month, never named after what people typed."""
    day = entry.date.isoformat()
    kind = "".join(sign for sign in entry.kind if sign.isalnum() or sign in "-_")[:40] or "note"
    return f"{ENTRIES}/{day[:4]}/{day[5:7]}/{day}-{kind}-{entry.id}.md"


def add(diary: Diary, entry: Entry, language: str, blanks: tuple[str, ...] = ()) -> str:
    """Write a new entry; never over another file. Returns its path from the root once it is on the disk.

    Raises NotSaved when that fails; the text then lies in a draft.
    """
    path = path_of(entry)
    text = write_entry(entry, language, blanks)
    try:
        write_new(diary.root, path, text.encode("utf-8"))
    except OSError as error:
        raise not_saved(error, path, text) from None
    return path


def not_saved(error: OSError, path: str, text: str) -> NotSaved:
    """The error for a failed save, once the text is safe elsewhere."""
    why = os.strerror(error.errno) if error.errno else str(error)
    try:
        draft = keep_draft(text)
    except OSError:
        return NotSaved("{path} could not be saved: {why}. Nor could a draft; here is the text:\n{text}",
                        path=path, why=why, text=text)
    return NotSaved("{path} could not be saved: {why}. What you wrote lies in {draft}", path=path, why=why, draft=draft)


def keep_draft(text: str) -> str:
    """Put a text where it survives us, and say where. Raises OSError."""
    import tempfile  # only on the way to an error

    handle, name = tempfile.mkstemp(prefix="minqing-", suffix=".md")
    with os.fdopen(handle, "wb") as file:
        file.write(text.encode("utf-8", "surrogateescape"))
        file.flush()
        os.fsync(handle)
    return name


def write_new(root: Path, path: str, data: bytes) -> None:
    """Create a file that was not there, whole and on the disk, or not at all. Raises OSError."""
    target = root / path
    _make_folders(root, target.parent)
    temporary = target.parent / f".{target.name}.{secrets.token_hex(4)}.tmp"
    _write_synced(temporary, data, 0o600)
    try:
        try:
            os.link(temporary, target)
        except FileExistsError:
            raise
        except OSError:
            # no hard links here (FAT, some network disks): claim the name, then move over the claim
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            os.replace(temporary, target)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
    _sync_folder(target.parent)


def replace_file(root: Path, path: str, before: bytes, data: bytes) -> None:
    """Put new bytes in place of a file that still holds `before`. Raises MinqingError if it does not, OSError."""
    target = root / path
    mode = stat.S_IMODE(os.stat(target, follow_symlinks=False).st_mode)
    temporary = target.parent / f".{target.name}.{secrets.token_hex(4)}.tmp"
    _write_synced(temporary, data, mode)
    try:
        if read_bytes(target) != before:
            raise MinqingError("{path} was changed by someone else meanwhile", path=path)
        os.replace(temporary, target)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
    _sync_folder(target.parent)


def _write_synced(path: Path, data: bytes, mode: int) -> None:
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), mode)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(handle, view) :]
        os.fsync(handle)
    except BaseException:
        os.close(handle)
        with suppress(OSError):
            os.unlink(path)
        raise
    os.close(handle)


def _make_folders(root: Path, folder: Path) -> None:
    """Folders down to `folder`, private, each on the disk before what goes into it. Never through a link."""
    current = root
    for part in folder.relative_to(root).parts:
        parent, current = current, current / part
        try:
            os.mkdir(current, 0o700)
        except FileExistsError:
            if current.is_symlink() or not current.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, "not a folder of the diary", str(current)) from None
            continue
        _sync_folder(parent)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows keeps a folder's entries with the files
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def leftovers(root: Path) -> list[str]:
    """Unfinished saves: what a kill in the middle of writing left behind, older than an hour."""
    found = []
    limit = time.time() - 3600
    for folder, _, names in os.walk(root / ENTRIES):
        for name in names:
            path = Path(folder, name)
            if name[0] == "." and name.endswith(".tmp") and path.lstat().st_mtime < limit:
                found.append(path.relative_to(root).as_posix())
    return sorted(found)


def sweep(root: Path) -> list[str]:
    """Move unfinished saves out of the way, into .minqing/drafts; returns where they lie now."""
    moved = []
    for path in leftovers(root):
        drafts = root / INDEX / DRAFTS
        drafts.mkdir(mode=0o700, parents=True, exist_ok=True)
        target = drafts / Path(path).name.lstrip(".")
        os.replace(root / path, target)
        moved.append(target.relative_to(root).as_posix())
    return moved


# ---------------------------------------------------------------- making one

_IGNORE = f"""\
# The index holds personal data and can be made again at any time.
/{INDEX}/
# The roster holds what the law protects.
/roster.csv
*.tmp
"""
# no merge=union: it drops lines without a word
_ATTRIBUTES = "*.md text eol=lf\n"


def init_diary(root: Path, language: str, name: str, config: str) -> list[str]:
    """Make a diary in a folder; returns what was made. Never over a file. Raises MinqingError, OSError."""
    if (root / CONFIG).exists() or (root / ENTRIES).exists():
        raise UsageError("{folder} holds a diary already — nothing was changed", folder=str(root))
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    files = {".gitignore": _IGNORE, ".gitattributes": _ATTRIBUTES}
    for path in sorted(shipped_templates(language).glob("*.md")):
        files[f"{TEMPLATES}/{path.name}"] = path.read_text(encoding="utf-8")
    made = []
    # the settings come last: with them the folder is a diary
    for path, text in (*files.items(), (CONFIG, config.format(name=name))):
        if not (root / path).exists():
            write_new(root, path, text.encode("utf-8"))
            made.append(path)
    _make_folders(root, root / ENTRIES)
    return [*made, f"{ENTRIES}/"]
