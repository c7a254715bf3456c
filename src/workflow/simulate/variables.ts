import type { Text } from '../../model/text.ts';
import type { StepOf } from '../../model/workflow/step.ts';
import type { Path } from '../../model/workflow/value.ts';
import type { Value } from './held.ts';
import { hold, isEmpty, isHeld, isList, isUnknown, plainOf, unknown } from './held.ts';
import type { At, Here, Next } from './here.ts';
import { go } from './here.ts';
import { evaluate, readPath } from './read.ts';
import { shown } from './words.ts';
import { setDrafts } from './writes.ts';

const number = (value: Value): number | undefined => {
  if (isEmpty(value)) return 0;
  const plain = plainOf(value);
  const result = typeof plain === 'number' ? plain : typeof plain === 'string' ? Number(plain) : Number.NaN;
  return Number.isFinite(result) ? result : undefined;
};

type How = StepOf<'let'>['assigns'][number]['how'];

/** A list holds what a record variable was, not what it is made to be afterwards. */
const copied = (value: Value): Value => (isHeld(value) ? { ...value, draft: new Map(value.draft) } : value);

const assigned = (old: Value, value: Value, how: How): Value => {
  const list = isList(old) ? old : isEmpty(old) ? [] : [old];
  const items = isList(value) ? value : [value];
  switch (how) {
    case 'set':
      return value;
    case 'append':
      return list.length > 10_000 ? list : [...list, ...items.map(copied)];
    case 'remove':
      return list.filter((one) => !items.some((item) => plainOf(item) === plainOf(one)));
    case 'count':
      return isUnknown(value) ? value : isList(value) ? value.length : isEmpty(value) ? 0 : 1;
    case 'add':
    case 'subtract': {
      if (isUnknown(old)) return old;
      if (isUnknown(value)) return value;
      if (isList(old)) return how === 'add' ? [...old, ...items.map(copied)] : assigned(old, value, 'remove');
      const left = number(old);
      const right = number(value);
      if (left !== undefined && right !== undefined) return how === 'add' ? left + right : left - right;
      return how === 'add' ? `${String(plainOf(old) ?? '')}${String(plainOf(value) ?? '')}`.slice(0, 200_000) : value;
    }
    case 'other':
      return unknown({ en: 'crm-doctor does not compute this', ja: 'crm-doctor はこの計算に対応していません' });
  }
};

/** Puts a value where a path of a variable, or of a field of a record in one, leads. */
export const put = ({ box, run }: Pick<Here, 'box' | 'run'>, to: Path, value: Value): void => {
  const { root, segments } = to;
  if (segments.length === 0) {
    if (root.kind === 'variable') run.variables.set(root.name, value);
    if (root.kind === 'step') run.results.set(root.step, value);
    return;
  }
  const holder = readPath({ ...to, segments: segments.slice(0, -1) }, { box, run });
  const name = segments.at(-1) ?? '';
  if (isHeld(holder))
    setDrafts(holder, new Map([[box.store.fieldName(holder.row.object, name, holder.row.values), value]]), box, run);
  else if (root.kind === 'variable' && segments.length === 1 && !isUnknown(holder)) {
    // A record variable that nothing was put into yet is a record that is not stored.
    const variable = run.workflow.variables.find((one) => one.name === root.name);
    const row = {
      object: variable?.object ?? root.name,
      id: '',
      values: new Map<string, Value>(),
      auto: new Map<string, Value>(),
      gone: false,
    };
    const held = hold(row);
    held.draft.set(name, value);
    run.variables.set(root.name, held);
  }
};

export const letStep = (here: At<'let'>): Next => {
  const { box, run, step, line } = here;
  const told: Text[] = [];
  for (const { to, how, value } of step.assigns) {
    const result = assigned(how === 'set' ? null : readPath(to, { box, run }), evaluate(value, { box, run }), how);
    put(here, to, result);
    const words = shown(result);
    told.push({ en: `${to.text} = ${words.en}`, ja: `${to.text} = ${words.ja}` });
  }
  line.because = { en: told.map(({ en }) => en).join(', '), ja: told.map(({ ja }) => ja).join('、') };
  return go(step.next);
};
