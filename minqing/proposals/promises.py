"""Promises: who will do what for whom, by when. 答应周四帮她拿药, 费用我个人出, 社区尽快申报."""

import re
from collections.abc import Iterator
from datetime import date

from minqing.model import Item
from minqing.proposals._compiled import compiled
from minqing.proposals._due import Due, due_in
from minqing.proposals._intent import (
    BEFALLS,
    DONE,
    EMPTY,
    FOR_THEM,
    HINT,
    NO_PROMISE,
    NOTHING,
    ORDERED,
    OTHERS,
    PAYS,
    SERVES,
    SOON,
    SURELY,
    THOUGHT,
    TO_BE_DONE,
    WILL,
)
from minqing.proposals._items import ACT, clauses, item, meant, named_at, speaker, trimmed
from minqing.proposals._posts import POST
from minqing.proposals._said import WHOLE, Hit, Mention, Rule, Said, between, clause, line, sentence
from minqing.proposals._speech import is_said, is_spoken, quoted

_PROMISED = (
    r"(?<![没不未])(?<!没有)(?<!不敢)(?:答应(?!得)|(?<!服务)承诺(?!书|制|践|卡|事项|栏|服务)|保证(?!金|书|了?[质安供])|应承|应下|(?<=[我他她])应了(?=[,:])|允诺|许诺"
    r"|表态(?!发言)|拍(?:着|了)?胸[脯口]|打(?:了)?包票|"
    r"表示(?=[,:“]|将|会|要|一定|尽快|马上|回去|可以|愿意|这就|[\d一两三今明下本周月每给帮把由从]))"
)
# 说好, 讲定, 回话, 同意: a promise if something to be done follows.
_SETTLED = (
    r"(?:[说讲约谈]|商量)(?:好|"
    r"定)了?(?![不没好])(?=[^。]{0,14}(?:每|由|把|帮|给|带|陪|接|就|再|先|前|内|以后|今后|各|有事|我|[来去回签送天周月号]))"
    r"|(?<!期限)(?<!书面)(?:答复|回话|回复|回应)(?!期限|率|函|的|了吗)"
    r"|松了?口(?=[,:去让把给说先等])|(?<=[^没不])认了(?=[,:])|接过话筒(?=[,:])"
    r"|(?<![不没])(?:同意|愿意)(?=[^,。]{0,8}(?:资助|捐|供|借给)|免费|义务|无偿|[带教捐当陪]|[给出拨退借补帮把让赔先]|[^,。\d]{0,10}(?:\d{1,2}[月日号天]|月底|年底|明天|下周|[一-鿿]前))"
)
_BROKEN = compiled(
    "(?:就是|结果|可是?|但是?)[^,。咱我你]{0,4}[没不]|也没(?:见|来|接|修|办|给)|不(?:见|作数|算数)|拖到|拖着|过了$|没(?:有)?(?:做到|用)|我看[悬难]|第[一二三四五六七八九十\\d]+天了|没影|谁信|不信|年年|人早|给了一半|"
    "都?(?:还)?没(?:有)?(?:签|给|兑现|办|来|修|动静|下文)|一[次回分]没|一直没|至今|没得|看到哪|哪里?去了|忘了|没影|影子"
)
# 去年答应, 要是他答应, 没人肯答应, 盼着镇里答应, 要保证, 她说女儿答应: no word that was given now
_NOT_GIVEN = compiled(
    "[没谁]|不(?:肯|敢|会|愿|想|再)|如果|要是|除非|只要|等(?!了)|希望|盼|年起|指望|想让|去年|前年|当[初时年]|原来|以前|上[次回个]|曾|早就?$|"
    "嘴上|[要须]$|务必|确保|(?:让|叫|要求?|逼|催|请(?!来|了))[^,。来了]{1,6}$|听说"
)
_TOLD_OF = compiled("(?<!我)(?:[说讲称]|反映|告诉我)[^我说讲\\d前后内天早晚]{2,8}$")
_WHOM = compiled("(?<=答应)[他她您你](?:们|家)?(?![会要能想])")  # 我答应他…: whom, not who
_WILL_DO = compiled("[会要能想的家,。:]|$")
_HE_SAID = compiled("[他她]们?(?:说|答应|表示)(?:,|:|是)?(?=[^,。]{2})")
_BY_POST = compiled(
    rf"(?P<post>[一-鿿]{{0,3}}?(?:{POST}|[镇乡村县局所]里|社区|物业|公司))(?:当场|也|就|马上|立刻)?(?:说|答应|"
    rf"表示|表态|承诺|保证|回话|回复|答复|拍)"
)
_YOU = compiled(r"\W*[一-鿿@]{0,3}(?<![给帮替为陪跟向对和把让])[你您]们?(?!放心|的|家的|[妈爸爹娘那])")
_LONG = 30  # signs
_NEAR = 24  # signs; what stands farther before a word says nothing of it
_FAR = 160  # signs; what is promised stands nearer
_SAYS = compiled("[^,。:]{0,14}?(?:说|讲|表示|称|回话是|答应(?:了|过)?|答(?!应)复?是?)[,:]?(?=[^,。]{3})")
_SPOKE = compiled(
    "(?:当场|也|就|在?电话里|马上|立刻|这才|最后)?(?:说|讲|答应|表示|表态|承诺|保证|回[话复]|答复?|拍|松口|同意|:)"
)
# 通知说, 老师说: what others are to do, unless the one who speaks will do it for somebody
_BY_RULE = compiled(
    "(?:通知|公告|告示|广播|群里|文件|规定|合同|条子|听人?|据(?=说)|传)(?:上|里|中|那边)?[也就都还]?(?:说|讲|写|称|[:,])[^。]*$"
)
_EXPERT_SAYS = compiled("(?:老师|校长|医生|大夫|护士|教练)[也就都还]?(?:说|讲|[:,])[^。]*$")
_BY_PUPIL = compiled("作业|药|背|补课|[上补]?交|穿|戴|上课|挂号|打针|锻炼|检查|[带背]来")
# 镇里说月底前报到乡里: to whom an office says it is to do it
_OFFICE_SAYS = compiled(
    f"(?:人家|上面|工作人员|窗口的?人?|电话里|社区|[镇乡县区村局站所]里|[局站所]|(?:{POST})[^。“”]{{0,14}})(?:就|也|都|又)?(?:说|讲|答复|回复|回话|[:,])[^。]*$"
)
_HAND_IN = compiled(
    "报[到上名]|上报|报(?:给|送)?[^销警修案]{0,3}[镇乡县街社]|[上补]?交(?![代给付房接])|填|登记|各(?:村|组|户|家|人)|每户|准备"
)
# 最好八月前办好: a wish; “两天内修好”没修好: it was not done
_RATHER_WISHED = compiled("最好|”[^,。]{0,4}[没不]")
# 受灾户十日前把名单报到村上, 3月31日前交申请: for those to do whom it is said to
_THEY_HAND_IN = compiled(
    "[^,。]{1,4}[户们员组村人生](?!说|讲|这|那)[^,。]{0,10}(?:把[^,。]{1,6}[报交填送]|[报交填])|[^,。]{2,12}前[报交填](?:名|上|来|到|申请|材料|表|资料)"
)
_BY_OWN = compiled("我|咱|[给帮替为](?:[你您他她]|老|大家)|一定|派|安排")
_GIVES = compiled(f"{_PROMISED}$")
_DOES_IT = compiled("[明后今下周月][天日早晚周个]|\\d|[来去会要]")
_TELLS = compiled("[说讲](?![好定])")
_THIRD = compiled(
    "(?:隔壁|别人|人家|[他她]家|听|据说|由(?![我咱村社镇乡县街物他她项施队])|[^,。我]{2,6}[说讲](?![好定明]))"
)
_TOLD_TO = compiled(
    "(?:叫|让|请|喊|要求|责令|催|吩咐|通知|提醒|嘱|交代|劝|建议|叮)(?!我)[^。说讲答]*$"
)  # 叫他问一下，周五前回话: a task
_LATER = compiled(
    "(?:我?回头|[我他她]?(?:下个?(?:赶集天|场|圩|集|星期|礼拜)|入[冬夏秋春]以?前|开春|放假前|[雨汛]季[之以]?前|农忙前))[^,。]{2,}"
)
_AGAIN = compiled("再[来去看调访]|约")
_ONLY_SAID = compiled(
    "得[一-鿿]{1,3}|(?:下来|过)?了?|交给我|(?:地|就)?(?:说道?|表示|讲|保证)(?:了)?"
)  # 拍胸脯说道: 我给你办
_SIGNED = compiled("[签按摁写打盖]了|了(?:手印|字|条)")
_OURS = compiled("^[他她](?!们|[要说])|我|咱|俺|自己|[给帮替陪][你您他她大]|一定")
# 县水务局汲工:…, as the minutes of a meeting have it: who comes to it speaks of what he will do himself
_PROVIDER = compiled(r"[^:\n]{0,10}(?:[局所站厂]|公司|物业|经理|施工|电力|燃气|移动|电信|老板)[^:\n]{0,6}:")
# 三、乡政府答复: what the lines below it say is to be done by those who say it
_ANSWERS = compiled(
    "(?:^|\\n)[^\\n。;:]{0,12}(?:答复|回复|回应|表态|承诺)[^\\n。;:]{0,4}:?\\n(?:[^\\n]+\\n)?$"
)
_OF_IT = compiled("[^,。]{0,6}的[那这几两]|过?的")
_ASKED = compiled("[让叫请托劝催喊]|商量|交代|嘱|求|叮")
_PUT_OFF = compiled("考虑|研究|商量|再说")
_HEADS = compiled(r"[^,。]{0,4}[两三四五六几\d][件点条个]事?$")  # 答应两件事: the points are the promises
# 三天内可以书面提出, 得问街道, 约到8月18日上午, 明早六点半集合: nobody gives their word
_LEFT_OPEN = compiled("可以|也许|可能|看看能|得[问看等]|约[到在]|集合|开会")
# 答应给寨子里的人了, 从5月起, a row of a table: hardly what was promised
_DONE = compiled("了$|^从|责任人")
# 话说得硬:月底前换好,换不好就断电; 我同他讲先填表,月底前报上去: for others to do
_DEMANDED = compiled(",[^,。]{1,3}不[^,。]{1,3}就")
_ADVISED = compiled("[同跟对][他她][说讲][^。“]*$")
_BY_OFFICE = compiled(
    "(?:[局厅委办行社厂]|公司|中心|物业|政府|[镇乡县市区]里?|单位|那边|对方|院方|厂方|老板)(?:[也都还就]|当场|已经?)?$"
)
_LITTLE = compiled("(?:也?就是|最[迟晚]|争取|大概|就|我)?[的是在]?")
_SINCE = compiled("从|自(?![己家])|定在")  # 帮她代课，从下周一开始: the clause before says what
_KIN = compiled("(?:我|给)?(?:女儿|儿子|孙[子女]|孩子|娃|妈|爸|老伴|妻子|老婆|媳妇|闺女|外孙)(?!的)")
_HE = compiled("[他她你您]")
_RATHER = {"表": 0.75, "保": 0.8}  # 表示 and 保证 are said of much else


