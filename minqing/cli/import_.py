"""minqing import: take in what people have already, such as the office's roster."""

import sys
from pathlib import Path
from typing import Annotated

from minqing import imports
from minqing.cli import screen, session
from minqing.cli.params import Argument, Option
from minqing.diary import MAX_BYTES, read_bytes
from minqing.errors import UsageError
from minqing.imports import Source, Ways
from minqing.language import _
from minqing.refused import why


def command(
    what: Annotated[str, Argument(metavar=_("WHAT"), help=_("roster, form, jrnl, markdown or csv."))],
    files: Annotated[
        list[str],
        Argument(metavar=_("FILE..."), help=_("The file or folder it lies in; - for standard input.")),
    ],
    map_: Annotated[
        str | None,
        Option("--map", metavar=_("FILE"), help=_("Which column of a table is which key.")),
    ] = None,
    keep_id: Annotated[
        bool,
        Option("--keep-id", help=_("Keep the ID numbers of a roster; they are dropped otherwise.")),
    ] = False,
    force: Annotated[bool, Option("--force", help=_("Replace the roster that is there."))] = False,
    dry_run: Annotated[bool, Option("--dry-run", help=_("Say what would come; write nothing."))] = False,
) -> int:
    module = imports.load(what)
    map_file = None if map_ is None else Source(Path(map_), _read(Path(map_)))
    ways = Ways(session.today(), force, dry_run, keep_id, map_file)
    imports.only(what, ways, len(files) > 1)
    first, *more = map(_source, files)
    brought = module.bring(session.diary(), first._replace(beside=tuple(more)), ways)
    if brought.text:
        screen.out(brought.text.rstrip("\n"))
    for path in brought.made:
        screen.out(path)
    for flaw in brought.flaws:
        screen.warn(screen.flaw_line(flaw))
    for note in brought.notes:
        screen.hint(note.message, **note.words)
    return 1 if any(flaw.severity == "error" for flaw in brought.flaws) else 0


def _source(typed: str) -> Source:
    path = Path(typed)
    if typed == "-":
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise UsageError("{file} is larger than 8 MiB", file=typed)
        return Source(path, data)
    return Source(path, None if path.is_dir() else _read(path))


def _read(path: Path) -> bytes:
    try:
        return read_bytes(path)
    except OSError as error:
        raise UsageError("{file} cannot be read: {why}", file=str(path), why=why(error)) from None
