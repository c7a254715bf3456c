import type { Report } from '../../../model/report.ts';
import type { Language, Text } from '../../../model/text.ts';
import { statusWords } from '../../../report/words.ts';
import type { Difference } from '../../../runbook/drift/differences.ts';
import { differenceText } from '../../../runbook/drift/words.ts';

const statusOf = (status: string | undefined, language: Language): string => {
  if (status === undefined) return { en: 'not part of the run', ja: '検査なし' }[language];
  return Object.entries(statusWords).find(([key]) => key === status)?.[1][language] ?? status;
};

/** How checks and causes came out; the other aspects are told alike everywhere. */
const lineOf = (difference: Difference, language: Language): string => {
  const { aspect, where, before, after } = difference;
  if (aspect === 'status') return `${where}: ${statusOf(before, language)} → ${statusOf(after, language)}`;
  if (aspect !== 'cause') return differenceText({ ...difference, aspect }, language);
  return (
    after === undefined
      ? { en: `no longer found: ${where}`, ja: `解消した原因: ${where}` }
      : { en: `newly found: ${where}`, ja: `新しく見つかった原因: ${where}` }
  )[language];
};

type Part = 'checks' | 'causes' | 'settings' | 'crm' | 'records' | 'workflows' | 'servers';

const partOf = ({ aspect }: Difference): Part => {
  switch (aspect) {
    case 'status':
      return 'checks';
    case 'cause':
      return 'causes';
    case 'setting':
      return 'settings';
    case 'crm-setting':
      return 'crm';
    case 'workflow':
      return 'workflows';
    case 'fields':
    case 'rows':
    case 'columns':
    case 'column':
    case 'counts':
      return 'records';
    default:
      return 'servers';
  }
};

const headings: Readonly<Record<Part, Text>> = {
  checks: { en: 'Checks', ja: '検査の結果' },
  causes: { en: 'Causes', ja: '原因' },
  settings: { en: 'Settings', ja: '設定' },
  crm: { en: 'Mail accounts in the CRM', ja: 'CRM のメールアカウント' },
  records: { en: 'Records', ja: 'レコード' },
  workflows: { en: 'Workflows', ja: 'ワークフロー' },
  servers: { en: 'Servers', ja: 'サーバー' },
};

/** Lines under headings; a mailbox is named where there are several. */
export const differenceLines = (
  differences: readonly Difference[],
  language: Language,
): readonly { readonly heading: string; readonly lines: readonly string[] }[] => {
  const several = new Set(differences.map(({ mailbox }) => mailbox)).size > 1;
  const parts: readonly Part[] = ['checks', 'causes', 'settings', 'crm', 'records', 'workflows', 'servers'];
  return parts.flatMap((part) => {
    const own = differences.filter((one) => partOf(one) === part);
    const line = (one: Difference) => (several && one.mailbox !== '' ? `${one.mailbox}: ` : '') + lineOf(one, language);
    return own.length === 0 ? [] : [{ heading: headings[part][language], lines: own.map(line) }];
  });
};

/** `20261124T020512Z-ab12cd (2026-11-24 02:05, OK)`. */
export const runName = ({ run, status }: Report, language: Language): string => {
  const when = String(run.startedAt).slice(0, 16).replace('T', ' ');
  return `${run.id} (${when}, ${statusOf(status, language)})`;
};
