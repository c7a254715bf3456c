import type { CrmRecord } from '../../model/crm/connector.ts';
import { valueText } from '../databases/canonical.ts';

/** The text of a value; `false` where the CRM says false, which in some stands for "none". */
export type Cell = string | false;

/** Objects within objects become columns of their own this far: `address.city`. */
const deepest = 3;

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isScalar = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';

const identities = ['id', 'code', 'value'] as const;
const beside: ReadonlySet<string> = new Set([
  ...identities,
  'name',
  'label',
  'login',
  'email',
  'type',
  'primary',
  'postal_code',
  'module',
  'zuid',
]);

interface Reference {
  readonly id: string;
  readonly name?: string;
}

/** `{ id, name }`, `{ code, name }`, `{ value, label }`: another record, or a value with its label. */
const referenceIn = (value: unknown): Reference | undefined => {
  if (!isObject(value)) return undefined;
  const id = identities.map((key) => value[key]).find(isScalar);
  if (id === undefined || !Object.keys(value).every((key) => beside.has(key))) return undefined;
  const name = value.name ?? value.label;
  return { id: valueText(id), ...(typeof name === 'string' ? { name } : {}) };
};

/** `[7, "Azure Interior"]`, as Odoo writes a link to one record. */
const pairIn = (value: readonly unknown[]): Reference | undefined => {
  const [id, name, ...more] = value;
  return typeof id === 'number' && typeof name === 'string' && more.length === 0
    ? { id: valueText(id), name }
    : undefined;
};

const listText = (values: readonly unknown[]): string => {
  const references = values.map(referenceIn);
  if (references.every((one) => one !== undefined)) return references.map(({ id }) => id).join(';');
  return values.every((one) => one === null || (!isObject(one) && !Array.isArray(one)))
    ? valueText(values)
    : jsonText(values);
};

/** Of one value, with objects as a database's JSON is written: the same has the same text. */
const jsonText = (value: readonly unknown[]): string =>
  `[${value.map((one) => (typeof one === 'object' && one !== null && !Array.isArray(one) ? valueText(one) : (JSON.stringify(one) ?? 'null'))).join(', ')}]`;

/** The columns of a record and their texts, in the order of the record. */
export const cellsOf = (record: CrmRecord): ReadonlyMap<string, Cell> => {
  const cells = new Map<string, Cell>();
  const refer = (name: string, reference: Reference): void => {
    cells.set(name, reference.id);
    if (reference.name !== undefined) cells.set(`${name}.name`, reference.name);
  };
  const add = (name: string, value: unknown, depth: number): void => {
    if (value === false) cells.set(name, false);
    else if (Array.isArray(value)) {
      const pair = pairIn(value);
      if (pair) refer(name, pair);
      else cells.set(name, listText(value));
    } else if (isObject(value)) {
      const reference = referenceIn(value);
      const entries = Object.entries(value);
      if (reference) refer(name, reference);
      else if (depth < deepest && entries.length > 0)
        for (const [key, inner] of entries) add(`${name}.${key}`, inner, depth + 1);
      else cells.set(name, valueText(value));
    } else cells.set(name, valueText(value));
  };
  for (const [name, value] of Object.entries(record)) add(name, value, 0);
  return cells;
};
