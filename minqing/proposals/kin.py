"""What is told of a resident's kin, and who looks after whom: 父亲服刑, 老公在广东做建筑, 随奶奶生活."""

import re
from collections.abc import Iterator

from minqing.model import Fact
from minqing.proposals._compiled import compiled
from minqing.proposals._items import trimmed
from minqing.proposals._life import says_own, says_plainly, what_befell
from minqing.proposals._names import name_at
from minqing.proposals._said import WHOLE, Hit, Mention, Rule, Said, between, clause, sentence
from minqing.proposals._whose import (
    ANYBODY,
    CERTAIN,
    CHILDREN,
    KIN,
    LIKELY,
    is_dictated,
    is_young,
    named_as_kin,
    next_clause,
    of_others,
    owner_before,
    stretch,
    tokens,
    whose,
)
from minqing.surnames import SURNAMES, is_han

_MOST = 24  # signs of what is told of somebody's kin
_LEAD = compiled(
    r"^(?:们|两口子|儿媳|媳妇|正在|现在|现|都在(?=[读上念])|都|也|还|又|是|则|目前|如今|今年|已经?|刚刚?|的|就|"
    r"[一-鿿]{1,3}(?:叫|是)(?=[一-鿿]{2,3}$))+(?!家)"
)
_WISHED = compiled("建议|考虑|希望|如果|要是|盼|想(?!不)|打算|答应|约|叫他|让他|准备")
_ASKED = compiled("能不能|能否|是不是|有没有|要不要|可不可以|够不够")
# Of these more than one may be meant, or whose they are is seldom plain: an old man's son is the next one's father.
_DOUBTFUL = compiled(r"[两俩三四\d]|.*[儿女孙媳婿]")
_TELLS = compiled(r"[说讲问]|\d{1,3}岁$|(?:说|讲|问|电话).{0,4}$|.*的[一-鿿]{2,3}[一二三四五六七八九\d]")
_AWAY = compiled(
    "(?:都|也|还)?在(?!家|旁|场|边|那|这|哭|一|电话|门)(?![一-鿿]*[喊陪等看哭叫玩睡坐站说做])[一-鿿]{2,6}"
)  # 爸妈都在常州
_EVENT = compiled(
    "咋|怎么|吗$|如何|打(?:来|了)?(?:个)?电话|赶(?:过)?来|送来|接走|来接|回话|一起|旁边|在场|说$"
)


