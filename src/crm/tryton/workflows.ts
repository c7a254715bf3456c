import type { CrmDefinition } from '../../model/crm/answers.ts';
import type { CrmAccess } from '../../model/crm/connector.ts';
import type { CrmReply } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import { idIn, type Json, objectIn, textIn } from '../reading.ts';
import type { Rpc } from './rpc.ts';
import { menu, onlyFirst, scenariosMenu, triggersMenu } from './words.ts';

const most = 500;

const triggerFields = [
  'name',
  'model.model',
  'active',
  'on_create',
  'on_write',
  'on_delete',
  'on_time',
  'condition',
  'limit_number',
  'minimum_time_delay',
  'action',
] as const;

const recipients = ['recipients', 'recipients_secondary', 'recipients_hidden'] as const;

/** Recipients are rows of ir.model.field; the importer wants the field's name. */
const notificationOf = (row: Json): Json => ({
  ...row,
  ...Object.fromEntries(recipients.map((field) => [field, textIn(objectIn(row[`${field}.`]).name) ?? null])),
  ...Object.fromEntries(recipients.map((field) => [`${field}.`, undefined])),
});

const triggers: Text = { en: 'triggers', ja: 'トリガー' };

const scenarios = (count: number): Text => ({
  en: `${count} marketing scenarios (${scenariosMenu}) are not read as workflows`,
  ja: `マーケティングのシナリオ ${count} 件（${scenariosMenu}）は、ワークフローとしては読み取りません`,
});

const definitionOf = (
  trigger: Json,
  {
    notification,
    access,
    printable,
  }: { readonly notification: Json | undefined; readonly access: CrmAccess; readonly printable: Rpc['printable'] },
): readonly CrmDefinition[] => {
  const id = idIn(trigger.id);
  if (id === undefined) return [];
  const name = printable(textIn(trigger.name) ?? id, 200);
  const rows = {
    'ir.trigger': [trigger],
    ...(notification ? { 'notification.email': [notificationOf(notification)] } : {}),
  };
  return [
    {
      path: `tryton/ir.trigger/${id}.json`,
      text: `${JSON.stringify(rows, undefined, 2)}\n`,
      name,
      place: menu(`${triggersMenu} > ${name}`),
      // The web client's address of a record.
      url: `${access.url}/#${encodeURIComponent(access.database ?? '')}/model/ir.trigger/${id}`,
    },
  ];
};

/** Whether a module that brings a model is active. */
const installed = async (rpc: Rpc, modules: readonly string[], signal: AbortSignal) => {
  const domain = [
    ['name', 'in', modules],
    ['state', 'in', ['activated', 'to upgrade']],
  ];
  const rows = await rpc.search('ir.module', { domain, fields: ['name'] }, signal);
  if (rows.kind === 'failed') return rows;
  return { kind: 'modules' as const, has: (name: string) => rows.value.some((row) => row.name === name) };
};

/** Each trigger with the notification that it sends, as the workflow commands read them. */
export const readWorkflows = async (
  rpc: Rpc,
  access: CrmAccess,
  signal: AbortSignal,
): Promise<CrmReply<readonly CrmDefinition[]>> => {
  const modules = await installed(rpc, ['notification_email', 'marketing_automation'], signal);
  if (modules.kind === 'failed') return modules;
  const notifying = modules.has('notification_email');
  const fields = [...triggerFields, ...(notifying ? ['notification_email'] : [])];
  const rows = await rpc.search('ir.trigger', { fields, limit: most, inactiveToo: true }, signal);
  if (rows.kind === 'failed') return rows;
  const notifications = notifying
    ? await rpc.search(
        'notification.email',
        {
          fields: [
            ...recipients.map((field) => `${field}.name`),
            ...recipients.map((field) => `fallback_${field}`),
            'contact_mechanism',
            'model',
          ],
          limit: most,
        },
        signal,
      )
    : undefined;
  // Without the notifications a trigger would look as if it mailed nobody.
  if (notifications?.kind === 'failed') return notifications;
  const marketing = modules.has('marketing_automation')
    ? await rpc.search('marketing.automation.scenario', { fields: ['state'], limit: most }, signal)
    : undefined;
  if (marketing?.kind === 'failed' && marketing.failure.kind !== 'permission') return marketing;
  const running = marketing?.kind === 'told' ? marketing.value.filter(({ state }) => state === 'running').length : 0;
  const { printable } = rpc;
  const value = rows.value.flatMap((trigger) => {
    const id = idIn(trigger.notification_email);
    const notification = notifications?.value.find((row) => id !== undefined && idIn(row.id) === id);
    return definitionOf(trigger, { notification, access, printable });
  });
  const gaps = [
    ...(rows.value.length < most ? [] : [onlyFirst(triggers, most)]),
    ...(running > 0 ? [scenarios(running)] : []),
  ];
  return { kind: 'answered', value, ...(gaps.length > 0 ? { gaps } : {}) };
};
