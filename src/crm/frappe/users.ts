import type { CrmUser } from '../../model/crm/answers.ts';
import type { Text } from '../../model/text.ts';
import { booleanIn, textIn } from '../reading.ts';
import { type Found, unlessRefused } from '../refusal.ts';
import type { Site } from './site.ts';

const most = 1_000;

const rolesHidden: Text = { en: 'the roles of the users', ja: 'ユーザーのロール' };

const tooMany: Text = {
  en: `more than ${most} users: only the first ${most} were read`,
  ja: `ユーザーが ${most} 人を超えるため、最初の ${most} 人だけを読みました`,
};

/** People who work in the desk; visitors of the website are not asked for. */
export const usersOf = async ({ frappe, client }: Site, signal: AbortSignal): Promise<Found<readonly CrmUser[]>> => {
  const gaps: Text[] = [];
  const asked = { fields: ['name', 'enabled'], filters: [['user_type', '=', 'System User']], limit: most + 1 };
  const rows = await frappe.list('User', asked, signal);
  const table = { fields: ['parent', 'role'], filters: [['parenttype', '=', 'User']], parent: 'User', limit: 20_000 };
  const held = await unlessRefused(
    () => frappe.list('Has Role', table, signal),
    ['permission', 'not-found', 'server-error'],
    () => gaps.push(rolesHidden),
  );
  if (rows.length > most) gaps.push(tooMany);
  const roles = new Map<string, string[]>();
  for (const row of held ?? []) {
    const [user, role] = [textIn(row.parent), textIn(row.role)];
    if (user !== undefined && role !== undefined)
      roles.set(user, [...(roles.get(user) ?? []), client.printable(role, 140)]);
  }
  const value = rows.slice(0, most).map((row): CrmUser => {
    const login = textIn(row.name) ?? '';
    const own = roles.get(login) ?? [];
    return {
      id: login,
      login: client.printable(login, 200),
      active: booleanIn(row.enabled) === true,
      ...(held ? { admin: login === 'Administrator' || own.includes('System Manager') } : {}),
      roles: own.slice(0, 200),
    };
  });
  return { value, gaps };
};
