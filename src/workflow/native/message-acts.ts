import type { Named } from '../../model/workflow/place.ts';
import type { Act } from '../../model/workflow/step.ts';
import type { Value } from '../../model/workflow/value.ts';
import { booleanIn, choiceIn, isEmpty, numberIn, textIn } from '../source/expect.ts';
import { entryOf, type TreeEntry, type TreeMap, type TreeNode } from '../source/tree.ts';
import { partiesOf, partyOf } from './party.ts';
import { durationIn, type Scope } from './scope.ts';
import {
  type ActionForm,
  assignmentsIn,
  besideOf,
  insideOf,
  into,
  missing,
  opaqueAct,
  type StepReading,
} from './step-reading.ts';
import { valueIn } from './value.ts';

const namedIn = (node: TreeNode | undefined, what: string, scope: Scope): Named | undefined => {
  const name = node && textIn(node, what, scope.complain);
  return node && name !== undefined ? { name, place: node.place } : undefined;
};

const valueAt = (map: TreeMap, key: string, scope: Scope): Value | undefined => {
  const node = entryOf(map, key)?.value;
  return node && valueIn(node, scope);
};

const mailKeys = ['to', 'cc', 'bcc', 'from', 'template', 'subject', 'body', 'html'];

const readMail = (entry: TreeEntry, step: StepReading): Act => {
  const { scope } = step;
  const map = insideOf(entry, step, mailKeys);
  if (!map) return opaqueAct('mail', entry.keyPlace);
  const node = (key: string): TreeNode | undefined => entryOf(map, key)?.value;
  const [to, cc, bcc] = (['to', 'cc', 'bcc'] as const).map((key) => partiesOf(node(key), key, scope));
  // Nobody at all is what mail-no-recipient says.
  if (!node('to') && (cc?.length || bcc?.length)) missing(step, 'to');
  if (!node('template') && !node('subject') && !node('body')) missing(step, 'template');
  const from = node('from');
  const template = namedIn(node('template'), 'template', scope);
  const subject = valueAt(map, 'subject', scope);
  const body = valueAt(map, 'body', scope);
  const html = node('html');
  return {
    kind: 'mail',
    to: to ?? [],
    cc: cc ?? [],
    bcc: bcc ?? [],
    ...(from ? { from: partyOf(from, 'from', scope) } : {}),
    ...(template ? { template } : {}),
    ...(subject ? { subject } : {}),
    ...(body ? { body } : {}),
    html: (html && booleanIn(html, 'html', scope.complain)) === true,
  };
};

const readNotify = ({ key, value }: TreeEntry, step: StepReading): Act => {
  const to = partiesOf(value, key, step.scope);
  if (to.length === 0) missing(step, key);
  const message = besideOf(step, 'message');
  if (!message || isEmpty(message)) missing(step, 'message');
  return { kind: 'notify', to, ...(message ? { message: valueIn(message, step.scope) } : {}) };
};

const readApproval = (entry: TreeEntry, step: StepReading): Act => {
  const { scope } = step;
  const map = insideOf(entry, step, ['approvers', 'mode']);
  const approvers = map && entryOf(map, 'approvers')?.value;
  if (!approvers) missing(step, 'approvers');
  const mode = map && entryOf(map, 'mode')?.value;
  return {
    kind: 'approval',
    approvers: partiesOf(approvers, 'approvers', scope),
    takes: (mode && choiceIn(mode, ['any', 'all'], 'mode', scope.complain)) ?? 'any',
    ...(besideOf(step, 'approved') ? { approved: into(step, 'approved') } : {}),
    ...(besideOf(step, 'rejected') ? { rejected: into(step, 'rejected') } : {}),
  };
};

/** `retry` says how often the platform tries again; it belongs to the step. */
export const retriesOf = (entry: TreeEntry, scope: Scope): number | undefined => {
  const node = entry.value.kind === 'map' ? entryOf(entry.value, 'retry')?.value : undefined;
  return node && numberIn(node, 'retry', scope.complain);
};

const readHttp = (entry: TreeEntry, step: StepReading): Act => {
  const { scope } = step;
  const map = insideOf(entry, step, ['url', 'method', 'headers', 'body', 'timeout', 'retry']);
  if (!map) return opaqueAct('http', entry.keyPlace);
  const node = (key: string): TreeNode | undefined => entryOf(map, key)?.value;
  const url = valueAt(map, 'url', scope);
  if (!url || (url.kind === 'literal' && url.value === null)) missing(step, 'url');
  const methodNode = node('method');
  const method = methodNode && textIn(methodNode, 'method', scope.complain);
  const body = valueAt(map, 'body', scope);
  const timeoutNode = node('timeout');
  const timeout = timeoutNode && durationIn(timeoutNode, 'timeout', scope);
  return {
    kind: 'http',
    ...(url ? { url } : {}),
    ...(method === undefined ? {} : { method }),
    headers: assignmentsIn(node('headers'), 'headers', scope),
    ...(body ? { body } : {}),
    ...(timeout ? { timeout } : {}),
  };
};

/** Steps that speak to people and to other systems. */
export const messageActs: Readonly<Record<string, ActionForm>> = {
  mail: { beside: [], canFail: true, read: readMail },
  notify: { beside: ['message'], canFail: false, read: readNotify },
  approval: { beside: ['approved', 'rejected'], canFail: false, read: readApproval, next: 'outcomes' },
  http: { beside: [], canFail: true, read: readHttp },
};
