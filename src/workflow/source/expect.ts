import type { Text } from '../../model/text.ts';
import type { Place } from '../../model/workflow/place.ts';
import { nearestName } from '../../reason/workflow/nearest-name.ts';
import type { TreeEntry, TreeList, TreeMap, TreeNode, TreeScalar } from './tree.ts';

/** Something in a hand-written file that is not what its format says. */
export interface Complaint {
  readonly rule: 'parse-unknown-key' | 'parse-value';
  readonly place: Place;
  readonly message: Text;
  readonly fix: Text;
  /** What stands there is not used: worth a word where the rest of the file is. */
  readonly dropped?: true;
  readonly found?: string;
  readonly allowed?: readonly string[];
  readonly suggestion?: string;
}

export type Complain = (complaint: Complaint) => void;

const quoted = (text: string): string => (text.length > 60 ? `"${text.slice(0, 57)}…"` : `"${text}"`);

/** What stands there, as a reader would call it. */
export const foundIn = (node: TreeNode): Text => {
  if (node.kind === 'map') return { en: 'keys with values', ja: 'キーと値の組' };
  if (node.kind === 'list') return { en: 'a list', ja: 'リスト' };
  if (node.value === null) return { en: 'nothing', ja: '空の値' };
  if (typeof node.value === 'string') {
    return { en: `the text ${quoted(node.text)}`, ja: `文字列 ${quoted(node.text)}` };
  }
  if (typeof node.value === 'number') return { en: `the number ${node.text}`, ja: `数値 ${node.text}` };
  return { en: node.text, ja: `真偽値 ${node.text}` };
};

/** One blank between Latin and Japanese. */
const spaced = (words: string, rest: string): string =>
  /[\x21-\x7e]$/.test(words) ? `${words} ${rest}` : words + rest;

const blank = (words: string): string => (/^[\x21-\x7e]/.test(words) ? ` ${words}` : words);

export const wrongValue = (what: string, expected: Text, node: TreeNode, fix?: Text): Complaint => {
  const found = foundIn(node);
  return {
    rule: 'parse-value',
    place: node.place,
    message: {
      en: `${what}: expected ${expected.en}, found ${found.en}`,
      ja: `${what} には${spaced(blank(expected.ja), 'を')}書きますが、書かれているのは${spaced(blank(found.ja), 'です')}`,
    },
    dropped: true,
    fix: fix ?? { en: `write ${expected.en}`, ja: `${spaced(expected.ja, 'を')}書いてください` },
    ...(node.kind === 'scalar' ? { found: node.text } : {}),
  };
};

const listed = (words: readonly string[], glue: string): string =>
  words.length > 24 ? `${words.slice(0, 24).join(glue)}…` : words.join(glue);

export const unknownKey = (entry: TreeEntry, where: Text, allowed: readonly string[]): Complaint => {
  const suggestion = nearestName(entry.key, allowed);
  const all = { en: `allowed: ${listed(allowed, ', ')}`, ja: `使えるキー: ${listed(allowed, '、')}` };
  return {
    rule: 'parse-unknown-key',
    place: entry.keyPlace,
    message: {
      en: `${where.en} has no key ${quoted(entry.key)}`,
      ja: `${where.ja}に ${quoted(entry.key)} というキーはありません`,
    },
    dropped: true,
    fix:
      suggestion === undefined
        ? all
        : { en: `rename it to ${suggestion} (${all.en})`, ja: `${suggestion} に直してください（${all.ja}）` },
    found: entry.key,
    allowed,
    ...(suggestion === undefined ? {} : { suggestion }),
  };
};

