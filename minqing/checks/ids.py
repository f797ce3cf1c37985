"""Names that must lead to one thing: ids, what refs and corrections point to, kinds."""

from collections.abc import Iterator, Mapping
from datetime import date
from sqlite3 import Connection

from minqing.checks import Finding
from minqing.model import Kind
from minqing.words import VALUES, nearest

RULES = {
    "id-twice": "two files have one id; only the first by path counts",
    "dangling": "a ref or correction that points nowhere",
    "void": "a correction of the entry itself, or one that is corrected again",
    "kind": "a kind without a template",
}


def check(ledger: Connection, today: date, kinds: Mapping[str, Kind]) -> Iterator[Finding]:
    for row in ledger.execute(
        "select f.key, f.id, o.path from file f join entry e on e.id = f.id"
        " join file o on o.key = e.key where o.key <> f.key"
    ):
        yield Finding(
            "id-twice", "error", row["key"], ("id",),
            "{id} is also the id of {path}, so this file does not count",
            "delete the copy, or give this one an id of its own",
            {"id": row["id"], "path": row["path"]},
        )  # fmt: skip
    yield from _dangling(ledger)
    yield from _voids(ledger)
    known = kinds.keys() | VALUES["kind"].keys()
    for row in ledger.execute("select key, kind from entry where counted"):
        if row["kind"] not in known:
            yield _unknown(row["key"], row["kind"], kinds)


def _dangling(ledger: Connection) -> Iterator[Finding]:
    for row in ledger.execute(
        "select t.key, t.n, t.ref, exists (select 1 from entry o where o.id = substr(t.ref, 1, 8)) as there"
        " from told t join entry e using (key) where e.counted"
        " and t.ref not in (select ref from item) and t.ref not in (select id from entry)"
    ):
        at = ("updates", row["n"], "ref")
        if row["there"]:
            yield Finding(
                "dangling", "hint", row["key"], at,
                "the entry has no item {ref}",
                "correct the number behind the dot",
                {"ref": row["ref"]},
            )  # fmt: skip
        else:
            yield _nowhere(row["key"], at, row["ref"])
    for row in ledger.execute(
        "select v.key, v.entry, (select count(*) from void w where w.key = v.key and w.rowid < v.rowid) as n"
        " from void v join entry e using (key) where e.counted and v.entry not in (select id from entry)"
    ):
        yield _nowhere(row["key"], ("void", row["n"], "entry"), row["entry"])


def _voids(ledger: Connection) -> Iterator[Finding]:
    """Corrections without effect: of the entry itself, or by an entry that another takes back."""
    for row in ledger.execute(
        "select v.key, v.entry, e.id, e.counted, (select count(*) from void w where w.key = v.key and w.rowid < v.rowid) as n"
        " from void v join entry e using (key) where v.entry in (select id from entry)"
        " and not exists (select 1 from voided d where d.key = v.key and d.entry = v.entry)"
    ):
        at = ("void", row["n"], "entry")
        if row["entry"] == row["id"]:
            yield Finding(
                "void", "hint", row["key"], at,
                "an entry cannot void itself, so this one still counts",
                "name the entry that is wrong; to be rid of this one, void it in a new entry",
                {},
            )  # fmt: skip
        elif not row["counted"]:
            yield Finding(
                "void", "hint", row["key"], at,
                "this entry is voided itself, so {ref} counts again",
                "nothing, if that is meant; else void {ref} in a new entry",
                {"ref": row["entry"]},
            )  # fmt: skip


def _nowhere(key: int, at: tuple[str | int, ...], ref: str) -> Finding:
    return Finding(
        "dangling", "hint", key, at,
        "{ref} is in no entry here",
        "correct it; or its entry is in another copy of the diary, not merged yet",
        {"ref": ref},
    )  # fmt: skip


def _unknown(key: int, kind: str, kinds: Mapping[str, Kind]) -> Finding:
    close = nearest(kind[:40], [*kinds, *(known.name for known in kinds.values())])
    if close:
        return Finding(
            "kind", "hint", key, ("kind",),
            "there is no kind “{kind}” here",
            "did you mean “{close}”?",
            {"kind": kind[:40], "close": close},
        )  # fmt: skip
    return Finding(
        "kind", "hint", key, ("kind",),
        "there is no kind “{kind}” here",
        "known kinds: {known}; a file templates/{kind}.md makes a new one",
        {"kind": kind[:40], "known": " ".join(kinds)},
    )  # fmt: skip
