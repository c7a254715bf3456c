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
