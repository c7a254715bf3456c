import type { Conditions } from '../model/workflow/condition.ts';
import type { Template } from '../model/workflow/schema.ts';
import type { Defect, Trigger, Workflow } from '../model/workflow/workflow.ts';
import {
  conditionsOf,
  named,
  nothingImported,
  opaqueCondition,
  triggerWith,
  uniqueIds,
  workflowWith,
} from './build.ts';
import type { Imported, Importer, SourceText } from './importer.ts';
import { stepOf } from './request-tracker/actions.ts';
import { elementRow, jsonRows, type Row } from './rows.ts';
import { member } from './source/json-read.ts';
import { isJsonOf, jsonOf, oneOrMany } from './source/json-source.ts';
import { readXml } from './source/xml.ts';
import { suppressionsOf } from './source/xml-suppressions.ts';

/** The conditions that come with Request Tracker; those that watch one field run only when it changed. */
const conditions: Readonly<Record<string, { readonly on: Trigger['on']; readonly watch?: string }>> = {
  'on create': { on: 'create' },
  'on transaction': { on: 'save' },
  'on correspond': { on: 'update' },
  'on comment': { on: 'update' },
  'on status change': { on: 'update', watch: 'Status' },
  'on owner change': { on: 'update', watch: 'Owner' },
  'on queue change': { on: 'update', watch: 'Queue' },
  'on priority change': { on: 'update', watch: 'Priority' },
  'on resolve': { on: 'update', watch: 'Status' },
  'on reject': { on: 'update', watch: 'Status' },
  'on close': { on: 'update', watch: 'Status' },
  'on reopen': { on: 'update', watch: 'Status' },
};

// What happened (a reply, a comment) is known to the transaction, not to a field of the ticket.
const unseen = (row: Row, text: string): Conditions => conditionsOf(opaqueCondition(text, row.place));

const triggerOf = (row: Row, first: { readonly id: string }): Trigger => {
  const condition = row.column('ScripCondition') ?? named('', row.place);
  const known = conditions[condition.name.toLowerCase()];
  const own = row.column('CustomIsApplicableCode');
  const to = { to: first.id, place: row.place };
  const common = { id: 'main', place: condition.place, to };
  if (!known || own) return triggerWith({ ...common, on: 'save', when: unseen(row, condition.name) });
  return triggerWith({
    ...common,
    on: known.on,
    ...(known.watch === undefined ? {} : { watch: [named(known.watch, condition.place)] }),
    ...(known.on === 'create' || condition.name.toLowerCase() === 'on transaction'
      ? {}
      : { when: unseen(row, condition.name) }),
  });
};

const missing = (row: Row): readonly Defect[] =>
  row.column('ScripCondition') ? [] : [{ rule: 'trigger-missing', what: 'ScripCondition', place: row.place }];

const workflowOf = (row: Row, id: string): Workflow => {
  const step = stepOf(row);
  const label = row.column('Description');
  const order = Number(row.column('SortOrder')?.name);
  return workflowWith({
    id,
    ...(label ? { label: { en: label.name, ja: label.name } } : {}),
    format: 'RT',
    kind: 'record',
    status: row.flag('Disabled') === true ? 'inactive' : 'active',
    object: named('Ticket', row.place),
    triggers: [triggerOf(row, step)],
    steps: [step],
    ...(Number.isFinite(order) ? { order } : {}),
    place: label?.place ?? row.place,
    defects: missing(row),
  });
};

const templateOf = (row: Row): readonly (readonly [string, Template])[] => {
  const name = row.column('Name');
  if (!name) return [];
  const content = row.column('Content')?.name ?? '';
  const subject = /^Subject:[ \t]*(.*)$/im.exec(content.slice(0, 10_000))?.[1];
  return [
    [
      name.name,
      {
        id: name.name,
        ...(subject === undefined ? {} : { subject }),
        body: content,
        state: 'published',
        html: /^Content-Type:[ \t]*text\/html/im.test(content.slice(0, 10_000)),
        promotional: false,
        place: name.place,
      },
    ],
  ];
};

const imported = (scrips: readonly Row[], templates: readonly Row[], rest: Partial<Imported>): Imported => {
  const unique = uniqueIds();
  return {
    ...nothingImported,
    ...rest,
    workflows: scrips.map((row, at) =>
      workflowOf(row, unique(row.column('Description')?.name ?? `scrip ${row.column('id')?.name ?? at + 1}`)),
    ),
    ...(templates.length > 0 ? { schema: { templates: new Map(templates.flatMap(templateOf)) } } : {}),
  };
};

const readJson = (source: SourceText): Imported => {
  const { root, problems } = jsonOf(source);
  const rowsOf = (table: string) => oneOrMany(root).flatMap((one) => jsonRows(one, table));
  return imported(rowsOf('Scrips'), rowsOf('Templates'), { problems });
};

const readDump = ({ file, text }: SourceText): Imported => {
  const reading = readXml(text, file);
  if (reading.kind === 'fault') {
    return { ...nothingImported, problems: [{ rule: reading.rule, place: reading.at, message: reading.says }] };
  }
  const { root, comments } = reading;
  return imported(root.all('Scrips').map(elementRow), root.all('Templates').map(elementRow), {
    suppressions: suppressionsOf(root, comments),
  });
};

const isDump = ({ text }: SourceText): boolean =>
  /^\s*(?:<\?xml[^>]*>\s*)?<InitialData[\s>]/.test(text.slice(0, 4096)) && text.includes('<Scrips>');

/** Scrips of Request Tracker: rows of its tables, `{ "Scrips": [ … ], "Templates": [ … ] }`, or what `rt-dump-metadata` writes. */
export const requestTracker: Importer = {
  kind: 'importer',
  name: 'request-tracker',
  formats: ['RT'],
  recognises: (source) =>
    isDump(source) || isJsonOf(source, ['Scrips', 'ScripAction'], (one) => member(one, 'Scrips') !== undefined),
  read: (source) => (isDump(source) ? readDump(source) : readJson(source)),
};
