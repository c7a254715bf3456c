import { isObject, type Json, objectIn } from '../reading.ts';
import { refuse } from '../refusal.ts';
import type { OdooCalls } from './calls.ts';

/** The fields of each model as this user sees them, asked for once: they differ by version and by the modules installed. */
export interface OdooFields {
  readonly of: (model: string, signal: AbortSignal) => Promise<ReadonlyMap<string, Json>>;
  /** Those of `wanted` that the model has. */
  readonly among: (model: string, wanted: readonly string[], signal: AbortSignal) => Promise<readonly string[]>;
}

const attributes = ['type', 'string', 'required', 'readonly', 'store', 'relation', 'selection', 'size'];

export const odooFields = (calls: OdooCalls): OdooFields => {
  const known = new Map<string, Promise<ReadonlyMap<string, Json>>>();
  const read = async (model: string, signal: AbortSignal): Promise<ReadonlyMap<string, Json>> => {
    const answer = await calls.call({ model, method: 'fields_get', args: { attributes } }, signal);
    if (!isObject(answer)) return refuse({ kind: 'malformed', what: `${model}.fields_get`, says: '' });
    return new Map(Object.entries(answer).map(([name, field]) => [name, objectIn(field)]));
  };
  const of = (model: string, signal: AbortSignal): Promise<ReadonlyMap<string, Json>> => {
    const found = known.get(model) ?? read(model, signal);
    known.set(model, found);
    // Another question may have more time left than this one.
    found.catch(() => known.delete(model));
    return found;
  };
  return {
    of,
    among: async (model, wanted, signal) => {
      const fields = await of(model, signal);
      return wanted.filter((name) => fields.has(name));
    },
  };
};

/** Names that may hold a secret: smtp_pass, password, google_gmail_refresh_token, webhook_uuid, smtp_ssl_private_key, … */
export const holdsSecret = (name: string): boolean =>
  /pass(?:$|_|w)|pwd|secret|token|api_?key|private_?key|webhook_(?:uuid|url)|signature|totp/i.test(name);
