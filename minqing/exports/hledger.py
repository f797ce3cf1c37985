"""An hledger journal of aid and funds: goods as commodities, every posting leads to its entry."""

import re
from collections.abc import Iterable, Iterator

from minqing import __version__
from minqing.exact import decimal_text
from minqing.exports import Exported, Want
from minqing.exports._journal import (
    OPENING,
    YUAN,
    Book,
    Good,
    Move,
    accounts,
    book,
    code,
    components,
    goods,
    sides,
    spending,
)
from minqing.safe import show

SUFFIX = ".journal"


def export(want: Want) -> Exported:
    """What `hledger check --strict` takes. Goods keep their Chinese names wherever hledger can read them."""
    of = book(want)
    return Exported((("minqing.journal", "\n".join(_lines(of)) + "\n"),), of.flaws)


def _lines(of: Book) -> Iterator[str]:
    counted = goods(of)
    symbol = symbols(counted)
    yield f"; minqing {__version__}"
    for good, decimals in counted.items():
        name = _comment("name", "人民币" if good == YUAN else good.what)
        yield f"commodity 1000.{'0' * decimals} {symbol[good]}  {name}, {_tag('unit', good.unit)}"
    for account, fund in accounts(of):
        yield f"account {account}  {_comment('fund', fund)}"
    part = components([*(move.fund for move in of.moves), *(fund for fund, _amount in of.budgets)])
    for fund, amount in of.budgets:
        yield f"\n~ yearly  budget {_plain(fund)}"  # a fund called ( or * alone would be a code or a status
        yield f"    {spending(fund, part)}  {decimal_text(amount)} CNY"
        yield f"    Assets:Fund:{part[fund]}"
    for move in of.moves:
        yield ""
        yield from _move(move, part, symbol)


def _move(move: Move, part: dict[str | None, str], symbol: dict[Good, str]) -> Iterator[str]:
    if move.amount is None:
        yield f"; {move.date} {_plain(move.text)} ({move.entry}) {move.path}: no number"
        return
    yield f"{move.date} * " + (f"({move.entry}) " if move.entry else "") + _plain(move.text)
    kind = "funds" if move.form is None else OPENING if move.form == OPENING else "aid"
    for key, value in (("kind", kind), ("entry", move.entry), ("path", move.path), *move.more):
        if value:
            yield f"    {_comment(key, value)}"
    to, source = sides(move, part)
    yield f"    {to}  {decimal_text(move.amount)} {symbol[move.good]}"
    yield f"    {source}  {decimal_text(-move.amount)} {symbol[move.good]}"


def symbols(of: Iterable[Good]) -> dict[Good, str]:
    """Each good as a person reads it, “书包（个）”; by its code where the name holds other signs than words."""
    found: dict[Good, str] = {}
    for good in of:
        readable = good.what + (f"（{good.unit}）" if good.unit else "")
        safe = good.what and _WORDS.fullmatch(good.what + good.unit) and readable != "CNY"
        found[good] = "CNY" if good == YUAN else f'"{readable if safe else code(good)}"'
    return found


_WORDS = re.compile(r"[^\W\d_][^\W_]*")
_ACTS = str.maketrans(";,:|[]", "；，：｜［］")  # what means something to hledger in a comment


def _plain(text: str) -> str:
    """A text as a description or the value of a tag: nothing in it means anything to hledger."""
    return " ".join(show(text).translate(_ACTS).split())


def _tag(key: str, value: str) -> str:
    return f"{key}: {_plain(value)}"


def _comment(key: str, value: str) -> str:
    return f"; {_tag(key, value)}"
