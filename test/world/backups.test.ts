import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { BackupIntegrity } from '../../src/model/backup-facts.ts';
import { createBackups } from '../../src/world/backups.ts';
import { zipOf } from './zip-file.ts';

const never = new AbortController().signal;
const now = new Date('2026-11-26T02:00:00Z');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'backups-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A file of so many hours ago. */
const put = (name: string, content: string | Buffer, hours = 5): string => {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  const at = new Date(now.getTime() - hours * 3_600_000);
  utimesSync(path, at, at);
  return path;
};

const look = (path = folder, options = {}) => createBackups({ now: () => now }, options).look(path, never);

const integrityOf = async (content: string | Buffer, name = 'crm.backup', options = {}) => {
  put(name, content);
  const { series } = await look(join(folder, name), options);
  return series[0]?.examined?.integrity;
};

const text = (lines: number): string => Array.from({ length: lines }, (_, at) => `INSERT ${Math.sin(at)};\n`).join('');
const postgres = (end = '--\n-- PostgreSQL database dump complete\n--\n\n') =>
  `--\n-- PostgreSQL database dump\n--\n\n${text(2_000)}${end}`;
const cluster = `--\n-- PostgreSQL database cluster dump\n--\n\n${postgres()}`;
const mysql = (end = '-- Dump completed on 2026-11-25  2:00:01\n') =>
  `-- MySQL dump 10.13  Distrib 8.0.40, for Linux (x86_64)\n--\n${text(2_000)}${end}`;
const mariadb = `/*M!999999\\- enable the sandbox mode */ \n${mysql().replace('MySQL', 'MariaDB')}`;

const tarHeader = (name: string, size: number, type = '0'): Buffer => {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000644\0', 100);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write('        ', 148);
  header.write(type, 156);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
};
const tarOf = (end = Buffer.alloc(1024)): Buffer =>
  Buffer.concat([
    ...['dump.sql', 'filestore/aa'].flatMap((name) => [tarHeader(name, 70_000), Buffer.alloc(70_144, 'x')]),
    end,
  ]);

const sqlite = (pages: number, real: number): Buffer => {
  const file = Buffer.alloc(real * 4096);
  file.write('SQLite format 3\0', 0);
  file.writeUInt16BE(4096, 16);
  file.writeUInt32BE(7, 24);
  file.writeUInt32BE(pages, 28);
  file.writeUInt32BE(7, 92);
  return file;
};

/** A Zstandard frame of two raw blocks with a checksum. */
const zstd = Buffer.concat([
  Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x04, 0x58]),
  Buffer.from([0x50, 0x00, 0x00]),
  Buffer.alloc(10, 'a'),
  Buffer.from([0x51, 0x00, 0x00]),
  Buffer.alloc(10, 'b'),
  Buffer.from([1, 2, 3, 4]),
]);
const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9]);
const xz = Buffer.concat([
  Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4]),
  Buffer.alloc(40, 7),
  Buffer.from('YZ'),
]);

const odoo = (over: object = {}) => [
  { name: 'manifest.json', content: '{}' },
  { name: 'dump.sql', content: postgres(), ...over },
  { name: 'filestore/aa/aa01', content: Buffer.alloc(5_000, 1), stored: true as const },
];

const flipped = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0xff;
  return copy;
};

const whole = (...formats: readonly string[]) => ({ kind: 'whole', formats, by: 'content' });
const cut = (how: string, ...formats: readonly string[]) => ({ kind: 'broken', formats, how });

