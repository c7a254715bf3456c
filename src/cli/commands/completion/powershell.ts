// The command line goes over in a variable: Windows PowerShell loses empty words and quotes of arguments.
export const powershellScript = (
  language: string,
): string => `# PowerShell completion of crm-doctor: crm-doctor completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName crm-doctor -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $line = $commandAst.ToString()
  $length = $cursorPosition - $commandAst.Extent.StartOffset
  $line = if ($length -lt $line.Length) { $line.Substring(0, $length) } else { $line.PadRight($length) }
  $encoding = [Console]::OutputEncoding
  $offered = @()
  try {
    $env:CRM_DOCTOR_COMPLETE_LINE = $line
    [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
    $offered = @(& crm-doctor __complete powershell ${language} 2>$null)
  } finally {
    [Console]::OutputEncoding = $encoding
    Remove-Item Env:CRM_DOCTOR_COMPLETE_LINE -ErrorAction SilentlyContinue
  }
  foreach ($entry in $offered) {
    # Paths are PowerShell's own work: it completes them where nothing is offered.
    if ($entry.StartsWith(':')) { continue }
    $name, $about = $entry -split "\`t", 2
    $text = if ($name -match '[^\\w@./:=+-]') { "'" + $name.Replace("'", "''") + "'" } else { $name }
    $tip = if ($about) { $about } else { $name }
    [System.Management.Automation.CompletionResult]::new($text, $name, 'ParameterValue', $tip)
  }
}
`;
