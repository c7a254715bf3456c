import { figureText } from '../../src/model/figure.ts';
import type { Measure, Point, Series } from '../../src/model/measure.ts';
import { seriesKey } from '../../src/model/measure.ts';
import type { Report, TrendReport } from '../../src/model/report.ts';
import type { Text } from '../../src/model/text.ts';
import type { Arrival, Fit } from '../../src/reason/trend/fit.ts';
import { arrivalOf, fitOf, rateOf } from '../../src/reason/trend/fit.ts';
import { fewer } from '../../src/reason/trend/line.ts';
import { both } from '../auth/words.ts';
import { toldOf } from './measure-words.ts';

const dayMs = 86_400_000;

/** What was seen within a day, or twice only, is no development. */
const leastPoints = 3;
const leastSpanMs = dayMs;

const mostPoints = 30;
const mostTrends = 40;

/** Of a thousand mailboxes the fullest are looked at; fitting takes some milliseconds each. */
const mostFits = 400;

/** Growth by less than this part of the level is not worth a word. */
const leastGrowth = 0.2;

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** `3 December`, and its year where it is not the one of the run. */
const dateText = (at: number, now: number): Text => {
  const [date, year] = [new Date(at), new Date(at).getUTCFullYear()];
  const other = year !== new Date(now).getUTCFullYear();
  const [month, day] = [date.getUTCMonth(), date.getUTCDate()];
  return both(
    `${day} ${months[month] ?? ''}${other ? ` ${year}` : ''}`,
    `${other ? `${year} 年 ` : ''}${month + 1} 月 ${day} 日`,
  );
};

const intervalText = ({ from, to }: Arrival, now: number): Text => {
  const early = dateText(from, now);
  if (to === undefined) return both(`${early.en} at the earliest`, `早ければ ${early.ja}`);
  const late = dateText(to, now);
  if (early.en === late.en) return early;
  // `1 to 9 December`: the month stands once.
  const [first = '', ...rest] = early.en.split(' ');
  const short = late.en.endsWith(` ${rest.join(' ')}`) ? first : early.en;
  return both(`${short} to ${late.en}`, `${early.ja}から ${late.ja}の間`);
};

/** The figures that a run has seen now behind those that are known; of one moment the newer word counts. */
const joined = (known: readonly Series[], measures: readonly Measure[]): readonly Series[] => {
  const before = new Map(known.map((series) => [seriesKey(series), series.points]));
  return measures.map(({ id, mailbox, target, unit, at: when, value, limit }) => {
    const at = Date.parse(when);
    // What a wrong clock has dated into the future is of no use.
    const points = (before.get(seriesKey({ id, mailbox, target })) ?? []).filter((point) => point.at < at);
    return {
      id,
      mailbox,
      target,
      unit,
      points: [...points, limit === undefined ? { at, value } : { at, value, limit }],
    };
  });
};

const isShown = ({ id, points }: Series): boolean => {
  const [first, last] = [points[0], points.at(-1)];
  if (toldOf(id) === undefined || !first || !last) return false;
  return points.length >= leastPoints && last.at - first.at >= leastSpanMs;
};

interface Fitted {
  readonly series: Series;
  readonly last: Point;
  readonly fit?: Fit;
  readonly arrival?: Arrival;
  /** It clearly grows, and by so much that somebody should know. */
  readonly grows: boolean;
}

/** How near to its limit: the fullest first. */
const fullness = ({ points }: Series): number => {
  const last = points.at(-1);
  return last?.limit === undefined ? 0 : last.value / last.limit;
};

const fitted = (series: Series, last: Point): Fitted => {
  const fit = fitOf(series.points);
  if (!fit) return { series, last, grows: false };
  const arrival = last.limit === undefined ? undefined : arrivalOf(fit, last.limit);
  const growth = fit.slope * (fit.now - fit.since);
  const before = Math.max(0, fit.level - growth);
  const grows = rateOf(fit).low > 0 && growth >= Math.max(leastGrowth * before, toldOf(series.id)?.least ?? 0);
  return { series, last, fit, ...(arrival ? { arrival } : {}), grows };
};

/** Whose it is, where a run is about several. */
const ownerText = ({ mailbox, target }: Series, several: boolean): Text => {
  const what = [several ? mailbox : '', target].filter((part, at, all) => part !== '' && all.indexOf(part) === at);
  return what.length === 0 ? both('', '') : both(` (${what.join(', ')})`, `（${what.join('、')}）`);
};

const rateText = (fit: Fit, unit: Series['unit']): Text => {
  const perDay = fit.slope * dayMs;
  // Slow growth is told by the month: `0 messages a day` says nothing.
  const slow = unit !== 'bytes' && Math.abs(perDay) < 1;
  const figure = figureText(Math.abs(slow ? perDay * 30 : perDay), unit);
  const sign = perDay < 0 ? '-' : '+';
  return both(`${sign}${figure.en} a ${slow ? 'month' : 'day'}`, `1 ${slow ? 'か月' : '日'}あたり ${sign}${figure.ja}`);
};

