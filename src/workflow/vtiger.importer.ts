import type { Place } from '../model/workflow/place.ts';
import type { Timing, Trigger, Workflow } from '../model/workflow/workflow.ts';
import { edgeTo, inSequence, named, nothingImported, triggerWith, uniqueIds, workflowWith } from './build.ts';
import type { Importer } from './importer.ts';
import { placeOf } from './source/json-places.ts';
import { booleanOf, idOf, isRecord, itemsOf, member, namedOf, numberOf, placeOr, textOf } from './source/json-read.ts';
import { isJsonOf, jsonOf, oneOrMany } from './source/json-source.ts';
import type { JsonValue } from './source/json-value.ts';
import { testConditions } from './vtiger/conditions.ts';
import { readTask } from './vtiger/tasks.ts';

const isExport = (root: JsonValue): boolean => itemsOf(member(root, 'com_vtiger_workflows')).some(isRecord);

// VTWorkflowManager: ON_FIRST_SAVE, ONCE, ON_EVERY_SAVE, ON_MODIFY, ON_DELETE, ON_SCHEDULE, MANUAL.
const events: Readonly<Record<string, Trigger['on']>> = {
  '1': 'create',
  '2': 'save',
  '3': 'save',
  '4': 'update',
  '5': 'delete',
  '6': 'schedule',
  '7': 'manual',
};

const timingOf = (row: JsonValue, place: Place): Timing => {
  const type = idOf(member(row, 'schtypeid')) ?? '';
  const time = /^\d{1,2}:\d{2}/.exec(textOf(member(row, 'schtime')) ?? '')?.[0];
  if (type === '1') return { kind: 'every', every: { amount: 1, unit: 'hour' }, place };
  // Weekly, monthly and yearly ones list their days in ways that differ by version.
  return time === undefined ? { kind: 'unreadable', text: type, place } : { kind: 'at', time, place };
};

const triggerOf = (row: JsonValue, place: Place): Trigger => {
  const condition = namedOf(member(row, 'execution_condition'));
  const on = events[condition?.name ?? ''] ?? 'event';
  const at = condition?.place ?? place;
  const when = testConditions(member(row, 'test'));
  return triggerWith({
    id: condition?.name ?? 'trigger',
    on,
    once: condition?.name === '2',
    ...(on === 'event' ? { event: named(condition?.name ?? '', at) } : {}),
    ...(on === 'schedule'
      ? { phase: 'async', schedule: { timing: timingOf(row, placeOr(member(row, 'schtypeid'), row)) } }
      : {}),
    ...(when ? { when } : {}),
    place: at,
  });
};

const workflowOf = (row: JsonValue, tasks: readonly JsonValue[], id: string): Workflow => {
  const name = member(row, 'workflowname') ?? member(row, 'summary');
  const title = textOf(name);
  const place = placeOr(name, row);
  const status = member(row, 'status');
  const unique = uniqueIds();
  const read = tasks
    .toSorted((one, other) => (numberOf(member(one, 'task_id')) ?? 0) - (numberOf(member(other, 'task_id')) ?? 0))
    .map((task, at) => readTask(task, unique(idOf(member(task, 'task_id')) ?? `${at + 1}`)))
    .filter(({ active }) => active);
  const steps = inSequence(read.map(({ step }) => step));
  const [first] = steps;
  const trigger = triggerOf(row, place);
  const object = namedOf(member(row, 'module_name'));
  const kinds: Partial<Record<Trigger['on'], Workflow['kind']>> = {
    schedule: 'scheduled',
    manual: 'manual',
    event: 'event',
  };
  return workflowWith({
    id,
    ...(title === undefined ? {} : { label: { en: title, ja: title } }),
    format: 'VT',
    kind: kinds[trigger.on] ?? 'record',
    status: status && booleanOf(status) === false ? 'inactive' : 'active',
    ...(status ? { statusPlace: placeOf(status) } : {}),
    ...(object ? { object } : {}),
    triggers: [first ? { ...trigger, to: edgeTo(first, place) } : trigger],
    steps,
    unknown: read.flatMap(({ unknown }) => unknown ?? []),
    place,
  });
};

const workflowsOf = (root: JsonValue, unique: (wanted: string) => string): readonly Workflow[] => {
  const tasks = itemsOf(member(root, 'com_vtiger_workflowtasks')).filter(isRecord);
  const byWorkflow = new Map<string, JsonValue[]>();
  for (const task of tasks) {
    const id = idOf(member(task, 'workflow_id')) ?? '';
    const own = byWorkflow.get(id);
    if (own) own.push(task);
    else byWorkflow.set(id, [task]);
  }
  return itemsOf(member(root, 'com_vtiger_workflows'))
    .filter(isRecord)
    .map((row, at) => {
      const id = idOf(member(row, 'workflow_id')) ?? '';
      return workflowOf(row, byWorkflow.get(id) ?? [], unique(id === '' ? `workflow ${at + 1}` : id));
    });
};

/** vtiger, F-RevoCRM and what else keeps its workflows in these tables. */
export const vtiger: Importer = {
  kind: 'importer',
  name: 'vtiger',
  formats: ['VT'],
  recognises: (source) => isJsonOf(source, ['com_vtiger_workflows'], isExport),
  read: (source) => {
    const { root, problems } = jsonOf(source);
    const unique = uniqueIds();
    const workflows = oneOrMany(root)
      .filter(isExport)
      .flatMap((one) => workflowsOf(one, unique));
    return { ...nothingImported, problems, workflows };
  },
};
