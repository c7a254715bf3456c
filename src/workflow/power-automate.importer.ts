import type { Root } from '../model/workflow/value.ts';
import type { Variable, Workflow } from '../model/workflow/workflow.ts';
import { nothingImported, workflowWith } from './build.ts';
import type { Importer } from './importer.ts';
import type { Names } from './power-automate/expression.ts';
import { actionNames, stepsOf } from './power-automate/steps.ts';
import { isRowTrigger, parametersOf, triggersOf } from './power-automate/trigger.ts';
import { placeOf, placeOfKey } from './source/json-places.ts';
import { isRecord, itemsOf, member, membersOf, namedOf, textOf } from './source/json-read.ts';
import { isJsonOf, jsonOf, oneOrMany } from './source/json-source.ts';
import { describedSuppressions } from './source/json-suppressions.ts';
import type { JsonValue } from './source/json-value.ts';

const definitionOf = (root: JsonValue): JsonValue | undefined =>
  member(root, 'properties', 'definition') ?? member(root, 'definition');

const isFlow = (root: JsonValue): boolean => {
  const definition = definitionOf(root);
  return isRecord(member(definition, 'triggers')) && isRecord(member(definition, 'actions'));
};

/** `Workflows/Approve_orders-7A1B….json` in a solution. */
const nameOfFile = (file: string): string =>
  file
    .slice(file.lastIndexOf('/') + 1)
    .replace(/\.json$/i, '')
    .replace(/-[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/, '');

const rootOf = (trigger: JsonValue | undefined): Root => {
  if (trigger && isRowTrigger(trigger)) return { kind: 'record' };
  return textOf(member(trigger, 'type')) === 'Request' ? { kind: 'input' } : { kind: 'system', name: 'trigger' };
};

const namesOf = (trigger: JsonValue | undefined, actions: JsonValue | undefined): Names => {
  const exact = new Set(actionNames(actions));
  const lowered = new Map([...exact].map((name) => [name.toLowerCase(), name]));
  return { trigger: rootOf(trigger), step: (name) => (exact.has(name) ? name : lowered.get(name.toLowerCase())) };
};

const types: Readonly<Record<string, NonNullable<Variable['type']>>> = {
  integer: 'integer',
  float: 'number',
  boolean: 'boolean',
  string: 'text',
};

/** Variables are made by actions of the outermost scope. */
const variablesOf = (actions: JsonValue | undefined): readonly Variable[] =>
  membersOf(actions)
    .filter(([, action]) => textOf(member(action, 'type')) === 'InitializeVariable')
    .flatMap(([, action]) => itemsOf(member(action, 'inputs', 'variables')))
    .flatMap((item): readonly Variable[] => {
      const name = namedOf(member(item, 'name'));
      const kind = (textOf(member(item, 'type')) ?? '').toLowerCase();
      const type = Object.hasOwn(types, kind) ? types[kind] : undefined;
      if (!name) return [];
      return [
        {
          name: name.name,
          ...(type ? { type } : {}),
          list: kind === 'array',
          input: false,
          output: false,
          required: false,
          place: name.place,
        },
      ];
    });

const kindOf = (on: string | undefined): Workflow['kind'] => {
  switch (on) {
    case 'schedule':
      return 'scheduled';
    case 'manual':
      return 'manual';
    case 'webhook':
      return 'webhook';
    case 'event':
      return 'event';
    default:
      return 'record';
  }
};

/** By whose rights it works: of who runs it, or of the connections' owners. */
const runAsOf = (root: JsonValue): Pick<Workflow, 'runAs' | 'runAsStated' | 'runAsChoosable' | 'runAsPlace'> => {
  const [first] = membersOf(member(root, 'properties', 'connectionReferences'));
  if (!first) return { runAs: { kind: 'system' }, runAsStated: false, runAsChoosable: false };
  const [name, connection] = first;
  const place = placeOfKey(connection);
  const invoker = textOf(member(connection, 'runtimeSource')) === 'invoker';
  return {
    runAs: invoker ? { kind: 'user' } : { kind: 'principal', of: 'user', id: name, place },
    runAsStated: true,
    runAsChoosable: true,
    runAsPlace: place,
  };
};

const workflowOf = (root: JsonValue, file: string, at: number): Workflow => {
  const definition = definitionOf(root);
  const actions = member(definition, 'actions');
  const trigger = membersOf(member(definition, 'triggers'))
    .map(([, value]) => value)
    .find(isRecord);
  const table =
    trigger && isRowTrigger(trigger)
      ? namedOf(member(parametersOf(trigger), 'subscriptionRequest/entityname'))
      : undefined;
  const names = namesOf(trigger, actions);
  const { steps, unknown, first } = stepsOf(actions, { names, object: table?.name });
  const triggers = trigger ? triggersOf(trigger, names, first) : [];
  const display = member(root, 'properties', 'displayName');
  const title = textOf(display);
  const state = member(root, 'properties', 'state');
  const description = textOf(member(definition, 'description'));
  const version = textOf(member(definition, 'contentVersion'));
  const base = nameOfFile(file);
  return workflowWith({
    id: at === 0 ? base : `${base}#${at + 1}`,
    ...(title === undefined ? {} : { label: { en: title, ja: title } }),
    format: 'PA',
    ...(version === undefined ? {} : { version }),
    kind: kindOf(triggers[0]?.on),
    status: /^(?:Stopped|Suspended)$/.test(textOf(state) ?? '') ? 'inactive' : 'active',
    ...(state ? { statusPlace: placeOf(state) } : {}),
    ...(table ? { object: table } : {}),
    triggers,
    steps,
    variables: variablesOf(actions),
    ...runAsOf(root),
    ...(description === undefined ? {} : { description }),
    unknown,
    place: display ? placeOf(display) : definition ? placeOfKey(definition) : placeOf(root),
  });
};

export const powerAutomate: Importer = {
  kind: 'importer',
  name: 'Power Automate',
  formats: ['PA'],
  recognises: (source) => isJsonOf(source, ['definition', 'triggers', 'actions'], isFlow),
  read: (source) => {
    const { root, problems } = jsonOf(source);
    const flows = oneOrMany(root).filter(isFlow);
    return {
      ...nothingImported,
      problems,
      workflows: flows.map((flow, at) => workflowOf(flow, source.file, at)),
      suppressions: flows.flatMap((flow) => describedSuppressions(flow, member(definitionOf(flow), 'description'))),
    };
  },
};
