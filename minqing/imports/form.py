"""What a phone form collected (问卷星, 腾讯文档, KoboToolbox, ODK), as .xlsx, .xls, .ods or .csv: one row = one entry.

A form's map stands in the diary, templates/forms/NAME.yaml, and is found again by the columns it names, whatever
the next export is called. The first time there is none: one is proposed and saved to be looked at, and no entry
is written. A row brought again is known by its own id.
"""

import re
import unicodedata
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from minqing.diary import TEMPLATES, Diary, id_of, read_bytes, unopened, write_new
from minqing.errors import Flaw, MinqingError, UsageError
from minqing.imports import Brought, Note, Source, Ways
from minqing.imports._cells import bare
from minqing.imports._keep import Found, keep
from minqing.imports._propose import proposed
from minqing.imports._rows import Row, entry_of, reader
from minqing.imports._table import sheets_of
from minqing.imports._titles import Table, rows_of, table_of
from minqing.language import _, language
from minqing.maps import Map, Reads, Use, read_map_file
from minqing.refused import why
from minqing.text import decode, write_entry

WAYS = ("map", "dry_run")
SEVERAL = True  # ODK gives the rows of a repeat in a file of their own
FORMS = f"{TEMPLATES}/forms"

# Which column of a further sheet names the row it belongs to, and that row's column.
_LINKS = (
    ("_submission__uuid", "_uuid"),
    ("_submission__id", "_id"),
    ("_parent_index", "_index"),
    ("PARENT_KEY", "KEY"),
)


class Form(NamedTuple):
    """The tables of a file: that of the form, those whose rows belong to its rows, the sheets that do neither."""

    main: Table
    further: list[Table]
    aside: list[str]


class Chosen(NamedTuple):
    """A map with the file it stands in."""

    path: str
    map: Map


def bring(diary: Diary, source: Source, ways: Ways) -> Brought:
    """Write an entry for each row that is new. Raises UsageError, MinqingError, NotSaved."""
    form = _form(source)
    reads = reader(diary.kinds(language()))
    if ways.map is not None:
        path = str(ways.map.path)
        made, wrong = read_map_file(ways.map.data or b"", path, reads)
        chosen = made and Chosen(path, made)
    else:
        chosen, wrong = _kept(diary, form.main, reads)
    if wrong:
        return Brought(flaws=tuple(wrong), notes=(Note("nothing was written"),))
    brought = _import(diary, source, form, chosen, ways) if chosen else _first(diary, source, form, ways)
    if form.aside:
        more = Note(
            "sheets whose rows belong to no other row, left out: {names}", {"names": " ".join(form.aside)}
        )
        brought = brought._replace(notes=(*brought.notes, more))
    return brought


def _form(source: Source) -> Form:
    """The tables of a source, in the order of its files and sheets. Raises UsageError, MinqingError."""
    tables = [
        table
        for file in (source, *source.beside)
        for sheet in sheets_of(file, "import form")
        if (table := table_of(str(file.path), sheet))
    ]
    main = next((table for table in tables if table.rows and _link(table) is None), None)
    if main is None and any(table.rows for table in tables):
        raise UsageError(
            "the rows of {file} belong to rows of another — name both: minqing import form FORM {file}",
            file=tables[0].path,
        )
    if main is None:
        raise UsageError("{file} holds no rows", file=str(source.path))
    tables = [table if table.sheet else table._replace(sheet=_apart(table, main)) for table in tables]
    further = [table for table in tables if _link(table, main) and table.path != main.path]
    aside = [table.sheet for table in tables if table.path != main.path and table not in further]
    return Form(main, further, aside)


def _apart(table: Table, main: Table) -> str:
    """The name of a table in a file of its own, beside that of the form: gifts in visits-gifts.csv."""
    stem = Path(table.path).stem
    return stem.removeprefix(Path(main.path).stem).strip("-_ .") or stem


def _link(table: Table, main: Table | None = None) -> tuple[str, str] | None:
    """The column of a further sheet that names the row it belongs to, with that row's column."""
    links = (link for link in _LINKS if link[0] in table.titles)
    return next((link for link in links if main is None or link[1] in main.titles), None)


