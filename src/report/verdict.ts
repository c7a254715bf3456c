import { plural } from '../i18n/format.ts';
import type { CheckStatus, Report } from '../model/report.ts';
import { summaryOf } from '../model/report.ts';
import type { Language } from '../model/text.ts';
import { findingCounts } from './findings.ts';
import { isOfWorkflows } from './grouping.ts';

/** Whether somebody may go back to bed. */
export type Tone = 'good' | 'doubtful' | 'bad';

/** The whole run in a word and a count. */
interface VerdictWords {
  readonly word: string;
  readonly counts: string;
  readonly tone: Tone;
}

const wordOf = ({ status, exitCode, run, error }: Report): { en: string; ja: string; tone: Tone } => {
  // What was not finished is never called OK, and what was found before it stays bad.
  if (run.interrupted) {
    return status === 'fail'
      ? { en: 'NOT OK, INTERRUPTED', ja: '異常あり（中断）', tone: 'bad' }
      : { en: 'INTERRUPTED', ja: '中断', tone: 'doubtful' };
  }
  switch (status) {
    case 'pass':
      return { en: 'OK', ja: '正常', tone: 'good' };
    case 'warn':
      return exitCode === 0
        ? { en: 'OK, with warnings', ja: '正常（注意あり）', tone: 'doubtful' }
        : { en: 'NOT OK', ja: '異常あり', tone: 'bad' };
    case 'fail':
      return { en: 'NOT OK', ja: '異常あり', tone: 'bad' };
    case 'unknown':
      return { en: 'NOT CHECKED', ja: '未確認あり', tone: 'doubtful' };
    case 'error':
      return error
        ? { en: 'COULD NOT RUN', ja: '診断できませんでした', tone: 'bad' }
        : { en: 'NOT CHECKED', ja: '未確認あり', tone: 'bad' };
  }
};

const counted: readonly (readonly [CheckStatus, (count: number) => { en: string; ja: string }])[] = [
  ['fail', (count) => ({ en: `${count} failed`, ja: `異常 ${count}` })],
  ['warn', (count) => ({ en: plural(count, 'warning'), ja: `注意 ${count}` })],
  ['unknown', (count) => ({ en: `${count} unknown`, ja: `不明 ${count}` })],
  ['error', (count) => ({ en: plural(count, 'internal error'), ja: `内部エラー ${count}` })],
  ['skip', (count) => ({ en: `${count} skipped`, ja: `未実施 ${count}` })],
  ['pass', (count) => ({ en: `${count} passed`, ja: `正常 ${count}` })],
];

/** `1 failed, 2 skipped` / `異常 1、未実施 2`. */
const countsOf = (summary: Report['summary'], language: Language): string => {
  const present = counted.filter(([status]) => summary[status] > 0);
  // "正常  正常 11" would say it twice.
  if (language === 'ja' && present.length === 1 && summary.pass > 0) return `全 ${summary.pass} 項目`;
  return present.map(([status, say]) => say(summary[status])[language]).join(language === 'ja' ? '、' : ', ');
};

export const verdictOf = (report: Report, language: Language): VerdictWords => {
  const word = wordOf(report);
  // Of workflows the findings are counted, not the three checks that found them.
  const found = findingCounts(report, language);
  const others = report.checks.filter((check) => !isOfWorkflows(check));
  const counts = [
    ...(found === '' ? [] : [found]),
    ...(found === '' || others.length > 0
      ? [countsOf(found === '' ? report.summary : summaryOf(others), language)]
      : []),
  ].join(language === 'ja' ? '。' : '; ');
  return { word: word[language], counts, tone: word.tone };
};

/** What keeps a report from being whole, in a sentence. */
export const interruptionOf = ({ run }: Report, language: Language): string | undefined => {
  if (!run.interrupted) return undefined;
  return language === 'ja'
    ? `途中で中断されました（${run.interrupted}）。このレポートは途中までの結果です。`
    : `Interrupted (${run.interrupted}): this report is partial.`;
};
