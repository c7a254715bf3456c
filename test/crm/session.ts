import type { Connector, CrmAccess, CrmRecord, CrmRecordQuery, CrmSession } from '../../src/model/crm/connector.ts';
import type { CrmFailure, CrmReply } from '../../src/model/crm/failure.ts';
import { createCrmClient } from '../../src/world/crm-client.ts';
import { kitWith } from '../world/contact-kit.ts';

/** For questions that nobody breaks off. */
export const never = new AbortController().signal;

/** What a test says of the access; the secret as a text. */
export interface Wishes extends Omit<Partial<CrmAccess>, 'secret' | 'settings'> {
  readonly url: string;
  readonly secret?: string;
  readonly settings?: string;
}

/** A connector opened over the real client; the connections are closed by whoever collects `ending`. */
export const openSession = (
  connector: Connector,
  { secret, settings, ...wishes }: Wishes,
  ending: (() => unknown)[],
  learn: (secret: string) => void = () => undefined,
): CrmSession => {
  const now = wishes.now ?? (() => new Date());
  const kit = kitWith();
  const secrets = { ...kit.secrets, values: () => (secret === undefined ? [] : [secret]) };
  const client = createCrmClient({ ...kit, secrets }, { url: wishes.url, pause: async () => undefined });
  ending.push(client.close);
  const access: CrmAccess = {
    learn,
    ...wishes,
    secret: () => secret,
    settings: async () => settings,
    now,
  };
  return connector.open(access, client);
};

/** The value of an answer; anything else is an error that says what came. */
export const answered = <Value>(reply: CrmReply<Value>): Value => {
  if (reply.kind !== 'answered') throw new Error(JSON.stringify(reply));
  return reply.value;
};

export const gapsOf = (reply: CrmReply<unknown>): readonly string[] =>
  reply.kind === 'answered' ? (reply.gaps ?? []).map(({ en }) => en) : [];

export const failureOf = (reply: CrmReply<unknown>): CrmFailure => {
  if (reply.kind !== 'failed') throw new Error(JSON.stringify(reply));
  return reply.failure;
};

/** All records to the last page, and how many pages it took; or why not. */
export const recordsOf = async (
  session: CrmSession,
  query: CrmRecordQuery,
): Promise<{ readonly records: readonly CrmRecord[]; readonly pages: number; readonly failure?: CrmFailure }> => {
  const records: CrmRecord[] = [];
  let pages = 0;
  for await (const page of session.records?.(query, never) ?? []) {
    if (page.kind === 'failed') return { records, pages, failure: page.failure };
    records.push(...page.records);
    pages += 1;
  }
  return { records, pages };
};
