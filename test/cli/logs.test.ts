import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { commandLine, workplace } from './command-line.ts';

const place = workplace();
const at = { cwd: place.directory };
afterAll(place.remove);

const refused =
  'Nov 24 09:00:05 mx postfix/smtp[813]: connect to mx.example.net[198.51.100.4]:25: Connection refused\n';

beforeAll(() => {
  writeFileSync(
    join(place.directory, 'mail.log'),
    `${refused}Nov 24 09:00:06 mx postfix/smtp[813]: warning: \u001b[31mthe frobnicator failed\n[2026-11-24 09:00:18] ERROR: (0) A1 NO [AUTHENTICATIONFAILED] Authentication failed.\n`,
  );
  writeFileSync(join(place.directory, 'fine.log'), 'Nov 24 09:00:01 mx postfix/qmgr[700]: 4Xd1Ab2CdEz1: removed\n');
});

describe('crm-doctor logs', () => {
  test.each([
    ['en', 'Unknown error lines', 'exit 1'],
    ['ja', '原因不明のエラー行', '終了コード 1'],
  ])('names causes and places in %s, and prints no control bytes', async (lang, unknown, verdict) => {
    const { code, out, err } = await commandLine(['logs', 'mail.log', '--lang', lang], at);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toContain('[net.refused]');
    expect(out).toContain('[auth.wrong-credentials]');
    expect(out).toContain('mail.log:1');
    expect(out).toContain(unknown);
    expect(out).toContain(verdict);
    expect(out).toContain('\\x1b[31m');
    expect(out).not.toContain('\u001b');
  });

  test.each([20, 40, 120])('keeps to %i columns', async (columns) => {
    const { out } = await commandLine(['logs', 'mail.log', '--lang', 'en'], {
      ...at,
      columns,
      tty: true,
      env: { NO_COLOR: '1' },
    });
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(columns);
  });

  test('nothing found is 0', async () => {
    expect(await commandLine(['logs', 'fine.log'], at)).toMatchObject({
      code: 0,
      out: expect.stringContaining('No mail fault'),
    });
  });

  test('--json has its schema, --only and --skip choose causes', async () => {
    const { out } = await commandLine(['logs', 'mail.log', '--json', '--only', 'net.*'], at);
    expect(JSON.parse(out)).toMatchObject({
      schema: 'crm-doctor/logs/v1',
      exitCode: 1,
      causes: [{ cause: 'net.refused' }],
    });
    const skipped = await commandLine(['logs', 'mail.log', '--json', '--skip', 'net.*', 'auth.*'], at);
    expect(JSON.parse(skipped.out)).toMatchObject({ causes: [], status: 'unknown', exitCode: 3 });
  });

  test('ndjson has a row a cause, markdown goes into a file', async () => {
    const { out } = await commandLine(['logs', 'mail.log', '--format', 'ndjson', '--format', 'markdown=report.md'], at);
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).kind),
    ).toEqual(['cause', 'cause', 'unknown', 'summary']);
    expect(readFileSync(join(place.directory, 'report.md'), 'utf8')).toContain('`net.refused`');
  });

  test('--since takes durations and dates, and refuses the rest', async () => {
    expect((await commandLine(['logs', 'mail.log', '--since', '2999-01-01'], at)).code).toBe(0);
    expect((await commandLine(['logs', 'mail.log', '--since', 'soon'], at)).code).toBe(2);
    expect((await commandLine(['logs', 'mail.log', '--since', '36500d'], at)).code).toBe(1);
  });

  test('no readable file is 2 and says so on standard error', async () => {
    writeFileSync(join(at.cwd, 'rotated.log'), '');
    const rotated = await commandLine(['logs', 'rotated.log', '--lang', 'ja'], at);
    expect(rotated.code).toBe(3);
    expect(rotated.out).toMatch(/ログが空のため、何も確認できませんでした。/);
    expect((await commandLine(['logs', 'rotated.log', 'mail.log'], at)).code).toBe(1);
    const { code, out, err } = await commandLine(['logs', 'none.log', '--lang', 'ja'], at);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('none.log: ファイルがありません');
  });

  test('--follow ends with Ctrl+C, 130 and the summary', async () => {
    const { code, out } = await commandLine(['logs', 'mail.log', '--follow'], {
      ...at,
      onInterrupt: (hear) => {
        setImmediate(() => hear('SIGINT'));
        return () => {};
      },
    });
    expect(code).toBe(130);
    expect(out).toContain('exit 130');
  });
});
