// What runs in a worker thread: one task after the other (dist/sync-worker.cjs).
import { parentPort } from 'node:worker_threads';
import { joinPartitions } from './join.ts';
import { rankRecords } from './rank.ts';
import { scanSide } from './scan.ts';
import type { WorkerReply, WorkerTask } from './threads.ts';

const progressBytes = 16 * 1024 * 1024;

// The thread is ended from outside, so nothing here is ever aborted.
const never = new AbortController().signal;
const reply = (message: WorkerReply, moved: readonly Float64Array[] = []) =>
  parentPort?.postMessage(
    message,
    moved.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : [])),
  );

const run = async (asked: WorkerTask) => {
  if (asked.kind === 'join') {
    const result = await joinPartitions(asked.task, never);
    reply({ kind: 'joined', result }, [result.changed, result.present, result.missing, result.extra]);
    return;
  }
  if (asked.kind === 'rank') {
    reply({ kind: 'ranked', result: await rankRecords(asked.task, never) });
    return;
  }
  let pending = 0;
  const result = await scanSide(asked.task, never, (bytes) => {
    pending += bytes;
    if (pending < progressBytes) return;
    reply({ kind: 'progress', bytes: pending });
    pending = 0;
  });
  reply({ kind: 'progress', bytes: pending });
  reply({ kind: 'scanned', result });
};

parentPort?.on('message', (asked: WorkerTask) => {
  // A failure that is no result ends the thread, which the asking side sees.
  run(asked).catch((error: unknown) => {
    setImmediate(() => {
      throw error;
    });
  });
});
