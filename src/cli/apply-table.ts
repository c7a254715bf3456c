import { visible } from '../i18n/visible.ts';
import { pad, width } from '../i18n/width.ts';
import { wrap } from '../i18n/wrap.ts';
import type { CheckReport, CheckStatus, Report } from '../model/report.ts';
import type { Language } from '../model/text.ts';
import { nameOf } from '../report/grouping.ts';
import type { RenderOptions } from '../report/reporter.ts';
import { statusWords } from '../report/words.ts';

/** One check in two runs; a side that it was not part of is undefined. */
interface Pair {
  readonly name: string;
  readonly before?: CheckStatus | undefined;
  readonly after?: CheckStatus | undefined;
}

const exactly = ({ id, mailbox, target }: CheckReport): string => JSON.stringify([id, mailbox, target]);

/** A change of host or port changes the target; the check of the same protocol is still the same question. */
const loosely = ({ id, mailbox, target }: CheckReport): string => JSON.stringify([id, mailbox, target.split(' ')[0]]);

/** Every check of the later run beside its like in the earlier one, then what is only in the earlier one. */
const pairsOf = (before: Report, after: Report): readonly Pair[] => {
  const left = new Set(before.checks);
  const partner = new Map<CheckReport, CheckReport>();
  for (const key of [exactly, loosely]) {
    for (const check of after.checks) {
      if (partner.has(check)) continue;
      const found = [...left].find((one) => key(one) === key(check));
      if (!found) continue;
      partner.set(check, found);
      left.delete(found);
    }
  }
  const several = new Set(after.checks.map(({ mailbox }) => mailbox)).size > 1;
  const name = (check: CheckReport) => (several ? `${check.mailbox}: ${nameOf(check)}` : nameOf(check));
  return [
    ...after.checks.map((check) => ({ name: name(check), before: partner.get(check)?.status, after: check.status })),
    ...[...left].map((check) => ({ name: name(check), before: check.status })),
  ];
};

const headings = {
  en: { check: 'Check', before: 'Before', after: 'After' },
  ja: { check: '検査', before: '変更前', after: '変更後' },
} as const satisfies Readonly<Record<Language, object>>;

/** What became of the checks that came out differently; the others are a number. */
export const beforeAndAfter = (
  { before, after }: { readonly before: Report; readonly after: Report },
  { columns, language, ascii }: Pick<RenderOptions, 'columns' | 'language' | 'ascii'>,
): readonly string[] => {
  const pairs = pairsOf(before, after);
  const differing = pairs.filter((pair) => pair.before !== pair.after);
  const same = pairs.length - differing.length;
  const rest = { en: `${same} other checks came out as before`, ja: `ほかの検査 ${same} 件は変更前と同じです` }[
    language
  ];
  if (differing.length === 0) {
    return wrap({ en: 'Every check came out as before.', ja: '検査の結果は変更前と同じです。' }[language], columns);
  }
  const word = (status: CheckStatus | undefined) => (status === undefined ? '-' : statusWords[status][language]);
  const rows = [
    headings[language],
    ...differing.map((pair) => ({
      check: visible(pair.name),
      before: word(pair.before),
      after: word(pair.after),
    })),
  ];
  const widest = (key: 'check' | 'before' | 'after') => Math.max(...rows.map((row) => width(row[key])));
  const [check, now] = [widest('check'), widest('before')];
  const arrow = ascii ? '->' : '→';
  const fits = check + now + widest('after') + 4 + width(arrow) + 2 <= columns;
  const lines = fits
    ? rows.map((row, index) => {
        const middle = index === 0 ? ' '.repeat(width(arrow)) : arrow;
        return `${pad(row.check, check)}  ${pad(row.before, now)} ${middle} ${row.after}`.trimEnd();
      })
    : rows
        .slice(1)
        .flatMap((row) => [
          ...wrap(row.check, columns),
          ...wrap(`${row.before} ${arrow} ${row.after}`, columns - 2).map((line) => `  ${line}`),
        ]);
  return same === 0 ? lines : [...lines, ...wrap(rest, columns)];
};
