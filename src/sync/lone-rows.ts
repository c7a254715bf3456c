import { spread } from '../model/spread.ts';
import type { Side } from '../model/sync/side.ts';
import { loosestForm } from '../reason/rows/key-forms.ts';
import type { Address, Joined } from './joined.ts';
import type { ColumnMapping } from './mapping/map-columns.ts';

/**
 * Records that are on one side only are read up to this number a side. The least share that may stand, one in a hundred, is 100 of them;
 * more would be memory and time.
 */
const mostRead = 10_000;
/** So many keys of a sample that meet the other side's under the loosest form are no chance. */
const fewestMeeting = 3;
/** Addresses that are read in one go: in the order of the file most share a read. */
const atOnce = 65_536;

/** The records that are on one side only of which the values are read. */
export interface LoneRows {
  readonly missing: readonly Address[];
  readonly extra: readonly Address[];
  /** Missing records that are not read, where every one is known: their places still tell of pages. */
  readonly unread: readonly Address[];
}

type Read = Pick<Joined, 'read' | 'aloneAt' | 'counts' | 'missing' | 'extra'>;
type Keys = Pick<ColumnMapping, 'columns' | 'positions'>;

const keyPositions = ({ columns, positions }: Keys, side: Side): readonly number[] =>
  columns.filter(({ key }) => key).flatMap(({ at }) => positions[side][at] ?? []);

const formsOf = async (
  joined: Pick<Joined, 'read'>,
  keys: Keys,
  side: Side,
  addresses: ArrayLike<Address>,
): Promise<readonly string[]> =>
  (await joined.read(side, addresses, keyPositions(keys, side))).map((key) => key.map(loosestForm).join('\u0000'));

/** Scatters numbers in a row over 32 bits (the finish of MurmurHash3). */
const scattered = (number: number): number => {
  let hash = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

/** Which of so many slices a form falls into: FNV-1a over the code units, scattered. */
const sliceOf = (form: string, slices: number): number => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < form.length; at += 1) hash = Math.imul(hash ^ form.charCodeAt(at), 0x01000193);
  return scattered(hash) % slices;
};

/** About so many of a list. At random: every tenth of two lists in one order may miss each other throughout. */
const atRandom = (addresses: readonly Address[], most: number): readonly Address[] =>
  addresses.length <= most
    ? addresses
    : addresses.filter((_, at) => scattered(at + 1) < (most / addresses.length) * 2 ** 32);

/** Of all records that are alone on a side, those whose key falls into one slice under the loosest form. */
const inSlice = async (
  joined: Read,
  keys: Keys,
  side: Side,
  { slices, most }: { readonly slices: number; readonly most: number },
): Promise<readonly Address[]> => {
  const found: Address[] = [];
  for (const some of joined.aloneAt?.(side, atOnce) ?? []) {
    const addresses = some.slice().sort();
    const forms = await formsOf(joined, keys, side, addresses);
    // Where many keys have one form, a slice may hold far more than its share.
    for (const [at, form] of forms.entries())
      if (sliceOf(form, slices) === 0 && found.length < 2 * most) found.push(addresses[at] ?? 0);
  }
  return found;
};

/**
 * Which records of one side only are read. Two samples that were drawn each by itself hardly hold both halves of a record whose key is
 * written differently on both sides: where samples show that there are such, both sides are drawn by what their keys have in common.
 */
export const loneRows = async (joined: Read, keys: Keys, most = mostRead): Promise<LoneRows> => {
  const { counts } = joined;
  const [missing, extra] = [spread(joined.missing, most), spread(joined.extra, most)];
  const read = new Set(missing);
  const known = joined.missing.length === counts.missing;
  const drawn = {
    missing,
    extra,
    unread: known && read.size < joined.missing.length ? joined.missing.filter((address) => !read.has(address)) : [],
  };
  const all = missing.length === counts.missing && extra.length === counts.extra;
  if (all || missing.length === 0 || extra.length === 0 || !joined.aloneAt) return drawn;
  const ours = new Set(await formsOf(joined, keys, 'left', atRandom(joined.missing, most)));
  const theirs = await formsOf(joined, keys, 'right', atRandom(joined.extra, most));
  const meeting = theirs.filter((form) => ours.has(form)).length;
  if (meeting < fewestMeeting) return drawn;
  const slice = { slices: Math.ceil(Math.max(counts.missing, counts.extra) / most), most };
  const [left, right] = [await inSlice(joined, keys, 'left', slice), await inSlice(joined, keys, 'right', slice)];
  return left.length === 0 || right.length === 0 ? drawn : { missing: left, extra: right, unread: [] };
};
