"""A pasted page or notebook to its texts, without the site's own lines, and what copying leaves in them. Pure."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple
from unicodedata import normalize

from minqing.telling import HAN_DAY, HAN_YEAR, WEEKDAY
from minqing.words import FULLWIDTH


class Piece(NamedTuple):
    """One text of a page: its heading, what stands under it, and the line of the page it begins on, from 1."""

    title: str
    text: str
    line: int


class Page(NamedTuple):
    """The texts of a page, and the site's own lines with their numbers. Every line is in one of the two."""

    pieces: tuple[Piece, ...]
    dropped: tuple[tuple[int, str], ...]


class Years(NamedTuple):
    """A part of a notebook: the year that a line over its days says, what stands below that line, and from which line on."""

    year: int | None
    text: str
    line: int


_X = "[xX×ｘＸ]"
_N = "一二三四五六七八九十"

_TITLE = 40  # signs; no title is longer
_PROSE = re.compile("[。,!?;:]")

# ---------------------------------------------------------------- lines

# The site's own lines; each pattern is narrow, for a diary may well say 仅供参考 of its own figures.
_SITE = re.compile(
    r"(?:发布)?时间: ?\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)?\b.*(?:投稿|来源|作者|点击|浏览).*"
    r"|.*我要投稿.*"
    rf"|【(?:精华|精选|推荐|热门|实用|必备|最新)】.{{1,40}}(?:\d+|[{_N}]+)篇"
    r"|.*小编(?:[为给]大家)?(?:精心)?(?:整理|收集|搜集|带来|准备).*"
)
_LINKS = re.compile(r"【?.{0,40}】?相关文章:?")
_LINK = re.compile(r".{2,40}\d\d-\d\d")
_NTH = rf"(?:\d{{1,3}}|[{_N}]{{1,3}})"
_HEADING = re.compile(  # 民情日记 篇1, 日记一：, 第三篇, 【篇二】走访
    rf"[【(]?[^。,!?;:]{{0,30}}?(?:篇 ?{_NTH}|日记 ?(?:{_NTH}|\({_NTH}\))|第 ?{_NTH} ?篇)[】)]? *(?::.{{0,30}})?"
)
# A copied page's own date: 20xx年xx月x日, ××月×日
BLANK = rf"(?:20{_X}{{2}}年|{_X}{{2,4}}年)?{_X}{{1,2}}月{_X}{{1,2}}[日号]?"
DAY = (
    rf"(?:{BLANK}|\d{{4}} ?(?P<sign>[-/.]) ?\d{{1,2}} ?(?P=sign) ?\d{{1,2}}"
    r"|(?:\d{2,4} ?年 ?)?\d{1,2} ?月 ?\d{1,2}(?: ?[日号]|(?= ))"
    rf"|(?:{HAN_YEAR}年)?{HAN_DAY}[日号]"
    r"|\d{1,2}[./-]\d{1,2}(?![\d.%-])|20\d\d[01]\d[0-3]\d(?!\d))"
)
_SKY = "(?:天气|[晴阴雨雪雾霾]|多云|少云|[小中大暴阵雷][雨雪到]|雷阵雨|扬沙|大风|浮尘|沙尘)"
# What stands behind a date at the head of an entry: a weekday, the weather, an hour, nothing, or a space and the text.
_HEAD = re.compile(
    rf"(?:[#*-]+ |日期: ?)?(?P<day>{DAY})(?:(?P<marked>[ ,(]*(?:{WEEKDAY}|[一二三四五六日](?=[ 。,)])|{_SKY}|\d{{1,2}}:\d\d)|:?$)"
    r"|(?P<run_on> +(?![-—~至到])))"
)


# ---------------------------------------------------------------- signs

# nobody sees them: pages, chats and address books put them between words
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
# A PDF gives some characters as the radical that looks the same; the compatibility mapping lacks those of the second block.
_RADICAL = re.compile("[\u2e80-\u2fd5]")
_RADICALS = dict(
    zip(
        "⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻥⻦⻨⻩⻬⻰",
        "民虎西见角贝车长门青页风飞食马鱼鸟麦黄齐龙",
        strict=True,
    )
)
_RULE = "[—─━=_*~-]{3,}"
_RULED = re.compile(rf"^[ \t]*{_RULE}[ \t]*(?P<day>{DAY})[ \t]*{_RULE}[ \t]*$", re.MULTILINE)


