import { join } from 'node:path';
import type { Files } from '../runbook/files.ts';
import { readRecords } from '../runbook/log.ts';
import type { RunbookRecord } from '../runbook/record.ts';
import { idsIn } from '../runbook/runs.ts';
import { clearable } from './retention.ts';

/** What a run itself writes down; everything else that names a run was done by a person. */
const byItself = (record: RunbookRecord): boolean =>
  record.kind === 'run-started' ||
  record.kind === 'run-finished' ||
  (record.kind === 'resolution' && record.since !== undefined);

const namedIn = (record: RunbookRecord): readonly string[] =>
  ['run', 'of'].flatMap((key) => {
    const value: unknown = Object.hasOwn(record, key) ? Reflect.get(record, key) : undefined;
    return typeof value === 'string' ? [value] : [];
  });

/** Temporary files of rounds that were killed while they wrote. */
const leftOver = /^\.[0-9A-Za-z-]+-w\.json\.\d+\.tmp$/;

/** Deletes old runs that `watch` has kept, except those that a person has written something about. Only who has the turn may call it. */
export const clearOld = async (files: Files, runbook: string, now: Date, keepMs: number): Promise<number> => {
  const runs = join(runbook, 'runs');
  const going = new Set(clearable(await idsIn(files, runs), now.getTime(), keepMs));
  if (going.size > 0) {
    for await (const record of readRecords(files, join(runbook, 'runbook.jsonl'))) {
      if (!byItself(record)) for (const id of namedIn(record)) going.delete(id);
    }
  }
  for (const id of going) await files.remove(join(runs, `${id}.json`));
  for (const name of await files.list(runs)) if (leftOver.test(name)) await files.remove(join(runs, name));
  return going.size;
};
