"""A table: one row = one entry, by a map that says which column is which key. Without a map one is proposed."""

from typing import Any, NamedTuple

from minqing.diary import Diary
from minqing.errors import Flaw, UsageError
from minqing.front import Tree, read_front, write_front
from minqing.imports import Brought, Note, Source, Ways
from minqing.imports._keep import Found, body_of, keep, read_stamp, text_of
from minqing.imports._table import rows_of_text
from minqing.language import _
from minqing.schema import ENTRY, read_tree
from minqing.text import decode
from minqing.values import Unreadable, read_people
from minqing.words import KEYS, key_of, plain, words_of

WAYS = ("map", "dry_run")

TEXT = "text"  # the column goes into the body
_PARTS = {"columns": ("columns", "栏目"), "always": ("always", "固定")}
# Records of which a row tells one: `item.text`. Of facts and figures any key will do.
_RECORDS = {"items": "item", "aid": "aid", "funds": "fund", "meeting": "meeting"}
_MANY = {"item": "items", "fund": "funds", "fact": "facts", "figure": "figures"}
_LISTS = ("who", "with", "tags")
# What offices call their columns, beside the words of words.KEYS.
_USUAL = {
    **dict.fromkeys(("走访日期", "走访时间", "登记日期", "时间"), "date"),
    **dict.fromkeys(("姓名", "户主", "户主姓名", "走访户", "农户"), "who"),
    **dict.fromkeys(("走访人", "陪同人员", "参加人员"), "with"),
    **dict.fromkeys(("村组", "村", "组", "村民小组"), "area"),
    **dict.fromkeys(("内容", "备注", "说明", "走访内容", "主要情况", "情况"), TEXT),
    **dict.fromkeys(("问题", "反映问题", "存在问题", "诉求"), "item.text"),
    **dict.fromkeys(("联系电话", "手机号"), "fact.phone"),
    **dict.fromkeys(("办理期限", "完成时限"), "item.due"),
    **dict.fromkeys(("责任人", "承办人"), "item.owner"),
}

Path = tuple[str, ...]


class Map(NamedTuple):
    """Each title's key as a path into an entry's tree, () for the body, None to leave it out; what every entry says."""

    columns: dict[str, Path | None]
    always: list[tuple[Path, str]]


def bring(diary: Diary, source: Source, ways: Ways) -> Brought:
    """Write an entry for each row. Without a map nothing is written: one is proposed. Raises UsageError, NotSaved."""
    text, flaws = text_of(source)
    rows = rows_of_text(text, str(source.path))
    if not rows:
        raise UsageError("{file} holds no rows", file=str(source.path))
    titles = [" ".join(title.split()) for title in rows[0][1]]
    if ways.map is None:
        return Brought(
            text=proposed(titles),
            notes=(Note("nothing was written; save this as a file, mend it, and give it with --map"),),
        )
    chosen = read_map(ways.map)
    for title in chosen.columns:
        if title not in titles:
            raise UsageError(
                "there is no column “{title}”; there are {known}", title=title, known=" ".join(titles)
            )
    found = [one for line, cells in rows[1:] if (one := _found(line, cells, titles, chosen, flaws))]
    brought = keep(diary, source, found, flaws, ways)
    rest = [title for title in titles if title and title not in chosen.columns]
    if rest:
        more = Note("columns that the map does not name, left out: {titles}", {"titles": " ".join(rest)})
        brought = brought._replace(notes=(*brought.notes, more))
    return brought


# ---------------------------------------------------------------- maps


def read_map(data: bytes) -> Map:
    """A map from its file: `columns:` with `title: key` lines, `always:` with `key: value` lines. Raises UsageError."""
    text, flaws = decode(data)
    front = read_front(text, 1)
    for flaw in (*(flaw for flaw in flaws if flaw.severity == "error"), *front.flaws):
        raise UsageError("the map is no YAML at line {line}", line=flaw.line)
    parts: dict[str, dict[str, Any]] = {"columns": {}, "always": {}}
    for typed, value in front.tree.items():
        part = next((part for part, words in _PARTS.items() if plain(typed).lower() in words), None)
        if part is None or not isinstance(value, dict):
            raise UsageError(
                "a map has `columns:` and `always:` with lines below each; “{key}” is neither", key=typed
            )
        parts[part] = value
    columns = {
        " ".join(title.split()): None if key is None else path_of_key(_one(key))
        for title, key in parts["columns"].items()
    }
    always = [(path_of_key(key), _one(value)) for key, value in parts["always"].items() if value is not None]
    said = [path for path in (*columns.values(), *(path for path, _value in always)) if path]
    for path in said:
        if said.count(path) > 1 and path[0] not in _LISTS:
            raise UsageError("the map names {key} twice", key=".".join(path))
    if ("date",) not in said:
        raise UsageError("the map names no column of days: {known}", known="date")
    return Map(columns, always)


def _one(value: Tree) -> str:
    if not isinstance(value, str):
        raise UsageError("a map has one key for each column")
    return value


