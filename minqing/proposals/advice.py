"""Advice: what somebody thinks should be done. 建议每周排一节谈心课, 劝他戒酒, 应该先清沟."""

import re
from collections.abc import Iterator

from minqing.model import Item
from minqing.proposals._compiled import compiled
from minqing.proposals._due import due_in
from minqing.proposals._items import ACT, clauses, item, said_of
from minqing.proposals._said import Hit, Rule, Said, clause, sentence
from minqing.proposals._speech import is_spoken
from minqing.proposals._trouble import has_trouble

_NO_MORE = compiled(
    "[我他她你了太]|说|答应|表示|对|因为|否则|不然|同意|免费|的$|"
    "^ *(?:以(?!后|前|每)|方便|从而|避免|确保|提高|保障|保证|增强|影响|该|特别|尤其|希望|这样|使|减少|缓解|毕竟)"
)
_ADVICE = (
    r"(?<![解规奉听])(?<!么)劝(?![走回退说开架阻导离都也了不过到缴学住返退])(?:[他她]们?|老人|大家|他们|"
    r"孩子)?(?=[^,。]{3,})|(?<!意见)(?<!合理化)(?<![条点些和的、])建议(?!书|如下|[,:。、;和与]|[^,。]{0,3}$|是|的|未|没|\d|收购价|"
    r"案(?!主)|被)(?:由|[他她]们?|老人|大家)?|提出(?=[^,。:]{0,8}(?:应|要把|得把))"
)
_FAR = 160  # signs; what is advised stands nearer
_SHOULD = compiled(
    "[要应该别莫少多先勿]|必须|不[能要可得]|最好|可以|不如|不妨|按时|每天|定期|不许|改成|以后|复查"
)
_EXPERT = "(?:技术员|农技员|医生|大夫|村医|护士|专家|律师|民警|兽医|教授|师傅|营养师|社工)"
_LIKELY = (
    r"(?<![的条点])(?:提议|倡议(?!书)|主张)(?:说|,)?|"
    r"(?:叮嘱|嘱咐|告诫(?!书)|奉劝|叮咛)(?:[他她]们?|老人|大家|孩子|家属)?[,:]?(?=[^,。]{3,})|"
    r"(?<![遗医叮])嘱(?![托咐])(?=[^,。]{2,})|(?:意见|看法|主意|意思)是(?=[^,。]{3,})|支了?个?招[:,]|"
    r"教(?:[他她]们?|老人|大家)(?!育|书|了|会|的)(?=[^,。]{2,})",
    r"(?:(?<![友温])提醒)(?:[他她]们?|老人|大家|孩子|家属)?[,:]?(?=[^,。]{3,})|(?:说|觉得|认为|提出|出主意|"
    r"表示)[^,。]{0,6}?(?=(?<!答)应该?|该(?!我)|最好|可以考虑|要把|不如|不妨|何不|干脆)|"
    r"(?<!还)(?:不如(?=[^,。]{3,})|倒不如|不妨|何不|最好(?![的吃看])(?=[^,。]{3,}))",
    r"(?<![也都不就还才])可以(?=先|搞|写进|考虑|试|把|找|申请|让|用|走|从)|"
    r"(?<=我说)你们?(?=赶[快紧]|先|别|要|最好|得)|(?<!应)该(?=[写给把先让找做办早])(?!我)|"
    r"提出[,:](?=[^,。:]{0,8}[应要得该])|(?:让|叫)(?:[他她]|老人|孩子)(?=少|多|按时|注意)|"
    r"你[^,。]{0,6}[得要](?=去|少|多)|发言[:,](?=[^。]{0,30}(?:要|应|别|不能))|"
    r"(?<=[一-鿿])(?<!的)建议,(?=[一-鿿]{3,})",
    rf"{_EXPERT}[^,。]{{0,4}}(?:说|讲|让|叫|要求|交代|"
    rf"嘱(?![咐托]))[,:]?(?=[^,。]{{0,14}}(?:[要得别应少多先勿停戒按忌补]|不能|最好|可以)[^,。]{{2,}})|我(?:跟|"
    rf"对|给)[^,。]{{1,4}}(?:讲|说|解释)[,:]?(?=[^,。]{{0,8}}(?:[要别应得先]|不能)[^,。]{{2,}})|"
    rf"(?<![答相供反适对响])应该?(?=把|先|给|由|让|多(?!少)|尽快|统一)",
)
# 让他先别烧煤, 不要再拉线, 叫她这礼拜就去县医院: what somebody is told for their own good.
_GOOD_FOR = "医院|卫生院|住院|检查|拍片|CT|吃药|用药|量血压|复查|戒|报警|隔开|休息|锻炼|喝水|防滑|插座|电线|断电|关[火气]|堂屋"
_WARNS = (
    r"(?:[让叫喊请劝]|告知|告诉|提醒|嘱咐?)(?:[他她]们?|大家|老人|家属|孩子|你们?|[一-鿿]{2,3}?)?(?=(?:先|千万|"
    r"可|再|也|都|以后)?(?:别|莫|不要)[^,。人的]{2,})|(?:^|(?<=[,。:“\n]))(?:大家|你们?(?:[^,。]{1,3}(?=别|莫))?|"
    r"各位|老人家|千万|[^,。]{2,6}就(?=别|莫))?(?=(?:先|千万|可|再|也|都)?(?:别|莫|不要)(?!人|的|处|提了|忘|客气|"
    r"担心|怕|急$|操心|说)[^,。]{2,})"
    rf"|[让叫](?:[他她]们?|老人|孩子|家属)(?=[^,。]{{0,8}}(?:{_GOOD_FOR}))"
)
_HOW_OFTEN = compiled(
    "[^,。]{0,6}(?:[一几两]句|半天|[几一两三]?[回次遍])$"
)  # 劝大伙一句: what stands behind it


