import type { Plain, Sample, SimulatedSample } from '../../model/workflow/sample.ts';
import type { Workflow } from '../../model/workflow/workflow.ts';

type Status = SimulatedSample['status'];

/** How the logs of different systems call it. */
const statuses: readonly [Status, RegExp][] = [
  ['not-started', /^(?:not[-_ ]?started|skipped|not[-_ ]?run|ignored|filtered|未実行|スキップ|対象外)$/],
  ['failed', /^(?:failed|failure|fail|error|errored|exception|aborted|faulted|異常終了|失敗|エラー)$/],
  ['completed', /^(?:completed|complete|success|succeeded|successful|ok|done|finished|processed|正常終了|成功|完了)$/],
  ['unknown', /^unknown$/],
];

export const statusOf = (text: string): Status | undefined => {
  const word = text.normalize('NFKC').trim().toLowerCase();
  return statuses.find(([, pattern]) => pattern.test(word))?.[0];
};

const sameValue = (one: Plain | undefined, other: Plain | undefined): boolean => {
  const empty = (value: Plain | undefined) => value === undefined || value === null || value === '';
  return (empty(one) && empty(other)) || JSON.stringify(one) === JSON.stringify(other);
};

const once = (steps: readonly string[]): string => JSON.stringify([...new Set(steps)]);

/** Steps that only lead somewhere; nobody has to list them. */
const leads = new Set(['decision', 'loop', 'split', 'join', 'stop', 'let']);

/** The steps that ran, as somebody would list them: in order, with or without repetitions, of one workflow or of all. */
const sameSteps = (
  wanted: readonly string[],
  { steps }: SimulatedSample,
  workflows: readonly Workflow[],
  own: string | undefined,
) => {
  const kinds = new Map(
    workflows.flatMap(({ id, steps: all }) => all.map((step) => [JSON.stringify([id, step.id]), step.kind])),
  );
  const named = new Set(wanted);
  const ran = steps.filter(
    ({ status, workflow, step }) =>
      status === 'ran' && (named.has(step) || !leads.has(kinds.get(JSON.stringify([workflow, step])) ?? '')),
  );
  const first = own ?? ran[0]?.workflow;
  return [ran, ran.filter(({ workflow }) => workflow === first)].some((list) => {
    const ids = list.map(({ step }) => step);
    return JSON.stringify(ids) === JSON.stringify(wanted) || once(ids) === once(wanted);
  });
};

/** Whether a result is what the sample expects, or what the log says; undefined where neither says anything. */
export const matchesOf = (
  sample: Sample,
  result: SimulatedSample,
  workflows: readonly Workflow[],
): boolean | undefined => {
  const { expect, observed } = sample;
  if (expect) {
    if (expect.status !== undefined && statusOf(expect.status) !== result.status) return false;
    if (expect.steps && !sameSteps(expect.steps, result, workflows, sample.workflow)) return false;
    if (expect.record === null) return result.record === null;
    const { record } = result;
    return Object.entries(expect.record ?? {}).every(
      ([name, value]) => record !== null && sameValue(record[name], value),
    );
  }
  if (!observed) return undefined;
  const status = observed.status === undefined ? undefined : statusOf(observed.status);
  if (status === undefined && observed.step === undefined) return undefined;
  if (status !== undefined && status !== result.status) return false;
  if (observed.step === undefined || observed.step === '' || result.status !== 'failed') return true;
  return result.failure?.step === observed.step;
};
