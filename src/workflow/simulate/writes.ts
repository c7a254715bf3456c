import type { Text } from '../../model/text.ts';
import type { Assignment, Target } from '../../model/workflow/step.ts';
import { objectOf } from '../../reason/workflow/resolve.ts';
import { allow } from './allow.ts';
import { momentText } from './clock.ts';
import { holds } from './condition.ts';
import { Failed } from './failure.ts';
import type { Held, Row, Value } from './held.ts';
import { hold, isEmpty, isHeld, isList, isUnknown, unknown } from './held.ts';
import type { At, Here } from './here.ts';
import { fail } from './here.ts';
import { emptyTarget, usedAfterDelete } from './messages.ts';
import { readRecords } from './read.ts';
import type { Run, Sandbox, Traced } from './sandbox.ts';
import { changesAnything, saveRecord } from './save.ts';
import { shown } from './words.ts';
import { checkedSet, checkedValue } from './write-checks.ts';

type Changes = readonly { readonly field: string; readonly before: Value; readonly after: Value }[];

const changesOf = (row: Row, values: ReadonlyMap<string, Value>): Changes =>
  [...values].map(([field, after]) => ({ field, before: row.values.get(field) ?? null, after }));

const changesText = (changes: Changes): Text => {
  const told = changes.slice(0, 5).map(({ field, before, after }): Text => {
    const old = shown(before);
    const now = shown(after);
    return { en: `${field}: ${old.en} → ${now.en}`, ja: `${field}: ${old.ja} → ${now.ja}` };
  });
  return { en: told.map(({ en }) => en).join(', '), ja: told.map(({ ja }) => ja).join('、') };
};

const tell = (line: Traced, changes: Changes): void => {
  line.because = changesText(changes);
  line.changes = [...(line.changes ?? []), ...changes];
};

const note = ({ box, step }: Here, row: Row, set: ReadonlyMap<string, Value>): void => {
  box.written.push({ object: row.object, id: row.id, set, by: step.id });
};

/** Notes the write and saves; a save that is refused wrote nothing. */
const save = (here: Here, row: Row, kind: 'create' | 'update', values: ReadonlyMap<string, Value>): void => {
  const { box, run, step } = here;
  const at = box.written.length;
  note(here, row, values);
  try {
    saveRecord({ kind, row, values, by: { run, step: step.id }, checked: true }, box);
  } catch (error) {
    if (error instanceof Failed && !error.failure.fatal) box.written.splice(at, 1);
    throw error;
  }
};

/** Puts values on a record without saving it; on the record that is being saved they count at once. */
export const setDrafts = (held: Held, values: ReadonlyMap<string, Value>, box: Sandbox, run: Run): void => {
  if (run.saving?.row === held.row) box.store.write(held.row, values);
  else for (const [name, value] of values) held.draft.set(name, value);
};

const isId = (name: string): boolean => name.toLowerCase() === 'id';

/** What a record in a variable holds unsaved, as it would be stored; its id only says which record it is. */
const drafted = (here: Here, held: Held, object: string, operation: 'create' | 'update'): Map<string, Value> => {
  const { box, run } = here;
  const kept = new Map<string, Value>();
  for (const [name, value] of held.draft) {
    if (isId(name)) continue;
    const checked = checkedValue(
      { object, name, value, operation, runner: run.runner, format: run.workflow.format },
      box,
    );
    if ('wrong' in checked) fail(here, checked.wrong);
    else kept.set(name, checked.value);
  }
  return kept;
};

/** A variable that was filled field by field stands for the stored record whose id it was given. */
const stored = (held: Held, { box }: Here): Held | undefined => {
  if (held.row.id !== '') return held;
  const id = [...held.draft].find(([name]) => isId(name))?.[1];
  const row = typeof id === 'string' ? box.store.row(held.row.object, id) : undefined;
  return row && { ...hold(row), draft: held.draft };
};

