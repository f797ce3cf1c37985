"""The ledger: a throwaway SQLite database. Tables hold what entries say, views what follows from them.

Quantities are decimal text, added up outside SQL so that they stay exact; days are ISO text. What a file puts
in comes as `Rows` (see rows.py), plain values that another process may have made.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from minqing import __version__
from minqing.words import FULLWIDTH_ALNUM

TABLES = """
create table folder (path text primary key, listing text not null, stirred text) without rowid;
-- name area author lang areas deadlines visits quorum card score grades budget
create table setting (name text primary key, value text) without rowid;
create table file (key integer primary key, path text not null unique, id text, whole integer not null);
create index file_id on file (id);
create index file_flawed on file (key, id) where not whole;
create table flaw (key integer not null, rule text, message text, remedy text, words text,
                   line integer, column integer, severity text);
create index flaw_key on flaw (key);

create table entry (key integer primary key, id text not null unique, kind text, date text, time text, title text,
                    weekday text, lunar text, weather text, area text, place text, author text, who text, "with" text,
                    tags text, meeting text, counted integer not null default 1,
                    -- the day it counts on: its date, or later when that lies in a period sealed without it
                    booked text,
                    -- the day it counts until: of a sealed period that of the entry that voids it, else '' if voided
                    until text not null default '9999-12-32');
create index entry_date on entry (date, time);
create index entry_booked on entry (booked);
-- all that households ask of an entry
create index entry_kind on entry (kind, date, time, id, area, booked, until);
create index entry_void on entry (counted) where not counted;
-- texts are UTF-8 bytes, for find.search
create table content (key integer primary key, sought blob, folded blob, body integer);
-- what a copied text is traced by to its origin (see origin.py), and the entries that have no traces yet
create table trace (number integer, key integer, primary key (number, key)) without rowid;
create index trace_key on trace (key);
create table untraced (key integer primary key);
create table name (key integer, part text, name text, role text);
create index name_key on name (key);
create index name_name on name (name, part, role, key);
create table tag (key integer, tag text);
create index tag_key on tag (key);
create table item (key integer, ref text, n integer, type text, about text, who text, text text, owner text,
                   due text, level text, status text);
create index item_key on item (key);
create index item_ref on item (ref);
create index item_type on item (type);
create table told (key integer, n integer, ref text, status text, reason text, note text, "by" text,
                   satisfied text, grade text);
create index told_key on told (key);
create index told_ref on told (ref);
create table step (ref text, n integer, date text, until text, state text, event text, entry text, flag text,
                   type text, due text, primary key (ref, n)) without rowid;
create index step_date on step (date, until, state, event, type, due, ref);
-- most items are closed, and for good: what is open is found apart from them
create index step_open on step (until, date, state, event, type, due, ref) where state not in ('closed', 'declined');
create index step_flag on step (flag, ref) where flag is not null;
-- what a void takes back (sign -1) of an item's life in a sealed period, or brings back (1), on the day it counts
create table correction (ref text, date text, state text, event text, sign integer, type text);
create index correction_date on correction (date);
create index correction_ref on correction (ref);
create table aid (key integer, n integer, what text, form text, each text, count integer, total text, unit text, total_unit text,
                  fund text, approver text, occasion text, "to" text, receipt text);
create index aid_key on aid (key);
create table fund (key integer, n integer, source text, what text, amount text, unit text, note text);
create index fund_key on fund (key);
create table figure (key integer, n integer, name text, value text, unit text, "of" text, note text);
create index figure_key on figure (key);
-- moment: date, time and id of the entry, so that the newest word needs no look at the entries
create table fact (key integer, who text, fact text, value text, moment text);
create index fact_key on fact (key);
create index fact_who on fact (who, key);
create index fact_moment on fact (fact, who, moment, value, key);
create table decision (key integer, n integer, type text, text text, elected text, signed integer, posted text,
                       vote text);
create index decision_key on decision (key);
-- files beside the diary, with the digests of their bytes and of what they were drawn from
create table attached (key integer, n integer, path text, sha256 text, original text);
create index attached_key on attached (key);
create table void (key integer, entry text, why text);
create index void_key on void (key);
create index void_entry on void (entry);
-- the corrections that take effect: the id of an entry, and the key of the entry that voids it and is not voided itself
create table voided (entry text, key integer, primary key (entry, key)) without rowid;
-- periods that were handed in, with the entries that stood in them
-- `knows`: whether it names what was carried into its period
create table seal (key integer, name text, first text, last text, report text, knows integer);
create index seal_key on seal (key);
-- `inside`: in the sealed period; else before it
create table sealed (key integer, id text, inside integer);
create index sealed_key on sealed (key);
create index sealed_id on sealed (id);
-- what an office lays out itself: the text of templates/ledgers/NAME.yaml and templates/flows/NAME.yaml
create table form (key integer, family text, name text, text text);
create index form_key on form (key);
-- who lives where, from roster.csv; ID numbers stay in the file
create table roster (key integer, n integer, household text, name text, relation text, area text, class text, sex text,
                     born text, phone text, members integer, note text);
