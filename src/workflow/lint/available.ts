import type { Need } from '../../model/workflow/rule.ts';
import type { Schema } from '../../model/workflow/schema.ts';

/** What of the rules' needs is known here. A part of the schema that is absent is unknown, not empty. */
export const available = (schema: Schema): ReadonlySet<Need> => {
  const has: Need[] = ['clock', 'workflows'];
  if (schema.objects) has.push('schema');
  const fields = [...(schema.objects?.values() ?? [])].flatMap((object) => [...object.fields.values()]);
  if (fields.some(({ choices }) => choices)) has.push('choices');
  if (schema.users) has.push('users');
  if (schema.roles) has.push('permissions');
  if (schema.templates) has.push('templates');
  if (schema.senders) has.push('senders');
  if (schema.inbound) has.push('inbound');
  if (schema.lists) has.push('lists');
  return new Set(has);
};
