import { rememberFor } from '../../model/remember.ts';
import type { Text } from '../../model/text.ts';
import type { Project } from '../../model/workflow/project.ts';
import type { Trigger, Workflow } from '../../model/workflow/workflow.ts';
import { after, later, momentOf, readWhen } from './clock.ts';
import type { Verdict } from './condition.ts';
import { holds } from './condition.ts';
import { hold, isEmpty, isUnknown } from './held.ts';
import { readPath } from './read.ts';
import type { Run, Sandbox } from './sandbox.ts';
import { join, shown } from './words.ts';

export type Event = 'create' | 'update' | 'delete' | 'schedule' | 'date' | 'webhook' | 'manual' | 'call';

export const startsOn = ({ on, date }: Trigger, event: Event): boolean => {
  if (event === 'create' || event === 'update') return on === event || on === 'save';
  // A path that runs so long after a save is a part of that save.
  if (event === 'date') return on === 'date';
  return on === event && !date;
};

const active = ({ status }: Workflow): boolean => status === 'active';

/** Salesforce runs flows without an order between 1000 and 1001; elsewhere they come last. */
const place = ({ format, order }: Workflow): number => order ?? (format === 'SF' ? 1000.5 : Number.MAX_SAFE_INTEGER);

export interface Candidate {
  readonly workflow: Workflow;
  readonly trigger: Trigger;
}

const startable = (project: Project, event: Event, object: string | undefined): readonly Candidate[] => {
  const ignore = project.schema.ignoreCase === true;
  const same = (one: string | undefined): boolean =>
    one === object || (ignore && one !== undefined && one.toLowerCase() === object?.toLowerCase());
  return project.workflows
    .filter((workflow) => active(workflow) && (object === undefined || same(workflow.object?.name)))
    .flatMap((workflow) =>
      workflow.triggers.filter((trigger) => startsOn(trigger, event)).map((trigger) => ({ workflow, trigger })),
    )
    .sort((one, other) => place(one.workflow) - place(other.workflow));
};

const known = rememberFor((_project: Project) => new Map<string, readonly Candidate[]>());

/** The workflows that this event of an object may start, in the order in which they run; the project is sorted by path. */
export const candidatesFor = (
  { project }: Pick<Sandbox, 'project'>,
  event: Event,
  object: string | undefined,
  phase?: Trigger['phase'],
): readonly Candidate[] => {
  const key = JSON.stringify([event, object]);
  const found = known(project).get(key) ?? startable(project, event, object);
  known(project).set(key, found);
  return phase === undefined ? found : found.filter(({ trigger }) => trigger.phase === phase);
};

const unchanged = (fields: readonly string[]): Text => ({
  en: `none of ${fields.join(', ')} changed`,
  ja: `${fields.join('、')} のいずれも変更されていません`,
});

/** Whether a field that it watches changed. */
const watched = (run: Run, box: Sandbox): Verdict | undefined => {
  const { record, prior, trigger } = run;
  if (!trigger?.watch || trigger.watch.length === 0 || !record) return undefined;
  const names = trigger.watch.map(({ name }) => name);
  const verdicts = names.map((name) =>
    holds(
      {
        kind: 'test',
        op: 'changed',
        left: {
          kind: 'path',
          path: { root: { kind: 'record' }, segments: [name], text: name, place: trigger.place },
          place: trigger.place,
        },
        place: trigger.place,
      },
      { box, run },
    ),
  );
  const changed = verdicts.find(({ truth }) => truth === true);
  if (changed) return changed;
  if (verdicts.some(({ truth }) => truth === undefined) || (prior && isUnknown(priorValue(prior))))
    return {
      truth: undefined,
      because: {
        en: `the sample does not say whether ${names.join(' or ')} changed`,
        ja: `${names.join('、')} が変更されたかどうかがサンプルにありません`,
      },
    };
  return { truth: false, because: unchanged(names) };
};

const priorValue = (prior: NonNullable<Run['prior']>) => ('kind' in prior ? prior : hold(prior));

/** Whether the conditions held before this save already. */
const heldBefore = (run: Run, box: Sandbox): Verdict | undefined => {
  const { trigger, prior } = run;
  if (!trigger?.becomesTrue || !trigger.when || !prior) return undefined;
  if ('kind' in prior) return { truth: undefined, because: prior.why };
  const then: Run = { ...run, record: hold(prior) };
  const { truth, because } = holds(trigger.when.condition, { box, run: then });
  return {
    truth: truth === undefined ? undefined : !truth,
    because: {
      en: `the conditions held before this save already: ${because.en}`,
      ja: `保存前から条件を満たしていました（${because.ja}）`,
    },
  };
};

/** Whether a run begins, and what decided it. */
export const begins = (run: Run, box: Sandbox): Verdict => {
  const { trigger, workflow, record } = run;
  const told: Verdict[] = [];
  const watch = watched(run, box);
  if (watch?.truth === false) return watch;
  if (watch) told.push(watch);
  if (trigger?.when) {
    const when = holds(trigger.when.condition, { box, run });
    if (when.truth === false) return when;
    told.push(when);
  }
  const fresh = heldBefore(run, box);
  if (fresh?.truth === false) return fresh;
  if (fresh?.truth === undefined && fresh) told.push(fresh);
  if (trigger?.once && record && box.passed.has(JSON.stringify([workflow.id, record.row.id])))
    return {
      truth: false,
      because: { en: 'each record passes only once', ja: '1 つのレコードにつき 1 回だけ実行されます' },
    };
  const open = told.filter(({ truth }) => truth === undefined);
  const because = open.length > 0 ? open : told;
  return {
    truth: open.length > 0 ? undefined : true,
    because: join(
      because.map((one) => one.because),
      '; ',
      '、',
    ),
  };
};

/** The same, where the real system alone could tell: a log that shows a run says that it began; else both ways are followed. */
export const decided = (
  run: Run,
  box: Sandbox,
  observed: boolean,
): { readonly yes: boolean; readonly because: Text } => {
  const { truth, because } = begins(run, box);
  if (truth !== undefined) return { yes: truth, because };
  if (observed) return { yes: true, because };
  const at = box.choices.choose(
    {
      en: `does ${run.workflow.id} start? ${because.en}`,
      ja: `${run.workflow.id} は起動するか（${because.ja}）`,
    },
    [
      { en: 'starts', ja: '起動する' },
      { en: 'does not start', ja: '起動しない' },
    ],
  );
  return { yes: at === 0, because };
};

/** When a timed path of a save begins; undefined where the date that it counts from is empty or not known. */
export const dueAt = (run: Run, box: Sandbox): number | undefined => {
  const date = run.trigger?.date;
  if (!date) return undefined;
  if (!date.field) return date.offset ? later(box.now, date.offset, box.zone) : box.now;
  const value = readPath(
    { root: { kind: 'record' }, segments: date.field.name.split('.'), text: date.field.name, place: date.field.place },
    { box, run },
  );
  const when = typeof value === 'string' ? readWhen(value, box.zone) : undefined;
  if (!when) return undefined;
  return momentOf(date.offset ? after(when, date.offset, box.zone) : when, box.zone);
};

export const emptyDate = (run: Run, box: Sandbox): Text | undefined => {
  const field = run.trigger?.date?.field;
  if (!field || !run.record) return undefined;
  const value = box.store.read(run.record.row, field.name, run.workflow.format);
  if (!isEmpty(value)) return undefined;
  const words = shown(value);
  return { en: `${field.name} is ${words.en}`, ja: `${field.name} が${words.ja}です` };
};
