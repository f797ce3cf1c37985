"""What is to be done and what was done, as the writer plans and tells it: 计划：…, 下周挨家上门, 已报镇里."""

import re
from collections.abc import Iterator
from datetime import date

from minqing.model import Item
from minqing.proposals._compiled import compiled
from minqing.proposals._due import Due, due_in
from minqing.proposals._intent import BEFALLS, EMPTY
from minqing.proposals._items import ACT, clauses, item, points, with_next
from minqing.proposals._said import WHOLE, Hit, Rule, Said, between, clause
from minqing.proposals._speech import is_spoken

# Headings of lists: what stands behind them is to be done.
_ALONE = (
    r"(?:^|(?<=\n))[ \u3000]{0,6}(?:[一二三四五六七八九十]{1,2}、|\([一二三四五六七八九十\d]{1,2}\)|"
    r"\d{1,2}[.、])?[ \u3000]{0,6}"
)
_NEXT = r"(?:下(?:一)?步|接下来|今后|后续|下周|下阶段|明日|下个?月)(?:的)?(?:工作)?(?:打算|计划|安排|措施|任务|重点)?"
_PLANS = (
    rf"(?:(?<!群众)(?<!村民)(?<!居民)(?<!大家)(?<!他们)(?<!了个)(?:{_NEXT}|计划|打算|安排|"
    rf"待(?:办|核实|跟进|落实|解决|处理)(?:事项)?|(?:后续)?跟进(?:事项|计划)?|备忘|整改要求|工作要求|"
    rf"(?:督查组|会议|镇里|乡里|检查组|领导)?要求|会议决定|会议议定|(?<!惠民)任务|派工|分工|"
    r"处理意见|还?(?:要|得)(?:做|办)的?(?:[几两三\d][件项个])?(?:事|工作)?|没(?:办|做|干)完的?|善后|我的(?:事|活|任务)|"
    r"交(?:[白晚夜早接]{1,2})?班|(?<![一-鿿])记(?:着|住|下|一笔|一下)?|(?<![一-鿿])提醒(?:自己)?|"
    r"(?<![一-鿿])明[天日]?(?:要做|要办|安排)?|(?:整改|完成|办理)时限)(?:如下)?[:] ?"
    rf"|{_ALONE}(?:{_NEXT}|工作打算|工作计划|待办(?:事项)?|整改措施|怎么办)(?:[ \u3000]*(?=\n)|[。])|"
    rf"(?:^|(?<=[。\n]))下(?:一)?步(?:工作)?,(?=[^。\n]*[;。]))"
)
_RESOLVED = (
    r"(?P<resolved>(?:议定|商定|定下来?|定了|定[了下][几两三四五六\d]{1,2}[条件项点个]事?|会后布置|条件[^,。:]{0,4}|形成(?:一致)?(?:意见|决议)|"
    r"(?:最后|一致|大家|会上)(?:决定|议定|商定|同意)|碰头会[^,。:]{0,4}的?[几两三\d]件事)(?:如下)?[:] ?)"
)
_ASKED_OF = (
    r"(?:强调|要求|[说讲](?=了[^:]{1,3}点)|布置|安排|交代)了?(?:以下|这?几|[一两三四五六\d]{1,2})(?:点|件事|"
    r"项)(?:要求|意见|工作|任务)?: ?"
)
_MEASURES = (
    r"(?:帮扶措施|采取措施|主要措施|措施|本次服务|服务内容|已做(?:工作)?|处[理置](?:情况|结果|意见)?|办理情况|"
    r"帮扶计划|解决办法|具体做法)(?:如下)?[:] ?"
)
_AGREED = (
    r"(?:(?:与|跟|和)[^,。]{1,8}(?:商定|约定|讲好)|调解协议|达成(?:一致|以下|如下)?(?:协议|意见)?|协议(?:如下|约定|内容)?|约定|"
    r"双方同意|(?:商[量议]|协商|调解)(?:结果|意见|一致)|(?:共同|本次)商定|约好|(?<![一-鿿])(?:断法|成|公断|了断|说和)|"
    r"(?<![没未])[谈说](?:成|定|妥)了?[^,。:]{0,3})(?:如下)?[:] ?|(?:当[面场]|现场)(?:办|定|解决|"
    r"拍板)了?[几两三四五六\d][样件条]事?[:,] ?|(?:答应|承诺|保证)了?(?:以下|这?几|[一两三四五六\d]{1,2})(?:点|件事|"
    r"项|条)[:,] ?"
)
_HEADINGS = {
    "measure": _MEASURES,
    "task": f"(?:{_PLANS})|(?P<asked>{_ASKED_OF})|{_RESOLVED}",
    "promise": _AGREED,
}
# 老太太自己要求:, 他儿子的计划:: what others want or mean to do
_THEIR_HEADING = compiled(
    "(?:[老奶太爷婆公妈爸哥嫂姐叔]|老人|[她他]们?|[儿女孙][儿子女]?|孩子|[村居业]民|群众|业主|住户|户主|家长|家属|大家|本人)自?己?(?:家|就|也|提出?)?的?$"
)
_TOLD = compiled("说|讲(?!座|课|解)|表示|认为|反映|点头|满意|签字|同意")
_PAST = compiled(
    "当场|已|了(?:[,。;]|$)|互不|不再|共[^,。]{0,4}\\d|今天[^,。]{0,2}[收完做跑]|\\d万?元|[上下]午|无争议|双方"
)
_ON_A_DAY = compiled(
    r"\s*\d{1,2}月\d{1,2}日(?:\(|上午|下午|晚)|请[^,。]{1,6}支持"
)  # told, or asked of those above
_GIVEN = compiled(r"\d元|送去|发放")  # a gift rather
_NO_TASK = compiled("^等|^还[差有没]|^没|做人|感谢|吃饭")
_BY = compiled("由|负责|牵头|派|安排|落实")
_ASKED = compiled("麻烦|请[各大你]|各位|务必")
_ARROW = compiled(r"[→>]\s*$")
_ONESELF = compiled("我|[他她]自己")
_RESULT = compiled(r"得分|\d分$")
_DUTY = compiled(
    r"明[天早晚]|后天|下[周月]|下个?(?:星期|礼拜)|改天|回头|下次|过[几两]天|打算|准备(?![好了金])|计划|约|"
    r"将(?!近|来)|还[要需得]|要(?=[把去抓尽报交给到做办搞完补数来拿上查开])|必须|务必|争取|(?<!合同)约的?"
)
_WAS = compiled("的$|过|已|[发出][生现]|收到|召开|(?<!前)到账|(?<![定批到收满])了[一-鿿\\d]")
_HEADS = compiled(
    "(?:天|日|[一二三四五六日])是|(?:打算|计划|安排|任务|工作|重点|要点|小结|记录|通报|简报|日志|[走回]访记?)$"
)
# 老人准备后天去女儿家: what others mean to do
_THEIR_PLAN = compiled(
    "(?!我|咱|俺|村|社|镇|乡|县|街道|支[部书]|两委|工作队|全|各|下|明|后|今|本|[组局站所])[^,。\\d明后下]{1,8}(?:打算|准备|计划|想)"
)
# 学校后天要交伙食费, 补贴将于6月15日前打到卡上: of whom or what others take care
_THEIR_DUTY = compiled(
    "[^,。]{0,2}(?:[他她]家|孙|儿子|女儿|孩子|娃|老人|老伴|学校|[县省市区国银][里家行]|房东|厂里|开发商|公司|老板|合同|规定|政策|补贴|"
    "补助|低保金|保险|房租|客人|亲戚|别人|药房|医院)|.*(?:涨|来客|疫苗|断保|打到[^,。]{0,4}卡|[送寄运]到$|到货|开学|脱不开)"
)
_SINCE = compiled("从[^,。]{2,12}(?:开始|起)")
_THEY = compiled(
    "(?<!再)来(?:[查看村]|检查|调研|人|$)|回来|(?:^|[\\d一二三四五六日天前内])[他她](?=[^,。们家])"
)
_FOR_YOU = compiled("[给帮替陪][你您]")
_NOT_DUE = compiled(
    "(?<!去)(?<!跟)(?<!和)(?<!跟.{2})(?<!跟.{3})(?<!说)说(?!说|明(?!天)|一[声下])|(?<!忽然)(?<!我)想(?!起)|"
    "问(?=[他她我你,:题])|希望|盼|建议|答应|承诺|保证|我们?(?:就|会)|了(?:[,。;]|$)|规定|政策|"
    "每(?![户家人组个位张])|能直接|可以|还款|[没不]|^(?!.{0,6}你)[^把]*[给交]给?我(?!$)|^已|预计(?![^,。]{2,10}(?:前|内|底))|估计|(?<!面)的$|"
    "的[\\d一两三四五六七八九十]|将近|如果|才"
)
_DID = compiled(
    r"^(?:[^,。]{0,6})?(?:[帮替给](?:[他她]们?|老人|大家|孩子)(?=(?:联系|申[请报]|协调|安排)了)|"
    r"(?:我|已经?)?(?:把|将)(?=[^,。]{2,10}(?:[转报]给|[转报]到|上报|移交))[^,。]{2,10}?|"
    r"已经?(?:把|将)?[^,。]{0,8}?|当场|现场|当即|随即|立[即马]|马上|连夜)(?P<did>申请|帮|协|报|联系|通知|上报|"
    r"转(?!到)|设|安排|协调|申报|登记|移交)"
)
_WHERE = compiled("[镇乡县局站所办](?!好|理|成)|街道|社区|中心|公司|物业|部门|书记|主任")
_REPORTED = compiled(r"^(?:我)?报(?:给|到|送)?了?(?:[镇乡县区街村]|社区)[^,。的]{1,8}$")

