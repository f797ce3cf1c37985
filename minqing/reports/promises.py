"""What was promised, to whom, by when, and whether it was kept."""

import sqlite3
from datetime import date as Date

from minqing.language import _
from minqing.period import Query
from minqing.report import Column, Report
from minqing.reports import Basis
from minqing.reports.items import ledger_of_items


def report(ledger: sqlite3.Connection, query: Query, today: Date) -> Report:
    """承诺台账."""
    columns = (
        Column("ref", _("Ref")),
        Column("date", _("Date")),
        Column("who", _("Promised to")),
        Column("text", _("Promise"), fold=True),
        Column("owner", _("Promised by")),
        Column("due", _("Due")),
        Column("progress", _("How it was kept"), fold=True),
        Column("kept", _("Kept on")),
        Column("overdue", _("Overdue or not")),
    )
    return ledger_of_items(
        Basis(ledger, query, today), "promises", _("Promise ledger"), columns, ("promise",)
    )
