import { wrap } from '../../i18n/wrap.ts';
import type { Report } from '../../model/report.ts';
import type { SimulatedSample } from '../../model/workflow/sample.ts';
import {
  fieldsText,
  gradeOf,
  plainText,
  sampleStatusWords,
  simulationWords,
  stepStatusWords,
  untakenWays,
} from '../simulation.ts';
import { statusWords } from '../words.ts';
import type { Page } from './page.ts';
import { below, changeText, hanging, headline, markOf } from './page.ts';
import type { Row } from './rows.ts';
import { prose, rowsOf } from './rows.ts';

type Step = SimulatedSample['steps'][number];

const signOf = ({ signs }: Page, { status }: Step): string =>
  ({ ran: signs.pass, skipped: signs.skip, failed: signs.fail })[status];

/** One step: what became of it and why, and the values that it changed. */
const stepLines = (page: Page, step: Step, number: number, several: boolean): readonly string[] => {
  const { clean, say, language, measure, ink, plain, gap } = page;
  const name = several ? `${step.workflow}${plain ? ', ' : ' › '}${step.step}` : step.step;
  const why = step.because === '' ? '' : `${language === 'ja' ? '：' : ': '}${step.because}`;
  const text = clean(`${number}. ${name}${gap}${say(stepStatusWords[step.status])}${why}`);
  const lines = below(hanging(`${signOf(page, step)} `, text, measure - 2), 2);
  const changes = (step.changes ?? []).flatMap(({ field, before, after }) =>
    below(
      wrap(
        clean(
          `${field}${plain ? ': ' : '  '}${changeText(page, plainText(before, language), plainText(after, language))}`,
        ),
        measure - 8,
      ),
      8,
    ),
  );
  return [
    ...(step.status === 'skipped' ? lines.map((line) => ink.dim(line)) : lines),
    ...changes.map((line) => ink.cyan(line)),
  ];
};

const sampleBlock = (page: Page, sample: SimulatedSample): readonly string[] => {
  const { clean, say, language, verbose } = page;
  const { name, status, because, steps, mails, failure, smallest, ways = [], matches } = sample;
  const grade = gradeOf(sample);
  const reason = failure?.message ?? because ?? '';
  const verdict = [
    say(sampleStatusWords[status]),
    ...(matches === undefined ? [] : [say(matches ? simulationWords.asExpected : simulationWords.expected)]),
  ];
  const head = headline(page, {
    mark: markOf(page, grade, statusWords[grade]),
    title: clean(`${name}${page.gap}${verdict.join(language === 'ja' ? '、' : ', ')}`),
    ...(failure ? { aside: clean(failure.rule) } : {}),
  });
  const several = new Set(steps.map(({ workflow }) => workflow)).size > 1;
  const rows: readonly Row[] = [
    // The step that failed has said it already.
    { label: simulationWords.why, lines: prose(page, steps.some((step) => step.because === reason) ? '' : reason) },
    {
      label: simulationWords.at,
      lines: (columns) =>
        failure
          ? wrap(clean([`${failure.file}:${failure.line}`, failure.workflow, failure.step].join(page.gap)), columns)
          : [],
    },
    { label: simulationWords.smallest, lines: prose(page, smallest ? fieldsText(smallest, language) : '') },
    {
      label: simulationWords.ways,
      lines: (columns) =>
        ways.flatMap(({ when, status: way, failure: failed }) =>
          wrap(
            clean(`${when} ${page.arrow} ${say(sampleStatusWords[way])}${failed ? ` (${failed.message})` : ''}`),
            columns,
          ),
        ),
    },
    {
      label: simulationWords.mails,
      lines: (columns) =>
        mails.flatMap(({ step, to, subject, template }) =>
          wrap(
            clean(
              `${step}${page.plain ? '' : '  '}${page.arrow} ${to.join(', ')}${page.gap}${subject ?? template ?? ''}`.replace(
                /[\s,]+$/,
                '',
              ),
            ),
            columns,
          ),
        ),
    },
  ];
  // What went as it should is a line, unless everything is asked for.
  if (grade === 'pass' && !verbose) return [...head, ...(status === 'not-started' ? rowsOf(page, rows) : [])];
  return [...head, ...steps.flatMap((step, at) => stepLines(page, step, at + 1, several)), ...rowsOf(page, rows)];
};

/** More of these are counted; --verbose has them all. */
const maximumUntried = 8;

const untriedLines = (page: Page, report: Report): readonly string[] => {
  const ways = untakenWays(report, page.language);
  if (ways.length === 0) return [];
  const shown = page.verbose ? ways : ways.slice(0, maximumUntried);
  const more = ways.length - shown.length;
  const { clean, say, measure, signs, ink } = page;
  return [
    ...wrap(`${say(simulationWords.untried)} (${ways.length})`, measure).map((line) => ink.bold(line)),
    ...shown.flatMap((way) => hanging(`  ${signs.skip} `, clean(way), measure)),
    ...(more === 0
      ? []
      : wrap(`  ${say({ en: `${more} more (--verbose)`, ja: `ほか ${more} 件（--verbose で表示）` })}`, measure)),
  ];
};

const boundaryLines = (page: Page, { boundaries }: Report): readonly string[] => {
  if (!boundaries || boundaries.failed.length === 0) return [];
  const { clean, say, measure, signs, ink } = page;
  return [
    ...wrap(`${say(simulationWords.boundaries)} (${boundaries.failed.length}/${boundaries.tried})`, measure).map(
      (line) => ink.bold(line),
    ),
    ...boundaries.failed.flatMap(({ name, failure, because }) => {
      const where = failure ? `${page.gap}${failure.file}:${failure.line}` : '';
      return [
        ...hanging(`  ${signs.warn} `, clean(`${name}${where}`), measure),
        ...below(wrap(clean(failure?.message ?? because ?? ''), measure - 4), 4),
      ];
    }),
  ];
};

/** The dry run: what failed step by step, what went well in a line, what was not tried. */
export const simulationBlocks = (page: Page, report: Report): readonly (readonly string[])[] => {
  const { simulation = [] } = report;
  const title = `${page.say(simulationWords.title)} (${simulation.length})`;
  return [
    ...(simulation.length === 0 ? [] : [wrap(title, page.measure).map((line) => page.ink.bold.underline(line))]),
    ...simulation.map((sample) => sampleBlock(page, sample)),
    boundaryLines(page, report),
    untriedLines(page, report),
  ];
};
