"""Finding in the ledger: entries and items by a query, ids by their first characters, sentences by words."""

import json
import sqlite3
from collections.abc import Iterable
from datetime import date as Date
from typing import NamedTuple

from minqing.errors import MinqingError, UsageError
from minqing.ledger import fold_text, setting
from minqing.period import Filter, Period, Query
from minqing.words import PENDING, fold_id, nearest, value_of


class Condition(NamedTuple):
    """A piece of SQL over `entry e` (and `item i` where named so), with its parameters."""

    sql: str
    values: tuple[str, ...]

    def __and__(self, other: "Condition") -> "Condition":
        return Condition(f"{self.sql} and {other.sql}", self.values + other.values)


COUNTED = Condition("e.counted", ())  # what was voided counts no more


def within(period: Period, column: str) -> Condition:
    """The rows whose day lies in a period."""
    parts, values = [], []
    if period.first:
        parts.append(f"{column} >= ?")
        values.append(period.first.isoformat())
    if period.last:
        parts.append(f"{column} <= ?")
        values.append(period.last.isoformat())
    return Condition(" and ".join(parts) or "1", tuple(values))


_OF_ENTRY = {
    "entry": "e.id = ?",
    "kind": "e.kind = ?",
    "type": "e.key in (select key from item where type = ?)",
    "about": "e.key in (select key from item where about = ?)",
}
_OF_ITEM = {
    "entry": "e.id = ?",
    "kind": "e.kind = ?",
    "type": "i.type = ?",
    "about": "i.about = ?",
}
# An entry has a tag, or somebody of whom it tells something.
_TAGGED = "e.key in (select key from tag where tag = ? union select key from fact where fact = 'tags' and value = ?)"
_STATE = "(select s.state from step s where s.ref = i.ref and s.until = '9999-12-32')"
_AREA = "('/' || e.area || '/') like '%/' || ? || '/%'"
_RECEIVED = 'exists (select 1 from json_each(a."to") where value = ?)'
_NAMED = (
    "e.key in (select key from name where name = ? union select key from fact where who = ? "
    f"union select key from aid a where {_RECEIVED} {{more}})"
)
# The people of a class: the newest entry that says one counts, else the roster.
_OF_CLASS = """
select who from (select f.who, f.value, max(f.moment) from fact f where f.fact = 'class'
                 and f.key not in (select key from entry where not counted) group by f.who) where value = ?
union select name from roster where class = ? and name not in (select who from fact where fact = 'class')"""
_OF_ONE_ITEM = ("type", "about", "status")
_ITEM_WHO = "union select key from item where who = ? or owner = ?"


def matching(
    filters: Iterable[Filter], today: Date, items: bool = False, standing: str | None = None
) -> Condition:
    """The entries that count and pass every filter; with `items`, the items `i` that do.

    What was voided after it was handed in counts no more, unless asked for a day, `standing`, on which it still did;
    "" asks whether it ever did.
    """
    found = COUNTED if standing is None else Condition("e.until > ?", (standing,))
    rest = list(filters)
    told = [] if items else [one for one in rest if one[0] in _OF_ONE_ITEM]
    # status:overdue type:promise: a promise that is overdue
    if 1 < len(told) == len({field for field, _value in told}):
        rest = [one for one in rest if one not in told]
        item = matching(told, today, items=True, standing="")
        found &= Condition(f"e.key in (select i.key from item i where {item.sql})", item.values)
    for field, value in rest:
        found &= _one(field, value, today, items)
    return found


def _one(field: str, value: str, today: Date, items: bool) -> Condition:
    if field == "status":
        state, values = f"{_STATE} = ?", (value,)
        if value == "overdue":
            pending = ", ".join(f"'{state}'" for state in PENDING)
            state, values = f"(i.due < ? and {_STATE} in ({pending}))", (today.isoformat(),)
        return Condition(state if items else f"e.key in (select i.key from item i where {state})", values)
    if field == "area":
        return Condition(_AREA, (value,))
    if field == "who":
        return _who(value, items)
    if field == "tag":
        return Condition(_TAGGED, (value, value_of("person_tag", value) or value))
    if field == "class":
        named = "select key from name where part = 'who' and name in people union select key from fact where who in people"
        entries = f"e.key in (with people as ({_OF_CLASS}) {named})"
        if not items:
            return Condition(entries, (value, value))
        return Condition(f"(i.who in ({_OF_CLASS}) or i.who is null and {entries})", (value,) * 4)
    if field == "word":
        who = _who(value, items)
        return Condition(f"({_AREA} or e.author = ? or {who.sql})", (value, value, *who.values))
    return Condition((_OF_ITEM if items else _OF_ENTRY)[field], (value,))


