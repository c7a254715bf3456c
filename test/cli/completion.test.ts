import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { commands } from '../../src/cli/commands.generated.ts';
import { commandLine, workplace } from './command-line.ts';

const place = workplace();
afterAll(place.remove);

const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;
const script = async (shell: string, lang = 'en'): Promise<string> =>
  (await commandLine(['completion', shell, '--lang', lang], { cwd: place.directory })).out;

const installed = (program: string): boolean => {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

let bash = '';
beforeAll(async () => {
  bash = join(place.directory, 'completion.bash');
  writeFileSync(bash, await script('bash'));
  mkdirSync(join(place.directory, 'work', 'a folder'), { recursive: true });
  writeFileSync(join(place.directory, 'work', 'my settings.yaml'), '');
});

/** What bash itself offers after these words; the last one is the one that is being typed. */
const offered = (...words: readonly string[]): readonly string[] =>
  execFileSync(
    'bash',
    [
      '--norc',
      '-c',
      'source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _crm_doctor; printf "%s\\n" "${COMPREPLY[@]}"',
      'bash',
      bash,
      'crm-doctor',
      ...words,
    ],
    { cwd: join(place.directory, 'work'), encoding: 'utf8' },
  )
    .split('\n')
    .filter(Boolean);

describe('bash completes', () => {
  test('every command, and nothing but commands', () => {
    expect(offered('')).toEqual(commands.map(({ name }) => name));
    expect(offered('ma')).toEqual(['mail']);
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ['subcommands', ['runbook', 's'], ['show', 'search']],
    ['flags of a command', ['mail', '--app'], ['--apply']],
    ['flags of a subcommand', ['runbook', 'note', '--ta'], ['--tag']],
    ['check ids', ['mail', '--only', 'mail.smtp'], ['mail.smtp-auth']],
    ['a second check id', ['mail', '--skip', 'mail.dns', 'mail.tl'], ['mail.tls']],
    ['formats', ['mail', '--format', 'jun'], ['junit']],
    ['languages', ['mail', '--lang', ''], ['ja', 'en']],
    ['a value after =, as bash splits it', ['mail', '--lang', '=', 'j'], ['ja']],
    ['levels', ['report', '--fail-on', 'w'], ['warn']],
    ['runtimes', ['mail', '--as', 'p'], ['php', 'python']],
    ['causes', ['explain', 'tls.certificate-expired'], ['tls.certificate-expired']],
    ['demos', ['demo', 'wrong'], ['wrong-security']],
    ['shells', ['completion', 'p'], ['powershell']],
    ['files with blanks', ['mail', '--config', 'my'], ['my settings.yaml']],
    ['directories only', ['mail', '--runbook', ''], ['a folder']],
    ['nothing where only the user knows', ['mail', '--username', 's'], []],
    ['the command after a flag and its value', ['--lang', 'ja', 'runb'], ['runbook']],
  ])('%s', (_name, words, expected) => {
    const found = offered(...words);
    expect(found.filter((one) => expected.includes(one))).toEqual(expected);
    if (expected.length < 2) expect(found).toEqual(expected);
  });
});

describe('the scripts', () => {
  test.each(shells)('%s: has every command and every flag, in both languages', async (shell) => {
    for (const lang of ['en', 'ja']) {
      const text = await script(shell, lang);
      for (const { name } of commands) expect(text).toContain(name);
      for (const flag of ['only', 'format', 'apply', 'no-input', 'tag']) expect(text).toContain(flag);
      expect(text).toContain('mail.imap-auth');
    }
  });

  test('another shell is a wrong call', async () => {
    for (const lang of ['en', 'ja']) {
      const { code, out, err } = await commandLine(['completion', 'tcsh', '--lang', lang], { cwd: place.directory });
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toContain('fish');
    }
    expect((await commandLine(['completion', 'constructor'], { cwd: place.directory })).code).toBe(2);
  });

  test.each<[string, readonly string[]]>([
    ['bash', ['-n']],
    ['zsh', ['-n']],
    ['fish', ['--no-execute']],
  ])('%s takes its syntax', async (shell, flags) => {
    if (!installed(shell)) return;
    for (const lang of ['en', 'ja']) {
      const file = join(place.directory, `completion.${shell}`);
      writeFileSync(file, await script(shell, lang));
      execFileSync(shell, [...flags, file], { stdio: 'pipe' });
    }
  });
});
