"""Who is named in running text: a name by what stands before and behind it, never by its looks alone."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from minqing.proposals._around import BEFORE, HEADS, LISTED, STRONG, VISITED, opens
from minqing.proposals._callings import BY_AGE, ELDER, TITLED, YOUNG, called, dotted, of_parts, titled, young
from minqing.proposals._compiled import compiled
from minqing.proposals._names import (
    COMMON,
    WEAK,
    WORDS,
    closes,
    ends_word,
    given_name,
    is_called,
    is_name,
    name_at,
    typical,
)
from minqing.proposals._posts import AT_OFFICE, BEHIND, POST, POSTED, STATUS, role_before
from minqing.proposals._said import Mention, Said
from minqing.surnames import COMPOUND, GIVEN, KINSHIP, SELDOM, SURNAMES, is_han, is_ordinary

_KIN = compiled(
    rf"(?:{KINSHIP}|老婆|老公|媳妇|长孙|大儿子|小儿子|大女儿|小女儿|二儿子|二女儿|娃儿|婆娘|男人|闺女|姑娘|爹|爸|"
    rf"妈|娘|儿|女|弟|哥|姐|妹|叔|娃)(?:名?叫|是)? ?(?=[一-鿿])"
)
_LABEL = compiled(
    r"(?P<role>(?:召集并)?主持人?|[笔记]录人?|帮扶人|包[联保]人|审核人?|填报人|走访人员?|访视人员?|上门人员|"
    r"主讲人?|社工|户主|姓名|服务对象|案主|走访对象|家访对象|探访对象|被访人|访谈对象|对象|帮扶责任人|责任人|"
    r"联系人|受访人|反映人|来访人|求助人|被?申请人|当事人|走访人|"
    r"入户干部|入户人员?|帮扶干部|记录员|参加人员?|参会人员?|出席人员?|陪同人员?|同行人员?|值班人员?|填表人|"
    r"代办员|调解员|宣讲人|班主任)[:] ?"
)
_OFFICE = compiled(
    "[一-鿿]{2,10}[局办院所中心委站校会] (?=[一-鿿]{2,3}(?:[、,。; \n(]|$))"
)  # 帮扶人:县林业局 覃绍东
_DWELLER = compiled("(?:牧|农|住|商|渔)[户民]")  # 当事人:牧户孟根仓
_AND = compiled("[和、与及]")
_COUNTED = compiled(r"[\d二两三四五六七八九十几][户名位个]$")  # 看了四户牧民
_ENDS_POST = compiled(f"(?:{POST})$")
_NO_NAME = compiled(
    f"(?:{POST}|{ELDER})(?=.$)|[苑园][\\dA-Z]$|[小中大]学$|(?<![长清银金])河(?=.$)|家[营庄村沟湾寨坪岭坝屯垴塬]$|[一二三四五六七八九]万|毛风|太[咸远大小贵差脏慢难]"
)


def mentions(said: Said) -> tuple[Mention, ...]:
    """Everybody a text names, in its order."""
    found: dict[int, Mention] = {}
    for find in (
        _known,
        _labelled,
        dotted,
        of_parts,
        called,
        _with_post,
        _post_behind,
        titled,
        _set_apart,
        _by_kin,
        _bare,
        young,
    ):
        for mention in find(said):
            near = range(mention.start - 4, mention.end)
            same = found.get(mention.start)
            if same and same.end == mention.end:
                found[mention.start] = same._replace(sure=max(same.sure, mention.sure))
            elif not any(at in found and found[at].end > mention.start for at in near):
                found[mention.start] = mention
    walked: set[int] = set()
    for mention in list(found.values()):
        for one in _joined(said, mention):
            if one.start in walked:
                break  # so was the rest of its list
            walked.add(one.start)
            found[one.start] = one._replace(role=found[one.start].role if one.start in found else "")
    kept = _one_length(said, _in_full(said, found.values()))
    again = {one.start: one for one in kept}
    for mention in _again(said, kept):
        again.setdefault(mention.start, mention)
    sure: dict[str, float] = {}
    for mention in again.values():
        sure[mention.name] = max(mention.sure, sure.get(mention.name, 0))
    return tuple(sorted(one._replace(sure=sure[one.name]) for one in again.values()))


def officials(people: tuple[Mention, ...]) -> frozenset[str]:
    """The names that a text tells with a post."""
    post = compiled(
        f"(?<!老)(?:(?!护林员|护路员|保洁员|水管员|饲养员){POST}|干部|老师|教师|主持人?|记录人?|帮扶人|责任人|"
        f"联系人|走访人|填报人|审核人|访视人员|上门人员)$"
    )
    return frozenset(one.name for one in people if post.search(one.role) or TITLED.fullmatch(one.name))


def _one_length(said: Said, found: Iterable[Mention]) -> list[Mention]:
    """Of 李春 and 李春来 the one that the text bears out: the shorter where it also stands without the last sign."""
    found = list(found)
    named = {one.name for one in found}
    drawn_out: Counter[str] = Counter()  # how often each stands at the beginning of a longer one
    for name in named:
        drawn_out[name[:-1]] += said.text.count(name)
    cut: set[str] = set()
    for name in named:
        shorter = name[:-1]
        alone = said.text.count(shorter) - drawn_out[shorter]
        if shorter in named and not alone:
            cut.add(shorter)
        elif shorter in named:
            cut.add(name)
        elif (
            len(name) == 3
            and alone > 1
            and said.text.count(name) == 1
            and shorter not in COMPOUND
            and typical(shorter)
        ):
            found += [one._replace(end=one.end - 1, name=shorter) for one in found if one.name == name]
            cut.add(name)  # 栾江本来要请两班, where 栾江 is told of more than once
    return [one for one in found if one.name not in cut]


def _as_told(said: Said, one: Mention) -> Mention:
    """杨家老三 by the name 杨老三, where the text has it, too."""
    short = one.name[:1] + one.name[2:]
    return one._replace(name=short) if _OF_FAMILY.fullmatch(one.name) and short in said.text else one


_OF_FAMILY = compiled(".家老[大二三四五六七八九幺]")


def _in_full(said: Said, found: Iterable[Mention]) -> list[Mention]:
    """The people without 邓校长, where 校长邓明远 is named."""
    found = [_as_told(said, one) for one in found]
    posts = {one.name[:1] for one in found if one.role and not TITLED.fullmatch(one.name)}
    starts = {one.start: one.name[0] for one in found}
    return [
        one
        for one in found
        if not (TITLED.fullmatch(one.name) and not one.role and one.name[0] in posts)
        # 向乡长凌云志报告 is told to 乡长凌云志, and 卞家爷爷卞文炳 is one
        and not (TITLED.fullmatch(one.name) and one.end in starts)
        # so is 郝家老太太郝玉莲
        and starts.get(one.end) != one.name[0]
    ]


def _known(said: Said) -> Iterator[Mention]:
    for at, name in _places(said.text, said.known.people):
        yield Mention(at, at + len(name), name, role_before(said, at), 0.97)


def _places(text: str, names: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Where names stand in a text; in one walk, however many they are."""
    by_length: dict[int, set[str]] = {}
    for name in filter(None, names):
        by_length.setdefault(len(name), set()).add(name)
    firsts = {name[0] for of in by_length.values() for name in of}
    for at, sign in enumerate(text):
        if sign in firsts:
            for length in sorted(by_length, reverse=True):
                if text[at : at + length] in by_length[length]:
                    yield at, text[at : at + length]
                    break


