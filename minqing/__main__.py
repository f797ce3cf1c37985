"""The console script. `--version` answers here, before anything else is loaded."""

import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        from minqing import __version__

        sys.stdout.write(f"minqing {__version__}\n")
        return
    from minqing.cli import leave, run

    leave(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
