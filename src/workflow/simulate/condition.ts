import type { Text } from '../../model/text.ts';
import { verbatim } from '../../model/text.ts';
import type { Condition, Operator, Test } from '../../model/workflow/condition.ts';
import type { Path } from '../../model/workflow/value.ts';
import type { Semantics } from '../../reason/workflow/semantics.ts';
import { semanticsOf } from '../../reason/workflow/semantics.ts';
import type { Truth } from './compare-values.ts';
import { compare, equal, every, not, some } from './compare-values.ts';
import type { Value } from './held.ts';
import { doubtIn, isEmpty, isHeld, isList, isSame, isUnknown } from './held.ts';
import type { Frame } from './read.ts';
import { evaluate, readPath } from './read.ts';
import { join, shown, writtenTest } from './words.ts';

export interface Verdict {
  readonly truth: Truth;
  /** What decided it, with the values that it had. */
  readonly because: Text;
}

const negations: Partial<Record<Operator, Operator>> = {
  ne: 'eq',
  notIn: 'in',
  notContains: 'contains',
  excludes: 'includes',
  notEmpty: 'empty',
  notChanged: 'changed',
  notInList: 'inList',
};

/** A yes/no or number field without a value, where the platform stores no such thing. */
const settled = (value: Value, left: Path | undefined, frame: Frame, semantics: Semantics): Value => {
  if (value !== null || !left) return value;
  const name = left.segments.at(-1);
  if (name === undefined) return value;
  const holder = readPath({ ...left, segments: left.segments.slice(0, -1) }, frame);
  if (!isHeld(holder)) return value;
  const type = frame.box.store.field(holder.row.object, name)?.type;
  if (type === 'boolean' && semantics.unsetBoolean === false) return false;
  const isNumber = type === 'number' || type === 'integer' || type === 'currency' || type === 'percent';
  if (isNumber && semantics.unsetNumber === 0) return 0;
  if (isNumber && semantics.unsetNumber === 'unknown')
    return {
      kind: 'unknown',
      why: {
        en: `${left.text} is empty, and how the platform compares that is not known`,
        ja: `${left.text} が空で、その場合の比較結果はシステムによります`,
      },
    };
  return value;
};

/** The same path in the record as it was. */
const before = (path: Path): Path => ({ ...path, root: { kind: 'prior' } });

const wasChanged = (path: Path, now: Value, frame: Frame, semantics: Semantics): Truth => {
  const { run } = frame;
  if (path.root.kind !== 'record') return undefined;
  if (!run.prior) {
    // A new record; later, or in a scheduled run, there is nothing to compare with.
    if (!run.isNew || isEmpty(now)) return false;
    return semantics.changedOnCreate === 'unknown' ? undefined : semantics.changedOnCreate;
  }
  const prior = readPath(before(path), frame);
  if (isUnknown(prior) || isUnknown(now)) return undefined;
  return !isSame(prior, now);
};

interface Seen {
  readonly truth: Truth;
  readonly left: Value;
  readonly right?: Value;
  /** What it was before, where that decided. */
  readonly prior?: Value;
}

const seen = (test: Test, frame: Frame): Seen => {
  const semantics = semanticsOf(frame.run.workflow.format);
  const path = test.left.kind === 'path' ? test.left.path : undefined;
  const raw = evaluate(test.left, frame);
  const positive = negations[test.op];
  const op = positive ?? test.op;
  const said = (truth: Truth): Truth => (positive ? not(truth) : truth);
  if (op === 'empty') {
    if (isUnknown(raw)) return { truth: undefined, left: raw };
    return { truth: said(isEmpty(raw)), left: raw };
  }
  if (op === 'changed') {
    const truth = path ? said(wasChanged(path, raw, frame, semantics)) : undefined;
    return { truth, left: raw, ...(path ? { prior: readPath(before(path), frame) } : {}) };
  }
  const right = test.right ? evaluate(test.right, frame) : null;
  if (op === 'was' || op === 'changedFrom' || op === 'changedTo') {
    if (!path) return { truth: undefined, left: raw };
    const prior = readPath(before(path), frame);
    const side = op === 'changedTo' ? raw : prior;
    const match = isUnknown(side)
      ? undefined
      : some(
          (isList(right) ? right : [right]).map((one) =>
            isEmpty(one) || isEmpty(side) ? isEmpty(one) && isEmpty(side) : equal(side, one, frame, semantics),
          ),
        );
    const truth = op === 'was' ? match : every([match, wasChanged(path, raw, frame, semantics)]);
    return { truth, left: raw, right, prior };
  }
  const left = settled(raw, path, frame, semantics);
  if (isUnknown(left) || doubtIn(right)) return { truth: undefined, left, right };
  if (isEmpty(right) && !isList(right)) {
    // Compared with nothing: a test for emptiness, or never true.
    const truth = semantics.equalsEmpty && op === 'eq' ? isEmpty(left) : false;
    return { truth: said(truth), left, right };
  }
  if (isEmpty(left)) {
    const list = isList(right) ? right : [right];
    const offered = semantics.equalsEmpty && op === 'in' && list.some(isEmpty);
    if (positive)
      return {
        truth: offered ? false : semantics.emptyIsNot === 'unknown' ? undefined : semantics.emptyIsNot,
        left,
        right,
      };
    return { truth: offered, left, right };
  }
  return { truth: said(compare(op, left, right, frame, semantics)), left, right };
};

