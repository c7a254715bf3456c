import type { Operation, Role } from '../../model/workflow/schema.ts';
import { booleanOf, idOf, itemsOf, member, textOf } from '../source/json-read.ts';
import type { JsonValue } from '../source/json-value.ts';

/** What a group or organisation may do in one app. */
export interface AppRights {
  readonly object: string;
  /** By the code of the group or organisation. */
  readonly operations: ReadonlyMap<string, readonly Operation[]>;
  /** By field, then by group; what is not listed goes by `everyone`. */
  readonly fields: ReadonlyMap<string, ReadonlyMap<string, 'read' | 'edit' | 'none'>>;
}

const everyone = 'everyone';

const flags: readonly (readonly [flag: string, operation: Operation])[] = [
  ['recordAddable', 'create'],
  ['recordViewable', 'read'],
  ['recordEditable', 'update'],
  ['recordDeletable', 'delete'],
];

const access = { READ: 'read', WRITE: 'edit', NONE: 'none' } as const;
const accessOf = (accessibility: string | undefined): 'read' | 'edit' | 'none' | undefined =>
  accessibility === 'READ' || accessibility === 'WRITE' || accessibility === 'NONE' ? access[accessibility] : undefined;

const groupOf = (entity: JsonValue | undefined): string | undefined => {
  const type = textOf(member(entity, 'type'));
  return type === 'GROUP' || type === 'ORGANIZATION' ? idOf(member(entity, 'code')) : undefined;
};

/** The rights on an app (`app/acl.json`) or its fields (`field/acl.json`). Rights on records depend on their values. */
export const rightsOf = (root: JsonValue, object: string): AppRights => {
  const operations = new Map<string, readonly Operation[]>();
  const fields = new Map<string, Map<string, 'read' | 'edit' | 'none'>>();
  for (const right of itemsOf(member(root, 'rights'))) {
    const group = groupOf(member(right, 'entity'));
    if (group !== undefined && !operations.has(group)) {
      operations.set(
        group,
        flags.flatMap(([flag, operation]) => (booleanOf(member(right, flag)) === true ? [operation] : [])),
      );
    }
    const code = textOf(member(right, 'code'));
    if (code === undefined) continue;
    const byGroup = new Map<string, 'read' | 'edit' | 'none'>();
    for (const item of itemsOf(member(right, 'entities'))) {
      const listed = groupOf(member(item, 'entity'));
      const level = accessOf(textOf(member(item, 'accessibility')));
      if (listed !== undefined && level !== undefined && !byGroup.has(listed)) byGroup.set(listed, level);
    }
    fields.set(code, byGroup);
  }
  return { object, operations, fields };
};

const all: readonly Operation[] = ['create', 'read', 'update', 'delete'];

/** One role for each group, over all apps; an app without rights of its own is open to all. */
export const rolesOf = (
  rights: readonly AppRights[],
  objects: readonly string[],
): ReadonlyMap<string, Role> | undefined => {
  const groups = new Set(rights.flatMap(({ operations }) => [...operations.keys()]));
  if (groups.size === 0) return undefined;
  const roles = new Map<string, Role>();
  for (const group of groups) {
    const allowed = new Map<string, readonly Operation[]>(objects.map((object) => [object, all]));
    const fields = new Map<string, 'read' | 'edit' | 'none'>();
    for (const { object, operations, fields: byField } of rights) {
      const found = operations.get(group) ?? operations.get(everyone);
      if (found) allowed.set(object, found);
      else if (operations.size > 0) allowed.set(object, []);
      for (const [field, byGroup] of byField) {
        const level = byGroup.get(group) ?? byGroup.get(everyone);
        if (level) fields.set(`${object}.${field}`, level);
      }
    }
    roles.set(group, { id: group, objects: allowed, fields, records: 'all' });
  }
  return roles;
};
