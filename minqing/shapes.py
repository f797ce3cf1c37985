"""How a tree of text is typed: single values, records, lists, names. Pure; knows no record of its own.

What cannot be typed is named by its path and left out, and the rest is read all the same. The walk is our
own: pydantic's core alone costs two bare Python starts on every command that meets a changed file, and
its errors would have to be led back to the words and brackets that the person used.
"""

from collections.abc import Callable, Mapping
from typing import Any

from minqing.errors import Flaw
from minqing.front import Path, Tree, placed, read_front
from minqing.values import Unreadable
from minqing.words import KEYS, key_of, nearest

Fields = Mapping[str, Callable[[Any], Any]]
Found = list[tuple[Path, Flaw]]
# A shape types a tree, appends what is wrong to `Found`, and returns LOST for what it cannot type.
Shape = Callable[[Tree, Path, Found], Any]
LOST: Any = object()
MOST_FLAWS = 100  # a file with more is no entry any more


class _TooMany(Exception):
    """Reading on would only cost time."""


def one(read: Callable[[Any], Any]) -> Shape:
    """A single value."""

    def shape(tree: Tree, path: Path, found: Found) -> Any:
        try:
            return read(tree)
        except Unreadable as error:
            words = error.words | {"key": ".".join(str(part) for part in path)}
            found.append((path, Flaw("value", error.message, error.remedy, words)))
            return LOST

    return shape


def record(name: str, shapes: Mapping[str, Shape], make: Callable[..., Any], *needs: str) -> Shape:
    """A mapping whose keys may be in either language, made into `make`; empty values are absent.

    Lost without what it `needs`. Of a key said in both languages the first counts.
    """
    known: dict[str, str] = {}  # keys as they were typed so far

    def shape(tree: Tree, path: Path, found: Found) -> Any:
        if not isinstance(tree, dict):
            found.append((path, no_lines(path)))
            return LOST
        said: dict[str, Any] = {}
        if len(found) > MOST_FLAWS:
            raise _TooMany
        for typed, value in tree.items():
            if typed not in known:
                meant = key_of(name, typed)
                if meant is None:
                    found.append(((*path, typed), _unknown(name, typed, len(found) < MOST_FLAWS // 5)))
                    continue
                known[typed] = meant
            key = known[typed]
            if key in said:
                found.append(((*path, typed), twice(typed)))
            elif value is not None:
                said[key] = shapes[key](value, (*path, typed), found)
        for key in needs:
            if key not in said:
                flaw = Flaw("missing", "“{key}” is missing", "add `{key}: …`", {"key": key, "record": name})
                found.append(((*path, key), flaw))
        if any(said.get(key, LOST) is LOST for key in needs):
            return LOST
        lost = [key for key, value in said.items() if value is LOST]
        for key in lost:
            del said[key]
        return make(said, lost)

    return shape


def many(shape: Shape) -> Shape:
    """A list; a single record counts as a list of one."""

    def shapes(tree: Tree, path: Path, found: Found) -> Any:
        if not isinstance(tree, list):
            made = [shape(tree, path, found)]
        else:
            made = [shape(part, (*path, n), found) for n, part in enumerate(tree)]
        return tuple(part for part in made if part is not LOST)

    return shapes


def named(shape: Shape, name: Shape | None = None) -> Shape:
    """A mapping from names to what they name; `name` types the names."""

    def shapes(tree: Tree, path: Path, found: Found) -> Any:
        if not isinstance(tree, dict):
            found.append((path, no_lines(path)))
            return LOST
        made: dict[Any, Any] = {}
        for typed, value in tree.items():
            at = (*path, typed)
            key = name(typed, at, found) if name else typed
            part = shape(value, at, found)
            if key in made:
                found.append((at, Flaw("key", "two items have one number", "number items 1, 2, 3 …")))
            elif key is not LOST and part is not LOST:
                made[key] = part
        return made

    return shapes


def ones(fields: Fields) -> dict[str, Shape]:
    return {key: one(read) for key, read in fields.items()}


def plainly(make: Callable[..., Any]) -> Callable[..., Any]:
    """For records to which it is the same whether a value was lost or never said."""
    return lambda said, _lost: make(**said)


def shaped(tree: Tree, shape: Shape) -> tuple[Any, Found]:
    """A whole tree in its shape, or LOST, with at most MOST_FLAWS flaws and one more that says so."""
    found: Found = []
    try:
        made = shape(tree, (), found)
    except _TooMany:
        made = LOST
    if len(found) > MOST_FLAWS:
        more = Flaw("value", "there are more mistakes than these", "mend these first")
        found[MOST_FLAWS:] = [(found[MOST_FLAWS][0], more)]
    return made, found


# ---------------------------------------------------------------- flaws


def read_shaped(text: str, shape: Shape) -> tuple[Any, list[Flaw]]:
    """A whole YAML file in its shape, with every mistake in it by its line; None if there is any."""
    front = read_front(text, 1)
    made, found = shaped(front.tree, shape)
    flaws = [*front.flaws, *placed(found, text, 1)]
    return (None if made is LOST or flaws else made), flaws


def twice(typed: str) -> Flaw:
    return Flaw("key", "“{key}” is said twice, in two languages", "keep one of them", {"key": typed})


def no_lines(path: Path) -> Flaw:
    key = str(path[-1]) if path else ""
    return Flaw(
        "value",
        "`{key}` wants lines of `key: value`",
        "write it as in the manual: minqing kinds --keys",
        {"key": key},
    )


def _unknown(of: str, typed: str, look: bool) -> Flaw:
    """A key that the record has not; with `look`, the known one that comes nearest."""
    known = [word for name, words in KEYS[of].items() for word in (name, *words)]
    close = nearest(typed[:40], known) if look else None
    if close:
        return Flaw(
            "key", "“{key}” is no key here", "did you mean “{close}”?", {"key": typed, "close": close}
        )
    words = {"key": typed, "known": " ".join(KEYS[of]), "record": of}
    return Flaw("key", "“{key}” is no key here", "known keys: {known}", words)
