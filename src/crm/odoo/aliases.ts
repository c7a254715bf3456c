import type { CrmMailSettings } from '../../model/crm/answers.ts';
import type { CrmClient } from '../../model/crm/connector.ts';
import { type Json, textIn } from '../reading.ts';
import { unlessRefused } from '../refusal.ts';
import { type OdooCalls, searchRead } from './calls.ts';
import type { OdooFields } from './fields.ts';
import { isAddress } from './outgoing.ts';

type Alias = NonNullable<CrmMailSettings['aliases']>[number];

/** What a part before the @ becomes; some of these may be whole addresses. */
const addressOf = (local: string | undefined, domain: string | undefined): string | undefined => {
  if (local === undefined) return undefined;
  const address = local.includes('@') || domain === undefined ? local : `${local}@${domain}`;
  return isAddress(address) ? address : undefined;
};

const rolesOf = (row: Json, domain: string | undefined, keys: readonly [Alias['role'], string][]): readonly Alias[] =>
  keys.flatMap(([role, key]) => {
    const address = addressOf(textIn(row[key]), domain);
    return address === undefined ? [] : [{ role, address }];
  });

/** Since 17 a model of its own, one a company or more. */
const ofDomains = async (calls: OdooCalls, signal: AbortSignal): Promise<readonly Alias[]> => {
  const fields = ['name', 'bounce_alias', 'catchall_alias', 'default_from'];
  const rows = await searchRead(calls, 'mail.alias.domain', { fields, order: 'sequence, id', limit: 50 }, signal);
  return rows.flatMap((row) =>
    rolesOf(row, textIn(row.name), [
      ['catchall', 'catchall_alias'],
      ['bounce', 'bounce_alias'],
      ['default-from', 'default_from'],
    ]),
  );
};

/** To 16 system parameters; without a domain there is neither catch-all nor bounce address. */
const ofParameters = (parameters: ReadonlyMap<string, string>): readonly Alias[] => {
  const domain = parameters.get('mail.catchall.domain');
  return rolesOf(Object.fromEntries(parameters), domain, [
    ['catchall', 'mail.catchall.alias'],
    ['bounce', 'mail.bounce.alias'],
    ['default-from', 'mail.default.from'],
  ]);
};

/** Addresses whose mail becomes a record. */
const ofRecords = async (calls: OdooCalls, fields: OdooFields, signal: AbortSignal): Promise<readonly Alias[]> => {
  const names = await fields.among('mail.alias', ['alias_name', 'alias_domain'], signal);
  const domain = [['alias_name', '!=', false]];
  const rows = await searchRead(calls, 'mail.alias', { domain, fields: names, limit: 200 }, signal);
  return rows.flatMap((row) => rolesOf(row, textIn(row.alias_domain), [['queue', 'alias_name']]));
};

/** Where replies, bounces and mail for records arrive. */
export const aliasesOf = async (
  calls: OdooCalls,
  {
    fields,
    parameters,
    client,
  }: {
    readonly fields: OdooFields;
    readonly parameters: ReadonlyMap<string, string>;
    readonly client: CrmClient;
  },
  signal: AbortSignal,
): Promise<readonly Alias[]> => {
  const missing = ['not-found', 'permission'] as const;
  const domains = await unlessRefused(
    () => ofDomains(calls, signal),
    missing,
    () => {},
  );
  const records = await unlessRefused(
    () => ofRecords(calls, fields, signal),
    missing,
    () => {},
  );
  const all = [...(domains ?? ofParameters(parameters)), ...(records ?? [])];
  return all.map(({ role, address }) => ({ role, address: client.printable(address, 255) }));
};

export const aliasParameters = [
  'mail.catchall.domain',
  'mail.catchall.alias',
  'mail.bounce.alias',
  'mail.default.from',
] as const;
