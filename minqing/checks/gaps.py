"""What an entry leaves out and someone will ask for: numbers, names, signatures, attendance, days."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from sqlite3 import Connection, Row
from typing import Any

from minqing.checks import Finding, bodies
from minqing.choices import LEFT_OPEN
from minqing.language import language
from minqing.ledger import parts, setting
from minqing.model import Kind, Vote
from minqing.questions import still_open
from minqing.words import PENDING, label, show_key

RULES = {
    "figure-empty": "a figure without its number",
    "aid-names": "aid for more people than are named",
    "receipt": "aid without a receipt",
    "quorum": "a meeting without attendance, or below what the diary asks for",
    "undated": "a promise or task without a due date",
    "needs": "an entry without what its kind needs",
    "unsettled": "what `add` was not sure of, and nobody has settled since",
}
_SIGNED_FOR = ("cash", "goods")
_NO_QUORUM = ("forum", "other")  # nothing is decided there
_PENDING = ", ".join(f"'{state}'" for state in PENDING)


def check(ledger: Connection, today: date, kinds: Mapping[str, Kind]) -> Iterator[Finding]:
    for row in ledger.execute(
        "select key, name from figure join entry using (key) where counted and value is null"
    ):
        yield Finding(
            "figure-empty", "hint", row["key"], ("figures", row["name"]),
            "this figure has no number",
            "write the number with its unit, once it is known",
            {},
        )  # fmt: skip
    for row in ledger.execute(
        "select key, n, type from item_ledger"
        f" where type in ('promise', 'task') and due is null and state in ({_PENDING})"
    ):
        yield Finding(
            "undated", "hint", row["key"], ("items", str(row["n"])),
            "this {type} has no due date",
            "agree on a day and add `{due}: 2016-06-08`",
            {"type": label("item", row["type"], language()), "due": show_key("item", "due", language())},
        )  # fmt: skip
    yield from _aid(ledger)
    yield from _meetings(ledger)
    for kind in kinds.values():
        for need in kind.needs:
            yield from _lacking(ledger, kind, need)
    for row, body in bodies(ledger, LEFT_OPEN):
        if open_ := still_open(body):
            yield Finding(
                "unsettled", "hint", row["key"], (),
                "{n} things that `add` was not sure of are still open",
                "go through them: minqing edit {id} --settle",
                {"n": str(len(open_.questions)), "id": row["id"]}, open_.start,
            )  # fmt: skip


def _aid(ledger: Connection) -> Iterator[Finding]:
    """One finding an event, not one a good: who got money, a bag and books is named once."""
    events: dict[int, list[Row]] = {}
    for row in ledger.execute(
        "select a.*, e.who from aid a join entry e using (key) where e.counted order by key, n"
    ):
        if row["form"] in _SIGNED_FOR:
            events.setdefault(row["key"], []).append(row)
    for key, rows in events.items():
        most = max(rows, key=lambda row: row["count"] or 0)
        named = {name for row in rows for name in parts(row["to"])} or set(parts(rows[0]["who"]))
        if len(named) < (most["count"] or 1):
            yield Finding(
                "aid-names", "hint", key, ("aid", most["n"], "to"),
                "{named} of {n} people are named",
                "write the other names under `{to}`",
                {
                    "named": str(len(named)),
                    "n": str(most["count"] or 1),
                    "to": show_key("aid", "to", language()),
                },
            )  # fmt: skip
        unsigned = next((row for row in rows if not row["receipt"]), None)
        if unsigned:
            yield Finding(
                "receipt", "hint", key, ("aid", unsigned["n"]),
                "this aid has no receipt",
                "name the signed list, or who signed, under `{receipt}`",
                {"receipt": show_key("aid", "receipt", language())},
            )  # fmt: skip


def _meetings(ledger: Connection) -> Iterator[Finding]:
    asked: dict[str, dict[str, str]] = setting(ledger, "quorum") or {}
    for row in ledger.execute("select key, meeting from entry where counted and meeting is not null"):
        meeting: dict[str, Any] = json.loads(row["meeting"])
        eligible, present = meeting["eligible"], meeting["present"]
        ratios = asked.get(meeting["type"] or "", {})
        if meeting["type"] not in _NO_QUORUM and (eligible is None or present is None):
            yield Finding(
                "quorum", "hint", row["key"], ("meeting", "present" if present is None else "eligible"),
                "how many should come and how many came is not said",
                "count them, and write `{eligible}` and `{present}`",
                {name: show_key("meeting", name, language()) for name in ("eligible", "present")},
            )  # fmt: skip
        elif "attend" in ratios and (present or 0) < (eligible or 0) * Fraction(ratios["attend"]):
            yield Finding(
                "quorum", "hint", row["key"], ("meeting", "present"),
                "{present} of {eligible} came, the diary asks for {ratio}",
                "count again; below it a meeting decides nothing",
                {"present": str(present), "eligible": str(eligible), "ratio": ratios["attend"]},
            )  # fmt: skip
        if present and "agree" in ratios:
            yield from _agreed(ledger, row["key"], present, ratios["agree"])


def _agreed(ledger: Connection, key: int, present: int, ratio: str) -> Iterator[Finding]:
    for row in ledger.execute("select n, vote from decision where key = ? and vote is not null", (key,)):
        yes = Vote(*json.loads(row["vote"])).yes
        if yes is not None and yes <= present * Fraction(ratio):
            yield Finding(
                "quorum", "hint", key, ("decisions", row["n"], "vote", "yes"),
                "{yes} of {present} agreed, the diary asks for more than {ratio}",
                "count again; below it nothing is decided",
                {"yes": str(yes), "present": str(present), "ratio": ratio},
            )  # fmt: skip


# Needs that are lists, by the table that holds them; the others are columns of the entry.
_LISTS = {"facts": "fact", "figures": "figure", "items": "item", "updates": "told"}
_LISTS |= {"aid": "aid", "funds": "fund", "decisions": "decision", "files": "attached", "void": "void"}


def _lacking(ledger: Connection, kind: Kind, need: str) -> Iterator[Finding]:
    if need in _LISTS:
        absent = f"not exists (select 1 from {_LISTS[need]} part where part.key = entry.key)"
    else:
        absent = f"coalesce(\"{need}\", '') = ''"
    for row in ledger.execute(f"select key from entry where counted and kind = ? and {absent}", (kind.kind,)):
        yield Finding(
            "needs", "hint", row["key"], (need,),
            "an entry of kind “{kind}” needs “{key}”",
            "add it; templates/ says what a kind needs",
            {"kind": kind.name, "key": show_key("entry", need, language())},
        )  # fmt: skip
