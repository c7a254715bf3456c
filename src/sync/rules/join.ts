import type { Side } from '../../model/sync/side.ts';
import type { OpenedSource, SourceRow } from '../../model/sync/source.ts';
import type { SyncConfig } from '../../model/sync/subject.ts';
import type { Joined } from '../joined.ts';
import { JoinLost, joinLocally, type LocalJoin, type ScannedSide } from '../local-join.ts';
import type { ColumnMapping } from '../mapping/map-columns.ts';
import { type Appended, type Spooled, spool } from '../spool.ts';
import { corrected } from './corrected.ts';
import { type Likeness, likenessOf } from './likeness.ts';

const both = ['left', 'right'] as const;

/** A side that can be read, and scanned. */
export interface JoinedSide {
  readonly source: Pick<OpenedSource, 'facts' | 'rows'>;
  readonly scanned: ScannedSide;
}

type LocallyJoined = Extract<LocalJoin, { readonly kind: 'joined' }>;

type JoinByRules =
  | { readonly kind: 'joined'; readonly joined: Joined }
  | Exclude<LocalJoin, { readonly kind: 'joined' }>;

/** The forms of a side's values, in fields behind its own. The parts of a key must not all be blank. */
const appendedTo = (mapping: ColumnMapping, side: Side, { forms }: Likeness): Appended => {
  const formed = mapping.columns.map(({ at, key }) => ({
    key,
    form: forms[side][at],
    position: mapping.positions[side][at] ?? -1,
  }));
  const keys = formed.filter(({ key }) => key);
  const added = formed.flatMap(({ form, position }, at) => (form ? [{ at, form, position }] : []));
  return {
    names: added.map(({ at }) => `form ${at}`),
    cells: (row: SourceRow) => {
      const blank = keys.every(({ form, position }) => {
        const value = row[position] ?? '';
        return (form ? form(value) : value) === '';
      });
      return blank ? undefined : added.map(({ form, position }) => form(row[position] ?? ''));
    },
  };
};

/** Where what is compared stands in the file: the forms behind the fields, the rest where it was. */
const comparedIn = (
  mapping: ColumnMapping,
  side: Side,
  { forms }: Likeness,
  fields: number,
): ScannedSide['compared'] => {
  let next = fields;
  const columns = mapping.positions[side].map((position, at) => {
    if (!forms[side][at]) return position;
    next += 1;
    return next - 1;
  });
  const key = mapping.columns.filter((column) => column.key).flatMap(({ at }) => columns[at] ?? []);
  return { key, columns };
};

/** What was refused or broke off on the way into our files belongs to the comparison as well. */
const withSpooled = (joined: Joined, spooled: Readonly<Record<Side, Spooled>>): Joined => {
  const { counts, rejected } = joined;
  const own = both.flatMap((side) => {
    const { failure } = spooled[side];
    return failure ? [{ side, failure }] : [];
  })[0];
  const cut = own ?? joined.cut;
  return {
    ...joined,
    counts: {
      ...counts,
      rejected: {
        left: counts.rejected.left + spooled.left.rejected.count,
        right: counts.rejected.right + spooled.right.rejected.count,
      },
    },
    rejected: {
      left: [...spooled.left.rejected.first, ...rejected.left],
      right: [...spooled.right.rejected.first, ...rejected.right],
    },
    ...(cut ? { cut } : {}),
    temporaryBytes: joined.temporaryBytes + spooled.left.bytes + spooled.right.bytes,
  };
};

/**
 * Joins two sides on this machine as the configuration says: by key rules, time zones and tolerances besides the bytes. Where a form of
 * each value tells what is equal, both sides are written once more with the forms behind their fields, and the engine compares these.
 */
export const joinByRules = async (
  sides: Readonly<Record<Side, JoinedSide>>,
  mapping: ColumnMapping,
  config: Pick<SyncConfig, 'key' | 'left' | 'right'>,
  options: Parameters<typeof joinLocally>[2],
  signal: AbortSignal,
): Promise<JoinByRules> => {
  const likeness = likenessOf(config, mapping.columns);
  const scanned = { left: sides.left.scanned, right: sides.right.scanned };
  if (!likeness) return joinLocally(scanned, mapping, options, signal);
  const settled = async ({ eachPlaced }: LocallyJoined, joined: Joined): Promise<JoinByRules> => {
    try {
      const found = await corrected(joined, likeness, eachPlaced, options);
      return signal.aborted ? { kind: 'stopped' } : { kind: 'joined', joined: found };
    } catch (error) {
      if (error instanceof JoinLost) return { kind: 'failed', failure: error.failure };
      throw error;
    }
  };
  if (likeness.forms.left.every((form) => form === undefined)) {
    const reply = await joinLocally(scanned, mapping, options, signal);
    return reply.kind === 'joined' ? settled(reply, reply.joined) : reply;
  }
  const spoolSide = (side: Side): Promise<Spooled> =>
    spool(sides[side].source, options.directory, signal, undefined, appendedTo(mapping, side, likeness));
  const spooled = { left: await spoolSide('left'), right: await spoolSide('right') };
  if (signal.aborted) return { kind: 'stopped' };
  const full = both.map((side) => spooled[side].failure).find((failure) => failure?.kind === 'disk-full');
  if (full) return { kind: 'failed', failure: full };
  const formed = (side: Side): ScannedSide => {
    const { fields } = scanned[side];
    const compared = comparedIn(mapping, side, likeness, fields);
    const width = fields + likeness.forms[side].filter((form) => form !== undefined).length;
    return { files: [spooled[side].file], fields: width, ...(compared ? { compared } : {}) };
  };
  const reply = await joinLocally({ left: formed('left'), right: formed('right') }, mapping, options, signal);
  return reply.kind === 'joined' ? settled(reply, withSpooled(reply.joined, spooled)) : reply;
};
