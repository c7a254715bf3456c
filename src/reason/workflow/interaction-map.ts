import type { InteractionMap, MapEdge, MapField, MapWorkflow } from '../../model/workflow/map.ts';
import type { Place } from '../../model/workflow/place.ts';
import type { Project } from '../../model/workflow/project.ts';
import type { Path } from '../../model/workflow/value.ts';
import type { Workflow } from '../../model/workflow/workflow.ts';
import { calleeOf, callsOf } from './calls.ts';
import { readsOf, writesOf } from './effects.ts';
import { startsOf } from './interplay/edges.ts';
import { systemOf } from './interplay/names.ts';
import { interplayOf } from './interplay/project.ts';
import { deedText } from './interplay/told.ts';
import { allConditions, conditionPaths } from './reads.ts';
import { resolve } from './resolve.ts';
import { writtenFor } from './written.ts';

const at = ({ file, line }: Place): { readonly file: string; readonly line: number } => ({ file, line });

/** The field behind a path: as the schema has it, else a plain name on the record of the workflow. */
const fieldAt = (
  path: Path,
  workflow: Workflow,
  { schema }: Project,
  candidate?: string,
): { readonly object: string; readonly field: string } | undefined => {
  const end = resolve(path, workflow, schema, candidate);
  if (end.kind === 'field') return { object: end.object.name, field: end.field.name };
  const [field] = path.segments;
  if (path.segments.length !== 1 || field === undefined) return undefined;
  const { kind } = path.root;
  const object =
    kind === 'candidate' ? candidate : kind === 'record' || kind === 'prior' ? workflow.object?.name : undefined;
  return object === undefined ? undefined : { object, field };
};

class Fields {
  readonly #known = new Map<
    string,
    { object: string; field: string; readers: MapField['readers'][number][]; writers: MapField['writers'][number][] }
  >();

  #of(object: string, field: string, fold: boolean) {
    const key = fold ? `${object}.${field}`.toLowerCase() : `${object}.${field}`;
    const found = this.#known.get(key);
    if (found) return found;
    const fresh = { object, field, readers: [], writers: [] };
    this.#known.set(key, fresh);
    return fresh;
  }

  read(object: string, field: string, reader: MapField['readers'][number], fold: boolean): void {
    const { readers } = this.#of(object, field, fold);
    if (!readers.some(({ workflow, step }) => workflow === reader.workflow && step === reader.step))
      readers.push(reader);
  }

  write(object: string, field: string, writer: MapField['writers'][number], fold: boolean): void {
    this.#of(object, field, fold).writers.push(writer);
  }

  sorted(): readonly MapField[] {
    const name = ({ object, field }: MapField): string => `${object}.${field}`;
    return [...this.#known.values()].toSorted((one, other) => (name(one) < name(other) ? -1 : 1));
  }
}

const edgesOf = (project: Project, keyOf: (workflow: Workflow) => string): readonly MapEdge[] => {
  const { active, endless } = interplayOf(project);
  const rings = new Map<Workflow, number>();
  endless.forEach(({ workflows }, ring) => {
    for (const workflow of workflows) rings.set(workflow, ring);
  });
  const edges = new Map<string, MapEdge>();
  const add = (edge: MapEdge): void => {
    const key = `${edge.kind} ${edge.from} ${edge.to}`;
    const known = edges.get(key);
    if (!known || (edge.sure && !known.sure)) edges.set(key, edge);
  };
  for (const { deed, workflow, sure } of startsOf(project)) {
    const ring = rings.get(deed.workflow);
    add({
      from: keyOf(deed.workflow),
      to: keyOf(workflow),
      kind: 'starts',
      because: deedText(deed),
      sure: sure === 'yes' && !deed.doubtful,
      endless: ring !== undefined && ring === rings.get(workflow),
    });
  }
  const waiting = new Map<string, Workflow[]>();
  const wait = (name: string, workflow: Workflow): void => {
    const key = `${systemOf(workflow.format)} ${name}`;
    waiting.set(key, [...(waiting.get(key) ?? []), workflow]);
  };
  for (const workflow of active) {
    for (const { event } of workflow.triggers) if (event) wait(event.name, workflow);
    for (const step of workflow.steps) {
      if (step.kind === 'wait' && step.until.kind === 'signal') wait(step.until.signal.name, workflow);
    }
  }
  for (const workflow of active) {
    for (const call of callsOf(workflow)) {
      const callee = calleeOf(call, project);
      if (!callee) continue;
      const because = { en: `step ${call.id} calls it`, ja: `ステップ ${call.id} が呼び出す` };
      add({ from: keyOf(workflow), to: keyOf(callee), kind: 'calls', because, sure: true, endless: false });
    }
    for (const step of workflow.steps) {
      if (step.kind !== 'signal') continue;
      const { name } = step.signal;
      for (const other of waiting.get(`${systemOf(workflow.format)} ${name}`) ?? []) {
        const because = { en: `sends the signal ${name}`, ja: `シグナル ${name} を送る` };
        add({ from: keyOf(workflow), to: keyOf(other), kind: 'signals', because, sure: true, endless: false });
      }
    }
  }
  return [...edges.values()];
};

