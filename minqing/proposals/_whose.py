"""Of whom a place in running text tells: somebody named, their kin, or nobody that can be told."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from minqing.proposals._compiled import compiled
from minqing.proposals._items import nobody_else, resident_before
from minqing.proposals._life import ILL
from minqing.proposals._said import SIGNS, Mention, Said, between, clause, line, sentence
from minqing.surnames import KINSHIP, SELDOM, SURNAMES

# Kin as they are called; one sign of it is kin only where somebody's: 她爸, 他爹.
_KIN_WORD = (
    rf"(?:老公公|老婆婆|[大二三四小](?:伯母|伯父|叔叔|婶婶|姨妈|姑姑|舅舅)|爷爷奶奶|外公外婆|爸爸妈妈|阿[妈爸爹娘]|额吉|"
    rf"父母(?:双)?亲?|爸妈|爹娘|爹妈|儿媳妇|孙媳妇|弟媳妇?|弟妹|嫂子|侄[子女儿孙]|公婆|岳父母|老[娘爹妈爸]|"
    rf"外甥女?|外孙子?|孙[子女]|{KINSHIP}|老婆|老公|媳妇儿?|婆娘|男人|堂客|"
    r"[大小二三老](?:父亲|母亲|丫头|儿子|女儿|儿|娃|孙子|孙女|姑娘|闺女)|闺女|姑娘|崽|儿女|娃儿|"
    r"(?:(?<=自家)|(?<=家里))(?:老太太|老爷子|老头子?|老汉)|"
    r"[一两俩三四\d]个?(?:娃|孩子|小孩|儿子|女儿|闺女|子女)|(?<=[,。;])[大小]的(?=[读上念在已])|"
    r"(?<=[,。;说])老[大二三](?![一-鿿]{0,2}家)|小孩子?|娃娃|娃儿|"
    r"双胞胎(?:儿子|女儿|儿女|孩子|姐妹|兄弟)?|"
    r"(?<=[他她其的家])(?:爸|妈|爹|娘|娃|公(?!司)|婆|哥|姐|弟|妹|叔|伯|舅|姑|姨|儿|仔|崽)(?![一-鿿]?家)|"
    r"(?<![一-鿿])(?:爸|妈|爹|娘|娃)(?!家|仨|俩|儿们))"
)
KIN = compiled(_KIN_WORD)
# Words of kin that mean nobody's in particular.
ANYBODY = compiled("^(?:户主|监护人|亲戚|亲属|邻居|本人|大[爷妈娘嫂哥姐]|阿姨|祖辈|叔叔|姑娘)$")
CHILDREN = compiled("孩子|小孩子?|娃娃?儿?|子女|儿女|崽")
_YOUNG = compiled("学生|同学|儿童|孩子|[男女]童|孤儿|中学生|小学生")
_YOUNG_TOLD = compiled(r"[^。\n]{0,16}?(?:(?<!\d)(?:[3-9]|1[0-7])岁|年级|初[一二三]|高[一二三])")
_MEANT = compiled(
    "[他她其]们?|自己|本人|老人家?|老太太?|老汉|老爷子|老头子?|案主|当事人|老两口|该户|一家人?|户主|家[里中](?!的?人)|全家"
)
_OTHERS = compiled(
    r"(?<![\d口员力里家])\d{1,6}[来多余]?(?:[名位户人家]|个(?=[人妇孩老学村]))|[一-鿿]些人|相当多|一?部分|多数|"
    r"有些|其中|\d个是|几[户名个位家]|[一-鿿][家氏](?:的)?(?:双胞胎|姐弟|兄妹|兄弟|姐妹|母女|母子|父子|夫妻|三口)|各[户家]|群众|"
    r"村民们|居民们?|不少|许多|很多|大多|有的人?|大家|大伙|其他人|(?<![给跟对向被])(?:有人|别人)|年轻人|村里人|"
    r"谁|全[村组镇乡县市社]"
)
# 我 is the writer, but for where he is spoken to, and in what somebody is quoted to say.
_WRITER = compiled(r"(?<![跟对给向和找拉托让请叫求问告诉握着])[我俺咱]们?(?![村组])")
_SAID_SO = compiled("[我俺](?:们|就|又|也|还)?(?:说|问|讲|劝|告诉[他她]|笑着说|答)[:,]?$")
_TOKEN = compiled(
    rf"(?P<kin>{_KIN_WORD})|(?P<meant>{_MEANT.pattern})|(?P<others>{_OTHERS.pattern})|(?P<writer>{_WRITER.pattern})"
)
_BY_KIN = compiled("(?:[跟随由靠陪给向帮替无带领养供]着?|(?<!一)对|没有?)$")
_MOST_CLAUSES = 12  # so many clauses are told of one without naming them again
_FAR, _FAR_BY_PRONOUN = 220, 900  # signs; what is told farther from a name need not be of its owner
_NEAR = 160  # signs in which a paragraph that names nobody else goes on about somebody
_BESIDE = 30  # signs before what is told of somebody, in which the name stands
_NEXT = 80  # signs in which somebody named in between may be meant as well
_CALLED = compiled(
    "[老小大阿].|..?(?:[大老二三]?[爷奶伯叔婶嫂姨娘妈太婆公汉]|奶奶|爷爷|师傅|大姐|大哥|某|家)"
)
# How sure a fact is of its owner: told in so many words, or most likely.
CERTAIN, LIKELY = 0.92, 0.8


class Whose(NamedTuple):
    """The resident that something is told of, or whose kin; `kin` is empty where it is told of the resident."""

    name: str
    kin: str
    sure: float
    carried: bool = False  # whether a clause before says so


class _Token(NamedTuple):
    """A word that says whom a clause is about."""

    start: int
    end: int
    means: str  # somebody, kin, meant, others, writer
    words: str


def whose(said: Said, at: int, house: bool = False) -> Whose | None:
    """The resident, or kin of theirs, whom the words before an offset tell of; of a `house` it is one of all its kin."""
    told = _whose(said, at, house)
    if told and (is_dictated(said, at) or not _named_near(said, told.name, at)):
        return told._replace(sure=min(told.sure, LIKELY))
    return told


def _named_near(said: Said, name: str, at: int) -> bool:
    """Whether somebody is named so near before a place that hardly anybody else can be meant."""
    return any(name in (one.name, in_full(said, one)) for one in between(said, max(0, at - _BESIDE), at))


def is_dictated(said: Said, at: int) -> bool:
    """Whether a place stands in a run without signs, in which nobody can tell for sure where a clause ends."""
    return not _SIGNED.search(said.text, max(0, at - 40), at + 20)


_SIGNED = compiled("[,。;、:\n()!?]")


def _whose(said: Said, at: int, house: bool) -> Whose | None:
    first, _end = sentence(said, at)
    start, stop = clause(said, at)[0], at
    for nth in range(_MOST_CLAUSES):
        token = last_token(said, max(start, stop - _FAR), stop)
        if token:
            opened = said.text.rfind("(", token.end, at)
            in_brackets = opened > said.text.rfind(")", token.end, at)
            told = _of_token(said, token, nth > 0 and not in_brackets, said.text[token.end : at])
            if told and house and nth > 0 and token.means == "kin":
                return told._replace(kin="", sure=_sure_of(said, token.start))
            if told and in_brackets and _A_CHILD.search(said.text, max(0, opened - 4), opened):
                return told._replace(sure=LIKELY)  # 带一子(11岁,五年级)
            return told
        if start <= first:
            break
        start, stop = clause(said, start - 1)[0], start
    return _of_before(said, first)


_A_CHILD = compiled(r"[一二两三四\d][子女儿孩孙]$")


def _sure_of(said: Said, at: int) -> float:
    owner = owner_before(said, at)
    return owner[1] if owner else LIKELY


def last_token(said: Said, start: int, end: int) -> _Token | None:
    """The last word between two offsets that says who is meant."""
    return next(reversed(list(tokens(said, start, end))), None)


def tokens(said: Said, start: int, end: int) -> Iterator[_Token]:
    """All words between two offsets that say who is meant, in order."""
    people = [one for one in between(said, max(0, start - 8), end) if one.end > start and one.end <= end]
    found = [_Token(one.start, one.end, "somebody", one.name) for one in people]
    named = {at for one in people for at in range(one.start, one.end)}
    begins = {one.start for one in people}
    ends = {one.end for one in people}
    for match in _TOKEN.finditer(said.text, start, end):
        if match.start() in named:
            continue
        means = str(match.lastgroup)
        if means == "kin" and match.end() in begins:
            continue  # 女儿童敏 is told of as 童敏
        at = match.start() - (said.text[match.start() - 1] == "老")
        if means == "kin" and at in ends and _ADDRESS.fullmatch(match[0]):
            continue  # 王德孝爷爷 is how he is called
        if means == "kin" and _BY_KIN.search(said.text, max(0, match.start() - 2), match.start()):
            continue  # 跟爷爷生活 is told of the child
        if means == "writer" and _quoted(said, match.start()):
            means = "meant"
        found.append(_Token(match.start(), match.end(), means, match[0]))
    yield from sorted(found)


_ADDRESS = compiled("阿[妈爸爹娘]|爷爷|奶奶|[大老]?[爷伯叔婶嫂姨娘妈]|[大叔]伯|伯伯|叔叔|阿姨|婶婶")


def _quoted(said: Said, at: int) -> bool:
    """Whether a place stands in what somebody else than the writer is quoted to say."""
    first = max(line(said, at)[0], at - _FAR)
    opened = said.text.rfind("“", first, at)
    return opened > said.text.rfind("”", first, at) and not _SAID_SO.search(
        said.text, max(first, opened - 8), opened
    )


def _of_token(said: Said, token: _Token, inherited: bool, gap: str) -> Whose | None:
    if token.means in ("others", "writer"):
        return None
    if token.means == "somebody":
        return _of_name(said, token, inherited, gap)
    owner = owner_before(said, token.start)
    if owner is None:
        return None
    one, sure = owner
    if token.means == "meant":
        return Whose(one.name, "", sure)
    if said.text[max(0, token.start - 1) : token.start] in ("我", "你", "俺", "咱"):
        return None
    if ANYBODY.match(token.words) or (CHILDREN.search(token.words) and is_young(said, one)):
        return Whose(one.name, "", min(sure, LIKELY if ANYBODY.match(token.words) else CERTAIN))
    if of_others(said, token.start, one):
        return None
    if inherited and not re.search(ILL, said.text[token.end : clause(said, token.end)[1]]):
        return Whose(one.name, "", LIKELY)  # 儿子在外打工, 腿不好: hardly the son's
    return Whose(one.name, token.words, LIKELY if inherited else sure, inherited)


def of_others(said: Said, at: int, owner: Mention) -> bool:
    """Whether kin are of another family than the owner's: 游家兄弟."""
    if said.text[at - 1 : at] != "家" and said.text[max(0, at - 2) : at] != "家的":
        return False
    before = said.text[max(0, at - 3) : at].removesuffix("的").removesuffix("家")
    return (
        bool(before)
        and before[-1] in SURNAMES
        and not before.endswith(owner.name[-1:])
        and before[-1] != owner.name[0]
    )


