"""What people say of a household and of those in it, as a table: what is said, and the fact that it is."""

import re
from collections.abc import Callable, Iterator

from minqing.model import Fact
from minqing.proposals._compiled import compiled
from minqing.proposals._home import (
    ALONE,
    AREA,
    DEBT,
    FUEL,
    HOUSING,
    INCOME,
    LAND,
    MARRIED,
    ROAD,
    WATER,
    WELFARE,
)
from minqing.proposals._life import DISABLED, GRADE, ILL, ILLNESS, SCHOOL, TREATED, WORK
from minqing.proposals._numbers import NUMBER, han_number
from minqing.proposals._said import WHOLE, Hit, Mention, Rule, Said, between, clause
from minqing.proposals._whose import CERTAIN, LIKELY, Whose, behind, named_as_kin, whose

_WISHED = compiled(
    "以前|过去|早年|年轻(?:的)?时|那会儿|当年|小时候|建议|考虑|希望|如果|要是|盼|想(?!不)|打算|申请(?!下来|到了)|"
    "能不能|能否|可不可以|够不够|符合|条件|争取|拟|怎么"
)
_MEANS_TO = compiled("要(?:去|到)?$")  # 他非要开小卖部
_FAR = 200  # signs in which somebody may be named as kin of whoever has the house
_NEAR = 16  # signs before a fact in which a wish makes none of it
_READ = Callable[[Said, re.Match[str]], Iterator[Hit]]


# ---------------------------------------------------------------- whose it is


def _own(key: str, sure: float = CERTAIN, wished: bool = False) -> _READ:
    """A fact of the person that the words tell of; what is told of kin is in kin.py."""

    def read(said: Said, match: re.Match[str]) -> Iterator[Hit]:
        start, end = _span(match)
        leads = said.text[end : end + 1] == "的" or key in ("tags", "年龄", "school", "work")
        told = behind(said, end) if leads else None
        if not (wished or told) and (
            _only_wished(said, start) or _MEANS_TO.search(said.text, max(0, start - 3), start)
        ):
            return
        if told is None and _OF_ANOTHER.match(said.text, end):
            return
        told = told or whose(said, start)
        if told is None or _of_many(said, start, end):
            return
        value = said.typed[start:end]
        if told.kin and not told.carried:
            return
        if kin := _IN_SHORT.search(said.text, max(0, start - 2), start):
            yield Hit("facts", Fact(told.name, _KIN_IN_SHORT[kin[1]], value), start, end, LIKELY)
            return
        yield Hit("facts", Fact(told.name, told.kin or key, value), start, end, min(told.sure, sure))

    return read


# 父下岗, 母肾炎: as lists say it.
_KIN_IN_SHORT = {"父": "父亲", "母": "母亲", "夫": "丈夫", "妻": "妻子"}
_IN_SHORT = compiled("[ ,、;(]([父母夫妻])$")
# 上六年级的女子, 送外卖的不要他
_OF_ANOTHER = compiled("的(?:女子|男子|闺女|女儿|儿子|孩子|小孩|娃|学生|人|老人|都|不|也|说|要)")
# 下岗职工 and 失学儿童 are others, but for where somebody is one of them.
_MANY = compiled(
    "的?(?:特困|贫困|困难)?(?:职工|人员|工人|女工|学生|儿童|女童|老人|老年人|家庭|群众|居民|农民|农户|妇女|青年|患者)"
)
_IS_ONE = compiled("[是系为属](?:一[名个位])?$")


def _of_many(said: Said, start: int, end: int) -> bool:
    return bool(
        _MANY.match(said.text, end)
        and not _IS_ONE.search(said.text, max(0, start - 4), start)
        and not behind(said, end)
    )


def _of_house(key: str, sure: float = CERTAIN, wished: bool = False, house: bool = True) -> _READ:
    """A fact of the household of whoever the words tell of."""

    def read(said: Said, match: re.Match[str]) -> Iterator[Hit]:
        start, end = _span(match)
        if not wished and _only_wished(said, start):
            return
        told = whose(said, start, house)
        if told:
            if any(
                one.name == told.name and named_as_kin(one)
                for one in between(said, max(0, start - _FAR), start)
            ):
                told = told._replace(sure=LIKELY)  # 长子糜飞 has been ill, and the house is his father's
            value = _count(match["value"]) if key in ("members", "labour") else said.typed[start:end]
            yield Hit("facts", Fact(told.name, key, value), start, end, _house_sure(told, sure))

    return read