def _labelled(said: Said) -> Iterator[Mention]:
    for match in _LABEL.finditer(said.text):
        start = match.end()
        if POSTED.match(said.text, start) or BY_AGE.match(said.text, start):
            continue
        if office := _OFFICE.match(said.text, start) or _DWELLER.match(said.text, start):
            start = office.end()
        if at := name_at(said.text, start, SURNAMES):
            role = _ROLE_BEHIND.match(said.text, at[0])
            name = said.text[start : at[0]]
            apart = typical(name) or not is_han(said.text[at[0] : at[0] + 1])
            sure = max(at[1], 0.92) if apart and not _may_go_on(said, start, at[0]) else min(at[1], 0.85)
            yield Mention(start, at[0], name, role[1] if role else match["role"], sure)


# 来访人:翟某芳(女,36岁,服装店营业员) is told of, and no role of hers
_ROLE_BEHIND = compiled(rf"\((?!化名|代号|[甲乙丙丁]方?\))((?:[^(),、;]{{0,9}}?)(?:{POST}|{STATUS}))\)")


def _with_post(said: Said) -> Iterator[Mention]:
    """村支部书记罗定山, 老党员岳明德家."""
    for match in POSTED.finditer(said.text):
        start = match.end()
        if said.text[start - 1 : start + 1] == "工程":
            continue  # 给水工程团
        at = name_at(said.text, start, SURNAMES - SELDOM - {"和"})
        name = said.text[start : at[0]] if at else ""
        plain = len(name) > 2 and (name[0] in COMMON or given_name(name[1:]))
        titled = match["post"] and given_name(name[1:])
        ends = (
            at
            and said.text[at[0] : at[0] + 1] in tuple("(,。;\n")
            and (given_name(name[1:]) or said.text.startswith("(", at[0]))
        )
        ends = ends and (name[0] in COMMON or len(name) > 2)
        short = match["post"] and at and at[1] >= 0.85 and name[0] in COMMON and closes(said.text, at[0])
        if at and (typical(name) or is_called(name) or titled or ends or short or (at[1] >= 0.85 and plain)):
            role = (
                "" if _COUNTED.search(said.text, max(0, match.start() - 3), match.start()) else match["role"]
            )
            sure = max(at[1], 0.8)
            doubt = name[0] in WEAK and said.text[start - 1] == ":"  # 记者:谈北大
            yield Mention(
                start, at[0], name, role, min(sure, 0.85) if doubt or _may_go_on(said, start, at[0]) else sure
            )
        elif (
            (short := YOUNG.match(said.text, start))
            and _is_young(short["name"])
            and (short["name"][0] != "阿" or closes(said.text, short.end()))  # 女青年阿米娜
        ):
            yield Mention(start, short.end(), short["name"], match["role"], 0.92)
        elif (
            (aged := _AGED.match(said.text, start))
            and not is_ordinary(aged["name"])
            and not POSTED.match(said.text, start)  # 预备党员:申请人车前(女,28岁
        ):
            yield Mention(start, aged.end(), aged["name"], match["role"], 0.92)


