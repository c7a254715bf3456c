import { rememberFor } from '../../model/remember.ts';
import type { Field, ObjectSchema, Schema } from '../../model/workflow/schema.ts';
import type { Path } from '../../model/workflow/value.ts';
import type { Variable, Workflow } from '../../model/workflow/workflow.ts';
import { graphOf } from './graph.ts';
import { nearestName } from './nearest-name.ts';

/** What a path leads to. */
export type Resolved =
  | {
      readonly kind: 'field';
      readonly object: ObjectSchema;
      readonly field: Field;
      /** A relation on the way may be empty, or leads to many. */
      readonly overOptional: boolean;
      readonly overMany: boolean;
    }
  /** A whole record, or a list of them; `object` where it is known. */
  | { readonly kind: 'record'; readonly object?: string; readonly many: boolean }
  | { readonly kind: 'variable'; readonly variable: Variable }
  | {
      readonly kind: 'no-field';
      readonly object: ObjectSchema;
      /** The name that the object does not have, and its position in the path. */
      readonly name: string;
      readonly segment: number;
      /** The schema says that it lists everything. */
      readonly certain: boolean;
      readonly nearest?: string;
    }
  | { readonly kind: 'no-object'; readonly object: string; readonly certain: boolean; readonly nearest?: string }
  /** A field in the middle of the path that is no relation. */
  | { readonly kind: 'no-relation'; readonly object: ObjectSchema; readonly field: Field; readonly segment: number }
  /** The root names no variable, step or input. */
  | { readonly kind: 'undefined'; readonly name: string; readonly nearest?: string }
  | { readonly kind: 'unknown' };

const unknown: Resolved = { kind: 'unknown' };

