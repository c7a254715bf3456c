import type { ComparisonFact, Explained } from '../../model/sync/comparison.ts';
import { grouped, type Text } from '../../model/text.ts';
import { wilson } from '../../reason/rows/statistics.ts';
import { populations, valueText } from './explained-words.ts';

/** What is left is stated like a cause, and has the last word. */
export const leftOpen = 'sync.unexplained';

const kinds = [
  { open: 'pairs', population: 'changed', all: 'changed' },
  { open: 'missing', population: 'missing', all: 'missing' },
  { open: 'extra', population: 'extra', all: 'extra' },
] as const;

/** The rest as if something explained it, by kind of records: all that nothing explains. */
export const openParts = ({ counts, unexplained }: ComparisonFact): readonly Explained[] =>
  kinds
    .map(({ open, population, all }) => ({ population, n: unexplained[open], of: counts[all] }))
    .filter(({ n }) => n > 0)
    .map(({ population, n, of }) => ({
      cause: leftOpen,
      effect: 'expected',
      population,
      columns: [],
      detail: {},
      share: { n, of, ...wilson(n, of) },
      chance: 0,
      examples: [],
      proof: { kind: 'none' },
    }));

/** `120 of 300 changed records, such as [C12] phone "03-1" / "03-2", [C33] …`: nothing is estimated of what was counted. */
export const restEvidence = ({ unexplained }: ComparisonFact, { population, share }: Explained): Text => {
  const open = kinds.find((kind) => kind.population === population)?.open ?? 'pairs';
  const guessed = open !== 'pairs' && unexplained.estimated?.includes(open) === true;
  const [n, of] = [grouped(share.n), grouped(share.of)];
  const examples = unexplained.rest?.find((rest) => rest.population === open)?.examples ?? [];
  const shown = examples.map(({ key, column, left, right }) => ({
    en: `[${key}]${column === undefined ? '' : ` ${column} ${valueText(left ?? '').en} / ${valueText(right ?? '').en}`}`,
    ja: `[${key}]${column === undefined ? '' : ` ${column}${valueText(left ?? '').ja}/${valueText(right ?? '').ja}`}`,
  }));
  const [en, ja] = [shown.map((one) => one.en).join(', '), shown.map((one) => one.ja).join('、')];
  const what = populations[population];
  const count =
    share.n === share.of
      ? { en: `all ${of}`, ja: `全 ${of} 件` }
      : { en: `${guessed ? 'about ' : ''}${n} of ${of}`, ja: `${of} 件中${guessed ? ' 約' : ''} ${n} 件` };
  return {
    en: `${count.en} ${what.en}${en === '' ? '' : `, such as ${en}`}`,
    ja: `${what.ja} ${count.ja}${ja === '' ? '' : `、例: ${ja}`}`,
  };
};
