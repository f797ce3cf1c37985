"""Tab in real shells: what is offered, how quickly it is known, and that nothing of a diary is ever run."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from minqing import shells
from minqing.cli import COMMANDS
from minqing.cli.completion import described

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no bash there")

HOSTILE = """\
date: 2016-05-08
kind: visit
title: "$(touch pwned) `touch pwned`\\ntouch pwned"
area: $(touch pwned)
who: ["`touch pwned`", it's, a b, 50%, 王小晴, 王 二, "换\\n行", "红\\u202e字", "-x"]
items:
  1: {type: need, text: 没有低保 $(touch pwned), who: 王小晴, due: 2016-06-08}
  2: {type: promise, text: 送书包}
"""
Offer = Callable[..., list[str]]


def needed(shell: str) -> str:
    found = shutil.which(shell)
    if found is None:
        pytest.skip(f"{shell} is not installed here: its completion goes untried")
    return found


@pytest.fixture
def script(minqing) -> Callable[[str], str]:
    def of(shell: str) -> str:
        said = minqing("completion", shell)
        assert said.code == 0
        return said.out

    return of


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose `minqing` answers shells as ours does, and otherwise shows each word it was given."""
    folder = tmp_path_factory.mktemp("bin")
    stub = folder / "minqing"
    answer = f'[ "$1" = _complete ] && exec "{sys.executable}" -m minqing "$@"'
    stub.write_text(f"#!/bin/sh\n{answer}\nfor word; do printf '<%s>' \"$word\"; done\necho\n")
    stub.chmod(0o755)
    return folder


@pytest.fixture
def bash(script, home: Path, tmp_path: Path) -> Offer:
    """What bash would offer for the last of some words."""
    (home / "minqing.bash").write_text(script("bash"), encoding="utf-8")

    def offered(*words: str, listing: bool = False) -> list[str]:
        lines = [
            f"source {home}/minqing.bash",
            'COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))',
            f"COMP_TYPE={63 if listing else 9}",
            "_minqing",
            'printf "%s\\n" "${COMPREPLY[@]}"',
        ]
        said = subprocess.run(
            [needed("bash"), "-c", "\n".join(lines), "bash", "minqing", *words],
            capture_output=True, encoding="utf-8", cwd=tmp_path, check=True, timeout=20,
            env=os.environ | {"PATH": f"{home}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"},
        )  # fmt: skip
        assert said.stderr == ""
        return said.stdout.split("\n")[:-1] if said.stdout != "\n" else []

    return offered


# ---------------------------------------------------------------- what is offered


def test_commands_and_options_are_known_without_asking(bash: Offer) -> None:
    assert bash("") == list(COMMANDS)
    assert bash("sh") == ["show"]
    assert bash("-C", "anywhere", "ch") == ["check"]
    assert bash("new", "visit", "--wea") == ["--weather"]
    assert bash("-") == ["-C", "-q", "--quiet", "-V", "--version", "-h", "--help"]


def test_closed_sets_of_words_are_known_without_asking(bash: Offer) -> None:
    assert bash("report", "--format", "") == ["csv", "docx", "html", "json", "md", "pdf", "text", "xlsx"]
    assert bash("report", "--format", "=", "x") == ["xlsx"]
    assert bash("report", "-f", "=") == ["csv", "docx", "html", "json", "md", "pdf", "text", "xlsx"]
    assert bash("close", "q7m3", "--satisfied", "") == ["yes", "basic", "no"]
    assert bash("export", "be") == ["beancount"]
    assert bash("check", "--rule", "vot") == ["votes"]


def test_what_each_word_of_a_command_may_be_is_thought_of() -> None:
    free = [name for name in COMMANDS if shells.Takes() in described(name).places]
    assert free == ["search"], "tell cli/completion.py what the new command takes"


def test_kinds_and_reports_are_offered_with_those_of_the_diary(minqing, diary, bash: Offer) -> None:
    (diary / "templates/rounds.md").write_text("---\nkind: rounds\nname: 夜巡\n---\n", encoding="utf-8")
    (diary / "templates/ledgers").mkdir()
    (diary / "templates/ledgers/水.yaml").write_text("title: 水\nsource: items\n", encoding="utf-8")
    assert bash("new", "ro") == ["rounds"]
    assert bash("add", "--kind", "vi") == ["visit"]
    assert bash("report", "水") == ["水"]
    assert bash("report", "pro") == ["problems", "promises"]


def test_ids_items_names_areas_and_periods_come_from_the_index(
    minqing, write, bash: Offer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    write("aaaa1111", HOSTILE)
    write("aaaa2222", "date: 2016-06-09\ntitle: 小组会\narea: 青石镇/柳湾村")
    write("bbbb3333", "date: 2015-06-09\nupdates:\n  - {ref: aaaa1111.2, status: closed}")
    minqing("list")
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert bash("show", "") == ["aaaa2", "aaaa1", "bbbb"]
    assert bash("edit", "aaaa11") == ["aaaa1111"]
    assert bash("show", "aaaa1.") == ["aaaa1.1"]
    assert bash("follow", "") == ["aaaa1.1"]
    assert bash("new", "visit", "--who", "王") == [r"王\ 二", "王小晴"]
    assert bash("new", "visit", "--area", "青") == ["青石镇/柳湾村"]
    assert bash("list", "20") == ["2016-06", "2016-05", "2015-06", "2016", "2015"]
    assert bash("report", "household", "王小") == ["王小晴"]
    assert bash("-C", str(elsewhere), "show", "") == []


def test_fish_offers_at_each_place_what_belongs_there(minqing, write, script, home: Path, diary: Path) -> None:
    write("aaaa1111", "date: 2016-05-08\ntitle: 小组会\narea: 青石镇/柳湾村")
    minqing("list")
    (home / "script").write_text(script("fish"), encoding="utf-8")

    def offered(line: str) -> list[str]:
        said = subprocess.run(
            [needed("fish"), "--no-config", "-c", f"source {home}/script; complete -C '{line}'"],
            capture_output=True, encoding="utf-8", cwd=diary, check=True, timeout=20,
            env=os.environ | {"PATH": f"{home}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"},
        )  # fmt: skip
        return [word.partition("\t")[0] for word in said.stdout.splitlines()]

    files = ["entries/", "minqing.yaml", "templates/"]
    assert "visit" in offered("minqing new ") and "templates/" not in offered("minqing new ")
    assert offered("minqing new visit ") == files
    assert offered("minqing new --who new --area 青石镇/柳湾村 vi") == ["visit"]
    assert offered("minqing new --dry-run -d 0508 visit ") == files
    assert offered("minqing attach ") == ["aaaa"]
    assert offered("minqing attach aaaa a.jpg ") == files
    assert "aid" in offered("minqing report ") and "2016-05" not in offered("minqing report ")
    assert offered("minqing report aid 青石镇/柳湾村 2016-") == ["2016-05"]
    assert offered("minqing -C . show ") == ["aaaa"]
    assert offered("minqing show aaaa ") == []


def test_titles_are_listed_beside_ids_and_never_put_in(minqing, write, bash: Offer) -> None:
    write("aaaa1111", HOSTILE)
    write("bbbb2222", "date: 2016-05-09\ntitle: 小组会")
    minqing("list")
    assert bash("show", "") == ["bbbb", "aaaa"]
    assert bash("show", "", listing=True) == [
        "bbbb  2016-05-09 小组会",
        "aaaa  2016-05-08 $(touch pwned) `touch pwned` touch pwned",
    ]
    assert bash("show", "a", listing=True) == ["aaaa"]


# ---------------------------------------------------------------- safe and quick


def test_bash_gets_every_word_quoted_and_none_that_acts(minqing, write, bash: Offer) -> None:
    write("aaaa1111", HOSTILE)
    minqing("list")
    words = [
        r"\`touch\ pwned\`",
        r"a\ b",
        r"it\'s",
        "50%",
        "王小晴",
        r"王\ 二",
    ]  # not -x: it would be an option
    assert sorted(bash("forget", "")) == sorted(words)
    assert bash("new", "visit", "--area", "") == [r"\$\(touch\ pwned\)"]
    assert bash("forget", '"王 ') == ["王 二"]
    assert bash("forget", '"`') == []  # between double quotes a shell would run it
    assert bash("forget", "$(touch pwned") == []


@pytest.mark.parametrize(
    "shell", ["bash", pytest.param("zsh", marks=pytest.mark.slow), pytest.param("fish", marks=pytest.mark.slow)]
)
def test_nothing_of_a_diary_is_run_and_every_word_arrives_as_it_is(
    minqing, write, script, home: Path, diary: Path, shell: str
) -> None:
    import pexpect

    start = {"bash": ["--norc", "--noprofile"], "zsh": ["-f"], "fish": ["--no-config"]}
    write("aaaa1111", HOSTILE)
    minqing("list")
    (home / "script").write_text(script(shell), encoding="utf-8")
    env = os.environ | {
        "PATH": f"{home}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8", "HOME": str(home), "TERM": "xterm", "MINQING_LANG": "en",
    }  # fmt: skip
    child = pexpect.spawn(
        needed(shell),
        start[shell],
        cwd=str(diary),
        env=env,
        encoding="utf-8",
        timeout=20,
        dimensions=(40, 100),
    )
    child.sendline(f"source {home}/script; echo read''y")
    child.expect_exact("ready")
    for typed, meant in (
        ("minqing forget \\`", "<forget><`touch pwned`>"),
        ("minqing new visit --area \\$", "<new><visit><--area><$(touch pwned)>"),
        ("minqing forget it", "<forget><it's>"),
        ("minqing forget 50", "<forget><50%>"),
        ("minqing forget 王\\ ", "<forget><王 二>"),
        ("minqing forget '王 ", "<forget><王 二>"),
        ("minqing follow ", "<follow><aaaa."),
        ("minqing show ", "<show><aaaa>"),
        ("minqing report --format=js", "<report><--format=json>"),
    ):
        child.send(f"{typed}\t\r")
        child.expect_exact(meant)
    child.send("minqing show \t\t")  # a listing of titles
    child.close(force=True)
    assert not list(diary.rglob("pwned*"))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_is_good_grammar(script, tmp_path: Path, shell: str) -> None:
    (tmp_path / "script").write_text(script(shell), encoding="utf-8")
    said = subprocess.run([needed(shell), "-n", str(tmp_path / "script")], capture_output=True, check=False)
    assert (said.returncode, said.stderr) == (0, b"")


def test_windows_own_powershell_can_read_its_script_in_any_encoding(script) -> None:
    text = script("powershell")
    assert text.isascii()
    assert text.count("{") == text.count("}")


def test_every_shell_has_its_script_and_another_is_named(minqing) -> None:
    assert shells.names() == ["bash", "fish", "powershell", "zsh"]
    said = minqing("completion", "tcsh")
    assert (said.code, "bash, fish, powershell, zsh" in said.err) == (2, True)


def test_tab_looks_at_the_index_as_it_lies(minqing, write, diary: Path) -> None:
    write("aaaa1111", "date: 2016-05-08")
    assert minqing("_complete", "ids", "=").out == ""
    assert not (diary / ".minqing").exists()
    minqing("list")
    write("bbbb2222", "date: 2016-05-09")
    assert minqing("_complete", "ids", "=").out == "aaaa\t2016-05-08 \n"
    minqing("list")
    assert minqing("_complete", "ids", "=").out.startswith("bbbb\t")


def test_a_damaged_index_or_a_list_nobody_knows_is_no_word_and_no_error(minqing, write, diary: Path) -> None:
    write("aaaa1111", "date: 2016-05-08")
    minqing("list")
    for index in (diary / ".minqing").glob("ledger*"):
        index.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    for words in (("ids", "="), ("names",), ("nothing", "="), (), ("ids", "", "../..")):
        assert minqing("_complete", *words) == (0, "", "")


def test_tab_loads_no_typer_and_no_yaml(minqing, write, diary: Path) -> None:
    write("aaaa1111", "date: 2016-05-08")
    minqing("list")
    code = "import sys; from minqing.cli import run; run(sys.argv[1:]); print(*({'typer', 'click', 'yaml', 'rich'} & sys.modules.keys()))"
    for name in ("ids", "refs", "names", "kinds", "reports", "terms"):
        said = subprocess.run(
            [sys.executable, "-c", code, "_complete", name, "=zz"], capture_output=True, check=True, cwd=diary
        )
        assert said.stdout.decode().strip() == ""
