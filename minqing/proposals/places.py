"""Where it was: the parts of an area (青石镇/柳湾村/二组) and the place itself (王庙小学, 村委会会议室)."""

import re
from collections.abc import Iterator

from minqing.proposals._compiled import compiled
from minqing.proposals._said import WHOLE, Hit, Rule, Said, between, clause, line, opening

_SIGN = "[^\\W\\d_a-zA-Z我是由的作陪在了和与到把给约上请叫为让同跟向对从去来见等正及将被经说问找一点接分求要每各全本该个这那组村镇乡驻周又自共走另]"
_NTH = "[一二三四五六七八九十\\d]{1,3}"
# 村 and 镇 mostly stand in other words.
_NO_AREA = compiled(
    "学生村$|通[村组]$|(?:驻|包|联|下|进|农|乡|全|本|我|各|邻|外|贫困|示范|重点|脱贫|新农|所在|同)[村镇乡]$|[返回学离]乡$|"
    "建议社区|(?:乡|城)镇$|社区(?=干部|工作)$"
)
# Words that stand before an area and are no part of its name.
_BEFORE_NAME = compiled("^(?:今天|明天|昨天|后天|关于|联系|通知|[一-鿿]*书记|天开|年)+")
_AREA = compiled(
    # first what is quick to see: most places begin no area
    rf"(?=[一-鿿\d]{{1,6}}[县市区镇乡道村组])(?P<county>{_SIGN}{{2,3}}(?:[县市]|"
    rf"(?<!社)区))?(?P<town>{_SIGN}{{2,4}}(?:[镇乡](?!政府|党委|纪委|里|上|长|干部|防|民政)|"
    rf"街道))?(?P<village>{_SIGN}{{2,4}}(?:村(?!子|民|委|里|口|头|干|书|主|支|两|部|上|集(?!中)|小|医|级|务|规)|"
    rf"村(?=[村委党支两]|集体|小学|书记|主任)|社区))?"
    rf"(?P<group>第?{_NTH}组|{_SIGN}{{2,4}}组(?!织|长|成|建|合))?"
)
_FORMED = (
    "工作|督查|检查|领导|帮扶|对接|联络|党|小组|征迁|调查|互助|志愿|巡逻|评议|项目|生产|整改|巡查|指导|专项|宣讲|"
    "评审|作业|班"
)
_TO_GROUP = compiled("[在到去让]$|通知|深入")
_GROUP = compiled(
    rf"(?:巡查|走访|到|去|在|来到|所在组:|受|接|了)(?P<group>第?{_NTH}组)(?!长(?!电话)|织|成)"
    rf"|(?:^|\n|,|\()(?P<bare>第?{_NTH}组)(?=[,)])"
)


def _is_told_of(said: Said, start: int, name: str) -> bool:
    """Whether a paragraph begins with an area of which the text tells again and again."""
    return not said.text[line(said, start)[0] : start].strip() and said.text.count(name) > 2


_BY_VERB = compiled(r"(?:[在到去赴]|深入|走访)$")
_OFFICE = compiled("[一-鿿]{0,6}(?:办|所|站|院|局|政府|党委|中心|纪委|副?书记|副?[镇乡]长|主任|干部|友|亲)")


