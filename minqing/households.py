"""Households as entries and the roster know them: who lives there, which class, when visited, by which light.

A household is what visits and facts are about. With a roster its people are known, and a visit to one of them
is a visit to the household; a person whose facts tell the relation to the head, in an entry on one household,
belongs to that one.
"""

import json
import sqlite3
from collections.abc import Iterable
from datetime import date as Date
from decimal import Decimal
from typing import Any, NamedTuple

from minqing.exact import decimal_text
from minqing.find import Condition, matching
from minqing.ledger import setting
from minqing.period import Filter, Query
from minqing.tally import end_of
from minqing.words import HEADS

SOON = 7  # days before a visit falls due in which the light is yellow

LIGHTS = {"on_time": "green", "falling_due": "yellow", "overdue": "red", "never": "grey"}
_ABOUT = "('visit', 'mediate', 'serve')"  # kinds of entry that are about a household
_OF_HOUSEHOLDS = ("area", "who", "class")  # filters that choose households; the others choose entries


class Facts(NamedTuple):
    """What an entry says of a person under one key: its values, with the entry's day, id and key."""

    values: tuple[str, ...]
    date: str
    ref: str
    key: int


def households(ledger: sqlite3.Connection, query: Query, today: Date) -> list[dict[str, Any]]:
    """Every household, as it stands at the period's end (today at the latest), by area and name.

    Keys: who, area, class, people (their names, the household's own first), members, listed (whether the
    roster names it), refs (ids of the visits in the period), visits (how many), last (ISO day), before (the
    last visit before the period), since (days), period (days that may lie between two visits, by class), next
    (ISO day), state (on_time, falling_due, overdue, never; None for a class that asks for no visits), light
    and was_due (whether a visit fell due by the period's end). The filters area, who and class choose
    households, the others the entries that are looked at.
    """
    end = end_of(query, today)
    of_entries = _of_entries(ledger, query)
    of_homes = [filter_ for filter_ in query.filters if filter_ not in of_entries]
    of = matching(of_entries, today, standing=end)
    found = _listed(ledger)
    belongs = _belongs(ledger, found, of, end)
    _visited(ledger, query, of, end, found, belongs)
    _told(ledger, of, end, found, belongs)
    _newest(ledger, found, belongs, end)
    rhythm = setting(ledger, "visits") or {}
    for home in found.values():
        _rate(home, rhythm, Date.fromisoformat(end))
    chosen = [home for home in found.values() if _chosen(home, of_homes)]
    return sorted(chosen, key=lambda home: (home["area"] or "", home["who"]))


def coverage(homes: Iterable[dict[str, Any]], whole: bool = False) -> dict[str, Any]:
    """Over a period: households, due, visited and rate (percent as decimal text; None when none was due).

    Due are the households whose visit fell due by the period's end, counted from the last one before it;
    visited are those of them that were visited in it. `whole`, for a period without a beginning: all are due.
    """
    homes = [home for home in homes if home["period"] is not None]
    due = [home for home in homes if whole or home["was_due"]]
    visited = sum(home["visits"] > 0 for home in due)
    rate = decimal_text(round(Decimal(100 * visited) / len(due), 1)) if due else None
    return {"households": len(homes), "due": len(due), "visited": visited, "rate": rate}


