"""A roll: names one after another, each with the money they got or gave: 蔡金生500/涂婆婆800(独,屋漏), or a table."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from minqing.model import Quantity
from minqing.proposals._compiled import compiled
from minqing.proposals._gift_words import MONEYS
from minqing.proposals._gifts import heading
from minqing.proposals._numbers import is_guess, quantity
from minqing.proposals._said import Said, between, line, opening
from minqing.surnames import HAN, KINSHIP, looks_like_name

_ROUND = "[一二两三四五六七八九][百千万][一二两三四五六七八九百千]{0,4}"  # 刘老四三百: not 四三百
_CELL = compiled(
    rf"(?:(?<=[/、,;。:\n|\u3000 .)])|\A)(?P<who>[老小]?{HAN}(?:{HAN}|·){{1,6}}?)(?:领|得|各)?"
    rf"(?:\([^()\n]{{1,20}}\)|(?:[ \u3000|]{{1,4}}[^\d\s/|,;、。:()]{{1,12}}){{1,3}}(?=[ \u3000|]))?[ \u3000|:]{{0,4}}"
    rf"(?P<money>\d{{2,5}}(?:\.\d{{1,2}})?|{_ROUND})(?:元|块钱?)?(?=[/、,;。\n| \u3000(+]|人不在|\Z)"
)
_CALLS = compiled(
    rf"(?:{KINSHIP}|[爷奶婆公伯叔婶嫂哥姐娘爹妈舅姨姑]|老[太汉娘头]|师傅|瘸子|瞎子|老[一-九大幺师])$"
)
_NOBODY = compiled("(?<!会)计|[共总余拨凑剩]|合计|其中|每[人户]|各[人户]")
_GIVEN = compiled(
    "[发送](?:放|了|的|给|出)|发[一-鿿]{0,4}[款金钱]|慰问|救[助济急灾]|资助|助学|助残|奖|红包|压岁|抚恤|[领补]款|困难补助|帮困"
)
_RAISED = compiled("捐|募|善款|筹|凑|份子")
# Lists of these look the same: what is paid or earned, due, or counted.
_ELSE = compiled(
    "工[资钱分时]|误工|报酬|收[取到费]|交|缴|欠|[水电租运]费|租金|礼[金账]|随礼|人情|集资|医保|罚|赔|借|贷|补偿|分红|股|流转|票|"
    "分[数值]|积分|成绩|血[压糖]|体[温重]|产量|[斤亩]|低保金|养老|津贴|补贴|电话|编号"
)
_TOLD = compiled(r"(?:小计|合计|总计|共计|一共|总共|合共|拢共|共|计)[:发]?(?P<sum>\d{2,6})")
_LEAD = 80  # signs; what a roll is of is told in fewer
_APART = 40  # signs; from one to the next there are fewer
_TABLE = compiled(r"(?:金额|[助慰救]\w{1,3}金)[^\n。\d]{0,12}\n[\d .、|]*\Z")
_LEAST = 3  # two may stand beside each other by chance


class Got(NamedTuple):
    """One of a roll: who, how much, where; `raised` who gave instead; `adds_up` where its sum is told and right."""

    who: str
    amount: Quantity
    start: int
    end: int
    what: str
    raised: bool
    adds_up: bool


def rolls(said: Said) -> Iterator[Got]:
    """Everybody who stands in a roll of a text that says what it is of."""
    run: list[re.Match[str]] = []
    for cell in [*_CELL.finditer(said.text), None]:
        if run and (cell is None or not _goes_on(said, run[-1], cell)):
            yield from _of_run(said, run)
            run = []
        if cell and not (_NOBODY.search(cell["who"]) or is_guess(cell["money"])):
            run.append(cell)


def _goes_on(said: Said, last: re.Match[str], cell: re.Match[str]) -> bool:
    near = cell.start() - last.end() <= _APART and ":" not in said.text[last.end() : cell.start()]
    return near and opening(said, last.start()) == opening(said, cell.start())


def _is_somebody(said: Said, cell: re.Match[str]) -> bool:
    named = between(said, cell.start("who"), cell.start("who") + 1)
    return bool(named) or looks_like_name(cell["who"]) or bool(_CALLS.search(cell["who"]))


def _of_run(said: Said, run: list[re.Match[str]]) -> Iterator[Got]:
    somebody = sum(_is_somebody(said, cell) for cell in run)
    lead = _lead(said, run[0].start())
    if somebody < _LEAST - bool(_TABLE.search(lead)) or 3 * somebody < 2 * len(run):
        return
    raised = not _GIVEN.search(lead)
    if _ELSE.search(lead) or (raised and not _RAISED.search(lead)):
        return
    called = re.findall(MONEYS, lead)
    amounts = [quantity(cell["money"], "元") for cell in run]
    adds_up = _adds_up(said, run, amounts)
    for cell, amount in zip(run, amounts, strict=True):
        yield Got(cell["who"], amount, *cell.span(), called[-1] if called else "现金", raised, adds_up)


def _lead(said: Said, start: int) -> str:
    """What stands before a roll, as far as it says what it is of: its line, else what is above it too."""
    begins = max(opening(said, start).start, start - _LEAD)
    own = said.text[max(begins, line(said, start)[0]) : start]
    if any(one.search(own) for one in (_GIVEN, _RAISED, _ELSE)):
        return own
    return said.text[slice(*heading(said, start))] + "\n" + said.text[begins:start]


def _adds_up(said: Said, run: list[re.Match[str]], amounts: list[Quantity]) -> bool:
    """Whether the sum that is told right behind a roll is that of its numbers."""
    told = _TOLD.search(said.text, run[-1].end(), run[-1].end() + _APART)
    return told is not None and Decimal(told["sum"]) == sum(amount.value for amount in amounts)
