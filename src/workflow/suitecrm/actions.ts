import type { Named, Place } from '../../model/workflow/place.ts';
import type { Act, Assignment, Party, Step } from '../../model/workflow/step.ts';
import { named, opaqueValue, pathOf, recordPath } from '../build.ts';
import { placeOf } from '../source/json-places.ts';
import { idOf, isBlank, member, namedOf, placeOr } from '../source/json-read.ts';
import type { JsonValue } from '../source/json-value.ts';
import { entry, listed, type Parameter, parameterOf, words } from '../source/parameter.ts';
import { writtenValue } from './values.ts';

/** `field[]`, `value[]` and `value_type[]` side by side. */
const assignments = (parameters: Parameter | undefined): readonly Assignment[] => {
  const values = entry(parameters, 'value');
  const types = entry(parameters, 'value_type');
  return [...listed(entry(parameters, 'field'))].flatMap(([key, field]): readonly Assignment[] => {
    const name = words(field);
    if (name === undefined) return [];
    const value = writtenValue(words(entry(types, key)), entry(values, key), field.place);
    return [{ field: named(name, field.place), value, place: field.place }];
  });
};

const create = (parameters: Parameter | undefined): Act => {
  const object = entry(parameters, 'record_type');
  const name = words(object);
  return {
    kind: 'create',
    set: assignments(parameters),
    ...(object && name !== undefined ? { object: named(name, object.place) } : {}),
    // Relations may fill further fields.
    ...(listed(entry(parameters, 'rel')).size > 0 ? { more: true as const } : {}),
  };
};

const modify = (parameters: Parameter | undefined, module: string | undefined): Act => {
  const relation = entry(parameters, 'rel_type');
  const name = words(relation);
  const set = assignments(parameters);
  if (!relation || name === undefined || name === module) return { kind: 'update', target: { kind: 'trigger' }, set };
  return { kind: 'update', target: { kind: 'path', path: recordPath(name, relation.place) }, set, many: true };
};

const compute = (parameters: Parameter | undefined): Act => {
  const reads = [...listed(entry(parameters, 'parameter')).values()].flatMap((one) => {
    const name = words(one);
    return name === undefined ? [] : [recordPath(name, one.place)];
  });
  const contents = entry(parameters, 'formulaContent');
  const set = [...listed(entry(parameters, 'formula'))].flatMap(([key, field]): readonly Assignment[] => {
    const name = words(field);
    if (name === undefined) return [];
    const content = entry(contents, key);
    return [
      {
        field: named(name, field.place),
        value: opaqueValue(words(content) ?? '', content?.place ?? field.place, reads),
        place: field.place,
      },
    ];
  });
  return { kind: 'update', target: { kind: 'trigger' }, set };
};

const usersOf = (target: Parameter | undefined, place: Place): Party => {
  const [kind, group, role] = ['0', '1', '2'].map((key) => words(entry(target, key)));
  if (kind === 'role' && role !== undefined) return { kind: 'role', id: role, place };
  if (kind === 'security_group' && group !== undefined) return { kind: 'group', id: group, place };
  return { kind: 'opaque', text: 'all users', place };
};

const partyOf = (type: string, target: Parameter | undefined, place: Place): Party | undefined => {
  const text = words(target);
  switch (type) {
    case 'Email Address':
      return text === undefined ? undefined : { kind: 'address', address: text, place };
    case 'Specify User':
      return text === undefined ? undefined : { kind: 'user', id: text, place };
    case 'Users':
      return usersOf(target, place);
    case 'Record Email':
      return { kind: 'path', path: recordPath('email1', place), place };
    case 'Related Field':
      // The address of whichever records the relation leads to.
      return text === undefined ? undefined : { kind: 'opaque', text, place };
    default:
      return { kind: 'opaque', text: type, place };
  }
};

const mail = (parameters: Parameter | undefined, place: Place): Act => {
  const types = entry(parameters, 'email_target_type');
  const single = types?.kind === 'text';
  const targets = entry(
    parameters,
    single && words(types) === 'Specify User'
      ? 'email_user_id'
      : single && words(types) === 'Related Field'
        ? 'email_target'
        : 'email',
  );
  const ways = entry(parameters, 'email_to_type');
  const found = { to: [] as Party[], cc: [] as Party[], bcc: [] as Party[] };
  for (const [key, type] of listed(types)) {
    const target = single ? targets : entry(targets, key);
    const party = partyOf(words(type) ?? '', target, target?.place ?? type.place);
    const way = words(entry(ways, key));
    if (party) found[way === 'cc' || way === 'bcc' ? way : 'to'].push(party);
  }
  const template = entry(parameters, 'email_template');
  const id = words(template);
  return {
    kind: 'mail',
    ...found,
    html: true,
    ...(template && id !== undefined ? { template: named(id, template.place) } : {}),
    about: pathOf({ kind: 'record' }, [], 'record', place),
  };
};

export interface ReadStep {
  readonly step: Step;
  readonly unknown?: Named;
}

/** One row of aow_actions. What its parameters are may be unreadable: then it may do anything. */
export const readAction = (row: JsonValue, module: string | undefined, id: string): ReadStep => {
  const action = namedOf(member(row, 'action'));
  const value = member(row, 'parameters');
  const parameters = parameterOf(value);
  const place = placeOr(member(row, 'name') ?? member(row, 'action'), row);
  const label = idOf(member(row, 'name'));
  const readable = parameters !== undefined || isBlank(value);
  const acts: Readonly<Record<string, () => Act>> = {
    CreateRecord: () => create(parameters),
    ModifyRecord: () => modify(parameters, module),
    SendEmail: () => mail(parameters, value ? placeOf(value) : place),
    ComputeField: () => compute(parameters),
  };
  const known = action && Object.hasOwn(acts, action.name) ? acts[action.name] : undefined;
  const name = action ?? named('', place);
  const act: Act = known && readable ? known() : { kind: 'custom', action: name, effect: 'opaque', reads: [] };
  const step: Step = {
    id,
    ...(label === undefined || label === '' ? {} : { label }),
    place,
    canFail: true,
    mayHandleErrors: false,
    ...act,
  };
  return known ? { step } : { step, unknown: name };
};
