"""Promises: who will do what for whom, by when. 答应周四帮她拿药, 费用我个人出, 社区尽快申报."""

import re
from collections.abc import Iterator
from datetime import date

from minqing.model import Item
from minqing.proposals._due import Due, due_in
from minqing.proposals._items import ACT, clauses, item, meant, speaker, trimmed
from minqing.proposals._posts import POST
from minqing.proposals._said import WHOLE, Hit, Rule, Said, between, sentence
from minqing.proposals._speech import is_spoken

_WHO = r"(?:我们?|咱们?|社区|村[里上]|村委会?+|镇[里上]|乡[里上]|局里|县里|街道|单位|公司|物业|老板|学校|[一-鿿]{1,3}[科局所站办])(?:个人)?"
_PROMISED = (
    r"(?<![没不未])(?<!没有)(?<!不敢)(?:答应|承诺(?!书|制|践|卡|事项|栏|服务)|保证(?!金|书|了?[质安供])|应承|应下|允诺|许诺"
    r"|表态(?!发言)|拍(?:着|了)?胸[脯口]|打(?:了)?包票|表示(?=[,:“]|将|会|要|一定|尽快|马上|[\d一两三]))"
)
# 说好, 讲定, 回话, 同意: a promise if something to be done follows.
_SETTLED = (
    r"(?:[说讲约谈议]|商量)(?:好|定)了?(?![不没好])(?=[^。]{0,14}(?:每|由|把|帮|给|就|再|先|前|内|以后|今后|各|有事|[来去回签送天周月号]))"
    r"|(?<!期限)(?<!书面)(?:答复|回话|回复|回应)(?!期限|率|函|的|了吗)"
    r"|(?<![不没])(?:同意|愿意)(?=[给出拨退借补帮把让赔先]|[^,。\d]{0,10}(?:\d{1,2}[月日号天]|月底|年底|明天|下周|[一-鿿]前))"
)
_BROKEN = re.compile("都?(?:还)?没(?:有)?(?:签|给|兑现|办|来|修|动静|下文)|一直没|至今|没得|没影|影子")
_DONE = re.compile(
    "了(?:[,。;]|$)|(?<!要)(?<!能)[讲打给送做办修帮问看去来交买拿报填]了(?!就|给|再)|过(?:[,。]|$)|已经?(?!联系)|当时|去年|前年|上个?月|昨天|以前|上次"
)
# What somebody says of what is yet to be.
_WILL = re.compile(
    rf"{_WHO}(?:来(?=[找出办联协解处想催跑]|$|[,。”])|去(?=[,。;”]|$|[找办领问交联申催跑])|会(?![议上])|一定|这就|负责|包了|回头|改天|下[次周]|出(?=[,。”;]|$)|个人?给[你您]出|想办法)"
    r"|(?:马上|尽快|立即|及时)(?:[给帮为替][你您他她]|会?[^,。]{0,6}(?:申报|答复|解决|落实|办理))|一定(?:给|会|帮|办)|包在我身上"
)
_MAYBE = re.compile(
    rf"{_WHO}(?:(?:马上|尽快|立即|及时)?[给帮为替陪][你您他她它大]|(?:报|跟|向)[^,。]{{0,4}}[^,。]{{2,8}}$)"
)
# Words that hint at what will be, of somebody who is speaking.
_INTEND = (
    # how: 一定, 马上, 会给, 就来, 派人
    r"一定|马上|尽快|随叫随到|优先|第一个考虑|给个?(?:准|回)?(?:信|话|说法|答复|交代)|[\d一两二三四五六七八九十半]+(?:个工作日|天|个?小时)(?=[给出办完修装就能])|争取|负责|就能|就(?=[来去还给办修换派送补交付搬拆清退赔叫找安联把](?!不))|(?<![不学机社开])会(?=[来去给派安帮找联想尽及按把再])|派人|叫人|再(?=来|优先|考虑|补|看)|先[给帮垫紧让出拨付借]|(?:不会|以后|今后)?再也?不|(?:以后|今后)(?=[一-鿿]{2})",
    # when: 回头, 从下周起, 等卖了粮
    r"回头|改天|下次|到时候|过[几两]天|开春|雨停|天晴|忙完|随时(?=[找打来]|联系)|(?<!天)(?:今天)?(?:中午|下午|晚上)(?=[送来去给派把叫打])|从?(?:明天|下周|今天|今后|以后|下个?月)起|每[个天周月年季][^,。]{0,4}[来去给打回上做清报贴走送办查结发交开]|有(?:事|困难|问题|需要)[^,。]{0,3}(?:打|找|给|叫|联系)我",
    r"完了?就(?=[一-鿿])|等(?![级待到于着])[^,。]{1,8}(?:就|再|以后)|(?:卖|领|忙|有|批|到|回)(?:了|完|去)[^,。]{1,8}(?:就|再|给|还)",
    # who: 我来, 他去, 他接; what: 把屋顶翻一遍
    r"(?:我|咱)们?(?:每[天周月个]|再|先|帮|替|去|来|找|约|打听|联系|催|盯|陪|带|教|领|送)|[他她](?:(?:来|去)(?=[一-鿿]|$)|也?[接管出](?=$|[,。]))|把[^,。]{2,12}[翻修换清装补付拆搬还送垫]",
)
_HINT = re.compile("|".join(_INTEND))
_NO_PROMISE = re.compile(
    "我们?(?:来[到了]|去[了过])|我想[,，]|如果|要是|只有|应(?:该|当|及时)|希望|(?<!申)请(?!假)|社会|[给交]给?我|你把|不会|决定|会议|告诉[她他我]$|轮到|^.{0,4}要(?=[把去在])|说了|^(?:让|叫)[他她]|[给跟对][他她您你]们?(?:讲|说|解释|指|看)|[一-鿿]要给|不如|[吗呢]$|把[^,。]*(?:证|户口本?|材料|复印件|表|照片|单)[^,。你他她]*(?:[交送拿带]|准备)|怎么|能不能|什么"
)
_WHOM = re.compile("(?<=答应)[他她您你](?:们|家)?(?![会要能想])")  # 我答应他…: whom, not who
_HE_SAID = re.compile("[他她]们?(?:说|答应|表示)(?:,|:|是)?(?=[^,。]{2})")
_BY_POST = re.compile(
    rf"(?P<post>[一-鿿]{{0,3}}?(?:{POST}|[镇乡村县局所]里|社区|物业|公司))(?:当场|也|就|马上|立刻)?(?:说|答应|表示|表态|承诺|保证|回话|回复|答复|拍)"
)
_YOU = re.compile(r"\W*[一-鿿@]{0,3}(?<![给帮替为陪跟向对和把让])[你您]们?(?!放心|的事|家的)")
_LONG = 60  # signs
_FAR = 160  # signs; what is promised stands nearer
_SAYS = re.compile("(?:说|讲|表示|称)[,:]?(?=[^,。]{3})")
_SPOKE = re.compile(
    "(?:当场|也|就|在?电话里|马上|立刻|这才|最后)?(?:说|讲|答应|表示|表态|承诺|保证|回[话复]|答复|拍|松口|同意)"
)
_SURELY = re.compile("我(?:们)?(?:回头|负责|来[找出办联协])|包在我身上")
_I = re.compile("(?<![要让叫请给托和跟对向])我(?!村|县|镇|乡|省|区|社)")
_LATER = re.compile("我?回头[^,。]{2,}")
_AGAIN = re.compile("再[来去看调访]|约")
_FOR_THEM = re.compile(
    "一定(?!要)|[给帮替陪为][你您他她]|[帮替陪][一-鿿]{2,4}[到去办找问送拿取]|[给帮替陪](?:老人|大家|他们|孩子)"
)
_ONLY_SAID = re.compile("(?:地|就)?(?:说道?|表示|讲|保证)(?:了)?")  # 拍胸脯说道: 我给你办
_EMPTY = re.compile(
    "坚决|放心|照单|考虑考虑|再说|全力|积极|进一步|加大|不断|加强|研究|继续|共同|高度|认真|没问题|好的?$|行$"
)


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
    parts = [
        part
        for part in clauses(said, start, stop)
        if trimmed(said, *part)[1] - trimmed(said, *part)[0] >= 2
        and not _ONLY_SAID.fullmatch(said.text[slice(*trimmed(said, *part))])
    ][:4]
    if _BROKEN.search(said.text, start, stop):
        parts, sure = [part for part in parts if "前" in said.text[part[0] : part[1]]], 0.7
    if match[0].startswith(("答复", "回")) and not any(
        _HINT.search(said.text, *part) or due_in(said, *part) for part in parts
    ):
        return
    if not parts:
        return
    if match[0].startswith("表") and _EMPTY.search(said.text, *parts[0]):
        sure = 0.7
    dated = next((part for part in parts if due_in(said, *part)), None)
    first, last = dated or parts[0]
    if last - first < 3:  # 答应戒酒
        first = match.start()
    if hit := _promise(said, first, last, sure):
        yield hit
    if dated and dated != parts[0] and not _EMPTY.search(said.text, *parts[0]):
        first = match.start() if parts[0][1] - parts[0][0] < 3 else parts[0][0]
        if hit := _promise(said, first, parts[0][1], 0.7):
            yield hit


