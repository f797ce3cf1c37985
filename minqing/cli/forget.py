"""minqing forget: a person's name gives way to a pseudonym in every file of the diary.

Works on the bytes: comments, order, line ends and encoding stay, only the name's own places change.
"""

import os
import re
import sqlite3
from collections.abc import Iterator
from itertools import count as counting
from pathlib import Path
from shlex import quote
from typing import Annotated, NamedTuple

from minqing.cli import reading, screen, session
from minqing.cli.params import Argument, Option
from minqing.diary import (
    CONFIG,
    DRAFTS,
    ENTRIES,
    FILES,
    INDEX,
    REPORTS,
    ROSTER,
    TEMPLATES,
    move_file,
    read_bytes,
    replace_file,
)
from minqing.errors import MinqingError, UsageError
from minqing.language import _, count
from minqing.names import named
from minqing.refused import why
from minqing.surnames import KINSHIP
from minqing.sync import drop_index
from minqing.text import WIDE, encoding_of, read_entry
from minqing.words import plain

SHORTEST = 2
ROOM = 30  # characters shown before and behind a name
_PSEUDONYM = re.compile(r"\w[\w·]*(?: \w+)*")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_WHOSE = re.compile(f"的|之|家|{KINSHIP}")  # behind a name: whose somebody or something is


class Change(NamedTuple):
    """A file with the name in it: its bytes before and after, and each place that changes, by its line."""

    path: str
    before: bytes
    after: bytes
    lines: tuple[tuple[int, str], ...]


def command(
    name: Annotated[str, Argument(metavar=_("NAME"), help=_("Whom to forget."))],
    aliases: Annotated[
        list[str] | None,
        Argument(metavar=_("[ALIASES]..."), help=_("Other names for the same person.")),
    ] = None,
    pseudonym: Annotated[
        str | None,
        Option("--as", metavar=_("NAME"), help=_("What to write instead; 某甲 if not said.")),
    ] = None,
    yes: Annotated[bool, Option("--yes", help=_("Change the files without asking."))] = False,
) -> int:
    words = list(dict.fromkeys(word.strip() for word in (name, *(aliases or []))))
    if any(len(plain(word)) < SHORTEST for word in words):
        raise UsageError("a name of one character stands in too many words; type the whole name")
    diary = session.diary()
    root = diary.root
    files, unread = _files(root)
    stand_in = pseudonym.strip() if pseudonym else _unused(files, words[0])
    if not _PSEUDONYM.fullmatch(stand_in) or any(word in stand_in for word in words):
        raise UsageError("a pseudonym is a few letters, without the name in it")
    known = _known(reading.ledger(diary))
    if stand_in in known:
        raise UsageError(
            "{name} is somebody in this diary already: two people would become one; take another pseudonym",
            name=stand_in,
        )
    longer = sorted(other for other in known - set(words) if any(_is_part(word, other) for word in words))
    pattern = _pattern(words, longer)
    changes = [change for path, data in files if (change := _change(path, data, pattern, stand_in))]
    moves = _moves(root, pattern, stand_in)
    if not changes and not moves and not unread:
        raise MinqingError("no file of the diary names {name}", name=name)
    _show(changes, moves)
    if longer:
        screen.warn(
            count(
                "the name also stands inside {n} longer name; those places are left alone",
                "the name also stands inside {n} longer names; those places are left alone",
                len(longer),
            )
        )
    if not ((changes or moves) and (yes or _agreed())):
        _tell_rest(root, words, stand_in, unread, moves)
        screen.hint("nothing was changed; --yes changes the files")
        return 1
    failed = _write(root, changes)
    stuck = _rename(root, moves)
    drop_index(root)  # it holds what entries said, and is made again by reading
    done = sum(len(change.lines) for change in changes if change.path not in failed)
    screen.out(_("changed: {n} places in {files} files").format(n=done, files=len(changes) - len(failed)))
    _tell_spellings(files, pattern)
    _tell_pictures(changes)
    _tell_rest(root, words, stand_in, unread, moves)
    return 1 if failed or stuck or unread else 0


# ---------------------------------------------------------------- the files


