import type { ComparedColumn } from '../../model/sync/column.ts';
import type { Form } from './forms.ts';
import { literal } from './table-function.ts';

/** Three columns of an answer: a value of the left, what stands for it on the right, in how many pairs. */
type Counted = readonly (readonly string[])[];

const fewestOfValue = 5;
/** More values than this are none to choose from. */
export const mostOptions = 500;

/** Whether a column may hold options. */
export const mayHoldOptions = ({ type, role }: ComparedColumn): boolean =>
  (type === 'picklist' || type === 'text') && role === undefined;

const yesOrNo = new Set('true,false,1,0,y,n,yes,no,はい,いいえ,有,無,○,×,on,off,t,f'.split(','));

/**
 * Each value of the left has one name of its own on the right, which is no value of the left itself. Of the counts of all pairs, those
 * where both are filled in.
 */
export const optionForm = (counted: Counted): Form | undefined => {
  const totals = new Map<string, number>();
  const best = new Map<string, { readonly to: string; readonly n: number }>();
  for (const [from = '', to = '', count = '0'] of counted) {
    const n = Number(count);
    totals.set(from, (totals.get(from) ?? 0) + n);
    if (from === to || from === '' || to === '') continue;
    if (n > (best.get(from)?.n ?? 0)) best.set(from, { to, n });
  }
  const sure = [...best].filter(([from, { to, n }]) => {
    const total = totals.get(from) ?? 0;
    return total >= fewestOfValue && n >= 0.9 * total && !totals.has(to);
  });
  const images = new Set(sure.map(([, { to }]) => to));
  const isBoolean = sure.every(([from, { to }]) => yesOrNo.has(from.toLowerCase()) && yesOrNo.has(to.toLowerCase()));
  if (sure.length === 0 || images.size !== sure.length || isBoolean || totals.size > mostOptions) return undefined;
  const names = new Map(sure.map(([from, { to }]) => [from, to]));
  const [froms, tos] = [sure.map(([from]) => literal(from)), sure.map(([, { to }]) => literal(to))];
  return {
    cause: 'sync.picklist-label-vs-value',
    effect: 'notation',
    detail: { map: Object.fromEntries(names) },
    sql: (left, right) =>
      `(${right} != '' AND transform(${left}, [${froms.join(', ')}], [${tos.join(', ')}], '') = ${right})`,
    holds: (left, right) => names.get(left) === right,
    // That each value has one name of its own is the test.
    ownChance: true,
  };
};