describe('the content of', () => {
  const packed = gzipSync(postgres());
  const half = packed.length / 2;
  test.each<[string, string | Buffer, object | undefined]>([
    ['a packed dump', packed, whole('gzip', 'postgresql')],
    ['a packed dump that was cut', packed.subarray(0, half), cut('cut', 'gzip')],
    ['a packed dump without its last byte', packed.subarray(0, -1), cut('cut', 'gzip')],
    ['a packed dump with another checksum', flipped(packed, packed.length - 7), cut('checksum', 'gzip')],
    ['a packed dump with one other byte', flipped(packed, half), cut('checksum', 'gzip')],
    ['a dump that stopped, packed in good order', gzipSync(postgres('')), cut('no-end', 'gzip', 'postgresql')],
    [
      'two packed parts in one file',
      Buffer.concat([gzipSync(postgres('')), gzipSync(postgres())]),
      whole('gzip', 'postgresql'),
    ],
    ['anything packed', gzipSync('hello'), whole('gzip')],
    ['a dump', postgres(), { kind: 'whole', formats: ['postgresql'] }],
    [
      'a dump of a newer pg_dump',
      postgres('--\n-- PostgreSQL database dump complete\n--\n\n\\unrestrict aBc\n\n'),
      { kind: 'whole' },
    ],
    ['a dump that stopped', postgres(''), cut('no-end', 'postgresql')],
    ['a dump of all databases that stopped after one', cluster, cut('no-end', 'postgresql')],
    ['a dump of all databases', `${cluster}-- PostgreSQL database cluster dump complete\n`, { kind: 'whole' }],
    ['a small dump', '--\n-- PostgreSQL database dump\n--\n-- PostgreSQL database dump complete\n', { kind: 'whole' }],
    ['a MySQL dump', mysql(), { kind: 'whole', formats: ['mysql'] }],
    ['a MariaDB dump', mariadb, { kind: 'whole', formats: ['mysql'] }],
    ['a MySQL dump that stopped', gzipSync(mysql('')), cut('no-end', 'gzip', 'mysql')],
    ['SQL without marks', text(99), { kind: 'unknown', why: 'format', formats: [] }],
    ['a mail that speaks of a dump', `Subject: x\n\n-- MySQL dump 10\n`, { kind: 'unknown', why: 'format' }],
    [
      'a PostgreSQL dump in its own format',
      `PGDMP\x01\x0e${text(9)}`,
      { kind: 'unknown', why: 'format', formats: ['postgresql-custom'] },
    ],
    ['an archive', tarOf(), whole('tar')],
    ['an archive without empty blocks at its end', tarOf(Buffer.alloc(0)), whole('tar')],
    ['an archive that was cut', tarOf().subarray(0, 100_000), cut('no-end', 'tar')],
    ['an archive that was cut within a header', tarOf().subarray(0, 70_656 + 99), cut('no-end', 'tar')],
    ['a packed archive that stopped', gzipSync(tarOf().subarray(0, 100_000)), cut('no-end', 'gzip', 'tar')],
    ['a packed archive', gzipSync(tarOf()), whole('gzip', 'tar')],
    [
      'an archive that cannot be followed',
      Buffer.concat([tarHeader('a', 0), Buffer.alloc(600, 'x')]),
      { kind: 'unknown', why: 'format', formats: ['tar'] },
    ],
    ['a zip', zipOf(odoo()), whole('zip', 'postgresql')],
    ['a zip with a comment', zipOf(odoo(), 'a comment of PK\x05\x06'), whole('zip', 'postgresql')],
    ['a zip of the wide form', zipOf(odoo({ wide: true }), '', true), whole('zip', 'postgresql')],
    ['an empty zip', zipOf([]), whole('zip')],
    ['a zip that was cut', zipOf(odoo()).subarray(0, 9_000), cut('cut', 'zip')],
    ['a zip with another byte', flipped(zipOf(odoo()), 9_000), { kind: 'broken', how: 'checksum', inside: 'dump.sql' }],
    ['a zip with another checksum', zipOf(odoo({ crc: 1 })), { kind: 'broken', how: 'checksum', inside: 'dump.sql' }],
    [
      'a zip whose dump stopped',
      zipOf(odoo({ content: postgres('') })),
      { kind: 'broken', how: 'no-end', inside: 'dump.sql' },
    ],
    ['a zip with a password', zipOf(odoo({ flags: 1 })), { kind: 'unknown', why: 'encrypted' }],
    ['a zip packed otherwise', zipOf(odoo({ method: 14 })), { kind: 'unknown', why: 'format' }],
    [
      'a zip that lost its middle',
      Buffer.concat([zipOf(odoo()).subarray(0, 99), zipOf(odoo()).subarray(999)]),
      { kind: 'broken', how: 'damaged' },
    ],
    [
      'a zip whose places are nowhere',
      flipped(zipOf(odoo(), '', true), zipOf(odoo(), '', true).length - 27),
      { kind: 'broken', how: 'damaged' },
    ],
    ['a Zstandard file', Buffer.concat([zstd, skippable, zstd]), { kind: 'whole', formats: ['zstd'], by: 'structure' }],
    ['a Zstandard file that was cut', zstd.subarray(0, 20), cut('cut', 'zstd')],
    ['a Zstandard file without its checksum', zstd.subarray(0, -2), cut('cut', 'zstd')],
    ['a Zstandard file with rubbish after it', Buffer.concat([zstd, Buffer.from('rubbish')]), cut('damaged', 'zstd')],
    ['an xz file', xz, { kind: 'whole', formats: ['xz'], by: 'structure' }],
    ['an xz file with padding', Buffer.concat([xz, Buffer.alloc(8)]), { kind: 'whole' }],
    ['an xz file that was cut', xz.subarray(0, 30), cut('cut', 'xz')],
    ['a SQLite database', sqlite(2, 2), { kind: 'whole', formats: ['sqlite'], by: 'structure' }],
    ['a SQLite database that was cut', sqlite(3, 2), cut('cut', 'sqlite')],
    ['an encrypted file', 'Salted__abc', { kind: 'unknown', why: 'encrypted' }],
    ['nothing', '', undefined],
  ])('%s', async (_, content, expected) => {
    const integrity = await integrityOf(content);
    if (expected) expect(integrity).toMatchObject(expected);
    else expect(integrity).toBeUndefined();
  });

  test('a file whose name says that it is encrypted', async () => {
    expect(await integrityOf(Buffer.from([0x85, 1, 2]), 'crm.sql.gpg')).toMatchObject({ why: 'encrypted' });
  });

  test.each([
    ['packed', gzipSync(Buffer.alloc(8_000_000))],
    ['an archive', zipOf([{ name: 'a', content: Buffer.alloc(8_000_000) }])],
    ['plain', tarOf()],
  ])('a file that is %s, as far as the time reaches', async (_, content) => {
    const integrity: BackupIntegrity | undefined = await integrityOf(content, 'a', { withinMs: 0 });
    expect(integrity).toMatchObject({ kind: 'unknown', why: 'time', readBytes: expect.any(Number) });
  });
});

