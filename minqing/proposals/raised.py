"""What people bring up as a list under a heading: 主要问题：一是…, 诉求：…, 建议：…."""

import re
from collections.abc import Iterator

from minqing.model import Item
from minqing.proposals._compiled import compiled
from minqing.proposals._due import due_in
from minqing.proposals._items import clauses, is_numbered, item, meant, points
from minqing.proposals._said import Hit, Rule, Said

_PEOPLE = "(?:群众|村民|居民|大家|大伙|他们|农户|家长|老人|群众的)?"
# A heading stands before a colon, or alone on its line; a report numbers it.
_ALONE = (
    r"(?:^|(?<=\n))[ \u3000]{0,6}(?:[一二三四五六七八九十]{1,2}、|\([一二三四五六七八九十\d]{1,2}\)|"
    r"\d{1,2}[.、])?[ \u3000]{0,6}"
)
_OWN_LINE = r"[ \u3000]*(?=\n)"
_SOME = r"(?:几|[一两三四五六\d]{1,2})"
_TROUBLES = "(?:问题|困难|难题|不足|短板|隐患)"
_FOUND = "(?:主要|存在的?|发现的?|面临的?|突出|查出的?|排查出?的?)"
_LISTS = {
    "need": (
        r"(?:(?:主要)?诉求|需[求要]|(?:群众|村民|居民|大家|他们)(?:的)?(?:要求|愿望|期盼|希望)|希望解决|微心愿)(?:如下|有)?: ?",
        rf"(?<![一-鿿])(?:还|尚)?[缺差]: ?|(?:提|反映)了?{_SOME}[条点件个](?:诉求|要求|心愿): ?",
        rf"{_ALONE}(?:主要|群众|居民)?(?:诉求|需求|心愿){_OWN_LINE}",
    ),
    "complaint": (
        r"(?:群众|村民|居民|大家|主要)意见(?:如下|有)?: ?",
        rf"(?:提出?|收到|征求到|反映)(?:的|了)?(?:意见)?{_SOME}?[条点件个]?(?:意见|看法)?(?<=[条点件个见]): ?",
    ),
    "problem": (
        rf"(?:{_FOUND}|{_PEOPLE}反映的?){{1,3}}(?:主要|突出|共性)?{_TROUBLES}(?:如下|有|是)?: ?|"
        rf"(?:方面|[个条点])的?{_TROUBLES}: ?",
        rf"(?:^|(?<=[。;\n]))(?:{_TROUBLES}|难处): ?|"
        rf"(?:提出?|反映|指出|发现|查出)了?{_SOME}[条点件个处](?:问题|事情?|情况|隐患)?: ?",
        rf"{_ALONE}(?:目前)?{_FOUND}{{1,3}}(?:主要|突出)?{_TROUBLES}(?:[和与及](?:原因|{_TROUBLES}))?{_OWN_LINE}",
    ),
    "advice": (
        r"(?:以下|几[点条]|[一两三四五\d][点条])建议: ?|(?:^|(?<=[。;\n]))(?:我的|工作|对策)?建议: ?|"
        r"(?:群众|大家|代表们?|村民|居民|与会者?)(?:们)?建议: ?",
        rf"{_ALONE}(?:意见与|对策)?建议{_OWN_LINE}",
    ),
}


_OF_WHAT = compiled("问题|困难|难题|难处|不足|短板|隐患|诉求|需求|要求|愿望|期盼|希望|心愿|意见|看法|建议")
_ABSENT = compiled(r"[实应]?到(?:会)?\d+[人名户]?[ ,、;]*缺: ?$")  # 应到13 实到11 缺:谁
_MINE = compiled("我[^,。他她]{0,8}$")  # 我给院长提了个意见:…
_SETTLED = compiled("感谢|满意|^ ?[暂没]?无|商定|已|按[^,。]{1,8}[补付]|由[^,。]{1,10}(?:负责|轮)|每[天周月]")


def _listed(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    kind = match.lastgroup or ""
    for start, stop in points(said, match.end()):
        for first, last in _advised(said, start, stop) if kind == "advice" else ((start, stop),):
            due = due_in(said, first, last)
            sure = (
                0.75
                if _SETTLED.search(said.text, first, last)
                or (due and kind != "advice")
                or not _OF_WHAT.search(match[0])
                or not (kind == "advice" or is_numbered(said, match.end()))
                or _ABSENT.search(said.text, max(0, match.start() - 12), match.end())
                or _MINE.search(said.text, max(0, match.start() - 10), match.start())
                else 0.94
            )
            if hit := item(said, kind, first, last, sure, due, who=meant(said, first)):
                yield hit


def _advised(said: Said, start: int, stop: int) -> list[tuple[int, int]]:
    """A few short clauses are advice each; of a longer speech what begins with 要 or 应 is one."""
    parts = list(clauses(said, start, stop))
    if len(parts) <= 3:
        return parts
    first = next((part[0] for part in parts if re.search("[要应]", said.text[part[0] : part[1]])), start)
    return [(first, stop)]


RULES = (
    Rule(
        "listed",
        "|".join(f"(?P<{kind}>{'|'.join(headings)})" for kind, headings in _LISTS.items()),
        _listed,
        "主要问题：一是路窄弯急，大车进不来；二是地没人种。",
        (Item(0, "problem", "路窄弯急，大车进不来", "road"), Item(0, "problem", "地没人种", "farm")),
        "这个问题我记下了。",
    ),
)
