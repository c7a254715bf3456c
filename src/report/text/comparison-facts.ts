import { wrap } from '../../i18n/wrap.ts';
import type { ComparisonReport } from '../../model/sync/report.ts';
import { grouped, type Text } from '../../model/text.ts';
import { unexplainedText, writtenWord } from '../comparison/classes.ts';
import { scheduleLines } from '../comparison/schedule.ts';
import { rejectedText, unmappedTexts, workText } from '../comparison/sides.ts';
import { twinsText } from '../comparison/twins.ts';
import { refusedTexts } from '../comparison/validation.ts';
import { comparisonWords as words } from '../comparison/words.ts';
import type { Page } from './page.ts';
import { hanging } from './page.ts';
import type { Row } from './rows.ts';
import { rowsOf } from './rows.ts';

type Lines = readonly string[];

const dash = ({ signs }: Page): string => signs.skip;

const moreText = (rest: number, listed: number): Text => {
  const [more, some] = [grouped(rest), grouped(listed)];
  if (listed === 0) return { en: `and ${more} more`, ja: `ほか ${more} 件` };
  return listed === rest
    ? { en: `and ${more} more (--verbose)`, ja: `ほか ${more} 件（--verbose で表示）` }
    : {
        en: `and ${more} more (${some} of them with --verbose)`,
        ja: `ほか ${more} 件（--verbose で ${some} 件まで表示）`,
      };
};

/** A few lines of a longer list, and how many more there are; `all` where the list itself holds only some of them. */
const first = (page: Page, lines: Lines, most: number, all = lines.length): Lines => {
  const shown = page.verbose ? lines : lines.slice(0, most);
  const rest = Math.max(all, lines.length) - shown.length;
  return rest === 0 ? shown : [...shown, page.say(moreText(rest, lines.length - shown.length))];
};

/** The files that were written; those without a record are only counted. */
const writtenLines = ({ say, verbose }: Page, files: ComparisonReport['files']): Lines => {
  const told = files.filter(({ what, rows, note }) => verbose || rows > 0 || what === 'patch' || note !== undefined);
  const empty = files.length - told.length;
  return [
    ...told.map(
      ({ what, file, rows, note }) =>
        `${say(writtenWord(what))} ${grouped(rows)}: ${file}${note === undefined ? '' : say({ en: ` (${note})`, ja: `（${note}）` })}`,
    ),
    ...(empty === 0
      ? []
      : [
          say({
            en: `${grouped(empty)} more ${empty === 1 ? 'file has' : 'files have'} no record`,
            ja: `ほか ${grouped(empty)} ファイルは 0 件です`,
          }),
        ]),
  ];
};

/** What else is known: a label each, short unless it is to be verbose. */
export const factsPart = (page: Page, comparison: ComparisonReport): Lines => {
  const { say, clean, language, verbose } = page;
  const { examples, files } = comparison;
  const item =
    (lines: Lines) =>
    (room: number): Lines =>
      lines.flatMap((line, at) => (at === 0 ? wrap(clean(line), room) : hanging(`${dash(page)} `, clean(line), room)));
  const all =
    (lines: Lines) =>
    (room: number): Lines =>
      lines.flatMap((line) => wrap(clean(line), room));
  const refused = refusedTexts(comparison, language).map(
    ({ says, problems }): Lines => [
      says,
      ...first(
        page,
        problems.map(({ column, n, asks, from, examples: shown }) => {
          const [example] = shown;
          const such = example
            ? `${say({ en: ', e.g. ', ja: '、例: ' })}${example.key} ${example.left ?? example.right ?? ''}`.trimEnd()
            : '';
          return `${column} ${grouped(n)}: ${asks}${say({ en: ` (${from})`, ja: `（${from}）` })}${such}`;
        }),
        3,
      ),
    ],
  );
  const twins = twinsText(comparison, language);
  const candidates = (twins?.candidates ?? []).map(({ within, a, b, evidence, apart }) => {
    const shown = ({ key, shown: values }: typeof a): string =>
      verbose ? `${key}${say({ en: ` (${values})`, ja: `（${values}）` })}` : key;
    const between = apart === undefined ? '' : say({ en: `; ${apart} apart`, ja: `。作成の間隔 ${apart}` });
    return `${within}: ${shown(a)} / ${shown(b)}: ${evidence}${between}`;
  });
  const rejected = [
    ...examples.rejectedLeft.map((one) => `${say(words.left)}: ${rejectedText(one, language)}`),
    ...examples.rejectedRight.map((one) => `${say(words.right)}: ${rejectedText(one, language)}`),
  ];
  const rows: readonly Row[] = [
    { label: words.unexplained, lines: all([say(unexplainedText(comparison))]) },
    {
      label: words.rejected,
      lines: all(first(page, rejected, 2, comparison.rejected.left + comparison.rejected.right)),
    },
    { label: words.refused, lines: (room) => refused.flatMap((side) => item(side)(room)) },
    {
      label: words.likelyTwice,
      lines: item(
        twins
          ? [
              twins.says,
              ...first(page, candidates, 1, comparison.likelyDuplicates?.pairs),
              ...(twins.dropped === undefined ? [] : [twins.dropped]),
            ]
          : [],
      ),
    },
    { label: words.schedule, lines: all(scheduleLines(comparison, language, { short: !verbose })) },
    { label: words.notCompared, lines: all(unmappedTexts(comparison, language)) },
    {
      label: words.files,
      lines: all(writtenLines(page, files)),
    },
    { label: words.speed, lines: all([workText(comparison, language)]) },
  ];
  return rowsOf(page, rows);
};
