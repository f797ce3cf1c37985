"""What a sentence says was given: money or goods, of which each or all get so much."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from minqing.model import Quantity
from minqing.proposals._bare_money import is_bare_money
from minqing.proposals._compiled import compiled
from minqing.proposals._gift_names import (
    LEADING,
    REACH,
    gave_right_before,
    is_good_here,
    named_as_a_whole,
    stands_alone,
    topic,
    what_is_counted,
)
from minqing.proposals._gift_words import (
    BOUGHT,
    BY_A_BODY,
    CALLED,
    COLLECTED,
    EACH,
    EACH_BEFORE,
    GAVE,
    GIVING,
    GOODS,
    HANDED_ON,
    MAY_GIVE,
    MAY_GIVE_MONEY,
    MONEYS,
    NO_AID,
    PIECES,
    PRICED,
    ROUND,
    UNITS,
)
from minqing.proposals._numbers import NUMBER, quantity
from minqing.proposals._said import Said, between, line, opening, sentence
from minqing.surnames import HAN as SIGN

_ONE = "床件箱桶袋条台双套副盒提瓶张辆部壶个包本"  # 送了床棉被: one
_TOKEN = compiled(
    rf"(?P<each>{EACH})"
    rf"|(?P<count>{NUMBER})[多余来]?(?P<whom>名|位|户|个(?=学生|孩子|娃|老人|家庭|困难|党员|人|,[每各一]|发|送)|"
    rf"人(?!次|均|民|[一二两三四五六七八九\d])|家(?=[,。;各每]|一家|$)|份(?=,?每份))"
    rf"|(?P<sum>共计|合计|总计|总共|一共|累计|共|计(?=[\d二三四五六七八九十])|=|合(?=\d))"
    rf"|(?P<again>另外|此外|另(?=[捐送给])|还|并(?=送|捐|赠|为|给|向))"
    rf"|(?:(?P<money_what>{MONEYS})(?:共|共计|合计|人民币|各)?)?(?P<money>{NUMBER})(?P<coin>元|块钱|"
    rf"块(?!香|肥|毛|糕|砖|布|月|肉|豆|巧|雨|地|田|牌|展|[\d一二三四五六七八九]毛)|圆|(?=/[户人名位家生](?!/)))(?:(?P<per>/[户人名位家份生](?!/))|"
    rf"(?P<for>/[^户人名位家份生])|(?:的|钱)*(?P<money_of>{MONEYS})?)"
    rf"|(?P<plain>(?<=[给了出掏垫凑添捐留拨塞助奖来]){ROUND}|(?<=[一每各][条户人艘亩口位]补){ROUND}|(?:(?<=给的)|"
    rf"(?<=给的那)){ROUND}|(?<=剩){ROUND}(?=给)|(?<=剩下)(?:{ROUND}|\d{{2,4}}0)(?=[一-鿿]{{1,10}}[凑出垫])|"
    rf"(?:(?<=[给掏捐塞奖出摸发])|(?<=[给掏捐塞奖出摸]了)|"
    rf"(?<=垫[上了]))\d{{2,4}}0)(?=[,。;!)\n的塞先给让修买用来吧呢哈啊你她他]|[一-鿿]{{1,10}}[凑出垫]|$)"
    rf"|(?<=[一-鿿,) =])(?P<bare>{ROUND}|(?<=[共计金款助贴包=合])\d{{3,6}}|"
    rf"(?<=[一-鿿)])\d{{1,4}}0(?=[、,。;( \u3000]|$)|\d{{1,4}}0(?=给)|"
    rf"(?<!\d)\d{{1,3}}(?:,\d{{3}})+(?:\.\d{{1,2}})?)(?=[,、。;()\n给 \u3000]|[一总]共|合计|外?加|整|$)"
    rf"|(?P<goods>{NUMBER}|半(?=公?斤|吨|[袋瓶箱桶包盒])|"
    rf"(?<=[了来去上送带拿拎提捎])(?=[{_ONE}](?![单褥位头])[一-鿿]))(?<!同一)(?P<unit>{UNITS}|(?<=\d)(?=[、,。;\n]|\Z))(?!装|月|小时|星期|"
    rf"工作日)(?:{NUMBER}(?:升|公?斤)装?的)?的?"
)
# 镇里送来方便面20箱: it came in.
CAME_IN = compiled(
    rf"(?:^|(?<=[ ,。;\n把]))(?:今天|昨天|上午|"
    rf"下午)?(?:收到)?(?P<source>(?:(?!把)[一-鿿]){{2,10}}?)(?:(?:给[^,。]{{0,4}})?[送拨运捐发]来的?|"
    rf"下?发的)了?(?=[一-鿿]{{0,6}}{NUMBER}(?:{UNITS}))"
)
DOUBT = 0.6


class Gift(NamedTuple):
    """Something given, as far as a sentence says: what, of which each or all get so much."""

    what: str
    amount: Quantity
    each: bool
    n: int | None
    start: int
    end: int
    sure: float


def heading(said: Said, at: int) -> tuple[int, int]:
    """The short lines, two at most, that head an event."""
    start = end = opening(said, at).start
    for nth in range(2):
        stop = line(said, end)[1]
        if stop - end > REACH // 2 or (nth and "。" in said.text[end:stop]):
            break
        end = min(len(said.text), stop + 1)
    return start, end


def gifts_in(
    said: Said, start: int, end: int, headed: bool, listed: bool, plainly: bool = True
) -> list[Gift]:
    """What a sentence says was given, in its order. 每户 and 6户 count for what follows them, 49户都有份 and
    共8人 for what went before. `plainly` is whether the sentence or what leads it says that it was given.
    """
    gifts: list[Gift] = []
    each, n, before, summed, counted, since_each = False, None, None, False, start, start
    counts: dict[bool, int] = {}  # of households, and of people
    supposed = end + 1  # from where each is only supposed to get so much

    def place(match: re.Match[str], given: bool) -> _Place:
        begins, ends = max(start, match.start() - 4 * REACH), min(end, match.end() + 4 * REACH)
        return _Place(
            begins, ends, *_clause(said, match.start(), begins, ends), gifts, given, listed, plainly
        )

    for match in _TOKEN.finditer(said.text, start, end):
        if n and match.start() - counted > _COUNTS_FOR:
            n = None
        if gifts and _OTHER_GIVER.search(said.text, gifts[-1].end, match.start()):
            each, n = False, None
        if match["each"]:
            each, summed, since_each = True, False, match.end()
            if n and len(counts) > 1:  # 11户35人，每户白菜两棵
                n = counts["户" in match["each"] or "家" in match["each"]]
            n, before = n or before, None
        elif match["count"]:
            n, counted = int(quantity(match["count"], "").value), match.end()
            counts[match["whom"] in ("户", "家")] = n
            if said.text[match.end() : match.end() + 1] == ":":
                if any(between(said, counted + 1, counted + 2)):  # 两户：李大山家200元，赵小梅家一桶油
                    each, n = False, None
                else:  # 共14户：肉5斤、糯米10斤
                    each, summed, supposed, since_each = True, False, counted, counted
            if summed and gifts and gifts[-1].each:
                gifts[-1], summed = gifts[-1]._replace(n=n), False  # 每人2500元，计六人
            if _EVERYONE.match(said.text, match.end()):
                gifts = [gift if gift.n else gift._replace(each=True, n=n) for gift in gifts]
            since = said.text[gifts[-1].end if gifts else match.start() : match.start()]
            if _CLOSES.match(said.text, match.end()) and not _ELSE.search(since):
                gifts = [gift._replace(n=n) if gift.each and gift.n is None else gift for gift in gifts]
        elif match["again"] and not (each and since_each == match.start()):
            each, n, before, summed = False, None, n, False
        elif match["sum"]:
            summed = True
        elif match["bare"] and not is_bare_money(
            said, match, [gift.amount.unit for gift in gifts], summed, listed, plainly
        ):
            continue
        elif gift := _gift(said, match, place(match, each or headed or summed)):
            if gift.start >= supposed:
                gift = gift._replace(sure=min(gift.sure, DOUBT))
            times = _TIMES.match(said.text, match.end())
            if times:
                n, counted = int(quantity(times["n"], "").value), times.end()
            by = said.text[match.start() - 1] in "×xX*" or bool(times or match["per"])
            if gift.what.endswith("各"):
                gifts += [one._replace(n=n) for one in _one_of_each(said, gift, start)]
            elif (
                (summed or n)
                and len(alike := _alike(gifts, gift)) == 1
                and gifts[alike[0]].each
                and _makes_up(gifts[alike[0]], gift.amount, n)
            ):
                one = gifts[alike[0]]
                gifts[alike[0]] = one._replace(n=int(gift.amount.value / one.amount.value))
            else:
                told = each or "," not in said.text[counted : match.start()]
                apart = match["plain"] and not re.search(
                    "[每各]", said.text[max(start, gift.start - 8) : gift.start]
                )
                many = n if told and not apart and (each or _shares(gift, n)) else None
                if summed and (each or any(gifts[at].each for at in _alike(gifts, gift))):
                    many = None  # 带头捐500，其他22名每人100，共2700元
                # 给其中4位送一床夏凉被: one to each
                one_each = each or by or bool(many and gift.amount.value == 1 and gift.amount.unit != "元")
                gifts.append(gift._replace(each=one_each and not summed and not apart, n=many))
            # 合计5000元、5台
            summed = summed and said.text[match.end() : match.end() + 1] == "、"
    return gifts


def _shares(gift: Gift, n: int | None) -> bool:
    """Whether so many can have got their share of goods; 26吨 are not for 87户 each alike."""
    return not n or gift.amount.unit == "元" or gift.amount.value == 1 or gift.amount.value % n == 0


def _one_of_each(said: Said, gift: Gift, start: int) -> Iterator[Gift]:
    """书包、文具盒各一个: each thing by itself."""
    things = _THINGS.search(said.text, start, gift.start + len(gift.what))
    for what in re.split("[、和及]", things["things"] if things else gift.what.removesuffix("各")):
        yield gift._replace(what=LEADING.sub("", what), each=True)


_NEAR = 12  # signs; what is farther ahead may be something else
_HANDED = 24  # signs; what came in is handed on in fewer
_COUNTS_FOR = 60  # signs; how many there are of them is told in fewer
_TIMES = compiled(rf"[×xX*](?P<n>{NUMBER})[户人名位家份]")  # 600元×12户
# 班子捐的旧图书320本, 给娃娃们带去课外书: another gives or gets, and not each.
_OTHER_GIVER = compiled(
    "[,;](?:另?外?加|另)?[一-鿿]{2,10}?(?:捐赠?|赠送?|资助|个人出资?|拨|凑)[了的给]?(?![一-鿿]*[每各])|[,;](?:又|还|也|再)?(?:给|为)[一-鿿]{1,8}?(?:带|送|捐|发|买|拿)(?![一-鿿]*[每各])"
)
_THINGS = compiled("(?P<things>[一-鿿]{1,12}(?:[、和及][一-鿿]{1,6})*)各$")
# 月饼一盒、大米十斤,27位老人人人有份
_EVERYONE = compiled(rf"{SIGN}{{0,4}}(?:人人|个个|户户|家家|每[人户位家名]|[各都])有一?份")
_ELSE = compiled("(?<![领发送分给到拿])了")  # 每户一瓶，昨天消了68户
_CLOSES = compiled("[一-鿿]{0,4}都|共|,|。|$|[(]|的(?:$|[,。])")


def _alike(gifts: list[Gift], gift: Gift) -> list[int]:
    return [nth for nth, one in enumerate(gifts) if one.amount.unit == gift.amount.unit]


def _times(total: Quantity, each: Quantity) -> int | None:
    """How many get so much of a total."""
    times, rest = divmod(total.value, each.value) if each.value else (0, 1)
    return int(times) if rest == 0 and times > 1 else None


def _makes_up(gift: Gift, total: Quantity, n: int | None) -> bool:
    """Whether an amount is the total of what each of them got: 每户600元，12户共7200元."""
    times = _times(total, gift.amount)
    return gift.amount.unit == total.unit and times is not None and n in (None, times)


class _Place(NamedTuple):
    """Where a number of money or goods stands: its sentence as far as it matters, its clause, what was given before it,
    whether what stands before says how much each gets, whether the heading or the paragraph, and whether the
    sentence tells of giving.
    """

    start: int
    end: int
    first: int
    last: int
    gifts: list[Gift]
    given: bool
    told: bool
    plainly: bool


def _gift(said: Said, match: re.Match[str], at: _Place) -> Gift | None:
    """What a number of money or goods says was given, behind others perhaps of a list."""
    money, piece = match["money"] or match["plain"] or match["bare"], None
    if match["coin"] == "块" and PIECES.search(said.text, max(at.first, match.start() - 8), match.start()):
        money, piece = None, match["money"]  # 重阳糕每人两块
    if _is_no_gift(said, match, money, at.first, at.last) or (
        match["goods"] and _GREW.search(said.text, at.first, match.start())
    ):
        return None
    # 收到轮椅2台，转交给了…
    handed_on = HANDED_ON.search(said.text, match.end(), min(at.end, match.end() + _HANDED))
    here = bool(handed_on or re.search(GAVE, said.text[at.first : at.last]))
    beside = at.gifts and said.text[at.gifts[-1].end : match.start()].strip() in ("、", "和", "及", "+", "")
    listed = bool(
        beside
        or (at.plainly and _ALSO.match(said.text, at.first))
        or (at.gifts and not re.search("[。了到是]|(?<![另还])有", said.text[at.first : match.start()]))
    )
    if money:
        return _of_money(said, match, money, at, here, listed)
    return _of_goods(said, match, piece, at, here, listed)


_GREW = compiled("(?:新增|累计)(?!共?[发送捐赠下])")  # 新增菌棒3万棒


_OPEN_MONEY = compiled("[一-鿿]{0,4}未|一个?[人户]|/人")  # 企业捐赠有3万元未开票据; 医保涨到380元一个人
_DISHES = compiled("[一二两三四]荤|[一二两三四]素|份饭|快餐|盒饭")
_DIMES = compiled("([一二两三四五六七八九1-9])[角毛]")  # 一百六十七块两角


def _gave_around(said: Said, at: _Place) -> bool:
    """Whether what stands before a number and its sentence, heading or paragraph say that it was given."""
    return at.given and bool(
        at.told or GIVING.search(said.text, at.start, at.end) or re.search(GAVE, said.text[at.start : at.end])
    )


def _of_money(
    said: Said, match: re.Match[str], money: str, at: _Place, here: bool, listed: bool
) -> Gift | None:
    what = match["money_what"] or match["money_of"] or _money_before(said, match, at.start)
    gave = here or _gave_around(said, at)
    plain = match["money"] not in (None, "一") and not _OPEN_MONEY.match(said.text, match.end())
    plain = plain and not _DISHES.search(said.text, at.first, match.start())
    sure = 0.93 if at.plainly and plain and (gave or (what and listed)) else DOUBT
    if what is None and (match.start(), match.end()) == (at.first, at.last):
        if at.gifts and at.gifts[-1].amount.unit != "元" and at.gifts[-1].end + 1 == at.first:
            return None  # 收音机一台，四十八块
        sure = DOUBT
    may = (
        match["bare"]
        or re.search(MAY_GIVE_MONEY, said.text[at.first : at.last])
        or "垫" in said.text[at.last : at.last + 10]
        or _gets_each(said, match, at.first)
    )
    if not (at.plainly or what or may):
        return None
    what = what or _called(said, (at.first, at.last), (at.start, at.end))
    amount, end = quantity(money, "元"), match.end()
    if dimes := _DIMES.match(said.text, end):
        amount = amount._replace(value=amount.value + quantity(dimes[1], "").value / 10)
        end = dimes.end()
    return Gift(what, amount, False, None, match.start(), end, sure)


def _of_goods(
    said: Said, match: re.Match[str], piece: str | None, at: _Place, here: bool, listed: bool
) -> Gift | None:
    # 一袋米一壶油: what stands behind one number is not counted by the next
    found = what_is_counted(said, match, max(at.first, at.gifts[-1].end if at.gifts else 0), at.last)
    if found is None:
        return None
    if found[0] and found[1] < at.first:  # 送煤，6吨
        here = here or bool(re.search(GAVE, said.text[slice(*_clause(said, found[1], at.start, at.end))]))
    gave = here or _gave_around(said, at)
    if not (
        gave
        or at.given
        or listed
        or re.search(MAY_GIVE, said.text[at.first : at.last])
        or BOUGHT.search(said.text, at.first, match.start())
        or (GOODS.search(found[0]) and stands_alone(said, found[1], found[2]))
    ):
        return None
    found = found if found[0] or at.gifts else named_as_a_whole(said, match) or found
    if not found[0] and not any(one.amount.unit == match["unit"] for one in at.gifts):
        found = topic(said, match, at.start) or found
    what, start, stop = found
    if not match["unit"] and not (what and stop == match.end()):
        return None  # 轮椅3, but not the 3 of 3, 5
    known = bool(GOODS.search(what.removesuffix("各"))) and what not in ("箱", "膏", "盆")
    each = bool(re.search(EACH_BEFORE, said.text[max(at.start, match.start() - REACH) : match.start()]))
    named = match["goods"] and match["unit"] not in ("片", "块", "方", "米", "组", "口", "碗", "")
    if not (known or named or gave_right_before(said, match, at.first, 0)):
        return None  # 送了20片硝苯地平
    if what and not known and not is_good_here(said, match, what, at.first, each or listed):
        return None
    doubtful = (
        _ALSO.match(said.text, at.first)
        or _TOOK.search(said.text, at.first, match.start())
        or not _SOMEBODY.search(said.text, at.start, at.end)
        or _ANOTHER.search(said.text, at.start, match.start())
        or (not at.given and _SHARED_OUT.search(said.text, match.end(), at.end))
    )
    surely = (
        at.plainly
        and known
        and match["unit"] != "碗"
        and match.start() - start <= _NEAR
        and what != "水"
        and not doubtful
        and (here or listed or (gave and each))
    )
    amount = quantity(piece or match["goods"] or "一", "块" if piece else match["unit"])
    return Gift(what, amount, False, None, start, stop, 0.92 if surely else DOUBT)


def _gets_each(said: Said, match: re.Match[str], first: int) -> bool:
    """Whether each of some people gets so much and does not pay it: 烈属每户1200元."""
    before = re.search(f"{EACH_BEFORE}$", said.text[max(0, match.start() - 16) : match.start()])
    begins = max(sentence(said, match.start())[0], first - REACH // 2)
    return bool(before) and not COLLECTED.search(said.text, begins, min(len(said.text), match.end() + 8))


_TOOK = compiled("领[了到取]|找[了来]")
_SOMEBODY = compiled("给|送|慰问|看望|走访|发放|捐|[户位名人]|他|她|老|孩|学生|孤|留下|留了|:")
_ANOTHER = compiled("[和与及][^,。]{0,14}另外[^,。]{0,4}[位名个户]")  # 给席老太和另外三位各送一床
_SHARED_OUT = compiled("按[户人]|分(?:给|到|发)|每[户人家位名组]")  # 购买尿素3吨,按户分给30户,每户两袋
_ALSO = compiled("还有|另有|另外|外加|加上|以及")


def _is_no_gift(said: Said, match: re.Match[str], money: str | None, first: int, last: int) -> bool:
    """Whether a number is of something paid, earned, owed or priced, or of money that came in."""
    if NO_AID.search(said.text, max(first, match.start() - 15), min(last, match.end() + 6)):
        return True
    if money and money[0] in "百千万":
        return True  # 80多万元
    if money and (PRICED.search(said.text, first, match.start()) or match[0] == "一块"):
        return True
    return bool(match["plain"] and BY_A_BODY.search(said.text, first, match.start()))


def _called(said: Said, clause_: tuple[int, int], sentence_: tuple[int, int]) -> str:
    """What money is called that the text gives no name: by the verb of its clause, its sentence or the heading."""
    for place in (clause_, sentence_, heading(said, sentence_[0])):
        for verb, name in CALLED:
            if re.search(verb, said.text[slice(*place)]):
                return name
    return "现金"


def _clause(said: Said, at: int, start: int, end: int) -> tuple[int, int]:
    start, end = max(start, at - REACH), min(end, at + REACH)
    first = said.text.rfind(",", start, at) + 1
    last = said.text.find(",", at, end)
    return max(first, start), last if last >= 0 else end


def _money_before(said: Said, match: re.Match[str], start: int) -> str | None:
    """慰问金每位学生200元: what the money is called stands before whom it is for."""
    words = list(re.finditer(MONEYS, said.text[max(start, match.start() - 14) : match.start()]))
    return words[-1][0] if words and words[-1][0] != "慰问" else None


def merged(gifts: list[Gift]) -> Iterator[Gift]:
    """药30瓶, 每户2瓶 is one gift; what has no name and is no part of another is none."""
    for nth, gift in enumerate(gifts):
        if gift.what:
            part = next(
                (
                    one
                    for one in gifts[nth + 1 : nth + 6]
                    if not one.what and one.each and one.amount.unit == gift.amount.unit
                ),
                None,
            )
            n = part and ((part.each and _times(gift.amount, part.amount)) or part.n)
            yield (
                gift._replace(
                    amount=part.amount, each=part.each, n=n, sure=0.92 if GOODS.search(gift.what) else DOUBT
                )
                if part
                else gift
            )
