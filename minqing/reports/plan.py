"""The aid plan of one village: its state in numbers, its problems and their causes, and what is done about each."""

import sqlite3
from collections import Counter
from datetime import date as Date
from decimal import Decimal
from typing import Any

from minqing import tally
from minqing.exact import decimal_text
from minqing.households import Facts, counting, facts_of, households
from minqing.language import _, joined, language
from minqing.period import Query
from minqing.report import Column, Report, Row, Section
from minqing.reports import Basis, blank, make, picked, signed, source_rows, subject
from minqing.reports.funds import balances, moves
from minqing.words import CLOSED, VALUES, label

SUBJECT = "area"
WANTED = ("problem", "need", "complaint")
ANSWERS = ("measure", "promise", "task")
Known = dict[str, dict[str, list[Facts]]]
Rows = list[dict[str, Any]]


def report(ledger: sqlite3.Connection, query: Query, today: Date) -> Report:
    """分村帮扶方案: written from what the diary knows; what it does not know is a blank that says so."""
    basis = Basis(ledger, query, today)
    area = subject(query, SUBJECT)
    homes = counting(households(*basis))[0]
    people = {name: home["who"] for home in homes for name in home["people"]}
    facts = facts_of(ledger, people, tally.end_of(query, today))
    items = [item for item in tally.items_alive(*basis) if item["status"] not in CLOSED]
    wanted = [item for item in items if item["type"] in WANTED]
    answers = [item for item in items if item["type"] in ANSWERS]
    measures = _matched(wanted, answers, facts)
    sections = [
        _state(basis, homes, facts),
        _problems(wanted, _causes(people, facts)),
        _measures(measures),
        _support(basis, homes, facts, [answer for answer in answers if answer["type"] != "task"]),
    ]
    of = tally.entries(*basis)
    return make(
        basis,
        "plan",
        _("Aid plan for {area}").format(area=area.rpartition("/")[2]),
        sections,
        figures={
            "households": len(homes),
            "problems": len(wanted),
            "measures": len({ref for row in measures for ref in row["refs"]}),
            "without_measure": sum(bool(row["problem"]) and not row["refs"] for row in measures),
        },
        entries=tally.one(ledger, f"select count(*) from entry e where {of.sql}", *of.values),
        paper="letter",
        foot=signed(basis),
    )


# ---------------------------------------------------------------- one: how things are


def _state(basis: Basis, homes: Rows, facts: Known) -> Section:
    """How many live here, of which class, in which houses, by what is written."""
    classes = Counter(home["class"] or "" for home in homes)
    said = language()
    by_class = joined(
        [f"{label('class', key, said)} {classes[key]}" for key in VALUES["class"] if classes[key]]
        + ([_("class not written {n}").format(n=classes[""])] if classes[""] else [])
    )
    text = [_("Households known here: {n}.").format(n=len(homes))]
    if by_class:
        text = [_("Households known here: {n}, of these {classes}.").format(n=len(homes), classes=by_class)]
    text += _sums(facts)
    text.append(blank(_("place, terrain, villagers' groups, main crops and trades")))
    rows = _figures(basis)
    columns = (
        Column("name", _("Figure")),
        Column("area", _("Area"), fold=True),
        Column("value", _("Value"), "right"),
        Column("unit", _("Unit")),
        Column("date", _("As of")),
        Column("ref", _("Ref")),
    )
    return Section(
        "state", _("How things are"), columns if rows else (), picked(columns, rows), text=tuple(text)
    )


def _sums(facts: Known) -> list[str]:
    """People, hands and bad houses, each with how many households say it."""
    said = []
    for key, sentence in (
        ("members", _("People: {total}, by the word of {n} households.")),
        ("labour", _("Able to work: {total}, by the word of {n} households.")),
    ):
        numbers = [
            int(of[key][0].values[0])
            for of in facts.values()
            if key in of and of[key][0].values[0].isdecimal()
        ]
        if numbers:
            said.append(sentence.format(total=sum(numbers), n=len(numbers)))
    bad = sum(of["house_level"][0].values[0] in ("C", "D") for of in facts.values() if "house_level" in of)
    if bad:
        said.append(_("Houses of level C or D: {n}.").format(n=bad))
    return said


def _figures(basis: Basis) -> list[Row]:
    """The newest number of each name and place."""
    of = tally.entries(*basis)
    found: dict[tuple[str, str], Row] = {}
    for row in source_rows(
        basis.ledger,
        "select f.name, e.area, e.date, e.id as ref, f.value, f.unit from figure f join entry e using (key) "
        f"where f.value is not null and {of.sql} order by e.date, e.time, e.id, f.n",
        of.values,
    ):
        found[row["name"], row["area"] or ""] = row
    return [found[at] for at in sorted(found)]


# ---------------------------------------------------------------- two: what is wrong, and why


def _causes(people: dict[str, str], facts: Known) -> Counter[str]:
    """How many households name each cause; the newest word of a household counts."""
    of: dict[str, set[str]] = {}
    for name, household in people.items():
        if "causes" in facts.get(name, {}):
            of.setdefault(household, set()).update(facts[name]["causes"][0].values)
    return Counter(cause for causes in of.values() for cause in causes)


