"""A diary to try things in, and the command line as a function."""

import gettext
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from minqing import language
from minqing.cli import run


class Said(NamedTuple):
    """What a command line came to: exit code, result, messages."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        import json

        return json.loads(self.out)


@pytest.fixture(autouse=True)
def _plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MINQING_DIR", "MINQING_CACHE", "VISUAL", "EDITOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MINQING_LANG", "en")
    # whatever ran before may have spoken Chinese
    monkeypatch.setattr(language, "_translation", gettext.NullTranslations())
    monkeypatch.setattr(language, "_language", "en")
    monkeypatch.setenv("MINQING_TODAY", "2016-05-28")


Minqing = Callable[..., Said]


@pytest.fixture
def minqing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Minqing:
    """The command line, in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str) -> Said:
        code = run(list(arguments))
        captured = capsys.readouterr()
        return Said(code, captured.out, captured.err)

    return command


@pytest.fixture
def diary(minqing: Minqing, tmp_path: Path) -> Path:
    """A diary made by `minqing init` in an empty folder; commands run inside it."""
    assert minqing("init").code == 0
    return tmp_path


@pytest.fixture
def write(diary: Path) -> Callable[[str, str], Path]:
    """Put an entry file into the diary as a person or another program would: header, then body."""

    def put(id_: str, header: str, body: str = "") -> Path:
        date = next(line.split(":")[1].strip() for line in header.splitlines() if line.startswith("date:"))
        kind = next(
            (line.split(":")[1].strip() for line in header.splitlines() if line.startswith("kind:")), "note"
        )
        folder = diary / "entries" / date[:4] / date[5:7]
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{date}-{kind}-{id_}.md"
        more = "" if "kind:" in header else "kind: note\n"
        path.write_text(f"---\nid: {id_}\n{more}{header.strip()}\n---\n{body}", encoding="utf-8")
        return path

    return put


def on_terminal(folder: Path, *words: str) -> Any:
    """`minqing` on a pseudo-terminal of 80 columns, in a folder."""
    import pexpect

    return pexpect.spawn(sys.executable, ["-m", "minqing", *words], cwd=str(folder), encoding="utf-8",
                         codec_errors="replace", timeout=60, env=os.environ | {"COLUMNS": "80"})  # fmt: skip


def until_it_waits(pid: int) -> None:
    """Until a process sleeps for want of what a person does.

    A prompt stands on the screen a moment before Python waits for its line; a Ctrl-C in between is lost.
    """
    state = Path(f"/proc/{pid}/stat")
    if not state.exists():  # not Linux
        time.sleep(2)
        return
    asleep, before, until = 0, "", time.monotonic() + 60
    while asleep < 10:
        assert time.monotonic() < until, "the process never came to rest"
        time.sleep(0.02)
        after = state.read_text().rpartition(")")[2]  # its state and the time it used, among others
        asleep = asleep + 1 if after.split()[0] == "S" and after == before else 0
        before = after
