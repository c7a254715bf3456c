import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import { runAgain } from './value-words.ts';

export const keyNotUnique = defineSyncCause({
  id: 'sync.key-not-unique',
  title: { en: 'One key stands for several records', ja: '1 つのキーに複数のレコードがあります' },
  about: {
    en: 'The key that both sides are matched by occurs more than once on one side. Which of these records belongs to the other side cannot be told, so they are not compared. A sync writes them over each other in an order that nobody chose.',
    ja: '照合に使うキーが片側に複数あります。どのレコードが相手に当たるか決められないため、比較の対象にしていません。同期では、順序の決まらないまま互いに上書きされます。',
  },
  owner: 'crm-admin',
  // These tell how the second record came to be.
  unless: ['sync.page-repeated', 'sync.duplicate-on-retry', 'sync.merge-loser-kept'],
  hypotheses: (['repeated-left', 'repeated-right'] as const).map((population) =>
    rowsHypothesis({
      effect: 'wrong',
      population,
      // Counted, not guessed: one key twice is enough.
      evenFew: true,
      ownChance: true,
      propose: () => [{ params: {} }],
      holds: () => true,
    }),
  ),
  because: ({ main, fact }) => {
    const side = main.population === 'repeated-left' ? ('left' as const) : ('right' as const);
    const { keys, rows } = fact.counts.repeated[side];
    return {
      en: `On the ${side} side ${keys} keys stand for ${rows} records.`,
      ja: `${side === 'left' ? '左側' : '右側'}では ${keys} 個のキーに ${rows} 件のレコードがあります。`,
    };
  },
  steps: () => [
    {
      en: 'Look at the examples: where the records are the same one twice, merge them; where they are different ones, add a column to the key that tells them apart.',
      ja: '例を確認します。同じレコードの重複ならマージし、別々のレコードなら、区別できる列をキーに加えます。',
    },
    {
      en: 'Make the key unique in the system itself: a unique index, or an external id field with "unique" set.',
      ja: 'システム側でキーを一意にします（一意インデックス、または「ユニーク」を設定した外部 ID 項目）。',
    },
    runAgain,
  ],
});
