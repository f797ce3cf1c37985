"""What both journals book: every good that came into a fund or went out of it, one move a line of an entry.

What is money and what a good the fund ledger decides (reports/funds.py), so that both strike one balance.
Names of persons stand in a move only when asked for.
"""

import json
from base64 import b32decode, b32encode
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple
from unicodedata import category

from minqing.errors import Flaw
from minqing.exact import decimal_text
from minqing.exports import Want
from minqing.exports._names import Spell, distinct, speller
from minqing.language import _
from minqing.ledger import parts, setting
from minqing.report import Row
from minqing.reports.funds import purse
from minqing.tally import entries, rows_as_dicts


class Good(NamedTuple):
    """Something that is counted: a good with its unit; of money only the currency's name."""

    what: str
    unit: str


YUAN = Good("", "元")
OPENING = "opening"  # the form of what was left from before the period, which no entry of it says


class Move(NamedTuple):
    """A good that came into a fund (`form` is None) or was given out of it; `fund` is None where none was said.

    `amount` is None where the entry says no number: nothing can be booked. `more` is what else is told, by key.
    """

    entry: str
    date: str
    path: str
    text: str
    good: Good
    amount: Decimal | None
    fund: str | None
    form: str | None
    more: tuple[tuple[str, str], ...]


class Book(NamedTuple):
    """Every move of the entries asked for, in order of days, and what is planned for each fund, in yuan."""

    moves: tuple[Move, ...]
    budgets: tuple[tuple[str, Decimal], ...]
    flaws: tuple[Flaw, ...]


def book(want: Want) -> Book:
    """The moves, with a hint for every total that is not each × n; before them what was left from earlier."""
    spell = distinct(speller(want))
    moves, given = _moves(want, spell)
    budget = setting(want.ledger, "budget") or {}
    return Book(
        (*_opening(want, spell), *moves),
        tuple((spell(fund), Decimal(amount)) for fund, amount in budget.items()),
        tuple(flaw for row in given if (flaw := _odd_total(row))),
    )


def _opening(want: Want, spell: Spell) -> list[Move]:
    """上期结余: what lay in each fund when the period began, a move into it from before."""
    first = want.query.period.first
    if first is None:
        return []
    before = want.query.period._replace(first=None, last=first - timedelta(days=1))
    moves, _given = _moves(want._replace(query=want.query._replace(period=before)), spell)
    left: dict[tuple[str, Good], Decimal] = {}
    for move in moves:
        if move.amount is not None and move.fund and _is_kept(move):
            sign = 1 if move.form is None else -1
            left[move.fund, move.good] = left.get((move.fund, move.good), Decimal()) + sign * move.amount
    return [
        Move("", first.isoformat(), "", _("opening balance"), good, amount, fund, OPENING, ())
        for (fund, good), amount in sorted(left.items())
        if amount
    ]


def _moves(want: Want, spell: Spell) -> tuple[list[Move], list[Row]]:
    """The moves of the entries asked for, day by day, and the rows of what was given."""
    of = entries(want.ledger, want.query, want.today)
    head = f"from entry e join file using (key) join {{}} m using (key) where {of.sql}"
    ask = "select e.id as entry, e.date, coalesce(e.time, '') as time, file.path, m.* "
    given, came = (
        rows_as_dicts(want.ledger.execute(ask + head.format(table), of.values).fetchall())
        for table in ("aid", "fund")
    )
    # what came in stands before what was given of it on that day
    found = [
        ((row["date"], row["time"], row["entry"], 0, row["n"]), _came(row, spell, want.names)) for row in came
    ]
    found += [
        ((row["date"], row["time"], row["entry"], 1, row["n"]), _gave(row, spell, want.names))
        for row in given
    ]
    return [move for _at, move in sorted(found, key=lambda pair: pair[0])], given


def _came(row: Row, spell: Spell, names: bool) -> Move:
    place, amount = purse("", spell(row["what"] or ""), row["unit"] or "", row["amount"], False)
    more = {"note": row["note"]} if names else {}
    text = spell(row["what"] or row["source"])
    return _move(row, text, Good(*place[1:]), amount, (spell(row["source"]), None), more)


def _gave(row: Row, spell: Spell, names: bool) -> Move:
    what, total = spell(row["what"]), row["total"]
    unit = row["unit"] if row["total_unit"] is None else row["total_unit"]
    if total is None and row["form"] == "goods":  # seven schoolbags need no other number
        total = row["count"]
    place, amount = purse("", what, unit or "", total or "0", row["form"] == "cash")
    more = {
        "each": row["each"] and row["each"] + (row["unit"] or ""),
        "count": row["count"],
        "occasion": row["occasion"] and spell(row["occasion"]),
        "differs": "each × count" if _odd_total(row) else None,
    }
    if names:
        more |= {"to": "、".join(parts(row["to"])), "receipt": "、".join(parts(row["receipt"]))}
        more |= {"approver": row["approver"]}
    side = row["fund"] and spell(row["fund"]), row["form"]
    return _move(row, what, Good(*place[1:]), None if total is None else amount, side, more)


