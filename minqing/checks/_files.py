"""Attachments: what an entry names is there and unchanged, what is there is named. Looks at the files themselves."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from sqlite3 import Connection
from unicodedata import normalize

from minqing.attach import MOST_BYTES, digest_of
from minqing.checks import Finding
from minqing.diary import FILES
from minqing.errors import Flaw

RULES = {
    "attached-gone": "a file that an entry names and that is not there",
    "attached-changed": "a file that is no longer what was attached; asked for by name, all of them are read",
    "attached-loose": "a file in files/ that no entry names",
}
QUICK = 200 * 1024 * 1024  # bytes that are compared without being asked for


def check(root: Path, ledger: Connection, most: float) -> Iterator[Finding]:
    """What became of the files that entries name; up to `most` bytes of them are compared, the last changed first."""
    there = []
    for row in ledger.execute("select a.*, e.id from attached a join entry e using (key) order by key, n"):
        status = _status(root, row["path"])
        if status is None:
            yield Finding(
                "attached-gone", "hint", row["key"], ("files", row["n"], "path"),
                "this file is not in the diary",
                "bring it back; or it lies in another copy of the diary, not brought here yet",
                {},
            )  # fmt: skip
        elif row["sha256"] and status.st_size <= MOST_BYTES:
            there.append((-max(status.st_mtime_ns, status.st_ctime_ns), status.st_size, row))
    there.sort(key=lambda part: part[:2])
    for _changed, size, row in there:
        most -= size
        if most < 0:
            return
        if digest_of(root / row["path"]) != row["sha256"].lower():
            yield Finding(
                "attached-changed", "error", row["key"], ("files", row["n"], "sha256"),
                "this file is not what was attached: its digest is another",
                "get it back as it was; if the change was meant, attach it to a new entry",
                {},
            )  # fmt: skip


def _status(root: Path, path: str) -> os.stat_result | None:
    """Of a regular file inside the diary; an entry cannot send us elsewhere."""
    if path.startswith("/") or ".." in path.split("/") or any(sign in path for sign in ":\\\0"):
        return None
    try:
        status = os.stat(root / path, follow_symlinks=False)
    except OSError:
        return None
    return status if stat.S_ISREG(status.st_mode) else None


def loose(root: Path, ledger: Connection) -> Iterator[Flaw]:
    """What lies in files/ and no entry names: left by a try that was broken off, or put there by hand."""
    receipts = "select value from aid, json_each(aid.receipt) where aid.receipt is not null"
    paths = ledger.execute(f"select path from attached union {receipts}")
    named = {normalize("NFC", path) for (path,) in paths}
    for folder, folders, names in os.walk(root / FILES):
        folders.sort()
        for name in sorted(names):
            path = Path(folder, name).relative_to(root).as_posix()
            if normalize("NFC", path) not in named and name[0] != ".":
                yield Flaw(
                    "attached-loose",
                    "no entry names this file",
                    "attach it to its entry with `minqing attach`, or delete it",
                    path=path,
                    severity="hint",
                )
