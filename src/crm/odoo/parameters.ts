import { textIn } from '../reading.ts';
import { type OdooCalls, searchRead } from './calls.ts';

/** System parameters by name; others hold secrets (database.secret, keys of payment services) and are never asked for. */
export const parametersOf = async (
  calls: OdooCalls,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> => {
  const domain = [['key', 'in', keys]];
  const rows = await searchRead(calls, 'ir.config_parameter', { domain, fields: ['key', 'value'] }, signal);
  return new Map(
    rows.flatMap(({ key, value }) => {
      const [name, text] = [textIn(key), textIn(value)];
      return name !== undefined && text !== undefined && keys.includes(name) ? [[name, text] as const] : [];
    }),
  );
};
