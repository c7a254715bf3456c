import type { ScheduleFact } from '../../model/sync/comparison.ts';
import type { ComparisonReport } from '../../model/sync/report.ts';
import { grouped, type Language, type Text } from '../../model/text.ts';
import { listed, spanText, timeText } from './numbers.ts';

/** One thing that is known of the schedule; `grave` where somebody should see to it. */
interface Told {
  readonly says: Text;
  readonly grave: boolean;
}

const lengthOf = ({ from, to }: ScheduleFact['gaps'][number]): number => Date.parse(to) - Date.parse(from);

const timesOf = ({ lastSync, intervalMs, now }: ScheduleFact): readonly Told[] => {
  const since = lastSync === undefined ? Number.NaN : Date.parse(now) - Date.parse(lastSync);
  const span = (language: Language): string => spanText(since, language);
  const [en, ja] = since >= 0 ? [` (${span('en')} ago)`, `（${span('ja')}前）`] : ['', ''];
  const parts: readonly Text[] = [
    ...(lastSync === undefined
      ? []
      : [{ en: `last sync ${timeText(lastSync)}${en}`, ja: `最後の同期 ${timeText(lastSync)}${ja}` }]),
    ...(intervalMs === undefined
      ? []
      : [{ en: `expected every ${spanText(intervalMs, 'en')}`, ja: `予定の間隔 ${spanText(intervalMs, 'ja')}` }]),
  ];
  if (parts.length === 0) return [];
  const says = {
    en: listed(
      parts.map((part) => part.en),
      'en',
    ),
    ja: listed(
      parts.map((part) => part.ja),
      'ja',
    ),
  };
  return [{ says, grave: true }];
};

const gapsOf = ({ gaps }: ScheduleFact): readonly Told[] => {
  const [longest] = gaps.toSorted((one, other) => lengthOf(other) - lengthOf(one));
  if (!longest) return [];
  const [from, to] = [timeText(longest.from), timeText(longest.to)];
  const span = (language: Language): string => spanText(lengthOf(longest), language);
  const count = grouped(gaps.length);
  const says = {
    en: `${count} ${gaps.length === 1 ? 'pause' : 'pauses'} longer than promised; the longest from ${from} to ${to} (${span('en')})`,
    ja: `予定の間隔を超えた中断 ${count} 回。最長は ${from} から ${to}（${span('ja')}）`,
  };
  return [{ says, grave: true }];
};

const runsOf = ({ runs }: ScheduleFact): readonly Told[] => {
  if (runs.length === 0) return [];
  const failed = runs.filter((run) => run.failed).length;
  const throttled = runs.filter((run) => run.throttled).length;
  const says = {
    en: `${grouped(runs.length)} ${runs.length === 1 ? 'run' : 'runs'} in the log (${grouped(failed)} failed, ${grouped(throttled)} throttled)`,
    ja: `ログの実行 ${grouped(runs.length)} 回（失敗 ${grouped(failed)}、利用制限 ${grouped(throttled)}）`,
  };
  return [{ says, grave: failed + throttled > 0 }];
};

const newestOf = ({ newest: { left, right } }: ScheduleFact): readonly Told[] => {
  if (left === undefined && right === undefined) return [];
  const [one, other] = [timeText(left ?? '-'), timeText(right ?? '-')];
  const says = { en: `newest record: left ${one}, right ${other}`, ja: `最新の更新: 左 ${one}、右 ${other}` };
  return [{ says, grave: false }];
};

const lagOf = ({ lagMs }: ScheduleFact): readonly Told[] => {
  if (lagMs === undefined || lagMs <= 0) return [];
  const says = {
    en: `the right side lags ${spanText(lagMs, 'en')} behind (95th percentile)`,
    ja: `右側の遅れ ${spanText(lagMs, 'ja')}（95 パーセンタイル）`,
  };
  return [{ says, grave: true }];
};

const lostOf = ({ logFailures }: ScheduleFact): readonly Told[] =>
  logFailures.map(({ file, says }) => ({
    says: { en: `the log cannot be read: ${file}: ${says}`, ja: `ログを読み取れません: ${file}: ${says}` },
    grave: true,
  }));

/** When the sync ran and how far it lags, a line each; in short only what somebody should see to. */
export const scheduleLines = (
  { schedule }: ComparisonReport,
  language: Language,
  { short = false }: { readonly short?: boolean } = {},
): readonly string[] => {
  if (!schedule) return [];
  return [timesOf, gapsOf, runsOf, newestOf, lagOf, lostOf]
    .flatMap((of) => of(schedule))
    .filter(({ grave }) => grave || !short)
    .map(({ says }) => says[language]);
};
