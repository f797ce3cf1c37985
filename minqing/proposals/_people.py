"""Who is named in running text: a name by what stands before and behind it, never by its looks alone."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from minqing.proposals._names import (
    COMMON,
    WEAK,
    closes,
    given_name,
    is_called,
    is_name,
    name_at,
    typical,
)
from minqing.proposals._said import Mention, Said
from minqing.surnames import COMPOUND, GIVEN, KINSHIP, PARTS, SELDOM, SURNAMES, is_ordinary

# ---------------------------------------------------------------- posts

_PARTY = "党支部|党总支|支部|总支|党委|党组|纪委|镇委|县委|乡党委|妇联|团委|工会|村委会?|居委会?|两委|社区|人大|政协"
_SIGN = "[^\\W\\d_a-zA-Z我是由的作陪在了和与到把给约上请叫为让同跟向对从去来见等正及将被经说问找一]"
_ORG = (
    rf"(?:{_PARTY}|{_SIGN}{{0,4}}(?:[省市县区镇乡村屯寨组社队局委办站所院校科股部]|大学生|供销社|合作社|小学|中学|街道|银行|公司|医院|中心|超市|物业)|"
    r"[一二三四五六七八九十\d]{1,3}[组楼社]|驻村|包村|包片|帮扶|征迁|征收|妇女|治调|治保|综治|民兵|计生|调解|联络|水管|防疫|残联|民政)"
)
POST = (
    "第一书记|总支书记|支部书记|副?书记|村?主任|副主任|委员|会计|出纳|文书|镇长|乡长|县长|市长|区长|村长|屯长|寨长|社长|副?局长|副?所长|站长|科长|股长|处长|"
    "支书|村官|组长|队长|连长|校长|院长|园长|主席|部长|经理|厂长|老板|理事长|会长|秘书长?|干事|助理|主管|网格员|网格长|医生|大夫|村医|护士|班主任|班长|律师|讲师|师傅|修理工|电工|水工|瓦工|木工|技术员|"
    "农技员|兽医|防疫员|水管员|护林员|护路员|联络员|协管员|调解员|业务员|宣传员|监督员|指导员|特派员|科员|办事员|队员|社工|民警|辅警|法官|教授|楼栋长|楼长|负责人|带头人|工程师|司机|保洁员|保安|保姆|护工|代理人|信贷员|理赔员|督导员|代办员|护理员|收银员|炊事员|记账员|饲养员|管理员|驾驶员|保管员|巡查员|安全员|专干|店主|主播"
)
STATUS = (
    "老师|教师|干部|专家|记者|村民|社员|居民|住户|群众|党员|老党员|老人|老汉|老支书|老队长|户主|学生|同学|儿童|女童|男童|孩子|孤儿|贫困户|低保户|监测户|脱贫户|特困户|困难户|五保户|一般户|养殖户|种植户|[一-鿿]{2}户|大户|"
    "商户|农户|代表|困难党员|老兵|退役军人|志愿者|案主|服务对象|当事人|申请人|残疾人|乡贤|经营户|租户|业主|房东|邻居|上访人|来访人|受害人|承包人|哑巴|聋哑人|盲人|孤寡老人|果农|菜农|茶农|牧民|渔民|伤者|患者|病人|同事|同学|亲戚|工友|战友|老乡|对象"
)
_POSTED = re.compile(
    rf"(?P<role>(?:(?:{_ORG})的?){{0,3}}(?:[副总老正]|第一|新任|困难|留守|特困|独居|孤寡|空巢|残疾|种植|养殖|驻村|包村|帮扶|五保|低保|脱贫|监测){{0,2}}(?:(?P<post>{POST})|{STATUS}))"
    r"(?:[叫:]|名叫|是)? ?(?=[一-鿿])"
)
_BEHIND = re.compile(rf"(?:副|第一|总支|支部|党委)?(?:{POST})|老师|同学|同志|小朋友")
_AT_OFFICE = re.compile(rf"(?:{_ORG})$")
# 赵支书, 班老师: a post behind nothing but a surname.
_TITLED = re.compile(
    rf"(?P<name>(?:{'|'.join(sorted(COMPOUND))}|[一-鿿])(?:第一|副)?(?:{POST}|老师|工|所|局|总|指导|法师))(?!们|[地程作业资人厂]|$(?<=[工所局总]))"
)

# ---------------------------------------------------------------- names that are no full names

_ELDER = "奶奶|爷爷|大[爷娘妈婶叔伯嫂姐哥姨舅]|婶[子娘]?|嫂子?|[叔伯婆公姐哥姨爷舅妈爹]|阿[婆公姨]|婆婆|伯伯|叔叔|老汉|老太太?|老爹|大爹|先生|女士|大夫|师傅|老倌|孃孃?|嬢嬢?"
_NICK = re.compile(
    rf"(?P<name>(?:{'|'.join(sorted(COMPOUND))}|[老小]?[一-鿿])[大小一二三四五六七八九幺]?(?:{_ELDER}))(?<![公](?=[示开告布里斤司路园安平正证共益]))(?<!妈(?=妈))(?<!爷(?=爷))(?![们父母妹弟婆哥子])"
)
_YOUNG = re.compile(r"(?P<name>[老小阿][一-鿿](?:头(?![发上顶疼痛]))?)(?![板师家人乡百村镇])")
_NO_YOUNG = re.compile(
    "[老小阿](?:[时车米水麦康路农商满寒暑花房石山鱼牛马羊龙区组学户孩心雨雪家人年师公支党党百])|老[弟包]"
)
_KIN = re.compile(
    rf"(?:{KINSHIP}|老婆|老公|媳妇|长孙|大儿子|小儿子|大女儿|小女儿|二儿子|二女儿|娃儿|婆娘|男人|闺女|姑娘|爹|爸|妈|娘|儿|女|弟|哥|姐|妹|叔|娃)(?:名?叫|是)? ?(?=[一-鿿])"
)
_LABEL = re.compile(
    r"(?P<role>主持人?|记录人?|主讲人?|社工|户主|姓名|服务对象|案主|走访对象|家访对象|探访对象|被访人|访谈对象|对象|帮扶责任人|责任人|联系人|受访人|反映人|来访人|求助人|被?申请人|当事人|走访人|"
    r"入户干部|入户人员?|帮扶干部|记录员|参加人员?|参会人员?|出席人员?|陪同人员?|同行人员?|值班人员?|填表人|代办员|调解员|宣讲人|班主任)[:] ?"
)
_AND = re.compile("[和、与及]")
# Words that a bare name stands behind.
_BEFORE = re.compile(
    r"(?:人|走访了?|看望了?|慰问了?|访问|探望|拜访|来到|去到|去看了?|看了?|到了?|去了?|进了?|找到?了?|寻|叫来?|喊|请来?|问|跟|和|与|同|对|替|帮|给|为|把|陪|约上?|遇见|遇到|碰到|碰见|见到|见了?|"
    r"住着|接到|接|说的是|就是|还有|由|是|到|选举|推选|找|、|隔壁|邻居|只有|听|——|—|经|受|凭|让|看|的|[组村屯寨户楼栋室号]|联系|通知|安排|委托|动员|劝|送|扶|带|带着|叫做?|名叫|数|其中|包括|比如|像|会同|组织)$"
)
_VISITED = re.compile(
    "(?:走访了?|看望了?|慰问了?|探望了?|看了|拜访了?|隔壁|邻居|叫|名叫|的是|位是|个是|[组屯寨]的?|[级班]的?|(?:号|单元)的?|\\d[栋室户]的?)$"
)
_STRONG = re.compile(
    r"一?家|[, ]\d\d(?=\D)|\\d+岁|被|父子|母子|父女|母女|兄弟|,?(?:丈夫|妻子|老伴|老公|老婆|儿子|女儿|父亲|母亲)|说|讲|今年|现年|(?:得了?)?\d+票|当选|\(|[,、 ]?(?:男(?![人方])|女(?![儿方])|\d+岁|[一二三四五六七八九]?十[一二三四五六七八九岁了])|表态|反映|要求|提出|告诉|认为|担心|患|的?(?:老伴|丈夫|妻子|儿子|女儿|爷爷|奶奶|母亲|父亲|孩子|老婆|媳妇|妈妈|爸爸|公公|婆婆|外婆|家长)"
    r"|等?[一两三四五六七八九十\d]{1,2}[位名户]|捐|收的|(?: ?(?:现金|慰问金|助学金))|特意|[,:](?:在|上个?月|前年|去年|昨|今|因|患|他|她|住|现|家)|夫妇|夫妻|两口子|一家|,我|同学|想要?|左手|右手|腿|眼睛|血压|身体|不认|"
    r"答应|承诺|保证|打[来电]|来[问找说反]|老[人汉两]|大[爷娘妈]|同志|[他她]|这[几个]|那边|在场|一直|家庭"
)
# The head of a line or a point of a list: 1.东沟 褚满堂, 【一组 全守业家】.
_HEADS = re.compile(
    r"(?:\n|^|[【①-⑳;。])[ 　]*(?:\d{1,2}[.、)] ?|[一二三四五六七八九十]、|\([一二三四五六七八九十\d]+\)|[①-⑳]|[-*·])? ?(?:[一-鿿\d]{1,4}[组村社屯寨沟湾坪坝坡冲庄号] ?)?$"
)
_NO_NAME = re.compile(f"(?:{POST}|{_ELDER})(?=.$)|[小中大]学$")


def mentions(said: Said) -> tuple[Mention, ...]:
    """Everybody a text names, in its order."""
    found: dict[int, Mention] = {}
    for find in (
        _known,
        _labelled,
        _called,
        _with_post,
        _post_behind,
        _by_kin,
        _of_parts,
        _bare,
        _titled,
        _young,
    ):
        for mention in find(said):
            near = range(mention.start - 4, mention.end)
            same = found.get(mention.start)
            if same and same.end == mention.end:
                found[mention.start] = same._replace(sure=max(same.sure, mention.sure))
            elif not any(at in found and found[at].end > mention.start for at in near):
                found[mention.start] = mention
    for mention in list(found.values()):
        for one in _joined(said, mention):
            found[one.start] = one._replace(role=found[one.start].role if one.start in found else "")
    kept = _one_length(said, _in_full(found.values()))
    again = {one.start: one for one in kept}
    for mention in _again(said, kept):
        again.setdefault(mention.start, mention)
    sure = {
        name: max(one.sure for one in again.values() if one.name == name)
        for name in {one.name for one in again.values()}
    }
    return tuple(sorted(one._replace(sure=sure[one.name]) for one in again.values()))


def officials(people: tuple[Mention, ...]) -> frozenset[str]:
    """The names that a text tells with a post."""
    post = re.compile(f"(?<!老)(?:{POST}|干部|老师|教师|主持人?|记录人?)$")
    return frozenset(one.name for one in people if post.search(one.role) or _TITLED.fullmatch(one.name))


def _one_length(said: Said, found: Iterable[Mention]) -> list[Mention]:
    """Of 李春 and 李春来 the one that the text bears out: the shorter where it also stands without the last sign."""
    named = {one.name for one in found}
    wrong = set()
    for name in named:
        for longer in (other for other in named if len(other) == len(name) + 1 and other.startswith(name)):
            alone = said.text.count(name) - said.text.count(longer)
            wrong.add(longer if alone else name)
    return [one for one in found if one.name not in wrong]


def _in_full(found: Iterable[Mention]) -> list[Mention]:
    """The people without 邓校长, where 校长邓明远 is named."""
    posts = {one.name[:1] for one in found if one.role and not _TITLED.fullmatch(one.name)}
    return [one for one in found if one.role or one.name[0] not in posts or not _TITLED.fullmatch(one.name)]


def _known(said: Said) -> Iterator[Mention]:
    for at, name in _places(said.text, said.known.people):
        yield Mention(at, at + len(name), name, _role_before(said, at), 0.97)


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
        if at := name_at(said.text, start, SURNAMES):
            role = re.compile(r"\(([^()]{1,12})\)").match(said.text, at[0])
            yield Mention(
                start, at[0], said.text[start : at[0]], role[1] if role else match["role"], max(at[1], 0.92)
            )


def _with_post(said: Said) -> Iterator[Mention]:
    """村支部书记罗定山, 老党员岳明德家."""
    for match in _POSTED.finditer(said.text):
        start = match.end()
        at = name_at(said.text, start, SURNAMES - SELDOM - {"和"})
        name = said.text[start : at[0]] if at else ""
        plain = len(name) > 2 and (name[0] in COMMON or given_name(name[1:]))
        titled = match["post"] and given_name(name[1:])
        if at and (typical(name) or is_called(name) or titled or (at[1] >= 0.85 and plain)):
            yield Mention(start, at[0], name, match["role"], max(at[1], 0.8))
        elif (young := _YOUNG.match(said.text, start)) and young["name"][1] in SURNAMES:
            yield Mention(start, young.end(), young["name"], match["role"], 0.92)


def _role_before(said: Said, start: int) -> str:
    """The post or status that stands right before a name."""
    before = said.text[max(0, start - 16) : start]
    return next(
        (match["role"] for match in _POSTED.finditer(before + "某") if match.end() == len(before)), ""
    )


def _post_behind(said: Said) -> Iterator[Mention]:
    """王浩书记, 陈光琳副局长, 王雪晴同学."""
    for match in _BEHIND.finditer(said.text):
        end = match.start()
        for length in (3, 2):
            name = said.text[max(0, end - length) : end]
            if len(name) == length and is_name(name) and (length == 2 or typical(name)):
                office = _AT_OFFICE.search(said.text[max(0, end - length - 8) : end - length])
                role = match[0] if match[0] == "同学" or not office else office[0] + match[0]
                sure = 0.92 if typical(name) and _opens(said, end - length) else 0.8
                yield Mention(end - length, end, name, role, sure)
                break


def _opens(said: Said, start: int) -> bool:
    """Whether a name may well begin at an offset: behind a sign, an office or a word that leads to names."""
    before = said.text[max(0, start - 8) : start]
    return (
        not before
        or not "一" <= before[-1] <= "鿿"
        or bool(_BEFORE.search(before) or _AT_OFFICE.search(before))
    )


def _titled(said: Said) -> Iterator[Mention]:
    """赵支书, 班老师: by surname and post, where nobody of that surname is named in full with a post."""
    for match in _TITLED.finditer(said.text):
        name, start = match["name"], match.start()
        sign, short = name[0], name[-1] in "工所局总"
        if sign not in (
            COMMON if "一" <= said.text[start - 1 : start] <= "鿿" else SURNAMES - SELDOM - _NO_TITLE
        ):
            continue  # 部门负责人
        if not _opens(said, start) or name == "班主任":
            continue
        if is_ordinary(name) or is_ordinary(name[:2]):
            continue
        if not short or (sign in COMMON and closes(said.text, match.end())):
            yield Mention(start, match.end(), name, "", 0.92 if sign in COMMON and not short else 0.8)


_NO_FAMILY = frozenset("家山公支党干安常和乐代车国法司成时总连全")  # 家长, 党委委员, 车队长
_NO_TITLE = _NO_FAMILY | {"任"}  # 由他任组长


def _by_kin(said: Said) -> Iterator[Mention]:
    """妻子汤秀, 长女成佳: only where the name is well closed."""
    heads = {said.text[match.end()] for match in _LABEL.finditer(said.text) if match.end() < len(said.text)}
    for match in _KIN.finditer(said.text):
        start = match.end()
        at = name_at(said.text, start, COMMON | (heads & SURNAMES))
        if at and at[1] >= 0.9 and not is_ordinary(said.text[at[0] - 2 : at[0]]):
            name = said.text[start : at[0]]
            role = re.sub("名?叫$|是$", "", match[0].strip())
            full = len(name) > 2 or not "一" <= said.text[at[0] : at[0] + 1] <= "鿿"
            yield Mention(start, at[0], name, role, 0.92 if full and len(match[0]) > 1 else 0.85)


def _bare(said: Said) -> Iterator[Mention]:
    """鲁大栓和隔壁鲁二喜, 秦月娥,我小学的同桌: by the words on both sides."""
    text = said.text
    for match in re.finditer(f"[{''.join(sorted(SURNAMES))}]|{'|'.join(sorted(COMPOUND))}", text):
        start = match.start()
        before = text[max(0, start - 4) : start]
        if before[-1:].isdigit():
            continue
        at = name_at(text, start, SURNAMES)
        name = text[start : at[0]] if at else ""
        if at is None or _NO_NAME.search(text, start + 1, at[0] + 1):
            continue
        sides = _Sides(
            not before or not "一" <= before[-1] <= "鿿",
            bool(_BEFORE.search(before)),
            not before or bool(_HEADS.search(text, max(0, start - 12), start)),
            bool(_STRONG.match(text, at[0])),
            text.count(name) > 1,
        )
        if text[start] in SELDOM and not (sides.heads and sides.strong):
            continue
        if sure := _by_both_sides(said, start, at, sides):
            yield Mention(start, at[0], name, "", sure)


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
        return _by_rare_signs(name, closed, sides)
    if len(name) < 3:
        return (0.92 if edge else 0.8 if led else 0) if strong and closed >= 0.9 else 0
    visited = _VISITED.search(text, max(0, start - 4), start) or (led and text.startswith("家", end))
    if closed < 0.9:
        return 0.8 if (often or visited) and (edge or led) else 0
    if visited or heads or (edge and (strong or led or often)):
        return 0.92
    return 0.9 if edge else 0.85 if strong or (led and often) else 0.82 if led or often else 0


def _by_rare_signs(name: str, closed: float, sides: _Sides) -> float:
    """The same of a name with a surname that is mostly no name, or signs that names are seldom given of."""
    edge, led, heads, strong, often = sides
    if len(name) < 3 or (name[0] in WEAK and is_ordinary(name[1:]) and not often):
        return 0
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


def _called(said: Said) -> Iterator[Mention]:
    """姜奶奶, 老余叔, 汪先生; of 周振应老汉 and 邓小平先生 the full name."""
    for match in _NICK.finditer(said.text):
        name, start, end = match["name"], match.start(), match.end()
        young = name[0] in "老小" and len(name) > 2
        given = start + 1 + young  # where a full name would end
        full = next((at for at in (given - 3, given - 2) if _is_full(said, at, given)), start)
        if full < start:
            yield Mention(full, given, said.text[full:given], said.text[given:end], 0.92)
        elif _is_called(said, start, name, name[1] if young else name[0]):
            role = _role_before(said, start)
            sure = 0.92 if len(name) > 2 or role or _opens(said, start) else 0.8
            yield Mention(start, end, name, role, sure)


def _is_full(said: Said, start: int, end: int) -> bool:
    name = said.text[max(0, start) : end]
    return is_name(name) and typical(name) and (len(name) > 2 or _opens(said, start))


def _is_called(said: Said, start: int, name: str, sign: str) -> bool:
    """Whether a family name, and not the end of another word, stands before 奶奶 or 叔."""
    before = said.text[max(0, start - 1) : start]
    if name[:2] in COMPOUND:
        return True
    if is_ordinary(name) or is_ordinary(name[:2]) or is_ordinary(before + name[0]):
        return False
    if _NUMBER.search(before) or (sign == "周" and _WEEKS.search(before)):
        return False
    return sign in (COMMON if len(name) < 3 else SURNAMES - SELDOM - _NO_FAMILY)


_NUMBER = re.compile("[\\d.一二三四五六七八九十百千]")  # 43万公顷
_WEEKS = re.compile("[上下本每这两几半一]")  # 下周公示


def _young(said: Said) -> Iterator[Mention]:
    """老隋家, 小郎来看了: where somebody may be named, and is told of."""
    for match in _YOUNG.finditer(said.text):
        start, end, name = match.start(), match.end(), match["name"]
        post = _BEHIND.match(said.text, end)  # 老田副镇长
        if name[1] not in COMMON or _NO_YOUNG.match(name) or not _opens(said, start):
            continue
        if post or closes(said.text, end):
            sure = 0.92 if post or _STRONG.match(said.text, end) else 0.82
            yield Mention(start, end, name, post[0] if post else "", sure)


_PARTS = re.compile(f"(?:{'|'.join(sorted(PARTS, key=len, reverse=True))}){{1,3}}")


def _of_parts(said: Said) -> Iterator[Mention]:
    """斯琴高娃, 次仁卓玛: names without a family name."""
    for match in _PARTS.finditer(said.text):
        if _opens(said, match.start()) and closes(said.text, match.end()):
            whole = len(match[0]) > 3 or _HEADS.search(said.text, max(0, match.start() - 12), match.start())
            yield Mention(*match.span(), match[0], _role_before(said, match.start()), 0.92 if whole else 0.82)


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
        if said.text[at - 1 : at] != name[0] and _opens(said, at) and closes(said.text, at + 2):
            yield Mention(at, at + 2, name, "", sure[name])
