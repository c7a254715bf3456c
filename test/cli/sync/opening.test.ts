import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import { openBoth } from '../../../src/cli/sync/opening.ts';
import type { SyncSubject } from '../../../src/model/sync/subject.ts';
import { NoPlace } from '../../../src/sync/files/fault.ts';

const directory = mkdtempSync(join(tmpdir(), 'crm-doctor-opening-'));
afterAll(() => rmSync(directory, { recursive: true }));

test('where there is no place to read one side into, both are closed', async () => {
  const sideOf = (name: string) => {
    const database = new Sqlite(join(directory, name));
    database.pragma('journal_mode = wal');
    database.exec('CREATE TABLE t (id INTEGER PRIMARY KEY); INSERT INTO t VALUES (1)');
    database.close();
    return { kind: 'database', url: join(directory, name), table: 't' } as const;
  };
  const subject: SyncSubject = {
    kind: 'sync',
    label: 'sync',
    path: 'sync',
    config: {
      left: sideOf('left.sqlite'),
      right: sideOf('right.sqlite'),
      key: { left: ['id'], right: ['id'], rules: [] },
      ignore: [],
      engine: { kind: 'local' },
    },
  };
  const nobody = () => {
    throw new Error('no CRM is asked');
  };
  const open = openBoth(subject, {
    kit: {
      secret: () => undefined,
      directory: async () => {
        throw new NoPlace('/nowhere');
      },
      printable: (text) => text,
    },
    crm: { records: nobody, ask: nobody, product: nobody, traffic: nobody },
    signal: new AbortController().signal,
    listener: () => {},
    redact: false,
  });
  await expect(open()).rejects.toThrow('/nowhere');
  // A connection that is open has two files beside the database.
  expect(readdirSync(directory).toSorted()).toEqual(['left.sqlite', 'right.sqlite']);
});
