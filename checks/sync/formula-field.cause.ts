import { defineSyncCause, type Told } from '../../src/model/sync/cause.ts';
import { pairsHypothesis } from '../../src/model/sync/hypothesis.ts';
import type { Side } from '../../src/model/sync/side.ts';
import { grouped, type Text } from '../../src/model/text.ts';
import type { Unit } from '../../src/reason/rows/elapsed.ts';
import { exampleOf } from './either-side.ts';
import { aheadBy, countedFromDate, type Elapsed, isElapsedIn } from './elapsed.ts';
import { type Steady, steadyStep } from './steady-step.ts';
import { runAgain } from './value-words.ts';

type Calculated = { readonly side: 'left' | 'right' };

const units: Readonly<Record<Unit, Text>> = {
  day: { en: 'days', ja: '日数' },
  week: { en: 'weeks', ja: '週数' },
  month: { en: 'months', ja: '月数' },
  year: { en: 'years', ja: '年数' },
  'calendar-month': { en: 'months of the calendar', ja: '月数（暦の月の差）' },
  'calendar-year': { en: 'years of the calendar', ja: '年数（暦の年の差）' },
  '30-days': { en: 'months of 30 days', ja: '月数（30 日で 1 か月）' },
  '30.44-days': { en: 'months of 30.44 days', ja: '月数（30.44 日で 1 か月）' },
  '360-days': { en: 'years of 12 months of 30 days', ja: '年数（1 か月を 30 日とする 360 日で 1 年）' },
  '365-days': { en: 'years of 365 days', ja: '年数（365 日で 1 年）' },
  '365.25-days': { en: 'years of 365.25 days', ja: '年数（365.25 日で 1 年）' },
  hour: { en: 'hours', ja: '時間数' },
};

const dayText = (at: number): string => new Date(at).toISOString().slice(0, 10);
/** Of counts that change within a day. */
const minuteText = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');

const day = 86_400_000;

/** A count of years leaves open on which of several days it was made. */
const whenText = (side: Side, elapsed: Elapsed): Text => {
  const { counting, [side]: when } = elapsed;
  if ('updated' in when) return { en: 'when each record was last updated', ja: '各レコードの最終更新時点' };
  const { towards } = counting;
  const ahead = aheadBy(side, elapsed);
  const [at, until] = towards === 'since' ? [when.at - ahead, when.until] : [when.at, when.until + ahead];
  const withDecimals = elapsed.places[side] > 0;
  if (until - at < day / 24 && (counting.unit === 'hour' || withDecimals)) {
    const on = minuteText((at + until) / 2);
    return { en: `at ${on}`, ja: ` ${on} 時点` };
  }
  const [from, to] = [dayText(at), dayText(until - 1)];
  const open = withDecimals ? from !== to : until - at > 2 * day;
  if (open) return { en: `between ${from} and ${to}`, ja: ` ${from}〜${to} の時点` };
  const on = towards === 'since' ? from : to;
  return { en: `on ${on}`, ja: ` ${on} 時点` };
};

const isElapsed = (detail: Readonly<Record<string, unknown>>): detail is Elapsed => 'counting' in detail;
const isSteady = (detail: Readonly<Record<string, unknown>>): detail is Steady => 'by' in detail;

const elapsedText = (told: Told, elapsed: Elapsed): Text => {
  const { columns, share } = told;
  const { counting, name } = elapsed;
  const [unit, on, other] = [units[counting.unit], whenText('left', elapsed), whenText('right', elapsed)];
  const example = exampleOf(told);
  const ways =
    counting.towards === 'since'
      ? { en: `the ${unit.en} since ${name}`, ja: `${name} からの経過${unit.ja}` }
      : { en: `the ${unit.en} until ${name}`, ja: `${name} までの残り${unit.ja}` };
  return {
    en: `${columns}: both sides are ${ways.en} of the same record, counted on the left ${on.en} and on the right ${other.en}. This tells ${share.en} differing pairs.${example.en}`,
    ja: `${columns}: 両側とも、同じレコードの ${ways.ja}です（左側は${on.ja}、右側は${other.ja}の値）。該当する差異: ${share.ja}。${example.ja}`,
  };
};

