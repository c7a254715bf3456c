import { formatDate } from '../i18n/format.ts';
import { valueWord } from '../i18n/value-word.ts';
import type { Change } from '../model/config.ts';
import type { Language, Text } from '../model/text.ts';
import type { RecordOf, Step } from './record.ts';
import type { Runbook } from './runbook.ts';

type Resolution = RecordOf<'resolution'>;

/** How a cause went away the last time. */
export interface Solution {
  readonly at: string;
  readonly run?: string;
  readonly text: Text;
}

/** What of a very long log is looked through for a solution, the latest first: some hundred thousand records. */
const mostBytes = 128 * 1024 * 1024;

const changeWords = (change: readonly Change[], language: Language): string =>
  change
    .map(({ path, from, to }) => `${path} ${valueWord(from, 'from', language)} → ${valueWord(to, 'to', language)}`)
    .join(', ');

/** A file by its name: one line has no room for the way to it. */
const placeWord = (where: string): string => where.split(/[\\/]/).at(-1) ?? where;

const wordsOf = (step: Step): Text => {
  if (step.kind === 'note') return { en: `"${step.text}"`, ja: `「${step.text}」` };
  const { where, change } = step;
  return {
    en: `${changeWords(change, 'en')} (${placeWord(where)})`,
    ja: `${changeWords(change, 'ja')}（${placeWord(where)}）`,
  };
};

/** A day, with its time of day where two times are of one day. */
const between = (from: string, to: string, language: Language): readonly [string, string] => {
  const oneDay = from.slice(0, 10) === to.slice(0, 10);
  const time = (at: string): string => (oneDay ? ` ${at.slice(11, 16)}` : '');
  return [formatDate(from, language) + time(from), formatDate(to, language) + time(to)];
};

/** What a resolution says. One that a run wrote by itself tells what was written down, never that it was the reason. */
export const resolutionText = ({ at, text, since }: Pick<Resolution, 'at' | 'text' | 'since'>): Text => {
  if (!since) return { en: text, ja: text };
  if (since.steps.length === 0) {
    const [en, ja] = [between(since.at, at, 'en'), between(since.at, at, 'ja')];
    return {
      en: `went away between ${en[0]} and ${en[1]}, without a recorded step`,
      ja: `${ja[0]}から${ja[1]}までの間に解消（その間の作業の記録なし）`,
    };
  }
  const words = since.steps.map(wordsOf);
  return {
    en: `no longer found after ${words.map(({ en }) => en).join('; ')}`,
    ja: `次の作業のあと、見つからなくなりました: ${words.map(({ ja }) => ja).join('、')}`,
  };
};

/** Written by a person, or with a step that somebody can take again. */
const saysHow = ({ since }: Resolution): boolean => !since || since.steps.length > 0;

/** What a run looks at, as its report names it. */
export interface Here {
  readonly target: string | undefined;
}

/** That a cause went away somewhere else, nobody knows after what, says nothing here. */
const isElsewhere = (record: Resolution, here: Here | undefined): boolean =>
  !saysHow(record) && here !== undefined && record.target !== here.target;

/**
 * How each of these causes went away the last time, here or, where that is not told, anywhere. One that says how counts more than a later one that only
 * says that it did. The log is looked through from its end, and no further than is needed.
 */
export const lastSolutions = async (
  runbook: Pick<Runbook, 'read'>,
  causes: readonly string[],
  here?: Here,
): Promise<ReadonlyMap<string, Solution>> => {
  const found = new Map<string, Resolution>();
  const wanted = new Set(causes);
  const open = new Set(causes);
  if (open.size === 0) return new Map();
  try {
    for await (const record of runbook.read({ backward: true, holding: '"resolution"', mostBytes })) {
      if (record.kind !== 'resolution' || !wanted.has(record.cause) || isElsewhere(record, here)) continue;
      const { cause } = record;
      if (open.has(cause) && saysHow(record)) {
        found.set(cause, record);
        open.delete(cause);
      } else if (!found.has(cause)) found.set(cause, record);
      if (open.size === 0) break;
    }
  } catch {
    // A log that cannot be read remembers nothing; what writes into it says so.
  }
  return new Map(
    [...found].map(([cause, record]) => [
      cause,
      { at: record.at, ...(record.run === undefined ? {} : { run: record.run }), text: resolutionText(record) },
    ]),
  );
};
