"""The lazy group: Typer commands whose modules load when they run."""

import functools
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, get_args, get_type_hints

import click
import typer
import typer.core
import typer.main

from minqing import __version__
from minqing.cli import COMMANDS, function_of, screen, session
from minqing.cli.params import Argument, Option
from minqing.errors import UsageError
from minqing.language import _
from minqing.safe import cells
from minqing.words import nearest

# Click lines help up by characters; on a Chinese screen a character may take two columns.
click.formatting.term_len = cells  # type: ignore[attr-defined,assignment]


class Command(typer.core.TyperCommand):
    """A command whose arguments keep their help lines, which Click 8.4 and 8.5 drop on Typer's arguments."""

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        told = get_type_hints(inspect.unwrap(self.callback), include_extras=True) if self.callback else {}
        for parameter in self.params:
            meant = [
                part
                for part in getattr(told.get(parameter.name or ""), "__metadata__", ())
                if hasattr(part, "help")
            ]
            if meant and isinstance(parameter, typer.core.TyperArgument) and not parameter.help:
                parameter.help = meant[0].help
        super().format_help(ctx, formatter)

    def format_arguments(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Nothing here: Typer lists the arguments above the options, and Click 8.5 would do it twice."""


class LazyGroup(typer.core.TyperGroup):
    """Knows every command's name and help line; imports one only to run it or to show its help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        return command(cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            close = nearest(args[0], list(COMMANDS))
            if close:
                raise UsageError(
                    "there is no command {name}; did you mean {close}?", name=args[0], close=close
                )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(line)) for name, line in COMMANDS.items()])


def command(name: str) -> click.Command:
    """One command, built from its module."""
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    declare = app.command(name, help=_(COMMANDS[name]), cls=Command, options_metavar=_("[OPTIONS]"))
    declare(_for_typer(function_of(name)))
    return typer.main.get_command(app)


def _for_typer(function: Callable[..., Any]) -> Callable[..., Any]:
    """A command with its parameters declared in Typer's own words, which returns the call that was typed.

    Whoever asked for it makes the call: so a command ends in the same way as one that `quick` has read.
    """

    @functools.wraps(function)
    def run(**said: Any) -> Callable[[], Any]:
        return functools.partial(function, **said)

    hints = get_type_hints(function, include_extras=True)
    del hints["return"]
    run.__annotations__ = {name: _typed(hint) for name, hint in hints.items()}
    signature = inspect.signature(function)
    parameters = [
        part.replace(annotation=run.__annotations__[part.name]) for part in signature.parameters.values()
    ]
    run.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    del run.__wrapped__  # Typer would look through it at the words it does not know
    return run


def _typed(hint: Any) -> Any:
    """`Annotated[type, Option(...)]` with Typer's option."""
    meant = hint.__metadata__[0]
    if isinstance(meant, Argument):
        return Annotated[hint.__origin__, typer.Argument(metavar=meant.metavar, help=meant.help)]
    assert isinstance(meant, Option)
    choices = click.Choice(meant.choices) if meant.choices else None
    takes_text = not choices and bool({str, list[str]} & {hint.__origin__, *get_args(hint.__origin__)})
    option = typer.Option(
        *meant.names,
        metavar=meant.metavar or (_("TEXT") if takes_text else None),
        help=meant.help,
        min=meant.min,
        click_type=choices,
    )
    return Annotated[hint.__origin__, option]


def group(start: Path) -> click.Command:
    """The whole command line; `start` is the folder it works in."""
    app = typer.Typer(
        cls=LazyGroup,
        add_completion=False,
        no_args_is_help=True,
        options_metavar=_("[OPTIONS]"),
        subcommand_metavar=_("COMMAND [ARGS]..."),
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @app.callback(help=_("A village diary in plain files: write one entry, and every ledger derives itself."))
    def root(
        folder: Annotated[
            str | None, typer.Option("-C", metavar=_("DIR"), help=_("Work in this folder instead of here."))
        ] = None,
        quiet: Annotated[bool, typer.Option("--quiet", "-q", help=_("Results and errors only."))] = False,
        version: Annotated[bool, typer.Option("--version", "-V", help=_("Show the version."))] = False,
    ) -> None:
        if version:  # alone it is answered before all this is loaded
            screen.out(f"minqing {__version__}")
            raise typer.Exit
        session.begin(start, quiet)

    built: Any = typer.main.get_command(app)
    return built  # type: ignore[no-any-return]
