"""What papers that are signed have in common."""

from minqing.language import language


def colon() -> str:
    """What parts a word from what is said of it."""
    return "：" if language() == "zh" else ": "


def joined(texts: list[str]) -> str:
    """Words in a row inside a sentence."""
    return ("、" if language() == "zh" else ", ").join(texts)


def to_sign(*words: str) -> tuple[str, ...]:
    """A line for each, with room to write by hand."""
    return tuple(f"{word}{colon()}{'_' * 16}" for word in words)
