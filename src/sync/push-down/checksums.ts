import type { Side } from '../../model/sync/side.ts';
import type { SourceFailure } from '../../model/sync/source.ts';
import { grouped, type Text } from '../../model/text.ts';
import { failureOf } from '../engine/failure.ts';
import type { Joined } from '../joined.ts';
import type { ColumnMapping } from '../mapping/map-columns.ts';
import { askingOf, Broken, both, inChunks, listed, number } from './asking.ts';
import { bringOver, sampleOf } from './bring-over.ts';
import { given, hashedOf, lostIn } from './hashed.ts';
import { coarseOf, finer, sampleRows } from './levels.ts';
import { placesInDatabase } from './places.ts';
import type { PushedTable } from './pushed.ts';

export type PushReply =
  | { readonly kind: 'pushed'; readonly joined: Joined }
  /** Nothing of it can be done there, or nothing is won by it; both sides have to be read. */
  | { readonly kind: 'not-suited'; readonly why: Text; readonly mostDiffer?: true }
  | { readonly kind: 'failed'; readonly side: Side; readonly failure: SourceFailure }
  | { readonly kind: 'stopped' };

/** Where more of the buckets differ than this, most of the rows have to come over anyway. */
const mostDiffering = 0.4;
const isMost = (differing: number, buckets: number): boolean => differing > mostDiffering * buckets;

const notSuited = (en: string, ja: string): PushReply & { readonly kind: 'not-suited' } => ({
  kind: 'not-suited',
  why: { en, ja },
});

/** Of both answers, what stands in this place of the first row. */
const sumOf = (answers: Readonly<Record<Side, readonly (readonly string[])[]>>, at: number): number =>
  both.reduce((sum, side) => sum + Number(answers[side][0]?.[at] ?? 0), 0);

interface Bucket {
  readonly rows: string;
  readonly sum: string;
}

/**
 * Finds what differs between two tables without reading them: checksums of buckets of keys are held against each other, then those of
 * finer buckets within the unequal ones, then the hashes of single rows; only rows that differ, and a sample of the others, come over.
 * Exact but for chance: two different rows of one key are taken for equal with a probability of 2^-60.
 */
