"""minqing kinds: what can be written, and the words for it."""

from pathlib import Path
from typing import Annotated

from minqing.cli import screen, session
from minqing.cli.params import Option
from minqing.cli.present import FORMAT, present
from minqing.diary import Diary, Letterhead, read_bytes
from minqing.errors import MinqingError
from minqing.language import _, language
from minqing.report import Column, Report, Section, Span
from minqing.words import KEYS, VALUES


def command(
    keys: Annotated[
        bool, Option("--keys", help=_("Every key and value of an entry, in both languages."))
    ] = False,
    template: Annotated[
        Path | None,
        Option(
            "--template",
            metavar=_("FILE"),
            help=_("Every tag that a letterhead (templates/letter.docx) may use, and which FILE uses."),
        ),
    ] = None,
    format_: Annotated[str, FORMAT] = "text",
) -> int:
    if template is not None:
        return _template(template, format_)
    if keys:
        present(_vocabulary(), format_, None)
        return 0
    try:
        diary = session.diary()
    except MinqingError:
        diary = Diary(session.folder())  # outside a diary there are the shipped kinds
    found = diary.kinds(language())
    if format_ == "json":
        kinds = [
            {"kind": k.kind, "name": k.name, "asks": list(k.asks), "needs": list(k.needs)}
            for k in found.values()
        ]
        screen.out_json({"schema": 1, "kinds": kinds})
        return 0
    columns = (
        Column("kind", _("Kind")),
        Column("name", _("Name")),
        Column("asks", _("Asks for"), fold=True),
        Column("needs", _("Needs"), fold=True),
    )
    rows = tuple(
        {"kind": k.kind, "name": k.name, "asks": list(k.asks), "needs": _keys(k.needs)}
        for k in found.values()
    )
    title = _("Kinds of entry")
    present(
        Report("kinds", title, Span("", None, None, None), (Section("kinds", title, columns, rows),)),
        format_,
        None,
    )
    return 0


def _template(path: Path, format_: str) -> int:
    """The tags of a letterhead; 1 when the file uses some that mean nothing."""
    from minqing.formats import _letterhead  # docxtpl: only for who asks

    used = _letterhead.tags(Letterhead(str(path), read_bytes(path)))
    rows = [
        {"tag": [f"{{{{ {tag} }}}}", f"{{{{ {chinese} }}}}"], "holds": _(holds), "used": tag in used.known}
        for tag, (chinese, holds) in _letterhead.TAGS.items()
    ]
    figures = _("a total of the report by its name in --format json")
    rows.append({"tag": "{{ figures.NAME }}", "holds": figures, "used": bool(used.figures)})
    rows += [
        {"tag": f"{{{{ figures.{name} }}}}", "holds": _("that total, where a report has it"), "used": True}
        for name in sorted(used.figures)
    ]
    rows += [
        {"tag": f"{{{{ {name} }}}}", "holds": _("nothing: no report knows this tag"), "used": True}
        for name in used.unknown
    ]
    columns = (
        Column("tag", _("Tag")),
        Column("holds", _("What it holds"), fold=True),
        Column("used", _("In the file")),
    )
    title = _("Tags of a letterhead")
    section = Section("tags", title, columns, tuple(rows))
    present(Report("tags", title, Span("", None, None, None), (section,)), format_, None)
    if used.unknown:
        screen.warn("{file} has tags that mean nothing: {tags}", file=str(path), tags=", ".join(used.unknown))
        return 1
    if "body" not in used.known:
        screen.hint("{file} has no tag for the body: it will follow below everything", file=str(path))
    return 0


def _keys(needs: tuple[str, ...]) -> list[str]:
    return [KEYS["entry"][key][0] if language() == "zh" else key for key in needs]


def _vocabulary() -> Report:
    columns = (Column("word", _("Word")), Column("also", _("Also"), fold=True))
    sections = [
        Section(
            name,
            f"{title}: {name}",
            columns,
            tuple({"word": w, "also": list(also)} for w, also in words.items()),
        )
        for title, table in ((_("Keys"), KEYS), (_("Values"), VALUES))
        for name, words in table.items()
        if name not in ("config", "kind") or table is VALUES
    ]
    return Report("keys", _("Words of an entry"), Span("", None, None, None), tuple(sections))
