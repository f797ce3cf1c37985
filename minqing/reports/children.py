"""Children: who looks after each, where they go to school, what burdens them, when they were last seen."""

import sqlite3
from collections import Counter
from datetime import date as Date
from typing import Any

from minqing.households import Facts, facts_of, households
from minqing.language import _
from minqing.period import Query
from minqing.report import Column, Report, Section
from minqing.reports import Basis, make, picked, source_rows
from minqing.roster import age, read_born
from minqing.tally import end_of
from minqing.values import Unreadable
from minqing.words import value_of

OF_AGE = 18
_SAYS_CHILD = ("儿童", "孤儿", "未成年", "child", "minor")  # in a tag: 留守儿童, but not 留守老人
Known = dict[str, list[Facts]]


def report(ledger: sqlite3.Connection, query: Query, today: Date) -> Report:
    """未成年人台账: as known at the period's end."""
    end = Date.fromisoformat(end_of(query, today))
    facts = facts_of(ledger, None, end.isoformat())
    listed = {
        (row["household"], row["name"]): row for row in source_rows(ledger, "select * from roster order by n")
    }
    rows = []
    for home in households(ledger, query, today):
        for name in home["people"]:
            known, line = facts.get(name, {}), listed.get((home["who"], name), {})
            if is_child(known, line.get("born"), end):
                rows.append(_row(name, home, known, line, end))
    columns = (
        Column("name", _("Full name")),
        Column("sex", _("Sex")),
        Column("age", _("Age"), "right"),
        Column("area", _("Area"), fold=True),
        Column("household", _("Head of household")),
        Column("class", _("Class"), words="class"),
        Column("guardian", _("Guardian")),
        Column("school", _("School"), fold=True),
        Column("tags", _("Tags"), words="person_tag"),
        Column("last", _("Last visit")),
        Column("ref", _("Source")),
    )
    tags = Counter(tag for row in rows for tag in row["tags"])
    figures = {
        "children": len(rows),
        "left_behind": tags["left_behind"],
        "hardship": tags["hardship"],
        "without_guardian": sum(not row["guardian"] for row in rows),
        "without_school": sum(not row["school"] for row in rows),
    }
    said = _(
        "Children: {children}; left behind: {left_behind}; in hardship: {hardship}; "
        "no guardian noted: {without_guardian}; no school noted: {without_school}."
    ).format(**figures)
    return make(
        Basis(ledger, query, today),
        "children",
        _("Children ledger"),
        [Section("children", _("Children ledger"), columns, picked(columns, rows), text=(said,))],
        figures=figures,
        entries=len({row["ref"] for row in rows if row["ref"]}),
    )


def is_child(known: Known, listed_born: str | None, day: Date) -> bool:
    """Whether a person is under age on a day: by birth date, else by what the facts say outright."""
    born = _born(known) or listed_born
    if born is not None:
        return age(born, day) < OF_AGE
    if "minor" in known:
        return value_of("truth", known["minor"][0].values[0]) == "true"
    tags = known["tags"][0].values if "tags" in known else ()
    if any(word in tag for tag in tags for word in _SAYS_CHILD):
        return True
    return "left_behind" in tags and "school" in known  # old people are left behind too


def _born(known: Known) -> str | None:
    """The newest birth date that can be read, as much of an ISO day as is known."""
    for told in known.get("born", []):
        try:
            return read_born(told.values[0])
        except Unreadable:
            continue  # a fact may be told in words: about 2005
    return None


def _row(name: str, home: dict[str, Any], known: Known, listed: dict[str, Any], day: Date) -> dict[str, Any]:
    born = _born(known) or listed.get("born")
    told = [of[0] for of in known.values()]
    newest = max(told, key=lambda fact: (fact.date, fact.ref), default=None)

    def last_said(fact: str) -> str | None:
        return known[fact][0].values[0] if fact in known else None

    return {
        "name": name,
        "sex": last_said("sex") or listed.get("sex"),
        "age": age(born, day) if born else None,
        "area": home["area"],
        "household": home["who"] if home["who"] != name else None,
        "class": home["class"],
        "guardian": last_said("guardian"),
        "school": last_said("school"),
        "tags": list(known["tags"][0].values) if "tags" in known else [],
        "last": home["last"],
        "ref": newest.ref if newest else None,
    }
