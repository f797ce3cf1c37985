"""What each command costs, as a ratio to `python -c pass` of the same environment in the same run.

    python3 -m venv /tmp/bv && /tmp/bv/bin/pip install '/path/to/minqing[office]'
    python3 bench/run.py --bin /tmp/bv/bin --sizes 1000,10000 --rounds 11

Measures the installed console script (not `python -m`, not an editable install) in a diary of N
invented entries (bench/corpus.py), output to a pipe, PYTHON* unset. Each round runs every command
once, each with a bare Python beside it; the table shows medians. Not a test: absolute times are
noise, ratios hold, and on a busy machine CPU holds better than wall.

Columns: CPU and wall in bare Pythons, peak memory of the largest process in MiB and in bare Pythons,
the limit, and `over` where CPU is above it. The cold index is in seconds of wall and MiB, as its
limits are, and names beside the largest process the sum over its processes (PSS, sampled).
`--strict` exits 1 if a limit is passed. `--papers` measures instead every report that needs no subject in the
formats of an office, in times of its own json.
"""

import argparse
import marshal
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import corpus

# Two characters that one entry of a hundred holds, and two that one of seven does.
SOUGHT, OFTEN = "窖水", "低保"

# The limits, in bare Pythons of CPU: up to 1,000 entries, and above.
LIMITS = {
    "--version": (1.5, 1.5),
    "kinds --help": (8, 8),
    "list": (9, 10),
    "report --month 2016-05": (9, 10),
    f"search {SOUGHT}": (9, 12),
    f"search {OFTEN}": (9, 12),
    "new note --text …": (9, 9),
}
COLD_SECONDS, COLD_MIB = 5.0, 60.0  # at 10,000 entries
CHANGED = 1.3  # one file changed, against none
PAPERS, PAPER = ("xlsx", "docx", "html"), 3.0  # each against the same report as json, at 10,000 entries

# Commands run from this small process: what is started straight from a big one counts its memory too.
_STARTER = r"""
import marshal, os, sys, time
def pss(pid):
    total = 0
    for one in [pid] + list(map(int, open(f"/proc/{pid}/task/{pid}/children").read().split())):
        try:
            with open(f"/proc/{one}/smaps_rollup") as file:
                total += next(int(line.split()[1]) for line in file if line.startswith("Pss:"))
        except (OSError, StopIteration):
            pass
    return total
while True:
    try:
        argv, env, folder, watch = marshal.load(sys.stdin.buffer)
    except EOFError:
        break
    os.chdir(folder)
    read, write = os.pipe()
    os.set_inheritable(write, True)
    actions = [(os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0), (os.POSIX_SPAWN_DUP2, write, 1),
               (os.POSIX_SPAWN_OPEN, 2, "/dev/null", os.O_WRONLY, 0), (os.POSIX_SPAWN_CLOSE, read)]
    began = time.perf_counter()
    child = os.posix_spawn(argv[0], argv, env, file_actions=actions)
    os.close(write)
    size = peak = 0
    if watch:
        os.set_blocking(read, False)
        while True:
            try:
                part = os.read(read, 65536)
                if not part:
                    break
                size += len(part)
            except BlockingIOError:
                try:
                    peak = max(peak, pss(child))
                except OSError:
                    pass
                time.sleep(0.02)
    else:
        while part := os.read(read, 65536):
            size += len(part)
    _, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - began
    os.close(read)
    sys.stdout.buffer.write(marshal.dumps(
        (os.waitstatus_to_exitcode(status), wall, used.ru_utime + used.ru_stime, used.ru_maxrss, peak, size)))
    sys.stdout.buffer.flush()
"""


class Run(NamedTuple):
    """One process: seconds, seconds, KiB of the largest process, KiB of all together (0: not watched), bytes."""

    code: int
    wall: float
    cpu: float
    peak: int
    all_peaks: int
    printed: int


