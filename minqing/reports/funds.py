"""What each fund had, got, gave and has left, good by good, and how much of its budget is used."""

import sqlite3
from collections.abc import Iterable
from datetime import date as Date
from decimal import Decimal
from typing import Any, NamedTuple

from minqing import tally
from minqing.exact import decimal_text, yuan
from minqing.find import Condition, matching
from minqing.language import _
from minqing.ledger import setting
from minqing.period import Query
from minqing.report import Column, Report, Row, Section
from minqing.reports import Basis, make
from minqing.words import MONEY


class Purse(NamedTuple):
    """What is kept count of together: one good of one fund in one unit. Money is one good, `what` is empty."""

    fund: str
    what: str
    unit: str


class Move(NamedTuple):
    """What came into a purse (`amount` above nothing) or went out of it; `n` is its place in the entry."""

    date: str
    booked: str  # the day it counts on
    entry: str
    key: int
    n: int
    purse: Purse
    amount: Decimal
    what: str
    occasion: str
    came_in: bool  # what is taken back stays on its side, with its sign turned round (红字)


def report(ledger: sqlite3.Connection, query: Query, today: Date) -> Report:
    """资金台账: 上期结余 + 收入 - 支出 = 本期结余. Of what never came in there is no balance to strike."""
    basis = Basis(ledger, query, today)
    end = tally.end_of(query, today)
    up_to = matching(query.filters, today, standing="") & Condition("e.booked <= ?", (end,))
    every = moves(ledger, up_to, end)
    first = query.period.first.isoformat() if query.period.first else ""
    inside = [move for move in every if move.booked >= first]
    rows = balances(every, first)
    sections = [_balances(rows), *_budget(basis, end), _moves(inside)]
    return make(
        basis, "funds", _("Fund ledger"), sections, figures=_figures(rows), entries=len({m.entry for m in inside})
    )  # fmt: skip


def purse(fund: str, what: str | None, unit: str, amount: str, cash: bool) -> tuple[Purse, Decimal]:
    """Where an amount belongs, and how much of it: 角 and 分 are yuan, whatever they were for."""
    if unit in MONEY or (cash and not unit):
        return Purse(fund, "", "元"), yuan(Decimal(amount), unit)
    return Purse(fund, what or "", unit), Decimal(amount)


_MOVES = """
select e.date, e.booked, e.until, e.id, 1 as side, f.source as fund, f.what, f.unit, f.amount, 0 as cash, f.key, f.n,
       '' as time, f.note as occasion, '' as form
from fund f join entry e using (key) where {of}
union all
select e.date, e.booked, e.until, e.id, -1, coalesce(a.fund, ''), a.what,
       coalesce(case when a.total is null then a.unit else a.total_unit end, a.unit, ''),
       coalesce(a.total, a.count), a.form = 'cash' as cash, a.key, a.n, coalesce(e.time, '99:99'), a.occasion, a.form
from aid a join entry e using (key)
where {of} and (a.total is not null or a.count is not null and a.form = 'goods')
order by 1, side desc, time, id, n
"""


def moves(ledger: sqlite3.Connection, of: Condition, end: str = "") -> list[Move]:
    """What came in and went out by the entries asked for, day by day, first what came in.

    What was voided up to the day `end`, after it was handed in, is taken back on the day of the void. Aid without any
    number cannot be booked and is left out; aid of no fund goes out of the fund "".
    """
    found = []
    for row in ledger.execute(_MOVES.format(of=of.sql), (*of.values, *of.values)):
        place, amount = purse(row["fund"], row["what"], row["unit"] or "", row["amount"], bool(row["cash"]))
        if place.what and row["form"] in ("service", "policy"):
            continue  # nothing lay in a fund that could be handed out
        move = Move(
            row["date"], row["booked"], row["id"], row["key"], row["n"], place, row["side"] * amount,
            row["what"] or "", row["occasion"] or "", row["side"] > 0,
        )  # fmt: skip
        found.append(move)
        if row["until"] <= end:
            found.append(move._replace(booked=row["until"], amount=-move.amount))
    return found


def balances(every: Iterable[Move], first: str) -> list[dict[str, Any]]:
    """One row a purse: fund, what, unit, before, income, spent, after as Decimal.

    `kept` is False, and before and after None, where nothing ever came in: there is nothing to count from.
    """
    found: dict[Purse, dict[str, Any]] = {}
    kept = set()
    for move in every:
        row = found.setdefault(
            move.purse, move.purse._asdict() | dict.fromkeys(("before", "income", "spent"), Decimal())
        )
        if move.came_in:
            kept.add(move.purse)
        part = "before" if move.booked < first else "income" if move.came_in else "spent"
        row[part] += move.amount if part != "spent" else -move.amount
    for at, row in found.items():
        row["kept"] = at in kept
        row["after"] = row["before"] + row["income"] - row["spent"] if at in kept else None
        row["before"] = row["before"] if at in kept else None
    return [found[at] for at in sorted(found)]


