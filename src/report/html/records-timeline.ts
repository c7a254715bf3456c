import type { Timeline } from '../../model/sync/comparison.ts';
import type { ComparisonReport } from '../../model/sync/report.ts';
import { grouped, type Text } from '../../model/text.ts';
import { comparisonWords } from '../comparison/words.ts';
import type { Markup } from './markup.ts';
import { html } from './markup.ts';
import type { Page, State } from './page.ts';
import { folded } from './page.ts';

const words = {
  title: { en: 'Differences in time', ja: '時系列で見た差異' },
  'updated-at': { en: 'by the time of the last update', ja: '更新日時' },
  'created-at': { en: 'by the time of creation', ja: '作成日時' },
  day: { en: 'records a day', ja: '1 日あたりの件数' },
  month: { en: 'records a month', ja: '1 か月あたりの件数' },
  all: { en: 'all records', ja: '全レコード' },
  alone: { en: 'only missing and extra records', ja: '不足と余分のみ' },
  agree: { en: 'on both sides, equal', ja: '両側にあり一致' },
  changed: { en: 'changed', ja: '内容が異なる' },
  missing: { en: 'missing', ja: '不足' },
  extra: { en: 'extra', ja: '余分' },
  lastSync: { en: 'last sync', ja: '最後の同期' },
  numbers: { en: 'The numbers', ja: '数値' },
  when: { en: 'When', ja: '時期' },
  sampled: {
    en: 'Estimated from a sample of the records.',
    ja: 'レコードの一部を抽出して推定した件数です。',
  },
} as const satisfies Readonly<Record<string, Text>>;

type Bucket = Timeline['buckets'][number];
type Kind = Exclude<keyof Bucket, 'at'>;
type Part = 'agree' | 'changed' | 'missing' | 'extra';

const states = { agree: 'skip', changed: 'warn', missing: 'fail', extra: 'info' } as const satisfies Record<
  Part,
  State
>;
const parts: readonly Part[] = ['agree', 'changed', 'missing', 'extra'];
/** They are few, and drown among the others. */
const alone: readonly Part[] = ['missing', 'extra'];

/** One bar. */
interface Bar {
  readonly at: string;
  readonly counts: Readonly<Record<Part, number>>;
}

/** How many records stand for one that was looked at, by kind. */
const scalesOf = ({ timeline, matched, changed, missing, extra }: ComparisonReport): Readonly<Record<Kind, number>> => {
  const scaleOf = (all: number, looked = all): number => (looked > 0 && all > looked ? all / looked : 1);
  const { looked } = timeline ?? {};
  return {
    present: scaleOf(matched, looked?.present),
    changed: scaleOf(changed, looked?.changed),
    missing: scaleOf(missing, looked?.missing),
    extra: scaleOf(extra, looked?.extra),
  };
};

const nextOf = (at: string, unit: Timeline['unit']): string => {
  const date = new Date(unit === 'day' ? `${at}T00:00:00Z` : `${at}-01T00:00:00Z`);
  if (unit === 'day') date.setUTCDate(date.getUTCDate() + 1);
  else date.setUTCMonth(date.getUTCMonth() + 1);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, at.length);
};

const mostBars = 400;

/** With the days or months in which nothing is: a hole has to be seen as one. */
const withHoles = (bars: readonly Bar[], unit: Timeline['unit']): readonly Bar[] => {
  const filled: Bar[] = [];
  for (const bar of bars) {
    const last = filled.at(-1)?.at;
    if (last !== undefined) {
      let at = nextOf(last, unit);
      while (at !== '' && at < bar.at && filled.length < mostBars) {
        filled.push({ at, counts: { agree: 0, changed: 0, missing: 0, extra: 0 } });
        at = nextOf(at, unit);
      }
    }
    if (filled.length >= mostBars) return bars;
    filled.push(bar);
  }
  return filled;
};

const barsOf = (comparison: ComparisonReport): readonly Bar[] => {
  const { timeline } = comparison;
  if (!timeline) return [];
  const { buckets, unit } = timeline;
  const scale = scalesOf(comparison);
  const scaled = (bucket: Bucket, of: Kind): number => Math.round(bucket[of] * scale[of]);
  const bars = buckets.map((bucket): Bar => {
    const differing = scaled(bucket, 'changed');
    return {
      at: bucket.at,
      counts: {
        agree: Math.max(0, scaled(bucket, 'present') - differing),
        changed: differing,
        missing: scaled(bucket, 'missing'),
        extra: scaled(bucket, 'extra'),
      },
    };
  });
  return withHoles(bars, unit);
};

const height = 130;
const left = 3;
const wide = 94;

/** A round number a little above: what an axis ends with. */
const roundUp = (value: number): number => {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].map((step) => step * power).find((step) => step >= value) ?? value;
};

const titleOf = ({ say }: Page, { at, counts }: Bar, told: readonly Part[]): string =>
  `${at}: ${told.map((part) => `${say(words[part])} ${grouped(counts[part])}`).join(', ')}`;

/** Which bars get a label below them: the first, the last, and a few between. */
const labelled = (count: number): readonly number[] => {
  const most = Math.min(count, 5);
  return most <= 1 ? [0] : Array.from({ length: most }, (_, at) => Math.round((at * (count - 1)) / (most - 1)));
};

/** The drawing in a sentence, for those who cannot see it. */
const inWords = (bars: readonly Bar[], sumOf: (bar: Bar) => number): Text => {
  const [first, last] = [bars[0]?.at ?? '', bars.at(-1)?.at ?? ''];
  const most = bars.toSorted((left, right) => sumOf(right) - sumOf(left))[0];
  const peak = { at: most?.at ?? '', count: most ? grouped(sumOf(most)) : '0' };
  return {
    en: `From ${first} to ${last}; the highest bar is ${peak.at} with ${peak.count}. The numbers stand below the drawing.`,
    ja: `${first} から ${last} まで。最も多いのは ${peak.at} の ${peak.count} 件です。数値は図の下にあります。`,
  };
};

