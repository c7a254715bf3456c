import { stringify } from 'yaml';
import { parseConfig } from './document.ts';
import { configShape } from './schema.ts';
import type { Rule } from './shape.ts';
import { unveil } from './variables.ts';

/** A configuration that may be shown: what is known to be harmless, and nothing else. */
export interface RedactedConfig {
  readonly text: string;
  /** Values that were taken out: secrets, commands, addresses that may hold one. */
  readonly hidden: number;
  /** Keys that are not known, and comments: nobody can tell what they hold. */
  readonly dropped: number;
  /** Variables that stand for a secret, by the key that they stand at. */
  readonly variables: readonly { readonly path: string; readonly variable: string }[];
}

const stars = '***';
const onlyVariable = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/;

type Node = unknown;
const isScalar = (node: Node): node is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof node);
const isMap = (node: Node): node is Readonly<Record<string, unknown>> =>
  typeof node === 'object' && node !== null && !Array.isArray(node);

const fits = (rule: Rule, node: Node): boolean => {
  switch (rule.kind) {
    case 'object':
    case 'map':
      return isMap(node);
    case 'list':
    case 'named':
      return Array.isArray(node);
    case 'either':
      return rule.of.some((one) => fits(one, node));
    case 'data':
      return true;
    default:
      return isScalar(node);
  }
};

/** Of an address nothing but where it leads: neither who logs in nor what is handed over. */
const placeOf = (address: string): string | undefined => {
  try {
    const { protocol, host, pathname } = new URL(address);
    return host === '' ? undefined : `${protocol}//${host}${pathname}`;
  } catch {
    return undefined;
  }
};

/** Only what the schema knows is taken over, by the kind of its place. */
const reader = () => {
  let hidden = 0;
  let dropped = 0;
  const variables: { path: string; variable: string }[] = [];
  const nothing = (): undefined => {
    dropped += 1;
    return undefined;
  };
  const secret = (node: Node, path: string, form: 'value' | 'file' | 'command'): Node => {
    const variable = typeof node === 'string' ? onlyVariable.exec(node)?.[1] : undefined;
    if (form === 'value' && variable !== undefined) {
      variables.push({ path, variable });
      return node;
    }
    if (form === 'file' && typeof node === 'string') return node;
    hidden += 1;
    return stars;
  };
  const sensitive = (node: string | number | boolean): Node => {
    const place = typeof node === 'string' ? placeOf(node) : undefined;
    if (place === node) return node;
    hidden += 1;
    return place ?? stars;
  };
  const read = (node: Node, rule: Rule, path: string): Node => {
    if (node === null) return null;
    switch (rule.kind) {
      case 'secret':
        return secret(node, path, rule.form);
      case 'text':
        return !isScalar(node) ? nothing() : rule.sensitive ? sensitive(node) : node;
      case 'object':
        if (!isMap(node)) return nothing();
        return kept(node, path, (key) => rule.keys[key]?.rule);
      case 'map':
        if (!isMap(node)) return nothing();
        return kept(node, path, () => rule.value);
      case 'list':
      case 'named':
        if (!Array.isArray(node)) return nothing();
        return node.map((one, at) => read(one, rule.item, `${path}[${at}]`)).filter((one) => one !== undefined);
      case 'either': {
        const fitting = rule.of.find((one) => fits(one, node));
        return fitting ? read(node, fitting, path) : nothing();
      }
      case 'data':
        return isScalar(node) ? node : nothing();
      default:
        return isScalar(node) ? node : nothing();
    }
  };
  const kept = (node: Readonly<Record<string, unknown>>, path: string, ruleOf: (key: string) => Rule | undefined) =>
    Object.fromEntries(
      Object.entries(node).flatMap(([key, inner]) => {
        const rule = ruleOf(key);
        const value = rule ? read(inner, rule, path === '' ? key : `${path}.${key}`) : nothing();
        return value === undefined ? [] : [[key, value]];
      }),
    );
  return { read, counts: () => ({ hidden, dropped, variables }) };
};

/** The references of variables stay as they were written: they name a secret and do not hold it. */
const unveiled = (node: Node): Node => {
  if (typeof node === 'string') return unveil(node);
  if (Array.isArray(node)) return node.map(unveiled);
  if (!isMap(node)) return node;
  return Object.fromEntries(Object.entries(node).map(([key, inner]) => [unveil(key), unveiled(inner)]));
};

/** What of a configuration may be handed on; undefined where it cannot be read as one. */
export const redactedConfig = (source: string): RedactedConfig | undefined => {
  let value: Node;
  try {
    const { yaml } = parseConfig(source);
    if (yaml.errors.length > 0) return undefined;
    value = unveiled(yaml.toJS({ maxAliasCount: 100 }));
  } catch {
    return undefined;
  }
  if (!isMap(value)) return undefined;
  const { read, counts } = reader();
  const text = stringify(read(value, configShape.rule, ''), { lineWidth: 0 });
  return { text, ...counts() };
};
