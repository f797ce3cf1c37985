"""What the rules for needs, promises and tasks share: lists of points, who speaks, what it is about."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import islice

from minqing.model import Item
from minqing.proposals._compiled import compiled
from minqing.proposals._due import Due
from minqing.proposals._said import SIGNS, SURE, Hit, Mention, Said, between, clause, has_day, line, sentence
from minqing.surnames import KIN

# What a thing is about, by its words; the first that fits.
_ABOUT = (
    ("welfare", "低保|救助|五保|特困供养|临时救助|补贴|残疾证|高龄津贴|社保|养老金|养老保险"),
    ("water", "灌溉|饮水|自来水|水利|水渠|渠道|[三修]渠|水井|机井|水泵|山泉|缺水|停水|排水|抽水|河堤|涵洞|内涝|下水"),
    ("road", "路灯|[修断堵公道]路|路(?!上)|桥|会车|交通|车进不"),
    ("house", "危房|住房|房顶|漏雨|房屋|宅基地|搬迁|搬家|拆迁|不搬|公租房|电梯|装修"),
    ("health", "医|药|病|报销|住院|看诊|血压|残疾|体检|康复"),
    ("school", "学校|上学|读书|学费|助学|课|转学|学生|孩子|作业|老师|辅导"),
    ("income", "就业|打工|务工|工作|收入|增收|培训|岗位|工资|创业|贷款|贴息|合同|包销"),
    ("farm", (
        "种植|养殖|养[羊牛猪鸡鸭蜂鱼]|农资|化肥|种子|收购|玉米|小麦|稻|果|菜|辣椒|烘干|冷库|产业|药害|病虫|农机|西瓜|"
        "撂荒|地没人种"
    )),
    ("land", "土地|承包|耕地|地界|边界|产权|占地|征地|补偿"),
    ("dispute", "纠纷|矛盾|[吵打]架|打起来|争执|吵"),
    ("affairs", "村务|公开|账目|公示|栏上|评议|财务"),
    ("culture", "文化|活动室|广场|健身|图书"),
    ("environment", "垃圾|卫生|污水|脏|臭|环境|厕所|占道|杂物|沙发"),
    ("safety", "消防|安全|煤气|隐患|倒塌|泄洪|防汛|警示|井盖|诈骗"),
    ("care", "照顾|照料|陪|关爱|谈心|独居|没人管|走失|留守"),
    ("policy", "政策"),
)  # fmt: skip
_MARK = (
    r"(?:[一二三四五六七八九十]{1,2}[是、]|第[一二三四五六七八九十][、,是]?|\([一二三四五六七八九十\d]{1,2}\)|"
    r"\d{1,2}[.、)](?!\d)|[①-⑩]|[-*·•●○→△▲■□◆◇★☆※] ?)"
)
_POINT = compiled(rf"[;。\n]|(?:^|(?<=[;。:,\n]))\s*(?:再就是|还有的?|其次|另外)?{_MARK}")
_MARKED = compiled(rf"\s*{_MARK}\s*")
# What people do about a thing is written with one of these.
ACT = compiled(
    "[挪冲刷焊拴罩晒守值巡护还交报汇答整改谈约付结清赔贴供铺埋抽运拖扫剪砍移买订印抄填录传验审评选碰议训教考挂量测取带访跑争出登宣统派安腾垫讲学练挑办修换"
    "拿搬补给送来装去做落处帮陪查找调建通签开回打协联申解完上理接拆看定写收核动公组制召养种栽备疏退承还发盯催跟问挖拨拉批兑戒租复返施竣围算搭领启]|"
    "走[一完访]|请(?!假)|达到|到[九八七]|集合|配[齐备上]|进[场料]|动[工土]|清零"
)
_LIKELY = 0.8  # nothing is told of who may be nobody
# A sentence that begins so is about something else than the one before it.
_SWITCHES = compiled(
    "\\s*(?:上午|中午|下午|傍晚|晚上|随后|接着|另外|会上|会后|我|全?[村组镇]|回来|路过|到|去)"
)
_LABELLED = compiled(r"\s*[一-鿿]{2,8}:")
_LISTED = compiled(rf"\s*{_MARK}")
_MOST_NAMED = 12  # mentions before a place, in the form of one case
_FAR = 2000  # signs; who was named farther back is not meant
_LONG, _LONG_POINT, _MOST_POINTS = 1500, 150, 30  # signs of a list and of a point; points
_FAMILY = compiled(
    f"(?:{KIN.pattern})|[大小二三四]?(?:儿子?|女儿?|姐|哥|弟|妹|爹|爸|妈|娘|叔|娃儿?|媳妇|闺女|姑娘)|老婆|老公|"
    f"婆娘|男人|堂客|侄.{1, 2}"
)
_SOMEBODY = compiled("户主|孩子|本人|邻居|监护人|[大][爷妈娘嫂哥姐]|阿姨")  # nobody's kin in particular
_EDGE = ' \u3000,、;:。!?"“”'


def about(text: str) -> str | None:
    """The category that the words of a thing point to."""
    return next((key for key, words in _ABOUT if re.search(words, text)), None)


def item(
    said: Said,
    kind: str,
    start: int,
    end: int,
    sure: float,
    due: Due | None = None,
    who: str | None = None,
    owner: str | None = None,
) -> Hit | None:
    """An item with the words between two offsets, punctuation off; None where too few are left.

    Whoever it begins with is whose it is. What is sure says so only where nobody else can be meant.
    """
    start, end = trimmed(said, start, end)
    text = said.typed[start:end]
    if end - start < 3:
        return None
    if due and not has_day(said, start, surely=due.counted):
        sure = min(sure, _COUNTED_ON)
    who = _begins_with(said, start) or who
    # 灯五天内换好 is promised to anybody, 给你申报 to who is spoken to or of
    meant = kind != "promise" or re.search("[你您他她]", text)
    if who and sure >= SURE and not (meant and _is_clear(said, who, start, end)):
        who = None
    return Hit(
        "items", Item(0, kind, text, about(text), who=who, owner=owner, due=due and due.day), start, end, sure
    )


_COUNTED_ON = 0.8  # of a due that is counted from a day the text does not tell


def _begins_with(said: Said, start: int) -> str | None:
    one = named_at(said, start)
    return one.name if one and one.sure >= _LIKELY and one.name not in said.officials else None


def _is_clear(said: Said, who: str, start: int, end: int) -> bool:
    """Whether a thing can be nobody else's: it begins with the name, its sentence says that they say so, or
    nobody else who lives there is told of yet, and their paragraph tells it, or it is said to them: 给你.
    """
    first, _end = sentence(said, start)
    here = _residents(said, first, end)
    if {one.name for one in here} == {who} and any(_SAYS.match(said.text, one.end) for one in here):
        return True
    if own := named_at(said, start):
        return own.name == who and not _DOES.match(said.text, own.end)
    told = _residents(said, 0, end)
    if {one.name for one in told} != {who} or _ANOTHER.match(said.text, told[-1].end):
        return False
    if told[-1].start < line(said, start)[0]:
        return bool(re.search("[你您]", said.text[start:end]))
    return not _RELATED.search(said.text, told[-1].end, end)


_DOES = compiled(
    r"家门口|家?[一两二三四五六七八九十\d]|把|将|占|拿|于|应|要|负责|·"
)  # 庞有福把墙砌到沟边 is somebody else's trouble
_ANOTHER = compiled("[^,。]{0,3}[陪跟和给替帮对劝][他她]")  # 范学明陪他聊了半天: 他 is somebody else
_RELATED = compiled(f"{KIN.pattern}|孩子|娃|小子|婆婆|媳妇")
_SAYS = compiled("家?(?:说|讲|想|问|反映|提出|希望|盼|要求|告诉)")


def _residents(said: Said, start: int, end: int) -> list[Mention]:
    """Who is named between two offsets, but for those with a post and the kin of somebody."""
    return [one for one in between(said, start, end) if one.name not in said.officials and not is_kin(one)]


def is_kin(one: Mention) -> bool:
    """Whether somebody is named as the kin of somebody else: 女儿童敏."""
    return bool(_FAMILY.fullmatch(one.role))


def trimmed(said: Said, start: int, end: int) -> tuple[int, int]:
    """A stretch of text without the mark of a list before it and the signs at its edges."""
    if mark := _MARKED.match(said.text, start, end):
        start = mark.end()
    while start < end and said.text[start] in _EDGE:
        start += 1
    while start < end and said.text[end - 1] in _EDGE:
        end -= 1
    return start, end


def is_numbered(said: Said, start: int) -> bool:
    """Whether a list that begins at an offset has numbers: 一是…；二是…."""
    return bool(_MARKED.match(said.text, start))


def points(said: Said, start: int) -> Iterator[tuple[int, int]]:
    """The points of a list that begins at an offset: 一是…；二是…, or a;b up to the line's end, or a line each."""
    short = (point for point in _points(said, start) if point[1] - point[0] <= _LONG_POINT)
    return islice(short, _MOST_POINTS)


