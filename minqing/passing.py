"""Who is named in passing: names in running text that the words around leave no doubt of. Pure; knows nobody.

For masking, where nothing is asked back: a word taken for a name spoils a paper, so what is doubtful is let pass.
"""

import re
from collections.abc import Iterator

from minqing.surnames import COMPOUND, HAN, KINSHIP, SELDOM, SURNAMES, is_body, is_han, is_ordinary

# Surnames that begin or end other words as often as names.
_WEAK = SELDOM | frozenset(
    "和于时成平计应满家支山公谷元花包农水贝强解宣干党安常乐向易方何文金国司红石代车莫宫谈"
)
_SURNAMES = COMPOUND | SURNAMES - _WEAK
# No given name holds these, and none ends in the others.
_NEVER = frozenset("的了在是给到说着把被让吗呢吧啊也都就很还我你他她它们这那些个不没未么什哪谁各每某")
_NEVER_LAST = _NEVER | frozenset(
    "和与同跟及等对从有主作讲问看拿坐走来去上下带介记表提反要想叫一两几已曾因患今得当为以由请约找帮"
    "家户村镇乡县市区组局院校站所店厂队室党委会人癌病症祸房费款"
)
# How a sentence goes on behind a name.
_ON = frozenset("家说的在给到和与同跟及等一是为提反要想希向对把被从由已曾因患现有没也都就还来去转送捐得今")

_STANDING = (
    "村民|居民|户主|老党员|老人|孤老|贫困户|低保户|监测户|脱贫户|特困户|五保户|困难户|残疾人|患者|病人|学生|同学|儿童|女童|男童|路人甲?|"
    "企业家|老板|个体户|商户|爱心人士|热心人|乡贤|志愿者|捐款人|捐赠人|代签人|经办人|联系人|当事人|申请人|反映人"
)
_KIN = f"{KINSHIP}|大儿子|小儿子|大女儿|小女儿|老婆|老公"
_BEFORE = re.compile(rf"(?:{_STANDING}|{_KIN})(?:名?叫|是|为|:|：)?")
# Behind these, offices and things stand as well: only a name of three signs or more is one.
_LED = re.compile("联系|走访了?|看望了?|慰问了?|探望了?|找到?|由|请|经")
# 闻人大姐, 姜奶奶, 老余叔: a family name with what one calls them.
_CALLED = re.compile(
    rf"[老小]?(?P<surname>{HAN}{{1,2}}?)"
    "(?:奶奶|爷爷|大[爷娘妈婶叔伯嫂姐哥姨]|婶子?|[叔婆嫂姨]|阿[婆公姨])(?![们父母妹弟婆哥])"
)


def passing(text: str) -> Iterator[str]:
    """The names that are told in passing: 联系卓玉芬, 邻居张老三, 企业家仇百万, 闻人大姐."""
    found = [_name_at(text, match.end(), 2) for match in _each(_BEFORE, text)]
    found += [_name_at(text, match.end(), 3) for match in _each(_LED, text)]
    found += [
        match[0]
        for match in _each(_CALLED, text)
        if match["surname"] in _SURNAMES and not is_han(text[match.start() - 1 : match.start()])
    ]
    for name in found:
        if name and not (is_body(name) or any(map(is_ordinary, (name, name[:2], name[-2:])))):
            yield name


def _each(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Where a pattern matches, also inside of a match: 女儿 in 三女儿, behind 三女."""
    at = 0
    while match := pattern.search(text, at):
        yield match
        at = match.start() + 1


def _name_at(text: str, at: int, least: int) -> str:
    """The longest name of so many signs at least that begins at a place of a text; "" if none does."""
    for family, given in ((2, 2), (2, 1), (1, 2), (1, 1)):
        end = at + family + given
        name, behind = text[at:end], text[end : end + 1]
        if (
            least <= len(name) == family + given
            and name[:family] in _SURNAMES
            and name[-1] not in _NEVER_LAST
            and name[-2] not in _NEVER
            and all(map(is_han, name))
            and (behind in _ON or not is_han(behind))
        ):
            return name
    return ""
