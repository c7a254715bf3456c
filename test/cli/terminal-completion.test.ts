import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { IPty } from '@lydell/node-pty';
import { spawn } from '@lydell/node-pty';
import { againstReal } from '../lab/against-real.ts';
import { ensureInstalled } from '../lab/tools.ts';

// The real shells at a real terminal, as far as they are installed; the program is the built one.
const cli = fileURLToPath(new URL('../../bin/crm-doctor.js', import.meta.url));
const home = mkdtempSync(join(tmpdir(), 'crm-doctor-shell-'));
const work = join(home, 'work');
const bin = join(home, 'bin');
const runId = '20261126T020512Z-ab12cd345';
afterAll(() => rmSync(home, { recursive: true, force: true }));

beforeAll(() => {
  mkdirSync(join(work, 'a folder'), { recursive: true });
  mkdirSync(bin);
  writeFileSync(join(bin, 'crm-doctor'), `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`);
  chmodSync(join(bin, 'crm-doctor'), 0o755);
  writeFileSync(
    join(work, 'crm-doctor.yaml'),
    'mail:\n  - { name: support, address: help@example.co.jp }\n  - { name: sales, address: sales@example.co.jp }\nsync:\n  - { name: customers }\n',
  );
  writeFileSync(join(work, 'my settings.yaml'), '');
  const runs = join(home, 'state', 'crm-doctor', 'runs');
  mkdirSync(runs, { recursive: true });
  writeFileSync(join(runs, `${runId}.json`), '{}');
  writeFileSync(
    join(home, 'state', 'crm-doctor', 'runbook.jsonl'),
    `${JSON.stringify({ kind: 'run-finished', run: runId, command: 'mail', target: 'sales@example.co.jp', status: 'fail' })}\n`,
  );
});

/** A shell at a terminal; `shows` resolves when all these words have come since the last key. */
class Terminal {
  readonly #pty: IPty;
  #screen = '';
  #waiting: (() => void) | undefined;
  constructor(program: string, argv: readonly string[], more: Readonly<Record<string, string>>) {
    const env = {
      PATH: `${bin}:${process.env.PATH ?? ''}`,
      HOME: home,
      XDG_STATE_HOME: join(home, 'state'),
      XDG_CONFIG_HOME: join(home, 'config'),
      TERM: 'xterm-256color',
      LC_ALL: 'C.UTF-8',
      ...more,
    };
    this.#pty = spawn(program, [...argv], { cols: 160, rows: 50, cwd: work, env });
    this.#pty.onData((data) => {
      this.#screen += data;
      this.#waiting?.();
    });
  }
  type(keys: string): this {
    this.#screen = '';
    this.#pty.write(keys);
    return this;
  }
  shows(...words: readonly string[]): Promise<string> {
    return new Promise((resolve) => {
      const look = () => {
        const text = stripVTControlCharacters(this.#screen).replaceAll('\u0007', '');
        if (!words.every((word) => text.includes(word))) return;
        this.#waiting = undefined;
        resolve(text);
      };
      this.#waiting = look;
      look();
    });
  }
  end(): void {
    this.#pty.kill();
  }
}

interface Shell {
  readonly name: string;
  readonly argv: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What makes the script known and then writes READY. */
  readonly start: (lang: string) => string;
  /** How a glob is written that the shell is to leave alone. */
  readonly glob: string;
  /** Descriptions are shown beside the words. */
  readonly describes: boolean;
}

const shells: readonly Shell[] = [
  {
    name: 'bash',
    argv: ['--norc', '--noprofile', '-i'],
    env: { PS1: '> ', INPUTRC: '/dev/null' },
    start: (lang) =>
      `bind 'set enable-bracketed-paste off'; source <(crm-doctor completion bash${lang}); echo RE""ADY\r`,
    glob: 'mail.\\*',
    describes: false,
  },
  {
    name: 'zsh',
    argv: ['-f', '-i'],
    start: (lang) =>
      `PS1='> '; unsetopt zle_bracketed_paste; autoload -U compinit; compinit -u -D; source <(crm-doctor completion zsh${lang}); echo RE""ADY\r`,
    glob: 'mail.\\*',
    describes: true,
  },
  {
    name: 'fish',
    argv: ['--no-config', '-i'],
    start: (lang) =>
      `function fish_prompt; echo -n '> '; end; crm-doctor completion fish${lang} | source; echo RE""ADY\r`,
    glob: 'mail.\\*',
    describes: true,
  },
];

