import type { Text } from '../../src/model/text.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Schema } from '../../src/model/workflow/schema.ts';
import { type Comparison, comparisonsOf, elementOf, literalsOf } from '../../src/reason/workflow/condition/sites.ts';
import { short } from '../../src/reason/workflow/written.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Case: { fields: { subject: text } }
users:
  tanaka: { active: true, roles: [support] }
  suzuki: { active: false, roles: [support] }
`;

/** The path names a person: a reference to users, or the one who runs it. */
const namesPerson = ({ leads, path }: Comparison): boolean => {
  if (leads.kind !== 'field') return false;
  const { field, object } = leads;
  if (field.type === 'reference' || field.type === 'references')
    return field.to?.some((name) => /^(User|users|res\.users|Users)$/.test(name)) ?? false;
  return (path.root.kind === 'user' || object.name === 'User') && (field.type === 'id' || field.name === 'id');
};

const gone = (id: string, known: Schema): Text | undefined => {
  const { users, queues } = known;
  const user = users?.get(id);
  if (user) return user.active ? undefined : { en: 'is deactivated', ja: 'は無効化されています' };
  const members = queues?.get(id)?.members ?? [];
  if (!users || members.length === 0) return undefined;
  const left = members.every((member) => users.get(member)?.active === false);
  return left
    ? { en: 'is a queue of which all members are deactivated', ja: 'は、メンバー全員が無効化されたキューです' }
    : undefined;
};

export const condDeadUser = defineRule({
  id: 'workflow.cond-dead-user',
  severity: 'warning',
  sourceKind: 'condition',
  needs: ['users'],
  uses: ['schema'],
  title: { en: 'A condition on a person who has left', ja: 'すでにいないユーザーを使った条件' },
  about: {
    en: 'The condition compares an owner or another person with a user whose account is deactivated. Such a user gets no new records, so the condition holds for old records only and what was meant to happen for the successor does not.',
    ja: '所有者などを、無効化されたユーザーと比較しています。無効なユーザーに新しいレコードは割り当てられないため、条件は古いレコードでしか成立せず、後任者の分は処理されません。',
  },
  advice: {
    en: 'Name the successor, or better a role or team, so that it survives the next change.',
    ja: '後任者に変更してください。役割（ロール）やチームで指定すると、次の異動でも直さずに済みます。',
  },
  examples: {
    bad: {
      files: `workflow: suzuki-cases
object: Case
trigger: { on: create }
when: { field: owner, eq: suzuki }
steps:
  - notify: role:support
    message: 'for suzuki: {{record.subject}}'
`,
      schema,
      lines: [4],
    },
    good: {
      files: `workflow: tanaka-cases
object: Case
trigger: { on: create }
when: { field: owner, eq: tanaka }
steps:
  - notify: role:support
    message: 'for tanaka: {{record.subject}}'
`,
      schema,
    },
    lookAlike: {
      files: `workflow: suzuki-cases
object: Case
trigger: { on: create }
when: { field: subject, contains: suzuki }
steps:
  - notify: role:support
    message: 'about suzuki: {{record.subject}}'
`,
      schema,
      says: {
        en: 'This is a word in a text, not a user.',
        ja: 'これは文章中の語であり、ユーザーの指定ではありません。',
      },
    },
  },
  *workflow(workflow, { project }) {
    for (const comparison of comparisonsOf(workflow, project.schema)) {
      if (!namesPerson(comparison)) continue;
      for (const literal of literalsOf(comparison.test)) {
        if (literal.value === null || literal.value === '') continue;
        const id = String(literal.value);
        const why = gone(id, project.schema);
        if (!why) continue;
        yield {
          place: literal.place,
          ...elementOf(comparison.site),
          message: {
            en: `"${short(id)}", with which "${short(comparison.path.text)}" is compared, ${why.en}, so the condition holds for old records at most.`,
            ja: `「${short(comparison.path.text)}」の比較相手「${short(id)}」${why.ja}。条件は古いレコードでしか成立しません。`,
          },
        };
      }
    }
  },
});
