"""Front matter: YAML text to a tree of text and back. The only module that knows YAML. Pure.

A tree is made of dicts, lists, text and None (an empty value). Nothing is typed here: PyYAML's own
typing turns 20:00 into 1200 and `no` into False. The reader is built on libyaml's *events*; there is
no composer, so no anchor, tag, merge or recursion can run away with a file.
"""

import json
import re
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from minqing.errors import Flaw
from minqing.plain import read_plain
from minqing.words import KEYS, key_of, words_of

Tree = Any  # dict[str, Tree] | list[Tree] | str | None
Path = tuple[str | int, ...]

MAX_DEPTH = 12
MAX_NODES = 20_000
MOST_FLAWS = 20  # a header with more broken blocks than this is not read at all: each costs a reading


class Front(NamedTuple):
    """What a header says, and what of it could not be read."""

    tree: dict[str, Tree]
    flaws: list[Flaw]


class _BadYaml(Exception):
    whole = False  # whether the rest of the header is no better

    def __init__(self, line: int, column: int, message: str, remedy: str, **words: str) -> None:
        super().__init__(message)
        self.flaw = Flaw("yaml", message, remedy, words, line=line, column=column)


class _TooLong(_BadYaml):
    whole = True


def read_front(text: str, first_line: int = 2) -> Front:
    """Read a header; `first_line` is the line of the file that it begins on.

    A block that is no YAML is named and left out; the blocks around it are read all the same.
    """
    plain = read_plain(text)
    if plain is not None:
        return Front(plain, [])
    flaws: list[Flaw] = []
    text = _without_conflicts(text, first_line, flaws)
    lines = _halfwidth(text).split("\n")
    while True:
        try:
            tree, twice = _build(lines, first_line)
            return Front(tree, sorted(flaws + twice, key=lambda flaw: flaw.line))
        except _BadYaml as bad:
            flaws.append(bad.flaw)
            if bad.whole or len(flaws) > MOST_FLAWS or not _blank_block(lines, bad.flaw.line - first_line):
                return Front({}, flaws)


def places(text: str, first_line: int = 2) -> dict[Path, tuple[int, int]]:
    """Line and column, from 1, of every key and list element; for a header that has flaws."""
    lines = _halfwidth(_without_conflicts(text, first_line, [])).split("\n")
    found: dict[Path, tuple[int, int]] = {}
    for _round in range(MOST_FLAWS + 1):
        try:
            _build(lines, first_line, found)
            return found
        except _BadYaml as bad:
            if bad.whole or not _blank_block(lines, bad.flaw.line - first_line):
                return found
    return found


def placed(found: list[tuple[Path, Flaw]], header: str, first_line: int = 2) -> list[Flaw]:
    """Flaws found in a header's tree, each with the place of its path or of the nearest one above it."""
    where = places(header, first_line) if found else {}
    flaws = []
    for path, flaw in found:
        line, column = next(
            (where[path[:n]] for n in range(len(path), 0, -1) if path[:n] in where), (first_line, 1)
        )
        flaws.append(flaw._replace(line=line, column=column))
    return flaws


