"""Needs: what people wish for, ask for and ask about. 希望修渠, 想学养蜂, 问补贴怎么办, 要是能换一换就好了."""

import re
from collections.abc import Iterator

from minqing.model import Item
from minqing.proposals._compiled import compiled
from minqing.proposals._due import due_in
from minqing.proposals._items import item, said_of, speaker
from minqing.proposals._said import Hit, Rule, Said, between, clause, sentence
from minqing.proposals._speech import is_said, is_spoken

# Hardly anybody says these of anything but a wish.
_HOPE = (
    "希望(?!小学|工程|学校|中学|之|值|渺)|盼(?:着|望|的是)|盼(?!头|来|到)|[期企]盼|期望|巴望|巴不得|渴望|渴求|"
    "急[需盼]|亟需|恳请|[恳请央]求|呼吁|强烈要求"
)
_WANT = (
    r"(?<![设理思联感幻猜着回推不没])想(?=要(?!是)|申请|学|请|问|办|搞|把|外出|出[去门]|建|修|装|种|养|买|找|让|换|"
    r"开[个家]|做|给)"
)
_DEMAND = r"(?<=[他她众民家户人])要求(?=[^,。:]{2,})|(?<=[,。;])要求(?=赔|补偿|给个?说法|退[还钱]|尽快|重新)"
_WISH = f"(?<![我有]){_HOPE}|(?<!我){_WANT}|{_DEMAND}|托我(?!一[桩件]|[几两三][桩件]|[^,。]*的[^,。]*了)"
_NOT_WISH = compiled(
    r"(?:渴望|希望|盼着?)[^,。]{0,4}(?:快乐|幸福|健康|美好|茁壮|平安|温暖|关爱)|"
    r"[渴期]望[^,。]{0,6}(?:眼神|目光|眼睛)|想要?是|希望(?:的|之|在|$)|"
    r"希望[^,。]{0,8}(?:提出|支持|配合|理解|珍惜|努力|再接再厉|意见|有出息|听话|好好|考上|争气)|要求(?:是|的|各|每|干部|驻村|党员|如下)|"
    r"想(?:到|起|了|法|不到|办法)|[请恳]求(?:了|的)|托我[^,。]{0,4}(?:谢|转达|祝|[带捎送]给)"
)
_MORE = compiled(
    r"\s*(?:也|还|并|同时)?(?:希望|盼|提供|修建?|建设?|解决|落实|增加|改善|安装|开通|发展|协调|帮助|尽快|把)"
)
_BY_WRITER = compiled("我们?(?:还|都|也|只)?$|乡(?:里)?$|镇(?:里)?$|县(?:里)?$|[会组]$")
_TO_REPAIR = compiled("[^,。]{0,4}[赔补给解修退恢清拆换还]")
# 想请我吃饭, 托我问好, 想要什么, 想种药材的事: what one says in company, asks, or calls by its name
_SOCIAL = compiled(
    "[^,。]{0,2}[请让找问托]我(?:吃|喝|坐|进|向|给[他她]带|带)|[^,。]{0,2}给我(?:倒|夹|拿|塞|端)|[^,。]{0,6}(?:吃[^,。]{0,2}饭|喝[茶水酒]|说完|说话|走走|"
    "散心|厕所|已久|出世|问好|带句?话|见到|开口|招待|什么|哪样|又不|的(?:事|那[头只条间]))"
)
_ONLY_NAMED = compiled("(?:想要|希望|盼|期盼|急需)的|托我(?:来)?(?:问|打听)(?:一下|下|问)?")
_MEANT = compiled("[做搞]")  # 剩下这几桩想做完: what somebody means to do
_OWN_WISH = compiled("我(?!们?家|们?村)[^说讲问,]*$|我[^说讲]*,[^说讲他她]*$")
_THEIRS = compiled("群众|村民|居民|大家|大伙|[他她]们?|住户|家长|老人|说")


def _named_near(said: Said, start: int) -> bool:
    """Whether somebody is named in the clause of a wish, before it."""
    return bool(between(said, clause(said, start)[0], start))


