import type { CrmUser } from '../../model/crm/answers.ts';
import type { CrmReply } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import { booleanIn, idIn, listIn, textIn } from '../reading.ts';
import type { Rpc } from './rpc.ts';
import { onlyFirst } from './words.ts';

const most = 2_000;

export interface Group {
  readonly id: string;
  readonly name: string;
}

export const readGroups = async (rpc: Rpc, signal: AbortSignal) => {
  const rows = await rpc.search('res.group', { fields: ['name'], limit: most }, signal);
  if (rows.kind === 'failed') return rows;
  const groups = rows.value.flatMap((row): readonly Group[] => {
    const id = idIn(row.id);
    const name = textIn(row.name);
    return id === undefined || name === undefined ? [] : [{ id, name: rpc.printable(name, 120) }];
  });
  return { kind: 'groups' as const, groups };
};

/** Not root, as whom the server itself works and nobody signs in. */
export const people = [['id', '>', 0]] as const;

const users: Text = { en: 'users', ja: 'ユーザー' };

/** Everybody who may sign in, with their groups; those who were switched off too. */
export const readUsers = async (rpc: Rpc, signal: AbortSignal): Promise<CrmReply<readonly CrmUser[]>> => {
  const known = await readGroups(rpc, signal);
  if (known.kind === 'failed') return known;
  const names = new Map(known.groups.map(({ id, name }) => [id, name]));
  const fields = ['login', 'active', 'groups'];
  const rows = await rpc.search('res.user', { domain: people, fields, limit: most, inactiveToo: true }, signal);
  if (rows.kind === 'failed') return rows;
  const value = rows.value.flatMap((row): readonly CrmUser[] => {
    const id = idIn(row.id);
    const login = textIn(row.login);
    if (id === undefined || login === undefined) return [];
    const roles = listIn(row.groups).flatMap((group) => names.get(idIn(group) ?? '') ?? []);
    return [{ id, login: rpc.printable(login, 200), active: booleanIn(row.active) ?? true, roles: roles.toSorted() }];
  });
  return { kind: 'answered', value, ...(rows.value.length < most ? {} : { gaps: [onlyFirst(users, most)] }) };
};
