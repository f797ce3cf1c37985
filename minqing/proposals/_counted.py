"""Numbers of a text that count or measure, each with what it counts: number, unit, and the noun on either side.

What only looks so is passed over: an age, a price, an address, a vote, who came to a meeting, what one household has.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from minqing.model import Quantity
from minqing.proposals._compiled import compiled
from minqing.proposals._figure_names import (
    ALL,
    CLASSIFIERS,
    DOUBT,
    IS,
    NO_NAME,
    REACH,
    distinct,
    is_kind,
    named,
    right_of,
)
from minqing.proposals._numbers import DIGITS, HAN, is_guess, quantity
from minqing.proposals._said import Said, between, clause, sentence
from minqing.surnames import HAN as SIGN

_UNIT = (
    "个?人次|户次|批次|批(?!次)|期|台套|平方公里|平方米|立方米|公里|公顷|个人|名|位|人|户|亩|张|份|本|册|家|只|头|"
    "棵|株|件|起|场次?|条|间|所|栋(?=楼|房|住宅|[,。;、\\d]|$)|座|台(?!风)|辆|处|"
    "口(?!人)|盏|支|吨|米|项|例|篇|面(?!积)|眼|套|瓶|桶|袋|箱|卷|捆|车|挂|羽|尾|匹|艘|元|%|次|斤|"
    "根|具|宗|束|孔|笔|批|客(?![厅人户房])|封|单(?=[,。;、]|$)|串|棒|顶(?!楼|层)|方(?=[,。;、土石])|股|盆|段|块(?![钱角毛八]|[一二两三四五六七九\\d](?!块))|"
    "个(?!为什么|月|小时|钟头|星期|礼拜|工作日|百分点|多|学期|季度|半天|晚上|上午|下午|样)"
)
_COUNTED = compiled(
    rf"(?<![\d.第初每{HAN}周])(?<![星学]期)(?<!礼拜)(?<!\d[:/-])(?P<number>{DIGITS}[万亿]?|[{HAN}][{HAN}零]{{0,7}})"
    rf"(?P<about>多|余|来)?(?P<unit>{_UNIT}|(?<=[万亿])(?=[,、。;)\n]))(?!号|(?<=[栋座间层])(?:\d|单元|楼[上下道前顶后层]))"
)
# Units of which a text counts few in one sign: 三户, 两名; 三个 is mostly no figure.
_FEW = frozenset(("户", "名", "位", "人次", "户次", "起", "场", "批次", "批", "眼"))
_FEW_THINGS = _FEW | frozenset("处座盏宗")  # of these two may be somebody's, or stand by the way
_OF_ONES_OWN = frozenset("人口亩间头只棵株个张台辆条名位")  # what a household has is counted in
_PACKS = frozenset("车箱支袋瓶桶盒捆卷斤")  # they mostly say how much of something there is
_HALVED = dict.fromkeys(("亩", "吨", "米", "公里", "斤"), Decimal("0.5"))  # units that a half follows
_HALF = compiled("半(?![天路山夜年月个数])")
_NEAR = 12
UNKNOWN = 0.7  # a name that no rule knows; in a sentence of statistics it is none the worse


class Counted(NamedTuple):
    """A number in a text with what it counts, before it is known what it is a part of."""

    name: str
    value: Quantity
    start: int
    end: int
    sure: float


def counted(said: Said) -> Iterator[Counted]:
    """Every number of a text that counts or measures something."""
    last: Counted | None = None
    for match in _COUNTED.finditer(said.text):
        if one := _read(said, match, last):
            last = one
            yield one


# ---------------------------------------------------------------- what is no figure

# Right before a number: no count of a village's things.
_NO_FIGURE = compiled(
    r"(?:不到|不足|将近|超过)$|每[人户位家](?:发|送|给|领)[^,。]{0,14}$|每(?!周|月|季|年)[^,。]{0,6}$|(?<![十百千第统])(?<![今昨前]天)(?<!集体)一(?!年级)[亩斤户天年人餐顿桶袋箱件][^,。]{0,6}$"
    r"|(?:应到|实到|到会|出席|参会|应参会|应出席|缺席|(?:^|[,;:、])到)(?:代表|人数|党员|村民|户主|会员|居民)?$|"
    r"[第之]$|得$|得票$|(?<![部员生者师队组团])一行$"
    r"|(?:人均|家庭人口|家里|全家)$|(?:低|高|少|多)于$|不得[^,。]{0,4}$|"
    r"(?:如果|要是|只要|万一|想再?买|再买|再配|再要)[^,。]{0,8}$|过了?$|(?:人|者|名|中)选$|前$|差额$|如实|涨了?$|"
    r"每平方?米?$"
)
_NO_FIGURE_BEHIND = compiled(r"请假|/|口人|人间|提到|联名|数(?!量|字)")
_PRESENT = compiled(r",(?:实到|应到|实际到会|到会|出席|到了?)\d")  # 党员62人，到51人
_VOTES = compiled(
    "(?:发出|发放|收回|回收|有效|无效|废)?(?:选票|(?<![投发车彩钞机])票)|收回|回收$|有效票|^发票$"
)
_FOR_OR_AGAINST = compiled("赞成|反对|弃权|举手|不?同意(?!上报|纳入|申报|新增|退出)")
_FORM = compiled("(?<![一-鿿])(?:家庭)?(?:住房|房屋|耕地|人口|劳动?力|收入|面积|低保|饮水|燃料):$")
_OF_A_VILLAGE = compiled(r"[\d,]{3,}")  # no household has 1208 heads
_MONEY = compiled(
    "人均|本金|余额|年租金|公积金|(?:基地|合作社|公司|企业|厂|村)[^,。;]{0,4}收入|开支|存栏|互助金|集体|全[村乡镇县]|总?造价|结转|[当本上]年|收益|支出|募集|补贴资金|"
    "项目|投资|资金|预算|产值|财政|经费|结余|总额|总收入|捐款|村级|营收|党费|补偿款|应发|已发"
)
# A sentence that says one of these accounts for money, so that what it lists are figures.
_ACCOUNT = compiled(
    "结转|(?:当年|全年|本年|集体|村级)[^,。;]{0,4}(?:收入|支出)|收支|结余|募集|[总本][月季年]?[^,。;]{0,4}(?:收入|支出)|报账"
)
_SURE_MONEY = compiled("收入$|造价|产值")  # other money may be given, owed or only planned
_WORKS = compiled(
    "(?:冲毁|硬化|新?[修铺]|新建|疏通|清理|清淤|损毁|受损|改造|安装|架设|埋设|开挖|拓宽)[^,。]{0,8}$"
)
_OF_A_HOUSEHOLD = compiled(
    r"[他她我你咱俺]们?家(?!长|访|乡)|家里|家中|(?<!第)一家(?!企|公|商|店)|屋里|自己(?=家|有|种|养|住|只|的)"
    r"|(?<![商农企店专酒国大住作人公])家(?:里|中|一?共|有|种了?|养了?|的)*(?=\d|$)"
)
_SOMEBODY = compiled(r"家庭人口|\d岁|十[一-鿿]?岁|光棍|户主|独居|一个人")
_OF_MANY = compiled("[全各][村组屯镇乡社校县街区寨队]|社区|小区|我们[村组校社]|一共|共有|网格")


def _is_none(said: Said, match: re.Match[str], before: str, after: str, first: int) -> bool:
    """Whether a number is no figure, by what stands around it."""
    start, unit = match.start(), match["unit"] or "元"
    if not (
        match["number"][0].isdigit()
        or _is_count(match["number"], unit, match["about"])
        or _is_some(match["number"], unit, before, after)
    ):
        return True
    if _NO_FIGURE.search(said.text[max(0, first - 1, start - REACH) : start]) or _NO_FIGURE_BEHIND.match(
        after
    ):
        return True
    if _PRESENT.match(said.text, match.end()):
        return True
    if unit == "个" and not after and not before:
        return True
    told = _NAMED_BY.get(unit)
    if told and not (
        told.search(before) or _PLATE.match(after) or (unit == "斤" and match["number"][-1] == "万")
    ):
        return True
    listed = sentence(said, start)[0]
    if (
        unit == "元"
        and not _MONEY.search(before)
        and not _ACCOUNT.search(said.text, max(listed, start - 3 * REACH), start)
    ):
        return True
    if said.text[max(first, start - 1) : start] == "(" and unit not in _OF_ONES_OWN | {"户"}:
        return True  # 蓄水池2座(50立方米)
    if unit in ("米", "公里") and (not _WORKS.search(before) or after.startswith(tuple("宽高深厚"))):
        return True
    if any(
        votes.search(before[-far:]) or votes.match(after)
        for votes, far in ((_VOTES, 8), (_FOR_OR_AGAINST, 8))
    ):
        return True
    if (
        said.text[first - 1 : first] == ":"
        and not _OF_A_VILLAGE.fullmatch(match["number"])
        and _FORM.search(said.text, max(0, first - 8), first)
    ):
        return True
    return unit in _OF_ONES_OWN and _household(said, before, first, start)


# 块 and 斤 count only what is named so; else they are money and what somebody bought or got.
_NAMED_BY = {
    "块": compiled(f"(?:[表牌板碑屏砖瓦石]{SIGN}{{0,3}}|已立|剩余?|余下)$"),
    "斤": compiled(f"(?:收获?|产|割|采|摘|打|仓里|存|出栏)(?!购){SIGN}{{0,5}}$"),
}
_PLATE = compiled("[牌警展路门木石板]")
_OF_SOME = compiled("[一-鿿]{2}的$")


def _is_some(number: str, unit: str, before: str, after: str) -> bool:
    """Whether a small number says how many of some there are: 考上大学的七个, 有六个是脱贫户."""
    if unit != "个" or is_guess(number) or number == "一":
        return False
    if IS.match(after):
        return before.endswith("有")
    return not after and bool(_OF_SOME.search(before))


def _is_count(number: str, unit: str, about: str | None) -> bool:
    """Whether a number in Chinese signs counts: 十一辆, 三户, 二十来户; neither 七八个 nor 一个."""
    if is_guess(number) or number in ("一", "百", "千", "万", "千万"):
        return False
    few = _FEW_THINGS if number in tuple("三四五六七八九") else _FEW
    return len(number) > 1 or bool(about) or number == "十" or unit in few


def _household(said: Said, before: str, first: int, start: int) -> bool:
    """Whether it is what one household has: in its own clause, or behind one that says so."""
    if _OF_MANY.search(before):
        return False
    begins = max(sentence(said, start)[0], first - REACH)
    own = [one for one in between(said, begins, start) if said.text[one.end : one.end + 1] == "家"]
    near = said.text[begins:start]
    return bool(own or _OF_A_HOUSEHOLD.search(near)) and not _OF_MANY.search(near)


# ---------------------------------------------------------------- what is counted


def _read(said: Said, match: re.Match[str], last: Counted | None) -> Counted | None:
    start, end = match.span()
    first, stop = clause(said, start)
    before = said.text[max(first, start - REACH, last.end if last else 0) : start]
    after = _ON.split(said.text[end : min(stop, end + REACH)], maxsplit=1)[0]
    before = _WHERE.sub("", before)
    if _is_none(said, match, before, after, first):
        return None
    unit = match["unit"] or "元"  # 9.6万, in a list of money
    value = quantity(match["number"], {"个人": "人", "个人次": "人次"}.get(unit, unit))
    if unit in _HALVED and _HALF.match(said.text, end):  # 4吨半
        value, end = value._replace(value=value.value + _HALVED[unit]), end + 1
    beside = last and _GOES_WITH.fullmatch(said.text, last.end, start)
    if last and beside and not (last.value.unit == value.unit and beside[0].endswith(("共", "计"))):
        base = re.sub("(?:户数|人口)$", "", last.name) if last.value.unit != value.unit else last.name
        if not (value.unit in CLASSIFIERS and right_of(after)):
            sure = DOUBT if unit in _PACKS else last.sure
            return Counted(distinct(base, value.unit), value, start, end, sure)
    name, sure = named(said, before, after, first, value.unit)
    if NO_NAME.search(name):
        name = {"户": "户数", "人": "人口"}.get(value.unit, "")
    if not name or (value.value <= 1 and after.startswith(name)):
        return None
    if value.unit == "户" and last is None and re.search(r"^\d+人", after) and "户" not in name:
        name += "户数"
    return Counted(name, value, start, end, min(sure, _doubt(said, match, name, value.unit)))


def _doubt(said: Said, match: re.Match[str], name: str, unit: str) -> float:
    """How sure a figure of this name may be at most."""
    few = match["number"] in tuple(HAN) and unit in _FEW_THINGS - _FEW
    if unit in _PACKS or few or match["about"] or (unit == "元" and not _SURE_MONEY.search(name)):
        return DOUBT
    if unit == "元" and "人均" in said.text[max(0, match.start() - _NEAR) : match.start()]:
        return DOUBT  # mostly of one household
    if _UNSETTLED.search(said.text, max(0, match.start() - REACH), match.start()):
        return DOUBT
    if ALL.fullmatch(name) and unit not in ("户", "人", "名", "亩", "口"):
        return DOUBT  # 全组只有2个: of what, is said before
    if match["unit"] in _OF_ONES_OWN and _of_somebody(said, match.start()):
        return DOUBT
    if unit == "个" and _CAME.search(said.text, max(0, match.start() - 2), match.start()):
        return DOUBT  # 来了9个孩子: of those who are here
    if name.endswith("候选人"):
        return DOUBT  # so many may be told to say who was not chosen
    if is_kind(name.removesuffix("户数")):
        return 1
    return UNKNOWN if match["number"][0].isdigit() else DOUBT


# 给老人带的:毛衣64件, 红包5个: what was given. 全村有十一户: of what, is said before; 装给15家: it is still to be; 到会: … 村委9人: who came.
# 支持抽水机2台、矿泉水600件: what was given. 举手,要换的29户: who is for it. 没交的 全村412人: of what.
_UNSETTLED = compiled(
    "(?:支持|捐[赠了助]|援助|调拨|送来)[^,。;]{0,16}$|举手[^。;\\n]*$|的[ ,]全[村组校镇乡社县屯]有?$|"
    "[,、]全[村组校镇乡社县屯]有$|给$|(?:到会|参会|出席|参加)(?:人员|人数)?:[^。;\n]*$|(?:带|送|捐|发|买)[的了来去]{1,2}(?:有|是|:)[^。;\n]*$|红包$"
)


_CAME = compiled("[来到走]了$")


def _of_somebody(said: Said, start: int) -> bool:
    """Whether the sentence is about somebody: 大塘组 练老四，低保户，水田3亩."""
    begins = max(sentence(said, start)[0], start - 2 * REACH)
    somebody = between(said, begins, start) or _SOMEBODY.search(said.text, begins, start)
    return bool(somebody) and not _OF_MANY.search(said.text, begins, start)


_GOES_WITH = compiled("[、/(]*|,?(?:一?共|总共|共计|合计|计)")  # 94户317人, 312户、1186人, 31户，一共168亩
# In speech without signs another number, or the word before it, ends what is said of this one.
_ON = compiled(rf"其中|剩下|另外|还有|然后|[{HAN}]{{1,8}}[多余来]?[户人名位个家辆张台](?!家)")
_WHERE = compiled(r"\d{1,3}(?:栋|个(?:组|村|小区|网格))$")  # 涉及3栋96户
