import { resolve } from 'node:path';
import type { SecretSource } from '../model/config.ts';
import type { CrmSubject } from '../model/crm/subject.ts';
import { type ColumnType, columnTypes } from '../model/sync/column.ts';
import type { SyncSubject } from '../model/sync/subject.ts';
import type { Text } from '../model/text.ts';
import { ConfigError } from './config-error.ts';
import { parseDuration } from './duration.ts';
import { nearest } from './nearest.ts';
import { isMoment } from './read-timing.ts';
import type { SideSection, SyncSection } from './schema.ts';
import { openShelf } from './secrets.ts';
import { syncSubjectsOf } from './sync.ts';
import { noSuchCrm, wrongChoice } from './words.ts';

/** The flags of `crm-doctor sync LEFT RIGHT` that stand in for a configuration file. */
export interface SyncFlags {
  /** `COLUMN` or `LEFT=RIGHT`, several for a key of several columns. */
  readonly key?: readonly string[];
  /** `COLUMN`, `LEFT=RIGHT` or `LEFT=RIGHT:TYPE` */
  readonly field?: readonly string[];
  readonly ignore?: readonly string[];
  readonly lastSync?: string;
  readonly interval?: string;
  readonly log?: readonly string[];
  /** Names of variables of the environment. */
  readonly leftPasswordEnv?: string;
  readonly rightPasswordEnv?: string;
}

const fail = (flag: string, text: Text): never => {
  throw new ConfigError(undefined, [{ path: flag, text }]);
};

/** By its scheme, or a file of SQLite by its ending. */
const isDatabase = (place: string): boolean =>
  /^(?:postgres(?:ql)?|mysql|mariadb|sqlite|clickhouse|https?\+clickhouse|clickhouses):/i.test(place) ||
  /\.(?:sqlite3?|db3?)(?:#[^/\\]*)?$/i.test(place);

const crmPlace = /^crm:(?:([^/]+)\/)?(.+)$/s;
export const isCrmPlace = (place: string): boolean => crmPlace.test(place);

/** `URL#TABLE`, `crm:TYPE`, `crm:NAME/TYPE`, or the path of a file. */
const sideOf = (place: string, cwd: string): SideSection => {
  const [, of, type] = crmPlace.exec(place) ?? [];
  if (type !== undefined) return { crm: type, ...(of === undefined ? {} : { of }) };
  if (!isDatabase(place)) return { file: resolve(cwd, place) };
  const at = place.lastIndexOf('#');
  if (at < 0 || at === place.length - 1) {
    // An address may hold a password, a path does not.
    const example = /^[a-z+]{2,}:/i.test(place) ? 'postgres://crm@db.example.co.jp/crm' : place.replace(/#$/, '');
    return fail('sync', {
      en: `a database needs its table behind #, such as ${example}#contacts; for a query write the comparison into crm-doctor.yaml`,
      ja: `データベースは ${example}#contacts のように # の後ろにテーブル名を書いてください。クエリーを使う場合は crm-doctor.yaml に書いてください`,
    });
  }
  return { database: place.slice(0, at), table: place.slice(at + 1) };
};

const pairOf = (word: string, flag: string): readonly [string, string] => {
  const at = word.indexOf('=');
  const [left, right] = at < 0 ? [word, word] : [word.slice(0, at), word.slice(at + 1)];
  if (left === '' || right === '')
    return fail(flag, {
      en: `${flag} ${word}: write COLUMN, or LEFT=RIGHT`,
      ja: `${flag} ${word}: 「列名」または「左の列名=右の列名」の形で指定してください`,
    });
  return [left, right];
};

const isType = (word: string): word is ColumnType => columnTypes.some((type) => type === word);

/** A colon may be part of a name: only a known type behind it is one. */
const fieldOf = (word: string): readonly [string, { readonly right: string; readonly as?: ColumnType }] => {
  const at = word.lastIndexOf(':');
  const type = at < 0 ? '' : word.slice(at + 1);
  if (at > 0 && !isType(type) && /^[a-z-]+$/.test(type)) {
    const meant = nearest(type, columnTypes);
    if (meant !== undefined) return fail('--field', wrongChoice('--field', type, columnTypes, meant));
  }
  const [left, right] = pairOf(isType(type) ? word.slice(0, at) : word, '--field');
  return [left, { right, ...(isType(type) ? { as: type } : {}) }];
};

const intervalOf = (given: string): number =>
  parseDuration(given) ??
  fail('--interval', {
    en: `--interval ${given} is no duration; write 15m or 1h`,
    ja: `--interval ${given} は時間として読めません。15m や 1h のように指定してください`,
  });

const lastSyncOf = (given: string): string =>
  isMoment(given)
    ? given
    : fail('--last-sync', {
        en: `--last-sync ${given} is no time; write 2026-11-20T03:00:00+09:00`,
        ja: `--last-sync ${given} は日時として読めません。2026-11-20T03:00:00+09:00 のように指定してください`,
      });

/** A comparison from the command line alone. */
export const syncFromFlags = (
  [left, right]: readonly [string, string],
  flags: SyncFlags,
  {
    cwd,
    env,
    crms,
  }: {
    readonly cwd: string;
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly crms: readonly CrmSubject[];
  },
): { readonly subject: SyncSubject; readonly secrets: ReadonlyMap<string, SecretSource> } => {
  const keys = (flags.key ?? []).map((word) => pairOf(word, '--key'));
  const shelf = openShelf();
  const withPassword = (side: SideSection, variable: string | undefined, flag: string): SideSection => {
    if (variable === undefined) return side;
    const value = env[variable];
    if (value === undefined)
      return fail(flag, {
        en: `${flag}: the variable ${variable} is not set`,
        ja: `${flag}: 環境変数 ${variable} が設定されていません`,
      });
    return { ...side, password: shelf.add({ kind: 'value', value }, variable, flag) };
  };
  const section: SyncSection = {
    left: withPassword(sideOf(left, cwd), flags.leftPasswordEnv, '--left-password-env'),
    right: withPassword(sideOf(right, cwd), flags.rightPasswordEnv, '--right-password-env'),
    key: { left: keys.map(([one]) => one), right: keys.map(([, other]) => other) },
    ...(flags.field === undefined ? {} : { fields: Object.fromEntries(flags.field.map(fieldOf)) }),
    ...(flags.ignore === undefined ? {} : { ignore: [...flags.ignore] }),
    ...(flags.lastSync === undefined ? {} : { lastSync: lastSyncOf(flags.lastSync) }),
    ...(flags.interval === undefined ? {} : { interval: intervalOf(flags.interval) }),
    ...(flags.log === undefined ? {} : { logs: flags.log.map((file) => resolve(cwd, file)) }),
  };
  const { subjects, lost } = syncSubjectsOf(section, { crms, shelf, directory: cwd });
  const [subject] = subjects;
  if (!subject) {
    const names = crms.map(({ name, config: { type } }) => name ?? type);
    return fail('sync', noSuchCrm(lost[0]?.path ?? 'sync', lost[0]?.named, names));
  }
  return { subject, secrets: shelf.sources };
};
