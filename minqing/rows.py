"""An entry as the rows it puts into the ledger. Pure; in the order of ledger.TABLES' columns."""

import json
from collections.abc import Iterable, Iterator, Sequence
from json.encoder import encode_basestring
from typing import Any

from minqing.errors import Flaw
from minqing.exact import decimal_text
from minqing.ledger import Rows, fold_text
from minqing.model import Entry
from minqing.values import write_person


def rows_of(entry: Entry | None, flaws: Iterable[Flaw]) -> Rows:
    """The rows of a file that was read, whole or not."""
    flaws = list(flaws)
    tables: dict[str, list[tuple[Any, ...]]] = {
        "flaw": [
            (
                f.rule,
                f.message,
                f.remedy,
                _encode(f.words),
                f.line,
                f.column,
                f.severity,
            )
            for f in flaws
        ]
    }
    whole = all(flaw.severity == "hint" for flaw in flaws)
    if entry is None:
        return Rows(None, whole, tables)
    who = [write_person(person) for person in entry.who]
    companions = [write_person(person) for person in entry.companions]
    e = entry
    meeting = _encode(e.meeting._asdict()) if e.meeting else None
    tables["entry"] = [
        (
            e.id,
            e.kind,
            e.date.isoformat(),
            e.time,
            e.title,
            e.weekday,
            e.lunar,
            e.weather,
            e.area,
            e.place,
            e.author,
        )
        + (_joined(who), _joined(companions), _joined(e.tags), meeting)
    ]
    head = "\n".join(_words(entry, who, companions))
    sought = f"{head}\n{e.body}"
    folded = fold_text(sought)
    raw = sought.encode("utf-8")
    folded_raw = None if folded == sought else folded.encode("utf-8")
    tables["content"] = [(raw, folded_raw, len(head) + 1)]
    tables["untraced"] = [()]
    tables["name"] = [("who", p.name, p.role or None) for p in e.who] + [
        ("with", p.name, p.role or None) for p in e.companions
    ]
    tables["tag"] = [(tag,) for tag in e.tags]
    tables["item"] = [
        (
            f"{e.id}.{i.n}",
            i.n,
            i.type,
            i.about,
            i.who,
            i.text,
            i.owner,
            i.due and i.due.isoformat(),
            i.level,
            i.status,
        )
        for i in e.items
    ]
    tables["told"] = [
        (n, u.ref, u.status, u.reason, u.note, u.by, u.satisfied, u.grade) for n, u in enumerate(e.updates)
    ]
    tables["aid"] = [
        (
            n,
            a.what,
            a.form,
            a.each and decimal_text(a.each.value),
            a.n,
            a.total and decimal_text(a.total.value),
        )
        + ((a.each or a.total).unit if a.each or a.total else None, a.total and a.total.unit)  # type: ignore[union-attr]
        + (a.fund, a.approver, a.occasion, _joined(a.to), _joined(a.receipt))
        for n, a in enumerate(e.aid)
    ]
    tables["fund"] = [
        (n, f.source, f.what, decimal_text(f.amount.value), f.amount.unit, f.note)
        for n, f in enumerate(e.funds)
    ]
    tables["figure"] = [
        (n, f.name, f.value and decimal_text(f.value.value), f.value and f.value.unit, f.of, f.note)
        for n, f in enumerate(e.figures)
    ]
    moment = f"{e.date.isoformat()}{e.time or ''}{e.id}"
    tables["fact"] = [(*fact, moment) for fact in e.facts]
    tables["decision"] = [
        (
            n,
            d.type,
            d.text,
            d.elected,
            d.signed,
            d.posted and d.posted.isoformat(),
            d.vote and json.dumps(d.vote),
        )
        for n, d in enumerate(e.decisions)
    ]
    tables["attached"] = [(n, f.path, f.sha256, f.original) for n, f in enumerate(e.files)]
    tables["void"] = [tuple(void) for void in e.void]
    return Rows(e.id, whole, {name: rows for name, rows in tables.items() if rows})


# json.dumps makes an encoder at every call that wants Chinese as it is
_encode = json.JSONEncoder(ensure_ascii=False).encode


def _joined(parts: Sequence[str]) -> str | None:
    return f"[{', '.join(map(encode_basestring, parts))}]" if parts else None


def _words(entry: Entry, who: list[str], companions: list[str]) -> Iterator[str]:
    """Every sentence of an entry that is not its body, one a line, for searching."""
    for text in (entry.title, entry.area, entry.place, entry.author, entry.weather):
        if text:
            yield text
    if names := [*who, *companions, *(f"#{tag}" for tag in entry.tags)]:
        yield " ".join(names)
    records: list[tuple[str | None, ...]] = [(i.text, i.who, i.owner) for i in entry.items]
    records += [(u.note, u.by) for u in entry.updates]
    records += [(a.what, *a.to, a.fund, a.approver, a.occasion, *a.receipt) for a in entry.aid]
    records += [(f.name, f.of, f.note) for f in entry.figures]
    records += [(f.source, f.what, f.note) for f in entry.funds]
    records += [(d.text, d.elected) for d in entry.decisions]
    records += [(f.who, f.value) for f in entry.facts]
    records += [(f.path, f.note) for f in entry.files]
    records += [(v.why,) for v in entry.void]
    if entry.meeting:
        records.append((entry.meeting.host, entry.meeting.recorder, *entry.meeting.agenda))
    for record in records:
        if line := " ".join(text for text in record if text):
            yield line