def _problems(wanted: Rows, causes: Counter[str]) -> Section:
    said = language()
    table = []
    for about in (*VALUES["about"], None):
        of = [item for item in wanted if item["about"] == about]
        if of:
            types = Counter(item["type"] for item in of)
            table.append(
                {
                    "about": about or "",
                    **{key: types[key] for key in WANTED},
                    "overdue": sum(i["overdue"] for i in of),
                }
            )
    columns = (
        Column("about", _("About"), words="about", empty=_("unsorted")),
        *(Column(key, label("item", key, said).capitalize(), "right") for key in WANTED),
        Column("overdue", _("Overdue"), "right"),
    )
    ranked = joined([f"{label('causes', cause, said)} {n}" for cause, n in causes.most_common()])
    text = (
        _("Open problems, needs and complaints: {n}.").format(n=len(wanted)),
        _("Causes of poverty, by households: {causes}.").format(causes=ranked)
        if ranked
        else blank(_("the causes of poverty, household by household")),
    )
    return Section("problems", _("Problems, and causes of poverty"), columns, tuple(table), text=text)


# ---------------------------------------------------------------- three: what is done about it


def _matched(wanted: Rows, answers: Rows, facts: Known) -> Rows:
    """Each problem with the measures, promises and tasks that answer it; then what else is to be done for the place.

    An answer is of the same category, and about the same person where both name one. A task that answers nothing is
    the writer's own.
    """
    rows, used = [], set()
    by_category: dict[str | None, Rows] = {}
    for answer in answers:
        by_category.setdefault(answer["about"], []).append(answer)
    for item in wanted:
        own = [answer for answer in by_category.get(item["about"], ()) if _answers(answer, item)]
        used |= {answer["ref"] for answer in own}
        rows.append(_line(item, own, facts))
    more = [answer for answer in answers if answer["ref"] not in used and answer["type"] != "task"]
    return rows + [_line(None, [answer], facts) for answer in more]


def _answers(answer: dict[str, Any], item: dict[str, Any]) -> bool:
    if answer["about"] is None:
        return False  # what has no category is not therefore about the same
    if answer["who"] and item["who"]:
        return bool(answer["who"] == item["who"])
    return bool(answer["area"] == item["area"])


def _line(item: dict[str, Any] | None, answers: Rows, facts: Known) -> dict[str, Any]:
    said = language()
    told = [item] if item else answers
    who = next((one["who"] for one in told if one["who"]), None)
    causes = facts.get(who or "", {}).get("causes")
    todo = _blank()
    owners = [one["owner"] for one in (answers or told) if one["owner"]]
    dues = sorted(one["due"] for one in answers if one["due"]) or [one["due"] for one in told if one["due"]]
    return {
        "about": told[0]["about"],
        "who": who,
        "problem": item["text"] if item else "",
        "cause": [label("causes", cause, said) for cause in causes[0].values] if causes else todo,
        "measure": [answer["text"] for answer in answers] or todo,
        "owner": list(dict.fromkeys(owners)) or todo,
        "fund": todo,  # nothing that is written says who will pay
        "due": dues[-1] if dues else todo,
        "refs": [answer["ref"] for answer in answers],
        "source": [one["ref"] for one in ([item] if item else []) + answers],
    }


def _measures(rows: Rows) -> Section:
    columns = (
        Column("about", _("About"), words="about"),
        Column("who", _("Who")),
        Column("problem", _("Problem"), fold=True),
        Column("cause", _("Cause"), fold=True),
        Column("measure", _("Measure"), fold=True),
        Column("owner", _("Owner"), fold=True),
        Column("fund", _("Fund"), fold=True),
        Column("due", _("Due")),
        Column("source", _("Source"), fold=True),
    )
    lacking = sum(bool(row["problem"]) and not row["refs"] for row in rows)
    text = (_("Problems that no measure answers yet: {n}.").format(n=lacking),) if lacking else ()
    return Section("measures", _("What is done about it"), columns, picked(columns, rows), text=text)


def _blank() -> str:
    """A blank in a table, without a word of what belongs there: the column says it."""
    return _("[to be written]")


# ---------------------------------------------------------------- four: what it rests on


def _support(basis: Basis, homes: Rows, facts: Known, answers: Rows) -> Section:
    """Who is in charge, what money there is, how it is looked after."""
    helpers = {of["helper"][0].values[0] for of in facts.values() if "helper" in of}
    helped = sum(any("helper" in facts.get(name, {}) for name in home["people"]) for home in homes)
    owners = list(dict.fromkeys(answer["owner"] for answer in answers if answer["owner"]))
    text = [
        _("Helpers: {helpers}, for {n} of {all} households.").format(
            helpers=len(helpers), n=helped, all=len(homes)
        )
        if helpers
        else blank(_("who helps which household")),
        _("In charge of measures: {owners}.").format(owners=joined(owners))
        if owners
        else blank(_("who is in charge of the measures")),
        *_money(basis),
    ]
    rated = [home for home in homes if home["state"]]
    late = sum(home["state"] in ("overdue", "never") for home in rated)
    if rated:
        text.append(
            _("Households with a rhythm of visits: {n}; overdue or never visited: {late}.").format(
                n=len(rated), late=late
            )
        )
    text.append(blank(_("how the plan is checked and made public")))
    return Section("support", _("What it rests on"), text=tuple(text))


def _money(basis: Basis) -> list[str]:
    """What came in for this place and what is left, in yuan."""
    of = tally.entries(*basis)
    yuan = [
        row
        for row in balances(moves(basis.ledger, of), "")
        if row["unit"] == "元" and not row["what"] and row["kept"]
    ]
    if not yuan:
        return [blank(_("the money there is, and where it comes from"))]
    sums = {
        key: decimal_text(sum((row[key] for row in yuan), Decimal())) for key in ("income", "spent", "after")
    }
    return [
        _(
            "Money: {income} yuan came in from {funds}, {spent} yuan were given, {after} yuan are left."
        ).format(funds=joined([row["fund"] for row in yuan]), **sums)
    ]