def _areas(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    yield from _known(said)
    for found in _AREA.finditer(said.text):
        parts = [(name, part) for name in ("county", "town", "village", "group") if (part := found[name])]
        parts = [(name, part) for name, part in parts if not _NO_AREA.search(part)]
        names = [name for name, _part in parts]
        if not parts or names == ["county"] or (names == ["group"] and not _is_group(found)):
            continue
        start = found.start(names[0])
        if led := _BEFORE_NAME.match(parts[0][1]):
            if len(parts[0][1]) - led.end() < 2:
                continue
            parts[0] = (names[0], parts[0][1][led.end() :])
            start += led.end()
        near = start - opening(said, start).start < 200
        opens = bool(_BY_VERB.search(said.text[max(0, start - 2) : start]))
        sure = 0.7
        if _OFFICE.match(said.text, found.end(names[-1])):
            sure = 0.55  # 桥头镇农业农村办: who wrote it
        elif near and (opens or len(parts) > 1 or _is_told_of(said, start, parts[0][1])):
            sure = 0.9 + 0.01 * len(parts)
        value = "/".join(part for name, part in parts if name != "county")
        yield Hit("area", value, start, found.end(names[-1]), sure)


def _is_group(found: re.Match[str]) -> bool:
    """Whether 河湾组 is a group of a village: it stands where one goes, and is none that people form to work."""
    group = found["group"]
    return (
        len(group) > 2
        and not re.search(f"{_NTH}组|{_FORMED}", group)
        and bool(_TO_GROUP.search(found.string[max(0, found.start() - 3) : found.start()]))
    )


def _groups(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    name = "group" if match["group"] else "bare"
    yield Hit("area", match[name], *match.span(name), 0.8 if name == "group" else 0.7)


def _known(said: Said) -> Iterator[Hit]:
    """An area that the diary knows, by its last part or more of it."""
    for area in said.known.areas:
        parts = area.split("/")
        for first in range(len(parts)):
            words = "".join(parts[first:])
            at = said.text.find(words)
            if at >= 0 and len(words) > 2:
                yield Hit("area", area, at, at + len(words), 0.98 - first / 100)
                break


_NOUN = (
    "小学|中学|学校|幼儿园|村委会|居委会|会议室|院坝|广场|服务中心|服务站|文化室|活动室|政务中心|大厅|卫生室|"
    "卫生院|医院|村部|工地|大棚|合作社|敬老院|养老院|福利院|"
    "超市|农家书屋|党员活动室|祠堂|礼堂|文化站|中心|基地|田头|果园|茶园|厂区|车间|水库|河边|渡口|码头|市场|"
    "派出所|司法所|法庭|商场|警务室|照料中心|服务大厅|驿站|食堂|值守点|卡点|点位|养殖场|泵站|水厂|粮点|晒坝|"
    "晒谷场|礼堂|网点|农商行|信用社|老年公寓|福利中心|教学点|戏台|大院|幸福院|家属区|安置点|门厅|议事亭|报告厅|"
    "天井|鼓楼|教室|调解室|老屋|晒坝|阅览室|工作站|接待室|会议厅|院子|楼道|宿舍"
)
_DOUBTFUL = "(?:食堂|点位|粮点|院子|楼道|宿舍|网点|农商行|信用社|工地)$"
_PLACE_SIGN = "[^\\W_a-zA-Z我是的陪在了和与到把给请让跟向从去来见等将被说问找先又再就道趟有没进过哪]"
_PLACE = rf"(?P<place>{_PLACE_SIGN}{{0,10}}(?:{_NOUN}))"
_TO_GO = compiled("建议|答应|[再要让劝想带得]|后去|明[天早]|下[周次]|可以|以后")
_LABEL = r"(?:^|(?<=[\n 。;,]))(?:会议|活动|走访)?地点[: ] ?(?P<place>[^\n,;。(]{2,20}?)(?= *(?:[\n,;。(]|$)|  | [一-鿿]{2,4}:)"
_WENT = rf"(?:在|到|来到|去到|去了|赶到|来了|趟|赴|去(?!年|世|的有))了?(?:我村|本村|村里)?(?:的)?{_PLACE}"
_HOME = r"(?:走访|到了?|去了?|来到|赶到|敲开|上)(?P<place>[一-鿿]{2,4}家)(?=[,。的里走访]|$)"
_HEADED = rf"(?:^|\n)[^\n。]{{4,24}}[ \u3000]+(?P<place>{_PLACE_SIGN}{{1,10}}(?:{_NOUN}))(?=\n|$)"


def _labelled(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    if _STORED.search(said.text, *match.span("place")):
        return  # 余58箱存村部
    yield Hit("place", said.typed[slice(*match.span("place"))].strip(), *match.span("place"), 0.95)


_STORED = compiled(r"\d[箱袋桶个件]|[余存放]")
# 他在超市上班, 东西寄在村部: others or things are there.
_OF_OTHERS = compiled("[他她]|儿|女|老婆|媳妇|丈夫|爸|妈|[寄放存停堆]在|家里人")


# 我们到, 上午来到, 。在: the writer went there; 水漫到 is none of his ways.
_OURS = compiled(
    "(?:^|[,。;\n \u3000]|我们?|一起|一行|[午早晚天日号后下])(?:在|到|来到|去到|去了|赶到|来了|赴|去)了?(?:我村|本村|村里)?(?:的)?$"
)


_FOR_WORK = compiled(
    "[去来]?(?:调研|走访|看望|慰问|检查|座谈|宣讲|督查|督导|了解|入户|家访|参加|召开)"
)  # 到王庙小学去调研


def _went(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    start, end = match.span("place")
    near = start - opening(said, start).start < 160 and not _TO_GO.search(
        said.text, clause(said, start)[0], start
    )
    near = near and not re.match(
        "(?:化疗|住院|看病|治疗|上班|打工|读书|上学|上课|工作|扛|理货|收银|摆|守|复查|检查|陪护|照顾|领|办|拿|做|当)",
        said.text[end : end + 2],
    )
    plain = re.fullmatch(
        "学校|小学|(?:镇|乡)?中心(?:小学|校)|中学|医院|卫生院|卫生室|村部|居委会|村委会|超市|市场|中心|派出所|幼儿园",
        said.text[start:end],
    )
    sick = re.search("医院|卫生院", said.text[start:end]) and not re.match(
        "看|慰问", said.text[end : end + 2]
    )
    if sick or _TO_GO.search(said.text, clause(said, start)[0], start):
        return  # whoever goes there is ill; or it is still to come
    others = _OF_OTHERS.search(said.text, max(clause(said, start)[0], start - 10), start)
    doubtful = others or re.search(_DOUBTFUL, said.text[start:end])
    ours = _OURS.search(said.text, max(0, start - 10), start)
    sure = (
        0.6
        if plain or not near
        else 0.91
        if ours and not doubtful and _FOR_WORK.match(said.text, end)
        else 0.8
    )
    yield Hit("place", said.typed[start:end], start, end, sure)


def _in_head(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """9月6日（五）上午九点，文化活动中心。: a place that is all that a clause of the head says."""
    start, end = match.span("place")
    near = start - opening(said, start).start < 140
    first = said.text.rfind("\n", 0, start) + 1
    if near and _TIMED.search(said.text, first, start) and not _GOES.search(said.text, start, end):
        yield Hit("place", said.typed[start:end], start, end, 0.75)


_TIMED = compiled(r"[日号点时刻半:\d周期]")
_GOES = compiled("[我你他她们]|走访|看望|慰问|报|查|开[展会]|工作|记录|主持")


def _home(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    start, end = match.span("place")
    if any(one.end == end - 1 for one in between(said, start, start + 1)):
        yield Hit("place", said.typed[start:end], start, end, 0.8)


def _filled(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    start, end = match.span("place")
    yield Hit("place", said.typed[start:end], start, end, 0.85)


_SETTLED = (
    "(?:屋基|[屯寨湾沟坪冲坝庄坳岭塘洲塝岔滩塬梁嘴垭坡]|小区|家园|花园|[一-鿿]苑|公寓|新村|嘎查|巷|胡同)"
)
_HAMLET_SIGN = "[^\\W\\d_a-zA-Z我是的由作陪在了和与到把给约请叫为让同跟向对从去来见等正及将被经说问找一点要每各全本该个这那有没住进过]"
_HAMLET = (
    rf"(?:(?<=[到去在来赴进住回往给是叫:\n 。])|(?<=走访)|(?<=深入)|(?<=跑了)|"
    rf"^)(?P<place>{_HAMLET_SIGN}{{1,4}}{_SETTLED})(?![一-鿿]?(?:水|里有水)|渠|坝|底|[管堵修塌挖漏]|边)"
)
_SMALL_GROUP = rf"(?P<place>(?:{_NTH}|{_HAMLET_SIGN}{{2,3}})组)(?!长|织|成|建|合|员|团|委)"


def _hamlet(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """到岩脚寨, 汤家湾的…: what is called as places are; hardly sure."""
    start, end = match.span("place")
    if not any(one.start < end for one in between(said, start, end)):  # 党员庄嘉禾
        yield Hit("area", match["place"], start, end, 0.65)


def _small_group(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """甘田组, 三组: a group told of anywhere."""
    if not re.search(_FORMED, match["place"]):
        yield Hit("area", match["place"], *match.span("place"), 0.6)


RULES = (
    Rule("areas", WHOLE, _areas, "到青龙镇大坪村三组走访。", ("青龙镇/大坪村/三组",), "驻村干部走进农村。"),
    Rule("groups", _GROUP.pattern, _groups, "上午巡查3组。", ("3组",), "3组长来了。"),
    Rule("place-label", _LABEL, _labelled, "地点：社区二楼会议室", ("社区二楼会议室",), "这个地点不好。"),
    Rule("place-went", _WENT, _went, "我们到王庙小学去调研。", ("王庙小学",), "小学里人不多。"),
    Rule(
        "place-filled",
        rf"(?:^|(?<=[,。;\n])){_PLACE}[里内上]",
        _filled,
        "晚上8点，大坪村委会会议室里挤满了人。",
        ("大坪村委会会议室",),
        "会议室很小。",
    ),
    Rule("place-home", _HOME, _home, "走访黄大山家。", ("黄大山家",), "他家在路边。"),
    Rule(
        "place-in-brackets",
        rf"\A[^\n]{{0,60}}[,(、](?P<place>{_PLACE_SIGN}{{0,8}}(?:{_NOUN}))[,)]",
        _filled,
        "党员学习日（10月20日，村党群活动室）",
        ("村党群活动室",),
        "党员学习日，活动室很小。",
    ),
    Rule(
        "place-in-head",
        rf"(?<=[,。 \u3000\n])(?P<place>{_PLACE_SIGN}{{0,10}}(?:{_NOUN})(?:[一二三四五\d]{{1,2}}[楼号]?[一-鿿]{{0,4}}(?:室|厅))?)(?=[,。 \u3000\n]|$)",
        _in_head,
        "11月21日（五）上午九点，文化活动中心。\n党员到了41人。",
        ("文化活动中心",),
        "那天\n文化活动中心",
    ),
    Rule("hamlets", _HAMLET, _hamlet, "走到岩脚寨已是中午。", ("岩脚寨",), "水沟堵了。"),
    Rule("small-groups", _SMALL_GROUP, _small_group, "甘田组的路灯坏了。", ("甘田组",), "督查组来了。"),
    Rule(
        "place-headed",
        _HEADED,
        _labelled,
        "二〇一五年十月十四日 石门村文化广场\n",
        ("石门村文化广场",),
        "石门村文化广场很大。",
    ),
)
