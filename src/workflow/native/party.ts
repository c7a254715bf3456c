import type { Text } from '../../model/text.ts';
import type { Party } from '../../model/workflow/step.ts';
import { oneOrMany, wrongValue } from '../source/expect.ts';
import type { TreeNode } from '../source/tree.ts';
import { type Scope, wrong } from './scope.ts';
import { pathsIn, valueIn } from './value.ts';

const someone: Text = {
  en: 'user:ID, role:ID, queue:ID, an address or a {{path}}',
  ja: 'user:ID、role:ID、queue:ID、メールアドレス、{{パス}} のいずれか',
};

/** Who is meant: `user:ID`, `role:ID`, `queue:ID`, an address, `{{path}}`. */
export const partyOf = (node: TreeNode, what: string, scope: Scope): Party => {
  const { place } = node;
  if (node.kind !== 'scalar' || node.value === null) {
    scope.complain(wrongValue(what, someone, node));
    return { kind: 'opaque', text: '', place };
  }
  const text = node.text.trim();
  const [, kind, id] = /^(user|role|queue): *(\S.*)$/s.exec(text) ?? [];
  if (id !== undefined && !id.includes('{{')) {
    if (kind === 'user' || kind === 'role' || kind === 'queue') return { kind, id, place };
  }
  const value = valueIn(node, scope);
  if (value.kind === 'path') return { kind: 'path', path: value.path, place };
  // `Tanaka <{{record.email}}>` is an address that is made when it runs.
  if (pathsIn(value).length > 0 || value.kind === 'text') return { kind: 'opaque', text, place };
  if (text.includes('@') || text.includes('＠')) return { kind: 'address', address: text, place };
  wrong(
    scope,
    place,
    {
      en: `${what}: "${text.slice(0, 60)}" says neither who nor where to, so nobody is reached`,
      ja: `${what} の「${text.slice(0, 60)}」は宛先として読めないため、誰にも届きません`,
    },
    {
      en: `write user:${text.slice(0, 60)}, role:… or queue:…, an address, or a {{path}}`,
      ja: `user:${text.slice(0, 60)}、role:…、queue:…、メールアドレス、{{パス}} のいずれかで書いてください`,
    },
  );
  return { kind: 'opaque', text, place };
};

/** One or a list. */
export const partiesOf = (node: TreeNode | undefined, what: string, scope: Scope): readonly Party[] =>
  node ? oneOrMany(node).map((one) => partyOf(one, what, scope)) : [];
