"""The terminal runs in the READMEs, kept true.

A ```console block is a run: lines that begin with `$ ` are typed, what follows is what came back. The first
block of a page runs in this repository, every other in an empty folder of its own.

    python tests/transcripts.py      run them again and write what came back into the pages
"""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = {"README.md": "en", "README.zh-CN.md": "zh"}
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
_ID = re.compile(r"\b[a-hjkmnp-tv-z][0-9a-hjkmnp-tv-z]{7}\b")


def replay(block: str, language: str, folder: Path) -> str:
    """The block with what its commands really print, stdout then stderr."""
    lines = []
    for typed in (line for line in block.splitlines() if line.startswith("$ ")):
        environment = {k: v for k, v in os.environ.items() if not k.startswith("MINQING_")}
        environment |= {"MINQING_LANG": language, "NO_COLOR": "1", "PYTHONUTF8": "1"}
        program = [sys.executable, "-m", *shlex.split(typed[2:])]
        ran = subprocess.run(
            program,
            cwd=folder,
            env=environment,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            text=True,
            check=False,
        )
        lines += [typed, *(ran.stdout + ran.stderr).rstrip("\n").splitlines()]
    return "\n".join(line.rstrip() for line in lines).replace(str(folder) + "/", "") + "\n"


def replay_page(page: str) -> str:
    """The page with every run as it is today."""
    text, runs = (ROOT / page).read_text(encoding="utf-8"), 0

    def again(match: re.Match[str]) -> str:
        nonlocal runs
        runs += 1
        if runs == 1:
            return f"```console\n{replay(match[1], PAGES[page], ROOT)}```"
        with tempfile.TemporaryDirectory() as folder:
            return f"```console\n{replay(match[1], PAGES[page], Path(folder))}```"

    return BLOCK.sub(again, text)


def without_chance(page: str) -> str:
    """The page with what differs from run to run made the same: new ids, the day a report was made."""
    return re.sub(r"(Made: |制表：|制表日期：)\S+", r"\1DAY", _ID.sub("ID", page))


if __name__ == "__main__":
    for name in PAGES:
        (ROOT / name).write_text(replay_page(name), encoding="utf-8")
