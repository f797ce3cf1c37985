"""The period's summary: weekly, monthly, quarterly or yearly, in the parts an office asks for."""

import sqlite3
from collections.abc import Callable
from datetime import date as Date
from datetime import timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from minqing import tally
from minqing.exact import decimal_text
from minqing.households import counting, households
from minqing.language import N_, _
from minqing.period import Period, Query, around, before
from minqing.report import Chart, Column, Report, Section
from minqing.reports import Basis, blank, make, picked, signed, source_rows
from minqing.reports.aid import lines, sums
from minqing.reports.coverage import coverage_by_area, coverage_line
from minqing.reports.items import balance_line, by_category, item_columns
from minqing.reports.score import of_items
from minqing.reports.visits import by_area, visited
from minqing.words import PENDING

GRAIN = "month"


class Work(NamedTuple):
    """What every part of a summary is written from: asked once, used by all."""

    basis: Basis
    figures: dict[str, Any]
    past: dict[str, Any] | None  # the figures of the period before
    items: list[dict[str, Any]]
    homes: list[dict[str, Any]]  # see households.households


def report(ledger: sqlite3.Connection, query: Query, today: Date) -> Report:
    """周总结, 月汇报, 季度 or 年度 by the grain of the period; a range is laid out as a month."""
    basis = Basis(ledger, query, today)
    past = None
    if query.period.grain != "all" and query.period.first and query.period.last:
        past = tally.tally(ledger, query._replace(period=before(query.period)), today)
    figures = tally.tally(ledger, query, today)
    work = Work(basis, figures, past, tally.items_alive(*basis), counting(households(*basis))[0])
    title, parts = _LAYOUTS.get(query.period.grain or "", _LAYOUTS["month"])
    sections = [part(work) for part in parts]
    sections += [told for told in (_late(work), _corrected(work)) if told.rows]
    return make(
        basis,
        "summary",
        _(title),
        sections,
        figures=figures,
        entries=figures["entries"],
        paper="letter",
        foot=signed(basis),
    )


def names_of_figures() -> dict[str, tuple[str, str]]:
    """Each figure with its name and unit for a reader."""
    return {
        "entries": (_("Entries"), _("entries")),
        "visits": (_("Visits"), _("visits")),
        "households_visited": (_("Households visited"), _("households")),
        "meetings": (_("Meetings"), _("meetings")),
        "items_before": (_("Items open before"), _("items")),
        "items_opened": (_("Items opened"), _("items")),
        "items_reopened": (_("Items reopened"), _("items")),
        "items_closed": (_("Items closed"), _("items")),
        "items_after": (_("Items open after"), _("items")),
        "items_done": (_("Items done, not yet closed"), _("items")),
        "items_overdue": (_("Items overdue"), _("items")),
        "promises_opened": (_("Promises made"), _("items")),
        "promises_kept": (_("Promises kept"), _("items")),
        "promises_overdue": (_("Promises overdue"), _("items")),
        "aid_money": (_("Cash aid"), _("yuan")),
        "aid_times": (_("Times helped"), _("times")),
        "aid_people": (_("People helped, by name"), _("people")),
    }


def _overview(work: Work) -> Section:
    names = names_of_figures()
    rows = []
    for key, (name, unit) in names.items():
        row = {"name": name, "value": work.figures[key], "unit": unit}
        if work.past is not None:
            change = Decimal(work.figures[key]) - Decimal(work.past[key])
            row |= {"past": work.past[key], "change": f"{'+' if change > 0 else ''}{decimal_text(change)}"}
        rows.append(row)
    columns = [Column("name", _("Figure")), Column("value", _("This period"), "right")]
    if work.past is not None:
        columns += [Column("past", _("Period before"), "right"), Column("change", _("Change"), "right")]
    columns.append(Column("unit", _("Unit")))
    sentence = _(
        "Entries: {entries}. Visits: {visits}; households visited: {households_visited}. Meetings: {meetings}. "
        "Items opened: {items_opened}, closed: {items_closed}. Cash aid: {aid_money} yuan."
    ).format(**work.figures)
    return Section(
        "overview", _("Overview"), tuple(columns), tuple(rows), text=(sentence, balance_line(work.figures))
    )


