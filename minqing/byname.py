"""The entry that a file's own name means: 0508-赵小梅-1.jpg hangs on what was written of 8 May with 赵小梅.

A name begins with a day, with or without its year, and holds the name of a person or place that the entry names.
Reads the ledger only.
"""

import re
import sqlite3
from collections import Counter
from datetime import date as Date
from pathlib import PurePath
from typing import NamedTuple
from unicodedata import normalize

_DAY = (
    r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?!\d)",
    r"(?P<year>\d{4})[-._年](?P<month>\d{1,2})[-._月](?P<day>\d{1,2})日?(?!\d)",
    r"(?P<year>)(?P<month>\d\d)(?P<day>\d\d)(?!\d)",
    r"(?P<year>)(?P<month>\d{1,2})[-._月](?P<day>\d{1,2})日?(?!\d)",
)
# Everyone and every place that an entry names; who is called 王浩然 is not 王浩, but 陆家窑水渠 lies in 陆家窑.
_NAMES = """
select key, name, 1 as person from name
union select key, who, 1 from item where who is not null
union select key, who, 1 from fact
union select aid.key, value, 1 from aid, json_each(aid."to") where aid."to" is not null
union select key, place, 0 from entry where place is not null"""
_BEHIND = r"(?:(?![\u4e00-\u9fff])|(?=[家户的和与及等在跟同签领]))"  # what may stand behind a person's name


class Meant(NamedTuple):
    """An entry that a file's name may mean."""

    id: str
    date: str
    title: str


def entries_named(ledger: sqlite3.Connection, file: str, today: Date) -> list[Meant]:
    """The entries that a file's name means: none or several where it does not say enough.

    Of days without a year the latest counts, up to `today`, that has such an entry.
    """
    said = normalize("NFKC", PurePath(file).stem).strip()
    day = next((begins for pattern in _DAY if (begins := re.match(pattern, said))), None)
    if not day:
        return []
    like = f"{day['year'] or '____'}-{int(day['month']):02}-{int(day['day']):02}"
    rows = ledger.execute(
        f"select e.id, e.date, e.title, n.name, n.person from entry e join ({_NAMES}) n using (key)"
        " where e.counted and e.date like ? and e.date <= ? order by e.date desc, e.time, e.id",
        (like, today.isoformat()),
    ).fetchall()
    rest = said[day.end() :]
    here = [row for row in rows if _names(rest, normalize("NFKC", row["name"]), row["person"])]
    found: Counter[Meant] = Counter()
    for row in here:
        if row["date"] == here[0]["date"]:
            found[Meant(row["id"], row["date"], row["title"] or "")] += 1
    return [meant for meant, n in found.items() if n == max(found.values())]


def _names(text: str, name: str, person: bool) -> bool:
    behind = _BEHIND if person else ""
    return len(name) > 1 and re.search(re.escape(name) + behind, text, re.IGNORECASE) is not None