class Bench:
    """Starts commands of one environment and measures them."""

    def __init__(self, folder_of_scripts: Path) -> None:
        self.python = str(folder_of_scripts / "python")
        self.minqing = str(folder_of_scripts / "minqing")
        self.env = {
            key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "MINQING"))
        }
        self.starter = subprocess.Popen(
            [self.python, "-I", "-S", "-c", _STARTER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=self.env,
        )

    def run(self, argv: list[str], folder: Path, watch: bool = False, good: tuple[int, ...] = (0,)) -> Run:
        assert self.starter.stdin is not None
        assert self.starter.stdout is not None
        marshal.dump((argv, self.env, str(folder), watch), self.starter.stdin)
        self.starter.stdin.flush()
        found = Run(*marshal.load(self.starter.stdout))
        if found.code not in good:
            raise SystemExit(f"{' '.join(argv)}: exit {found.code}")
        return found

    def bare(self, folder: Path) -> Run:
        return self.run([self.python, "-c", "pass"], folder)

    def command(self, words: list[str], folder: Path, watch: bool = False) -> Run:
        return self.run([self.minqing, *words], folder, watch)


class Line(NamedTuple):
    """A row of the table; `limit` is in the unit of `value`."""

    name: str
    value: float  # CPU in bare Pythons, unless the name says otherwise
    wall: float
    peak_mib: float
    peak: float
    limit: float | None
    unit: str = "×"

    @property
    def over(self) -> bool:
        return self.limit is not None and self.value > self.limit


def middle(runs: list[Run], field: str) -> float:
    return statistics.median(getattr(run, field) for run in runs)


def line(name: str, runs: list[Run], bare: list[Run], limit: float | None) -> Line:
    return Line(
        name,
        middle(runs, "cpu") / middle(bare, "cpu"),
        middle(runs, "wall") / middle(bare, "wall"),
        middle(runs, "peak") / 1024,
        middle(runs, "peak") / middle(bare, "peak"),
        limit,
    )


def interleaved(
    bench: Bench, folder: Path, commands: dict[str, list[str]], rounds: int, size: int
) -> Iterator[Line]:
    """Every command once a round, each beside a bare Python."""
    bare: list[Run] = []
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for number in range(rounds + 1):
        for name, words in commands.items():
            beside, run = bench.bare(folder), bench.command(words, folder)
            if number:  # the first round only warms
                bare.append(beside)
                runs[name].append(run)
    for name, found in runs.items():
        limit = LIMITS.get(name)
        yield line(name, found, bare, limit and limit[size > 1000])


def settled() -> None:
    """Wait until no file is so young that it is read again to be safe."""
    time.sleep(2.2)


def changed(bench: Bench, folder: Path, rounds: int) -> Iterator[Line]:
    """`list` after one file was changed a while ago, after none, and at once after a change."""
    files = sorted(folder.glob("entries/*/*/*.md"))[-20:]  # what `list` shows, so that it must be read again
    bare, none, one, young = [], [], [], []
    for number in range(rounds):
        path = files[number % len(files)]
        path.write_text(path.read_text(encoding="utf-8") + "又记一句。\n", encoding="utf-8")
        young.append(bench.command(["list"], folder))
        path.write_text(path.read_text(encoding="utf-8") + "又记一句。\n", encoding="utf-8")
        settled()
        one.append(bench.command(["list"], folder))
        bare.append(bench.bare(folder))
        none.append(bench.command(["list"], folder))
    yield line("list, none changed", none, bare, None)
    yield line("list, one changed", one, bare, None)
    yield line("list, one changed just now", young, bare, None)
    ratio = middle(one, "cpu") / middle(none, "cpu")
    yield Line("one changed ÷ none", ratio, middle(one, "wall") / middle(none, "wall"), 0, 1, CHANGED)


def cold(bench: Bench, folder: Path, rounds: int, size: int) -> Iterator[Line]:
    """`list` without an index; and once more with an eye on the memory of all its processes together."""
    runs, bare = [], []
    for _ in range(rounds):
        shutil.rmtree(folder / ".minqing", ignore_errors=True)
        bare.append(bench.bare(folder))
        runs.append(bench.command(["list"], folder))
    shutil.rmtree(folder / ".minqing", ignore_errors=True)
    watched = bench.command(["list"], folder, watch=True)
    yield line("cold index", runs, bare, None)
    wall = middle(runs, "wall")
    ratio = middle(runs, "peak") / middle(bare, "peak")
    limits = (COLD_SECONDS, COLD_MIB) if size <= 10_000 else (None, None)
    yield Line("cold index, seconds of wall", wall, wall, 0, ratio, limits[0], "s")
    peak = middle(runs, "peak") / 1024
    yield Line("cold index, largest process", peak, 0, peak, ratio, limits[1], "MiB")
    yield Line(
        "cold index, all processes (PSS)",
        watched.all_peaks / 1024,
        0,
        watched.all_peaks / 1024,
        0,
        None,
        "MiB",
    )


def measure(bench: Bench, folder: Path, size: int, rounds: int) -> Iterator[Line]:
    yield from cold(bench, folder, max(2, rounds // 4), size)
    settled()
    reading = {
        "--version": ["--version"],
        "kinds --help": ["kinds", "--help"],
        "list": ["list"],
        "report --month 2016-05": ["report", "--month", "2016-05"],
        f"search {SOUGHT}": ["search", SOUGHT],
        f"search {OFTEN}": ["search", OFTEN],
        "today": ["today", "--today", "2016-05-28"],
    }
    yield from interleaved(bench, folder, reading, rounds, size)
    yield from changed(bench, folder, max(3, rounds // 2))
    writing = {"new note --text …": ["new", "note", "--text", "村里的渠通了水。"]}
    yield from interleaved(bench, folder, writing, rounds, size)


def papers(bench: Bench, folder: Path, size: int, rounds: int) -> Iterator[Line]:
    """Every report that needs no subject, as json (in bare Pythons) and as each paper (in times of the json)."""
    for report in listed(bench, folder):
        bare: list[Run] = []
        runs: dict[str, list[Run]] = {name: [] for name in ("json", *PAPERS)}
        for _ in range(rounds):
            bare.append(bench.bare(folder))
            for name, found in runs.items():
                found.append(bench.command(["report", report, "-f", name], folder))
        yield line(f"{report}, json", runs["json"], bare, None)
        for name in PAPERS:
            yield line(f"{report}, {name} ÷ json", runs[name], runs["json"], PAPER)


def listed(bench: Bench, folder: Path) -> list[str]:
    """The reports that can be asked for by their name alone."""
    said = subprocess.run(
        [bench.minqing, "report", "--list"],
        cwd=folder,
        env=bench.env,
        capture_output=True,
        text=True,
        check=True,
    )
    names = [line.split()[0] for line in said.stdout.splitlines()]
    asked = {name: bench.run([bench.minqing, "report", name], folder, good=(0, 1, 2)) for name in names}
    return [name for name, run in asked.items() if run.code == 0]


def show(found: Line) -> str:
    limit = "" if found.limit is None else f"≤ {found.limit:g}"
    mark = "over" if found.over else ""
    wall = f"{found.wall:.2f}" if found.unit == "×" else ""
    peak = f"{found.peak_mib:.1f} ({found.peak:.1f}×)" if found.peak_mib else ""
    return f"  {found.name:<34} {found.value:>8.2f} {found.unit:<3} {wall:>8} {peak:>14}  {limit:<7} {mark}"


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--bin", type=Path, help="the environment's folder of scripts; default: this Python's")
    words.add_argument("--sizes", default="1000,10000", help="entries of each diary")
    words.add_argument("--rounds", type=int, default=11)
    words.add_argument("--papers", action="store_true", help="measure reports as papers")
    words.add_argument("--strict", action="store_true", help="exit 1 if a limit is passed")
    words.add_argument(
        "--keep", type=Path, help="make the diaries here, and use them again if they are there"
    )
    said = words.parse_args()
    bench = Bench((said.bin or Path(sys.executable).parent).absolute())
    over = 0
    with tempfile.TemporaryDirectory(prefix="minqing-bench-") as temporary:
        for size in map(int, said.sizes.split(",")):
            folder = (said.keep or Path(temporary)).absolute() / f"diary-{size}"
            if not folder.exists():
                corpus.write_diary(folder, size)
            print(f"{size} entries, {said.rounds} rounds")
            print(f"  {'':<34} {'CPU':>8}     {'wall':>8} {'peak MiB':>14}  limit")
            for found in (papers if said.papers else measure)(bench, folder, size, said.rounds):
                print(show(found), flush=True)
                over += found.over
    bench.starter.stdin.close()  # type: ignore[union-attr]
    bench.starter.wait()
    if over:
        print(f"{over} over the limit")
    return 1 if over and said.strict else 0


if __name__ == "__main__":
    sys.exit(main())
