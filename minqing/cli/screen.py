"""The one place that prints. Results go to stdout, messages to stderr; nothing reaches a terminal raw."""

import os
import sys
from typing import Any

from minqing.errors import Flaw, MinqingError
from minqing.language import _, language
from minqing.safe import cells, show
from minqing.streams import silence
from minqing.words import show_key

_quiet = False
_SIGNS = "▁▂▃▄▅▆▇█"  # what charts are drawn with
_PLAIN_SIGNS = "1234567#"  # the same where a stream knows only ASCII


def be_quiet(quiet: bool) -> None:
    """Keep hints to ourselves from here on; errors are still told."""
    global _quiet
    _quiet = quiet


def steady_streams() -> None:
    """Never fail for want of a character: a GBK console shows what it lacks as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def out(text: str) -> None:
    """A result, as text of several lines."""
    sys.stdout.write(show(text, newline=True) + "\n")


def pairs(said: dict[str, str]) -> str:
    """Names and what they are for, one a line, with the names in a column as wide as the widest.

    On a terminal a long line goes on below itself.
    """
    room = max((cells(name) for name in said), default=0) + 2
    if sys.stdout.isatty():
        from minqing.formats.terminal import wrap  # rich: only where a screen has an edge

        below = f"\n{' ' * room}"
        said = {name: wrap(about, width() - room).replace("\n", below) for name, about in said.items()}
    return "\n".join(f"{name}{' ' * (room - cells(name))}{about}" for name, about in said.items())


def out_styled(text: str) -> None:
    """A result whose escapes are our own: its data went through show() when it was drawn."""
    sys.stdout.write(_drawable(text) if text.endswith("\n") else _drawable(text) + "\n")


def _drawable(text: str) -> str:
    """The text with charts that the console can show: an escape for each stroke would be no picture."""
    try:
        _SIGNS.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return text.translate(str.maketrans(_SIGNS, _PLAIN_SIGNS))
    return text


def out_file(data: str | bytes) -> None:
    """A result meant for a file or another program: UTF-8, whatever the console speaks."""
    if isinstance(data, str):
        data = (data if data.endswith("\n") else data + "\n").encode("utf-8", "surrogatepass")
    sys.stdout.flush()
    sys.stdout.buffer.write(data)  # not a byte more: a line end would make a zip or a PDF another file


def out_json(value: Any) -> None:
    """A result for another program, as JSON that is safe to print."""
    from minqing.formats.json import dump  # only for who asks

    out_file(dump(value))


def hint(message: str, /, **words: Any) -> None:
    """A message beside the result."""
    if not _quiet:
        _tell(_(message), words)


def warn(message: str, /, **words: Any) -> None:
    """A message that even --quiet does not hide."""
    _tell(_(message), words)


def fail(error: MinqingError) -> None:
    """Why nothing came of a command, and what to do."""
    _tell(_("error: {message}"), {"message": spoken(error)})


def spoken(error: MinqingError | Flaw) -> str:
    """The sentence of an error or flaw in the reader's language."""
    cause = getattr(error, "cause", None)
    if cause is not None:  # an error made of a reader's two sentences
        more = {
            "cause": _(cause.message).format(**_words(cause)),
            "remedy": _(cause.remedy).format(**_words(cause)),
        }
        return _(error.message).format(**_words(error), **more)
    return _(error.message).format(**_words(error))


def remedy(flaw: Flaw) -> str:
    """What a flaw's writer can do about it, in the reader's language."""
    return _(flaw.remedy).format(**_words(flaw))


def _words(of: MinqingError | Flaw) -> dict[str, Any]:
    """What fills the braces of a message; keys of a `record` that it speaks of as the language writes them."""
    record = of.words.get("record")
    if record is None:
        return of.words
    shown = {
        name: " ".join(show_key(record, key, language()) for key in of.words[name].split(" "))
        for name in ("key", "known")
        if name in of.words
    }
    return of.words | shown


def place(flaw: Flaw) -> str:
    """file:line:column, as far as it is known."""
    # a name with a line end in it must not forge a line of its own
    return ":".join(show(str(part)) for part in (flaw.path, flaw.line, flaw.column) if part)


def flaw_line(flaw: Flaw) -> str:
    """file:line:column: rule: cause — remedy."""
    if not flaw.remedy:  # its sentence holds it
        return f"{place(flaw)}: {flaw.rule}: {spoken(flaw)}"
    return _("{place}: {rule}: {cause} — {remedy}").format(
        place=place(flaw), rule=flaw.rule, cause=spoken(flaw), remedy=remedy(flaw)
    )


def _tell(message: str, words: dict[str, Any]) -> None:
    sys.stderr.write(show(message.format(**words), newline=True) + "\n")


def on_terminal() -> bool:
    """Whether a person sits at both ends, so that asking makes sense."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def width() -> int:
    """Columns of the terminal."""
    return max(40, int(os.environ.get("COLUMNS") or 0) or os.get_terminal_size().columns)


def colour() -> bool:
    """Whether colours are welcome: a terminal, and no NO_COLOR."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def quoted(word: str) -> str:
    """A word as a shell takes it, for a command line that is shown; Chinese needs no quotes."""
    import re  # seldom
    import shlex

    return word if re.fullmatch(r"[\w@%+=:,./-]+", word) else shlex.quote(word)


def asked(question: str) -> str:
    """What the person at the terminal answers in one line. Raises KeyboardInterrupt when they leave with Ctrl-D."""
    leave_on_hangup()
    try:
        return input(show(question)).strip()
    except (EOFError, KeyboardInterrupt, OSError):  # the last of a terminal that is gone
        try:
            sys.stderr.write("\n")  # what is told next stands on a line of its own
            sys.stderr.flush()
        except OSError:
            silence(messages=True)
        raise KeyboardInterrupt from None


def leave_on_hangup() -> None:
    """Have a connection that breaks off (ssh) while somebody is asked do what Ctrl-C does: nothing typed is lost."""
    import signal  # only where somebody is asked

    hangup = getattr(signal, "SIGHUP", None)  # Windows has none
    if hangup is None or signal.getsignal(hangup) is not signal.SIG_DFL:
        return

    # raising here would break off what is being saved: the next question meets the end of the terminal
    signal.signal(hangup, lambda *_: silence(messages=True))


def agreed(question: str) -> bool:
    """Whether the person at the terminal says yes."""
    return asked(f"{question} [y/N]: ").lower() in ("y", "yes", "是", "好")
