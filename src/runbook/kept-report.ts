import { join } from 'node:path';
import type { Report } from '../model/report.ts';
import type { Files } from './files.ts';
import { realFiles } from './files.ts';
import { isRunId } from './run-id.ts';

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

/** The same by the id of the run, which a record may name although it is none. */
export const reportOfRun = async (directory: string, id: string): Promise<Report | undefined> =>
  isRunId(id) ? keptReport(realFiles, join(directory, 'runs', `${id}.json`)) : undefined;
