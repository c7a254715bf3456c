/** A word that may be typed, and what it means in the reader's language. */
export interface Named {
  readonly name: string;
  readonly about: string;
}

/** What only the user's own files know, asked when it is completed. */
export type Source = 'runs' | 'mailboxes' | 'comparisons' | 'crms' | 'variables';

/** What may stand at a place of the command line. */
export type Values =
  | { readonly kind: 'words'; readonly words: readonly Named[] }
  /** A list that several places share. */
  | { readonly kind: 'set'; readonly set: string }
  | { readonly kind: 'source'; readonly source: Source; readonly files?: boolean }
  | { readonly kind: 'files' }
  | { readonly kind: 'directories' }
  /** Something that only the user knows. */
  | { readonly kind: 'anything' };

export interface Flag {
  readonly names: readonly string[];
  readonly about: string;
  readonly values?: Values;
  /** Takes every word up to the next flag. */
  readonly many: boolean;
  /** May be given again. */
  readonly again: boolean;
}

/** One command with what can follow it; `at` holds its words: `runbook list`, or nothing for crm-doctor itself. */
export interface Place {
  readonly at: string;
  readonly commands: readonly Named[];
  readonly flags: readonly Flag[];
  /** By position; the last one holds for all that follow where the command takes more. */
  readonly values: readonly Values[];
  readonly more: boolean;
}

/** Everything that can be typed, in one language. */
export interface Tree {
  readonly places: readonly Place[];
  readonly sets: Readonly<Record<string, readonly Named[]>>;
}
