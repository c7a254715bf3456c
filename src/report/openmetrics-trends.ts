import type { Report, TrendReport } from '../model/report.ts';

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const labelsOf = ({ id, mailbox, target }: TrendReport) => ({ measure: id, mailbox, target });

const samplesOf = (
  trends: readonly TrendReport[],
  figureOf: (trend: TrendReport) => number | undefined,
): readonly Sample[] =>
  trends.flatMap((trend) => {
    const value = figureOf(trend);
    return value === undefined || !Number.isFinite(value) ? [] : [{ labels: labelsOf(trend), value }];
  });

const seconds = (day: string | undefined): number | undefined =>
  day === undefined ? undefined : Date.parse(day) / 1000;

const driftSamples = ({ drift }: Report): readonly Sample[] => {
  if (!drift) return [];
  return (['warning', 'info'] as const).map((severity) => ({
    labels: { severity },
    value: drift.changes.filter((one) => one.severity === severity).length,
  }));
};

/** Where figures go: when they reach their limit, and how fast, in the unit of the figure (bytes, milliseconds, count, seconds). */
export const trendFamilies = (report: Report) => {
  const { trends = [] } = report;
  return [
    {
      name: 'crm_doctor_drift_changes',
      help: 'What is other than in the baseline (the accepted one, or the last good run), at most 30.',
      samples: driftSamples(report),
    },
    {
      name: 'crm_doctor_forecast_timestamp_seconds',
      help: 'When a figure reaches its limit at the present rate.',
      unit: 'seconds' as const,
      samples: samplesOf(trends, ({ forecast }) => seconds(forecast?.due)),
    },
    {
      name: 'crm_doctor_forecast_earliest_timestamp_seconds',
      help: 'Before this day it reaches its limit one time of twenty.',
      unit: 'seconds' as const,
      samples: samplesOf(trends, ({ forecast }) => seconds(forecast?.from)),
    },
    {
      name: 'crm_doctor_trend_per_day',
      help: 'By how much a figure rises or falls a day, in its unit (bytes, milliseconds, seconds, count).',
      samples: samplesOf(trends, ({ rate }) => rate?.perDay),
    },
  ];
};
