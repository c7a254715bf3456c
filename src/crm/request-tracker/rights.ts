import type { Text } from '../../model/text.ts';

/** A right by its id, its words on the screen, and where it is given; RT's Japanese screens keep these words in English. */
const right = (id: string, words: string, place: Text): Text => ({
  en: `the right ${id} ("${words}"): ${place.en}`,
  ja: `権限 ${id}（"${words}"）: ${place.ja}`,
});

const onQueues: Text = {
  en: 'Admin > Queues > (queue) > Group Rights, or Admin > Global > Group Rights',
  ja: 'Admin > キュー >（キュー名）> グループでの権限、または Admin > グローバル > グループでの権限',
};
const everywhere: Text = { en: 'Admin > Global > Group Rights', ja: 'Admin > グローバル > グループでの権限' };

export const rights = {
  queues: right('SeeQueue', 'View queue', onQueues),
  tickets: right('ShowTicket', 'View ticket summaries', onQueues),
  users: right('AdminUsers', 'Create, modify and delete users', everywhere),
  groups: right('SeeGroup', 'View group', everywhere),
  fields: right('SeeCustomField', 'View custom field values', everywhere),
} as const;
