/** Longer values are held apart by their beginning. */
const longest = 64;

/**
 * How alike two names are, from 0 to 1 (Jaro 1989; Winkler 1990: an equal beginning counts more). Bounded: at most 64 characters of
 * each are looked at.
 */
export const jaroWinkler = (left: string, right: string): number => {
  if (left === right) return 1;
  const [a, b] = [left.slice(0, longest), right.slice(0, longest)];
  if (a.length === 0 || b.length === 0) return 0;
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = new Uint8Array(b.length);
  let matched = '';
  for (let at = 0; at < a.length; at += 1) {
    const last = Math.min(b.length - 1, at + reach);
    for (let other = Math.max(0, at - reach); other <= last; other += 1) {
      if (taken[other] === 1 || a.charCodeAt(at) !== b.charCodeAt(other)) continue;
      taken[other] = 1;
      matched += a.charAt(at);
      break;
    }
  }
  const m = matched.length;
  if (m === 0) return 0;
  let [swapped, next] = [0, 0];
  for (let other = 0; other < b.length; other += 1) {
    if (taken[other] !== 1) continue;
    if (matched.charCodeAt(next) !== b.charCodeAt(other)) swapped += 1;
    next += 1;
  }
  const jaro = (m / a.length + m / b.length + (m - swapped / 2) / m) / 3;
  let begin = 0;
  while (begin < 4 && begin < m && a.charCodeAt(begin) === b.charCodeAt(begin)) begin += 1;
  return jaro + begin * 0.1 * (1 - jaro);
};

/**
 * Whether one slip of the pen makes one of the other (restricted Damerau-Levenshtein distance 1): a sign more, less or another, or two
 * neighbours in the wrong order. Equal ones are none.
 */
export const oneSlip = (a: string, b: string): boolean => {
  const longer = a.length - b.length;
  if (longer > 1 || longer < -1 || a === b) return false;
  let begin = 0;
  while (begin < a.length && a.charCodeAt(begin) === b.charCodeAt(begin)) begin += 1;
  let [left, right] = [a.length, b.length];
  while (left > begin && right > begin && a.charCodeAt(left - 1) === b.charCodeAt(right - 1)) {
    left -= 1;
    right -= 1;
  }
  const [restA, restB] = [left - begin, right - begin];
  if (restA <= 1 && restB <= 1) return true;
  return (
    restA === 2 &&
    restB === 2 &&
    a.charCodeAt(begin) === b.charCodeAt(begin + 1) &&
    a.charCodeAt(begin + 1) === b.charCodeAt(begin)
  );
};