def _may_go_on(said: Said, start: int, end: int) -> bool:
    """Whether a name of two signs may have a third: 老板尹大头坐着, 社长吉克拉铁讲."""
    going = is_han(said.text[end : end + 1]) and not WORDS.match(said.text, end)
    return end - start == 2 and going and said.text.count(said.text[start:end]) < 2


# 老人道尔吉,76岁: of whatever signs, who has an age is named.
_AGED = compiled(
    r"(?P<name>(?!今年|现年|年龄|平均)[一-鿿·]{2,6}(?<![家中里人户们]))"
    r"(?=[,( ](?:[男女][,、]|(?:今年|现年)?\d{1,3}岁(?!以)))"
)
_LISTED_AGED = compiled(
    rf"(?:^|(?<=[\n;。]))(?:\(?[\d一二三四五六七八九]{{1,2}}[.、)] ?|[甲乙丙]方?[,:])?{_AGED.pattern}"
)
_IN_CHAT = compiled(r"(?:^|(?<=\n))\d{1,2}:\d\d(?::\d\d)? ?(?=[一-鿿]{2,4}:)")


def _set_apart(said: Said) -> Iterator[Mention]:
    """甲,鲜明亮,35岁; 15:10 苗春:水样送检了: by their place alone."""
    for match in _LISTED_AGED.finditer(said.text):
        if not is_ordinary(match["name"]) and (is_name(match["name"]) or match[0][0] in "甲乙丙"):
            yield Mention(*match.span("name"), match["name"], "", 0.92)
    for match in _IN_CHAT.finditer(said.text):
        at = name_at(said.text, match.end(), SURNAMES - SELDOM)
        if at and said.text.startswith(":", at[0]):
            yield Mention(match.end(), at[0], said.text[match.end() : at[0]], "", 0.92)


