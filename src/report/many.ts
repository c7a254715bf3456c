import type { ManyGroup, ManyReport } from '../model/many.ts';
import type { Report } from '../model/report.ts';
import type { Language } from '../model/text.ts';

/** So many names stand beside a group; the rest is counted. */
const mostNames = 8;

/** So many groups get an example in full. */
const mostExamples = 30;

/** `37 of 40 mailboxes at imap.example.co.jp: the certificate has expired` */
export const groupWords = ({ mailboxes, of, place, title }: ManyGroup, language: Language): string => {
  const count = mailboxes.length;
  if (language === 'ja') {
    const where = place === '' ? '' : `${place} の`;
    return `${where}${of} 件のメールボックスのうち ${count} 件: ${title}`;
  }
  const many = of === 1 ? 'mailbox' : 'mailboxes';
  return `${count} of ${of} ${many}${place === '' ? '' : ` at ${place}`}: ${title}`;
};

/** The mailboxes of a group, as far as they help. */
export const groupNames = ({ mailboxes }: ManyGroup, language: Language, all: boolean): string => {
  const most = all ? mailboxes.length : mostNames;
  const names = mailboxes.slice(0, most).join(language === 'ja' ? '、' : ', ');
  const rest = mailboxes.length - most;
  if (rest <= 0) return names;
  return language === 'ja' ? `${names} ほか ${rest} 件` : `${names} and ${rest} more`;
};

/** What was looked at: how many, of which list, which part. */
export const spanWords = (many: ManyReport, language: Language): string => {
  const { mailboxes, disabled, shard, tenant, merged } = many;
  const ja = language === 'ja';
  const ill = new Set(many.groups.flatMap((group) => group.mailboxes)).size;
  const parts = [
    ja
      ? `メールボックス ${mailboxes} 件、うち問題のあるもの ${ill} 件`
      : `${mailboxes} mailboxes, ${ill} with problems`,
    ...(tenant === undefined ? [] : [ja ? `テナント ${tenant}` : `tenant ${tenant}`]),
    ...(shard ? [ja ? `${shard.of} 分割の ${shard.index} 番目` : `part ${shard.index} of ${shard.of}`] : []),
    ...(disabled > 0 ? [ja ? `無効 ${disabled} 件` : `${disabled} disabled`] : []),
    ...(merged
      ? [ja ? `${merged.runs.length} 回の結果をまとめたもの` : `put together from ${merged.runs.length} runs`]
      : []),
  ];
  return parts.join(ja ? '、' : ', ');
};

/** What is missing or doubtful in reports that were put together. */
export const mergeWords = ({ merged }: ManyReport, language: Language): readonly string[] => {
  if (!merged) return [];
  const ja = language === 'ja';
  const { missing, duplicates, versions } = merged;
  const shown = duplicates.slice(0, mostNames).join(ja ? '、' : ', ');
  const rest = duplicates.length - mostNames;
  const more = rest > 0 ? (ja ? ` ほか ${rest} 件` : ` and ${rest} more`) : '';
  return [
    ...(missing.length > 0
      ? [
          ja
            ? `次の部分の結果がありません: ${missing.join('、')}`
            : `the results of these parts are missing: ${missing.join(', ')}`,
        ]
      : []),
    ...(duplicates.length > 0
      ? [
          ja
            ? `複数の結果にあるメールボックス（新しいものを採用）: ${shown}${more}`
            : `in several of the results, of which the latest counts: ${shown}${more}`,
        ]
      : []),
    ...(versions.length > 1
      ? [
          ja
            ? `異なるバージョンの crm-doctor による結果です: ${versions.join('、')}`
            : `the results are of several versions of crm-doctor: ${versions.join(', ')}`,
        ]
      : []),
  ];
};

export const exampleNote = {
  en: 'One mailbox of each kind is shown in full; --verbose shows every one.',
  ja: '以下では、種類ごとに 1 件だけを詳しく示します（--verbose ですべて表示）。',
} as const;

/** Of many mailboxes one of each group, for a reader; everything else stays as it is. */
export const withExamples = (report: Report): Report => {
  const { many } = report;
  if (!many) return report;
  const shown = new Set(many.groups.slice(0, mostExamples).flatMap(({ mailboxes: [first] }) => first ?? []));
  const listed = new Set(Object.values(many.tenants ?? {}).flat());
  // What is no mailbox of the many (a CRM, a comparison) is shown as always.
  const isMailbox = (mailbox: string): boolean =>
    listed.has(mailbox) || (mailbox !== '' && !/^(?:crm|sync)(?::|$)/.test(mailbox));
  const isShown = ({ mailbox }: { readonly mailbox: string }): boolean => shown.has(mailbox) || !isMailbox(mailbox);
  return { ...report, checks: report.checks.filter(isShown), diagnoses: report.diagnoses.filter(isShown) };
};
