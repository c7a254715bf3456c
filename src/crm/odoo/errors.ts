import type { CrmClient } from '../../model/crm/connector.ts';
import type { CrmFailure, CrmFailureKind } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import { type Json, textIn } from '../reading.ts';

/** What was asked when an error came back. */
export interface Asked {
  /** `ir.mail_server.search_read`. */
  readonly what: string;
  readonly database?: string;
  readonly status?: number;
  readonly date?: string;
}

/** The last part of the Python class says what it is: `odoo.exceptions.AccessError`, `psycopg2.OperationalError`. */
const kinds: Readonly<Record<string, CrmFailureKind>> = {
  AccessDenied: 'auth',
  Unauthorized: 'auth',
  SessionExpiredException: 'auth',
  AccessError: 'permission',
  Forbidden: 'permission',
  MissingError: 'not-found',
  NotFound: 'not-found',
  TooManyRequests: 'rate-limited',
};

/** `Object no.model doesn't exist`, `the model 'no.model' does not exist`, `Invalid field 'x' on model 'y'`. */
const unknownThing =
  /^(?:Object \S{1,200} doesn't exist|the model '|Invalid field '|The method '|Invalid field \S{1,200} on )/;

const isWrongDatabase = (message: string, database: string | undefined): boolean =>
  /database "[^"\n]{0,200}" does not exist/.test(message) ||
  // PostgreSQL says it in the server's language, with the name in quotes all the same.
  (database !== undefined && /FATAL|does not exist|存在しません/.test(message) && message.includes(`"${database}"`));

const kindOf = (name: string, message: string, database: string | undefined): CrmFailureKind => {
  const last = name.slice(name.lastIndexOf('.') + 1);
  if (last === 'OperationalError' && isWrongDatabase(message, database)) return 'wrong-database';
  // res.users: a cooldown after failed logins, by login and address.
  if (last === 'AccessDenied' && /^Too many login failures/.test(message)) return 'locked-out';
  const known = kinds[last];
  if (known !== undefined) return known;
  return unknownThing.test(message) ? 'not-found' : 'server-error';
};

/** The groups that an AccessError lists, each on a line of its own behind a dash. */
const groupsIn = (message: string): readonly string[] =>
  message
    .slice(0, 5_000)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('- '))
    .map((line) => line.slice(2).trim())
    .slice(0, 5);

const modelIn = (message: string): string | undefined => /\(([a-z_][\w.]{0,100})\)/.exec(message.slice(0, 5_000))?.[1];

const needsOf = (message: string, client: CrmClient): Text => {
  const groups = groupsIn(message).map((group) => client.printable(group, 100));
  const model = modelIn(message);
  const [en, ja] =
    groups.length > 0 ? [groups.join(' or '), groups.join(' または ')] : ['Administration/Settings', '管理/設定'];
  return {
    en: `the group ${en}${model === undefined ? '' : ` (for ${model})`}, set under Settings > Users & Companies > Users`,
    ja: `グループ「${ja}」${model === undefined ? '' : `（${model} 用）`}。設定 > ユーザと会社 > ユーザ で付けます`,
  };
};

/** The first line says it; what follows may be a traceback with paths of the server. */
const firstLine = (message: string): string => message.trimStart().split('\n', 1)[0] ?? '';

/** `{ name, message, debug, arguments }`, as both APIs give an error; `debug` holds a traceback and is not looked at. */
export const odooFailure = (data: Json, asked: Asked, client: CrmClient): CrmFailure => {
  const name = textIn(data.name) ?? '';
  const message = textIn(data.message) ?? '';
  const kind = kindOf(name, message, asked.database);
  return {
    kind,
    // What may not be read is the model, however it was asked.
    what: kind === 'permission' ? asked.what.replace(/\.(?:fields_get|search_read|search_count)$/, '') : asked.what,
    ...(asked.status === undefined ? {} : { status: asked.status }),
    ...(name === '' ? {} : { code: client.printable(name, 100) }),
    says: client.printable(firstLine(message)),
    ...(kind === 'permission' ? { needs: needsOf(message, client) } : {}),
    ...(asked.date === undefined ? {} : { date: client.printable(asked.date, 40) }),
  };
};
