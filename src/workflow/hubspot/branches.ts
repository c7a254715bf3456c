import type { Place } from '../../model/workflow/place.ts';
import type { Act, Branch, Edge } from '../../model/workflow/step.ts';
import type { Value } from '../../model/workflow/value.ts';
import { conditionsOf, literal, opaqueCondition, opaqueValue } from '../build.ts';
import { placeOf } from '../source/json-places.ts';
import { idOf, isRecord, itemsOf, member, membersOf, namedOf, textOf } from '../source/json-read.ts';
import type { JsonValue } from '../source/json-value.ts';
import { branchCondition } from './filters.ts';
import { inputValue } from './values.ts';

/** An action, its fields, and the record type that the workflow runs on. */
export interface Read {
  readonly action: JsonValue;
  readonly fields: JsonValue | undefined;
  readonly object: string | undefined;
  readonly place: Place;
}

/** `{ edgeType, nextActionId }`; without an id the run ends there. */
export const edgeOf = (connection: JsonValue | undefined, otherwise: Place): Edge => {
  const next = namedOf(member(connection, 'nextActionId'));
  if (!next) return { place: isRecord(connection) ? placeOf(connection) : otherwise };
  const jump = textOf(member(connection, 'edgeType')) === 'GO-TO';
  return { to: next.name, place: next.place, ...(jump ? { jump: true as const } : {}) };
};

/** `LIST_BRANCH`: the first branch whose filter holds. */
export const listBranches = ({ action, place }: Read): Act => {
  const branches = itemsOf(member(action, 'listBranches')).map((item): Branch => {
    const filter = member(item, 'filterBranch');
    const name = textOf(member(item, 'branchName'));
    const at = placeOf(item);
    return {
      ...(name === undefined ? {} : { name }),
      when: conditionsOf(isRecord(filter) ? branchCondition(filter) : opaqueCondition('', at)),
      edge: edgeOf(member(item, 'connection'), at),
      place: filter ? placeOf(filter) : at,
    };
  });
  return {
    kind: 'decision',
    takes: 'first',
    branches,
    otherwise: edgeOf(member(action, 'defaultBranch'), place),
    hasDefault: true,
  };
};

/** `STATIC_BRANCH`: a branch for each value. */
export const staticBranches = ({ action, place }: Read): Act => {
  const left: Value = inputValue(member(action, 'inputValue')) ?? opaqueValue('', place);
  const branches = itemsOf(member(action, 'staticBranches')).map((item): Branch => {
    const value = member(item, 'branchValue');
    const at = placeOf(item);
    const written = idOf(value);
    const equal =
      written === undefined || !value
        ? opaqueCondition('', at)
        : ({ kind: 'test', left, op: 'eq', right: literal(written, placeOf(value)), place: placeOf(value) } as const);
    return {
      ...(written === undefined ? {} : { name: written }),
      when: conditionsOf(equal),
      edge: edgeOf(member(item, 'connection'), at),
      place: value ? placeOf(value) : at,
    };
  });
  return {
    kind: 'decision',
    takes: 'first',
    branches,
    otherwise: edgeOf(member(action, 'defaultBranch'), place),
    hasDefault: true,
  };
};

/** Records are dealt out by chance. */
export const chanceBranches = ({ action, place }: Read): Act => {
  const ways = membersOf(action)
    .flatMap(([, value]) => itemsOf(value))
    .filter((item) => member(item, 'connection'))
    .map((item) => edgeOf(member(item, 'connection'), placeOf(item)));
  return {
    kind: 'decision',
    takes: 'first',
    branches: ways.map((edge) => ({
      when: conditionsOf(opaqueCondition('AB_TEST_BRANCH', edge.place)),
      edge,
      place: edge.place,
    })),
    otherwise: edgeOf(member(action, 'defaultBranch'), place),
    hasDefault: true,
  };
};
