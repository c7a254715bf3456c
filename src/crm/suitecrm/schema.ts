import type { CrmSchema } from '../../model/crm/answers.ts';
import type { CrmClient } from '../../model/crm/connector.ts';
import type { Text } from '../../model/text.ts';
import { isSecretName } from '../../reason/workflow/secrets.ts';
import { booleanIn, isObject, type Json, numberIn, objectIn, textIn } from '../reading.ts';
import { type Found, refuse, unlessRefused } from '../refusal.ts';
import type { Door } from './door.ts';

const types: Readonly<Record<string, string>> = {
  id: 'id',
  text: 'longtext',
  longtext: 'longtext',
  html: 'longtext',
  int: 'integer',
  tinyint: 'integer',
  long: 'integer',
  float: 'number',
  double: 'number',
  decimal: 'number',
  decimal2: 'number',
  currency: 'currency',
  bool: 'boolean',
  date: 'date',
  datetime: 'datetime',
  datetimecombo: 'datetime',
  email: 'email',
  phone: 'phone',
  url: 'url',
  relate: 'reference',
  parent: 'reference',
  assigned_user_name: 'reference',
  link: 'references',
};

/** What holds no value, or one that is nobody's business. */
const hidden = ['password', 'encrypt', 'function'];

export const readable = (name: string, field: Json): boolean =>
  !isSecretName(name) && !/hash$|smtppass/i.test(name) && !hidden.includes(textIn(field.type) ?? '');

const fieldOf = (field: Json): Json => {
  const length = numberIn(field.len);
  const type = types[textIn(field.type) ?? ''] ?? 'text';
  return {
    type,
    ...(booleanIn(field.required) === true && field.source !== 'non-db' ? { required: true } : {}),
    ...(length === undefined || length < 1 || type !== 'text' ? {} : { length }),
  };
};

const attributesOf = async (door: Door, path: string, signal: AbortSignal): Promise<Json> => {
  const { json } = await door.get(path, undefined, signal);
  const { attributes } = objectIn(objectIn(json).data);
  return isObject(attributes) ? attributes : refuse({ kind: 'malformed', what: path, status: 200, says: '' });
};

export const fieldsOf = async (door: Door, module: string, signal: AbortSignal): Promise<Json> => {
  return attributesOf(door, `/meta/fields/${encodeURIComponent(module)}`, signal);
};

const mostModules = 150;

const values: Text = {
  en: 'the API does not tell the values of drop-down lists, so they are taken for texts',
  ja: 'ドロップダウンの選択肢は API では取得できないため、文字列として扱います',
};

const notRead = (names: readonly string[]): Text => ({
  en: `fields of these modules were not read: ${names.join(', ')}`,
  ja: `次のモジュールの項目は読み取れませんでした: ${names.join('、')}`,
});

export const schemaOf = async (door: Door, client: CrmClient, signal: AbortSignal): Promise<Found<CrmSchema>> => {
  const modules = Object.keys(await attributesOf(door, '/meta/modules', signal)).filter((name) =>
    /^\w{1,80}$/.test(name),
  );
  const objects: Record<string, Json> = {};
  const missed: string[] = modules.slice(mostModules);
  for (const module of modules.slice(0, mostModules)) {
    const fields = await unlessRefused(
      () => fieldsOf(door, module, signal),
      ['permission', 'not-found', 'server-error'],
      () => missed.push(module),
    );
    if (!fields) continue;
    objects[module] = {
      complete: true,
      fields: Object.fromEntries(
        Object.entries(fields).flatMap(([name, field]) =>
          isObject(field) && readable(name, field) ? [[name, fieldOf(field)]] : [],
        ),
      ),
    };
  }
  return {
    value: { text: JSON.stringify({ schema: 'crm-schema/v1', objects }, null, 2) },
    gaps: [
      values,
      ...(missed.length > 0 ? [notRead(missed.slice(0, 20).map((one) => client.printable(one, 80)))] : []),
    ],
  };
};
