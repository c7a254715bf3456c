import type { Named, Place } from '../../model/workflow/place.ts';
import type { Act, Assignment, Party } from '../../model/workflow/step.ts';
import type { Duration, Unit, Value } from '../../model/workflow/value.ts';
import { conditionsOf, named, opaqueCondition, pathOf } from '../build.ts';
import { placeOf, placeOfKey } from '../source/json-places.ts';
import { isBlank, itemsOf, member, membersOf, namedOf, numberOf, textOf } from '../source/json-read.ts';
import type { JsonValue } from '../source/json-value.ts';
import { type Names, readsIn, valueFrom } from './expression.ts';

/** What is known around an action. */
export interface Around {
  readonly names: Names;
  /** Logical name of the table whose row starts the flow. */
  readonly object: string | undefined;
}

/** A set of rows (`accounts`) by its table (`account`): the names of sets are made from those of tables by these endings. */
export const tableOf = (set: string): string =>
  /ies$/.test(set)
    ? set.replace(/ies$/, 'y')
    : /(?:s|x|z|ch|sh)es$/.test(set)
      ? set.slice(0, -2)
      : set.replace(/s$/, '');

const tableIn = (parameters: JsonValue | undefined): Named | undefined => {
  const set = namedOf(member(parameters, 'entityName'));
  return set && { ...set, name: tableOf(set.name) };
};

const custom = (action: Named, effect: 'none' | 'outside' | 'opaque', reads: ReturnType<typeof readsIn>): Act => ({
  kind: 'custom',
  action,
  effect,
  reads,
});

/** `item/name`, or all of them in one `item`. */
const assignments = (parameters: JsonValue | undefined, names: Names): readonly Assignment[] =>
  membersOf(parameters)
    .flatMap(([key, value]) =>
      key === 'item'
        ? membersOf(value).map(([name, inner]) => [`item/${name}`, inner] as const)
        : [[key, value] as const],
    )
    .flatMap(([key, value]): readonly Assignment[] => {
      const name = /^item\/([^/]+?)(?:@odata\.bind)?$/.exec(key)?.[1];
      if (name === undefined) return [];
      return [{ field: named(name, placeOfKey(value)), value: valueFrom(value, names), place: placeOfKey(value) }];
    });

const isTriggerRow = (id: Value | undefined, table: Named | undefined, { object }: Around): boolean =>
  table?.name === object &&
  id?.kind === 'path' &&
  id.path.root.kind === 'record' &&
  id.path.segments.join() === `${object}id`;

/** The row that an action works on: the one that started the flow, or one that is known by its id. */
const rowOf = (
  parameters: JsonValue | undefined,
  around: Around,
  place: Place,
): Extract<Act, { readonly kind: 'delete' }>['target'] => {
  const id = member(parameters, 'recordId');
  const value = id && valueFrom(id, around.names);
  if (isTriggerRow(value, tableIn(parameters), around)) return { kind: 'trigger' };
  const name = textOf(id) ?? 'row';
  return { kind: 'path', path: pathOf({ kind: 'system', name }, [], name, id ? placeOf(id) : place) };
};

const listRows = (parameters: JsonValue | undefined, names: Names, place: Place): Act => {
  const object = tableIn(parameters) ?? named('', place);
  const filter = member(parameters, '$filter') ?? member(parameters, 'fetchXml');
  const top = numberOf(member(parameters, '$top'));
  const select = member(parameters, '$select');
  const columns = (textOf(select) ?? '').split(',').filter((name) => name.trim() !== '');
  return {
    kind: 'find',
    object,
    gives: 'list',
    ...(filter && !isBlank(filter)
      ? { where: conditionsOf(opaqueCondition(textOf(filter) ?? '', placeOf(filter), readsIn(filter, names))) }
      : {}),
    ...(top === undefined ? {} : { limit: top }),
    ...(select && columns.length > 0 ? { fields: columns.map((name) => named(name.trim(), placeOf(select))) } : {}),
  };
};

