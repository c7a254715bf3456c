import type { ComparedField, ComparisonReport } from '../../model/sync/report.ts';
import { grouped, type Language } from '../../model/text.ts';

/** `phone`, or `phone / tel` where the sides call it differently. */
export const nameOfField = ({ left, right }: Pick<ComparedField, 'left' | 'right'>): string =>
  left === right ? left : `${left} / ${right}`;

/** The columns that differ, those that differ most first. */
export const differingFields = ({ fields }: ComparisonReport): readonly ComparedField[] =>
  fields.filter(({ differ }) => differ > 0).toSorted((one, other) => other.differ - one.differ);

const largest = <One extends { readonly n: number }>(list: readonly One[]): readonly One[] =>
  list.toSorted((one, other) => other.n - one.n);

/** A number is worth saying only where it is not the whole. */
const counted = (name: string, n: number, of: number): string => (n === of ? name : `${name} ${grouped(n)}`);

/** The rule under which most of the differing values are equal. */
export const bestRule = ({ equalUnder, differ }: ComparedField): string => {
  const [first] = largest(equalUnder);
  return first ? counted(first.title, first.n, differ) : '';
};

/** Ids of what explains the differences of a column. */
export const causesOfField = ({ explained, differ }: ComparedField, language: Language): string =>
  largest(explained)
    .map(({ cause, n }) => counted(cause, n, differ))
    .join(language === 'ja' ? '、' : ', ');

/** What is known of a column in one cell: its causes, else the rule. */
export const whyOfField = (field: ComparedField, language: Language): string =>
  field.explained.length > 0 ? causesOfField(field, language) : bestRule(field);
