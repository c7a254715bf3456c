import type { Text } from '../model/text.ts';
import { typingDistance } from '../reason/typing-distance.ts';

const longest = 80;
const most = 3;

const folded = (word: string): string => word.normalize('NFKC').toLowerCase();

/** A third of the letters may be wrong, two at most in an ordinary word. */
const allowed = (word: string): number => Math.min(3, Math.max(1, Math.floor(word.length / 3)));

/** The known words that were probably meant, the nearest first; none where nothing is near. */
export const suggestions = (typed: string, known: readonly string[]): readonly string[] => {
  const word = folded(typed);
  if (word === '' || word.length > longest) return [];
  const limit = allowed(word);
  const ranked = [...new Set(known)]
    .map((candidate) => {
      const other = folded(candidate);
      const last = other.slice(other.lastIndexOf('.') + 1);
      // `certificate-expired` for `tls.certificate-expired`, `cert` for `certificate`: a part is as good as a slip.
      const part =
        word.length > 2 && (other.startsWith(word) || other.endsWith(`.${word}`) || other.endsWith(`-${word}`));
      if (part) return { candidate, steps: other === word ? 0 : 1 };
      const whole = typingDistance(word, other, limit);
      return { candidate, steps: last === other ? whole : Math.min(whole, typingDistance(word, last, limit)) };
    })
    .filter(({ steps }) => steps <= limit)
    .toSorted((one, other) => one.steps - other.steps);
  const least = ranked[0]?.steps ?? 0;
  return ranked
    .filter(({ steps }) => steps <= least + 1)
    .slice(0, most)
    .map(({ candidate }) => candidate);
};

/** ` (did you mean X?)` and `（もしかして: X）`, or nothing. */
export const meant = (typed: string, known: readonly string[]): Text => {
  const near = suggestions(typed, known);
  if (near.length === 0) return { en: '', ja: '' };
  return { en: ` (did you mean ${near.join(' or ')}?)`, ja: `（もしかして: ${near.join('、')}）` };
};

/** Several words that are not known, each with what was probably meant by it. */
export const eachMeant = (typed: readonly string[], known: readonly string[]): Text => {
  const near = typed.map((word) => ({ word, ...meant(word, known) }));
  return {
    en: near.map(({ word, en }) => word + en).join(', '),
    ja: near.map(({ word, ja }) => word + ja).join('、'),
  };
};
