import { expect, test } from '@jest/globals';
import { faultsOf } from './rules.ts';
import { type Written, writtenTexts } from './sources.ts';

/** Letters to a person may ask politely. */
const letters = /hand-over-words\.ts/;

const faultsIn = ({ where, en, ja }: Written): readonly string[] => [
  ...en.flatMap((text) => faultsOf(text, 'en').map((fault) => `${where} ${fault}`)),
  ...ja.flatMap((text) => faultsOf(text, 'ja').map((fault) => `${where} ${fault}`)),
];

const texts = writtenTexts(['checks', 'src', 'fixtures/scenarios']);

test('the texts of all areas are found', () => {
  const areas = new Set(texts.map(({ where }) => where.split('/').slice(0, 2).join('/')));
  for (const area of ['checks/sync', 'checks/workflow', 'checks/tls', 'src/cli', 'src/report', 'src/logs']) {
    expect(areas).toContain(area);
  }
  expect(texts.length).toBeGreaterThan(5000);
});

test('every text of the sources is fit for its reader', () => {
  expect(texts.filter(({ where }) => !letters.test(where)).flatMap(faultsIn)).toEqual([]);
});
