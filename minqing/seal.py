"""Seals: what was handed in, so that a paper stays what it was. One tracked file a paper, reports/2016-05.json.

An entry dated into a sealed period that the seal does not know came later: it counts in the period after (补记),
and the sealed figures stay as they are. So they do when a sealed entry is voided: the period of the void takes it back
(更正). See settle.py. What was sealed and changed since, `check` names.
"""

import json
import sqlite3
from collections.abc import Iterator
from datetime import date as Date
from hashlib import sha256
from pathlib import Path
from typing import Literal, NamedTuple

from minqing.diary import REPORTS, Diary, read_bytes, write_new
from minqing.errors import Flaw, MinqingError, UsageError
from minqing.report import Report

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
    seal = {
        "schema": SCHEMA,
        "report": report.name,
        "period": {"name": period.name, "first": period.first, "last": period.last},
        "made": report.made,
        "digest": digest(rendered),
        "figures": report.figures,
        "entries": {id_: digest(read_bytes(diary.root / path)) for id_, path in behind},
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
    """What later reports and `check` need of a seal: ISO days, the digest of each entry behind it by id."""

    name: str  # of the period
    first: str
    last: str
    entries: dict[str, str]


def read_seal(data: bytes) -> tuple[Seal | None, list[Flaw]]:
    """A seal from its file, or the flaw that says why not."""
    from pydantic import BaseModel, Field, ValidationError  # 14 starts of Python: only where a seal is read

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

    try:
        said = Sealed.model_validate_json(data)
    except ValidationError:
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
    return Seal(period.name, period.first.isoformat(), period.last.isoformat(), said.entries), []


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
