import type { CrmRequest } from '../../model/crm/connector.ts';
import type { CrmFailure } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import type { Api } from '../cloud/ask.ts';
import { type Json, objectIn, objectsIn, textIn } from '../reading.ts';

export type Rows =
  | { readonly kind: 'rows'; readonly rows: readonly Json[]; readonly whole: boolean }
  | { readonly kind: 'failed'; readonly failure: CrmFailure };

/** All results of a list, page by page (`paging.next.after`). */
export const list = async (
  api: Api,
  {
    path,
    query = {},
    right,
    most = 2_000,
  }: Pick<CrmRequest, 'path' | 'query'> & { readonly right?: Text; readonly most?: number },
  signal: AbortSignal,
): Promise<Rows> => {
  const rows: Json[] = [];
  let after: string | undefined;
  for (;;) {
    const told = await api({ path, query: { limit: 100, ...query, after }, ...(right ? { right } : {}) }, signal);
    if (told.kind === 'failed') return told;
    const { results } = told.object;
    if (!Array.isArray(results)) {
      return { kind: 'failed', failure: { kind: 'malformed', what: path, status: told.response.status, says: '' } };
    }
    rows.push(...objectsIn(results));
    const next = textIn(objectIn(objectIn(told.object.paging).next).after);
    if (next === undefined || next === after || results.length === 0) return { kind: 'rows', rows, whole: true };
    if (rows.length >= most) return { kind: 'rows', rows: rows.slice(0, most), whole: false };
    after = next;
  }
};
