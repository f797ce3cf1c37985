"""JSON for programs: English keys, values as they are, stable from schema 1 on."""

import json
from decimal import Decimal
from typing import Any

from minqing.exact import decimal_text
from minqing.report import Report, Section
from minqing.safe import acts

SUFFIXES = (".json",)


def render(report: Report) -> str:
    """The report as one JSON object."""
    return dump(
        {
            "schema": 1,
            "report": report.name,
            "title": report.title,
            "period": report.period._asdict(),
            "filters": report.filters,
            "entries": report.entries,
            "flaws": report.flaws,
            "figures": report.figures,
            "sections": [_section(section) for section in report.sections],
        }
    )


def dump(value: Any) -> str:
    """Any value as JSON that is safe to print: what acts instead of showing stands as \\uXXXX."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=_plain)
    return "\n".join(map(_safe, text.split("\n"))) + "\n"


def _section(section: Section) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": section.name,
        "title": section.title,
        "columns": [{"key": column.key, "title": column.title} for column in section.columns],
        "rows": [{column.key: row.get(column.key) for column in section.columns} for row in section.rows],
    }
    said |= {"markdown": section.markdown} if section.markdown else {}
    return said | ({"look": section.look} if section.look != "table" else {})


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return decimal_text(value)
    raise TypeError(f"no JSON for {type(value).__name__}")


def _safe(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(json.dumps(char)[1:-1] if acts(char) else char for char in line)
