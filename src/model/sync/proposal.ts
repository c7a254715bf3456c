import type { Text } from '../text.ts';
import type { ColumnRole, ColumnType } from './column.ts';
import type { SourceFailure } from './source.ts';
import type { KeyRule, UnlikeKeys } from './subject.ts';

interface KeyColumns {
  readonly left: readonly string[];
  readonly right: readonly string[];
  readonly rules: readonly KeyRule[];
}

/** A key that may be relied on. */
export interface ProposedKey extends KeyColumns {
  /** 0 to 1. */
  readonly confidence: number;
  readonly evidence: readonly Text[];
  /** Absent: all keys are written alike. */
  readonly unlike?: UnlikeKeys;
}

/** A key that was looked at and does not do. */
export interface FailedKey extends KeyColumns {
  readonly why: readonly Text[];
}

/** Two columns that are to be compared. */
export interface ProposedField {
  readonly left: string;
  readonly right: string;
  readonly as?: ColumnType;
  readonly role?: ColumnRole;
  /** As the configuration writes it: `2s`. */
  readonly tolerance?: string;
  /** 0 to 1. */
  readonly confidence: number;
  readonly evidence: readonly Text[];
}

/** A pair of columns that look alike and are better not compared. */
export interface IgnoredField {
  readonly left: string;
  readonly right: string;
  readonly why: Text;
}

/** What two open sides say of how they are to be compared. Plain JSON. */
export interface SyncProposal {
  readonly kind: 'sync-proposal';
  /** Rows that were looked at, and whether they are all. */
  readonly rows: Readonly<Record<'left' | 'right', { readonly looked: number; readonly whole: boolean }>>;
  /** Absent: none is good enough, and `failedKeys` say why. */
  readonly key?: ProposedKey;
  /** Keys that would do as well. */
  readonly otherKeys: readonly ProposedKey[];
  /** The likeliest first. */
  readonly failedKeys: readonly FailedKey[];
  readonly fields: readonly ProposedField[];
  readonly ignored: readonly IgnoredField[];
  /** Columns that nothing on the other side is like. */
  readonly unmapped: Readonly<Record<'left' | 'right', readonly string[]>>;
  /** Columns of `fields` whose times mostly do not say in which zone they are. */
  readonly zoneless?: Readonly<Record<'left' | 'right', readonly string[]>>;
  /** A side was not read to its end. */
  readonly failures: readonly { readonly side: 'left' | 'right'; readonly failure: SourceFailure }[];
}
