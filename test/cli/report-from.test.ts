import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { htmlReporter } from '../../src/report/html.reporter.ts';
import { optionsFor, sample } from '../report/samples.ts';
import { commandLine, workplace } from './command-line.ts';

let place = workplace();
beforeEach(() => {
  place = workplace();
});
afterEach(() => place.remove());

const at = () => ({ cwd: place.directory });
const from = (name: string, ...more: readonly string[]) => commandLine(['report', '--from', name, ...more], at());
const write = (name: string, content: string | Buffer): void => writeFileSync(join(place.directory, name), content);

interface Part {
  readonly name: string;
  readonly content: Buffer;
  readonly flags?: number;
  readonly size?: number;
}

/** An archive made by hand, so that it may lie. */
const zip = (parts: readonly Part[]): Buffer => {
  const bodies: Buffer[] = [];
  const heads: Buffer[] = [];
  let offset = 0;
  for (const { name, content, flags = 0x800, size = content.length } of parts) {
    const packed = deflateRawSync(content);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(8, 8);
    local.writeUInt32LE(crc32(content), 14);
    local.writeUInt32LE(packed.length, 18);
    local.writeUInt32LE(size, 22);
    local.writeUInt16LE(Buffer.byteLength(name), 26);
    const head = Buffer.alloc(46);
    head.writeUInt32LE(0x02014b50, 0);
    head.writeUInt16LE(flags, 8);
    head.writeUInt16LE(8, 10);
    head.writeUInt32LE(crc32(content), 16);
    head.writeUInt32LE(packed.length, 20);
    head.writeUInt32LE(size, 24);
    head.writeUInt16LE(Buffer.byteLength(name), 28);
    head.writeUInt32LE(offset, 42);
    const body = Buffer.concat([local, Buffer.from(name), packed]);
    bodies.push(body);
    heads.push(Buffer.concat([head, Buffer.from(name)]));
    offset += body.length;
  }
  const directory = Buffer.concat(heads);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, directory, end]);
};

const rowOf = (part: Part) => ({
  name: part.name,
  bytes: part.content.length,
  sha256: createHash('sha256').update(part.content).digest('hex'),
});

const manifestOf = (rows: readonly object[]): Part => ({
  name: 'manifest.json',
  content: Buffer.from(JSON.stringify({ schema: 'crm-doctor/bundle/v1', entries: rows })),
});

const report: Part = { name: 'report.json', content: Buffer.from(JSON.stringify(sample('several.en'))) };
const whole = (...parts: readonly Part[]): Buffer => zip([...parts, manifestOf(parts.map(rowOf))]);

describe('an archive from anywhere', () => {
  test('the archive made by hand is a good one', async () => {
    write('good.zip', whole(report));
    const { code, out, err } = await from('good.zip');
    expect(code).toBe(1);
    expect(out).toContain('tls.certificate-expired');
    expect(err).toContain('nothing was diagnosed again');
  });

  const traversals = ['../evil.txt', '/etc/evil', 'a/../../evil', 'C:\\evil', 'a\\..\\evil', 'a//b', './evil'];
  const bomb: Part = { name: 'evidence.json', content: Buffer.alloc(200 * 1024 * 1024, 0x20) };
  const cases: readonly (readonly [string, () => Buffer, RegExp])[] = [
    ...traversals.map(
      (name) => [`the name ${name}`, () => whole(report, { name, content: Buffer.from('x') }), /leads out/] as const,
    ),
    ['a name that is there twice', () => whole(report, { ...report, name: 'REPORT.json' }), /in there twice/],
    ['an encrypted file', () => whole({ ...report, flags: 0x801 }), /encrypted/],
    ['a bomb', () => whole(report, bomb), /500 times its size/],
    ['a file that is larger than it says', () => whole({ ...report, size: 10 }), /holds more than/],
    [
      'a changed file',
      () => zip([{ ...report, content: Buffer.from('{}') }, manifestOf([rowOf(report)])]),
      /SHA-256|larger/,
    ],
    ['a file that nobody listed', () => zip([report, manifestOf([])]), /does not list it/],
    ['a listed file that is not there', () => zip([manifestOf([rowOf(report)])]), /missing/],
    ['no manifest', () => zip([report]), /no bundle of crm-doctor/],
    [
      'a manifest of something else',
      () => zip([report, { name: 'manifest.json', content: Buffer.from('{"a":1}') }]),
      /this version can read/,
    ],
    ['a cut-off archive', () => whole(report).subarray(0, 400), /ends in the middle/],
    ['nothing but the first bytes', () => Buffer.from('PK\x03\x04'), /cannot be used/],
    [
      'a report of a wrong form',
      () => whole({ ...report, content: Buffer.from('{"schema":"crm-doctor/report/v1","checks":7}') }),
      /not one that this version can read/,
    ],
    ['a report that is no JSON', () => whole({ ...report, content: Buffer.from('<html>') }), /no JSON/],
  ];

  test.each(cases)('%s is refused with a clear error, and nothing is written', async (_name, make, words) => {
    write('bad.zip', make());
    const { code, out, err } = await from('bad.zip');
    expect(err).toMatch(words);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('bad.zip');
    expect(() => statSync(join(place.directory, 'evil.txt'))).toThrow();
    expect(() => statSync(join(place.directory, '..', 'evil.txt'))).toThrow();
  });

  test('with --json a refusal is a report of its own', async () => {
    write('bad.zip', zip([report]));
    const { code, out } = await from('bad.zip', '--json');
    expect(code).toBe(2);
    expect(JSON.parse(out)).toMatchObject({
      status: 'error',
      error: { message: expect.stringContaining('manifest.json') },
    });
  });

  test('bytes at random never crash it', async () => {
    const good = whole(report);
    let state = 7;
    const next = (below: number): number => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    for (let turn = 0; turn < 60; turn += 1) {
      const bytes = Buffer.from(good);
      for (let at = 0; at < 3; at += 1) bytes[next(bytes.length)] = next(256);
      write('fuzz.zip', bytes);
      const { code, err } = await from('fuzz.zip');
      expect([0, 1, 2]).toContain(code);
      expect(err).not.toContain('itself failed');
    }
  });
});

