"""Entries as lists: in full for other programs (JSON), in one line each for readers (a Report)."""

import sqlite3
from typing import Any

from minqing.find import Condition, Hit
from minqing.language import _
from minqing.ledger import flaws_in, parts
from minqing.period import Query
from minqing.report import Column, Report, Section
from minqing.reports import filter_title, span_of

SCHEMA = 1

_ORDER = "e.date, coalesce(e.time, ''), e.id"


def rows(ledger: sqlite3.Connection, of: Condition, limit: int | None = None) -> list[sqlite3.Row]:
    """The entries of a condition, oldest first; with a limit, the last ones."""
    sql = f"select e.*, f.path from entry e join file f using (key) where {of.sql} order by {_ORDER}"
    if limit is not None:
        newest = (
            _ORDER.replace("e.date", "e.date desc").replace("'')", "'') desc").replace("e.id", "e.id desc")
        )
        sql = f"select e.*, f.path from entry e join file f using (key) where {of.sql} order by {newest} limit {limit}"
    found = ledger.execute(sql, of.values).fetchall()
    return found if limit is None else found[::-1]


def listing(
    ledger: sqlite3.Connection,
    entries: list[sqlite3.Row],
    query: Query,
    title: str,
    hits: list[Hit] | None = None,
) -> Report:
    """One line an entry; with hits, the sentence that a search found (see `marked`)."""
    table = []
    for n, row in enumerate(entries):
        line: dict[str, Any] = {
            "id": row["id"],
            "date": row["date"],
            "time": row["time"],
            "kind": row["kind"],
            "area": row["area"],
            "who": parts(row["who"]),
            "title": row["title"],
        }
        if hits:
            line["hit"] = marked(hits[n])
        table.append(line)
    columns = [
        Column("id", _("Id")),
        Column("date", _("Date")),
        Column("time", _("Time")),
        Column("kind", _("Kind"), words="kind"),
        Column("area", _("Area"), fold=True),
        Column("who", _("Who"), fold=True),
        Column("title", _("Title"), fold=True),
    ]
    if hits:
        columns.append(Column("hit", _("Where it says so"), fold=True))
    return Report(
        name="list",
        title=title,
        period=span_of(query.period),
        sections=(Section("entries", "", tuple(columns), tuple(table)),),
        filters=tuple(filter_title(field, value) for field, value in query.filters),
        entries=len(entries),
        flaws=flaws_in(ledger),
    )


def marked(hit: Hit) -> str:
    """A sentence with its hits between 【 and 】."""
    text, at = "", 0
    for first, last in hit.spans:
        if first < at:
            continue  # two words found in one place
        text += f"{hit.text[at:first]}【{hit.text[first:last]}】"
        at = last
    return (text + hit.text[at:]).replace("\n", " ")


def values(ledger: sqlite3.Connection, entries: list[sqlite3.Row]) -> dict[str, Any]:
    """Entries in full, under stable English keys; absent values are None or empty lists."""
    return {"schema": SCHEMA, "entries": [_values(ledger, row) for row in entries], "flaws": flaws_in(ledger)}


def _values(ledger: sqlite3.Connection, row: sqlite3.Row) -> dict[str, Any]:
    def of(sql: str) -> list[dict[str, Any]]:
        return [dict(found) for found in ledger.execute(sql, (row["key"],))]

    sought, body = ledger.execute("select sought, body from content where key = ?", (row["key"],)).fetchone()
    aid = of(
        'select what, form, each, count as n, total, unit, fund, occasion, "to" from aid where key = ? order by n'
    )
    return {
        **{key: row[key] for key in ("id", "kind", "date", "time")},
        "title": row["title"] or None,
        **{key: row[key] for key in ("area", "place", "author")},
        "who": parts(row["who"]),
        "with": parts(row["with"]),
        "tags": parts(row["tags"]),
        "weather": row["weather"],
        "path": row["path"],
        "items": of(
            "select i.ref, i.type, i.about, i.who, i.text, i.owner, i.due, coalesce(s.state, i.status) as status "
            "from item i left join step s on s.ref = i.ref and s.until = '9999-12-32' where i.key = ? order by i.n"
        ),
        "aid": [gift | {"to": parts(gift["to"])} for gift in aid],
        "figures": of('select name, value, unit, "of" from figure where key = ? order by n'),
        "files": of("select path, sha256, original from attached where key = ? order by n"),
        "text": sought.decode("utf-8")[body:],
    }
