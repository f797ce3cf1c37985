"""The county office and the stranger's folder: consoles, pipes, signals, a damaged index, data that would be code."""

import hashlib
import json
import os
import pty
import random
import re
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import until_it_waits

from minqing.cli.source import PATIENCE

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pipes, signals and modes of POSIX")

MINQING = Path(sys.executable).with_name("minqing")
ENTRY = """---
id: {id}
kind: visit
title: {title}
date: 2016-05-{day:02}
area: 青石镇/柳湾村
who: [王小晴]
items:
  1: {{type: promise, about: water, who: 王小晴, text: 下月修渠, owner: 许望山, due: 2016-05-20}}
aid:
  - {{what: 慰问金, each: 200元, to: [王小晴]}}
---
{body}"""
SIGNS = "0123456789abcdefghjkmnpqrstvwxyz"


def put(root: Path, n: int, title: str = "走访", body: str = "渠里没有水。\n") -> Path:
    """The nth entry of a diary, as a file."""
    id_ = "a" + "".join(SIGNS[n // 32**place % 32] for place in range(6, -1, -1))
    path = root / f"entries/2016/05/2016-05-{n % 28 + 1:02}-visit-{id_}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(ENTRY.format(id=id_, title=title, day=n % 28 + 1, body=body), encoding="utf-8")
    return path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A diary of three entries."""
    diary = tmp_path / "diary"
    diary.mkdir()
    (diary / "minqing.yaml").write_text("lang: zh\n", encoding="utf-8")
    for n in range(3):
        put(diary, n)
    return diary


Office = Callable[..., "subprocess.CompletedProcess[bytes]"]


@pytest.fixture
def office(root: Path) -> Office:
    """The installed command in a process of its own, with little around it."""

    def run(
        *words: str | bytes, stdout: int = subprocess.PIPE, stdin: int = subprocess.DEVNULL, **more: str
    ) -> "subprocess.CompletedProcess[bytes]":
        around = {
            "PATH": os.environ["PATH"],
            "HOME": str(root),
            "MINQING_TODAY": "2016-05-28",
            "LANG": "C.UTF-8",
            **more,
        }
        return subprocess.run(
            [MINQING, *words], cwd=root, env=around, stdin=stdin, stdout=stdout, stderr=subprocess.PIPE, timeout=60, check=False
        )  # fmt: skip

    return run


READING = (
    ("list",), ("list", "--format", "json"), ("search", "渠"), ("report", "--month"), ("report", "items"), ("check",),
    ("today",), ("show", "a0000000"), ("kinds",), ("--help",),
)  # fmt: skip
each_command = pytest.mark.parametrize("words", READING, ids=" ".join)


@pytest.fixture
def sender() -> Iterator[Callable[[str], int]]:
    """A pipe that a shell script writes to."""
    started = []

    def start(script: str) -> int:
        process = subprocess.Popen(
            ["sh", "-c", f"{script}; :"], stdout=subprocess.PIPE, start_new_session=True
        )
        assert process.stdout is not None
        started.append(process)
        return process.stdout.fileno()

    yield start
    for process in started:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def quiet(said: "subprocess.CompletedProcess[bytes]") -> bool:
    return b"Traceback" not in said.stderr and b"Exception ignored" not in said.stderr


# ---------------------------------------------------------------- what comes through a pipe


def test_a_text_that_comes_late_and_in_pieces_is_read_to_its_end(office, sender):
    said = office("new", "note", "--title", "慢", stdin=sender("sleep 1; echo 迟来的; sleep 0.5; echo 正文"))
    assert (said.returncode, said.stderr) == (0, b"")
    assert b"\xe6\xad\xa3\xe6\x96\x87" in office("show", said.stdout.split()[1]).stdout  # 正文


def test_a_pipe_that_nobody_writes_to_is_left_after_a_while_and_that_is_said(office, sender):
    began = time.monotonic()
    said = office("new", "note", "--title", "等", stdin=sender("sleep 30"), MINQING_LANG="en")
    assert PATIENCE <= time.monotonic() - began < 15
    assert said.returncode == 0
    assert b"standard input was silent for %d seconds" % PATIENCE in said.stderr


def test_a_text_that_is_given_waits_for_no_pipe(office, sender):
    assert office("new", "note", "--text", "话", stdin=sender("sleep 30")).stderr == b""


# ---------------------------------------------------------------- consoles


@each_command
def test_a_gbk_console_gets_gbk(office, root, words):
    put(root, 0, title="走访𠀀㐀家 👨", body="渠里没有水 👨\n")
    said = office(*words, PYTHONIOENCODING="gbk")
    assert quiet(said)
    assert said.returncode == 0
    if words[-1] == "json":
        assert json.loads(said.stdout)["entries"]  # for programs: UTF-8 on every console
    else:
        assert said.stdout.decode("gbk")


@each_command
def test_the_c_locale_is_no_reason_to_fail(office, words):
    said = office(*words, LANG="C", LC_ALL="C")
    assert quiet(said)
    assert said.returncode == 0
    assert said.stdout


@each_command
def test_a_reader_that_goes_away_is_no_error(root, words):
    for n in range(3, 250):
        put(root, n, body="渠里没有水。" * 200)
    process = subprocess.Popen(
        [MINQING, *words, *(["-n", "0"] if words[0] == "list" else [])],
        cwd=root, env=os.environ | {"MINQING_TODAY": "2016-05-28"}, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(1)
    process.stdout.close()
    assert b"Error" not in process.stderr.read()
    assert process.wait(60) == 0


@each_command
def test_a_full_device_is_one_sentence_and_no_success(office, words):
    with open("/dev/full", "wb") as full:
        said = office(*words, stdout=full.fileno(), MINQING_LANG="en")
    assert quiet(said)
    assert said.returncode == 1
    assert said.stderr.count(b"No space left") == 1


def test_an_entry_that_is_saved_is_told_even_where_its_path_cannot_be(office):
    with open("/dev/full", "wb") as full:
        said = office("new", "note", "--text", "话", stdout=full.fileno(), MINQING_LANG="en")
    assert said.returncode == 1
    assert b"saved: entries/" in said.stderr


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("words", ["--version", "--help", "list"])
def test_even_the_version_is_not_lost_in_silence(office, words, unbuffered):
    with open("/dev/full", "wb") as full:
        said = office(words, stdout=full.fileno(), PYTHONUNBUFFERED=unbuffered)
    assert quiet(said)
    assert said.returncode == 1
    assert len(said.stderr.splitlines()) == 1


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_nobody_reading_the_version_is_no_error(office, unbuffered):
    read, write = os.pipe()
    os.close(read)
    said = office("--version", stdout=write, PYTHONUNBUFFERED=unbuffered)
    os.close(write)
    assert (said.returncode, said.stderr) == (0, b"")


@each_command
def test_a_closed_output_makes_no_traceback(root, words):
    said = subprocess.run(
        ["sh", "-c", 'exec "$@" >&-', "sh", MINQING, *words], cwd=root, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
        check=False,
    )  # fmt: skip
    assert quiet(said)


@pytest.mark.parametrize(
    "words",
    [("list", b"\xff\xfe"), ("new", "note", "--text", b"\xd6\xd0"), (b"\xff",), ("-C", b"/\xff", "list")],
)
def test_an_argument_that_is_no_utf_8_is_refused_in_one_sentence(office, root, words):
    before = tree(root)
    said = office(*words, MINQING_LANG="en")
    assert quiet(said)
    assert (said.returncode, said.stdout) == (2, b"")
    assert b"UTF-8" in said.stderr
    assert tree(root) == before


@pytest.mark.parametrize("words", [("new", "note", "-"), ("new", "note", "--edit", "--text", "话")])
def test_ctrl_c_ends_with_130(root, tmp_path, words):
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\nexec sleep 60\n")
    editor.chmod(0o700)
    process = subprocess.Popen(
        [MINQING, *words], cwd=root, env=os.environ | {"EDITOR": str(editor)}, start_new_session=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    until_it_waits(process.pid)
    os.killpg(process.pid, signal.SIGINT)
    _output, errors = process.communicate(timeout=20)
    assert b"Traceback" not in errors
    assert process.returncode == 130


# ---------------------------------------------------------------- what a title could do

ACTING = "\x1b]52;c;aGk=\x07\x1b[2J\x9b31m\u202e\u2066\u200b\ufeff\U000e0041\x7f"


def raw(output: str) -> set[str]:
    """The signs of ACTING that act and stand in an output as they are; colours and a BOM of our own apart."""
    acting = {sign for sign in ACTING if not sign.isprintable()}
    return set(re.sub(r"\x1b\[[0-9;]*m", "", output.removeprefix("\ufeff"))) & acting


def hostile_entry(root: Path) -> None:
    text = json.dumps(ACTING)  # as YAML has it too, in double quotes
    path = root / "entries/2016/05/hostile.md"
    path.write_text(
        f"---\nid: b2222222\nkind: visit\ntitle: {text}\ndate: 2016-05-07\narea: {text}\nplace: {text}\nauthor: {text}\n"
        f"who: [{text}]\nwith: [{text}]\ntags: [{text}]\nweather: {text}\nfacts: {{{text}: {{{text}: {text}}}}}\n"
        f"figures: {{{text}: 3人}}\nitems: {{1: {{type: promise, text: {text}, who: {text}, owner: {text}}}}}\n"
        f"aid: [{{what: {text}, each: 3元, to: [{text}], fund: {text}, occasion: {text}}}]\n"
        f"meeting: {{type: 没有的, host: {text}}}\n{text}: x\ntime: {text}\n---\n渠{ACTING}\n",
        encoding="utf-8",
    )


SHOWING = (
    *READING[:-1], ("list", "-n", "0"), ("show", "b222"), ("show", "b222.1"), ("show", "b222", "--format", "md"),
    ("show", "b222", "--format", "json"), ("search", "渠", "--format", "json"), ("list", "--format", "csv"),
    ("list", "--format", "md"), ("report", "aid"), ("report", "visits"), ("report", "figures"), ("report", "promises"),
    ("report", "--month", "--format", "md"), ("report", "--month", "--format", "json"), ("check", "--format", "json"),
    ("close", "b222.1", "--dry-run"), ("new", "note", "--dry-run", "--title", ACTING.replace("\0", ""), "--text", ACTING),
    ("list", ACTING), ("show", ACTING), ("new", ACTING),
)  # fmt: skip


@pytest.mark.parametrize(
    "words", SHOWING, ids=lambda words: " ".join(words).encode("ascii", "replace").decode()
)
def test_no_acting_sign_reaches_a_pipe(minqing, root, monkeypatch, words):
    hostile_entry(root)
    monkeypatch.chdir(root)
    said = minqing(*words)
    assert raw(said.out) == set()
    assert raw(said.err) == set()


@pytest.mark.parametrize(
    "words",
    [("list",), ("show", "b222"), ("report", "--month"), ("check",), ("search", "渠"), ("today",)],
    ids=" ".join,
)
def test_no_acting_sign_reaches_a_terminal(root, words):
    hostile_entry(root)
    child, terminal = pty.fork()
    if not child:
        os.chdir(root)
        os.execve(
            MINQING,
            ["minqing", *words],
            os.environ | {"MINQING_TODAY": "2016-05-28", "TERM": "xterm-256color"},
        )
    output = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:
            break
        output += part
        if not part:
            break
    os.waitpid(child, 0)
    os.close(terminal)
    assert output
    assert raw(output.decode("utf-8")) == set()


# ---------------------------------------------------------------- private by mode


def test_what_is_made_is_for_its_owner_alone(root, office):
    assert office("init", "柳湾", umask="").returncode == 0
    new = office("-C", str(root / "柳湾"), "new", "note", "--text", "话")
    assert new.returncode == 0
    assert office("-C", str(root / "柳湾"), "list").returncode == 0
    assert office("-C", str(root / "柳湾"), "report", "-o", str(root / "柳湾/report.md")).returncode == 0
    for path in (root / "柳湾").rglob("*"):
        if ".git/" in str(path) or path.name == ".git":
            continue  # git's own; the folder around it is private
        mode = stat.S_IMODE(path.stat().st_mode)
        assert (path.name, oct(mode)) == (path.name, oct(0o700 if path.is_dir() else 0o600))
    assert stat.S_IMODE((root / "柳湾").stat().st_mode) == 0o700


def test_modes_that_were_there_are_kept(root, office, tmp_path):
    path = put(root, 0)
    path.chmod(0o640)
    (root / "entries").chmod(0o750)
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\necho 又一句 >> "$1"\n')
    editor.chmod(0o700)
    assert office("edit", "a0000000", EDITOR=str(editor)).returncode == 0
    assert office("new", "visit", "--text", "话", "--date", "2016-05-02").returncode == 0
    assert "又一句" in path.read_text(encoding="utf-8")
    assert oct(stat.S_IMODE(path.stat().st_mode)) == oct(0o640)
    assert oct(stat.S_IMODE((root / "entries").stat().st_mode)) == oct(0o750)


# ---------------------------------------------------------------- an index that came to harm


def index(root: Path) -> Path:
    (found,) = (root / ".minqing").glob("ledger-v*.db")
    return found


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def scribble(path: Path) -> None:
    data, dice = bytearray(path.read_bytes()), random.Random(7)
    for _ in range(2000):
        data[dice.randrange(len(data))] = dice.randrange(256)
    path.write_bytes(data)


def alter(sql: str) -> Callable[[Path], None]:
    def run(path: Path) -> None:
        with sqlite3.connect(path) as ledger:
            ledger.executescript(sql)
        ledger.close()

    return run


def link_elsewhere(path: Path) -> None:
    path.rename(path.parent.parent.parent / "elsewhere.db")
    path.symlink_to("../../elsewhere.db")


def folder_elsewhere(path: Path) -> None:
    path.parent.rename(path.parent.parent.parent / "elsewhere")
    path.parent.symlink_to("../elsewhere")


def as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


HARM: dict[str, Callable[[Path], object]] = {
    "deleted": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "cut in half": cut,
    "cut within its header": lambda path: path.write_bytes(path.read_bytes()[:50]),
    "random bytes": lambda path: path.write_bytes(random.Random(1).randbytes(50_000)),
    "scribbled over": scribble,
    "text": lambda path: path.write_text("not a database"),
    "a log left over": lambda path: Path(f"{path}-wal").write_bytes(random.Random(1).randbytes(5000)),
    "tables missing": alter("drop table entry; drop table told;"),
    "columns missing": alter("drop table entry; create table entry (key);"),
    "views of another": alter("drop view if exists item_ledger; create view item_ledger as select 1;"),
    "read-only": lambda path: path.chmod(0o400),
    "a link": link_elsewhere,
    "in a linked folder": folder_elsewhere,
    "a folder": as_folder,
}


@pytest.mark.parametrize("harm", HARM)
def test_whatever_became_of_the_index_the_answer_is_right(minqing, root, monkeypatch, harm):
    monkeypatch.chdir(root)
    questions = (
        ("list", "--format", "json"),
        ("search", "渠", "--format", "json"),
        ("report", "items", "--format", "json"),
    )
    right = [minqing(*words) for words in questions]
    put(root, 3, title="后来的")
    right_later = [minqing(*words) for words in questions]
    assert right_later[0].json["entries"][3]["title"] == "后来的"
    (root / "entries/2016/05/2016-05-04-visit-a0000003.md").unlink()
    assert [minqing(*words) for words in questions] == right
    HARM[harm](index(root))
    assert [minqing(*words) for words in questions] == right
    put(root, 3, title="后来的")
    assert [minqing(*words) for words in questions] == right_later


def test_damage_that_only_a_question_meets_is_a_sentence_and_mended(minqing, root, monkeypatch):
    monkeypatch.chdir(root)
    later = time.time_ns() + 3600 * 10**9  # an index reads again what has just been written
    monkeypatch.setattr(time, "time_ns", lambda: later)
    right = minqing("report", "items", "--format", "json")
    harmed = sqlite3.connect(index(root))
    harmed.execute("drop table step")
    harmed.commit()
    harmed.close()
    said = minqing("report", "items", "--format", "json")
    assert (said.code, said.out) == (1, "")
    assert "the index was damaged and will be made anew" in said.err
    assert minqing("report", "items", "--format", "json") == right


def test_an_index_held_by_another_is_waited_for_a_second_and_done_without(minqing, root, monkeypatch):
    monkeypatch.chdir(root)
    minqing("list")
    other = sqlite3.connect(index(root), isolation_level=None)
    other.execute("begin exclusive")
    put(root, 3, title="后来的")
    began = time.monotonic()
    said = minqing("list", "--format", "json")
    assert time.monotonic() - began < 5
    assert [entry["title"] for entry in said.json["entries"]][-1] == "后来的"
    other.execute("rollback")
    other.close()


@pytest.mark.slow
def test_six_at_once_on_a_fresh_index_all_answer_right(office, root):
    around = {"PATH": os.environ["PATH"], "MINQING_TODAY": "2016-05-28"}
    for n in range(3, 60):
        put(root, n)
    several = [
        subprocess.Popen(
            [MINQING, "list", "--format", "json"],
            cwd=root,
            env=around,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(6)
    ]
    said = [process.communicate(timeout=60) for process in several]
    assert [errors for _output, errors in said] == [b""] * 6
    assert {len(json.loads(output)["entries"]) for output, _errors in said} == {60}


def test_another_program_version_builds_its_own(minqing, root, monkeypatch):
    monkeypatch.chdir(root)
    minqing("list")
    name = index(root)
    name.rename(name.with_name("ledger-v0.0.1-old.db"))
    assert len(minqing("list", "--format", "json").json["entries"]) == 3
    assert index(root) == name  # and the old one is gone


# ---------------------------------------------------------------- a folder from a stranger


@pytest.mark.slow
def test_nothing_that_lies_in_a_folder_runs(root, tmp_path):
    """Settings of git, editor, pager, shell and Python that come with a diary."""
    ran = tmp_path / "ran"
    script = root / "evil.sh"
    script.write_text(f"#!/bin/sh\ntouch {ran}\n")
    script.chmod(0o700)
    for name in ("git", "nano", "vi", "editor", "less"):
        (root / name).symlink_to("evil.sh")
    (root / ".git/hooks").mkdir(parents=True)
    for hook in ("post-index-change", "pre-commit", "post-checkout", "fsmonitor-watchman"):
        (root / ".git/hooks" / hook).symlink_to("../../evil.sh")
    (root / ".git/HEAD").write_text("ref: refs/heads/main\n")
    (root / ".git/config").write_text(
        f'[core]\n\tfsmonitor = {script}\n\thooksPath = {root}\n\tpager = {script}\n\teditor = {script}\n[alias]\n\tstatus = "!{script}"\n'
    )
    (root / "minqing.yaml").write_text(
        f"editor: {script}\nEDITOR: {script}\nplugins: [{script}]\npager: {script}\ncommand: {script}\ncolour: !!python/name:os.system\n"
    )
    evil = f"import os; os.system('touch {ran}')\n"
    for name in ("yaml", "click", "typer", "json", "sitecustomize", "minqing", "conftest"):
        (root / f"{name}.py").write_text(evil)
    (root / "templates").mkdir()
    template = "{{ cycler.__init__.__globals__.os.system('touch RAN') }}{title.__class__}${HOME}`touch RAN`\n"
    header = "---\nkind: note\nname: 随记\n---\n"
    (root / "templates/note.md").write_text(header + template.replace("RAN", str(ran)), encoding="utf-8")
    for words in (
        ("list",), ("check",), ("report", "--month"), ("report", "--month", "--format", "html"), ("today",), ("kinds",),
        ("new", "note", "--title", "话"), ("edit", "a0000000"), ("init", "inner"), ("show", "a000"),
    ):  # fmt: skip
        around = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "MINQING_TODAY": "2016-05-28"}
        said = subprocess.run(
            [MINQING, *words],
            cwd=root,
            env=around,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        assert not ran.exists(), words
        assert quiet(said)
    (made,) = root.glob("entries/2016/05/*note*.md")
    assert "{{ cycler" in made.read_text(encoding="utf-8")  # as it stood: a template only fills in names


# ---------------------------------------------------------------- hands off


def tree(root: Path) -> dict[str, tuple[str, int, int]]:
    """Digest, mode and time of every file that is not the index."""
    return {
        str(path.relative_to(root)): (
            hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "",
            path.stat().st_mode,
            path.stat().st_mtime_ns if path.is_file() else 0,
        )
        for path in sorted(root.rglob("*"))
        if ".minqing" not in path.parts
    }


@pytest.mark.parametrize(
    "words", [*READING, ("report", "aid"), ("report", "summary", "--year"), ("check", "--strict"), ("kinds", "--keys"), ("show", "a000.1")]
    + [("new", "note", "--dry-run", "--text", "x"), ("close", "a0000000.1", "--dry-run"), ("new", "note", "--date", "昨后天")],
    ids=" ".join,
)  # fmt: skip
def test_a_command_that_reads_leaves_every_file_alone(minqing, root, monkeypatch, words):
    hostile_entry(root)
    (root / "entries/2016/05/crlf.md").write_bytes(
        put(root, 9).read_bytes().replace(b"\n", b"\r\n").replace(b"a0000009", b"a0000099")
    )
    (root / "entries/2016/05/gbk.md").write_bytes("---\nid: d4444444\n---\n渠".encode("gbk"))
    (root / "entries/2016/05/half.md").write_text("---\n")
    monkeypatch.chdir(root)
    before = tree(root)
    minqing(*words)
    assert tree(root) == before


@pytest.mark.parametrize(
    "words", [("new", "visit", "--who", "王小晴", "--text", "话"), ("follow", "a0000000.1", "--note", "去看了"), ("close", "a0000000.1")], ids=" ".join
)  # fmt: skip
def test_a_command_that_writes_adds_one_file_and_leaves_the_others_alone(minqing, root, monkeypatch, words):
    monkeypatch.chdir(root)
    before = tree(root)
    assert minqing(*words).code == 0
    after = tree(root)
    assert {path: after[path] for path in before} == before
    (made,) = after.keys() - before.keys()
    assert made.endswith(".md")
