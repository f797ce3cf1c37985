"""A meeting and what it decided: 主持, 记录, 应到, 议题; elections with their votes, resolutions, agreements."""

import re
from collections.abc import Iterator
from datetime import date

from minqing.days import find_day
from minqing.errors import UsageError
from minqing.model import Decision, Meeting, Vote
from minqing.proposals._items import points, trimmed
from minqing.proposals._said import WHOLE, Hit, Rule, Said, between, clause, day_at, line, opening, sentence

_TYPES = (
    ("hearing", "民主评议会|评议会"),
    ("reps", "(?:村民|居民|党员)?代表(?:会议|大会)"),
    ("party", "(?:全体)?党员大会|支部(?:党员)?大会"),
    ("committee", "两委(?:会议?|扩大会议?|联席会议?)"),
    ("forum", "座谈会"),
    (
        "group",
        "(?:村民)?小组(?:会议|会)|户主会|院坝会|屋场会|[一二三四五六七八九十\\d]组[^,。]{0,10}(?:会议|开会)|[一-鿿]组[^,。]{0,12}(?:村民会议|院坝里坐满)",
    ),
    ("villagers", "村民(?:会议|大会)"),
)
_MET = re.compile("主持|应到|到会|实到|会议(?:记录|纪要)|召开")
_NEAR = 600  # signs; what belongs to a vote or an election is told nearer
_MOTION = re.compile(
    "(?:[一-鿿]{0,20}(?:了|对|就|将|把|讨论|审议|表决))?(?P<what>[一-鿿]{2,10}(?:方案|办法|公约|章程|名单|预算|协议))"
)
_HOW = (("secret", "无记名|不记名"), ("show", "举手"), ("voice", "口头表决|鼓掌通过"))


# ---------------------------------------------------------------- the meeting