def _files(root: Path) -> tuple[list[tuple[str, bytes]], list[str]]:
    """Every text of the diary by its path, and the paths that cannot be read. Links are never followed."""
    found, unread = [], []
    for path in _paths(root):
        try:
            data = read_bytes(root / path)
        except OSError:
            unread.append(path)
            continue
        if data[:2] in WIDE or b"\0" not in data:  # a picture beside an entry is no text
            found.append((path, data))
    return found, unread


def _paths(root: Path) -> Iterator[str]:
    for top in (ENTRIES, TEMPLATES, REPORTS, f"{INDEX}/{DRAFTS}"):
        for folder, folders, names in os.walk(root / top):
            folders.sort()
            yield from (Path(folder, name).relative_to(root).as_posix() for name in sorted(names))
    yield from (name for name in (CONFIG, ROSTER) if os.path.lexists(root / name))


def _attached(root: Path) -> list[str]:
    """The paths of all attachments."""
    found = (Path(folder, name) for folder, _, names in os.walk(root / FILES) for name in names)
    return sorted(path.relative_to(root).as_posix() for path in found)


def _moves(root: Path, pattern: re.Pattern[str], stand_in: str) -> list[tuple[str, str]]:
    """The attachments with the name in their path, each with the path that entries will call it by."""
    paths = [
        (path, pattern.sub(lambda match: stand_in if match["name"] else match[0], path))
        for path in _attached(root)
    ]
    return [(path, to) for path, to in paths if path != to]


def _change(path: str, data: bytes, pattern: re.Pattern[str], stand_in: str) -> Change | None:
    """What becomes of a file; None if the name is not in it."""
    encoding = encoding_of(data)
    text = data.decode(encoding, "surrogateescape")  # bytes that are no text come back as they were
    places = [match.span() for match in pattern.finditer(text) if match["name"]]
    if not places:
        return None
    after = pattern.sub(lambda match: stand_in if match["name"] else match[0], text)
    lines = tuple(_line(text, *place, stand_in) for place in places)
    return Change(path, data, after.encode(encoding, "surrogateescape"), lines)


def _line(text: str, first: int, last: int, stand_in: str) -> tuple[int, str]:
    """The number of the line in which a name stands, and that line around it."""
    before = re.split(r"[\r\n]", text[:first])[-1][-ROOM:]
    behind = re.split(r"[\r\n]", text[last:], maxsplit=1)[0][:ROOM]
    number = len(re.findall(r"\r\n|\r|\n", text[:first])) + 1
    return number, f"{before}【{text[first:last]}→{stand_in}】{behind}"


def _is_part(word: str, other: str) -> bool:
    """Whether a name is a mere part of another: 王小晴 of 王小晴晴, and not of 王小晴的弟弟王大宝 or 王小晴家."""
    return word in other and not all(map(_WHOSE.match, other.split(word)[1:]))


def _pattern(words: list[str], longer: list[str]) -> re.Pattern[str]:
    """The names as group `name`; names of others that hold one of them match without it and stay."""

    def either(texts: list[str]) -> str:
        return "|".join(_whole(text) for text in sorted(texts, key=len, reverse=True))

    kept = f"{either(longer)}|" if longer else ""
    return re.compile(f"{kept}(?P<name>{either(words)})")


def _whole(text: str) -> str:
    """A name in letters is not looked for inside other words."""
    first = r"(?<![A-Za-z0-9])" if text[0].isascii() and text[0].isalnum() else ""
    last = r"(?![A-Za-z0-9])" if text[-1].isascii() and text[-1].isalnum() else ""
    return f"{first}{_GAP[len(text) > 2].join(map(re.escape, text))}{last}"


# What may cut a name in two: a wide space as in tables; of three characters or more also the end of a line.
_GAP = ("\u3000?", r"(?:[ \u3000]*(?:\r?\n)?[ \u3000]*)")


def _known(ledger: sqlite3.Connection) -> set[str]:
    """Everybody whom the diary names, by every name."""
    known = {name for person in named(ledger, session.today()) for name in (person.name, *person.aliases)}
    ledger.close()
    return known


