"""One file = one shell, found by its name: the script that completes our command lines there. Pure.

Commands, options and closed sets of words stand in the script. Words of the diary's own are asked for at the press
of Tab (see cli/complete.py) and are data: a script inserts them quoted, and no shell ever evaluates one.
"""

import os
from collections.abc import Iterable, Sequence
from importlib import import_module
from types import ModuleType
from typing import NamedTuple

HERE = os.path.dirname(__file__)

FILES = "files"  # which the shell knows best itself
FREE = "-"  # words of one's own, of which nothing is offered


class Takes(NamedTuple):
    """What a word may be: one of some `words`, or what a `list` holds: one of cli/complete.py's, FILES or FREE."""

    words: tuple[str, ...] = ()
    list: str = FREE

    def __str__(self) -> str:
        """As the scripts have it: `=yes no`, or the list's name."""
        return f"={' '.join(self.words)}" if self.words else self.list


class Command(NamedTuple):
    """A command: its options with what each takes, None for a flag, and its words in their order."""

    name: str
    help: str
    options: dict[str, Takes | None]
    places: tuple[Takes, ...]
    endless: bool  # whether the last place takes all further words


def names() -> list[str]:
    """Every shell by the name one types."""
    return sorted(name[:-3] for name in os.listdir(HERE) if name.endswith(".py") and name[0].isalpha())


def load(name: str) -> ModuleType:
    """The shell of that name, one of `names`; it has `script(commands) -> str`."""
    return import_module(f"minqing.shells.{name}")


# What stands before a command.
ROOT = Command(
    "",
    "",
    {"-C": Takes(list=FILES)} | dict.fromkeys(("-q", "--quiet", "-V", "--version", "-h", "--help")),
    (),
    False,
)


def taken(commands: Iterable[Command]) -> dict[Takes, list[str]]:
    """Where each sort of word is taken: `new --who` for an option, `new 0` for the first place, `list *` for any."""
    found: dict[Takes, list[str]] = {}
    for command in commands:
        for option, takes in command.options.items():
            if takes:
                found.setdefault(takes, []).append(f"{command.name} {option}")
        for nth, takes in enumerate(command.places):
            last = command.endless and nth == len(command.places) - 1
            found.setdefault(takes, []).append(f"{command.name} {'*' if last else nth}")
    return found


def posix(commands: Sequence[Command]) -> str:
    """The function that bash and zsh share: given the words before the cursor, it finds what is wanted there.

    It sets cmd, takes (a list, or = and words; empty behind a whole command line), flags and dir (of -C).
    """
    of_options, of_places = [], []
    for takes, where in taken(commands).items():
        options = [one for one in where if " -" in one]
        places = [one for one in where if " -" not in one]
        if options:
            of_options.append(f"        {'|'.join(map(quoted, options))}) wants={quoted(str(takes))} ;;")
        of_places += [
            f"    {quoted(one[:-1])}*) takes={quoted(str(takes))} ;;" for one in places if one[-1] == "*"
        ]
        exact = [one for one in places if one[-1] != "*"]
        if exact:
            of_places.insert(0, f"    {'|'.join(map(quoted, exact))}) takes={quoted(str(takes))} ;;")
    flags = [f"    {quoted(one.name)}) flags={quoted(' '.join(one.options))} ;;" for one in (*commands, ROOT)]
    return _POSIX.format(
        options="\n".join(of_options),
        places="\n".join(of_places),
        flags="\n".join(flags),
        names=" ".join(command.name for command in commands),
    )


def quoted(word: str) -> str:
    """A word that bash and zsh take as it is."""
    return "'" + word.replace("'", "'\\''") + "'"


_POSIX = """\
_minqing_read() {{
    local word wants= place=0 ended=
    cmd= takes= flags= dir=
    for word in "$@"; do
        if [ -n "$wants" ]; then
            [ "$word" = '=' ] && continue # bash parts --format=html in three
            [ "$wants" = dir ] && dir=$word
            wants=
            continue
        fi
        [ -z "$ended" ] && case "$cmd $word" in
        "$cmd --") ended=1 && continue ;;
        ' -C') wants=dir && continue ;;
        ' -C'*) dir=${{word#-C}} && continue ;;
{options}
        "$cmd -"*) continue ;;
        esac
        [ -n "$wants" ] && continue
        if [ -z "$cmd" ]; then cmd=$word; else place=$((place + 1)); fi
    done
    [ "$wants" = dir ] && wants=files
    takes=$wants
    [ -n "$takes" ] && return
    case $cmd in
{flags}
    esac
    [ -z "$cmd" ] && takes='={names}' && return
    case "$cmd $((place))" in
{places}
    esac
}}
"""
