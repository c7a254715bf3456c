import { grouped, type Language, type Text } from '../model/text.ts';
import { type CauseRow, isNothing, type LogReport, type Sample } from './report.ts';
import { lineCount, localTime, troubleText, words } from './words.ts';

type Paint = (text: string) => string;

/** How and how wide it is written; the command gives it. */
export interface Pen {
  readonly columns: number;
  readonly narrow: boolean;
  readonly language: Language;
  readonly verbose: boolean;
  readonly quiet: boolean;
  readonly signs: { readonly fail: string; readonly unknown: string; readonly pass: string };
  readonly ink: {
    readonly bold: Paint;
    readonly dim: Paint;
    readonly red: Paint;
    readonly yellow: Paint;
    readonly green: Paint;
  };
  readonly clean: (text: string) => string;
  readonly wrap: (text: string, columns: number) => readonly string[];
  readonly width: (text: string) => number;
  readonly confidence: (value: number) => Text;
}

/** Wrapped below an indent; blanks at the start of the text are kept for all its lines. */
const under = (pen: Pen, indent: number, text: string): readonly string[] => {
  const own = indent + (text.length - text.trimStart().length);
  return pen.wrap(pen.clean(text.trimStart()), Math.max(10, pen.columns - own)).map((line) => ' '.repeat(own) + line);
};

const rowOf = (pen: Pen, label: Text, values: readonly string[]): readonly string[] => {
  if (values.length === 0) return [];
  const name = label[pen.language];
  if (pen.narrow) return [pen.ink.dim(`  ${name}`), ...values.flatMap((value) => under(pen, 4, value))];
  const column = pen.language === 'ja' ? 14 : 13;
  const body = values.flatMap((value) => under(pen, column, value));
  const gap = ' '.repeat(Math.max(1, column - 2 - pen.width(name)));
  return body.map((line, index) => (index === 0 ? `  ${pen.ink.dim(name)}${gap}${line.trimStart()}` : line));
};

const seen = (row: { readonly first: string | null; readonly last: string | null }): readonly string[] => {
  if (row.first === null || row.last === null) return [];
  const [first, last] = [localTime(row.first), localTime(row.last)];
  return [first === last ? first : `${first} – ${last}`];
};

const joinedText = ({ joined, queueId }: Sample): readonly string[] => {
  if (!joined) return [];
  const way = `${joined.sender ?? '?'} → ${joined.recipients.join(', ') || '?'}`;
  const parts = [queueId, way, joined.relay, joined.messageId, `(${joined.lines.slice(0, 3).join(', ')})`];
  return [`  ${parts.filter((part) => part !== undefined && part !== '').join('  ')}`];
};

const sampleLines = (pen: Pen, samples: readonly Sample[]): readonly string[] =>
  samples
    .slice(0, pen.verbose ? 3 : 2)
    .flatMap((sample) => [
      `${sample.file}:${sample.line}`,
      ...[pen.verbose ? sample.text : shortened(sample.text, 220)].map((text) => `  ${text}`),
      ...joinedText(sample),
    ]);

const shortened = (text: string, length: number): string => (text.length > length ? `${text.slice(0, length)}…` : text);

const headline = (pen: Pen, sign: string, title: string, paint: Paint): readonly string[] => {
  const [first = '', ...rest] = pen.wrap(pen.clean(title), pen.columns - 2);
  return [`${paint(sign)} ${pen.ink.bold(first)}`, ...rest.map((line) => `  ${pen.ink.bold(line)}`)];
};

export const causeBlock = (pen: Pen, row: CauseRow): readonly string[] => [
  ...headline(pen, pen.signs.fail, `${row.title}  [${row.cause}]  ${lineCount(row.count, pen.language)}`, pen.ink.red),
  ...rowOf(pen, words.likelihood, [pen.confidence(row.confidence)[pen.language]]),
  ...rowOf(pen, words.seen, seen(row)),
  ...rowOf(pen, words.hosts, row.hosts.length === 0 ? [] : [row.hosts.slice(0, 6).join(', ')]),
  ...rowOf(pen, words.mailboxes, row.mailboxes.length === 0 ? [] : [row.mailboxes.slice(0, 6).join(', ')]),
  ...rowOf(pen, words.samples, sampleLines(pen, row.samples)),
  ...rowOf(pen, words.next, [`crm-doctor explain ${row.cause}`]),
];

