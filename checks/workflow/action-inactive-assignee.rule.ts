import { defineRule } from '../../src/model/workflow/rule.ts';
import { assigneesOf } from '../../src/reason/workflow/assignees.ts';
import { standingOf } from '../../src/reason/workflow/people.ts';

const schema = `schema: crm-schema/v1
complete: true
users:
  tanaka: { active: true, roles: [] }
  sato: { active: false, roles: [] }
queues:
  finance: { members: [sato] }
  sales: { members: [tanaka, sato] }
`;

export const actionInactiveAssignee = defineRule({
  id: 'workflow.action-inactive-assignee',
  severity: 'error',
  sourceKind: 'action',
  needs: ['users'],
  title: { en: 'Work is given to somebody who has left', ja: '無効なユーザーや空のキューへの割り当て' },
  about: {
    en: 'The step gives a record or a task to a user who is deactivated, or to a queue without anybody in it. The CRM refuses it, or the record waits where nobody looks.',
    ja: '無効化されたユーザーや、メンバーのいないキューにレコードや作業を割り当てています。CRM が拒否するか、誰も見ないところにレコードが残ります。',
  },
  advice: {
    en: 'Name somebody who is active, better a queue or role than a person.',
    ja: '有効な担当者に変更してください。個人よりもキューやロールのほうが安全です。',
  },
  examples: {
    bad: {
      files: `workflow: give
object: Deal
trigger: { on: create }
steps:
  - if: { field: amount, gt: 100 }
    then: [{ assign: user:sato }]
    else: [{ assign: queue:finance }]
`,
      schema,
      lines: [6, 7],
    },
    good: {
      files: `workflow: give
object: Deal
trigger: { on: create }
steps:
  - assign: user:tanaka
`,
      schema,
    },
    lookAlike: {
      files: `workflow: give
object: Deal
trigger: { on: create }
steps:
  - assign: queue:sales
`,
      schema,
      says: {
        en: 'One of the two members is still active.',
        ja: 'メンバー 2 人のうち 1 人は有効です。',
      },
    },
  },
  *workflow(workflow, { project: { schema } }) {
    for (const { kind, id, place, element } of assigneesOf(workflow, schema)) {
      const standing = standingOf(kind, id, schema);
      // An approval or a status with nobody who can act is told as such.
      const steps = workflow.steps.find((step) => step.id === element);
      if (workflow.states?.some((state) => state.id === element) || steps?.kind === 'approval') continue;
      if (standing === 'inactive') {
        yield {
          place,
          element,
          message: {
            en: `The user "${id}" is deactivated, so this is refused or waits where nobody looks.`,
            ja: `ユーザー「${id}」は無効のため、割り当てが拒否されるか、誰にも気づかれないまま残ります。`,
          },
        };
      }
      if (standing === 'empty') {
        yield {
          place,
          element,
          message: {
            en: `Nobody who is active belongs to the queue "${id}", so what is put there waits for ever.`,
            ja: `キュー「${id}」に有効なメンバーがいないため、割り当てられたものは誰にも処理されません。`,
          },
        };
      }
    }
  },
});
