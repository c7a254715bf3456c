import type { Text } from '../../model/text.ts';
import type { Schema } from '../../model/workflow/schema.ts';
import type { Workflow } from '../../model/workflow/workflow.ts';
import { rolePrincipal, userPrincipal } from '../../reason/workflow/permissions.ts';
import type { Runner } from './sandbox.ts';

/** Nobody caused these: without a `runAs` the system runs them. */
const causeless = new Set(['scheduled', 'webhook']);

const asUser = (user: string | undefined, schema: Schema): Runner => {
  if (user === undefined) return {};
  const principal = userPrincipal(user, schema);
  return principal ? { user, principal } : { user };
};

/** Who runs a workflow that `user` caused; `caller`: of the workflow that calls it. */
export const runnerOf = (
  workflow: Pick<Workflow, 'runAs' | 'runAsStated' | 'kind'>,
  {
    user,
    on,
    caller,
    schema,
  }: {
    readonly user?: string;
    readonly on?: string;
    readonly caller?: Runner;
    readonly schema: Schema;
  },
): Runner => {
  const { runAs } = workflow;
  switch (runAs.kind) {
    case 'system':
      return user === undefined ? {} : { user };
    case 'principal': {
      if (runAs.of === 'user') return asUser(runAs.id, schema);
      const principal = rolePrincipal(runAs.id, schema);
      return { ...(user === undefined ? {} : { user }), ...(principal ? { principal } : {}) };
    }
    case 'user': {
      if (caller) return caller;
      const system = !workflow.runAsStated && (causeless.has(workflow.kind) || on === 'date' || on === 'schedule');
      return system ? (user === undefined ? {} : { user }) : asUser(user, schema);
    }
  }
};

/** `The role sales`, in messages. */
export const whoIs = ({ principal, user }: Runner): Text => {
  if (principal?.kind === 'role') return { en: `The role ${principal.id}`, ja: `ロール ${principal.id} ` };
  const roles = principal?.roles.map(({ id }) => id).join(', ') ?? '';
  const name = principal?.id ?? user ?? '';
  return { en: `The user ${name} (${roles})`, ja: `ユーザー ${name}（${roles}）` };
};
