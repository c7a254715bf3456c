import type { Text } from '../../../model/text.ts';
import type { Test } from '../../../model/workflow/condition.ts';
import type { Place } from '../../../model/workflow/place.ts';
import { writtenTest } from '../written.ts';
import type { Source } from './atom.ts';
import type { Domain } from './domain.ts';
import type { Clash, Facts } from './facts.ts';
import { someOf } from './intervals.ts';

const quoted = ({ test, holds }: Source): Text => {
  const text = writtenTest(test);
  return holds ? { en: `"${text}"`, ja: `「${text}」` } : { en: `not "${text}"`, ja: `「${text}」でないこと` };
};

/** More would not be read. */
const mostShown = 4;

/** `"amount > 100" and "amount < 50"` */
export const clashWords = (clash: Clash): Text => {
  const shown = clash.slice(0, mostShown).map(quoted);
  const rest = clash.length > mostShown ? { en: ' and more', ja: 'など' } : { en: '', ja: '' };
  return {
    en: `${shown.map(({ en }) => en).join(' and ')}${rest.en}`,
    ja: `${shown.map(({ ja }) => ja).join('と')}${rest.ja}`,
  };
};

const isBefore = (one: Place, other: Place): boolean =>
  one.line < other.line || (one.line === other.line && one.column < other.column);

/** The first of the tests that take part, in the order of the file. */
export const firstOf = (clash: Clash, among?: ReadonlySet<Test>): Test | undefined => {
  let first: Test | undefined;
  for (const { test } of clash) {
    if (among && !among.has(test)) continue;
    if (!first || isBefore(test.place, first.place)) first = test;
  }
  return first;
};

const valueIn = ({ of, texts, axes, booleans, matches }: Domain): string | undefined => {
  if (booleans) return String(booleans.true);
  const [line] = axes;
  if (line) {
    const [axis, within] = line;
    const number = axis === 'number' ? someOf(within) : undefined;
    return number === undefined ? undefined : String(Math.round(number * 1000) / 1000);
  }
  if (!texts || matches.length > 0) return undefined;
  const [only] = texts.only ? texts.of : (of.closed?.filter((value) => !texts.of.has(value)) ?? []);
  return only;
};

/** A record that meets the facts, in few words: `amount = 5`. Nothing where that cannot be said shortly. */
export const exampleOf = ({ domains }: Facts): string | undefined => {
  const parts: string[] = [];
  for (const domain of domains.values()) {
    const test = domain.atoms.find(({ sources }) => sources.length > 0)?.sources[0]?.test;
    const value = valueIn(domain);
    if (test?.left.kind !== 'path' || value === undefined || test.right?.kind === 'path') return undefined;
    parts.push(writtenTest({ ...test, op: 'eq', right: { kind: 'literal', value, place: test.place } }));
  }
  return parts.length > 0 && parts.length <= 3 ? parts.join(', ') : undefined;
};
