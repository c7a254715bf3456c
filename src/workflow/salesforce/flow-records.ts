import type { Conditions } from '../../model/workflow/condition.ts';
import type { Named } from '../../model/workflow/place.ts';
import type { Act, Target } from '../../model/workflow/step.ts';
import type { Path } from '../../model/workflow/value.ts';
import type { XmlElement } from '../source/xml-element.ts';
import { filtersIn } from './flow-conditions.ts';
import { assignmentsIn, namedIn, pathIn } from './flow-parts.ts';
import type { FlowReader } from './flow-reader.ts';

/** The one record that filters name by its id, where they do. */
const byId = (where: Conditions | undefined): Path | undefined => {
  const [only] = where?.tests ?? [];
  if (!where || where.condition !== only || only?.kind !== 'test' || only.op !== 'eq') return undefined;
  if (only.left.kind !== 'path' || only.left.path.text.toLowerCase() !== 'id') return undefined;
  return only.right?.kind === 'path' ? only.right.path : undefined;
};

const isTriggerId = (path: Path | undefined): boolean =>
  path?.root.kind === 'record' && path.segments.length === 1 && path.segments[0]?.toLowerCase() === 'id';

interface Aimed {
  readonly target: Target;
  readonly object?: Named;
  readonly many: boolean;
  /** What fills the record that is named. */
  readonly record?: Path;
}

/** Which records an update or a delete is for. */
const aimOf = (element: XmlElement, reader: FlowReader): Aimed | undefined => {
  const record = pathIn(element, 'inputReference', reader);
  if (record) {
    const target: Target =
      record.root.kind === 'record' && record.segments.length === 0
        ? { kind: 'trigger' }
        : { kind: 'path', path: record };
    const many = record.root.kind === 'variable' && reader.names.isList(record.root.name);
    return { target, many, record };
  }
  const object = namedIn(element, 'object');
  if (!object) return undefined;
  const where = filtersIn(element, { kind: 'candidate' }, reader);
  const id = byId(where);
  const own = object.name.toLowerCase() === reader.object?.toLowerCase();
  if (own && isTriggerId(id)) return { target: { kind: 'trigger' }, object, many: false };
  return { target: { kind: 'query', object, ...(where ? { where } : {}) }, object, many: id === undefined };
};

/** `recordUpdates`; undefined where it names no record. */
export const update = (element: XmlElement, reader: FlowReader): Act | undefined => {
  const aim = aimOf(element, reader);
  if (!aim) return undefined;
  const given = assignmentsIn(element, 'inputAssignments', 'field', reader);
  const filled = aim.record && given.length === 0 ? reader.writes.into(aim.record) : undefined;
  return {
    kind: 'update',
    target: aim.target,
    ...(aim.object ? { object: aim.object } : {}),
    set: filled?.set ?? given,
    ...(filled?.more ? { more: true } : {}),
    ...(aim.many ? { many: true } : {}),
  };
};

/** `recordDeletes`; undefined where it names no record. */
export const remove = (element: XmlElement, reader: FlowReader): Act | undefined => {
  const aim = aimOf(element, reader);
  if (!aim) return undefined;
  const { target, object, many } = aim;
  return { kind: 'delete', target, ...(object ? { object } : {}), ...(many ? { many } : {}) };
};

/** `recordCreates` */
export const create = (element: XmlElement, reader: FlowReader): Act => {
  const from = pathIn(element, 'inputReference', reader);
  const object = namedIn(element, 'object') ?? (from ? reader.objectOf(from) : undefined);
  const filled = from ? reader.writes.into(from) : undefined;
  return {
    kind: 'create',
    ...(object ? { object } : {}),
    set: filled?.set ?? assignmentsIn(element, 'inputAssignments', 'field', reader),
    ...(from ? { from } : {}),
    // A list that is never filled creates nothing, so nothing is missing either.
    ...(filled && (filled.more || filled.stored || filled.set.length === 0) ? { more: true } : {}),
    ...(from?.root.kind === 'variable' && reader.names.isList(from.root.name) ? { many: true } : {}),
  };
};

/** `recordLookups`; undefined where it names no object. */
export const lookup = (element: XmlElement, reader: FlowReader): Act | undefined => {
  const object = namedIn(element, 'object');
  if (!object) return undefined;
  const where = filtersIn(element, { kind: 'candidate' }, reader);
  const into = pathIn(element, 'outputReference', reader);
  const stored = element.textOf('storeOutputAutomatically') === 'true';
  const intoList = into?.root.kind === 'variable' && reader.names.isList(into.root.name);
  // Older flows do not say it: a variable for one record takes the first.
  const one = element.textOf('getFirstRecordOnly') === 'true' || (!stored && !intoList);
  const sortField = namedIn(element, 'sortField');
  const limit = Number(element.textOf('limit'));
  const fields = element.all('queriedFields').map((each) => ({ name: each.text.trim(), place: each.textPlace }));
  return {
    kind: 'find',
    object,
    ...(where ? { where } : {}),
    ...(sortField ? { sort: [{ field: sortField, descending: element.textOf('sortOrder') === 'Desc' }] } : {}),
    gives: one ? 'one' : 'list',
    ...(limit > 0 ? { limit } : {}),
    ...(fields.length > 0 ? { fields } : {}),
    ...(into ? { into } : {}),
  };
};
