import type { Report } from '../../model/report.ts';
import type { Language } from '../../model/text.ts';
import { isGoodRun } from '../../runbook/good.ts';
import type { RunbookRecord } from '../../runbook/record.ts';
import type { Runbook } from '../../runbook/runbook.ts';
import { resolutionText } from '../../runbook/solutions.ts';
import { changeWords } from '../commands/runbook/lines.ts';

/** What the runbook tells of a failure: since when, and what was done. */
export interface Story {
  /** RFC 3339: the last good run of the same checks before this one. */
  readonly since?: string;
  readonly records: readonly RunbookRecord[];
}

const mostRecords = 300;

/** The records since the last good run of the same target, and to this day; those of other targets are left out. */
export const storyOf = async (runbook: Runbook, { run }: Report): Promise<Story> => {
  let since: string | undefined;
  let records: RunbookRecord[] = [];
  let over = false;
  const others = new Set<string>();
  for await (const record of runbook.read()) {
    const about = 'run' in record ? record.run : undefined;
    if (record.kind === 'run-started' || record.kind === 'run-finished') {
      const same = record.target === run.target && record.command === run.command;
      if (!same) {
        if (about !== undefined) others.add(about);
        continue;
      }
      if (record.kind === 'run-finished' && !over && record.run !== run.id && isGoodRun(record)) {
        since = record.at;
        records = [];
      }
      if (about === run.id && record.kind === 'run-finished') over = true;
    }
    if (about !== undefined && others.has(about)) continue;
    records.push(record);
    if (records.length > mostRecords) records.shift();
  }
  return { ...(since === undefined ? {} : { since }), records };
};

const deedOf = (record: RunbookRecord): ((language: Language) => string) | undefined => {
  switch (record.kind) {
    case 'change-done':
      return (language) => `${{ en: 'changed', ja: '変更' }[language]}: ${changeWords(record.change, language)}`;
    case 'undone':
      return (language) =>
        `${{ en: 'taken back', ja: '元に戻した変更' }[language]}: ${changeWords(record.change, language)}`;
    case 'file-written':
      return (language) =>
        `${{ en: `written by ${record.by}`, ja: `${record.by} による書き込み` }[language]}: ${record.where}`;
    case 'baseline-accepted':
      return (language) =>
        `${{ en: 'accepted as the baseline', ja: '基準として承認' }[language]}: ${record.run}${record.note === undefined ? '' : ` (${record.note})`}`;
    case 'note':
      return (language) => `${{ en: 'note', ja: 'メモ' }[language]}: ${record.text}`;
    case 'resolution':
      return (language) => `${record.cause}: ${resolutionText(record)[language]}`;
    default:
      return undefined;
  }
};

/** What people did, a line each, in the words of a ticket. */
export const triedIn = ({ records }: Story, language: Language): readonly string[] =>
  records.flatMap((record) => {
    const deed = deedOf(record);
    return deed ? [`${record.at.slice(0, 16).replace('T', ' ')} UTC ${deed(language)}`] : [];
  });