const unknownBlock = (pen: Pen, { unknown }: LogReport): readonly string[] => {
  if (unknown.lines === 0) return [];
  const most = pen.verbose ? 50 : 8;
  const left = Math.max(0, unknown.shapes.length - most);
  return [
    ...headline(
      pen,
      pen.signs.unknown,
      `${words.unknown[pen.language]}: ${lineCount(unknown.lines, pen.language)}`,
      pen.ink.yellow,
    ),
    ...unknown.shapes.slice(0, most).flatMap(({ count, shape, samples }) => {
      const [sample] = samples;
      const place = sample === undefined ? '' : `  (${sample.file}:${sample.line})`;
      return under(pen, 2, `${grouped(count)} × ${shape}${place}`);
    }),
    ...(left > 0 ? under(pen, 2, `${words.moreShapes[pen.language]} ${left}`) : []),
  ];
};

const hiddenBlock = (pen: Pen, { hidden }: LogReport): readonly string[] =>
  hidden.flatMap((row) => [
    ...headline(pen, pen.signs.unknown, `${row.by}: ${lineCount(row.count, pen.language)}`, pen.ink.yellow),
    ...under(pen, 2, words.hidden[pen.language]),
    ...rowOf(pen, words.seen, seen(row)),
    ...rowOf(pen, words.samples, sampleLines(pen, row.samples)),
  ]);

const size = (bytes: number): string =>
  bytes >= 1e9
    ? `${(bytes / 1e9).toFixed(1)} GB`
    : bytes >= 1e6
      ? `${(bytes / 1e6).toFixed(1)} MB`
      : `${Math.max(bytes === 0 ? 0 : 0.1, bytes / 1e3).toFixed(1)} kB`;

/** The last line: how much was read and what came of it. */
export const verdictOf = (report: LogReport, language: Language): string => {
  const { causes, hidden, unknown, files } = report;
  const bytes = size(files.reduce((sum, file) => sum + file.bytes, 0));
  const lines = lineCount(
    files.reduce((sum, file) => sum + file.lines, 0),
    language,
  );
  const found = causes.length + hidden.length;
  const ja = language === 'ja';
  const result =
    found > 0
      ? ja
        ? `原因 ${found} 件`
        : `${found} cause${found === 1 ? '' : 's'}`
      : unknown.lines > 0
        ? ja
          ? '原因を特定できる行はなし'
          : 'no line with a known cause'
        : words[isNothing(files) ? 'empty' : 'nothing'][language];
  const unclear =
    unknown.lines === 0
      ? ''
      : ja
        ? `、不明 ${lineCount(unknown.lines, language)}`
        : `, ${lineCount(unknown.lines, language)} unknown`;
  const stopped = report.interrupted === undefined ? '' : ja ? '（途中で中断）' : ' (interrupted)';
  return ja
    ? `${result}${unclear}${stopped}  読み取り ${lines}、${bytes}  終了コード ${report.exitCode}`
    : `${result}${unclear}${stopped}  read ${lines}, ${bytes}  exit ${report.exitCode}`;
};

export const renderText = (report: LogReport, pen: Pen): string => {
  const verdict = pen.wrap(pen.clean(verdictOf(report, pen.language)), pen.columns);
  const paint = report.status === 'pass' ? pen.ink.green : report.status === 'fail' ? pen.ink.red : pen.ink.yellow;
  const last = verdict.map((line) => paint(line));
  if (pen.quiet) return `${last.join('\n')}\n`;
  const troubled = report.files.flatMap(({ name, error }) =>
    error ? headline(pen, pen.signs.unknown, `${name}: ${troubleText(error)[pen.language]}`, pen.ink.yellow) : [],
  );
  const blocks = [
    troubled,
    ...report.causes.map((row) => causeBlock(pen, row)),
    hiddenBlock(pen, report),
    unknownBlock(pen, report),
    last,
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
};
