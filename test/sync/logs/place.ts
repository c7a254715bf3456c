import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll } from '@jest/globals';
import { escapeControls } from '../../../src/reason/escape.ts';
import { type JobLogs, readJobLogs } from '../../../src/sync/logs/runs.ts';

const printable = (text: string, most = 300): string => escapeControls(text.slice(0, most));

/** Files of a test, read as the logs of one job. */
export const logPlace = () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'crm-doctor-logs-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  let tests = 0;
  return {
    read: async (
      files: Readonly<Record<string, string | Uint8Array>>,
      { timeZone, names }: { readonly timeZone?: string; readonly names?: readonly string[] } = {},
    ): Promise<JobLogs> => {
      tests += 1;
      const place = path.join(directory, String(tests));
      mkdirSync(place);
      for (const [name, content] of Object.entries(files)) {
        writeFileSync(path.join(place, name), content);
        utimesSync(path.join(place, name), new Date('2026-11-26T12:00:00Z'), new Date('2026-11-26T12:00:00Z'));
      }
      return readJobLogs(
        (names ?? Object.keys(files)).map((name) => path.join(place, name)),
        { printable, signal: new AbortController().signal, ...(timeZone === undefined ? {} : { timeZone }) },
      );
    },
  };
};
