"""Numbers as exact text, the way the ledger and JSON hold them."""

from decimal import Decimal

from minqing.words import MONEY


def decimal_text(value: Decimal | float) -> str:
    """A number as plain decimal text: no exponent, no trailing zeros, nothing rounded; "-0" is "0"."""
    number = Decimal(str(value))
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text if number else "0"


def yuan(amount: Decimal, unit: str | None) -> Decimal:
    """An amount of money in yuan, whatever coin it was written in."""
    return amount * Decimal(MONEY.get(unit or "", "1"))