def is_ruled(line: str) -> bool:
    """Whether a line is a day of a saved chat, between its rules."""
    return _RULED.match(line) is not None


def tidied(text: str) -> str:
    """A text line by line as it was meant: without unseen signs and the rules beside a saved chat's days."""
    text = _RADICAL.sub(lambda sign: _RADICALS.get(sign[0]) or normalize("NFKC", sign[0]), text)
    return _RULED.sub(lambda line: line["day"], _UNSEEN.sub("", text))


# ---------------------------------------------------------------- pages


def split_page(text: str) -> Page:
    """The texts of a pasted page or notebook: one under each heading or dated head; a text without is one."""
    lines = text.split("\n")
    plain = [line.translate(FULLWIDTH).strip() for line in lines]
    site = _site_lines(plain)
    last = max((at for at, line in enumerate(plain) if line and at not in site), default=-1)
    groups: list[list[int]] = [[]]
    for at, line in enumerate(plain):
        if at in site:
            continue
        if _begins_piece(plain, groups[-1], at, last):
            groups.append([])
        if line or groups[-1]:
            groups[-1].append(at)
    if len(groups) > 1 and site and _is_page_title(plain, groups):
        site |= set(groups.pop(0))
    pieces = [_piece(lines, plain, group) for group in groups if group]
    return Page(tuple(pieces), tuple((at + 1, lines[at]) for at in sorted(site) if plain[at]))


# 2022年, 二〇二二年六月: all that a line over days says
_YEAR = re.compile(
    rf"[#*【 -]*(?P<year>(?:19|20)\d\d|(?:一九|二[〇零○])[〇零○{_N[:9]}]{{2}}) ?年"
    rf"(?: ?(?:\d{{1,2}}|[{_N}]{{1,2}}) ?月份?)?[:】 *]*"
)
_MONTH_AND_DAY = re.compile(rf"(?:[#*-]+ )?(?:\d{{1,2}} ?月 ?\d{{1,2}}|{HAN_DAY}) ?[日号]")
_DIGITS = str.maketrans(f"〇零○{_N[:9]}", "000123456789")


def by_years(text: str) -> Iterator[Years]:
    """A notebook parted where a line says only the year of the days below it; such a line is of no part."""
    lines = text.split("\n")
    plain = [line.translate(FULLWIDTH).strip() for line in lines]
    year, begin, quoted = None, 0, False
    for at, line in enumerate(plain):
        quoted ^= line.count('"') % 2 == 1
        told = _YEAR.fullmatch(line) if "年" in line and not quoted else None
        if told and _stands_over_days(lines, plain, at):
            if not _is_title([line for line in plain[begin:at] if line]):
                yield Years(year, "\n".join(lines[begin:at]), begin + 1)
                begin = at
            year, lines[at] = int(told["year"].translate(_DIGITS)), ""
    yield Years(year, "\n".join(lines[begin:]), begin + 1)


def _stands_over_days(lines: list[str], plain: list[str], at: int) -> bool:
    """Whether days begin below a line; what is indented, or goes on behind 他的经历：, is an entry's own text."""
    below = next((n for n in range(at + 1, len(plain)) if plain[n]), at)
    above = next((plain[n] for n in range(at - 1, -1, -1) if plain[n]), "")
    indented = any(lines[n][:1] in ("\u3000", "\t") for n in (at, below))
    return not indented and above[-1:] not in (":", ",", "、") and _heads_days(plain[below])


def _is_title(lines: list[str]) -> bool:
    """Whether there is no more than a title over the first days."""
    return len(lines) < 2 and not any(
        len(line) > _TITLE or _PROSE.search(line) or _heads_days(line) for line in lines
    )


def _heads_days(line: str) -> bool:
    head = read_head(line)
    return bool((head and head["marked"]) or _MONTH_AND_DAY.match(line))


def read_head(line: str) -> re.Match[str] | None:
    """The dated head that a line begins with; its group `marked` is what makes sure that it is one."""
    return _HEAD.match(line)


