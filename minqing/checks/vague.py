"""Words that say that much was done, in an entry that says nowhere what."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from sqlite3 import Connection

from minqing.checks import Finding, bodies
from minqing.model import Kind

RULES = {"vague": "a vague word in an entry without an item or a number"}

_VAGUE = re.compile(
    "许多|大量|圆满|有效解决|妥善解决|高度重视|积极发言|广泛|深入(?!到|村|农户|田|各|每)|一定程度|显著成效|明显成效|良好效果"
    r"|\b(?i:numerous|various|great importance|fruitful|effectively|successfully|to some extent)\b"
)
_CLAUSE = re.compile(r"[^。！？；，,.!?;\n]+")
_COUNTED = re.compile(r"[\d二两三四五六七八九十百千万]\s*(?:余|多|来)?[户人名个条件项亩元次份起家]")


def check(ledger: Connection, today: date, kinds: Mapping[str, Kind]) -> Iterator[Finding]:
    rows = ledger.execute("select key from item union select key from figure where value is not null")
    backed = {row["key"] for row in rows}
    for row, body in bodies(ledger):
        if row["key"] in backed:
            continue
        seen: set[str] = set()
        for clause in _CLAUSE.finditer(body):
            for match in _VAGUE.finditer(clause[0]):
                if match[0] not in seen and not _COUNTED.search(clause[0]):
                    seen.add(match[0])
                    yield Finding(
                        "vague", "hint", row["key"], (),
                        "“{said}”, and no item or figure says what",
                        "which? Write each as an item, and how many as a figure",
                        {"said": match[0]}, clause.start() + match.start(),
                    )  # fmt: skip
