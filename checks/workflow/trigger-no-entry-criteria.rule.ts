import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Trigger } from '../../src/model/workflow/workflow.ts';

/** Conditions that are always true are none. */
const isOpen = ({ watch, when }: Trigger): boolean =>
  watch === undefined &&
  (!when ||
    (when.condition.kind === 'constant' && when.condition.value) ||
    (when.condition.kind === 'all' && when.condition.of.length === 0));

export const triggerNoEntryCriteria = defineRule({
  id: 'workflow.trigger-no-entry-criteria',
  severity: 'warning',
  sourceKind: 'trigger',
  formats: ['SF', 'WR', 'OD', 'PA', 'SU', 'VT', 'ES', 'NY'],
  title: { en: 'Runs at every save', ja: '保存のたびに毎回動く' },
  about: {
    en: 'A trigger on update without any condition starts at each save of each record, also at saves by imports, other workflows and connected systems that have nothing to do with it. That costs time and quota, and mails or writes are made again and again.',
    ja: '条件のない「更新時」のトリガーは、どのレコードの、どんな保存でも毎回動きます。インポートや他のワークフロー、外部連携による無関係な保存でも動くため、処理時間や上限を消費し、メールや書き込みが何度も繰り返されます。',
  },
  advice: {
    en: 'Let it start only when a certain field changes, or when a condition holds.',
    ja: '「特定の項目が変わったとき」や値の条件を付け、必要なときだけ動くようにしてください。',
  },
  examples: {
    bad: {
      files: `workflow: tell
object: Deal
trigger: { on: update }
steps:
  - notify: role:finance
    message: '{{record.name}} was saved'
`,
      lines: [3],
    },
    good: {
      files: `workflow: tell
object: Deal
trigger: { on: update, fields: [stage] }
steps:
  - notify: role:finance
    message: '{{record.name}} has a new stage'
`,
    },
    lookAlike: {
      files: `workflow: tell
object: Deal
trigger: { on: create }
steps:
  - notify: role:finance
    message: '{{record.name}} is new'
`,
    },
  },
  *workflow(workflow): Generator<Problem> {
    // A process of Salesforce cannot state any: its criteria are the decisions in it.
    if (
      workflow.format === 'SF' &&
      workflow.defects.some(({ rule, what }) => rule === 'maint-legacy' && what === 'processType')
    )
      return;
    // Further ways in (after some hours, asynchronous) belong to the same start: it is said once.
    const open = workflow.triggers.find(
      (trigger) => (trigger.on === 'update' || trigger.on === 'save') && !trigger.once && isOpen(trigger),
    );
    if (!open) return;
    const object = workflow.object?.name;
    yield {
      place: open.place,
      message: {
        en: `"${workflow.id}" starts at every save of ${object === undefined ? 'a record' : `a "${object}" record`}, whatever was changed: it states no condition and no field to watch.`,
        ja: `「${workflow.id}」には条件も監視する項目もないため、${object === undefined ? 'レコード' : `「${object}」`}が保存されるたびに、何が変わっても毎回動きます。`,
      },
    };
  },
});
