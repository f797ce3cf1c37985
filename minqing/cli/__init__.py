"""The command line: parses words, calls one function, prints. A command's module loads when it runs.

The table of names and help lines stands here, so that `--help` loads no command.
"""

import keyword
import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from minqing.language import N_
from minqing.streams import silence

# In the order of --help. A command NAME is the function `command` of minqing/cli/NAME.py; of NAME_.py where NAME
# is a word of Python itself.
COMMANDS = {
    "init": N_("Make a diary in a folder"),
    "new": N_("Write a new entry"),
    "add": N_("Make entries of a pasted or marked text"),
    "form": N_("Make the form that a phone fills in without a network"),
    "list": N_("List entries"),
    "show": N_("Show an entry or an item"),
    "search": N_("Find entries by words"),
    "edit": N_("Open an entry in your editor"),
    "attach": N_("Hang pictures and papers on an entry"),
    "follow": N_("Tell how an item goes on, in a new entry"),
    "close": N_("Close an item, in a new entry"),
    "today": N_("Whom to visit, what was promised, what is due"),
    "report": N_("Print a report or ledger of a period"),
    "forget": N_("Put a pseudonym in place of a person's name"),
    "check": N_("Find mistakes and gaps in the diary"),
    "kinds": N_("Show the kinds of entry and their keys"),
    "import": N_("Take in a roster, or what other diaries hold"),
    "export": N_("Hand on to other programs: journals, calendar, data"),
    "completion": N_("Print what lets a shell complete with Tab"),
}


COMPLETE = "_complete"  # what shells ask with; no command, for nobody types it


def function_of(name: str) -> Callable[..., Any]:
    """The function that a command is."""
    module = f"minqing.cli.{name}_" if keyword.iskeyword(name) else f"minqing.cli.{name}"
    command: Callable[..., Any] = import_module(module).command
    return command


def run(arguments: list[str]) -> int:
    """Run a command line; returns its exit code: 0 done, 1 failed or errors found, 2 wrong usage, 130 Ctrl-C."""
    from minqing.cli import screen
    from minqing.diary import diary_language
    from minqing.errors import MinqingError, UsageError
    from minqing.language import _, choose_language, use_language

    screen.steady_streams()
    start = _start(arguments)
    use_language(choose_language(diary_language(start)))
    try:
        if any("\udc80" <= sign <= "\udcff" for argument in arguments for sign in argument):
            raise UsageError("an argument is not UTF-8 text — type it again")
        if arguments[:1] == [COMPLETE]:
            from minqing.cli.complete import answer  # for a shell, at each press of Tab

            return answer(start, *arguments[1:4])
        if _names_no_command(arguments):
            if screen.on_terminal():
                from minqing.cli.menu import open_menu  # for who has no command in mind

                return open_menu(start, tuple(arguments))
            arguments = []  # Typer answers nothing at all with the help
        return _run(_periods_apart(arguments), start)
    except MinqingError as error:
        screen.fail(error)
        return error.exit_code
    except KeyboardInterrupt:
        screen.warn("stopped")
        return 130
    except BrokenPipeError:
        silence()
        return 0
    except OSError as error:
        if error.filename is None:
            silence()  # most likely the output itself: what waits to be written would only fail again
        screen.warn("error: {message}", message=_os_sentence(error))
        return 1
    except UnicodeEncodeError:
        screen.warn("error: {message}", message=_("a text holds characters that cannot be stored"))
        return 1
    except _sqlite_error():
        _make_anew()
        screen.warn(
            "the index was damaged and will be made anew; your entries are whole — type the command again"
        )
        return 1
    finally:
        if reading := sys.modules.get("minqing.cli.reading"):  # of a command that reads
            reading.close()


def _sqlite_error() -> type[Exception]:
    """What SQLite raises; asked for only where nothing else fits, for not every command loads it."""
    import sqlite3

    return sqlite3.DatabaseError


def _make_anew() -> None:
    """Have the next command build the index: damage deep inside shows only in a question."""
    from minqing.cli import reading, session
    from minqing.sync import drop_index

    reading.close()
    with suppress(OSError):
        drop_index(session.diary().root)


def _os_sentence(error: OSError) -> str:
    from minqing.refused import why  # only on the way to an error

    named = f"{error.filename}: " if error.filename else ""
    return f"{named}{why(error)}"


def _start(arguments: list[str]) -> Path:
    """The folder that -C names, else $MINQING_DIR, else here: the diary's language is wanted before Typer loads."""
    for at, argument in enumerate(arguments):
        if argument == "-C" and at + 1 < len(arguments):
            return Path(arguments[at + 1])
        if argument.startswith("-C") and len(argument) > 2:
            return Path(argument[2:])
        if not argument.startswith("-"):
            break
    return Path(os.environ.get("MINQING_DIR") or ".")


def _names_no_command(arguments: list[str]) -> bool:
    """Whether there is nothing but the folder: `minqing`, `minqing -C DIR`."""
    return not arguments or (
        arguments[0][:2] == "-C" and len(arguments) == (2 if arguments[0] == "-C" else 1)
    )


_GRAIN_FLAG = re.compile(r"(--(?:day|week|month|quarter|year))=(.+)")


def _periods_apart(arguments: list[str]) -> list[str]:
    """`--month=2016-05` as the flag and the word that Typer can tell apart."""
    apart: list[str] = []
    for argument in arguments:
        match = _GRAIN_FLAG.fullmatch(argument)
        apart += match.groups() if match else (argument,)
    return apart


def _run(arguments: list[str], start: Path) -> int:
    from minqing.cli import quick

    call = quick.read(arguments, start) or _asked_of_typer(arguments, start)
    code = call() if callable(call) else call
    return code if isinstance(code, int) else 0


def _asked_of_typer(arguments: list[str], start: Path) -> Callable[[], Any] | int:
    """The call that a command line means; an exit code once it is answered, by help or by what is wrong with it."""
    from minqing.cli import screen
    from minqing.language import _, lend_catalogue

    lend_catalogue()
    import click

    from minqing.cli.group import group

    try:
        call: Callable[[], Any] | int = group(start).main(
            arguments, prog_name="minqing", standalone_mode=False
        )
        return call
    except click.exceptions.NoArgsIsHelpError as error:
        screen.out(error.ctx.get_help() if error.ctx else "")
        return 2
    except click.UsageError as error:
        help_ = f"{error.ctx.command_path} --help" if error.ctx else "minqing --help"
        screen.warn("error: {message}", message=error.format_message())
        screen.warn(_("see: {command}"), command=help_)
        return error.exit_code
    except click.ClickException as error:
        screen.warn("error: {message}", message=error.format_message())
        return error.exit_code
