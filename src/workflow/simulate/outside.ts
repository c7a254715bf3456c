import { heldOf, unknown } from './held.ts';
import type { At, Next } from './here.ts';
import { fail, go, handled, outcome } from './here.ts';
import { failedOutside, httpStatus } from './messages.ts';
import { answerFor } from './sandbox.ts';
import { forget } from './save.ts';
import { put } from './variables.ts';
import { shown } from './words.ts';
import { updateRecords } from './writes.ts';

export const http = (here: At<'http'>): Next => {
  const { box, run, step, line } = here;
  line.because = { en: 'not sent in a dry run', ja: '試行のため送信しません' };
  if (step.deferred) return go(step.next);
  const given = answerFor(box, step.id);
  if (given === undefined) {
    const way = outcome(here, [
      { way: 'answered' as const, says: { en: 'it is answered', ja: '応答がある' } },
      { way: 'fails' as const, says: { en: 'it fails', ja: '失敗する' } },
    ]);
    if (way === 'fails') return fail(here, failedOutside(handled(here)));
    run.results.set(
      step.id,
      unknown({ en: `the sample has no answer for ${step.id}`, ja: `サンプルに ${step.id} の回答がありません` }),
    );
    return go(step.next);
  }
  const answer = heldOf(given);
  const status = answer !== null && typeof answer === 'object' && 'of' in answer ? answer.of.get('status') : answer;
  if (typeof status === 'number' && status >= 400) return fail(here, httpStatus(status, handled(here)));
  run.results.set(step.id, answer);
  const code = shown(status ?? null);
  line.because = { en: `answered with ${code.en}`, ja: `応答 ${code.ja}` };
  return go(step.next);
};

export const custom = ({ box, run, step, line }: At<'custom'>): Next => {
  const given = answerFor(box, step.id);
  line.because = {
    en: `${step.action.name} is not carried out in a dry run`,
    ja: `${step.action.name} は試行では実行しません`,
  };
  const why = {
    en: `${step.id} (${step.action.name}) may have changed it`,
    ja: `${step.id}（${step.action.name}）が変更した可能性があります`,
  };
  run.results.set(step.id, given === undefined ? unknown(why) : heldOf(given));
  for (const to of step.sets ?? []) put({ box, run }, to, given === undefined ? unknown(why) : heldOf(given));
  if (step.effect === 'opaque' && given === undefined) {
    box.store.doubtAll(why);
    for (const name of run.variables.keys()) run.variables.set(name, unknown(why));
  }
  return go(step.next);
};

export const code = (here: At<'code'>): Next => {
  const { box, run, step, line } = here;
  line.because = { en: `${step.language} code is not run`, ja: `${step.language} のコードは実行しません` };
  const why = { en: `the code in ${step.id} may have changed it`, ja: `${step.id} のコードが変更した可能性があります` };
  if (step.writes.length > 0) updateRecords({ kind: 'trigger' }, step.writes, here);
  if (!step.complete && answerFor(box, step.id) === undefined) {
    box.store.doubtAll(why);
    for (const name of run.variables.keys()) run.variables.set(name, unknown(why));
  }
  run.results.set(step.id, unknown(why));
  return go(step.next);
};

/** What somebody types in is in the sample's answers. */
export const screen = ({ box, run, step, line }: At<'screen'>): Next => {
  const given = answerFor(box, step.id);
  const why = { en: `the sample has no input for ${step.id}`, ja: `サンプルに ${step.id} の入力がありません` };
  const answers = given === undefined ? null : heldOf(given);
  const typed = answers !== null && typeof answers === 'object' && 'of' in answers ? answers.of : undefined;
  for (const { name } of step.fields) run.variables.set(name, typed?.get(name) ?? unknown(why));
  forget(run);
  line.because = { en: 'a screen is shown', ja: '画面が表示されます' };
  return go(step.next);
};
