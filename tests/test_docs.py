"""The documentation against the program: runs are real, every command, report, rule and option is told of."""

import re

import pytest
from transcripts import PAGES, ROOT, replay_page, without_chance

from minqing import checks, formats, reports
from minqing.cli import COMMANDS
from minqing.words import VALUES


@pytest.mark.parametrize("page", PAGES)
def test_the_runs_in_the_readme_are_what_really_comes_back(page: str) -> None:
    written = (ROOT / page).read_text(encoding="utf-8")
    assert without_chance(replay_page(page)) == without_chance(written), (
        "renew with: python tests/transcripts.py"
    )


@pytest.mark.parametrize("page", PAGES)
def test_no_run_in_the_readme_would_call_up_an_old_command_of_the_shell(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert not re.findall(r'^\$ .*"[^"\n]*![^"\n]*"', text, re.MULTILINE)


@pytest.mark.parametrize("page", PAGES)
def test_the_readme_names_every_command_report_and_format(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    told = set(re.findall(r"`minqing (\w+)", text))
    assert set(COMMANDS) <= told
    rows = re.findall(r"^\| `minqing (\w+)", text, re.MULTILINE)
    assert sorted(rows) == sorted(set(rows))
    assert all(f"`{name}`" in text for name in reports.names())
    assert all(name in text for name in formats.formats())


def test_contributing_names_every_room_and_no_other() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rooms = {
        path.name for path in (ROOT / "minqing").iterdir() if path.suffix == ".py" and path.stem[0] != "_"
    }
    told = set(re.findall(r"^  (\w+\.py)\b", text, re.MULTILINE))
    assert told == rooms


def test_every_dependency_has_its_reason_in_one_line() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = project["dependencies"] + [
        name for extra in project["optional-dependencies"].values() for name in extra
    ]
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    for requirement in wanted:
        name = re.match(r"[\w-]+", requirement)
        assert name
        assert re.search(rf"^\* \*\*{name[0]}\*\*: \S", text, re.MULTILINE | re.IGNORECASE), name[0]


def test_the_shipped_kinds_are_the_ones_of_the_vocabulary() -> None:
    for language in ("zh", "en"):
        kinds = {path.stem for path in (ROOT / "templates" / language).glob("*.md")}
        assert kinds == set(VALUES["kind"])


def test_every_rule_has_a_name_and_a_sentence() -> None:
    for name, line in checks.all_rules().items():
        assert re.fullmatch(r"[a-z-]+", name)
        assert line
