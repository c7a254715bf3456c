import type { Choice, Queue, Role, Schema, Template } from '../../model/workflow/schema.ts';
import type { Step } from '../../model/workflow/step.ts';
import type { Workflow } from '../../model/workflow/workflow.ts';
import type { Imported } from '../importer.ts';
import type { ObjectPart } from './object-files.ts';
import { objectsOf } from './object-schema.ts';
import type { WorkflowAction } from './workflow-actions.ts';
import type { FindAction } from './workflow-rules.ts';

/** What a file holds that only makes sense with the others. */
export type Kept =
  | ObjectPart
  | { readonly kind: 'valueSet'; readonly name: string; readonly choices: readonly Choice[] }
  | { readonly kind: 'role'; readonly role: Role }
  | { readonly kind: 'template'; readonly template: Template }
  | { readonly kind: 'queue'; readonly queue: Queue }
  | { readonly kind: 'actions'; readonly object: string; readonly actions: readonly WorkflowAction[] }
  | { readonly kind: 'approval'; readonly object: string; readonly read: (find: FindAction) => Workflow }
  /** `activeVersionNumber` of an older flow; 0: none is active. */
  | { readonly kind: 'definition'; readonly flow: string; readonly version: number };

interface Part {
  readonly file: string;
  readonly imported: Imported;
}

const isKept = (value: unknown): value is Kept => typeof value === 'object' && value !== null && 'kind' in value;

/** The actions of each object, by kind and name. */
class Actions {
  readonly #objects = new Map<string, Map<string, WorkflowAction>>();

  add(object: string, actions: readonly WorkflowAction[]): void {
    const key = object.toLowerCase();
    const known = this.#objects.get(key) ?? new Map<string, WorkflowAction>();
    for (const action of actions) known.set(`${action.type} ${action.name}`.toLowerCase(), action);
    this.#objects.set(key, known);
  }

  has(object: string): boolean {
    return this.#objects.has(object.toLowerCase());
  }

  find(object: string, type: string, name: string): WorkflowAction | undefined {
    return this.#objects.get(object.toLowerCase())?.get(`${type} ${name}`.toLowerCase());
  }
}

/** A name of an installed package, whose alerts are in no file of the customer. */
const packaged = /^\w+?__\w/;

/** A flow's mail alert gets what the file of workflow rules says of it. */
const linked = (step: Step, actions: Actions): Step => {
  if (step.kind !== 'mail' || !step.alert) return step;
  const { name, place } = step.alert;
  const parting = name.indexOf('.');
  const object = name.slice(0, Math.max(0, parting));
  const own = name.slice(parting + 1);
  const found = actions.find(object, 'Alert', own)?.act;
  if (found?.kind === 'mail') return { ...step, ...found, alert: { name, place } };
  if (!actions.has(object) || packaged.test(own)) return step;
  return { ...step, alert: { name, place, missing: true } };
};

const schemaOf = (kept: readonly Kept[]): Partial<Schema> | undefined => {
  const objects: ObjectPart[] = [];
  const sets = new Map<string, readonly Choice[]>();
  const roles = new Map<string, Role>();
  const templates = new Map<string, Template>();
  const queues = new Map<string, Queue>();
  for (const each of kept) {
    if (each.kind === 'object') objects.push(each);
    else if (each.kind === 'valueSet') sets.set(each.name, each.choices);
    else if (each.kind === 'role') roles.set(each.role.id, each.role);
    else if (each.kind === 'template') templates.set(each.template.id, each.template);
    else if (each.kind === 'queue') queues.set(each.queue.id, each.queue);
  }
  if (objects.length + roles.size + templates.size + queues.size === 0) return undefined;
  return {
    ignoreCase: true,
    ...(objects.length > 0 ? { objects: objectsOf(objects, sets) } : {}),
    ...(roles.size > 0 ? { roles } : {}),
    ...(templates.size > 0 ? { templates } : {}),
    ...(queues.size > 0 ? { queues } : {}),
  };
};

const versionOf = (file: string): number => Number(/-(\d{1,6})\.flow(?:-meta\.xml)?$/i.exec(file)?.[1] ?? Number.NaN);

/** Older exports hold every version of a flow, `Name-3`, and say in another file which one runs. */
const inVersions = (parts: readonly Part[], kept: readonly Kept[]): readonly Part[] => {
  const active = new Map<string, number>();
  for (const each of kept) if (each.kind === 'definition') active.set(each.flow.toLowerCase(), each.version);
  const seen = new Map<string, number>();
  const newest = new Map<string, number>();
  for (const { imported, file } of parts) {
    for (const { id, format } of imported.workflows) {
      if (format !== 'SF') continue;
      const key = id.toLowerCase();
      seen.set(key, (seen.get(key) ?? 0) + 1);
      newest.set(key, Math.max(newest.get(key) ?? 0, versionOf(file) || 0));
    }
  }
  const named = (workflow: Workflow, file: string): Workflow => {
    if (workflow.format !== 'SF') return workflow;
    const key = workflow.id.toLowerCase();
    const version = versionOf(file);
    // Where nothing says which one runs, the newest is looked at.
    const unsaid = (seen.get(key) ?? 0) > 1 && workflow.statusPlace === undefined;
    // A newer file says its status itself.
    const defined = workflow.statusPlace === undefined || !Number.isNaN(version) ? active.get(key) : undefined;
    const running = defined ?? (unsaid ? newest.get(key) : undefined);
    const runs = running === undefined ? undefined : running === version || (running > 0 && Number.isNaN(version));
    const status =
      runs === undefined
        ? workflow.status
        : runs
          ? 'active'
          : workflow.status === 'active'
            ? 'obsolete'
            : workflow.status;
    const several = (seen.get(key) ?? 0) > 1 && status !== 'active' && !Number.isNaN(version);
    return { ...workflow, status, ...(several ? { id: `${workflow.id}-${version}` } : {}) };
  };
  if (active.size === 0 && [...seen.values()].every((count) => count === 1)) return parts;
  return parts.map(({ file, imported }) => ({
    file,
    imported: { ...imported, workflows: imported.workflows.map((workflow) => named(workflow, file)) },
  }));
};

/** Joins what Salesforce spreads over files: mail alerts and who sends them, actions of approvals, fields of objects. */
export const joinParts = (all: readonly Part[]): readonly Imported[] => {
  const kept = all.flatMap(({ imported }) => (isKept(imported.kept) ? [imported.kept] : []));
  const actions = new Actions();
  for (const each of kept) if (each.kind === 'actions') actions.add(each.object, each.actions);
  const schema = schemaOf(kept);
  // The first file of those that say something of the schema carries all of it; the others are known to belong to it.
  let carried = false;
  return inVersions(all, kept).map(({ imported }): Imported => {
    const { kept: own, ...rest } = imported;
    const read =
      isKept(own) && own.kind === 'approval' ? [own.read((type, name) => actions.find(own.object, type, name))] : [];
    const workflows = [...rest.workflows, ...read].map((workflow) =>
      workflow.steps.some((step) => step.kind === 'mail' && step.alert)
        ? { ...workflow, steps: workflow.steps.map((step) => linked(step, actions)) }
        : workflow,
    );
    if (!rest.schema) return { ...rest, workflows };
    const first = !carried;
    carried = true;
    return { ...rest, workflows, schema: first ? (schema ?? {}) : {} };
  });
};
