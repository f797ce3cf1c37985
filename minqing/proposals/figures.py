"""What a text counts or measures, and what is a part of what: 全校学生326人，有127名留守儿童."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from minqing.model import Figure, Quantity
from minqing.proposals._numbers import quantity
from minqing.proposals._said import WHOLE, Hit, Rule, Said, clause, sentence

_UNIT = (
    "人次|户次|名|位|人|户|亩|公顷|张|份|本|册|家|只|头|棵|株|件|起|场次?|条|间|所|栋|座|台|辆|处|口|盏|支|吨|万斤|平方米|米|"
    "个(?!月|小时|钟头|星期|礼拜|工作日|百分点|多)|元|%|次"
)
_NUMBER = r"(?<![\d.第])(?<!\d:)(?P<number>\d[\d,]{0,7}(?:\.\d{1,6})?[万亿]?)"
_COUNTED = re.compile(rf"{_NUMBER}(?:多|余|来)?(?P<unit>{_UNIT})(?!号|(?<=[栋座间层])\d)")
_BARE = re.compile(r"(?P<name>走访|签到|回访|电话回访|接待|入户)(?P<number>\d{1,4})(?=[,。;、\s]|$)")
# Units that count things, so that the thing may stand behind them: 127名留守儿童.
_CLASSIFIERS = frozenset("名位个张份本册家只头棵株件起场条间所栋座台辆处口盏")
_PEOPLE = ("人", "名", "位")
# What stands before a number without naming what is counted.
_CUT = re.compile(
    r".*(?:\d[户人名位]|[^一-鿿\d]|其中|共有|现有|还有|只有|已有|总计|合计|累计|共计|一共|全部|都|共(?!同)|有(?!机)|了|到|辖|分成|组成|我们|对(?!象)|给|把|将|等|今年|去年|前年|目前|本次|这次|约|近|达|为|是|"
    r"(?:昨|今|前|当)[天日](?:上午|下午|晚上)?(?=.)|[上下]午(?=.)|全[校村乡镇组县区社市街](?=.)|我[校村组]|(?<!中)现在?|出动|动员|发动|就|也|另|另外|的(?=$)|带领|带着|还|又|再|[种养]了(?=$)|(?<=[又还共])[种养](?=$)|全体|组织|加上|由|从|向|被|与|和|及)"
)
_TAIL = re.compile(
    r"(?:去年|今年|目前|面积|一行|数量|总数|人数|的|大约|大概|大致|不到|超过|接近|接近于|最多|至少|可能)$"
)
_BEHIND_CUT = re.compile(
    r"(?:合计|总计|没有?(?!低保|劳动|参保|住房)|未|请假|交[了钱]|当场|每|在|参加|到|去|进行|报名|来|对(?!接|象)|都|已|均|常年|开|被|与|和|及|、|分别|组成|没有?领|左右|以上|以下|一起|进|上|下|里|中|内|前|后|共|送|发|给|住|缺|需|要|能|可|也|就|才|不)"
)
_PEOPLE_OR_THINGS = re.compile(
    "(?:[老病军]人|学生|儿童|妇女|党员|干部|村民|群众|孩子|家庭|农户|住户|人员|对象|青年|道路|水渠|房屋)"
)
_VERB = re.compile(
    r"^(?:发了|吃的是|拟|没|有|是|种了?|养了?|得了?|通过|同意|签订|落实|完成|享受|属于|均|都|已|送|在|来|到|被|发|报|领|存在|需要|还)"
)
# A number there is no figure of the village.
_NO_FIGURE = re.compile(
    r"每(?!周|月|季|年)[^,。]{0,6}$|(?:应到|实到|到会|出席|参会|应参会|应出席)(?:代表|人数|党员|村民|户主)?$|[第之]$|得$|得票$|还差$|另外|(?:人均|家庭人口|家里|全家)$"
)
_VOTES = re.compile(
    "(?:发出|发放|收回|回收|有效|无效|废)?(?:选票|票)|收回|有效票|(?:赞成|反对|弃权|同意|不同意|举手)"
)
_FORM = re.compile("(?:住房|房屋|耕地|人口|劳动?力|收入|面积|低保|饮水|燃料):$")
_MONEY = re.compile(
    "人均|集体|全[村乡镇县]|总?造价|补贴资金|项目|投资|资金|预算|产值|财政|经费|总额|总收入|捐款|村级|营收"
)
_LENGTH = re.compile("(?:冲毁|硬化|新?[修铺]|新建|疏通|清理|清淤|损毁|受损|改造|安装|架设)[^,。]{0,8}$")


_REACH = 40  # signs; what is counted is named nearer
_MANY = 20  # figures back that may be the whole of a part


_NAME = re.compile("(?:进行|统计|计和|了|年|和|对|把)?(?P<name>[^了年和对把]+)$")
_SHORT = frozenset("村组社户牛羊猪鸡鸭鹅桥路井渠")
# What one household has is no figure of the village.
_OF_A_HOUSEHOLD = re.compile("家里|[他她]|自己")


# A name that is sure: a kind of people, land, crop, building or paper, or an act that is counted; what
# stands before it may tell it closer, but neither who, when nor what happened.
_KIND = re.compile(
    "(?:人口|人员|学生|在校生|孩子|危房户|困难户|儿童|妇女|老人|党员|干部|村民|群众|居民|教师|老师|教职工|村医|医生|劳动?力|代表|候选人|青年|家庭|[农租商住][户]|(?<=[低贫监脱特五困受一残大帮])[保困测贫灾般难疾]户|特困供养|五保户?|大户|残疾人?|以上|"
    "独居|空巢|留守|外出务工|患者|志愿者|孤儿|退役军人|高血压|糖尿病|参保|列席|全[村组校镇乡社]|人口|户数|"
    "耕地|稻田|水田|旱地|林地|草地|荒地?|撂荒|水浇地|水面|鱼塘|大棚|小麦|玉米地?|水稻|稻谷|油菜|红薯|土豆|马铃薯|花生|大豆|棉花|辣椒|西瓜|烟叶|茶[园叶]|果[园树]|柑橘|苹果|蔬菜|药材|"
    "山泉水|自来水|卫生室|学校|教学点|活动室|合作社|企业|小组|组|村|路灯|道路|公路|水渠|河堤|桥|水井|机井|危房|房屋|摄像头|抽水机|"
    "收入|资金|造价|补贴|产值|宣传[册单]|资料|传单|联系卡|连心卡|明白卡|日记|问卷)$"
)
_ACTS = "发放|走访|慰问|登记|评议|入户|新建|新修|硬化|修复|冲毁|淹没?|种植?|养殖?|转移|安置|随机抽查|抽查|查出|安装|发"
_CLOSER = re.compile(
    rf"(?:{_ACTS})?(?!.*(?:[我你他她它昨今明吵坏看交给送让被把说去来没不边请申]|当场|通知|要求|马上|已经?|正在|只|才))[一-鿿\d“”]{{0,7}}"
)
_DEED = re.compile(
    "(?:个别|随机|上门|电话|集中|入户|逐户)?(?:走访|入户|回访|签到|接待|谈话|核实|抽查|慰问|义诊)"
)
_ALL = re.compile("全[村组校镇乡社县]")
_DOUBT = 0.6


class Counted(NamedTuple):
    """A number in a text with what it counts, before it is known what it is a part of."""

    name: str
    value: Quantity
    start: int
    end: int
    sure: float


def _figures(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """Every figure, with the one before it that it is a part of."""
    told: list[Counted] = []
    whole: Counted | None = None
    left = Quantity(quantity("0", "").value)
    for one in _counted(said):
        begins, _end = sentence(said, one.start)
        told = [other for other in told[-_MANY:] if other.start >= begins]
        if whole and whole.start < begins:
            whole = None
        lead = said.text[max(begins, one.start - 24) : one.start]
        since = said.text[max(begins, told[-1].end if told else begins) : one.start]
        if "其中" in since and re.search("其中[^,;]{0,16}$", lead):
            whole = next((other for other in reversed(told) if _one_unit(other, one)), None)
            left = whole.value if whole else left
        of = None
        if whole and _one_unit(whole, one) and one.value.value <= left.value:
            of, left = whole.name, Quantity(left.value - one.value.value)
        elif told:
            whole, of = None, _whole_of(said, told, one)
        told.append(one)
        yield Hit("figures", Figure(one.name, one.value, of), one.start, one.end, one.sure)


def _one_unit(one: Counted, other: Counted) -> bool:
    units = {one.value.unit, other.value.unit}
    return len(units) == 1 or units <= set(_PEOPLE)


def _whole_of(said: Said, told: list[Counted], one: Counted) -> str | None:
    """326人,有127名留守儿童; 特别困难的留守儿童7位."""
    last = told[-1]
    if not _one_unit(last, one) or one.value.value > last.value.value:
        return None
    if last.name in one.name and last.name != one.name:
        return last.name
    between = said.text[last.end : one.start]
    return last.name if re.fullmatch(r"[,、]?(?:学生中|当中|里面)?有", between) else None


def _counted(said: Said) -> Iterator[Counted]:
    last: Counted | None = None
    for match in _COUNTED.finditer(said.text):
        one = _read(said, match, last)
        if one:
            last = one
            yield one


def _read(said: Said, match: re.Match[str], last: Counted | None) -> Counted | None:
    start, end = match.span()
    first, stop = clause(said, start)
    before = said.text[max(first, start - _REACH) : start]
    after = said.text[end : min(stop, end + _REACH)]
    value = quantity(match["number"], match["unit"])
    if _NO_FIGURE.search(said.text[max(0, first - 1, start - _REACH) : start]) or (
        match["unit"] == "个" and not after and not before
    ):
        return None
    if value.unit == "元" and not _MONEY.search(before):
        return None
    if _VOTES.search(before[-8:]) or _VOTES.match(after):
        return None
    if said.text[first - 1 : first] == ":" and _FORM.search(said.text, max(0, first - 8), first):
        return None
    if value.unit == "米" and (not _LENGTH.search(before) or after.startswith(tuple("宽高深厚"))):
        return None
    if last and not said.text[last.end : start].strip("、"):  # 94户317人
        base = re.sub("(?:户数|人口)$", "", last.name) if last.value.unit != value.unit else last.name
        return Counted(_distinct(base, value.unit), value, start, end, last.sure)
    name, sure = _name(before, after, value.unit)
    if not name and re.search("共计?$|合计$", before):
        name, sure = (
            _name(said.text[sentence(said, first)[0] : max(0, first - 1)].rstrip("完了"), "", value.unit)[0][
                -4:
            ],
            0.9,
        )
    if not name or re.search(r"\d年|期$", name):
        return None
    if _OF_A_HOUSEHOLD.search(said.text, max(sentence(said, start)[0], start - _REACH), start):
        sure = 0.7
    if value.unit == "户" and last is None and re.search(r"^\d+人", after) and "户" not in name:
        name += "户数"
    if _ALL.fullmatch(name) and value.unit not in ("户", "人", "名", "亩", "口"):
        sure = min(sure, _DOUBT)  # 全组只有2个: of what, is said before
    if not _is_kind(name.removesuffix("户数")) or re.search("[多余来]", match[0]):
        sure = min(sure, _DOUBT)
    return Counted(name, value, start, end, sure)


def _is_kind(name: str) -> bool:
    """Whether a name is one that the rules know: a kind of thing, perhaps told closer."""
    kind = _KIND.search(name)
    if _DEED.fullmatch(name):
        return True
    return bool(kind and _CLOSER.fullmatch(name, 0, kind.start()))


def _distinct(base: str, unit: str) -> str:
    return base + {"人": "人口", "户": "户数"}.get(unit, unit)


def _name(before: str, after: str, unit: str) -> tuple[str, float]:
    """What is counted: on the left of the number, or behind a classifier on its right."""
    left = _left(before)
    right = _right(after)
    if unit in _CLASSIFIERS and right and not _VERB.match(after):
        return right, 0.92
    if left:
        return left, 0.92
    right = _right(_VERB.sub("", after))
    return (right, 0.91) if right else ("", 0)


def _left(before: str) -> str:
    run = re.search(r"[一-鿿\d“”·]{1,16}$", re.sub(r"\s+$", "", before))
    if not run:
        return ""
    name = run[0]
    while tail := _TAIL.search(
        re.sub(r"(?:共有|现有|还有|只有|共计|合计|总计|一共|共|有|约|近|达到?|为|是|有近|了)$", "", name)
    ):
        name = re.sub(
            r"(?:共有|现有|还有|只有|共计|合计|总计|一共|共|有|约|近|达到?|为|是|有近|了)$", "", name
        )[: tail.start()]
    name = re.sub(r"(?:共有|现有|还有|只有|共计|合计|总计|一共|共|有|约|近|达到?|为|是|有近|了)$", "", name)
    name = _CUT.sub("", name)
    name = re.sub("(?<=[一-鿿]{2})[种养]$", "", name.strip("“”的"))
    return "" if len(name) < 2 or re.fullmatch(r"\d+[组号楼栋]?|[一-鿿]?\d+", name) else name[-10:]


def _right(after: str) -> str:
    run = re.match(r"[一-鿿“”]{1,12}", after)
    if not run:
        return ""
    name = run[0]
    whose, of, thing = name.partition("的")
    if of and len(whose) > 1 and (noun := _PEOPLE_OR_THINGS.match(thing)):
        return f"{whose}的{noun[0]}"
    name = whose if of else name
    cut = _BEHIND_CUT.search(name, 1)
    name = (name[: cut.start()] if cut else name).strip("“”")
    return name if len(name) > 1 or name in _SHORT else ""


def _bare(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    yield Hit("figures", Figure(match["name"], quantity(match["number"], "")), *match.span(), 0.9)


def _without_number(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """进行了小麦种植面积的统计: the figure is there, its number still has to be asked for."""
    if name := _NAME.search(said.text, *match.span("what")):
        start, end = name.span("name")
        yield Hit("figures", Figure(said.typed[start:end], None), start, end, 0.8)


def _of(name: str, number: str, unit: str, of: str | None = None) -> Figure:
    return Figure(name, quantity(number, unit), of)


RULES = (
    Rule(
        "counted",
        WHOLE,
        _figures,
        "全校在读学生214人，其中留守儿童86人。发放联系卡138张。",
        (
            _of("在读学生", "214", "人"),
            _of("留守儿童", "86", "人", "在读学生"),
            _of("发放联系卡", "138", "张"),
        ),
        "他每天挣200元，住3组，应到会32人，学费每年6000元，种子每斤2元。",
    ),
    Rule(
        "without-number",
        r"(?P<what>[一-鿿]{2,6}(?:面积|人数|户数|产量)(?=的?统计)|(?:民情)?(?:连心|联系|服务)卡(?=[”\"]?(?:发放?|送)到))",
        _without_number,
        "随后进行小麦种植面积的统计。",
        (Figure("小麦种植面积", None),),
        "统计工作做完了。",
    ),
    Rule("bare-count", _BARE.pattern, _bare, "走访6户，签到6。", (_of("签到", "6", ""),), "签到6月开始。"),
)
