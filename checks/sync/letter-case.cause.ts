import { letterCase as rule } from '../../src/reason/values/letter-case.normal.ts';
import { notationCause } from './notation.ts';

export const letterCaseCause = notationCause({
  id: 'sync.letter-case',
  title: { en: 'Upper and lower case letters', ja: '大文字と小文字の違いがあります' },
  about: {
    en: 'Values differ only in the case of letters. One of the systems stores e-mail addresses or codes in lower or upper case and the other as they were typed. Where such a column is a key, one record becomes two.',
    ja: '英字の大文字・小文字だけが異なります。一方のシステムはメールアドレスやコードを小文字（または大文字）に変換して保存し、もう一方は入力されたまま保存しています。このような列をキーにすると、1 件が 2 件に分かれます。',
  },
  types: ['text', 'name', 'company', 'email', 'address', 'picklist', 'multi-picklist'],
  rules: [rule],
  differsIn: { en: 'the case of letters', ja: '英字の大文字と小文字' },
  odd: { en: 'The upper case letters are', ja: '大文字' },
  steps: [
    {
      en: 'Write e-mail addresses in lower case on both sides, and compare them so; leave names as people write them, and let one side be the one that the other takes them from.',
      ja: 'メールアドレスは両方とも小文字で保存し、小文字で比較します。氏名や会社名は本来の表記を残し、どちらのシステムの表記を正とするかを決めます。',
    },
  ],
});
