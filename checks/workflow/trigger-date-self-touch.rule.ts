import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import { holdsAfter } from '../../src/reason/workflow/condition/after-write.ts';
import { writesOf } from '../../src/reason/workflow/effects.ts';
import { graphOf } from '../../src/reason/workflow/graph.ts';

/** What the systems call the time of the last change, without underscores and in small letters. */
const lastChange: ReadonlySet<string> = new Set([
  'modifiedat',
  'lastmodifieddate',
  'systemmodstamp',
  'writedate',
  'hslastmodifieddate',
  'lastmodifiedat',
  'modifiedtime',
  'datemodified',
  'modifiedon',
  'updatedat',
  'lastactivitytime',
]);

const isLastChange = (field: string): boolean => lastChange.has(field.replaceAll('_', '').toLowerCase());

const idle = (then: string): string => `workflow: idle
object: Case
trigger:
  on: date
  field: modifiedAt
  offset: 14d
steps:
${then}onError:
  - log: '{{error.message}}'
`;

export const triggerDateSelfTouch = defineRule({
  id: 'workflow.trigger-date-self-touch',
  severity: 'error',
  sourceKind: 'trigger',
  formats: ['OD', 'SF', 'HS', 'NY'],
  over: ['flow-self-trigger'],
  title: { en: 'It waits for a record to rest, and touches it', ja: '「最終更新から〜日」を自分で更新してしまう' },
  about: {
    en: 'A workflow that runs some days after the last change of a record, and itself writes to the record, makes a new last change: it starts again after the same time, for ever.',
    ja: '「最終更新から 14 日後」に動くワークフローがそのレコード自身を書き換えると、最終更新日時が新しくなります。その結果、同じ日数の後にまた動き、いつまでも繰り返されます。',
  },
  advice: {
    en: 'Count from a date field of its own (last contact, due date), or add a condition that the write makes false.',
    ja: '専用の日付項目（最終連絡日、期限など）を基準にするか、書き込み後に成立しなくなる条件を付けてください。',
  },
  examples: {
    bad: { files: idle('  - update: record\n    set: { reminders: 1 }\n'), lines: [5] },
    good: { files: idle('  - notify: role:support\n    message: nothing has happened for two weeks\n') },
    lookAlike: {
      files: `workflow: idle
object: Case
trigger: { on: date, field: modifiedAt, offset: 14d }
when: { field: status, eq: Open }
steps:
  - update: record
    set: { status: Idle }
`,
    },
  },
  *workflow(workflow, { project: { schema } }): Generator<Problem> {
    const graph = graphOf(workflow);
    for (const { date, when, to } of workflow.triggers) {
      if (!date?.field || !isLastChange(date.field.name)) continue;
      const reached = graph.reach(to?.to === undefined ? [] : [to.to]);
      for (const step of workflow.steps) {
        if (!reached.has(step.id)) continue;
        const write = writesOf(step, workflow, schema).find(
          ({ operation, of, set, more }) => operation === 'update' && of.kind === 'trigger' && (set.length > 0 || more),
        );
        if (!write) continue;
        // A write that makes the entry conditions false ends the matter.
        const again = when
          ? holdsAfter({
              before: when.condition,
              condition: when.condition,
              set: write.set,
              more: write.more,
              where: { workflow, schema },
              onlyIfChanged: true,
            })
          : 'yes';
        if (again === 'no' || (again === 'unknown' && when)) continue;
        yield {
          place: date.field.place,
          element: step.id,
          message: {
            en: `"${workflow.id}" counts from the last change of the record, and its step "${step.id}" changes the record itself. So it starts again after the same time, for ever.`,
            ja: `「${workflow.id}」はレコードの最終更新日時を基準にしていますが、ステップ「${step.id}」がそのレコードを更新します。そのため、同じ時間の後にまた動き、いつまでも繰り返されます。`,
          },
          also: [{ place: write.place, says: { en: 'this changes the record', ja: 'ここでレコードを更新しています' } }],
        };
        break;
      }
    }
  },
});
