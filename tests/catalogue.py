"""The catalogue of translations: finds every message of the program and keeps zh_CN complete.

python tests/catalogue.py        add new messages to the .po, compile the .mo, list what lacks Chinese
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import click
import typer
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "minqing"
PO = PACKAGE / "locale/zh_CN/LC_MESSAGES/minqing.po"
MO = PO.with_suffix(".mo")

# Which arguments of a call are messages.
CALLS: dict[str, tuple[int, ...]] = {
    "_": (0,), "N_": (0,), "gettext": (0,), "hint": (0,), "warn": (0,), "Note": (0,),
    "MinqingError": (0,), "UsageError": (0,), "NotSaved": (0,),
    "Unreadable": (0, 1), "Flaw": (1, 2), "_BadYaml": (2, 3), "_TooLong": (2, 3), "bad": (1, 2), "Finding": (4, 5),
}  # fmt: skip
KEYWORDS = ("message", "remedy")
NAMES = ("cause", "remedy", "message")  # what holds a message before it goes into one of the calls
# Tables whose sentences are messages.
TABLES = ("_CAUSES", "_MESSAGES", "_REFUSALS", "RULES", "READING_RULES")

LIBRARY = "Click or Typer"  # the comment on a message that is theirs alone

Message = str | tuple[str, str]


def _strings(node: ast.AST) -> Iterator[str]:
    """The text of a constant, or of both arms of a conditional."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _strings(node.body)
        yield from _strings(node.orelse)


def _table_name(node: ast.AST | None) -> bool:
    return isinstance(node, ast.Name) and node.id in TABLES


def _sentences(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """The sentences of tables; a row of three begins with what it is found by, which nobody reads."""
    for node in nodes:
        if isinstance(node, ast.Dict):
            yield from _sentences(node.values)
        elif isinstance(node, ast.Tuple):
            is_row = len(node.elts) == 3 and isinstance(node.elts[0], ast.Constant)
            yield from _sentences(node.elts[1:] if is_row else node.elts)
        else:
            yield from (text for text in _strings(node) if " " in text)


def messages_of(source: str, own: bool = True) -> Iterator[Message]:
    """Every message in a module's source, ours or a library's."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ("count", "ngettext") and len(node.args) >= 2:
                one, many = list(_strings(node.args[0])), list(_strings(node.args[1]))
                if one and many:
                    yield one[0], many[0]
            if name in CALLS:
                for at in CALLS[name]:
                    if at < len(node.args):
                        yield from _strings(node.args[at])
                for keyword in node.keywords:
                    if (keyword.arg in KEYWORDS and name != "warn") or (
                        name == "warn" and keyword.arg == "message"
                    ):
                        yield from _strings(keyword.value)
            if own and name == "__init__" and node.args:  # super().__init__("a sentence", ...)
                yield from (text for text in _strings(node.args[0]) if " " in text)
            if own and name == "get" and _table_name(getattr(node.func, "value", None)):
                yield from _sentences(node.args[1:])  # what a table says where nothing else fits
        elif own and isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if _table_name(target):
                yield from _sentences([node.value])
            elif isinstance(target, ast.Name) and target.id in NAMES:
                yield from (text for text in _strings(node.value) if " " in text)
            elif isinstance(target, ast.Tuple) and all(
                getattr(part, "id", "") in NAMES for part in target.elts
            ):
                yield from _sentences([node.value])
        elif isinstance(node, ast.Dict):
            yield from (
                text
                for key, value in zip(node.keys, node.values, strict=True)
                if isinstance(key, ast.Constant) and key.value in KEYWORDS
                for text in _strings(value)
                if " " in text
            )


@cache
def own_messages() -> set[Message]:
    """The program's messages: those in its source, and the first line of each report's docstring."""
    found: set[Message] = set()
    for path in PACKAGE.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        found |= {message for message in messages_of(source) if message}
        if path.parent.name == "reports" and path.stem[0] != "_":
            found.add((ast.get_docstring(ast.parse(source)) or "").split("\n")[0])
    for path in PACKAGE.rglob("*.jinja"):
        found |= set(re.findall(r"_\(['\"](.+?)['\"]\)", path.read_text(encoding="utf-8")))
    return found - {""}


def library_messages() -> set[Message]:
    """What Click and Typer may say; both look it up in our catalogue."""
    found: set[Message] = set()
    for package in (click, typer):
        for path in Path(str(package.__file__)).parent.rglob("*.py"):
            if path.name in ("_termui_impl.py", "rich_utils.py", "cli.py", "testing.py"):
                continue
            for message in messages_of(path.read_text(encoding="utf-8"), own=False):
                found.add(message)
    return found - {""}


def empty() -> Catalog:
    """A catalogue with nothing but its header."""
    return Catalog(
        locale="zh_CN",
        domain="minqing",
        header_comment="# The Chinese of minqing, and of the Click and Typer it speaks through. See tests/catalogue.py.",
        project="minqing",
        version="1",
        last_translator="the authors of minqing",
        language_team="Chinese (Simplified)",
        msgid_bugs_address="see README.md",
        fuzzy=False,
    )


def current() -> Catalog:
    """The catalogue as it stands."""
    if not PO.exists():
        return empty()
    with PO.open("rb") as file:
        return read_po(file, locale="zh_CN", domain="minqing")


def key_of(message: Message) -> str:
    """What gettext looks a message up by: the singular."""
    return message if isinstance(message, str) else message[0]


def chinese_of(catalogue: Catalog, key: str) -> str:
    """What the catalogue says for a message; Chinese has one plural form."""
    known = catalogue.get(key)
    said = known.string if known else ""
    return said if isinstance(said, str) else said[0]


def merged(catalogue: Catalog) -> Catalog:
    """The catalogue with every message of today and the Chinese it had.

    What another version of Click says is kept: which one is installed differs from machine to machine.
    """
    ours = {key_of(message): message for message in own_messages()}
    theirs = {key_of(known.id): tuple(known.id) if known.pluralizable else known.id
              for known in catalogue if known.id and LIBRARY in known.auto_comments}  # fmt: skip
    theirs |= {key_of(message): message for message in library_messages()}
    fresh = empty()
    for key, message in (theirs | ours).items():
        said = chinese_of(catalogue, key)
        fresh.add(
            message,
            said if isinstance(message, str) else (said,),
            auto_comments=() if key in ours else (LIBRARY,),
        )
    fresh.revision_date = fresh.creation_date = catalogue.creation_date
    return fresh


def text_of(catalogue: Catalog) -> bytes:
    """The .po of a catalogue."""
    out = BytesIO()
    write_po(out, catalogue, sort_output=True, width=0, no_location=True)
    return out.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """The .mo of a catalogue."""
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def main() -> int:
    fresh = merged(current())
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(text_of(fresh))
    MO.write_bytes(compiled(current()))
    lacking = [known.id for known in fresh if known.id and not chinese_of(fresh, key_of(known.id))]
    for message in lacking:
        print("no Chinese yet:", message)
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main())
