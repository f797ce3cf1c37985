"""zsh: words of the diary's own with what they stand for; zsh quotes what it inserts."""

from collections.abc import Sequence

from minqing.shells import Command, posix, quoted

_ZSH = r"""
_minqing() {
    local cmd takes flags dir line typed
    local -a before found shown
    before=("${(@Q)words[2,CURRENT-1]}")
    if [[ $PREFIX == --*=* ]]; then # --format=html
        before+=("${PREFIX%%=*}")
        compset -P '*='
    fi
    _minqing_read "${before[@]}"
    typed=${(Q)PREFIX}
    [[ $typed == -* && -n $flags ]] && takes="=$flags"
    case $takes in
    '' | -) return 1 ;;
    files) _files && return ;;
    '='*)
        if [[ -z $cmd && $typed != -* ]]; then
            _describe -V command _minqing_commands
        else
            compadd -V words -- ${=takes#=}
        fi
        return
        ;;
    esac
    for line in "${(@f)$(minqing _complete "$takes" "=$typed" "$dir" 2>/dev/null)}"; do
        [[ -n $line ]] || continue
        found+=("${line%%$'\t'*}")
        shown+=("${line/$'\t'/  }")
    done
    (($#found)) || { _files && return; }
    if [[ "$found" == "$shown" ]]; then
        compadd -V words -a found
    else
        compadd -V words -l -d shown -a found
    fi
}
(($+functions[compdef])) || { autoload -Uz compinit && compinit; }
compdef _minqing minqing
"""


def script(commands: Sequence[Command]) -> str:
    """What ~/.zshrc sources."""
    lines = "\n".join(f"    {quoted(f'{one.name}:{one.help}')}" for one in commands)
    told = f"_minqing_commands=(\n{lines}\n)\n"
    return f"# Tab for minqing in zsh; made by: minqing completion zsh\n{posix(commands)}{told}{_ZSH}"
