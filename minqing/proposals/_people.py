"""Who is named in running text: a name by what stands before and behind it, never by its looks alone."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from minqing.proposals._said import Mention, Said
from minqing.surnames import COMPOUND, KINSHIP, SELDOM, SURNAMES, VOCABULARY, is_ordinary

# Signs that no given name holds, and that none ends in; 国 and 平 are left out, they may well be in one.
_NEVER = frozenset("的了在是给到说着把被让吗呢吧啊也都就很还我你他她它们这那些个不没未么什哪谁各每某")
_NEVER_LAST = _NEVER | frozenset(
    "和与同跟及等对从有主作讲问看拿坐走来去上下带介记表提反要想叫一两三几已曾因患今得当为以由请约找说帮家"
    "村镇乡县市区组局院校站所户店厂队室党委"
)
# What stands behind a name: verbs and small words that a sentence goes on with.
_FOLLOW = re.compile(
    r"[^一-鿿]|$|[家说的在给到和与同跟及等一二三四五六七八九十得当是为主作记表提反要想希向对把被让叫从由已曾因患今现有没无不又也都就才还很讲介带打告答承负拉拿坐站走"
    r"来去上下读学做开种养卖买搬租借欠缺差怕愁盼愿赚挣靠放填交接看问听认代以随年属住名老先赶陪领背闻抢送摸报建应安申接正刚每两夫这那自个个家突便再即立马赔同担特专亲连捐患种担忧愁最前后早晚回留带笑哭抱握指翻掏交签按敲开躺腿眼身右左腰"
    r"]"
)

# ---------------------------------------------------------------- posts

_PARTY = "党支部|党总支|支部|总支|党委|党组|纪委|镇委|县委|乡党委|妇联|团委|工会|村委会?|居委会?|两委|社区|人大|政协"
_SIGN = "[^\\W\\d_a-zA-Z我是由的作陪在了和与到把给约上请叫为让同跟向对从去来见等正及将被经说问找一]"
_ORG = (
    rf"(?:{_PARTY}|{_SIGN}{{0,4}}(?:[省市县区镇乡村组社队局委办站所院校科股部]|大学生|供销社|合作社|小学|中学|街道|银行|公司|医院|中心)|"
    r"[一二三四五六七八九十\d]{1,3}[组楼社]|驻村|包村|帮扶|征迁|征收|妇女|治调|治保|综治|民兵|计生|调解|联络|水管|防疫|残联)"
)
POST = (
    "第一书记|总支书记|支部书记|副?书记|村?主任|副主任|委员|会计|文书|出纳|镇长|乡长|县长|市长|区长|村长|副?局长|所长|站长|科长|股长|处长|"
    "支书|村官|组长|队长|连长|校长|院长|园长|主席|部长|经理|厂长|老板|理事长|社长|干事|网格员|网格长|医生|村医|护士|班主任|律师|讲师|师傅|修理工|电工|技术员|"
    "农技员|水管员|护林员|联络员|协管员|调解员|业务员|宣传员|监督员|社工|民警|法官|教授|楼栋长|楼长|负责人|带头人|工程师|司机|保洁员|代理人"
)
STATUS = (
    "老师|教师|干部|专家|记者|村民|居民|住户|群众|党员|老党员|老人|老支书|老队长|户主|学生|同学|儿童|女童|男童|孩子|贫困户|低保户|监测户|脱贫户|特困户|困难户|五保户|一般户|养殖户|大户|"
    "商户|农户|代表|困难党员|老兵|退役军人|志愿者|案主|服务对象|当事人|申请人|残疾人|乡贤|经营户|租户|业主|房东|邻居|伤者|患者"
)
_POSTED = re.compile(
    rf"(?P<role>(?:(?:{_ORG})的?){{0,3}}(?:[副总老正]|第一|新任|困难|留守|特困|种植|养殖|驻村|包村|帮扶|五保){{0,2}}(?:(?P<post>{POST})|{STATUS}))"
    r"(?:[叫:]|名叫)? ?(?=[一-鿿])"
)
_BEHIND = re.compile(rf"(?:副|第一|总支|支部|党委)?(?:{POST})|同学|同志|小朋友")
_AT_OFFICE = re.compile(rf"(?:{_ORG})$")

# ---------------------------------------------------------------- names that are no full names

_CALLED = "奶奶|爷爷|大[爷娘妈婶叔伯嫂姐哥姨]|婶子?|[叔伯婆公姐哥嫂姨]|阿[婆公姨]|婆婆|老汉|老太太?|先生|女士|大夫|师傅"
_NICK = re.compile(
    rf"(?P<name>[老小]?[一-鿿][二三四五六七八九]?(?:{_CALLED}))(?<!公(?=[示开告布里斤司路园安平正]))(?![们父母妹弟婆哥])"
)
_YOUNG = re.compile(r"(?P<name>[老小阿][一-鿿](?:头(?![发上顶疼痛]))?)(?![板师家人乡百村镇])")
_KIN = re.compile(
    rf"(?:{KINSHIP}|老婆|老公|媳妇|长孙|大儿子|小儿子|大女儿|小女儿|二儿子|二女儿)(?:名?叫|是)? ?(?=[一-鿿])"
)
_LABEL = re.compile(
    r"(?P<role>主持人?|记录人?|主讲人?|社工|户主|姓名|服务对象|案主|走访对象|被访人|对象|帮扶责任人|责任人|联系人|受访人|反映人|被?申请人|当事人|走访人|"
    r"入户干部|帮扶干部|记录员|参加人员|陪同人员?|代办员|调解员|宣讲人)[:] ?"
)
# Verbs of two signs that a name does not take the first sign of: 马三答应 is of 马三.
_VERB = re.compile(
    "答应|保证|承诺|表[示态]|反映|主持|记录|要求|提出|告诉|介绍|负责|同意|反对|报名|申请|参加|签[字名订]|"
    "打[电工算]|请[假求示]|领[取到走]|患[有病上]|补[给交]|让[出给]|住[在院]|开[口始车]|带[头领]|准备|希望|认为"
)
# 吴老三, 郑老大: how a brother among brothers is called.
_BROTHER = re.compile("老[大二三四五六七八九幺]")
_WEEKS = re.compile("[上下本每这两几半一]")  # 下周公示
_AND = re.compile("[和、与及]")
# Words that a bare name stands behind.
_BEFORE = re.compile(
    r"(?:走访了?|看望了?|慰问了?|访问|探望|来到|去到|去看|到了?|去了?|进了?|找到?了?|叫来?|请来?|问|跟|和|与|同|对|替|帮|给|为|把|陪|约上?|遇见|遇到|碰到|碰见|见到|"
    r"住着|接到|说的是|就是|还有|由|是|到|选举|推选|找|、|隔壁|邻居|只有|听|——|—|经|受|凭|让|看|的|[组村户])$"
)
_STRONG = re.compile(
    r"家[,。的里中有,;住住今一在,门院地田走老男女两(]|家$|家(?=[一-鿿])|说|今年|现年|得了?\d+票|当选|\(|[,、](?:男|女|\d+岁)|表态|反映|要求|提出|告诉|认为|担心|患|的?(?:老伴|丈夫|妻子|儿子|女儿|爷爷|奶奶|母亲|父亲|孩子|老婆|媳妇)"
    r"|等?[一两三四五六七八九十\d]{1,2}[位名户]|捐|收的|(?: ?(?:现金|慰问金|助学金))|特意|,(?:上个?月|前年|去年|昨|今|因|患|他|她|住|现|家)|夫妇|夫妻|两口子|一家|,我|同学|想要?|左手|右手|腿|眼睛|血压|身体|不认"
)
# Surnames that mostly begin or end other words.
_WEAK = SELDOM | frozenset("和于时成平计应满家支山公谷元花包农水贝强解宣干党安常乐向易方何文代车")
_COMMON = SURNAMES - _WEAK

_LISTED = re.compile(
    f"、[{''.join(sorted(SURNAMES - _WEAK))}][一-鿿]{{1,2}}(?:、|和|等|[一两三四五六七八九十])"
)
_NO_NAME = re.compile(f"(?:{POST}|{_CALLED})(?=.$)|[小中大]学$")


def mentions(said: Said) -> tuple[Mention, ...]:
    """Everybody a text names, in its order."""
    found: dict[int, Mention] = {}
    for find in (_known, _labelled, _called, _with_post, _post_behind, _by_kin, _bare):
        for mention in find(said):
            near = range(mention.start - 4, mention.end)
            if not any(at in found and found[at].end > mention.start for at in near):
                found[mention.start] = mention
    for mention in list(found.values()):
        found |= {one.start: one for one in _joined(said, mention) if one.start not in found}
    for mention in _again(said, list(found.values())):
        found.setdefault(mention.start, mention)
    return tuple(sorted(found.values()))


def officials(people: tuple[Mention, ...]) -> frozenset[str]:
    """The names that a text tells with a post."""
    post = re.compile(f"(?:{POST}|干部|老师|教师|主持人?|记录人?)$")
    return frozenset(one.name for one in people if post.search(one.role))


def name_at(text: str, start: int, surnames: frozenset[str], sure: float = 0.92) -> tuple[int, float] | None:
    """Where a name that begins at an offset ends, and how surely; None where none does."""
    surname = 2 if text[start : start + 2] in COMPOUND else 1
    if (surname == 1 and text[start : start + 1] not in surnames) or is_ordinary(text[start : start + 2]):
        return None
    if _BROTHER.match(text, start + surname):
        return start + surname + 2, sure
    doubtful = None
    for given in (2, 1):
        end = start + surname + given
        name = text[start:end]
        if not re.fullmatch(f"[一-鿿]{{{surname + given}}}", name) or _NEVER.intersection(name[surname:]):
            continue
        if name in VOCABULARY or is_ordinary(name) or (given == 2 and _VERB.match(text, end - 1)):
            continue
        if _VERB.match(text, end) or (_FOLLOW.match(text, end) and name[-1] not in _NEVER_LAST):
            return end, sure
        doubtful = doubtful or (end, 0.8)
    return doubtful


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
        if at := name_at(said.text, start, SURNAMES, 0.95):
            role = re.compile(r"\(([^()]{1,12})\)").match(said.text, at[0])
            yield Mention(start, at[0], said.text[start : at[0]], role[1] if role else match["role"], at[1])


def _with_post(said: Said) -> Iterator[Mention]:
    """村支部书记罗定山, 老党员岳明德家."""
    for match in _POSTED.finditer(said.text):
        start = match.end()
        at = name_at(said.text, start, SURNAMES - SELDOM - {"和"} if match["post"] else _COMMON)
        if at and (at[1] >= 0.9 or match["post"]):
            yield Mention(start, at[0], said.text[start : at[0]], match["role"], at[1])
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
            if len(name) == length and _is_name(name):
                office = _AT_OFFICE.search(said.text[max(0, end - length - 8) : end - length])
                role = match[0] if match[0] == "同学" or not office else office[0] + match[0]
                yield Mention(end - length, end, name, role, 0.92)
                break


def _is_name(name: str) -> bool:
    surname = 2 if name[:2] in COMPOUND and len(name) > 2 else 1
    return (
        re.fullmatch("[一-鿿]+", name) is not None
        and (surname == 2 or name[0] in _COMMON)
        and not _NEVER_LAST.intersection(name[surname:])
        and not any(map(is_ordinary, (name, name[:2], name[-2:])))
    )


def _by_kin(said: Said) -> Iterator[Mention]:
    """妻子汤秀, 长女成佳: only where the name is well closed."""
    heads = {said.text[match.end()] for match in _LABEL.finditer(said.text) if match.end() < len(said.text)}
    for match in _KIN.finditer(said.text):
        start = match.end()
        at = name_at(said.text, start, _COMMON | (heads & SURNAMES))
        if at and at[1] >= 0.9 and not is_ordinary(said.text[at[0] - 2 : at[0]]):
            role = re.sub("名?叫$|是$", "", match[0].strip())
            yield Mention(start, at[0], said.text[start : at[0]], role, 0.92 if at[0] - start > 2 else 0.85)


def _bare(said: Said) -> Iterator[Mention]:
    """鲁大栓和隔壁鲁二喜, 秦月娥,我小学的同桌: by the words on both sides."""
    text = said.text
    times = Counter(text[at : at + 3] for at in range(len(text) - 2) if text[at] in SURNAMES)
    for match in re.finditer(
        f"[{''.join(sorted(SURNAMES - SELDOM))}]|{'|'.join(sorted(COMPOUND))}", said.text
    ):
        start = match.start()
        before = said.text[max(0, start - 4) : start]
        led = _BEFORE.search(before)
        if (not led and before and "一" <= before[-1] <= "鿿") or before[-1:].isdigit():
            continue
        at = name_at(said.text, start, SURNAMES - SELDOM)
        name = said.text[start : at[0]] if at else ""
        if at is None or at[1] < 0.9 or _NO_NAME.search(said.text, start + 1, at[0] + 1):
            continue
        strong = _STRONG.match(said.text, at[0]) or (times[name] > 1 and said.text.startswith(":", at[0]))
        if _BROTHER.fullmatch(name[-2:]):
            sure = 0.92
        elif len(name) < 3:
            sure = 0.8 if strong and name[0] not in _WEAK else 0
        elif name[0] in _WEAK or is_ordinary(name[-2:]):
            sure = (0.92 if times[name] > 1 else 0.85) if strong and (led or times[name] > 1) else 0
        else:
            sure = 0.92 if strong or times[name] > 1 else 0.85 if _LISTED.match(said.text, at[0]) else 0
        if sure:
            yield Mention(start, at[0], name, "", sure)


def _joined(said: Said, one: Mention) -> Iterator[Mention]:
    """虞大海和虞大江: who is named together with somebody, by a full name."""
    while one.sure >= 0.9 and (link := _AND.match(said.text, one.end)):
        at = name_at(said.text, link.end(), _COMMON)
        if not at or at[1] < 0.9 or at[0] - link.end() < 3:
            return
        one = Mention(link.end(), at[0], said.text[link.end() : at[0]], "", 0.92)
        yield one


def _called(said: Said) -> Iterator[Mention]:
    """姜奶奶, 老余叔, 汪先生."""
    for match in _NICK.finditer(said.text):
        name = match["name"]
        sign = name[1] if name[0] in "老小" else name[0]
        weeks = sign == "周" and _WEEKS.search(said.text, max(0, match.start() - 1), match.start())
        if sign in _COMMON and not is_ordinary(name) and not weeks:
            yield Mention(match.start(), match.end(), name, _role_before(said, match.start()), 0.92)


def _again(said: Said, found: list[Mention]) -> Iterator[Mention]:
    """Further places of the names found."""
    sure = {mention.name: mention.sure for mention in reversed(found)}
    for at, name in _places(said.text, sure):
        yield Mention(at, at + len(name), name, "", sure[name])
