"""The diary folder: finds it, reads its files one by one, adds to it. Files are the truth."""

import errno
import os
import re
import stat
import time
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from minqing.errors import Flaw, MinqingError, UsageError
from minqing.language import language
from minqing.refused import why

if TYPE_CHECKING:  # a command that only reads the ledger needs none of these: 25 ms of start-up
    # Quoted below, one by one: with annotations from __future__ a NamedTuple compiles its own, and the first
    # compile() of a process costs a quarter of Python's start.
    from minqing.model import Entry, Kind
    from minqing.settings import Config

MAX_BYTES = 8 * 1024 * 1024

CONFIG = "minqing.yaml"
ROSTER = "roster.csv"
ENTRIES = "entries"
TEMPLATES = "templates"
FILES = "files"  # attachments
INDEX = ".minqing"
REPORTS = "reports"  # seals of what was handed in
DRAFTS = "drafts"


class NotSaved(MinqingError):
    """Saving failed; what was typed lies in the draft that the message names."""


class Diary:
    """A diary folder. Holds its place and reads the rest when asked."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def config(self) -> "Config":
        return read_config(self.root)[0]

    def kinds(self, language: str) -> "dict[str, Kind]":
        """Every kind by name: the diary's own templates over those shipped."""
        found = {}
        for folder in (shipped_templates(language), self.root / TEMPLATES):
            for path in sorted(folder.glob("*.md")) if folder.is_dir() else ():
                kind = read_template(path)[0]
                if kind:
                    found[kind.kind] = kind
        return found


class Letterhead(NamedTuple):
    """A Word file with tags that reports are written on: its path from the diary's root, its bytes."""

    path: str
    data: bytes


def letterhead(diary: Diary, paper: str) -> Letterhead | None:
    """The diary's own page for a letter or a ledger: templates/letter.docx, templates/ledger.docx.

    None when it has none. Raises MinqingError when it cannot be read.
    """
    path = f"{TEMPLATES}/{paper}.docx"
    try:
        return Letterhead(path, read_bytes(diary.root / path))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise MinqingError("{file} cannot be read: {why}", file=path, why=why(error)) from None


def shipped_templates(language: str) -> Path:
    """The templates that come with the program: beside it in a wheel, at the top in a checkout."""
    here = Path(__file__).parent
    inside = here / TEMPLATES
    return (inside if inside.is_dir() else here.parent / TEMPLATES) / language


def _form_folders(root: Path | None, family: str) -> list[Path]:
    """Where forms of a family ("ledgers", "flows") lie, the diary's own before those shipped."""
    own = [root / TEMPLATES / family] if root else []
    return [*own, shipped_templates(language()) / family]


def form_names(root: Path | None, family: str) -> set[str]:
    """The forms there are, by the name of their file."""
    return {
        path.stem
        for folder in _form_folders(root, family)
        if folder.is_dir()
        for path in folder.glob("[!.]*.yaml")
    }


def form_path(root: Path | None, family: str, name: str) -> Path | None:
    """The file of a form; None when there is none of that name."""
    paths = (folder / f"{name}.yaml" for folder in _form_folders(root, family))
    return next((path for path in paths if path.exists()), None)


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
    for folder in (start.absolute(), *start.absolute().parents):
        with suppress(OSError):
            head = read_bytes(folder / CONFIG).decode("utf-8", "replace")
            found = re.search(r"(?m)^\ufeff?(?:lang|语言)\s*[:：]\s*[\"']?(\w+)", head)
            return found and {"中文": "zh", "英文": "en"}.get(found[1], found[1])
        if (folder / ENTRIES).is_dir():
            return None
    return None


# ---------------------------------------------------------------- config and templates


def read_config(root: Path) -> "tuple[Config, list[Flaw]]":
    """The diary's settings, with the flaws of minqing.yaml."""
    from minqing.settings import Config, read_settings  # for start-up, as above

    try:
        data = read_bytes(root / CONFIG)
    except FileNotFoundError:
        return Config(), []
    except OSError as error:
        return Config(), [unopened(error)]
    return read_settings(data)


