import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { combinations } from '../report/samples.ts';
import { commandLine, workplace } from './command-line.ts';

const cli = fileURLToPath(new URL('../../bin/crm-doctor.js', import.meta.url));
const place = workplace();
const at = { cwd: place.directory };
afterAll(place.remove);

beforeAll(async () => {
  // A run of the runbook, with a finding of each kind, that is rendered again in every way.
  writeFileSync(
    join(place.directory, 'won.yaml'),
    'workflow: won\nobject: Deal\ntrigger: { on: update }\nsteps:\n  - set: { stag: Won }\n',
  );
  writeFileSync(join(place.directory, 'a.csv'), 'id,name\n1,山田\n2,佐藤\n');
  writeFileSync(join(place.directory, 'b.csv'), 'id,name\n1,山田\n2,佐籐\n');
  await commandLine(['sync', 'a.csv', 'b.csv', '--key', 'id'], at);
});

const parsed = (out: string, code: number): Readonly<Record<string, unknown>> => {
  const report = JSON.parse(out) as Readonly<Record<string, unknown>>;
  expect(report).toMatchObject({ schema: 'crm-doctor/report/v1', exitCode: code });
  return report;
};

describe('--json with every other flag', () => {
  const looks = combinations({
    quiet: [[], ['--quiet']],
    verbose: [[], ['--verbose']],
    color: [[], ['--color'], ['--no-color']],
    plain: [[], ['--plain']],
    ascii: [[], ['--ascii']],
    lang: [[], ['--lang', 'ja'], ['--lang', 'en']],
  } as const);
  const surroundings = ['pipe', 'terminal', 'CI'] as const;

  test(`a recorded run is the same report ${looks.length} times, and nothing else is written`, async () => {
    const texts = new Set<string>();
    for (const [turn, flags] of looks.entries()) {
      const where = surroundings[turn % surroundings.length];
      // Files beside it, and that nobody is asked, now and then.
      const more = turn % 12 === 0 ? ['--format', `html=${join(place.directory, 'page.html')}`, '--no-input'] : [];
      const argv = ['report', 'last', '--json', ...Object.values(flags).flat(), ...more];
      const { code, out, err } = await commandLine(argv, {
        ...at,
        tty: where === 'terminal',
        env: where === 'CI' ? { CI: 'true', FORCE_COLOR: '1' } : {},
      });
      expect({ argv, err }).toEqual({ argv, err: '' });
      parsed(out, code);
      texts.add(out);
    }
    // How it looks is nothing to a program that reads it.
    expect(texts.size).toBe(1);
    expect(readFileSync(join(place.directory, 'page.html'), 'utf8')).not.toContain('\u001b');
  });

  // Every pair of values of two flags is in one of these rows.
  const rows: readonly (readonly [string, readonly string[], boolean])[] = [
    ['quiet, ascii', ['--quiet', '--ascii', '--lang', 'ja', '--timeout', '30s'], true],
    ['verbose, plain, colour', ['--verbose', '--plain', '--color', '--only', 'mail.tls'], true],
    [
      'quiet, verbose, a file',
      ['--quiet', '--verbose', '--format', `junit=${join(place.directory, 'junit.xml')}`, '--no-color'],
      false,
    ],
    ['plain, ascii, a glob', ['--plain', '--ascii', '--only', 'mail.*-auth', '--lang', 'en'], false],
    ['left out, fail on warnings', ['--skip', 'mail.dns', '--fail-on', 'warn', '--verbose', '--lang', 'ja'], true],
    ['no time', ['--timeout', '1ms', '--color', '--ascii'], true],
    ['said twice', ['--format', 'json', '--quiet', '--plain'], false],
  ];
  test.each(rows)('a diagnosis of embedded servers: %s', async (_name, flags, tty) => {
    const { code, out, err } = await commandLine(['demo', 'wrong-security', '--json', ...flags], { ...at, tty });
    // Finished checks are told of on standard error.
    if (!flags.includes('--verbose')) expect(err).toBe('');
    const report = parsed(out, code);
    if (flags.includes('1ms')) expect(report).toMatchObject({ exitCode: expect.any(Number) });
    else if (!flags.includes('mail.dns')) expect(code).toBe(1);
  });

  test.each<[string, readonly string[]]>([
    ['sync', ['sync', 'a.csv', 'b.csv', '--key', 'id']],
    ['workflow', ['workflow', 'won.yaml']],
    ['mail without a network', ['mail', 'a@b.test', '--smtp', '127.0.0.1:1', '--offline']],
  ])('%s', async (_name, argv) => {
    for (const flags of [
      [],
      ['--plain', '--verbose', '--color'],
      ['--quiet', '--ascii', '--lang', 'ja', '--timeout', '20s'],
    ]) {
      for (const env of [{}, { CI: 'true' }, { FORCE_COLOR: '1', TERM: 'dumb' }]) {
        const { code, out } = await commandLine([...argv, '--json', ...flags], { ...at, env, tty: true });
        parsed(out, code);
      }
    }
  });

  test.each<[string, readonly string[]]>([
    ['checks', ['checks']],
    ['explain', ['explain', 'tls.certificate-expired']],
    ['runbook list', ['runbook', 'list']],
    ['runbook diff', ['runbook', 'diff', 'last', 'last']],
    ['logs', ['logs', 'a.csv']],
  ])('%s is JSON of its own kind', async (_name, argv) => {
    for (const flags of [[], ['--plain', '--verbose', '--color'], ['--quiet', '--ascii', '--lang', 'ja']]) {
      const { code, out, err } = await commandLine([...argv, '--json', ...flags], { ...at, tty: true });
      expect({ code: [0, 1, 3].includes(code), err }).toEqual({ code: true, err: '' });
      JSON.parse(out);
    }
  });

  test.each<[string, readonly string[]]>([
    ['a flag that does not exist', ['report', '--jsn']],
    ['a language that does not exist', ['report', 'last', '--lang', 'fr']],
    ['a format that does not exist', ['report', 'last', '--format', 'pdf']],
    ['another format for the screen', ['report', 'last', '--format', 'markdown']],
    ['a run that does not exist', ['report', 'nothing']],
    ['a configuration that does not exist', ['check', '--config', 'missing.yaml']],
  ])('%s is 2, with a report or nothing', async (_name, argv) => {
    const { code, out, err } = await commandLine([...argv, '--json'], at);
    expect(code).toBe(2);
    expect(err).toMatch(/^crm-doctor: [^\n]+\n$/);
    if (out !== '') expect(parsed(out, 2)).toMatchObject({ status: 'error' });
  });
});

