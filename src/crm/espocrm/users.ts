import type { CrmUser } from '../../model/crm/answers.ts';
import type { CrmClient } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { booleanIn, idIn, listIn, objectIn, textIn } from '../reading.ts';
import type { Found } from '../refusal.ts';
import type { Door } from './door.ts';

/** Never `apiKey`, which an administrator would be shown. */
export const userFields: readonly string[] = [
  'id',
  'userName',
  'type',
  'isActive',
  'emailAddress',
  'rolesIds',
  'rolesNames',
];

const most = 5_000;

export const readUsers = (door: Door, signal: AbortSignal) =>
  door.all(
    'User',
    {
      select: userFields,
      where: [{ type: 'in', attribute: 'type', value: ['regular', 'admin', 'super-admin', 'api'] }],
      orderBy: 'id',
    },
    signal,
    most,
  );

const cut: Text = {
  en: `only the first ${most} users were read`,
  ja: `ユーザーは先頭の ${most} 人だけを読み取りました`,
};

export const usersOf = async (
  door: Door,
  client: CrmClient,
  signal: AbortSignal,
): Promise<Found<readonly CrmUser[]>> => {
  const { items, whole } = await readUsers(door, signal);
  return {
    value: items.flatMap((row) => {
      const id = idIn(row.id);
      if (id === undefined) return [];
      const names = objectIn(row.rolesNames);
      return [
        {
          id,
          login: client.printable(textIn(row.userName) ?? id, 100),
          active: booleanIn(row.isActive) !== false,
          admin: row.type === 'admin' || row.type === 'super-admin',
          roles: listIn(row.rolesIds)
            .flatMap((role) => idIn(role) ?? [])
            .map((role) => client.printable(textIn(names[role]) ?? role, 100)),
        },
      ];
    }),
    gaps: whole ? [] : [cut],
  };
};
