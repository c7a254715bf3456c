import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import type { Report } from '../../src/model/report.ts';
import { commandLine, workplace } from './command-line.ts';

const { directory, remove } = workplace();
afterAll(remove);

const table = (name: string, stageAt: (id: number) => string, demands = ''): string => {
  const database = new Database(join(directory, name));
  database.exec(`CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT ${demands}, stage TEXT)`);
  const insert = database.prepare('INSERT INTO people VALUES (?, ?, ?)');
  database.transaction(() => {
    for (let id = 1; id <= 4000; id += 1) insert.run(id, `name ${id}`, stageAt(id));
  })();
  database.close();
  return `sqlite:${join(directory, name)}#people`;
};

/** What both tables come to by checksums, or with all rows read. */
const compared = async (engine: 'checksums' | 'local', left: string, right: string): Promise<Report> => {
  const side = (name: string): string => `{ database: '${name.split('#')[0]}', table: people }`;
  const text = `version: 1\nsync:\n  left: ${side(left)}\n  right: ${side(right)}\n  key: id\n  engine: ${engine}\n`;
  writeFileSync(join(directory, 'crm-doctor.yaml'), text);
  const run = await commandLine(['sync', '--json'], { cwd: directory, env: { LANG: 'en_US.UTF-8' } });
  return JSON.parse(run.out) as Report;
};

describe('two tables by checksums', () => {
  test('a page that was lost is told by the places that the databases count', async () => {
    const [left, right] = [table('paged.db', () => 'won'), table('lost.db', () => 'won')];
    const database = new Database(join(directory, 'lost.db'));
    database.exec('DELETE FROM people WHERE id BETWEEN 2001 AND 2100');
    database.close();
    const [far, near] = [await compared('checksums', left, right), await compared('local', left, right)];
    expect(far.comparison?.work.engine).toBe('checksums');
    const found = far.comparison?.explained ?? [];
    expect(found.map(({ cause }) => cause)).toEqual(['sync.page-lost']);
    expect(near.comparison?.explained.map(({ cause, share }) => [cause, share.n])).toEqual(
      found.map(({ cause, share }) => [cause, share.n]),
    );
    const paths = [left, right].map((side) => side.slice('sqlite:'.length));
    const run = await commandLine(['sync', ...paths, '--key', 'id', '--json'], { cwd: directory });
    expect(JSON.parse(run.out)).toMatchObject({ comparison: { missing: 100 } });
  });

  test('the records that differ are held against what the other side asks, and that is all that is claimed', async () => {
    const left = table('left.db', (id) => (id % 100 === 7 ? 'unheard of' : 'won'));
    const right = table('right.db', () => 'won');
    const text = `version: 1\nsync:\n  left: { database: '${left.split('#')[0]}', table: people }\n  right: { database: '${right.split('#')[0]}', table: people }\n  key: id\n  fields: { name: name, stage: { right: stage, options: [won, lost] } }\n  engine: checksums\n`;
    writeFileSync(join(directory, 'crm-doctor.yaml'), text);
    const run = await commandLine(['sync', '--json'], { cwd: directory, env: { LANG: 'en_US.UTF-8' } });
    const report = JSON.parse(run.out) as Report;
    expect(report.comparison?.work.engine).toBe('checksums');
    expect(report.checks.find(({ id }) => id === 'sync.schema')).toMatchObject({
      status: 'warn',
      summary:
        '40 records would be refused: stage 40 (none of the options); only the 80 records that differ were looked at, the others stay in their database',
    });
    expect(report.comparison?.validation).toMatchObject([
      { side: 'left', rows: 40, rejected: 40, only: 'differing' },
      { side: 'right', rows: 40, rejected: 0, only: 'differing' },
    ]);
  });
});
