import { isMap, isNode, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import { nearest } from './nearest.ts';
import { readValue, type ValueRule } from './read-value.ts';
import { foundIn, type Reading, type Spot, startOf, writtenIn } from './reading.ts';
import type { Rule } from './shape.ts';
import { unveil } from './variables.ts';
import {
  aliasProblem,
  type Expected,
  emptyList,
  missingKey,
  nameTwice,
  noValue,
  oneOfKeys,
  secretTwice,
  unknownKey,
  wrongType,
} from './words.ts';

type ObjectRule = Extract<Rule, { readonly kind: 'object' }>;

/** Deeper than any configuration is; an alias that holds itself has no end. */
const deepest = 40;

const nodeOf = (value: unknown): Node | undefined => (isNode(value) ? value : undefined);

const childPath = (parent: string, key: string): string => (parent === '' ? key : `${parent}.${key}`);

interface Entry {
  readonly key: string;
  /** Whether the key may be repeated in a message: one without a value may be a value without a key. */
  readonly nameable: boolean;
  readonly spot: Spot;
  readonly at: number;
}

const entriesOf = (map: YAMLMap<unknown, unknown>, spot: Spot, reading: Reading): readonly Entry[] =>
  map.items.map((pair: Pair<unknown, unknown>) => {
    const keyNode = nodeOf(pair.key);
    const key = isScalar(keyNode) ? writtenIn(keyNode) : '';
    const at = keyNode?.range?.[0] ?? startOf(spot);
    const nameable = reading.shown(key) !== undefined && pair.value !== null;
    const path = childPath(spot.path, nameable ? key : '…');
    return { key, nameable, at, spot: { node: nodeOf(pair.value), path, at } };
  });

const complainOfType = (spot: Spot, rules: readonly Rule[], reading: Reading): undefined => {
  const expected = rules.flatMap((rule): readonly Expected[] => (rule.kind === 'either' ? [] : [rule.kind]));
  const { node } = spot;
  const found = foundIn(node);
  const [first] = rules;
  const host =
    first?.kind === 'object' && 'host' in first.keys && isScalar(node) ? reading.shown(writtenIn(node)) : undefined;
  const hint =
    found === 'nothing'
      ? noValue
      : host === undefined
        ? undefined
        : { en: `write { host: ${host} }`, ja: `{ host: ${host} } のように書いてください` };
  reading.complain(spot, spot.path, wrongType(spot.path, { expected, found, ...(hint ? { hint } : {}) }), {
    ...(host === undefined ? {} : { found: host, suggestion: `{ host: ${host} }` }),
  });
  return undefined;
};

const readObject = (spot: Spot, rule: ObjectRule, reading: Reading, depth: number): unknown => {
  const { node } = spot;
  if (!isMap(node)) return complainOfType(spot, [rule], reading);
  const value: Record<string, unknown> = {};
  const entries = entriesOf(node, spot, reading);
  const allowed = Object.keys(rule.keys);
  const forms = new Map<string, Entry[]>();
  const present = new Set(entries.map(({ key }) => key));
  for (const entry of entries) {
    // A name such as `constructor` is no key of ours.
    const key = Object.hasOwn(rule.keys, entry.key) ? rule.keys[entry.key] : undefined;
    if (!key) {
      const suggestion = entry.nameable ? nearest(entry.key, allowed) : undefined;
      const shown = entry.nameable ? entry.key : undefined;
      // `hots` is not also a missing `host`.
      if (suggestion !== undefined) present.add(suggestion);
      reading.complain(entry.at, entry.spot.path, unknownKey(spot.path, shown, allowed, suggestion), {
        allowed,
        ...(shown === undefined ? {} : { found: shown }),
        ...(suggestion === undefined ? {} : { suggestion }),
      });
      continue;
    }
    // A key of ours is always named, also where the file makes everything else suspicious.
    const inside = { ...entry.spot, path: childPath(spot.path, entry.key) };
    const into = key.rule.kind === 'secret' ? key.rule.into : entry.key;
    if (key.rule.kind === 'secret') forms.set(into, [...(forms.get(into) ?? []), { ...entry, spot: inside }]);
    const read = readShape(inside, key.rule, reading, depth + 1);
    if (read !== undefined) value[into] = read;
  }
  for (const [into, given] of forms) {
    const [, second] = given;
    if (second)
      reading.complain(
        second.at,
        second.spot.path,
        secretTwice(
          spot.path || into,
          given.map(({ key }) => key),
        ),
      );
  }
  for (const [name, { required }] of Object.entries(rule.keys)) {
    if (required && !present.has(name)) {
      reading.complain(spot.at, childPath(spot.path, name), missingKey(spot.path, name), { allowed: [name] });
    }
  }
  for (const [name, other] of Object.entries(rule.together)) {
    if (present.has(name) && !present.has(other)) {
      reading.complain(spot, childPath(spot.path, other), missingKey(spot.path, other), { allowed: [other] });
    }
  }
  if (rule.oneOf.length > 0 && rule.oneOf.filter((name) => present.has(name)).length !== 1) {
    reading.complain(spot.at, spot.path, oneOfKeys(spot.path, rule.oneOf), { allowed: rule.oneOf });
  }
  return value;
};

const readList = (spot: Spot, item: Rule, reading: Reading, depth: number): unknown => {
  if (!isSeq(spot.node)) return undefined;
  return spot.node.items.map((one, index) => {
    const node = nodeOf(one);
    return readShape(
      { node, path: `${spot.path}[${index}]`, at: node?.range?.[0] ?? startOf(spot) },
      item,
      reading,
      depth + 1,
    );
  });
};

const nameIn = (node: Node | undefined): { readonly name: string; readonly at: number } | undefined => {
  if (!isMap(node)) return undefined;
  const scalar = node.get('name', true);
  return isScalar(scalar) && typeof scalar.value === 'string'
    ? { name: unveil(scalar.value), at: scalar.range?.[0] ?? 0 }
    : undefined;
};

const readNamed = (spot: Spot, item: Rule, reading: Reading, depth: number): unknown => {
  if (!isSeq(spot.node)) return undefined;
  if (spot.node.items.length === 0) {
    reading.complain(spot, spot.path, emptyList(spot.path));
    return undefined;
  }
  const seen = new Map<string, number>();
  return spot.node.items.map((one, index) => {
    const inner = reading.resolved({
      node: nodeOf(one),
      path: `${spot.path}[${index}]`,
      at: nodeOf(one)?.range?.[0] ?? startOf(spot),
    });
    if (!inner) return undefined;
    const named = nameIn(inner.node);
    const path = `${spot.path}[${named && reading.shown(named.name) !== undefined ? named.name : index}]`;
    const before = named && seen.get(named.name);
    if (named && before !== undefined) {
      reading.complain(named.at, `${path}.name`, nameTwice(`${path}.name`, reading.document.placeAt(before).line));
    } else if (named) seen.set(named.name, named.at);
    else if (isMap(inner.node) && !inner.node.has('name')) {
      reading.complain(inner, `${path}.name`, missingKey(path, 'name'), { allowed: ['name'] });
    }
    return readShape({ ...inner, path }, item, reading, depth + 1);
  });
};

const readMap = (spot: Spot, value: Rule, reading: Reading, depth: number): unknown => {
  if (!isMap(spot.node)) return undefined;
  return Object.fromEntries(
    entriesOf(spot.node, spot, reading).map((entry) => [
      unveil(entry.key),
      readShape(entry.spot, value, reading, depth + 1),
    ]),
  );
};

const unveiled = (value: unknown): unknown => {
  if (typeof value === 'string') return unveil(value);
  if (Array.isArray(value)) return value.map(unveiled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [unveil(key), unveiled(inner)]));
};

