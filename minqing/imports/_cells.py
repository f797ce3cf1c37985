"""What stands in the cells of a form's table: titles, answers, several answers in one, numbers. Pure."""

import re

from minqing.values import Unreadable
from minqing.words import plain

_NUMBERED = re.compile(r"^(?:[Qq]?\d{1,3}\s*[、.．:：)）]|[(（]\d{1,3}[)）]|第\d{1,3}题)\s*(?=\D)")
_REMARKS = re.compile(
    r"\s*[（(【\[](?:必填|选填|自动|可?多选|单选|填空|[单多]选题|填空题|简答题|如有)[)）】\]]"
)


def bare(title: str) -> str:
    """A question without its number, its group and the form's remarks: 3、诉求（必填） is 诉求, visit/who is who."""
    text = _REMARKS.sub("", _NUMBERED.sub("", title, count=1)).strip()
    if "/" in text and text.isascii():
        text = text.rpartition("/")[2]  # the path of a question, as ODK has it
    return text.strip(" *?？:：") or title


# What tells when a row was filled in or sent, best first.
STAMPS = ("today", "start", "提交答卷时间", "提交时间", "_submission_time", "submissiondate", "end")


def unmarked(title: str) -> str:
    """A title as STAMPS have it: 提交时间（自动）."""
    return re.sub(r"[（(]自动[）)]$", "", plain(title)).strip().lower()


_BLANK = re.compile(r"\((?:跳过|空)\)|（(?:跳过|空)）")


def said(text: str) -> str:
    """An answer; "" where a form writes that there is none."""
    return "" if _BLANK.fullmatch(text.strip()) else text.strip()


def choices(text: str) -> list[str]:
    """The answers of a question with several: 低保┋道路, 低保、道路; words of code also a space apart."""
    text = re.sub(r"〖([^〖〗]*)〗", r"（\1）", text)  # what was typed beside 其他
    if "┋" in text:
        parts = text.split("┋")
    elif re.fullmatch(r"[\w.-]+(?: [\w.-]+)+", text, re.ASCII):
        parts = text.split()
    else:
        parts = re.split(r"[、，,;；|\n]", text)
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


NOTHING = re.compile(
    r"(?:暂时?|目前|均|都)?(?:没有|无|没|否)(?:任何)?(?:问题|诉求|需求|意见|建议|困难|其他)?[。.！!]?|[-—/\\]+|none|no|n/a",
    re.IGNORECASE,
)
# What people write for a deadline and sets none.
NO_DAY = re.compile(
    "(?:请?尽[快早]|马上|立即|立刻|及时|抓紧|长期|常年|待定|不定|随时)(?:办理?|解决|处理|落实|完成)?|[无没]有?|暂无|[-—/]+"
)
_BULLET = re.compile(r"(?:\d{1,2}[、.．)）]|[(（]\d{1,2}[)）]|[①-⑳]|[-*·•])\s*(?=\D)")


_GOES_ON = re.compile(r"(?<=[，,、])\s*\n\s*")


def several(text: str) -> list[str]:
    """The items of a cell, a line each or between ；, without their numbers; 无 is none."""
    text = _GOES_ON.sub("", text)
    parts = [part.strip() for part in re.split(r"[\n;；┋]", text) if part.strip()]
    if len(parts) > 1:
        parts = [_BULLET.sub("", part, count=1) for part in parts]
    return [part for part in parts if not NOTHING.fullmatch(part)]


def names(text: str) -> list[str]:
    """Who is named in a cell, a line each or between commas (read_names parts those); 无 and / are nobody."""
    return [part.strip() for part in re.split(r"[\n┋]", text) if not NOTHING.fullmatch(part.strip())]


YES = frozenset(("1", "是", "有", "true", "yes", "y", "√", "选中", "已选"))
NO = frozenset(("0", "否", "无", "false", "no", "n", "×", "未选中", "未选", "-2", "-3"))


def says_yes(text: str, says: str) -> bool:
    """Whether a column of one choice says that it was chosen: 1, 是, or the choice itself. Raises Unreadable."""
    word = plain(text).lower()
    if word in YES or word == plain(says).lower():
        return True
    if word in NO:
        return False
    raise Unreadable("“{text}” is neither yes nor no", "write 1 or 0", text=text[:40])


_BARE_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?", re.ASCII)


def is_number(text: str) -> bool:
    return bool(_BARE_NUMBER.fullmatch(plain(text)))


def with_unit(text: str, unit: str) -> str:
    """A bare number with the unit that its question names."""
    return plain(text) + unit if unit and is_number(text) else text


_MOMENT = re.compile(
    r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?[T\s]+(\d{1,2}):(\d\d)(?::(\d\d))?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?"
)


def steady(text: str) -> str:
    """An id as every export of the form has it: a moment may be 2024/5/10 9:12 in one and ISO in another."""
    match = _MOMENT.fullmatch(plain(text)[:40])
    if match:
        return "-".join(f"{int(part or 0):02}" for part in match.groups()[:6]) + (match[7] or "")
    return plain(text).removeprefix("uuid:")
