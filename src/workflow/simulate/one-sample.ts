import type { Language } from '../../model/text.ts';
import type { Project } from '../../model/workflow/project.ts';
import type { Sample, SimulatedSample } from '../../model/workflow/sample.ts';
import type { Followed } from './choices.ts';
import { everyWay } from './choices.ts';
import { matchesOf } from './matches.ts';
import type { Outcome, WayOptions } from './one-way.ts';
import { oneWay } from './one-way.ts';
import { essence, resultOf, unknownResult } from './result.ts';
import { smallest } from './smallest.ts';

/** Ways that are followed where the sample leaves questions open. */
const maximumWays = 64;

/** All ways through a sample, and whether these are really all. */
const followed = (
  project: Project,
  sample: Sample,
  options: WayOptions,
  enough?: Parameters<typeof everyWay<Outcome>>[2],
) => everyWay((choices) => oneWay(project, sample, choices, options), maximumWays, enough);

const keyOf = ({ failure }: Outcome): string | undefined =>
  failure && JSON.stringify([failure.workflow, failure.step, failure.rule]);

const agree = (ways: readonly Followed<Outcome>[]): boolean =>
  new Set(ways.map(({ result }) => essence(result))).size === 1;

/** The failure that all ways come to; undefined where they do not, which is known as soon as one way has no such failure. */
export const failureKey = (project: Project, sample: Sample, options: WayOptions = {}): string | undefined => {
  const { ways, complete } = followed(project, sample, options, (way, first) => {
    const key = keyOf(way.result);
    return key === undefined || key !== keyOf(first.result);
  });
  const [first] = ways;
  return complete && first ? keyOf(first.result) : undefined;
};

/** What somebody expects of an open result holds, or not, if it does so on every way. */
const matchesOfAll = (
  project: Project,
  sample: Sample,
  ways: readonly Followed<Outcome>[],
  complete: boolean,
  language: Language,
): boolean | undefined => {
  if (sample.expect?.status === 'unknown') return true;
  if (!complete) return undefined;
  const answers = new Set(
    ways.map(({ result }) => matchesOf(sample, resultOf(sample, result, language), project.workflows)),
  );
  return answers.size === 1 ? [...answers][0] : undefined;
};

const matched = (matches: boolean | undefined): Pick<SimulatedSample, 'matches'> =>
  matches === undefined ? {} : { matches };

/** What came of a sample, and the ways that were gone for it. */
export interface Simulated {
  readonly result: SimulatedSample;
  readonly outcomes: readonly Outcome[];
}

/** Follows a sample on every way that it leaves open. */
export const simulated = (
  project: Project,
  sample: Sample,
  language: Language,
  { shrink, ...options }: WayOptions & { readonly shrink: boolean },
): Simulated => {
  const { ways, complete } = followed(project, sample, options);
  const outcomes = ways.map(({ result }) => result);
  const [first] = outcomes;
  if (!first || !complete || !agree(ways))
    return {
      result: {
        ...unknownResult(sample, ways, complete, language),
        ...matched(matchesOfAll(project, sample, ways, complete, language)),
      },
      outcomes,
    };
  const result = resultOf(sample, first, language);
  const matches = matched(matchesOf(sample, result, project.workflows));
  if (!first.failure) return { result: { ...result, ...matches }, outcomes };
  const key = keyOf(first);
  const least = shrink ? smallest(sample, (less) => failureKey(project, less, options) === key) : undefined;
  return { result: { ...result, ...(least ? { smallest: least } : {}), ...matches }, outcomes };
};
