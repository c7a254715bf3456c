import type { Conditions } from '../../model/workflow/condition.ts';
import type { Schema } from '../../model/workflow/schema.ts';
import { objectOf } from './resolve.ts';

/** Whether a filter is none: absent, empty, or written as always true. What is not understood is a filter. */
export const letsAllPass = (where: Conditions | undefined): boolean => {
  const condition = where?.condition;
  if (!condition) return true;
  return condition.kind === 'constant' ? condition.value : condition.kind === 'all' && condition.of.length === 0;
};

/** A small object that is meant as a whole: marked so, or one of Salesforce that has one record or holds settings (custom metadata). */
export const holdsSettings = (object: string, schema: Schema): boolean =>
  objectOf(schema, object)?.settings === true || /__mdt$/i.test(object) || object === 'Organization';
