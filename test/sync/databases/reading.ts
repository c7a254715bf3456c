import type { OpenedSource, SourceFailure, SourceKit, SourceRow } from '../../../src/model/sync/source.ts';
import type { DatabaseSide } from '../../../src/model/sync/subject.ts';
import { databaseSource } from '../../../src/sync/database.source.ts';

export const kit: SourceKit = {
  secret: (ref) => ref?.secret,
  directory: () => Promise.reject(new Error('no directory is needed')),
  printable: (text, most = 300) => text.slice(0, most),
};

const side = (url: string, what: Partial<DatabaseSide>): DatabaseSide => ({ kind: 'database', url, ...what });

/** The source, or an error: most tests need one that is open. */
export const opened = async (url: string, what: Partial<DatabaseSide>): Promise<OpenedSource> => {
  const reply = await databaseSource.open(side(url, what), kit, new AbortController().signal);
  if (reply.kind === 'failed') throw new Error(JSON.stringify(reply.failure));
  return reply.source;
};

export const failureOfOpening = async (
  url: string,
  what: Partial<DatabaseSide>,
): Promise<SourceFailure | undefined> => {
  const reply = await databaseSource.open(side(url, what), kit, new AbortController().signal);
  if (reply.kind === 'failed') return reply.failure;
  await reply.source.close();
  return undefined;
};

export const rowsOf = async (source: OpenedSource): Promise<readonly SourceRow[]> => {
  const all: SourceRow[] = [];
  for await (const batch of source.rows(new AbortController().signal)) {
    if (batch.kind === 'failed') throw new Error(JSON.stringify(batch.failure));
    if (batch.kind === 'rows') all.push(...batch.rows);
  }
  return all;
};
