"""The console script. `--version` answers here, before anything else is loaded."""

import gc
import sys

from minqing.streams import leave, name_utf8, open_streams, unwritten

# Start-up makes many objects that stay: looking through them for garbage costs a tenth of a command.
_MANY = 1_000_000


def main() -> None:
    """Run the command line and leave with its exit code."""
    gc.set_threshold(_MANY)
    open_streams()
    name_utf8()
    try:
        leave(_run(sys.argv[1:]))
    except KeyboardInterrupt:  # while the program was still loading
        leave(130)
    except OSError as error:  # where Python is told to buffer nothing, a write fails at once
        leave(unwritten(error))


def _run(arguments: list[str]) -> int:
    if arguments in (["--version"], ["-V"]):
        from minqing import __version__

        sys.stdout.write(f"minqing {__version__}\n")
        return 0
    from minqing.cli import run

    return run(arguments)


if __name__ == "__main__":
    main()
