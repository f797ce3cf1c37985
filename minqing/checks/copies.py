"""Entries that are copies of older ones: the same text with names and days changed."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from datetime import date
from sqlite3 import Connection

from minqing.checks import Finding
from minqing.copies import HOLDERS, closest, company, passage, shingles, signs, suspects
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

    for n, holders in _shared(ledger, {entry["key"]: n for n, entry in enumerate(entries)}).items():
        older = [held[max(0, at - HOLDERS) : at] for held in holders if (at := bisect_left(held, n))]
        likely = suspects(older)
        entry = entries[n]
        others = (other for other in company(holders) if other != n)
        found = likely and closest(read(n), given.get(entry["kind"], ""), likely, others, read)
        if found:
            source, share = found
            yield Finding(
                "copies", "hint", entry["key"], (),
                "{share}% of the text stands word for word in {id} of {date}",
                "write what was different this time; say what was the same in one sentence that names {id}",
                {"share": str(int(share * 100)), "id": entries[source]["id"], "date": entries[source]["date"]},
                passage(body(ledger, entry["key"]), shingles(read(source))),
            )  # fmt: skip


def _shared(ledger: Connection, places: Mapping[int, int]) -> dict[int, list[list[int]]]:
    """For each entry, by its place in time, who holds each of the traces that it shares with others."""
    found: dict[int, list[list[int]]] = {}
    for (keys,) in ledger.execute("select group_concat(key) from trace group by number having count(*) > 1"):
        holders = sorted(places[key] for key in map(int, keys.split(",")) if key in places)
        for n in holders:
            found.setdefault(n, []).append(holders)
    return found
