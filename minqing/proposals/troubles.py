"""Problems and complaints: what people say is wrong, with 反映 or 最愁的是 before it or without."""

import re
from collections.abc import Iterator

from minqing.model import Item
from minqing.proposals._compiled import compiled
from minqing.proposals._items import clauses, item, named_at, said_of
from minqing.proposals._said import WHOLE, Hit, Rule, Said, between, clause, line, sentence
from minqing.proposals._speech import is_spoken
from minqing.proposals._trouble import PLAIN, TROUBLE, has_trouble, is_of_body, is_over, is_past

_SAYS = (
    r"(?:(?<!向[^,。]{2})(?<!向[^,。]{3})(?<!向[^,。]{4})(?<!向[^,。]{5})(?<!向[^,。]{6})反映(?!事项|人|的?情况|"
    r"渠道|途径|电话|了?问题|内容)(?:最多的|最集中的|较多的|最强烈的)?(?:是|说|,|:)?(?![的,])|抱怨(?:说)?|"
    r"(?:最|[他她家里众民]现?在?)(?:愁|头疼|难|担心|怕|挂心|操心|揪心|发愁|苦恼|烦)的(?:事情?|问题)?(?:就|还)?是|"
    r"难处(?:是|在于)|(?<![不别要用])担心的?是?|(?<![不别])怕的?是|投诉(?:说)?(?![的人])|诉苦(?:说)?|"
    r"(?:倒|吐|诉)(?:起了?|了|出了?)?苦水[:,]?)"
)
_SOME_SAY = r"(?:还有的|有的|有人|也有人|有群众|有村民|有居民|有住户)(?:提出|说|担心|抱怨|讲|问)"
_ANGRY = compiled("不公|公开|不及时|账|态度|乱收|跑腿|推诿|偏心|不透明|拖着|没人管|优亲厚友|不合理|扰民|占了")
_VAGUE = compiled(
    "^过[^,。]*的事|^(?:了|的|问题|与|和|诉求|需求|情况|意见|许多|很多|一些|的问题|强烈|出来|到|出|较多)*$"
)
_NO_TROUBLE = compiled("应|建议|最好|^了|情况$")
_OPINIONS = (
    r"(?:对|就|针对)(?P<what>[^,。]{2,60}?)(?<!没)(?:等)?(?:方面|问题|事项)?(?:的问题)?(?:提出|有|"
    r"表达)了?(?:[一些许多很不少]*)(?:意见|不满|看法|疑问)"
)
_FOLLOWS = compiled("一[到下]|就|会|雨大|浇|大车|农用车")
# What begins so is a wish, advice, a promise or a deed, and no more of the trouble before it.
_OTHER = compiled(
    "[^,。]{0,4}(?:希望|盼|想|建议|要求|请求|托|答应|承诺|保证)|(?:我们?|已|当场|现场|马上|立即)(?!们?家)"
)
_OURS = compiled(
    "\\s*(?:而且|但是?|可是?|所以|因为)?(?:我们|我(?!们?家|这|的|老|家|爸|妈|儿|女|孙|身|腿|腰|眼|一个人)|本人)"
)
_MAYBE_NOT = compiled(
    "的\\d+[户个处人间]|保险|手机|电话|喇叭|眼镜|我的|[笔绳线](?:子)?断|[前内](?=把)|自己|去年|前年|上个月|\\d{4}年|我(?!们?家|们?村)"
)
# 写到一半风扇坏了, 半路车胎坏了, 电视里放打架的: the writer's own day, or a story
_OWN_DAY = compiled(
    "[写走唱演讲放开骑]到|半路|路上轮?车?|今天[^,。]{0,3}[相手]机|车胎|轮胎|电视|唱|表演|故事|相机|[钢铅]?笔|鞋|话筒|音响(?=坏)|小伙子|年轻时|梦|谁家|怕|坏了[一两三几]?[回次]"
)
# what is done about it is told next: 笔坏了，换支笔接着写
_MENDED = compiled(
    "(?<![没不未能会])(?:修[好了上补完]|换(?:了|支|个新|上)|[钉补焊粘锔借挪搬劈拧]|当天就|清唱|还能用|翻新|早没人)"
)
_OF_THINGS = compiled("(?:漏[雨水]|渗水|占道(?:经营|停放)?|打架|乱[堆停扔倒搭]|坏|断|堵)的(?=[^,。的]{2})")
_COUNTS = compiled(r"\d.*\d")  # 渗水5处,泡坏电动车2辆: somebody adds up what was
# what is talked of, and no trouble yet
_AGENDA = compiled("\\s*(?:议题|主题|议程|标题|事由|案由)[^。\\n:]{0,4}:")
_SHORT, _LEAD = 8, 25  # signs of a clause that needs the one before it, and of that
_NEAR = 16  # signs behind a trouble that tell it is over
_FAR = 80  # signs of what is told as one trouble


