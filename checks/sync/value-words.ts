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