def _advises(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    # 劝他想开点 consoles as often as it says what to do, and what 提出…应 says is wished as often
    yield from _advice(said, match, 0.92 if match[0].startswith("建议") else 0.8)


def _may_advise(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """Of a longer speech the clauses that say what should be done, else the first."""
    start, stop = match.end(), min(sentence(said, match.end())[1], match.end() + _FAR)
    parts = [part for part in clauses(said, start, stop) if part[1] - part[0] > 2][:4]
    if "提醒" in match[0]:  # of what is wrong as well
        parts = [part for part in parts if _SHOULD.search(said.text, *part)]
    for part in [*parts[:1], *[part for part in parts[1:] if _SHOULD.search(said.text, *part)][:1]]:
        if hit := item(said, "advice", *part, 0.73, who=said_of(said, match.start())):
            yield hit


def _advice(said: Said, match: re.Match[str], sure: float) -> Iterator[Hit]:
    """What stands behind the word, and the clauses that go on with it."""
    start, stop = match.end(), clause(said, match.end())[1]
    _first, end = sentence(said, start)
    if (stop - start < 3 or _HOW_OFTEN.match(said.text, start, stop)) and stop + 1 < end:
        behind = stop + 1, clause(said, stop + 1)[1]
        if _SHOULD.search(said.text, *behind) or ACT.search(said.text, *behind):
            start, stop = behind
        else:  # 建议住院，他怕花钱
            start = match.start()
        sure = 0.8
    if not (_SHOULD.search(said.text, start, stop) or ACT.search(said.text, start, stop)):
        sure = 0.75
    who = said_of(said, match.start())
    while True:
        due = due_in(said, start, stop)
        firm = due if due and due.firm else None
        if hit := item(said, "advice", start, stop, sure, firm, who=who):
            yield hit
        following = clause(said, stop + 1) if stop + 1 < end else None
        if (
            following is None
            or not _SHOULD.search(said.text, *following)
            or _NO_MORE.search(said.text[slice(*following)])
        ):
            return
        if has_trouble(said.text[slice(*following)]):
            return
        start, stop, sure = *following, min(sure, 0.8)  # what goes on may be a reason as well


def _warns(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    start, stop = match.end(), clause(said, match.start())[1]
    told = match[0][:1] in "让叫喊请劝告提嘱" and match[0]
    if not told and not is_spoken(said, start):
        return
    if re.search("答应|怪我|怨我", said.text[clause(said, start)[0] : start]) or stop - start < 3:
        return
    if hit := item(said, "advice", start, stop, 0.76 if told else 0.73, who=said_of(said, match.start())):
        yield hit


RULES = (
    Rule(
        "advises",
        _ADVICE,
        _advises,
        "我建议学校每周排一节谈心课。",
        (Item(0, "advice", "学校每周排一节谈心课", "school"),),
        "大家提了不少意见和建议。",
    ),
    Rule(
        "may-advise",
        "|".join(_LIKELY),
        _may_advise,
        "村医嘱咐她少吃腌菜。",
        (Item(0, "advice", "少吃腌菜", "farm"),),
        "这是最好的结果。",
    ),
    Rule(
        "warns",
        _WARNS,
        _warns,
        "我叫她先别用那个插座。",
        (Item(0, "advice", "先别用那个插座"),),
        "别人都走了，他不要。",
    ),
)