# ---------------------------------------------------------------- the map of a form


def _kept(diary: Diary, table: Table, reads: Reads) -> tuple[Chosen | None, list[Flaw]]:
    """The diary's map of a form: of those whose columns are all there the one with most, else one that nearly fits.

    A map that knows less than half of the table's columns is of another form. Flaws, where it may be one that
    cannot be read. Raises UsageError when two fit alike.
    """
    titles = [title for title in table.titles if title]
    maps, wrong = _maps(diary, titles, reads)
    fits: dict[int, list[Chosen]] = {}
    near = []
    for chosen in maps:
        matched = _matched(chosen.map, titles)
        asked = [title for title, uses in chosen.map.columns.items() if set(uses) - {Use(("id",))}]
        missing = [title for title, uses in chosen.map.columns.items() if uses and title not in matched]
        if len(matched) * 2 < len(titles):
            continue
        if not missing:
            fits.setdefault(len(matched), []).append(chosen)
        elif len(missing) * 2 < len(asked):
            near.append(chosen)
    best = fits[max(fits)] if fits else near[:1]
    if len(best) > 1:
        paths = " ".join(chosen.path for chosen in best)
        raise UsageError(
            "several maps fit {file}: {paths} — choose one with --map", file=table.path, paths=paths
        )
    return (best[0], []) if best else (None, wrong)


def _maps(diary: Diary, titles: list[str], reads: Reads) -> tuple[list[Chosen], list[Flaw]]:
    """Every map of the diary that can be followed, and what is wrong with others that name most of these titles."""
    found, wrong = [], []
    for file in sorted((diary.root / FORMS).glob("[!.]*.yaml")):
        path = f"{FORMS}/{file.name}"
        try:
            data = read_bytes(file)
        except OSError as error:
            wrong.append(unopened(error)._replace(path=path))
            continue
        made, flaws = read_map_file(data, path, reads)
        found += [Chosen(path, made)] if made else []
        text = decode(data)[0]
        wrong += flaws if sum(title in text for title in titles) * 2 >= len(titles) else []
    return found, wrong


def _matched(chosen: Map, titles: list[str]) -> dict[str, str]:
    """A map's titles with those of a table: the same, or the only one that asks the same under another number."""
    found = {title: title for title in chosen.columns if title in titles}
    free = [title for title in titles if title and title not in found]
    for title in chosen.columns:
        alike = [other for other in free if bare(other) == bare(title)]
        if title not in found and len(alike) == 1:
            found[title] = alike[0]
            free.remove(alike[0])
    return found


def _fitted(chosen: Chosen, form: Form) -> Map:
    """A map under the titles that a file has now. Raises UsageError, naming every column that is not there."""
    made = chosen.map
    matched = _matched(made, form.main.titles)
    missing = [title for title, uses in made.columns.items() if uses and title not in matched]
    for name, columns in made.repeats.items():
        titles = next((table.titles for table in form.further if table.sheet == name), [])
        missing += [f"{name}/{title}" for title, uses in columns.items() if uses and title not in titles]
    if missing:
        raise UsageError(
            "{path} names columns that are not in {file}: {titles} — mend it, or give another with --map",
            path=chosen.path,
            file=form.main.path,
            titles="、".join(missing),
        )
    columns = {matched[title]: uses for title, uses in made.columns.items() if title in matched}
    values = {matched[title]: words for title, words in made.values.items() if title in matched}
    return made._replace(columns=columns, values=values)


# ---------------------------------------------------------------- the first time


