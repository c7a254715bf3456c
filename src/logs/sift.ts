import type { LoggedLine, LogsFact, TextCause } from '../model/log-facts.ts';
import { causeOfText, classify, lineAutomaton } from './classify.ts';
import { createConcern } from './concern.ts';
import type { Cut } from './dialect.ts';
import { createEvidence } from './evidence.ts';
import { successIn } from './success.ts';

const cutOf = ({ at, level, source, text }: LoggedLine): Cut => ({
  dialect: 'api',
  ...(at === undefined ? {} : { at: Date.parse(at) }),
  program: source,
  side: 'client-log',
  level,
  text,
  decoded: true,
});

/** What lines that a CRM's API has handed out say of the CRM; those without a time are of any time. */
export const siftLines = (lines: readonly LoggedLine[], since: string, now: Date): LogsFact => {
  const from = Date.parse(since);
  const evidence = createEvidence(createConcern({ addresses: [], logins: [], hosts: [], everybody: true }));
  const encoder = new TextEncoder();
  const automaton = lineAutomaton();
  const recent = lines.filter(({ at }) => at === undefined || Date.parse(at) >= from);
  for (const line of recent) {
    const cut = cutOf(line);
    const verdict = classify(cut, line.text, encoder.encode(line.text), automaton);
    if (verdict.kind === 'nothing') evidence.other(cut, line.text, successIn(cut));
    else evidence.fault({ verdict, cut, line: line.text, file: line.source, number: 0 });
  }
  const sources = [...new Set(lines.map(({ source }) => source))];
  return {
    at: now.toISOString(),
    since,
    files: sources.map((name) => {
      const own = recent.filter(({ source }) => source === name);
      return { name, bytes: own.reduce((sum, { text }) => sum + text.length, 0), lines: own.length, cut: false };
    }),
    ...evidence.result(),
  };
};

/** What each text speaks of by itself. */
export const causesOfTexts = (texts: readonly string[]): readonly (TextCause | null)[] =>
  texts.map((text) => {
    const verdict = causeOfText(text);
    return verdict.kind === 'cause' ? { cause: verdict.cause, confidence: verdict.confidence } : null;
  });