def _build(
    lines: list[str], first_line: int, found: dict[Path, tuple[int, int]] | None = None
) -> tuple[dict[str, Tree], list[Flaw]]:
    """The tree of a header; `found` collects the places when wanted. Raises _BadYaml."""
    import yaml  # 50 ms: only where a file is really read

    # a few platforms have no libyaml; BaseLoader gives the same events, more slowly
    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    source = "\n".join(lines)
    parser = loader(source)
    flaws: list[Flaw] = []
    root: Tree = None
    stack: list[tuple[Any, Any]] = []  # (container, pending key or the marker below)
    no_key: Any = object()
    key_event: dict[int, Any] = {}  # by depth: where the pending key stands
    nodes = 0
    has_hash = " #" in source

    def bad(event: Any, message: str, remedy: str, **words: str) -> _BadYaml:
        mark = event.start_mark
        return _BadYaml(mark.line + first_line, mark.column + 1, message, remedy, **words)

    def note_place(event: Any, key: str | int) -> None:
        if found is not None:
            path = (*(at if isinstance(box, dict) else len(box) for box, at in stack[:-1]), key)
            found.setdefault(path, (event.start_mark.line + first_line, event.start_mark.column + 1))

    def add(event: Any, value: Tree) -> None:
        nonlocal root
        if not stack:
            root = value
            return
        box, key = stack[-1]
        if isinstance(box, list):
            note_place(event, len(box))
            box.append(value)
        elif key is no_key:
            if not isinstance(value, str):
                raise bad(event, "a key must be a word", "write it as `key: value`")
            note_place(event, value)
            key_event[len(stack)] = event
            stack[-1] = (box, value)
        else:
            if key in box and len(flaws) > MOST_FLAWS:
                pass  # said often enough
            elif key in box:
                twice = bad(key_event[len(stack)], "“{key}” stands here twice", "keep one of them", key=key)
                flaws.append(twice.flaw._replace(rule="key"))
            else:
                box[key] = value
            stack[-1] = (box, no_key)

    try:
        while parser.check_event():
            event = parser.get_event()
            name = type(event).__name__
            if getattr(event, "anchor", None) is not None:
                raise bad(
                    event, "& and * at the start of a value mean a YAML anchor", "put the value in quotes"
                )
            if getattr(event, "tag", None) not in (None, "!"):
                raise bad(event, "! at the start of a value means a YAML tag", "put the value in quotes")
            if name == "ScalarEvent":
                nodes += 1
                plain = not event.style
                value = event.value
                if plain and has_hash:
                    _refuse_lost_words(event, lines, bad)
                if plain and value == "<<":
                    raise bad(event, "<< would merge one record into another", "write the keys out")
                add(
                    event,
                    None if plain and value in ("", "~", "null") and _may_be_empty(stack, no_key) else value,
                )
            elif name in ("MappingStartEvent", "SequenceStartEvent"):
                nodes += 1
                if len(stack) >= MAX_DEPTH or nodes > MAX_NODES:
                    raise bad(event, "too many brackets inside brackets", "write it more simply")
                box: Tree = {} if name == "MappingStartEvent" else []
                if stack and stack[-1][1] is no_key and isinstance(stack[-1][0], dict):
                    raise bad(event, "a key must be a word", "write it as `key: value`")
                if stack and isinstance(stack[-1][0], list):
                    note_place(event, len(stack[-1][0]))
                stack.append((box, no_key))
            elif name in ("MappingEndEvent", "SequenceEndEvent"):
                box, _ = stack.pop()
                if stack and isinstance(stack[-1][0], list):
                    stack[-1][0].append(box)
                else:
                    add(event, box)
            if nodes > MAX_NODES:
                line = event.start_mark.line + first_line
                raise _TooLong(line, 1, "the header is too long", "keep long text below the second ---")
    except yaml.YAMLError as error:
        raise _explain(error, lines, first_line) from None
    finally:
        parser.dispose()
    if root is None:
        return {}, flaws
    if not isinstance(root, dict):
        raise _BadYaml(
            first_line, 1, "the header is not a list of `key: value` lines", "write one key per line"
        )
    return root, flaws


def _may_be_empty(stack: list[tuple[Any, Any]], no_key: Any) -> bool:
    """Whether a value is due, not a key."""
    return bool(stack) and (isinstance(stack[-1][0], list) or stack[-1][1] is not no_key)


def _refuse_lost_words(event: Any, lines: list[str], bad: Any) -> None:
    """`title: 王家 #2` is a comment to YAML, and the reader would lose the `#2` without a word."""
    line = lines[event.end_mark.line] if event.end_mark.line < len(lines) else ""
    lost = re.match(r"\s+#(?!\s)\S+", line[event.end_mark.column :])
    if lost and event.value:
        raise bad(
            event,
            "“{lost}” would be lost: to YAML a # after a space begins a comment",
            "put the value in quotes, or write “# ” with a space for a comment",
            lost=lost.group().strip(),
        )


