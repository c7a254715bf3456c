import { rememberFor } from '../../../model/remember.ts';
import type { FieldType, Schema } from '../../../model/workflow/schema.ts';
import type { Path } from '../../../model/workflow/value.ts';
import type { Format, Workflow } from '../../../model/workflow/workflow.ts';
import { graphOf } from '../graph.ts';
import { type Resolved, resolve } from '../resolve.ts';
import type { LetterCase } from './texts.ts';

export type Filled = 'none' | 'required' | 'all';

/** Where a condition stands: what its paths mean. */
export interface Where {
  readonly workflow: Workflow;
  readonly schema: Schema;
  /** The object of the filter (`where:`) that it is. */
  readonly candidate?: string;
  /** What a path stands for, where that is not itself: the record after a write, for instance. */
  readonly stands?: (path: Path) => Standing;
  /** What has a value: nothing is sure (default), required fields (a stored record), or everything (to look for plain examples). */
  readonly filled?: Filled;
}

/** Another path, by its key (`keyOf`), or a value that it certainly has, or nothing that is known. */
export type Standing =
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'value'; readonly value: string | number | boolean | null }
  | { readonly kind: 'free' };

const salesforce = (format: Format): boolean => format === 'SF' || format === 'WR' || format === 'AP';

/** Native YAML compares exactly, Salesforce ignores case; the databases under the others differ by their settings. */
export const letterCaseOf = ({ format }: Workflow): LetterCase =>
  format === 'NY' ? 'exact' : salesforce(format) ? 'ignored' : 'unknown';

/** One name of a path: two paths with the same key have the same value while one condition is looked at. */
export const keyOf = (path: Path, { workflow, schema, candidate }: Omit<Where, 'stands' | 'filled'>): string => {
  const { root } = path;
  const ignore = schema.ignoreCase === true || salesforce(workflow.format);
  const rest = path.segments.join('.');
  const name = ignore ? rest.toLowerCase() : rest;
  switch (root.kind) {
    case 'record':
    case 'prior':
    case 'user':
      return `${root.kind}.${name}`;
    case 'candidate':
      return `candidate ${candidate ?? ''}.${name}`;
    case 'input':
    case 'error':
      return `${workflow.id} ${root.kind}.${name}`;
    case 'system':
      return `system ${root.name}.${name}`;
    case 'variable':
      return `${workflow.id} var ${ignore ? root.name.toLowerCase() : root.name}.${name}`;
    case 'undefined':
      return `${workflow.id} undefined ${root.name}.${name}`;
    case 'step':
      return `${workflow.id} step ${root.step}.${name}`;
    case 'item':
      return `${workflow.id} item ${root.loop ?? ''}.${name}`;
  }
};

/** What is known of the values of a path. */
export interface Kind {
  readonly type?: FieldType;
  /** Every value that can be stored, where the list is closed. */
  readonly closed?: readonly string[];
  readonly required: boolean;
  /** `values`: a multiple choice. `records`: it leads to several records, and a test speaks of any of them. */
  readonly many: 'no' | 'values' | 'records';
}

/** A relation that is not in the schema may lead to many records, except where the platform only walks upwards, or its name says that it is one. */
const mayLeadToMany = ({ segments }: Path, format: Format): boolean => {
  if (segments.length < 2 || salesforce(format)) return false;
  // Odoo's convention: `stage_id` is one record, `tag_ids` are several.
  return format !== 'OD' || !segments.slice(0, -1).every((word) => word.endsWith('_id'));
};

const computeKind = (path: Path, where: Where): Kind => {
  const { workflow, schema, candidate } = where;
  const found: Resolved = resolve(path, workflow, schema, candidate);
  const free: Kind = { required: false, many: 'no' };
  const step = path.root.kind === 'step' ? graphOf(workflow).steps.get(path.root.step) : undefined;
  if (step?.kind === 'find' && step.gives === 'list') return { ...free, many: 'records' };
  // A lookup may have found nothing, and then even a required field of its result is empty.
  const { kind } = path.root;
  const isThere = kind !== 'prior' && kind !== 'variable' && (kind !== 'step' || step?.kind === 'create');
  switch (found.kind) {
    case 'field': {
      const { field, overMany, overOptional } = found;
      const several = field.type === 'multipicklist' || field.type === 'references';
      const many = overMany ? 'records' : several ? 'values' : 'no';
      return {
        type: field.type,
        many,
        required: field.required && !overOptional && isThere,
        ...(field.choices && field.restricted && many === 'no'
          ? { closed: field.choices.map(({ value }) => value) }
          : {}),
      };
    }
    case 'variable': {
      const { type, list } = found.variable;
      return {
        required: false,
        many: list ? 'records' : 'no',
        ...(type === undefined || type === 'record' ? {} : { type }),
      };
    }
    case 'record':
      return { ...free, many: found.many ? 'records' : 'no' };
    case 'no-field':
    case 'no-object':
    case 'no-relation':
    case 'undefined':
    case 'unknown':
      return { ...free, many: mayLeadToMany(path, workflow.format) ? 'records' : 'no' };
  }
};

const kindsOf = rememberFor((_: Schema) => new WeakMap<Path, Kind>());

/** A path stands in one place of one definition, so that what it is depends on nothing but the schema. */
export const kindOf = (path: Path, where: Where): Kind => {
  const known = kindsOf(where.schema);
  const found = known.get(path);
  if (found) return found;
  const kind = computeKind(path, where);
  known.set(path, kind);
  return kind;
};
