import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { commands } from '../../src/cli/commands.generated.ts';
import { answerFor, lineVariable } from '../../src/cli/complete/answer.ts';
import { fullTree } from '../../src/cli/complete/full-tree.ts';
import { splitLine } from '../../src/cli/complete/split-line.ts';
import type { Tree } from '../../src/cli/complete/tree.ts';
import type { Language } from '../../src/model/text.ts';
import { commandLine, workplace } from './command-line.ts';

const place = workplace();
const work = join(place.directory, 'work');
const env = { HOME: place.directory, XDG_STATE_HOME: join(place.directory, 'state'), MAIL_PASSWORD: 'Planted-7391' };
afterAll(place.remove);

const trees = new Map<Language, Tree>();
const early = '20261120T020512Z-ab12cd345';
const late = '20261126T020512Z-ef67ab890';
beforeAll(async () => {
  for (const language of ['en', 'ja'] as const) {
    const deaf = { write: () => {}, isTTY: false, columns: 80 };
    const io = { out: deaf, err: deaf, env: {}, cwd: '.', onInterrupt: () => () => {} };
    trees.set(language, await fullTree({ io, language, version: '0', commands }));
  }
  const runs = join(place.directory, 'state', 'crm-doctor', 'runs');
  mkdirSync(runs, { recursive: true });
  mkdirSync(work);
  for (const id of [early, late]) writeFileSync(join(runs, `${id}.json`), '{}');
  writeFileSync(join(runs, 'something-else.json'), '{}');
  const record = { kind: 'run-finished', run: late, command: 'mail', target: 'a\u001b[31m\tb', status: 'fail' };
  writeFileSync(
    join(place.directory, 'state', 'crm-doctor', 'runbook.jsonl'),
    `torn {"run-finished\n${JSON.stringify(record)}\n`,
  );
  const config =
    'mail: [{ name: support, address: s@b.test, password: Planted-7391 }, { address: x@b.test }]\nsync: [{ name: customers }]\ncrm: { name: staging, type: odoo }\n';
  writeFileSync(join(work, 'crm-doctor.yaml'), config);
});

const treeIn = (language: Language): Tree => {
  const tree = trees.get(language);
  if (!tree) throw new Error('no tree');
  return tree;
};

/** What fish is told after these words; the last one is the one that is being typed. */
const answer = (words: readonly string[], language: Language = 'en', cwd = work): Promise<string> =>
  answerFor('fish', words, treeIn(language), language, env, cwd);

const offered = async (...words: readonly string[]): Promise<readonly string[]> =>
  (await answer(words))
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split('\t')[0] ?? '');

