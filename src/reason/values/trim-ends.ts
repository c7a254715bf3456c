/** Without signs of the class at both ends; a pattern for the end alone is slow on long runs in the middle. */
export const trimEnds = (value: string, isBlank: (sign: string) => boolean): string => {
  let [from, to] = [0, value.length];
  while (from < to && isBlank(value.charAt(from))) from += 1;
  while (to > from && isBlank(value.charAt(to - 1))) to -= 1;
  return value.slice(from, to);
};

/** Without such a sign at its end. */
export const trimEnd = (value: string, sign: string): string => {
  let to = value.length;
  while (to > 0 && value[to - 1] === sign) to -= 1;
  return value.slice(0, to);
};
