"""What the entries add up to and cannot be: the lives of items, the balance of funds."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from sqlite3 import Connection

from minqing.checks import Finding
from minqing.exact import decimal_text
from minqing.find import COUNTED
from minqing.language import language
from minqing.life import Told, in_order
from minqing.model import Kind
from minqing.reports.funds import Purse, moves
from minqing.words import CLOSED, PENDING, label, show_key

RULES = {
    "early": "an item is followed up before the day it was opened",
    "twice": "an item is closed twice",
    "late": "an item is followed up after it was closed",
    "overdrawn": "a fund has given more than it had",
    "self-closed": "an item is closed by its owner, and nobody was asked",
    "stale": "an item is overdue and nothing was said of it for 30 days",
}
_UNTOUCHED = timedelta(30)
_PENDING = ", ".join(f"'{state}'" for state in PENDING)


def check(ledger: Connection, today: date, kinds: Mapping[str, Kind]) -> Iterator[Finding]:
    for row in ledger.execute(
        "select t.key, t.n, e.date, o.date as opened from told t join entry e using (key)"
        " join item i on i.ref = t.ref join entry o on o.key = i.key"
        " where e.counted and o.counted and e.date < o.date"
    ):
        yield Finding(
            "early", "error", row["key"], ("updates", row["n"], "ref"),
            "this follows up on {date} what was opened on {opened}",
            "correct the ref, or one of the two dates",
            {"date": row["date"], "opened": row["opened"]},
        )  # fmt: skip
    yield from _after_closing(ledger)
    yield from _self_closed(ledger)
    for row in ledger.execute(
        "select key, n, due, since, state from item_ledger"
        f" where state in ({_PENDING}) and due < ? and since <= ?",
        (today.isoformat(), (today - _UNTOUCHED).isoformat()),
    ):
        yield Finding(
            "stale", "hint", row["key"], ("items", str(row["n"]), "due"),
            "{state}, due on {due}, and nothing said of it since {since}",
            "say how it stands: minqing follow",
            {"state": label("status", row["state"], language()), "due": row["due"], "since": row["since"]},
        )  # fmt: skip
    yield from _overdrawn(ledger)


def _after_closing(ledger: Connection) -> Iterator[Finding]:
    flagged = ledger.execute(
        "select s.ref, s.n, s.flag, i.status, (select max(c.date) from step c"
        " where c.ref = s.ref and c.n < s.n and c.event = 'closed') as closed"
        " from step s join item i using (ref) where s.flag in ('twice', 'late')"
    ).fetchall()
    for step in flagged:
        told = ledger.execute(
            "select e.date, substr(e.time, 1, 5), e.id, t.n, t.status, t.satisfied, e.key from told t"
            " join entry e using (key) where e.counted and t.ref = ?",
            (step["ref"],),
        ).fetchall()
        # each telling is one step, behind that of opening (and closing, where the item says so itself)
        last = in_order(Told(*row[:5]) for row in told)[step["n"] - (2 if step["status"] in CLOSED else 1)]
        row = next(row for row in told if (row["id"], row["n"]) == (last.entry, last.n))
        at, words = ("updates", row["n"], "ref"), {"closed": step["closed"] or ""}
        if step["flag"] == "twice":
            yield Finding(
                "twice", "hint", row["key"], at,
                "this was closed already, on {closed}; the first closing counts",
                "take this one out, or reopen it first with status reopened",
                words,
            )  # fmt: skip
        elif row["status"] or not row["satisfied"]:  # asking whether it helped is no further work
            yield Finding(
                "late", "hint", row["key"], at,
                "this was closed on {closed} and stays closed",
                "write status reopened, if there is more to do",
                words,
            )  # fmt: skip


def _self_closed(ledger: Connection) -> Iterator[Finding]:
    """What somebody else was waiting for; a task of one's own needs nobody's word."""
    for row in ledger.execute(
        """
        select t.key, t.n from step s join item i using (ref) join entry e on e.id = s.entry
        join told t on t.key = e.key and t.ref = s.ref and t.status = s.state
        join (select ref, max(n) as n from step where event in ('closed', 'reopened') group by ref) last
          on last.ref = s.ref and last.n = s.n
        where s.event = 'closed' and s.state = 'closed'
          and i.type in ('problem', 'need', 'complaint', 'promise') and i.owner = coalesce(t."by", e.author)
          and not exists (select 1 from told a join entry b using (key)
                          where a.ref = s.ref and a.satisfied is not null and b.counted and b.date >= s.date)
        group by s.ref
        """
    ):
        yield Finding(
            "self-closed", "hint", row["key"], ("updates", row["n"], "status"),
            "closed by its owner, and nobody was asked",
            "ask whoever it was for, and add `{satisfied}`",
            {"satisfied": show_key("update", "satisfied", language())},
        )  # fmt: skip


def _overdrawn(ledger: Connection) -> Iterator[Finding]:
    """Day by day, what came in before what went out. What never came in is not kept count of."""
    left: dict[Purse, Decimal] = {}
    found = moves(ledger, COUNTED)
    kept = {move.purse for move in found if move.amount > 0}
    for move in found:
        if move.purse not in kept:
            continue
        before = left.get(move.purse, Decimal())
        left[move.purse] = before + move.amount
        if left[move.purse] < 0 <= before:
            unit = move.purse.unit
            yield Finding(
                "overdrawn", "error", move.key, ("aid", move.n, "fund"),
                "the fund had {before}, this takes {amount}",
                "record what came in under `funds`, or correct the amounts",
                {"before": decimal_text(before) + unit, "amount": decimal_text(-move.amount) + unit},
            )  # fmt: skip
