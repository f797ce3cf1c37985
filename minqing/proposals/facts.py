"""What is known of a household or person: 父亲服刑, 随奶奶生活, 患尿毒症, 没有低保, 双胞胎, 户属性, 危房 …"""

import re
from collections.abc import Callable, Iterator

from minqing.model import Fact
from minqing.proposals._items import named_at, resident_before, trimmed
from minqing.proposals._numbers import NUMBER
from minqing.proposals._said import WHOLE, Hit, Mention, Rule, Said, between, clause, sentence
from minqing.sensitive import TOLD
from minqing.surnames import KINSHIP
from minqing.values import Unreadable, read_count
from minqing.words import FACT_WORDS, key_of, value_of

_FAR, _FAR_BY_PRONOUN = 220, 900  # signs; what is told farther from a name need not be of its owner
# Somebody else whom a clause is about: 20来个妇女常年打工.
_OTHERS = re.compile(
    r"\d+[来多余]?(?:[名位户人]|个(?=[人妇孩老学村]))|群众|村民们|不少|许多|很多|大多|有的人?|他们|大家|我(?![们村组])"
)
_WISHED = re.compile("建议|考虑|希望|如果|盼|想|打算")
_TREATED = re.compile("透析|化疗|放疗")
_KIN = rf"(?:爷爷奶奶|外公外婆|爸爸妈妈|父母(?:双)?|爸妈|儿媳妇|{KINSHIP}|老婆|老公|媳妇|[大小二三]儿子|[大小二三]女儿|儿女|双胞胎(?:儿子|女儿|儿女|孩子|姐妹|兄弟)?|爹|娘(?!家))"
# Words of kin that mean nobody's in particular.
_ANYBODY = re.compile("^(?:户主|监护人|亲戚|亲属|邻居|本人|大[爷妈娘嫂哥姐]|阿姨|祖辈|叔叔|孩子|子女)$")
_LIFE = re.compile(
    rf"走了[^,。]{{0,3}}年|脑溢血|服刑|坐牢|判刑|劳教|改嫁|病故|病逝|[去过离]世|死|离[婚异]|失踪|出走|打工|务工|上班|工作|经商|退休|患|查出|得了|瘫|病|癌|残疾|聋|哑|失明|{TOLD.pattern}|血压|中风|摔|骨折|"
    r"[读上念](?=[小初高大中幼职技一二三四五六七八九]|学|完|到)|就读|毕业|辍学|上学|在(?:外|加拿大|国外|美国|城里|县城|省城|外地|家(?:伺候|照顾|务农|带))|伺候|照[顾料看]|双胞胎|一套房|当兵|参军|嫁"
)
_LEAD = re.compile(r"^(?:正在|现在|现|都在|都|也|还|又|是|则|目前|如今|今年|已经?|刚刚?|的)+")
_ILL = re.compile(
    rf"(?:{TOLD.pattern})[^,。;、()\d]{{0,4}}?(?:早期|中期|晚期|初期|症)?|(?:乳腺|肝|肺|胃|食道|直肠|结肠|宫颈|甲状腺|膀胱|前列腺|鼻咽|卵巢|血)癌|(?:关节|肝|肺|胃|肾|支?气管|胰腺)炎|(?:肾|胆)结石|骨质增生|(?:腰椎|颈椎)间盘突出|子宫肌瘤|骨折|脑溢血|(?:肝|动脉|血管)硬化|血压高|血糖高|高血压|高血糖|[腿腰手脚头背]上?有旧?伤|重病|腿脚不(?:便|好|灵便)|行动不便|"
    r"(?:眼睛|耳朵|腿|腰|身体|视力|听力|胃|心脏|肺)(?:一直|也|都)?(?:不[太大]?(?:好|行)|有病|看不清|听不见)|耳背|瘫痪(?:在床)?|卧床|脑梗|偏瘫|白内障|阿尔茨海默[症病]?(?:早期|中期|晚期)?|智力[一二三四]级残疾|肢体[一二三四]级残疾|"
    r"[左右双]?(?:边|侧)?(?:手脚|手臂|胳膊|腿|手|脚|腰|头)(?:不能动|被[^,。;]{1,8}(?:口子|伤|折|断|破)|摔[^,。;]{0,4}[伤断折]|骨折|扭伤|烫伤|砸伤)"
)
_SCHOOL = r"(?:[一二三四五六七八九]年级|初[一二三中]|高[一二三中]|大[一二三四专学]|研究生|小学(?:[一二三四五六]年级)?|中学|幼儿园|职高|中专|技校)"
_CLASSES = (
    ("tekun", "特困(?:供养)?户|五保"),
    ("dibao", "低保户|低保对象"),
    ("watched", "监测户"),
    ("lifted", "脱贫户|建档立卡"),
    ("normal", "一般户"),
)


