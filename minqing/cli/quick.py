"""The quick way through a plain command line: without Typer, whose loading costs more than most commands do.

Reads the same declarations (params.py) as Typer does, and only what is valid beyond doubt. Everything else (a
mistake, --help, a word it does not know) it leaves to Typer, which reads the line from its start and has the messages.
"""

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import UnionType
from typing import Any, NamedTuple

from minqing.cli import COMMANDS, function_of, session
from minqing.cli.params import Argument, Option

_COMPLETION = "_MINQING_COMPLETE"  # set by a shell that asks Typer what could stand here


class Doubt(Exception):
    """Typer must be asked."""


class Parameter(NamedTuple):
    """A parameter of a command: what one word of it becomes, and whether it takes several."""

    name: str
    type: type
    many: bool
    said: Option | Argument


def read(arguments: list[str], start: Path) -> Callable[[], Any] | None:
    """The call that a command line means, in the folder `start`; None where Typer must be asked."""
    if _COMPLETION in os.environ:
        return None
    words = iter(arguments)
    try:
        name, quiet = _root(words)
        if name not in COMMANDS:
            return None
        function = function_of(name)
        said = bind(function, words)
    except Doubt:
        return None
    session.begin(start, quiet)
    return partial(function, **said)


def _root(words: Iterator[str]) -> tuple[str, bool]:
    """The command's name, and whether --quiet stands before it; -C was read already (see cli._start)."""
    quiet = False
    for word in words:
        if word in ("--quiet", "-q"):
            quiet = True
        elif word == "-C":
            next(words, None)
        elif not word.startswith("-C"):
            return word, quiet
    raise Doubt


def bind(function: Callable[..., Any], words: Iterator[str]) -> dict[str, Any]:
    """The values that words give a command's parameters, without those that stay as they are. Raises Doubt."""
    parameters = [
        _parameter(name, hint) for name, hint in function.__annotations__.items() if name != "return"
    ]
    options = {
        name: (parameter, not negative)
        for parameter in parameters
        if isinstance(parameter.said, Option)
        for names in parameter.said.names
        for negative, name in enumerate(names.split("/"))
    }
    said: dict[str, Any] = {}
    free: list[str] = []
    for word in words:
        if word == "--":
            free += words
        elif word[:1] != "-" or word == "-":
            free.append(word)
        else:
            _option(word, words, options, said)
    places = [parameter for parameter in parameters if isinstance(parameter.said, Argument)]
    for parameter in places:
        if parameter.many and parameter is not places[-1]:
            raise Doubt
        taken, free = (free, []) if parameter.many else (free[:1], free[1:])
        for word in taken:
            _take(parameter, word, said)
    needed = parameters[: len(parameters) - len(function.__defaults__ or ())]
    if free or any(parameter.name not in said for parameter in needed):
        raise Doubt
    return said


def _parameter(name: str, hint: Any) -> Parameter:
    """`Annotated[str | None, Option(…)]`: an optional one is left out where it is not said."""
    type_, many = hint.__origin__, False
    if isinstance(type_, UnionType):
        type_ = type_.__args__[0]
    if getattr(type_, "__origin__", None) is list:
        type_, many = type_.__args__[0], True
    return Parameter(name, type_, many, hint.__metadata__[0])


def _option(
    word: str, words: Iterator[str], options: dict[str, tuple[Parameter, bool]], said: dict[str, Any]
) -> None:
    """Take an option with its value: `--date=5月28日`, `--date 5月28日`, `-d5月28日`, `-d 5月28日`, `--edit`."""
    name, equals, value = word.partition("=")
    if not word.startswith("--"):
        name, equals, value = word[:2], word[2:], word[2:]
    if name not in options:
        raise Doubt
    parameter, on = options[name]
    if parameter.type is bool:
        if equals:
            raise Doubt
        said[parameter.name] = on
    else:
        _take(parameter, value if equals else next(words, None), said)


def _take(parameter: Parameter, word: str | None, said: dict[str, Any]) -> None:
    value = _value(parameter, word)
    if parameter.many:
        said.setdefault(parameter.name, []).append(value)
    else:
        said[parameter.name] = value


def _value(parameter: Parameter, word: str | None) -> Any:
    """A word as its parameter's type. Raises Doubt."""
    meant = parameter.said
    choices, least = (meant.choices, meant.min) if isinstance(meant, Option) else ((), None)
    if word is None or (choices and word not in choices):
        raise Doubt
    if parameter.type is str:
        return word
    if parameter.type is Path and not (os.path.exists(word) and not os.access(word, os.R_OK)):
        return Path(word)
    if parameter.type is int:
        try:
            number = int(word)
        except ValueError:
            raise Doubt from None
        if least is None or number >= least:
            return number
    raise Doubt