def path_of_key(typed: str) -> Path:
    """A key as a path into an entry's tree: who, item.text, fact.phone, figure.在校学生; () is the body. Raises UsageError."""
    head, dot, rest = (part.strip() for part in typed.replace("．", ".").partition("."))
    if not dot and plain(head).lower() in (TEXT, "正文"):
        return ()
    key = _MANY.get(plain(head).lower()) or key_of("entry", head)
    if not dot and key and key in ENTRY and key != "id":
        return (key,)
    if dot and rest and key in ("facts", "figures"):
        return key, (key_of("facts", rest) or rest) if key == "facts" else rest
    if dot and key in _RECORDS:
        sub = key_of(_RECORDS[key], rest)
        if sub:
            return key, sub
        raise UsageError(
            "“{key}” is no key here; known keys: {known}", key=rest, known=" ".join(words_of(_RECORDS[key]))
        )
    known = [
        TEXT,
        *(name for name in ENTRY if name != "id"),
        "item.text",
        "aid.what",
        "fund.from",
        "fact.phone",
        "figure.…",
    ]
    raise UsageError("“{key}” is no key here; known keys: {known}", key=typed, known=" ".join(known))


def proposed(titles: list[str]) -> str:
    """A map to begin with: what the titles most likely mean; every other column goes into the text."""
    columns: dict[str, Tree] = {}
    for title in titles:
        if title and title not in columns:
            key = _guess(title)
            columns[title] = key if key in _LISTS or key not in columns.values() else TEXT
    always: dict[str, Tree] = {"kind": "visit" if "who" in columns.values() else "note"}
    if "item.text" in columns.values():
        always["item.type"] = "problem"
    lines = [
        _("# which column is which key; an empty key leaves a column out"),
        *_lines("columns", columns),
        _("# what every entry says"),
        *_lines("always", always),
    ]
    return "\n".join(lines) + "\n"


def _lines(part: str, said: dict[str, Tree]) -> list[str]:
    return [f"{part}:", *(f"  {write_front({key: value}).rstrip()}" for key, value in said.items())]


def _guess(title: str) -> str:
    word = plain(title)
    if word in _USUAL:
        return _USUAL[word]
    key = key_of("entry", word)
    if key and key in ENTRY and key != "id":
        return key
    for record, name in (("facts", "fact"), ("item", "item"), ("aid", "aid")):
        known = key_of(record, word)
        if known and word in KEYS[record][known]:
            return f"{name}.{known}"
    return TEXT


# ---------------------------------------------------------------- rows


def _found(line: int, cells: list[str], titles: list[str], chosen: Map, flaws: list[Flaw]) -> Found | None:
    """A row as an entry; None, and what is wrong with it, where it cannot be one."""
    if any(cell.strip() for cell in cells[len(titles) :]):
        cause, remedy = (
            "this row has more cells than there are titles",
            "put a text with commas in it in quotation marks",
        )
        flaws.append(Flaw("value", cause, remedy, line=line))
        return None
    said = [(title, cell.strip()) for title, cell in zip(titles, cells, strict=False) if cell.strip()]
    try:
        tree = _tree(said, chosen)
    except Unreadable as error:
        flaws.append(Flaw("value", error.message, error.remedy, error.words, line=line))
        return None
    entry, mistakes = read_tree(tree)
    if entry is None or mistakes:
        flaws += [flaw._replace(line=line, column=0) for _path, flaw in mistakes]
        return None
    return Found(
        "\n".join(f"{title}: {cell}" for title, cell in said), entry._replace(body=_body(said, chosen)), line
    )


def _tree(said: list[tuple[str, str]], chosen: Map) -> dict[str, Tree]:
    """A row as the tree of an entry. Raises Unreadable."""
    tree: dict[str, Any] = {"id": "a0000000", "kind": "note"}
    about: dict[str, str] = {}
    told = [(path, cell) for title, cell in said if (path := chosen.columns.get(title))]
    # what is said of every item is said where the row tells of one
    told += [
        (path, value) for path, value in chosen.always if path and (len(path) == 1 or path[0] in _heads(told))
    ]
    for path, cell in told:
        if path == ("date",):
            day, hour = read_stamp(cell)
            tree["date"] = day.isoformat()
            if hour and hour != "00:00":  # a spreadsheet's day without an hour
                tree.setdefault("time", hour)
        elif path[0] in _LISTS:
            tree.setdefault(path[0], []).append(cell)
        elif len(path) == 1:
            tree[path[0]] = cell
        elif path[0] == "facts":
            about[path[1]] = cell
        else:
            _record(tree, path[0])[path[1]] = cell
    if about:
        people = read_people(tree.get("who", []))
        if not people:
            raise Unreadable("a fact is told of nobody", "name who it is about in a column of the key `who`")
        tree["facts"] = {people[0].name: about}
    return tree


def _heads(told: list[tuple[Path, str]]) -> set[str]:
    return {path[0] for path, _cell in told if len(path) > 1}


def _record(tree: dict[str, Any], name: str) -> dict[str, str]:
    """The one record of its kind that a row tells: its first item, its aid, its meeting."""
    if name == "items":
        record = tree.setdefault(name, {"1": {}})["1"]
    elif name in ("aid", "funds"):
        record = tree.setdefault(name, [{}])[0]
    else:
        record = tree.setdefault(name, {})
    found: dict[str, str] = record
    return found


def _body(said: list[tuple[str, str]], chosen: Map) -> str:
    """What goes into the text; under their titles where it is several columns."""
    several = sum(path == () for path in chosen.columns.values()) > 1
    colon = _("{key}: {value}")
    told = [(title, cell) for title, cell in said if chosen.columns.get(title) == ()]
    return body_of(
        "\n\n".join(colon.format(key=title, value=cell) if several else cell for title, cell in told)
    )
