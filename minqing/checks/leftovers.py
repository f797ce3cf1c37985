"""What a pattern or a copied page leaves behind: blanks nobody filled in, marks of the copying."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from sqlite3 import Connection

from minqing.checks import Finding, bodies
from minqing.model import Kind
from minqing.pages import leftovers

RULES = {"leftovers": "a placeholder such as 20xx or ×× that was not filled in, or a mark of copying"}

_MOST = 50  # of one text; whoever reads them has understood by then


def check(ledger: Connection, today: date, kinds: Mapping[str, Kind]) -> Iterator[Finding]:
    for row, body in bodies(ledger):
        yield from _left(row["key"], ("title",), row["title"] or "")
        yield from _left(row["key"], (), body)
    for row in ledger.execute(
        "select i.key, i.n, i.text from item i join entry e using (key) where e.counted"
    ):
        yield from _left(row["key"], ("items", str(row["n"]), "text"), row["text"])


def _left(key: int, at: tuple[str, ...], text: str) -> Iterator[Finding]:
    for left in islice(leftovers(text), _MOST):
        offset = None if at else left.start
        yield Finding("leftovers", "hint", key, at, *left.told(), offset)
