import { isAlias, isMap, isNode, isScalar, isSeq, type Node, type Scalar } from 'yaml';
import type { Text } from '../model/text.ts';
import type { ConfigProblem } from './config-error.ts';
import type { ConfigDocument } from './document.ts';
import { hushFor } from './hush.ts';
import type { SecretShelf } from './secrets.ts';
import { interpolate, unveil } from './variables.ts';
import { aliasProblem, type Found, malformedVariable, missingVariable } from './words.ts';

/** One place of the file: its node, its path, and where to point when there is no node. */
export interface Spot {
  readonly node: Node | undefined;
  readonly path: string;
  readonly at: number;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the reader of one file carries along. */
export interface Reading {
  readonly document: ConfigDocument;
  readonly directory: string;
  readonly env: Environment;
  readonly shelf: SecretShelf;
  readonly problems: ConfigProblem[];
  /** Adds a problem at a node, or at an offset. */
  readonly complain: (
    where: Spot | number,
    path: string,
    text: Text,
    more?: Pick<ConfigProblem, 'found' | 'allowed' | 'suggestion' | 'missing'>,
  ) => void;
  /** The words, if they may be repeated in a message. */
  readonly shown: (words: string) => string | undefined;
  /** The node behind an alias; undefined (and a problem) where that leads nowhere. */
  readonly resolved: (spot: Spot) => Spot | undefined;
  /** The text with values from the environment; undefined (and a problem) where one is missing. */
  readonly filled: (spot: Spot, words: string) => { readonly value: string; readonly plain: boolean } | undefined;
}

/** A reference costs nothing to write and may stand for very much: `&a [*b, *b]`, `&b [*c, *c]`, … */
const mostAliases = 100;

export const startOf = ({ node, at }: Spot): number => node?.range?.[0] ?? at;

export const foundIn = (node: Node | undefined): Found => {
  if (isMap(node)) return 'keys';
  if (isSeq(node)) return 'list';
  if (!isScalar(node) || node.value === null || node.value === undefined) return 'nothing';
  if (typeof node.value === 'number' || typeof node.value === 'bigint') return 'number';
  return typeof node.value === 'boolean' ? 'boolean' : 'text';
};

/** A single value as it was written, without quotes: `012345` stays `012345` although YAML reads a number. */
export const writtenIn = (scalar: Scalar): string =>
  unveil(typeof scalar.value === 'string' ? scalar.value : (scalar.source ?? String(scalar.value)));

export const isQuoted = (scalar: Scalar): boolean => scalar.type !== undefined && scalar.type !== 'PLAIN';

export const openReading = (
  document: ConfigDocument,
  { directory, env, shelf }: { readonly directory: string; readonly env: Environment; readonly shelf: SecretShelf },
): Reading => {
  const problems: ConfigProblem[] = [];
  const hush = hushFor(document.source);
  let aliases = 0;
  const complain: Reading['complain'] = (where, path, text, more = {}) => {
    const offset = typeof where === 'number' ? where : startOf(where);
    problems.push({ ...document.placeAt(offset), path, text, ...more });
  };
  return {
    document,
    directory,
    env,
    shelf,
    problems,
    complain,
    shown: (words) => (hush(words) ? undefined : words),
    resolved: (spot) => {
      if (!isAlias(spot.node)) return spot;
      aliases += 1;
      if (aliases > mostAliases) {
        if (aliases === mostAliases + 1) complain(spot, spot.path, aliasProblem(spot.path, 'too-many'));
        return undefined;
      }
      const target = spot.node.resolve(document.yaml);
      if (isNode(target)) return { ...spot, node: target };
      complain(spot, spot.path, aliasProblem(spot.path, 'unknown'));
      return undefined;
    },
    filled: (spot, words) => {
      const result = interpolate(words, env);
      switch (result.kind) {
        case 'text':
          return { value: result.value, plain: result.variables.length === 0 };
        case 'missing': {
          const [from, to] = spot.node?.range ?? [spot.at, spot.at];
          const inside = document.source.indexOf(`\${${result.variable}}`, from);
          complain(inside >= 0 && inside < to ? inside : from, spot.path, missingVariable(spot.path, result.variable), {
            missing: result.variable,
          });
          return undefined;
        }
        case 'malformed':
          complain(spot, spot.path, malformedVariable(spot.path));
          return undefined;
      }
    },
  };
};