describe('what lies at a place', () => {
  test('is put into series, the newest first, without what is no backup', async () => {
    for (let day = 0; day < 30; day += 1) put(`crm-${20261126 - day}.sql.gz`, gzipSync(postgres()), 5 + day * 24);
    put('crm-monthly-202611.tar.gz', gzipSync(tarOf()), 600);
    put('crm-20261126.sql.gz.sha256', 'x');
    put('README', 'x');
    put('.hidden.sql', 'x');
    put('crm-20261127.sql.gz.part', 'x');
    const place = await look();
    expect(place).toMatchObject({ count: 31, passedOver: 4, more: false });
    // Digits in the name of the temporary folder are a number of the series too: only the last part is the same each time.
    expect(place.series.map(({ name, count, members }) => [basename(name), count, members.length])).toEqual([
      ['crm-#.sql.gz', 30, 20],
      ['crm-monthly-#.tar.gz', 1, 1],
    ]);
    expect(place.series[0]?.oldest).toBe('2026-10-27T21:00:00.000Z');
    expect(place.series[0]?.examined).toMatchObject({
      path: join(folder, 'crm-20261126.sql.gz'),
      integrity: whole('gzip', 'postgresql'),
    });
  });

  test('may be named by a pattern, over folders too', async () => {
    put('2026-11-25/crm.dump', 'a', 29);
    put('2026-11-26/crm.dump', 'b', 5);
    put('2026-11-26/other.txt', 'b', 5);
    const { series, count } = await look(join(folder, '2026-*', '*.dump'));
    expect(count).toBe(2);
    expect(series[0]?.members.map(({ path }) => path.slice(folder.length))).toEqual([
      '/2026-11-26/crm.dump',
      '/2026-11-25/crm.dump',
    ]);
    expect(series).toHaveLength(1);
  });

  test('may be a file with a star in its name', async () => {
    const path = put('crm*.dump', 'a');
    put('crm-other.dump', 'a');
    expect((await look(path)).count).toBe(1);
  });

  test('may be folders that are one backup each, on shelves', async () => {
    put('daily/2026-11-26_020000/database.sql.gz', gzipSync(postgres()), 5);
    put('daily/2026-11-26_020000/site_config.json', '{}', 4);
    put('daily/2026-11-25_020000/database.sql.gz', gzipSync(postgres()), 29);
    const { series } = await look();
    expect(series).toHaveLength(1);
    expect(series[0]).toMatchObject({
      count: 2,
      members: [{ folder: true, modified: '2026-11-25T22:00:00.000Z' }, {}],
    });
    expect(series[0]?.examined).toMatchObject({
      path: join(folder, 'daily/2026-11-26_020000/database.sql.gz'),
      integrity: whole('gzip', 'postgresql'),
    });
  });

  test('is counted once where a link leads to it', async () => {
    symlinkSync(put('crm-20261126.zip', zipOf(odoo())), join(folder, 'latest.zip'));
    expect((await look()).count).toBe(1);
  });

  test('is not read while it is written', async () => {
    put('crm-20261126.sql.gz', gzipSync(postgres()).subarray(0, 99), 0);
    put('crm-20261125.sql.gz', gzipSync(postgres()), 24);
    const { series } = await look();
    expect(series[0]?.members[0]).toMatchObject({ growing: true });
    expect(series[0]?.examined).toMatchObject({
      path: join(folder, 'crm-20261125.sql.gz'),
      integrity: { kind: 'whole' },
    });
  });

  test('is open to all only where the folders above it are', async () => {
    const path = put('crm.dump', 'a');
    chmodSync(path, 0o644);
    expect((await look()).series[0]?.members[0]).not.toHaveProperty('exposed');
    chmodSync(folder, 0o755);
    expect((await look()).series[0]?.members[0]).toMatchObject({ exposed: true });
    chmodSync(path, 0o640);
    expect((await look()).series[0]?.members[0]).not.toHaveProperty('exposed');
  });

  test('may be nothing, for one reason or the other', async () => {
    expect(await look(join(folder, 'none'))).toMatchObject({ count: 0, trouble: { kind: 'absent', code: 'ENOENT' } });
    expect(await look(join(folder, 'none', '*.gz'))).toMatchObject({ count: 0, trouble: { kind: 'absent' } });
    expect(await look(join(folder, '*.gz'))).toEqual({
      path: join(folder, '*.gz'),
      series: [],
      count: 0,
      passedOver: 0,
      more: false,
    });
    symlinkSync('/nowhere/at/all', join(folder, 'link.zip'));
    expect(await look(join(folder, 'link.zip'))).toMatchObject({ trouble: { kind: 'failed', code: 'ELINK' } });
  });

  test('may be closed to us, which says nothing of it', async () => {
    const path = put('shelf/crm.dump', postgres());
    chmodSync(folder, 0o755);
    chmodSync(path, 0o600);
    const { geteuid, seteuid } = process;
    const isRoot = geteuid?.() === 0;
    if (!isRoot) chmodSync(path, 0);
    try {
      if (isRoot) seteuid?.(65_534);
      expect((await look()).series[0]?.examined?.integrity).toMatchObject({ why: 'denied', code: 'EACCES' });
      if (isRoot) seteuid?.(0);
      chmodSync(join(folder, 'shelf'), isRoot ? 0o700 : 0);
      if (isRoot) seteuid?.(65_534);
      expect(await look()).toMatchObject({
        count: 0,
        more: true,
        trouble: { kind: 'denied', at: join(folder, 'shelf') },
      });
      // Names may be read, and nothing of the files behind them.
      if (isRoot) seteuid?.(0);
      chmodSync(join(folder, 'shelf'), isRoot ? 0o744 : 0o400);
      if (isRoot) seteuid?.(65_534);
      for (const place of [join(folder, 'shelf'), join(folder, 'shelf', '*.dump')]) {
        expect(await look(place)).toMatchObject({ count: 0, more: true, trouble: { kind: 'denied', at: path } });
      }
    } finally {
      if (isRoot) seteuid?.(0);
      chmodSync(join(folder, 'shelf'), 0o700);
    }
  });
});
