import { rememberFor } from '../../model/remember.ts';
import type { Operation, Role, Schema } from '../../model/workflow/schema.ts';
import { entryOf } from './resolve.ts';

/** One set of roles that somebody has: what any of them allows is allowed. */
export interface Principal {
  readonly kind: 'user' | 'role';
  /** As the definitions and the schema name it. */
  readonly id: string;
  readonly roles: readonly Role[];
  /** Roles that are not described may allow more. */
  readonly complete: boolean;
  /** A role by itself: nobody knows what else its holders were given on top of it. */
  readonly alone?: true;
}

export type Allowed = 'yes' | 'no' | 'unknown';

/** The principal that a user is; `undefined`: nothing is known of that user. */
export const userPrincipal = (id: string, schema: Schema): Principal | undefined => {
  const user = entryOf(schema.users, id, schema);
  // A user without roles in the file is one whose roles nobody wrote down.
  if (!user || !schema.roles || user.roles.length === 0) return undefined;
  const roles = user.roles.flatMap((role) => entryOf(schema.roles, role, schema) ?? []);
  return { kind: 'user', id, roles, complete: roles.length === user.roles.length };
};

export const rolePrincipal = (id: string, schema: Schema): Principal | undefined => {
  const role = entryOf(schema.roles, id, schema);
  return role && { kind: 'role', id: role.id, roles: [role], complete: role.additional !== true, alone: true };
};

/** What any of several answers allows; `rest` is said where none of them knows better. */
const either = (answers: readonly Allowed[], principal: Principal): Allowed => {
  if (answers.includes('yes')) return 'yes';
  return answers.includes('unknown') || answers.length === 0 || !principal.complete ? 'unknown' : 'no';
};

const additionalRoles = rememberFor((schema: Schema): readonly Role[] =>
  [...(schema.roles?.values() ?? [])].filter(({ additional }) => additional === true),
);

/** What the role itself refuses, one that is given on top of it may allow. */
const supplemented = (answer: Allowed, principal: Principal, schema: Schema, ask: (role: Role) => Allowed): Allowed =>
  answer === 'no' && principal.alone && additionalRoles(schema).some((role) => ask(role) === 'yes')
    ? 'unknown'
    : answer;

/** What every Salesforce user may read, although no profile lists it. */
const openToAll =
  /^(?:user|userrole|group|groupmember|queuesobject|recordtype|profile|organization|businesshours|emailtemplate|period|domain)$/i;

const roleMay = (role: Role, operation: Operation, object: string, schema: Schema): Allowed => {
  if (role.everything || (role.seesAll && operation === 'read')) return 'yes';
  const allowed = entryOf(role.objects, object, schema);
  if (allowed) return allowed.includes(operation) ? 'yes' : 'no';
  if (role.partial || (schema.ignoreCase && openToAll.test(object))) return 'unknown';
  // An object of the schema that the role does not list is closed to it; of others nothing is known.
  return entryOf(schema.objects, object, schema) ? 'no' : 'unknown';
};

/** What these roles allow by themselves, whatever may be given on top of them. */
export const mayDoAlone = (principal: Principal, operation: Operation, object: string, schema: Schema): Allowed =>
  either(
    principal.roles.map((role) => roleMay(role, operation, object, schema)),
    principal,
  );

/** Whether these roles allow it for records of the object. */
export const mayDo = (principal: Principal, operation: Operation, object: string, schema: Schema): Allowed =>
  supplemented(mayDoAlone(principal, operation, object, schema), principal, schema, (role) =>
    roleMay(role, operation, object, schema),
  );

const roleMayField = (
  role: Role,
  want: 'read' | 'edit',
  operation: Operation,
  object: string,
  field: string,
  schema: Schema,
): Allowed => {
  if (role.everything) return 'yes';
  // The id and the number of a record are open to whoever sees the record.
  const described = entryOf(entryOf(schema.objects, object, schema)?.fields, field, schema);
  if (want === 'read' && (described?.type === 'id' || /^id$/i.test(field)))
    return roleMay(role, operation, object, schema);
  const said = entryOf(role.fields, `${object}.${field}`, schema);
  // Not listed: as the object allows.
  if (said === undefined) return roleMay(role, operation, object, schema);
  return said === 'edit' || said === want ? 'yes' : 'no';
};

/** Object and field may be opened by different roles of the same person. */
const mayField = (
  principal: Principal,
  want: 'read' | 'edit',
  operation: Operation,
  object: string,
  field: string,
  schema: Schema,
): Allowed => {
  const whole = mayDo(principal, operation, object, schema);
  if (whole === 'no') return 'no';
  const own = either(
    principal.roles.map((role) => roleMayField(role, want, operation, object, field, schema)),
    principal,
  );
  const key = `${object}.${field}`;
  const named = principal.roles.some(({ fields }) => entryOf(fields, key, schema) !== undefined);
  // A field that is told apart from the rest of the object is given only by naming it.
  const part = supplemented(own, principal, schema, (role) => {
    const said = entryOf(role.fields, key, schema);
    if (said === undefined) return named ? 'no' : roleMay(role, operation, object, schema);
    return said === 'edit' || said === want ? 'yes' : 'no';
  });
  return part === 'yes' ? whole : part;
};

/** Whether these roles see the field: where they do not, it is empty to them. Who may change a record also sees it. */
export const mayRead = (principal: Principal, object: string, field: string, schema: Schema): Allowed => {
  const reads = mayDo(principal, 'read', object, schema);
  const operation = reads === 'no' && mayDo(principal, 'update', object, schema) === 'yes' ? 'update' : 'read';
  return mayField(principal, 'read', operation, object, field, schema);
};

/** Whether these roles may write the field, on a new record or on one that is there. */
export const mayEdit = (
  principal: Principal,
  operation: 'create' | 'update',
  object: string,
  field: string,
  schema: Schema,
): Allowed => mayField(principal, 'edit', operation, object, field, schema);
