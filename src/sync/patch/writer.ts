import type { Text } from '../../model/text.ts';
import type { Correction, LeftOut, RowCorrection } from './change.ts';

/** One format of corrections, row after row. */
export interface PatchWriter {
  readonly head: () => string;
  /** Why this format cannot hold a correction of the row, or the row at all; absent: it holds all. */
  readonly refuses?: (row: RowCorrection, correction?: Correction) => LeftOut | undefined;
  /** Text of this row, which may come later and then with `foot`. */
  readonly row: (row: RowCorrection) => string;
  readonly foot: (written: { readonly rows: number; readonly values: number }) => string;
  /** What a person should know who uses the file; asked at the end. */
  readonly notes?: () => readonly Text[];
}
