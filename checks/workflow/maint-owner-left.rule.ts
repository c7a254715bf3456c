import type { Problem } from '../../src/model/workflow/finding.ts';
import type { Named } from '../../src/model/workflow/place.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Schema } from '../../src/model/workflow/schema.ts';
import { entryOf } from '../../src/reason/workflow/resolve.ts';
import { settingPlace } from '../../src/reason/workflow/setting-place.ts';
import { short } from '../../src/reason/workflow/written.ts';

const hasLeft = (person: Named, schema: Schema): boolean => entryOf(schema.users, person.name, schema)?.active !== true;

const schema = `schema: crm-schema/v1
users:
  tanaka: { active: true, roles: [sales] }
  sato: { active: false, roles: [sales] }
`;

const tell = (owner: string): string => `workflow: tell
object: Deal
${owner}trigger: { on: update, fields: [stage] }
steps:
  - notify: role:sales
    message: a new stage
`;

export const maintOwnerLeft = defineRule({
  id: 'workflow.maint-owner-left',
  severity: 'warning',
  sourceKind: 'maintenance',
  needs: ['users'],
  title: { en: 'Nobody looks after it any more', ja: '担当者がいなくなったワークフロー' },
  about: {
    en: 'A workflow has a person who looks after it. When that person leaves and is deactivated, notices about failures go nowhere, and in some CRMs the connections of that person stop to work.',
    ja: 'ワークフローには面倒を見る担当者がいます。その人が退職などで無効になると、失敗の通知は誰にも届かず、CRM によってはその人の接続を使う処理も止まります。',
  },
  advice: { en: 'Hand it over to somebody who is active.', ja: '有効なユーザーに引き継いでください。' },
  examples: {
    bad: { files: tell('owner: sato\n'), schema, lines: [1] },
    good: { files: tell('owner: tanaka\n'), schema },
    lookAlike: { files: tell(''), schema },
  },
  *workflow(workflow, { project }): Generator<Problem> {
    const { id, owner, lastEditor } = workflow;
    // Whoever edited it last counts where nobody is named as its owner.
    const person = owner ?? lastEditor;
    if (!person || !hasLeft(person, project.schema)) return;
    const name = short(person.name);
    const known = entryOf(project.schema.users, person.name, project.schema);
    const gone = known
      ? { en: 'is deactivated', ja: '無効になっています' }
      : { en: 'does not exist', ja: '存在しません' };
    yield {
      place: settingPlace(workflow, person.place),
      message: owner
        ? {
            en: `"${name}", who looks after "${id}", ${gone.en}, so nobody sees to it when it fails.`,
            ja: `「${id}」の担当者「${name}」は${gone.ja}。失敗しても対応する人がいません。`,
          }
        : {
            en: `"${name}", who last changed "${id}", ${gone.en}, so nobody sees to it when it fails.`,
            ja: `「${id}」を最後に変更した「${name}」は${gone.ja}。失敗しても対応する人がいません。`,
          },
    };
  },
});
