import type { Candidate } from './candidates.ts';
import { type Coarse, coarseForm } from './key-rules.ts';
import type { ReadSide } from './reading.ts';
import { newSketch, type Sketch } from './sketch.ts';

/** Keys that are held of a candidate: a share among them is known to 1.6 %. */
const mostKeys = 4_000;

/** Coarse forms in which it may meet another side. */
const coarseOf = ({ looks }: Candidate): readonly Coarse[] =>
  looks.length === 1 && looks[0]?.numbered ? ['text', 'digits'] : ['text'];

export type Sketched = readonly {
  readonly candidate: Candidate;
  readonly byForm: ReadonlyMap<Coarse, Sketch>;
}[];

/** The keys of all candidates of the other side in this form. */
const heldBy = (other: Sketched, form: Coarse): ReadonlySet<number> => {
  const hashes = new Set<number>();
  for (const { byForm } of other) for (const hash of byForm.get(form)?.held().keys.keys() ?? []) hashes.add(hash);
  return hashes;
};

const sketchSide = async (side: ReadSide, candidates: readonly Candidate[], other?: Sketched): Promise<Sketched> => {
  const wanted: Readonly<Partial<Record<Coarse, ReadonlySet<number>>>> = other
    ? { text: heldBy(other, 'text'), digits: heldBy(other, 'digits') }
    : {};
  const sketched = candidates.map((candidate) => ({
    candidate,
    byForm: new Map(coarseOf(candidate).map((form) => [form, newSketch(mostKeys, wanted[form])] as const)),
  }));
  if (candidates.length === 0) return sketched;
  await side.walk(
    sketched.flatMap(({ candidate, byForm }) =>
      [...byForm].map(([coarse, sketch]) => ({
        positions: candidate.looks.map(({ at }) => at),
        form: coarseForm(coarse),
        into: { kind: 'sketch', sketch } as const,
      })),
    ),
  );
  return sketched;
};

/** One walk over each side for all of its candidates: the smaller one first, of which all keys may be held. */
export const sketchSides = async (
  sides: Readonly<Record<'left' | 'right', ReadSide>>,
  candidates: Readonly<Record<'left' | 'right', readonly Candidate[]>>,
): Promise<Readonly<Record<'left' | 'right', Sketched>>> => {
  const smallerIsRight =
    sides.right.bytes < sides.left.bytes ||
    (sides.right.bytes === sides.left.bytes && sides.right.head.length < sides.left.head.length);
  const [first, second] = smallerIsRight ? (['right', 'left'] as const) : (['left', 'right'] as const);
  const ofFirst = await sketchSide(sides[first], candidates[first]);
  const ofSecond = await sketchSide(sides[second], candidates[second], ofFirst);
  return smallerIsRight ? { left: ofSecond, right: ofFirst } : { left: ofFirst, right: ofSecond };
};
