import type { ReadingProblem, Suppression } from '../model/workflow/project.ts';
import type { Schema } from '../model/workflow/schema.ts';
import type { Format, Workflow } from '../model/workflow/workflow.ts';

/** A file whose bytes have become text within the limits. */
export interface SourceText {
  /** Relative to the working directory, with `/`: what places name. */
  readonly file: string;
  /** Without a byte-order mark. */
  readonly text: string;
  /** The object of a definition that names none: `workflow.objects`, or the schema's only one. */
  readonly object?: string;
}

/** What came out of one file. */
export interface Imported {
  readonly workflows: readonly Workflow[];
  readonly problems: readonly ReadingProblem[];
  readonly suppressions: readonly Suppression[];
  /** What the file says of objects, permissions, templates (Salesforce metadata, kintone's `fields.json`): joined field by field. */
  readonly schema?: Partial<Schema>;
  /** Workflows that are there but could not be read, by id: calling them is no fault of the caller. */
  readonly unread?: readonly string[];
  /** Whatever `finish` needs of this file. */
  readonly kept?: unknown;
}

/** One format, in one file `<format>.importer.ts` that `npm run generate` lists. */
export interface Importer {
  readonly kind: 'importer';
  readonly name: string;
  /** None: schema, permissions and the like, which stand beside definitions. */
  readonly formats: readonly Format[];
  /**
   * Whether this file is its; told by content, and quickly: it is asked for every file of a folder, in the order of the importers'
   * file names. The text may be cut off or not well-formed.
   */
  recognises(source: SourceText): boolean;
  /** Never throws for what the file holds: what cannot be read is a problem, what is not known is opaque. */
  read(source: SourceText): Imported;
  /** Joins what is spread over files (a mail alert and the flow that sends it); `parts` are those of this importer, by path. */
  finish?(parts: readonly { readonly file: string; readonly imported: Imported }[]): readonly Imported[];
}
