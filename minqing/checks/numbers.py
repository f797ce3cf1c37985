"""Numbers that name somebody: none of an ID or bank card belongs into an entry."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from sqlite3 import Connection

from minqing.checks import Finding
from minqing.idnumbers import numbers_in, told
from minqing.model import Kind

RULES = {"id-number": "the number of an ID or bank card in an entry"}

# The texts of a header in which one is written down, with the path to it; shorter ones hold none.
_HEADER = """
select key, json_array('title') as at, title as text from entry where length(title) > 14
union all select key, json_array('facts', who, fact), value from fact where length(value) > 14
union all select key, json_array('items', n || '', 'text'), text from item where length(text) > 14
union all select key, json_array('updates', n, 'note'), note from told where length(note) > 14
"""


def check(ledger: Connection, today: date, kinds: Mapping[str, Kind]) -> Iterator[Finding]:
    # an entry that is voided keeps its text as well
    for row in ledger.execute("select key, sought, body from content"):
        for match in numbers_in(row["sought"].decode("utf-8")[row["body"] :]):
            yield _found(row["key"], (), match.start())
    for row in ledger.execute(_HEADER):
        for _match in numbers_in(row["text"]):
            yield _found(row["key"], tuple(json.loads(row["at"])))


def _found(key: int, at: tuple[str | int, ...], offset: int | None = None) -> Finding:
    return Finding("id-number", "error", key, at, *told(stands=True), {}, offset)
