r"""What a file says, made harmless to look at: a character that acts instead of showing is spelled out.

Pure. Every text on its way to a terminal or a paper passes through `show`.
"""

from functools import cache
from unicodedata import category, east_asian_width

# Control (escape sequences), format (bidi, zero width, tags), lone surrogates, line and
# paragraph separators. Private letters and those newer than our tables stay: names use them.
ACTING = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))


def acts(char: str) -> bool:
    """Whether a character does something to whoever prints it, rather than show."""
    return not char.isprintable() and category(char) in ACTING


def show(text: str, newline: bool = False) -> str:
    r"""`text` with every acting character spelled out: `\x1b`, `\u202e`, `\U000e0041`.

    A tab becomes a space, and so does a newline unless `newline` keeps it.
    """
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\t", " ")
    if newline:
        return "\n".join("".join(map(_spelled, line)) for line in text.split("\n"))
    return "".join(map(_spelled, text.replace("\n", " ")))


def _spelled(char: str) -> str:
    if not acts(char):
        return char
    code = ord(char)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def cells(text: str) -> int:
    """How many columns of a terminal a text takes: two for a Chinese character."""
    return len(text) if text.isascii() else sum(map(_cells, text))


@cache
def _cells(char: str) -> int:
    if category(char) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1