describe('a report without evidence is shown as it was recorded', () => {
  test('the HTML page of a report, in any other format and in its own language', async () => {
    const recorded = sample('several.ja');
    write('report.html', htmlReporter.render(recorded, optionsFor(recorded)));
    const { code, out, err } = await from('report.html', '--json', '--lang', 'en');
    expect(code).toBe(recorded.exitCode);
    expect(JSON.parse(out)).toEqual(recorded);
    expect(err).toContain('nothing was diagnosed again');
    expect((await from('report.html', '--format', 'markdown')).out).toContain('tls.certificate-expired');
  });

  test('a hostile page does nothing', async () => {
    write(
      'report.html',
      '<script type="application/json" id="crm-doctor-report">{"schema":"crm-doctor/report/v1","checks":[{}]}</script>',
    );
    const { code, err } = await from('report.html');
    expect(code).toBe(2);
    expect(err).toContain('not one that this version can read');
    write('page.html', '<html></html>');
    expect((await from('page.html')).err).toContain('no readable JSON');
  });

  test('a report in JSON', async () => {
    write('report.json', readFileSync(new URL('../report/samples/sync.en.json', import.meta.url)));
    const { code, out } = await from('report.json');
    expect(code).toBe(1);
    expect(out).toContain('sync.date-off-by-one');
  });

  test('a run and a file together are a wrong call; so is a file that is not there', async () => {
    expect((await commandLine(['report', 'last', '--from', 'x.zip'], at())).code).toBe(2);
    expect((await from('nothing.zip')).err).toContain('cannot be read');
  });

  test('evidence of a wrong form is no evidence, and answers that are missing are isolated in their checks', async () => {
    const evidence = {
      schema: 'crm-doctor/evidence/v1',
      at: '2026-11-24T02:05:12Z',
      command: 'mail',
      target: 'x',
      answers: {},
    };
    const config = { address: 7, smtp: { host: 5 } };
    write('evidence.json', JSON.stringify({ ...evidence, mail: [{ config, path: 'mail', label: 'x' }] }));
    const { code, err } = await from('evidence.json');
    expect(code).toBe(2);
    expect(err).toContain('neither evidence nor a report');
    // Of a right frame with answers that are none: every check that reads one says so by itself.
    const right = { address: 'a@b.example', smtp: { host: 'mail.b.example' } };
    write('evidence.json', JSON.stringify({ ...evidence, mail: [{ config: right, path: 'mail', label: 'x' }] }));
    const isolated = await from('evidence.json', '--json');
    expect(isolated).toMatchObject({ code: 3, err: '' });
    expect(JSON.parse(isolated.out).checks.length).toBeGreaterThan(5);
  });
});
