"""fish: words of the diary's own with what they stand for; fish quotes what it inserts."""

from collections.abc import Iterator, Sequence

from minqing.shells import FILES, FREE, ROOT, Command, Takes

_FISH = r"""
# the words before the cursor without options and what these take; with folder: the folder of -C
function __minqing_words
    set -l cmd
    set -l takes
    for word in (commandline -opc)[2..-1]
        if set -q takes[1]
            test "$takes[1] $argv[1]" = '-C folder'; and printf '%s\n' $word
            set -e takes[1]
        else if contains -- "$cmd $word" $__minqing_taking
            set takes $word
        else if not string match -q -- '-*' $word
            set -q cmd[1]; or set cmd $word
            test "$argv[1]" = folder; or printf '%s\n' $word
        end
    end
end
# __minqing_is COMMAND [-eq PLACE]
function __minqing_is
    set -l words (__minqing_words)
    if test -z "$argv[1]"
        not set -q words[1]
    else
        test "$words[1]" = "$argv[1]"; and test (math (count $words) - 1) $argv[2..]
    end
end
function __minqing_ask
    set -l typed (commandline -ct | string replace -r -- '^-[^=]*=' '' | string replace -ra -- '["\'\\\\]' '')
    minqing _complete $argv[1] "=$typed" (__minqing_words folder) 2>/dev/null
end
complete -c minqing -e
complete -c minqing -f
"""


def script(commands: Sequence[Command]) -> str:
    """What ~/.config/fish/completions/minqing.fish holds."""
    every = (ROOT, *commands)
    taking = [
        _quoted(f"{one.name} {option}") for one in every for option, takes in one.options.items() if takes
    ]
    lines = [
        "# Tab for minqing in fish; made by: minqing completion fish",
        f"set -g __minqing_taking {' '.join(taking)}",
        _FISH.strip(),
        *(line for one in every for line in _of(one)),
    ]
    return "\n".join((*lines, ""))


def _of(command: Command) -> Iterator[str]:
    here = f"complete -c minqing -n {_quoted(f'__minqing_is {command.name}'.strip())}"
    if command.name:
        yield f"complete -c minqing -n __minqing_is -a {command.name} -d {_quoted(command.help)}"
    for option, takes in command.options.items():
        name = f"-l {option[2:]}" if option.startswith("--") else f"-s {option[1:]}"
        yield f"{here} {name}{_takes(takes, needed=True) if takes else ''}"
    for nth, takes in enumerate(command.places):
        which = "-ge" if command.endless and nth == len(command.places) - 1 else "-eq"
        at = _quoted(f"__minqing_is {command.name} {which} {nth}")
        yield f"complete -c minqing -n {at}{_takes(takes, needed=False)}"


def _takes(takes: Takes, needed: bool) -> str:
    alone = " -x" if needed else ""
    if takes.words:
        return f"{alone} -a {_quoted(' '.join(takes.words))}"
    if takes.list == FILES:
        return " -r -F" if needed else " -F"
    if takes.list == FREE:
        return alone
    return f"{alone} -k -a {_quoted(f'(__minqing_ask {takes.list})')}"


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
