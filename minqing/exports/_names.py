"""Texts that name nobody: what other programs get unless --names is given."""

import re
import sqlite3
from collections.abc import Callable

from minqing.exports import Want
from minqing.ledger import parts

_NAMES = """
select name from name union select who from fact union select who from item union select author from entry
"""
_LISTS = 'select "to" from aid union select receipt from aid'
_OFFICES = "局村组镇乡县校园会队部所站厂社院处室办司店行民户家员们"  # 卫生局, 全组村民: no person


Spell = Callable[[str], str]


def speller(want: Want) -> Spell:
    """What a text becomes on its way out: 王小晴 is 王**, and 王**2 is another one; as it is with names."""
    if want.names:
        return lambda text: text
    masks = _masks(persons(want.ledger))
    if not masks:
        return lambda text: text
    known = re.compile("|".join(map(re.escape, sorted(masks, key=len, reverse=True))))
    return lambda text: known.sub(lambda match: masks[match[0]], text)


def persons(ledger: sqlite3.Connection) -> list[str]:
    """Every name that the entries give a person, sorted."""
    said = {name for (name,) in ledger.execute(_NAMES)}
    said |= {name for (joined,) in ledger.execute(_LISTS) for name in parts(joined)}
    return sorted(name for name in said if name and len(name) > 1 and name[-1] not in _OFFICES)


def _masks(names: list[str]) -> dict[str, str]:
    seen: dict[str, int] = {}
    masks = {}
    for name in names:
        nth = seen[name[0]] = seen.get(name[0], 0) + 1
        masks[name] = f"{name[0]}**{nth if nth > 1 else ''}"
    return masks
