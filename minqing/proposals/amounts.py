"""Money, goods and service given, and funds that came in: 每位学生200元, 书包和学习用具一套, 7名."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from minqing.model import Aid, Fund, Quantity
from minqing.proposals._numbers import HAN, NUMBER, quantity
from minqing.proposals._said import WHOLE, Hit, Rule, Said, between, clause, line, opening, sentence
from minqing.schema import make_aid

_MONEYS = (
    "慰问金|慰问款|慰问费|助学金|奖学金|奖金|救助[金款]|补助[金款]?|补贴|帮扶资?金|资助金|红包|现金|捐款|善款|爱心[款金]|压岁钱|生活费|抚恤金|"
    "临时救助|困难补助|心意|慰问"
)
_GOODS = re.compile(
    "[米面油奶肉蛋糖盐酒茶]$|大米|棉被|被子|棉衣|衣[服物]|羽绒服|书包|文具|学习用|台灯|电热毯|牛奶|水果|月饼|粽子|汤圆|煤|取暖器|电[风饭视]|轮椅|拐杖|助听器|药|口罩|消毒液|"
    "方便面|矿泉水|饮用水|帐篷|雨[衣鞋]|蜂箱|种子|化肥|农药|地膜|饲料|[鸡鸭鹅树菜果]苗|羊羔|[猪仔]仔|图书|书籍|课本|校服|鞋|帽子|围巾|手套|毛?毯|水?杯|洗衣|毛巾|牙膏|用品|"
    "礼[包品]|爱心包|物资|春联|对联|福字|灯笼|挂历|奶粉|尿不湿|玩具|[篮足]球|电脑|平板|收音机|急救包|血压计|手电|灭火器|蛋糕|点心|挂面|蔬菜|手环|煤气灶|床|柜|桌|椅"
)
_UNITS = "个|只|套|袋|桶|床|盏|箱|件|瓶|盒|本|份|副|双|条|斤|公斤|吨|包|台|把|辆|张|株|棵|头|册|提|罐|壶|筐|块|匹|顶|支|根|部|尾|羽|捆|幅|对|枚|杯|粒"
_GAVE = (
    r"送[上去来了到给]*|发[放给了](?!出|现|生|展)|发(?=[一-鿿]{1,6}(?:[\d一两三四五六]))|慰问了?|捐[赠了给]*|(?<![补交赔付还卖])给[了予他她]|给(?=[一-鿿]{2,8}(?:每|送))|转交给|"
    "资助|分[发给]|赠送?|拿出|掏[出了]|塞[给了]|留[下了]|(?<=安)排|带[来去上了]+|奖励|救助"
)
_BOUGHT = re.compile("[购买]")
# Money that is paid, earned, owed or merely written about is no aid; paper handed out is a figure.
_NO_AID = re.compile(
    "工资|[电水话房]费|医药费|收入|报销|贷款|[借欠]|花[了费]|卖|每斤|造价|[总单]价|投资|承担|[赔罚]|交了|缴|收购|租金|学费|[押定]金|月薪|成本|保底|估计|"
    "标准是|政策|规定|签约|宣传册|可[领申]|才能|条例|减免|收取|挣|赚|工钱|产值|利润|经费|来源|余|价值|折合|约合|要付|付钱|收回|选票|票数|"
    "申请|补给|寄[了来回]|汇[了来款]|打[来到]|每月|个月|每年|分红|补偿|党费"
)
# Where a sentence says one of these, what it counts may be paid, received or due instead of given.
_DOUBTFUL = re.compile(
    "(?<!转)交[了给钱清]|缴|垫|[赔欠贷卖买]|收[了取到]|收缴|领[了到取]|送来|拨来|补贴|津贴|奖补|分红|申请|申报|价值|标准|来电|打算|准备|计划|将要|答应|希望"
)
_HANDED_ON = re.compile("转[交送发]给?|(?:又|再|都|全部?)?(?:发|送|分)(?:给|到)了?")
_CALLED = (("慰问", "慰问金"), ("捐", "捐款"), ("资助|助学", "资助金"), ("救助", "救助金"), ("奖", "奖金"))
_PRICE = re.compile(rf"每(?:{_UNITS}|亩|平方?米)$")
_GIVING = re.compile("慰问|发放|送温暖|捐赠|救助")
_PAPER = re.compile("册|单|资料|卡|通知|[报申登][一-鿿]*表|问卷|票|证|明白纸|手册|日记|合同|协议|材料|信")
_EACH = (
    "(?:每|(?<![一-鿿])各|一(?=[户人家](?:送|发|一|给)))(?:位|名|户|人|个(?!星期|礼拜|月|季|周)|家|村|生|组|份)(?:困难|特困|贫困|留守|受灾|监测|脱贫|低保)?"
    "(?:学生|孩子|娃娃?|儿童|老人|党员|群众|家庭|农户|户|人|家)?|每人"
)
_TOKEN = re.compile(
    rf"(?P<each>{_EACH})"
    rf"|(?P<count>{NUMBER})(?P<whom>名|位|户|个(?=学生|孩子|娃|老人|家庭|困难|党员)|人(?!次|均|民)|份(?=,?每份))"
    rf"|(?P<sum>共计|合计|总计|总共|一共|累计|共|计(?=\d))"
    rf"|(?P<again>另外|此外|还|并(?=送|捐|赠|为|给|向))"
    rf"|(?:(?P<money_what>{_MONEYS})(?:共|共计|合计|人民币|各)?)?(?P<money>{NUMBER})(?P<coin>元|块钱?|圆)(?:的|钱)*(?P<money_of>{_MONEYS})?"
    rf"|(?P<goods>{NUMBER})(?P<unit>{_UNITS})(?!装|月|小时|星期|工作日)的?"
)
_NOUN_END = re.compile(r"[一-鿿“”]{1,10}$")
_NOUN = re.compile(r"[一-鿿]{1,6}?(?=$|[,、。;!?\n和及与加跟(]|[一两三四五六\d])")
_LEADING = re.compile(rf"^.*(?:{_GAVE}|每[人户位名家]|(?<!和)一些|了|的|另外|还|又|先|再|等)")
_FESTIVAL = re.compile(
    "(?:六一|春节|元旦|端午|中秋|重阳|七一|八一|国庆|三八|元宵|腊八|小年)(?!节?(?:之|以)?[前后])"
)
_FROM = re.compile(
    r"(?:[由是]|都是)(?P<by>[一-鿿]{2,12}?)(?:捐|出资|出的|赞助|拉来|拨|送来|筹|提供|购|买|出(?=[,。;\n]|$))|(?P<who>[一-鿿]{2,10}?)(?:出资|捐赠|捐款|捐助|赞助|捐来|捐了)"
)
# A clause behind a gift that says whose it was: of the money, of the goods, of all.
_WHOSE = {
    "cash": re.compile("[,。;] ?(?:这些|这笔)?[钱款]|[,;] ?[由都均]"),
    "goods": re.compile("[,。;] ?(?:这些)?(?:东西|物资)|[,;] ?[由都均]"),
}


_DOUBT = 0.6
_REACH = 80  # signs; a gift is told in fewer


class Gift(NamedTuple):
    """Something given, as far as a sentence says: what, of which each or all get so much."""

    what: str
    amount: Quantity
    each: bool
    n: int | None
    start: int
    end: int
    sure: float


def _money(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    yield from (hit for hit in _aid(said) if hit.value.form == "cash")


def _goods(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    yield from (hit for hit in _aid(said) if hit.value.form == "goods")


def _aid(said: Said) -> Iterator[Hit]:
    start = 0
    for end in (*said.ends, len(said.text) + 1):
        # what a list holds was given where its heading or its paragraph says so
        first = max(opening(said, start).start, line(said, start)[0], start - 4 * _REACH)
        headed = bool(_GIVING.search(said.text, *_first_line(said, start)))
        listed = headed or bool(_GIVING.search(said.text, first, start))
        if listed or re.search(_GAVE, said.text[start : end - 1]):
            for gift in _merged(_gifts(said, start, end - 1, headed, listed)):
                if _CAME_IN.search(said.text, start, gift.end) and not _HANDED_ON.search(
                    said.text, start, end
                ):
                    continue  # it came in
                yield _hit(said, gift, start, end - 1)
        start = end


def _first_line(said: Said, at: int) -> tuple[int, int]:
    """The line that heads an event; a long one heads nothing."""
    start = opening(said, at).start
    end = line(said, start)[1]
    return (start, end) if end - start <= _REACH // 2 else (start, start)


def _hit(said: Said, gift: Gift, start: int, end: int) -> Hit:
    form = "cash" if gift.amount.unit == "元" else "goods"
    known: dict[str, Any] = {"what": gift.what, "form": form, "each" if gift.each else "total": gift.amount}
    if gift.n:
        known["n"] = gift.n
    if to := _receivers(said, gift):
        known["to"] = to
    if fund := _fund(said, gift, form, end):
        known["fund"] = fund
    if occasion := _occasion(said, gift):
        known["occasion"] = occasion
    sure = gift.sure
    if _DOUBTFUL.search(said.text, start, gift.start) and not _HANDED_ON.search(said.text, start, end):
        sure = min(sure, _DOUBT)
    if gift.each and not gift.n and not to:  # how many got it is not told, and one would be a guess
        return Hit("aid", Aid(**known), gift.start, gift.end, min(sure, _DOUBT))
    return Hit("aid", make_aid(**known), gift.start, gift.end, sure)


def _occasion(said: Said, gift: Gift) -> str | None:
    """The festival named last before a gift, else in its sentence."""
    before = list(
        _FESTIVAL.finditer(said.text, max(opening(said, gift.start).start, gift.start - 120), gift.start)
    )
    behind = _FESTIVAL.search(said.text, gift.end, max(gift.end, sentence(said, gift.start)[1]))
    return before[-1][0] if before else behind[0] if behind else None


def _gifts(said: Said, start: int, end: int, headed: bool, listed: bool) -> list[Gift]:
    """What a sentence says was given, in its order. 每户 and 6户 count for what follows them, 49户都有份 and
    共8人 for what went before.
    """
    gifts: list[Gift] = []
    each, n, summed, counted = False, None, False, start
    for match in _TOKEN.finditer(said.text, start, end):
        if match["each"]:
            each, summed = True, False
        elif match["count"]:
            n, counted = int(quantity(match["count"], "").value), match.end()
            if _CLOSES.match(said.text, match.end()):
                gifts = [gift._replace(n=n) if gift.each and gift.n is None else gift for gift in gifts]
        elif match["again"]:
            each, n, summed = False, None, False
        elif match["sum"]:
            summed = True
        elif gift := _gift(said, match, start, end, bool(gifts), each or headed, listed):
            if gift.what.endswith("各"):
                gifts += [one._replace(n=n) for one in _one_of_each(said, gift, start)]
            elif summed and gifts and gifts[-1].each and _makes_up(gifts[-1], gift.amount, n):
                gifts[-1] = gifts[-1]._replace(n=int(gift.amount.value / gifts[-1].amount.value))
            else:
                told = each or "," not in said.text[counted : match.start()]
                gifts.append(gift._replace(each=each and not summed, n=n if told else None))
            summed = False
    return gifts


def _one_of_each(said: Said, gift: Gift, start: int) -> Iterator[Gift]:
    """书包、文具盒各一个: each thing by itself."""
    things = _THINGS.search(said.text, start, gift.start + len(gift.what))
    for what in re.split("[、和及]", things["things"] if things else gift.what.removesuffix("各")):
        yield gift._replace(what=_LEADING.sub("", what), each=True)


_THINGS = re.compile("(?P<things>[一-鿿]{1,12}(?:[、和及][一-鿿]{1,6})*)各$")
_CLOSES = re.compile("都|共|,|。|$|[(]")


def _makes_up(gift: Gift, total: Quantity, n: int | None) -> bool:
    """Whether an amount is the total of what each of them got: 每户600元，12户共7200元."""
    times, rest = divmod(total.value, gift.amount.value) if gift.amount.value else (0, 1)
    return gift.amount.unit == total.unit and rest == 0 and times > 1 and n in (None, times)


def _gift(
    said: Said, match: re.Match[str], start: int, end: int, goes_on: bool, given: bool, told: bool
) -> Gift | None:
    """What a number of money or goods says was given. `goes_on` where it may be one of a list, `given` where
    what stands before says how much each of them gets, `told` where the heading or the paragraph says that things are given.
    """
    first, last = _clause(said, match.start(), start, end)
    if _NO_AID.search(said.text, max(first, match.start() - 15), min(last, match.end() + 6)):
        return None
    if match["money"] and _PRICE.search(said.text, first, match.start()):
        return None
    # 收到轮椅2台，转交给了…
    handed_on = _HANDED_ON.search(said.text, match.end(), end)
    gave = bool(handed_on or re.search(_GAVE, said.text[first:last])) or (
        given
        and bool(_GIVING.search(said.text, start, end) or re.search(_GAVE, said.text[start:last]) or told)
    )
    listed = goes_on and not re.search("[。了到是有]", said.text[first : match.start()])
    if match["money"]:
        what = match["money_what"] or match["money_of"] or _money_before(said, match, start)
        sure = 0.93 if gave or (what and listed) else 0.6
        return Gift(
            what or _called(said, (first, last), (start, end)),
            quantity(match["money"], "元"),
            False,
            None,
            match.start(),
            match.end(),
            sure,
        )
    found = _what(said, match, first, last)
    if found is None or not (gave or listed or _BOUGHT.search(said.text, first, match.start())):
        return None
    what, at, stop = found
    known = bool(_GOODS.search(what))
    each = re.search(_EACH, said.text[max(start, match.start() - _REACH) : match.start()])
    if not (known or not what or each):
        return None
    sure = 0.92 if (known and (gave or listed)) or (each and gave) else 0.6
    return Gift(what, quantity(match["goods"], match["unit"]), False, None, at, stop, sure)


def _called(said: Said, clause_: tuple[int, int], sentence_: tuple[int, int]) -> str:
    """What money is called that the text gives no name: by the verb of its clause, its sentence or the heading."""
    for place in (clause_, sentence_, _first_line(said, sentence_[0])):
        for verb, name in _CALLED:
            if re.search(verb, said.text[slice(*place)]):
                return name
    return "现金"


def _clause(said: Said, at: int, start: int, end: int) -> tuple[int, int]:
    start, end = max(start, at - _REACH), min(end, at + _REACH)
    first = said.text.rfind(",", start, at) + 1
    last = said.text.find(",", at, end)
    return max(first, start), last if last >= 0 else end


def _money_before(said: Said, match: re.Match[str], start: int) -> str | None:
    """慰问金每位学生200元: what the money is called stands before whom it is for."""
    words = list(re.finditer(_MONEYS, said.text[max(start, match.start() - 14) : match.start()]))
    return words[-1][0] if words and words[-1][0] != "慰问" else None


def _what(said: Said, match: re.Match[str], start: int, end: int) -> tuple[str, int, int] | None:
    """What is counted: 书包一个, or 一个书包."""
    joined = said.text[match.start() - 1 : match.start()] in tuple("和及、加")
    before = None if joined else _NOUN_END.search(said.text, max(start, match.start() - 12), match.start())
    noun = _LEADING.sub("", before[0]) if before else ""
    if noun and not re.search(f"[{HAN}]$|^(?:{_GAVE})$|每", noun) and len(noun) <= 10:
        parts = [part for part in re.split("和|及|以及", noun.replace("一些", "")) if part]
        what = "和".join(parts if all(map(_GOODS.search, parts)) else parts[-1:])
        return None if _PAPER.search(noun) or not what else (what, match.start() - len(noun), match.end())
    after = _NOUN.match(said.text, match.end(), end)
    if after and not _PAPER.search(after[0]):
        return after[0], match.start(), after.end()
    return ("", match.start(), match.end()) if not after else None


def _merged(gifts: list[Gift]) -> Iterator[Gift]:
    """药30瓶, 每户2瓶 is one gift; what has no name and is no part of another is none."""
    for nth, gift in enumerate(gifts):
        if gift.what:
            part = next(
                (
                    one
                    for one in gifts[nth + 1 : nth + 6]
                    if not one.what and one.amount.unit == gift.amount.unit
                ),
                None,
            )
            yield gift._replace(amount=part.amount, each=part.each, n=part.n, sure=0.92) if part else gift


def _receivers(said: Said, gift: Gift) -> tuple[str, ...]:
    """Who gets it by name: one person, or those named together."""
    if gift.each or (gift.n or 1) > 1:
        return ()
    start, end = sentence(said, gift.start)
    near = list(between(said, max(start, gift.start - 200), min(end, gift.start + 200)))
    given = re.compile(r"给(?:了)?[他她](?:们)?")
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


def _fund(said: Said, gift: Gift, form: str, end: int) -> str | None:
    """Who it came from, where its own clause says so, or a following one that says what it is of."""
    _first, stop = clause(said, gift.end)
    match = _FROM.search(said.text, gift.end, min(stop, gift.end + _REACH))
    whose = None if match else _WHOSE[form].search(said.text, gift.end, min(len(said.text), end + 2))
    if whose:
        match = _FROM.search(
            said.text, whose.start() + 1, min(len(said.text), clause(said, whose.end())[1] + 1)
        )
    if match is None:
        return None
    return re.sub("^.*[由是]", "", match["by"] or match["who"])


_CAME = re.compile(
    rf"(?:收到|到账|争取到?|筹集?到?|拨付|下拨|拨来|捐来)[了]?(?P<source>[一-鿿]{{2,12}}?)(?:拨付|下拨|捐赠|捐|拨来|支持|的)?(?:了|的)?(?P<what>[一-鿿]{{0,6}}?)(?P<money>{NUMBER})元"
)
_CAME_IN = re.compile(
    rf"(?:^|(?<=[,。;\n]))(?:今天|昨天|上午|下午)?(?:收到)?(?P<source>[一-鿿]{{2,10}}?)(?:(?:给[^,。]{{0,4}})?[送拨运捐发]来的?|下?发的)了?(?=[一-鿿]{{0,6}}{NUMBER}(?:{_UNITS}))"
)
_SOURCES = r"(?:经费|资金)(?:来源)?: ?"
_SOURCE = re.compile(
    rf"(?P<source>[一-鿿]{{2,12}}?)(?:拨款|拨付|捐款|捐赠|捐助|捐|出资|支持|资助|赞助|承担|出)?了?(?P<money>{NUMBER})元"
)


def _funds(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    what = match["what"] or None
    yield Hit(
        "funds", Fund(match["source"], quantity(match["money"], "元"), what), match.start(), match.end(), 0.8
    )


def _came_in(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """镇里送来方便面20箱、矿泉水30件: goods that came in."""
    for gift in _merged(_gifts(said, match.end(), sentence(said, match.end())[1], True, True)):
        if gift.amount.unit != "元":
            fund = Fund(match["source"], gift.amount, gift.what)
            yield Hit("funds", fund, gift.start, gift.end, 0.8)


def _sources(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """经费来源：区慈善会拨款13000元，残联4000元: each with whose it is."""
    for found in _SOURCE.finditer(
        said.text, match.end(), min(sentence(said, match.end())[1], match.end() + 2 * _REACH)
    ):
        if not found["source"].startswith(("余", "其余", "剩")):
            named = between(said, found.start(), found.end())
            source = named[0].name if named else found["source"]
            yield Hit("funds", Fund(source, quantity(found["money"], "元")), *found.span(), 0.92)


def _yuan(amount: int) -> Quantity:
    return quantity(str(amount), "元")


RULES = (
    Rule(
        "money",
        WHOLE,
        _money,
        "给5名学生每人送上助学金300元。",
        (make_aid(what="助学金", form="cash", each=_yuan(300), n=5),),
        "他在工地每天挣200元，给家里交了电费80元。",
    ),
    Rule(
        "goods",
        WHOLE,
        _goods,
        "走了6户，每户送去大米1袋、棉被一床。",
        (
            make_aid(what="大米", each=quantity("1", "袋"), n=6),
            make_aid(what="棉被", each=quantity("一", "床"), n=6),
        ),
        "发了宣传册120份。",
    ),
    Rule(
        "funds",
        _CAME.pattern,
        _funds,
        "收到县卫生局下拨的慰问资金1400元。",
        (Fund("县卫生局", _yuan(1400), "慰问资金"),),
        "收到来信3封。",
    ),
    Rule(
        "goods-came",
        _CAME_IN.pattern,
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
