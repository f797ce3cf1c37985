"""What papers that are signed have in common."""

from minqing.language import colon


def to_sign(*words: str) -> tuple[str, ...]:
    """A line for each, with room to write by hand."""
    return tuple(f"{word}{colon()}{'_' * 16}" for word in words)
