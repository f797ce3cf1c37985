"""Who came along: 我与村书记一起到…, 在…陪同下, 一同去的有…."""

import re

from minqing.proposals._compiled import compiled
from minqing.proposals._said import Mention, Said, clause, sentence

_TOGETHER = compiled(
    r"(?:我们?|本人|自己|下午|上午|早上|今天|,|^)\s*(?:再次|又)?(?:与|和|跟|同|约上|约了|会同|邀|带着|陪同?|"
    r"随)(?:[^,。]{0,12}(?:、|和|及|与))?[^,。]{0,14}$"
)
_WENT = compiled(r"一起|一道|一同|一块|一组|结伴|同行|去|到|走访|入户|来|赶|前往|看望|上门|跑了")
_THEN_WENT = compiled(
    r"[^一-鿿]*(?:就|便|又|先|再)?(?:一起|一道|一同|一块|去|到|走访|入户|来到|赶|前往|看望|上门)"
)
_SPOKE = compiled("(?:商量|说|讲|要|打|问|谈|聊|提|汇报|反映|联系|对接|核对|签|借|学)")
_ESCORTED = compiled(r"(?:等[^,。]{0,6})?(?:的)?(?:[^,。]{0,12}(?:、|和|及))?[^,。]{0,10}?(?:陪同|带领|带队)")
_WITH_ARE = compiled(
    "(?:一[同起道块]|随|同|陪)(?:去|来|行|访|走访|同)?(?:的|人员|者)(?:还)?(?:有|是|:)[^。]{0,60}$"
)


def companions(said: Said, people: tuple[Mention, ...]) -> frozenset[str]:
    """The names of those who came along."""
    return frozenset(one.name for one in people if comes_along(said, one))


def comes_along(said: Said, one: Mention) -> bool:
    """Whether somebody is told to go along: 我与…一起, 在…陪同下, 一同去的有…."""
    start, end = clause(said, one.start)
    before, after = (
        said.text[max(start, one.start - 60) : one.start],
        said.text[one.end : min(end, one.end + 60)],
    )
    if re.search(r"(?:^|在|由)[^,。]{0,24}$", before) and _ESCORTED.match(after):
        return (
            bool(re.search("[在由]", before))
            or after.lstrip("等、和").startswith(("陪同", "带领", "带队"))
            or "陪同" in after
        )
    if _WITH_ARE.search(said.text, sentence(said, one.start)[0], one.start):
        return True
    if not _TOGETHER.search(before) or _SPOKE.match(after):
        return False
    return bool(_WENT.search(after) or _THEN_WENT.match(said.text, end))
