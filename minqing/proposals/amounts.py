"""Money, goods and service given: 每位学生200元, 书包和学习用具一套, 7名."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any

from minqing.model import Aid, Fund, Quantity
from minqing.proposals._compiled import compiled
from minqing.proposals._gift_names import REACH
from minqing.proposals._gift_words import CARRIED, EACH, GAVE, GIVING, GOODS, HANDED_ON, LIST_LED, MAY_GIVE
from minqing.proposals._gifts import CAME_IN, DOUBT, Gift, gifts_in, heading, merged
from minqing.proposals._numbers import NUMBER, is_guess, quantity
from minqing.proposals._rolls import rolls
from minqing.proposals._said import WHOLE, Hit, Rule, Said, between, clause, line, opening, sentence
from minqing.schema import make_aid

_FESTIVAL = compiled(
    "(?:六一|春节|元旦|端午|中秋|重阳|七一|八一|国庆|三八|元宵|腊八|小年)(?!节?(?:之|以)?[前后])"
)
_FROM = compiled(
    r"(?:[由是]|都是)(?P<by>[一-鿿]{2,12}?)(?:捐|出资|出的|赞助|拉来|拨|送来|筹|提供|购|买|出(?=[,。;\n]|$))|"
    r"(?P<who>[一-鿿]{2,10}?)(?:出资|捐赠|捐款|捐助|赞助|捐来|捐了)"
)
# A clause behind a gift that says whose it was: of the money, of the goods, of all.
_WHOSE = {
    "cash": compiled("[,。;] ?(?:这些|这笔)?[钱款]|[,;] ?[由都均]"),
    "goods": compiled("[,。;] ?(?:这些)?(?:东西|物资)|[,;] ?[由都均]"),
}


_DUE = compiled("收益|分红|股|流转[费金]|租金|工资|征地|青苗|赔偿")  # money that was due to whom it was given
_KEPT = compiled("入库|存[放入]|登记(?![造册后]*发)|到货|库存|仓库|收到后|备用")
# A sentence that says to how many what the one before it tells was given.
_GOES_ON = compiled("[ \u3000]*(?:一?共|总共|合计|其中)|[^。;\n]{0,80}?[每一][户人家名位]")
# Where a sentence says one of these, what it counts may be paid, received or due instead of given.
_DOUBTFUL = compiled(
    "(?:女婿|儿子|女儿|闺女|(?<![大老])[爸妈爹娘哥弟姐妹]|媳妇|老公|丈夫|老伴|婆婆|孙[子女]|亲戚|老板|工头|房东|"
    "保险)[^,。;]{0,8}[给塞留拿]|真有|要是|如果|假如|的话|(?:还有|可以|能)(?:救助|补助|领)|凭[^,。]{1,8}[送领]|要带|归拢|里[面头]|内[有含装]|(?<!转)交[了给钱清]|缴|垫|[赔欠贷卖买]|收[了取到]|收缴|领[了到取]|送来|拨来|(?:想有|想让|盼着?)[^,。]{0,6}[送给]|"
    "补贴|津贴|奖补|误工|分红|申请|申报|价值|标准|来电|打算|准备|计划|将要|答应|希望|明[天日早晚]|后天|下[周次]|"
    "说[^,。]{0,6}[送给发]"
)


def _money(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    yield from (hit for hit in _aid(said) if hit.value.form == "cash")


def _of_a_roll(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """Who stands in a list got the sum beside the name; where people gave, it came in."""
    for one in rolls(said):
        if one.raised:
            yield Hit("funds", Fund(one.who, one.amount), one.start, one.end, _ROLL)
        else:
            aid = Aid(one.what, "cash", total=one.amount, to=(one.who,))
            yield Hit("aid", aid, one.start, one.end, 0.92 if one.adds_up else _ROLL)


_ROLL = 0.75


def _goods(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    yield from (hit for hit in _aid(said) if hit.value.form == "goods")


@lru_cache(1)
def _aid(said: Said) -> tuple[Hit, ...]:
    """All that a text says was given; the rules for money and for goods ask one after the other."""
    return tuple(_given(said))


def _given(said: Said) -> Iterator[Hit]:
    start, plainly = 0, False
    for end in (*said.ends, len(said.text) + 1):
        # what a list holds was given where its heading or its paragraph says so
        first = max(opening(said, start).start, line(said, start)[0], start - 4 * REACH)
        headed = bool(GIVING.search(said.text, *heading(said, start)))
        headed = headed or bool(LIST_LED.search(said.text, start, end))
        here = re.search(GAVE, said.text[start : end - 1]) or CARRIED.search(said.text, start, end)
        goes_on = bool(re.search(GAVE, said.text[first:start])) and bool(
            here or _GOES_ON.match(said.text, start)
        )
        listed = headed or goes_on or bool(GIVING.search(said.text, first, start))
        plainly = bool(listed or here) or (plainly and said.text[start - 1] == ";")
        if (
            plainly
            or re.search(MAY_GIVE, said.text[start : end - 1])
            or GOODS.search(said.text, start, end)
            or _EACH_MONEY.search(said.text, start, end)
        ):
            for gift in merged(gifts_in(said, start, end - 1, headed, listed, plainly)):
                if gift.amount.unit == "元" and _was_due(said, gift, start):
                    continue
                hit = _hit(said, gift, start, end - 1)
                begins, ends = max(start, gift.start - 4 * REACH), min(end, gift.end + 4 * REACH)
                came = CAME_IN.search(said.text, begins, gift.end)
                if came and not HANDED_ON.search(said.text, begins, ends):
                    if _KEPT.search(said.text, begins, ends):
                        continue  # it came in, and is there
                    aid = hit.value._replace(fund=hit.value.fund or came["source"])
                    hit = hit._replace(value=aid, confidence=min(hit.confidence, DOUBT))
                yield hit
        start = end


def _was_due(said: Said, gift: Gift, start: int) -> bool:
    """Whether money was owed to whom it was given, and its own clause says nothing of giving."""
    own = said.text[slice(*clause(said, gift.start))]
    return bool(_DUE.search(said.text, max(start, gift.start - 4 * REACH), gift.start)) and not re.search(
        GAVE, own
    )


def _hit(said: Said, gift: Gift, start: int, end: int) -> Hit:
    form = "cash" if gift.amount.unit == "元" else "goods"
    known: dict[str, Any] = {"what": gift.what, "form": form, "each" if gift.each else "total": gift.amount}
    if gift.n:
        known["n"] = gift.n
    sure = gift.sure
    if not gift.n and (label := _CLASS.match(said.text, line(said, gift.start)[0], gift.start)):
        if n := _of_class(said, gift, label):
            gift = gift._replace(each=True, n=n)
            known = {"what": gift.what, "form": form, "each": gift.amount, "n": n}
        else:
            sure = min(sure, DOUBT)  # how many of those there are, is said elsewhere
    if gift.each and gift.n and (whom := _whom(said, gift)):
        counted = _counted_as(said, gift, whom)
        known["n"] = n = counted or gift.n
        if not counted and len(people := _people(said, gift)) > 1 and n in people:
            sure = min(sure, DOUBT)
        gift = gift._replace(n=n)
    if not gift.each and gift.amount.value >= _MANY and gift.amount.value in _people(said, gift):
        sure = min(sure, DOUBT)
    if _QUOTED.search(said.text, max(sentence(said, gift.start)[0], gift.start - REACH), gift.start):
        sure = min(sure, DOUBT)
    if gift.each and "其中" in said.text[sentence(said, gift.start)[0] : gift.start]:
        sure = min(sure, DOUBT)  # 32户，其中党员5户，每户一袋米: there are more numbers than one
    if to := _receivers(said, gift):
        known["to"] = to
    if not _is_plain(said, gift, to):
        sure = min(sure, DOUBT)
    if fund := _fund(said, gift, form, end):
        known["fund"] = fund
    if occasion := _occasion(said, gift):
        known["occasion"] = occasion
    begins, ends = max(start, gift.start - 4 * REACH), min(end, gift.end + 4 * REACH)
    if _DOUBTFUL.search(said.text, begins, gift.start) and not HANDED_ON.search(said.text, begins, ends):
        sure = min(sure, DOUBT)
    if (
        _BY_WHEN.search(said.text, begins, gift.start)
        or _IN_STORE.search(said.text, begins, gift.start)
        or (form == "cash" and _PAID_OFF.match(said.text, gift.end))
        or _LONG_AGO.search(said.text, begins, gift.start)
        or _OWN.search(said.text, clause(said, gift.start)[0], gift.start)
        or _NOT_TAKEN.match(said.text, gift.end)
    ):
        sure = min(sure, DOUBT)
    if (
        gift.each and not gift.n and not to
    ):  # how many got it is told before at best, and one would be a guess
        n = _told_before(said, gift)
        sure = min(sure, DOUBT) if n or form == "goods" else sure
        aid = make_aid(**known, n=n) if n else Aid(**known)
        return Hit("aid", aid, gift.start, gift.end, sure)
    return Hit("aid", make_aid(**known), gift.start, gift.end, sure)


def _whom(said: Said, gift: Gift) -> str:
    """困难党员每人, 低保户每户: who each gets so much, where it is said right before; else nothing."""
    begins = max(sentence(said, gift.start)[0], gift.start - REACH)
    told = list(_WHOM_EACH.finditer(said.text, max(0, begins - 1), gift.start))
    whom = told[-1]["whom"] if told else ""
    return whom if _PEOPLE.search(whom) and not _PEOPLE_COUNTED.search(whom) else ""


def _counted_as(said: Said, gift: Gift, whom: str) -> int | None:
    """How many they are: 走访困难党员27名、低保户64户, or 27名困难党员, before the gift."""
    begins = max(opening(said, gift.start).start, gift.start - 4 * REACH)
    counted = rf"{whom}(?:共|有|是)?({NUMBER})[户名位个人]|({NUMBER})[户名位个]{whom}"
    counts = {a or b for a, b in re.findall(counted, said.text[begins : gift.start])}
    many = {int(quantity(count, "").value) for count in counts if not is_guess(count)}
    return many.pop() if len(many) == 1 else None


_WHOM_EACH = compiled(
    r"(?:\A|[,;:、。\n ])(?:另?给|为|向|对|送|发|又|还){0,3}(?P<whom>[一-鿿\d]{0,10}?)"
    r"(?:每[户人位名家个]|各(?=[送发给一二两三四五六七八九\d]))"
)
_PEOPLE = compiled("[户员生人童属妇兵师]$|..(?:对象|家庭|家|群众|孩子|娃娃?|职工|学子)$")
# What is told in somebody's words is hardly what was given: 我跟她讲：“查出来有救助一万块。”
_QUOTED = compiled(
    '[说讲道答问释](?:了|的)?[:,]?[“"「](?:(?![”"」])[^\n])*\\Z|(?:解释|宣传|掰扯|讲解|劝[他她]?):[^。;]*\\Z'
)


def _people(said: Said, gift: Gift) -> set[Decimal]:
    """The numbers of people told before a gift: of 17 children each may have got one of the 书包17个."""
    begins = max(opening(said, gift.start).start, gift.start - 8 * REACH)
    counts = _PEOPLE_COUNTED.finditer(said.text, begins, gift.start)
    return {quantity(one["n"], "").value for one in counts if not is_guess(one["n"])}


_MANY = 5  # fewer are as many by chance
_PEOPLE_COUNTED = compiled(f"(?P<n>{NUMBER})(?:[名位人户口]|个(?:学生|孩子|娃|老人|人))")
# 每户白面两袋。共发放白面34袋; 有一批平板,优先给…; 车装好了:面粉30袋; by rule 每学期500元; 先把1100元付了
_IN_STORE = compiled("[共统]发放|累计|[有到]一批|优先|装好|装上车|每学[期年]")
_PAID_OFF = compiled("[付还结][了清]")


def _is_plain(said: Said, gift: Gift, to: tuple[str, ...]) -> bool:
    """Whether a clause says that something was given, and nobody can mistake how much of it to how many.

    Of a lot of goods a text tells as often what came in, what each got of it, or how many there are of them.
    """
    many = gift.amount.value
    if gift.amount.unit == "元":
        return many >= _LEAST
    few = many == 1 if gift.each else len(to) == 1 or (not to and many < _LEAST)
    begins = clause(said, gift.start)[0]
    before = clause(said, max(0, begins - 1))[0]
    if gift.each and gift.n and re.search("[每各]", said.text[before:begins]):
        begins = before  # 给每位学生200元,书包一个
    return few and bool(_HANDED.search(said.text, begins, gift.start + 1))


_LEAST = 10  # less money is the price of a thing; more things are a lot
_HANDED = compiled("[送给捐发带留赠拨]|慰问")
_BY_WHEN = compiled("(?:之前|以前|月前|底前|日前|号前)[送给发]")  # 九月之前送到六吨煤

# What somebody says of another year, has of their own or pays; and what they did not take.
_LONG_AGO = compiled("(?:前|上|那|早)[几些两]?年|以前|从前|(?<!未)曾经?|[送给捐]过")
_OWN = compiled("自己[盖穿用吃买]|家里?(?:还|原来)?有|[交缴](?![给到来通流])[了纳]?[^,。]{0,4}$")
_NOT_TAKEN = compiled(
    "[^,。;]{0,6}[,;。]?[^,。;]{0,3}(?:没(?:肯|敢)?[要收](?!到)|退[回了还]|还[^,。;]{0,6}[账债])"
)


def _of_class(said: Said, gift: Gift, label: re.Match[str]) -> int | None:
    """名单22户，特困5 低保11 … 特困：500元+米20斤: how many there are of those that a line tells of."""
    begins = opening(said, gift.start).start
    counts = re.findall(rf"{label[1]}[户人]?(\d{{1,4}})[户人]?(?![\d元])", said.text[begins : label.start()])
    return int(counts[-1]) if counts else None


_CLASS = compiled("[ \u3000]*([一-鿿]{2,4}):")


def _told_before(said: Said, gift: Gift) -> int | None:
    """一共五位，… 每位送粽子两盒: how many there are of those who each get so much."""
    begins = max(opening(said, gift.start).start, gift.start - 2 * REACH)
    each = list(_EACH_OF_THEM.finditer(said.text, begins, gift.start))
    if not each:
        return None
    if named := _NAMED.search(said.text, max(begins, each[-1].start() - REACH), each[-1].start()):
        return named[0].count("家")  # 查干家、呼和家都到了，每家
    units = "户|家" if each[-1]["of"] in "户家" else "位|名|个人|人"
    # 受灾户每户: how many of those there are
    kind = _KIND.search(said.text, max(begins, each[-1].start() - 2), each[-1].start())
    counted = rf"{kind[0]}({NUMBER})(?:{units})" if kind else rf"({NUMBER})(?:{units})"
    counts = re.findall(counted, said.text[begins : gift.start])
    many = {int(quantity(count, "").value) for count in counts if not is_guess(count)} - {1}
    return many.pop() if len(many) == 1 else None


_KIND = compiled("[一-鿿][户员生]$")
_NAMED = compiled("[一-鿿]{1,6}家(?:[、和][一-鿿]{1,6}家)+(?=[^。;\n]{0,12}\\Z)")
_EACH_MONEY = compiled(f"(?:{EACH})[一-鿿]{{0,4}}(?:{NUMBER})元")
_EACH_OF_THEM = compiled("[每一各](?P<of>[户家位名人])")


def _occasion(said: Said, gift: Gift) -> str | None:
    """The festival named last before a gift, else in its sentence."""
    before = list(
        _FESTIVAL.finditer(said.text, max(opening(said, gift.start).start, gift.start - 120), gift.start)
    )
    behind = _FESTIVAL.search(said.text, gift.end, max(gift.end, sentence(said, gift.start)[1]))
    return before[-1][0] if before else behind[0] if behind else None


def _receivers(said: Said, gift: Gift) -> tuple[str, ...]:
    """Who gets it by name: one person, or those named together; of a sum nobody knows."""
    if gift.each or (gift.n or 1) > 1 or _SUMMED.search(said.text, max(0, gift.start - 8), gift.start):
        return ()
    start, end = sentence(said, gift.start)
    near = list(between(said, max(start, gift.start - 200), min(end, gift.start + 200)))
    given = compiled(r"给(?:了)?[他她](?:们)?")
    if not near and given.search(said.text, start, end):
        near = list(between(said, 0, start))[-1:]
    near = [one for one in near if one.name not in said.officials]
    before = [one for one in near if one.end <= gift.start]
    if before:
        joined = [before[-1]]
        for one in reversed(before[:-1]):
            if re.fullmatch("[和、及与]|和[他她]?[一-鿿]{0,2}", said.text[one.end : joined[0].start]):
                joined.insert(0, one)
        return tuple(dict.fromkeys(one.name for one in joined))
    joined = near[:1]
    for one in near[1:]:
        if re.fullmatch("[和、及与][他她]?[一-鿿]{0,2}", said.text[joined[-1].end : one.start]):
            joined.append(one)
    return tuple(dict.fromkeys(one.name for one in joined))


_SUMMED = compiled("(?:[小合总共]计|总共|合共|拢共|(?<![提])共)[:发]?[一-鿿]{0,3}$")


def _fund(said: Said, gift: Gift, form: str, end: int) -> str | None:
    """Who it came from, where its own clause says so, or a following one that says what it is of."""
    _first, stop = clause(said, gift.end)
    match = _FROM.search(said.text, gift.end, min(stop, gift.end + REACH))
    whose = None if match else _WHOSE[form].search(said.text, gift.end, min(len(said.text), end + 2))
    if whose:
        match = _FROM.search(
            said.text, whose.start() + 1, min(len(said.text), clause(said, whose.end())[1] + 1)
        )
    if match is None:
        return None
    return re.sub("^.*[由是]", "", match["by"] or match["who"])


def _yuan(amount: int) -> Quantity:
    return quantity(str(amount), "元")


RULES = (
    Rule(
        "money",
        WHOLE,
        _money,
        "给5名学生每人送上助学金300元。慰问老人9名，发放慰问金人均500元。",
        (
            make_aid(what="助学金", form="cash", each=_yuan(300), n=5),
            make_aid(what="慰问金", form="cash", each=_yuan(500), n=9),
        ),
        "他在工地每天挣200元，给家里交了电费80元。",
    ),
    Rule(
        "roll-of-money",
        WHOLE,
        _of_a_roll,
        "发放助学金\n序 姓名 学校 金额\n1 黄大山 大专 3000\n2 赵小梅 本科 5000\n腊月廿六发救济款:赵婆婆800(独,屋漏)/黄大山500/"
        "刘老四三百。\n捐款:何书记500,刘会计300,黄大山100。",
        (
            Aid("助学金", "cash", total=_yuan(3000), to=("黄大山",)),
            Aid("助学金", "cash", total=_yuan(5000), to=("赵小梅",)),
            Aid("救济款", "cash", total=_yuan(800), to=("赵婆婆",)),
            Aid("救济款", "cash", total=_yuan(500), to=("黄大山",)),
            Aid("救济款", "cash", total=_yuan(300), to=("刘老四",)),
            Fund("何书记", _yuan(500)),
            Fund("刘会计", _yuan(300)),
            Fund("黄大山", _yuan(100)),
        ),
        "序 姓名 电费金额\n1 黄大山 一组 300\n2 赵小梅 二组 500\n收水费:黄大山200,赵小梅300,刘老四100。",
    ),
    Rule(
        "goods",
        WHOLE,
        _goods,
        "走了6户，每户送去大米1袋、棉被一床。今天发出:手动轮椅2、坐便椅3。给她留了一袋子米。",
        (
            make_aid(what="大米", each=quantity("1", "袋"), n=6),
            make_aid(what="棉被", each=quantity("一", "床"), n=6),
            Aid("手动轮椅", total=quantity("2", "")),
            Aid("坐便椅", total=quantity("3", "")),
            Aid("米", total=quantity("1", "袋")),
        ),
        "发了宣传册120份。",
    ),
)
