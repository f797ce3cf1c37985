"""A calendar for the phone: the days on which items and visits fall due."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from datetime import date as Date
from typing import Any

from minqing.exports import Exported, Want
from minqing.exports._names import Spell, speller
from minqing.formats import library
from minqing.households import households
from minqing.language import _, colon, count, language
from minqing.period import Period
from minqing.safe import show
from minqing.tally import items_alive
from minqing.words import PENDING, label

SUFFIX = ".ics"


def export(want: Want) -> Exported:
    """All-day events of the days asked for, all days if none were. An event keeps its UID from export to export.

    Raises MinqingError without the office extra.
    """
    icalendar = library("icalendar", "ics")
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//minqing//minqing//ZH" if language() == "zh" else "-//minqing//minqing//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Due days of the diary"))
    now = Period(
        want.today.isoformat(), None, want.today, "day"
    )  # as things stand, whatever days are asked for
    everything = want._replace(query=want.query._replace(period=now))
    spell = speller(want)
    for day, said in (*_items(everything, spell), *_visits(everything, spell)):
        if want.query.period.contains(day):
            calendar.add_component(_event(icalendar, day, said, want.today))
    return Exported((("minqing.ics", calendar.to_ical()),))


def _event(icalendar: Any, day: Date, said: dict[str, str], today: Date) -> Any:
    event = icalendar.Event()
    event.add("uid", f"{said['uid']}@minqing")
    event.add("dtstamp", datetime(today.year, today.month, today.day, tzinfo=UTC))  # equal days, equal bytes
    event.add("dtstart", day)
    if day < Date.max:
        event.add("dtend", day + timedelta(1))  # the first day that it is over
    event.add("transp", "TRANSPARENT")  # a day on which something is due is not a day that is taken
    event.add("summary", show(said["summary"]))
    event.add("categories", [said["category"]])
    event.add("description", show(said["description"], newline=True))
    return event


Event = tuple[Date, dict[str, str]]


def _items(want: Want, spell: Spell) -> Iterator[Event]:
    for item in items_alive(want.ledger, want.query, want.today):
        if item["status"] not in PENDING or not item["due"]:
            continue
        kind = label("item", item["type"], language())
        told = [
            (_("Ref"), item["ref"]),
            (_("Who"), item["who"]),
            (_("Owner"), item["owner"]),
            (_("Status"), label("status", item["status"], language())),
        ]
        yield (
            Date.fromisoformat(item["due"]),
            {
                "uid": item["ref"],
                "category": kind,
                "summary": _("{type} due: {text}").format(type=kind, text=spell(item["text"])),
                "description": _lines(told, spell),
            },
        )


def _visits(want: Want, spell: Spell) -> Iterator[Event]:
    never, taken = 0, set()
    first = _first_named(want.ledger)
    for home in households(want.ledger, want.query, want.today):
        if home["state"] == "never":
            never += 1
        if not home["next"]:
            continue
        uid = "visit-" + min(first[name] for name in home["people"] if name in first)
        while uid in taken:  # two households of one name
            uid += "+"
        taken.add(uid)
        told = [(_("Area"), home["area"]), (_("Last visit"), home["last"])]
        yield (
            Date.fromisoformat(home["next"]),
            {
                "uid": uid,
                "category": _("Visit"),
                "summary": _("Visit due: {who}").format(who=spell(home["who"])),
                "description": _lines(told, spell),
            },
        )
    if never:
        yield (
            want.today,
            {
                "uid": "never-visited",
                "category": _("Visit"),
                "summary": count("{n} household never visited", "{n} households never visited", never),
                "description": "minqing report households",
            },
        )


def _first_named(ledger: sqlite3.Connection) -> dict[str, str]:
    """Where each name first stands, as day-entry.place: a sign of a household that tells no name."""
    found: dict[str, str] = {}
    places: Counter[str] = Counter()
    sql = (
        "select n.name, e.date, e.id from name n join entry e using (key) where n.part = 'who' and e.counted"
    )
    for name, day, entry in ledger.execute(f"{sql} order by e.date, e.id, n.rowid"):
        places[entry] += 1
        found.setdefault(name, f"{day}-{entry}.{places[entry]}")
    return found


def _lines(told: list[tuple[str, str | None]], spell: Spell) -> str:
    return "\n".join(f"{title}{colon()}{spell(value)}" for title, value in told if value)
