import type { Change } from '../model/config.ts';
import type { RunbookRecord } from './record.ts';

/** A change of a file that nobody has undone yet. */
export interface OpenChange {
  readonly run: string;
  readonly at: string;
  readonly where: string;
  readonly change: readonly Change[];
  readonly backup?: string;
  /** `intended`: the record of its end is missing; the process may have been killed before or after the writing. */
  readonly state: 'intended' | 'done';
}

type ChangeRecord = Extract<RunbookRecord, { readonly change: readonly Change[] }>;

/** A change that was made, was to be made, or was taken back. */
export const isChangeRecord = (record: RunbookRecord): record is ChangeRecord =>
  record.kind === 'change-intended' || record.kind === 'change-done' || record.kind === 'undone';

/** Which change a record belongs to: a run changes a file once. */
export const changeKey = ({ run, where }: { readonly run?: string; readonly where: string }): string =>
  JSON.stringify([run, where]);

/** The changes that are still in force, the oldest first. */
export const openChanges = async (records: AsyncIterable<RunbookRecord>): Promise<readonly OpenChange[]> => {
  const open = new Map<string, OpenChange>();
  for await (const record of records) {
    if (!isChangeRecord(record)) continue;
    const key = changeKey(record);
    const { run = '', at, where, change, backup } = record;
    const state = record.kind === 'change-done' ? 'done' : 'intended';
    if (record.kind === 'undone') open.delete(key);
    else open.set(key, { run, at, where, change, ...(backup === undefined ? {} : { backup }), state });
  }
  return [...open.values()];
};

/** The change that takes a change back. */
export const reversed = (change: readonly Change[]): readonly Change[] =>
  change.map(({ path, from, to }) => ({ path, from: to, to: from })).toReversed();
