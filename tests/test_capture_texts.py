"""The labelled texts of bench/texts: enough of them, and every label reads without flaws and in the words of its text."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any

import pytest
from scripts import script

from minqing.schema import read_tree
from minqing.telling import weekday_of

bench = script("capture")

MOST_READINGS = 8
NAMES = {"who", "with", "owner", "to"}  # keys that hold names


@cache
def labelled() -> list[Any]:
    """Every text with its label; read once, and not while tests are collected."""
    return list(bench.read_texts(bench.SETS["all"]))


def test_there_are_enough_texts_and_a_third_of_them_is_unseen() -> None:
    unseen = [text for text in labelled() if text.name.startswith("unseen/")]
    assert len(labelled()) >= 30
    assert 3 * len(unseen) >= len(labelled())
    assert len({text.text for text in labelled()}) == len(labelled())
    assert all(50 <= len(text.text) <= 1000 for text in labelled())


@pytest.mark.parametrize("every", [6, pytest.param(1, marks=pytest.mark.slow)])
def test_every_reading_of_a_label_is_an_entry_without_flaws(every: int) -> None:
    assert all(text.events for text in labelled())
    head = {"id": "q7m3k9x2", "kind": "note", "date": "2000-01-01"}
    read = [
        (text.name, n, *read_tree(head | bench.nth_reading(event, n)))
        for text in labelled()[::every]
        for event in text.events
        for n in range(MOST_READINGS)
    ]
    assert [told for told in read if told[3] or not told[2]] == []


def quoted(tree: Any, record: str = "") -> Iterator[str]:
    """What must stand verbatim in the text: the words of items and decisions, names with their roles, households."""
    if isinstance(tree, list):
        for part in tree:
            yield from quoted(part, record)
    elif isinstance(tree, dict):
        for key, value in tree.items():
            if key in NAMES and not isinstance(value, dict):
                yield from value if isinstance(value, list) else [value]
            elif key == "text" or (record == "meeting" and key in ("host", "recorder")):
                yield value
            elif key == "facts":
                yield from value
            else:
                yield from quoted(value, key)


def test_items_decisions_and_names_stand_in_the_text_word_for_word() -> None:
    missing = {
        (text.name, part)
        for text in labelled()
        for event in text.events
        for words in quoted(event)
        for said in bench.either(words)
        for part in re.split("[（）]", said)
        if part not in text.text
    }
    assert missing == set()


def test_a_weekday_of_a_label_is_that_of_its_date() -> None:
    days = [
        (text.name, date.fromisoformat(bench.either(event["date"])[0]), said)
        for text in labelled()
        for event in text.events
        if "weekday" in event and "date" in event
        for said in bench.either(event["weekday"])
    ]
    assert days
    assert [told for told in days if weekday_of(told[2]) != told[1].isoweekday()] == []


def test_no_label_lies_in_the_future_of_its_reader() -> None:
    for text in labelled():
        days = [date.fromisoformat(day) for event in text.events for day in bench.either(event.get("date", ""))]
        assert all(day <= text.today and day.year == (text.year or day.year) for day in days), text.name
        assert days == sorted(days), text.name
