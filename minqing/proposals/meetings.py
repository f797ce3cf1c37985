"""A meeting: what kind, 主持, 记录, 应到 and 实到, what it was about."""

import re
from collections.abc import Iterator

from minqing.model import Meeting
from minqing.proposals._compiled import compiled
from minqing.proposals._items import points, trimmed
from minqing.proposals._numbers import han_number
from minqing.proposals._posts import POST
from minqing.proposals._said import WHOLE, Hit, Opening, Rule, Said, between, clause, line, opening
from minqing.surnames import is_body, is_ordinary, looks_like_name

NUMBER = r"(?:\d{1,5}|[一二两三四五六七八九十百零]{1,7})"
_TYPES = (
    ("hearing", "民主评议会?|评议会"),
    ("reps", "(?<!户)(?:村民|居民|党员|职工)?(?<!户)代表(?:会议?|大会)"),
    ("party", "(?:全体|选举)?党员(?:大会|会议)|支部(?:党员)?(?:大会|会)|主题党日"),
    (
        "committee",
        "两委”?(?:班子)?(?:会议?|扩大会议?|联席会议?|商议|碰头会)|班子会|[村居]委会?会议(?!室)|"
        "(?:委员|理事)会会?议|理事碰头|(?:班子|镇长|村委)[^,。\n]{0,3}例会",
    ),
    ("forum", "座谈会?|恳谈[会夜]?|茶话会|议事会|院坝夜话"),
    (
        "group",
        "(?:村民)?小组(?:户?(?:主|代表))?(?:会议|会)|户(?:主)?代表(?:会议?|大会)|社员(?:大会|会(?!议))|户主会|院坝会|屋场会|坝坝会|板凳会|"
        "[一二三四五六七八九十\\d]组(?:会(?!计|员|长)|[^,。]{0,10}(?:会议|开会))|[一-鿿]组[^,。]{0,12}(?:村民会议|院坝里坐满)",
    ),
    (
        "villagers",
        "(?:村民|居民|牧民|业主|群众)(?:会议|大会)|群众会(?=记录|议|,|。|\\n)|(?:换届|补选)(?:选举)?[^\n。,]{0,4}(?:会议|大会)",
    ),
)
# A meeting of no kind that has a name.
_OTHER = compiled(
    "(?:协调|推进|动员|碰头|现场|理财|总结|工作|例|专题|第[一二三四五六\\d]+次)会(?:议)?(?!计|员)|头一个会"
)
_CONFERS = compiled("主持|应到|实到|到会|列席|表决|召集|散会|议定|记录:")
_ANY_TYPE = compiled("|".join(f"(?P<{kind}>{words})" for kind, words in _TYPES))
_MET = compiled("主持|应到|到会|实到|会议(?:记录|纪要)|召开|举手|表决")
# A word that people have gathered to confer.
_GATHERED = compiled(
    "(?<!家庭)会议(?!室)|开(?:了|个|的)?[^,。]{0,6}会(?!计|员)|"
    "(?:座谈|院坝|屋场|坝坝|户主|[小\\d一二三四五六七八九十]组|代表|党员|村民|居民|群众|妇女|社员|牧民|协调|碰头|议事|恳谈|评议|两委|支委|支部|班子)(?:大)?会(?!计|员)|"
    "两委|支委|四议两公开"
)
_HEAD = 120  # signs in which a text says that it is of a meeting
_CLOSE = 160  # signs in which a meeting is told of by what was done at it
_NEAR = 600  # signs; what belongs to one meeting is told nearer


def is_meeting(said: Said, at: int, near: int = _NEAR) -> bool:
    """Whether something near a place is said only of meetings."""
    return bool(_MET.search(said.text, max(0, at - near), at + near))


def gathered(said: Said, at: int) -> bool:
    """Whether the event that a place belongs to has told of a meeting before it."""
    return bool(_GATHERED.search(said.text, max(opening(said, at).start, at - _NEAR), at + 20))


def counted(text: str) -> int:
    """39 or 三十九."""
    return int(text) if text.isdigit() else han_number(text)


# ---------------------------------------------------------------- kind, host, recorder


