import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { StepOf } from '../../src/model/workflow/step.ts';
import type { Value } from '../../src/model/workflow/value.ts';
import type { Principal } from '../../src/reason/workflow/permissions.ts';
import { conjuncts } from '../../src/reason/workflow/reads.ts';
import { namedIn } from '../../src/reason/workflow/refusal-words.ts';
import { objectOf } from '../../src/reason/workflow/resolve.ts';
import { refusalOf } from '../../src/reason/workflow/runners.ts';
import { short } from '../../src/reason/workflow/written.ts';

const owners = /^(?:owner|ownerid|assigned_?user(?:_?id)?|user_id|hubspot_owner_id|createdby(?:id)?|creator)$/i;

const isUser = (value: Value | undefined): boolean => value?.kind === 'path' && value.path.root.kind === 'user';

/** It looks for the records of the one who runs it, and of nobody else. */
const onlyOwn = ({ where }: StepOf<'find'>): boolean =>
  where !== undefined &&
  [...conjuncts(where.condition)].some(
    (part) =>
      part.kind === 'opaque' ||
      (part.kind === 'test' &&
        part.op === 'eq' &&
        part.left.kind === 'path' &&
        owners.test(part.left.path.segments[0] ?? '') &&
        isUser(part.right)),
  );

const seesOwn = ({ roles, complete }: Principal): 'no' | 'yes' | 'unknown' =>
  roles.some(({ records, everything }) => everything || records === 'all') ? 'yes' : complete ? 'no' : 'unknown';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal: { fields: { account: { type: reference, to: Account } } }
  Account: { fields: { tier: text } }
roles:
  sales:
    objects: { Deal: [create, read, update], Account: [read] }
    records: own
  head:
    objects: { Deal: [create, read, update], Account: [read] }
`;

const look = (runAs: string, where: string): string => `workflow: look
object: Deal
runAs: ${runAs}
trigger: { on: update, fields: [account] }
steps:
  - id: others
    find: Account
    where: [${where}]
  - notify: role:sales
    message: there are others
`;

export const permRecordInvisible = defineRule({
  id: 'workflow.perm-record-invisible',
  severity: 'warning',
  sourceKind: 'permission',
  formats: ['SF', 'HS', 'KI', 'ZO', 'NY'],
  needs: ['permissions'],
  title: {
    en: 'It looks for records that are hidden from the one who runs it',
    ja: '実行する人に見えないレコードを検索している',
  },
  about: {
    en: 'Some roles see only the records that they own. A search that runs with their rights finds nothing of the rest, without an error: duplicates are not noticed, sums are too small, and "not found" means "not yours".',
    ja: 'ロールによっては、自分が所有するレコードしか見えません。その権限で検索すると、ほかの人のレコードはエラーもなく結果から抜け落ちます。重複に気付かない、合計が少ない、といった誤りにつながります。',
  },
  advice: {
    en: 'Let the workflow run as the system, share the records, or look only for those of the user.',
    ja: 'システムとして実行する、レコードを共有する、または本人のレコードだけを検索するようにしてください。',
  },
  examples: {
    bad: { files: look('{ role: sales }', '{ field: tier, eq: A }'), schema, lines: [6] },
    good: { files: look('{ role: head }', '{ field: tier, eq: A }'), schema },
    lookAlike: {
      files: look('{ role: sales }', "{ field: owner, eq: '{{user.id}}' }, { field: tier, eq: A }"),
      schema,
    },
  },
  *workflow(workflow, { project }): Generator<Problem> {
    for (const step of workflow.steps) {
      if (step.kind !== 'find' || onlyOwn(step)) continue;
      const { name } = step.object;
      // People, queues and settings are seen by everybody.
      if (/^(?:user|queue|role|group|profile|recordtype)$/i.test(name) || objectOf(project.schema, name)?.settings)
        continue;
      const refusal = refusalOf(workflow, project, seesOwn);
      if (!refusal) return;
      const who = namedIn(refusal.names);
      yield {
        place: step.place,
        element: step.id,
        message: {
          en: `The step "${step.id}" looks for records of "${short(name)}", but ${who.en} only see their own, so the records of others are missing from the result.`,
          ja: `ステップ「${step.id}」は「${short(name)}」のレコードを検索しますが、${who.ja}には自分のレコードしか見えません。ほかの人のレコードは結果に含まれません。`,
        },
      };
    }
  },
});
