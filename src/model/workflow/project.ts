import type { Text } from '../text.ts';
import type { Place } from './place.ts';
import type { Schema } from './schema.ts';
import type { Format, Workflow } from './workflow.ts';

/** A file that was looked at. */
export interface SourceFile {
  readonly file: string;
  /** `workflow`: definitions; `side`: schema, permissions, templates beside them; `other`: none of ours. */
  readonly role: 'workflow' | 'side' | 'other' | 'unreadable';
  readonly format?: Format;
  readonly workflows: number;
}

/** What reading found wrong; the ids are those of RULES-WORKFLOW, "Reading", and `action-unknown-parameter`. */
export interface ReadingProblem {
  readonly rule:
    | 'parse-syntax'
    | 'parse-encoding'
    | 'parse-limit'
    | 'parse-duplicate-key'
    | 'parse-unknown-key'
    | 'parse-value'
    | 'parse-unrecognized'
    | 'internal-error';
  readonly place: Place;
  readonly message: Text;
  readonly fix?: Text;
  readonly workflow?: string;
  /** A name that nobody knows at the place of the problem, and the one that was probably meant. */
  readonly rename?: { readonly from: string; readonly to: string };
}

/** `crm-doctor-disable-next-line RULES -- reason`, as a comment or in a description. */
export interface Suppression {
  /** Without `workflow.`. */
  readonly rules: readonly string[];
  readonly reason?: string;
  /** `2027-03-31` */
  readonly until?: string;
  readonly place: Place;
  /** What it covers: the whole file, or lines from–to (both inclusive). */
  readonly covers: { readonly from: number; readonly to: number } | 'file';
}

/** All definitions of one run: calls and interactions are looked for in it. */
export interface Project {
  /** By path, then by their order in the file. */
  readonly workflows: readonly Workflow[];
  readonly schema: Schema;
  readonly files: readonly SourceFile[];
  readonly problems: readonly ReadingProblem[];
  readonly suppressions: readonly Suppression[];
  /** Ids of workflows that are there and could not be read: calling them is no fault of the caller. */
  readonly unread?: readonly string[];
  /** The lint date. */
  readonly now: Date;
}
