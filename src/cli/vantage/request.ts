import type { MailConfig } from '../../model/config.ts';
import type { Language } from '../../model/text.ts';

/** All that the other machine needs to know; it travels on the standard input of ssh and nowhere else. */
export interface VantageRequest {
  readonly target: string;
  readonly version: string;
  readonly language: Language;
  readonly mailboxes: readonly { readonly config: MailConfig; readonly path: string; readonly label: string }[];
  /** Values of secrets by their id. */
  readonly secrets: readonly (readonly [string, string])[];
  /** Files of the configuration that were read on this machine, by name. */
  readonly files: readonly (readonly [string, string])[];
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly failOn: 'warn' | 'fail';
  readonly timeoutMs: number;
  readonly connectionsPerPort: number;
}

/** What it answers, on one line. */
export interface VantageAnswer {
  readonly report: unknown;
  readonly evidence: unknown;
  /** `Linux 6.1.0` */
  readonly system: string;
  /** Whatever kept the run from starting there. */
  readonly error?: { readonly en: string; readonly ja: string };
}

/** More than this is no report of ours. */
export const largestAnswer = 32 * 1024 * 1024;
