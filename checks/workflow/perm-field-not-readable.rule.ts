import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Schema } from '../../src/model/workflow/schema.ts';
import type { Path } from '../../src/model/workflow/value.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { mayDo, mayRead } from '../../src/reason/workflow/permissions.ts';
import { allConditions, conditionPaths } from '../../src/reason/workflow/reads.ts';
import { refusedParticle, refusedVerb, refusedWho } from '../../src/reason/workflow/refusal-words.ts';
import { entryOf, resolve } from '../../src/reason/workflow/resolve.ts';
import { refusalOf } from '../../src/reason/workflow/runners.ts';
import { templatePaths } from '../../src/reason/workflow/template-paths.ts';
import { pathsOf } from '../../src/reason/workflow/values.ts';
import { short } from '../../src/reason/workflow/written.ts';

interface Reading {
  readonly path: Path;
  readonly what: 'condition' | 'text';
  readonly step?: string;
  readonly candidate?: string;
}

/** What conditions compare and what mails and notices show. */
function* readingsOf(workflow: Workflow, schema: Schema): Generator<Reading> {
  for (const { conditions, step, candidate } of allConditions(workflow)) {
    for (const path of conditionPaths(conditions.condition))
      yield {
        path,
        what: 'condition',
        ...(step === undefined ? {} : { step }),
        ...(candidate === undefined ? {} : { candidate }),
      };
  }
  for (const step of workflow.steps) {
    const shown = step.kind === 'mail' ? [step.subject, step.body] : step.kind === 'notify' ? [step.message] : [];
    for (const value of shown)
      if (value) for (const path of pathsOf(value)) yield { path, what: 'text', step: step.id };
    // A template that is filled from another record shows that one's fields.
    const named =
      step.kind === 'mail' && (!step.about || step.about.root.kind === 'record') ? step.template : undefined;
    const template = named && entryOf(schema.templates, named.name, schema);
    if (named && template)
      for (const path of templatePaths(template, named.place)) yield { path, what: 'text', step: step.id };
  }
}

const ownSchema = `schema: crm-schema/v1
complete: true
objects:
  Deal: { fields: { stage: text, margin: { type: number, required: true } } }
roles:
  sales:
    objects: { Deal: [create, read, update] }
    fields: { Deal.margin: none }
  finance:
    objects: { Deal: [create, read, update] }
`;

const watch = (role: string): string => `workflow: watch
object: Deal
runAs: { role: ${role} }
trigger: { on: update, fields: [stage] }
when:
  - { field: stage, eq: Won }
  - { field: margin, lt: 10 }
steps:
  - notify: role:finance
    message: a deal with a small margin
`;

export const permFieldNotReadable = defineRule({
  id: 'workflow.perm-field-not-readable',
  severity: 'warning',
  sourceKind: 'permission',
  needs: ['permissions'],
  title: { en: 'It reads a field that is hidden from the one who runs it', ja: '実行する人に見えない項目を読んでいる' },
  about: {
    en: 'A field that is hidden from a role is empty for a workflow that runs with the rights of that role. Conditions on it then come out wrong, and texts have a gap, without any error.',
    ja: 'ロールに見せていない項目は、そのロールの権限で動くワークフローからは空に見えます。エラーにならないまま条件の判定が狂い、文面には空欄ができます。',
  },
  advice: {
    en: 'Grant read on the field, or let the workflow run as the system.',
    ja: '項目の参照権限を付与するか、システムとして実行するように変えてください。',
  },
  examples: {
    bad: { files: watch('sales'), schema: ownSchema, lines: [7] },
    good: { files: watch('finance'), schema: ownSchema },
    lookAlike: { files: watch('sales').replace('  - { field: margin, lt: 10 }\n', ''), schema: ownSchema },
  },
  *workflow(workflow, { project }): Generator<Problem> {
    const seen = new Set<string>();
    for (const { path, what, step, candidate } of readingsOf(workflow, project.schema)) {
      const found = resolve(path, workflow, project.schema, candidate);
      if (found.kind !== 'field') continue;
      const { object, field } = found;
      const name = `${object.name}.${field.name}`;
      if (seen.has(name)) continue;
      seen.add(name);
      const refusal = refusalOf(workflow, project, (principal) =>
        // Where the records that are looked for are closed as a whole, that is what is missing.
        object.name === candidate && mayDo(principal, 'read', object.name, project.schema) === 'no'
          ? 'unknown'
          : mayRead(principal, object.name, field.name, project.schema),
      );
      if (!refusal) continue;
      const who = refusedWho(refusal);
      yield {
        place: path.place,
        ...(step === undefined ? {} : { element: step }),
        message: {
          en: `${who.en} ${refusedVerb(refusal)} see "${short(name)}". It is empty for them, so ${what === 'condition' ? 'the condition comes out wrong' : 'the text has a gap'}.`,
          ja: `${who.ja}${refusedParticle(refusal)}「${short(name)}」を参照できません。空の値として扱われるため、${what === 'condition' ? '条件が正しく判定されません' : '文面に空欄ができます'}。`,
        },
      };
    }
  },
});
