import type { Conditions } from '../../model/workflow/condition.ts';
import type { Named } from '../../model/workflow/place.ts';
import type { Act, Target } from '../../model/workflow/step.ts';
import type { Path } from '../../model/workflow/value.ts';
import { numberIn, oneOrMany, textIn } from '../source/expect.ts';
import { entryOf, type TreeEntry, type TreeNode } from '../source/tree.ts';
import { conditionsOf } from './condition.ts';
import { partyOf } from './party.ts';
import { pathOf } from './path.ts';
import { type Scope, wrong } from './scope.ts';
import {
  type ActionForm,
  assignmentsIn,
  besideOf,
  missing,
  nameIn,
  opaqueAct,
  type StepReading,
  unknownParameter,
} from './step-reading.ts';

const whereIn = (node: TreeNode | undefined, scope: Scope): { readonly where?: Conditions } => {
  const where = node && conditionsOf(node, { ...scope, candidate: true });
  return where ? { where } : {};
};

/** `record`, `item`, a step's id or a variable; undefined for what can only be the name of an object. */
const recordPath = ({ name, place }: Named, scope: Scope): Path | undefined => {
  const path = pathOf(name, place, scope, 'nothing');
  const { kind } = path?.root ?? { kind: 'undefined' };
  return kind === 'record' || kind === 'item' || kind === 'step' || kind === 'variable' ? path : undefined;
};

const targetOf = (name: Named, step: StepReading): Target => {
  const where = entryOf(step.outline.map, 'where');
  const path = recordPath(name, step.scope);
  if (!path) return { kind: 'query', object: name, ...whereIn(where?.value, step.scope) };
  // It would look as if only some records were meant.
  if (where) unknownParameter(step, where, ['set']);
  return path.root.kind === 'record' && path.segments.length === 0 ? { kind: 'trigger' } : { kind: 'path', path };
};

const many = (target: Target): { readonly object?: Named; readonly many?: boolean } =>
  target.kind === 'query' ? { object: target.object, many: true } : {};

const setOf = (step: StepReading): TreeNode | undefined => {
  const node = besideOf(step, 'set');
  if (!node || (node.kind === 'scalar' && node.value === null)) missing(step, 'set');
  return node;
};

const readUpdate = (entry: TreeEntry, step: StepReading): Act => {
  const set = assignmentsIn(setOf(step), 'set', step.scope);
  const name = nameIn(entry, step);
  if (!name) return opaqueAct('update', entry.keyPlace);
  const target = targetOf(name, step);
  return { kind: 'update', target, set, ...many(target) };
};

const readCreate = (entry: TreeEntry, step: StepReading): Act => {
  const object = nameIn(entry, step);
  return {
    kind: 'create',
    set: assignmentsIn(besideOf(step, 'set'), 'set', step.scope),
    ...(object ? { object } : {}),
  };
};

const readDelete = (entry: TreeEntry, step: StepReading): Act => {
  const name = nameIn(entry, step);
  if (!name) return opaqueAct('delete', entry.keyPlace);
  const target = targetOf(name, step);
  return { kind: 'delete', target, ...many(target) };
};

const sortOf = (node: TreeNode, scope: Scope) =>
  oneOrMany(node).flatMap((item) => {
    const text = textIn(item, 'sort', scope.complain);
    const descending = text?.startsWith('-') === true;
    const name = descending ? text?.slice(1) : text;
    return name === undefined ? [] : [{ field: { name, place: item.place }, descending }];
  });

const limitOf = (node: TreeNode, scope: Scope): number | undefined => {
  const limit = numberIn(node, 'limit', scope.complain);
  if (limit === undefined || (Number.isInteger(limit) && limit > 0)) return limit;
  wrong(
    scope,
    node.place,
    { en: `limit: ${limit} is no number of records`, ja: `limit: ${limit} は件数として使えません` },
    { en: 'write a whole number from 1', ja: '1 以上の整数を書いてください' },
  );
  return undefined;
};

const readFind = (entry: TreeEntry, step: StepReading): Act => {
  const { scope } = step;
  const object = nameIn(entry, step);
  const limitNode = besideOf(step, 'limit');
  const limit = limitNode && limitOf(limitNode, scope);
  const sort = besideOf(step, 'sort');
  const where = whereIn(besideOf(step, 'where'), scope);
  if (!object) return opaqueAct('find', entry.keyPlace);
  return {
    kind: 'find',
    object,
    ...where,
    ...(sort ? { sort: sortOf(sort, scope) } : {}),
    gives: limit === 1 ? 'one' : 'list',
    ...(limit === undefined ? {} : { limit }),
  };
};

const readAssign = ({ key, value, keyPlace }: TreeEntry, step: StepReading): Act => {
  if (value.kind === 'scalar' && value.value === null) {
    missing(step, key);
    return opaqueAct(key, keyPlace);
  }
  const node = besideOf(step, 'of');
  const name = node && textIn(node, 'of', step.scope.complain);
  const path = node && name !== undefined ? pathOf(name, node.place, step.scope, 'nothing') : undefined;
  return { kind: 'assign', to: partyOf(value, key, step.scope), ...(path ? { of: path } : {}) };
};

/** Steps that look for records and change them. */
export const recordActs: Readonly<Record<string, ActionForm>> = {
  update: { beside: ['set', 'where'], canFail: true, read: readUpdate },
  create: { beside: ['set'], canFail: true, read: readCreate },
  delete: { beside: ['where'], canFail: true, read: readDelete },
  find: { beside: ['where', 'sort', 'limit'], canFail: false, read: readFind },
  assign: { beside: ['of'], canFail: true, read: readAssign },
};
