"""minqing check: every flaw of every file, with its place, cause and remedy."""

from typing import Annotated

from minqing import checks
from minqing.cli import reading, screen, session
from minqing.cli.params import Option
from minqing.cli.present import format_option
from minqing.diary import sweep
from minqing.errors import UsageError
from minqing.language import _
from minqing.words import nearest


def command(
    rule: Annotated[
        list[str] | None,
        Option("--rule", "-r", metavar=_("RULE"), help=_("Only this rule; may be repeated.")),
    ] = None,
    strict: Annotated[bool, Option("--strict", help=_("Hints count as errors."))] = False,
    list_rules: Annotated[bool, Option("--list-rules", help=_("Name every rule."))] = False,
    today: Annotated[str | None, Option("--today", metavar=_("DATE"), help=_("As on this day."))] = None,
    format_: Annotated[str, format_option("text", "json")] = "text",
) -> int:
    known = checks.all_rules()
    if list_rules:
        screen.out(screen.pairs({name: _(line) for name, line in known.items()}))
        return 0
    for name in rule or ():
        if name not in known:
            close = nearest(name, list(known))
            raise UsageError(
                "there is no rule {rule}; see: minqing check --list-rules {close}",
                rule=name,
                close=close or "",
            )
    diary = session.diary()
    for path in sweep(diary.root):
        screen.hint("an unfinished save was moved to {path}", path=path)
    ledger = reading.ledger(diary)
    found = checks.check_diary(diary, ledger, session.today(today), set(rule) if rule else None)
    if strict:
        found = [flaw._replace(severity="error") for flaw in found]
    errors = sum(flaw.severity == "error" for flaw in found)
    files = ledger.execute("select count(*) from file where path like 'entries/%'").fetchone()[0]
    if format_ == "json":
        findings = [
            {
                "path": flaw.path,
                "line": flaw.line,
                "column": flaw.column,
                "severity": flaw.severity,
                "rule": flaw.rule,
                "message": screen.spoken(flaw),
                "remedy": screen.remedy(flaw),
            }
            for flaw in found
        ]
        counts = {"files": files, "errors": errors, "hints": len(found) - errors}
        screen.out_json({"schema": 1, **counts, "findings": findings})
        return 1 if errors else 0
    for severity, title in (("error", _("Errors")), ("hint", _("Hints"))):
        of = [flaw for flaw in found if flaw.severity == severity]
        if of:
            screen.out(f"{title} ({len(of)})")
        for flaw in of:
            screen.out(screen.flaw_line(flaw))
            excerpt = checks.excerpt(diary, flaw)
            if excerpt:
                screen.out_styled("\n".join(f"    {line}" for line in excerpt.split("\n")))
    screen.out(
        _("Files checked: {files}; errors: {errors}; hints: {hints}").format(
            files=files, errors=errors, hints=len(found) - errors
        )
    )
    return 1 if errors else 0
