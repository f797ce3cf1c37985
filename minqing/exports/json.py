"""Every entry in full, for other programs: what `list --format json` says, and the header as it was read."""

import sqlite3
from typing import Any

from minqing import listing
from minqing.diary import read_bytes
from minqing.exports import Exported, Want
from minqing.formats.json import dump
from minqing.layout import tree_of
from minqing.tally import entries
from minqing.text import read_entry

SUFFIX = ".json"


def export(want: Want) -> Exported:
    """One object; `header` holds an entry's keys and values in English, so that `read_tree` reads it back.

    The writer's own tool: full, with every name. Raises OSError when a file went away meanwhile.
    """
    found = listing.rows(want.ledger, entries(want.ledger, want.query, want.today))
    said = listing.values(want.ledger, found)
    for entry, row in zip(said["entries"], found, strict=True):
        entry["header"] = _header(want, row)
    return Exported((("minqing.json", dump(said)),))


def _header(want: Want, row: sqlite3.Row) -> Any:
    # the ledger holds what reports count; the note of an attachment, for one, stands in the file alone
    entry = read_entry(read_bytes(want.root / row["path"])).entry
    return tree_of(entry) if entry else None
