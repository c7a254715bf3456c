import { defineSyncCause } from '../../src/model/sync/cause.ts';
import type { ComparisonFact } from '../../src/model/sync/comparison.ts';
import { rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { ComparisonView } from '../../src/model/sync/view.ts';
import type { Text } from '../../src/model/text.ts';
import {
  behind,
  isNewerThan,
  knownUntil,
  tellsZone,
  waitingSince,
  writtenLater,
} from '../../src/reason/rows/copied.ts';
import { lastingWords, utcWords } from '../../src/reason/rows/moments.ts';
import { changedSince } from './changed-since.ts';

interface WaitsFor extends Readonly<Record<string, unknown>> {
  readonly from: number;
  /** Absent: nobody states it, and it is taken for a nightly run. */
  readonly intervalMs?: number;
  /** Whether the times tell their zone. */
  readonly utc: boolean;
  /** Up to when the left side is known. */
  readonly until: number;
  /** How long after that its file was written, where that is long. Milliseconds. */
  readonly later?: number;
}

const waiting = (view: ComparisonView): readonly WaitsFor[] => {
  const from = waitingSince(view);
  if (from === undefined || !behind(view, from).isWaiting) return [];
  const { intervalMs } = view.times;
  const later = writtenLater(view);
  return [
    {
      from,
      utc: tellsZone(view),
      until: knownUntil(view),
      ...(intervalMs === undefined ? {} : { intervalMs }),
      ...(later === undefined ? {} : { later }),
    },
  ];
};

const lagWords = ({ from, until }: Readonly<Record<string, unknown>>): Text =>
  lastingWords(Number(until) - Number(from));

/** Search indexes are behind by minutes; of a table, and where the job's interval is stated, nobody has to ask. */
const mayBeIndex = (
  { from, until, intervalMs }: Readonly<Record<string, unknown>>,
  { right: { bytes } }: Pick<ComparisonFact, 'right'>,
): boolean => Number(until) - Number(from) <= 15 * 60_000 && intervalMs === undefined && bytes !== undefined;

/** A file that was written long after its newest record was copied since, or nothing was entered for so long. */
const exportedLater = (until: unknown, utc: unknown, later: number, name: string): Text => {
  const [newest, after] = [utcWords(until, utc), lastingWords(later)];
  return {
    en: `This is counted up to the newest record, at ${newest.en}; the file ${name} was written ${after.en} after it. If it was exported only then and not just copied, the job has been due since: look into its log, or give it with --log.`,
    ja: `ここでは最新のレコードの日時 ${newest.ja}までで数えています。ファイル ${name} が書き込まれたのは、その ${after.ja}後です。コピーではなくその時点で出力したものなら、同期は止まっている可能性があります。ジョブのログを確認するか、--log で指定してください。`,
  };
};

export const intervalLag = defineSyncCause({
  id: 'sync.interval-lag',
  title: { en: 'The newest records wait for the next run', ja: '最新のレコードは次回の同期待ちです' },
  about: {
    en: 'A job that runs every so often is behind by up to one interval. Records that are younger than that are not lost: they come with the next run.',
    ja: '一定間隔で動くジョブは、最大で 1 回分の間隔だけ遅れます。それより新しいレコードは抜けているのではなく、次回の実行で同期されます。',
  },
  owner: 'crm-admin',
  unless: ['sync.snapshot-skew', 'sync.index-lag'],
  hypotheses: [
    rowsHypothesis<WaitsFor>({
      effect: 'expected',
      population: 'missing',
      presentAtMost: 0.05,
      propose: (view) => waiting(view).map((params) => ({ params })),
      holds: (row, { from }, view) => isNewerThan(view, row, from),
    }),
    changedSince<WaitsFor>('expected', waiting),
  ],
  because: ({ main: { detail, population }, share }) => {
    const from = utcWords(detail.from, detail.utc);
    const lag = lagWords(detail);
    const every =
      typeof detail.intervalMs === 'number'
        ? {
            en: `which is within the interval of the job (${lastingWords(detail.intervalMs).en}). They come with the next run.`,
            ja: `ジョブの実行間隔（${lastingWords(detail.intervalMs).ja}）の範囲内です。次回の実行で同期されます。`,
          }
        : { en: `which is ${lag.en} before the newest of all.`, ja: `全体の最新の日時との差は ${lag.ja}です。` };
    return population === 'missing'
      ? {
          en: `Of the missing records, ${share.en} are newer than the last change that was copied, at ${from.en}, ${every.en}`,
          ja: `不足レコード ${share.ja}は、最後に同期された変更の日時 ${from.ja}より新しく、${every.ja}`,
        }
      : {
          en: `Of the differences, ${share.en} are in records that were changed after the last change that was copied, at ${from.en}, ${every.en}`,
          ja: `差異 ${share.ja}は、最後に同期された変更の日時 ${from.ja}より後に変更されたレコードにあり、${every.ja}`,
        };
  },
  steps: ({ main: { detail }, fact }) => {
    const from = utcWords(detail.from, detail.utc);
    return [
      {
        en: `Nothing needs to be repaired. Compare again after the next run, or only records older than ${from.en}.`,
        ja: `修正は不要です。次回の実行後に比べ直すか、${from.ja}より前のレコードだけを比較します。`,
      },
      ...(mayBeIndex(detail, fact)
        ? [
            {
              en: `Files of both sides do not tell records that wait for a run from records that a search does not show yet: look one of them up in the system of ${fact.right.name} by its id. If it is found there, its search index was behind (sync.index-lag), and the job has nothing to bring.`,
              ja: `ファイル同士の比較では、次回の同期待ちなのか、検索索引の遅れで一覧に現れていないだけなのかを区別できません。${fact.right.name} の元のシステムで 1 件を ID から検索してください。見つかれば検索索引の遅れ（sync.index-lag）で、同期は済んでいます。`,
            },
          ]
        : []),
      ...(detail.intervalMs === undefined
        ? [
            {
              en: `That holds for a job that runs once a day. One that should have run within these ${lagWords(detail).en} has stopped: state how often with --interval (such as --interval 1h), and it is told which.`,
              ja: `これは 1 日 1 回のジョブの場合です。この ${lagWords(detail).ja}の間に動くはずのジョブなら止まっています。実行間隔を --interval（例: --interval 1h）で指定すると、どちらかを判定できます。`,
            },
          ]
        : []),
      ...(typeof detail.later === 'number'
        ? [exportedLater(detail.until, detail.utc, detail.later, fact.left.name)]
        : []),
    ];
  },
});