def counting(homes: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The households that are counted, and those that the roster lacks; where it lacks them all, all are counted."""
    if not any(home["listed"] for home in homes):
        return homes, []
    return [home for home in homes if home["listed"]], [home for home in homes if not home["listed"]]


def facts_of(
    ledger: sqlite3.Connection, names: Iterable[str] | None, end: str, fact: str | None = None
) -> dict[str, dict[str, list[Facts]]]:
    """What is known of people up to a day: name -> fact -> what each entry said, the newest first.

    Of everyone for None; with `fact`, of that one only. A tag or cause said together in one entry stays together.
    """
    wanted = None if names is None else set(names)
    found: dict[str, dict[str, list[Facts]]] = {}
    for name, told_fact, value, day, ref, key in ledger.execute(
        "select f.who, f.fact, f.value, e.date, e.id, e.key from fact f join entry e using (key) "
        "where e.counted and e.date <= ?1 and (?2 is null or f.fact = ?2) "
        "order by e.date desc, coalesce(e.time, '') desc, e.id desc, f.rowid",
        (end, fact),
    ):
        if wanted is not None and name not in wanted:
            continue
        told = found.setdefault(name, {}).setdefault(told_fact, [])
        if told and told[-1].key == key:
            told[-1] = told[-1]._replace(values=(*told[-1].values, value))
        else:
            told.append(Facts((value,), day, ref, key))
    return found


# ---------------------------------------------------------------- how it is found out


def _empty(name: str, listed: bool) -> dict[str, Any]:
    return {
        "who": name, "area": None, "class": None, "people": [name], "members": None, "listed": listed,
        "refs": [], "last": None, "before": None,
    }  # fmt: skip


def _of_entries(ledger: sqlite3.Connection, query: Query) -> list[Filter]:
    """The filters that choose entries. A free word does only where it is the name of who writes."""
    found = []
    for filter_ in query.filters:
        if filter_.field == "word":
            if ledger.execute("select 1 from entry where author = ? limit 1", (filter_.value,)).fetchone():
                found.append(filter_)
        elif filter_.field not in _OF_HOUSEHOLDS:
            found.append(filter_)
    return found


Homes = dict[str, dict[str, Any]]  # by the name a household goes by
Belongs = dict[str, str | list[str]]  # person -> household, or those that have someone of that name


def _listed(ledger: sqlite3.Connection) -> Homes:
    """The households of the roster."""
    found: Homes = {}
    for who, name, area, class_, members in ledger.execute(
        "select household, name, area, class, members from roster order by n"
    ):
        home = found.setdefault(who, _empty(who, True))
        home["people"] = list(dict.fromkeys([*home["people"], name]))
        home["area"], home["class"] = home["area"] or area, home["class"] or class_
        home["members"] = home["members"] or members
    return found


def _belongs(ledger: sqlite3.Connection, listed: Homes, of: Condition, end: str) -> Belongs:
    """Which household a name means, as far as it is not its own."""
    found: dict[str, list[str]] = {}
    for who, home in listed.items():
        for name in home["people"]:
            found.setdefault(name, []).append(who)
    belongs: Belongs = {name: homes[0] if len(homes) == 1 else homes for name, homes in found.items()}
    belongs |= {who: who for who in listed}
    for name, relation, who in ledger.execute(
        # such facts are few, and SQLite would not begin with them by itself
        "select f.who, f.value, n.name from fact f cross join entry e using (key) "
        "join name n on n.key = f.key and n.part = 'who' "
        "where f.fact = 'relation' and f.who <> n.name and e.date <= ? "
        f"and (select count(*) from name m where m.key = f.key and m.part = 'who') = 1 and {of.sql} "
        "order by e.date, e.time, e.id",
        (end, *of.values),
    ):
        if name not in found and relation not in HEADS:
            owner = belongs.get(who, who)
            belongs[name] = owner if isinstance(owner, str) else who
    return belongs


def _home_of(found: Homes, belongs: Belongs, name: str, area: str | None) -> dict[str, Any]:
    """The household that a name means in an entry on a place; a new one for a name nobody knows."""
    owner = belongs.get(name, name)
    if isinstance(owner, list):
        owner = next((one for one in owner if _same_place(found[one]["area"], area)), name)
    home = found.setdefault(owner, _empty(owner, False))
    if name not in home["people"]:
        home["people"].append(name)
    return home


def _visited(
    ledger: sqlite3.Connection, query: Query, of: Condition, end: str, found: Homes, belongs: Belongs
) -> None:
    """What visits and talks say, the oldest first, so that the newest word is the one that stays."""
    first = query.period.first.isoformat() if query.period.first else ""
    for name, area, day, booked, kind, ref in ledger.execute(
        "select n.name, e.area, e.date, e.booked, e.kind, e.id from name n join entry e using (key) "
        f"where n.part = 'who' and e.kind in {_ABOUT} and e.booked <= ? and {of.sql} order by +e.date, e.time, e.id",
        (end, *of.values),
    ):
        home = _home_of(found, belongs, name, area)
        # an entry that names the village alone moves nobody out of their group
        if area and not home["listed"] and not f"{home['area'] or ''}/".startswith(f"{area}/"):
            home["area"] = area
        if kind == "visit":
            home["last"] = day
            if booked < first:
                home["before"] = day
            elif ref not in home["refs"][-1:]:  # one visit to two of its people is one visit
                home["refs"].append(ref)


def _told(ledger: sqlite3.Connection, of: Condition, end: str, found: Homes, belongs: Belongs) -> None:
    """Those whom only facts speak of."""
    known = {name for home in found.values() for name in home["people"]}
    others = {name for (name,) in ledger.execute("select distinct who from fact")} - known
    for name, area in ledger.execute(
        "select f.who, max(e.area) from (select distinct who, key from fact "
        "where who in (select value from json_each(?))) f join entry e using (key) "
        f"where e.date <= ? and {of.sql} group by f.who",
        (json.dumps(list(others)), end, *of.values),
    ):
        home = _home_of(found, belongs, name, area)
        home["area"] = home["area"] or area


def _same_place(one: str | None, other: str | None) -> bool:
    """Whether two areas can be the same place: one lies in the other."""
    a, b = f"{one or ''}/", f"{other or ''}/"
    return a.startswith(b) or b.startswith(a)


def _newest(ledger: sqlite3.Connection, found: Homes, belongs: Belongs, end: str) -> None:
    """The class, size and group that the newest entry says; the roster's otherwise, which bears no date."""
    # SQLite gives the other columns of the row that holds the max()
    for name, fact, value, _when in ledger.execute(
        "select f.who, f.fact, f.value, max(f.moment) as newest from fact f "
        "where f.fact in ('class', 'members', 'group') and f.moment < ? || '~' "
        "and f.key not in (select key from entry where not counted) group by f.fact, f.who order by newest",
        (end,),
    ):
        owner = belongs.get(name, name)
        if not isinstance(owner, str) or owner not in found:
            continue
        if fact == "group":
            _into_group(found[owner], value)
        else:
            found[owner][fact] = int(value) if fact == "members" and value.isdigit() else value


def _into_group(home: dict[str, Any], group: str) -> None:
    """The area of a household whose group only a fact says: entries of the village do not."""
    area = home["area"] or ""
    if not home["listed"] and area and group.endswith("组") and not area.endswith("组"):
        home["area"] = f"{area}/{group}"


def _rate(home: dict[str, Any], rhythm: dict[str, int], end: Date) -> None:
    """How the household stands on a day against the days its class allows between two visits."""
    home["visits"] = len(home["refs"])
    period = home["period"] = rhythm.get(home["class"] or "normal", rhythm.get("normal"))
    last = Date.fromisoformat(home["last"]) if home["last"] else None
    since = home["since"] = (end - last).days if last else None
    home["next"] = home["state"] = home["light"] = None
    home["was_due"] = False
    if period is None:
        return
    before = (end - Date.fromisoformat(home["before"])).days if home["before"] else None
    home["was_due"] = before is None or before >= period
    if last is None or since is None:
        home["state"] = "never"
    else:
        home["next"] = Date.fromordinal(min(last.toordinal() + period, Date.max.toordinal())).isoformat()
        home["state"] = "on_time"
        if since >= period - SOON:
            home["state"] = "overdue" if since >= period else "falling_due"
    home["light"] = LIGHTS[home["state"]]


def _chosen(home: dict[str, Any], filters: Iterable[Filter]) -> bool:
    for field, value in filters:
        in_area = f"/{value}/" in f"/{home['area'] or ''}/"
        named = value == home["who"] or value in home["people"]
        fits = {"area": in_area, "who": named, "class": value == home["class"], "word": in_area or named}
        if not fits[field]:
            return False
    return True