def _points(said: Said, start: int) -> Iterator[tuple[int, int]]:
    stop = min(_list_end(said, start), start + _LONG)
    numbered = _MARKED.match(said.text, start)
    if not numbered:  # without numbers a list ends where its sentence does
        full = said.text.find("。", start, stop)
        stop = full if full >= 0 else stop
    if _LABELLED.match(said.text, start):
        return
    at = start
    for match in _POINT.finditer(said.text, start, stop):
        if said.text[at : match.start()].strip():
            yield at, match.start()
        at = match.end()
        if _LABELLED.match(said.text, at):
            return  # another heading
        if numbered and match[0] == "。" and not numbered.re.match(said.text, at):
            return
    if at < stop:
        yield at, stop


def _list_end(said: Said, start: int) -> int:
    """The end of the line, and of the lines behind it that go on with the list: each with a mark of one kind."""
    begins, end = line(said, start)
    if said.text[start:end].strip():
        mark = _MARKED.match(said.text, start)
    else:  # a heading alone on its line
        mark = _MARKED.match(said.text, end + 1)
        own = _MARKED.match(said.text, begins)
        if mark and own and _kind(own[0]) == _kind(mark[0]):
            return end
    while mark and end + 1 < len(said.text):
        after = _MARKED.match(said.text, end + 1)
        if not after or _kind(after[0]) != _kind(mark[0]):
            break
        end = line(said, end + 1)[1]
    return end