def _house_sure(told: Whose, sure: float) -> float:
    return min(told.sure, sure, LIKELY if told.kin else CERTAIN)


def _span(match: re.Match[str]) -> tuple[int, int]:
    return match.span("value") if match.re.groupindex.get("value") and match["value"] else match.span()


def _only_wished(said: Said, at: int) -> bool:
    """Whether a clause is about what somebody would have, not what they have."""
    return bool(_WISHED.search(said.text, max(clause(said, at)[0], at - _NEAR), at))


def _count(text: str) -> str:
    return text if text.isdigit() else str(han_number(text))


# ---------------------------------------------------------------- illness


def _health(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """An illness, of whom it is told."""
    if re.match(TREATED, match[0]) or _NO_PATIENT.search(said.text, max(0, match.start() - 2), match.start()):
        return
    if re.match(_NO_ILLNESS, said.text[match.end() : match.end() + 4]):
        return
    special = "special" in match.re.groupindex and match["special"]
    if not special:
        plain = ILLNESS.search(match[0]) and not _FOR_NOW.search(match[0])
        for hit in _own("health", CERTAIN if plain else LIKELY)(said, match):
            sure = LIKELY if _is_narrated(said, hit.value.who, match.start()) else CERTAIN
            yield hit._replace(confidence=min(hit.confidence, sure))


def _is_narrated(said: Said, name: str, at: int) -> bool:
    """Whether more than what somebody is stands between the name and a place in another clause: of another, maybe."""
    ends = [one.end for one in between(said, max(0, at - _FAR), at) if one.name == name]
    told = re.split("[,、()]", said.text[ends[-1] : at]) if ends else []
    return len(told) > 1 and not all(_STANDING.fullmatch(part) for part in told)


# 男, 78岁, 三组, 独居, 低保户: what one is
_STANDING = compiled(
    r"|[患有得因]{0,2}了?|.{0,6}[男女]性?|.{0,4}\d+多?岁?|.{0,4}[一二三四五六七八九十]{1,4}多?岁?|[一二三四五六七八九十\d]{1,3}[组社栋号楼].{0,6}|.{0,5}[户员]|"
    r".{0,5}(?:独居|丧偶|孤寡|空巢|低保|五保|特困|单身|离异)"
)


# Who was in hospital, fell or lies in bed may be well again.
_FOR_NOW = compiled(
    "[肿疼痛酸麻]|住院|手术|出院|下不了床|躺|卧床|起不来|支架|搭桥|轮椅|摔|跌|抖|[压]\\d|药|[手脚腿眼][一二三四]级|盲人|发烧|怀孕|产后"
)
_NO_PATIENT = compiled(
    "(?:治疗?|防治?|预防|[检筛]查|测量?|研究|没有?|无|对|关于|两|要去?|没钱|没法|不用|别|去|[这下]周[一二三四五六日])$"
)
# Words behind the name of an illness that make another thing of it: 残疾证, 重病救助.
_NO_ILLNESS = "的是|的问题|[金人户补筛车]|(?<!级)证|药(?!断)|救助|保险|二次|报销|评定|鉴定|患者|家庭|科|知识|防治|门诊|[医]院|手册|风险"


# ---------------------------------------------------------------- welfare and class

_CLASSES = (
    ("tekun", "特困(?:供养)?(?:户|人员|对象)?|五保户?"),
    ("dibao", "低保户|低保对象|低保"),
    ("watched", "监测户|监测对象|脱贫不稳定户?|边缘易致贫户?|突发严重困难户?|三类户"),
    ("lifted", "脱贫户|建档立卡(?:贫困)?户?|已脱贫户"),
    ("normal", "一般户|一般农户|普通农户"),
)
_WATCHED = (("unstable", "脱贫不稳定"), ("edge", "边缘易致贫"), ("sudden", "突发严重困难"))
_BARE_CLASSES = ("低保", "五保", "特困")  # what somebody gets, not yet what their household is
_CLASS_WORDS = "|".join(words for _value, words in _CLASSES)


def _class(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """她家是监测户, 纳入边缘易致贫户."""
    if _only_wished(said, match.start()):
        return
    told = whose(said, match.start())
    if told is None:
        return
    span, sure = match.span("value"), _house_sure(told, CERTAIN)
    if match["value"] in _BARE_CLASSES:
        yield Hit("facts", Fact(told.name, "welfare", match["value"]), *span, sure)
        return
    value = next(value for value, words in _CLASSES if re.fullmatch(words, match["value"]))
    yield Hit("facts", Fact(told.name, "class", value), *span, sure)
    for kind, words in _WATCHED:
        if words in match["value"]:
            yield Hit("facts", Fact(told.name, "watch", kind), *span, sure)


_CAUSES = (
    ("illness", "因病|患病|大病|生病"),
    ("disability", "因残"),
    ("school", "因学|供[^,。]{0,6}上学|学费"),
    ("disaster", "因灾"),
    ("land", "缺(?:少)?土地|缺地"),
    ("water", "缺水"),
    ("skill", "缺(?:乏|少)?技术|没技术"),
    ("labour", "缺(?:乏|少)?劳(?:动)?力"),
    ("capital", "缺(?:乏|少)?资金"),
    ("transport", "交通(?:条件)?落后"),
    ("drive", "(?:自身)?发展动力不足|内生动力不足"),
    ("marriage", "因婚"),
    ("funeral", "因丧"),
)


def _causes(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """致贫原因是因病、缺劳力; 因残致贫."""
    told = behind(said, match.end()) or whose(said, match.start())
    if told is None:
        return
    for value, words in _CAUSES:
        if found := compiled(words).search(said.text, *match.span()):
            yield Hit("facts", Fact(told.name, "causes", value), *found.span(), _house_sure(told, CERTAIN))


def _by_role(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """留守儿童王小晴, 监测户崔长顺, 五保老人贺老汉."""
    for one in said.people:
        if said.text.endswith("已故", 0, one.start - len(one.role)):
            continue
        for key, value in _said_by_role(one):
            # as people say, be it no class
            yield Hit("facts", Fact(one.name, key, value), one.start, one.end, LIKELY)


def _said_by_role(one: Mention) -> Iterator[tuple[str, str]]:
    for value, words in _CLASSES:
        if re.search(words, one.role) and "已故" not in one.role:
            yield "class", value
            break
    if "留守" in one.role:
        yield "tags", "left_behind"
        if "儿童" in one.role:
            yield "minor", "true"
    if re.search("特困(?!供养|户)|特别困难|困难", one.role):
        yield "tags", "hardship"
    if ill := re.search("聋哑人?|哑巴|盲人", one.role):
        yield "health", ill[0]


# ---------------------------------------------------------------- house, land, money


def _land(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """种了6亩玉米, 承包了别人的地,一共种了146亩西瓜: how much of it."""
    found = compiled(AREA).search(said.text, match.start(), match.end())
    told = whose(said, match.start() + 1, house=True)
    if found and told and not _only_wished(said, match.start()):
        yield Hit(
            "facts",
            Fact(told.name, "land", said.typed[slice(*found.span())]),
            *found.span(),
            LIKELY,
        )


def _income(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """净落11万元; a price by the year or what one might earn is none for sure."""
    plain = re.search("收入|净落|赚|工资|月薪|[挣拿]|寄|进项|来源", match[0]) and not re.search(
        "[能会]|可以", match[0]
    )
    if not plain:
        return
    yield from _of_house("income", LIKELY, house=False)(said, match)


def _welfare(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """领低保; a pension is as well an income, and a sum that adds up a time is of the past."""
    yield from _of_house("welfare", LIKELY if re.search("养老|退休|抚恤|共| ", match[0]) else CERTAIN)(
        said, match
    )


def _number(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """电话13600001111, of whoever is told of."""
    if told := whose(said, match.start()):
        yield Hit(
            "facts", Fact(told.name, "phone", match["value"]), *match.span("value"), min(told.sure, CERTAIN)
        )


def _school_of(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """二年级祝豆豆, 初三的龙正祥."""
    if told := behind(said, match.end("value")):
        yield Hit("facts", Fact(told.name, "school", match["value"]), *match.span("value"), LIKELY)


_STOCK = "(?:牛|羊|猪|鸡|鸭|鹅|蜂|马|驴)"
_CATTLE = (
    rf"养(?:了|着|有)?{NUMBER}[头只箱群匹口][一-鿿]{{0,2}}?{_STOCK}|养{_STOCK}(?:大户|的(?=[一-鿿]{{2,3}}))|"
    rf"(?<=[,:( ]){_STOCK}{NUMBER}[头只箱群]|(?<=[,:( ]){NUMBER}[头只]{_STOCK}|蜂箱{NUMBER}[个只箱]"
)


def _group(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """六组的廖国贤, 权有根 一组: of whoever is named right behind or before."""
    start, end = match.span("value") if match["value"] else match.span("same")
    before = next(
        (one for one in between(said, max(0, start - 8), start) if start - 2 <= one.end < start), None
    )
    after = next((one for one in between(said, end, end + 3)), None)
    one = before if match["same"] or not after else after
    if one and one.name not in said.officials:
        yield Hit("facts", Fact(one.name, "group", said.typed[start:end]), start, end, LIKELY)


def _sex(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """黄大山,男: of whoever is named right before."""
    start = match.start("value")
    for one in between(said, max(0, start - 8), start):
        if one.end == start - 1:
            yield Hit("facts", Fact(one.name, "sex", match["value"]), *match.span("value"), LIKELY)


def _alone(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """独居; 孤儿 and the like may be somebody who is only spoken of."""
    spoken_of = match[0].startswith("孤") or _FOR_A_WHILE.search(match[0])
    spoken_of = spoken_of or _FEARED.search(said.text, max(0, match.start() - 5), match.start())
    yield from _own("tags", LIKELY if spoken_of else CERTAIN)(said, match)


# 一个人在家 may be for the day; 劳力只有她一人 is of the work, and 怕他一个人住 of what might be.
_FOR_A_WHILE = compiled("在家$|^只有?剩?[他她自]")
_FEARED = compiled("[怕让叫劝]|担心|不放心")


def _age_bare(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """申大奎六十二,: of whoever is named right before."""
    start, end = match.span("value")
    one = next(
        (
            one
            for one in between(said, max(0, match.start() - 6), match.start() + 1)
            if one.end == match.start()
        ),
        None,
    )
    if one and one.name not in said.officials:
        yield Hit("facts", Fact(one.name, "年龄", said.typed[start:end]), start, end, LIKELY)
    elif (
        not one
        and _OF_THEM.search(said.text, max(0, match.start() - 4), start)
        and (told := whose(said, start))
        and not told.kin
    ):
        yield Hit("facts", Fact(told.name, "年龄", said.typed[start:end]), start, end, LIKELY)


_OF_THEM = compiled("(?:[他她]|老人家?|老爷子|老汉|老太太?|今年)(?:[,( ]|今年|现年|都|已经?|快|有){0,3}$")


def _married(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """丧偶; a child of 单亲 is not who was parted, and who lives alone may be called so."""
    yield from _own("婚姻", LIKELY)(said, match)


def _ability(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """丧失劳动能力; who 不能干重活 may be so for a while."""
    yield from _own("ability", LIKELY if "重" in match[0] else CERTAIN)(said, match)


def _age(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """今年52岁, 83岁的岳明德, 朱存厚 68."""
    yield from _own("年龄", LIKELY)(said, match)


RULES = (
    Rule("health", ILL, _health, "村民黄大山自己患尿毒症三年了。", (Fact("黄大山", "health", "尿毒症"),), "全村有高血压患者。"),
    Rule("ability", DISABLED, _ability, "村民黄大山已丧失劳动能力。", (Fact("黄大山", "ability", "丧失劳动能力"),), "全村丧失劳动能力的不少。"),
    Rule("school", SCHOOL, _own("school", LIKELY), "村民黄大山今年9岁，读三年级。", (Fact("黄大山", "school", "三年级"),), "村里孩子读三年级的不多。"),
    Rule("school-said", rf"(?<=[,( ])(?P<value>{GRADE})(?=(?:学生)?(?:[,。;、() \n]|$))", _own("school"), "村民黄大山，十三岁，初一。", (Fact("黄大山", "school", "初一"),), "初一，十三岁。"),
    Rule("school-won", r"考(?:的是|的|上了?|取了?|到了?)(?P<value>[一-鿿]{1,8}?(?:大学|学院|职院|师范|职校|医专|卫校))", _own("school", LIKELY), "村民黄大山考上了铁路职院。", (Fact("黄大山", "school", "铁路职院"),), "村里考上大学的不少。"),
    Rule("school-of", rf"(?P<value>{GRADE})(?!生)(?:学生|的)?(?=[一-鿿]{{2}})", _school_of, "是二年级祝小满写的。", (Fact("祝小满", "school", "二年级"),), "二年级学生不少。"),
    Rule("work", WORK, _own("work", LIKELY), "村民黄大山在广东打工。", (Fact("黄大山", "work", "在广东打工"),), "年轻人大多外出打工。"),
    Rule("age", (
        r"(?:今年|现年|已经?|快|,|、|\(|年近)?(?P<value>(?<!\d)\d{1,3}岁(?:多|了)?|"
        r"[一二三四五六七八九]?十[一二三四五六七八九]?岁(?:多|了)?|[三四五六七八九]岁(?:多|了)?)(?!以[上下]|左右的|"
        r"至|到|-)"
    ), _age, "村民黄大山今年52岁。", (Fact("黄大山", "年龄", "52岁"),), "60岁以上老人多。"),
    Rule("age-bare", (
        r"(?:[,( ]|今年|现年|都|已经?|快|有){0,3}(?P<value>[一二三四五六七八九]?十[一二三四五六七八九]?|"
        r"(?<![\d.])\d\d)(?=多?了?[,。、;)]|了| [一-鿿])"
    ), _age_bare, "去看黄大山，今年六十二，肺不好。", (Fact("黄大山", "年龄", "六十二"),), "黄大山种了,六十二亩。"),
    Rule("sex", r"(?<=[,(、])(?P<value>[男女])(?=[,、]|\))", _sex, "服务对象：黄大山，男，81岁。", (Fact("黄大山", "sex", "男"),), "男，女，都来了。"),
    Rule("born", r"(?P<value>(?:19|20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?)(?:出?生(?!产|意|效))", _own("born"), "村民黄大山，1958年3月出生。", (Fact("黄大山", "born", "1958年3月"),), "1958年建的水库。"),
    Rule("alone", ALONE, _alone, "村民黄大山（3组，78岁，独居）", (Fact("黄大山", "tags", "独居"),), "独居31人。"),
    Rule("married", MARRIED, _married, "村民黄大山，62岁，丧偶。", (Fact("黄大山", "婚姻", "丧偶"),), "全村丧偶老人31人。"),
    Rule("insured", "(?:医保|合作医疗|合医|社保|养老保险)(?:费)?(?:今年|去年)?(?:还|都|也)?(?:没有?|未)(?:缴|交|参保?|买|办)", _own("医保"), "村民黄大山医保没有缴。", (Fact("黄大山", "医保", "医保没有缴"),), "12户医保没有缴。"),
    Rule("released", r"(?:\d{4}年(?:\d{1,2}月)?)?刑满释放(?!人员)|社区矫正(?!对象)", _own("tags", LIKELY), "村民黄大山，2025年12月刑满释放。", (Fact("黄大山", "tags", "2025年12月刑满释放"),), "刑满释放人员有5个。"),
    Rule("standing", r"退[伍役]军人(?!局|事务|服务|站)|老兵(?!事)|军属|烈属", _own("tags", LIKELY), "村民黄大山，退伍军人，独居。", (Fact("黄大山", "tags", "退伍军人"),), "退伍军人都来了。"),
    Rule("cattle", _CATTLE, _of_house("养殖", LIKELY), "村民黄大山养了40只鸡。", (Fact("黄大山", "养殖", "养了40只鸡"),), "淹死了40只鸡。"),
    Rule("group-of", r"(?P<value>[一二三四五六七八九十\d]{1,3}组)的? ?(?=[一-鿿]{2})|(?<=[ (,—-])(?P<same>[一二三四五六七八九十\d]{1,3}组)(?=[ ,;。)\d])", _group, "走访六组黄大山家。", (Fact("黄大山", "group", "六组"),), "六组的路灯坏了。"),
    Rule("members", (
        r"(?:家庭(?:人口|成员|总人口)(?:共|为)?|(?:家里|家中|全家|一家(?:子)?|家|户)(?:现|一共|总共|共|有|就|老小|"
        r"老少)* ?(?=[\d二两三四五六七八九十]+(?:口|个?人(?!都|全)))|(?<=家[,(])(?=[二两三四五六七八九十]口[,。;)])|"
        r"(?<=[,。;是为])(?:共|现?有)?(?=[\d二两三四五六七八九十]+口人))(?P<value>\d{1,2}|"
        r"[一二两三四五六七八九十]{1,2})(?:口(?:人|(?!井|锅|塘|鱼))|个?人(?!均|常年|长年|在外|外出|出门|打工|务工))"
    ), _of_house("members", LIKELY), "村民黄大山家里6口人。", (Fact("黄大山", "members", "6"),), "一家2人都来了。"),
    Rule("alone-house", r"(?P<value>[一1])人户", _of_house("members"), "户1 黄大山 八组 一人户。", (Fact("黄大山", "members", "1"),), "全村一人户31户。"),
    Rule("labour", r"(?P<value>\d|[一二两三四五六])(?:个?(?:壮|主要|整|半)?劳动?力|(?:(?<=劳动力\d)|(?<=劳力\d))[人个])", _of_house("labour", LIKELY), "村民黄大山家里有2个劳动力。", (Fact("黄大山", "labour", "2"),), "全村2个劳动力一组。"),
    Rule("welfare", WELFARE, _welfare, "村民黄大山家里到现在也没有吃上低保。", (Fact("黄大山", "welfare", "到现在也没有吃上低保"),), "村里没有低保户。"),
    Rule("class", (
        rf"(?:(?<!不)是|属于?|系|为|纳入|识别为|评为|列为|定为|(?<=[,( ]))(?:了|村里的?|本村的?|"
        rf"一般的?)?(?P<value>{_CLASS_WORDS})(?![的\d一二三四五六七八九十]|[一-鿿]{{0,2}}[户人]|的?政策|标准|"
        rf"(?<=低保)[一-鿿\d])"
    ), _class, "村民黄大山家是监测户。", (Fact("黄大山", "class", "watched"),), "全村是监测户的12户。"),
    Rule("causes", r"致贫(?:的)?(?:主要)?原因(?:主要)?(?:是|为|有)?(?P<value>[^。;:\n]{2,24})", _causes, "村民黄大山家致贫原因是因残、缺劳力。", (Fact("黄大山", "causes", "disability"), Fact("黄大山", "causes", "labour")), "全村致贫原因主要是因病。"),
    Rule("causes-of", r"(?P<value>因[病残学灾婚丧])(?:致贫|返贫)|(?<=[,是])因[病残学灾婚丧](?=[,。、;])", _causes, "村民黄大山家因病致贫。", (Fact("黄大山", "causes", "illness"),), "全村因病致贫的不少。"),
    Rule("house-level", r"(?P<value>[A-D])级(?:危房)?(?!景|学|证|网)", _of_house("house_level"), "村民黄大山的房子估C级。", (Fact("黄大山", "house_level", "C"),), "A级景区。"),
    Rule("housing", HOUSING, _of_house("housing", LIKELY), "村民黄大山的房子是土坯的。", (Fact("黄大山", "housing", "土坯"),), "拆了土坯墙的户有3户。"),
    Rule("land", LAND, _land, "村民黄大山家种了6亩玉米。", (Fact("黄大山", "land", "6亩"),), "合作社种了420亩。"),
    Rule("income", INCOME, _income, "村民黄大山一年下来，净落11万元。", (Fact("黄大山", "income", "净落11万元"),), "全村人均纯收入3860元。"),
    Rule("debt", DEBT, _of_house("债务", LIKELY), "村民黄大山家里欠着3万元外债。", (Fact("黄大山", "债务", "欠着3万元外债"),), "村里欠着3万元。"),
    Rule("water", WATER, _of_house("water", LIKELY), "村民黄大山家吃的是山泉水。", (Fact("黄大山", "water", "吃的是山泉水"),), "全村吃的是山泉水。"),
    Rule("fuel", FUEL, _of_house("fuel", LIKELY), "村民黄大山家烧的是柴火。", (Fact("黄大山", "fuel", "烧的是柴火"),), "全村烧的是柴火。"),
    Rule("road", ROAD, _of_house("road", LIKELY), "村民黄大山家门口的路是土路。", (Fact("黄大山", "road", "门口的路是土路"),), "全村入户路是土路。"),
    Rule("phone", r"(?:电话|手机|联系方式|号码)(?:号码?)?(?:是|:)?(?P<value>1\d{10})(?!\d)", _number, "村民黄大山，电话13600001111。", (Fact("黄大山", "phone", "13600001111"),), "村委会电话13600001111。"),
    Rule("by-role", WHOLE, _by_role, "监测户黄大山家。", (Fact("黄大山", "class", "watched"),), "监测户12户。"),
)  # fmt: skip
