import type { CrmUser } from '../../model/crm/answers.ts';
import type { CrmClient } from '../../model/crm/connector.ts';
import { booleanIn, idIn, listIn, numberIn, textIn } from '../reading.ts';
import { type Found, unlessRefused } from '../refusal.ts';
import { archivedToo, type OdooCalls, searchRead } from './calls.ts';
import type { OdooDoor } from './door.ts';
import type { OdooFields } from './fields.ts';

const most = 1_000;

/** `groups_id` to 18, `group_ids` since 19. */
export const groupsField = async (fields: OdooFields, signal: AbortSignal): Promise<string | undefined> =>
  (await fields.among('res.users', ['group_ids', 'groups_id'], signal))[0];

/** The number of the group Administration/Settings. */
const adminGroup = async (calls: OdooCalls, signal: AbortSignal): Promise<number | undefined> => {
  const domain = [
    ['model', '=', 'res.groups'],
    ['module', '=', 'base'],
    ['name', '=', 'group_system'],
  ];
  const ask = { domain, fields: ['res_id'], limit: 1 };
  const rows = await unlessRefused(
    () => searchRead(calls, 'ir.model.data', ask, signal),
    ['permission'],
    () => {},
  );
  return numberIn(rows?.[0]?.res_id);
};

/** `Administration / Settings` by number. */
const groupNames = async (calls: OdooCalls, client: CrmClient, signal: AbortSignal): Promise<Map<number, string>> => {
  const ask = { fields: ['full_name'], limit: 2_000 };
  const rows = await unlessRefused(
    () => searchRead(calls, 'res.groups', ask, signal),
    ['permission'],
    () => {},
  );
  return new Map(
    (rows ?? []).flatMap((row) => {
      const [id, name] = [numberIn(row.id), textIn(row.full_name)];
      return id === undefined || name === undefined ? [] : [[id, client.printable(name, 100)] as const];
    }),
  );
};

/** People who work in Odoo; those of the portal are not asked for. */
export const usersOf = async (
  { calls }: OdooDoor,
  { client, fields }: { readonly client: CrmClient; readonly fields: OdooFields },
  signal: AbortSignal,
): Promise<Found<readonly CrmUser[]>> => {
  const groups = await groupsField(fields, signal);
  const names = ['login', 'active', ...(groups === undefined ? [] : [groups])];
  const domain = [archivedToo, ['share', '=', false]];
  const rows = await searchRead(calls, 'res.users', { domain, fields: names, limit: most + 1 }, signal);
  const admins = await adminGroup(calls, signal);
  const called = await groupNames(calls, client, signal);
  const value = rows.slice(0, most).map((row): CrmUser => {
    const held = groups === undefined ? [] : listIn(row[groups]).flatMap((id) => numberIn(id) ?? []);
    return {
      id: idIn(row.id) ?? '',
      login: client.printable(textIn(row.login) ?? '', 200),
      active: booleanIn(row.active) !== false,
      ...(admins === undefined || groups === undefined ? {} : { admin: held.includes(admins) }),
      roles: held.slice(0, 200).map((id) => called.get(id) ?? String(id)),
    };
  });
  const tooMany = {
    en: `more than ${most} users: only the first ${most} were read`,
    ja: `ユーザーが ${most} 人を超えるため、最初の ${most} 人だけを読みました`,
  };
  return { value, gaps: rows.length > most ? [tooMany] : [] };
};
