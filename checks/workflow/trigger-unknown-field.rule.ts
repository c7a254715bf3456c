import type { Problem } from '../../src/model/workflow/finding.ts';
import type { Named } from '../../src/model/workflow/place.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { nearestFix } from '../../src/reason/workflow/rename.ts';
import { resolve } from '../../src/reason/workflow/resolve.ts';
import { short } from '../../src/reason/workflow/written.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal: { fields: { stage: { type: picklist, values: [Open, Won] }, renewalDate: date } }
`;

/** The fields that a workflow's triggers name: those they watch, and those whose date they wait for. */
const fieldsOf = ({ triggers }: Workflow): readonly { readonly named: Named; readonly date: boolean }[] =>
  triggers.flatMap(({ watch, date }) => [
    ...(watch ?? []).map((named) => ({ named, date: false })),
    ...(date?.field ? [{ named: date.field, date: true }] : []),
  ]);

export const triggerUnknownField = defineRule({
  id: 'workflow.trigger-unknown-field',
  severity: 'error',
  sourceKind: 'trigger',
  formats: ['OD', 'PA', 'HS', 'VT', 'NY'],
  needs: ['schema'],
  auto: 'suggest',
  title: { en: 'The trigger watches a field that does not exist', ja: 'トリガーが存在しない項目を見ている' },
  about: {
    en: 'A trigger can be bound to a field: it starts only when that field changes, or some days before or after the date in it. When the field was renamed or deleted, the moment never comes.',
    ja: 'トリガーは「この項目が変わったとき」「この日付の何日前」のように項目と結び付けられます。その項目が改名・削除されていると、その時は来ず、ワークフローは始まりません。',
  },
  advice: {
    en: 'Name a field of the object, or drop it from the trigger.',
    ja: 'オブジェクトにある項目に直すか、トリガーから外してください。',
  },
  examples: {
    bad: {
      files: `workflow: won
object: Deal
trigger:
  on: update
  fields: [stag]
steps:
  - notify: role:finance
    message: won
`,
      schema,
      lines: [5],
    },
    good: {
      files: `workflow: won
object: Deal
trigger:
  on: update
  fields: [stage]
steps:
  - notify: role:finance
    message: won
`,
      schema,
    },
    lookAlike: {
      files: `workflow: changed
object: Deal
trigger: { on: date, field: createdAt, offset: 7d, tz: Asia/Tokyo }
steps:
  - notify: role:finance
    message: a week old
`,
      schema,
    },
  },
  *workflow(workflow, { project }): Generator<Problem> {
    const seen = new Set<string>();
    for (const { named, date } of fieldsOf(workflow)) {
      if (seen.has(named.name)) continue;
      seen.add(named.name);
      const found = resolve(
        { root: { kind: 'record' }, segments: named.name.split('.'), text: named.name, place: named.place },
        workflow,
        project.schema,
      );
      if (found.kind !== 'no-field') continue;
      const field = `${found.object.name}.${short(found.name)}`;
      const absent = found.certain
        ? { en: 'does not exist', ja: '存在しません' }
        : { en: 'is not in the schema', ja: 'スキーマにありません' };
      yield {
        place: named.place,
        ...(found.certain ? {} : { severity: 'warning', confidence: 'likely' }),
        message: date
          ? {
              en: `The trigger waits for the date in "${field}", which ${absent.en}, so the day never comes and nothing runs.`,
              ja: `トリガーが基準にする日付「${field}」は${absent.ja}。その日が来ないため、何も実行されません。`,
            }
          : {
              en: `The trigger watches "${field}", which ${absent.en}, so a change of it never starts the workflow.`,
              ja: `トリガーが見ている項目「${field}」は${absent.ja}。そのため、変更されてもワークフローは始まりません。`,
            },
        ...nearestFix(named, named.name === found.name ? found.nearest : undefined),
      };
    }
  },
});
