"""minqing close: an item is settled and checked with the person; told in a new entry."""

from typing import Annotated

from minqing.cli import screen
from minqing.cli.follow import By, DryRun, On, Reason, Ref, Satisfied, tell
from minqing.cli.params import Option
from minqing.language import _


def command(
    ref: Ref,
    note: Annotated[str | None, Option("--note", help=_("How it was settled."))] = None,
    reason: Reason = None,
    satisfied: Satisfied = None,
    by: By = None,
    declined: Annotated[
        bool, Option("--declined", help=_("Not taken up, and explained to the person."))
    ] = False,
    date: On = None,
    dry_run: DryRun = False,
) -> None:
    status = "declined" if declined else "closed"
    update = {
        "status": status,
        "reason": reason or ("explained" if declined else "resolved"),
        "note": note,
        "satisfied": satisfied,
        "by": by,
    }
    tell(ref, update, date, dry_run, _("Declined") if declined else _("Closed"))
    if not satisfied and not declined:
        screen.hint("was the person satisfied? say so next time with --satisfied yes|basic|no")
