import type { Language } from '../../model/text.ts';
import type { Plain, PlainRecord, Sample, SimulatedSample } from '../../model/workflow/sample.ts';
import type { Followed } from './choices.ts';
import { plainOf, plainRecord } from './held.ts';
import type { Outcome } from './one-way.ts';
import type { Traced } from './sandbox.ts';

/** What a way comes to, without how it got there: ways that are the same in this agree. */
export const essence = ({ status, failure, record, written, mails }: Outcome): string =>
  // Where it breaks in the same way, it does not matter what it did before.
  JSON.stringify(
    failure
      ? [failure.workflow, failure.step, failure.rule]
      : [
          status,
          sorted(record),
          written.map(({ object, id, set }) => [object, id, sorted(plainRecord(set))]),
          mails.map(({ to, template, subject }) => [to, template, subject]),
        ],
  );

const sorted = (record: PlainRecord | null): unknown =>
  record && Object.entries(record).toSorted(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));

/** A value that nobody knows is left out. */
const changesOf = (changes: NonNullable<Traced['changes']>) =>
  changes.flatMap(({ field, before, after }) => {
    const was = plainOf(before);
    const is = plainOf(after);
    return was === undefined || is === undefined ? [] : [{ field, before: was, after: is }];
  });

const stepsOf = (steps: readonly Traced[], language: Language): SimulatedSample['steps'] =>
  steps.map(({ workflow, step, status, because, changes }) => ({
    workflow,
    step,
    status,
    because: because[language],
    ...(changes && changes.length > 0 ? { changes: changesOf(changes) } : {}),
  }));

export const failureOf = ({ failure }: Outcome, language: Language): Pick<SimulatedSample, 'failure'> =>
  failure
    ? {
        failure: {
          workflow: failure.workflow,
          step: failure.step,
          rule: `workflow.${failure.rule}`,
          file: failure.place.file,
          line: failure.place.line,
          message: failure.message[language],
        },
      }
    : {};

/** One way as the report has it. */
export const resultOf = (sample: Sample, outcome: Outcome, language: Language): SimulatedSample => ({
  name: sample.name,
  status: outcome.status,
  ...(outcome.because ? { because: outcome.because[language] } : {}),
  steps: stepsOf(outcome.steps, language),
  record: outcome.record,
  written: outcome.written.map(({ object, id, set, by }) => ({ object, id, set: plainRecord(set), by })),
  mails: outcome.mails,
  ...failureOf(outcome, language),
});

const same = (one: Plain | undefined, other: Plain | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** What all ways have in common from the start on. */
const commonSteps = (ways: readonly Outcome[]): readonly Traced[] => {
  const [first, ...others] = ways;
  const steps = first?.steps ?? [];
  const end = steps.findIndex((step, at) =>
    others.some(({ steps: other }) => {
      const twin = other[at];
      return twin?.workflow !== step.workflow || twin.step !== step.step || twin.status !== step.status;
    }),
  );
  return end < 0 ? steps : steps.slice(0, end);
};

const commonRecord = (ways: readonly Outcome[]): PlainRecord | null => {
  const [first, ...others] = ways;
  if (!first?.record || others.some(({ record }) => !record)) return null;
  return Object.fromEntries(
    Object.entries(first.record).filter(([name, value]) => others.every(({ record }) => same(record?.[name], value))),
  );
};

const shared = <Item>(lists: readonly (readonly Item[])[]): readonly Item[] => {
  const [first = [], ...others] = lists;
  const keys = others.map((list) => new Set(list.map((item) => JSON.stringify(item))));
  return first.filter((item) => keys.every((key) => key.has(JSON.stringify(item))));
};

const statusWords: Readonly<Record<Language, Readonly<Record<Outcome['status'], string>>>> = {
  en: { completed: 'it completes', failed: 'it fails', 'not-started': 'it does not start', unknown: 'it is not known' },
  ja: { completed: '完了', failed: '失敗', 'not-started': '起動しない', unknown: '不明' },
};

/** Ways that are told one by one. */
const maximumWays = 8;

/** The questions on a way that are not answered alike on all of them, and the answers. */
const wayWords = ({ taken, result }: Followed<Outcome>, language: Language) => ({
  when: taken.map(({ about, way }) => `${about[language]} → ${way[language]}`).join('; '),
  status: result.status,
  ...failureOf(result, language),
});

/** Several ways that do not come to the same. */
export const unknownResult = (
  sample: Sample,
  ways: readonly Followed<Outcome>[],
  complete: boolean,
  language: Language,
): SimulatedSample => {
  const outcomes = ways.map(({ result }) => result);
  const [first] = ways;
  const missing =
    first?.taken.find(({ at }, index) => ways.some(({ taken }) => taken[index]?.at !== at)) ?? first?.taken[0];
  const ends = [...new Set(outcomes.map(({ status }) => statusWords[language][status]))].join(
    language === 'ja' ? '、' : '; ',
  );
  const about = missing?.about[language] ?? '';
  const because =
    language === 'ja'
      ? `${about}${about === '' ? '' : '。'}${complete ? '' : '場合が多すぎて、すべては試していません。'}結果: ${ends}`
      : `${about}${about === '' ? '' : '. '}${complete ? '' : 'There are too many cases to follow all. '}Outcomes: ${ends}`;
  return {
    name: sample.name,
    status: 'unknown',
    because,
    steps: stepsOf(commonSteps(outcomes), language),
    record: commonRecord(outcomes),
    written: shared(outcomes.map(({ written }) => written.map((one) => ({ ...one, set: plainRecord(one.set) })))),
    mails: shared(outcomes.map(({ mails }) => mails)),
    ways: ways.slice(0, maximumWays).map((way) => wayWords(way, language)),
  };
};
