"""Saved means on the disk: kills at every system call and at random, many writers, full and read-only disks."""

import errno
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from scripts import script

from minqing import diary as folder
from minqing import listing
from minqing.diary import Diary, NotSaved, add, path_of, replace_file
from minqing.errors import MinqingError
from minqing.find import Condition
from minqing.ledger import flaws_in, open_ledger
from minqing.model import Entry
from minqing.sync import sync, synced
from minqing.text import read_entry

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="kills child processes: needs fork and SIGKILL"
)

BODY = "今天走访了三户，记下他们说的话。\n" * 40
GOOD = Entry("a1111111", "note", date(2016, 5, 1), body="从前写好的一篇。\n")
NEW = Entry("b2222222", "note", date(2016, 6, 2), title="新写的", body=BODY)
# Whatever changes something on the disk, or makes sure of it.
CHANGING = ("open", "write", "fsync", "link", "unlink", "replace", "mkdir", "close")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A diary with one entry in it."""
    (tmp_path / "entries").mkdir()
    (tmp_path / "minqing.yaml").write_text("lang: zh\n", encoding="utf-8")
    add(Diary(tmp_path), GOOD, "zh")
    return tmp_path


def listed(root: Path) -> dict[str, str]:
    """Text by id, as a ledger made from the files now has it. Every file is whole."""
    ledger = open_ledger(":memory:")
    sync(Diary(root), ledger)
    assert flaws_in(ledger) == 0, list(map(tuple, ledger.execute("select * from flaw")))
    everything = listing.values(ledger, listing.rows(ledger, Condition("1", ())))
    return {entry["id"]: entry["text"] for entry in everything["entries"]}


def die_at(number: int, afterwards: bool) -> None:
    """From now on, the `number`th changing call is this process's last: not made, made by half, or just made."""
    left = number

    def deadly(name: str) -> Callable[..., object]:
        real = getattr(os, name)

        def call(*words: object, **more: object) -> object:
            nonlocal left
            left -= 1
            if left == 0:
                try:
                    if afterwards:
                        real(*words, **more)
                    elif name == "write":
                        real(words[0], bytes(words[1])[: len(words[1]) // 2])  # type: ignore[call-overload, arg-type]
                finally:
                    os._exit(9)
            return real(*words, **more)

        return call

    for name in CHANGING:
        setattr(os, name, deadly(name))


def in_child(work: Callable[[], str]) -> tuple[int, str]:
    """Exit code of a forked process that does `work`, and what it had to say when it came through."""
    read, write = os.pipe()
    say, leave = os.write, os._exit
    child = os.fork()
    if not child:
        say(write, work().encode())
        leave(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        said = pipe.read().decode()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said


# ---------------------------------------------------------------- kills


@pytest.mark.parametrize("afterwards", [False, True], ids=["before the call", "after the call"])
def test_killed_at_any_system_call_new_leaves_a_whole_entry_or_none(root, afterwards):
    for number in range(1, 100):

        def work(number: int = number) -> str:
            die_at(number, afterwards)
            return add(Diary(root), NEW, "zh")

        code, acknowledged = in_child(work)
        found = listed(root)
        assert found.pop("a1111111") == GOOD.body
        assert found in ({}, {"b2222222": BODY})
        if acknowledged:
            assert code == 0
            assert found
            break
        assert code == 9
        for path in (root / "entries/2016/06").glob("*.md"):
            path.unlink()
    assert number > 10  # or nothing was tried


def test_killed_at_any_system_call_edit_leaves_the_old_text_or_the_new(root):
    path, new = path_of(GOOD), b"---\nid: a1111111\nkind: note\ndate: 2016-05-01\n---\nbetter\n"
    old = (root / path).read_bytes()
    for number in range(1, 100):

        def work(number: int = number) -> str:
            die_at(number, False)
            replace_file(root, path, old, new)
            return "saved"

        _code, acknowledged = in_child(work)
        assert (root / path).read_bytes() in ((new,) if acknowledged else (old, new))
        assert list(listed(root)) == ["a1111111"]
        if acknowledged:
            break
        (root / path).write_bytes(old)
    assert number > 5


def test_saved_means_synced_first_the_file_then_its_name_then_the_folder(root, monkeypatch):
    """What a power cut needs: no name before the bytes are on the disk, no answer before the name is."""
    calls: list[tuple[str, str]] = []
    opened: dict[int, str] = {}

    def watch(name: str, place: Callable[..., object]) -> None:
        real = getattr(os, name)

        def call(*words: object, **more: object) -> object:
            found = real(*words, **more)
            if name == "open":
                opened[found] = str(words[0])
            calls.append((name, os.path.relpath(str(place(*words)), root)))
            return found

        monkeypatch.setattr(os, name, call)

    watch("open", lambda path, *_: path)
    watch("mkdir", lambda path, *_: path)
    watch("fsync", lambda handle: opened[handle])
    watch("link", lambda _old, new: new)
    path = add(Diary(root), NEW, "zh")
    where = {call: at for at, call in enumerate(calls)}
    temporary = next(place for name, place in calls if name == "open" and place.endswith(".tmp"))
    order = [
        where["mkdir", "entries/2016/06"],
        where["fsync", "entries/2016"],
        where["open", temporary],
        where["fsync", temporary],
        where["link", path],
        where["fsync", "entries/2016/06"],
    ]
    assert order == sorted(order)
    assert Path(temporary).parent == Path(path).parent


def test_a_write_that_takes_only_part_is_finished(root, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, bytes(data)[:7]))
    add(Diary(root), NEW, "zh")
    assert listed(root)["b2222222"] == BODY


def test_what_a_kill_leaves_behind_is_no_entry_and_check_moves_it_away(minqing, diary):
    month = diary / "entries/2016/05"
    month.mkdir(parents=True)
    (month / ".2016-05-28-note-b2222222.md.0a0b0c0d.tmp").write_text("---\nid: b22")
    os.utime(month / ".2016-05-28-note-b2222222.md.0a0b0c0d.tmp", (0, 0))
    assert minqing("list", "--format", "json").json == {"schema": 1, "entries": [], "flaws": 0}
    minqing("check")
    assert not list(month.iterdir())
    assert [path.read_text() for path in diary.glob(".minqing/drafts/*")] == ["---\nid: b22"]


# ---------------------------------------------------------------- many at once

WRITER = """
import sys
from minqing.cli import run
for n in range(int(sys.argv[2])):
    run(["-C", sys.argv[1], "new", "note", "--no-edit", "--date", f"2016-0{n % 3 + 1}-07", "--text", f"{n} " + "话" * 4000])
    sys.stdout.flush()
"""


def writer(root: Path, times: int) -> "subprocess.Popen[bytes]":
    """A process that runs `minqing new` again and again and prints what it prints."""
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(root), str(times)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def printed(output: bytes) -> list[tuple[str, str]]:
    """Path and id of every whole line."""
    lines = output.decode().split("\n")[:-1]
    return [tuple(line.split("  ")) for line in lines]  # type: ignore[misc]


def test_two_processes_at_once_lose_none_and_leave_nothing_but_entries_and_the_index(root):
    writers = [writer(root, 40), writer(root, 40)]
    said = [process.communicate(timeout=120) for process in writers]
    saved = [pair for output, _errors in said for pair in printed(output)]
    assert [errors for _output, errors in said] == [b"", b""]
    assert len(saved) == len({id_ for _path, id_ in saved}) == 80
    found = listed(root)
    assert all(len(found[id_]) > 4000 for _path, id_ in saved)
    names = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    names = {name for name in names if not name.startswith(".minqing/ledger-")}
    assert names == {path for path, _id in saved} | {path_of(GOOD), "minqing.yaml"}


def test_every_printed_id_survives_kill_9_and_nothing_half_written_is_ever_listed(root):
    dice = random.Random(20160528)
    saved: list[tuple[str, str]] = []
    for _ in range(3):
        writers = [writer(root, 10_000), writer(root, 10_000)]
        before, patience = len(listed(root)), time.monotonic() + 60
        while len(listed(root)) < before + 10 and time.monotonic() < patience:
            time.sleep(0.02)  # a busy machine takes its time to start them
        end = time.monotonic() + dice.random()
        while time.monotonic() < end:
            listed(root)  # asserts that every file there is whole
            time.sleep(0.02)
        for process in writers:
            process.kill()
        saved += [pair for process in writers for pair in printed(process.communicate()[0])]
    assert len(saved) > 10
    found = listed(root)
    for path, id_ in saved:
        assert len(found[id_]) > 4000
        assert read_entry((root / path).read_bytes()).flaws == []


INDEXER = """
import shutil, sys
from pathlib import Path
from minqing.diary import Diary
from minqing.sync import synced
while True:
    shutil.rmtree(Path(sys.argv[1], ".minqing"), ignore_errors=True)
    print(flush=True)
    synced(Diary(Path(sys.argv[1]))).close()
"""


def test_an_index_killed_while_it_is_built_never_answers_wrong(root):
    dice = random.Random(1)
    for n in range(150):
        add(Diary(root), Entry(f"c{n:07}", "note", date(2016, 5, 2), body=BODY), "zh")
    for _ in range(5):
        process = subprocess.Popen([sys.executable, "-c", INDEXER, str(root)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.25 * dice.random())
        process.send_signal(signal.SIGKILL)
        process.communicate()
        ledger = synced(Diary(root))
        assert ledger.execute("select count(*) from entry").fetchone()[0] == 151
        assert ledger.execute("pragma integrity_check").fetchone()[0] == "ok"
        ledger.close()


# ---------------------------------------------------------------- disks that fail


def fail_with(monkeypatch: pytest.MonkeyPatch, call: str, number: int) -> None:
    def failing(*_words: object, **_more: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, call, failing)


@pytest.mark.parametrize(
    ("call", "number"),
    [("write", errno.ENOSPC), ("fsync", errno.EIO), ("open", errno.EROFS), ("mkdir", errno.EDQUOT)],
)
def test_when_saving_fails_the_text_lies_in_a_draft_and_nothing_else_is_touched(
    root, monkeypatch, tmp_path_factory, call, number
):
    drafts = tmp_path_factory.mktemp("drafts")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    kept = folder.keep_draft

    def keep_on_another_disk(text: str) -> str:
        monkeypatch.undo()
        monkeypatch.setattr(tempfile, "tempdir", str(drafts))
        return kept(text)

    monkeypatch.setattr(folder, "keep_draft", keep_on_another_disk)
    fail_with(monkeypatch, call, number)
    with pytest.raises(NotSaved) as refused:
        add(Diary(root), NEW, "zh")
    (draft,) = drafts.iterdir()
    assert str(draft) in str(refused.value)
    assert os.strerror(number) in str(refused.value)
    assert draft.stat().st_mode & 0o777 == 0o600
    reading = read_entry(draft.read_bytes())
    assert reading.entry == NEW
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_when_not_even_a_draft_can_be_kept_the_text_itself_is_printed(minqing, diary, monkeypatch):
    fail_with(monkeypatch, "write", errno.ENOSPC)
    monkeypatch.setattr(folder, "keep_draft", lambda _text: os.write(1, b""))
    said = minqing("new", "note", "--text", "一句也不能丢")
    assert said.code == 1
    assert "一句也不能丢" in said.err
    assert os.strerror(errno.ENOSPC) in said.err


def test_an_edit_that_cannot_be_saved_keeps_the_draft(minqing, diary, monkeypatch, tmp_path_factory):
    path = minqing("new", "note", "--text", "原话").out.split()[0]
    before = (diary / path).read_bytes()
    editor = tmp_path_factory.mktemp("editor") / "editor.sh"
    editor.write_text('#!/bin/sh\necho 改过的话 >> "$1"\n')
    editor.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.setattr(tempfile, "tempdir", str(editor.parent))
    fail_with(monkeypatch, "replace", errno.ENOSPC)
    said = minqing("edit", path[-11:-3])
    assert said.code == 1
    assert (diary / path).read_bytes() == before
    (draft,) = editor.parent.glob("minqing-*.md")
    assert str(draft) in said.err
    assert draft.read_bytes() == before + "改过的话\n".encode()


@contextmanager
def disk(at: Path, options: str) -> Iterator[None]:
    """A small disk of our own, where root may make one."""
    at.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(at)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip(f"NOT TESTED: no disk may be mounted here ({made.stderr.decode().strip()})")
    try:
        yield
    finally:
        subprocess.run(["umount", str(at)], check=True)


def test_a_full_disk_is_one_sentence_and_what_was_there_still_lists(
    minqing, tmp_path, monkeypatch, tmp_path_factory
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("drafts")))
    with disk(tmp_path / "disk", "size=256k"):
        monkeypatch.chdir(tmp_path / "disk")
        assert minqing("init").code == 0
        assert minqing("new", "note", "--text", "第一篇").code == 0
        free = os.statvfs(".")
        Path("filler").write_bytes(b"x" * free.f_bavail * free.f_bsize)
        said = minqing("new", "note", "--text", "话" * 3000)
        assert (said.code, said.out) == (1, "")
        assert said.err.count("\n") == 1
        draft = Path(said.err.rsplit("lies in ", 1)[1].strip())
        assert "话" * 3000 in draft.read_text(encoding="utf-8")
        assert [entry["text"] for entry in minqing("list", "--format", "json").json["entries"]] == [
            "第一篇\n"
        ]
        assert minqing("report", "--month").code == 0
        os.unlink("filler")
        assert minqing("new", "note", "--text", "又能写了").code == 0
        monkeypatch.chdir(tmp_path)


def test_a_read_only_disk_is_one_sentence_and_still_lists(minqing, tmp_path, monkeypatch, tmp_path_factory):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path_factory.mktemp("drafts")))
    with disk(tmp_path / "disk", "size=1m"):
        monkeypatch.chdir(tmp_path / "disk")
        assert minqing("init").code == 0
        assert minqing("new", "note", "--text", "第一篇").code == 0
        subprocess.run(["mount", "-o", "remount,ro", str(tmp_path / "disk")], check=True)
        said = minqing("new", "note", "--text", "写不下的")
        assert (said.code, said.err.count("\n")) == (1, 1)
        assert "lies in" in said.err
        listed_now = minqing("list", "--format", "json").json["entries"]
        assert [entry["text"] for entry in listed_now] == ["第一篇\n"]
        assert minqing("report", "--month").code == 0
        assert minqing("check").code == 0
        refused = minqing("report", "--month", "-o", "report.md")
        assert (refused.code, refused.err.count("\n")) == (1, 1)
        monkeypatch.chdir(tmp_path)


def test_two_edits_at_once_keep_the_first_and_refuse_the_second(root):
    path = path_of(GOOD)
    old = (root / path).read_bytes()
    replace_file(root, path, old, old + b"one\n")
    with pytest.raises(MinqingError, match="changed"):
        replace_file(root, path, old, old + b"two\n")
    assert (root / path).read_bytes() == old + b"one\n"
    assert [one.name for one in (root / path).parent.iterdir()] == [Path(path).name]


def test_what_was_printed_survives_a_power_cut(tmp_path):
    powercut = script("powercut")
    command = [sys.executable, "-m", "minqing"]
    try:
        found = powercut.cut(tmp_path, command, rounds=3)
        careless = powercut.cut(tmp_path, command, rounds=2, careless=True)
    except powercut.Unmountable as error:
        pytest.skip(f"NOT TESTED: no disk may be made here ({error})")
    assert found == powercut.Cut(printed=3, lost=0, empty=0)
    assert careless.lost + careless.empty > 0, "a cut that loses nothing of a careless write proves nothing"
