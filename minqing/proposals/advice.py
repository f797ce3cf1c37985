"""Advice: what somebody thinks should be done. 建议每周排一节谈心课, 劝他戒酒, 应该先清沟."""

import re
from collections.abc import Iterator

from minqing.model import Item
from minqing.proposals._due import due_in
from minqing.proposals._items import clauses, item, said_of
from minqing.proposals._said import Hit, Rule, Said, clause, sentence
from minqing.proposals._trouble import has_trouble

_NO_MORE = re.compile(
    "[我他她你了太]|说|答应|表示|对|因为|否则|不然|同意|免费|的$|^ *(?:以(?!后|前|每)|方便|从而|避免|确保|提高|保障|保证|增强|影响|该|特别|尤其|希望|这样|使|减少|缓解|毕竟)"
)
_ADVICE = r"(?<![解规奉听])(?<!么)劝(?![说开架阻导离都也了不过到缴学住返退])(?:[他她]们?|老人|大家|他们|孩子)?(?=[^,。]{3,})|(?<!意见)(?<!合理化)(?<![条点些和的、])建议(?!书|如下|[,:。、;和与]|[^,。]{0,3}$|是|案|被)(?:由|[他她]们?|老人|大家)?|提出(?=[^,。:]{0,8}(?:应|要把|得把))"
_FAR = 160  # signs; what is advised stands nearer
_SHOULD = re.compile("[要应该别莫少多先勿]|必须|不[能要可得]|最好|可以|不如|不妨|按时|每天|定期")
_EXPERT = "(?:技术员|农技员|医生|大夫|村医|护士|专家|律师|民警|兽医|教授|师傅|营养师|社工)"
_LIKELY = (
    r"(?<![的条点])(?:提议|倡议(?!书)|主张)(?:说|,)?|(?:叮嘱|嘱咐|交代|(?<![友温])提醒|告诫(?!书)|奉劝|叮咛)(?:[他她]们?|老人|大家|孩子|家属)?[,:]?(?=[^,。]{3,})|(?<![遗医叮])嘱(?![托咐])(?=[^,。]{2,})|(?:说|觉得|认为|提出|出主意|表示)[^,。]{0,6}?(?=应该?|该|最好|可以考虑|要把|不如|不妨|何不|干脆)|(?<!还)(?:不如(?=[^,。]{3,})|倒不如|不妨|何不|最好(?![的吃看])(?=[^,。]{3,}))|(?<![也都不就还才])可以(?=先|写进|考虑|试|把|找|申请|让|用|走|从)|(?<=我说)你们?(?=赶[快紧]|先|别|要|最好|得)|(?<!应)该(?=[写给把先让找做办])|提出[,:](?=[^,。:]{0,8}[应要得该])|(?:意见|看法|主意|意思)是(?=[^,。]{3,})|支了?个?招[:,]|(?:让|叫)(?:[他她]|老人|孩子)(?=少|多|别|不要|按时|注意|先别)|你[^,。]{0,6}[得要](?=去|少|多)|你们?[^,。]{0,6}别(?=[一-鿿]{2})|发言[:,](?=[^。]{0,30}(?:要|应|别|不能))|(?<=[一-鿿])(?<!的)建议,(?=[一-鿿]{3,})"
    rf"|{_EXPERT}[^,。]{{0,4}}(?:说|讲|让|叫|要求|交代|嘱)[,:]?(?=[^,。]{{0,14}}(?:[要得别应少多先勿停戒按忌补]|不能|最好|可以)[^,。]{{2,}})|我(?:跟|对|给)[^,。]{{1,4}}(?:讲|说|解释)[,:]?(?=[^,。]{{0,8}}(?:[要别应得先]|不能)[^,。]{{2,}})|(?<![相供反适对响])应该?(?=把|先|给|由|让|多(?!少)|尽快|统一)"
)


def _advises(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    yield from _advice(said, match, 0.92)


def _may_advise(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """Of a longer speech the clauses that say what should be done, else the first."""
    start, stop = match.end(), min(sentence(said, match.end())[1], match.end() + _FAR)
    parts = [part for part in clauses(said, start, stop) if part[1] - part[0] > 2][:4]
    for part in [part for part in parts if _SHOULD.search(said.text, *part)][:2] or parts[:1]:
        if hit := item(said, "advice", *part, 0.73, who=said_of(said, match.start())):
            yield hit


def _advice(said: Said, match: re.Match[str], sure: float) -> Iterator[Hit]:
    """What stands behind the word, and the clauses that go on with it."""
    start, stop = match.end(), clause(said, match.end())[1]
    _first, end = sentence(said, start)
    if stop - start < 3 and stop + 1 < end:
        start, stop = stop + 1, clause(said, stop + 1)[1]
    who = said_of(said, match.start())
    while True:
        due = due_in(said, start, stop)
        firm = due if due and due.firm else None
        if hit := item(said, "advice", start, stop, sure, firm, who=who):
            yield hit
        following = clause(said, stop + 1) if stop + 1 < end else None
        if following is None or _NO_MORE.search(said.text[slice(*following)]):
            return
        if has_trouble(said.text[slice(*following)]):
            return
        start, stop, sure = *following, min(sure, 0.8)  # what goes on may be a reason as well


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
        _LIKELY,
        _may_advise,
        "村医嘱咐她少吃腌菜。",
        (Item(0, "advice", "少吃腌菜", "farm"),),
        "这是最好的结果。",
    ),
)
