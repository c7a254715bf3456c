import { defineNormalRule } from '../../model/sync/normal.ts';

/** What stands in brackets, as a sign of its own, or before the bracket of a bank transfer, by the form in full. */
const forms: readonly (readonly [full: string, bracketed: string, signs: string, bank: string])[] = [
  ['株式会社', '株|カ|ｶ', '㈱㍿', 'カ|ｶ'],
  ['有限会社', '有|ユ|ﾕ', '㈲', 'ユ|ﾕ'],
  ['合同会社', '同|ド|ﾄﾞ', '', 'ド|ﾄﾞ'],
  ['合名会社', '名|メ|ﾒ', '㈴', 'メ|ﾒ'],
  ['合資会社', '資|シ|ｼ', '㈾', 'シ|ｼ'],
  ['一般社団法人', '一社', '', ''],
  ['公益社団法人', '公社', '', ''],
  ['一般財団法人', '一財', '', ''],
  ['公益財団法人', '公財', '', ''],
  ['社団法人', '社', '㈳', ''],
  ['財団法人', '財', '㈶', ''],
  ['医療法人', '医', '', ''],
  ['学校法人', '学', '㈻', ''],
  ['社会福祉法人', '福', '', 'フク|ﾌｸ'],
  ['宗教法人', '宗', '', ''],
  ['特定非営利活動法人', '特非', '', 'トクヒ|ﾄｸﾋ'],
  ['独立行政法人', '独', '', ''],
];

const byShort: ReadonlyMap<string, string> = new Map(
  forms.flatMap(([full, bracketed, signs, bank]) =>
    [...bracketed.split('|'), ...signs, ...bank.split('|')].map((short): [string, string] => [short, full]),
  ),
);
const fullOf = (short: string | undefined): string => byShort.get(short ?? '') ?? short ?? '';
const listed = (at: 1 | 2 | 3, between: string): string =>
  forms.flatMap((form) => (form[at] === '' ? [] : [at === 2 ? [...form[at]].join(between) : form[at]])).join(between);

const bracketed = new RegExp(`[(（] ?(${listed(1, '|')}) ?[)）]`, 'g');
const signs = new RegExp(`[${listed(2, '')}]`, 'g');
const bankFirst = new RegExp(`^(${listed(3, '|')})[)）]`);
const bankLast = new RegExp(`[(（](${listed(3, '|')})$`);
const around = new RegExp(`[\\s\\u3000]{0,4}(${forms.map(([full]) => full).join('|')})[\\s\\u3000]{0,4}`, 'g');

/** At the end of a Latin name. Inc. and Co., Ltd. are kept apart: nothing says that they are one company. */
const latin: readonly (readonly [RegExp, string])[] = [
  [/[\s,.]{0,4}(?<![a-z])co(?:mpany)?[.,\s]{0,4}(?:ltd|limited)[\s.]{0,3}$/i, ' Co., Ltd.'],
  [/[\s,.]{0,4}(?<![a-z])inc(?:orporated)?[\s.]{0,3}$/i, ' Inc.'],
  [/[\s,.]{0,4}(?<![a-z])corp(?:oration)?[\s.]{0,3}$/i, ' Corp.'],
  [/[\s,.]{0,4}(?<![a-z])l\.?l\.?c[\s.]{0,3}$/i, ' LLC'],
  [/[\s,.]{0,4}(?<![a-z])g\.?k[\s.]{0,3}$/i, ' G.K.'],
  [/[\s,.]{0,4}(?<![a-z])k\.?k[\s.]{0,3}$/i, ' K.K.'],
  [/[\s,.]{0,4}(?<![a-z])(?:ltd|limited)[\s.]{0,3}$/i, ' Ltd.'],
  [/[\s,.]{0,4}(?<![a-z])gmbh[\s.]{0,3}$/i, ' GmbH'],
];

/** What stands in any form, and what goes with it: all that is written otherwise. */
const changing = new RegExp(
  `[${listed(1, '')}株式會社カブシキガイシャｶﾌﾞｼｷｶﾞｲｼｬＮＰＯ法人${[...byShort].flat().join('')}A-Za-z.,()（）\\s]`,
);

/** ㈱, (株) and カ) in full, where they stand: 株式会社山田 and 山田株式会社 are two companies, and so is 山田 without a form. */
export const legalForm = defineNormalRule({
  id: 'legal-form',
  title: { en: 'legal form of a company', ja: '法人格の表記' },
  types: ['company', 'text'],
  cause: 'sync.company-legal-form',
  signs: changing,
  canonical: (value) => {
    if (value.length > 400) return undefined;
    const full = value
      .trim()
      .replace(bracketed, (_, short: string) => fullOf(short))
      .replace(signs, fullOf)
      .replace(bankFirst, (_, short: string) => fullOf(short))
      .replace(bankLast, (_, short: string) => fullOf(short))
      .replace(/株式會社|カブシキガイシャ|ｶﾌﾞｼｷｶﾞｲｼｬ/g, '株式会社')
      .replace(/NPO法人|ＮＰＯ法人/g, '特定非営利活動法人')
      .replace(around, '$1');
    const found = latin.find(([pattern]) => pattern.test(full));
    return found ? full.replace(...found) : full;
  },
});

const atAnEnd = new RegExp(
  `^(?:${forms.map(([full]) => full).join('|')})|(?:${forms.map(([full]) => full).join('|')})$`,
);

/** The name without its legal form, where it has one at its beginning or end and more besides. */
export const withoutLegalForm = (value: string): string | undefined => {
  const full = legalForm.canonical(value);
  if (full === undefined) return undefined;
  const written = latin.find(([, form]) => full.endsWith(form));
  const rest = written ? full.slice(0, -written[1].length) : full.replace(atAnEnd, '');
  return rest === full || rest.length < 2 ? undefined : rest;
};
