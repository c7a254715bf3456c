/** A day, or a month, in a name: files of days that nobody works on are not there either. */
const dated = /(?:19|20)\d{2}[-_.]?(?:0[1-9]|1[0-2])(?:[-_.]?(?:0[1-9]|[12]\d|3[01]))?(?!\d)/g;
/** Longer ones are times, or ids. */
const longest = 6;
const fewest = 3;
/** Where more than that lacks, the numbers count something else. */
const mostMissing = 0.25;

export interface Gap {
  /** The first and the last of the names that are there, in the order of their numbers. */
  readonly first: string;
  readonly last: string;
  /** Names that would stand between them, or before the first. */
  readonly missing: readonly string[];
}

interface Numbered {
  readonly before: string;
  readonly after: string;
  /** By number, as it is written. */
  readonly numbers: Map<number, string>;
}

/** The numbers in a name, each with what stands around it; none of a date. */
const numbersOf = (
  name: string,
): readonly { readonly before: string; readonly digits: string; readonly after: string }[] => {
  const plain = name.replace(dated, (date) => 'x'.repeat(date.length));
  return [...plain.matchAll(/\d+/g)].flatMap(({ 0: digits, index }) =>
    digits.length > longest ? [] : [{ before: name.slice(0, index), digits, after: name.slice(index + digits.length) }],
  );
};

const gapIn = ({ before, after, numbers }: Numbered): Gap | undefined => {
  const there = [...numbers.keys()].toSorted((a, b) => a - b);
  const [least, most] = [there[0] ?? 0, there.at(-1) ?? 0];
  // A count begins with 0 or 1; where it begins with 2, the first one lacks.
  const from = least === 2 ? 1 : least;
  const lacking = most - from + 1 - there.length;
  if (lacking === 0 || lacking > mostMissing * (there.length + lacking)) return undefined;
  const width = [...numbers.values()].find((digits) => /^0\d/.test(digits))?.length ?? 1;
  const named = (number: number): string => `${before}${String(number).padStart(width, '0')}${after}`;
  const missing = Array.from({ length: most - from + 1 }, (_, at) => from + at).filter((one) => !numbers.has(one));
  return { first: named(least), last: named(most), missing: missing.map(named) };
};

/**
 * What lacks in the sequences of numbered files, as `part-001.csv` … `part-012.csv` without `part-007.csv`. What is behind the last one
 * nobody can tell.
 */
export const gapsIn = (names: readonly string[]): readonly Gap[] => {
  const sequences = new Map<string, Numbered>();
  for (const name of names)
    for (const { before, digits, after } of numbersOf(name)) {
      const id = JSON.stringify([before, after]);
      const found = sequences.get(id) ?? { before, after, numbers: new Map<number, string>() };
      sequences.set(id, found);
      found.numbers.set(Number(digits), digits);
    }
  return [...sequences.values()].filter(({ numbers }) => numbers.size >= fewest).flatMap((one) => gapIn(one) ?? []);
};
