import { allow } from './allow.ts';
import { holds } from './condition.ts';
import type { Row, Value } from './held.ts';
import { hold, isEmpty, isHeld, unknown } from './held.ts';
import type { At, Here } from './here.ts';

const sortKey = (value: Value): string | number =>
  typeof value === 'number' ? value : isEmpty(value) ? '' : String(value);

const inOrder = (rows: readonly Row[], { box, run, step }: At<'find'>): readonly Row[] => {
  const sort = step.sort ?? [];
  if (sort.length === 0) return rows;
  return rows.toSorted((left, right) => {
    for (const { field, descending } of sort) {
      const name = box.store.fieldName(left.object, field.name, left.values);
      const one = sortKey(box.store.read(left, name, run.workflow.format));
      const other = sortKey(box.store.read(right, name, run.workflow.format));
      if (one === other) continue;
      const less = typeof one === 'number' && typeof other === 'number' ? one < other : String(one) < String(other);
      return less === descending ? 1 : -1;
    }
    return 0;
  });
};

/** Records that people whose roles see only their own do not find. */
const visible = ({ run }: Here, row: Row): boolean => {
  const { principal, user } = run.runner;
  if (principal?.kind !== 'user' || user === undefined || row.object === 'User') return true;
  if (principal.roles.some(({ records, everything }) => everything === true || records === 'all')) return true;
  const owner = row.values.get('owner') ?? row.auto.get('owner');
  return owner === undefined || owner === user || (owner !== null && isHeld(owner) && owner.row.id === user);
};

export const findRecords = (here: At<'find'>): Value => {
  const { box, run, step, line } = here;
  allow(here, 'read', step.object.name);
  const found: Row[] = [];
  for (const row of box.store.rows(step.object.name)) {
    if (!visible(here, row)) continue;
    const verdict = step.where && holds(step.where.condition, { box, run, candidate: hold(row) });
    if (verdict?.truth === false) continue;
    if (verdict && verdict.truth === undefined) {
      line.because = {
        en: `it is not known what it finds: ${verdict.because.en}`,
        ja: `検索結果が分かりません（${verdict.because.ja}）`,
      };
      return unknown(verdict.because);
    }
    found.push(row);
  }
  const limit = step.gives === 'one' ? 1 : (step.limit ?? found.length);
  const kept = inOrder(found, here).slice(0, limit);
  const ids = kept.slice(0, 5).map(({ id }) => id);
  line.because =
    kept.length === 0
      ? { en: `finds no ${step.object.name}`, ja: `${step.object.name} が見つかりません` }
      : {
          en: `finds ${step.object.name} ${ids.join(', ')}`,
          ja: `${step.object.name} ${ids.join('、')} が見つかります`,
        };
  if (step.gives === 'one') return kept[0] ? hold(kept[0]) : null;
  return kept.map(hold);
};
