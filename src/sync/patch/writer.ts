import type { Text } from '../../model/text.ts';
import type { LeftOut, RowCorrection } from './change.ts';

/** One format of corrections, row after row. */
export interface PatchWriter {
  readonly head: () => string;
  /** Text of this row, which may come later and then with `foot`; or why it cannot be written in this format. */
  readonly row: (row: RowCorrection) => { readonly text: string } | { readonly left: LeftOut };
  readonly foot: (written: { readonly rows: number; readonly values: number }) => string;
  /** What a person should know who uses the file; asked at the end. */
  readonly notes?: () => readonly Text[];
}
