"""The quick way through a command line and Typer's read the same declarations, and must mean the same by them."""

import functools
import inspect
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from minqing import language
from minqing.cli import COMMANDS, function_of, group, quick, screen
from minqing.cli.params import Option

HERE = Path(".")


@pytest.fixture(scope="module")
def typer() -> click.Command:
    """The whole command line as Typer has it; each command built once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "_language", "en")
        patch.setattr(group, "command", functools.cache(group.command))
        whole = group.group(HERE)
        for name in COMMANDS:
            whole.get_command(click.Context(whole), name)  # type: ignore[attr-defined]
        yield whole  # type: ignore[misc]


def meant(call: Any) -> tuple[Any, ...]:
    """The function that is called, every value it is called with, by type too, and whether --quiet was said."""
    bound = inspect.signature(call.func).bind(**call.keywords)
    bound.apply_defaults()
    values = {name: (type(value), value) for name, value in bound.arguments.items()}
    return call.func, values, screen._quiet


def by_typer(typer: click.Command, words: list[str]) -> Any:
    """What Typer makes of a command line: a call, or None for help and mistakes."""
    try:
        call = typer.main(words, prog_name="minqing", standalone_mode=False)
    except click.ClickException:
        return None
    return call if callable(call) else None


def a_line(command: str, chance: random.Random) -> list[str]:
    """A command line made of the command's own options, values that suit them or do not, and odd words."""
    odd = [
        "",
        "-",
        "--",
        "=",
        "-x",
        "--no",
        "--no-edit",
        "-h",
        "--help",
        "--format",
        "-f",
        "-n5",
        "-o=x",
        "--=",
        "-fjson",
    ]
    words = [
        "2016-05",
        "summary",
        "王 家",
        "-5",
        "007",
        "1_0",
        "٣",
        " 3",
        "x",
        ".",
        "/",
        "json",
        "text",
        "unit",
        "#危房",
        "a=b",
    ]
    options = [
        (name, hint)
        for hint in function_of(command).__annotations__.values()
        if hasattr(hint, "__metadata__") and isinstance(hint.__metadata__[0], Option)
        for names in hint.__metadata__[0].names
        for name in names.split("/")
    ]
    line = chance.choices(
        [[], ["-q"], ["--quiet", "-C", "d"], ["-Cd"], ["-qCd"], ["--"]], [80, 4, 4, 4, 4, 4]
    )[0] + [command]
    for _ in range(chance.randrange(6)):
        if options and chance.random() < 0.6:
            name, hint = chance.choice(options)
            choices = hint.__metadata__[0].choices
            value = chance.choice([*choices, "5"] if choices else ["5", *words])
            line += chance.choice([[name, value], [f"{name}={value}"], [name + value], [name]])
        else:
            line.append(chance.choice(odd if chance.random() < 0.2 else words))
    return line


@pytest.mark.parametrize("command", COMMANDS)
def test_whatever_is_read_quickly_typer_reads_alike(typer, command):
    chance = random.Random(command)
    read = 0
    for _ in range(1000):
        line = a_line(command, chance)
        call = quick.read(line, HERE)
        if call is not None:
            read += 1
            quickly = meant(call)
            slowly = by_typer(typer, line)
            assert slowly is not None, f"Typer refuses {line}"
            assert quickly == meant(slowly), line
    assert read > 25  # else this would say nothing


@pytest.mark.parametrize(
    "line",
    [
        "list", "list 2016-05 kind:visit -n 5 --format=json", "report --month 2016-05", "report aid 2016Q2 -o aid.xlsx --force",
        "search 低保 --in 2016 --in 张 -n3", "today --today 2016-05-28", "show q7m3.1", "close q7m3.1 --satisfied yes",
        "new visit --who 张明 --who 李秀 --need 水 -d 昨天 --no-edit", "-q -C d check --strict", "kinds --keys", "new note -",
        "forget 张明 --as 某甲 --yes", "export ics 2016 -o a.ics", "import roster a.csv --dry-run", "init d --lang zh",
    ],
)  # fmt: skip
def test_what_people_type_is_read_quickly(line):
    assert quick.read(line.split(), HERE) is not None


@pytest.mark.parametrize(
    "line",
    ["", "lst", "list --help", "list --lim 3", "list -n", "list -n x", "list -n -1", "list -f doc", "show", "show a b",
     "list --limit=", "report --force=yes", "list -V", "--version list"],
)  # fmt: skip
def test_whatever_needs_a_message_is_left_to_typer(line):
    assert quick.read(line.split(), HERE) is None


def test_a_shell_that_completes_words_asks_typer(monkeypatch):
    monkeypatch.setenv("_MINQING_COMPLETE", "complete_bash")
    assert quick.read(["list"], HERE) is None


def test_a_file_that_nobody_may_read_is_left_to_typer(tmp_path, monkeypatch):
    (tmp_path / "shut.xlsx").touch()
    monkeypatch.setattr("os.access", lambda path, mode: False)
    assert quick.read(["report", "-o", str(tmp_path / "shut.xlsx")], HERE) is None
    assert quick.read(["report", "-o", str(tmp_path / "new.xlsx")], HERE) is not None


def test_a_plain_command_line_loads_no_typer(diary):
    code = "import sys; from minqing.cli import run; run(['list']); print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], cwd=diary, capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"typer", "click", "rich", "yaml", "pydantic"} & set(loaded)