def _of_name(said: Said, token: _Token, inherited: bool, gap: str) -> Whose | None:
    one = next(one for one in between(said, token.start, token.start + 1) if one.name == token.words)
    if one.name in said.officials:
        return (
            Whose(one.name, "", LIKELY)
            if gap in ("的", "自己", "有", "自己有") or one.name.endswith("老师")
            else None
        )
    if inherited and named_as_kin(one):
        return Whose(one.name, "", LIKELY)
    told = LIKELY if _SAYS.search(gap) and "自己" not in gap else _named_surely(one)
    if _ELDER.search(gap) or _TOGETHER.search(said.text, max(0, one.start - 2), one.start):
        told = LIKELY  # 许仁宝和管杏娣,合住,老伯中风
    return Whose(in_full(said, one), "", told)


_ELDER = compiled("老[伯太汉头爷]|阿[婆公伯]|大[爷娘妈]")
_TOGETHER = compiled("(?:[和与跟及]|[一-鿿]、)$")
# What somebody says need not be of themselves: 钱莉来电: 股骨颈骨折.
_SAYS = compiled("来电|电话|说|讲(?!课)|反映|告诉|介绍|提到|提出|问|转告|通报|汇报")


def _named_surely(one: Mention) -> float:
    """How sure a fact can be for how its owner is named: there is more than one 老周 and 杨奶奶 in a village."""
    return CERTAIN if one.sure >= CERTAIN and not _CALLED.fullmatch(one.name) else LIKELY


