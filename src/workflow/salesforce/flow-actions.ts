import type { Named } from '../../model/workflow/place.ts';
import type { Act, Assignment } from '../../model/workflow/step.ts';
import type { Value } from '../../model/workflow/value.ts';
import { nearestName } from '../../reason/workflow/nearest-name.ts';
import type { XmlElement } from '../source/xml-element.ts';
import { assignmentsIn, namedIn } from './flow-parts.ts';
import type { FlowReader } from './flow-reader.ts';
import { pathsIn } from './merge-text.ts';
import { partiesOf } from './parties.ts';
import { pathsInside } from './value.ts';

/** The inputs of the platform's own actions (Actions Developer Guide): those without which it fails, and the others. */
const inputs: Readonly<Record<string, { readonly needs: readonly string[]; readonly takes: readonly string[] }>> = {
  emailAlert: { needs: ['SObjectRowId'], takes: [] },
  emailSimple: {
    needs: [],
    takes: [
      'emailAddresses',
      'emailAddressesArray',
      'emailSubject',
      'emailBody',
      'emailTemplateId',
      'senderType',
      'senderAddress',
      'sendRichBody',
      'useLineBreaks',
      'recipientId',
      'relatedRecordId',
      'logEmailOnSend',
      'ccRecipientAddressList',
      'ccRecipientAddressCollection',
      'bccRecipientAddressList',
      'bccRecipientAddressCollection',
      'composeEmailTemplate',
    ],
  },
  chatterPost: { needs: ['text', 'subjectNameOrId'], takes: ['type', 'communityId', 'visibility'] },
  customNotificationAction: {
    needs: ['customNotifTypeId', 'recipientIds', 'body'],
    takes: ['title', 'targetId', 'targetPageRef', 'senderId'],
  },
  submit: {
    needs: ['objectId'],
    takes: ['comment', 'nextApproverIds', 'processDefinitionNameOrId', 'submitterId', 'skipEntryCriteria'],
  },
};

type Inputs = ReadonlyMap<string, Assignment>;

const isEmpty = (value: Value): boolean => value.kind === 'literal' && (value.value === null || value.value === '');

const judge = (type: string, given: Inputs, element: XmlElement, { defect }: FlowReader): void => {
  const known = Object.hasOwn(inputs, type) ? inputs[type] : undefined;
  const step = element.textOf('name');
  if (!known || !step) return;
  for (const what of known.needs) {
    const input = given.get(what.toLowerCase());
    if (input && !isEmpty(input.value)) continue;
    defect({ rule: 'action-missing-parameter', step, what, place: input?.place ?? element.place });
  }
  const names = [...known.needs, ...known.takes];
  const lower = new Set(names.map((name) => name.toLowerCase()));
  for (const { field } of given.values()) {
    if (lower.has(field.name.toLowerCase())) continue;
    // Newer versions bring further inputs: only what looks like a mistyped one is wrong.
    const nearest = nearestName(field.name, names);
    if (nearest === undefined) continue;
    const { name: found, place } = field;
    defect({ rule: 'action-unknown-parameter', step, what: found, found, allowed: [nearest], place });
  }
};

const mail = (element: XmlElement, given: Inputs): Act => {
  const value = (name: string): Value | undefined => given.get(name.toLowerCase())?.value;
  const parties = (...names: readonly string[]) => names.flatMap((name) => partiesOf(value(name) ?? nothing));
  const nothing: Value = { kind: 'literal', value: null, place: element.place };
  const template = value('emailTemplateId');
  // The template is named by an id that only the org knows, and holds subject and body.
  const templated: Value | undefined = template
    ? { kind: 'opaque', text: '', reads: pathsIn(template), place: template.place }
    : undefined;
  const subject = value('emailSubject') ?? templated;
  const body = value('emailBody') ?? templated;
  const [sender] = parties('senderAddress');
  const rich = value('sendRichBody');
  const about = value('relatedRecordId');
  return {
    kind: 'mail',
    to: parties('emailAddresses', 'emailAddressesArray', 'recipientId'),
    cc: parties('ccRecipientAddressList', 'ccRecipientAddressCollection'),
    bcc: parties('bccRecipientAddressList', 'bccRecipientAddressCollection'),
    ...(sender ? { from: sender } : {}),
    ...(subject ? { subject } : {}),
    ...(body ? { body } : {}),
    html: rich?.kind === 'literal' && rich.value === true,
    ...(about?.kind === 'path' ? { about: about.path } : {}),
  };
};

const alert = (element: XmlElement, given: Inputs): Act => {
  const name = namedIn(element, 'actionName') ?? { name: '', place: element.place };
  const about = given.get('sobjectrowid')?.value;
  return {
    kind: 'mail',
    // Who gets it stands in the file of the alert, which may not be there.
    to: [{ kind: 'opaque', text: name.name, place: name.place }],
    cc: [],
    bcc: [],
    html: false,
    alert: name,
    ...(about?.kind === 'path' ? { about: about.path } : {}),
  };
};

const notify = (given: Inputs, to: string, message: string): Act => {
  const text = given.get(message)?.value;
  const whom = given.get(to)?.value;
  return { kind: 'notify', to: whom ? partiesToNotify(whom) : [], ...(text ? { message: text } : {}) };
};

/** Notices go to ids of users, groups and records, not to addresses. */
const partiesToNotify = (value: Value): ReturnType<typeof partiesOf> =>
  value.kind === 'literal' ? [{ kind: 'opaque', text: String(value.value), place: value.place }] : partiesOf(value);

/** What the platform does by itself, without a record of this project being read or written. */
const outside = new Set([
  'component',
  'addSkillRequirements',
  'routeWork',
  'generatePromptResponse',
  'publishKnowledgeArticles',
]);

const other = (element: XmlElement, type: string, action: Named, given: Inputs, reader: FlowReader): Act => ({
  kind: 'custom',
  action,
  effect: outside.has(type) ? 'outside' : 'opaque',
  reads: pathsInside(element, reader.names),
  parameters: [...given.values()],
});

/** What an action of the platform, of code or of another flow does. */
export const actionOf = (element: XmlElement, reader: FlowReader): Act => {
  const type = element.textOf('actionType') ?? '';
  const action = namedIn(element, 'actionName') ?? { name: type, place: element.place };
  const all = assignmentsIn(element, 'inputParameters', 'name', reader);
  const given: Inputs = new Map(all.map((each) => [each.field.name.toLowerCase(), each]));
  judge(type, given, element, reader);
  switch (type) {
    case 'emailAlert':
      return alert(element, given);
    case 'emailSimple':
      return mail(element, given);
    case 'chatterPost':
      return notify(given, 'subjectnameorid', 'text');
    case 'customNotificationAction':
      return notify(given, 'recipientids', 'body');
    case 'outboundMessage':
      return { kind: 'http', headers: [], deferred: true };
    case 'externalService':
      return {
        kind: 'http',
        headers: [],
        body: { kind: 'opaque', text: action.name, reads: pathsInside(element, reader.names), place: action.place },
      };
    case 'flow':
      return { kind: 'call', workflow: action, inputs: all };
    default:
      return other(element, type, action, given, reader);
  }
};
