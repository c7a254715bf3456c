/** Which mailboxes a run was about, where they are many. */
export interface ManySpan {
  readonly mailboxes: number;
  /** Rows of the list that are switched off. */
  readonly disabled: number;
  /** The list. */
  readonly file?: string;
  /** `index` from 1. */
  readonly shard?: { readonly index: number; readonly of: number };
  readonly tenant?: string;
}
