"""Who is named in the ledger, and as what: children, residents, those who do the work. Reads the ledger only.

A name that could be either is a resident's: a paper that hides too much does less harm than one that tells.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date as Date
from functools import lru_cache
from typing import NamedTuple

from minqing.ledger import setting
from minqing.model import Person, Vote
from minqing.surnames import (
    HAN,
    KINSHIP,
    SELDOM,
    SURNAMES,
    VAGUE,
    VOCABULARY,
    bare,
    is_body,
    is_ordinary,
    looks_like_name,
)
from minqing.values import read_people


class Named(NamedTuple):
    """A person of the diary. `part` is "child", "resident" or "worker"; `aliases` are other names for them."""

    name: str
    part: str
    aliases: tuple[str, ...] = ()


# ---------------------------------------------------------------- names in a text that says who

_PARTED = re.compile(r"[、，,;；/&\s（）()：:]+|(?<=..)[和与及](?=..)")
_PLAIN = re.compile(HAN + "{2,4}")  # nearly every text is a name and no more
_PADDED = re.compile(rf"(?<!{HAN})({HAN})[ \u3000]+({HAN}{{1,2}})(?!{HAN})")  # 王　明, as tables have it
_ENDING = re.compile(r"\.\w{2,5}$")  # of a photo of who signed
_LETTER = re.compile(r"[^\W\d_]")
_LETTERS = re.compile(r"[A-Za-z][\w.'’ -]*")
_SAID_ALIAS = re.compile(
    r"(?:小名|又名|别名|曾用名|乳名|昵称|外号|绰号|化名)(?:叫|是|为|[:：])?\s*([^\s，,。；;、（）()]+)"
)
ALIAS_KEYS = ("小名", "又名", "别名", "曾用名", "乳名", "昵称", "外号", "绰号", "alias", "nickname")


@lru_cache(1 << 16)  # a household is named as often as it is visited
def names_in(text: str) -> tuple[tuple[str, str], ...]:
    """The names in a text that says who, each with the role in brackets behind it. Offices and groups are none."""
    return tuple(_names_in(text))


def _names_in(text: str) -> Iterator[tuple[str, str]]:
    people = (Person(text),) if _PLAIN.fullmatch(text) else read_people(_PADDED.sub(r"\1\2", text))
    for person in people:
        pieces = [person.name] if _LETTERS.fullmatch(person.name) else _PARTED.split(person.name)
        for piece in pieces:
            told = _AS_KIN.match(piece)  # 邻居敖大勇
            name = "" if VAGUE.search(piece) else bare(_ENDING.sub("", told[1] if told else piece.strip()))
            if _LETTER.search(name) and not is_body(name) and name not in VOCABULARY:
                yield name, person.role


_AS_KIN = re.compile(rf"(?:{KINSHIP})({HAN}{{2,4}})$")
_NO_OFFICE = re.compile(rf"(?:{KINSHIP}|村民|居民|群众|家属)$")  # 邻居, 赵小梅的儿子
_OF_PEOPLE = re.compile(rf"{KINSHIP}|人$|姓名")  # keys of facts that name somebody
_FIRST = SURNAMES - SELDOM
_AFTER_KIN = re.compile(
    rf"(?:{KINSHIP})(?:名?叫|是|[:：])?(?=({HAN}{{2,3}})(?:(?!{HAN})|[在是已读上患打常因有今现于从外也和年]))"
)


def _likely(text: str) -> Iterator[str]:
    """The names in a text that may as well say something else: 爷爷赵大山, 长子钱大宝在外打工."""
    for piece in re.split(r"[、，,;；。/&\s（）()：:和与及]+|" + KINSHIP, text):
        if looks_like_name(piece) and piece[0] not in SELDOM:
            yield piece
    yield from (name for name in _AFTER_KIN.findall(text) if name[0] in _FIRST and not is_ordinary(name[:2]))


# ---------------------------------------------------------------- who is named

LAST = "9999"  # behind every day that an entry is of
# How surely a place says that who stands in it is a resident, or does the work; the higher counts.
_PRIVATE, _WORKS, _ASKED, _HELPS, _MAYBE = 5, 4, 3, 2, 1
# Each with the day and id of the first entry that says so.
_SAID = (
    (_PRIVATE, "select f.who, min(day) from fact f join turn using (key) group by 1"),
    (_PRIVATE, 'select t.value, min(day) from aid a join turn using (key), json_each(a."to") t group by 1'),
    (_PRIVATE, "select r.value, min(day) from aid a join turn using (key), json_each(a.receipt) r group by 1"),
    (_PRIVATE, f"select distinct who, '{LAST}' from item where type = 'complaint'"),
    (_ASKED, "select i.who, min(day) from item i join turn using (key) where i.who is not null group by 1"),
    (_WORKS, "select author, min(day) from entry join turn using (key) where author is not null group by 1"),
    (_WORKS, "select elected, min(day) from decision join turn using (key) where elected is not null group by 1"),
    (_WORKS, "select value, min(day) from fact join turn using (key) where fact = 'helper' group by 1"),
    (_HELPS, "select json_extract(meeting, '$.host'), min(day) from entry join turn using (key) group by 1"),
    (_HELPS, "select json_extract(meeting, '$.recorder'), min(day) from entry join turn using (key) group by 1"),
    (_HELPS, 'select t."by", min(day) from told t join turn using (key) where t."by" is not null group by 1'),
    (_HELPS, "select approver, min(day) from aid join turn using (key) where approver is not null group by 1"),
    (_MAYBE, "select owner, min(day) from item join turn using (key) where owner is not null group by 1"),
)  # fmt: skip
# Whom an entry is about and who came along, both with or without a role.
_PARTS = {("who", False): _PRIVATE, ("who", True): _ASKED, ("with", True): _WORKS, ("with", False): _HELPS}
# Where an office stands far more often than a person.
_GIVERS = (
    "select source, min(day) from fund join turn using (key) group by 1",
    "select fund, min(day) from aid join turn using (key) where fund is not null group by 1",
)


class _Found:
    """What is known of each name while the ledger is gone through."""

    def __init__(self) -> None:
        self.first: dict[str, str] = {}  # the day and entry that first say a name
        self.sure: dict[str, int] = {}
        self.aliases: dict[str, set[str]] = {}
        self.children: set[str] = set()

    def add(self, name: str, sure: int, first: str) -> None:
        known = self.first.get(name)
        if known is None or first < known:
            self.first[name] = first
        if sure > self.sure.get(name, 0):
            self.sure[name] = sure

    def add_text(self, text: str, sure: int, first: str, role: str = "") -> None:
        """Take in the names in a text that says who, `role` where it stands apart from it."""
        as_kin = _NO_OFFICE.search(role) if role else len(text) > 3 and _AS_KIN.search(text)
        sure = _PRIVATE if as_kin else sure
        for name, told in names_in(text):
            self.add(name, sure, first)
            if role or told:
                self.aliases.setdefault(name, set()).update(_SAID_ALIAS.findall(role or told))

    def part(self, name: str) -> str:
        if self.children & {name, *self.aliases.get(name, ())}:
            return "child"
        return "worker" if self.sure[name] in (_WORKS, _HELPS) else "resident"


def named(ledger: sqlite3.Connection, day: Date) -> list[Named]:
    """Everybody whom the ledger names, in the order in which its entries first do; who was born 18 years or
    less before `day` is a child. The ledger keeps the answer until a file changes: a month's papers ask one after
    the other.
    """
    kept = ledger.execute("select people from named where day = ?", (day.isoformat(),)).fetchone()
    if kept:
        return [Named(name, part, tuple(aliases)) for name, part, aliases in json.loads(kept[0])]
    ledger.execute("begin")  # what is kept is of the ledger that was read, or is not kept
    try:
        people = _named(ledger, day)
        with suppress(sqlite3.OperationalError):  # written by another process meanwhile, or not to be written
            ledger.execute(
                "insert or replace into named values (?, ?)", (day.isoformat(), json.dumps(people))
            )
    finally:
        ledger.execute("commit")
    return people


def _named(ledger: sqlite3.Connection, day: Date) -> list[Named]:
    found = _Found()
    # joined many times below: the entries themselves are long rows
    ledger.execute("create temp table turn (key integer primary key, day text)")
    ledger.execute("insert into turn select key, date || id from entry order by key")
    for sure, sql in _SAID:
        for text, first in ledger.execute(sql).fetchall():
            if text:
                found.add_text(text, sure, first)
    for sql in _GIVERS:
        for text, first in ledger.execute(sql).fetchall():
            for name in _likely(text):
                found.add(name, _MAYBE, first)
    _parts(ledger, found)
    _votes(ledger, found)
    _facts(ledger, found, day)
    _roster(ledger, found, day)
    ledger.execute("drop table turn")
    for text in (setting(ledger, "author"), (setting(ledger, "card") or {}).get("name")):
        if text:
            found.add_text(text, _WORKS, LAST)
    told: list[Named] = []
    same: set[str] = set()  # names that only are another name of somebody told already
    for name in sorted(found.first, key=lambda name: (found.first[name], name)):
        if name not in same:
            found.aliases.setdefault(name, set()).update(name.split("·") if "·" in name else ())
            aliases = {alias for alias in found.aliases.get(name, ()) if len(alias) > 1} - {name}
            same |= aliases
            told.append(Named(name, found.part(name), tuple(sorted(aliases))))
    return told


def _parts(ledger: sqlite3.Connection, found: _Found) -> None:
    # grouped as the index has them: these are the most rows of all
    sql = "select name, part, role, min(day) from name join turn using (key) group by name, part, role"
    for name, part, role, first in ledger.execute(sql).fetchall():
        found.add_text(name, _PARTS[part, bool(role)], first, role or "")


def _votes(ledger: sqlite3.Connection, found: _Found) -> None:
    sql = "select vote, min(day) from decision join turn using (key) where vote is not null group by 1"
    for text, first in ledger.execute(sql).fetchall():
        for name, _n in Vote(*json.loads(text)).tally:
            found.add_text(name, _ASKED, first)


def _facts(ledger: sqlite3.Connection, found: _Found, day: Date) -> None:
    """Guardians and other kin by name, other names, and who is a child."""
    schooled: dict[str, set[str]] = {}
    keys = [key for (key,) in ledger.execute("select distinct fact from fact") if _tells_of_people(key)]
    sql = (
        "select f.who, f.fact, f.value, min(day) from fact f join turn using (key) "
        "where f.fact in (select value from json_each(?)) and (f.fact <> 'tags' or f.value = 'left_behind') "
        "group by 1, 2, 3"
    )
    for who, key, value, first in ledger.execute(sql, (json.dumps(keys),)).fetchall():
        if key in ALIAS_KEYS:
            for name, _role in names_in(who):
                found.aliases.setdefault(name, set()).update(_PARTED.split(value))
        elif _names_people(key):
            for name in _likely(value):
                found.add(name, _ASKED, first)
        if key == "school" or (key, value) == ("tags", "left_behind"):
            schooled.setdefault(who, set()).add(key)
        young = key == "born" and is_minor(value, day)
        if young or (key, value) == ("minor", "true") or len(schooled.get(who, ())) == 2:
            found.children.update(name for name, _role in names_in(who))


def _names_people(key: str) -> bool:
    """Whether the value of a fact may be somebody's name."""
    return key in ("guardian", "relation") or bool(_OF_PEOPLE.search(key))