const reachedText = ({ arrival, last, series }: Fitted): Text | undefined => {
  if (!arrival) return undefined;
  const [on, between] = [dateText(arrival.at, last.at), intervalText(arrival, last.at)];
  const full = series.id === 'quota.storage' ? both('full', '満杯になります') : both('at its limit', '上限に達します');
  return both(
    `${full.en} on about ${on.en} at the present rate (${between.en})`,
    `このままのペースでは ${on.ja}ごろに${full.ja}（${between.ja}）`,
  );
};

const isClear = (fit: Fit): boolean => rateOf(fit).low > 0 || rateOf(fit).high < 0;

const saysOf = (one: Fitted): Text => {
  const { fit, last, series } = one;
  const figure = figureText(last.value, series.unit);
  const limit = last.limit === undefined ? undefined : figureText(last.limit, series.unit);
  const now = limit ? both(`${figure.en} of ${limit.en}`, `${figure.ja}（上限 ${limit.ja}）`) : figure;
  const rate = fit && isClear(fit) ? rateText(fit, series.unit) : undefined;
  const parts = [now, rate, reachedText(one)].filter((part) => part !== undefined);
  return both(parts.map(({ en }) => en).join('; '), parts.map(({ ja }) => ja).join('、'));
};

const trendOf = (one: Fitted, language: Report['run']['language']): readonly TrendReport[] => {
  const { series, last, fit, arrival } = one;
  const { id, mailbox, target, unit, points } = series;
  const title = toldOf(id)?.title[language];
  if (title === undefined || unit === 'date') return [];
  const restarted = fit !== undefined && fit.since - (points[0]?.at ?? fit.since) > dayMs;
  const rate = fit && isClear(fit) ? rateOf(fit) : undefined;
  return [
    {
      id,
      mailbox,
      target,
      unit,
      title,
      says: saysOf(one)[language],
      points: fewer(points, mostPoints).map(({ at, value }) => ({ at: new Date(at).toISOString(), value })),
      ...(last.limit === undefined ? {} : { limit: last.limit }),
      ...(restarted ? { since: dayOf(fit.since) } : {}),
      ...(fit && rate ? { rate: { perDay: fit.slope * dayMs, from: rate.low * dayMs, to: rate.high * dayMs } } : {}),
      ...(arrival
        ? {
            forecast: {
              due: dayOf(arrival.at),
              from: dayOf(arrival.from),
              ...(arrival.to === undefined ? {} : { to: dayOf(arrival.to) }),
            },
          }
        : {}),
    },
  ];
};

const noteOf = (
  one: Fitted,
  several: boolean,
): { readonly id: string; readonly due?: string; readonly says: Text } | undefined => {
  const { series, last, fit, arrival } = one;
  const words = toldOf(series.id);
  if (!words?.note || !fit) return undefined;
  const owner = ownerText(series, several);
  const subject = both(`${words.title.en}${owner.en}`, `${words.title.ja}${owner.ja}`);
  const says = saysOf(one);
  if (arrival)
    return {
      id: words.note,
      due: dayOf(arrival.at),
      says: both(`${subject.en}: ${says.en}`, `${subject.ja}: ${says.ja}`),
    };
  // A limit that is far enough needs no word, however fast it comes nearer.
  if (!one.grows || last.limit !== undefined) return undefined;
  const since = dateText(fit.since, last.at);
  return {
    id: words.note,
    says: both(
      `${subject.en}: ${says.en}, growing since ${since.en}`,
      `${subject.ja}: ${says.ja}、${since.ja}から増え続けています`,
    ),
  };
};

const weightOf = ({ arrival, grows }: Fitted): number => (arrival ? arrival.at : grows ? 1e15 : 1e16);

/** Where the figures of a run come from and where they go: its trends, and its notes with what they foresee. */
export const trendsOf = (
  { run, prevention }: Pick<Report, 'run' | 'prevention'>,
  measures: readonly Measure[],
  known: readonly Series[],
): Pick<Report, 'trends' | 'prevention'> => {
  const { language } = run;
  const shown = joined(known, measures)
    .filter(isShown)
    .toSorted((left, right) => fullness(right) - fullness(left))
    .slice(0, mostFits);
  const all = shown
    .flatMap((series) => {
      const last = series.points.at(-1);
      return last ? [fitted(series, last)] : [];
    })
    .toSorted((left, right) => weightOf(left) - weightOf(right));
  const trends = all.slice(0, mostTrends).flatMap((one) => trendOf(one, language));
  const several = new Set(measures.map(({ mailbox }) => mailbox)).size > 1;
  const notes = all
    .slice(0, mostTrends)
    .map((one) => noteOf(one, several))
    .filter((one) => one !== undefined);
  // A day says more than "nearly full" about the same mailbox.
  const foreseen = new Set(several ? [] : notes.filter(({ due }) => due !== undefined).map(({ id }) => id));
  return {
    ...(trends.length > 0 ? { trends } : {}),
    prevention: [
      ...prevention.filter(({ id, due }) => due !== undefined || !foreseen.has(id)),
      ...notes.map(({ says, ...rest }) => ({ ...rest, says: says[language] })),
    ],
  };
};
