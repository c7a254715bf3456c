import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { commands } from '../../src/cli/commands.generated.ts';
import { topics } from '../../src/cli/help/topics.ts';
import { shellLines, shellLinesWithin } from '../../src/i18n/shell-lines.ts';
import { width } from '../../src/i18n/width.ts';
import { commandLine, workplace } from './command-line.ts';

const place = workplace();
afterAll(place.remove);

const languages = ['en', 'ja'] as const;
const page = async (argv: readonly string[], lang: string, columns: number, tty = true) =>
  (await commandLine([...argv, '--lang', lang], { cwd: place.directory, columns, tty, env: { NO_COLOR: '1' } })).out;

/** Without blanks, and without the backslashes that join the lines of a command. */
const dense = (text: string): string => text.replace(/\\\n/g, '').replace(/\s+/g, '');

const pages: readonly (readonly string[])[] = [
  [],
  ['help'],
  ...commands.map(({ name }) => ['help', name]),
  ...['list', 'show', 'search', 'note', 'diff', 'undo'].map((sub) => ['help', 'runbook', sub]),
  ...topics.map(({ name }) => ['help', name]),
];

describe.each(languages)('help in %s', (lang) => {
  test.each(pages.map((words) => [words.join(' ') || 'alone', words] as const))(
    '%s fits into 20, 40, 80 and 120 columns and loses no word',
    async (_name, words) => {
      const whole = await page(words, lang, 1_000);
      const parts = whole.split(/\s+/).filter((word) => word !== '\\');
      for (const columns of [20, 40, 80, 120]) {
        const text = await page(words, lang, columns);
        expect(text.split('\n').filter((line) => width(line) > columns)).toEqual([]);
        expect(text.split('\n').filter((line) => line !== line.trimEnd())).toEqual([]);
        const all = dense(text);
        expect(parts.filter((word) => !all.includes(dense(word.replace(/\\$/, ''))))).toEqual([]);
      }
    },
  );

  test('every command has examples that begin with its name', async () => {
    for (const { name, load } of commands) {
      const { command } = await load();
      expect(command.examples.filter((line) => line.includes(`crm-doctor ${name}`)).length).toBeGreaterThan(0);
    }
  });

  test('what begins as `crm-doctor` alone is short', async () => {
    const text = await page([], lang, 80);
    expect(text.split('\n').length).toBeLessThanOrEqual(14);
    for (const word of ['crm-doctor demo', 'crm-doctor init', 'crm-doctor check', 'crm-doctor help']) {
      expect(text).toContain(word);
    }
  });

  test('--plain has an entry a line', async () => {
    const text = await page(['mail', '--help', '--plain'], lang, 40);
    expect(text).toMatch(/^--imap <host>: \S.*$/m);
    expect(text).not.toMatch(/^ /m);
  });
});

test('common flags stand apart from the own ones of a command', async () => {
  const text = await page(['sync', '--help'], 'en', 80);
  expect(text.indexOf('--patch <file>')).toBeLessThan(text.indexOf('Options of every command:'));
  expect(text.indexOf('--runbook <dir>')).toBeGreaterThan(text.indexOf('Options of every command:'));
});

test('headings are bold on a terminal only', async () => {
  const on = { cwd: place.directory, columns: 80, tty: true };
  expect((await commandLine(['help', 'mail'], on)).out).toContain('\u001b[1mOptions:\u001b[22m');
  expect((await commandLine(['mail', '--help'], on)).out).toContain('\u001b[1mUsage:\u001b[22m');
  for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }, { CI: 'true' }]) {
    expect((await commandLine(['help', 'mail'], { ...on, env })).out).not.toContain('\u001b');
  }
  expect((await commandLine(['help', 'mail'], { cwd: place.directory })).out).not.toContain('\u001b');
  expect((await commandLine(['help', 'mail', '--color'], { cwd: place.directory })).out).toContain('\u001b[1m');
});

test('a command that needs another word shows its help and is a wrong call', async () => {
  const { code, out, err } = await commandLine(['runbook'], { cwd: place.directory });
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain('search <words...>');
});

test('flags of every command may stand before it', async () => {
  const at = { cwd: place.directory };
  const after = await commandLine(['checks', '--kind', 'checks', '--json', '--lang', 'ja'], at);
  for (const before of [
    ['--json', '--lang', 'ja', 'checks', '--kind', 'checks'],
    ['--lang=ja', 'checks', '--json', '--kind', 'checks'],
  ]) {
    expect(await commandLine(before, at)).toEqual(after);
  }
});

describe('an example on a narrow screen is still a command', () => {
  // What a shell makes of a backslash at the end of a line: nothing, the line goes on.
  const joined = (lines: readonly string[]): string =>
    lines.join('\n').replaceAll('\\\n', '').replace(/\s+/g, ' ').trim();

  test.each([
    'crm-doctor mail sales@example.co.jp --smtp smtp.example.co.jp:587/starttls --password-env MAIL_PASSWORD',
    'crm-doctor sync crm.xlsx postgres://crm@db.example.co.jp/crm#contacts --key id=crm_id',
    'crm-doctor runbook note "the provider renewed the certificate" --run last',
    "crm-doctor explain '535 5.7.8 Error: authentication failed'",
    "crm-doctor sync crm.csv 'postgres://crm@db.example.co.jp/crm#注文 明細' --key id --key '顧客 ID'",
  ])('%s', (command) => {
    for (const columns of [10, 20, 30, 40, 79, 200]) {
      const lines = shellLines(command, columns);
      expect(lines.filter((line) => width(line) > columns)).toEqual([]);
      expect(joined(lines)).toBe(command);
      const within = shellLinesWithin(command, columns);
      expect(within.filter((line) => width(line) > columns)).toEqual([]);
      // Where a word does not fit, the blanks before every line would split it.
      if (columns >= 79) expect(joined(within.map((line) => `    ${line}`))).toBe(command);
    }
  });
});

test.each([['--help'], ['mail', '--help'], ['mail', '--dry-run', '--smtp', 'mail.example.co.jp', 'a@example.co.jp']])(
  '%s %s makes no segmenter, which costs as much as all the rest of it',
  (...argv) => {
    const cli = fileURLToPath(new URL('../../bin/crm-doctor.js', import.meta.url));
    const trap = "data:text/javascript,Intl.Segmenter = class { constructor() { throw new Error('a segmenter'); } };";
    const options = {
      cwd: place.directory,
      env: { PATH: process.env.PATH, LANG: 'en_US.UTF-8' },
      encoding: 'utf8',
    } as const;
    expect(execFileSync(process.execPath, ['--import', trap, cli, ...argv], options)).toContain('mail');
  },
);
