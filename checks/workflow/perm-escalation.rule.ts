import type { Problem } from '../../src/model/workflow/finding.ts';
import type { Project } from '../../src/model/workflow/project.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Step } from '../../src/model/workflow/step.ts';
import type { Path } from '../../src/model/workflow/value.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { guardsOf } from '../../src/reason/workflow/guards.ts';
import { mayDo, mayEdit, rolePrincipal } from '../../src/reason/workflow/permissions.ts';
import { conditionPaths } from '../../src/reason/workflow/reads.ts';
import { recordAccessOf } from '../../src/reason/workflow/record-access.ts';
import { namedIn } from '../../src/reason/workflow/refusal-words.ts';
import { startersOf } from '../../src/reason/workflow/runners.ts';
import { pathsOf } from '../../src/reason/workflow/values.ts';
import { short } from '../../src/reason/workflow/written.ts';

/** What holds something that whoever starts it has typed: `input`, fields of screens, and variables made from these. */
const givenBy = (workflow: Workflow): ((path: Path) => boolean) => {
  const variables = new Set<string>();
  const screens = new Set<string>();
  for (const step of workflow.steps) {
    if (step.kind !== 'screen') continue;
    screens.add(step.id);
    for (const { name } of step.fields) variables.add(name);
  }
  const given = ({ root }: Path): boolean =>
    root.kind === 'input' ||
    (root.kind === 'variable' && variables.has(root.name)) ||
    (root.kind === 'step' && screens.has(root.step));
  // A variable that is filled from one is one; longer chains than the steps there are cannot be.
  for (let round = 0, grown = true; grown && round < 20; round += 1) {
    grown = false;
    for (const step of workflow.steps) {
      if (step.kind !== 'let') continue;
      for (const { to, value } of step.assigns) {
        if (to.root.kind !== 'variable' || variables.has(to.root.name) || !pathsOf(value).some(given)) continue;
        variables.add(to.root.name);
        grown = true;
      }
    }
  }
  return given;
};

const textOf = (path: Path): string => path.text;

/** A condition on the way to the step has looked at what was typed. */
const isChecked = (workflow: Workflow, step: Step, given: readonly Path[]): boolean => {
  const texts = new Set(given.map(textOf));
  return guardsOf(workflow, step.id).some(({ condition }) =>
    [...conditionPaths(condition)].some((path) => texts.has(path.text)),
  );
};

/** The roles that can start it and may not do this themselves. */
const refusedRoles = (
  workflow: Workflow,
  project: Project,
  access: { readonly operation: 'create' | 'update' | 'delete'; readonly object: string; readonly field?: string },
): readonly string[] => {
  const { schema } = project;
  const { operation, object, field } = access;
  const roles = workflow.triggers.flatMap((trigger) =>
    trigger.on === 'manual' || workflow.kind === 'screen' ? startersOf(workflow, trigger, schema) : [],
  );
  return [...new Set(roles)].flatMap(({ id }) => {
    const principal = rolePrincipal(id, schema);
    if (!principal) return [];
    const answer =
      field === undefined || operation === 'delete'
        ? mayDo(principal, operation, object, schema)
        : mayEdit(principal, operation, object, field, schema);
    return answer === 'no' ? [id] : [];
  });
};

/** Anybody on the Internet is behind an open hook: what some role may not write is protected from them. */
const isOpenHook = ({ triggers }: Workflow): boolean =>
  triggers.some(({ on, auth, allow = [] }) => on === 'webhook' && auth === 'none' && allow.length === 0);

const protectedFrom = (project: Project, object: string, field: string): readonly string[] =>
  [...(project.schema.roles?.values() ?? [])].flatMap(({ id, fields }) => {
    const said = fields.get(`${object}.${field}`);
    return said === 'read' || said === 'none' ? [id] : [];
  });

