import type { Named, Place } from '../../model/workflow/place.ts';
import type { Act, Party, Target } from '../../model/workflow/step.ts';
import type { Value } from '../../model/workflow/value.ts';
import type { XmlElement } from '../source/xml-element.ts';
import { namedIn } from './flow-parts.ts';
import { formulaOf, formulaValue } from './formula.ts';
import { recordNames } from './record-names.ts';

/** An action that a file of workflow rules defines; rules, approval processes and flows call it by name. */
export interface WorkflowAction {
  /** As rules and approval processes name its kind: `Alert`, `FieldUpdate`, `Task`, `OutboundMessage` … */
  readonly type: string;
  readonly name: string;
  readonly act: Act;
  readonly place: Place;
  readonly label?: string;
  /** Saving it starts the rules of the object again. */
  readonly again: boolean;
}

const path = (text: string, place: Place): Party => ({
  kind: 'path',
  path: { root: { kind: 'record' }, segments: text.split('.'), text, place },
  place,
});

const recipient = (element: XmlElement): Party => {
  const type = element.textOf('type') ?? '';
  const { place } = element;
  const who = namedIn(element, 'recipient');
  const field = namedIn(element, 'field');
  switch (type) {
    case 'owner':
      return { kind: 'owner', place };
    case 'creator':
      return { kind: 'creator', place };
    case 'user':
      return who ? { kind: 'user', id: who.name, place: who.place } : { kind: 'opaque', text: type, place };
    case 'group':
      return who ? { kind: 'group', id: who.name, place: who.place } : { kind: 'opaque', text: type, place };
    case 'email':
    case 'userLookup':
    case 'contactLookup':
      return field ? path(field.name, field.place) : { kind: 'opaque', text: type, place };
    default:
      // Roles, teams, portal users: who is in them, no metadata says.
      return { kind: 'opaque', text: [type, who?.name].filter(Boolean).join(' '), place };
  }
};

const alert = (element: XmlElement): Act => {
  const template = namedIn(element, 'template');
  const sender = namedIn(element, 'senderAddress');
  return {
    kind: 'mail',
    to: element.all('recipients').map(recipient),
    cc: element.all('ccEmails').map((each) => ({ kind: 'address', address: each.text.trim(), place: each.textPlace })),
    bcc: [],
    ...(sender ? { from: { kind: 'address', address: sender.name, place: sender.place } } : {}),
    ...(template ? { template } : {}),
    html: false,
  };
};

const newValue = (element: XmlElement, object: string): Value => {
  const { place } = element;
  const operation = element.textOf('operation') ?? '';
  const child = element.first(
    operation === 'Formula' ? 'formula' : operation === 'LookupValue' ? 'lookupValue' : 'literalValue',
  );
  if (operation === 'Null')
    return { kind: 'literal', value: null, place: element.first('operation')?.textPlace ?? place };
  if (operation === 'Formula' && child) return formulaValue(formulaOf(child, recordNames(object)));
  if (!child || operation === 'LookupValue') {
    // A user, a queue or a record type by its name, where an id is stored.
    return { kind: 'opaque', text: child?.text.trim() ?? operation, reads: [], place: child?.textPlace ?? place };
  }
  const text = child.text.trim();
  // Checkboxes are written as 1 and 0.
  return { kind: 'literal', value: text, place: child.textPlace };
};

const ownerOf = (element: XmlElement): Party | undefined => {
  const value = namedIn(element, 'lookupValue');
  if (!value || element.textOf('field') !== 'OwnerId' || element.first('targetObject')) return undefined;
  const type = element.textOf('lookupValueType');
  if (type === 'Queue') return { kind: 'queue', id: value.name, place: value.place };
  return type === 'User' ? { kind: 'user', id: value.name, place: value.place } : undefined;
};

const fieldUpdate = (element: XmlElement, object: string): Act => {
  const owner = ownerOf(element);
  if (owner) return { kind: 'assign', to: owner };
  const field = namedIn(element, 'field') ?? { name: '', place: element.place };
  const parent = namedIn(element, 'targetObject');
  const target: Target = parent
    ? {
        kind: 'path',
        path: { root: { kind: 'record' }, segments: parent.name.split('.'), text: parent.name, place: parent.place },
      }
    : { kind: 'trigger' };
  return { kind: 'update', target, set: [{ field, value: newValue(element, object), place: element.place }] };
};

const task = (element: XmlElement): Act => {
  const who = namedIn(element, 'assignedTo');
  const type = element.textOf('assignedToType');
  const place = who?.place ?? element.place;
  const to: Party =
    type === 'owner' || type === 'creator'
      ? { kind: type, place }
      : type === 'user' && who
        ? { kind: 'user', id: who.name, place }
        : { kind: 'opaque', text: [type, who?.name].filter(Boolean).join(' '), place };
  return { kind: 'task', to: [to], set: [] };
};

const outbound = (element: XmlElement): Act => {
  const url = element.first('endpointUrl');
  return {
    kind: 'http',
    ...(url ? { url: { kind: 'literal', value: url.text.trim(), place: url.textPlace } } : {}),
    method: 'POST',
    headers: [],
    deferred: true,
    body: {
      kind: 'opaque',
      text: '',
      reads: element.all('fields').map((field) => {
        const text = field.text.trim();
        return { root: { kind: 'record' }, segments: [text], text, place: field.textPlace };
      }),
      place: element.place,
    },
  };
};

const other = (element: XmlElement): Act => {
  const action: Named = { name: element.textOf('action') ?? element.name, place: element.place };
  return { kind: 'custom', action, effect: element.name === 'send' ? 'outside' : 'opaque', reads: [] };
};

const kinds: Readonly<
  Record<string, { readonly type: string; readonly read: (element: XmlElement, object: string) => Act }>
> = {
  alerts: { type: 'Alert', read: alert },
  fieldUpdates: { type: 'FieldUpdate', read: fieldUpdate },
  tasks: { type: 'Task', read: task },
  outboundMessages: { type: 'OutboundMessage', read: outbound },
  knowledgePublishes: { type: 'KnowledgePublish', read: other },
  send: { type: 'Send', read: other },
};

/** The actions that a file of workflow rules defines. */
export const workflowActions = (root: XmlElement, object: string): readonly WorkflowAction[] =>
  root.children.flatMap((element) => {
    const kind = Object.hasOwn(kinds, element.name) ? kinds[element.name] : undefined;
    const name = element.textOf('fullName');
    if (!kind || !name) return [];
    const label = element.textOf('name') ?? element.textOf('description') ?? element.textOf('subject');
    return [
      {
        type: kind.type,
        name,
        act: kind.read(element, object),
        place: element.place,
        ...(label ? { label } : {}),
        again: element.textOf('reevaluateOnChange') === 'true',
      },
    ];
  });