def _coverage(work: Work) -> Section:
    of = tally.entries(*work.basis)
    rows = source_rows(
        work.basis.ledger, f"select e.key, e.area from entry e where e.kind = 'visit' and {of.sql}", of.values
    )
    for row in rows:
        row["names"] = visited(work.basis.ledger, row["key"])
    whole = work.basis.query.period.first is None
    visits = by_area(rows)
    told = {str(row["area"]): row for row in visits.rows}
    due = {str(row["area"]): row for row in coverage_by_area(work.homes, whole)}
    none = {"visits": 0, "households": 0}
    table = tuple(
        none
        | {key: due.get(area, {}).get(key) for key in ("due", "visited", "rate")}
        | told.get(area, {"area": area})
        for area in sorted(told.keys() | due.keys())
    )
    area, times, _households = visits.columns
    columns = (
        area,
        times,
        Column("households", _("Households visited"), "right"),
        Column("due", _("Due a visit"), "right"),
        Column("visited", _("Visited"), "right"),
        Column("rate", _("Rate (%)"), "right"),
    )
    return visits._replace(
        name="coverage",
        title=_("Visits and coverage"),
        text=(coverage_line(work.homes, whole),),
        columns=columns,
        rows=picked(columns, table),
    )


def _handling(work: Work) -> Section:
    return by_category(work.items)._replace(name="handling", title=_("Handling of items"))


def _aid(work: Work) -> Section:
    rows = lines(work.basis, "a.what, a.form, a.unit, a.fund")
    sentence = _("Cash {aid_money} yuan; times helped: {aid_times}, people by name: {aid_people}").format(
        **work.figures
    )
    return sums(rows, "form", _("Aid"), _("Form"), "form")._replace(name="aid", text=(sentence,))


LONGEST = 160  # signs of a case; who wants all of it reads the entry
ROOM = 20  # a summary is read; who wants every item asks for a ledger


def _item_table(name: str, title: str, rows: list[dict[str, Any]]) -> Section:
    columns = item_columns("ref", "type", "about", "who", "text", "owner", "due", "status")
    text = (
        (_("{n} in all; the first {room} are shown").format(n=len(rows), room=ROOM),)
        if len(rows) > ROOM
        else ()
    )
    table = picked(columns, rows[:ROOM])
    return Section(name, title, columns, table, text=text)


def _cases(work: Work) -> Section:
    """Closed to the person's satisfaction first, then what brought the most facts; three at most."""
    pleased = {row["entry"] for row in work.items if row["satisfied"] == "yes" and row["closed"]}
    of = tally.entries(*work.basis)
    rows = source_rows(
        work.basis.ledger,
        "select e.key, e.id as ref, e.date, e.kind, e.title, "
        "(select count(*) from told t where t.key = e.key and t.satisfied = 'yes') as pleased, "
        "(select count(*) from item i where i.key = e.key) + (select count(*) from aid a where a.key = e.key) "
        " + (select count(*) from fact f where f.key = e.key) as weight "
        f"from entry e where {of.sql}",
        of.values,
    )
    rows.sort(
        key=lambda row: (-(row["pleased"] + (row["ref"] in pleased)), -row["weight"], row["date"], row["ref"])
    )
    columns = (
        Column("ref", _("Ref")),
        Column("date", _("Date")),
        Column("kind", _("Kind"), words="kind"),
        Column("title", _("Title"), fold=True),
    )
    chosen = rows[:3]
    return Section(
        "cases",
        _("Typical cases"),
        columns,
        picked(columns, chosen),
        text=tuple(_told(work, row["key"]) for row in chosen),
    )


def _told(work: Work, key: int) -> str:
    """How an entry begins: the first paragraph of its text, or its title."""
    row = work.basis.ledger.execute(
        "select e.date, e.title, c.sought, c.body from entry e join content c using (key) where e.key = ?",
        (key,),
    ).fetchone()
    paragraphs = row["sought"].decode("utf-8")[row["body"] :].strip().split("\n")
    first = next((line.strip() for line in paragraphs if line.strip() and line[0] not in "#>|-*"), "")
    first = first if len(first) <= LONGEST else first[:LONGEST] + "……"
    return f"{row['date']} {row['title'] or ''}：{first}" if first else f"{row['date']} {row['title'] or ''}"


