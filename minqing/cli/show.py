"""minqing show: one entry as it was written, or one item with its whole life."""

import sqlite3
from typing import Annotated, Any

from minqing import listing, reports
from minqing.cli import reading, screen, session
from minqing.cli.params import Argument
from minqing.cli.present import AUDIENCE, FORMAT, present, present_values
from minqing.diary import read_bytes
from minqing.find import find_entry, find_item
from minqing.language import _, language
from minqing.period import ALL, Filter, Query
from minqing.report import Column, Report, Section, Span
from minqing.safe import show as safe
from minqing.text import decode, split
from minqing.words import CLOSED, STATUS_ORDER, label


def command(
    ref: Annotated[
        str,
        Argument(metavar=_("ID"), help=_("An id, its first 4 characters, or an item such as q7m3.1.")),
    ],
    format_: Annotated[str, FORMAT] = "text",
    audience: Annotated[str | None, AUDIENCE] = None,
) -> None:
    diary = session.diary()
    ledger = reading.ledger(diary)
    reading.tell_flaws(ledger)
    if "." in ref.replace("．", "."):
        present(_life(ledger, find_item(ledger, ref)), format_, ledger, audience)
        return
    entry = ledger.execute(
        "select e.*, f.path from entry e join file f using (key) where e.id = ?",
        (find_entry(ledger, ref)["id"],),
    ).fetchone()
    if format_ == "json":
        present_values(listing.values(ledger, [entry]), ledger, audience)
    elif format_ == "text" and audience in (None, "self"):
        screen.out(_page(ledger, entry, diary.root / entry["path"]))
    else:
        query = Query(ALL, (Filter("entry", entry["id"]),))
        page = reports.load("entry").report(ledger, query, session.today())
        present(page._replace(flaws=0), format_, ledger, audience)


def _page(ledger: sqlite3.Connection, entry: sqlite3.Row, path: Any) -> str:
    """The entry to read: its header as written, where its items stand, its text."""
    text, _flaws = decode(read_bytes(path))
    header, body, _first = split(text)
    lines = [
        safe(f"{entry['title'] or entry['kind']}  ({entry['id']})"),
        safe(entry["path"]),
        "",
        (header or "").rstrip(),
    ]
    states = ledger.execute(
        "select ref, text, state, since, due from item_ledger where entry = ? order by n", (entry["id"],)
    )
    standing = [
        f"  {row['ref']}  {label('status', row['state'], language())}  {row['since']}  {row['text']}"
        for row in states
    ]
    if standing:
        lines += ["", _("Where its items stand:"), *standing]
    return "\n".join([*lines, "", body.strip()]).rstrip()


def _life(ledger: sqlite3.Connection, item: sqlite3.Row) -> Report:
    """An item and every step of its life, each with the entry that tells it."""
    told: dict[str, list[dict[str, Any]]] = {}
    for row in ledger.execute(
        'select e.id as entry, t.n, t.status, t.note, t.reason, t.satisfied, t."by" from told t join entry e using (key) '
        "where t.ref = ?",
        (item["ref"],),
    ):
        told.setdefault(row["entry"], []).append(dict(row))
    for updates in told.values():  # of one entry they take effect in this order, see life.in_order
        updates.sort(key=lambda update: (STATUS_ORDER.index(update["status"] or "open"), update["n"]))
    rows = []
    for n, date, state, event, entry in ledger.execute(
        "select n, date, state, event, entry from step where ref = ? order by n", (item["ref"],)
    ):
        own = event in ("opened", "corrected") or (
            n == 1 and entry == item["entry"] and item["status"] in CLOSED
        )
        update = {} if own or not told.get(entry) else told[entry].pop(0)
        rows.append(update | {"date": date, "status": state, "entry": entry})
    columns = (
        Column("date", _("Date")),
        Column("status", _("Status"), words="status"),
        Column("note", _("Progress"), fold=True),
        Column("by", _("By")),
        Column("reason", _("Reason"), words="reason"),
        Column("satisfied", _("Satisfied"), words="satisfied"),
        Column("entry", _("Entry")),
    )
    about = [label("item", item["type"], language())]
    about += [label("about", item["about"], language())] if item["about"] else []
    about += [part for part in (item["who"], item["owner"]) if part]
    about += [f"{_('Due')} {item['due']}"] if item["due"] else []
    section = Section("life", item["text"], columns, tuple(rows), text=(" · ".join(about),))
    return Report(
        "item",
        item["ref"],
        Span(item["date"], item["date"], item["since"], None),
        (section,),
        entries=len({row["entry"] for row in rows}),
    )
