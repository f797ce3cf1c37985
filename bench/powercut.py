"""Whether what was printed survives a power cut.

    sudo python3 bench/powercut.py --rounds 120
    sudo python3 bench/powercut.py --rounds 20 --careless     # the same for a plain write, to see that it would show

Makes a small ext4 disk in a file, with a diary on it, and mounts it through a loop device. Each round runs
`minqing new`, and the moment it has printed the path copies the file: that copy holds what had reached the disk,
and nothing of what the system still kept in memory, as a disk does whose power was cut. The copy is mounted (which
replays its journal), and every entry printed so far must stand on it byte for byte. Needs root, Linux and
e2fsprogs. Prints how many were lost and how many were empty; exits 1 if any.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

# the journal is written on its own only after this many seconds: what is saved is saved by us
_OPTIONS = "loop,commit=300"


class Unmountable(Exception):
    """No disk may be made or mounted here; says why."""


class Cut(NamedTuple):
    """What a number of power cuts left of the entries that were printed before them."""

    printed: int
    lost: int
    empty: int


@contextmanager
def mounted(image: Path, at: Path, options: str) -> Iterator[Path]:
    at.mkdir(exist_ok=True)
    _call("mount", "-o", options, str(image), str(at))
    try:
        yield at
    finally:
        _call("umount", str(at))


def _call(*words: str) -> None:
    try:
        ended = subprocess.run(words, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise Unmountable(str(error)) from None
    if ended.returncode:
        raise Unmountable(f"{' '.join(words)}: {ended.stderr.strip()}")


def cut(folder: Path, command: list[str], rounds: int, careless: bool = False) -> Cut:
    """Write an entry and cut the power, `rounds` times, in a scratch folder. Raises Unmountable."""
    image, copy = folder / "disk.img", folder / "cut.img"
    with image.open("wb") as file:
        file.truncate(48 * 1024 * 1024)
    _call("mkfs.ext4", "-q", "-F", str(image))
    lost = empty = 0
    written: dict[str, bytes] = {}
    with mounted(image, folder / "disk", _OPTIONS) as disk:
        root = disk / "diary"
        subprocess.run([*command, "init", str(root)], capture_output=True, check=True)
        subprocess.run(["sync"], check=True)
        for number in range(rounds):
            path = _careless(root, number) if careless else _new(command, root, number)
            shutil.copyfile(image, copy)
            written[path] = (root / path).read_bytes()
            with mounted(copy, folder / "after", "loop") as after:
                for name, data in written.items():
                    found = after / "diary" / name
                    if not found.exists():
                        lost += 1
                    elif found.read_bytes() != data:
                        empty += 1
    return Cut(rounds, lost, empty)


def _new(command: list[str], root: Path, number: int) -> str:
    day = f"2016-{number % 12 + 1:02}-{number % 28 + 1:02}"  # a new folder now and then
    words = [
        *command,
        "-C",
        str(root),
        "new",
        "note",
        "--date",
        day,
        "--text",
        f"第{number}次走访，渠通了水。",
    ]
    ended = subprocess.run(words, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=True)
    return ended.stdout.split()[0]


def _careless(root: Path, number: int) -> str:
    path = root / "entries" / f"{number}.md"
    path.write_text(f"第{number}次走访，渠通了水。", encoding="utf-8")
    return f"entries/{number}.md"


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--rounds", type=int, default=120)
    words.add_argument("--careless", action="store_true", help="write without care, to see that it shows")
    said = words.parse_args()
    with tempfile.TemporaryDirectory(prefix="minqing-powercut-") as folder:
        try:
            found = cut(Path(folder), [sys.executable, "-m", "minqing"], said.rounds, said.careless)
        except Unmountable as error:
            print(f"no disk can be made here: {error}")
            return 2
    print(f"{found.printed} power cuts: {found.lost} entries lost, {found.empty} empty or torn")
    return 1 if found.lost or found.empty else 0


if __name__ == "__main__":
    sys.exit(main())
