"""What kind of entry a text is, by the word it uses for itself; near its beginning that is sure."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import islice

from minqing.proposals._compiled import compiled
from minqing.proposals._said import WHOLE, Hit, Rule, Said, between, within

_TITLE = 40  # signs of a title
_LONGEST = 20_000  # signs of an event that are looked through for how often it says a word
_NEAR = 90  # signs from where the event begins

# The words of each kind, with an example, and one that only sounds like it.
_KINDS = {
    "meeting": (
        r"会议(?:记录|纪要)|(?:村民|居民|党员|代表|评议|座谈|院坝|户主|群众|屋场|两委|联席|小组|恳谈|协商|协调|"
        r"议事|动员|例)(?:代表)?(?:会议?|大会)(?!议室|后)|(?:委员|理事)会(?:会?议|碰头)|理事碰头|恳谈(?=夜|会)|"
        r"召集人?:|主持(?:人|会议)?:|会议由|(?:召开|举行|开(?!工|始|通|展|车|门|机|店|出|学))了?[^,。\n]{0,16}(?:(?<!家长|招聘|订货|展销|运动|联欢|茶话|拍卖|音乐|生日|推介|交易|相亲)(?<![庙晚社机])会(?![计议展])|大会)(?!\d|[一二两三四五六七八九十]+[次场])|开会",
        "会议由村书记主持。",
        "他在会议室坐着。",
    ),
    "aid": ((
        r"慰问(?!结束|之后|后|的想法|的事|一下)|送温暖|发放(?:慰问|物资|救助|助学|标准|登记)|助学金|"
        r"送[上去](?:慰问|助学|大米)|捐(?:赠|款|助)|微心愿"
    ), "今天去慰问困难群众。", "他问我要不要去。"),
    "mediate": (
        r"调解(?!员|主任)|劝和|(?:打|吵)(?:起来|了起来)了|(?:动员|劝)[^,。]{0,8}搬|拆迁|征迁|(?:死活)?不签|"
        r"纠纷|对骂|吵(?:架|起来|闹)|赔礼|各让一步|当事双方|地界|扯皮",
        "接到电话去调解一起纠纷。",
        "调解员小王在场。",
    ),
    "publicize": ((
        r"宣讲|培训|讲座|夜话|宣传(?:活动|会|日|周)|关于[^\n。]{2,20}的通知|讲解政策|"
        r"发(?:放|了)?(?:宣传|倡议)[单册书]|反诈"
    ), "上午办医保政策宣讲会。", "宣传册放在桌上。"),
    "serve": ((
        r"代办|受[^,。]{2,20}委托|替[^,。]{1,6}(?:跑|办)|接待(?:登记|记录|日志)|来访(?:时间|人|接待)|窗口|随访|义诊|"
        r"热线|工单|陪[^,。]{1,8}(?:去|到)[^,。]{0,6}(?:医院|办|银行)"
    ), "周三，代办记录。", "他受人尊敬。"),
    "inspect": ((
        r"督查|督导(?!意见|[:(]|老师|员)|巡查|抽查|检查组|进行检查|验收|查[一-鿿]{0,4}(?:防火|场所|煤炉|隐患)|防溺水|跑防火|安监|排查|"
        r"值守|安全检查|(?:消防|隐患|食品|汛期)[^,。]{0,4}检查|(?:交叉|联合|专项)检查|巡河|巡林|巡堤"
    ), "县督查组来检查。", "他身体检查过了。"),
    "survey": (r"调研|摸底|对接|普查|入户核查|调查(?!员)|(?:情况|工作)(?:的)?(?:报告|简报)|统计(?:表|了)", "到学校去调研。", "他很会研究。"),
    "visit": (
        r"走访(?!座谈|户)|个案|面谈|跑了[一二三四五六七八九十\d]{1,2}户|(?<!走村)入户(?!核[实查]|路)|家访|看望|"
        r"回访(?!满意|电话)|上门|登门|[去上]看|去(?![一-鿿]{0,3}[库河路渠堤桥田地站厂井塘])[一-鿿]{2,4}看|"
        r"服务对象|探望|敲门",
        "下午走访了两户。",
        "他家在路边。",
    ),
    "note": (r"(?<=给)[一-鿿]{1,3}的信|备忘|口述|日报|交班|交接[本单条]|盘点|记事|值班日志|随记|值班记录|杂记|感想|心得", "7月8日 值班日志", "他值班去了。"),
}  # fmt: skip


# The words of the other kinds are as often of something else.
_UNMISTAKABLE = {"meeting", "aid", "visit", "mediate", "note"}
# What is told of on the way as often as it is what one came for.
_IN_PASSING = compiled(
    "微心愿|开会|评议会|村民代表会|培训|备忘|盘点|交班|交接|日报|口述|记事|防溺水|调解(?!记录|协议|笔录|台账|卷宗|手记|日志|书)|征迁|例会|纠纷|"
    "吵(?:架|起来|闹)|地界|扯皮|拆迁|捐|反诈|热线|验收|随访|义诊|排查|统计|对接|上门|登门|敲门|接待"
)
_MORE_THAN_VISIT = compiled("|".join(words for kind, (words, *_) in _KINDS.items() if kind != "visit"))
_TO_COME = compiled("(?:明天|后天|下周|下[个月]|准备|打算|等到?|通知|要)[^,。]{0,5}$")
_HEAD = 50  # signs in which a visit is what a text is about
_POINT = compiled(r"\d[.、)] ?$")  # 1.走访。
_RECORD = compiled("调解(?:记录|协议|笔录|台账|卷宗|手记|日志|书)|[打吵](?:起来|了起来)")
_DISPUTE = compiled("调解|纠纷")
_ASIDE = compiled("[之以]?[前后]|兼")  # 党员大会前的一次走访
_BEFORE = compiled("兼$|(?:年前|去年|前年|上次|上回|以前|曾经?|那年)[^,。]{0,8}$")
_AT_HOME = r"(?:到|去|进|来到|敲开)了?[一-鿿]{2,4}(?=家(?![里的]))"


def _is(kind: str) -> Callable[[Said, re.Match[str]], Iterator[Hit]]:
    words = compiled(_KINDS[kind][0])

    def read(said: Said, match: re.Match[str]) -> Iterator[Hit]:
        start, end = _extent(said, match.start())
        at, passing = match.start() - start, bool(_IN_PASSING.match(match[0]))
        often = sum(1 for _word in islice(words.finditer(said.text, start, end), 4))
        near = kind in _UNMISTAKABLE and at < _NEAR and not passing
        if kind == "note" or (kind != "meeting" and len(said.openings) > 2):
            # what is noted on duty may be anything, and a text of many days says on each of them what else was done
            near = False
        if kind == "mediate" and often < 2 and not _RECORD.match(said.text, match.start()):
            near = False
        if kind == "visit" and (
            at > _HEAD
            or _POINT.search(said.text, max(0, match.start() - 3), match.start())
            or _MORE_THAN_VISIT.search(said.text, start, start + 2 * _NEAR)
        ):
            near = False  # one goes to people for more than one thing
        if kind == "meeting" and _DISPUTE.search(said.text, start, start + _TITLE):
            near = False  # somebody presides over reconciling, too
        if kind == "meeting" and match[0][0] in "召举开" and not _confers(said, match, start, end):
            near = False  # people gather for much else: 开分红会, 举行表彰大会
        if kind == "visit" and match[0].endswith("看") and not _looks_at_somebody(said, match):
            near = False  # one goes and looks at a well, too
        before = max(start, match.start() - 12), match.start()
        if (
            _TO_COME.search(said.text, *before)
            or _BEFORE.search(said.text, *before)
            or _ASIDE.match(said.text, match.end())
        ):
            near = False
        likely = 0.57 + 0.03 * often + (0.1 if at < _TITLE else 0.05 if at < _NEAR else -0.1 * passing)
        yield Hit("kind", kind, *match.span(), 0.92 if near else round(likely, 2))

    return read


_CONFERS = compiled("应到|实到|到会|列席|表决|举手|召集|议[题定程]|记录[人:]|主持|审议|[参与]会|会议")


def _confers(said: Said, match: re.Match[str], start: int, end: int) -> bool:
    """Whether an event says but for the word itself that people conferred."""
    return bool(
        _CONFERS.search(said.text, start, match.start()) or _CONFERS.search(said.text, match.end(), end)
    )


def _looks_at_somebody(said: Said, match: re.Match[str]) -> bool:
    """Whether somebody is named right behind 看, or whose home it is before it."""
    return any(
        one.start <= match.end() + 2 if one.start >= match.end() else said.text[one.end : one.end + 1] == "家"
        for one in between(said, match.start(), match.end() + 3)
    )


def _extent(said: Said, at: int) -> tuple[int, int]:
    """Where the event that a place belongs to begins and ends."""
    starts = [one.start for one in said.openings]
    nth = bisect_right(starts, at)
    return starts[max(0, nth - 1)], min(_LONGEST, starts[nth] if nth < len(starts) else len(said.text))


def _at_home(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """去了黄大山家: where somebody lives."""
    if any(one.end == match.end() for one in between(said, match.start(), match.end())):
        yield from _is("visit")(said, match)


def _told_of_people(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """A text without a word for what it is most likely is a visit, where it tells of residents at home."""
    for one in said.openings:
        people = within(said, one, lambda person: person.start, said.people)
        told = next((person for person in people if person.name not in said.officials), None)
        start, end = _extent(said, one.start)
        if told and _HOME.search(said.text, start, end):
            yield Hit("kind", "visit", told.start, told.end, 0.5)


_HOME = compiled("家(?![乡长])|屋|户|门口|看|坐")


def _often(kind: str) -> Callable[[Said, re.Match[str]], Iterator[Hit]]:
    """What a text keeps doing says what it is, though it has no word for it."""
    words = compiled(_DOES[kind][0])

    def read(said: Said, match: re.Match[str]) -> Iterator[Hit]:
        for one in said.openings:
            start, end = _extent(said, one.start)
            found = list(words.finditer(said.text, start, end))
            if len(found) > 1:
                yield Hit("kind", kind, *found[0].span(), 0.5 + _STEP.get(kind, 0.03) * min(len(found), 6))

    return read


_STEP = {"mediate": 0.04}  # of how much weight each further word is
_MANY = "[\\d一二两三四五六七八九十几]"
_DOES = {
    "aid": (
        rf"\A[^\n]{{0,30}}志愿|发(?:救济|慰问|救助|补助)[款金粮]|(?:每[户人名位]|各)[^,。;\n]{{0,8}}?{_MANY}+[百千万]?(?:元|块|斤|袋|桶|床|箱|条|瓶|盒|个)|"
        rf"(?:发|送|捐|拨|领)(?:了|来|去|到|给|走|放)+[^,。;\n]{{0,12}}?{_MANY}",
        "每户200元，送来大米30袋。",
        "每户200元。",
    ),
    "meeting": (
        rf"应到|实到|到会|列席|表决|举手|主持(?!人|公)|议定|召集|唱票|计票|发票{_MANY}|议题|散会|(?:同意|反对|弃权|赞成){_MANY}|{_MANY}[户票人](?:不?同意|反对|赞成)",
        "应到45人，实到39人。",
        "他到会场看了看。",
    ),
    "mediate": (
        "两边|双方|两家|谈[成拢]|[讲说]定|[说讲]妥|赔(?!本)|让一步|不服|评理|对骂|吵(?:了|着|起来|架|得)|动(?:了|起)?手(?!术|工)|过节|说和|"
        "劝|调解(?!员)|协议书|按(?:了)?手印|签了字|纠纷|背对背|地界",
        "两边都在，谈成了，各付三百。",
        "两边的树。",
    ),
    "inspect": (
        "隐患|整改|防[汛火]|抗旱|送水|巡堤|水位|值守|检查(?!身体)|排查|警戒",
        "上午查了三处，都有隐患，限期整改。",
        "有隐患。",
    ),
    "serve": ("来电|打电话|来问|咨询|办理|窗口|接访|代领|值班", "上午来电两次，来问社保卡。", "来电了。"),
}


RULES = (
    *(
        Rule(f"is-{kind}", words, _is(kind), example, (kind,), unlike)
        for kind, (words, example, unlike) in _KINDS.items()
    ),
    Rule("is-at-home", _AT_HOME, _at_home, "去了黄大山家。", ("visit",), "去了别人家。"),
    *(
        Rule(f"does-{kind}", WHOLE, _often(kind), example, (kind,), unlike)
        for kind, (_words, example, unlike) in _DOES.items()
    ),
    Rule(
        "tells-of-people",
        WHOLE,
        _told_of_people,
        "村民黄大山家要修路。",
        ("visit",),
        "村书记罗文定家要修路。",
    ),
)
