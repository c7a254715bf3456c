import type { Text } from '../model/text.ts';

/** What may be left out or asked for by name. */
export const sections = [
  'report',
  'evidence',
  'runbook',
  'config',
  'environment',
  'logs',
  'ticket',
  'records',
] as const;
export type Section = (typeof sections)[number];

/** `data`: JSON. `text`: what people and programs wrote. `derived`: our own words around data of another entry. */
export type EntryKind = 'data' | 'text' | 'derived';

/** How often each rule took something out. */
export type Redactions = Readonly<Record<string, number>>;

/** One file of a bundle, as it is written. */
export interface Entry {
  readonly name: string;
  readonly kind: EntryKind;
  readonly why: Text;
  readonly bytes: Buffer;
  readonly redactions: Redactions;
}
