"""What a form holds of a household, label by label: 户主：… 家庭人口：5人 致贫原因：因学、缺技术."""

import re
from collections.abc import Iterator

from minqing.model import Fact
from minqing.proposals._compiled import compiled
from minqing.proposals._items import named_at
from minqing.proposals._said import Hit, Rule, Said
from minqing.values import Unreadable, read_count
from minqing.words import FACT_WORDS, key_of, value_of

_FAR = 900  # signs from the name that heads a form

_LABELS = {
    "家庭人口": "members",
    "家庭成员数": "members",
    "人口数": "members",
    "劳力": "labour",
    "所在组": "group",
    "村组": "group",
    "住房情况": "housing",
    "房屋": "housing",
    "饮用水": "water",
    "年人均收入": "income",
    "人均收入": "income",
    "人均纯收入": "income",
    "是否低保": "welfare",
    "联系电话": "phone",
    "帮扶人": "helper",
    "就读学校": "school",
    "身体状况": "health",
    "健康情况": "health",
}
_HEAD = compiled("(?:户主|姓名|服务对象|案主): ?")
_FIELD = r"(?P<label>[一-鿿]{2,7}):[ ]?(?P<value>[^\n;。　\u3000]*?)(?=[ 　\u3000]{1,}[一-鿿]{2,7}:|[;。\n]|,[一-鿿]{2,7}:|$)"


def _form(said: Said, match: re.Match[str]) -> Iterator[Hit]:
    """户主：… 家庭人口：5人 致贫原因：因学、缺技术: what a form holds, under the household it is of."""
    label, value = match["label"], match["value"].strip()
    key = _LABELS.get(label) or key_of("facts", label)
    head = _HEAD.search(said.text, max(0, match.start() - _FAR), match.end())
    head_of = named_at(said, head.end()) if head else None
    if key is None or not value or head_of is None or key in ("card", "minor", "relation"):
        return
    start = match.start("value")
    level = re.search(r"[,、 ]*([A-D])级(?:危房)?", value) if key == "housing" else None
    if level:
        yield Hit(
            "facts",
            Fact(head_of.name, "house_level", level[1]),
            start + level.start(1),
            start + level.end(),
            0.95,
        )
        value = (value[: level.start()] + value[level.end() :]).strip(",、 ")
    for part in re.split("[、,]", value) if key in ("causes", "tags") else [value]:
        if (typed := _typed(key, part)) is not None:
            at = said.text.find(part, start)
            yield Hit("facts", Fact(head_of.name, key, typed), at, at + len(part), 0.95)


def _typed(key: str, part: str) -> str | None:
    """A fact's value as a file would read it; None where it is none."""
    if key in FACT_WORDS:
        return value_of(FACT_WORDS[key], part)
    if key == "phone":
        return part if re.fullmatch(r"1\d{10}|0\d{2,3}-?\d{7,8}", part) else None
    if key in ("members", "labour"):
        try:
            return str(read_count(part))
        except Unreadable:
            return None
    return part


RULES = (
    Rule(
        "form",
        _FIELD,
        _form,
        "户主：黄大山　家庭人口：5人　致贫原因：因学、缺技术",
        (
            Fact("黄大山", "members", "5"),
            Fact("黄大山", "causes", "school"),
            Fact("黄大山", "causes", "skill"),
        ),
        "家庭人口：5人",
    ),
)
