"""What a text counts or measures, and what is a part of what: 全校学生326人，有127名留守儿童."""

import re
from collections import Counter
from collections.abc import Iterator

from minqing.model import Figure, Quantity
from minqing.proposals._compiled import compiled
from minqing.proposals._counted import UNKNOWN, Counted, counted
from minqing.proposals._figure_names import GUESS, is_kind
from minqing.proposals._numbers import quantity
from minqing.proposals._said import SURE, WHOLE, Hit, Rule, Said, between, line, sentence
from minqing.surnames import HAN as SIGN

_PEOPLE = ("人", "名", "位", "个人")
_STATISTICS = 3  # numbers that count make a sentence one of statistics: nobody counts so much in passing
_NEAR = 40  # signs; what is listed in a row stands nearer
_MANY = 20  # figures back that may be the whole of a part
_NAME = compiled("(?:进行|统计|计和|了|年|和|对|把)?(?P<name>[^了年和对把]+)$")
_BARE = compiled(r"(?P<name>走访|签到|回访|电话回访|接待|入户)(?P<number>\d{1,4})(?=[,。;、\s]|$)")
_NO_NAME = compiled(
    r"编[号码]|赞成|反对|弃权|同意|电话|手机|年|月|日|时间|期|号|序|页|楼|室|身高|体重|血[压糖]|压|糖|温|心率|费|"
    r"元|钱|欠|岁|龄|密码|第|[栋房收付给花]$|得分|分数|票|邮编|微信|价|率$|[要的了回]$|[实应]到|每|[计合共选]$|"
    r"结果$|^[一二三四五六七八九十\d]+[社组]$"
)
_WHOSE = compiled("^(?!.*[没不未]).*的(?:大?约?有?|一?共)?$")  # 返乡146人，从外省回来的9人
_CLASS = compiled(
    r"(?:[A-D一二三四五甲乙丙]+[级类档等]|男性?|女性?|\d+岁以[上下])(?:[一-鿿]{0,3})"
)  # C级6栋，D级2栋
_IN_IT = compiled("[,、]?(?:里面|当中|里头|内)有?|[里中]有|[,、]?(?:学生中)?有$")  # 56户里面有租户19户
# What stands between a whole and its part: 灭火器6具,过期4具; 137人(党员41人; 农户39家,脱贫户占23家.
_OF_THEM = compiled(
    rf"{SIGN}占了?$|^\((?:含|其中)?{SIGN}{{2,8}}$|(?:过期|剩下?|评出|完成|[已年]审|已{SIGN}{{1,2}}|填表|规范管理|[见走收缴]到|有效|办结|达标)$"
)
# 281户,今天走了19户; 78户,常年锁门的就有19户: mostly so.
_SOME_OF_THEM = compiled(
    rf"^[,、嘛 ]*(?:(?:今[天日]|至今|目前|本[月周]|当场|到[一-鿿\d]{{1,5}}?)(?:[上下]午)?)?(?!{SIGN}?[比卖多少]){SIGN}{{1,2}}[了完]了?$|"
    rf"的[就还也]{{0,2}}有$|不{SIGN}{{1,2}}的$"
)
# What became of things that were counted just before: 收集意见27条，现场解答11条.
_BECAME = compiled(
    "(?:现场|当场|已经?|均已|全部|实际|逐一|梳理)*(?:解答|办结|解决|改正?|完成|化解|处理|整改|转交|转办|收齐|"
    "成功|限期|剩余?|余下|其余|还剩|没交|未交|没签|竣工|开工|验收|坏|损坏|报废|缴费|到校|割完|通过|劝走)"
)
# What a part of them is or did: 应检71人，未检23人.
_STATE = compiled(
    r"(?:今[年天日])?(?:已|未|没|尚未|还没|还差|疑似|确诊|查出|绝收|减产|受损|失能|半失能|寄宿|住校|不?合格|优秀?|良好?|死亡?|"
    r"反对|拒|患|异常|女的?|男的?|单亲|失联|不[要愿会])"
)