def _will(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """我来出, 社区尽快申报, 周五前陪她去: by a due day or by the words of one who will."""
    for start, stop in clauses(said, 0, len(said.text)):
        due = due_in(said, start, stop)
        text = said.text[start:stop]
        rest = text if due is None else said.text[start : due.start] + said.text[due.end : stop]
        if len(rest) < 2 or _DONE.search(rest) or _NO_PROMISE.search(rest) or _YOU.match(text):
            continue
        sure = _how_surely(text, due, is_spoken(said, start))
        if len(text) > _LONG:  # speech without signs, of which only a part is the promise
            sure = min(sure, 0.7)
        if told := _HE_SAID.match(said.text, start, stop):
            start = told.end()
        if sure and (hit := _promise(said, start, stop, sure)):
            yield hit


def _how_surely(text: str, due: Due | None, spoken: bool) -> float:
    """How surely a clause is a promise, 0 if it is none."""
    will = _WILL.search(text) or (spoken and _LATER.match(text))
    acts = due and (ACT.search(text) or text.endswith("到") or "告诉" in text)
    firm = due and (due.firm or _AGAIN.search(text))
    if will and (spoken or due or _SURELY.search(text)):
        return 0.92
    if acts and firm and (spoken or _FOR_THEM.search(text)):
        return 0.92
    if will or (spoken and (acts or _MAYBE.search(text) or _HINT.search(text))):
        return 0.75
    return 0.7 if acts and _I.search(text) else 0


def _promise(said: Said, start: int, stop: int, sure: float) -> Hit | None:
    who = meant(said, start)
    told = speaker(said, start)
    by_me = re.search("我", said.text[start:stop])
    owner = _who_spoke(said, start)
    if owner is None and not by_me:
        owner = None if told is None or told.name == who else told.name
        if owner is None and (post := _BY_POST.search(said.text, sentence(said, start)[0], start)):
            owner = post["post"]
    if word := _SAYS.match(said.text, start, stop):
        start = word.end()
    due = due_in(said, start, stop)
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
        "will",
        WHOLE,
        _will,
        "我说：“搬家的车我来找，钱我来出。”",
        (Item(0, "promise", "搬家的车我来找", "house"), Item(0, "promise", "钱我来出")),
        "我给局里打了电话，我想应该能修好。",
    ),
)
