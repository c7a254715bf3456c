import { isMap, isNode, isScalar, type Node, type Pair, parseDocument, type Scalar, type YAMLMap } from 'yaml';
import type { Change } from '../model/config.ts';
import { ConfigError } from './config-error.ts';
import { parseConfig } from './document.ts';
import { yamlPath } from './path.ts';

type Value = Exclude<Change['to'], null>;

/** Replaces a part of a text. The file is never written anew from its data, so everything else stays as it is. */
const splice = (text: string, [from, to]: readonly [number, number], by: string): string =>
  text.slice(0, from) + by + text.slice(to);

const cannot = (path: string): ConfigError =>
  new ConfigError(undefined, [
    {
      path,
      text: {
        en: `${path} cannot be changed in this file; change it by hand`,
        ja: `${path} はこのファイルでは自動で変更できません。手作業で変更してください`,
      },
    },
  ]);

const isPlainText = (words: string): boolean => {
  if (!/^[^\s{}[\],#&*!|>'"%@`?-][^\s{}[\]]*$/.test(words)) return false;
  const document = parseDocument(`{ key: ${words} }`);
  return document.errors.length === 0 && document.get('key') === words;
};

type Style = 'plain' | 'single' | 'double';

const written = (value: Value, style: Style): string => {
  if (typeof value !== 'string') return String(value);
  // A value is never meant to be a variable.
  const words = value.replaceAll('${', () => '$${');
  if (style === 'double' || /[\u0000-\u001f\u007f]/.test(words)) return JSON.stringify(words);
  if (style === 'plain' && isPlainText(words)) return words;
  return `'${words.replaceAll("'", "''")}'`;
};

const styleOf = (node: Scalar): Style => {
  if (node.type === 'QUOTE_DOUBLE') return 'double';
  return node.type === 'QUOTE_SINGLE' ? 'single' : 'plain';
};

const startOf = (node: unknown): number => (isNode(node) ? (node.range?.[0] ?? 0) : 0);

/** Where the last written character of a pair or a value ends; ranges of blocks also hold what follows. */
const endOf = (item: unknown, text: string): number => {
  let end = isNode(item) ? (item.range?.[1] ?? 0) : 0;
  while (end > 0 && /\s/.test(text[end - 1] ?? '')) end -= 1;
  return end;
};

const endOfPair = ({ key, value }: Pair<unknown, unknown>, text: string): number =>
  Math.max(endOf(key, text), endOf(value, text));

const eolOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');

const columnOf = (text: string, offset: number): number => offset - (text.lastIndexOf('\n', offset - 1) + 1);

const replace = (text: string, node: Node, value: Value): string => {
  const [from, to] = [startOf(node), Math.max(startOf(node), endOf(node, text))];
  const style = isScalar(node) ? styleOf(node) : 'plain';
  const glue = text[from - 1] === ':' ? ' ' : '';
  return splice(text, [from, to], glue + written(value, style));
};

/** A new key at the end of `{ … }`, on a line of its own where the others have one. */
const addToFlow = (text: string, map: YAMLMap<unknown, unknown>, [key, value]: readonly [string, string]): string => {
  const last = map.items.at(-1);
  const quoted = map.items.some((pair) => isScalar(pair.key) && pair.key.type === 'QUOTE_DOUBLE');
  const entry = `${quoted ? JSON.stringify(key) : key}: ${value}`;
  if (!last) return splice(text, [startOf(map), endOf(map, text)], `{ ${entry} }`);
  const at = endOfPair(last, text);
  const column = columnOf(text, startOf(last.key));
  const ownLine = text.slice(startOf(last.key) - column, startOf(last.key)).trim() === '';
  return splice(text, [at, at], ownLine ? `,${eolOf(text)}${' '.repeat(column)}${entry}` : `, ${entry}`);
};

const addToBlock = (text: string, map: YAMLMap<unknown, unknown>, [key, value]: readonly [string, string]): string => {
  const [first, last] = [map.items[0], map.items.at(-1)];
  const eol = eolOf(text);
  const lineEnd = text.indexOf('\n', last ? endOfPair(last, text) : endOf(map, text));
  const line = `${' '.repeat(columnOf(text, startOf(first?.key)))}${key}: ${value}`;
  return lineEnd < 0 ? `${text}${eol}${line}${eol}` : splice(text, [lineEnd + 1, lineEnd + 1], line + eol);
};

const add = (text: string, map: YAMLMap<unknown, unknown>, keys: readonly string[], value: Value): string => {
  const [key = '', ...inner] = keys;
  const json = map.flow && map.items.some((pair) => isScalar(pair.key) && pair.key.type === 'QUOTE_DOUBLE');
  const words = inner.reduceRight(
    (rest, name) => `{ ${json ? JSON.stringify(name) : name}: ${rest} }`,
    written(value, json ? 'double' : 'plain'),
  );
  return map.flow ? addToFlow(text, map, [key, words]) : addToBlock(text, map, [key, words]);
};

const remove = (text: string, map: YAMLMap<unknown, unknown>, key: string): string => {
  const index = map.items.findIndex((pair) => isScalar(pair.key) && pair.key.value === key);
  const [before, pair, after] = [map.items[index - 1], map.items[index], map.items[index + 1]];
  if (!pair) return text;
  const [start, end] = [startOf(pair.key), endOfPair(pair, text)];
  if (!before && !after) return map.flow ? splice(text, [start, end], '') : splice(text, [start, end], '{}');
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  if (!map.flow && text.slice(lineStart, start).trim() === '') {
    const lineEnd = text.indexOf('\n', end);
    return splice(text, [lineStart, lineEnd < 0 ? text.length : lineEnd + 1], '');
  }
  if (after) return splice(text, [start, startOf(after.key)], '');
  return before ? splice(text, [endOfPair(before, text), end], '') : text;
};

const applyOne = (text: string, { path, to }: Change): string => {
  const { yaml } = parseConfig(text);
  const keys = yamlPath(yaml, path);
  if (!keys || yaml.errors.length > 0) throw cannot(path);
  const node = yaml.getIn(keys, true);
  if (to !== null && isNode(node)) {
    if (isMap(node)) throw cannot(path);
    return replace(text, node, to);
  }
  // The innermost map that is there already takes what is missing.
  for (let depth = keys.length - 1; depth >= 0; depth -= 1) {
    const parent = depth === 0 ? yaml.contents : yaml.getIn(keys.slice(0, depth), true);
    if (parent === undefined || parent === null) continue;
    if (!isMap(parent)) throw cannot(path);
    const missing = keys.slice(depth).map(String);
    if (to !== null) return add(text, parent, missing, to);
    return missing.length === 1 ? remove(text, parent, missing[0] ?? '') : text;
  }
  throw cannot(path);
};

/** The text of a configuration with changes applied; comments, order, quotes and line ends stay as they are. */
export const editConfig = (text: string, changes: readonly Change[]): string => {
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  return mark + changes.reduce(applyOne, text.slice(mark.length));
};