_NO_REPORT = compiled("了$|没|[好几两三]|[回次遍趟]$")


def _plans(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """The points of a list under a heading that says they are to be done."""
    kind = "task" if match["asked"] else match.lastgroup or ""
    if kind == "task" and _THEIR_HEADING.search(said.text, clause(said, match.start())[0], match.start()):
        return
    likely = 0.75 if match["asked"] or match["resolved"] else 0.92
    parts = [part for point in points(said, match.end()) for part in _by_due(said, *point)]
    for start, stop in parts:
        if (
            re.search("^.{0,4}希望|建议|不得", said.text[start:stop])
            or stop - start < 4
            or _RESULT.search(said.text, start, stop)
        ):
            continue
        text = said.text[start:stop]
        due = due_in(said, start, stop)
        owner = _named(said, start, stop)
        sure = likely
        if (
            _TOLD.search(text)
            or not (due or ACT.search(text))
            or (not due and (EMPTY.search(text) or (kind != "measure" and _PAST.search(text))))
            or _ON_A_DAY.match(text)
            or (kind != "promise" and not due)  # what stands there may have been done, or be a decision
            or (kind == "measure" and _GIVEN.search(text))
            or (not due and _NO_TASK.search(text))
            or (kind == "promise" and not (due or owner or _ONESELF.search(text)))
        ):
            sure = 0.75
        if match["resolved"] and not (due or owner or _BY.search(text)):
            continue
        if hit := item(said, kind, start, stop, sure, due, owner=owner):
            yield hit


def _by_due(said: Said, start: int, stop: int) -> list[tuple[int, int]]:
    """A point clause by clause where more than one of them has a due day of its own."""
    parts = list(clauses(said, start, stop))
    dated = [part for part in parts if (due := due_in(said, *part)) and due.firm]
    return parts if len(dated) > 1 else [(start, stop)]


def _named(said: Said, start: int, stop: int) -> str | None:
    """Who a point begins with: a person named there, or an office: 镇纪委对…, 由费东升协助…"""
    named = between(said, start, min(stop, start + 6))
    if named:
        return named[0].name
    office = re.match(
        r"\s*由?([一-鿿]{1,8}?(?:[镇乡村组局办所]|纪委|社区|村委会?|物业|学校))(?=[\d对在于年本牵负协把])",
        said.text[start:stop],
    )
    return office[1] if office else None


def _due(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """3月10日前把申请表送去, 明天带她去, 约后天再调: what has a day to come, and nobody promised."""
    for start, stop in clauses(said, 0, len(said.text)):
        text = said.text[start:stop]
        if said.text.startswith(":", stop):
            continue  # a heading
        due = None if _NOT_DUE.search(text) else due_in(said, start, stop)
        little = due and (stop - start - (due.end - due.start) < 2 or _SINCE.fullmatch(text))
        if little and said.text[start - 1 : start] == ",":
            start = clause(said, start - 2)[0]  # 心得要交，下周二之前
            text = said.text[start:stop]
        sure = _how_surely(said, start, stop, due) if due else 0
        owner = _named(said, start, stop)
        if sure and (hit := item(said, "task", start, stop, sure, due, owner=owner)):
            yield hit


def _how_surely(said: Said, start: int, stop: int, due: Due) -> float:
    """How surely a clause with a due day says what is to be done, 0 if it does not."""
    text = said.text[start:stop]
    rest = text.replace(said.text[due.start : due.end], "")
    duty, asked = _DUTY.search(text), _ASKED.search(said.text, max(0, start - 12), stop)
    if (due.kind == "today" and not duty and not asked) or _HEADS.search(text):
        return 0
    if not duty and (due.loose or (not due.firm and _WAS.search(text))):
        return 0
    if not ACT.search(rest) or re.search("已经?[^,。]{0,4}[交办报完齐]", rest):
        return 0.68 if due.firm and len(rest) > 2 else 0
    planned = duty or _ARROW.search(said.text[max(0, due.start - 3) : due.start])
    spoken = "“" in text or (is_spoken(said, start) and not asked)
    # 女儿下月要搬到县城, 下周一他亲自去盯: what befalls somebody, and what another will do
    theirs = (
        BEFALLS.search(rest)
        or (_THEY.search(text) and not asked)
        or _THEIR_PLAN.match(text)
        or _THEIR_DUTY.match(text)
    )
    if (
        due.firm
        and (planned or asked)
        and not (spoken or theirs)
        and len(rest) > 2
        and not _FOR_YOU.search(text)
    ):
        return 0.91
    return 0.7


def _recurs(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """账目每半月张榜一次: what is laid down to be done again and again."""
    start, stop = clause(said, match.start())
    if not _HABIT.search(said.text, start, stop) and (hit := item(said, "task", start, stop, 0.7)):
        yield hit


_HABIT = compiled("[了过]|原来|以前|已|没|都是|本来|说好")


def _did(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """已拍照，报镇应急办: what was done about it."""
    for start, stop in clauses(said, 0, len(said.text)):
        text = said.text[start:stop]
        if (_DID.match(text) and _WHERE.search(text)) or _REPORTED.match(text):
            due = due_in(said, start, with_next(said, start, stop))
            if hit := item(
                said,
                "measure",
                start,
                stop,
                0.92 if _REPORTED.match(text) and not _NO_REPORT.search(text) else 0.75,
                due,
            ):
                yield hit


def _will_do(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """将尽快制订出分村帮扶方案: what the writer's side is about to do."""
    start, stop = match.start("what"), clause(said, match.end())[1]
    if not _NOT_DUE.search(said.text, start, stop):
        due = due_in(said, start, stop)
        if hit := item(said, "task", start, stop, 0.8, due):
            yield hit


RULES = (
    Rule(
        "will-do",
        r"(?:^|(?<=[,。;:\n]))(?:下一步|接下来|我们?|我局|我村|村里|社区|"
        r"局里)?[,]?(?P<what>将(?:尽快|及时|按时|继续|进一步)[^,。]{3,})",
        _will_do,
        "下一步将尽快制订分村帮扶方案。",
        (Item(0, "task", "将尽快制订分村帮扶方案"),),
        "他将近七十岁了。",
    ),
    Rule(
        "plans",
        "|".join(f"(?P<{kind}>{heading})" for kind, heading in _HEADINGS.items()),
        _plans,
        "计划：6月30日前联系燃气公司；建议家属多来。",
        (Item(0, "task", "6月30日前联系燃气公司", due=date(2016, 6, 30)),),
        "他的计划落了空。",
    ),
    Rule(
        "due",
        WHOLE,
        _due,
        "打算下周挨家上门动员。",
        (Item(0, "task", "打算下周挨家上门动员", due=date(2016, 6, 12)),),
        "每周三上门。",
    ),
    Rule(
        "recurs",
        r"每(?:[一二两三半\d]?个?(?:周|月|天|日|季度?|半月|小时|星期|礼拜)[一二三四五六日]?)[^,。;\n]{0,8}(?:[巡访报查看问量测贴对盘发盯榜]|通报|公布|"
        r"上门)[^,。;\n]{0,3}[一两二三][次遍回趟](?=$|[,。;\n])",
        _recurs,
        "账目每半月张榜一次。",
        (Item(0, "task", "账目每半月张榜一次", "affairs"),),
        "他以前每周来看一次。",
    ),
    Rule("did", WHOLE, _did, "拍照留底，报镇应急办。", (Item(0, "measure", "报镇应急办"),), "他报了名。"),
)
