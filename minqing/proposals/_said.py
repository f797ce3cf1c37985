"""A text as the rules of capture read it: half-width, with its sentences, the days it tells of and its people."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple, cast

from minqing.proposals._compiled import compiled
from minqing.words import FULLWIDTH

LONGEST = 60_000  # signs of a text that are looked at: no diary of a day comes near it
_TOLD = 0.7  # confidence of a day that lacks no more than its year
SURE = 0.9  # confidence from which a proposal counts as sure


class Known(NamedTuple):
    """Names that a diary knows: of people, and of areas as it writes them (青石镇/柳湾村/二组)."""

    people: frozenset[str] = frozenset()
    areas: tuple[str, ...] = ()


class Proposal(NamedTuple):
    """One fact proposed for an entry, with the words it came from.

    `field` is a key of an entry, `value` is typed as model.py types it, `words` stand in the text at `start`.
    """

    field: str
    value: Any
    words: str
    start: int
    confidence: float
    rule: str


class Opening(NamedTuple):
    """Where a text begins to tell of a day, and the proposal that says which; None where nothing does."""

    start: int
    told: Proposal | None = None

    @property
    def day(self) -> date | None:
        return self.told.value if self.told else None


class Mention(NamedTuple):
    """Somebody named in a text. `role` is what the text calls them; `sure` is how surely it is a name."""

    start: int
    end: int
    name: str
    role: str
    sure: float


class Said(NamedTuple):
    """A text and what is known of it so far. `typed` is the text without what only pleases the eye, `text` the same
    half-width; offsets are the same in both, and `places` says where each sign stood in the text as it came.
    """

    typed: str
    text: str
    places: Sequence[int]
    today: date
    year: int | None
    known: Known
    given: date | None  # the day of a text that tells none, where somebody says it
    stops: tuple[int, ...]  # behind each sign that ends a clause
    ends: tuple[int, ...]  # behind each sign that ends a sentence
    lines: tuple[int, ...]  # where each line begins
    openings: tuple[Opening, ...] = (Opening(0),)
    people: tuple[Mention, ...] = ()
    officials: frozenset[str] = frozenset()  # those of them who have a post or came along


class Hit(NamedTuple):
    """What a rule makes of a place: see Proposal."""

    field: str
    value: Any
    start: int
    end: int
    confidence: float


class Rule(NamedTuple):
    """One rule of capture: what it looks for, what it makes of it, and the example that shows and tests it.

    `gives` are all the values it finds in `example`; in `unlike`, which looks the same, it finds nothing.
    """

    name: str
    pattern: str
    read: Callable[[Said, re.Match[str]], Iterable[Hit]]
    example: str
    gives: tuple[Any, ...]
    unlike: str = ""


# What only pleases the eye: 36 人, 共 36 户, 2026 年 5 月, 9 : 30, 时　间：, **重点**. A space behind a day or
# the weather parts two things, as one behind 5/15 does.
_SPACE = "[ \u3000\u00a0]{1,9}"
_UNIT = (
    "[人户名位个岁元块亩斤吨米里张份本条次头只棵株台辆间所栋家社年月日号时点分天票万亿千百件处起桶袋箱套床盏瓶盒册%％度]"
    "|公[里斤顷]|周(?![一二三四五六日天])"
)
_FOR_THE_EYE = compiled(
    rf"(?<=\d)(?<!/\d)(?<!/\d\d){_SPACE}(?={_UNIT})"
    rf"|(?<=[一-鿿：:])(?<![日号点分时期一二三四五六天晴阴云雨雪风雾午晨晚]){_SPACE}(?!\d{{1,4}} ?[年月日号时点])(?=\d[\d,.]{{0,12}}(?:{_SPACE})?(?:{_UNIT}))"
    rf"|(?<=\d){_SPACE}(?=[:：](?:{_SPACE})?\d\d)|(?<=\d[:：]){_SPACE}(?=\d\d)"
    rf"|(?<![一-鿿])(?<=[一-鿿]){_SPACE}(?=[一-鿿][：:])"
    r"|\*\*|__|[\u200b\ufeff]"
)
WHOLE = r"\A"  # the pattern of a rule that looks at the text as a whole
# a comma or a point inside a number ends nothing
_STOP = compiled(r"[。!?;\n,:|]|\.(?!\d)")
_RUN = (
    1000  # signs; a sentence that has no end in so many ends all the same: what reads it would take its time
)
_COMMA = compiled(r"(?<=\d),(?=\d{3}(?!\d))|(?<=\d):(?=\d)")
SIGNS = frozenset("。!?;\n,:.|")
_END = frozenset("。!?;\n.")
# Dictated text has no signs; these words begin a clause of it.
_UNSIGNED = compiled(r"[^。!?;\n,:、]{40,}")
_BEGINS = compiled(
    "然后|另外|还有(?:就是|一?[个件]|一?点)|再就是|再一个|(?:哦)?对了|别的|顺便|不过|但是|结果|最后|接着|后来|"
    "刚才|我[答跟说让给问看听]|[他她](?:还|又|自己|家)?说|[他她](?:自己|家里?|今年|女儿|儿子|老伴|妈|爸)|临走|"
    "老伴|儿子|女儿|丈夫|妻子|媳妇|父亲|母亲|"
    "家门口|家里|报销|全靠|现在|今年|今天|明天|后天|昨天|走访了|算是|一个月(?!了)|没人|已经|让[他她]们?|叫[他她]|"
    "[他她](?:婆娘|男人|媳妇|娃)|娃儿|争取|我(?:个人|晚上|回去|明天)|你(?:在|莫|别|有空|抽空)|"
    "(?<=[一-鿿] )(?=[一-鿿])|说(?=今|明|后|下|等|周|这|礼拜|年|月|早|晚|[一二三四五六七八九十两\\d]{1,3}[月天号个])|(?:周|礼拜|星期)[一二三四五六日天](?=[我他她])|完了(?=[一-鿿]{2})(?!之?后)|那个(?=[一-鿿]{2})|得跟|"
    "(?:这|那)都|[我他她](?:喊|打了|去了?|给|把|就|也|是|答应)|(?:物业|村长|主任|医生|老板|老伴儿?)讲|喊[他她]|能不能|谁(?=[来去管出])|"
    "(?<=[一-鿿])(?:要|得|先|再)(?=[去把给跟找])"
)

# Notes that have spaces for signs: 滑家 低保 滑玉梅 产后抑郁 奶粉钱紧.
_SPACED = compiled(r"[^ 。!?;\n,:、]{1,40}(?: [^ 。!?;\n,:、]{1,40}){2,60}")
_GAP = compiled("(?<=[一-鿿)]) (?=[一-鿿]{2})")


def read_text(text: str, today: date, year: int | None, known: Known, given: date | None = None) -> Said:
    """A text before anything is known of it."""
    text, places = _closed_up(text)
    half = text.translate(FULLWIDTH)
    numbers = {match.start() for match in _COMMA.finditer(half)}
    stops = [at for match in _STOP.finditer(half) if (at := match.start()) not in numbers]
    ends = [at + 1 for at in stops if half[at] in _END]
    lines = (0, *(at + 1 for at in stops if half[at] == "\n"))
    begins = [
        match.start()
        for run in _UNSIGNED.finditer(half)
        for match in _BEGINS.finditer(half, run.start() + 1, run.end())
    ]
    begins += [
        match.start()
        for run in _SPACED.finditer(half)
        for match in _GAP.finditer(half, run.start() + 1, run.end())
    ]
    both = sorted([at + 1 for at in stops] + begins)
    cut = list(_cut(both, [0, *ends, len(half)]))
    both, ends = sorted(both + cut), sorted(ends + cut)
    return Said(text, half, places, today, year, known, given, tuple(both), tuple(ends), lines)


def _cut(stops: list[int], ends: list[int]) -> Iterator[int]:
    """Where sentences without an end are ended, behind a clause if they have any."""
    for at, end in pairwise(ends):
        while end - at > _RUN:
            last = bisect_right(stops, at + _RUN) - 1
            at = stops[last] if last >= 0 and stops[last] > at else at + _RUN
            yield at


def _closed_up(text: str) -> tuple[str, Sequence[int]]:
    """A text without what only pleases the eye, and where each of its signs, and its end, stood."""
    gaps = [match.span() for match in _FOR_THE_EYE.finditer(text)]
    if not gaps:
        return text, range(len(text) + 1)
    starts, ends = [0, *(end for _start, end in gaps)], [*(start for start, _end in gaps), len(text)]
    kept = [at for start, end in zip(starts, ends, strict=True) for at in range(start, end)]
    return "".join(text[at] for at in kept), (*kept, len(text))


def clause(said: Said, at: int) -> tuple[int, int]:
    """Where the clause around an offset begins and ends, the sign that ends it left out."""
    return _between(said, said.stops, at)


def sentence(said: Said, at: int) -> tuple[int, int]:
    """Where the sentence around an offset begins and ends, the sign that ends it left out."""
    return _between(said, said.ends, at)


def line(said: Said, at: int) -> tuple[int, int]:
    """Where the line around an offset begins and ends."""
    after = bisect_right(said.lines, at)
    return said.lines[after - 1], (said.lines[after] - 1 if after < len(said.lines) else len(said.text))


def _between(said: Said, stops: tuple[int, ...], at: int) -> tuple[int, int]:
    after = bisect_right(stops, at)
    start = stops[after - 1] if after else 0
    if after == len(stops):
        return start, len(said.text)
    return start, stops[after] - (said.text[stops[after] - 1] in SIGNS)


def opening(said: Said, at: int) -> Opening:
    """The opening that an offset stands behind."""
    return said.openings[max(0, bisect_right(said.openings, at, key=lambda one: one.start) - 1)]


def within(said: Said, opening: Opening, starts: Callable[[Any], int], all_: Sequence[Any]) -> Sequence[Any]:
    """Of what is sorted by where it starts, what one opening reaches."""
    nth = bisect_right(said.openings, opening.start, key=lambda one: one.start)
    end = said.openings[nth].start if nth < len(said.openings) else len(said.text) + 1
    return all_[bisect_left(all_, opening.start, key=starts) : bisect_left(all_, end, key=starts)]


def between(said: Said, start: int, end: int) -> tuple[Mention, ...]:
    """The people named between two offsets."""
    first, last = (bisect_left(said.people, at, key=lambda one: one.start) for at in (start, end))
    return said.people[first:last]


def day_at(said: Said, at: int) -> date:
    """The day that a place tells of: the text's own word, else the day that was given, else its guess, else today."""
    told = opening(said, at).told
    if told and (told.confidence >= SURE or said.given is None):
        return cast(date, told.value)
    return said.given or said.today


def has_day(said: Said, at: int, surely: bool = False) -> bool:
    """Whether the day that a place tells of is told in so many words, be it without its year, or was given."""
    told = opening(said, at).told
    return said.given is not None or (told is not None and told.confidence >= (SURE if surely else _TOLD))


def found(said: Said, rules: Iterable[Rule]) -> Iterator[Proposal]:
    """What rules find in a text, rule by rule."""
    for rule in rules:
        for match in compiled(rule.pattern).finditer(said.text):
            for hit in rule.read(said, match):
                words = said.typed[hit.start : hit.end]
                yield Proposal(hit.field, hit.value, words, hit.start, hit.confidence, rule.name)


def as_it_came(said: Said, one: Proposal, text: str) -> Proposal:
    """A proposal with its words as they stand in the text as it came, and where."""
    start, end = said.places[one.start], said.places[one.start + len(one.words) - 1] + 1
    return one._replace(words=text[start:end], start=start)
