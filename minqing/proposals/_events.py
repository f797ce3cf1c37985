"""The day of an entry, and where a text goes over to another: each day that it tells of is an event."""

import re
from datetime import timedelta

from minqing.proposals._compiled import compiled
from minqing.proposals._days import FAR, year_told
from minqing.proposals._own import goes_on, heads, is_published, is_today, on_grounds, opens_a_sentence, signs
from minqing.proposals._said import SURE, Opening, Proposal, Said, clause, found, line, sentence
from minqing.proposals.dates import IN_PASSING, RULES
from minqing.telling import WEEKDAY

_OWN = 0.6  # above it, the day is the text's own
_COUNTED_BACK = ("counted-back", "weekday-alone", "lunar-day-alone", "festival")


def with_days(said: Said) -> Said:
    """A text with its openings: where it begins to tell of which day."""
    if said.year is None:
        said = said._replace(year=year_told(said.text))
    told = _first(said, list(found(said, RULES)))
    said = said._replace(openings=(Opening(0, told),))
    if told is None or told.confidence < _OWN:
        return said
    # now that a day is known, what leaves out its year or month means one near it
    days = [
        one
        for one in found(said, RULES)
        if one.confidence > _OWN
        and one.start > told.start
        and one.rule not in _COUNTED_BACK
        # 农历四月十八 is told of in passing, and 2号 … may be a house
        and one.rule != "lunar-alone"
        and not (one.rule in ("day-of-month", "day-alone") and one.confidence < SURE)
    ]
    openings = [said.openings[0]]
    for one in sorted(days, key=lambda one: one.start):
        if one.value == openings[-1].day or not _goes_over(said, one, told):
            continue
        sure = one.confidence
        if not _heads(said, one):
            sure = min(sure, told.confidence, 1 if _is_past(said, one) else IN_PASSING)
        openings.append(Opening(sentence(said, one.start)[0], one._replace(confidence=sure)))
    return said._replace(openings=_without_bare_head(said, openings))


def _heads(said: Said, one: Proposal) -> bool:
    return one.rule in ("weekdays", "day-of-month") or heads(said, one.start, one.start + len(one.words))


def _is_past(said: Said, one: Proposal) -> bool:
    """Whether what is told of a day has happened: 10日召开会议 may be still to come."""
    end = one.start + len(one.words)
    return one.rule == "day-and-hours" or bool(
        re.search("[了已过完好]", said.text[end : sentence(said, end)[1]])
    )


def _goes_over(said: Said, one: Proposal, first: Proposal) -> bool:
    """Whether a text goes over to a day: with a head of its own, or where a sentence begins with it."""
    if signs(said, one.start, one.start + len(one.words)):
        return False
    till = _TILL.match(said.text, first.start + len(first.words))
    if (
        till
        and int(till["day"]) == one.value.day
        and one.rule in ("day-and-hours", "day-of-month", "day-alone")
        and not _NOTED.match(said.text, one.start + len(one.words))
    ):
        return False  # 6月17日22时至18日6时: the first day's telling goes on to the next
    if _heads(said, one) or (is_today(said, one.start) and opens_a_sentence(said, one.start)):
        return not _is_planned(said, one.start)
    later = one.value > first.value or one.rule == "day-and-hours"
    if not later or not opens_a_sentence(said, one.start) or abs(one.value - first.value) > timedelta(FAR):
        return False
    if _IS_TO_DO.search(said.text, one.start, clause(said, one.start)[1]):
        return False
    # what is told within a paragraph of a day may be still to come
    before = said.text[line(said, one.start)[0] : one.start]
    within = one.rule == "day-alone" or len(before) > _LABEL or ";" in before
    return _is_past(said, one) or not within