def _tells_of_people(key: str) -> bool:
    """Whether a fact says who somebody is or how old; most do not, and there are many."""
    return key in (*ALIAS_KEYS, "school", "tags", "born", "minor") or _names_people(key)


def _roster(ledger: sqlite3.Connection, found: _Found, day: Date) -> None:
    for household, name, born in ledger.execute("select household, name, born from roster").fetchall():
        for text in {household, name} - {None}:
            found.add_text(text, _ASKED, LAST)
        if born and name and is_minor(born, day):
            found.children.update(child for child, _role in names_in(name))


def is_minor(born: str, day: Date) -> bool:
    """Whether who was born then is under 18 on a day; of a date known in part the youngest they can be."""
    years = age(born, day)
    return years is not None and years < 18


def age(born: str, day: Date) -> int | None:
    """Whole years, at least; None when the text says no year."""
    match = re.search(r"((?:18|19|20)\d\d)(?:\D{0,2}(\d{1,2}))?(?:\D{0,2}(\d{1,2}))?", born)
    if not match:
        return None
    year, month, of_month = (
        int(part or most) for part, most in zip(match.groups(), (0, 12, 31), strict=True)
    )
    return day.year - year - ((day.month, day.day) < (month, of_month))


def areas(ledger: sqlite3.Connection) -> Iterable[str]:
    """The parts of every area that the ledger names: 青石镇, 柳湾村."""
    known = {row[0] for row in ledger.execute("select distinct area from entry where area is not null")}
    known |= set(setting(ledger, "areas") or ())
    return {part for area in known for part in area.split("/") if len(part) > 1}
