"""minqing search: entries that hold every word, with the sentence that says so."""

from datetime import date as Date
from typing import Annotated

from minqing import find, listing
from minqing.cli import reading, screen, session
from minqing.cli.params import Argument, Option
from minqing.cli.present import AUDIENCE, FORMAT, present, present_values
from minqing.errors import UsageError
from minqing.find import Condition
from minqing.language import _
from minqing.ledger import flaws_in
from minqing.period import Filter, Query, read_query
from minqing.report import audience_of
from minqing.tally import dated

NEWEST = 100


def command(
    words: Annotated[
        list[str],
        Argument(
            metavar=_("WORDS..."),
            help=_(
                "Words that must all stand in an entry; kind:visit, about:water and #tag narrow the search."
            ),
        ),
    ],
    within: Annotated[
        list[str] | None,
        Option("--in", metavar=_("TERM"), help=_("Only in this period, area, household or person.")),
    ] = None,
    limit: Annotated[
        int | None,
        Option("--limit", "-n", min=0, metavar=_("N"), help=_("The newest N hits; 0 for all.")),
    ] = None,
    format_: Annotated[str, FORMAT] = "text",
    audience: Annotated[str | None, AUDIENCE] = None,
) -> int:
    ledger = reading.ledger(session.diary())
    day = session.today()
    narrowed = reading.asked(ledger, list(within or []), None, day)
    sought, filters = [], list(narrowed.filters)
    for word in words:
        narrowing = _filters(word, day) if ":" in word or "：" in word or word[:1] in "#＃" else ()
        if narrowing:
            filters += narrowing
        elif word.strip():
            sought.append(word.strip())
    if not sought:
        raise UsageError("say a word to search for")
    query = Query(narrowed.period, tuple(filters))
    of: Condition = dated(query, day)
    if limit is None:  # who looks at a screen refines the words; papers and programs get all
        limit = NEWEST if format_ == "text" else 0
    masked = (audience or audience_of(format_)) != "self"
    found, shown = find.search(ledger, sought, of, limit or None, whole=masked)
    reading.tell_flaws(ledger)
    if format_ == "json":
        hits = [
            {
                "id": row["id"],
                "date": row["date"],
                "title": row["title"],
                "path": row["path"],
                "text": hit.text,
            }
            | {"spans": [list(span) for span in hit.spans]}
            for row, hit in shown
        ]
        present_values({"schema": 1, "hits": hits, "flaws": flaws_in(ledger)}, ledger, audience)
    elif found:
        title = " ".join(sought)
        report = listing.listing(
            ledger, [row for row, _hit in shown], query, title, [hit for _row, hit in shown]
        )
        present(report._replace(entries=found, made=day.isoformat(), flaws=0), format_, ledger, audience)
        if len(shown) < found:
            screen.hint("the newest {n} of {found}; `-n 0` shows all", n=len(shown), found=found)
    else:
        screen.hint("nothing found")
    return 0 if found else 1


def _filters(word: str, day: Date) -> tuple[Filter, ...]:
    """A word such as kind:visit as a filter; none when it is a word to search for."""
    return tuple(found for found in read_query([word], None, day).filters if found.field != "word")