def _promised(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """What stands behind 答应, and by when."""
    yield from _behind(said, match, 0.93)


def _settled(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """What stands behind 说好 or 回话: a promise, it seems; surely where it has its day."""
    yield from _behind(said, match, 0.78)


def _behind(said: Said, match: re.Match[str], sure: float) -> Iterator[Hit]:
    start, stop = match.end(), min(sentence(said, match.start())[1], match.end() + _FAR)
    if whom := _WHOM.match(said.text, start):
        start = whom.end()
    to = named_at(said, start) if said.text.startswith("我", match.start() - 1) else None
    if to and _WILL_DO.match(said.text, to.end):
        to = None
    elif to:
        start = to.end  # 我答应赵小梅三天内交材料
    parts = [part for part in clauses(said, start, stop) if _is_said(said, *part)][:4]
    if _BROKEN.search(said.text, start, stop):
        parts, sure = [part for part in parts if "前" in said.text[part[0] : part[1]]], 0.7
    if (
        sure < 0.9
        and not match[0].endswith("意")
        and not any(
            HINT.search(said.text, *part) or FOR_THEM.search(said.text, *part) or due_in(said, *part)
            for part in parts[:2]
        )
    ):
        return
    if not parts and (asked := _asked_before(said, match)) and (hit := _promise(said, *asked, 0.82)):
        yield hit
    if not parts or (match[0].startswith("表") and NOTHING.search(said.text, *parts[0])):
        return
    if said.text[match.start() - 1 : match.start()] == "你" or _OF_IT.match(said.text, start):
        sure = 0.7  # 你答应给我们装的那盏灯: a promise, but an old one
    before = said.text[max(clause(said, match.start())[0], match.start() - _NEAR) : match.start()]
    away = parts[0][0] > clause(said, match.start())[1]
    if (
        _NOT_GIVEN.search(before)
        or _TOLD_OF.search(before)
        or _KIN.match(said.text, match.end())
        or (away and _HE.match(said.text, parts[0][0]))
        or (match[0][0] in "表保" and any(words.search(said.text, *parts[0]) for words in (BEFALLS, THOUGHT)))
    ):
        sure = min(sure, 0.75)
    dated = next((part for part in parts if due_in(said, *part) and _says_what(said, *part)), None)
    if dated and dated == parts[-1] and _says_little(said, *dated):
        dated = None
    first, last = dated or parts[0]
    if dated and _says_little(said, *dated):
        last = parts[parts.index(dated) + 1][1]
    elif dated and dated != parts[0] and _SINCE.match(said.text, *dated):
        first = parts[parts.index(dated) - 1][0]
    if not dated and not (HINT.search(said.text, first, last) or ACT.search(said.text, first, last)):
        sure = min(sure, 0.8)
    if (EMPTY if match[0].startswith("表") else _PUT_OFF).search(said.text, *parts[0]):
        sure = 0.7
    elif not dated:
        sure = min(sure, _RATHER.get(match[0][0], sure))
    if _DONE.search(said.text, first, last) or _BY_OFFICE.search(before):
        sure = min(sure, 0.8)
    if last - first < 3:  # 答应戒酒
        first = match.start()
    if hit := _promise(said, first, last, sure, to):
        yield hit
    if dated and dated != parts[0] and not EMPTY.search(said.text, *parts[0]):
        first = match.start() if parts[0][1] - parts[0][0] < 3 else parts[0][0]
        if hit := _promise(said, first, parts[0][1], 0.7, to):
            yield hit


def _says_what(said: Said, start: int, stop: int) -> bool:
    """Whether a clause with a due day says what is to be done: not 国庆前那一万元."""
    rest = _but_for_due(said, start, stop)
    return len(rest) < 4 or bool(ACT.search(rest) or HINT.search(rest))


def _says_little(said: Said, start: int, stop: int) -> bool:
    """Whether a clause says by when, and what only behind it: 也就是5月5号以前."""
    return bool(_LITTLE.fullmatch(_but_for_due(said, start, stop)))


def _but_for_due(said: Said, start: int, stop: int) -> str:
    due = due_in(said, start, stop)
    return said.text[start : due.start] + said.text[due.end : stop] if due else said.text[start:stop]


def _is_said(said: Said, start: int, stop: int) -> bool:
    """Whether a clause behind 答应 may tell what: no whom (答应葛一诺:), no how many, no 你找人来."""
    text = said.text[slice(*trimmed(said, start, stop))]
    if (
        len(text) < 2
        or _ONLY_SAID.fullmatch(text)
        or re.match("过?的(?![那这几两])", text)
        or _YOU.match(text)
        or _HEADS.match(text)
    ):
        return False
    named = named_at(said, start)
    return not (named and named.end == stop) and not (_SIGNED.search(text))


def _asked_before(said: Said, match: re.Match[str]) -> tuple[int, int] | None:
    """What somebody was asked, who then only agrees: 我让他把狗拴好，他答应了."""
    if not match[0].startswith(("答应", "应")):
        return None
    parts = list(clauses(said, sentence(said, match.start())[0], clause(said, match.start())[0]))
    asked = [part for part in parts[-2:] if _ASKED.search(said.text, *part)]
    return asked[-1] if asked else None


_WHO = r"(?:[他她你您]们?|大家|老人|[^\\W\\d_]{2,3}?)"
_ERRAND = "|".join((
    rf"我(?:去|就|再|来|也|先|这就|回头|回去|明天|下次)?(?:帮|替|给){_WHO}(?:去)?(?:问|打听|反映|争取|催|查)(?:问|一?下|个?明白|清楚)?",
    r"[我他她]?(?:回去|回头|回村|回乡|回来)(?:就|再)?(?:给|跟|找|到|向|和)[^,。;\n了过]{1,12}(?:说|讲|问|反映|汇报|报|提|商量)[^,。;\n了过]{0,8}",
    r"我(?:带|叫|喊|找)[^,。;\n了过]{1,8}来[抬搬修看装换拉挖帮接送讲教]",
    r"[我他她]?(?:回去|回头|回家|回来)(?:就|再)?(?:问问|问一?下|商量|想想|劝劝|找找?)[^,。;\n了过]{0,8}",
    r"[我他她]们?(?:先|再|去|就)?(?:[给跟找和向][^,。;\n了过]{1,8}?)?(?:打个?招呼|说说?情|通融|通个?气)",
    r"[^,。;:\n]{0,8}?[他她]?不(?:要|收)(?:一分)?(?:工钱|工本费|钱|租金|运费|车钱)",
    r"[^,。;:\n]{0,10}我[去来](?:说|问|打听|办|跑|讲|找|谈|弄|做|买|送|拿|接|修|联系)(?:一下)?",
    r"我?(?:往上|向上|再|去)?(?:反映反映|[往向]上反映|往上报)(?:一下)?",
    rf"我(?:们)?(?:给{_WHO})?(?:先|再)?(?:报上去|[打探]听(?:一下|打听|清楚)?[^,。;\n了过]{{0,14}})",
    r"[^,。;:\n]{0,8}我(?:们|自己)?从[^,。;\n了过]{2,14}(?:里|上)?[出付支掏]",
    r"我(?:们)?(?:会后|回头|下[次回趟]|改天)?(?:上门|到家里)[^,。;\n了过]{2,10}",
    r"(?:下[次回趟]|放假前|开春|过完年|天晴)[^,。;:\n了过来]{0,6}(?:一定)?[再就]?来(?:给|帮|接|看|送|教|陪|讲)?[^,。;:\n了过]{0,10}",
))  # fmt: skip
_NO_ERRAND = compiled("[吗呢么谁]|哪|不|没|让|叫我|别|说我去")


def _errand(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """我替他问, 回去给乡长说, 支书那边我去说: what the writer, or who speaks, takes upon himself."""
    start, stop = match.start("what"), match.end()
    if not _NO_ERRAND.search(said.text, start, stop) and (hit := _promise(said, start, stop, 0.75)):
        yield hit


def _will(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """我来出, 社区尽快申报, 周五前陪她去: by a due day or by the words of one who will."""
    for start, stop in clauses(said, 0, len(said.text)):
        text = said.text[start:stop]
        due = due_in(said, start, stop)
        if said.text.startswith(":", stop) or len(text) < 3:
            continue  # a heading
        spoken = is_spoken(said, start)
        if told := _SAYS.match(said.text, start, stop) if spoken else None:
            start = told.end()
        sure = _how_surely(said, start, stop, due, spoken)
        if len(text) > _LONG:  # speech without signs, of which only a part is the promise
            sure = min(sure, 0.7)
        if told := _HE_SAID.match(said.text, start, stop):
            start = told.end()
        if sure and (hit := _promise(said, start, stop, sure)):
            yield hit


def _how_surely(said: Said, start: int, stop: int, due: Due | None, spoken: bool) -> float:
    """How surely a clause is a promise, 0 if it is none."""
    text = said.text[start:stop]
    rest = (
        text if due is None or due.start < start else said.text[start : due.start] + said.text[due.end : stop]
    )
    if not rest or NO_PROMISE.search(text) or _YOU.match(text) or ORDERED.search(text):
        return 0
    if DONE.search(rest) and not (TO_BE_DONE.search(rest) and ((due and due.firm) or "给" in rest)):
        return 0
    own = _OURS.search(text) or _PROVIDER.match(said.text, line(said, start)[0], start)
    own = own or _ANSWERS.search(said.text, max(0, line(said, start)[0] - _FAR), line(said, start)[0])
    if spoken and not is_said(said, start) and not quoted(said, start) and not own:
        return 0  # what a leader says in a meeting, line by line, is to be done by others
    will = WILL.search(text) or (spoken and _LATER.match(text))
    acts = due and (ACT.search(rest) or text.endswith(("到", "通")) or "告诉" in text)
    firm = due and (due.firm or _AGAIN.search(text))
    told = said.text[max(sentence(said, start)[0], start - _FAR) : start]
    aside = not is_said(said, start, near=True) and not quoted(said, start) and not FOR_THEM.search(text)
    likely = aside or text[0] in "让叫喊" or any(words.search(text) for words in (BEFALLS, THOUGHT, OTHERS))
    likely = likely or bool(_RATHER_WISHED.search(text))
    likely = likely or _by_others(said, start, stop, rest, told)
    if (
        spoken
        and not likely
        and (
            (acts and firm and SERVES.search(rest))
            or (will and (due or FOR_THEM.search(text) or SURELY.search(text)))
        )
    ):
        return 0.92
    if will or (spoken and (acts or (due and due.firm) or HINT.search(text))):
        return 0.75
    if acts and firm and FOR_THEM.search(text):
        return 0.8
    return 0.72 if (FOR_THEM.search(text) and (due or SOON.match(text))) or PAYS.search(text) else 0


def _by_others(said: Said, start: int, stop: int, rest: str, told: str) -> bool:
    """Whether others are to do what a clause says, or nobody gave their word; `told` stands before it."""
    if not _BY_OWN.search(said.text, start, stop) and (
        _THEY_HAND_IN.match(said.text, start, stop)
        or _BY_RULE.search(told)
        or (_OFFICE_SAYS.search(told) and _HAND_IN.search(rest))
        or (_EXPERT_SAYS.search(told) and _BY_PUPIL.search(rest))
    ):
        return True
    if _DEMANDED.match(said.text, stop) or _ADVISED.search(told):
        return True
    named = named_at(said, start)
    if named and _TELLS.search(told) and named.name not in told and _DOES_IT.match(said.text, named.end):
        return True
    return bool(
        _THIRD.match(said.text, start)
        or _TOLD_TO.search(told)
        or (_GIVES.search(told) and _NOT_GIVEN.search(told[-_NEAR:]))
        or _BROKEN.search(said.text, stop, min(sentence(said, start)[1], stop + _NEAR))
    )


def _promise(said: Said, start: int, stop: int, sure: float, mine_to: Mention | None = None) -> Hit | None:
    """A promise with whose it is; one of the writer's own `mine_to` somebody is to them."""
    if mine_to:
        mine = item(said, "promise", start, stop, sure, due_in(said, start, stop))
        return mine and mine._replace(value=mine.value._replace(who=mine_to.name))
    who = meant(said, start)
    told = speaker(said, start)
    by_me = "我" in said.text[start:stop]
    owner = _who_spoke(said, start)
    if owner is None and not by_me:
        owner = None if told is None or told.name == who else told.name
        if owner is None and (post := _BY_POST.search(said.text, sentence(said, start)[0], start)):
            owner = post["post"]
    due = due_in(said, start, stop)
    if _LEFT_OPEN.search(said.text, start, stop):
        sure = min(sure, 0.75)
    to = None if who == owner else who
    return item(said, "promise", start, stop, sure, due, who=to, owner=owner)


def _who_spoke(said: Said, at: int) -> str | None:
    """Who is named in the sentence before a place with a word of speech right behind the name."""
    named = between(said, max(sentence(said, at)[0], at - _FAR), at + 1)
    return next((one.name for one in reversed(named) if _SPOKE.match(said.text, one.end)), None)


RULES = (
    Rule(
        "promised",
        _PROMISED,
        _promised,
        "老人药快断了，我答应周四帮她到卫生院拿药。",
        (Item(0, "promise", "周四帮她到卫生院拿药", "health", due=date(2016, 6, 2)),),
        "老板没有答应，他说答应包销，到现在合同都没签。",
    ),
    Rule(
        "settled",
        _SETTLED,
        _settled,
        "两家说好每年清明前清一次沟。",
        (Item(0, "promise", "每年清明前清一次沟"),),
        "答复期限是六十天。",
    ),
    Rule(
        "errand",
        rf"(?:^|(?<=[,。;:“\n ])|(?<=我说)|(?<=说))(?P<what>{_ERRAND})(?=$|[,。;!”\n ])",
        _errand,
        "残联有免费装的，我替他问。他说回去跟老伴商量。支书那边我去说。收到，我报上去。",
        (
            Item(0, "promise", "我替他问"),
            Item(0, "promise", "回去跟老伴商量"),
            Item(0, "promise", "支书那边我去说"),
            Item(0, "promise", "我报上去"),
        ),
        "我替他问过了，我回来跟他说了半天。",
    ),
    Rule(
        "will",
        WHOLE,
        _will,
        "我说：“搬家的车我来找，钱我来出。”",
        (Item(0, "promise", "搬家的车我来找", "house"), Item(0, "promise", "钱我来出")),
        "我给局里打了电话，我想应该能修好。",
    ),
)
