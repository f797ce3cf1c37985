"""minqing list: entries in one line each, or in full as JSON."""

from typing import Annotated

from minqing import listing
from minqing.cli import reading, screen, session
from minqing.cli.params import Argument, Option
from minqing.cli.present import AUDIENCE, FORMAT, present, present_values
from minqing.language import _
from minqing.period import read_query
from minqing.sync import Matters, between, everything, newest
from minqing.tally import dated

LAST = 20


def command(
    terms: Annotated[
        list[str] | None,
        Argument(
            metavar=_("[TERMS]..."),
            help=_(
                "A period (2016-05, last month), an area, household or person, #tag, kind:visit, about:water, status:open."
            ),
        ),
    ] = None,
    limit: Annotated[
        int | None,
        Option("--limit", "-n", min=0, metavar=_("N"), help=_("The last N entries; 0 for all.")),
    ] = None,
    format_: Annotated[str, FORMAT] = "text",
    audience: Annotated[str | None, AUDIENCE] = None,
) -> None:
    diary = session.diary()
    day = session.today()
    query = read_query(terms or [], None, day)
    if limit is None:  # a glance at the newest on a screen; papers and programs get all
        limit = LAST if format_ == "text" and not terms else 0
    matters: Matters = everything
    if format_ != "json":  # which tells where items stand, and that may be said in any later entry
        matters = (
            newest(diary.root, limit)
            if limit and not terms
            else between(query.period.first, query.period.last)
        )
    ledger = reading.ledger(diary, matters)
    query = reading.known(ledger, query)
    of = dated(query, day)
    found = listing.rows(ledger, of, limit or None)
    reading.tell_flaws(ledger)
    if format_ == "json":
        present_values(listing.values(ledger, found), ledger, audience)
        return
    report = listing.listing(ledger, found, query, _("Entries"))._replace(made=day.isoformat(), flaws=0)
    present(report, format_, ledger, audience)
    if limit and len(found) == limit:
        screen.hint("the last {n} entries; `minqing list -n 0` shows all", n=limit)
