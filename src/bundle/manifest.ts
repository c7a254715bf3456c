import { createHash } from 'node:crypto';
import type { Text } from '../model/text.ts';
import type { Entry, Redactions, Section } from './entry.ts';

/** What a bundle says of itself, so that whoever gets it can check that it is whole. */
export interface Manifest {
  readonly schema: 'crm-doctor/bundle/v1';
  /** The short one for a ticket. */
  readonly id: string;
  readonly run: string;
  readonly command: string;
  readonly target: string;
  /** RFC 3339 UTC */
  readonly createdAt: string;
  readonly tool: { readonly name: 'crm-doctor'; readonly version: string };
  readonly anonymized: boolean;
  readonly entries: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly sha256: string;
    readonly why: Text;
    readonly redactions: Redactions;
  }[];
  readonly leftOut: readonly LeftOut[];
  /** Secrets whose value is not known here, so that only their form could be looked for. */
  readonly notLookedFor: readonly { readonly name: string; readonly why: Text }[];
}

/** A part that is not in the bundle, and why. */
export interface LeftOut {
  readonly section: Section;
  readonly why: Text;
}

export const manifestName = 'manifest.json';

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const manifestRow = ({ name, bytes, why, redactions }: Entry): Manifest['entries'][number] => ({
  name,
  bytes: bytes.length,
  sha256: sha256(bytes),
  why,
  redactions,
});

const isRow = (value: unknown): value is Manifest['entries'][number] =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  'bytes' in value &&
  Number.isSafeInteger(value.bytes) &&
  'sha256' in value &&
  typeof value.sha256 === 'string' &&
  /^[0-9a-f]{64}$/.test(value.sha256);

/** What has to be known of a manifest to check a bundle by it. */
export type ReadManifest = Pick<Manifest, 'entries' | 'anonymized'>;

/** A manifest from a file that anybody may have written; undefined where it is none. */
export const readManifest = (text: string): ReadManifest | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('schema' in value) || !('entries' in value)) return undefined;
    const { schema, entries } = value;
    if (schema !== 'crm-doctor/bundle/v1' || !Array.isArray(entries) || !entries.every(isRow)) return undefined;
    return { entries, anonymized: 'anonymized' in value && value.anonymized === true };
  } catch {
    return undefined;
  }
};
