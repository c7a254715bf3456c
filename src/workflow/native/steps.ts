import type { Edge, Step } from '../../model/workflow/step.ts';
import { textIn } from '../source/expect.ts';
import { entryOf, type TreeEntry } from '../source/tree.ts';
import { flowActs } from './flow-acts.ts';
import { messageActs, retriesOf } from './message-acts.ts';
import type { Outline } from './outline.ts';
import { recordActs } from './record-acts.ts';
import { type Scope, wrong } from './scope.ts';
import {
  type ActionForm,
  besideOf,
  into,
  opaqueAct,
  type StepReading,
  unknownAction,
  unknownParameter,
} from './step-reading.ts';

const forms: Readonly<Record<string, ActionForm>> = { ...recordActs, ...messageActs, ...flowActs };
const actions = Object.keys(forms);
const common = ['id', 'name', 'onError', 'next'];

const formOf = (key: string): ActionForm | undefined => (Object.hasOwn(forms, key) ? forms[key] : undefined);

const noAction = (outline: Outline, scope: Scope): void => {
  wrong(
    scope,
    outline.place,
    {
      en: 'this step does nothing: its action is missing',
      ja: 'このステップには動作が書かれていないため、何も行われません',
    },
    { en: `add one of ${actions.join(', ')}`, ja: `${actions.join('、')} のどれか 1 つを書いてください` },
  );
};

const secondAction = ({ key, keyPlace }: TreeEntry, first: string, scope: Scope): void => {
  wrong(
    scope,
    keyPlace,
    {
      en: `a step does one thing: ${key} is ignored, because ${first} is here already`,
      ja: `1 つのステップに書ける動作は 1 つです。${first} があるため、${key} は無視されます`,
    },
    { en: 'make a step of its own of it', ja: '別のステップに分けてください' },
  );
};

/** `next: STEPID` or `next: end`, else what follows. */
const followOf = (outline: Outline, usual: Edge, scope: Scope): Edge => {
  const node = entryOf(outline.map, 'next')?.value;
  const name = node && textIn(node, 'next', scope.complain);
  if (!node || name === undefined) return usual;
  return { ...(name === 'end' ? {} : { to: name }), place: node.place, jump: true };
};

const actOf = (
  step: StepReading,
): { readonly act: ReturnType<ActionForm['read']>; readonly form?: ActionForm; readonly entry?: TreeEntry } => {
  const { outline, scope } = step;
  const { entries } = outline.map;
  const found = entries.flatMap((entry) => {
    const form = formOf(entry.key);
    return form ? [{ entry, form }] : [];
  });
  const [first, ...more] = found;
  for (const { entry } of more) {
    if (!first?.form.beside.includes(entry.key)) secondAction(entry, first?.entry.key ?? '', scope);
  }
  if (!first) {
    const unknown = entries.find(({ key }) => !common.includes(key));
    if (unknown) unknownAction(step, unknown, actions);
    else noAction(outline, scope);
    return { act: opaqueAct(unknown?.key ?? '', unknown?.keyPlace ?? outline.place) };
  }
  const allowed = [...common, ...first.form.beside];
  for (const entry of entries) {
    if (!formOf(entry.key) && !allowed.includes(entry.key))
      unknownParameter(step, entry, [...first.form.beside, ...common]);
  }
  return { act: first.form.read(first.entry, step), ...first };
};

/** Whether its own ways already say where it goes on. */
const saysAll = (act: ReturnType<ActionForm['read']>): boolean => {
  if (act.kind === 'decision') return act.otherwise !== undefined;
  return act.kind === 'approval' && act.approved !== undefined && act.rejected !== undefined;
};

const labelOf = ({ map }: Outline, scope: Scope): { readonly label?: string } => {
  const node = entryOf(map, 'name')?.value;
  const label = node && textIn(node, 'name', scope.complain);
  return label === undefined ? {} : { label };
};

const stepOf = (outline: Outline, usual: Edge, around: Scope, before: boolean): Step => {
  const scope: Scope = outline.loop === undefined ? around : { ...around, loop: outline.loop };
  const follow = followOf(outline, { ...usual, ...(usual.jump ? {} : { place: outline.place }) }, scope);
  const step: StepReading = { outline, scope, follow };
  const { act, form, entry } = actOf(step);
  const ends = form?.next === 'never' || saysAll(act);
  const retries = entry?.key === 'http' ? retriesOf(entry, scope) : undefined;
  const ownRecord = act.kind === 'update' && act.target.kind === 'trigger';
  return {
    id: outline.id,
    ...labelOf(outline, scope),
    place: outline.place,
    ...(outline.inside.length > 0 ? { inside: outline.inside } : {}),
    ...(ends ? {} : { next: follow }),
    ...(besideOf(step, 'onError') ? { onError: into(step, 'onError') } : {}),
    // In the phase before, it only alters the record that is being saved.
    canFail: (form?.canFail ?? true) && !(before && ownRecord),
    mayHandleErrors: true,
    ...(retries === undefined ? {} : { retries }),
    ...act,
  };
};

interface Run {
  readonly scope: Scope;
  readonly before: boolean;
  readonly steps: Step[];
}

// As deep as the file is nested, which is bounded where it is read.
const addAll = (outlines: readonly Outline[], end: Edge, run: Run): void => {
  outlines.forEach((outline, index) => {
    const following = outlines[index + 1];
    const usual: Edge = following ? { to: following.id, place: outline.place } : end;
    const step = stepOf(outline, usual, run.scope, run.before);
    run.steps.push(step);
    const follow = followOf(outline, usual, { ...run.scope, complain: () => {} });
    for (const [way, children] of outline.children) {
      const back: Edge = step.kind === 'loop' && way === 'steps' ? { to: outline.id, place: outline.place } : follow;
      addAll(children, back, run);
    }
  });
};

/** The steps in the order of the file, each with its ways; after the last one the run ends. */
export const stepsOf = (
  outlines: readonly Outline[],
  scope: Scope,
  { before, end }: { readonly before: boolean; readonly end: Edge },
): readonly Step[] => {
  const run: Run = { scope, before, steps: [] };
  addAll(outlines, end, run);
  return run.steps;
};
