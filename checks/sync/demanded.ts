import { type Detail, type RowsHypothesis, rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { Demand } from '../../src/model/sync/view.ts';

/** Something that the right side asks of whole records: which of the view's demands, and what its catalogue says of it. */
export interface Demanded extends Detail {
  readonly demand: number;
  /** Columns that it is about. */
  readonly name: string;
  readonly rule: Demand['rule'];
  readonly asks: string;
}

export const isDemanded = (detail: Detail): detail is Demanded => typeof detail.demand === 'number';

/** Missing records that break one of these demands. */
export const breakingDemands = (isAbout: (rule: Demand['rule']) => boolean): RowsHypothesis =>
  rowsHypothesis<Demanded>({
    effect: 'wrong',
    population: 'missing',
    // The catalogue says so of each record by itself, and what is there was accepted.
    evenFew: true,
    ownChance: true,
    propose: ({ demands = [], missing }) =>
      demands.flatMap(({ rule, asks, columns, refuses }, demand) =>
        isAbout(rule) && missing.some(({ values }) => refuses(values))
          ? [{ params: { demand, name: columns.join(', '), rule, asks } }]
          : [],
      ),
    holds: ({ values }, { demand }, { demands }) => demands?.[demand]?.refuses(values) === true,
    holder: ({ values }, { demand }, { demands }) => demands?.[demand]?.holder?.(values),
  });
