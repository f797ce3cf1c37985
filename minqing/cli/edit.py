"""minqing edit: the entry's file in your editor, put back only if nobody changed it meanwhile."""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Annotated

from minqing.cli import reading, screen, session
from minqing.cli.params import Argument, Option
from minqing.diary import Diary, keep_draft, read_bytes, replace_file
from minqing.errors import Flaw, MinqingError
from minqing.find import find_entry
from minqing.idnumbers import cleared, told
from minqing.language import _
from minqing.refused import why
from minqing.text import decode, read_entry


def command(
    ref: Annotated[str, Argument(metavar=_("ID"), help=_("An id, or its first 4 characters."))],
    settle: Annotated[bool, Option("--settle", help=_("Go through what add left open, one by one."))] = False,
) -> None:
    diary = session.diary()
    ledger = reading.ledger(diary)
    key = find_entry(ledger, ref)["key"]
    path = ledger.execute("select path from file where key = ?", (key,)).fetchone()[0]
    if settle:
        from minqing.cli.settle import settle as settle_file  # what add knows of prose: slow to load

        settle_file(diary, path)
    else:
        edit_file(diary, path)


def edit_file(diary: Diary, path: str) -> None:
    """Edit a copy; put it in place of the file if that is still as it was. Raises MinqingError.

    The editor writes bytes and the bytes are kept: comments, order, line ends, unknown keys.
    """
    before = read_bytes(diary.root / path)
    editor = find_editor()
    with tempfile.TemporaryDirectory(prefix="minqing-") as folder:  # 0700
        draft = Path(folder, Path(path).name)
        draft.write_bytes(before)
        ended = subprocess.run([*editor, str(draft)], check=False)
        after = draft.read_bytes()
        if ended.returncode != 0 and after == before:
            raise MinqingError(
                "the editor {editor} ended with an error; nothing was changed", editor=editor[0]
            )
        if after == before:
            screen.hint("nothing was changed")
            return
        if not after.strip():  # the editor was killed, or met a full disk
            raise MinqingError(
                "the text came back empty; nothing was changed. To take an entry out, delete {path}",
                path=path,
            )
        try:
            replace_file(diary.root, path, before, after)
        except (MinqingError, OSError) as error:
            kept = keep_draft(decode(after)[0])
            cause = screen.spoken(error) if isinstance(error, MinqingError) else why(error)
            raise MinqingError("{why}. What you wrote lies in {draft}", why=cause, draft=kept) from None
    screen.hint("saved: {path}", path=path)
    read = read_entry(after)
    stands = [Flaw("id-number", *told(stands=True))] if read.entry and cleared(read.entry)[1] else []
    for flaw in (*read.flaws, *stands):
        screen.warn("{line}", line=screen.flaw_line(flaw._replace(path=path)))


def find_editor() -> list[str]:
    """$VISUAL, else $EDITOR, else the first usual one on this machine. Never one that a diary names."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if named:
        return shlex.split(named, posix=os.name != "nt")
    if sys.stdin is None or not sys.stdin.isatty():
        raise MinqingError("no editor is set; name one: EDITOR=nano")
    for name in ("editor", "nano", "vim", "vi", "notepad"):
        if found := shutil.which(name):
            return [found]
    raise MinqingError("no editor is set; name one: EDITOR=nano")
