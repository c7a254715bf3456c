import type { Text } from '../../model/text.ts';
import type { Value } from './held.ts';
import { isEmpty, isList, isUnknown, unknown } from './held.ts';
import type { At, Next } from './here.ts';
import { go, outcome } from './here.ts';
import { evaluate, readRecords } from './read.ts';
import { skipUnlessReached } from './skipped.ts';
import { shown } from './words.ts';

export const loop = (here: At<'loop'>): Next => {
  const { box, run, step, line } = here;
  let state = run.loops.get(step.id);
  if (state) state.at += 1;
  else {
    const over = step.over;
    const value: Value = !over
      ? unknown({ en: 'what it loops over is not known', ja: '繰り返しの対象が分かりません' })
      : over.kind === 'path'
        ? readRecords(over.path, { box, run })
        : evaluate(over, { box, run });
    const items = isUnknown(value)
      ? unknownItems(here, value.why)
      : isList(value)
        ? value
        : isEmpty(value)
          ? []
          : [value];
    state = { items, at: 0 };
    run.loops.set(step.id, state);
  }
  const { items, at } = state;
  if (at < items.length) {
    const item = shown(items[at] ?? null);
    line.because = {
      en: `round ${at + 1} of ${items.length}: ${item.en}`,
      ja: `${items.length} 件中 ${at + 1} 件目: ${item.ja}`,
    };
    box.ways.push({ workflow: run.workflow.id, step: step.id, way: 'body' });
    return go(step.body);
  }
  run.loops.delete(step.id);
  line.because =
    items.length === 0
      ? { en: 'the list is empty', ja: '対象が 0 件です' }
      : { en: 'all rounds are done', ja: '繰り返しが終わりました' };
  if (items.length === 0 && step.body.to !== undefined)
    skipUnlessReached(box, run, [step.body.to], step.next?.to, line.because);
  return go(step.next);
};

/** A list that is not known: none, or one record of which nothing is known. */
const unknownItems = (here: At<'loop'>, why: Text): readonly Value[] => {
  const way = outcome(here, [
    { way: 'some' as const, says: { en: 'the list has a record', ja: '対象がある' } },
    { way: 'none' as const, says: { en: 'the list is empty', ja: '対象が 0 件' } },
  ]);
  return way === 'none' ? [] : [unknown(why)];
};
