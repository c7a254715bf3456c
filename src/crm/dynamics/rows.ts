import type { CrmRequest } from '../../model/crm/connector.ts';
import type { CrmFailure } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import { type Api, malformed } from '../cloud/ask.ts';
import { type Json, numberIn, textIn } from '../reading.ts';

/** The version of the Web API that is asked; there is no newer one. */
export const version = '9.2';
export const root = `/api/data/v${version}`;

export interface Environment {
  readonly api: Api;
  readonly printable: (text: string, most?: number) => string;
}

export type Page =
  | { readonly kind: 'page'; readonly rows: readonly Json[]; readonly total?: number; readonly next?: string }
  | { readonly kind: 'failed'; readonly failure: CrmFailure };

export type Rows =
  | { readonly kind: 'rows'; readonly rows: readonly Json[]; readonly total?: number; readonly whole: boolean }
  | { readonly kind: 'failed'; readonly failure: CrmFailure };

export type Ask = Pick<CrmRequest, 'path' | 'query'> & {
  readonly right?: Text;
  readonly size?: number;
  /** Names beside ids and numbers, as people see them. */
  readonly labels?: true;
};

/** The next page lies within the API; of its address only what is behind that counts. */
const nextIn = (link: unknown): string | undefined => {
  const text = textIn(link);
  const at = text?.indexOf(`${root}/`) ?? -1;
  return text === undefined || at < 0 || text.length > 20_000 ? undefined : text.slice(at + root.length);
};

export const pageOf = async (
  { api }: Environment,
  { path, query, right, size = 500, labels }: Ask,
  signal: AbortSignal,
): Promise<Page> => {
  const what = `${root}${path.replace(/\?.*$/s, '')}`;
  const told = await api(
    {
      path: `${root}${path}`,
      list: 'value',
      ...(query ? { query } : {}),
      what,
      headers: {
        prefer: `odata.maxpagesize=${size}${labels ? ',odata.include-annotations="OData.Community.Display.V1.FormattedValue"' : ''}`,
      },
      ...(right ? { right } : {}),
    },
    signal,
  );
  if (told.kind === 'failed') return told;
  const { rows } = told;
  const total = numberIn(told.object['@odata.count']);
  const link = told.object['@odata.nextLink'];
  const next = nextIn(link);
  // A link that leads nowhere, or to the page that it stands on, is not the end of the list.
  const isBroken = link !== undefined && (next === undefined || next === path || rows.length === 0);
  if (isBroken) return malformed(what, told.response);
  return {
    kind: 'page',
    rows,
    ...(total === undefined || total < 0 ? {} : { total }),
    ...(next === undefined ? {} : { next }),
  };
};

/** All rows of a table, page by page, up to `most`. */
export const rowsOf = async (
  environment: Environment,
  { most = 2_000, ...ask }: Ask & { readonly most?: number },
  signal: AbortSignal,
): Promise<Rows> => {
  const rows: Json[] = [];
  let total: number | undefined;
  let wanted: Ask = ask;
  for (;;) {
    const page = await pageOf(environment, wanted, signal);
    if (page.kind === 'failed') return page;
    rows.push(...page.rows);
    total ??= page.total;
    const whole = page.next === undefined;
    if (page.next === undefined || rows.length >= most) {
      return {
        kind: 'rows',
        rows: rows.slice(0, most),
        whole: whole && rows.length <= most,
        ...(total === undefined ? {} : { total }),
      };
    }
    const { query: _, ...rest } = ask;
    wanted = { ...rest, path: page.next };
  }
};

/** A lookup's or choice's name as people see it. */
export const labelIn = (row: Json, column: string): string | undefined =>
  textIn(row[`${column}@OData.Community.Display.V1.FormattedValue`]);
