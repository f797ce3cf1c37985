"""Days that cannot be: a weekday or lunar day beside the wrong date, the future, what is told too early."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from sqlite3 import Connection

from minqing.checks import Finding, bodies
from minqing.language import language
from minqing.lunar import lunar_text, read_lunar, to_lunar
from minqing.model import Kind
from minqing.telling import WEEKDAY, tellings, weekday_of

RULES = {
    "weekday": "the weekday does not fit the date",
    "lunar": "the lunar day does not fit the date",
    "future": "the entry's date is later than today",
    "told-later": "the text tells of a day after the entry's own",
    "folder": "the file's folder or name does not fit the date",
}

_WEEKDAYS = {
    "zh": ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}

At = tuple[str, ...]


def check(ledger: Connection, today: date, kinds: Mapping[str, Kind]) -> Iterator[Finding]:
    for row in ledger.execute("select e.*, f.path from entry e join file f using (key) where e.counted"):
        day = date.fromisoformat(row["date"])
        if row["weekday"]:
            yield from _weekday(row["key"], ("weekday",), None, day, row["weekday"])
        if row["lunar"]:
            yield from _lunar(row["key"], ("lunar",), None, day, row["lunar"])
        if day > today:
            yield Finding(
                "future", "hint", row["key"], ("date",),
                "{date} is later than today, {today}",
                "correct the date; what is yet to come is an item with a due date",
                {"date": row["date"], "today": today.isoformat()},
            )  # fmt: skip
        yield from _folder(row["key"], row["path"], row["date"])
    for row, body in bodies(ledger):
        yield from _told(ledger, row["key"], ("title",), date.fromisoformat(row["date"]), row["title"] or "")
        yield from _told(ledger, row["key"], (), date.fromisoformat(row["date"]), body)


def read_weekday(text: str) -> int | None:
    """The ISO number of 星期一, 周日, 礼拜天, Monday or Mon; None for anything else."""
    said = text.strip().lower().rstrip(".")
    if re.fullmatch(WEEKDAY, said):
        return weekday_of(said)
    english = enumerate(map(str.lower, _WEEKDAYS["en"]), 1)
    return next((n for n, name in english if len(said) > 2 and name.startswith(said)), None)


def _weekday(key: int, at: At, offset: int | None, day: date, said: str) -> Iterator[Finding]:
    if to_lunar(day) and read_weekday(said) != day.isoweekday():
        yield Finding(
            "weekday", "hint", key, at,
            "{date} is {lunar}, a {weekday}",
            "correct the weekday, or the date",
            _really(day), offset,
        )  # fmt: skip


def _lunar(key: int, at: At, offset: int | None, day: date, said: str) -> Iterator[Finding]:
    real = to_lunar(day)
    # where the lunar calendar is meant for sure; a year before the month is not looked at
    read = read_lunar("农历" + re.sub(r"^(?:[农阴旧]历)?(?:[^月]{2,4}年)?", "", "".join(said.split())))
    if real and read != real[1:]:
        yield Finding(
            "lunar", "hint", key, at,
            "{date} is {lunar}, a {weekday}",
            "correct the lunar day, or the date",
            _really(day), offset,
        )  # fmt: skip


def _really(day: date) -> dict[str, str]:
    weekday = _WEEKDAYS[language()][day.weekday()]
    return {"date": day.isoformat(), "weekday": weekday, "lunar": lunar_text(day)}


def _folder(key: int, path: str, day: str) -> Iterator[Finding]:
    if path.startswith(f"entries/{day[:4]}/{day[5:7]}/{day}"):
        return
    month = re.search(r"/(\d{4}/\d\d)/[^/]*$", path)
    name = re.search(r"/(\d{4}-\d\d-\d\d)[^/]*$", path)
    told = [found[1] for found in (name, month) if found and found[1].replace("/", "-") not in day]
    if told:
        yield Finding(
            "folder", "hint", key, ("date",),
            "the date is {date}, the file is under {place}",
            "correct the date, or move and rename the file",
            {"date": day, "place": told[0]},
        )  # fmt: skip


def _told(ledger: Connection, key: int, at: At, day: date, text: str) -> Iterator[Finding]:
    """What a text says of days, once each; in the body (`at` is empty) they have a place of their own."""
    seen: set[date | str] = set()
    for told in tellings(text, day):
        if told.day == day:
            if told.weekday and told.weekday[1] not in seen:
                seen.add(told.weekday[1])
                yield from _weekday(key, at, None if at else told.weekday[0], day, told.weekday[1])
            if told.lunar and told.lunar[1] not in seen:
                seen.add(told.lunar[1])
                yield from _lunar(key, at, None if at else told.lunar[0], day, told.lunar[1])
        elif told.day > day and not told.planned and told.day not in seen:
            seen.add(told.day)
            if _is_due(ledger, key, told.day):
                continue
            yield Finding(
                "told-later", "hint", key, at,
                "the text tells of {told}, the entry is of {date}",
                "correct the date, or write what came later as an entry of its own day",
                {"told": told.day.isoformat(), "date": day.isoformat()}, None if at else told.start,
            )  # fmt: skip


def _is_due(ledger: Connection, key: int, told: date) -> bool:
    """Whether something that the entry holds or follows up falls due on that day."""
    dues = (
        "select due from item where key = :key union select posted from decision where key = :key"
        " union select i.due from told t join item i on i.ref = t.ref where t.key = :key"
    )
    return told.isoformat() in {row[0] for row in ledger.execute(dues, {"key": key})}
