"""What a vote was on: named with it, told before it, or the heading that it stands under."""

import re

from minqing.proposals._compiled import compiled
from minqing.proposals._items import clauses, trimmed
from minqing.proposals._said import Said, line
from minqing.proposals.meetings import NUMBER

_N = NUMBER
_LONGEST = 40  # signs of what was voted on
# 关于电梯; 同意五月动工: a matter named in so many words.
_TOPIC = compiled(
    r"关于(?P<a>[^,。:]{2,16})|"
    r"(?:同意|决定|商定|议定)(?P<b>[^\d,。的](?:(?![\d一二三四五六七八九十]+[票人户])[^,。;]){3,24})"
)
# 覃家,5票同意; 修路:39户同意; 表决:五月动工,39户同意.
_OF_SENTENCE = (
    compiled(
        rf"[^。;]{{0,30}}?(?<!不)(?:赞成|同意)(?P<what>[^\d,。;票人户的]{{4,16}}){_N}[户人票],(?:反对|不同意|不赞成)"
    ),
    compiled(r"(?P<what>[^,。;]{2,8}家),"),
    compiled(rf"\s*(?P<what>(?:(?![举定决结投])[^,。:;\n]){{2,14}}):(?={_N}[人票户])"),
)
_PUT_TO_VOTE = compiled(r"表决(?:\([^()\n]{0,10}\))?:(?P<what>[^,。;:票]{3,24}),")
# 35人赞成租期五年; 举手5:0):占用费的一成拿出来.
_FOR_IT = (
    compiled(rf"{_N}[人票户](?:都|全)?(?:赞成|同意)(?P<what>[^\d,。;票人户]{{3,24}})"),
    compiled(rf"{_N}(?:比|:){_N}\)?:(?P<what>[^,。;]{{4,40}})"),
)
_MOTION = compiled(
    "(?:[一-鿿]{0,20}(?:了|对|就|将|把|讨论|审议|表决))?(?P<what>(?:(?!的|原来)[一-鿿]){2,10}(?:方案|办法|公约|"
    "章程|名单|预算|协议))"
)
_PASSED = compiled("(?<![同反])通过了?(?P<what>[^,。;:\\d]{4,24})")
_NO_MATTER = compiled(
    r"实到|应到|到会|议题|表决|票|\d张|[0-9一二三四五六七八九十百]个?[人户名]$|^议[事题]|[))]$|收回|纸条|\d[日号点分]|[上下]午|晚上|发言|没举|最后|举手|同不同意|到\d+[人户]|选[会组主理]|主持|记录|^经[一-鿿]{2,8}$|[吵争]|厉害|热闹|审[查核]$"
)
# 议题一:涵洞改造。…, 公地:有人讲…: under what heading a vote is told of.
_HEADING = compiled(
    r"\s*(?:议(?:[题事](?:[一二三四五六\d]{1,2})?[:、.]?|[一二三四五六]:)|第[一二三四五六]项[,:]?|"
    r"\(?[一二三四五六七八九十\d]{1,2}[.、) ])"
    r" ?(?:经[^,。]{2,12}审[查核],)?(?:关于|讨论|审议|研究|表决)?(?P<what>(?![^,。:;\n]{0,12}(?:实到|应到|到会|宣读|通报|学习|传达|汇报|听取|介绍))"
    r"[^,。:;\n(—]{2,30})"
)
_HEAD_OF_LINE = compiled(
    r"\s*(?P<what>(?!主持|记录|时间|地点|应到|到场|表决|投票|结论|结果|议事)[^,。:;\n—]{2,12})(?:——|:)"
)
_MARK = compiled(r"\s*(?:[一二三四五六七八九十甲乙丙丁]{1,2}[、.]|\(?\d{1,2}[.、)]|[①-⑩])?")


def voted_on(said: Said, start: int, at: int, stop: int, begins: int) -> tuple[int, int, bool] | None:
    """Where it stands what the votes at a place, in a sentence, were on; and whether it is named in so many words.

    `begins` is where its paragraph begins.
    """
    for named in (
        *(words.match(said.text, start, stop) for words in _OF_SENTENCE),
        _PUT_TO_VOTE.search(said.text, start, stop),
    ):
        if named:
            return *named.span("what"), True
    if topic := _TOPIC.search(said.text, begins, stop):
        return *topic.span("a" if topic["a"] else "b"), True
    told = trimmed(said, _behind_mark(said, start), at)
    if _is_matter(said, *told):
        whole: tuple[int, int] | None = told
    else:
        whole = next(
            (
                (first, last)
                for first, last in (
                    trimmed(said, *one) for one in reversed([*clauses(said, told[0], told[1])])
                )
                if _is_matter(said, first, last)
            ),
            None,
        )
    for found in (
        *(words.search(said.text, at, stop) for words in _FOR_IT),
        next(reversed([*_MOTION.finditer(said.text, begins, at)]), None),
        _PASSED.search(said.text, start, stop),
    ):
        if found:
            return *found.span("what"), False
    if whole:
        return *whole, False
    heading = _heading(said, start)
    return (*heading.span("what"), False) if heading else None


def _is_matter(said: Said, first: int, last: int) -> bool:
    return 4 <= last - first <= _LONGEST and not _NO_MATTER.search(said.text, first, last)


def _behind_mark(said: Said, start: int) -> int:
    mark = _MARK.match(said.text, start)
    return mark.end() if mark else start


def _heading(said: Said, at: int) -> re.Match[str] | None:
    """The heading of a line, or the one that stands alone on the line above."""
    begins = line(said, at)[0]
    above = line(said, max(0, begins - 1))
    alone = above[1] - above[0] < _LONGEST
    return (
        _HEADING.match(said.text, begins)
        or _HEAD_OF_LINE.match(said.text, begins)
        or (_HEADING.match(said.text, above[0]) if alone else None)
    )