const lowered = rememberFor(<Value>(map: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> => {
  const result = new Map<string, Value>();
  for (const [key, value] of map) result.set(key.toLowerCase(), value);
  return result;
}) as <Value>(map: ReadonlyMap<string, Value>) => ReadonlyMap<string, Value>;

/** A name of the schema, in any letter case where the system does not tell them apart. */
export const entryOf = <Value>(
  map: ReadonlyMap<string, Value> | undefined,
  name: string,
  schema: Schema,
): Value | undefined => map?.get(name) ?? (schema.ignoreCase && map ? lowered(map).get(name.toLowerCase()) : undefined);

/** A name that belongs to an installed package (`ns__Thing__c`): what it has is not in the customer's own files. */
const managed = /^[A-Za-z]\w*?__\w+__\w+$/;

/** A name that the customer gave, in Salesforce's way: `Thing__c`, and not `Industry` or `ns__Thing__c`. */
const ownName = /^(?:(?!__)\w)+__[cr]$/i;

/** An export that holds none of them was made without them. */
const hasOwnFields = rememberFor(({ fields }: ObjectSchema): boolean =>
  [...fields.keys()].some((name) => ownName.test(name)),
);

/** An object that the customer made, in Salesforce's way. */
const ownObject = /^(?:(?!__)\w)+__(?:c|mdt|e|b|x|kav)$/i;

/** The schema comes from an export, which need not hold this object: it is the platform's or that of a package. */
export const isOutsideExport = (schema: Schema, name: string): boolean =>
  schema.ignoreCase === true && !schema.complete && !ownObject.test(name);

/** The schema says nothing of this field: the object may have it or not. */
export const isUnlisted = (object: ObjectSchema, name: string): boolean =>
  object.ownFieldsOnly === true && !(ownName.test(name) && hasOwnFields(object));

/** Whether "it is not in the schema" means that it does not exist. */
export const isComplete = (schema: Schema, object: ObjectSchema | undefined, name: string): boolean =>
  (object ? object.complete : schema.complete) && !managed.test(name);

// Every system has people; a schema need not list what `User` is made of.
const field = (name: string, type: Field['type'], more: Partial<Field> = {}): [string, Field] => [
  name,
  { name, type, required: false, hasDefault: false, restricted: false, unique: false, readOnly: false, ...more },
];
const builtInUser: ObjectSchema = {
  name: 'User',
  fields: new Map([
    field('id', 'id', { readOnly: true, required: true }),
    field('name', 'text', { required: true }),
    field('email', 'email', { required: true }),
    field('role', 'text'),
    field('active', 'boolean', { required: true }),
    field('manager', 'reference', { to: ['User'] }),
  ]),
  rules: [],
  complete: false,
  settings: false,
};

export const objectOf = (schema: Schema, name: string): ObjectSchema | undefined =>
  entryOf(schema.objects, name, schema) ?? (name === 'User' ? builtInUser : undefined);

/** The field behind the name of a relation: Salesforce writes `Account.Name` for `AccountId`, `Boss__r` for `Boss__c`. */
const relationField = (object: ObjectSchema, name: string, schema: Schema, workflow: Workflow): Field | undefined => {
  const own = entryOf(object.fields, name, schema);
  if (own || !(workflow.format === 'SF' || workflow.format === 'WR' || workflow.format === 'AP')) return own;
  return entryOf(object.fields, /__r$/i.test(name) ? name.replace(/__r$/i, '__c') : `${name}Id`, schema);
};

/** More loops and results that lead to each other than any real workflow has. */
const maximumHops = 20;

interface RootRecord {
  readonly kind: 'record';
  readonly object?: string;
  readonly many: boolean;
}

/** The kind of record that a root without segments is. */
const rootOf = (
  path: Path,
  workflow: Workflow,
  schema: Schema,
  candidate: string | undefined,
  hops: number,
): RootRecord | Resolved => {
  const { root } = path;
  const record = (object: string | undefined, many = false): RootRecord => ({
    kind: 'record',
    many,
    ...(object === undefined ? {} : { object }),
  });
  switch (root.kind) {
    case 'record':
    case 'prior':
      return record(workflow.object?.name);
    case 'candidate':
      return record(candidate);
    case 'user':
      return record('User');
    case 'variable': {
      const variable = workflow.variables.find(({ name }) => name === root.name);
      if (!variable) return { kind: 'undefined', name: root.name };
      if (variable.type === 'record' || variable.object !== undefined) return record(variable.object, variable.list);
      return { kind: 'variable', variable };
    }
    case 'item': {
      const loop = root.loop === undefined ? undefined : graphOf(workflow).steps.get(root.loop);
      if (loop?.kind !== 'loop' || loop.over?.kind !== 'path' || hops > maximumHops) return unknown;
      const over = resolved(loop.over.path, workflow, schema, undefined, hops + 1);
      if (over.kind === 'record') return record(over.object);
      if (over.kind === 'field') return record(over.field.to?.length === 1 ? over.field.to[0] : undefined);
      return unknown;
    }
    case 'step': {
      const step = graphOf(workflow).steps.get(root.step);
      if (!step) return { kind: 'undefined', name: root.step };
      if (step.kind === 'find') return record(step.object.name, step.gives === 'list');
      if (step.kind === 'create') return record(step.object?.name, step.many === true);
      return unknown;
    }
    case 'undefined':
      return { kind: 'undefined', name: root.name };
    case 'input':
    case 'error':
    case 'system':
      return unknown;
  }
};

const resolved = (
  path: Path,
  workflow: Workflow,
  schema: Schema,
  candidate: string | undefined,
  hops: number,
): Resolved => {
  const start = rootOf(path, workflow, schema, candidate, hops);
  if (path.segments.length === 0 || start.kind !== 'record') return start;
  let name = start.object;
  let overMany = start.many;
  let overOptional = false;
  for (const [segment, word] of path.segments.entries()) {
    if (name === undefined || !schema.objects) return unknown;
    const object = objectOf(schema, name);
    if (!object) {
      if (isOutsideExport(schema, name)) return unknown;
      const nearest = nearestName(name, [...schema.objects.keys()]);
      return {
        kind: 'no-object',
        object: name,
        certain: isComplete(schema, undefined, name),
        ...(nearest === undefined ? {} : { nearest }),
      };
    }
    const last = segment === path.segments.length - 1;
    const found =
      (last ? entryOf(object.fields, word, schema) : undefined) ?? relationField(object, word, schema, workflow);
    if (!found) {
      if (isUnlisted(object, word)) return unknown;
      const nearest = nearestName(word, [...object.fields.keys()]);
      return {
        kind: 'no-field',
        object,
        name: word,
        segment,
        certain: isComplete(schema, object, word),
        ...(nearest === undefined ? {} : { nearest }),
      };
    }
    if (last) return { kind: 'field', object, field: found, overOptional, overMany };
    if (found.type !== 'reference' && found.type !== 'references')
      return { kind: 'no-relation', object, field: found, segment };
    if (found.type === 'references') overMany = true;
    if (!found.required) overOptional = true;
    name = found.to?.length === 1 ? found.to[0] : undefined;
  }
  return unknown;
};

/** Where a path leads. `candidate`: the object of the filter (`where`) that it stands in. */
export const resolve = (path: Path, workflow: Workflow, schema: Schema, candidate?: string): Resolved =>
  resolved(path, workflow, schema, candidate, 0);
