import { differingIn } from '../../src/model/sync/hypothesis.ts';
import type { Side } from '../../src/model/sync/side.ts';
import type { ComparisonView } from '../../src/model/sync/view.ts';
import { type LengthUnit, lengthIn, lengthUnits, slackOf } from '../../src/reason/encoding/text-length.ts';
import { oncePerView } from '../../src/reason/rows/memo.ts';
import { type Made, madeIn } from './either-side.ts';

/** A limit at which the values of a column end. */
export interface Cut extends Readonly<Record<string, unknown>> {
  readonly side: Side;
  readonly unit: LengthUnit;
  readonly limit: number;
  /** Of as many bytes each, where a limit in bytes of UTF-8 would cut the same: text of nothing but kanji and kana. */
  readonly bytes?: number;
}

const looked = 2000;
const longest = 100_000;

/** Without the half of a character that a cut in bytes leaves, or the blank that a cut leaves at the end. */
const kept = (to: string): string => to.replace(/\uFFFD{1,3}$/u, '');

const isPrefix = ({ from, to }: Made): boolean => {
  const start = kept(to);
  return start !== '' && from.length <= longest && from.length > start.length && from.startsWith(start);
};

export const isCutAt = (made: Made, { unit, limit }: Cut): boolean => {
  if (!isPrefix(made)) return false;
  const length = lengthIn(kept(made.to), unit);
  if (length > limit) return false;
  if (length >= limit - slackOf[unit]) return lengthIn(made.from, unit) > limit;
  // Blanks before the limit were trimmed after the cut.
  const start = kept(made.to).length;
  const blanks = made.from.slice(start).search(/[^\s\u3000]/u);
  return blanks > 0 && lengthIn(made.from.slice(0, start + blanks), unit) >= limit;
};

/** That the cut is at one place of the text and not at one length: a delimiter, or a character that cannot be stored. */
const endsAtCharacter = (made: readonly Made[]): boolean => {
  const next = new Map<string, number>();
  let astral = 0;
  for (const { from, to } of made) {
    const [character = ''] = from.slice(kept(to).length);
    if ((from.codePointAt(kept(to).length) ?? 0) > 0xffff) astral += 1;
    next.set(character, (next.get(character) ?? 0) + 1);
  }
  const [[most, times] = ['', 0]] = [...next].toSorted(([, a], [, b]) => b - a);
  return astral > made.length / 2 || (/[\s,;|\t"'、]/u.test(most) && times >= 0.9 * made.length);
};

/** Fewer values than this that end alike are appended to by hand, or are one and the same word. */
const fewest = 20;
const fewestDifferent = 5;

/**
 * Values that were written whole by another way stand beside those that are cut. Then the cut ones tell it by themselves: nearly all that
 * differs ends at one length, and they are different texts.
 */
const tellAlone = (cut: readonly Made[], held: number, differing: number): boolean => {
  const different = new Set(cut.map(({ to }) => to)).size;
  return (
    held >= fewest &&
    held >= 0.97 * cut.length &&
    held >= 0.6 * differing &&
    different >= Math.max(fewestDifferent, 0.2 * cut.length)
  );
};

/** The limit that the cut values of a column show: all longer ones are cut at it, no shorter one is. */
const lookForCuts = (view: ComparisonView, column: number, side: Side): Cut | undefined => {
  const differing = differingIn(view, column)
    .slice(0, looked)
    .map(({ left, right }): Made => (side === 'right' ? { from: left, to: right } : { from: right, to: left }));
  const cut = differing.filter(isPrefix);
  if (cut.length < 3 || endsAtCharacter(cut)) return undefined;
  const tried = lengthUnits.map((unit) => {
    const lengths = new Map<number, number>();
    for (const { to } of cut) {
      const length = lengthIn(kept(to), unit);
      lengths.set(length, (lengths.get(length) ?? 0) + 1);
    }
    // The limit is where the lengths end; a few stray ones above it (an honest edit) do not hide it.
    const limit = Math.max(...[...lengths].flatMap(([length, n]) => (n >= 0.05 * cut.length ? [length] : [])), 0);
    const found: Cut = { side, unit, limit };
    const held = cut.filter((made) => isCutAt(made, found)).length;
    const exactly = lengths.get(limit) ?? 0;
    return { found, held, exactly };
  });
  const most = Math.max(...tried.map(({ held }) => held));
  // Of units that explain as many, the one whose lengths are the most alike; at a tie the first: characters.
  const best = tried
    .filter(({ held }) => held >= 0.98 * most)
    .reduce((one, other) => (other.exactly > one.exactly * 1.02 ? other : one));
  if (best.held < 0.9 * cut.length) return undefined;
  const utf8 = tried.find(({ found: { unit } }) => unit === 'utf-8');
  const asBytes = utf8 && utf8.held >= best.held && utf8.exactly >= best.exactly ? utf8.found.limit : 0;
  const found: Cut =
    best.found.unit === 'characters' && asBytes > best.found.limit ? { ...best.found, bytes: asBytes } : best.found;
  let [longer, whole] = [0, 0];
  for (const { pair } of view.present.slice(0, 20_000)) {
    const made = madeIn(pair, column, side);
    // A value of at most the limit in code units of a third of it cannot be longer.
    if (made.from.length * 3 <= found.limit || lengthIn(made.from, found.unit) <= found.limit) continue;
    longer += 1;
    if (made.from === made.to) whole += 1;
  }
  return whole <= 0.1 * longer || tellAlone(cut, best.held, differing.length) ? found : undefined;
};

const known = oncePerView(() => new Map<string, Cut | undefined>());

/** Two causes ask for the same. */
export const cutsIn = (view: ComparisonView, column: number, side: Side): Cut | undefined => {
  const [cuts, which] = [known(view), `${side} ${column}`];
  if (!cuts.has(which)) cuts.set(which, lookForCuts(view, column, side));
  return cuts.get(which);
};