def _is_young(name: str) -> bool:
    """志愿者小檀; not 老同志, 小声, 小学."""
    return name[1] in (SURNAMES - {"支"} if name[0] == "老" else SURNAMES | GIVEN - {"声", "学"})


def _post_behind(said: Said) -> Iterator[Mention]:
    """王浩书记, 陈光琳副局长, 王雪晴同学."""
    for match in BEHIND.finditer(said.text):
        end = match.start()
        for length in (3, 2):
            name = said.text[max(0, end - length) : end]
            if _ENDS_POST.search(said.text, max(0, end - length - 4), end - length + 1):
                continue  # 班主任卞老师
            if len(name) == length and is_name(name) and (length == 2 or typical(name)):
                office = AT_OFFICE.search(said.text[max(0, end - length - 8) : end - length])
                role = match[0] if match[0] == "同学" or not office else office[0] + match[0]
                sure = 0.92 if typical(name) and opens(said, end - length) else 0.8
                yield Mention(end - length, end, name, role, sure)
                break


def _by_kin(said: Said) -> Iterator[Mention]:
    """妻子汤秀, 长女成佳: only where the name is well closed, or has the family name that a form is headed by."""
    heads = {said.text[match.end()] for match in _LABEL.finditer(said.text) if match.end() < len(said.text)}
    for match in _KIN.finditer(said.text):
        start = match.end()
        at = name_at(said.text, start, SURNAMES - SELDOM)
        name = said.text[start : at[0]] if at else ""
        if at is None or is_ordinary(name[-2:]) or ends_word(said.text[start - 1], name[0]):
            continue  # 妇女儿童维权站
        full = len(name) > 2 and given_name(name[1:])
        known = name[0] in COMMON or name[0] in heads or name[:2] in COMPOUND
        if (known and at[1] >= 0.9) or full or (len(name) > 2 and typical(name) and at[1] >= 0.85):
            role = re.sub("名?叫$|是$", "", match[0].strip())
            closed = len(name) > 2 or not is_han(said.text[at[0] : at[0] + 1])
            sure = known and closed and at[1] >= 0.9 and len(match[0]) > 1
            yield Mention(start, at[0], name, role, 0.92 if sure else 0.85)


def _bare(said: Said) -> Iterator[Mention]:
    """鲁大栓和隔壁鲁二喜, 秦月娥,我小学的同桌: by the words on both sides."""
    text = said.text
    for match in re.finditer(f"[{''.join(sorted(SURNAMES))}]|{'|'.join(sorted(COMPOUND))}", text):
        start = match.start()
        before = text[max(0, start - 4) : start]
        if ends_word(before, text[start]) or (
            before[-1:].isdecimal() and not _ROOM.search(text, max(0, start - 8), start)
        ):
            continue  # ① is a sign, too
        if text[start] in "楼班组" and before[-1:] in set("号栋)"):
            continue  # 4号楼汝阿婆
        if text[start] in "和同与跟" and is_han(before[-1:]):
            continue  # 老人和娃娃
        at = name_at(text, start, SURNAMES)
        name = text[start : at[0]] if at else ""
        if at and _NO_PERSON.match(text, at[0] - 1):
            continue
        if at is None or _NO_NAME.search(text, start + 1, at[0] + 1):
            continue
        if before.endswith("叫") and _ONE_MORE.match(text, at[0]):
            at, name = (at[0] + 1, 0.9), text[start : at[0] + 1]  # 叫沙马友色,
        sides = _Sides(
            not before or not is_han(before[-1]),
            bool(BEFORE.search(before)),
            not before or bool(HEADS.search(text, max(0, start - 12), start)),
            bool(STRONG.match(text, at[0]) or LISTED.match(text, at[0])),
            text.find(name) != text.rfind(name),
        )
        if text[start] in SELDOM and not (sides.heads and sides.strong):
            continue
        if sure := _by_both_sides(said, start, at, sides):
            yield Mention(start, at[0], name, "", sure)


