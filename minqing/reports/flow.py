"""How far each household is in a procedure: the steps of an application with days, sources and what is overdue."""

import sqlite3
from collections.abc import Iterator
from datetime import date as Date
from typing import Any

from minqing import tally
from minqing.flows import Flow, Stage, Telling, read_flow, stages
from minqing.forms import forms
from minqing.language import _
from minqing.period import Query
from minqing.report import Column, Report, Section
from minqing.reports import Basis, make
from minqing.tally import end_of

FAMILY = "flows"


def report(ledger: sqlite3.Connection, query: Query, today: Date) -> Report:
    """办理流程, one section a flow: who moved in the period, or was not through at its end."""
    basis = Basis(ledger, query, today)
    asked = _Told(basis)
    sections, figures, lost = [], {"followed": 0, "finished": 0, "overdue": 0}, 0
    entries: set[str] = set()
    for name, text in sorted(forms(ledger, FAMILY).items()):
        flow = read_flow(text)[0]
        if flow is None:
            broken = _("{path} cannot be used as it is; `minqing check` says why")
            path = f"templates/{FAMILY}/{name}.yaml"
            sections.append(Section(name, name, text=(broken.format(path=path),)))
            lost += 1
            continue
        lines = [(who, found) for who, found in asked.lines(flow) if _matters(found, query)]
        for _who, found in lines:
            figures["followed"] += 1
            figures["finished"] += _finished(found)
            figures["overdue"] += any(stage.state == "overdue" for stage in found)
            entries |= {stage.entry for stage in found if stage.entry}
        sections.append(_section(name, flow, lines, asked.area))
    made = make(
        basis, "flow", _("Progress of procedures"), sections, figures=figures, entries=len(entries),
        unit=_("households"),
    )  # fmt: skip
    return made._replace(flaws=made.flaws + lost)


class _Told:
    """What the entries asked for tell of each person, read once for all flows."""

    def __init__(self, basis: Basis) -> None:
        ledger, query, self.end = basis.ledger, basis.query, end_of(basis.query, basis.today)
        # what came before the period belongs to a procedure that is still going on
        up_to = query._replace(period=query.period._replace(first=None))
        self._of = tally.entries(ledger, up_to, basis.today)
        self._ledger = ledger
        self.area: dict[str, str] = {}  # the newest place of each person
        self._named: dict[int, list[str]] = {}
        self._facts: dict[str, list[Telling]] = {}
        self._events: dict[str, list[Telling]] = {}  # entries that name a person
        self._read_entries()
        self._read_facts()
        self._decisions = self._ask(
            "d.text, json_extract(e.meeting, '$.type') as meeting", "decision d join entry e using (key)"
        )

    def _ask(self, what: str, source: str) -> list[sqlite3.Row]:
        return self._ledger.execute(
            f"select e.key, e.date, e.id as entry, e.kind, e.area, {what} from {source} where {self._of.sql} "
            "and e.date <= ? order by e.date, e.time, e.id",
            (*self._of.values, self.end),
        ).fetchall()

    def _read_entries(self) -> None:
        rows = self._ask(
            "n.name as who, json_extract(e.meeting, '$.type') as meeting",
            "name n join entry e on e.key = n.key and n.part = 'who'",
        )
        for row in rows:
            self._named.setdefault(row["key"], []).append(row["who"])
            self._events.setdefault(row["who"], []).append(_telling(row, meeting=row["meeting"]))
            if row["area"]:
                self.area[row["who"]] = row["area"]

    def _read_facts(self) -> None:
        for row in self._ask("f.who, f.fact, f.value", "fact f join entry e using (key)"):
            telling = _telling(row, fact=row["fact"], text=row["value"])
            self._facts.setdefault(row["who"], []).append(telling)
            if row["area"]:
                self.area.setdefault(row["who"], row["area"])

    def lines(self, flow: Flow) -> Iterator[tuple[str, list[Stage]]]:
        """Everyone who is in a flow, by name, with their stages."""
        told: dict[str, list[Telling]] = {}
        for who, telling in self._items(flow):
            told.setdefault(who, []).append(telling)
        wanted = {evidence.fact for step in flow.steps for evidence in step.when}
        facts = {
            who: [telling for telling in tellings if telling.fact in wanted]
            for who, tellings in self._facts.items()
        }
        for who in sorted(told.keys() | facts.keys()):
            own = [*told.get(who, ()), *facts.get(who, ())]
            if own and stages(flow, own, self.end):
                all_of = [*own, *self._events.get(who, ()), *self._decided(who)]
                found = stages(flow, all_of, self.end)
                if found:
                    yield who, found

    def _items(self, flow: Flow) -> Iterator[tuple[str, Telling]]:
        """What the items of the flow's category say, and what was told of them later."""
        about, owner = ("", "") if flow.about is None else (" and i.about = ?", flow.about)
        sources = (
            ("i.who, i.key as of_key, i.text, i.status", "item i join entry e on e.key = i.key"),
            (
                "i.who, i.key as of_key, t.note as text, t.status",
                "told t join entry e on e.key = t.key join item i on i.ref = t.ref",
            ),
        )
        for what, source in sources:
            rows = self._ledger.execute(
                f"select e.date, e.id as entry, e.kind, {what} from {source} where {self._of.sql} "
                f"and e.date <= ?{about}",
                (*self._of.values, self.end, *((owner,) if owner else ())),
            )
            for row in rows:
                telling = _telling(row, text=row["text"] or "", status=row["status"])
                for who in [row["who"]] if row["who"] else self._named.get(row["of_key"], ()):
                    yield who, telling

    def _decided(self, who: str) -> list[Telling]:
        """Decisions that name a person."""
        return [
            _telling(row, meeting=row["meeting"], text=row["text"])
            for row in self._decisions
            if who in row["text"]
        ]


def _telling(row: sqlite3.Row, **more: Any) -> Telling:
    return Telling(row["date"], row["entry"], row["kind"], **more)


def _finished(found: list[Stage]) -> bool:
    return found[-1].date is not None


def _matters(found: list[Stage], query: Query) -> bool:
    """Whether a step was done in the period, or the procedure is not through."""
    first = query.period.first.isoformat() if query.period.first else ""
    return not _finished(found) or any(stage.date and stage.date >= first for stage in found)


def _section(name: str, flow: Flow, lines: list[tuple[str, list[Stage]]], area: dict[str, str]) -> Section:
    columns = (
        Column("who", _("Head of household")),
        Column("area", _("Area"), fold=True),
        Column("step", _("Step")),
        Column("date", _("Done on")),
        Column("ref", _("Where it says so")),
        Column("days", _("Days taken"), "right"),
        Column("due", _("Due")),
        Column("state", _("How it stands"), words="stage"),
    )
    rows = tuple(
        {
            "who": who,
            "area": area.get(who),
            "step": stage.step,
            "date": stage.date,
            "ref": stage.entry,
            "days": stage.days,
            "due": stage.due,
            "state": stage.state,
        }
        for who, found in lines
        for stage in found
    )
    overdue = sum(any(stage.state == "overdue" for stage in found) for _who, found in lines)
    sentence = _("Followed here: {n}; through: {finished}; overdue: {overdue}.").format(
        n=len(lines), finished=sum(_finished(found) for _who, found in lines), overdue=overdue
    )
    return Section(name, flow.name, columns, rows, text=(sentence,) if lines else ())