const nodeOf = (workflow: Workflow, key: string, opaque: boolean): MapWorkflow => {
  const { id, label, format, status, object, triggers, steps, place } = workflow;
  const said = label?.en ?? label?.ja;
  return {
    key,
    id,
    ...(said === undefined ? {} : { label: { en: label?.en ?? said, ja: label?.ja ?? said } }),
    format,
    status,
    ...(object ? { object: object.name } : {}),
    triggers: [
      ...new Set(
        triggers.map(({ on, phase }) => (['create', 'update', 'save', 'delete'].includes(on) ? `${on} ${phase}` : on)),
      ),
    ],
    opaque,
    mails: steps.filter(({ kind }) => kind === 'mail').length,
    callsOut: steps.filter(({ kind }) => kind === 'http').length,
    ...at(place),
  };
};

/** Who reads, writes and starts what in a project. Workflows that are not active are listed, and start nothing. */
export const interactionMap = (project: Project): InteractionMap => {
  const keys = new Map<Workflow, string>();
  const taken = new Map<string, number>();
  for (const workflow of project.workflows) {
    const wanted = `${workflow.format} ${workflow.id}`;
    const count = (taken.get(wanted) ?? 0) + 1;
    taken.set(wanted, count);
    keys.set(workflow, count === 1 ? wanted : `${wanted} (${count})`);
  }
  const keyOf = (workflow: Workflow): string => keys.get(workflow) ?? workflow.id;
  const fields = new Fields();
  const nodes = project.workflows.map((workflow) => {
    const key = keyOf(workflow);
    const fold = project.schema.ignoreCase === true || systemOf(workflow.format) === 'Salesforce';
    let opaque = false;
    const read = (path: Path, step?: string, candidate?: string): void => {
      const found = fieldAt(path, workflow, project, candidate);
      if (found)
        fields.read(
          found.object,
          found.field,
          { workflow: key, ...(step === undefined ? {} : { step }), ...at(path.place) },
          fold,
        );
    };
    for (const { conditions, step, candidate } of allConditions(workflow)) {
      for (const path of conditionPaths(conditions.condition)) read(path, step, candidate);
    }
    for (const { watch = [] } of workflow.triggers) {
      for (const { name, place } of watch) {
        if (workflow.object) fields.read(workflow.object.name, name, { workflow: key, ...at(place) }, fold);
      }
    }
    for (const step of workflow.steps) {
      const { paths } = readsOf(step, workflow);
      for (const path of paths) read(path, step.id);
      for (const write of writesOf(step, workflow, project.schema)) {
        if (write.object === undefined && write.more) opaque = true;
        if (write.object === undefined) continue;
        for (const { field, value, place } of write.set) {
          fields.write(
            write.object,
            field.name,
            { workflow: key, step: step.id, value: writtenFor(field.name, value), ...at(place) },
            fold,
          );
        }
      }
    }
    return nodeOf(workflow, key, opaque);
  });
  return {
    schema: 'crm-doctor/workflow-map/v1',
    workflows: nodes,
    edges: edgesOf(project, keyOf),
    fields: fields.sorted(),
  };
};
