import type { Report } from '../../model/report.ts';
import { masked } from '../../reason/mask.ts';
import { redactDeep, redactReport } from '../redact-report.ts';

/** Where the records of customers stand in a comparison: an example has a key and values, a refused record its beginning. */
const exampleFields = new Set(['key', 'left', 'right', 'shown', 'by']);
/** The same in a dry run: what was put in, written and sent. */
const sampleFields = new Set(['record', 'set', 'smallest', 'before', 'after', 'to', 'subject', 'body']);

const isExample = (node: object): boolean =>
  'shown' in node ||
  ('by' in node && 'rows' in node) ||
  ('key' in node &&
    typeof node.key === 'string' &&
    ('left' in node || 'right' in node || Object.keys(node).length === 1));

type Fields = (node: object, name: string) => boolean;
const ofComparison: Fields = (node, name) => exampleFields.has(name) && isExample(node);
const ofSamples: Fields = (_node, name) => sampleFields.has(name);

/** Goes through a value and hands every text of a record over; the rest stays. */
const mapped = <Value>(value: Value, fields: Fields, hide: (text: string) => string): Value => {
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(
      Object.entries(node).map(([name, inner]) => [name, fields(node, name) ? redactDeep(inner, hide) : walk(inner)]),
    );
  };
  // The walk keeps the shape: only the characters of texts change.
  return walk(value) as Value;
};

/** Shorter ones are no person: flags, single digits. */
const shortest = 2;

const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/**
 * The report without anybody's records: the values that it shows as examples lose their letters and digits, so that their
 * form can still be seen. Counts, columns and causes stay.
 */
export const withoutRecords = (report: Report): { readonly report: Report; readonly hidden: number } => {
  const values = new Set<string>();
  let hidden = 0;
  const hide = (text: string): string => {
    if (text.length >= shortest) values.add(text);
    hidden += 1;
    return masked(text);
  };
  const { comparison, comparisons, simulation, boundaries } = report;
  const clean: Report = {
    ...report,
    checks: report.checks.map((check) =>
      check.id.startsWith('sync.') ? { ...check, evidence: mapped(check.evidence, ofComparison, hide) } : check,
    ),
    ...(comparison ? { comparison: mapped(comparison, ofComparison, hide) } : {}),
    ...(comparisons ? { comparisons: mapped(comparisons, ofComparison, hide) } : {}),
    ...(simulation ? { simulation: mapped(simulation, ofSamples, hide) } : {}),
    ...(boundaries ? { boundaries: mapped(boundaries, ofSamples, hide) } : {}),
  };
  if (values.size === 0) return { report, hidden: 0 };
  // The sentences quote them, by themselves: a value such as "Won" is no part of other words.
  const longest = [...values].toSorted((one, other) => other.length - one.length).map(quoted);
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${longest.join('|')})(?![\\p{L}\\p{N}_])`, 'gu');
  const said = (text: string): string =>
    text.replace(pattern, (value) => {
      hidden += 1;
      return masked(value);
    });
  const told = redactReport(clean, said);
  const failures = (samples: Report['simulation'] = []) =>
    samples.map((one) =>
      one.failure ? { ...one, failure: { ...one.failure, message: said(one.failure.message) } } : one,
    );
  return {
    report: {
      ...told,
      checks: told.checks.map((check, at) => ({ ...check, evidence: clean.checks[at]?.evidence ?? [] })),
      ...(told.simulation ? { simulation: failures(told.simulation) } : {}),
    },
    hidden,
  };
};
