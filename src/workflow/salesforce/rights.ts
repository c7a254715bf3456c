import type { Operation, Role } from '../../model/workflow/schema.ts';
import type { XmlElement } from '../source/xml-element.ts';

const operations: readonly (readonly [allow: string, operation: Operation])[] = [
  ['allowCreate', 'create'],
  ['allowRead', 'read'],
  ['allowEdit', 'update'],
  ['allowDelete', 'delete'],
];

const nameOf = (file: string): string => {
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.(?:profile|permissionset)(?:-meta\.xml)?$|\.xml$/i, '');
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
};

/** A profile, or a permission set, which only adds to what its holders have from their profile. */
export const readRights = (root: XmlElement, file: string): Role => {
  const objects = new Map<string, readonly Operation[]>();
  for (const each of root.all('objectPermissions')) {
    const object = each.textOf('object');
    if (!object) continue;
    objects.set(
      object,
      operations.filter(([allow]) => each.textOf(allow) === 'true').map(([, operation]) => operation),
    );
  }
  const fields = new Map<string, 'read' | 'edit' | 'none'>();
  for (const each of [...root.all('fieldPermissions'), ...root.all('fieldLevelSecurities')]) {
    const field = each.textOf('field');
    if (!field) continue;
    const editable = each.textOf('editable') === 'true';
    fields.set(field, editable ? 'edit' : each.textOf('readable') === 'true' ? 'read' : 'none');
  }
  const granted = new Set(
    root
      .all('userPermissions')
      .filter((each) => each.textOf('enabled') === 'true')
      .map((each) => each.textOf('name')),
  );
  return {
    id: nameOf(file),
    objects,
    fields,
    // What of the records one sees is decided by sharing, which no profile holds.
    records: 'all',
    // Which flows are listed says nothing of the others: most need no permission of their own.
    ...(granted.has('ModifyAllData') ? { everything: true } : {}),
    ...(granted.has('ViewAllData') ? { seesAll: true } : {}),
    // A profile comes with the objects that were exported beside it, and leaves out what it gives no access to.
    ...(root.name === 'PermissionSet' ? { additional: true } : { partial: true }),
  };
};