const verdictWords = (truth: Truth): Text =>
  truth === undefined
    ? { en: 'cannot be told', ja: '判定できません' }
    : truth
      ? { en: 'is true', ja: '成り立ちます' }
      : { en: 'is false', ja: '成り立ちません' };

const testVerdict = (test: Test, frame: Frame): Verdict => {
  const { truth, left, right, prior } = seen(test, frame);
  const name = test.left.kind === 'path' ? test.left.path.text : undefined;
  const values: Text[] = [];
  if (name !== undefined) {
    const value = shown(left);
    values.push({ en: `${name} = ${value.en}`, ja: `${name} = ${value.ja}` });
    if (prior !== undefined) {
      const was = shown(prior);
      values.push({ en: `before ${was.en}`, ja: `変更前 ${was.ja}` });
    }
  }
  if (test.right?.kind === 'path' || test.right?.kind === 'moment') {
    const value = shown(right ?? null);
    const words = test.right.kind === 'path' ? test.right.path.text : test.right.base;
    values.push({ en: `${words} = ${value.en}`, ja: `${words} = ${value.ja}` });
  }
  const reason = isUnknown(left) ? left.why : right !== undefined && doubtIn(right)?.why;
  if (truth === undefined && reason) values.push(reason);
  const text = writtenTest(test);
  const ends = verdictWords(truth);
  const bracket = join(values, ', ', '、');
  return {
    truth,
    because: {
      en: `${text} ${ends.en}${values.length > 0 ? ` (${bracket.en})` : ''}`,
      ja: `${text} は${ends.ja}${values.length > 0 ? `（${bracket.ja}）` : ''}`,
    },
  };
};

/** Nested deeper than any importer lets through. */
const maximumDepth = 200;

/** Reasons that are named together; a long list helps nobody. */
const maximumReasons = 3;

const together = (reasons: readonly Text[]): Text => join(reasons.slice(0, maximumReasons), '; ', '、');

/** Whether a condition holds here, and what decided it. */
export const holds = (condition: Condition, frame: Frame, depth = 0): Verdict => {
  if (depth > maximumDepth) return { truth: undefined, because: { en: 'nested too deep', ja: '入れ子が深すぎます' } };
  switch (condition.kind) {
    case 'test':
      return testVerdict(condition, frame);
    case 'constant':
      return { truth: condition.value, because: verbatim(String(condition.value)) };
    case 'opaque':
      return {
        truth: undefined,
        because: {
          en: `crm-doctor cannot evaluate ${condition.text.slice(0, 80)}`,
          ja: `crm-doctor は ${condition.text.slice(0, 80)} を評価できません`,
        },
      };
    case 'not': {
      const inner = holds(condition.of, frame, depth + 1);
      return { truth: not(inner.truth), because: inner.because };
    }
    case 'all':
    case 'any': {
      const decisive = condition.kind === 'any';
      const verdicts: Verdict[] = [];
      for (const one of condition.of) {
        const verdict = holds(one, frame, depth + 1);
        if (verdict.truth === decisive) return verdict;
        verdicts.push(verdict);
      }
      const open = verdicts.filter(({ truth }) => truth === undefined);
      if (open.length > 0) return { truth: undefined, because: together(open.map(({ because }) => because)) };
      if (verdicts.length === 0)
        return { truth: !decisive, because: { en: 'there is no condition', ja: '条件がありません' } };
      return { truth: !decisive, because: together(verdicts.map(({ because }) => because)) };
    }
  }
};
