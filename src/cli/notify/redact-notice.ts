import type { Notice } from '../../notify/notice.ts';
import type { Redact } from '../redact-report.ts';

/** What is ours, and what everything goes by: a password such as "mail" must not turn a cause into something else. */
const ours = new Set(['kind', 'severity', 'cause', 'id', 'at', 'since', 'from', 'ended', 'owner', 'now']);

/** Every word of a notice that could be a server's or a person's. */
export const redactNotice = (notice: Notice, redact: Redact): Notice => {
  const walk = (node: unknown, key: string): unknown => {
    if (typeof node === 'string') return ours.has(key) ? node : redact(node);
    if (Array.isArray(node)) return node.map((one) => walk(one, key));
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([name, inner]) => [name, walk(inner, name)]));
  };
  // The walk keeps the shape: only the characters of strings change.
  return walk(notice, '') as Notice;
};
