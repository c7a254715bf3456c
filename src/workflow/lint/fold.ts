import type { Found } from './run-rules.ts';
import { nameOf } from './run-rules.ts';

const lineKey = ({ problem: { place } }: Found): string => `${place.file}\n${place.line}`;
const elementKey = ({ problem: { place, workflow, element } }: Found): string | undefined =>
  element === undefined ? undefined : `${place.file}\n${workflow ?? ''}\n${element}`;

/**
 * One root, one finding: equal ones are one, and where a more specific rule speaks of the same element or line, the
 * less specific one is silent.
 */
export const fold = (found: readonly Found[]): readonly Found[] => {
  const spoken = new Map<string, Set<string>>();
  const speak = (key: string | undefined, rule: string): void => {
    if (key === undefined) return;
    const rules = spoken.get(key);
    if (rules) rules.add(rule);
    else spoken.set(key, new Set([rule]));
  };
  // What an overruled rule overrules itself is silent too: the order among three is kept.
  for (const one of found) {
    for (const silenced of one.rule.over) {
      speak(lineKey(one), silenced);
      speak(elementKey(one), silenced);
    }
  }
  const seen = new Set<string>();
  return found.filter((one) => {
    const name = nameOf(one.rule);
    if (spoken.get(lineKey(one))?.has(name)) return false;
    const element = elementKey(one);
    if (element !== undefined && spoken.get(element)?.has(name)) return false;
    const { place, message } = one.problem;
    const key = JSON.stringify([name, place.file, place.line, place.column, message.en]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
};
