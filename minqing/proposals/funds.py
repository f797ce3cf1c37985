"""Money that came in, and from whom: 收到县卫生局下拨的慰问资金1400元, 残联出5000."""

import re
from collections.abc import Iterator

from minqing.model import Aid, Fund, Quantity
from minqing.proposals._compiled import compiled
from minqing.proposals._gift_names import REACH
from minqing.proposals._gift_words import EACH_BEFORE
from minqing.proposals._money import goes_on, is_given, is_to_somebody, moneys, products, source_of
from minqing.proposals._numbers import NUMBER, quantity
from minqing.proposals._said import WHOLE, Hit, Rule, Said, between, clause, sentence
from minqing.schema import make_aid

_CAME = compiled(
    rf"(?:收到|到账|争取到?|筹集?到?|拨付|下拨|拨来|捐来)[了]?(?P<source>[一-鿿]{{2,12}}?)(?:拨付|下拨|捐赠|捐|"
    rf"拨来|支持|的)?(?:了|的)?(?P<what>[一-鿿]{{0,6}}?)(?P<money>{NUMBER})元"
)
_SOURCES = r"(?:经费|资金)(?:来源)?: ?"
_SOURCE = compiled(
    rf"(?P<source>[一-鿿]{{2,12}}?)(?:拨款|拨付|捐款|捐赠|捐助|捐|出资|支持|资助|赞助|承担|出)?了?(?P<money>{NUMBER})元"
)


def _funds(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    what = match["what"] or None
    yield Hit(
        "funds", Fund(match["source"], quantity(match["money"], "元"), what), match.start(), match.end(), 0.8
    )


def _told(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """残联出5000, 自己贴的钱110元: money of which no rule tells more; hardly sure."""
    given, told = 0, list(moneys(said))
    shared, totals = products(said, told)
    for money in told:
        n = shared.get(money.start)
        if money.start in totals or not (n or is_given(said, money) or goes_on(said, given, money)):
            continue
        given = money.end
        source = source_of(said, money)
        if n:
            aid = make_aid(what="现金", form="cash", each=money.amount, n=n, fund=source or None)
            yield Hit("aid", aid, money.start, money.end, _SHARED)
            continue
        if source and not is_to_somebody(said, money):
            yield Hit("funds", Fund(source, money.amount), money.start, money.end, _TOLD)
            continue
        each = re.search(f"{EACH_BEFORE}$", said.text[max(0, money.start - _NEAR) : money.start])
        named = between(said, max(clause(said, money.start)[0], money.start - 4 * REACH), money.start)
        to = tuple(one.name for one in named[-1:] if one.name not in said.officials)
        aid = Aid("现金", "cash", to=to, fund=source or None)
        aid = aid._replace(each=money.amount) if each else aid._replace(total=money.amount)
        yield Hit("aid", aid, money.start, money.end, _TOLD)


_TOLD = 0.55
_SHARED = 0.65  # a total that fits tells more than either amount alone
_NEAR = 16  # signs; 每人 stands nearer


def _sources(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """经费来源：区慈善会拨款13000元，残联4000元: each with whose it is."""
    for found in _SOURCE.finditer(
        said.text, match.end(), min(sentence(said, match.end())[1], match.end() + 2 * REACH)
    ):
        if not found["source"].startswith(("余", "其余", "剩")):
            named = between(said, found.start(), found.end())
            source = named[0].name if named else found["source"]
            yield Hit("funds", Fund(source, quantity(found["money"], "元")), *found.span(), 0.92)


def _yuan(amount: int) -> Quantity:
    return quantity(str(amount), "元")


RULES = (
    Rule(
        "funds",
        _CAME.pattern,
        _funds,
        "收到县卫生局下拨的慰问资金1400元。",
        (Fund("县卫生局", _yuan(1400), "慰问资金"),),
        "收到来信3封。",
    ),
    Rule(
        "money-told",
        WHOLE,
        _told,
        "坡道的钱，残联出5000，剩下1800街道出。我自己贴的钱，110元。一户三百，十二户，三千六。镇里出十二万，修桥。材料340块，由义工会费出。",
        (
            Fund("残联", _yuan(5000)),
            Fund("街道", _yuan(1800)),
            Aid("现金", "cash", total=_yuan(110)),
            make_aid(what="现金", form="cash", each=_yuan(300), n=12),
            Fund("镇里", _yuan(120_000)),
            Aid("现金", "cash", total=_yuan(340)),
        ),
        "老板给他开工资3000元，他投进去18万，医药费自己出了2万元。打井花了两万四。水费一户二十，46户，九百二。",
    ),
    Rule(
        "sources",
        _SOURCES,
        _sources,
        "经费来源：区慈善会拨款13000元，残联4000元。",
        (Fund("区慈善会", _yuan(13000)), Fund("残联", _yuan(4000))),
        "来源：网络",
    ),
)
