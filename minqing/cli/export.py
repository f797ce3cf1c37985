"""minqing export: aid and funds as journals, due days as a calendar, everything as data."""

from pathlib import Path
from typing import Annotated

from minqing import exports
from minqing.cli import reading, screen, session
from minqing.cli.params import Argument, Option
from minqing.cli.present import save_bytes
from minqing.errors import MinqingError, UsageError
from minqing.exports import Exported, Want
from minqing.language import _


def command(
    target: Annotated[str, Argument(metavar=_("TARGET"), help=_("beancount, hledger, ics, json or csv."))],
    terms: Annotated[
        list[str] | None,
        Argument(
            metavar=_("[TERMS]..."),
            help=_(
                "A period (2016-05, last month), an area, household or person, #tag, kind:visit, about:water, status:open."
            ),
        ),
    ] = None,
    output: Annotated[
        Path | None,
        Option("--output", "-o", metavar=_("FILE"), help=_("Write to a file; csv into a folder.")),
    ] = None,
    force: Annotated[bool, Option("--force", help=_("Replace the file if it is there."))] = False,
    names: Annotated[
        bool, Option("--names", help=_("With the names of persons; json has them anyway."))
    ] = False,
    today: Annotated[
        str | None, Option("--today", metavar=_("DATE"), help=_("Report as on this day."))
    ] = None,
) -> int:
    module = exports.load(target)
    if output is None and not module.SUFFIX:
        raise UsageError("{name} is several files — name a folder for them with -o", name=target)
    diary, day = session.diary(), session.today(today)
    ledger = reading.ledger(diary)
    query = reading.asked(ledger, list(terms or []), None, day)
    made = module.export(Want(ledger, diary.root, query, day, names))
    if output is None:
        screen.out_file(made.files[0][1])
    else:
        _save(made, output, not module.SUFFIX, force)
    if names:
        screen.hint("holds personal data, not to be passed on")
    for flaw in made.flaws:
        screen.warn(screen.flaw_line(flaw))
    return 1 if reading.tell_flaws(ledger) else 0


def _save(made: Exported, output: Path, folder: bool, force: bool) -> None:
    """Write the file, or every file of the folder: none of them when one is there and must not be replaced."""
    files = [(output / name if folder else output, data) for name, data in made.files]
    there = [path for path, _data in files if path.exists()]
    if there and not force:
        raise MinqingError("{path} exists already; replace it with --force", path=str(there[0]))
    if folder:
        output.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path, data in files:
        save_bytes(data, path, force)
        screen.hint("written: {path}", path=str(path))
