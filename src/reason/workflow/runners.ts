import { rememberFor } from '../../model/remember.ts';
import type { Condition, Test } from '../../model/workflow/condition.ts';
import type { Project } from '../../model/workflow/project.ts';
import type { Operation, Role, Schema } from '../../model/workflow/schema.ts';
import type { Trigger, Workflow } from '../../model/workflow/workflow.ts';
import type { Allowed, Principal } from './permissions.ts';
import { mayDoAlone, rolePrincipal, userPrincipal } from './permissions.ts';
import { conditionPaths, conjuncts } from './reads.ts';
import { recordAccessOf } from './record-access.ts';
import { entryOf } from './resolve.ts';

/** Whose permissions count while a workflow runs. */
export type Runners =
  /** No permission is checked. */
  | { readonly kind: 'system' }
  /** Always the same. */
  | { readonly kind: 'fixed'; readonly principal: Principal }
  /** Whoever causes it: one of these. */
  | {
      readonly kind: 'causers';
      readonly principals: readonly Principal[];
      /** A condition tells people apart in a way that is not followed here: some of these may never get in. */
      readonly filtered: boolean;
    }
  | { readonly kind: 'unknown' };

const operationOf = (trigger: Trigger): readonly Operation[] | undefined => {
  switch (trigger.on) {
    case 'create':
      return ['create'];
    case 'update':
    case 'transition':
      return ['update'];
    case 'save':
      return ['create', 'update'];
    case 'delete':
      return ['delete'];
    case 'form':
    case 'manual':
      return [];
    default:
      return undefined;
  }
};

/** `user.role eq sales`: roles by what a condition asks of the one who runs it. `undefined`: it asks something else of them. */
const roleTest = ({ left, op, right }: Test): ((role: string) => boolean) | undefined => {
  if (left.kind !== 'path' || left.path.root.kind !== 'user' || left.path.segments.join('.') !== 'role')
    return undefined;
  const values = (right?.kind === 'list' ? right.values : right ? [right] : []).map((value) =>
    value.kind === 'literal' ? String(value.value) : undefined,
  );
  if (values.includes(undefined)) return undefined;
  if (op === 'eq' || op === 'in') return (role) => values.includes(role);
  if (op === 'ne' || op === 'notIn') return (role) => !values.includes(role);
  return undefined;
};

/** Whether a condition depends on who runs it: the user, and what a platform knows of permissions and profiles. */
export const asksWhoRuns = (condition: Condition): boolean => {
  for (const { root } of conditionPaths(condition)) {
    if (root.kind === 'user') return true;
    if (root.kind === 'system' && /permission|profile|user|role/i.test(root.name)) return true;
  }
  return false;
};

const everyRole = (schema: Schema): readonly Role[] => [...(schema.roles?.values() ?? [])];

/** Roles that may start it by hand. */
export const startersOf = (workflow: Workflow, trigger: Trigger, schema: Schema): readonly Role[] => {
  const named = trigger.roles?.map(({ name }) => entryOf(schema.roles, name, schema));
  if (named) return named.filter((role) => role !== undefined);
  const roles = everyRole(schema);
  // Where the source lists what a role may start, other roles may not.
  const listed = roles.some(({ starts }) => starts?.includes(workflow.id));
  return listed ? roles.filter(({ starts, everything }) => everything || starts?.includes(workflow.id)) : roles;
};

/** By role: the people who have it together with others, or the role alone where nobody is known to have it. */
const holdersIn = rememberFor((schema: Schema): ReadonlyMap<string, readonly Principal[]> => {
  const byRole = new Map<string, Map<string, Principal>>();
  for (const user of schema.users?.values() ?? []) {
    const principal = user.active ? userPrincipal(user.id, schema) : undefined;
    if (!principal) continue;
    const together = user.roles.toSorted().join('\n');
    for (const role of principal.roles) {
      const own = byRole.get(role.id) ?? new Map<string, Principal>();
      if (!own.has(together)) own.set(together, { ...principal, kind: 'role', id: role.id });
      byRole.set(role.id, own);
    }
  }
  const found = new Map<string, readonly Principal[]>();
  for (const { id } of everyRole(schema)) {
    const alone = rolePrincipal(id, schema);
    found.set(id, [...(byRole.get(id)?.values() ?? (alone ? [alone] : []))]);
  }
  return found;
});

/**
 * Where everybody may start it by hand, those use it who can do something of it: a role that may not even see the record, or may do
 * nothing of all that the workflow does (guests, technical roles), never has it on its screen.
 */
const usesIt = (principal: Principal, workflow: Workflow, schema: Schema): boolean => {
  const object = workflow.object?.name;
  if (object !== undefined)
    return ['read' as const, 'update' as const].some((one) => mayDoAlone(principal, one, object, schema) !== 'no');
  const rights = new Map(
    recordAccessOf(workflow, schema).map((access) => [`${access.operation} ${access.object}`, access] as const),
  );
  const salesforce = workflow.format === 'SF';
  if (rights.size < (salesforce ? 1 : 2)) return true;
  const all = [...rights.values()];
  const changes = all.filter(({ operation }) => operation !== 'read');
  // Technical profiles read much, and see no screen.
  const telling = salesforce && changes.length > 0 ? changes : all;
  return telling.some((access) => mayDoAlone(principal, access.operation, access.object, schema) === 'yes');
};

