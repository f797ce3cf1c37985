"""勾稽: numbers that must fit each other, within an entry."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from sqlite3 import Connection

from minqing.checks import Finding
from minqing.exact import decimal_text
from minqing.language import language
from minqing.model import Kind, Vote
from minqing.words import show_key

RULES = {
    "total": "each times count is not the total",
    "part": "a figure is larger than the one it is part of",
    "part-missing": "a figure is part of one that is not there",
    "votes": "attendance, ballots and votes do not fit each other",
}


def check(ledger: Connection, today: date, kinds: Mapping[str, Kind]) -> Iterator[Finding]:
    yield from _totals(ledger)
    yield from _parts(ledger)
    for row in ledger.execute("select key, meeting from entry where counted and meeting is not null"):
        meeting = json.loads(row["meeting"])
        counts = [("meeting", name, meeting[name]) for name in ("eligible", "present")]
        yield from _falling(row["key"], ("meeting",), counts)
    for row in ledger.execute(
        "select key, n, vote, elected from decision join entry using (key) where counted and vote is not null"
    ):
        vote = Vote(*json.loads(row["vote"]))
        yield from _votes(row["key"], ("decisions", row["n"], "vote"), vote, row["elected"])


def _totals(ledger: Connection) -> Iterator[Finding]:
    for row in ledger.execute(
        "select a.* from aid a join entry e using (key) where e.counted"
        " and a.each is not null and a.count is not null and a.total is not null"
    ):
        product, unit = Decimal(row["each"]) * row["count"], row["unit"] or ""
        other = row["total_unit"] or unit
        if product != Decimal(row["total"]) or other != unit:
            yield Finding(
                "total", "error", row["key"], ("aid", row["n"], "total"),
                "{each} × {n} = {product}, not {total}",
                "count again, and correct the one that is wrong",
                {"each": row["each"] + unit, "n": str(row["count"]), "total": row["total"] + other,
                 "product": decimal_text(product) + unit},
            )  # fmt: skip


def _parts(ledger: Connection) -> Iterator[Finding]:
    figures = ledger.execute(
        'select f.key, f.name, f.value, f.unit, f."of" as whole from figure f join entry e using (key)'
        ' where e.counted and f.key in (select key from figure where "of" is not null) order by f.key, f.n'
    )
    for key, of_entry in groupby(figures, itemgetter("key")):
        named = {row["name"]: row for row in of_entry}
        for name, row in named.items():
            if row["whole"] is None:
                continue
            whole = named.get(row["whole"])
            if whole is None:
                yield Finding(
                    "part-missing", "hint", key, ("figures", name, "of"),
                    "there is no figure of that name in this entry",
                    "write the whole as a figure too, under the same name",
                    {},
                )  # fmt: skip
            elif (
                row["unit"] is not None
                and row["unit"] == whole["unit"]
                and Decimal(row["value"]) > Decimal(whole["value"])
            ):
                yield Finding(
                    "part", "error", key, ("figures", name),
                    "{part} cannot be part of {whole}",
                    "count again, and correct the one that is wrong",
                    {"part": row["value"] + row["unit"], "whole": whole["value"] + whole["unit"]},
                )  # fmt: skip


_Count = tuple[str, str, int | None]  # record, key, number


def _falling(key: int, at: tuple[str | int, ...], counts: list[_Count]) -> Iterator[Finding]:
    """Counts of which none may be larger than the one said before it."""
    before: _Count | None = None
    for count in counts:
        if count[2] is None:
            continue
        if before and before[2] is not None and count[2] > before[2]:
            yield Finding(
                "votes", "error", key, (*at, count[1]),
                "“{less}” is {n}, more than “{more}”, {most}",
                "count again, and correct the one that is wrong",
                {"less": _word(count), "n": str(count[2]), "more": _word(before), "most": str(before[2])},
            )  # fmt: skip
        before = count


def _word(count: _Count) -> str:
    return show_key(count[0], count[1], language())


def _votes(key: int, at: tuple[str | int, ...], vote: Vote, elected: str | None) -> Iterator[Finding]:
    ballots: list[_Count] = [("vote", name, getattr(vote, name)) for name in ("issued", "returned", "valid")]
    yield from _falling(key, at, ballots)
    said = [count for count in ballots if count[2] is not None]
    seats = [name for name in re.split(r"\s*[、，,;；]\s*", elected or "") if name]
    sums = {"yes": sum(n or 0 for n in (vote.yes, vote.no, vote.abstain))}
    if len(seats) == 1 and vote.how in (None, "secret"):  # else one ballot may hold several names
        sums["tally"] = sum(n for _, n in vote.tally)
    for name, added in sums.items():
        if said and added > (said[-1][2] or 0):
            yield Finding(
                "votes", "error", key, (*at, name),
                "the votes add up to {n}, more than “{more}”, {most}",
                "count again, and correct the one that is wrong",
                {"n": str(added), "more": _word(said[-1]), "most": str(said[-1][2])},
            )  # fmt: skip
    won = [n for name, n in vote.tally if name in seats]
    lost = [n for name, n in vote.tally if name not in seats]
    if vote.tally and seats and (len(won) < len(seats) or max(lost, default=0) > min(won)):
        yield Finding(
            "votes", "error", key, (*at, "tally"),
            "who was elected does not have the most votes",
            "correct who was elected, or the tally",
            {},
        )  # fmt: skip
