"""The minutes of one meeting as a form: who came, what was on, how they voted, what was decided, with room to sign."""

import json
import sqlite3
from collections.abc import Callable, Iterable
from datetime import date as Date
from typing import Any

from minqing import tally
from minqing.errors import UsageError
from minqing.language import _, count, language
from minqing.ledger import parts
from minqing.model import Meeting, Vote
from minqing.period import Query
from minqing.questions import still_open
from minqing.report import Column, Report, Row, Section
from minqing.reports import Basis, make, source_rows, subject
from minqing.reports._papers import to_sign
from minqing.words import label, show_key

SUBJECT = "entry"


def report(ledger: sqlite3.Connection, query: Query, today: Date) -> Report:
    """会议记录. What the entry does not say stays blank, to be filled in by hand."""
    basis = Basis(ledger, query, today)
    ref = subject(query, SUBJECT)
    of = tally.entries(*basis)
    entries = source_rows(
        ledger,
        'select e.key, e.kind, e.title, e.date, e.time, e.area, e.place, e.author, e.who, e."with", e.meeting, c.sought, '
        f"c.body from entry e join content c using (key) where {of.sql}",
        of.values,
    )
    columns = _columns()
    if not entries:
        missing = _("Entry {ref} does not count in this period.").format(ref=ref)
        return make(basis, "minutes", _("Minutes"), [Section("minutes", _("Minutes"), text=(missing,))])
    entry = entries[0]
    decisions = source_rows(ledger, "select * from decision where key = ? order by n", (entry["key"],))
    if entry["kind"] != "meeting" and not entry["meeting"] and not decisions:
        raise UsageError("entry {ref} tells of no meeting, so there are no minutes of it", ref=ref)
    form = Section("minutes", _("Minutes"), columns, (_row(entry, decisions),), look="form")
    sections = [form]
    body = entry["sought"].decode("utf-8")[entry["body"] :]
    if open_ := still_open(body):  # what nobody has settled is not said to others
        body = open_.text
    if body := body.strip():
        sections.append(Section("record", _("Record of the meeting"), markdown=body))
    return make(
        basis,
        "minutes",
        _("Minutes"),
        sections,
        figures={"decisions": len(decisions)},
        entries=1,
        paper="letter",
        foot=to_sign(_("Host (signed)"), _("Recorder (signed)"), _("Date")),
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column("title", _("Name"), fold=True),
        Column("type", _("Type"), words="meeting"),
        Column("time", _("Time")),
        Column("place", _("Place"), fold=True),
        Column("host", _("Host")),
        Column("recorder", _("Recorder")),
        Column("eligible", _("Should attend")),
        Column("present", _("Attended")),
        Column("guests", _("Also present"), fold=True),
        Column("agenda", _("Agenda"), fold=True),
        Column("votes", _("Voting"), fold=True),
        Column("decisions", _("Decisions"), fold=True),
        Column("posted", _("Public notice"), fold=True),
        Column("signatures", _("Signatures of those present"), fold=True),
    )


def _row(entry: dict[str, Any], decisions: list[dict[str, Any]]) -> Row:
    meeting = Meeting(**json.loads(entry["meeting"])) if entry["meeting"] else Meeting()
    return {
        "title": entry["title"],
        "type": meeting.type,
        "time": " ".join(text for text in (entry["date"], entry["time"]) if text),
        "place": entry["place"] or entry["area"],
        "host": meeting.host,
        "recorder": meeting.recorder or entry["author"],
        "eligible": _counted(meeting.eligible, meeting.unit),
        "present": _counted(meeting.present, meeting.unit),
        "guests": _guests(parts(entry["with"]), {meeting.host, meeting.recorder or entry["author"]}),
        "agenda": _numbered(meeting.agenda, str),
        "votes": _numbered(decisions, _vote),
        "decisions": _numbered(decisions, _decision),
        "posted": _numbered(decisions, lambda decision: decision["posted"] or ""),
        "signatures": None,
    }


def _guests(companions: list[str], officers: set[str | None]) -> list[str]:
    """Who came along and had no part in leading the meeting; a role stands in brackets behind a name."""
    return [person for person in companions if person.partition("（")[0] not in officers]


def _counted(n: int | None, unit: str | None) -> str | None:
    """People or households; a number alone where it is not said of what."""
    if n is None or unit is None:
        return None if n is None else str(n)
    if unit == "household":
        return count("{n} household", "{n} households", n)
    return count("{n} person", "{n} people", n)


def _numbered(of: Iterable[Any], said: Callable[[Any], str]) -> str:
    """A line each, with its number where there are several; lines with nothing to say are left out."""
    lines = [said(one) for one in of]
    if len(lines) == 1:
        return lines[0]
    return "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1) if line)


def _decision(decision: dict[str, Any]) -> str:
    told = [decision["text"]]
    if decision["elected"]:
        told.append(_("elected: {names}").format(names=decision["elected"]))
    if decision["signed"] is not None:
        told.append(_("signed: {n}").format(n=decision["signed"]))
    return ("；" if language() == "zh" else "; ").join(told)


def _vote(decision: dict[str, Any]) -> str:
    if not decision["vote"]:
        return ""
    vote = Vote(*json.loads(decision["vote"]))
    said, comma = language(), "，" if language() == "zh" else ", "
    told = [label("how", vote.how, said)] if vote.how else []
    for key in ("issued", "returned", "valid", "yes", "no", "abstain"):
        if (n := getattr(vote, key)) is not None:
            told.append(f"{show_key('vote', key, said)} {n}")
    told += [f"{name} {n}" for name, n in vote.tally]
    return comma.join(told)
