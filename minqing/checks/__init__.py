"""Checks: one file = one family of rules, found by its name. Findings help the writer; they change nothing.

Each file has `RULES`, what each of its rules looks for, and `check(ledger, today, kinds)`, which asks
the ledger alone. The files themselves are read again only to say on which line a finding stands.
"""

import json
import math
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, Protocol, cast

from minqing.checks import _templates
from minqing.checks._place import excerpt as excerpt
from minqing.checks._place import locate
from minqing.diary import Diary
from minqing.diary import leftovers as unfinished_saves  # a family of rules is named leftovers
from minqing.errors import Flaw
from minqing.find import COUNTED, Condition
from minqing.language import language
from minqing.model import Kind
from minqing.seal import broken as broken_seals


class Finding(NamedTuple):
    """What a rule found in the file `key` of the ledger; `severity` is "error" or "hint".

    `at` is a path in the header in stable keys, such as ("items", "1", "due"); what stands in the body
    has the `offset` of its first character there instead. `message` and `remedy` are English templates
    with braces for `words`. They quote days, numbers, keys and vocabulary; never a name or a sentence.
    """

    rule: str
    severity: str
    key: int
    at: tuple[str | int, ...]
    message: str
    remedy: str
    words: dict[str, str]
    offset: int | None = None


class CheckModule(Protocol):
    """What a file in this folder offers."""

    RULES: dict[str, str]
    check: Callable[[sqlite3.Connection, date, Mapping[str, Kind]], Iterator[Finding]]


# What reading finds, before there is a ledger to ask: see text, front, schema and diary.
READING_RULES = {
    "yaml": "the header cannot be read as `key: value` lines, or a key stands in it twice",
    "encoding": "the file is not stored as UTF-8, or its bytes are damaged",
    "conflict": "git left two versions in the file",
    "key": "a key that is not known, or is said in both languages",
    "value": "a value that is not what its key holds, such as a day that does not exist",
    "missing": "a key that must be there is not",
    "file": "a file that cannot be opened, or is none",
    "roster": "a line of roster.csv that cannot be read whole",
    "unfinished-save": "a save that was broken off",
    "sealed": "an entry that was changed after the report it stands in was sealed",
}


ATTACHMENTS = "_files"  # the one family that looks beyond the ledger


def families() -> list[str]:
    """Every family of rules by the name of its file."""
    return sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))


def load(name: str) -> CheckModule:
    """A family's module."""
    return cast(CheckModule, import_module(f"minqing.checks.{name}"))


def all_rules() -> dict[str, str]:
    """Every rule with what it looks for, those of reading first."""
    families_ = (*families(), ATTACHMENTS)
    return READING_RULES | {rule: about for name in families_ for rule, about in load(name).RULES.items()}


def check_diary(
    diary: Diary, ledger: sqlite3.Connection, today: date, rules: Collection[str] | None = None
) -> list[Flaw]:
    """Every flaw and hint of a diary, or those of some rules (see all_rules), by file and line."""
    wanted = all_rules().keys() if rules is None else set(rules)
    kinds = diary.kinds(language())
    modules = [module for name in families() if (module := load(name)).RULES.keys() & wanted]
    findings = [found for module in modules for found in module.check(ledger, today, kinds)]
    findings = [found for found in findings if found.rule in wanted]
    flaws = [
        flaw
        for flaw in (*_read(ledger), *_unfinished(diary.root), *_templates.flaws(diary.root))
        if flaw.rule in wanted
    ]
    flaws += broken_seals(diary.root, ledger) if "sealed" in wanted else ()
    attachments = import_module(f"{__name__}.{ATTACHMENTS}")
    if attachments.RULES.keys() & wanted:
        most = 0 if "attached-changed" not in wanted else attachments.QUICK if rules is None else math.inf
        findings += [found for found in attachments.check(diary.root, ledger, most) if found.rule in wanted]
        flaws += attachments.loose(diary.root, ledger) if "attached-loose" in wanted else ()
    flaws += _placed(diary.root, ledger, findings)
    return sorted(flaws, key=lambda flaw: (flaw.path, flaw.line, flaw.column, flaw.rule))


def _read(ledger: sqlite3.Connection) -> Iterator[Flaw]:
    """What reading found: it is in the ledger already."""
    for row in ledger.execute(
        "select w.rule, w.message, w.remedy, w.words, f.path, w.line, w.column, w.severity"
        " from flaw w join file f using (key)"
    ):
        yield Flaw(*row)._replace(words=json.loads(row["words"]))


def _unfinished(root: Path) -> Iterator[Flaw]:
    for path in unfinished_saves(root):
        yield Flaw(
            "unfinished-save",
            "a save was broken off here",
            "look whether its text is in the entry of that name, then delete it",
            path=path,
            severity="hint",
        )


def _placed(root: Path, ledger: sqlite3.Connection, findings: list[Finding]) -> list[Flaw]:
    """Findings with the path, line and column they stand at."""
    by_file: dict[int, list[Finding]] = {}
    for found in findings:
        by_file.setdefault(found.key, []).append(found)
    paths = dict(map(tuple, ledger.execute("select key, path from file")))
    wanted = [(paths[key], [(found.at, found.offset) for found in of]) for key, of in by_file.items()]
    return [
        Flaw(found.rule, found.message, found.remedy, found.words, path, line, column, found.severity)
        for (path, _), of, places in zip(wanted, by_file.values(), locate(root, wanted), strict=True)
        for found, (line, column) in zip(of, places, strict=True)
    ]


def bodies(ledger: sqlite3.Connection, of: Condition = COUNTED) -> Iterator[tuple[sqlite3.Row, str]]:
    """Each entry that counts, or those of it, with its body as an offset counts in it."""
    for row in ledger.execute(
        f"select e.*, c.sought, c.body from entry e join content c using (key) where {of.sql}", of.values
    ):
        yield row, row["sought"].decode("utf-8")[row["body"] :]
