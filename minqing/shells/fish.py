"""fish: words of the diary's own with what they stand for; fish quotes what it inserts."""

from collections.abc import Iterator, Sequence

from minqing.shells import FILES, FREE, ROOT, Command, Takes

_FISH = r"""
# the words before the cursor, without what -C takes; the folder of -C
function __minqing_words
    set -l skip
    for word in (commandline -opc)[2..-1]
        if set -q skip[1]
            set -e skip[1]
            test "$argv[1]" = folder; and printf '%s\n' $word
        else if test "$word" = -C
            set skip 1
        else if test "$argv[1]" != folder; and not string match -q -- '-*' $word
            printf '%s\n' $word
        end
    end
end
function __minqing_is
    set -l words (__minqing_words)
    if test -z "$argv[1]"
        not set -q words[1]
    else
        set -q words[1]; and test "$words[1]" = "$argv[1]"
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
    lines = [line for command in (ROOT, *commands) for line in _of(command)]
    return "\n".join(("# Tab for minqing in fish; made by: minqing completion fish", _FISH[1:], *lines, ""))


def _of(command: Command) -> Iterator[str]:
    here = f"complete -c minqing -n {_quoted(f'__minqing_is {command.name}'.strip())}"
    if command.name:
        yield f"complete -c minqing -n __minqing_is -a {command.name} -d {_quoted(command.help)}"
    for option, takes in command.options.items():
        name = f"-l {option[2:]}" if option.startswith("--") else f"-s {option[1:]}"
        yield f"{here} {name}{_takes(takes, needed=True) if takes else ''}"
    for takes in dict.fromkeys(command.places):
        yield f"{here}{_takes(takes, needed=False)}"


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
