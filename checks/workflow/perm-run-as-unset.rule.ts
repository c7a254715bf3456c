import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { recordAccessOf } from '../../src/reason/workflow/record-access.ts';
import { settingPlace } from '../../src/reason/workflow/setting-place.ts';

/** Kinds in which it makes a difference, and which have no fixed mode. */
const kinds: readonly Workflow['kind'][] = ['screen', 'manual', 'webhook'];

const handOver = (runAs: string): string => `workflow: hand-over
${runAs}object: Deal
trigger: { on: manual, roles: [sales] }
steps:
  - update: record
    set: { handedOver: true }
onError:
  - log: '{{error.message}}'
`;

export const permRunAsUnset = defineRule({
  id: 'workflow.perm-run-as-unset',
  severity: 'warning',
  sourceKind: 'permission',
  formats: ['SF', 'PA', 'ES', 'OD', 'NY'],
  title: { en: 'Nothing says with whose rights it runs', ja: '誰の権限で動くかが決められていない' },
  about: {
    en: 'A workflow runs either with the rights of the person who starts it, or with those of the system, which may do everything. Where that can be chosen and is left open, a default decides, and the same steps work for some people and fail for others.',
    ja: 'ワークフローは、起動した人の権限で動く場合と、何でもできるシステムの権限で動く場合があります。選べるのに指定しないと既定値に任されることになり、人によって成功したり失敗したりします。',
  },
  advice: {
    en: 'State it: as the user, as the system, or as one role that has just the rights that are needed.',
    ja: '「起動した人」「システム」「必要な権限だけを持つロール」のどれで動かすかを指定してください。',
  },
  examples: {
    bad: { files: handOver(''), lines: [1] },
    good: { files: handOver('runAs: { role: sales }\n') },
    lookAlike: {
      files: `workflow: ask
object: Deal
trigger: { on: manual, roles: [sales] }
steps:
  - notify: role:sales
    message: nothing is read or written here
`,
    },
  },
  *workflow(workflow, { project }): Generator<Problem> {
    const { id, kind, runAsStated, runAsChoosable, runAsPlace } = workflow;
    if (runAsStated || !runAsChoosable || !kinds.includes(kind)) return;
    // Where no record is touched, no right is needed.
    if (recordAccessOf(workflow, project.schema).length === 0) return;
    yield {
      place: settingPlace(workflow, runAsPlace),
      message: {
        en: `"${id}" reads or writes records, but does not say with whose rights. A default of the CRM decides, so that it can work for one person and fail for another.`,
        ja: `「${id}」はレコードを読み書きしますが、誰の権限で動くかが指定されていません。CRM の既定値しだいになり、人によって失敗することがあります。`,
      },
    };
  },
});
