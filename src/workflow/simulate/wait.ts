import type { Text } from '../../model/text.ts';
import type { Plain } from '../../model/workflow/sample.ts';
import { writtenDuration, writtenValue } from '../../reason/workflow/written.ts';
import { after, later, momentOf, momentText, readWhen } from './clock.ts';
import { holds } from './condition.ts';
import type { Value } from './held.ts';
import { groupOf, isEmpty, unknown } from './held.ts';
import type { At, Next } from './here.ts';
import { fail, go, outcome } from './here.ts';
import { nobodyApproves, waitForNothing } from './messages.ts';
import { partyReached } from './parties.ts';
import { evaluate } from './read.ts';
import type { Parked, Sandbox } from './sandbox.ts';
import { answerFor } from './sandbox.ts';
import { forget, goOn } from './save.ts';
import { skipUnlessReached } from './skipped.ts';

export const approval = (here: At<'approval'>): Next => {
  const { box, run, step, line } = here;
  const reached = step.approvers.map((party) => partyReached(party, { box, run }));
  if (
    step.approvers.length > 0 &&
    reached.every(({ addresses, wrong }) => addresses.length === 0 && wrong?.rule !== 'mail-recipient-not-address')
  )
    fail(here, nobodyApproves());
  const given = answerFor(box, step.id);
  const way =
    given === 'approved' || given === 'rejected'
      ? given
      : outcome(here, [
          { way: 'approved' as const, says: { en: 'approved', ja: '承認' } },
          { way: 'rejected' as const, says: { en: 'rejected', ja: '却下' } },
        ]);
  const taken = way === 'rejected' ? step.rejected : step.approved;
  const other = way === 'rejected' ? step.approved : step.rejected;
  line.because =
    way === 'rejected' ? { en: 'rejected', ja: '却下されました' } : { en: 'approved', ja: '承認されました' };
  box.ways.push({ workflow: run.workflow.id, step: step.id, way: way ?? 'approved' });
  const target = (taken ?? step.next)?.to;
  if (other?.to !== undefined && other.to !== target) skipUnlessReached(box, run, [other.to], target, line.because);
  forget(run);
  return { kind: 'go', to: target };
};

/** What is true when an awaited condition has come about, as far as its tests say so. */
const comesAbout = ({ box, run, step }: At<'wait'>, given: Plain | undefined): void => {
  if (step.until.kind !== 'condition' || !run.record) return;
  if (given !== null && typeof given === 'object' && !Array.isArray(given)) {
    box.store.write(run.record.row, groupOf(given as Readonly<Record<string, Plain>>).of); // arrays are ruled out
    return;
  }
  for (const { left, op, right } of step.until.conditions.tests) {
    if (left.kind !== 'path' || left.path.root.kind !== 'record' || left.path.segments.length !== 1) continue;
    const name = box.store.fieldName(run.record.row.object, left.path.segments[0] ?? '', run.record.row.values);
    const value: Value =
      right && (op === 'eq' || op === 'changedTo')
        ? evaluate(right, { box, run })
        : unknown({ en: 'changed while it waited', ja: '待っている間に変わりました' });
    box.store.write(run.record.row, new Map([[name, value]]));
  }
};

