import type { CrmSchema } from '../../model/crm/answers.ts';
import type { CrmClient } from '../../model/crm/connector.ts';
import { isSecretName } from '../../reason/workflow/secrets.ts';
import { type Json, objectIn, objectsIn, textIn } from '../reading.ts';
import type { Found } from '../refusal.ts';
import { type Door, malformed } from './door.ts';

const types: Readonly<Record<string, string>> = {
  UUID: 'id',
  TEXT: 'text',
  FULL_NAME: 'text',
  RICH_TEXT: 'longtext',
  RICH_TEXT_V2: 'longtext',
  RAW_JSON: 'longtext',
  NUMBER: 'number',
  NUMERIC: 'number',
  RATING: 'picklist',
  CURRENCY: 'currency',
  BOOLEAN: 'boolean',
  DATE: 'date',
  DATE_TIME: 'datetime',
  EMAILS: 'email',
  PHONES: 'phone',
  LINKS: 'url',
  SELECT: 'picklist',
  MULTI_SELECT: 'multipicklist',
  ARRAY: 'longtext',
  RELATION: 'reference',
  ACTOR: 'text',
  POSITION: 'number',
};

/** No workspace has so many. */
const mostObjects = 10_000;

/** Objects that hold tokens are no business of a workflow. */
const closed: readonly string[] = ['connectedAccount', 'apiKey', 'webhook'];

const fieldOf = (field: Json): Json => {
  const type = types[textIn(field.type) ?? ''] ?? 'text';
  const label = textIn(field.label);
  const values = objectsIn(field.options).flatMap((option) => textIn(option.value) ?? []);
  const list = type === 'picklist' || type === 'multipicklist';
  const to = textIn(objectIn(objectIn(field.relation).targetObjectMetadata).nameSingular);
  return {
    type:
      list && values.length === 0
        ? 'text'
        : field.type === 'RELATION' && objectIn(field.relation).type === 'ONE_TO_MANY'
          ? 'references'
          : type,
    ...(label === undefined ? {} : { label }),
    ...(list && values.length > 0 ? { values } : {}),
    ...(to === undefined ? {} : { to }),
  };
};

/** Objects as REST tells of them, page by page. */
const objectsOf = async (door: Door, client: CrmClient, signal: AbortSignal): Promise<readonly Json[]> => {
  const path = '/rest/metadata/objects';
  const found: Json[] = [];
  let after: string | undefined;
  for (;;) {
    const response = await door.rest(path, { limit: 1000, starting_after: after }, signal);
    const { data, pageInfo } = objectIn(response.json);
    const { objects } = objectIn(data);
    if (!Array.isArray(objects)) return malformed(path, response, client);
    found.push(...objectsIn(objects));
    if (objectIn(pageInfo).hasNextPage !== true) return found;
    const next = textIn(objectIn(pageInfo).endCursor);
    // What does not move on would never end.
    if (objects.length === 0 || found.length > mostObjects || next === undefined || next === after) {
      return malformed(path, response, client);
    }
    after = next;
  }
};

export const schemaOf = async (door: Door, client: CrmClient, signal: AbortSignal): Promise<Found<CrmSchema>> => {
  const objects = (await objectsOf(door, client, signal)).flatMap((object) => {
    const name = textIn(object.nameSingular);
    if (name === undefined || object.isActive === false || closed.includes(name)) return [];
    const label = textIn(object.labelSingular);
    const fields = objectsIn(object.fields).flatMap((field) => {
      const own = textIn(field.name);
      return own === undefined || field.isActive === false || isSecretName(own) ? [] : [[own, fieldOf(field)] as const];
    });
    return [
      [
        client.printable(name, 100),
        { ...(label === undefined ? {} : { label }), fields: Object.fromEntries(fields) },
      ] as const,
    ];
  });
  return {
    value: { text: JSON.stringify({ schema: 'crm-schema/v1', objects: Object.fromEntries(objects) }, null, 2) },
  };
};
