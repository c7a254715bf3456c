import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { UsageError } from '../command.ts';

/** More than this is no folder of definitions; a revision is written out whole before it is read. */
const maximumBytes = 512 * 1024 * 1024;
const maximumFiles = 50_000;

/** Runs git without a shell and without its hooks, pagers or questions. Rejects with what it said. */
const git = (cwd: string, ...words: readonly string[]): Promise<Buffer> =>
  new Promise((done, failed) => {
    execFile(
      'git',
      ['--no-pager', '-c', 'core.quotePath=false', ...words],
      {
        cwd,
        encoding: 'buffer',
        maxBuffer: maximumBytes,
        env: { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' },
      },
      (error, stdout, stderr) => {
        if (error) failed(new Error(stderr.toString('utf8').trim().split('\n')[0] || error.message));
        else done(stdout);
      },
    );
  });

/** An earlier version of the definitions, as a folder to read from. */
export interface Baseline {
  /** Where the earlier version of the working directory is. */
  readonly cwd: string;
  /** The same paths in it. */
  readonly paths: readonly string[];
  readonly dispose: () => Promise<void>;
}

const refusal = (given: string, reason: string): UsageError =>
  new UsageError({
    en: `--baseline ${given} is neither a folder nor a git revision here (${reason})`,
    ja: `--baseline ${given} は、フォルダーでも git のリビジョンでもありません（${reason}）`,
  });

const refuse = (given: string, reason: string): never => {
  throw refusal(given, reason);
};

const fromRevision = async (given: string, paths: readonly string[], cwd: string): Promise<Baseline> => {
  const commit = await git(cwd, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${given}^{commit}`)
    .then((out) => out.toString('utf8').trim())
    .catch((error: Error) =>
      refuse(given, error.message.includes('ENOENT') ? 'git is not installed' : 'unknown revision'),
    );
  const top = (await git(cwd, 'rev-parse', '--show-toplevel')).toString('utf8').trim();
  const inside = paths.map((path) => relative(top, resolve(cwd, path)).split(sep).join('/'));
  const outside = inside.find((path) => path === '..' || path.startsWith('../'));
  if (outside !== undefined) refuse(given, `${outside} lies outside of the repository`);
  const folder = await mkdtemp(join(tmpdir(), 'crm-doctor-baseline-'));
  const dispose = () => rm(folder, { recursive: true, force: true });
  try {
    const wanted = inside.map((path) => (path === '' ? '.' : path));
    const listing = await git(top, 'ls-tree', '-r', '-z', '--full-tree', commit, '--', ...wanted);
    const files = listing
      .toString('utf8')
      .split('\0')
      .flatMap((row) => {
        const match = /^100(?:644|755) blob ([0-9a-f]+)\t(.+)$/s.exec(row);
        return match?.[1] !== undefined && match[2] !== undefined ? [{ id: match[1], path: match[2] }] : [];
      });
    if (files.length > maximumFiles) refuse(given, `more than ${maximumFiles} files`);
    await writeOut(top, folder, files);
    const here = relative(top, resolve(cwd));
    return { cwd: join(folder, here), paths, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
};

/** `cat-file --batch`: all contents through one process. */
const writeOut = async (
  top: string,
  folder: string,
  files: readonly { readonly id: string; readonly path: string }[],
): Promise<void> => {
  const batch = await new Promise<Buffer>((done, failed) => {
    const child = execFile(
      'git',
      ['--no-pager', 'cat-file', '--batch'],
      { cwd: top, encoding: 'buffer', maxBuffer: maximumBytes },
      (error, stdout) => {
        if (error) failed(error);
        else done(stdout);
      },
    );
    child.stdin?.end(files.map(({ id }) => `${id}\n`).join(''));
  });
  let at = 0;
  for (const { path } of files) {
    const line = batch.indexOf(10, at);
    const size = Number(batch.toString('latin1', at, line).split(' ')[2]);
    if (line < 0 || !Number.isInteger(size)) throw new Error('git cat-file answered in an unknown form');
    const target = resolve(folder, path);
    // A tree cannot hold `..`, and yet nothing is written outside of the folder.
    if (target.startsWith(folder + sep)) {
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, batch.subarray(line + 1, line + 1 + size));
    }
    at = line + 1 + size + 1;
  }
};

/** The earlier version of the same files: a folder beside, or a revision of the repository that they are in. */
export const openBaseline = async (given: string, paths: readonly string[], cwd: string): Promise<Baseline> => {
  const folder = resolve(cwd, given);
  const about = await stat(folder).catch(() => undefined);
  if (about?.isDirectory()) {
    return { cwd: folder, paths: await pathsIn(folder, paths, cwd), dispose: () => Promise.resolve() };
  }
  if (given.startsWith('-') || given.includes('\0')) refuse(given, 'no such folder');
  return fromRevision(given, paths, cwd).catch((error: unknown) => {
    // A repository without a work tree, an object that is missing: git says it in a sentence.
    throw error instanceof UsageError ? error : refusal(given, error instanceof Error ? error.message : String(error));
  });
};

/** In a folder the same relative paths where they exist, else the folder as a whole stands for the one path that was given. */
const pathsIn = async (folder: string, paths: readonly string[], cwd: string): Promise<readonly string[]> => {
  const same = paths.map((path) => relative(cwd, resolve(cwd, path)));
  const there = await Promise.all(
    same.map((path) =>
      stat(join(folder, path)).then(
        () => path !== '' && !path.startsWith('..'),
        () => false,
      ),
    ),
  );
  return there.every(Boolean) ? same : ['.'];
};