def _first(diary: Diary, source: Source, form: Form, ways: Ways) -> Brought:
    """Propose a map and save it, and show what would come of the first row. Raises MinqingError."""
    name = _free_name(diary, _name(source.path.stem))
    path = f"{FORMS}/{name}.yaml"
    kinds = diary.kinds(language())
    text = proposed(name, form.main, form.further, kinds)
    data = text.encode("utf-8")
    made, wrong = read_map_file(data, path)
    notes = []
    if made:
        flaws: list[Flaw] = []
        found = _found(form, made, kinds, flaws)
        if found:
            entry = found[0].entry._replace(id=id_of(found[0].raw))
            text = f"{text}\n# {_('the first row as an entry')}\n{write_entry(entry, language())}"
        counts = {"rows": len(found) + len(_places(flaws)), "left": len(_places(flaws))}
        notes.append(Note("rows: {rows}; that cannot be read by this map: {left}", counts))
    if ways.dry_run:
        notes.append(Note("nothing was written"))
        return Brought((), tuple(notes), tuple(wrong), text)
    try:
        write_new(diary.root, path, data)
    except OSError as error:
        raise MinqingError("{path} could not be saved: {why}", path=path, why=why(error)) from None
    notes.append(Note("no entry was written: look at {path}, mend it, and run this again", {"path": path}))
    return Brought((path,), tuple(notes), tuple(wrong), text)


def _places(flaws: list[Flaw]) -> set[tuple[str, int]]:
    return {(flaw.path, flaw.line) for flaw in flaws}


# What forms put around their name when they are exported, and browsers behind it.
_AROUND = re.compile(
    r"^\d{5,}_(?:按\w{2,4}_)?|(?:_\d+){2}$|[（(](?:源?收集结果|\d+)[)）]|_-_(?:all|latest)_version.*$"
    r"|[-_ ]*\d{4}[-_]?\d\d[-_]?\d\d.*$"
)


def _name(stem: str) -> str:
    """A name for a form's map from its file's: 123456_按文本_走访登记_12_12 is 走访登记."""
    text = unicodedata.normalize("NFC", _AROUND.sub("", _AROUND.sub("", stem)).strip(" _-"))
    name = "".join(sign if sign.isalnum() else "-" for sign in text).strip("-")[:40]
    return name if name and not re.fullmatch(r"(?i)con|prn|aux|nul|(com|lpt)\d", name) else "form"


def _free_name(diary: Diary, name: str) -> str:
    """The name, with a number behind it where another form's map has it; case makes no difference on some disks."""
    taken = {file.stem.lower() for file in (diary.root / FORMS).glob("*.yaml")}
    numbered = (f"{name}-{n}" for n in range(2, len(taken) + 3))
    return next(free for free in (name, *numbered) if free.lower() not in taken)


# ---------------------------------------------------------------- every time after


def _import(diary: Diary, source: Source, form: Form, chosen: Chosen, ways: Ways) -> Brought:
    made = _fitted(chosen, form)
    flaws: list[Flaw] = []
    found = _found(form, made, diary.kinds(language()), flaws)
    brought = keep(diary, source, found, flaws, ways)
    notes = [Note("by the map {path}", {"path": chosen.path})]
    rest = [title for title in form.main.titles if title and title not in made.columns]
    rest += [table.sheet for table in form.further if table.sheet not in made.repeats]
    if rest:
        notes.append(
            Note("columns that the map does not name, left out: {titles}", {"titles": " ".join(rest)})
        )
    return brought._replace(notes=(*notes, *brought.notes))


def _found(form: Form, made: Map, kinds: Collection[str], flaws: list[Flaw]) -> list[Found]:
    rows = _joined(form, made, flaws)
    return [one for row in rows if (one := entry_of(row, made, kinds, flaws))]


def _joined(form: Form, made: Map, flaws: list[Flaw]) -> list[Row]:
    """The rows of the form, each with the rows of further sheets that belong to it."""
    rows = rows_of(form.main, flaws)
    for table in form.further:
        link = _link(table, form.main)
        if link is None or table.sheet not in made.repeats:
            continue
        theirs: dict[str, list[Row]] = {}
        for row in rows_of(table, flaws):
            theirs.setdefault(_says(row, link[0]), []).append(row._replace(sheet=table.sheet))
        rows = [row._replace(more=(*row.more, *theirs.pop(_says(row, link[1]), ()))) for row in rows]
        for row in (row for lost in theirs.values() for row in lost):
            cause, remedy = "this row belongs to no row of the form", "look at its column {title}"
            flaws.append(Flaw("value", cause, remedy, {"title": link[0]}, row.path, row.line))
    return rows


def _says(row: Row, title: str) -> str:
    return next((cell.text for cell in row.cells if cell.title == title), "")
