import type { Report } from '../../src/model/report.ts';

/** What a server, a file name, a record or a person could send to harm a reader of the report. */
export const payload = [
  // Terminals: colours, titles, the clipboard, clearing the screen, 8-bit controls, tabs and returns.
  '\u001b[31m\u001b]0;owned\u0007\u001b]52;c;b3duZWQ=\u0007\u001b[2J\u009b31m\t\r',
  // Pages.
  '</script><script>alert(1)</script><img src=x onerror=alert(1)><svg/onload=alert(1)>" onmouseover="alert(1)\'',
  '</title></style></textarea>--><!-- ]]> &lt; &#60; {{7*7}}',
  // What cannot be seen, and what turns the rest of the line round; characters that XML does not know.
  '\u202etxt.exe\u202c\u2066\u200b\u00ad\ufeff\u2028\u2029\u0000\u0008\ufffe\uffff\ud800',
  // Markdown.
  '\n# heading\n- list\n1. one\n> quote\n| a | b |\n|---|---|\n```\n~~~\n`` ` `` **b** [x](javascript:alert(1)) ![y](z) <z@z.example> @octocat #1\n\n***\n',
  // Logs of jobs.
  '\n::error::owned\n::stop-commands::owned\n::add-mask::a\n##[error]owned\n##vso[task.setvariable variable=a]owned\n##teamcity[x]%0A::error::owned',
  // Monitoring, spreadsheets, messages with places.
  "|'=\"x\"=1;2;3\n=cmd|' /C calc'!A1\n@SUM(1)\n+1\n-1\n{0} {{1}} \\n \\",
].join('');

/** Words; what else a report holds (ids, states, times, the names of files that a format has to understand) is not touched. */
const wordsIn = new Set(
  [
    'target mailbox title summary says explanation message verify skippedBecause cause_title',
    'file element workflow screen text left right key shown name source note from to path due',
    'because failure.message template subject step value when within evidence url host machine system node',
    'suppressed suppress before after field encoding format table column rule_title username server login config result how',
  ]
    .join(' ')
    .split(' '),
);
const listsOfWords = new Set(['steps', 'affects', 'unexplained', 'says', 'shown', 'notes', 'to', 'needs', 'columns']);

/** Enumerations that happen to bear the name of a word. */
const known = new Set([
  'left',
  'right',
  'both',
  'here',
  'there',
  'crm-doctor',
  'text',
  'number',
  'date',
  'csv',
  'target',
  'configuration',
  'type',
]);

const spoilt = (node: unknown, spoil: (text: string) => string, key = ''): unknown => {
  if (typeof node === 'string') return wordsIn.has(key) && !known.has(node) ? spoil(node) : node;
  if (Array.isArray(node)) {
    return node.map((one: unknown) =>
      typeof one === 'string' && (listsOfWords.has(key) || wordsIn.has(key)) ? spoil(one) : spoilt(one, spoil, key),
    );
  }
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(Object.entries(node).map(([name, inner]) => [name, spoilt(inner, spoil, name)]));
};

/** A report with something added to every word of it, keys and references alike, so that what was equal stays equal. */
export const withWords = (report: Report, spoil: (text: string) => string): Report => {
  const { schema, tool, ...rest } = report;
  // The walk keeps the shape: only the characters of strings change.
  const all = spoilt(rest, spoil) as Omit<Report, 'schema' | 'tool'>;
  return { schema, tool, ...all };
};

/** What GitHub, Gitea, Azure Pipelines and TeamCity would obey if this stood in the log of a job (actions/runner, ActionCommand.cs). */
export const commandsIn = (log: string): readonly string[] =>
  log.split('\n').filter((line) => {
    const trimmed = line.trimStart();
    const second = trimmed.startsWith('::') && /^::[\w-]+(?: [^\n]*?)?::/.test(trimmed);
    return second || /##\[[^\]]*\]/.test(line) || /##(?:vso|teamcity)\[/.test(line);
  });
