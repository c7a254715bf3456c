import { join } from 'node:path';
import type { Report } from '../model/report.ts';
import type { RunbookFailure } from './failure.ts';
import { failureOf } from './failure.ts';
import type { Files } from './files.ts';
import { isRunId } from './run-id.ts';
import { writeWhole } from './whole-file.ts';

/** A run as it was kept. */
export type FoundRun =
  | {
      readonly kind: 'found';
      readonly id: string;
      readonly path: string;
      readonly report: Report;
      readonly evidence: unknown;
    }
  | { readonly kind: 'none' }
  /** The prefix fits several runs. */
  | { readonly kind: 'ambiguous'; readonly ids: readonly string[] }
  /** The file is there and is no run. */
  | { readonly kind: 'unreadable'; readonly id: string; readonly path: string }
  | RunbookFailure;

/** Writes `runs/ID.json` so that after a crash there is the whole file or none. */
export const writeRun = async (files: Files, directory: string, report: Report, evidence: unknown): Promise<string> => {
  const { id } = report.run;
  if (!isRunId(id)) throw new Error(`not a run id: ${JSON.stringify(id)}`);
  const path = join(directory, `${id}.json`);
  await writeWhole(files, path, `${JSON.stringify({ report, evidence })}\n`);
  return path;
};

export const idsIn = async (files: Files, directory: string): Promise<readonly string[]> =>
  (await files.list(directory))
    .flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -'.json'.length)] : []))
    .filter(isRunId)
    .toSorted();

/** By id, by an unambiguous beginning of it, or `last`. */
export const findRun = async (files: Files, directory: string, wanted: string): Promise<FoundRun> => {
  try {
    const ids = await idsIn(files, directory);
    const fitting = wanted === 'last' ? ids.slice(-1) : ids.filter((id) => id === wanted || id.startsWith(wanted));
    const id = fitting.find((one) => one === wanted) ?? (fitting.length === 1 ? fitting[0] : undefined);
    if (id === undefined || wanted === '') {
      return fitting.length > 1 && wanted !== '' ? { kind: 'ambiguous', ids: fitting } : { kind: 'none' };
    }
    const path = join(directory, `${id}.json`);
    const text = await files.read(path);
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value === 'object' && value !== null && 'report' in value) {
        // Our own file, written by writeRun; what it holds is checked by whoever renders or diagnoses it.
        const { report, evidence } = value as { readonly report: Report; readonly evidence?: unknown };
        return { kind: 'found', id, path, report, evidence };
      }
    } catch {
      // Not JSON.
    }
    return { kind: 'unreadable', id, path };
  } catch (error) {
    return failureOf(error, directory, 'read');
  }
};
