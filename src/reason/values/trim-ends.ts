/** Without signs of the class at both ends; a pattern for the end alone is slow on long runs in the middle. */
export const trimEnds = (value: string, isBlank: (sign: string) => boolean): string => {
  let [from, to] = [0, value.length];
  while (from < to && isBlank(value.charAt(from))) from += 1;
  while (to > from && isBlank(value.charAt(to - 1))) to -= 1;
  return value.slice(from, to);
};
