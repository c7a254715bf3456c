import { describe, expect, test } from '@jest/globals';
import { readConfigText } from '../../src/config/read.ts';
import { openShelf } from '../../src/config/secrets.ts';
import { syncSubjectsOf, withoutPassword } from '../../src/config/sync.ts';
import { crmSubjectsOf } from '../../src/model/crm/subject.ts';

const crms = crmSubjectsOf([
  { type: 'odoo', name: 'production', url: 'https://crm.example.jp' },
  { type: 'odoo', name: 'staging', url: 'https://staging.example.jp' },
]);

const read = (text: string, known = crms) => {
  const shelf = openShelf();
  const { config } = readConfigText(text, '/etc/crm/crm-doctor.yaml', {}, { uses: ['mail'] });
  if (!config.sync) throw new Error('no sync');
  return { ...syncSubjectsOf(config.sync, { crms: known, shelf, directory: '/etc/crm' }), shelf };
};

describe('a comparison as it is configured', () => {
  test('files, key, fields with their types, filters and demands', () => {
    const { subjects, lost } = read(`
sync:
  left: { file: ./crm.csv, filter: { stage: [won, lost], owner: { not: test } }, timeZone: Asia/Tokyo }
  right: { file: './shop/*.jsonl', encoding: shift_jis, delimiter: ';' }
  key: { left: id, right: [crm_id], rules: [trim, lower] }
  fields:
    name: full_name
    amount: { right: total, as: amount, tolerance: '0.5', required: true }
    updated: { role: updated-at, tolerance: 2s, options: [a, b], maxLength: 40 }
  ignore: [notes]
  interval: 15m
`);
    expect(lost).toEqual([]);
    expect(subjects[0]).toMatchObject({ kind: 'sync', path: 'sync', label: 'sync' });
    expect(subjects[0]?.config).toEqual({
      left: {
        kind: 'file',
        file: '/etc/crm/crm.csv',
        encoding: 'auto',
        filter: { stage: ['won', 'lost'], owner: { not: ['test'] } },
        timeZone: 'Asia/Tokyo',
      },
      right: { kind: 'file', file: '/etc/crm/shop/*.jsonl', encoding: 'shift_jis', delimiter: ';' },
      key: { left: ['id'], right: ['crm_id'], rules: ['trim', 'lower'] },
      fields: {
        name: { right: 'full_name' },
        amount: { right: 'total', as: 'amount', tolerance: { kind: 'number', most: 0.5 }, required: true },
        updated: { role: 'updated-at', tolerance: { kind: 'time', ms: 2000 }, options: ['a', 'b'], maxLength: 40 },
      },
      ignore: ['notes'],
      intervalMs: 900_000,
      engine: { kind: 'auto' },
    });
  });

  test.each([
    ['0.5', { kind: 'number', most: 0.5 }],
    ["'3'", { kind: 'number', most: 3 }],
    ['1m30s', { kind: 'time', ms: 90_000 }],
  ])('a tolerance of %s', (given, tolerance) => {
    const text = `sync:\n  left: { file: a.csv }\n  right: { file: b.csv }\n  key: id\n  fields: { x: { tolerance: ${given} } }\n`;
    expect(read(text).subjects[0]?.config.fields).toEqual({ x: { tolerance } });
  });

  test.each(['about two', '-1', '2 s', 'true'])('a tolerance of %s is told', (given) => {
    const text = `sync:\n  left: { file: a.csv }\n  right: { file: b.csv }\n  key: id\n  fields: { x: { tolerance: ${given} } }\n`;
    expect(() => read(text)).toThrow(
      'sync.fields.x.tolerance: expected a number such as 0.5, or a duration such as 2s',
    );
  });

  test.each([
    ['Asia/Tokio', 'expected a time zone such as Asia/Tokyo, found a text Asia/Tokio; did you mean Asia/Tokyo?'],
    ['9', 'expected a time zone such as Asia/Tokyo, found a number 9'],
  ])('a time zone %s that nobody knows is told', (given, says) => {
    const text = `sync:\n  left: { file: a.csv, timeZone: ${given} }\n  right: { file: b.csv }\n  key: id\n`;
    expect(() => read(text)).toThrow(`sync.left.timeZone: ${says}`);
  });

  test('CRMs by name; one that is not there, or one of several, is told', () => {
    const text = (of: string) => `sync:\n  left: { crm: contacts${of} }\n  right: { file: b.csv }\n  key: [id]\n`;
    const [subject] = read(text(', of: staging')).subjects;
    expect(subject?.config.left).toMatchObject({ kind: 'crm', type: 'contacts', crm: { label: 'crm:staging' } });
    expect(read(text(''), crms.slice(0, 1)).subjects).toHaveLength(1);
    expect(read(text('')).lost).toEqual([{ path: 'sync.left.crm' }]);
    expect(read(text(', of: old'))).toMatchObject({ subjects: [], lost: [{ path: 'sync.left.crm', named: 'old' }] });
  });

  test('the password of a database is a secret wherever it stands', () => {
    const { subjects, shelf } = read(`
sync:
  - name: nightly
    left: { database: 'postgres://crm:hun%2Fter2@db.example.jp/crm', table: contacts }
    right: { database: 'mysql://crm@db.example.jp/crm', query: SELECT 1 }
    key: id
    engine: { clickhouse: 'https://default:s3cret@ch.example.jp:8443', ca: own-ca.pem }
`);
    const [subject] = subjects;
    expect(subject?.label).toBe('sync:nightly');
    expect(subject?.config.left).toEqual({
      kind: 'database',
      url: 'postgres://crm@db.example.jp/crm',
      password: { secret: 'sync[nightly].left.database.password' },
      table: 'contacts',
    });
    expect(subject?.config.engine).toMatchObject({
      kind: 'clickhouse',
      url: 'https://default@ch.example.jp:8443',
      ca: expect.stringMatching(/own-ca\.pem$/),
    });
    expect(JSON.stringify(subjects)).not.toMatch(/hun|ter2|s3cret/);
    const hidden = [...shelf.sources.values()].map((source) => ('value' in source ? source.value : ''));
    // Both as it is used and as it was written, so that neither is ever printed.
    expect(hidden).toEqual(
      expect.arrayContaining(['hun/ter2', 'postgres://crm:hun%2Fter2@db.example.jp/crm', 's3cret']),
    );
  });

  test.each([
    ['sqlite:./shop.db', 'sqlite:/etc/crm/shop.db'],
    ['sqlite://data/shop.db', 'sqlite:/etc/crm/data/shop.db'],
    ['sqlite:///var/shop.db', 'sqlite:/var/shop.db'],
    ['shop.sqlite3', '/etc/crm/shop.sqlite3'],
    ['postgres://db/crm', 'postgres://db/crm'],
    ['sqlite:', 'sqlite:'],
  ])('a database in a file stands where the configuration does: %s', (database, url) => {
    const { subjects } = read(`
sync:
  left: { file: ./crm.csv }
  right: { database: '${database}', table: contacts }
  key: id
`);
    expect(subjects[0]?.config.right).toMatchObject({ url });
  });

  test.each([
    ['postgres://u:p@h/d', 'postgres://u@h/d', 'p'],
    ['postgres://u:p@ss/w#rd@h/d', 'postgres://u@h/d', 'p@ss/w#rd'],
    ['postgres://u:100%@h/d', 'postgres://u@h/d', '100%'],
    ['postgres://u@h:5432/d', 'postgres://u@h:5432/d', undefined],
    ['postgres://h:5432/d', 'postgres://h:5432/d', undefined],
    ['sqlite:/var/crm.db', 'sqlite:/var/crm.db', undefined],
  ])('%s', (given, url, password) => {
    expect(withoutPassword(given)).toEqual({ url, ...(password === undefined ? {} : { password }) });
  });

  test('a side whose CRM is not there is told with its place, and only to who compares', () => {
    const text = `crm: { type: odoo, url: 'https://crm.example.jp' }
sync:
  left: { crm: contacts, of: staging }
  right: { file: b.csv }
  key: [id]
`;
    expect(() => readConfigText(text, '/c.yaml', {})).toThrow('sync.left.crm: there is no CRM called staging');
    expect(() => readConfigText(text, '/c.yaml', {}, { uses: ['mail'] })).not.toThrow();
    expect(readConfigText(text.replace(', of: staging', ''), '/c.yaml', {}).sync?.[0]?.config.left).toMatchObject({
      kind: 'crm',
      crm: { label: 'crm:odoo' },
    });
    try {
      readConfigText(text, '/c.yaml', {});
    } catch (error) {
      expect(error).toMatchObject({ line: 3, column: 16 });
    }
  });
});
