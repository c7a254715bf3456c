import { formatDate } from '../i18n/format.ts';
import { figureText } from '../model/figure.ts';
import type { Report, TrendReport } from '../model/report.ts';
import type { Language, Text } from '../model/text.ts';

export const trendWords = {
  title: { en: 'Over time', ja: 'これまでの推移' },
  limit: { en: 'limit', ja: '上限' },
  rate: { en: 'A day', ja: '1 日あたり' },
  first: { en: 'First', ja: '最初' },
  last: { en: 'Now', ja: '現在' },
  figure: { en: 'Figure', ja: '項目' },
  forecast: { en: 'At its limit', ja: '上限に達する見込み' },
  since: { en: 'counted since', ja: '起点' },
  more: { en: 'All figures', ja: 'すべての推移' },
} as const satisfies Readonly<Record<string, Text>>;

/** As much of a report as is needed to tell its trends. */
export type WithTrends = Pick<Report, 'trends' | 'run'>;

const isTime = (text: string): boolean => !Number.isNaN(Date.parse(text));

/** What can be drawn and told; a report may come from a file, with anything in it. */
export const trendsIn = ({ trends = [] }: WithTrends): readonly TrendReport[] =>
  trends.flatMap(({ forecast, ...trend }) => {
    const points = trend.points.filter(({ at, value }) => isTime(at) && Number.isFinite(value));
    if (points.length < 2) return [];
    const isDated = forecast && [forecast.due, forecast.from, forecast.to ?? forecast.due].every(isTime);
    return [{ ...trend, points, ...(isDated ? { forecast } : {}) }];
  });

/** Those that a person should see: what runs towards a limit, and what clearly rises or falls. */
export const movingTrends = (report: WithTrends): readonly TrendReport[] =>
  trendsIn(report).filter(({ rate, forecast }) => rate !== undefined || forecast !== undefined);

/** What it is of; whose, where the report is about several. */
export const trendName = ({ title, mailbox, target }: TrendReport, report: WithTrends): string => {
  const several = new Set((report.trends ?? []).map((one) => one.mailbox)).size > 1;
  const of = [several ? mailbox : '', target].filter((part, at, all) => part !== '' && all.indexOf(part) === at);
  if (of.length === 0) return title;
  return report.run.language === 'ja' ? `${title}（${of.join('、')}）` : `${title} (${of.join(', ')})`;
};

export const figureIn = ({ unit }: TrendReport, value: number, language: Language): string =>
  figureText(value, unit)[language];

/** `+10 MB`, of a day. */
export const rateIn = (trend: TrendReport, language: Language): string => {
  const { rate } = trend;
  if (!rate) return '';
  return `${rate.perDay < 0 ? '-' : '+'}${figureIn(trend, Math.abs(rate.perDay), language)}`;
};

/** `11 Dec 2026 (9 Dec 2026 – 12 Dec 2026)` */
export const forecastIn = ({ forecast }: TrendReport, language: Language): string => {
  if (!forecast) return '';
  const { due, from, to } = forecast;
  const [on, early] = [formatDate(due, language), formatDate(from, language)];
  const late = to === undefined ? '' : formatDate(to, language);
  return language === 'ja' ? `${on}（${early} – ${late}）` : `${on} (${early} – ${late})`;
};

/** From the first figure to the last: `500 MB → 790 MB`, and the days on which they were seen. */
export const spanOf = (
  { points }: TrendReport,
  language: Language,
): { readonly from: string; readonly to: string } | undefined => {
  const [first, last] = [points[0], points.at(-1)];
  return first && last ? { from: formatDate(first.at, language), to: formatDate(last.at, language) } : undefined;
};
