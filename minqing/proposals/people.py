"""Who an entry is about and who came along: 村书记王浩, 我与…一起, 在…陪同下."""

import re
from collections.abc import Iterator

from minqing.model import Person
from minqing.proposals._company import comes_along
from minqing.proposals._compiled import compiled
from minqing.proposals._items import is_kin
from minqing.proposals._posts import POST
from minqing.proposals._said import WHOLE, Hit, Mention, Rule, Said, clause, line, sentence, within
from minqing.proposals._speech import in_turn, quoted
from minqing.proposals._whose import in_full
from minqing.surnames import KINSHIP

_CITED = 0.8  # somebody who is only spoken of was not visited
_CALLED_SO = 0.6  # 老陶 is most likely 陶金贵, whom the text has named before
_CALLED_UP = compiled(
    "(?:联系了?|致电|电话|据|按照?|根据|听说|听闻|转告|通知了?|来电)[^,。]{0,8}$|(?:缺席|没来|没到|请假|未到)的?(?:有|是|:)[^。]{0,8}$"
)
_TO_COME = compiled(
    "(?:明[天日儿早晚]|后天|回头|改天|下周|下次)[^,。]{0,8}?[叫让请找喊派][^,。]{0,6}$"
)  # 明儿个我叫瓦匠老纪来弄
_TO = compiled("(?:[向给跟同与和])[^,。]{0,10}$")
_REPORTED = compiled(
    "[^,。]{0,6}?(?:[打通]了?[几一]?[个次]?电话|汇报|报告|反映|请示|求助|发了?[微短]信|的(?:要求|安排|指示|意见))"
)
_ABSENT = compiled(
    r"(?:等?[\d一二两三四五六七八九十]*[名位个人户]?(?:同志|代表|党员)?|"
    r"因[^,。]{1,6})(?:没有?(?:来|到|参加|请假|在)|未[到参请]|缺席|请假|不在(?!了))"
)
# What says no more than that somebody is meant, or is no role but a fact.
_NO_ROLE = compiled(
    r"[姓化]名|服务对象|案主|.{0,2}对象|[当上来受承反求联走].{1,2}人|群众|老师|干部|同[志学]|先生|女士|婆娘|寡妇|单身汉|[男女]?[孩娃]|小伙|青年|"
    r".{0,12}(?:哑巴|老人|孤儿|孩子|住户|亲戚|病人|患者)|"
    rf"(?!邻居|监护人)(?:{KINSHIP})|(?:脱贫|监测|一般|五保|低保|特困|困难|联系|包保|重病|残疾)户|"
    rf".{{0,6}}(?:村民|居民|牧民)|[大小二三]?(?:儿子|女儿|儿|女)|[^,。]{{0,2}}(?:媳妇|侄儿|侄子)|"
    r"爹|爸|妈|娘|儿|女|弟|哥|姐|妹|叔|[大阿]?[伯姨婶爷妈娘嫂哥姐]|伯伯|叔叔|阿姨|奶奶|爷爷|老[汉伯爹太]|老太太|老人家"
)


# 儿子覃国富在东莞打工 is told of, and was not met.
_AWAY = compiled(
    "(?:现|还|正|一直|长年|常年|都|也|则|远|仍|目前){0,3}(?:在(?![家村旁场座屋院门一我身床炕田地灶厨镇组这那上下])|"
    "外出|出门|出去|嫁|去了?[一-鿿]{2,4}(?:打工|务工|上班|读书)|到[一-鿿]{2,4}(?:打工|务工|上班|读书))"
)


