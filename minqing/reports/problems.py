"""What people raised: problems, needs, complaints and advice, with how each was handled."""

import sqlite3
from datetime import date as Date

from minqing.language import _
from minqing.period import Query
from minqing.report import Column, Report
from minqing.reports import Basis
from minqing.reports.items import ledger_of_items

TYPES = ("problem", "need", "complaint", "advice")


def report(ledger: sqlite3.Connection, query: Query, today: Date) -> Report:
    """问题台账, in the columns an office asks for."""
    columns = (
        Column("ref", _("Ref")),
        Column("date", _("Date")),
        Column("source", _("Source"), words="kind"),
        Column("type", _("Type"), words="item"),
        Column("about", _("About"), words="about"),
        Column("who", _("Raised by")),
        Column("text", _("What"), fold=True),
        Column("owner", _("Owner")),
        Column("due", _("Due")),
        Column("progress", _("Progress"), fold=True),
        Column("status", _("Status"), words="status"),
        Column("closed", _("Closed on")),
        Column("satisfied", _("Satisfied"), words="satisfied"),
    )
    return ledger_of_items(Basis(ledger, query, today), "problems", _("Problem ledger"), columns, TYPES)
