import type { CrmFailure } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import { type Api, type Ask, malformed } from '../cloud/ask.ts';
import { type Json, numberIn, textIn } from '../reading.ts';

/** The data of one org, over one version of its API. */
export interface Org {
  readonly api: Api;
  /** `/services/data/v67.0`, with the host before it where that is not the configured one. */
  readonly data: string;
  /** Where people open it. */
  readonly site: string;
  readonly printable: (text: string, most?: number) => string;
}

export type Rows =
  | { readonly kind: 'rows'; readonly rows: readonly Json[]; readonly whole: boolean }
  | { readonly kind: 'failed'; readonly failure: CrmFailure };

type Page =
  | { readonly kind: 'page'; readonly rows: readonly Json[]; readonly total?: number; readonly isLast: boolean }
  | { readonly kind: 'failed'; readonly failure: CrmFailure };

/** Where the next page is, within the API and nowhere else. */
const nextOf = ({ data }: Pick<Org, 'data'>, next: unknown): string | undefined => {
  const path = textIn(next);
  if (path === undefined || !/^\/services\/data\/v\d{1,3}\.\d\/(?:tooling\/)?query(?:All)?\/[\w-]{1,200}$/.test(path)) {
    return undefined;
  }
  return `${data.replace(/\/services\/data\/.*$/, '')}${path}`;
};

/** The pages of a query; a page begins where the last one ended on the server's side. */
export async function* pages(
  org: Org,
  { path, query, ...rest }: Ask & { readonly what: string },
  signal: AbortSignal,
): AsyncGenerator<Page> {
  let place: Pick<Ask, 'path' | 'query'> = { path, ...(query ? { query } : {}) };
  for (;;) {
    const told = await org.api({ ...rest, ...place, list: 'records' }, signal);
    if (told.kind === 'failed') return yield told;
    const { totalSize, nextRecordsUrl, done } = told.object;
    const { rows } = told;
    const total = numberIn(totalSize);
    const isLast = done === true;
    yield { kind: 'page', rows, isLast, ...(total === undefined ? {} : { total }) };
    if (isLast) return;
    const next = nextOf(org, nextRecordsUrl);
    if (next === undefined || rows.length === 0) return yield malformed(rest.what, told.response);
    place = { path: next };
  }
}

/** All rows of a query, page by page, up to `most`. */
export const query = async (
  org: Org,
  soql: string,
  {
    right,
    tooling = false,
    most = 2_000,
  }: { readonly right?: Text; readonly tooling?: boolean; readonly most?: number },
  signal: AbortSignal,
): Promise<Rows> => {
  const rows: Json[] = [];
  const what = `SOQL ${/\bFROM (\w+)/.exec(soql)?.[1] ?? ''}`;
  const path = `${org.data}/${tooling ? 'tooling/' : ''}query`;
  let whole = false;
  for await (const page of pages(org, { path, query: { q: soql }, what, ...(right ? { right } : {}) }, signal)) {
    if (page.kind === 'failed') return page;
    rows.push(...page.rows);
    whole = page.isLast && rows.length <= most;
    if (rows.length >= most) break;
  }
  return { kind: 'rows', rows: rows.slice(0, most), whole };
};
