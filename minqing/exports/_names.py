"""Texts as other programs get them: as the office may see them (see mask.py), or with every name when asked."""

from collections.abc import Callable

from minqing.exports import Want
from minqing.veil import Veil

Spell = Callable[[str], str]


def speller(want: Want) -> Spell:
    """What a text becomes on its way out: 王小晴 is 王**; as it is with names."""
    if want.names:
        return str
    veil = Veil(want.ledger, "unit", want.today)

    def spell(text: str) -> str:
        veil.learn((text,))
        return veil.text(text)

    return spell


def distinct(spell: Spell) -> Spell:
    """The same for what is counted apart: two texts that come out alike are numbered, or two funds were one."""
    by_text: dict[str, str] = {}
    taken: set[str] = set()

    def told(text: str) -> str:
        if text not in by_text:
            shown = name = spell(text)
            n = 1
            while name in taken:
                n += 1
                name = f"{shown}({n})"
            taken.add(name)
            by_text[text] = name
        return by_text[text]

    return told
