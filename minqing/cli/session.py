"""What every command starts from: the folder and the day."""

import os
from datetime import date as Date
from pathlib import Path
from typing import NamedTuple

import click

from minqing.cli import screen
from minqing.diary import Diary, find_diary


class Session(NamedTuple):
    """The folder a command works in and how much it says."""

    start: Path
    quiet: bool = False

    def begin(self) -> None:
        """Take the options of the whole command line into effect."""
        screen.be_quiet(self.quiet)


def diary() -> Diary:
    """The diary that the command works in. Raises MinqingError."""
    return find_diary(click.get_current_context().obj.start)


def folder() -> Path:
    """The folder that the command works in, diary or not."""
    start: Path = click.get_current_context().obj.start
    return start


def today(typed: str | None = None) -> Date:
    """The day that counts as today: --today, else $MINQING_TODAY, else the clock's. Raises UsageError."""
    said = typed or os.environ.get("MINQING_TODAY")
    if not said:
        return Date.today()
    from minqing.days import read_day

    return read_day(said, Date.today())
