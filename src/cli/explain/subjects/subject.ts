import type { Text } from '../../../model/text.ts';
import { fits } from '../../../reason/file-glob.ts';
import type { Area } from '../../catalogue.ts';

/** Something to read about as a whole: one part of what can fail, with all that is known of it. */
export interface Subject {
  readonly name: string;
  readonly area: Area;
  readonly title: Text;
  /** What it is and how it fails here, in a few sentences. */
  readonly about: Text;
  /** Ids of the glossary: the words that one meets with it. */
  readonly terms: readonly string[];
  /** Ids or globs of causes and rules. */
  readonly causes: readonly string[];
  /** The checks that look at it. */
  readonly checks: readonly string[];
  /** By what it announces itself, and what to look at from time to time. */
  readonly nextTime: Text;
}

/** Whether a cause or a rule belongs to it. */
export const belongsTo = ({ causes }: Subject, id: string): boolean => causes.some((glob) => fits(id, glob));
