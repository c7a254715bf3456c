import { formatDate } from '../i18n/format.ts';
import type { DriftReport, Report } from '../model/report.ts';
import type { Language } from '../model/text.ts';

/** What changed since the baseline, as every format tells it. */
export interface DriftTold {
  readonly title: string;
  readonly changes: readonly { readonly severity: 'info' | 'warning'; readonly says: string }[];
  /** Words for what is left out. */
  readonly more?: string;
  /** What to do where all of it is as it should be. */
  readonly advice?: { readonly before: string; readonly command: string };
}

const titleOf = ({ since }: DriftReport, language: Language): string => {
  const day = formatDate(since.at, language);
  return since.accepted
    ? { en: `Changed since the accepted baseline (${day})`, ja: `承認した基準（${day}）からの変更点` }[language]
    : { en: `Changed since the last good run (${day})`, ja: `前回の正常な検査（${day}）からの変更点` }[language];
};

const notShown = (count: number, language: Language): string =>
  ({ en: `and ${count} more`, ja: `ほか ${count} 件` })[language];

/** `most` limits the list where there is little room. */
export const driftTold = (
  report: Report,
  language: Language,
  most = Number.POSITIVE_INFINITY,
): DriftTold | undefined => {
  const { drift } = report;
  // A report may come from a file, with anything in it.
  const all = drift?.changes.filter(({ says }) => says.trim() !== '') ?? [];
  if (!drift || all.length === 0) return undefined;
  const several = new Set(all.map(({ mailbox }) => mailbox)).size > 1;
  const shown = all.slice(0, most);
  const left = all.length - shown.length + (drift.more ?? 0);
  const grave = all.some(({ severity }) => severity === 'warning');
  return {
    title: titleOf(drift, language),
    changes: shown.map(({ severity, says, mailbox }) => ({
      severity,
      says: several && mailbox !== '' ? `${mailbox}: ${says}` : says,
    })),
    ...(left > 0 ? { more: notShown(left, language) } : {}),
    ...(grave
      ? {
          advice: {
            before: { en: 'If this was intended: ', ja: '意図した変更の場合: ' }[language],
            command: 'crm-doctor runbook accept',
          },
        }
      : {}),
  };
};