const schema = `schema: crm-schema/v1
complete: true
objects:
  Deal: { fields: { stage: text, creditLimit: number, note: text } }
roles:
  sales:
    objects: { Deal: [create, read, update] }
    fields: { Deal.creditLimit: read }
`;

const raise = (field: string, runAs: string): string => `workflow: raise
object: Deal
runAs: ${runAs}
trigger: { on: manual, roles: [sales] }
inputs: { wanted: { type: number, required: true } }
steps:
  - update: record
    set:
      ${field}: '{{input.wanted}}'
onError:
  - log: '{{error.message}}'
`;

export const permEscalation = defineRule({
  id: 'workflow.perm-escalation',
  severity: 'error',
  sourceKind: 'permission',
  formats: ['SF', 'PA', 'ES', 'NY'],
  needs: ['permissions'],
  confidence: 'likely',
  title: {
    en: 'What somebody types is written where they may not write',
    ja: '入力された値が、本人には書けない項目に書かれる',
  },
  about: {
    en: 'The workflow runs as the system and writes what the one who starts it has typed into a field that this person may not edit. So everybody who can start it changes that field to whatever they like, past the rights that were given.',
    ja: 'ワークフローがシステムとして動き、起動した人の入力値を、その人には編集できない項目に書き込んでいます。起動できる人は誰でも、与えられた権限を越えて、その項目を好きな値に変えられます。',
  },
  advice: {
    en: 'Test the input before it is written, or run the workflow with the rights of the user.',
    ja: '書き込む前に入力値を確認する条件を付けるか、起動した人の権限で動かしてください。',
  },
  examples: {
    bad: { files: raise('creditLimit', 'system'), schema, lines: [9] },
    good: { files: raise('note', '{ role: sales }'), schema },
    lookAlike: {
      files: `workflow: raise
object: Deal
runAs: system
trigger: { on: manual, roles: [sales] }
inputs: { wanted: { type: number, required: true } }
steps:
  - if: { field: input.wanted, le: 100 }
    then:
      - update: record
        set: { creditLimit: '{{input.wanted}}' }
`,
      schema,
      says: { en: 'The input is limited first.', ja: '先に入力値を制限しています。' },
    },
  },
  *workflow(workflow, { project }): Generator<Problem> {
    if (workflow.runAs.kind !== 'system') return;
    const open = isOpenHook(workflow);
    if (!open && workflow.kind !== 'manual' && workflow.kind !== 'screen') return;
    const given = givenBy(workflow);
    for (const { step, operation, object, set } of recordAccessOf(workflow, project.schema)) {
      if (operation === 'read' || operation === 'delete') continue;
      for (const { field, value } of set) {
        const typed = pathsOf(value).filter(given);
        const [first] = typed;
        if (!first || isChecked(workflow, step, typed)) continue;
        const roles = open
          ? protectedFrom(project, object, field.name)
          : refusedRoles(workflow, project, { operation, object, field: field.name });
        if (roles.length === 0) continue;
        const who = namedIn(roles);
        const name = short(`${object}.${field.name}`);
        yield {
          place: field.place,
          element: step.id,
          message: open
            ? {
                en: `"${workflow.id}" takes "${short(first.text)}" from anybody on the Internet and writes it to "${name}" as the system, which even the role ${who.en} may not edit.`,
                ja: `「${workflow.id}」は誰からでも受け取れる「${short(first.text)}」を、システムとして「${name}」に書き込みます。この項目はロール${who.ja}でさえ編集できません。`,
              }
            : {
                en: `"${workflow.id}" runs as the system and writes what is typed ("${short(first.text)}") to "${name}". The role ${who.en} can start it and may not edit that field, so it gets past its rights.`,
                ja: `「${workflow.id}」はシステムとして動き、入力値「${short(first.text)}」を「${name}」に書き込みます。この項目を編集できないロール${who.ja}も起動できるため、権限を越えて書き換えられます。`,
              },
        };
      }
    }
  },
});
