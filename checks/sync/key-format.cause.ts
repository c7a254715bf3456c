import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { factsHypothesis, rowsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { KeyRule } from '../../src/model/sync/subject.ts';
import { keyForm } from '../../src/reason/rows/key-forms.ts';
import { isJoined, joinsBy, type KeyForm, meetingUnder } from '../../src/reason/rows/key-joins.ts';
import { oncePerView } from '../../src/reason/rows/memo.ts';
import { exampleOf } from './either-side.ts';
import { loneRecords } from './lone-records.ts';
import { keyRuleStep, metAgain, textOf } from './value-words.ts';

type Rule = Exclude<KeyRule, 'id15'>;

/** The mildest first: of rules that join the same records, that one is named. */
const tried: readonly (readonly Rule[])[] = [
  ['trim'],
  ['lower'],
  ['width'],
  ['zeros'],
  ['trim', 'lower'],
  ['width', 'trim', 'lower'],
  ['letters-digits'],
  ['letters-digits', 'lower'],
  ['digits'],
  ['digits', 'zeros'],
];
/** What is alike under one of the rules with digits is alike under the first, under one of the others under the second. */
const widest: readonly (readonly Rule[])[] = [
  ['digits', 'zeros'],
  ['width', 'lower', 'letters-digits', 'zeros'],
];
const fewest = 20;

const formOf = (rules: readonly Rule[]): KeyForm => {
  const form = keyForm(rules);
  return (key) => (key.length > 500 ? undefined : form(key));
};

interface Rules extends Readonly<Record<string, unknown>> {
  readonly rules: readonly Rule[];
  readonly id: string;
}

const best = oncePerView((view): readonly { readonly params: Rules }[] => {
  if (view.missing.length === 0 || view.extra.length === 0) return [];
  const [ofDigits = false, ofLetters = false] = widest.map((rules) => meetingUnder(view, formOf(rules)) >= fewest);
  const found = tried
    .filter((rules) => (rules.includes('digits') ? ofDigits : ofLetters))
    .map((rules) => ({ rules, id: rules.join('+') }))
    .flatMap(({ rules, id }) => {
      const join = joinsBy(view, id, formOf(rules));
      // Most of one side's lone records find their other half, of the same content; some lack for other reasons.
      return join && join.joined.size >= fewest && join.share > 0.5 ? [{ rules, id, n: join.joined.size }] : [];
    })
    .toSorted((a, b) => b.n - a.n)[0];
  return found ? [{ params: { rules: found.rules, id: found.id } }] : [];
});

const populations = ['missing', 'extra'] as const;

const said: Readonly<Record<KeyRule, { readonly en: string; readonly ja: string }>> = {
  trim: { en: 'blanks around the key do not count', ja: '前後の空白を除く' },
  lower: { en: 'upper and lower case do not count', ja: '大文字と小文字を区別しない' },
  width: { en: 'full and half width do not count', ja: '全角と半角を区別しない' },
  zeros: { en: 'leading zeros do not count', ja: '先頭の 0 を除く' },
  'letters-digits': { en: 'only letters and digits count', ja: '文字と数字だけを比べる' },
  digits: { en: 'only digits count', ja: '数字だけを比べる' },
  id15: { en: 'of Salesforce ids 15 characters count', ja: 'Salesforce の ID は 15 桁で比べる' },
};

interface UnderRules extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly about: string;
}

/** Pairs that only the rules of a proposed key have brought together; who states the rules knows of it. */
const metByRule = factsHypothesis<UnderRules>({
  effect: 'notation',
  find: ({ config: { key } }) => {
    if (!key.unlike) return [];
    const { n, of, left, right } = key.unlike;
    const about = key.left.map((name, at) => (name === key.right[at] ? name : `${name} / ${key.right[at]}`)).join(', ');
    const params = { id: key.rules.join('+'), about };
    return [{ params, columns: [], n, of, examples: [{ key: left, left, right }] }];
  },
});

const rulesOf = (detail: Readonly<Record<string, unknown>>): readonly { readonly en: string; readonly ja: string }[] =>
  textOf(detail.id)
    .split('+')
    .flatMap((rule) => Object.entries(said).flatMap(([name, text]) => (name === rule ? [text] : [])));

export const keyFormat = defineSyncCause({
  id: 'sync.key-format',
  title: { en: 'Keys are written differently on both sides', ja: 'キーの表記が両側で異なります' },
  about: {
    en: 'The same records are on both sides, but their keys are not written alike: case, blanks, leading zeros, dashes, a prefix. They are counted twice, once as missing and once as extra, and a sync that matches by key makes duplicates of them.',
    ja: '同じレコードが両側にありますが、大文字小文字、空白、先頭の 0、ハイフン、接頭辞など、キーの書き方が異なります。「不足」と「余分」に 1 件ずつ数えられ、キーで照合する同期では重複が作られます。',
  },
  owner: 'crm-admin',
  atOnce: ['missing', 'extra'],
  hypotheses: [
    ...populations.map((population) =>
      rowsHypothesis<Rules>({
        effect: 'wrong',
        population,
        // The other half is among the lone records of the other side, which present ones by their nature are not.
        ownChance: true,
        propose: best,
        holds: (row, { rules, id }, view) => isJoined(view, row, id, formOf(rules)),
      }),
    ),
    metByRule,
  ],
  because: (told) => {
    const { main, share } = told;
    const rules = rulesOf(main.detail);
    if (main.population === 'facts') {
      const [about, example] = [textOf(main.detail.about), exampleOf(told)];
      return {
        en: `Of the records that are on both sides, ${share.en} have keys (${about}) that are not written alike; they are brought together here because ${rules.map(({ en }) => en).join(' and ')}.${example.en}`,
        ja: `両側にあるレコード ${share.ja}は、キー（${about}）の表記が異なります。ここでは「${rules.map(({ ja }) => ja).join('、')}」規則で照合しました。${example.ja}`,
      };
    }
    const lone = loneRecords(told);
    return {
      en: `Where ${rules.map(({ en }) => en).join(' and ')}, ${lone.en} find the other half under the same key, with mostly the same values.`,
      ja: `キーを「${rules.map(({ ja }) => ja).join('、')}」で比べると、${lone.ja}に、値のほとんどが同じ相手が見つかります。`,
    };
  },
  steps: ({ main }) => {
    const oneForm = {
      en: 'Bring the key to one form in the sync job before it looks for a match, and correct the keys that are stored already.',
      ja: '同期ジョブで照合する前にキーを 1 つの形に揃え、保存済みのキーも直します。',
    };
    if (main.population === 'facts')
      return [
        {
          en: 'Look whether the sync job matches by the same rule: without it, each of these records is a new one to the job.',
          ja: '同期ジョブも同じ規則で照合しているか確認します。規則がないと、ジョブはこれらを新しいレコードとみなします。',
        },
        oneForm,
      ];
    const list = textOf(main.detail.id)
      .split('+')
      .map((rule) => `"${rule}"`)
      .join(', ');
    return [keyRuleStep(list), oneForm, metAgain];
  },
});
