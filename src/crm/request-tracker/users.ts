import type { CrmUser } from '../../model/crm/answers.ts';
import type { CrmClient } from '../../model/crm/connector.ts';
import type { CrmReply } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import { booleanIn, idIn, type Json, objectsIn, textIn } from '../reading.ts';
import type { Rest } from './ask.ts';
import { list, pageOf } from './lists.ts';
import { rights } from './rights.ts';

/** Names of users that are asked for at once. */
const batch = 50;
const mostUsers = 500;
const mostGroups = 50;

const cut = (what: Text, number: number): Text => ({
  en: `only the first ${number} ${what.en}`,
  ja: `最初の ${number} 件の${what.ja}だけです`,
});

const namesOf = (group: Json): readonly string[] =>
  objectsIn(group.Members).flatMap((member) => (member.type === 'user' ? (idIn(member.id) ?? []) : []));

/**
 * The people who work in RT. Whoever ever wrote a mail to it is a user as well; staff are the members of RT's own group
 * Privileged. A list tells nobody's state, but leaves out who is switched off.
 */
export const readUsers = async (
  rest: Rest,
  { printable }: Pick<CrmClient, 'printable'>,
  signal: AbortSignal,
): Promise<CrmReply<readonly CrmUser[]>> => {
  const groups = (domain: string) =>
    list(
      rest,
      {
        path: '/groups',
        query: { fields: 'Name,Disabled' },
        limits: [{ field: 'Domain', value: domain }],
        right: rights.groups,
        mostPages: 2,
      },
      signal,
    );
  const internal = await groups('SystemInternal');
  if (internal.kind === 'failed') return internal;
  const privileged = internal.items.find(({ Name }) => Name === 'Privileged');
  const staffId = idIn(privileged?.id);
  if (staffId === undefined) {
    return {
      kind: 'failed',
      failure: { kind: 'permission', what: '/REST/2.0/groups', status: 200, says: '', needs: rights.groups },
    };
  }
  const group = (id: string) => rest({ path: `/group/${encodeURIComponent(id)}`, right: rights.groups }, signal);
  const staff = await group(staffId);
  if (staff.kind === 'failed') return staff;
  const names = namesOf(staff.json);
  const asked = names.slice(0, mostUsers);
  const active = new Set<string>();
  for (let n = 0; n < asked.length; n += batch) {
    const told = await pageOf(
      rest,
      {
        method: 'POST',
        path: '/users',
        query: { per_page: 100, fields: 'Name' },
        // Several limits of one field are joined with OR.
        json: asked.slice(n, n + batch).map((value) => ({ field: 'Name', value })),
        again: true,
        right: rights.users,
      },
      signal,
    );
    if (told.kind === 'failed') return told;
    for (const { Name } of told.items) active.add(textIn(Name) ?? '');
  }
  // The limit of names was passed over: this user may not search for users.
  if ([...active].some((name) => !asked.includes(name))) {
    return {
      kind: 'failed',
      failure: { kind: 'permission', what: '/REST/2.0/users', status: 200, says: '', needs: rights.users },
    };
  }
  const defined = await groups('UserDefined');
  if (defined.kind === 'failed') return defined;
  const enabled = defined.items.filter(({ Disabled }) => booleanIn(Disabled) !== true);
  const roles = new Map<string, string[]>();
  for (const { id, Name } of enabled.slice(0, mostGroups)) {
    const one = await group(idIn(id) ?? '');
    if (one.kind === 'failed') return one;
    for (const member of namesOf(one.json)) {
      roles.set(member, [...(roles.get(member) ?? []), printable(textIn(Name) ?? String(id))]);
    }
  }
  return {
    kind: 'answered',
    value: asked.map((name) => ({
      id: printable(name),
      login: printable(name),
      active: active.has(name),
      roles: roles.get(name) ?? [],
    })),
    gaps: [
      {
        en: 'only users who may be given rights; customers are users of RT too. Groups within groups are not followed',
        ja: '権限を付与できるユーザーだけです（RT では顧客もユーザーです）。グループの中のグループはたどっていません',
      },
      ...(names.length > mostUsers ? [cut({ en: 'users', ja: 'ユーザー' }, mostUsers)] : []),
      ...(enabled.length > mostGroups ? [cut({ en: 'groups', ja: 'グループ' }, mostGroups)] : []),
    ],
  };
};
