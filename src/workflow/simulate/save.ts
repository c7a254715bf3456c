import type { Text } from '../../model/text.ts';
import { objectOf } from '../../reason/workflow/resolve.ts';
import { semanticsOf } from '../../reason/workflow/semantics.ts';
import { partsOf } from '../../reason/workflow/values.ts';
import type { Failure, Wrong } from './failure.ts';
import { Failed } from './failure.ts';
import type { Row, Unknown, Value } from './held.ts';
import { hold, isSame, isUnknown } from './held.ts';
import { endless, missingRequired } from './messages.ts';
import { runnerOf } from './principal.ts';
import { newRun } from './run.ts';
import type { Run, Sandbox, Saving } from './sandbox.ts';
import { spend } from './sandbox.ts';
import { candidatesFor, decided, dueAt } from './start.ts';
import { missingIn, refusal } from './write-checks.ts';

/** Workflows that start each other more often than this are stopped. */
export const maximumRounds = 20;

/** The step that saves; absent: the one whom the sample tells of. */
export interface By {
  readonly run: Run;
  readonly step: string;
}

export interface Save {
  readonly kind: 'create' | 'update' | 'delete';
  readonly row: Row;
  readonly values: ReadonlyMap<string, Value>;
  readonly by?: By;
  /** Of the sample's own event: only this workflow. */
  readonly only?: string;
  /** Of the sample's own event, where it does not say what changed. */
  readonly prior?: Unknown;
  /** The values were checked one by one before. */
  readonly checked: boolean;
}

/** The sample's own save is not accepted: its workflows never get to run. */
export class Refused extends Error {
  readonly because: Text;
  constructor(because: Text) {
    super(because.en);
    this.because = because;
  }
}

export const failureAt = ({ run, step }: By, { rule, message }: Wrong, fatal = false): Failure => {
  const found = run.workflow.steps.find(({ id }) => id === step);
  return { workflow: run.workflow.id, step, rule, message, place: found?.place ?? run.workflow.place, fatal };
};

const reject = (by: By | undefined, wrong: Wrong): never => {
  if (by) throw new Failed(failureAt(by, wrong));
  throw new Refused({
    en: `the save itself is refused: ${wrong.message.en}`,
    ja: `保存そのものが拒否されます。${wrong.message.ja}`,
  });
};

/** The step that is to blame for a refusal: the last before-phase step that set a field which the rule looks at. */
const blamed = (save: Save, saving: Saving, rule: string | undefined, box: Sandbox): By | undefined => {
  if (saving.setBy.size === 0) return save.by;
  const refuse = objectOf(box.project.schema, save.row.object)?.rules.find(({ name }) => name === rule)?.refuse;
  const looked = new Set<string>();
  for (const part of refuse ? partsOf(refuse) : [])
    if (part.kind === 'test' && part.left.kind === 'path' && part.left.path.segments[0] !== undefined)
      looked.add(box.store.fieldName(save.row.object, part.left.path.segments[0]));
  for (const [field, by] of [...saving.setBy].reverse()) if (looked.size === 0 || looked.has(field)) return by;
  return save.by;
};

/** Required fields, validation rules, uniqueness: what is left to check when before-phase workflows are done. */
const check = (save: Save, saving: Saving, changed: ReadonlySet<string>, run: Run | undefined, box: Sandbox): void => {
  const missing = save.kind === 'create' ? missingIn(save.row, box) : undefined;
  if (missing !== undefined) reject(saving.setBy.get(missing) ?? save.by, missingRequired(save.row.object, missing));
  if (!run) return;
  const found = refusal(save.row, run, changed, box);
  if (found) reject(blamed(save, saving, found.rule, box), found.wrong);
};

const differences = (row: Row, values: ReadonlyMap<string, Value>): Set<string> => {
  const changed = new Set<string>();
  for (const [name, value] of values) if (!isSame(row.values.get(name) ?? null, value)) changed.add(name);
  return changed;
};

/** Whether a write changes anything; where its values are not known, both ways are followed if that starts something. */
export const changesAnything = (row: Row, values: ReadonlyMap<string, Value>, box: Sandbox): boolean => {
  const changed = differences(row, values);
  const certain = [...changed].some(
    (name) => !isUnknown(values.get(name) ?? null) && !isUnknown(row.values.get(name) ?? null),
  );
  if (certain || changed.size === 0) return certain;
  if (candidatesFor(box, 'update', row.object).length === 0) return true;
  return (
    box.choices.choose(
      { en: `does the write change ${[...changed].join(', ')}?`, ja: `${[...changed].join('、')} の値は変わるか` },
      [
        { en: 'no', ja: '変わらない' },
        { en: 'yes', ja: '変わる' },
      ],
    ) === 1
  );
};

const noteIdle = (save: Save, workflow: string, because: Text, box: Sandbox): void => {
  if (!save.by) box.idle.push({ workflow, because });
};

