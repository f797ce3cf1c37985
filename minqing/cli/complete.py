"""What Tab offers of the diary's own: `minqing _complete LIST =TYPED [DIR]`, asked by the scripts of shells/.

It loads no Typer and brings no index up to date, so that there is nothing to wait for. Each line is a word, and
behind a tab what the word stands for.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from minqing.diary import Diary, find_diary
from minqing.errors import MinqingError
from minqing.language import language
from minqing.safe import show

Word = tuple[str, str]


def answer(start: Path, name: str = "", typed: str = "=", folder: str = "") -> int:
    """Print the words of a list that begin as typed. `typed` has a sign in front: PowerShell drops empty words."""
    diary = None
    with suppress(MinqingError):
        diary = find_diary(start / Path(folder).expanduser())
    begun = typed[1:]
    found: dict[str, str] = {}
    for word, title in _offered(diary, name, begun):
        # one with a sign that acts, such as a line end, nobody could type; one with a dash would be an option
        if word.startswith(begun) and word and word[0] != "-" and word == show(word):
            found.setdefault(word, title)
    if os.name == "nt":
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # as shells/powershell.py reads it
    for word, title in found.items():
        sys.stdout.write(f"{word}\t{show(title)}\n" if title else f"{word}\n")
    return 0


def _offered(diary: Diary | None, name: str, begun: str) -> Iterator[Word]:
    if name == "kinds":  # outside a diary there are the shipped ones
        yield from ((kind.kind, kind.name) for kind in (diary or Diary(Path())).kinds(language()).values())
        return
    if name == "reports":
        from minqing import reports  # each list loads what it needs

        yield from ((report, "") for report in reports.names(diary.root if diary else None))
        if not begun:
            return
        name = "terms"
    if diary:
        from minqing.cli.offered import LISTS, offered  # the index

        yield from offered(diary, name, begun) if name in LISTS else ()