const causersOf = (workflow: Workflow, trigger: Trigger, schema: Schema): Runners => {
  const operations = operationOf(trigger);
  if (!operations) return { kind: 'unknown' };
  const object = workflow.object?.name;
  const candidates = trigger.on === 'manual' ? startersOf(workflow, trigger, schema) : everyRole(schema);
  let filtered = false;
  const tests: ((role: string) => boolean)[] = [];
  for (const part of trigger.when ? conjuncts(trigger.when.condition) : []) {
    const test = part.kind === 'test' ? roleTest(part) : undefined;
    if (test) tests.push(test);
    else if (asksWhoRuns(part)) filtered = true;
  }
  const principals = candidates
    .filter(({ id }) => tests.every((test) => test(id)))
    .flatMap(({ id }) => holdersIn(schema).get(id) ?? [])
    .filter(
      (principal) =>
        object === undefined ||
        operations.length === 0 ||
        operations.some((operation) => mayDoAlone(principal, operation, object, schema) !== 'no'),
    )
    .filter(
      (principal) => trigger.on !== 'manual' || trigger.roles !== undefined || usesIt(principal, workflow, schema),
    );
  return { kind: 'causers', principals, filtered };
};

const joined = (all: readonly Runners[]): Runners => {
  const principals: Principal[] = [];
  let filtered = false;
  for (const one of all) {
    if (one.kind !== 'causers') return { kind: 'unknown' };
    principals.push(...one.principals);
    filtered ||= one.filtered;
  }
  const seen = new Set<string>();
  return {
    kind: 'causers',
    filtered,
    principals: principals.filter(({ id, roles }) => {
      const key = JSON.stringify([id, ...roles.map((role) => role.id).toSorted()]);
      return !seen.has(key) && seen.add(key);
    }),
  };
};

const callersOf = rememberFor((project: Project): ReadonlyMap<string, readonly Workflow[]> => {
  const callers = new Map<string, Workflow[]>();
  for (const workflow of project.workflows) {
    if (workflow.status !== 'active') continue;
    const called = new Set(workflow.steps.flatMap((step) => (step.kind === 'call' ? [step.workflow.name] : [])));
    for (const name of called) callers.set(name, [...(callers.get(name) ?? []), workflow]);
  }
  return callers;
});

const isCalled = ({ triggers }: Workflow): boolean => triggers.some(({ on }) => on === 'call');

/** More callers than this are not followed. */
const maximumCallers = 100;

/** The workflow and, where it is called, all that call it, over any number of calls. `undefined`: not to be told. */
const withCallers = (workflow: Workflow, project: Project): readonly Workflow[] | undefined => {
  const found = new Set([workflow]);
  for (const one of found) {
    if (!isCalled(one)) continue;
    const callers = callersOf(project).get(one.id);
    if (!callers || found.size > maximumCallers) return undefined;
    for (const caller of callers) found.add(caller);
  }
  return [...found];
};

const runners = (workflow: Workflow, project: Project): Runners => {
  const { schema } = project;
  const { runAs } = workflow;
  if (runAs.kind === 'system') return { kind: 'system' };
  if (!schema.roles) return { kind: 'unknown' };
  if (runAs.kind === 'principal') {
    const principal = runAs.of === 'user' ? userPrincipal(runAs.id, schema) : rolePrincipal(runAs.id, schema);
    return principal ? { kind: 'fixed', principal } : { kind: 'unknown' };
  }
  // In a state machine whoever has to act runs the action.
  if (workflow.triggers.length === 0) return { kind: 'unknown' };
  // What is called runs as whoever runs its callers.
  const all = withCallers(workflow, project);
  if (!all?.every((one) => one.runAs.kind === 'user')) return { kind: 'unknown' };
  return joined(
    all.flatMap((one) =>
      one.triggers.filter(({ on }) => on !== 'call').map((trigger) => causersOf(one, trigger, schema)),
    ),
  );
};

const remembered = rememberFor((project: Project) => rememberFor((workflow: Workflow) => runners(workflow, project)));

/** Who runs a workflow, and so whose permissions count. */
export const runnersOf = (workflow: Workflow, project: Project): Runners => remembered(project)(workflow);

const asksInside = rememberFor((workflow: Workflow): boolean =>
  workflow.steps.some(
    (step) => step.kind === 'decision' && step.branches.some(({ when }) => asksWhoRuns(when.condition)),
  ),
);

/** Whom the CRM refuses something that a workflow does. */
export interface Refusal {
  /** `one`: the fixed runner; `all`: everybody who can cause it; `some`: only these. */
  readonly kind: 'one' | 'all' | 'some';
  readonly of: 'user' | 'role';
  readonly names: readonly string[];
}

/** What `may` says of everyone who can run it. Absent where all may, or where nobody can tell. */
export const refusalOf = (
  workflow: Workflow,
  project: Project,
  may: (principal: Principal) => Allowed,
): Refusal | undefined => {
  const who = runnersOf(workflow, project);
  if (who.kind === 'fixed') {
    const { kind, id } = who.principal;
    return may(who.principal) === 'no' ? { kind: 'one', of: kind, names: [id] } : undefined;
  }
  if (who.kind !== 'causers') return undefined;
  const refused = who.principals.filter((principal) => may(principal) === 'no');
  if (refused.length === 0) return undefined;
  const names = [...new Set(refused.map(({ id }) => id))];
  if (refused.length === who.principals.length) return { kind: 'all', of: 'role', names };
  // Those who would be refused may be kept out by a condition on who runs it.
  return who.filtered || asksInside(workflow) ? undefined : { kind: 'some', of: 'role', names };
};