def _site_lines(plain: list[str]) -> set[int]:
    """Which lines are the site's own; its list of links goes on for as long as there are links."""
    found: set[int] = set()
    linking = False
    for at, line in enumerate(plain):
        linking = bool(line and _LINKS.fullmatch(line)) or (
            linking and (not line or bool(_LINK.fullmatch(line)))
        )
        if linking or _SITE.fullmatch(line):
            found.add(at)
    return found


def _begins_piece(plain: list[str], group: list[int], at: int, last: int) -> bool:
    """Whether another text begins with a line. A date inside a diary begins none."""
    if not group:
        return False
    if _HEADING.fullmatch(plain[at]):
        return True
    head = read_head(plain[at])
    if not head or (at == last and head.end() == len(plain[at])):
        return False  # a bare date at the very end signs a letter
    first, *more = islice((n for n in group if plain[n]), 2)
    own = read_head(plain[first]) or (read_head(plain[more[0]]) if more else None)
    if own:
        return bool(head["marked"] or own["run_on"])
    if not more and len(plain[first]) <= _TITLE and not _PROSE.search(plain[first]):
        return False  # a title over the head
    return bool(head["marked"])


_HOW_MANY = re.compile(rf"(?<=.) ?(?:精选|集锦|范文|汇编)?(?:\d+|[{_N}]+)篇$")


def _is_page_title(plain: list[str], groups: list[list[int]]) -> bool:
    """Whether all before the first heading is the title that the headings repeat."""
    titles = [plain[at] for at in groups[0] if plain[at]]
    # 民情日记3篇, over 民情日记 篇1
    return len(titles) == 1 and plain[groups[1][0]].startswith(_HOW_MANY.sub("", titles[0]))


def _piece(lines: list[str], plain: list[str], group: list[int]) -> Piece:
    """A heading, or a short line over a dated head, is the title; the rest the text as it stands."""
    first, *rest = group
    following = next((plain[at] for at in rest if plain[at]), "")
    titled = _HEADING.fullmatch(plain[first]) or (
        not read_head(plain[first])
        and read_head(following)
        and len(plain[first]) <= _TITLE
        and not _PROSE.search(plain[first])
    )
    text = "\n".join(lines[at] for at in (rest if titled else group)).strip("\n")
    return Piece(lines[first].strip().rstrip("：:") if titled else "", text, first + 1)


# ---------------------------------------------------------------- what copying leaves in a text


class Leftover(NamedTuple):
    """A blank nobody filled in, or (`copied`) a mark of copying."""

    start: int
    words: str
    copied: bool

    def told(self) -> tuple[str, str, dict[str, str]]:
        """The cause and the remedy that its writer is told, with what fills their braces."""
        return *_MESSAGES["copied" if self.copied else "blank"], {"said": self.words}


_MESSAGES = {
    "blank": ("“{said}” was never filled in", "write what belongs there"),
    "copied": (
        "“{said}” is what copying from a page leaves behind",
        "write what happened here in your own words",
    ),
}


_FOUND = re.compile(
    rf"(?P<blank>20{_X}{{2}}(?:[年-]{_X}{{1,2}}[月-]{_X}{{1,2}}日?)?|{_X}{{1,2}}月{_X}{{1,2}}日|×{{2,}}"
    rf"|(?<![A-Za-z0-9]){_X}{{2,}}(?=[省市县区镇乡村社组户局校年月人元]))"
    # the pages it is copied from put a stray ` or ' behind 的; a pair of them would be Markdown
    r"|(?P<copied>的[`'´](?![^`'´\n]{1,30}(?<!的)[`'´])|小编(?![制组号])|仅供参考|我要投稿"
    r"|【(?:精华|精选|推荐|热门)】|欢迎(?:大家)?阅读|相关文章[:：])"
)
# Most texts have none of these, and looking for them one by one is quick.
_SIGNS = (*"xX×ｘＸ【", "的`", "的'", "的´", "小编", "仅供参考", "我要投稿", "阅读", "相关文章")


def leftovers(text: str) -> Iterator[Leftover]:
    """What a pattern or a copied page left in a text."""
    if any(sign in text for sign in _SIGNS):
        for match in _FOUND.finditer(text):
            yield Leftover(match.start(), match[0], match["copied"] is not None)
