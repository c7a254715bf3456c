import { visible } from '../i18n/visible.ts';
import type { Severity } from '../model/cause.ts';
import { clipped } from './clipped.ts';

/** The level of a result. */
export const levels = { critical: 'error', warning: 'warning', info: 'note' } as const satisfies Record<
  Severity,
  string
>;

/** A name: of a target, a workflow, a mailbox. */
export const word = (text: string): string => visible(clipped(text, 400));

/** Plain words in a message: `](` would make a link (SARIF 2.1.0, 3.11.6), `{0}` a placeholder (3.11.5). */
/** Of one line; code scanning cuts what is much longer. */
const longest = 4000;

export const plain = (text: string): string =>
  visible(clipped(text, longest))
    .replace(/\](?=\()/g, '] ')
    .replace(/\{(\d+)\}/g, '{{$1}}');

export const message = (lines: readonly string[]) => ({ text: lines.map(plain).join('\n') || '-' });

/** A path as a URI reference (RFC 3986); whatever it may not hold is encoded, drives and roots become file URIs. */
const uriOf = (file: string): string => {
  const path = word(file.replaceAll('\\', '/')).split('/').map(encodeURIComponent).join('/');
  if (/^[A-Za-z]%3A\//.test(path)) return `file:///${path.replace('%3A', ':')}`;
  return path.startsWith('/') ? `file://${path}` : path;
};

interface Place {
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly endLine?: number | undefined;
  readonly endColumn?: number | undefined;
  /** What of the configuration is meant, as nothing in a report has a line of it. */
  readonly targets?: readonly string[];
  readonly mailbox?: string;
}

export const locationOf = ({
  file = 'crm-doctor.yaml',
  line = 1,
  column,
  endLine,
  endColumn,
  targets = [],
  mailbox = '',
}: Place) => ({
  physicalLocation: {
    artifactLocation: { uri: uriOf(file) },
    region: {
      startLine: Math.max(1, line),
      ...(column === undefined ? {} : { startColumn: Math.max(1, column) }),
      ...(endLine === undefined || endColumn === undefined
        ? {}
        : { endLine: Math.max(1, endLine), endColumn: Math.max(1, endColumn) }),
    },
  },
  ...(targets.length === 0
    ? {}
    : {
        logicalLocations: targets.map((target) => ({
          name: word(target),
          fullyQualifiedName: word(`${mailbox}/${target}`),
        })),
      }),
});

/** Of what is hashed; what differs only after that is told apart by its length. */
const hashed = 10_000;

/** FNV-1a, 64 bits: tells findings apart, keeps no secret. */
const hash = (whole: string): string => {
  const text = whole.length > hashed ? `${whole.slice(0, hashed)}${whole.length}` : whole;
  let value = 0xcbf29ce484222325n;
  for (let index = 0; index < text.length; index += 1) {
    value = BigInt.asUintN(64, (value ^ BigInt(text.charCodeAt(index))) * 0x100000001b3n);
  }
  return value.toString(16).padStart(16, '0');
};

/** The same finding of two runs gets the same mark; GitHub reads only this name. */
export const fingerprint = (...parts: readonly string[]) => ({
  primaryLocationLineHash: `${hash(parts.join('\n'))}:1`,
});
