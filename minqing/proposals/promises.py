"""Promises: who will do what for whom, by when. 答应周四帮她拿药, 费用我个人出, 社区尽快申报."""

import re
from collections.abc import Iterator
from datetime import date

from minqing.model import Item
from minqing.proposals._due import due_in
from minqing.proposals._items import clauses, item, meant, speaker, trimmed
from minqing.proposals._posts import POST
from minqing.proposals._said import WHOLE, Hit, Rule, Said, clause, line, sentence

_WHO = r"(?:我们?|咱们?|社区|村里|村委会?+|镇里|乡里|局里|单位|物业|老板)(?:个人)?"
_PROMISED = r"(?<![没不未])(?<!没有)(?<!不敢)(?:答应|承诺|保证(?!金|书)|应承|许诺|表态|表示(?=[,:“]|将|会|要|一定|尽快|马上|[\d一两三]))"
_SAID = re.compile(r"^[^,:“]{0,10}?(?:说|表示|回应|回复|告诉(?:我|他|她|大家)|答应|讲道|说道)")
_CHAT = re.compile(r"[^\n]{1,20} \d{1,2}:\d\d(?::\d\d)?\n[^\n]*$")
_BROKEN = re.compile("都?(?:还)?没(?:有)?(?:签|兑现|办|来|修|动静|下文)|一直没|至今")
_DONE = re.compile("了(?:[,。;]|$)|过(?:[,。]|$)|已经?(?!联系)|当时|去年|前年|上个?月|昨天")
_DO = re.compile("[办报修换拿清搬补给送来装交去做落处帮陪查找调建通签开回打协联申解完上理接拆看]")
# What somebody says of what is yet to be.
_WILL = re.compile(
    rf"{_WHO}(?:来(?=[找出办联协解处想]|$|[,。”])|去(?=[,。;”]|$|[找办领问交联申])|会(?![议上])|一定|这就|负责|包了|回头|改天|下[次周]|出(?=[,。”;]|$)|个人?给[你您]出|想办法)"
    r"|(?:马上|尽快|立即|及时)(?:[给帮为替][你您他她]|会?[^,。]{0,6}(?:申报|答复|解决|落实|办理))|^回头[^,。]{2,}|一定(?:给|会|帮|办)|包在我身上"
)
_MAYBE = re.compile(
    rf"{_WHO}(?:(?:马上|尽快|立即|及时)?[给帮为替陪][你您他她它大]|(?:报|跟|向)[^,。]{{0,4}}[^,。]{{2,8}}$)"
)
_NO_PROMISE = re.compile(
    "我们?(?:来[到了]|去[了过])|我想[,，]|如果|要是|只有|应(?:该|当|及时)|希望|(?<!申)请|社会|[给交]给?我|你把|不会|决定|会议|告诉[她他我]$"
)
_WHOM = re.compile("(?<=答应)[他她您你](?:们|家)?(?![会要能想])")  # 我答应他…: whom, not who
_HE_SAID = re.compile("[他她]们?(?:说|答应|表示)(?:,|:|是)?(?=[^,。]{2})")
_BY_POST = re.compile(
    rf"(?P<post>[一-鿿]{{0,3}}?(?:{POST}|[镇乡村县局所]里|社区|物业))(?:当场|也|就|马上|立刻)?(?:说|答应|表示|表态|承诺|保证)"
)
_FAR = 160  # signs; no speech or sentence goes farther back
_SURELY = re.compile("我(?:们)?(?:回头|负责|来[找出办联协])|包在我身上")
_AGAIN = re.compile("再[来去看调访]|约")


def _promised(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """What stands behind 答应, and by when."""
    start, stop = match.end(), sentence(said, match.start())[1]
    if whom := _WHOM.match(said.text, start):
        start = whom.end()
    parts = [
        part for part in clauses(said, start, stop) if trimmed(said, *part)[1] - trimmed(said, *part)[0] >= 2
    ][:4]
    if not parts or _BROKEN.search(said.text, start, stop):
        return
    due = next((due for part in parts if (due := due_in(said, *part))), None)
    chosen = next((part for part in parts if due and part[0] <= due.start < part[1]), parts[0])
    if hit := _promise(said, *chosen, 0.93):
        yield hit


def _will(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """我来出, 社区尽快申报, 周五前陪她去: by a due day or by the words of one who will."""
    for start, stop in clauses(said, 0, len(said.text)):
        text = said.text[start:stop]
        if _DONE.search(text) or _NO_PROMISE.search(text):
            continue
        will = _WILL.search(text)
        due = due_in(said, start, stop)
        if not (will or _MAYBE.search(text) or (due and _DO.search(text))):
            continue
        if due and len(text) - (due.end - due.start) < 2:
            continue
        spoken = _is_spoken(said, start)
        by_day = due and (due.firm or _AGAIN.search(text))
        if (will and (spoken or due or _SURELY.search(text))) or (
            by_day and (spoken or re.search("我|一定|[给帮替陪][你您他她]", text))
        ):
            sure = 0.92
        elif will or spoken:
            sure = 0.75
        else:
            continue
        if told := _HE_SAID.match(said.text, start, stop):
            start = told.end()
        if hit := _promise(said, start, stop, sure):
            yield hit


def _is_spoken(said: Said, start: int) -> bool:
    """Whether a place stands in somebody's speech: in open quotes, behind 说 in its sentence, or in a chat."""
    first = max(sentence(said, start)[0], start - _FAR)
    begins = max(line(said, start)[0], start - _FAR)
    if said.text.count("“", begins, start + 1) > said.text.count("”", begins, start):
        return True
    here = [*clauses(said, first, start), clause(said, start)]
    return any(_SAID.match(said.text[at:end].strip()) for at, end in here) or bool(
        _CHAT.search(said.text, max(0, begins - 40), start)
    )


def _promise(said: Said, start: int, stop: int, sure: float) -> Hit | None:
    who = meant(said, start)
    told = speaker(said, start)
    by_me = re.search("我", said.text[start:stop])
    owner = None if by_me or told is None or told.name == who else told.name
    if owner is None and not by_me and (post := _BY_POST.search(said.text, sentence(said, start)[0], start)):
        owner = post["post"]
    due = due_in(said, start, stop)
    return item(said, "promise", start, stop, sure, due.day if due else None, who=who, owner=owner)


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
        "will",
        WHOLE,
        _will,
        "我说：“搬家的车我来找，钱我来出。”",
        (Item(0, "promise", "搬家的车我来找", "house"), Item(0, "promise", "钱我来出")),
        "我给局里打了电话，我想应该能修好。",
    ),
)