def _type(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """The first kind of meeting that each event names; a heading before a day on its line is that day's."""
    ends = [line(said, one.start)[0] for one in said.openings[1:]]
    for here, end in zip(said.openings, [*ends, len(said.text)], strict=True):
        if found := _ANY_TYPE.search(said.text, here.start, end):
            yield from _kind(said, found, here)
        elif (
            found := _OTHER.search(said.text, here.start, min(end, here.start + _HEAD))
        ) and _CONFERS.search(said.text, here.start, min(end, here.start + _NEAR)):
            yield Hit("meeting", Meeting(type="other"), *found.span(), 0.7)


def _kind(said: Said, found: re.Match[str], here: Opening) -> Iterator[Hit]:
    """Surely where the event begins with it; none where a meeting is only spoken of."""
    meets = is_meeting(said, found.start())
    if meets or re.search("[召]?开[^,。]{0,12}$", said.text[max(0, found.start() - 14) : found.start()]):
        sure = (
            is_meeting(said, found.start(), _CLOSE)
            and found.start() - here.start < _HEAD
            and found.lastgroup not in ("forum", "villagers")
            # of a group, or of a cooperative, or of whoever came
            and not re.match("社员|户主会|院坝|屋场|坝坝|板凳", found[0])
        )
        yield Hit("meeting", Meeting(type=found.lastgroup), *found.span(), 0.92 if sure else 0.7)


def _host(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    yield from _named(said, match, "host")


def _recorder(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    yield from _named(said, match, "recorder")


def _named(said: Said, match: re.Match[str], part: str) -> Iterator[Hit]:
    """The person named right behind a label, or right before the verb; else what stands there like a name."""
    bare = re.match(r"[\n \u3000,;。]?$", said.text[max(0, match.start() - 1) : match.start()])
    labelled = match[0].endswith((":", " ", "员", "人")) or bool(bare)
    if (
        labelled
        and part == "recorder"
        and not (is_meeting(said, match.start()) or gathered(said, match.start()))
    ):
        return
    for one in between(said, match.start() - 20, match.end() + 12):
        label = one.start >= match.end() and not re.search(r"[\n,。;(]", said.text[match.end() : one.start])
        verb = one.end == match.start() or (
            one.end < match.start() and re.fullmatch(r"\([^)]*\)|同志", said.text[one.end : match.start()])
        )
        if (label and labelled) or (verb and not labelled):
            start, end = min(one.start, match.start()), max(one.end, match.end())
            sure = max(0.92, one.sure) if labelled or _conferred(said, start) else 0.75
            yield _part(part, one.name, start, end, sure)
            return
    if labelled:
        found = next(
            filter(
                None, (ways.match(said.text, match.end()) for ways in (_POST_NAME, _OFFICE_NAME, _LABEL_NAME))
            ),
            None,
        )
    else:
        found = _VERB_NAME.search(said.text, max(0, match.start() - 12), match.start())
    name = found["name"] if found else ""
    if found and not (is_ordinary(name) or is_body(name) or _NO_NAME.search(name)):
        start, end = min(found.start("name"), match.start()), max(found.end("name"), match.end())
        yield _part(part, name, start, end, 0.91 if looks_like_name(name) or labelled else 0.75)


def _conferred(said: Said, at: int) -> bool:
    """Whether the event that a place belongs to is called a meeting before it: somebody hosts a tea, too."""
    return bool(_CALLED.search(said.text, max(opening(said, at).start, at - _NEAR), at + 20))


_NO_NAME = compiled(f"我|会$|^(?:{POST})$")
_CALLED = compiled(
    "会议|大会|[一-鿿]会(?![计员长议所馆社场餐面见客])|评议|表决|选举|议题|应到|实到|到会|两委|支委|议事|调解"
)
_OFFICE_NAME = compiled(r"[一-鿿]{1,6}[办局所站院委会社] ?(?P<name>[一-鿿]{2,3})(?=[\s(,。;、]|$)")
_LABEL_NAME = compiled(r"(?P<name>[一-鿿]{2,4})(?=[\s(,。;、]|$)")
_POST_NAME = compiled(
    rf"[一-鿿]{{0,6}}?(?:{POST}|实习生|干部|委员|家长) ?(?P<name>[一-鿿]{{2,3}}|[老小][一-鿿])(?=[\s(,。;、]|$)"
)
_VERB_NAME = compiled(rf"(?:{POST}|干部|委员)(?P<name>[一-鿿]{{2,3}}|[老小][一-鿿])(?:同志)?$")


def _part(part: str, name: str, start: int, end: int, sure: float) -> Hit:
    meeting = Meeting(host=name) if part == "host" else Meeting(recorder=name)
    return Hit("meeting", meeting, start, end, sure)


# ---------------------------------------------------------------- who came


def _counts(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    if not (match["surely"] or is_meeting(said, match.start()) or gathered(said, match.start())):
        return
    n, unit = counted(match["n"]), _unit(match["unit"])
    surely = match["surely"] and _due_to_come(said, match) and gathered(said, match.start())
    meeting = Meeting(eligible=n, unit=unit) if match["eligible"] else Meeting(present=n, unit=unit)
    yield Hit("meeting", meeting, *match.span(), 0.93 if surely else 0.75)


def _due_to_come(said: Said, match: re.Match[str]) -> bool:
    """Whether it is said, too, who should have come: 应到45人, 实到39人."""
    return bool(
        re.search("应到|应参|应出席|党员|代表", said.text[max(0, match.start() - 60) : match.start()])
    )


def _of_them(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """全组54户，到会41户; 党员62人，到51人."""
    if match["unit"] != match["same"] and "户" in (match["unit"], match["same"]):
        return
    if match["bare"] is not None and not gathered(said, match.start()):
        return
    meeting = Meeting(eligible=counted(match["n"]), present=counted(match["m"]), unit=_unit(match["unit"]))
    meets = is_meeting(said, match.start()) or gathered(said, match.start())
    if meeting.present and meeting.eligible and meeting.present <= meeting.eligible:
        yield Hit("meeting", meeting, *match.span(), 0.9 if meets else 0.7)


def _should_and_did(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """应到户主36，到了29: without a word for what is counted."""
    by_house = re.search("户主|户代表", said.text[max(0, match.start() - 60) : match.end()])
    unit = "household" if by_house or "户" in match[0] else "person"
    came = Meeting(eligible=counted(match["n"]), present=counted(match["m"]), unit=unit)
    met = gathered(said, match.start()) or match["who"]  # 公益岗打卡检查 has who should have come, too
    yield Hit("meeting", came, *match.span(), 0.91 if met else 0.75)


def _all_came(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """支委5人全到."""
    n = counted(match["n"])
    if gathered(said, match.start()):
        yield Hit("meeting", Meeting(eligible=n, present=n, unit=_unit(match["unit"])), *match.span(), 0.85)


def _came(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """开院坝会，到了28户: only where a meeting is told of."""
    if gathered(said, match.start()):
        present = Meeting(present=counted(match["n"]), unit=_unit(match["unit"]))
        yield Hit("meeting", present, *match.span(), 0.75)


def _unit(sign: str) -> str:
    return "household" if sign in "户家" else "person"


# ---------------------------------------------------------------- what it was about


def _agenda(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """议题:1.选组长;2.修路; 说了几件事:1.… may tell of what has happened as well."""
    labelled = re.match("议题|会议|议程|内容|议的", match[0])
    for start, stop in points(said, match.end()):
        first, last = trimmed(said, start, stop)
        if last > first and (labelled or gathered(said, match.start())):
            yield Hit("meeting", Meeting(agenda=(said.typed[first:last],)), first, last, 0.75)


def _matters(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """第一件事是选小组长。第二件事，登记种植面积。"""
    if is_meeting(said, match.start()):
        sure = 0.75 if match[0].endswith("件,") else 0.91
        yield from _topic(said, match.end(), clause(said, match.end())[1], sure)


def _headed(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """一、村集体鱼塘承包。 in the record of a meeting, where it begins a paragraph."""
    start, stop = match.span("what")
    record = compiled("会议?(?:记录|纪要)|议题|应到|主持").search(
        said.text, opening(said, start).start, start
    )
    named = next(iter(between(said, start - 1, stop)), None)
    if (
        record
        and not named
        and not _NEVER_TOPIC.match(said.text, start, stop)
        and not _NO_TOPIC.search(said.text, start, stop)
        and not _DECIDED.search(said.text, max(0, match.start() - 60), match.start())
    ):
        yield from _topic(said, start, stop, 0.75)


_NEVER_TOPIC = compiled("其他|议程|散会|表决|决定|决议|附|备注|要求|主持|记录|会议")
_NO_TOPIC = compiled("(?:报|提出|反映|发言|答复|说|负责|完成|通过)$|传达|牵头|由[一-鿿]{2}")
# Behind these a list says what was decided, not what was talked about.
_DECIDED = compiled("(?:议定|决定|决议|定下|商定|定的|要求|强调|明确)[^\\n]{0,12}[:\\n]")


def _discussed(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    if is_meeting(said, match.start()) or gathered(said, match.start()):
        yield from _topic(said, *match.span("what"), 0.75)


def _topic(said: Said, start: int, stop: int, sure: float) -> Iterator[Hit]:
    """A topic without what only leads to it or follows it."""
    led = compiled(r"\s*(?:是|关于|讨论|研究|,)?\s*").match(said.text, start, stop)
    start = led.end() if led else start
    behind = compiled(
        "(?:的相关|的有关)?(?:事项|事宜|问题)$|(?:那个|这个|的)事$|[,]?(?:大家|罗?书记让).*$"
    ).search(said.text, start, stop)
    stop = behind.start() if behind and behind.start() > start else stop
    if stop - start > 1:
        yield Hit("meeting", Meeting(agenda=(said.typed[start:stop],)), start, stop, sure)


RULES = (
    Rule(
        "meeting-type",
        WHOLE,
        _type,
        "民主评议会由王大山主持。",
        (Meeting(type="hearing"),),
        "老师们谈过一次。",
    ),
    Rule(
        "host",
        r"(?:召集并?|召集并)?主持人?: ?|召集人?: ?|主持人(?=[一-鿿])|(?:同志)?(?:主持(?!人|[公正])|召集(?=[,(。开]))",
        _host,
        "会议由村书记罗定山主持。",
        (Meeting(host="罗定山"),),
        "他主持公道。",
    ),
    Rule(
        "recorder",
        r"[记笔]录人?员?(?:: ?|(?<=[ \n]记录) (?=[一-鿿]{2,4}(?:[\s,。;(]|$)))|(?<![一-鿿])记: ?|"
        r"(?<![一-鿿])(?:记录[员人](?=[一-鿿]{2,3}(?:[,。;\s]|$))|记 (?=[一-鿿]{2,6}(?:[,。;\s]|$)))|"
        r"(?:[作做担负任责]{1,2}(?:会议)?|(?<![案作会议查访谈解话]))记录(?![人员本在了])|(?<=[一-鿿])记的(?=[。,;\n])",
        _recorder,
        "驻村干部白晓燕作记录。",
        (Meeting(recorder="白晓燕"),),
        "他打破了记录。",
    ),
    Rule(
        "turnout",
        rf"(?:(?P<surely>(?P<eligible>[应该]到会?|应参会|应出席|应参加|[应该]来|登记选民)|实到|(?:实际)?到会|参加投票)|参会|"
        rf"出席|到场|与会|参加(?:会议|表决|选举))(?:村民|居民|代表|党员|选民|业主|群众|人数|户主|户数|会议|成员|"
        rf"评议员|理事|委员|家长|社员|股东|牧户|农户|志愿者|队员|职工|学生|的|有|共|约)*:?(?P<n>{NUMBER})(?P<unit>[人名户位个家])(?!娃|小?孩|学生|新生|选房)",
        _counts,
        "应到代表45人，实到39人。",
        (Meeting(eligible=45, unit="person"), Meeting(present=39, unit="person")),
        "来了39人。",
    ),
    Rule(
        "of-them",
        rf"(?:全[组村社体屯寨队]|组里?|村里?|户主|党员|代表|委员?|村民|居民|业主|选民|应到|通知到|小组长?|小组|"
        rf"[一-鿿]组|\d栋|个|(?P<bare>(?:^|(?<=[\n,。的])))(?=[^,。\n]{{2,6}}户(?:来了|到了)))(?:户主|党员|代表|村民|居民)?(?:共|共有|有|应到)?(?P<n>{NUMBER})(?P<unit>[户人名位]|"
        rf"个(?:选民|人|代表|党员)?)[,、]?(?:其中)?(?:实际?到会?|到会|到场?|来|参加|出席)(?:会|了|"
        rf"的有?)?(?P<m>{NUMBER})(?P<same>[户人名位个])",
        _of_them,
        "全组54户，到会41户。",
        (Meeting(eligible=54, present=41, unit="household"),),
        "全组54户，种了玉米。",
    ),
    Rule(
        "should-and-did",
        rf"[应该][到来](?P<who>户主|代表|党员|村民)?(?P<n>{NUMBER})[人名位户]?[, ](?:实?到了?|来了?)(?P<m>{NUMBER})(?=[人名位户,。;\s])",
        _should_and_did,
        "全组应到户主36，到了29，没到的7户在外打工。",
        (Meeting(eligible=36, present=29, unit="household"),),
        "应到的钱到了29元。",
    ),
    Rule(
        "all-came",
        rf"(?P<n>{NUMBER})(?P<unit>个?人|[户名位])(?:(?:全部|全都|全|都)到(?:齐|会|场|了)?|到齐了?)(?=[,。;])",
        _all_came,
        "晚上开支委会，5人全到。",
        (Meeting(eligible=5, present=5, unit="person"),),
        "家里5人都到了新房。",
    ),
    Rule(
        "came",
        rf"(?:[到来]了|到的有|(?:^|(?<=[\n。;]))到)(?:大概|大约|约|"
        rf"差不多)?(?P<n>{NUMBER})(?:来)?(?P<unit>[人户名位家]|个人)(?=[,。;(、]|$)",
        _came,
        "晚上开院坝会，到了28户。",
        (Meeting(present=28, unit="household"),),
        "家里来了3人。",
    ),
    Rule(
        "agenda",
        r"(?:议题(?:[一二三四五六]|就一个|只有一[个项])?|会议内容|会议主题|议程|(?<=\n)内容|议的是|[说议摆]的就一件事)[:] ?|"
        r"议题[一二三四五六\d] (?=[一-鿿])|(?:议|讨论|"
        r"研究|商量|通报|说|就)(?:了|定)?(?:这)?(?:几|[一二两三四五六]|\d)(?:件事|个事项|个议题|"
        r"项(?:事项|议题|内容)?): ?",
        _agenda,
        "议题：1.选组长；2.修路",
        (Meeting(agenda=("选组长",)), Meeting(agenda=("修路",))),
        "这个议题好。",
    ),
    Rule(
        "matters",
        r"(?:第[一二三四五六七八]|头一)(?:件事|项议题|个议题|项议程|项(?=,)|件(?=,))(?:是|,)?",
        _matters,
        "会议由罗定山主持。第一件事是选小组长。",
        (Meeting(agenda=("选小组长",)),),
        "第一件事是选小组长。",
    ),
    Rule(
        "headed",
        r"(?:(?<=\n)|^)[ \u3000]*(?:[一二三四五六七八九十]{1,2}、|\([一二三四五六七八九十]\)|"
        r"\d{1,2}(?:[.、]| (?=[一-鿿])))(?:关于)?(?P<what>[^,。:;\n]{2,22})(?:[。:,]|(?=\n))",
        _headed,
        "会议记录\n一、鱼塘承包。原来的到期了。",
        (Meeting(agenda=("鱼塘承包",)),),
        "工作日志\n一、鱼塘承包。原来的到期了。",
    ),
    Rule(
        "discussed",
        r"(?:讨论|研究|商议|审议|商量|传达|通报|(?<!会)议的就?是|说的就是|议(?=组里|村里|一下|了)|开会选|说是讨论|会,(?=选|评))(?:了|一下|"
        r"过|通过)?(?P<what>(?!的|会|决定|后|出|并|\n|这?[几一二两三四五六\d]+[件个项])[^,。;:\n]{3,30})",
        _discussed,
        "会议由罗定山主持，最后讨论二组硬化路建设的相关事项。",
        (Meeting(agenda=("二组硬化路建设",)),),
        "他们讨论过天气问题。",
    ),
)