def read_template(path: Path) -> "tuple[Kind | None, list[Flaw]]":
    """A kind from its file, with the file's flaws."""
    from minqing.text import read_kind  # for start-up, as above

    try:
        return read_kind(read_bytes(path), path.stem)
    except OSError as error:
        return None, [unopened(error)]


# ---------------------------------------------------------------- reading


def read_bytes(path: Path | str, most: int = MAX_BYTES) -> bytes:
    """A regular file, whole. Never follows a link, waits for a pipe or reads without end. Raises OSError."""
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    handle = os.open(path, flags)
    try:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            folder = stat.S_ISDIR(status.st_mode)
            raise OSError(errno.EISDIR if folder else errno.EINVAL, "not a regular file")
        if status.st_size > most:
            raise OSError(errno.EFBIG, "too large")
        data = os.read(handle, status.st_size + 1)
        while len(data) < status.st_size and (more := os.read(handle, status.st_size - len(data))):
            data += more  # a network disk may give a file in pieces
        return data
    finally:
        os.close(handle)


_REFUSALS = {
    errno.ELOOP: ("this is a link; links are not followed", "put the file itself here"),
    errno.EINVAL: ("this is no regular file", "move it elsewhere"),
    errno.EISDIR: ("this is no regular file", "move it elsewhere"),
    errno.ENXIO: ("this is no regular file", "move it elsewhere"),  # a socket
    errno.EFBIG: ("the file is larger than 8 MiB", "move what is not the entry's text to files/"),
    errno.EACCES: ("the file may not be read", "give yourself the right to read it"),
    errno.EPERM: ("the file may not be read", "give yourself the right to read it"),
}


def unopened(error: OSError) -> Flaw:
    cause, remedy = _REFUSALS.get(
        error.errno or 0, ("the file cannot be read: {why}", "look at the disk it lies on")
    )
    return Flaw("file", cause, remedy, {"why": why(error)})


# ---------------------------------------------------------------- writing

_SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford base32


def new_id() -> str:
    """8 random characters, the first a letter; 40 bits less a little, so that no other file need be read."""
    while True:
        found = "".join(_SIGNS[byte & 31] for byte in os.urandom(8))
        if found[0].isalpha():
            return found


def id_of(raw: str, nth: int = 1) -> str:
    """An id made of a text: 40 bits of its digest, less a little, the first sign a letter."""
    from hashlib import sha256  # only where entries come from elsewhere

    number = int.from_bytes(sha256(f"{nth}\n{raw}".encode("utf-8", "replace")).digest()[:8], "big")
    letters = _SIGNS[10:]
    number, first = divmod(number, len(letters))
    signs = letters[first]
    for _n in range(7):
        number, sign = divmod(number, 32)
        signs += _SIGNS[sign]
    return signs


def path_of(entry: "Entry") -> str:
    """Where an entry's file lies, from the root: by month, never named after what people typed."""
    day = entry.date.isoformat()
    kind = "".join(sign for sign in entry.kind if sign.isalnum() or sign in "-_")[:40] or "note"
    return f"{ENTRIES}/{day[:4]}/{day[5:7]}/{day}-{kind}-{entry.id}.md"


def add(diary: Diary, entry: "Entry", language: str, blanks: tuple[str, ...] = ()) -> str:
    """Write a new entry; never over another file. Returns its path from the root once it is on the disk.

    Raises NotSaved when that fails; the text then lies in a draft.
    """
    from minqing.text import write_entry  # for start-up, as above

    path = path_of(entry)
    text = write_entry(entry, language, blanks)
    try:
        write_new(diary.root, path, text.encode("utf-8"))
    except OSError as error:
        raise not_saved(error, path, text) from None
    return path


