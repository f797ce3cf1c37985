"""Numbers to look at, as signs: a sparkline for a trend, a calendar of days. Pure; no markup.

The signs are in GBK, so that a Chinese Windows console shows them; for a stream of ASCII cli/screen.py has others.
"""

from collections.abc import Iterable, Iterator
from datetime import date as Date
from datetime import timedelta
from itertools import pairwise
from typing import NamedTuple

from minqing.exact import decimal_text
from minqing.formats import lengths
from minqing.language import _
from minqing.report import Chart
from minqing.safe import cells, show

HEIGHTS = "▁▂▃▄▅▆▇"  # a whole block stays for bars: lines of them would grow together
LEVELS = 3  # how many shades a calendar has besides "nothing"
SHADES = (
    "E4E4E4",
    "D3E3EF",
    "8FB3D1",
    "4A80AE",
)  # of an office file, for each level; digits stay readable on them


def sparkline(chart: Chart, width: int) -> str:
    """A trend on one line: first label and value, the way between, last label and value.

    Where there are more points than `width`, neighbours stand as their mean.
    """
    if not chart.labels:
        return ""
    points = _thinned(lengths(chart), max(1, width))
    low, high = min(points), max(points)
    steps = len(HEIGHTS) - 1
    way = "".join(
        HEIGHTS[round((point - low) / (high - low) * steps) if high > low else steps // 2] for point in points
    )
    first, last = (decimal_text(chart.values[n]) for n in (0, -1))
    unit = f" {chart.unit}" if chart.unit else ""
    start = f"{chart.labels[0]}  {first}  " if len(chart.labels) > 1 else ""
    return show(f"{start}{way}  {last}{unit}  {chart.labels[-1]}")


def _thinned(points: list[float], most: int) -> list[float]:
    """At most that many points."""
    if len(points) <= most:
        return points
    edges = [round(n * len(points) / most) for n in range(most + 1)]
    return [sum(points[a:b]) / (b - a) for a, b in pairwise(edges)]


class Year(NamedTuple):
    """A block of a calendar: one year, or the whole time where it is about a year long.

    `months` are (column, month 1 to 12) where a month begins; `weeks` are columns of seven counts, Monday
    first: None for a day outside the time.
    """

    year: int
    months: tuple[tuple[int, int], ...]
    weeks: tuple[tuple[int | None, ...], ...]

    def spans(self) -> Iterator[tuple[int, int, int]]:
        """Each month with the columns it stands over: first, one behind the last, month. One of no column is left out."""
        starts = (*self.months, (len(self.weeks), 0))
        yield from ((start, end, month) for (start, month), (end, _next) in pairwise(starts) if end > start)


def calendar(chart: Chart) -> list[Year]:
    """A chart of days as weeks. Its first and last label are the time's ends; years of nothing are left out."""
    counts = {
        Date.fromisoformat(label): int(value)
        for label, value in zip(chart.labels, chart.values, strict=False)
    }
    if not counts:
        return []
    first, last = min(counts), max(counts)
    if (last - first).days < 53 * 7:
        return [_block(first, last, counts)]
    years = [year for year in range(first.year, last.year + 1) if _any_in(counts, year)]
    return [
        _block(max(first, Date(year, 1, 1)), min(last, Date(year, 12, 31)), counts)
        for year in years or [last.year]
    ]


def _any_in(counts: dict[Date, int], year: int) -> bool:
    return any(day.year == year and n for day, n in counts.items())


def _block(first: Date, last: Date, counts: dict[Date, int]) -> Year:
    monday = first - timedelta(first.weekday())
    weeks, months = [], [(0, first.month)]
    for column in range((last - monday).days // 7 + 1):
        days = [monday + timedelta(7 * column + n) for n in range(7)]
        months += [(column, day.month) for day in days if day.day == 1 and first < day <= last]
        weeks.append(tuple(counts.get(day, 0) if first <= day <= last else None for day in days))
    return Year(first.year, tuple(months), tuple(weeks))


def level(n: int, peak: int) -> int:
    """The shade of a count: 0 for none, up to LEVELS for the most."""
    return -(-n * LEVELS // peak) if n > 0 < peak else 0


def peak(years: Iterable[Year]) -> int:
    """The most on one day."""
    return max((n for year in years for week in year.weeks for n in week if n), default=0)


def month_names() -> list[str]:
    """January to December, short."""
    return _("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()


def day_names() -> list[str]:
    """Monday to Sunday, short."""
    return _("Mo Tu We Th Fr Sa Su").split()


Pieces = list[tuple[str, int | None]]


def calendar_lines(chart: Chart, width: int) -> list[Pieces]:
    """A calendar as lines of signs: weeks are columns, a digit is a count, "+" ten and more, "." a day without.

    A line is pieces of text, each with its shade where it is a day. Two columns a week where `width` allows
    it, else one.
    """
    years = calendar(chart)
    most, label = peak(years), max(4, *map(cells, day_names())) + 1
    longest = max((len(year.weeks) for year in years), default=0)
    gap = " " if label + 2 * longest <= width else ""
    lines: list[Pieces] = []
    for year in years:
        lines += [[]] * bool(lines) + [[(_month_line(year, label, 1 + len(gap)), None)]]
        for n, name in enumerate(day_names()):
            days = [_day(week[n], most) for week in year.weeks]
            spaced = [piece for day in days for piece in ((gap, None), day)][1:]
            lines.append([(name + " " * (label - cells(name)), None), *spaced])
    return lines


def _day(n: int | None, most: int) -> tuple[str, int | None]:
    if n is None:
        return " ", None
    return "." if n < 1 else "+" if n > 9 else str(n), level(n, most)


def _month_line(year: Year, label: int, step: int) -> str:
    line, names = str(year.year), month_names()
    for (column, month), after in zip(year.months, [*year.months[1:], None], strict=True):
        name = names[month - 1]
        if after and (after[0] - column) * step < cells(name):
            continue  # a month of a few days at the edge: no room for its name
        line += " " * (label + column * step - cells(line)) + name
    return line