def _is_planned(said: Said, start: int) -> bool:
    """Whether a line is of a list of what is to come: 下周安排：, and below it 21日 送药."""
    begins = line(said, start)[0]
    for _nth in range(_MOST_LISTED):
        if begins == 0:
            return False
        end, begins = begins - 1, line(said, begins - 1)[0]
        above = said.text[begins:end].rstrip(" \u3000")
        if above.endswith(":"):
            return bool(_PLAN.search(above)) and len(above) <= _SHORT
        if above and not _LISTED_DAY.match(above):
            return False
    return False


_MOST_LISTED = 40  # lines of a list of days
_PLAN = compiled("安排|计划|打算|下一?步|接下来|待办|预告|行程|日程|后续")
_LISTED_DAY = compiled(r"[ \u3000-]*(?:\d{1,2}[月./-])?\d{1,2}[日号 .]?")
_SHORT = 20  # signs of a line that heads a list

_NOTED = compiled("[ \u3000:]")  # 6日 阴 is a head of its own, 18日上午 goes on
_TILL = compiled(r"[^,。\n]{0,6}?[-—–~～至到]+ ?(?:\d{1,2}月)?(?P<day>\d{1,2})[日号]")
_LABEL = 14  # signs before the day that only say what is told of: 二、两委商议。3月9日
_IS_TO_DO = compiled("再|将|拟|准备|打算|由[一-鿿]{2}|请(?!假)|争取|计划|要(?!求)|约")


def _first(said: Said, days: list[Proposal]) -> Proposal | None:
    """The text's own day: of those that head it, then sign it, then are told, the first."""
    papers = {one.start: one.value for one in days if is_published(said, one.start)}
    printed = next(iter(papers.values()), None)

    def rank(one: Proposal) -> tuple[int, int]:
        end = one.start + len(one.words)
        if one.confidence <= _OWN:
            return 5 if one.rule == "today" else 6, one.start
        if one.rule in _COUNTED_BACK:
            return 2, one.start
        if one.start in papers:
            return 1, -1
        late = printed - one.value if printed else timedelta(0)
        if timedelta(0) < late <= _PRINTED and opens_a_sentence(said, one.start):
            return 0, one.start
        if one.start == line(said, one.start)[0] and _DATED.match(said.text, end):
            return 0, one.start
        if _heads(said, one) or is_today(said, one.start) or on_grounds(said, one.start):
            return 0, one.start
        if opens_a_sentence(said, one.start) and not said.text[: sentence(said, one.start)[0]].strip():
            return 0, one.start
        if signs(said, one.start, end):
            return 1, one.start
        if one.rule in ("month-day", "full-date", "numerals") and one.start == line(said, one.start)[0]:
            return 2, -1  # 补记两天的事,昨天没写。 before it
        return (3 if goes_on(said, end) else 4), one.start

    return min(days, key=rank, default=None)


_DATED = compiled(rf"[,( ]*(?:农历|{WEEKDAY})")  # a day told in full at the head of a paragraph
_PRINTED = timedelta(7)  # a paper tells of what was in so many days before it
_HEAD = 80  # signs; no head is longer


def _is_span(said: Said, told: Proposal | None) -> bool:
    """(10月6日—12日), 七月三十一日、八月一日: the head of days of which each has a line of its own."""
    return told is not None and bool(
        _SPAN.match(said.text, told.start + len(told.words))
        or _SPANNED.search(said.text, max(0, told.start - 4), told.start)
    )


_SPAN = compiled(r" ?[-—–~至到、和及]+ ?[\d一二三四五六七八九十]")
_SPANNED = compiled(r"[日号\d] ?[-—–~至到、和及]+ ?$")


def _without_bare_head(said: Said, openings: list[Opening]) -> tuple[Opening, ...]:
    """A head that is followed by another day at once heads that day's text."""
    told = openings[1].told if len(openings) > 1 else None
    if (
        told
        and _is_span(said, openings[0].told)
        and openings[1].start <= _HEAD
        and not re.search(r"[，。,!?;]", said.text[: openings[1].start].strip())
    ):
        return _without_bare_head(said, [openings[1]._replace(start=0), *openings[2:]])
    return tuple(openings)
