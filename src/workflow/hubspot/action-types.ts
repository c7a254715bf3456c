/** What an action of HubSpot does, as far as the model tells actions apart. */
export type ActionKind =
  | 'delay'
  | 'delay-until'
  | 'wait-for-event'
  | 'task'
  | 'mail'
  | 'mail-to'
  | 'internal-mail'
  | 'notice'
  | 'set-property'
  | 'rotate-owner'
  | 'create-record'
  | 'enroll'
  | 'delete-record'
  | 'outside';

export interface ActionType {
  readonly kind: ActionKind;
  /** Without these the API refuses the action, or it does nothing. */
  readonly required: readonly string[];
  /** Keys that are taken for another one by mistake, with the right one. */
  readonly mistaken?: Readonly<Record<string, string>>;
}

const outside: ActionType = { kind: 'outside', required: [] };
const list: ActionType = { kind: 'outside', required: ['list_id'], mistaken: { listId: 'list_id' } };

/**
 * Types of actions by id, version 0, as of 2026-11. Sources: HubSpot's "Workflow actions and enrollment types" for the v4 API, and
 * what the API returns for workflows that were built in the editor. An id that is missing here is newer, not wrong.
 */
export const actionTypes: ReadonlyMap<string, ActionType> = new Map([
  ['0-1', { kind: 'delay', required: [] }],
  ['0-35', { kind: 'delay-until', required: [] }],
  ['0-29', { kind: 'wait-for-event', required: [] }],
  ['0-3', { kind: 'task', required: ['subject'] }],
  ['0-4', { kind: 'mail', required: ['content_id'], mistaken: { email_content_id: 'content_id' } }],
  ['0-5', { kind: 'set-property', required: ['property_name'], mistaken: { property: 'property_name' } }],
  ['0-8', { kind: 'internal-mail', required: ['subject', 'body'] }],
  ['0-9', { kind: 'notice', required: ['subject', 'body'] }],
  ['0-11', { kind: 'rotate-owner', required: [] }],
  ['0-13', list],
  ['0-14', { kind: 'create-record', required: ['object_type_id'] }],
  ['0-15', { kind: 'enroll', required: ['flow_id'] }],
  ['0-23', { kind: 'mail-to', required: ['email_content_id'] }],
  ['0-31', outside],
  // Lists, associations, labels.
  ['0-63809083', outside],
  ['0-63863438', outside],
  ['0-63189541', outside],
  ['0-61139484', outside],
  ['0-61139476', outside],
  // Sequences, notes, conversations, subscriptions, surveys, WhatsApp, SMS.
  ['0-46510720', outside],
  ['0-4702372', outside],
  ['0-169425243', outside],
  ['0-44475148', outside],
  ['0-43347357', outside],
  ['0-199186210', outside],
  ['0-25085031', outside],
  ['0-40900952', outside],
  ['0-18224765', { kind: 'delete-record', required: [] }],
]);
