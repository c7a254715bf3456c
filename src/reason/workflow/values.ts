import { rememberFor } from '../../model/remember.ts';
import type { Condition, Conditions, Test } from '../../model/workflow/condition.ts';
import type { Assignment, Party, Step, Target } from '../../model/workflow/step.ts';
import type { Path, Value } from '../../model/workflow/value.ts';

/** Every value inside a value, itself first. */
export function* valuesIn(value: Value): Generator<Value> {
  const todo: Value[] = [value];
  for (let one = todo.pop(); one; one = todo.pop()) {
    yield one;
    if (one.kind === 'list') todo.push(...one.values.toReversed());
    if (one.kind === 'text')
      todo.push(...one.parts.filter((part): part is Value => typeof part !== 'string').toReversed());
  }
}

/** The paths that a value is made from. */
export const pathsOf = (value: Value): readonly Path[] => {
  // Most values are one of these.
  if (value.kind === 'path') return [value.path];
  if (value.kind === 'literal' || value.kind === 'moment') return [];
  return [...valuesIn(value)].flatMap((one) => {
    if (one.kind === 'path') return [one.path];
    return one.kind === 'formula' || one.kind === 'opaque' ? one.reads : [];
  });
};

/** Every part of a condition, itself first, in the order of the file. */
export function* partsOf(condition: Condition): Generator<Condition> {
  const todo: Condition[] = [condition];
  for (let one = todo.pop(); one; one = todo.pop()) {
    yield one;
    if (one.kind === 'all' || one.kind === 'any') todo.push(...one.of.toReversed());
    if (one.kind === 'not') todo.push(one.of);
  }
}

/** What becomes of a value in a step. */
export type Purpose =
  /** Decides the way. */
  | 'condition'
  /** Picks records. */
  | 'filter'
  /** Is stored in a record. */
  | 'write'
  /** Is kept in a variable. */
  | 'keep'
  /** Is handed to another workflow. */
  | 'input'
  /** Leaves the CRM or is shown: mail, notice, http, log. */
  | 'send'
  /** Is the record that is changed, or that a template is filled from. */
  | 'target'
  /** Is the person who gets it. */
  | 'party'
  /** Is gone through record by record. */
  | 'loop';

/** A value, as one step uses it. */
export interface Use {
  readonly purpose: Purpose;
  readonly value: Value;
  /** The comparison that it stands in. */
  readonly test?: Test;
  /** The field or input that it goes to. */
  readonly to?: Assignment;
}

const asValue = (path: Path): Value => ({ kind: 'path', path, place: path.place });

function* fromConditions(conditions: Conditions | undefined, purpose: 'condition' | 'filter'): Generator<Use> {
  if (!conditions) return;
  for (const part of partsOf(conditions.condition)) {
    if (part.kind === 'test') {
      yield { purpose, value: part.left, test: part };
      if (part.right) yield { purpose, value: part.right, test: part };
    }
    if (part.kind === 'opaque')
      yield { purpose, value: { kind: 'opaque', text: part.text, reads: part.reads, place: part.place } };
  }
}

function* fromParties(parties: readonly (Party | undefined)[]): Generator<Use> {
  for (const party of parties) {
    if (party?.kind === 'path') yield { purpose: 'party', value: asValue(party.path) };
  }
}

function* fromTarget(target: Target): Generator<Use> {
  if (target.kind === 'path') yield { purpose: 'target', value: asValue(target.path) };
  if (target.kind === 'query') yield* fromConditions(target.where, 'filter');
}

function* fromSet(set: readonly Assignment[], purpose: Purpose): Generator<Use> {
  for (const to of set) yield { purpose, value: to.value, to };
}

function* fromPaths(paths: readonly (Path | undefined)[], purpose: Purpose): Generator<Use> {
  for (const path of paths) if (path) yield { purpose, value: asValue(path) };
}

function* fromValues(values: readonly (Value | undefined)[], purpose: Purpose): Generator<Use> {
  for (const value of values) if (value) yield { purpose, value };
}

function* uses(step: Step): Generator<Use> {
  switch (step.kind) {
    case 'decision':
      for (const { when } of step.branches) yield* fromConditions(when, 'condition');
      return;
    case 'create':
      yield* fromPaths([step.from], 'target');
      yield* fromSet(step.set, 'write');
      return;
    case 'update':
      yield* fromTarget(step.target);
      yield* fromSet(step.set, 'write');
      return;
    case 'delete':
      yield* fromTarget(step.target);
      return;
    case 'find':
      yield* fromConditions(step.where, 'filter');
      return;
    case 'assign':
      yield* fromParties([step.to]);
      yield* fromPaths([step.of], 'target');
      return;
    case 'mail':
      yield* fromParties([...step.to, ...step.cc, ...step.bcc, step.from]);
      yield* fromValues([step.subject, step.body], 'send');
      yield* fromPaths([step.about], 'target');
      return;
    case 'notify':
      yield* fromParties(step.to);
      yield* fromValues([step.message], 'send');
      return;
    case 'task':
      yield* fromParties(step.to);
      yield* fromSet(step.set, 'write');
      return;
    case 'approval':
      yield* fromParties(step.approvers);
      return;
    case 'wait':
      if (step.until.kind === 'date') yield* fromValues([step.until.value], 'condition');
      if (step.until.kind === 'condition') yield* fromConditions(step.until.conditions, 'condition');
      for (const { when } of step.events ?? []) yield* fromConditions(when, 'condition');
      return;
    case 'loop':
      yield* fromValues([step.over], 'loop');
      return;
    case 'let':
      for (const { to, how, value } of step.assigns) {
        yield { purpose: 'keep', value };
        if (how !== 'set' && how !== 'count') yield { purpose: 'keep', value: asValue(to) };
      }
      return;
    case 'call':
      yield* fromSet(step.inputs, 'input');
      return;
    case 'http':
      yield* fromValues([step.url, step.body], 'send');
      yield* fromSet(step.headers, 'send');
      return;
    case 'screen':
      yield* fromPaths(step.reads ?? [], 'send');
      return;
    case 'code':
      yield* fromPaths(step.reads, 'send');
      yield* fromSet(step.writes, 'write');
      return;
    case 'log':
    case 'fail':
      yield* fromValues([step.text], 'send');
      return;
    case 'custom':
      yield* fromPaths(step.reads, 'send');
      yield* fromSet(step.parameters ?? [], 'send');
      return;
    case 'signal':
    case 'stop':
    case 'undo':
    case 'split':
    case 'join':
  }
}

/** All values that a step uses, and what for. What is not known of a step (code, an unknown action) is not among them: see `readsOf`. */
export const usesOf: (step: Step) => readonly Use[] = rememberFor((step) => [...uses(step)]);
