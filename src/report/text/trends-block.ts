import { wrap } from '../../i18n/wrap.ts';
import type { TrendReport } from '../../model/report.ts';
import type { WithTrends } from '../trends.ts';
import { figureIn, movingTrends, spanOf, trendName, trendsIn, trendWords } from '../trends.ts';
import type { Page } from './page.ts';
import { hanging } from './page.ts';

const unicode = '▁▂▃▄▅▆▇█';
const ascii = '_.-~=+*#';

/** The signs are wide on some Japanese terminals. */
const mostSigns = 16;

const mostTrends = 6;

/** The shape of the figures, each bar in its place in time; where nothing was seen, a blank. */
const sparkline = ({ points }: TrendReport, signs: string): string => {
  const times = points.map(({ at }) => Date.parse(at));
  const [first, last] = [times[0] ?? 0, times.at(-1) ?? 0];
  const size = Math.min(mostSigns, points.length);
  const bars: (number | undefined)[] = Array.from({ length: size }, () => undefined);
  points.forEach(({ value }, index) => {
    const share = last > first ? ((times[index] ?? first) - first) / (last - first) : 0;
    bars[Math.min(size - 1, Math.floor(share * size))] = value;
  });
  const values = points.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return bars
    .map((value) => {
      if (value === undefined) return ' ';
      const height = high > low ? (value - low) / (high - low) : 0;
      return signs[Math.round(height * (signs.length - 1))] ?? ' ';
    })
    .join('');
};

const lineOf = (page: Page, trend: TrendReport): string => {
  const { language, arrow } = page;
  const [first, last] = [trend.points[0], trend.points.at(-1)];
  const span = spanOf(trend, language);
  if (!first || !last || !span) return '';
  const [before, now] = [first, last].map(({ value }) => figureIn(trend, value, language));
  if (page.plain) {
    return language === 'ja'
      ? `${span.from}は ${before}、${span.to}は ${now}`
      : `${before} on ${span.from}, ${now} on ${span.to}`;
  }
  return `${before} ${arrow} ${now}  (${span.from} – ${span.to})`;
};

/** What moves, as a line of small bars; the forecast itself stands among the notes. */
export const trendsBlock = (page: Page, report: WithTrends): readonly string[] => {
  const { say, clean, measure, ink, signs, ascii: plainSigns, plain } = page;
  const all = page.verbose ? trendsIn(report) : movingTrends(report).slice(0, mostTrends);
  if (all.length === 0) return [];
  return [
    ...wrap(say(trendWords.title), measure).map((line) => ink.bold(line)),
    ...all.flatMap((trend) => {
      const name = clean(trendName(trend, report));
      const line = clean(lineOf(page, trend));
      if (plain) return hanging('  ', `${name}: ${line}`, measure);
      const bars = sparkline(trend, plainSigns ? ascii : unicode);
      return [...hanging(`  ${signs.skip} `, name, measure), ...hanging('    ', `${bars}  ${line}`, measure)];
    }),
  ];
};