def _who(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    yield from _hits(said, "who")


def _with(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    yield from _hits(said, "with")


def _hits(said: Said, field: str) -> Iterator[Hit]:
    """Each person once an event, as who they are in it."""
    for opening in said.openings:
        named: dict[str, list[Mention]] = {}
        for one in within(said, opening, lambda one: one.start, said.people):
            named.setdefault(one.name, []).append(one)
        companions = {
            name for name, same in named.items() if any(comes_along(said, one) for one in same[:20])
        }
        for name, same in named.items():
            one = same[0]
            role = next(
                (other.role for other in same if other.role and not _NO_ROLE.fullmatch(other.role)), ""
            )
            if (name in companions) == (field == "with") and not all(
                _serves_meeting(said, other) for other in same[:20]
            ):
                passing = all(_cited(said, other) or _aside(said, other) for other in same[:20])
                sure = min(one.sure, _CITED) if passing else one.sure
                if in_full(said, one) != name:
                    sure = min(sure, _CALLED_SO)
                yield Hit(field, Person(name, role), one.start, one.end, sure)


def _cited(said: Said, one: Mention) -> bool:
    """Whether somebody is only reported to, phoned, cited or told to be absent or away."""
    start, end = clause(said, one.start)
    before = said.text[max(start, one.start - 16) : one.start]
    after = said.text[one.end : min(end, one.end + 16)]
    return bool(
        _CALLED_UP.search(before)
        or _TO_COME.search(before)
        or (_TO.search(before) and _REPORTED.match(after))
        or _ABSENT.match(after)
        or (is_kin(one) and _AWAY.match(after))
    )


# 驻村第一书记 仲孙正, 社工:尉迟安安 and 流水账(苏会计) above a text, or (通讯员 聂小远) below it, are who writes it.
_WRITES = compiled(
    r"(?:记者|通讯员|供稿|撰稿|撰文|报送)[: /]*$|(?:社工|记录|记录人|网格员|填表人?|值班|走访人|入户人|家访人|访视人|整理|笔录|督导|记者|通讯员|接访)[:|] ?$|"
    rf"(?:[日笔手札]记|日志|流水账|值班本)\($|(?:{POST}|老师|志愿者|干部|社工)[ \u3000]?$|[局办中心会院站所] ?[ \u3000]$"
)


def _aside(said: Said, one: Mention) -> bool:
    """Whether somebody signs the head or the end of a text, is greeted, or is named in the words of others or as who writes."""
    if _I_AM.search(said.text, max(0, one.start - 14), one.start):
        return True
    first, last = line(said, one.start)
    if one.start == first and _SENT.fullmatch(said.text, one.end, last):
        return True
    head = said.text.count("\n", 0, one.start) < _HEAD and not re.search("[。!?;]", said.text[first:last])
    signs = (
        _WRITES.search(said.text, max(first, one.start - 8), one.start) and _ENDS.match(said.text, one.end)
    ) or (head and _OWN_BOOK.match(said.text, one.end))
    signs_it = head or (first > 0 and not said.text[last:].strip())
    greeted = clause(said, one.start) == (one.start, one.end) and in_turn(said, one.start)
    return quoted(said, one.start) or greeted or bool(signs_it and last - first < _SHORT and signs)


# 李慧兰 6月18日 20:31, over a message
_SENT = compiled(r"[ \t]+(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?[ \t]+\d{1,2}:\d\d(?::\d\d)?\s*")
_I_AM = compiled("(?:^|[^一-鿿])我(?:就?是|叫)[^,。!?;]{0,10}$")  # 我是每周来看孩子的闵老师
_HEAD, _SHORT = 3, 45  # lines that head a text, signs of such a line
# 阿蓝的值班本
_OWN_BOOK = compiled("的?(?:值班|工作|走访|民情|驻村|入户|流水)?(?:[日笔手札]记|记事|日志|[账本])")
_ENDS = compiled(r"[ \u3000)\]】]*(?:记|整理|笔录|\(|\n|$|[ \u3000])")


def _serves_meeting(said: Said, one: Mention) -> bool:
    """Whether somebody is named as host or recorder, or with a number of votes: the meeting says that."""
    start, _end = sentence(said, one.start)
    before = said.text[max(start, one.start - 8) : one.start]
    after = said.text[one.end : one.end + 8]
    return bool(
        re.search(
            r"(?:主持人?|[笔记]录人?|记录员|填报人?|填表人?|执笔人?|填写人)[:：] ?$|(?:选举|推选|选出|补选)了?$",
            before,
        )
        or re.match(r"(?:\([^)]*\))?(?:同志)?(?:主持|[作做担任负责]{0,2}记录|得\d+票|以最?高票|当选)", after)
    )


RULES = (
    Rule(
        "who",
        WHOLE,
        _who,
        "走访了老党员岳明德家，村书记罗文定坐在一旁。",
        (Person("岳明德", "老党员"), Person("罗文定", "村书记")),
        "大家说方法好，时间紧。",
    ),
    Rule(
        "with",
        WHOLE,
        _with,
        "我与村书记罗定山一起到王庙小学去调研，校长肖大军介绍了情况。",
        (Person("罗定山", "村书记"),),
        "村书记罗定山说路不好。",
    ),
)