def in_full(said: Said, one: Mention) -> str:
    """The full name of whom a text has named before, and now calls 老虞; else the name itself."""
    family = _FAMILY_OF.fullmatch(one.name)
    if not family:
        return one.name
    first, _last = line(said, max(0, one.start - _FAR_BY_PRONOUN))
    full = {
        other.name
        for other in between(said, first, one.start)
        if other.name[0] == family[1]
        and len(other.name) > 1
        and not _CALLED.fullmatch(other.name)
        and other.name not in said.officials
    }
    return full.pop() if len(full) == 1 else one.name


_FAMILY_OF = compiled("老(.)")


def named_as_kin(one: Mention) -> bool:
    """Whether somebody is named as the kin of somebody else: 女儿童敏."""
    kin = KIN.search(one.role)
    return bool(kin and kin.end() == len(one.role) and not re.match(f"{ANYBODY.pattern}|孩子", one.role))


def _of_before(said: Said, first: int) -> Whose | None:
    """A sentence that names nobody tells of whom the one before it told, if of anybody; that is not sure."""
    owner = owner_before(said, first)
    if owner is None or first - owner[0].start > _FAR:
        return None
    token = last_token(said, max(line(said, first)[0], first - 80), first)
    if token and token.means in ("others", "writer"):
        return None
    return Whose(owner[0].name, "", LIKELY)


