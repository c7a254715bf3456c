import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { commands } from '../../src/cli/commands.generated.ts';
import { described } from '../../src/cli/describe.ts';
import { topics } from '../../src/cli/help/topics.ts';
import { roff } from '../../src/cli/man/roff.ts';
import { width } from '../../src/i18n/width.ts';
import { againstReal } from '../lab/against-real.ts';
import { ensureInstalled } from '../lab/tools.ts';

const directory = mkdtempSync(join(tmpdir(), 'crm-doctor-man-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const pages = new Map<string, string>();
beforeAll(async () => {
  for (const { kind, language, text } of await described('1.2.3', '2026-11-26')) {
    if (kind !== 'man') continue;
    pages.set(language, text);
    writeFileSync(join(directory, `${language}.1`), text);
  }
});

/** As a reader sees it. */
const shown = (language: string, columns: number): string =>
  execFileSync('man', ['-l', join(directory, `${language}.1`)], {
    env: { ...process.env, MANWIDTH: String(columns), MANPAGER: 'cat', LC_ALL: 'C.UTF-8', MAN_KEEP_FORMATTING: '' },
    encoding: 'utf8',
  });

const languages = ['en', 'ja'];

describe.each(languages)('the manual in %s', (language) => {
  test('has every command, flag and topic', async () => {
    const text = (pages.get(language) ?? '').replaceAll('\\-', '-').replaceAll('\\:', '');
    for (const { name } of commands) expect(text).toContain(`.SS "crm-doctor ${name}`);
    for (const flag of ['--patch', '--simulate', '--crm-secret-env', '--tag', '--plain', '--runbook']) {
      expect(text).toMatch(new RegExp(`^\\.B "(?:-\\w, )?${flag}`, 'm'));
    }
    for (const { title, name } of topics) {
      const heading = name === 'exit-codes' ? 'EXIT STATUS' : name.toUpperCase();
      expect(text).toContain(`.SH "${language === 'en' ? heading : title.ja}"`);
    }
    expect(text).toContain('"crm-doctor 1.2.3"');
  });
});

againstReal('mandoc', ensureInstalled([['/usr/bin/mandoc', 'mandoc']]), () => {
  test.each(languages)('mandoc finds no fault in it in %s', (language) => {
    const { stdout, stderr } = spawnSync('mandoc', ['-Tlint', join(directory, `${language}.1`)], { encoding: 'utf8' });
    const faults = `${stdout}${stderr}`
      .split('\n')
      .filter((line) => line !== '' && !line.includes('longer than 80 bytes'));
    expect(faults).toEqual([]);
  });
});

againstReal('man', ensureInstalled([['/usr/bin/man', 'man-db']]), () => {
  test.each(languages)('man shows it within 80 columns, with every flag as it is typed, in %s', (language) => {
    const text = shown(language, 80);
    expect(text.split('\n').filter((line) => width(line) > 80)).toEqual([]);
    for (const words of [
      '--password-env <name>',
      'crm-doctor runbook undo [run]',
      '${MAIL_PASSWORD}',
      '~/.config/crm-doctor',
    ]) {
      expect(text).toContain(words);
    }
  });
});

test.each([
  ['a line\n  that goes on', 'a line that goes on'],
  ['.PP is no request', '\\&.PP is no request'],
  ["'quoted'", '\\(aqquoted\\(aq'],
  ['C:\\dir --flag', 'C:\\edir \\-\\-flag'],
])('%j is only text for roff', (text, expected) => {
  expect(roff(text)).toBe(expected);
});
