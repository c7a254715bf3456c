import type { CrmFailure } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import type { Api } from '../cloud/ask.ts';
import { type Json, objectsIn, textIn } from '../reading.ts';

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

/** Where the next page is, within the API and nowhere else. */
export const nextOf = ({ data }: Pick<Org, 'data'>, next: unknown): string | undefined => {
  const path = textIn(next);
  if (path === undefined || !/^\/services\/data\/v\d{1,3}\.\d\/(?:tooling\/)?query(?:All)?\/[\w-]{1,200}$/.test(path)) {
    return undefined;
  }
  return `${data.replace(/\/services\/data\/.*$/, '')}${path}`;
};

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
  const start = `${org.data}/${tooling ? 'tooling/' : ''}query`;
  let page: Parameters<Api>[0] = { path: start, query: { q: soql } };
  for (;;) {
    const told = await org.api({ ...page, what, ...(right ? { right } : {}) }, signal);
    if (told.kind === 'failed') return told;
    const { records, done, nextRecordsUrl } = told.object;
    if (!Array.isArray(records)) {
      return { kind: 'failed', failure: { kind: 'malformed', what, status: told.response.status, says: '' } };
    }
    rows.push(...objectsIn(records));
    const next = nextOf(org, nextRecordsUrl);
    const whole = done === true || next === undefined;
    if (whole || rows.length >= most || records.length === 0) {
      return { kind: 'rows', rows: rows.slice(0, most), whole: whole && rows.length <= most };
    }
    page = { path: next };
  }
};
