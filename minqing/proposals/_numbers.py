"""Numbers as people write them in running text: 1,400, 1.2万, 三千二百, 两百, 一千二, 二十来."""

from decimal import Decimal

from minqing.lunar import number
from minqing.model import Quantity
from minqing.proposals._compiled import compiled
from minqing.values import read_quantity

HAN = "一二两三四五六七八九十百千万"
# no longer than a quantity of an entry may be
DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,2}|\d{1,8})(?:\.\d{1,6})?"
NUMBER = rf"(?:(?<!\d){DIGITS}[百千万亿]?|(?<![{HAN}])[{HAN}][{HAN}零]{{0,7}})"
_SCALES = {"百": 100, "千": 1000, "万": 10_000}
# 七八个, 三四十户: a guess between two; it is no number.
_BETWEEN = compiled("[一二两三四五六七八九]{2}")


def quantity(text: str, unit: str) -> Quantity:
    """200, 1.2万, 三千, 两百 or 半 with a unit, exactly."""
    if text == "半":
        return Quantity(Decimal("0.5"), unit)
    if text[0].isdigit():
        scale = {"百": 100, "千": 1000}.get(text[-1], 1)
        found = read_quantity(text.rstrip("百千") + unit)
        return Quantity(found.value * scale, unit)
    return Quantity(Decimal(han_number(text)), unit)


def is_guess(text: str) -> bool:
    """Whether a number in Chinese signs is none: 七八, 三四十."""
    return bool(_BETWEEN.search(text))


def han_number(text: str) -> int:
    """The number that 三千二百, 两百, 一万 or, with its last scale left out, 一千二 says."""
    total = section = digit = 0
    for sign in text:
        if sign in _SCALES:
            scale = _SCALES[sign]
            if scale == 10_000:
                total, section, digit = (total + section + digit) * scale, 0, 0
            else:
                section, digit = section + (digit or 1) * scale, 0
        elif sign == "十":
            section, digit = section + (digit or 1) * 10, 0
        else:
            digit = number(sign) or 0
    if digit and text[-2:-1] in _SCALES:  # 一千二, 三万五
        digit *= _SCALES[text[-2]] // 10
    return total + section + digit