const sawIt = (box: Sandbox, save: Save, workflow: string): boolean => {
  const status = box.sample.observed?.status;
  return !save.by && status !== undefined && status !== 'not-started' && box.sample.workflow === workflow;
};

/** Runs the workflows of one phase. A failure in the save's own phases is thrown where the platform undoes the save, else noted. */
const phase = (
  name: 'before' | 'after' | 'async',
  save: Save,
  prior: Row | Unknown | undefined,
  saving: Saving,
  box: Sandbox,
): void => {
  const { row, kind, by } = save;
  const chain = by?.run.chain ?? [];
  // What changed is what this save changed, and not what a workflow that ran before this one wrote since.
  const asSaved: Row = { ...row };
  for (const { workflow, trigger } of candidatesFor(box, kind, row.object, name)) {
    if (save.only !== undefined && workflow.id !== save.only) continue;
    // Odoo runs an automation once for each record of a transaction.
    if (workflow.oncePerTransaction && chain.includes(workflow.id)) continue;
    spend(box);
    const run = newRun(box, workflow, {
      trigger,
      record: hold(row),
      ...(prior ? { prior } : {}),
      isNew: kind === 'create',
      ...(name === 'before' ? { saving } : {}),
      chain,
      runner: runnerOf(workflow, {
        ...(box.user === undefined ? {} : { user: box.user }),
        schema: box.project.schema,
      }),
    });
    const seen: Run = name === 'before' ? run : { ...run, record: hold(asSaved) };
    const { yes, because } = decided(seen, box, sawIt(box, save, workflow.id));
    if (!yes) {
      noteIdle(save, workflow.id, because, box);
      continue;
    }
    if (by && chain.length >= maximumRounds)
      throw new Failed(failureAt(by, endless([...new Set(chain.slice(-maximumRounds))], maximumRounds), true));
    if (trigger.once) box.passed.add(JSON.stringify([workflow.id, row.id]));
    box.started += 1;
    if (trigger.date) {
      const at = dueAt(run, box);
      if (at !== undefined) postpone(box, at, run, trigger.to?.to);
    } else if (name === 'async') postpone(box, box.now, run, trigger.to?.to);
    else if (name === 'before') box.engine.walk(run, trigger.to?.to);
    else goOn(box, run, trigger.to?.to);
  }
};

/** Takes a run on; what nothing handles ends this run, and where the platform undoes all, everything. */
export const goOn = (box: Sandbox, run: Run, to: string | undefined): void => {
  try {
    box.engine.walk(run, to);
  } catch (error) {
    if (!(error instanceof Failed)) throw error;
    if (error.failure.fatal || (semanticsOf(run.workflow.format).rollsBack && !run.inside)) throw error;
    box.failures.push(error.failure);
  }
};

/** Goes on at that time, in a transaction of its own: what was before is gone. */
export const postpone = (box: Sandbox, at: number, run: Run, to: string | undefined): void => {
  box.numbers += 1;
  box.later.push({
    at: Math.max(at, box.now),
    number: box.numbers,
    go: () => {
      forget(run);
      goOn(box, run, to);
    },
  });
};

export const forget = (run: Run): void => {
  run.isNew = false;
  delete run.prior;
};

/** One save: before-phase workflows, checks, the storing, after-phase workflows; async ones go on later. */
export const saveRecord = (save: Save, box: Sandbox): void => {
  const { row, kind, by } = save;
  const old: Row = { ...row };
  const prior: Row | Unknown | undefined = save.prior ?? (kind === 'create' ? undefined : old);
  const saving: Saving = { row, setBy: new Map() };
  const undo = (): void => {
    row.values = old.values;
    row.gone = kind === 'create';
  };
  try {
    if (kind !== 'delete') box.store.write(row, save.values);
    phase('before', save, prior, saving, box);
    if (kind !== 'delete') {
      const changed = kind === 'create' ? new Set(row.values.keys()) : differences(old, row.values);
      const run = by?.run ?? [...saving.setBy.values()][0]?.run ?? anyRun(box, row, prior);
      check(save, saving, changed, run, box);
    }
  } catch (error) {
    if (error instanceof Failed || error instanceof Refused) undo();
    throw error;
  }
  if (kind === 'delete') row.gone = true;
  phase('after', save, prior, saving, box);
  phase('async', save, prior, saving, box);
};

/** Validation rules are evaluated like the conditions of the object's workflows. */
const anyRun = (box: Sandbox, row: Row, prior: Row | Unknown | undefined): Run | undefined => {
  const workflow = box.project.workflows.find(({ object }) => object?.name === row.object) ?? box.project.workflows[0];
  return workflow && newRun(box, workflow, { runner: {}, record: hold(row), ...(prior ? { prior } : {}), chain: [] });
};
