"""What can go wrong: an error is ours or the caller's, a flaw is a mistake in a file."""

from typing import Any, NamedTuple


class MinqingError(Exception):
    """A sentence for the person, with its remedy, and the exit code it ends in.

    `message` is an English template; `words` fill its braces. The command line translates
    the template and then fills it, so that the language is chosen in one place.
    """

    exit_code = 1

    def __init__(self, message: str, **words: Any) -> None:
        super().__init__(message, words)
        self.message = message
        self.words = words

    def __str__(self) -> str:
        return self.message.format(**self.words)


class UsageError(MinqingError):
    """What was typed cannot be understood: exit code 2, and nothing was written."""

    exit_code = 2


class Flaw(NamedTuple):
    """写法有误: one mistake in one file, with its place, cause and remedy.

    `line` and `column` count from 1; 0 means the file as a whole. `message` and `remedy` are
    English templates with braces for `words`, translated where they are shown.
    """

    rule: str
    message: str
    remedy: str
    words: dict[str, str] = {}
    path: str = ""
    line: int = 0
    column: int = 0
    severity: str = "error"  # or "hint"
