import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';
import headless from '@xterm/headless';

const cli = fileURLToPath(new URL('../../bin/crm-doctor.js', import.meta.url));

const keys = { enter: '\r', down: '\u001b[B', up: '\u001b[A', stop: '\u0003', end: '\u0004' } as const;

export type Key = keyof typeof keys;

/** How long something may take that is waited for: only a hang is longer. */
const hangMs = Number(process.env.HANG_MS ?? 120_000);

export interface PersonOptions {
  readonly argv: readonly string[];
  readonly columns?: number;
  readonly language: 'en' | 'ja';
  readonly env?: Readonly<Record<string, string>>;
  /** A folder to work in that is there already. */
  readonly home?: string;
}

/** What a process has written last may reach the terminal after its end. */
const mostTurnsAfterEnd = 10;

/**
 * Somebody at a real terminal: what is on the screen is what a terminal makes of it, and a key is pressed when a text is
 * there, never after a time.
 */
export const personAt = ({ argv, columns = 80, language, env = {}, home: given }: PersonOptions) => {
  const home = given ?? mkdtempSync(join(tmpdir(), 'crm-doctor-guide-'));
  const rows = 40;
  const screen = new headless.Terminal({ cols: columns, rows, scrollback: 5_000, allowProposedApi: true });
  const terminal = spawn(process.execPath, [cli, 'guide', ...argv, '--lang', language], {
    cols: columns,
    rows,
    cwd: home,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: home,
      XDG_STATE_HOME: join(home, 'state'),
      TERM: 'xterm-256color',
      LC_ALL: 'C.UTF-8',
      ...env,
    },
  });
  let raw = '';
  let changed = () => {};
  terminal.onData((data) => {
    raw += data;
    screen.write(data, () => changed());
  });
  let code: number | undefined;
  const ended = new Promise<number>((resolve) => {
    terminal.onExit(({ exitCode }) => {
      code = exitCode;
      resolve(exitCode);
      screen.write('', () => changed());
    });
  });
  const lineAt = (at: number): { readonly text: string; readonly wrapped: boolean } => {
    const line = screen.buffer.active.getLine(at);
    return { text: line?.translateToString(true) ?? '', wrapped: line?.isWrapped ?? false };
  };
  const lines = (): readonly string[] =>
    Array.from({ length: screen.buffer.active.length }, (_, at) => lineAt(at).text);
  const text = (): string => lines().join('\n');
  const bare = (of: string): string => of.replace(/\s+/g, '');
  let read = 0;
  /** Waits until the words stand behind what was waited for before; white space does not count, since lines are broken. */
  const until = async (words: string): Promise<void> => {
    const wanted = bare(words);
    const startedAt = Date.now();
    let turnsAfterEnd = 0;
    for (;;) {
      const at = bare(text()).indexOf(wanted, read);
      if (at >= 0) {
        read = at + wanted.length;
        return;
      }
      if (code !== undefined) turnsAfterEnd += 1;
      if (turnsAfterEnd > mostTurnsAfterEnd || Date.now() - startedAt > hangMs) {
        throw new Error(`"${words}" does not come (exit ${code}). On the screen:\n${text()}`);
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 200);
        changed = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };
  /** What was there before the question that is open now is read; the question may be wiped away and asked anew. */
  const fromHere = (): void => {
    const all = lines();
    // A question that is open; "? explains" is the line below the choices where nothing is drawn anew.
    const at = all.findLastIndex((line) => /^[?] /.test(line) && !/^[?] (?:explains|で)/.test(line));
    if (at >= 0) read = bare(all.slice(0, at).join('')).length;
  };
  const press = (...pressed: readonly Key[]): void => {
    fromHere();
    for (const key of pressed) terminal.write(keys[key]);
  };
  const waitFor = async <Found>(what: string, look: () => Found | undefined): Promise<Found> => {
    const startedAt = Date.now();
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      if (Date.now() - startedAt > hangMs) throw new Error(`${what} does not come. On the screen:\n${text()}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const marked = (): string | undefined => lines().findLast((line) => /^[❯>] /.test(line));
  /** Goes down the list that is open to the line with these words, and takes it. */
  const choose = async (words: string): Promise<void> => {
    for (let moves = 0; moves < 60; moves += 1) {
      const line = await waitFor(`a list with "${words}"`, marked);
      // A long choice is broken over lines; its first one has the mark.
      if (bare(words).startsWith(bare(line).slice(1))) {
        const asked =
          lines()
            .findLast((one) => /^[?] /.test(one))
            ?.slice(2, 14) ?? '';
        const isAnswered = (one: string): boolean => /^[✓*] /.test(one) && one.slice(2).startsWith(asked);
        const count = (): number => lines().filter(isAnswered).length;
        const before = count();
        press('enter');
        await waitFor(`the end of the list with "${words}"`, () => (count() > before ? true : undefined));
        const answered = lines();
        read = bare(answered.slice(0, answered.findLastIndex(isAnswered) + 1).join('')).length;
        return;
      }
      press('down');
      await waitFor('the next line', () => (marked() === line ? undefined : true));
    }
    throw new Error(`no choice "${words}" in:\n${text()}`);
  };
  /** The question that is open now; undefined at the end of the process. */
  const question = async (): Promise<string | undefined> => {
    const found = await waitFor('a question or the end', () =>
      code === undefined ? lines().findLast((line) => /^\? /.test(line)) : '',
    );
    return found === '' ? undefined : found.slice(2).trim();
  };
  return {
    home,
    text,
    until,
    press,
    choose,
    question,
    type: (words: string): void => {
      fromHere();
      terminal.write(words);
    },
    resize: (cols: number): void => {
      terminal.resize(cols, rows);
      screen.resize(cols, rows);
    },
    ended,
    raw: () => raw,
    /** Lines that the terminal had to break, since they were too wide. */
    tooWide: (): readonly string[] =>
      Array.from({ length: screen.buffer.active.length }, (_, at) => lineAt(at))
        .filter(({ wrapped }) => wrapped)
        .map((line) => line.text),
    kill: (signal: string): void => terminal.kill(signal),
    leave: (): void => {
      if (code === undefined) terminal.kill('SIGKILL');
      if (given === undefined) rmSync(home, { recursive: true, force: true });
    },
  };
};
