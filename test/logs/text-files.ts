import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogQuestion } from '../../src/logs/run.ts';
import { readLogs } from '../../src/logs/run.ts';

/** A directory of logs of one's own. */
export const logDirectory = () => {
  const directory = mkdtempSync(join(tmpdir(), 'crm-doctor-logs-'));
  return {
    directory,
    write: (name: string, content: string | Uint8Array): string => {
      const path = join(directory, name);
      writeFileSync(path, content);
      return path;
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
};

/** Reads files and returns the report; names are the paths. */
export const reportOf = (paths: readonly string[], more: Partial<LogQuestion> = {}) =>
  readLogs({
    sources: paths.map((path) => ({ name: path, path })),
    version: '0.0.0',
    titleOf: (cause) => cause,
    now: Date.UTC(2026, 10, 24, 12),
    wanted: () => true,
    ...more,
  });