def _says(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """群众反映最多的是灌溉缺水, 最愁的是没有冷库."""
    before = said.text[clause(said, match.start())[0] : match.start()]
    if match[0].endswith(",") and re.search("[到向]|多次", before):
        return
    trouble = has_trouble(said.text[match.end() : clause(said, match.end())[1]])
    of_things = _OF_THINGS.match(said.text, match.end())
    mine = before.endswith(("我", "我最"))
    likely = match[0] == "怕是"  # 怕是拖不久: it may be, and nobody is afraid
    yield from _told(said, match, 0.92 if trouble and not (of_things or mine or likely) else 0.75)


def _some_say(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """有的担心占了菜地, 有人说路基太窄: sure where it sounds like trouble."""
    trouble = has_trouble(said.text[match.end() : clause(said, match.end())[1]])
    yield from _told(said, match, 0.92 if trouble else 0.7)


def _told(said: Said, match: re.Match[str], sure: float) -> Iterator[Hit]:
    start, stop = match.end(), clause(said, match.end())[1]
    if stop - start < 3 and has_trouble(said.text[start:stop]):
        start = match.start()  # 有的说路窄，有的说够宽
    if (stop - start < 3 or said.text[start:stop].endswith(("说", "称"))) and stop + 1 < sentence(
        said, match.start()
    )[1]:
        start, stop = stop + 1, clause(said, stop + 1)[1]
    text = said.text[start:stop]
    if (
        _VAGUE.match(text)
        or ((one := named_at(said, start)) and one.end == stop)
        or is_of_body(text)
        or (re.search("提出|反映|说", match[0]) and _NO_TROUBLE.search(text))
    ):
        return
    stop, _over = _more(said, start, stop)
    kind = "complaint" if _ANGRY.search(said.text, start, stop) else "problem"
    if hit := item(said, kind, start, stop, sure, who=said_of(said, match.start())):
        yield hit


def _opinions(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """对村务公开、土地纠纷、灌溉缺水等问题提出了意见."""
    at = match.start("what")
    for part in match["what"].split("、"):
        if hit := item(said, "complaint", at, at + len(part.removesuffix("等")), 0.92):
            yield hit
        at += len(part) + 1


def _troubles(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """涵洞堵了，雨大要倒灌: a clause that tells of trouble, with those behind it that tell more of it."""
    last = -1
    for start, stop in clauses(said, 0, len(said.text)):
        text = _nameless(said, start, stop)
        if start < last or not has_trouble(text) or (_OURS.match(text) and not is_spoken(said, start)):
            continue
        if start > sentence(said, start)[0] and is_past(said.text[slice(*clause(said, start - 1))]):
            continue
        stop, over = _more(said, start, stop)
        if stop - start < _SHORT:
            start = _led(said, start, last)
        last = stop
        whole = _nameless(said, start, stop)
        # one of the words may mean something else, three hardly do
        plain = PLAIN.search(text) or len({word[0] for word in TROUBLE.finditer(whole)}) > 2
        doubtful = (
            over
            or is_of_body(whole)
            or _AGENDA.match(said.text, line(said, stop)[0])
            or any(words.search(whole) for words in (_MAYBE_NOT, _COUNTS, _OWN_DAY, _OF_THINGS))
            or _MENDED.search(said.text, stop, min(sentence(said, start)[1], stop + _NEAR))
        )
        # whether somebody is to see to it or it is told in passing, its own words do not say
        sure = 0.85 if plain and not doubtful else 0.7
        kind = "complaint" if _ANGRY.search(text) else "problem"
        if hit := item(said, kind, start, stop, sure, who=said_of(said, stop)):
            yield hit


def _nameless(said: Said, start: int, stop: int) -> str:
    """A clause with every name gone: 危师傅 tells of no danger, 费大山 of no fee."""
    text = said.text[start:stop]
    for one in between(said, start, stop):
        text = text.replace(said.text[one.start : one.end], "某" * (one.end - one.start))
    return text


def _led(said: Said, start: int, last: int) -> int:
    """Where a short clause of trouble is led up to: 电压低，打谷机带不动."""
    first, _end = sentence(said, start)
    if start <= max(first, last + 1) or said.text[start - 1] not in ",:":
        return start
    before, end = clause(said, start - 1)
    text = said.text[before:end]
    leads = (
        before > last
        and 1 < len(text) < _LEAD
        and not (_OTHER.match(text) or is_over(text) or is_of_body(text))
    )
    return before if leads and not _OURS.match(text) else start


def _more(said: Said, start: int, stop: int) -> tuple[int, bool]:
    """Where a trouble that begins in a clause ends, and whether it is told to be over."""
    end = min(sentence(said, start)[1], start + _FAR)
    while stop + 1 < end:
        first, last = clause(said, stop + 1)
        text = said.text[first:last]
        if is_over(text):
            return stop, True
        if last > end or _OTHER.match(text) or not (has_trouble(text) or _FOLLOWS.match(text)):
            return stop, False
        stop = last
    return stop, False


RULES = (
    Rule(
        "says",
        _SAYS,
        _says,
        "群众反映最多的是灌溉缺水。",
        (Item(0, "problem", "灌溉缺水", "water"),),
        "他反映了情况。",
    ),
    Rule(
        "some-say",
        _SOME_SAY,
        _some_say,
        "有人说路基太窄。",
        (Item(0, "problem", "路基太窄", "road"),),
        "有人在说笑。",
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
)
