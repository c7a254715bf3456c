import type { SpfNode } from '../model/policy-facts.ts';
import { mostLookups } from './spf-tree.ts';
import { nodesOf } from './spf-verdict.ts';

/** RFC 7208 section 4.6.4. */
const mostVoids = 2;

/** Why receivers stop reading the tree with an error (permerror), whoever the sender is or for senders late in it. */
export type SpfTrouble =
  | { readonly kind: 'missing' }
  | { readonly kind: 'several' }
  | { readonly kind: 'too-many'; readonly what: 'lookups' | 'voids'; readonly count: number }
  /** In the domain's own record or in one that it includes. */
  | {
      readonly kind: 'broken';
      readonly domain: string;
      readonly how: 'syntax' | 'near-miss' | 'several' | 'no-record' | 'loop' | 'too-many-mx';
      readonly at: string;
    };

const brokenInside = (tree: SpfNode): SpfTrouble | undefined => {
  for (const node of nodesOf(tree)) {
    const { domain } = node;
    if (node.state === 'syntax') return { kind: 'broken', domain, how: 'syntax', at: node.fault?.at ?? '' };
    for (const term of node.terms) {
      const { text, node: inner } = term;
      if (term.open === 'too-many-mx') return { kind: 'broken', domain, how: 'too-many-mx', at: text };
      if (term.open === 'bad-domain') return { kind: 'broken', domain, how: 'syntax', at: text };
      if (inner?.state === 'none') return { kind: 'broken', domain, how: 'no-record', at: text };
      if (inner?.state === 'several') return { kind: 'broken', domain, how: 'several', at: text };
      if (inner?.state === 'loop') return { kind: 'broken', domain, how: 'loop', at: text };
    }
  }
  return undefined;
};

/** The first thing that is wrong with the tree as a whole, or nothing. */
export const spfTrouble = (
  tree: SpfNode,
  { lookups, voids }: { readonly lookups: number; readonly voids: number },
): SpfTrouble | undefined => {
  if (tree.state === 'none') {
    return tree.nearMiss === undefined
      ? { kind: 'missing' }
      : { kind: 'broken', domain: tree.domain, how: 'near-miss', at: tree.nearMiss };
  }
  if (tree.state === 'several') return { kind: 'several' };
  const broken = brokenInside(tree);
  if (broken) return broken;
  if (lookups > mostLookups) return { kind: 'too-many', what: 'lookups', count: lookups };
  return voids > mostVoids ? { kind: 'too-many', what: 'voids', count: voids } : undefined;
};

/** What the record says of senders that it does not list. */
export const spfEnd = (tree: SpfNode): string =>
  tree.terms.find(({ name }) => name === 'all')?.text ?? tree.terms.find(({ name }) => name === 'redirect')?.text ?? '';
