"""Numbers as people write them in running text: 1,400, 1.2万, 三千二百, 两百, 七十."""

from decimal import Decimal

from minqing.lunar import number
from minqing.model import Quantity
from minqing.values import read_quantity

HAN = "一二两三四五六七八九十百千万"
# no longer than a quantity of an entry may be
NUMBER = rf"(?:(?<!\d)\d[\d,]{{0,7}}(?:\.\d{{1,6}})?[千万亿]?|(?<![{HAN}])[{HAN}]{{1,8}})"


def quantity(text: str, unit: str) -> Quantity:
    """200, 1.2万, 三千 or 两百 with a unit, exactly."""
    if text[0].isdigit():
        scale = {"千": 1000}.get(text[-1], 1)
        found = read_quantity(text.rstrip("千") + unit)
        return Quantity(found.value * scale, unit)
    return Quantity(Decimal(han_number(text)), unit)


def han_number(text: str) -> int:
    """The number that 三千二百, 两百 or 一万 says."""
    total = section = digit = 0
    for sign in text:
        if sign in "百千万":
            scale = {"百": 100, "千": 1000, "万": 10_000}[sign]
            if scale == 10_000:
                total, section, digit = (total + section + digit) * scale, 0, 0
            else:
                section, digit = section + (digit or 1) * scale, 0
        elif sign == "十":
            section, digit = section + (digit or 1) * 10, 0
        else:
            digit = number(sign) or 0
    return total + section + digit