export const wait = (here: At<'wait'>): Next => {
  const { box, run, step, line } = here;
  const { until, timeout } = step;
  const to = step.next?.to;
  const due = timeout ? later(box.now, timeout, box.zone) : undefined;
  const untilText = (at: number): Text => ({
    en: `waits until ${momentText(at, box.zone)}`,
    ja: `${momentText(at, box.zone)} まで待ちます`,
  });
  const pause = (at: number): Next => {
    line.because = at <= box.now ? { en: 'no need to wait', ja: '待つ必要がありません' } : untilText(at);
    if (run.inside) forget(run);
    return { kind: 'pause', at, to };
  };
  switch (until.kind) {
    case 'duration':
      return pause(later(box.now, until.duration, box.zone));
    case 'date': {
      const value = evaluate(until.value, { box, run });
      if (isEmpty(value)) return fail(here, waitForNothing(writtenValue(until.value)));
      const when = typeof value === 'string' ? readWhen(value, box.zone) : undefined;
      if (!when) {
        line.because = { en: 'waits until a time that is not known', ja: '分からない日時まで待ちます' };
        return { kind: 'pause', at: box.now, to };
      }
      return pause(momentOf(until.offset ? after(when, until.offset, box.zone) : when, box.zone));
    }
    case 'condition':
    case 'signal':
    case 'opaque':
  }
  const met = (): boolean | undefined =>
    until.kind === 'condition' ? holds(until.conditions.condition, { box, run }).truth : false;
  const given = answerFor(box, step.id);
  if (given === undefined && met() === true) {
    line.because = { en: 'what it waits for is so already', ja: '待つ条件をすでに満たしています' };
    return { kind: 'go', to };
  }
  const goes = (late: boolean): string | undefined => {
    line.because = late
      ? { en: `the time is over${timeout ? ` (${writtenDuration(timeout)})` : ''}`, ja: '期限を過ぎました' }
      : { en: 'what it waits for came about', ja: '待っていた条件を満たしました' };
    box.ways.push({ workflow: run.workflow.id, step: step.id, way: late ? 'late' : 'event' });
    forget(run);
    if (late) {
      if (due !== undefined) box.now = Math.max(box.now, due);
      return (step.late ?? step.next)?.to;
    }
    return (step.events?.[0]?.edge ?? step.next)?.to;
  };
  if (given !== undefined) {
    const late = given === 'timeout';
    if (!late) comesAbout(here, given);
    return { kind: 'go', to: goes(late) };
  }
  const parked: Parked = {
    ...(until.kind === 'signal' ? { signal: until.signal.name } : {}),
    ...(due === undefined ? {} : { due }),
    about: {
      en: `${run.workflow.id}, ${step.id}: the sample does not say whether what it waits for comes about`,
      ja: `${run.workflow.id} の ${step.id}: 待っている条件が満たされるかどうかがサンプルにありません`,
    },
    arrived: met,
    go: (late) => {
      if (!late && met() !== true) comesAbout(here, undefined);
      const target = goes(late);
      goOn(box, run, target);
    },
  };
  if (!run.inside) return { kind: 'park', parked, to };
  const way = outcome(here, waitWays(due !== undefined));
  if (way === 'happens') comesAbout(here, undefined);
  return { kind: 'go', to: goes(way === 'late') };
};

const waitWays = (timed: boolean): readonly { readonly way: 'happens' | 'late'; readonly says: Text }[] => [
  { way: 'happens', says: { en: 'it comes about', ja: '満たされる' } },
  ...(timed ? [{ way: 'late' as const, says: { en: 'the time runs out', ja: '期限を過ぎる' } }] : []),
];

/** What waits for a signal or a condition when nothing else is left to do. */
export const settleParked = (box: Sandbox): boolean => {
  const at = box.parked.findIndex(({ arrived }) => arrived() === true);
  const [one] = box.parked.splice(Math.max(at, 0), 1);
  if (!one) return false;
  const ways = waitWays(one.due !== undefined);
  const late =
    at < 0 &&
    ways[
      box.choices.choose(
        one.about,
        ways.map(({ says }) => says),
      )
    ]?.way === 'late';
  one.go(late);
  return true;
};

export const signal = ({ box, step, line }: At<'signal'>): Next => {
  const { name } = step.signal;
  const waiting = box.parked.filter((one) => one.signal === name);
  for (const one of waiting) box.parked.splice(box.parked.indexOf(one), 1);
  line.because = {
    en: `${waiting.length} waiting`,
    ja: `待機中の処理 ${waiting.length} 件`,
  };
  for (const one of waiting) {
    box.numbers += 1;
    box.later.push({ at: box.now, number: box.numbers, go: () => one.go(false) });
  }
  return go(step.next);
};
