import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { clickhouseEngine } from '../../../src/sync/databases/clickhouse.ts';
import { failureOf } from '../../../src/sync/databases/failures.ts';
import { mysqlEngine } from '../../../src/sync/databases/mysql.ts';
import { postgresEngine } from '../../../src/sync/databases/postgres.ts';
import { sqliteEngine } from '../../../src/sync/databases/sqlite.ts';

const shown = (text: string): string => text;
const { optionalDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

test.each([clickhouseEngine, mysqlEngine, postgresEngine, sqliteEngine])(
  '$id: the command that installs its driver is exact',
  (engine) => {
    const [, name = '', version] = /^(.*)@([^@]+)$/.exec(engine.driver) ?? [];
    expect(optionalDependencies[name]).toBe(version);
    const absent = Object.assign(new Error(`Cannot find package '${name}'`), { code: 'ERR_MODULE_NOT_FOUND' });
    expect(failureOf(absent, engine, 'table t', shown)).toEqual({
      kind: 'driver-missing',
      what: engine.driver,
      install: `npm install ${name}@${version}`,
    });
    const unbuilt = new Error('Could not locate the bindings file. Tried: …');
    expect(failureOf(unbuilt, engine, 'table t', shown)).toMatchObject({ install: `npm rebuild ${name}` });
  },
);

test.each([
  [postgresEngine, { code: '57014' }, { kind: 'interrupted', after: 0 }],
  [postgresEngine, { code: '55P03' }, { kind: 'interrupted', after: 0 }],
  [postgresEngine, { code: 'ECONNRESET' }, { kind: 'unreachable' }],
  [postgresEngine, { code: '3D000' }, { kind: 'not-found', what: 'table t', says: 'no' }],
  [postgresEngine, { code: '42501' }, { kind: 'no-permission', says: 'no' }],
  [mysqlEngine, { errno: 1205 }, { kind: 'interrupted', after: 0 }],
  [mysqlEngine, { errno: 3024 }, { kind: 'interrupted', after: 0 }],
  [mysqlEngine, { errno: 1049 }, { kind: 'not-found', what: 'table t', says: 'no' }],
])(
  '$id: a limit of the server is no matter of host and port, and what is not there is named: %#',
  (engine, error, expected) => {
    expect(failureOf(Object.assign(new Error('no'), error), engine, 'table t', shown)).toMatchObject(expected);
  },
);
