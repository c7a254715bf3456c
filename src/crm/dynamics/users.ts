import type { CrmUser } from '../../model/crm/answers.ts';
import type { CrmReply } from '../../model/crm/failure.ts';
import { answered } from '../cloud/answering.ts';
import { booleanIn, idIn, type Json, objectsIn, textIn } from '../reading.ts';
import { readOf } from './errors.ts';
import { type Environment, rowsOf } from './rows.ts';

const rolesOf = (row: Json, { printable }: Environment): readonly string[] =>
  objectsIn(row.systemuserroles_association).flatMap(({ name }) => {
    const text = textIn(name);
    return text === undefined ? [] : [printable(text, 120)];
  });

/** The role has this name in each language that the environment was made in. */
const administrators: readonly string[] = ['System Administrator', 'システム管理者'];

/** A row of `systemusers` with its roles; undefined without an id or a name. */
export const userOf = (row: Json, environment: Environment): CrmUser | undefined => {
  const [id, login] = [
    idIn(row.systemuserid),
    textIn(row.domainname) ?? textIn(row.internalemailaddress) ?? textIn(row.fullname),
  ];
  if (id === undefined || login === undefined) return undefined;
  const roles = rolesOf(row, environment);
  return {
    id: environment.printable(id, 40),
    login: environment.printable(login),
    active: booleanIn(row.isdisabled) !== true,
    ...(roles.some((role) => administrators.includes(role)) ? { admin: true } : {}),
    roles,
  };
};

/** What is asked of a user: its names, whether it is active, its roles. */
export const userQuery = {
  $select: 'systemuserid,domainname,internalemailaddress,fullname,isdisabled',
  $expand: 'systemuserroles_association($select=name)',
} as const;

/** Users of the environment, but for those of the vendor's support. */
export const readUsers = async (
  environment: Environment,
  signal: AbortSignal,
): Promise<CrmReply<readonly CrmUser[]>> => {
  const users = await rowsOf(
    environment,
    // 3 and 5: the vendor's own support users.
    {
      path: '/systemusers',
      query: { ...userQuery, $filter: 'accessmode ne 3 and accessmode ne 5' },
      right: readOf('User'),
    },
    signal,
  );
  if (users.kind === 'failed') return users;
  return answered(
    users.rows.flatMap((row) => userOf(row, environment) ?? []),
    [
      { en: 'roles that come from a team are not among them', ja: 'チーム経由のロールは含みません' },
      ...(users.whole ? [] : [{ en: 'only the first 2000 users', ja: '最初の 2000 ユーザーだけです' }]),
    ],
  );
};