describe('whole processes', () => {
  const outcome = (
    argv: readonly string[],
    { env = {}, shell }: { readonly env?: Readonly<Record<string, string>>; readonly shell?: string } = {},
  ): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> => {
    const words = [process.execPath, cli, ...argv].map((word) => `'${word}'`).join(' ');
    const child = spawn('bash', ['-c', (shell ?? '%').replace('%', words)], {
      cwd: place.directory,
      env: { PATH: process.env.PATH ?? '', HOME: place.directory, LANG: 'C.UTF-8', ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdin.end();
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
  };
  const diagnosis = ['demo', 'wrong-security', '--json'];

  test('a parser reads it from a pipe', async () => {
    const { code, out, err } = await outcome(diagnosis, {
      shell: `% | '${process.execPath}' -e 'let t="";process.stdin.on("data",(c)=>t+=c).on("end",()=>console.log(JSON.parse(t).diagnoses[0].cause))'; exit \${PIPESTATUS[0]}`,
    });
    expect({ code, out, err }).toEqual({ code: 1, out: 'config.security-mismatch\n', err: '' });
  });

  test.each<[string, string]>([
    ['a reader that leaves in the middle', '% | head -c 20 >&2; exit ${PIPESTATUS[0]}'],
    ['a reader that never reads', '% | true; exit ${PIPESTATUS[0]}'],
    ['standard output is closed', '% >&-'],
    ['standard error is closed', '% 2>&- | head -c 0; exit ${PIPESTATUS[0]}'],
    ['standard input is closed', '% <&- >/dev/null'],
  ])('%s: no trace of it, and the right code', async (_name, shell) => {
    const { code, err } = await outcome(diagnosis, { shell });
    expect(code).toBe(1);
    expect(err).not.toMatch(/EPIPE|Error|at .*\.js/);
  });

  test('a full disk is no clean run', async () => {
    const { code, err } = await outcome(diagnosis, { shell: '% > /dev/full' });
    expect({ code, err }).toEqual({ code: 3, err: 'crm-doctor: standard output: ENOSPC\n' });
  });

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['no home', {}, 'env -i PATH="$PATH" %'],
    ['a home that cannot be written', { HOME: '/dev/null' }, '%'],
    ['a locale that is not UTF-8', { LC_ALL: 'ja_JP.eucJP' }, '%'],
    ['every switch of colour', { NO_COLOR: '1', FORCE_COLOR: '3', CI: 'true' }, '%'],
    ['an odd width', { COLUMNS: '-5', TERM: 'dumb' }, '%'],
  ])('%s', async (_name, env, shell) => {
    const { code, out } = await outcome(['workflow', 'won.yaml', '--json'], { env, shell });
    expect(parsed(out, code ?? -1)).toMatchObject({ run: { command: 'workflow' } });
    expect(out).not.toContain('\u001b');
  });

  test('Node has nothing to say of two switches of colour', async () => {
    const { err } = await outcome(['checks', '--kind', 'checks'], { env: { NO_COLOR: '1', FORCE_COLOR: '1' } });
    expect(err).toBe('');
  });
});
