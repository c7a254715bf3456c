import type { CrmFailure } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import { type Json, numberIn, rowsIn } from '../reading.ts';
import type { Rest } from './ask.ts';

/** REST 2.0 hands out 100 at most, whatever is asked for (RT::REST2::Resource::Collection). */
export const largestPage = 100;

/** A list, as far as it was read. */
export type Listed =
  | { readonly kind: 'listed'; readonly items: readonly Json[]; readonly whole: boolean }
  | { readonly kind: 'failed'; readonly failure: CrmFailure };

/** One limit of a query in JSON; a field that the user may not search is passed over by RT without a word. */
export interface Limit {
  readonly field: string;
  readonly operator?: string;
  readonly value: string;
}

/** One page; without the right to see all there is, no total is told. */
export type Page =
  | { readonly kind: 'page'; readonly items: readonly Json[]; readonly total?: number }
  | { readonly kind: 'failed'; readonly failure: CrmFailure };

export const pageOf = async (rest: Rest, request: Parameters<Rest>[0], signal: AbortSignal): Promise<Page> => {
  const told = await rest(request, signal);
  if (told.kind === 'failed') return told;
  const items = rowsIn(told.json.items);
  const total = numberIn(told.json.total);
  return items
    ? { kind: 'page', items, ...(total === undefined ? {} : { total }) }
    : { kind: 'failed', failure: { kind: 'malformed', what: request.path, status: 200, says: '' } };
};

/** All pages of a list up to a limit of pages, in the order of ids. */
export const list = async (
  rest: Rest,
  {
    path,
    query,
    limits,
    right,
    mostPages = 10,
  }: {
    readonly path: string;
    readonly query?: Readonly<Record<string, string | number>>;
    readonly limits?: readonly Limit[];
    readonly right?: Text;
    readonly mostPages?: number;
  },
  signal: AbortSignal,
): Promise<Listed> => {
  const items: Json[] = [];
  for (let page = 1; page <= mostPages; page++) {
    const told = await pageOf(
      rest,
      {
        path,
        query: {
          ...query,
          ...(limits ? { query: JSON.stringify(limits) } : {}),
          orderby: 'id',
          per_page: largestPage,
          page,
        },
        ...(right ? { right } : {}),
      },
      signal,
    );
    if (told.kind === 'failed') return told;
    const { items: here, total } = told;
    items.push(...here);
    // Without a total, the last page is the one that is not full.
    if (total === undefined ? here.length < largestPage : page * largestPage >= total) {
      return { kind: 'listed', items, whole: true };
    }
  }
  return { kind: 'listed', items, whole: false };
};
