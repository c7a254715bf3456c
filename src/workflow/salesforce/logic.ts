import type { Condition, Conditions } from '../../model/workflow/condition.ts';
import type { Place } from '../../model/workflow/place.ts';
import type { Path } from '../../model/workflow/value.ts';
import { type Logic, readLogic } from '../../reason/workflow/logic-string.ts';
import type { XmlElement } from '../source/xml-element.ts';

const readsOf = (condition: Condition): readonly Path[] => {
  if (condition.kind === 'opaque') return condition.reads;
  if (condition.kind !== 'test') return [];
  return [condition.left, condition.right].flatMap((value) => (value?.kind === 'path' ? [value.path] : []));
};

/** Joins numbered conditions as their logic string says; one that cannot be read, or names what is not there, stays opaque. */
const byNumbers = (conditions: readonly Condition[], logic: XmlElement): Condition => {
  const place = logic.textPlace;
  const opaque: Condition = { kind: 'opaque', text: logic.text.trim(), reads: conditions.flatMap(readsOf), place };
  const { text } = logic;
  const reading = readLogic(text);
  if (reading.kind === 'fault') return opaque;
  let known = true;
  const join = (part: Logic): Condition => {
    if (part.kind === 'number') {
      const condition = conditions[part.number - 1];
      if (!condition) known = false;
      return condition ?? opaque;
    }
    const at: Place = logic.placeIn(part.start, part.end);
    if (part.kind === 'not') return { kind: 'not', of: join(part.of), place: at };
    return { kind: part.kind === 'and' ? 'all' : 'any', of: part.of.map(join), place: at };
  };
  const joined = join(reading.logic);
  return known ? joined : opaque;
};

/** `and`, `or`, or a string of numbers. */
export const joined = (conditions: readonly Condition[], logic: XmlElement | undefined, place: Place): Condition => {
  const word = logic?.text.trim().toLowerCase() ?? 'and';
  const [only] = conditions;
  if (word === 'and' || word === '') {
    return only && conditions.length === 1 ? only : { kind: 'all', of: conditions, place };
  }
  if (word === 'or') return only && conditions.length === 1 ? only : { kind: 'any', of: conditions, place };
  return logic ? byNumbers(conditions, logic) : { kind: 'all', of: conditions, place };
};

/** The logic of a set where it is a string of numbers. */
export const numbered = (logic: XmlElement | undefined, count: number): Pick<Conditions, 'logic'> => {
  const text = logic?.text.trim() ?? '';
  return logic && /\d/.test(text) ? { logic: { text, place: logic.textPlace, count } } : {};
};