const one = (here: Here, object: string, set: readonly Assignment[], from?: Held): Held => {
  const { box, run } = here;
  allow(here, 'create', object);
  const values = new Map<string, Value>();
  for (const field of objectOf(box.project.schema, object)?.fields.values() ?? [])
    if (field.hasDefault && field.default !== undefined) values.set(field.name, field.default);
  if (from) for (const [name, value] of from.row.values) if (!isId(name)) values.set(name, value);
  if (from) for (const [name, value] of drafted(here, from, object, 'create')) values.set(name, value);
  // What is assigned to the variable on the way is in it by now.
  const checked = checkedSet(from ? [] : set, object, 'create', { box, run });
  if ('wrong' in checked) return fail(here, checked.wrong);
  for (const [name, value] of checked.values) values.set(name, value);
  const time = momentText(box.now, box.zone);
  const auto = new Map<string, Value>([
    ['createdAt', time],
    ['modifiedAt', time],
  ]);
  if (run.runner.user !== undefined) auto.set('owner', run.runner.user);
  const row = box.store.add({
    object,
    id: box.store.newId(object),
    values: new Map(),
    auto,
    gone: false,
  });
  tell(here.line, changesOf(row, values));
  save(here, row, 'create', values);
  return hold(row);
};

export const createRecord = (here: At<'create'>): void => {
  const { box, run, step } = here;
  const from = step.from ? readRecords(step.from, { box, run }) : null;
  if (isUnknown(from)) {
    here.line.because = from.why;
    run.results.set(step.id, from);
    return;
  }
  const sources = isList(from) ? from.filter(isHeld) : isHeld(from) ? [from] : [];
  const object = step.object?.name ?? sources[0]?.row.object;
  if (object === undefined || step.more) {
    const why = { en: 'what is created is not known in full', ja: '作成される内容がすべては分かりません' };
    here.line.because = why;
    run.results.set(step.id, unknown(why));
    return;
  }
  if (step.from && sources.length === 0 && !isList(from)) fail(here, emptyTarget(step.from.text));
  if (!step.from) run.results.set(step.id, one(here, object, step.set));
  else {
    const made = sources.map((source) => one(here, object, step.set, source));
    run.results.set(step.id, isList(from) ? made : (made[0] ?? null));
  }
  for (const to of step.sets ?? []) {
    const result = run.results.get(step.id) ?? null;
    if (to.root.kind === 'variable' && to.segments.length === 0)
      run.variables.set(to.root.name, isHeld(result) ? result.row.id : result);
  }
};

/** Whether a filter lets a record through; where that is not known, both ways are followed. */
const matches = (here: Here, target: Extract<Target, { kind: 'query' }>, row: Row): boolean => {
  const { box, run } = here;
  if (!target.where) return true;
  const { truth, because } = holds(target.where.condition, { box, run, candidate: hold(row) });
  return (
    truth ??
    box.choices.choose(
      {
        en: `${run.workflow.id}, ${here.step.id}: does ${row.object} ${row.id} match? ${because.en}`,
        ja: `${run.workflow.id} の ${here.step.id}: ${row.object} ${row.id} は条件に合うか（${because.ja}）`,
      },
      [
        { en: 'yes', ja: 'はい' },
        { en: 'no', ja: 'いいえ' },
      ],
    ) === 0
  );
};

/** The records that a step changes; `unknown` where nobody can tell which. */
const targets = (here: Here, target: Target): readonly Held[] | Extract<Value, { kind: 'unknown' }> => {
  const { box, run } = here;
  switch (target.kind) {
    case 'trigger':
      if (!run.record) return fail(here, emptyTarget('record'));
      return [run.record];
    case 'query':
      return box.store
        .rows(target.object.name)
        .filter((row) => matches(here, target, row))
        .map(hold);
    case 'path': {
      const value = readRecords(target.path, { box, run });
      if (isUnknown(value)) return value;
      if (isEmpty(value) && !isList(value)) return fail(here, emptyTarget(target.path.text));
      return (isList(value) ? value : [value]).filter(isHeld);
    }
  }
};

