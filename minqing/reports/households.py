"""One line a household with its light: green within its rhythm, yellow falling due, red overdue, grey never visited."""

import sqlite3
from collections import Counter
from datetime import date as Date

from minqing.households import LIGHTS, households
from minqing.language import _
from minqing.period import Query
from minqing.report import Column, Report, Section
from minqing.reports import Basis, make, picked
from minqing.tally import end_of
from minqing.words import PENDING

_ORDER = ("red", "grey", "yellow", "green", None)  # whom to see to first
_OPEN = f"""
select i.who, count(*) from step s join item i on i.ref = s.ref join entry e on e.key = i.key
where s.date <= ? and s.until > ? and s.state in ({", ".join(f"'{state}'" for state in PENDING)})
  and i.who is not null and e.counted
group by i.who
"""


def report(ledger: sqlite3.Connection, query: Query, today: Date) -> Report:
    """户情一览."""
    homes = households(ledger, query, today)
    end = end_of(query, today)
    waiting = dict(ledger.execute(_OPEN, (end, end)).fetchall())
    for home in homes:
        home["open"] = sum(waiting.get(name, 0) for name in home["people"])
    homes.sort(key=lambda home: (_ORDER.index(home["light"]), -(home["since"] or 0)))
    columns = (
        Column("light", _("Light"), words="light"),
        Column("who", _("Head of household")),
        Column("area", _("Area"), fold=True),
        Column("class", _("Class"), words="class"),
        Column("members", _("People"), "right"),
        Column("last", _("Last visit")),
        Column("since", _("Days since"), "right"),
        Column("next", _("Next visit by")),
        Column("open", _("Open items"), "right"),
    )
    lights = Counter(home["light"] for home in homes)
    figures = {"households": len(homes), **{light: lights[light] for light in LIGHTS.values()}}
    line = _("Households: {households}. Green: {green}, yellow: {yellow}, red: {red}, grey: {grey}.").format(
        **figures
    )
    return make(
        Basis(ledger, query, today),
        "households",
        _("Households at a glance"),
        [Section("households", _("Households at a glance"), columns, picked(columns, homes), text=(line,))],
        figures=figures,
        entries=len({ref for home in homes for ref in home["refs"]}),
        unit=_("households"),
    )
