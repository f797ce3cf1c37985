"""The assessment by author: what came of the work, weighed by minqing.yaml; each number with its entries."""

import sqlite3
from collections.abc import Callable, Iterable
from datetime import date as Date
from decimal import Decimal
from typing import Any, NamedTuple

from minqing import tally
from minqing.households import counting, coverage, facts_of, households
from minqing.language import _, joined, language
from minqing.ledger import setting
from minqing.period import Query
from minqing.report import Column, Report, Row, Section
from minqing.reports import Basis, make, picked, source_rows
from minqing.words import label, show_key

GRAIN = "quarter"
ROOM = 20  # refs in one row: a cell stays readable, and fits a spreadsheet

Rows = list[dict[str, Any]]


class Measure(NamedTuple):
    """A number of one author as the refs behind it: those that meet it and those that fail it.

    A count is measured by `met` alone; a rate is met / (met + failed), and None where there is nothing to rate.
    """

    met: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()

    @property
    def rate(self) -> Decimal | None:
        """The part that is met, in percent."""
        whole = len(self.met) + len(self.failed)
        return Decimal(100 * len(self.met)) / whole if whole else None


def report(ledger: sqlite3.Connection, query: Query, today: Date) -> Report:
    """季度考核. What cannot be measured weighs nothing; what is left is taken for the whole."""
    basis = Basis(ledger, query, today)
    weights, bands = setting(ledger, "score") or {}, setting(ledger, "grades") or {}
    measured = measures(basis)
    rows = [_row(author, of, measured, weights, bands) for author, of in measured.items()]
    rows.sort(key=lambda row: (-(row["score"] if row["score"] is not None else Decimal(-1)), row["author"]))
    figures = {
        "authors": len(rows),
        "entries": sum(row["entries"] for row in rows),
        "visits": sum(row["visits"] for row in rows),
        "collected": sum(row["collected"] for row in rows),
    }
    sections = [_scores(rows, weights, bands), _sources(measured)]
    return make(
        basis, "score", _("Assessment by author"), sections, figures=figures, entries=figures["entries"]
    )


def measures(basis: Basis) -> dict[str, dict[str, Measure]]:
    """Every author of the period, or of an item alive in it, with each number as the refs behind it."""
    of = tally.entries(*basis)
    written = source_rows(
        basis.ledger,
        "select coalesce(e.author, '') as author, e.id, e.kind from entry e "
        f"where {of.sql} order by e.date, e.time, e.id",
        of.values,
    )
    items = tally.items_alive(*basis)
    homes = _homes(basis)
    authors = {row["author"] for row in written} | {item["author"] or "" for item in items}
    found = {}
    for author in sorted(authors | homes.keys()):
        own = [row for row in written if row["author"] == author]
        found[author] = {
            "entries": Measure(tuple(row["id"] for row in own)),
            "visits": Measure(tuple(row["id"] for row in own if row["kind"] == "visit")),
            **of_items(basis, [item for item in items if (item["author"] or "") == author]),
            "coverage": homes.get(author, Measure()),
        }
    return found


def of_items(basis: Basis, items: Rows) -> dict[str, Measure]:
    """What became of an author's items. Late counts against whoever is late, finished or not."""
    period = basis.query.period
    timed = [item for item in items if item["due"] and (_ended(item) or item["overdue"])]
    promises = [item for item in items if item["type"] == "promise"]
    asked = [item for item in items if item["closed"] and item["satisfied"]]
    opened = [item for item in items if period.contains(Date.fromisoformat(item["date"]))]
    return {
        "collected": Measure(tuple(item["ref"] for item in opened)),
        "closing": _parted(items, lambda item: item["closed"]),
        "on_time": _parted(timed, lambda item: _ended(item) and _ended(item) <= item["due"]),
        "promises": _parted(
            [item for item in promises if item["kept"] or item["closed"] or item["overdue"]],
            lambda item: item["kept"],
        ),
        "satisfaction": _parted(asked, lambda item: item["satisfied"] != "no"),
        "kept": Measure(
            tuple(
                item["ref"]
                for item in promises
                if item["kept"] and period.contains(Date.fromisoformat(item["kept"]))
            )
        ),
    }


def _ended(item: dict[str, Any]) -> str | None:
    ended: str | None = item["kept"] or item["closed"]
    return ended


def _parted(items: Iterable[dict[str, Any]], meets: Callable[[dict[str, Any]], Any]) -> Measure:
    met: list[str] = []
    failed: list[str] = []
    for item in items:
        (met if meets(item) else failed).append(item["ref"])
    return Measure(tuple(met), tuple(failed))


