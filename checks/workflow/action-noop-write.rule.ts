import type { Condition } from '../../src/model/workflow/condition.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Assignment } from '../../src/model/workflow/step.ts';
import type { Path, Value } from '../../src/model/workflow/value.ts';
import { isCertainAt } from '../../src/reason/workflow/certain.ts';
import { writesOf } from '../../src/reason/workflow/effects.ts';
import { guardsOf } from '../../src/reason/workflow/guards.ts';
import { writtenValue } from '../../src/reason/workflow/written.ts';

/** "It has this value already." */
const alreadySo = ({ field, value, place }: Assignment): Condition | undefined => {
  const path: Path = { root: { kind: 'record' }, segments: [field.name], text: field.name, place };
  const left = { kind: 'path', path, place } as const;
  if (value.kind !== 'literal') return undefined;
  if (value.value === null || value.value === '') return { kind: 'test', left, op: 'empty', place };
  return { kind: 'test', left, op: 'eq', right: value, place };
};

const copiesItself = ({ field, value }: Assignment): boolean =>
  value.kind === 'path' &&
  value.path.root.kind === 'record' &&
  value.path.segments.length === 1 &&
  value.path.segments[0] === field.name;

const isBlank = (value: Value): boolean => value.kind === 'literal' && (value.value === null || value.value === '');

export const actionNoopWrite = defineRule({
  id: 'workflow.action-noop-write',
  severity: 'info',
  sourceKind: 'action',
  uses: ['choices', 'schema'],
  auto: 'suggest',
  title: { en: 'A value is written that is there already', ja: 'すでにその値である項目への書き込み' },
  about: {
    en: 'The conditions on the way to the step already make sure that the field has this value. Writing it again does nothing; mostly another field or value was meant.',
    ja: 'このステップに来るまでの条件により、項目はすでにその値になっています。書き込んでも何も変わりません。別の項目や値のつもりだった可能性があります。',
  },
  advice: { en: 'Remove the assignment, or write what was meant.', ja: '設定を削除するか、本来の値に直してください。' },
  examples: {
    bad: {
      files: `workflow: won
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - update: record
    set: { stage: Won, handedOver: true }
`,
      lines: [7],
    },
    good: {
      files: `workflow: won
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - update: record
    set: { handedOver: true }
`,
    },
    lookAlike: {
      files: `workflow: won
object: Deal
trigger: { on: update, fields: [stage] }
when: { field: stage, changedTo: Won }
steps:
  - wait: 1d
  - update: record
    set: { stage: Won }
`,
      says: {
        en: 'Somebody may have changed it during the wait.',
        ja: '待機の間に、誰かが値を変えているかもしれません。',
      },
    },
  },
  *workflow(workflow, { project: { schema } }) {
    for (const step of workflow.steps) {
      if (step.kind !== 'update') continue;
      for (const write of writesOf(step, workflow, schema)) {
        if (write.of.kind !== 'trigger' || write.operation !== 'update') continue;
        for (const assignment of write.set) {
          const { field, value } = assignment;
          const same = alreadySo(assignment);
          const isKnown = guardsOf(workflow, step.id).length > 0;
          const needless =
            copiesItself(assignment) ||
            (same !== undefined && isKnown && isCertainAt(same, true, { workflow, schema, step: step.id }));
          if (!needless) continue;
          yield {
            place: field.place,
            element: step.id,
            message: {
              en: `"${field.name}" is ${isBlank(value) ? 'empty' : writtenValue(value)} already when a run comes here, so this changes nothing.`,
              ja: `ここに来る時点で「${field.name}」はすでに${isBlank(value) ? '空' : ` ${writtenValue(value)} `}のため、この設定では何も変わりません。`,
            },
          };
        }
      }
    }
  },
});
