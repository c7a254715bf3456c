import type { ScheduleFact } from '../../model/sync/comparison.ts';
import type { ComparisonReport } from '../../model/sync/report.ts';
import type { Language } from '../../model/text.ts';
import { grouped, listed, spanText, timeText } from './numbers.ts';

const longestGap = (gaps: ScheduleFact['gaps']): ScheduleFact['gaps'][number] | undefined =>
  gaps.toSorted(
    (one, other) => Date.parse(other.to) - Date.parse(other.from) - (Date.parse(one.to) - Date.parse(one.from)),
  )[0];

/** When the sync ran and how far it lags, a line each. */
export const scheduleLines = ({ schedule }: ComparisonReport, language: Language): readonly string[] => {
  if (!schedule) return [];
  const ja = language === 'ja';
  const { lastSync, intervalMs, runs, newest, gaps, lagMs, logFailures, now } = schedule;
  const ago = lastSync === undefined ? Number.NaN : Date.parse(now) - Date.parse(lastSync);
  const before = Number.isFinite(ago) && ago >= 0 ? spanText(ago, language) : undefined;
  const gap = longestGap(gaps);
  const failed = runs.filter((run) => run.failed).length;
  const throttled = runs.filter((run) => run.throttled).length;
  const every = intervalMs === undefined ? undefined : spanText(intervalMs, language);
  const times = [
    ...(lastSync === undefined
      ? []
      : [
          ja
            ? `最後の同期 ${timeText(lastSync)}${before === undefined ? '' : `（${before}前）`}`
            : `last sync ${timeText(lastSync)}${before === undefined ? '' : ` (${before} ago)`}`,
        ]),
    ...(every === undefined ? [] : [ja ? `予定の間隔 ${every}` : `expected every ${every}`]),
  ];
  const ends = [
    ...(newest.left === undefined && newest.right === undefined
      ? []
      : [
          ja
            ? `最新の更新: 左 ${timeText(newest.left ?? '-')}、右 ${timeText(newest.right ?? '-')}`
            : `newest record: left ${timeText(newest.left ?? '-')}, right ${timeText(newest.right ?? '-')}`,
        ]),
    ...(lagMs === undefined || lagMs <= 0
      ? []
      : [
          ja
            ? `右側の遅れ ${spanText(lagMs, language)}（95 パーセンタイル）`
            : `the right side lags ${spanText(lagMs, language)} behind (95th percentile)`,
        ]),
  ];
  return [
    ...(times.length === 0 ? [] : [listed(times, language)]),
    ...(gap
      ? [
          ja
            ? `予定の間隔を超えた中断 ${grouped(gaps.length)} 回。最長は ${timeText(gap.from)} から ${timeText(gap.to)}（${spanText(Date.parse(gap.to) - Date.parse(gap.from), language)}）`
            : `${grouped(gaps.length)} ${gaps.length === 1 ? 'pause' : 'pauses'} longer than promised; the longest from ${timeText(gap.from)} to ${timeText(gap.to)} (${spanText(Date.parse(gap.to) - Date.parse(gap.from), language)})`,
        ]
      : []),
    ...(runs.length === 0
      ? []
      : [
          ja
            ? `ログの実行 ${grouped(runs.length)} 回（失敗 ${grouped(failed)}、利用制限 ${grouped(throttled)}）`
            : `${grouped(runs.length)} ${runs.length === 1 ? 'run' : 'runs'} in the log (${grouped(failed)} failed, ${grouped(throttled)} throttled)`,
        ]),
    ...(ends.length === 0 ? [] : [listed(ends, language)]),
    ...logFailures.map(({ file, says }) =>
      ja ? `ログを読み取れません: ${file}: ${says}` : `the log cannot be read: ${file}: ${says}`,
    ),
  ];
};