const readData = (spot: Spot, reading: Reading): unknown => {
  try {
    return unveiled(spot.node?.toJS(reading.document.yaml, { maxAliasCount: 100 }));
  } catch {
    reading.complain(spot, spot.path, aliasProblem(spot.path, 'too-many'));
    return undefined;
  }
};

/** Which form of value a rule is about. */
const formOf = (rule: Rule): 'keys' | 'list' | 'value' => {
  if (rule.kind === 'object' || rule.kind === 'map') return 'keys';
  return rule.kind === 'list' || rule.kind === 'named' ? 'list' : 'value';
};

const formIn = (node: Node | undefined): 'keys' | 'list' | 'value' | undefined => {
  if (isMap(node)) return 'keys';
  if (isSeq(node)) return 'list';
  return foundIn(node) === 'nothing' ? undefined : 'value';
};

const readOne = (spot: Spot, rule: Exclude<Rule, { kind: 'either' }>, reading: Reading, depth: number): unknown => {
  switch (rule.kind) {
    case 'object':
      return readObject(spot, rule, reading, depth);
    case 'map':
      return readMap(spot, rule.value, reading, depth);
    case 'list':
      return readList(spot, rule.item, reading, depth);
    case 'named':
      return readNamed(spot, rule.item, reading, depth);
    case 'data':
      return readData(spot, reading);
    default:
      return readValue(spot, rule satisfies ValueRule, reading);
  }
};

/** Reads what a rule describes out of a place; whatever does not fit becomes a problem, and undefined. */
export const readShape = (place: Spot, rule: Rule, reading: Reading, depth = 0): unknown => {
  const spot = reading.resolved(place);
  if (!spot) return undefined;
  if (depth > deepest) {
    reading.complain(place, place.path, aliasProblem(place.path, 'too-many'));
    return undefined;
  }
  const rules = rule.kind === 'either' ? rule.of : [rule];
  const form = formIn(spot.node);
  const fitting = rules.find((one) => one.kind === 'data' || formOf(one) === form);
  const single = rules.length === 1 && formOf(rule) === 'value' ? rule : undefined;
  const chosen = fitting ?? single;
  if (!chosen || chosen.kind === 'either') return complainOfType(spot, rules, reading);
  return readOne(spot, chosen, reading, depth);
};
