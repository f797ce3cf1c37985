"""What every command starts from: the folder and the day."""

import os
from datetime import date as Date
from pathlib import Path

from minqing.cli import screen
from minqing.diary import Diary, find_diary

_start = Path(".")


def begin(start: Path, quiet: bool = False) -> None:
    """Take the options of the whole command line into effect: the folder to work in and how much is said."""
    global _start
    _start = start
    screen.be_quiet(quiet)


def diary() -> Diary:
    """The diary that the command works in. Raises MinqingError."""
    return find_diary(_start)


def folder() -> Path:
    """The folder that the command works in, diary or not."""
    return _start


def today(typed: str | None = None) -> Date:
    """The day that counts as today: --today, else $MINQING_TODAY, else the clock's. Raises UsageError."""
    said = (os.environ.get("MINQING_TODAY") or None) if typed is None else typed
    if said is None:
        return Date.today()
    from minqing.days import read_day

    return read_day(said, Date.today())