create index roster_key on roster (key);
create index roster_name on roster (name);
-- who is named, as a paper of that day hides them (see names.py): worked out when one is asked for
create table named (day text primary key, people text) without rowid;

-- Where an item stands today: its last step, with what closed it and what was last said of it.
create view item_ledger as
select i.*, e.id as entry, e.date, e.time, e.area, e.kind, e.author, e.title,
       s.state, (select max(o.date) from step o where o.ref = i.ref) as since,
       case when s.state in ('closed', 'declined') then
         (select o.date from step c join entry o on o.id = c.entry where c.ref = i.ref and c.event = 'closed'
          order by c.n desc limit 1) end as closed
from item i join entry e on e.key = i.key and e.counted
join step s on s.ref = i.ref and s.until = '9999-12-32';
"""
# A state that still holds ends after every day that can be written.
NEVER = "9999-12-32"

# What an index was built by; another version of the program reads files otherwise and builds its own.
SCHEMA = f"{__version__}-{crc32(TABLES.encode()):08x}"

# Tables whose rows belong to a file, by its key.
_ROWS = (
    "flaw",
    "entry",
    "content",
    "trace",
    "untraced",
    "name",
    "tag",
    "item",
    "told",
    "aid",
    "fund",
    "figure",
    "fact",
    "decision",
    "attached",
    "void",
    "form",
    "seal",
    "sealed",
    "roster",
)


class Rows(NamedTuple):
    """What a file puts into the ledger: rows by table, without their key. Plain values, cheap to send."""

    id: str | None
    whole: bool
    tables: dict[str, list[tuple[Any, ...]]]


def open_ledger(path: Path | str, read_only: bool = False) -> sqlite3.Connection:
    """A ledger with its tables in place. Raises sqlite3.DatabaseError when the file is none."""
    target = f"{Path(path).absolute().as_uri()}?mode=ro" if read_only else str(path)
    ledger = sqlite3.connect(target, timeout=1, isolation_level=None, uri=read_only)
    try:
        ledger.row_factory = sqlite3.Row
        ledger.execute("pragma synchronous = normal")
        if not ledger.execute("select 1 from sqlite_master where name = 'folder'").fetchone():
            ledger.execute("pragma page_size = 32768")  # texts lie whole: a search reads half as long
            ledger.execute("pragma journal_mode = wal")
            with transaction(ledger):
                if not ledger.execute("select 1 from sqlite_master where name = 'folder'").fetchone():
                    for statement in TABLES.split(";\n"):
                        ledger.execute(statement)
    except BaseException:
        ledger.close()
        raise
    return ledger


class transaction:  # noqa: N801 — reads as a word in `with transaction(ledger):`
    """One writer at a time; everything or nothing."""

    def __init__(self, ledger: sqlite3.Connection) -> None:
        self.ledger = ledger

    def __enter__(self) -> None:
        self.ledger.execute("begin immediate")

    def __exit__(self, kind: object, *_: object) -> None:
        self.ledger.execute("commit" if kind is None else "rollback")


# ---------------------------------------------------------------- putting


def fold_text(text: str) -> str:
    """Text for searching, sign for sign as long: lower case, full-width letters and digits as half-width."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(sign.lower() if len(sign.lower()) == 1 else sign for sign in text)
    # a search is 20 times as fast as a translation, and most texts have nothing to translate
    return low.translate(FULLWIDTH_ALNUM) if re.search("[\uff10-\uff5a]", low) else low


def parts(joined: str | None) -> list[str]:
    """A list as a column holds it."""
    return json.loads(joined) if joined else []


def rank(path: str) -> tuple[bool, str]:
    """Which of two files of one id counts: one under the name that minqing gave it, then the first by path.

    A copy that a sync service or an editor left beside it goes by another name.
    """
    return not _GIVEN.search(path), path


_GIVEN = re.compile(r"-[a-z][0-9a-z]{7}\.md$")


def fill(ledger: sqlite3.Connection, files: Iterable[tuple[str, Rows]]) -> None:
    """Put the files of a whole diary, in order of `rank`, into a ledger that is empty."""
    with unindexed(ledger, "file", *_ROWS):
        _fill(ledger, files)


def _fill(ledger: sqlite3.Connection, files: Iterable[tuple[str, Rows]]) -> None:
    waiting: dict[str, list[tuple[Any, ...]]] = {table: [] for table in ("file", *_ROWS)}
    seen: set[str] = set()

    def write() -> None:
        for table, rows in waiting.items():
            _insert(ledger, table, rows)
            rows.clear()

    for key, (path, rows) in enumerate(files, 1):
        counts = rows.id is not None and rows.id not in seen
        seen.add(rows.id or "")
        waiting["file"].append((key, path, rows.id, rows.whole))
        _add(waiting, key, rows, counts)
        if key % 200 == 0:
            write()
    write()


