"""minqing completion: the script that lets a shell complete our command lines at the press of Tab."""

from pathlib import Path
from typing import Annotated, Any, get_type_hints

from minqing import checks, exports, imports, shells
from minqing.cli import COMMANDS, function_of, screen
from minqing.cli.params import Argument, Option
from minqing.errors import UsageError
from minqing.language import LANGUAGES, _
from minqing.shells import FILES, Command, Takes
from minqing.words import VALUES


def command(
    shell: Annotated[str, Argument(metavar=_("SHELL"), help=_("bash, zsh, fish or powershell."))],
) -> None:
    if shell not in shells.names():
        raise UsageError(
            "no script for {shell}; there are {known}", shell=shell, known=", ".join(shells.names())
        )
    screen.out_file(shells.load(shell).script([described(name) for name in COMMANDS]))


_IDS, _REFS, _TERMS, _NAMES = (Takes(list=name) for name in ("ids", "refs", "terms", "names"))
# What a parameter takes, by its name, or by its command and name where that differs. Closed choices and paths are
# known from its declaration; of anything else nothing is offered.
_TAKES = {
    "kind": Takes(list="kinds"),
    "ref": _IDS,
    "follow ref": _REFS,
    "close ref": _REFS,
    "who": _NAMES,
    "with_": _NAMES,
    "by": _NAMES,
    "name": _NAMES,
    "aliases": _NAMES,
    "area": Takes(list="areas"),
    "terms": _TERMS,
    "within": _TERMS,
    "file": Takes(list=FILES),
    "files": Takes(list=FILES),
    "map_": Takes(list=FILES),
    "folder": Takes(list=FILES),
    "status": Takes(tuple(VALUES["status"])),
    "reason": Takes(tuple(VALUES["reason"])),
    "satisfied": Takes(tuple(VALUES["satisfied"])),
    "rule": Takes(tuple(checks.all_rules())),
    "target": Takes(tuple(exports.names())),
    "what": Takes(tuple(imports.names())),
    "shell": Takes(tuple(shells.names())),
    "lang": Takes(LANGUAGES),
}


def described(name: str) -> Command:
    """A command as its function declares it."""
    options: dict[str, Takes | None] = {}
    places: list[Takes] = []
    endless = False
    hints = get_type_hints(function_of(name), include_extras=True)
    del hints["return"]
    for parameter, hint in hints.items():
        takes, meant = _takes(name, parameter, hint), hint.__metadata__[0]
        if isinstance(meant, Option):
            flag = _holds(hint, bool)
            options |= dict.fromkeys("/".join(meant.names).split("/"), None if flag else takes)
        else:
            places.append(takes)
            endless = _holds(hint, list)
    if name == "report":
        places.insert(0, Takes(list="reports"))
    return Command(name, _(COMMANDS[name]), options | {"-h": None, "--help": None}, tuple(places), endless)


def _takes(command_name: str, parameter: str, hint: Any) -> Takes:
    meant = hint.__metadata__[0]
    if isinstance(meant, Option) and meant.choices:
        return Takes(meant.choices)
    if _holds(hint, Path):
        return Takes(list=FILES)
    return _TAKES.get(f"{command_name} {parameter}") or _TAKES.get(parameter) or Takes()


def _holds(hint: Any, sought: type) -> bool:
    """Whether a parameter's type is, or may be, another: `bool`, `list[str] | None`."""
    inner = hint.__origin__
    return any(
        getattr(one, "__origin__", one) is sought for one in getattr(inner, "__args__", ()) or (inner,)
    ) or (getattr(inner, "__origin__", inner) is sought)
