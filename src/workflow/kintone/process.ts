import type { Field } from '../../model/workflow/schema.ts';
import type { Party } from '../../model/workflow/step.ts';
import type { State, Transition, Workflow } from '../../model/workflow/workflow.ts';
import { named, opaqueCondition, recordPath, triggerWith, workflowWith } from '../build.ts';
import { placeOf, placeOfKey } from '../source/json-places.ts';
import {
  booleanOf,
  idOf,
  isRecord,
  itemsOf,
  member,
  membersOf,
  namedOf,
  numberOf,
  placeOr,
  textOf,
} from '../source/json-read.ts';
import type { JsonValue } from '../source/json-value.ts';
import { filterConditions } from './condition.ts';

/** Somebody in the settings of a process or of access rights. */
export const partyOf = (entity: JsonValue): Party => {
  const place = placeOf(entity);
  const type = textOf(member(entity, 'type')) ?? '';
  const code = idOf(member(entity, 'code')) ?? '';
  const codePlace = placeOr(member(entity, 'code'), entity);
  switch (type) {
    case 'USER':
      return { kind: 'user', id: code, place: codePlace };
    case 'GROUP':
    case 'ORGANIZATION':
      return { kind: 'group', id: code, place: codePlace };
    case 'FIELD_ENTITY':
      return { kind: 'path', path: recordPath(code, codePlace), place: codePlace };
    case 'CREATOR':
      return { kind: 'creator', place };
    default:
      return { kind: 'opaque', text: `${type} ${code}`.trim(), place };
  }
};

const partiesOf = (entities: JsonValue | undefined): readonly Party[] =>
  itemsOf(entities).map((item) => partyOf(member(item, 'entity') ?? item));

const takes = { ONE: 'one', ALL: 'all', ANY: 'any' } as const;
const takesOf = (type: string | undefined): 'one' | 'all' | 'any' =>
  type === 'ALL' || type === 'ANY' ? takes[type] : 'one';

const statesOf = (states: JsonValue | undefined): readonly State[] => {
  const found = membersOf(states).map(([id, value], at) => ({
    id,
    value,
    index: numberOf(member(value, 'index')) ?? at,
  }));
  const first = Math.min(...found.map(({ index }) => index));
  const last = Math.max(...found.map(({ index }) => index));
  return found.map(({ id, value, index }) => {
    const assignee = member(value, 'assignee');
    const parties = partiesOf(member(assignee, 'entities'));
    const label = textOf(member(value, 'name'));
    return {
      id,
      ...(label === undefined ? {} : { label }),
      place: placeOfKey(value),
      start: index === first,
      // Where nobody is assigned anybody may act, so that nothing waits for a person who does not come.
      final: index === last || parties.length === 0,
      ...(parties.length > 0 && assignee
        ? { assignees: { parties, takes: takesOf(textOf(member(assignee, 'type'))), place: placeOf(assignee) } }
        : {}),
    };
  });
};

const transitionOf = (action: JsonValue, fieldOf: (code: string) => Field | undefined): Transition | undefined => {
  const from = namedOf(member(action, 'from'));
  const to = namedOf(member(action, 'to'));
  if (!from || !to) return undefined;
  const filter = member(action, 'filterCond');
  const by = partiesOf(member(action, 'executableUser', 'entities'));
  const when =
    filter?.kind === 'text' && filter.value.trim() !== ''
      ? { when: filterConditions(filter, fieldOf) }
      : filter && filter.kind !== 'text' && filter.kind !== 'null'
        ? { when: { condition: opaqueCondition('', placeOf(filter)), tests: [], place: placeOf(filter) } }
        : {};
  return {
    name: idOf(member(action, 'name')) ?? '',
    from,
    to,
    ...when,
    ...(by.length > 0 ? { by } : {}),
    place: placeOr(member(action, 'name'), action),
  };
};

/** The process of one app, as the API for process management gives it. */
export const processOf = (
  root: JsonValue,
  about: {
    readonly id: string;
    readonly object: string | undefined;
    readonly fieldOf: (code: string) => Field | undefined;
  },
): Workflow => {
  const place = placeOf(root);
  const enable = member(root, 'enable');
  const actions = member(root, 'actions');
  const statesPlace = placeOfKey(member(root, 'states') ?? root);
  const transitions = itemsOf(actions)
    .filter(isRecord)
    .map((action) => transitionOf(action, about.fieldOf))
    .filter((transition) => transition !== undefined);
  const revision = idOf(member(root, 'revision'));
  return workflowWith({
    id: about.id,
    format: 'KI',
    kind: 'states',
    status: booleanOf(enable) === false ? 'inactive' : 'active',
    ...(enable ? { statusPlace: placeOf(enable) } : {}),
    ...(about.object === undefined ? {} : { object: named(about.object, statesPlace) }),
    ...(revision === undefined ? {} : { version: revision }),
    runAs: { kind: 'user' },
    triggers: [triggerWith({ id: 'actions', on: 'transition', place: actions ? placeOfKey(actions) : place })],
    states: statesOf(member(root, 'states')),
    transitions,
    place: statesPlace,
  });
};