describe('what is offered', () => {
  test('every command, and nothing but commands', async () => {
    expect(await offered('')).toEqual(commands.map(({ name }) => name));
    expect(await offered('ma')).toEqual(['mail']);
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ['subcommands', ['runbook', 's'], ['show', 'search']],
    ['flags of a command', ['mail', '--app'], ['--apply']],
    ['flags of a subcommand', ['runbook', 'note', '--ta'], ['--tag']],
    ['short flags too', ['mail', '-'], ['-y', '-q', '-v']],
    ['globs before what they hold', ['mail', '--only', 'crm.'], ['crm.*', 'crm.connect']],
    ['check ids', ['mail', '--only', 'mail.smtp'], ['mail.smtp-auth']],
    ['a second check id', ['mail', '--skip', 'mail.dns', 'mail.tl'], ['mail.tls']],
    [
      'rules and their kinds',
      ['workflow', '--only', 'perm-s'],
      ['perm-self-approval', 'perm-start-nobody', 'perm-system-mode'],
    ],
    ['causes for logs', ['logs', '--only', 'auth.wr'], ['auth.wrong-credentials']],
    ['causes, rules and checks for the lists', ['checks', '--only', 'sync.date-off'], ['sync.date-off-by-one']],
    ['formats', ['mail', '--format', 'jun'], ['junit']],
    ['only the formats of logs', ['logs', '--format', ''], ['json', 'markdown', 'ndjson', 'text']],
    ['languages', ['mail', '--lang', ''], ['ja', 'en']],
    ['a value after =', ['mail', '--lang=j'], ['--lang=ja']],
    ['levels of the command', ['workflow', '--fail-on', ''], ['warn', 'fail', 'new']],
    ['runtimes', ['mail', '--as', 'p'], ['php', 'python']],
    ['causes', ['explain', 'tls.certificate-expired'], ['tls.certificate-expired']],
    ['rules', ['explain', 'flow-mutual'], ['flow-mutual-trigger']],
    ['causes of records', ['explain', 'sync.date-off'], ['sync.date-off-by-one']],
    ['demos', ['demo', 'wrong'], ['wrong-security']],
    ['shells', ['completion', 'p'], ['powershell']],
    ['commands and topics', ['help', 'e'], ['explain', 'exit-codes', 'environment']],
    ['subcommands of help', ['help', 'runbook', 'u'], ['undo']],
    ['files', ['mail', '--config', 'my'], [':files']],
    ['the file behind a format', ['mail', '--format', 'junit=re'], [':files']],
    ['directories only', ['mail', '--runbook', ''], [':directories']],
    ['definitions', ['workflow', ''], [':files']],
    ['nothing where only the user knows', ['mail', '--username', 's'], []],
    ['nothing behind a flag that does not exist', ['mail', '--nothing=x'], []],
    ['nothing more than there is', ['mail', 'a', ''], []],
    ['the command after a flag and its value', ['--lang', 'ja', 'runb'], ['runbook']],
    ['a command of the runbook after one', ['runbook', '--lang', 'ja', 'li'], ['list']],
    ['a value before a command of the runbook', ['runbook', '--lang', ''], ['ja', 'en']],
    ['no flag after --', ['mail', '--', '--json'], []],
    ['mailboxes of the file, by name or address', ['mail', ''], ['support', 'x@b.test']],
    ['comparisons of the file, and files', ['sync', 'c'], [':files', 'customers']],
    ['CRMs of the file', ['workflow', '--crm', ''], ['staging']],
    ['the file that is named', ['mail', '--config', 'missing.yaml', 'sup'], []],
    ['runs, the latest first', ['report', ''], ['last', late, early]],
    ['runs for a flag', ['runbook', 'note', 'text', '--run', '20261120'], [early]],
    ['both runs of a difference', ['runbook', 'diff', late, '20261120'], [early]],
    ['variables', ['mail', '--password-env', 'MAIL'], ['MAIL_PASSWORD']],
  ])('%s', async (_name, words, expected) => {
    const found = await offered(...words);
    expect(found.filter((one) => expected.includes(one))).toEqual(expected);
    if (expected.length < 2) expect(found).toEqual(expected);
  });

  test('a flag is offered once, unless it may be given again', async () => {
    expect(await offered('mail', '--json', '--js')).toEqual([]);
    expect(await offered('mail', '-v', '--verb')).toEqual([]);
    expect(await offered('mail', '--format', 'json', '--form')).toEqual(['--format']);
  });

  test('what they mean is said in both languages, on one line, with nothing that a terminal obeys', async () => {
    expect(await answer(['completion', ''], 'en')).toContain('bash\t');
    expect(await answer(['ma'], 'ja')).toMatch(/^mail\t.*メール/);
    expect(await answer(['--lang', 'ja', 'mail', '--verb'], 'ja')).toContain('--verbose\t正常だった');
    const runs = await answer(['report', '']);
    expect(runs).toContain(`${late}\tmail a\\x1b[31m\\tb fail\n`);
    expect(runs).not.toContain('\u001b');
  });

  test('no secret of the file or the environment', async () => {
    for (const words of [
      ['mail', ''],
      ['mail', '--password-env', ''],
      ['sync', ''],
    ]) {
      expect(await answer(words)).not.toContain('Planted-7391');
    }
  });

  test('a broken, hostile or missing configuration says nothing', async () => {
    const file = join(place.directory, 'other.yaml');
    for (const text of ['mail: [', '\u0000\u0001', `a: &a [x]\nmail: [${'*a,'.repeat(5_000)}]`, 'mail: 7', '[]', '']) {
      writeFileSync(file, text);
      expect(await offered('mail', '--config', file, '')).toEqual([]);
    }
    expect(await offered('mail', '--config', place.directory, '')).toEqual([]);
  });
});

describe('what each shell is told', () => {
  test('bash: the rest of a word that it breaks at = and :', async () => {
    const told = (line: string, breaks: string) => answerFor('bash', [breaks, line], treeIn('en'), 'en', env, work);
    expect(await told('crm-doctor mail --lang=j', ' \t\n"\'><=;|&(:')).toBe('ja\n');
    expect(await told('crm-doctor mail --lang=j', ' \t\n')).toBe('--lang=ja\n');
    expect(await told('crm-doctor mail --only "mail.t', ' =:')).toBe('mail.tls\n');
    expect(await told('crm-doctor mail --format junit=', ' =:')).toBe(':files\tjunit=\n');
  });

  test('PowerShell: by a variable, since it loses empty words', async () => {
    const told = (line: string) =>
      answerFor('powershell', [], treeIn('en'), 'en', { ...env, [lineVariable]: line }, work);
    expect(await told('crm-doctor runbook und')).toMatch(/^undo\t/);
    expect((await told('crm-doctor ')).split('\n')).toHaveLength(commands.length + 1);
    expect((await told("crm-doctor mail --only 'mail.t")).split('\t')[0]).toBe('mail.tls');
  });

  test.each<[string, readonly string[]]>([
    ['', ['']],
    ['a  b', ['a', 'b']],
    ['a b ', ['a', 'b', '']],
    [`a 'b c' "d`, ['a', 'b c', 'd']],
    ['a my\\ file', ['a', 'my file']],
    ['a "" b', ['a', '', 'b']],
    ['a C:\\x', ['a', 'C:\\x']],
  ])('the words of %j', (line, words) => {
    expect(splitLine(line)).toEqual(words);
  });
});

describe('the scripts', () => {
  const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;
  const script = async (shell: string, ...flags: readonly string[]) =>
    commandLine(['completion', shell, ...flags], { cwd: place.directory });

  test.each(shells)('%s: asks the program, in a language where one is named', async (shell) => {
    expect((await script(shell)).out).toContain(`__complete ${shell} -`);
    expect((await script(shell, '--lang', 'ja')).out).toContain(`__complete ${shell} ja`);
  });

  test('another shell is a wrong call', async () => {
    for (const lang of ['en', 'ja']) {
      const { code, out, err } = await script('tcsh', '--lang', lang);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toContain('fish');
    }
    expect((await script('constructor')).code).toBe(2);
  });
});
