"""What tells that something given may be something else: paid, due, promised, in store, of another year."""

import re
from decimal import Decimal

from minqing.proposals._compiled import compiled
from minqing.proposals._gift_names import REACH
from minqing.proposals._gift_words import GAVE, HANDED_ON
from minqing.proposals._gifts import Gift
from minqing.proposals._numbers import NUMBER, is_guess, quantity
from minqing.proposals._said import Said, clause, opening, sentence

_DUE = compiled("收益|分红|股|流转[费金]|租金|工资|征地|青苗|赔偿")  # money that was due to whom it was given


def was_due(said: Said, gift: Gift, start: int) -> bool:
    """Whether money was owed to whom it was given, and its own clause says nothing of giving."""
    own = said.text[slice(*clause(said, gift.start))]
    return bool(_DUE.search(said.text, max(start, gift.start - 4 * REACH), gift.start)) and not re.search(
        GAVE, own
    )


def is_doubtful(said: Said, gift: Gift, to: tuple[str, ...], start: int, end: int) -> bool:
    """Whether words around a gift that stands in [start, end) leave a doubt that so much was given."""
    text, begins = said.text, max(start, gift.start - 4 * REACH)
    return bool(
        not _is_plain(said, gift, to)
        or _may_be_of_each(said, gift)
        or (
            _HARDLY_GIVEN.search(text, begins, gift.start)
            and not HANDED_ON.search(text, begins, min(end, gift.end + 4 * REACH))
        )
        or _QUOTED.search(text, max(sentence(said, gift.start)[0], gift.start - REACH), gift.start)
        or _BY_WHEN.search(text, begins, gift.start)
        or _IN_STORE.search(text, begins, gift.start)
        or _LONG_AGO.search(text, begins, gift.start)
        or _OWN.search(text, clause(said, gift.start)[0], gift.start)
        or _NOT_TAKEN.match(text, gift.end)
        or (gift.amount.unit == "元" and _PAID_OFF.match(text, gift.end))
    )


# Where a sentence says one of these, what it counts may be paid, received or due instead of given.
_HARDLY_GIVEN = compiled(
    "(?:女婿|儿子|女儿|闺女|(?<![大老])[爸妈爹娘哥弟姐妹]|媳妇|老公|丈夫|老伴|婆婆|孙[子女]|亲戚|老板|工头|房东|"
    "保险)[^,。;]{0,8}[给塞留拿]|真有|要是|如果|假如|的话|(?:还有|可以|能)(?:救助|补助|领)|凭[^,。]{1,8}[送领]|要带|归拢|里[面头]|内[有含装]|(?<!转)交[了给钱清]|缴|垫|[赔欠贷卖买]|收[了取到]|收缴|领[了到取]|送来|拨来|(?:想有|想让|盼着?)[^,。]{0,6}[送给]|"
    "补贴|津贴|奖补|误工|分红|申请|申报|价值|标准|来电|打算|准备|计划|将要|答应|希望|明[天日早晚]|后天|下[周次]|"
    "说[^,。]{0,6}[送给发]"
)
# What is told in somebody's words is hardly what was given: 我跟她讲：“查出来有救助一万块。”
_QUOTED = compiled(
    '[说讲道答问释](?:了|的)?[:,]?[“"「](?:(?![”"」])[^\n])*\\Z|(?:解释|宣传|掰扯|讲解|劝[他她]?):[^。;]*\\Z'
)
_BY_WHEN = compiled("(?:之前|以前|月前|底前|日前|号前)[送给发]")  # 九月之前送到六吨煤
# 每户白面两袋。共发放白面34袋; 有一批平板,优先给…; 车装好了:面粉30袋; by rule 每学期500元; 先把1100元付了;
# 净利润58万元，拿出31万元分给145户社员: what was due
_IN_STORE = compiled(
    "净利|利润|社员|股东|最[多少高低]的|[共统]发放|累计|[有到]一批|优先|装好|装上车|每学[期年]"
)
_PAID_OFF = compiled("[付还结][了清]")
# What somebody says of another year, has of their own or pays; and what they did not take.
_LONG_AGO = compiled("(?:前|上|那|早)[几些两]?年|以前|从前|(?<!未)曾经?|[送给捐]过")
_OWN = compiled("自己[盖穿用吃买]|家里?(?:还|原来)?有|[交缴](?![给到来通流])[了纳]?[^,。]{0,4}$")
_NOT_TAKEN = compiled(
    "[^,。;]{0,6}[,;。]?[^,。;]{0,3}(?:没(?:肯|敢)?[要收](?!到)|退[回了还]|还[^,。;]{0,6}[账债])"
)


def _is_plain(said: Said, gift: Gift, to: tuple[str, ...]) -> bool:
    """Whether a clause says that something was given, and nobody can mistake how much of it to how many.

    Of a lot of goods a text tells as often what came in, what each got of it, or how many there are of them; so of
    more than one thing told by itself.
    """
    many = gift.amount.value
    if gift.amount.unit == "元":
        return many >= _LEAST
    listed = many < _LEAST and _TOGETHER.search(said.text, *sentence(said, gift.start))
    few = many == 1 or (not gift.each and len(to) < 2 and bool(listed))
    begins = clause(said, gift.start)[0]
    before = clause(said, max(0, begins - 1))[0]
    if gift.each and gift.n and re.search("[每各]", said.text[before:begins]):
        begins = before  # 给每位学生200元,书包一个
    return few and bool(_HANDED.search(said.text, begins, gift.start + 1))


_TOGETHER = compiled("[、和及]")  # of several things told together it is told how many each got
_LEAST = 10  # less money is the price of a thing; more things are a lot
_HANDED = compiled("[送给捐发带留赠拨]|慰问")


def _may_be_of_each(said: Said, gift: Gift) -> bool:
    """Whether more numbers of people are told than one, or as many of them as of what was given."""
    if gift.each:  # 32户，其中党员5户，每户一袋米
        return "其中" in said.text[sentence(said, gift.start)[0] : gift.start]
    return gift.amount.value >= _MANY and gift.amount.value in people_before(said, gift)


_MANY = 5  # fewer are as many by chance


def people_before(said: Said, gift: Gift) -> set[Decimal]:
    """The numbers of people told before a gift: of 17 children each may have got one of the 书包17个."""
    begins = max(opening(said, gift.start).start, gift.start - 8 * REACH)
    counts = PEOPLE_COUNTED.finditer(said.text, begins, gift.start)
    return {quantity(one["n"], "").value for one in counts if not is_guess(one["n"])}


PEOPLE_COUNTED = compiled(f"(?P<n>{NUMBER})(?:[名位人户口]|个(?:学生|孩子|娃|老人|人))")
