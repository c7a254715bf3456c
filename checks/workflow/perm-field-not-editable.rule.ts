import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import { mayDo, mayEdit } from '../../src/reason/workflow/permissions.ts';
import { recordAccessOf } from '../../src/reason/workflow/record-access.ts';
import {
  refusedParticle,
  refusedSeverity,
  refusedVerb,
  refusedWhen,
  refusedWho,
} from '../../src/reason/workflow/refusal-words.ts';
import { entryOf, objectOf } from '../../src/reason/workflow/resolve.ts';
import { refusalOf } from '../../src/reason/workflow/runners.ts';
import { short } from '../../src/reason/workflow/written.ts';

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal: { fields: { stage: text, creditLimit: number, discount: number } }
roles:
  sales:
    objects: { Deal: [create, read, update] }
    fields: { Deal.creditLimit: read }
  finance:
    objects: { Deal: [create, read, update] }
`;

const limit = (field: string): string => `workflow: limit
object: Deal
runAs: { role: sales }
trigger: { on: update, fields: [stage] }
steps:
  - update: record
    set:
      ${field}: 100
onError:
  - log: '{{error.message}}'
`;

export const permFieldNotEditable = defineRule({
  id: 'workflow.perm-field-not-editable',
  severity: 'error',
  sourceKind: 'permission',
  needs: ['permissions'],
  title: { en: 'The one who runs it may not edit a field', ja: '実行する人が項目を編集できない' },
  about: {
    en: 'Rights can be given field by field. A workflow that runs with the rights of a person fails when it writes a field that this person may only read, although the same workflow works for an administrator who tests it.',
    ja: '権限は項目ごとにも設定できます。人の権限で動くワークフローが、その人には参照しか許されない項目に書き込むと失敗します。管理者がテストすると成功するため、気付きにくい不具合です。',
  },
  advice: {
    en: 'Grant edit on the field, do not write it, or let the workflow run as the system.',
    ja: '項目の編集権限を付与する、書き込みをやめる、システムとして実行する、のいずれかにしてください。',
  },
  examples: {
    bad: { files: limit('creditLimit'), schema, lines: [8] },
    good: { files: limit('discount'), schema },
    lookAlike: { files: limit('creditLimit').replace('{ role: sales }', '{ role: finance }'), schema },
  },
  *workflow(workflow, { project }): Generator<Problem> {
    const { schema: known } = project;
    for (const { step, operation, object, set } of recordAccessOf(workflow, known)) {
      if (operation !== 'create' && operation !== 'update') continue;
      for (const { field } of set) {
        // A formula or a system field is nobody's to edit: another rule says so.
        const described = objectOf(known, object)?.fields;
        if (described && entryOf(described, field.name, known)?.readOnly) continue;
        const refusal = refusalOf(workflow, project, (principal) =>
          // Without the right on the object, that is what is missing.
          mayDo(principal, operation, object, known) === 'no'
            ? 'unknown'
            : mayEdit(principal, operation, object, field.name, known),
        );
        if (!refusal) continue;
        const who = refusedWho(refusal);
        const when = refusedWhen(refusal);
        const name = short(`${object}.${field.name}`);
        yield {
          place: field.place,
          element: step.id,
          ...refusedSeverity(refusal),
          message: {
            en: `${who.en} ${refusedVerb(refusal)} edit "${name}", so the step "${step.id}" fails ${when.en}.`,
            ja: `${who.ja}${refusedParticle(refusal)}「${name}」を編集できません。そのため、ステップ「${step.id}」は${when.ja}失敗します。`,
          },
        };
      }
    }
  },
});
