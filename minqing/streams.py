"""The streams that a process begins and ends with. Loads nothing: `--version` passes here."""

from __future__ import annotations

import gc
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:  # typing itself would be half of what `--version` costs
    from typing import NoReturn


def open_streams() -> None:
    """Give a process that was started without one of its streams (`>&-`) an empty one."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 — to the end


def name_utf8() -> None:
    """Have the whole process read UTF-8 where Python does for want of a locale: LC_ALL is C, or not installed here.

    There readline takes Chinese for commands of its own: what is typed is lost, and no name can be completed.
    """
    if sys.flags.utf8_mode and (named := os.environ.pop("LC_ALL", "")):
        import locale  # seldom
        from contextlib import suppress

        os.environ |= {"LC_CTYPE": "C.UTF-8", "LANG": named}  # LANG still tells the language
        with suppress(locale.Error):  # a system without it: readline there does as it can
            locale.setlocale(locale.LC_CTYPE, "C.UTF-8")


def leave(code: int) -> NoReturn:
    """Exit once everything is written; a reader that went away is no error, a full disk is."""
    try:
        sys.stdout.flush()
    except OSError as error:
        code = code or unwritten(error)
    try:
        sys.stderr.flush()
    except OSError:
        code = code or 1
    gc.freeze()  # nothing is left to be freed: looking through it all once more takes a tenth of a long paper
    sys.exit(code)


def unwritten(error: OSError) -> int:
    """The exit code of a result that could not be written, told unless its reader went away."""
    silence()
    if isinstance(error, BrokenPipeError):
        return 0
    try:
        from minqing.refused import why  # only on the way to an error

        sys.stderr.write(f"minqing: {why(error)}\n")
    except OSError:  # messages go the same way as the result: only the exit code is left to tell it
        return 1
    return 1


def silence(messages: bool = False) -> None:
    """Send what is still buffered nowhere, so that Python's own last flush has nothing to complain of.

    With `messages`, where the terminal is gone, those too.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    if messages:
        os.dup2(nowhere, sys.stderr.fileno())
