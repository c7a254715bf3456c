import type { Text } from '../../model/text.ts';
import type { Act, Branch, Edge } from '../../model/workflow/step.ts';
import { booleanIn, isEmpty, listIn, mapIn, wrongValue } from '../source/expect.ts';
import { entryOf, type TreeEntry, type TreeMap } from '../source/tree.ts';
import { requiredConditions } from './condition.ts';
import { durationOf } from './duration.ts';
import { aDuration, durationIn, type Scope, wrong } from './scope.ts';
import {
  type ActionForm,
  assignmentsIn,
  besideOf,
  insideOf,
  into,
  missing,
  nameIn,
  opaqueAct,
  type StepReading,
  unknownParameter,
} from './step-reading.ts';
import { valueIn } from './value.ts';

const readIf = ({ value, keyPlace }: TreeEntry, step: StepReading): Act => ({
  kind: 'decision',
  takes: 'first',
  branches: [{ when: requiredConditions(value, step.scope), edge: into(step, 'then'), place: keyPlace }],
  ...(besideOf(step, 'else') ? { otherwise: into(step, 'else') } : {}),
  hasDefault: true,
});

const aBranch: Text = {
  en: '{ when: CONDITION, steps: […] } or, as the last, { else: […] }',
  ja: '{ when: 条件, steps: […] }、または最後に { else: […] }',
};

const branchIn = (item: TreeMap, index: number, step: StepReading): Branch | undefined => {
  const { scope } = step;
  for (const entry of item.entries) {
    if (!['when', 'steps', 'else'].includes(entry.key)) unknownParameter(step, entry, ['when', 'steps', 'else']);
  }
  const when = entryOf(item, 'when');
  if (!when) {
    scope.complain(wrongValue('branch', aBranch, item));
    return undefined;
  }
  return {
    when: requiredConditions(when.value, scope),
    edge: into(step, `branch.${index + 1}.steps`),
    place: when.keyPlace,
  };
};

const elseTooEarly = (item: TreeMap, scope: Scope): void => {
  wrong(
    scope,
    item.place,
    {
      en: 'else: has to be the last of the branches; what comes after it never runs',
      ja: 'else: は分岐の最後に書きます。この後の分岐は実行されません',
    },
    { en: 'move it to the end', ja: '最後に移動してください' },
  );
};

const readBranch = ({ key, value }: TreeEntry, step: StepReading): Act => {
  const { scope } = step;
  const items = listIn(value, key, scope.complain)?.items ?? [];
  if (items.length === 0) missing(step, key);
  const branches: Branch[] = [];
  let otherwise: Edge | undefined;
  items.forEach((item, index) => {
    if (item.kind !== 'map') {
      scope.complain(wrongValue(key, aBranch, item));
      return;
    }
    if (entryOf(item, 'else') && !entryOf(item, 'when')) {
      if (index < items.length - 1) elseTooEarly(item, scope);
      otherwise ??= into(step, `branch.${index + 1}.else`);
      for (const entry of item.entries) if (entry.key !== 'else') unknownParameter(step, entry, ['else']);
      return;
    }
    const branch = branchIn(item, index, step);
    if (branch) branches.push(branch);
  });
  return { kind: 'decision', takes: 'first', branches, ...(otherwise ? { otherwise } : {}), hasDefault: true };
};

const readLoop = ({ key, value }: TreeEntry, step: StepReading): Act => {
  if (!besideOf(step, 'steps')) missing(step, 'steps');
  const first = step.outline.children.get('steps')?.[0];
  const body: Edge = { to: first?.id ?? step.outline.id, place: step.outline.place };
  if (isEmpty(value)) {
    missing(step, key);
    return { kind: 'loop', body };
  }
  const over = valueIn(value, step.scope);
  if (over.kind !== 'literal') return { kind: 'loop', over, body };
  const words = String(over.value);
  wrong(
    step.scope,
    value.place,
    {
      en: `loop: "${words.slice(0, 60)}" is a text and no list of records, so nothing is repeated`,
      ja: `loop: の「${words.slice(0, 60)}」は文字列であり、レコードの一覧ではないため、繰り返しが行われません`,
    },
    {
      en: `write the step that found the records in braces: '{{${words.slice(0, 60)}}}'`,
      ja: `レコードを取得したステップを '{{${words.slice(0, 60)}}}' のように波かっこで書いてください`,
    },
  );
  return { kind: 'loop', over: { kind: 'opaque', text: words, reads: [], place: value.place }, body };
};

type Until = Extract<Act, { readonly kind: 'wait' }>['until'];

const waitKeys = ['until', 'for', 'signal', 'timeout'];

