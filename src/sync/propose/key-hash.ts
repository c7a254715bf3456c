import { longHash } from '../duplicates/alone.ts';
import type { AskedForm } from '../engine/ask.ts';
import { keyOfParts } from './key-rules.ts';

/** A form in which keys are held against each other. */
export interface FormOfKeys {
  readonly of: (part: string) => string;
  /** The same of ASCII bytes. */
  readonly plain: AskedForm;
}

/** A row has no such key: its parts are all blank, or one is too long. */
export const noKey = -1;

/** The hash of a key by its parts. */
export const hashOfParts = (parts: readonly string[], { of }: FormOfKeys): number => {
  const key = keyOfParts(parts, of);
  return key === undefined ? noKey : longHash(key);
};
