import type { SpfNode, SpfResult, SpfTerm, SpfVerdict } from '../model/policy-facts.ts';
import { holdsAddress, plainBytes } from './ip-network.ts';
import { mostLookups } from './spf-tree.ts';

/** RFC 7208 section 4.6.4. */
const mostVoids = 2;

const results: Readonly<Record<SpfTerm['qualifier'], SpfResult>> = {
  '+': 'pass',
  '-': 'fail',
  '~': 'softfail',
  '?': 'neutral',
};

interface Count {
  lookups: number;
  voids: number;
}

type Ended = Pick<SpfVerdict, 'result' | 'why' | 'by'>;

const permanent = (why: SpfVerdict['why'], by: SpfVerdict['by'] = []): Ended => ({
  result: 'permerror',
  ...(why ? { why } : {}),
  by,
});

/** What ends the evaluation whatever the address is, from the state of a record. */
const stateVerdict = ({ state }: SpfNode): Ended | undefined => {
  switch (state) {
    case 'record':
      return undefined;
    case 'none':
      return { result: 'none', by: [] };
    case 'several':
    case 'syntax':
    case 'loop':
      return permanent(state);
    case 'unreachable':
      return { result: 'temperror', why: 'dns', by: [] };
    case 'not-followed':
      return { result: 'undecided', by: [] };
  }
};

/** What one term says: it decides, it does not match, or it ends everything. */
const termVerdict = (term: SpfTerm, domain: string, ip: readonly number[], count: Count): Ended | undefined => {
  const by = { domain, term: term.text };
  if (term.lookup) {
    count.lookups += 1;
    if (count.lookups > mostLookups) return permanent('lookups', [by]);
  }
  if (term.void) {
    count.voids += 1;
    if (count.voids > mostVoids) return permanent('voids', [by]);
  }
  if (term.open === 'dns') return { result: 'temperror', why: 'dns', by: [by] };
  if (term.open === 'too-many-mx') return permanent('too-many-mx', [by]);
  if (term.open === 'bad-domain') return permanent('syntax', [by]);
  if (term.open) return { result: 'undecided', by: [by] };
  if (term.node) {
    const inner = nodeVerdict(term.node, ip, count);
    const chain = [by, ...inner.by];
    if (term.name === 'redirect') {
      return inner.result === 'none' ? permanent('redirect', chain) : { ...inner, by: chain };
    }
    switch (inner.result) {
      case 'pass':
        return { result: results[term.qualifier], by: chain };
      case 'none':
        return permanent('include', chain);
      case 'permerror':
      case 'temperror':
      case 'undecided':
        return { ...inner, by: chain };
      default:
        return undefined;
    }
  }
  if (!term.networks?.some((network) => holdsAddress(network, ip))) return undefined;
  return { result: results[term.qualifier], by: [by] };
};

const nodeVerdict = (node: SpfNode, ip: readonly number[], count: Count): Ended => {
  const ended = stateVerdict(node);
  if (ended) return ended;
  for (const term of node.terms) {
    if (term.name === 'exp' || term.name === 'other') continue;
    const said = termVerdict(term, node.domain, ip, count);
    if (said) return said;
    // What follows is not read (section 5.1).
    if (term.name === 'all') break;
  }
  return { result: 'neutral', by: [] };
};

/** What a receiver concludes about a message from this address (section 4). */
export const spfVerdict = (tree: SpfNode, ip: string): SpfVerdict => {
  const bytes = plainBytes(ip);
  const count: Count = { lookups: 0, voids: 0 };
  if (!bytes) return { result: 'undecided', by: [], ...count };
  return { ...nodeVerdict(tree, bytes, count), ...count };
};

/** Every record of a tree, the outermost first. */
export const nodesOf = (node: SpfNode): readonly SpfNode[] => [
  node,
  ...node.terms.flatMap((term) => (term.node ? nodesOf(term.node) : [])),
];

/** Lookups and empty answers of the whole tree: what a receiver needs for a sender that is listed nowhere. */
export const spfSize = (tree: SpfNode): { readonly lookups: number; readonly voids: number } => {
  const terms = nodesOf(tree).flatMap((node) => node.terms);
  return {
    lookups: terms.filter(({ lookup }) => lookup).length,
    voids: terms.filter((term) => term.void).length,
  };
};
