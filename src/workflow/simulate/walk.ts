import type { Text } from '../../model/text.ts';
import type { Step } from '../../model/workflow/step.ts';
import { graphOf } from '../../reason/workflow/graph.ts';
import { Failed, TooLong } from './failure.ts';
import type { Next } from './here.ts';
import { danglingTarget, innerCycle } from './messages.ts';
import { perform } from './perform.ts';
import type { Ended, Run, Sandbox, Traced } from './sandbox.ts';
import { spend } from './sandbox.ts';
import { failureAt, postpone } from './save.ts';
import { skipUnlessReached } from './skipped.ts';

/** A step that is come to more often without a list to loop over never ends. */
const maximumVisits = 500;

const noEnd: Text = {
  en: 'the dry run stopped: what decides whether this goes on is not known',
  ja: '続くかどうかを決める値が分からないため、試行を打ち切りました',
};

const trace = (box: Sandbox, run: Run, step: Step): Traced => {
  const line: Traced = { workflow: run.workflow.id, step: step.id, status: 'ran', because: { en: '', ja: '' } };
  box.trace.push(line);
  return line;
};

const count = (box: Sandbox, run: Run, step: Step): void => {
  spend(box);
  const visits = (run.visits.get(step.id) ?? 0) + 1;
  run.visits.set(step.id, visits);
  if (visits <= maximumVisits || run.loops.size > 0) return;
  // Somebody's answers, or what only the real system knows, may end it one day.
  if (box.choices.asked() > 0 || graphOf(run.workflow).afterPause(step.id)) throw new TooLong(noEnd);
  throw new Failed(failureAt({ run, step: step.id }, innerCycle(maximumVisits), true));
};

/** What comes after an error: the step's own path, else that of the workflow, after which the run has failed all the same. */
const afterError = (box: Sandbox, run: Run, step: Step, line: Traced, error: Failed): string | undefined => {
  const { failure } = error;
  line.status = 'failed';
  line.because = failure.message;
  if (failure.fatal) throw error;
  if (step.onError) {
    run.error = { message: failure.message, step: step.id };
    box.ways.push({ workflow: run.workflow.id, step: step.id, way: 'error' });
    return step.onError.to;
  }
  skipUnlessReached(box, run, nextOf(run, step), undefined, {
    en: `the run ended at ${step.id} with an error`,
    ja: `${step.id} のエラーで処理が終了しました`,
  });
  const path = run.workflow.onError?.to;
  if (path !== undefined && !run.handling) {
    run.error = { message: failure.message, step: step.id };
    run.handling = true;
    try {
      walk(box, run, path);
    } catch (second) {
      // An error on the way out of an error changes nothing about how it ends.
      if (!(second instanceof Failed) || second.failure.fatal) throw second;
    }
  }
  throw error;
};

/** Where it would have gone on without the error. */
const nextOf = (run: Run, step: Step): readonly string[] =>
  graphOf(run.workflow)
    .ways(step.id)
    .filter(({ kind }) => kind !== 'error')
    .map(({ to }) => to);

/** Goes from step to step. */
const walk = (box: Sandbox, run: Run, from: string | undefined, until?: ReadonlySet<string>): Ended => {
  const { steps } = graphOf(run.workflow);
  let at = from;
  let last: string | undefined;
  while (at !== undefined && !until?.has(at)) {
    const step = steps.get(at);
    if (!step) throw new Failed(failureAt({ run, step: last ?? at }, danglingTarget(at)));
    count(box, run, step);
    const line = trace(box, run, step);
    let next: Next;
    try {
      next = perform(box, run, step, line);
    } catch (error) {
      if (!(error instanceof Failed)) throw error;
      last = step.id;
      at = afterError(box, run, step, line, error);
      continue;
    }
    last = step.id;
    if (next.kind === 'pause') {
      if (run.inside) {
        box.now = Math.max(box.now, next.at);
      } else {
        postpone(box, next.at, run, next.to);
        return 'paused';
      }
    } else if (next.kind === 'park') {
      box.parked.push(next.parked);
      return 'paused';
    } else if (next.kind === 'end') return 'done';
    at = next.to;
  }
  return 'done';
};

export { walk };
