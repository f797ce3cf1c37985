"""What people bring up: problems, needs, complaints and advice."""

import re
from collections.abc import Iterator

from minqing.model import Item
from minqing.proposals._due import due_in
from minqing.proposals._items import clauses, item, meant, points, speaker
from minqing.proposals._said import WHOLE, Hit, Rule, Said, clause, sentence

# ---------------------------------------------------------------- lists under a heading

_PEOPLE = "(?:群众|村民|居民|大家|大伙|他们|农户|家长|老人|群众的)?"
_LISTS = {
    "need": r"(?:(?:主要)?诉求|需[求要]|(?:群众|村民|居民|大家|他们)(?:的)?(?:要求|愿望|期盼|希望)|希望解决)(?:如下|有)?: ?",
    "complaint": r"(?:群众|村民|居民|大家|主要)意见(?:如下|有)?: ?",
    "problem": rf"(?:主要|存在的?|发现的?|{_PEOPLE}反映的?|突出|面临的?){{1,3}}(?:主要|突出|共性)?(?:问题|困难|难题)(?:如下|有|是)?: ?|(?:^|(?<=[。;\n]))(?:问题|困难)[:] ?",
    "advice": r"(?:以下|几[点条]|[一两三四五\d][点条])建议[:] ?|(?:^|(?<=[。;\n]))(?:我的)?建议[:] ?",
}