# 庄方 is one side of a quarrel; 沈阳晴16℃ is the weather, 罗城那边 and 雷公垴 are places.
_NO_PERSON = compiled(r"方(?=[说讲称提认要:])|[晴阴雨雪](?=\d|[转间到有])|.(?:[那这]边|垴|嘎查|苏木)")
_ONE_MORE = compiled("(?![的了着过吧呢吗啊呀])[一-鿿](?=[,。;、()])")
_NAMED = compiled("叫$|名叫$|[甲乙丙]方$")
_ROOM = compiled(r"[楼栋元幢-]\d{3,4}$")  # 5号楼1502倪春阳


class _Sides(NamedTuple):
    """What stands around what may be a name."""

    edge: bool  # a sign, not a word, before it
    led: bool  # a word that leads to names
    heads: bool  # it stands at the head of a line or a point
    strong: bool  # behind it, what is hardly told but of people
    often: bool  # it stands there more than once


def _by_both_sides(said: Said, start: int, at: tuple[int, float], sides: _Sides) -> float:
    """How surely a bare name is one; 0 where hardly."""
    text, (end, closed) = said.text, at
    edge, led, heads, strong, often = sides
    name = text[start:end]
    if is_called(name):
        return 0.92 if edge or led else 0.8
    if not typical(name):
        before = text[max(0, start - 4) : start]
        met = VISITED.search(before) and closed >= 0.9 and given_name(name[1:])
        return _by_rare_signs(name, closed, sides, bool(_NAMED.search(before) or met))
    if len(name) < 3 and name[-1] == "家":
        return 0  # 屠家说
    if len(name) < 3:
        if _NAMED.search(text, max(0, start - 2), start) and not is_han(text[end : end + 1]):
            return 0.92
        if strong and closed >= 0.9:
            return 0.92 if edge else 0.8 if led else 0
        of_office = closed >= 0.9 and AT_OFFICE.search(text, max(0, start - 8), start)
        return 0.82 if of_office and closes(text, end) else 0
    visited = VISITED.search(text, max(0, start - 4), start) or (led and text.startswith(("家", "户"), end))
    if closed < 0.9:
        return 0.8 if (often or visited) and (edge or led) else 0
    if visited or heads or (edge and (strong or led or often)):
        return 0.92
    return 0.9 if edge else 0.85 if strong or (led and often) else 0.82 if led or often else 0


_TITLES = frozenset("书")  # 支书


def _by_rare_signs(name: str, closed: float, sides: _Sides, named: bool) -> float:
    """The same of a name with a surname that is mostly no name, or signs that names are seldom given of."""
    edge, led, heads, strong, often = sides
    if len(name) == 2 and heads and strong and name[1] in GIVEN - _TITLES and name[0] not in SELDOM:
        return 0.82 if closed >= 0.9 else 0
    if len(name) < 3 or (name[0] in WEAK and is_ordinary(name[1:]) and not often):
        return 0
    if named:
        return 0.9
    if heads and strong and given_name(name[1:]):
        return 0.92 if often else 0.85
    plain = name[1] in GIVEN and (name[0] in COMMON or name[-1] in GIVEN)
    likely = (strong or (often and closed >= 0.9)) and (led or edge)
    return 0.8 if plain and likely else 0


def _joined(said: Said, one: Mention) -> Iterator[Mention]:
    """虞大海和虞大江: who is named together with somebody, by a full name."""
    while one.sure >= 0.9 and (link := _AND.match(said.text, one.end)):
        at = name_at(said.text, link.end(), COMMON)
        if not at or at[1] < 0.9 or at[0] - link.end() < 3:
            return
        one = Mention(link.end(), at[0], said.text[link.end() : at[0]], "", 0.92)
        yield one


def _again(said: Said, found: list[Mention]) -> Iterator[Mention]:
    """Further places of the names found."""
    sure = {mention.name: mention.sure for mention in reversed(found)}
    for at, name in _places(said.text, sure):
        yield Mention(at, at + len(name), name, "", sure[name])
    given = {
        name[1:]: name for name in sure if len(name) == 3 and typical(name) and not is_ordinary(name[1:])
    }
    for at, short in _places(said.text, given):  # 何雨桐 … 雨桐爸爸
        name = given[short]
        if said.text[at - 1 : at] != name[0] and opens(said, at) and closes(said.text, at + 2):
            yield Mention(at, at + 2, name, "", sure[name])
