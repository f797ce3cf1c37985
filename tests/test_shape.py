"""The house keeps its shape: imports run one way, only cli/ prints, nothing catches everything."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "minqing"
MODULES = sorted(PACKAGE.rglob("*.py"))


def rooms() -> list[str]:
    """The rooms in the order of CONTRIBUTING.md; an import may only run upward in that list."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    house = text[text.index("minqing/\n") : text.index("  locale/")]
    return [
        name.removesuffix(".py").removesuffix("/")
        for name in re.findall(r"^  (\w+(?:\.py|/))", house, re.MULTILINE)
    ]


@cache
def nodes(path: Path) -> list[ast.AST]:
    """Everything that a module's text says, in no order."""
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> set[str]:
    """The rooms of the package that a module imports, wherever in its text it does."""
    found = set()
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "minqing":
            parts = node.module.split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("minqing.")}
    return found - {"__version__"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_run_one_way(path: Path) -> None:
    order = rooms()
    here = room(path)
    if here in ("__init__", "__main__"):
        return
    for target in imports(path) - {here}:
        assert order.index(target) < order.index(here), f"{here} must not know {target}"


def test_every_room_is_in_the_list() -> None:
    assert {room(path) for path in MODULES} - {"__init__", "__main__"} == set(rooms())


def test_yaml_is_known_in_one_room_only() -> None:
    for path in MODULES:
        names = {
            alias.name.split(".")[0]
            for node in nodes(path)
            if isinstance(node, ast.Import)
            for alias in node.names
        }
        assert "yaml" not in names or path.name == "front.py", path


def test_only_the_command_line_prints_or_exits() -> None:
    for path in MODULES:
        source = path.read_text(encoding="utf-8")
        if room(path) in ("cli", "streams", "__main__"):
            continue
        assert not re.search(r"(?<!\.)\bprint\(|sys\.exit|sys\.std(out|err)\.write", source), path


def test_nothing_catches_everything() -> None:
    for path in MODULES:
        for node in nodes(path):
            if isinstance(node, ast.ExceptHandler):
                caught = ast.unparse(node.type) if node.type else "everything"
                cleans_up = any(isinstance(part, ast.Raise) and part.exc is None for part in ast.walk(node))
                assert caught not in ("Exception", "everything") and (
                    caught != "BaseException" or cleans_up
                ), path
