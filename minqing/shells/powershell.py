"""PowerShell, Windows' own and the newer: words of the diary's own in single quotes, with a tip on each.

The script is ASCII, for Windows' own PowerShell reads what is piped to it in the console's encoding.
"""

from collections.abc import Sequence

from minqing.shells import ROOT, Command, taken

_POWERSHELL = r"""
Register-ArgumentCompleter -Native -CommandName minqing -ScriptBlock {
    param($typed, $line, $cursor)
    $takes = @{
%(takes)s
    }
    $flags = @{
%(flags)s
    }
    $cmd = ''; $place = 0; $wants = ''; $dir = ''; $ended = $false
    foreach ($element in $line.CommandElements | Select-Object -Skip 1) {
        if ($element.Extent.EndOffset -ge $cursor) { break }
        $word = if ($null -ne $element.Value) { "$($element.Value)" } else { $element.Extent.Text }
        if ($wants) { if ($wants -ceq 'dir') { $dir = $word }; $wants = ''; continue }
        if (-not $ended) {
            if ($word -ceq '--') { $ended = $true; continue }
            if (-not $cmd -and $word -ceq '-C') { $wants = 'dir'; continue }
            if ($takes.ContainsKey("$cmd $word") -and $word.StartsWith('-')) { $wants = $takes["$cmd $word"]; continue }
            if ($word.StartsWith('-')) { continue }
        }
        if ($cmd) { $place += 1 } else { $cmd = $word }
    }
    if ($wants -ceq 'dir') { return }
    if (-not $wants) {
        if ($typed.StartsWith('-')) { $wants = '=' + $flags[$cmd] }
        elseif (-not $cmd) { $wants = '=%(names)s' }
        elseif ($takes.ContainsKey("$cmd $place")) { $wants = $takes["$cmd $place"] }
        elseif ($takes.ContainsKey("$cmd *")) { $wants = $takes["$cmd *"] }
    }
    if (-not $wants -or $wants -ceq '-' -or $wants -ceq 'files') { return }
    $begun = $typed.Trim([char[]](34, 39))
    if ($wants.StartsWith('=')) {
        $lines = $wants.Substring(1).Split(' ') | Where-Object { $_.StartsWith($begun) }
    } else {
        $before = [Console]::OutputEncoding
        try {
            [Console]::OutputEncoding = [Text.Encoding]::UTF8
            $lines = if ($dir) { minqing _complete $wants "=$begun" $dir } else { minqing _complete $wants "=$begun" }
        } finally { [Console]::OutputEncoding = $before }
    }
    foreach ($one in $lines) {
        $word, $title = $one.Split([char]9, 2)
        $put = $word
        if ($word -notmatch '^[\w./-]+$') {
            # every sign that PowerShell takes for a quote is doubled
            $put = "'" + [Management.Automation.Language.CodeGeneration]::EscapeSingleQuotedStringContent($word) + "'"
        }
        if (-not $title) { $title = $word }
        [Management.Automation.CompletionResult]::new($put, "$word  $title".Trim(), 'ParameterValue', $title)
    }
}
"""


def script(commands: Sequence[Command]) -> str:
    """What the profile pipes to Invoke-Expression."""
    takes = [
        f"        '{one}' = '{what}'" for what, where in taken(commands).items() for one in sorted(set(where))
    ]
    flags = [f"        '{one.name}' = '{' '.join(one.options)}'" for one in (*commands, ROOT)]
    filled = _POWERSHELL % {
        "takes": "\n".join(takes),
        "flags": "\n".join(flags),
        "names": " ".join(one.name for one in commands),
    }
    return f"# Tab for minqing in PowerShell; made by: minqing completion powershell\n{filled}"
