import { formatDate } from '../i18n/format.ts';
import type { Report } from '../model/report.ts';
import type { Language, Text } from '../model/text.ts';
import type { Met } from '../runbook/met.ts';
import { problemOf } from './problems.ts';

/** What is known of a cause beyond the run in which it was met. Texts are in the reader's language. */
export interface Lore {
  readonly title?: string;
  readonly about?: string;
  /** Other causes that look the same from outside, and what tells them apart. */
  readonly alike: readonly { readonly title: string; readonly by: string }[];
  /** Causes that have nothing to do with it. */
  readonly unlike: readonly string[];
  /** What shows it, and commands that do not look at it. */
  readonly command: string;
  readonly others: readonly string[];
  /** The lines of the configuration by which `watch` looks. */
  readonly watch: readonly string[];
}

/** A cause that was met, as a short lesson; only what the runbook holds, and what is known of the cause anywhere. */
export interface Lesson {
  readonly id: string;
  readonly title: string;
  readonly run: string;
  readonly when: Text;
  readonly where: readonly string[];
  readonly effects: readonly string[];
  /** Absent: the report of the run is gone. */
  readonly because?: string;
  readonly about?: string;
  readonly seen: readonly string[];
  /** How it went away, where that was written down. */
  readonly mended?: { readonly at: string; readonly says: string; readonly earlier: boolean };
  readonly proof?: string;
  readonly steps: readonly string[];
  readonly lore: Lore;
}

const whenOf = ({ last, first, times }: Met): Text => {
  const runs = (language: Language): string => {
    const since = formatDate(first, language);
    if (times === 1) return language === 'ja' ? '1 回の検査で見つかりました' : 'found in one run';
    return language === 'ja'
      ? `${since} 以降の ${times} 回の検査で見つかりました`
      : `found in ${times} runs since ${since}`;
  };
  return {
    en: `${formatDate(last, 'en')} (${runs('en')})`,
    ja: `${formatDate(last, 'ja')}（${runs('ja')}）`,
  };
};

const mostSeen = 6;
const mostSteps = 8;

/** Puts together what a lesson is made of; a run whose report is gone leaves what the log itself holds. */
export const lessonOf = (
  met: Met,
  report: Report | undefined,
  lore: Lore,
  solution: { readonly at: string; readonly text: Text } | undefined,
  language: Language,
): Lesson => {
  const problem = report && problemOf(report, met.id, language);
  return {
    id: met.id,
    title: lore.title ?? problem?.title ?? met.title ?? met.id,
    run: met.run,
    when: whenOf(met),
    where: met.mailboxes.length > 0 ? met.mailboxes : report ? [report.run.target] : [],
    effects: problem?.effects ?? [],
    ...(problem ? { because: problem.because } : {}),
    ...(lore.about === undefined ? {} : { about: lore.about }),
    seen: (problem?.seen ?? []).slice(0, mostSeen),
    ...(solution
      ? { mended: { at: solution.at, says: solution.text[language], earlier: solution.at < met.last } }
      : {}),
    ...(problem?.proof === undefined ? {} : { proof: problem.proof }),
    steps: (problem?.steps ?? []).slice(0, mostSteps),
    lore,
  };
};