def _homes(basis: Basis) -> dict[str, Measure]:
    """The households that were due a visit, by who looks after them: their helper, else their last visitor.

    Names stand for refs here: a household never visited has no entry.
    """
    homes, _strangers = counting(households(*basis))
    end = tally.end_of(basis.query, basis.today)
    helpers = facts_of(basis.ledger, [name for home in homes for name in home["people"]], end)
    visitors = dict(
        basis.ledger.execute(
            "select n.name, e.author from name n join entry e using (key) where n.part = 'who' "
            "and e.kind = 'visit' and e.counted and e.date <= ? order by e.date, e.time, e.id",
            (end,),
        ).fetchall()
    )
    whole = basis.query.period.first is None
    found: dict[str, Measure] = {}
    for home in homes:
        if not coverage([home], whole)["due"]:
            continue
        told = [
            helpers[name]["helper"][0].values[0]
            for name in home["people"]
            if "helper" in helpers.get(name, {})
        ]
        told += [visitors[name] for name in home["people"] if visitors.get(name)]
        if not told:
            continue
        measure = found.setdefault(told[0], Measure())
        part = "met" if home["visits"] else "failed"
        found[told[0]] = measure._replace(**{part: (*getattr(measure, part), home["who"])})
    return found


RATES = ("coverage", "closing", "on_time", "promises", "satisfaction")
_VOLUMES = {"collected": "collected", "volume": "entries"}  # weight -> what it counts


def _row(
    author: str,
    of: dict[str, Measure],
    everyone: dict[str, dict[str, Measure]],
    weights: dict[str, int],
    bands: dict[str, int],
) -> dict[str, Any]:
    """An author's line; a count that is weighed is measured against the largest of all authors."""
    rates = {key: of[key].rate for key in RATES}
    for weight, key in _VOLUMES.items():
        most = max(len(other[key].met) for other in everyone.values())
        rates[weight] = Decimal(100 * len(of[key].met)) / most if most else None
    weighed = {key: rate for key, rate in rates.items() if rate is not None and weights.get(key)}
    whole = sum(weights[key] for key in weighed)
    score = (
        round(sum((rate * weights[key] for key, rate in weighed.items()), Decimal()) / whole, 1)
        if whole
        else None
    )
    return {
        "author": author,
        **{key: len(of[key].met) for key in ("entries", "visits", "collected", "kept")},
        **{key: None if (rate := of[key].rate) is None else round(rate, 1) for key in RATES},
        "score": score,
        "grade": None if score is None else _grade(score, bands),
    }


def _grade(score: Decimal, bands: dict[str, int]) -> str:
    reached = [grade for grade in ("excellent", "good", "fair") if grade in bands and score >= bands[grade]]
    return reached[0] if reached else "poor"


def _titles() -> dict[str, str]:
    return {
        "entries": _("Entries"),
        "visits": _("Visits"),
        "collected": _("Collected"),
        "coverage": _("Coverage rate"),
        "closing": _("Closing rate"),
        "on_time": _("In time"),
        "kept": _("Promises kept"),
        "promises": _("Promises kept (%)"),
        "satisfaction": _("Satisfied (%)"),
    }


def _scores(rows: Rows, weights: dict[str, int], bands: dict[str, int]) -> Section:
    titles = _titles() | {"score": _("Score")}
    order = (
        "entries",
        "visits",
        "coverage",
        "collected",
        "closing",
        "on_time",
        "kept",
        "promises",
        "satisfaction",
    )
    columns = (
        Column("author", _("Author"), empty=_("not signed")),
        *(Column(key, titles[key], "right") for key in (*order, "score")),
        Column("grade", _("Grade"), words="grade"),
    )
    return Section(
        "scores", _("Assessment by author"), columns, picked(columns, rows), text=_rules(weights, bands)
    )


def _rules(weights: dict[str, int], bands: dict[str, int]) -> tuple[str, ...]:
    """How the score comes about, in sentences that anyone can check."""
    said = language()
    weighed = joined(
        f"{show_key('score', key, said).replace('_', ' ')} {n}" for key, n in weights.items() if n
    )
    banded = joined(f"{label('grade', key, said)} {n}" for key, n in bands.items())
    return (
        _(
            "Rates are in percent. Weights: {weights}; what cannot be measured is left out of the whole."
        ).format(weights=weighed or _("none")),
        _("Grades from: {grades}. The number of entries is shown and not scored.").format(grades=banded)
        if not weights.get("volume")
        else _("Grades from: {grades}.").format(grades=banded),
    )


def _sources(measured: dict[str, dict[str, Measure]]) -> Section:
    """Each number with what it was counted from."""
    titles = _titles()
    rows: list[Row] = []
    for author, of in measured.items():
        for key, title in titles.items():
            met = "met" if key in RATES else None  # a count is neither met nor failed
            for standing, refs in ((met, of[key].met), ("failed", of[key].failed)):
                rows += [
                    {
                        "author": author,
                        "number": title,
                        "standing": standing,
                        "n": len(part),
                        "refs": list(part),
                    }
                    for part in _cut(refs)
                ]
    columns = (
        Column("author", _("Author"), empty=_("not signed")),
        Column("number", _("Indicator")),
        Column("standing", _("Met or not"), words="met"),
        Column("n", _("How many"), "right"),
        Column("refs", _("Counted from"), fold=True),
    )
    return Section("sources", _("What the numbers are counted from"), columns, tuple(rows))


def _cut(refs: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [refs[at : at + ROOM] for at in range(0, len(refs), ROOM)]