const saved = (here: Here, held: Held, values: ReadonlyMap<string, Value>): void => {
  const { box, run, step, line } = here;
  const { row } = held;
  const changes = changesOf(row, values);
  if (run.saving?.row === row) {
    tell(line, changes);
    note(here, row, values);
    box.store.write(row, values);
    for (const name of values.keys()) run.saving.setBy.set(name, { run, step: step.id });
    return;
  }
  if (!changesAnything(row, values, box)) {
    tell(line, changes);
    line.because = {
      en: `nothing changes: ${[...values.keys()].join(', ')}`,
      ja: `値は変わりません: ${[...values.keys()].join('、')}`,
    };
    return;
  }
  tell(line, changes);
  save(here, row, 'update', values);
  held.draft.clear();
};

export const updateRecords = (target: Target, set: readonly Assignment[], here: Here, more = false): void => {
  const { box, run, line } = here;
  const found = targets(here, target);
  if (!Array.isArray(found)) {
    // `isArray` does not narrow readonly arrays away.
    const { why } = found as Extract<Value, { kind: 'unknown' }>;
    line.because = why;
    box.store.doubtAll(why);
    return;
  }
  for (const one of found as readonly Held[]) {
    const held = stored(one, here);
    if (!held) {
      line.because = { en: 'it is not known which record this is', ja: 'どのレコードか分かりません' };
      box.store.doubtAll(line.because);
      continue;
    }
    const { row } = held;
    if (row.gone) fail(here, usedAfterDelete(row.id));
    allow(here, 'update', row.object);
    // What is assigned to a variable on the way is in it by now.
    const own = set.filter(({ field }) => !held.draft.has(box.store.fieldName(row.object, field.name, row.values)));
    const drafts = drafted(here, held, row.object, 'update');
    const checked = checkedSet(
      target.kind === 'path' && held.draft.size > 0 ? [] : own,
      row.object,
      run.saving?.row === row && run.isNew ? 'create' : 'update',
      {
        box,
        run,
        candidate: held,
      },
    );
    if ('wrong' in checked) fail(here, checked.wrong);
    else saved(here, held, new Map([...drafts, ...checked.values]));
    if (more)
      row.doubt = {
        why: {
          en: `${here.step.id} writes more than crm-doctor can see`,
          ja: `${here.step.id} は crm-doctor が読み取れない値も書き込みます`,
        },
        sure: new Set(),
      };
  }
  if (found.length === 0) line.because = { en: 'no record matches', ja: '条件に合うレコードがありません' };
};

/** Changes the owner of a record. */
export const writeOwner = (held: Held, values: ReadonlyMap<string, Value>, here: Here): void => {
  const { box, run } = here;
  if (held.row.gone) fail(here, usedAfterDelete(held.row.id));
  allow(here, 'update', held.row.object);
  const kept = new Map<string, Value>();
  for (const [name, value] of values) {
    const checked = checkedValue(
      { object: held.row.object, name, value, operation: 'update', runner: run.runner, format: run.workflow.format },
      box,
    );
    if ('wrong' in checked) fail(here, checked.wrong);
    else kept.set(name, checked.value);
  }
  saved(here, held, kept);
};

export const deleteRecord = (here: At<'delete'>): void => {
  const { box, run, step, line } = here;
  const found = targets(here, step.target);
  if (!Array.isArray(found)) {
    const { why } = found as Extract<Value, { kind: 'unknown' }>; // as above
    line.because = why;
    box.store.doubtAll(why);
    return;
  }
  const records = found as readonly Held[];
  for (const { row } of records) {
    if (row.gone) fail(here, usedAfterDelete(row.id));
    allow(here, 'delete', row.object);
    saveRecord({ kind: 'delete', row, values: new Map(), by: { run, step: step.id }, checked: true }, box);
  }
  line.because =
    records.length === 0
      ? { en: 'no record matches', ja: '条件に合うレコードがありません' }
      : {
          en: `deletes ${records
            .map(({ row }) => row.id)
            .slice(0, 5)
            .join(', ')}`,
          ja: `${records
            .map(({ row }) => row.id)
            .slice(0, 5)
            .join('、')} を削除します`,
        };
};
