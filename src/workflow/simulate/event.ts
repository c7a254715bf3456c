import type { Text } from '../../model/text.ts';
import type { Workflow } from '../../model/workflow/workflow.ts';
import { objectOf } from '../../reason/workflow/resolve.ts';
import type { Row, Value } from './held.ts';
import { groupOf, hold, isEmpty, unknown, valuesOf } from './held.ts';
import { runnerOf } from './principal.ts';
import { newRun } from './run.ts';
import type { Sandbox } from './sandbox.ts';
import type { Save } from './save.ts';
import { goOn, Refused, saveRecord } from './save.ts';
import { candidatesFor, decided, emptyDate, startsOn } from './start.ts';
import { checkedValue, deniedObject } from './write-checks.ts';

const only = (names: readonly string[]): string | undefined => {
  const different = [...new Set(names)];
  return different.length === 1 ? different[0] : undefined;
};

/** The object of the sample: its own, else that of its workflow, of all workflows that the event can start, of the schema. */
const objectOfSample = ({ sample, project }: Sandbox): string | undefined => {
  if (sample.object !== undefined) return sample.object;
  const named = project.workflows.find(({ id }) => id === sample.workflow);
  if (named?.object) return named.object.name;
  const started = project.workflows.filter(({ triggers }) =>
    triggers.some((trigger) => startsOn(trigger, sample.event)),
  );
  return (
    only(started.flatMap(({ object }) => (object ? [object.name] : []))) ??
    only([...(project.schema.objects?.keys() ?? [])])
  );
};

const idOf = (value: Value | undefined): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;

const notMadeUp: Text = {
  en: 'the schema does not tell what is in this field',
  ja: 'この項目に何が入るかがスキーマから分かりません',
};

/** In a made-up record a field that the schema does not list is no empty one. */
const openFor = (box: Sandbox, object: string): Pick<Row, 'open'> => {
  const known = objectOf(box.project.schema, object);
  return box.madeUp && !known?.complete ? { open: notMadeUp } : {};
};

/** Puts the records of the sample into the store; the one that the event is about is given back. */
export const setUp = (box: Sandbox): Row | undefined => {
  const { sample, store } = box;
  for (const [object, records] of Object.entries(sample.records ?? {}))
    records.forEach((record, at) => {
      const values = valuesOf(record);
      store.add({
        object,
        id: idOf(values.get('id')) ?? `${object}-${at + 1}`,
        values,
        auto: new Map(),
        ...openFor(box, object),
        gone: false,
      });
    });
  const object = objectOfSample(box);
  if (!sample.record || object === undefined) return undefined;
  const values = valuesOf(sample.record);
  const id =
    idOf(values.get('id') ?? values.get('Id')) ?? (sample.event === 'create' ? store.newId(object) : `${object}-0`);
  return store.add({ object, id, values, auto: new Map(), ...openFor(box, object), gone: false });
};

const writable = (box: Sandbox, object: string, values: ReadonlyMap<string, Value>, operation: 'create' | 'update') => {
  const kept = new Map<string, Value>();
  const user = box.user;
  const runner = user === undefined ? {} : asCause(box, user);
  const denied = deniedObject(runner, operation, object, box);
  if (denied) throw refusedSave(denied.message);
  const format = box.project.workflows.find((workflow) => workflow.object?.name === object)?.format ?? 'NY';
  for (const [given, value] of values) {
    const name = box.store.fieldName(object, given);
    // What the system fills in may be part of a record as it is sent.
    if (box.store.field(object, name)?.readOnly || name === 'id') {
      kept.set(name, value);
      continue;
    }
    const checked = checkedValue({ object, name, value, operation, runner, format }, box);
    if ('wrong' in checked) throw refusedSave(checked.wrong.message);
    kept.set(name, checked.value);
  }
  return kept;
};

const asCause = (box: Sandbox, user: string) => runnerOf(causeOnly, { user, schema: box.project.schema });

/** Stands for "whoever saves": permissions are those of the user. */
const causeOnly: Pick<Workflow, 'runAs' | 'runAsStated' | 'kind'> = {
  runAs: { kind: 'user' },
  runAsStated: true,
  kind: 'record',
};

const refusedSave = (why: Text): Refused =>
  new Refused({
    en: `the save itself is refused: ${why.en}`,
    ja: `保存そのものが拒否されます。${why.ja}`,
  });

const noChangeGiven = {
  en: 'the sample does not say what the update changes',
  ja: '更新で何が変わったかがサンプルにありません',
};

