"""Everything about one household: facts with their source, people, causes, measures, visits, items and aid."""

import sqlite3
from datetime import date as Date
from typing import Any

from minqing.errors import UsageError
from minqing.find import matching, within
from minqing.households import Facts, facts_of, households
from minqing.language import _, colon, joined, language
from minqing.ledger import parts
from minqing.period import Filter, Query
from minqing.report import Column, Report, Section
from minqing.reports import Basis, make, picked, source_rows, subject
from minqing.tally import end_of, items_alive
from minqing.words import FACT_WORDS, KEYS, label

SUBJECT = "who"
_OF_PEOPLE = ("relation", "sex", "born", "school", "health", "ability", "work", "guardian", "minor")


def report(ledger: sqlite3.Connection, query: Query, today: Date) -> Report:
    """一户一档: as it stands at the period's end, with what happened in the period."""
    home = _home(ledger, subject(query, SUBJECT), query, today)
    more = [filter_ for filter_ in query.filters if filter_.field != SUBJECT]
    basis = Basis(ledger, query, today)
    facts = facts_of(ledger, home["people"], end_of(query, today))
    items = _items(basis, home["people"], more)
    visits, aid = _visits(basis, home["people"], more), _aid(basis, home["people"], more)
    measures = [item for item in items if item["type"] == "measure"]
    raised = [item for item in items if item["type"] != "measure"]
    sections = [
        _facts(home, facts),
        _people(ledger, home, facts),
        _causes(home, facts),
        _item_table("measures", _("Measures"), measures),
        _item_table("items", _("Items raised"), raised),
        _visit_table(visits),
        _aid_table(aid),
    ]
    told = {fact.ref for said in facts.values() for of in said.values() for fact in of}
    refs = told | {row["entry"] for row in items} | {row["ref"] for row in (*visits, *aid)}
    return make(
        basis,
        "household",
        _("Household file: {who}").format(who=home["who"]),
        sections,
        figures={"visits": len(visits), "items": len(items), "aid": len(aid)},
        entries=len(refs),
    )


def _home(ledger: sqlite3.Connection, name: str, query: Query, today: Date) -> dict[str, Any]:
    """The household of a name: its own, or that of one of its people. Raises UsageError."""
    homes = households(ledger, Query(query.period, (Filter("who", name),)), today)
    own = [home for home in homes if home["who"] == name] or homes
    if len(own) > 1:
        lines = "\n".join(f"  {home['who']}  {home['area'] or ''}" for home in own)
        raise UsageError("several households have someone called {name}:\n{lines}", name=name, lines=lines)
    return own[0] if own else _named(ledger, name, today)


def _named(ledger: sqlite3.Connection, name: str, today: Date) -> dict[str, Any]:
    """Someone whom no visit and no fact is about, such as who was only given aid. Raises UsageError."""
    of = matching((Filter("who", name),), today)
    given = 'exists (select 1 from aid a, json_each(a."to") given where a.key = e.key and given.value = ?)'
    found = ledger.execute(
        f"select e.area from entry e where {of.sql} or (e.counted and {given}) order by e.date desc limit 1",
        (*of.values, name),
    ).fetchone()
    if found is None:
        raise UsageError(
            "no entry and no roster line is about {name} — see: minqing report households", name=name
        )
    unknown = dict.fromkeys(("class", "members", "last", "next", "light"))
    return {"who": name, "people": [name], "area": found["area"], **unknown}


# ---------------------------------------------------------------- who they are


def _said(fact: str, values: tuple[str, ...]) -> str:
    """Values of a fact in the reader's language, joined as a sentence would."""
    words = FACT_WORDS.get(fact)
    return joined(label(words, value, language()) if words else value for value in values)


def _facts(home: dict[str, Any], facts: dict[str, dict[str, list[Facts]]]) -> Section:
    """Each fact as last told, with the day and entry that told it and what was told before."""
    order = list(KEYS["facts"])
    rows = []
    for name in home["people"]:
        known = facts.get(name, {})
        for fact in sorted(known, key=lambda fact: order.index(fact) if fact in order else len(order)):
            newest, *older = known[fact]
            value = _said(fact, newest.values)
            before = [f"{said} ({old.date})" for old in older if (said := _said(fact, old.values)) != value]
            rows.append(
                {"who": name, "fact": fact, "value": value, "date": newest.date, "ref": newest.ref, "before": before}
            )  # fmt: skip
    columns = (
        Column("who", _("Full name")),
        Column("fact", _("Fact"), words="fact"),
        Column("value", _("What is known"), fold=True),
        Column("date", _("As of")),
        Column("ref", _("Source")),
        Column("before", _("Said before"), fold=True),
    )
    return Section("facts", _("Facts"), columns, picked(columns, rows), text=_head(home))


def _head(home: dict[str, Any]) -> tuple[str, ...]:
    said = [
        (_("Area"), home["area"]),
        (_("Class"), home["class"] and label("class", home["class"], language())),
        (_("People"), home["members"]),
        (_("Last visit"), home["last"]),
        (_("Next visit by"), home["next"]),
        (_("Light"), home["light"] and label("light", home["light"], language())),
    ]
    return (" · ".join(f"{title}{colon()}{value}" for title, value in said if value),)


