import type { Party, Step } from '../model/workflow/step.ts';
import type { Trigger, Workflow } from '../model/workflow/workflow.ts';
import { named, nothingImported, recordPath, triggerWith, uniqueIds, workflowWith } from './build.ts';
import type { Imported, Importer, SourceText } from './importer.ts';
import { jsonRows, type Row, recordRow } from './rows.ts';
import { member } from './source/json-read.ts';
import { isJsonOf, jsonOf, oneOrMany } from './source/json-source.ts';
import { readXml } from './source/xml.ts';
import { suppressionsOf } from './source/xml-suppressions.ts';
import { pysonConditions } from './tryton/pyson.ts';

const tables = ['ir.trigger', 'notification.email'] as const;

type Rows = Readonly<Record<(typeof tables)[number], readonly Row[]>>;

/** `party.party`, or the XML id of its model (`party.model_party`), which names no object. */
const modelOf = (row: Row) => {
  const found = row.column('model.') ?? row.column('model');
  return found && /^[a-z_]+(?:\.[a-z_]+)+$/.test(found.name) && !found.name.includes('.model_') ? found : undefined;
};

/** A trigger runs when its condition becomes true by a change, and when it is true at the creation (trytond, `ir.trigger`). */
const triggersOf = (row: Row, first: Step): readonly Trigger[] => {
  const condition = row.column('condition');
  const when = condition && condition.name !== 'true' ? { when: pysonConditions(condition) } : {};
  const common = {
    place: row.place,
    to: { to: first.id, place: first.place },
    // A limit of one is once in the life of a record.
    once: row.column('limit_number')?.name === '1',
    ...when,
  };
  const [created, written] = [
    row.flag('on_create') ?? row.flag('on_create_'),
    row.flag('on_write') ?? row.flag('on_write_'),
  ];
  const found: Trigger[] = [];
  if (created && written) found.push(triggerWith({ ...common, id: 'save', on: 'save', becomesTrue: true }));
  else if (created) found.push(triggerWith({ ...common, id: 'create', on: 'create' }));
  else if (written) found.push(triggerWith({ ...common, id: 'update', on: 'update', becomesTrue: true }));
  if (row.flag('on_delete') ?? row.flag('on_delete_'))
    found.push(triggerWith({ ...common, id: 'delete', on: 'delete' }));
  if (row.flag('on_time') ?? row.flag('on_time_')) found.push(triggerWith({ ...common, id: 'time', on: 'schedule' }));
  return found;
};

/** Recipients are named by a field of the record; those who are kept for when it is empty are not known here. */
const mailTo = (notification: Row | undefined, place: Row['place']): readonly Party[] => {
  const field = notification?.column('recipients');
  if (field && /^[a-z_]+$/.test(field.name))
    return [{ kind: 'path', path: recordPath(field.name, field.place), place: field.place }];
  return [{ kind: 'opaque', text: field?.name ?? '', place: field?.place ?? place }];
};

const stepOf = (row: Row, rows: Rows): Step => {
  const action = row.column('action') ?? named('', row.place);
  const common = { id: '1', place: action.place, canFail: true, mayHandleErrors: false };
  const notification = row.column('notification_email');
  if (/^notification\.email\|/.test(action.name) || notification) {
    const known = rows['notification.email'].find((one) => one.column('id')?.name === notification?.name);
    return { ...common, kind: 'mail', to: mailTo(known, action.place), cc: [], bcc: [], html: true };
  }
  return { ...common, kind: 'custom', action, effect: 'opaque', reads: [] };
};

const workflowOf = (row: Row, rows: Rows, id: string): Workflow => {
  const step = stepOf(row, rows);
  const object = modelOf(row);
  const name = row.column('name');
  const triggers = triggersOf(row, step);
  return workflowWith({
    id,
    ...(name ? { label: { en: name.name, ja: name.name } } : {}),
    format: 'TR',
    kind: triggers.some(({ on }) => on === 'schedule') ? 'scheduled' : 'record',
    // A column that is left out is as Tryton's default has it: active.
    status: row.flag('active') === false ? 'inactive' : 'active',
    ...(object ? { object } : {}),
    triggers,
    steps: [step],
    place: name?.place ?? row.place,
    defects:
      triggers.length === 0
        ? [{ rule: 'trigger-missing', what: 'on_create, on_write, on_delete, on_time', place: row.place }]
        : [],
  });
};

const workflowsOf = (rows: Rows): readonly Workflow[] => {
  const unique = uniqueIds();
  return rows['ir.trigger'].map((row) =>
    workflowOf(row, rows, unique(row.column('name')?.name ?? row.column('id')?.name ?? 'trigger')),
  );
};

const readJson = (source: SourceText): Imported => {
  const { root, problems } = jsonOf(source);
  const rowsOf = (table: string) => oneOrMany(root).flatMap((one) => jsonRows(one, table));
  return {
    ...nothingImported,
    problems,
    workflows: workflowsOf({ 'ir.trigger': rowsOf('ir.trigger'), 'notification.email': rowsOf('notification.email') }),
  };
};

const readModule = ({ file, text }: SourceText): Imported => {
  const reading = readXml(text, file);
  if (reading.kind === 'fault') {
    return { ...nothingImported, problems: [{ rule: reading.rule, place: reading.at, message: reading.says }] };
  }
  const records = reading.root.all('data').flatMap((data) => data.all('record'));
  const rowsOf = (table: string) =>
    records.filter((record) => record.attribute('model')?.value === table).map(recordRow);
  return {
    problems: [],
    workflows: workflowsOf({ 'ir.trigger': rowsOf('ir.trigger'), 'notification.email': rowsOf('notification.email') }),
    suppressions: suppressionsOf(reading.root, reading.comments),
  };
};

const isModule = ({ text }: SourceText): boolean =>
  /<tryton[\s>]/.test(text.slice(0, 4096)) && /model\s*=\s*["']ir\.trigger["']/.test(text);

/** Triggers of Tryton: rows as `read` gives them, `{ "ir.trigger": [ … ], "notification.email": [ … ] }`, or a module's data XML. */
export const tryton: Importer = {
  kind: 'importer',
  name: 'tryton',
  formats: ['TR'],
  recognises: (source) =>
    isModule(source) || isJsonOf(source, ['ir.trigger'], (one) => member(one, 'ir.trigger') !== undefined),
  read: (source) => (isModule(source) ? readModule(source) : readJson(source)),
};
