import type { CrmSchema } from '../../model/crm/answers.ts';
import type { CrmClient } from '../../model/crm/connector.ts';
import type { CrmReply } from '../../model/crm/failure.ts';
import type { Text } from '../../model/text.ts';
import type { FieldType } from '../../model/workflow/schema.ts';
import { booleanIn, idIn, isObject, type Json, listIn, numberIn, textIn } from '../reading.ts';
import type { Rest } from './ask.ts';
import { readOnly, ticketFields, userFields } from './fields.ts';
import { list } from './lists.ts';
import { rights } from './rights.ts';
import { readUsers } from './users.ts';

/** Select fields whose values are asked for, one request each. */
const mostSelects = 60;

const objects: Readonly<Record<string, string>> = {
  'RT::Queue-RT::Ticket': 'Ticket',
  'RT::Queue': 'Queue',
  'RT::User': 'User',
};

const typeOf = (type: string, several: boolean): FieldType => {
  if (type === 'Select' || type === 'Combobox') return several ? 'multipicklist' : 'picklist';
  if (type === 'Date') return 'date';
  if (type === 'DateTime') return 'datetime';
  return type === 'Text' || type === 'Wikitext' || type === 'HTML' ? 'longtext' : 'text';
};

const references: Readonly<Record<string, string>> = { Queue: 'Queue' };

const plain = (fields: Readonly<Record<string, FieldType>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, type]) => {
      const reference = type === 'reference' || type === 'references';
      return [
        name,
        {
          type,
          ...(reference ? { to: references[name] ?? 'User' } : {}),
          ...(readOnly.includes(name) ? { readOnly: true } : {}),
        },
      ];
    }),
  );

const noStatuses: Text = {
  en: 'the values of Status belong to lifecycles, which the API does not tell',
  ja: 'Status の値はライフサイクルで決まり、API では分かりません',
};

const noUsers: Text = {
  en: `users were not seen (${rights.users.en}; ${rights.groups.en})`,
  ja: `ユーザーは見えませんでした（${rights.users.ja}、${rights.groups.ja}）`,
};

const noneSeen: Text = {
  en: `no custom field was seen: there is none, or this user may not see any (${rights.fields.en})`,
  ja: `カスタムフィールドは 1 つも見えませんでした。存在しないか、このユーザーに権限がありません（${rights.fields.ja}）`,
};

/** Queues and their addresses, tickets and users with their custom fields, as a schema file of the workflow format. */
export const readSchema = async (
  rest: Rest,
  { printable, admin }: { readonly printable: CrmClient['printable']; readonly admin: boolean },
  signal: AbortSignal,
): Promise<CrmReply<CrmSchema>> => {
  const queues = await list(
    rest,
    { path: '/queues/all', query: { fields: 'Name,CorrespondAddress' }, right: rights.queues },
    signal,
  );
  if (queues.kind === 'failed') return queues;
  const custom = await list(
    rest,
    {
      path: '/customfields',
      query: { fields: 'Name,Type,LookupType,MaxValues,Disabled' },
      // Without a limit, this list is empty.
      limits: [{ field: 'id', operator: '>', value: '0' }],
      right: rights.fields,
    },
    signal,
  );
  if (custom.kind === 'failed') return custom;
  const fields: Record<string, Record<string, unknown>> = {
    Ticket: plain(ticketFields),
    User: plain(userFields),
    Queue: plain({ id: 'id', Name: 'text', Description: 'text', CorrespondAddress: 'email', CommentAddress: 'email' }),
  };
  const wanted = custom.items.filter(({ Disabled }) => booleanIn(Disabled) !== true);
  let selects = 0;
  for (const field of wanted) {
    const object = fields[objects[textIn(field.LookupType) ?? ''] ?? ''];
    const name = textIn(field.Name);
    if (!object || name === undefined) continue;
    const type = typeOf(textIn(field.Type) ?? '', numberIn(field.MaxValues) !== 1);
    let values: readonly string[] = [];
    if (type === 'picklist' || type === 'multipicklist') {
      if (++selects <= mostSelects) {
        const told = await rest(
          { path: `/customfield/${encodeURIComponent(idIn(field.id) ?? '')}`, right: rights.fields },
          signal,
        );
        if (told.kind === 'failed') return told;
        values = valuesOf(told.json, printable);
      }
    }
    object[`CF.{${printable(name, 200)}}`] = { type, ...(values.length > 0 ? { values } : {}) };
  }
  const users = await readUsers(rest, { printable }, signal);
  const schema = {
    schema: 'crm-schema/v1',
    complete: false,
    objects: Object.fromEntries(Object.entries(fields).map(([name, own]) => [name, { fields: own }])),
    ...(admin && queues.whole ? { queues: queuesOf(queues.items, printable) } : {}),
    // A section that is not there says nothing, a part of one that the rest does not exist. What was cut has a gap more.
    ...(users.kind === 'answered' && users.gaps?.length === 1
      ? { users: Object.fromEntries(users.value.map(({ login, active, roles }) => [login, { active, roles }])) }
      : {}),
  };
  return {
    kind: 'answered',
    value: { text: JSON.stringify(schema, undefined, 2) },
    gaps: [
      noStatuses,
      ...(users.kind === 'answered' ? [] : [noUsers]),
      ...(custom.items.length === 0 && !admin ? [noneSeen] : []),
      ...(selects > mostSelects
        ? [
            {
              en: `the values of ${selects - mostSelects} more select fields were not asked for`,
              ja: `ほかの選択フィールド ${selects - mostSelects} 件の値は取得していません`,
            },
          ]
        : []),
      ...(queues.whole && custom.whole
        ? []
        : [{ en: 'not all queues and fields', ja: 'キューとフィールドの一部だけです' }]),
    ],
  };
};

const queuesOf = (queues: readonly Json[], printable: CrmClient['printable']): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    queues.flatMap((queue) => {
      const name = textIn(queue.Name);
      const email = textIn(queue.CorrespondAddress);
      return name === undefined ? [] : [[printable(name), email === undefined ? {} : { email: printable(email) }]];
    }),
  );

/** Texts; an object with its category where the values depend on another field. */
const valuesOf = ({ Values }: Json, printable: CrmClient['printable']): readonly string[] => [
  ...new Set(
    listIn(Values).flatMap((one) => {
      const value = textIn(isObject(one) ? one.name : one);
      return value === undefined ? [] : [printable(value)];
    }),
  ),
];
