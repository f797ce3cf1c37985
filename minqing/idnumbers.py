"""Numbers that name somebody, of ID cards (身份证) and bank cards (银行卡): known, and left out of what is kept. Pure."""

import re
from collections.abc import Callable, Iterator
from datetime import date as Date

from minqing.errors import Flaw
from minqing.model import Entry, with_texts
from minqing.words import plain

# What may be one: the digits of a number run on, or stand in the groups that people write.
LONG = re.compile(
    r"(?<![\d.])(?:\d{17}[\dXx]|\d{15,19}|\d{6}[ -]\d{4}[ -]?\d{4}[ -]\d{3}[\dXx]"
    r"|\d{4}(?:[ -]\d{4}){3}(?:[ -]?\d{0,2}[\dXx])?)(?!\d)"
)
LEFT_OUT = "…"  # what stands in the place of one

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def is_id(text: str) -> bool:
    """Whether a text is an ID number by GB 11643: a real birth date and the right check character.

    The 15 digits of before 1999 have no check character; their date has to do.
    """
    if re.fullmatch(r"[1-9]\d{14}", text, re.ASCII):
        return day_of(f"19{text[6:12]}") is not None
    if not re.fullmatch(r"[1-9]\d{16}[\dX]", text, re.ASCII) or day_of(text[6:14]) is None:
        return False
    total = sum(weight * int(sign) for weight, sign in zip(_WEIGHTS, text, strict=False))
    return "10X98765432"[total % 11] == text[17]


def plain_id(text: str) -> str:
    """An ID number as it is meant: half-width, no spaces, a capital X, no apostrophe for Excel's sake."""
    return re.sub(r"[\s'’`]", "", plain(text)).upper()


def looks_like_id(text: str) -> bool:
    """Whether a number was meant as an ID number: a birth date stands in it, whatever its check character says."""
    id_ = plain_id(text).replace("-", "")
    return is_id(id_) or (len(id_) == 18 and day_of(id_[6:14]) is not None)


def told_by_id(id_: str) -> tuple[str, str]:
    """Sex and birth date that a right ID number tells."""
    day, turn = (id_[6:14], id_[16]) if len(id_) == 18 else (f"19{id_[6:12]}", id_[14])
    return ("男" if int(turn) % 2 else "女"), f"{day[:4]}-{day[4:6]}-{day[6:]}"


def day_of(digits: str) -> Date | None:
    """The day that eight digits are, if they are one."""
    try:
        return Date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def looks_like_card(text: str) -> bool:
    """Whether a number is that of a bank card: a Chinese one, or 16 to 19 digits the last of which checks the others."""
    if not re.fullmatch(r"[3-6]\d{15,18}", text, re.ASCII):
        return False
    if text.startswith("62"):  # 银联, whatever its check digit says
        return True
    digits = [int(sign) for sign in reversed(text)]
    return sum(digits[::2] + [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]) % 10 == 0


# ---------------------------------------------------------------- in a text

_ACCOUNT = re.compile(r"(?:银行|卡|账|帐|存折|account|card)[^\d\n，。；,;]{0,8}$", re.IGNORECASE)
# A number of something else, which may hold a day as well: 合同编号 410000202106010012.
_OTHER = re.compile(r"(?:编号|合同|项目|文号|案号|单号|订单|流水|代码|工单)[^\d\n，。；,;]{0,6}$")
_BEFORE = 16  # signs before a number that say what it is


def numbers_in(text: str) -> Iterator[re.Match[str]]:
    """The numbers in a text that name somebody; those of contracts and orders are none."""
    # a class of signs as far apart as X and Ｘ would take every start of a command half a millisecond
    for match in LONG.finditer(text.replace("Ｘ", "X").replace("ｘ", "x")):
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        digits = plain_id(match[0]).replace("-", "")
        meant = (
            looks_like_id(digits) or looks_like_card(digits) or (len(digits) > 15 and _ACCOUNT.search(before))
        )
        if is_id(digits) or (meant and not _OTHER.search(before)):
            yield match


def without_numbers(text: str, instead: Callable[[str], str] = lambda number: LEFT_OUT) -> str:
    """A text without the numbers in it that name somebody: none ever goes into an entry."""
    parts, at = [], 0
    for match in numbers_in(text):
        parts += [text[at : match.start()], instead(match[0])]
        at = match.end()
    return "".join([*parts, text[at:]])


_MESSAGES = {
    "gone": ("an ID or bank card number was left out", "no entry keeps one; name the person instead"),
    "stands": (
        "the number of an ID or bank card stands here",
        "take it out and name the person instead: minqing edit",
    ),
}


def told(stands: bool = False) -> tuple[str, str]:
    """The cause and remedy of a number that was left out, or that `stands` in an entry."""
    return _MESSAGES["stands" if stands else "gone"]


def left_out(path: str = "", line: int = 0, column: int = 0) -> Flaw:
    """What is told where a number was left out."""
    return Flaw("id-number", *told(), {}, path, line, column, "hint")


def numbers_told(text: str, path: str = "") -> Iterator[Flaw]:
    """The numbers that are left out of a text, each by its line and column."""
    line, seen = 1, 0
    for match in numbers_in(text):
        at = match.start()
        line, seen = line + text.count("\n", seen, at), at
        yield left_out(path, line, at - text.rfind("\n", 0, at))


def cleared(entry: Entry) -> tuple[Entry, tuple[Flaw, ...]]:
    """An entry without such numbers, and what was left out; a flaw's `path` is the field, its line that of the body."""
    flaws: list[Flaw] = []
    for field, value in entry._asdict().items():
        if field in ("id", "files"):  # digests are long, and nobody's
            continue
        seen = len(flaws)

        def change(text: str, field: str = field) -> str:
            found = numbers_told(text, field)
            flaws.extend(found if field == "body" else (flaw._replace(line=0, column=0) for flaw in found))
            return without_numbers(text)

        shorn = with_texts(value, change)
        if len(flaws) > seen:
            entry = entry._replace(**{field: shorn})
    return entry, tuple(flaws)
