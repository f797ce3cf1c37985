"""What was decided: elections and votes with their counts, resolutions, agreements, and since when it is posted."""

import re
from collections.abc import Iterator
from datetime import date

from minqing.days import find_day
from minqing.errors import UsageError
from minqing.model import Decision, Vote
from minqing.proposals._compiled import compiled
from minqing.proposals._items import points, trimmed
from minqing.proposals._matters import voted_on
from minqing.proposals._said import Hit, Mention, Rule, Said, between, clause, day_at, line, sentence
from minqing.proposals._votes import Candidate, vote_of, votes_for
from minqing.proposals.meetings import NUMBER, counted, gathered, is_meeting

_NEAR = 600  # signs; what belongs to a vote or an election is told nearer
_N = NUMBER
_FIRST = compiled(rf"前({_N})名?$")
_ALL = compiled(rf"(?:[,、](?:均|都|全部|双双)|{_N}[人名位](?:均|都|全部)?)$")  # 得票501张、得票488张,均当选

# ---------------------------------------------------------------- elections


def _elected(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """Somebody named with 当选: what for stands before, the votes around."""
    start = max(line(said, match.start())[0], match.start() - _NEAR)
    earlier = said.text.rfind(match[0], start, match.start())
    tallied = earlier + 2 if earlier >= 0 else start
    before = [one for one in between(said, tallied, match.start()) if one.end <= match.start()]
    all_of_them = _ALL.search(said.text, tallied, match.start())
    candidates = [*votes_for(said, tallied, match.start())]
    winners = [] if all_of_them else [one for one in before if match.start() - one.end < 14][-1:]
    for name in (one.name for one in candidates):  # 柏大山得18票，惠小梅得9票，柏大山当选
        if winners and said.text.endswith(name, winners[0].end, match.start()):
            winners = [Mention(match.start() - len(name), match.start(), name, "", winners[0].sure)]
    between_them = said.text[winners[0].end : match.start()] if winners else ","
    if winners and not ("," in between_them and "票" not in between_them):
        for one in reversed(before):  # 柏大山、惠小梅当选
            if said.text[one.end : winners[0].start] in ("、", "和", "与", "及"):
                winners.insert(0, one)
        name, at = "、".join(one.name for one in winners), winners[0].start
    else:
        if all_of_them and not candidates:  # 习凤山、白俊英三人当选
            begins = clause(said, match.start())[0]
            candidates = [Candidate(one.name, 0, one.start, one.end) for one in before if one.start >= begins]
        best = max(candidates, key=lambda one: one.votes, default=None)
        if best is None:
            return
        first = _FIRST.search(said.text, max(start, match.start() - 4), match.start())
        most = len(candidates) if all_of_them else counted(first[1]) if first else 1
        best_of = sorted(candidates, key=lambda one: -one.votes)[:most]
        name, at = "、".join(one.name for one in best_of), best.start
    what = compiled(
        r"(?<![候当落另])(?:选举?(?!他人|[\d一二两三四五]{1,2}[人名](?![一-鿿]))|推选|增补|改选|补选|选出)(?:产生|出)?了?(?!举|票|用|采|结果|方式|办法|委员会)[^,。;]{2,14}"
    ).search(said.text, tallied, at)
    words = said.typed[what.start() : what.end()] if what else said.typed[at : match.end()]
    ballots = None if earlier >= 0 else max(line(said, max(0, start - 1))[0], start - _NEAR)
    begins = what.start() if what and earlier < 0 else tallied
    vote = vote_of(said, begins, min(match.end() + 20, sentence(said, match.start())[1]), ballots)
    decision = Decision(words, "election", elected=name, vote=vote if vote != Vote() else None)
    votes = {one.name: one.votes for one in candidates}
    won = [votes[one.name] for one in winners if one.name in votes]
    outvoted = won and max(won) < max(votes.values())  # who is told to be chosen may be another
    sure = 0.93 if (winners or all_of_them) and not outvoted else 0.8
    yield Hit("decisions", decision, at, match.end(), sure)


def _tallied(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """万秀珍6票、郎二平5票，通过: who was chosen by votes where nobody says 当选."""
    start, stop = sentence(said, match.start())
    start, stop = max(start, match.start() - _NEAR), min(stop, match.end() + _NEAR)
    found = [*votes_for(said, start, match.end())]
    if len(found) > 1:
        elected = "、".join(one.name for one in found)
        words = said.typed[found[0].start : match.end()]
        vote = vote_of(said, found[0].start, stop)
        tally = tuple(
            (one.name, one.votes) for one in votes_for(said, start, min(line(said, start)[1], stop + 40))
        )
        decision = Decision(words, "election", elected=elected, vote=vote._replace(tally=tally))
        yield Hit("decisions", decision, found[0].start, match.end(), 0.75)


def _elected_to(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """选举某某为…，得28票; 推选某某当组长."""
    who, votes = match["who"], match["votes"]
    start, stop = match.start(), match.end("what")
    vote = Vote(tally=((who, counted(votes)),)) if votes else None
    decision = Decision(said.typed[start:stop], "election", elected=who, vote=vote)
    yield Hit("decisions", decision, start, match.end(), 0.92 if votes else 0.8)


def _made(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """茅永祥22票，靳来喜16票。茅永祥当组长: who took an office after the votes were told."""
    begins = max(line(said, match.start())[0], match.start() - _CLOSE)
    votes = [*votes_for(said, begins, match.start())]
    who = next((one.name for one in votes if match["who"].endswith(one.name)), None)
    if who:
        start = match.end() - len(match["what"]) - 1 - len(who)
        decision = Decision(
            said.typed[start : match.end()],
            "election",
            elected=who,
            vote=vote_of(said, begins, match.start()),
        )
        yield Hit("decisions", decision, start, match.end(), 0.85)


def _won(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """冶青山17票，马登科13票，冶青山看水: what is said at once of who got the most."""
    begins = max(line(said, match.start())[0], match.start() - _CLOSE)
    votes = [*votes_for(said, begins, match.start("what"))]
    best = max(votes, key=lambda one: one.votes, default=None)
    if best and len(votes) > 1 and match["what"].startswith(best.name) and match["what"] != best.name:
        decision = Decision(
            said.typed[slice(*match.span("what"))],
            "election",
            elected=best.name,
            vote=vote_of(said, begins, match.start("what")),
        )
        yield Hit("decisions", decision, *match.span("what"), 0.8)


_CLOSE = 120  # signs in which an office is taken behind the votes

# ---------------------------------------------------------------- resolutions


def _voted(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """同意31票，反对5票，弃权3票，通过: a resolution with its votes, once a sentence."""
    start, stop = sentence(said, match.start())
    start, stop = max(start, match.start() - _NEAR), min(stop, match.end() + _NEAR)
    if re.search(_VOTES, said.text[start : match.start()]):
        return
    if _GRANTED.search(match[0]) and not _AGAINST.search(said.text, start, stop):
        return  # 结论:同意2户
    held = is_meeting(said, match.start()) or gathered(said, match.start())  # 九户同意不收地 is no vote
    vote = vote_of(said, start, stop)
    begins = max(line(said, start)[0], start - _NEAR)
    matter = voted_on(said, start, match.start(), stop, begins)
    first, last, named = matter or (clause(said, match.end() - 1)[0], stop, False)
    posted = _posted_of(said, said.text[first:last], start) or _posted_later(said, start)
    decision = Decision(said.typed[first:last], "resolution", posted=posted, vote=vote)
    electing = _ELECTS.search(said.text, start, match.start())
    vague = electing or _PLACE.search(said.text, first, last)
    # 会计念名单,举手12票同意: who speaks of it is not what it is on
    speaks = _SPEAKS.search(decision.text) or any(between(said, first, last))
    again = compiled(_VOTES).search(said.text, match.end(), stop)  # 13人全同意 2号点 同意11
    put = _PUT.search(said.text, start, stop)  # 同意10户 may as well be told before anybody votes
    told = matter and named and not speaks and not vague  # else nobody can tell what was voted on
    passed = _PASSED.search(said.text, start, stop) and vote.yes
    sure = held and put and told and not again and passed
    yield Hit("decisions", decision, start, stop, 0.91 if sure else 0.75)


_GRANTED = compiled(rf"(?:同意|赞成)[^,。\d]{{0,5}}{_N}[户家人]$")
_AGAINST = compiled("反对|弃权|举手|表决|不同意|不赞成|没举|没表态")
_PLACE = compiled("实到|应到|到会")
_SPEAKS = compiled("报告|[提念读说讲]|宣布|汇报|发言|^\\W*(?:表决|(?:赞成|同意|反对)\\d|[\\d,.]+$)")
_PASSED = compiled("(?<!未)(?<!不)通过")
_PUT = compiled("表决|举手|票|通过|弃权|一致")
_ELECTS = compiled("选[会组理监队村主]|推选")


def _agreed(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """一致同意五月动工; 议定由某某牵头，20日前清淤: what stands behind, with its day of posting and its votes."""
    if _ONLY_LEADS.match(said.text, match.start("what")):
        return
    firm = "会议" in match[0] or "一致" in match[0] or "议定" in match[0]
    # 同意8票，一致通过，公示七天: what it was on stands before
    behind = said.text[match.start("what") - 1] == ","
    if behind and re.search(_VOTES, said.text[sentence(said, match.start())[0] : match.start()]):
        return
    if not (firm or gathered(said, match.start()) or is_meeting(said, match.start())):
        return
    start, stop = match.start("what"), clause(said, match.end())[1]
    _first, end = sentence(said, match.start())
    if stop + 1 < end and not re.search("票|公示|张贴", said.text[start:stop]):
        further = clause(said, stop + 1)[1]
        stop = stop if re.search("票|(?:同意|赞成)", said.text[stop:further]) else further
    if stop - start <= 3 or re.search("票|户(?:同意|赞成)", said.text[start:stop]):
        return
    yes = compiled(rf"({_N})[人户](?:全部|一致|都)(?:同意|赞成)").search(said.text, end, end + 40)
    vote = vote_of(said, end, yes.end()) if yes else None
    posted = _posted_in(said, start, end) or _posted_later(said, end)
    decision = Decision(said.typed[start:stop], "resolution", posted=posted, vote=vote)
    yield Hit("decisions", decision, start, stop, 0.91 if "一致" in match[0] and not behind else 0.8)


_ONLY_LEADS = compiled("[①-⑩]|[一二两三四五六\\d]+[条件项]")  # 议定三条: what they are is told behind


def _resolved(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """会议决议：1.…；2.…: each point."""
    held = is_meeting(said, match.start()) or gathered(said, match.start())
    kind = (
        "agreement"
        if re.search(_TWO_SIDES, said.text[max(0, match.start() - _NEAR) : match.start()])
        else "resolution"
    )
    if not held and kind == "resolution":
        return  # what was arranged at somebody's home
    for start, stop in points(said, match.end()):
        first, last = trimmed(said, start, stop)
        listed = next(
            (one for one in between(said, first, first + 1) if said.text[one.end : one.end + 1] == ","), None
        )
        if last - first > 3 and not listed:
            decision = Decision(said.typed[first:last], kind, posted=_posted_in(said, first, last))
            yield Hit("decisions", decision, first, last, 0.85)


_TWO_SIDES = "双方|两边|两家|调解|纠纷|申请人"


def _all_for_it(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """水费按季度收，大家都同意."""
    if gathered(said, match.start()) or is_meeting(said, match.start()):
        decision = Decision(said.typed[slice(*match.span("what"))], "resolution")
        yield Hit("decisions", decision, *match.span("what"), 0.75)


def _posted(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """8户拟纳入低保，在公示栏公示7天（10月15日—10月21日）."""
    start, stop = match.start("what"), match.end("what")
    decision = Decision(
        said.typed[start:stop], "resolution", posted=_posted_in(said, start, sentence(said, start)[1])
    )
    yield Hit("decisions", decision, start, stop, 0.92)


def _posted_in(said: Said, start: int, stop: int) -> date | None:
    """The day from which something is posted."""
    if not re.search("公示|张贴|公告", said.text[start:stop]):
        return None
    found = compiled(
        r"自?(?P<day>(?:\d{4}年)?\d{1,2}月\d{1,2}[日号])(?:起贴|起|—|-|至|到|开始|张贴|公示|张榜|上墙)"
    ).search(said.text, start, stop)
    return _day(said, found) if found else None


def _day(said: Said, found: re.Match[str]) -> date | None:
    day = day_at(said, found.start())
    try:
        return find_day(found["day"], day, day)
    except UsageError:
        return None


_LATER = compiled(
    r"(?:结果|方案|名单|议定的|"
    r"以上)[^,。;\n]{0,6}?(?P<day>(?:\d{4}年)?\d{1,2}月\d{1,2}[日号])[^,。;\n]{0,12}(?:公示|张榜|上墙|张贴)"
)


def _posted_later(said: Said, stop: int) -> date | None:
    """The day from which the outcome is posted, where the text says so behind: 结果5月7日张榜公示."""
    found = _LATER.search(said.text, stop, stop + _NEAR)
    return _day(said, found) if found else None


def _posted_of(said: Said, topic: str, at: int) -> date | None:
    """The day from which what was decided of a topic is posted: 电梯方案自11月8日起公示."""
    found = compiled(rf"{re.escape(topic)}[^,。;\n]*公示").search(said.text, max(0, at - _NEAR), at + _NEAR)
    return _posted_in(said, found.start(), found.end()) if found else None


_VOTES = (
    rf"(?:举手表决|表决)?[,:]?(?:(?<!\d){_N}[票户人名个家](?:代表)?(?:全部|全都|都|全)?(?:同意|赞成|举手(?=,|。|通过))|"
    rf"{_N}票全(?:过|票)|举手{_N}(?:比|:){_N}|(?<!不)(?:同意|赞成)(?:[^,。]{{0,6}}的|[^,。\d]{{1,5}}(?=\d+[票户人]))?{_N}(?:[票户人家, 、]|反对)|"
    rf"{_N}票全票|同意票{_N}|赞成{_N}[, 、])"
)

RULES = (
    Rule(
        "elected",
        "(?<![没未不])当选|(?<=[一-鿿]{2})(?<![没未不])选上(?=[了,。;]|$)",
        _elected,
        "选举监督员，无记名投票，冉小红得24票当选。",
        (Decision("选举监督员", "election", "冉小红", vote=Vote(how="secret", tally=(("冉小红", 24),))),),
        "谁当选都行。",
    ),
    Rule(
        "tallied",
        rf"{_N}票,?(?:均|都|全部)?(?:通过|入选|胜出)",
        _tallied,
        "表决，万秀珍6票、郎二平5票，通过。",
        (
            Decision(
                "万秀珍6票、郎二平5票，通过",
                "election",
                "万秀珍、郎二平",
                vote=Vote(tally=(("万秀珍", 6), ("郎二平", 5))),
            ),
        ),
        "同意31票，通过。",
    ),
    Rule(
        "made",
        r"(?P<who>[一-鿿]{2,4})(?:当|"
        r"任)(?P<what>[一-鿿]{0,4}(?:组长|会长|理事长|监事长|主任|书记|队长|社长|委员|员|代表))(?=[,。;\n])",
        _made,
        "票选：邓小兰22票，丁大江16票。邓小兰当组长，接了账本。",
        (Decision("邓小兰当组长", "election", "邓小兰", vote=Vote(tally=(("邓小兰", 22), ("丁大江", 16)))),),
        "邓小兰当组长十年了。",
    ),
    Rule(
        "won",
        r"(?<=票)[,。](?P<what>(?![一-鿿]{0,8}(?:当选|选上|[当任得]))[一-鿿]{4,12})(?=[,。;])",
        _won,
        "选看水的。占平安17票，舒大根13票，占平安看水，一季800元。",
        (Decision("占平安看水", "election", "占平安", vote=Vote(tally=(("占平安", 17), ("舒大根", 13)))),),
        "占平安17票，舒大根13票，他们都没来。",
    ),
    Rule(
        "elected-to",
        rf"(?:选举?|推[选举])(?P<who>[一-鿿]{{2,4}}?)(?:同志)?(?:为|"
        rf"当)(?P<what>[^,。;]{{2,16}})(?:,(?:以|得)?(?P<votes>{_N})票)?",
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
        "agreed",
        r"(?:一致(?:同意|通过|决定|赞成|推荐|推选|推举|选出)|会议(?:决定|同意|通过|议定|明确)|议定|商定|"
        r"(?:最后|最终|当场|大家|讨论|商量|研究|核查|审核|评议)后?(?:同意|决定|定下来?|拍板)|"
        r"会(?:议|上)?(?:还|又|也|一致)通过了?|定下来?)[:,]?(?P<what>(?![:,。的了]))",
        _agreed,
        "大家一致同意五月动工修路。",
        (Decision("五月动工修路"),),
        "意见一致。",
    ),
    Rule(
        "passed",
        r"(?P<what>[^,。;:\n]{4,30}(?:,[^,。;:\n]{2,20}){0,2})[,。](?:大家|会上)?(?:都)?(?:无异议|没有?异议|没人反对)?,?(?:一致|全体|鼓掌|表决)+通过(?=[。;\n]|$)",
        _all_for_it,
        "开会。路灯装8盏，每户出一个工。无异议，一致通过。",
        (Decision("路灯装8盏，每户出一个工"),),
        "会开完了，大家一致通过他的说法。",
    ),
    Rule(
        "resolved",
        r"(?:会议?上?|当场|最后|另)?(?:决议|决定|议定|议决|商定|说定|讲定|另定|定下来?|定规矩|再定规矩|会上定|"
        r"谈成这样|商量结果|处理结果|定了(?:[^,。:;\n]{1,5}(?=:))?|定下)(?:事项|以下|如下|几条|几件|[一二两三四五六\d][条件]事?)*(?:\([^()\n]{0,8}\))?(?::|——)|"
        r"形成(?:以下|如下|一致)?(?:决议|决定|意见)(?:如下)?:",
        _resolved,
        "会议决议：1.成立监督小组；2.每月查一次账。",
        (Decision("成立监督小组"), Decision("每月查一次账")),
        "我决定，明天就去。",
    ),
    Rule(
        "all-for-it",
        r"(?P<what>[^,。;:\n]{4,30}(?:,[^,。;:\n]{1,5})?),(?:大家|与会[^,。]{0,4}|全体[^,。]{0,4}|代表们?)(?:都|一致|全部)?(?:同意|"
        r"赞成|没意见|没有意见)(?=[。;\n]|$)",
        _all_for_it,
        "开会说水费按季度收，大家都同意。",
        (Decision("开会说水费按季度收"),),
        "大家都同意他的说法。",
    ),
    Rule(
        "posted",
        r"(?:^|(?<=[:,。\n]))(?P<what>\d+户拟[^,。]{2,14})",
        _posted,
        "结果：8户拟纳入低保，公示7天（10月15日—10月21日）。",
        (Decision("8户拟纳入低保", posted=date(2016, 10, 15)),),
        "他家想纳入低保。",
    ),
)