def _move(
    row: Row,
    text: str,
    good: Good,
    amount: Decimal | None,
    place: tuple[str | None, str | None],
    more: dict[str, str | None],
) -> Move:
    told = tuple((key, str(value)) for key, value in more.items() if value not in (None, ""))
    return Move(row["entry"], row["date"], row["path"], text, good, amount, place[0] or None, place[1], told)


def _odd_total(row: Row) -> Flaw | None:
    """The hint that each × n is not the total. Its place is the file; `check` knows the line."""
    if row["each"] is None or row["count"] is None or row["total"] is None:
        return None
    product, unit = Decimal(row["each"]) * int(row["count"]), row["unit"] or ""
    other = row["total_unit"] or unit
    if product == Decimal(row["total"]) and other == unit:
        return None
    words = {
        "each": row["each"] + unit,
        "n": str(row["count"]),
        "total": row["total"] + other,
        "product": decimal_text(product) + unit,
    }
    cause, remedy = "{each} × {n} = {product}, not {total}", "count again, and correct the one that is wrong"
    return Flaw("total", cause, remedy, words, row["path"], severity="hint")


# ---------------------------------------------------------------- names for other programs


def code(good: Good) -> str:
    """A good as a beancount commodity: at most 24 of A-Z and 0-9. `good_of` reads the short ones back.

    Long names get a digest instead; the name itself stands beside the commodity either way.
    """
    if good == YUAN:
        return "CNY"
    raw = "\t".join(good).encode("gb18030")  # two bytes a Chinese letter, where UTF-8 needs three
    plain = b32encode(raw).decode("ascii").rstrip("=")
    if len(plain) <= 23 and "\t" not in good.what + good.unit:
        return f"G{plain}"
    return "H" + b32encode(sha256(json.dumps(good).encode("ascii")).digest()).decode("ascii")[:20]


def good_of(coded: str) -> Good | None:
    """The good that a code spells; None for a digest."""
    if coded == "CNY":
        return YUAN
    if coded[:1] != "G":
        return None
    raw = b32decode(coded[1:] + "=" * (-len(coded[1:]) % 8))
    what, _tab, unit = raw.decode("gb18030").partition("\t")
    return Good(what, unit)


_UNNAMED = "Unnamed"


def components(funds: Iterable[str | None]) -> dict[str | None, str]:
    """Each fund as a part of an account's name: letters, digits and hyphens, beginning with a capital.

    A fund whose name had to be changed for that bears a few signs of its digest, so that no two are one.
    """
    return {fund: _UNNAMED if fund is None else _component(fund) for fund in funds}


def _component(fund: str) -> str:
    kept = "".join(sign if sign == "-" or category(sign) in _LETTERS else "-" for sign in fund)
    legal = kept if category(kept[:1] or "-") in ("Lu", "Lo", "Nd") else f"F{kept}"
    # beside what is changed, what might be taken for another: a name of ours, a digest, a very long name
    if legal == fund != _UNNAMED and legal[-7:-6] != "-" and len(legal) <= 60:
        return legal
    digest = b32encode(sha256(fund.encode("utf-8")).digest()).decode("ascii")[:6]
    return f"{legal[:60]}-{digest}"


_LETTERS = ("Lu", "Ll", "Lo", "Nd")


class Account(NamedTuple):
    """An account by its whole name, and the fund it belongs to as the entries call it."""

    name: str
    fund: str


def accounts(of: Book) -> list[Account]:
    """Every account that a book uses, sorted by name."""
    part = components([*(move.fund for move in of.moves), *(fund for fund, _amount in of.budgets)])
    found = {
        Account(name, "" if name.startswith("Equity:") else move.fund or "")
        for move in of.moves
        if move.amount is not None
        for name in sides(move, part)
    }
    found |= {Account(spending(fund, part), fund) for fund, _amount in of.budgets}
    return sorted(found)


def sides(move: Move, part: dict[str | None, str]) -> tuple[str, str]:
    """The account that a move goes to, and the one that it comes from."""
    fund = part[move.fund]
    held = f"Assets:Fund:{fund}" if move.fund and _is_kept(move) else f"Equity:{_UNNAMED}"
    if move.form is None:
        return held, f"Income:Fund:{fund}"
    if move.form == OPENING:
        return held, "Equity:Opening"
    return f"{spending(move.fund, part)}:{move.form.capitalize()}", held


def _is_kept(move: Move) -> bool:
    """Whether it lies in a fund: no service does, to be handed out; only what it cost."""
    return move.good == YUAN or move.form not in ("service", "policy")


def spending(fund: str | None, part: dict[str | None, str]) -> str:
    """The account of all aid that a fund gave."""
    return f"Expenses:Aid:{part[fund]}"


def goods(of: Book) -> dict[Good, int]:
    """Every good that is booked, yuan first, with the most decimals any number of it has."""
    found: dict[Good, int] = {YUAN: 2}
    for move in of.moves:
        if move.amount is not None:
            after = decimal_text(move.amount).partition(".")[2]
            found[move.good] = max(found.get(move.good, 0), len(after))
    return found


def first_day(of: Book) -> str:
    """The day on which every account is open: that of the first move."""
    return min((move.date for move in of.moves), default="1970-01-01")