const untilIn = (map: TreeMap, step: StepReading): Until | undefined => {
  const { scope } = step;
  const [found, second] = map.entries.filter(({ key }) => key !== 'timeout' && waitKeys.includes(key));
  if (second) {
    wrong(
      scope,
      second.keyPlace,
      {
        en: `a step waits for one thing, and ${second.key}: is the second after ${found?.key}:`,
        ja: `待つ条件は 1 つですが、${found?.key}: のほかに ${second.key}: もあります`,
      },
      { en: 'keep one of them', ja: 'どちらか 1 つだけを残してください' },
    );
  }
  switch (found?.key) {
    case 'until':
      return { kind: 'date', value: valueIn(found.value, scope) };
    case 'for':
      return { kind: 'condition', conditions: requiredConditions(found.value, scope) };
    case 'signal': {
      const signal = nameIn(found, step);
      return signal ? { kind: 'signal', signal } : undefined;
    }
    default:
      return undefined;
  }
};

const readWait = (entry: TreeEntry, step: StepReading): Act => {
  const { key, value } = entry;
  const { scope } = step;
  const opaque: Act = { kind: 'wait', until: { kind: 'opaque' } };
  if (isEmpty(value)) {
    missing(step, key);
    return opaque;
  }
  if (value.kind === 'scalar') {
    const duration = durationOf(value.text);
    if (duration) return { kind: 'wait', until: { kind: 'duration', duration, place: value.place } };
    scope.complain(wrongValue(key, aDuration, value));
    return opaque;
  }
  const map = insideOf(entry, step, waitKeys);
  if (!map) return opaque;
  const until = untilIn(map, step);
  if (!until && !map.entries.some(({ key: name }) => waitKeys.includes(name) && name !== 'timeout')) {
    missing(step, 'until');
  }
  const node = entryOf(map, 'timeout')?.value;
  const timeout = node && durationIn(node, 'timeout', scope);
  return { kind: 'wait', until: until ?? { kind: 'opaque' }, ...(timeout ? { timeout } : {}) };
};

const readSignal = (entry: TreeEntry, step: StepReading): Act => {
  const signal = nameIn(entry, step);
  return signal ? { kind: 'signal', signal } : opaqueAct('signal', entry.keyPlace);
};

const readLet = ({ key, value }: TreeEntry, step: StepReading): Act => {
  const map = mapIn(value, key, step.scope.complain);
  if (map?.entries.length === 0) missing(step, key);
  return {
    kind: 'let',
    assigns: (map?.entries ?? []).map((entry) => ({
      to: {
        root: { kind: 'variable', name: entry.key },
        segments: [],
        text: `var.${entry.key}`,
        place: entry.keyPlace,
      },
      how: 'set',
      value: valueIn(entry.value, step.scope),
      place: entry.keyPlace,
    })),
  };
};

const readCall = (entry: TreeEntry, step: StepReading): Act => {
  const workflow = nameIn(entry, step);
  const inputs = assignmentsIn(besideOf(step, 'with'), 'with', step.scope);
  return workflow ? { kind: 'call', workflow, inputs } : opaqueAct('call', entry.keyPlace);
};

const textAct =
  (kind: 'log' | 'fail') =>
  ({ value }: TreeEntry, { scope }: StepReading): Act => ({
    kind,
    ...(isEmpty(value) ? {} : { text: valueIn(value, scope) }),
  });

const readStop = ({ key, value }: TreeEntry, { scope }: StepReading): Act => {
  const stops = booleanIn(value, key, scope.complain);
  if (stops === false) {
    wrong(
      scope,
      value.place,
      {
        en: 'stop: false says nothing; the run ends here all the same',
        ja: 'stop: false には意味がなく、ここで終了します',
      },
      { en: 'write stop: true, or remove the step', ja: 'stop: true と書くか、ステップを削除してください' },
    );
  }
  return { kind: 'stop' };
};

/** Steps that say where it goes on. */
export const flowActs: Readonly<Record<string, ActionForm>> = {
  if: { beside: ['then', 'else'], canFail: false, read: readIf, next: 'outcomes' },
  branch: { beside: [], canFail: false, read: readBranch, next: 'outcomes' },
  loop: { beside: ['steps'], canFail: false, read: readLoop },
  wait: { beside: [], canFail: false, read: readWait },
  signal: { beside: [], canFail: false, read: readSignal },
  let: { beside: [], canFail: false, read: readLet },
  call: { beside: ['with'], canFail: true, read: readCall },
  log: { beside: [], canFail: false, read: textAct('log') },
  fail: { beside: [], canFail: false, read: textAct('fail'), next: 'never' },
  stop: { beside: [], canFail: false, read: readStop, next: 'never' },
};
