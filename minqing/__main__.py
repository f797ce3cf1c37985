"""The console script. `--version` answers here, before anything else is loaded."""

import gc
import sys

# Start-up makes many objects that stay: looking through them for garbage costs a tenth of a command.
_MANY = 200_000


def main() -> None:
    """Run the command line and leave with its exit code."""
    gc.set_threshold(_MANY)
    if sys.argv[1:] in (["--version"], ["-V"]):
        from minqing import __version__

        sys.stdout.write(f"minqing {__version__}\n")
        return
    from minqing.cli import leave, run

    leave(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