# ---------------------------------------------------------------- whose it is


def _owner(said: Said, at: int, family: bool = True) -> str | None:
    """The resident a place tells of: named not far before it, or meant by 她 since. Without `family` not one
    who is named as somebody's kin.
    """
    one = resident_before(said, at, family)
    if one is None:
        return None
    here, _end = sentence(said, at)
    reach = (
        _FAR_BY_PRONOUN if re.search("[他她]|自己", said.text[max(0, here - 40, at - 120) : at + 8]) else _FAR
    )
    return one.name if at - one.start < reach else None


def _kin_before(said: Said, at: int) -> str | None:
    """The kin whom a clause is about, where it is not the owner: 奶奶有高血压."""
    start, _stop = clause(said, at)
    found = list(re.finditer(_KIN, said.text[start:at]))
    if not found:
        return None
    end = start + found[-1].end()
    # 甘奶奶 is nobody's
    if named_at(said, end) or any(
        one.end >= end for one in between(said, start + found[-1].start() - 3, end)
    ):
        return None
    return found[-1][0]


def _fact(
    key: str, group: int | str = 0, sure: float = 0.92
) -> Callable[[Said, re.Match[str]], Iterator[Hit]]:
    """A reader that makes what a pattern found a fact of the resident it is told of; kin have a rule of their own."""

    def read(said: Said, match: re.Match[str]) -> Iterator[Hit]:
        start, end = match.span(group)
        whose = named_at(said, end + 1) if said.text.startswith("的", end) else None
        who = whose.name if whose else _owner(said, start)
        first = clause(said, start)[0]
        others = _OTHERS.search(said.text, first, start) or _kin_before(said, start)
        if key == "work" and _WISHED.search(said.text, first, start):
            return  # 想外出打工
        if who and (whose or not others):
            yield Hit("facts", Fact(who, key, said.typed[start:end]), start, end, sure)

    return read


