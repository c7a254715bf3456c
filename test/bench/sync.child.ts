// One contestant in a process of its own: node sync.child.mjs NAME LEFT RIGHT DIRECTORY ROOT. Prints what it found as JSON.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bulkColumns } from '../../fixtures/sync/contacts.ts';
import type { OpenedSource, SourceKit } from '../../src/model/sync/source.ts';
import { fileSource } from '../../src/sync/file.source.ts';
import { joinLocally, type ScannedSide } from '../../src/sync/local-join.ts';
import { mapColumns } from '../../src/sync/mapping/map-columns.ts';
import { growSlowly } from '../../src/sync/slow-growth.ts';
import { changedOf } from '../../src/sync/view-of.ts';

export interface Found {
  readonly changed: number;
  readonly missing: number;
  readonly extra: number;
  readonly differing: readonly number[];
  readonly temporaryMiB: number;
  /** Of the whole process, as the kernel accounts for it at its end. */
  readonly cpuMs: number;
  readonly peakMiB: number;
}

type Result = Omit<Found, 'cpuMs' | 'peakMiB'>;

const never = new AbortController().signal;

const openSide = async (path: string, directory: string): Promise<OpenedSource> => {
  const kit: SourceKit = {
    secret: () => undefined,
    directory: async () => directory,
    printable: (text, most = 200) => text.slice(0, most),
  };
  const reply = await fileSource.open({ kind: 'file', file: path, encoding: 'auto' }, kit, never);
  if (reply.kind === 'failed') throw new Error(JSON.stringify(reply.failure));
  return reply.source;
};

const firstRows = async (source: OpenedSource): Promise<readonly (readonly string[])[]> => {
  for await (const batch of source.rows(never)) return batch.kind === 'rows' ? batch.rows.slice(0, 1000) : [];
  return [];
};

/** Opens both files, joins them, and reads both values of as many changed pairs as the command does: at 1 % of a million all of them. */
const ours = async (
  paths: { readonly left: string; readonly right: string },
  directory: string,
  root: string,
): Promise<Result> => {
  const sides = { left: await openSide(paths.left, directory), right: await openSide(paths.right, directory) };
  const scanned = ({ direct, facts }: OpenedSource): ScannedSide => {
    if (!direct) throw new Error('the file is not read as it stands');
    return { files: direct, fields: facts.columns.length };
  };
  const mapping = mapColumns(
    { columns: sides.left.facts.columns, sample: await firstRows(sides.left) },
    { columns: sides.right.facts.columns, sample: await firstRows(sides.right) },
    { key: { left: ['id'], right: ['id'], rules: [] }, ignore: [] },
  );
  const reply = await joinLocally(
    { left: scanned(sides.left), right: scanned(sides.right) },
    mapping,
    { directory, seed: 1, threads: 'workers', worker: pathToFileURL(join(root, 'dist/sync-worker.cjs')) },
    never,
  );
  if (reply.kind !== 'joined') throw new Error(JSON.stringify(reply));
  const { counts, differing, temporaryBytes, pairs: all, read } = reply.joined;
  const pairs = changedOf({ pairs: all });
  // As the command does before it reads values.
  growSlowly();
  for (const side of ['left', 'right'] as const) {
    const values = await read(
      side,
      pairs.map((pair) => pair[side]),
    );
    if (values.length !== pairs.length || values.length === 0) throw new Error(`${values.length} pairs were read`);
  }
  return {
    changed: counts.changed,
    missing: counts.missing,
    extra: counts.extra,
    differing,
    temporaryMiB: temporaryBytes / 2 ** 20,
  };
};

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const duckdb = async (paths: { readonly left: string; readonly right: string }, directory: string): Promise<Result> => {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '2',
    memory_limit: '1GB',
    temp_directory: directory,
    preserve_insertion_order: 'false',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  const table = (path: string) =>
    `read_csv(${quoted(path)}, all_varchar = true, header = true, delim = ',', quote = '"')`;
  const values = bulkColumns.filter((name) => name !== 'id');
  const differ = (name: string) => `l.${name} IS DISTINCT FROM r.${name}`;
  const both = 'l.id IS NOT NULL AND r.id IS NOT NULL';
  const reader = await connection.runAndReadAll(`
    SELECT count(*) FILTER (${both} AND (${values.map(differ).join(' OR ')})),
      count(*) FILTER (r.id IS NULL), count(*) FILTER (l.id IS NULL),
      ${values.map((name) => `count(*) FILTER (${both} AND ${differ(name)})`).join(', ')}
    FROM ${table(paths.left)} l FULL OUTER JOIN ${table(paths.right)} r ON l.id = r.id`);
  const [changed = 0, missing = 0, extra = 0, ...differing] = (reader.getRows()[0] ?? []).map(Number);
  return { changed, missing, extra, differing: [0, ...differing], temporaryMiB: 0 };
};

const [name = '', left = '', right = '', directory = '', root = ''] = process.argv.slice(2);
mkdirSync(directory, { recursive: true });
const result = await (name === 'duckdb' ? duckdb({ left, right }, directory) : ours({ left, right }, directory, root));
const { userCPUTime, systemCPUTime } = process.resourceUsage();
const peak = Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0) / 1024;
const found: Found = { ...result, cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMiB: peak };
process.stdout.write(`${JSON.stringify(found)}\n`);
process.exit(0);
