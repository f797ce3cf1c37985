"""Seals: what was handed in, so that a paper stays what it was. One tracked file a paper, reports/2016-05.json.

An entry dated into a sealed period that the seal does not know came later: it counts in the period after (补记),
and the sealed figures stay as they are. So they do when a sealed entry is voided: the period of the void takes it back
(更正). See settle.py. What was sealed and changed since, `check` names. The paper itself is in the seal, and is given
back from there.
"""

import json
import sqlite3
from collections.abc import Iterator
from datetime import date as Date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal, NamedTuple

from minqing.diary import REPORTS, Diary, read_bytes, write_new
from minqing.errors import Flaw, MinqingError, UsageError
from minqing.exact import decimal_text
from minqing.period import Query
from minqing.report import CHARTS, LOOKS, PAPERS, Chart, Column, Report, Section, Span
from minqing.settle import CARRIED
from minqing.words import VALUES

SCHEMA = 1


def digest(data: bytes) -> str:
    """`sha256:` and 64 hexadecimal digits."""
    return f"sha256:{sha256(data).hexdigest()}"


def write_seal(diary: Diary, ledger: sqlite3.Connection, report: Report, rendered: bytes) -> str:
    """Seal a report of the whole diary over a closed period; returns the file's path from the root.

    `rendered` is the report as JSON. Raises UsageError for a report that cannot be sealed, MinqingError when its
    period is sealed already.
    """
    period = report.period
    if report.filters:
        raise UsageError(
            "only a report of the whole diary can be sealed; leave {filters} away",
            filters=" ".join(report.filters),
        )
    if not (period.first and period.last):
        raise UsageError("only a report of a period can be sealed, such as --month 2016-05")
    if report.flaws:
        raise MinqingError(
            "files that cannot be read whole would be missing under the seal; see: minqing check"
        )
    behind = ledger.execute(
        "select e.id, f.path from entry e join file f using (key) "
        "where e.until > ?2 and e.booked between ?1 and ?2 order by e.id",
        (period.first, period.last),
    ).fetchall()
    before = ledger.execute(
        f"select id from entry where until > ?1 and booked < ?1 and ({CARRIED}) and id not in "
        "(select id from sealed where key in (select key from seal where last < ?2)) order by id",
        (period.first, period.last),
    ).fetchall()
    seal = {
        "schema": SCHEMA,
        "report": report.name,
        "period": {"name": period.name, "first": period.first, "last": period.last},
        "made": report.made,
        "digest": digest(rendered),
        "figures": report.figures,
        "entries": {id_: digest(read_bytes(diary.root / path)) for id_, path in behind},
        "before": [id_ for (id_,) in before],  # what is carried over into it, as far as no earlier seal says
        "paper": _plain(report),
    }
    name = period.name if report.name == "summary" else f"{report.name}-{period.name}"
    path = f"{REPORTS}/{name}.json"
    text = json.dumps(seal, ensure_ascii=False, indent=2, default=str)
    try:
        write_new(diary.root, path, f"{text}\n".encode())
    except FileExistsError:
        raise MinqingError(
            "{path} is there: {name} was sealed before, and a seal is not replaced", path=path, name=name
        ) from None
    return path


class Seal(NamedTuple):
    """What later reports and `check` need of a seal: ISO days, the digest of each entry behind it by id.

    `before` are the ids of earlier entries of which something is carried over, `paper` is what was handed in; None in
    a seal that was made before they were kept.
    """

    report: str
    name: str  # of the period
    first: str
    last: str
    digest: str
    entries: dict[str, str]
    before: tuple[str, ...] | None
    paper: Report | None


