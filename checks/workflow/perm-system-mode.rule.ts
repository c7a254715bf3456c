import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { recordAccessOf } from '../../src/reason/workflow/record-access.ts';
import { namedIn } from '../../src/reason/workflow/refusal-words.ts';
import { settingPlace } from '../../src/reason/workflow/setting-place.ts';

/** Nobody is behind the clock or a hook whose rights could count instead. */
const byPeople: readonly Workflow['kind'][] = ['record', 'screen', 'manual', 'called'];

const note = (runAs: string, on: string): string => `workflow: note
object: Deal
runAs: ${runAs}
trigger: ${on}
steps:
  - update: record
    set: { noted: true }
onError:
  - log: '{{error.message}}'
`;

export const permSystemMode = defineRule({
  id: 'workflow.perm-system-mode',
  severity: 'warning',
  sourceKind: 'permission',
  formats: ['SF', 'OD', 'PA', 'NY'],
  title: { en: 'It runs without any check of rights', ja: '権限の確認なしで動く' },
  about: {
    en: 'A workflow that runs as the system may read and write everything, whoever starts it. That is sometimes needed, but then whoever can start it reaches all these objects through it, past the rights that were given.',
    ja: 'システムとして動くワークフローは、誰が起動しても、すべてを読み書きできます。必要な場合もありますが、起動できる人は全員、付与された権限を越えてこれらのオブジェクトに手が届きます。',
  },
  advice: {
    en: 'Run it as the user or as a role with just the rights that are needed, or note why it has to be the system.',
    ja: '起動した人、または必要な権限だけを持つロールで動かしてください。システムでなければならない場合は、理由を残してください。',
  },
  examples: {
    bad: { files: note('system', '{ on: manual, roles: [sales] }'), lines: [1] },
    good: { files: note('{ role: sales }', '{ on: manual, roles: [sales] }') },
    lookAlike: { files: note('system', "{ on: schedule, at: '09:00', tz: Asia/Tokyo }") },
  },
  *workflow(workflow, { project }): Generator<Problem> {
    const { id, kind, runAs, runAsStated, runAsChoosable, runAsPlace } = workflow;
    // Where the platform leaves no choice, there is nothing to mend.
    if (runAs.kind !== 'system' || !runAsStated || !runAsChoosable || !byPeople.includes(kind)) return;
    const objects = [...new Set(recordAccessOf(workflow, project.schema).map(({ object }) => object))];
    if (objects.length === 0) return;
    const { en, ja } = namedIn(objects);
    yield {
      place: settingPlace(workflow, runAsPlace),
      message: {
        en: `"${id}" runs as the system, without any check of rights. Whoever can start it reaches ${en} through it.`,
        ja: `「${id}」はシステムとして動き、権限が確認されません。起動できる人は全員、${ja}に手が届きます。`,
      },
    };
  },
});
