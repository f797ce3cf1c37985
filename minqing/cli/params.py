"""What the words of a command are, said beside each parameter; Typer (group.py) is told from here.

A command's module loads this alone, so that a plain command line can be answered without loading Typer.
"""


class Option:
    """An option by its names; a flag for a bool, once for each of its words for a list."""

    def __init__(
        self,
        *names: str,
        help: str = "",
        metavar: str | None = None,
        min: int | None = None,
        choices: tuple[str, ...] = (),
    ) -> None:
        self.names, self.help, self.metavar = names, help, metavar
        self.min, self.choices = min, choices


class Argument:
    """A word, or the words left over for a list, that stands without a name."""

    def __init__(self, help: str = "", metavar: str | None = None) -> None:
        self.help, self.metavar = help, metavar