def _shortfalls(work: Work) -> Section:
    """What is late, in numbers; why it is late a person must say."""
    late = sorted((row for row in work.items if row["overdue"]), key=lambda row: row["due"])
    table = _item_table("shortfalls", _("Unsolved and overdue"), late)
    waiting = sum(row["status"] in PENDING for row in work.items)
    never = sum(home["state"] == "never" for home in work.homes)
    sentence = _(
        "Items in hand: {waiting}, of these overdue: {late}. Households never visited: {never}."
    ).format(waiting=waiting, late=len(late), never=never)
    return table._replace(
        text=(sentence, *table.text, blank(_("why these are late, and what stands in the way")))
    )


def _due_homes(work: Work) -> Section:
    """Whom to visit next: never visited first, then the longest overdue, then what falls due soon."""
    rank = {"never": 0, "overdue": 1, "falling_due": 2}
    due = [home for home in work.homes if home["state"] in rank]
    due.sort(key=lambda home: (rank[home["state"]], -(home["since"] or 0), home["who"]))
    columns = (
        Column("who", _("Household")),
        Column("class", _("Class"), words="class"),
        Column("area", _("Area"), fold=True),
        Column("last", _("Last visit")),
        Column("since", _("Days since"), "right"),
        Column("state", _("Standing"), words="visited"),
    )
    more = _("{n} in all; the first {room} are shown").format(n=len(due), room=ROOM)
    text = (more,) if len(due) > ROOM else ()
    return Section(
        "due_homes", _("Households to visit next"), columns, picked(columns, due[:ROOM]), text=text
    )


def _next(work: Work) -> Section:
    """What falls due in the period after, and what has no due date yet."""
    period = work.basis.query.period
    open_items = [row for row in work.items if row["status"] in ("open", "doing", "referred", "done")]
    rows = open_items
    if period.last and period.grain in ("day", "week", "month", "quarter", "year"):
        coming = around(period.last + timedelta(days=1), period.grain)
        rows = sorted((row for row in open_items if _falls_due(row, coming)), key=lambda row: row["due"])
    undated = sum(not row["due"] for row in open_items)
    text = (_("Open items without a due date: {n}").format(n=undated),) if undated else ()
    table = _item_table("next", _("Next steps"), rows)
    text = (*text, *table.text, blank(_("what will be done next, by whom and by when")))
    return table._replace(text=text)


def _falls_due(row: dict[str, Any], coming: Period) -> bool:
    if not row["due"]:
        return False
    due = Date.fromisoformat(row["due"])
    return coming.last is None or due <= coming.last


def _work_done(work: Work, which: str = "") -> Section:
    of = tally.entries(*work.basis)
    rows = source_rows(
        work.basis.ledger,
        f"select e.id as ref, e.date, e.kind, e.area, e.title from entry e where {of.sql} {which} order by e.date, e.time, e.id",
        of.values,
    )
    columns = (
        Column("ref", _("Ref")),
        Column("date", _("Date")),
        Column("kind", _("Kind"), words="kind"),
        Column("area", _("Area"), fold=True),
        Column("title", _("Title"), fold=True),
    )
    return Section("work", _("Work of the period"), columns, tuple(rows))


def _late(work: Work) -> Section:
    """What happened in a period that was sealed without it: it counts here."""
    return _work_done(work, "and e.booked <> e.date")._replace(
        name="late", title=_("Late entries of sealed periods")
    )


def _corrected(work: Work) -> Section:
    """更正: what was handed in before and is voided in this period; its figures are taken back here."""
    of = tally.taken_back(work.basis.query, work.basis.today)
    rows = source_rows(
        work.basis.ledger,
        "select e.id as ref, e.date, e.kind, e.title, v.id as entry, void.why from entry e "
        "join voided d on d.entry = e.id "
        "join void on void.key = d.key and void.entry = d.entry join entry v on v.key = d.key "
        f"where {of.sql} order by +e.date, e.time, e.id, v.id",
        of.values,
    )
    columns = (
        Column("ref", _("Ref")),
        Column("date", _("Date")),
        Column("kind", _("Kind"), words="kind"),
        Column("title", _("Title"), fold=True),
        Column("entry", _("Voided by")),
        Column("why", _("Why"), fold=True),
    )
    told = _("Reported before and voided now; the figures above are less by what these entries had counted.")
    return Section("corrections", _("Corrections of sealed periods"), columns, tuple(rows), text=(told,))


