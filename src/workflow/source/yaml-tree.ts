import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Place } from '../../model/workflow/place.ts';
import type { ReadingProblem } from '../../model/workflow/project.ts';
import type { LineColumn } from './lines.ts';
import type { TreeEntry, TreeMap, TreeNode, TreeScalar } from './tree.ts';
import * as words from './yaml-words.ts';

/** The text of a file and where its offsets are. */
export interface YamlText {
  readonly file: string;
  readonly text: string;
  readonly at: (offset: number) => LineColumn;
}

export const placeOf = (source: YamlText, start: number, end: number, pointer?: string): Place => {
  const from = source.at(start);
  const to = source.at(end);
  return {
    file: source.file,
    line: from.line,
    column: from.column,
    endLine: to.line,
    endColumn: to.column,
    ...(pointer === undefined ? {} : { pointer }),
  };
};

/**
 * Tells where the parts of a value stand, asked from left to right. They are looked for in what is written; where escapes hide one,
 * the place of it and of all behind it is that of the whole value.
 */
export const partsOf = (source: YamlText, scalar: TreeScalar): ((part: string) => Place | undefined) => {
  const [start, end] = scalar.range;
  const written = source.text.slice(start, end);
  let from: number | undefined = 0;
  return (part) => {
    const found = from === undefined || part === '' ? -1 : written.indexOf(part, from);
    from = found < 0 ? undefined : found + part.length;
    return found < 0 ? undefined : placeOf(source, start + found, start + found + part.length, scalar.place.pointer);
  };
};

interface Grown {
  readonly node: TreeNode;
  readonly size: number;
  readonly height: number;
  /** Where its last value ends: the range of a mapping goes up to what follows it. */
  readonly end: number;
}

interface Garden {
  readonly source: YamlText;
  readonly depth: number;
  readonly expanded: { left: number };
  readonly problems: ReadingProblem[];
  /** What `&name` stands before; undefined while it is being read. */
  readonly anchors: Map<string, Grown | undefined>;
}

const step = (pointer: string, key: string | number): string =>
  `${pointer}/${typeof key === 'number' ? key : key.replaceAll('~', '~0').replaceAll('/', '~1')}`;

const rangeOf = (node: Node, fallback: number): readonly [number, number] => {
  const range = node.range;
  return range ? [range[0], Math.max(range[0], range[1])] : [fallback, fallback];
};

const nothing = (place: Place, at: number): TreeScalar => ({
  kind: 'scalar',
  value: null,
  text: '',
  quoted: false,
  place,
  range: [at, at],
});

/** Not even `null` is written. */
export const isNothing = (node: TreeNode): boolean =>
  node.kind === 'scalar' && node.value === null && node.range[0] === node.range[1];

const leafOf = (node: TreeScalar): Grown => ({ node, size: 1, height: 1, end: node.range[1] });

/** A flow collection ends with its bracket, a block with its last value. */
const endOf = (node: YAMLMap | YAMLSeq, range: readonly [number, number], last: number): number =>
  node.flow ? range[1] : Math.max(range[0], last);

const scalarOf = (node: Scalar, garden: Garden, pointer: string, at: number): TreeScalar => {
  const range = rangeOf(node, at);
  const { value } = node;
  const quoted = node.type !== undefined && node.type !== 'PLAIN';
  const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
  const text = typeof plain === 'string' ? plain : (node.source ?? '');
  return {
    kind: 'scalar',
    // An unknown tag leaves the text as it is.
    value: plain === null && quoted ? text : plain,
    text,
    quoted,
    place: placeOf(garden.source, ...range, pointer),
    range,
  };
};

/** `{{name}}` without quotes is a mapping with a mapping as its key. */
const isBareTemplate = (node: YAMLMap): boolean => {
  const key = node.items[0]?.key;
  return node.flow === true && node.items.length === 1 && isMap(key) && key.flow === true;
};

const aliasOf = (
  name: string,
  garden: Garden,
  range: readonly [number, number],
  pointer: string,
  depth: number,
): Grown => {
  const place = placeOf(garden.source, ...range, pointer);
  const missing = (rule: ReadingProblem['rule'], message: ReadingProblem['message']): Grown => {
    garden.problems.push({ rule, place, message });
    return leafOf(nothing(place, range[0]));
  };
  const target = garden.anchors.get(name);
  if (!target) {
    return garden.anchors.has(name)
      ? missing('parse-limit', words.aliasInItself(name))
      : missing('parse-syntax', words.aliasUnknown(name));
  }
  if (garden.expanded.left < 0) return leafOf(nothing(place, range[0]));
  garden.expanded.left -= target.size;
  if (garden.expanded.left < 0) return missing('parse-limit', words.aliasesTooMany);
  if (depth + target.height > garden.depth) return missing('parse-limit', words.aliasesTooDeep);
  return { ...target, node: { ...target.node, place }, end: range[1] };
};

interface Members {
  readonly entries: TreeEntry[];
  readonly merged: TreeEntry[];
  readonly lines: Map<string, number>;
  size: number;
  height: number;
  end: number;
}

/** `<<: *name` brings what the mapping does not have itself (YAML merge keys). */
const merge = (node: TreeNode, members: Members): boolean => {
  const maps = node.kind === 'list' ? node.items : [node];
  if (!maps.every((map): map is TreeMap => map.kind === 'map')) return false;
  for (const map of maps) members.merged.push(...map.entries);
  return true;
};