def not_saved(error: OSError, path: str, text: str) -> NotSaved:
    """The error for a failed save, once the text is safe elsewhere."""
    try:
        draft = keep_draft(text)
    except OSError:
        return NotSaved(
            "{path} could not be saved: {why}. Nor could a draft; here is the text:\n{text}",
            path=path,
            why=why(error),
            text=text,
        )
    return NotSaved(
        "{path} could not be saved: {why}. What you wrote lies in {draft}",
        path=path,
        why=why(error),
        draft=draft,
    )


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
    temporary = target.parent / f".{target.name}.{os.urandom(4).hex()}.tmp"
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


def replace_file(root: Path, path: str, before: bytes | None, data: bytes) -> None:
    """Put new bytes in place of a file, whole or not at all; with `before`, only while the file holds that.

    Raises MinqingError if it does not, OSError.
    """
    target = root / path
    there = os.stat(target, follow_symlinks=False).st_mode
    mode = (
        stat.S_IMODE(there) if stat.S_ISREG(there) else 0o600
    )  # a link lends nothing to what takes its place
    temporary = target.parent / f".{target.name}.{os.urandom(4).hex()}.tmp"
    _write_synced(temporary, data, mode)
    try:
        if before is not None and read_bytes(target) != before:
            raise MinqingError("{path} was changed by someone else meanwhile", path=path)
        os.replace(temporary, target)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
    _sync_folder(target.parent)


def move_file(root: Path, path: str, to: str) -> None:
    """Give a file another name, never that of one that is there. Raises FileExistsError, OSError."""
    _make_folders(root, (root / to).parent)
    os.link(root / path, root / to, follow_symlinks=False)
    os.unlink(root / path)
    for folder in {(root / path).parent, (root / to).parent}:
        _sync_folder(folder)


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
    tops = (root / ENTRIES, root / FILES)
    for folder, names in ((folder, names) for top in tops for folder, _, names in os.walk(top)):
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

# What git must not take in, and why.
_IGNORE = {
    "zh": f"# 索引里有个人信息，随时可以重建\n/{INDEX}/\n# 花名册里是法律保护的信息\n/{ROSTER}\n*.tmp\n",
    "en": f"# the index holds personal data and can be made again at any time\n/{INDEX}/\n"
    f"# the roster holds what the law protects\n/{ROSTER}\n*.tmp\n",
}
# no merge=union: it drops lines without a word
_ATTRIBUTES = "*.md text eol=lf\n"


def unignored(root: Path, language: str) -> list[str]:
    """What git would take in because a .gitignore that was there before does not name it."""
    said: list[str] = []
    with suppress(OSError):  # a link, say: whatever it leads to, its lines are not ours to trust
        said = read_bytes(root / ".gitignore").decode("utf-8", "replace").splitlines()
    return [line for line in _IGNORE[language].splitlines() if line[0] != "#" and line not in said]


def init_diary(root: Path, language: str, name: str, config: str) -> list[str]:
    """Make a diary in a folder; returns what was made. Never over a file. Raises MinqingError, OSError."""
    if (root / CONFIG).exists() or (root / ENTRIES).exists():
        raise UsageError("{folder} holds a diary already — nothing was changed", folder=str(root))
    inside = next((folder for folder in root.absolute().parents if (folder / CONFIG).is_file()), None)
    if inside is not None and root.absolute().relative_to(inside).parts[0] in (
        ENTRIES,
        TEMPLATES,
        FILES,
        INDEX,
    ):
        raise UsageError(
            "{folder} is a part of the diary {diary}; choose another folder",
            folder=str(root),
            diary=str(inside),
        )
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    files = {".gitignore": _IGNORE[language], ".gitattributes": _ATTRIBUTES}
    for path in sorted(shipped_templates(language).glob("*.md")):
        files[f"{TEMPLATES}/{path.name}"] = path.read_text(encoding="utf-8")
    made = []
    # the settings come last: with them the folder is a diary
    for file, text in (*files.items(), (CONFIG, config.format(name=name))):
        if not (root / file).exists():
            write_new(root, file, text.encode("utf-8"))
            made.append(file)
    _make_folders(root, root / ENTRIES)
    return [*made, f"{ENTRIES}/"]
