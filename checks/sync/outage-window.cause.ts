import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { ComparisonView, SeenRow } from '../../src/model/sync/view.ts';
import type { Text } from '../../src/model/text.ts';
import { arePages } from '../../src/reason/rows/lost-pages.ts';
import { bornRole, inWords, lastingWords } from '../../src/reason/rows/moments.ts';
import { numberIn } from '../../src/reason/rows/said.ts';
import { type Clock, isInWindow, missingWindows, plainly } from '../../src/reason/rows/windows.ts';

interface Window extends Readonly<Record<string, unknown>> {
  readonly clock: Clock;
  readonly from: number;
  readonly to: number;
  readonly failedRuns: number;
}

const isIn = (row: SeenRow, window: Window, view: ComparisonView): boolean => isInWindow(view, row, window);

/** What was new between the last good run before runs that failed and the first one after them. */
const failedStretches = (view: ComparisonView): readonly Window[] => {
  const { runs } = view.times;
  const clock = bornRole(view) === 'updated-at' ? 'updated' : 'created';
  const found: Window[] = [];
  let good: number | undefined;
  let failedRuns = 0;
  for (const { start, failed } of runs) {
    if (failed) {
      failedRuns += 1;
      continue;
    }
    if (failedRuns > 0 && good !== undefined) found.push({ clock, from: good, to: start, failedRuns });
    [good, failedRuns] = [start, 0];
  }
  return found;
};

/** Where the log itself has the failure, so many records bear it out; chance is held against them as everywhere. */
const fewest = 5;
const mostStretches = 50;

/** What is read in the order of the updates loses the updates of a stretch of time with every page. */
const isPages = (view: ComparisonView, window: Pick<Window, 'clock' | 'from' | 'to'>): boolean =>
  window.clock === 'updated' &&
  arePages(
    view,
    view.missing.filter((row) => isInWindow(view, row, window)),
  );

/** By which of their times the records lie in the window. */
const clockWords = (clock: unknown): Text => {
  if (clock === 'updated') return { en: 'were last updated', ja: '最終更新' };
  if (clock === 'kept') return { en: 'were created, and not changed after it,', ja: '作成（以後の更新なし）' };
  return { en: 'are', ja: '' };
};

/** `few`: of so few records that only chance could speak against it, and hardly does. */
const ofWindows = (few: boolean) =>
  rowsHypothesis<Window>({
    effect: 'wrong',
    population: 'missing',
    ...(few ? { evenFew: true as const } : {}),
    propose: (view) =>
      missingWindows(view).flatMap(({ clock, from, to, missing }) =>
        missing < plainly === few && !isPages(view, { clock, from, to })
          ? [
              {
                params: {
                  clock,
                  from,
                  to,
                  failedRuns: view.times.runs.filter(({ failed, start }) => failed && start >= from && start <= to)
                    .length,
                },
              },
            ]
          : [],
      ),
    holds: isIn,
  });

export const outageWindow = defineSyncCause({
  id: 'sync.outage-window',
  title: { en: 'Everything of one stretch of time is missing', ja: '特定の期間のレコードがまとめて抜けています' },
  about: {
    en: 'The sync was down for a while (maintenance, expired token, full disk) and went on afterwards with what was new. What happened in between was never fetched.',
    ja: '同期が一時的に止まり（メンテナンス、トークン期限切れ、ディスク容量不足など）、復旧後は新しいレコードだけを処理しています。止まっていた間のレコードは取得されていません。',
  },
  owner: 'crm-admin',
  unless: [
    'sync.page-lost',
    'sync.export-truncated',
    'sync.cursor-tie-lost',
    'sync.rate-limit-partial',
    'sync.filter-excludes',
    'sync.permission-scope',
    'sync.soft-delete-hidden',
    // What came with one import and was refused is from one moment as well.
    'sync.validation-rejected',
    'sync.required-field-rejected',
    'sync.length-rejected',
    'sync.duplicate-rule-blocked',
  ],
  hypotheses: [
    ofWindows(false),
    ofWindows(true),
    rowsHypothesis<Window>({
      effect: 'wrong',
      population: 'missing',
      evenFew: true,
      propose: (view) =>
        failedStretches(view)
          .map((params) => ({ params, n: view.missing.filter((row) => isIn(row, params, view)).length }))
          .filter(({ n }) => n >= fewest)
          .toSorted((one, other) => other.n - one.n)
          .slice(0, mostStretches)
          .map(({ params }) => ({ params })),
      holds: isIn,
    }),
  ],
  because: ({ main: { detail }, share }) => {
    const failed = Number(detail.failedRuns);
    const told = clockWords(detail.clock);
    const by = told.ja === '' ? '' : `${told.ja}日時で `;
    return {
      en: `Of the missing records, ${share.en} ${told.en} from ${inWords(detail.from)} to ${inWords(detail.to)} (UTC, ${lastingWords(Number(detail.to) - Number(detail.from)).en}), and hardly any record of that time was copied; before and after it they were.${failed > 0 ? ` The log has ${numberIn(failed)} failed runs in it.` : ''}`,
      ja: `不足レコード ${share.ja}は ${by}${inWords(detail.from)} から ${inWords(detail.to)} まで（UTC、${lastingWords(Number(detail.to) - Number(detail.from)).ja}）に集中し、この期間のレコードはほぼ同期されていません。前後の期間は揃っています。${failed > 0 ? `この期間のログには失敗した実行が ${numberIn(failed)} 回あります。` : ''}`,
    };
  },
  steps: ({ main: { detail } }) => [
    {
      en: `Copy the records of ${inWords(detail.from)} to ${inWords(detail.to)} (UTC) again, with a margin of an hour on both sides.`,
      ja: `${inWords(detail.from)} から ${inWords(detail.to)}（UTC）のレコードを、前後 1 時間の余裕を持たせて再同期します。`,
    },
    {
      en: 'Let the job store where it stood only after success, so that it goes on there after the next outage.',
      ja: '処理済みの位置は成功時にだけ記録し、次に停止した場合もそこから再開できるようにします。',
    },
  ],
});
