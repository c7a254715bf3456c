import { join } from 'node:path';
import type { Report } from '../model/report.ts';
import type { Files } from './files.ts';
import { realFiles } from './files.ts';
import { isRunId } from './run-id.ts';
import { idsIn } from './runs.ts';

/** What a run that is worth reading may weigh. */
const mostBytes = 16 * 1024 * 1024;

const reportIn = (text: string): Report | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    // Our own file; a damaged or foreign one is passed over by the look at `checks`.
    const { report } = value as { readonly report?: Report };
    return Array.isArray(report?.checks) ? report : undefined;
  } catch {
    return undefined;
  }
};

/** The report of `runs/ID.json`; nothing where it cannot be read. */
export const keptReport = async (files: Files, path: string): Promise<Report | undefined> => {
  try {
    return (await files.size(path)) > mostBytes ? undefined : reportIn(await files.read(path));
  } catch {
    return undefined;
  }
};

/** Where the newest runs are kept, as many of them as are wanted and together weigh no more than is said. */
export const newestRuns = async (
  files: Files,
  directory: string,
  most: { readonly runs: number; readonly bytes: number },
): Promise<readonly string[]> => {
  const paths: string[] = [];
  let bytes = 0;
  for (const id of (await idsIn(files, directory)).slice(-most.runs).toReversed()) {
    const path = join(directory, `${id}.json`);
    bytes += await files.size(path).catch(() => 0);
    if (bytes > most.bytes) break;
    paths.push(path);
  }
  return paths;
};

/** The same by the id of the run, which a record may name although it is none. */
export const reportOfRun = async (directory: string, id: string): Promise<Report | undefined> =>
  isRunId(id) ? keptReport(realFiles, join(directory, 'runs', `${id}.json`)) : undefined;
