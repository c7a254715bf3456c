import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { rowsHypothesis, type ValuePair, valueHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { ComparisonView } from '../../src/model/sync/view.ts';
import { isJoined, joinsBy } from '../../src/reason/rows/key-joins.ts';
import { id15Of } from '../../src/reason/salesforce-id.ts';
import { loneRecords } from './lone-records.ts';
import { keyRuleStep, metAgain, runAgain } from './value-words.ts';

const rule = 'id15';

/** Only of records that are alone on their side: what joins them cannot be the length they share. */
const proposed = (view: ComparisonView): readonly { readonly params: Readonly<Record<string, never>> }[] => {
  const join = joinsBy(view, rule, id15Of);
  return join && join.share > 0.5 ? [{ params: {} }] : [];
};

/** A column that refers to other records: one id in both lengths. */
const sameId = ({ left, right }: ValuePair): boolean => {
  if (Math.abs(left.length - right.length) !== 3) return false;
  const id = id15Of(left);
  return id !== undefined && id === id15Of(right);
};

export const key15Vs18 = defineSyncCause({
  id: 'sync.key-15-vs-18',
  title: {
    en: 'Salesforce ids of 15 characters against ids of 18',
    ja: 'Salesforce の ID が 15 桁と 18 桁で混在しています',
  },
  about: {
    en: 'Salesforce writes one id in two ways: 15 characters in reports and the address bar, where case matters, and 18 in the API, with three check characters at the end. Compared as text they are never equal. In spreadsheets and most databases, which do not heed case, two different 15-character ids can even be taken for one.',
    ja: 'Salesforce の ID には 2 つの表記があります。レポートや URL では大文字小文字を区別する 15 桁、API では末尾に検査用の 3 文字を付けた 18 桁です。文字列としては一致しません。大文字小文字を区別しない表計算ソフトやデータベースでは、異なる 15 桁の ID が同一とみなされることもあります。',
  },
  owner: 'crm-admin',
  atOnce: ['missing', 'extra'],
  hypotheses: [
    ...(['missing', 'extra'] as const).map((population) =>
      rowsHypothesis<Readonly<Record<string, never>>>({
        effect: 'wrong',
        population,
        ownChance: true,
        propose: proposed,
        holds: (row, _, view) => isJoined(view, row, rule, id15Of),
      }),
    ),
    // The check characters leave nothing to chance.
    valueHypothesis({
      effect: 'notation',
      evenFew: true,
      propose: (pairs) => (pairs.some(sameId) ? [{}] : []),
      explains: sameId,
    }),
  ],
  because: (told) => {
    const { main, columns, share } = told;
    const lone = loneRecords(told);
    return main.population === 'pairs'
      ? {
          en: `Of the differences in ${columns}, ${share.en} are one Salesforce id, with 15 characters on one side and 18 on the other; the check characters agree, so both mean the same record.`,
          ja: `${columns} の差異は、${share.ja}が同じ Salesforce ID の 15 桁と 18 桁の違いです。検査文字も一致し、同じレコードを指しています。`,
        }
      : {
          en: `${lone.en} are on the other side under the same id in its other length; the check characters agree.`,
          ja: `${lone.ja}は、もう片方に桁数だけ異なる同じ ID で存在します（検査文字も一致）。`,
        };
  },
  steps: ({ main }) => [
    ...(main.population === 'pairs' ? [] : [keyRuleStep('"id15"')]),
    {
      en: 'Store the 18 characters everywhere: take ids from the API, or in reports a formula field with CASESAFEID(Id).',
      ja: 'どこでも 18 桁で保存します。ID は API から取得するか、レポートでは CASESAFEID(Id) の数式項目を使います。',
    },
    main.population === 'pairs' ? runAgain : metAgain,
  ],
});
