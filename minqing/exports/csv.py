"""Every table of facts as one csv in a folder: entries, items, updates, aid, funds, figures, facts, decisions."""

from typing import Any

from minqing.exports import Exported, Want
from minqing.exports._names import speller
from minqing.find import Condition
from minqing.formats import load
from minqing.language import _, language
from minqing.ledger import parts
from minqing.report import Column, Report, Section
from minqing.reports import Basis, make, source_rows
from minqing.tally import entries
from minqing.words import show_key

SUFFIX = ""

# A table by the name of its file: what it is read from, and its columns by record of words.KEYS, record.key.
_TABLES: dict[str, tuple[str, str]] = {
    "entries": (
        "select e.id, e.kind, e.date, e.weekday, e.lunar, e.time, e.title, e.area, e.place, e.author, e.weather,"
        ' e.who, e."with", e.tags, file.path, substr(c.sought, c.body + 1) as text'
        " from entry e join file using (key) join content c using (key)",
        "entry",
    ),
    "items": (
        "select m.ref, e.date, m.type, m.about, m.who, m.text, m.owner, m.due, m.level, s.state as status"
        " from entry e join item m using (key) join step s on s.ref = m.ref and s.until = '9999-12-32'",
        "item",
    ),
    "updates": (
        'select m.ref, e.date, m.status, m.reason, m.note, m."by", m.satisfied, m.grade, e.id as entry'
        " from entry e join told m using (key)",
        "update",
    ),
    "aid": (
        'select e.id as entry, e.date, e.area, m.what, m.form, m.each, m.count as n, m.total, m.unit, m."to", m.fund,'
        " m.approver, m.occasion, m.receipt from entry e join aid m using (key)",
        "aid",
    ),
    "funds": (
        'select e.id as entry, e.date, m.source as "from", m.what, m.amount, m.unit, m.note'
        " from entry e join fund m using (key)",
        "fund",
    ),
    "figures": (
        'select e.id as entry, e.date, e.area, m.name, m.value, m.unit, m."of", m.note'
        " from entry e join figure m using (key)",
        "figure",
    ),
    "facts": (
        "select e.id as entry, e.date, e.area, m.who, m.fact, m.value from entry e join fact m using (key)",
        "facts",
    ),
    "decisions": (
        "select e.id as entry, e.date, e.area, m.type, m.text, m.elected, m.signed, m.posted"
        " from entry e join decision m using (key)",
        "decision",
    ),
}
