import type { Text } from '../../src/model/text.ts';

/** The last steps of most faults of values. */
export const writeAgain = (columns: string): Text => ({
  en: `Correct what is stored already: write ${columns} again from the side that is right, then run crm-doctor sync again: these differences are gone.`,
  ja: `保存済みの値は、正しい側から ${columns} を書き直します。その後 crm-doctor sync をもう一度実行し、この差異がなくなったことを確認します。`,
});

export const runAgain: Text = {
  en: 'Run crm-doctor sync again: these differences are gone, and no column has more of them than before.',
  ja: 'crm-doctor sync をもう一度実行し、この差異がなくなり、ほかの列の差異が増えていないことを確認します。',
};

/** After a rule that brings keys together. */
export const metAgain: Text = {
  en: 'Run crm-doctor sync again: the records are brought together, and only then their values are compared.',
  ja: 'crm-doctor sync をもう一度実行します。レコードが対応付けられ、項目の値もそこで初めて比較されます。',
};

/** How a rule of the key gets into a configuration. */
export const keyRuleStep = (list: string): Text => ({
  en: `Compare with the rule in the configuration: "key": { "rules": [${list}] }. crm-doctor init sync LEFT RIGHT writes one where there is none.`,
  ja: `設定ファイルに規則を加えて比較します: "key": { "rules": [${list}] }。設定ファイルがなければ crm-doctor init sync 左 右 で作成できます。`,
});

/** The side that a value was made on, and the one that it was made of. */
export const sidesOf = (made: unknown): { readonly made: Text; readonly from: Text } => {
  const [left, right] = [
    { en: 'left', ja: '左側' },
    { en: 'right', ja: '右側' },
  ];
  return made === 'right' ? { made: right, from: left } : { made: left, from: right };
};

export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

export const numberOf = (value: unknown): number => (typeof value === 'number' ? value : 0);