def _people(
    ledger: sqlite3.Connection, home: dict[str, Any], facts: dict[str, dict[str, list[Facts]]]
) -> Section:
    """The people of the household: what entries say last of each, else what the roster says."""
    listed = {
        row["name"]: row
        for row in source_rows(ledger, "select * from roster where household = ? order by n", (home["who"],))
    }
    rows = []
    for name in home["people"]:
        known, row = facts.get(name, {}), listed.get(name, {})
        if name not in listed and not set(known) & {*_OF_PEOPLE, "tags"}:
            continue  # the name that a household goes by need not be a person's
        row = {
            fact: _said(fact, known[fact][0].values) if fact in known else row.get(fact)
            for fact in _OF_PEOPLE
        }
        tags = _said("tags", known["tags"][0].values) if "tags" in known else None
        rows.append({"name": name, **row, "tags": tags, "note": listed.get(name, {}).get("note")})
    columns = [Column("name", _("Full name"))]
    for fact in (*_OF_PEOPLE, "tags"):
        columns.append(Column(fact, _title(fact), fold=fact in ("health", "tags")))
    columns.append(Column("note", _("Note"), fold=True))
    used = [column for column in columns if column.key == "name" or any(row[column.key] for row in rows)]
    return Section("people", _("Members of the household"), tuple(used), picked(used, rows))


def _title(fact: str) -> str:
    shown = label("fact", fact, language())
    return shown[:1].upper() + shown[1:]


def _causes(home: dict[str, Any], facts: dict[str, dict[str, list[Facts]]]) -> Section:
    rows = [
        {"cause": cause, "date": newest.date, "ref": newest.ref}
        for name in home["people"]
        for newest in facts.get(name, {}).get("causes", [])[:1]
        for cause in newest.values
    ]
    columns = (
        Column("cause", _("Cause"), words="causes"),
        Column("date", _("As of")),
        Column("ref", _("Source")),
    )
    return Section("causes", _("Causes of poverty"), columns, picked(columns, rows))


# ---------------------------------------------------------------- what happened


def _items(basis: Basis, people: list[str], more: list[Filter]) -> list[dict[str, Any]]:
    """The household's items of the period, each once, the oldest first."""
    found: dict[str, dict[str, Any]] = {}
    for name in people:
        query = Query(basis.query.period, (Filter("who", name), *more))
        found |= {row["ref"]: row for row in items_alive(basis.ledger, query, basis.today)}
    return sorted(found.values(), key=lambda row: (row["date"], row["time"] or "", row["ref"]))


def _item_table(name: str, title: str, rows: list[dict[str, Any]]) -> Section:
    columns = (
        Column("ref", _("Ref")),
        Column("date", _("Date")),
        Column("type", _("Type"), words="item"),
        Column("about", _("About"), words="about"),
        Column("text", _("What"), fold=True),
        Column("owner", _("Owner")),
        Column("due", _("Due")),
        Column("progress", _("Progress"), fold=True),
        Column("status", _("Status"), words="status"),
        Column("closed", _("Closed")),
    )
    return Section(name, title, columns, picked(columns, rows))


def _of_people(
    basis: Basis, people: list[str], more: list[Filter]
) -> tuple[str, tuple[str, ...], tuple[Any, ...]]:
    """SQL for the entries of the period that pass the other filters; placeholders for the people; the values."""
    of = within(basis.query.period, "e.date") & matching(more, basis.today)
    return of.sql, tuple(people), of.values


def _visits(basis: Basis, people: list[str], more: list[Filter]) -> list[dict[str, Any]]:
    sql, names, values = _of_people(basis, people, more)
    rows = source_rows(
        basis.ledger,
        'select e.id as ref, e.date, e.kind, e.title, e.author, e."with" from entry e where e.key in '
        f"(select key from name where part = 'who' and name in ({', '.join('?' * len(names))})) and {sql} "
        "order by e.date, e.time, e.id",
        (*names, *values),
    )
    for row in rows:
        row["by"] = [name for name in (row["author"], *parts(row["with"])) if name]
    return rows


def _visit_table(rows: list[dict[str, Any]]) -> Section:
    columns = (
        Column("ref", _("Ref")),
        Column("date", _("Date")),
        Column("kind", _("Kind"), words="kind"),
        Column("title", _("Title"), fold=True),
        Column("by", _("Visited by"), fold=True),
    )
    return Section("visits", _("Visits and talks"), columns, picked(columns, rows))


def _aid(basis: Basis, people: list[str], more: list[Filter]) -> list[dict[str, Any]]:
    """Aid to one of them by name; where nobody is named, aid in an entry on the household."""
    sql, names, values = _of_people(basis, people, more)
    marks = ", ".join("?" * len(names))
    return source_rows(
        basis.ledger,
        "select e.id as ref, e.date, a.what, a.form, coalesce(a.each, a.total) as each, coalesce(a.unit, a.total_unit) as unit, "
        "a.fund, a.occasion from aid a join entry e using (key) where "
        f'(exists (select 1 from json_each(a."to") where value in ({marks})) or a."to" is null and e.key in '
        f"(select key from name where part = 'who' and name in ({marks}))) and {sql} "
        "order by e.date, e.time, e.id, a.n",
        (*names, *names, *values),
    )


def _aid_table(rows: list[dict[str, Any]]) -> Section:
    columns = (
        Column("ref", _("Ref")),
        Column("date", _("Date")),
        Column("what", _("What"), fold=True),
        Column("form", _("Form"), words="form"),
        Column("each", _("Each"), "right"),
        Column("unit", _("Unit")),
        Column("fund", _("Fund"), fold=True),
        Column("occasion", _("Occasion")),
    )
    return Section("aid", _("Aid received"), columns, picked(columns, rows))