export const wrongChoice = (what: string, node: TreeScalar, allowed: readonly string[]): Complaint => {
  const suggestion = nearestName(node.text, allowed);
  const all = { en: `allowed: ${listed(allowed, ', ')}`, ja: `使える値: ${listed(allowed, '、')}` };
  return {
    rule: 'parse-value',
    place: node.place,
    message: {
      en: `${what}: ${quoted(node.text)} cannot be used here`,
      ja: `${what} に ${quoted(node.text)} は使えません`,
    },
    dropped: true,
    fix:
      suggestion === undefined
        ? all
        : { en: `write ${suggestion} (${all.en})`, ja: `${suggestion} と書いてください（${all.ja}）` },
    found: node.text,
    allowed,
    ...(suggestion === undefined ? {} : { suggestion }),
  };
};

export const missingKey = (key: string, where: Text, place: Place): Complaint => ({
  rule: 'parse-value',
  place,
  message: {
    en: `${where.en} needs the key ${key}, which is missing`,
    ja: `${where.ja}に必要なキー ${key} がありません`,
  },
  fix: { en: `add ${key}:`, ja: `${key}: を追加してください` },
  found: '',
  suggestion: key,
});

const aText: Text = { en: 'a text', ja: '文字列' };
const aNumber: Text = { en: 'a number', ja: '数値' };
const trueOrFalse: Text = { en: 'true or false', ja: 'true または false' };
const aList: Text = { en: 'a list', ja: 'リスト' };
const someKeys: Text = { en: 'keys with values', ja: 'キーと値の組' };

/** Nothing is written: `key:` or `key: null`. */
export const isEmpty = (node: TreeNode): boolean => node.kind === 'scalar' && node.value === null;

/** A text as it is written: `012` and `true` are names too. */
export const textIn = (node: TreeNode, what: string, complain: Complain): string | undefined => {
  if (node.kind === 'scalar' && node.value !== null) return node.text;
  complain(wrongValue(what, aText, node));
  return undefined;
};

export const booleanIn = (node: TreeNode, what: string, complain: Complain): boolean | undefined => {
  if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value;
  complain(wrongValue(what, trueOrFalse, node));
  return undefined;
};

export const numberIn = (node: TreeNode, what: string, complain: Complain): number | undefined => {
  if (node.kind === 'scalar' && typeof node.value === 'number' && Number.isFinite(node.value)) return node.value;
  complain(wrongValue(what, aNumber, node));
  return undefined;
};

export const choiceIn = <Choice extends string>(
  node: TreeNode,
  allowed: readonly Choice[],
  what: string,
  complain: Complain,
): Choice | undefined => {
  const text = textIn(node, what, complain);
  if (text === undefined || node.kind !== 'scalar') return undefined;
  const choice = allowed.find((one) => one === text);
  if (choice === undefined) complain(wrongChoice(what, node, allowed));
  return choice;
};

/** An empty value is an empty list. */
export const listIn = (node: TreeNode, what: string, complain: Complain): TreeList | undefined => {
  if (node.kind === 'list') return node;
  if (isEmpty(node)) return { kind: 'list', items: [], place: node.place };
  complain(wrongValue(what, aList, node));
  return undefined;
};

/** `one` or `[one, two]`. */
export const oneOrMany = (node: TreeNode): readonly TreeNode[] => {
  if (node.kind === 'list') return node.items;
  return isEmpty(node) ? [] : [node];
};

export const textsIn = (node: TreeNode, what: string, complain: Complain): readonly string[] | undefined =>
  listIn(node, what, complain)?.items.flatMap((item) => textIn(item, what, complain) ?? []);

/** An empty value has no keys. */
export const mapIn = (node: TreeNode, what: string, complain: Complain): TreeMap | undefined => {
  if (node.kind === 'map') return node;
  if (isEmpty(node)) return { kind: 'map', entries: [], place: node.place };
  complain(wrongValue(what, someKeys, node));
  return undefined;
};

/** Says what is not among the allowed keys. */
export const onlyKeys = (map: TreeMap, allowed: readonly string[], where: Text, complain: Complain): void => {
  for (const entry of map.entries) if (!allowed.includes(entry.key)) complain(unknownKey(entry, where, allowed));
};
