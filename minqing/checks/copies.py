"""Entries that are copies of older ones: the same text with names and days changed."""

from collections.abc import Iterator, Mapping
from datetime import date
from sqlite3 import Connection

from minqing.checks import Finding
from minqing.copies import closest, company, passage, shingles, signs, suspects
from minqing.ledger import fold_text
from minqing.model import Kind
from minqing.origin import body, trace_all

RULES = {"copies": "a text of which more than half stands in an older entry"}


def check(ledger: Connection, today: date, kinds: Mapping[str, Kind]) -> Iterator[Finding]:
    trace_all(ledger)
    # By day, then id, whatever order their files came in: of two alike, the later is the copy.
    entries = ledger.execute(
        "select key, id, date, kind from entry where counted order by date, id"
    ).fetchall()
    given = {name: signs(fold_text(kind.body)) for name, kind in kinds.items()}

    def read(n: int) -> str:
        return signs(body(ledger, entries[n]["key"]))

    holders = _shared(ledger, {entry["key"]: n for n, entry in enumerate(entries)})
    older: list[list[int]] = [[] for _trace in holders]  # of the holders those that were gone through
    for n, traces in sorted(_held(holders).items()):
        likely = suspects([older[trace] for trace in traces])
        for trace in traces:
            older[trace].append(n)
        if not likely:
            continue
        entry = entries[n]
        others = (other for other in company([holders[trace] for trace in traces]) if other != n)
        if found := closest(read(n), given.get(entry["kind"], ""), likely, others, read):
            source, share = found
            yield Finding(
                "copies", "hint", entry["key"], (),
                "{share}% of the text stands word for word in {id} of {date}",
                "write what was different this time; say what was the same in one sentence that names {id}",
                {"share": str(int(share * 100)), "id": entries[source]["id"], "date": entries[source]["date"]},
                passage(body(ledger, entry["key"]), shingles(read(source))),
            )  # fmt: skip


def _shared(ledger: Connection, places: Mapping[int, int]) -> list[list[int]]:
    """Who holds each of the traces that entries share, by their places in time."""
    held = ledger.execute("select group_concat(key) from trace group by number having count(*) > 1")
    return [sorted(places[key] for key in map(int, keys.split(",")) if key in places) for (keys,) in held]


def _held(holders: list[list[int]]) -> dict[int, list[int]]:
    """The traces that each entry holds: the other way round."""
    found: dict[int, list[int]] = {}
    for trace, held in enumerate(holders):
        for n in held:
            found.setdefault(n, []).append(trace)
    return found
