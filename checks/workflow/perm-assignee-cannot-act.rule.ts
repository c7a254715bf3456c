import type { Problem } from '../../src/model/workflow/finding.ts';
import type { Place } from '../../src/model/workflow/place.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Schema } from '../../src/model/workflow/schema.ts';
import type { Party } from '../../src/model/workflow/step.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { objectAt } from '../../src/reason/workflow/effects.ts';
import type { Principal } from '../../src/reason/workflow/permissions.ts';
import { mayDo, rolePrincipal, userPrincipal } from '../../src/reason/workflow/permissions.ts';
import { entryOf } from '../../src/reason/workflow/resolve.ts';
import { short } from '../../src/reason/workflow/written.ts';

interface Given {
  readonly party: Party;
  readonly element: string;
  readonly object: string | undefined;
  readonly place: Place;
}

/** Who has to do something with a record, and with which. */
function* givenOf(workflow: Workflow, schema: Schema): Generator<Given> {
  const own = workflow.object?.name;
  for (const step of workflow.steps) {
    if (step.kind === 'approval')
      for (const party of step.approvers) yield { party, element: step.id, object: own, place: party.place };
    if (step.kind === 'assign')
      yield {
        party: step.to,
        element: step.id,
        object: step.of ? objectAt(step.of, workflow, schema) : own,
        place: step.to.place,
      };
  }
  for (const { id, assignees } of workflow.states ?? [])
    for (const party of assignees?.parties ?? []) yield { party, element: id, object: own, place: party.place };
}

/** Everyone behind a party, so far as that is known. */
const principalsOf = (party: Party, schema: Schema): readonly (Principal | undefined)[] => {
  if (party.kind === 'user') return [userPrincipal(party.id, schema)];
  if (party.kind === 'role' || party.kind === 'group') return [rolePrincipal(party.id, schema)];
  if (party.kind !== 'queue') return [undefined];
  const members = entryOf(schema.queues, party.id, schema)?.members ?? [];
  // Who has left acts in nothing, and is another rule's matter.
  const active = members.filter((member) => entryOf(schema.users, member, schema)?.active !== false);
  return active.length === 0 ? [undefined] : active.map((member) => userPrincipal(member, schema));
};

const schema = `schema: crm-schema/v1
complete: true
objects:
  Quote: { fields: { status: text } }
users:
  head: { active: true, roles: [head-of-sales] }
  guest: { active: true, roles: [guest] }
roles:
  sales: { objects: { Quote: [create, read, update] } }
  head-of-sales: { objects: { Quote: [read, update] } }
  guest: { objects: {} }
`;

const ask = (approver: string): string => `workflow: ask
object: Quote
runAs: { role: sales }
trigger: { on: update, fields: [status] }
steps:
  - id: ask-head
    approval:
      approvers: [${approver}]
    approved: [{ notify: role:sales, message: approved }]
    rejected: [{ notify: role:sales, message: rejected }]
`;

export const permAssigneeCannotAct = defineRule({
  id: 'workflow.perm-assignee-cannot-act',
  severity: 'error',
  sourceKind: 'permission',
  formats: ['KI', 'AP', 'BP', 'ES', 'NY'],
  needs: ['permissions'],
  title: { en: 'Whoever has to act may not see the record', ja: '対応する人にレコードの権限がない' },
  about: {
    en: 'A workflow hands a record to somebody for approval or for work. If that person may not see records of this object, there is nothing to click, and the record waits for ever.',
    ja: 'ワークフローは承認や作業のためにレコードを人に渡します。その人にオブジェクトの参照権限がないと、画面を開くことすらできず、レコードはそこで止まったままになります。',
  },
  advice: {
    en: 'Grant the right to see the record, or choose somebody who has it.',
    ja: '参照権限を付与するか、権限を持つ人に変えてください。',
  },
  examples: {
    bad: { files: ask('user:guest'), schema, lines: [8] },
    good: { files: ask('role:head-of-sales'), schema },
    lookAlike: { files: ask('user:head'), schema },
  },
  *workflow(workflow, { project: { schema: known } }): Generator<Problem> {
    for (const { party, element, object, place } of givenOf(workflow, known)) {
      if (object === undefined) continue;
      const principals = principalsOf(party, known);
      const refused = principals.filter((one) => one && mayDo(one, 'read', object, known) === 'no');
      if (refused.length === 0) continue;
      const all = refused.length === principals.length;
      const names = [...new Set(refused.flatMap((one) => (one ? [short(one.id, 60)] : [])))].slice(0, 10).join(', ');
      yield {
        place,
        element,
        ...(all ? {} : { severity: 'warning' }),
        message: {
          en: `${names} may not see records of "${short(object)}", but has to act in "${short(element)}"${all ? ', so the record waits there for ever' : ' like others of the same queue'}.`,
          ja: `${names} は「${short(object)}」のレコードを参照できませんが、「${short(element)}」の担当になっています。${all ? 'そのため、レコードはそこで止まります。' : '同じキューのほかの人だけが対応できます。'}`,
        },
      };
    }
  },
});
