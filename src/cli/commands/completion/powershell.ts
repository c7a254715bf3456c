import type { Named, Tree, Values } from './tree.ts';

const quoted = (text: string): string => `'${text.replace(/['’‘]/g, (quote) => quote + quote)}'`;

const list = (words: readonly string[]): string => `@(${words.map(quoted).join(', ')})`;

const described = (named: readonly Named[]): string =>
  `@(${named.map(({ name, about }) => `@(${quoted(name)}, ${quoted(about)})`).join(', ')})`;

/** Files and directories are PowerShell's own work: it completes paths where a completer offers nothing. */
const wordsOf = (values: Values): readonly string[] => (values.kind === 'words' ? values.words : []);

export const powershellScript = ({
  places,
  taking,
}: Tree): string => `# PowerShell completion of crm-doctor: crm-doctor completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName crm-doctor -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $takes = @{
${taking.flatMap(({ flags, values }) => flags.map((flag) => `    ${quoted(flag)} = ${list(wordsOf(values))}`)).join('\n')}
  }
  $many = ${list(taking.flatMap(({ flags, many }) => (many ? flags : [])))}
  $places = @{
${places
  .map(
    ({ at, commands, flags, values }) =>
      `    ${quoted(at)} = @{ Flags = ${described(flags)}; Words = ${
        commands.length > 0 ? described(commands) : described(wordsOf(values).map((name) => ({ name, about: name })))
      } }`,
  )
  .join('\n')}
  }
  $at = ''
  $flag = ''
  $typed = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
  foreach ($word in $typed) {
    $further = "$at $word".Trim()
    if ($word.StartsWith('-')) {
      if ($takes.ContainsKey($word)) { $flag = $word } else { $flag = '' }
    } elseif ($flag -ne '') {
      if ($many -notcontains $flag) { $flag = '' }
    } elseif ($places.ContainsKey($further)) {
      $at = $further
    }
  }
  $offered = if ($wordToComplete.StartsWith('-')) { $places[$at].Flags }
    elseif ($flag -ne '') { @($takes[$flag] | ForEach-Object { , @($_, $_) }) }
    else { $places[$at].Words }
  $offered | Where-Object { $_ -and $_[0].StartsWith($wordToComplete) } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_[0], $_[0], 'ParameterValue', $(if ($_[1]) { $_[1] } else { $_[0] }))
  }
}
`;
