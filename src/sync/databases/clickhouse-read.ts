import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { ClickHouseClient } from '@clickhouse/client';
import type { SourceRow } from '../../model/sync/source.ts';
import { clickhouseText, unescaped } from './clickhouse-values.ts';
import { batchRows } from './reading.ts';

/** What the server says when it fails after rows have come: its words stand where a row would be. */
class Broken extends Error {}

/** A profile may let a result end early without a word, or be of a part of the groups, of a list of keys or of an order. */
export const whole = {
  read_overflow_mode: 'throw',
  result_overflow_mode: 'throw',
  timeout_overflow_mode: 'throw',
  group_by_overflow_mode: 'throw',
  set_overflow_mode: 'throw',
  sort_overflow_mode: 'throw',
} as const;

/** And nothing is to be written: 1 forbids all but reading, 2 lets a statement name another database. */
export type Settings = Partial<typeof whole> & {
  readonly readonly?: '1' | '2';
  /** Numbers in JSON stay numbers. */
  readonly output_format_json_quote_64bit_integers?: 0;
};

/** Every line of ours ends in this field: what does not is no whole row. */
const last = '1';

const newline = 10;
const mostLine = 256 * 1024 * 1024;

/** Whole lines of the answer, as many as came at once. */
export async function* lines(stream: AsyncIterable<Buffer>): AsyncIterable<readonly string[]> {
  let parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const end = chunk.lastIndexOf(newline);
    if (end < 0) {
      parts.push(chunk);
      size += chunk.length;
      if (size > mostLine) throw new Broken(`a row of more than ${mostLine / 1024 / 1024} MiB`);
      continue;
    }
    const text = Buffer.concat([...parts, chunk.subarray(0, end)]).toString('utf8');
    parts = [chunk.subarray(end + 1)];
    size = chunk.length - end - 1;
    yield text.split('\n');
  }
  if (size > 0) yield [Buffer.concat(parts).toString('utf8')];
}

const wordsOf = (line: string): string => {
  const text = unescaped(line);
  const at = text.search(/(?:Code|Error): \d{1,5}[.,]/);
  return at < 0 ? 'the answer ends in the middle of a row' : text.slice(at, at + 2_000);
};

const killMs = 10_000;

/** A server goes on with what nobody waits for any more, unless it is told; of their own questions everybody may. */
const kill = (client: ClickHouseClient, id: string): Promise<unknown> =>
  client.command({ query: `KILL QUERY WHERE query_id = '${id}' ASYNC`, abort_signal: AbortSignal.timeout(killMs) });

/** All rows of a statement as canonical texts; a statement that nobody waits for any more is ended in the server. */
export async function* read(
  client: ClickHouseClient,
  own: Settings,
  sql: string,
  signal: AbortSignal,
): AsyncIterable<readonly SourceRow[]> {
  signal.throwIfAborted();
  const id = randomUUID();
  try {
    yield* answered(client, own, { sql, id }, signal);
  } finally {
    if (signal.aborted) await kill(client, id).catch(() => undefined);
  }
}

async function* answered(
  client: ClickHouseClient,
  own: Settings,
  { sql, id }: { readonly sql: string; readonly id: string },
  signal: AbortSignal,
): AsyncIterable<readonly SourceRow[]> {
  const query = `SELECT *, ${last} AS crm_doctor_end FROM (${sql}\n) FORMAT TabSeparatedWithNamesAndTypes`;
  const { stream } = await client.exec({ query, query_id: id, clickhouse_settings: own, abort_signal: signal });
  let types: readonly string[] | undefined;
  let head = 0;
  let batch: SourceRow[] = [];
  try {
    for await (const some of lines(stream)) {
      for (const line of some) {
        const fields = line.split('\t');
        if (head < 2) {
          head += 1;
          if (head === 2) types = fields.slice(0, -1).map(unescaped);
          continue;
        }
        if (types === undefined || fields.length !== types.length + 1 || fields.at(-1) !== last)
          throw new Broken(wordsOf(line));
        batch.push(types.map((type, at) => clickhouseText(fields[at] ?? '', type)));
        if (batch.length < batchRows) continue;
        yield batch;
        batch = [];
        signal.throwIfAborted();
      }
    }
    if (head < 2) throw new Broken('the answer is empty');
    if (batch.length > 0) yield batch;
  } finally {
    stream.destroy();
  }
}

/** Small answers, whole. */
export const ask = async (client: ClickHouseClient, own: Settings, sql: string): Promise<readonly SourceRow[]> => {
  const rows: SourceRow[] = [];
  for await (const batch of read(client, own, sql, AbortSignal.timeout(60_000))) rows.push(...batch);
  return rows;
};
