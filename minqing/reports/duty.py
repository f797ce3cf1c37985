"""The yearly account of one's duty (述职): what was done in numbers, quarter by quarter, with room for one's own words."""

import sqlite3
from collections import Counter
from datetime import date as Date
from datetime import timedelta
from typing import Any

from minqing import tally
from minqing.households import counting, coverage, households
from minqing.language import _, joined, language
from minqing.period import Query, around
from minqing.report import Chart, Column, Report, Section
from minqing.reports import Basis, blank, make, picked, signed
from minqing.reports.aid import lines, sums
from minqing.reports.items import balance_line, by_category, item_columns
from minqing.reports.summary import names_of_figures
from minqing.words import CLOSED, VALUES, label

GRAIN = "year"
ROOM = 20  # rows of a table; who wants every item asks for a ledger
Items = list[dict[str, Any]]


def report(ledger: sqlite3.Connection, query: Query, today: Date) -> Report:
    """述职报告: the numbers of the summary as sentences; what only the writer knows is a blank that says so."""
    basis = Basis(ledger, query, today)
    figures = tally.tally(*basis)
    items = tally.items_alive(*basis)
    homes = counting(households(*basis))[0]
    sections = [
        _overview(basis, figures, homes),
        _work(basis, figures, items),
        _good_done(basis, figures, items),
        _lacking(figures, items, homes),
        _plans(items),
    ]
    return make(
        basis,
        "duty",
        _("Account of duty"),
        sections,
        figures=figures,
        entries=figures["entries"],
        paper="letter",
        foot=signed(basis),
    )


def _overview(basis: Basis, figures: dict[str, Any], homes: Items) -> Section:
    covered = coverage(homes, basis.query.period.first is None)
    text = [
        blank(_("post, where stationed, since when, in charge of what")),
        _(
            "Entries: {entries}. Visits: {visits}; households visited: {households_visited}. Meetings: {meetings}. "
            "Items opened: {items_opened}, closed: {items_closed}. Cash aid: {aid_money} yuan."
        ).format(**figures),
    ]
    if covered["rate"] is not None:
        text.append(_("Of {due} households due a visit, {visited} were visited: {rate}%.").format(**covered))
    quarters = _quarters(basis)
    columns = _quarter_columns()
    chart = None
    if len(quarters) > 1:
        names = tuple(row["period"] for row in quarters)
        closed = tuple(float(row["items_closed"]) for row in quarters)
        chart = Chart(_("Items closed"), names, closed, _("items"))
    return Section(
        "overview",
        _("The year at a glance"),
        columns if quarters else (),
        picked(columns, quarters),
        text=tuple(text),
        chart=chart,
    )


def _quarter_columns() -> tuple[Column, ...]:
    names = names_of_figures()
    keys = (
        *("entries", "visits", "meetings", "items_opened", "items_closed", "items_after"),
        *("promises_kept", "aid_money"),
    )
    return (Column("period", _("Period")), *(Column(key, names[key][0], "right") for key in keys))


def _quarters(basis: Basis) -> list[dict[str, Any]]:
    """The figures of each quarter; none where the period has no beginning or end."""
    ledger, query, today = basis
    rows, day = [], query.period.first
    while day and query.period.last and day <= query.period.last:
        quarter = around(day, "quarter")
        inside = quarter._replace(
            first=max(day, quarter.first or day), last=min(quarter.last or day, query.period.last)
        )
        rows.append({"period": quarter.name, **tally.tally(ledger, query._replace(period=inside), today)})
        day = quarter.last + timedelta(days=1) if quarter.last else None
    return rows


def _work(basis: Basis, figures: dict[str, Any], items: Items) -> Section:
    """What was done, by kind of entry and by category of item."""
    of = tally.entries(*basis)
    kinds = Counter(
        dict(basis.ledger.execute(f"select e.kind, count(*) from entry e where {of.sql} group by 1", of.values).fetchall())
    )  # fmt: skip
    order = {kind: n for n, kind in enumerate(VALUES["kind"])}
    told = joined(
        [
            f"{label('kind', kind, language())} {kinds[kind]}"
            for kind in sorted(kinds, key=lambda kind: (order.get(kind, len(order)), kind))
        ]
    )
    table = by_category(items)
    text = (
        _("Entries by kind: {kinds}.").format(kinds=told or _("none")),
        balance_line(figures),
        blank(_("what stood at the centre of the work, and how it was gone about")),
    )
    return table._replace(name="work", title=_("Main work"), text=text)


def _good_done(basis: Basis, figures: dict[str, Any], items: Items) -> Section:
    """为民实事: what was closed to the person's satisfaction, and what was given."""
    given = lines(basis, "a.what, a.form, a.unit, a.fund")
    totals = [
        f"{row['what'] or label('form', 'cash', language())} {row['total']}{row['unit']}"
        for row in sums(given, "form", "", "", "form").rows
        if row["total"] is not None
    ]
    done = [item for item in items if item["closed"] and item["status"] == "closed"]
    pleased = [item for item in done if item["satisfied"] in ("yes", "basic")]
    asked = sum(item["satisfied"] is not None for item in done)
    text = [
        _("Cash {aid_money} yuan; times helped: {aid_times}, people by name: {aid_people}").format(**figures),
        *([_("Given: {given}.").format(given=joined(totals))] if totals else []),
        _("Promises made: {promises_opened}, kept: {promises_kept}, overdue: {promises_overdue}.").format(
            **figures
        ),
        _("Closed with the person: {done}; asked {asked}, satisfied {pleased}.").format(
            done=len(done), asked=asked, pleased=len(pleased)
        ),
        blank(_("two or three of these, told as they happened")),
    ]
    return _items("good_done", _("Good done for the people"), pleased or done, ("closed", "satisfied"), text)


def _lacking(figures: dict[str, Any], items: Items, homes: Items) -> Section:
    late = sorted((item for item in items if item["overdue"]), key=lambda item: item["due"])
    never = sum(home["state"] == "never" for home in homes)
    due = sum(home["state"] == "overdue" for home in homes)
    unhappy = sum(item["satisfied"] == "no" for item in items)
    text = [
        _(
            "Open at the end: {items_after}; overdue: {items_overdue}; promises overdue: {promises_overdue}."
        ).format(**figures),
        _("Households never visited: {never}; past their rhythm: {due}. Not satisfied: {unhappy}.").format(
            never=never, due=due, unhappy=unhappy
        ),
        blank(_("where I fell short, and why")),
    ]
    return _items("lacking", _("Problems and shortcomings"), late, ("due", "status"), text)


def _plans(items: Items) -> Section:
    waiting = [item for item in items if item["status"] not in CLOSED]
    waiting.sort(key=lambda item: (item["due"] or "9999", item["ref"]))
    undated = sum(not item["due"] for item in waiting)
    text = [
        _("Items that go on into the next year: {n}; without a due date: {undated}.").format(
            n=len(waiting), undated=undated
        ),
        blank(_("what I will do next year, by when, and how it will be measured")),
    ]
    return _items("plans", _("What comes next"), waiting, ("owner", "due", "status"), text)


def _items(name: str, title: str, rows: Items, keys: tuple[str, ...], text: list[str]) -> Section:
    columns = item_columns("ref", "type", "about", "who", "text", *keys)
    if len(rows) > ROOM:
        text = [*text, _("{n} in all; the first {room} are shown").format(n=len(rows), room=ROOM)]
    return Section(name, title, columns if rows else (), picked(columns, rows[:ROOM]), text=tuple(text))
