"""Contact cards to print and cut, ten to an A4 page, and who has one and who has none."""

import sqlite3
from datetime import date as Date
from typing import Any

from minqing.households import counting, facts_of, households
from minqing.language import _
from minqing.ledger import parts, setting
from minqing.period import Query
from minqing.report import Column, Report, Section
from minqing.reports import Basis, make, picked
from minqing.tally import end_of
from minqing.words import value_of

SHEET = 10  # cards to an A4 page
NAMED = "连心卡"
# Told of a card: aid that hands it out, or an item about it once it is done.
_TOLD = f"""
select e.date, e.id, e.who, a."to" as named from aid a join entry e using (key)
where e.counted and e.date <= ?1 and a.what like '%{NAMED}%'
union all
select s.date, e.id, null, json_array(i.who) from item i join entry e using (key) join step s on s.ref = i.ref
where e.counted and i.who is not null and i.text like '%{NAMED}%' and i.type in ('task', 'measure', 'promise')
  and s.state in ('done', 'closed') and s.date <= ?1 and s.until > ?1
order by 1
"""


def report(ledger: sqlite3.Connection, query: Query, today: Date) -> Report:
    """民情连心卡. The settings' `card` says what stands on it; a blank is left to fill in by hand."""
    homes, _strangers = counting(households(ledger, query, today))
    given = _given(ledger, end_of(query, today))
    for home in homes:
        days = [given[name] for name in home["people"] if name in given]
        home["date"], home["ref"] = max(days, default=(None, None))
    have = [home for home in homes if home["date"]]
    lack = [home for home in homes if not home["date"]]
    figures = {"households": len(homes), "with_card": len(have), "without_card": len(lack)}
    return make(
        Basis(ledger, query, today),
        "cards",
        _("Contact cards"),
        [_sheet(ledger), _list("have", _("Have a card"), have), _list("lack", _("Have no card"), lack)],
        figures=figures,
        entries=len({home["ref"] for home in have}),
    )


def _sheet(ledger: sqlite3.Connection) -> Section:
    card: dict[str, str] = setting(ledger, "card") or {}
    card = {"name": setting(ledger, "author") or ""} | card
    columns = (
        Column("name", _("Full name")),
        Column("post", _("Post")),
        Column("office", _("Office")),
        Column("phone", _("Mobile phone")),
        Column("promise", _("Promise of service"), fold=True),
    )
    row = {column.key: card.get(column.key) for column in columns}
    return Section("sheet", _("Contact cards"), columns, (row,) * SHEET, look="cards")


def _given(ledger: sqlite3.Connection, end: str) -> dict[str, tuple[str, str]]:
    """Who has a card: name -> day and entry that says so. A newer fact `card` that says no takes it back."""
    found: dict[str, tuple[str, str]] = {}
    for row in ledger.execute(_TOLD, (end,)):
        for name in parts(row["named"]) or [_bare(person) for person in parts(row["who"])]:
            found[name] = row["date"], row["id"]
    for name, known in facts_of(ledger, None, end, "card").items():
        newest = known["card"][0]
        if value_of("truth", newest.values[0]) != "false":
            found[name] = newest.date, newest.ref
        elif name in found and found[name][0] <= newest.date:
            del found[name]
    return found


def _bare(person: str) -> str:
    """A name without its role: 王浩（村书记）."""
    return person.partition("（")[0]


def _list(name: str, title: str, homes: list[dict[str, Any]]) -> Section:
    columns = [
        Column("who", _("Head of household")),
        Column("area", _("Area"), fold=True),
        Column("class", _("Class"), words="class"),
    ]
    if name == "have":
        columns += [Column("date", _("As of")), Column("ref", _("Source"))]
    return Section(name, title, tuple(columns), picked(columns, homes))