def _planned(work: Work) -> Section:
    """What was due in the period, done or not: last week's plan."""
    period = work.basis.query.period
    rows = [row for row in work.items if row["due"] and period.contains(Date.fromisoformat(row["due"]))]
    return _item_table("planned", _("What was due, done or not"), rows)


def _moved(work: Work) -> Section:
    """What is new, what was solved, and what is open besides, so that a long list breaks off at the last."""
    period = work.basis.query.period

    def rank(row: dict[str, Any]) -> int:
        return 0 if period.contains(Date.fromisoformat(row["date"])) else 1 if row["closed"] else 2

    return _item_table("moved", _("New, solved and open items"), sorted(work.items, key=rank))


def _authors(work: Work) -> Section:
    """Per author: what was collected, closed and kept in time, counted as `score` counts it."""
    of = tally.entries(*work.basis)
    counts = source_rows(
        work.basis.ledger,
        "select coalesce(e.author, '') as author, count(*) as entries, sum(e.kind = 'visit') as visits "
        f"from entry e where {of.sql} group by 1 order by 1",
        of.values,
    )
    for row in counts:
        mine = [item for item in work.items if (item["author"] or "") == row["author"]]
        came = of_items(work.basis, mine)
        row |= {
            "collected": len(came["collected"].met),
            "closed": len(came["closing"].met),
            "closing_rate": _percent(came["closing"].rate),
            "in_time": _percent(came["on_time"].rate),
            "kept": len(came["kept"].met),
            "satisfied": _percent(came["satisfaction"].rate),
        }
    columns = (
        Column("author", _("Author"), empty=_("not signed")),
        Column("entries", _("Entries"), "right"),
        Column("visits", _("Visits"), "right"),
        Column("collected", _("Collected"), "right"),
        Column("closed", _("Closed"), "right"),
        Column("closing_rate", _("Closing rate"), "right"),
        Column("in_time", _("In time"), "right"),
        Column("kept", _("Promises kept"), "right"),
        Column("satisfied", _("Satisfied"), "right"),
    )
    return Section("authors", _("By author"), columns, tuple(counts))


def _percent(rate: Decimal | None) -> str | None:
    return None if rate is None else f"{rate:.0f}%"


def _by(grain: str, name: str, title: str) -> Callable[[Work], Section]:
    """A section with one row per month or quarter of the period."""

    def section(work: Work) -> Section:
        ledger, query, today = work.basis
        rows, day = [], query.period.first
        while day and query.period.last and day <= query.period.last:
            part = around(day, grain)
            figures = tally.tally(ledger, query._replace(period=part), today)
            rows.append({"period": part.name} | figures)
            day = part.last + timedelta(days=1) if part.last else None
        shown = (
            "entries",
            "visits",
            "meetings",
            "items_opened",
            "items_closed",
            "items_after",
            "promises_kept",
            "aid_money",
        )
        names = names_of_figures()
        columns = (Column("period", _("Period")), *(Column(key, names[key][0], "right") for key in shown))
        labels = tuple(str(row["period"]) for row in rows)
        chart = Chart(
            _("Items closed"), labels, tuple(float(row["items_closed"]) for row in rows), _("items")
        )
        return Section(name, _(title), columns, picked(columns, rows), chart=chart)

    return section


_AT_LENGTH = (_overview, _coverage, _handling, _aid, _cases, _shortfalls, _next)
_LAYOUTS: dict[str, tuple[str, tuple[Callable[[Work], Section], ...]]] = {
    "day": (N_("Daily summary"), (_overview, _work_done, _moved)),
    "week": (
        N_("Weekly summary"),
        (_overview, _work_done, _moved, _shortfalls, _planned, _next, _due_homes),
    ),
    "month": (N_("Monthly report"), _AT_LENGTH),
    "range": (N_("Summary of a period"), _AT_LENGTH),
    "quarter": (
        N_("Quarterly assessment"),
        (
            _overview,
            _by("month", "months", N_("By month")),
            _authors,
            _coverage,
            _handling,
            _aid,
            _shortfalls,
            _next,
        ),
    ),
    "year": (
        N_("Yearly report"),
        (
            _overview,
            _by("quarter", "quarters", N_("By quarter")),
            _authors,
            _coverage,
            _handling,
            _aid,
            _cases,
            _shortfalls,
            _next,
        ),
    ),
    "all": (N_("Summary of the whole diary"), _AT_LENGTH),
}