def _kind(mark: str) -> str:
    """What a mark looks like, whatever its number: （一） and （二） are of one kind."""
    return re.sub(r"\d+|[一二三四五六七八九十]+|[①-⑩]", "1", mark.strip())


def speaker(said: Said, at: int) -> Mention | None:
    """Who speaks or is told of in the sentence before an offset, the nearest first."""
    start, _end = sentence(said, at)
    return next((one for one in _before(said, at) if one.start >= start and not is_kin(one)), None)


def resident(said: Said, at: int) -> str | None:
    """The resident whom a place in the text is about."""
    one = resident_before(said, at)
    return one.name if one else None


def meant(said: Said, at: int) -> str | None:
    """The resident whom a sentence is about: named in it or in the one before, or meant by 她 or 你."""
    one = resident_before(said, at, family=False)
    if one is None:
        return None
    start, end = sentence(said, at)
    before, _end = sentence(said, max(0, start - 2))
    near = (one.start >= before and not _SWITCHES.match(said.text, start)) or re.search(
        "[他她你您]|自己|家里", said.text[max(start, at - 60) : min(end, at + 60)]
    )
    return one.name if near else None


def resident_before(said: Said, at: int, family: bool = True) -> Mention | None:
    """The last resident named before an offset, not far off; without `family` nobody named as somebody's kin."""
    begins, _ends = line(said, at)
    for one in _before(said, at):
        if one.name not in said.officials and (
            family or not _FAMILY.fullmatch(one.role) or _SOMEBODY.fullmatch(one.role)
        ):
            if one.start >= begins:
                return one
            near = at - one.start < _FAR and said.text.count("\n", one.start, at) <= 4
            # a list goes on to somebody else with each line
            return (
                one if near and (not _LISTED.match(said.text, begins) or nobody_else(said, one, at)) else None
            )
    return None


def nobody_else(said: Said, one: Mention, at: int) -> bool:
    """Whether a text has told of no other resident so far: the form of one case, point by point."""
    last = bisect_left(said.people, at, key=lambda other: other.start)
    return last <= _MOST_NAMED and all(
        other.name == one.name or other.name in said.officials for other in said.people[:last]
    )
    return None


def named_at(said: Said, start: int) -> Mention | None:
    """Who is named right at an offset."""
    at = bisect_left(said.people, start, key=lambda one: one.start)
    return said.people[at] if at < len(said.people) and said.people[at].start == start else None


def _before(said: Said, at: int) -> Iterator[Mention]:
    """The people named before an offset, the nearest first; farther back than a few nobody is meant."""
    last = bisect_right(said.people, at, key=lambda one: one.end)
    return (one for one in reversed(said.people[max(0, last - 12) : last]) if one.sure >= _LIKELY)


def with_next(said: Said, start: int, stop: int) -> int:
    """The end of the clause behind, which may say by when."""
    _first, end = sentence(said, start)
    return clause(said, stop + 1)[1] if stop + 1 < end else stop


def clauses(said: Said, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The clauses between two offsets."""
    at = start
    while at < end:
        _first, stop = clause(said, at)
        yield at, min(stop, end)
        at = stop + (stop < len(said.text) and said.text[stop] in SIGNS)


def said_of(said: Said, at: int) -> str | None:
    """Whose matter a place tells: the speaker's, else the resident's whom its sentence is about."""
    told = speaker(said, at)
    return told.name if told else meant(said, at)
