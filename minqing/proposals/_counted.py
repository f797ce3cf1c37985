"""Numbers of a text that count or measure, each with what it counts: number, unit, and the noun on either side.

What only looks so is passed over: an age, a price, an address, a vote, who came to a meeting, what one household has.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from minqing.model import Quantity
from minqing.proposals._numbers import DIGITS, HAN, is_guess, quantity
from minqing.proposals._said import Said, between, clause, sentence

_UNIT = (
    "个?人次|户次|批次|批(?!次)|期|台套|平方公里|平方米|立方米|公里|公顷|个人|名|位|人|户|亩|张|份|本|册|家|只|头|"
    "棵|株|件|起|场次?|条|间|所|栋(?=楼|房|住宅|[,。;、\\d]|$)|座|台(?!风)|辆|处|"
    "口(?!人)|盏|支|吨|米|项|例|篇|面|眼|套|瓶|桶|袋|箱|卷|捆|车|挂|羽|尾|匹|艘|元|%|次|(?<=万)斤|"
    "根|具|笔|批|客|串|棒|顶(?!楼|层)|方(?=[,。;、土石])|股|盆|段|块(?=[牌警展路门木石板])|"
    "个(?!为什么|月|小时|钟头|星期|礼拜|工作日|百分点|多|学期|季度|半天|晚上|上午|下午|样)"
)
_COUNTED = re.compile(
    rf"(?<![\d.第初每{HAN}周])(?<![星学]期)(?<!礼拜)(?<!\d[:/-])(?P<number>{DIGITS}[万亿]?|[{HAN}][{HAN}零]{{0,7}})"
    rf"(?P<about>多|余|来)?(?P<unit>{_UNIT}|(?<=[万亿])(?=[,、。;)\n]))(?!号|(?<=[栋座间层])(?:\d|单元|楼[上下道前顶后层]))"
)
# Units that count things, so that the thing may stand behind them: 127名留守儿童.
_CLASSIFIERS = frozenset("名位个张份本册家只头棵株件起场条间所栋座台辆处口盏支项例篇面眼套") | {
    "个人",
    "批次",
    "台套",
}
# Units of which a text counts few in one sign: 三户, 两名; 三个 is mostly no figure.
_FEW = frozenset(("户", "名", "位", "人次", "户次", "起", "场", "批次", "批", "眼"))
_OF_ONES_OWN = frozenset("人口亩间头只棵株个张台辆条名位")  # what a household has is counted in
_PACKS = frozenset("车箱支袋瓶桶盒捆卷")  # they mostly say how much of something there is
_REACH = 40  # signs; what is counted is named nearer
_NEAR = 12
_DOUBT = 0.6
UNKNOWN = 0.7  # a name that no rule knows; in a sentence of statistics it is none the worse
_GUESS = 0.5  # a name made of what happens to stand there


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
_NO_FIGURE = re.compile(
    r"每(?!周|月|季|年)[^,。]{0,6}$|(?<![十百千第统])(?<![今昨前]天)(?<!集体)一(?!年级)[亩斤户天年人餐顿桶袋箱件][^,。]{0,6}$"
    r"|(?:应到|实到|到会|出席|参会|应参会|应出席|缺席|(?:^|[,;:、])到)(?:代表|人数|党员|村民|户主|会员|居民)?$|"
    r"[第之]$|得$|得票$|(?<![部员生者师队组团])一行$"
    r"|(?:人均|家庭人口|家里|全家)$|(?:低|高|少|多)于$|不得[^,。]{0,4}$|"
    r"(?:如果|要是|只要|万一|想再?买|再买|再配|再要)[^,。]{0,8}$|过了?$|(?:人|者|名|中)选$|前$|差额$|如实|涨了?$|"
    r"每平方?米?$"
)
_NO_FIGURE_BEHIND = re.compile(r"请假|/|口人|人间|提到|联名|数(?!量|字)")
_PRESENT = re.compile(r",(?:实到|应到|实际到会|到会|出席|到了?)\d")  # 党员62人，到51人
_VOTES = re.compile("(?:发出|发放|收回|回收|有效|无效|废)?(?:选票|(?<![投发车彩钞机])票)|收回|有效票")
_FOR_OR_AGAINST = re.compile("(?:赞成|反对|弃权|不?同意|举手)")
_FORM = re.compile("(?<![一-鿿])(?:家庭)?(?:住房|房屋|耕地|人口|劳动?力|收入|面积|低保|饮水|燃料):$")
_MONEY = re.compile(
    "人均|本金|余额|年租金|公积金|存栏|互助金|集体|全[村乡镇县]|总?造价|结转|[当本上]年|收益|支出|募集|补贴资金|"
    "项目|投资|资金|预算|产值|财政|经费|结余|总额|总收入|捐款|村级|营收|党费|补偿款|应发|已发"
)
# A sentence that says one of these accounts for money, so that what it lists are figures.
_ACCOUNT = re.compile(
    "结转|(?:当年|全年|本年|集体|村级)[^,。;]{0,4}(?:收入|支出)|收支|结余|募集|[总本][月季年]?[^,。;]{0,4}(?:收入|支出)|报账"
)
_SURE_MONEY = re.compile("收入$|造价|产值")  # other money may be given, owed or only planned
_WORKS = re.compile(
    "(?:冲毁|硬化|新?[修铺]|新建|疏通|清理|清淤|损毁|受损|改造|安装|架设|埋设|开挖|拓宽)[^,。]{0,8}$"
)
_OF_A_HOUSEHOLD = re.compile(
    r"[他她我你咱俺]们?家(?!长|访|乡)|家里|家中|(?<!第)一家(?!企|公|商|店)|屋里|自己(?=家|有|种|养|住|只|的)"
    r"|(?<![商农企店专酒国大住作人公])家(?:里|中|一?共|有|种了?|养了?|的)*(?=\d|$)"
)
_SOMEBODY = re.compile(r"家庭人口|\d岁|十[一-鿿]?岁|光棍|户主|独居|一个人")
_OF_MANY = re.compile("[全各][村组屯镇乡社校县街区寨队]|社区|小区|我们[村组校社]|一共|共有|网格")


def _is_none(said: Said, match: re.Match[str], before: str, after: str, first: int) -> bool:
    """Whether a number is no figure, by what stands around it."""
    start, unit = match.start(), match["unit"] or "元"
    if not (
        match["number"][0].isdigit()
        or _is_count(match["number"], unit, match["about"])
        or _is_some(match["number"], unit, before, after)
    ):
        return True
    if _NO_FIGURE.search(said.text[max(0, first - 1, start - _REACH) : start]) or _NO_FIGURE_BEHIND.match(
        after
    ):
        return True
    if _PRESENT.match(said.text, match.end()):
        return True
    if unit == "个" and not after and not before:
        return True
    listed = sentence(said, start)[0]
    if (
        unit == "元"
        and not _MONEY.search(before)
        and not _ACCOUNT.search(said.text, max(listed, start - 3 * _REACH), start)
    ):
        return True
    if said.text[max(first, start - 1) : start] == "(" and unit not in _OF_ONES_OWN | {"户"}:
        return True  # 蓄水池2座(50立方米)
    if unit in ("米", "公里") and (not _WORKS.search(before) or after.startswith(tuple("宽高深厚"))):
        return True
    if any(
        votes.search(before[-far:]) or votes.match(after)
        for votes, far in ((_VOTES, 8), (_FOR_OR_AGAINST, 4))
    ):
        return True
    if (
        said.text[first - 1 : first] == ":"
        and len(match["number"]) < 3
        and _FORM.search(said.text, max(0, first - 8), first)
    ):
        return True
    return unit in _OF_ONES_OWN and _household(said, before, first, start)


_OF_SOME = re.compile("[一-鿿]{2}的$")


def _is_some(number: str, unit: str, before: str, after: str) -> bool:
    """Whether a small number says how many of some there are: 考上大学的七个, 有六个是脱贫户."""
    if unit != "个" or is_guess(number) or number == "一":
        return False
    if _IS.match(after):
        return before.endswith("有")
    return not after and bool(_OF_SOME.search(before))


def _is_count(number: str, unit: str, about: str | None) -> bool:
    """Whether a number in Chinese signs counts: 十一辆, 三户, 二十来户; neither 七八个 nor 一个."""
    if is_guess(number) or number in ("一", "百", "千", "万", "千万"):
        return False
    return len(number) > 1 or bool(about) or number == "十" or unit in _FEW


def _household(said: Said, before: str, first: int, start: int) -> bool:
    """Whether it is what one household has: in its own clause, or behind one that says so."""
    if _OF_MANY.search(before):
        return False
    begins = max(sentence(said, start)[0], first - _REACH)
    own = [one for one in between(said, begins, start) if said.text[one.end : one.end + 1] == "家"]
    near = said.text[begins:start]
    return bool(own or _OF_A_HOUSEHOLD.search(near)) and not _OF_MANY.search(near)


# ---------------------------------------------------------------- what is counted


def _read(said: Said, match: re.Match[str], last: Counted | None) -> Counted | None:
    start, end = match.span()
    first, stop = clause(said, start)
    before = said.text[max(first, start - _REACH, last.end if last else 0) : start]
    after = _ON.split(said.text[end : min(stop, end + _REACH)], maxsplit=1)[0]
    before = _WHERE.sub("", before)
    if _is_none(said, match, before, after, first):
        return None
    unit = match["unit"] or "元"  # 9.6万, in a list of money
    value = quantity(match["number"], {"个人": "人", "个人次": "人次"}.get(unit, unit))
    beside = last and _GOES_WITH.fullmatch(said.text, last.end, start)
    if last and beside and not (last.value.unit == value.unit and beside[0].endswith(("共", "计"))):
        base = re.sub("(?:户数|人口)$", "", last.name) if last.value.unit != value.unit else last.name
        if not (value.unit in _CLASSIFIERS and right_of(after)):
            sure = _DOUBT if unit in _PACKS else last.sure
            return Counted(_distinct(base, value.unit), value, start, end, sure)
    name, sure = _named(said, before, after, first, value.unit)
    if _NO_NAME.search(name):
        name = {"户": "户数", "人": "人口"}.get(value.unit, "")
    if not name or (value.value <= 1 and after.startswith(name)):
        return None
    if value.unit == "户" and last is None and re.search(r"^\d+人", after) and "户" not in name:
        name += "户数"
    return Counted(name, value, start, end, min(sure, _doubt(said, match, name, value.unit)))


def _named(said: Said, before: str, after: str, first: int, unit: str) -> tuple[str, float]:
    """What a number counts: by the words beside it, by its label, by the clause before it; and how surely."""
    name, sure = _name(before, after, unit)
    if not name or (sure <= _GUESS and said.text[first - 1 : first] == ":"):
        name, sure = _label(said, first, unit) or (name, sure)
    if (sure <= _GUESS or not name) and (deed := _DID.search(before)):
        return deed["did"], _GUESS  # 今天走了19户
    if len(name) == 1 and sure <= _GUESS and (told := _before(said, first, unit)):
        return told, _GUESS
    if name:
        return name, sure
    total = _SUM.search(before)
    if total and total[0] in ("累计", "其余", "余下"):
        return total[0], _GUESS
    rest = {"户": "户数", "人": "人口"}.get(unit, "")  # 7栋36户151人
    return _before(said, first, unit) or (total[0] if total else "") or rest, _GUESS


_DID = re.compile(
    "(?<![一-鿿])(?:今[天日年]|昨天|[上下]午|本[月周]|一共|共|当场|才|已经?|也|又|都|我们?){0,3}(?P<did>[一-鿿]了)$"
)


def _doubt(said: Said, match: re.Match[str], name: str, unit: str) -> float:
    """How sure a figure of this name may be at most."""
    if unit in _PACKS or match["about"] or (unit == "元" and not _SURE_MONEY.search(name)):
        return _DOUBT
    if unit == "元" and "人均" in said.text[max(0, match.start() - _NEAR) : match.start()]:
        return _DOUBT  # mostly of one household
    if _UNSETTLED.search(said.text, max(0, match.start() - _REACH), match.start()):
        return _DOUBT
    if _ALL.fullmatch(name) and unit not in ("户", "人", "名", "亩", "口"):
        return _DOUBT  # 全组只有2个: of what, is said before
    if match["unit"] in _OF_ONES_OWN and _of_somebody(said, match.start()):
        return _DOUBT
    if is_kind(name.removesuffix("户数")):
        return 1
    return UNKNOWN if match["number"][0].isdigit() else _DOUBT


# 全村有十一户: of what, is said before; 装给15家: it is still to be; 到会: … 村委9人: who came.
_UNSETTLED = re.compile("[,、]全[村组校镇乡社县屯]有$|给$|(?:到会|参会|出席|参加)(?:人员|人数)?:[^。;\n]*$")


def _of_somebody(said: Said, start: int) -> bool:
    """Whether the sentence is about somebody: 大塘组 练老四，低保户，水田3亩."""
    begins = max(sentence(said, start)[0], start - 2 * _REACH)
    somebody = between(said, begins, start) or _SOMEBODY.search(said.text, begins, start)
    return bool(somebody) and not _OF_MANY.search(said.text, begins, start)


_GOES_WITH = re.compile("[、/(]*|,?(?:一?共|总共|共计|合计|计)")  # 94户317人, 312户、1186人, 31户，一共168亩


# What stands before a number without naming what is counted.
_CUT = re.compile(
    rf".*(?:[\d{HAN}](?:[户人名位家]|个(?:小时|月|星期|钟头)?)|[^一-鿿\dA-Za-z“”]|其中|共有|现有|还有|只有|已有|"
    rf"总计|合计|累计|共计|一共|全部|都|共(?!同)|有(?!机)|了|到(?![校场])|辖|分成|组成|我们|对(?!象)|给|把|将|"
    rf"等(?!级)|今年|去年|前年|目前|本次|这次|(?<![签履节预])约|近|(?<![发到])达|(?<![行作])为|是|"
    r"(?:昨|今|前|当)(?:[天日](?:上午|下午|晚上)?|晚)(?=.)|至今|[上下]午(?=.)|全[校村乡镇组县区社市街](?=.)|我[校村组]|"
    r"(?<!中)现(?![场金状代役])在?|出动|动员|发动|就(?![业医诊学餐读])|也|另|另外|的(?=$)|带领|带着|还|又|再|"
    r"[种养]了(?=$)|(?<=[又还共])[种养](?=$)|全体|组织|加上|[领带拿]回|由|从(?!业)|向|(?<!棉)被(?![子套褥])|"
    r"(?<!参)与|和|及|本(?:周|月|季度?|年度?))"
)
_FILLER = re.compile(
    r"(?:(?:共有|现有|还有|只有|已有|共计|合计|总计|一共|总共|累计|共|变成|变为|[增降减]加?[至到]|有近|有|大约|"
    r"大概|大致|(?<![签履])约|将近|近|达到?|为|是|了|"
    r"(?:到|截[至止])?(?:今[天日]|昨[天日]|目前|现在)(?:为止)?|去年|今年|面积|一行|数量|总数|人数|的|不到|超过|"
    r"接近于|接近|最多|至少|可能|全是|一|总))+$"
)
_BEHIND_CUT = re.compile(
    r"(?:合计|总计|没有?(?!低保|劳动|参保|住房)|未|请假|交[了钱]|当场|每|在|参加|到|去|进行|报名|来|对(?!接|象)|"
    r"都|已|均|常年|开|被|与|和|及|、|分别|组成|没有?领|左右|以上|以下|一起|进|上|下|里|中|内|前|后|共|送|发|给|"
    r"住|缺|需|要|能|可|也|就|才|不|签|种(?!植|粮))"
)
_PEOPLE_OR_THINGS = re.compile(
    "(?:[老病军]人|学生|儿童|妇女|党员|干部|村民|群众|孩子|家庭|农户|住户|人员|对象|青年|道路|水渠|房屋)"
)
# What begins so behind a number is no noun.
_VERB = re.compile(
    r"^(?:每|各|登记|收集|走访|发放|排查|清理|拆|发了|吃的是|拟|没|未|有|是|种了?|养了?|得了?|通过|同意|签订|"
    r"落实|完成|享受|属于|均|都|已|送|在|来|到|被|发|报|领|存在|需要|还|也|就|又|再|才|能|要|想|把|让|不|全|分别|"
    r"左右|以[上下内]|里|当中|中间|换|修|拆|收|交|提|愿|参加|说|去|给|正|当[场天]|多|余|占)"
)
_LIVES = frozenset("牛羊猪鸡鸭鹅狗田土山林")
_SHORT = frozenset("村组社户楼表牛羊猪鸡鸭鹅桥路井渠树")
_NO_THING = re.compile("(?:事情?儿?|方面|钱|问题是|人家|数|头|里|时候?|晚|月|办法|字|话)$")
# In speech without signs another number, or the word before it, ends what is said of this one.
_ON = re.compile(rf"其中|剩下|另外|还有|然后|[{HAN}]{{1,8}}[多余来]?[户人名位个家辆张台](?!家)")
_IS = re.compile("(?:都|全)?(?:是|属于?|为)")
_WHERE = re.compile(r"\d{1,3}(?:栋|个(?:组|村|小区|网格))$")  # 涉及3栋96户
_NO_NAME = re.compile(r"\d年|[一二三四五六七八九十\d]期$")
_EMPTY = re.compile(
    "分别|[这那]一?片|里超|全部|结果|一下|数了?|其他|其余|有的?|[村组镇乡寨屯校里]里|[户人名位个亩]"
)
_SUM = re.compile("(?:累计|合计|总计|共计|一共|其余|余下)$")
_DONE = re.compile("(?:已经?|都|均|还|全|当场|也|就|又)*(?![里中各])([一-鿿]{2,6})")
_NO_LABEL = re.compile("情况|结果|备注|数据|统计|说明|意见$|内容|如下|时间|日期|地点|电话|表示|介绍|反映|说$")


def _name(before: str, after: str, unit: str) -> tuple[str, float]:
    """What is counted: on the left of the number, or behind a classifier on its right; else what is done."""
    left, right = _left(before, unit), right_of(after)
    if not right and (is_ := _IS.match(after)):
        right = right_of(after[is_.end() :])  # 其中两户是低保户
    if unit in _CLASSIFIERS and right:
        whose = re.search("[一-鿿]{2,8}的$", before)
        if whose and not _EMPTY.fullmatch(told := _CUT.sub("", whose[0][:-1])) and len(told) > 1:
            return told + "的" + right, _DOUBT  # 没参保的12位老人
        return right, 0.92
    if right and _VERB_STOOD.search(before):
        return right, _DOUBT  # 种着3000亩花椒, 跑了五户老兵
    if left and right and _AREA.fullmatch(left):
        return right, 0.85  # 全村87户脱贫户
    if left:
        return left, _DOUBT if after and _AREA.fullmatch(left) else 0.92  # 大坪村14户断了路
    if not right and (state := _STATE.match(after)) and _LEFT_OVER.search(before):
        return state[0], _GUESS  # 剩6户在外地
    if right:
        return right, _DOUBT if re.match("[没未不]|还没", after[len(right) :]) else 0.91
    done = _DONE.match(after)
    verb = None if done and done[1][0] in "没未不" else re.search(r"[一-鿿]{1,16}$", _FILLER.sub("", before))
    if verb and not _EMPTY.fullmatch(verb[0]):
        told = _CUT.sub("", verb[0]) or ("" if done else verb[0])
        if told:
            return told[-4:], _GUESS
    return (done[1], _GUESS) if done else ("", 0)


_VERB_STOOD = re.compile("[一-鿿][着了]$")
_STATE = re.compile("(?:还|都|一直|仍)?(?:[没未在不][一-鿿]{1,5})")
_LEFT_OVER = re.compile("(?:剩下?|还有|其余|只有|余下|有|占|是)的?$")
_AREA = re.compile(
    "[全各][村组校镇乡社县屯市区寨]|我[村们镇乡]?|里面|其中|中|[一-鿿]{1,4}[村组社屯寨镇乡]|[一-鿿]{1,6}嘎查|社区|网格|小区"
)


def _left(before: str, unit: str) -> str:
    run = re.search(r"[一-鿿\dA-Za-z“”·]{1,16}$", before.rstrip())
    if not run:
        return ""
    name = _CUT.sub("", _FILLER.sub("", run[0]))
    name = re.sub(
        "(?<=[一-鿿]{2})(?<![火品物良])[种养]$", "", _FILLER.sub("", name.strip("“”")).strip("“”的")
    )
    if name.endswith("组") and len(name) < 3 and unit not in ("户", "人", "口"):
        return ""  # where it is, not what
    if name in _LIVES and len(run[0]) == 1:
        return name  # 田936亩
    return (
        ""
        if len(name) < 2 or _EMPTY.fullmatch(name) or re.fullmatch(r"\d+[组号楼栋]?|[一-鿿]?\d+", name)
        else name[-10:]
    )


def right_of(after: str) -> str:
    """The noun that a number stands before."""
    run = re.match(r"[一-鿿“”]{1,12}", after)
    if not run or _VERB.match(run[0]):
        return ""
    name = run[0]
    whose, of, thing = name.partition("的")
    if of and len(whose) > 1 and (noun := _PEOPLE_OR_THINGS.match(thing)):
        return f"{whose}的{noun[0]}"
    name = (whose or thing) if of else name
    cut = _BEHIND_CUT.search(name, 1)
    name = (name[: cut.start()] if cut else name).strip("“”")
    if name.endswith("了") or not (len(name) > 1 or name in _SHORT):
        return ""  # 机井8眼坏了3眼
    return "" if _NO_THING.fullmatch(name) else name


def _label(said: Said, first: int, unit: str) -> tuple[str, float] | None:
    """常住人口:1480人: what stands before the colon, unless it is a person or says nothing."""
    label = re.search("[一-鿿]{2,10}(?=:$)", said.text[max(0, first - 12) : first])
    if not label or _NO_LABEL.search(label[0]) or between(said, first - 1 - len(label[0]), first):
        return None
    return label[0], 0.92


def _before(said: Said, first: int, unit: str) -> str:
    """The end of the clause before, of which a number says how many: 从镇里领回补贴表，一共328户."""
    begins = sentence(said, first)[0]
    run = re.search(
        r"[一-鿿]{2,16}$", said.text[max(begins, first - _REACH) : max(begins, first - 1)].rstrip()
    )
    name = re.sub("^的", "", _CUT.sub("", run[0].rstrip("完了的")))[-8:] if run else ""
    name = re.sub("^(?:[个名户条份张台间件](?=..)|[头只](?=.))|(?<=..)数$", "", name)
    if len(name) < 2:
        return ""
    return _distinct(name, unit) if unit in ("户", "人") else name


def _distinct(base: str, unit: str) -> str:
    return base.removesuffix("户数").removesuffix("人口") + {"人": "人口", "户": "户数"}.get(unit, unit)


# A name that is sure: a kind of people, land, crop, building or paper, or an act that is counted; what
# stands before it may tell it closer, but neither who, when nor what happened.
_KIND = re.compile(
    "(?:人口|人员|学生|在校生|孩子|危房户|困难户|儿童|妇女|老人|党员|干部|村民|群众|居民|教师|老师|教职工|村医|"
    "医生|劳动?力|代表|候选人|青年|家庭|[农租商住][户]|(?<=[低贫监脱特五困受一残大帮])[保困测贫灾般难疾]户|"
    "特困供养|五保户?|大户|残疾人?|以上|"
    "独居|空巢|留守|外出务工|患者|志愿者|孤儿|退役军人|高血压|糖尿病|参保|列席|全[村组校镇乡社屯]|人口|户数|"
    "耕地|稻田|水田|旱地|林地|草地|荒地?|撂荒|水浇地|水面|鱼塘|大棚|小麦|玉米地?|水稻|稻谷|油菜|红薯|土豆|马铃薯|"
    "花生|大豆|棉花|辣椒|西瓜|烟叶|茶[园叶]|果[园树]|柑橘|苹果|蔬菜|药材|"
    "山泉水|自来水|卫生室|学校|教学点|活动室|合作社|企业|小组|组|村|路灯|道路|公路|水渠|河堤|桥|水井|机井|危房|"
    "房屋|摄像头|抽水机|"
    "收入|资金|造价|补贴|产值|宣传[册单]|资料|传单|联系卡|连心卡|明白卡|日记|问卷)$"
)
_ACTS = "发放|走访|慰问|登记|评议|入户|新建|新修|硬化|修复|冲毁|淹没?|种植?|养殖?|转移|安置|随机抽查|抽查|查出|安装|发"
_CLOSER = re.compile(
    rf"(?:{_ACTS})?(?!.*(?:[我你他她它昨今明吵坏看交给送让被把说去来没不边请申]|当场|通知|要求|马上|已经?|正在|"
    rf"只|才))[一-鿿\d“”]{{0,7}}"
)
_DEED = re.compile(
    "(?:个别|随机|上门|电话|集中|入户|逐户)?(?:走访|入户|回访|签到|接待|谈话|核实|抽查|慰问|义诊)"
)
_ALL = re.compile("全[村组校镇乡社县屯]")


def is_kind(name: str) -> bool:
    """Whether a name is one that the rules know: a kind of thing, perhaps told closer."""
    kind = _KIND.search(name)
    return bool(_DEED.fullmatch(name) or (kind and _CLOSER.fullmatch(name, 0, kind.start())))
