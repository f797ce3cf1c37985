"""The sheet on which those who got aid sign for it: one line a person and good, with blanks to fill in by hand."""

import sqlite3
from collections.abc import Iterator
from datetime import date as Date
from decimal import Decimal
from typing import Any

from minqing import tally
from minqing.errors import UsageError
from minqing.exact import yuan
from minqing.language import _, colon, joined
from minqing.ledger import parts
from minqing.period import Query
from minqing.report import Column, Report, Row, Section
from minqing.reports import Basis, make, source_rows, subject
from minqing.reports._papers import to_sign
from minqing.words import MONEY

SUBJECT = "entry"
MOST = 2000  # lines laid out for one good; more would be no sheet to sign


def report(ledger: sqlite3.Connection, query: Query, today: Date) -> Report:
    """签收表 of one entry: who is named stands in it, the others are blank lines, as many as got something."""
    basis = Basis(ledger, query, today)
    ref = subject(query, SUBJECT)
    of = tally.entries(*basis)
    given = source_rows(
        ledger,
        "select e.title, e.date, e.area, e.place, e.author, a.what, a.form, a.each, a.count as n, a.total, a.unit, "
        'a.total_unit, a.fund, a.approver, a.occasion, a."to" from aid a join entry e using (key) '
        f"where {of.sql} order by a.n",
        of.values,
    )
    if not given:
        if not tally.one(ledger, "select count(*) from aid join entry using (key) where id = ?", ref):
            raise UsageError("entry {ref} tells of no aid, so there is nothing to sign for", ref=ref)
        missing = _("Entry {ref} does not count in this period.").format(ref=ref)
        sheet = Section("receipt", _("Receipt sheet"), text=(missing,))
        return make(basis, "receipt", _("Receipt sheet"), [sheet])
    rows: list[Row] = []
    for aid in given:
        rows += _lines(aid)
    sheet = Section("receipt", _("Receipt sheet"), _columns(), tuple(rows), text=tuple(_head(given)))
    people = {name for aid in given for name in parts(aid["to"])}
    return make(
        basis,
        "receipt",
        _("Receipt sheet"),
        [sheet],
        figures={"lines": sum(row["no"] is not None for row in rows), "people": len(people)},
        entries=1,
        paper="letter",
        foot=to_sign(_("Handled by"), _("Overseen by"), _("Date")),
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column("no", _("No."), "right"),
        Column("name", _("Full name")),
        Column("what", _("Money or good"), fold=True),
        Column("n", _("Quantity"), "right"),
        Column("amount", _("Amount (yuan)"), "right"),
        Column("id_number", _("ID number")),
        Column("signature", _("Signature")),
        Column("date", _("Date")),
    )


def _head(given: list[dict[str, Any]]) -> Iterator[str]:
    """What is handed out, where from and by whose word; the same words once."""
    first = given[0]
    yield "　".join(text for text in (first["date"], first["title"], first["place"] or first["area"]) if text)
    said = (
        (_("Occasion"), "occasion"),
        (_("Fund"), "fund"),
        (_("Approved by"), "approver"),
    )
    told = []
    for title, key in said:
        values = list(dict.fromkeys(aid[key] for aid in given if aid[key]))
        if values:
            told.append(f"{title}{colon()}{joined(values)}")
    if told:
        yield "　".join(told)
    for aid in given:
        if _heads(aid) > MOST:
            yield _("{what}: {n} lines are wanted, the first {most} are laid out").format(
                what=aid["what"], n=_heads(aid), most=MOST
            )


def _heads(aid: dict[str, Any]) -> int:
    return max(aid["n"] or 0, len(parts(aid["to"])))


def _lines(aid: dict[str, Any]) -> Iterator[Row]:
    """A line for everyone who got of this good, and one for the sum."""
    unit = (aid["total_unit"] if aid["each"] is None else aid["unit"]) or ""
    money = unit in MONEY or (aid["form"] == "cash" and not unit)
    what = aid["what"] if money or not unit else f"{aid['what']}（{unit}）"
    key = "amount" if money else "n"
    share = _share(aid)
    names = parts(aid["to"])
    # id number, signature and date are for the pen: no row has their keys
    blank = {"name": None, "n": None, "amount": None}
    for at in range(min(_heads(aid), MOST)):
        name = names[at] if at < len(names) else None
        yield {"no": at + 1, "what": what, **blank, "name": name, key: share and yuan(share, unit)}
    total = Decimal(aid["total"]) if aid["total"] is not None else None
    yield {"no": None, "what": what, **blank, "name": _("Total"), key: total and yuan(total, unit)}


def _share(aid: dict[str, Any]) -> Decimal | None:
    """What each one got; the whole where there is only one. Left to be written where nobody says."""
    if aid["each"] is not None:
        return Decimal(aid["each"])
    return Decimal(aid["total"]) if aid["total"] is not None and _heads(aid) == 1 else None
