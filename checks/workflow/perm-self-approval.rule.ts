import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Schema } from '../../src/model/workflow/schema.ts';
import type { Party } from '../../src/model/workflow/step.ts';
import { entryOf } from '../../src/reason/workflow/resolve.ts';
import { runnersOf } from '../../src/reason/workflow/runners.ts';
import { short, writtenParty } from '../../src/reason/workflow/written.ts';

const owners = /^(?:owner|ownerid|createdby(?:id)?|created_by(?:_id)?|creator|submitter|assigned_user_id)$/i;

/** The person who submitted the record, or who owns it: in most cases the same. */
const isSubmitter = (party: Party): boolean => {
  if (party.kind === 'creator' || party.kind === 'owner' || party.kind === 'submitter') return true;
  if (party.kind !== 'path') return false;
  const { root, segments } = party.path;
  if (root.kind === 'user') return segments.length === 0 || (segments.length === 1 && segments[0] === 'id');
  const [field, last] = segments;
  return (
    root.kind === 'record' &&
    field !== undefined &&
    owners.test(field) &&
    (last === undefined || /^(?:id|email)$/i.test(last))
  );
};

/** The only active user behind a party. */
const onlyUser = (party: Party, schema: Schema): string | undefined => {
  if (!schema.users) return undefined;
  if (party.kind === 'user') return entryOf(schema.users, party.id, schema)?.active ? party.id : undefined;
  const all = [...schema.users.values()];
  if (party.kind === 'role') {
    // People whose roles nobody wrote down may have it, too.
    if (all.some(({ active, roles }) => active && roles.length === 0)) return undefined;
    const [first, ...more] = all.filter(({ active, roles }) => active && roles.includes(party.id));
    return more.length === 0 ? first?.id : undefined;
  }
  if (party.kind !== 'queue') return undefined;
  const members = entryOf(schema.queues, party.id, schema)?.members;
  const [first, ...more] = (members ?? []).filter((member) => entryOf(schema.users, member, schema)?.active !== false);
  return more.length === 0 ? first : undefined;
};

const schema = `schema: crm-schema/v1
complete: true
objects:
  Expense: { fields: { status: text } }
users:
  tanaka: { active: true, roles: [sales] }
  head: { active: true, roles: [head] }
roles:
  sales: { objects: { Expense: [create, read, update] } }
  head: { objects: { Expense: [read] } }
`;

const ask = (approvers: string): string => `workflow: ask
object: Expense
trigger: { on: create }
steps:
  - id: ask-head
    approval:
      approvers: [${approvers}]
    approved: [{ notify: role:sales, message: approved }]
    rejected: [{ notify: role:sales, message: rejected }]
`;

export const permSelfApproval = defineRule({
  id: 'workflow.perm-self-approval',
  severity: 'warning',
  sourceKind: 'permission',
  formats: ['AP', 'KI', 'BP', 'NY'],
  uses: ['users'],
  confidence: 'likely',
  title: { en: 'People can approve their own requests', ja: '自分の申請を自分で承認できる' },
  about: {
    en: 'An approval is worth something only if another person gives it. Where the only approver is the owner or creator of the record, or somebody who can also submit one, that person approves what they asked for themselves.',
    ja: '承認は、申請者とは別の人が行って初めて意味を持ちます。承認者がレコードの所有者・作成者だけ、または自分でも申請できる 1 人だけの場合、自分の申請を自分で承認できてしまいます。',
  },
  advice: {
    en: 'Add another approver, or leave the submitter out.',
    ja: '別の承認者を加えるか、申請者本人を承認者から外してください。',
  },
  examples: {
    bad: { files: ask("'{{record.owner}}'"), schema, lines: [5] },
    good: { files: ask('role:head'), schema },
    lookAlike: {
      files: ask("'{{record.owner}}', role:head").replace('approvers:', 'mode: all\n      approvers:'),
      schema,
    },
  },
  *workflow(workflow, { project }): Generator<Problem> {
    for (const step of workflow.steps) {
      if (step.kind !== 'approval' || step.approvers.length === 0) continue;
      const [first] = step.approvers;
      if (!first) continue;
      const own = step.approvers.every(isSubmitter);
      let who = writtenParty(first);
      if (!own) {
        const users = new Set(step.approvers.map((party) => onlyUser(party, project.schema)));
        const [user] = users;
        if (users.size !== 1 || user === undefined) continue;
        const runners = runnersOf(workflow, project);
        const roles = entryOf(project.schema.users, user, project.schema)?.roles ?? [];
        const starts =
          runners.kind === 'causers' && !runners.filtered && runners.principals.some(({ id }) => roles.includes(id));
        if (!starts) continue;
        who = user;
      }
      yield {
        place: step.place,
        element: step.id,
        message: own
          ? {
              en: `The only one who decides in "${step.id}" is the one whose record it is (${short(who)}), so people approve their own requests.`,
              ja: `「${step.id}」で判断するのはレコードの本人（${short(who)}）だけのため、自分の申請を自分で承認できます。`,
            }
          : {
              en: `The only one who decides in "${step.id}" is "${short(who)}", who can also submit such records, and then approves them.`,
              ja: `「${step.id}」で判断するのは「${short(who)}」だけで、この人は自分でも申請できます。その場合、自分の申請を自分で承認することになります。`,
            },
      };
    }
  },
});
