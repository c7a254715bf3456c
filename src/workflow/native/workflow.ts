import type { Text } from '../../model/text.ts';
import type { Place } from '../../model/workflow/place.ts';
import type { ReadingProblem } from '../../model/workflow/project.ts';
import type { Edge } from '../../model/workflow/step.ts';
import type { Defect, RunAs, Trigger, Workflow } from '../../model/workflow/workflow.ts';
import {
  booleanIn,
  type Complain,
  isEmpty,
  missingKey,
  numberIn,
  onlyKeys,
  textIn,
  wrongValue,
} from '../source/expect.ts';
import { labelOf } from '../source/label.ts';
import { entryOf, type TreeMap, type TreeNode } from '../source/tree.ts';
import type { YamlText } from '../source/yaml-tree.ts';
import { conditionsOf } from './condition.ts';
import { outlineOf } from './outline.ts';
import type { Scope } from './scope.ts';
import { stepsOf } from './steps.ts';
import { triggerOf } from './trigger.ts';
import { variablesOf } from './variables.ts';

const keys = [
  'workflow',
  'label',
  'description',
  'object',
  'active',
  'owner',
  'runAs',
  'order',
  'trigger',
  'when',
  'steps',
  'onError',
  'vars',
  'inputs',
  'outputs',
];

const aWorkflow: Text = { en: 'a workflow', ja: 'ワークフロー' };
const oneRunner: Text = {
  en: 'user, system, { user: ID } or { role: ID }',
  ja: 'user、system、{ user: ID }、{ role: ID } のいずれか',
};

const runAsOf = (node: TreeNode, scope: Scope): RunAs | undefined => {
  if (node.kind === 'scalar') {
    if (node.text === 'user' || node.text === 'system') return { kind: node.text };
  } else if (node.kind === 'map' && node.entries.length === 1) {
    const [entry] = node.entries;
    if (entry?.key === 'user' || entry?.key === 'role') {
      const id = textIn(entry.value, entry.key, scope.complain);
      return id === undefined ? undefined : { kind: 'principal', of: entry.key, id, place: entry.value.place };
    }
  }
  scope.complain(wrongValue('runAs', oneRunner, node));
  return undefined;
};

/** These start without a person. */
const startsByItself = (on: Trigger['on'] | undefined): boolean =>
  on === 'schedule' || on === 'date' || on === 'webhook';

const kindOf = (on: Trigger['on'] | undefined): Workflow['kind'] => {
  switch (on) {
    case 'schedule':
    case 'date':
      return 'scheduled';
    case 'webhook':
      return 'webhook';
    case 'manual':
      return 'manual';
    case 'call':
      return 'called';
    case 'event':
      return 'event';
    default:
      return 'record';
  }
};

/** These may run without a record. */
const needsNoObject: readonly (Trigger['on'] | undefined)[] = [
  'schedule',
  'webhook',
  'manual',
  'call',
  'event',
  undefined,
];

const runnerOf = (root: TreeMap, on: Trigger['on'] | undefined, scope: Scope) => {
  const entry = entryOf(root, 'runAs');
  const stated = entry && runAsOf(entry.value, scope);
  const usual: RunAs = { kind: startsByItself(on) ? 'system' : 'user' };
  return {
    runAs: stated ?? usual,
    runAsStated: entry !== undefined,
    runAsChoosable: true,
    ...(entry ? { runAsPlace: entry.keyPlace } : {}),
  };
};

const triggersOf = (root: TreeMap, to: Edge | undefined, scope: Scope): readonly Trigger[] => {
  const entry = entryOf(root, 'trigger');
  const whenNode = entryOf(root, 'when')?.value;
  const when = whenNode && conditionsOf(whenNode, scope);
  if (!entry || isEmpty(entry.value)) {
    const place = entry?.keyPlace ?? entryOf(root, 'workflow')?.keyPlace ?? root.place;
    scope.defects.push({ rule: 'trigger-missing', what: 'trigger', place });
    return [];
  }
  const trigger = triggerOf(entry, { ...(when ? { when } : {}), ...(to ? { to } : {}) }, scope);
  return trigger ? [trigger] : [];
};

const textAt = (root: TreeMap, key: string, scope: Scope): string | undefined => {
  const node = entryOf(root, key)?.value;
  return node && !isEmpty(node) ? textIn(node, key, scope.complain) : undefined;
};

