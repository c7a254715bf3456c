import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import { nearestName } from '../../src/reason/workflow/nearest-name.ts';
import { nearestFix } from '../../src/reason/workflow/rename.ts';
import { isComplete, isOutsideExport, objectOf } from '../../src/reason/workflow/resolve.ts';
import { short } from '../../src/reason/workflow/written.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal: { fields: { stage: { type: picklist, values: [Open, Won] } } }
`;

export const triggerUnknownObject = defineRule({
  id: 'workflow.trigger-unknown-object',
  severity: 'error',
  sourceKind: 'trigger',
  needs: ['schema'],
  auto: 'suggest',
  title: { en: 'The workflow runs on an object that does not exist', ja: '存在しないオブジェクトのワークフロー' },
  about: {
    en: 'A workflow belongs to a kind of record (an object, module, app or entity). If that was renamed or deleted, no record of it is ever saved, and the workflow never starts.',
    ja: 'ワークフローは 1 種類のレコード（オブジェクト、モジュール、アプリ）に対して動きます。そのオブジェクトが改名・削除されていると、ワークフローは一度も始まりません。',
  },
  advice: {
    en: 'Name the object as the CRM does, or add it to the schema file if it exists.',
    ja: 'CRM にある名前に直してください。実在する場合はスキーマファイルに追加してください。',
  },
  examples: {
    bad: {
      files: `workflow: won
object: Dael
trigger: { on: update, fields: [stage] }
steps:
  - notify: role:finance
    message: won
`,
      schema,
      lines: [2],
    },
    good: {
      files: `workflow: won
object: Deal
trigger: { on: update, fields: [stage] }
steps:
  - notify: role:finance
    message: won
`,
      schema,
    },
    lookAlike: {
      files: `workflow: nightly
trigger: { on: schedule, at: '03:00', tz: Asia/Tokyo }
steps:
  - notify: role:finance
    message: done
`,
      schema,
    },
  },
  *workflow(workflow, { project: { schema: known } }): Generator<Problem> {
    const { object } = workflow;
    if (!object || !known.objects || objectOf(known, object.name)) return;
    if (isOutsideExport(known, object.name)) return;
    const nearest = nearestName(object.name, [...known.objects.keys()]);
    const certain = isComplete(known, undefined, object.name);
    const name = short(object.name);
    yield {
      place: object.place,
      ...(certain ? {} : { severity: 'warning', confidence: 'likely' }),
      message: {
        en: `"${workflow.id}" runs on records of "${name}", which ${certain ? 'does not exist' : 'is not in the schema'}, so it never starts.`,
        ja: `「${workflow.id}」の対象オブジェクト「${name}」は${certain ? '存在しません' : 'スキーマにありません'}。そのため、このワークフローは始まりません。`,
      },
      ...nearestFix(object, nearest),
    };
  },
});
