"""A beancount journal of aid and funds: goods as commodities, every posting leads to its entry."""

from collections.abc import Iterator

from minqing import __version__
from minqing.exact import decimal_text
from minqing.exports import Exported, Want
from minqing.exports._journal import (
    OPENING,
    YUAN,
    Book,
    Move,
    accounts,
    book,
    code,
    components,
    first_day,
    goods,
    sides,
    spending,
)
from minqing.safe import show

SUFFIX = ".beancount"


def export(want: Want) -> Exported:
    """What bean-check takes. A commodity is a code (see _journal.code) that bears its Chinese name."""
    of = book(want)
    return Exported((("minqing.beancount", "\n".join(_lines(of)) + "\n"),), of.flaws)


def _lines(of: Book) -> Iterator[str]:
    day = first_day(of)
    yield f";; minqing {__version__}"
    yield 'option "operating_currency" "CNY"'
    for good in goods(of):
        yield f"\n{day} commodity {code(good)}"
        yield f"  name: {_text('人民币' if good == YUAN else good.what or good.unit)}"
        yield f"  unit: {_text(good.unit)}"
    yield ""
    for name, fund in accounts(of):
        yield f"{day} open {name}"
        if fund:
            yield f"  fund: {_text(fund)}"
    part = components([*(move.fund for move in of.moves), *(fund for fund, _amount in of.budgets)])
    for fund, amount in of.budgets:
        yield f'{day} custom "budget" {spending(fund, part)} "yearly" {decimal_text(amount)} CNY'
    for move in of.moves:
        yield ""
        yield from _move(move, part)


def _move(move: Move, part: dict[str | None, str]) -> Iterator[str]:
    tag = "#funds" if move.form is None else "#opening" if move.form == OPENING else "#aid"
    if move.amount is None:
        yield f";; {move.date} {show(move.text)} ^{move.entry} {move.path}: no number"
        return
    yield f"{move.date} * {_text(move.text)} {tag}" + (f" ^{move.entry}" if move.entry else "")
    for key, value in (("path", move.path), *move.more):
        if value:
            yield f"  {key}: {_text(value)}"
    to, source = sides(move, part)
    yield f"  {to}  {decimal_text(move.amount)} {code(move.good)}"
    yield f"  {source}  {decimal_text(-move.amount)} {code(move.good)}"


def _text(said: str) -> str:
    plain = show(said).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'
