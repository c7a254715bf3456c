import type { Named, Place } from '../model/workflow/place.ts';
import type { Edge } from '../model/workflow/step.ts';
import type { Defect, Trigger, Workflow } from '../model/workflow/workflow.ts';
import {
  conditionsOf,
  edgeTo,
  inSequence,
  joinedBy,
  nothingImported,
  triggerWith,
  uniqueIds,
  workflowWith,
} from './build.ts';
import type { Importer } from './importer.ts';
import { placeOf } from './source/json-places.ts';
import { booleanOf, idOf, isRecord, itemsOf, member, namedOf, numberOf, placeOr, textOf } from './source/json-read.ts';
import { isJsonOf, jsonOf, oneOrMany } from './source/json-source.ts';
import { describedSuppressions } from './source/json-suppressions.ts';
import type { JsonValue } from './source/json-value.ts';
import { readAction } from './suitecrm/actions.ts';
import { type ReadLine, readLine } from './suitecrm/conditions.ts';

const isExport = (root: JsonValue): boolean => itemsOf(member(root, 'aow_workflow')).some(isRecord);

/** The rows of a table that are not deleted. */
const rows = (root: JsonValue, table: string): readonly JsonValue[] =>
  itemsOf(member(root, table)).filter((row) => isRecord(row) && booleanOf(member(row, 'deleted')) !== true);

const ordered = (list: readonly JsonValue[], key: string): readonly JsonValue[] =>
  list.toSorted((one, other) => (numberOf(member(one, key)) ?? 0) - (numberOf(member(other, key)) ?? 0));

const byWorkflow = (list: readonly JsonValue[]): ReadonlyMap<string, readonly JsonValue[]> => {
  const found = new Map<string, JsonValue[]>();
  for (const row of list) {
    const id = idOf(member(row, 'aow_workflow_id')) ?? '';
    const own = found.get(id);
    if (own) own.push(row);
    else found.set(id, [row]);
  }
  return found;
};

const runsOn: Readonly<Record<string, Trigger['on']>> = {
  All_Records: 'save',
  New_Records: 'create',
  Modified_Records: 'update',
};
const runsWhen: readonly string[] = ['Always', 'On_Save', 'In_Scheduler', 'Create'];

const enumeration = (value: Named | undefined, allowed: readonly string[], what: string): readonly Defect[] =>
  value && !allowed.includes(value.name)
    ? [{ rule: 'trigger-invalid-enum', what, found: value.name, allowed, place: value.place }]
    : [];

const triggersOf = (
  row: JsonValue,
  lines: readonly ReadLine[],
  place: Place,
  to: Edge | undefined,
): { readonly triggers: readonly Trigger[]; readonly defects: readonly Defect[] } => {
  const when = namedOf(member(row, 'run_when'));
  const on = namedOf(member(row, 'flow_run_on'));
  const conditions = lines.map(({ condition }) => condition);
  const at = conditions[0]?.place ?? place;
  const all = conditions.length === 0 ? undefined : conditionsOf(joinedBy('all', conditions, at));
  const changed = lines.find((line) => line.changed);
  const shared = {
    place: when?.place ?? place,
    once: booleanOf(member(row, 'multiple_runs')) !== true,
    onImport: booleanOf(member(row, 'run_on_import')) === true,
    ...(to ? { to } : {}),
  };
  const triggers: Trigger[] = [];
  if (when?.name !== 'In_Scheduler') {
    triggers.push(
      triggerWith({ ...shared, id: 'save', on: runsOn[on?.name ?? ''] ?? 'save', ...(all ? { when: all } : {}) }),
    );
  }
  if (when?.name === 'In_Scheduler' || (when?.name === 'Always' && !changed)) {
    // The scheduler compares what is stored: it sees no change, and then finds no record at all.
    const never = changed
      ? conditionsOf(
          joinedBy('all', [...conditions, { kind: 'constant', value: false, place: changed.condition.place }], at),
        )
      : all;
    triggers.push(
      triggerWith({
        ...shared,
        id: 'scheduler',
        on: 'schedule',
        phase: 'async',
        // As SuiteCRM installs its scheduler.
        schedule: { timing: { kind: 'every', every: { amount: 1, unit: 'minute' }, place: shared.place } },
        ...(never ? { when: never } : {}),
      }),
    );
  }
  return {
    triggers,
    defects: [
      ...enumeration(when, runsWhen, 'run_when'),
      ...enumeration(on, Object.keys(runsOn), 'flow_run_on'),
      ...lines.flatMap(({ defects }) => defects),
    ],
  };
};

const workflowOf = (
  row: JsonValue,
  conditions: readonly JsonValue[],
  actions: readonly JsonValue[],
  id: string,
): Workflow => {
  const module = namedOf(member(row, 'flow_module'));
  const name = member(row, 'name');
  const title = textOf(name);
  const place = placeOr(name, row);
  const status = member(row, 'status');
  const unique = uniqueIds();
  const read = ordered(actions, 'action_order').map((action, at) =>
    readAction(action, module?.name, unique(idOf(member(action, 'id')) ?? `${at + 1}`)),
  );
  const steps = inSequence(read.map(({ step }) => step));
  const lines = ordered(conditions, 'condition_order').map((line) => readLine(line, module?.name));
  const { triggers, defects } = triggersOf(row, lines, place, steps[0] && edgeTo(steps[0], place));
  const owner = namedOf(member(row, 'assigned_user_id'));
  const editor = namedOf(member(row, 'modified_user_id'));
  const description = textOf(member(row, 'description'));
  return workflowWith({
    id,
    ...(title === undefined ? {} : { label: { en: title, ja: title } }),
    format: 'SU',
    kind: triggers.every(({ on }) => on === 'schedule') ? 'scheduled' : 'record',
    status: textOf(status) === 'Active' ? 'active' : 'inactive',
    ...(status ? { statusPlace: placeOf(status) } : {}),
    ...(module ? { object: module } : {}),
    triggers,
    steps,
    ...(owner ? { owner } : {}),
    ...(editor ? { lastEditor: editor } : {}),
    ...(description === undefined || description === '' ? {} : { description }),
    defects,
    unknown: read.flatMap(({ unknown }) => unknown ?? []),
    place,
  });
};

const workflowsOf = (root: JsonValue, unique: (wanted: string) => string): readonly Workflow[] => {
  const conditions = byWorkflow(rows(root, 'aow_conditions'));
  const actions = byWorkflow(rows(root, 'aow_actions'));
  return rows(root, 'aow_workflow').map((row, at) => {
    const id = idOf(member(row, 'id')) ?? '';
    return workflowOf(
      row,
      conditions.get(id) ?? [],
      actions.get(id) ?? [],
      unique(id === '' ? `aow_workflow ${at + 1}` : id),
    );
  });
};

export const suitecrm: Importer = {
  kind: 'importer',
  name: 'SuiteCRM',
  formats: ['SU'],
  recognises: (source) => isJsonOf(source, ['aow_workflow'], isExport),
  read: (source) => {
    const { root, problems } = jsonOf(source);
    const exports = oneOrMany(root).filter(isExport);
    const unique = uniqueIds();
    return {
      ...nothingImported,
      problems,
      workflows: exports.flatMap((one) => workflowsOf(one, unique)),
      suppressions: exports.flatMap((one) =>
        rows(one, 'aow_workflow').flatMap((row) => describedSuppressions(row, member(row, 'description'))),
      ),
    };
  },
};
