import { describe, expect, test } from '@jest/globals';
import { allCauses } from '../../checks/all-causes.ts';
import { allChecks } from '../../checks/all-checks.ts';
import { allRules } from '../../checks/all-rules.ts';
import { allSyncCauses } from '../../checks/all-sync-causes.ts';
import { exampleKey } from '../../checks/example.ts';
import { examples } from '../../checks/examples.generated.ts';
import { glossary } from '../../src/i18n/glossary/glossary.ts';
import { faultsIn, faultsInFilled } from './rules.ts';

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

// Filled by a comparison they are looked at where each of them is made: test/sync/matrix.test.ts.
describe('the texts of a cause of differences are fit for their reader', () => {
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