const recipients = (value: JsonValue | undefined, names: Names): readonly Party[] => {
  if (!value || isBlank(value)) return [];
  const place = placeOf(value);
  const read = valueFrom(value, names);
  if (read.kind === 'path') return [{ kind: 'path', path: read.path, place }];
  if (read.kind !== 'literal') return [{ kind: 'opaque', text: textOf(value) ?? '', place }];
  return String(read.value)
    .split(/[;,]/)
    .map((address) => address.trim())
    .filter((address) => address !== '')
    .map((address) => ({ kind: 'address', address, place }));
};

const mail = (parameters: JsonValue | undefined, names: Names): Act => {
  const field = (name: string): JsonValue | undefined => member(parameters, `emailMessage/${name}`);
  const [subject, body, from] = [field('Subject'), field('Body'), field('From')];
  const [sender] = recipients(from, names);
  return {
    kind: 'mail',
    to: recipients(field('To'), names),
    cc: recipients(field('Cc'), names),
    bcc: recipients(field('Bcc'), names),
    html: true,
    ...(sender ? { from: sender } : {}),
    ...(subject ? { subject: valueFrom(subject, names) } : {}),
    ...(body ? { body: valueFrom(body, names) } : {}),
  };
};

/** A connector's operation. */
const operation = (action: JsonValue, around: Around, place: Place): Act => {
  const { names } = around;
  const parameters = member(action, 'inputs', 'parameters');
  const id = namedOf(member(action, 'inputs', 'host', 'operationId')) ?? named('', place);
  const table = tableIn(parameters);
  const dataverse =
    table !== undefined || /commondataservice/i.test(textOf(member(action, 'inputs', 'host', 'apiId')) ?? '');
  const object = table ? { object: table } : {};
  const reads = readsIn(parameters, names);
  if (dataverse) {
    switch (id.name) {
      case 'CreateRecord':
        return { kind: 'create', set: assignments(parameters, names), ...object };
      case 'UpdateRecord':
      case 'UpdateOnlyRecord':
        return {
          kind: 'update',
          target: rowOf(parameters, around, place),
          set: assignments(parameters, names),
          ...object,
        };
      case 'DeleteRecord':
        return { kind: 'delete', target: rowOf(parameters, around, place), ...object };
      case 'ListRecords':
        return listRows(parameters, names, place);
      // A row that is not there makes the action fail, so that its result is never empty.
      case 'GetItem':
      case 'SearchRecords':
        return custom(id, 'none', reads);
      default:
        return custom(id, 'opaque', reads);
    }
  }
  if (/^SendEmailV\d$/.test(id.name)) return mail(parameters, names);
  if (/^StartAndWaitForAnApproval$/.test(id.name)) {
    const approvers = recipients(member(parameters, 'WebhookApprovalCreationInput/assignedTo'), names);
    const all = /^Basic(?:AwaitAll)$/.test(textOf(member(parameters, 'approvalType')) ?? '');
    return { kind: 'approval', approvers, takes: all ? 'all' : 'any' };
  }
  return custom(id, 'outside', reads);
};

const durationUnits: Readonly<Record<string, Unit>> = { D: 'day', H: 'hour', M: 'minute', S: 'second' };

/** `PT10S`, `P1D`: one part of an ISO 8601 duration. */
const isoDuration = (text: string | undefined): Duration | undefined => {
  const found = /^P(?:T(?=\d+[HMS]$)|(?=\d+D$))(\d{1,9})([DHMS])$/.exec(text ?? '');
  const unit = durationUnits[found?.[2] ?? ''];
  return found && unit ? { amount: Number(found[1]), unit } : undefined;
};

const http = (action: JsonValue, names: Names): Act => {
  const inputs = member(action, 'inputs');
  const [uri, body] = [member(inputs, 'uri'), member(inputs, 'body')];
  const method = textOf(member(inputs, 'method'));
  const timeout = isoDuration(textOf(member(action, 'limit', 'timeout')));
  return {
    kind: 'http',
    headers: membersOf(member(inputs, 'headers')).map(([name, value]) => ({
      field: named(name, placeOfKey(value)),
      value: valueFrom(value, names),
      place: placeOfKey(value),
    })),
    ...(uri ? { url: valueFrom(uri, names) } : {}),
    ...(method === undefined ? {} : { method }),
    ...(body ? { body: valueFrom(body, names) } : {}),
    ...(timeout ? { timeout } : {}),
  };
};

