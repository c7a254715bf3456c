import type { Problem } from '../../src/model/workflow/finding.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Schema } from '../../src/model/workflow/schema.ts';
import type { Party, StepOf } from '../../src/model/workflow/step.ts';
import type { Path } from '../../src/model/workflow/value.ts';
import type { Principal } from '../../src/reason/workflow/permissions.ts';
import { mayRead, rolePrincipal, userPrincipal } from '../../src/reason/workflow/permissions.ts';
import { namedIn } from '../../src/reason/workflow/refusal-words.ts';
import { entryOf, resolve } from '../../src/reason/workflow/resolve.ts';
import { templatePaths } from '../../src/reason/workflow/template-paths.ts';
import { pathsOf } from '../../src/reason/workflow/values.ts';
import { short } from '../../src/reason/workflow/written.ts';

const readersOf = (party: Party, schema: Schema): readonly Principal[] => {
  const known = (principal: Principal | undefined): readonly Principal[] => (principal ? [principal] : []);
  if (party.kind === 'user') return known(userPrincipal(party.id, schema));
  if (party.kind === 'role') return known(rolePrincipal(party.id, schema));
  if (party.kind !== 'queue') return [];
  const members = entryOf(schema.queues, party.id, schema)?.members ?? [];
  return members.flatMap((member) => known(userPrincipal(member, schema)));
};

interface Shown {
  readonly path: Path;
  readonly inTemplate: boolean;
}

const shownBy = (step: StepOf<'mail'> | StepOf<'notify'>, schema: Schema): readonly Shown[] => {
  const values = step.kind === 'mail' ? [step.subject, step.body] : [step.message];
  const own = values.flatMap((value) => (value ? pathsOf(value) : []).map((path) => ({ path, inTemplate: false })));
  const named = step.kind === 'mail' ? step.template : undefined;
  const template = named && entryOf(schema.templates, named.name, schema);
  // A template that is filled from another record shows that one's fields.
  if (!template || !named || (step.kind === 'mail' && step.about && step.about.root.kind !== 'record')) return own;
  return [...own, ...templatePaths(template, named.place).map((path) => ({ path, inTemplate: true }))];
};

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal: { fields: { stage: text, margin: number } }
users:
  tanaka: { active: true, roles: [sales], email: tanaka@example.co.jp }
  ito: { active: true, roles: [finance], email: ito@example.co.jp }
roles:
  sales:
    objects: { Deal: [create, read, update] }
    fields: { Deal.margin: none }
  finance:
    objects: { Deal: [create, read, update] }
templates:
  won: { object: Deal, subject: 'Won: {{record.name}}', body: 'The margin is {{record.margin}}.' }
`;

const tell = (to: string): string => `workflow: tell
object: Deal
runAs: { role: finance }
trigger: { on: update, fields: [stage] }
steps:
  - mail:
      to: ${to}
      template: won
onError:
  - log: '{{error.message}}'
`;

export const permLeakByMail = defineRule({
  id: 'workflow.perm-leak-by-mail',
  severity: 'info',
  sourceKind: 'permission',
  needs: ['permissions'],
  uses: ['templates'],
  title: { en: 'A mail shows what its readers may not see', ja: '受け取る人に見えないはずの項目がメールに載る' },
  about: {
    en: 'A mail carries field values out of the CRM, where no rights count any more. If the one who gets it may not see a field in the CRM, the mail shows it all the same.',
    ja: 'メールは項目の値を、権限の及ばない CRM の外に持ち出します。CRM では見えない項目でも、メールに載せれば受け取った人に見えてしまいます。',
  },
  advice: {
    en: 'Take the field out of the mail, or send it to people who may see it.',
    ja: 'メールからその項目を外すか、参照できる人だけに送ってください。',
  },
  examples: {
    bad: { files: tell('role:sales'), schema, lines: [8] },
    good: { files: tell('role:finance'), schema },
    lookAlike: { files: tell('user:ito'), schema },
  },
  *workflow(workflow, { project }): Generator<Problem> {
    const { schema: known } = project;
    for (const step of workflow.steps) {
      if (step.kind !== 'mail' && step.kind !== 'notify') continue;
      const parties = step.kind === 'mail' ? [...step.to, ...step.cc, ...step.bcc] : step.to;
      const readers = parties.flatMap((party) => readersOf(party, known));
      if (readers.length === 0) continue;
      const seen = new Set<string>();
      for (const { path, inTemplate } of shownBy(step, known)) {
        const found = resolve(path, workflow, known);
        if (found.kind !== 'field') continue;
        const name = `${found.object.name}.${found.field.name}`;
        if (seen.has(name)) continue;
        seen.add(name);
        const blind = readers.filter((reader) => mayRead(reader, found.object.name, found.field.name, known) === 'no');
        if (blind.length === 0) continue;
        const who = namedIn([...new Set(blind.map(({ id }) => id))]);
        yield {
          place: path.place,
          element: step.id,
          message: {
            en: `The ${inTemplate ? 'template' : 'text'} shows "${short(name)}", which ${who.en} may not see in the CRM.`,
            ja: `${inTemplate ? 'テンプレート' : '文面'}に「${short(name)}」が載りますが、${who.ja}は CRM でこの項目を参照できません。`,
          },
        };
      }
    }
  },
});
