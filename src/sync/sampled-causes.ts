import type { SyncCause } from '../model/sync/cause.ts';
import type { Explained, Unexplained } from '../model/sync/comparison.ts';
import type { ComparisonView } from '../model/sync/view.ts';
import { explainedRows } from './diagnose/count.ts';
import { explainedFacts } from './diagnose/facts.ts';
import { openRows, openRowsOf } from './diagnose/open-rows.ts';
import { standingRows } from './diagnose/stand-rows.ts';
import type { Joined } from './joined.ts';
import type { ColumnMapping } from './mapping/map-columns.ts';
import { remaindersOf } from './remainder.ts';
import { viewOfJoined } from './view-of.ts';

/** Why records lack, or are there too many, as far as a sample of both sides shows it; of values that differ nothing is said. */
export const causesOfSample = async (
  joined: Joined,
  mapping: ColumnMapping,
  about: Pick<ComparisonView, 'config' | 'sources' | 'times' | 'logged'>,
  causes: readonly SyncCause[],
  printable: (text: string, most?: number) => string,
): Promise<{
  readonly explained: readonly Explained[];
  readonly open: Omit<Unexplained, 'pairs'>;
}> => {
  const { view } = await viewOfJoined(joined, mapping, about);
  const standing = standingRows(view, causes);
  const rows = explainedRows(standing, view, printable);
  const explained = [...rows, ...explainedFacts(view, causes, printable)];
  const open = {
    pairs: [],
    missing: openRowsOf('missing', view, standing),
    extra: openRowsOf('extra', view, standing),
  };
  return { explained, open: { ...openRows(view, explained), rest: remaindersOf(view, open, printable) } };
};
