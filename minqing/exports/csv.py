"""Every table of facts as one csv in a folder: entries, items, updates, aid, funds, figures, facts, decisions."""

from typing import Any

from minqing.exports import Exported, Want
from minqing.formats import load
from minqing.language import language
from minqing.ledger import parts
from minqing.report import Column, Report, Section
from minqing.reports import span_of
from minqing.tally import entries, rows_as_dicts
from minqing.veil import Veil
from minqing.words import FACT_WORDS, KEYS, SOURCES, label

SUFFIX = ""

# A table by the name of its file: what it is read from, and its columns by record of words.KEYS, record.key.
_TABLES: dict[str, tuple[str, str]] = {
    "entries": (
        "select e.id, e.kind, e.date, e.weekday, e.lunar, e.time, e.title, e.area, e.place, e.author, e.weather,"
        ' e.who, e."with", e.tags, file.path, substr(cast(c.sought as text), c.body + 1) as text'
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
# Columns that hold lists; numbers; days, ids and closed words, which name nobody.
_LISTS = {"entries": ("who", "with", "tags"), "aid": ("to", "receipt")}
_NUMBERS = ("each", "n", "total", "amount", "signed")
_CODES = {
    *_NUMBERS,
    "id",
    "ref",
    "entry",
    "path",
    "date",
    "time",
    "due",
    "posted",
    "grade",
    "reason",
    "satisfied",
}
# Columns whose values are a closed set of words.VALUES.
_WORDS = {
    "entries": {"kind": "kind"},
    "items": {"type": "item", "about": "about", "level": "level", "status": "status"},
    "updates": {name: name for name in ("status", "reason", "satisfied", "grade")},
    "aid": {"form": "form"},
    "facts": {"fact": "fact"},
    "decisions": {"type": "decision"},
}
_TITLES = {"entry": ("日记",), "path": ("文件",), "text": ("正文",)}


def export(want: Want) -> Exported:
    """A csv a table, safe to open in a spreadsheet; as the office may see it, or with names."""
    veil = None if want.names else Veil(want.ledger, "unit", want.today)
    of = entries(want.ledger, want.query, want.today)
    made = []
    for name, (sql, record) in _TABLES.items():
        order = "e.date, e.time, e.id" + ("" if name == "entries" else ", m.rowid")
        found = want.ledger.execute(f"{sql} where {of.sql} order by {order}", of.values)
        keys = [column[0] for column in found.description]
        rows = rows_as_dicts(found.fetchall())
        for row in rows:
            row |= {key: parts(row[key]) for key in _LISTS.get(name, ())}
            if veil:
                _hide(veil, name, row)
            if name == "facts" and row["fact"] in FACT_WORDS:
                row["value"] = label(FACT_WORDS[row["fact"]], row["value"], language())
        table = Section(name, name, tuple(_column(name, record, key) for key in keys), tuple(rows))
        span = span_of(want.query.period)
        made.append((f"{name}.csv", load("csv").render(Report(name, name, span, (table,)))))
    return Exported(tuple(made))


def _hide(veil: Veil, name: str, row: dict[str, Any]) -> None:
    """Mask what a row says, in place. A fact goes by its key, everything else word by word."""
    if name == "facts":
        row["value"] = veil.fact(row["fact"], row["value"])
    for key, value in row.items():
        if key not in _CODES and key not in _WORDS.get(name, ()):
            row[key] = veil.value(value)


def _column(name: str, record: str, key: str) -> Column:
    """A column under its key in English, under the Chinese word for it in Chinese."""
    words = {**SOURCES.get(name, {}), **KEYS[record], **_TITLES}
    known = words.get(key) or KEYS["entry"].get(key)
    title = known[0] if known and language() == "zh" else key
    align = "right" if key in _NUMBERS or (key == "value" and name == "figures") else "left"
    return Column(key, title, align, words=_WORDS.get(name, {}).get(key))
