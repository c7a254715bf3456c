import type { Text } from '../text.ts';
import type { ColumnType } from './column.ts';

/**
 * A rule under which two notations of one value are equal: `canonical` of both is the same. Pure, quick, total; undefined where the
 * rule says nothing of such a value.
 */
export interface NormalRule {
  readonly kind: 'normal-rule';
  /** `width`, `phone`, `legal-form` … printed and relied on. */
  readonly id: string;
  readonly title: Text;
  /** Columns of these types only; absent: all. */
  readonly types?: readonly ColumnType[];
  /** The cause (CAUSES-SYNC.md) that stands behind it when it explains many pairs. */
  readonly cause: string;
  readonly canonical: (value: string) => string | undefined;
  /** The notation that it is about, where its canonical form folds others too: one of two values has to be written so. */
  readonly isOwn?: (value: string) => boolean;
  /**
   * The signs that it changes or takes away. A value without any stays as it is, and two values that have none of them where they part
   * (`partingOf`) are not one under it, so that most rules need not be asked of most values. Absent: it has to be asked.
   */
  readonly signs?: RegExp;
}

/** What it made of the two values that it was asked of last: a pair is asked of again and again, by causes and by what counts them. */
const remembering = (canonical: NormalRule['canonical']): NormalRule['canonical'] => {
  let [last, before]: { readonly value: string; readonly made: string | undefined }[] = [];
  return (value) => {
    if (last?.value === value) return last.made;
    if (before?.value === value) return before.made;
    before = last;
    last = { value, made: canonical(value) };
    return last.made;
  };
};

export const defineNormalRule = (rule: Omit<NormalRule, 'kind'>): NormalRule => ({
  kind: 'normal-rule',
  ...rule,
  canonical: remembering(rule.canonical),
});
