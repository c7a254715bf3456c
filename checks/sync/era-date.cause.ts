import { eraDate, eraDay } from '../../src/reason/values/era-date.normal.ts';
import { notationCause } from './notation.ts';

const isEra = (value: string): boolean => eraDay(value) !== undefined;

export const eraDateCause = notationCause({
  id: 'sync.era-date',
  title: { en: 'Dates in Japanese eras', ja: '和暦の日付が使われています' },
  about: {
    en: 'One side writes dates in Japanese eras (令和7年5月1日, R7.5.1), the other in the Western calendar. The days are the same; a program that does not know the eras takes them for texts or for years of the first century.',
    ja: '一方は和暦（「令和7年5月1日」や「R7.5.1」）、もう一方は西暦で日付を保存しています。日付は同じですが、元号に対応していないプログラムは文字列として扱ったり、西暦 7 年のように誤って解釈したりします。',
  },
  types: ['date', 'text'],
  rules: [eraDate],
  also: ({ left, right }) => isEra(left) || isEra(right),
  differsIn: { en: 'the calendar (Japanese era or Western year)', ja: '和暦と西暦' },
  odd: { en: 'The dates in eras are', ja: '和暦の日付' },
  isOdd: isEra,
  steps: [
    {
      en: 'Exchange dates as YYYY-MM-DD and write eras only where they are shown; convert them in the mapping with a table of the eras, the first year (元年) and the days of change included.',
      ja: '日付は YYYY-MM-DD でやり取りし、和暦は表示のときだけ使います。和暦で受け取る場合は、元年と改元日を含む元号表を使って項目のマッピングで変換します。',
    },
  ],
});
