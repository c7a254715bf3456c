import type { RunEvent } from '../model/event.ts';
import type { Outcome } from '../model/outcome.ts';
import type { CheckReport, CheckStatus, Report } from '../model/report.ts';
import type { Language, Text } from '../model/text.ts';
import type { Stage } from './area.ts';
import type { Block, Talk, Waiting, Words } from './talk.ts';

interface Shown {
  readonly id: string;
  readonly status: CheckStatus;
  readonly title: Words;
  readonly below: readonly Words[];
  /** It does not apply here, or was not asked for: nothing that a beginner has to read. */
  readonly beside: boolean;
}

const statusOf = (outcome: Outcome<unknown>): CheckStatus => {
  switch (outcome.kind) {
    case 'observed':
      return outcome.verdict.grade === 'ok' ? 'pass' : outcome.verdict.grade;
    case 'blocked':
    case 'skipped':
      return 'skip';
    case 'unknown':
      return 'unknown';
    case 'crashed':
      return 'error';
  }
};

const about = (title: Text, target: string, language: Language): string =>
  target === '' ? title[language] : `${title[language]}${language === 'ja' ? `（${target}）` : ` (${target})`}`;

const saidOf = (outcome: Outcome<unknown>): readonly Words[] => {
  switch (outcome.kind) {
    case 'observed':
      return outcome.verdict.grade !== 'ok'
        ? [outcome.verdict.symptom]
        : outcome.verdict.note
          ? [outcome.verdict.note]
          : [];
    case 'blocked':
      return [{ en: 'not possible because of the problem above', ja: '上の問題のため確認できません' }];
    case 'skipped':
      return [outcome.because];
    case 'unknown':
      return [outcome.why];
    case 'crashed':
      return [outcome.error];
  }
};

const ofReport = ({ id, target, title, status, summary, skippedBecause }: CheckReport, language: Language): Shown => ({
  id,
  status,
  title: about({ en: title, ja: title }, target, language),
  below: status === 'pass' ? [] : [skippedBecause ?? summary],
  beside: status === 'skip',
});

/**
 * Tells a run stage by stage: before each what is tried and why, then what came of it. The checks themselves run side by
 * side; a stage is told as soon as those before it are.
 */
export const tellStages = (
  stages: readonly Stage[],
  {
    talk,
    language,
    again = false,
  }: {
    readonly talk: Talk;
    readonly language: Language;
    /** The person has seen these checks before: outside the stages only what is not good is told. */
    readonly again?: boolean;
  },
) => {
  let at = -1;
  let told = 0;
  let open = false;
  let expected: readonly string[] = [];
  let waiting: Waiting | undefined;
  const results: Shown[] = [];
  const shown = new Set<Shown>();
  const notHere: Text = { en: 'does not apply here', ja: 'ここでは対象外です' };
  const checking: Text = { en: 'checking again ...', ja: '調べ直しています…' };
  const trying: Text = {
    en: 'trying the fix on a copy of the settings ...',
    ja: '設定の写しで直し方を試しています…',
  };
  const show = (one: Shown): void => {
    const { status, title, below } = one;
    if (shown.has(one)) return;
    shown.add(one);
    const block: Block = { kind: 'result', status, title, ...(below.length > 0 ? { below } : {}) };
    talk.say(block);
  };
  const concerned = (stage: Stage): boolean =>
    stage.checks.some((id) => expected.includes(id) || results.some((one) => one.id === id));
  const wanted = (): readonly Stage[] => stages.filter(concerned);
  const quiet = (): void => {
    waiting?.stop();
    waiting = undefined;
  };
  const begin = (stage: Stage): void => {
    const all = wanted();
    told += 1;
    quiet();
    talk.say({ kind: 'title', text: stage.name, at: `${told}/${Math.max(all.length, told)}` });
    talk.say({ kind: 'note', text: stage.why });
    waiting = talk.wait(stage.name);
    open = true;
  };
  const isDone = ({ checks }: Stage): boolean => {
    const due = expected.filter((id) => checks.includes(id)).length;
    return results.filter(({ id }) => checks.includes(id)).length >= due;
  };
  const goOn = (): void => {
    for (;;) {
      const stage = stages[at];
      if (stage && open) {
        if (!isDone(stage)) return;
        quiet();
        const own = results.filter(({ id }) => stage.checks.includes(id));
        const worth = own.filter(({ beside }) => !beside);
        if (worth.length === 0) talk.say({ kind: 'result', status: 'skip', title: own[0]?.below[0] ?? notHere });
        for (const one of worth) show(one);
        for (const one of own) shown.add(one);
        open = false;
      }
      const next = stages.findIndex((one, index) => index > at && concerned(one));
      if (next < 0) {
        // Nothing more to tell of, and still at work.
        if (again) waiting ??= talk.wait(checking);
        return;
      }
      at = next;
      begin(stages[next] as Stage);
    }
  };
  return {
    listener: (event: RunEvent): void => {
      switch (event.kind) {
        case 'planned':
          expected = [...expected, ...event.ids];
          goOn();
          break;
        case 'check-started':
          break;
        case 'check-progressed':
          waiting?.now(event.says);
          break;
        case 'check-finished':
          results.push({
            id: event.id,
            status: statusOf(event.outcome),
            title: about(event.title, event.target, language),
            below: saidOf(event.outcome),
            beside: event.outcome.kind !== 'blocked' && statusOf(event.outcome) === 'skip',
          });
          goOn();
          break;
        case 'trial-started':
          waiting ??= talk.wait(trying);
          waiting.now(trying);
          break;
        case 'trial-finished':
          break;
      }
    },
    /** What no event told of: rows that only the report has. */
    end: (report: Report | undefined): void => {
      const seen = new Set(results.map(({ id }) => id));
      const late = (report?.checks ?? []).filter(({ id }) => !seen.has(id)).map((one) => ofReport(one, language));
      results.push(...late);
      expected = results.map(({ id }) => id);
      goOn();
      quiet();
      if (again && stages.length === 0) return;
      const rest = results.filter((one) => !shown.has(one) && !one.beside && (!again || one.status !== 'pass'));
      // Accounts that the CRM has told of are looked at when the stages are through.
      const besides: Text = { en: 'What the CRM has set besides', ja: 'CRM に設定されているほかのアカウント' };
      if (rest.length > 0 && !again) talk.say({ kind: 'title', text: besides });
      for (const one of rest) show(one);
    },
  };
};
