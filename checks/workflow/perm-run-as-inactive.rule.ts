import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import { standingOf } from '../../src/reason/workflow/people.ts';
import { settingPlace } from '../../src/reason/workflow/setting-place.ts';
import { short } from '../../src/reason/workflow/written.ts';

const schema = `schema: crm-schema/v1
users:
  integration: { active: true, roles: [sales] }
  sato: { active: false, roles: [sales] }
`;

const nightly = (user: string): string => `workflow: nightly
runAs: ${user}
trigger: { on: schedule, at: '03:00', tz: Asia/Tokyo }
steps:
  - notify: role:finance
    message: done
`;

export const permRunAsInactive = defineRule({
  id: 'workflow.perm-run-as-inactive',
  severity: 'error',
  sourceKind: 'permission',
  formats: ['PA', 'SF', 'ES', 'WR', 'NY'],
  needs: ['users'],
  title: { en: 'It runs as somebody who has left', ja: '実行ユーザーが無効になっている' },
  about: {
    en: 'A workflow can run in the name of one fixed user. When that user is deactivated or deleted, the CRM refuses every run from that day on, mostly without telling anybody.',
    ja: 'ワークフローは特定のユーザーの名前で動かせます。そのユーザーが無効化・削除されると、その日から毎回実行が拒否されます。多くの場合、誰にも通知されません。',
  },
  advice: {
    en: 'Let it run as a user who stays, best one that exists for integrations only.',
    ja: '有効なユーザーに変えてください。連携専用のユーザーにしておくと安全です。',
  },
  examples: {
    bad: { files: nightly('{ user: sato }'), schema, lines: [1] },
    good: { files: nightly('{ user: integration }'), schema },
    lookAlike: { files: nightly('system'), schema },
  },
  *workflow(workflow, { project: { schema: known } }): Generator<Problem> {
    const { id, runAs, runAsPlace } = workflow;
    if (runAs.kind !== 'principal' || runAs.of !== 'user') return;
    const standing = standingOf('user', runAs.id, known);
    if (standing !== 'inactive' && standing !== 'missing') return;
    const user = short(runAs.id);
    const gone =
      standing === 'inactive'
        ? { en: 'is deactivated', ja: '無効になっています' }
        : { en: 'does not exist', ja: '存在しません' };
    yield {
      place: settingPlace(workflow, runAsPlace ?? runAs.place),
      message: {
        en: `"${id}" runs as the user "${user}", who ${gone.en}, so the CRM refuses every run.`,
        ja: `「${id}」の実行ユーザー「${user}」は${gone.ja}。そのため、毎回実行が拒否されます。`,
      },
    };
  },
});