def _figures(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """Every figure, with the one before it that it is a part of."""
    told: list[Counted] = []
    wholes: dict[int, Counted] = {}  # of those told that are a part, by where they stand
    whole: Counted | None = None
    left = Quantity(quantity("0", "").value)
    numbers = list(counted(said))
    sentences = [sentence(said, one.start)[0] for one in numbers]
    of_sentence = Counter(sentences)
    summed = _summed(said, numbers, sentences)
    for nth, (one, begins) in enumerate(zip(numbers, sentences, strict=True)):
        if said.text.startswith("其中", begins):
            begins = line(said, begins)[0]  # its whole stands before the semicolon
        if one.sure == UNKNOWN and of_sentence[begins] >= _STATISTICS:
            one = one._replace(sure=SURE)
        told = [other for other in told[-_MANY:] if other.start >= begins]
        if whole and whole.start < begins:
            whole = None
        lead = said.text[max(begins, one.start - 24) : one.start]
        since = said.text[max(begins, told[-1].end if told else begins) : one.start]
        if "其中" in since and re.search("其中[^,;]{0,16}$", lead):
            holding = [other for other in reversed(told) if _holds(other, one)]
            if since.startswith(";"):  # 31人,二级11人,三级16人;其中肢体类15人: of them all
                holding = [other for other in holding if other.start not in wholes] or holding
            whole = next(iter(holding), None)
            left = whole.value if whole else left
        of = _fellow(said, told, wholes, one)
        if whole and _TAUGHT.search(whole.name) and _TEACH.search(one.name):
            whole = None  # 学生97人,其中寄宿41人,教师9人
        if of is None and whole and _holds(whole, one):
            # 84位，其中特困61位，失能26位: some are both, or it is none of them
            if one.value.value > left.value:
                one = one._replace(sure=min(one.sure, UNKNOWN))
            of, left = whole, Quantity(left.value - one.value.value)
        elif of is None and nth in summed:
            whole, of = None, numbers[summed[nth]]
        elif of is None and told and _REST.search(since):
            whole = None
        elif of is None and told:
            whole, of = None, _whole_of(said, told, wholes, one)
            if of and of is not told[-1] and _holds(told[-1], one):
                one = one._replace(sure=min(one.sure, UNKNOWN))  # it may be a part of the part before it
            elif of and not _is_plain_part(one, said.text[told[-1].end : one.start]):
                one = one._replace(sure=min(one.sure, UNKNOWN))
        told.append(one)
        if of and (of.sure <= GUESS or _PLANNED.search(of.name) or (of is whole and of.start in wholes)):
            one = one._replace(sure=min(one.sure, UNKNOWN))  # of what is hardly known, or a part itself
        if of:
            wholes[one.start] = of
        yield Hit(
            "figures", Figure(one.name, one.value, of.name if of else None), one.start, one.end, one.sure
        )


def _fellow(said: Said, told: list[Counted], wholes: dict[int, Counted], one: Counted) -> Counted | None:
    """312户1186人，其中脱贫户46户168人: the second number of a part is a part of the whole's second."""
    whole = wholes.get(told[-1].start) if told else None
    if whole is None or whole not in told or said.text[told[-1].end : one.start].strip("、/("):
        return None
    fellow = told[told.index(whole) + 1]
    beside = not re.sub("[、/(]|一?共|总计", "", said.text[whole.end : fellow.start])
    return fellow if beside and _holds(fellow, one) else None


def _summed(said: Said, numbers: list[Counted], sentences: list[int]) -> dict[int, int]:
    """Which numbers are parts of which: those that stand behind one, in its sentence or near, and make it up exactly.

    低保户132户、特困对象47人、困难党员29名、退役军人18名 are all of one list.
    """
    parts: dict[int, int] = {}
    for nth, whole in enumerate(numbers):
        rest, made, large = whole.value.value, [], whole.value.value >= _CHANCE and nth not in parts
        if said.text[whole.end : whole.end + 1] == "、":
            continue
        for at in range(nth + 1, min(nth + _MANY, len(numbers))):
            part = numbers[at]
            near = large and part.start - numbers[at - 1].end <= _NEAR
            if rest <= 0 or (sentences[at] != sentences[nth] and not near):
                break
            if _one_unit(whole, part) and not _MORE.search(said.text, numbers[at - 1].end, part.start):
                rest -= part.value.value
                made.append(at)
        if rest == 0 and len(made) > 1:
            parts = dict.fromkeys(made, nth) | parts
    return parts


_PLANNED = compiled("计划$")  # what came of it may be more, or of something else
_CHANCE = 10  # fewer may be the sum of what stands near by chance
_MORE = compiled("比[^,。;]{1,12}(?:[多少增减][了出加少]*)?$|[多少]了$")  # 比上季度多出4户
_REST = compiled("[,、;](?:还)?(?:剩下?|其余|余下)(?:的|还有|有)?$")  # of what, only a sum can tell
_TAUGHT = compiled("学生|在校|孩子|儿童|娃")
_TEACH = compiled("教师|老师|教职工|工友")


def _one_unit(one: Counted, other: Counted) -> bool:
    units = {one.value.unit, other.value.unit}
    return len(units) == 1 or units <= set(_PEOPLE)


def _holds(whole: Counted, part: Counted) -> bool:
    return _one_unit(whole, part) and part.value.value <= whole.value.value


def _whole_of(said: Said, told: list[Counted], wholes: dict[int, Counted], one: Counted) -> Counted | None:
    """326人,有127名留守儿童; 特别困难的留守儿童7位; 学生186人，留守的53人，单亲的12人."""
    last = told[-1]
    between_them = said.text[last.end : one.start]
    if between_them.startswith("、"):  # 查出高血压19人、血糖高的8人 are side by side
        of = wholes.get(last.start)
        return of if of and _holds(of, one) else None
    if (
        _BECAME.match(one.name)
        or _STATE.match(one.name)
        or _CLASS.fullmatch(one.name)
        or _WHOSE.search(between_them)
        or _OF_THEM.search(between_them)
        or _SOME_OF_THEM.search(between_them)
    ):
        holding = [
            other
            for other in reversed(told)
            if not (_BECAME.match(other.name) or _STATE.match(other.name) or _CLASS.fullmatch(other.name))
            and _holds(other, one)
        ]
        # what stands beside a part is a part of the same
        return next((other for other in holding if other.start not in wholes), next(iter(holding), None))
    if not _holds(last, one):
        return None
    if last.name in one.name and last.name != one.name:
        return last
    return last if _IN_IT.match(between_them) else None


def _is_plain_part(one: Counted, between_them: str) -> bool:
    """Whether the words between a whole and its part leave no doubt: 56户里面有租户19户, not 返乡146人，回来的9人."""
    if _BECAME.match(one.name) or _STATE.match(one.name) or _SOME_OF_THEM.search(between_them):
        return False
    return bool(
        between_them.startswith("、")
        or _CLASS.fullmatch(one.name)
        or _OF_THEM.search(between_them)
        or _IN_IT.match(between_them)
    )


def _bare(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    yield Hit("figures", Figure(match["name"], quantity(match["number"], "")), *match.span(), 0.9)


def _listed(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """户数 86,党员:12: the name of a figure and its number alone, as a list or a table has them."""
    start, end = match.span("name")
    name = match["name"]
    if _NO_NAME.search(name) or between(said, start, end):
        return
    sure = 0.9 if is_kind(name) and not _MAY_BE_ELSE.search(name) and name[0] not in "有到" else 0.6
    begins, ends = line(said, start)
    near = max(begins, start - 2 * _NEAR), min(ends, end + 2 * _NEAR)
    in_row = len(_LISTED_ROW.findall(said.text, *near)) > 2
    if match["sign"].strip() or sure == 0.9 or in_row:
        yield Hit("figures", Figure(name, quantity(match["number"], "")), start, match.end("number"), sure)


_LISTED_ROW = compiled(
    rf"(?<=[,、。; :])(?:其中)?{SIGN}{{2,6}} \d{{1,6}}(?=[ ,、。;)])"
)  # 实住 640,劳力 705,外出 520
_MAY_BE_ELSE = compiled("(?:代表|补贴|资金|收入|造价|产值|老人|大爷|奶奶|孩子)$")  # 15000 yuan, 78 years


def _in_a_row(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """羊312 牛18: several names in a line, each with its number and no unit; it may be told beside them."""
    name, begins, ends = match["name"], *line(said, match.start())
    near = max(begins, match.start() - _NEAR), min(ends, match.end() + _NEAR)
    if (
        _VOTED.search(said.text, max(begins, near[0] - _FAR), min(ends, near[1] + _FAR))
        or _NO_NAME.search(name)
        or between(said, *match.span("name"))
    ):
        return
    counts = (
        [] if _NOT_COUNTED.search(said.text, *near) else _COUNTS.findall(said.text, near[0], match.start())
    )
    if name.endswith("件") or match["number"].endswith("00"):
        counts = []  # papers, or money
    if counts or (_OF_PEOPLE.search(name) and len(_LONG_ROW.findall(said.text, *near)) > 1):
        unit = "户" if counts and counts[-1] == "户" else "份" if counts and counts[-1] == "份" else "人"
    elif len(name) <= _SHORT and len(_ROW.findall(said.text, *near)) > 1:
        unit = ""
    else:
        return
    yield Hit("figures", Figure(name, quantity(match["number"], unit)), *match.span(), 0.55)


_FAR = 400  # signs; a vote is told in fewer
_SHORT = 3  # signs; a longer name without a unit needs one beside it
_ROW = compiled(r"(?<![一-鿿])[一-鿿]{1,3}\d{1,6}(?=[ 、。;\n]|,(?!\d)|$)")
_LONG_ROW = compiled(r"(?<![一-鿿])[一-鿿]{1,6}\d{1,6}(?=[ 、。;()\n]|,(?!\d)|$)")
_COUNTS = compiled(r"\d ?([户人名位份])(?=[,。;、()]|$)")  # 本批37户，开工29，竣工18
_OF_PEOPLE = compiled("学生|教师|老师|住校|寄宿|留守|男|女")
_NOT_COUNTED = compiled("元|块|钱|[费款金价账]|捐|斤|岁|电话|[压糖温分洞栋]|请假")
_VOTED = compiled("得票|[选投]票|当选|候选")


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
        "警示牌22块，塌方四处，收红薯4100斤。全校在读学生214人，其中留守儿童86人。发放联系卡138张。灭火器6具，过期4具。评了57户。清洁41户，一般16户。",
        (
            _of("警示牌", "22", "块"),
            _of("塌方", "四", "处"),
            _of("收红薯", "4100", "斤"),
            _of("在读学生", "214", "人"),
            _of("留守儿童", "86", "人", "在读学生"),
            _of("发放联系卡", "138", "张"),
            _of("灭火器", "6", "具"),
            _of("过期", "4", "具", "灭火器"),
            _of("评了", "57", "户"),
            _of("清洁", "41", "户", "评了"),
            _of("一般", "16", "户", "评了"),
        ),
        "他每天挣200元，住3组，应到会32人，学费每年6000元，种子每斤2元，花了80块，买了肉20斤，坏了两处。",
    ),
    Rule(
        "without-number",
        r"(?P<what>[一-鿿]{2,6}(?:面积|人数|户数|产量)(?=的?统计)|(?:民情)?(?:连心|联系|服务)卡(?=[”\"]?(?:发放?|送)到))",
        _without_number,
        "随后进行小麦种植面积的统计。",
        (Figure("小麦种植面积", None),),
        "统计工作做完了。",
    ),
    Rule(
        "listed-count",
        r"(?:^|(?<=[\n,、。;|(:]))[ \u3000-]*(?:其中)?(?P<name>[一-鿿]{2,8})(?P<sign> ?:| ?\|| |"
        r") ?(?P<number>\d{1,6})(?=(?: ?(?:上下|左右))?[ |]*(?:,(?!\d)|[、。;|)\n]|$))",
        _listed,
        "户数 86，人口 312，党员：12。",
        (_of("户数", "86", ""), _of("人口", "312", ""), _of("党员", "12", "")),
        "邮编：410000，走访 3月再说，老王 45。",
    ),
    Rule(
        "heads-of-cattle",
        r"(?:^|(?<=[\n ,:、。;(]))(?:其中|还有)?(?P<name>[一-鿿]{1,6})(?P<number>\d{1,6})(?=[ 、。;()\n]|,(?!\d)|$)",
        _in_a_row,
        "巴图：羊312 牛18 打完。\n首批40户，开工31，入住17。\n教师12 学生203",
        (
            _of("羊", "312", ""),
            _of("牛", "18", ""),
            _of("开工", "31", "户"),
            _of("入住", "17", "户"),
            _of("教师", "12", "人"),
            _of("学生", "203", "人"),
        ),
        "高压172 低压100，3栋1 2栋3。\n走访5户，电费130元，剩余21。",
    ),
    Rule("bare-count", _BARE.pattern, _bare, "走访6户，签到6。", (_of("签到", "6", ""),), "签到6月开始。"),
)
