"""minqing close: an item is settled and checked with the person; told in a new entry."""

from typing import Annotated

import typer

from minqing.cli import screen
from minqing.cli.follow import tell
from minqing.language import _


def command(
    ref: Annotated[str, typer.Argument(metavar=_("REF"), help=_("An item, such as q7m3.1."))],
    note: Annotated[str | None, typer.Option("--note", help=_("How it was settled."))] = None,
    reason: Annotated[
        str | None,
        typer.Option(
            "--reason", help=_("resolved, explained, transferred, withdrawn, duplicate, moved or died.")
        ),
    ] = None,
    satisfied: Annotated[str | None, typer.Option("--satisfied", help=_("yes, basic or no."))] = None,
    by: Annotated[str | None, typer.Option("--by", help=_("Who handled it."))] = None,
    declined: Annotated[
        bool, typer.Option("--declined", help=_("Not taken up, and explained to the person."))
    ] = False,
    date: Annotated[
        str | None, typer.Option("--date", "-d", metavar=_("DATE"), help=_("When; today if not said."))
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Show the entry; write nothing."))] = False,
) -> None:
    status = "declined" if declined else "closed"
    update = {
        "status": status,
        "reason": reason or ("explained" if declined else "resolved"),
        "note": note,
        "satisfied": satisfied,
        "by": by,
    }
    tell(ref, update, date, dry_run, _("Closed"))
    if not satisfied and not declined:
        screen.hint("was the person satisfied? say so next time with --satisfied yes|basic|no")