def _kin(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """父亲服刑母亲改嫁: each with what is told of them, as a fact of whose kin they are."""
    for token in tokens(said, 0, len(said.text)):
        if token.means == "kin":
            yield from _told_of(said, token.start, token.end, token.words)
        elif token.means == "somebody":
            one = next(one for one in between(said, token.start, token.start + 1) if one.name == token.words)
            if named_as_kin(one):
                # 妻子汤秀患类风湿 is told of her, and so it is of her husband
                told = next_clause(said, one.end) or clause(said, one.end)
                own = says_own(said.text, one.end, told[1])
                yield from _told_of(
                    said, one.start - len(one.role), one.end, one.role, LIKELY if own else CERTAIN
                )


def _told_of(said: Said, at: int, end: int, kin: str, most: float = CERTAIN) -> Iterator[Hit]:
    before = said.text[max(0, at - 1) : at]
    owner = owner_before(said, at)
    if owner is None or before in ("我", "你", "俺", "咱") or said.text.startswith("们", end):
        return
    one, sure = owner
    if ANYBODY.match(kin) or (CHILDREN.search(kin) and is_young(said, one)) or of_others(said, at, one):
        return
    other = whose(said, at)
    if other is None or other.name != one.name or not _is_theirs(said, at, kin, one):
        sure = LIKELY
    first, stop = _stretch(said, end, kin)
    text = said.text[first:stop]
    if (
        not (what_befell(said.text, first, stop) or _AWAY.fullmatch(text))
        or _WISHED.search(said.text, clause(said, at)[0], stop)
        or _ASKED.search(text)
        or _TELLS.match(text)
        or not 0 < stop - first <= _MOST
    ):
        return
    unknown = said.text[first : first + 1] in SURNAMES and name_at(
        said.text, first, SURNAMES
    )  # 次女强静读高一
    rest = said.text[end : clause(said, end)[1]]  # may be a name: 公公波应,胃癌
    if (
        named_as_kin(one)  # 长子糜飞…, 两个孙女: hardly his
        or is_dictated(said, at)
        or _DOUBTFUL.match(kin)
        or (first >= end + len(rest) and re.fullmatch("[一-鿿]{2,3}", rest))
    ):
        sure = LIKELY
    if CHILDREN.match(kin) and KIN.search(said.text, sentence(said, at)[0], at):
        sure = LIKELY  # 她去陪护小孙女了,孩子得的是肺炎
    if unknown or _EVENT.search(text) or not says_plainly(said.text, at, stop):
        sure = LIKELY
    if kin.startswith("双胞胎") or kin in ("大的", "小的", "老大", "老二", "老三"):
        kin, first, sure = "子女", at, LIKELY  # 两个孙女,大的读初二
    elif twin := _SECOND.search(said.text, max(0, at - 4), at):
        kin = twin[0]  # 儿子儿媳在东莞 is told of the son
    yield Hit("facts", Fact(one.name, _called(kin), said.typed[first:stop]), first, stop, min(sure, most))


_SECOND = compiled("(?:儿子|爸爸?|父亲|爷爷|外公)(?:和|、)?$")
# What kin are called in a ledger, however people call them.
_CALLED = {
    "父亲": "爸爸?|爹|老爹|老爸|阿爸|阿爹",
    "母亲": "妈妈?|娘|老娘|老妈|阿妈|额吉",
    "父母": "爸妈|爹娘|爹妈|爸爸妈妈|父母双?亲?",
    "丈夫": "男人|老公",
    "妻子": "老婆|婆娘|堂客",
    "公公": "老公公",
    "子女": "[一两俩三四\\d]?个?(?:孩子|小孩子?|娃|娃娃|娃儿|儿女|崽|子女)",
}


def _called(kin: str) -> str:
    plain = next((plain for plain, words in _CALLED.items() if re.fullmatch(words, kin)), kin)
    return re.sub(r"^[一两俩三四\d]个?", "", plain)


def _is_theirs(said: Said, at: int, kin: str, owner: Mention) -> bool:
    """Whether kin are plainly the owner's, and not those of somebody told of in between, or anybody's children."""
    before = said.text[max(0, at - 2) : at]
    if before.endswith("的"):
        return owner.end >= at - 2 or before[0] in "他她其家"
    plain = not is_han(before[-1:]) or before[-1] in "他她其家个" or owner.end == at
    return plain or not CHILDREN.match(kin)


def _stretch(said: Said, end: int, kin: str) -> tuple[int, int]:
    """What is told of kin: the rest of the clause, else the next one."""
    first, stop = stretch(said, end)
    following = next_clause(said, end)
    goes_on = (
        following
        and not _AWAY.fullmatch(said.text[first:stop])
        and said.text[stop : stop + 1] in ",:("
        and not re.match("[说讲问]", said.text[following[0] :][:1])
    )
    if (
        goes_on
        and following
        and not what_befell(said.text, first, stop)
        and not next(tokens(said, *following), None)
    ):
        first, stop = following  # 老父亲80多岁, 半自理
    if said.text[end : end + 1] == "(":
        closing = said.text.find(")", first, stop)
        stop = closing if closing > 0 else stop
    first, stop = trimmed(said, first, stop)
    stop -= len(said.text[first:stop]) - len(said.text[first:stop].rstrip(")】"))
    if stop - first > _MOST and (told := what_befell(said.text, first, first + _MOST)):
        stop = max(told.end(), first + 8)  # dictated, without a sign
    lead = _LEAD.match(said.text[first:stop])
    return first + (lead.end() if lead else 0), stop


def _childless(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    if told := whose(said, match.start()):
        yield Hit("facts", Fact(told.name, "子女", match[0]), *match.span(), told.sure)


def _guardian(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    told = whose(said, match.start(), house=True)
    if told is None:
        return
    # an old man who lives with his son has no guardian
    sure = LIKELY if re.search("儿|女|孙|媳|老伴|[妻丈]|老婆|老公", match["by"]) else told.sure
    yield Hit("facts", Fact(told.name, "guardian", match["by"]), *match.span("by"), sure)


def _in_short(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """父亡母改嫁: what befell parents, as lists say it."""
    if told := whose(said, match.start(), house=True):
        kin = {"父": "父亲", "母": "母亲"}.get("".join(sorted(set(re.findall("[父母]", match[0])))), "父母")
        yield Hit("facts", Fact(told.name, kin, match[0]), *match.span(), told.sure)


_BEFELL = "(?:双?亡|病?故|改嫁|残疾?|出走|服刑|离异|离婚|失联|在外|外出|双残)"

RULES = (
    Rule(
        "kin-in-short",
        rf"(?<![祖伯叔岳继养外曾姑姨舅])(?:(?:父母|父|母){_BEFELL})+(?!费|金)",
        _in_short,
        "1. 黄大山 三年级 父亡母改嫁",
        (Fact("黄大山", "父母", "父亡母改嫁"),),
        "黄大山的祖父亡故。",
    ),
    Rule(
        "guardian-in-short",
        rf"(?:随|跟)着?(?P<by>{KIN.pattern})(?=[ ,。;)\d\n]|$)",
        _guardian,
        "1. 黄大山 三年级 跟姥姥 800元",
        (Fact("黄大山", "guardian", "姥姥"),),
        "黄大山跟奶奶吵架。",
    ),
    Rule(
        "kin",
        WHOLE,
        _kin,
        "走访村民黄大山家，父亲正在服刑母亲改嫁。",
        (Fact("黄大山", "父亲", "服刑"), Fact("黄大山", "母亲", "改嫁")),
        "走访村民黄大山家，我父亲也打工。",
    ),
    Rule(
        "childless",
        "无儿无女|(?<![一-鿿])无儿女|没有?(?:子女|儿女|后人|后代)|无子女|膝下无[子儿]女?|没儿没女|无后",
        _childless,
        "韦阿婆无儿无女。",
        (Fact("韦阿婆", "子女", "无儿无女"),),
        "村里有人无儿无女。",
    ),
    Rule(
        "guardian",
        rf"(?:随|跟着?|由|和|靠|靠着)(?P<by>(?:(?:{KIN.pattern}|保姆|护工)[和、]?){{1,2}})(?:一个人|一起|共同|"
        rf"在家)?(?:生活|过(?!去|来|年)|住(?!院)|照[顾料看]|抚养|监护|赡养|供养|伺候|照应|带大|带着?(?![来去]))",
        _guardian,
        "走访村民黄大山家，他现随爷爷奶奶生活。",
        (Fact("黄大山", "guardian", "爷爷奶奶"),),
        "孩子大多由奶奶带大。",
    ),
)