def _who(value: str, items: bool) -> Condition:
    named = _NAMED.format(more="" if items else _ITEM_WHO)
    if items:  # of a visit to two households, only the items of the one asked for
        return Condition(f"(i.who = ? or i.owner = ? or i.who is null and {named})", (value,) * 5)
    return Condition(named, (value,) * 5)


def received(filters: Iterable[Filter]) -> Condition:
    """The lines of aid `a` in entries `e` that went to whoever is asked for; a line that names nobody went to all."""
    found = Condition("1", ())
    theirs = f'(a."to" is null or {_RECEIVED})'
    for field, value in filters:
        if field == "who":
            found &= Condition(theirs, (value,))
        elif field == "word":
            found &= Condition(f"({_AREA} or e.author = ? or {theirs})", (value,) * 3)
    return found


def known_words(ledger: sqlite3.Connection, query: Query) -> None:
    """Refuse a free word that is no area, household or person here, and a tag that nothing bears: most likely a slip.

    Raises UsageError.
    """
    for field, value in query.filters:
        if field == "tag" and not value_of("person_tag", value):
            _known_tag(ledger, value)
        if field not in ("word", "area"):
            continue
        condition = _one(field, value, Date.min, False)
        listed = "select 1 from roster e where (? = 'word' and ? in (household, name)) or "
        if not ledger.execute(
            f"select 1 from entry e where {condition.sql} union all {listed} {_AREA} limit 1",
            (*condition.values, field, value, value),
        ).fetchone() and not _set(ledger, value):
            raise UsageError(
                "“{word}” is no period, area, household or person of this diary — see: minqing report --help",
                word=value,
            )


def _known_tag(ledger: sqlite3.Connection, tag: str) -> None:
    tags = [row[0] for row in ledger.execute("select tag from tag group by tag order by count(*) desc, tag")]
    said = ledger.execute("select 1 from fact where fact = 'tags' and value = ? limit 1", (tag,)).fetchone()
    if tag not in tags and not said:
        near = nearest(tag, tags)
        if near:
            raise UsageError("nothing here has the tag “{tag}”; did you mean “{close}”?", tag=tag, close=near)
        known = " ".join(f"#{tag}" for tag in tags[:12])
        raise UsageError(
            "nothing here has the tag “{tag}”; used so far: {known}", tag=tag, known=known or "-"
        )


def _set(ledger: sqlite3.Connection, area: str) -> bool:
    """Whether the settings name an area, of which nothing need be written yet."""
    areas = [setting(ledger, "area"), *(setting(ledger, "areas") or ())]
    return any(f"/{area}/" in f"/{known}/" for known in areas if known)


# ---------------------------------------------------------------- ids

SHORTEST = 4


def short_ids(ledger: sqlite3.Connection, ids: Iterable[str]) -> dict[str, str]:
    """Each id by its shortest prefix that no other entry shares, at least 4 characters."""
    found = {}
    for whole in set(ids):
        near = ledger.execute(
            "select (select max(id) from entry where id < :id), (select min(id) from entry where id > :id)",
            {"id": whole},
        ).fetchone()
        length = max([SHORTEST, *(_shared(whole, other) + 1 for other in near if other)])
        found[whole] = whole[:length]
    return found


def _shared(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))


def short_refs(ledger: sqlite3.Connection, refs: Iterable[str]) -> dict[str, str]:
    """Each item by the short form of its entry's id: q7m3.1."""
    refs = list(refs)
    short = short_ids(ledger, (ref.partition(".")[0] for ref in refs))
    return {
        ref: short[ref.partition(".")[0]] + ref[ref.index(".") :] if "." in ref else short[ref]
        for ref in refs
    }


def path_of_id(ledger: sqlite3.Connection, id_: str) -> str | None:
    """Where the entry of a full id lies from the root, if there is one."""
    row = ledger.execute(
        "select f.path from entry e join file f using (key) where e.id = ?", (id_,)
    ).fetchone()
    return row["path"] if row else None


def find_entry(ledger: sqlite3.Connection, typed: str) -> sqlite3.Row:
    """The entry that an id, or its first characters, means. Raises UsageError with what it could mean."""
    prefix = _parted(typed)[0]
    rows = ledger.execute(
        "select * from entry where id >= ? and id < ? order by date, id", (prefix, prefix + "{")
    ).fetchall()
    if not rows:
        raise MinqingError("no entry begins with {id} — `minqing list` shows them", id=typed)
    exact = [row for row in rows if row["id"] == prefix]
    if len(rows) > 1 and not exact:
        raise _ambiguous(typed, [(row["id"], row["date"], row["title"] or "") for row in rows])
    found: sqlite3.Row = (exact or rows)[0]
    return found