def _type(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    for kind, words in _TYPES:
        found = re.search(words, said.text)
        if found:
            near = found.start() - opening(said, found.start()).start < 120
            yield Hit(
                "meeting",
                Meeting(type=kind),
                *found.span(),
                0.92 if near and _is_meeting(said, found.start()) else 0.7,
            )
            return


def _is_meeting(said: Said, at: int) -> bool:
    return bool(_MET.search(said.text, max(0, at - _NEAR), at + _NEAR))


def _host(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    yield from _named(said, match, "host")


def _recorder(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    yield from _named(said, match, "recorder")


def _named(said: Said, match: re.Match[str], part: str) -> Iterator[Hit]:
    """The person named right behind a label, or right before the verb."""
    for one in between(said, match.start() - 20, match.end() + 1):
        label = one.start == match.end()
        verb = one.end == match.start() or (
            one.end < match.start() and re.fullmatch(r"\([^)]*\)|同志", said.text[one.end : match.start()])
        )
        if (label and match[0].endswith((":", " "))) or (verb and not match[0].endswith((":", " "))):
            start, end = min(one.start, match.start()), max(one.end, match.end())
            yield Hit(
                "meeting",
                Meeting(host=one.name) if part == "host" else Meeting(recorder=one.name),
                start,
                end,
                max(0.92, one.sure),
            )
            return


def _counts(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    unit = {"户": "household"}.get(match["unit"], "person")
    n = int(match["n"])
    counted = Meeting(eligible=n, unit=unit) if match["eligible"] else Meeting(present=n, unit=unit)
    yield Hit("meeting", counted, *match.span(), 0.93)


def _whole_group(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """全组54户，到会41户."""
    yield Hit(
        "meeting",
        Meeting(eligible=int(match["n"]), unit="household" if match["unit"] == "户" else "person"),
        *match.span("all"),
        0.9,
    )


def _came(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """46户来了38户: only behind how many they are."""
    if re.search(rf"\d{match['unit']}$", said.text[max(0, match.start() - 3) : match.start()]):
        yield from (hit._replace(confidence=0.85) for hit in _counts(said, match))


def _agenda(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    for start, stop in points(said, match.end()):
        first, last = trimmed(said, start, stop)
        if last > first:
            yield Hit("meeting", Meeting(agenda=(said.typed[first:last],)), first, last, 0.93)


def _matters(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """第一件事是选小组长。第二件事，登记种植面积。"""
    if _is_meeting(said, match.start()):
        start, stop = match.end(), clause(said, match.end())[1]
        topic = re.sub("^(?:是|讨论|研究)|(?:[,]?大家|罗?书记让).*$", "", said.text[start:stop])
        at = said.text.find(topic, start)
        yield Hit("meeting", Meeting(agenda=(said.typed[at : at + len(topic)],)), at, at + len(topic), 0.91)


def _discussed(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    if _is_meeting(said, match.start()):
        start, end = match.span("what")
        yield Hit("meeting", Meeting(agenda=(said.typed[start:end],)), start, end, 0.85)


# ---------------------------------------------------------------- decisions


def _vote(said: Said, start: int, stop: int) -> Vote:
    """The counts of ballots that a stretch of text tells."""
    text = said.text[start:stop]

    def count(words: str) -> int | None:
        found = re.search(words, text)
        return int(next(filter(None, found.groups()))) if found else None

    return Vote(
        how=next((how for how, words in _HOW if re.search(words, text)), None),
        issued=count(r"发出(?:选票|票)?(\d+)张?"),
        returned=count(r"收回(?:选票|票)?(\d+)张?"),
        valid=count(r"有效票?(\d+)张?"),
        yes=count(r"(?:(?<!不)同意|赞成)票?:?(\d+)[票人户]?|(\d+)[票户人名](?:代表)?(?:表示)?(?:同意|赞成)"),
        no=count(r"(?:不同意|反对)票?:?(\d+)[票人户]?|(\d+)[票户人名](?:代表)?(?:表示)?(?:不同意|反对)"),
        abstain=count(r"弃权票?:?(\d+)[票人户]?|(\d+)[票户人名]弃权"),
        tally=tuple(_tally(said, start, stop)),
    )


def _tally(said: Said, start: int, stop: int) -> Iterator[tuple[str, int]]:
    for one in between(said, start, stop):
        if votes := re.compile(r"(?:得|获得?)(?:票(?:数)?)?了?(\d+)票").match(said.text, one.end):
            yield one.name, int(votes[1])


def _elected(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """Somebody named with 当选: what for stands before, the votes around."""
    start = max(line(said, match.start())[0], match.start() - _NEAR)
    before = [one for one in between(said, start, match.start()) if one.end <= match.start()]
    if not before:
        return
    winner = next((one for one in reversed(before) if match.start() - one.end < 14), None)
    between_them = said.text[winner.end : match.start()] if winner else ","
    if winner is None or ("," in between_them and "票" not in between_them):
        return
    what = re.compile(r"(?:选举?|推选|增补|改选|补选|选出)(?:产生|出)?了?[^,。;]{2,14}").search(
        said.text, start, winner.start
    )
    words = said.typed[what.start() : what.end()] if what else said.typed[winner.start : match.end()]
    vote = _vote(said, what.start() if what else start, match.end() + 20)
    decision = Decision(words, "election", elected=winner.name, vote=vote if vote != Vote() else None)
    yield Hit("decisions", decision, winner.start, match.end(), 0.93)


def _elected_to(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """选举某某为…，得28票."""
    who, votes = match["who"], match["votes"]
    start, stop = match.start(), match.end("what")
    vote = Vote(tally=((who, int(votes)),)) if votes else None
    decision = Decision(said.typed[start:stop], "election", elected=who, vote=vote)
    yield Hit("decisions", decision, start, match.end(), 0.92 if votes else 0.8)


def _voted(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """同意31票，反对5票，弃权3票，通过: a resolution with its votes, once a sentence."""
    start, stop = sentence(said, match.start())
    start, stop = max(start, match.start() - _NEAR), min(stop, match.end() + _NEAR)
    if re.search("同意|赞成", said.text[start : match.start()]):
        return
    vote = _vote(said, start, stop)
    begins = max(line(said, start)[0], start - _NEAR)
    topic = re.search(
        r"关于(?P<a>[^,。:]{2,16})|(?:同意|决定)(?P<b>[^\d,。][^,。;]{3,24})", said.text[begins:stop]
    )
    about = re.match(r"(?P<a>[^,。;]{2,8}家),", said.text[start:stop])
    found = about or topic
    if found:
        name = "a" if found["a"] else "b"
        base = start if found is about else begins
        first, last = base + found.start(name), base + found.end(name)
    else:
        motion = list(_MOTION.finditer(said.text, begins, match.start()))
        first, last = motion[-1].span("what") if motion else clause(said, match.start())
    posted = None if about else _posted_of(said, said.text[first:last], start)
    decision = Decision(said.typed[first:last], "resolution", posted=posted, vote=vote)
    yield Hit("decisions", decision, start, stop, 0.91)


def _signed(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    n = re.search(r"(?:与|和|同)(\d+)户|(\d+)[份户]", said.text[match.start() : match.end() + 12])
    count = int(n[1] or n[2]) if n else None
    start, end = match.span("what")
    sure = 0.92 if re.search(r"了|当场|逐一|分别|与\d", match[0][: start - match.start()]) else 0.6
    yield Hit("decisions", Decision(said.typed[start:end], "agreement", signed=count), *match.span(), sure)


def _both_signed(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """双方签了协议: over what, the text does not say."""
    yield Hit("decisions", Decision(said.typed[slice(*match.span())], "agreement"), *match.span(), 0.8)


def _posted(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """8户拟纳入低保，在公示栏公示7天（10月15日—10月21日）."""
    start, stop = match.start("what"), match.end("what")
    decision = Decision(
        said.typed[start:stop], "resolution", posted=_posted_in(said, start, sentence(said, start)[1])
    )
    yield Hit("decisions", decision, start, stop, 0.92)


def _posted_in(said: Said, start: int, stop: int) -> date | None:
    """The day from which something is posted."""
    if "公示" not in said.text[start:stop]:
        return None
    found = re.compile(r"自?(?P<day>(?:\d{4}年)?\d{1,2}月\d{1,2}[日号])(?:起|—|-|至|到|开始)").search(
        said.text, start, stop
    )
    if not found:
        return None
    day = day_at(said, start)
    try:
        return find_day(found["day"], day, day)
    except UsageError:
        return None


def _posted_of(said: Said, topic: str, at: int) -> date | None:
    """The day from which what was decided of a topic is posted: 电梯方案自11月8日起公示."""
    found = re.compile(rf"{re.escape(topic)}[^,。;\n]*公示").search(said.text, max(0, at - _NEAR), at + _NEAR)
    return _posted_in(said, found.start(), found.end()) if found else None


def _agreed(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    start, stop = match.start("what"), clause(said, match.end())[1]
    if stop - start > 3 and not re.search("票|户(?:同意|赞成)", said.text[start:stop]):
        yield Hit(
            "decisions",
            Decision(said.typed[start:stop], "resolution"),
            start,
            stop,
            0.91 if "一致" in match[0] else 0.85,
        )


_VOTES = r"(?:举手表决|表决)?[,:]?(?:(?<!\d)\d{1,5}[票户人名](?:代表)?(?:同意|赞成)|(?<!不)(?:同意|赞成)\d+票|同意票\d+)"

RULES = (
    Rule(
        "meeting-type",
        WHOLE,
        _type,
        "民主评议会由王大山主持。",
        (Meeting(type="hearing"),),
        "老师们座谈过一次。",
    ),
    Rule(
        "host",
        r"主持人?: ?|(?:同志)?主持(?!人)",
        _host,
        "会议由村书记罗定山主持。",
        (Meeting(host="罗定山"),),
        "他主持公道。",
    ),
    Rule(
        "recorder",
        r"记录人?员?: ?|(?:[作做担负任责]{0,2})记录(?![人员本])",
        _recorder,
        "驻村干部白晓燕作记录。",
        (Meeting(recorder="白晓燕"),),
        "他打破了记录。",
    ),
    Rule(
        "turnout",
        r"(?:(?P<eligible>应到|应参会|应出席)|实到|到会|实际到会|参会|出席)(?:村民|居民|代表|党员|人数|户主|户数|的)*:?(?P<n>\d{1,5})(?P<unit>[人名户位])",
        _counts,
        "应到代表45人，实到39人。",
        (Meeting(eligible=45, unit="person"), Meeting(present=39, unit="person")),
        "来了39人。",
    ),
    Rule(
        "whole-group",
        r"(?P<all>(?:全[组村社](?:共|共有|应到)?|应到)?(?P<n>\d{1,5})(?P<unit>[户人]))(?=[,、]?(?:(?:实际?)?到会|[到来]了\d+[户人]))",
        _whole_group,
        "全组54户，到会41户。",
        (Meeting(eligible=54, unit="household"),),
        "全组54户，种了玉米。",
    ),
    Rule(
        "came",
        r"(?<=[户人])[,、]?[到来]了(?P<n>\d{1,5})(?P<unit>[户人])(?P<eligible>)(?=[,。;])",
        _came,
        "全组46户来了38户。",
        (Meeting(present=38, unit="household"),),
        "家里来了3人。",
    ),
    Rule(
        "agenda",
        r"(?:议题|会议内容|议程)[:] ?",
        _agenda,
        "议题：1.选组长；2.修路",
        (Meeting(agenda=("选组长",)), Meeting(agenda=("修路",))),
        "这个议题好。",
    ),
    Rule(
        "matters",
        r"第[一二三四五六七八]件事(?:是|,)?",
        _matters,
        "会议由罗定山主持。第一件事是选小组长。",
        (Meeting(agenda=("选小组长",)),),
        "第一件事是选小组长。",
    ),
    Rule(
        "discussed",
        r"(?:组织大家|大家|会议)?讨论(?:了)?(?P<what>[^,。;]{4,30}?)(?:的相关|的有关)?(?:事项|事宜|问题)",
        _discussed,
        "会议由罗定山主持，最后讨论二组硬化路建设的相关事项。",
        (Meeting(agenda=("二组硬化路建设",)),),
        "他们讨论过天气问题。",
    ),
    Rule(
        "elected",
        "当选",
        _elected,
        "选举监督员，无记名投票，冉小红得24票当选。",
        (Decision("选举监督员", "election", "冉小红", vote=Vote(how="secret", tally=(("冉小红", 24),))),),
        "谁当选都行。",
    ),
    Rule(
        "elected-to",
        r"选举(?P<who>[一-鿿]{2,4}?)(?:同志)?为(?P<what>[^,。;]{2,16})(?:,(?:以|得)?(?P<votes>\d+)票)?",
        _elected_to,
        "会上选举邓小兰为监督委员会主任，得28票。",
        (Decision("选举邓小兰为监督委员会主任", "election", "邓小兰", vote=Vote(tally=(("邓小兰", 28),))),),
        "选举结果为准。",
    ),
    Rule(
        "voted",
        _VOTES,
        _voted,
        "关于电梯。经举手表决，同意31票，反对5票，弃权3票，通过。",
        (Decision("电梯", vote=Vote(how="show", yes=31, no=5, abstain=3)),),
        "大家都同意。",
    ),
    Rule(
        "signed",
        r"(?:逐一|当场|分别)?(?:与\d+户)?签[订了]+(?:了)?(?P<what>[^,。;:]{2,14}?协议)(?:书)?",
        _signed,
        "当场与33户签订了玉米补偿协议。",
        (Decision("玉米补偿协议", "agreement", signed=33),),
        "协议没签。",
    ),
    Rule(
        "both-signed",
        r"双方(?:都|当场|自愿)?(?:签[订下]?了?|签订了?)(?:调解|和解)?(?:协议(?:书)?|字(?:按手印)?)",
        _both_signed,
        "说通了，双方签了协议。",
        (Decision("双方签了协议", "agreement"),),
        "双方没签协议。",
    ),
    Rule(
        "posted",
        r"(?:^|(?<=[:,。\n]))(?P<what>\d+户拟[^,。]{2,14})",
        _posted,
        "结果：8户拟纳入低保，公示7天（10月15日—10月21日）。",
        (Decision("8户拟纳入低保", posted=date(2016, 10, 15)),),
        "他家想纳入低保。",
    ),
    Rule(
        "agreed",
        r"(?:一致(?:同意|通过|决定)|会议(?:决定|同意|通过|议定))(?P<what>(?![:,。的]))",
        _agreed,
        "大家一致同意五月动工修路。",
        (Decision("五月动工修路"),),
        "意见一致。",
    ),
)
