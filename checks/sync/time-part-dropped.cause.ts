import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { valueHypothesis } from '../../src/model/sync/hypothesis.ts';
import { dateOf, type Moment, timeOfDay } from '../../src/reason/moments.ts';
import { momentsOf } from '../../src/reason/rows/moment-pairs.ts';
import { writeAgain } from './value-words.ts';

type Side = { readonly side: 'left' | 'right' };

const midnight = (moment: Moment): boolean => timeOfDay(moment) === 0 && moment.nanos === 0;

export const timePartDropped = defineSyncCause({
  id: 'sync.time-part-dropped',
  title: { en: 'The time of day is lost', ja: '時刻が失われ、日付だけになっています' },
  about: {
    en: 'One side keeps date and time, the other only the date, or the date with 00:00:00. A time was mapped to a field for dates, or cut off on the way. Order and age within a day can no longer be told.',
    ja: '片方は日付と時刻を持ち、もう片方は日付だけ、または 00:00:00 になっています。日時を日付型の項目に対応付けたか、途中で切り落とされています。同じ日の中の順序や経過時間が分からなくなります。',
  },
  owner: 'crm-admin',
  unless: ['sync.date-off-by-one'],
  hypotheses: [
    valueHypothesis<Side>({
      effect: 'wrong',
      types: ['date', 'timestamp'],
      propose: () => [{ side: 'right' }, { side: 'left' }],
      explains: (pair, { side }) => {
        const moments = momentsOf(pair);
        if (!moments) return false;
        const [kept, lost] = side === 'right' ? [moments.left, moments.right] : [moments.right, moments.left];
        return kept.timed && !midnight(kept) && midnight(lost) && dateOf(kept) === dateOf(lost);
      },
    }),
  ],
  because: ({ main, columns, share }) => {
    const right = main.detail.side === 'right';
    return {
      en: `${columns}: the ${right ? 'right' : 'left'} side has the same date without its time of day in ${share.en} differing pairs.`,
      ja: `${columns}: ${right ? '右側' : '左側'}は日付が同じで、時刻がありません。該当する差異: ${share.ja}。`,
    };
  },
  steps: ({ columns }) => [
    {
      en: `Map ${columns} to a field for date and time, and look for a step on the way that formats it as a date.`,
      ja: `${columns} を日付/時刻型の項目に対応付け、途中で日付形式に変換している処理がないか確認します。`,
    },
    writeAgain(columns),
  ],
});
