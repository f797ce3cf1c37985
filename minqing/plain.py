"""The quick way through a header that is written plainly, as minqing itself writes it. Pure.

Whatever is not plain (odd signs, long or folded text, a key twice) is left to the YAML reader
in front.py: `read_plain` then returns None. Where it does answer, it answers as that reader would; a
property test holds the two together. It saves loading YAML for one changed file, and most of a cold index.
"""

import re
from typing import Any

# Letters, digits or Chinese first; then anything but what YAML could read otherwise.
_KEY = r"\w[^\s#:,\[\]{}'\"|>&*!%@`?]{0,60}"
_BLOCK = r"\w[^#:\n]*(?:(?<=\d):(?=\d)[^#:\n]*)*"
_FLOW = r"\w[^#:,?\[\]{}'\"]*(?:(?<=\d):(?=\d)[^#:,?\[\]{}'\"]*)*"
_QUOTED = r'"[^"\\\n]*"'

# A line: its indent, its key if it has one, and a single value or whatever else it holds.
_LINE = re.compile(rf"(?m)^( *)(?:({_KEY}):(?: +|$)|- +)(?:({_BLOCK}|{_QUOTED})$|(.*)$)")
_TOKEN = rf" *(?:([\[\]{{}},])|({_KEY}): +(?=[\w\"\[{{])|({_FLOW}|{_QUOTED}))"  # compiled where brackets lie in brackets
# Most brackets hold words alone, or keys with words, and are then taken apart at their commas.
_WORDS = re.compile(rf"\[ *{_FLOW}(?:, *{_FLOW})*\]")
_PAIRS = re.compile(rf"\{{ *{_KEY}: +{_FLOW}(?:, *{_KEY}: +{_FLOW})*\}}")
_COMMENT = r"(?:^|(?<= )) *#(?: .*)?$"  # compiled where there is one


class _NotPlain(Exception):
    """Something here is for the YAML reader."""


def read_plain(text: str) -> dict[str, Any] | None:
    """The tree of a plain header, or None."""
    # signs that act and odd spaces are not printable; told so, without a pattern that is slow to compile
    if not text.replace("\n", "").isprintable() or "<<<<<<<" in text or ">>>>>>>" in text:
        return None
    if "#" in text:
        text = "\n".join(_without_comment(line) for line in text.split("\n"))
    if "：" in text:
        return None
    said = [bare for line in text.split("\n") if (bare := line.rstrip(" "))]
    lines = _LINE.findall("\n".join(said))  # all at once, which is cheaper
    if len(lines) != len(said):
        return None
    try:
        tree, at = _block(lines, 0, "") if lines else ({}, 0)
    except _NotPlain:
        return None
    return tree if at == len(lines) and isinstance(tree, dict) else None


def _without_comment(line: str) -> str:
    return line if '"' in line or "'" in line else re.sub(_COMMENT, "", line)


_Line = tuple[str, str, str, str]  # indent, key or "" for a list element, a single value, or the rest


def _block(lines: list[_Line], at: int, indent: str) -> tuple[Any, int]:
    """The mapping or list that begins at line `at`, and the line after it."""
    listed = not lines[at][1]
    said: dict[str, Any] = {}
    elements: list[Any] = []
    while at < len(lines) and lines[at][0] == indent and (not lines[at][1]) == listed:
        _indent, key, single, rest = lines[at]
        at += 1
        value: Any
        if single:
            value = _scalar(single)
        elif rest:
            value = _brackets(rest)
        elif listed:
            raise _NotPlain
        elif at < len(lines) and (lines[at][0] > indent or (lines[at][0] == indent and not lines[at][1])):
            value, at = _block(lines, at, lines[at][0])
        else:
            value = None
        if listed:
            elements.append(value)
        elif key in said:
            raise _NotPlain
        else:
            said[key] = value
    if (at < len(lines) and lines[at][0] > indent) or len(indent) > 12:
        raise _NotPlain
    return (elements if listed else said), at


def _brackets(text: str) -> Any:
    if text[0] not in "[{":
        raise _NotPlain
    if _WORDS.fullmatch(text):
        return [_scalar(part.lstrip(" ")) for part in text[1:-1].split(",")]
    if _PAIRS.fullmatch(text):
        return _pairs(text[1:-1].split(","))
    value, end = _flow(text, 0, 0)
    if end != len(text):
        raise _NotPlain
    return value


def _pairs(parts: list[str]) -> dict[str, Any]:
    said = {}
    for part in parts:
        key, _colon, value = part.partition(":")
        said[key.lstrip(" ")] = _scalar(value.lstrip(" "))
    if len(said) < len(parts):
        raise _NotPlain  # a key twice
    return said


def _scalar(text: str) -> str | None:
    if text[0] == '"':
        return text[1:-1]
    text = text.rstrip(" ")
    return None if text == "null" else text


def _flow(text: str, at: int, depth: int) -> tuple[Any, int]:
    """The list or record in brackets that begins at `at`, and where it ends."""
    listed = text[at] == "["
    end = "]" if listed else "}"
    elements: list[Any] = []
    said: dict[str, Any] = {}
    at += 1
    while True:
        match = re.compile(_TOKEN).match(text, at)
        if not match or depth > 4:
            raise _NotPlain
        sign, key, scalar = match.groups()
        if sign == end and not (elements or said):
            return (elements if listed else said), match.end()
        if listed == (key is not None):
            raise _NotPlain  # a pair in a list, or a word alone in a record
        if key is not None:
            at = match.end()
            match = re.compile(_TOKEN).match(text, at)
            if not match or match[2] is not None:
                raise _NotPlain
            sign, _key, scalar = match.groups()
        if scalar is not None:
            value, at = _scalar(scalar), match.end()
        elif sign in ("[", "{"):
            value, at = _flow(text, match.end() - 1, depth + 1)
        else:
            raise _NotPlain
        if key is None:
            elements.append(value)
        elif key in said:
            raise _NotPlain
        else:
            said[key] = value
        match = re.compile(_TOKEN).match(text, at)
        if not match or match[1] not in (",", end):
            raise _NotPlain
        at = match.end()
        if match[1] == end:
            return (elements if listed else said), at