def read_seal(data: bytes) -> tuple[Seal | None, list[Flaw]]:
    """A seal from its file, or the flaw that says why not."""
    from pydantic import BaseModel, Field  # 14 starts of Python: only where a seal is read

    class Period(BaseModel):
        name: str
        first: Date
        last: Date

    class Sealed(BaseModel):
        schema_: Literal[1] = Field(alias="schema")
        report: str
        period: Period
        digest: str
        entries: dict[str, str]
        before: tuple[str, ...] | None = None
        paper: Report | None = None

    try:
        said = Sealed.model_validate_json(data)
        paper = said.paper and _exact(said.paper)
    except (ValueError, ArithmeticError):  # pydantic's errors are ValueErrors
        return None, [
            Flaw(
                "sealed",
                "this is no seal any more",
                "get the file back as it was: git checkout -- {folder}",
                {"folder": REPORTS},
                line=1,
                column=1,
            )
        ]
    period = said.period
    days = period.first.isoformat(), period.last.isoformat()
    return Seal(said.report, period.name, *days, said.digest, said.entries, said.before, paper), []


def handed_in(
    root: Path, ledger: sqlite3.Connection, report: str, query: Query
) -> tuple[str, str, Report] | None:
    """This report of this very period as it was sealed, behind the seal's path and its digest; None if it was not."""
    period = query.period
    if query.filters or not (period.first and period.last):
        return None
    row = ledger.execute(
        "select path from seal join file using (key) where (report, name, first, last) = (?, ?, ?, ?)",
        (report, period.name, period.first.isoformat(), period.last.isoformat()),
    ).fetchone()
    seal = read_seal(read_bytes(root / row["path"]))[0] if row else None
    return (row["path"], seal.digest, seal.paper) if seal and seal.paper else None


def _plain(value: Any) -> Any:
    """A report as JSON can say it: its parts by the names of their fields, exact numbers as such."""
    if isinstance(value, (Report, Span, Section, Column, Chart)):
        usual = value._field_defaults
        return {
            key: _plain(part)
            for key, part in value._asdict().items()
            if key not in usual or part != usual[key]
        }
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return {_NUMBER: decimal_text(value)} if isinstance(value, Decimal) else value


_NUMBER = "decimal"


def _exact(paper: Report) -> Report:
    """A report as it was before `_plain`. Raises ValueError, ArithmeticError for what is no report of ours."""

    def exact(value: Any) -> Any:
        if isinstance(value, dict):
            return Decimal(str(value[_NUMBER])) if value.keys() == {_NUMBER} else _each(value)
        return [exact(part) for part in value] if isinstance(value, list) else value

    def _each(values: dict[str, Any]) -> dict[str, Any]:
        return {key: exact(value) for key, value in values.items()}

    Date.fromisoformat(paper.made)
    for section in paper.sections:
        known = section.look in LOOKS and all(column.words in (None, *VALUES) for column in section.columns)
        if not known or (section.chart and section.chart.kind not in CHARTS):
            raise ValueError(section.name)
        for label in section.chart.labels if section.chart and section.chart.kind == "calendar" else ():
            Date.fromisoformat(label)
    if paper.paper not in PAPERS:
        raise ValueError(paper.paper)
    sections = (section._replace(rows=tuple(map(_each, section.rows))) for section in paper.sections)
    return paper._replace(figures=_each(paper.figures), sections=tuple(sections))


def broken(root: Path, ledger: sqlite3.Connection) -> Iterator[Flaw]:
    """What was changed since it was handed in, an error for each entry."""
    paths = dict(map(tuple, ledger.execute("select e.id, f.path from entry e join file f using (key)")))
    for file, name in ledger.execute(
        "select f.path, s.name from seal s join file f using (key) order by s.last, s.name"
    ).fetchall():
        seal, _flaws = read_seal(read_bytes(root / file))
        for id_, was in sorted(seal.entries.items()) if seal else ():
            if id_ not in paths:
                yield Flaw(
                    "sealed",
                    "entry {id} stood in the report {name} when it was sealed, and is gone",
                    "get it back: git log -- entries",
                    {"id": id_, "name": name},
                    path=file,
                    line=1,
                )
            elif digest(read_bytes(root / paths[id_])) != was:
                yield Flaw(
                    "sealed",
                    "this entry was changed after the report {name} was sealed",
                    "put it back as it was, and correct it with `void` in a new entry",
                    {"name": name},
                    path=paths[id_],
                    line=1,
                )
