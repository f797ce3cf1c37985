"""minqing attach: pictures and papers hang on an entry, made small and rid of the place they tell."""

import os
import sqlite3
from collections.abc import Iterator
from typing import Annotated

from minqing.attach import MAX_SIDE, MISSING, Attached, Ways, attach_all
from minqing.byname import Meant, entries_named
from minqing.cli import reading, screen, session, source
from minqing.cli.params import Argument, Option
from minqing.diary import Diary
from minqing.errors import Flaw, UsageError
from minqing.find import find_entry
from minqing.idnumbers import numbers_told, without_numbers
from minqing.language import _


def command(
    ref: Annotated[str, Argument(metavar=_("ID"), help=_("An id, or its first 4 characters."))],
    files: Annotated[
        list[str] | None, Argument(metavar=_("FILE..."), help=_("Pictures, signed lists, recordings."))
    ] = None,
    by_name: Annotated[
        bool,
        Option("--by-name", help=_("No ID: each file to the entry its name means, such as 0508-赵小梅-1.")),
    ] = False,
    note: Annotated[str | None, Option("--note", help=_("What they show."))] = None,
    max_side: Annotated[
        int,
        Option("--max-side", min=200, metavar=_("N"), help=_("The longer side of a picture, in dots.")),
    ] = MAX_SIDE,
    keep_gps: Annotated[bool, Option("--keep-gps", help=_("Leave in where a picture was taken."))] = False,
    as_is: Annotated[bool, Option("--as-is", help=_("Copy pictures untouched."))] = False,
) -> int:
    if not files and not by_name:
        raise UsageError("name the entry and the files: minqing attach ID FILE; or --by-name FILE")
    diary = session.diary()
    ledger = reading.ledger(diary)
    for flaw in numbers_told(note or "", "--note"):
        screen.warn("{line}", line=screen.flaw_line(flaw))
    ways = Ways(max_side, as_is, keep_gps, note and without_numbers(note))
    if by_name:
        return told(attach_by_name(diary, ledger, source.named([ref, *(files or ())]), ways))
    id_ = find_entry(ledger, ref)["id"]
    return told(attach_all(diary, ledger, [(id_, file) for file in source.named(files or [])], ways))


def attach_by_name(
    diary: Diary, ledger: sqlite3.Connection, files: list[str], ways: Ways
) -> Iterator[Attached]:
    """Hang each file on the one entry that its name means; a file whose name does not say enough is refused."""
    wanted = []
    for file in files:
        meant = entries_named(ledger, file, session.today())
        if len(meant) == 1:
            wanted.append((meant[0].id, file))
        else:
            flaw = _unclear(file, meant) if os.path.lexists(file) else MISSING._replace(path=file)
            yield Attached(file, "", None, (flaw,))
    yield from attach_all(diary, ledger, wanted, ways)


# What people write diaries in, whose text is not read here.
_WRITTEN = (".doc", ".docx", ".wps", ".rtf", ".odt", ".pdf")


def _unclear(file: str, meant: list[Meant]) -> Flaw:
    """Why a file's name does not say which entry it hangs on: it means none, or several."""
    cause = "its name means no entry"
    remedy = "begin it with the day and a person of that entry, as 0508-赵小梅-1.jpg; or say the entry: minqing attach ID {file}"
    if file.lower().endswith(_WRITTEN):
        remedy = "for what it says, copy its text and run: minqing add --clip; to hang it on an entry: minqing attach ID {file}"
    if meant:
        cause, remedy = (
            "its name could mean one of several entries",
            "say which: minqing attach ID {file}\n{lines}",
        )
    lines = "\n".join(f"  {entry.id}  {entry.date}  {entry.title[:30]}" for entry in meant)
    return Flaw("name", cause, remedy, {"file": screen.quoted(file), "lines": lines}, path=file)


def told(done: Iterator[Attached]) -> int:
    """Say what became of each file as it is done; the exit code, 1 if any was refused."""
    refused = 0
    for one in done:
        if one.path:
            screen.out(f"{one.path}  {one.entry}  {one.file}")
        for flaw in one.flaws:
            screen.warn("{line}", line=screen.flaw_line(flaw))
        refused += one.path is None
    return 1 if refused else 0
