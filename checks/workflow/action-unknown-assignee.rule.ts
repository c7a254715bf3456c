import type { Text } from '../../src/model/text.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import { assigneesOf } from '../../src/reason/workflow/assignees.ts';
import { unlessCertain } from '../../src/reason/workflow/doubt.ts';
import { nearestName } from '../../src/reason/workflow/nearest-name.ts';
import { namesOf, type PartyKind, standingOf } from '../../src/reason/workflow/people.ts';
import { nearestFix } from '../../src/reason/workflow/rename.ts';

const schema = `schema: crm-schema/v1
complete: true
users:
  tanaka: { active: true, roles: [sales] }
queues:
  finance: { members: [tanaka] }
roles:
  sales: {}
`;

const kinds: Readonly<Record<PartyKind, Text>> = {
  user: { en: 'user', ja: 'ユーザー' },
  queue: { en: 'queue', ja: 'キュー' },
  role: { en: 'role', ja: 'ロール' },
  group: { en: 'group', ja: 'グループ' },
};

export const actionUnknownAssignee = defineRule({
  id: 'workflow.action-unknown-assignee',
  severity: 'error',
  sourceKind: 'action',
  needs: ['users'],
  auto: 'suggest',
  title: { en: 'Work is given to somebody who does not exist', ja: '存在しない担当者への割り当て' },
  about: {
    en: 'The step names a user, queue or role that is not in the directory: renamed, deleted, or typed wrong. It fails, or nobody is told.',
    ja: 'ユーザー・キュー・ロールの一覧にない名前（改名・削除されたもの、入力ミス）を指定しています。ステップは失敗するか、誰にも届きません。',
  },
  advice: { en: 'Name somebody who exists.', ja: '存在する担当者に直してください。' },
  examples: {
    bad: {
      files: `workflow: give
object: Deal
trigger: { on: create }
steps:
  - assign: queue:finanse
  - notify: user:tanaka
    message: new
`,
      schema,
      lines: [5],
    },
    good: {
      files: `workflow: give
object: Deal
trigger: { on: create }
steps:
  - assign: queue:finance
  - notify: user:tanaka
    message: new
`,
      schema,
    },
    lookAlike: {
      files: `workflow: give
object: Deal
trigger: { on: create }
steps:
  - assign: '{{record.owner}}'
  - notify: user:tanaka
    message: new
`,
      schema,
      says: {
        en: 'Who that is shows when it runs.',
        ja: '実行時に決まる担当者は、名前では判断できません。',
      },
    },
  },
  *workflow(workflow, { project: { schema } }) {
    for (const { kind, id, place, element } of assigneesOf(workflow, schema)) {
      if (standingOf(kind, id, schema) !== 'missing') continue;
      const { en, ja } = kinds[kind];
      const named = { name: id, place };
      const nearest = nearestName(id, namesOf(kind, schema));
      yield {
        place,
        element,
        message: {
          en: `There is no ${en} "${id}", so this fails or reaches nobody.`,
          ja: `${ja}「${id}」は存在しないため、失敗するか、誰にも届きません。`,
        },
        ...nearestFix(named, nearest),
        ...unlessCertain(schema.complete),
      };
    }
  },
});
