import type { Text } from '../../../model/text.ts';
import type { Edit } from '../../../model/workflow/finding.ts';
import type { Literal, Site } from './sites.ts';

/** What happens when a set of conditions never holds. */
export const neverHolds = ({ decides }: Site): Text => {
  switch (decides) {
    case 'entry':
      return { en: 'the workflow never starts', ja: 'このワークフローは一度も開始されません' };
    case 'branch':
      return { en: 'this branch never runs', ja: 'この分岐は一度も実行されません' };
    case 'filter':
      return { en: 'no record is ever found', ja: '該当するレコードは 1 件もありません' };
    case 'wait':
      return { en: 'the wait never ends', ja: '待機が終わりません' };
    case 'transition':
      return { en: 'nobody can ever take this action', ja: 'このアクションは誰も実行できません' };
  }
};

/** What happens when a set of conditions always holds. */
export const alwaysHolds = ({ decides }: Site): Text => {
  switch (decides) {
    case 'entry':
      return { en: 'the workflow runs on every record', ja: 'このワークフローはすべてのレコードで実行されます' };
    case 'branch':
      return { en: 'this branch always runs', ja: 'この分岐は必ず実行されます' };
    case 'filter':
      return { en: 'every record is found', ja: 'すべてのレコードが該当します' };
    case 'wait':
      return { en: 'it does not wait at all', ja: '待機せずに先へ進みます' };
    case 'transition':
      return { en: 'it limits nothing', ja: 'アクションの制限になっていません' };
  }
};

/** The edit that writes another value in place of a literal, inside of its quotes. None where its exact extent is not known. */
export const rewriting = ({ value, place }: Literal, text: string): readonly Edit[] => {
  const { file, line, column, endLine, endColumn } = place;
  const length = String(value).length;
  if (endLine !== line || endColumn === undefined || /['"\\&<>]/.test(text)) return [];
  if (endColumn === column + length) {
    // A bare word of YAML may become something else: only plain ones are written without quotes.
    return /^[\p{L}_][\p{L}\p{N}_ -]*$/u.test(text) ? [{ file, line, column, endLine, endColumn, text }] : [];
  }
  return endColumn === column + length + 2
    ? [{ file, line, column: column + 1, endLine, endColumn: endColumn - 1, text }]
    : [];
};
