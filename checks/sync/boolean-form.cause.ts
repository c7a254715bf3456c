import { booleanForm } from '../../src/reason/values/boolean-form.normal.ts';
import { notationCause } from './notation.ts';

export const booleanFormCause = notationCause({
  id: 'sync.boolean-form',
  title: { en: 'Yes and no in different notations', ja: '真偽値の表記が統一されていません' },
  about: {
    en: 'One side writes true and false, the other 1 and 0, Y and N, or はい and いいえ. Each value has its counterpart and nothing is lost; without a mapping all of them look different.',
    ja: '一方は true／false、もう一方は 1／0、Y／N、「はい」／「いいえ」などで保存しています。値は 1 対 1 に対応しており失われていませんが、対応付けがないためすべて不一致に見えます。',
  },
  types: ['boolean'],
  unless: ['sync.width-fullwidth', 'sync.whitespace'],
  rules: [booleanForm],
  fewValues: 'always',
  asWritten: true,
  differsIn: { en: 'the notation of yes and no', ja: '真偽値の表記' },
  steps: [
    {
      en: 'Map the values in the sync job (1, Y, はい to true; 0, N, いいえ to false), and decide what an empty value means.',
      ja: '連携ジョブで値を対応付けます（1・Y・はい → true、0・N・いいえ → false）。空欄の意味も決めておきます。',
    },
  ],
});