# What libyaml says, in words that help; the first that fits.
_CAUSES = (
    ("'\\t'", "a tab stands where spaces must", "use spaces before a key"),
    ("cannot start any token", "a value cannot begin with “{sign}”", "put the value in quotes"),
    ("alias", "a value cannot begin with “{sign}”", "put the value in quotes"),
    ("anchor", "a value cannot begin with “{sign}”", "put the value in quotes"),
    ("directive", "a line cannot begin with “{sign}”", "put the value in quotes"),
    ("mapping values are not allowed", "a second “: ” stands in this line", "put the value in quotes"),
    (
        "expected ':'",
        "no “key: value” can be made of this",
        "write `key: value`, with a space after the colon",
    ),
    (
        "unexpected end of stream",
        "a quote or bracket is opened and never closed",
        "close it on the same line",
    ),
    ("quoted scalar", "a quote is opened and never closed", "close it on the same line"),
    ("flow", "a bracket is opened and never closed, or a comma is missing", "close it, with commas between"),
    ("<block end>", "this line does not fit the lines above it", "check its indentation and its colon"),
    (
        "special characters",
        "an invisible control character stands in the header",
        "delete and retype this line",
    ),
    ("", "the header is not YAML here", "write `key: value`, and put the value in quotes if it holds signs"),
)


def _explain(error: Any, lines: list[str], first_line: int) -> _BadYaml:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line, mark.column) if mark else _control_character(lines)
    line = min(line, len(lines) - 1)
    said = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')} {getattr(error, 'reason', '')}"
    sign = lines[line][column : column + 1]
    if "special characters" in said:
        line, column = _control_character(lines)
    if sign == "\t":
        said = "'\\t'"
    message, remedy = next((cause, cure) for words, cause, cure in _CAUSES if words in said)
    context = getattr(error, "context_mark", None)
    if context and "never closed" in message:
        line, column = context.line, context.column
    return _BadYaml(line + first_line, column + 1, message, remedy, sign=sign)


def _control_character(lines: list[str]) -> tuple[int, int]:
    for number, line in enumerate(lines):
        if found := re.search(
            "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]", line
        ):
            return number, found.start()
    return 0, 0


def _blank_block(lines: list[str], at: int) -> bool:
    """Empty the top-level block around line `at`; False when there is nothing left to take away."""
    at = max(0, min(at, len(lines) - 1))
    while at > 0 and not lines[at].strip():
        at -= 1
    first = at
    while first > 0 and (not lines[first].strip() or lines[first][0] in " \t-#]}"):
        first -= 1
    last = at + 1
    while last < len(lines) and (not lines[last].strip() or lines[last][0] in " \t-#]}"):
        last += 1
    if not any(line.strip() for line in lines[first:last]):
        return False
    lines[first:last] = [""] * (last - first)
    return True


def _without_conflicts(text: str, first_line: int, flaws: list[Flaw]) -> str:
    """Leave out what git could not merge, both sides of it, and say where."""
    if "<<<<<<<" not in text and ">>>>>>>" not in text:
        return text
    lines, inside = text.split("\n"), False
    for number, line in enumerate(lines):
        if line.startswith("<<<<<<<"):
            inside = True
            flaws.append(conflict_flaw(number + first_line))
        ends = line.startswith(">>>>>>>")
        if inside or ends:
            lines[number] = ""
        inside = inside and not ends
    return "\n".join(lines)


def conflict_flaw(line: int) -> Flaw:
    """Two versions of a passage stand in the file."""
    return Flaw(
        "conflict",
        "git left two versions here",
        "keep one and delete the <<<<<<< ======= >>>>>>> lines",
        line=line,
    )


def _any_key(records: Iterable[str]) -> str:
    """A pattern of every word for a key of some records, the longest first."""
    words = {re.escape(word) for record in records for word in words_of(record)}
    return "|".join(sorted(words, key=len, reverse=True))


@cache
def _wide_colons() -> tuple[re.Pattern[str], ...]:
    """A key with a full-width colon, or a known key with no space after its colon: people type both.

    At the start of a line, and of any key in brackets. Made when first met: few headers have one.
    """
    at_start = re.compile(
        rf"^(\s*(?:-\s+)?)(?:([^\s:：#'\"\[\]{{}},，|>&*!%@`-][^\s:：'\"\[\]{{}},，]*)：|({_any_key(KEYS)}|\d{{1,4}}(?=:{{)):(?=[^\s/]))\s*"
    )
    in_flow_any = re.compile(r"([{,]\s*)([^\s:：'\"\[\]{},，]+)：\s*")
    return at_start, in_flow_any