def owner_before(said: Said, at: int) -> tuple[Mention, float] | None:
    """The resident named last before an offset, and how surely it is they who are meant."""
    one = resident_before(said, at, family=False)
    if one is None or at - one.start > _FAR_BY_PRONOUN:
        return None
    one = one._replace(name=in_full(said, one))
    first = sentence(said, at)[0]
    others = {
        other.name
        for other in between(said, max(line(said, at)[0], at - _FAR_BY_PRONOUN), at)
        if not KIN.search(other.role)
        and not (_CALLED.fullmatch(other.name) and in_full(said, other) == one.name)
        and (other.name not in said.officials or max(one.start, first - _NEXT) < other.start < first)
    }
    here = one.start >= first
    by_pronoun = bool(_MEANT.search(said.text, first, at))
    same_line = one.start >= line(said, at)[0]
    before = one.start >= sentence(said, max(0, first - 2))[0]
    near = (same_line and (before or by_pronoun or at - one.start < _NEAR)) or (
        by_pronoun and nobody_else(said, one, at)
    )
    near = near and not _NEWCOMER.search(said.text, one.end + 1, at)
    told = _named_surely(one) if here or (near and others <= {one.name}) else LIKELY
    doubtful = _THEY.search(said.text, first, at) or _bracketed_apart(said, one, at)
    return one, min(told, LIKELY) if doubtful else told


def _bracketed_apart(said: Said, one: Mention, at: int) -> bool:
    """Whether brackets stand around a place that are not right behind somebody's name: 官秀兰4000,方小芹2000(孩子先心病)."""
    opened = said.text.rfind("(", max(one.end, at - _NEXT), at)
    inside = opened > said.text.rfind(")", max(one.end, at - _NEXT), at)
    return inside and bool(re.search("[,、;。]", said.text[one.end : opened]))


# 冷家的柴垛占了道,他说…; 老人家姓缪: somebody no rule has found a name for
_NEWCOMER = compiled(f"(?<![一-鿿])[{''.join(sorted(SURNAMES - SELDOM))}]家(?![里中人长])|姓[一-鿿]")
_THEY = compiled("[他她]们")  # who is one is not they


def is_young(said: Said, one: Mention) -> bool:
    """Whether somebody is a child, of whom 孩子 says nothing else than 他."""
    return bool(
        any(
            _YOUNG.search(other.role)
            for other in between(said, max(0, one.start - _FAR_BY_PRONOUN), one.end + _FAR)
            if other.name == one.name
        )
        or _YOUNG_TOLD.match(said.text, one.end)
        or re.search("家访|班主任", said.text[:120])
    )


# What may stand between the words and the name: 独居 老人 甘奶奶.
_LED = compiled("的?(?:[一-鿿]{0,4}(?:老人|老汉|大爷|大娘|村民|[男女]孩|孩子|儿童|学生|党员|户|群众)叫?)?")


def behind(said: Said, end: int) -> Whose | None:
    """Whom words stand before that are told of them: 患白血病的祁小树, 独居老人甘奶奶, 双目失明的妻子丁翠萍."""
    led = _LED.match(said.text, end)
    kin = KIN.match(said.text, end + 1) if said.text.startswith("的", end) else None
    starts = {end, end + 1, led.end() if led else end, kin.end() if kin else end}
    for one in between(said, end, max(starts) + 1):
        if one.name not in said.officials and one.start in starts:
            return Whose(one.name, "", _named_surely(one))
    owner = owner_before(said, end) if kin else None
    return Whose(owner[0].name, kin[0], LIKELY, carried=True) if owner and kin else None


def stretch(said: Said, start: int) -> tuple[int, int]:
    """What is told of somebody from an offset on: to the clause's end, or to where somebody else is told of."""
    _first, stop = clause(said, start)
    following = next(
        (
            token
            for token in tokens(said, start, stop)
            if token.means != "meant" or said.text[token.start - 1] not in "在给对把跟让被替管陪帮"
        ),
        None,
    )
    return start, following.start if following else stop


def next_clause(said: Said, at: int) -> tuple[int, int] | None:
    """The clause that goes on behind an offset in the same sentence."""
    _first, stop = clause(said, at)
    after = stop + (stop < len(said.text) and said.text[stop] in SIGNS)
    return clause(said, after) if after < sentence(said, at)[1] else None
