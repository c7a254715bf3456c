import type { CrmFailure } from '../../model/crm/failure.ts';
import { type Api, type Ask, malformed } from '../cloud/ask.ts';
import { type Json, objectIn, textIn } from '../reading.ts';

export type Rows =
  | { readonly kind: 'rows'; readonly rows: readonly Json[]; readonly whole: boolean }
  | { readonly kind: 'failed'; readonly failure: CrmFailure };

type Page =
  | { readonly kind: 'page'; readonly rows: readonly Json[]; readonly isLast: boolean }
  | { readonly kind: 'failed'; readonly failure: CrmFailure };

type Asked = Pick<Ask, 'path' | 'query' | 'right'>;

/** The pages of a list (`paging.next.after`). */
export async function* pages(api: Api, { query, ...asked }: Asked, signal: AbortSignal): AsyncGenerator<Page> {
  let after: string | undefined;
  for (;;) {
    const told = await api({ ...asked, query: { ...query, after }, list: 'results' }, signal);
    if (told.kind === 'failed') return yield told;
    const { rows } = told;
    const next = textIn(objectIn(objectIn(told.object.paging).next).after);
    yield { kind: 'page', rows, isLast: next === undefined };
    if (next === undefined) return;
    // What does not move on would never end.
    if (next === after || rows.length === 0) return yield malformed(asked.path, told.response);
    after = next;
  }
}

/** All results of a list, page by page, up to `most`. */
export const list = async (
  api: Api,
  { query, most = 2_000, ...asked }: Asked & { readonly most?: number },
  signal: AbortSignal,
): Promise<Rows> => {
  const rows: Json[] = [];
  let whole = false;
  for await (const page of pages(api, { ...asked, query: { limit: 100, ...query } }, signal)) {
    if (page.kind === 'failed') return page;
    rows.push(...page.rows);
    whole = page.isLast && rows.length <= most;
    if (rows.length >= most) break;
  }
  return { kind: 'rows', rows: rows.slice(0, most), whole };
};
