import type { ReadingProblem, Suppression } from '../model/workflow/project.ts';
import type { Schema } from '../model/workflow/schema.ts';
import type { Format, Workflow } from '../model/workflow/workflow.ts';

/** One file as an importer gets it: text that was decoded and is within the limits. */
export interface Source {
  /** As places have it: relative to the working directory, with `/`. */
  readonly file: string;
  /** Without a byte-order mark. */
  readonly text: string;
  /** What the first character that is no blank says: `<`, `{` or `[`, anything else. */
  readonly syntax: 'xml' | 'json' | 'yaml';
  /** The object of a definition that names none: `workflow.objects`, or the schema's only one. */
  readonly object?: string;
}

/** What a file held. A file of schema or permissions gives only its part of the schema. */
export interface Imported {
  readonly workflows: readonly Workflow[];
  readonly problems: readonly ReadingProblem[];
  readonly suppressions: readonly Suppression[];
  /** Objects are joined field by field with what other files say of them. */
  readonly schema?: Partial<Schema>;
  /** Workflows that are there but could not be read, by id: calling them is no fault of the caller. */
  readonly unread?: readonly string[];
}

/** Reads one format into the neutral model. A file `<format>.importer.ts` exports it; `npm run generate` lists it. */
export interface Importer {
  readonly name: string;
  /** Absent: schema, permissions and the like, which stand beside definitions. */
  readonly format?: Format;
  /**
   * Cheap, and of the content: asked of every file, in the order of the importers' file names, until one says yes. The text may
   * be cut off or not well-formed.
   */
  readonly recognises: (source: Source) => boolean;
  /** Never throws for what a file may hold: that is a problem with its place. */
  readonly read: (source: Source) => Imported;
}