const waitUnits: Readonly<Record<string, Unit>> = {
  Second: 'second',
  Minute: 'minute',
  Hour: 'hour',
  Day: 'day',
  Week: 'week',
  Month: 'month',
};

const wait = (action: JsonValue, names: Names, place: Place): Act => {
  const amount = numberOf(member(action, 'inputs', 'interval', 'count'));
  const unit = waitUnits[textOf(member(action, 'inputs', 'interval', 'unit')) ?? ''];
  if (amount !== undefined && unit)
    return { kind: 'wait', until: { kind: 'duration', duration: { amount, unit }, place } };
  const until = member(action, 'inputs', 'until', 'timestamp');
  return { kind: 'wait', until: until ? { kind: 'date', value: valueFrom(until, names) } : { kind: 'opaque' } };
};

const changes: Readonly<Record<string, 'set' | 'add' | 'subtract' | 'append'>> = {
  SetVariable: 'set',
  IncrementVariable: 'add',
  DecrementVariable: 'subtract',
  AppendToArrayVariable: 'append',
  AppendToStringVariable: 'append',
};

/** A variable and what becomes of it. */
const assign = (type: string, action: JsonValue, names: Names, place: Place): Act => {
  const name = namedOf(member(action, 'inputs', 'name')) ?? named('', place);
  const value = member(action, 'inputs', 'value');
  const to = pathOf({ kind: 'variable', name: name.name }, [], name.name, name.place);
  return {
    kind: 'let',
    assigns: [
      {
        to,
        how: changes[type] ?? 'other',
        value: value ? valueFrom(value, names) : { kind: 'literal', value: null, place },
        place: name.place,
      },
    ],
  };
};

const initialize = (action: JsonValue, names: Names): Act => ({
  kind: 'let',
  assigns: itemsOf(member(action, 'inputs', 'variables')).flatMap((item) => {
    const name = namedOf(member(item, 'name'));
    const value = member(item, 'value');
    if (!name || !value) return [];
    const to = pathOf({ kind: 'variable', name: name.name }, [], name.name, name.place);
    return [{ to, how: 'set' as const, value: valueFrom(value, names), place: name.place }];
  }),
});

/** Actions that only work on data of the run. */
const inner: readonly string[] = [
  'Compose',
  'ParseJson',
  'Select',
  'Query',
  'Join',
  'Table',
  'Response',
  'Expression',
  'XmlValidation',
];

/** What an action does by itself; those that hold others are put together elsewhere. Undefined: a type that is newer. */
export const actOf = (action: JsonValue, around: Around, place: Place): Act | undefined => {
  const type = textOf(member(action, 'type')) ?? '';
  const { names } = around;
  const kind = named(type, place);
  switch (type) {
    case 'OpenApiConnection':
    case 'OpenApiConnectionWebhook':
    case 'ApiConnection':
    case 'ApiConnectionWebhook':
      return operation(action, around, place);
    case 'Http':
    case 'HttpWebhook':
      return http(action, names);
    case 'Workflow': {
      const called = namedOf(member(action, 'inputs', 'host', 'workflowReferenceName'));
      if (!called) return custom(kind, 'opaque', []);
      const inputs = membersOf(member(action, 'inputs', 'body')).map(([name, value]) => ({
        field: named(name, placeOfKey(value)),
        value: valueFrom(value, names),
        place: placeOfKey(value),
      }));
      return { kind: 'call', workflow: called, inputs };
    }
    case 'Wait':
      return wait(action, names, place);
    case 'InitializeVariable':
      return initialize(action, names);
    case 'Terminate':
      return textOf(member(action, 'inputs', 'runStatus')) === 'Failed' ? { kind: 'fail' } : { kind: 'stop' };
    default:
      if (Object.hasOwn(changes, type)) return assign(type, action, names, place);
      return inner.includes(type) ? custom(kind, 'none', readsIn(member(action, 'inputs'), names)) : undefined;
  }
};
