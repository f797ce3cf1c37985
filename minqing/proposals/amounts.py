"""Money, goods and service given: 每位学生200元, 书包和学习用具一套, 7名."""

import re
from collections.abc import Iterator
from functools import lru_cache

from minqing.model import Aid, Fund, Quantity
from minqing.proposals._compiled import compiled
from minqing.proposals._gift_doubts import PEOPLE_COUNTED, is_doubtful, people_before, was_due
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


_KEPT = compiled("入库|存[放入]|登记(?![造册后]*发)|到货|库存|仓库|收到后|备用")
# A sentence that says to how many what the one before it tells was given.
_GOES_ON = compiled("[ \u3000]*(?:一?共|总共|合计|其中)|[^。;\n]{0,80}?[每一][户人家名位]")


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
                if gift.amount.unit == "元" and was_due(said, gift, start):
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


def _hit(said: Said, gift: Gift, start: int, end: int) -> Hit:
    gift, is_told = _with_number(said, gift)
    form, to = "cash" if gift.amount.unit == "元" else "goods", _receivers(said, gift)
    doubtful = not is_told or is_doubtful(said, gift, to, start, end)
    n: int | None = gift.n
    lost: tuple[str, ...] = ()
    if gift.each and not n and not to:  # how many got it is told before at best, and one would be a guess
        n = _told_before(said, gift)
        lost = () if n else ("n",)
        doubtful = doubtful or bool(n) or form == "goods"
    aid = make_aid(
        lost,
        what=gift.what,
        form=form,
        each=gift.amount if gift.each else None,
        total=None if gift.each else gift.amount,
        n=n,
        to=to,
        fund=_fund(said, gift, form, end),
        occasion=_occasion(said, gift),
    )
    return Hit("aid", aid, gift.start, gift.end, min(gift.sure, DOUBT) if doubtful else gift.sure)


def _with_number(said: Said, gift: Gift) -> tuple[Gift, bool]:
    """A gift with how many got so much each, as far as its line or sentence tells; and whether that is told plainly."""
    if not gift.n and (label := _CLASS.match(said.text, line(said, gift.start)[0], gift.start)):
        n = _of_class(said, gift, label)  # else how many of those there are, is said elsewhere
        gift, is_told = gift._replace(each=True, n=n) if n else gift, n is not None
    else:
        is_told = True
    if gift.each and gift.n and (whom := _whom(said, gift)):
        if counted := _counted_as(said, gift, whom):
            return gift._replace(n=counted), is_told
        people = people_before(said, gift)
        return gift, is_told and not (len(people) > 1 and gift.n in people)
    return gift, is_told


def _whom(said: Said, gift: Gift) -> str:
    """困难党员每人, 低保户每户: who each gets so much, where it is said right before; else nothing."""
    begins = max(sentence(said, gift.start)[0], gift.start - REACH)
    told = list(_WHOM_EACH.finditer(said.text, max(0, begins - 1), gift.start))
    whom = told[-1]["whom"] if told else ""
    return whom if _PEOPLE.search(whom) and not PEOPLE_COUNTED.search(whom) else ""


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
    before = _festivals(said, max(opening(said, gift.start).start, gift.start - 120), gift.start)
    behind = _festivals(said, gift.end, max(gift.end, sentence(said, gift.start)[1]))
    return before[-1] if before else behind[0] if behind else None


def _festivals(said: Said, start: int, end: int) -> list[str]:
    """The festivals named between two offsets; 赵国庆 is somebody."""
    return [
        one[0]
        for one in _FESTIVAL.finditer(said.text, start, end)
        if not any(person.end > one.start() for person in between(said, one.start() - 3, one.start()))
    ]


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
