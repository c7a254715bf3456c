import { describe, expect, test } from '@jest/globals';
import { allCauses } from '../../checks/all-causes.ts';
import { allChecks } from '../../checks/all-checks.ts';
import { allRules } from '../../checks/all-rules.ts';
import { allSyncCauses } from '../../checks/all-sync-causes.ts';
import { exampleKey } from '../../checks/example.ts';
import { examples } from '../../checks/examples.generated.ts';
import { allFaults } from '../../fixtures/sync/faults/all.ts';
import { diagnosesOfComparison } from '../../src/cli/sync/diagnoses.ts';
import { glossary } from '../../src/i18n/glossary/glossary.ts';
import type { Text } from '../../src/model/text.ts';
import { diagnosed, faultySides, usual } from '../sync/support/matrix.ts';
import { factsToldOnce, faultsOfPair } from './rules.ts';

/** Every text with what it is, where something is wrong with it. */
const faultsIn = (texts: readonly (readonly [string, Text])[]): readonly string[] =>
  texts.flatMap(([what, text]) => faultsOfPair(text).map((fault) => `${what}: ${fault}`));

/** The same for texts that speak of a finding: its hosts and numbers are told in both languages. */
const faultsInFilled = (texts: readonly (readonly [string, Text])[]): readonly string[] => [
  ...faultsIn(texts),
  ...texts.flatMap(([what, text]) => factsToldOnce(text).map((fact) => `${what}: only in one language: ${fact}`)),
];

describe('the texts of a cause, filled with an example, are fit for their reader', () => {
  // Where two causes are one root, `explain` shows the first, with the example that is kept.
  const shown = [...new Map(allCauses.toReversed().map((cause) => [exampleKey(cause), cause]))];

  test.each(shown)('%s', (key, cause) => {
    const example = examples[key];
    // A cause that waits for its proof is never told without the change that worked.
    const without = cause.claim === 'on-proof' ? [] : [[]];
    const ways = example === undefined ? [] : [...without, ...(example.change ? [example.change] : [])];
    const filled = ways.flatMap((change) => [
      ['because', cause.because(example?.detail, change)] as const,
      ...cause.steps(example?.detail, change).map((step, at) => [`step ${at + 1}`, step] as const),
    ]);
    expect(example).toBeDefined();
    expect(
      faultsIn([
        ['title', cause.title],
        ['about', cause.about],
      ]),
    ).toEqual([]);
    expect(faultsInFilled(filled)).toEqual([]);
  });
});

describe('the texts of a cause of differences, filled by a comparison, are fit for their reader', () => {
  const known = new Map(allSyncCauses.map((cause) => [cause.id, cause]));
  const ways = [...new Map(allFaults.toReversed().map((fault) => [fault.cause, fault])).values()].filter(({ cause }) =>
    known.has(cause),
  );

  test.each(ways.map((fault) => [fault.cause, fault] as const))('%s', async (id, fault) => {
    const { fact } = await diagnosed(faultySides([{ fault, setting: usual(fault) }], 2, 400), allSyncCauses);
    const [en, ja] = (['en', 'ja'] as const).map((language) =>
      diagnosesOfComparison(fact, allSyncCauses, { label: 'sync', language, command: 'crm-doctor sync' }),
    );
    const told = (en ?? []).flatMap((one, at) => {
      const other = ja?.[at];
      if (one.cause !== id || other?.cause !== id) return [];
      return [
        ['explanation', { en: one.explanation, ja: other.explanation }] as const,
        ...one.fix.steps.map((step, nth) => [`step ${nth + 1}`, { en: step, ja: other.fix.steps[nth] ?? '' }] as const),
        ...one.evidence.map(
          (seen, nth) => ['evidence', { en: seen.says, ja: other.evidence[nth]?.says ?? '' }] as const,
        ),
        ['proof', { en: one.proof.says, ja: other.proof.says }] as const,
      ];
    });
    expect(told.length).toBeGreaterThan(0);
    expect(faultsInFilled(told)).toEqual([]);
  });

  test.each(allSyncCauses.map((cause) => [cause.id, cause] as const))(
    '%s says what it means',
    (_, { title, about }) => {
      expect(
        faultsIn([
          ['title', title],
          ['about', about],
        ]),
      ).toEqual([]);
    },
  );
});

test('the titles of checks are fit for their reader', () => {
  expect(faultsIn(allChecks.map(({ id, title }) => [id, title]))).toEqual([]);
});

test('the texts of rules are fit for their reader', () => {
  const texts = allRules.flatMap(({ id, title, about, advice, examples: { bad, good, lookAlike } }) => [
    [id, title] as const,
    [id, about] as const,
    [id, advice] as const,
    ...[bad, good, lookAlike].flatMap(({ says }) => (says ? [[id, says] as const] : [])),
  ]);
  expect(faultsIn(texts)).toEqual([]);
});

test('the glossary is fit for its reader', () => {
  const texts = glossary.flatMap(({ id, en, ja }) => [[id, { en: en.gloss, ja: ja.gloss }] as const]);
  expect(faultsIn(texts)).toEqual([]);
  for (const { en, ja } of glossary) {
    expect(en.gloss).toMatch(/\.$/);
    expect(ja.gloss).toMatch(/^[^。]*(?:です|ます|ません|ました)(?:（.*）)?。$/);
  }
});
