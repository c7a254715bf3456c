import type { Text } from '../../src/model/text.ts';
import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Operation } from '../../src/model/workflow/schema.ts';
import { mayDo } from '../../src/reason/workflow/permissions.ts';
import { recordAccessOf } from '../../src/reason/workflow/record-access.ts';
import {
  refusedParticle,
  refusedSeverity,
  refusedVerb,
  refusedWhen,
  refusedWho,
} from '../../src/reason/workflow/refusal-words.ts';
import { refusalOf } from '../../src/reason/workflow/runners.ts';
import { short } from '../../src/reason/workflow/written.ts';

const verbs: Readonly<Record<Operation, Text>> = {
  create: { en: 'create', ja: '作成' },
  read: { en: 'read', ja: '参照' },
  update: { en: 'change', ja: '更新' },
  delete: { en: 'delete', ja: '削除' },
};

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal: { fields: { stage: text } }
  Invoice: { fields: { title: text } }
roles:
  sales: { objects: { Deal: [create, read, update] } }
  clerk: { objects: { Deal: [read, update], Invoice: [create, read, update] } }
`;

const bill = (role: string): string => `workflow: bill
object: Deal
runAs: ${role}
trigger: { on: update, fields: [stage] }
steps:
  - create: Invoice
    set: { name: '{{record.name}}', title: new }
onError:
  - log: '{{error.message}}'
`;

export const permObjectDenied = defineRule({
  id: 'workflow.perm-object-denied',
  severity: 'error',
  sourceKind: 'permission',
  needs: ['permissions'],
  title: { en: 'The one who runs it lacks a right', ja: '実行する人にオブジェクトの権限がない' },
  about: {
    en: 'A workflow that runs with the rights of a person can only do what that person may do: create, read, change or delete records of each object. What is missing makes the step fail, often together with the save that started it.',
    ja: '人の権限で動くワークフローは、その人ができること（各オブジェクトの作成・参照・更新・削除）しかできません。権限が足りないとステップが失敗し、きっかけになった保存ごと失敗することもあります。',
  },
  advice: {
    en: 'Grant the right, or let the workflow run as the system.',
    ja: '権限を付与するか、システムとして実行するように変えてください。',
  },
  examples: {
    bad: { files: bill('{ role: sales }'), schema, lines: [6] },
    good: { files: bill('{ role: clerk }'), schema },
    lookAlike: { files: bill('system'), schema },
  },
  *workflow(workflow, { project }): Generator<Problem> {
    // One missing right has one finding, at the first step that needs it.
    const found = new Map<string, Problem & { also: { place: Problem['place']; says: Text }[] }>();
    for (const { step, operation, object, inSave } of recordAccessOf(workflow, project.schema)) {
      if (inSave) continue;
      const key = `${operation} ${object}`;
      const known = found.get(key);
      if (known) {
        if (known.element !== step.id && known.also.length < 20)
          known.also.push({
            place: step.place,
            says: { en: `also in the step "${step.id}"`, ja: `ステップ「${step.id}」も同様です` },
          });
        continue;
      }
      const refusal = refusalOf(workflow, project, (principal) => mayDo(principal, operation, object, project.schema));
      if (!refusal) continue;
      const who = refusedWho(refusal);
      const when = refusedWhen(refusal);
      const verb = verbs[operation];
      found.set(key, {
        place: step.place,
        element: step.id,
        ...refusedSeverity(refusal),
        message: {
          en: `${who.en} ${refusedVerb(refusal)} ${verb.en} records of "${short(object)}", so the step "${step.id}" fails ${when.en}.`,
          ja: `${who.ja}${refusedParticle(refusal)}「${short(object)}」を${verb.ja}できません。そのため、ステップ「${step.id}」は${when.ja}失敗します。`,
        },
        also: [],
      });
    }
    yield* found.values();
  },
});