const steadyText = (told: Told, { by, orMore, places }: Steady): Text => {
  const { columns, share } = told;
  const example = exampleOf(told);
  const written = (one: number): string => (places === 0 ? grouped(one) : (one / 10 ** places).toFixed(places));
  const [step, more] = [by, by + 1].map((one) => `${one < 0 ? '−' : '+'}${written(Math.abs(one))}`);
  const steps = { en: orMore ? `${step} or ${more}` : step, ja: orMore ? `${step} または ${more}` : step };
  return {
    en: `${columns}: from the left to the right side the number moves by ${steps.en} in ${share.en} differing pairs, whatever it is. A count that runs with the calendar does so, read on two days; no rounding, rate or tax does.${example.en}`,
    ja: `${columns}: 値の大小にかかわらず、左側から右側への差が ${steps.ja} です。該当する差異: ${share.ja}。丸め、税、換算ではこうならず、日付から数えた値を別々の日に読み取るとこうなります。${example.ja}`,
  };
};

const calculatedText = ({ main, columns, share }: Told): Text => ({
  en: `${columns}: the ${main.detail.side === 'left' ? 'left' : 'right'} side calculates it itself, so a copy goes out of date by itself: ${share.en} differing pairs.`,
  ja: `${columns}: ${main.detail.side === 'left' ? '左側' : '右側'}のシステムが計算する項目で、写しは自然に古くなります。該当する差異: ${share.ja}。`,
});

const compareDate = (name: string): Text => ({
  en: `Compare ${name} in its place: the date stays as it is, what is counted from it changes by itself.`,
  ja: `代わりに ${name} を比較します。元の日付は変わらず、そこから数えた値だけが日ごとに変わります。`,
});

export const formulaField = defineSyncCause({
  id: 'sync.formula-field',
  title: { en: 'The field is calculated by the system itself', ja: 'システムが自動計算する項目です' },
  about: {
    en: 'Formula and roll-up fields are calculated anew whenever they are read, often from today or from who asks. A copy is right only for the moment it was made, and nobody can write the original. Such differences are expected.',
    ja: '数式項目や集計項目は、読み取るたびに計算されます。今日の日付や閲覧者によって値が変わることもあります。写しは作った瞬間だけ正しく、元の項目に書き込むこともできません。差異が出るのは想定どおりです。',
  },
  owner: 'crm-admin',
  // A fault that tells the difference exactly is worth more than this.
  unless: [
    'sync.timezone-offset',
    'sync.timezone-mixed-writers',
    'sync.dst-offset',
    'sync.date-off-by-one',
    'sync.amount-scale',
    'sync.amount-tax',
    'sync.currency-conversion',
    'sync.rounding',
    'sync.float-precision',
  ],
  hypotheses: [
    pairsHypothesis<Calculated>({
      effect: 'expected',
      // That it is calculated is what the system says of it; unrelated rows say nothing.
      ownChance: true,
      propose: (view) =>
        view.columns.flatMap(({ at, key, leftSource, rightSource }): { columns: number[]; params: Calculated }[] => {
          if (key || (view.differing[at] ?? 0) === 0) return [];
          if (leftSource.calculated) return [{ columns: [at], params: { side: 'left' } }];
          return rightSource.calculated ? [{ columns: [at], params: { side: 'right' } }] : [];
        }),
      explains: () => true,
    }),
    countedFromDate,
    // A date that is counted from tells more than the step.
    {
      ...steadyStep,
      propose: (view) => steadyStep.propose(view).filter(({ columns }) => !columns.some((at) => isElapsedIn(view, at))),
    },
  ],
  because: (told) => {
    const { detail } = told.main;
    if (isElapsed(detail)) return elapsedText(told, detail);
    return isSteady(detail) ? steadyText(told, detail) : calculatedText(told);
  },
  steps: ({ main, columns }) => [
    ...(isElapsed(main.detail) ? [compareDate(main.detail.name)] : []),
    {
      en: `Leave ${columns} out of the comparison (ignore in the configuration), or keep the copy together with the time at which it was read.`,
      ja: `${columns} を比較の対象から外すか（設定ファイルの ignore）、写しを読み取った日時と一緒に保存します。`,
    },
    runAgain,
  ],
});
