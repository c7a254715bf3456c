import type { Text } from '../../model/text.ts';
import type { Operation, Queue, Role, Template, User } from '../../model/workflow/schema.ts';
import { booleanIn, type Complain, choiceIn, mapIn, oneOrMany, onlyKeys, textIn } from '../source/expect.ts';
import { entryOf, type TreeEntry, type TreeMap, type TreeNode } from '../source/tree.ts';

const aUser: Text = { en: 'a user', ja: 'ユーザー' };
const aQueue: Text = { en: 'a queue', ja: 'キュー' };
const aRole: Text = { en: 'a role', ja: 'ロール' };
const aTemplate: Text = { en: 'a template', ja: 'テンプレート' };

const languages = ['ja', 'en'] as const;
const operations = ['create', 'read', 'update', 'delete'] as const satisfies readonly Operation[];

/** One entry of a section, and how its keys are read. */
interface Reading {
  readonly id: string;
  readonly map: TreeMap;
  readonly complain: Complain;
}

const at = ({ map }: Reading, key: string): TreeNode | undefined => entryOf(map, key)?.value;

const text = (reading: Reading, key: string): string | undefined => {
  const node = at(reading, key);
  return node && textIn(node, key, reading.complain);
};

const flag = (reading: Reading, key: string, usual: boolean): boolean => {
  const node = at(reading, key);
  return (node && booleanIn(node, key, reading.complain)) ?? usual;
};

const texts = (reading: Reading, key: string): readonly string[] | undefined => {
  const node = at(reading, key);
  return node && oneOrMany(node).flatMap((one) => textIn(one, key, reading.complain) ?? []);
};

const choice = <Choice extends string>(
  reading: Reading,
  key: string,
  allowed: readonly Choice[],
): Choice | undefined => {
  const node = at(reading, key);
  return node && choiceIn(node, allowed, key, reading.complain);
};

/** `key: { … }` of a section, each by its name. */
const section =
  <Part>(keys: readonly string[], where: Text, read: (reading: Reading, entry: TreeEntry) => Part) =>
  (node: TreeNode, what: string, complain: Complain): ReadonlyMap<string, Part> =>
    new Map(
      (mapIn(node, what, complain)?.entries ?? []).flatMap((entry) => {
        const map = mapIn(entry.value, entry.key, complain);
        if (!map) return [];
        onlyKeys(map, keys, where, complain);
        return [[entry.key, read({ id: entry.key, map, complain }, entry)] as const];
      }),
    );

export const usersIn = section<User>(['active', 'roles', 'email', 'language'], aUser, (reading) => {
  const email = text(reading, 'email');
  const language = choice(reading, 'language', languages);
  return {
    id: reading.id,
    active: flag(reading, 'active', true),
    roles: texts(reading, 'roles') ?? [],
    ...(email === undefined ? {} : { email }),
    ...(language ? { language } : {}),
  };
});

export const queuesIn = section<Queue>(['members', 'email'], aQueue, (reading) => {
  const members = texts(reading, 'members');
  const email = text(reading, 'email');
  return { id: reading.id, ...(members ? { members } : {}), ...(email === undefined ? {} : { email }) };
});

const objectsOf = (reading: Reading): Role['objects'] => {
  const node = at(reading, 'objects');
  return new Map(
    ((node && mapIn(node, 'objects', reading.complain)?.entries) ?? []).map(({ key, value }) => [
      key,
      oneOrMany(value).flatMap((one) => choiceIn(one, operations, key, reading.complain) ?? []),
    ]),
  );
};

const fieldsOf = (reading: Reading): Role['fields'] => {
  const node = at(reading, 'fields');
  return new Map(
    ((node && mapIn(node, 'fields', reading.complain)?.entries) ?? []).flatMap(({ key, value }) => {
      const right = choiceIn(value, ['read', 'edit', 'none'], key, reading.complain);
      return right ? [[key, right] as const] : [];
    }),
  );
};

export const rolesIn = section<Role>(['objects', 'fields', 'records', 'sendAs'], aRole, (reading) => {
  const sendAs = texts(reading, 'sendAs');
  return {
    id: reading.id,
    objects: objectsOf(reading),
    fields: fieldsOf(reading),
    records: choice(reading, 'records', ['own', 'all']) ?? 'all',
    ...(sendAs ? { sendAs } : {}),
  };
});

const templateKeys = ['object', 'subject', 'body', 'language', 'state', 'html', 'promotional'];

export const templatesIn = section<Template>(templateKeys, aTemplate, (reading, { keyPlace }) => {
  const object = text(reading, 'object');
  const subject = text(reading, 'subject');
  const body = text(reading, 'body');
  const language = choice(reading, 'language', languages);
  return {
    id: reading.id,
    ...(object === undefined ? {} : { object }),
    ...(subject === undefined ? {} : { subject }),
    ...(body === undefined ? {} : { body }),
    ...(language ? { language } : {}),
    state: choice(reading, 'state', ['published', 'draft', 'deleted']) ?? 'published',
    html: flag(reading, 'html', false),
    promotional: flag(reading, 'promotional', false),
    place: keyPlace,
  };
});
