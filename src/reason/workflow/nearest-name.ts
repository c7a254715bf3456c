import { typingDistance } from '../typing-distance.ts';

/** A name that people type wrong is at most two letters off (insert, drop, replace, swap). */
const maximumEdits = 2;

/** Longer names are no typing errors of each other, and cost time. */
const maximumLength = 120;

const folded = (name: string): string => name.normalize('NFKC').toLowerCase();

/** The name that was probably meant: the same but for case and width, else the nearest within two letters (one in a short name). */
export const nearestName = (name: string, known: readonly string[]): string | undefined => {
  if (name.length > maximumLength) return undefined;
  const wanted = folded(name);
  let best: string | undefined;
  let least = Math.min(maximumEdits, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of known) {
    if (candidate.length > maximumLength) continue;
    const other = folded(candidate);
    if (other === wanted) return candidate;
    const edits = typingDistance(wanted, other, maximumEdits);
    if (edits < least) {
      least = edits;
      best = candidate;
    }
  }
  return best;
};
