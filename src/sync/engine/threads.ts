import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { SourceFailure } from '../../model/sync/source.ts';
import { type Joined, type JoinTask, joinPartitions } from './join.ts';
import { type RankedRecords, type RankTask, rankRecords } from './rank.ts';
import { type Scanned, type ScanTask, scanSide } from './scan.ts';
import type { CompareSide } from './types.ts';

/** Plain data only, with nothing besides: it may go to another thread. */
export const plainSide = ({ files, fields, key, columns }: CompareSide): CompareSide => ({
  files: files.map(({ path, from, header, delimiter, quote, stamp }) => ({
    path,
    from,
    ...(header === undefined ? {} : { header }),
    delimiter,
    quote,
    ...(stamp === undefined ? {} : { stamp: { ...stamp } }),
  })),
  fields,
  key: [...key],
  columns: [...columns],
});

export type WorkerTask =
  | { readonly kind: 'scan'; readonly task: ScanTask }
  | { readonly kind: 'join'; readonly task: JoinTask }
  | { readonly kind: 'rank'; readonly task: RankTask };

export type WorkerReply =
  | { readonly kind: 'progress'; readonly bytes: number }
  | { readonly kind: 'scanned'; readonly result: Scanned }
  | { readonly kind: 'joined'; readonly result: Joined }
  | { readonly kind: 'ranked'; readonly result: RankedRecords };

/** One hand that works on one task at a time. */
export interface Hand {
  readonly scan: (task: ScanTask, progress: (bytes: number) => void) => Promise<Scanned>;
  readonly join: (task: JoinTask) => Promise<Joined>;
  readonly rank: (task: RankTask) => Promise<RankedRecords>;
  readonly close: () => Promise<void>;
}

const inlineHand = (signal: AbortSignal): Hand => ({
  scan: (task, progress) => scanSide(task, signal, progress),
  join: (task) => joinPartitions(task, signal),
  rank: (task) => rankRecords(task, signal),
  close: async () => {},
});

/** Thrown inside the engine only: `compareFiles` makes a reply of it. */
export class HandLost extends Error {
  readonly failure: SourceFailure;
  constructor(says: string) {
    super(says);
    this.failure = { kind: 'interrupted', what: 'worker thread', says, after: 0 };
  }
}

const workerHand = (url: URL, signal: AbortSignal): Hand => {
  // What dies young here is small: a nursery of the usual size would only be memory that is never given back.
  const worker = new Worker(url, { resourceLimits: { maxYoungGenerationSizeMb: 2 } });
  let lost: HandLost | undefined;
  let settle: { readonly reply: (reply: WorkerReply) => void; readonly fail: (error: HandLost) => void } | undefined;
  const lose = (says: string) => {
    lost ??= new HandLost(says.slice(0, 200));
    settle?.fail(lost);
  };
  worker.on('message', (reply: WorkerReply) => settle?.reply(reply));
  worker.on('error', (error) => lose(error instanceof Error ? error.message : 'failed'));
  worker.on('exit', () => lose('ended'));
  const stop = () => {
    void worker.terminate();
  };
  signal.addEventListener('abort', stop, { once: true });
  const ask = <T>(task: WorkerTask, read: (reply: WorkerReply) => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      if (lost) {
        reject(lost);
        return;
      }
      settle = {
        reply: (reply) => {
          const result = read(reply);
          if (result === undefined) return;
          settle = undefined;
          resolve(result);
        },
        fail: reject,
      };
      worker.postMessage(task);
    });
  return {
    scan: (task, progress) =>
      ask({ kind: 'scan', task }, (reply) => {
        if (reply.kind === 'progress') progress(reply.bytes);
        return reply.kind === 'scanned' ? reply.result : undefined;
      }),
    join: (task) => ask({ kind: 'join', task }, (reply) => (reply.kind === 'joined' ? reply.result : undefined)),
    rank: (task) => ask({ kind: 'rank', task }, (reply) => (reply.kind === 'ranked' ? reply.result : undefined)),
    close: async () => {
      signal.removeEventListener('abort', stop);
      await worker.terminate();
    },
  };
};

/** Built beside every module of `dist`; it is not there when the sources run by themselves. */
const builtWorker = new URL('./sync-worker.cjs', import.meta.url);

export const newHand = (
  { threads, worker = builtWorker }: { readonly threads?: 'workers' | 'inline'; readonly worker?: URL },
  signal: AbortSignal,
): Hand =>
  threads !== 'inline' && (threads === 'workers' || existsSync(worker))
    ? workerHand(worker, signal)
    : inlineHand(signal);