const keyOf = (key: unknown, garden: Garden, at: number): TreeScalar | undefined => {
  if (isScalar(key)) return scalarOf(key, garden, '', at);
  const range = isAlias(key) || isMap(key) || isSeq(key) ? rangeOf(key, at) : ([at, at] as const);
  const place = placeOf(garden.source, ...range);
  garden.problems.push({ rule: 'parse-syntax', place, message: words.keyIsNoText });
  return undefined;
};

const addPair = (pair: Pair, members: Members, garden: Garden, way: Way): void => {
  const key = keyOf(pair.key, garden, way.at);
  if (!key) return;
  const keyEnd = key.range[1];
  const value = grow(pair.value, garden, { pointer: step(way.pointer, key.text), depth: way.depth + 1, at: keyEnd });
  members.size += value.size;
  members.height = Math.max(members.height, value.height + 1);
  members.end = Math.max(keyEnd, value.end);
  if (key.text === '<<' && !key.quoted && merge(value.node, members)) return;
  const keyPlace = { ...key.place, pointer: step(way.pointer, key.text) };
  const first = members.lines.get(key.text);
  if (first !== undefined) {
    garden.problems.push({ rule: 'parse-duplicate-key', place: keyPlace, ...words.keyTwice(key.text, first) });
    return;
  }
  members.lines.set(key.text, keyPlace.line);
  const { node } = value;
  members.entries.push({ key: key.text, keyPlace, value: isNothing(node) ? { ...node, place: keyPlace } : node });
};

interface Way {
  readonly pointer: string;
  readonly depth: number;
  /** Where to point when a node says nothing of itself. */
  readonly at: number;
}

const growMap = (node: YAMLMap, garden: Garden, way: Way): Grown => {
  const range = rangeOf(node, way.at);
  if (isBareTemplate(node)) {
    const place = placeOf(garden.source, ...range, way.pointer);
    const written = garden.source.text.slice(...range);
    garden.problems.push({ rule: 'parse-value', place, ...words.bareTemplate(written) });
    // What was meant, so that nothing else is said of a value that is missing.
    const value = /^\{\{[^{}]*\}\}$/.test(written) ? written : null;
    return leafOf({ kind: 'scalar', value, text: value ?? '', quoted: false, place, range });
  }
  const members: Members = { entries: [], merged: [], lines: new Map(), size: 1, height: 1, end: range[0] };
  for (const pair of node.items) addPair(pair, members, garden, { ...way, at: range[0] });
  for (const entry of members.merged) {
    if (members.lines.has(entry.key)) continue;
    members.lines.set(entry.key, entry.keyPlace.line);
    members.entries.push(entry);
  }
  const { entries, size, height } = members;
  const end = endOf(node, range, members.end);
  return {
    node: { kind: 'map', entries, place: placeOf(garden.source, range[0], end, way.pointer) },
    size,
    height,
    end,
  };
};

const growUnmarked = (node: unknown, garden: Garden, way: Way): Grown => {
  if (isMap(node)) return growMap(node, garden, way);
  if (isSeq(node)) {
    const range = rangeOf(node, way.at);
    const grown = node.items.map((item, index) =>
      grow(item, garden, { pointer: step(way.pointer, index), depth: way.depth + 1, at: range[0] }),
    );
    const end = endOf(node, range, grown.at(-1)?.end ?? range[1]);
    return {
      node: {
        kind: 'list',
        items: grown.map((item) => item.node),
        place: placeOf(garden.source, range[0], end, way.pointer),
      },
      end,
      size: grown.reduce((sum, { size }) => sum + size, 1),
      height: grown.reduce((most, { height }) => Math.max(most, height + 1), 1),
    };
  }
  if (isScalar(node)) return leafOf(scalarOf(node, garden, way.pointer, way.at));
  return leafOf(nothing(placeOf(garden.source, way.at, way.at, way.pointer), way.at));
};

// Recursion is as deep as the file is nested, which the reader has bounded before.
const grow = (node: unknown, garden: Garden, way: Way): Grown => {
  if (isAlias(node)) return aliasOf(node.source, garden, rangeOf(node, way.at), way.pointer, way.depth);
  const anchor = isMap(node) || isSeq(node) || isScalar(node) ? node.anchor : undefined;
  if (anchor !== undefined) garden.anchors.set(anchor, undefined);
  const grown = growUnmarked(node, garden, way);
  if (anchor !== undefined) garden.anchors.set(anchor, grown);
  return grown;
};

/** A parsed document in plain nodes: every `*name` followed, every key once, everything with its place. */
export const treeOf = (
  document: Document.Parsed,
  source: YamlText,
  limits: { readonly depth: number; readonly expanded: number },
): { readonly root: TreeNode; readonly problems: readonly ReadingProblem[] } => {
  const problems: ReadingProblem[] = [];
  const garden: Garden = {
    source,
    depth: limits.depth,
    expanded: { left: limits.expanded },
    problems,
    anchors: new Map(),
  };
  const { node } = grow(document.contents, garden, { pointer: '', depth: 0, at: document.range[0] });
  return { root: node, problems };
};
