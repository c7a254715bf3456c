import { choicesOf } from './multi-select-order.normal.ts';

const fewestListed = 5;
const leastListed = 0.05;
const nearly = 0.95;
const mostChoices = 50;
/** With those that somebody has written by hand once. */
const mostWords = 500;
/** A word that comes less often is not taken for a choice. */
const oftenEnough = 3;
/** No label of an option is longer, and none is a sentence. */
const longestChoice = 40;
const sentence = /[。．！？!?]|\.(?:\s|$)/;
const digitsOnly = /^[\d\s.+-]*$/;

const anySeparator = /[;；|｜\n,，、/／]/;
/** Separators that hardly anybody writes in a text or a number: `電話;メール`, `["a","b"]`, lines. */
const plainly = /[;；|｜\n]|^\s*\[/;

interface Place {
  n: number;
  /** It stands first, or alone, and it stands behind another one. */
  first: boolean;
  later: boolean;
}

/** By word, where it stands; undefined where there are too many to choose from. */
const placesOf = (lists: readonly (readonly string[])[]): ReadonlyMap<string, Place> | undefined => {
  const places = new Map<string, Place>();
  for (const list of lists) {
    for (const [at, word] of list.entries()) {
      const place = places.get(word) ?? { n: 0, first: false, later: false };
      places.set(word, place);
      place.n += 1;
      if (at === 0) place.first = true;
      else place.later = true;
    }
    if (places.size > mostWords) return undefined;
  }
  return places;
};

/** A choice has no place of its own: what stands first in one value stands behind another choice elsewhere. */
const isAnywhere = (choices: readonly Place[], separated: Choices['separated']): boolean => {
  const anywhere = choices.filter(({ first, later }) => first && later).length;
  const later = choices.filter((choice) => choice.later).length;
  return anywhere >= (separated === 'plainly' ? 1 : 2) && 2 * anywhere >= later;
};

/** A name is of family and given name, a place of town and country: sets are of one choice, two or more. */
const varies = (lists: readonly (readonly string[])[]): boolean => {
  const lengths = new Map<number, number>();
  for (const { length } of lists) lengths.set(length, (lengths.get(length) ?? 0) + 1);
  return Math.max(...lengths.values()) < nearly * lists.length;
};

export interface Choices {
  /** Share of the values that hold nothing but choices, each of them once. */
  readonly sure: number;
  /** A comma stands in texts, names and addresses as well. */
  readonly separated: 'plainly' | 'by-comma';
}

/** Whether these values are sets of a few words that come again and again, in whatever order; undefined where they are not. */
export const choicesIn = (filled: readonly string[]): Choices | undefined => {
  const fewest = Math.max(fewestListed, leastListed * filled.length);
  // Most columns have none: they are not taken apart.
  if (filled.filter((value) => anySeparator.test(value)).length < fewest) return undefined;
  const lists = filled.map((value) => choicesOf(value) ?? [value]);
  const listed = filled.filter((_, at) => (lists[at]?.length ?? 0) > 1);
  if (listed.length < fewest) return undefined;
  const plain = listed.filter((value) => plainly.test(value)).length >= nearly * listed.length;
  const separated = plain ? 'plainly' : 'by-comma';
  if (separated === 'by-comma' && !varies(lists)) return undefined;
  const places = placesOf(lists);
  if (!places) return undefined;
  const isChoice = ([word, { n }]: readonly [string, Place]): boolean =>
    n >= oftenEnough && word.length <= longestChoice && !sentence.test(word) && (plain || !digitsOnly.test(word));
  const choices = new Map([...places].filter(isChoice));
  if (choices.size < 2 || choices.size > mostChoices || !isAnywhere([...choices.values()], separated)) return undefined;
  const known = lists.filter((list) => list.every((word) => choices.has(word)) && new Set(list).size === list.length);
  const sure = known.length / lists.length;
  return sure < nearly ? undefined : { sure, separated };
};
