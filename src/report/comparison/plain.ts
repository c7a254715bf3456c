import type { ComparisonReport } from '../../model/sync/report.ts';
import { grouped, type Language } from '../../model/text.ts';
import { classNote, classRows, recordsIn, unexplainedText } from './classes.ts';
import { bestRule, causesOfField, differingFields, nameOfField } from './fields.ts';
import { listed, percentOf } from './numbers.ts';
import { workText } from './sides.ts';
import { comparisonWords as words } from './words.ts';

const mostFields = 20;

/** A comparison as plain lines without layout, for formats that carry one text. Not escaped yet. */
export const plainComparison = (comparison: ComparisonReport, language: Language): readonly string[] => {
  const all = recordsIn(comparison);
  const differing = differingFields(comparison);
  const rest = differing.length - mostFields;
  const { left, right, rows, cut } = comparison;
  return [
    `${words.left[language]}: ${left.name} (${grouped(rows.left)}), ${words.right[language]}: ${right.name} (${grouped(rows.right)})`,
    ...(cut ? [`${words[cut.side][language]}: ${cut.says}`] : []),
    ...classRows(comparison).map((row) => {
      const note = classNote(row, 3)[language];
      const count = `${row.label[language]}: ${grouped(row.n)} (${percentOf(row.n, all)})`;
      return `${row.depth === 1 ? '  ' : ''}${note === '' ? count : `${count}: ${note}`}`;
    }),
    ...differing.slice(0, mostFields).map((field) => {
      const why = [bestRule(field), causesOfField(field, language)].filter((one) => one !== '');
      const open = field.unexplained > 0 ? [`${words.unexplained[language]} ${grouped(field.unexplained)}`] : [];
      return `${nameOfField(field)}: ${grouped(field.differ)}: ${listed([...why, ...open], language)}`;
    }),
    ...(rest > 0 ? [{ en: `and ${grouped(rest)} more columns`, ja: `ほか ${grouped(rest)} 項目` }[language]] : []),
    `${words.unexplained[language]}: ${unexplainedText(comparison)[language]}`,
    workText(comparison, language),
  ];
};