def _unused(files: list[tuple[str, bytes]], name: str) -> str:
    """The first pseudonym that no file holds: 某甲, 某乙 …, 某甲2; for a name in letters Person A."""
    texts = [data.decode(encoding_of(data), "replace") for _path, data in files]
    stems = [f"某{stem}" for stem in _STEMS]
    if name.isascii():
        stems = [f"Person {chr(letter)}" for letter in range(ord("A"), ord("Z") + 1)]
    for round_ in counting(1):
        for stem in stems:
            found = stem if round_ == 1 else f"{stem}{round_}"
            if not any(found in text for text in texts):
                return found
    raise AssertionError  # counting() has no end


# ---------------------------------------------------------------- telling and doing


def _show(changes: list[Change], moves: list[tuple[str, str]]) -> None:
    for change in changes:
        screen.out(f"{change.path}: {count('{n} place', '{n} places', len(change.lines))}")
        for number, line in change.lines:
            screen.out(f"  {number}: " + line.replace("\r", "").replace("\n", " "))
    for path, to in moves:
        screen.out(f"{path} → {to}")


def _agreed() -> bool:
    return screen.on_terminal() and screen.agreed(_("Change these files?"))


def _write(root: Path, changes: list[Change]) -> set[str]:
    """Change the files one by one; returns those that could not be, each told with its reason."""
    failed = set()
    for change in changes:
        try:
            replace_file(root, change.path, change.before, change.after)
        except (MinqingError, OSError) as error:
            failed.add(change.path)
            cause = screen.spoken(error) if isinstance(error, MinqingError) else why(error)
            screen.warn("{path} was not changed: {why}", path=change.path, why=cause)
            continue
        flaws = read_entry(change.after).flaws if change.path.startswith(ENTRIES) else []
        known = {flaw.message for flaw in read_entry(change.before).flaws} if flaws else set()
        for flaw in flaws:
            if flaw.message not in known:  # two keys that now are one, say
                screen.warn("{line}", line=screen.flaw_line(flaw._replace(path=change.path)))
    return failed


def _rename(root: Path, moves: list[tuple[str, str]]) -> bool:
    """Rename attachments, as the entries call them now; returns whether one could not be, each told with its reason."""
    stuck = False
    for path, to in moves:
        try:
            move_file(root, path, to)
        except OSError as error:
            stuck = True
            screen.warn("{path} was not renamed: {why}", path=path, why=os.strerror(error.errno or 0))
    return stuck


def _tell_spellings(files: list[tuple[str, bytes]], pattern: re.Pattern[str]) -> None:
    """Name the entries that spell the name in another way, such as \\u738b in quotes."""
    for path, data in files:
        if b"\\" in data and path.startswith(ENTRIES):
            text = repr(read_entry(pattern.sub("", data.decode("utf-8", "replace"))).entry)
            if any(match["name"] for match in pattern.finditer(text)):
                screen.warn("{path} still says the name, spelled in another way; edit it", path=path)


def _tell_pictures(changes: list[Change]) -> None:
    """Name what hangs on the changed entries: it may show a face, and is not changed here."""
    for change in changes:
        entry = read_entry(change.after).entry if change.path.startswith(ENTRIES) else None
        for file in entry.files if entry else ():
            screen.warn(
                "{path} hangs on an entry that named the person; look whether it shows or names them",
                path=file.path,
            )


def _tell_rest(
    root: Path, words: list[str], stand_in: str, unread: list[str], moves: list[tuple[str, str]]
) -> None:
    """What this command does not reach, and what to do about it."""
    for path in unread:
        screen.warn("{path} could not be read; look into it yourself", path=path)
    told = {path for path, _to in moves}
    for path in (path for path in (*_paths(root), *_attached(root)) if any(word in path for word in words)):
        if path in told:
            continue
        screen.warn("{path} has the name in its own name; rename it yourself", path=path)
    if any((folder / ".git").exists() for folder in (root, *root.parents)):
        screen.warn(
            "git still holds the name in every earlier version. To rewrite them all (each clone must then be made anew):\n"
            "  write a file names.txt, outside the diary, with these lines:\n{lines}\n"
            "  git filter-repo --replace-text names.txt --replace-message names.txt{renames}\n"
            "  git push --force --all, and delete names.txt",
            lines="\n".join(f"    {word}==>{stand_in}" for word in words),
            renames="".join(f" --path-rename {quote(f'{path}:{to}')}" for path, to in moves),
        )
    screen.warn(
        "Not reached: copies and backups, papers handed out, files under other names, and your shell's history."
    )
