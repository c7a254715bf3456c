import { defineSyncCause } from '../../src/model/sync/cause.ts';
import { valueHypothesis } from '../../src/model/sync/hypothesis.ts';
import { dateOf, dayOf, type Moment, momentOf, timeOfDay } from '../../src/reason/moments.ts';
import { writeAgain } from './value-words.ts';

/** `emptied`: what cannot be swapped (days 13 to 31) came out empty. */
type Swap = { readonly emptied: boolean };

const parts = (moment: Moment) => {
  const date = new Date(dateOf(moment));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
};

const swapped = (left: Moment, right: Moment): boolean => {
  const { year, month, day } = parts(left);
  return month !== day && dayOf(year, day, month) === dateOf(right) && timeOfDay(left) === timeOfDay(right);
};

export const dayMonthSwapped = defineSyncCause({
  id: 'sync.day-month-swapped',
  title: { en: 'Day and month are swapped', ja: '日と月が入れ替わっています' },
  about: {
    en: 'A date such as 04/05/2026 was read as day/month by one side and as month/day by the other. Only days up to 12 can be swapped; the rest is right, empty or was refused. It goes unnoticed because every result is a valid date.',
    ja: '04/05/2026 のような日付を、片方は「日/月」、もう片方は「月/日」として読んでいます。入れ替わるのは 12 日までで、13 日以降は正しいか、空になるか、拒否されます。どれも実在する日付なので気付きにくい不具合です。',
  },
  owner: 'crm-admin',
  hypotheses: [
    valueHypothesis<Swap>({
      effect: 'wrong',
      types: ['date', 'timestamp'],
      propose: (pairs) => {
        const late = pairs.filter(({ left }) => {
          const moment = momentOf(left);
          return moment !== undefined && parts(moment).day > 12;
        });
        const emptied = late.filter(({ right }) => right === '').length;
        const early = pairs.filter(({ right }) => right === '').length - emptied;
        return [{ emptied: emptied >= 5 && emptied >= 0.9 * late.length && early <= 0.05 * emptied }];
      },
      explains: ({ left, right }, { emptied }) => {
        const from = momentOf(left);
        if (!from) return false;
        if (right === '') return emptied && parts(from).day > 12;
        const to = momentOf(right);
        return to !== undefined && swapped(from, to);
      },
    }),
  ],
  because: ({ main, columns, share }) => ({
    en: `${columns}: the right side is the left one with day and month exchanged${main.detail.emptied === true ? ', and empty from the 13th on,' : ''} in ${share.en} differing pairs.`,
    ja: `${columns}: 右側は左側の日と月を入れ替えた日付です${main.detail.emptied === true ? '（13 日以降は空）' : ''}。該当する差異: ${share.ja}。`,
  }),
  steps: ({ columns }) => [
    {
      en: 'Set the date format of the import to the one of the file, or better: export as 2026-05-04, which can be read in one way only.',
      ja: '取り込みの日付形式（ロケール）をファイルに合わせます。読み方が 1 通りしかない 2026-05-04 の形式で出力するのが確実です。',
    },
    writeAgain(columns),
  ],
});
