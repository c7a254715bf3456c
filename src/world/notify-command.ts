import { spawn } from 'node:child_process';
import type { Text } from '../model/text.ts';
import { printable } from './printable.ts';

export type Ran =
  | { readonly kind: 'done'; readonly code: number; readonly says: string }
  | { readonly kind: 'not-started'; readonly says: Text }
  | { readonly kind: 'stopped'; readonly says: Text };

/** So much of what it says is kept, from its end; the rest is read and forgotten. */
const mostSaid = 2_000;

/**
 * Runs a program without a shell, in a process group of its own that ends with the time limit. What it writes to its output is
 * its own business; the last it said on its error output explains a failure.
 */
export const runCommand = (
  {
    argv: [program = '', ...args],
    input,
    env,
    timeoutMs,
  }: {
    readonly argv: readonly string[];
    readonly input: string;
    readonly env: NodeJS.ProcessEnv;
    readonly timeoutMs: number;
  },
  signal: AbortSignal,
): Promise<Ran> =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve({ kind: 'not-started', says: { en: 'interrupted', ja: '中断されました' } });
      return;
    }
    const child = spawn(program, args, {
      env,
      stdio: ['pipe', 'ignore', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    let said = '';
    let why: Text | undefined;
    const stop = (says: Text): void => {
      why ??= says;
      try {
        // The whole group: a script leaves its children behind otherwise.
        if (process.platform !== 'win32' && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
        else child.kill('SIGKILL');
      } catch {
        // It ended a moment ago.
      }
    };
    const seconds = Math.round(timeoutMs / 100) / 10;
    const timer = setTimeout(
      () =>
        stop({
          en: `the program was ended after ${seconds} s`,
          ja: `プログラムが ${seconds} 秒以内に終わらなかったため、停止しました`,
        }),
      timeoutMs,
    );
    const interrupted = (): void => stop({ en: 'interrupted', ja: '中断されました' });
    signal.addEventListener('abort', interrupted, { once: true });
    const end = (ran: Ran): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', interrupted);
      child.stderr.destroy();
      resolve(ran);
    };
    child.stderr.setEncoding('utf8').on('data', (words: string) => {
      said = (said + words).slice(-mostSaid);
    });
    child.stdin.on('error', () => undefined);
    child.once('error', (error: NodeJS.ErrnoException) => {
      const code = error.code ?? 'error';
      end({
        kind: 'not-started',
        says: {
          en: `the program cannot be started: ${printable(program)} (${code})`,
          ja: `プログラムを起動できません: ${printable(program)} (${code})`,
        },
      });
    });
    // Not 'close': a grandchild may hold the pipe for ever.
    child.once('exit', (code) => {
      if (why || code === null) {
        end({
          kind: 'stopped',
          says: why ?? { en: 'the program was ended from outside', ja: 'プログラムが外部から停止されました' },
        });
      } else setImmediate(() => end({ kind: 'done', code, says: printable(said.trim().split('\n').at(-1) ?? '') }));
    });
    child.stdin.end(input);
  });
