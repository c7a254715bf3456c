import type { Text } from '../model/text.ts';
import type { ObjectSchema, Schema, ValidationRule } from '../model/workflow/schema.ts';
import { conditionsOf } from './native/condition.ts';
import { fieldsOf } from './schema-file/fields.ts';
import { queuesIn, rolesIn, templatesIn, usersIn } from './schema-file/people.ts';
import {
  booleanIn,
  type Complain,
  listIn,
  mapIn,
  missingKey,
  oneOrMany,
  onlyKeys,
  textIn,
  textsIn,
  wrongValue,
} from './source/expect.ts';
import { collector, type FileProblem, fileProblem } from './source/file-problem.ts';
import { labelOf } from './source/label.ts';
import { entryOf, type TreeEntry, type TreeMap, type TreeNode } from './source/tree.ts';
import { readYaml } from './source/yaml.ts';
import type { YamlText } from './source/yaml-tree.ts';

/** What a schema file says; or everything that is wrong with it, and then nothing of it is used. */
export type SchemaReading =
  | { readonly kind: 'read'; readonly schema: Schema }
  | { readonly kind: 'wrong'; readonly problems: readonly [FileProblem, ...FileProblem[]] };

interface Reading {
  readonly source: YamlText;
  readonly complain: Complain;
  readonly complete: boolean;
}

const theFile: Text = { en: 'the schema file', ja: 'スキーマファイル' };
const anObject: Text = { en: 'an object', ja: 'オブジェクト' };
const aRule: Text = { en: 'a validation rule', ja: '入力規則' };
const aSender: Text = { en: 'a sender', ja: '差出人' };
const anInbound: Text = { en: 'an inbound address', ja: '受信用アドレス' };

const at = (map: TreeMap, key: string): TreeNode | undefined => entryOf(map, key)?.value;

const ruleOf = (map: TreeMap, index: number, { source, complain }: Reading): ValidationRule | undefined => {
  onlyKeys(map, ['name', 'refuse', 'message', 'active'], aRule, complain);
  const refuseEntry = entryOf(map, 'refuse');
  if (!refuseEntry) complain(missingKey('refuse', aRule, map.place));
  const scope = { source, workflow: '', steps: new Set<string>(), problems: [], defects: [], complain };
  const refuse = refuseEntry && conditionsOf(refuseEntry.value, scope)?.condition;
  const nameNode = at(map, 'name');
  const messageNode = at(map, 'message');
  const activeNode = at(map, 'active');
  const message = messageNode && textIn(messageNode, 'message', complain);
  const name = nameNode && textIn(nameNode, 'name', complain);
  const active = activeNode && booleanIn(activeNode, 'active', complain);
  if (!refuse) return undefined;
  return {
    name: name ?? String(index + 1),
    refuse,
    ...(message === undefined ? {} : { message }),
    active: active ?? true,
    place: map.place,
  };
};

const rulesOf = (node: TreeNode, reading: Reading): readonly ValidationRule[] =>
  (listIn(node, 'rules', reading.complain)?.items ?? []).flatMap((item, index) => {
    const map = mapIn(item, 'rules', reading.complain);
    return (map && ruleOf(map, index, reading)) ?? [];
  });

const objectOf = ({ key, value }: TreeEntry, reading: Reading): ObjectSchema => {
  const { complain } = reading;
  const map = mapIn(value, key, complain);
  if (map) onlyKeys(map, ['label', 'fields', 'rules', 'complete', 'settings'], anObject, complain);
  const node = (name: string): TreeNode | undefined => map && at(map, name);
  const flag = (name: string, usual: boolean): boolean => {
    const found = node(name);
    return (found && booleanIn(found, name, complain)) ?? usual;
  };
  const labelNode = node('label');
  const label = labelNode && labelOf(labelNode, complain);
  const rules = node('rules');
  return {
    name: key,
    ...(label ? { label } : {}),
    fields: fieldsOf(key, node('fields'), complain),
    rules: rules ? rulesOf(rules, reading) : [],
    complete: flag('complete', reading.complete),
    settings: flag('settings', false),
  };
};

const addressed = <Part>(
  node: TreeNode,
  what: string,
  {
    keys,
    where,
    read,
  }: { readonly keys: readonly string[]; readonly where: Text; readonly read: (map: TreeMap, address: string) => Part },
  complain: Complain,
): readonly Part[] =>
  (listIn(node, what, complain)?.items ?? []).flatMap((item) => {
    const map = mapIn(item, what, complain);
    if (!map) return [];
    onlyKeys(map, keys, where, complain);
    const addressNode = at(map, 'address');
    if (!addressNode) complain(missingKey('address', where, map.place));
    const address = addressNode && textIn(addressNode, 'address', complain);
    return address === undefined ? [] : [read(map, address)];
  });

const sendersOf = (node: TreeNode, complain: Complain): Schema['senders'] =>
  addressed(
    node,
    'senders',
    {
      keys: ['address', 'verified'],
      where: aSender,
      read: (map, address) => {
        const verified = at(map, 'verified');
        return { address, verified: (verified && booleanIn(verified, 'verified', complain)) ?? false };
      },
    },
    complain,
  );

