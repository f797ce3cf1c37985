"""minqing today: one screen to begin the day with."""

from typing import Annotated

from minqing import reports
from minqing.cli import reading, session
from minqing.cli.params import Argument, Option
from minqing.cli.present import AUDIENCE, FORMAT, present
from minqing.errors import UsageError
from minqing.language import _
from minqing.period import ALL


def command(
    terms: Annotated[
        list[str] | None,
        Argument(metavar=_("[TERMS]..."), help=_("An area, household, person or filter.")),
    ] = None,
    today: Annotated[str | None, Option("--today", metavar=_("DATE"), help=_("As on this day."))] = None,
    format_: Annotated[str, FORMAT] = "text",
    audience: Annotated[str | None, AUDIENCE] = None,
) -> None:
    ledger = reading.ledger(session.diary())
    day = session.today(today)
    query = reading.asked(ledger, terms or [], None, day)
    if query.period != ALL:
        raise UsageError(
            "today is about one day, not {period} — say which with --today 2016-05-28",
            period=query.period.name,
        )
    reading.tell_flaws(ledger)
    present(reports.load("today").report(ledger, query, day)._replace(flaws=0), format_, ledger, audience)