@contextmanager
def unindexed(ledger: sqlite3.Connection, *tables: str) -> Iterator[None]:
    """Leave the indexes of tables off for a while: sorting many rows in once they are all there is twice as fast."""
    indexes = ledger.execute(
        "select name, sql from sqlite_master where type = 'index' and sql is not null"
        f" and tbl_name in ({', '.join('?' * len(tables))})",
        tables,
    ).fetchall()
    for name, _sql in indexes:
        ledger.execute(f"drop index {name}")
    yield
    for _name, sql in indexes:
        ledger.execute(sql)


def _insert(ledger: sqlite3.Connection, table: str, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        ledger.executemany(f"insert into {table} values ({', '.join('?' * len(rows[0]))})", rows)


def _add(waiting: dict[str, list[tuple[Any, ...]]], key: int, rows: Rows, counts: bool) -> None:
    """A file's rows, each with the file's key; of an entry that does not count only the flaws."""
    for table, said in rows.tables.items():
        if table == "flaw":
            waiting[table] += [(key, *row) for row in said]
        elif counts and table == "entry":
            waiting[table].append((key, *said[0], 1, said[0][2], NEVER))
        elif counts or rows.id is None:
            waiting[table] += [(key, *row) for row in said]


def put(ledger: sqlite3.Connection, files: Iterable[tuple[str, Rows]]) -> set[str]:
    """Put files into the ledger, in place of what they said before; returns the refs they touch.

    Of two files with one id the first by `rank` counts; the other is only named.
    """
    touched: set[str] = set()
    for path, rows in files:
        touched |= remove(ledger, path)
        key = ledger.execute(
            "insert into file (path, id, whole) values (?, ?, ?) returning key", (path, rows.id, rows.whole)
        ).fetchone()[0]
        counts = rows.id is not None
        if counts:
            twins = ledger.execute(
                "select key, path from file join entry using (key) where file.id = ? and key <> ?",
                (rows.id, key),
            ).fetchall()
            counts = not any(rank(twin["path"]) < rank(path) for twin in twins)
            for twin in twins if counts else ():
                touched |= _take_out(ledger, twin["key"])
        said: dict[str, list[tuple[Any, ...]]] = {table: [] for table in _ROWS}
        _add(said, key, rows, counts)
        for table, lines in said.items():
            _insert(ledger, table, lines)
        touched |= refs_of(ledger, key)
    return touched


def remove(ledger: sqlite3.Connection, path: str) -> set[str]:
    """Take a file out; returns the refs it touched."""
    file = ledger.execute("select key from file where path = ?", (path,)).fetchone()
    if not file:
        return set()
    touched = _take_out(ledger, file["key"])
    ledger.execute("delete from flaw where key = ?", (file["key"],))
    ledger.execute("delete from file where key = ?", (file["key"],))
    return touched


def _take_out(ledger: sqlite3.Connection, key: int) -> set[str]:
    touched = refs_of(ledger, key)
    for table in _ROWS:
        if table != "flaw":
            ledger.execute(f"delete from {table} where key = ?", (key,))
    return touched


def hidden_twins(ledger: sqlite3.Connection) -> list[str]:
    """Paths whose id no entry counts any more: their twin went away, and they must be read again."""
    if not _twins(ledger):
        return []
    return [
        row["path"]
        for row in ledger.execute(
            "select path from file f where id is not null and not exists (select 1 from entry e where e.id = f.id)"
        )
    ]


def refs_of(ledger: sqlite3.Connection, key: int) -> set[str]:
    """The items whose life depends on an entry: its own, those it updates, those of entries it voids, and of whom those void."""
    query = """
      with recursive reached(key) as (
        select :key union select e.key from reached r join void v on v.key = r.key join entry e on e.id = v.entry)
      select ref from item where key in reached union select ref from told where key in reached
    """
    return {row["ref"] for row in ledger.execute(query, {"key": key})}


def keep_settings(ledger: sqlite3.Connection, settings: dict[str, Any]) -> None:
    """Store the diary's settings, so that a report is a function of the ledger alone."""
    ledger.execute("delete from setting")
    ledger.executemany(
        "insert into setting values (?, ?)",
        [(k, json.dumps(v, ensure_ascii=False)) for k, v in settings.items()],
    )


def setting(ledger: sqlite3.Connection, name: str) -> Any:
    """A setting of the diary (see diary.Config)."""
    row = ledger.execute("select value from setting where name = ?", (name,)).fetchone()
    return json.loads(row[0]) if row else None


def _twins(ledger: sqlite3.Connection) -> int:
    """How many files say an id that another file counts for."""
    named = "select (select count(*) from file where id is not null) - (select count(*) from entry)"
    return int(ledger.execute(named).fetchone()[0])


def flaws_in(ledger: sqlite3.Connection) -> int:
    """How many files that reports rest on could not be read whole, a second file of one id among them.

    What lies in templates/ is no fact: a broken form is told of by `check`, and where that form is asked for.
    """
    torn = (
        "not whole and (id is null or exists (select 1 from entry where entry.key = file.key)) "
        "and path not like 'templates/%'"
    )
    found = ledger.execute(f"select count(*) from file where {torn}").fetchone()[0]
    return int(found) + _twins(ledger)
