"""Where the text of an entry comes from: a file, another program, the clipboard."""

import os
import shutil
import stat
import subprocess
import sys
from contextlib import suppress
from glob import glob

from minqing.cli import screen
from minqing.diary import MAX_BYTES, keep_draft, read_bytes
from minqing.errors import MinqingError, UsageError
from minqing.refused import why
from minqing.text import decode


def named(files: list[str]) -> list[str]:
    """The files that are meant; where the shell leaves a * alone, as those of Windows do, all that it fits."""
    found: list[str] = []
    for file in files:
        fits = sorted(glob(file)) if "*" in file and not os.path.lexists(file) else []
        found += fits or [file]
    return found


def from_file(name: str) -> str | None:
    """The text of a file, or of standard input for "-"; None where there is none. Raises UsageError."""
    if name == "-":
        return _decoded(sys.stdin.buffer.read(MAX_BYTES + 1), "-")
    try:
        return _decoded(read_bytes(os.path.realpath(name)), name)  # links of one's own are followed
    except OSError as error:
        raise UsageError("{file} cannot be read: {why}", file=name, why=why(error)) from None


def pasted() -> str | None:
    """What is pasted at a terminal until Ctrl-D; None where that is nothing."""
    with suppress(ImportError):
        import readline  # noqa: F401 — without it a terminal cuts lines at 4,096 bytes

    screen.leave_on_hangup()
    lines = []
    try:
        while True:
            lines.append(input())
    except EOFError:
        pass
    except (KeyboardInterrupt, OSError):
        if lines:
            keep("\n".join(lines) + "\n")
        raise KeyboardInterrupt from None
    text = "\n".join(lines)
    return ended(text) if text.strip() else None


def keep(text: str) -> None:
    """Put a text that cannot be taken in now into a draft, and say where it lies."""
    screen.warn("the text lies in {draft}", draft=keep_draft(text))


# What prints the clipboard, by system; the first that is there is asked.
_CLIPBOARDS = (
    (
        "powershell.exe",
        "-NoProfile",
        "-Command",
        "[Console]::OutputEncoding=[Text.Encoding]::UTF8; Get-Clipboard -Raw",
    ),
    ("pbpaste",),
    ("termux-clipboard-get",),
    ("wl-paste", "--no-newline"),
    ("xclip", "-selection", "clipboard", "-o"),
    ("xsel", "--clipboard", "--output"),
)


def clipboard() -> str | None:
    """The text on the clipboard; None where there is none. Raises MinqingError."""
    asked = next((words for words in _CLIPBOARDS if shutil.which(words[0])), None)
    if asked is None:
        raise MinqingError(
            "nothing here can read the clipboard — install wl-clipboard or xclip, or pipe the text in: minqing add -"
        )
    try:
        ended_ = subprocess.run(asked, capture_output=True, timeout=10, check=False)
    except subprocess.TimeoutExpired:
        raise MinqingError("{program} did not answer", program=asked[0]) from None
    if ended_.returncode:
        raise MinqingError("the clipboard is empty, or {program} cannot read it", program=asked[0])
    return _decoded(ended_.stdout, asked[0])


# Seconds in which a pipe must say its first word. A program that feeds us needs less; a pipe that cron or another
# program left open with nothing to say should not hold an entry for longer.
PATIENCE = 2


def piped() -> str | None:
    """What another program or a file sends us, to its end; a pipe silent for PATIENCE is left, and not in silence."""
    if sys.stdin is None or sys.stdin.closed:
        return None
    try:
        handle = sys.stdin.fileno()
        mode = os.fstat(handle).st_mode
    except (OSError, ValueError):
        return None
    if stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode):
        if os.name == "nt":  # pipes cannot be looked into there
            screen.warn("standard input was not read; to have it as the text, say `-` after the kind")
            return None
        import select  # only for a pipe

        if not select.select([handle], [], [], PATIENCE)[0]:
            screen.warn(
                "standard input was silent for {n} seconds and is left out; "
                "to wait for a text from there, say `-` after the kind",
                n=PATIENCE,
            )
            return None
    elif not stat.S_ISREG(mode):
        return None
    return _decoded(sys.stdin.buffer.read(MAX_BYTES + 1), "-")


def _decoded(data: bytes, name: str) -> str | None:
    if len(data) > MAX_BYTES:
        raise UsageError("{file} is larger than 8 MiB", file=name)
    text, flaws = decode(data)
    errors = [flaw for flaw in flaws if flaw.severity == "error"]
    if errors:
        raise UsageError(
            "{file}: {cause} — {remedy}",
            file=name,
            cause=screen.spoken(errors[0]),
            remedy=screen.remedy(errors[0]),
        )
    return ended(text) if text.strip() else None


def ended(text: str) -> str:
    return text if text.endswith("\n") else text + "\n"
