"""minqing kinds: what can be written, and the words for it."""

from typing import Annotated

import typer

from minqing.cli import screen, session
from minqing.cli.present import FORMAT, present
from minqing.diary import Diary
from minqing.errors import MinqingError
from minqing.language import _, language
from minqing.report import Column, Report, Section, Span
from minqing.words import KEYS, VALUES


def command(
    keys: Annotated[
        bool, typer.Option("--keys", help=_("Every key and value of an entry, in both languages."))
    ] = False,
    format_: Annotated[str, FORMAT] = "text",
) -> None:
    if keys:
        present(_vocabulary(), format_)
        return
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
        return
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
        Report("kinds", title, Span("", None, None, None), (Section("kinds", title, columns, rows),)), format_
    )


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