def _listed(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    kind = next(kind for kind, heading in _LISTS.items() if re.fullmatch(heading, match[0]))
    for start, stop in points(said, match.end()):
        for first, last in _advised(said, start, stop) if kind == "advice" else ((start, stop),):
            due = due_in(said, first, last)
            if hit := item(said, kind, first, last, 0.94, due.day if due else None, who=meant(said, first)):
                yield hit


def _advised(said: Said, start: int, stop: int) -> list[tuple[int, int]]:
    """A few short clauses are advice each; of a longer speech what begins with 要 or 应 is one."""
    parts = list(clauses(said, start, stop))
    if len(parts) <= 3:
        return parts
    first = next((part[0] for part in parts if re.search("[要应]", said.text[part[0] : part[1]])), start)
    return [(first, stop)]


# ---------------------------------------------------------------- needs

_WISH = (
    r"(?<![我有])(?:希望|盼(?:着|望|的是)?(?!头)|想(?=要(?!是)|申请|学|请|问|办|搞|把|外出|出去|建|修|装|种|养|买|找|让|换|开[个家]|做|给)|请求|恳请|渴望(?=能|有|得到)|急需|巴望|(?<=[他她众民家户人])要求(?=[^,。:]{2,})|(?<=[,。;])要求(?=赔|补偿|给个?说法|退[还钱]|尽快|重新)|"
    r"托我|问(?=[^,。“]{0,16}(?:怎么办|能不能|行不行|可不可以|怎么|哪里|多少|比例|标准|手续|条件|流程))|要是(?=[^,。]{2,20}就好了?))"
)
_NOT_WISH = re.compile(
    r"(?:渴望|希望|盼着?)[^,。]{0,4}(?:快乐|幸福|健康|美好|茁壮|平安|温暖|关爱)|想要?是|希望(?:的|之|在)|要求(?:是|的|各|每|干部|驻村|党员|如下)|想(?:到|起|了|法|不到|办法)"
)
_MORE = re.compile(
    r"\s*(?:也|还|并|同时)?(?:希望|盼|提供|修建?|建设?|解决|落实|增加|改善|安装|开通|发展|协调|帮助|尽快|把)"
)
_BY_WRITER = re.compile("我们?(?:还|都|也|只)?$|乡(?:里)?$|镇(?:里)?$|县(?:里)?$|[会组]$")


def _wishes(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    start, stop = match.start(), clause(said, match.start())[1]
    first, end = sentence(said, start)
    if _NOT_WISH.match(said.text, start) or _BY_WRITER.search(said.text[max(first, start - 4) : start]):
        return
    sure = (
        0.92
        if speaker(said, start)
        or re.search(
            "群众|村民|居民|大家|大伙|[他她]们?|住户|家长|老人|说", said.text[max(first, start - 60) : start]
        )
        else 0.85
    )
    while True:
        due = due_in(said, start, stop)
        if hit := item(
            said, "need", start, stop, sure, due.day if due else None, who=_who(said, match.start())
        ):
            yield hit
        more = _MORE.match(said.text, stop + 1, end)
        if not more or re.match(_WISH, said.text[stop + 1 : end].lstrip("也还并同时")):
            return
        start, stop = stop + 1, clause(said, stop + 1)[1]


def _who(said: Said, at: int) -> str | None:
    told = speaker(said, at)
    return told.name if told else meant(said, at)


# ---------------------------------------------------------------- problems, complaints

_SAYS = (
    r"(?:(?<!向[^,。]{2})(?<!向[^,。]{3})(?<!向[^,。]{4})(?<!向[^,。]{5})(?<!向[^,。]{6})反映(?:最多的|最集中的|较多的|最强烈的)?(?:是|说|,|:)?(?![的,])|(?:还有的|有的|有人|也有人)(?:提出|说|担心|抱怨)|抱怨(?:说)?|"
    r"最(?:愁|头疼|难|担心|怕|挂心|操心|揪心|发愁)的(?:事情?|问题)?(?:就|还)?是|难处(?:是|在于)|担心的?是?|怕的?是|投诉(?:说)?|诉苦(?:说)?)"
)
_ANGRY = re.compile(
    "不公|公开|不及时|账|态度|乱收|跑腿|推诿|偏心|不透明|拖着|没人管|优亲厚友|不合理|扰民|占了"
)
_VAGUE = re.compile("^(?:了|的|问题|与|和|诉求|需求|情况|意见|许多|很多|一些|的问题|强烈|出来|到|出|较多)*$")
_OPINIONS = r"(?:对|就|针对)(?P<what>[^,。]{2,60}?)(?:等)?(?:方面|问题|事项)?(?:的问题)?(?:提出|有|表达)了?(?:[一些许多很不少]*)(?:意见|不满|看法|疑问)"
_TROUBLE = re.compile(
    "漏[雨水]|渗漏|堵[了塞死]|坏了|断了|烧了|塌[了陷]|裂[了缝]|失修|坑坑洼洼|坑洼|泥泞|太[窄陡远贵旧暗滑]|路窄|缺[水电钱人药劳资技少]|缺了|不够|不足|没有(?:力气|冷库|低保|人管|收入|技术|资金|着落|地方|路|水|电|信号|工作|说法)|"
    "没人(?:管|照顾|照看|种|修|要|辅导)|[办干管看听走吃喝买卖种修做浇报上下进出还付供用]不[了起动上好清见到着开完出进下便]|不会[办用弄写]|不(?:通|及时|敢下|公平|合理|符|同意拆|愿[搬出签走])|进不[去来]|走失|忘关|打(?:瞌睡|架|起来)|吵[架闹]?|"
    "占道|占了|倒灌|淹[了没]|冲毁|垮了|停了?工|断了进项|没(?:签|发|到|批|落实|兑现|办)|拖欠|欠着|差(?:一|两|几|\\d)[张个份]|卡在|雷同|脱岗|账实不符|笼统|卖不出|贱卖|烂在|睡不|闷闷|打不开|信号(?:也)?不好|"
    r"外流|撂荒(?![地约\d])|太贵|涨价|发愁|犯愁|难题|矛盾|纠纷|扯皮|隐患|危险|臭|脏乱|垃圾(?:没|成|乱)|噪音|老化|(?:取暖|质量|条件|身体|睡眠)不行|还差|停了[一二两三四五六七几\d]+天|被[挖占淹毁砸]|不亮|摔(?:了|过|倒)|生病|发了[^,。]{1,6}病|死活不|不肯|不愿意|不能搬|管不住|[较很普遍]差|缺乏|无力|没(?:有)?时间|照抄|躲|辅导不了|药快断|报不了"
)
# Of these hardly one means anything else.
_PLAIN_TROUBLE = re.compile(
    "漏[雨水]|渗漏|堵[了死]|坏了|断了|烧了|塌了|垮了|失修|坑坑洼洼|太[窄陡]|没人(?:管|修|辅导)|进不[去来]|浇不上|辅导不了|打瞌睡|占道|倒灌|没有力气|睡不(?:着|踏实|好)|脱岗|雷同|"
    r"缺了[一两三]|还?差[一两三几\d][张个份]|信号(?:也)?不好|卡在|发了[^,。]{1,6}病|占了|不及时|不会办|见了生人就躲|打起来"
)
_SOLVED = re.compile(
    "不得|解决|修好|办好|好了|劝开|没有?(?:漏|堵|坏|断|问题|困难)|不再|不愁|已(?:通|修|换)|防止|避免|如果|要是|预防|以免|为了|怎么才能"
)


def _says(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """群众反映最多的是灌溉缺水, 有的担心占了菜地, 最愁的是没有冷库."""
    start, stop = match.end(), clause(said, match.end())[1]
    if stop - start < 3 and stop + 1 < sentence(said, match.start())[1]:
        start, stop = stop + 1, clause(said, stop + 1)[1]
    text = said.text[start:stop]
    if _VAGUE.match(text) or (re.search("提出|反映", match[0]) and re.search("应|建议|^了|情况$", text)):
        return
    kind = "complaint" if _ANGRY.search(text) else "problem"
    if hit := item(said, kind, start, stop, 0.92, who=_who(said, match.start())):
        yield hit


def _opinions(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """对村务公开、土地纠纷、灌溉缺水等问题提出了意见."""
    at = match.start("what")
    for part in match["what"].split("、"):
        if hit := item(said, "complaint", at, at + len(part.removesuffix("等")), 0.92):
            yield hit
        at += len(part) + 1


def _troubles(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """涵洞堵了，雨大要倒灌: a clause with a word of trouble, and what follows from it."""
    last = -1
    for start, stop in clauses(said, 0, len(said.text)):
        text = said.text[start:stop]
        if start < last or not _TROUBLE.search(text) or _SOLVED.search(text) or "我" in text[:3]:
            continue
        _first, end = sentence(said, start)
        following = clause(said, stop + 1) if stop + 1 < end else (stop, stop)
        if _TROUBLE.search(said.text, *following) or re.match(
            "一[到下]|就|会|雨大|浇|大车|农用车", said.text[following[0] : following[1]]
        ):
            stop = last = following[1]
        sure = (
            0.91
            if _PLAIN_TROUBLE.search(text) and not _SOLVED.search(said.text, start, following[1])
            else 0.75
        )
        if hit := item(said, "problem", start, stop, sure, who=_who(said, stop)):
            yield hit


# ---------------------------------------------------------------- advice

_NO_MORE = re.compile("[我他她你了太]|说|答应|表示|对|因为|否则|不然|同意")
_ADVICE = r"(?<![解规奉听])(?<!么)劝(?![说开架阻导离都也了不])(?:[他她]们?|老人|大家|他们|孩子)?(?=[^,。]{3,})|(?<!意见)(?<!合理化)(?<![条点些和的、])建议(?!书|如下|[,:。、;和与]|[^,。]{0,3}$|是|案|被)(?:由)?|提出(?=[^,。:]{0,8}(?:应|要把|得把))"


def _advises(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    start, stop = match.end(), clause(said, match.end())[1]
    _first, end = sentence(said, start)
    while True:
        due = due_in(said, start, stop)
        if hit := item(
            said,
            "advice",
            start,
            stop,
            0.92,
            due.day if due and due.firm else None,
            who=_who(said, match.start()),
        ):
            yield hit
        following = clause(said, stop + 1) if stop + 1 < end else None
        if following is None or _NO_MORE.search(said.text, *following):
            return
        start, stop = following


RULES = (
    Rule(
        "listed",
        "|".join(_LISTS.values()),
        _listed,
        "主要问题：一是路窄弯急，大车进不来；二是地没人种。",
        (Item(0, "problem", "路窄弯急，大车进不来", "road"), Item(0, "problem", "地没人种", "farm")),
        "这个问题我记下了。",
    ),
    Rule(
        "wishes",
        _WISH,
        _wishes,
        "村民希望修一条水渠，也盼着建一个活动室。",
        (Item(0, "need", "希望修一条水渠", "water"), Item(0, "need", "盼着建一个活动室", "culture")),
        "我希望大家都好，看到了希望。",
    ),
    Rule(
        "says",
        _SAYS,
        _says,
        "群众反映最多的是灌溉缺水。",
        (Item(0, "problem", "灌溉缺水", "water"),),
        "他反映了情况。",
    ),
    Rule(
        "opinions",
        _OPINIONS,
        _opinions,
        "群众还对村务公开、农田灌溉缺水等问题提出了意见。",
        (Item(0, "complaint", "村务公开", "affairs"), Item(0, "complaint", "农田灌溉缺水", "water")),
        "大家提出了许多宝贵的意见。",
    ),
    Rule(
        "troubles",
        WHOLE,
        _troubles,
        "涵洞堵了，雨大要倒灌。",
        (Item(0, "problem", "涵洞堵了，雨大要倒灌", "water"),),
        "灯坏了已经修好。",
    ),
    Rule(
        "advises",
        _ADVICE,
        _advises,
        "我建议学校每周排一节谈心课。",
        (Item(0, "advice", "学校每周排一节谈心课", "school"),),
        "大家提了不少意见和建议。",
    ),
)
