import type { CrmRecord } from '../model/crm/connector.ts';
import { isSecretName } from '../reason/workflow/secrets.ts';

const deepest = 40;
const hidden = '***';

/** `X-Api-Key: abc` in a list of headers. */
const header = /^([\w-]{1,60}):\s/;

const textWithout = (text: string): string => {
  const name = header.exec(text)?.[1];
  return name !== undefined && isSecretName(name) ? `${name}: ${hidden}` : text;
};

/** A definition as it may leave a connector: what stands under the name of a secret is blacked out. */
export const withoutSecrets = (value: unknown, depth = 0): unknown => {
  if (typeof value === 'string') return textWithout(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === deepest) return null;
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      typeof item === 'string' && item !== '' && isSecretName(name) ? hidden : withoutSecrets(item, depth + 1),
    ]),
  );
};

const mostNames = 5_000;

/**
 * For the records of one type, which have the same names again and again: each name is looked at once, and a record
 * without a secret stays the one that it is.
 */
export const recordsWithoutSecrets = (): ((record: CrmRecord) => CrmRecord) => {
  const known = new Map<string, boolean>();
  const isSecret = (name: string): boolean => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const now = isSecretName(name);
    if (known.size < mostNames) known.set(name, now);
    return now;
  };
  return (record) =>
    Object.keys(record).some(isSecret)
      ? Object.fromEntries(Object.entries(record).filter(([name]) => !isSecret(name)))
      : record;
};
