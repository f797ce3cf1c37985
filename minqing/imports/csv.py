"""A table: one row = one entry, by a map that says which column is which key. Without a map one is proposed."""

from minqing.diary import Diary
from minqing.errors import UsageError
from minqing.imports import Brought, Note, Source, Ways
from minqing.imports._keep import keep, text_of
from minqing.imports._propose import proposed
from minqing.imports._rows import entry_of, reader
from minqing.imports._table import Sheet, rows_of_text
from minqing.imports._titles import rows_of, table_of
from minqing.language import language
from minqing.maps import read_map_file

WAYS = ("map", "dry_run")


def bring(diary: Diary, source: Source, ways: Ways) -> Brought:
    """Write an entry for each row. Without a map nothing is written: one is proposed. Raises UsageError, NotSaved."""
    text, flaws = text_of(source)
    file = str(source.path)
    table = table_of(file, Sheet("", rows_of_text(text, file)), 0)
    if table is None:
        raise UsageError("{file} holds no rows", file=file)
    kinds = diary.kinds(language())
    if ways.map is None:
        return Brought(
            text=proposed("", table, (), kinds),
            notes=(Note("nothing was written; save this as a file, mend it, and give it with --map"),),
        )
    chosen, wrong = read_map_file(ways.map.data or b"", str(ways.map.path), reader(kinds))
    if chosen is None:
        return Brought(flaws=tuple(wrong), notes=(Note("nothing was written"),))
    for title in chosen.columns:
        if title not in table.titles:
            raise UsageError(
                "there is no column “{title}”; there are {known}", title=title, known=" ".join(table.titles)
            )
    rows = rows_of(table, flaws)
    found = [one for row in rows if (one := entry_of(row, chosen, kinds, flaws))]
    brought = keep(diary, source, found, flaws, ways)
    rest = [title for title in table.titles if title and title not in chosen.columns]
    if rest:
        more = Note("columns that the map does not name, left out: {titles}", {"titles": " ".join(rest)})
        brought = brought._replace(notes=(*brought.notes, more))
    return brought
