const isHigh = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;
const isLow = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff;

/** What is left of two values without the beginning and the end that they have in common, one behind the other. No sign is cut in half. */
export const partingOf = (left: string, right: string): string => {
  const least = Math.min(left.length, right.length);
  let from = 0;
  while (from < least && left.charCodeAt(from) === right.charCodeAt(from)) from += 1;
  if (from > 0 && isHigh(left.charCodeAt(from - 1))) from -= 1;
  let behind = 0;
  while (
    behind < least - from &&
    left.charCodeAt(left.length - 1 - behind) === right.charCodeAt(right.length - 1 - behind)
  )
    behind += 1;
  if (behind > 0 && isLow(left.charCodeAt(left.length - behind))) behind -= 1;
  return left.slice(from, left.length - behind) + right.slice(from, right.length - behind);
};
