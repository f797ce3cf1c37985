"""bash, from 3.2: ids are listed with their titles, which are never put into the command line."""

from collections.abc import Sequence

from minqing.shells import Command, posix

_BASH = r"""
_minqing() {
    local cur=${COMP_WORDS[COMP_CWORD]} cmd takes flags dir word title typed quote= nth
    local -a titles
    COMPREPLY=()
    _minqing_read "${COMP_WORDS[@]:1:COMP_CWORD-1}"
    [[ $cur == = ]] && cur=
    # quotes and backslashes are taken off here; what stands in them is never evaluated
    case $cur in
    [\"\']*) quote=1 typed=${cur:1} ;;
    *) typed=${cur//\\/} ;;
    esac
    dir=${dir//[\"\'\\]/}
    [[ $typed == -* && -n $flags ]] && takes="=$flags"
    case $takes in
    '' | - | files) return ;; # bash offers the files itself
    '='*)
        for word in ${takes#=}; do [[ $word == "$typed"* ]] && COMPREPLY+=("$word"); done
        return
        ;;
    esac
    while IFS=$'\t' read -r word title; do
        if [[ -z $quote ]]; then
            printf -v word %q "$word"
        elif [[ $word == *[\"\'\\\$\`\!]* ]]; then
            continue # between quotes it would not stay what it is
        fi
        COMPREPLY+=("$word")
        titles+=("$title")
    done < <(minqing _complete "$takes" "=$typed" "$dir" 2>/dev/null)
    # ? ! @: bash only lists, and puts in no more than what all candidates begin with
    case $COMP_TYPE in
    63 | 33 | 64)
        ((${#COMPREPLY[@]} > 1)) && for nth in "${!COMPREPLY[@]}"; do
            [[ -n ${titles[nth]} ]] && COMPREPLY[nth]+="  ${titles[nth]}"
        done
        ;;
    esac
    return 0
}
complete -o default -o nosort -F _minqing minqing 2>/dev/null || complete -o default -F _minqing minqing
"""


def script(commands: Sequence[Command]) -> str:
    """What ~/.bashrc sources."""
    return f"# Tab for minqing in bash; made by: minqing completion bash\n{posix(commands)}{_BASH}"
