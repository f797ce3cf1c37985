"""Numbers as exact text, the way the ledger and JSON hold them."""

from decimal import Decimal


def decimal_text(value: Decimal | float) -> str:
    """A number as plain decimal text: no exponent, no trailing zeros, nothing rounded; "-0" is "0"."""
    number = Decimal(str(value))
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text if number else "0"