def find_item(ledger: sqlite3.Connection, typed: str) -> sqlite3.Row:
    """The item that a ref means: open items first, then all. An entry with a single item needs no number.

    Raises UsageError with what it could mean.
    """
    entry, dot, n = _parted(typed)
    query = (
        "select * from item_ledger where entry >= ? and entry < ? "
        + ("and n = ? " if dot else "")
        + "order by date, entry, n"
    )
    rows = ledger.execute(query, (entry, entry + "{", n) if dot else (entry, entry + "{")).fetchall()
    rows = [row for row in rows if row["entry"] == entry] or rows
    if not rows:
        raise MinqingError("no item begins with {id} — `minqing report items` shows them", id=typed)
    pending = [row for row in rows if row["state"] not in ("closed", "declined")]
    if len(rows) > 1 and len(pending) != 1:
        raise _ambiguous(typed, [(row["ref"], row["date"], row["text"]) for row in pending or rows])
    found: sqlite3.Row = (pending or rows)[0]
    return found


def _parted(typed: str) -> tuple[str, str, str]:
    """A typed id as its entry, the dot and the number of an item. Raises MinqingError for one that is too short."""
    entry, dot, n = fold_id(typed).partition(".")
    if len(entry) < SHORTEST:
        raise MinqingError(
            "“{id}” is too short — type at least {n} characters of the id", id=typed, n=SHORTEST
        )
    return entry, dot, n


def _ambiguous(typed: str, candidates: list[tuple[str, str, str]]) -> UsageError:
    lines = "\n".join(f"  {ref}  {day}  {title[:30]}" for ref, day, title in candidates[:12])
    if len(candidates) > 12:
        lines += f"\n  … {len(candidates)}"
    return UsageError(
        "{id} could mean one of these; type a little more of it:\n{lines}", id=typed, lines=lines
    )


# ---------------------------------------------------------------- words


class Hit(NamedTuple):
    """A sentence in which the words of a search stand: the text and the spans of the hits in it."""

    text: str
    spans: tuple[tuple[int, int], ...]


def search(
    ledger: sqlite3.Connection,
    words: list[str],
    condition: Condition,
    limit: int | None = None,
    whole: bool = False,
) -> tuple[int, list[tuple[sqlite3.Row, Hit]]]:
    """How many entries hold every word, and the newest `limit` of them, each with a sentence that shows a hit.

    Exact for words of any length. `whole` sentences, unmarked, are for who masks them: a cut or a mark inside a
    name or number would hide it.
    """
    folded = [fold_text(word) for word in words]
    first, *more = (word.encode("utf-8") for word in folded)
    texts = ledger.cursor()
    texts.row_factory = None
    # bytes are searched here: SQLite's instr() is three times as slow, its full-text search misses Chinese
    keys = [
        key
        for key, text in texts.execute("select key, coalesce(folded, sought) from content")
        if first in text and all(word in text for word in more)
    ]
    newest = [
        key
        for (key,) in texts.execute(
            f"select e.key from entry e where e.key in (select value from json_each(?)) and {condition.sql} "
            "order by e.date desc, coalesce(e.time, '') desc, e.id",
            (json.dumps(keys), *condition.values),
        )
    ]
    hits = []
    for key in newest[:limit]:
        row = ledger.execute(
            "select e.*, f.path, c.sought, c.folded from entry e join content c using (key) join file f using (key) "
            "where e.key = ?",
            (key,),
        ).fetchone()
        sought, text = row["sought"].decode("utf-8"), (row["folded"] or row["sought"]).decode("utf-8")
        hit = (
            hit_in(sought, text, folded, len(sought))._replace(spans=())
            if whole
            else hit_in(sought, text, folded)
        )
        hits.append((row, hit))
    return len(newest), hits


_STOPS = "\n。！？!?；;"


def hit_in(sought: str, text: str, folded: list[str], room: int = 30) -> Hit:
    """The sentence around the first hit, with every hit in it marked.

    It holds about `room` characters before the first hit and twice as many from there on. `text` is `sought` as
    fold_text makes it, sign for sign.
    """
    at, word = min((found, word) for word in folded if (found := text.find(word)) >= 0)
    end = at + len(word)
    first = max((sought.rfind(stop, 0, at) + 1 for stop in _STOPS), default=0)
    last = (
        min((stop_at for stop in _STOPS if (stop_at := sought.find(stop, end - 1)) >= 0), default=len(sought))
        + 1
    )
    first, last = max(first, at - room), max(end, min(last, at + 2 * room))
    while first < at and sought[first] in "\n #>-*":  # signs of Markdown at the start of a line
        first += 1
    sentence, base = sought[first:last].rstrip(), first
    spans = []
    for word in folded:
        start = text.find(word, base)
        while 0 <= start < base + len(sentence):
            spans.append((start - base, start - base + len(word)))
            start = text.find(word, start + len(word))
    return Hit(sentence, tuple(sorted(spans)))