const namedAt = (root: TreeMap, key: string, scope: Scope) => {
  const node = entryOf(root, key)?.value;
  const name = textAt(root, key, scope);
  return node && name !== undefined ? { name, place: node.place } : undefined;
};

const statusOf = (root: TreeMap, scope: Scope): Pick<Workflow, 'status' | 'statusPlace'> => {
  const entry = entryOf(root, 'active');
  const active = entry && booleanIn(entry.value, 'active', scope.complain);
  return { status: active === false ? 'inactive' : 'active', ...(entry ? { statusPlace: entry.value.place } : {}) };
};

interface Id {
  readonly id: string;
  readonly place: Place;
  readonly written: boolean;
}

/** The id as it is written, or the name of the file with a number where there is none. */
const idOf = (root: TreeNode, source: YamlText, index: number): Id => {
  const entry = root.kind === 'map' ? entryOf(root, 'workflow') : undefined;
  if (entry?.value.kind === 'scalar' && entry.value.value !== null) {
    return { id: entry.value.text, place: entry.value.place, written: true };
  }
  return { id: `${source.file}#${index + 1}`, place: entry?.keyPlace ?? root.place, written: false };
};

const edgeTo = (to: string | undefined, place: Place): Edge | undefined =>
  to === undefined ? undefined : { to, place };

const notUsed = ({ en, ja }: Text): Text => ({ en: `${en}, so it is not used`, ja: `${ja}。この設定は使われません` });

/** One document of a native file. */
export const workflowOf = (
  root: TreeNode,
  source: YamlText,
  index: number,
): { readonly workflow?: Workflow; readonly problems: readonly ReadingProblem[] } => {
  const problems: ReadingProblem[] = [];
  const { id, place, written } = idOf(root, source, index);
  const complain: Complain = ({ rule, place: where, message, fix, dropped, found: from, suggestion: to }) => {
    const says = dropped ? notUsed(message) : message;
    const rename = rule === 'parse-unknown-key' && from !== undefined && to !== undefined ? { from, to } : undefined;
    problems.push({
      rule,
      place: where,
      message: says,
      fix,
      ...(written ? { workflow: id } : {}),
      ...(rename ? { rename } : {}),
    });
  };
  if (root.kind !== 'map') {
    complain(wrongValue('workflow', { en: 'the keys of a workflow', ja: 'ワークフローのキー' }, root));
    return { problems };
  }
  if (!written) complain(missingKey('workflow', aWorkflow, place));
  onlyKeys(root, keys, aWorkflow, complain);
  const defects: Defect[] = [];
  const start: Scope = { source, workflow: id, steps: new Set(), problems, defects, complain };
  const onErrorEntry = entryOf(root, 'onError');
  const outlines = outlineOf(entryOf(root, 'steps')?.value, onErrorEntry?.value, start);
  const scope: Scope = { ...start, steps: outlines.ids };
  const firstStep = outlines.steps[0];
  const triggers = triggersOf(root, edgeTo(firstStep?.id, firstStep?.place ?? place), scope);
  const on = triggers[0]?.on;
  const object = namedAt(root, 'object', scope);
  if (!object && !needsNoObject.includes(on)) complain(missingKey('object', aWorkflow, place));
  const orderNode = entryOf(root, 'order')?.value;
  const order = orderNode && numberIn(orderNode, 'order', complain);
  const labelNode = entryOf(root, 'label')?.value;
  const label = labelNode && labelOf(labelNode, complain);
  const description = textAt(root, 'description', scope);
  const owner = namedAt(root, 'owner', scope);
  const before = triggers[0]?.phase === 'before';
  const end: Edge = { place };
  const main = stepsOf(outlines.steps, scope, { before, end });
  const errors = stepsOf(outlines.onError, scope, { before, end });
  const onError = edgeTo(outlines.onError[0]?.id, onErrorEntry?.keyPlace ?? place);
  const workflow: Workflow = {
    id,
    ...(label ? { label } : {}),
    format: 'NY',
    kind: kindOf(on),
    ...statusOf(root, scope),
    ...(object ? { object } : {}),
    triggers,
    ...runnerOf(root, on, scope),
    ...(order === undefined ? {} : { order }),
    variables: variablesOf(root, [...main, ...errors], scope),
    steps: [...main, ...errors],
    ...(onError ? { onError } : {}),
    ...(owner ? { owner } : {}),
    ...(description === undefined ? {} : { description }),
    defects,
    unknown: [],
    place,
  };
  return { workflow, problems };
};