const inboundOf = (node: TreeNode, complain: Complain): Schema['inbound'] =>
  addressed(
    node,
    'inbound',
    {
      keys: ['address', 'creates'],
      where: anInbound,
      read: (map, address) => {
        const creates = at(map, 'creates');
        if (!creates) complain(missingKey('creates', anInbound, map.place));
        return { address, creates: (creates && textIn(creates, 'creates', complain)) ?? '' };
      },
    },
    complain,
  );

const recordTypesOf = (node: TreeNode, complain: Complain): NonNullable<Schema['recordTypes']> =>
  new Map(
    (mapIn(node, 'recordTypes', complain)?.entries ?? []).map(({ key, value }) => [
      key,
      oneOrMany(value).flatMap((one) => textIn(one, key, complain) ?? []),
    ]),
  );

const zoneOf = (node: TreeNode, complain: Complain): string | undefined => {
  const zone = textIn(node, 'timeZone', complain);
  if (zone === undefined || isZone(zone)) return zone;
  complain({
    ...wrongValue(
      'timeZone',
      { en: 'an IANA zone such as Asia/Tokyo', ja: 'Asia/Tokyo のような IANA タイムゾーン名' },
      node,
    ),
    suggestion: 'Asia/Tokyo',
  });
  return undefined;
};

const isZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

const keys = [
  'schema',
  'complete',
  'timeZone',
  'objects',
  'users',
  'queues',
  'roles',
  'templates',
  'senders',
  'inbound',
  'recordTypes',
  'lists',
];

const version = 'crm-schema/v1';

const checkVersion = (root: TreeMap, complain: Complain): void => {
  const entry = entryOf(root, 'schema');
  if (!entry) {
    complain(missingKey('schema', theFile, { ...root.place, pointer: '' }));
    return;
  }
  if (entry.value.kind === 'scalar' && entry.value.text === version) return;
  complain({
    ...wrongValue('schema', { en: version, ja: version }, entry.value),
    allowed: [version],
    suggestion: version,
  });
};

const schemaOf = (root: TreeMap, source: YamlText, complain: Complain): Schema => {
  onlyKeys(root, keys, theFile, complain);
  checkVersion(root, complain);
  const completeNode = at(root, 'complete');
  const complete = (completeNode && booleanIn(completeNode, 'complete', complain)) ?? false;
  const reading: Reading = { source, complain, complete };
  // A section that is absent is unknown, and not empty.
  const part = <Part>(key: string, read: (node: TreeNode) => Part | undefined): { readonly [name: string]: Part } => {
    const entry = entryOf(root, key);
    const value = entry && read(entry.value);
    return value === undefined ? {} : { [key]: value };
  };
  return {
    complete,
    ...part('timeZone', (node) => zoneOf(node, complain)),
    ...part('objects', (node) => {
      const recordTypes = at(root, 'recordTypes');
      const types = recordTypes && recordTypesOf(recordTypes, () => {});
      const objects = (mapIn(node, 'objects', complain)?.entries ?? []).map((entry) => {
        const object = objectOf(entry, reading);
        const own = types?.get(object.name);
        return [object.name, own ? { ...object, recordTypes: own } : object] as const;
      });
      return new Map(objects);
    }),
    ...part('users', (node) => usersIn(node, 'users', complain)),
    ...part('queues', (node) => queuesIn(node, 'queues', complain)),
    ...part('roles', (node) => rolesIn(node, 'roles', complain)),
    ...part('templates', (node) => templatesIn(node, 'templates', complain)),
    ...part('senders', (node) => sendersOf(node, complain)),
    ...part('inbound', (node) => inboundOf(node, complain)),
    ...part('recordTypes', (node) => recordTypesOf(node, complain)),
    ...part('lists', (node) => textsIn(node, 'lists', complain)),
  };
};

const nothingIn = (source: YamlText): FileProblem => ({
  ...source.at(0),
  path: '',
  text: {
    en: `the schema file is empty; it starts with "schema: ${version}" and lists what it knows under objects:`,
    ja: `スキーマファイルが空です。「schema: ${version}」に続けて objects: などを書いてください`,
  },
});

const secondDocument = (root: TreeNode): FileProblem => ({
  line: root.place.line,
  column: root.place.column,
  path: '',
  text: {
    en: 'the schema file has a second document after "---"; write everything in one',
    ja: 'スキーマファイルに「---」で区切られた 2 つ目の文書があります。1 つにまとめてください',
  },
});

/** Reads `crm-schema.yaml`. Whatever is wrong in it is told with its place, what stands there and what could. */
export const readSchemaFile = (text: string, file: string): SchemaReading => {
  const { documents, problems: faults, source } = readYaml(text, file);
  const { complain, problems } = collector();
  problems.push(...faults.map(fileProblem));
  const [first, second] = documents;
  if (second) problems.push(secondDocument(second.root));
  if (!first && problems.length === 0) problems.push(nothingIn(source));
  let schema: Schema = { complete: false };
  if (first && !first.broken) {
    const root = mapIn(first.root, 'schema', complain);
    if (root) schema = schemaOf(root, source, complain);
  }
  const [one, ...others] = problems.toSorted((left, right) => left.line - right.line || left.column - right.column);
  return one ? { kind: 'wrong', problems: [one, ...others] } : { kind: 'read', schema };
};
