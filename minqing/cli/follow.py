"""minqing follow: what has become of an item, told in a new entry."""

import sqlite3
from datetime import date as Date
from typing import Annotated, Any

from minqing import capture
from minqing.cli import reading, screen, session
from minqing.cli.new import compose, save, show
from minqing.cli.params import Argument, Option
from minqing.days import read_day
from minqing.errors import UsageError
from minqing.find import find_item
from minqing.language import _, language
from minqing.model import Kind, Update
from minqing.schema import UPDATE
from minqing.words import CLOSED, label, show_key, value_of

KIND = "note"

# What `follow` and `close` ask alike.
Ref = Annotated[str, Argument(metavar=_("REF"), help=_("An item, such as q7m3.1."))]
Reason = Annotated[
    str | None,
    Option("--reason", help=_("resolved, explained, transferred, withdrawn, duplicate, moved or died.")),
]
Satisfied = Annotated[str | None, Option("--satisfied", help=_("yes, basic or no."))]
By = Annotated[str | None, Option("--by", help=_("Who handled it."))]
On = Annotated[str | None, Option("--date", "-d", metavar=_("DATE"), help=_("When; today if not said."))]
DryRun = Annotated[bool, Option("--dry-run", help=_("Show the entry; write nothing."))]


def command(
    ref: Ref,
    note: Annotated[str | None, Option("--note", help=_("What happened."))] = None,
    status: Annotated[
        str | None, Option("--status", help=_("doing, referred, done, closed, declined or reopened."))
    ] = None,
    reason: Reason = None,
    satisfied: Satisfied = None,
    by: By = None,
    date: On = None,
    dry_run: DryRun = False,
) -> None:
    tell(
        ref,
        {"status": status, "note": note, "reason": reason, "satisfied": satisfied, "by": by},
        date,
        dry_run,
    )


def tell(ref: str, update: dict[str, Any], date: str | None, dry_run: bool, verb: str | None = None) -> None:
    """Write an entry that updates one item. Says beside it what an update to a closed item will and won't do."""
    diary = session.diary()
    ledger = reading.ledger(diary)
    item = find_item(ledger, ref)
    today = session.today()
    day = today if date is None else read_day(date, today)
    status = value_of("status", update["status"]) if update["status"] else None
    if update["status"] and status is None:
        raise UsageError(
            "“{status}” is no status; one of: doing referred done closed declined reopened",
            status=update["status"],
        )
    if item["state"] in CLOSED and status != "reopened":
        screen.warn(
            "{ref} was closed on {day}; this is recorded and does not open it again (--status reopened does)",
            ref=item["ref"],
            day=item["closed"],
        )
    if day.isoformat() < item["date"]:
        raise UsageError(
            "{ref} was opened on {opened}; nothing can have become of it on {day}",
            ref=item["ref"],
            opened=item["date"],
            day=day.isoformat(),
        )
    if status is None and item["state"] == "open" and not verb:
        status = "doing"  # whoever follows an item up is at work on it
    _refuse_beside_reopening(ledger, item["ref"], status, day)
    title = (
        f"{verb or _('Follow up')}：{item['text']}"
        if language() == "zh"
        else f"{verb or _('Follow up')}: {item['text']}"
    )
    source = ledger.execute("select area, who from entry where id = ?", (item["entry"],)).fetchone()
    told = capture.typed_fields(
        UPDATE, {key: said for key, said in (update | {"ref": item["ref"], "status": status}).items() if said}
    )
    about = {"title": title, "area": source["area"], "who": [item["who"]] if item["who"] else []}
    shape = Kind(KIND, label("kind", KIND, language()))
    entry = compose(diary, shape, day, about, updates=(Update(**told),))
    if dry_run:
        show(entry)
        return
    save(diary, entry)


def _refuse_beside_reopening(ledger: sqlite3.Connection, ref: str, status: str | None, day: Date) -> None:
    """Of one day a reopening counts last, so that nothing else told of that day would: unless it says its hour."""
    if status in (None, "reopened"):
        return
    reopened = ledger.execute(
        "select e.id from told t join entry e using (key) where e.counted and t.ref = ? and t.status = 'reopened'"
        " and e.date = ? and e.time is null",
        (ref, day.isoformat()),
    ).fetchone()
    if reopened:
        raise UsageError(
            "{ref} was opened again that day, in {entry}, which does not say at what hour; this would not count "
            "— add `{time}: 10:00` there (minqing edit {entry}) and try again",
            ref=ref,
            entry=reopened["id"],
            time=show_key("entry", "time", language()),
        )