const opened = async ({ name, argv, env = {}, start }: Shell, lang = ''): Promise<Terminal> => {
  const terminal = new Terminal(name, argv, env);
  await terminal.type(start(lang)).shows('READY');
  return terminal;
};

const clear = '\x15';

const inShell = (shell: Shell): void => {
  let terminal: Terminal | undefined;
  beforeAll(async () => {
    terminal = await opened(shell);
  });
  afterAll(() => terminal?.end());

  const finished: readonly (readonly [string, string, string])[] = [
    ['a command', 'crm-doctor runb', 'crm-doctor runbook '],
    ['a subcommand', 'crm-doctor runbook und', 'crm-doctor runbook undo '],
    ['a flag of its own', 'crm-doctor sync --pat', 'crm-doctor sync --patch'],
    ['a flag of every command', 'crm-doctor mail --verb', 'crm-doctor mail --verbose '],
    ['a check id', 'crm-doctor mail --only mail.tl', 'mail.tls '],
    ['another one after it', 'crm-doctor mail --only mail.tls mail.qu', 'mail.quota '],
    ['a glob of check ids, left alone by the shell', 'crm-doctor mail --only workfl', 'workflow.'],
    ['a rule', 'crm-doctor workflow ./x --skip perm-self', 'perm-self-approval '],
    ['a format', 'crm-doctor check --format mark', 'markdown '],
    ['a value behind =', 'crm-doctor check --fail-on=w', '--fail-on=warn '],
    ['a cause', 'crm-doctor explain tls.certificate-expir', 'explain tls.certificate-expir'],
    ['a demo', 'crm-doctor demo wrong-sec', 'wrong-security '],
    ['a topic of help', 'crm-doctor help exit', 'exit-codes '],
    ['a command of help below another', 'crm-doctor help runbook und', 'undo '],
    ['a mailbox of the configuration', 'crm-doctor mail sup', 'crm-doctor mail support '],
    ['a comparison of the configuration', 'crm-doctor sync custo', 'crm-doctor sync customers'],
    ['a run of the runbook', 'crm-doctor report 2026', runId],
    ['a file with a blank', 'crm-doctor mail --config my', 'settings.yaml'],
    ['a flag before the command', 'crm-doctor --lang ja runb', 'runbook '],
    ['a variable', 'crm-doctor mail --password-env XDG_ST', 'XDG_STATE_HOME '],
  ];
  test.each(finished)('completes %s', async (_name, typed, expected) => {
    const shown = await terminal?.type(`${clear}${typed}\t`).shows(expected);
    expect(shown).toContain(expected);
  });

  test('lists what is possible, with the globs that hold several', async () => {
    const shown = await terminal
      ?.type(`${clear}crm-doctor mail --only mail.\t\t`)
      .shows('mail.tls', 'mail.quota', 'mail.smtp-auth');
    expect(shown).toContain('mail.port');
  });

  test('quotes a glob', async () => {
    const shown = await terminal?.type(`${clear}crm-doctor mail --only crm.\t\t`).shows('crm.version');
    expect(shown).toMatch(/crm\.\\?\*/);
  });

  test('says in the language of the reader what the words mean', async () => {
    if (!shell.describes) return;
    const japanese = await opened(shell, ' --lang ja');
    try {
      const shown = await japanese.type('crm-doctor completion \t\t').shows('bash', 'fish');
      expect(shown).toContain('powershell');
      const commands = await japanese.type(`${clear}crm-doctor runbook \t\t`).shows('undo');
      expect(commands).toContain('最近の記録');
    } finally {
      japanese.end();
    }
  });
};

for (const shell of shells) {
  againstReal(shell.name, ensureInstalled([[`/usr/bin/${shell.name}`, shell.name]]), () => inShell(shell));
}
