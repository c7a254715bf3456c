import type { Text } from '../../src/model/text.ts';
import type { Problem } from '../../src/model/workflow/finding.ts';
import type { Place } from '../../src/model/workflow/place.ts';
import { defineRule } from '../../src/model/workflow/rule.ts';
import type { Schema } from '../../src/model/workflow/schema.ts';
import type { Party } from '../../src/model/workflow/step.ts';
import type { Path } from '../../src/model/workflow/value.ts';
import type { Workflow } from '../../src/model/workflow/workflow.ts';
import { possible } from '../../src/reason/workflow/condition/satisfy.ts';
import { guardsOf } from '../../src/reason/workflow/guards.ts';
import { standingOf } from '../../src/reason/workflow/people.ts';
import { entryOf, resolve } from '../../src/reason/workflow/resolve.ts';
import { short, writtenParty } from '../../src/reason/workflow/written.ts';

interface Asked {
  readonly parties: readonly Party[];
  readonly element: string;
  /** Of an approval: the step, for what is certain there. */
  readonly step?: string;
  readonly place: Place;
}

function* askedOf(workflow: Workflow): Generator<Asked> {
  const steps = new Set<string>();
  for (const step of workflow.steps) {
    if (step.kind !== 'approval') continue;
    steps.add(step.id);
    yield { parties: step.approvers, element: step.id, step: step.id, place: step.place };
  }
  // An approval process is a row of steps and a set of states at once.
  for (const { id, assignees, final } of workflow.states ?? [])
    if (assignees && !final && !steps.has(id))
      yield { parties: assignees.parties, element: id, place: assignees.place };
}

/** Whether the field can be empty there: not required, and nothing on the way has looked. */
const mayBeEmpty = (path: Path, workflow: Workflow, schema: Schema, step: string | undefined): boolean => {
  if (path.root.kind !== 'record' || path.segments.length === 0) return false;
  const found = resolve(path, workflow, schema);
  if (found.kind !== 'field' || (found.field.required && !found.overOptional) || found.overMany) return false;
  // Every record has an owner, and one who made it.
  if (found.field.hasDefault || found.field.readOnly || /^(?:owner|ownerid|createdby(?:id)?)$/i.test(found.field.name))
    return false;
  const guards = step === undefined ? [] : guardsOf(workflow, step);
  const where = { workflow, schema };
  const empty = {
    kind: 'test',
    left: { kind: 'path', path, place: path.place },
    op: 'empty',
    place: path.place,
  } as const;
  const answer = possible([...guards.map((guard) => ({ ...guard, where })), { condition: empty, holds: true, where }]);
  return answer.kind === 'yes';
};

const roleIsEmpty = (role: string, schema: Schema): boolean =>
  schema.users !== undefined &&
  entryOf(schema.roles, role, schema) !== undefined &&
  [...schema.users.values()].every(({ active, roles }) => !active || (roles.length > 0 && !roles.includes(role)));

/** Why there is nobody behind a party; `undefined`: there is, or nobody can tell. */
const emptiness = (party: Party, workflow: Workflow, schema: Schema, step: string | undefined): Text | undefined => {
  const name = writtenParty(party);
  if (party.kind === 'path')
    return mayBeEmpty(party.path, workflow, schema, step)
      ? { en: `the field "${name}" may be empty`, ja: `項目「${name}」は空の場合があります` }
      : undefined;
  if (party.kind === 'role')
    return roleIsEmpty(party.id, schema)
      ? { en: `nobody has ${name}`, ja: `${name} を持つ有効なユーザーがいません` }
      : undefined;
  if (party.kind !== 'user' && party.kind !== 'queue') return undefined;
  const standing = standingOf(party.kind, party.id, schema);
  if (standing === 'inactive') return { en: `${name} is deactivated`, ja: `${name} は無効になっています` };
  if (standing === 'empty') return { en: `${name} has no active member`, ja: `${name} に有効なメンバーがいません` };
  return undefined;
};

const schema = `schema: crm-schema/v1
objects:
  Quote: { fields: { status: text, approver: { type: reference, to: User } } }
users:
  head: { active: true, roles: [head] }
  sato: { active: false, roles: [head] }
`;

const ask = (approvers: string, when = ''): string => `workflow: ask
object: Quote
trigger: { on: update, fields: [status] }
${when}steps:
  - id: ask-head
    approval:
      approvers: [${approvers}]
    approved: [{ notify: role:sales, message: approved }]
    rejected: [{ notify: role:sales, message: rejected }]
`;

export const permAssigneeEmpty = defineRule({
  id: 'workflow.perm-assignee-empty',
  severity: 'error',
  sourceKind: 'permission',
  formats: ['KI', 'AP', 'BP', 'ES', 'NY'],
  uses: ['users', 'schema'],
  over: ['action-inactive-assignee'],
  title: { en: 'Nobody is there to act', ja: '対応する人がいない' },
  about: {
    en: 'A record that waits for an approval or in a status stops there for ever if the list of people is empty, holds only people who have left, or names a field that is empty in this record. (kintone leaves people who were deleted out of what it returns.)',
    ja: '承認待ちやステータスで止まるレコードは、担当者の一覧が空、無効なユーザーだけ、または空の項目を参照している場合、そこから先へ進めません。（kintone は削除されたユーザーを一覧から省いて返します。）',
  },
  advice: {
    en: 'Add somebody who is active, best a role or a queue; for a field, say who acts where it is empty.',
    ja: '有効な担当者（できればロールやキュー）を追加してください。項目を使う場合は、空のときの担当者も決めてください。',
  },
  examples: {
    bad: { files: ask('user:sato'), schema, lines: [5] },
    good: { files: ask('user:head'), schema },
    lookAlike: { files: ask("'{{record.approver}}'", 'when: { field: approver, empty: false }\n'), schema },
  },
  *workflow(workflow, { project: { schema: known } }): Generator<Problem> {
    for (const { parties, element, step, place } of askedOf(workflow)) {
      const why = parties.map((party) => emptiness(party, workflow, known, step));
      if (why.includes(undefined)) continue;
      const reasons = why.filter((one) => one !== undefined).slice(0, 5);
      const onlySometimes = parties.some(({ kind }) => kind === 'path');
      const name = short(element);
      yield {
        place,
        element,
        ...(onlySometimes ? { confidence: 'likely' } : {}),
        message: {
          en: `Nobody can act in "${name}": ${parties.length === 0 ? 'the list of people is empty' : reasons.map(({ en }) => en).join(', ')}. ${onlySometimes ? 'Such records stop there.' : 'Every record stops there.'}`,
          ja: `「${name}」で対応できる人がいません（${parties.length === 0 ? '担当者の一覧が空です' : reasons.map(({ ja }) => ja).join('、')}）。${onlySometimes ? 'そのようなレコードは' : 'レコードは'}ここで止まります。`,
        },
      };
    }
  },
});
