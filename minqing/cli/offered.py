"""What Tab offers out of the index, as the last command left it: nothing here looks at an entry's file."""

import sqlite3
from collections.abc import Iterator

from minqing import choices
from minqing.diary import Diary
from minqing.find import Condition
from minqing.sync import as_it_lies

MANY = 200  # words, more than anybody looks through
_MONTHS = 24

Word = tuple[str, str]  # with what it stands for


def offered(diary: Diary, name: str, begun: str) -> list[Word]:
    """The words of a list, some of which may begin as typed; none where there is no index that can be read."""
    try:
        ledger = as_it_lies(diary)
        return list(LISTS[name](ledger, begun)) if ledger else []
    except (OSError, sqlite3.DatabaseError):  # damaged or busy: the next command that reads sees to it
        return []


def _ids(ledger: sqlite3.Connection, begun: str) -> Iterator[Word]:
    """Entries, the newest first; their items once the dot is typed."""
    entry = begun.partition(".")[0]
    of = Condition("e.id >= ? and e.id < ?", (entry, entry + "{"))
    for row in choices.entries(ledger, of, MANY):
        longer = len(entry) > len(row["id"])
        yield row["whole"] if longer else row["id"], f"{row['date']} {row['title'] or ''}"
    if "." in begun:
        yield from _refs(ledger, begun)


def _refs(ledger: sqlite3.Connection, begun: str) -> Iterator[Word]:
    """Items that are not closed, those due first before the others."""
    for row in choices.at_hand(ledger):
        whole = not row["ref"].startswith(begun)
        yield (
            row["whole"] if whole else row["ref"],
            " ".join(filter(None, (row["who"], row["text"], row["due"]))),
        )


def _areas(ledger: sqlite3.Connection, _begun: str) -> Iterator[Word]:
    yield from ((area, "") for area in choices.areas(ledger))


def _names(ledger: sqlite3.Connection, _begun: str) -> Iterator[Word]:
    yield from ((name, "") for name in (*choices.households(ledger), *choices.companions(ledger)))


def _terms(ledger: sqlite3.Connection, begun: str) -> Iterator[Word]:
    """Months and years with entries, areas, names; ids where one is begun."""
    months = "select distinct substr(date, 1, 7) from entry where date <> '' order by 1 desc limit ?"
    periods = [row[0] for row in ledger.execute(months, (_MONTHS,))]
    periods += dict.fromkeys(period[:4] for period in periods)
    yield from ((period, "") for period in periods)
    yield from _areas(ledger, begun)
    yield from _names(ledger, begun)
    if begun:
        yield from _ids(ledger, begun)


LISTS = {"ids": _ids, "refs": _refs, "areas": _areas, "names": _names, "terms": _terms}