def _balances(rows: list[dict[str, Any]]) -> Section:
    columns = (
        Column("fund", _("Fund")),
        Column("what", _("Money or good")),
        Column("unit", _("Unit")),
        Column("before", _("Left from before"), "right"),
        Column("income", _("Came in"), "right"),
        Column("spent", _("Went out"), "right"),
        Column("after", _("Left"), "right"),
        Column("note", _("Note"), fold=True),
    )
    table = tuple(
        {column.key: _shown(row, column.key) for column in columns}
        for row in rows
        if row["income"] or row["spent"] or row["before"]
    )
    text = (_("Left from before + came in - went out = left, for each fund and each good."),)
    return Section("balances", _("Balance of funds"), columns, table, text=text)


def _shown(row: dict[str, Any], key: str) -> Any:
    if key == "fund":
        return row["fund"] or _("no fund named")
    if key == "what":
        return row["what"] or _("money")
    if key != "note":
        return row[key]
    if not row["kept"]:
        return _("no income is recorded, so there is no balance") if row["fund"] else None
    return _("overdrawn") if row["after"] < 0 else None


def _figures(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Yuan over all funds; what no income is recorded for is told apart."""
    money = [row for row in rows if row["unit"] == "元" and not row["what"]]
    kept = [row for row in money if row["kept"]]
    figures: dict[str, Any] = {
        f"money_{key}": decimal_text(sum((row[key] for row in kept), Decimal()))
        for key in ("before", "income", "spent", "after")
    }
    other = sum((row["spent"] for row in money if not row["kept"]), Decimal())
    overdrawn = sum(row["kept"] and row["after"] < 0 for row in rows)
    return figures | {"money_spent_without_income": decimal_text(other), "overdrawn": overdrawn}


def _budget(basis: Basis, end: str) -> list[Section]:
    """预算执行: what was planned for the year the period ends in, and what of it is used by then."""
    planned = setting(basis.ledger, "budget") or {}
    if not planned:
        return []
    period = basis.query.period
    year = period._replace(first=Date(int(end[:4]), 1, 1), last=Date.fromisoformat(end))
    of = tally.entries(basis.ledger, basis.query._replace(period=year), basis.today)
    used: dict[str, Decimal] = {}
    for move in moves(basis.ledger, of):
        if not move.came_in and move.purse.unit == "元" and not move.purse.what:
            used[move.purse.fund] = used.get(move.purse.fund, Decimal()) - move.amount
    columns = (
        Column("fund", _("Fund")),
        Column("planned", _("Planned"), "right"),
        Column("used", _("Used"), "right"),
        Column("left", _("Remaining"), "right"),
        Column("rate", _("Used (%)"), "right"),
    )
    rows = tuple(_used(fund, Decimal(amount), used.get(fund, Decimal())) for fund, amount in planned.items())
    text = (_("In yuan, from {first} to {last}.").format(first=f"{end[:4]}-01-01", last=end),)
    title = _("Budget of {year}").format(year=end[:4])
    return [Section("budget", title, columns, rows, text=text)]


def _used(fund: str, planned: Decimal, used: Decimal) -> Row:
    rate = round(100 * used / planned, 1) if planned else None
    return {"fund": fund, "planned": planned, "used": used, "left": planned - used, "rate": rate}


def _moves(inside: list[Move]) -> Section:
    columns = (
        Column("date", _("Date")),
        Column("ref", _("Ref")),
        Column("fund", _("Fund")),
        Column("what", _("What"), fold=True),
        Column("income", _("Came in"), "right"),
        Column("spent", _("Went out"), "right"),
        Column("unit", _("Unit")),
        Column("occasion", _("Occasion"), fold=True),
    )
    rows = tuple(
        {
            "date": move.date,
            "ref": move.entry,
            "fund": move.purse.fund or _("no fund named"),
            "what": move.what or _("money"),
            "income": move.amount if move.came_in else None,
            "spent": None if move.came_in else -move.amount,
            "unit": move.purse.unit,
            "occasion": move.occasion or None,
        }
        for move in inside
    )
    return Section("moves", _("Every income and outlay"), columns, rows)
