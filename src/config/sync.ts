import { resolve } from 'node:path';
import type { SecretRef } from '../model/config.ts';
import type { CrmSubject } from '../model/crm/subject.ts';
import type { FieldConfig, RecordFilter, SideConfig, SyncConfig, SyncSubject } from '../model/sync/subject.ts';
import type { SideSection, SyncSection } from './schema.ts';
import type { SecretShelf } from './secrets.ts';

/** A side names a CRM that the configuration does not have, or does not say which of several. */
export interface LostCrm {
  readonly path: string;
  readonly named?: string;
}

/** What the CRM sides are looked up in, and where a password that stands in a URL goes. */
export interface SyncParts {
  readonly crms: readonly CrmSubject[];
  readonly shelf: SecretShelf;
  /** What the path of a database in a file refers to. */
  readonly directory: string;
}

type Named<Value> = Value | readonly Value[];
const isList = <Value>(value: Named<Value>): value is readonly Value[] => Array.isArray(value);
const listOf = (value: Named<string>): readonly string[] => (isList(value) ? value : [value]);

/**
 * The address of a database without its password, and the password. It is cut by hand: a password with `#` or `/` in it makes no URL,
 * and must not stay behind for that.
 */
export const withoutPassword = (url: string): { readonly url: string; readonly password?: string } => {
  const found = /^([a-z][a-z0-9+.-]*:\/\/)([^:@/]*):(.*)@([^@]*)$/is.exec(url);
  if (!found) return { url };
  const [, scheme = '', user = '', password = '', rest = ''] = found;
  let plain = password;
  try {
    plain = decodeURIComponent(password);
  } catch {
    // A bare % was meant as one.
  }
  return { url: `${scheme}${user}@${rest}`, password: plain };
};

/** The password of a URL, hidden like any other, in both of its forms. */
const shelved = (given: string, path: string, { shelf }: SyncParts): { url: string; password?: SecretRef } => {
  const { url, password } = withoutPassword(given);
  if (password === undefined || password === '') return { url };
  shelf.add({ kind: 'value', value: given }, given, `${path}.url`);
  return { url, password: shelf.add({ kind: 'value', value: password }, password, `${path}.password`) };
};

/** SQLite is a file, named like any other: from where the configuration stands. */
const placed = (url: string, directory: string): string => {
  const path = /^sqlite:(?:\/\/)?(.*)$/is.exec(url)?.[1];
  if (path !== undefined) return path === '' ? url : `sqlite:${resolve(directory, path)}`;
  return /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : resolve(directory, url);
};

const filterOf = (filter: NonNullable<SideSection['filter']>): RecordFilter =>
  Object.fromEntries(
    Object.entries(filter).map(([name, value]) => [
      name,
      typeof value === 'object' && 'not' in value ? { not: listOf(value.not) } : listOf(value),
    ]),
  );

const isLost = (side: SideConfig | LostCrm): side is LostCrm => !('kind' in side);

const sideOf = (side: SideSection, path: string, parts: SyncParts): SideConfig | LostCrm => {
  const any = {
    ...(side.filter === undefined ? {} : { filter: filterOf(side.filter) }),
    ...(side.timeZone === undefined ? {} : { timeZone: side.timeZone }),
  };
  if (side.crm !== undefined) {
    const { of } = side;
    const fitting = parts.crms.filter(({ name, config }) => of === undefined || (name ?? config.type) === of);
    const [crm] = fitting;
    if (!crm || fitting.length > 1) return { path: `${path}.crm`, ...(of === undefined ? {} : { named: of }) };
    return { kind: 'crm', type: side.crm, crm, ...any };
  }
  if (side.database !== undefined) {
    const { url, password } = shelved(side.database.trim(), `${path}.database`, parts);
    const secret = side.password ?? password;
    return {
      kind: 'database',
      url: placed(url, parts.directory),
      ...(secret === undefined ? {} : { password: secret }),
      ...(side.table === undefined ? {} : { table: side.table }),
      ...(side.query === undefined ? {} : { query: side.query }),
      ...(side.ca === undefined ? {} : { ca: side.ca }),
      ...any,
    };
  }
  return {
    kind: 'file',
    file: side.file ?? '',
    encoding: side.encoding ?? 'auto',
    ...(side.delimiter === undefined ? {} : { delimiter: side.delimiter }),
    ...(side.sheet === undefined ? {} : { sheet: side.sheet }),
    ...any,
  };
};

const keyOf = (key: SyncSection['key']): SyncConfig['key'] => {
  if (typeof key === 'object' && 'left' in key) {
    return { left: listOf(key.left), right: listOf(key.right), rules: key.rules ?? [] };
  }
  return { left: listOf(key), right: listOf(key), rules: [] };
};

type FieldSection = NonNullable<SyncSection['fields']>[string];

const fieldOf = (field: FieldSection): FieldConfig => (typeof field === 'string' ? { right: field } : field);

const engineOf = (engine: SyncSection['engine'], path: string, parts: SyncParts): SyncConfig['engine'] =>
  engine === undefined
    ? { kind: 'auto' }
    : engine === 'local' || engine === 'checksums'
      ? { kind: engine }
      : {
          kind: 'clickhouse',
          ...shelved(engine.clickhouse.trim(), `${path}.engine.clickhouse`, parts),
          ...(engine.ca === undefined ? {} : { ca: engine.ca }),
        };

/** One comparison a `sync:` object; or the sides whose CRM is not there. */
export const syncSubjectsOf = (
  sync: Named<SyncSection>,
  parts: SyncParts,
): { readonly subjects: readonly SyncSubject[]; readonly lost: readonly LostCrm[] } => {
  const inList = isList(sync);
  const made = (inList ? sync : [sync]).map((section): SyncSubject | readonly LostCrm[] => {
    const { name, fields, ignore = [], lastSync, interval, logs, engine } = section;
    const path = inList ? `sync[${name ?? ''}]` : 'sync';
    const left = sideOf(section.left, `${path}.left`, parts);
    const right = sideOf(section.right, `${path}.right`, parts);
    if (isLost(left) || isLost(right)) return [left, right].filter(isLost);
    return {
      kind: 'sync',
      path,
      ...(name === undefined ? {} : { name }),
      label: name === undefined ? 'sync' : `sync:${name}`,
      config: {
        ...(name === undefined ? {} : { name }),
        left,
        right,
        key: keyOf(section.key),
        ...(fields === undefined
          ? {}
          : { fields: Object.fromEntries(Object.entries(fields).map(([at, field]) => [at, fieldOf(field)])) }),
        ignore,
        ...(lastSync === undefined ? {} : { lastSync }),
        ...(interval === undefined ? {} : { intervalMs: interval }),
        ...(logs === undefined ? {} : { logs }),
        engine: engineOf(engine, path, parts),
      },
    };
  });
  return {
    subjects: made.flatMap((one) => ('kind' in one ? [one] : [])),
    lost: made.flatMap((one) => ('kind' in one ? [] : one)),
  };
};
