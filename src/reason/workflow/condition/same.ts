import type { Condition, Test } from '../../../model/workflow/condition.ts';
import type { Value } from '../../../model/workflow/value.ts';
import { type Logic, readLogic } from '../logic-string.ts';

/** Deeper values are not compared. */
const maximumDepth = 8;

/** What a value says, whoever wrote it where; undefined where that is not known. */
const valueKey = (value: Value, depth = 0): string | undefined => {
  if (depth > maximumDepth) return undefined;
  switch (value.kind) {
    case 'literal':
      return JSON.stringify(value.value);
    case 'path':
      return `path ${JSON.stringify([value.path.root, value.path.segments])}`;
    case 'moment':
      return JSON.stringify([value.base, value.offset ?? null]);
    case 'formula':
      return `formula ${value.text}`;
    case 'list':
    case 'text': {
      const parts = (value.kind === 'list' ? value.values : value.parts).map((part) =>
        typeof part === 'string' ? JSON.stringify(part) : valueKey(part, depth + 1),
      );
      return parts.includes(undefined) ? undefined : `[${parts.join()}]`;
    }
    case 'opaque':
      return undefined;
  }
};

/** What a test asks; two with the same key ask the same. */
const testKey = ({ left, op, right }: Test): string | undefined => {
  const [one, other] = [valueKey(left), right ? valueKey(right) : ''];
  return one === undefined || other === undefined ? undefined : `${one} ${op} ${other}`;
};

export interface Twice {
  readonly first: Test;
  readonly again: Test;
  /** What else stands in the same set, both included. */
  readonly beside: readonly Condition[];
}

/** Tests that stand twice in one "all" or "any". The same condition named by two numbers of a logic string is not meant. */
export function* twiceIn(condition: Condition): Generator<Twice> {
  const todo: Condition[] = [condition];
  for (let one = todo.pop(); one; one = todo.pop()) {
    if (one.kind === 'not') todo.push(one.of);
    if (one.kind !== 'all' && one.kind !== 'any') continue;
    const seen = new Map<string, Test>();
    for (const part of one.of) {
      if (part.kind !== 'test') continue;
      const key = testKey(part);
      if (key === undefined) continue;
      const first = seen.get(key);
      if (!first) seen.set(key, part);
      else if (first !== part) yield { first, again: part, beside: one.of };
    }
    todo.push(...one.of.toReversed());
  }
}

/** Numbers that stand twice in one AND or OR of a logic string. */
export const repeatedNumbers = (text: string): readonly number[] => {
  const reading = readLogic(text);
  if (reading.kind === 'fault') return [];
  const found = new Set<number>();
  const todo: Logic[] = [reading.logic];
  for (let one = todo.pop(); one; one = todo.pop()) {
    if (one.kind === 'number') continue;
    if (one.kind === 'not') {
      todo.push(one.of);
      continue;
    }
    const seen = new Set<number>();
    for (const part of one.of) {
      if (part.kind !== 'number') todo.push(part);
      else if (seen.has(part.number)) found.add(part.number);
      else seen.add(part.number);
    }
  }
  return [...found];
};
