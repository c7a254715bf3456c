import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Schema } from '../../src/model/workflow/schema.ts';
import { namedIn } from '../../src/reason/workflow/refusal-words.ts';
import { entryOf } from '../../src/reason/workflow/resolve.ts';

const hasPeople = (role: string, schema: Schema): boolean =>
  !schema.users ||
  [...schema.users.values()].some(({ active, roles }) => active && roles.includes(role)) ||
  // People whose roles nobody wrote down may have it.
  [...schema.users.values()].some(({ active, roles }) => active && roles.length === 0);

const schema = `schema: crm-schema/v1
roles:
  sales: { objects: {} }
`;

const handOver = (roles: string): string => `workflow: hand-over
object: Deal
runAs: user
trigger: { on: manual${roles} }
steps:
  - notify: role:sales
    message: take over
`;

export const permStartNobody = defineRule({
  id: 'workflow.perm-start-nobody',
  severity: 'warning',
  sourceKind: 'permission',
  formats: ['SF', 'ES', 'PA', 'NY'],
  uses: ['permissions'],
  title: { en: 'Nobody may start it', ja: '誰も起動できない' },
  about: {
    en: 'A workflow that people start by hand lists the roles that may do so. If the list is empty, or holds only roles that do not exist or that nobody has, the button is there for nobody.',
    ja: '手動で起動するワークフローには、起動できるロールを指定します。指定が空だったり、存在しないロールや誰も持っていないロールだけだったりすると、誰の画面にもボタンが出ません。',
  },
  advice: { en: 'Name a role of the people who need it.', ja: '使う人が持っているロールを指定してください。' },
  examples: {
    bad: { files: handOver(', roles: [seles]'), schema, lines: [4] },
    good: { files: handOver(', roles: [sales]'), schema },
    lookAlike: { files: handOver(''), schema },
  },
  *workflow(workflow, { project: { schema: known } }): Generator<Problem> {
    for (const { on, roles, place } of workflow.triggers) {
      if (on !== 'manual' || !roles) continue;
      const able = roles.filter(
        ({ name }) => !known.roles || (entryOf(known.roles, name, known) !== undefined && hasPeople(name, known)),
      );
      if (able.length > 0) continue;
      const { en, ja } = namedIn(roles.map(({ name }) => name));
      yield {
        place: roles[0]?.place ?? place,
        message:
          roles.length === 0
            ? {
                en: `"${workflow.id}" is started by hand, but its list of roles is empty, so nobody may start it.`,
                ja: `「${workflow.id}」は手動で起動しますが、起動できるロールの指定が空のため、誰も起動できません。`,
              }
            : {
                en: `"${workflow.id}" is started by hand, but nobody has any of its roles (${en}), so nobody may start it.`,
                ja: `「${workflow.id}」は手動で起動しますが、指定されたロール（${ja}）を持つ人がいないため、誰も起動できません。`,
              },
      };
    }
  },
});