interface Chart {
  readonly id: string;
  readonly bars: readonly Bar[];
  readonly told: readonly Part[];
  readonly lastSync: string | undefined;
}

const chart = (page: Page, { id, bars, told, lastSync }: Chart): Markup => {
  const { say } = page;
  const sumOf = ({ counts }: Bar): number => told.reduce((sum, part) => sum + counts[part], 0);
  const top = roundUp(Math.max(1, ...bars.map(sumOf)));
  const step = wide / bars.length;
  const x = (at: number): string => `${(left + at * step).toFixed(3)}%`;
  const y = (count: number): number => 18 + height * (1 - count / top);
  const drawn = bars.map((bar, at) => {
    let below = 0;
    const rects = told.flatMap((part) => {
      const count = bar.counts[part];
      if (count <= 0) return [];
      below += count;
      return [
        html`<rect class="${states[part]}" x="${x(at)}" width="${(step * 0.86).toFixed(3)}%" y="${y(below).toFixed(2)}" height="${Math.max(0.75, (height * count) / top).toFixed(2)}"/>`,
      ];
    });
    return rects.length === 0 ? undefined : html`<g><title>${titleOf(page, bar, told)}</title>${rects}</g>\n`;
  });
  const base = 18 + height;
  const labels = labelled(bars.length).map((at, place, all) => {
    const anchor = place === 0 ? 'start' : place === all.length - 1 ? 'end' : 'middle';
    const where = anchor === 'start' ? at : anchor === 'end' ? at + 1 : at + 0.5;
    // A window of a telephone has room for three.
    const name = place % 2 === 1 && all.length > 3 ? 'label between' : 'label';
    return html`<text class="${name}" x="${x(where)}" y="${base + 18}" text-anchor="${anchor}">${bars[at]?.at.slice(0, '2026-01-01'.length)}</text>`;
  });
  const size = bars[0]?.at.length ?? 0;
  const synced = lastSync === undefined ? -1 : bars.findIndex(({ at }) => at === lastSync.slice(0, size));
  const line =
    synced < 0
      ? undefined
      : html`<g class="sync-line"><title>${say(words.lastSync)} ${lastSync}</title><line x1="${x(synced + 0.5)}" x2="${x(synced + 0.5)}" y1="14" y2="${base}"/></g>`;
  return html`<svg class="timeline bars" height="${base + 26}" role="img" aria-labelledby="${id}-title ${id}-desc">
<title id="${id}-title">${say(told.length === parts.length ? words.all : words.alone)}</title>
<desc id="${id}-desc">${say(inWords(bars, sumOf))}</desc>
<line class="grid" x1="${left}%" x2="${left + wide}%" y1="18" y2="18"/>
<line class="grid" x1="${left}%" x2="${left + wide}%" y1="${18 + height / 2}" y2="${18 + height / 2}"/>
<text class="label" x="${left}%" y="12">${grouped(top)}</text>
${drawn}
<line class="axis" x1="${left}%" x2="${left + wide}%" y1="${base}" y2="${base}"/>
${line}${labels}
</svg>`;
};

const numbersTable = (page: Page, bars: readonly Bar[]): Markup => {
  const { say } = page;
  const rows = bars.map(
    ({ at, counts }) =>
      html`<tr><th scope="row">${at}</th>${parts.map((part) => html`<td class="number">${grouped(counts[part])}</td>`)}</tr>\n`,
  );
  return html`<div class="scroll"><table>
<thead><tr><th scope="col">${say(words.when)}</th>${parts.map((part) => html`<th scope="col" class="number">${say(words[part])}</th>`)}</tr></thead>
<tbody>
${rows}</tbody></table></div>`;
};

/** How the records lie in time: all of them, and below on its own scale those that differ. */
export const recordsTimeline = (page: Page, comparison: ComparisonReport, id: string): Markup | undefined => {
  const { say } = page;
  const { timeline, schedule } = comparison;
  const bars = barsOf(comparison);
  if (!timeline || bars.length === 0) return undefined;
  const some = bars.some(({ counts }) => alone.some((part) => counts[part] > 0));
  const sampled = Object.values(scalesOf(comparison)).some((scale) => scale > 1);
  const lastSync = schedule?.lastSync;
  return html`<section class="card" aria-labelledby="${id}">
<h3 id="${id}">${say(words.title)} <span class="muted">(${say(words[timeline.of])})</span></h3>
<p class="muted">${say(words.all)}${page.language === 'ja' ? '、' : ', '}${say(words[timeline.unit])}</p>
${chart(page, { id: `${id}-all`, bars, told: parts, lastSync })}
${some ? html`<p class="muted">${say(words.alone)}</p>\n${chart(page, { id: `${id}-alone`, bars, told: alone, lastSync })}` : undefined}
<ul class="legend">
${parts.map((part) => html`<li class="${states[part]}"><span class="swatch" aria-hidden="true"></span>${say(words[part])}</li>\n`)}${lastSync === undefined ? undefined : html`<li><span class="swatch dashed" aria-hidden="true"></span>${say(comparisonWords.schedule)}: ${say(words.lastSync)}</li>\n`}</ul>
${sampled ? html`<p class="muted">${say(words.sampled)}</p>` : undefined}
${folded(page, say(words.numbers), numbersTable(page, bars))}
</section>`;
};