def _wishes(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    start, stop = match.start(), clause(said, match.start())[1]
    first, end = sentence(said, start)
    if _NOT_WISH.match(said.text, start) or _BY_WRITER.search(said.text[max(first, start - 4) : start]):
        return
    theirs = speaker(said, start) or _THEIRS.search(said.text[max(first, start - 60) : start])
    told = (
        is_said(said, start)
        or _THEIRS.search(said.text[max(first, start - 12) : start])
        or _named_near(said, start)
    )
    calls = match[0].startswith(("呼吁", "恳请", "强烈"))
    own = _OWN_WISH.search(said.text[first:start])
    sure = 0.92 if theirs and (calls or (told and not own)) else 0.85
    if match[0] == "要求" and not _TO_REPAIR.match(said.text, match.end()):
        sure = 0.85
    if _SOCIAL.match(said.text, match.end() - 1) or (
        match[0] == "想" and _MEANT.match(said.text, match.end())
    ):
        sure = 0.85
    if _ONLY_NAMED.fullmatch(said.text, start, stop) and stop + 1 < end:  # 她最想要的:…, 托我问，…
        start = stop + 1 if said.text[stop] == ":" else start
        stop, sure = clause(said, stop + 1)[1], 0.8
    who = said_of(said, start)
    while True:
        due = due_in(said, start, stop)
        if hit := item(said, "need", start, stop, sure, due, who=who):
            yield hit
        more = _MORE.match(said.text, stop + 1, end)
        if not more or re.match(_WISH, said.text[stop + 1 : end].lstrip("也还并同时")):
            return
        start, stop = stop + 1, clause(said, stop + 1)[1]


# ---------------------------------------------------------------- words that mean a wish now and then

_LIKELY = (
    r"(?<![设理思联感幻猜着回推料没不来别好梦妄])想(?!要是|尽|到|起|了|法|不|办法|象|念|必|着|来想|通|开|得|过|"
    r"问题|方|一想)(?=[一-鿿]{2})|指望(?!不)|(?<=[他她众民户家人])(?:都|也|还|很|急|最)?需要(?=[一-鿿]{2})|"
    r"只(?:[求图]|要(?!是|有|要))(?!\d|[一二两三])(?=能?[^,。]{3,})|给(?:我们?|咱们?|"
    r"俺们?)(?=[修装建换办派送拨批开]|解决)|惦记的是|(?:琢磨|寻思|盘算|合计)着?(?=[搞办种养开买建把出去])|"
    r"早[点日些](?=[把给修通装办批发建开]|解决)|能(?:不能)?(?=[^,。]{2,12}[不吗么](?:$|[,。?”]))|"
    r"(?<=[一-鿿])要(?=给(?:孩子|娃|老人|儿子|女儿|父亲|母亲|老伴|他|她)[^,。]{0,6}[办上买治看开])|惦记着|"
    r"念叨着?|(?<!不)(?:愿意|有意(?!见)|有意愿)(?=去|来|参加|学|种|养|流转|搬|外出|加入|当|做|干|报名|出|让)|"
    r"(?:[让叫要求请喊]|麻烦|拜托)(?:我|社区|村里|我们)(?=[帮给替问想]|再)|帮(?:我|他|她)(?=[问找办申联解想])|"
    r"(?<![我们作体的])(?:要求(?!是|的|各|每)|提出要|"
    r"申请(?![表书人材]|了|的|条件|登记|情况|后|过|已|流程|时|\d))(?=[^,。:]{2,})|"
    r"(?<![需不想只还主重将])要(?=(?:[他她]|对方|你们|村里|政府|公司|施工|房东|厂[里家]|老板|开发商|物业|嘎查|"
    r"组里|学校)[^,。]{0,8}(?:赔|给|修|写|退|还|解决|道歉|处理|负责|安排))|要(?:个)?(?:说法|赔)|讨(?:个)?说法|"
    r"要(?=赔)|(?:(?<=[他她说])|(?:^|(?<=[,。:→\n])))要(?=[一两几](?:[副双台辆把床盏根]|个(?![月小星礼多公]|钟头))[^,。]|[一二三]楼)|"
    r"能不能|能否|可不可以|可否|是不是可以|是否可以|(?:什么|啥|几)时候(?:才)?能|凭什么|怎么还[没不]"
)
_ASKS = (
    r"(?<![我们疑访慰提学请顾责查])(?:来|就|又|还|想|老是|总)?(?<!回头)(?<!问)(?:问(?![题候卷责过答问一])|"
    r"(?:打听|咨询)(?![好台的点才到后得]|电话|热线|窗口|服务|\d|了?\d)|询问|请教|想知道|想了解|想弄清)(?:一下|了|起|"
    r"到|我|过)?:?"
)
_QUESTION = compiled(
    "怎[么样]|咋|如何|求(?=你们|您|政府|村里|镇里|领导)|能不能|能否|可不可以|行不行|[哪啥谁]|什么|多少|几|有没有|"
    "是不是|是否|要不要|该不该|会不会|比例|标准|手续|条件|流程|政策|进度|材料|程序|时候|的事|多久|多大|够不够"
)
_I_ASK = compiled("(?:^|[我你])(?:我|你)?(?:回?去|找[^,。]{1,8}|回头|得|要|明天|再)$")
_OFFICE = compiled("卫生院|[镇县乡][上里一-鿿]|民政|残联|教育局|派出所|律师|团[委县]|社保|医保")
_OF_US = compiled(
    "情况|困难|要求|需求|诉求|身体|吃得|过得|好不好|需要(?:什么|帮)|有没有(?:困难|什么)|近况|收入|病情"
)
_WISHED = r"(?:念想|心愿|愿望|盼头|请求|期望|(?<=[个己])要求|(?<=个)想法)(?:就?是|,|:)"
_GOOD = r"(?:就好(?:办)?了|该多好|就知足了?|就放心了|就省心了|就方便多?了|就不愁了|就行了?(?=$|[,。])|就够了|最好(?=$|[,。”]))"
_GIVEN = compiled("要是|如果|能|有个|只要")
_OUR_CLAUSE = compiled(
    "\\s*(?:我们|我(?!家|们家|们组|想|要|就)|村里|镇里|社区|会议|上级|县里|要|得|去|回去|明天|将|各)"
)


def _likely(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    start, stop = clause(said, match.start())
    spoken = is_spoken(said, match.start())
    told = speaker(said, match.start())
    if match[0] == "要求" and told and told.name in said.officials:
        return
    if _ONLY_NAMED.fullmatch(said.text, match.start(), stop):
        return
    if (
        _OUR_CLAUSE.match(said.text, start) or _BY_WRITER.search(said.text[start : match.start()])
    ) and not spoken:
        return
    if hit := item(
        said, "need", match.start(), stop, 0.75 if spoken else 0.7, who=said_of(said, match.start())
    ):
        yield hit


def _asks(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    start, stop = match.end(), clause(said, match.end())[1]
    if stop - start < 3 and stop + 1 < sentence(said, start)[1]:
        start, stop = stop + 1, clause(said, stop + 1)[1]
    text = said.text[start:stop]
    if match[0].endswith(":") and said.text[max(0, match.start() - 1) : match.start()] in ("", "\n"):
        return  # 问:…, as the minutes of an interview have it
    if _I_ASK.search(said.text[clause(said, match.start())[0] : match.start()]) or _OFFICE.match(text):
        return
    if (
        not (_QUESTION.search(text) or re.search("打听|咨询", match[0]))
        or _OF_US.search(text)
        or re.match("[他她您]们?(?!家)", text)
    ):
        return
    sure = (
        0.7
        if not _QUESTION.search(text)
        or text.endswith("的事")
        or re.match("[为凭]什么|怎么(?:还|又|会)", text)
        or "你" in text
        or not re.search("打听|咨询", match[0])  # what somebody asks is often no need
        else 0.91
    )
    if hit := item(said, "need", match.start(), stop, sure, who=said_of(said, match.start())):
        yield hit


def _wished(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """她就一个念想：女儿能考上卫校."""
    start, stop = match.end(), clause(said, match.end())[1]
    if hit := item(said, "need", start, stop, 0.75, who=said_of(said, match.start())):
        yield hit


def _would_be_good(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """要是一楼有空房换一换就好了."""
    start, stop = clause(said, match.start())
    first, _end = sentence(said, start)
    if start > first and not _GIVEN.search(said.text, start, stop):
        start = clause(said, start - 1)[0]
    if not _GIVEN.search(said.text, start, stop):
        return
    begins = compiled("要是|如果").search(said.text, start, stop)
    if hit := item(
        said,
        "need",
        begins.start() if begins else start,
        stop,
        0.8 if begins else 0.75,  # 要是他还在就好了
        who=said_of(said, start),
    ):
        yield hit


RULES = (
    Rule(
        "wishes",
        _WISH,
        _wishes,
        "村民希望修一条水渠，也盼着建一个活动室。",
        (Item(0, "need", "希望修一条水渠", "water"), Item(0, "need", "盼着建一个活动室", "culture")),
        "我希望大家都好，看到了希望。",
    ),
    Rule(
        "may-wish",
        _LIKELY,
        _likely,
        "她念叨着去看看孙子。",
        (Item(0, "need", "念叨着去看看孙子"),),
        "我们想办法帮他，没想到他不要。",
    ),
    Rule(
        "asks",
        _ASKS,
        _asks,
        "他打听大病救助怎么申请。",
        (Item(0, "need", "打听大病救助怎么申请", "welfare"),),
        "我问他身体怎么样，这个问题不大。",
    ),
    Rule(
        "wished",
        _WISHED,
        _wished,
        "她就一个念想：女儿能考上卫校。",
        (Item(0, "need", "女儿能考上卫校"),),
        "了却了他的心愿。",
    ),
    Rule(
        "would-be-good",
        _GOOD,
        _would_be_good,
        "她说要是一楼有空房换一换就好了。",
        (Item(0, "need", "要是一楼有空房换一换就好了"),),
        "他的病好了。",
    ),
)
