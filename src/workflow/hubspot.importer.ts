import type { Workflow } from '../model/workflow/workflow.ts';
import { nothingImported, uniqueIds, workflowWith } from './build.ts';
import { readAction } from './hubspot/actions.ts';
import { triggersOf } from './hubspot/enrollment.ts';
import { objectOf } from './hubspot/objects.ts';
import type { Importer } from './importer.ts';
import { placeOf } from './source/json-places.ts';
import { booleanOf, idOf, isRecord, itemsOf, member, namedOf, textOf } from './source/json-read.ts';
import { isJsonOf, jsonOf, oneOrMany } from './source/json-source.ts';
import { describedSuppressions } from './source/json-suppressions.ts';
import type { JsonValue } from './source/json-value.ts';

const flowKeys: readonly string[] = [
  'flowType',
  'objectTypeId',
  'enrollmentCriteria',
  'startActionId',
  'nextAvailableActionId',
  'revisionId',
];

const isFlow = (value: JsonValue): boolean =>
  member(value, 'actions')?.kind === 'list' &&
  member(value, 'isEnabled') !== undefined &&
  flowKeys.filter((key) => member(value, key)).length >= 2;

/** One flow, a list of them, or what the API answers for several. */
const flowsOf = (root: JsonValue | undefined): readonly JsonValue[] =>
  oneOrMany(root)
    .flatMap((value) => {
      const results = member(value, 'results');
      return results ? itemsOf(results) : [value];
    })
    .filter(isFlow);

const workflowOf = (flow: JsonValue, unique: (wanted: string) => string): Workflow => {
  const name = member(flow, 'name');
  const enabled = member(flow, 'isEnabled');
  const object = objectOf(member(flow, 'objectTypeId'));
  const start = namedOf(member(flow, 'startActionId'));
  const actionId = uniqueIds();
  const read = itemsOf(member(flow, 'actions'))
    .filter(isRecord)
    .map((action, at) => readAction(action, actionId(idOf(member(action, 'actionId')) ?? `${at + 1}`), object?.name));
  const enrolled = triggersOf(flow, start && { to: start.name, place: start.place });
  const title = textOf(name);
  const description = textOf(member(flow, 'description'));
  return workflowWith({
    id: unique(idOf(member(flow, 'id')) ?? title ?? 'workflow'),
    ...(title === undefined ? {} : { label: { en: title, ja: title } }),
    format: 'HS',
    version: 'v4',
    kind: enrolled.triggers.some(({ on }) => on === 'schedule' || on === 'date') ? 'scheduled' : 'record',
    status: booleanOf(enabled) === true ? 'active' : 'inactive',
    ...(enabled ? { statusPlace: placeOf(enabled) } : {}),
    ...(object ? { object } : {}),
    triggers: enrolled.triggers,
    steps: read.map(({ step }) => step),
    ...(description === undefined ? {} : { description }),
    defects: read.flatMap(({ defects }) => defects),
    unknown: [...(enrolled.unknown ? [enrolled.unknown] : []), ...read.flatMap(({ unknown }) => unknown ?? [])],
    place: placeOf(name ?? flow),
  });
};

export const hubspot: Importer = {
  kind: 'importer',
  name: 'HubSpot',
  formats: ['HS'],
  recognises: (source) =>
    isJsonOf(
      source,
      ['actions', 'isEnabled'],
      (value) => isFlow(value) || itemsOf(member(value, 'results')).some(isFlow),
    ),
  read: (source) => {
    const { root, problems } = jsonOf(source);
    const flows = flowsOf(root);
    const unique = uniqueIds();
    return {
      ...nothingImported,
      problems,
      workflows: flows.map((flow) => workflowOf(flow, unique)),
      suppressions: flows.flatMap((flow) => describedSuppressions(flow, member(flow, 'description'))),
    };
  },
};
