"""Money and goods that came in, and from whom: 收到县卫生局下拨的慰问资金1400元, 镇里送来棉被15床."""

import re
from collections.abc import Iterator

from minqing.model import Fund, Quantity
from minqing.proposals._gift_names import REACH
from minqing.proposals._gift_words import ROUND
from minqing.proposals._gifts import CAME_IN, gifts_in, merged
from minqing.proposals._numbers import NUMBER, quantity
from minqing.proposals._said import Hit, Rule, Said, between, clause, sentence

_CAME = re.compile(
    rf"(?:收到|到账|争取到?|筹集?到?|拨付|下拨|拨来|捐来)[了]?(?P<source>[一-鿿]{{2,12}}?)(?:拨付|下拨|捐赠|捐|"
    rf"拨来|支持|的)?(?:了|的)?(?P<what>[一-鿿]{{0,6}}?)(?P<money>{NUMBER})元"
)
_BODY = (
    "财政|[局会办站所院团社厂部]|公司|银行|集团|政府|学校|中心|企业|单位|工会|[县市区镇乡村][里上]?|街道|集体|同事|"
    "党员|老板|干部|社员|群众|咱们?|我们?"
)
# Who gave how much, whatever for: 街道拨2600元, 水务局给8万, 单位同事捐了六千四.
_GAVE_MONEY = (
    rf"(?P<source>[一-鿿]{{0,8}}?(?:{_BODY}))(?:一事一议|里|能|可以|先|又|再|共|一共|个人|各|也){{0,2}}"
    r"(?:下拨|拨付|拨款?|出资|给|出|认|挤|支持|奖补|补助|配套|捐[赠款助]?|赞助|资助|投入?|凑|添|筹集?|承担)(?:了|"
    r"来|出){0,2}(?P<what>(?![了来]?(?:[他她你每]|老人|孩子))[一-鿿]{0,5}?)"
    rf"(?P<money>{NUMBER}(?=[元块])|{ROUND}(?=[,。;!)\n的剩用来修买建]|$))"
)
_OWN = rf"(?:自筹(?:资金)?(?P<money>{NUMBER})元|(?P<rest>{NUMBER})元?(?:由[一-鿿]{{2,6}})?自筹)"
_SOURCES = r"(?:经费|资金)(?:来源)?: ?"
_SOURCE = re.compile(
    rf"(?P<source>[一-鿿]{{2,12}}?)(?:拨款|拨付|捐款|捐赠|捐助|捐|出资|支持|资助|赞助|承担|出)?了?(?P<money>{NUMBER})元"
)


# What is paid, earned, lent or due is no fund.
_PAID = re.compile(
    "工资|[电水话房]费|每[月年天亩斤户人]|[借欠赔罚垫]|租金|学费|押金|低保|一[天月年亩斤]|工钱|彩礼|医药费|报销|价|收入"
)


def _funds(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    what = match["what"] or None
    yield Hit(
        "funds", Fund(match["source"], quantity(match["money"], "元"), what), match.start(), match.end(), 0.8
    )


def _gave(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    begins, ends = clause(said, match.start("money"))
    if not _PAID.search(said.text, begins, min(ends, match.end() + 4)):
        source = re.sub("^.*(?:其中|另外|的|是|和|,)(?=..)", "", match["source"])
        fund = Fund(source, quantity(match["money"], "元"), match["what"] or None)
        yield Hit("funds", fund, match.start("source") + len(match["source"]) - len(source), match.end(), 0.7)


def _put_in(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """省级专项出了260万, 下达资金74万元: money put in for what many need, from whomever."""
    if match["own"]:
        by = _BY.match(said.text, match.end() + 1)
        yield Hit("funds", Fund(by[0] if by else "自筹", quantity(match["own"], "元")), *match.span(), 0.6)
        return
    begins, ends = clause(said, match.start("money"))
    before = said.text[begins : match.start("money")]
    if _PAID.search(said.text, begins, min(ends, match.end() + 4)) or _OF_SOMEBODY.search(before):
        return
    source = re.sub("^.*(?:其中|另外|的|是|和|由|今年|去年|年初|再)", "", match["source"])
    fund = Fund(source or match["verb"], quantity(match["money"], "元"))
    yield Hit("funds", fund, match.start("verb") - len(source), match.end(), 0.6)


_BY = re.compile("由?[一-鿿]{2,10}?(?=列支|承担|出|解决|支付)")
_OF_SOMEBODY = re.compile(
    "自己|家|养|种|贷|投进去|[他她我]|儿|女|总投资|押金|医|说|答应|愿意|支出?$|支出|收入|付"
)
_PUT_IN = (
    rf"(?:资金|经费|费用)(?P<own>{NUMBER})元(?=由[一-鿿]{{2,10}}(?:列支|承担|出|解决|支付))|"
    r"(?P<source>[一-鿿]{0,8}?)(?P<verb>下达|列支|投入?|出资?|筹集?到?|募集?到?|安排|落实|争取到?|到位|下拨|"
    r"拨付?|支持|配套|赞助|捐)了?(?:[一-鿿]{0,4}(?:资金|经费|款))?"
    rf"(?P<money>{NUMBER}(?=元)|{ROUND}(?=[,。;!)、\n建修买用给]|$))"
)


def _own(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    yield Hit("funds", Fund("自筹", quantity(match["money"] or match["rest"], "元")), *match.span(), 0.7)


def _came_in(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """镇里送来方便面20箱、矿泉水30件: goods that came in."""
    for gift in merged(gifts_in(said, match.end(), sentence(said, match.end())[1], True, True)):
        if gift.amount.unit != "元":
            fund = Fund(match["source"], gift.amount, gift.what)
            yield Hit("funds", fund, gift.start, gift.end, 0.8)


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
        "gave-money",
        _GAVE_MONEY,
        _gave,
        "渠道维修，水务局给8万，街道拨2600元。",
        (Fund("水务局", _yuan(80000)), Fund("街道", _yuan(2600))),
        "老板给他开工资3000元，我给了他200元路费还欠着。",
    ),
    Rule(
        "put-in",
        _PUT_IN,
        _put_in,
        "管网总投资340万元，省级专项出了260万，县里下达资金74万元。",
        (Fund("省级专项", _yuan(2_600_000)), Fund("县里", _yuan(740_000))),
        "他投进去18万，自己出了2万元医药费。",
    ),
    Rule(
        "raised-by-oneself",
        _OWN,
        _own,
        "自筹16万元，余下2万元自筹。",
        (Fund("自筹", _yuan(160000)), Fund("自筹", _yuan(20000))),
        "自筹的办法再议。",
    ),
    Rule(
        "goods-came",
        CAME_IN.pattern,
        _came_in,
        "镇里送来方便面20箱、棉被15床。",
        (
            Fund("镇里", quantity("20", "箱"), "方便面"),
            Fund("镇里", quantity("15", "床"), "棉被"),
        ),
        "我送来大家要的材料。",
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
