"""What follows from the entries together: the day on which each counts, what a void takes back, the life of each item."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from typing import Any

from minqing.ledger import NEVER, refs_of, unindexed
from minqing.life import Step, Told, corrected, in_effect, life


def settle(ledger: sqlite3.Connection, touched: set[str] | None) -> None:
    """Write the lives of the touched items anew (all of them for None)."""
    ledger.execute("update entry set counted = 1, until = ? where not counted", (NEVER,))
    _book(ledger, anew=touched is None)
    _void(ledger)
    if touched is None:
        ledger.execute("delete from step")
        wanted = ""
    else:
        ledger.execute("create temp table if not exists touched (ref text primary key)")
        ledger.execute("delete from touched")
        ledger.executemany("insert or ignore into touched values (?)", [(ref,) for ref in touched])
        ledger.execute("delete from step where ref in touched")
        wanted = "and ref in touched"
    tellings: dict[str, list[Told]] = {}
    for row in ledger.execute(
        f"select t.ref, e.booked, e.time, e.id, t.n, t.status from told t join entry e using (key) where e.counted {wanted}"
    ):
        tellings.setdefault(row[0], []).append(Told(row[1], row[2] and row[2][:5], row[3], row[4], row[5]))
    with unindexed(ledger, "step") if touched is None else nullcontext():
        items = ledger.execute(
            "select ref, e.booked, e.id, i.status, i.type, i.due from item i join entry e using (key) "
            f"where e.counted {wanted} order by ref"
        )
        ledger.executemany(
            _STEP,
            (
                row
                for ref, day, entry, status, *rest in items
                for row in _rows_of(ref, enumerate(life(day, entry, status, tellings.get(ref, ()))), *rest)
            ),
        )
    _correct(ledger)


# What an entry says that is carried over into later periods: without it, it moves no figure of them.
CARRIED = " or ".join(
    f"exists (select 1 from {table} t where t.key = entry.key)"
    for table in ("item", "told", "aid", "fund", "void")
)


def _book(ledger: sqlite3.Connection, anew: bool) -> None:
    """Have an entry that came after its period was sealed (补记) count on the day after that period; so too one of an
    earlier period, if something of it is carried over into the sealed one.
    """
    seals = ledger.execute("select key, first, last, knows from seal order by last, first").fetchall()
    if seals or anew:
        ledger.execute("update entry set booked = date where booked <> date")
    for key, first, last, knows in seals:
        ledger.execute(
            "update entry set booked = date(?, '+1 day') where booked <= ?"
            # an entry voided between two seals over it is in the first only
            " and id not in (select id from sealed where key = ? or key in (select key from seal where last < ?))"
            f" and (booked >= ? or (? and ({CARRIED})))",
            (last, last, key, last, first, knows),
        )


def _void(ledger: sqlite3.Connection) -> None:
    """Have a void take effect: on what was handed in from its own day on, and after what was handed in (更正)."""
    said = ledger.execute(
        "select e.key, e.id, void.entry from void join entry e using (key) order by e.date, e.time, e.id"
    ).fetchall()
    keys = {id_: key for key, id_, _entry in said}
    voids = [(by, entry) for _key, by, entry in said]
    # what a sealed void took back of a sealed entry was handed in, and stays taken back
    handed_in = {row[0] for row in ledger.execute("select id from sealed")} if voids else set()
    kept = [(by, entry) for by, entry in voids if by != entry and {by, entry} <= handed_in]
    ledger.execute("delete from voided")
    ledger.executemany(
        "insert or ignore into voided values (?, ?)",
        [(entry, keys[by]) for by, entry in (*in_effect(voids), *kept)],
    )
    ledger.execute(
        "update entry set counted = 0, until = coalesce((select max(date(min(s.last), '+1 day'),"
        " (select min(v.booked) from voided join entry v using (key) where voided.entry = entry.id))"
        " from sealed join seal s using (key) where sealed.id = entry.id), '') where id in (select entry from voided)"
    )


_STEP = "insert into step values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def _rows_of(
    ref: str, steps: Iterable[tuple[int, Step]], type_: str, due: str | None, until: str = NEVER
) -> Iterator[tuple[Any, ...]]:
    """Rows of `step`. A state holds until the next step that moves it; a note holds for no time at all."""
    for n, step in reversed(list(steps)):
        noted = step.event == "noted"
        ends = step.date if noted else until
        yield ref, n, step.date, ends, step.state, step.event, step.entry, step.flag, type_, due
        until = until if noted else step.date


def _correct(ledger: sqlite3.Connection) -> None:
    """Leave the items of voided entries as sealed papers tell them, until the day on which the void counts."""
    ledger.execute("delete from correction")
    voided = ledger.execute(
        "select key, id, until, (select v.id from voided join entry v using (key) where voided.entry = e.id"
        " order by v.booked, v.id) as by from entry e where not counted and until <> ''"
    ).fetchall()
    voiders = {row["until"]: row["by"] for row in voided}
    refs = {ref for row in voided for ref in refs_of(ledger, row["key"])}
    for ref in refs:
        item = ledger.execute(
            "select e.booked, e.id, i.status, e.until, i.type, i.due from item i join entry e using (key) where i.ref = ?"
            " and e.until <> ''",
            (ref,),
        ).fetchone()
        if item is None:
            continue
        told = [
            (Told(day, time and time[:5], *of), until)
            for until, day, time, *of in ledger.execute(
                "select e.until, e.booked, e.time, e.id, t.n, t.status from told t join entry e using (key)"
                " where t.ref = ? and e.until <> ''",
                (ref,),
            )
        ]
        ends = sorted({day for day in (item["until"], *(until for _told, until in told)) if day != NEVER})
        opened, entry, status = item["booked"], item["id"], item["status"]
        lives = [
            life(opened, entry, status, (of for of, until in told if until > day))
            if item["until"] > day
            else []
            for day in ("", *ends)
        ]
        steps, changes = corrected(lives, [(day, voiders[day]) for day in ends])
        ledger.execute("delete from step where ref = ?", (ref,))
        ledger.executemany(_STEP, _rows_of(ref, steps, item["type"], item["due"], item["until"]))
        ledger.executemany(
            "insert into correction values (?, ?, ?, ?, ?, ?)",
            [(ref, day, step.state, step.event, sign, item["type"]) for day, step, sign in changes],
        )
