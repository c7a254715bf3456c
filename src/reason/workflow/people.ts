import type { Schema } from '../../model/workflow/schema.ts';
import { entryOf } from './resolve.ts';

export type PartyKind = 'user' | 'role' | 'queue' | 'group';

/** Whether somebody is behind a name; `unknown` where the schema does not list such names. */
export const standingOf = (
  kind: PartyKind,
  id: string,
  schema: Schema,
): 'there' | 'inactive' | 'empty' | 'missing' | 'unknown' => {
  switch (kind) {
    case 'user': {
      if (!schema.users) return 'unknown';
      const user = entryOf(schema.users, id, schema);
      if (!user) return 'missing';
      return user.active ? 'there' : 'inactive';
    }
    case 'queue': {
      if (!schema.queues) return 'unknown';
      const queue = entryOf(schema.queues, id, schema);
      if (!queue) return 'missing';
      // Members that are not listed may well be there.
      const gone = queue.members?.every((member) => entryOf(schema.users, member, schema)?.active === false);
      return gone === true ? 'empty' : 'there';
    }
    case 'role':
      if (!schema.roles) return 'unknown';
      return entryOf(schema.roles, id, schema) ? 'there' : 'missing';
    case 'group':
      return 'unknown';
  }
};

/** The names of that kind that the schema lists. */
export const namesOf = (kind: PartyKind, schema: Schema): readonly string[] => {
  if (kind === 'user') return [...(schema.users?.keys() ?? [])];
  if (kind === 'queue') return [...(schema.queues?.keys() ?? [])];
  return kind === 'role' ? [...(schema.roles?.keys() ?? [])] : [];
};