export const findByChecksums = async (
  tables: Readonly<Record<Side, PushedTable>>,
  mapping: ColumnMapping,
  {
    directory,
    seed,
    passed,
  }: {
    readonly directory: string;
    readonly seed: number;
    /** Another question was answered by both sides; so many bytes have come over. */
    readonly passed?: (bytes: number) => void;
  },
  signal: AbortSignal,
): Promise<PushReply> => {
  const hashed = { left: hashedOf(tables.left, mapping, 'left'), right: hashedOf(tables.right, mapping, 'right') };
  const { left, right } = hashed;
  if (!left || !right) {
    const names = [...new Set(both.flatMap((side) => lostIn(tables[side], mapping, side)))];
    const [few, more] = [names.slice(0, 5).join(', '), names.length > 5 ? ', …' : ''];
    return notSuited(
      `only this program can write the text of ${few}${more}; with such columns in ignore: the databases compare the rest`,
      `次の列は、値の統一した文字列表現をデータベース側では作れません: ${few}${more}。ignore: に加えれば、残りの列はデータベース側で比べられます`,
    );
  }
  const sides = { left, right };
  const asking = askingOf(tables, signal, passed);
  const { askBoth } = asking;
  const bucketIn = (side: Side, buckets: number): string =>
    sides[side].table.dialect.bucketExpression(given.key, buckets);

  /**
   * The buckets whose checksums differ, out of those of a coarser level; of these not all are asked where the first ones show, as keys fall
   * into them by chance, that it will be most of them.
   */
  const unequal = async (
    buckets: number,
    within?: { readonly buckets: number; readonly of: readonly number[] },
  ): Promise<readonly number[] | 'most'> => {
    const found: number[] = [];
    const parts = within ? inChunks(within.of, listed) : [undefined];
    for (const [at, part] of parts.entries()) {
      const answers = await askBoth(
        (side) => {
          const sum = sides[side].table.dialect.sumExpression(given.hash);
          const only = within && part ? ` WHERE ${bucketIn(side, within.buckets)} IN (${part.join(', ')})` : '';
          return `SELECT ${bucketIn(side, buckets)} AS b, count(*) AS n, ${sum} AS s FROM ${sides[side].rows}${only} GROUP BY b`;
        },
        [number('b'), number('n'), { name: 's', declared: 'text' }],
      );
      const known = new Map(
        answers.left.map(([bucket = '', rows = '', sum = '']): [string, Bucket] => [bucket, { rows, sum }]),
      );
      for (const [bucket = '', rows = '', sum = ''] of answers.right) {
        const ours = known.get(bucket);
        known.delete(bucket);
        if (ours?.rows !== rows || ours.sum !== sum) found.push(Number(bucket));
      }
      for (const bucket of known.keys()) found.push(Number(bucket));
      const asked = (at + 1) * listed;
      if (within && asked < within.of.length && isMost((found.length / asked) * within.of.length, buckets))
        return 'most';
    }
    return found;
  };

  try {
    const counted = await askBoth(
      (side) =>
        `SELECT count(*) AS ${given.rows}, coalesce(sum(CASE WHEN ${sides[side].blank} THEN 1 ELSE 0 END), 0) AS ${given.empty} FROM ${sides[side].table.from}${sides[side].table.where.sql}`,
      [number(given.rows), number(given.empty)],
    );
    const rowsOf = (side: Side): number => Number(counted[side][0]?.[0] ?? 0);
    const empty = sumOf(counted, 1);
    if (empty > 0)
      return notSuited(
        `${grouped(empty)} ${empty === 1 ? 'record has' : 'records have'} an empty key`,
        `キーが空のレコードが ${grouped(empty)} 件あります`,
      );
    const repeated = await askBoth(
      (side) =>
        `SELECT count(*) AS n FROM (SELECT count(*) AS c FROM ${sides[side].rows} GROUP BY ${given.key} HAVING count(*) > 1) AS twice`,
      [number('n')],
    );
    const twice = sumOf(repeated, 0);
    if (twice > 0)
      return notSuited(
        `${grouped(twice)} ${twice === 1 ? 'key occurs' : 'keys occur'} more than once`,
        `重複したキーが ${grouped(twice)} 件あります`,
      );

    const most = Math.max(rowsOf('left'), rowsOf('right'));
    const coarse = coarseOf(most);
    const fine = coarse * finer;
    const differing = await unequal(coarse);
    const unequalFine =
      differing === 'most' || differing.length === 0
        ? differing
        : await unequal(fine, { buckets: coarse, of: differing });
    if (unequalFine === 'most' || (most > 10_000 && isMost(unequalFine.length, fine)))
      return { ...notSuited('most of the rows differ', 'ほとんどの行に差異があります'), mostDiffer: true };

    const differs = new Set<string>();
    for (const part of inChunks(unequalFine, listed)) {
      const answers = await askBoth(
        (side) =>
          `SELECT ${given.key}, ${given.hash} FROM ${sides[side].rows} WHERE ${bucketIn(side, fine)} IN (${part.join(', ')})`,
        [number(given.key), number(given.hash)],
      );
      const ours = new Map(answers.left.map(([key = '', hash = '']) => [key, hash]));
      for (const [key = '', hash = ''] of answers.right) {
        if (ours.get(key) !== hash) differs.add(key);
        ours.delete(key);
      }
      for (const key of ours.keys()) differs.add(key);
    }

    const sampled = sampleOf(fine, Math.max(1, Math.ceil((sampleRows * fine) / Math.max(1, most))), seed);
    const chosen = { sampled, buckets: fine, keys: differs };
    const reply = await bringOver(sides, mapping, chosen, { asking, directory, seed }, signal);
    if (reply.kind === 'stopped') return { kind: 'stopped' };
    if (reply.kind === 'failed') return { kind: 'failed', side: 'left', failure: reply.failure };
    const { joined } = reply;
    let noPlaces = false;
    const { missing, extra, changed } = joined.counts;
    const matched = rowsOf('left') - missing;
    return {
      kind: 'pushed',
      joined: {
        ...joined,
        counts: {
          ...joined.counts,
          left: rowsOf('left'),
          right: rowsOf('right'),
          matched,
          equal: matched - changed,
          extra,
        },
        places: async (side, addresses, positions) => {
          const about = { read: joined.read, mapping, asking };
          const places = await placesInDatabase(sides[side], about, [side, addresses, positions]);
          if (places.unknown) noPlaces = true;
          return places;
        },
        work: {
          engine: 'checksums',
          get transferredBytes() {
            return asking.transferredBytes();
          },
          get noPlaces() {
            return noPlaces;
          },
        },
      },
    };
  } catch (error) {
    if (signal.aborted) return { kind: 'stopped' };
    if (error instanceof Broken) return { kind: 'failed', side: error.side, failure: error.failure };
    return { kind: 'failed', side: 'left', failure: failureOf(error, directory) };
  }
};