# A key in brackets is one of the block it stands in: 主持 is a key of a meeting, and a word like others in an item.
_IN_BLOCK = {"facts": ("facts",), "meeting": ("meeting",)}
_IN_OTHERS = ("item", "update", "aid", "fund", "figure", "decision", "vote")


@cache
def _flow_keys(block: str) -> re.Pattern[str]:
    """A known key in brackets, of a block of the entry."""
    return re.compile(rf"([{{,，]\s*)({_any_key(_IN_BLOCK.get(block, _IN_OTHERS))})\s*(?:：|:(?!/))\s*")


_BRACES = str.maketrans("｛｝", "{}")


def _halfwidth(text: str) -> str:
    """Full-width `：` after keys, `，` before keys, `｛｝` around records as YAML wants them; quoted and block text stays."""
    if (
        "：" not in text
        and "｛" not in text
        and not re.search(r"(?m)(?:^|[{,，])[ \t]*(?:- )?(?:[^\W\d]\w*:[^\s/]|\d+:{)", text)
    ):
        return text
    lines, block_indent, block = text.split("\n"), -1, ""
    at_start, in_flow_any = _wide_colons()
    for number, line in enumerate(lines):
        indent = len(line) - len(line.lstrip())
        if block_indent >= 0 and (not line.strip() or indent > block_indent):
            continue
        block_indent = indent if re.search(r"[:：-]\s*[|>][+-]?\d?\s*$", line) else -1
        line = at_start.sub(lambda m: f"{m[1]}{m[2] or m[3]}: ", line)
        line = re.sub(r"^(\s+)[－—]\s*(?=[{｛])", r"\1- ", line)
        if head := re.match(r"([^\s:#-][^:]*):", line):
            block = key_of("entry", head[1]) or ""
        braced = re.match(r"\s*(?:\S+: |- )\s*｛", line)
        if "{" in line or braced:
            parts = re.split(r"(\"(?:[^\"\\]|\\.)*\"|'[^']*')", line)
            for at in range(0, len(parts), 2):
                parts[at] = parts[at].translate(_BRACES) if braced else parts[at]
                parts[at] = _flow_keys(block).sub(lambda m: f"{m[1].replace('，', ', ')}{m[2]}: ", parts[at])
                if braced and block == "facts":  # where any word may be a key
                    parts[at] = re.sub(r"，\s*([^\s:：'\"\[\]{},，]+)：", r", \1：", parts[at])
                parts[at] = in_flow_any.sub(r"\1\2: ", parts[at])
            line = "".join(parts)
        lines[number] = line
    return "\n".join(lines)


# ---------------------------------------------------------------- tree to text

# Compiled when first used: a file that is only read needs neither.
_PLAIN = r"[^\W_][\w /（）()《》、。“”‘’…—·+%.-]*(?<![ .])"
_LOOKS_OTHER = r"(?i)(null|~)?"


def write_front(tree: dict[str, Tree]) -> str:
    """A header as a person would write it: one key a line, short lists and records in brackets."""
    out: list[str] = []
    for key, value in tree.items():
        if isinstance(value, dict) and value:
            if all(not isinstance(part, (dict, list)) for part in value.values()) and key not in _OPEN:
                out.append(f"{_scalar(key)}: {_flow(value)}")
                continue
            out.append(f"{_scalar(key)}:")
            out += [f"  {_scalar(part)}: {_flow(inner)}" for part, inner in value.items()]
        elif isinstance(value, list) and any(isinstance(part, dict) for part in value):
            out.append(f"{_scalar(key)}:")
            out += [f"  - {_flow(part)}" for part in value]
        else:
            out.append(f"{_scalar(key)}: {_flow(value)}".rstrip())
    return "\n".join(out) + "\n"


# Records of many named lines stay open even when each line is one word.
_OPEN = {word for key in ("figures", "items", "facts") for word in (key, *KEYS["entry"][key])}


def _flow(value: Tree) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(part)}".rstrip() for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(part) or '""' for part in value) + "]"
    return _scalar(value)


def _scalar(text: str) -> str:
    """Plain where nothing in it can be misread, else in double quotes."""
    if re.fullmatch(_PLAIN, text) and not re.fullmatch(_LOOKS_OTHER, text):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    # YAML forbids these raw, and the terminal is better off without them
    return re.sub(
        "[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]", lambda m: f"\\u{ord(m[0]):04x}", quoted
    )
