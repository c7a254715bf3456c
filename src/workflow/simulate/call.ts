import type { Value } from './held.ts';
import { isEmpty, unknown } from './held.ts';
import type { At, Next } from './here.ts';
import { fail, go } from './here.ts';
import { subflowInactive, subflowInput, subflowMissing, subflowRecursion } from './messages.ts';
import { runnerOf } from './principal.ts';
import { evaluate } from './read.ts';
import { newRun } from './run.ts';
import { maximumRounds } from './save.ts';
import { put } from './variables.ts';

/** Packages bring workflows of their own: `ns__Flow`. */
const packaged = /^[A-Za-z]\w*?__\w/;

export const call = (here: At<'call'>): Next => {
  const { box, run, step, line } = here;
  const { name } = step.workflow;
  const called = box.project.workflows.find(({ id }) => id === name);
  if (!called) {
    if (!packaged.test(name)) return fail(here, subflowMissing(name));
    const why = { en: `${name} is not in the project`, ja: `${name} はプロジェクトにありません` };
    line.because = why;
    run.results.set(step.id, unknown(why));
    box.store.doubtAll(why);
    return go(step.next);
  }
  if (called.status !== 'active') return fail(here, subflowInactive(name));
  if (run.chain.length > maximumRounds) return fail(here, subflowRecursion(name, maximumRounds));
  const inputs = new Map(step.inputs.map(({ field, value }) => [field.name, evaluate(value, { box, run })]));
  for (const variable of called.variables) {
    if (!variable.input || !variable.required || variable.default) continue;
    if (isEmpty(inputs.get(variable.name) ?? null)) return fail(here, subflowInput(name, variable.name));
  }
  const trigger = called.triggers.find(({ on }) => on === 'call') ?? called.triggers[0];
  const inner = newRun(box, called, {
    ...(trigger ? { trigger } : {}),
    ...(run.record ? { record: run.record } : {}),
    inputs,
    chain: run.chain,
    runner: runnerOf(called, {
      ...(box.user === undefined ? {} : { user: box.user }),
      caller: run.runner,
      schema: box.project.schema,
    }),
    inside: true,
  });
  line.because = { en: `calls ${name}`, ja: `${name} を呼び出します` };
  box.started += 1;
  box.engine.walk(inner, trigger?.to?.to);
  const outputs = new Map<string, Value>();
  for (const { name: output, output: is } of called.variables)
    if (is) outputs.set(output, inner.variables.get(output) ?? null);
  run.results.set(step.id, { kind: 'group', of: outputs });
  for (const { name: output, to } of step.outputs ?? []) put(here, to, outputs.get(output.name) ?? null);
  return go(step.next);
};
