import type { RecordOf } from './record.ts';

/** A run after which nothing had to be done: what comes later is compared with it, and told since it. */
export const isGoodRun = ({
  status,
  exitCode,
  interrupted,
}: Pick<RecordOf<'run-finished'>, 'status' | 'exitCode' | 'interrupted'>): boolean =>
  !interrupted && (status === 'pass' || (status === 'warn' && exitCode === 0));