def _health(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """An illness, of whom it is told or of their kin."""
    whose = named_at(said, match.end() + 1) if said.text.startswith("的", match.end()) else None
    who, kin = _owner(said, match.start()), _kin_before(said, match.start())
    if whose:  # 患白血病的祁小树
        who, kin = whose.name, None
    if (
        match["special"]
        or who is None
        or (kin and _ANYBODY.match(kin))
        or (kin and _LIFE.search(match[0]))
        or _TREATED.match(match[0])
        or said.text[match.start() - 1 : match.start()] == "对"
    ):
        return
    if not _OTHERS.search(said.text, clause(said, match.start())[0], match.start()):
        yield Hit(
            "facts", Fact(who, kin or "health", said.typed[match.start() : match.end()]), *match.span(), 0.92
        )


# ---------------------------------------------------------------- kin


def _kin(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """父亲服刑母亲改嫁: each with what is told of them, as a fact of whose kin they are."""
    kin = match[0]
    who = _owner(said, match.start(), family=False)
    if who is None or said.text[max(0, match.start() - 1) : match.start()] in tuple("我你俺"):
        return
    first, stop = clause(said, match.start())
    if said.text.startswith("们", match.end()) or _WISHED.search(said.text, first, stop):
        return
    start = match.end()
    named = named_at(said, start)
    start = named.end if named else start
    _first, stop = clause(said, start)
    if not said.text[start:stop].strip() and kin.startswith("双胞胎"):
        _first, stop = clause(said, stop + 1)
    following = re.compile(_KIN).search(said.text, start, stop)
    stop = following.start() if following else stop
    first, last = trimmed(said, start, stop)
    lead = _LEAD.match(said.text[first:last])
    first += lead.end() if lead else 0
    told = said.typed[first:last]
    if kin.startswith("双胞胎"):
        first = match.start()
        kin, told = "子女", said.typed[first:last]
    elif not _LIFE.search(said.text[first:last]) or (_ANYBODY.match(kin) and kin not in ("孩子", "子女")):
        return
    if 0 < len(told) <= 24 and who != (named.name if named else None):
        yield Hit("facts", Fact(who, kin, told), first, last, 0.92)


def _childless(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    if who := _owner(said, match.start()):
        yield Hit("facts", Fact(who, "子女", match[0]), *match.span(), 0.92)


def _guardian(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    if who := _owner(said, match.start()):
        # an old man who lives with his son has no guardian
        sure = 0.6 if re.search("儿|女|孙|媳", match["by"]) else 0.92
        yield Hit("facts", Fact(who, "guardian", match["by"]), *match.span("by"), sure)


# ---------------------------------------------------------------- by the role that stands before a name


def _by_role(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """留守儿童王小晴, 监测户崔长顺, 五保老人贺老汉."""
    for one in said.people:
        for key, value in _said_by_role(one):
            yield Hit("facts", Fact(one.name, key, value), one.start, one.end, 0.92)


def _said_by_role(one: Mention) -> Iterator[tuple[str, str]]:
    for value, words in _CLASSES:
        if re.search(words, one.role):
            yield "class", value
            break
    if "留守" in one.role:
        yield "tags", "left_behind"
        if "儿童" in one.role:
            yield "minor", "true"
    if re.search("特困(?!供养|户)|特别困难|困难", one.role):
        yield "tags", "hardship"


# ---------------------------------------------------------------- forms

_LABELS = {
    "家庭人口": "members",
    "家庭成员数": "members",
    "人口数": "members",
    "劳力": "labour",
    "所在组": "group",
    "村组": "group",
    "住房情况": "housing",
    "房屋": "housing",
    "饮用水": "water",
    "年人均收入": "income",
    "人均收入": "income",
    "人均纯收入": "income",
    "是否低保": "welfare",
    "联系电话": "phone",
    "帮扶人": "helper",
    "就读学校": "school",
    "身体状况": "health",
    "健康情况": "health",
}
_HEAD = re.compile("(?:户主|姓名|服务对象|案主): ?")
_FIELD = r"(?P<label>[一-鿿]{2,7}):[ ]?(?P<value>[^\n;。　\u3000]*?)(?=[ 　\u3000]{1,}[一-鿿]{2,7}:|[;。\n]|,[一-鿿]{2,7}:|$)"


def _form(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """户主：… 家庭人口：5人 致贫原因：因学、缺技术: what a form holds, under the household it is of."""
    label, value = match["label"], match["value"].strip()
    key = _LABELS.get(label) or key_of("facts", label)
    head = _HEAD.search(said.text, max(0, match.start() - _FAR_BY_PRONOUN), match.end())
    head_of = named_at(said, head.end()) if head else None
    if key is None or not value or head_of is None or key in ("card", "minor", "relation"):
        return
    start = match.start("value")
    level = re.search(r"[,、 ]*([A-D])级(?:危房)?", value) if key == "housing" else None
    if level:
        yield Hit(
            "facts",
            Fact(head_of.name, "house_level", level[1]),
            start + level.start(1),
            start + level.end(),
            0.95,
        )
        value = (value[: level.start()] + value[level.end() :]).strip(",、 ")
    for part in re.split("[、,]", value) if key in ("causes", "tags") else [value]:
        if (typed := _typed(key, part)) is not None:
            at = said.text.find(part, start)
            yield Hit("facts", Fact(head_of.name, key, typed), at, at + len(part), 0.95)


def _typed(key: str, part: str) -> str | None:
    """A fact's value as a file would read it; None where it is none."""
    if key in FACT_WORDS:
        return value_of(FACT_WORDS[key], part)
    if key == "phone":
        return part if re.fullmatch(r"1\d{10}|0\d{2,3}-?\d{7,8}", part) else None
    if key in ("members", "labour"):
        try:
            return str(read_count(part))
        except Unreadable:
            return None
    return part


_MONEY = rf"{NUMBER}多?(?:元|块钱?|万元?|来块)"

RULES = (
    Rule("kin", _KIN, _kin, "走访村民黄大山家，父亲正在服刑母亲改嫁。", (Fact("黄大山", "父亲", "服刑"), Fact("黄大山", "母亲", "改嫁")), "走访村民黄大山家，我父亲也打工。"),
    Rule("childless", "无儿无女|没有?子女|无子女|膝下无[子儿]女?", _childless, "韦阿婆无儿无女。", (Fact("韦阿婆", "子女", "无儿无女"),), "村里有人无儿无女。"),
    Rule(
        "guardian",
        rf"(?:随|跟着?|由|和)(?P<by>(?:(?:{_KIN}|保姆|护工)[和、]?){{1,2}})(?:一起|共同|在家)?(?:生活|过(?!去|来)|住|照[顾料看]|抚养|带大?|监护)",
        _guardian,
        "走访村民黄大山家，他现随爷爷奶奶生活。",
        (Fact("黄大山", "guardian", "爷爷奶奶"),),
        "孩子大多由奶奶带大。",
    ),
    Rule(
        "health",
        _ILL.pattern,
        _health,
        "村民黄大山自己患尿毒症三年了。",
        (Fact("黄大山", "health", "尿毒症"),),
        "全村有高血压患者。",
    ),
    Rule(
        "school",
        rf"(?<![一-鿿]在)(?:[读上念]|就读于?)(?P<value>{_SCHOOL})",
        _fact("school", "value"),
        "村民黄大山今年9岁，读三年级。",
        (Fact("黄大山", "school", "三年级"),),
        "村里孩子读三年级的不多。",
    ),
    Rule("age", r"(?:今年|现年|,|、|\()(?P<value>\d{1,3}岁)(?!以)", _fact("年龄", "value"), "村民黄大山今年52岁。", (Fact("黄大山", "年龄", "52岁"),), "60岁以上老人多。"),
    Rule("sex", r"(?<=,)(?P<value>[男女])(?=,)", _fact("sex", "value"), "服务对象：黄大山，男，81岁。", (Fact("黄大山", "sex", "男"),), "男，女，都来了。"),
    Rule("alone", "独居|空巢|孤儿|失独", _fact("tags"), "村民黄大山（3组，78岁，独居）", (Fact("黄大山", "tags", "独居"),), "独居31人。"),
    Rule(
        "members",
        r"(?:家庭人口|家里|全家|一家)(?:共|有)*(?P<value>\d{1,2})口?人",
        _fact("members", "value"),
        "村民黄大山家里6口人。",
        (Fact("黄大山", "members", "6"),),
        "一家2人都来了。",
    ),
    Rule(
        "no-welfare",
        r"(?:没有?|未|还没)(?:能)?(?:吃上|享受|纳入|办上?|评上)?低保(?![户标申])",
        _fact("welfare"),
        "村民黄大山家里到现在也没有吃上低保。",
        (Fact("黄大山", "welfare", "没有吃上低保"),),
        "村里没有低保户。",
    ),
    Rule(
        "welfare-sum",
        rf"低保金?(?:每月|一个月|一年)?[领拿有][^,。;\d]{{0,3}}{NUMBER}元",
        _fact("welfare"),
        "村民黄大山家低保每月领480元。",
        (Fact("黄大山", "welfare", "低保每月领480元"),),
        "低保标准是480元。",
    ),
    Rule(
        "welfare",
        r"(?<!没有)(?<!没)(?<!未)(?<!拟)(?<!申请)(?:享受|吃着?|已?纳入)了?低保(?!条件|申)",
        _fact("welfare"),
        "村民黄大山一家享受低保。",
        (Fact("黄大山", "welfare", "享受低保"),),
        "8户拟纳入低保。",
    ),
    Rule("house-level", r"(?P<value>[A-D])级(?:危房)?", _fact("house_level", "value"), "村民黄大山的房子估C级。", (Fact("黄大山", "house_level", "C"),), "A级景区。"),
    Rule("housing", r"土坯房?|砖[混木](?:结构)?(?:\d+平方?米)?|租住(?:在[^,。;]{2,12})?|石板房|窑洞", _fact("housing"), "村民黄大山的房子是土坯的。", (Fact("黄大山", "housing", "土坯"),), "拆了土坯墙的户有3户。"),
    Rule(
        "land",
        rf"(?:家里?|他|她|自己|承包|流转)[^,。;]{{0,6}}?(?:有|种[了着]?|承包了?|流转了?)(?P<value>{NUMBER}亩半?)",
        _fact("land", "value"),
        "村民黄大山家种了6亩玉米。",
        (Fact("黄大山", "land", "6亩"),),
        "合作社种了420亩。",
    ),
    Rule(
        "income",
        rf"(?:人均年?(?:纯)?收入|年收入|[毛净纯]收入|净落|净赚|月薪|月工资|月收入|(?:一个月|每月)[^,。;]{{0,6}}?(?:寄回来?|挣|收入|只有))[^,。;\d]{{0,2}}{_MONEY}|断了(?:进项|收入|经济来源)|没有(?:收入|经济)来源",
        _fact("income"),
        "村民黄大山一年下来，净落11万元。",
        (Fact("黄大山", "income", "净落11万元"),),
        "全村人均纯收入3860元。",
    ),
    Rule(
        "work",
        r"(?:常年|长年)?(?:在(?P<at>[^,。;、]{2,10}?)(?:打工|务工|上班|做工)|外出(?:打工|务工))",
        _fact("work"),
        "村民黄大山在广东打工。",
        (Fact("黄大山", "work", "在广东打工"),),
        "年轻人大多外出打工。",
    ),
    Rule("debt", rf"欠(?:着|了|下)?[^,。;]{{0,4}}?{_MONEY}(?:外债|债|账)?", _fact("欠债"), "村民黄大山家里欠着3万元外债。", (Fact("黄大山", "欠债", "欠着3万元外债"),), "村里欠着3万元。"),
    Rule("by-role", WHOLE, _by_role, "监测户黄大山家。", (Fact("黄大山", "class", "watched"),), "监测户12户。"),
    Rule(
        "form",
        _FIELD,
        _form,
        "户主：黄大山　家庭人口：5人　致贫原因：因学、缺技术",
        (Fact("黄大山", "members", "5"), Fact("黄大山", "causes", "school"), Fact("黄大山", "causes", "skill")),
        "家庭人口：5人",
    ),
)  # fmt: skip
