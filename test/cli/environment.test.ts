import { afterAll, describe, expect, test } from '@jest/globals';
import { Command } from 'commander';
import { colourOn } from '../../src/cli/colour.ts';
import { applyEnvironment, variables } from '../../src/cli/environment.ts';
import { addCommonFlags } from '../../src/cli/flags.ts';
import { commandLine, workplace } from './command-line.ts';

const place = workplace();
const at = { cwd: place.directory };
afterAll(place.remove);

const optionsWith = async (argv: readonly string[], env: Readonly<Record<string, string>>) => {
  const command = addCommonFlags(new Command('x').exitOverride().allowExcessArguments(), 'en');
  command.hook('preAction', (_, action) => applyEnvironment(action, env)).action(() => {});
  await command.parseAsync([...argv], { from: 'user' });
  return command.opts();
};

describe('variables stand in for flags', () => {
  test.each([
    ['CRM_DOCTOR_TIMEOUT', '5s', 'timeout', '5s', ['--timeout', '9s'], '9s'],
    ['CRM_DOCTOR_RUNBOOK', '/a', 'runbook', '/a', ['--runbook', '/b'], '/b'],
    ['CRM_DOCTOR_NO_INPUT', '1', 'input', false, ['--no-input'], false],
    ['CRM_DOCTOR_PLAIN', 'true', 'plain', true, ['--plain'], true],
    ['CRM_DOCTOR_ASCII', 'on', 'ascii', true, ['--ascii'], true],
  ] as const)('%s', async (name, value, key, expected, flag, stronger) => {
    expect((await optionsWith([], {}))[key]).not.toBe(expected);
    expect((await optionsWith([], { [name]: value }))[key]).toBe(expected);
    expect((await optionsWith([], { [name]: '' }))[key]).not.toBe(expected);
    expect((await optionsWith(flag, { [name]: value }))[key]).toBe(stronger);
  });

  test('every one of them is tried here or where it is read', () => {
    expect(variables.filter(({ flag }) => !flag).map(({ name }) => name)).toEqual([
      'CRM_DOCTOR_CONFIG',
      'CRM_DOCTOR_LANG',
    ]);
    expect(variables.filter(({ flag }) => flag)).toHaveLength(5);
  });

  test('0 switches nothing on, and another word is a wrong call that names the variable', async () => {
    expect((await optionsWith([], { CRM_DOCTOR_PLAIN: '0' })).plain).toBeUndefined();
    for (const lang of ['en', 'ja']) {
      const { code, out, err } = await commandLine(['checks', '--lang', lang], {
        ...at,
        env: { CRM_DOCTOR_PLAIN: 'maybe' },
      });
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toContain('CRM_DOCTOR_PLAIN');
    }
  });

  test('they reach a command', async () => {
    const soon = await commandLine(['mail', 'a@b.test', '--smtp', '127.0.0.1:1'], {
      ...at,
      env: { CRM_DOCTOR_TIMEOUT: 'soon' },
    });
    expect(soon).toMatchObject({ code: 2, err: expect.stringContaining('soon') });
    const plain = await commandLine(['checks', '--kind', 'checks'], { ...at, env: { CRM_DOCTOR_PLAIN: '1' } });
    expect(plain.out).toMatch(/^mail\.tls: /m);
  });

  test('and the help of a topic has each', async () => {
    const { out } = await commandLine(['help', 'environment'], at);
    for (const { name } of variables) expect(out).toContain(name);
  });
});

describe('colour', () => {
  const on = (color: boolean | undefined, isTTY: boolean, env: Readonly<Record<string, string>>) =>
    colourOn(color, { isTTY, columns: 80, write: () => {} }, env);

  test.each<[string, boolean | undefined, boolean, Readonly<Record<string, string>>, boolean]>([
    ['a terminal', undefined, true, {}, true],
    ['a pipe', undefined, false, {}, false],
    ['a dumb terminal', undefined, true, { TERM: 'dumb' }, false],
    ['CI on a terminal', undefined, true, { CI: 'true' }, false],
    ['NO_COLOR over FORCE_COLOR', undefined, true, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    ['an empty NO_COLOR', undefined, true, { NO_COLOR: '' }, true],
    [
      'FORCE_COLOR over a pipe, a dumb terminal and CI',
      undefined,
      false,
      { FORCE_COLOR: '1', TERM: 'dumb', CI: '1' },
      true,
    ],
    ['FORCE_COLOR=0', undefined, true, { FORCE_COLOR: '0' }, false],
    ['--color over everything', true, false, { NO_COLOR: '1', TERM: 'dumb', CI: '1' }, true],
    ['--no-color over everything', false, true, { FORCE_COLOR: '1' }, false],
  ])('%s', (_name, color, isTTY, env, expected) => {
    expect(on(color, isTTY, env)).toBe(expected);
  });
});

describe('a locale whose character set is not UTF-8', () => {
  const eucJp = { LANG: 'ja_JP.eucJP' };

  test('means English and ASCII, and says so once on stderr', async () => {
    const { code, out, err } = await commandLine(['checks', '--kind', 'checks'], { ...at, env: eucJp });
    expect(code).toBe(0);
    expect(out).toMatch(/^[\n -~]+$/);
    expect(err).toMatch(/^crm-doctor: the character set of the locale is eucJP[^\n]*--lang ja[^\n]*\n$/);
  });

  test.each([['--help'], ['help', 'terms'], ['init', '--help'], []])('help is ASCII too: %s', async (...argv) => {
    expect((await commandLine(argv, { ...at, env: eucJp })).out).toMatch(/^[\n -~]+$/);
  });

  test.each<[string, readonly string[], Readonly<Record<string, string>>]>([
    ['--lang ja', ['--lang', 'ja'], eucJp],
    ['CRM_DOCTOR_LANG', [], { ...eucJp, CRM_DOCTOR_LANG: 'ja' }],
  ])('%s gives Japanese all the same', async (_name, flags, env) => {
    const { out, err } = await commandLine(['checks', ...flags], { ...at, env });
    expect(err).toBe('');
    expect(out).toContain('検査');
  });

  test('--quiet is quiet about it, and a locale without a character set is no such', async () => {
    expect((await commandLine(['checks', '--quiet'], { ...at, env: eucJp })).err).toBe('');
    for (const LANG of ['C', 'POSIX', 'ja_JP', 'ja_JP.UTF-8', 'C.utf8', '']) {
      expect((await commandLine(['checks'], { ...at, env: { LANG } })).err).toBe('');
    }
  });
});
