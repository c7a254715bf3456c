import type { Party, Step } from '../../model/workflow/step.ts';
import { literal, named } from '../build.ts';
import type { Row } from '../rows.ts';

/** Whom the actions that come with Request Tracker write to, by the words of their names. */
const parties: readonly (readonly [RegExp, (place: Row['place']) => Party])[] = [
  [/\bRequestors?\b/, (place) => ({ kind: 'creator', place })],
  [/\bOwner\b/, (place) => ({ kind: 'owner', place })],
  [/\bAdminCcs?\b/, (place) => ({ kind: 'opaque', text: 'AdminCc', place })],
  [/(?<!Admin)\bCcs?\b/, (place) => ({ kind: 'opaque', text: 'Cc', place })],
  [/\bOther Recipients\b/, (place) => ({ kind: 'opaque', text: 'Other Recipients', place })],
];

const isMail = (name: string): boolean => /^(?:Notify|Autoreply|Forward|Send)\b/i.test(name);

/** What the action of a scrip does, as far as its name says it; code and actions of extensions may do anything. */
export const stepOf = (row: Row): Step => {
  const action = row.column('ScripAction') ?? named('', row.place);
  const template = row.column('Template');
  const common = { id: '1', label: action.name, place: action.place, canFail: true, mayHandleErrors: false };
  if (isMail(action.name)) {
    const to = parties.flatMap(([words, party]) => (words.test(action.name) ? [party(action.place)] : []));
    return {
      ...common,
      kind: 'mail',
      to: to.length > 0 ? to : [{ kind: 'opaque', text: action.name, place: action.place }],
      cc: [],
      bcc: [],
      html: false,
      ...(template ? { template } : {}),
    };
  }
  if (/^Open (?:Inactive )?Tickets$/i.test(action.name)) {
    const value = literal('open', action.place);
    return {
      ...common,
      kind: 'update',
      target: { kind: 'trigger' },
      set: [{ field: named('Status', action.place), value, place: action.place }],
    };
  }
  const code = row.column('CustomCommitCode') ?? row.column('CustomPrepareCode');
  if (/^User Defined$/i.test(action.name) || code) {
    return {
      ...common,
      kind: 'code',
      language: 'perl',
      text: code?.name ?? '',
      reads: [],
      writes: [],
      complete: false,
    };
  }
  return { ...common, kind: 'custom', action, effect: 'opaque', reads: [] };
};
