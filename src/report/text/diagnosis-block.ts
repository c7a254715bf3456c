import { formatDate } from '../../i18n/format.ts';
import { shellLinesWithin } from '../../i18n/shell-lines.ts';
import { valueWord } from '../../i18n/value-word.ts';
import { width } from '../../i18n/width.ts';
import { wrap } from '../../i18n/wrap.ts';
import type { Change } from '../../model/config.ts';
import type { CheckReport, Diagnosis } from '../../model/report.ts';
import type { Language } from '../../model/text.ts';
import { effectsOf } from '../effect.ts';
import { nameOf } from '../grouping.ts';
import { isClaimed, labels, ownerWords, proofWords, severityWords, withConfidence } from '../words.ts';
import type { Page } from './page.ts';
import { below, changeText, hanging, headline, markOf } from './page.ts';
import type { Row } from './rows.ts';
import { prose, readable, rowsOf } from './rows.ts';

type Seen = Diagnosis['evidence'][number];

/** Check and target once, what was seen there below it. */
const seenLines = (page: Page, seen: readonly Seen[], columns: number): readonly string[] => {
  const headOf = ({ check, target }: Seen) => nameOf({ id: check, target });
  if (page.plain) return seen.map((one) => page.clean(`${headOf(one)}: ${one.says}`));
  return [...new Set(seen.map(headOf))].flatMap((head) => [
    ...wrap(page.clean(head), columns),
    ...seen
      .filter((one) => headOf(one) === head)
      .flatMap(({ says }) => below(wrap(page.clean(says), columns - 2), 2))
      .map((line) => page.ink.dim(line)),
  ]);
};

const changeLines = (page: Page, change: readonly Change[], columns: number): readonly string[] => {
  const { clean, language, arrow, ink, plain } = page;
  const parts = change.map(({ path, from, to }) => ({
    path: clean(path),
    from: clean(valueWord(from, 'from', language)),
    to: clean(valueWord(to, 'to', language)),
  }));
  if (plain) return parts.map(({ path, from, to }) => `${path}: ${changeText(page, from, to)}`);
  const pathWidth = Math.max(...parts.map(({ path }) => width(path)));
  return parts.flatMap(({ path, from, to }) => {
    const gap = ' '.repeat(pathWidth - width(path) + 2);
    if (pathWidth + 2 + width(from) + width(arrow) + width(to) + 2 <= columns) {
      return [`${path}${gap}${ink.red(from)} ${arrow} ${ink.green(to)}`];
    }
    return [...wrap(path, columns), ...below(wrap(changeText(page, from, to), columns - 2), 2)];
  });
};

const stepLines = (page: Page, { fix }: Diagnosis, columns: number): readonly string[] => {
  const { clean, say } = page;
  const who = `${say(labels.who)}: ${say(ownerWords[fix.owner])}`;
  return [
    ...wrap(who, columns),
    ...fix.steps.flatMap((step, index) => hanging(`${index + 1}. `, clean(step), readable(page, columns))),
  ];
};

const allChanges = (page: Page, { fix }: Diagnosis, columns: number): readonly string[] => {
  if (fix.change.length === 0) return [];
  return [
    ...changeLines(page, fix.change, columns),
    ...fix.alternatives.flatMap((other) => [page.ink.dim(page.say(labels.or)), ...changeLines(page, other, columns)]),
  ];
};

const proofLines = (page: Page, { proof }: Diagnosis, columns: number): readonly string[] => {
  const { signs, ink, clean, say } = page;
  const sign = { proven: signs.pass, failed: signs.fail, 'not-tried': signs.skip }[proof.status];
  const paint = { proven: ink.green, failed: ink.red, 'not-tried': ink.dim }[proof.status];
  const word = say(proofWords[proof.status]);
  const text = proof.says.trim() === '' ? word : `${word}: ${clean(proof.says)}`;
  const [first = '', ...rest] = hanging(`${sign} `, text, readable(page, columns));
  // The word is painted where it stands whole on the first line.
  const head = `${sign} ${word}`;
  return [first.startsWith(head) ? paint(head) + first.slice(head.length) : first, ...rest];
};

/** Columns of a comparison may be dozens: they are told in a row. */
const inLines = (effects: readonly string[], { evidence }: Diagnosis, language: Language): readonly string[] =>
  evidence.length > 0 && evidence.every(({ check }) => check === 'sync.compare')
    ? [effects.join(language === 'ja' ? '、' : ', ')]
    : effects;

/** One root cause: what suffers, why, what was seen, what to do, and what shows that it helps. */
export const diagnosisBlock = (page: Page, diagnosis: Diagnosis, checks: readonly CheckReport[]): readonly string[] => {
  const { clean, language, ink } = page;
  const { lastSolution } = diagnosis;
  const rows: readonly Row[] = [
    {
      label: labels.affects,
      lines: (columns) =>
        inLines(effectsOf(diagnosis, checks, language), diagnosis, language).flatMap((effect) =>
          wrap(clean(effect), columns),
        ),
    },
    {
      label: labels.cause,
      lines: prose(page, withConfidence(diagnosis.explanation, diagnosis.confidence, language)),
    },
    { label: labels.evidence, lines: (columns) => seenLines(page, diagnosis.evidence, columns) },
    { label: labels.fix, lines: (columns) => stepLines(page, diagnosis, columns) },
    { label: labels.change, lines: (columns) => allChanges(page, diagnosis, columns) },
    // Where nothing is claimed there is nothing to prove.
    { label: labels.proof, lines: (columns) => (isClaimed(diagnosis) ? proofLines(page, diagnosis, columns) : []) },
    {
      label: labels.verify,
      lines: (columns) => shellLinesWithin(clean(diagnosis.verify), columns).map((line) => ink.cyan(line)),
    },
    // Only where there is one: an empty row would still widen the column of the labels.
    ...(lastSolution
      ? [
          {
            label: labels.lastTime,
            lines: prose(page, `${formatDate(lastSolution.at, language)}: ${lastSolution.says}`),
          },
        ]
      : []),
    {
      label: labels.ruledOut,
      lines: (columns) =>
        page.verbose
          ? diagnosis.ruledOut.flatMap(({ cause, check, target, says }) => [
              ...wrap(clean(cause), columns),
              ...below(wrap(clean(`${nameOf({ id: check, target })}: ${says}`), columns - 2), 2),
            ])
          : [],
    },
  ];
  return [
    ...headline(page, {
      mark: markOf(page, diagnosis.severity, severityWords[diagnosis.severity]),
      title: clean(diagnosis.title),
      aside: clean(diagnosis.cause),
    }),
    ...rowsOf(page, rows),
  ];
};
