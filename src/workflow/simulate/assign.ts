import type { Party } from '../../model/workflow/step.ts';
import { entryOf } from '../../reason/workflow/resolve.ts';
import { semanticsOf } from '../../reason/workflow/semantics.ts';
import type { Wrong } from './failure.ts';
import type { Value } from './held.ts';
import { isEmpty, isHeld, isList, isUnknown, unknown } from './held.ts';
import type { At, Next } from './here.ts';
import { fail, go } from './here.ts';
import { emptyTarget, inactiveAssignee, unknownAssignee } from './messages.ts';
import { readPath, readRecords } from './read.ts';
import { writeOwner } from './writes.ts';

export const assign = (here: At<'assign'>): Next => {
  const { box, run, step, line } = here;
  const { schema } = box.project;
  const owner = ownerOf(step.to, here);
  if ('wrong' in owner) return fail(here, owner.wrong);
  const target = step.of ? readRecords(step.of, { box, run }) : (run.record ?? null);
  if (isUnknown(target)) {
    line.because = target.why;
    return go(step.next);
  }
  const [record] = isList(target) ? target : [target];
  if (!record || !isHeld(record)) return fail(here, emptyTarget(step.of?.text ?? 'record'));
  const { ownerField } = semanticsOf(run.workflow.format);
  const field = box.store.field(record.row.object, ownerField)?.name ?? ownerField;
  writeOwner(
    record,
    new Map([
      [entryOf(schema.objects, record.row.object, schema)?.fields.has(field) ? field : ownerField, owner.value],
    ]),
    here,
  );
  return go(step.next);
};

/** Who is to own the record; a queue without people, and people who have left, take nothing. */
const ownerOf = (party: Party, { box, run }: At<'assign'>): { readonly wrong: Wrong } | { readonly value: Value } => {
  const { schema } = box.project;
  switch (party.kind) {
    case 'user': {
      const user = entryOf(schema.users, party.id, schema);
      if (!user) return schema.users ? { wrong: unknownAssignee(`user:${party.id}`) } : { value: party.id };
      return user.active ? { value: party.id } : { wrong: inactiveAssignee(`user:${party.id}`) };
    }
    case 'queue': {
      const queue = entryOf(schema.queues, party.id, schema);
      if (!queue) return schema.queues ? { wrong: unknownAssignee(`queue:${party.id}`) } : { value: party.id };
      // Nobody is in it, or nobody who is still there.
      const idle = queue.members?.every((one) => entryOf(schema.users, one, schema)?.active === false) === true;
      return idle ? { wrong: inactiveAssignee(`queue:${party.id}`) } : { value: party.id };
    }
    case 'role': {
      if (schema.roles && !entryOf(schema.roles, party.id, schema))
        return { wrong: unknownAssignee(`role:${party.id}`) };
      const members =
        schema.users && [...schema.users.values()].filter(({ active, roles }) => active && roles.includes(party.id));
      if (members?.length === 0) return { wrong: inactiveAssignee(`role:${party.id}`) };
      return {
        value:
          members?.length === 1
            ? (members[0]?.id ?? null)
            : unknown({ en: `one of role:${party.id}`, ja: `role:${party.id} の 1 人` }),
      };
    }
    case 'path': {
      const value = readPath(party.path, { box, run });
      return isEmpty(value) ? { wrong: emptyTarget(party.path.text) } : { value: isHeld(value) ? value.row.id : value };
    }
    case 'submitter':
      return { value: box.user ?? unknown({ en: 'who caused it is not known', ja: '起動した人が分かりません' }) };
    default:
      return { value: unknown({ en: 'the new owner is not known', ja: '新しい担当者が分かりません' }) };
  }
};