const saved = (box: Sandbox, row: Row | undefined, workflow: string | undefined): void => {
  const { sample } = box;
  if (!row) throw new Refused({ en: 'the sample has no record', ja: 'サンプルにレコードがありません' });
  const common = { row, checked: true, ...(workflow === undefined ? {} : { only: workflow }) };
  if (sample.event === 'delete') {
    const runner = box.user === undefined ? {} : asCause(box, box.user);
    const denied = deniedObject(runner, 'delete', row.object, box);
    if (denied) throw refusedSave(denied.message);
    saveRecord({ ...common, kind: 'delete', values: new Map() }, box);
    return;
  }
  if (sample.event === 'create') {
    const sent = new Map([...row.values, ...valuesOf(sample.change ?? {})]);
    for (const field of objectOf(box.project.schema, row.object)?.fields.values() ?? [])
      if (field.hasDefault && field.default !== undefined && isEmpty(sent.get(field.name) ?? null))
        sent.set(field.name, field.default);
    row.values = new Map();
    saveRecord({ ...common, kind: 'create', values: writable(box, row.object, sent, 'create') }, box);
    return;
  }
  const change = sample.change && valuesOf(sample.change);
  const save: Save = {
    ...common,
    kind: 'update',
    values: writable(box, row.object, change ?? new Map(), 'update'),
    ...(change ? {} : { prior: unknown(noChangeGiven) }),
  };
  if (change && ![...save.values].some(([name, value]) => changed(row, name, value)))
    throw new Refused({ en: 'the update changes nothing', ja: '更新で値が変わっていません' });
  saveRecord(save, box);
};

const changed = (row: Row, name: string, value: Value): boolean => {
  const old = row.values.get(name) ?? null;
  return !(isEmpty(old) && isEmpty(value)) && JSON.stringify(old) !== JSON.stringify(value);
};

/** Events without a save: each workflow begins at once, for each record that it is about. */
const begun = (box: Sandbox, row: Row | undefined, named: string | undefined): void => {
  const { sample, store } = box;
  const { event } = sample;
  for (const { workflow, trigger } of candidatesFor(box, event, undefined)) {
    if (named === undefined ? row && workflow.object?.name !== row.object : workflow.id !== named) continue;
    const object = workflow.object?.name;
    const many = event === 'schedule' && object !== undefined;
    const rows = many ? [...new Set([...(row ? [row] : []), ...store.rows(object)])] : [row];
    if (rows.length === 0)
      box.idle.push({
        workflow: workflow.id,
        because: { en: `the sample has no ${object}`, ja: `サンプルに ${object} のレコードがありません` },
      });
    const inputs = groupOf(sample.input ?? {}).of;
    for (const one of rows) {
      const run = newRun(box, workflow, {
        trigger,
        ...(one ? { record: hold(one) } : {}),
        inputs,
        chain: [],
        runner: runnerOf(workflow, {
          ...(box.user === undefined ? {} : { user: box.user }),
          on: trigger.on,
          schema: box.project.schema,
        }),
      });
      const barred =
        whyBarred(
          box,
          run.trigger?.roles?.map(({ name }) => name),
        ) ?? emptyDate(run, box);
      if (barred) {
        box.idle.push({ workflow: workflow.id, because: barred });
        continue;
      }
      const { yes, because } = decided(run, box, sample.observed !== undefined && workflow.id === named);
      if (!yes) {
        box.idle.push({ workflow: workflow.id, because });
        continue;
      }
      box.started += 1;
      goOn(box, run, trigger.to?.to);
    }
  }
};

/** Who may start a workflow by hand. */
const whyBarred = (box: Sandbox, roles: readonly string[] | undefined): Text | undefined => {
  if (!roles || box.user === undefined) return undefined;
  const user = box.project.schema.users?.get(box.user);
  if (!user || roles.some((role) => user.roles.includes(role))) return undefined;
  return {
    en: `${box.user} may not start it: only ${roles.join(', ') || 'nobody'} may`,
    ja: `${box.user} には実行する権限がありません（実行できるのは ${roles.join('、') || 'なし'}）`,
  };
};

const wantsRecord = ['create', 'update', 'delete'];

/** Why the workflow that the sample names cannot start on this event at all. */
const whyNever = (box: Sandbox): { readonly because: Text; readonly known: boolean } | undefined => {
  const { sample, project } = box;
  const name = sample.workflow;
  if (name === undefined) return undefined;
  const workflow = project.workflows.find(({ id }) => id === name);
  if (!workflow)
    return {
      known: false,
      because: { en: `there is no workflow ${name}`, ja: `ワークフロー ${name} がありません` },
    };
  if (workflow.status !== 'active')
    return { known: true, because: { en: `${name} is not active`, ja: `${name} は有効ではありません` } };
  if (workflow.triggers.some((trigger) => startsOn(trigger, sample.event))) return undefined;
  const events = [...new Set(workflow.triggers.map(({ on }) => on))].join(', ');
  return {
    known: true,
    because: {
      en: `${name} starts on ${events || 'nothing'}, not on ${sample.event}`,
      ja: `${name} は ${events || '何か'} で起動するもので、${sample.event} では起動しません`,
    },
  };
};

/** Lets the sample's event happen. */
export const happen = (box: Sandbox, row: Row | undefined): { readonly unreadable?: Text } => {
  const never = whyNever(box);
  if (never) {
    if (!never.known) return { unreadable: never.because };
    box.idle.push({ workflow: box.sample.workflow ?? '', because: never.because });
    return {};
  }
  const { workflow, event } = box.sample;
  if (wantsRecord.includes(event)) {
    if (!row && objectOfSample(box) === undefined)
      return { unreadable: { en: 'the sample names no object', ja: 'サンプルにオブジェクトの指定がありません' } };
    saved(box, row, workflow);
  } else begun(box, row, workflow);
  return {};
};
