"""minqing form: the form that a phone fills in without a network."""

from pathlib import Path
from typing import Annotated

from minqing import phone
from minqing.cli import reading, screen, session
from minqing.cli.params import Option
from minqing.cli.present import save_bytes
from minqing.codes import diary_key
from minqing.errors import UsageError
from minqing.language import _, language


def command(
    output: Annotated[
        Path | None,
        Option("--output", "-o", metavar=_("FILE"), help=_("Write to a file; it ends in .html.")),
    ] = None,
    force: Annotated[bool, Option("--force", help=_("Replace the file if it is there."))] = False,
    today: Annotated[str | None, Option("--today", metavar=_("DATE"), help=_("As on this day."))] = None,
) -> int:
    if output is not None and output.suffix.lower() not in (".html", ".htm"):  # a phone goes by the ending
        words = {"file": output.name or str(output), "known": "html"}
        raise UsageError("no format has the ending of {file}; known: {known}", **words)
    diary, day = session.diary(), session.today(today)
    ledger = reading.ledger(diary)
    page = phone.page(phone.known(ledger, diary.kinds(language()).values(), diary_key(diary.root), day))
    if output is None:
        screen.out_file(page)
    else:
        save_bytes(page, output, force)
        screen.hint("written: {path}", path=str(output))
        screen.hint("open it on the phone; what it copies goes into: minqing add")
    return 1 if reading.tell_flaws(ledger) else 0
