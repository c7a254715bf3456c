import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ensureUnpacked, type Unpacked, unpackedDir } from '../../lab/unpacked.ts';

/** A server that is unpacked from Debian's packages and run as it lies there. */
export interface UnpackedServer {
  readonly root: string;
  readonly run: (program: string, args: readonly string[], input: string) => string;
  /** In the background; `ready` is asked until it says so. */
  readonly start: (
    program: string,
    args: readonly string[],
    log: string,
    ready: () => Promise<boolean>,
  ) => Promise<ChildProcess>;
}

/** Why it cannot be had on this machine, or nothing. */
export const missingServer = (server: Unpacked): string | undefined =>
  process.platform === 'linux' ? ensureUnpacked(server) : `it needs Linux, this is ${process.platform}`;

export const unpackedServer = (server: Unpacked): UnpackedServer => {
  const root = unpackedDir(server);
  const machine = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  const libraries = ['usr/lib', `usr/lib/${machine}-linux-gnu`].map((lib) => path.join(root, lib));
  const env = { PATH: process.env.PATH, LC_ALL: 'C', LD_LIBRARY_PATH: libraries.join(':') };
  return {
    root,
    run: (program, args, input) => {
      const done = spawnSync(path.join(root, program), [...args], { encoding: 'utf8', env, input });
      if (done.status !== 0) throw new Error(`${program}: ${done.stderr || String(done.error)}`);
      return done.stdout;
    },
    start: async (program, args, log, ready) => {
      const child = spawn(path.join(root, program), [...args], { env, stdio: 'ignore' });
      // Not even a run that is broken off leaves it behind.
      process.once('exit', () => child.kill('SIGKILL'));
      let gone: string | undefined;
      child.on('exit', (code) => {
        gone = `it ended with ${code}`;
      });
      child.on('error', (error) => {
        gone = String(error);
      });
      while (!(await ready())) {
        if (gone !== undefined) throw new Error(`${program}: ${gone}\n${readFileSync(log, 'utf8').slice(-2_000)}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      return child;
    },
  };
};

/** Ends a process and waits for it. */
export const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
